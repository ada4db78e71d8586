"""Where quotation marks open and close."""

from __future__ import annotations

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.marks import find_quoted

CASES = {
    "curly": ("“Go,” she said. “Now.”", ["Go,", "Now."]),
    "straight": ('"Go," she said. "Now."', ["Go,", "Now."]),
    "two apostrophes": ("''Go,'' she said.", ["Go,"]),
    "backquotes": ("``Go,'' she said.", ["Go,"]),
    "angled": ("«Go», she said.", ["Go"]),
    "low opening mark": ("„Geh“, sagte sie.", ["Geh"]),
    "opened curly, closed straight": ('“Go," she said.', ["Go,"]),
    "opened straight, closed curly": ('"Go,” she said.', ["Go,"]),
    "single marks round words": ("He called it 'the worst deal' ever.", ["the worst deal"]),
    "single marks round one word": ("The 'so-called' plan", []),
    "apostrophes": ("Don't touch the mayor's or the voters' bags.", []),
    "decade": ("It was the '90s, and rock 'n' roll ruled.", []),
    "apostrophe inside single marks": ("‘He’s gone home,’ says Lee.", ["He’s gone home,"]),
    "possessive inside single marks": ("'The voters' choice is clear,' he said.", 2),
    "nested": (
        "“She said ‘not today’ twice,” he said.",
        ["She said ‘not today’ twice,", "not today"],
    ),
    "nested double": ("“He “likes” it,” she said.", ["He “likes” it,", "likes"]),
    "inches": ('The shelf is 12" deep.', []),
    "stray closing mark": ("He said no.” Then he left.", []),
    "turned opening mark": ("”Go,” she said.", ["Go,"]),
    "empty": ('He said "" and left.', []),
}


@pytest.mark.parametrize(("text", "expected"), CASES.values(), ids=CASES.keys())
def test_marks_open_and_close_by_kind_and_neighbours(text: str, expected: list[str] | int) -> None:
    found = [q.inner.of(text) for q in find_quoted(text)]
    if isinstance(expected, int):
        assert found
    else:
        assert found == expected


def test_unclosed_quote_ends_with_paragraph() -> None:
    text = "He said: “We go. We win.\n\nThe town slept."
    (quote,) = find_quoted(text)
    assert quote.inner.of(text) == "We go. We win."
    assert not quote.closed
    assert not quote.continues


def test_quote_open_again_in_next_paragraph_continues() -> None:
    text = "“We go,” he said. “We win.\n\n“We stay.”"
    first, second, third = find_quoted(text)
    assert [q.inner.of(text) for q in (first, second, third)] == ["We go,", "We win.", "We stay."]
    assert second.continues
    assert third.closed


def test_unclosed_quote_ends_with_a_sentence_before_the_next_opening() -> None:
    text = '"We go. He said "we win" to them.'
    assert [q.inner.of(text) for q in find_quoted(text)] == ["We go.", "we win"]


def test_nested_marks_know_their_depth() -> None:
    text = "“A “b c” d,” he said."
    assert [q.depth for q in find_quoted(text)] == [1, 2]


@given(st.text(alphabet="ab. ,\n“”\"'’‘`«»-1", max_size=80))
def test_stretches_lie_in_the_text_and_in_order(text: str) -> None:
    found = find_quoted(text)
    assert [q.outer.start for q in found] == sorted(q.outer.start for q in found)
    for quote in found:
        assert 0 <= quote.outer.start <= quote.inner.start < quote.inner.end <= quote.outer.end
        assert quote.outer.end <= len(text)
        assert "\n" not in quote.inner.of(text).strip() or not quote.single


@pytest.mark.parametrize("piece", ['"', "“a ", "'a b", "‘a b ’s ", '“a ‘b "c '])
def test_hostile_marks_take_linear_time(piece: str) -> None:
    find_quoted((piece * 150_000)[:150_000])
