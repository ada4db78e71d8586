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
    "cover": 2.58,  # the question's words, with their context's credit
    "own": -0.14,  # the question's words in the sentence itself
    "near": 1.7,  # the question's words in the sentences around it
    "pairs": 0.24,  # neighbouring words of the question that neighbour in the sentence
    "phrase": 2.0,  # the words in quotation marks, one after another
    "article": 0.92,  # how well the article as a whole fits
    "speaker": 1.5,  # said by the person who was asked about
    "no_speaker": -0.07,  # asked what somebody said: nobody speaks here
    "quote": 0.45,  # asked who said something: it stands in what is quoted
    "said": 0.96,  # asked who said something: how much of it stands inside the quote
    "named": 1.29,  # asked who: somebody is named whom the question does not name
    "date": 1.5,  # asked when: a date stands here
    "figure": 1.51,  # asked how many: a figure stands here
    "place": 1.04,  # asked where: a place stands here
    "reason": 1.02,  # asked why: a reason is given here
    "fact": 0.67,  # asked what was agreed or decided: a fact of that kind stands here
    "demand": 0.5,  # asked what somebody wants: a demand or condition stands here
    "happened": 0.71,  # asked what happened: likewise
    "topic": 0.98,  # asked what somebody said on something: how much of it is in the quote
    "direct": 0.64,  # in quotation marks
    "role": 0.09,  # asked who said it, by a role: the speaker has it
    "bm25": 0.72,  # full-text search's own score
    "fuzzy": 0.89,  # the letters of question and sentence
    "long": -0.43,  # a wall of text
    "repeat": -1.4,  # a follow-up: the very sentence that was the last answer
    "beside": 0.29,  # a follow-up: next to the sentence that was the last answer
    "person": 0.5,  # a follow-up with a pronoun: the one it stands for is named here
    "newer": 0.67,  # asked for the latest: newer than the other articles on it
    "lead": -0.15,  # near the top of the article
    "summary": 1.53,  # asked for the latest: the first sentences
    "headline": -0.43,  # the headline itself, unless the latest is asked for
    "asks": -0.77,  # the sentence is a question itself
    "short": -0.53,  # under five words
    "frame": 0.53,  # a follow-up: the article that answered last
}

# States, on the confidence of the first answer.
FOUND_AT = 0.25
CLOSE_AT = 0.1

# Signs that the first candidate answers, fitted by tools/fit_confidence.py.
CONFIDENCE_BIAS = -3.45
CONFIDENCE = {
    "cover": 2.22,
    "own": 1.6,
    "near": 0.66,
    "phrase": 1.01,
    "pairs": 0.64,
    "fuzzy": 0.68,
    "gap": 0.48,
    "names": -1.31,
    "rarest": 0.38,
    "unknown_name": -0.7,
    "silent": 0.0,
    "off_topic": 1.27,
    "unknown": -0.54,
    "follows": 0.02,
    "summary": -0.13,
    "typed": -0.58,
    "type_there": 1.34,
    "no_speaker": -0.38,
    "topic": 0.44,
}
