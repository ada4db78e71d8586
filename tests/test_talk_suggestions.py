"""What is suggested has an answer, is checked once, and waits while others ask."""

from __future__ import annotations

from dataclasses import replace

import pytest

from bot.answer.result import Response
from bot.model import Draft
from bot.newsroom import Newsroom
from bot.talk.suggestions import Suggester
from tests.support.talks import NOW, newsroom_of

FERRY = Draft(
    "Ferry sails again\n\n“The sea has let us go,” said Ines Roca, the harbour master, on Monday. "
    "“We never feared it,” said Tomas Heller, who leads the union.",
    id="ferry",
    title="Ferry sails again",
    source="The Port Courier",
)
QUESTION = "what did Ines Roca say?"
NEXT = ("What did Tomas Heller say?",)


@pytest.fixture
def newsroom() -> Newsroom:
    return newsroom_of(FERRY)


def suggested(suggester: Suggester, newsroom: Newsroom, *, in_haste: bool) -> tuple[str, ...]:
    """What is suggested after the first question."""
    response: Response = newsroom.ask(QUESTION, NOW)
    return suggester.after(response, newsroom.get_findings, NOW, in_haste=in_haste)


def test_in_haste_only_what_was_checked_is_suggested(newsroom: Newsroom) -> None:
    suggester = Suggester(newsroom)
    assert suggested(suggester, newsroom, in_haste=True) == ()
    assert suggested(suggester, newsroom, in_haste=False) == NEXT
    assert suggested(suggester, newsroom, in_haste=True) == NEXT


def test_another_article_is_a_reason_to_check_again(newsroom: Newsroom) -> None:
    suggester = Suggester(newsroom)
    assert suggested(suggester, newsroom, in_haste=False) == NEXT
    newsroom.add(replace(FERRY, id="other", title="Rain", text="It rained all day in the port."))
    assert suggested(suggester, newsroom, in_haste=True) == ()
    assert suggested(suggester, newsroom, in_haste=False) == NEXT


def test_first_questions_are_those_of_the_newest_articles(newsroom: Newsroom) -> None:
    questions = Suggester(newsroom).first(NOW)
    assert len(questions) == 1  # one of each article
    assert newsroom.ask(questions[0], NOW).answers
