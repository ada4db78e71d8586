"""The inbox: each update stored before Telegram is told that we have it, marked when answered.

These are functions over a connection: reading ones over `Store.read()`, changing ones within a
`Store.write()`, so that finishing an update and filing its answer can be one transaction.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Iterable
from dataclasses import dataclass
from datetime import datetime

from bot.store.meta import set_meta

MOST_TRIES = 3  # an update that fails this often is set aside
NEWEST_OF_CHAT = 300  # more than a chat sends in the ten minutes in which an edit counts
BOT_KEY = "telegram_bot"
LAST_POLL_KEY = "telegram_last_poll"
INLINE_KEY = "telegram_inline"
GUESTS_KEY = "telegram_guests"


@dataclass(frozen=True, slots=True)
class InboxRow:
    """An update as it came: its number, the chat (and topic) it belongs to, and its JSON."""

    update_id: int
    chat: str
    raw: str
    tries: int = 0


def put_updates(
    connection: sqlite3.Connection, rows: Iterable[InboxRow], now: datetime
) -> list[InboxRow]:
    """Those of `rows` that are new, now stored; one whose number is known changes nothing."""
    received = now.isoformat()
    return [
        row
        for row in rows
        if connection.execute(
            "INSERT OR IGNORE INTO inbox (update_id, chat, received, raw) VALUES (?, ?, ?, ?)",
            (row.update_id, row.chat, received, row.raw),
        ).rowcount
    ]


def find_unfinished(connection: sqlite3.Connection) -> list[InboxRow]:
    """The updates that still wait for their answer, oldest first."""
    rows = connection.execute(
        "SELECT update_id, chat, raw, tries FROM inbox WHERE state = 'new' ORDER BY update_id"
    )
    return [InboxRow(row[0], row[1], row[2], row[3]) for row in rows]


def find_overtaken(connection: sqlite3.Connection) -> list[int]:
    """The unfinished updates after which a later one of their chat was finished. Each chat's are
    worked on in order, so these were put off."""
    rows = connection.execute(
        "SELECT update_id FROM inbox AS mine WHERE state = 'new' AND EXISTS (SELECT 1 FROM inbox "
        "WHERE chat = mine.chat AND state = 'done' AND update_id > mine.update_id)"
    )
    return [row[0] for row in rows]


def mark_done(connection: sqlite3.Connection, update_id: int, now: datetime) -> bool:
    """Whether the update was still open; it is done from here on, and never answered again."""
    return bool(
        connection.execute(
            "UPDATE inbox SET state = 'done', finished = ? WHERE update_id = ? AND state = 'new'",
            (now.isoformat(), update_id),
        ).rowcount
    )


def begin_try(connection: sqlite3.Connection, update_id: int) -> bool:
    """Whether the update has a try left, which is counted with this.

    A try that ends the program is counted thereby like one that fails.
    """
    return bool(
        connection.execute(
            "UPDATE inbox SET tries = tries + 1 "
            "WHERE update_id = ? AND state = 'new' AND tries < ?",
            (update_id, MOST_TRIES),
        ).rowcount
    )


def take_back_tries(connection: sqlite3.Connection, update_ids: Iterable[int]) -> None:
    """Uncount the tries of these updates that were begun and then broken off on purpose."""
    connection.executemany(
        "UPDATE inbox SET tries = tries - 1 WHERE update_id = ? AND state = 'new' AND tries > 0",
        [(update_id,) for update_id in update_ids],
    )


def note_fault(connection: sqlite3.Connection, update_id: int, fault: str, now: datetime) -> bool:
    """Whether the update may be tried again; after `MOST_TRIES` tries it is set aside."""
    connection.execute(
        "UPDATE inbox SET fault = ? WHERE update_id = ? AND state = 'new'", (fault, update_id)
    )
    connection.execute(
        "UPDATE inbox SET state = 'poison', finished = ? "
        "WHERE update_id = ? AND state = 'new' AND tries >= ?",
        (now.isoformat(), update_id, MOST_TRIES),
    )
    row = connection.execute(
        "SELECT state FROM inbox WHERE update_id = ?", (update_id,)
    ).fetchone()
    return row is not None and row[0] == "new"


def is_open(connection: sqlite3.Connection, update_id: int) -> bool:
    """Whether the update still waits for its answer."""
    row = connection.execute(
        "SELECT 1 FROM inbox WHERE update_id = ? AND state = 'new'", (update_id,)
    ).fetchone()
    return row is not None


def is_set_aside(connection: sqlite3.Connection, update_id: int) -> bool:
    """Whether the update was tried too often."""
    row = connection.execute(
        "SELECT 1 FROM inbox WHERE update_id = ? AND state = 'poison'", (update_id,)
    ).fetchone()
    return row is not None


def find_message(connection: sqlite3.Connection, chat: str, message_id: int) -> int | None:
    """The number of the update that brought this message, among the chat's newest ones.

    None when there is none, or when it is not answered yet.
    """
    rows = connection.execute(
        "SELECT update_id, json_extract(raw, '$.message.message_id') AS message_id FROM "
        "(SELECT update_id, raw, state FROM inbox WHERE chat = ? ORDER BY received DESC LIMIT ?) "
        "WHERE state = 'done' AND raw != ''",
        (chat, NEWEST_OF_CHAT),
    )
    return next((row[0] for row in rows if row[1] == message_id), None)


def came_before(
    connection: sqlite3.Connection, chat: str, message_id: int, update_id: int
) -> bool:
    """Whether an update with a lower number brought this message, under the name `chat`."""
    row = connection.execute(
        "SELECT 1 FROM inbox WHERE chat = ? AND update_id < ? AND raw != '' AND coalesce("
        "json_extract(raw, '$.message.message_id'), "
        "json_extract(raw, '$.guest_message.message_id')) = ? LIMIT 1",
        (chat, update_id, message_id),
    ).fetchone()
    return row is not None


def set_bot(connection: sqlite3.Connection, bot_id: int) -> None:
    """Note whose updates these are; the finished ones of another account are forgotten.

    Each account has numbers of its own, so an old one's would pass for doubles of the new one's.
    """
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (BOT_KEY,)).fetchone()
    if row is not None and row[0] == str(bot_id):
        return
    if row is not None:
        connection.execute("DELETE FROM inbox WHERE state != 'new'")
    set_meta(connection, BOT_KEY, str(bot_id))


@dataclass(frozen=True, slots=True)
class Abilities:
    """What the owner has switched on for the bot's account, besides messages."""

    inline: bool = False
    guests: bool = False


def note_abilities(connection: sqlite3.Connection, found: Abilities) -> None:
    """Keep what the account may do, as Telegram told at the start, for other processes to see."""
    set_meta(connection, INLINE_KEY, "on" if found.inline else "off")
    set_meta(connection, GUESTS_KEY, "on" if found.guests else "off")


def look_up_abilities(connection: sqlite3.Connection) -> Abilities | None:
    """What the account may do; None where no bot has run since this is kept."""
    sql = "SELECT key, value FROM meta WHERE key IN (?, ?)"
    told = {row[0]: row[1] for row in connection.execute(sql, (INLINE_KEY, GUESTS_KEY))}
    if not told:
        return None
    return Abilities(told.get(INLINE_KEY) == "on", told.get(GUESTS_KEY) == "on")


def note_poll(connection: sqlite3.Connection, now: datetime) -> None:
    """Keep the time at which Telegram last answered us, for other processes to see."""
    set_meta(connection, LAST_POLL_KEY, now.isoformat())


def look_up_last_poll(connection: sqlite3.Connection) -> datetime | None:
    """When Telegram last answered the running bot, to within a minute; None if it never did.

    A bot that runs polls (or asks about its webhook) at least once a minute, so an older time
    means that it does not run, that it is deaf, or that there is no way to Telegram.
    """
    row = connection.execute("SELECT value FROM meta WHERE key = ?", (LAST_POLL_KEY,)).fetchone()
    return datetime.fromisoformat(row[0]) if row else None


def count_updates(connection: sqlite3.Connection) -> dict[str, int]:
    """How many updates there are in each state (new, done, poison)."""
    rows = connection.execute("SELECT state, count(*) FROM inbox GROUP BY state")
    return {row[0]: row[1] for row in rows}


def forget_updates(connection: sqlite3.Connection, *, words: datetime, rows: datetime) -> None:
    """Drop what people wrote from updates finished before `words`, and rows before `rows`.

    The numbers stay until then, so that a late double is still known; of a fault its kind stays,
    since its words may be theirs.
    """
    connection.execute(
        "UPDATE inbox SET raw = '', fault = substr(fault, 1, instr(fault || ':', ':') - 1) "
        "WHERE state != 'new' AND finished < ? AND raw != ''",
        (words.isoformat(),),
    )
    connection.execute(
        "DELETE FROM inbox WHERE state != 'new' AND finished < ?", (rows.isoformat(),)
    )
