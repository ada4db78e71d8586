"""Failures told right: a sentence for the person, a record for the operator, never the token."""

from __future__ import annotations

import contextlib
import logging
import traceback
from collections.abc import Callable, Iterator
from datetime import timedelta
from typing import Any

import httpx
from telegram.error import RetryAfter, TelegramError

HIDDEN = "[token]"


class TokenRefusedError(Exception):
    """Telegram does not know the bot's token (any more)."""


def reference(update_id: int) -> str:
    """A short code that the person can quote and the operator finds in the log."""
    return f"{update_id & 0xFFFFFF:06X}"


def sorry(update_id: int) -> str:
    """What a person reads when something broke while their message was handled."""
    return (
        f"Something broke on my side (ref {reference(update_id)}). "
        "Your message is noted. Please try again, or ask in other words."
    )


def surely_not_sent(error: TelegramError) -> bool:
    """Whether the call failed before a byte of it could reach Telegram."""
    cause = error.__cause__
    return isinstance(cause, (httpx.ConnectError, httpx.ConnectTimeout, httpx.PoolTimeout))


def retry_seconds(error: RetryAfter) -> float:
    """How long Telegram asks us to wait."""
    wait = error.retry_after
    return wait.total_seconds() if isinstance(wait, timedelta) else float(wait)


@contextlib.contextmanager
def redacted_logs(secret: str) -> Iterator[None]:
    """While the block runs, no log record of any library holds `secret`.

    It acts where records are made, so that no handler, present or later, can see it.
    """
    plain = logging.getLogRecordFactory()
    logging.setLogRecordFactory(_redacting(plain, secret))
    names = ("httpx", "httpcore", "telegram")
    levels = {name: logging.getLogger(name).level for name in names}
    for name in names:  # their finer lines hold URLs, and people's words
        logging.getLogger(name).setLevel(logging.WARNING)
    # A broken answer is logged by the library in full; we log it ourselves, without its words.
    logging.getLogger("telegram.request").setLevel(logging.CRITICAL)
    try:
        yield
    finally:
        logging.setLogRecordFactory(plain)
        for name, level in levels.items():
            logging.getLogger(name).setLevel(level)


def _redacting(
    plain: Callable[..., logging.LogRecord], secret: str
) -> Callable[..., logging.LogRecord]:
    def make(*args: Any, **kwargs: Any) -> logging.LogRecord:
        record = plain(*args, **kwargs)
        if not secret:
            return record
        try:
            message = record.getMessage()
        except (TypeError, ValueError):  # a wrong format is the caller's; hide its parts anyway
            message = f"{record.msg} {record.args}"
        if secret in message:
            record.msg, record.args = message.replace(secret, HIDDEN), ()
        if record.exc_info and record.exc_info[0] is not None:
            trace = "".join(traceback.format_exception(*record.exc_info)).rstrip("\n")
            record.exc_text = trace.replace(secret, HIDDEN)
        return record

    return make
