"""The front door: the program `newsbot`, and the one file that knows both bot and handlers."""

from __future__ import annotations

import importlib
import io
import os
import sys
from contextlib import closing
from datetime import timedelta

import click

from bot.cli.options import (
    FAILED,
    Globals,
    fail,
    global_options,
    tell,
    web_settings,
)
from bot.config import find_missing_to_run
from bot.errors import BotError, ConfigError
from bot.logs import set_up_logging

# Subcommands and where they live; each is imported only when it is called.
SUBCOMMANDS = {
    "chat": "bot.cli.chat:chat",
    "ask": "bot.cli.ask:ask",
    "add": "bot.cli.add:add",
    "feeds": "bot.cli.feeds:feeds",
    "extract": "bot.cli.extract:extract",
    "digest": "bot.cli.digest:digest",
    "reindex": "bot.cli.keeping:reindex",
    "backup": "bot.cli.keeping:backup",
    "restore": "bot.cli.keeping:restore",
    "export": "bot.cli.keeping:export",
    "stats": "bot.cli.stats:stats",
    "doctor": "bot.cli.doctor:doctor",
}


class _Front(click.Group):
    """A group that imports a subcommand when it is asked for, so that starting stays quick."""

    def list_commands(self, context: click.Context) -> list[str]:
        return [*super().list_commands(context), *SUBCOMMANDS]

    def get_command(self, context: click.Context, name: str) -> click.Command | None:
        if name in SUBCOMMANDS:
            module, _, attribute = SUBCOMMANDS[name].partition(":")
            command: click.Command = getattr(importlib.import_module(module), attribute)
            return command
        return super().get_command(context, name)


@click.group(cls=_Front, context_settings={"help_option_names": ["-h", "--help"]})
@global_options
@click.pass_context
def front(context: click.Context) -> None:
    """Answers about the news, word for word, from your own store of articles."""
    context.ensure_object(Globals)


@front.command()
@global_options
@click.pass_obj
def run(shared: Globals) -> None:
    """Run the Telegram bot until it is stopped."""
    config = shared.load()
    if missing := find_missing_to_run(config):
        raise ConfigError(missing)
    set_up_logging(sys.stderr, verbose=shared.verbose, as_json=config.log.format == "json")
    from pathlib import Path

    from bot.cli.feeds import feed_settings
    from bot.intake.readers import Readers
    from bot.memory import calm_collector
    from bot.newsroom import Newsroom
    from bot.store.running import only_one
    from bot.store.store import Store
    from bot.talk.conversation import Conversation
    from bot.talk.housekeeping import backups_of, housekeeping_jobs
    from bot.worker import ReadingWorker
    from handlers.app import run as run_bot

    path = Path(config.store)
    with only_one(path), Store(path) as store, closing(ReadingWorker()) as worker:
        newsroom = Newsroom.over(
            store,
            worker.read,
            web=web_settings(config),
            parser=worker.parse,
            readers=Readers(worker.page, worker.feed),
        )
        stale_after = timedelta(hours=config.freshness.hours) or None
        conversation = Conversation(
            newsroom,
            questions_per_minute=config.limits.questions_per_minute,
            group_questions_per_minute=config.limits.group_questions_per_minute,
            clock=shared.clock(),
            admins=config.telegram.admins,
            stale_after=stale_after,
            feeds=feed_settings(config),
            corrected_for=timedelta(days=config.corrections.days),
        )
        admins = config.telegram.admins
        jobs = housekeeping_jobs(
            newsroom,
            f"tg:{admins[0]}" if admins else None,
            backups_of(config.backup.folder, config.backup.hours, config.backup.keep),
            stale_after,
        )
        calm_collector()
        sys.exit(run_bot(config, conversation, store, jobs=(*conversation.jobs, *jobs)))


def main() -> None:
    """Run `newsbot`; the one place where an error becomes a sentence and an exit code."""
    # The quote tagger multiplies small matrices: threads that share them out cost ten times the
    # work on a busy machine. Read when numpy is imported, which is later.
    os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    for stream in (sys.stdout, sys.stderr):
        if isinstance(stream, io.TextIOWrapper):
            # Half a character in a question or a path must not stop the reply; what this makes
            # of it is what JSON makes of it, too.
            stream.reconfigure(errors="backslashreplace")
    try:
        front(prog_name="newsbot", obj=Globals())
    except BotError as error:
        fail(error)
    except BrokenPipeError:
        os.dup2(os.open(os.devnull, os.O_WRONLY), sys.stdout.fileno())
        sys.exit(FAILED)
    except OSError as error:  # a disk that is full while a file is written, say
        tell(f"newsbot: {error}")
        sys.exit(FAILED)


if __name__ == "__main__":
    main()
