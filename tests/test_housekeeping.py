"""What the running bot does unasked: copies of the store, word when the news grow old, its log."""

from __future__ import annotations

import json
import logging
import sys
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.errors import ConfigError
from bot.logs import JsonLines
from bot.newsroom import Newsroom
from bot.store.store import Store
from bot.talk.conversation import Conversation
from bot.talk.desks import Job, Outgoing
from bot.talk.housekeeping import Backups, backups_of, housekeeping_jobs
from bot.talk.plain import render_plain
from tests.support.stores import draft, find_faults
from tests.support.talks import Clock, Talk

OWNER = "tg:7"
DAY = timedelta(days=1)


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    with Store(tmp_path / "news.db") as store:
        newsroom = Newsroom.over(store)
        newsroom.add(draft())
        yield newsroom


@pytest.fixture
def folder(tmp_path: Path) -> Path:
    (copies := tmp_path / "copies").mkdir()
    return copies


def run(newsroom: Newsroom, job: Job, now: datetime) -> Outgoing:
    """What the job says, its note written down as the ticker does."""
    outgoing = job.work(now)
    if outgoing.settle is not None:
        with newsroom.store.write() as connection:
            outgoing.settle(connection)
    return outgoing


def test_copies_are_whole_and_the_oldest_go(newsroom: Newsroom, folder: Path) -> None:
    (job,) = housekeeping_jobs(newsroom, OWNER, Backups(folder, DAY, 2), None)
    (folder / "notes.txt").write_text("mine")
    start = datetime(2025, 3, 30, 1, tzinfo=UTC)
    for hours in range(0, 96, 6):
        run(newsroom, job, start + timedelta(hours=hours))
    names = sorted(path.name for path in folder.iterdir())
    assert names == ["newsbot-20250401T010000Z.db", "newsbot-20250402T010000Z.db", "notes.txt"]
    assert find_faults(folder / names[0]) == []
    with closing(Store(folder / names[1])) as copy:
        assert Newsroom.over(copy).coverage().articles == 1


def test_a_clock_set_back_stops_no_copies(newsroom: Newsroom, folder: Path) -> None:
    (job,) = housekeeping_jobs(newsroom, OWNER, Backups(folder, DAY, 5), None)
    run(newsroom, job, datetime(2035, 1, 1, tzinfo=UTC))
    run(newsroom, job, datetime(2025, 1, 1, tzinfo=UTC))
    assert len(list(folder.iterdir())) == 2


def test_a_backup_that_fails_is_told_and_tried_again(newsroom: Newsroom, folder: Path) -> None:
    (job,) = housekeeping_jobs(newsroom, OWNER, Backups(folder, DAY, 2), None)
    now = datetime(2025, 3, 30, tzinfo=UTC)
    folder.rmdir()
    (notice,) = run(newsroom, job, now).notices
    assert notice.chat == OWNER
    assert "The backup of the store failed" in render_plain(notice.reply)
    folder.mkdir()
    assert run(newsroom, job, now).notices == ()
    assert len(list(folder.iterdir())) == 1


def test_a_folder_for_copies_must_exist(folder: Path) -> None:
    assert backups_of("", 24, 7) is None
    assert backups_of(str(folder), 24, 7) == Backups(folder, DAY, 7)
    with pytest.raises(ConfigError, match="Create it first"):
        backups_of(str(folder / "none"), 24, 7)


def test_old_news_are_told_to_the_owner_once_a_day(newsroom: Newsroom) -> None:
    (job,) = housekeeping_jobs(newsroom, OWNER, None, timedelta(hours=48))
    now = datetime.now(UTC)
    assert run(newsroom, job, now).notices == ()
    later = now + timedelta(hours=60)
    (notice,) = run(newsroom, job, later).notices
    assert "No article has come in for 60 hours" in render_plain(notice.reply)
    assert run(newsroom, job, later + timedelta(hours=23)).notices == ()
    (again,) = run(newsroom, job, later + timedelta(hours=25)).notices
    assert again.key != notice.key


def test_answers_say_that_the_news_are_old(newsroom: Newsroom) -> None:
    clock = Clock(datetime.now(UTC))
    someone = Talk(Conversation(newsroom, clock=clock, stale_after=timedelta(hours=48)))
    assert "No article has come in" not in someone.say("what did Ines Roca say?")
    clock.now += timedelta(days=4)
    assert "No article has come in for 4 days" in someone.say("what did Ines Roca say?")
    assert "No article has come in" not in someone.say("/sources")


def test_a_log_line_in_json_holds_the_trace() -> None:
    try:
        raise ValueError("broken “here”")
    except ValueError:
        record = logging.LogRecord(
            "bot.x", logging.ERROR, "x.py", 1, "it %s", ("failed",), sys.exc_info()
        )
    row = json.loads(JsonLines().format(record))
    assert (row["level"], row["logger"], row["message"]) == ("error", "bot.x", "it failed")
    assert "ValueError: broken “here”" in row["trace"]
