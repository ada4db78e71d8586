"""How sure it is that the first candidate answers: from a few signs together, never one score."""

from __future__ import annotations

import math
import re
from collections.abc import Mapping, Sequence

from bot.answer.intents import Intent
from bot.answer.rank import Ranked
from bot.answer.result import State
from bot.answer.retrieve import Query
from bot.answer.wanted import Wanted
from bot.answer.weights import CLOSE_AT, CONFIDENCE, CONFIDENCE_BIAS, FOUND_AT
from bot.text.words import fold

_OF_SPEECH = ("no_speaker", "topic", "beyond", "off_topic", "unuttered")
_AS_THEY_ARE = (
    *("cover", "own", "phrase", "pairs", "fuzzy", "frame", "beside", "absent"),
    *_OF_SPEECH,
)
MUCH_FOUND = 25.0  # the weight of some five telling words
HIGH_SCORE = 8.0
FEW_FOUND = 0.3  # below this share of a question's common words, only its names are there:
# of 11 such first answers 1 was right (over the three sets of questions)
NEAR_SENSE = 0.4  # from this likeness of meaning on, its other words may stand for those
LEAD = 1.5  # by so much a first answer is surely ahead of all other articles
RIVALS = 5  # candidates that a first answer is weighed against
SHARPNESS = 3.0  # of their scores, as in the fit of the ranking
ON_TOPIC = 0.05  # asked what somebody said about something: the share of it within the quote
VETOES = (
    *("unsaid", "silent", "unpriced", "astray", "nameless", "kindless"),
    *("names_only", "unnamed", "unreported", "ageless"),
)
OFFERED = FOUND_AT - 0.01
OFF_TOPIC = 0.65  # the share of it that stands nowhere near the quote
# For each kind of question the feature that says whether the thing asked for is there.
ANSWER_SIGN = {
    Intent.WHEN: "date",
    Intent.HOW_MANY: "figure",
    Intent.WHERE: "place",
    Intent.WHY: "reason",
    Intent.WHO: "named",
    Intent.WHO_SAID: "said",
    Intent.SAID_BY: "speaker",
    Intent.AGREED: "fact",
}


_ASKS_KIND = re.compile(
    r"\b(?:what|which)\s+(?:kind|sort|type|brand|make|model|colou?r)s?\s+of\s+(?:an?\s+)?(\w+)",
    re.I,
)


def signs_of(query: Query, ranked: Sequence[Ranked]) -> dict[str, float]:
    """The signs that the first of `ranked` answers; each is 0–1."""
    best = ranked[0]
    found = best.features
    words = [w for w in query.wanted if not w.carried] or list(query.wanted)
    weight = sum(w.weight for w in words) or 1.0
    plain = [w for w in words if not w.is_name]
    places = best.found(query)
    second = ranked[1].score if len(ranked) > 1 else 0.0
    signs = {name: found.get(name, 0.0) for name in _AS_THEY_ARE}
    signs |= {
        "gap": min(1.0, max(0.0, best.score - second)),
        "chance": 1 / sum(math.exp(SHARPNESS * (r.score - best.score)) for r in ranked[:RIVALS]),
        "ahead": _ahead(ranked),
        "kin": found.get("kin", 0.0),
        "score": min(1.0, max(0.0, best.score) / HIGH_SCORE),
        "mass": min(1.0, sum(w.weight * max(places[w.typed]) for w in words) / MUCH_FOUND),
        "plain": _found_share(plain, places),
        "bare": sum(w.weight for w in plain if not max(places[w.typed])) / weight,
        "unknown": sum(w.weight for w in words if w.is_unknown) / weight,
    }
    if (kind := _ASKS_KIND.search(query.question.text)) is not None:
        thing = [w for w in words if w.typed == fold(kind[1])]
        signs["kindless"] = float(any(not max(places[w.typed]) for w in thing))
    sign = ANSWER_SIGN.get(query.intent)
    signs["nameless"] = 0.0 if query.lean else found.get("nameless", 0.0)
    signs["unnamed"] = found.get("unnamed", 0.0)
    signs["ageless"] = found.get("ageless", 0.0)
    signs["unreported"] = found.get("unreported", 0.0)
    signs["typed"] = float(sign is not None)
    signs["type_there"] = found.get(sign, 0.0) if sign else 0.0
    if query.intent is Intent.SAID_BY:
        strays = found.get("topic", 0.0) < ON_TOPIC and found.get("off_topic", 0.0) > OFF_TOPIC
        signs["astray"] = float(strays and query.asks_about)
        signs["silent"] = found.get("silent", 0.0)
    else:
        for name in _OF_SPEECH:
            signs.pop(name, None)
        if query.intent is not Intent.WHO_SAID:
            alike = found.get("sense", 0.0) >= NEAR_SENSE
            signs["names_only"] = float(signs["plain"] < FEW_FOUND and not alike)
    if query.intent is Intent.WHO_SAID:
        signs["unsaid"] = float(not found.get("said") and not found.get("cue"))
    if query.intent is Intent.HOW_MANY:
        signs["unpriced"] = found.get("unpriced", 0.0)
        signs["uncounted"] = 1.0 - found.get("counted", 1.0)
    return signs


def _ahead(ranked: Sequence[Ranked]) -> float:
    """How far the first of `ranked` is ahead of the best of another article, 0–1."""
    best, *others = ranked[:RIVALS]
    rival = next((r.score for r in others if r.row.version != best.row.version), None)
    return 1.0 if rival is None else min(1.0, max(0.0, best.score - rival) / LEAD)


def _found_share(words: Sequence[Wanted], places: Mapping[str, tuple[float, float]]) -> float:
    """The share of `words` by weight that stand in the sentence, or close to it; 1 for none."""
    total = sum(w.weight for w in words)
    if not total:
        return 1.0
    return sum(w.weight * max(places[w.typed]) for w in words) / total


def confidence(query: Query, ranked: Sequence[Ranked]) -> float:
    """How sure it is that the first of `ranked` answers `query`, 0–1."""
    if not ranked or (not query.wanted and not query.phrases):
        return 0.0
    signs = signs_of(query, ranked)
    value = CONFIDENCE_BIAS + sum(CONFIDENCE[name] * sign for name, sign in signs.items())
    sure = 1 / (1 + math.exp(-value))
    # A name that occurs is no answer, nor are words about something else, nor is a sentence
    # without a name where a name was asked for: offered at most.
    if any(signs.get(name) for name in VETOES):
        return min(sure, OFFERED)
    return sure


def state_of(sure: float) -> State:
    """The state of an answer that is `sure` (0–1)."""
    if sure >= FOUND_AT:
        return State.FOUND
    return State.CLOSE if sure >= CLOSE_AT else State.NOTHING
