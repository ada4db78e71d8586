"""What people reported as wrong, for the editors to look at."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.store.results import MOST_ID
from bot.store.store import Store


@dataclass(frozen=True, slots=True)
class Report:
    """One report: its number, when it was made, the reason chosen, and what was shown."""

    id: int
    made: datetime
    reason: str
    data: dict[str, Any]


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
        "SELECT id, made, reason, data FROM reports WHERE state = 'open' ORDER BY id LIMIT ?",
        (limit,),
    )
    return [
        Report(
            row["id"], datetime.fromisoformat(row["made"]), row["reason"], json.loads(row["data"])
        )
        for row in rows
    ]


def count_open_reports(store: Store) -> int:
    """How many reports nobody has settled."""
    row = store.read().execute("SELECT count(*) FROM reports WHERE state = 'open'").fetchone()
    return int(row[0])


def settle_report(store: Store, number: int) -> bool:
    """Whether there was an open report with this number; it is settled now."""
    if not 0 < number <= MOST_ID:
        return False
    with store.write() as connection:
        changed = connection.execute(
            "UPDATE reports SET state = 'settled' WHERE id = ? AND state = 'open'", (number,)
        ).rowcount
    return bool(changed)
