"""Subscriptions: who follows what, when each is due, and what its chat was told already."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field
from datetime import datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.store.results import MOST_ID
from bot.store.settings import place_of, stamp
from bot.store.store import Store

_REVISION = "subscription_revision"
"""Grows with each change of a subscription, so that whoever keeps them in memory sees it."""
_COLUMNS = "id, chat, person, state, data, due, since, paused_until, made"
NEVER = "9999"


class SubscriptionState(StrEnum):
    DRAFT = "draft"
    """Being set up: nothing is sent."""
    ACTIVE = "active"
    PAUSED = "paused"
    ENDED = "ended"
    """Unfollowed; kept a while for Undo."""


@dataclass(frozen=True, slots=True)
class Subscription:
    """One thing that a chat follows. `data` is the conversation's (interest, rhythm, length, …).

    `since` is the watermark: what came before it was told. `due` is when it is told next; None
    where nothing is due (at once, and nothing has come).
    """

    chat: str
    person: str | None
    data: dict[str, Any]
    since: datetime
    made: datetime
    state: SubscriptionState = SubscriptionState.DRAFT
    due: datetime | None = None
    paused_until: datetime | None = None
    """When a pause ends; None while paused: when the reader says so."""
    id: int = 0


@dataclass(frozen=True, slots=True)
class Delivered:
    """What one subscription brought at a time, and what its chat was told by it."""

    subscription: int
    at: datetime
    items: int
    keys: tuple[str, ...] = field(default=())


# ------------------------------------------------------------------------------ one by one
def put_subscription(connection: sqlite3.Connection, it: Subscription, now: datetime) -> int:
    """The number of `it`, which is stored as it is: new where its number is 0."""
    values = (
        it.chat,
        it.person,
        it.state.value,
        not it.data.get("rhythm", {}).get("times"),
        json.dumps(it.data, ensure_ascii=False),
        stamp(it.due) if it.due else None,
        stamp(it.since),
        stamp(it.paused_until) if it.paused_until else None,
        stamp(it.made),
        stamp(now),
        _next_revision(connection),
    )
    names = "chat, person, state, at_once, data, due, since, paused_until, made, changed, revision"
    if not it.id:
        marks = ", ".join("?" * len(values))
        sql = f"INSERT INTO subscriptions ({names}) VALUES ({marks})"
        number = connection.execute(sql, values).lastrowid
        assert number is not None
        return number
    setting = ", ".join(f"{name} = ?" for name in names.split(", "))
    connection.execute(f"UPDATE subscriptions SET {setting} WHERE id = ?", (*values, it.id))
    return it.id


def look_up_subscription(store: Store, number: int) -> Subscription | None:
    """The subscription with this number, whatever its state."""
    if not 0 < number <= MOST_ID:
        return None
    sql = f"SELECT {_COLUMNS} FROM subscriptions WHERE id = ?"
    row = store.read().execute(sql, (number,)).fetchone()
    return _subscription(row) if row else None


def find_subscriptions(store: Store, chat: str) -> list[Subscription]:
    """What `chat` (this topic of it) follows, paused or not, in the order of beginning."""
    rows = store.read().execute(
        f"SELECT {_COLUMNS} FROM subscriptions "
        "WHERE chat = ? AND state IN ('active', 'paused') ORDER BY id",
        (chat,),
    )
    return [_subscription(row) for row in rows]


def find_drafts(store: Store, chat: str, person: str) -> list[Subscription]:
    """What this person began to set up in `chat` and did not finish, newest first."""
    rows = store.read().execute(
        f"SELECT {_COLUMNS} FROM subscriptions "
        "WHERE chat = ? AND state = 'draft' AND person = ? ORDER BY id DESC",
        (chat, person),
    )
    return [_subscription(row) for row in rows]


def find_of_place(store: Store, chat: str) -> list[Subscription]:
    """What the place of `chat` follows in all its topics."""
    place = place_of(chat)
    rows = store.read().execute(
        f"SELECT {_COLUMNS} FROM subscriptions WHERE (chat = ? OR substr(chat, 1, ?) = ?) "
        "AND state IN ('active', 'paused') ORDER BY id",
        (place, len(place) + 1, place + ":"),
    )
    return [_subscription(row) for row in rows]


def _subscription(row: sqlite3.Row) -> Subscription:
    return Subscription(
        id=row["id"],
        chat=row["chat"],
        person=row["person"],
        state=SubscriptionState(row["state"]),
        data=json.loads(row["data"]),
        due=_moment(row["due"]),
        since=datetime.fromisoformat(row["since"]),
        paused_until=_moment(row["paused_until"]),
        made=datetime.fromisoformat(row["made"]),
    )


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None


def _next_revision(connection: sqlite3.Connection) -> int:
    row = connection.execute(
        "INSERT INTO meta (key, value) VALUES (?, '1') ON CONFLICT (key) "
        "DO UPDATE SET value = CAST(value AS INTEGER) + 1 RETURNING value",
        (_REVISION,),
    ).fetchone()
    return int(row[0])


# ------------------------------------------------------------------------------------- due
def find_due(store: Store, face: str, now: datetime, *, limit: int) -> list[Subscription]:
    """What is due at `now` in chats of this face that can be reached, longest due first; those
    of one chat stand together as far as they are due at the same time."""
    rows = store.read().execute(
        f"SELECT {', '.join('s.' + c for c in _COLUMNS.split(', '))} FROM subscriptions s "
        "WHERE s.state = 'active' AND s.due <= ? AND (s.chat = ? OR substr(s.chat, 1, ?) = ?) "
        f"AND NOT EXISTS (SELECT 1 FROM places p WHERE p.chat = {_PLACE} "
        "AND p.suspended IS NOT NULL) ORDER BY s.due, s.chat, s.id LIMIT ?",
        (stamp(now), face, len(face) + 1, face + ":", limit),
    )
    return [_subscription(row) for row in rows]


_PLACE = (
    "CASE instr(substr(s.chat, 4), ':') WHEN 0 THEN s.chat "
    "ELSE substr(s.chat, 1, 2 + instr(substr(s.chat, 4), ':')) END"
)
"""`place_of` in SQL: the faces' names have two letters before the colon, or no number at all."""


def find_due_after(store: Store, face: str, due: datetime, since: datetime) -> list[Subscription]:
    """What is active in chats of this face and due after `due`, or has a watermark after
    `since`."""
    rows = store.read().execute(
        f"SELECT {_COLUMNS} FROM subscriptions WHERE state = 'active' AND (due > ? OR since > ?) "
        "AND (chat = ? OR substr(chat, 1, ?) = ?) ORDER BY id",
        (stamp(due), stamp(since), face, len(face) + 1, face + ":"),
    )
    return [_subscription(row) for row in rows]


def find_paused_over(store: Store, now: datetime, *, limit: int) -> list[Subscription]:
    """What was paused until `now` or before."""
    rows = store.read().execute(
        f"SELECT {_COLUMNS} FROM subscriptions WHERE state = 'paused' AND paused_until <= ? "
        "ORDER BY id LIMIT ?",
        (stamp(now), limit),
    )
    return [_subscription(row) for row in rows]


def move_on(
    connection: sqlite3.Connection, it: Subscription, *, due: datetime | None, since: datetime
) -> bool:
    """Whether `it` was still due as it was when it was read; it is due at `due` next.

    A subscription that its reader paused, changed or ended meanwhile is left alone.
    """
    return bool(
        connection.execute(
            "UPDATE subscriptions SET due = ?, since = ? "
            "WHERE id = ? AND state = 'active' AND due = ? AND since = ?",
            (
                stamp(due) if due else None,
                stamp(since),
                it.id,
                stamp(it.due) if it.due else None,
                stamp(it.since),
            ),
        ).rowcount
    )


def keep_data(connection: sqlite3.Connection, number: int, data: dict[str, Any]) -> None:
    """Keep what the conversation notes of a subscription, without touching its times."""
    connection.execute(
        "UPDATE subscriptions SET data = ? WHERE id = ?",
        (json.dumps(data, ensure_ascii=False), number),
    )


def move_watermark(connection: sqlite3.Connection, number: int, since: datetime) -> None:
    """Note that all up to `since` was told, whenever the subscription is due."""
    connection.execute("UPDATE subscriptions SET since = ? WHERE id = ?", (stamp(since), number))


def make_due(connection: sqlite3.Connection, numbers: Iterable[int], at: datetime) -> None:
    """Have these active subscriptions told at `at`, where nothing is due earlier."""
    for number in numbers:
        connection.execute(
            "UPDATE subscriptions SET due = ? WHERE id = ? AND state = 'active' "
            "AND coalesce(due, ?) > ?",
            (stamp(at), number, NEVER, stamp(at)),
        )


# -------------------------------------------------------------------------------- in memory
def get_revision(store: Store) -> int:
    """A number that grows with each change of a subscription."""
    row = store.read().execute("SELECT value FROM meta WHERE key = ?", (_REVISION,)).fetchone()
    return int(row[0]) if row else 0


def find_changed_at_once(store: Store, face: str, *, after: int) -> list[Subscription]:
    """The subscriptions to be told at once that changed after this revision, in any state, and
    those that are at once no longer."""
    rows = store.read().execute(
        f"SELECT {_COLUMNS} FROM subscriptions WHERE revision > ? "
        "AND (chat = ? OR substr(chat, 1, ?) = ?) AND (at_once OR ? > 0)",
        (after, face, len(face) + 1, face + ":", after),
    )
    return [_subscription(row) for row in rows]


def find_new_versions(store: Store, *, after: int, limit: int) -> list[int]:
    """The numbers of the current article versions over `after`, in order; without samples and
    what stood in a feed before it was followed."""
    rows = store.read().execute(
        "SELECT v.id FROM versions v JOIN articles a ON a.current = v.id "
        "WHERE v.id > ? AND NOT a.sample AND NOT (v.version = 1 AND EXISTS (SELECT 1 "
        "FROM feed_entries e WHERE e.article_id = a.article_id AND NOT e.fresh)) "
        "ORDER BY v.id LIMIT ?",
        (after, limit),
    )
    return [row[0] for row in rows]


def newest_version(store: Store) -> int:
    """The largest number of an article version."""
    row = store.read().execute("SELECT max(id) FROM versions").fetchone()
    return int(row[0] or 0)


# ------------------------------------------------------------------------------------ told
def find_told(store: Store, chat: str) -> list[str]:
    """The keys of what the place of `chat` was told, oldest first."""
    rows = store.read().execute(
        "SELECT key FROM told WHERE chat = ? ORDER BY at, key", (place_of(chat),)
    )
    return [row[0] for row in rows]


def note_delivery(connection: sqlite3.Connection, it: Delivered, chat: str) -> None:
    """Note what a subscription brought, and that its chat knows it now."""
    connection.execute(
        "INSERT INTO deliveries (subscription, at, items) VALUES (?, ?, ?)",
        (it.subscription, stamp(it.at), it.items),
    )
    connection.executemany(
        "INSERT OR IGNORE INTO told (chat, key, at, subscription) VALUES (?, ?, ?, ?)",
        [(place_of(chat), key, stamp(it.at), it.subscription) for key in it.keys],
    )


def count_deliveries(
    store: Store, number: int, since: datetime, now: datetime
) -> tuple[int, datetime | None]:
    """How many messages a subscription brought since then, and when the last one was; what a
    clock that ran ahead has noted after `now` does not count."""
    row = (
        store.read()
        .execute(
            "SELECT count(*), max(at) FROM deliveries "
            "WHERE subscription = ? AND at >= ? AND at <= ?",
            (number, stamp(since), stamp(now)),
        )
        .fetchone()
    )
    return int(row[0]), _moment(row[1])


def count_items(store: Store, numbers: Sequence[int], since: datetime) -> dict[int, int]:
    """How many items each of these subscriptions brought since then; those without are absent."""
    marks = ", ".join("?" * len(numbers))
    rows = store.read().execute(
        "SELECT subscription, sum(items) FROM deliveries "
        f"WHERE subscription IN ({marks}) AND at >= ? GROUP BY subscription",
        (*numbers, stamp(since)),
    )
    return {row[0]: row[1] for row in rows}


def forget_old(
    connection: sqlite3.Connection, now: datetime, *, drafts: timedelta, told: timedelta
) -> None:
    """Drop what was begun and not finished, what was ended, and what was told long ago."""
    old = stamp(now - drafts)
    connection.execute(
        "DELETE FROM subscriptions WHERE state IN ('draft', 'ended') AND changed < ?", (old,)
    )
    connection.execute("DELETE FROM undos WHERE made < ?", (old,))
    for table in ("told", "deliveries"):
        connection.execute(f"DELETE FROM {table} WHERE at < ?", (stamp(now - told),))
