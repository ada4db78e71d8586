"""The rounds: feeds that are due are polled, and their new entries become articles.

The network is used in threads that touch no store; all that is decided and stored happens in the
caller's. Whatever is begun is put off in the store first, so that a feed or an entry that ends
the program does not stand in the way of the others for ever.
"""

from __future__ import annotations

import logging
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.errors import FetchError, IntakeError
from bot.feeds.drafts import make_draft, needs_page, see_entries
from bot.feeds.network import ask_feed, by_host, host_of, is_of_host, max_age, page_of
from bot.feeds.rhythm import (
    FeedSettings,
    is_failing,
    next_interval,
    rhythm_of,
    wait_after,
)
from bot.intake.feed_search import FoundFeed, find_feed, read_resource
from bot.intake.fetch import Resource, check_status
from bot.intake.fetch_article import Fetched
from bot.intake.identity import identify
from bot.locales.said import say
from bot.newsroom import Newsroom
from bot.store import feed_entries, feeds
from bot.store.feed_entries import EntryRow
from bot.store.feeds import Feed, FeedState
from bot.store.store import Store

LOG = logging.getLogger(__name__)
FEEDS_A_ROUND = 50
ENTRIES_A_ROUND = 20
_MOST_TRIES = 4
FIRST_INTERVAL_SECONDS = 1800.0


@dataclass(frozen=True, slots=True)
class Round:
    """What one round did: feeds polled, of them unchanged and failed, and what articles became."""

    polled: int = 0
    unchanged: int = 0
    failed: int = 0
    added: int = 0
    updated: int = 0
    known: int = 0
    refused: int = 0
    more: bool = False
    """Whether something is due still."""

    def __add__(self, other: Round) -> Round:
        return Round(
            self.polled + other.polled,
            self.unchanged + other.unchanged,
            self.failed + other.failed,
            self.added + other.added,
            self.updated + other.updated,
            self.known + other.known,
            self.refused + other.refused,
            self.more or other.more,
        )


class FeedRounds:
    """Follows and polls the feeds of one store."""

    def __init__(self, newsroom: Newsroom, settings: FeedSettings | None = None) -> None:
        self._newsroom = newsroom
        self._store = newsroom.store
        self._settings = settings or FeedSettings()

    # ---------------------------------------------------------------------- following
    def follow(
        self,
        address: str,
        now: datetime,
        *,
        outlet: str | None = None,
        topic: str | None = None,
    ) -> Feed:
        """The feed at `address`, or the one that the page there names, followed from now on.

        What stands in it is noted, and becomes articles in the next rounds. Raises IntakeError
        where there is no feed, StoreRefusedError where it is followed already.
        """
        found = find_feed(address, self._newsroom.web())
        feed = feeds.add_feed(
            self._store,
            found.url,
            now=now,
            interval_seconds=FIRST_INTERVAL_SECONDS,
            title=found.reading.title,
            outlet=outlet,
            topic=topic,
            site=found.reading.site,
        )
        self._take(feed, found, now)
        return feeds.get_feed(self._store, feed.id)

    # ------------------------------------------------------------------------ polling
    def poll(
        self,
        now: datetime,
        *,
        only: Sequence[int] | None = None,
        most_entries: int = ENTRIES_A_ROUND,
    ) -> Round:
        """Poll what is due, and make articles of what waits; `only` polls those feeds now.

        Bounded: `more` tells that another round has work at once.
        """
        if only is None:
            due = feeds.find_due_feeds(self._store, now, limit=FEEDS_A_ROUND)
        else:
            due = [feeds.get_feed(self._store, number) for number in only]
        done = self._poll_feeds(due, now, forced=only is not None)
        done += self._make_articles(now, most_entries)
        return replace(done, more=done.more or len(due) == FEEDS_A_ROUND)

    def _poll_feeds(self, due: Sequence[Feed], now: datetime, *, forced: bool) -> Round:
        resting = {} if forced else feeds.find_hosts_at_rest(self._store, now)
        asked: list[Feed] = []
        for feed in due:
            rests_until = resting.get(host_of(feed.url))
            later = rests_until or now + timedelta(seconds=feed.interval_seconds)
            feeds.change_feed(self._store, feed.id, next_due=later)
            if rests_until is None:
                asked.append(feed)
        fetcher = self._newsroom.web()
        done = Round()
        answers = by_host(asked, lambda f: f.url, lambda f: ask_feed(f, fetcher), is_of_host)
        for feed, answer in answers:
            if answer is None:
                until = feeds.find_hosts_at_rest(self._store, now).get(host_of(feed.url), now)
                feeds.change_feed(self._store, feed.id, next_due=until)
            elif isinstance(answer, FetchError):
                self._fail(feed, answer, now)
                done += Round(polled=1, failed=1)
            else:
                done += self._answered(feed, answer, now)
        return done

    def _answered(self, feed: Feed, answer: Resource, now: datetime) -> Round:
        """What came of a poll that the server answered."""
        feeds.free_host(self._store, host_of(feed.url))
        if answer.status == 304 and answer.moved_to:
            feed = self._move(feed, answer.moved_to, now)
        if answer.status == 304:
            self._succeed(feed, now, answer, brought=False, rest_seconds=0.0)
            return Round(polled=1, unchanged=1)
        try:
            check_status(answer)
            found = read_resource(answer, self._newsroom.web().readers)
        except IntakeError as error:
            self._fail(feed, error, now)
            return Round(polled=1, failed=1)
        self._take(feed, found, now)
        return Round(polled=1)

    def _take(self, feed: Feed, found: FoundFeed, now: datetime) -> None:
        """Note what stands in a feed, and when it is to be asked next."""
        first = feed.succeeded is None
        seen = see_entries(
            found.reading.entries, first=first, most_first=self._settings.first_articles, now=now
        )
        due = feed_entries.note_entries(self._store, feed.id, seen, now)
        if found.resource.moved_to:
            feed = self._move(feed, found.resource.moved_to, now)
        title = found.reading.title or feed.title
        if title != feed.title or found.reading.site != feed.site:
            feed = feeds.change_feed(
                self._store, feed.id, title=title, site=found.reading.site or feed.site
            )
        self._succeed(
            feed,
            now,
            found.resource,
            brought=None if first else bool(due),
            rest_seconds=found.reading.rest_seconds,
            times=[entry.published for entry in found.reading.entries],
        )

    def _succeed(
        self,
        feed: Feed,
        now: datetime,
        answer: Resource,
        *,
        brought: bool | None,
        rest_seconds: float,
        times: Sequence[datetime | None] = (),
    ) -> None:
        if feed.told_failing:
            feeds.put_news(self._store, say("The feed {feed} works again.", feed=_told(feed)), now)
        asked = max(rest_seconds, max_age(answer))
        seconds = next_interval(
            feed.interval_seconds,
            self._settings,
            brought=brought,
            asked_seconds=asked,
            rhythm_seconds=rhythm_of(times, now),
        )
        feeds.change_feed(
            self._store,
            feed.id,
            polled=now,
            succeeded=now,
            failures=0,
            fault=None,
            told_failing=False,
            interval_seconds=seconds,
            next_due=now + timedelta(seconds=seconds),
            etag=answer.headers.get("etag") or (feed.etag if answer.status == 304 else None),
            last_modified=answer.headers.get("last-modified")
            or (feed.last_modified if answer.status == 304 else None),
        )

    def _fail(self, feed: Feed, error: IntakeError, now: datetime) -> None:
        """Note a poll that failed; its server rests as well where that is at fault."""
        status = error.status if isinstance(error, FetchError) else None
        retry = error.retry_seconds if isinstance(error, FetchError) else None
        failures = feed.failures + 1
        until = now + wait_after(failures, retry)
        if is_of_host(error):
            until = max(until, self._rest(feed.url, retry, now))
        tell = not feed.told_failing and is_failing(failures, feed.succeeded or feed.added, now)
        feeds.change_feed(
            self._store,
            feed.id,
            polled=now,
            failures=failures,
            fault=error.reason,
            next_due=until,
            told_failing=feed.told_failing or tell,
            **({"state": FeedState.GONE} if status == 410 else {}),
        )
        if status == 410:
            words = say(
                "The feed {feed} is gone for good, its server says (410). I ask no more.",
                feed=_told(feed),
            )
            feeds.put_news(self._store, words, now)
        elif tell:
            days = (now - (feed.succeeded or feed.added)).days
            words = say(
                "The feed {feed} has failed for {n} days: {why}",
                feed=_told(feed),
                n=days,
                why=error.reason,
            )
            feeds.put_news(self._store, words, now)

    def _rest(self, url: str, asked_seconds: float | None, now: datetime) -> datetime:
        """Until when the server of `url` is left alone from now on."""
        failures = feeds.get_host_failures(self._store, host_of(url)) + 1
        until = now + wait_after(failures, asked_seconds)
        feeds.rest_host(self._store, host_of(url), until, failures)
        return until

    def _move(self, feed: Feed, url: str, now: datetime) -> Feed:
        """The feed at its new address, where its server says that it is for good."""
        if url == feed.url:
            return feed
        other = feeds.look_up_feed(self._store, url)
        if other is not None:
            words = say(
                "The feed {feed} has moved to the address of number {number}, so I ask only "
                "there.",
                feed=_told(feed),
                number=str(other.id),
            )
            feeds.put_news(self._store, words, now)
            return feeds.change_feed(self._store, feed.id, state=FeedState.GONE)
        feeds.put_news(
            self._store,
            say("The feed {feed} has moved to {address}.", feed=_told(feed), address=url),
            now,
        )
        return feeds.change_feed(self._store, feed.id, url=url)

    # ----------------------------------------------------------------------- articles
    def _make_articles(self, now: datetime, most: int) -> Round:
        """Make articles of the entries that wait, a bounded number of them."""
        found = feed_entries.find_due_entries(self._store, now, limit=most)
        rows = _together(found)
        known = {feed.id: feed for feed in feeds.find_feeds(self._store)}
        resting = feeds.find_hosts_at_rest(self._store, now)
        done = Round(more=len(found) == most or len(rows) < len(found))
        wait: list[EntryRow] = []
        asked: set[str] = set()
        for row in rows:
            rests_until = resting.get(host_of(row.url or ""))
            if row.tries > _MOST_TRIES:
                self._refuse(row, say("It failed several times."))
                done += Round(refused=1)
            elif row.tries == _MOST_TRIES:
                feed_entries.put_off_entry(self._store, row.id, now, tried=True)
                given_up = Fetched(row.url or "", refusal=say("Its page could not be had."))
                done += self._make(row, known[row.feed], given_up)
            elif rests_until is not None and needs_page(row.url, row.data):
                feed_entries.put_off_entry(self._store, row.id, rests_until, tried=False)
            elif same := self._made_elsewhere(row):
                feed_entries.settle_entry(self._store, row.id, article_id=same, fault=None)
                done += Round(known=1)
            elif row.url in asked:
                done += Round(more=True)  # another feed's entry makes the same article right now
            else:
                asked |= {row.url} if row.url else set()
                later = now + wait_after(row.tries + 1)
                feed_entries.put_off_entry(self._store, row.id, later, tried=True)
                wait.append(row)
        fetcher = self._newsroom.web()
        pages = by_host(
            wait,
            lambda r: r.url or "",
            lambda r: page_of(r, fetcher),
            lambda p: isinstance(p, Fetched) and p.is_passing,
        )
        for row, page in pages:
            if isinstance(page, Fetched) and page.is_passing:
                until = self._rest(row.url or "", page.retry_seconds, now)
                feed_entries.put_off_entry(self._store, row.id, until, tried=False)
            elif page is None:
                until = feeds.find_hosts_at_rest(self._store, now).get(host_of(row.url or ""), now)
                feed_entries.put_off_entry(self._store, row.id, until, tried=False)
            else:
                done += self._make(row, known[row.feed], page)
        return done

    def _made_elsewhere(self, row: EntryRow) -> str | None:
        """The article that another feed made of the same address."""
        if row.article_id is not None or row.url is None:
            return None
        return feed_entries.find_article_at(self._store, row.url, but=row.feed)

    def _make(self, row: EntryRow, feed: Feed, page: Fetched) -> Round:
        draft = make_draft(feed, row.url, row.data, page)
        if draft is None:
            self._refuse(row, page.refusal or say("The entry has no text."))
            return Round(refused=1)
        try:
            feed_entries.expect_article(self._store, row.id, identify(draft))
            added = self._newsroom.add(draft)
        except IntakeError as error:
            self._refuse(row, error.reason)
            return Round(refused=1)
        feed_entries.settle_entry(self._store, row.id, article_id=added.article_id, fault=None)
        return Round(
            added=added.status in ("added", "linked"),
            updated=added.status == "updated",
            known=added.status == "unchanged",
        )

    def _refuse(self, row: EntryRow, fault: str) -> None:
        LOG.info("an entry of feed %d became no article: %s", row.feed, fault)
        feed_entries.settle_entry(self._store, row.id, article_id=None, fault=fault)


def _together(rows: Sequence[EntryRow]) -> Sequence[EntryRow]:
    """Those of `rows` that are taken up at the same time: one that was begun before and came to
    no end may have ended the program, so it is taken up alone."""
    if rows and rows[0].tries:
        return rows[:1]
    return [row for row in rows if not row.tries]


def resume_feed(store: Store, number: int, now: datetime) -> Feed:
    """The feed, polled again from now on, whatever went before. Raises StoreRefusedError."""
    return feeds.change_feed(
        store,
        number,
        state=FeedState.ACTIVE,
        next_due=now,
        failures=0,
        fault=None,
        told_failing=False,
    )


def _told(feed: Feed) -> str:
    return f"{feed.id} ({feed.name})"
