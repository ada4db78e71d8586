"""What every subcommand shares: the global options, opening the store, telling errors."""

from __future__ import annotations

import os
import sys
from collections.abc import Callable, Iterator
from contextlib import contextmanager
from dataclasses import dataclass, fields
from datetime import UTC, datetime
from pathlib import Path
from typing import TYPE_CHECKING, Any, NoReturn, TypeVar

import click

from bot import __version__
from bot.config import Config, find_config_file, find_unknown_variables, load_config
from bot.errors import BotError, ConfigError

if TYPE_CHECKING:
    from bot.intake.web_settings import WebSettings
    from bot.newsroom import Newsroom

F = TypeVar("F", bound=Callable[..., Any])

DONE, FAILED, WRONG_USAGE = 0, 1, 2


@dataclass(slots=True)
class Globals:
    """The global options as given, before or after the subcommand."""

    config: str | None = None
    db: str | None = None
    now: str | None = None
    verbose: bool = False

    def load(self) -> Config:
        """The configuration, options over environment over file. Raises ConfigError.

        A variable that looks like ours and sets nothing is told on stderr, its value never.
        """
        for name in find_unknown_variables(os.environ):
            tell(f"newsbot: the variable {name} sets nothing; is it misspelt?")
        return load_config(find_config_file(self.config, os.environ), store=self.db)

    def clock(self) -> Callable[[], datetime]:
        """The present moment, or the one that --now fixes. Raises ConfigError."""
        if self.now is None:
            return lambda: datetime.now(UTC)
        moment = parse_now(self.now)
        return lambda: moment


def parse_now(text: str, option: str = "--now") -> datetime:
    """The moment in `text`, the value of `option` (ISO 8601; without a zone it is UTC).

    Raises ConfigError.
    """
    try:
        moment = datetime.fromisoformat(text)
    except (TypeError, ValueError):
        raise ConfigError(
            [f"{option}: {text!r} is no ISO 8601 time, such as 2025-03-19T08:00:00Z."]
        ) from None
    return moment if moment.tzinfo else moment.replace(tzinfo=UTC)


def _remember(name: str) -> Callable[[click.Context, click.Parameter, Any], Any]:
    def callback(context: click.Context, _: click.Parameter, value: Any) -> Any:
        shared = context.ensure_object(Globals)
        if value not in (None, False):
            setattr(shared, name, value)
        return value

    return callback


def global_options(command: F) -> F:
    """`command` with the options that may stand before the subcommand or after it."""
    for names, field, help_text, flag in (
        (("-v", "--verbose"), "verbose", "Tell more on stderr.", True),
        (("--now",), "now", "The clock, ISO 8601, for repeatable runs.", False),
        (("--db",), "db", "The store: path of an SQLite file.", False),
        (("--config",), "config", "The configuration file.", False),
    ):
        command = click.option(
            *names,
            is_flag=flag,
            default=None,
            expose_value=False,
            callback=_remember(field),
            help=help_text,
        )(command)
    return click.version_option(__version__, prog_name="newsbot")(command)


@contextmanager
def open_newsroom(shared: Globals) -> Iterator[Newsroom]:
    """The newsroom over the configured store, closed at the end."""
    from bot.newsroom import Newsroom
    from bot.store.store import Store

    config = shared.load()
    path = Path(config.store)
    is_new = not path.exists()
    with Store(path) as store:
        if is_new:
            tell(f"{path} is a new store, and empty.")
        yield Newsroom.over(store, clock=shared.clock(), web=web_settings(config))


def web_settings(config: Config) -> WebSettings:
    """How the web is used, as the configuration says it."""
    from bot.intake.web_settings import WebSettings

    return WebSettings(**{f.name: getattr(config.web, f.name) for f in fields(WebSettings)})


def tell(text: str) -> None:
    """Write a message for the person at the terminal (stderr)."""
    click.echo(text, err=True)


def fail(error: BotError) -> NoReturn:
    """Tell `error` and leave with the exit code for its class."""
    tell(f"newsbot: {error}")
    sys.exit(WRONG_USAGE if isinstance(error, ConfigError) else FAILED)
