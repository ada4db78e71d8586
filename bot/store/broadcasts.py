"""Broadcasts: a message of the operator to everybody who talks with the bot, and how far it is."""

from __future__ import annotations

import sqlite3
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.store.results import MOST_ID
from bot.store.settings import stamp
from bot.store.store import Store

_COLUMNS = "id, chat, text, state, audience, filed, last"


class BroadcastState(StrEnum):
    DRAFT = "draft"
    RUNNING = "running"
    FILED = "filed"
    """All letters are in the outbox."""
    DONE = "done"
    STOPPED = "stopped"


@dataclass(frozen=True, slots=True)
class Broadcast:
    """One broadcast: who wrote it, its words, and how many chats it has been filed for.

    `last` is the chat up to which it was filed, in order of name.
    """

    id: int
    chat: str
    text: str
    state: BroadcastState
    audience: int
    filed: int
    last: str


@dataclass(frozen=True, slots=True)
class Progress:
    """How many of the letters wait, were delivered, and could not be."""

    waiting: int
    sent: int
    failed: int


def put_broadcast(store: Store, chat: str, text: str, now: datetime) -> int:
    """The number of a new draft."""
    with store.write() as connection:
        number = connection.execute(
            "INSERT INTO broadcasts (chat, text, state, made) VALUES (?, ?, 'draft', ?)",
            (chat, text, stamp(now)),
        ).lastrowid
    assert number is not None
    return number


def look_up_broadcast(store: Store, number: int) -> Broadcast | None:
    """The broadcast with this number."""
    if not 0 < number <= MOST_ID:
        return None
    sql = f"SELECT {_COLUMNS} FROM broadcasts WHERE id = ?"
    row = store.read().execute(sql, (number,)).fetchone()
    return _broadcast(row) if row else None


def find_unfinished(store: Store) -> list[Broadcast]:
    """The broadcasts that are being filed or delivered, oldest first."""
    sql = f"SELECT {_COLUMNS} FROM broadcasts WHERE state IN ('running', 'filed') ORDER BY id"
    return [_broadcast(row) for row in store.read().execute(sql)]


def change_state(
    connection: sqlite3.Connection,
    number: int,
    old: BroadcastState,
    new: BroadcastState,
    *,
    audience: int | None = None,
) -> bool:
    """Whether the broadcast was in the state `old`; it is in `new` now."""
    return bool(
        connection.execute(
            "UPDATE broadcasts SET state = ?, audience = coalesce(?, audience) "
            "WHERE id = ? AND state = ?",
            (new.value, audience, number, old.value),
        ).rowcount
    )


def note_filed(connection: sqlite3.Connection, number: int, count: int, last: str) -> bool:
    """Whether the broadcast is still running; so many more letters of it are in the outbox."""
    return bool(
        connection.execute(
            "UPDATE broadcasts SET filed = filed + ?, last = ? WHERE id = ? AND state = 'running'",
            (count, last, number),
        ).rowcount
    )


def get_progress(store: Store, number: int) -> Progress:
    """How the letters of a broadcast have fared so far."""
    rows = store.read().execute(
        "SELECT state, count(*) FROM outbox WHERE key GLOB ? GROUP BY state",
        (f"{key_of(number)}*",),
    )
    counts = {row[0]: row[1] for row in rows}
    failed, sent = counts.pop("failed", 0), counts.pop("sent", 0)
    return Progress(sum(counts.values()), sent, failed)


def key_of(number: int) -> str:
    """How the keys of a broadcast's letters begin."""
    return f"cast:{number}:"


def _broadcast(row: sqlite3.Row) -> Broadcast:
    return Broadcast(
        row["id"],
        row["chat"],
        row["text"],
        BroadcastState(row["state"]),
        row["audience"],
        row["filed"],
        row["last"],
    )
