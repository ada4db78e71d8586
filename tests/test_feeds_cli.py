"""`newsbot feeds`, as the operator types it."""

from __future__ import annotations

import json
from collections.abc import Callable, Iterator
from pathlib import Path

import pytest

from tests.support.papers import Paper, Story
from tests.support.program import Outcome, newsbot
from tests.support.sites import Answer, serving

Run = Callable[..., Outcome]


@pytest.fixture
def paper() -> Iterator[Paper]:
    with serving() as site:
        paper = Paper(site, "127.0.0.1")
        paper.publish(Story("s1", "Bridge 1"), Story("s2", "Bridge 2"))
        yield paper


@pytest.fixture
def run(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Run:
    monkeypatch.setenv("NEWSBOT_WEB_ALLOW_LOOPBACK", "true")
    monkeypatch.setenv("NEWSBOT_WEB_HOST_SECONDS", "0")
    monkeypatch.setenv("NEWSBOT_STORE", str(tmp_path / "s.db"))

    def run(*arguments: str | Path, now: str = "2025-03-10T12:00:00Z") -> Outcome:
        return newsbot("feeds", *arguments, "--now", now)

    return run


def test_feed_is_followed_polled_and_answered_from(paper: Paper, run: Run) -> None:
    address = paper.serve_with_etag()
    added = run("add", address, "--outlet", "The Courier", "--json")
    assert (added.code, added.row["status"], added.row["id"]) == (0, "added", 1)
    polled = run("poll", "--json")
    assert polled.row == {
        "polled": 0,
        "unchanged": 0,
        "failed": 0,
        "added": 2,
        "updated": 0,
        "known": 0,
        "refused": 0,
    }
    assert "nothing new" in run("poll").out
    again = run("poll", "1", now="2025-03-10T13:00:00Z")
    assert "1 polled, 1 unchanged" in again.out
    (row,) = run("list", "--json").rows
    assert (row["title"], row["articles"], row["state"]) == ("The Courier", 2, "active")
    asked = newsbot("ask", "How much will work on Bridge 1 cost?", "--json")
    assert asked.row["state"] == "found"
    assert "40,000 crowns" in asked.row["answers"][0]["text"]


def test_list_for_people_shows_what_fails(paper: Paper, run: Run) -> None:
    assert "No feed is followed" in run("list").err
    run("add", paper.serve_rss())
    assert "2 articles" not in run("list").out
    paper.site.pages["/feed.xml"] = Answer("no", 404)
    polled = run("poll", "--all", now="2025-03-10T14:00:00Z")
    assert (polled.code, "1 failed" in polled.out) == (1, True)
    assert "failing" in run("list").out
    assert "no page at this address (404)" in run("list").out


def test_one_that_cannot_be_followed_stops_no_other(paper: Paper, run: Run) -> None:
    outcome = run("add", "http://10.0.0.1/feed", paper.serve_rss(), "--json")
    assert outcome.code == 1
    assert [row["status"] for row in outcome.rows] == ["refused", "added"]
    assert "private network" in outcome.rows[0]["reason"]


def test_feeds_are_paused_resumed_changed_and_removed(paper: Paper, run: Run) -> None:
    address = paper.serve_rss()
    run("add", address)
    run("pause", "1")
    assert run("list", "--json").row["state"] == "paused"
    assert run("poll", "--json", now="2025-03-12T12:00:00Z").row["polled"] == 0
    run("resume", address)
    assert run("poll", "--json", now="2025-03-12T12:00:00Z").row["polled"] == 1
    run("set", "1", "--outlet", "Courier Online", "--topic", "Bridges")
    row = run("list", "--json").row
    assert (row["outlet"], row["topic"]) == ("Courier Online", "Bridges")
    run("set", "1", "--topic", "")
    assert run("list", "--json").row["topic"] is None
    assert run("remove", "1").code == 0
    assert run("list").out == ""


@pytest.mark.parametrize(
    ("arguments", "code", "words"),
    [
        (["remove", "7"], 1, "no feed number 7"),
        (["pause", "https://a.example/feed"], 1, "There is no feed https://a.example/feed"),
        (["poll", "9"], 1, "no feed number 9"),
        (["set", "1"], 2, "Name what to set"),
        (["import", "missing.opml"], 1, "cannot be read"),
        (["add"], 2, "Missing argument"),
        (["remove", "9" * 30], 1, "There is no feed 999"),
    ],
    ids=str,
)
def test_what_cannot_be_done_is_told(
    run: Run, arguments: list[str], code: int, words: str
) -> None:
    outcome = run(*arguments)
    assert outcome.code == code
    assert words in outcome.out + outcome.err


def test_lists_go_in_and_out(run: Run, tmp_path: Path) -> None:
    others = Path(__file__).parent / "data" / "reader.opml"
    assert run("import", others).out == "4 added, 0 followed already\n"
    assert json.loads(run("import", others, "--json").out)["known"] == 4
    target = tmp_path / "mine.opml"
    assert run("export", target).code == 0
    assert target.read_bytes() == others.read_bytes()
    assert run("export", "-").out == others.read_text(encoding="utf-8")
    again = run("export", target)
    assert (again.code, "exists already" in again.err) == (1, True)


def test_news_of_a_feed_are_told_where_it_is_polled(paper: Paper, run: Run) -> None:
    run("add", paper.serve_rss())
    paper.site.pages["/feed.xml"] = Answer("gone", 410)
    polled = run("poll", "--all", now="2025-03-10T14:00:00Z")
    assert "gone for good" in polled.err
    assert run("list", "--json").row["state"] == "gone"
