"""Settings: YAML over defaults, environment over YAML, all faults at once, secrets kept."""

from __future__ import annotations

import logging
import tempfile
from collections.abc import Iterator
from dataclasses import fields, is_dataclass
from pathlib import Path
from typing import Any, get_type_hints

import pytest
import yaml
from hypothesis import given
from hypothesis import strategies as st

from bot.cli.feeds import feed_settings
from bot.cli.options import web_settings
from bot.config import Config, Secret, find_config_file, find_unknown_variables, load_config
from bot.errors import ConfigError
from bot.feeds.rhythm import FeedSettings
from bot.intake.web_settings import WebSettings
from tests.support.program import ROOT

TOKEN = "123456789:AAF-hush_hush_hush"
EXAMPLE = ROOT / "config.example.yaml"


def load(yaml_text: str, folder: Path, **environment: str) -> Config:
    path = folder / "config.yaml"
    path.write_text(yaml_text, encoding="utf-8")
    return load_config(path, environment)


def faults(yaml_text: str, folder: Path, **environment: str) -> tuple[str, ...]:
    with pytest.raises(ConfigError) as caught:
        load(yaml_text, folder, **environment)
    return caught.value.faults


def settings_of(kind: type[Any] = Config, prefix: str = "") -> Iterator[str]:
    """The path of each setting ("telegram.token")."""
    hints = get_type_hints(kind)
    for field in fields(kind):
        if field.metadata.get("hidden"):
            continue
        if is_dataclass(hints[field.name]):
            yield from settings_of(hints[field.name], f"{prefix}{field.name}.")
        else:
            yield prefix + field.name


def look_up(raw: Any, path: str) -> Any:
    """What stands at `path` in nested settings; raises KeyError where nothing does."""
    for key in path.split("."):
        raw = raw[key]
    return raw


# -------------------------------------------------------------------------- the example
def test_example_loads_and_equals_the_defaults() -> None:
    example = load_config(EXAMPLE, {})
    defaults = load_config(None, {})
    assert example.store == defaults.store
    assert example.telegram == defaults.telegram
    assert example.limits == defaults.limits
    assert example.web == defaults.web
    assert example.feeds == defaults.feeds


def test_defaults_of_the_web_are_those_of_the_fetcher() -> None:
    assert web_settings(load_config(None, {})) == WebSettings()
    assert feed_settings(load_config(None, {})) == FeedSettings()


@pytest.mark.parametrize(
    ("setting", "words"),
    [
        ("seconds: 0", "from 1 to 300"),
        ("seconds: fast", "from 1 to 300"),
        ("megabytes: 1000", "from 1 to 100"),
        ("respect_robots: maybe", "true or false"),
        ("ports: [99999]", "from 1 to 65,535"),
        ("ports: http", "from 1 to 65,535"),
        ("user_agent: ''", "one line"),
        ('user_agent: "a\\nHost: b"', "one line"),
    ],
)
def test_setting_of_the_web_that_cannot_be_is_told(
    tmp_path: Path, setting: str, words: str
) -> None:
    (fault,) = faults(f"web:\n  {setting}\n", tmp_path)
    assert fault.startswith("web.")
    assert words in fault


@pytest.mark.parametrize("path", list(settings_of()))
def test_example_holds_each_setting_under_a_comment(path: str) -> None:
    raw = yaml.safe_load(EXAMPLE.read_text(encoding="utf-8"))
    look_up(raw, path)
    lines = EXAMPLE.read_text(encoding="utf-8").splitlines()
    name = path.rpartition(".")[2]
    places = [n for n, line in enumerate(lines) if line.strip().startswith(f"{name}:")]
    assert places
    assert all(lines[n - 1].strip().startswith("#") for n in places)


# ------------------------------------------------------------------------------ order
def test_environment_goes_over_yaml_and_yaml_over_defaults(tmp_path: Path) -> None:
    config = load(
        "store: yaml.db\nlimits:\n  questions_per_minute: 5\n",
        tmp_path,
        NEWSBOT_LIMITS_QUESTIONS_PER_MINUTE="7",
    )
    assert config.store == "yaml.db"
    assert config.limits.questions_per_minute == 7
    assert config.telegram.base_url == "https://api.telegram.org/bot"


def test_the_option_goes_over_all(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text("store: yaml.db")
    config = load_config(path, {"NEWSBOT_STORE": "environment.db"}, store="option.db")
    assert (config.store, config.store_was_set) == ("option.db", True)


@pytest.mark.parametrize(
    ("path", "given", "value"),
    [
        ("store", "news.db", "news.db"),
        ("telegram.token", TOKEN, Secret(TOKEN)),
        ("telegram.admins", "12, 345", (12, 345)),
        ("telegram.base_url", "http://127.0.0.1:8081/bot", "http://127.0.0.1:8081/bot"),
        ("telegram.base_file_url", "http://localhost/file/bot", "http://localhost/file/bot"),
        ("telegram.webhook.url", "https://bot.example/hook", "https://bot.example/hook"),
        ("telegram.webhook.listen", "0.0.0.0:80", "0.0.0.0:80"),
        ("telegram.webhook.secret", "s3cret", Secret("s3cret")),
        ("limits.questions_per_minute", "3", 3),
        ("limits.group_questions_per_minute", "4", 4),
        ("web.user_agent", "newsbot (+https://a.example)", "newsbot (+https://a.example)"),
        ("web.seconds", "7.5", 7.5),
        ("web.megabytes", "3", 3),
        ("web.redirects", "0", 0),
        ("web.host_seconds", "0.5", 0.5),
        ("web.respect_robots", "no", False),
        ("web.ports", "8080, 81", (8080, 81)),
        ("web.allow_loopback", "true", True),
        ("web.archive", "pages", "pages"),
        ("health.listen", "off", ""),
        ("backup.folder", "/backups", "/backups"),
        ("backup.hours", "6", 6),
        ("backup.keep", "30", 30),
        ("freshness.hours", "0", 0),
        ("corrections.days", "7", 7),
        ("log.format", "json", "json"),
        ("feeds.shortest_minutes", "5", 5),
        ("feeds.longest_hours", "48", 48),
        ("feeds.first_articles", "0", 0),
    ],
)
def test_each_setting_can_come_from_the_environment(path: str, given: str, value: Any) -> None:
    name = "NEWSBOT_" + path.upper().replace(".", "_")
    config: Any = load_config(None, {name: given})
    for part in path.split("."):
        config = getattr(config, part)
    assert config == value


def test_the_list_above_is_complete() -> None:
    marks: Any = test_each_setting_can_come_from_the_environment
    assert [row[0] for row in marks.pytestmark[0].args[1]] == list(settings_of())


def test_an_empty_variable_is_none_at_all(tmp_path: Path) -> None:
    assert load("store: yaml.db", tmp_path, NEWSBOT_STORE="").store == "yaml.db"


@pytest.mark.parametrize("text", ["", "# nothing\n", "telegram:\n", "limits: {}\n"])
def test_a_file_that_sets_nothing_gives_the_defaults(text: str, tmp_path: Path) -> None:
    assert load(text, tmp_path) == load_config(None, {})


# ----------------------------------------------------------------------------- the file
def test_file_is_the_option_else_the_variable_else_the_one_here(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.chdir(tmp_path)
    assert find_config_file(None, {}) is None
    for name in ("config.yaml", "a.yaml", "b.yaml"):
        (tmp_path / name).touch()
    environment = {"NEWSBOT_CONFIG": "a.yaml"}
    assert find_config_file(None, {}) == Path("config.yaml")
    assert find_config_file(None, environment) == Path("a.yaml")
    assert find_config_file("b.yaml", environment) == Path("b.yaml")


def test_a_named_file_that_is_missing_is_a_fault(tmp_path: Path) -> None:
    with pytest.raises(ConfigError, match="no configuration file"):
        find_config_file(str(tmp_path / "none.yaml"), {})


# ------------------------------------------------------------------------------- faults
@pytest.mark.parametrize(
    ("text", "path", "allowed"),
    [
        ("stroe: x.db", "stroe", "Known here: store, telegram, limits"),
        ("telegram:\n  tokn: x", "telegram.tokn", "Known here: token"),
        ("store_was_set: true", "store_was_set", "no such setting"),
        ("store: 5", "store", "a text"),
        ("store: ''", "store", "SQLite file"),
        ("store: postgresql://db/news", "store", "PostgreSQL is not supported yet"),
        ("telegram: 5", "telegram", "settings are needed under it"),
        ("telegram: [a]", "telegram", "settings are needed under it"),
        ("telegram:\n  token: 5", "telegram.token", "in quotation marks"),
        ("telegram:\n  admins: [me]", "telegram.admins", "numeric Telegram ids"),
        ("telegram:\n  admins: -3", "telegram.admins", "numeric Telegram ids"),
        ("telegram:\n  admins: [true]", "telegram.admins", "numeric Telegram ids"),
        ("telegram:\n  base_url: https://x.example", "telegram.base_url", "ends in /bot"),
        ("telegram:\n  base_url: x/bot", "telegram.base_url", "begins with http"),
        ("telegram:\n  base_file_url: https://x/bot", "telegram.base_file_url", "/file/bot"),
        ("telegram:\n  webhook:\n    listen: '80'", "telegram.webhook.listen", "host and a port"),
        ("telegram:\n  webhook:\n    listen: 'a:²'", "telegram.webhook.listen", "host and a port"),
        ("telegram:\n  webhook:\n    url: ftp://x", "telegram.webhook.url", "begins with http"),
        ("limits:\n  questions_per_minute: 0", "limits.questions_per_minute", "from 1 to 10,000"),
        ("limits:\n  questions_per_minute: '²'", "limits.questions_per_minute", "whole number"),
        ("limits:\n  questions_per_minute: '--5'", "limits.questions_per_minute", "whole number"),
        ("limits:\n  questions_per_minute: 2.5", "limits.questions_per_minute", "whole number"),
        ("limits:\n  questions_per_minute: yes", "limits.questions_per_minute", "whole number"),
    ],
)
def test_a_fault_names_its_path_and_what_is_allowed(
    text: str, path: str, allowed: str, tmp_path: Path
) -> None:
    (fault,) = faults(text, tmp_path)
    assert fault.startswith(f"{path}: ")
    assert allowed in fault


def test_a_fault_in_the_environment_names_the_variable(tmp_path: Path) -> None:
    (fault,) = faults("", tmp_path, NEWSBOT_LIMITS_QUESTIONS_PER_MINUTE="many")
    assert fault.startswith("NEWSBOT_LIMITS_QUESTIONS_PER_MINUTE (limits.questions_per_minute): ")


def test_all_faults_are_told_at_once(tmp_path: Path) -> None:
    text = "colour: red\nstore: 5\nlimits:\n  questions_per_minute: x\ntelegram:\n  admins: x\n"
    told = faults(text, tmp_path, NEWSBOT_TELEGRAM_BASE_URL="nowhere")
    assert [fault.partition(": ")[0] for fault in told] == [
        "colour",
        "store",
        "telegram.admins",
        "NEWSBOT_TELEGRAM_BASE_URL (telegram.base_url)",
        "limits.questions_per_minute",
    ]


@pytest.mark.parametrize(
    ("data", "words"),
    [
        (b"store: [", "not valid YAML (line 1)"),
        (b"a: b: c", "not valid YAML"),
        (b"\tstore: x", "not valid YAML"),
        (b"store: 2025-99-99", "not valid YAML"),
        (b"- store", "`key: value`"),
        (b"store", "`key: value`"),
        (b"\xff\xfe\x00", "cannot be read"),
        (b"[" * 5_000, "not valid YAML"),
        (b"? [a]\n: b", "not valid YAML"),
    ],
)
def test_a_file_that_is_no_settings_is_told(data: bytes, words: str, tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_bytes(data)
    with pytest.raises(ConfigError) as caught:
        load_config(path, {})
    assert words in str(caught.value)


@given(
    st.recursive(
        st.none() | st.booleans() | st.integers() | st.floats() | st.text(max_size=8),
        lambda inner: (
            st.lists(inner, max_size=3)
            | st.dictionaries(
                st.sampled_from(["store", "telegram", "webhook", "token", "admins", "limits"])
                | st.text(max_size=5),
                inner,
                max_size=4,
            )
        ),
        max_leaves=12,
    )
)
def test_any_yaml_gives_settings_or_sentences(raw: Any) -> None:
    with tempfile.NamedTemporaryFile("w", suffix=".yaml", encoding="utf-8") as file:
        yaml.safe_dump(raw, file, allow_unicode=True)
        file.flush()
        outcome: Config | tuple[str, ...]
        try:
            outcome = load_config(Path(file.name), {})
        except ConfigError as error:
            outcome = error.faults
    if isinstance(outcome, Config):
        assert outcome.store
    else:
        assert outcome
        assert all(fault.endswith(".") for fault in outcome)


# ------------------------------------------------------------------------------ secrets
def test_secret_shows_only_when_asked(caplog: pytest.LogCaptureFixture, tmp_path: Path) -> None:
    config = load(f'telegram:\n  token: "{TOKEN}"\n', tmp_path)
    assert config.telegram.token.reveal() == TOKEN
    with caplog.at_level(logging.DEBUG):
        logging.getLogger("any").info("%s %r %s", config, config.telegram.token, config.telegram)
    assert "hush" not in f"{config!r} {config.telegram.token} {caplog.text}"
    assert "Secret(set)" in repr(config)


@pytest.mark.parametrize(
    "text",
    [
        f"telegram:\n  token:{TOKEN}\n",
        f"telegram: {{token:{TOKEN}}}\n",
        f"token:{TOKEN}\n",
        f'telegram:\n  token: ["{TOKEN}"]\n',
        f"telegram:\n  token: {{a: '{TOKEN}'}}\n",
        f"telegram:\n  token: '{TOKEN}\n",
        f"telegram:\n  token: {TOKEN}: x\n",
        f'telegram:\n  base_url: "{TOKEN}"\n',
        f'telegram:\n  webhook:\n    secret: ["{TOKEN}"]\n',
        f'telegram:\n  admins: "{TOKEN}"\n',
    ],
)
def test_no_fault_shows_a_token_that_was_put_wrong(text: str, tmp_path: Path) -> None:
    told = faults(text, tmp_path)
    assert told
    assert "hush" not in " ".join(told)
    with pytest.raises(ConfigError) as caught:
        load(text, tmp_path)
    chain: BaseException | None = caught.value
    while chain is not None:  # a traceback would print the causes, too
        assert "hush" not in str(chain)
        chain = chain.__cause__ or (None if chain.__suppress_context__ else chain.__context__)


def test_a_misspelt_variable_is_named_without_its_value() -> None:
    environment = {
        "NEWSBOT_TELEGRAM_TOKN": "123:secret",
        "NEWSBOT_CONFIG": "c.yaml",
        "NEWSBOT_LIMITS_QUESTIONS_PER_MINUTE": "5",
        "NEWSBOT_TELEGRAM_WEBHOOK_URL": "https://bot.example",
        "OTHER": "x",
    }
    assert find_unknown_variables(environment) == ["NEWSBOT_TELEGRAM_TOKN"]
