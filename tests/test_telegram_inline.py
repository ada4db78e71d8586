"""Inline and guest mode over HTTP against the twin: what people see in other chats."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

import pytest

from bot.newsroom import Newsroom
from bot.store.inbox import look_up_abilities
from bot.store.stats import collect
from bot.store.store import Store
from bot.talk.conversation import Conversation
from bot.talk.corrections import CorrectionsTravel
from bot.talk.inline import InlineAsk, InlinePage
from bot.talk.replies import Incoming, Reply
from handlers import inline
from handlers.rates import Rates
from tests.support.botapi import BotApi, Fault, Person, running_twin
from tests.support.botapi.bots import bot_in_thread, free_port, webhook_on
from tests.support.talks import newsroom_of
from tests.test_talk_inline import GAS, SAID, STRIKE

ME = "@newsbot_test_bot"


class Slow:
    """The conversation, which a test can hold up in the middle of an inline query."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self.held: dict[str, threading.Event] = {}
        self.heard: list[str] = []

    def handle(self, incoming: Incoming) -> Reply:
        return self._conversation.handle(incoming)

    def guest(self, incoming: Incoming) -> Reply:
        return self._conversation.guest(incoming)

    def card(self, number: str, person: str, language: str | None) -> Reply | None:
        return self._conversation.card(number, person, language)

    def inline(self, ask: InlineAsk) -> InlinePage:
        self.heard.append(ask.text)
        if (event := self.held.get(ask.text)) is not None:
            event.wait(5)
        if ask.text == "break":
            raise ValueError("a fault of ours")
        return self._conversation.inline(ask)


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with Store(None) as opened:
        newsroom = Newsroom.over(opened)
        newsroom.add(GAS)
        newsroom.add(STRIKE)
        yield opened


@pytest.fixture(scope="module")
def talk(store: Store) -> Slow:
    return Slow(Conversation(Newsroom.over(store), questions_per_minute=50))


@pytest.fixture(scope="module")
def twin(store: Store, talk: Slow) -> Iterator[BotApi]:
    with running_twin() as running:
        running.twin.goes_abroad()
        with bot_in_thread(running.twin, talk, store, rates=Rates(chat_gap_seconds=0.02)):
            yield running.twin


@pytest.fixture
def ada(twin: BotApi) -> Person:
    return twin.person("Ada")


# ------------------------------------------------------------------------------ inline
def test_what_is_typed_becomes_cards_and_a_card_the_very_sentence(ada: Person) -> None:
    typed = ada.looks_for("what did lindqvist say about the imports?")
    first = typed.results[0]
    assert first["title"] == "Mara Lindqvist, energy minister · 12 Mar 2025"
    assert first["description"] == SAID
    assert f"\n{SAID}\n" in first["text"]
    kinds = {entity["type"] for entity in first["entities"]}
    assert {"bold", "blockquote", "text_link"} <= kinds
    ((context,),) = first["buttons"]
    assert context["url"].startswith("https://t.me/newsbot_test_bot?start=c_")
    assert (typed.is_personal, typed.cache_time) == (True, 60)
    around = ada.asks(f"/start {context['url'].partition('=')[2]}")
    assert "talks on gas imports" in around.text


def test_the_button_above_the_cards_asks_the_same_in_private(ada: Person) -> None:
    typed = ada.looks_for("who won the chess final in Quito?")
    assert typed.button is not None
    start = typed.button["start_parameter"]
    assert "nothing" in ada.asks(f"/start {start}").text.lower()


def test_only_the_last_letters_of_fast_typing_are_worked_on(
    twin: BotApi, talk: Slow, ada: Person
) -> None:
    talk.held["li"] = hold = threading.Event()
    talk.heard.clear()
    first = ada.types("li")
    twin.wait_for(lambda: "li" in talk.heard or None)
    between = [ada.types("lindqvist"[:end]) for end in range(3, 9)]
    last = ada.types("lindqvist")
    twin.wait_for(lambda: not twin.world.updates or None)
    hold.set()
    assert ada.is_shown(last).results
    assert talk.heard == ["li", "lindqvist"]
    assert first.answered_at is None, "nobody waits for it any more"
    assert not any(typed.answered_at for typed in between)


def test_a_slow_query_holds_up_nobody_else(twin: BotApi, talk: Slow, ada: Person) -> None:
    talk.held["berg"] = hold = threading.Event()
    ada.types("berg")
    assert twin.person("Bo").looks_for("lindqvist").results
    assert ada.asks("/sources").text
    hold.set()


def test_a_query_of_long_ago_is_let_go(twin: BotApi, ada: Person) -> None:
    ada.types("lindqvist", expired=True)
    twin.wait_for(
        lambda: any("too old" in call.description for call in twin.calls_of("answerInlineQuery"))
    )
    assert ada.looks_for("lindqvist").results


def test_an_answer_that_comes_too_late_is_not_sent(
    twin: BotApi, talk: Slow, ada: Person, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(inline, "OLDEST_SECONDS", 0.3)
    talk.held["rail"] = hold = threading.Event()
    late = ada.types("rail")
    twin.wait_for(lambda: "rail" in talk.heard or None)
    time.sleep(0.4)
    hold.set()
    assert ada.looks_for("lindqvist").results
    assert late.answered_at is None


def test_queries_come_over_a_webhook_as_well() -> None:
    newsroom = newsroom_of(GAS)
    talk = Conversation(newsroom)
    hook = webhook_on(free_port())
    with running_twin() as running:
        running.twin.goes_abroad()
        with bot_in_thread(running.twin, talk, newsroom.store, webhook=hook):
            ada = running.twin.person("Ada")
            assert ada.looks_for("lindqvist").results
            summons = ada.summons(f"{ME} what did Lindqvist say?")
            assert running.twin.wait_for(lambda: summons.answer)
    kept = newsroom.store.read().execute("SELECT raw FROM inbox").fetchall()
    assert not any("inline_query" in row[0] for row in kept)


@pytest.mark.parametrize(
    "fault",
    [
        pytest.param(Fault("answerInlineQuery", status=502), id="gateway"),
        pytest.param(Fault("answerInlineQuery", cut="before"), id="cut-off"),
    ],
)
def test_an_answer_that_did_not_arrive_is_given_again(
    twin: BotApi, ada: Person, fault: Fault
) -> None:
    twin.faults.add(fault)
    assert ada.looks_for("lindqvist").results


def test_what_breaks_is_told_with_a_number_that_is_in_the_log(
    ada: Person, caplog: pytest.LogCaptureFixture
) -> None:
    typed = ada.looks_for("break")
    assert (typed.results, typed.cache_time) == ([], 0)
    assert typed.button is not None
    found = re.fullmatch(
        r"Something broke \(ref ([0-9A-F]{6})\)\. Try other words", typed.button["text"]
    )
    assert found
    assert f"an inline query failed (ref {found[1]})" in caplog.text


def test_queries_are_not_written_down(store: Store, ada: Person) -> None:
    chosen = ada.looks_for("what did lindqvist say")
    ada.chooses(chosen, 0)
    ada.asks("/sources")  # comes after it, so that has been stored by now
    kept = " ".join(row[0] for row in store.read().execute("SELECT raw FROM inbox"))
    assert "inline_query" not in kept
    assert "what did lindqvist say" not in kept


def test_a_chosen_card_is_counted_and_is_no_question(
    twin: BotApi, store: Store, ada: Person
) -> None:
    now = datetime.now(UTC)
    before = collect(store, now).chosen
    typed = ada.looks_for("lindqvist")
    ada.chooses(typed, 0)
    group = twin.group(members=[ada])
    ada.chooses(typed, 1, chat=group)
    ada.asks("/sources")  # comes after it, so that has been worked on by now
    assert collect(store, now).chosen == before + 2
    assert len(twin.from_bot(ada)) == 1
    assert not twin.from_bot(group)


def test_the_store_tells_what_the_account_may_do(twin: BotApi, store: Store) -> None:
    found = twin.wait_for(lambda: look_up_abilities(store.read()))
    assert (found.inline, found.guests) == (True, True)


def test_help_tells_of_other_chats_where_that_is_on(ada: Person) -> None:
    assert "In any other chat" in ada.asks("/help").text


# ------------------------------------------------------------------------------- share
def shares_of(rows: Sequence[Sequence[dict[str, Any]]]) -> list[dict[str, Any]]:
    kind = "switch_inline_query_chosen_chat"
    return [button[kind] for row in rows for button in row if kind in button]


def test_share_offers_the_very_sentence_for_any_chat(twin: BotApi, ada: Person) -> None:
    (sentence,) = ada.asks("how many people were moved in Orsa?").marked("blockquote")
    ada.presses("Context")
    (share,) = shares_of(twin.wait_for_reply(ada).buttons)
    assert [share[f"allow_{kind}_chats"] for kind in ("user", "group", "channel")] == [True] * 3
    (card,) = ada.looks_for(share["query"]).results
    assert sentence in card["text"]


def test_share_is_left_out_where_inline_mode_is_off() -> None:
    newsroom = newsroom_of(STRIKE)
    talk = Conversation(newsroom)
    with running_twin() as running, bot_in_thread(running.twin, talk, newsroom.store):
        ada = running.twin.person("Ada")
        assert "1,200" in ada.asks("how many people were moved in Orsa?").text
        ada.presses("Context")
        assert "Share" not in running.twin.wait_for_reply(ada).labels


# -------------------------------------------------------------------------- guest mode
def test_a_guest_answers_under_the_message_that_names_it(twin: BotApi, ada: Person) -> None:
    summons = ada.summons(f"{ME} what did Lindqvist say about the imports?")
    answer = twin.wait_for(lambda: summons.answer)
    assert SAID in answer["text"]
    assert len(answer["text"]) <= 600
    labels = [button["text"] for row in answer["buttons"] for button in row]
    assert labels == ["Context", "More in private"]


def test_a_guest_reads_the_message_that_is_answered(twin: BotApi, ada: Person) -> None:
    bo = twin.person("Bo")
    about = {**ada.summons("x").message, "from": bo.account, "text": f"Look: {SAID}"}
    summons = ada.summons(f"{ME} is this real?", reply_to=about)
    answer = twin.wait_for(lambda: summons.answer)
    assert answer["text"].startswith("Mara Lindqvist, energy minister: word for word")


def test_a_summons_that_comes_twice_is_answered_once(
    twin: BotApi, store: Store, ada: Person
) -> None:
    summons = ada.summons(f"{ME} what did Lindqvist say?")
    twin.wait_for(lambda: summons.answer)
    again = {"update_id": summons.update_id, "guest_message": summons.message}
    twin.world.add_raw_update(again)
    ada.asks("/sources")  # comes after it, so that has been worked on by now
    sql = "SELECT count(*) FROM outbox WHERE json_extract(payload, '$.query') = ?"
    assert store.read().execute(sql, (summons.id,)).fetchone()[0] == 1


@pytest.mark.parametrize("first", ["message", "guest_message"])
def test_a_message_that_comes_both_ways_is_answered_once(
    twin: BotApi, ada: Person, first: str
) -> None:
    group = twin.group(members=[ada])
    ask = f"{ME} what did Lindqvist say about the imports?"
    if first == "message":
        (message,) = ada.sends(ask, chat=group)
        summons = ada.summons(ask, **{key: message[key] for key in ("chat", "message_id")})
    else:
        number = {"message_id": 1, "chat": twin.world.chat_json(group.state)}
        summons = ada.summons(ask, **number)
        ada.sends(ask, chat=group)
    twin.wait_for(lambda: summons.answer or twin.from_bot(group))
    ada.asks("/sources")  # comes after both
    time.sleep(0.2)
    answers = [*twin.from_bot(group), *([summons.answer] if summons.answer else [])]
    assert len(answers) == 1
    assert bool(twin.from_bot(group)) == (first == "message")


def test_a_summons_of_long_ago_is_let_go(twin: BotApi, store: Store, ada: Person) -> None:
    old = ada.summons(f"{ME} what did Lindqvist say?", date=int(time.time()) - 3600)
    expired = ada.summons(f"{ME} what did Lindqvist say?", expired=True)
    summons = ada.summons(f"{ME} what did Berg say?")
    assert twin.wait_for(lambda: summons.answer)["text"]
    assert old.answer is None
    assert expired.answer is None
    failed = "SELECT count(*) FROM outbox WHERE state = 'failed'"
    assert store.read().execute(failed).fetchone()[0] == 0


# ------------------------------------------------------------------------- corrections
def test_a_correction_reaches_what_stands_in_other_chats() -> None:
    newsroom = newsroom_of(GAS)
    talk = Conversation(newsroom)
    travel = CorrectionsTravel(newsroom, "tg", timedelta(days=30), wait=timedelta(0))
    jobs = [replace(travel.job(), every_seconds=0.1)]
    with running_twin() as running:
        twin = running.twin
        twin.goes_abroad()
        rates = Rates(chat_gap_seconds=0.02)
        with bot_in_thread(twin, talk, newsroom.store, rates=rates, jobs=jobs):
            ada = twin.person("Ada")
            card = ada.looks_for("what did lindqvist say about the imports?")
            ada.chooses(card, 0)
            summons = ada.summons(f"{ME} what did Lindqvist say about the imports?")
            twin.wait_for(lambda: summons.answer)
            ada.asks("/sources")  # comes after it, so that the choice has been noted by now
            newsroom.add(replace(GAS, text=GAS.text.replace("first of October", "first of May")))
            for message in (card.results[0], summons.answer):
                twin.wait_for(lambda message=message: message.get("edits"))
                assert "first of May" in message["text"]
                assert "Corrected" in message["text"]
                (first, *_others) = message["buttons"][0]
                assert first["text"] == "Context"
            newsroom.purge("gas")
            for message in (card.results[0], summons.answer):
                twin.wait_for(lambda message=message: message["edits"] > 1)
                assert "imports on the first" not in message["text"]
            assert len(twin.from_bot(ada)) == 1, "nothing is said where nothing was told"
