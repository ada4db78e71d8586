"""One pattern that finds the words that a date can begin with."""

from __future__ import annotations

import re
from collections.abc import Iterable
from typing import Any


def compile_trigger(words: Iterable[str]) -> re.Pattern[str]:
    """A pattern for any of `words` (lower case) as a whole word, and for any run of digits.

    Words that begin alike share their beginning in the pattern, so that most words of a text are
    turned away at their first letters; asking a table about each word takes three times as long.
    """
    tree: dict[str, Any] = {}
    for word in words:
        node = tree
        for letter in word:
            node = node.setdefault(letter, {})
        node[""] = {}
    return re.compile(rf"(?<![^\W_])(?:\d+|{_branch(tree)}(?![^\W\d_]))")


def _branch(node: dict[str, Any]) -> str:
    """The pattern of all that follows in `node`; the empty key marks the end of a word."""
    parts = [re.escape(letter) + _branch(rest) for letter, rest in sorted(node.items()) if letter]
    if not parts:
        return ""
    return f"(?:{'|'.join(parts)})" + ("?" if "" in node else "")
