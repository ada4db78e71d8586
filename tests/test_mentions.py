"""Names in articles: spans, kinds, full forms and roles."""

from __future__ import annotations

import time
from itertools import pairwise

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extract.mentions import find_mentions
from bot.model import Mention
from bot.text.sentences import find_sentences


def mentions(text: str) -> list[Mention]:
    return find_mentions(text, find_sentences(text))


def printed(text: str) -> list[tuple[str, str, str]]:
    """Each mention as (words, full name, kind)."""
    return [(m.span.of(text), m.name, m.kind.value) for m in mentions(text)]


def roles(text: str) -> dict[str, str | None]:
    return {m.span.of(text): m.role for m in mentions(text)}


KINDS = [
    ("The deal pleased Wilma Garrow.", "Wilma Garrow", "person"),
    ("They flew to Geneva on Monday.", "Geneva", "place"),
    ("A report by the Harbour Safety Council angered owners.", "Harbour Safety Council",
     "organisation"),
    ("The Kremlin kept silent.", "Kremlin", "organisation"),
    ("The White House kept silent.", "White House", "organisation"),
    ("The University of Tarvin closed.", "University of Tarvin", "organisation"),
    ("The Department of Trade and Industry closed.", "Department of Trade and Industry",
     "organisation"),
    ("The ship crossed Lake Orvel at night.", "Lake Orvel", "place"),
    ("She walked along Garrow Street at night.", "Garrow Street", "place"),
    ("It broke the Clean Rivers Act of the region.", "Clean Rivers Act", "other"),
    ("He works for Pell & Marsh in town.", "Pell & Marsh", "organisation"),
    ("She met Greta von der Aue there.", "Greta von der Aue", "person"),
    ("She met Lena-Marie Holst-Tegen there.", "Lena-Marie Holst-Tegen", "person"),
    ("She met J. D. Marlow there.", "J. D. Marlow", "person"),
    ("She met Arno Pell Jr. there.", "Arno Pell Jr.", "person"),
    ("Talks with Chen Weiming went on.", "Chen Weiming", "person"),
    ("A fire in Brookfield, Ill., spread.", "Brookfield", "place"),
    ("Orvel Pharmaceuticals cut jobs.", "Orvel Pharmaceuticals", "organisation"),
    ("The case, Pell v. Garrow, is old.", "Pell v. Garrow", "other"),
    ("World War II had ended.", "World War II", "other"),
]  # fmt: skip


@pytest.mark.parametrize(("text", "name", "kind"), KINDS, ids=[k[1] for k in KINDS])
def test_names_have_a_kind(text: str, name: str, kind: str) -> None:
    assert (name, name, kind) in printed(text)


@pytest.mark.parametrize(
    "text",
    [
        "Yesterday the rain stopped. Nobody minded.",
        "On Tuesday in May they met. Meanwhile, prices rose.",
        "“Wonderful weather,” a neighbour said. Don’t ask.",
        "The Russian delegation and German officials left.",
        "Doctors and nurses went home.",
        "I think it was a Monday.",
    ],
)
def test_ordinary_capitals_are_no_names(text: str) -> None:
    assert printed(text) == []


def test_short_forms_join_the_full_name() -> None:
    text = (
        "Wilma Garrow spoke first. Later Garrow left. “No,” Ms. Garrow said. Wilma’s car waited."
    )
    assert {name for _, name, _ in printed(text)} == {"Wilma Garrow"}
    assert [words for words, _, _ in printed(text)] == [
        "Wilma Garrow",
        "Garrow",
        "Garrow",
        "Wilma",
    ]


def test_double_surname_joins_by_its_whole() -> None:
    text = "Lena-Marie Holst-Tegen came by train. Holst-Tegen had no comment."
    assert printed(text)[1][1] == "Lena-Marie Holst-Tegen"


def test_an_honorific_keeps_a_couple_apart() -> None:
    text = "Wilma Garrow came with Peter Garrow. Mr. Garrow sat. Mrs. Garrow stood."
    assert [name for _, name, _ in printed(text)][2:] == ["Peter Garrow", "Wilma Garrow"]


def test_an_honorific_that_fits_nobody_joins_nobody() -> None:
    text = "Wilma Garrow came alone. Mr. Garrow stayed at home."
    assert printed(text)[1][1] == "Garrow"


def test_a_couple_with_one_surname() -> None:
    text = "The owners, David and Jane Pell, sold it."
    assert [name for _, name, _ in printed(text)] == ["David Pell", "Jane Pell"]


@pytest.mark.parametrize(
    ("text", "words", "role"),
    [
        ("President Wilma Garrow spoke.", "Wilma Garrow", "President"),
        ("US President Wilma Garrow spoke.", "Wilma Garrow", "US President"),
        ("The former President Wilma Garrow spoke.", "Wilma Garrow", "former President"),
        ("Kremlin spokesperson Wilma Garrow spoke.", "Wilma Garrow", "Kremlin spokesperson"),
        ("Wilma Garrow, the energy minister, spoke.", "Wilma Garrow", "energy minister"),
        ("Wilma Garrow, a Danish parliamentarian, spoke.", "Wilma Garrow",
         "Danish parliamentarian"),
        ("Wilma Garrow, 54, a farmer from Tarvin, spoke.", "Wilma Garrow", "farmer from Tarvin"),
        ("He called his lawyer, Wilma Garrow, at once.", "Wilma Garrow", "lawyer"),
        ("Mrs. Garrow spoke.", "Garrow", None),
        ("Wilma Garrow, the clouds above her, spoke.", "Wilma Garrow", None),
        ("Wilma Garrow, the minister said, was late.", "Wilma Garrow", None),
    ],
)  # fmt: skip
def test_roles_are_read_as_printed(text: str, words: str, role: str | None) -> None:
    assert roles(text)[words] == role


def test_possessives_are_cut() -> None:
    assert [w for w, _, _ in printed("Then Wilma Garrow’s plan and Oslo's mayor failed.")] == [
        "Wilma Garrow",
        "Oslo",
    ]


def test_acronym_in_brackets_stands_for_the_long_name() -> None:
    text = "The Harbour Safety Council (HSC) met. Later the HSC voted."
    assert [name for _, name, _ in printed(text)] == ["Harbour Safety Council"] * 3


def test_title_case_headline_names_only_whom_the_body_names() -> None:
    text = (
        "Garrow Faces Angry Crowd After Harbour Vote\n\n"
        "Wilma Garrow met an angry crowd on Monday after the vote."
    )
    assert printed(text)[0] == ("Garrow", "Wilma Garrow", "person")
    assert len(printed(text)) == 2


def test_headline_in_capitals_names_only_whom_the_body_names() -> None:
    text = "GARROW FACES ANGRY CROWD\n\nWilma Garrow met an angry crowd on Monday."
    assert printed(text)[0] == ("GARROW", "Wilma Garrow", "person")
    assert len(printed(text)) == 2


def test_a_place_named_like_a_person_is_told_by_its_preposition() -> None:
    text = "Ann Houston spoke. Later Houston left. She was born in Houston too."
    assert [kind for _, _, kind in printed(text)] == ["person", "person", "place"]


def test_a_famous_surname_is_not_joined_to_a_relative() -> None:
    text = "Ivana Trump told the story. Trump has denied it."
    assert printed(text)[1][1] == "Trump"


def test_state_and_party_after_a_name_are_no_names() -> None:
    assert [
        w for w, _, _ in printed("Then Rep. Wilma Garrow (D-N.Y.) and Ann Pell (Tex.) met.")
    ] == [
        "Wilma Garrow",
        "Ann Pell",
    ]


@given(st.text(alphabet="AaBb. ,’'\"“”-\n()McD&é0", max_size=200))
def test_spans_are_ordered_and_in_bounds(text: str) -> None:
    spans = [m.span for m in mentions(text)]
    assert all(0 <= s.start < s.end <= len(text) for s in spans)
    assert all(a.end <= b.start for a, b in pairwise(spans))


@pytest.mark.parametrize(
    "piece",
    ["A", "Aa ", "A. ", "A-", "A’s ", "Mr. ", "of The ", "A, the ", "(Ab) ", "Ann and ", "AB\n"],
)
def test_hostile_text_stays_linear(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    started = time.perf_counter()
    mentions(text)
    assert time.perf_counter() - started < 6
