"""A sentence under the eyes of the question: where it stands, and what was seen in it."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.answer.retrieve import Query, Wanted
from bot.model import (
    Article,
    Findings,
    Quote,
)
from bot.store.search import SentenceRow


@dataclass(frozen=True, slots=True)
class Scene:
    """A candidate sentence in its article, and the question it may answer."""

    query: Query
    row: SentenceRow
    article: Article
    findings: Findings
    around: Sequence[float] = ()
    """What each word of the query found in the sentence or near it, in the query's order."""

    @property
    def text(self) -> str:
        return self.row.span.of(self.article.text)


@dataclass(slots=True)
class Seen:
    """What a closer look at a sentence found."""

    features: dict[str, float] = field(default_factory=dict)
    quote: Quote | None = None
    speaker_match: float = 0.0


def held_by(wanted: Wanted, terms: frozenset[str] | set[str]) -> float:
    """What `wanted` finds among `terms`: 1.0 for the word itself, less for a relative, or 0."""
    if wanted.credits.keys().isdisjoint(terms):
        return 0.0
    return max(credit for term, credit in wanted.credits.items() if term in terms)
