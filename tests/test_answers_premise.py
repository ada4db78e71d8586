"""Questions that take something for granted: met with what the store does report."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answer.result import State
from bot.model import Draft
from bot.newsroom import Newsroom
from tests.support.talks import NOW, Talk, newsroom_of, talk_over

FERRY = Draft(
    id="ferry",
    url="https://portcourier.example/ferry",
    title="Ferry chief answers for the late boats",
    source="The Port Courier",
    published=date(2025, 3, 20),
    text=(
        "Ferry chief answers for the late boats\n\n"
        "Livia Brandt, the head of the ferry company, told the council on Monday that boats were "
        "late because two engines had failed. "
        "The opposition called on Livia Brandt, who has led the company since 2019, to resign. "
        "Brandt laughed.\n\n"
        "Otto Marsh, her engineer, was arrested on Tuesday after a fight in the harbour. "
        "Marsh repaired the smaller engine in 1998. The company first painted its boats last year."
    ),
)


@pytest.fixture(scope="module")
def newsroom() -> Newsroom:
    return newsroom_of(FERRY)


@pytest.fixture(scope="module")
def someone() -> Talk:
    return talk_over(FERRY)


@pytest.mark.parametrize(
    ("question", "premise"),
    [
        ("When was Livia Brandt arrested?", "Livia Brandt was arrested"),
        (
            "why did Livia Brandt apologise to the council",
            "Livia Brandt did apologise to the council",
        ),
        ("Why did Livia Brandt resign?", "Livia Brandt did resign"),
        ("When did Otto Marsh first apologise?", "Otto Marsh did apologise"),
        ("why did livia brandt apologise", ""),
    ],
    ids=["of another person", "not at all", "only called for", "with an adverb", "typed loosely"],
)
def test_what_nobody_reports_is_not_taken_for_granted(
    newsroom: Newsroom, question: str, premise: str
) -> None:
    response = newsroom.ask(question, NOW)
    assert response.state is not State.FOUND
    assert response.premise == premise


@pytest.mark.parametrize(
    "question",
    [
        "When was Otto Marsh arrested?",
        "When did Otto Marsh repair the engine?",
        "why did Livia Brandt say the boats were late",
        "When did Otto Marsh repair the smaller engine?",
        "What did Livia Brandt tell the council?",
    ],
)
def test_what_is_reported_is_answered(newsroom: Newsroom, question: str) -> None:
    response = newsroom.ask(question, NOW)
    assert response.state is State.FOUND
    assert response.premise is None


def test_whoever_asks_for_an_age_gets_an_age_or_no_answer(newsroom: Newsroom) -> None:
    assert newsroom.ask("how old is Livia Brandt", NOW).state is not State.FOUND


def test_a_reader_is_told_what_is_not_reported_and_what_is(someone: Talk) -> None:
    told = someone.say("Why did Livia Brandt resign?")
    assert told.startswith("I find no report that Livia Brandt did resign. I do find:")
    assert len(someone.quotes) >= 1


def test_loose_typing_is_not_put_into_a_sentence(someone: Talk) -> None:
    assert someone.say("why did livia brandt resign").startswith("I find no report of that.")


def test_a_name_that_no_article_holds_is_told_as_such(someone: Talk) -> None:
    told = someone.say("Why did Quillon Abernathy resign?")
    assert "I find no report" not in told
