"""Fetching updates: each is in the inbox before Telegram is told that we have it."""

from __future__ import annotations

import asyncio
import json
import logging
import time
from typing import Any
from urllib.parse import urlencode

from telegram import Bot
from telegram.error import Conflict, InvalidToken, NetworkError, RetryAfter, TelegramError
from telegram.request import BaseRequest

from bot.errors import StoreError
from bot.locales import N_
from handlers.alarm import Alarm
from handlers.arrivals import Arrivals, row_of
from handlers.errors import TokenRefusedError, retry_seconds
from handlers.metrics import Metrics
from handlers.updates import ALLOWED_UPDATES

LOG = logging.getLogger(__name__)

POLL_SECONDS = 30  # how long Telegram holds a poll open when there is nothing
ANSWER_SECONDS = 15.0  # how long its answer may take beyond that
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 30.0
CONFLICT_WAIT_SECONDS = 10.0
TWO_POLLERS = N_(
    "Another program fetches messages with my token, so some of them never reach me. Stop it, or "
    "get a new token from @BotFather."
)


class Polling:
    """The polling loop. It lives through every failure but a refused token."""

    def __init__(
        self,
        bot: Bot,
        request: BaseRequest,
        url: str,
        arrivals: Arrivals,
        alarm: Alarm | None = None,
        metrics: Metrics | None = None,
    ) -> None:
        """`request` is for polling alone, so that sends never stand in its way; `alarm` tells the
        owner of a second poller."""
        self._alarm = alarm
        self._metrics = metrics or Metrics()
        self._bot = bot
        self._url = url
        self._arrivals = arrivals
        self._request = request
        self._offset = 0
        self._failures = 0
        self._heard: float | None = None
        """When Telegram answered a poll last; None while silence means nothing."""

    @property
    def silent_seconds(self) -> float:
        """For how long no poll has been answered, though one should have been."""
        return 0.0 if self._heard is None else time.monotonic() - self._heard

    async def run(self) -> None:
        """Fetch until cancelled. Raises TokenRefusedError."""
        self._heard = time.monotonic()
        while True:
            wait = await self._round()
            await asyncio.sleep(wait)

    async def _round(self) -> float:
        """One poll; how long to wait before the next."""
        try:
            batch = await self._counted_fetch()
        except InvalidToken:
            raise TokenRefusedError from None
        except Conflict as error:
            self._heard = time.monotonic()
            return await self._settle_conflict(error)
        except RetryAfter as error:
            wait = retry_seconds(error)
            self._heard = time.monotonic() + wait
            return wait
        except (TelegramError, TimeoutError) as error:
            return self._unreached(error)
        if self._failures:
            LOG.info("Telegram answers again")
        self._failures = 0
        self._heard = time.monotonic()
        try:
            await self._keep(batch)
            await self._arrivals.note_contact()
        except StoreError as error:
            LOG.error("Updates cannot be stored and stay with Telegram: %s", error)
            return LONGEST_WAIT_SECONDS / 10
        if self._arrivals.is_full:
            self._heard = None
            await self._arrivals.has_room()
            self._heard = time.monotonic()
        return 0.0

    async def _counted_fetch(self) -> list[Any]:
        try:
            return await self._fetch()
        except (TelegramError, TimeoutError) as error:
            self._metrics.count_fault(type(error).__name__)
            raise

    async def _fetch(self) -> list[Any]:
        """The updates as they came. One that the library cannot read must not stop the others,
        so they are not parsed here."""
        parameters = {
            "timeout": POLL_SECONDS,
            "allowed_updates": json.dumps(ALLOWED_UPDATES),
        }
        if self._offset:
            parameters["offset"] = self._offset
        patience = POLL_SECONDS + ANSWER_SECONDS
        async with asyncio.timeout(patience + ANSWER_SECONDS):  # whatever the library does
            result: Any = await self._request.post(
                f"{self._url}/getUpdates?{urlencode(parameters)}", read_timeout=patience
            )
        if not isinstance(result, list):
            raise NetworkError("an answer without a list of updates")
        return result

    async def _keep(self, batch: list[Any]) -> None:
        rows = [row for row in map(row_of, batch) if row is not None]
        await self._arrivals.keep(rows)
        # An empty answer confirms all before it. Ids begin anew after a quiet week, and an old
        # offset would throw such updates away: so it is kept only while there is a need.
        self._offset = max((row.update_id for row in rows), default=-1) + 1

    def _unreached(self, error: Exception) -> float:
        if not self._failures:
            LOG.warning("Telegram cannot be reached (%s); trying on", error or "no answer")
        self._failures += 1
        return min(FIRST_WAIT_SECONDS * 2.0 ** min(self._failures - 1, 10), LONGEST_WAIT_SECONDS)

    async def _settle_conflict(self, error: Conflict) -> float:
        """Another program polls this token, or a webhook is set: tell which, end the webhook."""
        try:
            hook = await self._bot.get_webhook_info()
            if hook.url:
                LOG.warning("A webhook was set for this token; it is removed, so that we can poll")
                await self._bot.delete_webhook(drop_pending_updates=False)
                return 0.0
        except TelegramError as trouble:
            return self._unreached(trouble)
        if self._alarm is not None:
            self._alarm.sound("conflict", TWO_POLLERS)
        if not self._failures:
            LOG.error(
                "Another program polls this bot's token, so updates go to one or the other. "
                "Stop it, or make a new token. (%s)",
                error,
            )
        self._failures += 1
        return CONFLICT_WAIT_SECONDS
