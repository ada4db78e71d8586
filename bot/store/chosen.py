"""How many of our answers people have put into other chats, day by day."""

from __future__ import annotations

import sqlite3
from datetime import date, timedelta

from bot.store.meta import add_to_meta

KEPT = timedelta(days=400)  # longer than anybody can ask about
_KEY = "chosen:"


def count_chosen(connection: sqlite3.Connection, day: date) -> None:
    """Count one more on `day`; days of long ago are forgotten."""
    add_to_meta(connection, f"{_KEY}{day.isoformat()}", 1)
    connection.execute(
        "DELETE FROM meta WHERE key >= ? AND key < ?", (_KEY, f"{_KEY}{(day - KEPT).isoformat()}")
    )


def get_chosen(connection: sqlite3.Connection, since: date) -> int:
    """How many there were since the day `since`."""
    row = connection.execute(
        "SELECT sum(CAST(value AS INTEGER)) FROM meta WHERE key >= ? AND key < ?",
        (f"{_KEY}{since.isoformat()}", f"{_KEY}~"),
    ).fetchone()
    return int(row[0] or 0)
