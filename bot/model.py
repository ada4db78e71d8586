"""The values that all rooms speak: articles, their findings, questions and answers.

Every position is a `Span` in characters of the stored text (or of whatever text the finder was
given); every time is aware and UTC; a day without a time is a `date`.
"""

from __future__ import annotations

import hashlib
from collections.abc import Callable
from dataclasses import dataclass, fields, is_dataclass, replace
from datetime import date, datetime
from enum import StrEnum
from functools import cache
from typing import Any, TypeVar, cast

T = TypeVar("T")


@dataclass(frozen=True, slots=True, order=True)
class Span:
    """The half-open stretch `[start, end)` of a text, in `str` positions."""

    start: int
    end: int

    def of(self, text: str) -> str:
        """The characters of `text` that this span covers."""
        return text[self.start : self.end]

    def __len__(self) -> int:
        return self.end - self.start

    def covers(self, other: Span) -> bool:
        return self.start <= other.start and other.end <= self.end

    def overlaps(self, other: Span) -> bool:
        return self.start < other.end and other.start < self.end


# ------------------------------------------------------------------------------ articles
@dataclass(frozen=True, slots=True)
class Draft:
    """An article as it came in, before it is stored.

    `published` is a `date` when only the day is known, an aware `datetime` when the time is.
    `text` is what will be stored, unchanged.
    """

    text: str
    id: str | None = None
    url: str | None = None
    title: str | None = None
    source: str | None = None
    author: str | None = None
    published: date | datetime | None = None
    section: str | None = None
    standfirst: str | None = None
    text_was_given: bool = False
    """Whether the text came as such (JSON), so that whoever gave it can count in it."""
    published_given: date | datetime | None = None
    """What it said of its time where that lay in the future; `published` is first seen then."""
    modified: date | datetime | None = None
    """When its outlet says that it changed the article last."""
    kept: Kept | None = None
    """What another store knew of it, when it comes from an export."""


@dataclass(frozen=True, slots=True)
class Kept:
    """What a store knew of an article version beyond its text and fields."""

    version: int
    added: datetime | None = None
    edited: bool = False
    sample: bool = False
    removed: datetime | None = None


@dataclass(frozen=True, slots=True)
class Article:
    """One version of a stored article."""

    key: int
    """The store's own number of this version."""
    id: str
    version: int
    sha256: str
    text: str
    url: str | None
    title: str | None
    source: str | None
    author: str | None
    published: date | datetime | None
    section: str | None
    standfirst: str | None
    added: datetime
    sample: bool = False
    published_given: date | datetime | None = None
    """The time in the future that it gave, where `published` is the day it was first seen."""
    language: str | None = None
    """ISO 639-1 of the language it is in, None where that cannot be told."""
    edited: bool = False
    """Whether this version was made by hand: fields corrected, the text kept."""
    removed: datetime | None = None
    """Since when the article is out of search, when it is."""
    modified: date | datetime | None = None
    """When its outlet says that it changed the article last, where that is later than
    `published`."""

    @property
    def day(self) -> date | None:
        """The day of publication."""
        return day_of(self.published)


def day_of(moment: date | datetime | None) -> date | None:
    """The calendar day of `moment`, which may be a day already."""
    return moment.date() if isinstance(moment, datetime) else moment


def text_hash(text: str) -> str:
    """The SHA-256 of `text` in UTF-8, in hexadecimal."""
    return hashlib.sha256(text.encode("utf-8", "surrogatepass")).hexdigest()


class ChangeKind(StrEnum):
    """What changed between two versions of an article."""

    QUOTE = "quote"
    FIGURE = "figure"
    DATE = "date"
    WORDING = "wording"
    FIELD = "field"


@dataclass(frozen=True, slots=True)
class Change:
    """One thing that two versions of an article tell differently, as each prints it.

    The spans are the sentences that hold it, each in the text of its version; a side is empty
    where the sentence is new or gone. For a field, `field` names it and there are no spans.
    """

    kind: ChangeKind
    old: tuple[str, ...] = ()
    new: tuple[str, ...] = ()
    old_span: Span | None = None
    new_span: Span | None = None
    field: str | None = None


@dataclass(frozen=True, slots=True)
class Changes:
    """What changed from one version of an article to another, fields first, then by place."""

    article_id: str
    from_version: int
    to_version: int
    changes: tuple[Change, ...] = ()

    def of_kind(self, kind: ChangeKind) -> tuple[Change, ...]:
        return tuple(change for change in self.changes if change.kind is kind)


# ------------------------------------------------------------------------------ findings
class NameKind(StrEnum):
    PERSON = "person"
    ORGANISATION = "organisation"
    PLACE = "place"
    OTHER = "other"


@dataclass(frozen=True, slots=True)
class Mention:
    """One occurrence of a name: where, the full name it stands for in this article, its kind."""

    span: Span
    name: str
    kind: NameKind
    role: str | None = None
    """The role as printed beside the name ("Kremlin spokesperson"), when there is one."""


class QuoteKind(StrEnum):
    DIRECT = "direct"
    MIXED = "mixed"
    INDIRECT = "indirect"


class Polarity(StrEnum):
    SAID = "said"
    DENIED = "denied"
    DECLINED = "declined"
    HYPOTHETICAL = "hypothetical"


@dataclass(frozen=True, slots=True)
class Speaker:
    """Who speaks: the mention as printed, and who it means when that is sure."""

    span: Span
    name: str | None = None
    role: str | None = None


@dataclass(frozen=True, slots=True)
class Cue:
    """The reporting verb or phrase, and its class ("says", "warns", "denies", …)."""

    span: Span
    cue_class: str


@dataclass(frozen=True, slots=True)
class Quote:
    """Something said: content (one or more spans, without the outer marks), speaker and cue."""

    kind: QuoteKind
    content: tuple[Span, ...]
    speaker: Speaker | None = None
    cue: Cue | None = None
    polarity: Polarity = Polarity.SAID
    relay: Span | None = None
    """Who passed it on ("officials told the Times that X had said": the officials)."""
    unnamed: bool = False
    """Whether the speaker is an unnamed source ("a person familiar with the talks")."""
    confidence: float = 0.5

    @property
    def span(self) -> Span:
        """From the first to the last character of content, speaker and cue."""
        parts = [*self.content]
        parts += [self.speaker.span] if self.speaker else []
        parts += [self.cue.span] if self.cue else []
        return Span(min(p.start for p in parts), max(p.end for p in parts))


class Grain(StrEnum):
    TIME = "time"
    DAY = "day"
    WEEK = "week"
    MONTH = "month"
    QUARTER = "quarter"
    SEASON = "season"
    YEAR = "year"
    DECADE = "decade"
    CENTURY = "century"
    INTERVAL = "interval"


@dataclass(frozen=True, slots=True)
class DateMention:
    """A date in the text: its words, the ISO value or interval (None: cannot be known), its
    grain, and the rule that read it (`how`)."""

    span: Span
    value: str | None
    grain: Grain
    how: str


@dataclass(frozen=True, slots=True)
class Party:
    """One who takes part in a fact, and the part ("agrees", "demands", "of", …)."""

    name: str
    part: str
    span: Span | None = None


@dataclass(frozen=True, slots=True)
class Figure:
    """A number in the text: its value, unit, what it counts and its hedge ("about")."""

    value: float
    unit: str | None = None
    of: str | None = None
    hedge: str | None = None


@dataclass(frozen=True, slots=True)
class Fact:
    """Something that the article reports as agreed, decided, demanded, planned, happened, …"""

    kind: str
    status: str
    span: Span
    parties: tuple[Party, ...] = ()
    object: str | None = None
    figure: Figure | None = None
    made: str | None = None
    effective: str | None = None
    source: str | None = None
    dates: tuple[Span, ...] = ()
    """The spans of the date mentions that belong to it."""
    confidence: float = 0.5


@dataclass(frozen=True, slots=True)
class Findings:
    """All that was found in one text; spans are in that text."""

    sentences: tuple[Span, ...] = ()
    quotes: tuple[Quote, ...] = ()
    facts: tuple[Fact, ...] = ()
    dates: tuple[DateMention, ...] = ()
    names: tuple[Mention, ...] = ()
    read_chars: int = 0
    """How far the extractors read; what lies behind is searched only."""
    language: str | None = None
    """ISO 639-1 of the text's language, None where that cannot be told."""


@cache
def _field_names(kind: type) -> tuple[str, ...]:
    return tuple(field.name for field in fields(kind))


def moved(value: T, place: Callable[[Span], Span]) -> T:
    """`value` with each span in it, at any depth, replaced by `place(span)`."""
    if isinstance(value, Span):
        return cast(T, place(value))
    if isinstance(value, tuple):
        return cast(T, tuple(moved(item, place) for item in value))
    if isinstance(value, str | int | float) or value is None:
        return value
    if is_dataclass(value) and not isinstance(value, type):
        changes: dict[str, Any] = {}
        for name in _field_names(type(value)):
            old = getattr(value, name)
            new = moved(old, place)
            if new is not old:
                changes[name] = new
        return cast(T, replace(value, **changes)) if changes else value
    return value
