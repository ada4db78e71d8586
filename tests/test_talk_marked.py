"""Who said what somebody marked, answered or passed on; and which of two namesakes is meant."""

from __future__ import annotations

from dataclasses import replace
from datetime import date

import pytest

from bot.model import Draft
from bot.newsroom import Newsroom
from bot.talk.conversation import Conversation
from bot.talk.marked import WHO_SAID_THIS, find_in_message, find_phrase
from bot.talk.plain import render_plain
from tests.support.stores import draft
from tests.support.talks import Clock, Talk, newsroom_of

LAKE = Draft(
    id="lake",
    title="Lake level falls",
    source="Nordwire",
    published=date(2025, 3, 20),
    text=(
        "Lake level falls\n\n"
        "“We will close the lower lock on the first of May,” Runa Solberg, the water minister, "
        "told reporters. Solberg said that the level was below 60 per cent. "
        "The engineer Otto Marsh called the plan “a castle in the sand” and left.\n\n"
        "The lake fell by two metres in a year. “Nobody asked the anglers,” she said."
    ),
)
SISTERS = (
    Draft(
        id="bank",
        title="Bank keeps its rate",
        source="Nordwire",
        published=date(2025, 3, 12),
        text="Bank keeps its rate\n\n“The rate stays where it is,” said Anna Berg, the governor.",
    ),
    Draft(
        id="rail",
        title="Rail union calls a strike",
        source="Valley Radio",
        published=date(2025, 3, 14),
        text=(
            "Rail union calls a strike\n\n“The trains will stand still,” said Tomas Berg, the "
            "leader of the union."
        ),
    ),
)


@pytest.fixture
def newsroom() -> Newsroom:
    return newsroom_of(LAKE, draft(), *SISTERS)


@pytest.fixture
def reader(newsroom: Newsroom) -> Talk:
    return Talk(Conversation(newsroom, clock=Clock()))


# ------------------------------------------------------------------------------- marked
@pytest.mark.parametrize(
    ("marked", "lead", "told"),
    [
        (
            "close the lower lock",
            "Runa Solberg, water minister",
            "Quoted word for word by Nordwire.",
        ),
        (
            "below 60 per cent",
            "Runa Solberg, water minister, as reported by Nordwire",
            "The wording is the reporter’s, not a direct quote.",
        ),
        ("a castle in the sand", "Otto Marsh, engineer", "Quoted word for word by Nordwire."),
        (
            "The lake fell by two metres",
            "Nobody is quoted with these words.",
            "They are Nordwire’s own report.",
        ),
    ],
    ids=["direct", "reported", "within a sentence", "nobody"],
)
def test_a_marked_phrase_gets_its_speaker_and_how_it_was_said(
    marked: str, lead: str, told: str, reader: Talk
) -> None:
    shown = reader.say("who said this?", marked=marked, reply_to="An older message of the bot")
    assert reader.lead == lead
    assert told in shown
    assert marked in reader.quotes[0].text
    assert "Context" in reader.labels


def test_marked_words_that_no_article_holds_are_told(reader: Talk) -> None:
    assert "none of my articles" in reader.say("who said that", marked="the moon is a lantern")


def test_a_phrase_of_two_articles_is_that_of_the_answer_it_was_marked_in(
    newsroom: Newsroom,
) -> None:
    twin = replace(
        LAKE, id="echo", source="Echo", text=LAKE.text.replace("Runa Solberg", "Eda Roy")
    )
    newsroom.add(twin)
    for words in ("Runa Solberg", "Eda Roy"):
        shown = f"“We will close the lower lock on the first of May,” {words}, the water minister"
        found = find_phrase(newsroom, "the lower lock", beside=f"{shown}, told reporters.")
        assert found is not None
        assert words in found.sentence.of(found.article.text)


@pytest.mark.parametrize(
    "question",
    [
        *("who said this", "Who said that?", "who said it", "says who", "who is that"),
        *("whose words are these?", "hwo said this", "source?", "and who said that?"),
        *("who wrote this", "who was quoted", "who's saying this"),
    ],
)
def test_a_question_for_the_speaker_is_understood(question: str) -> None:
    assert WHO_SAID_THIS.fullmatch(question)


@pytest.mark.parametrize(
    "question", ["who said the lock closes", "who resigned", "what is this", "when was this said"]
)
def test_another_question_is_none_for_the_speaker(question: str) -> None:
    assert WHO_SAID_THIS.fullmatch(question) is None


# ------------------------------------------------------------------------------ replies
def test_who_said_this_in_reply_to_an_answer(reader: Talk) -> None:
    answer = reader.say("what did Solberg say about the lock?")
    reader.say("what did Roca say?")
    assert "Runa Solberg" in reader.say("who said this?", reply_to=answer)
    assert reader.lead == "Runa Solberg, water minister"
    assert "Runa Solberg" in reader.say("/said", reply_to=answer)


def test_a_reply_to_an_older_answer_goes_on_from_there(reader: Talk) -> None:
    older = reader.say("what did Solberg say about the lock?")
    reader.say("what did Ines Roca say?")
    reader.say("what did she say about the level?", reply_to=older)
    assert "60 per cent" in reader.quotes[0].text


def test_a_forwarded_post_is_looked_up_by_its_words(reader: Talk) -> None:
    post = "LAKE NEWS 🌊\nHeard today: “Nobody asked the anglers,” she said.\nJoin our channel!"
    reader.say(post, forwarded=True)
    assert "Nobody asked the anglers" in reader.quotes[0].text
    assert "Solberg" in reader.lead or "does not name" in reader.lead


def test_a_forwarded_post_of_other_words_is_a_question(reader: Talk) -> None:
    assert reader.say("What is going on at the lower lock?", forwarded=True)
    assert "lower lock" in " ".join(block.text for block in reader.quotes)


def test_no_message_is_too_long_or_odd_to_be_looked_through(newsroom: Newsroom) -> None:
    for message in ("", "“" * 50_000, "a b c " * 20_000, "\n" * 9_000, "“x y z” " * 5_000):
        assert find_in_message(newsroom, message) is None
        assert find_phrase(newsroom, message) is None


# --------------------------------------------------------------------------------- links
def test_a_link_opens_a_quote_or_an_article(reader: Talk, newsroom: Newsroom) -> None:
    key = newsroom.get_article("lake").key
    start = LAKE.text.index("We will close")
    assert "Runa Solberg" in reader.say(f"/start q_{key}_{start}_{start + 20}")
    assert "We will close the lower lock" in reader.quotes[0].text
    start = LAKE.text.index("The lake fell")
    reader.say(f"/start q_{key}_{start}_{start + 20}")
    assert (reader.lead, reader.labels) == ("Nordwire · 20 Mar 2025", ["Context", "Copy", "Share"])
    assert "Quoted here: Runa Solberg" in reader.say(f"/start a_{key}")


def test_a_link_asks_a_saved_search(reader: Talk) -> None:
    reader.say("/start s_what_did_Solberg_say_about_the_lower_lock")
    assert "We will close the lower lock" in reader.quotes[0].text


@pytest.mark.parametrize(
    "link",
    ["q_1", "a_", "a_999", "q_1_5_99999999", "q_9_0_5", "x", "a_1_2", "q_²_1_2", "s_", "s___"],
)
def test_a_link_that_leads_nowhere_opens_the_first_page(link: str, reader: Talk) -> None:
    told = reader.say(f"/start {link}")
    assert "I answer questions about the news" in told or reader.quotes


# ---------------------------------------------------------------------------- namesakes
def test_two_people_of_one_surname_are_told_apart(reader: Talk) -> None:
    assert "Two people are named Berg here: which one?" in reader.say("what did Berg say?")
    assert reader.quotes == []
    assert sorted(reader.labels[:2]) == ["Anna Berg, governor", "Tomas Berg, leader of the union"]
    choice = reader.last
    reader.press_label("Anna Berg")
    assert reader.last.edits
    assert "The rate stays" in reader.quotes[0].text
    code = next(b.press for row in choice.buttons for b in row if b.label.startswith("Tomas"))
    reader.press(code or "")
    assert "The trains will stand still" in reader.quotes[0].text
    both = next(b.press for row in choice.buttons for b in row if b.label == "Both")
    told = reader.press(both or "")
    assert "The rate stays" in told
    assert "The trains will stand still" in told


@pytest.mark.parametrize(
    "question", ["what did Anna Berg say?", "what did Berg say about the trains?", "who is Roca?"]
)
def test_who_is_told_apart_already_is_not_asked_about(question: str, reader: Talk) -> None:
    assert "which one" not in reader.say(question)


def test_one_person_under_two_spellings_is_one(newsroom: Newsroom) -> None:
    newsroom.add(
        draft(
            "Bank speaks\n\n“We wait,” said Governor Berg. Anna M. Berg took no questions.",
            id="bank2",
            title="Bank speaks",
        )
    )
    someone = Talk(Conversation(newsroom, clock=Clock()))
    someone.say("what did Anna Berg say?")
    assert "which one" not in render_plain(someone.last)
