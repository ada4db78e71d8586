"""How the running bot is: for a supervisor's health check, in numbers without anybody's words."""

from __future__ import annotations

import asyncio
import contextlib
import sqlite3
import time
from collections import deque
from collections.abc import Callable
from datetime import UTC, datetime
from typing import Any

from bot.errors import StoreError
from bot.store import inbox, outbox
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
        self.is_ready = False
        """Whether updates are taken: after the start's work, and until a stop begins."""
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
            "ready": self.is_ready,
            "store": store,
            "loop_lag_ms": round(lag * 1000),
            "last_update_seconds": _ago(self._arrivals.last_update, now),
            "last_contact_seconds": _ago(self._arrivals.last_contact, now),
            "updates_waiting": self._waiting(),
        }

    async def levels(self) -> dict[str, tuple[str, float]]:
        """What is measured at this moment: name -> (description, value)."""
        report = await self.report()
        found: dict[str, tuple[str, float]] = {
            "up": ("Whether the bot is well (1) or ill (0).", float(report["ok"])),
            "ready": ("Whether updates are taken.", float(report["ready"])),
            "loop_lag_seconds": (
                "The worst lag of the event loop within a minute.",
                report["loop_lag_ms"] / 1000,
            ),
            "updates_waiting": ("Updates not yet finished.", report["updates_waiting"]),
        }
        for name, what in (("update", "an update came"), ("contact", "Telegram answered")):
            ago = report[f"last_{name}_seconds"]
            if ago is not None:
                found[f"last_{name}_seconds"] = (f"How long ago {what}.", ago)
        with contextlib.suppress(StoreError, TimeoutError):
            async with asyncio.timeout(STORE_SECONDS):
                found |= await self._store.write(_store_levels)
        return found

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


def _store_levels(connection: sqlite3.Connection) -> dict[str, tuple[str, float]]:
    letters = outbox.count_letters(connection)
    waiting = sum(letters.get(state, 0) for state in ("due", "sending", "unsure"))
    aside = inbox.count_updates(connection).get("poison", 0)
    levels: dict[str, tuple[str, float]] = {
        "outbox_letters": ("Letters still to be sent.", waiting),
        "outbox_given_up": ("Letters given up within the last days.", letters.get("failed", 0)),
        "inbox_set_aside": ("Updates set aside after several tries.", aside),
    }
    articles, added = connection.execute("SELECT count(*), max(added) FROM articles").fetchone()
    levels["articles"] = ("Articles in the store.", articles)
    if added is not None:
        age = (datetime.now(UTC) - datetime.fromisoformat(added)).total_seconds()
        levels["newest_article_age_seconds"] = ("Since an article last came in.", max(age, 0.0))
    return levels


def _ago(when: float | None, now: float) -> float | None:
    return None if when is None else round(now - when, 1)
