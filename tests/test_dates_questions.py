"""Dates in people's questions."""

from __future__ import annotations

import json
from datetime import UTC, datetime
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.dates import bounds, find_question_dates

QUESTIONS = [
    json.loads(line)
    for line in (Path(__file__).parent / "data" / "dates_questions.jsonl")
    .read_text(encoding="utf-8")
    .splitlines()
]
NOW = datetime(2025, 5, 15, 12, tzinfo=UTC)


@pytest.mark.parametrize("row", QUESTIONS, ids=lambda row: row["question"][:50])
def test_dates_of_questions(row: dict[str, object]) -> None:
    found = find_question_dates(str(row["question"]), datetime.fromisoformat(str(row["now"])))
    assert [[d.span.start, d.span.end, d.value] for d in found] == row["dates"]


@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("febuary", "2025-02"),
        ("feburary", "2025-02"),
        ("janurary", "2025-01"),
        ("septmber", "2024-09"),
        ("decmber", "2024-12"),
        ("wensday", "2025-05-14"),
        ("tusday", "2025-05-13"),
        ("thrusday", "2025-05-15"),
        ("saterday", "2025-05-10"),
        ("yesturday", "2025-05-14"),
    ],
)
def test_misspelt_word_is_understood_in_its_place(typed: str, value: str) -> None:
    question = f"what happened on {typed}?"
    found = find_question_dates(question, NOW)
    assert [(d.span.of(question), d.value) for d in found] == [(typed, value)]


@pytest.mark.parametrize(
    "question",
    ["who marched", "what do the members say", "who will remember him", "the mayor of riga",
     "is there a decent deal", "numbers of dead", "who went marching"],
)  # fmt: skip
def test_common_words_are_no_misspelt_dates(question: str) -> None:
    assert find_question_dates(question, NOW) == []


@given(st.text(max_size=120))
def test_any_question_gives_spans_in_it_and_values_that_can_be_read(question: str) -> None:
    position = 0
    for found in find_question_dates(question, NOW):
        assert position <= found.span.start < found.span.end <= len(question)
        position = found.span.end
        assert found.value is None or found.value.startswith("T") or bounds(found.value)
