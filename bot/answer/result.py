"""What the answer room gives back: answers that are stored bytes, and the state they are in."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import date, datetime
from enum import StrEnum

from bot.answer.intents import Intent
from bot.link.counts import Count
from bot.link.matters import Telling
from bot.link.stances import Turn
from bot.model import Article, Quote, Span
from bot.text.wording import Difference


class State(StrEnum):
    FOUND = "found"
    CLOSE = "close"
    NOTHING = "nothing"


@dataclass(frozen=True, slots=True)
class SpokenBy:
    """Who said it: the name (as printed where no full name is sure) and the role as printed."""

    name: str
    role: str | None = None
    person: str | None = None
    """The fullest name of the one person that several articles tell of, where they agree enough
    to be sure that it is one."""


@dataclass(frozen=True, slots=True)
class Witness:
    """Another article that holds the same sentence, nearly word for word."""

    article_id: str
    span: Span
    source: str | None = None
    """Its outlet."""


class MatchKind(StrEnum):
    """How words that were given agree with those that an article prints."""

    EXACT = "exact"
    """Word for word, and all of it: the whole of what is quoted, or a whole sentence."""
    PART = "part"
    """Word for word, a part of it."""
    CHANGED = "changed"


@dataclass(frozen=True, slots=True)
class Match:
    """Where given words stand in an article, and how they differ from what it prints there."""

    kind: MatchKind
    span: Span
    likeness: float
    """How much of what was given stands there, 0.0-1.0; a telling word counts more."""
    differences: tuple[Difference, ...] = ()


@dataclass(frozen=True, slots=True)
class Answer:
    """A span of a stored article. Its text cannot be anything else than the bytes there."""

    article: Article
    span: Span
    score: float
    speaker: SpokenBy | None = None
    quote: Quote | None = None
    when: str | None = None
    when_words: str | None = None
    also: tuple[Witness, ...] = ()
    match: Match | None = None
    """Of an answer to whether somebody said certain words."""

    @property
    def text(self) -> str:
        return self.span.of(self.article.text)


@dataclass(frozen=True, slots=True)
class Entry:
    """One saying: the sentences with it as an answer, and how it turns from one before it."""

    answer: Answer
    telling: Telling
    score: float = 0.0
    turn: Turn | None = None
    turned_from: Answer | None = None
    count: Count | None = None
    """The count that it is told for, where one is asked for."""


@dataclass(frozen=True, slots=True)
class Account:
    """What one person, outlet or topic has to tell, the oldest first."""

    name: str
    entries: tuple[Entry, ...] = ()
    role: str | None = None
    is_person: bool = False

    @property
    def is_known(self) -> bool:
        """Whether the store knows the name, or has something to tell under it."""
        return self.is_person or bool(self.entries)


@dataclass(frozen=True, slots=True)
class Frame:
    """What the last exchange was about, for the question that follows it.

    `words` are those that were searched for; `versions` the articles that answered; `people` the
    names that the answer holds, the speaker first.
    """

    intent: Intent
    words: tuple[str, ...] = ()
    versions: tuple[int, ...] = ()
    people: tuple[str, ...] = ()
    question: str = ""
    answered: tuple[int, Span] | None = None
    """The version and place of the first answer."""


@dataclass(frozen=True, slots=True)
class Response:
    """The answer to a question: its state, the answers best first, and what came nearest.

    `answers` is empty when the state is `nothing`; then `nearest` holds what was closest.
    `read_as` lists names that were read otherwise than typed: (typed, read).
    `missing` are the words of the question that no article holds.
    """

    question: str
    intent: Intent
    state: State
    answers: tuple[Answer, ...] = ()
    nearest: tuple[Answer, ...] = ()
    lead: str | None = None
    read_as: tuple[tuple[str, str], ...] = ()
    missing: tuple[str, ...] = ()
    premise: str | None = None
    """What the question takes for granted and no sentence reports, in its own words ("Ada Berg did
    resign"); empty where they would not read well, None where nothing of the kind is asked."""
    spelt: str = ""
    """The question with its slips put right; empty where it has none."""
    speechless: str | None = None
    """Whose words on it are asked for and not found, as the question or the articles name them."""
    sequel: tuple[Answer, ...] = ()
    """What later articles tell of it, where the question asks if something happened and the first
    answer only announces it; the oldest first."""
    reports: bool = False
    """Whether the question asks if something happened, and the first answer says so."""
    frame: Frame | None = None
    articles: int = 0
    newest: date | datetime | None = None
    elapsed_ms: float = 0.0
    explanation: tuple[str, ...] = field(default=())
    claimed: str | None = None
    """Whom the question takes for the speaker of the words that it wants checked."""
    topic: str = ""
    """What a timeline or a comparison is about; empty for anything."""
    accounts: tuple[Account, ...] = ()
    """Of a timeline one, of a comparison two; their entries are the answers, in that order."""
    difference: Turn | None = None
    """Where two accounts point different ways, or (of no kind) give other figures."""

    @property
    def asked(self) -> str:
        """The question as it was understood, letter by letter."""
        return self.spelt or self.question
