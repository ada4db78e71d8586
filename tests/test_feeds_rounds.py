"""Following feeds over real connections on loopback, under a clock that the test sets."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from dataclasses import dataclass, field, replace
from datetime import datetime, timedelta

import pytest

from bot.errors import IntakeError, StoreRefusedError
from bot.feeds.rhythm import FeedSettings, rhythm_of
from bot.feeds.rounds import FeedRounds, Round
from bot.intake.fetch import Fetcher
from bot.model import Findings
from bot.newsroom import Newsroom
from bot.store import feed_entries, feeds
from bot.store.articles import all_articles
from bot.store.feeds import FeedState
from bot.store.store import Store
from tests.support.papers import NOW, Paper, Story
from tests.support.sites import Answer, Asked, Site, fetcher, redirect, serving
from tests.support.stores import plain_findings

MINUTE, HOUR, DAY = timedelta(minutes=1), timedelta(hours=1), timedelta(days=1)


@dataclass
class World:
    """A paper, a store that follows its feed, and the time."""

    site: Site
    paper: Paper
    newsroom: Newsroom
    rounds: FeedRounds
    now: datetime = NOW
    done: Round = field(default_factory=Round)

    def follow(self, address: str | None = None) -> int:
        return self.rounds.follow(address or self.paper.serve_rss(), self.now).id

    def after(self, time: timedelta = timedelta()) -> Round:
        """What the rounds did once `time` has gone by, until nothing is due."""
        self.now += time
        done = self.rounds.poll(self.now)
        total = done
        while done.more:
            done = self.rounds.poll(self.now)
            total += done
        self.done = total
        return total

    def feed(self, number: int = 1) -> feeds.Feed:
        return feeds.get_feed(self.newsroom.store, number)

    def titles(self) -> list[str | None]:
        return [article.title for article in all_articles(self.newsroom.store)]

    def news(self) -> list[str]:
        return [n.words for n in feeds.find_untold_news(self.newsroom.store, limit=99)]


@pytest.fixture
def world() -> Iterator[World]:
    with serving() as site, Store(None) as store:
        yield world_over(site, store, fetcher(respect_robots=False))


def world_over(site: Site, store: Store, web: Fetcher) -> World:
    newsroom = Newsroom.over(store, lambda text, _: plain_findings(text))
    newsroom = replace(newsroom, web=lambda: web)
    paper = Paper(site)
    paper.publish(*(Story(f"s{n}", f"Bridge {n}", NOW - n * HOUR) for n in range(3)))
    return World(site, paper, newsroom, FeedRounds(newsroom, FeedSettings(first_articles=2)))


# ---------------------------------------------------------------------------- following
def test_new_feed_brings_its_newest_articles_and_they_are_no_news(world: World) -> None:
    number = world.follow()
    assert world.feed(number).title == "The Courier"
    assert world.after() == Round(added=2)
    articles = list(all_articles(world.newsroom.store))
    assert sorted(a.title or "" for a in articles) == ["Bridge 0", "Bridge 1"]
    assert articles[0].source == "The Courier"
    assert articles[0].text.startswith("Bridge 0\n\nThe bridge at Bridge 0 was closed")
    quiet = feed_entries.find_quiet(world.newsroom.store, [a.id for a in articles])
    assert quiet == {a.id for a in articles}


def test_what_comes_later_is_news(world: World) -> None:
    world.follow()
    world.after()
    world.paper.publish(Story("new", "Bridge 9", NOW + HOUR))
    assert world.after(2 * HOUR).added == 1
    (new,) = [a for a in all_articles(world.newsroom.store) if a.title == "Bridge 9"]
    assert not feed_entries.find_quiet(world.newsroom.store, [new.id])


def test_an_old_entry_that_comes_up_late_is_no_news(world: World) -> None:
    world.follow()
    world.after()
    world.paper.publish(Story("old", "Bridge 9", NOW - 30 * DAY))
    assert world.after(2 * HOUR).added == 1
    (old,) = [a for a in all_articles(world.newsroom.store) if a.title == "Bridge 9"]
    assert feed_entries.find_quiet(world.newsroom.store, [old.id]) == {old.id}


def test_what_left_its_feed_long_ago_is_forgotten(world: World) -> None:
    world.follow()
    world.after()
    world.paper.stories.clear()
    world.paper.publish(Story("new", "Bridge 9", NOW + 200 * DAY))
    world.after(200 * DAY)
    rows = world.newsroom.store.read().execute("SELECT guid, article_id FROM feed_entries")
    assert len([row["guid"] for row in rows]) == 1
    assert len(list(all_articles(world.newsroom.store))) == 3


def test_feed_is_found_from_a_page(world: World) -> None:
    feed = world.paper.serve_rss("/the-feed")
    link = "<link rel='alternate' type='application/rss+xml' href='{}'>"
    page = "<html><head>" + link.format("/comments/feed") + link.format("/the-feed") + "</head>"
    world.site.pages["/"] = Answer(page + "<body><p>Hello</p></body></html>")
    world.site.pages["/comments/feed"] = Answer("<rss version='2.0'><channel/></rss>")
    assert world.feed(world.follow(world.site.url("/"))).url == feed


def test_feed_is_found_where_sites_tend_to_have_it(world: World) -> None:
    world.site.pages["/"] = Answer("<html><body><p>Hello</p></body></html>")
    feed = world.paper.serve_rss("/rss.xml")
    assert world.feed(world.follow(world.site.url("/"))).url == feed


@pytest.mark.parametrize(
    ("body", "kind", "words"),
    [
        ("<html><body>Hello</body></html>", "text/html", "names no feed"),
        ('{"version": "1", "items": []}', "application/json", "no feed"),
        ("{broken", "application/json", "no feed"),
        ("\0\1", "image/png", "no feed"),
        ("", "text/html", "names no feed"),
    ],
)
def test_address_without_a_feed_is_told(world: World, body: str, kind: str, words: str) -> None:
    world.site.pages["/x"] = Answer(body, headers={"Content-Type": kind})
    with pytest.raises(IntakeError, match=words):
        world.follow(world.site.url("/x"))
    assert feeds.find_feeds(world.newsroom.store) == []


def test_feed_is_followed_once(world: World) -> None:
    world.follow()
    with pytest.raises(StoreRefusedError, match="number 1"):
        world.follow()


# ------------------------------------------------------------------------------ articles
@pytest.mark.parametrize("kind", ["rss", "rdf", "atom", "json_feed"])
def test_each_format_brings_the_same_articles(world: World, kind: str) -> None:
    world.site.pages["/f"] = Answer(getattr(world.paper, kind)())
    world.follow(world.site.url("/f"))
    assert world.after() == Round(added=2)
    assert [a.published for a in all_articles(world.newsroom.store)] == [NOW, NOW - HOUR]


def test_feed_that_carries_its_articles_is_not_asked_for_pages(world: World) -> None:
    world.paper.whole = True
    world.follow()
    world.after()
    assert set(world.site.paths()) == {"/feed.xml"}
    assert "\n\nWork on Bridge 0 will last" in next(iter(all_articles(world.newsroom.store))).text


def test_outlet_and_topic_that_an_editor_gave_go_over_the_pages(world: World) -> None:
    feed = world.rounds.follow(
        world.paper.serve_rss(), NOW, outlet="Courier Online", topic="Bridges"
    )
    world.after()
    (first, _) = all_articles(world.newsroom.store)
    assert (first.source, first.section) == (feed.outlet, feed.topic)


@pytest.mark.parametrize("change", ["guid", "guid and address", "address"])
def test_entry_that_changes_its_name_does_not_double(world: World, change: str) -> None:
    world.follow()
    world.after()
    for place, story in enumerate(world.paper.stories):
        if "guid" in change:
            story = replace(story, guid=f"changed-{place}")
        if "address" in change:
            story = replace(story, slug=f"moved/{story.slug}", guid=story.guid or story.slug)
        world.paper.stories[place] = story
    world.after(2 * HOUR)
    assert sorted(map(str, world.titles())) == ["Bridge 0", "Bridge 1"]


def test_entries_that_share_one_guid_are_told_apart(world: World) -> None:
    world.paper.stories[:] = [replace(s, guid="the-same") for s in world.paper.stories]
    world.follow()
    assert world.after().added == 2


def test_entry_that_was_updated_becomes_the_next_version(world: World) -> None:
    world.site.pages["/f"] = lambda _: Answer(world.paper.atom())
    world.follow(world.site.url("/f"))
    world.after()
    story = replace(
        world.paper.stories.pop(0), updated=NOW + HOUR, body="{title} is open, Ines Roca said."
    )
    world.paper.publish(story)
    assert world.after(2 * HOUR).updated == 1
    article = next(a for a in all_articles(world.newsroom.store) if a.title == "Bridge 0")
    assert article.version == 2
    assert "is open" in article.text


def test_two_feeds_with_one_article_store_it_once(world: World) -> None:
    world.follow()
    world.follow(world.paper.serve_rss("/other.xml"))
    done = world.after()
    assert (done.added, done.known) == (2, 2)
    assert world.site.paths().count("/s0") == 1


def test_page_that_is_no_article_is_not_stored(world: World) -> None:
    world.site.pages["/s0"] = Answer("<p>Please log in to read this. Already a subscriber?</p>")
    world.follow()
    done = world.after()
    assert (done.added, done.refused) == (1, 1)
    assert world.after(2 * HOUR).refused == 0


def test_page_that_fails_is_tried_again_later(world: World) -> None:
    page = world.site.pages["/s0"]
    world.site.pages["/s0"] = Answer("trouble", 503)
    world.follow()
    assert world.after().added == 0
    world.site.pages["/s0"] = page
    assert world.after(10 * MINUTE).added == 2


def test_entry_that_ends_the_program_stands_in_nobodys_way(world: World) -> None:
    class EndedError(BaseException):
        """As a kill would: nothing of ours is told of it."""

    def read(text: str, _: object) -> Findings:
        if text.startswith("Bridge 0"):
            raise EndedError
        return plain_findings(text)

    world.rounds = FeedRounds(replace(world.newsroom, reader=read))
    world.follow()
    ends = 0
    for _ in range(12):
        try:
            world.after(10 * MINUTE)
        except EndedError:
            ends += 1
    assert sorted(map(str, world.titles())) == ["Bridge 1", "Bridge 2"]
    assert 1 < ends < 6


# ------------------------------------------------------------------------------ schedule
def test_unchanged_feed_is_asked_for_changes_alone(world: World) -> None:
    world.follow(world.paper.serve_with_etag())
    world.after()
    done = world.after(3 * HOUR)
    assert (done.polled, done.unchanged) == (1, 1)
    assert world.site.asked[-1].headers["if-none-match"] == '"3"'
    world.paper.publish(Story("new", "Bridge 9", NOW + HOUR))
    assert world.after(6 * HOUR).added == 1


def test_polls_come_closer_while_a_feed_brings_news_and_rarer_while_not(world: World) -> None:
    world.follow()
    start = world.feed().interval_seconds
    for number in range(4):
        world.paper.publish(Story(f"n{number}", f"Bridge 1{number}", world.now))
        world.after(2 * HOUR)
    assert world.feed().interval_seconds < start / 2
    for _ in range(20):
        world.after(DAY)
    assert world.feed().interval_seconds == DAY.total_seconds()


@pytest.mark.parametrize(
    ("hours", "minutes"),
    [
        ([], None),
        ([0, 1, 2], None),
        ([0, 1, 2, 3], 60),
        ([0.5, 1, 1.5, 2, 30, 60], 30),
        ([100, 101, 102, 103], None),
        ([-5, 0, 1, 2, 3], 60),
    ],
    ids=["none", "few", "hourly", "two bursts", "silent since", "one in the future"],
)
def test_rhythm_of_a_feed(hours: list[float], minutes: float | None) -> None:
    found = rhythm_of([None, *(NOW - hour * HOUR for hour in hours)], NOW)
    assert found == (None if minutes is None else minutes * 60)


def test_feed_that_publishes_often_is_asked_often_from_the_start(world: World) -> None:
    world.paper.publish(*(Story(f"q{n}", f"Gate {n}", NOW - n * 10 * MINUTE) for n in range(9)))
    world.follow()
    assert world.feed().interval_seconds == 600


@pytest.mark.parametrize(
    ("headers", "ttl"), [({"Cache-Control": "public, max-age=36000"}, ""), ({}, "<ttl>600</ttl>")]
)
def test_feed_that_asks_for_rest_gets_it(world: World, headers: dict[str, str], ttl: str) -> None:
    rss = world.paper.rss().replace("<channel>", "<channel>" + ttl)
    world.site.pages["/f"] = Answer(rss, headers={"Content-Type": "text/xml", **headers})
    world.follow(world.site.url("/f"))
    assert world.feed().interval_seconds == 36000


def test_waits_double_after_failures_and_end_with_the_first_success(world: World) -> None:
    address = world.paper.serve_rss()
    world.follow(address)
    world.after()
    feed = world.site.pages.pop("/feed.xml")
    waits = []
    for _ in range(5):
        world.after(world.feed().next_due - world.now)
        waits.append((world.feed().next_due - world.now) / MINUTE)
    assert waits == [5, 10, 20, 40, 80]
    assert "404" in str(world.feed().fault)
    world.site.pages["/feed.xml"] = feed
    world.after(2 * HOUR)
    assert (world.feed().failures, world.feed().fault) == (0, None)


@pytest.mark.parametrize("status", [429, 503])
def test_server_that_asks_to_wait_is_left_alone_with_all_its_feeds(
    world: World, status: int
) -> None:
    world.follow()
    world.follow(world.paper.serve_rss("/other.xml"))
    other = Paper(world.site, "second.example")
    world.follow(other.serve_rss("/second.xml"))
    world.after()
    busy = Answer("busy", status, {"Retry-After": "7200"})
    world.site.pages |= {"/feed.xml": busy, "/other.xml": busy}
    world.site.asked.clear()
    done = world.after(2 * HOUR)
    assert (done.polled, done.failed) == (2, 1)
    assert sorted(world.site.paths()) == ["/feed.xml", "/second.xml"]
    world.after(HOUR)
    assert "/other.xml" not in world.site.paths()
    world.after(2 * HOUR)
    assert world.site.paths().count("/feed.xml") == 2


def test_one_bad_feed_stops_nobody(world: World) -> None:
    bad = world.follow(world.paper.serve_rss("/bad.xml"))
    world.follow(world.paper.serve_rss("/good.xml"))
    world.after()
    world.site.pages["/bad.xml"] = Answer("<html><body>We are back soon</body></html>")
    world.paper.publish(Story("new", "Bridge 9", NOW + HOUR))
    assert world.after(2 * HOUR).added == 1
    assert "no feed" in str(world.feed(bad).fault)


def test_paused_feed_is_not_asked(world: World) -> None:
    number = world.follow()
    feeds.change_feed(world.newsroom.store, number, state=FeedState.PAUSED)
    world.site.asked.clear()
    assert world.after(9 * DAY) == Round()
    assert not world.site.asked


# ---------------------------------------------------------------------------------- news
def test_feed_that_is_gone_is_told_once_and_asked_no_more(world: World) -> None:
    world.follow()
    world.site.pages["/feed.xml"] = Answer("gone", 410)
    world.after(2 * HOUR)
    assert world.feed().state is FeedState.GONE
    assert ["gone for good" in words for words in world.news()] == [True]
    world.site.asked.clear()
    world.after(9 * DAY)
    assert not world.site.asked


def test_feed_that_fails_for_days_is_told_once_and_told_when_it_works(world: World) -> None:
    world.follow()
    feed = world.site.pages.pop("/feed.xml")
    for _ in range(12):
        world.after(DAY)
    assert ["has failed for" in words for words in world.news()] == [True]
    world.site.pages["/feed.xml"] = feed
    world.after(DAY)
    assert "works again" in world.news()[-1]


def test_feed_that_moved_is_followed_and_told(world: World) -> None:
    world.follow()
    new = world.paper.serve_rss("/new.xml")
    world.site.pages["/feed.xml"] = redirect("/new.xml", 301)
    world.after(2 * HOUR)
    assert world.feed().url == new
    assert "has moved to" in world.news()[0]
    world.site.asked.clear()
    world.after(DAY)
    assert world.site.paths() == ["/new.xml"]


def test_feed_that_moved_and_is_unchanged_is_told_as_well(world: World) -> None:
    world.follow(world.paper.serve_with_etag())
    new = world.paper.serve_with_etag("/new.xml")
    world.site.pages["/feed.xml"] = redirect("/new.xml", 308)
    assert world.after(2 * HOUR).unchanged == 1
    assert world.feed().url == new
    assert len(world.news()) == 1


def test_articles_of_a_feed_that_went_meanwhile_still_come_in(world: World) -> None:
    world.follow()
    world.site.pages["/feed.xml"] = Answer("gone", 410)
    assert world.after(2 * HOUR).added == 2


def test_feed_that_is_elsewhere_for_now_keeps_its_address(world: World) -> None:
    number = world.follow()
    world.paper.serve_rss("/new.xml")
    world.site.pages["/feed.xml"] = redirect("/new.xml", 302)
    world.after(2 * HOUR)
    assert world.feed(number).url.endswith("/feed.xml")
    assert world.news() == []


def test_feed_that_moved_to_another_one_is_followed_there_alone(world: World) -> None:
    world.follow()
    world.follow(world.paper.serve_rss("/new.xml"))
    world.site.pages["/feed.xml"] = redirect("/new.xml", 308)
    world.after(2 * HOUR)
    assert [f.state for f in feeds.find_feeds(world.newsroom.store)] == ["gone", "active"]
    assert "only there" in world.news()[0]


def test_feed_that_leads_inward_is_refused(world: World) -> None:
    world.follow()
    world.site.pages["/feed.xml"] = redirect("http://10.0.0.1/feed", 301)
    world.after(2 * HOUR)
    assert "private network" in str(world.feed().fault)
    assert world.feed().url.endswith("/feed.xml")


# --------------------------------------------------------------------------------- scale
def test_thirty_feeds_through_a_day(world: World) -> None:
    """Each is asked as often as it should be; a benchmark does the same with three hundred."""
    papers = []
    for number in range(30):
        paper = Paper(world.site, f"paper{number}.example")
        paper.publish(Story(f"p{number}/first", f"Bridge {number}", NOW))
        papers.append(paper)
        world.follow(paper.serve_with_etag(f"/feed{number}.xml"))
    world.site.pages["/feed7.xml"] = Answer("gone", 410)
    world.site.pages["/feed8.xml"] = Answer("busy", 429, {"Retry-After": "36000"})
    world.site.asked.clear()
    for _ in range(24):
        world.after(HOUR)
    polls = [world.site.paths().count(f"/feed{n}.xml") for n in range(30)]
    assert polls[7] == 1
    assert polls[8] in (2, 3)
    assert all(4 <= count <= 12 for n, count in enumerate(polls) if n not in (7, 8))
    assert len(world.titles()) == 29  # the busy server's own article waits, as it asked
    assert len(world.news()) == 1


def test_the_same_second_of_many_rounds_asks_nobody_twice(world: World) -> None:
    world.follow()
    world.after(2 * HOUR)
    world.site.asked.clear()
    for _ in range(5):
        world.after()
    assert world.site.paths() == []


def test_servers_are_asked_at_the_same_time(world: World) -> None:
    meeting = threading.Barrier(6)

    def answer(asked: Asked) -> Answer:
        if len(feeds.find_feeds(world.newsroom.store)) == 6:
            meeting.wait(timeout=8)  # passes when all six are being asked
        return Answer(world.paper.rss(), headers={"Content-Type": "text/xml"})

    for number in range(6):
        world.site.pages[f"/f{number}"] = answer
        world.follow(world.site.url(f"/f{number}", f"paper{number}.example"))
    done = world.rounds.poll(NOW + 2 * HOUR)
    assert (done.polled, done.failed) == (6, 0)
