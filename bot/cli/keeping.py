"""The operator's commands: reindex, backup, restore and export."""

from __future__ import annotations

import gzip
import json
from pathlib import Path
from typing import TYPE_CHECKING, TextIO

import click

from bot.cli.options import Globals, global_options, open_newsroom, tell
from bot.errors import StoreRefusedError

if TYPE_CHECKING:
    pass


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
