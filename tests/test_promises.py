"""Promises: what a report looks back at, found as it was reported when it was made."""

from __future__ import annotations

from datetime import date

import pytest

from bot.link.promises import find_announcement, find_promises, looks_back
from bot.newsroom import Newsroom
from tests.support.stores import draft
from tests.support.talks import newsroom_of

PROMISE = (
    "Ferry to Gull Island to sail again by Friday\n\n"
    "The ferry to Gull Island will sail again by Friday, harbour master Ines Roca promised on "
    "Monday."
)
OTHER = "School milk for Brindle\n\nThe school of Brindle will get milk by Friday, said Edda Roos."


def room(*later: tuple[str, date], promise: str = PROMISE) -> Newsroom:
    return newsroom_of(
        draft(
            promise, id="promise", title=promise.partition("\n")[0], published=date(2025, 3, 17)
        ),
        draft(OTHER, id="other", title="School milk for Brindle", published=date(2025, 3, 17)),
        *(
            draft(text, id=f"later-{n}", title=text.partition("\n")[0], published=day)
            for n, (text, day) in enumerate(later)
        ),
    )


def found(newsroom: Newsroom, article_id: str = "later-0") -> list[str]:
    article = newsroom.get_article(article_id)
    promises = find_promises(newsroom.store, article, newsroom.get_findings(article))
    return [p.sentence.of(p.article.text) for p in promises]


@pytest.mark.parametrize(
    "sentence",
    [
        "Ines Roca had promised that the ferry to Gull Island would sail again by Friday.",
        "Ines Roca kept her word: the ferry to Gull Island sails again.",
        "The ferry to Gull Island still lies in port, three days after the deadline that harbour "
        "master Ines Roca had set.",
        "The ferry that Ines Roca promised for Friday does not sail to Gull Island yet.",
    ],
)
def test_a_report_finds_the_promise_that_it_looks_back_at(sentence: str) -> None:
    newsroom = room((f"What became of the ferry\n\n{sentence}", date(2025, 3, 24)))
    (promise,) = found(newsroom)
    assert promise.startswith("The ferry to Gull Island will sail again by Friday")


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("Ines Roca had promised that the ferry to Gull Island would sail.", date(2025, 3, 10)),
        ("Ines Roca had promised that the ferry to Gull Island would sail.", date(2026, 3, 10)),
        ("Tomas Heller had promised to paint the town hall of Orsa.", date(2025, 3, 24)),
        ("The ferry to Gull Island is white, said Ines Roca.", date(2025, 3, 24)),
        (
            "The ferry that Ines Roca promised for Friday will sail to Gull Island.",
            date(2025, 3, 18),
        ),
        (PROMISE.partition("\n\n")[2], date(2025, 3, 18)),
        (
            "The state will mend the roof by Friday, 21 March, Tomas Heller promised on Monday.",
            date(2025, 3, 21),
        ),
    ],
    ids=[
        *("before it", "a year later", "another matter", "no look back", "not yet due", "a copy"),
        "nothing but the same day",
    ],
)
def test_no_promise_is_found_where_none_is_meant(sentence: str, day: date) -> None:
    assert found(room((f"What became of the ferry\n\n{sentence}", day))) == []


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("She had promised to resign.", True),
        ("He missed the deadline.", True),
        ("The bridge opened on time.", True),
        ("He says that he will resign.", False),
        ("", False),
    ],
)
def test_words_that_look_back_are_known(text: str, *, expected: bool) -> None:
    assert looks_back(text) is expected


def test_an_article_without_a_day_looks_back_at_nothing() -> None:
    newsroom = newsroom_of(draft(PROMISE, id="p", published=None))
    assert found(newsroom, "p") == []


def announced(newsroom: Newsroom) -> list[tuple[str, bool]]:
    """What had been announced of the last sentence of the later article, and whether as a vow."""
    article = newsroom.get_article("later-0")
    findings = newsroom.get_findings(article)
    last = findings.sentences[-1]
    found = find_announcement(newsroom.store, article, findings, last)
    return [(found.sentence.of(found.article.text), found.is_vow)] if found is not None else []


HEARING = (
    "Case of the mill to end soon\n\n"
    "The court in Brindle is to decide the case of the flooded mill on 19 March."
)


@pytest.mark.parametrize(
    ("promise", "sentence", "day", "vow"),
    [
        (
            HEARING,
            "The court in Brindle decided the case of the flooded mill.",
            date(2025, 3, 19),
            False,
        ),
        (
            PROMISE,
            "The ferry to Gull Island sailed again on Friday, said harbour master Ines Roca.",
            date(2025, 3, 21),
            True,
        ),
    ],
    ids=["announced", "promised"],
)
def test_what_came_on_its_day_finds_where_it_was_announced(
    promise: str, sentence: str, day: date, *, vow: bool
) -> None:
    newsroom = room((f"What came\n\n{sentence}", day), promise=promise)
    assert [is_vow for _, is_vow in announced(newsroom)] == [vow]


@pytest.mark.parametrize(
    ("sentence", "day"),
    [
        ("The court in Brindle decided the case of the flooded mill.", date(2025, 4, 19)),
        ("The court in Brindle decided the case of a stolen boat in Tarvin.", date(2025, 3, 19)),
        ("The court in Brindle is to decide the case of the flooded mill.", date(2025, 3, 18)),
    ],
    ids=["another day", "another matter", "announced again"],
)
def test_what_was_not_announced_for_this_day_finds_nothing(sentence: str, day: date) -> None:
    assert announced(room((f"What came\n\n{sentence}", day), promise=HEARING)) == []
