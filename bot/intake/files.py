"""Files as articles: by their ending, packed or not, a row at a time where they have rows."""

from __future__ import annotations

import gzip
import io
import json
import re
import zlib
from collections.abc import Iterator
from dataclasses import dataclass
from pathlib import Path
from typing import IO, cast

from bot.errors import IntakeError
from bot.intake.encodings import decode, find_bom, is_binary
from bot.intake.limits import ARTICLE_CHARS, PAGE_BYTES, ROW_BYTES
from bot.intake.pastes import read_paste
from bot.intake.records import read_record
from bot.model import Draft

_KINDS = {
    ".txt": "text",
    ".text": "text",
    ".md": "text",
    ".markdown": "text",
    ".html": "page",
    ".htm": "page",
    ".xhtml": "page",
    ".json": "json",
    ".jsonl": "rows",
    ".ndjson": "rows",
}
_REFUSED = re.compile(
    r"\.(?:pdf|docx?|odt|rtf|epub|zip|tar|7z|rar|xz|bz2|png|jpe?g|gif|webp|mp3|mp4|mov|xlsx?|csv|db"
    r"|sqlite3?|exe)$"
)
_GZIP_MARK = b"\x1f\x8b"
_GZIP_ERRORS = (gzip.BadGzipFile, EOFError, zlib.error)
_CHUNK_BYTES = 1 << 20
_LOOK_BYTES = 8192
"""So much of a file without a known ending tells what it is."""


@dataclass(frozen=True, slots=True)
class Row:
    """One article of a file, or why it could not be read.

    `line` counts from 1, in lines for .jsonl and in items for a list in .json; it is None where
    the file is one article.
    """

    line: int | None
    draft: Draft | None = None
    fault: str | None = None


def read_path(path: Path) -> Iterator[Row]:
    """The articles in the file at `path`, in its order; only one row is in memory at a time.

    Never raises for what the file is or holds: a fault is a row, and the rows after it follow.
    """
    try:
        stream = path.open("rb")
    except FileNotFoundError:
        yield Row(None, fault="There is no such file.")
        return
    except IsADirectoryError:
        yield Row(None, fault="This is a folder, not a file.")
        return
    except (OSError, ValueError) as error:
        yield Row(None, fault=f"The file cannot be opened ({_reason(error)}).")
        return
    with stream:
        try:
            yield from _read_stream(path.name, stream)
        except OSError as error:
            yield Row(None, fault=f"The file cannot be read ({_reason(error)}).")


def read_source(name: str, data: bytes) -> Iterator[Row]:
    """The articles in a file called `name` whose content is `data`, in its order.

    The name's ending tells what it is (.txt .md .html .htm .json .jsonl, each also .gz); without
    one its content does.
    """
    yield from _read_stream(name, io.BytesIO(data))


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def _read_stream(name: str, stream: IO[bytes]) -> Iterator[Row]:
    endings = [ending.lower() for ending in Path(name).suffixes[-2:]]
    start = stream.read(2)
    stream.seek(0)
    if not start:
        yield Row(None, fault="The file is empty.")
        return
    if endings and endings[-1] in (".gz", ".gzip"):
        endings.pop()
        if start != _GZIP_MARK:
            yield Row(None, fault="The file ends in .gz but is no gzip file.")
            return
    if start == _GZIP_MARK:
        stream = cast(IO[bytes], gzip.GzipFile(fileobj=stream))
    ending = endings[-1] if endings else ""
    if _REFUSED.match(ending):
        yield Row(None, fault=f"Files of the kind {ending} cannot be read.")
        return
    try:
        yield from _read_unpacked(ending, stream)
    except _GZIP_ERRORS:
        yield Row(None, fault="The gzip file is broken; what came before the break was read.")


def _read_unpacked(ending: str, stream: IO[bytes]) -> Iterator[Row]:
    look = stream.read(_LOOK_BYTES)
    stream.seek(0)
    if is_binary(look):
        yield Row(None, fault="This is a binary file, not text.")
        return
    kind = _KINDS.get(ending) or _guess(look)
    if kind == "rows":
        yield from _read_rows(stream)
        return
    try:
        data = _read_whole(stream)
        if kind == "json":
            yield from _read_json(data)
        elif kind == "page":
            from bot.intake.pages import read_page

            yield Row(None, read_page(data))
        else:
            if len(data) > 4 * ARTICLE_CHARS:
                raise IntakeError(
                    f"An article of more than {ARTICLE_CHARS:,} characters is refused."
                )
            yield Row(None, read_paste(decode(data)))
    except IntakeError as error:
        yield Row(error.line, fault=error.reason)


def _guess(look: bytes) -> str:
    """What a file without a known ending is, from how it begins."""
    start = look.lstrip(b"\xef\xbb\xbf \t\r\n")[:2000].lower()
    if start.startswith((b"<!doctype html", b"<html", b"<head", b"<body")) or b"<html" in start:
        return "page"
    if start.startswith(b"["):
        try:
            json.loads(look)
        except ValueError:
            return "json" if start.startswith((b"[{", b"[\n", b"[ ")) else "text"
        return "json"
    if start.startswith(b"{"):
        first = look.strip().splitlines()[0].strip()
        return "json" if first in (b"{", b"{}") else "rows"
    return "text"


def _read_whole(stream: IO[bytes]) -> bytes:
    parts: list[bytes] = []
    size = 0
    while chunk := stream.read(_CHUNK_BYTES):
        parts.append(chunk)
        size += len(chunk)
        if size > PAGE_BYTES:
            raise IntakeError(f"The file is larger than {PAGE_BYTES // 2**20} MB when unpacked.")
    data = b"".join(parts)
    if not data.strip():
        raise IntakeError("The file is empty.")
    return data


# ------------------------------------------------------------------------------------ JSON
def _read_json(data: bytes) -> Iterator[Row]:
    """The articles of a .json file: one object, a list of them, or a list under "articles"."""
    try:
        value = _parse(decode(data))
    except IntakeError as error:
        if b"\n" in data.strip() and data.lstrip()[:1] == b"{" and b"}\n" in data:
            rows = list(_read_rows(io.BytesIO(data)))
            if any(row.draft for row in rows):
                yield from rows
                return
        yield Row(None, fault=error.reason)
        return
    if isinstance(value, dict) and "text" not in value and isinstance(value.get("articles"), list):
        value = value["articles"]
    if not isinstance(value, list):
        yield _row(value, None)
        return
    if not value:
        yield Row(None, fault="The list holds no article.")
    for number, item in enumerate(value, start=1):
        yield _row(item, number)


def _read_rows(stream: IO[bytes]) -> Iterator[Row]:
    """The articles of a .jsonl file, a line each; blank lines are passed over."""
    first = stream.readline(ROW_BYTES + 1)
    bom = find_bom(first)
    lines = _lines(first, stream)
    if bom and bom != "utf-8-sig":
        text = io.TextIOWrapper(io.BytesIO(first + _read_whole_after(stream)), encoding=bom)
        try:
            lines = iter([line.encode("utf-8") for line in text])
        except UnicodeError:
            yield Row(None, fault=f"The file says that it is {bom.upper()}, but it is not.")
            return
    found = 0
    idle_bytes = 0
    for number, line in enumerate(lines, start=1):
        if line is None:
            found += 1
            idle_bytes = 0
            yield Row(number, fault=f"The row is longer than {ROW_BYTES // 2**20} MB.")
            continue
        if not line.strip():
            idle_bytes += len(line)
            if idle_bytes > ROW_BYTES:
                yield Row(number, fault="There are only blank lines from here; they are left out.")
                return
            continue
        idle_bytes = 0
        found += 1
        try:
            value = _parse(decode(line.strip()))
        except IntakeError as error:
            yield Row(number, fault=error.reason)
            continue
        yield _row(value, number)
    if not found:
        yield Row(None, fault="The file is empty.")


def _read_whole_after(stream: IO[bytes]) -> bytes:
    parts = []
    size = 0
    while (chunk := stream.read(_CHUNK_BYTES)) and size <= PAGE_BYTES:
        parts.append(chunk)
        size += len(chunk)
    return b"".join(parts)


def _lines(first: bytes, stream: IO[bytes]) -> Iterator[bytes | None]:
    """The lines of `stream`, of which `first` is read already; None for one that is too long."""
    line = first
    while line:
        if len(line) <= ROW_BYTES:
            yield line
        else:
            skipped = len(line)
            while line and not line.endswith(b"\n") and skipped <= PAGE_BYTES:
                line = stream.readline(_CHUNK_BYTES)
                skipped += len(line)
            yield None
            if skipped > PAGE_BYTES:
                return
        line = stream.readline(ROW_BYTES + 1)


def _parse(text: str) -> object:
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise IntakeError(f"This is no JSON: {error.msg} (character {error.pos + 1}).") from error
    except (ValueError, RecursionError) as error:
        raise IntakeError(
            "This JSON cannot be read; it is nested or numbered too deep."
        ) from error


def _row(value: object, line: int | None) -> Row:
    if not isinstance(value, dict):
        return Row(line, fault="An article must be a JSON object.")
    try:
        return Row(line, read_record(value, line=line))
    except IntakeError as error:
        return Row(line, fault=error.reason)
