"""What the quote tagger sees of a token: its word, its letters, its shape, its place."""

from __future__ import annotations

import re
import zlib

from bot.extract.quote_tokens import Tokens

__all__ = ["NGRAM_BUCKETS", "PLACES", "SHAPES", "ngrams_of", "place_of", "shape_of", "word_key"]

NGRAM_BUCKETS = 8192
"""Rows of the letter-group table: enough that groups of letters seldom share one."""

NGRAM_MAX_LETTERS = 18
"""Letters of a word that are looked at; what lies behind tells nothing more."""

SHAPES = 12
PLACES = 5

_DIGITS = re.compile(r"\d")
_STRAIGHT = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "—"})


def word_key(word: str) -> str:
    """The form under which a word is looked up: small letters, straight marks, 0 for digits."""
    return _DIGITS.sub("0", word.translate(_STRAIGHT).lower())


def ngrams_of(word: str) -> list[int]:
    """Rows of the letter-group table for `word`: its groups of three and four, and its ends."""
    form = f"<{word_key(word)[:NGRAM_MAX_LETTERS]}>"
    groups = {form[i : i + n] for n in (3, 4) for i in range(max(1, len(form) - n + 1))}
    groups.add("$" + form[-3:])
    return sorted(zlib.crc32(g.encode("utf-8", "replace")) % NGRAM_BUCKETS for g in groups)


def shape_of(word: str) -> int:
    """The shape of a word, as a number below `SHAPES`."""
    first = word[0]
    if first == "@":
        return 9
    if first.isdigit():
        return 1
    if first in "'’" and len(word) > 1 and word[1:].isalpha():
        return 2
    if not first.isalnum():
        return 3 if first in ".!?" else 4 if first in ",;:" else 5
    if word.isupper():
        return 6 if len(word.replace(".", "")) > 1 else 7
    if first.isupper():
        return 8 if word[1:].islower() or len(word) == 1 else 10
    return 11 if word.islower() else 0


def place_of(number: int, count: int, tokens: Tokens) -> int:
    """Where a paragraph stands: 0 headline, 1 the first two, 2 a line, 3 the last, 4 others."""
    if number == 0:
        return 0
    if number <= 2:
        return 1
    if len(tokens) < 8:
        return 2
    return 3 if number == count - 1 else 4
