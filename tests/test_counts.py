"""Counts of an event: what is counted, what differs between outlets, what is taken back."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.link.counts import Count, find_counts, find_differences, find_replaced
from bot.model import Article, Findings, Span
from bot.reading import read_text


def article(text: str, key: int = 1, day: int = 18, outlet: str = "Nordwire") -> Article:
    return Article(
        key=key,
        id=f"a{key}",
        version=1,
        sha256="",
        text=text,
        url=None,
        title=None,
        source=outlet,
        author=None,
        published=date(2025, 3, day),
        section=None,
        standfirst=None,
        added=datetime(2025, 3, day, tzinfo=UTC),
    )


def counts(text: str, key: int = 1, day: int = 18) -> list[Count]:
    told = article(text, key, day)
    return find_counts(told, read_text(text, told.day))


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("The storm killed at least six people in Tarvin.", [("at least six people", "dead")]),
        (
            "Six people were killed and 40 injured in Tarvin.",
            [("Six people", "dead"), ("40", "hurt")],
        ),
        ("Police arrested 23 protesters outside the mill.", [("23 protesters", "held")]),
        (
            "Some 1,400 residents had left their homes by noon.",
            [("Some 1,400 residents", "moved")],
        ),
        ("About 900 of the town's 5,000 residents were evacuated.", [("About 900 of", "moved")]),
        ("The railway cancelled 31 of its 90 trains.", [("31", "stopped")]),
        ("Fire damaged twenty-two houses in Mill Lane.", [("twenty-two houses", "harmed")]),
        ("Two million people were displaced by the war.", []),
        ("More than 2 million people are displaced.", [("More than 2 million people", "moved")]),
        ("She died on 4 March 2025 after a long illness.", []),
        ("Arno Pell, 67, died at home.", []),
        ("The mill was damaged at half past five.", []),
        ("Water had risen by 40 per cent when the bridge was damaged.", []),
        ("The council met 14 times.", []),
    ],
    ids=lambda value: value[:40] if isinstance(value, str) else "",
)
def test_a_sentence_counts_what_its_words_say(text: str, expected: list[tuple[str, str]]) -> None:
    found = [(c.words, c.matter) for c in counts(text)]
    assert [matter for _, matter in found] == [matter for _, matter in expected]
    for (words, _), (begins, _) in zip(found, expected, strict=True):
        assert words.startswith(begins)


def test_words_are_as_printed() -> None:
    text = "In all, about 1,200 people were evacuated from Orsa."
    (count,) = counts(text)
    assert count.words in text
    assert count.sentence.of(text) == text


def differing(*texts: str) -> list[list[str]]:
    all_counts = [c for n, text in enumerate(texts) for c in counts(text, n + 1, 10 + n)]
    return [[c.words for c in d.counts] for d in find_differences(all_counts)]


def test_counts_that_differ_stand_side_by_side_newest_first() -> None:
    assert differing(
        "The storm killed six people in Tarvin.", "Nine people died in the storm."
    ) == [["Nine people", "six people"]]


@pytest.mark.parametrize(
    "texts",
    [
        ("The storm killed six people.", "Six people died in the storm."),
        ("The storm killed six people.", "The storm injured nine people."),
        ("The storm killed six people.", "The storm killed nine cows."),
        ("The storm killed six people.", "The war has killed 48,000 people."),
        ("The storm killed nine people.", "Three children were killed."),
        ("The storm killed six people. It killed nine people, others say.", "No count here."),
    ],
    ids=[
        "the same",
        "another matter",
        "other beings",
        "far apart",
        "a part of them",
        "one article",
    ],
)
def test_counts_of_two_things_are_not_set_side_by_side(texts: tuple[str, ...]) -> None:
    assert differing(*texts) == []


@pytest.mark.parametrize(
    "later",
    [
        "The service put the number of those evacuated at 1,150, not 1,200.",
        "It now says that 1,150 people were evacuated instead of 1,200.",
        "The number of evacuated people is 1,150; it withdrew its earlier figure of 1,200.",
    ],
)
def test_a_corrected_count_finds_the_old_one(later: str) -> None:
    old = article("About 1,200 people were evacuated from Orsa.", 1, 15)
    new = next(c for c in counts(later, 2, 19) if c.replaces)
    assert new.value == 1150
    found = find_replaced(new, [(old, counts(old.text, 1, 15))])
    assert found is not None
    assert [c.words for c in found.counts][1:] == ["About 1,200 people"]


def test_nothing_is_taken_back_before_it_was_said() -> None:
    new = next(c for c in counts("They evacuated 1,150 people, not 1,200.", 2, 19) if c.replaces)
    later = article("About 1,200 people were evacuated.", 3, 25)
    assert find_replaced(new, [(later, counts(later.text, 3, 25))]) is None


@pytest.mark.parametrize(
    "text",
    [
        "1 " * 75_000,
        "1,000," * 25_000,
        "killed " * 21_000,
        "six killed, " * 12_000,
        "of " * 50_000,
    ],
    ids=lambda text: text[:12],
)
def test_hostile_texts_are_read_to_the_end(text: str) -> None:
    findings = Findings(sentences=(Span(0, len(text)),))
    for count in find_counts(article(text), findings):
        assert count.words in text
