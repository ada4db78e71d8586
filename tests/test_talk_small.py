"""What people say that is no question about the news: greetings, thanks, “more”, “wrong”."""

from __future__ import annotations

import pytest

from bot.intake.files import read_path
from bot.samples import sample_articles
from bot.talk.replies import Role
from bot.talk.small_talk import LONGEST_CHARS, SmallTalk, digest_time, parse_small_talk
from tests.support.stores import draft
from tests.support.talks import Talk, talk_over


@pytest.mark.parametrize(
    ("text", "kind"),
    [
        ("hi", SmallTalk.GREETING),
        ("Hello there!", SmallTalk.GREETING),
        ("hey, good morning", SmallTalk.GREETING),
        ("Hi! How are you?", SmallTalk.GREETING),
        ("cool, thx!", SmallTalk.THANKS),
        ("ok great, thank you very much", SmallTalk.THANKS),
        ("bye", SmallTalk.GOODBYE),
        ("Who r u?", SmallTalk.WHO),
        ("what is this", SmallTalk.WHO),
        ("are you a real person?", SmallTalk.WHO),
        ("what can you do?", SmallTalk.HELP),
        ("any news?", SmallTalk.LATEST),
        ("what’s new", SmallTalk.LATEST),
        ("what changed since yesterday?", SmallTalk.DIGEST),
        ("What’s new this week", SmallTalk.DIGEST),
        ("give me the news of the day", SmallTalk.DIGEST),
        ("a digest please", SmallTalk.DIGEST),
        ("what happened", None),
        ("what happened in Orsa this week", None),
        ("what do I follow?", SmallTalk.FOLLOWS),
        ("more", SmallTalk.MORE),
        ("tell me more", SmallTalk.MORE),
        ("That’s wrong!", SmallTalk.WRONG),
        ("your answer is wrong", SmallTalk.WRONG),
        ("👍", SmallTalk.WORDLESS),
        ("who is Berg", None),
        ("who are you telling of", None),
        ("what is this strike about", None),
        ("hello kitty museum opening", None),
        ("thanks to whom did the ferry sail", None),
        ("tell me more about the ferry", None),
        ("was it wrong", None),
        ("what is wrong with the ferry", None),
        ("good harvest", None),
    ],
    ids=lambda value: str(value)[:24],
)
def test_small_talk_is_told_from_questions(text: str, kind: SmallTalk | None) -> None:
    assert parse_small_talk(text) == kind


@pytest.mark.parametrize(
    ("text", "time"),
    [
        ("what changed since yesterday?", "since yesterday"),
        ("the news of the week", "this week"),
        ("news for the day", "today"),
        ("a summary", ""),
    ],
)
def test_a_wish_for_the_news_tells_its_time(text: str, time: str) -> None:
    assert parse_small_talk(text) is SmallTalk.DIGEST
    assert digest_time(text) == time


@pytest.mark.parametrize("word", ["hello ", "ok, ", "no "])
def test_a_long_message_is_no_small_talk(word: str) -> None:
    assert parse_small_talk(word * LONGEST_CHARS) is None


@pytest.fixture
def reader() -> Talk:
    said = "\n\n".join(f"“Ferry {n} sails on,” said Ines Roca, the master." for n in range(2, 9))
    return talk_over(
        *(
            draft(
                f"Ferry {place} sails\n\nThe ferry sailed from {place} on Monday.\n\n{said}",
                id=place,
                title=f"Ferry {place} sails",
            )
            for place in ("Orsa", "Kvern", "Malm", "Tarn", "Holm")
        )
    )


def test_more_turns_the_pages_of_the_last_answer_to_their_end(reader: Talk) -> None:
    reader.say("what did Ines Roca say about the ferry?")
    first = [block.text for block in reader.quotes]
    seen = 0
    while "That is all I have on it" not in reader.say("more"):
        assert reader.quotes
        seen += 1
    assert first
    assert seen >= 1


def test_more_of_nothing_says_what_to_do(reader: Talk) -> None:
    assert "More of what?" in reader.say("tell me more")


def test_a_complaint_in_words_asks_what_is_wrong(reader: Talk) -> None:
    reader.say("what did Ines Roca say about the ferry?")
    assert "What is wrong with it?" in reader.say("that is wrong")
    assert "Wrong person" in reader.labels
    assert not reader.last.edits


def test_a_complaint_about_nothing_is_met_kindly(reader: Talk) -> None:
    assert "I am sorry" in reader.say("wrong")


def test_a_command_of_one_word_needs_no_slash(reader: Talk) -> None:
    assert reader.say("settings") == reader.say("/settings")


def test_a_word_that_only_editors_may_use_is_a_question_to_a_reader(reader: Talk) -> None:
    assert "Only editors" not in reader.say("undo")
    reader.role = Role.EDITOR
    assert reader.say("undo") == reader.say("/undo")


@pytest.fixture(scope="module")
def sample_reader() -> Talk:
    return talk_over(*(row.draft for row in read_path(sample_articles()) if row.draft is not None))


def test_a_short_question_of_its_own_is_not_read_into_the_last_one(sample_reader: Talk) -> None:
    sample_reader.say("what was agreed on pay")
    assert "rail strike" in sample_reader.say("when is the strike")
    assert sample_reader.lead.startswith("17 Mar 2025")


def test_the_next_question_leans_on_what_was_asked_last_alone(sample_reader: Talk) -> None:
    sample_reader.say("what was agreed on pay")
    sample_reader.say("water price")
    assert "per cent" in sample_reader.say("from when")
    assert "May" in sample_reader.lead


def test_a_command_with_its_argument_starts_afresh(sample_reader: Talk) -> None:
    sample_reader.say("/new")
    alone = sample_reader.say("/who resigned")
    sample_reader.say("/said Skoglund about money")
    assert sample_reader.say("/who resigned") == alone


def test_a_wish_for_the_news_is_answered_with_a_digest(sample_reader: Talk) -> None:
    for said in ("what changed since yesterday?", "the news of the week"):
        assert "All news" in sample_reader.say(said)


@pytest.mark.parametrize("name", ["Brandvold", "Ilse Brandvold"])
def test_a_bare_name_shows_who_that_is(name: str, sample_reader: Talk) -> None:
    assert sample_reader.say(name) == sample_reader.say(f"who is {name}?")
    assert sample_reader.lead == "Ilse Brandvold, Foreign Minister"


@pytest.mark.parametrize("name", ["Marrail", "Orsval", "Reuters", "Strike"])
def test_a_place_or_body_is_searched_for(name: str, sample_reader: Talk) -> None:
    assert "Role as printed" not in sample_reader.say(name)
    assert "which one?" not in sample_reader.say(name)


def test_did_it_happen_asks_what_where_nothing_was_told(reader: Talk) -> None:
    assert "Did what happen?" in reader.say("did it happen?")
