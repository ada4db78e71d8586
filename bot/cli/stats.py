"""`newsbot stats`: what the store holds, what was asked, and what found nothing."""

from __future__ import annotations

import json
from datetime import timedelta

import click

from bot.cli.options import Globals, global_options, open_newsroom


@click.command()
@click.option("--days", type=click.IntRange(1, 366), default=7, help="How far back (7).")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
@global_options
@click.pass_obj
def stats(shared: Globals, *, days: int, as_json: bool) -> None:
    """Tell what the store holds, what was asked of late, and which questions found nothing:
    what to add next."""
    from bot.store.stats import collect
    from bot.talk.statistics import statistics_lines

    now = shared.clock()()
    with open_newsroom(shared) as newsroom:
        found = collect(newsroom.store, now - timedelta(days=days))
    if not as_json:
        click.echo("\n".join(statistics_lines(found, days)))
        return
    row = {
        "since": found.since.isoformat(),
        "articles": found.articles,
        "outlets": found.outlets,
        "added": found.added,
        "newest_added": found.newest_added.isoformat() if found.newest_added else None,
        "rows": found.rows,
        "questions": found.questions,
        "people": found.people,
        "unanswered": [
            {"question": u.question, "times": u.times, "last": u.last.isoformat()}
            for u in found.unanswered
        ],
        "outbox": found.letters,
        "inbox": found.updates,
        "open_reports": found.open_reports,
        "bytes": found.bytes,
    }
    click.echo(json.dumps(row, ensure_ascii=False))
