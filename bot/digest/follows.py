"""Which of very many follows a new article meets: an inverted index over what they look for.

Each distinct interest is kept once, under one key that every article which meets it must hold: an
outlet, a surname, or its rarest term. An article then looks up its own words, and only the
interests found so are compared in full. Source: prefix filtering, Chaudhuri, Ganti & Kaushik 2006,
"A Primitive Operator for Similarity Joins in Data Cleaning"; for all-of conditions its prefix is
one term.
"""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Hashable, Iterable, Mapping
from functools import cache
from typing import Any, Generic, TypeVar

from bot.digest.interest import (
    Condition,
    Interest,
    InterestKind,
    Seen,
    condition_of,
    meets,
    see,
    surname_key,
)
from bot.model import Article, Findings
from bot.text.ordinary import ordinary_words
from bot.text.words import term_of

Key = TypeVar("Key", bound=Hashable)

UNKNOWN_USES = 1
"""A term that the store has not yet is as rare as can be."""
ORDINARY_USES = 1_000
"""Without counts of the store a word of everyday language is taken to be so frequent."""


class _Entry(Generic[Key]):
    """One interest taken apart, and who follows it."""

    __slots__ = ("condition", "is_one_word", "keys")

    def __init__(self, condition: Condition) -> None:
        self.condition = condition
        self.is_one_word = condition.is_one_word
        self.keys: dict[Key, None] = {}


_NOTHING: dict[Interest, _Entry[Any]] = {}


class FollowIndex(Generic[Key]):
    """Follows by what they look for. Keys are the caller's (a subscription's number)."""

    def __init__(
        self,
        follows: Iterable[tuple[Key, Interest]] = (),
        *,
        uses: Mapping[str, int] | None = None,
    ) -> None:
        """`uses` tells how often each term stands in the store; it only makes matching quicker."""
        self._uses = uses
        self._interests: dict[Key, Interest] = {}
        self._entries: dict[Interest, _Entry[Key]] = {}
        self._by_anchor: dict[tuple[str, str], dict[Interest, _Entry[Key]]] = defaultdict(dict)
        for key, interest in follows:
            self.add(key, interest)

    def __len__(self) -> int:
        return len(self._interests)

    def add(self, key: Key, interest: Interest) -> None:
        """Follow `interest` as `key`, in the place of what `key` followed before."""
        self.remove(key)
        self._interests[key] = interest
        entry = self._entries.get(interest)
        if entry is None:
            entry = self._entries[interest] = _Entry(condition_of(interest))
            for anchor in self._anchors(entry.condition):
                self._by_anchor[anchor][interest] = entry
        entry.keys[key] = None

    def remove(self, key: Key) -> None:
        """Follow nothing as `key` any more; an unknown key is no fault."""
        interest = self._interests.pop(key, None)
        if interest is None:
            return
        entry = self._entries[interest]
        del entry.keys[key]
        if not entry.keys:
            del self._entries[interest]
            for anchor in self._anchors(entry.condition):
                self._by_anchor[anchor].pop(interest, None)

    def interest(self, key: Key) -> Interest | None:
        """What is followed as `key`."""
        return self._interests.get(key)

    def match(self, seen: Seen) -> list[Key]:
        """The follows that an article meets, those of one interest together."""
        anchors: list[tuple[str, str]] = [("", ""), ("outlet", seen.outlet)]
        anchors += [("person", name) for name in seen.surnames]
        anchors += [("term", term) for term in seen.places]
        found: list[Key] = []
        several: dict[int, _Entry[Key]] = {}
        for anchor in anchors:
            for entry in self._by_anchor.get(anchor, _NOTHING).values():
                if entry.is_one_word:
                    found += entry.keys
                elif entry.condition.fewest:
                    several[id(entry)] = entry  # may stand under more than one anchor
                elif meets(entry.condition, seen):
                    found += entry.keys
        for entry in several.values():
            if meets(entry.condition, seen):
                found += entry.keys
        return found

    def _anchors(self, condition: Condition) -> list[tuple[str, str]]:
        """Of these an article that meets `condition` holds one at least."""
        if condition.kind is InterestKind.PERSON:
            return [("person", surname_key(condition.person))]
        terms = condition.phrase or condition.terms
        if terms:
            # Where some of the terms are enough, one of so many of the rarest must be there.
            count = len(terms) - condition.fewest + 1 if condition.fewest else 1
            return [("term", term) for term in sorted(set(terms), key=self._rarity)[:count]]
        return [("outlet", condition.outlet)] if condition.outlet else [("", "")]

    def _rarity(self, term: str) -> tuple[int, int, str]:
        if self._uses is not None:
            return self._uses.get(term, UNKNOWN_USES), -len(term), term
        return ORDINARY_USES if term in _ordinary() else UNKNOWN_USES, -len(term), term


def match_follows(article: Article, findings: Findings, index: FollowIndex[Key]) -> list[Key]:
    """The follows in `index` that `article` meets, its words to leave out respected.

    A person is matched by name alone and a saved question by its words: `compose_digest` and the
    answer room say whether there is something to tell.
    """
    return index.match(see(article, findings))


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(term_of(word) for word in ordinary_words())
