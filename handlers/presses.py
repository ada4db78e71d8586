"""The presses of buttons, each answered in time: with its reply's notice where that comes soon."""

from __future__ import annotations

import asyncio
import json
import logging

from telegram import Bot
from telegram.error import BadRequest, TelegramError

from bot.store.inbox import InboxRow
from handlers.updates import press_of

LOG = logging.getLogger(__name__)

TOAST_SECONDS = 0.4  # a press waits so long for its notice; then it is answered without one


class Presses:
    """The presses that Telegram waits for an answer to."""

    def __init__(self, bot: Bot) -> None:
        self._bot = bot
        self._toasts: dict[int, asyncio.Future[str | None]] = {}
        self._answers: set[asyncio.Task[None]] = set()

    def expect(self, row: InboxRow) -> None:
        """Answer the press that `row` brings, if it brings one, whatever its chat is busy with."""
        if '"callback_query"' not in row.raw:
            return
        try:
            query_id = press_of(json.loads(row.raw))
        except ValueError:
            return
        if query_id is None:
            return
        toast: asyncio.Future[str | None] = asyncio.get_running_loop().create_future()
        self._toasts[row.update_id] = toast
        task = asyncio.create_task(self._answer(query_id, row, toast))
        self._answers.add(task)
        task.add_done_callback(self._answers.discard)

    def settle(self, row: InboxRow, toast: str | None) -> bool:
        """Whether the press can still show `toast`."""
        waiting = self._toasts.pop(row.update_id, None)
        if waiting is None or waiting.done():
            return False
        waiting.set_result(toast)
        return True

    async def abandon(self) -> None:
        """Answer no press that is still waiting."""
        answers = list(self._answers)
        for task in answers:
            task.cancel()
        await asyncio.gather(*answers, return_exceptions=True)

    async def _answer(
        self, query_id: str, row: InboxRow, toast: asyncio.Future[str | None]
    ) -> None:
        done, _pending = await asyncio.wait({toast}, timeout=TOAST_SECONDS)
        text = toast.result() if done else None
        if not done:
            self._toasts.pop(row.update_id, None)
        try:
            await self._bot.answer_callback_query(query_id, text=text)
        except BadRequest as error:
            LOG.debug("a press came too late to be answered: %s", error)
        except TelegramError as error:
            LOG.warning("a press could not be answered: %s", error)
