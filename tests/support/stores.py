"""Builders of articles, findings and stores for the tests; all names in them are invented."""

from __future__ import annotations

import json
import sqlite3
from collections.abc import Iterable
from contextlib import closing
from dataclasses import asdict, replace
from datetime import date
from pathlib import Path
from typing import Any

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
from bot.store.putting import Added, put_article
from bot.store.store import Store

TEXT = (
    "Ferry to Gull Island sails again\n\n"
    "“The sea has let us go,” said Ines Roca, the harbour master, on Monday. "
    "The town agreed to pay 40,000 crowns for a new ramp by 1 April.\n\n"
    "Tomas Heller denied that the old ramp had been unsafe."
)


def draft(text: str = TEXT, **fields: Any) -> Draft:
    """An article about a ferry, or with `text` and `fields` of its own."""
    known: dict[str, Any] = {
        "id": "ferry",
        "url": "https://portcourier.example/ferry",
        "title": "Ferry to Gull Island sails again",
        "source": "The Port Courier",
        "author": "Mika Sand",
        "published": date(2025, 3, 18),
        "section": "Region",
        "standfirst": None,
    }
    return Draft(text=text, **(known | fields))


def place(words: str, text: str = TEXT) -> Span:
    """Where `words` stand in `text` for the first time."""
    start = text.index(words)
    return Span(start, start + len(words))


def findings_of_ferry() -> Findings:
    """Findings of every kind in `TEXT`, with each field of theirs in use."""
    return Findings(
        sentences=(
            place("Ferry to Gull Island sails again"),
            place("“The sea has let us go,” said Ines Roca, the harbour master, on Monday."),
            place("The town agreed to pay 40,000 crowns for a new ramp by 1 April."),
            place("Tomas Heller denied that the old ramp had been unsafe."),
        ),
        quotes=(
            Quote(
                QuoteKind.DIRECT,
                (place("The sea has let us go,"),),
                Speaker(place("Ines Roca"), "Ines Roca", "harbour master"),
                Cue(place("said"), "says"),
                relay=place("harbour master"),
                confidence=0.9,
            ),
            Quote(
                QuoteKind.INDIRECT,
                (place("that the old ramp"), place("had been unsafe")),
                Speaker(place("Tomas Heller")),
                Cue(place("denied"), "denies"),
                Polarity.DENIED,
                unnamed=True,
                confidence=0.25,
            ),
            Quote(QuoteKind.MIXED, (place("a new ramp"),)),
        ),
        facts=(
            Fact(
                "agreement",
                "agreed",
                place("The town agreed to pay 40,000 crowns for a new ramp by 1 April."),
                (Party("the town", "agrees", place("The town")), Party("the port", "of")),
                "a new ramp",
                Figure(40_000.0, "crowns", "ramp", "about"),
                "2025-03-17",
                "2025-04-01",
                "Ines Roca",
                (place("1 April"),),
                0.75,
            ),
            Fact("denial", "denied", place("Tomas Heller denied")),
        ),
        dates=(
            DateMention(place("Monday"), "2025-03-17", Grain.DAY, "weekday"),
            DateMention(place("1 April"), None, Grain.INTERVAL, "none"),
        ),
        names=(
            Mention(place("Ines Roca"), "Ines Roca", NameKind.PERSON, "harbour master"),
            Mention(place("Gull Island"), "Gull Island", NameKind.PLACE),
        ),
        read_chars=len(TEXT),
    )


def plain_findings(text: str) -> Findings:
    """Findings of `text` that are its paragraphs as sentences, and nothing else."""
    sentences: list[Span] = []
    start = 0
    for part in text.split("\n"):
        if part.strip():
            sentences.append(Span(start, start + len(part)))
        start += len(part) + 1
    return Findings(sentences=tuple(sentences), read_chars=len(text))


def put(store: Store, article: Draft, findings: Findings | None = None) -> Added:
    """Put `article` into `store` as its id says, by default with plain findings."""
    assert article.id is not None
    found = plain_findings(article.text) if findings is None else findings
    return put_article(store, article.id, article, found, extractor=1)


def short_articles(count: int) -> list[Draft]:
    """So many short articles, each with a word of its own, three days apart in pairs."""
    return [
        draft(
            f"Report {n} from Port Ellis\n\nThe town counted {n + 100} gulls near pier{n}.",
            id=f"report-{n}",
            url=None,
            title=f"Report {n} from Port Ellis",
            published=date(2025, 1 + n % 12, 1 + n % 28),
        )
        for n in range(count)
    ]


def write_rows(path: Path, articles: Iterable[Draft]) -> Path:
    """`path`, now a .jsonl file of `articles`."""
    with path.open("w", encoding="utf-8") as lines:
        for article in articles:
            row = {k: v for k, v in asdict(article).items() if v and k != "text_was_given"}
            lines.write(json.dumps(row, ensure_ascii=False, default=str) + "\n")
    return path


def find_faults(path: Path) -> list[str]:
    """What is not whole in the store at `path`: articles without sentences, index and rows that
    differ, dangling keys, a damaged file."""
    faults: list[str] = []
    with closing(sqlite3.connect(path)) as connection:
        for name, sql in _CHECKS.items():
            try:
                rows = connection.execute(sql).fetchall()
            except sqlite3.Error as error:
                rows = [(str(error),)]
            faults += [f"{name}: {row}" for row in rows if row != ("ok",)]
    return faults


_CHECKS = {
    "file": "PRAGMA integrity_check",
    "keys": "PRAGMA foreign_key_check",
    "article index": "INSERT INTO article_index (article_index, rank) "
    "VALUES ('integrity-check', 0)",
    "version without findings": "SELECT v.id FROM versions v "
    "LEFT JOIN findings f ON f.version = v.id WHERE f.version IS NULL",
    "version without terms": "SELECT v.id FROM versions v "
    "LEFT JOIN term_pages t ON t.version = v.id WHERE t.version IS NULL",
    "speaker of what is not current": "SELECT s.version FROM speakers s "
    "LEFT JOIN articles a ON a.current = s.version WHERE a.id IS NULL",
    "article without a current version": "SELECT a.id FROM articles a "
    "LEFT JOIN versions v ON v.id = a.current AND v.article = a.id "
    "WHERE v.id IS NULL AND a.removed IS NULL",
    "fingerprint of what is not current": "SELECT f.version FROM fingerprints f "
    "LEFT JOIN articles a ON f.version IN (a.current, a.shelved) WHERE a.id IS NULL",
    "band of no fingerprint": "SELECT b.version FROM fingerprint_bands b "
    "LEFT JOIN fingerprints f ON f.version = b.version WHERE f.version IS NULL",
    "articles that are counted": "SELECT value FROM meta WHERE key = 'indexed_articles' "
    "AND CAST(value AS INTEGER) != (SELECT count(*) FROM articles WHERE removed IS NULL)",
    "names that are counted": "SELECT word FROM name_words n WHERE mentions != "
    "(SELECT total(mentions) FROM known_names k WHERE k.word = n.word) + "
    "(SELECT total(d.mentions) FROM named_words w JOIN named d USING (key, kind) "
    "WHERE w.word = n.word)",
    "articles that are indexed": "SELECT count(*) FROM article_index_docsize "
    "HAVING count(*) != (SELECT count(*) FROM articles WHERE removed IS NULL)",
}


def with_text(article: Draft, text: str) -> Draft:
    """`article` with another text."""
    return replace(article, text=text)
