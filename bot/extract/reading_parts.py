"""What a reading of a sentence is made of: the fact it tells, and the phrases of its parties."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from bot.extract.clauses import (
    Word,
)

Range = tuple[int, int]
"""A half-open range of word indices."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A fact as the words of one sentence tell it; places are word indices."""

    at: int
    kind: str
    status: str
    parties: tuple[tuple[str, Range], ...] = ()
    object: Range | None = None
    sureness: float = 1.0


def word_after(words: Sequence[Word], i: int) -> str:
    return words[i + 1].low if i + 1 < len(words) else ""


def word_before(words: Sequence[Word], i: int) -> str:
    return words[i - 1].low if i > 0 else ""


def after_by(words: Sequence[Word], i: int, end: int) -> Range | None:
    for j in range(i + 1, min(end, i + 16)):
        if words[j].low == "by":
            if j + 1 < len(words) and (words[j + 1].low in _TIMES or words[j + 1].low.isdigit()):
                return None  # "by eight o'clock", "by Friday"
            return noun_phrase(words, j + 1)
    return None


_TIMES = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december noon midnight half next then now today "
    "tomorrow easter christmas two three four five six seven eight nine ten eleven twelve".split()
)


def after_with(words: Sequence[Word], i: int, end: int) -> Range | None:
    for j in range(i + 1, min(end, i + 14)):
        if words[j].low == "with":
            return noun_phrase(words, j + 1)
    return None


def after_between(words: Sequence[Word], i: int, end: int) -> Range | None:
    for j in range(i + 1, min(end, i + 8)):
        if words[j].low == "between":
            return noun_phrase(words, j + 1)
    return None


_PHRASE_ENDS = frozenset(
    "to for on in of at by with from that which who as into over under after before until and or "
    "but is are was were has have had will would not because if when while".split()
)


def noun_phrase(words: Sequence[Word], start: int) -> Range | None:
    """The range of the noun phrase that begins at `start`; "A and B" is one phrase."""
    i = start
    while i < len(words) and i - start < 8:
        word = words[i]
        if word.is_mark:
            break
        if word.low in _PHRASE_ENDS and not (
            word.low == "and" and i > start and i + 1 < len(words) and not words[i + 1].is_mark
        ):
            break
        i += 1
    return (start, i) if i > start else None


def is_hypothetical(words: Sequence[Word], i: int) -> bool:
    before = [w.low for w in words[max(0, i - 6) : i]]
    return bool({"if", "would", "could", "should", "whether", "might", "no", "any"} & set(before))


def possessor_of(words: Sequence[Word], i: int) -> Range | None:
    """The range of "Ann Lee" in "Ann Lee's decision"."""
    for j in range(i - 1, max(-1, i - 4), -1):
        if words[j].low in ("'s", "'") and j > 0:
            start = j - 1
            while start > 0 and j - start < 4 and not words[start - 1].is_mark:
                if words[start - 1].low in _PHRASE_ENDS or words[start - 1].low in ("the", "a"):
                    break
                start -= 1
            return (start, j)
        if words[j].low in ("his", "her", "their", "its"):
            return (j, j + 1)
    return None
