"""Every word of ours is said in each language: the catalogues are whole, and no sentence of a long
tour of conversations falls back to English."""

from __future__ import annotations

import ast
import gettext
import re
from collections.abc import Iterator
from datetime import date

import pytest

import bot.locales
from bot.locales import ENGLISH, LANGUAGES, speaking
from bot.locales.days import spoken_day
from tests.support.program import ROOT
from tests.support.tour import ASKED, EDITED, FLOOD, WIDER, Tour, corpus_of, words_of
from tests.test_house import modules_of
from tests.test_talk_ideal import NEWS
from tools.catalogues import (
    FOLDER,
    Sentence,
    find_faults,
    find_sentences,
    load_catalogue,
    text_of,
    translation_of,
)

OTHERS = [language for language in LANGUAGES if language != ENGLISH]
MOST_LABEL_CHARS = 24  # more is cut where two buttons share a phone's row
_BRACKETED = re.compile(r"⟦[^⟦⟧]*⟧")
_PIECES = re.compile(r"[\u2580-\u259f·,;:()“”«»„…\n|–—•#.]+|\s-\s")
_NOT_OURS = (r"What did [\w ]+ say", "Some people", "New York", "London")
"""Questions to tap, a figure as it is told with its noun, and cities."""
_SHORT_BUTTONS = frozenset({"Button", "button", "page_button"})


class Bracketed(gettext.NullTranslations):
    """A language of the tests: each sentence is the English one in brackets."""

    def gettext(self, message: str) -> str:
        return f"⟦{message}⟧"

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        return f"⟦{msgid1 if n == 1 else msgid2}⟧"

    def pgettext(self, context: str, message: str) -> str:
        return f"⟦{message}⟧"


class Missing(gettext.NullTranslations):
    """What a catalogue falls back on: it says the sentence in English, and notes that it did."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: list[str] = []

    def gettext(self, message: str) -> str:
        self.asked.append(message)
        return message

    def ngettext(self, msgid1: str, msgid2: str, n: int) -> str:
        self.asked.append(msgid1)
        return msgid1 if n == 1 else msgid2


@pytest.fixture(scope="module")
def sentences() -> list[Sentence]:
    return find_sentences()


@pytest.mark.parametrize("language", OTHERS)
def test_a_catalogue_says_each_sentence_with_what_is_put_into_it(
    language: str, sentences: list[Sentence]
) -> None:
    """`python -m tools.catalogues` brings the catalogues up to date."""
    catalogue = load_catalogue(language)
    assert list(find_faults(catalogue, sentences)) == []
    filed = (FOLDER / f"{language}.po").read_text(encoding="utf-8")
    assert filed == text_of(language, catalogue, sentences)


@pytest.mark.parametrize("language", OTHERS)
def test_a_label_fits_its_button(language: str) -> None:
    catalogue = load_catalogue(language)
    said = {label: translation_of(catalogue, Sentence(label))[0] for label in _labels()}
    assert len(said) > 50
    assert {label: words for label, words in said.items() if len(words) > MOST_LABEL_CHARS} == {}


def test_no_sentence_is_worded_past_the_catalogues(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setattr(bot.locales, "_catalogue", lambda _language: Bracketed())
    tour = Tour()
    tour.goes("de")
    printed = " ".join([corpus_of(NEWS), FLOOD, WIDER, *ASKED, *EDITED]).casefold()
    others = "|".join([*_NOT_OURS, *LANGUAGES.values(), *_months()])
    left = {
        f"{piece} ({said}: {words})"
        for said, reply in tour.shown
        for words in words_of(reply)
        for piece in _outside(words)
        if piece.casefold() not in printed and not re.fullmatch(others, piece)
    }
    assert len(tour.shown) > 300
    assert sorted(left) == []


@pytest.mark.parametrize("language", OTHERS)
def test_a_tour_of_conversations_falls_back_nowhere(
    language: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    missing = Missing()
    catalogue = bot.locales._catalogue.__wrapped__(language)
    catalogue.add_fallback(missing)
    monkeypatch.setattr(bot.locales, "_catalogue", lambda _language: catalogue)
    tour = Tour()
    tour.goes(language)
    assert len(tour.shown) > 300
    assert missing.asked == []


def test_nothing_is_shown_that_is_not_asked_of_the_catalogues() -> None:
    """Also in replies that the tour does not come to."""
    shown = [
        f"{name}, line {line}: {words}"
        for name, path in modules_of(ROOT)
        if name.startswith(("bot.talk", "handlers"))
        for line, words in _shown_as_they_are(ast.parse(path.read_text(encoding="utf-8")))
    ]
    assert shown == []


def _shown_as_they_are(tree: ast.AST) -> Iterator[tuple[int, str]]:
    """(line, words) of strings that are handed on to be shown without being said."""
    for node in ast.walk(tree):
        if not isinstance(node, ast.Call):
            continue
        name = getattr(node.func, "id", getattr(node.func, "attr", ""))
        shown = [k.value for k in node.keywords if k.arg == "toast"]
        if name in ("told", "Button", "_told") and node.args:
            shown.append(node.args[0])
        if name == "Block" and len(node.args) > 1:
            shown.append(node.args[1])
        for expression in shown:
            for words in _unsaid(expression):
                yield node.lineno, words


def _unsaid(node: ast.AST) -> Iterator[str]:
    """The words of an expression that stand in it as they are; calls look after their own."""
    if isinstance(node, ast.Constant) and isinstance(node.value, str):
        if re.search(r"(?<![/\w])[^\W\d_]{2}", node.value):
            yield node.value
    elif isinstance(node, ast.Subscript):
        yield from _unsaid(node.value)
    elif not isinstance(node, ast.Call):
        for inner in ast.iter_child_nodes(node):
            yield from _unsaid(inner)


def _outside(words: str) -> list[str]:
    """The stretches of words that stand outside brackets and are no command, number or name of a
    file."""
    while _BRACKETED.search(words):
        words = _BRACKETED.sub("|", words)
    found = []
    for piece in _PIECES.split(words):
        bare = " ".join(re.sub(r"/\w+|\d\S*|^xyz$", "", piece).strip(" ?!’'“”«»").split())
        if re.search(r"[^\W\d_]{2}", bare):
            found.append(bare)
    return found


def _months() -> Iterator[str]:
    """The months as German days have them, from which no number and stop is left."""
    with speaking("de"):
        for month in range(1, 13):
            yield spoken_day(date(2025, month, 1)).split()[1].rstrip(".")


def _labels() -> Iterator[str]:
    """The labels of buttons that nothing is put into."""
    for path in sorted((ROOT / "bot" / "talk").glob("*.py")):
        for node in ast.walk(ast.parse(path.read_text(encoding="utf-8"))):
            if not isinstance(node, ast.Call) or not isinstance(node.func, ast.Name):
                continue
            if node.func.id not in _SHORT_BUTTONS or not node.args:
                continue
            for inner in ast.walk(node.args[0]):
                if isinstance(inner, ast.Call) and getattr(inner.func, "id", "") in ("_", "N_"):
                    label = inner.args[0]
                    if isinstance(label, ast.Constant) and "{" not in str(label.value):
                        yield str(label.value)
