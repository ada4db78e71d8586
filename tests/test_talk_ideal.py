"""A conversation as it should be, over HTTP against the twin: every step as a person sees it."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Draft, Span
from bot.newsroom import Newsroom
from bot.store.store import Store
from bot.talk.conversation import Conversation
from bot.talk.replies import Block, BlockKind, Reply
from handlers.rates import Rates
from handlers.render import render_reply
from tests.support.botapi import BotApi, Person, running_twin
from tests.support.botapi.bots import bot_in_thread
from tests.support.botapi.entities import cut_utf16, parse_html, utf16_length
from tests.support.talks import Clock

ADMIN = 6_000_000_002
SAID = (
    "“We will stop importing pipeline gas on the first of October, not a day later,” Lindqvist "
    "told reporters."
)
NEWS = (
    Draft(
        id="gas",
        url="https://harbourpost.example/gas",
        title="Minister sets date",
        source="Harbour Post",
        published=date(2025, 3, 12),
        text=(
            "Minister sets date\n\nMara Lindqvist, the energy minister, spoke after talks in "
            f"Tallinn. The talks were long. {SAID} Traders shrugged. Prices fell by a tenth.\n\n"
            "The storage is half full."
        ),
    ),
    Draft(
        id="storage",
        url="https://nordwire.example/storage",
        title="Storage worries",
        source="Nordwire",
        published=date(2025, 5, 20),
        text=(
            "Storage worries\n\nThe energy minister, Mara Lindqvist, said on Tuesday the end of "
            "gas imports “may slip to December” if storage stays below 60 per cent."
        ),
    ),
    Draft(
        id="bank",
        url="https://harbourpost.example/bank",
        title="Bank keeps its rate",
        source="Harbour Post",
        published=date(2025, 6, 3),
        text=(
            "Bank keeps its rate\n\n“I have no intention of leaving before the review is "
            "finished,” said Anna Berg, the governor of the central bank."
        ),
    ),
    Draft(
        id="rail",
        url="https://valleyradio.example/rail",
        title="Rail strike called",
        source="Valley Radio",
        published=date(2025, 6, 2),
        text=(
            "Rail strike called\n\n“The trains will stand still,” said Tomas Berg, the leader of "
            "the rail union."
        ),
    ),
    Draft(
        id="flood",
        url="https://nordwire.example/orsa",
        title="Flood in Orsa",
        source="Nordwire",
        published=date(2025, 6, 12),
        text="Flood in Orsa\n\nAbout 1,200 people were evacuated in Orsa, the county said.",
    ),
    Draft(
        id="flood-radio",
        url="https://valleyradio.example/orsa",
        title="River over its banks",
        source="Valley Radio",
        published=date(2025, 6, 12),
        text="River over its banks\n\nSome 900 people were evacuated in Orsa by morning.",
    ),
)


@pytest.fixture(scope="module")
def twin() -> Iterator[BotApi]:
    with running_twin() as running, Store(None) as store:
        newsroom = Newsroom.over(store)
        for article in NEWS:
            newsroom.add(article)
        clock = Clock()
        talk = Conversation(newsroom, questions_per_minute=100, clock=clock, admins=[ADMIN])
        running.twin.person("Ed", id=ADMIN)
        rates = Rates(chat_gap_seconds=0.02)
        with bot_in_thread(running.twin, talk, store, admins=[ADMIN], rates=rates):
            yield running.twin


@pytest.fixture
def ada(twin: BotApi) -> Person:
    return twin.person("Ada")


def test_the_first_page_has_questions_that_work(ada: Person, twin: BotApi) -> None:
    seen = ada.asks("/start")
    assert "6 articles, newest 12 Jun 2025" in seen.text
    assert 0 < len(seen.labels) <= 3
    ada.presses(seen.labels[0])
    assert twin.wait_for_reply(ada).marked("blockquote")


def test_an_answer_is_lead_quote_source_and_two_rows_of_buttons(ada: Person) -> None:
    seen = ada.asks("what did lindquist say about pipeline gas")
    (lead,) = seen.marked("bold")
    assert lead.startswith("Mara Lindqvist, energy minister")
    assert lead.endswith("· 12 Mar 2025")
    assert seen.text.startswith(lead)
    assert SAID in seen.marked("blockquote")
    assert "Read as: Lindqvist" in seen.text
    assert any("Minister sets date" in words for words in seen.marked("text_link"))
    assert len(seen.buttons) <= 2
    assert seen.labels[-1] == "Wrong?"


def test_context_is_edited_in_place_with_the_answer_in_bold(ada: Person, twin: BotApi) -> None:
    first = ada.asks("who said “not a day later”?")
    ada.presses("Context")
    around = twin.wait_for_reply(ada)
    assert (around.message_id, around.edits) == (first.message_id, 1)
    assert "The talks were long." in around.text
    assert "Prices fell by a tenth." in around.text
    assert around.marked("bold") == [SAID]
    assert around.marked("expandable_blockquote")
    ada.presses("Back")
    back = twin.wait_for_reply(ada)
    assert (back.message_id, back.text) == (first.message_id, first.text)
    assert len(twin.from_bot(ada)) == 1


def test_a_marked_phrase_gets_its_speaker(ada: Person) -> None:
    seen = ada.asks("what did Lindqvist say about storage?")
    told = ada.asks("who said this", reply_to=seen, quote="below 60 per cent")
    assert told.marked("bold")[0].startswith("Mara Lindqvist, energy minister, as reported by")
    assert "The wording is" in told.text or "Part of it is a direct quote" in told.text


def test_who_said_this_works_on_an_answer_and_on_a_forwarded_post(
    ada: Person, twin: BotApi
) -> None:
    seen = ada.asks("what did Tomas Berg say?")
    assert ada.asks("who said this?", reply_to=seen).marked("bold")[0].startswith("Tomas Berg")
    ada.forwards("“The trains will stand still,” we hear. Read more", origin="Gossip")
    told = twin.wait_for_reply(ada)
    assert told.marked("bold")[0].startswith("Tomas Berg")


def test_two_of_one_name_are_asked_apart(ada: Person, twin: BotApi) -> None:
    seen = ada.asks("what did Berg say")
    assert seen.text == "Two people are named Berg here: which one?"
    label = next(label for label in seen.labels if label.startswith("Anna Berg"))
    ada.presses(label)
    chosen = twin.wait_for_reply(ada)
    assert chosen.message_id == seen.message_id
    assert "no intention of leaving" in chosen.text


def test_outlets_that_differ_stand_side_by_side(ada: Person) -> None:
    seen = ada.asks("how many people were evacuated in Orsa?")
    (lead,) = seen.marked("bold")
    assert lead.startswith("Reports differ: ")
    assert "1,200 people (Nordwire, 12 Jun 2025)" in lead
    assert "900 people (Valley Radio, 12 Jun 2025)" in lead
    assert len(seen.marked("blockquote")) == 2
    assert [label for label in seen.labels if label.startswith("Context")] == [
        "Context 1",
        "Context 2",
    ]


def test_an_edit_of_the_question_changes_the_answer(ada: Person, twin: BotApi) -> None:
    (message,) = ada.sends("what did Tomas Berg say?")
    first = twin.wait_for_reply(ada)
    ada.edits(message, "what did Anna Berg say?")
    second = twin.wait_for_reply(ada)
    assert second.message_id == first.message_id
    assert second.text.startswith("(updated to your edit)")
    assert "no intention" in second.text


def test_a_copied_sentence_comes_with_its_source(ada: Person) -> None:
    seen = ada.asks("what did Tomas Berg say?")
    copies = [b["copy_text"]["text"] for row in seen.buttons for b in row if "copy_text" in b]
    assert copies == [
        "“The trains will stand still,” said Tomas Berg, the leader of the rail union. — Tomas "
        "Berg, Valley Radio, 2025-06-02 https://valleyradio.example/rail"
    ]


def test_a_wrong_answer_is_reported_in_place_and_reaches_the_editors(
    ada: Person, twin: BotApi
) -> None:
    first = ada.asks("what did Tomas Berg say?")
    ada.presses("Wrong?")
    assert "What is wrong with it?" in twin.wait_for_reply(ada).text
    press = ada.presses("Wrong person")
    thanked = twin.wait_for_reply(ada)
    assert thanked.message_id == first.message_id
    assert "Thank you, report " in thanked.text
    assert twin.wait_for_answer(press)["text"] == "Thank you."
    ed = Person(twin, twin.world.people[ADMIN])
    card = twin.wait_for_reply(ed)
    assert card.text.startswith("Report 1: wrong person")
    assert "The trains will stand still" in card.marked("blockquote")[0]
    assert "Ada" not in card.text
    ed.presses("Right, corrected")
    settled = twin.wait_for_reply(ed)
    assert settled.message_id == card.message_id
    assert settled.text.endswith("Settled: the report was right, it is corrected.")
    assert "you were right, and it is corrected" in twin.wait_for_reply(ada).text
    assert "Only the team" in ada.asks("/reports").text


def test_an_expired_list_says_so_beside_the_button(ada: Person, twin: BotApi) -> None:
    seen = ada.asks("/sources")
    press = ada.presses_data(ada, seen.message_id, "res:999999:0")
    assert "expired" in twin.wait_for_answer(press)["text"]


def test_a_link_to_an_article_opens_it(ada: Person) -> None:
    assert "Quoted here: Mara Lindqvist" in ada.asks("/start a_1").text


def test_a_follow_up_keeps_person_and_subject(ada: Person) -> None:
    ada.asks("what did Mara Lindqvist say about gas imports in march?")
    assert "may slip to December" in ada.asks("and in may?").text


def test_what_is_not_there_is_told_with_what_is_covered(ada: Person) -> None:
    seen = ada.asks("who won the chess final in Quito?")
    assert seen.text.startswith("I have nothing on that.")
    assert "Covers 6 articles, newest 12 Jun 2025" in seen.text


def test_an_edit_beyond_the_limit_leaves_the_answer_as_it_was() -> None:
    with running_twin() as running, Store(None) as store:
        newsroom = Newsroom.over(store)
        newsroom.add(NEWS[0])
        talk = Conversation(newsroom, questions_per_minute=1, clock=Clock())
        rates = Rates(chat_gap_seconds=0.02)
        with bot_in_thread(running.twin, talk, store, admins=[], rates=rates):
            bo = running.twin.person("Bo")
            (message,) = bo.sends("who said “not a day later”?")
            first = running.twin.wait_for_reply(bo)
            assert "question a minute" in bo.asks("who?").text
            bo.edits(message, "what did Lindqvist say?")
            assert bo.asks("/sources").text.startswith("Outlets")  # and so the edit was handled
            kept = next(s for s in running.twin.from_bot(bo) if s.message_id == first.message_id)
            assert (kept.text, kept.edits) == (first.text, 0)


# ------------------------------------------------------------------------------- markup
@given(
    before=st.text(st.sampled_from("<>&\"'/b \n🌍👩\u200d\u202eé."), max_size=40),
    answer=st.text(st.sampled_from("<>&\"'/b 🌍👩\u200d\u202eé."), min_size=1, max_size=40),
    after=st.text(st.sampled_from("<>&\"'/b \n🌍👩\u200d\u202eé."), max_size=40),
    times=st.sampled_from([1, 60]),
)
def test_what_answers_is_bold_whatever_stands_around_it(
    before: str, answer: str, after: str, times: int
) -> None:
    whole = before * times + f"a{answer}z" + after * times
    at = Span(len(before) * times, len(before) * times + len(answer) + 2)
    block = Block(BlockKind.QUOTE, whole, stressed=at)
    messages = render_reply(Reply((block,)))
    shown = [parse_html(message.html) for message in messages]
    assert "".join(text for text, _ in shown) == whole
    for text, entities in shown:
        assert utf16_length(text) <= 4096
        kinds = {entity["type"] for entity in entities}
        assert kinds <= {"bold", "blockquote", "expandable_blockquote"}
        for entity in entities:
            if entity["type"] == "bold":
                assert cut_utf16(text, entity["offset"], entity["length"]) == f"a{answer}z"
