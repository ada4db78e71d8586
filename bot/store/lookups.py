"""What the current articles hold, counted as articles come and go: words, names, roles, speakers.

A question looks up the few rows that it needs, so that neither its cost nor the memory that it
takes grows with the store. Each table is changed in the transaction that changes the index.
"""

from __future__ import annotations

import sqlite3
from bisect import bisect_left, bisect_right
from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from typing import Any

from bot.model import Findings, NameKind
from bot.store.meta import add_to_meta, get_meta
from bot.store.named import INDEXED
from bot.store.store import Store
from bot.text.names import fold_name, sound_key
from bot.text.words import STOP_TERMS, count_words, term_of, terms_of

KINDS = ("sentences", "quotes", "facts", "dates", "names")
"""The kinds of finding, each counted over all current articles."""
LONGEST_WORD_CHARS = 40  # what is longer is no word; nobody looks for its right spelling
_LAST = "\U0010ffff"  # sorts behind every word that goes on after the same letters
_NO_DAY = ""  # of what was published no one knows when; it comes last


# ------------------------------------------------------------------------------ counting
def count_version(
    connection: sqlite3.Connection, text: str, day: str | None, key: int, findings: Findings
) -> None:
    """Count what version `key`, published on `day`, holds."""
    _count(connection, text, findings, 1)
    connection.executemany(
        "INSERT INTO speakers (key, day, version, sentences) VALUES (?, ?, ?, ?)",
        [
            (speaker, day or _NO_DAY, key, " ".join(map(str, sentences)))
            for speaker, sentences in _speakers(text, findings).items()
        ],
    )


def discount_version(
    connection: sqlite3.Connection, text: str, day: str | None, key: int, findings: Findings
) -> None:
    """Take version `key` out of all counts."""
    _count(connection, text, findings, -1)
    connection.executemany(
        "DELETE FROM speakers WHERE key = ? AND day = ? AND version = ?",
        [(speaker, day or _NO_DAY, key) for speaker in _speakers(text, findings)],
    )


def _count(connection: sqlite3.Connection, text: str, findings: Findings, step: int) -> None:
    words = count_words(text)
    names = Counter((m.name, m.kind) for m in findings.names)
    by_word: Counter[str] = Counter()
    known: Counter[tuple[str, str, str, str]] = Counter()
    for (name, kind), mentions in names.items():
        key = fold_name(name)
        for word in dict.fromkeys(key.split()):
            by_word[word] += mentions
            if kind not in INDEXED:  # those are in the index of names
                known[word, key, kind, name] += mentions
    tables: tuple[tuple[str, tuple[str, ...], str, Mapping[Any, int]], ...] = (
        ("words", ("word", "term"), "sentences", words),
        (
            "name_words",
            ("word", "sound"),
            "mentions",
            {(word, sound_key(word)): n for word, n in by_word.items()},
        ),
        ("known_names", ("word", "key", "kind", "name"), "mentions", known),
        ("known_roles", ("term", "surname"), "mentions", _roles(findings)),
    )
    for table, columns, counter, counts in tables:
        marks = ", ".join("?" * (len(columns) + 1))
        connection.executemany(
            f"INSERT INTO {table} ({', '.join(columns)}, {counter}) VALUES ({marks}) "
            f"ON CONFLICT DO UPDATE SET {counter} = {counter} + excluded.{counter}",
            [(*row, step * count) for row, count in sorted(counts.items())],
        )
        if step < 0:
            here = " AND ".join(f"{column} = ?" for column in columns)
            connection.executemany(
                f"DELETE FROM {table} WHERE {here} AND {counter} <= 0", list(counts)
            )
    add_to_meta(connection, _total_of("articles"), step)
    for counted in KINDS:
        add_to_meta(connection, _total_of(counted), step * len(getattr(findings, counted)))


def _roles(findings: Findings) -> Counter[tuple[str, str]]:
    """(term of a role, term of the surname of whoever has it), how often."""
    held: Counter[tuple[str, str]] = Counter()
    for mention in findings.names:
        key = fold_name(mention.name)
        if mention.role and key and mention.kind is NameKind.PERSON:
            surname = term_of(key.split()[-1])
            if surname:
                held.update(
                    (term, surname) for term in terms_of(mention.role) if term not in STOP_TERMS
                )
    return held


def _speakers(text: str, findings: Findings) -> dict[str, list[int]]:
    """For each folded name of a speaker, the sentences in which something of theirs stands."""
    held: dict[str, set[int]] = defaultdict(set)
    starts = [s.start for s in findings.sentences]
    ends = [s.end for s in findings.sentences]
    for quote in findings.quotes:
        if quote.speaker is None:
            continue
        key = fold_name(quote.speaker.name or quote.speaker.span.of(text))
        place = quote.span
        held[key].update(range(bisect_right(ends, place.start), bisect_left(starts, place.end)))
    return {key: sorted(sentences) for key, sentences in held.items() if key}


# --------------------------------------------------------------------------------- words
def count_all(store: Store, kind: str) -> int:
    """How many "articles" can be searched, or how many findings of one of `KINDS` they hold."""
    return int(get_meta(store, _total_of(kind)) or 0)


def _total_of(kind: str) -> str:
    """The key under which the store keeps how many there are."""
    return f"indexed_{kind}"


def get_uses(store: Store, terms: Sequence[str]) -> dict[str, int]:
    """How often each of `terms` stands in the current articles; 0 for what never does."""
    marks = ", ".join("?" * len(terms))
    rows = store.read().execute(
        f"SELECT term, sum(sentences) FROM words WHERE term IN ({marks}) GROUP BY term",
        list(terms),
    )
    return dict.fromkeys(terms, 0) | {row[0]: row[1] for row in rows}


def look_up_word(store: Store, word: str) -> tuple[str, int] | None:
    """The term of a folded word, and how often it stands in the current articles."""
    sql = "SELECT term, sentences FROM words WHERE word = ?"
    row = store.read().execute(sql, (word,)).fetchone()
    return (row[0], row[1]) if row else None


def find_words_after(store: Store, last: int) -> list[tuple[int, str]]:
    """(number, word) of the words that came after word number `last`, in their order; without
    those that begin with a digit or are too long to be misspelt."""
    rows = store.read().execute(
        "SELECT id, word FROM words WHERE id > ? AND word >= ':' AND length(word) <= ? "
        "ORDER BY id",
        (last, LONGEST_WORD_CHARS),
    )
    return [(row[0], row[1]) for row in rows]


def find_words_from(store: Store, start: str, *, limit: int) -> list[str]:
    """The words that begin with the letters `start`, those that stand most often first."""
    rows = store.read().execute(
        "SELECT word FROM words WHERE word >= ? AND word < ? "
        "ORDER BY sentences DESC, word LIMIT ?",
        (start, start + _LAST, limit),
    )
    return [row[0] for row in rows]


# --------------------------------------------------------------------------------- names
@dataclass(frozen=True, slots=True)
class KnownName:
    """A name that the current articles hold: folded, as printed most, its kind, how often."""

    key: str
    name: str
    kind: NameKind
    mentions: int


def count_name_word(store: Store, word: str) -> int:
    """How often names with the word `word` stand in the current articles."""
    sql = "SELECT mentions FROM name_words WHERE word = ?"
    row = store.read().execute(sql, (word,)).fetchone()
    return int(row[0]) if row else 0


def find_name_words(store: Store, first: str, shortest: int, longest: int) -> list[str]:
    """The words of names that begin with the character `first` and have so many characters."""
    rows = store.read().execute(
        "SELECT word FROM name_words WHERE substr(word, 1, 1) = ? AND length(word) "
        "BETWEEN ? AND ? ORDER BY word",
        (first, shortest, longest),
    )
    return [row[0] for row in rows]


def find_name_words_from(store: Store, start: str, *, limit: int) -> list[str]:
    """The words of names that begin with the letters `start`, the most mentioned first."""
    rows = store.read().execute(
        "SELECT word FROM name_words WHERE word >= ? AND word < ? "
        "ORDER BY mentions DESC, word LIMIT ?",
        (start, start + _LAST, limit),
    )
    return [row[0] for row in rows]


def find_names_with(store: Store, word: str, *, limit: int) -> list[KnownName]:
    """The names that hold the folded word `word`, most mentioned first."""
    rows = store.read().execute(
        "SELECT key, kind, name, mentions FROM known_names WHERE word = ?1 UNION ALL "
        "SELECT n.key, n.kind, n.name, n.mentions FROM named_words w "
        "JOIN named n ON n.key = w.key AND n.kind = w.kind WHERE w.word = ?1",
        (word,),
    )
    printed: dict[tuple[str, str], Counter[str]] = defaultdict(Counter)
    for row in rows:
        printed[row["key"], row["kind"]][row["name"]] += row["mentions"]
    names = [
        KnownName(key, min(counts, key=lambda n: (-counts[n], n)), NameKind(kind), counts.total())
        for (key, kind), counts in printed.items()
    ]
    return sorted(names, key=lambda known: (-known.mentions, known.key, known.kind))[:limit]


def find_shared_holders(store: Store, terms: Sequence[str], *, limit: int) -> list[str]:
    """The terms of surnames that are printed with a role that holds all of `terms`."""
    joins = "".join(
        f" JOIN known_roles r{n} ON r{n}.surname = r0.surname AND r{n}.term = ?"
        for n in range(1, len(terms))
    )
    rows = store.read().execute(
        f"SELECT r0.surname FROM known_roles r0{joins} WHERE r0.term = ? "
        "ORDER BY r0.surname LIMIT ?",
        [*terms[1:], terms[0], limit],
    )
    return [row[0] for row in rows]


# ------------------------------------------------------------------------------ speakers
@dataclass(frozen=True, slots=True)
class Spoken:
    """An article version in which somebody speaks, and the sentences that hold it."""

    version: int
    sentences: tuple[int, ...]


def find_spoken(store: Store, keys: Iterable[str], *, limit: int) -> list[Spoken]:
    """Where the speakers `keys` (folded names) say something in current articles, newest first:
    at most so many articles for each of them, and in all."""
    found: list[tuple[str, int, str]] = []
    for key in keys:
        rows = store.read().execute(
            "SELECT day, version, sentences FROM speakers WHERE key = ? "
            "ORDER BY day DESC, version LIMIT ?",
            (key, limit),
        )
        found += [(row[0], row[1], row[2]) for row in rows]
    found.sort(key=lambda place: place[1])
    found.sort(key=lambda place: place[0], reverse=True)
    return [
        Spoken(version, tuple(map(int, sentences.split())))
        for _, version, sentences in found[:limit]
    ]
