"""The languages that the bot speaks: which is spoken, and what a catalogue gives."""

from __future__ import annotations

import ast

import pytest

from bot.locales import _, nearest_language, ngettext, speaking
from tests.support.program import ROOT
from tests.test_house import modules_of

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
