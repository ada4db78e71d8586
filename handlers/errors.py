"""Failures told right: a sentence for the person, and what may be done about it."""

from __future__ import annotations

from datetime import timedelta

import httpx
from telegram.error import RetryAfter, TelegramError

from bot.locales import _
from bot.logs import reference


class TokenRefusedError(Exception):
    """Telegram does not know the bot's token (any more)."""


def sorry(update_id: int) -> str:
    """What a person reads when something broke while their message was handled."""
    return _(
        "Something broke on my side (ref {reference}). Your message is noted. Please try again, "
        "or ask in other words."
    ).format(reference=reference(update_id))


def surely_not_sent(error: TelegramError) -> bool:
    """Whether the call failed before a byte of it could reach Telegram."""
    cause = error.__cause__
    return isinstance(cause, (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout))


def retry_seconds(error: RetryAfter) -> float:
    """How long Telegram asks us to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)
