"""The operator's note to everybody: preview, pace, progress, cancel."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.newsroom import Newsroom
from bot.store import outbox
from bot.store.chats import ChatState, put_chat
from bot.store.settings import count_audience, suspend
from bot.store.store import Store
from bot.talk.conversation import Conversation
from bot.talk.replies import Role
from handlers.notices import letters_of
from tests.support.talks import Clock, Talk

NOW = datetime(2025, 3, 25, 12, tzinfo=UTC)
PEOPLE = 250


@pytest.fixture
def store() -> Iterator[Store]:
    with Store(None) as opened:
        for number in range(PEOPLE):
            put_chat(opened, f"tg:{1000 + number}", ChatState())
        for other in ("tg:-1001", "tg:-1001:7", "terminal"):
            put_chat(opened, other, ChatState())
        yield opened


@pytest.fixture
def olga(store: Store) -> Talk:
    talk = Conversation(Newsroom.over(store), clock=Clock(NOW))
    return Talk(talk, role=Role.OWNER, person="tg:1", chat="tg:1")


def file_next(olga: Talk, store: Store) -> int:
    """How many letters the job files when it runs once."""
    (job,) = [job for job in olga.conversation.jobs if job.name == "broadcast"]
    outgoing = job.work(NOW)
    with store.write() as connection:
        withdrawn = outgoing.settle(connection) if outgoing.settle else None
        kept = [n for n in outgoing.notices if n.key not in (withdrawn or ())]
        return outbox.put_letters(connection, letters_of(kept), NOW)


def deliver(store: Store, count: int) -> None:
    with store.write() as connection:
        for row in outbox.find_due(connection)[:count]:
            assert outbox.mark_sending(connection, row.id)
            outbox.mark_sent(connection, row.id, 1, NOW)


def test_it_is_filed_in_parts_and_told_when_it_is_done(olga: Talk, store: Store) -> None:
    assert "Preview. It would go to 250 chats." in olga.say("/broadcast We move on Friday.")
    assert file_next(olga, store) == 0  # nothing before the word
    olga.press_label("Send")
    assert file_next(olga, store) == 100
    assert file_next(olga, store) == 0  # while these wait
    assert "delivered to 0 of 250, 100 in the outbox" in olga.press_label("Progress")
    for expected in (100, 50, 0, 1):
        deliver(store, 100)
        assert file_next(olga, store) == expected
    told = [row.letter for row in outbox.find_due(store.read())]
    assert [letter.chat for letter in told] == ["tg:1"]
    assert "is done: delivered to 250 of 250" in told[0].payload["plain"]


def test_cancel_takes_back_what_was_not_sent(olga: Talk, store: Store) -> None:
    olga.say("/broadcast We move on Friday.")
    olga.press_label("Send")
    file_next(olga, store)
    deliver(store, 30)
    assert "Cancelled: delivered to 30 of 250, 70 could not be reached or withdrawn." in (
        olga.press_label("Cancel")
    )
    assert outbox.find_due(store.read()) == []
    assert file_next(olga, store) == 0


def test_a_letter_that_was_withdrawn_is_not_begun(store: Store) -> None:
    with store.write() as connection:
        letter = outbox.Letter("cast:1:tg:5", "tg:5", "send", {})
        outbox.put_letters(connection, [letter], NOW)
        (row,) = outbox.find_due(connection)
        outbox.withdraw_letters(connection, "cast:1:", NOW)
        assert not outbox.mark_sending(connection, row.id)


def test_only_people_who_can_be_reached_and_want_it_are_counted(olga: Talk, store: Store) -> None:
    with store.write() as connection:
        suspend(connection, "tg:1000", NOW)
    declining = Talk(olga.conversation, person="tg:1001", chat="tg:1001")
    declining.press("set:mute::")
    assert "no more of these" in str(declining.last.toast)
    assert count_audience(store, "tg") == PEOPLE - 2


@pytest.mark.parametrize(
    ("text", "words"),
    [
        ("/broadcast", "What shall everybody read?"),
        ("/broadcast " + "x" * 4_000, "too long"),
    ],
)
def test_odd_notes_get_a_sentence(olga: Talk, text: str, words: str) -> None:
    assert words in olga.say(text)


def test_nobody_else_may_send(olga: Talk, store: Store) -> None:
    olga.say("/broadcast We move on Friday.")
    code = olga.button("Send").press
    editor = Talk(olga.conversation, role=Role.EDITOR, person="tg:2", chat="tg:1")
    assert "Only" in editor.say("/broadcast Hello")
    assert code is not None
    editor.press(code)
    assert file_next(olga, store) == 0
