"""Questions as people put them in a talk: verbs with small words, and follow-ups that lean on the
answer before."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answer.intents import Intent
from bot.answer.phrasals import find_phrasals
from bot.answer.question import parse_question
from bot.answer.result import Response, State
from bot.model import Draft
from bot.newsroom import Newsroom
from bot.text.words import find_words
from tests.support.talks import NOW, newsroom_of, talk_over

HARBOUR = Draft(
    id="harbour",
    url="https://portcourier.example/harbour",
    title="Harbour master Greta Lind leaves in May",
    source="The Port Courier",
    published=date(2025, 3, 10),
    text=(
        "Harbour master Greta Lind leaves in May\n\n"
        "Greta Lind, the harbour master of Bergvik, will leave her office at the end of May. "
        "Lind, a former school teacher, said the crane was safe. "
        "“The crane has never hurt anybody,” Lind said. "
        "Her successor is Olaf Brandt, a ship's engineer. "
        "Until then the quay takes no ship longer than 90 metres. "
        "The ban ends on April 20.\n\n"
        "The dockers' strike is over, their speaker Ida Moen said. "
        "She was glad that the weekend was over as well."
    ),
)
CRANE = Draft(
    id="crane",
    url="https://portcourier.example/crane",
    title="Harbour master sorry about the crane",
    source="The Port Courier",
    published=date(2025, 3, 18),
    text=(
        "Harbour master sorry about the crane\n\n"
        "Greta Lind told the council on March 10 that the crane was safe. "
        "“I was wrong about the crane,” Lind said on Tuesday."
    ),
)
PRICES = Draft(
    id="prices",
    url="https://portcourier.example/prices",
    title="Ferry tickets to cost more",
    source="The Port Courier",
    published=date(2025, 3, 12),
    text=(
        "Ferry tickets to cost more\n\n"
        "The ferry company takes 12 crowns for a ticket, and will raise the price by 2 crowns. "
        "The agreement with the islands runs until 2031. "
        "The company called the evening ferry a gift, and off season it stays at home. "
        "The spring fair was cancelled because of the wind."
    ),
)


@pytest.fixture(scope="module")
def newsroom() -> Newsroom:
    return newsroom_of(HARBOUR, CRANE, PRICES)


def ask(newsroom: Newsroom, *questions: str) -> Response:
    """The response to the last of `questions`, each of which may lean on the one before."""
    frame = None
    for question in questions:
        response = newsroom.ask(question, NOW, frame=frame)
        frame = response.frame
    return response


@pytest.mark.parametrize(
    ("question", "word", "means"),
    [
        ("who took over", "took", "successor"),
        ("when did they call the fair off", "call", "cancel"),
        ("who came out for the bridge", "came", "support"),
        ("is the strike over", "over", "end"),
        ("is the road back yet", "back", "reopen"),
        ("what did she do before", "before", "former"),
    ],
    ids=[
        "behind its verb",
        "apart from it",
        "two small words",
        "alone",
        "alone and not last",
        "a time",
    ],
)
def test_small_words_give_a_verb_its_meaning(question: str, word: str, means: str) -> None:
    [(start, phrasal)] = find_phrasals(find_words(question)).items()
    assert question[start:].startswith(word)
    assert means in phrasal.same


@pytest.mark.parametrize(
    "question",
    [
        "why did they go on strike",
        "did the train go over the bridge",
        "what was said over the phone",
        "who was out of reach",
        "was the mayor up late before dawn",
        "",
    ],
)
def test_small_words_that_lead_on_stay_what_they_are(question: str) -> None:
    assert not find_phrasals(find_words(question))


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("who takes over from Lind?", "Her successor is"),
        ("when was the fair called off", "The spring fair"),
        ("who said the strike was over?", "The dockers' strike"),
        ("by how much do ferry tickets go up?", "The ferry company"),
    ],
)
def test_a_verb_with_its_small_word_finds_what_says_the_same(
    newsroom: Newsroom, question: str, begins: str
) -> None:
    response = ask(newsroom, question)
    assert response.answers[0].text.startswith(begins)


def test_asked_who_said_it_a_sentence_in_which_nobody_speaks_is_offered_at_most(
    newsroom: Newsroom,
) -> None:
    assert ask(newsroom, "who said the fair was cancelled?").state is not State.FOUND


@pytest.mark.parametrize(
    ("questions", "begins"),
    [
        (("what happened to Greta Lind?", "who takes over?"), "Her successor is"),
        (("does the quay take ships of 90 metres?", "until when?"), "The ban ends"),
        (("who is the harbour master?", "what job did she have before?"), "Lind, a former"),
        (("who said the crane never hurt anybody?", "what did she say later?"), "“I was"),
    ],
    ids=["who comes next", "an end", "a former job", "what came later"],
)
def test_a_follow_up_stays_with_what_was_talked_of(
    newsroom: Newsroom, questions: tuple[str, ...], begins: str
) -> None:
    response = ask(newsroom, *questions)
    assert response.answers[0].text.startswith(begins)


@pytest.mark.parametrize(
    ("question", "state"),
    [
        ("what did Ida Moen say about ferry tickets?", State.CLOSE),
        ("what did Olaf Brandt say about the crane?", State.CLOSE),
        ("what did Lind say about the crane?", State.FOUND),
    ],
    ids=["nothing on it", "nothing at all", "on it"],
)
def test_somebody_who_said_nothing_is_not_answered_for_by_others(
    newsroom: Newsroom, question: str, state: State
) -> None:
    found = ask(newsroom, question).state
    assert found is state or (state is State.CLOSE and found is State.NOTHING)


def test_a_denial_answers_whether_it_happened() -> None:
    newsroom = newsroom_of(
        Draft(
            id="dredger",
            url="https://portcourier.example/dredger",
            title="No new dredger for Bergvik",
            source="The Port Courier",
            published=date(2025, 3, 11),
            text=(
                "No new dredger for Bergvik\n\n"
                "Greta Lind refused to sign the contract for the dredger. "
                "The council had hoped for it since the autumn."
            ),
        ),
        PRICES,
    )
    response = ask(newsroom, "did Greta Lind sign the contract for the dredger?")
    assert response.state is State.FOUND
    assert response.answers[0].text.startswith("Greta Lind refused to sign")


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("flood aid deadline", Intent.WHEN),
        ("what did she think of the deadline", Intent.SAID_BY),
        ("islands voters for the ferry percent", Intent.HOW_MANY),
        ("what else did it ask for", Intent.SAID_BY),
    ],
)
def test_what_is_asked_for_is_read_from_the_last_word_of_a_telegram(
    question: str, intent: Intent
) -> None:
    assert parse_question(question, NOW).intent is intent


def read(*messages: str) -> str:
    """The reply to the last of `messages`."""
    talk = talk_over(HARBOUR, CRANE, PRICES, CAPITAL)
    for message in messages:
        reply = talk.say(message)
    return reply


CAPITAL = Draft(
    id="capital",
    url="https://capitalpost.example/quay",
    title="New quay for Bergvik",
    source="The Capital Post",
    published=date(2025, 3, 16),
    text=(
        "New quay for Bergvik\n\n"
        "The new quay will cost 14 million crowns, the ministry said. "
        "About 1,200 people were evacuated from the quay in the storm. "
        "The ministry takes 30-day pauses in the work for granted."
    ),
)
SECOND_QUAY = Draft(
    id="second-quay",
    url="https://portcourier.example/quay",
    title="Bergvik quay dearer than told",
    source="The Port Courier",
    published=date(2025, 3, 21),
    text=(
        "Bergvik quay dearer than told\n\n"
        "The quay was to cost 21 million crowns, the town clerk said. "
        "Nobody in the town hall had counted the piles."
    ),
)


@pytest.mark.parametrize(
    ("messages", "begins"),
    [
        (["how many peple were evacuted from the quay"], "About 1,200 people ·"),
        (["what did Olaf Brandt say about the crane?"], "I find nothing that Olaf Brandt said"),
        (["who was wrong about the crane?", "when was that?"], "18 Mar 2025"),
    ],
    ids=["figures of misspelt things", "nothing of theirs", "the day of the answer itself"],
)
def test_the_first_line_tells_what_was_meant(messages: list[str], begins: str) -> None:
    assert read(*messages).startswith(begins)


def test_sums_of_several_days_stand_side_by_side_the_newest_first() -> None:
    reply = talk_over(CAPITAL, SECOND_QUAY, HARBOUR).say("how much does the quay cost?")
    assert reply.startswith(
        "Several sums: 21 million crowns (The Port Courier, 21 Mar 2025) · "
        "14 million crowns (The Capital Post, 16 Mar 2025)"
    )


def test_a_topic_alone_brings_what_several_articles_tell_of_it() -> None:
    reply = talk_over(CAPITAL, SECOND_QUAY, HARBOUR, CRANE).say("quay")
    assert reply.startswith("2 articles · newest 21 Mar 2025")


def test_what_else_somebody_said_is_asked_with_and_about(newsroom: Newsroom) -> None:
    response = ask(newsroom, "what did Lind say about the crane?", "and about being wrong?")
    assert response.intent is Intent.SAID_BY
    assert response.answers[0].speaker is not None
    assert response.answers[0].speaker.name == "Greta Lind"


@pytest.mark.parametrize(
    "question",
    [
        "how much did Olaf Brandt earn?",
        "what did Sigurd Lind say about the crane?",
        "who is the harbour master of Tornvik?",
        "Greta Lind statement on the ferry tickets",
    ],
    ids=["no sum", "a namesake", "a name that its article lacks", "no words on it"],
)
def test_what_lacks_the_thing_asked_for_is_offered_at_most(
    newsroom: Newsroom, question: str
) -> None:
    assert ask(newsroom, question).state is not State.FOUND


def test_the_kind_of_place_asked_for_is_no_topic() -> None:
    question = parse_question("in which city did Lind speak?", NOW)
    assert [word.folded for word in question.words] == ["lind"]


RELAY = Draft(
    id="relay",
    url="https://capitalpost.example/crane",
    title="Bergvik argues about its crane",
    source="The Capital Post",
    published=date(2025, 3, 19),
    text=(
        "Bergvik argues about its crane\n\n"
        "The harbour master, Greta Lind, was quoted in Bergvik as saying: “I was wrong about the "
        "crane.” The dockers want a new one."
    ),
)


def test_outlets_that_print_the_same_quotation_are_one_answer_with_its_witnesses() -> None:
    talk = talk_over(HARBOUR, CRANE, RELAY)
    reply = talk.say("who said they were wrong about the crane?")
    assert reply.count("wrong about the crane") == 1
    assert "also in The " in reply


def test_a_headline_does_not_follow_a_sentence_of_its_article(newsroom: Newsroom) -> None:
    texts = [a.text for a in ask(newsroom, "when does Greta Lind leave?").answers]
    assert texts[0].startswith("Greta Lind, the harbour master")
    assert "Harbour master Greta Lind leaves in May" not in texts
