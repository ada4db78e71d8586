"""The words of an article wherever the store kept them outside it: found, and blanked."""

from __future__ import annotations

import html
import json
import re
import sqlite3
from collections.abc import Iterable, Sequence
from typing import Any

from bot.text.words import fold

TAKEN_DOWN = "[This quoted an article that has been taken down.]"
"""Stands wherever the words of a purged article were kept outside it."""

RUN_WORDS = 8
"""Words in a row that are nobody else's: so many of an article's in a row are its text."""
FEWEST_CHARS = 25
"""A whole sentence or headline with fewer words than that is looked for from this length on."""

_OWN_TABLES = re.compile(
    r"(?:articles|versions|findings|term_pages|words|name_words|known_names|known_roles|named.*"
    r"|names|speakers|copies|fingerprint.*|article_index.*|_?sqlite_.*)$"
)
"""What hangs on an article goes with it, or is another article's own. All else is looked through,
so that a table that comes later is, too."""

_MARKUP = re.compile(r"<[^<>]{0,2000}>")
_WORD = re.compile(r"\w+")
_STOP = re.compile(r"[.!?…]+|\n")


class Pieces:
    """What tells an article's text: its runs of words, its short sentences, its headlines."""

    def __init__(self, texts: Iterable[tuple[str, str | None, str | None]]) -> None:
        """`texts` are (text, headline, address) of each version."""
        self._runs: set[tuple[str, ...]] = set()
        self._short: set[str] = set()
        self._addresses: set[str] = set()
        for text, headline, address in texts:
            words = _words(text)
            self._runs.update(_runs(words))
            for sentence in [*_STOP.split(text), headline or ""]:
                few = _words(sentence)
                if len(few) < RUN_WORDS and len(sentence.strip()) >= FEWEST_CHARS:
                    self._short.add(f" {' '.join(few)} ")
            if address:
                self._addresses.add(address)

    def are_in(self, value: str) -> bool:
        """Whether `value` holds some of the text, marked up or not.

        An address that stands alone is left: by it a feed knows that it had the article.
        """
        if len(value) < FEWEST_CHARS or not any(char.isspace() for char in value.strip()):
            return False
        if any(address in value for address in self._addresses):
            return True
        words = _words(html.unescape(_MARKUP.sub("", value)))
        if any(run in self._runs for run in _runs(words)):
            return True
        line = f" {' '.join(words)} "
        return any(short in line for short in self._short)


def _words(text: str) -> list[str]:
    return _WORD.findall(fold(text))


def _runs(words: Sequence[str]) -> Iterable[tuple[str, ...]]:
    return zip(*(words[n:] for n in range(RUN_WORDS)), strict=False)


def blank_traces(connection: sqlite3.Connection, pieces: Pieces) -> int:
    """How many rows held some of the text; whatever value held it says now that it was taken
    down, in JSON the one string alone."""
    blanked = 0
    for (table,) in connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' ORDER BY name"
    ).fetchall():
        if not _OWN_TABLES.match(table):
            blanked += _blank_table(connection, table, pieces)
    return blanked


def _blank_table(connection: sqlite3.Connection, table: str, pieces: Pieces) -> int:
    columns = connection.execute(f'PRAGMA table_info("{table}")').fetchall()
    keys = [column["name"] for column in columns if column["pk"]] or ["rowid"]
    values = [column["name"] for column in columns if not column["pk"]]
    if not values:
        return 0
    chosen = ", ".join(f'"{name}"' for name in [*keys, *values])
    changed: list[tuple[list[Any], dict[str, Any]]] = []
    for row in connection.execute(f'SELECT {chosen} FROM "{table}"'):
        new = {
            name: blank
            for name, value in zip(values, tuple(row)[len(keys) :], strict=True)
            if (blank := _blanked(value, pieces)) != value
        }
        if new:
            changed.append((list(row)[: len(keys)], new))
    for place, new in changed:
        told = ", ".join(f'"{name}" = ?' for name in new)
        where = " AND ".join(f'"{name}" = ?' for name in keys)
        connection.execute(f'UPDATE "{table}" SET {told} WHERE {where}', [*new.values(), *place])
    return len(changed)


def _blanked(value: Any, pieces: Pieces) -> Any:
    """`value` as a column holds it, without the text."""
    if isinstance(value, bytes):
        text = value.decode("utf-8", "replace")
        blank = _blanked(text, pieces)
        return value if blank == text else blank.encode()
    if not isinstance(value, str) or len(value) < FEWEST_CHARS:
        return value
    if value[0] in "{[":
        try:
            read = json.loads(value)
        except (ValueError, RecursionError):
            read = None
        if isinstance(read, dict | list):
            blank = _walked(read, pieces)
            return value if blank == read else json.dumps(blank, ensure_ascii=False)
    return TAKEN_DOWN if pieces.are_in(value) else value


def _walked(value: Any, pieces: Pieces) -> Any:
    if isinstance(value, dict):
        return {key: _walked(item, pieces) for key, item in value.items()}
    if isinstance(value, list):
        return [_walked(item, pieces) for item in value]
    return _blanked(value, pieces)
