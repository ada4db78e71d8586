"""The operator's numbers: what was asked, what found nothing, what the store holds."""

from __future__ import annotations

import json
from collections.abc import Iterator
from datetime import timedelta
from pathlib import Path

import pytest

from bot.newsroom import Newsroom
from bot.store.stats import collect
from bot.store.store import Store
from bot.talk.conversation import Conversation
from bot.talk.replies import Incoming, Role
from tests.support.program import newsbot
from tests.support.stores import draft
from tests.support.talks import NOW, Clock, Talk


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.db"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def conversation(path: Path, clock: Clock) -> Iterator[Conversation]:
    with Store(path) as store:
        newsroom = Newsroom.over(store, clock=clock)
        newsroom.add(draft())
        yield Conversation(newsroom, clock=clock)


@pytest.fixture
def asked(conversation: Conversation, clock: Clock) -> Conversation:
    """A conversation in which two people have asked over a week, and one long ago."""
    ann = Talk(conversation, person="tg:1", chat="tg:1")
    ben = Talk(conversation, person="tg:2", chat="tg:2")
    clock.now = NOW - timedelta(days=30)
    ann.say("who invented the zeppelin?")
    clock.now = NOW
    ann.say("what did Ines Roca say?")
    ann.say("who won the chess title?")
    ben.say("Who won the CHESS title")
    ben.say("how tall is the zeppelin?")
    return conversation


def test_questions_that_found_nothing_are_counted_together(
    asked: Conversation, path: Path
) -> None:
    with Store(path) as store:
        found = collect(store, NOW - timedelta(days=7))
    assert found.asked == 4
    assert found.questions == {"found": 1, "nothing": 3}
    assert found.people == 2
    assert [(u.question, u.times) for u in found.unanswered] == [
        ("Who won the CHESS title", 2),
        ("how tall is the zeppelin?", 1),
    ]
    assert found.articles == 1
    assert found.rows["quotes"] > 0


def test_editors_read_the_numbers_and_readers_do_not(asked: Conversation) -> None:
    editor = Talk(asked, Role.EDITOR)
    said = editor.say("/stats")
    assert said.startswith("4 questions in the last 7 days, 25% answered")
    assert "• Who won the CHESS title (2 times), 27 Mar 2025" in said
    assert "5 questions in the last 60 days" in editor.say("/stats 60")
    assert "Only editors" in Talk(asked).say("/stats")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("", "in the last 7 days"),
        ("30", "in the last 30 days"),
        ("2 weeks", "in the last 14 days"),
        ("the last month", "in the last 30 days"),
        ("0", "in the last day"),
        ("999999", "in the last 366 days"),
        ("abc", "Of how many days?"),
        ("-3", "Of how many days?"),
    ],
)
def test_the_days_are_read_or_asked_for(asked: Conversation, typed: str, words: str) -> None:
    reply = asked.handle(Incoming("tg:1", "tg:1", Role.EDITOR, text=f"/stats {typed}"))
    assert words in reply.blocks[0].text


def test_the_command_tells_the_same(asked: Conversation, path: Path) -> None:
    row = newsbot("stats", "--json", "--db", path, "--now", NOW.isoformat()).row
    assert row["questions"] == {"found": 1, "nothing": 3}
    assert row["unanswered"][0] == {
        "question": "Who won the CHESS title",
        "times": 2,
        "last": NOW.isoformat(),
    }
    told = newsbot("stats", "--days", "60", "--db", path, "--now", NOW.isoformat()).out
    assert "5 questions in the last 60 days" in told
    assert "who invented the zeppelin?" in told


def test_an_empty_store_has_numbers_too(path: Path) -> None:
    outcome = newsbot("stats", "--db", path)
    assert outcome.code == 0
    assert "0 questions in the last 7 days" in outcome.out
    assert json.loads(newsbot("stats", "--db", path, "--json").out)["newest_added"] is None
