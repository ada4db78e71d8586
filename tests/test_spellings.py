"""Words that a misspelt one may be a slip for: the quick look at their letters loses none."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import numpy as np
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer.spellings import Spellings, letters_of
from bot.store.store import Store
from bot.text.similar import misspelling_similarity, most_edits
from tests.support.stores import draft, put

AT_LEAST = 79.0


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "news.db") as opened:
        yield opened


@pytest.mark.parametrize(
    ("typed", "meant"),
    [
        pytest.param("goverment", "government", id="a letter left out"),
        pytest.param("govvernment", "government", id="a letter doubled"),
        pytest.param("govenrment", "government", id="two letters swapped"),
        pytest.param("gavernment", "government", id="another letter"),
        pytest.param("habor", "harbor", id="a short word"),
        pytest.param("haarbour", "harbour", id="a letter that stands there twice"),
        pytest.param("zurich", "zürich", id="beyond English"),
    ],
)
def test_words_are_found_by_their_slips(store: Store, typed: str, meant: str) -> None:
    put(store, draft("The government closed the harbor, or harbour, near Zürich."))
    held = {"zurich"} if meant == "zürich" else {meant}  # the store holds words folded
    found = dict(Spellings().alike(store, typed, limit=3, at_least=AT_LEAST))
    assert held <= found.keys()


@pytest.mark.parametrize("typed", ["", "a", "🌍🌍🌍🌍", "\ud800" * 5, "x" * 5_000, "0" * 9])
def test_strange_words_are_like_none(store: Store, typed: str) -> None:
    put(store, draft("The government closed the harbour."))
    assert Spellings().alike(store, typed, limit=3, at_least=AT_LEAST) == []


def test_words_that_come_later_are_found_too(store: Store) -> None:
    spellings = Spellings()
    put(store, draft("The old ramp was closed.", id="first"))
    assert spellings.alike(store, "goverment", limit=3, at_least=AT_LEAST) == []
    put(store, draft("The government opened it.", id="second"))
    assert [w for w, _ in spellings.alike(store, "goverment", limit=3, at_least=AT_LEAST)] == [
        "government"
    ]


@given(
    typed=st.text("abcdé\ud800", min_size=1, max_size=10),
    word=st.text("abcdé\ud800", min_size=1, max_size=10),
    at_least=st.sampled_from([70.0, 79.0, 90.0]),
)
def test_alike_words_differ_in_few_letters(typed: str, word: str, at_least: float) -> None:
    one, other = letters_of([typed])[0], letters_of([word])[0]
    changed = max(np.bitwise_count(one & ~other), np.bitwise_count(other & ~one))
    if misspelling_similarity(typed, word) >= at_least:
        assert changed <= most_edits(max(len(typed), len(word)), at_least)
