"""What was found in an article version: sentences, quotes, facts, dates and names."""

from __future__ import annotations

import calendar
import json
import sqlite3
from collections.abc import Iterable, Sequence
from dataclasses import asdict, dataclass
from datetime import date
from typing import Any

from bot.model import (
    Article,
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
    day_of,
)
from bot.store.store import Store
from bot.text.names import fold_name
from bot.text.words import terms_of

_MONTHS = list(calendar.month_name)


def put_findings(
    connection: sqlite3.Connection, key: int, head: Draft | Article, findings: Findings
) -> None:
    """Write the findings of version `key`; `head` is the article they were made from."""
    text = head.text
    context = _context_terms(head)
    connection.executemany(
        "INSERT INTO sentences (version, n, start, end, terms, context) VALUES (?, ?, ?, ?, ?, ?)",
        [
            (key, n, s.start, s.end, " ".join(terms_of(s.of(text))), context)
            for n, s in enumerate(findings.sentences)
        ],
    )
    connection.execute(
        "INSERT INTO article_terms (id, title, body) VALUES (?, ?, ?)",
        (key, " ".join(terms_of(head.title or "")), " ".join(terms_of(text))),
    )
    connection.executemany(
        "INSERT INTO quotes (version, start, end, kind, polarity, speaker, speaker_key, role, "
        "cue_class, confidence, data) VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [_quote_row(key, text, quote) for quote in findings.quotes],
    )
    connection.executemany(
        "INSERT INTO facts (version, start, end, kind, status, made, effective, confidence, data)"
        " VALUES (?, ?, ?, ?, ?, ?, ?, ?, ?)",
        [
            (
                key,
                f.span.start,
                f.span.end,
                f.kind,
                f.status,
                f.made,
                f.effective,
                f.confidence,
                json.dumps(asdict(f), ensure_ascii=False),
            )
            for f in findings.facts
        ],
    )
    connection.executemany(
        "INSERT INTO dates (version, start, end, value, grain, how) VALUES (?, ?, ?, ?, ?, ?)",
        [(key, d.span.start, d.span.end, d.value, d.grain, d.how) for d in findings.dates],
    )
    connection.executemany(
        "INSERT INTO names (version, start, end, name, key, kind, role) "
        "VALUES (?, ?, ?, ?, ?, ?, ?)",
        [
            (key, m.span.start, m.span.end, m.name, fold_name(m.name), m.kind, m.role)
            for m in findings.names
        ],
    )


def _context_terms(head: Draft | Article) -> str:
    """The terms of the title, the outlet and the day, which each sentence is found by, too."""
    day = day_of(head.published)
    when = f"{day.day} {_MONTHS[day.month]} {day.year}" if day else ""
    return " ".join(terms_of(f"{head.title or ''} {head.source or ''} {when}"))


def _quote_row(key: int, text: str, quote: Quote) -> tuple[object, ...]:
    speaker = quote.speaker
    name = (speaker.name or speaker.span.of(text)) if speaker else None
    return (
        key,
        quote.span.start,
        quote.span.end,
        quote.kind,
        quote.polarity,
        name,
        fold_name(name) if name else None,
        speaker.role if speaker else None,
        quote.cue.cue_class if quote.cue else None,
        quote.confidence,
        json.dumps(asdict(quote), ensure_ascii=False),
    )


# --------------------------------------------------------------------------- reading out
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


def _rows(store: Store, sql: str, keys: Sequence[int]) -> Iterable[sqlite3.Row]:
    marks = ", ".join("?" * len(keys))
    return store.read().execute(sql.format(keys=marks), list(keys))


def get_findings(store: Store, key: int) -> Findings:
    """All that is stored of version `key`; `read_chars` with it."""
    return get_findings_of(store, [key])[key]


def get_findings_of(store: Store, keys: Sequence[int]) -> dict[int, Findings]:
    """The findings of each of the versions `keys`."""
    sentences: dict[int, list[Span]] = {key: [] for key in keys}
    quotes: dict[int, list[Quote]] = {key: [] for key in keys}
    facts: dict[int, list[Fact]] = {key: [] for key in keys}
    dates: dict[int, list[DateMention]] = {key: [] for key in keys}
    names: dict[int, list[Mention]] = {key: [] for key in keys}
    sql = "SELECT version, start, end FROM sentences WHERE version IN ({keys}) ORDER BY version, n"
    for row in _rows(store, sql, keys):
        sentences[row["version"]].append(Span(row["start"], row["end"]))
    sql = "SELECT version, data FROM quotes WHERE version IN ({keys}) ORDER BY id"
    for row in _rows(store, sql, keys):
        quotes[row["version"]].append(_quote(row["data"]))
    sql = "SELECT version, data FROM facts WHERE version IN ({keys}) ORDER BY id"
    for row in _rows(store, sql, keys):
        facts[row["version"]].append(_fact(row["data"]))
    sql = "SELECT * FROM dates WHERE version IN ({keys}) ORDER BY id"
    for row in _rows(store, sql, keys):
        span = Span(row["start"], row["end"])
        dates[row["version"]].append(
            DateMention(span, row["value"], Grain(row["grain"]), row["how"])
        )
    sql = "SELECT * FROM names WHERE version IN ({keys}) ORDER BY id"
    for row in _rows(store, sql, keys):
        span = Span(row["start"], row["end"])
        names[row["version"]].append(
            Mention(span, row["name"], NameKind(row["kind"]), row["role"])
        )
    sql = "SELECT id, read_chars, language FROM versions WHERE id IN ({keys})"
    read = {row["id"]: (row["read_chars"], row["language"]) for row in _rows(store, sql, keys)}
    return {
        key: Findings(
            tuple(sentences[key]),
            tuple(quotes[key]),
            tuple(facts[key]),
            tuple(dates[key]),
            tuple(names[key]),
            *read.get(key, (0, None)),
        )
        for key in keys
    }


@dataclass(frozen=True, slots=True)
class KnownName:
    """A name that the current articles hold: folded, as printed most, its kind, how often."""

    key: str
    name: str
    kind: NameKind
    mentions: int


def find_known_names(store: Store) -> list[KnownName]:
    """Every name in the current articles, most mentioned first."""
    rows = store.read().execute(
        "SELECT n.key, n.name, n.kind, count(*) AS mentions "
        "FROM names n JOIN articles a ON a.current = n.version "
        "GROUP BY n.key, n.kind ORDER BY mentions DESC, n.key"
    )
    return [
        KnownName(row["key"], row["name"], NameKind(row["kind"]), row["mentions"]) for row in rows
    ]


def find_people_in(store: Store, versions: Sequence[int]) -> list[str]:
    """The full names of the people in these versions, most mentioned first."""
    rows = _rows(
        store,
        "SELECT name, count(*) AS mentions FROM names WHERE version IN ({keys}) "
        f"AND kind = '{NameKind.PERSON.value}' GROUP BY name ORDER BY mentions DESC, name",
        versions,
    )
    return [row["name"] for row in rows]


@dataclass(frozen=True, slots=True)
class KnownRole:
    """A role that somebody is printed with, how often, and the folded name."""

    role: str
    key: str
    mentions: int


def find_known_roles(store: Store) -> list[KnownRole]:
    """Every role that stands beside a person's name in the current articles."""
    rows = store.read().execute(
        "SELECT n.role, n.key, count(*) AS mentions "
        "FROM names n JOIN articles a ON a.current = n.version "
        "WHERE n.role IS NOT NULL AND n.kind = ? GROUP BY n.role, n.key ORDER BY n.role, n.key",
        (NameKind.PERSON,),
    )
    return [KnownRole(row["role"], row["key"], row["mentions"]) for row in rows]


def find_quotes_by(store: Store, keys: Sequence[str], *, limit: int) -> list[tuple[int, Span]]:
    """(version, place) of what the speakers `keys` (folded names) say in the current articles,
    newest article first."""
    marks = ", ".join("?" * len(keys))
    rows = store.read().execute(
        "SELECT q.version, q.start, q.end FROM quotes q "
        "JOIN versions v ON v.id = q.version JOIN articles a ON a.current = v.id "
        f"WHERE q.speaker_key IN ({marks}) ORDER BY v.day DESC, q.id LIMIT ?",
        [*keys, limit],
    )
    return [(row["version"], Span(row["start"], row["end"])) for row in rows]


def find_days(store: Store) -> tuple[date, date] | None:
    """The first and the last day of publication in the store."""
    row = store.read().execute("SELECT min(day), max(day) FROM versions").fetchone()
    if not row or not row[0]:
        return None
    return date.fromisoformat(row[0]), date.fromisoformat(row[1])
