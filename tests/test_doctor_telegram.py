"""`newsbot doctor` over the store of a bot: when it heard Telegram, what waits, what failed."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta
from pathlib import Path

import pytest

from bot.store import inbox, outbox
from bot.store.inbox import InboxRow
from bot.store.outbox import Letter
from bot.store.store import Store
from tests.support.program import newsbot

NOW = datetime(2025, 3, 18, 12, 0, tzinfo=UTC)


@pytest.mark.parametrize(
    ("ago", "told", "code"),
    [
        pytest.param(None, "no bot has run", 1, id="never"),
        pytest.param(timedelta(seconds=20), "last heard 20 s ago\n", 0, id="just-now"),
        pytest.param(timedelta(minutes=50), "50 min ago; the bot does not run", 1, id="silent"),
    ],
)
def test_doctor_tells_when_telegram_was_heard(
    tmp_path: Path, ago: timedelta | None, told: str, code: int
) -> None:
    path = tmp_path / "news.db"
    with Store(path) as store, store.write() as connection:
        if ago is not None:
            inbox.note_poll(connection, NOW - ago)
    asked = ("doctor", "--db", path, "--now", NOW.isoformat())
    outcome = newsbot(*asked)
    assert (outcome.code, told in outcome.out) == (0, True)
    assert newsbot(*asked, "--running").code == code


def test_doctor_counts_what_was_set_aside_and_given_up(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Store(path) as store, store.write() as connection:
        inbox.note_poll(connection, NOW)
        inbox.put_updates(connection, [InboxRow(n, "tg:1", "{}") for n in range(5)], NOW)
        inbox.mark_done(connection, 0, NOW)
        while inbox.begin_try(connection, 1):
            inbox.note_fault(connection, 1, "ValueError", NOW)
        outbox.put_letters(
            connection, [Letter(f"k{n}", "tg:1", "send", {}) for n in range(4)], NOW
        )
        outbox.mark_failed(connection, 1, "Forbidden", NOW)
        outbox.mark_sent(connection, 2, 7, NOW)
    outcome = newsbot("doctor", "--db", path, "--now", NOW.isoformat())
    assert "inbox: 3 waiting, 1 set aside after 3 tries" in outcome.out
    assert "outbox: 2 waiting, 1 given up" in outcome.out


def test_doctor_tells_what_is_switched_on(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Store(path) as store, store.write() as connection:
        inbox.note_poll(connection, NOW)
        inbox.note_abilities(connection, inbox.Abilities(guests=True))
    told = newsbot("doctor", "--db", path, "--now", NOW.isoformat()).out
    assert "inline mode: off; /setinline at @BotFather switches it on" in told
    assert "guest mode: on" in told
