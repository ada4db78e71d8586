"""How many questions a person may ask in a minute, and which of the others wait their turn."""

from __future__ import annotations

import threading
from collections import deque
from collections.abc import Callable
from dataclasses import dataclass, field
from datetime import datetime, timedelta

MINUTE = timedelta(minutes=1)
APART = timedelta(milliseconds=1)  # between two turns, so that they come in their order
PEOPLE_REMEMBERED = 10_000  # people whose last minute is kept
MOST_WAITING = 10
"""Questions of one person that wait their turn, where so many may be asked in a minute at all: the
last of them waits a minute at most, and as many go on at once after a restart."""


@dataclass(frozen=True, slots=True)
class Wait:
    """How long a person must wait, and whether this wait was told before."""

    turn: timedelta
    """Until the turn of a question that is kept; else until one is taken again."""
    told: bool
    kept: bool = False
    """Whether the question has a turn of its own by now."""

    @property
    def seconds(self) -> int:
        return max(1, round(self.turn.total_seconds()))


@dataclass(slots=True)
class _Minute:
    times: deque[datetime] = field(default_factory=deque)
    """When questions were asked, then when those that wait have their turn."""
    told_until: datetime | None = None
    seen: datetime | None = None
    """When this person last asked."""

    def follow(self, now: datetime) -> None:
        """Set all times back with a clock that was set back: no question asked before is one that
        waits."""
        if self.seen is not None and now < self.seen:
            back = self.seen - now
            self.times = deque(time - back for time in self.times)
            self.told_until = self.told_until and self.told_until - back
        self.seen = now


class QuestionLimit:
    """Counts questions person by person, over the minute that ends now. Any thread may ask."""

    def __init__(self, per_minute: int, clock: Callable[[], datetime]) -> None:
        self.per_minute = per_minute
        self.most_waiting = min(MOST_WAITING, per_minute)
        self._clock = clock
        self._minutes: dict[str, _Minute] = {}
        self._lock = threading.Lock()

    def look_up_wait(self, person: str, *, may_queue: bool = False) -> Wait | None:
        """The wait before this person's next question; None counts the question and lets it
        pass. One that `may_queue` is given a turn, where not too many have one already."""
        now = self._clock()
        with self._lock:
            if len(self._minutes) > PEOPLE_REMEMBERED:
                self._minutes = {
                    who: minute
                    for who, minute in self._minutes.items()
                    if minute.times and abs(now - minute.times[-1]) < MINUTE
                }
            minute = self._minutes.setdefault(person, _Minute())
            minute.follow(now)
            times = minute.times
            while times and times[0] <= now - MINUTE:
                times.popleft()
            if len(times) < self.per_minute:
                times.append(now)
                return None
            turn = max(times[-self.per_minute] + MINUTE, times[-1] + APART)
            waiting = [time for time in times if time > now]
            if may_queue and len(waiting) < self.most_waiting:
                times.append(turn)
                return Wait(turn - now, told=bool(waiting), kept=True)
            if may_queue:
                turn = waiting[0]  # then there is room for one more
            told = minute.told_until is not None and now < minute.told_until <= now + 2 * MINUTE
            if not told:
                minute.told_until = turn
            return Wait(turn - now, told)
