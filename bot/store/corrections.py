"""What has become of stored articles: each new version, removal, return and purge, written down in
the transaction that did it, until it has travelled to whoever was told of the article."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass, field
from datetime import datetime
from enum import StrEnum
from typing import Any

from bot.store.settings import stamp
from bot.store.store import Store


class CorrectionKind(StrEnum):
    """What was done to an article."""

    VERSION = "version"
    REMOVED = "removed"
    RESTORED = "restored"
    PURGED = "purged"
    NOTE = "note"
    LATE = "late"
    """A message went out after the change that had been written before it."""


NEW, DONE = "new", "done"


@dataclass(frozen=True, slots=True)
class Correction:
    """One change of an article: its kind, the versions before and after it, and how far word of
    it has travelled (`reached_chat`, in order of name)."""

    id: int
    article: str
    kind: CorrectionKind
    made: datetime
    before: int | None = None
    after: int | None = None
    state: str = NEW
    reached_chat: str = ""
    told: int = 0
    edited: int = 0
    is_public: bool = False
    note: str | None = None
    data: dict[str, Any] = field(default_factory=dict)


def note_change(
    connection: sqlite3.Connection,
    article: str,
    kind: CorrectionKind,
    now: datetime,
    *,
    before: int | None = None,
    after: int | None = None,
    note: str | None = None,
    data: dict[str, Any] | None = None,
) -> int:
    """The number of the change that is written down with this."""
    number = connection.execute(
        "INSERT INTO corrections (article, kind, before, after, made, note, data) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        (article, kind.value, before, after, stamp(now), note, json.dumps(data or {})),
    ).lastrowid
    assert number is not None
    return number


def note_late(
    connection: sqlite3.Connection, versions: Collection[int], written: datetime, now: datetime
) -> None:
    """Let what has become of these versions since a message was `written` travel once more: the
    message has gone out only now."""
    for version in versions:
        row = connection.execute(
            "SELECT a.article_id, a.current FROM versions v JOIN articles a ON a.id = v.article "
            "LEFT JOIN versions n ON n.id = a.current WHERE v.id = ? "
            "AND a.current IS NOT v.id AND coalesce(a.removed, n.added) >= ?",
            (version, stamp(written)),
        ).fetchone()
        if row is not None:
            kind = CorrectionKind.LATE
            note_change(connection, row[0], kind, now, before=version, after=row[1])


def note_purge(
    connection: sqlite3.Connection, article: str, versions: list[int], now: datetime
) -> None:
    """Write down that an article with these versions is gone for good; what was corrected in it
    before is forgotten, and so is its name."""
    connection.execute("DELETE FROM corrections WHERE article = ?", (article,))
    note_change(connection, "", CorrectionKind.PURGED, now, data={"versions": versions})


def find_next(store: Store, made_before: datetime) -> Correction | None:
    """The oldest change that is still to travel: what was purged at once, all else once it was
    made before then."""
    row = (
        store.read()
        .execute(
            "SELECT * FROM corrections WHERE state = 'new' AND (made <= ? OR kind = 'purged') "
            "ORDER BY kind = 'purged' DESC, id LIMIT 1",
            (stamp(made_before),),
        )
        .fetchone()
    )
    return _correction(row) if row else None


def find_unread(store: Store, *, limit: int) -> list[Correction]:
    """Changes that wait to travel and of which nobody has found out yet what they are."""
    rows = store.read().execute(
        "SELECT * FROM corrections WHERE state = 'new' AND data = '{}' ORDER BY id LIMIT ?",
        (limit,),
    )
    return [_correction(row) for row in rows]


def find_later(store: Store, it: Correction) -> Correction | None:
    """The next change of the same article that is still to travel."""
    row = (
        store.read()
        .execute(
            "SELECT * FROM corrections WHERE article = ? AND id > ? AND state = 'new' "
            "AND kind != 'note' ORDER BY id LIMIT 1",
            (it.article, it.id),
        )
        .fetchone()
    )
    return _correction(row) if row else None


def find_waiting(store: Store, article: str) -> Correction | None:
    """The last change of this article that has not begun to travel."""
    row = (
        store.read()
        .execute(
            "SELECT * FROM corrections WHERE article = ? AND state = 'new' "
            "AND reached_chat = '' ORDER BY id DESC LIMIT 1",
            (article,),
        )
        .fetchone()
    )
    return _correction(row) if row else None


def merge_into(connection: sqlite3.Connection, it: Correction, later: Correction) -> None:
    """Let the later of two changes of an article tell of both; it waits no longer for that, else
    an article that changes every minute would never be told of."""
    connection.execute("DELETE FROM corrections WHERE id = ?", (it.id,))
    connection.execute(
        "UPDATE corrections SET before = ?, made = ?, note = coalesce(note, ?) WHERE id = ?",
        (it.before, stamp(it.made), it.note, later.id),
    )


def put_note(connection: sqlite3.Connection, number: int, note: str) -> None:
    """Give a change that waits a note for its readers."""
    connection.execute("UPDATE corrections SET note = ? WHERE id = ?", (note, number))


def put_findings_of(
    connection: sqlite3.Connection, number: int, data: dict[str, Any], *, is_public: bool
) -> None:
    """Keep what a change was found to be, and whether everybody may read of it."""
    connection.execute(
        "UPDATE corrections SET data = ?, is_public = is_public OR ? WHERE id = ?",
        (json.dumps(data, ensure_ascii=False), is_public, number),
    )


def move_on(
    connection: sqlite3.Connection, it: Correction, *, chat: str, told: int, edited: int
) -> bool:
    """Whether `it` is still where we thought it; it has travelled to `chat` now."""
    return bool(
        connection.execute(
            "UPDATE corrections SET reached_chat = ?, told = told + ?, edited = edited + ?, "
            "is_public = is_public OR (? AND kind != 'late') "
            "WHERE id = ? AND state = 'new' AND reached_chat = ?",
            (chat, told, edited, bool(told or edited), it.id, it.reached_chat),
        ).rowcount
    )


def finish(connection: sqlite3.Connection, number: int) -> None:
    """The change has travelled everywhere; one that nobody need read of is dropped."""
    connection.execute("UPDATE corrections SET state = 'done' WHERE id = ?", (number,))
    connection.execute("DELETE FROM corrections WHERE id = ? AND NOT is_public", (number,))


def find_public(
    store: Store, *, article: str | None = None, offset: int = 0, limit: int
) -> list[Correction]:
    """What everybody may read of, the newest first; of one article where it is named."""
    where = "is_public" + (" AND article = ?" if article is not None else "")
    arguments = [article] if article is not None else []
    rows = store.read().execute(
        f"SELECT * FROM corrections WHERE {where} ORDER BY id DESC LIMIT ? OFFSET ?",
        [*arguments, limit, offset],
    )
    return [_correction(row) for row in rows]


def look_up_correction(store: Store, number: int) -> Correction | None:
    row = store.read().execute("SELECT * FROM corrections WHERE id = ?", (number,)).fetchone()
    return _correction(row) if row else None


def count_public(store: Store, article: str | None = None) -> int:
    where = "is_public" + (" AND article = ?" if article is not None else "")
    arguments = [article] if article is not None else []
    row = (
        store.read()
        .execute(f"SELECT count(*) FROM corrections WHERE {where}", arguments)
        .fetchone()
    )
    return int(row[0])


def find_version_keys(store: Store, article: str) -> list[int]:
    """The numbers of all versions of the article with this id, the oldest first."""
    rows = store.read().execute(
        "SELECT v.id FROM versions v JOIN articles a ON a.id = v.article "
        "WHERE a.article_id = ? ORDER BY v.id",
        (article,),
    )
    return [row[0] for row in rows]


def _correction(row: sqlite3.Row) -> Correction:
    return Correction(
        id=row["id"],
        article=row["article"],
        kind=CorrectionKind(row["kind"]),
        made=datetime.fromisoformat(row["made"]),
        before=row["before"],
        after=row["after"],
        state=row["state"],
        reached_chat=row["reached_chat"],
        told=row["told"],
        edited=row["edited"],
        is_public=bool(row["is_public"]),
        note=row["note"],
        data=json.loads(row["data"]),
    )
