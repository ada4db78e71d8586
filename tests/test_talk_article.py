"""An article's page: what was found in it, to look through, and when its outlet changed it."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.intake.pages import read_page
from bot.model import Draft
from bot.talk.replies import BlockKind
from tests.support.corrected import FERRY, changed
from tests.support.talks import Talk, talk_over

COUNCIL = Draft(
    id="council",
    title="Council agrees on the quay",
    source="Nordwire",
    published=datetime(2025, 3, 20, 8, tzinfo=UTC),
    text="Council agrees on the quay\n\n"
    + "\n\n".join(
        f"The council of Port {name} agreed on 1{n} March 2025 to build a quay for {n + 2} "
        f"million crowns. “We need {n + 3} quays,” said Mayor Ola {name}."
        for n, name in enumerate(["Ellis", "Hal", "Fen", "Gor", "Ist"], 1)
    ),
)


@pytest.fixture
def ada() -> Talk:
    return talk_over(FERRY, COUNCIL)


@pytest.mark.parametrize("kind", ["quotes", "facts", "dates"])
def test_findings_are_counted_and_turned_with_their_sentences(ada: Talk, kind: str) -> None:
    page = ada.say("/article council agrees")
    label = next(label for label in ada.labels if label.endswith(f" {kind}"))
    assert label in page
    assert label in ada.press_label(label)
    assert len(ada.quotes) == 4
    first = [block.text for block in ada.quotes]
    assert ada.press_label("More").startswith(f"{label}, page 2 of ")
    assert ada.quotes[0].text not in first[:2]
    ada.press_label("Earlier")
    assert [block.text for block in ada.quotes] == first
    assert "Council agrees on the quay" in ada.press_label("The article")


def test_who_said_it_and_what_was_agreed_stand_above(ada: Talk) -> None:
    ada.say("/article council agrees")
    quotes = next(label for label in ada.labels if label.endswith(" quotes"))
    assert "Ola Ellis, Mayor" in ada.press_label(quotes)
    ada.say("/article council agrees")
    facts = next(label for label in ada.labels if label.endswith(" facts"))
    assert "Agreed" in ada.press_label(facts)


def test_a_person_is_listed_once_by_the_fullest_name() -> None:
    text = (
        "Pier is shut\n\n“The pier is shut,” Halvorsen said. “It is not safe,” said Berit "
        "Halvorsen, the harbour master. “A shame,” said Mayor Ola Rand. Rand will visit the pier "
        "with Ida Moe and Jon Rand, and Moe will bring a plan."
    )
    ada = talk_over(Draft(text, id="pier", title="Pier is shut", published=date(2025, 3, 20)))
    page = ada.say("/article pier")
    assert "Quoted here: Berit Halvorsen, Ola Rand." in page
    assert "Also named: Ida Moe, Jon Rand." in page


def test_an_article_without_findings_has_no_such_buttons() -> None:
    ada = talk_over(Draft("Quiet\n\nNothing here.", id="quiet", title="Quiet"))
    ada.say("/article quiet")
    assert ada.labels == []


@pytest.mark.parametrize("code", ["fnd:quotes:99:0", "fnd:x:1:0", "fnd:quotes:x", "fnd:"])
def test_an_odd_button_is_answered(ada: Talk, code: str) -> None:
    ada.press(code)
    assert ada.last.toast


def test_corrections_of_an_article_are_a_tap_away(ada: Talk) -> None:
    ada.conversation._newsroom.add(changed("88", "61"))
    store = ada.conversation._newsroom.store
    with store.write() as connection:
        connection.execute("UPDATE corrections SET is_public = 1, state = 'done'")
    ada.say("/article ferry drill")
    assert "1 correction" in ada.press_label("Corrections")


# ------------------------------------------------------------------------------- modified
@pytest.mark.parametrize(
    ("modified", "words"),
    [
        (datetime(2025, 3, 20, 14, 5, tzinfo=UTC), "Updated 20 Mar 2025 14:05 UTC."),
        (date(2025, 3, 19), "Updated 19 Mar 2025."),
        (date(2025, 3, 1), None),
        (None, None),
    ],
    ids=["time", "day", "before it was published", "none"],
)
def test_when_it_was_changed_is_told(modified: date | None, words: str | None) -> None:
    ada = talk_over(replace(FERRY, modified=modified))
    page = ada.say("/article ferry drill")
    assert (words or "Updated") in page if words else "Updated" not in page
    assert not any(b.kind is BlockKind.FOOTER for b in ada.last.blocks)


def test_a_page_that_says_when_it_was_changed_is_kept_so() -> None:
    words = " ".join(f"The harbour office counted {n} boats at the quay." for n in range(40))
    html = (
        "<html><head><title>Boats counted</title>"
        '<meta property="article:published_time" content="2025-03-18T08:00:00Z">'
        '<meta property="article:modified_time" content="2025-03-20T14:05:00Z"></head>'
        f"<body><article><h1>Boats counted</h1><p>{words}</p></article></body></html>"
    )
    draft = read_page(html, url="https://portcourier.example/boats")
    assert draft.modified == datetime(2025, 3, 20, 14, 5, tzinfo=UTC)
    ada = talk_over(draft)
    (article,) = ada.conversation._newsroom.latest(limit=1)
    assert article.modified == draft.modified
