"""Articles given as JSON objects."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import IntakeError
from bot.intake.records import read_record
from bot.model import Draft


def test_text_is_taken_as_given() -> None:
    text = "  Today : Mar 4, 2025\r\n\r\nDam holds\u00a0\n"
    draft = read_record({"text": text})
    assert draft == Draft(text=text, text_was_given=True)


def test_every_field_is_taken() -> None:
    row = {
        "id": "a-1",
        "url": "https://p.example/a",
        "title": " Dam holds ",
        "source": "Port Courier",
        "author": "Ines Roca",
        "published": "2025-03-03",
        "section": "Local",
        "standfirst": "It held.",
        "text": "The dam held.",
        "unknown": {"a": 1},
    }
    assert read_record(row) == Draft(
        text="The dam held.",
        id="a-1",
        url="https://p.example/a",
        title="Dam holds",
        source="Port Courier",
        author="Ines Roca",
        published=date(2025, 3, 3),
        section="Local",
        standfirst="It held.",
        text_was_given=True,
    )


def test_null_and_blank_are_like_missing() -> None:
    row = {"text": "It held.", "id": None, "title": " ", "published": None, "source": ""}
    assert read_record(row) == Draft(text="It held.", text_was_given=True)


def test_whole_number_is_taken_as_id() -> None:
    assert read_record({"id": 7, "text": "It held."}).id == "7"


def test_several_authors_become_one_line() -> None:
    row = {"author": ["Ines Roca", "Carl Odum"], "text": "It held."}
    assert read_record(row).author == "Ines Roca, Carl Odum"


MOMENTS = {
    "day": ("2025-03-03", date(2025, 3, 3)),
    "zulu": ("2025-03-03T10:00:00Z", datetime(2025, 3, 3, 10, tzinfo=UTC)),
    "offset": ("2025-03-03T23:30:00-05:00", datetime(2025, 3, 4, 4, 30, tzinfo=UTC)),
    "fraction": ("2025-03-03T10:00:00.500Z", datetime(2025, 3, 3, 10, 0, 0, 500000, tzinfo=UTC)),
    "no_zone": ("2025-03-03T10:00:00", datetime(2025, 3, 3, 10, tzinfo=UTC)),
    "space": ("2025-03-03 10:00:00+00:00", datetime(2025, 3, 3, 10, tzinfo=UTC)),
    "as_feeds_print_it": (
        "Mon, 03 Mar 2025 10:00:00 GMT",
        datetime(2025, 3, 3, 10, tzinfo=UTC),
    ),
    "as_pages_print_it": ("March 3, 2025", date(2025, 3, 3)),
}


@pytest.mark.parametrize(("words", "moment"), MOMENTS.values(), ids=MOMENTS.keys())
def test_day_stays_a_day_and_time_becomes_utc(words: str, moment: date | datetime) -> None:
    published = read_record({"text": "It held.", "published": words}).published
    assert published == moment
    assert type(published) is type(moment)


REFUSED: dict[str, tuple[dict[str, object], str]] = {
    "no_text": ({"title": "A"}, '"text"'),
    "null_text": ({"text": None}, '"text"'),
    "blank_text": ({"text": " \n"}, "no text"),
    "text_no_string": ({"text": ["a"]}, "a list"),
    "text_number": ({"text": 5}, "a number"),
    "text_bool": ({"text": True}, "true or false"),
    "text_object": ({"text": {}}, "an object"),
    "title_no_string": ({"text": "A b.", "title": 5}, '"title"'),
    "id_bool": ({"text": "A b.", "id": True}, '"id"'),
    "id_nul": ({"text": "A b.", "id": "a\0"}, '"id"'),
    "title_surrogate": ({"text": "A b.", "title": "\ud83d"}, '"title"'),
    "author_mixed": ({"text": "A b.", "author": ["a", 1]}, '"author"'),
    "date_number": ({"text": "A b.", "published": 1741000000}, "a number"),
    "date_none": ({"text": "A b.", "published": "soon"}, "'soon'"),
    "no_such_day": ({"text": "A b.", "published": "2025-02-30"}, "2025-02-30"),
    "no_such_hour": ({"text": "A b.", "published": "2025-02-20T25:00:00Z"}, "ISO 8601"),
    "far_future": ({"text": "A b.", "published": "9999-12-31T23:59:59-12:00"}, "ISO 8601"),
    "too_long": ({"text": "word " * 200_001}, "1,000,000"),
    "nul": ({"text": "A\0b"}, "NUL"),
    "surrogate": ({"text": "A \udc00"}, "surrogate"),
}


@pytest.mark.parametrize(("row", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_bad_row_is_refused_with_its_line(row: dict[str, object], words: str) -> None:
    with pytest.raises(IntakeError, match=words) as caught:
        read_record(row, line=12)
    assert caught.value.line == 12
    assert caught.value.reason.endswith(".")


def test_text_of_a_million_characters_is_taken() -> None:
    assert read_record({"text": "x" * 1_000_000}).text_was_given


JSON = st.recursive(
    st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=12),
    lambda inner: st.lists(inner, max_size=3) | st.dictionaries(st.text(max_size=3), inner),
    max_leaves=6,
)
KEYS = st.sampled_from(["id", "url", "title", "author", "published", "section", "text", "x"])


@given(st.dictionaries(KEYS, JSON))
def test_any_object_is_read_or_refused(row: dict[str, object]) -> None:
    try:
        draft = read_record(row)
    except IntakeError:
        return
    assert draft.text == row["text"]
