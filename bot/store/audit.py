"""What was done to the store, by whom and when: every act of those who may change it.

No row holds a word of an article, so that an article can be taken out of the store for good.
"""

from __future__ import annotations

import json
import sqlite3
from dataclasses import dataclass, field
from datetime import UTC, datetime
from typing import Any

from bot.store.results import MOST_ID
from bot.store.store import Store


@dataclass(frozen=True, slots=True)
class Act:
    """One act: who, what ("publish", "edit", …), on what, and from which version to which."""

    person: str
    act: str
    target: str
    chat: str = ""
    name: str = ""
    """How the person was called then."""
    before: int | None = None
    after: int | None = None
    detail: dict[str, Any] = field(default_factory=dict)
    at: datetime | None = None
    id: int = 0
    undone: bool = False


_COLUMNS = "id, at, person, name, chat, act, target, before, after, detail, undone"


def put_act(connection: sqlite3.Connection, act: Act, now: datetime) -> int:
    """The number under which `act` is kept."""
    number = connection.execute(
        "INSERT INTO audit (at, person, name, chat, act, target, before, after, detail) "
        "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        (
            _stamp(now),
            act.person,
            act.name,
            act.chat,
            act.act,
            act.target,
            act.before,
            act.after,
            json.dumps(act.detail, ensure_ascii=False),
        ),
    ).lastrowid
    assert number is not None
    return number


def look_up_act(store: Store, number: int) -> Act | None:
    """The act with this number."""
    if not 0 < number <= MOST_ID:
        return None
    row = store.read().execute(f"SELECT {_COLUMNS} FROM audit WHERE id = ?", (number,)).fetchone()
    return _act(row) if row else None


def look_up_last_act(store: Store, person: str, kinds: tuple[str, ...]) -> Act | None:
    """The last act of `person` of one of these kinds that was not undone."""
    marks = ", ".join("?" * len(kinds))
    row = (
        store.read()
        .execute(
            f"SELECT {_COLUMNS} FROM audit WHERE person = ? AND undone IS NULL "
            f"AND act IN ({marks}) ORDER BY id DESC LIMIT 1",
            (person, *kinds),
        )
        .fetchone()
    )
    return _act(row) if row else None


def mark_undone(connection: sqlite3.Connection, number: int, now: datetime) -> bool:
    """Whether the act still stood; it is undone now."""
    return bool(
        connection.execute(
            "UPDATE audit SET undone = ? WHERE id = ? AND undone IS NULL", (_stamp(now), number)
        ).rowcount
    )


def find_acts(
    store: Store, *, limit: int, offset: int = 0, target: str | None = None
) -> list[Act]:
    """The acts, newest first, on one target where it is named."""
    where = "WHERE target = ?" if target is not None else ""
    arguments = (*((target,) if target is not None else ()), limit, offset)
    rows = store.read().execute(
        f"SELECT {_COLUMNS} FROM audit {where} ORDER BY id DESC LIMIT ? OFFSET ?", arguments
    )
    return [_act(row) for row in rows]


def count_acts(store: Store) -> int:
    """How many acts are kept."""
    return int(store.read().execute("SELECT count(*) FROM audit").fetchone()[0])


def _act(row: sqlite3.Row) -> Act:
    return Act(
        person=row["person"],
        act=row["act"],
        target=row["target"],
        chat=row["chat"],
        name=row["name"],
        before=row["before"],
        after=row["after"],
        detail=json.loads(row["detail"]),
        at=datetime.fromisoformat(row["at"]),
        id=row["id"],
        undone=row["undone"] is not None,
    )


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="seconds")
