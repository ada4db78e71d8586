"""Which messages of ours stand in which chats and quote which article versions, so that they can
be put right there when an article is corrected."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime
from typing import Any

from bot.store.settings import place_of, stamp
from bot.store.store import Store

ABROAD = "inline"
"""How the names begin under which messages in other people's chats are kept; each is as a chat of
its own, which holds one message, number `ONLY`."""
ONLY = 1


@dataclass(frozen=True, slots=True)
class SentMessage:
    """A message as it stands in its chat: the chat, the face's number of it, when it was sent or
    last changed, and what is needed to show it again."""

    id: int
    chat: str
    message: int
    at: datetime
    data: dict[str, Any]


def note_sent(
    connection: sqlite3.Connection,
    chat: str,
    message: int,
    data: Mapping[str, Any] | None,
    versions: Collection[int],
    now: datetime,
) -> None:
    """Keep what stands in this message now, which quotes these article versions; what stood
    there before is forgotten, and nothing kept where it quotes none."""
    if data is None or not versions:
        drop_sent(connection, chat, message)
        return
    row = connection.execute(
        "INSERT INTO sent (chat, message, at, data) VALUES (?, ?, ?, ?) "
        "ON CONFLICT (chat, message) DO UPDATE SET data = excluded.data RETURNING id",
        (chat, message, stamp(now), json.dumps(data, ensure_ascii=False)),
    ).fetchone()
    connection.execute("DELETE FROM sent_evidence WHERE sent = ?", (row[0],))
    connection.executemany(
        "INSERT INTO sent_evidence (version, sent) VALUES (?, ?)",
        [(version, row[0]) for version in sorted(set(versions))],
    )


def note_sent_abroad(
    connection: sqlite3.Connection,
    name: str,
    data: Mapping[str, Any] | None,
    versions: Collection[int],
    now: datetime,
) -> None:
    """Keep what stands in a message of ours in a chat that we are no member of; the face calls it
    `name`, and nothing of the chat or of anybody in it is kept."""
    note_sent(connection, f"{ABROAD}:{name}", ONLY, data, versions, now)


def drop_sent(connection: sqlite3.Connection, chat: str, message: int) -> None:
    """Forget a message: it is gone, or quotes nothing any more."""
    connection.execute("DELETE FROM sent WHERE chat = ? AND message = ?", (chat, message))


def find_chats_quoting(
    store: Store, versions: Collection[int], *, after: str, limit: int
) -> list[str]:
    """The chats that hold a message or a saved sentence of one of these versions, in order of
    name, those after `after`."""
    marks = ", ".join("?" * len(versions))
    rows = store.read().execute(
        f"SELECT s.chat FROM sent_evidence e JOIN sent s ON s.id = e.sent "
        f"WHERE e.version IN ({marks}) AND s.chat > ? "
        f"UNION SELECT chat FROM saved WHERE version IN ({marks}) AND chat > ? "
        "ORDER BY 1 LIMIT ?",
        [*versions, after, *versions, after, limit],
    )
    return [row[0] for row in rows]


def find_quoting(
    store: Store, chat: str, versions: Collection[int], *, limit: int
) -> list[SentMessage]:
    """The messages in `chat` that quote one of these versions, the newest first."""
    marks = ", ".join("?" * len(versions))
    rows = store.read().execute(
        f"SELECT * FROM sent WHERE chat = ? AND id IN "
        f"(SELECT sent FROM sent_evidence WHERE version IN ({marks})) ORDER BY id DESC LIMIT ?",
        [chat, *versions, limit],
    )
    return [_message(row) for row in rows]


def count_sent(store: Store, chats: Sequence[str]) -> int:
    """How many messages are kept of these chats."""
    marks = ", ".join("?" * len(chats))
    row = (
        store.read()
        .execute(f"SELECT count(*) FROM sent WHERE chat IN ({marks})", list(chats))
        .fetchone()
    )
    return int(row[0])


def forget_sent(connection: sqlite3.Connection, before: datetime) -> None:
    """Drop the messages that were sent before then: they are corrected no more."""
    connection.execute("DELETE FROM sent WHERE at < ?", (stamp(before),))


def forget_sent_of(connection: sqlite3.Connection, chat: str) -> None:
    """Drop all messages of a place and its topics."""
    place = place_of(chat)
    connection.execute(
        "DELETE FROM sent WHERE chat = ? OR substr(chat, 1, ?) = ?",
        (place, len(place) + 1, place + ":"),
    )


def _message(row: sqlite3.Row) -> SentMessage:
    return SentMessage(
        row["id"],
        row["chat"],
        row["message"],
        datetime.fromisoformat(row["at"]),
        json.loads(row["data"]),
    )
