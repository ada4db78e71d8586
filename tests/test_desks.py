"""Desks: what a chat waits for, and what comes due without anybody asking."""

from __future__ import annotations

import asyncio
import sqlite3
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.newsroom import Newsroom
from bot.store.store import Store
from bot.talk.conversation import Conversation
from bot.talk.desks import Job, Outgoing, look_up_pending, stop_waiting, wait_for
from bot.talk.replies import Incoming, Notice, Urgency, told
from handlers.context import StoreThread
from handlers.ticker import Ticker


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "news.db") as store:
        yield store


ANNA = Incoming("tg:-5", "tg:1", text="x")
BEN = Incoming("tg:-5", "tg:2", text="x")


def test_only_who_was_asked_is_waited_for(store: Store) -> None:
    wait_for(store, ANNA, "city", {"step": 2})
    assert look_up_pending(store, BEN) is None
    pending = look_up_pending(store, ANNA)
    assert pending is not None
    assert (pending["for"], pending["step"]) == ("city", 2)
    stop_waiting(store, ANNA)
    assert look_up_pending(store, ANNA) is None


@pytest.mark.parametrize("kind", ["commands", "buttons", "inputs"])
def test_no_two_desks_take_the_same(kind: str, store: Store) -> None:
    desks = Conversation(Newsroom.over(store))._desks
    names = [name for desk in desks for name in getattr(desk, kind)]
    assert len(names) == len(set(names))


async def _tick(store: Store, job: Job, rounds: int) -> int:
    """How often the outbox was told of something while `job` ran so many times."""
    woken = 0
    ended = asyncio.Event()
    runs = 0

    def count() -> None:
        nonlocal woken
        woken += 1

    def work(now: datetime) -> Outgoing:
        nonlocal runs
        runs += 1
        if runs > rounds:
            loop.call_soon_threadsafe(ended.set)
            return Outgoing()
        return job.work(now)

    loop = asyncio.get_running_loop()
    thread = StoreThread(store)
    ticking = asyncio.create_task(
        Ticker([Job(job.name, job.every_seconds, work)], thread, count).run()
    )
    await asyncio.wait_for(ended.wait(), 10)
    ticking.cancel()
    await asyncio.gather(ticking, return_exceptions=True)
    thread.close()
    return woken


def _rows(store: Store) -> list[tuple[object, ...]]:
    rows = store.read().execute("SELECT key, chat, lane, payload FROM outbox ORDER BY id")
    return [tuple(row) for row in rows]


async def test_a_notice_is_filed_once_with_its_note(store: Store) -> None:
    def settle(connection: sqlite3.Connection) -> None:
        connection.execute("INSERT OR REPLACE INTO meta VALUES ('told', 'yes')")

    notice = Notice("tg:7", "digest:1", told("News."), Urgency.DIGEST, silent=True)
    job = Job("digests", 0.01, lambda _: Outgoing((notice,), settle))
    await _tick(store, job, 3)
    ((key, chat, lane, payload),) = _rows(store)
    assert (key, chat, lane) == ("digest:1", "tg:7", 2)
    assert '"silent": true' in str(payload)
    assert store.read().execute("SELECT value FROM meta WHERE key='told'").fetchone()[0] == "yes"


async def test_a_note_that_fails_files_nothing_and_a_failed_job_runs_again(store: Store) -> None:
    def settle(connection: sqlite3.Connection) -> None:
        raise RuntimeError

    notice = Notice("tg:7", "digest:1", told("News."))
    await _tick(store, Job("digests", 0.01, lambda _: Outgoing((notice,), settle)), 2)
    assert _rows(store) == []


async def test_a_job_with_more_to_do_does_not_wait(store: Store) -> None:
    job = Job("long", 3600.0, lambda now: Outgoing(more=now <= datetime.now(UTC)))
    await _tick(store, job, 3)  # would time out after the first run if it waited


def test_what_is_waited_for_outlives_a_restart(tmp_path: Path) -> None:
    with Store(tmp_path / "s.db") as store:
        wait_for(store, ANNA, "city", {})
    with Store(tmp_path / "s.db") as store:
        assert look_up_pending(store, ANNA) is not None
