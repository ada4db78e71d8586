"""How alike two strings are; the one door to rapidfuzz. A `similarity` is 0–100."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein, Indel, JaroWinkler, LCSseq


def similarity(a: str, b: str) -> float:
    """How alike two short strings are as a whole, 0–100."""
    return fuzz.ratio(a, b)


def overlap_similarity(a: str, b: str) -> float:
    """How well the words of the shorter string stand in the longer one, 0–100."""
    return fuzz.token_set_ratio(a, b)


def part_similarity(part: str, whole: str) -> float:
    """How well `part` stands somewhere in `whole`, letters in order, 0–100."""
    return fuzz.partial_ratio(part, whole)


def misspelling_similarity(typed: str, word: str) -> float:
    """How likely `typed` is a slip for `word`, 0–100: swapped letters count once, a common
    beginning counts more."""
    edits = DamerauLevenshtein.normalized_similarity(typed, word)
    return 100 * (0.6 * edits + 0.4 * JaroWinkler.similarity(typed, word))


def most_edits(chars: int, at_least: float) -> int:
    """How many slips at most leave two words, the longer of so many characters, `at_least` as
    similar as `misspelling_similarity` tells."""
    return int(chars * (100 - at_least) / 60 + 1e-9)


def nearest(
    typed: str, choices: Sequence[str], *, limit: int, at_least: float
) -> list[tuple[str, float]]:
    """The choices most like `typed`, best first, with their similarity."""
    rough = process.extract(
        typed, choices, scorer=fuzz.ratio, limit=limit * 5, score_cutoff=max(at_least - 20, 0)
    )
    scored = [(word, misspelling_similarity(typed, word)) for word, _, _ in rough]
    scored = [pair for pair in scored if pair[1] >= at_least]
    return sorted(scored, key=lambda pair: (-pair[1], pair[0]))[:limit]


@dataclass(frozen=True, slots=True)
class Likeness:
    """How alike two texts are word by word: as wholes, and how much of the shorter one stands in
    the longer one in its order; each 0–100."""

    whole: float
    contained: float


def word_likeness(a: Sequence[str], b: Sequence[str]) -> Likeness:
    """How alike two texts are, given as their words."""
    if not a or not b:
        return Likeness(0.0, 0.0)
    common = LCSseq.similarity(a, b)
    return Likeness(200 * common / (len(a) + len(b)), 100 * common / min(len(a), len(b)))


@dataclass(frozen=True, slots=True)
class Stretch:
    """Where two sequences differ: `old[old_start:old_end]` became `new[new_start:new_end]`."""

    old_start: int
    old_end: int
    new_start: int
    new_end: int


def differing_stretches(old: Sequence[str], new: Sequence[str]) -> list[Stretch]:
    """The stretches in which two sequences of strings differ, in order."""
    found: list[Stretch] = []
    for step in Indel.opcodes(old, new):
        if step.tag == "equal":
            continue
        last = found[-1] if found else None
        if last and last.old_end == step.src_start and last.new_end == step.dest_start:
            found[-1] = Stretch(last.old_start, step.src_end, last.new_start, step.dest_end)
        else:
            found.append(Stretch(step.src_start, step.src_end, step.dest_start, step.dest_end))
    return found
