"""Small values that the store keeps about itself."""

from __future__ import annotations

import sqlite3
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from bot.store.store import Store

ARTICLE_CHANGES = "article_changes"
"""How often the articles that can be searched have changed: what was made from them and is kept
in memory is made anew when this has grown."""


def get_meta(store: Store, key: str) -> str | None:
    """The value kept under `key`."""
    row = store.read().execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return row["value"] if row else None


def put_meta(store: Store, key: str, value: str) -> None:
    """Keep `value` under `key`."""
    with store.write() as connection:
        set_meta(connection, key, value)


def set_meta(connection: sqlite3.Connection, key: str, value: str) -> None:
    """Keep `value` under `key`, in the transaction that is open."""
    connection.execute(
        "INSERT INTO meta (key, value) VALUES (?, ?) "
        "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
        (key, value),
    )


def add_to_meta(connection: sqlite3.Connection, key: str, step: int) -> None:
    """Let the number kept under `key` grow by `step`, from nothing at first."""
    connection.execute(
        "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET "
        "value = CAST(CAST(value AS INTEGER) + CAST(excluded.value AS INTEGER) AS TEXT)",
        (key, str(step)),
    )


def count_change(connection: sqlite3.Connection) -> None:
    """Tell every process, with the commit of this transaction, that the articles changed."""
    connection.execute(
        "INSERT INTO meta (key, value) VALUES (?, '1') "
        "ON CONFLICT (key) DO UPDATE SET value = CAST(value AS INTEGER) + 1",
        (ARTICLE_CHANGES,),
    )


def raise_meta(connection: sqlite3.Connection, key: str, value: int) -> None:
    """Keep the number `value` under `key` where it is higher than what is kept."""
    connection.execute(
        "INSERT INTO meta (key, value) VALUES (?, ?) ON CONFLICT (key) DO UPDATE SET "
        "value = max(CAST(value AS INTEGER), CAST(excluded.value AS INTEGER))",
        (key, str(value)),
    )
