"""The languages that the bot itself speaks: each sentence of ours in the reader's language.

English stands in the code; the others stand in catalogues beside this file, one `.po` file a
language. Quoted sentences are never translated. Whoever is spoken to is set once, around the
work for one message, with `speaking`; everything that words a reply then asks `_` or `ngettext`:

    _("Found in {outlet}.").format(outlet=name)
    ngettext("{n} article", "{n} articles", n).format(n=n)

A catalogue is read when its language is first spoken.
"""

from __future__ import annotations

import gettext
from collections.abc import Iterator
from contextlib import contextmanager
from contextvars import ContextVar
from functools import cache
from importlib.resources import files
from io import BytesIO

ENGLISH = "en"
LANGUAGES = {ENGLISH: "English", "de": "Deutsch", "es": "Español"}
"""The code of each language, and its name in itself."""

_spoken: ContextVar[str] = ContextVar("spoken", default=ENGLISH)


def _(message: str) -> str:
    """The sentence in the language that is spoken; the English one where no catalogue has it."""
    language = _spoken.get()
    return message if language == ENGLISH else _catalogue(language).gettext(message)


def ngettext(one: str, many: str, n: int) -> str:
    """The form of a sentence that goes with `n` things, in the language that is spoken."""
    language = _spoken.get()
    if language == ENGLISH:
        return one if n == 1 else many
    return _catalogue(language).ngettext(one, many, n)


def pgettext(context: str, message: str) -> str:
    """A word that needs telling apart ("May": the month, or may), in the language spoken."""
    language = _spoken.get()
    return message if language == ENGLISH else _catalogue(language).pgettext(context, message)


def N_(message: str) -> str:
    """The sentence as it is, marked for the catalogues: for constants, put in words later."""
    return message


def spoken_language() -> str:
    """The code of the language that is spoken now."""
    return _spoken.get()


@contextmanager
def speaking(language: str | None) -> Iterator[None]:
    """Speak the nearest language to this code ("de-AT") inside the block, English otherwise."""
    token = _spoken.set(nearest_language(language))
    try:
        yield
    finally:
        _spoken.reset(token)


def nearest_language(code: str | None) -> str:
    """The language of ours for a code as apps send it ("de", "es-419", "pt-BR"), or English."""
    short = (code or "").replace("_", "-").partition("-")[0].lower()
    return short if short in LANGUAGES else ENGLISH


@cache
def _catalogue(language: str) -> gettext.NullTranslations:
    """The catalogue of a language, compiled in memory: no compiled file can be out of date."""
    # Not needed, and not paid for, where English alone is spoken.
    from babel.messages.mofile import write_mo
    from babel.messages.pofile import read_po

    with files("bot.locales").joinpath(f"{language}.po").open("rb") as source:
        read = read_po(source, locale=language)
    compiled = BytesIO()
    write_mo(compiled, read)
    compiled.seek(0)
    return gettext.GNUTranslations(compiled)
