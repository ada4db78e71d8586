"""The weights of the ranking and the borders of the three states, with where they come from.

Credits were set by hand and kept where a change did not help. Features were fitted as
tools/fit_ranking.py does (pull 3, the dev set counted three times), confidence as
tools/fit_confidence.py does, over four sets of questions together: the dev set, those of the
sample news, and two over PolNeAR train (of the second one half); "fresh" and "beside" were raised
by hand on their follow-ups, and "sense" and "kin" chosen over six sets.
docs/quality.md tells the scores, also on questions left out.
"""

from __future__ import annotations

# What a word of the question is worth where it is not in the sentence itself.
NEIGHBOUR_CREDIT = 0.5  # in the sentence before or after
PARAGRAPH_CREDIT = 0.35  # two sentences away
TITLE_CREDIT = 0.5  # in the headline
ARTICLE_CREDIT = 0.25  # anywhere else in the article
RELATIVE_CREDIT = 0.6  # a word of the same family ("accord" for "agree")
PHRASAL_CREDIT = 0.75  # "succeed" for "take over"; set by hand
BARE_VERB_CREDIT = 0.5  # "take" in it
VERB_CREDIT = 0.8  # "rule" in "rule out"
SMALL_WORD_CREDIT = 0.3  # "over" in "is the strike over"
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
    "cover": 4.45,  # the question's words, with their context's credit
    "own": -1.53,  # the question's words in the sentence itself
    "near": 0.61,  # the question's words in the sentences around it
    "plain": 0.0,  # the question's common words here or near
    "missed": -0.76,  # the question's words that stand nowhere near, by number
    "given": -0.23,  # the question's words here that the headline has as well
    "particular": 0.48,  # its common words here, by how few sentences of the article hold them
    "referred": 0.71,  # a pronoun here, and the names asked for stand just before
    "sense": 1.8,  # what question and sentence mean as wholes, with what stands around
    "kin": 0.6,  # words of like meaning for those that stand nowhere near
    "quoted": 0.21,  # the share of the sentence in quotation marks
    "headed": 0.68,  # the question's words in the headline
    "full_name": 0.2,  # asked who: somebody new is named in full
    "pairs": 0.6,  # neighbouring words of the question that neighbour in the sentence
    "phrase": 2.0,  # the words in quotation marks, one after another
    "article": 0.91,  # how well the article as a whole fits
    "as_named": 1.15,  # said by that person, whose name the sentence does not print ("she said")
    "speaker": 1.18,  # said by the person who was asked about
    "no_speaker": -0.19,  # asked what somebody said: nobody speaks here
    "quote": -0.27,  # asked who said something: it stands in what is quoted
    "said": 2.18,  # asked who said something: how much of it stands inside the quote
    "named": 0.85,  # asked who: somebody is named whom the question does not name
    "who_near": 0.58,  # asked who: the question's words near the name of somebody new
    "date": 3.84,  # asked when: a date stands here
    "figure": 1.93,  # asked how many: a figure stands here
    "counted": 0.62,  # asked how many: the number counts what is asked for
    "digits": 0.48,  # asked how many: a number in digits
    "at_place": 0.91,  # asked where: a place, behind "in", "at", "near"
    "place": 0.96,  # asked where: a place stands here
    "reason": 0.95,  # asked why: a reason is given here
    "fact": 0.36,  # asked what was agreed or decided: a fact of that kind stands here
    "demand": 0.48,  # asked what somebody wants: a demand or condition stands here
    "happened": 0.04,  # asked what happened: likewise
    "topic": 0.37,  # asked what somebody said on something: how much of it is in the quote
    "direct": 0.54,  # in quotation marks
    "cue": 0.34,  # said in the way that the question asks for ("who denied")
    "role": 0.4,  # asked who said it, by a role: the speaker has it
    "bm25": 0.43,  # full-text search's own score
    "fuzzy": 0.85,  # the letters of question and sentence
    "reports": 0.8,  # asked whether somebody did something: both stand here; set by hand
    "denied": 0.8,  # likewise, and the sentence says that they did not; set by hand
    "long": -1.59,  # a wall of text
    "repeat": -1.57,  # a follow-up: the very sentence that was the last answer
    "beside": 0.8,  # a follow-up: next to the sentence that was the last answer
    "person": 0.74,  # a follow-up with a pronoun: the one it stands for is named here
    "newer": 1.4,  # asked for the latest: newer than the other articles on it
    "time": 0.38,  # the question names a time: the sentence has it, or the article is of it
    "verbless": -1.35,  # asked for the latest: a caption
    "lead": 0.13,  # near the top of the article
    "summary": 2.53,  # asked for the latest: the first sentences
    "headline": -0.74,  # the headline itself, unless the latest is asked for
    "asks": -0.48,  # the sentence is a question itself
    "short": -0.16,  # under five words
    "fresh": 1.6,  # a follow-up: its own words, as against those carried over
    "adrift": -0.91,  # likewise, and the question has few words of its own
    "home": 1.0,  # likewise, the articles that answered last; set by hand
    "later": 2.5,  # asked what came later: the article is newer than the last; by hand
    "also": 0.4,  # asked what else: "also", "another"
    "frame": 0.97,  # a follow-up: the article that answered last
}

# States, on the confidence of the first answer: the lowest border at which the samples' floor for
# questions that nothing answers holds (tests/test_answers.py).
FOUND_AT = 0.134
CLOSE_AT = 0.098

# Signs that the first candidate answers, fitted by tools/fit_confidence.py.
CONFIDENCE_BIAS = -4.30
CONFIDENCE = {
    "cover": 0.43,
    "own": 0.19,
    "phrase": 1.02,
    "pairs": 0.28,
    "fuzzy": 1.38,
    "gap": 0.83,
    "plain": 0.8,
    "unknown": -0.48,
    "frame": 0.78,
    "beside": 0.46,
    "typed": -0.52,
    "type_there": 0.49,
    "no_speaker": -0.82,
    "topic": 0.46,
    "beyond": 1.08,
    "absent": -1.86,
    "mass": 1.29,
    "score": 1.95,
    "uncounted": -0.98,
    "astray": -0.73,
    "unnamed": -1.21,
    "unreported": -1.71,
    "ageless": -0.21,
    "names_only": -0.9,
    "bare": -0.72,
    "off_topic": -0.07,
    "unuttered": 0.0,
    "unsaid": 0.0,
    "silent": 0.0,
    "chance": 0.0,
    "ahead": 0.0,
    "kin": 0.0,
    "unpriced": 0.0,
    "nameless": 0.0,
    "kindless": 0.0,
}
