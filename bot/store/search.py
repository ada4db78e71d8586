"""Full-text search over the current articles, and the sentences of those that it finds."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from sys import getsizeof

from bot.model import Findings, Span
from bot.store.lookups import count_version, discount_version
from bot.store.named import count_names
from bot.store.packing import TermPage, unpack_findings, unpack_lines, unpack_terms
from bot.store.senses import drop_sense, put_sense
from bot.store.store import Store
from bot.text.words import STOP_TERMS, terms_of

TITLE_WEIGHT = 3.0  # a word of the headline tells three times as much about an article
CONTEXT_WEIGHT = 0.3  # of its outlet and day
PHRASE_ARTICLES = 40  # articles in which the sentence with a phrase is looked for
PAGES_BYTES = 16_000_000
"""Of memory that the terms of large articles take at a time: sixteen of a million characters, or a
thousand of ten thousand."""
SMALL_BYTES = 100_000
"""What takes less is read in any case, so that large articles hide no other."""
_TERM = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Hit:
    """An article version that full-text search found, and its score (higher is better)."""

    row: int
    score: float


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """A sentence as the index has it: the n-th of its article version."""

    version: int
    n: int
    span: Span
    terms: tuple[str, ...]

    @property
    def place(self) -> tuple[int, int]:
        """Version and number: what tells it from all others, the older article first."""
        return self.version, self.n


# ----------------------------------------------------------------------------- indexing
def index_version(connection: sqlite3.Connection, key: int) -> None:
    """Make version `key` findable; its findings and terms are stored already."""
    index_words(connection, key)
    put_sense(connection, key)


def index_words(connection: sqlite3.Connection, key: int) -> None:
    """Make version `key` findable by its words."""
    _into_index(
        connection,
        key,
        "INSERT INTO article_index (rowid, title, body, context) VALUES (?, ?, ?, ?)",
    )
    text, day, findings = _counted(connection, key)
    count_version(connection, text, day, key, findings)
    count_names(connection, key, findings.names, 1)


def unindex_version(connection: sqlite3.Connection, key: int) -> None:
    """Take version `key` out of the index; its rows stay."""
    drop_sense(connection, key)
    _into_index(
        connection,
        key,
        "INSERT INTO article_index (article_index, rowid, title, body, context) "
        "VALUES ('delete', ?, ?, ?, ?)",
    )
    text, day, findings = _counted(connection, key)
    discount_version(connection, text, day, key, findings)
    count_names(connection, key, findings.names, -1)


def _into_index(connection: sqlite3.Connection, key: int, sql: str) -> None:
    """Run `sql` with what the index has of version `key`: no stop words of the text, which are
    every second word and find nothing."""
    row = connection.execute(
        "SELECT title, body, context FROM term_pages WHERE version = ?", (key,)
    ).fetchone()
    lines = unpack_lines(row[1])
    # A line at a time: a text of a million terms takes 80 MB taken apart whole.
    body = " ".join(" ".join(t for t in line.split() if t not in STOP_TERMS) for line in lines)
    connection.execute(sql, (key, row[0], body, row[2]))


def _counted(connection: sqlite3.Connection, key: int) -> tuple[str, str | None, Findings]:
    """What the counts are made of: text, day and findings."""
    row = connection.execute(
        "SELECT v.text, v.day, f.data FROM versions v JOIN findings f ON f.version = v.id "
        "WHERE v.id = ?",
        (key,),
    ).fetchone()
    return row[0], row[1], unpack_findings(row[2])


# ---------------------------------------------------------------------------- searching
def _any_of(terms: Iterable[str]) -> str:
    """An FTS5 query for rows with any of `terms`; terms are quoted, so no user text can break
    it. Empty when nothing searchable is left."""
    return " OR ".join(f'"{t}"' for t in dict.fromkeys(_indexed(terms)))


def _indexed(terms: Iterable[str]) -> list[str]:
    """Those of `terms` that the index has."""
    return [t for t in terms if _TERM.fullmatch(t) and t not in STOP_TERMS]


def search_articles(store: Store, terms: Sequence[str], *, limit: int) -> list[Hit]:
    """The current versions that hold any of `terms`, best first (BM25 over title and text)."""
    query = _any_of(terms)
    if not query:
        return []
    rows = store.read().execute(
        f"SELECT rowid, -bm25(article_index, {TITLE_WEIGHT}, 1.0, {CONTEXT_WEIGHT}) AS score "
        "FROM article_index WHERE article_index MATCH ? ORDER BY score DESC, rowid LIMIT ?",
        (query, limit),
    )
    return [Hit(row[0], row[1]) for row in rows]


def find_versions_with(store: Store, terms: Sequence[str]) -> set[int]:
    """The current versions that hold all of `terms`, in headline or text."""
    clean = _indexed(dict.fromkeys(terms))
    if not clean:
        return set()
    query = "{title body} : (" + " AND ".join(f'"{t}"' for t in clean) + ")"
    rows = store.read().execute(
        "SELECT rowid FROM article_index WHERE article_index MATCH ?", (query,)
    )
    return {row[0] for row in rows}


def search_phrase(store: Store, phrase: str, *, limit: int) -> list[SentenceRow]:
    """The sentences that hold the words of `phrase` one after another, the shortest first; none
    for a phrase of nothing but stop words."""
    places = find_places(store, phrase, limit=limit)
    wanted = frozenset(places)
    versions = list({version for version, _ in places})
    rows = {row.place: row for row in get_sentences(store, versions) if row.place in wanted}
    return [rows[place] for place in places if place in rows]


def find_places(store: Store, phrase: str, *, limit: int) -> list[tuple[int, int]]:
    """Version and number of the sentences that `search_phrase` finds, in its order."""
    terms = [t for t in terms_of(phrase) if _TERM.fullmatch(t)]
    telling = _indexed(terms)
    if not telling:
        return []
    rows = store.read().execute(
        "SELECT rowid FROM article_index WHERE article_index MATCH ? ORDER BY rank LIMIT ?",
        (f'body : "{" ".join(telling)}"', PHRASE_ARTICLES),
    )
    wanted = f" {' '.join(terms)} "
    held = [
        (line.count(" "), version, n)
        for version, page in each_page(store, [row[0] for row in rows])
        for n, line in enumerate(page.lines)
        if wanted in line
    ]
    return [(version, n) for _, version, n in sorted(held)[:limit]]


def search_wording(store: Store, runs: Iterable[Sequence[str]], *, limit: int) -> list[Hit]:
    """The current versions whose text holds any of `runs` (terms that follow one another, stop
    words left out), best first (BM25, each run counting as one word)."""
    phrases = dict.fromkeys(
        " ".join(run) for run in runs if run and len(_indexed(run)) == len(run)
    )
    if not phrases:
        return []
    query = "body : (" + " OR ".join(f'"{phrase}"' for phrase in phrases) + ")"
    rows = store.read().execute(
        "SELECT rowid, -rank AS score FROM article_index WHERE article_index MATCH ? "
        "ORDER BY rank, rowid LIMIT ?",
        (query, limit),
    )
    return [Hit(row[0], row[1]) for row in rows]


def get_pages(
    store: Store, versions: Sequence[int], *, most_bytes: int = PAGES_BYTES
) -> dict[int, TermPage]:
    """The terms of each of `versions`, by their numbers; of the large ones as many, the first
    first, as `most_bytes` of memory hold."""
    pages: dict[int, TermPage] = {}
    held = 0
    for version, page in each_page(store, versions):
        size = sum(map(getsizeof, page.lines))
        if size > SMALL_BYTES:
            if held + size > most_bytes:
                continue
            held += size
        pages[version] = page
    return dict(sorted(pages.items()))


def each_page(store: Store, versions: Sequence[int]) -> Iterator[tuple[int, TermPage]]:
    """Number and terms of each of `versions`, in their order, one unpacked at a time."""
    marks = ", ".join("?" * len(versions))
    rows = store.read().execute(
        f"SELECT version, title, body FROM term_pages WHERE version IN ({marks})", list(versions)
    )
    packed = {row[0]: (row[1], row[2]) for row in rows}
    for version in dict.fromkeys(versions):
        if version in packed:
            yield version, unpack_terms(*packed[version])


def get_sentences(store: Store, versions: Sequence[int]) -> Iterator[SentenceRow]:
    """The sentences of `versions`, in order; a version is unpacked when it is come to."""
    marks = ", ".join("?" * len(versions))
    rows = store.read().execute(
        "SELECT t.version, t.body, f.data FROM term_pages t "
        "JOIN findings f ON f.version = t.version "
        f"WHERE t.version IN ({marks}) ORDER BY t.version",
        list(versions),
    )
    for version, body, data in rows.fetchall():
        spans = unpack_findings(data).sentences
        lines = unpack_lines(body)
        for n, (span, line) in enumerate(zip(spans, lines, strict=False)):
            yield SentenceRow(version, n, span, tuple(line.split()))
