"""The languages that the bot speaks: which is spoken, and what a catalogue gives."""

from __future__ import annotations

import ast
import pickle

import pytest

from bot.locales import _, nearest_language, ngettext, speaking
from bot.locales.said import kept, recalled, say
from tests.support.program import ROOT
from tests.test_house import modules_of

EMPTY = "The file is empty."
THANKS = "You are welcome. Ask on whenever you like."


@pytest.mark.parametrize(
    ("code", "language"),
    [("de", "de"), ("de-AT", "de"), ("es_419", "es"), ("en-GB", "en"), ("sv", "en"), (None, "en")],
)
def test_the_nearest_language_is_spoken(code: str | None, language: str) -> None:
    assert nearest_language(code) == language


def test_a_sentence_is_said_in_the_language_around_it() -> None:
    with speaking("de"):
        assert _(THANKS).startswith("Gern geschehen")
        with speaking("es"):
            assert _(THANKS).startswith("De nada")
        assert _(THANKS).startswith("Gern geschehen")
    assert _(THANKS) == THANKS


def test_what_no_catalogue_holds_is_said_in_english() -> None:
    with speaking("de"):
        assert _("No such sentence.") == "No such sentence."
        assert ngettext("{n} thing of none", "{n} things of none", 2) == "{n} things of none"


def test_a_sentence_kept_in_the_store_is_read_in_each_language() -> None:
    fault = say("The server leads on to another address. {why}", why=say("The file is empty."))
    assert fault == "The server leads on to another address. The file is empty."
    stored = kept(fault)
    with speaking("de"):
        there = recalled(stored)
        assert there == say("The server leads on to another address. {why}", why=_(EMPTY))
        assert there.endswith(_(EMPTY))
        assert _(EMPTY) != EMPTY
        assert kept(there) == stored
    assert recalled(stored) == fault
    assert recalled(kept("Plain words {as} they are.")) == "Plain words {as} they are."


@pytest.mark.parametrize(
    ("language", "words"), [("en", "1,200"), ("de", "1.200")], ids=["en", "de"]
)
def test_a_count_is_parted_as_the_language_does(language: str, words: str) -> None:
    with speaking(language):
        assert words in say("The address is longer than {n} characters.", n=1_200)
        assert "8080" in say(
            "The address asks for port {port}; only 80 and 443 are fetched.", port="8080"
        )


def test_a_sentence_goes_to_another_process_with_what_it_says() -> None:
    sent = pickle.loads(pickle.dumps(say("The file is empty.")))
    assert (sent, sent.message) == ("The file is empty.", "The file is empty.")


def test_no_module_that_translates_uses_the_underscore_for_something_else() -> None:
    """`_` taken for a value that is not needed would hide the function in that scope."""
    for name, path in modules_of(ROOT):
        tree = ast.parse(path.read_text(encoding="utf-8"))
        imported = any(
            isinstance(node, ast.ImportFrom)
            and node.module == "bot.locales"
            and any(alias.name == "_" for alias in node.names)
            for node in ast.walk(tree)
        )
        taken = [
            node.lineno
            for node in ast.walk(tree)
            if (isinstance(node, ast.Name) and node.id == "_" and isinstance(node.ctx, ast.Store))
            or (isinstance(node, ast.arg) and node.arg == "_")
        ]
        assert not (imported and taken), f"{name}: {taken}"
