"""Inline mode: what people type after our name, in any chat, answered while they type.

Each letter is a query. Of each person one is at work and one waits; a newer one takes the place
of the one that waits, which then costs nothing. The first begins at once, and the last is never
held back. None of it is written down: what a restart has lost, the next letter asks again.
"""

from __future__ import annotations

import asyncio
import json
import logging
import time
from collections.abc import Coroutine
from dataclasses import dataclass
from typing import Any, Protocol, runtime_checkable

from telegram import Bot, InlineQueryResultArticle, InlineQueryResultsButton
from telegram.constants import InlineQueryLimit
from telegram.error import BadRequest, NetworkError, RetryAfter, TelegramError

from bot.locales import _, speaking
from bot.logs import reference
from bot.store.inbox import InboxRow
from bot.talk.buttons import ASK
from bot.talk.inline import Card, InlineAsk, InlinePage
from bot.talk.replies import Button, Incoming, Reply
from handlers.context import DaemonThreads
from handlers.guests import article
from handlers.metrics import Metrics
from handlers.render import render_reply

LOG = logging.getLogger(__name__)

AT_ONCE = 2  # queries at work; more would only share the processor, and delay each other
OLDEST_SECONDS = 8.0  # Telegram takes no answer to an older query, and nobody waits for one
MOST_WAITING = 5_000  # people; beyond this many the oldest query is dropped


@runtime_checkable
class Abroad(Protocol):
    """A conversation that also answers in other people's chats."""

    def inline(self, ask: InlineAsk) -> InlinePage: ...

    def guest(self, incoming: Incoming) -> Reply: ...

    def card(self, number: str, person: str, language: str | None) -> Reply | None: ...


@dataclass(frozen=True, slots=True)
class Query:
    """One state of what a person is typing, and when it came on the monotonic clock."""

    id: str
    ask: InlineAsk
    came: float
    update: int = 0
    """The number of the update that brought it, from which the reference of a failure is made."""

    @property
    def is_late(self) -> bool:
        return time.monotonic() - self.came > OLDEST_SECONDS


def read_query(row: InboxRow) -> Query | None:
    """The inline query that an update brings; None for another update. One that cannot be read
    has no id."""
    if '"inline_query"' not in row.raw:
        return None
    raw = json.loads(row.raw).get("inline_query")
    if raw is None:
        return None
    inner = raw if isinstance(raw, dict) else {}
    sender = inner.get("from")
    sender = sender if isinstance(sender, dict) else {}
    texts = [inner.get(name) for name in ("id", "query", "offset")]
    number, words, offset = (text if isinstance(text, str) else "" for text in texts)
    language = sender.get("language_code")
    ask = InlineAsk(
        f"tg:{sender.get('id')}",
        words[: InlineQueryLimit.MAX_QUERY_LENGTH],
        offset,
        language if isinstance(language, str) else None,
    )
    return Query(number, ask, time.monotonic(), row.update_id)


def _sorry(query: Query) -> InlinePage:
    """What stands above no cards where something broke, with the number that is in the log."""
    with speaking(query.ask.language):
        words = _("Something broke (ref {reference}). Try other words")
    label = words.format(reference=reference(query.update))
    return InlinePage(button=Button(label, start=ASK), keep_seconds=0)


class InlineDesk:
    """Answers inline queries, the newest of each person."""

    def __init__(self, bot: Bot, talk: Abroad | None, metrics: Metrics) -> None:
        """Without `talk`, queries are dropped."""
        self._bot = bot
        self._talk = talk
        self._metrics = metrics
        self._threads = DaemonThreads(AT_ONCE, "inline")
        self._waiting: dict[str, Query] = {}
        """The newest query of each person who waits, in the order in which they began to."""
        self._newest: dict[str, str] = {}
        """The id of the newest query of each person who waits or is served."""
        self._at_work: set[str] = set()
        self._tasks: set[asyncio.Task[None]] = set()

    def take(self, row: InboxRow) -> bool:
        """Whether the update is an inline query: then it is ours, and goes no further."""
        query = read_query(row)
        if query is None:
            return False
        if self._talk is None or not query.id:
            return True
        person = query.ask.person
        self._metrics.count_inline("asked")
        if person in self._waiting:
            self._metrics.count_inline("superseded")
        elif len(self._waiting) >= MOST_WAITING:
            self._drop(next(iter(self._waiting)))
        self._waiting[person] = query  # keeps the place of the one that it supersedes
        self._newest[person] = query.id
        self._start()
        return True

    async def finish(self) -> None:
        """End at once: nobody is told less than they will be by their next letter."""
        self._waiting.clear()
        self._threads.shutdown()
        for task in list(self._tasks):
            task.cancel()
        await asyncio.gather(*self._tasks, return_exceptions=True)

    # ---------------------------------------------------------------------------- work
    def _start(self) -> None:
        """Begin with those who have waited longest, as far as there is room."""
        while len(self._at_work) < AT_ONCE:
            person = next((p for p in self._waiting if p not in self._at_work), None)
            if person is None:
                return
            query = self._waiting.pop(person)
            if query.is_late:
                self._forget(query, "late")
                continue
            self._at_work.add(person)
            self._spawn(self._serve(query))

    def _spawn(self, work: Coroutine[Any, Any, None]) -> None:
        task = asyncio.create_task(work)
        self._tasks.add(task)
        task.add_done_callback(self._tasks.discard)

    async def _serve(self, query: Query) -> None:
        talk = self._talk
        assert talk is not None
        try:
            page = await self._threads.run(lambda: talk.inline(query.ask))
        except Exception as error:
            LOG.warning("an inline query failed (ref %s)", reference(query.update), exc_info=error)
            page = _sorry(query)
        finally:
            self._at_work.discard(query.ask.person)
            self._start()
        if self._newest.get(query.ask.person) != query.id:
            self._metrics.count_inline("overtaken")  # a newer one came while this was at work
            return
        await self._answer(query, page)

    async def _answer(self, query: Query, page: InlinePage) -> None:
        outcome = "late"
        if not query.is_late:
            self._metrics.note_seconds("inline", time.monotonic() - query.came)
            outcome = await self._sent(query, page)
        self._forget(query, outcome)

    async def _sent(self, query: Query, page: InlinePage) -> str:
        """What became of the answer; another try where it cannot have been taken."""
        results = [self._result(card) for card in page.cards]
        button = page.button
        for _try in range(2):
            try:
                await self._bot.answer_inline_query(
                    query.id,
                    results,
                    cache_time=page.keep_seconds,
                    is_personal=True,  # words of ours are in the person's language
                    next_offset=page.next_offset,
                    button=InlineQueryResultsButton(button.label, start_parameter=button.start)
                    if button is not None
                    else None,
                )
            except RetryAfter:
                return "refused"  # the next letter asks again
            except BadRequest as error:
                LOG.debug("an inline answer was refused: %s", error)
                return "late" if "query is too old" in error.message.lower() else "refused"
            except NetworkError:
                if self._newest.get(query.ask.person) != query.id or query.is_late:
                    break
            except TelegramError as error:
                LOG.warning("an inline query could not be answered: %s", error)
                break
            else:
                return "answered"
        return "failed"

    def _result(self, card: Card) -> InlineQueryResultArticle:
        message = render_reply(card.reply)[0]
        return article(self._bot, card.id, card.title, card.description, message.payload())

    def _drop(self, person: str) -> None:
        self._forget(self._waiting.pop(person), "late")

    def _forget(self, query: Query, outcome: str) -> None:
        self._metrics.count_inline(outcome)
        if self._newest.get(query.ask.person) == query.id:
            del self._newest[query.ask.person]
