"""`newsbot extract`: what is found in articles, without a store."""

from __future__ import annotations

import json
import sys

import click

from bot.cli.options import DONE, FAILED, Globals, global_options, tell
from bot.cli.sources import list_sources, read_sources


@click.command()
@click.argument("files", nargs=-1, required=True, metavar="FILE…")
@click.option("--json", "as_json", is_flag=True, help="JSON Lines on stdout.")
@global_options
@click.pass_obj
def extract(shared: Globals, files: tuple[str, ...], *, as_json: bool) -> None:
    """Print the quotes, facts, dates and names found in articles; no store is touched."""
    from bot.cli.json_shapes import extraction_as_json
    from bot.intake.files import parse_whole
    from bot.intake.identity import identify
    from bot.model import day_of
    from bot.reading import read_text

    failed = False
    for step in read_sources(list_sources(files), parse_whole):
        row = step.row
        if row.draft is None:
            parts = (step.source, row.member, f"line {row.line}" if row.line else None)
            tell(f"{', '.join(part for part in parts if part) or '(no name)'}: {row.fault}")
            failed = True
            continue
        findings = read_text(row.draft.text, day_of(row.draft.published))
        shape = extraction_as_json(identify(row.draft), row.draft, findings)
        if as_json:
            click.echo(json.dumps(shape, ensure_ascii=False))
        else:
            _show(shape, row.draft.text)
    sys.exit(FAILED if failed else DONE)


def _show(shape: dict[str, object], text: str) -> None:
    """Print findings for people to read, a line each."""
    click.echo(f"{shape['title'] or '(no headline)'} · {shape['published'] or 'no day'}")
    for quote in shape["quotes"]:  # type: ignore[attr-defined]
        speaker = quote["speaker"]
        who = (speaker.get("name") or speaker["text"]) if speaker else "?"
        content = " … ".join(text[start:end] for start, end in quote["content"])
        click.echo(f"  {quote['kind']:8} {who}: {content}")
    for fact in shape["facts"]:  # type: ignore[attr-defined]
        words = " ".join(text[fact["start"] : fact["end"]].split())
        click.echo(f"  {fact['kind']:8} ({fact['status']}) {words}")
    for found in shape["dates"]:  # type: ignore[attr-defined]
        click.echo(f"  date     {found['text']} = {found['value'] or 'not known'}")
