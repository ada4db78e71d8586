"""PDF files as articles: the lines of their pages joined to paragraphs again."""

from __future__ import annotations

import io
import logging
import re
import struct
import time
import zlib
from collections import Counter
from collections.abc import Sequence
from typing import TYPE_CHECKING

from bot.errors import IntakeError
from bot.intake import limits
from bot.intake.pastes import read_paste
from bot.locales import N_
from bot.locales.said import say
from bot.model import Draft
from bot.text.ordinary import ordinary_words

if TYPE_CHECKING:
    from pypdf import PageObject

PATIENCE_SECONDS = 30.0
"""A PDF of two hundred pages takes some ten seconds."""

_LETTERS = 40
"""With fewer letters, what a PDF holds is pictures of pages, a stamp on them at most."""

_FULL_SHARE = 0.9
"""A line shorter than this share of the page's full ones may be the last of its paragraph."""

_SHORT_SHARE = 0.7
"""A line without a stop that is shorter than this share is a headline."""

_SHORT_PAGE_LINES = 8

_PREFIXES = frozenset("self ex non anti vice half cross mid well so all co".split())
"""Before a hyphen these keep it."""

_ENDED = re.compile(r"[.!?:…][\"'”’)»]*$")
_PAGE_NUMBER = re.compile(r"\W*(?:page |p\. ?)?\d{1,4}(?: ?(?:/|of) ?\d{1,4})?\W*$", re.IGNORECASE)
_PARSER_ERRORS = (
    ValueError,
    TypeError,
    AttributeError,
    LookupError,
    RecursionError,
    ArithmeticError,
    AssertionError,
    NotImplementedError,
    EOFError,
    OSError,
    struct.error,
    zlib.error,
)
"""What a parser of a stranger's file may stumble over."""

_STREAM_BYTES = 4_000_000
"""The drawing of a page may unpack to so many bytes; with its text it takes some ten thousand."""

_TOO_LARGE = N_("The PDF unpacks to far more than its pages should. Paste its text.")
_BROKEN = N_("The PDF is broken and cannot be read.")
_LOCKED = N_("The PDF is protected by a password. Send it without one, or paste its text.")
_SCANNED = N_("The PDF holds no text, only pictures of pages. Send the text itself.")


def read_pdf(data: bytes) -> Draft:
    """The article in a PDF, as if its text had been pasted.

    Lines are joined to paragraphs, words that a line's end divides are made whole, and what
    stands at the head or foot of each page is left out. Raises IntakeError for a file that is
    broken, protected, too long, or without text.
    """
    text = join_pages(_pages(data))
    if sum(char.isalpha() for char in text[:5000]) < _LETTERS:
        raise IntakeError(say(_SCANNED))
    return read_paste(text)


def _pages(data: bytes) -> list[str]:
    """The text of each page, a line as the page prints it."""
    import pypdf
    from pypdf.errors import (
        DependencyError,
        FileNotDecryptedError,
        LimitReachedError,
        PyPdfError,
    )

    logging.getLogger("pypdf").setLevel(logging.CRITICAL)  # it tells each oddity of a file
    try:
        with pypdf.apply_configuration(
            zlib_maximum_output_length=_STREAM_BYTES,
            lzw_maximum_output_length=_STREAM_BYTES,
            run_length_maximum_output_length=_STREAM_BYTES,
            array_based_stream_maximum_output_length=_STREAM_BYTES,
            stream_decoding_work_maximum_length=8 * _STREAM_BYTES,
        ):
            reader = pypdf.PdfReader(io.BytesIO(data), strict=False)
            if reader.is_encrypted and not reader.decrypt(""):
                raise IntakeError(say(_LOCKED))
            return _texts(reader.pages)
    except LimitReachedError as error:
        raise IntakeError(say(_TOO_LARGE)) from error
    except (DependencyError, FileNotDecryptedError) as error:
        raise IntakeError(say(_LOCKED)) from error
    except (PyPdfError, *_PARSER_ERRORS) as error:
        raise IntakeError(say(_BROKEN)) from error


def _texts(pages: Sequence[PageObject]) -> list[str]:
    if len(pages) > limits.PDF_PAGES:
        raise IntakeError(
            say(
                "The PDF has {n} pages; up to {most} are read. Send the pages of the article "
                "alone.",
                n=len(pages),
                most=limits.PDF_PAGES,
            )
        )
    give_up = time.monotonic() + PATIENCE_SECONDS
    texts: list[str] = []
    chars = 0
    for page in pages:
        texts.append(page.extract_text() or "")
        chars += len(texts[-1])
        if chars > limits.ARTICLE_CHARS:
            raise IntakeError(say("The PDF has more than {n} characters.", n=limits.ARTICLE_CHARS))
        if time.monotonic() > give_up:
            raise IntakeError(say("The PDF takes too long to read. Paste its text."))
    return texts


def join_pages(pages: Sequence[str]) -> str:
    """The text of printed pages: paragraphs, a blank line apart, without running heads."""
    split = [[_clean(line) for line in page.splitlines()] for page in pages]
    running = _running_heads(split)
    lines: list[str] = []
    for page in split:
        kept = _without_furniture(page, running, is_numbered=len(pages) > 1)
        while lines and not lines[-1] and kept:  # a paragraph may go on over the page
            lines.pop()
        lines += kept
    lengths = sorted(len(line) for line in lines if line)
    full = lengths[-1 - len(lengths) // 20] if lengths else 0  # a few may stick out
    paragraphs: list[str] = []
    last = ""
    for line in lines:
        if not line:
            last = ""
            continue
        if paragraphs and last and not _ends(last, line, full):
            paragraphs[-1] = _joined(paragraphs[-1], line)
        else:
            paragraphs.append(line)
        last = line
    return "\n\n".join(paragraphs)


def _clean(line: str) -> str:
    line = "".join(c if c.isprintable() or c == "\xad" else " " for c in line)
    return " ".join(line.split()).encode("utf-8", "ignore").decode()


def _running_heads(pages: Sequence[Sequence[str]]) -> frozenset[str]:
    """What stands, numbers aside, at the head or foot of at least half of three or more pages."""
    count: Counter[str] = Counter()
    for page in pages:
        count.update({_without_numbers(page[place]) for place in _edges(page)})
    least = max(3, len(pages) / 2)
    return frozenset(line for line, times in count.items() if times >= least)


def _edges(page: Sequence[str]) -> set[int]:
    """Where the lines stand that may be a page's head or foot: two at each end, of a short page
    one."""
    places = [n for n, line in enumerate(page) if line]
    reach = 2 if len(places) > _SHORT_PAGE_LINES else 1
    return {*places[:reach], *places[-reach:]}


def _without_numbers(line: str) -> str:
    return re.sub(r"\d+", "#", line)


def _without_furniture(
    page: Sequence[str], running: frozenset[str], *, is_numbered: bool
) -> list[str]:
    """The lines of a page without running heads and its number."""
    out = {n for n in _edges(page) if _without_numbers(page[n]) in running}
    if is_numbered:
        out |= {n for n in _edges(page) if _PAGE_NUMBER.match(page[n])}
    return [line for n, line in enumerate(page) if n not in out]


def _ends(last: str, line: str, full: int) -> bool:
    """Whether a paragraph ends with the line `last`, so that `line` begins another."""
    if len(last) >= _FULL_SHARE * full:
        return False
    if _ENDED.search(last):
        return True
    # A short line without a stop is a headline, unless the next one goes on in small letters.
    return not line[:1].islower() and len(last) < _SHORT_SHARE * full


def _joined(text: str, line: str) -> str:
    """`text` and the line after it; a word that the line's end divides is made whole."""
    if text.endswith("\xad"):
        return text[:-1] + line
    head, tail = re.search(r"([^\W\d_]+)-$", text), re.match(r"[^\W\d_]+", line)
    if not head or not tail or not tail.group()[0].islower():
        return f"{text} {line}" if not re.search(r"\w-$", text) else text + line
    whole = (head.group(1) + tail.group()).lower()
    parts = head.group(1).lower(), tail.group().lower()
    known = ordinary_words()
    # "well-" and "known" are words by themselves, "govern-" and "ment" are not both.
    if parts[0] in _PREFIXES or (whole not in known and all(part in known for part in parts)):
        return text + line
    return text[:-1] + line
