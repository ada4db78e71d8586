"""The first line of an answer to who, how many and what happened."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answer.answer_types import is_taken_back
from bot.model import Draft
from tests.support.talks import Talk, talk_over

FERRY = Draft(
    id="ferry",
    title="Ferry line names a new head",
    source="The Port Courier",
    published=date(2025, 3, 20),
    text=(
        "Ferry line names a new head\n\n"
        "The successor of Livia Brandt is Otto Marsh, the chief engineer, who starts in May. "
        "The line cancelled 34 of its 52 daily sailings on Monday. "
        "Ada Holm and Sven Berg led the strike, the first in the harbour for nine years. "
        "Sven Berg, 41, is a cook.\n\n"
        "Plumber Rolf Tiden has found a lost anchor behind the mole."
    ),
)
CORRECTED = Draft(
    id="corrected",
    title="Fewer lamps than we wrote",
    source="Nordwire",
    published=date(2025, 3, 22),
    text=(
        "Fewer lamps than we wrote\n\n"
        "CORRECTION: An article published on 17 March gave the number of lamps stolen in Kelby "
        "as 340."
    ),
)
TICKER = Draft(
    id="ticker",
    title="LIVE: Fire in Vesterby",
    source="Valley Voice",
    published=date(2025, 3, 15),
    text=(
        "LIVE: Fire in Vesterby\n\n"
        "05:10 – We are on air through the night from Vesterby.\n\n"
        "06:00 – The fire in Vesterby has destroyed the old mill and two barns."
    ),
)


@pytest.fixture(scope="module")
def someone() -> Talk:
    return talk_over(FERRY, CORRECTED, TICKER)


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        (
            "who is the successor of Livia Brandt",
            "Otto Marsh, chief engineer · The Port Courier · 20 Mar 2025",
        ),
        ("who found the lost anchor", "Rolf Tiden, Plumber · The Port Courier · 20 Mar 2025"),
        ("who led the strike", "The Port Courier · 20 Mar 2025"),
        ("how long was the strike in the harbour", "The Port Courier · 20 Mar 2025"),
        ("how old is Sven Berg", "41 · The Port Courier · 20 Mar 2025"),
        (
            "how many sailings were cancelled",
            "34 of its 52 daily sailings · The Port Courier · 20 Mar 2025",
        ),
        (
            "how many sailings were cancelled on the first day",
            "34 of its 52 daily sailings · The Port Courier · 20 Mar 2025",
        ),
    ],
    ids=[
        "who it is",
        "who did it",
        "two people",
        "no length",
        "an age",
        "a part of a whole",
        "with words of a day",
    ],
)
def test_the_first_line_tells_what_is_asked_for(question: str, lead: str, someone: Talk) -> None:
    someone.say("/new")
    someone.say(question)
    assert someone.lead == lead


def test_a_figure_that_an_outlet_takes_back_is_no_first_line(someone: Talk) -> None:
    someone.say("how many lamps were stolen in kelby")
    assert "340" in someone.quotes[0].text
    assert "340" not in someone.lead


@pytest.mark.parametrize(
    ("text", "taken_back"),
    [
        ("An earlier version of this article gave her age as 40.", True),
        ("In our edition of 3 May we wrote that 40 boats sank.", True),
        ("The harbour master gave the number of boats as 40.", False),
        ("an article of " * 20_000, False),
    ],
    ids=["a version", "an edition", "somebody else", "hostile"],
)
def test_an_outlet_that_corrects_itself_is_told(text: str, taken_back: bool) -> None:
    assert is_taken_back(text) is taken_back


def test_an_outlet_that_tells_of_itself_is_nothing_that_happened(someone: Talk) -> None:
    someone.say("what happened in vesterby")
    assert all("on air" not in quote.text for quote in someone.quotes)
    assert "destroyed the old mill" in someone.quotes[0].text
