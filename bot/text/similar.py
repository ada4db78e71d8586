"""How alike two strings are; the one door to rapidfuzz. A `similarity` is 0–100."""

from __future__ import annotations

from collections.abc import Sequence

from rapidfuzz import fuzz, process
from rapidfuzz.distance import DamerauLevenshtein, JaroWinkler


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
