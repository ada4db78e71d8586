"""`newsbot stats`: what the store holds, what was asked, and what found nothing."""

from __future__ import annotations

import json
import sys
from datetime import timedelta

import click

from bot.cli.options import DONE, FAILED, Globals, global_options, open_newsroom, tell


@click.command()
@click.option("--days", type=click.IntRange(1, 366), default=7, help="How far back (7).")
@click.option("--json", "as_json", is_flag=True, help="One JSON line.")
@click.option("--who", help="A number of Telegram's, or a name from the log: tell the other.")
@global_options
@click.pass_obj
def stats(shared: Globals, *, days: int, as_json: bool, who: str | None) -> None:
    """Tell what the store holds, what was asked of late, and which questions found nothing:
    what to add next."""
    if who is not None:
        sys.exit(_tell_who(shared, who.strip()))
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
        "chosen": found.chosen,
    }
    click.echo(json.dumps(row, ensure_ascii=False))


def _tell_who(shared: Globals, who: str) -> int:
    """The exit code, once it is told what the log calls a number, or whose name it is."""
    from bot.logs import pseudonym
    from bot.store.log_names import find_numbers, get_log_key

    with open_newsroom(shared) as newsroom:
        key = get_log_key(newsroom.store)
        numbers = find_numbers(newsroom.store)
    number = who.removeprefix("tg:")
    if number.removeprefix("-").isdecimal():
        known = "" if number in numbers else " (which is in no table of this store)"
        click.echo(f"In the log of this store {number}{known} is {pseudonym(key, number)}.")
        return DONE
    for one in sorted(numbers):
        if pseudonym(key, one) == who:
            click.echo(f"In the log of this store {who} is {one}.")
            return DONE
    tell(f"newsbot: nobody in this store is called {who} in its log.")
    return FAILED
