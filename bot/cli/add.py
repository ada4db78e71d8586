"""`newsbot add`: articles from files, folders, links and standard input, a line an article."""

from __future__ import annotations

import json
import os
import sys
from collections import Counter
from collections.abc import Iterator
from contextlib import ExitStack, closing, contextmanager
from pathlib import Path
from typing import IO, TYPE_CHECKING, Any

import click

from bot.cli.options import DONE, FAILED, Globals, global_options, open_newsroom, tell
from bot.cli.sources import list_sources, read_sources
from bot.errors import ConfigError
from bot.model import Draft

if TYPE_CHECKING:
    from bot.cli.importing import Outcome
    from bot.intake.rows import Kind
    from bot.newsroom import Newsroom
    from bot.worker import ReadingCrew

BULK_BYTES = 200_000  # smaller imports are over before a process has started or a bar is read
MOST_WORKERS = 8


@click.command()
@click.argument("sources", nargs=-1, required=True, metavar="SOURCE…")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines on stdout.")
@click.option(
    "--report",
    type=click.Path(dir_okay=False, path_type=Path),
    help="Write the refused rows to this file, JSON Lines.",
)
@click.option(
    "--quick", is_flag=True, help="Find quotes by plain rules; `newsbot reindex` reads in full."
)
@click.option(
    "--workers",
    type=click.IntRange(1, 64),
    help="Processes that read. Default: one less than the processor's cores.",
)
@global_options
@click.pass_obj
def add(
    shared: Globals,
    sources: tuple[str, ...],
    *,
    as_json: bool,
    report: Path | None,
    quick: bool,
    workers: int | None,
) -> None:
    """Add articles: files (.txt .md .html .pdf .docx .json .jsonl .csv .zip, each also .gz),
    folders of them, links, or - for standard input.

    A bad row never stops the rest. Stopped or killed, it can be run again: what is stored is
    passed over, and nothing is added twice.
    """
    from bot.cli.importing import import_rows

    chosen = list_sources(sources)
    total = sum(source.size for source in chosen)
    is_bulk = total >= BULK_BYTES or quick or workers is not None
    counts: Counter[str] = Counter()
    stopped = False
    with ExitStack() as stack:
        newsroom = stack.enter_context(open_newsroom(shared))
        refused = stack.enter_context(_written(report)) if report else None
        crew = stack.enter_context(_crew(workers, quick=quick))
        show = stack.enter_context(_progress(total, is_shown=is_bulk))

        def parse(kind: Kind, data: bytes) -> Draft:
            from bot.intake.files import parse_whole

            # A process of its own takes a second to start: for a page or two it is not worth it.
            return (
                parse_whole(kind, data)
                if kind == "page" and not is_bulk
                else crew.parse(kind, data)
            )

        steps = read_sources(chosen, parse, newsroom)
        try:
            for outcome in import_rows(newsroom, steps, crew if is_bulk else None):
                line = _line(newsroom, outcome)
                counts[line["status"]] += 1
                if refused and line["status"] == "refused":
                    refused.write(json.dumps(line, ensure_ascii=False) + "\n")
                if as_json:
                    click.echo(json.dumps(line, ensure_ascii=False))
                elif line["status"] == "refused" or show is None:
                    click.echo(_told(line))
                if show is not None:
                    show(outcome.step.done_bytes)
        except KeyboardInterrupt:
            stopped = True
    if not as_json or sum(counts.values()) > 1:
        tell(
            ", ".join(f"{count:,} {status}" for status, count in counts.items()) or "nothing read"
        )
    if refused and counts["refused"]:
        tell(f"The refused rows are in {report}.")
    if stopped:
        tell("Stopped. Run it again to go on; what is stored is passed over.")
    sys.exit(FAILED if counts["refused"] or stopped else DONE)


@contextmanager
def _crew(workers: int | None, *, quick: bool) -> Iterator[ReadingCrew]:
    """The reading processes; each is started when it is first needed."""
    from bot.worker import ReadingCrew

    size = workers or min(max((os.cpu_count() or 2) - 1, 1), MOST_WORKERS)
    with closing(ReadingCrew(size, quick=quick)) as crew:
        yield crew


@contextmanager
def _written(report: Path) -> Iterator[IO[str]]:
    try:
        file = report.open("w", encoding="utf-8", errors="backslashreplace", buffering=1)
    except OSError as error:
        raise ConfigError([f"report: {report} cannot be written ({error.strerror})."]) from error
    with file:
        yield file


@contextmanager
def _progress(total: int, *, is_shown: bool) -> Iterator[Any]:
    """A function that moves a bar on stderr to so many bytes, with rate and time left; None where
    no bar is shown."""
    from rich.console import Console

    console = Console(stderr=True)
    if not (is_shown and console.is_terminal):
        yield None
        return
    from rich.progress import BarColumn, Progress, TextColumn, TimeRemainingColumn

    columns = (
        BarColumn(pulse_style="cyan"),
        TextColumn("{task.percentage:>3.0f} %"),
        TextColumn("{task.fields[rows]:,} rows, {task.fields[rate]:.0f} a second, left:"),
        TimeRemainingColumn(elapsed_when_finished=True),
    )
    with Progress(*columns, console=console, transient=True) as progress:
        task = progress.add_task("", total=total or None, rows=0, rate=0.0)
        rows = 0

        def show(done_bytes: int) -> None:
            nonlocal rows
            rows += 1
            elapsed = progress.tasks[0].elapsed or 0.0
            rate = rows / elapsed if elapsed else 0.0
            progress.update(task, completed=done_bytes, rows=rows, rate=rate)

        yield show


def _line(newsroom: Newsroom, outcome: Outcome) -> dict[str, Any]:
    """What became of one row, as its line says it."""
    row, added = outcome.step.row, outcome.added
    line: dict[str, Any] = {"source": outcome.step.source}
    line |= {"member": row.member} if row.member else {}
    line |= {"line": row.line} if row.line else {}
    if added is None:
        return line | {"status": "refused", "reason": outcome.reason}
    line |= {"status": added.status, "id": added.article_id, "version": added.version}
    if added.status == "linked":
        line |= {"linked_to": added.linked_to, "similarity": added.similarity}
    if added.removed:
        line["removed"] = True
    from bot.newsroom import READ_CHARS

    if row.draft is not None and len(row.draft.text) > READ_CHARS:
        article = newsroom.get_article(added.article_id, removed=True)
        line["read_chars"] = newsroom.get_findings(article).read_chars
    return line


def _told(line: dict[str, Any]) -> str:
    where = "/".join(part for part in (line["source"], line.get("member")) if part)
    where += f", line {line['line']}" if "line" in line else ""
    if line["status"] == "refused":
        return f"refused    {where or '(no name)'}: {line['reason']}"
    parts = [f"{line['status']:10} {line['id']} (version {line['version']}) from {where}"]
    if "linked_to" in line:
        parts.append(f"nearly the text of {line['linked_to']} ({line['similarity']:.0f} %)")
    if "removed" in line:
        parts.append("it was removed, and stays out of answers until it is restored")
    if "read_chars" in line:
        parts.append(f"found in its first {line['read_chars']:,} characters")
    return "; ".join(parts)
