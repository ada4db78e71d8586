"""When a feed is polled next: by what it brought, by what it asks, and after what went wrong."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from itertools import pairwise
from statistics import median

_FIRST_WAIT_SECONDS = 300.0  # after a first failure; each further one doubles it
_LONGEST_WAIT_SECONDS = 24 * 3600.0
_QUICKER = 0.6  # of the interval after a poll that brought something
_SLOWER = 1.4  # after one that brought nothing: three such undo two that did
_RHYTHM_ENTRIES = 10
_FEWEST_GAPS = 3
_BROKEN_AFTER = 4  # gaps: a night at a paper is no break, a week at a daily one is
_FAILING_AFTER = timedelta(days=3)
_FAILING_TRIES = 5


@dataclass(frozen=True, slots=True)
class FeedSettings:
    """How feeds are polled; the operator's settings under `feeds` have these names, defaults."""

    shortest_minutes: int = 10
    longest_hours: int = 24
    first_articles: int = 30
    """So many of the newest entries become articles when a feed is new."""

    @property
    def shortest_seconds(self) -> float:
        return self.shortest_minutes * 60.0

    @property
    def longest_seconds(self) -> float:
        return self.longest_hours * 3600.0


def next_interval(
    last_seconds: float,
    settings: FeedSettings,
    *,
    brought: bool | None,
    asked_seconds: float,
    rhythm_seconds: float | None = None,
) -> float:
    """The seconds until the next poll: sooner where the last one brought something, and never
    later than half the feed's own rhythm while it keeps that.

    `asked_seconds` is what the feed or its server asks to wait; `brought` is None where nothing
    can be told from it, after a first poll.
    """
    factor = 1.0 if brought is None else _QUICKER if brought else _SLOWER
    wished = last_seconds * factor
    if rhythm_seconds is not None:
        wished = min(wished, rhythm_seconds / 2)
    wished = max(wished, asked_seconds, settings.shortest_seconds)
    return min(wished, settings.longest_seconds)


def rhythm_of(times: Sequence[datetime | None], now: datetime) -> float | None:
    """The usual seconds between two entries that were published at `times`; None where too few
    are known, or where none has come for so long that the rhythm is broken."""
    known = sorted((t for t in times if t is not None and t <= now), reverse=True)
    gaps = [(one - two).total_seconds() for one, two in pairwise(known[: _RHYTHM_ENTRIES + 1])]
    if len(gaps) < _FEWEST_GAPS:
        return None
    usual = median(gaps)
    return usual if (now - known[0]).total_seconds() <= _BROKEN_AFTER * usual else None


def wait_after(failures: int, asked_seconds: float | None = None) -> timedelta:
    """How long to wait after the last of `failures` in a row; never shorter than asked."""
    own = min(_FIRST_WAIT_SECONDS * 2.0 ** min(failures - 1, 20), _LONGEST_WAIT_SECONDS)
    return timedelta(seconds=max(own, asked_seconds or 0.0))


def is_failing(failures: int, worked_last: datetime, now: datetime) -> bool:
    """Whether a feed has failed for so long that an editor should hear of it."""
    return failures >= _FAILING_TRIES and now - worked_last >= _FAILING_AFTER
