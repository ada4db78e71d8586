"""“Did it happen?” and “All reports” as they are read."""

from __future__ import annotations

import pytest

from bot.talk.buttons import PRESS_BYTES
from bot.talk.replies import BlockKind
from tests.support.talks import talk_over
from tests.test_outcomes import MARKET, PROMISE, STORM, STORM_LATER, STORM_TOO, told

AID = told(PROMISE, day=18, title="Aid for the cove")
PAID = "The ministry has paid each fisher in Tarvin Cove the 900 crowns."
LATER = told(PAID, day=9, month=4, title="Money is there")
OTHER = told("A heron was seen in Orlin.", day=12, month=4, title="Heron")


@pytest.mark.parametrize(
    "asked",
    [
        "did it happen?",
        "did they keep the promise",
        "and was it carried out?",
        "has it happened yet",
        "what came of it?",
        "did he keep his word?",
    ],
)
def test_the_promise_and_then_what_came_of_it(asked: str) -> None:
    reader = talk_over(AID, LATER, OTHER)
    reader.say("what will the ministry of works pay each fisher?")
    assert reader.quotes[0].text == PROMISE
    reader.say(asked)
    assert [q.text for q in reader.quotes] == [PROMISE, PAID]
    assert reader.lead == "Announced on 18 Mar 2025 · what came of it, 9 Apr 2025"


@pytest.mark.parametrize(
    "asked",
    [
        "was the payment to the fishers carried out?",
        "did the ministry keep its promise to pay each fisher?",
        "what became of the 900 crowns for the fishers?",
    ],
)
def test_it_can_be_asked_by_name(asked: str) -> None:
    reader = talk_over(AID, LATER, OTHER)
    reader.say(asked)
    assert [q.text for q in reader.quotes] == [PROMISE, PAID]


def test_without_a_report_that_is_said() -> None:
    reader = talk_over(AID, OTHER)
    said = reader.say("did the ministry keep its promise to pay each fisher?")
    assert reader.lead == "I find no report that it happened."
    assert [q.text for q in reader.quotes] == [PROMISE]
    assert "My newest article is of 12 Apr 2025." in said


def test_a_button_asks_it_under_a_promise() -> None:
    reader = talk_over(AID, LATER, OTHER)
    reader.say("what will the ministry of works pay each fisher?")
    reader.press_label("Did it happen?")
    assert [q.text for q in reader.quotes] == [PROMISE, PAID]


@pytest.mark.parametrize("before", ["where was a heron seen?", "/check a heron was seen in Orlin"])
def test_what_is_no_plan_cannot_have_happened(before: str) -> None:
    reader = talk_over(MARKET, OTHER)
    reader.say(before)
    assert "tells of no plan or promise" in reader.say("did it happen?")


def test_all_reports_stand_newest_first_with_figures_that_differ() -> None:
    reader = talk_over(STORM, STORM_TOO, STORM_LATER, MARKET)
    reader.say("how many people were moved to safety in Tarvin Cove?")
    reader.press_label("All reports")
    assert reader.lead.startswith("Reports differ: 60 people (The Tide, 20 Mar 2025) · ")
    assert "45 people (Isle Gazette, 18 Mar 2025)" in reader.lead
    assert len(reader.quotes) == 3
    assert all(len((b.press or "").encode()) <= PRESS_BYTES for b in reader.buttons)


@pytest.mark.parametrize("code", ["hap:", "hap:1:2", "wit:9:0:4", "wit:x", "hap:" + "9" * 30])
def test_a_strange_button_gets_a_notice(code: str) -> None:
    reader = talk_over(MARKET)
    reader.press(code)
    assert reader.last.toast


def test_a_press_out_of_bounds_quotes_nothing_wrong() -> None:
    reader = talk_over(AID)
    reader.press("hap:1:0:9")
    reader.press("wit:1:0:9")
    for block in reader.last.blocks:
        assert block.kind is not BlockKind.QUOTE or block.evidence
