"""What the log shows, and what it never does: secrets, people's numbers, and people's words.

It acts where records are made, so that no handler, present or later, can see what is left out.
"""

from __future__ import annotations

import contextlib
import hashlib
import hmac
import json
import logging
import re
import sqlite3
import sys
import threading
import traceback
from collections.abc import Iterator, Sequence
from datetime import UTC, datetime
from pathlib import Path
from types import TracebackType
from typing import Any, TextIO
from urllib.parse import quote

from bot.errors import StoreTooNewError, StoreUnavailableError

OURS = ("bot", "handlers")
"""Loggers whose sentences are our own; of what others say, words are left out."""
HIDDEN = "[token]"
PASSWORD = "[password]"
LEFT_OUT = "[its words are left out]"
TELLING = (StoreUnavailableError, StoreTooNewError, OSError, sqlite3.Error, TimeoutError)
"""Faults whose words are the system's or our own; those of others may hold somebody's question."""
TELLING_HOMES = ("telegram.", "httpx.", "httpcore.", "ssl.")
MOST_FRAMES = 40  # of a traceback; a recursion that ran away has a thousand

_TOKEN = re.compile(r"(?<!\d)\d{6,12}(?::|%3A)[A-Za-z0-9_-]{30,64}\b")
_ADDRESS = re.compile(r"(https?://)([^\s\"'<>]+)")
_GIVEN = re.compile(r"(?i)\b(password|passwd|pwd|token|secret|api_?key)=([^\s&,;]+)")
_UPDATE = re.compile(r"\b(update|sorry):(\d{1,19})")
_PERSON = re.compile(
    r"(?<=\btg:)-?\d{1,19}|(?<=\bguest:)-?\d{1,19}|(?<!\w)(?<!\d\.)-?\d{7,19}(?!\w)"
    r"|(?<!\d)(?<!\d\.)\d{9,19}(?!\d)"
)
"""An id of Telegram's: what follows "tg:" or "guest:", and any number that is as long as one;
one of more than eight digits also within a word."""


def reference(update_id: int) -> str:
    """A short code that the person can quote and the operator finds in the log."""
    return f"{update_id & 0xFFFFFF:06X}"


def pseudonym(key: str, number: str | int) -> str:
    """How the log calls a person or chat: the same each time, told by nobody without the key."""
    plain = str(number).removeprefix("tg:").encode()
    return "id-" + hmac.new(key.encode(), plain, hashlib.sha256).hexdigest()[:10]


class Discretion:
    """Cleans texts for the log of secrets, in addresses too, and of people's numbers."""

    def __init__(self, secrets: Sequence[str] = (), key: str = "") -> None:
        """Without a `key` numbers are hidden altogether."""
        self._key = key
        told = {text for secret in secrets if secret for text in (secret, quote(secret, safe=""))}
        self._secrets = sorted(told, key=len, reverse=True)

    def clean(self, text: str) -> str:
        """`text` without what the log must not show."""
        for secret in self._secrets:
            text = text.replace(secret, HIDDEN)
        text = _TOKEN.sub(HIDDEN, text)
        text = _ADDRESS.sub(_bare_address, text)
        text = _GIVEN.sub(rf"\1={PASSWORD}", text)
        text = _UPDATE.sub(lambda m: f"{m[1]}:{reference(int(m[2]))}", text)
        return _PERSON.sub(lambda m: self._name(m[0]), text)

    def _name(self, number: str) -> str:
        return pseudonym(self._key, number) if self._key else "id-hidden"

    def record(self, record: logging.LogRecord) -> logging.LogRecord:
        """`record`, made fit to be shown."""
        try:
            message = record.getMessage()
        except (TypeError, ValueError):  # a wrong format is the caller's; hide its parts anyway
            message = str(record.msg)
        if record.name.partition(".")[0] not in OURS:
            message = f"{Path(record.pathname).name}:{record.lineno} {LEFT_OUT}"
        record.msg, record.args = self.clean(message), ()
        if record.exc_info and record.exc_info[1] is not None:
            record.exc_text = self.trace(record.exc_info[1])
        record.exc_info = None
        return record

    def trace(self, error: BaseException) -> str:
        """Where `error` was raised, and by what it was caused, without people's words."""
        return self.clean("\n".join(_lines_of(error, set())))


def _lines_of(error: BaseException, seen: set[int]) -> Iterator[str]:
    seen.add(id(error))
    before = error.__cause__ or (None if error.__suppress_context__ else error.__context__)
    if before is not None and id(before) not in seen:
        yield from _lines_of(before, seen)
        yield "which led to:"
    frames = traceback.extract_tb(error.__traceback__)
    if frames:
        yield "Traceback (most recent call last):"
    for frame in frames[-MOST_FRAMES:]:
        yield f'  File "{frame.filename}", line {frame.lineno}, in {frame.name}'
    yield f"{type(error).__name__}: {words_of(error)}"


def words_of(error: BaseException) -> str:
    """What `error` says, where that cannot be anybody's question."""
    kind = type(error)
    if isinstance(error, TELLING) or f"{kind.__module__}.".startswith(TELLING_HOMES):
        return str(error)
    return LEFT_OUT


def _bare_address(found: re.Match[str]) -> str:
    """An address without user name, password, and what stands after its path."""
    place, mark, _ = found[2].partition("?")
    place, hash_mark, _ = place.partition("#")
    host, slash, path = place.partition("/")
    return f"{found[1]}{host.rpartition('@')[2]}{slash}{path}{'?…' if mark or hash_mark else ''}"


@contextlib.contextmanager
def discreet_logs(secrets: Sequence[str], key: str = "") -> Iterator[Discretion]:
    """While the block runs, every log record is cleaned when it is made."""
    discretion = Discretion(secrets, key)
    plain = logging.getLogRecordFactory()

    def make(*args: Any, **kwargs: Any) -> logging.LogRecord:
        return discretion.record(plain(*args, **kwargs))

    logging.setLogRecordFactory(make)
    try:
        yield discretion
    finally:
        logging.setLogRecordFactory(plain)


# ---------------------------------------------------------------------------------- setting up
def set_up_logging(stream: TextIO, *, verbose: bool, as_json: bool) -> None:
    """Send log records to `stream`: ours from INFO (DEBUG when `verbose`), others' from WARNING.

    What nobody catches, and Python's own warnings, go the same way.
    """
    handler = logging.StreamHandler(stream)
    handler.setFormatter(
        JsonLines()
        if as_json
        else logging.Formatter("%(asctime)s %(levelname)s %(name)s: %(message)s")
    )
    logging.basicConfig(level=logging.WARNING, handlers=[handler])
    for name in OURS:
        logging.getLogger(name).setLevel(logging.DEBUG if verbose else logging.INFO)
    # A broken answer is logged by the library in full; we log it ourselves, without its words.
    logging.getLogger("telegram.request").setLevel(logging.CRITICAL)
    logging.captureWarnings(True)
    threading.excepthook = lambda gone: _log_uncaught(gone.exc_value)
    sys.excepthook = _at_the_end


def _at_the_end(kind: type[BaseException], error: BaseException, _: TracebackType | None) -> None:
    if not issubclass(kind, KeyboardInterrupt):
        _log_uncaught(error)


def _log_uncaught(error: BaseException | None) -> None:
    if error is None or isinstance(error, SystemExit):
        return
    log = logging.getLogger("bot")
    # Whoever made records discreet may be gone by now.
    log.critical("something broke that nobody caught\n%s", Discretion().trace(error))


class JsonLines(logging.Formatter):
    """A log record as one line of JSON: time, level, logger, message, and the traceback."""

    def format(self, record: logging.LogRecord) -> str:
        row = {
            "time": datetime.fromtimestamp(record.created, UTC).isoformat(timespec="milliseconds"),
            "level": record.levelname.lower(),
            "logger": record.name,
            "message": record.getMessage(),
        }
        if record.exc_info and not record.exc_text:
            record.exc_text = self.formatException(record.exc_info)
        if record.exc_text:
            row["trace"] = record.exc_text
        return json.dumps(row, ensure_ascii=False)
