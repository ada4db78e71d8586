"""The index of names: every person and body that the current articles name, found by each word of
the name, by its sound and by its spelling.

It is kept as articles come and go (`count_names`), so that finding a name costs the same however
many articles there are.
"""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.model import Mention, NameKind
from bot.store.store import Store
from bot.text.names import fold_name, sound_key

INDEXED = frozenset({NameKind.PERSON, NameKind.ORGANISATION})
"""Places and the rest are found by the words of the articles."""
LONGEST_WORD_CHARS = 40  # longer words are no names, or one name typed without spaces
SPELLING_REACH = 2  # letters that a misspelt word may be longer or shorter
WORDS_COMPARED = 40_000  # words of one first letter; 100,000 articles have some 20,000


@dataclass(frozen=True, slots=True)
class IndexedName:
    """A name as the current articles hold it: folded, as printed, its kind, how often."""

    key: str
    kind: NameKind
    name: str
    mentions: int
    articles: int


# ------------------------------------------------------------------------ keeping the index
def count_names(
    connection: sqlite3.Connection, version: int, mentions: Iterable[Mention], step: int
) -> None:
    """Count the names of `version` in (`step` 1), or take them out again (-1)."""
    counts: Counter[tuple[str, NameKind]] = Counter()
    printed: dict[tuple[str, NameKind], str] = {}
    for mention in mentions:
        key = fold_name(mention.name)
        if mention.kind in INDEXED and key:
            counts[key, mention.kind] += 1
            printed.setdefault((key, mention.kind), mention.name)
    if step < 0:
        _count_out(connection, version, counts)
        return
    # A name in capitals gives way to one that is not: headlines shout.
    connection.executemany(
        "INSERT INTO named (key, kind, name, mentions, articles) VALUES (?, ?, ?, ?, 1) "
        "ON CONFLICT (key, kind) DO UPDATE SET mentions = mentions + excluded.mentions, "
        "articles = articles + 1, "
        "name = CASE WHEN name = upper(name) THEN excluded.name ELSE name END",
        [(key, kind, printed[key, kind], n) for (key, kind), n in counts.items()],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO named_in (key, kind, version) VALUES (?, ?, ?)",
        [(key, kind, version) for key, kind in counts],
    )
    connection.executemany(
        "INSERT OR IGNORE INTO named_words (word, key, kind) VALUES (?, ?, ?)",
        [
            (word, key, kind)
            for key, kind in counts
            for word in dict.fromkeys(key.split())
            if len(word) <= LONGEST_WORD_CHARS
        ],
    )


def _count_out(
    connection: sqlite3.Connection, version: int, counts: Counter[tuple[str, NameKind]]
) -> None:
    for (key, kind), n in counts.items():
        gone = connection.execute(
            "DELETE FROM named_in WHERE key = ? AND kind = ? AND version = ?", (key, kind, version)
        ).rowcount
        if not gone:
            continue  # it was never counted in
        left = connection.execute(
            "UPDATE named SET mentions = mentions - ?, articles = articles - 1 "
            "WHERE key = ? AND kind = ? RETURNING articles",
            (n, key, kind),
        ).fetchone()
        if left is None or left[0] <= 0:
            connection.execute("DELETE FROM named WHERE key = ? AND kind = ?", (key, kind))
            connection.executemany(
                "DELETE FROM named_words WHERE word = ? AND key = ? AND kind = ?",
                [(word, key, kind) for word in set(key.split())],
            )


# --------------------------------------------------------------------------------- finding
def find_keys_with(store: Store, word: str) -> set[tuple[str, NameKind]]:
    """The names that hold this folded word."""
    rows = store.read().execute("SELECT key, kind FROM named_words WHERE word = ?", (word,))
    return {(row[0], NameKind(row[1])) for row in rows}


def find_keys_sounding(store: Store, word: str) -> set[tuple[str, NameKind]]:
    """The names that hold a word which sounds like this folded one."""
    rows = store.read().execute(
        "SELECT n.key, n.kind FROM name_words w JOIN named_words n ON n.word = w.word "
        "WHERE w.sound = ?",
        (sound_key(word),),
    )
    return {(row[0], NameKind(row[1])) for row in rows}


def find_words_like(store: Store, word: str) -> list[str]:
    """The words of names that begin as `word` does and are about as long."""
    rows = store.read().execute(
        "SELECT DISTINCT word FROM named_words WHERE word >= ? AND word < ? "
        "AND length(word) BETWEEN ? AND ? LIMIT ?",
        (
            word[:1],
            chr(min(ord(word[:1] or "a") + 1, 0x10FFFF)),
            len(word) - SPELLING_REACH,
            len(word) + SPELLING_REACH,
            WORDS_COMPARED,
        ),
    )
    return [row[0] for row in rows]


def get_names(store: Store, keys: Sequence[tuple[str, NameKind]]) -> list[IndexedName]:
    """These names with their counts, most mentioned first."""
    found: list[IndexedName] = []
    for key, kind in keys:
        row = (
            store.read()
            .execute(
                "SELECT name, mentions, articles FROM named WHERE key = ? AND kind = ?",
                (key, kind),
            )
            .fetchone()
        )
        if row is not None:
            found.append(IndexedName(key, kind, row[0], row[1], row[2]))
    return sorted(found, key=lambda n: (-n.mentions, n.key, n.kind))


def find_versions_naming(
    store: Store, keys: Sequence[tuple[str, NameKind]], *, limit: int
) -> list[int]:
    """The current versions that hold any of these names, newest day first."""
    if not keys:
        return []
    asked = " OR ".join("(n.key = ? AND n.kind = ?)" for _ in keys)
    rows = store.read().execute(
        "SELECT DISTINCT v.id FROM named_in n JOIN versions v ON v.id = n.version "
        f"WHERE {asked} ORDER BY v.day DESC, v.id DESC LIMIT ?",
        [*(part for pair in keys for part in pair), limit],
    )
    return [row[0] for row in rows]
