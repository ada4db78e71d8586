"""Putting articles into the store: a first version, a next one, or findings made anew."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, replace
from datetime import UTC, date, datetime
from typing import Any, Literal

from bot.errors import StoreRefusedError
from bot.model import Article, Changes, Draft, Findings, Kept, day_of, text_hash
from bot.store.articles import FIELDS, FROM_ALL, parse_moment, parse_time, stored_moment
from bot.store.copies import CopyOf, drop_fingerprint, note_copy, put_fingerprint
from bot.store.corrections import CorrectionKind, note_change
from bot.store.findings import drop_findings, put_findings
from bot.store.meta import count_change
from bot.store.search import index_version, unindex_version
from bot.store.store import Store
from bot.text.fingerprint import Fingerprint

VERSION_HIGH = "version_high"
"""The highest number that a version had which is gone: numbers are never given twice."""

AddStatus = Literal["added", "updated", "unchanged", "linked"]


@dataclass(frozen=True, slots=True)
class Added:
    """What became of an article that was put into the store.

    One that is `linked` was added, too; besides, it is known as a near copy of `linked_to`.
    """

    status: AddStatus
    article_id: str
    version: int
    key: int
    linked_to: str | None = None
    """The id of the article that it is a near copy of."""
    similarity: float | None = None
    """How alike the two are, 0–100."""
    changes: Changes | None = None
    """What changed from the version before, where it was updated."""
    removed: datetime | None = None
    """Since when the article is out of search; what comes for it is kept, and stays out, too."""


def is_unchanged(store: Store, article_id: str, draft: Draft) -> Added | None:
    """What `put_article` would say where the store holds this very version; else None.

    An article that was corrected by hand is unchanged, too, where it comes again as it came.
    """
    sha256, fields = text_hash(draft.text), _fields_of(draft)
    for row in _versions_to_compare(store, article_id, draft.kept):
        if row["sha256"] == sha256 and fields == _fields_of_row(row):
            return Added(
                "unchanged",
                article_id,
                row["version"],
                row["key"],
                row["original"],
                row["similarity"],
                removed=parse_time(row["removed"]),
            )
    return None


def look_up_older(store: Store, article_id: str, draft: Draft) -> Added | None:
    """The version that holds just what `draft` does, where a newer one has taken its place."""
    sha256, fields = text_hash(draft.text), _fields_of(draft)
    rows = store.read().execute(
        f"SELECT v.id AS key, v.*, a.removed {FROM_ALL} WHERE a.article_id = ? AND v.sha256 = ? "
        "AND v.id != coalesce(a.current, a.shelved) ORDER BY v.version DESC",
        (article_id, sha256),
    )
    for row in rows:
        if fields == _fields_of_row(row):
            removed = parse_time(row["removed"])
            return Added("unchanged", article_id, row["version"], row["key"], removed=removed)
    return None


def with_corrections(store: Store, article_id: str, draft: Draft) -> Draft:
    """`draft`, where a field that was corrected by hand comes again as it was before that, with
    the correction."""
    if draft.kept is not None:
        return draft
    rows = list(_versions_to_compare(store, article_id, None))
    if len(rows) < 2:
        return draft
    newest, came = _fields_of_row(rows[0]), _fields_of_row(rows[-1])
    changes: dict[str, Any] = {}
    for name, now, then, new in zip(FIELDS, newest, came, _fields_of(draft), strict=True):
        if new == then != now:
            changes[name] = parse_moment(now) if name == "published" else now
    if "published" in changes:
        changes["published_given"] = None
    return replace(draft, **changes)


def corrected(article: Article, fields: Mapping[str, str | date | datetime | None]) -> Draft:
    """`article` as a draft, with `fields` in the place of its own.

    Raises StoreRefusedError for a name that is no field's.
    """
    if strange := sorted(set(fields) - set(FIELDS)):
        raise StoreRefusedError(
            f"An article has no field {strange[0]!r}; there are {', '.join(sorted(FIELDS))}."
        )
    draft = Draft(
        text=article.text,
        id=article.id,
        published_given=article.published_given,
        modified=article.modified,
        **{name: getattr(article, name) for name in FIELDS},
    )
    if "published" in fields:
        draft = replace(draft, published_given=None)
    return replace(draft, **fields)  # type: ignore[arg-type]


def article_of(draft: Draft, article_id: str, version: int) -> Article:
    """`draft` as the article version that it would be; it is not stored, so its number is 0."""
    return Article(
        key=0,
        id=article_id,
        version=version,
        sha256=text_hash(draft.text),
        text=draft.text,
        added=datetime.now(UTC),
        published_given=draft.published_given,
        modified=draft.modified,
        **{name: getattr(draft, name) for name in FIELDS},
    )


def _versions_to_compare(
    store: Store, article_id: str, kept: Kept | None
) -> Iterator[sqlite3.Row]:
    """The newest version, then the older ones down to the newest that was not made by hand; of
    an export, the version with its number."""
    rows = store.read().execute(
        "SELECT v.id AS key, v.version, v.sha256, v.url, v.title, v.source, v.author, v.section, "
        "v.standfirst, v.published, v.published_given, v.edited, a.removed, c.similarity, "
        f"o.article_id AS original {FROM_ALL} LEFT JOIN copies c ON c.article = a.id "
        "LEFT JOIN articles o ON o.id = c.original WHERE a.article_id = ? "
        "ORDER BY v.version DESC",
        (article_id,),
    )
    for row in rows:
        if kept is not None and kept.version != row["version"]:
            continue
        yield row
        if kept is not None or not row["edited"]:
            return


def _fields_of(draft: Draft) -> tuple[str | None, ...]:
    others = (getattr(draft, name) for name in FIELDS[1:])
    return (stored_moment(draft.published_given or draft.published), *others)


def _fields_of_row(row: sqlite3.Row) -> tuple[str | None, ...]:
    return (row["published_given"] or row["published"], *(row[name] for name in FIELDS[1:]))


def put_article(
    store: Store,
    article_id: str,
    draft: Draft,
    findings: Findings,
    *,
    extractor: int,
    sample: bool = False,
    prints: Fingerprint | None = None,
    copy_of: CopyOf | None = None,
) -> Added:
    """Store `draft` with all its findings in one transaction; the older version stays.

    A draft that equals the current version changes nothing. An article that was removed takes the
    new version and stays out of search. A version from an export keeps its number where that is
    free, and stays behind newer ones.
    """
    with store.write() as connection:
        kept = draft.kept or Kept(version=0, sample=sample)
        if same := is_unchanged(store, article_id, draft):
            return same
        added = (kept.added or datetime.now(UTC)).astimezone(UTC)
        row = connection.execute(
            "SELECT id, current, shelved, removed, "
            "(SELECT max(version) FROM versions WHERE article = articles.id) AS newest "
            "FROM articles WHERE article_id = ?",
            (article_id,),
        ).fetchone()
        if row is None:
            article = connection.execute(
                "INSERT INTO articles (article_id, added, sample) VALUES (?, ?, ?)",
                (article_id, stored_moment(added), kept.sample),
            ).lastrowid
            newest, removed = 0, kept.removed
        else:
            article, newest, removed = row["id"], row["newest"], parse_time(row["removed"])
        assert article is not None
        number = kept.version
        if not number or _holds(connection, article, number):
            number = newest + 1
        key = _insert_version(connection, article, number, draft, findings, added, extractor)
        put_findings(connection, key, draft, findings)
        if number > newest:
            if row is not None:
                if row["current"] is not None:
                    unindex_version(connection, row["current"])
                drop_fingerprint(connection, row["current"] or row["shelved"])
            put_fingerprint(connection, key, prints)
            note_copy(connection, article, copy_of)
            if removed is None:
                index_version(connection, key)
            connection.execute(
                "UPDATE articles SET current = ?, shelved = ?, removed = ? WHERE id = ?",
                (
                    None if removed else key,
                    key if removed else None,
                    stored_moment(removed),
                    article,
                ),
            )
            if row is not None and removed is None and not kept.version:
                note_change(
                    connection,
                    article_id,
                    CorrectionKind.VERSION,
                    added,
                    before=row["current"],
                    after=key,
                )
        count_change(connection)
    return Added(
        "updated" if row is not None else "linked" if copy_of else "added",
        article_id,
        number,
        key,
        copy_of.article_id if copy_of else None,
        copy_of.similarity if copy_of else None,
        removed=removed,
    )


def _holds(connection: sqlite3.Connection, article: int, version: int) -> bool:
    row = connection.execute(
        "SELECT 1 FROM versions WHERE article = ? AND version = ?", (article, version)
    ).fetchone()
    return row is not None


def _insert_version(
    connection: sqlite3.Connection,
    article: int,
    number: int,
    draft: Draft,
    findings: Findings,
    added: datetime,
    extractor: int,
) -> int:
    """The store's number of a new version of `article`."""
    (last,) = connection.execute(
        "SELECT max(coalesce((SELECT max(id) FROM versions), 0), coalesce("
        "(SELECT CAST(value AS INTEGER) FROM meta WHERE key = ?), 0))",
        (VERSION_HIGH,),
    ).fetchone()
    values: dict[str, Any] = {
        "id": last + 1,
        "article": article,
        "version": number,
        "sha256": text_hash(draft.text),
        "text": draft.text,
        "url": draft.url,
        "title": draft.title,
        "source": draft.source,
        "author": draft.author,
        "published": stored_moment(draft.published),
        "day": stored_moment(day_of(draft.published)),
        "section": draft.section,
        "standfirst": draft.standfirst,
        "added": stored_moment(added),
        "extractor": extractor,
        "read_chars": findings.read_chars,
        "published_given": stored_moment(draft.published_given),
        "modified": stored_moment(draft.modified),
        "edited": draft.kept is not None and draft.kept.edited,
        "language": findings.language,
    }
    marks = ", ".join(f":{name}" for name in values)
    connection.execute(f"INSERT INTO versions ({', '.join(values)}) VALUES ({marks})", values)
    return int(last) + 1


def replace_findings(
    store: Store,
    article: Article,
    findings: Findings,
    extractor: int,
    prints: Fingerprint | None = None,
) -> None:
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
        drop_findings(connection, article.key)
        put_findings(connection, article.key, article, findings)
        index_version(connection, article.key)
        connection.execute(
            "UPDATE versions SET extractor = ?, read_chars = ?, language = ? WHERE id = ?",
            (extractor, findings.read_chars, findings.language, article.key),
        )
        drop_fingerprint(connection, article.key)
        put_fingerprint(connection, article.key, prints)
        count_change(connection)
