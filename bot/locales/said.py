"""A sentence that remembers what it says, so that it can be said again in another language.

What goes wrong in a job is worded there and then, kept in the store, and read by people who speak
different languages. `say` gives such a sentence; `kept` and `recalled` take it through the store.
"""

from __future__ import annotations

import json
from collections.abc import Mapping
from typing import Any

from bot.locales import _
from bot.locales.numbers import spoken_number

_MARK = '{"said":'


class Said(str):
    """A sentence in the language that was spoken when it was said."""

    message: str
    values: Mapping[str, Any]

    def again(self) -> Said:
        """The sentence in the language that is spoken now."""
        return say(self.message, **{k: _again(v) for k, v in self.values.items()})


def say(message: str, **values: Any) -> Said:
    """The sentence with these words in it; a whole number is written as the language does.

    What is no count (a status, a port) comes as text.
    """
    words = {
        name: spoken_number(value) if isinstance(value, int) else value
        for name, value in values.items()
    }
    said = Said(_(message).format(**words))
    said.message, said.values = message, values
    return said


def kept(words: str) -> str:
    """`words` as the store keeps them."""
    return json.dumps(_dumped(words), ensure_ascii=False) if isinstance(words, Said) else words


def recalled(stored: str) -> str:
    """What `kept` gave, in the language that is spoken now; other words as they are."""
    return _loaded(json.loads(stored)) if stored.startswith(_MARK) else stored


def said_again(words: str) -> str:
    """`words` in the language that is spoken now; plain words as they are."""
    return words.again() if isinstance(words, Said) else words


def _again(value: Any) -> Any:
    return said_again(value) if isinstance(value, str) else value


def _dumped(value: Any) -> Any:
    if not isinstance(value, Said):
        return value
    return {"said": value.message, "with": {k: _dumped(v) for k, v in value.values.items()}}


def _loaded(raw: Mapping[str, Any]) -> Said:
    values = {k: _loaded(v) if isinstance(v, dict) else v for k, v in raw["with"].items()}
    return say(raw["said"], **values)
