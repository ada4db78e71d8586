"""The words that an answer should hold, and what else each of them may be found by: a surname,
whoever has a role."""

from __future__ import annotations

import math
from collections.abc import Sequence
from dataclasses import dataclass
from itertools import pairwise

from bot.answer.phrasals import Phrasal
from bot.answer.vocabulary import Vocabulary
from bot.answer.weights import (
    BEARER_CREDIT,
    HOLDER_CREDIT,
    RELATIVE_CREDIT,
    SHARED_SURNAME_CREDIT,
    SURNAME_CREDIT,
)
from bot.model import NameKind
from bot.text.words import term_of

HOLDERS = 2  # people that one role may mean; of more, none
NEXT_WORD_CHARS = 2  # between two words of one name


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word that the answer should hold: its weight, and what each term of the index is worth
    for it (1.0 for the word itself, less for relatives and corrections)."""

    typed: str
    weight: float
    credits: dict[str, float]
    position: int
    is_name: bool = False
    carried: bool = False
    is_unknown: bool = False
    """Whether no article holds it, nor a word that it may be a slip for."""
    is_capital: bool = False
    """Whether it was typed with a capital inside the question."""
    is_ordinary: bool = False
    """Whether it is a common word of English."""
    spellings: tuple[str, ...] = ()
    """Words of the store that were read for it."""
    read: str | None = None
    """The word that it was taken for a slip of."""
    phrasal: Phrasal | None = None
    """The small words that give it its meaning."""

    @property
    def is_given_name(self) -> bool:
        """Whether the question itself gives it as a name, beyond doubt: neither a common word nor
        a slip."""
        is_name = self.is_name or (self.is_unknown and self.is_capital)
        return is_name and not (self.carried or self.is_ordinary or self.read)

    @property
    def whole(self) -> str:
        """The word as typed, with the small words that give it its meaning."""
        if self.phrasal is None:
            return self.typed
        return " ".join((*self.phrasal.before, self.typed, *self.phrasal.after))


def rarity(uses: int, vocabulary: Vocabulary) -> float:
    """How much a word tells: its inverse document frequency over sentences, as in BM25."""
    total = max(vocabulary.sentences, 1)
    return math.log(1 + (total - min(uses, total) + 0.5) / (uses + 0.5))


def add_surnames(wanted: Sequence[Wanted], vocabulary: Vocabulary) -> None:
    """Let a given name be found where its surname stands alone, as news prints a person after
    the first mention; less where the store knows others of that surname."""
    for given, surname in pairwise(wanted):
        gap = surname.position - given.position - len(given.typed)
        if not (given.is_name and surname.is_name and 0 < gap <= NEXT_WORD_CHARS):
            continue
        firsts = {given.typed, *given.spellings}
        for last in (surname.typed, *surname.spellings):
            people = [k.key.split() for k in vocabulary.names(last) if k.kind is NameKind.PERSON]
            full = [words[0] for words in people if len(words) > 1 and words[-1] == last]
            if firsts.isdisjoint(full):
                continue
            worth = SURNAME_CREDIT if firsts.issuperset(full) else SHARED_SURNAME_CREDIT
            term = term_of(last)
            worth *= surname.credits.get(term, 1.0)
            given.credits[term] = max(given.credits.get(term, 0.0), worth)


def temper(term_credits: dict[str, float], weight: float, vocabulary: Vocabulary) -> None:
    """Let a relative that is commoner than the word itself be worth less by that."""
    for term, credit in term_credits.items():
        if credit <= RELATIVE_CREDIT:
            told = rarity(vocabulary.uses(term), vocabulary)
            term_credits[term] = credit * min(1.0, told / weight) if weight else credit


def add_holders(wanted: Sequence[Wanted], vocabulary: Vocabulary) -> None:
    """Let words that name a role find those who have it: "the attorney general" is whoever the
    articles print with both words, "the mayor" whoever is the only one or two."""
    terms = [None if w.is_name else next(iter(w.credits)) for w in wanted]
    for place, term in enumerate(terms):
        if term is None:
            continue
        beside = [t for t in terms[max(0, place - 2) : place + 3] if t and t != term]
        both = {name for other in beside for name in vocabulary.shared_holders(term, other)}
        if not 0 < len(both) <= HOLDERS:
            continue
        for name in sorted(both):
            wanted[place].credits.setdefault(name, HOLDER_CREDIT)


def add_bearers(wanted: Sequence[Wanted], vocabulary: Vocabulary) -> None:
    """Let a given name that stands alone find its surname, where one person bears it above all:
    "what did hillary say" is answered by sentences with Clinton."""
    names = [w.position for w in wanted if w.is_name]
    for word in wanted:
        if not word.is_name or word.carried:
            continue
        end = word.position + len(word.typed)
        if any(0 < place - end <= NEXT_WORD_CHARS for place in names):
            continue
        for given in (word.typed, *word.spellings[:1]):
            if (surname := vocabulary.bearer(given)) is not None:
                worth = BEARER_CREDIT * word.credits.get(term_of(given), 1.0)
                term = term_of(surname)
                word.credits[term] = max(word.credits.get(term, 0.0), worth)
                break
