"""From the inbox to the outbox: each chat's updates in order, chats in parallel.

Answering an update and filing the answer is one transaction, so an update is answered once
however often the program dies, and none is skipped.
"""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import sqlite3
import time
from collections import deque
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from telegram import Bot

from bot.errors import StoreError, StoreUnavailableError
from bot.locales import _, speaking
from bot.logs import reference
from bot.store import inbox, outbox, settings
from bot.store.inbox import Abilities, InboxRow
from bot.talk.languages import find_language
from bot.talk.replies import told
from handlers.alarm import Alarm
from handlers.answering import Answering, Outcome, Talk, is_too_late
from handlers.context import StoreThread
from handlers.delivery import Delivery
from handlers.errors import sorry
from handlers.letters import answer_letters
from handlers.metrics import Metrics
from handlers.places import is_chat
from handlers.presses import Presses
from handlers.turns import Turns
from handlers.updates import (
    Asked,
    Chosen,
    Closed,
    Ignored,
    Moved,
    Opened,
    Said,
    Summoned,
    UpdateReader,
)

LOG = logging.getLogger(__name__)

RETRY_SECONDS = 0.5
STORE_RETRY_SECONDS = 2.0
UNDO_SECONDS = 0.5  # how long a stop waits for the store beyond the work in hand
ENDED_US = "The program ended each time while it worked on this."


class Pump:
    """Works through updates that are in the inbox already."""

    def __init__(
        self,
        bot: Bot,
        store: StoreThread,
        talk: Talk,
        reader: UpdateReader,
        delivery: Delivery,
        metrics: Metrics | None = None,
        on_new_roles: Callable[[Sequence[str]], None] = lambda _persons: None,
        *,
        alarm: Alarm | None = None,
    ) -> None:
        """`on_new_roles` hears of the persons whose role has changed, and of the chats that chose
        another language; `alarm` tells the owner when the store fails."""
        self._alarm = alarm
        self._bot = bot
        self._metrics = metrics or Metrics()
        self._store = store
        self._reader = reader
        self._delivery = delivery
        self._presses = Presses(bot)
        self._answering = Answering(
            bot, store, talk, delivery, self._presses, self._metrics, on_new_roles
        )
        self._turns = Turns(store, lambda row: self.offer([row]))
        self._queues: dict[str, deque[InboxRow]] = {}
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._row_done = asyncio.Event()
        self._begun: set[int] = set()
        """Updates at work: their try is counted already."""
        self._offered: dict[int, float] = {}
        """When each update came to us, on the monotonic clock."""
        self._stopped = False
        self._asked: set[int] = set()
        """Updates at work that somebody waits for, as far as we could read them."""

    @property
    def waiting(self) -> int:
        """How many updates are not finished."""
        return sum(map(len, self._queues.values()))

    async def has_room(self, most: int) -> None:
        """Wait until no more than `most` updates are unfinished."""
        while self.waiting > most:
            self._row_done.clear()
            await self._row_done.wait()

    async def take_up(self) -> None:
        """Begin with what an earlier run left unfinished.

        What was in hand when that run ended may have ended it: each of these is worked on alone,
        before all others, so that no other update is counted as tried when it does so again.
        """
        me = self._reader.me.id
        may = Abilities(bool(self._bot.supports_inline_queries), _takes_guests(self._bot))
        await self._store.write(lambda c: inbox.set_bot(c, me))
        await self._store.write(lambda c: inbox.note_abilities(c, may))
        rows = await self._store.write(inbox.find_unfinished)
        self._turns.take_up(await self._store.write(inbox.find_overtaken))
        if rows:
            LOG.info("%d updates of the last run are taken up", len(rows))
        for row in rows:
            if row.tries:
                self.offer([row])
                while row.chat in self._workers:
                    await asyncio.wait({self._workers[row.chat]})
        self.offer([row for row in rows if not row.tries])

    def offer(self, rows: Sequence[InboxRow]) -> None:
        """Work on `rows`, after what came earlier from the same chats."""
        for row in rows if not self._stopped else ():
            self._presses.expect(row)
            self._offered[row.update_id] = time.monotonic()
            self._queues.setdefault(row.chat, deque()).append(row)
            if row.chat not in self._workers:
                task = asyncio.create_task(self._work(row.chat))
                self._workers[row.chat] = task

    async def finish(self, seconds: float) -> None:
        """Wait at most so long for the work in hand; what is left waits in the inbox."""
        if self._workers:
            await asyncio.wait(self._workers.values(), timeout=seconds)
        for task in self._workers.values():
            task.cancel()
        await asyncio.gather(*self._workers.values(), return_exceptions=True)
        await self._turns.abandon()
        await self._presses.abandon()
        self._answering.close()
        begun = list(self._begun)
        if begun:  # broken off by us, so no fault of theirs
            with contextlib.suppress(StoreError, TimeoutError):
                async with asyncio.timeout(UNDO_SECONDS):
                    await self._store.write(lambda c: inbox.take_back_tries(c, begun))

    def stop_taking(self) -> None:
        """Begin nothing more: only what is in hand is finished."""
        self._stopped = True
        for queue in self._queues.values():
            while len(queue) > 1:
                queue.pop()

    # ------------------------------------------------------------------------- one chat
    async def _work(self, chat: str) -> None:
        queue = self._queues[chat]
        try:
            while queue:
                await self._finish_row(queue[0])
                self._offered.pop(queue[0].update_id, None)
                row = queue.popleft()
                self._asked.discard(row.update_id)
                self._turns.is_done(row)
                self._row_done.set()
        finally:
            del self._queues[chat]
            del self._workers[chat]

    async def _finish_row(self, row: InboxRow) -> None:
        """Work on `row` until it is done or set aside."""
        while True:
            try:
                if await self._begin(row):
                    await self._attempt(row)
            except StoreUnavailableError as error:
                # Not the update's fault: it waits until the store can be used again.
                LOG.error("The store cannot be used; answers wait: %s", error)
                if self._alarm is not None:
                    self._alarm.store_fails(error)
                await asyncio.sleep(STORE_RETRY_SECONDS)
            except Exception as error:
                LOG.warning(
                    "an update from %s failed (ref %s)",
                    row.chat,
                    reference(row.update_id),
                    exc_info=error,
                )
                self._begun.discard(row.update_id)
                if not await self._note_fault(row, f"{type(error).__name__}: {error}"[:300]):
                    return
                await asyncio.sleep(RETRY_SECONDS)
            else:
                self._begun.discard(row.update_id)
                return

    async def _begin(self, row: InboxRow) -> bool:
        """Whether `row` may be tried. The try counts before it begins, so that an update which
        ends the program each time is set aside like one that fails."""
        if row.update_id in self._begun:
            return True
        if await self._store.write(lambda c: inbox.begin_try(c, row.update_id)):
            self._begun.add(row.update_id)
            return True
        if await self._store.write(lambda c: inbox.is_open(c, row.update_id)):
            await self._note_fault(row, ENDED_US)
        return False  # else the person had it forgotten

    async def _note_fault(self, row: InboxRow, fault: str) -> bool:
        """Whether there is another try; else the person is told, in the same transaction."""
        waits = row.update_id in self._asked or _can_be_told(row)

        def note(connection: sqlite3.Connection) -> bool:
            if inbox.note_fault(connection, row.update_id, fault, _now()):
                return True
            if waits and inbox.is_set_aside(connection, row.update_id):
                with speaking(find_language(connection, row.chat)):
                    words = told(sorry(row.update_id))
                letters = answer_letters(row, words, key=f"sorry:{row.update_id}")
                outbox.put_letters(connection, letters, _now())
            return False

        while True:
            try:
                again = await self._store.write(note)
            except StoreUnavailableError as unavailable:
                LOG.error("The store cannot be used: %s", unavailable)
                await asyncio.sleep(STORE_RETRY_SECONDS)
                continue
            if not again:
                self._metrics.count_update("failed")
                LOG.error(
                    "an update from %s is set aside (ref %s)", row.chat, reference(row.update_id)
                )
                self._presses.settle(row, None)
                self._delivery.wake()
            return again

    async def _attempt(self, row: InboxRow) -> None:
        raw = json.loads(row.raw)
        work = self._reader.read(raw)
        outcome = Outcome()
        match work:
            case Ignored():
                pass
            case Said():
                with speaking(await self._answering.language(row.chat, work.language)):
                    words = _(work.text)
                outcome = Outcome(answer_letters(row, told(words), reply_to=work.reply_to))
            case Moved():
                await self._delivery.move(work.old, work.new)
            case Closed():
                await self._delivery.close_chat(work.chat)
            case Opened():
                await self._store.write(lambda c: settings.restore(c, work.chat))
            case Asked() | Summoned() if await self._answering.came_before(row, work.incoming):
                pass
            case Asked():
                self._asked.add(row.update_id)
                in_turn = self._turns.has_come(row)
                outcome = await self._answering.answer(row, work, in_turn=in_turn)
            case Summoned() if not is_too_late(work):
                self._asked.add(row.update_id)
                outcome = await self._answering.answer_guest(row, work)
            case Chosen():
                self._metrics.count_inline("chosen")
                outcome = await self._answering.note_chosen(work)

        seconds = outcome.later_seconds

        def finish(connection: sqlite3.Connection) -> None:
            if seconds is not None:
                inbox.take_back_tries(connection, [row.update_id])
                outbox.put_letters(connection, outcome.letters, _now())
            elif inbox.mark_done(connection, row.update_id, _now()):
                outbox.put_letters(connection, outcome.letters, _now())
                if outcome.settle is not None:
                    outcome.settle(connection)

        await self._store.write(finish)
        if seconds is not None and isinstance(work, Asked):
            self._turns.put_off(row, work.incoming.person, seconds)
        is_ignored = isinstance(work, Ignored)
        self._metrics.count_update(
            "ignored" if is_ignored else "done" if seconds is None else "put off"
        )
        if outcome.letters and row.update_id in self._offered:
            self._metrics.note_seconds("door", time.monotonic() - self._offered[row.update_id])
        self._presses.settle(row, None)
        if outcome.letters:
            self._delivery.wake()


def _can_be_told(row: InboxRow) -> bool:
    """Whether an update came from somebody who waits, by its look: it need not be readable."""
    number = row.chat.removeprefix("tg:")
    private = number.isdigit() and '"message"' in row.raw
    return private or (is_chat(row.chat) and '"callback_query"' in row.raw)


def _takes_guests(bot: Bot) -> bool:
    return bool(bot.bot.supports_guest_queries)


def _now() -> datetime:
    return datetime.now(UTC)
