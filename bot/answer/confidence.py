"""How sure it is that the first candidate answers: from a few signs together, never one score."""

from __future__ import annotations

import math
from collections.abc import Mapping, Sequence

from bot.answer.intents import Intent
from bot.answer.rank import Ranked
from bot.answer.result import State
from bot.answer.retrieve import Query, Wanted
from bot.answer.weights import CLOSE_AT, CONFIDENCE, CONFIDENCE_BIAS, FOUND_AT

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


def signs_of(query: Query, ranked: Sequence[Ranked]) -> dict[str, float]:
    """The signs that the first of `ranked` answers; each is 0–1."""
    best = ranked[0]
    found = best.features
    words = [w for w in query.wanted if not w.carried] or list(query.wanted)
    weight = sum(w.weight for w in words) or 1.0
    names = [w for w in words if w.is_name]
    name_weight = sum(w.weight for w in names) or 1.0
    unknown = sum(w.weight for w in words if w.is_unknown)
    rarest = max(words, key=lambda w: w.weight, default=None)
    places = best.found(query)
    second = ranked[1].score if len(ranked) > 1 else 0.0
    signs = {
        "cover": found.get("cover", 0.0),
        "own": found.get("own", 0.0),
        "near": found.get("near", 0.0),
        "phrase": found.get("phrase", 0.0),
        "pairs": found.get("pairs", 0.0),
        "fuzzy": found.get("fuzzy", 0.0),
        "gap": min(1.0, max(0.0, best.score - second)),
        "names": sum(w.weight * places[w.typed][0] for w in names) / name_weight if names else 0.5,
        "rarest": places[rarest.typed][0] if rarest else 0.0,
        "unknown": unknown / weight,
        "unknown_name": float(any(w.is_unknown and not w.is_ordinary for w in words)),
        "follows": query.lean,
        "frame": found.get("frame", 0.0),
        "beside": found.get("beside", 0.0),
        "fresh": found.get("fresh", 0.0),
        "summary": float(query.intent in (Intent.LATEST, Intent.WHAT_HAPPENED)),
    }
    sign = ANSWER_SIGN.get(query.intent)
    signs["typed"] = float(sign is not None)
    signs["type_there"] = found.get(sign, 0.0) if sign else 0.0
    signs["plain"] = _found_share([w for w in words if not w.is_name], places)
    if query.intent is Intent.SAID_BY:
        signs["no_speaker"] = found.get("no_speaker", 0.0)
        signs["topic"] = found.get("topic", 0.0)
    return signs


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
    return 1 / (1 + math.exp(-value))


def state_of(sure: float) -> State:
    """The state of an answer that is `sure` (0–1)."""
    if sure >= FOUND_AT:
        return State.FOUND
    return State.CLOSE if sure >= CLOSE_AT else State.NOTHING
