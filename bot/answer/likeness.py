"""How near a sentence comes to a question in what its words mean, where the words are others."""

from __future__ import annotations

from collections.abc import Mapping, Sequence

from bot.answer.cover import Rough
from bot.answer.retrieve import Query
from bot.answer.sensed import BESIDE, asked_terms, known_term
from bot.store.packing import TermPage
from bot.text.senses import load_senses, pointing

ENOUGH_WORDS = 3  # of the question's own; one alone means no more than it is found by
KIN_FROM = 0.4  # nearness below which two words are not alike; 0.3 and 0.5 rank the same


def find_likeness(
    query: Query, rough: Sequence[Rough], pages: Mapping[int, TermPage]
) -> list[dict[str, float]]:
    """For each of `rough` its features: "sense", how alike the question and the sentence with
    what stands around it are as wholes, and "kin", the share of the question's weight in words
    that stand in neither, as far as words of like meaning do."""
    senses = load_senses()
    own = sum([not w.carried and known_term(w, senses) is not None for w in query.wanted])
    tells = min(1.0, max(0, own - 1) / (ENOUGH_WORDS - 1))
    asked = tells * senses.total(asked_terms(query.question.text, query.wanted, senses))
    words = [
        (i, term)
        for i, wanted in enumerate(query.wanted)
        if not (wanted.is_name or wanted.carried) and (term := known_term(wanted, senses))
    ]
    weights = [w.weight for w in query.wanted]
    total = sum([w.weight for w in query.wanted if not w.carried]) or 1.0
    places = sorted({(r.version, n) for r in rough for n in _with_next(r.n, pages[r.version])})
    versions = sorted({r.version for r in rough})
    lines = [pages[version].lines[n] for version, n in places]
    heads = [" ".join(pages[version].title) for version in versions]
    compared = senses.compare(lines + heads, [term for _i, term in words])
    row_of = {place: row for row, place in enumerate(places)}
    head_of = {version: len(lines) + row for row, version in enumerate(versions)}
    wholes = compared.sums[[row_of[r.place] for r in rough]]
    for row, r in enumerate(rough):
        for n in _with_next(r.n, pages[r.version]):
            if n != r.n:
                wholes[row] += BESIDE * compared.sums[row_of[r.version, n]]
        wholes[row] += BESIDE * compared.sums[head_of[r.version]]
    alike = pointing(wholes) @ asked if len(rough) else wholes
    nearest = compared.nearest.tolist()
    found: list[dict[str, float]] = []
    for r, sense in zip(rough, alike.tolist(), strict=True):
        kin = 0.0
        for at, (i, _term) in enumerate(words):
            best = nearest[row_of[r.place]][at]
            for n in _with_next(r.n, pages[r.version]):
                best = max(best, BESIDE * nearest[row_of[r.version, n]][at])
            alone = max(r.held.get(i, 0.0), r.near.get(i, 0.0))
            kin += weights[i] * max(0.0, (best - KIN_FROM) / (1 - KIN_FROM) - alone)
        found.append({"sense": max(0.0, sense), "kin": kin / total})
    return found


def _with_next(n: int, page: TermPage) -> range:
    """The numbers of a sentence and of those beside it."""
    return range(max(0, n - 1), min(len(page.lines), n + 2))
