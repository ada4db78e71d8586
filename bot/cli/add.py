"""`newsbot add`: articles from files, links and standard input, a line an article."""

from __future__ import annotations

import json
import sys
from collections import Counter
from collections.abc import Iterator
from pathlib import Path
from typing import TYPE_CHECKING, Any

import click

from bot.cli.options import DONE, FAILED, Globals, global_options, open_newsroom, tell
from bot.errors import IntakeError

if TYPE_CHECKING:
    from bot.intake.files import Row
    from bot.newsroom import Newsroom

PROGRESS_FROM_BYTES = 200_000  # smaller imports are over before a bar could be read


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines on stdout.")
@global_options
@click.pass_obj
def add(shared: Globals, sources: tuple[str, ...], *, as_json: bool) -> None:
    """Add articles: files (.txt .md .html .json .jsonl, each also .gz), links, or - for stdin.

    A bad row never stops the rest. Running it again adds nothing twice.
    """
    from rich.console import Console
    from rich.progress import BarColumn, MofNCompleteColumn, Progress, TextColumn
    from rich.progress import TimeElapsedColumn as Elapsed

    counts: Counter[str] = Counter()
    size = sum(_size(source) for source in sources)
    console = Console(stderr=True)
    columns = (
        TextColumn("{task.description}"),
        BarColumn(pulse_style="cyan"),
        MofNCompleteColumn(),
        TextColumn("{task.fields[rate]}"),
        Elapsed(),
    )
    shows = console.is_terminal and size >= PROGRESS_FROM_BYTES
    with (
        open_newsroom(shared) as newsroom,
        Progress(*columns, console=console, disable=not shows, transient=True) as progress,
    ):
        for source in sources:
            task = progress.add_task(source, total=None, rate="")
            for row in read_rows(source, newsroom):
                line: dict[str, Any] = {"source": source}
                line |= {"line": row.line} if row.line else {}
                line |= _added(newsroom, row)
                counts[line["status"]] += 1
                if as_json:
                    click.echo(json.dumps(line, ensure_ascii=False))
                elif line["status"] == "refused" or not shows:
                    click.echo(_told(line))
                speed = progress.tasks[task].speed
                progress.update(task, advance=1, rate=f"{speed:.0f} a second" if speed else "")
    if not as_json or sum(counts.values()) > 1:
        tell(", ".join(f"{count} {status}" for status, count in counts.items()) or "nothing read")
    sys.exit(FAILED if counts["refused"] else DONE)


def _size(source: str) -> int:
    """The size of a file in bytes; 0 for what is none."""
    try:
        return Path(source).stat().st_size
    except (OSError, ValueError):
        return 0


def is_link(source: str) -> bool:
    """Whether `source` is an address of the web rather than a path."""
    return source.lower().startswith(("http://", "https://"))


def read_rows(source: str, newsroom: Newsroom | None = None) -> Iterator[Row]:
    """The articles in `source`: a path, an address that `newsroom` fetches, or - for standard
    input. A fault is a row, too."""
    from bot.intake.files import Row, read_path, read_source

    if is_link(source):
        if newsroom is None:
            yield Row(None, fault="Links are not fetched here. Save the page, and name the file.")
            return
        fetched = newsroom.fetch(source)
        yield Row(None, fetched.draft, fetched.refusal)
    elif source == "-":
        yield from read_source("", sys.stdin.buffer.read())
    else:
        yield from read_path(Path(source))


def _added(newsroom: Any, row: Row) -> dict[str, Any]:
    """What became of one row, as its line says it."""
    if row.draft is None:
        return {"status": "refused", "reason": row.fault}
    from bot.newsroom import READ_CHARS

    try:
        added = newsroom.add(row.draft)
    except IntakeError as error:
        return {"status": "refused", "reason": error.reason}
    line = {"status": added.status, "id": added.article_id, "version": added.version}
    if len(row.draft.text) > READ_CHARS:
        line["read_chars"] = newsroom.get_findings(
            newsroom.get_article(added.article_id)
        ).read_chars
    return line


def _told(line: dict[str, Any]) -> str:
    where = line["source"] + (f", line {line['line']}" if "line" in line else "")
    if line["status"] == "refused":
        return f"refused    {where}: {line['reason']}"
    part = (
        f"; found in its first {line['read_chars']:,} characters" if "read_chars" in line else ""
    )
    return f"{line['status']:10} {line['id']} (version {line['version']}) from {where}{part}"
