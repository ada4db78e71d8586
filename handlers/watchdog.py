"""Tells when polling has gone deaf: silent for long, while Telegram can be reached."""

from __future__ import annotations

import asyncio
import logging

from telegram import Bot
from telegram.error import RetryAfter, TelegramError

from handlers.polling import Polling

LOG = logging.getLogger(__name__)

DEAF_SECONDS = 300.0  # a poll is answered within 45 s, and five tries fit into this
LOOK_SECONDS = 15.0


class DeafError(Exception):
    """Polls bring no answer though Telegram can be reached: only a new start may help."""


async def watch(polling: Polling, bot: Bot) -> None:
    """Returns never. Raises DeafError.

    An outage is no deafness: polling waits it out by itself.
    """
    while True:
        await asyncio.sleep(min(LOOK_SECONDS, DEAF_SECONDS / 4))
        if polling.silent_seconds > DEAF_SECONDS and await _is_reachable(bot):
            raise DeafError


async def _is_reachable(bot: Bot) -> bool:
    """Whether Telegram answers a call that goes another way than the polls."""
    try:
        await bot.get_me()
    except RetryAfter:
        return True
    except TelegramError:
        return False
    return True
