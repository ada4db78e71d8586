"""/feed as editors use it, and the job that polls while the bot runs."""

from __future__ import annotations

import asyncio
from collections.abc import Iterator
from dataclasses import replace
from datetime import timedelta
from pathlib import Path

import pytest

from bot.newsroom import Newsroom
from bot.store import feeds
from bot.store.articles import all_articles
from bot.store.outbox import find_due
from bot.store.store import Store
from bot.talk.conversation import Conversation
from bot.talk.desks import Outgoing
from bot.talk.plain import render_plain
from bot.talk.replies import IncomingFile, Role
from handlers.context import StoreThread
from handlers.ticker import Ticker
from tests.support.papers import NOW as FIRST
from tests.support.papers import Paper, Story
from tests.support.sites import Answer, fetcher, serving
from tests.support.stores import plain_findings
from tests.support.talks import NOW, Clock, Talk


@pytest.fixture
def paper() -> Iterator[Paper]:
    with serving() as site:
        paper = Paper(site)
        paper.publish(Story("s1", "Bridge 1", FIRST), Story("s2", "Bridge 2", FIRST))
        yield paper


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    web = fetcher(respect_robots=False)
    with Store(None) as store:
        room = Newsroom.over(store, lambda text, _: plain_findings(text))
        yield replace(room, web=lambda: web)


@pytest.fixture
def conversation(newsroom: Newsroom) -> Conversation:
    return Conversation(newsroom, clock=Clock(), admins=(7, 8))


@pytest.fixture
def editor(conversation: Conversation) -> Talk:
    return Talk(conversation, person="tg:8", chat="tg:8")


def run_job(conversation: Conversation, after: timedelta = timedelta()) -> Outgoing:
    """What the job says once `after` has gone by, until it has no more to do."""
    (job,) = (job for job in conversation.jobs if job.name == "feeds")
    while (said := job.work(NOW + after)).more:
        pass
    return said


def test_editor_follows_a_feed_and_its_articles_come_in_by_themselves(
    paper: Paper, editor: Talk, conversation: Conversation, newsroom: Newsroom
) -> None:
    told = editor.say(f"/feed add {paper.serve_rss()} The Courier Online")
    assert "Following The Courier" in told
    assert "without alerts" in told
    assert run_job(conversation) == Outgoing()
    articles = list(all_articles(newsroom.store))
    assert [a.title for a in articles] == ["Bridge 1", "Bridge 2"]
    assert {a.source for a in articles} == {"The Courier Online"}
    assert "2 articles" in editor.say("/feed")
    assert "followed already, as number 1" in editor.say(f"/feed {paper.serve_rss()}")


def test_card_of_a_feed_changes_it(paper: Paper, editor: Talk, newsroom: Newsroom) -> None:
    editor.say(f"/feed add {paper.serve_rss()}")
    assert "2 articles added" in editor.press_label("Poll now")
    assert "paused" in editor.press_label("Pause")
    assert "Polled 27 Mar 08:00 UTC, next" in editor.press_label("Resume")
    assert "Topic: Bridges" in editor.say("/feed topic 1 Bridges")
    assert "Outlet: Old Courier" in editor.say("/feed outlet 1 Old Courier")
    assert "Its articles stay" in editor.press_label("Remove")
    assert "Bridges" in editor.press_label("Keep it")
    editor.press_label("Remove")
    assert "Removed: The Courier" in editor.press_label("Yes")
    assert feeds.find_feeds(newsroom.store) == []
    audit = editor.say("/audit")
    for act in ("followed", "paused", "resumed", "removed"):
        assert f"{act} the feed http" in audit


def test_many_feeds_are_told_page_by_page(editor: Talk, newsroom: Newsroom) -> None:
    for number in range(20):
        url = f"https://paper{number}.example/feed"
        feeds.add_feed(newsroom.store, url, now=NOW, interval_seconds=60)
    assert "20 feeds followed" in editor.say("/feed")
    assert "paper7.example" in render_plain(editor.last)
    assert "paper8.example" not in render_plain(editor.last)
    assert "paper8.example" in editor.press_label("More")
    assert "paper19.example" in editor.press_label("More")
    assert "paper8.example" in editor.press_label("‹ Back")
    assert "https://paper9.example/feed" in editor.press_label("10")


@pytest.mark.parametrize(
    ("typed", "words"),
    [
        ("/feed", "No feed is followed yet"),
        ("/feed add", "name the address"),
        ("/feed add http://10.0.0.1/feed", "private network"),
        ("/feed add ftp://news.example/", "http://"),
        ("/feed pause 9", "no feed number 9"),
        ("/feed pause x", "no feed number 0"),
        ("/feed 9", "no feed number 9"),
        ("/feed poll", "Nothing new"),
        ("/feed dance 1", "I do not know"),
        ("/feed topic 9 x", "no feed number 9"),
    ],
)
def test_what_cannot_be_done_is_told(editor: Talk, typed: str, words: str) -> None:
    assert words in editor.say(typed)


def test_readers_change_no_feed(
    paper: Paper, editor: Talk, conversation: Conversation, newsroom: Newsroom
) -> None:
    editor.say(f"/feed add {paper.serve_rss()}")
    reader = Talk(conversation, Role.READER)
    assert "Only editors" in reader.say("/feed")
    for code in ("feed:drop:1", "feed:pause:1", "feed:list:0"):
        assert "Only editors" in reader.press(code)
    assert feeds.get_feed(newsroom.store, 1).state == "active"


@pytest.mark.parametrize(
    "code", ["feed:", "feed:drop:", "feed:drop:x", "feed:list:x", "feed:show:0"]
)
def test_odd_buttons_change_nothing(
    paper: Paper, editor: Talk, newsroom: Newsroom, code: str
) -> None:
    editor.say(f"/feed add {paper.serve_rss()}")
    assert editor.press(code)
    assert len(feeds.find_feeds(newsroom.store)) == 1


def test_list_of_another_reader_comes_in_as_a_file(
    conversation: Conversation, editor: Talk, newsroom: Newsroom
) -> None:
    data = (Path(__file__).parent / "data" / "reader.opml").read_bytes()
    file = IncomingFile("Feeds.OPML", data)
    told = editor._handle(file=file)
    assert "4 feeds added, 0 followed already" in told
    assert len(feeds.find_feeds(newsroom.store)) == 4
    assert "no list of feeds" in editor._handle(file=IncomingFile("x.opml", b"hello"))
    assert "Only editors" in Talk(conversation)._handle(file=file)


def test_news_of_feeds_are_told_to_each_editor_once(
    paper: Paper, editor: Talk, conversation: Conversation, newsroom: Newsroom
) -> None:
    editor.say(f"/feed add {paper.serve_rss()}")
    run_job(conversation)
    paper.site.pages["/feed.xml"] = Answer("gone", 410)
    said = run_job(conversation, timedelta(hours=3))
    assert sorted(notice.chat for notice in said.notices) == ["tg:7", "tg:8"]
    assert "gone for good" in render_plain(said.notices[0].reply)
    assert run_job(conversation, timedelta(hours=3)).notices == said.notices  # not yet told
    assert said.settle is not None
    with newsroom.store.write() as connection:
        said.settle(connection)
    assert run_job(conversation, timedelta(hours=3)) == Outgoing()


def test_news_and_faults_of_feeds_are_read_in_each_editors_language(
    paper: Paper, editor: Talk, conversation: Conversation
) -> None:
    editor.say(f"/feed add {paper.serve_rss()}")
    Talk(conversation, person="tg:7", chat="tg:7").say("/language de")
    run_job(conversation)
    paper.site.pages["/feed.xml"] = Answer("gone", 410)
    said = {
        n.chat: render_plain(n.reply) for n in run_job(conversation, timedelta(hours=3)).notices
    }
    assert "is gone for good, its server says (410)" in said["tg:8"]
    assert "gibt es laut seinem Server nicht mehr (410)" in said["tg:7"]
    assert "Last time it failed: The page was taken away (410)." in editor.say("/feed 1")
    editor.say("/language es")
    assert "La última vez falló: La página fue retirada (410)." in editor.say("/feed 1")


async def test_running_bot_polls_and_files_what_editors_must_know(
    paper: Paper, tmp_path: Path
) -> None:
    """The job as the bot runs it: in its threads, over a store on disk, through the outbox."""
    web = fetcher(respect_robots=False)
    with Store(tmp_path / "news.db") as store:
        room = Newsroom.over(store, lambda text, _: plain_findings(text))
        conversation = Conversation(replace(room, web=lambda: web), clock=Clock(), admins=(7,))
        feeds.add_feed(store, paper.serve_rss(), now=NOW, interval_seconds=1800)
        feeds.add_feed(store, paper.site.url("/gone.xml"), now=NOW, interval_seconds=1800)
        paper.site.pages["/gone.xml"] = Answer("gone", 410)
        woken = asyncio.Event()
        thread = StoreThread(store)
        jobs = [job for job in conversation.jobs if job.name == "feeds"]
        ticking = asyncio.create_task(Ticker(jobs, thread, woken.set).run())
        await asyncio.wait_for(woken.wait(), 20)
        ticking.cancel()
        await asyncio.gather(ticking, return_exceptions=True)
        thread.close()
        (letter,) = [row.letter for row in find_due(store.read())]
        assert (letter.chat, "gone for good" in str(letter.payload)) == ("tg:7", True)
        assert feeds.find_untold_news(store, limit=9) == []
        assert len(list(all_articles(store))) == 2
