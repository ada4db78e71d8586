"""SQLite connections, and the driver's errors as sentences that say what to do."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.errors import StoreUnavailableError
from bot.locales.said import say

BUSY_TIMEOUT_SECONDS = 10.0  # how long we wait for another process that writes
WRITER_CACHE_KIB = 8_192  # page cache of a connection that writes
READER_CACHE_KIB = 2_048
"""Of each that reads: some fifteen threads have one. With eight times as much no question is
faster, since the system keeps the file's pages, too, and the bot grows for hours by 100 MB."""
ROWS_AT_ONCE = 500  # rows taken from the driver in one go while iterating


class _Cursor(sqlite3.Cursor):
    """A cursor that raises StoreUnavailableError where the driver raises an error of its own:
    damage in a file shows only when the page is read, which may be at any row."""

    def execute(self, sql: str, parameters: Any = (), /) -> _Cursor:
        try:
            return super().execute(sql, parameters)
        except sqlite3.Error as error:
            raise explain(error, self.connection) from error

    def fetchone(self) -> Any:
        try:
            return super().fetchone()
        except sqlite3.Error as error:
            raise explain(error, self.connection) from error

    def fetchall(self) -> list[Any]:
        try:
            return super().fetchall()
        except sqlite3.Error as error:
            raise explain(error, self.connection) from error

    def __iter__(self) -> Iterator[Any]:  # type: ignore[override]
        while rows := self._next_rows():
            yield from rows

    def _next_rows(self) -> list[Any]:
        try:
            return super().fetchmany(ROWS_AT_ONCE)
        except sqlite3.Error as error:
            raise explain(error, self.connection) from error


class Connection(sqlite3.Connection):
    """A connection to the store's file; `where` is how messages call it."""

    where: str = "in memory"


class ReadingConnection(Connection):
    """A connection that only reads, and whose errors are the store's."""

    def cursor(self, factory: Any = _Cursor) -> Any:
        return super().cursor(factory)

    def execute(self, sql: str, parameters: Any = (), /) -> Any:
        return self.cursor().execute(sql, parameters)


def connect(path: Path | None, *, reads: bool = False) -> Connection:
    """A connection to the file at `path` (None: a store in memory). Raises sqlite3.Error."""
    connection = sqlite3.connect(
        ":memory:" if path is None else path,
        timeout=BUSY_TIMEOUT_SECONDS,
        isolation_level=None,
        check_same_thread=False,
        factory=ReadingConnection if reads else Connection,
    )
    try:
        if path is not None:
            connection.where = str(path)
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        cache = READER_CACHE_KIB if reads else WRITER_CACHE_KIB
        connection.execute(f"PRAGMA cache_size = -{cache}")
        if reads:
            connection.execute("PRAGMA query_only = ON")
    except BaseException:
        connection.close()
        raise
    return connection


_DAMAGED = ("not a database", "malformed", "corrupt", "could not decode")
"""What SQLite, or Python about what SQLite read, says of bytes that nobody wrote."""


def explain(error: sqlite3.Error, connection: sqlite3.Connection | str) -> StoreUnavailableError:
    """`error` as a sentence that says what to do."""
    words = str(error).lower()
    where = connection if isinstance(connection, str) else getattr(connection, "where", "")
    if "full" in words:
        advice = say("The disk is full. Free some space; nothing already stored is lost.")
    elif "disk i/o" in words:
        advice = say(
            "The disk does not take or give what it should. Check its space, its limits and its "
            "health; nothing already stored is lost."
        )
    elif "readonly" in words or "read-only" in words:
        advice = say("It may not be written. Check the rights of the file and its folder.")
    elif "unable to open" in words:
        advice = say("It cannot be opened. Check that the path is a file and its rights.")
    elif any(sign in words for sign in _DAMAGED):
        advice = say(
            "It is damaged or no store at all. Keep the file, and restore the newest backup."
        )
    elif "locked" in words or "busy" in words:
        advice = say("Another program has held it for too long. Try again.")
    else:
        advice = say("SQLite says: {words}.", words=str(error))
    return StoreUnavailableError(
        say("The store {path} cannot be used. {advice}", path=where, advice=advice)
    )
