"""How each chat wants to be told, and whether it can be reached at all."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Mapping
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.store.store import Store

KEY_TIME = "%Y%m%dT%H%M%S"
UNDELIVERED = timedelta(minutes=5)
"""A message that was refused so shortly before a chat was found closed was refused for that."""


def count_as_untold(connection: sqlite3.Connection, key: str, now: datetime) -> None:
    """What is in the message with this key was not told after all: its follow tells it again, at
    its next time or, where it has none, now."""
    parts = key.partition("/")[0].split(":")
    if len(parts) != 4 or parts[0] != "sub":
        return
    begun = datetime.strptime(parts[2], KEY_TIME).replace(tzinfo=UTC)
    row = connection.execute("SELECT created FROM outbox WHERE key = ?", (key,)).fetchone()
    _untell(connection, int(parts[1]), row["created"] if row else stamp(now))
    connection.execute(
        "UPDATE subscriptions SET since = min(since, ?), due = coalesce(due, ?) WHERE id = ?",
        (stamp(begun), stamp(now), int(parts[1])),
    )


def _untell(connection: sqlite3.Connection, number: int, written: str) -> None:
    """What a follow told in the message put into the outbox at `written` counts as not told; what
    it told in earlier and later ones stays."""
    connection.execute(
        "WITH mine AS "
        "(SELECT max(at) AS at FROM deliveries WHERE subscription = :it AND at <= :at) "
        "DELETE FROM told WHERE subscription = :it AND at >= (SELECT at FROM mine) AND at < "
        "(SELECT coalesce(min(later.at), '9999') FROM deliveries AS later, mine "
        "WHERE later.subscription = :it AND later.at > mine.at)",
        {"it": number, "at": written},
    )


def follow_key(number: int, since: datetime, due: datetime) -> str:
    """The key of the message in which a subscription tells at `due` what came since `since`."""
    return f"sub:{number}:{since:{KEY_TIME}}:{due:{KEY_TIME}}"


def place_of(chat: str) -> str:
    """The chat without its topic: settings are a whole group's ("tg:-100:7" -> "tg:-100")."""
    return ":".join(chat.split(":")[:2])


def stamp(moment: datetime) -> str:
    """A moment as the tables keep it: of one width, so that order of text is order of time."""
    return moment.astimezone(UTC).isoformat(timespec="seconds")


def get_settings(store: Store, chat: str) -> dict[str, Any]:
    """What was set for the place of `chat`; empty for one that never set anything."""
    return read_settings(store.read(), chat)


def read_settings(connection: sqlite3.Connection, chat: str) -> dict[str, Any]:
    """`get_settings` over a connection that is open."""
    row = connection.execute(
        "SELECT data FROM places WHERE chat = ?", (place_of(chat),)
    ).fetchone()
    return json.loads(row[0]) if row else {}


def put_settings(connection: sqlite3.Connection, chat: str, data: Mapping[str, Any]) -> None:
    """Keep `data` for the place of `chat`."""
    connection.execute(
        "INSERT INTO places (chat, data) VALUES (?, ?) "
        "ON CONFLICT (chat) DO UPDATE SET data = excluded.data",
        (place_of(chat), json.dumps(data, ensure_ascii=False)),
    )


def find_used_zones(store: Store, *, limit: int) -> list[str]:
    """The time zones that most places use, most used first."""
    rows = store.read().execute(
        "SELECT json_extract(data, '$.zone') AS zone, count(*) FROM places "
        "WHERE zone IS NOT NULL GROUP BY zone ORDER BY count(*) DESC, zone LIMIT ?",
        (limit,),
    )
    return [row[0] for row in rows]


# ---------------------------------------------------------------------------- out of reach
def suspend(connection: sqlite3.Connection, chat: str, now: datetime) -> None:
    """Note that nobody at the place of `chat` can be written to since `now`, or since the first
    message of a follow that did not arrive: what was in it counts as not told."""
    place = place_of(chat)
    since = now
    for number, begun, written in _undelivered(connection, place, now):
        since = min(since, begun)
        _untell(connection, number, written)
    connection.execute(
        "INSERT INTO places (chat, suspended) VALUES (?, ?) ON CONFLICT (chat) DO UPDATE "
        "SET suspended = coalesce(suspended, excluded.suspended)",
        (place, stamp(since)),
    )


def _undelivered(
    connection: sqlite3.Connection, place: str, now: datetime
) -> list[tuple[int, datetime, str]]:
    """(subscription, since when it tells, when it was written) of each message of a follow that
    did not arrive."""
    rows = connection.execute(
        "SELECT key, created FROM outbox "
        "WHERE (chat = ? OR substr(chat, 1, ?) = ?) AND key GLOB 'sub:*' "
        "AND (state IN ('due', 'sending', 'unsure') "
        "OR (state = 'failed' AND fault LIKE 'Forbidden%' AND finished >= ?))",
        (place, len(place) + 1, place + ":", stamp(now - UNDELIVERED)),
    )
    found = []
    for row in rows:
        _, number, begun, *_ = row["key"].split(":")
        moment = datetime.strptime(begun, KEY_TIME).replace(tzinfo=UTC)
        found.append((int(number), moment, row["created"]))
    return found


def look_up_suspension(store: Store, chat: str) -> datetime | None:
    """Since when the place of `chat` has been out of reach; None for one that is not."""
    row = (
        store.read()
        .execute("SELECT suspended FROM places WHERE chat = ?", (place_of(chat),))
        .fetchone()
    )
    return datetime.fromisoformat(row["suspended"]) if row and row["suspended"] else None


def restore(connection: sqlite3.Connection, chat: str) -> None:
    """The place of `chat` can be written to again."""
    connection.execute("UPDATE places SET suspended = NULL WHERE chat = ?", (place_of(chat),))


def forget_suspended(connection: sqlite3.Connection, before: datetime) -> int:
    """How many subscriptions were dropped, of places out of reach since before then."""
    rows = connection.execute(
        "DELETE FROM places WHERE suspended IS NOT NULL AND suspended < ? RETURNING chat",
        (stamp(before),),
    )
    return sum(forget_place(connection, row[0]) for row in rows.fetchall())


def forget_place(connection: sqlite3.Connection, chat: str) -> int:
    """How many subscriptions were dropped with all else that was kept for a place and its
    topics."""
    place = place_of(chat)
    within = "(chat = ? OR substr(chat, 1, ?) = ?)"
    arguments = (place, len(place) + 1, place + ":")
    dropped = connection.execute(
        f"DELETE FROM subscriptions WHERE {within} AND state != 'draft'", arguments
    ).rowcount
    for table in ("subscriptions", "told", "undos", "places"):
        connection.execute(f"DELETE FROM {table} WHERE {within}", arguments)
    return int(dropped)


# --------------------------------------------------------------------------------- undoing
def put_undo(
    connection: sqlite3.Connection, chat: str, data: Mapping[str, Any], now: datetime
) -> int:
    """The number under which it is kept how things were before an act."""
    number = connection.execute(
        "INSERT INTO undos (chat, made, data) VALUES (?, ?, ?)",
        (chat, stamp(now), json.dumps(data, ensure_ascii=False)),
    ).lastrowid
    assert number is not None
    return number


def take_undo(connection: sqlite3.Connection, chat: str, number: int) -> dict[str, Any] | None:
    """How things were before the act with this number, which can be undone once."""
    row = connection.execute(
        "DELETE FROM undos WHERE id = ? AND chat = ? RETURNING data", (number, chat)
    ).fetchone()
    return json.loads(row[0]) if row else None


# --------------------------------------------------------------------------------- audience
def find_audience(
    connection: sqlite3.Connection, face: str, *, after: str, limit: int
) -> list[str]:
    """Private chats that can be reached and want to hear from the operator, in order of name."""
    rows = connection.execute(
        f"SELECT chat {_AUDIENCE} AND c.chat > ? ORDER BY c.chat LIMIT ?", (face, after, limit)
    )
    return [row[0] for row in rows]


def count_audience(store: Store, face: str) -> int:
    """How many chats `find_audience` would give in all."""
    row = store.read().execute(f"SELECT count(*) {_AUDIENCE}", (face,)).fetchone()
    return int(row[0])


_AUDIENCE = (
    "FROM (SELECT chat FROM chats UNION SELECT chat FROM subscriptions) c "
    "LEFT JOIN places p USING (chat) "
    "WHERE c.chat GLOB ? || ':[0-9]*' AND instr(substr(c.chat, 4), ':') = 0 "
    "AND p.suspended IS NULL AND coalesce(json_extract(p.data, '$.broadcasts'), 1)"
)
"""People's own chats: no group (its number is negative), no topic."""
