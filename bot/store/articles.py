"""Articles and their versions: putting them in, taking them out."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, date, datetime
from typing import Literal

from bot.errors import ArticleNotFoundError
from bot.model import Article, Draft, Findings, day_of, text_hash
from bot.store.findings import put_findings
from bot.store.meta import count_change
from bot.store.search import index_version, unindex_version
from bot.store.store import Store

_COLUMNS = (
    "v.id AS key, a.article_id, v.version, v.sha256, v.text, v.url, v.title, v.source, v.author, "
    "v.published, v.section, v.standfirst, v.added, v.published_given, a.sample"
)
_FROM_CURRENT = "FROM articles a JOIN versions v ON v.id = a.current"

AddStatus = Literal["added", "updated", "unchanged"]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an article that was put into the store."""

    status: AddStatus
    article_id: str
    version: int
    key: int


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
    )


# --------------------------------------------------------------------------- putting in
def is_unchanged(store: Store, article_id: str, draft: Draft) -> Added | None:
    """What `put_article` would say where the store holds this very version; else None."""
    row = (
        store.read()
        .execute(
            "SELECT v.id, v.version, v.sha256, v.title, v.source, v.url, v.author, v.section, "
            "v.standfirst, coalesce(v.published_given, v.published) AS published "
            f"{_FROM_CURRENT} WHERE a.article_id = ?",
            (article_id,),
        )
        .fetchone()
    )
    if row is None or row["sha256"] != text_hash(draft.text):
        return None
    published = _stored_moment(draft.published_given or draft.published)
    fields = (
        draft.title,
        draft.source,
        published,
        draft.url,
        draft.author,
        draft.section,
        draft.standfirst,
    )
    names = ("title", "source", "published", "url", "author", "section", "standfirst")
    if fields != tuple(row[name] for name in names):
        return None
    return Added("unchanged", article_id, row["version"], row["id"])


def put_article(
    store: Store,
    article_id: str,
    draft: Draft,
    findings: Findings,
    *,
    extractor: int,
    sample: bool = False,
) -> Added:
    """Store `draft` with all its findings in one transaction; the older version stays.

    A draft that equals the current version changes nothing.
    """
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with store.write() as connection:
        if same := is_unchanged(store, article_id, draft):
            return same
        row = connection.execute(
            "SELECT id, current FROM articles WHERE article_id = ?", (article_id,)
        ).fetchone()
        if row is None:
            cursor = connection.execute(
                "INSERT INTO articles (article_id, added, sample) VALUES (?, ?, ?)",
                (article_id, now, sample),
            )
            article, old, version = cursor.lastrowid, None, 1
        else:
            article, old = row["id"], row["current"]
            version = (
                1
                + connection.execute(
                    "SELECT max(version) FROM versions WHERE article = ?", (article,)
                ).fetchone()[0]
            )
        key = connection.execute(
            "INSERT INTO versions (article, version, sha256, text, url, title, source, author, "
            "published, day, section, standfirst, added, extractor, read_chars, published_given) "
            "VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
            (
                article,
                version,
                text_hash(draft.text),
                draft.text,
                draft.url,
                draft.title,
                draft.source,
                draft.author,
                _stored_moment(draft.published),
                _stored_moment(day_of(draft.published)),
                draft.section,
                draft.standfirst,
                now,
                extractor,
                findings.read_chars,
                _stored_moment(draft.published_given),
            ),
        ).lastrowid
        assert key is not None
        if old is not None:
            unindex_version(connection, old)
        put_findings(connection, key, draft, findings)
        index_version(connection, key)
        connection.execute("UPDATE articles SET current = ? WHERE id = ?", (key, article))
        count_change(connection)
    return Added("added" if old is None else "updated", article_id, version, key)


def replace_findings(store: Store, article: Article, findings: Findings, extractor: int) -> None:
    """Put `findings` in the place of those that an older extractor made, in one transaction.

    Nothing is done where the article has a newer version by now: only that one is searched.
    """
    with store.write() as connection:
        row = connection.execute(
            "SELECT 1 FROM articles WHERE current = ?", (article.key,)
        ).fetchone()
        if row is None:
            return
        unindex_version(connection, article.key)
        for table in ("sentences", "quotes", "facts", "dates", "names", "article_terms"):
            column = "id" if table == "article_terms" else "version"
            connection.execute(f"DELETE FROM {table} WHERE {column} = ?", (article.key,))
        put_findings(connection, article.key, article, findings)
        index_version(connection, article.key)
        connection.execute(
            "UPDATE versions SET extractor = ?, read_chars = ? WHERE id = ?",
            (extractor, findings.read_chars, article.key),
        )
        count_change(connection)


def _stored_moment(moment: date | datetime | None) -> str | None:
    if isinstance(moment, datetime):
        return moment.astimezone(UTC).isoformat(timespec="seconds")
    return moment.isoformat() if moment else None


# --------------------------------------------------------------------------- taking out
def get_article(store: Store, article_id: str, version: int | None = None) -> Article:
    """The article with this id, current or in the version asked for.

    Raises ArticleNotFoundError.
    """
    if version is None:
        sql = f"SELECT {_COLUMNS} {_FROM_CURRENT} WHERE a.article_id = ?"
        row = store.read().execute(sql, (article_id,)).fetchone()
    else:
        sql = (
            f"SELECT {_COLUMNS} FROM articles a JOIN versions v ON v.article = a.id "
            "WHERE a.article_id = ? AND v.version = ?"
        )
        row = store.read().execute(sql, (article_id, version)).fetchone()
    if row is None:
        raise ArticleNotFoundError(article_id)
    return _article(row)


def look_up_version(store: Store, key: int) -> Article | None:
    """The article version with this number, which need not be current."""
    sql = f"SELECT {_COLUMNS} FROM versions v JOIN articles a ON a.id = v.article WHERE v.id = ?"
    row = store.read().execute(sql, (key,)).fetchone()
    return _article(row) if row else None


def get_versions(store: Store, keys: list[int]) -> dict[int, Article]:
    """The article versions with these numbers, by number."""
    marks = ", ".join("?" * len(keys))
    sql = (
        f"SELECT {_COLUMNS} FROM versions v JOIN articles a ON a.id = v.article "
        f"WHERE v.id IN ({marks})"
    )
    return {row["key"]: _article(row) for row in store.read().execute(sql, keys)}


def find_latest(store: Store, *, limit: int, source: str | None = None) -> list[Article]:
    """The newest current articles by day of publication, newest first."""
    where = "WHERE lower(v.source) = lower(?)" if source else ""
    sql = (
        f"SELECT {_COLUMNS} {_FROM_CURRENT} {where} "
        "ORDER BY v.published IS NULL, v.published DESC, v.id DESC LIMIT ?"
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


def find_added(store: Store, since: datetime, until: datetime, *, not_before: date) -> list[int]:
    """The numbers of current versions that came in from `since` up to `until` (not included) and
    were published on `not_before` or later, in order of their coming in."""
    rows = store.read().execute(
        f"SELECT v.id {_FROM_CURRENT} WHERE v.added >= ? AND v.added < ? "
        "AND coalesce(v.day, ?) >= ? ORDER BY v.id",
        [
            _stored_moment(since),
            _stored_moment(until),
            not_before.isoformat(),
            not_before.isoformat(),
        ],
    )
    return [row[0] for row in rows]


def find_outdated(store: Store, extractor: int) -> Iterator[int]:
    """The numbers of current versions whose findings an older extractor made."""
    rows = store.read().execute(
        f"SELECT v.id {_FROM_CURRENT} WHERE v.extractor != ? ORDER BY v.id", (extractor,)
    )
    return iter([row[0] for row in rows])


def get_coverage(store: Store) -> Coverage:
    """How many articles the store holds, and when the newest was published."""
    row = store.read().execute(f"SELECT count(*), max(v.published) {_FROM_CURRENT}").fetchone()
    return Coverage(row[0], parse_moment(row[1]))


def find_sources(store: Store) -> list[tuple[str, int]]:
    """The outlets in the store with their number of articles, most first."""
    rows = store.read().execute(
        f"SELECT v.source, count(*) {_FROM_CURRENT} WHERE v.source IS NOT NULL "
        "GROUP BY v.source ORDER BY count(*) DESC, v.source"
    )
    return [(row[0], row[1]) for row in rows]


def drop_samples(store: Store) -> None:
    """Take every sample article out of the store."""
    with store.write() as connection:
        rows = connection.execute("SELECT id, current FROM articles WHERE sample").fetchall()
        for row in rows:
            unindex_version(connection, row["current"])
            connection.execute("DELETE FROM articles WHERE id = ?", (row["id"],))
        count_change(connection)


def all_articles(store: Store) -> Iterator[Article]:
    """Every current article, in the order in which they came in."""
    sql = f"SELECT {_COLUMNS} {_FROM_CURRENT} ORDER BY a.id"
    for row in store.read().execute(sql):
        yield _article(row)
