"""How much is taken in: the bounds of an article, a page and a row."""

from __future__ import annotations

from bot.errors import IntakeError

ARTICLE_CHARS = 1_000_000
"""A longer article is refused: the longest of news are below a tenth of it."""

PAGE_BYTES = 200 * 1024 * 1024
"""A page or file that must be read whole may unpack to so many bytes."""

ROW_BYTES = 5 * 1024 * 1024
"""A row of a .jsonl file may be so long: the longest article fits, markup and all."""


def check_text(text: str, *, line: int | None = None) -> None:
    """Raise IntakeError unless `text` can be stored as an article's text.

    Refused are a text without a letter or digit, one that is too long, one with NUL characters
    (the mark of a binary file) or lone surrogates (which cannot be written as UTF-8).
    """
    if not text.strip():
        raise IntakeError("The article has no text.", line=line)
    if len(text) > ARTICLE_CHARS:
        raise IntakeError(
            f"The article has {len(text):,} characters; more than {ARTICLE_CHARS:,} are refused.",
            line=line,
        )
    if "\0" in text:
        raise IntakeError("The text holds NUL characters, so it is no article.", line=line)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise IntakeError(
            f"The text holds half a character (a lone surrogate) at position {error.start:,}.",
            line=line,
        ) from error
    if not any(char.isalnum() for char in text[:2000]) and not any(map(str.isalnum, text)):
        raise IntakeError("The text holds no word.", line=line)
