"""The bot around a conversation that is slow, breaks or has no store: order, tries, notices."""

from __future__ import annotations

import threading
import time
from collections.abc import Callable, Iterator

import pytest

from bot.errors import StoreUnavailableError
from bot.store import inbox
from bot.store.store import Store
from bot.talk.replies import Block, BlockKind, Button, Incoming, Reply
from handlers import answering, app, pump
from handlers.rates import Rates
from tests.support.botapi import BotApi, running_twin
from tests.support.botapi.bots import bot_in_thread


def told(text: str) -> Reply:
    return Reply((Block(BlockKind.TEXT, text),))


class Scripted:
    """A conversation that does what the test says for a word, and else says it back."""

    def __init__(self) -> None:
        self.script: dict[str, Callable[[], Reply]] = {}
        self.heard: list[str] = []

    def handle(self, incoming: Incoming) -> Reply:
        word = incoming.button or incoming.text or ""
        self.heard.append(word)
        return self.script.get(word, lambda: told(word))()


@pytest.fixture
def twin() -> Iterator[BotApi]:
    with running_twin() as running:
        yield running.twin


@pytest.fixture
def store() -> Iterator[Store]:
    with Store(None) as opened:
        yield opened


@pytest.fixture
def talk() -> Scripted:
    return Scripted()


@pytest.fixture
def served(twin: BotApi, talk: Scripted, store: Store) -> Iterator[BotApi]:
    with bot_in_thread(twin, talk, store, rates=Rates(chat_gap_seconds=0.02)):
        yield twin


def test_a_slow_answer_holds_its_own_chat_alone(served: BotApi, talk: Scripted) -> None:
    go_on = threading.Event()
    talk.script["slow"] = lambda: told(f"slow {go_on.wait(10)}")
    ada, bo = served.person("Ada"), served.person("Bo")
    for text in ("slow", "one", "two"):
        ada.sends(text)
    assert bo.asks("hello", timeout_seconds=3).text == "hello"
    assert served.from_bot(ada) == []
    go_on.set()
    served.wait_for(lambda: len(served.from_bot(ada)) == 3)
    assert [seen.text for seen in served.from_bot(ada)] == ["slow True", "one", "two"]


def test_topics_of_a_group_do_not_hold_one_another(served: BotApi, talk: Scripted) -> None:
    go_on = threading.Event()
    talk.script["/ask slow"] = lambda: told(f"slow {go_on.wait(10)}")
    ada = served.person("Ada")
    group = served.group(members=[ada])
    first, second = group.topic("One"), group.topic("Two")
    ada.sends("/ask slow", chat=group, topic=first)
    ada.sends("/ask quick", chat=group, topic=second)
    assert served.wait_for_reply(group, timeout_seconds=3).topic == second
    go_on.set()
    assert served.wait_for_reply(group).topic == first


def test_work_that_takes_long_shows_that_it_goes_on(
    served: BotApi, talk: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(answering, "TYPING_SECONDS", 0.1)
    talk.script["slow"] = lambda: told(f"slow {threading.Event().wait(0.5)}")
    ada = served.person("Ada")
    ada.asks("slow")
    assert len(served.calls_of("sendChatAction", ada)) == 1


def test_a_conversation_that_breaks_is_tried_three_times_and_then_told(
    served: BotApi, talk: Scripted
) -> None:
    def breaks() -> Reply:
        raise ZeroDivisionError

    talk.script["odd"] = breaks
    ada = served.person("Ada")
    seen = ada.asks("odd")
    assert seen.text.startswith("Something broke on my side (ref ")
    assert talk.heard == ["odd"] * 3
    assert ada.asks("even").text == "even"
    talk.script["/ask odd"] = breaks
    group = served.group(members=[ada])
    assert ada.asks("/ask odd", chat=group).text.startswith("Something broke")


def test_a_store_that_cannot_be_used_is_waited_out(
    served: BotApi, talk: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(pump, "STORE_RETRY_SECONDS", 0.05)

    def fails() -> Reply:
        if len(talk.heard) < 6:
            raise StoreUnavailableError("The disk is full.")
        return told("at last")

    talk.script["full"] = fails
    assert served.person("Ada").asks("full").text == "at last"
    assert talk.heard == ["full"] * 6


def test_a_reply_without_blocks_sends_nothing(served: BotApi, talk: Scripted) -> None:
    talk.script["hush"] = Reply
    ada = served.person("Ada")
    ada.sends("hush")
    assert ada.asks("loud").text == "loud"
    assert len(served.from_bot(ada)) == 1


@pytest.mark.parametrize(
    ("seconds", "toast", "messages"),
    [
        pytest.param(0.0, "Noted", 1, id="in-time-beside-the-message"),
        pytest.param(0.8, "", 2, id="too-late-as-a-message"),
    ],
)
def test_a_notice_reaches_whoever_pressed(
    served: BotApi, talk: Scripted, seconds: float, toast: str, messages: int
) -> None:
    talk.script["menu"] = lambda: Reply((Block(BlockKind.TEXT, "menu"),), ((Button("Go", "go"),),))

    def noted() -> Reply:
        time.sleep(seconds)
        return Reply(toast="Noted")

    talk.script["go"] = noted
    ada = served.person("Ada")
    ada.asks("menu")
    began = time.monotonic()
    press = ada.presses("Go")
    assert served.wait_for_answer(press)["text"] == toast
    assert time.monotonic() - began < 0.8
    served.wait_for(lambda: len(served.from_bot(ada)) == messages)


def test_a_press_is_answered_while_its_chat_is_busy(served: BotApi, talk: Scripted) -> None:
    go_on = threading.Event()
    talk.script["menu"] = lambda: Reply(
        (Block(BlockKind.TEXT, "menu"),), ((Button("Go", "go"),),), edits=False
    )
    talk.script["go"] = lambda: Reply((Block(BlockKind.TEXT, "gone"),), edits=True)
    talk.script["slow"] = lambda: told(f"slow {go_on.wait(10)}")
    ada = served.person("Ada")
    ada.asks("menu")
    ada.sends("slow")
    press = ada.presses("Go")
    assert served.wait_for_answer(press, timeout_seconds=3) == {"text": "", "show_alert": False}
    go_on.set()
    served.wait_for(lambda: [s.text for s in served.from_bot(ada)] == ["gone", "slow True"])


def test_a_stop_in_the_middle_of_work_leaves_it_for_the_next_start(
    twin: BotApi, store: Store, talk: Scripted, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(app, "WORK_STOP_SECONDS", 0.3)
    go_on = threading.Event()
    talk.script["slow"] = lambda: told(f"slow {go_on.wait(20)}")
    ada = twin.person("Ada")
    with bot_in_thread(twin, talk, store):
        ada.sends("slow")
        ada.sends("after")
        twin.wait_for(lambda: talk.heard or None, timeout_seconds=5)
        time.sleep(0.2)
        began = time.monotonic()
    assert time.monotonic() - began < 5
    with store.write() as connection:
        assert len(inbox.find_unfinished(connection)) == 2
    go_on.set()
    with bot_in_thread(twin, talk, store, rates=Rates(chat_gap_seconds=0.02)):
        twin.wait_for(lambda: len(twin.from_bot(ada)) == 2)
    assert [seen.text for seen in twin.from_bot(ada)] == ["slow True", "after"]
