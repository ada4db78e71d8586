"""`newsbot ask`: one question, or a file of them."""

from __future__ import annotations

import json
import sys
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import click

from bot.cli.options import DONE, FAILED, Globals, global_options, open_newsroom, parse_now, tell
from bot.errors import BotError


@click.command()
@click.argument("question", required=False)
@click.option("--json", "as_json", is_flag=True, help="JSON Lines on stdout.")
@click.option("--limit", type=click.IntRange(1, 100), default=10, help="Answers at most.")
@click.option("--explain", is_flag=True, help="Tell how the answer was found (on stderr).")
@click.option("--quote", help="Check whether somebody said these words, and who.")
@click.option(
    "--batch",
    type=click.Path(exists=True, dir_okay=False, path_type=Path),
    help='A file of questions, JSON Lines: {"id", "question", "after"?, "now"?}.',
)
@global_options
@click.pass_obj
def ask(
    shared: Globals,
    question: str | None,
    *,
    as_json: bool,
    limit: int,
    explain: bool,
    quote: str | None,
    batch: Path | None,
) -> None:
    """Ask one question, with --batch a file of them, or check the words of a quote."""
    from bot.answer.asked_quotes import Asked, read_asked
    from bot.cli.json_shapes import response_as_json
    from bot.talk.agreements import agreements_at_large
    from bot.talk.answers import reply_to_question
    from bot.talk.plain import render_plain

    if [question, batch, quote].count(None) != 2:
        raise click.UsageError(
            "Give a question, a file of them with --batch, or words to check with --quote."
        )
    if batch is not None:
        sys.exit(_ask_batch(shared, batch, limit))
    clock = shared.clock()
    with open_newsroom(shared) as newsroom:
        if quote is not None:
            asked = read_asked(quote) or Asked(quote)
            response = newsroom.check_quote(asked.words, claimed=asked.claimed, limit=limit)
        else:
            response = newsroom.ask(question or "", clock(), limit=limit)
            response = agreements_at_large(newsroom, response, newsroom.get_findings)
        if as_json:
            shown = json.dumps(
                response_as_json(response, newsroom.get_findings), ensure_ascii=False
            )
        else:
            shown = render_plain(reply_to_question(response, newsroom.get_findings))
    if explain:
        for line in response.explanation:
            tell(line)
    click.echo(shown)


def _ask_batch(shared: Globals, path: Path, limit: int) -> int:
    """Answer each question of the file, one JSON line each, in order; the exit code."""
    from bot.answer.result import Frame
    from bot.cli.json_shapes import response_as_json
    from bot.memory import calm_collector
    from bot.talk.agreements import agreements_at_large

    calm_collector()
    clock = shared.clock()
    frames: dict[str, Frame | None] = {}
    failed = False
    with open_newsroom(shared) as newsroom:
        for number, row, fault in _rows(path):
            if row is None:
                tell(f"{path}, line {number}: {fault}")
                failed = True
                continue
            asked = str(row.get("id", number))
            after = row.get("after")
            if after is not None and str(after) not in frames:
                tell(f"{path}, line {number}: no question before it has the id {after!r}.")
                failed = True
            frame = frames.get(str(after)) if after is not None else None
            try:
                now = parse_now(row["now"], "now") if row.get("now") else clock()
                response = newsroom.ask(row["question"], now, frame=frame, limit=limit)
                response = agreements_at_large(newsroom, response, newsroom.get_findings)
            except BotError as error:
                tell(f"{path}, line {number}: {error}")
                failed = True
                continue
            frames[asked] = response.frame
            line = response_as_json(response, newsroom.get_findings, asked)
            click.echo(json.dumps(line, ensure_ascii=False))
    return FAILED if failed else DONE


def _rows(path: Path) -> Iterator[tuple[int, dict[str, Any] | None, str]]:
    """(line number, question, fault) for each line that is not blank."""
    with path.open(encoding="utf-8-sig", errors="replace") as lines:
        for number, line in enumerate(lines, 1):
            if not line.strip():
                continue
            try:
                row = json.loads(line)
            except json.JSONDecodeError as error:
                yield number, None, f"this is not JSON ({error.msg})."
                continue
            except (ValueError, RecursionError):
                yield number, None, "this JSON is nested or numbered too deep."
                continue
            if not isinstance(row, dict) or not isinstance(row.get("question"), str):
                yield number, None, 'a "question" with a text is needed.'
                continue
            yield number, row, ""
