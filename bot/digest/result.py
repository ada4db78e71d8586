"""What the digest room gives back: stories whose every line is a stretch of a stored article."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass
from datetime import date, datetime
from enum import StrEnum

from bot.digest.interest import Interest
from bot.model import Article, Span
from bot.text.words import terms_of


class Length(StrEnum):
    SHORT = "short"
    MEDIUM = "medium"
    LONG = "long"


@dataclass(frozen=True, slots=True)
class Limits:
    """How much a digest of one length tells."""

    stories: int
    lines_of_story: int
    lines: int
    """In all; a page of a phone shows some eight."""


LIMITS = {
    Length.SHORT: Limits(stories=5, lines_of_story=1, lines=5),
    Length.MEDIUM: Limits(stories=8, lines_of_story=3, lines=20),
    Length.LONG: Limits(stories=15, lines_of_story=6, lines=60),
}
"""Short is one sentence a story, for the tram; medium what is new in it; long who said what."""


class LineKind(StrEnum):
    LEAD = "lead"
    """What the story is."""
    FACT = "fact"
    QUOTE = "quote"
    FIGURE = "figure"
    DATE = "date"
    DIFFERS = "differs"
    """One of several figures for one thing; the lines of the others stand beside it."""
    PROMISE = "promise"
    """What had been promised or planned; what came of it follows."""
    OUTCOME = "outcome"


@dataclass(frozen=True, slots=True)
class Line:
    """One sentence of a digest, word for word, and what was found in it.

    `note` is made of extracted fields alone ("1,200 people", "promised 3 Mar 2025").
    """

    article: Article
    span: Span
    kind: LineKind
    speaker: str | None = None
    role: str | None = None
    note: str | None = None
    also: tuple[Article, ...] = ()
    """Other articles that tell the same."""

    @property
    def text(self) -> str:
        return self.span.of(self.article.text)

    @property
    def key(self) -> str:
        """What to remember, so that the line is never told again."""
        return told_key(self.article.key, self.span, self.text)


@dataclass(frozen=True, slots=True)
class Story:
    """One event as its articles tell it: the lead first, then only what adds to it."""

    lines: tuple[Line, ...]
    articles: tuple[Article, ...]
    """All that tell of it in the window, the fullest first."""
    is_update: bool = False
    """Whether this reader was told of the story before; then all lines are new."""
    since: date | None = None
    """The day of the first article that tells of it, where that lies before the window."""

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that tell it, each once."""
        return tuple(dict.fromkeys(a.source for a in self.articles if a.source))


@dataclass(frozen=True, slots=True)
class Digest:
    """What is new for an interest from `since` up to `until`, the most told story first."""

    interest: Interest
    since: datetime
    until: datetime
    stories: tuple[Story, ...] = ()
    left_out: int = 0
    """Stories that met the interest and found no room."""
    articles: int = 0
    """How many new articles met the interest."""
    days: tuple[tuple[date, int], ...] = ()
    """How many articles with its words each day of the last week had, the earliest first."""
    told: tuple[str, ...] = ()
    """To be handed over as `already` with the next digest."""

    @property
    def lines(self) -> tuple[Line, ...]:
        return tuple(line for story in self.stories for line in story.lines)

    @property
    def speakers(self) -> tuple[str, ...]:
        """Those whose words it tells, each once, in order."""
        return tuple(dict.fromkeys(line.speaker for line in self.lines if line.speaker))

    @property
    def is_empty(self) -> bool:
        return not self.stories


def told_key(version: int, span: Span, text: str) -> str:
    """The place of a told sentence with a mark of its words ("17:120:260:9f86d081884c7d65").

    The mark knows the same words in another article or version.
    """
    return f"{version}:{span.start}:{span.end}:{words_mark(text)}"


def words_mark(text: str) -> str:
    """A mark that is equal for texts of the same words, whatever their marks and case."""
    words = " ".join(terms_of(text)) or text
    return hashlib.sha256(words.encode("utf-8", "surrogatepass")).hexdigest()[:16]


def parse_told(key: str) -> tuple[int, Span, str] | None:
    """(version, place, mark of the words) of a told key; None for anything else."""
    parts = key.split(":")
    if len(parts) != 4 or not all(p.isascii() and p.isdigit() for p in parts[:3]):
        return None
    version, start, end = (int(p) for p in parts[:3])
    return version, Span(start, end), parts[3]
