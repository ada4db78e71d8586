"""The entries of feeds: which are known, which wait to become articles, and what they became."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import datetime, timedelta
from typing import Any

from bot.store.feeds import written
from bot.store.store import Store

KEPT_DAYS = 180
"""What became of an entry is known for so long after it was last in its feed."""


@dataclass(frozen=True, slots=True)
class EntryRow:
    """An entry of a feed: whose words it was when it was last seen, and what became of it."""

    id: int
    feed: int
    guid: str
    url: str | None
    fresh: bool
    state: str
    tries: int
    article_id: str | None
    data: Mapping[str, Any]


@dataclass(frozen=True, slots=True)
class SeenEntry:
    """An entry as it stands in its feed now."""

    guid: str
    url: str | None
    fingerprint: str
    content_hash: str
    updated: str | None
    data: Mapping[str, Any]
    """What the article is made from; kept until it is stored."""
    fresh: bool = True
    """Whether it is news, rather than what stood in the feed before it was followed."""
    wanted: bool = True
    """Whether it is to become an article; else it is only known from now on."""


def note_entries(store: Store, feed: int, entries: Sequence[SeenEntry], now: datetime) -> int:
    """How many of `entries` are due now: new ones, and those whose words have changed.

    One that is known under another guid (by its address or fingerprint) is the same and takes
    the new guid.
    """
    at = written(now)
    due = 0
    with store.write() as connection:
        for entry in entries:
            known = _known(connection, feed, entry)
            data = json.dumps(entry.data, ensure_ascii=False)
            if known is None:
                connection.execute(
                    "INSERT INTO feed_entries (feed, guid, url, fingerprint, content_hash, "
                    "updated, fresh, state, not_before, seen, data) "
                    "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
                    (
                        feed,
                        entry.guid,
                        entry.url,
                        entry.fingerprint,
                        entry.content_hash,
                        entry.updated,
                        entry.fresh,
                        "due" if entry.wanted else "passed",
                        at,
                        at,
                        data if entry.wanted else None,
                    ),
                )
                due += entry.wanted
                continue
            changed = (
                known["content_hash"] != entry.content_hash or known["updated"] != entry.updated
            )
            connection.execute(
                "UPDATE feed_entries SET guid = ?, url = ?, fingerprint = ?, content_hash = ?, "
                "updated = ?, seen = ? WHERE id = ?",
                (
                    entry.guid,
                    entry.url,
                    entry.fingerprint,
                    entry.content_hash,
                    entry.updated,
                    at,
                    known["id"],
                ),
            )
            if changed and known["state"] != "passed":
                connection.execute(
                    "UPDATE feed_entries SET state = 'due', tries = 0, not_before = ?, data = ? "
                    "WHERE id = ?",
                    (at, data, known["id"]),
                )
                due += 1
        connection.execute(
            "DELETE FROM feed_entries WHERE feed = ? AND seen < ? AND state != 'due'",
            (feed, written(now - timedelta(days=KEPT_DAYS))),
        )
    return due


def _known(connection: sqlite3.Connection, feed: int, entry: SeenEntry) -> sqlite3.Row | None:
    """The row of this very entry, whatever its guid is today."""
    columns = "SELECT id, content_hash, updated, state FROM feed_entries WHERE feed = ? AND "
    row = connection.execute(f"{columns} guid = ?", (feed, entry.guid)).fetchone()
    if row is None and entry.url is not None:
        row = connection.execute(f"{columns} url = ?", (feed, entry.url)).fetchone()
    if row is None:
        row = connection.execute(
            f"{columns} fingerprint = ?", (feed, entry.fingerprint)
        ).fetchone()
    found: sqlite3.Row | None = row
    return found


def find_due_entries(store: Store, now: datetime, *, limit: int) -> list[EntryRow]:
    """The entries that wait to become articles, of feeds that are not paused, oldest first."""
    rows = store.read().execute(
        "SELECT e.* FROM feed_entries e JOIN feeds f ON f.id = e.feed "
        "WHERE e.state = 'due' AND e.not_before <= ? AND f.state != 'paused' "
        "ORDER BY e.not_before, e.id LIMIT ?",
        (written(now), limit),
    )
    return [
        EntryRow(
            row["id"],
            row["feed"],
            row["guid"],
            row["url"],
            bool(row["fresh"]),
            row["state"],
            row["tries"],
            row["article_id"],
            json.loads(row["data"]) if row["data"] else {},
        )
        for row in rows
    ]


def count_waiting(store: Store, feed: int) -> int:
    """How many entries of a feed wait to become articles."""
    sql = "SELECT count(*) FROM feed_entries WHERE feed = ? AND state = 'due'"
    return int(store.read().execute(sql, (feed,)).fetchone()[0])


def find_article_at(store: Store, url: str, *, but: int) -> str | None:
    """The id of the article that another feed's entry with this address became."""
    row = (
        store.read()
        .execute(
            "SELECT e.article_id FROM feed_entries e JOIN articles a USING (article_id) "
            "WHERE e.url = ? AND e.feed != ? LIMIT 1",
            (url, but),
        )
        .fetchone()
    )
    return str(row["article_id"]) if row else None


def expect_article(store: Store, entry: int, article_id: str) -> None:
    """Note which article an entry is about to become, so that nobody is alerted of an old one in
    the moment before it is settled."""
    with store.write() as connection:
        connection.execute(
            "UPDATE feed_entries SET article_id = ? WHERE id = ?", (article_id, entry)
        )


def settle_entry(store: Store, entry: int, *, article_id: str | None, fault: str | None) -> None:
    """Note what an entry became: an article, or none for the reason `fault`."""
    with store.write() as connection:
        connection.execute(
            "UPDATE feed_entries SET state = ?, article_id = coalesce(?, article_id), fault = ?, "
            "data = NULL WHERE id = ?",
            ("stored" if article_id else "refused", article_id, fault, entry),
        )


def put_off_entry(store: Store, entry: int, until: datetime, *, tried: bool) -> None:
    """Take an entry up not before `until`; `tried` counts this as one more try."""
    with store.write() as connection:
        connection.execute(
            "UPDATE feed_entries SET not_before = ?, tries = tries + ? WHERE id = ?",
            (written(until), tried, entry),
        )


def find_quiet(store: Store, article_ids: Iterable[str]) -> set[str]:
    """Those of `article_ids` that came with the first poll of a feed: news of old, which nobody
    is to be alerted of."""
    ids = list(article_ids)
    found: set[str] = set()
    for start in range(0, len(ids), 500):
        part = ids[start : start + 500]
        rows = store.read().execute(
            "SELECT article_id FROM feed_entries WHERE article_id IN "
            f"({', '.join('?' * len(part))}) GROUP BY article_id HAVING max(fresh) = 0",
            part,
        )
        found |= {row[0] for row in rows}
    return found
