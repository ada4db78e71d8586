"""What was answered to each question, kept so that the buttons under it go on working."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.store.store import Store

KEPT = timedelta(days=400)
"""A button works for a year; the rest is room for whoever comes back to it."""
MOST_ID = 2**63 - 1  # what SQLite can count to


@dataclass(frozen=True, slots=True)
class ResultRow:
    """One answer as it was given: its number, chat, when, and what is needed to show it again."""

    id: int
    chat: str
    asked: datetime
    data: dict[str, Any]


def put_result(store: Store, chat: str, person: str, data: dict[str, Any], now: datetime) -> int:
    """Keep an answer and return its number."""
    with store.write() as connection:
        row = connection.execute(
            "INSERT INTO results (chat, person, asked, data) VALUES (?, ?, ?, ?)",
            (chat, person, _stamp(now), json.dumps(data, ensure_ascii=False)),
        ).lastrowid
    assert row is not None
    return row


def forget_results(connection: sqlite3.Connection, now: datetime) -> None:
    """Drop the answers that are older than a button works."""
    connection.execute("DELETE FROM results WHERE asked < ?", (_stamp(now - KEPT),))


def look_up_result(store: Store, number: int, chat: str) -> ResultRow | None:
    """The answer with this number, if it was given in `chat` and is kept still."""
    if not 0 < number <= MOST_ID:
        return None
    row = (
        store.read()
        .execute(
            "SELECT id, chat, asked, data FROM results WHERE id = ? AND chat = ?", (number, chat)
        )
        .fetchone()
    )
    return _result(row) if row else None


def find_results(store: Store, chat: str, *, limit: int) -> list[ResultRow]:
    """The last answers given in `chat`, newest first."""
    rows = store.read().execute(
        "SELECT id, chat, asked, data FROM results WHERE chat = ? ORDER BY id DESC LIMIT ?",
        (chat, limit),
    )
    return [_result(row) for row in rows]


def note_page(store: Store, number: int, page: int) -> None:
    """Keep which page of an answer was read last."""
    with store.write() as connection:
        connection.execute(
            "UPDATE results SET data = json_set(data, '$.page', ?) WHERE id = ?", (page, number)
        )


def forget_person(store: Store, person: str) -> int:
    """How many answers of `person` were dropped; reports stay, without the name."""
    with store.write() as connection:
        dropped = connection.execute("DELETE FROM results WHERE person = ?", (person,)).rowcount
        connection.execute("UPDATE reports SET person = NULL WHERE person = ?", (person,))
    return int(dropped)


def _result(row: Any) -> ResultRow:
    return ResultRow(
        row["id"], row["chat"], datetime.fromisoformat(row["asked"]), json.loads(row["data"])
    )


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
