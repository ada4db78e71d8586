"""What people reported as wrong, for the editors to look at."""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.store.results import MOST_ID
from bot.store.store import Store


@dataclass(frozen=True, slots=True)
class Report:
    """One report: its number, when it was made, the reason chosen, and what was shown.

    `chat` is where it was made; None where whoever made it wants to be forgotten.
    """

    id: int
    made: datetime
    reason: str
    data: dict[str, Any]
    chat: str | None = None
    outcome: str | None = None
    """How it was settled; None while it is open."""


_COLUMNS = "id, chat, person, made, reason, data, state, outcome"


def put_report(
    store: Store, chat: str, person: str, reason: str, data: dict[str, Any], now: datetime
) -> int:
    """Keep a report and return its number; the same person's same report is one."""
    told = json.dumps(data, ensure_ascii=False)
    with store.write() as connection:
        row = connection.execute(
            "SELECT id FROM reports WHERE state = 'open' AND person = ? AND reason = ? "
            "AND data = ?",
            (person, reason, told),
        ).fetchone()
        if row is not None:
            return int(row["id"])
        number = connection.execute(
            "INSERT INTO reports (chat, person, made, reason, data) VALUES (?, ?, ?, ?, ?)",
            (chat, person, now.astimezone(UTC).isoformat(timespec="seconds"), reason, told),
        ).lastrowid
    assert number is not None
    return number


def find_open_reports(store: Store, *, limit: int) -> list[Report]:
    """The reports that nobody has settled, oldest first."""
    rows = store.read().execute(
        f"SELECT {_COLUMNS} FROM reports WHERE state = 'open' ORDER BY id LIMIT ?", (limit,)
    )
    return [_report(row) for row in rows]


def look_up_report(store: Store, number: int) -> Report | None:
    """The report with this number, open or settled."""
    if not 0 < number <= MOST_ID:
        return None
    row = (
        store.read().execute(f"SELECT {_COLUMNS} FROM reports WHERE id = ?", (number,)).fetchone()
    )
    return _report(row) if row else None


def count_open_reports(store: Store) -> int:
    """How many reports nobody has settled."""
    row = store.read().execute("SELECT count(*) FROM reports WHERE state = 'open'").fetchone()
    return int(row[0])


def settle_report(connection: sqlite3.Connection, number: int, outcome: str) -> bool:
    """Whether there was an open report with this number; it is settled so now."""
    return bool(
        connection.execute(
            "UPDATE reports SET state = 'settled', outcome = ? WHERE id = ? AND state = 'open'",
            (outcome, number),
        ).rowcount
    )


def _report(row: sqlite3.Row) -> Report:
    settled = row["state"] != "open"
    return Report(
        id=row["id"],
        made=datetime.fromisoformat(row["made"]),
        reason=row["reason"],
        data=json.loads(row["data"]),
        chat=row["chat"] if row["person"] is not None else None,
        outcome=(row["outcome"] or "settled") if settled else None,
    )
