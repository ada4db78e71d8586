"""The configuration: YAML over defaults, the environment over YAML, options over both.

All faults are told at once, each with its key's path and what is allowed. A secret never shows
in a repr, a log or an error.
"""

from __future__ import annotations

import os
import re
from collections.abc import Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar, cast, get_type_hints

import yaml

from bot.config_values import (
    Secret,
    ValueFault,
    address_ending,
    between,
    one_of,
    read_address,
    read_flag,
    read_header_secret,
    read_ids,
    read_line,
    read_listen,
    read_listen_or_off,
    read_ports,
    read_secret,
    read_text,
    seconds_between,
    setting,
)
from bot.errors import ConfigError

C = TypeVar("C")
_NAME = re.compile(r"[A-Za-z][A-Za-z_-]{0,40}")
ENVIRONMENT_PREFIX = "NEWSBOT_"
DEFAULT_FILE = "config.yaml"


# ------------------------------------------------------------------------------ settings
@dataclass(frozen=True, slots=True)
class WebhookConfig:
    """Where Telegram delivers to; polling is used while `url` is empty."""

    url: str = setting("", read_address)
    listen: str = setting("127.0.0.1:8443", read_listen)
    secret: Secret = setting(Secret(""), read_header_secret)


@dataclass(frozen=True, slots=True)
class TelegramConfig:
    """The bot's account at Telegram and who may change the store."""

    token: Secret = setting(Secret(""), read_secret)
    admins: tuple[int, ...] = setting((), read_ids)
    base_url: str = setting("https://api.telegram.org/bot", address_ending("/bot"))
    base_file_url: str = setting("https://api.telegram.org/file/bot", address_ending("/file/bot"))
    webhook: WebhookConfig = field(default_factory=WebhookConfig)


@dataclass(frozen=True, slots=True)
class LimitsConfig:
    """What one person may ask for, and all of a group together."""

    questions_per_minute: int = setting(20, between(1, 10_000))
    group_questions_per_minute: int = setting(15, between(1, 10_000))


@dataclass(frozen=True, slots=True)
class WebConfig:
    """How articles and feeds are fetched from the web."""

    user_agent: str = setting("newsbot", read_line)
    seconds: float = setting(20.0, seconds_between(1, 300))
    megabytes: int = setting(10, between(1, 100))
    redirects: int = setting(5, between(0, 20))
    host_seconds: float = setting(1.0, seconds_between(0, 60))
    respect_robots: bool = setting(True, read_flag)
    ports: tuple[int, ...] = setting((), read_ports)
    allow_loopback: bool = setting(False, read_flag)
    archive: str = setting("", read_text)


@dataclass(frozen=True, slots=True)
class HealthConfig:
    """Where the running bot tells how it is; nowhere while `listen` is empty."""

    listen: str = setting("127.0.0.1:9464", read_listen_or_off)


@dataclass(frozen=True, slots=True)
class BackupConfig:
    """Copies of the store that the running bot makes; none while `folder` is empty."""

    folder: str = setting("", read_text)
    hours: int = setting(24, between(1, 8760))
    keep: int = setting(7, between(1, 1000))


@dataclass(frozen=True, slots=True)
class FreshnessConfig:
    """From when on the news count as old: the bot says so, and tells the owner. 0 is never."""

    hours: int = setting(48, between(0, 8760))


@dataclass(frozen=True, slots=True)
class CorrectionsConfig:
    """For how many days after it was sent a message is put right when its article changes."""

    days: int = setting(30, between(0, 365))


@dataclass(frozen=True, slots=True)
class LogConfig:
    """How `newsbot run` writes its log to stderr."""

    format: str = setting("text", one_of("text", "json"))


@dataclass(frozen=True, slots=True)
class FeedsConfig:
    """How feeds are polled."""

    shortest_minutes: int = setting(10, between(1, 1440))
    longest_hours: int = setting(24, between(1, 168))
    first_articles: int = setting(30, between(0, 500))


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that can be set."""

    store: str = setting("newsbot.db", read_text)
    telegram: TelegramConfig = field(default_factory=TelegramConfig)
    limits: LimitsConfig = field(default_factory=LimitsConfig)
    web: WebConfig = field(default_factory=WebConfig)
    health: HealthConfig = field(default_factory=HealthConfig)
    backup: BackupConfig = field(default_factory=BackupConfig)
    freshness: FreshnessConfig = field(default_factory=FreshnessConfig)
    corrections: CorrectionsConfig = field(default_factory=CorrectionsConfig)
    log: LogConfig = field(default_factory=LogConfig)
    feeds: FeedsConfig = field(default_factory=FeedsConfig)
    store_was_set: bool = field(default=False, metadata={"hidden": True})


def find_missing_to_run(config: Config) -> list[str]:
    """What `newsbot run` needs beyond the defaults and is not set; the other commands do not."""
    missing: list[str] = []
    if not config.telegram.token:
        missing.append(
            "telegram.token: a bot token is needed to run. Get one from @BotFather and put it "
            "into the configuration, or into NEWSBOT_TELEGRAM_TOKEN. "
            "`newsbot chat` needs none."
        )
    if config.telegram.webhook.url and not config.telegram.webhook.secret:
        missing.append(
            "telegram.webhook.secret: a webhook needs one, so that nobody but Telegram can "
            "deliver. Set a long random text of letters and digits here, or in "
            "NEWSBOT_TELEGRAM_WEBHOOK_SECRET. Without telegram.webhook.url newsbot polls."
        )
    return missing


# ------------------------------------------------------------------------------- loading
def load_config(
    path: Path | None, environment: Mapping[str, str] | None = None, *, store: str | None = None
) -> Config:
    """The configuration from `path` (None: defaults), under `environment` and the `store` option.

    Raises ConfigError with every fault.
    """
    environment = os.environ if environment is None else environment
    faults: list[str] = []
    raw = _read_yaml(path) if path else {}
    config = _build(Config, raw, environment, "", faults, path)
    if store is not None:
        config = _replaced(config, store=store, store_was_set=True)
    elif "store" in raw or environment.get(ENVIRONMENT_PREFIX + "STORE"):
        config = _replaced(config, store_was_set=True)
    if config.store.startswith(("postgresql://", "postgres://")):
        faults.append(
            "store: PostgreSQL is not supported yet. Name an SQLite file, such as newsbot.db."
        )
    elif not config.store.strip():
        faults.append("store: the path of an SQLite file is needed, such as newsbot.db.")
    if faults:
        raise ConfigError(faults)
    return config


def find_unknown_variables(environment: Mapping[str, str]) -> list[str]:
    """The names of NEWSBOT_… variables that set nothing, most likely slips of the pen."""
    known = {*_variables(Config, ""), "NEWSBOT_CONFIG"}
    return sorted(
        name for name in environment if name.startswith(ENVIRONMENT_PREFIX) and name not in known
    )


def _variables(kind: type[Any], prefix: str) -> Iterator[str]:
    """The variables that set what is in `kind`."""
    hints = get_type_hints(kind)
    for one in fields(kind):
        if one.metadata.get("hidden"):
            continue
        where = prefix + one.name
        if is_dataclass(hints[one.name]):
            yield from _variables(cast(type[Any], hints[one.name]), where + ".")
        else:
            yield _variable(where)


def _variable(where: str) -> str:
    """The environment's name of the setting `where` ("limits.questions_per_minute")."""
    return ENVIRONMENT_PREFIX + where.upper().replace(".", "_")


def find_config_file(option: str | None, environment: Mapping[str, str]) -> Path | None:
    """The file to read: the option, else $NEWSBOT_CONFIG, else config.yaml here if there is one.

    Raises ConfigError when a file that was named does not exist.
    """
    named = option or environment.get("NEWSBOT_CONFIG")
    if named:
        path = Path(named)
        if not path.is_file():
            raise ConfigError([f"There is no configuration file {path}."])
        return path
    path = Path(DEFAULT_FILE)
    return path if path.is_file() else None


def _read_yaml(path: Path) -> dict[str, Any]:
    try:
        raw = yaml.safe_load(path.read_text(encoding="utf-8"))
    except (OSError, UnicodeDecodeError) as error:
        raise ConfigError([f"{path} cannot be read: {error}."]) from error
    except (yaml.YAMLError, ValueError, RecursionError) as error:  # a day such as 2025-99-99
        mark = getattr(error, "problem_mark", None)
        where = f" (line {mark.line + 1})" if mark else ""
        # The parser's own words may quote the line, and with it a token.
        raise ConfigError(
            [f"{path} is not valid YAML{where}. Check indents and quotes."]
        ) from None
    if raw is None:
        return {}
    if not isinstance(raw, dict):
        raise ConfigError([f"{path} must hold settings as `key: value` lines."])
    return cast(dict[str, Any], raw)


def _build(
    kind: type[C],
    raw: Mapping[str, Any],
    environment: Mapping[str, str],
    prefix: str,
    faults: list[str],
    path: Path | None,
) -> C:
    """A settings object of class `kind` from its part of the YAML and the environment."""
    hints = get_type_hints(kind)
    known = {f.name: f for f in fields(kind) if not f.metadata.get("hidden")}  # type: ignore[arg-type]
    for key in raw:
        if key in known:
            continue
        # A key that is no word is not shown: "token:123:abc", without a space, is one.
        told = key if isinstance(key, str) and _NAME.fullmatch(key) else "(a key that is no name)"
        faults.append(f"{prefix}{told}: there is no such setting. Known here: {', '.join(known)}.")
    values: dict[str, Any] = {}
    for name, one in known.items():
        where = prefix + name
        given = raw.get(name)
        if is_dataclass(hints[name]):
            if given is not None and not isinstance(given, dict):
                faults.append(f"{where}: settings are needed under it, one a line.")
                given = None
            values[name] = _build(
                cast(type[Any], hints[name]), given or {}, environment, where + ".", faults, path
            )
            continue
        variable = _variable(where)
        origin = where
        if environment.get(variable) not in (None, ""):
            given, origin = environment[variable], f"{variable} ({where})"
        if given is None:
            continue
        try:
            values[name] = one.metadata["read"](given)
        except ValueFault as fault:
            faults.append(f"{origin}: {fault}.")
    return kind(**values)


def _replaced(config: Config, **changes: Any) -> Config:
    from dataclasses import replace

    return replace(config, **changes)
