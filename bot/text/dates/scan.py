"""What a rule sees while a sentence is read: the text, the anchor day, what came before."""

from __future__ import annotations

import re
from dataclasses import dataclass, field
from datetime import date

from bot.model import Grain
from bot.text.dates.tense import (
    Direction,
    Token,
    find_direction,
    find_direction_after,
    tokenize,
)

RECENT_DATES = 12
"""How many dates back a relative one looks for the day it counts from."""


@dataclass(slots=True)
class Found:
    """A date while it is read: its place, value, and the parts that neighbours may need."""

    start: int
    end: int
    value: str | None
    grain: Grain
    how: str
    year: int | None = None
    """The year as printed, or None."""
    month: int | None = None
    day: int | None = None
    weekday: int | None = None
    clock: str | None = None
    printed_year: bool = False
    direction: Direction = Direction.UNKNOWN

    @classmethod
    def at(cls, m: re.Match[str], value: str | None, grain: Grain, how: str) -> Found:
        """What a rule found in all of its match."""
        return cls(m.start(), m.end(), value, grain, how)

    @classmethod
    def on(cls, m: re.Match[str], day: date, how: str, *, printed_year: bool) -> Found:
        """The day that a rule found in all of its match."""
        return cls(
            *m.span(),
            day.isoformat(),
            Grain.DAY,
            how,
            year=day.year if printed_year else None,
            month=day.month,
            day=day.day,
            printed_year=printed_year,
        )


@dataclass(slots=True)
class Scan:
    """One text while its dates are read."""

    text: str
    anchor: date | None
    """The day that relative words count from: the dateline's, else the day of publication."""
    question: bool = False
    people: frozenset[str] = frozenset()
    """Names of months and days that are people in this text ("may" for Theresa May)."""
    start: int = 0
    end: int = 0
    found: list[Found] = field(default_factory=list)
    """What was found in this sentence so far."""
    before: list[Found] = field(default_factory=list)
    """What was found in the sentence before this one."""
    earlier_day: date | None = None
    """The last whole day named in the sentences before."""
    lower: str = ""
    """The text in lower case, character for character."""
    _tokens: list[Token] | None = None

    def __post_init__(self) -> None:
        lower = self.text.lower()
        if len(lower) != len(self.text):  # a few letters grow when lowered
            lower = "".join(c.lower() if len(c.lower()) == 1 else c for c in self.text)
        self.lower = lower

    def enter(self, start: int, end: int) -> None:
        """Go on to the sentence `[start, end)`."""
        self.start, self.end = start, end
        self.before, self.found = self.found, []
        self._tokens = None

    @property
    def tokens(self) -> list[Token]:
        if self._tokens is None:
            self._tokens = tokenize(self.text, self.start, self.end)
        return self._tokens

    def direction(self, start: int, end: int) -> Direction:
        """Which way the clause around `[start, end)` looks."""
        found = find_direction(self.tokens, start, end)
        if self.question and found is Direction.UNKNOWN:
            return Direction.PAST
        return found

    def direction_after(self, end: int) -> Direction:
        """Which way the words after `end` look, whatever stands before it."""
        return find_direction_after(self.tokens, end)

    @property
    def recent(self) -> list[Found]:
        """The dates before this one, of this sentence and the one before it, latest first."""
        return [*self.found[: -RECENT_DATES - 1 : -1], *self.before[: -RECENT_DATES - 1 : -1]]

    def around(self, start: int, end: int, chars: int = 240) -> str:
        """The lower-case text of this sentence some way to both sides of `[start, end)`."""
        return self.lower[max(self.start, start - chars) : min(self.end, end + chars)]

    def left(self, position: int, chars: int = 40) -> str:
        """The lower-case text of this sentence just before `position`."""
        return self.lower[max(self.start, position - chars) : position]

    def right(self, position: int, chars: int = 40) -> str:
        """The text of this sentence just after `position`."""
        return self.text[position : min(self.end, position + chars)]
