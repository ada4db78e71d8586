"""/card: the picture of a sentence, in talk and over HTTP, and how a letter carries it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import sqlite3
import threading
from collections.abc import Iterator, Mapping
from dataclasses import replace
from datetime import date
from pathlib import Path
from typing import Any

import pytest

from bot.errors import VerbatimError
from bot.model import Draft
from bot.newsroom import Newsroom
from bot.pictures import QuoteCard, Recipe, Theme, draw, load_recipe
from bot.pictures.studio import Studio
from bot.store.store import Store
from bot.talk import pictures
from bot.talk.conversation import Conversation
from bot.talk.gate import gated
from bot.talk.replies import Block, BlockKind, Reply
from handlers.photos import Easel
from handlers.rates import Rates
from handlers.render import MOST_CAPTION_UTF16, render_reply
from handlers.texts import utf16_length
from tests.support.botapi import BotApi, Fault, running_twin
from tests.support.botapi.bots import BotProcess, bot_in_thread
from tests.support.talks import Clock, Talk, newsroom_of, talk_over

SAID = "“We will mend the bridge by Friday,” said Mayor Ada Holm."
BRIDGE = Draft(
    id="bridge",
    url="https://harbourpost.example/bridge",
    title="Bridge to be mended",
    source="Harbour Post",
    published=date(2025, 3, 12),
    text=f"Bridge to be mended\n\n{SAID} “The ferry goes on until then,” said Mayor Ada Holm.",
)
SHIP = Draft(
    id="ship",
    title="Ship is back",
    source="Nordwire",
    published=date(2025, 3, 14),
    text="Ship is back\n\n“The 🚢 is back,” said Captain Tomas Berg.",
)
LONG = Draft(
    id="long",
    title="Long speech",
    source="Nordwire",
    published=date(2025, 3, 14),
    text="Long speech\n\n“The harbour " + "and the sea " * 80 + "are one,” said Olga Brandt.",
)
QUESTION = "what did Ada Holm say about the bridge?"


def card_of(reply: Reply) -> QuoteCard:
    assert isinstance(reply.picture, QuoteCard)
    return reply.picture


@pytest.fixture
def reader() -> Talk:
    return talk_over(BRIDGE, SHIP, LONG)


# ------------------------------------------------------------------------------- in talk
def test_the_last_answer_becomes_a_card_with_its_citation(reader: Talk) -> None:
    reader.say(QUESTION)
    words = reader.say("/card")
    card = card_of(reader.last)
    assert card.quote == SAID
    assert (card.speaker, card.role) == ("Ada Holm", "Mayor")
    assert card.source == "Harbour Post · 12 Mar 2025"
    assert SAID in words
    assert "Ada Holm, Mayor · 12 Mar 2025 · Harbour Post, “Bridge to be mended”" in words
    assert "https://harbourpost.example/bridge" in words


def test_the_button_under_an_answer_makes_the_same_card(reader: Talk) -> None:
    reader.say(QUESTION)
    shown = [block.text for block in reader.quotes]
    assert len(shown) == 2
    reader.press_label("Card")
    pressed = reader.last
    assert card_of(pressed).quote == shown[0]
    assert reader.say("/card")
    assert reader.last == pressed
    reader.press_label("Card 2")
    assert card_of(reader.last).quote == shown[1]


def test_a_question_with_the_command_is_answered_with_a_card(reader: Talk) -> None:
    reader.say(f"/card {QUESTION}")
    assert card_of(reader.last).quote == SAID
    assert "Card 2" in reader.labels
    reader.say("/card 2")
    assert card_of(reader.last).quote != SAID
    assert "no sentence 9" in reader.say("/card 9")
    reader.say("/card who won the chess title?")
    assert reader.last.picture is None
    assert "nothing" in reader.lead


def test_what_is_replied_to_goes_before_the_last_answer(reader: Talk) -> None:
    reader.say("what did Tomas Berg say?")
    reader.say("/card", reply_to=f"Somebody passed this on: {SAID}")
    assert card_of(reader.last).quote == SAID
    assert "no sentence" in reader.say("/card", reply_to="Nothing of the kind.")


@pytest.mark.parametrize(
    "words",
    [
        "make a card of that",
        "make me a quote card",
        "can I have that as a picture?",
        "as a picture",
        "Card, please!",
        "send me this as a card",
        "put it on a card",
    ],
)
def test_plain_words_ask_for_the_card_of_the_last_answer(reader: Talk, words: str) -> None:
    reader.say(QUESTION)
    reader.say(words)
    assert card_of(reader.last).quote == SAID


@pytest.mark.parametrize("words", ["who holds the red card?", "picture of the bridge", "a" * 999])
def test_other_words_about_cards_are_questions(reader: Talk, words: str) -> None:
    reader.say(words)
    assert reader.last.picture is None


def test_card_without_anything_before_it_asks_back(reader: Talk) -> None:
    assert "Which sentence?" in reader.say("/card")


@pytest.mark.parametrize(
    ("name", "why"),
    [
        pytest.param("Tomas Berg", "letters I cannot draw", id="letters"),
        pytest.param("Olga Brandt", "too long", id="length"),
    ],
)
def test_what_cannot_be_drawn_comes_in_words_with_the_reason(
    reader: Talk, name: str, why: str
) -> None:
    words = reader.say(f"/card what did {name} say?")
    assert reader.last.picture is None
    assert reader.quotes
    assert why in words.replace("These letters I cannot draw", "letters I cannot draw")


def test_dark_colours_are_kept_for_the_next_card(reader: Talk) -> None:
    reader.say(f"/card {QUESTION}")
    assert card_of(reader.last).theme is Theme.LIGHT
    reader.press_label("Dark colours")
    assert reader.last.edits
    assert card_of(reader.last).theme is Theme.DARK
    reader.say("/card")
    assert card_of(reader.last).theme is Theme.DARK
    assert "Light colours" in reader.labels


def test_without_the_library_the_words_come_and_once_the_reason(
    reader: Talk, monkeypatch: pytest.MonkeyPatch
) -> None:
    from bot.talk import context, quote_cards

    for module in (context, quote_cards, pictures):
        monkeypatch.setattr(module, "is_available", lambda: False)
    reader.say(QUESTION)
    assert "Card" not in reader.labels
    first, second = reader.say("/card"), reader.say("/card")
    assert SAID in first
    assert SAID in second
    assert "not installed" in first
    assert "not installed" not in second


@pytest.mark.parametrize("code", ["", "1", "1:0:9:x", "999:0:5", "1:5000:6000", f"{2**70}:1:2"])
def test_a_button_that_names_no_sentence_says_so(reader: Talk, code: str) -> None:
    reader.press(f"pic:{code}")
    assert reader.last.toast
    reader.press(f"picin:dark:{code}")
    assert reader.last.toast


def test_part_of_a_sentence_is_never_a_card(reader: Talk) -> None:
    start = BRIDGE.text.index("mend the")
    reader.press(f"pic:1:{start}:{start + 8}")
    assert card_of(reader.last).quote == SAID


def test_a_card_of_other_words_than_those_of_the_store_is_held_back() -> None:
    newsroom = newsroom_of(BRIDGE)
    reader = Talk(Conversation(newsroom, clock=Clock()))
    reader.say(f"/card {QUESTION}")
    assert gated(newsroom, reader.last) is reader.last
    forged = replace(card_of(reader.last), quote=SAID.replace("Friday", "Monday"))
    with pytest.raises(VerbatimError):
        gated(newsroom, replace(reader.last, picture=forged))
    with pytest.raises(VerbatimError):
        gated(newsroom, Reply(appendix=replace(reader.last, picture=forged)))


# ------------------------------------------------------------------------------- rendered
def test_a_caption_that_is_too_long_follows_the_picture() -> None:
    card = QuoteCard(SAID, "Harbour Post")
    lead = Block(BlockKind.LEAD, "Ada Holm on the bridge")
    quote = Block(BlockKind.QUOTE, SAID * 30)
    first, *rest = render_reply(Reply((lead, quote), picture=card))
    assert first.picture is not None
    assert first.plain == lead.text
    assert utf16_length(first.plain) <= MOST_CAPTION_UTF16
    assert "".join(message.plain for message in rest).count(SAID) == 30
    assert not any(message.picture for message in rest)


def test_an_appendix_comes_last_and_without_sound() -> None:
    further = Reply((Block(BlockKind.TEXT, "Articles a day"),))
    first, second = render_reply(Reply((Block(BlockKind.TEXT, "News"),), appendix=further))
    assert (first.plain, first.payload().get("silent")) == ("News", None)
    assert (second.plain, second.payload()["silent"]) == ("Articles a day", True)


async def test_one_picture_for_many_is_drawn_once_and_none_waits_for_digests() -> None:
    drawn: list[str] = []
    gate = threading.Event()

    class Slow(Studio):
        def draw(self, raw: Mapping[str, Any]) -> bytes | None:
            if raw["quote"] == "digest":
                gate.wait(10)
            drawn.append(raw["quote"])
            return raw["quote"].encode()

    easel = Easel(Slow)
    digest, card = {"picture": {"quote": "digest"}}, {"picture": {"quote": "card"}}
    held = asyncio.create_task(easel.draw(digest, urgent=False))
    assert await easel.draw(card) == b"card"
    assert await easel.draw(card, urgent=False) == b"card"
    gate.set()
    assert await held == b"digest"
    assert drawn == ["card", "digest"]
    assert await easel.draw({"html": "no picture"}) is None
    easel.close()


# -------------------------------------------------------------------------------- over HTTP
@pytest.fixture(scope="module")
def twin() -> Iterator[BotApi]:
    with running_twin() as running, Store(None) as store:
        newsroom = newsroom_of()
        newsroom = type(newsroom).over(store)
        for article in (BRIDGE, SHIP):
            newsroom.add(article)
        talk = Conversation(newsroom, questions_per_minute=100, clock=Clock())
        rates = Rates(chat_gap_seconds=0.02)
        with bot_in_thread(running.twin, talk, store, rates=rates):
            yield running.twin


def test_a_card_is_a_photo_with_the_citation_as_its_caption(twin: BotApi) -> None:
    ada = twin.person("Ada")
    ada.asks(QUESTION)
    seen = ada.asks("/card")
    assert seen.photo is not None
    assert seen.photo.startswith(b"\x89PNG")
    assert seen.marked("blockquote") == [SAID]
    assert "Harbour Post, “Bridge to be mended”" in seen.marked("text_link")[0]
    ada.presses("Dark colours", on=seen)
    dark = twin.wait_for_reply(ada)
    assert dark.message_id == seen.message_id
    assert dark.photo != seen.photo
    assert dark.marked("blockquote") == [SAID]
    ada.presses("Context", on=dark)
    around = twin.wait_for_reply(ada)
    assert around.message_id != seen.message_id, "the card stays"
    assert around.photo is None


def test_words_in_the_place_of_a_card_take_it_away(twin: BotApi) -> None:
    """An edited question has one answer, whether that is a picture or not."""
    ada = twin.person("Ada")
    (asked,) = ada.sends(f"/card {QUESTION}")
    card = twin.wait_for_reply(ada)
    assert card.photo is not None
    ada.edits(asked, QUESTION)
    words = twin.wait_for_reply(ada)
    assert words.photo is None
    assert card.message_id not in [seen.message_id for seen in twin.from_bot(ada)]


def test_a_group_that_takes_no_photos_gets_the_words(twin: BotApi) -> None:
    ada = twin.person("Ada")
    group = twin.group(members=[ada])
    group.state.no_photos = True
    seen = ada.asks(f"/card {QUESTION}", chat=group)
    assert seen.photo is None
    assert seen.marked("blockquote") == [SAID]


def test_letters_that_cannot_be_drawn_come_as_words(twin: BotApi) -> None:
    ada = twin.person("Ada")
    seen = ada.asks("/card what did Tomas Berg say?")
    assert seen.photo is None
    assert "🚢" in seen.text


def test_a_card_in_flight_at_a_kill_arrives_after_the_next_start(tmp_path: Path) -> None:
    with running_twin() as running:
        ada = running.twin.person("Ada")
        process = BotProcess(running.twin, tmp_path)
        with Store(process.store_path) as store:
            Newsroom.over(store).add(BRIDGE)
        held = running.twin.faults.add(Fault("sendPhoto", latency_seconds=0.4, cut="before"))
        process.start()
        ada.sends(f"/card {QUESTION}")
        running.twin.wait_for(lambda: held.hits, timeout_seconds=20)
        process.kill()
        with process:
            seen = running.twin.wait_for_reply(ada, timeout_seconds=20)
            assert seen.photo == draw(quote_card_of(process.store_path))
            assert len(running.twin.from_bot(ada)) == 1


def quote_card_of(path: Path) -> Recipe:
    """The recipe in the outbox of the store at `path`."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        (payload,) = connection.execute("SELECT payload FROM outbox").fetchone()
    recipe = load_recipe(json.loads(payload)["picture"])
    assert recipe is not None
    return recipe
