"""The operator's commands: reindex, backup, restore, export and doctor."""

from __future__ import annotations

import gzip
import json
import sys
from datetime import datetime, timedelta
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from bot.cli.options import DONE, FAILED, Globals, fail, global_options, open_newsroom, tell
from bot.errors import BotError, StoreRefusedError
from bot.pictures import is_available as can_draw
from bot.store import inbox, outbox

if TYPE_CHECKING:
    from bot.config import Config
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
    """Write all articles with every version to FILE (JSON Lines; packed if it ends in .gz).

    `newsbot add` takes it back: the same articles, byte for byte, and the same answers.
    """
    from bot.cli.json_shapes import version_as_json
    from bot.store.articles import all_versions

    versions = 0
    articles: set[str] = set()
    with open_newsroom(shared) as newsroom, _new_file(file) as lines:
        for version in all_versions(newsroom.store):
            lines.write(json.dumps(version_as_json(version), ensure_ascii=False) + "\n")
            versions += 1
            articles.add(version.id)
    tell(f"{_count(len(articles), 'article')} in {_count(versions, 'version')} written to {file}.")


def _count(number: int, word: str) -> str:
    return f"{number:,} {word}{'' if number == 1 else 's'}"


@click.command()
@click.argument("file", type=click.Path(path_type=Path))
@click.option(
    "--replace", is_flag=True, help="Put it in the place of the store; that one is kept beside."
)
@global_options
@click.pass_obj
def restore(shared: Globals, file: Path, *, replace: bool) -> None:
    """Put the backup FILE in the place of the store, after checking that it is whole."""
    from bot.store.restoring import restore_store

    target = Path(shared.load().store)
    aside = restore_store(file, target, shared.clock()(), replace=replace)
    with open_newsroom(shared) as newsroom:
        articles = newsroom.coverage().articles
    tell(f"{target} holds {_count(articles, 'article')} from {file}.")
    if aside is not None:
        tell(f"The store that was there is kept as {aside}.")


def _new_file(path: Path) -> TextIO:
    """`path`, opened for writing, packed if its name says so.

    Raises StoreRefusedError where that cannot be.
    """
    try:
        if path.suffix == ".gz":
            return gzip.open(path, "xt", encoding="utf-8")
        return path.open("x", encoding="utf-8")
    except FileExistsError:
        raise StoreRefusedError(f"{path} exists already. Name a new file.") from None
    except OSError as error:
        raise StoreRefusedError(f"{path} cannot be written: {error.strerror or error}.") from error


NO_PICTURES = "none, the words go out alone; `pip install 'newsbot[pictures]'` installs what draws"


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
    click.echo(f"pictures: {'can be drawn' if can_draw() else NO_PICTURES}")
    if not Path(config.store).exists() and not config.store.startswith("postgresql:"):
        click.echo(f"store: there is none at {config.store} yet; `newsbot add` makes it")
        _tell_token(config)
        sys.exit(FAILED if shared.db else DONE)  # a store that was named should be there
    wrong = 0
    try:
        with open_newsroom(shared) as newsroom:
            found = newsroom.store.check()
            cover = newsroom.coverage()
            count = f"{cover.articles:,} article{'s' if cover.articles != 1 else ''}"
            click.echo(f"store {config.store}: {count}, {found or 'in order'}")
            wrong += bool(found)
            heard = _post(newsroom.store, shared.clock()())
            wrong += running and not heard
    except BotError as error:
        click.echo(f"store: {error}")
        wrong += 1
    _tell_token(config)
    sys.exit(FAILED if wrong else DONE)


def _tell_token(config: Config) -> None:
    if config.telegram.token:
        admins = len(config.telegram.admins)
        click.echo(f"telegram: a token is set, {admins} admin{'' if admins == 1 else 's'}")
    else:
        click.echo("telegram: no token is set; `newsbot run` needs one, `newsbot chat` does not")


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
    _tell_abilities(inbox.look_up_abilities(store.read()))
    updates = inbox.count_updates(store.read())
    letters = outbox.count_letters(store.read())
    waiting = sum(letters.get(state, 0) for state in ("due", "sending", "unsure"))
    click.echo(
        f"inbox: {updates.get('new', 0)} waiting, {updates.get('poison', 0)} set aside after "
        f"{inbox.MOST_TRIES} tries"
    )
    click.echo(f"outbox: {waiting} waiting, {letters.get('failed', 0)} given up")
    return heard


def _tell_abilities(found: inbox.Abilities | None) -> None:
    """Tell whether the bot answers in other people's chats, and how that is switched on."""
    if found is None:
        return
    for what, is_on, how in (
        ("inline mode", found.inline, "/setinline at @BotFather"),
        ("guest mode", found.guests, "the settings of @BotFather's own app"),
    ):
        click.echo(f"{what}: on" if is_on else f"{what}: off; {how} switches it on")
