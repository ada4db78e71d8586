"""Word to the owner that goes past the store: for when the store itself is what fails."""

from __future__ import annotations

import asyncio
import logging
import time
from collections.abc import Sequence

from telegram import Bot
from telegram.error import TelegramError

from bot.errors import StoreError
from bot.locales import ENGLISH, N_, _, speaking

LOG = logging.getLogger(__name__)

STORE_FAILS = N_(
    "I cannot answer anybody at the moment. {reason} Questions wait, and I go on by myself once "
    "this is mended."
)
AGAIN_SECONDS = 3_600.0  # a fault that stays is told once an hour


class Alarm:
    """Tells the first of the admins of faults, each kind once an hour; never raises."""

    def __init__(self, bot: Bot, admins: Sequence[int], language: str = ENGLISH) -> None:
        """`language` is the owner's, as it was at the start: the store may not tell it now."""
        self._language = language
        self._bot = bot
        self._owner = admins[0] if admins else None
        self._told: dict[str, float] = {}
        self._sends: set[asyncio.Task[None]] = set()

    def sound(self, kind: str, message: str, **values: object) -> None:
        """Tell `message` in the owner's language, with these values in it, unless a fault of this
        kind was told within the hour."""
        now = time.monotonic()
        if self._owner is None or now - self._told.get(kind, -AGAIN_SECONDS) < AGAIN_SECONDS:
            return
        self._told[kind] = now
        with speaking(self._language):
            words = _(message).format(**values)
        task = asyncio.create_task(self._send(self._owner, words))
        self._sends.add(task)
        task.add_done_callback(self._sends.discard)

    def store_fails(self, error: StoreError) -> None:
        """Tell that nothing can be stored or read, and so nobody be answered."""
        self.sound("store", STORE_FAILS, reason=error)

    async def _send(self, owner: int, words: str) -> None:
        try:
            await self._bot.send_message(owner, words)
        except TelegramError as error:
            LOG.warning("the owner could not be told of a fault (%s)", type(error).__name__)
