"""An update that asks for something, answered: the conversation's reply as letters."""

from __future__ import annotations

import asyncio
import contextlib
import logging
import sqlite3
import time
from collections.abc import AsyncIterator, Callable, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Protocol

from telegram import Bot
from telegram.error import BadRequest, NetworkError, TelegramError

from bot.locales import _, speaking
from bot.store import inbox, outbox
from bot.store.chosen import count_chosen
from bot.store.inbox import InboxRow
from bot.store.outbox import Letter
from bot.store.sent import note_sent_abroad
from bot.talk.languages import find_language
from bot.talk.replies import Block, BlockKind, Incoming, IncomingFile, Reply, Role, told
from bot.talk.shown import dump_shown, versions_in
from handlers.context import DaemonThreads, StoreThread
from handlers.delivery import OLDEST_FOR_GUESTS, Delivery
from handlers.inline import Abroad
from handlers.letters import answer_letters
from handlers.metrics import Metrics
from handlers.places import other_name
from handlers.presses import Presses
from handlers.render import render_toast
from handlers.rights import RightsDesk
from handlers.updates import Asked, Chosen, Summoned

LOG = logging.getLogger(__name__)

THREADS = 8  # conversations at work at the same time; the rest wait their turn
TYPING_SECONDS = 2.0  # work that takes longer shows that it goes on
ANSWER_SECONDS = 120.0  # what takes longer has failed; its chat goes on without it
RETRY_SECONDS = 0.5
SENT_SECONDS = 5.0  # how long an edit waits for the answer that it replaces to be sent
DOWNLOAD_TRIES = 3

Settle = Callable[[sqlite3.Connection], None]


class Talk(Protocol):
    """The conversation, as far as Telegram's face knows it."""

    def handle(self, incoming: Incoming) -> Reply: ...


@dataclass(frozen=True, slots=True)
class Outcome:
    """What became of an update: the letters, and what is written down with them."""

    letters: Sequence[Letter] = ()
    settle: Settle | None = None
    later_seconds: float | None = None
    """It is not finished: it has its turn after so long."""


class Answering:
    """Hands updates to the conversation, in threads of its own."""

    def __init__(
        self,
        bot: Bot,
        store: StoreThread,
        talk: Talk,
        delivery: Delivery,
        presses: Presses,
        metrics: Metrics,
        on_new_roles: Callable[[Sequence[str]], None],
    ) -> None:
        self._bot = bot
        self._store = store
        self._talk = talk
        self._delivery = delivery
        self._presses = presses
        self._metrics = metrics
        self._on_new_roles = on_new_roles
        self._rights = RightsDesk(bot)
        self._threads = DaemonThreads(THREADS, "talk")

    def close(self) -> None:
        """Begin nothing more; it never waits for what is in hand."""
        self._threads.shutdown()

    async def answer(self, row: InboxRow, work: Asked, *, in_turn: bool = False) -> Outcome:
        """The answer to a message or a press; `in_turn` where it was put off before."""
        incoming = replace(work.incoming, in_turn=in_turn)
        if work.file_id is not None:
            # Only editors may add: a reader's file is refused by its name alone.
            may = incoming.role.may(Role.EDITOR)
            data = await self._fetched(work.file_id) if may else b""
            if data is None:
                with speaking(await self.language(row.chat, incoming.language)):
                    words = _("I could not fetch that file from Telegram. Please send it again.")
                return Outcome(answer_letters(row, told(words), reply_to=work.reply_to))
            incoming = replace(incoming, file=IncomingFile(work.file_name, data))
        began = time.monotonic()
        async with asyncio.timeout(ANSWER_SECONDS), self._typing(row.chat):
            reply = await self._handled(incoming)
        self._metrics.note_seconds("answer", time.monotonic() - began)
        if reply.state is not None:
            self._metrics.count_answer(reply.state)
        if reply.is_wait and work.edited is not None:
            return Outcome(later_seconds=reply.later_seconds)  # the answer stands until its turn
        if reply.later_seconds is not None:
            key = f"wait:{row.update_id}"
            letters = answer_letters(row, reply, key=key, reply_to=work.reply_to)
            return Outcome(letters, reply.settle, reply.later_seconds)
        return Outcome(await self._written(row, work, reply), reply.settle)

    async def answer_guest(self, row: InboxRow, work: Summoned) -> Outcome:
        """The one answer in a chat that we are no member of."""
        talk = self._talk
        if not isinstance(talk, Abroad):
            return Outcome()
        async with asyncio.timeout(ANSWER_SECONDS):
            reply = await self._threads.run(lambda: talk.guest(work.incoming))
        if reply.state is not None:
            self._metrics.count_answer(reply.state)
        return Outcome(answer_letters(row, reply))

    async def note_chosen(self, work: Chosen) -> Outcome:
        """Nothing to send; what counts that a card was chosen, and keeps what its message shows,
        so that it can be put right there."""
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

        return Outcome(settle=note)

    async def came_before(self, row: InboxRow, incoming: Incoming) -> bool:
        """Whether this message of a group has come already, once to us as a member and once as a
        guest: the first is answered."""
        other, message = other_name(row.chat), incoming.message
        if other is None or message is None or incoming.button is not None:
            return False
        return await self._store.write(
            lambda c: inbox.came_before(c, other, message, row.update_id)
        )

    async def language(self, chat: str, app: str | None) -> str:
        """The code of the language for words of ours to `chat`."""
        return await self._store.write(lambda c: find_language(c, chat, app))

    # ----------------------------------------------------------------------------- pieces
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
        with speaking(await self.language(incoming.chat, incoming.language)):
            return Reply(toast=_("I cannot find out whether you may do that."))

    async def _written(self, row: InboxRow, work: Asked, reply: Reply) -> list[Letter]:
        """The letters of `reply`, each in its place; its notice goes to the press."""
        toast = render_toast(reply)
        shown = self._presses.settle(row, toast)
        if toast and not shown and not reply.blocks:
            reply = replace(reply, blocks=(Block(BlockKind.TEXT, toast),), edits=False)
        if work.edited is not None:
            return await self._corrected(row, work, reply)
        if reply.new_roles or reply.new_menus:
            self._on_new_roles((*reply.new_roles, *reply.new_menus))
        if reply.replaces is not None:
            return answer_letters(row, reply, replaces=(reply.replaces,))
        if reply.edits and work.pressed_picture and reply.picture is None:
            return answer_letters(row, reply, reply_to=work.pressed)
        if reply.edits and work.pressed is not None:
            return answer_letters(row, reply, replaces=(work.pressed,))
        return answer_letters(row, reply, reply_to=work.reply_to)

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
        with speaking(await self.language(row.chat, work.incoming.language)):
            updated = Block(BlockKind.FOOTER, _("(updated to your edit)"))
        marked = replace(reply, blocks=(updated, *reply.blocks))
        return answer_letters(row, marked, replaces=tuple(old))

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


def is_too_late(work: Summoned) -> bool:
    """Whether the talk in a guest's chat has gone on since it was asked."""
    return _now() - work.asked > OLDEST_FOR_GUESTS


def _now() -> datetime:
    return datetime.now(UTC)
