"""Faults of the house: a store that is full, locked or damaged, a second poller; each is said."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import httpx
import pytest

from bot.intake.files import read_path
from bot.newsroom import Newsroom
from bot.reading import read_text
from bot.samples import sample_articles
from bot.store import connections
from bot.store.running import only_one
from bot.store.store import Store
from handlers.rates import Rates
from tests.support.botapi import BotApi, Fault, running_twin
from tests.support.botapi.bots import bot_in_thread, free_port
from tests.support.program import Outcome, newsbot
from tests.support.stores import find_faults, put, short_articles
from tests.test_telegram_order import Scripted

OWNER = 6_000_000_001
NOW = datetime(2025, 3, 27, 12, tzinfo=UTC)
RATES = Rates(chat_gap_seconds=0.02)


@pytest.fixture
def twin() -> Iterator[BotApi]:
    with running_twin() as running:
        yield running.twin


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store of some articles."""
    path = tmp_path / "news.db"
    with Store(path) as store:
        for article in short_articles(5):
            put(store, article)
    return path


def told(outcome: Outcome) -> str:
    """The one sentence of a command that failed."""
    assert outcome.code == 1
    assert "Traceback" not in outcome.err
    return outcome.err.removeprefix("newsbot: ")


# ------------------------------------------------------------------------------ while it runs
def test_the_owner_hears_at_once_when_nothing_can_be_stored(twin: BotApi) -> None:
    """Past the store; and whoever asked is answered when there is room again."""
    owner, ada = twin.person("Ow", id=OWNER), twin.person("Ada")
    with Store(None) as store:
        with bot_in_thread(twin, Scripted(), store, admins=[OWNER], rates=RATES):
            assert ada.asks("before").text
            with store.write() as connection:
                pages = connection.execute("PRAGMA page_count").fetchone()[0]
                connection.execute(f"PRAGMA max_page_count = {pages}")
            ada.sends("full " * 800)
            ada.sends("full " * 800)
            words = twin.wait_for_reply(owner).text
            with store.write() as connection:
                connection.execute("PRAGMA max_page_count = 1000000")
            twin.wait_for(lambda: len(twin.from_bot(ada)) == 3)
        assert words.startswith("I cannot answer anybody at the moment.")
        assert "The disk is full" in words
        assert len(twin.from_bot(owner)) == 1


def test_a_second_poller_is_told_to_the_owner_once_and_is_no_outage(
    twin: BotApi, caplog: pytest.LogCaptureFixture, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr("handlers.polling.CONFLICT_WAIT_SECONDS", 0.05)
    owner, ada = twin.person("Ow", id=OWNER), twin.person("Ada")
    words = "Conflict: terminated by other getUpdates request"
    twin.faults.add(Fault("getUpdates", status=409, description=words, times=4))
    address = f"127.0.0.1:{free_port()}"
    with (
        Store(None) as store,
        bot_in_thread(twin, Scripted(), store, admins=[OWNER], rates=RATES, health=address),
    ):
        assert "Another program fetches messages with my token" in twin.wait_for_reply(owner).text
        assert ada.asks("still there?").text
        numbers = httpx.get(f"http://{address}/metrics", trust_env=False).text
    assert 'newsbot_telegram_faults_total{kind="Conflict"} 4.0' in numbers
    assert len(twin.from_bot(owner)) == 1
    assert "Telegram cannot be reached" not in caplog.text


# ----------------------------------------------------------------------------------- commands
def test_a_store_that_is_held_for_too_long_is_told(
    path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(connections, "BUSY_TIMEOUT_SECONDS", 0.1)
    with closing(sqlite3.connect(path, isolation_level=None)) as other:
        other.execute("BEGIN IMMEDIATE")
        said = told(newsbot("add", "-", "--db", path, stdin="The bridge opened on Friday.\n" * 9))
        assert "Another program has held it for too long" in said
        other.execute("ROLLBACK")
    assert find_faults(path) == []


@pytest.mark.parametrize("command", ["run", "ask", "stats"])
def test_a_damaged_store_is_told_with_the_way_back(
    path: Path, command: str, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSBOT_TELEGRAM_TOKEN", "7100000001:AAnot-used-here_0123456789-abcdefgh")
    path.write_bytes(b"\xa5" * 40_000)
    question = ["who?"] if command == "ask" else []
    said = told(newsbot(command, *question, "--db", path))
    assert "It is damaged or no store at all. Keep the file, and restore the newest backup" in said


def test_nothing_is_restored_under_a_running_bot(path: Path, tmp_path: Path) -> None:
    assert newsbot("backup", tmp_path / "copy.db", "--db", path).code == 0
    with only_one(path):
        said = told(newsbot("restore", tmp_path / "copy.db", "--db", path, "--replace"))
    assert "Another newsbot runs over the store" in said
    assert find_faults(path) == []


def test_a_restore_says_how_much_newer_the_store_is(path: Path, tmp_path: Path) -> None:
    assert newsbot("backup", tmp_path / "copy.db", "--db", path).code == 0
    with closing(sqlite3.connect(tmp_path / "copy.db")) as copy, copy:
        copy.execute("UPDATE versions SET added = '2020-05-04T10:00:00+00:00'")
    said = told(newsbot("restore", tmp_path / "copy.db", "--db", path))
    assert "holds 5 articles" in said
    assert "the newest in the backup of 2020-05-04 10:00 UTC" in said


def test_a_backup_from_the_middle_of_an_import_gives_the_same_answers(tmp_path: Path) -> None:
    path, copy = tmp_path / "news.db", tmp_path / "copy.db"
    drafts = [row.draft for row in read_path(sample_articles()) if row.draft is not None]
    some = threading.Event()

    def read_quickly(text: str, published: object) -> object:
        return read_text(text, published, quick=True)  # type: ignore[arg-type]

    def add_all() -> None:
        with Store(path) as store:
            newsroom = Newsroom.over(store, read_quickly)  # type: ignore[arg-type]
            for number, article in enumerate(drafts):
                newsroom.add(article)
                if number == 8:
                    some.set()

    thread = threading.Thread(target=add_all)
    thread.start()
    assert some.wait(30)
    assert newsbot("backup", copy, "--db", path).code == 0
    thread.join(60)
    assert newsbot("restore", copy, "--db", tmp_path / "back.db").code == 0
    with Store(tmp_path / "back.db") as back, Store(None) as fresh:
        held = Newsroom.over(back).coverage().articles
        assert 9 <= held <= len(drafts)
        anew = Newsroom.over(fresh, read_quickly)  # type: ignore[arg-type]
        for article in drafts[:held]:
            anew.add(article)
        for question in (
            "what did Brandvold say about observers?",
            "how many were evacuated?",
            "what was agreed on energy?",
            "who is Aron Skoglund?",
        ):
            given = Newsroom.over(back).ask(question, NOW)
            expected = anew.ask(question, NOW)
            assert given.state is expected.state
            assert [(a.article.id, a.span, a.text, a.score) for a in given.answers] == [
                (a.article.id, a.span, a.text, a.score) for a in expected.answers
            ]
    assert find_faults(tmp_path / "back.db") == []


# ------------------------------------------------------------------------------------- doctor
def spoil_index(path: Path, _: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("UPDATE article_index_data SET block = x'00' WHERE id > 10")
    return []


def drop_findings(path: Path, _: Path) -> list[str]:
    with closing(sqlite3.connect(path)) as connection, connection:
        connection.execute("DELETE FROM findings WHERE version = 2")
    return []


def set_clock_back(_: Path, __: Path) -> list[str]:
    return ["--now", "2020-01-01"]


def late_copy(_: Path, folder: Path) -> list[str]:
    old = datetime.now(UTC) - timedelta(days=3)
    (folder / f"newsbot-{old:%Y%m%dT%H%M%S}Z.db").touch()
    return []


@pytest.mark.parametrize(
    ("harm", "words"),
    [
        (spoil_index, "full-text index is damaged; keep the file, and `newsbot restore`"),
        (drop_findings, "versions without findings (2)"),
        (set_clock_back, "WRONG: clock: it says 2020-01-01 00:00 UTC"),
        (late_copy, "the log says why it failed"),
    ],
    ids=lambda harm: getattr(harm, "__name__", None),
)
def test_doctor_finds_what_is_wrong_and_says_what_to_do(
    path: Path, tmp_path: Path, monkeypatch: pytest.MonkeyPatch, harm: object, words: str
) -> None:
    monkeypatch.setenv("NEWSBOT_BACKUP_FOLDER", str(tmp_path))
    well = newsbot("doctor", "--db", path)
    assert (well.code, "WRONG" in well.out) == (0, False)
    options = harm(path, tmp_path)  # type: ignore[operator]
    ill = newsbot("doctor", "--db", path, *options)
    assert ill.code == 1
    assert words in ill.out


@pytest.mark.parametrize(
    ("token", "words", "code"),
    [
        (None, "it takes the token of @newsbot_test_bot", 0),
        ("7100000001:AAnot-the-token_0123456789-abcdefghij", "it refuses the token", 1),
        ("123:short", "it does not look like one", 1),
    ],
    ids=["right", "refused", "misshapen"],
)
def test_doctor_asks_telegram_about_the_token(
    twin: BotApi,
    path: Path,
    monkeypatch: pytest.MonkeyPatch,
    token: str | None,
    words: str,
    code: int,
) -> None:
    monkeypatch.setenv("NEWSBOT_TELEGRAM_TOKEN", token or twin.token)
    monkeypatch.setenv("NEWSBOT_TELEGRAM_ADMINS", str(OWNER))
    monkeypatch.setenv("NEWSBOT_TELEGRAM_BASE_URL", twin.base_url)
    outcome = newsbot("doctor", "--telegram", "--db", path)
    assert outcome.code == code
    assert words in outcome.out
    assert (token or twin.token) not in outcome.out + outcome.err
