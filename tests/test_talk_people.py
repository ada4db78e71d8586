"""Pages about people as they are read: who it is, in whose words, and which of two."""

from __future__ import annotations

from datetime import date

import pytest

from bot.model import Draft
from bot.talk.buttons import PRESS_BYTES
from bot.talk.replies import BlockKind
from tests.support.talks import Talk, talk_over
from tests.test_registry import BAKER, BANKER, HARBOUR, PALACE


@pytest.fixture
def reader() -> Talk:
    return talk_over(HARBOUR, PALACE, BAKER, BANKER)


@pytest.mark.parametrize(
    "asked",
    [
        "who is holst-zimmermann",
        "Who is Holst Zimerman?",
        "who was Lena-Marie Holst-Zimmermann?",
        "tell me about Holst-Zimmermann",
        "/person holst zimerman",
    ],
)
def test_who_is_shows_the_introducing_sentence_first(reader: Talk, asked: str) -> None:
    reader.say(asked)
    assert reader.lead == "Lena-Marie Holst-Zimmermann, harbour minister"
    assert reader.quotes[0].text.startswith("Lena-Marie Holst-Zimmermann, the harbour minister,")


def test_a_page_tells_spellings_and_counts(reader: Talk) -> None:
    said = reader.say("/person halkow")
    assert "Dmitri Halkov (1)" in said
    assert "Dimitri Halkow (1)" in said
    assert "Named 2 times in 2 articles, 18–20 Mar 2025" in said


def test_two_of_one_name_are_asked_apart(reader: Talk) -> None:
    reader.say("who is bergson")
    assert reader.lead == "Two are named bergson here: which one?"
    assert sorted(reader.labels) == ["Anna Bergson, baker", "Tomas Bergson, central banker"]
    reader.press_label("Tomas")
    assert reader.lead == "Tomas Bergson, central banker"


def test_he_means_whom_the_page_was_about(reader: Talk) -> None:
    reader.say("who is tomas bergson")
    said = reader.say("what did he say?")
    assert "It hurts" in said


def test_quotes_are_paged_word_for_word() -> None:
    said = "\n\n".join(f"“Number {n} is my choice,” said Ida Sorrel." for n in range(1, 6))
    reader = talk_over(HARBOUR.__class__(text=f"Choices\n\n{said}", id="ida", title="Choices"))
    reader.say("/person sorrel")
    reader.press_label("5 quotes")
    assert len(reader.quotes) == 3
    assert reader.last.edits
    reader.press_label("2 older")
    assert len(reader.quotes) == 2
    assert {"Newer", "Who is it?"} <= {*reader.labels}


@pytest.mark.parametrize(
    "question", ["who is leading the race", "who is it", "who is that", "who is responsible?"]
)
def test_other_questions_are_still_questions(reader: Talk, question: str) -> None:
    reader.say(question)
    assert not any(b.press and b.press.startswith("per:") for b in reader.buttons)
    assert reader.last.state is not None


def test_nobody_of_that_name_is_said_plainly(reader: Talk) -> None:
    assert reader.say("/person Quorraz").startswith("No article here names “Quorraz”.")
    assert reader.say("/person").startswith("Who?")


@pytest.mark.parametrize("code", ["per:", "per:1", "per:x:y", "per:9:0", "per:" + "9" * 25 + ":0"])
def test_a_stale_or_strange_button_gets_a_notice(reader: Talk, code: str) -> None:
    reader.press(code)
    assert reader.last.toast
    assert reader.last.blocks == ()


def test_every_button_fits_and_every_quote_has_evidence(reader: Talk) -> None:
    for asked in ("/person bergson", "/person holst", "/person harbour council"):
        reader.say(asked)
        assert all(len((b.press or "").encode()) <= PRESS_BYTES for b in reader.buttons)
        assert all(b.evidence for b in reader.last.blocks if b.kind is BlockKind.QUOTE)


# ------------------------------------------------------------------------------ bodies
STEEL = Draft(
    id="steel",
    title="Steel maker halts furnace",
    source="Valley Wire",
    published=date(2025, 3, 19),
    text=(
        "Steel maker halts furnace\n\n"
        "Orsteel said on Wednesday that it would halt a furnace. "
        "Orsteel told its staff by letter. "
        "The company Orsteel, which employs 900 people, lost money last year.\n\n"
        "The Port Users' League, which speaks for 40 firms, was not told."
    ),
)
PRICES = Draft(
    id="prices",
    title="Prices rise",
    source="The Port Courier",
    published=date(2025, 3, 20),
    text=(
        "Prices rise\n\nShares in Orsteel fell. Traders said that Orsteel had no plan. "
        "Customers of Orsteel complained about the cost."
    ),
)


@pytest.fixture
def trader() -> Talk:
    return talk_over(STEEL, PRICES)


@pytest.mark.parametrize("asked", ["/person Orsteel", "who is Orsteel?", "what is Orsteel"])
def test_a_company_that_speaks_is_one_body_told_by_what_it_is(trader: Talk, asked: str) -> None:
    said = trader.say(asked)
    assert trader.lead == "Orsteel"
    assert trader.quotes[0].text.startswith("The company Orsteel, which employs 900 people")
    assert "in 2 articles" in said


def test_a_body_is_asked_about_by_its_whole_name(trader: Talk) -> None:
    trader.say("what is the Port Users' League?")
    assert trader.quotes[0].text.startswith("The Port Users' League, which speaks for 40 firms")


@pytest.mark.parametrize(
    "asked", ["what is the cost", "what is a furnace", "what is Orstel up to"]
)
def test_what_is_asks_about_more_than_names(trader: Talk, asked: str) -> None:
    assert "Named " not in trader.say(asked)
