"""The weights of the ranking and the borders of the three states, with where they come from.

Set by hand, then moved one at a time while the score over questions rose (see docs/quality.md).
"""

from __future__ import annotations

# What a word of the question is worth where it is not in the sentence itself.
NEIGHBOUR_CREDIT = 0.5  # in the sentence before or after
TITLE_CREDIT = 0.5  # in the headline
ARTICLE_CREDIT = 0.25  # anywhere else in the article
RELATIVE_CREDIT = 0.6  # a word of the same family ("accord" for "agree")
MISSPELLING_CREDIT = 0.95  # times the similarity of the words
SPELLING_VARIANT_CREDIT = 0.85  # the other spelling of a name that is known as typed
FOLLOW_UP_WEIGHT = 0.45  # a word carried over from the last question
NAME_WEIGHT = 1.25  # a name counts a quarter more than its rarity says

# Features of a candidate sentence; each is 0–1.
FEATURES = {
    "cover": 1.6,  # the question's words, with their context's credit
    "own": 1.3,  # the question's words in the sentence itself
    "pairs": 0.35,  # neighbouring words of the question that neighbour in the sentence
    "phrase": 2.0,  # the words in quotation marks, one after another
    "article": 0.35,  # how well the article as a whole fits
    "speaker": 1.3,  # said by the person who was asked about
    "no_speaker": -0.25,  # asked what somebody said: nobody speaks here
    "quote": 0.3,  # asked who said something: it stands in what is quoted
    "said": 0.7,  # asked who said something: how much of it stands inside the quote
    "named": 0.25,  # asked who: somebody is named whom the question does not name
    "date": 0.45,  # asked when: a date stands here
    "figure": 0.5,  # asked how many: a figure stands here
    "place": 0.3,  # asked where: a place stands here
    "reason": 0.3,  # asked why: a reason is given here
    "fact": 0.4,  # asked what was agreed or decided: a fact of that kind stands here
    "lead": 0.15,  # near the top of the article
    "summary": 1.2,  # asked for the latest: the first sentences
    "headline": -0.15,  # the headline itself, unless the latest is asked for
    "asks": -0.45,  # the sentence is a question itself
    "short": -0.4,  # under five words
    "frame": 0.5,  # a follow-up: the article that answered last
}

# States, on the confidence of the first answer.
FOUND_AT = 0.5
CLOSE_AT = 0.35
