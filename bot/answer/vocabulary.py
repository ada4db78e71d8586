"""The words and names that a store holds, as questions are read against them."""

from __future__ import annotations

import time
from collections.abc import Iterable
from dataclasses import dataclass, field

from bot.store.articles import Coverage, get_coverage
from bot.store.findings import KnownName, find_known_names, find_known_roles
from bot.store.search import count_sentences, get_vocabulary
from bot.store.store import Store
from bot.text.similar import nearest
from bot.text.words import STOP_TERMS, term_of, terms_of

SPELLINGS = 3  # corrections tried for one word
MISSPELT_AT = 79.0  # similarity from which a word of the store is taken for the one typed
VARIANT_AT = 85.0  # similarity from which two names are taken for spellings of one
SHORTEST_VARIANT_CHARS = 5  # shorter names differ too often by a letter
LAG_OF_LOADING = 5  # while a store changes all the time, a fifth of the time goes to loading
LONGEST_LAG_SECONDS = 1.5  # a running bot knows what others have added within two seconds


@dataclass(slots=True)
class Vocabulary:
    """The words and names of a store's current articles."""

    change: int
    fresh_until: float
    """Until when it serves although the store changes (the process's own clock, seconds)."""
    coverage: Coverage
    sentences: int
    words: dict[str, tuple[str, int]]
    """Each word, folded, with its term and how often it stands."""
    uses: dict[str, int] = field(default_factory=dict)
    """How often each term stands."""
    choices: dict[int, list[str]] = field(default_factory=dict)
    """The words by their length."""
    names: dict[str, list[KnownName]] = field(default_factory=dict)
    """Known names by each word of theirs."""
    name_words: dict[tuple[str, int], list[str]] = field(default_factory=dict)
    """The words of names by first letter and length."""
    roles: dict[str, dict[str, int]] = field(default_factory=dict)
    """For each term of a role ("spokesman"), the surnames of those who have it, how often."""

    def is_name(self, word: str) -> bool:
        """Whether `word` is used as part of a name at least as often as not."""
        mentions = sum(known.mentions for known in self.names.get(word, ()))
        return 2 * mentions >= self.words.get(word, ("", 0))[1] > 0

    def near(self, typed: str) -> list[tuple[str, float]]:
        """Words of the store that `typed` may be a slip for, best first, with similarity."""
        found: list[tuple[str, float]] = []
        for length in range(len(typed) - 2, len(typed) + 3):
            found += nearest(
                typed, self.choices.get(length, []), limit=SPELLINGS, at_least=MISSPELT_AT
            )

        # A name is typed wrong more often than a common word is, and the first letter seldom.
        def rank(pair: tuple[str, float]) -> float:
            word, similar = pair
            return similar + (4 if word in self.names else 0) + (3 if word[0] == typed[0] else 0)

        return sorted(found, key=lambda pair: (-rank(pair), pair[0]))[:SPELLINGS]

    def other_spellings(self, typed: str) -> list[tuple[str, float]]:
        """Words of names that are most likely `typed` in another spelling."""
        if len(typed) < SHORTEST_VARIANT_CHARS or typed not in self.names:
            return []
        lengths = (len(typed) - 1, len(typed), len(typed) + 1)
        choices = [w for n in lengths for w in self.name_words.get((typed[0], n), ())]
        found = nearest(typed, choices, limit=SPELLINGS + 1, at_least=VARIANT_AT)
        return [(word, similar) for word, similar in found if word != typed]


def load_vocabulary(store: Store, kept: Vocabulary | None) -> Vocabulary:
    """The store's vocabulary; `kept` again while nothing has changed, or only just now."""
    change = store.change_count()
    began = time.monotonic()
    if kept is not None and (kept.change == change or began < kept.fresh_until):
        return kept
    words = get_vocabulary(store)
    fresh = Vocabulary(change, 0.0, get_coverage(store), count_sentences(store), words)
    for word, (term, count) in words.items():
        fresh.uses[term] = fresh.uses.get(term, 0) + count
        if not word[0].isdigit():
            fresh.choices.setdefault(len(word), []).append(word)
    _add_names(fresh, find_known_names(store))
    for role in find_known_roles(store):
        surname = term_of(role.key.split()[-1]) if role.key else ""
        for term in terms_of(role.role):
            if term not in STOP_TERMS and surname:
                holders = fresh.roles.setdefault(term, {})
                holders[surname] = holders.get(surname, 0) + role.mentions
    took = time.monotonic() - began
    fresh.fresh_until = began + took + min(LAG_OF_LOADING * took, LONGEST_LAG_SECONDS)
    return fresh


def _add_names(vocabulary: Vocabulary, known_names: Iterable[KnownName]) -> None:
    for known in known_names:
        for word in known.key.split():
            vocabulary.names.setdefault(word, []).append(known)
    for word in vocabulary.names:
        vocabulary.name_words.setdefault((word[0], len(word)), []).append(word)
