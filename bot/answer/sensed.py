"""Sentences that may hold the answer by what they mean, though they share no word with the
question: those of the articles whose meaning as a whole comes nearest."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from typing import TYPE_CHECKING

from bot.answer.vocabulary import Vocabulary
from bot.answer.wanted import Wanted
from bot.store.packing import TermPage
from bot.store.search import get_pages
from bot.store.store import Store
from bot.text.senses import Senses, load_senses, pointing
from bot.text.words import terms_of

if TYPE_CHECKING:
    from bot.text.senses import Floats

ARTICLES = 10  # looked at by meaning; 5 reach a third fewer that words do not, 20 hardly more
NEAR = 0.3  # likeness of a sentence below which it is left; right ones are hardly ever below
SENTENCES = 16  # of them that are ranked
MOST_ARTICLES = 6  # that these come from: each has to be read
MOST_SENTENCES = 1_000  # of one article that are looked at; the longest reports have some 300
MOST_CHARS = 150_000  # of their terms; of a text, findings are made of as much
BESIDE = 0.5  # what a sentence next to this one, or the headline, adds to what this one means


def asked_terms(text: str, wanted: Sequence[Wanted], senses: Senses) -> list[str]:
    """The terms of the question `text` that have a meaning; for a word that is read as another
    one, that one's."""
    terms = [t for t in terms_of(text) if t in senses]
    for word in wanted:
        if word.carried or next(iter(word.credits)) not in senses:
            terms += [term] if (term := known_term(word, senses)) else []
    return terms


def known_term(wanted: Wanted, senses: Senses) -> str | None:
    """The term that stands most for a word and has a meaning."""
    known = [t for t in wanted.credits if t in senses]
    return max(known, key=lambda t: (wanted.credits[t], t), default=None)


def find_sensed(
    text: str,
    wanted: Sequence[Wanted],
    store: Store,
    vocabulary: Vocabulary,
    pages: Mapping[int, TermPage],
) -> tuple[dict[int, TermPage], list[tuple[int, int]]]:
    """The pages of the articles nearest in meaning to the question `text`, and (version, number)
    of their sentences that come nearest; `pages` are read already."""
    senses = load_senses()
    terms = asked_terms(text, wanted, senses)
    if not terms:
        return {}, []
    asked = senses.total(terms)
    near = vocabulary.senses.nearest(store, asked, limit=ARTICLES)
    read = get_pages(store, [version for version in near if version not in pages])
    found = {v: page for v in near if (page := pages.get(v) or read.get(v)) is not None}
    return found, _nearest(found, senses, asked)


def _looked_at(page: TermPage) -> int:
    """How many sentences of an article are looked at: all, but of a hostile one."""
    chars = 0
    for n, line in enumerate(page.lines[:MOST_SENTENCES]):
        chars += len(line)
        if chars > MOST_CHARS:
            return n
    return min(len(page.lines), MOST_SENTENCES)


def _nearest(
    pages: Mapping[int, TermPage], senses: Senses, asked: Floats
) -> list[tuple[int, int]]:
    places: list[tuple[int, int]] = []
    lines: list[str] = []
    counts: list[int] = []
    for version, page in pages.items():
        looked_at = page.lines[: _looked_at(page)]
        counts.append(len(looked_at))
        places += ((version, n) for n in range(len(looked_at)))
        lines += looked_at
    if not lines:
        return []
    alone = senses.compare(lines, ()).sums
    wholes = alone.copy()
    start = 0
    for count in counts:
        end = start + count
        wholes[start + 1 : end] += BESIDE * alone[start : end - 1]
        wholes[start : end - 1] += BESIDE * alone[start + 1 : end]
        start = end
    near = pointing(wholes) @ asked
    chosen: list[tuple[int, int]] = []
    read: set[int] = set()
    for place in (-near).argsort(kind="stable"):
        version, _n = places[place]
        if near[place] < NEAR:
            break
        if version in read or len(read) < MOST_ARTICLES:
            read.add(version)
            chosen.append(places[place])
        if len(chosen) == SENTENCES:
            break
    return chosen
