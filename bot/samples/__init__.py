"""The sample news: articles of our own writing that the demo store and the tests are filled with.

Outlets, people, towns and companies are invented. The few real people in it are described
only, or quoted with a few words that they are on record with.
"""

from __future__ import annotations

from pathlib import Path

__all__ = ["sample_articles"]

_ARTICLES = Path(__file__).with_name("articles.jsonl")


def sample_articles() -> Path:
    """The JSON Lines file of the sample articles, oldest first, ready to be added to a store."""
    return _ARTICLES
