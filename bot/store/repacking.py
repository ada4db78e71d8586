"""The findings of stores from before they were packed: rows of five tables, with JSON beside."""

from __future__ import annotations

import json
import sqlite3
from datetime import date
from typing import Any

from sqlite_utils import Database

from bot.model import (
    Cue,
    DateMention,
    Draft,
    Fact,
    Figure,
    Findings,
    Grain,
    Mention,
    NameKind,
    Party,
    Polarity,
    Quote,
    QuoteKind,
    Span,
    Speaker,
)
from bot.store.findings import put_findings
from bot.store.search import index_words


def repack(db: Database) -> None:
    """Write the findings of each version anew, packed."""
    connection = db.conn
    keys = [row[0] for row in connection.execute("SELECT id FROM versions ORDER BY id")]
    for key in keys:
        put_findings(connection, key, _head(connection, key), _findings(connection, key))


def index_anew(db: Database) -> None:
    """Fill the empty index and the empty lookups from the current versions."""
    connection = db.conn
    connection.execute("DELETE FROM meta WHERE key LIKE 'indexed_%'")
    rows = connection.execute("SELECT current FROM articles WHERE current > 0 ORDER BY current")
    for row in rows.fetchall():
        index_words(connection, row[0])


def _head(connection: sqlite3.Connection, key: int) -> Draft:
    text, title, source, day = connection.execute(
        "SELECT text, title, source, day FROM versions WHERE id = ?", (key,)
    ).fetchone()
    published = date.fromisoformat(day) if day else None
    return Draft(text, title=title, source=source, published=published)


def _findings(connection: sqlite3.Connection, key: int) -> Findings:
    def rows(sql: str) -> list[Any]:
        return connection.execute(sql, (key,)).fetchall()

    return Findings(
        tuple(
            Span(start, end)
            for start, end in rows("SELECT start, end FROM sentences WHERE version = ? ORDER BY n")
        ),
        tuple(
            _quote(row[0]) for row in rows("SELECT data FROM quotes WHERE version = ? ORDER BY id")
        ),
        tuple(
            _fact(row[0]) for row in rows("SELECT data FROM facts WHERE version = ? ORDER BY id")
        ),
        tuple(
            DateMention(Span(start, end), value, Grain(grain), how)
            for start, end, value, grain, how in rows(
                "SELECT start, end, value, grain, how FROM dates WHERE version = ? ORDER BY id"
            )
        ),
        tuple(
            Mention(Span(start, end), name, NameKind(kind), role)
            for start, end, name, kind, role in rows(
                "SELECT start, end, name, kind, role FROM names WHERE version = ? ORDER BY id"
            )
        ),
    )


def _span(raw: dict[str, int] | None) -> Span | None:
    return Span(raw["start"], raw["end"]) if raw else None


def _sure(raw: dict[str, int]) -> Span:
    return Span(raw["start"], raw["end"])


def _quote(data: str) -> Quote:
    raw: dict[str, Any] = json.loads(data)
    speaker, cue = raw["speaker"], raw["cue"]
    return Quote(
        kind=QuoteKind(raw["kind"]),
        content=tuple(_sure(s) for s in raw["content"]),
        speaker=Speaker(_sure(speaker["span"]), speaker["name"], speaker["role"])
        if speaker
        else None,
        cue=Cue(_sure(cue["span"]), cue["cue_class"]) if cue else None,
        polarity=Polarity(raw["polarity"]),
        relay=_span(raw["relay"]),
        unnamed=raw["unnamed"],
        confidence=raw["confidence"],
    )


def _fact(data: str) -> Fact:
    raw: dict[str, Any] = json.loads(data)
    return Fact(
        kind=raw["kind"],
        status=raw["status"],
        span=_sure(raw["span"]),
        parties=tuple(Party(p["name"], p["part"], _span(p["span"])) for p in raw["parties"]),
        object=raw["object"],
        figure=Figure(**raw["figure"]) if raw["figure"] else None,
        made=raw["made"],
        effective=raw["effective"],
        source=raw["source"],
        dates=tuple(_sure(d) for d in raw["dates"]),
        confidence=raw["confidence"],
    )
