"""The outbox: what is to be sent, stored first, so that a crash loses no answer.

A letter is `due`, then `sending`, then `sent` or `failed`. One whose outcome is not known (the
connection broke while the server may have taken it) is `unsure` and is sent once more.
"""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime
from enum import IntEnum
from typing import Any

MOST_RECENT = 3_000  # more letters than can go out in the minute that Telegram's rates look back


class Lane(IntEnum):
    """Who goes first: somebody who waits, then alerts, then digests, then broadcasts."""

    PERSON = 0
    ALERT = 1
    DIGEST = 2
    BROADCAST = 3


@dataclass(frozen=True, slots=True)
class Letter:
    """Something to send. `key` names it for ever: a second letter of that key is dropped.

    `chat` is as in the inbox ("tg:-1001234:7" with a topic); the payload does not repeat it.
    """

    key: str
    chat: str
    method: str
    payload: dict[str, Any]
    lane: Lane = Lane.PERSON


@dataclass(frozen=True, slots=True)
class OutboxRow:
    """A letter in the outbox, with what happened to it so far."""

    id: int
    letter: Letter
    tries: int
    created: datetime
    not_before: datetime | None = None
    unsure: bool = False
    """Whether an earlier try may have arrived."""


def put_letters(connection: sqlite3.Connection, letters: Iterable[Letter], now: datetime) -> int:
    """How many of `letters` are new in the outbox."""
    new = 0
    for letter in letters:
        payload = json.dumps(letter.payload, ensure_ascii=False)
        new += connection.execute(
            "INSERT OR IGNORE INTO outbox (key, chat, lane, created, method, payload) "
            "VALUES (?, ?, ?, ?, ?, ?)",
            (letter.key, letter.chat, int(letter.lane), now.isoformat(), letter.method, payload),
        ).rowcount
    return new


def find_due(connection: sqlite3.Connection, *, after: int = 0) -> list[OutboxRow]:
    """The letters still to be sent whose number is over `after`, in the order of writing.

    Those that were being sent when the program ended are among them, as unsure.
    """
    rows = connection.execute(
        "SELECT id, key, chat, lane, method, payload, tries, created, not_before, state "
        "FROM outbox WHERE state IN ('due', 'sending', 'unsure') AND id > ? ORDER BY id",
        (after,),
    )
    return [_row(row) for row in rows]


def find_recent(
    connection: sqlite3.Connection, since: datetime, until: datetime
) -> list[tuple[str, datetime | None]]:
    """The chats that were sent something since then and when, oldest first; no time where the
    program ended meanwhile. What was sent after `until` was so by a clock that was set back."""
    rows = connection.execute(
        "SELECT chat, finished, state FROM (SELECT id, chat, finished, state FROM outbox "
        "ORDER BY id DESC LIMIT ?) WHERE state = 'sending' "
        "OR (state = 'sent' AND finished BETWEEN ? AND ?) "
        "ORDER BY finished IS NULL, finished, id",
        (MOST_RECENT, since.isoformat(), until.isoformat()),
    )
    return [(row[0], datetime.fromisoformat(row[1]) if row[1] else None) for row in rows]


def _row(row: sqlite3.Row) -> OutboxRow:
    key, chat, lane, method, payload = row[1:6]
    return OutboxRow(
        id=row[0],
        letter=Letter(key, chat, method, json.loads(payload), Lane(lane)),
        tries=row[6],
        created=datetime.fromisoformat(row[7]),
        not_before=datetime.fromisoformat(row[8]) if row[8] else None,
        unsure=row[9] != "due",
    )


def mark_sending(connection: sqlite3.Connection, letter_id: int) -> bool:
    """Whether the letter is still to be sent. A try begins: if the program ends now, nobody knows
    whether it arrived."""
    return bool(
        connection.execute(
            "UPDATE outbox SET state = 'sending', tries = tries + 1 "
            "WHERE id = ? AND state IN ('due', 'unsure', 'sending')",
            (letter_id,),
        ).rowcount
    )


def withdraw_letters(connection: sqlite3.Connection, prefix: str, now: datetime) -> None:
    """Give up the letters whose keys begin so and that no try has begun for."""
    connection.execute(
        "UPDATE outbox SET state = 'failed', fault = 'withdrawn', finished = ? "
        "WHERE state = 'due' AND key >= ? AND key < ?",
        (now.isoformat(), prefix, prefix + "\U0010ffff"),
    )


def mark_sent(
    connection: sqlite3.Connection, letter_id: int, message_id: int | None, now: datetime
) -> None:
    connection.execute(
        "UPDATE outbox SET state = 'sent', message_id = ?, finished = ?, fault = NULL "
        "WHERE id = ?",
        (message_id, now.isoformat(), letter_id),
    )


def mark_due(
    connection: sqlite3.Connection,
    letter_id: int,
    *,
    not_before: datetime,
    fault: str,
    unsure: bool = False,
) -> None:
    """Put the letter back: another try at `not_before`."""
    connection.execute(
        "UPDATE outbox SET state = ?, not_before = ?, fault = ? WHERE id = ?",
        ("unsure" if unsure else "due", not_before.isoformat(), fault, letter_id),
    )


def mark_failed(connection: sqlite3.Connection, letter_id: int, fault: str, now: datetime) -> None:
    """Give the letter up; it stays for the operator to see."""
    connection.execute(
        "UPDATE outbox SET state = 'failed', fault = ?, finished = ? WHERE id = ?",
        (fault, now.isoformat(), letter_id),
    )


def close_chat(connection: sqlite3.Connection, chat: str, fault: str, now: datetime) -> list[int]:
    """The numbers of the letters given up because nobody in `chat` can be written to.

    A chat's topics go with it.
    """
    rows = connection.execute(
        "UPDATE outbox SET state = 'failed', fault = ?, finished = ? "
        "WHERE state IN ('due', 'unsure') AND (chat = ? OR substr(chat, 1, ?) = ?) RETURNING id",
        (fault, now.isoformat(), chat, len(chat) + 1, chat + ":"),
    )
    return [row[0] for row in rows.fetchall()]


FOLLOWS = ("subscriptions", "told", "undos", "places")
AMEND = "edit_only"
"""The method of a letter that changes a message where it still stands, and sends none else."""


def move_chat(connection: sqlite3.Connection, old: str, new: str) -> None:
    """Make everything that is kept under `old` (and its topics) be `new`'s.

    Doing it again changes nothing. What `new` has of its own already stays. The messages that
    stand in `old` are put right no more: in `new` their numbers are other messages'.
    """
    within = "(chat = ? OR substr(chat, 1, ?) = ?)"
    place = (old, len(old) + 1, old + ":")
    connection.execute(f"DELETE FROM sent WHERE {within}", place)
    connection.execute(
        "UPDATE outbox SET state = 'failed', fault = 'the group has moved' "
        f"WHERE method = ? AND state IN ('due', 'unsure') AND {within}",
        (AMEND, *place),
    )
    tables = ("inbox", "outbox", "chats", "results", "reports", "drafts", "audit", "saved")
    for table in (*tables, *FOLLOWS):
        connection.execute(
            f"UPDATE OR IGNORE {table} SET chat = ? || substr(chat, ?) WHERE {within}",
            (new, len(old) + 1, *place),
        )


def find_sent(connection: sqlite3.Connection, key: str) -> list[int]:
    """The numbers of the messages that became of the letter `key` and its further parts."""
    rows = connection.execute(
        "SELECT message_id FROM outbox WHERE (key = ? OR (key >= ? AND key < ?)) "
        "AND state = 'sent' AND message_id IS NOT NULL ORDER BY id",
        (key, key + "/", key + "0"),  # "0" follows "/" in the order of characters
    )
    return [row[0] for row in rows]


def count_letters(connection: sqlite3.Connection) -> dict[str, int]:
    """How many letters there are in each state."""
    rows = connection.execute("SELECT state, count(*) FROM outbox GROUP BY state")
    return {row[0]: row[1] for row in rows}


def forget_letters(connection: sqlite3.Connection, before: datetime) -> None:
    """Drop the letters that were finished before then; the last one stays without its words, so
    that no number is given twice."""
    connection.execute(
        "DELETE FROM outbox WHERE state IN ('sent', 'failed') AND finished < ? "
        "AND id < (SELECT max(id) FROM outbox)",
        (before.isoformat(),),
    )
    connection.execute(
        "UPDATE outbox SET payload = '{}' WHERE state IN ('sent', 'failed') AND finished < ? "
        "AND payload != '{}'",
        (before.isoformat(),),
    )
