"""Reads the word tables that stand as plain text in the code."""

from __future__ import annotations


def word_set(text: str) -> frozenset[str]:
    """The words of `text`, which stand between white space."""
    return frozenset(text.split())


def phrase_set(text: str) -> frozenset[str]:
    """The phrases of `text`, which stand between commas, white space evened."""
    parts = (" ".join(part.split()) for part in text.split(","))
    return frozenset(part for part in parts if part)
