"""What people keep for themselves: a sentence by its place, with the question that it answered."""

from __future__ import annotations

import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import datetime

from bot.model import Span
from bot.store.settings import stamp
from bot.store.store import Store


@dataclass(frozen=True, slots=True)
class Saved:
    """A sentence that somebody saved: where it stands, when and on which question."""

    id: int
    chat: str
    person: str
    made: datetime
    question: str | None
    version: int
    span: Span
    told: str | None = None
    """What its owner was told last of what became of it."""


def put_saved(
    connection: sqlite3.Connection,
    chat: str,
    person: str,
    question: str | None,
    version: int,
    span: Span,
    now: datetime,
) -> bool:
    """Whether the sentence was not among what this person saved here already; it is now."""
    return bool(
        connection.execute(
            "INSERT OR IGNORE INTO saved (chat, person, made, question, version, start, end) "
            "VALUES (?, ?, ?, ?, ?, ?, ?)",
            (chat, person, stamp(now), question, version, span.start, span.end),
        ).rowcount
    )


def find_saved(store: Store, chat: str, person: str) -> list[Saved]:
    """What this person has saved in this chat, the newest first."""
    rows = store.read().execute(
        "SELECT * FROM saved WHERE chat = ? AND person = ? ORDER BY id DESC", (chat, person)
    )
    return [_saved(row) for row in rows]


def find_saved_of(store: Store, chat: str, versions: Collection[int]) -> list[Saved]:
    """What was saved in this chat from one of these versions."""
    marks = ", ".join("?" * len(versions))
    rows = store.read().execute(
        f"SELECT * FROM saved WHERE chat = ? AND version IN ({marks}) ORDER BY id DESC",
        [chat, *versions],
    )
    return [_saved(row) for row in rows]


def count_saved(store: Store, person: str) -> int:
    """How many sentences this person has saved, in all chats."""
    row = store.read().execute("SELECT count(*) FROM saved WHERE person = ?", (person,)).fetchone()
    return int(row[0])


def drop_saved(
    connection: sqlite3.Connection, number: int, chat: str, person: str
) -> Saved | None:
    """What was saved under this number, which is saved no more."""
    row = connection.execute(
        "DELETE FROM saved WHERE id = ? AND chat = ? AND person = ? RETURNING *",
        (number, chat, person),
    ).fetchone()
    return _saved(row) if row is not None else None


def note_told(connection: sqlite3.Connection, number: int, told: str) -> None:
    """Keep what the owner of what is saved has been told of it."""
    connection.execute("UPDATE saved SET told = ? WHERE id = ?", (told, number))


def _saved(row: sqlite3.Row) -> Saved:
    return Saved(
        row["id"],
        row["chat"],
        row["person"],
        datetime.fromisoformat(row["made"]),
        row["question"],
        row["version"],
        Span(row["start"], row["end"]),
        row["told"],
    )
