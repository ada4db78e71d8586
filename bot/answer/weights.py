"""The weights of the ranking and the borders of the three states, with where they come from.

Credits were set by hand and kept where a change did not help. Features were fitted by
tools/fit_ranking.py (pull 3, the dev set counted three times), confidence by
tools/fit_confidence.py, over four sets of questions together: the dev set, those of the sample
news, and two over PolNeAR train (of the second one half); "fresh" and "beside" were raised by hand
on their follow-ups.
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
BEARER_CREDIT = 0.85  # the surname of whoever bears a given name that stands alone
HOLDER_CREDIT = 0.35  # the name of whoever holds a role that the question names
PHASE_WEIGHT = 0.5  # "begin", "end" in a question for a day
FOLLOW_UP_WEIGHT = 0.45  # a word carried over from the last question
NAME_WEIGHT = 1.25  # a name counts a quarter more than its rarity says

# Features of a candidate sentence; each is 0–1.
FEATURES = {
    "cover": 4.53,  # the question's words, with their context's credit
    "own": -1.51,  # the question's words in the sentence itself
    "near": 0.63,  # the question's words in the sentences around it
    "plain": 0.12,  # the question's common words here or near
    "missed": -0.66,  # the question's words that stand nowhere near, by number
    "given": -0.2,  # the question's words here that the headline has as well
    "particular": 0.45,  # its common words here, by how few sentences of the article hold them
    "referred": 0.61,  # a pronoun here, and the names asked for stand just before
    "quoted": 0.23,  # the share of the sentence in quotation marks
    "headed": 0.67,  # the question's words in the headline
    "full_name": 0.2,  # asked who: somebody new is named in full
    "pairs": 0.51,  # neighbouring words of the question that neighbour in the sentence
    "phrase": 2.0,  # the words in quotation marks, one after another
    "article": 0.84,  # how well the article as a whole fits
    "as_named": 1.18,  # said by that person, whose name the sentence does not print ("she said")
    "speaker": 1.11,  # said by the person who was asked about
    "no_speaker": -0.22,  # asked what somebody said: nobody speaks here
    "quote": -0.22,  # asked who said something: it stands in what is quoted
    "said": 2.13,  # asked who said something: how much of it stands inside the quote
    "named": 0.99,  # asked who: somebody is named whom the question does not name
    "date": 3.59,  # asked when: a date stands here
    "figure": 2.15,  # asked how many: a figure stands here
    "counted": 0.65,  # asked how many: the number counts what is asked for
    "digits": 0.46,  # asked how many: a number in digits
    "at_place": 0.81,  # asked where: a place, behind "in", "at", "near"
    "place": 1.11,  # asked where: a place stands here
    "reason": 0.83,  # asked why: a reason is given here
    "fact": 0.37,  # asked what was agreed or decided: a fact of that kind stands here
    "demand": 0.46,  # asked what somebody wants: a demand or condition stands here
    "happened": 0.08,  # asked what happened: likewise
    "topic": 0.36,  # asked what somebody said on something: how much of it is in the quote
    "direct": 0.5,  # in quotation marks
    "cue": 0.32,  # said in the way that the question asks for ("who denied")
    "role": 0.46,  # asked who said it, by a role: the speaker has it
    "bm25": 0.41,  # full-text search's own score
    "fuzzy": 0.81,  # the letters of question and sentence
    "reports": 0.8,  # asked whether somebody did something: both stand here; set by hand
    "long": -1.49,  # a wall of text
    "repeat": -1.58,  # a follow-up: the very sentence that was the last answer
    "beside": 0.8,  # a follow-up: next to the sentence that was the last answer
    "person": 0.61,  # a follow-up with a pronoun: the one it stands for is named here
    "newer": 1.31,  # asked for the latest: newer than the other articles on it
    "time": 0.41,  # the question names a time: the sentence has it, or the article is of it
    "verbless": -1.27,  # asked for the latest: a caption
    "lead": 0.12,  # near the top of the article
    "summary": 2.25,  # asked for the latest: the first sentences
    "headline": -0.69,  # the headline itself, unless the latest is asked for
    "asks": -0.38,  # the sentence is a question itself
    "short": -0.2,  # under five words
    "fresh": 1.6,  # a follow-up: its own words, as against those carried over
    "adrift": -0.83,  # likewise, and the question has few words of its own
    "also": 0.4,  # asked what else: "also", "another"
    "frame": 0.9,  # a follow-up: the article that answered last
}

# States, on the confidence of the first answer. Chosen on the dev set: a hundredth higher declines
# a right answer more, two hundredths lower tell a wrong one more.
FOUND_AT = 0.12
CLOSE_AT = 0.09

# Signs that the first candidate answers, fitted by tools/fit_confidence.py.
CONFIDENCE_BIAS = -4.19
CONFIDENCE = {
    "cover": 0.23,
    "own": 0.23,
    "phrase": 1.08,
    "pairs": 0.28,
    "fuzzy": 1.16,
    "gap": 0.87,
    "plain": 0.84,
    "unknown": -0.78,
    "frame": 0.7,
    "beside": 0.49,
    "typed": -0.44,
    "type_there": 0.4,
    "no_speaker": -0.86,
    "topic": 0.55,
    "beyond": 1.11,
    "absent": -1.63,
    "mass": 1.38,
    "score": 1.87,
    "uncounted": -1.07,
    "astray": -0.62,
    "unnamed": -1.17,
    "unreported": -1.8,
    "ageless": -0.21,
    "names_only": -0.9,
    "bare": -0.61,
    "off_topic": -0.21,
    "unuttered": 0.0,
}
