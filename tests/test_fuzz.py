"""The fuzzer finds what it should find; and a few of its inputs, the same at each run."""

from __future__ import annotations

import random
from pathlib import Path

import pytest

from tools import fuzz


@pytest.mark.parametrize("what", ["reader", "question"])
def test_broken_texts_do_no_harm(what: str) -> None:
    check = fuzz.check_reader if what == "reader" else fuzz.Asker().check
    chance = random.Random(4711)
    for _ in range(15):
        check(fuzz.changed(chance.choice(fuzz.seeds(what)), chance, 600))


def test_what_does_harm_is_told_and_kept(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(fuzz.tempfile, "gettempdir", lambda: str(tmp_path))

    def check(text: str) -> None:
        if "\x00" in text:
            raise ValueError("a zero")

    with pytest.raises(fuzz.Found, match="ValueError: a zero"):
        fuzz.at_random(check, fuzz.seeds("question"), 100, 30, 1)
    (kept,) = tmp_path.iterdir()
    assert b"\x00" in kept.read_bytes()
