"""Telegram delivers updates to us: each is in the inbox before it is told that we have it."""

from __future__ import annotations

import asyncio
import hmac
import json
import logging
from datetime import datetime

from telegram import Bot, WebhookInfo
from telegram.error import BadRequest, InvalidToken, RetryAfter, TelegramError

from bot.config import WebhookConfig
from bot.errors import StoreError
from handlers.arrivals import Arrivals, row_of
from handlers.errors import TokenRefusedError, retry_seconds
from handlers.health import Health
from handlers.server import Head, HttpServer, Response
from handlers.updates import ALLOWED_UPDATES
from handlers.watchpost import HEALTH_PATH, health_response

LOG = logging.getLogger(__name__)

SECRET_HEADER = "x-telegram-bot-api-secret-token"
LOOK_SECONDS = 30.0  # how often Telegram is asked whether it can reach us
FIRST_WAIT_SECONDS = 0.5
LONGEST_WAIT_SECONDS = 30.0


class WebhookRefusedError(Exception):
    """Telegram does not take the webhook's address; the words are Telegram's."""


class Webhook:
    """The server that Telegram delivers to, and its registration with Telegram.

    Who may deliver is decided by the secret in the header, never by the path, which a proxy may
    have changed. Updates of one chat come one after another, since Telegram waits for our answer.
    """

    def __init__(
        self, bot: Bot, settings: WebhookConfig, arrivals: Arrivals, health: Health
    ) -> None:
        self._bot = bot
        self._url = settings.url
        self._secret = settings.secret.reveal()
        if not self._secret:
            raise ValueError("a webhook needs a secret")
        self._arrivals = arrivals
        self._health = health
        self._server = HttpServer(settings.listen, self._decide, self._answer)
        self._failed: datetime | None = None
        """When Telegram last failed to deliver, as far as we know."""
        self._told: tuple[object, ...] = ()
        """In what words that was told, and which update was the last before it."""

    async def run(self) -> None:
        """Serve until cancelled.

        Raises TokenRefusedError, WebhookRefusedError and CannotListenError.
        """
        async with self._server.listening():
            wait = await self._registered()
            while True:
                await asyncio.sleep(wait)
                wait = await self._look()

    # ------------------------------------------------------------------------- requests
    def _decide(self, head: Head) -> Response | None:
        if head.path == HEALTH_PATH:
            return None if head.method in {"GET", "HEAD"} else Response(405)
        given = head.headers.get(SECRET_HEADER, "")
        if not hmac.compare_digest(given.encode(), self._secret.encode()):
            return Response(403)
        return None if head.method == "POST" else Response(405)

    async def _answer(self, head: Head, body: bytes) -> Response:
        if head.path == HEALTH_PATH:
            return await health_response(self._health)
        if self._arrivals.is_full:
            return Response(503, trusted=True)  # Telegram keeps it and comes again
        try:
            row = row_of(json.loads(body))
        except (ValueError, RecursionError):
            row = None
        if row is None:
            LOG.warning("something that is no update was delivered with our secret")
            return Response(400)
        try:
            await self._arrivals.keep([row])
        except StoreError as error:
            LOG.error("An update cannot be stored and stays with Telegram: %s", error)
            return Response(500, trusted=True)
        return Response(200, trusted=True)

    # --------------------------------------------------------------------- registration
    async def _registered(self) -> float:
        """Set the webhook, trying on until Telegram takes it; seconds until it is looked after."""
        wait, told = FIRST_WAIT_SECONDS, False
        while True:
            try:
                await self._bot.set_webhook(
                    self._url,
                    secret_token=self._secret,
                    allowed_updates=ALLOWED_UPDATES,
                    drop_pending_updates=False,
                )
            except InvalidToken:
                raise TokenRefusedError from None
            except RetryAfter as error:
                wait = retry_seconds(error)
            except TelegramError as error:
                # A name that cannot be looked up may be known in a minute.
                if isinstance(error, BadRequest) and "resolve" not in error.message.lower():
                    raise WebhookRefusedError(error.message) from error
                if not told:
                    LOG.warning("The webhook cannot be set yet (%s); trying on", error)
                    told = True
            else:
                LOG.info("Telegram delivers to %s", self._url)
                return await self._seen()
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT_SECONDS)

    async def _look(self) -> float:
        """Ask Telegram how delivering goes, tell what is wrong with it once, put it right."""
        try:
            info = await self._bot.get_webhook_info()
        except InvalidToken:
            raise TokenRefusedError from None
        except TelegramError as error:
            LOG.debug("Telegram cannot be asked about the webhook: %s", type(error).__name__)
            return LOOK_SECONDS
        if info.url != self._url:
            LOG.warning("Somebody else took the webhook away; it is set again")
            return await self._registered()
        self._tell_fault(info)
        return await self._seen()

    def _tell_fault(self, info: WebhookInfo) -> None:
        """Log that Telegram could not deliver; the same words again only after it could."""
        if info.last_error_date is None or info.last_error_date == self._failed:
            return
        self._failed = info.last_error_date
        telling = (info.last_error_message, self._arrivals.last_update)
        if telling != self._told:
            self._told = telling
            LOG.warning(
                "Telegram could not deliver to us: %s (%d updates wait there)",
                info.last_error_message,
                info.pending_update_count,
            )

    async def _seen(self) -> float:
        try:
            await self._arrivals.note_contact()
        except StoreError as error:
            LOG.error("The store cannot be written: %s", error)
        return LOOK_SECONDS
