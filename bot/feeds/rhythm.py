"""When a feed is polled next: by what it brought, by what it asks, and after what went wrong."""

from __future__ import annotations

from dataclasses import dataclass
from datetime import datetime, timedelta

_FIRST_WAIT_SECONDS = 300.0  # after a first failure; each further one doubles it
_LONGEST_WAIT_SECONDS = 24 * 3600.0
_QUICKER = 0.6  # of the interval after a poll that brought something
_SLOWER = 1.4  # after one that brought nothing: three such undo two that did
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
    last_seconds: float, settings: FeedSettings, *, brought: bool, asked_seconds: float
) -> float:
    """The seconds until the next poll: sooner where the last one brought something.

    `asked_seconds` is what the feed or its server asks to wait.
    """
    wished = max(last_seconds * (_QUICKER if brought else _SLOWER), asked_seconds)
    return min(max(wished, settings.shortest_seconds), settings.longest_seconds)


def wait_after(failures: int, asked_seconds: float | None = None) -> timedelta:
    """How long to wait after the last of `failures` in a row; never shorter than asked."""
    own = min(_FIRST_WAIT_SECONDS * 2.0 ** min(failures - 1, 20), _LONGEST_WAIT_SECONDS)
    return timedelta(seconds=max(own, asked_seconds or 0.0))


def is_failing(failures: int, worked_last: datetime, now: datetime) -> bool:
    """Whether a feed has failed for so long that an editor should hear of it."""
    return failures >= _FAILING_TRIES and now - worked_last >= _FAILING_AFTER
