"""How many questions a person may ask in a minute."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)
PEOPLE_REMEMBERED = 10_000  # people whose last minute is kept


@dataclass(frozen=True, slots=True)
class Wait:
    """How many seconds a person must wait, and whether this wait was told before."""

    seconds: int
    told: bool


@dataclass(slots=True)
class _Minute:
    times: deque[datetime] = field(default_factory=deque)
    told_until: datetime | None = None


class QuestionLimit:
    """Counts questions person by person, over the minute that ends now. Any thread may ask."""

    def __init__(self, per_minute: int, clock: Callable[[], datetime]) -> None:
        self.per_minute = per_minute
        self._clock = clock
        self._minutes: dict[str, _Minute] = {}
        self._lock = threading.Lock()

    def look_up_wait(self, person: str) -> Wait | None:
        """The wait before this person's next question; None counts the question and lets it
        pass."""
        now = self._clock()
        with self._lock:
            if len(self._minutes) > PEOPLE_REMEMBERED:
                self._minutes = {
                    who: minute
                    for who, minute in self._minutes.items()
                    if minute.times and timedelta() <= now - minute.times[-1] < MINUTE
                }
            minute = self._minutes.setdefault(person, _Minute())
            while minute.times and not timedelta() <= now - minute.times[0] < MINUTE:
                minute.times.popleft()  # of an older minute, or of a clock that was set back
            if len(minute.times) < self.per_minute:
                minute.times.append(now)
                return None
            ends = minute.times[0] + MINUTE
            told = minute.told_until is not None and now < minute.told_until <= now + MINUTE
            if not told:
                minute.told_until = ends
            return Wait(max(1, round((ends - now).total_seconds())), told)
