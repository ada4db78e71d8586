"""A clock that is set, forward or back: nobody is shut out, nothing is silent, nothing is lost."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import UTC, datetime, timedelta

import pytest

from bot.newsroom import Newsroom
from bot.store.feeds import add_feed, find_due_feeds, find_hosts_at_rest, rest_host
from bot.store.store import Store
from bot.talk.housekeeping import housekeeping_jobs
from bot.talk.limits import QuestionLimit
from tests.support.stores import draft
from tests.support.talks import Clock
from tests.support.ticks import Ticks, story, text_of

NOON = datetime(2025, 3, 18, 12, tzinfo=UTC)
YEAR = timedelta(days=365)
DAY = timedelta(days=1)


@pytest.fixture
def ticks() -> Iterator[Ticks]:
    running = Ticks(Newsroom.over(Store(None)), Clock(NOON))
    yield running
    running.newsroom.store.close()


# ---------------------------------------------------------------------------------- follows
@pytest.mark.parametrize("ahead", [timedelta(days=3), YEAR], ids=["days", "a year"])
@pytest.mark.parametrize("words", ["/follow rail daily at 8:00", "/follow rail at once"])
def test_follows_go_on_after_a_clock_ran_ahead_and_was_set_right(
    ticks: Ticks, words: str, ahead: timedelta
) -> None:
    ticks.talk().say("/settings time zone UTC")
    ticks.talk().say(words)
    ticks.at(NOON + timedelta(minutes=1))
    ticks.clock.now = NOON + ahead  # the clock runs ahead, and something is told by it
    ticks.arrives(story(2, "rail", NOON + ahead), at=NOON + ahead)
    ticks.at(NOON + ahead + timedelta(minutes=1))
    ticks.at(NOON + ahead + timedelta(hours=20, minutes=1))
    assert any("decides on rail" in text_of(notice) for notice in ticks.told)
    ticks.told.clear()
    ticks.clock.now = NOON + timedelta(hours=2)  # set right
    ticks.restart()
    ticks.tick()
    ticks.arrives(story(8, "rail", NOON + timedelta(hours=3)), at=NOON + timedelta(hours=3))
    ticks.at(NOON + timedelta(hours=3, minutes=1))
    ticks.at(NOON + timedelta(hours=20, minutes=1))
    assert any("Cormarhaven decides on rail" in text_of(notice) for notice in ticks.told)


def test_a_clock_that_is_right_moves_no_follow(ticks: Ticks) -> None:
    """A weekly digest, one a pause puts off, and one that waits for the end of quiet hours."""
    ticks.talk().say("/settings time zone UTC")
    for words in ("rail every friday at 8:00", "gas daily at 8:00", "flood at once"):
        ticks.talk().say(f"/follow {words}")
    ticks.tick()
    sql = "SELECT id, due, since, revision FROM subscriptions ORDER BY id"
    before = [tuple(row) for row in ticks.newsroom.store.read().execute(sql)]
    assert len(before) == 3
    ticks.restart()
    ticks.at(NOON + timedelta(minutes=10))
    assert [tuple(row) for row in ticks.newsroom.store.read().execute(sql)] == before


# ------------------------------------------------------------------------------------ feeds
def test_feeds_are_asked_again_after_a_clock_ran_ahead() -> None:
    with Store(None) as store:
        add_feed(store, "https://news.example/rss", now=NOON + YEAR, interval_seconds=600.0)
        add_feed(store, "https://calm.example/rss", now=NOON + DAY, interval_seconds=600.0)
        with store.write() as connection:
            connection.execute("UPDATE feeds SET next_due = added")
        rest_host(store, "news.example", NOON + YEAR, failures=1)
        assert [feed.url for feed in find_due_feeds(store, NOON, limit=5)] == [
            "https://news.example/rss"
        ]
        assert find_hosts_at_rest(store, NOON) == {}


# ----------------------------------------------------------------------------------- limits
@pytest.mark.parametrize("jump", [YEAR, -YEAR, -timedelta(minutes=5)], ids=str)
def test_nobody_is_shut_out_by_a_clock_that_is_set(jump: timedelta) -> None:
    clock = Clock(NOON)
    limit = QuestionLimit(2, clock)
    assert [limit.look_up_wait("tg:1") is None for _ in range(3)] == [True, True, False]
    clock.now += jump
    wait = limit.look_up_wait("tg:1")
    assert wait is None or wait.seconds <= 60
    clock.now += timedelta(minutes=1)
    assert [limit.look_up_wait("tg:1") is None for _ in range(3)] == [True, True, False]


# ------------------------------------------------------------------------------------ notices
def test_the_owner_hears_of_old_news_after_a_clock_ran_ahead() -> None:
    with Store(None) as store:
        newsroom = Newsroom.over(store)
        newsroom.add(draft("Ada Berg said the bridge stays shut."))
        (job,) = housekeeping_jobs(newsroom, "tg:7", None, timedelta(hours=48))
        now = datetime.now(UTC) + timedelta(days=3)
        for moment, notices in ((now + YEAR, 1), (now, 1), (now + timedelta(hours=1), 0)):
            told = job.work(moment)
            assert len(told.notices) == notices
            if told.settle is not None:
                with store.write() as connection:
                    told.settle(connection)
