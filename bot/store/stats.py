"""Numbers for the operator: what the store holds, what was asked, what found nothing."""

from __future__ import annotations

import sqlite3
from collections import Counter
from collections.abc import Sequence
from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.store import inbox, outbox
from bot.store.chosen import get_chosen
from bot.store.lookups import KINDS, count_all
from bot.store.store import Store

MOST_LOOKED_AT = 20_000  # answers of the time asked about, newest first


@dataclass(frozen=True, slots=True)
class Unanswered:
    """A question that found nothing: as last asked, how often, and when last."""

    question: str
    times: int
    last: datetime


@dataclass(frozen=True, slots=True)
class Statistics:
    """What `collect` has counted; `questions` is by state (found, close, nothing)."""

    since: datetime
    articles: int
    outlets: int
    added: int
    """Articles that came in since `since`."""
    newest_added: datetime | None
    rows: dict[str, int] = field(default_factory=dict)
    """How many versions there are, and findings of each kind in the current ones."""
    questions: dict[str, int] = field(default_factory=dict)
    people: int = 0
    unanswered: tuple[Unanswered, ...] = ()
    letters: dict[str, int] = field(default_factory=dict)
    updates: dict[str, int] = field(default_factory=dict)
    open_reports: int = 0
    bytes: int = 0
    chosen: int = 0
    """Answers that people put into other chats since `since`, where Telegram tells us."""

    @property
    def asked(self) -> int:
        return sum(self.questions.values())


def look_up_newest_added(store: Store) -> datetime | None:
    """When an article, or a new version of one, last came in; None for an empty store."""
    row = store.read().execute("SELECT added FROM versions ORDER BY id DESC LIMIT 1").fetchone()
    return datetime.fromisoformat(row[0]) if row else None


def collect(store: Store, since: datetime, *, unanswered: int = 20) -> Statistics:
    """The numbers at this moment; questions and additions since `since`, at most so many of the
    questions that found nothing, the most frequent first."""
    connection = store.read()

    def number(sql: str, *values: object) -> int:
        return int(connection.execute(sql, values).fetchone()[0] or 0)

    after = since.astimezone(UTC).isoformat(timespec="seconds")
    rows = connection.execute(
        "SELECT asked, person, json_extract(data, '$.state') AS state, "
        "json_extract(data, '$.question') AS question FROM results WHERE asked >= ? "
        "ORDER BY id DESC LIMIT ?",
        (after, MOST_LOOKED_AT),
    ).fetchall()
    return Statistics(
        since,
        articles=number("SELECT count(*) FROM articles WHERE current IS NOT NULL"),
        outlets=number(
            "SELECT count(DISTINCT v.source) FROM articles a JOIN versions v ON v.id = a.current"
        ),
        added=number("SELECT count(*) FROM articles WHERE added >= ?", after),
        newest_added=look_up_newest_added(store),
        rows={
            "versions": number("SELECT count(*) FROM versions"),
            **{kind: count_all(store, kind) for kind in KINDS},
        },
        questions=dict(Counter(row["state"] for row in rows if row["state"])),
        people=len({row["person"] for row in rows}),
        unanswered=_unanswered(rows, unanswered),
        letters=outbox.count_letters(connection),
        updates=inbox.count_updates(connection),
        open_reports=number("SELECT count(*) FROM reports WHERE state = 'open'"),
        chosen=get_chosen(connection, since.astimezone(UTC).date()),
        bytes=number("SELECT page_count * page_size FROM pragma_page_count, pragma_page_size"),
    )


def _unanswered(rows: Sequence[sqlite3.Row], most: int) -> tuple[Unanswered, ...]:
    """The questions of state "nothing", those of the same words together."""
    groups: dict[str, list[tuple[str, str]]] = {}
    for row in rows:
        asked, state, question = row["asked"], row["state"], row["question"]
        if state == "nothing" and question:
            words = " ".join(question.lower().split()).strip(" ?!.")
            groups.setdefault(words, []).append((asked, question))
    found = [
        Unanswered(group[0][1], len(group), datetime.fromisoformat(group[0][0]))
        for group in groups.values()
    ]
    found.sort(key=lambda u: (u.times, u.last), reverse=True)
    return tuple(found[:most])
