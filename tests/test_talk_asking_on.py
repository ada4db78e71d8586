"""Questions that follow another one: what leans on it and what stands by itself; and the figure,
the length of time or the speaker that the first line tells."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answer.claim import find_claim
from bot.answer.intents import Intent
from bot.answer.question import parse_question
from bot.answer.result import State
from bot.model import Draft
from bot.newsroom import Newsroom
from bot.talk.results import Result, dump_result, load_result
from tests.support.talks import NOW, Talk, newsroom_of, talk_over

STORM = Draft(
    id="storm",
    title="Storm in Kelby: 840 people moved, 212 houses damaged",
    source="Coast Courier",
    published=date(2025, 3, 19),
    text=(
        "Storm in Kelby: 840 people moved, 212 houses damaged\n\n"
        "KELBY – Fewer people than first thought had to leave their homes in the storm of 14 "
        "March. By Tuesday noon, 310 people had gone back to their homes. "
        "The county put the number of cars lost at 57 and withdrew its earlier figure of 90. "
        "In our edition of 17 March we wrote that the home on the Strand has 48 residents.\n\n"
        "The county will lend pumps to the farmers for 20 days. "
        "The council was told that a good price had been paid for the old pumps."
    ),
)
TALKS = Draft(
    id="talks",
    title="Harbour towns release each other's boats",
    source="Nordwire",
    published=date(2025, 3, 20),
    text=(
        "Harbour towns release each other's boats\n\n"
        "Kelby and Port Ellis released 14 boats on Thursday. "
        'The releases, termed by Kelby as "a handshake across the water", were watched by Ada '
        "Holm. The release was not what the crews had asked for."
    ),
)


@pytest.fixture(scope="module")
def newsroom() -> Newsroom:
    return newsroom_of(STORM, TALKS)


@pytest.fixture
def someone() -> Talk:
    return talk_over(STORM, TALKS)


def test_a_whole_question_on_something_else_does_not_lean(someone: Talk) -> None:
    someone.say("who released the boats")
    someone.say("what is the price of gold")
    assert someone.last.state is State.NOTHING


@pytest.mark.parametrize(
    ("typed", "read"),
    [("gold", None), ("pric", "price"), ("Klby", "kelby")],
    ids=["another word", "a letter left out", "a name"],
)
def test_a_short_word_is_read_for_another_only_as_a_slip(
    newsroom: Newsroom, typed: str, read: str | None
) -> None:
    respelt = newsroom.answerer.respelt(typed)
    assert (respelt is None) == (read is None)
    assert (respelt or "").startswith(read or "")


def test_another_count_is_found_in_the_same_sentence(someone: Talk) -> None:
    someone.say("how many people were moved in kelby")
    assert someone.lead.startswith("840 people")
    someone.say("and how many houses were damaged?")
    assert someone.lead.startswith("212 houses")
    someone.say("and how many homes?")
    assert someone.lead.startswith("212 houses")


def test_the_number_of_a_thing_is_told_where_it_stands_behind_it(someone: Talk) -> None:
    someone.say("what is the number of cars lost")
    assert someone.lead == "57 · Coast Courier · 19 Mar 2025"


def test_people_who_went_home_are_no_count_of_homes(someone: Talk) -> None:
    someone.say("how many homes were gone back to by tuesday noon")
    assert not someone.lead.startswith("310")


def test_how_long_something_lasts_is_told_first(someone: Talk) -> None:
    someone.say("for how long will the county lend pumps")
    assert someone.lead.startswith("20 days")


def test_whoever_is_printed_to_have_called_it_so_is_the_speaker(someone: Talk) -> None:
    someone.say("who called the releases “a handshake across the water”")
    assert someone.lead == "Kelby · 20 Mar 2025"


@pytest.mark.parametrize(
    ("question", "intent"),
    [
        ("What did Ada Price say about the boats?", Intent.SAID_BY),
        ("what did the boats cost", Intent.HOW_MANY),
    ],
)
def test_a_name_that_is_a_word_for_a_figure_asks_for_none(
    newsroom: Newsroom, question: str, intent: Intent
) -> None:
    assert newsroom.ask(question, NOW).intent is intent


def test_a_name_alone_asks_the_same_of_somebody_else() -> None:
    council = Draft(
        id="council",
        title="Council at odds",
        source="Nordwire",
        published=date(2025, 3, 20),
        text=(
            "Council at odds\n\n"
            "Ada Holm said the pier was safe. Otto Marsh, 52, joined the council in 2019. "
            "Marsh said the pier should be torn down."
        ),
    )
    someone = talk_over(council)
    someone.say("wat did Holm say abot the pier")
    assert "was safe" in someone.quotes[0].text
    someone.say("and Marsh?")
    assert "torn down" in someone.quotes[0].text


# ------------------------------------------------------------------- statements with figures
@pytest.mark.parametrize(
    ("statement", "told"),
    [
        (
            "The county said 400 cars were lost",
            "I find no report that The county said 400 cars were lost.",
        ),
        ("the county said 400 cars were lost", "I find no report of that."),
    ],
    ids=["as printed", "typed loosely"],
)
def test_a_figure_that_is_not_told_is_not_confirmed(
    someone: Talk, statement: str, told: str
) -> None:
    assert someone.say(statement).startswith(f"{told} I do find:")
    assert "57" in someone.quotes[0].text
    assert someone.last.state is State.CLOSE


def test_a_figure_that_is_told_is_answered(someone: Talk) -> None:
    someone.say("The county said 57 cars were lost")
    assert someone.last.state is State.FOUND


@pytest.mark.parametrize(
    ("text", "figures"),
    [
        ("Berg said 400 boats were lost", {400.0}),
        ("Berg promised forty boats", {40.0}),
        ("Berg said it on 3 March", None),
        ("Berg said nothing", None),
        ("did Berg say 400 boats were lost", None),
        ("Berg said 400 boats were lost?", None),
        ("said said " * 900, None),
    ],
    ids=["digits", "spelt", "a day", "no figure", "asked", "with a mark", "hostile"],
)
def test_only_statements_with_figures_are_claims(text: str, figures: set[float] | None) -> None:
    claim = find_claim(parse_question(text, NOW))
    assert (set(claim.figures) if claim else None) == figures


# ----------------------------------------------------------------------- lists, asked on
def test_after_a_list_of_agreements_one_may_ask_for_how_long() -> None:
    someone = talk_over(
        Draft(
            id="pact",
            title="Two towns stop their boat war",
            source="Nordwire",
            published=date(2025, 3, 20),
            text=(
                "Two towns stop their boat war\n\n"
                "After a meeting of three hours, Ada Holm and Otto Marsh agreed on Thursday to "
                "stop the seizure of boats for 40 days."
            ),
        )
    )
    someone.say("what was agreed")
    assert someone.last.state is State.FOUND
    someone.say("and for how long?")
    assert someone.lead.startswith("40 days")


def test_a_kept_answer_still_knows_whose_words_are_one_persons() -> None:
    newsroom = newsroom_of(
        *(
            Draft(
                id=f"d{day}",
                title=f"News of the day {day}",
                source="Nordwire",
                published=date(2025, 3, day),
                text=f"News of the day {day}\n\n{name} said on Monday the {thing} was safe.",
            )
            for day, name, thing in [
                (3, "Harbour spokesman Dmitri Olsen", "old bridge"),
                (4, "Harbour spokesman Dmitri Olsen", "new tower"),
            ]
        )
    )
    response = newsroom.ask("what did olsen say", NOW)
    assert response.answers[0].speaker is not None
    assert response.answers[0].speaker.person == "Dmitri Olsen"
    kept = load_result(newsroom, dump_result(Result(response)))
    assert kept is not None
    assert [a.speaker for a in kept.response.answers] == [a.speaker for a in response.answers]
