"""Whether a short question asked in a talk is one of its own, or leans on the one before it."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answer.result import Response, State
from bot.answer.retrieve import Query
from bot.answer.wanted import Wanted
from bot.store.search import get_pages
from bot.store.store import Store
from bot.text.words import terms_of

ALONE_SURELY = 0.5
"""A short question that leans on the one before is read alone as well, and taken so where it
finds something as sure as this: "when is the strike" after a question on pay is its own."""
ALONE_AT_LEAST = 0.3  # below it, what a short question finds by itself is as often wrong
OWN_WORDS = 2  # of a question that may be about something else altogether
ALONE_AHEAD = 0.15  # less sure than above, so much surer than with the last question it has to be


def may_stand_alone(query: Query) -> bool:
    """Whether the query leans on the question before only because it is short."""
    question = query.question
    return query.lean > 0 and bool(question.words) and not (question.leans or question.has_pronoun)


def is_elsewhere(query: Query, store: Store) -> bool:
    """Whether none of the query's own words stands in the articles that answered last: it
    turns to something else. One word alone ("who takes over?") does not tell that."""
    own = _own(query)
    if not query.lean or query.question.has_pronoun or len(own) < OWN_WORDS:
        return False
    return not _is_in_talk(query, _terms_typed(own), store)


def is_taken_alone(query: Query, leaning: Response, alone: Response, store: Store) -> bool:
    """Whether what a query that may stand alone finds `alone` is its answer, and not what it
    finds `leaning` on the question before."""
    if alone.state is not State.FOUND:
        return False
    least = min(ALONE_SURELY, max(ALONE_AT_LEAST, _best_score(leaning) + ALONE_AHEAD))
    return _best_score(alone) >= least or _is_of_one_word(query, leaning, alone, store)


def _is_of_one_word(query: Query, leaning: Response, alone: Response, store: Store) -> bool:
    """Whether the one word of the query itself ("who resigned?") stands in what it finds `alone`,
    and nowhere in the articles that answered last, where a relative of it ("left") may do; not
    where these give a sure answer all the same."""
    own = _own(query)
    if len(own) != 1 or own[0].phrasal is not None:
        return False
    if leaning.state is State.FOUND and _best_score(leaning) >= ALONE_SURELY:
        return False
    terms = _terms_typed(own)
    best = alone.answers[0]
    holds = not terms.isdisjoint(terms_of(best.span.of(best.article.text)))
    return holds and not _is_in_talk(query, terms, store)


def _own(query: Query) -> list[Wanted]:
    return [w for w in query.wanted if not w.carried]


def _terms_typed(wanted: Sequence[Wanted]) -> frozenset[str]:
    """The terms of the words themselves: what was read for a slip, or a relative, may stand
    anywhere."""
    return frozenset(t for w in wanted for t, credit in w.credits.items() if credit == 1.0)


def _is_in_talk(query: Query, terms: frozenset[str], store: Store) -> bool:
    """Whether the articles that answered last hold any of `terms`."""
    pages = get_pages(store, query.frame_versions).values()
    return any(page.places(terms) or terms & page.title for page in pages)


def _best_score(response: Response) -> float:
    return response.answers[0].score if response.answers else 0.0
