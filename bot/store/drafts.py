"""Articles that were handed in and are not public yet, kept so that their cards outlive a restart.

A draft is `collecting` (parts of it still come in), `showing` (its card is made, but not filed for
sending), `open` (its card waits for a decision), `publishing` (row by row, which takes time) or
`done`, when nothing of its text is left here.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass, replace
from datetime import UTC, date, datetime
from typing import Any

from bot.model import Draft, Kept
from bot.store.articles import parse_moment
from bot.store.results import MOST_ID
from bot.store.store import Store

COLLECTING, SHOWING, OPEN, PUBLISHING, DONE = (
    "collecting",
    "showing",
    "open",
    "publishing",
    "done",
)


@dataclass(frozen=True, slots=True)
class DraftCard:
    """One card: whose it is and where, its state, and what its face needs (`data`)."""

    id: int
    chat: str
    person: str
    made: datetime
    changed: datetime
    state: str
    data: dict[str, Any]


@dataclass(frozen=True, slots=True)
class DraftRow:
    """One article of a draft, or why it could not be read; `outcome` is what became of it."""

    n: int
    draft: Draft | None = None
    fault: str | None = None
    outcome: str | None = None


_COLUMNS = "id, chat, person, made, changed, state, data"


# --------------------------------------------------------------------------------- cards
def put_card(
    connection: sqlite3.Connection,
    chat: str,
    person: str,
    state: str,
    data: dict[str, Any],
    now: datetime,
) -> DraftCard:
    """A new draft without rows."""
    number = connection.execute(
        "INSERT INTO drafts (chat, person, made, changed, state, data) VALUES (?, ?, ?, ?, ?, ?)",
        (chat, person, _stamp(now), _stamp(now), state, json.dumps(data, ensure_ascii=False)),
    ).lastrowid
    assert number is not None
    return DraftCard(number, chat, person, now, now, state, data)


def look_up_card(store: Store, number: int) -> DraftCard | None:
    """The draft with this number, in whatever state."""
    if not 0 < number <= MOST_ID:
        return None
    row = store.read().execute(f"SELECT {_COLUMNS} FROM drafts WHERE id = ?", (number,)).fetchone()
    return _card(row) if row else None


def look_up_newest_card(store: Store, chat: str, person: str) -> DraftCard | None:
    """The last draft that this person began in this chat."""
    row = (
        store.read()
        .execute(
            f"SELECT {_COLUMNS} FROM drafts WHERE chat = ? AND person = ? "
            "ORDER BY id DESC LIMIT 1",
            (chat, person),
        )
        .fetchone()
    )
    return _card(row) if row else None


def find_cards(store: Store, state: str) -> list[DraftCard]:
    """The drafts in this state, oldest first."""
    rows = store.read().execute(
        f"SELECT {_COLUMNS} FROM drafts WHERE state = ? ORDER BY id", (state,)
    )
    return [_card(row) for row in rows]


def keep_card(connection: sqlite3.Connection, card: DraftCard, now: datetime) -> DraftCard:
    """Write down the state and data of `card`, changed now."""
    connection.execute(
        "UPDATE drafts SET state = ?, data = ?, changed = ? WHERE id = ?",
        (card.state, json.dumps(card.data, ensure_ascii=False), _stamp(now), card.id),
    )
    return replace(card, changed=now)


def move_card(connection: sqlite3.Connection, number: int, old: str, new: str) -> bool:
    """Whether the draft was in the state `old`; it is in `new` now."""
    return bool(
        connection.execute(
            "UPDATE drafts SET state = ? WHERE id = ? AND state = ?", (new, number, old)
        ).rowcount
    )


def forget_cards(connection: sqlite3.Connection, before: datetime) -> int:
    """How many drafts were dropped that nobody touched since then."""
    return int(
        connection.execute(
            "DELETE FROM drafts WHERE changed < ? AND state != ?", (_stamp(before), PUBLISHING)
        ).rowcount
    )


# ---------------------------------------------------------------------------------- rows
def put_rows(
    connection: sqlite3.Connection, number: int, rows: Iterable[DraftRow], *, first: int = 0
) -> None:
    """Keep `rows` as those of the draft from place `first` on; what stood there goes."""
    connection.execute("DELETE FROM draft_rows WHERE draft = ? AND n >= ?", (number, first))
    connection.executemany(
        "INSERT INTO draft_rows (draft, n, data, fault) VALUES (?, ?, ?, ?)",
        [
            (number, n, dump_draft(row.draft) if row.draft else None, row.fault)
            for n, row in enumerate(rows, first)
        ],
    )


def find_rows(
    store: Store, number: int, *, limit: int = -1, offset: int = 0, refused: bool | None = None
) -> list[DraftRow]:
    """The rows of a draft in order: all, the refused ones, or the others."""
    which = {None: "", True: "AND fault IS NOT NULL", False: "AND fault IS NULL"}[refused]
    rows = store.read().execute(
        f"SELECT n, data, fault, outcome FROM draft_rows WHERE draft = ? {which} "
        "ORDER BY n LIMIT ? OFFSET ?",
        (number, limit, offset),
    )
    return [_row(row) for row in rows]


def find_rows_to_do(store: Store, number: int, *, limit: int) -> list[DraftRow]:
    """The next rows of a draft that nothing became of yet."""
    rows = store.read().execute(
        "SELECT n, data, fault, outcome FROM draft_rows "
        "WHERE draft = ? AND fault IS NULL AND outcome IS NULL ORDER BY n LIMIT ?",
        (number, limit),
    )
    return [_row(row) for row in rows]


def settle_row(
    connection: sqlite3.Connection,
    number: int,
    n: int,
    *,
    outcome: str | None = None,
    fault: str | None = None,
) -> bool:
    """Whether the row was still to do; its text is dropped with this."""
    return bool(
        connection.execute(
            "UPDATE draft_rows SET outcome = ?, fault = ?, data = NULL "
            "WHERE draft = ? AND n = ? AND outcome IS NULL AND fault IS NULL",
            (outcome, fault, number, n),
        ).rowcount
    )


def drop_texts(connection: sqlite3.Connection, number: int) -> None:
    """Nothing that was handed in as this draft is kept any longer, but what became of it."""
    connection.execute("UPDATE draft_rows SET data = NULL WHERE draft = ?", (number,))


def count_rows(store: Store, number: int) -> dict[str, int]:
    """How many rows of a draft there are by outcome: "refused", "" (to do), "added", …"""
    rows = store.read().execute(
        "SELECT CASE WHEN fault IS NOT NULL THEN 'refused' "
        "ELSE substr(coalesce(outcome, ''), 1, instr(coalesce(outcome, '') || ' ', ' ') - 1) END "
        "AS what, count(*) FROM draft_rows WHERE draft = ? GROUP BY what",
        (number,),
    )
    return {row[0]: row[1] for row in rows}


# ------------------------------------------------------------------------------ as JSON
def dump_draft(draft: Draft) -> str:
    """`draft` as JSON, from which `load_draft` makes the same one."""
    values = {name: value for name, value in asdict(draft).items() if value is not None}
    return json.dumps(values, ensure_ascii=False, default=lambda moment: moment.isoformat())


def load_draft(text: str) -> Draft:
    """The draft that `dump_draft` wrote."""
    values: dict[str, Any] = json.loads(text)
    for name in ("published", "published_given", "modified"):
        if name in values:
            values[name] = parse_moment(values[name])
    if kept := values.get("kept"):
        for name in ("added", "removed"):
            kept[name] = _moment(kept.get(name))
        values["kept"] = Kept(**kept)
    return Draft(**values)


def _moment(text: str | None) -> datetime | None:
    moment = parse_moment(text)
    if isinstance(moment, date) and not isinstance(moment, datetime):
        return datetime(moment.year, moment.month, moment.day, tzinfo=UTC)
    return moment


def _card(row: sqlite3.Row) -> DraftCard:
    return DraftCard(
        id=row["id"],
        chat=row["chat"],
        person=row["person"],
        made=datetime.fromisoformat(row["made"]),
        changed=datetime.fromisoformat(row["changed"]),
        state=row["state"],
        data=json.loads(row["data"]),
    )


def _row(row: Sequence[Any]) -> DraftRow:
    return DraftRow(row[0], load_draft(row[1]) if row[1] else None, row[2], row[3])


def _stamp(moment: datetime) -> str:
    return moment.astimezone(UTC).isoformat(timespec="milliseconds")
