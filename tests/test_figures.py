"""Figures: value, unit, what is counted, hedge."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extract.figures import find_figures, parse_number
from bot.model import DateMention, Grain, Span
from bot.text.sentences import find_sentences

CASES: list[tuple[str, float, str | None, str | None, str | None]] = [
    ("The town freed 175 captives.", 175, None, "captives", None),
    ("About 1,200 people fled.", 1200, None, "people", "about"),
    ("At least 12 people died.", 12, None, "people", "at least"),
    ("It cost $3.5 million.", 3.5e6, "USD", None, None),
    ("They want up to €40bn in aid.", 40e9, "EUR", "aid", "up to"),
    ("A fund of 20 million euros was set up.", 20e6, "EUR", None, None),
    ("Some 43% of pensioners agreed.", 43, "percent", "pensioners", "some"),
    ("Prices rose 2.5 percentage points.", 2.5, "percentage points", None, None),
    ("They fined it 10 Canadian dollars.", 10, "CAD", None, None),
    ("The pause lasts 30 days.", 30, "day", None, None),
    ("He spent twenty-five years there.", 25, "year", None, None),
    ("Two dozen boats sank.", 24, None, "boats", None),
    ("More than a dozen boats sank.", 12, None, "boats", "more than"),
    ("Half a million homes lost power.", 500_000, None, "homes", None),
    ("The road is 14 miles long.", 14, "mile", None, None),
    ("It won 5 of the 19 seats.", 5, None, "19", None),
    ("A poll of 1,042 registered voters began.", 1042, None, "registered voters", None),
    ("They need 10 to 15 boats.", 10, None, "boats", None),
    ("It pays $100 million a year.", 100e6, "USD", None, None),
    ("The tunnel takes 12 straight months.", 12, "month", None, None),
]


@pytest.mark.parametrize(
    ("text", "value", "unit", "of", "hedge"), CASES, ids=[case[0] for case in CASES]
)
def test_a_figure_is_read_whole(
    text: str, value: float, unit: str | None, of: str | None, hedge: str | None
) -> None:
    figure = find_figures(text, find_sentences(text))[0].figure
    assert abs(figure.value - value) < 1e-6 * value
    assert (figure.unit, figure.hedge) == (unit, hedge)
    assert figure.of == of or (of == "19" and figure.of in (of, None))


@pytest.mark.parametrize(
    "text",
    [
        "It began in 1998.",
        "They met at 5 p.m. and left.",
        "Wilma Garrow, 54, spoke.",
        "He flew in a Boeing 727.",
        "Turn to Page 12 now.",
        "The class of 2002 met.",
        "Nobody counted them.",
        "The 21st century began.",
    ],
)
def test_numbers_that_count_nothing_are_no_figures(text: str) -> None:
    assert find_figures(text, find_sentences(text)) == []


def test_a_number_inside_a_date_is_no_figure() -> None:
    text = "They meet on 12 May in Oslo."
    day = DateMention(Span(13, 19), "2025-05-12", Grain.DAY, "day_month")
    assert find_figures(text, find_sentences(text), [day]) == []


def test_the_span_holds_hedge_number_and_unit() -> None:
    text = "It lost nearly 40 percent of its members."
    assert find_figures(text, find_sentences(text))[0].span.of(text) == "nearly 40 percent"


@pytest.mark.parametrize(
    ("words", "value"),
    [("1,200.5", 1200.5), ("twenty-five", 25), ("two hundred and six", 206), ("many", None)],
)
def test_numbers_in_words_have_a_value(words: str, value: float | None) -> None:
    assert parse_number(words) == value


@given(st.text(alphabet="0123456789 .,$%-atwo mil\n", max_size=200))
def test_spans_stay_in_their_sentence(text: str) -> None:
    sentences = find_sentences(text)
    for found in find_figures(text, sentences):
        assert sentences[found.sentence].covers(found.span)


@pytest.mark.parametrize("piece", ["1", "1,", "1 ", "two ", "$1 ", "1.1.", "1-", "one hundred "])
def test_hostile_text_stays_linear(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    started = time.perf_counter()
    find_figures(text, [Span(0, len(text))])
    assert time.perf_counter() - started < 3
