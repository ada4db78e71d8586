"""The weights of the ranking and the borders of the three states, with where they come from.

Set by hand, then moved one at a time while the score over questions rose (see docs/quality.md).
"""

from __future__ import annotations

# What a word of the question is worth where it is not in the sentence itself.
NEIGHBOUR_CREDIT = 0.5  # in the sentence before or after
PARAGRAPH_CREDIT = 0.35  # two sentences away
TITLE_CREDIT = 0.5  # in the headline
ARTICLE_CREDIT = 0.25  # anywhere else in the article
RELATIVE_CREDIT = 0.6  # a word of the same family ("accord" for "agree")
MISSPELLING_CREDIT = 0.95  # times the similarity of the words
SPELLING_VARIANT_CREDIT = 0.85  # the other spelling of a name that is known as typed
FOLLOW_UP_WEIGHT = 0.45  # a word carried over from the last question
NAME_WEIGHT = 1.25  # a name counts a quarter more than its rarity says

# Features of a candidate sentence; each is 0–1.
FEATURES = {
    "cover": 2.07,  # the question's words, with their context's credit
    "own": 0.23,  # the question's words in the sentence itself
    "near": 0.73,  # the question's words in the sentences around it
    "pairs": 0.31,  # neighbouring words of the question that neighbour in the sentence
    "phrase": 2.0,  # the words in quotation marks, one after another
    "article": 0.85,  # how well the article as a whole fits
    "speaker": 1.05,  # said by the person who was asked about
    "no_speaker": 0.17,  # asked what somebody said: nobody speaks here
    "quote": 0.38,  # asked who said something: it stands in what is quoted
    "said": 0.82,  # asked who said something: how much of it stands inside the quote
    "named": 0.83,  # asked who: somebody is named whom the question does not name
    "date": 1.32,  # asked when: a date stands here
    "figure": 1.23,  # asked how many: a figure stands here
    "place": 0.72,  # asked where: a place stands here
    "reason": 0.98,  # asked why: a reason is given here
    "fact": 0.4,  # asked what was agreed or decided: a fact of that kind stands here
    "happened": 0.73,  # asked what happened: likewise
    "topic": 0.88,  # asked what somebody said on something: how much of it is in the quote
    "direct": 0.3,  # in quotation marks
    "role": 0.14,  # asked who said it, by a role: the speaker has it
    "bm25": 0.62,  # full-text search's own score
    "fuzzy": 0.74,  # the letters of question and sentence
    "long": -0.6,  # a wall of text
    "repeat": -0.98,  # a follow-up: the very sentence that was the last answer
    "beside": 0.4,  # a follow-up: next to the sentence that was the last answer
    "person": 0.29,  # a follow-up with a pronoun: the one it stands for is named here
    "newer": 0.37,  # asked for the latest: newer than the other articles on it
    "lead": 0.0,  # near the top of the article
    "summary": 1.34,  # asked for the latest: the first sentences
    "headline": -0.33,  # the headline itself, unless the latest is asked for
    "asks": -0.59,  # the sentence is a question itself
    "short": -0.44,  # under five words
    "frame": 0.52,  # a follow-up: the article that answered last
}

# States, on the confidence of the first answer.
FOUND_AT = 0.25
CLOSE_AT = 0.12

# Signs that the first candidate answers, fitted by tools/fit_confidence.py.
CONFIDENCE_BIAS = -3.42
CONFIDENCE = {
    "cover": 2.35,
    "own": 1.5,
    "near": 0.42,
    "phrase": 0.92,
    "pairs": 0.31,
    "fuzzy": 0.84,
    "gap": 0.78,
    "names": -1.31,
    "rarest": 0.42,
    "unknown": -1.0,
    "follows": 0.0,
    "summary": -0.15,
    "typed": -0.32,
    "type_there": 0.83,
    "no_speaker": -0.48,
    "topic": 0.92,
}
