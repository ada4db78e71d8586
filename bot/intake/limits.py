"""How much is taken in: the bounds of an article, a page and a row."""

from __future__ import annotations

from bot.errors import IntakeError
from bot.locales.said import say

ARTICLE_CHARS = 1_000_000
"""A longer article is refused: the longest of news are below a tenth of it."""

TEXT_BYTES = 4 * ARTICLE_CHARS
"""A text file holds one article, whose characters have up to four bytes."""

PAGE_BYTES = 25 * 2**20
"""A web page may be so large; the largest of news have a few megabytes."""

JSON_BYTES = 64 * 2**20
"""A .json file must be read whole, and takes some three times its size then."""

OBJECT_BYTES = 8 * 2**20
"""One JSON object may be so large: made of empty lists it takes twenty times its size."""

STRANGE_ITEMS = 100
"""After so many items in a row that are no objects, a list is none of articles."""

DOCUMENT_BYTES = 50 * 2**20
"""A PDF or Word document may be so large, a Word document's text so large unpacked."""

PACKED_BYTES = 200 * 2**20
"""An archive that is itself packed (.zip.gz) may unpack to so many bytes."""

PDF_PAGES = 200
"""A longer PDF is a book or a report; its reading would take minutes."""

MEMBERS = 100_000
"""An archive may hold so many files; each takes a kilobyte when it is opened."""

MEMBER_BYTES = 2 * 2**30
"""All files of an archive together may unpack to so many bytes."""

PACKED_RATIO = 150
"""What packs better than this, and unpacks to more than a few megabytes, is a bomb: text packs
to a fifth, rows that are much alike to a fiftieth."""

RATIO_FROM_BYTES = 5 * 2**20

ROW_BYTES = 5 * 1024 * 1024
"""A row of a .jsonl or .csv file may be so long: the longest article fits, markup and all."""


def check_text(text: str, *, line: int | None = None) -> None:
    """Raise IntakeError unless `text` can be stored as an article's text.

    Refused are a text without a letter or digit, one that is too long, one with NUL characters
    (the mark of a binary file) or lone surrogates (which cannot be written as UTF-8).
    """
    if not text.strip():
        raise IntakeError(say("The article has no text."), line=line)
    if len(text) > ARTICLE_CHARS:
        raise IntakeError(
            say(
                "The article has {n} characters; more than {most} are refused.",
                n=len(text),
                most=ARTICLE_CHARS,
            ),
            line=line,
        )
    if "\0" in text:
        raise IntakeError(say("The text holds NUL characters, so it is no article."), line=line)
    try:
        text.encode("utf-8")
    except UnicodeEncodeError as error:
        raise IntakeError(
            say(
                "The text holds half a character (a lone surrogate) at position {place}.",
                place=error.start,
            ),
            line=line,
        ) from error
    if not any(char.isalnum() for char in text[:2000]) and not any(map(str.isalnum, text)):
        raise IntakeError(say("The text holds no word."), line=line)
