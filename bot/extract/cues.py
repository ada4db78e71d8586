"""What a cue means: its class ("warns", "denies") and whether the thing was said at all."""

from __future__ import annotations

import re
from functools import lru_cache

from bot.extract.cue_words import CLASS_WORDS, MODALS, NEGATIONS, REFUSALS
from bot.model import Polarity
from bot.text.words import term_of

__all__ = ["CUE_CLASSES", "cue_class", "polarity_of"]

CUE_CLASSES: tuple[str, ...] = tuple(CLASS_WORDS)

_WORD = re.compile(r"[^\W\d_]+(?:[-'’][^\W\d_]+)*|['’]d\b")
_IRREGULAR = {
    "said": "say", "told": "tell", "wrote": "write", "written": "write", "thought": "think",
    "knew": "know", "known": "know", "felt": "feel", "saw": "see", "seen": "see", "found": "find",
    "sought": "seek", "spoke": "speak", "spoken": "speak", "swore": "swear", "sworn": "swear",
    "understood": "understand", "shown": "show", "shot": "shoot", "begged": "beg",
    "forbade": "ban", "forbidden": "ban", "foresaw": "foresee", "bet": "bet", "set": "set",
}  # fmt: skip
_OPINIONS = frozenset(["thinks", "wants", "plans", "predicts"])
"""Classes of what is in a mind: negated, the thing itself is denied; modal, it still holds."""


@lru_cache(maxsize=1)
def _classes() -> dict[str, str]:
    """The class of each term; the first class that names a term has it."""
    table: dict[str, str] = {}
    for name, words in CLASS_WORDS.items():
        for word in words.split():
            table.setdefault(term_of(word), name)
    return table


def _term(word: str) -> str:
    return term_of(_IRREGULAR.get(word, word))


@lru_cache(maxsize=20_000)
def cue_class(cue: str) -> str:
    """The class of a cue; "says" for those that tell no more than that someone spoke.

    "called for" is urging where "called" alone is saying; a cue of marks only is saying.
    """
    words = [w.lower() for w in _WORD.findall(cue[:200])]
    joined = " ".join(words)
    if re.search(r"\bcall\w* (?:for|on|upon)\b", joined):
        return "urges"
    if re.search(r"\bcall\w*\b", joined):
        return "says"
    if re.search(r"\bpoint\w* (?:to|out)\b|\bmade clear\b", joined):
        return "explains"
    if "according" in words:
        return "says"
    table = _classes()
    order = CUE_CLASSES.index
    found = [table[t] for t in map(_term, words) if t in table]
    if not found:
        return "says"
    return min(found, key=order)


def polarity_of(cue: str, before: str = "") -> Polarity:
    """Whether what the cue introduces was said, denied, declined, or merely possible.

    `before` is what stands between the speaker and the cue ("did not", "would").
    """
    words = [w.lower() for w in _WORD.findall(f"{before[-120:]} {cue[:200]}")]
    kind = cue_class(cue)
    if kind == "denies":
        return Polarity.SAID if _negated(words) else Polarity.DENIED
    if _refused(words):
        return Polarity.DECLINED
    if _negated(words):
        return Polarity.DENIED if kind in _OPINIONS else Polarity.DECLINED
    return Polarity.HYPOTHETICAL if _possible(words) else Polarity.SAID


def _possible(words: list[str]) -> bool:
    """Whether a verb of saying stands behind a "would": behind it, nothing was said yet."""
    first = next((i for i, w in enumerate(words) if w in MODALS), None)
    if first is None or first + 1 == len(words):
        return False
    table = _classes()
    kinds = {table[t] for t in map(_term, words[first + 1 :]) if t in table}
    return bool(kinds.difference(_OPINIONS)) or not kinds


def _refused(words: list[str]) -> bool:
    return any(w in REFUSALS for w in words)


def _negated(words: list[str]) -> bool:
    return any(w in NEGATIONS or w.endswith(("n't", "n’t")) for w in words)
