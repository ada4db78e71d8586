"""Fingerprints of the current articles, and which article is a near copy of which."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.store.store import Store
from bot.text.fingerprint import Fingerprint, bands_of

OLDEST_OF_A_BAND = 40
"""So many versions are looked at for each band, the oldest first: of a text that a thousand
outlets print, the first few are enough to know it by."""
MOST_CANDIDATES = 12
MOST_WITNESSES = 20
"""Other outlets that are named for one text at most."""


@dataclass(frozen=True, slots=True)
class CopyOf:
    """What an article is a near copy of: that article's id, and how alike they are (0–100)."""

    article_id: str
    similarity: float


# ------------------------------------------------------------------------- fingerprints
def put_fingerprint(connection: sqlite3.Connection, key: int, prints: Fingerprint | None) -> None:
    """Keep the fingerprint of version `key`; one without (too short) finds no copies."""
    connection.execute(
        "INSERT OR REPLACE INTO fingerprints (version, hashes) VALUES (?, ?)",
        (key, prints.hashes if prints else b""),
    )
    if prints is not None:
        connection.executemany(
            "INSERT OR IGNORE INTO fingerprint_bands (band, version) VALUES (?, ?)",
            [(band, key) for band in prints.bands],
        )


def drop_fingerprint(connection: sqlite3.Connection, key: int) -> None:
    """Forget the fingerprint of version `key`."""
    row = connection.execute(
        "SELECT hashes FROM fingerprints WHERE version = ?", (key,)
    ).fetchone()
    if row is None:
        return
    if row["hashes"]:
        connection.executemany(
            "DELETE FROM fingerprint_bands WHERE band = ? AND version = ?",
            [(band, key) for band in bands_of(row["hashes"])],
        )
    connection.execute("DELETE FROM fingerprints WHERE version = ?", (key,))


def find_alike(store: Store, prints: Fingerprint) -> list[int]:
    """The current versions that may be near copies of a text, those that share most first.

    What it costs does not grow with the store: each band gives its oldest few.
    """
    shared: Counter[int] = Counter()
    for band in prints.bands:
        rows = store.read().execute(
            "SELECT version FROM fingerprint_bands WHERE band = ? ORDER BY version LIMIT ?",
            (band, OLDEST_OF_A_BAND),
        )
        shared.update(row[0] for row in rows)
    ranked = sorted(shared, key=lambda key: (-shared[key], key))[:MOST_CANDIDATES]
    marks = ", ".join("?" * len(ranked))
    found = store.read().execute(
        f"SELECT current FROM articles WHERE current IN ({marks})", ranked
    )
    current = {row[0] for row in found}
    return [key for key in ranked if key in current]


# ------------------------------------------------------------------------------- copies
def note_copy(connection: sqlite3.Connection, article: int, copy_of: CopyOf | None) -> None:
    """Keep that `article` (the store's number) is a near copy of another one, or of none.

    A copy of a copy counts as one of the original.
    """
    connection.execute("DELETE FROM copies WHERE article = ?", (article,))
    if copy_of is not None:
        connection.execute(
            "INSERT INTO copies (article, original, similarity) "
            "SELECT ?, coalesce(c.original, a.id), ? FROM articles a "
            "LEFT JOIN copies c ON c.article = a.id "
            "WHERE a.article_id = ? AND coalesce(c.original, a.id) != ?",
            (article, copy_of.similarity, copy_of.article_id, article),
        )


def look_up_copy(store: Store, article_id: str) -> CopyOf | None:
    """What the article is known as a near copy of."""
    row = (
        store.read()
        .execute(
            "SELECT o.article_id, c.similarity FROM articles a JOIN copies c ON c.article = a.id "
            "JOIN articles o ON o.id = c.original WHERE a.article_id = ?",
            (article_id,),
        )
        .fetchone()
    )
    return CopyOf(row["article_id"], row["similarity"]) if row else None


def hand_on_copies(connection: sqlite3.Connection, article: int) -> None:
    """Make the first copy of `article`, which is about to go, the original of the others."""
    row = connection.execute(
        "SELECT min(article) FROM copies WHERE original = ?", (article,)
    ).fetchone()
    if row[0] is not None:
        connection.execute("DELETE FROM copies WHERE article = ?", (row[0],))
        connection.execute("UPDATE copies SET original = ? WHERE original = ?", (row[0], article))


def find_witnesses(store: Store, keys: Iterable[int]) -> dict[int, Sequence[int]]:
    """For each of the current versions `keys` that has near copies, their current versions."""
    found: dict[int, Sequence[int]] = {}
    for key in keys:
        rows = store.read().execute(
            # The cross joins keep the order: from the few that are kin to their articles, by key.
            "WITH me AS (SELECT a.id, coalesce(c.original, a.id) AS root FROM articles a "
            "LEFT JOIN copies c ON c.article = a.id WHERE a.current = ?), "
            "kin AS (SELECT root AS id FROM me UNION ALL SELECT article FROM "
            "(SELECT c.article FROM me CROSS JOIN copies c ON c.original = me.root "
            "ORDER BY c.article LIMIT ?)) "
            "SELECT other.current FROM kin CROSS JOIN articles other ON other.id = kin.id "
            "CROSS JOIN me WHERE other.current IS NOT NULL AND other.id != me.id "
            "ORDER BY other.id LIMIT ?",
            (key, 2 * MOST_WITNESSES, MOST_WITNESSES),
        )
        if witnesses := [row[0] for row in rows]:
            found[key] = witnesses
    return found
