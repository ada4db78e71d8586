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
    "cover": 2.29,  # the question's words, with their context's credit
    "own": -0.27,  # the question's words in the sentence itself
    "near": 1.41,  # the question's words in the sentences around it
    "pairs": 0.28,  # neighbouring words of the question that neighbour in the sentence
    "phrase": 2.0,  # the words in quotation marks, one after another
    "article": 0.94,  # how well the article as a whole fits
    "speaker": 1.58,  # said by the person who was asked about
    "no_speaker": -0.21,  # asked what somebody said: nobody speaks here
    "quote": 0.5,  # asked who said something: it stands in what is quoted
    "said": 1.15,  # asked who said something: how much of it stands inside the quote
    "named": 1.22,  # asked who: somebody is named whom the question does not name
    "date": 1.57,  # asked when: a date stands here
    "figure": 1.53,  # asked how many: a figure stands here
    "place": 1.23,  # asked where: a place stands here
    "reason": 1.01,  # asked why: a reason is given here
    "fact": 0.95,  # asked what was agreed or decided: a fact of that kind stands here
    "demand": 0.5,  # asked what somebody wants: a demand or condition stands here
    "happened": 0.6,  # asked what happened: likewise
    "topic": 1.12,  # asked what somebody said on something: how much of it is in the quote
    "direct": 0.64,  # in quotation marks
    "role": 0.27,  # asked who said it, by a role: the speaker has it
    "bm25": 0.74,  # full-text search's own score
    "fuzzy": 0.93,  # the letters of question and sentence
    "long": -0.29,  # a wall of text
    "repeat": -1.52,  # a follow-up: the very sentence that was the last answer
    "beside": 0.4,  # a follow-up: next to the sentence that was the last answer
    "person": 0.6,  # a follow-up with a pronoun: the one it stands for is named here
    "newer": 0.96,  # asked for the latest: newer than the other articles on it
    "time": 0.82,  # the question names a time: the sentence has it, or the article is of it
    "verbless": -0.65,  # asked for the latest: a caption
    "lead": -0.09,  # near the top of the article
    "summary": 1.6,  # asked for the latest: the first sentences
    "headline": -0.28,  # the headline itself, unless the latest is asked for
    "asks": -0.89,  # the sentence is a question itself
    "short": -0.59,  # under five words
    "fresh": 0.55,  # a follow-up: its own words, as against those carried over
    "frame": 0.87,  # a follow-up: the article that answered last
}

# States, on the confidence of the first answer.
FOUND_AT = 0.2
CLOSE_AT = 0.1

# Signs that the first candidate answers, fitted by tools/fit_confidence.py.
CONFIDENCE_BIAS = -3.63
CONFIDENCE = {
    "cover": 1.41,
    "own": 0.61,
    "near": 0.36,
    "phrase": 1.02,
    "pairs": 0.57,
    "fuzzy": 0.63,
    "gap": 0.25,
    "names": -0.71,
    "rarest": 0.54,
    "plain": 1.52,
    "unknown_name": -0.74,
    "unknown": -0.51,
    "frame": 0.24,
    "beside": 0.21,
    "fresh": 0.38,
    "follows": -0.27,
    "summary": 0.24,
    "typed": -0.36,
    "type_there": 1.32,
    "no_speaker": -0.34,
    "topic": 0.31,
}
