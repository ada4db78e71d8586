"""A sentence under the eyes of the question: where it stands, and what was seen in it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, field

from bot.answer.retrieve import Query
from bot.answer.wanted import Wanted
from bot.model import (
    Article,
    Findings,
    NameKind,
    Quote,
)
from bot.store.search import SentenceRow
from bot.text.words import terms_of

BESIDE_CHARS = 80
# "the jazz pianist Ada Holm"; "Ada Holm, a pianist who lives there,"
_BEFORE_NAME = re.compile(r"(?<![^\s“\"‘'(])((?:[a-z][\w’'-]* ){1,3})$")
_AFTER_NAME = re.compile(r", ((?:an?|the|one of|his|her|its|their|who) [^,.;:!?\n]{2,70})[,.;]")


@dataclass(frozen=True, slots=True)
class Scene:
    """A candidate sentence in its article, and the question it may answer."""

    query: Query
    row: SentenceRow
    article: Article
    findings: Findings
    around: Sequence[float] = ()
    """What each word of the query found in the sentence or near it, in the query's order."""
    left_behind: float = 0.0
    """The share of the question's weight in names that only the sentences just before print."""
    roles: Mapping[str, frozenset[str]] = field(default_factory=dict)
    """The terms of the roles that the article prints beside each name, by the full name."""

    @property
    def text(self) -> str:
        return self.row.span.of(self.article.text)


@dataclass(slots=True)
class Seen:
    """What a closer look at a sentence found."""

    features: dict[str, float] = field(default_factory=dict)
    quote: Quote | None = None
    speaker_match: float = 0.0


def roles_in(article: Article, findings: Findings) -> dict[str, frozenset[str]]:
    """The terms of what an article prints beside each name, by the full name: its role ("Kremlin
    spokesperson") and, for people, the small words before it and what follows between commas."""
    roles: dict[str, frozenset[str]] = {}
    for mention in findings.names:
        told = [mention.role or ""]
        if mention.kind is NameKind.PERSON and " " in mention.span.of(article.text):
            start, end = mention.span.start, mention.span.end
            before = _BEFORE_NAME.search(article.text, max(0, start - BESIDE_CHARS), start)
            after = _AFTER_NAME.match(article.text, end, end + BESIDE_CHARS)
            told += [match[1] for match in (before, after) if match is not None]
        if terms := terms_of(" ".join(told)):
            roles[mention.name] = roles.get(mention.name, frozenset()).union(terms)
    return roles


def held_by(wanted: Wanted, terms: frozenset[str] | set[str]) -> float:
    """What `wanted` finds among `terms`: 1.0 for the word itself, less for a relative, or 0."""
    if wanted.credits.keys().isdisjoint(terms):
        return 0.0
    return max(credit for term, credit in wanted.credits.items() if term in terms)
