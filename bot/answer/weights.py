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
PHASE_WEIGHT = 0.5  # "begin", "end" in a question for a day
FOLLOW_UP_WEIGHT = 0.45  # a word carried over from the last question
NAME_WEIGHT = 1.25  # a name counts a quarter more than its rarity says

# Features of a candidate sentence; each is 0–1.
FEATURES = {
    "cover": 2.56,  # the question's words, with their context's credit
    "own": -0.47,  # the question's words in the sentence itself
    "near": 1.57,  # the question's words in the sentences around it
    "pairs": 0.3,  # neighbouring words of the question that neighbour in the sentence
    "phrase": 2.0,  # the words in quotation marks, one after another
    "article": 0.95,  # how well the article as a whole fits
    "speaker": 1.55,  # said by the person who was asked about
    "no_speaker": -0.21,  # asked what somebody said: nobody speaks here
    "quote": 0.53,  # asked who said something: it stands in what is quoted
    "said": 1.3,  # asked who said something: how much of it stands inside the quote
    "named": 1.25,  # asked who: somebody is named whom the question does not name
    "date": 1.85,  # asked when: a date stands here
    "figure": 1.78,  # asked how many: a figure stands here
    "place": 1.24,  # asked where: a place stands here
    "reason": 1.01,  # asked why: a reason is given here
    "fact": 1.07,  # asked what was agreed or decided: a fact of that kind stands here
    "demand": 0.5,  # asked what somebody wants: a demand or condition stands here
    "happened": 0.52,  # asked what happened: likewise
    "topic": 1.15,  # asked what somebody said on something: how much of it is in the quote
    "direct": 0.61,  # in quotation marks
    "cue": 0.49,  # said in the way that the question asks for ("who denied")
    "role": 0.37,  # asked who said it, by a role: the speaker has it
    "bm25": 0.71,  # full-text search's own score
    "fuzzy": 0.97,  # the letters of question and sentence
    "long": -0.29,  # a wall of text
    "repeat": -1.51,  # a follow-up: the very sentence that was the last answer
    "beside": 0.42,  # a follow-up: next to the sentence that was the last answer
    "person": 0.6,  # a follow-up with a pronoun: the one it stands for is named here
    "newer": 1.11,  # asked for the latest: newer than the other articles on it
    "time": 0.93,  # the question names a time: the sentence has it, or the article is of it
    "verbless": -0.38,  # asked for the latest: a caption
    "lead": -0.09,  # near the top of the article
    "summary": 1.48,  # asked for the latest: the first sentences
    "headline": -0.24,  # the headline itself, unless the latest is asked for
    "asks": -0.92,  # the sentence is a question itself
    "short": -0.62,  # under five words
    "fresh": 0.65,  # a follow-up: its own words, as against those carried over
    "frame": 0.77,  # a follow-up: the article that answered last
}

# States, on the confidence of the first answer. Of right first answers left out of the fit, 92 %
# lie above the first border; of questions without an answer, 57 % lie below it.
FOUND_AT = 0.2
CLOSE_AT = 0.1

# Signs that the first candidate answers, fitted by tools/fit_confidence.py.
CONFIDENCE_BIAS = -4.08
CONFIDENCE = {
    "cover": 1.51,
    "own": 0.26,
    "near": 0.47,
    "phrase": 1.09,
    "pairs": 0.68,
    "fuzzy": 0.6,
    "gap": 0.29,
    "names": 0.0,
    "rarest": 0.42,
    "plain": 1.78,
    "unknown_name": -0.55,
    "unknown": -0.96,
    "frame": 0.27,
    "beside": 0.38,
    "fresh": 0.4,
    "follows": -0.26,
    "summary": 0.18,
    "typed": -0.42,
    "type_there": 1.36,
    "no_speaker": -0.36,
    "topic": 0.4,
}
