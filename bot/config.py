"""The configuration: YAML over defaults, the environment over YAML, options over both.

All faults are told at once, each with its key's path and what is allowed. A secret never shows
in a repr, a log or an error.
"""

from __future__ import annotations

import os
import re
from collections.abc import Callable, Iterator, Mapping
from dataclasses import dataclass, field, fields, is_dataclass
from pathlib import Path
from typing import Any, TypeVar, cast, get_type_hints

import yaml

from bot.errors import ConfigError

C = TypeVar("C")
_NAME = re.compile(r"[A-Za-z][A-Za-z_-]{0,40}")
_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,18}")
_DECIMAL = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,6})?")
_HEADER_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # what Telegram sends in a header
_PORT = re.compile(r"[0-9]{1,5}")
ENVIRONMENT_PREFIX = "NEWSBOT_"
DEFAULT_FILE = "config.yaml"


class Secret:
    """A text that shows only when it is asked for with `reveal`."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __repr__(self) -> str:
        return "Secret(set)" if self._value else "Secret(not set)"

    __str__ = __repr__


class _Fault(Exception):
    """A value cannot be read; the words say what is allowed."""


# ------------------------------------------------------------------------------- readers
def _text(raw: object) -> str:
    if not isinstance(raw, str):
        raise _Fault("a text is needed")
    return raw


def _secret(raw: object) -> Secret:
    if not isinstance(raw, str):
        raise _Fault("a text in quotation marks is needed")
    return Secret(raw.strip())


def _header_secret(raw: object) -> Secret:
    secret = _secret(raw)
    if secret and not _HEADER_SECRET.fullmatch(secret.reveal()):
        raise _Fault("1 to 256 letters, digits, _ and - are needed, in quotation marks")
    return secret


def _number(raw: object, low: int, high: int) -> int:
    if isinstance(raw, str) and _WHOLE_NUMBER.fullmatch(raw.strip()):
        raw = int(raw)
    if isinstance(raw, bool) or not isinstance(raw, int) or not low <= raw <= high:
        raise _Fault(f"a whole number from {low:,} to {high:,} is needed")
    return raw


def _between(low: int, high: int) -> Callable[[object], int]:
    return lambda raw: _number(raw, low, high)


def _seconds(low: float, high: float) -> Callable[[object], float]:
    def read(raw: object) -> float:
        if isinstance(raw, str) and _DECIMAL.fullmatch(raw.strip()):
            raw = float(raw)
        if isinstance(raw, bool) or not isinstance(raw, int | float) or not low <= raw <= high:
            raise _Fault(f"a number of seconds from {low:g} to {high:g} is needed")
        return float(raw)

    return read


def _flag(raw: object) -> bool:
    if isinstance(raw, str):
        raw = {"true": True, "yes": True, "false": False, "no": False}.get(raw.strip().lower())
    if not isinstance(raw, bool):
        raise _Fault("true or false is needed")
    return raw


def _line(raw: object) -> str:
    text = _text(raw).strip()
    if not text or len(text) > 200 or not text.isascii() or not text.isprintable():
        raise _Fault("one line of up to 200 letters, digits and signs is needed")
    return text


def _ports(raw: object) -> tuple[int, ...]:
    items = raw.split(",") if isinstance(raw, str) else raw
    if isinstance(items, int) and not isinstance(items, bool):
        items = [items]
    if not isinstance(items, list):
        raise _Fault("port numbers are needed, such as [8080]")
    return tuple(_number(i, 1, 65_535) for i in items if not isinstance(i, str) or i.strip())


def _ids(raw: object) -> tuple[int, ...]:
    items = raw.split(",") if isinstance(raw, str) else raw
    if isinstance(items, int) and not isinstance(items, bool):
        items = [items]
    wrong = _Fault("numeric Telegram ids are needed, such as [12345678]")
    if not isinstance(items, list):
        raise wrong
    try:
        return tuple(_number(i, 1, 2**52) for i in items if not isinstance(i, str) or i.strip())
    except _Fault:
        raise wrong from None


def _address(raw: object) -> str:
    text = _text(raw).strip()
    if text and not text.startswith(("http://", "https://")):
        raise _Fault("an address that begins with http:// or https:// is needed")
    return text


def _ending(ending: str) -> Callable[[object], str]:
    def read(raw: object) -> str:
        text = _address(raw)
        if not text.endswith(ending):
            raise _Fault(f"an address that ends in {ending} is needed")
        return text

    return read


def _listen(raw: object) -> str:
    text = _text(raw)
    host, _, port = text.rpartition(":")
    if not host or not _PORT.fullmatch(port) or not 0 < int(port) < 65536:
        raise _Fault('a host and a port are needed, such as "127.0.0.1:8443"')
    return text


def _one_of(*allowed: str) -> Callable[[object], str]:
    def read(raw: object) -> str:
        if raw not in allowed:
            raise _Fault(f"one of {', '.join(allowed)} is needed")
        return str(raw)

    return read


def _listen_or_off(raw: object) -> str:
    # YAML reads a bare "off" as false.
    return "" if raw is False or _text(raw).strip().lower() in ("", "off") else _listen(raw)


def _setting(default: Any, read: Callable[[object], Any]) -> Any:
    return field(default=default, metadata={"read": read})


# ------------------------------------------------------------------------------ settings
@dataclass(frozen=True, slots=True)
class WebhookConfig:
    """Where Telegram delivers to; polling is used while `url` is empty."""

    url: str = _setting("", _address)
    listen: str = _setting("127.0.0.1:8443", _listen)
    secret: Secret = _setting(Secret(""), _header_secret)


@dataclass(frozen=True, slots=True)
class TelegramConfig:
    """The bot's account at Telegram and who may change the store."""

    token: Secret = _setting(Secret(""), _secret)
    admins: tuple[int, ...] = _setting((), _ids)
    base_url: str = _setting("https://api.telegram.org/bot", _ending("/bot"))
    base_file_url: str = _setting("https://api.telegram.org/file/bot", _ending("/file/bot"))
    webhook: WebhookConfig = field(default_factory=WebhookConfig)


@dataclass(frozen=True, slots=True)
class LimitsConfig:
    """What one person may ask for."""

    questions_per_minute: int = _setting(20, _between(1, 10_000))


@dataclass(frozen=True, slots=True)
class WebConfig:
    """How articles and feeds are fetched from the web."""

    user_agent: str = _setting("newsbot", _line)
    seconds: float = _setting(20.0, _seconds(1, 300))
    megabytes: int = _setting(10, _between(1, 100))
    redirects: int = _setting(5, _between(0, 20))
    host_seconds: float = _setting(1.0, _seconds(0, 60))
    respect_robots: bool = _setting(True, _flag)
    ports: tuple[int, ...] = _setting((), _ports)
    allow_loopback: bool = _setting(False, _flag)
    archive: str = _setting("", _text)


@dataclass(frozen=True, slots=True)
class HealthConfig:
    """Where the running bot tells how it is; nowhere while `listen` is empty."""

    listen: str = _setting("127.0.0.1:9464", _listen_or_off)


@dataclass(frozen=True, slots=True)
class BackupConfig:
    """Copies of the store that the running bot makes; none while `folder` is empty."""

    folder: str = _setting("", _text)
    hours: int = _setting(24, _between(1, 8760))
    keep: int = _setting(7, _between(1, 1000))


@dataclass(frozen=True, slots=True)
class FreshnessConfig:
    """From when on the news count as old: the bot says so, and tells the owner. 0 is never."""

    hours: int = _setting(48, _between(0, 8760))


@dataclass(frozen=True, slots=True)
class CorrectionsConfig:
    """For how many days after it was sent a message is put right when its article changes."""

    days: int = _setting(30, _between(0, 365))


@dataclass(frozen=True, slots=True)
class LogConfig:
    """How `newsbot run` writes its log to stderr."""

    format: str = _setting("text", _one_of("text", "json"))


@dataclass(frozen=True, slots=True)
class FeedsConfig:
    """How feeds are polled."""

    shortest_minutes: int = _setting(10, _between(1, 1440))
    longest_hours: int = _setting(24, _between(1, 168))
    first_articles: int = _setting(30, _between(0, 500))


@dataclass(frozen=True, slots=True)
class Config:
    """Everything that can be set."""

    store: str = _setting("newsbot.db", _text)
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
    for setting in fields(kind):
        if setting.metadata.get("hidden"):
            continue
        where = prefix + setting.name
        if is_dataclass(hints[setting.name]):
            yield from _variables(cast(type[Any], hints[setting.name]), where + ".")
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
    for name, setting in known.items():
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
            values[name] = setting.metadata["read"](given)
        except _Fault as fault:
            faults.append(f"{origin}: {fault}.")
    return kind(**values)


def _replaced(config: Config, **changes: Any) -> Config:
    from dataclasses import replace

    return replace(config, **changes)
