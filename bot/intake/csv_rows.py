"""CSV files as articles: a row each, the fields by the names in the first line."""

from __future__ import annotations

import csv
import io
import re
from collections.abc import Iterator
from typing import IO

from bot.errors import IntakeError
from bot.intake import limits
from bot.intake.encodings import find_bom
from bot.intake.records import read_record
from bot.intake.rows import Row
from bot.intake.streams import Within, buffered
from bot.locales.said import say

_LOOK_BYTES = 1 << 16
_SEPARATORS = ",;\t|"

_NAMES = {
    "text": "text body content article full_text fulltext article_text maintext",
    "title": "title headline heading",
    "published": "published date published_at publishedat pub_date pubdate publish_date "
    "publication_date date_published datepublished day",
    "source": "source outlet publisher publication site newspaper source_name",
    "author": "author authors byline by",
    "url": "url link address canonical_url",
    "section": "section category categories rubric",
    "standfirst": "standfirst subtitle deck description summary",
    "id": "id article_id guid uid",
}
"""What our fields are called in other people's tables; the first that a table has is taken."""


def read_csv(stream: IO[bytes]) -> Iterator[Row]:
    """The articles of a .csv or .tsv file, in its order; `line` is where a row begins.

    The first line names the columns, one of which must be the text. A text is taken as given.
    """
    look = stream.read(_LOOK_BYTES)
    stream.seek(0)
    csv.field_size_limit(limits.ROW_BYTES)  # the module's own bound, the same for all readers
    with io.TextIOWrapper(
        buffered(Within(stream)), _encoding(look), "surrogateescape", newline=""
    ) as lines:
        try:
            yield from _read_rows(csv.reader(_bounded(lines), delimiter=_separator(look)))
        except UnicodeError:
            yield Row(None, fault=say("The file's encoding breaks off; the rest is left out."))


def _bounded(lines: io.TextIOWrapper) -> Iterator[str]:
    """The lines of a table. Raises csv.Error for one that is too long for any row."""
    while line := lines.readline(limits.ROW_BYTES + 1):
        if len(line) > limits.ROW_BYTES:
            raise csv.Error("line too long")
        yield line


def _encoding(look: bytes) -> str:
    """UTF-8, or what the byte order mark says; else Windows-1252, as Excel writes it."""
    if bom := find_bom(look):
        return bom
    try:
        look.decode("utf-8")
    except UnicodeDecodeError as error:
        # A character that the look cuts in two is none against UTF-8.
        return "utf-8" if error.start >= len(look) - 3 else "cp1252"
    return "utf-8"


def _separator(look: bytes) -> str:
    """The separator that stands most often in the first line."""
    first = look.split(b"\n", 1)[0].decode("latin-1").replace("\0", "")
    bare = re.sub(r'"[^"]*"', "", first)
    return max(_SEPARATORS, key=bare.count)


def _read_rows(table: Iterator[list[str]]) -> Iterator[Row]:
    try:
        head = next((row for row in table if any(cell.strip() for cell in row)), None)
    except csv.Error:
        yield Row(None, fault=say("The first line, which should name the columns, is too long."))
        return
    if head is None:
        yield Row(None, fault=say("The file is empty."))
        return
    columns = _columns(head)
    if "text" not in columns:
        shown = ", ".join(cell.strip()[:30] or "(no name)" for cell in head[:8])
        yield Row(
            None,
            fault=say(
                'The first line must name the columns, one of them "text"; it names {names}.',
                names=shown,
            ),
        )
        return
    found = 0
    while True:
        line = getattr(table, "line_num", 0) + 1
        try:
            row = next(table)
        except StopIteration:
            break
        except csv.Error:
            yield Row(
                line,
                fault=say(
                    "A field from here on is longer than {n} MB; most likely a quotation mark is "
                    "not closed. The rest is left out.",
                    n=limits.ROW_BYTES // 2**20,
                ),
            )
            return
        if not any(cell.strip() for cell in row):
            continue
        found += 1
        try:
            cells = {name: row[n] for name, n in columns.items() if n < len(row)}
            yield Row(line, read_record(cells, line=line))
        except IntakeError as error:
            yield Row(line, fault=error.reason)
    if not found:
        yield Row(None, fault=say("The file has a first line, but no article."))


def _columns(head: list[str]) -> dict[str, int]:
    """The column of each of our fields that the table has."""
    names = [re.sub(r"\W+", "_", cell.strip().lower()).strip("_") for cell in head]
    found: dict[str, int] = {}
    for field, others in _NAMES.items():
        for name in others.split():
            if name in names:
                found[field] = names.index(name)
                break
    return found
