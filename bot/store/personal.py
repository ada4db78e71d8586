"""All that the store keeps of one person and of the chat with them: to be shown, and deleted."""

from __future__ import annotations

import json
import sqlite3
from contextlib import suppress
from dataclasses import dataclass, field
from typing import Any

from bot.store.sent import forget_sent_of
from bot.store.settings import forget_place, place_of
from bot.store.store import Store

_WITHIN = "(chat = :chat OR substr(chat, 1, length(:chat) + 1) = :chat || ':')"
_BY_THEM = (
    f"({_WITHIN} OR (json_valid(raw) AND (json_extract(raw, '$.message.from.id') = :number "
    "OR json_extract(raw, '$.edited_message.from.id') = :number "
    "OR json_extract(raw, '$.callback_query.from.id') = :number "
    "OR json_extract(raw, '$.guest_message.from.id') = :number)))"
)
"""What tells the updates of the person's own chat, and those that they sent elsewhere."""
_ASKED = "json_extract(data, '$.question') IS NOT NULL"
"""What tells an answer from a digest, both of which are kept for the buttons under them."""
_THEIRS = {
    "questions": "SELECT asked, chat, data FROM results WHERE person = :person "
    f"AND {_ASKED} ORDER BY id",
    "digests": "SELECT asked, chat, data FROM results WHERE person = :person "
    f"AND NOT {_ASKED} ORDER BY id",
    "saved": "SELECT made, chat, question, version, start, end FROM saved "
    "WHERE person = :person ORDER BY id",
    "reports": "SELECT made, chat, reason, data, state, outcome FROM reports "
    "WHERE person = :person ORDER BY id",
    "follows": "SELECT made, chat, state, data, since, due, paused_until FROM subscriptions "
    f"WHERE person = :person OR {_WITHIN} ORDER BY id",
    "settings": f"SELECT chat, data, suspended FROM places WHERE {_WITHIN}",
    "talked of": f"SELECT chat, frame, pending, updated FROM chats WHERE {_WITHIN}",
    "told already": f"SELECT chat, key, at FROM told WHERE {_WITHIN}",
    "undo": f"SELECT chat, made, data FROM undos WHERE {_WITHIN}",
    "my messages that quote": f"SELECT chat, message, at, data FROM sent WHERE {_WITHIN}",
    "messages received": "SELECT received, chat, raw FROM inbox WHERE raw != '' AND "
    f"({_WITHIN} OR (json_valid(raw) AND (json_extract(raw, '$.message.from.id') = :number "
    "OR json_extract(raw, '$.edited_message.from.id') = :number "
    "OR json_extract(raw, '$.callback_query.from.id') = :number "
    "OR json_extract(raw, '$.guest_message.from.id') = :number)))",
    "messages sent": f"SELECT created, chat, method, payload FROM outbox WHERE {_WITHIN}",
    "drafts": f"SELECT changed, chat, state, data FROM drafts WHERE {_WITHIN}",
    "role": "SELECT role, name, since FROM roles WHERE person = :person",
    "acts": "SELECT at, act, target, name FROM audit WHERE person = :person ORDER BY id",
}
"""Each kind of thing that is kept, by whose it is."""
_JSON = frozenset(("data", "frame", "pending", "raw", "payload"))


@dataclass(frozen=True, slots=True)
class Personal:
    """What is kept, by kind: each thing as it is stored."""

    kept: dict[str, list[dict[str, Any]]] = field(default_factory=dict)

    def count(self, kind: str) -> int:
        return len(self.kept.get(kind, ()))

    def first(self, kind: str, name: str) -> str:
        """The least value of this name among the things of a kind; empty where there is none."""
        return min((str(row[name]) for row in self.kept.get(kind, ())), default="")


@dataclass(frozen=True, slots=True)
class Forgotten:
    """How much was deleted."""

    questions: int = 0
    follows: int = 0
    saved: int = 0
    reports: int = 0


def collect(store: Store, chat: str, person: str) -> Personal:
    """All that is kept of `person`, and of `chat`, which is theirs alone."""
    kept: dict[str, list[dict[str, Any]]] = {}
    for kind, sql in _THEIRS.items():
        rows = store.read().execute(sql, _names(chat, person)).fetchall()
        kept[kind] = [_shown(row) for row in rows]
    return Personal(kept)


def forget_questions(connection: sqlite3.Connection, chat: str, person: str) -> int:
    """How many answers to `person` were dropped, with their digests, what the chat was
    about and the messages of the last days; reports stay, without the name and the question."""
    names = _names(chat, person)
    connection.execute(
        "UPDATE chats SET frame = NULL WHERE chat IN "
        "(SELECT chat FROM results WHERE person = :person)",
        names,
    )
    (asked,) = connection.execute(
        f"SELECT count(*) FROM results WHERE person = :person AND {_ASKED}", names
    ).fetchone()
    connection.execute("DELETE FROM results WHERE person = :person", names)
    connection.execute(
        "UPDATE reports SET person = NULL, chat = '', data = json_set(data, '$.question', '') "
        "WHERE person = :person",
        names,
    )
    connection.execute("UPDATE chats SET frame = NULL, pending = NULL WHERE chat = :chat", names)
    _forget_messages(connection, names)
    return int(asked)


def forget_everything(connection: sqlite3.Connection, chat: str, person: str) -> Forgotten:
    """What was deleted of all that is kept of `person` and of `chat`, which is theirs alone.

    What they did to the store stays in the audit, and so does their role.
    """
    names = _names(chat, person)
    (reports,) = connection.execute(
        "SELECT count(*) FROM reports WHERE person = :person", names
    ).fetchone()
    questions = forget_questions(connection, chat, person)
    saved = connection.execute("DELETE FROM saved WHERE person = :person", names).rowcount
    follows = forget_place(connection, chat)
    connection.execute(
        "DELETE FROM undos WHERE json_extract(data, '$.saved.person') = :person", names
    )
    connection.execute("UPDATE subscriptions SET person = NULL WHERE person = :person", names)
    forget_sent_of(connection, chat)
    connection.execute(f"DELETE FROM chats WHERE {_WITHIN}", names)
    connection.execute(
        f"DELETE FROM drafts WHERE {_WITHIN} AND NOT EXISTS "
        "(SELECT 1 FROM roles WHERE person = :person)",
        names,
    )
    return Forgotten(questions, follows, saved, reports)


def _forget_messages(connection: sqlite3.Connection, names: dict[str, Any]) -> None:
    """Blank what was written and answered in the last days; what is under way is given up, and
    so are questions from before that wait their turn, here or in a group."""
    connection.execute(
        "UPDATE inbox SET raw = '', state = 'done', finished = received "
        f"WHERE state = 'new' AND tries = 0 AND {_BY_THEM} AND update_id < (SELECT max(update_id) "
        f"FROM inbox WHERE state = 'new' AND tries > 0 AND {_WITHIN})",
        names,
    )
    connection.execute(
        f"UPDATE inbox SET raw = '' WHERE state = 'done' AND raw != '' AND {_BY_THEM}",
        names,
    )
    connection.execute(
        "UPDATE outbox SET payload = '{}', state = CASE state WHEN 'sent' THEN 'sent' "
        f"ELSE 'failed' END WHERE {_WITHIN} AND state != 'sending'",
        names,
    )


def _names(chat: str, person: str) -> dict[str, Any]:
    number = person.rpartition(":")[2]
    return {
        "chat": place_of(chat),
        "person": person,
        "number": int(number) if number.isascii() and number.isdigit() else None,
    }


def _shown(row: sqlite3.Row) -> dict[str, Any]:
    """A row with what it keeps as JSON opened."""
    shown: dict[str, Any] = {}
    for name in row.keys():  # noqa: SIM118 - a row is no mapping
        value = row[name]
        if name in _JSON and isinstance(value, str):
            with suppress(ValueError):
                value = json.loads(value)
        shown[name] = value
    return shown
