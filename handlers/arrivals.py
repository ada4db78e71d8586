"""Updates on their way in, by poll or by webhook: stored first, then handed to the pump."""

from __future__ import annotations

import asyncio
import json
import math
import time
from collections.abc import Callable, Sequence
from datetime import UTC, datetime
from typing import Any

from bot.errors import StoreError
from bot.store import inbox
from bot.store.inbox import InboxRow
from handlers.alarm import Alarm
from handlers.context import StoreThread
from handlers.pump import Pump
from handlers.updates import chat_of

SIGN_SECONDS = 30.0
MOST_UNFINISHED = 2_000  # beyond this many nothing more is taken until some are answered
LARGEST_ID = 2**63 - 1


def row_of(update: Any) -> InboxRow | None:
    """The update as the inbox keeps it; None for what is no update at all.

    It is not read beyond its number and chat: one that nobody can read must not stop the others.
    """
    number = update.get("update_id") if isinstance(update, dict) else None
    if type(number) is not int or not -LARGEST_ID <= number <= LARGEST_ID:
        return None
    chosen = update.get("chosen_inline_result")
    if isinstance(chosen, dict) and chosen.get("query"):
        # What somebody typed in another chat is none of ours to keep: that it served is counted.
        update = update | {"chosen_inline_result": chosen | {"query": ""}}
    raw = json.dumps(update, ensure_ascii=False)
    try:
        raw.encode()
    except UnicodeEncodeError:  # half a character, which only escapes can carry
        raw = json.dumps(update)
    return InboxRow(number, chat_of(update), raw)


class Arrivals:
    """The one way into the inbox while the bot runs."""

    def __init__(
        self,
        store: StoreThread,
        pump: Pump,
        aside: Callable[[InboxRow], bool] = lambda _: False,
        *,
        alarm: Alarm | None = None,
    ) -> None:
        """An update that `aside` takes is not stored: it does without the inbox. `alarm` tells
        the owner when the store fails."""
        self._alarm = alarm
        self._aside = aside
        self._store = store
        self._pump = pump
        self._keeping: set[asyncio.Task[None]] = set()
        self._noted = -math.inf
        self.last_update: float | None = None
        """When an update came last, on the monotonic clock."""
        self.last_contact: float | None = None
        """When Telegram last answered, on the monotonic clock."""

    @property
    def is_full(self) -> bool:
        """Whether so many updates wait for their answers that no more should be taken."""
        return self._pump.waiting > MOST_UNFINISHED

    async def has_room(self) -> None:
        """Wait until more may be taken."""
        await self._pump.has_room(MOST_UNFINISHED)

    async def keep(self, rows: Sequence[InboxRow]) -> None:
        """Returns once `rows` are on disk; those that are new are being worked on then.

        A caller that gives up waiting changes nothing: what gets stored is worked on.
        Raises StoreError.
        """
        if aside := [row for row in rows if self._aside(row)]:
            self.last_update = time.monotonic()
            rows = [row for row in rows if row not in aside]
        if not rows:
            return
        task = asyncio.create_task(self._keep(rows))
        self._keeping.add(task)
        task.add_done_callback(self._forget)
        await asyncio.shield(task)

    async def _keep(self, rows: Sequence[InboxRow]) -> None:
        now = datetime.now(UTC)
        try:
            new = await self._store.write(lambda c: inbox.put_updates(c, rows, now))
        except StoreError as error:
            if self._alarm is not None:
                self._alarm.store_fails(error)
            raise
        self.last_update = time.monotonic()
        self._pump.offer(new)

    def _forget(self, task: asyncio.Task[None]) -> None:
        self._keeping.discard(task)
        if not task.cancelled():
            task.exception()  # whoever waits has it; nobody else need hear of it

    async def note_contact(self) -> None:
        """Note that Telegram has answered; now and then also in the store, for other processes.

        Raises StoreError.
        """
        self.last_contact = time.monotonic()
        if self.last_contact - self._noted >= SIGN_SECONDS:
            now = datetime.now(UTC)
            await self._store.write(lambda c: inbox.note_poll(c, now))
            self._noted = time.monotonic()
