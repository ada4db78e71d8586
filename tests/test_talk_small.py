"""What people say that is no question about the news: greetings, thanks, “more”, “wrong”."""

from __future__ import annotations

import pytest

from bot.answer.result import State
from bot.intake.files import read_path
from bot.locales import speaking
from bot.samples import sample_articles
from bot.talk.foreign import is_foreign
from bot.talk.replies import BlockKind, Role
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
        ("Is that true?", SmallTalk.DOUBT),
        ("but is it really so?", SmallTalk.DOUBT),
        ("really??", SmallTalk.DOUBT),
        ("are you sure about that?", SmallTalk.DOUBT),
        ("is it true that the bridge is open?", None),
        ("is the bridge really open?", None),
        ("👍", SmallTalk.WORDLESS),
        ("how are you?", SmallTalk.WELL),
        ("tell me a joke", SmallTalk.FUN),
        ("can you please tell me a funny story", SmallTalk.FUN),
        ("what's the weather like today?", SmallTalk.WEATHER),
        ("will it rain tomorrow", SmallTalk.WEATHER),
        ("what is 2+2", SmallTalk.SUM),
        ("12 * 3.5 =", SmallTalk.SUM),
        ("what time is it", SmallTalk.CLOCK),
        ("you are so stupid", SmallTalk.INSULT),
        ("what a stupid bot!", SmallTalk.INSULT),
        ("fuck off", SmallTalk.INSULT),
        ("do you love me", SmallTalk.FOND),
        ("what is your name", SmallTalk.NAME),
        ("write me a letter to my landlord", SmallTalk.CHORE),
        ("what is 9/11", None),
        ("2025-03-18", None),
        ("2024-25", None),
        ("what is the weather service in Orsa saying", None),
        ("what was the joke about the ferry", None),
        ("who called the mayor stupid", None),
        ("what time does the ferry sail", None),
        ("what is the date of the hearing", None),
        ("book sales in Orsa", None),
        ("is it true that the ferry sank", None),
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


@pytest.mark.parametrize(
    ("question", "answer"),
    [("who resigned?", "accepted the resignation"), ("who was hurt?", "A firefighter has")],
    ids=["the talk has a relative of its word", "the talk has nothing of it"],
)
@pytest.mark.parametrize("before", ["what did the mayor say?", "what did Bettina Osei say?"])
def test_a_question_of_one_word_of_its_own_turns_to_where_that_stands(
    before: str, question: str, answer: str, sample_reader: Talk
) -> None:
    sample_reader.say(before)
    assert answer in sample_reader.say(question)


def test_everything_about_a_topic_asks_for_the_topic(sample_reader: Talk) -> None:
    sample_reader.say("/new")
    assert "flood" in sample_reader.say("show me everything about the flood")
    assert "nothing" not in sample_reader.lead


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


# ---------------------------------------------------------------------- other than the news
@pytest.mark.parametrize(
    "words",
    [
        "how are you",
        "tell me a joke",
        "what is 2+2",
        "you are useless",
        "what's the weather",
        "🙂",
    ],
)
def test_talk_beside_the_news_is_met_without_quoting_an_article(words: str, reader: Talk) -> None:
    assert reader.say(words)
    assert not reader.quotes
    assert not any(block.kind is BlockKind.FOOTER for block in reader.last.blocks)


def test_after_a_joke_a_question_leads_back_to_the_news(reader: Talk) -> None:
    reader.say("tell me a joke")
    reader.press_label("What did Ines Roca say?")
    assert reader.quotes


@pytest.mark.parametrize(
    "text",
    [
        "Was hat Ines Roca gesagt?",
        "wann fährt die Fähre",
        "¿Qué dijo Roca?",
        "qu'a dit Roca sur le ferry ?",
        "qui a démissionné ?",
        "chi ha vinto",
        "что сказала Рока",
        "渡轮什么时候开",
    ],
    ids=lambda text: ascii(text)[:20],
)
def test_a_question_in_another_language_is_told_so(text: str, reader: Talk) -> None:
    assert "in English" in reader.say(text)
    assert not reader.quotes


@pytest.mark.parametrize(
    "text",
    [
        "what did de la Cruz say",
        "Der Kurier on the ferry",
        "was die strike",
        "wat roca say",
        "La La Land",
        "Las Vegas",
        "Roca",
        "die hard",
        "El Correo interview with Roca",
    ],
)
def test_foreign_words_in_a_name_make_no_foreign_question(text: str) -> None:
    assert not is_foreign(text)


@pytest.mark.parametrize(
    ("language", "text"),
    [
        ("de", "mach eine Tabelle daraus"),
        ("de", "Neues vom Streik"),
        ("es", "quiero saber más sobre Halden"),
    ],
)
def test_a_wish_in_the_language_of_the_chat_is_foreign(language: str, text: str) -> None:
    with speaking(language):
        assert is_foreign(text)
    assert not is_foreign(text)


@pytest.mark.parametrize("name", ["Ursula von der Leyen", "Luis de la Fuente", "rail strike deal"])
@pytest.mark.parametrize("language", ["de", "es"])
def test_a_name_is_asked_about_in_any_language(language: str, name: str) -> None:
    with speaking(language):
        assert not is_foreign(name)


def test_a_foreign_question_may_be_asked_on_by_its_names(reader: Talk) -> None:
    reader.say("¿Qué dijo Roca sobre el ferry?")
    assert "What did Ines Roca say?" in reader.labels
    reader.press_label("What did Ines Roca say?")
    assert reader.quotes


def test_a_name_in_cyrillic_letters_is_known(reader: Talk) -> None:
    assert "Ines Roca" in reader.say("что сказала Рока")


# ------------------------------------------------------------------------- another subject
def test_a_whole_question_about_something_else_does_not_lean(sample_reader: Talk) -> None:
    for question in ("what is the price of gold", "and what is the price of gold"):
        sample_reader.say("what was agreed on flood aid")
        sample_reader.say(question)
        assert sample_reader.last.state is not State.FOUND


def test_what_merely_came_nearest_is_not_leaned_on(sample_reader: Talk) -> None:
    sample_reader.say("/new")
    sample_reader.say("what is the price of gold")
    sample_reader.say("and what is the price of gold")
    assert sample_reader.last.state is not State.FOUND
