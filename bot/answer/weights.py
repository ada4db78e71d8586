"""The weights of the ranking and the borders of the three states, with where they come from.

Credits were set by hand and kept where a change did not help. Features were fitted by
tools/fit_ranking.py (pull 3, the dev set counted three times), confidence by
tools/fit_confidence.py, over three sets of questions together: the dev set, those of the sample
news and those over PolNeAR train; "fresh" and "beside" were raised by hand on their follow-ups.
docs/quality.md tells the scores, also on questions left out.
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
SURNAME_CREDIT = 0.9  # a given name where the surname stands alone
SHARED_SURNAME_CREDIT = 0.6  # likewise, and others bear the surname
HOLDER_CREDIT = 0.35  # the name of whoever holds a role that the question names
PHASE_WEIGHT = 0.5  # "begin", "end" in a question for a day
FOLLOW_UP_WEIGHT = 0.45  # a word carried over from the last question
NAME_WEIGHT = 1.25  # a name counts a quarter more than its rarity says

# Features of a candidate sentence; each is 0–1.
FEATURES = {
    "cover": 4.61,  # the question's words, with their context's credit
    "own": -1.61,  # the question's words in the sentence itself
    "near": 0.81,  # the question's words in the sentences around it
    "plain": 0.97,  # the question's common words here or near
    "headed": 0.58,  # the question's words in the headline
    "full_name": 0.2,  # asked who: somebody new is named in full
    "pairs": 0.41,  # neighbouring words of the question that neighbour in the sentence
    "phrase": 2.0,  # the words in quotation marks, one after another
    "article": 0.87,  # how well the article as a whole fits
    "as_named": 1.25,  # said by that person, whose name the sentence does not print ("she said")
    "speaker": 1.26,  # said by the person who was asked about
    "no_speaker": -0.26,  # asked what somebody said: nobody speaks here
    "quote": -0.12,  # asked who said something: it stands in what is quoted
    "said": 2.06,  # asked who said something: how much of it stands inside the quote
    "named": 0.85,  # asked who: somebody is named whom the question does not name
    "date": 3.24,  # asked when: a date stands here
    "figure": 2.05,  # asked how many: a figure stands here
    "counted": 1.39,  # asked how many: the number counts what is asked for
    "place": 1.45,  # asked where: a place stands here
    "reason": 0.88,  # asked why: a reason is given here
    "fact": 0.33,  # asked what was agreed or decided: a fact of that kind stands here
    "demand": 0.45,  # asked what somebody wants: a demand or condition stands here
    "happened": 0.18,  # asked what happened: likewise
    "topic": 0.54,  # asked what somebody said on something: how much of it is in the quote
    "direct": 0.57,  # in quotation marks
    "cue": 0.46,  # said in the way that the question asks for ("who denied")
    "role": 0.35,  # asked who said it, by a role: the speaker has it
    "bm25": 0.47,  # full-text search's own score
    "fuzzy": 0.67,  # the letters of question and sentence
    "reports": 0.8,  # asked whether somebody did something: both stand here; set by hand
    "long": -1.06,  # a wall of text
    "repeat": -1.59,  # a follow-up: the very sentence that was the last answer
    "beside": 0.8,  # a follow-up: next to the sentence that was the last answer
    "person": 0.37,  # a follow-up with a pronoun: the one it stands for is named here
    "newer": 1.18,  # asked for the latest: newer than the other articles on it
    "time": 0.48,  # the question names a time: the sentence has it, or the article is of it
    "verbless": -1.17,  # asked for the latest: a caption
    "lead": 0.06,  # near the top of the article
    "summary": 1.75,  # asked for the latest: the first sentences
    "headline": -0.6,  # the headline itself, unless the latest is asked for
    "asks": -0.28,  # the sentence is a question itself
    "short": -0.32,  # under five words
    "fresh": 1.6,  # a follow-up: its own words, as against those carried over
    "adrift": -0.58,  # likewise, and the question has few words of its own
    "also": 0.4,  # asked what else: "also", "another"
    "frame": 0.93,  # a follow-up: the article that answered last
}

# States, on the confidence of the first answer. Chosen on the dev set: a hundredth higher declines
# a right answer more, two hundredths lower tell a wrong one more.
FOUND_AT = 0.14
CLOSE_AT = 0.1

# Signs that the first candidate answers, fitted by tools/fit_confidence.py.
CONFIDENCE_BIAS = -4.58
CONFIDENCE = {
    "cover": 0.24,
    "own": 0.72,
    "phrase": 1.1,
    "pairs": 0.42,
    "fuzzy": 1.34,
    "gap": 0.78,
    "plain": 1.29,
    "unknown": -0.3,
    "frame": 0.45,
    "beside": 0.0,
    "typed": -0.43,
    "type_there": 0.69,
    "no_speaker": -0.68,
    "topic": 0.33,
    "beyond": 1.34,
    "absent": -1.28,
    "mass": 1.07,
    "score": 1.4,
    "uncounted": -0.87,
    "astray": -0.85,
    "unnamed": -0.5,
    "unreported": 0.0,
    "ageless": 0.0,
    "names_only": -1.07,
    "bare": -0.0,
    "off_topic": -0.41,
    "unuttered": 0.0,
}
