"""The operator's commands: reindex, backup, export and doctor."""

from __future__ import annotations

import json
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from bot.cli.options import DONE, FAILED, Globals, fail, global_options, open_newsroom, tell
from bot.errors import BotError, StoreRefusedError
from bot.store import inbox, outbox

if TYPE_CHECKING:
    from bot.store.store import Store

SILENCE = timedelta(minutes=3)  # a bot that hears Telegram notes so at least once a minute


@click.command()
@global_options
@click.pass_obj
def reindex(shared: Globals) -> None:
    """Make all findings anew with today's extractor; can be stopped and taken up again."""
    from rich.console import Console
    from rich.progress import Progress

    done = 0
    with open_newsroom(shared) as newsroom, Progress(console=Console(stderr=True)) as progress:
        task = progress.add_task("reindex")
        for done, total in newsroom.reindex():
            progress.update(task, completed=done, total=total)
    tell(f"{done} article{'' if done == 1 else 's'} read anew." if done else "All is up to date.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@global_options
@click.pass_obj
def backup(shared: Globals, file: Path) -> None:
    """Copy the store to FILE while it is in use."""
    with open_newsroom(shared) as newsroom:
        newsroom.backup(file)
    tell(f"The store was copied to {file}.")


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@global_options
@click.pass_obj
def export(shared: Globals, file: Path) -> None:
    """Write all articles to FILE as JSON Lines that `newsbot add` takes back."""
    from bot.cli.json_shapes import moment
    from bot.store.articles import all_articles

    written = 0
    with open_newsroom(shared) as newsroom, _new_file(file) as lines:
        for article in all_articles(newsroom.store):
            row = {
                "id": article.id,
                "url": article.url,
                "title": article.title,
                "source": article.source,
                "author": article.author,
                "published": moment(article.published),
                "section": article.section,
                "standfirst": article.standfirst,
                "text": article.text,
            }
            lines.write(json.dumps(row, ensure_ascii=False) + "\n")
            written += 1
    tell(f"{written} article{'' if written == 1 else 's'} written to {file}.")


def _new_file(path: Path) -> TextIO:
    """`path`, opened for writing. Raises StoreRefusedError where that cannot be."""
    try:
        return path.open("x", encoding="utf-8")
    except FileExistsError:
        raise StoreRefusedError(f"{path} exists already. Name a new file.") from None
    except OSError as error:
        raise StoreRefusedError(f"{path} cannot be written: {error.strerror or error}.") from error


@click.command()
@click.option(
    "--running", is_flag=True, help="Also wrong: no bot over this store hears Telegram now."
)
@global_options
@click.pass_obj
def doctor(shared: Globals, running: bool) -> None:
    """Check configuration and store, and say what to do; exit code 1 when something is wrong."""
    try:
        config = shared.load()
    except BotError as error:
        fail(error)
    click.echo("configuration: in order")
    wrong = 0
    try:
        with open_newsroom(shared) as newsroom:
            found = newsroom.store.check()
            cover = newsroom.coverage()
            click.echo(f"store {config.store}: {cover.articles} articles, {found or 'in order'}")
            wrong += bool(found)
            heard = _post(newsroom.store, shared.clock()())
            wrong += running and not heard
    except BotError as error:
        click.echo(f"store: {error}")
        wrong += 1
    if config.telegram.token:
        admins = len(config.telegram.admins)
        click.echo(f"telegram: a token is set, {admins} admin{'' if admins == 1 else 's'}")
    else:
        click.echo("telegram: no token is set; `newsbot run` needs one, `newsbot chat` does not")
    sys.exit(FAILED if wrong else DONE)


def _post(store: Store, now: datetime) -> bool:
    """Whether a bot over `store` hears Telegram; tells that, and what waits or was given up."""
    last = inbox.look_up_last_poll(store.read())
    if last is None:
        click.echo("telegram: no bot has run over this store")
        return False
    heard = now - last < SILENCE
    ago = max(int((now - last).total_seconds()), 0)
    told = f"{ago} s ago" if ago < 600 else f"{ago // 60} min ago"
    hint = "" if heard else "; the bot does not run, or has no way to Telegram"
    click.echo(f"telegram: last heard {told}{hint}")
    updates = inbox.count_updates(store.read())
    letters = outbox.count_letters(store.read())
    waiting = sum(letters.get(state, 0) for state in ("due", "sending", "unsure"))
    click.echo(
        f"inbox: {updates.get('new', 0)} waiting, {updates.get('poison', 0)} set aside after "
        f"{inbox.MOST_TRIES} tries"
    )
    click.echo(f"outbox: {waiting} waiting, {letters.get('failed', 0)} given up")
    return heard
