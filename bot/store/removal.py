"""Taking articles out of search, bringing them back, and taking them away for good."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection
from dataclasses import dataclass
from datetime import UTC, datetime

from bot.errors import ArticleNotFoundError
from bot.store.articles import find_history
from bot.store.copies import drop_fingerprint, hand_on_copies
from bot.store.corrections import CorrectionKind, note_change, note_purge
from bot.store.meta import count_change, raise_meta
from bot.store.putting import VERSION_HIGH
from bot.store.search import index_version, unindex_version
from bot.store.store import Store
from bot.store.traces import Pieces, blank_traces


@dataclass(frozen=True, slots=True)
class Purged:
    """What a purge took away: how many versions, how many kept messages, answers and notes held
    their text, and whether the file was rewritten so that no trace is left in it."""

    article_id: str
    versions: int
    traces: int
    copies: tuple[str, ...] = ()
    """Near copies in other articles; they stay."""
    rewritten: bool = True


def remove_article(store: Store, article_id: str, now: datetime) -> bool:
    """Whether the article was there to be removed: out of search and answers, but kept whole.

    Raises ArticleNotFoundError for one that never was.
    """
    with store.write() as connection:
        row = _row(connection, article_id)
        if row["current"] is None:
            return False
        unindex_version(connection, row["current"])
        connection.execute(
            "UPDATE articles SET current = NULL, shelved = current, removed = ? WHERE id = ?",
            (now.astimezone(UTC).isoformat(timespec="seconds"), row["id"]),
        )
        note_change(connection, article_id, CorrectionKind.REMOVED, now, before=row["current"])
        count_change(connection)
    return True


def restore_article(store: Store, article_id: str, now: datetime) -> bool:
    """Whether the article had been removed; it is searched and answered from again.

    Raises ArticleNotFoundError for one that never was, or that was purged.
    """
    with store.write() as connection:
        row = _row(connection, article_id)
        if row["current"] is not None:
            return False
        index_version(connection, row["shelved"])
        connection.execute(
            "UPDATE articles SET current = shelved, shelved = NULL, removed = NULL WHERE id = ?",
            (row["id"],),
        )
        note_change(connection, article_id, CorrectionKind.RESTORED, now, after=row["shelved"])
        count_change(connection)
    return True


def drop_samples(store: Store) -> None:
    """Take every sample article out of the store."""
    with store.write() as connection:
        for row in connection.execute(
            "SELECT id, article_id, current, shelved FROM articles WHERE sample"
        ).fetchall():
            _delete(connection, row)
        count_change(connection)


def purge_article(store: Store, article_id: str, now: datetime) -> Purged:
    """Take an article away for good: its versions, findings and place in the index, and its words
    wherever an answer, message or note kept them; then rewrite the file, so that no page of it
    holds them still.

    Copies of the file made before (backups) are not touched. Raises ArticleNotFoundError.
    """
    versions = find_history(store, article_id)
    pieces = Pieces((v.text, v.title, v.url) for v in versions)
    with store.write() as connection:
        row = _row(connection, article_id)
        copies = tuple(
            r[0]
            for r in connection.execute(
                "SELECT article_id FROM articles WHERE id != :id AND id IN "
                "(SELECT original FROM copies WHERE article = :id "
                "UNION SELECT article FROM copies WHERE original IN "
                "(SELECT :id UNION SELECT original FROM copies WHERE article = :id)) ORDER BY id",
                {"id": row["id"]},
            )
        )
        _forget_answers(connection, {v.key for v in versions})
        traces = blank_traces(connection, pieces)
        note_purge(connection, article_id, [v.key for v in versions], now)
        _delete(connection, row)
        # Merging everything drops the words of what was deleted from the index itself.
        connection.execute("INSERT INTO article_index (article_index) VALUES ('optimize')")
        count_change(connection)
    return Purged(article_id, len(versions), traces, copies, store.rewrite())


def _row(connection: sqlite3.Connection, article_id: str) -> sqlite3.Row:
    row: sqlite3.Row | None = connection.execute(
        "SELECT id, article_id, current, shelved FROM articles WHERE article_id = ?", (article_id,)
    ).fetchone()
    if row is None:
        raise ArticleNotFoundError(article_id)
    return row


def _delete(connection: sqlite3.Connection, row: sqlite3.Row) -> None:
    """Delete an article with all that hangs on it."""
    if row["current"] is not None:
        unindex_version(connection, row["current"])
    drop_fingerprint(connection, row["current"] or row["shelved"])
    hand_on_copies(connection, row["id"])
    # Buttons and kept answers name versions by number: no later one may come by theirs.
    (newest,) = connection.execute("SELECT max(id) FROM versions").fetchone()
    raise_meta(connection, VERSION_HIGH, newest)
    connection.execute("DELETE FROM articles WHERE id = ?", (row["id"],))


def _forget_answers(connection: sqlite3.Connection, keys: Collection[int]) -> None:
    """Drop the kept answers that show one of the versions `keys`, and what chats were about."""
    for table, column, name in (("results", "data", "id"), ("chats", "frame", "chat")):
        rows = connection.execute(
            f"SELECT {name}, {column} FROM {table} WHERE {column} IS NOT NULL"
        ).fetchall()
        for place, told in rows:
            if not _names_version(json.loads(told), keys):
                continue
            if table == "results":
                connection.execute("DELETE FROM results WHERE id = ?", (place,))
            else:
                connection.execute("UPDATE chats SET frame = NULL WHERE chat = ?", (place,))


def _names_version(data: dict[str, object], keys: Collection[int]) -> bool:
    """Whether a kept answer or frame points to one of the versions `keys`."""
    if isinstance(frame := data.get("frame"), dict) and _names_version(frame, keys):
        return True
    places = [data.get("answered")]
    for part in ("answers", "nearest"):
        items = data.get(part)
        places += [item.get("at") for item in items] if isinstance(items, list) else []
    versions = data.get("versions")
    named = list(versions) if isinstance(versions, list) else []
    named += [place[0] for place in places if isinstance(place, list) and place]
    return any(key in keys for key in named)
