"""Words that stand for one another in questions and in news sentences.

Each line of families.txt is one family: whoever asks with one of its words may be answered by a
sentence with another. Families are about the work and the subjects of news (saying, agreeing,
voting, paying, …), never about one story. Words are given as people write them and compared by
their stems; a word may be in several families, and what is near in one is not near in another.
"""

from __future__ import annotations

from functools import lru_cache
from importlib import resources

from bot.text.words import term_of


def families() -> list[list[str]]:
    """The families, each a list of words; families.txt holds one a line, under headings."""
    table = resources.files("bot.answer").joinpath("families.txt")
    lines = table.read_text(encoding="utf-8").splitlines()
    return [line.split() for line in lines if not line.startswith("#")]


@lru_cache(maxsize=1)
def _relatives() -> dict[str, frozenset[str]]:
    found: dict[str, set[str]] = {}
    for words in families():
        terms = {term_of(word) for word in words}
        for term in terms:
            found.setdefault(term, set()).update(terms - {term})
    return {term: frozenset(others) for term, others in found.items()}


def relatives_of(term: str) -> frozenset[str]:
    """The terms of the same families as `term`, itself left out."""
    return _relatives().get(term, frozenset())
