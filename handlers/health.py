"""How the running bot is: for a supervisor's health check, in numbers without anybody's words."""

from __future__ import annotations

import asyncio
import time
from collections import deque
from collections.abc import Callable
from typing import Any

from bot.errors import StoreError
from handlers.arrivals import Arrivals
from handlers.context import StoreThread

BEAT_SECONDS = 0.25
LAG_WINDOW_SECONDS = 60.0
WORST_LAG_SECONDS = 5.0  # a loop that stood still so long within the last minute is ill
STORE_SECONDS = 3.0  # how long a write may wait its turn before the store counts as out of reach
FRESH_SECONDS = 1.0  # a report is good for so long, however often somebody asks


class Health:
    """Measures while `run` runs, and reports at any time."""

    def __init__(
        self,
        store: StoreThread,
        arrivals: Arrivals,
        waiting: Callable[[], int],
    ) -> None:
        self._store = store
        self._arrivals = arrivals
        self._waiting = waiting
        self._lags: deque[tuple[float, float]] = deque([(time.monotonic(), 0.0)])
        self._report: tuple[float, dict[str, Any]] | None = None
        self._asking = asyncio.Lock()

    async def run(self) -> None:
        """Measure how late the loop comes to what is due, until cancelled."""
        while True:
            due = time.monotonic() + BEAT_SECONDS
            await asyncio.sleep(BEAT_SECONDS)
            now = time.monotonic()
            self._lags.append((now, max(now - due, 0.0)))
            while now - self._lags[0][0] > LAG_WINDOW_SECONDS:
                self._lags.popleft()

    async def report(self) -> dict[str, Any]:
        """The state as JSON values; `ok` is what a health check wants to know.

        `last_update_seconds` and `last_contact_seconds` say how long ago an update came and
        Telegram answered us; None for never. A quiet chat or network is no illness of ours.
        """
        async with self._asking:
            now = time.monotonic()
            if self._report is None or now - self._report[0] > FRESH_SECONDS:
                self._report = (now, await self._look())
            return self._report[1]

    async def _look(self) -> dict[str, Any]:
        store = await self._store_state()
        now = time.monotonic()
        lag = max(late for _, late in self._lags)
        return {
            "ok": store == "ok" and lag < WORST_LAG_SECONDS,
            "store": store,
            "loop_lag_ms": round(lag * 1000),
            "last_update_seconds": _ago(self._arrivals.last_update, now),
            "last_contact_seconds": _ago(self._arrivals.last_contact, now),
            "updates_waiting": self._waiting(),
        }

    async def _store_state(self) -> str:
        try:
            async with asyncio.timeout(STORE_SECONDS):
                await self._store.write(
                    lambda c: c.execute("SELECT count(*) FROM meta").fetchone()
                )
        except TimeoutError:
            return "too slow"
        except StoreError:
            return "out of reach"
        return "ok"


def _ago(when: float | None, now: float) -> float | None:
    return None if when is None else round(now - when, 1)
