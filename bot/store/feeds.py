"""Feeds and their schedule, which hosts want to be left alone, and what editors should know."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from enum import StrEnum
from typing import Any

from bot.errors import StoreRefusedError
from bot.locales.said import kept, recalled, say
from bot.store.results import MOST_ID
from bot.store.store import Store

LONGEST_REST = timedelta(days=8)
"""No feed and no server is left alone for longer: what is put off further is a clock's fault."""


class FeedState(StrEnum):
    ACTIVE = "active"
    PAUSED = "paused"
    GONE = "gone"
    """Its server said that it is gone for good; it is not asked again."""


@dataclass(frozen=True, slots=True)
class Feed:
    """A feed that is followed, and how its last poll went."""

    id: int
    url: str
    title: str | None
    outlet: str | None
    """The outlet's name for its articles, where an editor gave one."""
    topic: str | None
    site: str | None
    state: FeedState
    added: datetime
    next_due: datetime
    interval_seconds: float
    etag: str | None
    last_modified: str | None
    polled: datetime | None
    succeeded: datetime | None
    failures: int
    fault: str | None
    told_failing: bool

    @property
    def name(self) -> str:
        """How people call it."""
        return self.title or self.url


@dataclass(frozen=True, slots=True)
class News:
    """Something about a feed that an editor should know."""

    id: int
    words: str


@dataclass(frozen=True, slots=True)
class Placing:
    """Where a feed stands in the list that it came with; without a feed, something else there."""

    feed: int | None
    folders: Sequence[Mapping[str, str]]
    """The attributes of the folders around it, the outermost first."""
    attributes: Mapping[str, str]


# --------------------------------------------------------------------------------- feeds
def add_feed(
    store: Store,
    url: str,
    *,
    now: datetime,
    interval_seconds: float,
    title: str | None = None,
    outlet: str | None = None,
    topic: str | None = None,
    site: str | None = None,
    paused: bool = False,
) -> Feed:
    """The feed at `url`, followed from now on and due at once.

    Raises StoreRefusedError where it is followed already.
    """
    with store.write() as connection:
        row = connection.execute("SELECT id FROM feeds WHERE url = ?", (url,)).fetchone()
        if row is not None:
            raise StoreRefusedError(
                say("This feed is followed already, as number {number}.", number=str(row["id"]))
            )
        state = FeedState.PAUSED if paused else FeedState.ACTIVE
        number = connection.execute(
            "INSERT INTO feeds (url, title, outlet, topic, site, state, added, next_due, "
            "interval_seconds) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (url, title, outlet, topic, site, state, written(now), written(now), interval_seconds),
        ).lastrowid
        assert number is not None
        connection.execute(
            "INSERT INTO feed_outlines (feed, folders, attributes) VALUES (?, '[]', '{}')",
            (number,),
        )
    return get_feed(store, number)


def get_feed(store: Store, number: int) -> Feed:
    """The feed with this number. Raises StoreRefusedError where there is none."""
    row = None
    if 0 < number <= MOST_ID:
        row = store.read().execute("SELECT * FROM feeds WHERE id = ?", (number,)).fetchone()
    if row is None:
        raise StoreRefusedError(say("There is no feed number {number}.", number=str(number)))
    return _feed(row)


def look_up_feed(store: Store, url: str) -> Feed | None:
    """The feed at `url`."""
    row = store.read().execute("SELECT * FROM feeds WHERE url = ?", (url,)).fetchone()
    return _feed(row) if row else None


def find_feeds(store: Store) -> list[Feed]:
    """All feeds, in the order in which they were added."""
    return [_feed(row) for row in store.read().execute("SELECT * FROM feeds ORDER BY id")]


def find_due_feeds(store: Store, now: datetime, *, limit: int) -> list[Feed]:
    """The feeds whose time has come, longest waiting first; also those that a clock which ran
    ahead has put off for longer than any feed rests."""
    rows = store.read().execute(
        "SELECT * FROM feeds WHERE state = 'active' AND (next_due <= ? OR next_due > ?) "
        "ORDER BY next_due, id LIMIT ?",
        (written(now), written(now + LONGEST_REST), limit),
    )
    return [_feed(row) for row in rows]


def count_articles(store: Store) -> dict[int, int]:
    """How many articles came of each feed, by its number."""
    rows = store.read().execute(
        "SELECT feed, count(DISTINCT article_id) FROM feed_entries "
        "WHERE article_id IS NOT NULL GROUP BY feed"
    )
    return {row[0]: row[1] for row in rows}


def put_placings(store: Store, placings: Sequence[Placing]) -> None:
    """Keep where feeds stand in a list; they take the place of what was kept for these feeds."""
    with store.write() as connection:
        connection.executemany(
            "DELETE FROM feed_outlines WHERE feed = ?",
            {(placing.feed,) for placing in placings if placing.feed is not None},
        )
        connection.executemany(
            "DELETE FROM feed_outlines WHERE feed IS NULL AND folders = ? AND attributes = ?",
            [(_folders(p), json.dumps(dict(p.attributes))) for p in placings if p.feed is None],
        )
        connection.executemany(
            "INSERT INTO feed_outlines (feed, folders, attributes) VALUES (?, ?, ?)",
            [(p.feed, _folders(p), json.dumps(dict(p.attributes))) for p in placings],
        )


def _folders(placing: Placing) -> str:
    return json.dumps([dict(folder) for folder in placing.folders])


def find_placings(store: Store) -> list[Placing]:
    """Where each feed stands, in the order of the lists."""
    rows = store.read().execute("SELECT * FROM feed_outlines ORDER BY id")
    return [
        Placing(row["feed"], json.loads(row["folders"]), json.loads(row["attributes"]))
        for row in rows
    ]


_CHANGEABLE = frozenset(
    "url title outlet topic site state next_due interval_seconds etag last_modified polled "
    "succeeded failures fault told_failing".split()
)


def change_feed(store: Store, number: int, **changes: Any) -> Feed:
    """The feed with `changes` to its fields. Raises StoreRefusedError where there is none."""
    if wrong := changes.keys() - _CHANGEABLE:
        raise ValueError(f"no fields of a feed: {', '.join(sorted(wrong))}")
    values = [written(v) if isinstance(v, datetime) else v for v in changes.values()]
    values = [kept(v) if isinstance(v, str) else v for v in values]
    with store.write() as connection:
        connection.execute(
            f"UPDATE feeds SET {', '.join(f'{name} = ?' for name in changes)} WHERE id = ?",
            (*values, number),
        )
    return get_feed(store, number)


def remove_feed(store: Store, number: int) -> Feed:
    """The feed that is followed no more; its articles stay. Raises StoreRefusedError."""
    feed = get_feed(store, number)
    with store.write() as connection:
        connection.execute("DELETE FROM feeds WHERE id = ?", (number,))
    return feed


def _feed(row: sqlite3.Row) -> Feed:
    return Feed(
        id=row["id"],
        url=row["url"],
        title=row["title"],
        outlet=row["outlet"],
        topic=row["topic"],
        site=row["site"],
        state=FeedState(row["state"]),
        added=datetime.fromisoformat(row["added"]),
        next_due=datetime.fromisoformat(row["next_due"]),
        interval_seconds=row["interval_seconds"],
        etag=row["etag"],
        last_modified=row["last_modified"],
        polled=_moment(row["polled"]),
        succeeded=_moment(row["succeeded"]),
        failures=row["failures"],
        fault=recalled(row["fault"]) if row["fault"] else None,
        told_failing=bool(row["told_failing"]),
    )


# --------------------------------------------------------------------------------- hosts
def find_hosts_at_rest(store: Store, now: datetime) -> dict[str, datetime]:
    """The hosts that are not to be asked yet, and until when."""
    rows = store.read().execute(
        "SELECT host, not_before FROM feed_hosts WHERE not_before > ? AND not_before <= ?",
        (written(now), written(now + LONGEST_REST)),
    )
    return {row["host"]: datetime.fromisoformat(row["not_before"]) for row in rows}


def get_host_failures(store: Store, host: str) -> int:
    """How often in a row `host` could not be asked."""
    row = (
        store.read().execute("SELECT failures FROM feed_hosts WHERE host = ?", (host,)).fetchone()
    )
    return int(row[0]) if row else 0


def rest_host(store: Store, host: str, until: datetime, failures: int) -> None:
    """Leave `host` alone until then."""
    with store.write() as connection:
        connection.execute(
            "INSERT INTO feed_hosts (host, not_before, failures) VALUES (?, ?, ?) "
            "ON CONFLICT (host) DO UPDATE SET not_before = excluded.not_before, "
            "failures = excluded.failures",
            (host, written(until), failures),
        )


def free_host(store: Store, host: str) -> None:
    """Note that `host` answers."""
    if get_host_failures(store, host):
        with store.write() as connection:
            connection.execute("DELETE FROM feed_hosts WHERE host = ?", (host,))


# ---------------------------------------------------------------------------------- news
def put_news(store: Store, words: str, now: datetime) -> None:
    """Keep a sentence about a feed for the editors."""
    with store.write() as connection:
        connection.execute(
            "INSERT INTO feed_news (at, words) VALUES (?, ?)", (written(now), kept(words))
        )


def find_untold_news(store: Store, *, limit: int) -> list[News]:
    """What the editors have not been told yet, oldest first."""
    rows = store.read().execute(
        "SELECT id, words FROM feed_news WHERE NOT told ORDER BY id LIMIT ?", (limit,)
    )
    return [News(row["id"], recalled(row["words"])) for row in rows]


def mark_told(connection: sqlite3.Connection, news: Iterable[News]) -> None:
    """Note that the editors were told."""
    connection.executemany(
        "UPDATE feed_news SET told = 1 WHERE id = ?", [(item.id,) for item in news]
    )


def written(moment: datetime) -> str:
    """`moment` as the tables of feeds keep it: texts that sort as the moments do."""
    return moment.astimezone(UTC).isoformat(timespec="microseconds")


def _moment(text: str | None) -> datetime | None:
    return datetime.fromisoformat(text) if text else None
