"""Words of a text are counted as they are found."""

from __future__ import annotations

from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.words import count_words, find_printed, find_words, fold

TEXTS = {
    "plain": "The mill turned. The miller’s mill turned again, AT&T said.",
    "codes": "The F-16 met Covid-19 on the EB-5, and F-16s; U.S. forces (US) paid 1,200.5.",
    "Chinese among others": "老磨坊 turned on 14. März，面包师来看 F-16。",
    "marks": "Zoë’s café—“naïve”—reopened; O'Neill’s didn't.",
}


@pytest.mark.parametrize("text", TEXTS.values(), ids=list(TEXTS))
def test_counted_words_are_the_found_ones(text: str) -> None:
    assert count_words(text) == Counter((w.folded, w.term) for w in find_words(text))


@given(st.text(st.sampled_from("aBé1956 -.,'’&\nUS磨の"), max_size=60))
def test_any_text_is_counted_as_it_is_found(text: str) -> None:
    assert count_words(text) == Counter((w.folded, w.term) for w in find_words(text))


@given(st.text(st.sampled_from("aBé1956 -.,'’&\nUS磨の"), max_size=60))
def test_printed_words_are_the_found_ones(text: str) -> None:
    found = find_words(text)
    printed = find_printed(text)
    assert [(start, end) for start, end, _ in printed] == [
        (w.span.start, w.span.end) for w in found
    ]
    assert [fold(letters) for _, _, letters in printed] == [w.folded for w in found]


def test_each_character_of_a_script_without_spaces_is_a_word() -> None:
    words = find_words("老磨坊 (Mill 5号) が")
    assert [w.folded for w in words] == ["老", "磨", "坊", "mill", "5", "号", "か"]
    assert [w.span.start for w in words] == [0, 1, 2, 5, 10, 11, 14]
