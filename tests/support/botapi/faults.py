"""What can go wrong on purpose: scripted faults, and the rates that Telegram allows."""

from __future__ import annotations

import threading
from collections import defaultdict, deque
from dataclasses import dataclass, field
from typing import Literal

from tests.support.botapi.world import Refusal

GROUP_WINDOW_SECONDS = 60.0
SECOND = 1.0


@dataclass(slots=True)
class Fault:
    """A fault for the next `times` calls of `method` (None: for ever), in one chat or in any.

    `cut` drops the connection: "before" the call has any effect, or "after" it, so that only the
    answer is lost. `garbage` is sent in place of JSON. `latency_seconds` comes first and may stand
    alone; then the call goes on as usual.
    """

    method: str = "*"
    times: int | None = 1
    chat: int | None = None
    status: int | None = None
    description: str = ""
    retry_after: int | None = None
    migrate_to: int | None = None
    latency_seconds: float = 0.0
    cut: Literal["before", "after"] | None = None
    garbage: bytes | None = None
    skip: int = 0
    """How many matching calls go through before the first one is hit."""
    hits: int = 0

    def fits(self, method: str, chat: int | None) -> bool:
        return self.method.lower() in {"*", method} and self.chat in {None, chat}


class Faults:
    """The faults still to come, in the order in which they were added."""

    def __init__(self) -> None:
        self._faults: list[Fault] = []
        self._lock = threading.Lock()

    def add(self, fault: Fault) -> Fault:
        with self._lock:
            self._faults.append(fault)
        return fault

    def clear(self) -> None:
        with self._lock:
            self._faults.clear()

    def take(self, method: str, chat: int | None) -> Fault | None:
        """The fault for this call, counted down."""
        with self._lock:
            for fault in self._faults:
                if not fault.fits(method, chat):
                    continue
                if fault.skip > 0:
                    fault.skip -= 1
                    continue
                fault.hits += 1
                if fault.times is not None:
                    fault.times -= 1
                    if fault.times <= 0:
                        self._faults.remove(fault)
                return fault
            return None


def too_many(retry_after: int) -> Refusal:
    return Refusal(429, f"Too Many Requests: retry after {retry_after}", retry_after=retry_after)


@dataclass(slots=True)
class Rates:
    """Telegram's published sending rates; a call over them is refused with 429.

    Within `burst` calls a chat may be faster than one a second, as on the real server.
    """

    per_second: int = 30
    per_group_minute: int = 20
    burst: int = 3
    retry_after: int = 2
    _all: deque[float] = field(default_factory=deque)
    _by_chat: dict[int, deque[float]] = field(default_factory=lambda: defaultdict(deque))

    def check(self, chat: int, now: float) -> None:
        """Counts one send at `now`, or refuses it."""
        mine = self._by_chat[chat]
        while self._all and now - self._all[0] >= SECOND:
            self._all.popleft()
        while mine and now - mine[0] >= GROUP_WINDOW_SECONDS:
            mine.popleft()
        if len(self._all) >= self.per_second:
            raise too_many(self.retry_after)
        if chat < 0 and len(mine) >= self.per_group_minute:
            raise too_many(int(GROUP_WINDOW_SECONDS - (now - mine[0])) + 1)
        recent = sum(1 for at in mine if now - at < self.burst * SECOND)
        if recent >= self.burst:
            raise too_many(self.retry_after)
        self._all.append(now)
        mine.append(now)
