"""What `newsbot add` and `extract` are given: paths, folders, links, standard input, by row."""

from __future__ import annotations

import shutil
import sys
import tempfile
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path
from typing import IO, TYPE_CHECKING

if TYPE_CHECKING:
    from bot.intake.rows import Parser, Row
    from bot.newsroom import Newsroom

STDIN = "-"
_SPOOL_BYTES = 8 * 2**20  # what comes on standard input lies in a file from this size on


@dataclass(frozen=True, slots=True)
class Step:
    """A row, where it came from, and how many bytes of all sources are read by then."""

    source: str
    row: Row
    done_bytes: int = 0


@dataclass(frozen=True, slots=True)
class Source:
    """One thing to read: a file of a folder counts as one; `size` in bytes, 0 if unknown."""

    name: str
    path: Path | None = None
    size: int = 0


def list_sources(names: Sequence[str]) -> list[Source]:
    """The sources that `names` stand for: files, those in folders, links, standard input."""
    from bot.intake.files import find_files

    found: list[Source] = []
    for name in names:
        if is_link(name) or name == STDIN or not name.strip():
            found.append(Source(name))
            continue
        path = Path(name)
        if not _is_folder(path):
            found.append(Source(name, path, _size(path)))
            continue
        inside = [Source(str(file), file, _size(file)) for file in find_files(path)]
        found += inside or [Source(name, path)]
    return found


def is_link(name: str) -> bool:
    """Whether `name` is an address of the web rather than a path."""
    from bot.intake.identity import is_address

    return is_address(name)


def read_sources(
    sources: Sequence[Source], parse: Parser, newsroom: Newsroom | None = None
) -> Iterator[Step]:
    """The rows of `sources`, one after another; `newsroom` fetches links. A fault is a row."""
    from bot.intake.rows import Row

    before = 0
    for source in sources:
        if is_link(source.name):
            yield Step(source.name, _fetched(source.name, newsroom), before)
        elif source.name == STDIN:
            with tempfile.SpooledTemporaryFile(_SPOOL_BYTES) as spool:
                shutil.copyfileobj(sys.stdin.buffer, spool)
                spool.seek(0)
                for row in _rows("", spool, parse):
                    yield Step(source.name, row, before)
        elif source.path is None:
            yield Step(source.name, Row(None, fault="The name of the file is empty."), before)
        else:
            for row, at in _read_file(source.path, parse):
                yield Step(source.name, row, before + at)
        before += source.size


def _fetched(address: str, newsroom: Newsroom | None) -> Row:
    from bot.intake.rows import Row

    if newsroom is None:
        return Row(None, fault="Links are not fetched here. Save the page, and name the file.")
    fetched = newsroom.fetch(address)
    return Row(None, fetched.draft, fetched.refusal)


def _read_file(path: Path, parse: Parser) -> Iterator[tuple[Row, int]]:
    """(row, bytes read by then) for each row of a file."""
    from bot.intake.files import open_file
    from bot.intake.rows import Row

    if _is_folder(path):
        yield Row(None, fault="The folder holds no file."), 0
        return
    stream = open_file(path)
    if isinstance(stream, str):
        yield Row(None, fault=stream), 0
        return
    with stream:
        at = 0
        for row in _rows(path.name, stream, parse):
            if not stream.closed:
                at = max(at, stream.tell())  # an archive's list of files stands at its end
            yield row, at


def _rows(name: str, stream: IO[bytes], parse: Parser) -> Iterator[Row]:
    from bot.intake.files import read_stream

    return read_stream(name, stream, parse)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except (OSError, ValueError):
        return False


def _size(path: Path) -> int:
    """The size of a file in bytes; 0 for what is none."""
    try:
        return path.stat().st_size
    except (OSError, ValueError):
        return 0
