"""Articles and their versions, found again: by name, by number, by day."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Collection, Iterator, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime

from bot.errors import ArticleNotFoundError
from bot.model import Article
from bot.store.lookups import count_all
from bot.store.store import Store

_COLUMNS = (
    "v.id AS key, a.article_id, v.version, v.sha256, v.text, v.url, v.title, v.source, v.author, "
    "v.published, v.section, v.standfirst, v.added, v.published_given, v.language, v.edited, "
    "a.sample, a.removed, v.modified"
)
_FROM_CURRENT = "FROM articles a JOIN versions v ON v.id = a.current"
FROM_ALL = "FROM articles a JOIN versions v ON v.article = a.id"
FIELDS = ("published", "url", "title", "source", "author", "section", "standfirst")
"""What can be corrected of an article by hand; its text cannot."""


@dataclass(frozen=True, slots=True)
class Coverage:
    """What the store holds: how many articles, and when the newest was published."""

    articles: int
    newest: date | datetime | None


def parse_moment(text: str | None) -> date | datetime | None:
    """A stored time: a day ("2025-03-18") stays a `date`, a time is aware."""
    if not text:
        return None
    return date.fromisoformat(text) if len(text) == 10 else datetime.fromisoformat(text)


def stored_moment(moment: date | datetime | None) -> str | None:
    """The time as the store writes it, which `parse_moment` reads: in UTC, a day as it is."""
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).isoformat(timespec="seconds")
    return moment.isoformat() if moment else None


def _article(row: sqlite3.Row) -> Article:
    return Article(
        key=row["key"],
        id=row["article_id"],
        version=row["version"],
        sha256=row["sha256"],
        text=row["text"],
        url=row["url"],
        title=row["title"],
        source=row["source"],
        author=row["author"],
        published=parse_moment(row["published"]),
        section=row["section"],
        standfirst=row["standfirst"],
        added=datetime.fromisoformat(row["added"]),
        sample=bool(row["sample"]),
        published_given=parse_moment(row["published_given"]),
        language=row["language"],
        edited=bool(row["edited"]),
        removed=parse_time(row["removed"]),
        modified=parse_moment(row["modified"]),
    )


def parse_time(text: str | None) -> datetime | None:
    """A stored time that always has an hour."""
    return datetime.fromisoformat(text) if text else None


def get_article(
    store: Store, article_id: str, version: int | None = None, *, removed: bool = False
) -> Article:
    """The article with this id, current or in the version asked for.

    One that was removed is there only with `removed`. Raises ArticleNotFoundError.
    """
    where = "a.article_id = ?" if removed else "a.article_id = ? AND a.removed IS NULL"
    arguments: list[str | int] = [article_id]
    if version is None:
        which = "v.id = coalesce(a.current, a.shelved)"
    else:
        which = "v.version = ?"
        arguments.append(version)
    sql = f"SELECT {_COLUMNS} {FROM_ALL} WHERE {where} AND {which}"
    row = store.read().execute(sql, arguments).fetchone()
    if row is None:
        raise ArticleNotFoundError(article_id)
    return _article(row)


def look_up_version(store: Store, key: int) -> Article | None:
    """The article version with this number, which need not be current; None for one that is not
    there or was removed."""
    return get_versions(store, [key]).get(key)


def get_versions(store: Store, keys: Sequence[int]) -> dict[int, Article]:
    """The article versions with these numbers, by number, without those that were removed."""
    marks = ", ".join("?" * len(keys))
    sql = f"SELECT {_COLUMNS} {FROM_ALL} WHERE v.id IN ({marks}) AND a.removed IS NULL"
    return {row["key"]: _article(row) for row in store.read().execute(sql, list(keys))}


def find_removed(store: Store, *, limit: int) -> list[Article]:
    """The articles that were removed, each in its last version, the last removed first."""
    rows = store.read().execute(
        f"SELECT {_COLUMNS} FROM articles a JOIN versions v ON v.id = a.shelved "
        "WHERE a.removed IS NOT NULL ORDER BY a.removed DESC, a.id DESC LIMIT ?",
        (limit,),
    )
    return [_article(row) for row in rows]


def look_up_newest(store: Store, article_id: str) -> Article | None:
    """The current version of the article, or that which was current when it was removed."""
    try:
        return get_article(store, article_id, removed=True)
    except ArticleNotFoundError:
        return None


def look_up_id(store: Store, key: int) -> str | None:
    """The id of the article that has the version with this number, also of one removed."""
    row = store.read().execute(f"SELECT a.article_id {FROM_ALL} WHERE v.id = ?", (key,)).fetchone()
    return row[0] if row else None


def find_history(store: Store, article_id: str) -> list[Article]:
    """Every version of the article, the oldest first, also of one that was removed.

    Raises ArticleNotFoundError.
    """
    sql = f"SELECT {_COLUMNS} {FROM_ALL} WHERE a.article_id = ? ORDER BY v.version"
    found = [_article(row) for row in store.read().execute(sql, (article_id,))]
    if not found:
        raise ArticleNotFoundError(article_id)
    return found


def find_latest(store: Store, *, limit: int, source: str | None = None) -> list[Article]:
    """The newest current articles by day of publication, newest first."""
    where = "WHERE lower(v.source) = lower(?)" if source else ""
    # Along the index over the days, which puts what has none last; the cross join keeps to it.
    sql = (
        f"SELECT {_COLUMNS} FROM versions v CROSS JOIN articles a "
        f"ON a.id = v.article AND a.current = v.id {where} "
        "ORDER BY v.published DESC, v.id DESC LIMIT ?"
    )
    arguments = (source, limit) if source else (limit,)
    return [_article(row) for row in store.read().execute(sql, arguments)]


def find_window(store: Store, first: date, last: date) -> list[int]:
    """The numbers of current versions published from `first` to `last`, both included, and of
    those without a day that came in then; in order of publication."""
    rows = store.read().execute(
        f"SELECT v.id {_FROM_CURRENT} WHERE v.day BETWEEN ? AND ? "
        "OR (v.day IS NULL AND date(v.added) BETWEEN ? AND ?) "
        "ORDER BY coalesce(v.published, v.added), v.id",
        [first.isoformat(), last.isoformat()] * 2,
    )
    return [row[0] for row in rows]


def find_days(store: Store, first: date, last: date) -> list[tuple[date, int]]:
    """The day and number of each current version published from `first` to `last`, both
    included."""
    rows = store.read().execute(
        f"SELECT v.day, v.id {_FROM_CURRENT} WHERE v.day BETWEEN ? AND ?",
        [first.isoformat(), last.isoformat()],
    )
    return [(date.fromisoformat(row[0]), row[1]) for row in rows]


def find_published(store: Store, keys: Collection[int]) -> dict[int, date | datetime]:
    """When each of these versions was published, by its number; those without a day are left
    out."""
    rows = store.read().execute(
        "SELECT id, published FROM versions WHERE published IS NOT NULL "
        "AND id IN (SELECT value FROM json_each(?))",
        [json.dumps(sorted(keys))],
    )
    found = {row["id"]: parse_moment(row["published"]) for row in rows}
    return {key: moment for key, moment in found.items() if moment is not None}


def find_added(store: Store, since: datetime, until: datetime, *, not_before: date) -> list[int]:
    """The numbers of current versions that came in from `since` up to `until` (not included) and
    were published on `not_before` or later, in order of their coming in."""
    rows = store.read().execute(
        f"SELECT v.id {_FROM_CURRENT} WHERE v.added >= ? AND v.added < ? "
        "AND coalesce(v.day, ?) >= ? ORDER BY v.id",
        [
            stored_moment(since),
            stored_moment(until),
            not_before.isoformat(),
            not_before.isoformat(),
        ],
    )
    return [row[0] for row in rows]


def find_outdated(store: Store, extractor: int) -> Iterator[int]:
    """The numbers of current versions whose findings an older extractor made, or that have no
    fingerprint yet."""
    rows = store.read().execute(
        f"SELECT v.id {_FROM_CURRENT} LEFT JOIN fingerprints f ON f.version = v.id "
        "WHERE v.extractor != ? OR f.version IS NULL ORDER BY v.id",
        (extractor,),
    )
    return iter([row[0] for row in rows])


def get_coverage(store: Store) -> Coverage:
    """How many articles the store holds, and when the newest was published."""
    row = (
        store.read()
        .execute(
            "SELECT v.published FROM versions v CROSS JOIN articles a "
            "ON a.id = v.article AND a.current = v.id WHERE v.published IS NOT NULL "
            "ORDER BY v.published DESC LIMIT 1"
        )
        .fetchone()
    )
    return Coverage(count_all(store, "articles"), parse_moment(row[0] if row else None))


def find_sources(store: Store) -> list[tuple[str, int]]:
    """The outlets in the store with their number of articles, most first."""
    rows = store.read().execute(
        f"SELECT v.source, count(*) {_FROM_CURRENT} WHERE v.source IS NOT NULL "
        "GROUP BY v.source ORDER BY count(*) DESC, v.source"
    )
    return [(row[0], row[1]) for row in rows]


def all_articles(store: Store) -> Iterator[Article]:
    """Every current article, in the order in which they came in."""
    sql = f"SELECT {_COLUMNS} {_FROM_CURRENT} ORDER BY a.id"
    for row in store.read().execute(sql):
        yield _article(row)


def all_versions(store: Store) -> Iterator[Article]:
    """Every version of every article, in the order in which they came in, removed ones too."""
    for row in store.read().execute(f"SELECT {_COLUMNS} {FROM_ALL} ORDER BY v.id"):
        yield _article(row)
