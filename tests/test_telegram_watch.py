"""What the bot does about itself: deaf polling, tries that count, and what its owner is told."""

from __future__ import annotations

import asyncio
import json
import threading
import time
from collections.abc import Iterator
from datetime import UTC, datetime

import pytest

from bot.store import inbox
from bot.store.inbox import InboxRow
from bot.store.store import Store
from bot.talk.replies import Block, BlockKind, Button, Incoming, Reply
from handlers import app, watchdog
from handlers.app import serve
from handlers.rates import Rates
from handlers.watchdog import DeafError
from tests.support.botapi import BotApi, Fault, Person, running_twin
from tests.support.botapi.bots import bot_in_thread, config_for

OWNER, EDITOR = 6_000_000_001, 6_000_000_002
MENU = Reply((Block(BlockKind.TEXT, "menu"),), ((Button("Go", "go"),),))


class Patient:
    """A conversation that says everything back, but waits at the word "slow"."""

    def __init__(self) -> None:
        self.go_on = threading.Event()
        self.heard: list[str] = []

    def handle(self, incoming: Incoming) -> Reply:
        text = incoming.text or incoming.button or ""
        self.heard.append(text)
        if text == "slow":
            self.go_on.wait(20)
        return MENU if text == "menu" else Reply((Block(BlockKind.TEXT, text),))


@pytest.fixture
def twin() -> Iterator[BotApi]:
    with running_twin() as running:
        yield running.twin


@pytest.fixture
def store() -> Iterator[Store]:
    with Store(None) as opened:
        yield opened


@pytest.fixture
def served(twin: BotApi, store: Store) -> Iterator[BotApi]:
    twin.person("Ow", id=OWNER)
    twin.person("Ed", id=EDITOR)
    rates = Rates(chat_gap_seconds=0.02)
    with bot_in_thread(twin, Patient(), store, admins=[OWNER, EDITOR], rates=rates):
        yield twin


def owner(twin: BotApi) -> Person:
    return Person(twin, twin.world.people[OWNER])


# ------------------------------------------------------------------------------- deafness
async def test_deaf_polling_is_begun_anew_once_and_then_ends_the_program(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(watchdog, "DEAF_SECONDS", 0.5)
    async with BotApi() as twin:
        twin.faults.add(Fault("getUpdates", status=502, times=None))
        ada = twin.person("Ada")
        ada.sends("hello")
        with Store(None) as store, pytest.raises(DeafError):
            await serve(config_for(twin), Patient(), store, asyncio.Event())
        assert caplog.text.count("made anew") == 1
        assert len(twin.calls_of("getMe")) >= 4  # two starts, and a look in each life


async def test_polling_that_hears_again_after_a_new_start_goes_on(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(watchdog, "DEAF_SECONDS", 0.5)
    async with BotApi() as twin:
        fault = twin.faults.add(Fault("getUpdates", status=502, times=None))
        ada = twin.person("Ada")
        ada.sends("hello")
        stop = asyncio.Event()
        with Store(None) as store:
            serving = asyncio.create_task(serve(config_for(twin), Patient(), store, stop))
            await twin.until(lambda: "made anew" in caplog.text or None)
            assert fault.hits
            twin.faults.clear()
            monkeypatch.setattr(watchdog, "DEAF_SECONDS", 60.0)
            assert (await twin.reply_in(ada)).text == "hello"
            stop.set()
            await serving


async def test_an_outage_is_no_deafness(
    monkeypatch: pytest.MonkeyPatch, caplog: pytest.LogCaptureFixture
) -> None:
    monkeypatch.setattr(watchdog, "DEAF_SECONDS", 0.3)
    async with BotApi() as twin:
        twin.faults.add(Fault("getMe", status=502, times=None, skip=1))
        twin.faults.add(Fault("getUpdates", status=502, times=None))
        stop = asyncio.Event()
        with Store(None) as store:
            serving = asyncio.create_task(serve(config_for(twin), Patient(), store, stop))
            await twin.until(lambda: len(twin.calls_of("getMe")) >= 6)  # looks at the way out
            assert not serving.done()
            stop.set()
            await serving
        assert "made anew" not in caplog.text


# ----------------------------------------------------------------------------------- tries
def test_stops_use_up_no_tries(
    twin: BotApi, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "WORK_STOP_SECONDS", 0.1)
    monkeypatch.setattr(app, "SEND_STOP_SECONDS", 0.1)
    talk = Patient()
    ada = twin.person("Ada")
    ada.sends("slow")
    for life in range(inbox.MOST_TRIES + 1):
        with bot_in_thread(twin, talk, store):
            for _ in range(250):
                if len(talk.heard) > life:
                    break
                time.sleep(0.02)
    with store.write() as connection:
        (row,) = inbox.find_unfinished(connection)
    assert row.tries == 0
    talk.go_on.set()
    with bot_in_thread(twin, talk, store):
        assert twin.wait_for_reply(ada).text == "slow"


def test_what_was_in_hand_at_a_kill_is_worked_on_alone(twin: BotApi, store: Store) -> None:
    """The first of these may have been what ended the last life: the others wait for it."""
    talk = Patient()
    ada, bo, cy = (twin.person(name) for name in ("Ada", "Bo", "Cy"))
    with store.write() as connection:
        for number, (person, text) in enumerate([(ada, "slow"), (bo, "two"), (cy, "three")], 1):
            (message,) = person.sends(text)
            raw = next(u for u in twin.world.updates if u["message"] == message)
            row = InboxRow(raw["update_id"], f"tg:{person.id}", json.dumps(raw))
            inbox.put_updates(connection, [row], datetime.now(UTC))
            if number < 3:
                assert inbox.begin_try(connection, row.update_id)
    rates = Rates(chat_gap_seconds=0.02)
    with bot_in_thread(twin, talk, store, rates=rates):
        twin.wait_for(lambda: twin.calls_of("setMyCommands"))
        time.sleep(0.3)
        assert talk.heard == ["slow"]
        talk.go_on.set()
        twin.wait_for(lambda: all(twin.from_bot(person) for person in (ada, bo, cy)))
    assert talk.heard == ["slow", "two", "three"]


def test_a_press_that_nobody_made_ends_nothing(served: BotApi) -> None:
    served.world.add_raw_update({"callback_query": {"id": "5", "data": "go"}})
    ada = served.person("Ada")
    assert ada.asks("hello").text == "hello"
    time.sleep(1.2)  # its three tries
    assert ada.asks("still there?").text == "still there?"


def test_a_message_is_found_after_the_numbers_began_anew(store: Store) -> None:
    """Telegram counts from another number after a quiet week, which may be lower."""
    old, new = datetime(2025, 3, 1, tzinfo=UTC), datetime(2025, 3, 18, tzinfo=UTC)
    with store.write() as connection:
        for number in range(900_000, 900_000 + inbox.NEWEST_OF_CHAT + 50):
            inbox.put_updates(connection, [InboxRow(number, "tg:1", "{}")], old)
        row = InboxRow(7, "tg:1", '{"message": {"message_id": 3}}')
        inbox.put_updates(connection, [row], new)
        inbox.mark_done(connection, 7, new)
        assert inbox.find_message(connection, "tg:1", 3) == 7


# ---------------------------------------------------------------------------- the owner
def test_a_closed_topic_is_told_to_the_owner_once(served: BotApi) -> None:
    ada = served.person("Ada")
    group = served.group(members=[ada])
    topic = group.topic("Energy", closed=True)
    for text in ("/ask one", "/ask two"):
        ada.sends(text, chat=group, topic=topic)
    seen = served.wait_for_reply(owner(served))
    assert f"The topic {topic} of the group {group.id} is closed" in seen.text
    served.wait_for(lambda: len(served.calls_of("sendMessage", group)) == 2)
    time.sleep(0.3)
    assert len(served.from_bot(owner(served))) == 1
    assert ada.asks("/ask here", chat=group).text == "/ask here"


@pytest.mark.parametrize(
    ("words", "told"),
    [
        pytest.param("message thread not found", "is gone", id="deleted-topic"),
        pytest.param("not enough rights to send text messages", "I may not write", id="no-right"),
    ],
)
def test_a_group_that_takes_no_messages_is_told_to_the_owner(
    served: BotApi, words: str, told: str
) -> None:
    ada = served.person("Ada")
    group = served.group(members=[ada])
    fault = Fault("sendMessage", chat=group.id, status=400, description=f"Bad Request: {words}")
    served.faults.add(fault)
    ada.sends("/ask one", chat=group, topic=group.topic("Energy"))
    seen = served.wait_for_reply(owner(served))
    assert told in seen.text
    assert str(group.id) in seen.text


@pytest.mark.parametrize("how", ["told-by-telegram", "found-at-a-send"])
def test_an_admin_who_blocked_the_bot_is_told_to_the_owner_once(served: BotApi, how: str) -> None:
    ed = Person(served, served.world.people[EDITOR])
    for _ in range(2):
        if how == "found-at-a-send":
            served.world.chats[EDITOR].shut = "bot was blocked by the user"
            ed.sends("hello")
        else:
            ed.blocks()
            ed.unblocks()
    assert f"The admin {EDITOR} has blocked me" in served.wait_for_reply(owner(served)).text
    time.sleep(0.3)
    assert len(served.from_bot(owner(served))) == 1


def test_nobody_is_told_that_a_reader_or_the_owner_blocked_the_bot(served: BotApi) -> None:
    ada = served.person("Ada")
    ada.blocks()
    owner(served).blocks()
    owner(served).unblocks()
    assert owner(served).asks("hello").text == "hello"
    assert len(served.from_bot(owner(served))) == 1
