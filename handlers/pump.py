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
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime
from typing import Protocol

from telegram import Bot
from telegram.error import BadRequest, NetworkError, TelegramError

from bot.errors import StoreError, StoreUnavailableError
from bot.locales import _, speaking
from bot.logs import reference
from bot.store import inbox, outbox, settings
from bot.store.chosen import count_chosen
from bot.store.inbox import Abilities, InboxRow
from bot.store.outbox import Letter
from bot.store.sent import note_sent_abroad
from bot.talk.languages import find_language
from bot.talk.replies import Block, BlockKind, Incoming, IncomingFile, Reply, Role
from bot.talk.shown import dump_shown, versions_in
from handlers.alarm import Alarm
from handlers.context import DaemonThreads, StoreThread
from handlers.delivery import OLDEST_FOR_GUESTS, Delivery
from handlers.errors import sorry
from handlers.guests import guest_letters, guest_query_of
from handlers.inline import Abroad
from handlers.metrics import Metrics
from handlers.notices import letters_of
from handlers.places import GUEST, is_chat, other_name
from handlers.render import Message, render_reply, render_toast
from handlers.rights import RightsDesk
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
    press_of,
)

LOG = logging.getLogger(__name__)

THREADS = 8  # conversations at work at the same time; the rest wait their turn
TOAST_SECONDS = 0.4  # a press waits so long for its notice; then it is answered without one
TYPING_SECONDS = 2.0  # work that takes longer shows that it goes on
ANSWER_SECONDS = 120.0  # what takes longer has failed; its chat goes on without it
RETRY_SECONDS = 0.5
STORE_RETRY_SECONDS = 2.0
UNDO_SECONDS = 0.5  # how long a stop waits for the store beyond the work in hand
SENT_SECONDS = 5.0  # how long an edit waits for the answer that it replaces to be sent
DOWNLOAD_TRIES = 3
ENDED_US = "The program ended each time while it worked on this."


class Talk(Protocol):
    """The conversation, as far as the pump knows it."""

    def handle(self, incoming: Incoming) -> Reply: ...


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
        self._on_new_roles = on_new_roles
        self._bot = bot
        self._metrics = metrics or Metrics()
        self._store = store
        self._talk = talk
        self._reader = reader
        self._delivery = delivery
        self._threads = DaemonThreads(THREADS, "talk")
        self._queues: dict[str, deque[InboxRow]] = {}
        self._workers: dict[str, asyncio.Task[None]] = {}
        self._toasts: dict[str, asyncio.Future[str | None]] = {}
        self._answers: set[asyncio.Task[None]] = set()
        self._row_done = asyncio.Event()
        self._begun: set[int] = set()
        """Updates at work: their try is counted already."""
        self._offered: dict[int, float] = {}
        """When each update came to us, on the monotonic clock."""
        self._stopped = False
        self._rights = RightsDesk(bot)
        self._settles: dict[int, Callable[[sqlite3.Connection], None]] = {}
        """What is written down with the answers that are about to be filed."""
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
            self._expect_toast(row)
            self._offered[row.update_id] = time.monotonic()
            self._queues.setdefault(row.chat, deque()).append(row)
            if row.chat not in self._workers:
                task = asyncio.create_task(self._work(row.chat))
                self._workers[row.chat] = task

    async def finish(self, seconds: float) -> None:
        """Wait at most so long for the work in hand; what is left waits in the inbox."""
        if self._workers:
            await asyncio.wait(self._workers.values(), timeout=seconds)
        for task in (*self._workers.values(), *self._answers):
            task.cancel()
        await asyncio.gather(*self._workers.values(), *self._answers, return_exceptions=True)
        self._threads.shutdown()
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
                self._asked.discard(queue.popleft().update_id)
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
        await self._note_fault(row, ENDED_US)
        return False

    async def _note_fault(self, row: InboxRow, fault: str) -> bool:
        """Whether there is another try; else the person is told, in the same transaction."""
        waits = row.update_id in self._asked or _can_be_told(row)

        def note(connection: sqlite3.Connection) -> bool:
            if inbox.note_fault(connection, row.update_id, fault, _now()):
                return True
            if waits and inbox.is_set_aside(connection, row.update_id):
                with speaking(find_language(connection, row.chat)):
                    words = _told(sorry(row.update_id))
                letters = self._letters(row, words, key=f"sorry:{row.update_id}")
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
                self._settle_toast(row, None)
                self._delivery.wake()
            return again

    async def _attempt(self, row: InboxRow) -> None:
        raw = json.loads(row.raw)
        work = self._reader.read(raw)
        letters: list[Letter] = []
        match work:
            case Ignored():
                pass
            case Said():
                with speaking(await self._language(row.chat, work.language)):
                    words = _(work.text)
                letters = self._letters(row, _told(words), reply_to=work.reply_to)
            case Moved():
                await self._delivery.move(work.old, work.new)
            case Closed():
                await self._delivery.close_chat(work.chat)
            case Opened():
                await self._store.write(lambda c: settings.restore(c, work.chat))
            case Asked() | Summoned() if await self._came_before(row, work.incoming):
                pass
            case Asked():
                self._asked.add(row.update_id)
                letters = await self._answer(row, work)
            case Summoned():
                letters = await self._answer_guest(row, work)
            case Chosen():
                self._metrics.count_inline("chosen")
                self._settles[row.update_id] = await self._noted(work)
        settle = self._settles.pop(row.update_id, None)

        def finish(connection: sqlite3.Connection) -> None:
            if inbox.mark_done(connection, row.update_id, _now()):
                outbox.put_letters(connection, letters, _now())
                if settle is not None:
                    settle(connection)

        await self._store.write(finish)
        self._metrics.count_update("ignored" if isinstance(work, Ignored) else "done")
        if letters and row.update_id in self._offered:
            self._metrics.note_seconds("door", time.monotonic() - self._offered[row.update_id])
        self._settle_toast(row, None)
        if letters:
            self._delivery.wake()

    # ----------------------------------------------------------------------- one answer
    async def _answer(self, row: InboxRow, work: Asked) -> list[Letter]:
        incoming = work.incoming
        if work.file_id is not None:
            # Only editors may add: a reader's file is refused by its name alone.
            may = incoming.role.may(Role.EDITOR)
            data = await self._fetched(work.file_id) if may else b""
            if data is None:
                with speaking(await self._language(row.chat, incoming.language)):
                    words = _("I could not fetch that file from Telegram. Please send it again.")
                return self._letters(row, _told(words), reply_to=work.reply_to)
            incoming = replace(incoming, file=IncomingFile(work.file_name, data))
        began = time.monotonic()
        async with asyncio.timeout(ANSWER_SECONDS), self._typing(row.chat):
            reply = await self._handled(incoming)
        self._metrics.note_seconds("answer", time.monotonic() - began)
        if reply.state is not None:
            self._metrics.count_answer(reply.state)
        if reply.settle is not None:
            self._settles[row.update_id] = reply.settle
        toast = render_toast(reply)
        shown = self._settle_toast(row, toast)
        if toast and not shown and not reply.blocks:
            reply = replace(reply, blocks=(Block(BlockKind.TEXT, toast),), edits=False)
        if work.edited is not None:
            return await self._corrected(row, work, reply)
        if reply.new_roles or reply.new_menus:
            self._on_new_roles((*reply.new_roles, *reply.new_menus))
        if reply.replaces is not None:
            return self._letters(row, reply, replaces=(reply.replaces,))
        if reply.edits and work.pressed_picture and reply.picture is None:
            return self._letters(row, reply, reply_to=work.pressed)
        if reply.edits and work.pressed is not None:
            return self._letters(row, reply, replaces=(work.pressed,))
        return self._letters(row, reply, reply_to=work.reply_to)

    async def _came_before(self, row: InboxRow, incoming: Incoming) -> bool:
        """Whether this message of a group has come already, once to us as a member and once as a
        guest: the first is answered."""
        other, message = other_name(row.chat), incoming.message
        if other is None or message is None or incoming.button is not None:
            return False
        return await self._store.write(
            lambda c: inbox.came_before(c, other, message, row.update_id)
        )

    async def _answer_guest(self, row: InboxRow, work: Summoned) -> list[Letter]:
        talk = self._talk
        if not isinstance(talk, Abroad) or _now() - work.asked > OLDEST_FOR_GUESTS:
            return []
        self._asked.add(row.update_id)
        async with asyncio.timeout(ANSWER_SECONDS):
            reply = await self._threads.run(lambda: talk.guest(work.incoming))
        if reply.state is not None:
            self._metrics.count_answer(reply.state)
        return self._letters(row, reply)

    async def _noted(self, work: Chosen) -> Callable[[sqlite3.Connection], None]:
        """What counts that a card was chosen, and keeps what its message shows, so that it can be
        put right there."""
        talk, message = self._talk, work.message
        reply: Reply | None = None
        if message is not None and isinstance(talk, Abroad):
            reply = await self._threads.run(
                lambda: talk.card(work.card, work.person, work.language)
            )

        def note(connection: sqlite3.Connection) -> None:
            count_chosen(connection, _now().date())
            if message is not None and reply is not None:
                shown = dump_shown(reply.blocks, reply.buttons)
                note_sent_abroad(connection, message, shown, versions_in(shown), _now())

        return note

    async def _handled(self, incoming: Incoming) -> Reply:
        """What the conversation says, once it knows the rights that it asks for."""
        reply = await self._threads.run(lambda: self._talk.handle(incoming))
        if reply.asks_rights is None:
            return reply
        rights = await self._rights.find(reply.asks_rights, incoming)
        known = replace(incoming, rights=rights)
        reply = await self._threads.run(lambda: self._talk.handle(known))
        if reply.asks_rights is None:
            return reply
        with speaking(await self._language(incoming.chat, incoming.language)):
            return Reply(toast=_("I cannot find out whether you may do that."))

    async def _language(self, chat: str, app: str | None) -> str:
        """The code of the language for words of ours to `chat`."""
        return await self._store.write(lambda c: find_language(c, chat, app))

    async def _corrected(self, row: InboxRow, work: Asked, reply: Reply) -> list[Letter]:
        """The letters that put `reply` in the place of the answer to the unedited question."""
        edited = work.edited
        assert edited is not None
        if not reply.blocks:
            return []  # there is nothing to say: the answer before the edit stays
        before = await self._store.write(lambda c: inbox.find_message(c, row.chat, edited))
        if before is None:
            return []  # never answered, or long ago
        old: list[int] = []
        for _try in range(int(SENT_SECONDS / RETRY_SECONDS)):
            old = await self._store.write(lambda c: outbox.find_sent(c, f"update:{before}"))
            if old:
                break
            await asyncio.sleep(RETRY_SECONDS)
        if not old:
            return []
        with speaking(await self._language(row.chat, work.incoming.language)):
            updated = Block(BlockKind.FOOTER, _("(updated to your edit)"))
        marked = replace(reply, blocks=(updated, *reply.blocks))
        return self._letters(row, marked, replaces=tuple(old))

    def _letters(
        self,
        row: InboxRow,
        reply: Reply,
        *,
        key: str = "",
        reply_to: int | None = None,
        replaces: tuple[int, ...] = (),
    ) -> list[Letter]:
        """The reply as letters; the first ones take the place of the messages in `replaces`."""
        key = key or f"update:{row.update_id}"
        messages: list[Message] = render_reply(reply)
        if row.chat.startswith(f"{GUEST}:"):
            return guest_letters(key, row.chat, guest_query_of(json.loads(row.raw)), messages)
        letters: list[Letter] = []
        for number, message in enumerate(messages):
            payload = message.payload()
            method = "send"
            if number < len(replaces):
                method = "edit"
                payload["message_id"] = replaces[number]
            elif number == 0 and reply_to is not None:
                payload["reply_to"] = reply_to
            name = f"{key}/{number + 1}" if number else key
            letters.append(Letter(name, row.chat, method, payload))
        for number in range(len(messages), len(replaces)) if messages else ():
            gone = {"message_id": replaces[number]}
            letters.append(Letter(f"{key}/{number + 1}", row.chat, "delete", gone))
        return [*letters, *letters_of(reply.notices)]

    async def _fetched(self, file_id: str) -> bytes | None:
        for number in range(DOWNLOAD_TRIES):
            try:
                file = await self._bot.get_file(file_id)
                return bytes(await file.download_as_bytearray())
            except BadRequest as error:
                LOG.warning("a file cannot be fetched: %s", error)
                return None
            except NetworkError as error:
                LOG.warning("a file could not be fetched: %s", error)
                await asyncio.sleep(RETRY_SECONDS * 2**number)
            except TelegramError as error:
                LOG.warning("a file could not be fetched: %s", error)
                return None
        return None

    @contextlib.asynccontextmanager
    async def _typing(self, chat: str) -> AsyncIterator[None]:
        async def later() -> None:
            await asyncio.sleep(TYPING_SECONDS)
            await self._delivery.show_typing(chat)

        task = asyncio.create_task(later())
        try:
            yield
        finally:
            task.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await task

    # --------------------------------------------------------------------------- presses
    def _expect_toast(self, row: InboxRow) -> None:
        """Answer the press of a button at once, whatever else its chat is busy with."""
        if '"callback_query"' not in row.raw:
            return
        try:
            query_id = press_of(json.loads(row.raw))
        except ValueError:
            return
        if query_id is None:
            return
        toast: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self._toasts[str(row.update_id)] = toast
        task = asyncio.create_task(self._answer_press(query_id, row, toast))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    def _settle_toast(self, row: InboxRow, toast: str | None) -> bool:
        """Whether the press can still show `toast`."""
        waiting = self._toasts.pop(str(row.update_id), None)
        if waiting is None or waiting.done():
            return False
        waiting.set_result(toast)
        return True

    async def _answer_press(
        self, query_id: str, row: InboxRow, toast: asyncio.Future[str | None]
    ) -> None:
        done, _pending = await asyncio.wait({toast}, timeout=TOAST_SECONDS)
        text = toast.result() if done else None
        if not done:
            self._toasts.pop(str(row.update_id), None)
        try:
            await self._bot.answer_callback_query(query_id, text=text)
        except BadRequest as error:
            LOG.debug("a press came too late to be answered: %s", error)
        except TelegramError as error:
            LOG.warning("a press could not be answered: %s", error)


def _told(text: str) -> Reply:
    return Reply((Block(BlockKind.TEXT, text),))


def _can_be_told(row: InboxRow) -> bool:
    """Whether an update came from somebody who waits, by its look: it need not be readable."""
    number = row.chat.removeprefix("tg:")
    private = number.isdigit() and '"message"' in row.raw
    return private or (is_chat(row.chat) and '"callback_query"' in row.raw)


def _takes_guests(bot: Bot) -> bool:
    return bool(bot.bot.supports_guest_queries)


def _now() -> datetime:
    return datetime.now(UTC)
