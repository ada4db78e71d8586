"""The sample news read as a subscriber would, day after day: each thing is said once."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.digest import Digest, InterestKind, Length, Line, make_interest
from bot.digest.result import words_mark
from bot.newsroom import Newsroom
from bot.store.store import Store
from bot.text.novelty import Told, telling_terms
from tests.support.program import ROOT, newsbot

FIRST = datetime(2025, 3, 12, 7, 30, tzinfo=UTC)
DAYS = 16
SAID_AT = 0.8
"""A line whose telling terms stand to this share in one line before says it again."""


@pytest.fixture(scope="module")
def newsroom(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Newsroom]:
    path = tmp_path_factory.mktemp("samples") / "samples.db"
    newsbot("add", ROOT / "bot" / "samples" / "articles.jsonl", "--db", path)
    with Store(path) as store:
        yield Newsroom.over(store)


def subscription(newsroom: Newsroom, **more: str) -> list[Digest]:
    """The digests of sixteen mornings, each with what the earlier ones told."""
    what = make_interest(InterestKind(more.get("kind", "everything")), more.get("text", ""))
    told: list[str] = []
    digests = []
    for day in range(DAYS):
        since = FIRST + timedelta(days=day)
        digest = newsroom.digest(
            what, since, since + timedelta(days=1), length=Length.LONG, already=told
        )
        told += digest.told
        digests.append(digest)
    return digests


@pytest.mark.parametrize(
    "more",
    [{}, {"kind": "topic", "text": "Orsval"}, {"kind": "person", "text": "Tobias Halden"}],
    ids=["all", "topic", "person"],
)
def test_nothing_is_said_twice_in_sixteen_days(newsroom: Newsroom, more: dict[str, str]) -> None:
    lines = [line for digest in subscription(newsroom, **more) for line in digest.lines]
    assert len(lines) > 5
    marks = [words_mark(line.text) for line in lines]
    assert len(set(marks)) == len(marks)
    assert [line.text for line in said_again(lines)] == []


def said_again(lines: list[Line]) -> list[Line]:
    """Lines that say what an earlier one said, figures included; what had been promised is put
    beside its outcome on purpose."""
    told = Told()
    found = []
    for line in lines:
        terms = telling_terms(line.text)
        if told.share(terms) >= SAID_AT and not told.has_new_number(terms) and line.note is None:
            found.append(line)
        told.add(terms)
    return found


def test_each_line_is_what_its_article_says(newsroom: Newsroom) -> None:
    for digest in subscription(newsroom):
        for line in digest.lines:
            newsroom.verify(line.article.key, line.span, line.text)


def test_a_story_that_goes_on_is_marked_as_an_update(newsroom: Newsroom) -> None:
    headlines = {
        story.lines[0].article.title: story.is_update
        for digest in subscription(newsroom)
        for story in digest.stories
    }
    assert headlines["Marrail denies report it plans to close Malva valley line"]
    assert headlines["Assembly backs observers for Ukraine by 88 votes to 61"]
    assert not headlines["Stolen masterpiece turns up behind a wardrobe"]


def test_the_correction_and_the_missed_promise_are_told_as_such(newsroom: Newsroom) -> None:
    notes = [
        line.note
        for digest in subscription(newsroom, kind="topic", text="flood")
        for line in digest.lines
        if line.note
    ]
    assert any(note.startswith("1,150; Nordwire, 15 Mar: About 1,200") for note in notes)
    week = newsroom.digest(
        make_interest(InterestKind.TOPIC, "flood"),
        FIRST + timedelta(days=11),
        FIRST + timedelta(days=13),
    )
    assert "Promised" in [line.note for line in week.lines]
