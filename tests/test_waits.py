"""Questions over the limit wait their turn: kept, told how long, answered, whatever happens."""

from __future__ import annotations

import asyncio
import json
from collections.abc import Iterator
from datetime import timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.newsroom import Newsroom
from bot.store import inbox
from bot.store.inbox import InboxRow
from bot.store.personal import forget_questions
from bot.store.store import Store
from bot.talk.conversation import Conversation
from bot.talk.limits import MINUTE, MOST_WAITING, QuestionLimit
from bot.talk.plain import render_plain
from bot.talk.replies import Incoming, Reply
from handlers.context import StoreThread
from handlers.rates import Rates
from handlers.turns import Turns
from tests.support.botapi import BotApi, running_twin
from tests.support.botapi.bots import BotProcess, bot_in_thread
from tests.support.stores import draft
from tests.support.talks import NOW, Clock

TEXT = (
    "Ferry talks\n\nIda Holm, the director, said: “The boats are too old.” Lund will pay for two."
)
QUESTION = "what did Ida Holm say?"
SAID = "“The boats are too old.”"


# ---------------------------------------------------------------------------------- limit
@pytest.mark.parametrize(("per_minute", "most"), [(1, 1), (3, 3), (20, MOST_WAITING)])
def test_turns_come_in_order_within_a_minute_and_are_not_without_end(
    per_minute: int, most: int
) -> None:
    clock = Clock()
    limit = QuestionLimit(per_minute, clock)
    for _ in range(per_minute):
        assert limit.look_up_wait("tg:1", may_queue=True) is None
        clock.now += timedelta(seconds=1)
    waits = [limit.look_up_wait("tg:1", may_queue=True) for _ in range(most + 2)]
    kept = [wait.turn for wait in waits if wait is not None and wait.kept]
    assert len(kept) == most
    assert all(first < second for first, second in pairwise(kept))
    assert kept[0] == MINUTE - timedelta(seconds=per_minute)
    assert kept[-1] <= MINUTE
    told = [wait is not None and wait.told for wait in waits]
    assert told == [False, *[True] * (most - 1), False, True]


def test_who_asks_while_others_wait_comes_after_them() -> None:
    clock = Clock()
    limit = QuestionLimit(2, clock)
    for _ in range(3):
        limit.look_up_wait("tg:1", may_queue=True)
    clock.now += timedelta(seconds=30)
    wait = limit.look_up_wait("tg:1", may_queue=True)
    assert wait is not None
    assert wait.kept
    assert wait.turn > timedelta(seconds=30)
    assert limit.look_up_wait("tg:2", may_queue=True) is None
    clock.now += MINUTE * 3
    assert limit.look_up_wait("tg:1", may_queue=True) is None


@pytest.mark.parametrize("back", [timedelta(seconds=20), timedelta(hours=1)], ids=str)
def test_a_clock_that_is_set_back_makes_nothing_wait_that_did_not(back: timedelta) -> None:
    clock = Clock()
    limit = QuestionLimit(3, clock)
    for _ in range(3):
        assert limit.look_up_wait("tg:1", may_queue=True) is None
    clock.now -= back
    wait = limit.look_up_wait("tg:1", may_queue=True)
    assert wait is not None
    assert (wait.kept, wait.told, wait.turn) == (True, False, MINUTE)


# ----------------------------------------------------------------------------- conversation
@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with Store(None) as store:
        newsroom = Newsroom.over(store)
        newsroom.add(draft(TEXT))
        yield newsroom


def ask(talk: Conversation, number: int, text: str = QUESTION, **more: object) -> Reply:
    return talk.handle(Incoming("tg:1", "tg:1", text=text, message=number, **more))  # type: ignore[arg-type]


def test_a_question_over_the_limit_is_kept_and_answered_in_its_turn(newsroom: Newsroom) -> None:
    clock = Clock()
    talk = Conversation(newsroom, questions_per_minute=2, clock=clock)
    for number in range(2):
        assert ask(talk, number).later_seconds is None
        clock.now += timedelta(seconds=10)
    kept = ask(talk, 2)
    assert kept.later_seconds == 40
    assert render_plain(kept) == (
        "That is more than 2 questions a minute. I keep it, with what you ask meanwhile, and "
        "answer in 40 s."
    )
    second = ask(talk, 3)
    assert (second.blocks, second.later_seconds) == ((), 50)
    assert "2 questions wait for their answers already" in render_plain(full := ask(talk, 4))
    assert full.later_seconds is None
    assert ask(talk, 5) == Reply(is_wait=True)
    answered = ask(talk, 2, in_turn=True)
    assert answered.later_seconds is None
    assert SAID in render_plain(answered)


def test_a_press_over_the_limit_is_not_kept(newsroom: Newsroom) -> None:
    talk = Conversation(newsroom, questions_per_minute=1, clock=Clock())
    ask(talk, 1)
    pressed = Incoming("tg:1", "tg:1", button=f"ask:{QUESTION}", message=1)
    assert talk.handle(pressed).later_seconds is None


def test_a_question_in_its_turn_is_not_taken_for_what_the_chat_waits_for_by_now(
    newsroom: Newsroom,
) -> None:
    talk = Conversation(newsroom, questions_per_minute=1, clock=Clock())
    ask(talk, 1)
    assert ask(talk, 2).later_seconds is not None
    assert "time zone" in render_plain(ask(talk, 3, "/settings zone"))
    assert SAID in render_plain(ask(talk, 2, in_turn=True))


# ---------------------------------------------------------------------------------- the face
def test_what_waits_is_answered_in_order_over_http() -> None:
    with running_twin() as running, Store(None) as store:
        newsroom = Newsroom.over(store)
        newsroom.add(draft(TEXT))
        clock = Clock()
        talk = Conversation(newsroom, questions_per_minute=2, clock=clock)
        rates = Rates(chat_gap_seconds=0.02)
        with bot_in_thread(running.twin, talk, store, rates=rates):
            bo = running.twin.person("Bo")
            for _ in range(2):
                assert SAID in bo.asks(QUESTION).text
            clock.now += MINUTE - timedelta(seconds=1)
            bo.sends("who pays for the ferries?")
            bo.sends(QUESTION)
            assert "answer in 1 s" in running.twin.wait_for_reply(bo).text
            assert bo.asks("/sources").text.startswith("Outlets")  # commands need not wait
            answers = [running.twin.wait_for_reply(bo).text for _ in range(2)]
            assert "Lund will pay for two." in answers[0]
            assert SAID in answers[1]
        states = store.read().execute("SELECT state, tries, count(*) FROM inbox GROUP BY 1, 2")
        assert [tuple(row) for row in states] == [("done", 1, 5)]


def test_what_waits_outlives_a_kill_and_is_answered_once(tmp_path: Path) -> None:
    limit = {"NEWSBOT_LIMITS_QUESTIONS_PER_MINUTE": "1"}
    with Store(tmp_path / "news.db") as store:
        Newsroom.over(store).add(draft(TEXT))
    with running_twin() as running:
        twin: BotApi = running.twin
        with BotProcess(twin, tmp_path, environment=limit) as process:
            bo = twin.person("Bo")
            assert SAID in bo.asks(QUESTION, timeout_seconds=20).text
            assert "I keep it" in bo.asks("who pays for the ferries?").text
            process.kill()
            process.start()
            answer = "Lund will pay for two."
            twin.wait_for(lambda: answer in twin.last_from_bot(bo).text, timeout_seconds=20)
            assert process.stop()[0] == 0
            assert sum(answer in seen.text for seen in twin.from_bot(bo)) == 1


async def test_turns_of_a_person_keep_their_order_however_close_they_lie() -> None:
    rows = [InboxRow(number, "tg:-100", "{}") for number in (1, 2, 3)]
    offered: list[int] = []
    all_came = asyncio.Event()

    def offer(row: InboxRow) -> None:
        offered.append(row.update_id)
        if len(offered) == len(rows):
            all_came.set()

    with Store(None) as store:
        with store.write() as connection:
            inbox.put_updates(connection, rows, NOW)
        thread = StoreThread(store)
        try:
            turns = Turns(thread, offer)
            turns.put_off(rows[0], "tg:1", 0.05)  # it was begun late: the disk was slow
            turns.put_off(rows[1], "tg:1", 0.0)
            turns.put_off(rows[2], "tg:2", 0.0)
            await asyncio.wait_for(all_came.wait(), 5)
        finally:
            thread.close()
    assert offered == [3, 1, 2]


def test_a_start_tells_what_was_put_off_from_what_only_waits_in_line() -> None:
    with Store(None) as store, store.write() as connection:
        chats = ("tg:1", "tg:2", "tg:1", "tg:1", "tg:2")
        rows = [InboxRow(number, chat, "{}") for number, chat in enumerate(chats, 1)]
        inbox.put_updates(connection, rows, NOW)
        assert inbox.find_overtaken(connection) == []
        inbox.mark_done(connection, 3, NOW)
        assert inbox.find_overtaken(connection) == [1]


def test_forgetting_gives_up_what_waits_in_a_group() -> None:
    with Store(None) as store, store.write() as connection:
        said = [json.dumps({"message": {"from": {"id": n}, "text": "words"}}) for n in (1, 2)]
        rows = [
            InboxRow(1, "tg:-100", said[0]),
            InboxRow(2, "tg:-100:7", said[1]),
            InboxRow(3, "tg:-100:7", said[0]),
            InboxRow(4, "tg:1", said[0]),
            InboxRow(5, "tg:-100", said[0]),
        ]
        inbox.put_updates(connection, rows, NOW)
        inbox.begin_try(connection, 4)
        forget_questions(connection, "tg:1", "tg:1")
        assert [row.update_id for row in inbox.find_unfinished(connection)] == [2, 4, 5]


def test_forgetting_gives_up_what_waits_from_before() -> None:
    with Store(None) as store, store.write() as connection:
        rows = [
            InboxRow(number, chat, json.dumps({"message": {"text": f"words {number}"}}))
            for number, chat in ((1, "tg:1"), (2, "tg:2"), (3, "tg:1"), (4, "tg:1"))
        ]
        inbox.put_updates(connection, rows, NOW)
        inbox.begin_try(connection, 3)  # the message that asks for it
        forget_questions(connection, "tg:1", "tg:1")
        left = [row.update_id for row in inbox.find_unfinished(connection)]
        assert left == [2, 3, 4]
        assert not inbox.is_open(connection, 1)
        assert connection.execute("SELECT raw FROM inbox WHERE update_id = 1").fetchone()[0] == ""
        inbox.forget_updates(connection, words=NOW, rows=NOW + MINUTE)
        assert connection.execute("SELECT count(*) FROM inbox").fetchone()[0] == 3
