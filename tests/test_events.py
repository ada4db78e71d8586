"""Events: one event with several witnesses; promises and how they ended."""

from __future__ import annotations

from datetime import date, timedelta

from bot.extract.facts import find_facts
from bot.extract.mentions import find_mentions
from bot.link.events import Report, find_outcomes, group_events
from bot.text.sentences import find_sentences

DAY = date(2025, 3, 18)


def reports(article: str, text: str, *, days: int = 0) -> list[Report]:
    sentences = find_sentences(text)
    facts = find_facts(text, sentences, [], find_mentions(text, sentences))
    return [Report(article, f"{article} News", DAY + timedelta(days=days), f) for f in facts]


TOLD_BY_A = "Norway and Chile agreed to share cod quotas in the southern sea."
TOLD_BY_B = "Norway agreed with Chile to share the cod quotas for three years."


def test_two_outlets_tell_one_event() -> None:
    events = group_events([*reports("a", TOLD_BY_A), *reports("b", TOLD_BY_B, days=1)])
    assert [e.outlets for e in events if e.kind == "agreement"] == [("a News", "b News")]


def test_another_matter_of_the_same_parties_is_another_event() -> None:
    other = "Norway and Chile agreed to train young pilots together."
    events = group_events([*reports("a", TOLD_BY_A), *reports("b", other)])
    assert len([e for e in events if e.kind == "agreement"]) == 2


def test_reports_far_apart_in_time_are_two_events() -> None:
    events = group_events([*reports("a", TOLD_BY_A), *reports("b", TOLD_BY_B, days=40)])
    assert len([e for e in events if e.kind == "agreement"]) == 2


def test_a_deal_and_its_failure_are_not_one_event() -> None:
    failed = "Norway and Chile did not agree to share cod quotas in the southern sea."
    events = group_events([*reports("a", TOLD_BY_A), *reports("b", failed)])
    assert all(len(e.reports) == 1 for e in events)


def test_figures_that_differ_stay_apart_with_their_outlets() -> None:
    one = reports("a", "The storm killed six people in the port of Tarvin.")
    two = reports("b", "The storm killed nine people in the port of Tarvin.")
    event = next(e for e in group_events([*one, *two]) if e.kind == "death")
    told = {r.figure.value: [w.article for w in r.reports] for r in event.figures}
    assert told == {6: ["a"], 9: ["b"]}


def test_one_article_is_one_witness() -> None:
    events = group_events(reports("a", f"{TOLD_BY_A} {TOLD_BY_A}"))
    assert all(len(e.reports) == 1 for e in events)


def test_a_promise_finds_its_outcome() -> None:
    promise = reports("a", "Wilma Garrow promised to close the coal harbour of Tarvin.")
    kept = reports("b", "Wilma Garrow decided to close the coal harbour of Tarvin.", days=30)
    other = reports("c", "Wilma Garrow decided to buy new buses.", days=10)
    outcomes = find_outcomes([*promise, *other, *kept])
    assert [(o.promise.article, o.report.article) for o in outcomes] == [("a", "b")]


def test_nothing_settles_a_promise_before_it_was_made() -> None:
    promise = reports("a", "Wilma Garrow promised to close the coal harbour of Tarvin.", days=30)
    before = reports("b", "Wilma Garrow decided to close the coal harbour of Tarvin.")
    assert find_outcomes([*promise, *before]) == []
