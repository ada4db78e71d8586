"""Files as articles: by their ending and content, packed or not, a row at a time."""

from __future__ import annotations

import gzip
import io
import json
import os
import re
import zlib
from collections.abc import Iterator
from pathlib import Path
from typing import IO, cast

from bot.errors import IntakeError
from bot.intake import limits
from bot.intake.archives import is_hidden, read_zip
from bot.intake.csv_rows import read_csv
from bot.intake.encodings import decode, is_binary
from bot.intake.json_rows import read_json, read_rows
from bot.intake.pastes import read_paste
from bot.intake.rows import Kind, Parser, Row
from bot.locales import N_
from bot.locales.said import say
from bot.model import Draft

__all__ = [
    "Kind",
    "Parser",
    "Row",
    "find_files",
    "open_file",
    "parse_whole",
    "read_path",
    "read_source",
    "read_stream",
]

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
    ".csv": "table",
    ".tsv": "table",
    ".pdf": "pdf",
    ".docx": "docx",
    ".zip": "zip",
}
_REFUSED = re.compile(
    r"\.(?:doc|docm|dotm?|odt|rtf|epub|tar|tgz|7z|rar|xz|bz2|zst|png|jpe?g|gif|webp|heic|svg|mp3|mp4"
    r"|mov|wav|pptx?|pptm|xlsx?|xlsm|ods|db|sqlite3?|exe|dll|so|js|css)$"
)
_MACROS = (".docm", ".dotm", ".xlsm", ".pptm")
_GZIP_MARK = b"\x1f\x8b"
_ZIP_MARKS = (b"PK\x03\x04", b"PK\x05\x06")
_OLE_MARK = b"\xd0\xcf\x11\xe0\xa1\xb1\x1a\xe1"
_GZIP_ERRORS = (gzip.BadGzipFile, EOFError, zlib.error)
_CHUNK_BYTES = 1 << 20
_LOOK_BYTES = 8192
"""So much of a file tells what it is, where its ending does not or is wrong."""


def parse_whole(kind: Kind, data: bytes) -> Draft:
    """The article in a web page, PDF or Word document. Raises IntakeError."""
    if kind == "pdf":
        from bot.intake.pdfs import read_pdf

        return read_pdf(data)
    if kind == "docx":
        from bot.intake.documents import read_docx

        return read_docx(data)
    from bot.intake.pages import read_page

    return read_page(data)


def find_files(folder: Path) -> Iterator[Path]:
    """The files in `folder` and the folders in it, in order of their names; hidden ones and
    links are passed over."""
    for where, folders, names in os.walk(folder):
        folders[:] = sorted(name for name in folders if not is_hidden(name))
        for name in sorted(names):
            path = Path(where, name)
            if not is_hidden(name) and not path.is_symlink():
                yield path


def read_path(path: Path, parse: Parser = parse_whole) -> Iterator[Row]:
    """The articles in the file at `path`, in its order; only one row is in memory at a time.

    `parse` reads pages, PDF and Word documents, perhaps in a process of its own. Never raises for
    what the file is or holds: a fault is a row, and the rows after it follow.
    """
    stream = open_file(path)
    if isinstance(stream, str):
        yield Row(None, fault=stream)
        return
    with stream:
        yield from read_stream(path.name, stream, parse)


def open_file(path: Path) -> IO[bytes] | str:
    """The file at `path`, to be read; or a sentence that says why it cannot be."""
    try:
        return path.open("rb")
    except FileNotFoundError:
        return say("There is no such file.")
    except IsADirectoryError:
        return say("This is a folder, not a file.")
    except (OSError, ValueError) as error:
        return say("The file cannot be opened ({why}).", why=_reason(error))


def read_source(name: str, data: bytes, parse: Parser = parse_whole) -> Iterator[Row]:
    """The articles in a file called `name` whose content is `data`, in its order.

    The name's ending tells what it is (.txt .md .html .json .jsonl .csv .pdf .docx .zip, each
    also .gz); without one, or where it is wrong, its content does.
    """
    yield from read_stream(name, io.BytesIO(data), parse)


def read_stream(name: str, stream: IO[bytes], parse: Parser = parse_whole) -> Iterator[Row]:
    """The articles in a file called `name` that is open as `stream`, as `read_source` does."""
    try:
        yield from _read_stream(name, stream, parse)
    except OSError as error:
        yield Row(None, fault=say("The file cannot be read ({why}).", why=_reason(error)))


def _reason(error: Exception) -> str:
    return getattr(error, "strerror", None) or str(error)


def _read_stream(
    name: str, stream: IO[bytes], parse: Parser, *, inside: bool = False
) -> Iterator[Row]:
    endings = [ending.lower() for ending in Path(name).suffixes[-2:]]
    start = stream.read(2)
    stream.seek(0)
    if not start:
        yield Row(None, fault=say("The file is empty."))
        return
    is_packed = start == _GZIP_MARK
    if endings and endings[-1] in (".gz", ".gzip"):
        endings.pop()
        if not is_packed:
            yield Row(None, fault=say("The file ends in .gz but is no gzip file."))
            return
    if is_packed:
        stream = cast(IO[bytes], gzip.GzipFile(fileobj=stream))
    ending = endings[-1] if endings else ""
    if _REFUSED.match(ending):
        yield Row(None, fault=_why_refused(ending))
        return
    read_one = False
    try:
        for row in _read_unpacked(ending, stream, parse, is_packed=is_packed, inside=inside):
            yield row
            read_one = True
    except _GZIP_ERRORS:
        fault = say("The gzip file is broken.")
        if read_one:
            fault = say("The gzip file is broken; what came before the break was read.")
        yield Row(None, fault=fault)


def _why_refused(ending: str) -> str:
    if ending in _MACROS:
        return say("This document may hold macros. Save it without them (.docx) and send that.")
    if ending == ".doc":
        return say("Files of the kind .doc cannot be read. Save it as .docx and send that.")
    return say("Files of the kind {ending} cannot be read.", ending=ending)


def _read_unpacked(
    ending: str, stream: IO[bytes], parse: Parser, *, is_packed: bool, inside: bool
) -> Iterator[Row]:
    look = stream.read(_LOOK_BYTES)
    stream.seek(0)
    kind = _KINDS.get(ending)
    try:
        kind = _kind_by_content(look, ending, kind)
        if kind == "rows":
            yield from read_rows(stream)
        elif kind == "table":
            yield from read_csv(stream)
        elif kind == "zip":
            yield from _read_archive(stream, parse, is_packed=is_packed, inside=inside)
        elif kind == "json":
            yield from read_json(_read_whole(stream, limits.JSON_BYTES))
        elif kind == "text":
            text = decode(
                _read_whole(stream, limits.TEXT_BYTES, say(_LONG_TEXT, n=limits.ARTICLE_CHARS))
            )
            yield Row(None, read_paste(text))
        else:
            most = limits.PAGE_BYTES if kind == "page" else limits.DOCUMENT_BYTES
            yield Row(None, parse(cast(Kind, kind), _read_whole(stream, most)))
    except IntakeError as error:
        yield Row(error.line, fault=error.reason)


_LONG_TEXT = N_("An article of more than {n} characters is refused.")


def _kind_by_content(look: bytes, ending: str, kind: str | None) -> str:
    """What the file is: by its ending, where its first bytes do not say otherwise.

    Raises IntakeError for one that is nothing we read.
    """
    if look.startswith(_ZIP_MARKS):
        return "docx" if kind == "docx" or b"word/" in look else "zip"
    if b"%PDF-" in look[:1024]:
        return "pdf"
    if look.startswith(_OLE_MARK):
        raise IntakeError(
            say(
                "This is an old Office file, or one protected by a password. Save it as .docx "
                "without one, or paste its text."
            )
        )
    if kind in ("pdf", "docx", "zip"):
        raise IntakeError(say("The file ends in {ending}, but is something else.", ending=ending))
    if is_binary(look):
        raise IntakeError(say("This is a binary file, not text."))
    return kind or _guess(look)


def _read_archive(
    stream: IO[bytes], parse: Parser, *, is_packed: bool, inside: bool
) -> Iterator[Row]:
    if inside:
        raise IntakeError(say("An archive inside an archive is not opened."))
    if is_packed:  # its list of files stands at the end, so it must be there whole
        stream = io.BytesIO(_read_whole(stream, limits.PACKED_BYTES))

    def read_member(name: str, member: IO[bytes]) -> Iterator[Row]:
        return _read_stream(name, member, parse, inside=True)

    yield from read_zip(stream, read_member)


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


def _read_whole(stream: IO[bytes], most: int, too_large: str | None = None) -> bytes:
    parts: list[bytes] = []
    size = 0
    while chunk := stream.read(_CHUNK_BYTES):
        parts.append(chunk)
        size += len(chunk)
        if size > most:
            raise IntakeError(too_large or say("The file is larger than {n} MB.", n=most // 2**20))
    data = b"".join(parts)
    if not data.strip():
        raise IntakeError(say("The file is empty."))
    return data
