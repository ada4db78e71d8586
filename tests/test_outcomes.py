"""Promises and what came of them, and every report of one event."""

from __future__ import annotations

from datetime import date

import pytest

from bot.link.matters import telling_of
from bot.link.outcomes import follow_up, is_plan
from bot.link.witnesses import Witnesses, find_witnesses
from bot.model import Article, Draft, Span
from bot.newsroom import Newsroom
from tests.support.stores import draft
from tests.support.talks import newsroom_of

PROMISE = (
    "The ministry of works will pay each fisher in Tarvin Cove 900 crowns by 4 April, "
    "minister Odd Renner said."
)


def told(
    text: str, *, day: int, outlet: str = "Cove Post", title: str | None = None, month: int = 3
) -> Draft:
    title = title or text.split(".")[0][:60]
    return draft(
        f"{title}\n\n{text}",
        id=f"{outlet}-{month}-{day}-{len(text)}",
        url=None,
        title=title,
        source=outlet,
        published=date(2025, month, day),
    )


def sentence(newsroom: Newsroom, words: str) -> tuple[Article, Span]:
    for article in newsroom.latest(limit=50):
        for span in newsroom.get_findings(article).sentences:
            if words in span.of(article.text):
                return article, span
    raise AssertionError(words)


def outcomes(promise: str, *later: Draft) -> list[str]:
    newsroom = newsroom_of(told(promise, day=18, title="Aid"), *later)
    article, span = sentence(newsroom, promise[:40])
    findings = newsroom.get_findings(article)
    found = follow_up(newsroom.store, article, findings, span).outcomes
    return [t.text for t in found]


@pytest.mark.parametrize(
    ("later", "is_outcome"),
    [
        ("The ministry has paid each fisher in Tarvin Cove the 900 crowns.", True),
        ("No fisher in Tarvin Cove has been paid the 900 crowns so far.", True),
        ("The payment of 900 crowns to the fishers of Tarvin Cove was cancelled.", True),
        ("The fishers of Tarvin Cove are still waiting for the 900 crowns.", True),
        ("The ministry will pay the fishers of Tarvin Cove 900 crowns, it repeated.", False),
        ("Odd Renner opened a school in Tarvin Cove.", False),
        ("The fishers landed 900 crates of herring.", False),
        ("Ministers met in the capital and nothing was decided.", False),
    ],
)
def test_a_later_sentence_tells_what_came_of_it(later: str, is_outcome: bool) -> None:
    found = outcomes(PROMISE, told(later, day=9, month=4, title="News"))
    assert found == ([later] if is_outcome else [])


def test_what_was_told_before_is_no_outcome() -> None:
    before = told("The ministry has paid each fisher in Tarvin Cove 900 crowns.", day=11)
    assert outcomes(PROMISE, before) == []


def test_outcomes_come_in_order_of_time() -> None:
    late = "The ministry has paid each fisher in Tarvin Cove 900 crowns."
    early = "No fisher in Tarvin Cove has been paid 900 crowns so far."
    found = outcomes(
        PROMISE,
        told(late, day=20, month=4, title="Paid"),
        told(early, day=5, month=4, outlet="Isle Gazette", title="Unpaid"),
    )
    assert found == [early, late]


@pytest.mark.parametrize(
    ("text", "plan"),
    [
        (PROMISE, True),
        ("The bridge is to open on Friday.", True),
        ("He promised a new school.", True),
        ("The hall opens by 5 p.m. and the pool by 3 May.", True),
        ("The line is ready by 2030.", True),
        ("The council voted by 88 to 61.", False),
        ("The bridge was built of stone.", False),
        ("Two ferries sank in the storm.", False),
    ],
)
def test_what_is_still_to_come_is_a_plan(text: str, plan: bool) -> None:
    newsroom = newsroom_of(told(text, day=18, title="Aid"))
    article, span = sentence(newsroom, text[:20])
    assert newsroom.is_plan(article, span) is plan


# ------------------------------------------------------------------------------ witnesses
STORM = told(
    "About 60 people were moved to safety when the storm flooded Tarvin Cove on Monday.",
    day=18,
    outlet="Cove Post",
    title="Storm floods Tarvin Cove",
)
STORM_TOO = told(
    "Some 45 people had left their homes in Tarvin Cove by midnight, the Renner Rescue said. "
    "The mayor of Tarvin Cove, Sela Brook, opened the school.",
    day=18,
    outlet="Isle Gazette",
    title="Night of water in Tarvin Cove",
)
STORM_LATER = told(
    "In all 60 people were moved to safety from the storm that flooded Tarvin Cove.",
    day=20,
    outlet="The Tide",
    title="After the storm in Tarvin Cove",
)
MARKET = told(
    "About 60 people came to the market of Tarvin Cove on Tuesday.",
    day=19,
    outlet="The Tide",
    title="Market day",
)


def witnesses(*articles: Draft, words: str = "About 60 people were moved") -> Witnesses:
    newsroom = newsroom_of(*articles)
    article, span = sentence(newsroom, words)
    return find_witnesses(newsroom.store, article, newsroom.get_findings(article), span)


def test_reports_of_one_event_are_witnesses_newest_first() -> None:
    found = witnesses(STORM, STORM_TOO, STORM_LATER, MARKET)
    outlets = [t.article.source for t in found.tellings]
    assert outlets[0] == "The Tide"  # two days later
    assert sorted(o or "" for o in outlets) == ["Cove Post", "Isle Gazette", "The Tide"]
    assert "market" not in " ".join(t.text for t in found.tellings)


def test_figures_that_differ_stand_side_by_side() -> None:
    found = witnesses(STORM, STORM_TOO)
    assert {f.value: [t.article.source for t in f.by] for f in found.figures} == {
        60: ["Cove Post"],
        45: ["Isle Gazette"],
    }
    assert found.differ


def test_equal_figures_do_not_differ() -> None:
    found = witnesses(STORM, STORM_LATER)
    assert not found.differ
    assert found.outlets == 2


def test_the_same_words_a_month_later_are_another_event() -> None:
    again = told(STORM.text.split("\n\n")[1], day=25, month=4, outlet="The Tide", title="Storm")
    assert len(witnesses(STORM, again).tellings) == 1


def test_a_name_alone_makes_no_event() -> None:
    one = told("Sela Brook praised the new ferry to Orlin.", day=18, title="Ferry")
    two = told(
        "Sela Brook called the harbour tax a burden for Orlin.", day=19, outlet="Tide", title="Tax"
    )
    assert len(witnesses(one, two, words="praised").tellings) == 1


def test_is_plan_needs_no_store() -> None:
    newsroom = newsroom_of(STORM)
    article, span = sentence(newsroom, "About 60")
    assert not is_plan(telling_of(article, newsroom.get_findings(article), span))
