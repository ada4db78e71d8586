"""The weights of the ranking and the borders of the three states, with where they come from.

Credits were set by hand and kept where a change did not help. Features were fitted by
tools/fit_ranking.py (pull 10), confidence by tools/fit_confidence.py, over the dev questions and
those of the sample news together; docs/quality.md tells the scores, also on questions left out.
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
PHASE_WEIGHT = 0.5  # "begin", "end" in a question for a day
FOLLOW_UP_WEIGHT = 0.45  # a word carried over from the last question
NAME_WEIGHT = 1.25  # a name counts a quarter more than its rarity says

# Features of a candidate sentence; each is 0–1.
FEATURES = {
    "cover": 2.48,  # the question's words, with their context's credit
    "own": -0.42,  # the question's words in the sentence itself
    "near": 1.56,  # the question's words in the sentences around it
    "pairs": 0.29,  # neighbouring words of the question that neighbour in the sentence
    "phrase": 2.0,  # the words in quotation marks, one after another
    "article": 0.94,  # how well the article as a whole fits
    "speaker": 1.56,  # said by the person who was asked about
    "no_speaker": -0.21,  # asked what somebody said: nobody speaks here
    "quote": 0.52,  # asked who said something: it stands in what is quoted
    "said": 1.25,  # asked who said something: how much of it stands inside the quote
    "named": 1.24,  # asked who: somebody is named whom the question does not name
    "date": 1.73,  # asked when: a date stands here
    "figure": 1.71,  # asked how many: a figure stands here
    "place": 1.23,  # asked where: a place stands here
    "reason": 1.01,  # asked why: a reason is given here
    "fact": 1.03,  # asked what was agreed or decided: a fact of that kind stands here
    "demand": 0.5,  # asked what somebody wants: a demand or condition stands here
    "happened": 0.54,  # asked what happened: likewise
    "topic": 1.15,  # asked what somebody said on something: how much of it is in the quote
    "direct": 0.62,  # in quotation marks
    "cue": 0.52,  # said in the way that the question asks for ("who denied")
    "role": 0.35,  # asked who said it, by a role: the speaker has it
    "bm25": 0.73,  # full-text search's own score
    "fuzzy": 0.95,  # the letters of question and sentence
    "long": -0.29,  # a wall of text
    "repeat": -1.51,  # a follow-up: the very sentence that was the last answer
    "beside": 0.41,  # a follow-up: next to the sentence that was the last answer
    "person": 0.6,  # a follow-up with a pronoun: the one it stands for is named here
    "newer": 1.06,  # asked for the latest: newer than the other articles on it
    "time": 0.9,  # the question names a time: the sentence has it, or the article is of it
    "verbless": -0.46,  # asked for the latest: a caption
    "lead": -0.08,  # near the top of the article
    "summary": 1.52,  # asked for the latest: the first sentences
    "headline": -0.25,  # the headline itself, unless the latest is asked for
    "asks": -0.91,  # the sentence is a question itself
    "short": -0.61,  # under five words
    "fresh": 0.62,  # a follow-up: its own words, as against those carried over
    "frame": 0.83,  # a follow-up: the article that answered last
}

# States, on the confidence of the first answer. Of right first answers left out of the fit, 88 %
# lie above the first border; of questions without an answer, 54 % lie below it.
FOUND_AT = 0.22
CLOSE_AT = 0.1

# Signs that the first candidate answers, fitted by tools/fit_confidence.py.
CONFIDENCE_BIAS = -3.95
CONFIDENCE = {
    "cover": 1.49,
    "own": 0.23,
    "near": 0.4,
    "phrase": 1.1,
    "pairs": 0.66,
    "fuzzy": 0.69,
    "gap": 0.31,
    "names": 0.0,
    "rarest": 0.36,
    "plain": 1.69,
    "unknown_name": -0.99,
    "unknown": -0.5,
    "frame": 0.23,
    "beside": 0.33,
    "fresh": 0.45,
    "follows": -0.25,
    "summary": 0.17,
    "typed": -0.38,
    "type_there": 1.3,
    "no_speaker": -0.37,
    "topic": 0.29,
}
