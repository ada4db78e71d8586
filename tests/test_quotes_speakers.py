"""Who a speaker's mention means."""

from __future__ import annotations

import pytest

from bot.extract.quotes import find_quotes
from bot.model import Mention, NameKind, Quote, Span
from bot.text.sentences import find_sentences


def read(text: str) -> list[Quote]:
    return find_quotes(text, find_sentences(text))


def name_at(text: str, mention: str) -> str | None:
    """The name given to the last speaker printed as `mention`."""
    found = [q.speaker for q in read(text) if q.speaker and q.speaker.span.of(text) == mention]
    assert found, f"no speaker {mention!r}"
    return found[-1].name


OPENING = "The port of Vik.\n\n"
RESOLVED = {
    "short name": ("Ann Lee opened the port. Lee said it was safe.", "Lee", "Ann Lee"),
    "she": ("Ann Lee opened the port. “It is safe for all,” she said.", "she", "Ann Lee"),
    "he, two men": (
        "Tom Hale met Carl Roe. “It is safe for all,” Hale said. He said it would open in May.",
        "He",
        "Tom Hale",
    ),
    "she, a man between": (
        "Ann Lee met Tom Hale on Monday. She said the port was safe.",
        "She",
        "Ann Lee",
    ),
    "title before the name": ("Mr. Tom Hale runs it. Hale said it was safe.", "Hale", "Tom Hale"),
    "who": ("They asked Tom Hale, who said the port was safe.", "who", "Tom Hale"),
    "apposition": (
        "The union's leader, Ann Lee, said the port was safe.",
        "The union's leader, Ann Lee",
        "Ann Lee",
    ),
}


@pytest.mark.parametrize(("text", "mention", "name"), RESOLVED.values(), ids=RESOLVED.keys())
def test_mentions_are_resolved_in_the_article(text: str, mention: str, name: str) -> None:
    assert name_at(OPENING + text, mention) == name


LEFT_OPEN = {
    "no name before": ("He said the port was safe.", "He"),
    "group": ("Ann Lee opened the port. They said it was safe.", "They"),
    "another's aide": (
        "Ann Lee spoke. A spokesman for the port said it was safe.",
        "A spokesman for the port",
    ),
    "other office": (
        "Fisheries minister Ann Lee spoke. The prime minister said the port was safe.",
        "The prime minister",
    ),
    "two couples of one name": (
        "Ann Lee and her husband Tom Lee both spoke. Both said that the port was safe.",
        "Both",
    ),
}


@pytest.mark.parametrize(("text", "mention"), LEFT_OPEN.values(), ids=LEFT_OPEN.keys())
def test_unsure_mentions_stay_open(text: str, mention: str) -> None:
    assert name_at(OPENING + text, mention) is None


def test_role_comes_as_printed() -> None:
    text = OPENING + "Kremlin spokesperson Ivan Volkov opened the port. He said it was safe."
    (quote,) = read(text)
    assert quote.speaker is not None
    assert (quote.speaker.name, quote.speaker.role) == ("Ivan Volkov", "Kremlin spokesperson")


def test_names_given_are_used() -> None:
    text = OPENING + "Volkov said that the port was safe."
    start = text.index("Volkov")
    mention = Mention(
        Span(start, start + 6), "Ivan Volkov", NameKind.PERSON, "Kremlin spokesperson"
    )
    (quote,) = find_quotes(text, find_sentences(text), [mention])
    assert quote.speaker is not None
    assert (quote.speaker.name, quote.speaker.role) == ("Ivan Volkov", "Kremlin spokesperson")


UNNAMED = {
    "officials": ("Two officials said the port was safe.", True),
    "familiar": ("A person familiar with the talks said the port was safe.", True),
    "anonymity": ("A source, who asked not to be named, said the port was safe.", True),
    "named": ("Ann Lee, an official, said the port was safe.", False),
    "body": ("The council said the port was safe.", False),
    "his aides": ("Tom Hale spoke. His aides said the port was safe.", False),
}


@pytest.mark.parametrize(("text", "unnamed"), UNNAMED.values(), ids=UNNAMED.keys())
def test_unnamed_sources_are_marked(text: str, *, unnamed: bool) -> None:
    quotes = [q for q in read(OPENING + text) if "safe" in q.content[0].of(OPENING + text)]
    assert [q.unnamed for q in quotes] == [unnamed]
