"""The outbox's sender: in order within a chat, chats in parallel, each fault by its own rule.

A send is at least once. The letter is marked before the call and after it, so only a letter in
flight while the program dies or the connection breaks can arrive twice; edits cannot.
"""

from __future__ import annotations

import asyncio
import logging
import math
import sqlite3
import time
from bisect import insort
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from functools import partial

from telegram import Bot
from telegram.constants import ChatAction
from telegram.error import (
    BadRequest,
    ChatMigrated,
    Forbidden,
    NetworkError,
    RetryAfter,
    TelegramError,
)

from bot.errors import StoreError
from bot.locales import speaking
from bot.store import corrections, outbox, sent, settings
from bot.store.outbox import Lane, Letter, OutboxRow
from bot.talk.languages import find_language
from bot.talk.shown import SHOWN, versions_in
from handlers.calls import call
from handlers.context import StoreThread
from handlers.errors import retry_seconds, surely_not_sent
from handlers.metrics import Metrics
from handlers.notices import Owner
from handlers.photos import Easel
from handlers.places import GUEST, is_chat, is_reachable, pace_of, target_of
from handlers.rates import MINUTE_SECONDS, Rates

LOG = logging.getLogger(__name__)

RELOAD_SECONDS = 2.0  # letters of other processes are seen this fast
STEP_SECONDS = 0.05
MOST_IN_FLIGHT = 60
FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 20.0  # between tries while Telegram cannot be reached
LONGEST_HOLD_SECONDS = 3_600.0  # of a letter of an earlier run; if it is too early, it waits anew
MOST_UNSURE_TRIES = 6  # a letter that may have arrived is not sent more often than this
OLDEST = timedelta(hours=24)  # an answer later than this helps nobody
OLDEST_FOR_GUESTS = timedelta(minutes=10)  # where others talk on, the matter has passed by then


@dataclass(order=True, slots=True)
class _Waiting:
    """A letter in memory; letters of a chat go by lane, then in the order of writing."""

    lane: int
    id: int
    row: OutboxRow = field(compare=False)
    not_before: float = field(default=0.0, compare=False)
    tries: int = field(default=0, compare=False)


class Delivery:
    """Sends what the outbox holds until it is cancelled."""

    def __init__(
        self,
        bot: Bot,
        store: StoreThread,
        rates: Rates | None = None,
        *,
        admins: Sequence[int] = (),
        metrics: Metrics | None = None,
        easel: Easel | None = None,
    ) -> None:
        """The first of `admins` is told where somebody cannot be reached. Without an `easel`
        pictures go out as their words alone."""
        self._bot = bot
        self._easel = easel
        self._owner = Owner(admins)
        self._store = store
        self._rates = rates or Rates()
        self._metrics = metrics or Metrics()
        self._queues: dict[str, list[_Waiting]] = {}
        self._busy: set[str] = set()
        self._sends: set[asyncio.Task[None]] = set()
        self._loaded = 0
        self._woken = asyncio.Event()
        self._out_of_reach = False

    def wake(self) -> None:
        """Look into the outbox now: something new is there."""
        self._woken.set()

    async def run(self) -> None:
        """Send letters as they come due."""
        await self._recall()
        while True:
            self._woken.clear()
            await self._load()
            wait = self._start_ready()
            try:
                async with asyncio.timeout(min(wait, RELOAD_SECONDS)):
                    await self._woken.wait()
            except TimeoutError:
                pass

    async def finish(self, seconds: float) -> None:
        """Wait until all that may be sent within `seconds` is sent; `run` must be running."""
        ends = time.monotonic() + seconds
        self.wake()
        for _ in range(int(seconds / STEP_SECONDS)):
            await asyncio.sleep(STEP_SECONDS)
            if not self._sends and time.monotonic() + self._ready_in() > ends:
                return

    async def abandon(self) -> None:
        """Break off the sends in flight; the next run takes them up."""
        for task in list(self._sends):
            task.cancel()
        await asyncio.gather(*self._sends, return_exceptions=True)

    async def show_typing(self, chat: str) -> None:
        """Show that we are at work, if a message may go out now; failing does not matter."""
        chat_id, topic = target_of(chat)
        now = time.monotonic()
        if self._rates.wait_seconds(chat_id, now) > 0:
            return
        self._rates.note(chat_id, now)
        try:
            await self._bot.send_chat_action(chat_id, ChatAction.TYPING, message_thread_id=topic)
        except TelegramError as error:
            LOG.debug("typing not shown: %s", type(error).__name__)

    # ------------------------------------------------------------------------- queueing
    async def _recall(self) -> None:
        """Count what an earlier run has sent just now: Telegram knows of no new start."""
        now, clock = _now(), time.monotonic()
        minute = timedelta(seconds=MINUTE_SECONDS)
        try:
            recent = await self._store.write(
                lambda c: outbox.find_recent(c, now - minute, now + minute)
            )
        except StoreError as error:
            LOG.error("The outbox cannot be read: %s", error)
            return
        for chat, at in recent:
            if is_reachable(chat):
                ago = (now - at).total_seconds() if at is not None else 0.0
                self._rates.note(pace_of(chat), clock - max(ago, 0.0))

    async def _load(self) -> None:
        after = self._loaded
        try:
            rows = await self._store.write(lambda c: outbox.find_due(c, after=after))
        except StoreError as error:
            LOG.error("The outbox cannot be read: %s", error)
            return
        for row in rows:
            self._loaded = max(self._loaded, row.id)
            if not is_reachable(row.letter.chat):
                LOG.error("letter %s goes to no chat of Telegram's", row.letter.key)
                continue
            waiting = _Waiting(int(row.letter.lane), row.id, row, tries=row.tries)
            if row.not_before is not None:
                late = (row.not_before - datetime.now(UTC)).total_seconds()
                # A clock that was set back since must not hold it for ever.
                waiting.not_before = time.monotonic() + min(max(late, 0.0), LONGEST_HOLD_SECONDS)
            insort(self._queues.setdefault(row.letter.chat, []), waiting)

    def _heads(self) -> list[_Waiting]:
        heads = [queue[0] for chat, queue in self._queues.items() if chat not in self._busy]
        return sorted(heads)

    def _wait_for(self, head: _Waiting, now: float) -> float:
        pace = pace_of(head.row.letter.chat)
        return max(self._rates.wait_seconds(pace, now), head.not_before - now)

    def _ready_in(self) -> float:
        now = time.monotonic()
        waits = [max(self._wait_for(head, now), 0.0) for head in self._heads()]
        return min(waits, default=math.inf)

    def _start_ready(self) -> float:
        """Start every send that may go now; seconds until the next one could."""
        shortest = RELOAD_SECONDS
        for head in self._heads():
            now = time.monotonic()
            wait = self._wait_for(head, now)
            if wait > 0:
                shortest = min(shortest, wait)
                continue
            if len(self._sends) >= MOST_IN_FLIGHT:
                break  # a send that ends wakes us
            chat = head.row.letter.chat
            self._rates.note(pace_of(chat), now)
            self._busy.add(chat)
            task = asyncio.create_task(self._send(chat, head))
            self._sends.add(task)
            task.add_done_callback(self._sends.discard)
        return shortest

    # -------------------------------------------------------------------------- sending
    async def _send(self, chat: str, head: _Waiting) -> None:
        try:
            if await self._store.write(lambda c: outbox.mark_sending(c, head.id)):
                head.tries += 1
                await self._try(chat, head)
            else:
                self._drop(chat, head)  # withdrawn meanwhile
        except StoreError as error:
            LOG.error("The outbox cannot be written: %s", error)
            head.not_before = time.monotonic() + FIRST_WAIT_SECONDS
        finally:
            self._busy.discard(chat)
            self._woken.set()

    async def _try(self, chat: str, head: _Waiting) -> None:
        letter = head.row.letter
        try:
            sent_as = await self._called(letter)
        except RetryAfter as error:
            seconds = retry_seconds(error) + 0.5
            LOG.warning("Telegram asks for a pause of %.0f s in one chat", seconds)
            self._rates.hold(pace_of(chat), time.monotonic() + seconds)
            await self._put_back(head, seconds, error)
        except ChatMigrated as error:
            await self.move(chat, f"tg:{error.new_chat_id}")
        except Forbidden as error:
            LOG.info("a chat can no longer be written to: %s", error)
            await self._give_up(chat, head, error)
            if is_chat(chat):  # a guest's chat may bear the number of one of ours
                await self.close_chat(f"tg:{target_of(chat)[0]}")
        except BadRequest as error:
            LOG.warning("letter %s was refused: %s", letter.key, error)
            await self._give_up(chat, head, error)
            if is_chat(chat):
                refusal = partial(self._owner.hears_of_refusal, chat, error, letter.key)
                await self._tell(refusal)
        except NetworkError as error:
            await self._unreached(chat, head, error)
        except TelegramError as error:  # an answer that is no JSON, or a refused token
            await self._unreached(chat, head, error)
        except Exception as error:
            LOG.exception("letter %s cannot be sent", letter.key)
            await self._give_up(chat, head, error)
        else:
            if self._out_of_reach:
                self._out_of_reach = False
                LOG.info("Telegram takes messages again")
            await self._done(chat, head, lambda c: _note_sent(c, head, sent_as))

    async def _called(self, letter: Letter) -> int | str | None:
        """`call`, counted and timed."""
        drawn = None
        if self._easel is not None:
            urgent = letter.lane is Lane.PERSON
            drawn = await self._easel.draw(letter.payload, urgent=urgent)
        began = time.monotonic()
        pace = pace_of(letter.chat)

        async def turn() -> None:
            nonlocal began
            await asyncio.sleep(self._rates.call(pace, time.monotonic()))
            began = time.monotonic()

        try:
            return await call(self._bot, letter.chat, letter.method, letter.payload, drawn, turn)
        except TelegramError as error:
            self._metrics.count_fault(type(error).__name__)
            raise
        finally:
            self._metrics.note_seconds("send", time.monotonic() - began)

    async def _unreached(self, chat: str, head: _Waiting, error: TelegramError) -> None:
        """Put the letter back for later, or give it up when it is too old or tried too often."""
        letter = head.row.letter
        unsure = not (surely_not_sent(error) or letter.method.startswith("edit"))
        too_often = unsure and _may_have_arrived(error) and head.tries >= MOST_UNSURE_TRIES
        oldest = OLDEST_FOR_GUESTS if letter.method == GUEST else OLDEST
        if too_often or _now() - head.row.created > oldest:
            LOG.error("letter %s is given up: %s", letter.key, error)
            await self._give_up(chat, head, error)
            await self._store.write(lambda c: settings.count_as_untold(c, letter.key, _now()))
            return
        if not self._out_of_reach:
            self._out_of_reach = True
            LOG.warning("Telegram cannot be reached; messages wait (%s)", error)
        wait = min(FIRST_WAIT_SECONDS * 2 ** min(head.tries - 1, 10), LONGEST_WAIT_SECONDS)
        await self._put_back(head, wait, error, unsure=unsure)

    async def _put_back(
        self, head: _Waiting, seconds: float, error: Exception, *, unsure: bool = False
    ) -> None:
        head.not_before = time.monotonic() + seconds
        when = _now() + timedelta(seconds=seconds)
        fault = _named(error)
        await self._store.write(
            lambda c: outbox.mark_due(c, head.id, not_before=when, fault=fault, unsure=unsure)
        )

    async def _give_up(self, chat: str, head: _Waiting, error: Exception) -> None:
        fault = _named(error)
        await self._done(chat, head, lambda c: outbox.mark_failed(c, head.id, fault, _now()))

    async def _done(
        self, chat: str, head: _Waiting, mark: Callable[[sqlite3.Connection], None]
    ) -> None:
        """The letter leaves memory whatever happens: a store that fails must not send it twice
        in one life of the program."""
        self._drop(chat, head)
        await self._store.write(mark)

    def _drop(self, chat: str, head: _Waiting) -> None:
        queue = self._queues.get(chat, [])
        if head in queue:
            queue.remove(head)
        if not queue:
            self._queues.pop(chat, None)

    # ---------------------------------------------------------------------------- chats
    async def close_chat(self, chat: str) -> None:
        """Give up what waits for `chat` and its topics: nobody there can be written to."""

        def close(connection: sqlite3.Connection) -> list[int]:
            settings.suspend(connection, chat, _now())
            return outbox.close_chat(connection, chat, "the chat is closed to us", _now())

        dropped = set(await self._store.write(close))
        await self._tell(partial(self._owner.hears_of_block, chat))
        for name in list(self._queues):
            left = [waiting for waiting in self._queues[name] if waiting.id not in dropped]
            if left:
                self._queues[name] = left
            else:
                del self._queues[name]

    async def _tell(self, notices: Callable[[], list[Letter]]) -> None:
        """Send the owner these notices, in the language of the owner's chat."""
        owner = self._owner.chat
        if owner is None:
            return

        def put(connection: sqlite3.Connection) -> bool:
            with speaking(find_language(connection, owner)):
                letters = notices()
            outbox.put_letters(connection, letters, _now())
            return bool(letters)

        if await self._store.write(put):
            self._woken.set()

    async def move(self, old: str, new: str) -> None:
        """Send what waits for the group `old` (or one of its topics) to `new`; idempotent."""
        whole_old = f"tg:{target_of(old)[0]}"
        await self._store.write(lambda c: outbox.move_chat(c, whole_old, new))
        for name in list(self._queues):
            if name != whole_old and not name.startswith(whole_old + ":"):
                continue
            target = new + name.removeprefix(whole_old)
            queue = self._queues.setdefault(target, [])
            for waiting in self._queues.pop(name):
                letter = replace(waiting.row.letter, chat=target)
                waiting.row = replace(waiting.row, letter=letter)
                insort(queue, waiting)


def _note_sent(connection: sqlite3.Connection, head: _Waiting, sent_as: int | str | None) -> None:
    """The letter is sent; with it is kept what stands in its message now, if it quotes."""
    now, letter = _now(), head.row.letter
    if isinstance(sent_as, str):
        outbox.mark_sent(connection, head.id, None, now)
        shown = letter.payload.get(SHOWN)
        versions = versions_in(shown) if shown is not None else ()
        sent.note_sent_abroad(connection, sent_as, shown, versions, now)
        return
    message_id = sent_as
    outbox.mark_sent(connection, head.id, message_id, now)
    before = letter.payload.get("message_id")
    if before is not None and before != message_id:
        sent.drop_sent(connection, letter.chat, before)
    if message_id is not None:
        shown = letter.payload.get(SHOWN)
        versions = versions_in(shown) if shown is not None else ()
        sent.note_sent(connection, letter.chat, message_id, shown, versions, now)
        if versions and letter.method == "send":
            corrections.note_late(connection, versions, head.row.created, now)


def _may_have_arrived(error: TelegramError) -> bool:
    """Whether the connection broke after the request had begun to go out; a gateway's error page
    ("502") comes before Telegram has taken anything."""
    return error.__cause__ is not None or not isinstance(error, NetworkError)


def _named(error: Exception) -> str:
    return f"{type(error).__name__}: {error}"[:300]


def _now() -> datetime:
    return datetime.now(UTC)
