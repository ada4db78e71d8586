"""The operator's commands: reindex, backup, export and doctor."""

from __future__ import annotations

import json
import sys
from pathlib import Path
from typing import TextIO

import click

from bot.cli.options import DONE, FAILED, Globals, fail, global_options, open_newsroom, tell
from bot.errors import BotError, StoreRefusedError


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
@global_options
@click.pass_obj
def doctor(shared: Globals) -> None:
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
    except BotError as error:
        click.echo(f"store: {error}")
        wrong += 1
    if config.telegram.token:
        admins = len(config.telegram.admins)
        click.echo(f"telegram: a token is set, {admins} admin{'' if admins == 1 else 's'}")
    else:
        click.echo("telegram: no token is set; `newsbot run` needs one, `newsbot chat` does not")
    sys.exit(FAILED if wrong else DONE)
