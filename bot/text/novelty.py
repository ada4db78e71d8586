"""How much of a sentence has been told before."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable

from bot.text.words import STOP_TERMS, terms_of

FEWEST_TERMS = 3
"""A sentence of fewer telling terms is told before only when all of them were."""


def telling_terms(text: str) -> frozenset[str]:
    """The terms of `text` that are no stop words."""
    return frozenset(t for t in terms_of(text) if t not in STOP_TERMS)


def overlap(terms: frozenset[str], told: frozenset[str]) -> float:
    """The share of `terms` that a told sentence holds, 0-1."""
    if not terms:
        return 1.0
    held = len(terms & told)
    return 0.0 if len(terms) < FEWEST_TERMS and held < len(terms) else held / len(terms)


class Told:
    """What has been told: sentences as sets of their telling terms.

    Looks sentences up by their terms, so that a long memory costs little.
    """

    def __init__(self, sentences: Iterable[frozenset[str]] = ()) -> None:
        self._count = 0
        self._holders: dict[str, list[int]] = defaultdict(list)
        for terms in sentences:
            self.add(terms)

    def add(self, terms: frozenset[str]) -> None:
        """Remember a sentence."""
        for term in terms:
            self._holders[term].append(self._count)
        self._count += 1

    def has_new_number(self, terms: frozenset[str]) -> bool:
        """Whether `terms` hold a number that stands in no remembered sentence."""
        return any(term[0].isdigit() and term not in self._holders for term in terms)

    def share(self, terms: frozenset[str]) -> float:
        """The largest share of `terms` that one remembered sentence holds, 0-1."""
        if not terms:
            return 1.0
        counts = Counter(n for term in terms for n in self._holders.get(term, ()))
        most = max(counts.values(), default=0)
        if len(terms) < FEWEST_TERMS and most < len(terms):
            return 0.0
        return most / len(terms)
