"""Questions that take something for granted: met with what the store does report."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answer.premise import past_of
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
            "Livia Brandt apologised to the council",
        ),
        ("Why did Livia Brandt resign?", "Livia Brandt resigned"),
        ("When did Otto Marsh first apologise?", "Otto Marsh apologised"),
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
    assert told.startswith("I find no report that Livia Brandt resigned. I do find:")
    assert len(someone.quotes) >= 1


def test_loose_typing_is_not_put_into_a_sentence(someone: Talk) -> None:
    assert someone.say("why did livia brandt resign").startswith("I find no report of that.")


# ------------------------------------------------------------------------ did it happen
STRIKE = Draft(
    id="strike",
    title="Tug crews and port settle",
    source="Nordwire",
    published=date(2025, 3, 21),
    text=(
        "Tug crews and port settle\n\n"
        "The tug crews of Port Ellis and the Port Board agreed on Friday to raise pay by 3 "
        "percent. "
        "The walkout was called off the same evening. Rolf Tiden called the walkout “a week "
        "lost”. "
        "On a telephone call with this paper Ada Holm apologised for the late ships. "
        "Sven Holt denied that he planned to sell the yard. "
        "Repairing the crane would take a year, and the hut is to be painted.\n\n"
        "Nobody asked Rolf Tiden to resign."
    ),
)


@pytest.fixture(scope="module")
def docker() -> Talk:
    return talk_over(FERRY, STRIKE)


@pytest.mark.parametrize(
    ("question", "told"),
    [
        ("was the walkout called off?", "The walkout was called off"),
        ("Did Ada Holm apologise?", "Ada Holm apologised"),
        ("has Otto Marsh been arrested", "Otto Marsh, her engineer, was arrested"),
        ("did otto marsh repair the engine", "Marsh repaired the smaller engine"),
    ],
)
def test_whether_it_happened_is_answered_by_the_sentence_that_says_so(
    question: str, told: str, docker: Talk
) -> None:
    docker.say(question)
    assert docker.last.state is State.FOUND
    assert told in docker.quotes[0].text


@pytest.mark.parametrize(
    ("question", "report"),
    [
        ("Did Rolf Tiden resign?", "that Rolf Tiden resigned."),
        ("was the ferry called off", "that the ferry was called off."),
        ("has Ada Holm been arrested?", "that Ada Holm has been arrested."),
        ("was the crane repaired?", "that the crane was repaired."),
        ("was the hut painted", "that the hut was painted."),
        ("did rolf tiden resign", "of that."),
    ],
)
def test_what_is_not_reported_to_have_happened_is_said_with_what_is_nearest(
    question: str, report: str, docker: Talk
) -> None:
    told = docker.say(question)
    assert told.startswith(f"I find no report {report}")
    assert "Tell me if that changes" in docker.labels


def test_the_first_line_says_what_became_of_it(docker: Talk) -> None:
    docker.say("did the tug crews agree to a pay rise?")
    assert docker.lead.startswith("Agreed")
    docker.say("did Sven Holt plan to sell the yard?")
    assert docker.lead == "Denied by Sven Holt · 21 Mar 2025"


@pytest.mark.parametrize(
    "question", ["did anyone apologise", "did they agree", "was it called off"]
)
def test_a_subject_that_may_be_anybody_is_taken_as_it_comes(question: str, docker: Talk) -> None:
    assert "no report" not in docker.say(question)


@pytest.mark.parametrize(
    ("verb", "past"),
    [("resign", "resigned"), ("quit", "quit"), ("stop", "stopped"), ("deny", "denied")],
)
def test_a_verb_is_put_into_its_past(verb: str, past: str) -> None:
    assert past_of(verb) == past


def test_a_name_that_no_article_holds_is_told_as_such(someone: Talk) -> None:
    told = someone.say("Why did Quillon Abernathy resign?")
    assert "I find no report" not in told


@pytest.mark.parametrize(
    ("question", "is_found"),
    [
        ("What kind of engine did Marsh repair in 1998?", True),
        ("What kind of gun was Otto Marsh arrested with after the fight in the harbour?", False),
    ],
    ids=["there", "not told"],
)
def test_a_kind_is_told_only_of_a_thing_that_is_there(
    newsroom: Newsroom, question: str, is_found: bool
) -> None:
    assert (newsroom.ask(question, now=NOW).state is State.FOUND) == is_found
