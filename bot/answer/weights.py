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
HOLDER_CREDIT = 0.35  # the name of whoever holds a role that the question names
DATE_WORD_WEIGHT = 1.0  # words of time are looked for as dates, too
FOLLOW_UP_WEIGHT = 0.45  # a word carried over from the last question
NAME_WEIGHT = 1.25  # a name counts a quarter more than its rarity says

# Features of a candidate sentence; each is 0–1.
FEATURES = {
    "cover": 2.61,  # the question's words, with their context's credit
    "own": -0.22,  # the question's words in the sentence itself
    "near": 1.8,  # the question's words in the sentences around it
    "pairs": 0.22,  # neighbouring words of the question that neighbour in the sentence
    "phrase": 2.0,  # the words in quotation marks, one after another
    "article": 0.9,  # how well the article as a whole fits
    "speaker": 1.58,  # said by the person who was asked about
    "no_speaker": -0.14,  # asked what somebody said: nobody speaks here
    "quote": 0.46,  # asked who said something: it stands in what is quoted
    "said": 0.98,  # asked who said something: how much of it stands inside the quote
    "named": 0.98,  # asked who: somebody is named whom the question does not name
    "date": 1.51,  # asked when: a date stands here
    "figure": 1.57,  # asked how many: a figure stands here
    "place": 1.08,  # asked where: a place stands here
    "reason": 1.02,  # asked why: a reason is given here
    "fact": 0.76,  # asked what was agreed or decided: a fact of that kind stands here
    "demand": 0.5,  # asked what somebody wants: a demand or condition stands here
    "happened": 0.7,  # asked what happened: likewise
    "topic": 1.01,  # asked what somebody said on something: how much of it is in the quote
    "direct": 0.65,  # in quotation marks
    "role": 0.06,  # asked who said it, by a role: the speaker has it
    "bm25": 0.78,  # full-text search's own score
    "fuzzy": 0.9,  # the letters of question and sentence
    "long": -0.4,  # a wall of text
    "repeat": -1.46,  # a follow-up: the very sentence that was the last answer
    "beside": 0.33,  # a follow-up: next to the sentence that was the last answer
    "person": 0.41,  # a follow-up with a pronoun: the one it stands for is named here
    "newer": 0.74,  # asked for the latest: newer than the other articles on it
    "time": 0.68,  # the question names a time: the sentence has it, or the article is of it
    "verbless": -0.83,  # asked for the latest: a caption
    "lead": -0.13,  # near the top of the article
    "summary": 1.59,  # asked for the latest: the first sentences
    "headline": -0.46,  # the headline itself, unless the latest is asked for
    "asks": -0.8,  # the sentence is a question itself
    "short": -0.55,  # under five words
    "frame": 0.27,  # a follow-up: the article that answered last
}

# States, on the confidence of the first answer.
FOUND_AT = 0.25
CLOSE_AT = 0.1

# Signs that the first candidate answers, fitted by tools/fit_confidence.py.
CONFIDENCE_BIAS = -3.57
CONFIDENCE = {
    "cover": 2.05,
    "own": 1.57,
    "near": 0.76,
    "phrase": 1.03,
    "pairs": 0.86,
    "fuzzy": 0.69,
    "gap": 0.43,
    "names": -1.25,
    "rarest": 0.54,
    "unknown_name": -0.65,
    "silent": 0.0,
    "off_topic": 1.26,
    "unknown": -0.52,
    "follows": 0.07,
    "summary": 0.01,
    "typed": -0.58,
    "type_there": 1.37,
    "no_speaker": -0.28,
    "topic": 0.4,
}
