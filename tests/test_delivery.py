"""The outbox's sender against the twin: order, rates, and every fault by its own rule."""

from __future__ import annotations

import asyncio
import contextlib
import itertools
import time
from collections.abc import AsyncIterator, Iterator
from datetime import UTC, datetime, timedelta

import pytest
import pytest_asyncio
from telegram import Bot
from telegram.request import HTTPXRequest

from bot.store import inbox, outbox
from bot.store.inbox import InboxRow
from bot.store.outbox import Lane, Letter
from bot.store.store import Store
from bot.talk.replies import Block, BlockKind, Button, Reply
from handlers.context import StoreThread
from handlers.delivery import Delivery
from handlers.rates import (
    CHAT_GAP_SECONDS,
    MOST_AT_ONCE,
    MOST_PER_GROUP_MINUTE,
    MOST_PER_SECOND,
    Rates,
)
from handlers.render import render_reply
from tests.support.botapi import TOKEN, BotApi, Fault, Group, Person

STEP_SECONDS = 0.02
TELEGRAMS_MOST_PER_SECOND = 30
NOW = datetime(2025, 3, 18, 12, 0, tzinfo=UTC)


@pytest.fixture
def store() -> Iterator[Store]:
    with Store(None) as opened:
        yield opened


class Post:
    """The delivery under test, with a way to put letters into its outbox."""

    def __init__(self, twin: BotApi, store: Store, delivery: Delivery) -> None:
        self.twin = twin
        self.store = store
        self.delivery = delivery
        self._number = 0

    def put(self, chat: Person | Group | str, text: str, **rest: object) -> str:
        """The key of a letter that is now in the outbox."""
        self._number += 1
        key = str(rest.pop("key", f"test:{self._number}"))
        lane = Lane(rest.pop("lane", Lane.PERSON))  # type: ignore[arg-type]
        method = str(rest.pop("method", "send"))
        (message,) = render_reply(Reply((Block(BlockKind.LEAD, text),)))
        payload = {**message.payload(), **rest}
        name = chat if isinstance(chat, str) else f"tg:{chat.id}"
        with self.store.write() as connection:
            letter = Letter(key, name, method, payload, lane)
            outbox.put_letters(connection, [letter], datetime.now(UTC))
        self.delivery.wake()
        return key

    def state(self, key: str) -> str:
        with self.store.write() as connection:
            row = connection.execute("SELECT state FROM outbox WHERE key = ?", (key,)).fetchone()
        return str(row[0])

    async def settled(self, key: str, seconds: float = 5.0) -> str:
        """The letter's state once it is sent or given up."""
        for _ in range(int(seconds / STEP_SECONDS)):
            if self.state(key) in {"sent", "failed"}:
                break
            await asyncio.sleep(STEP_SECONDS)
        return self.state(key)


@contextlib.asynccontextmanager
async def delivering(
    twin: BotApi, store: Store, rates: Rates | None = None
) -> AsyncIterator[Post]:
    thread = StoreThread(store)
    request = HTTPXRequest(connection_pool_size=32, read_timeout=2)
    async with Bot(TOKEN, base_url=twin.base_url, request=request) as bot:
        delivery = Delivery(bot, thread, rates)
        task = asyncio.create_task(delivery.run())
        try:
            yield Post(twin, store, delivery)
        finally:
            task.cancel()
            await asyncio.gather(task, return_exceptions=True)
            await delivery.abandon()
            thread.close()


@pytest_asyncio.fixture
async def post(store: Store, monkeypatch: pytest.MonkeyPatch) -> AsyncIterator[Post]:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    rates = Rates(chat_gap_seconds=0.02)  # the tests are not about waiting, but for one
    async with BotApi() as twin, delivering(twin, store, rates) as running:
        yield running


# ---------------------------------------------------------------------------------- rates
@pytest.mark.parametrize(
    ("chats", "seconds"),
    [
        pytest.param([1, 1, 1], 2.0, id="one-a-second-in-a-chat"),
        pytest.param([1, 2, 3], 0.0, id="chats-do-not-wait-for-one-another"),
        pytest.param(list(range(1, MOST_PER_SECOND + MOST_AT_ONCE + 1)), 1.0, id="all-together"),
        pytest.param([-5] * (MOST_PER_GROUP_MINUTE + 1), 60.0, id="a-group-a-minute"),
    ],
)
def test_rates_spread_sends(chats: list[int], seconds: float) -> None:
    rates, now = Rates(), 1000.0
    for chat in chats:
        now += max(rates.wait_seconds(chat, now), 0.0)
        rates.note(chat, now)
    assert seconds - 0.001 <= now - 1000.0 <= seconds * 1.05 + 0.5


def test_no_second_has_a_bunch_in_it() -> None:
    rates, now = Rates(), 1000.0
    begun = []
    for chat in range(1, 201):
        now += max(rates.wait_seconds(chat, now), 0.0)
        rates.note(chat, now)
        begun.append(now)
    assert max(sum(a <= b < a + 1 for b in begun) for a in begun) < TELEGRAMS_MOST_PER_SECOND
    assert begun[-1] - begun[0] < 200 / MOST_PER_SECOND  # and no time is lost


def test_calls_that_were_held_up_do_not_go_out_in_a_bunch() -> None:
    rates = Rates()
    waits = [rates.call(chat, 1000.0) for chat in range(60)]
    assert waits[:MOST_AT_ONCE] == [0.0] * MOST_AT_ONCE
    assert max(sum(a <= b < a + 1 for b in waits) for a in waits) < TELEGRAMS_MOST_PER_SECOND


def test_a_chat_waits_from_the_call_that_was_held_up() -> None:
    rates = Rates()
    rates.note(1, 1000.0)
    rates.call(1, 1000.8)  # its picture was drawn meanwhile
    assert rates.wait_seconds(1, 1001.2) == pytest.approx(1000.8 + CHAT_GAP_SECONDS - 1001.2)


def test_a_hold_is_for_its_chat_alone() -> None:
    rates = Rates()
    rates.hold(1, 107.0)
    assert rates.wait_seconds(1, 100.0) == 7.0
    assert rates.wait_seconds(2, 100.0) == 0.0


# ------------------------------------------------------------------------------ the tables
def test_an_update_is_stored_once_and_answered_once(store: Store) -> None:
    row = InboxRow(7, "tg:1", '{"update_id": 7}')
    with store.write() as connection:
        assert inbox.put_updates(connection, [row, row], NOW) == [row]
        assert inbox.put_updates(connection, [row], NOW) == []
        assert inbox.find_unfinished(connection) == [row]
        assert inbox.mark_done(connection, 7, NOW)
        assert not inbox.mark_done(connection, 7, NOW)
        assert inbox.find_unfinished(connection) == []


def test_another_account_begins_with_numbers_of_its_own(store: Store) -> None:
    row = InboxRow(7, "tg:1", "{}")
    with store.write() as connection:
        inbox.set_bot(connection, 111)
        inbox.put_updates(connection, [row], NOW)
        inbox.mark_done(connection, 7, NOW)
        inbox.set_bot(connection, 111)
        assert inbox.put_updates(connection, [row], NOW) == []
        inbox.set_bot(connection, 222)
        assert inbox.put_updates(connection, [row], NOW) == [row]


def test_an_update_that_keeps_failing_is_set_aside(store: Store) -> None:
    with store.write() as connection:
        inbox.put_updates(connection, [InboxRow(7, "tg:1", "{}")], NOW)
        again: list[bool] = []
        while inbox.begin_try(connection, 7):
            again.append(inbox.note_fault(connection, 7, "ValueError", NOW))
        assert again == [True, True, False]
        assert inbox.find_unfinished(connection) == []
        assert inbox.count_updates(connection) == {"poison": 1}


def test_old_words_are_forgotten_but_the_number_is_known(store: Store) -> None:
    row = InboxRow(7, "tg:1", '{"message": {"message_id": 3, "text": "private"}}')
    later = NOW + timedelta(days=3)
    with store.write() as connection:
        inbox.put_updates(connection, [row], NOW)
        inbox.mark_done(connection, 7, NOW)
        assert inbox.find_message(connection, "tg:1", 3) == 7
        inbox.forget_updates(connection, words=later, rows=NOW)
        assert inbox.find_message(connection, "tg:1", 3) is None
        assert inbox.put_updates(connection, [row], later) == []
        inbox.forget_updates(connection, words=later, rows=later)
        assert inbox.put_updates(connection, [row], later) == [row]


def test_a_letter_key_is_used_once_for_ever(store: Store) -> None:
    letter = Letter("update:1", "tg:1", "send", {"plain": "x"})
    with store.write() as connection:
        assert outbox.put_letters(connection, [letter, letter], NOW) == 1
        (row,) = outbox.find_due(connection)
        outbox.mark_sending(connection, row.id)
        outbox.mark_sent(connection, row.id, 55, NOW)
        outbox.forget_letters(connection, NOW + timedelta(days=9))
        assert outbox.put_letters(connection, [letter], NOW) == 0
        assert outbox.find_sent(connection, "update:1") == [55]


@pytest.mark.parametrize(
    ("chat", "moved"),
    [
        ("tg:-5", "tg:-100"),
        ("tg:-5:7", "tg:-100:7"),
        ("tg:-55", "tg:-55"),
        ("tg:-55:7", "tg:-55:7"),
    ],
)
def test_moving_a_chat_takes_its_topics_and_no_other(store: Store, chat: str, moved: str) -> None:
    with store.write() as connection:
        outbox.put_letters(connection, [Letter("k", chat, "send", {})], NOW)
        for _ in range(2):
            outbox.move_chat(connection, "tg:-5", "tg:-100")
        assert [row.letter.chat for row in outbox.find_due(connection)] == [moved]


# ------------------------------------------------------------------------------- in order
async def test_letters_of_a_chat_go_in_order_and_at_telegrams_pace(store: Store) -> None:
    async with BotApi() as twin, delivering(twin, store) as post:
        ada, bo = twin.person("Ada"), twin.person("Bo")
        keys = [post.put(ada, f"a{n}") for n in range(3)]
        assert await post.settled(post.put(bo, "b"), 1.0) == "sent"
        assert await post.settled(keys[-1]) == "sent"
        assert [seen.text for seen in twin.from_bot(ada)] == ["a0", "a1", "a2"]
        times = [call.at for call in twin.calls_of("sendMessage", ada)]
    assert all(later - earlier >= 0.9 for earlier, later in itertools.pairwise(times))


async def test_a_start_counts_what_the_run_before_it_has_sent(store: Store) -> None:
    """Telegram does not begin anew with us: a group may have had its twenty of this minute."""
    async with BotApi() as twin:
        group, olga = twin.group("Desk"), twin.person("Olga")
        now = datetime.now(UTC)
        with store.write() as connection:
            for number in range(MOST_PER_GROUP_MINUTE):
                letter = Letter(f"before:{number}", f"tg:{group.id}", "send", {"plain": "Earlier"})
                outbox.put_letters(connection, [letter], now)
                row = outbox.find_due(connection)[-1]
                outbox.mark_sent(connection, row.id, 900 + number, now)
        rates = Rates(chat_gap_seconds=0.02)
        async with delivering(twin, store, rates) as post:
            waits = post.put(group, "Too many")
            assert await post.settled(post.put(olga, "For her")) == "sent"
            assert rates.wait_seconds(group.id, time.monotonic()) > 30
            assert post.state(waits) == "due"


async def test_a_start_counts_nothing_from_before_the_clock_was_set_back(store: Store) -> None:
    now = datetime.now(UTC)
    with store.write() as connection:
        for number, ago in enumerate((-3_600, 5, 120)):
            outbox.put_letters(connection, [Letter(f"t:{number}", "tg:1", "send", {})], now)
            row = outbox.find_due(connection)[-1]
            outbox.mark_sent(connection, row.id, number, now - timedelta(seconds=ago))
        minute = timedelta(minutes=1)
        recent = outbox.find_recent(connection, now - minute, now + minute)
    assert recent == [("tg:1", now - timedelta(seconds=5))]


async def test_somebody_who_waits_goes_before_a_digest(post: Post) -> None:
    ada = post.twin.person("Ada")
    with post.store.write():  # the sender cannot look before all three are there
        post.put(ada, "digest", lane=Lane.DIGEST)
        post.put(ada, "alert", lane=Lane.ALERT)
        last = post.put(ada, "answer")
    await post.settled(last)
    await post.twin.until(lambda: len(post.twin.from_bot(ada)) == 3)
    assert [seen.text for seen in post.twin.from_bot(ada)] == ["answer", "alert", "digest"]


async def test_letters_of_another_process_are_seen(post: Post) -> None:
    ada = post.twin.person("Ada")
    letter = Letter("digest:1", f"tg:{ada.id}", "send", {"html": None, "plain": "news"})
    with post.store.write() as connection:
        outbox.put_letters(connection, [letter], datetime.now(UTC))
    assert await post.settled("digest:1", 3.0) == "sent"


# --------------------------------------------------------------------------------- faults
async def test_a_pause_that_telegram_asks_for_holds_that_chat_alone(post: Post) -> None:
    ada, bo = post.twin.person("Ada"), post.twin.person("Bo")
    post.twin.faults.add(Fault("sendMessage", chat=ada.id, retry_after=2))
    held = post.put(ada, "held")
    await post.twin.until(lambda: post.twin.calls_of("sendMessage", ada))
    asked = time.monotonic()
    assert await post.settled(post.put(bo, "free"), 2.0) == "sent"
    assert await post.settled(held) == "sent"
    assert time.monotonic() - asked >= 2.0
    assert [seen.text for seen in post.twin.from_bot(ada)] == ["held"]


@pytest.mark.parametrize(
    ("fault", "copies"),
    [
        pytest.param(Fault("sendMessage", status=502), 1, id="502"),
        pytest.param(Fault("sendMessage", cut="before"), 1, id="cut-before-it-arrived"),
        pytest.param(Fault("sendMessage", cut="after"), 2, id="cut-after-it-arrived"),
        pytest.param(Fault("sendMessage", garbage=b"<html>"), 1, id="no-json"),
        pytest.param(Fault("sendMessage", latency_seconds=3), 2, id="an-answer-too-late"),
    ],
)
async def test_a_send_that_failed_is_tried_again(post: Post, fault: Fault, copies: int) -> None:
    """Where the message may have arrived, it is better there twice than not at all."""
    ada = post.twin.person("Ada")
    post.twin.faults.add(fault)
    assert await post.settled(post.put(ada, "news")) == "sent"
    await post.twin.until(lambda: len(post.twin.from_bot(ada)) == copies)


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault("editMessageText", cut="after"), id="cut-after-it-arrived"),
        pytest.param(Fault("editMessageText", status=502), id="502"),
    ],
)
async def test_an_edit_that_failed_is_tried_again_and_never_doubles(
    post: Post, fault: Fault
) -> None:
    ada = post.twin.person("Ada")
    await post.settled(post.put(ada, "one"))
    number = post.twin.last_from_bot(ada).message_id
    post.twin.faults.add(fault)
    key = post.put(ada, "two", method="edit", message_id=number)
    assert await post.settled(key) == "sent"
    assert [(seen.text, seen.edits) for seen in post.twin.from_bot(ada)] == [("two", 1)]


async def test_an_edit_whose_message_is_gone_becomes_a_new_one(post: Post) -> None:
    ada = post.twin.person("Ada")
    key = post.put(ada, "two", method="edit", message_id=99)
    assert await post.settled(key) == "sent"
    assert [seen.text for seen in post.twin.from_bot(ada)] == ["two"]


async def test_markup_that_telegram_refuses_goes_out_plain(post: Post) -> None:
    ada = post.twin.person("Ada")
    key = post.put(ada, "a <b> c", html="<b>a <b> c</b>")
    assert await post.settled(key) == "sent"
    (seen,) = post.twin.from_bot(ada)
    assert (seen.text, seen.entities) == ("a <b> c", ())


async def test_an_answer_to_a_deleted_message_goes_out_without_it(post: Post) -> None:
    ada = post.twin.person("Ada")
    group = post.twin.group(members=[ada])
    assert await post.settled(post.put(group, "x", reply_to=4711)) == "sent"
    assert post.twin.last_from_bot(group).reply_to is None


async def test_a_chat_that_blocked_us_is_left_alone(post: Post) -> None:
    ada, bo = post.twin.person("Ada"), post.twin.person("Bo")
    ada.blocks()
    with post.store.write():
        keys = [post.put(ada, f"a{n}") for n in range(3)]
    assert [await post.settled(key) for key in keys] == ["failed"] * 3
    assert len(post.twin.calls_of("sendMessage", ada)) == 1
    assert await post.settled(post.put(bo, "others are served")) == "sent"
    ada.unblocks()
    assert await post.settled(post.put(ada, "welcome back")) == "sent"


async def test_what_telegram_will_never_take_does_not_stop_the_rest(post: Post) -> None:
    ada = post.twin.person("Ada")
    post.twin.faults.add(Fault("sendMessage", status=400, description="Bad Request: no"))
    keys = [post.put(ada, "first"), post.put(ada, "second")]
    assert [await post.settled(key) for key in keys] == ["failed", "sent"]


async def test_a_group_that_moved_gets_its_messages_at_the_new_place(post: Post) -> None:
    ada = post.twin.person("Ada")
    group = post.twin.group(members=[ada])
    new = group.upgrades()
    with post.store.write():
        keys = [post.put(group, "one"), post.put(group, "two")]
    assert [await post.settled(key) for key in keys] == ["sent", "sent"]
    assert [seen.text for seen in post.twin.from_bot(new)] == ["one", "two"]
    assert len(post.twin.calls_of("sendMessage", group)) == 1


async def test_a_closed_topic_fails_and_other_topics_go_on(post: Post) -> None:
    ada = post.twin.person("Ada")
    group = post.twin.group(members=[ada])
    shut, free = group.topic("Sport", closed=True), group.topic("Energy")
    keys = [post.put(f"tg:{group.id}:{topic}", "x") for topic in (shut, free)]
    assert [await post.settled(key) for key in keys] == ["failed", "sent"]
    assert post.twin.last_from_bot(group).topic == free


async def test_an_outage_only_delays(post: Post) -> None:
    ada = post.twin.person("Ada")
    await post.twin.goes_down()
    key = post.put(ada, "late")
    await asyncio.sleep(0.3)
    assert post.state(key) in {"due", "sending"}
    await post.twin.comes_up()
    assert await post.settled(key) == "sent"
    assert len(post.twin.from_bot(ada)) == 1


async def test_a_letter_in_flight_when_the_program_died_is_sent_again(
    store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("PTB_TIMEDELTA", "1")
    async with BotApi() as twin:
        ada = twin.person("Ada")
        letter = Letter("update:1", f"tg:{ada.id}", "send", {"html": None, "plain": "news"})
        with store.write() as connection:
            outbox.put_letters(connection, [letter], datetime.now(UTC))
            outbox.mark_sending(connection, 1)
        async with delivering(twin, store) as post:
            assert await post.settled("update:1") == "sent"
        assert [seen.text for seen in twin.from_bot(ada)] == ["news"]


async def test_a_keyboard_and_a_topic_survive_the_outbox(post: Post) -> None:
    ada = post.twin.person("Ada")
    group = post.twin.group(members=[ada])
    topic = group.topic("Energy")
    rows = ((Button("Context", "ctx:1:2:3"), Button("Copy", copy="words")),)
    (message,) = render_reply(Reply((Block(BlockKind.TEXT, "x"),), rows))
    key = post.put(f"tg:{group.id}:{topic}", "x", **message.payload())
    assert await post.settled(key) == "sent"
    seen = post.twin.last_from_bot(group)
    assert (seen.labels, seen.topic) == (["Context", "Copy"], topic)
    assert seen.buttons[0][1]["copy_text"] == {"text": "words"}
