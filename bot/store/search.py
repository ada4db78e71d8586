"""Full-text search over articles and sentences, and the vocabulary of the store."""

from __future__ import annotations

import re
import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.model import Mention, NameKind, Span
from bot.store.named import count_names
from bot.store.store import Store
from bot.text.words import find_words, terms_of

TITLE_WEIGHT = 3.0  # a word of the headline tells three times as much about an article
CONTEXT_WEIGHT = 0.3  # a word of the headline, for each of its sentences
_TERM = re.compile(r"\w+")


@dataclass(frozen=True, slots=True)
class Hit:
    """Something that full-text search found: its row, and its BM25 score (higher is better)."""

    row: int
    score: float


@dataclass(frozen=True, slots=True)
class SentenceRow:
    """A sentence as it lies in the index."""

    row: int
    version: int
    n: int
    span: Span
    terms: tuple[str, ...]


# ----------------------------------------------------------------------------- indexing
def index_version(connection: sqlite3.Connection, key: int) -> None:
    """Make version `key` findable; its sentences and terms are stored already."""
    connection.execute(
        "INSERT INTO sentence_index (rowid, terms, context) "
        "SELECT id, terms, context FROM sentences WHERE version = ?",
        (key,),
    )
    connection.execute(
        "INSERT INTO article_index (rowid, title, body) "
        "SELECT id, title, body FROM article_terms WHERE id = ?",
        (key,),
    )
    _count_words(connection, key, 1)
    count_names(connection, key, _mentions(connection, key), 1)


def unindex_version(connection: sqlite3.Connection, key: int) -> None:
    """Take version `key` out of the index; its rows stay."""
    connection.execute(
        "INSERT INTO sentence_index (sentence_index, rowid, terms, context) "
        "SELECT 'delete', id, terms, context FROM sentences WHERE version = ?",
        (key,),
    )
    connection.execute(
        "INSERT INTO article_index (article_index, rowid, title, body) "
        "SELECT 'delete', id, title, body FROM article_terms WHERE id = ?",
        (key,),
    )
    _count_words(connection, key, -1)
    count_names(connection, key, _mentions(connection, key), -1)


def _mentions(connection: sqlite3.Connection, key: int) -> list[Mention]:
    rows = connection.execute("SELECT start, end, name, kind FROM names WHERE version = ?", (key,))
    return [Mention(Span(r[0], r[1]), r[2], NameKind(r[3])) for r in rows]


def _count_words(connection: sqlite3.Connection, key: int, step: int) -> None:
    """Add the words of version `key` to the vocabulary (`step` 1), or take them away (-1)."""
    row = connection.execute("SELECT text FROM versions WHERE id = ?", (key,)).fetchone()
    words = Counter((w.folded, w.term) for w in find_words(row["text"]))
    connection.executemany(
        "INSERT INTO words (word, term, sentences) VALUES (?, ?, ?) "
        "ON CONFLICT (word) DO UPDATE SET sentences = sentences + excluded.sentences",
        [(word, term, step * count) for (word, term), count in sorted(words.items())],
    )
    if step < 0:
        connection.execute("DELETE FROM words WHERE sentences <= 0")


# ---------------------------------------------------------------------------- searching
def _any_of(terms: Iterable[str]) -> str:
    """An FTS5 query for rows with any of `terms`; terms are quoted, so no user text can break
    it. Empty when nothing searchable is left."""
    clean = [t for t in terms if _TERM.fullmatch(t)]
    return " OR ".join(f'"{t}"' for t in dict.fromkeys(clean))


def search_articles(store: Store, terms: Sequence[str], *, limit: int) -> list[Hit]:
    """The current versions that hold any of `terms`, best first (BM25 over title and text)."""
    query = _any_of(terms)
    if not query:
        return []
    rows = store.read().execute(
        f"SELECT rowid, -bm25(article_index, {TITLE_WEIGHT}, 1.0) AS score FROM article_index "
        "WHERE article_index MATCH ? ORDER BY score DESC, rowid LIMIT ?",
        (query, limit),
    )
    return [Hit(row["rowid"], row["score"]) for row in rows]


def find_versions_with(store: Store, terms: Sequence[str]) -> set[int]:
    """The current versions that hold all of `terms`, in headline or text."""
    clean = [t for t in dict.fromkeys(terms) if _TERM.fullmatch(t)]
    if not clean:
        return set()
    query = " AND ".join(f'"{t}"' for t in clean)
    rows = store.read().execute(
        "SELECT rowid FROM article_index WHERE article_index MATCH ?", (query,)
    )
    return {row["rowid"] for row in rows}


def search_sentences(store: Store, terms: Sequence[str], *, limit: int) -> list[Hit]:
    """The sentences that hold any of `terms`, themselves or in their context, best first."""
    query = _any_of(terms)
    if not query:
        return []
    rows = store.read().execute(
        f"SELECT rowid, -bm25(sentence_index, 1.0, {CONTEXT_WEIGHT}) AS score "
        "FROM sentence_index WHERE sentence_index MATCH ? ORDER BY score DESC, rowid LIMIT ?",
        (query, limit),
    )
    return [Hit(row["rowid"], row["score"]) for row in rows]


def search_phrase(store: Store, phrase: str, *, limit: int) -> list[Hit]:
    """The sentences that hold the words of `phrase` one after another, best first."""
    terms = [t for t in terms_of(phrase) if _TERM.fullmatch(t)]
    if not terms:
        return []
    rows = store.read().execute(
        "SELECT rowid, -bm25(sentence_index, 1.0, 0.0) AS score FROM sentence_index "
        "WHERE sentence_index MATCH ? ORDER BY score DESC, rowid LIMIT ?",
        (f'terms : "{" ".join(terms)}"', limit),
    )
    return [Hit(row["rowid"], row["score"]) for row in rows]


def get_sentences(store: Store, versions: Sequence[int]) -> list[SentenceRow]:
    """The sentences of `versions`, in order."""
    marks = ", ".join("?" * len(versions))
    rows = store.read().execute(
        "SELECT id, version, n, start, end, terms FROM sentences "
        f"WHERE version IN ({marks}) ORDER BY version, n",
        list(versions),
    )
    return [
        SentenceRow(
            row["id"],
            row["version"],
            row["n"],
            Span(row["start"], row["end"]),
            tuple(row["terms"].split()),
        )
        for row in rows
    ]


def versions_of_sentences(store: Store, rows: Sequence[int]) -> dict[int, int]:
    """The version of each of these sentence rows."""
    marks = ", ".join("?" * len(rows))
    found = store.read().execute(
        f"SELECT id, version FROM sentences WHERE id IN ({marks})", list(rows)
    )
    return {row["id"]: row["version"] for row in found}


def count_sentences(store: Store) -> int:
    """How many sentences of current articles the index holds."""
    row = (
        store.read()
        .execute("SELECT count(*) FROM sentences s JOIN articles a ON a.current = s.version")
        .fetchone()
    )
    return int(row[0])


def get_vocabulary(store: Store) -> dict[str, tuple[str, int]]:
    """Each word of the current articles, folded, with its term and how often it stands."""
    rows = store.read().execute("SELECT word, term, sentences FROM words")
    return {row["word"]: (row["term"], row["sentences"]) for row in rows}


def get_titles(store: Store, versions: Sequence[int]) -> dict[int, frozenset[str]]:
    """The terms in the headline of each of `versions`."""
    marks = ", ".join("?" * len(versions))
    rows = store.read().execute(
        f"SELECT id, title FROM article_terms WHERE id IN ({marks})", list(versions)
    )
    return {row["id"]: frozenset(row["title"].split()) for row in rows}
