"""What was found in an article version: sentences, quotes, facts, dates and names."""

from __future__ import annotations

import calendar
import sqlite3
from collections.abc import Sequence
from dataclasses import replace

from bot.model import Article, Draft, Findings, day_of
from bot.store.packing import pack_findings, pack_terms, size_of_findings, unpack_findings
from bot.store.store import Store
from bot.text.words import terms_of

FINDINGS_BYTES = 4_000_000
"""Of what is packed as findings of long articles, so much is held at a time: it takes eight times
as much memory. Of a hostile text it is up to two million, of an article of ten thousand characters
some 20,000."""
SMALL_BYTES = 100_000
"""What is shorter is read in any case, so that long articles hide no other."""


def put_findings(
    connection: sqlite3.Connection, key: int, head: Draft | Article, findings: Findings
) -> None:
    """Write the findings of version `key`; `head` is the article they were made from."""
    connection.execute(
        "INSERT INTO findings (version, data) VALUES (?, ?)", (key, pack_findings(findings))
    )
    connection.execute(
        "INSERT INTO term_pages (version, title, context, body) VALUES (?, ?, ?, ?)",
        (
            key,
            " ".join(terms_of(head.title or "")),
            context_terms(head),
            pack_terms(terms_of(s.of(head.text)) for s in findings.sentences),
        ),
    )


def context_terms(head: Draft | Article) -> str:
    """The terms of the outlet and the day, which an article is found by, too."""
    day = day_of(head.published)
    when = f"{day.day} {calendar.month_name[day.month]} {day.year}" if day else ""
    return " ".join(terms_of(f"{head.source or ''} {when}"))


def drop_findings(connection: sqlite3.Connection, key: int) -> None:
    """Take away the findings of version `key`, which is out of the index."""
    connection.execute("DELETE FROM findings WHERE version = ?", (key,))
    connection.execute("DELETE FROM term_pages WHERE version = ?", (key,))


def get_findings(store: Store, key: int) -> Findings:
    """All that is stored of version `key`; `read_chars` with it."""
    return get_findings_of(store, [key])[key]


def get_findings_of(store: Store, keys: Sequence[int]) -> dict[int, Findings]:
    """The findings of each of the versions `keys`."""
    marks = ", ".join("?" * len(keys))
    rows = store.read().execute(
        "SELECT f.version, f.data, v.read_chars, v.language FROM findings f "
        f"JOIN versions v ON v.id = f.version WHERE f.version IN ({marks})",
        list(keys),
    )
    found = {
        row[0]: replace(unpack_findings(row[1]), read_chars=row[2], language=row[3])
        for row in rows
    }
    return {key: found.get(key, Findings()) for key in keys}


def get_findings_within(
    store: Store, keys: Sequence[int], *, most_bytes: int = FINDINGS_BYTES
) -> dict[int, Findings]:
    """The findings of each of the versions `keys`, in that order; of those with very many, the
    first first, as many as take `most_bytes` as they are packed."""
    marks = ", ".join("?" * len(keys))
    rows = store.read().execute(
        f"SELECT version, data FROM findings WHERE version IN ({marks})", list(keys)
    )
    sizes = {row[0]: size_of_findings(row[1]) for row in rows}
    chosen: list[int] = []
    held = 0
    for key in keys:
        size = sizes.get(key, 0)
        if size > SMALL_BYTES:
            if held + size > most_bytes:
                continue
            held += size
        chosen.append(key)
    return get_findings_of(store, chosen)
