"""The words and names that a store holds, as questions are read against them."""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Iterable

from bot.answer.spellings import Spellings
from bot.model import NameKind
from bot.store import lookups
from bot.store.articles import Coverage, get_coverage
from bot.store.lookups import KnownName
from bot.store.senses import ArticleSenses
from bot.store.store import Store
from bot.text.ordinary import ordinary_words
from bot.text.similar import nearest

SPELLINGS = 3  # corrections tried for one word
MISSPELT_AT = 79.0  # similarity from which a word of the store is taken for the one typed
VARIANT_AT = 85.0  # similarity from which two names are taken for spellings of one
SHORTEST_VARIANT_CHARS = 5  # shorter names differ too often by a letter
SHORT_CHARS = 4
COMMON_WORD_AT = 85.0
TWO_SLIPS_FROM_CHARS = 5
TWO_SLIPS_AT = 70.0  # similarity from which a name with the same first and last letter is read
TWO_SLIPS_NAMED = 2  # … that the store holds as often as this
_ENDING = re.compile(r"(?:ing|ed|es|s)$")
NAMES_OF_A_WORD = 60  # names that hold one word, the most mentioned first
HOLDERS_LOOKED_AT = 8  # people who share a role
BEARER_SHARE = 0.7  # of the mentions of people with a given name, from which it means one of them
MOST_KEPT = 50_000  # words whose counts are kept in memory


class Vocabulary:
    """The words and names of a store's current articles; what was looked up is kept for as long
    as the store does not change."""

    def __init__(
        self, store: Store, change: int, spellings: Spellings, senses: ArticleSenses
    ) -> None:
        self._store = store
        self.change = change
        self.spellings = spellings
        self.senses = senses
        self.coverage: Coverage = get_coverage(store)
        self.sentences = lookups.count_all(store, "sentences")
        self._uses: dict[str, int] = {}
        self._words: dict[str, tuple[str, int]] = {}
        self._named: dict[str, int] = {}
        self._names: dict[str, list[KnownName]] = {}
        self._near: dict[str, list[tuple[str, float]]] = {}
        self._common: dict[str, str | None] = {}
        self._others: dict[str, list[tuple[str, float]]] = {}
        self._holders: dict[tuple[str, str], list[str]] = {}

    @property
    def is_full(self) -> bool:
        """Whether so much was looked up that it is time to begin anew."""
        return len(self._uses) + len(self._words) + len(self._named) > MOST_KEPT

    # ------------------------------------------------------------------------------ words
    def look_up(self, terms: Iterable[str]) -> None:
        """Look up in one go how often `terms` stand, for `uses` to know."""
        unknown = [t for t in dict.fromkeys(terms) if t not in self._uses]
        if unknown:
            self._uses.update(lookups.get_uses(self._store, unknown))

    def uses(self, term: str) -> int:
        """How often `term` stands in the articles."""
        if term not in self._uses:
            self.look_up([term])
        return self._uses[term]

    def word(self, word: str) -> tuple[str, int]:
        """The term of a folded word and how often the word stands; ("", 0) for an unknown one."""
        if word not in self._words:
            self._words[word] = lookups.look_up_word(self._store, word) or ("", 0)
        return self._words[word]

    def near(self, typed: str) -> list[tuple[str, float]]:
        """Words of the store that `typed` may be a slip for, best first, with similarity."""
        if typed not in self._near:
            self._near[typed] = self._find_near(typed)
        return self._near[typed]

    def _find_near(self, typed: str) -> list[tuple[str, float]]:
        found = self._alike(typed, MISSPELT_AT)
        if not found and len(typed) >= TWO_SLIPS_FROM_CHARS:
            found = self._with_two_slips(typed)

        # A name is typed wrong more often than a common word is, and the first letter seldom.
        def rank(pair: tuple[str, float]) -> float:
            word, similar = pair
            same_start = 3 if word[0] == typed[0] else 0
            return similar + (4 if self.named(word) else 0) + same_start

        return sorted(found, key=lambda pair: (-rank(pair), pair[0]))[:SPELLINGS]

    def _with_two_slips(self, typed: str) -> list[tuple[str, float]]:
        """The one name that begins and ends like `typed` and comes nearest, or else the words
        that are alike without their endings ("resining": "resign")."""
        names = [
            (word, similar)
            for word, similar in self._alike(typed, TWO_SLIPS_AT)
            if (word[0], word[-1]) == (typed[0], typed[-1]) and self.named(word) >= TWO_SLIPS_NAMED
        ]
        if names:
            return names[:1]
        bare = _ENDING.sub("", typed)
        return self._alike(bare, MISSPELT_AT) if SHORT_CHARS < len(bare) < len(typed) else []

    def common_word(self, typed: str) -> str | None:
        """The common word of English that `typed` is most likely a slip for."""
        if len(typed) < TWO_SLIPS_FROM_CHARS:
            return None
        if typed not in self._common:
            near = range(len(typed) - 1, len(typed) + 2)
            choices = [w for w in ordinary_words() if len(w) in near and w[0] == typed[0]]
            best = nearest(typed, choices, limit=1, at_least=COMMON_WORD_AT)
            self._common[typed] = best[0][0] if best else None
        return self._common[typed]

    def _alike(self, typed: str, at_least: float) -> list[tuple[str, float]]:
        """The used words so similar to `typed`, best first for each length."""
        alike = self.spellings.alike(self._store, typed, limit=SPELLINGS, at_least=at_least)
        return [(w, similar) for w, similar in alike if self._may_be_meant(typed, w)]

    def _may_be_meant(self, typed: str, word: str) -> bool:
        """Whether `word` is used now and may be what `typed` was to be: a short word with another
        beginning ("gold", "old") or another letter ("good") is another one, unless it is a name;
        one with a letter left out, doubled or swapped is a slip."""
        if not self.word(word)[1]:
            return False
        if len(typed) > SHORT_CHARS or self.named(word):
            return True
        lost, gained = Counter(typed) - Counter(word), Counter(word) - Counter(typed)
        return word[0] == typed[0] and not (lost and gained)

    # ------------------------------------------------------------------------------ names
    def named(self, word: str) -> int:
        """How often names with `word` in them stand in the articles."""
        if word not in self._named:
            self._named[word] = lookups.count_name_word(self._store, word)
        return self._named[word]

    def is_name(self, word: str) -> bool:
        """Whether `word` is used as part of a name at least as often as not."""
        return 2 * self.named(word) >= self.word(word)[1] > 0

    def names(self, word: str) -> list[KnownName]:
        """The names that hold `word`, most mentioned first."""
        if word not in self._names:
            known = lookups.find_names_with(self._store, word, limit=NAMES_OF_A_WORD)
            self._names[word] = known
        return self._names[word]

    def other_spellings(self, typed: str) -> list[tuple[str, float]]:
        """Words of names that are most likely `typed` in another spelling."""
        if len(typed) < SHORTEST_VARIANT_CHARS or not self.named(typed):
            return []
        if typed not in self._others:
            choices = lookups.find_name_words(
                self._store, typed[0], len(typed) - 1, len(typed) + 1
            )
            found = nearest(typed, choices, limit=SPELLINGS + 1, at_least=VARIANT_AT)
            self._others[typed] = [(w, similar) for w, similar in found if w != typed]
        return self._others[typed]

    def bearer(self, given: str) -> str | None:
        """The surname, folded, of the person whom the given name `given` means in most of the
        names that hold it; None where it is rather a surname, or nobody's above all."""
        mentions: dict[str, int] = defaultdict(int)
        total = 0
        for known in self.names(given):
            *firsts, surname = known.key.split()
            if firsts and known.kind is NameKind.PERSON:
                total += known.mentions
                mentions[surname] += known.mentions if given in firsts else 0
        best = max(mentions, key=lambda surname: (mentions[surname], surname), default=None)
        return best if best and mentions[best] >= BEARER_SHARE * total else None

    def shared_holders(self, one: str, other: str) -> list[str]:
        """The surnames, as terms, of those printed with a role that holds both terms; at most
        some few."""
        pair = (min(one, other), max(one, other))
        if pair not in self._holders:
            self._holders[pair] = lookups.find_shared_holders(
                self._store, pair, limit=HOLDERS_LOOKED_AT
            )
        return self._holders[pair]


def load_vocabulary(store: Store, kept: Vocabulary | None) -> Vocabulary:
    """The store's vocabulary; `kept` again while nothing has changed."""
    change = store.change_count()
    if kept is not None and kept.change == change and not kept.is_full:
        return kept
    if kept is not None:
        return Vocabulary(store, change, kept.spellings, kept.senses)
    return Vocabulary(store, change, Spellings(), ArticleSenses())
