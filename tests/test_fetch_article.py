"""Links as articles: from the command line, in the conversation, and what is none."""

from __future__ import annotations

import gzip
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.intake.fetch_article import fetch_article
from tests.support.program import newsbot
from tests.support.sites import Answer, Site, fetcher, serving
from tests.support.texts import PARAGRAPHS, html_page

HEAD = """<title>Harbour reopens after storm</title>
<meta property="og:site_name" content="The Port Courier">
<meta property="article:published_time" content="2025-03-03T14:05:00+02:00">
<meta property="article:modified_time" content="2025-03-05T08:00:00+02:00">
<link rel="alternate" type="application/rss+xml" href="/feed.xml">"""
PAGE = html_page(head=HEAD)


@pytest.fixture
def site() -> Iterator[Site]:
    with serving({"/harbour": Answer(PAGE)}) as site:
        yield site


@pytest.fixture
def _loopback(monkeypatch: pytest.MonkeyPatch) -> None:
    monkeypatch.setenv("NEWSBOT_WEB_ALLOW_LOOPBACK", "true")
    monkeypatch.setenv("NEWSBOT_WEB_HOST_SECONDS", "0")


def test_link_becomes_a_draft_with_what_stands_beside(site: Site) -> None:
    fetched = fetch_article(site.url("/harbour?utm_source=x"), fetcher())
    assert fetched.refusal is None
    assert fetched.draft is not None
    assert fetched.draft.text.endswith(PARAGRAPHS[-1])
    assert fetched.draft.source == "The Port Courier"
    assert fetched.draft.published == datetime(2025, 3, 3, 12, 5, tzinfo=UTC)
    assert fetched.modified == datetime(2025, 3, 5, 6, tzinfo=UTC)
    assert fetched.language == "en"
    assert fetched.draft.url == site.url("/harbour")
    assert fetched.feeds == (site.url("/feed.xml"),)


OTHERS = {
    "nothing there": (Answer("gone", 404), "no page at this address"),
    "picture": (Answer(b"\x89PNG", headers={"Content-Type": "image/png"}), "image/png"),
    "pdf": (Answer(b"%PDF-1.7", headers={"Content-Type": "application/pdf"}), "application/pdf"),
    "feed": (
        Answer("<rss version='2.0'/>", headers={"Content-Type": "application/rss+xml"}),
        "/feed add",
    ),
    "feed as text": (
        Answer("<?xml version='1.0'?><rss/>", headers={"Content-Type": "text/xml"}),
        "/feed add",
    ),
    "odd kind": (Answer("x", headers={"Content-Type": "<script>"}), "unknown"),
    "binary": (Answer(b"\0\1\2", headers={"Content-Type": "text/plain"}), "binary"),
    "empty": (Answer(""), "empty"),
}


@pytest.mark.parametrize(("answer", "words"), OTHERS.values(), ids=OTHERS.keys())
def test_what_is_no_page_is_refused_with_a_sentence(
    site: Site, answer: Answer, words: str
) -> None:
    site.pages["/x"] = answer
    fetched = fetch_article(site.url("/x"), fetcher())
    assert fetched.draft is None
    assert words in str(fetched.refusal)
    assert str(fetched.refusal).endswith(".")


def test_front_page_tells_the_feed_that_it_names(site: Site) -> None:
    link = HEAD[HEAD.index("<link") :]
    site.pages["/"] = Answer(f"<html><head>{link}</head><body><p>Hello.</p></body></html>")
    refusal = fetch_article(site.url("/"), fetcher()).refusal
    assert str(refusal).endswith(f"It names the feed {site.url('/feed.xml')}")


def test_plain_text_is_read_as_a_paste(site: Site) -> None:
    text = "Harbour reopens\n\n" + "\n\n".join(PARAGRAPHS)
    site.pages["/a.txt"] = Answer(text, headers={"Content-Type": "text/plain; charset=utf-8"})
    fetched = fetch_article(site.url("/a.txt"), fetcher())
    assert fetched.draft is not None
    assert fetched.draft.title == "Harbour reopens"
    assert fetched.draft.url == site.url("/a.txt")


def test_page_that_only_leads_on_is_followed_once(site: Site) -> None:
    def stub(goal: str) -> Answer:
        return Answer(f"<html><head><meta http-equiv='refresh' content='0; url={goal}'></head>")

    site.pages |= {"/s": stub("/harbour"), "/s2": stub("/s"), "/in": stub("http://10.0.0.1/")}
    assert fetch_article(site.url("/s"), fetcher()).draft is not None
    assert fetch_article(site.url("/s2"), fetcher()).draft is None
    assert "private network" in str(fetch_article(site.url("/in"), fetcher()).refusal)


def test_encoding_that_the_server_names_is_used(site: Site) -> None:
    page = PAGE.replace("<meta charset='utf-8'>", "").replace("boats", "bőats").encode("cp1250")
    site.pages["/e"] = Answer(page, headers={"Content-Type": "text/html; charset=windows-1250"})
    fetched = fetch_article(site.url("/e"), fetcher())
    assert fetched.draft is not None
    assert "bőats" in fetched.draft.text


def test_markup_is_kept_where_the_operator_asks_for_it(site: Site, tmp_path: Path) -> None:
    keeping = fetcher(archive=str(tmp_path / "kept"))
    for _ in range(2):
        assert fetch_article(site.url("/harbour"), keeping).draft is not None
    (kept,) = (tmp_path / "kept").rglob("*.html.gz")
    assert gzip.decompress(kept.read_bytes()).decode() == PAGE


# ------------------------------------------------------------------- from the command line
@pytest.mark.usefixtures("_loopback")
def test_links_are_added_from_the_command_line(site: Site, tmp_path: Path) -> None:
    db = tmp_path / "s.db"
    link, missing = site.url("/harbour", "127.0.0.1"), site.url("/none", "127.0.0.1")
    added = newsbot("add", link, missing, "--json", "--db", db)
    assert added.code == 1
    assert [row["status"] for row in added.rows] == ["added", "refused"]
    assert added.rows[0]["source"] == added.rows[0]["id"] == link
    assert "no page at this address (404)" in added.rows[1]["reason"]
    again = newsbot("add", link, "--json", "--db", db)
    assert (again.code, again.row["status"]) == (0, "unchanged")
    asked = newsbot("ask", "When will ferries run again?", "--json", "--db", db)
    assert asked.row["answers"][0]["url"] == link


def test_loopback_is_refused_from_the_command_line_by_default(site: Site, tmp_path: Path) -> None:
    link = site.url("/harbour", "127.0.0.1")
    links = (link, "http://127.0.0.1/", "file:///etc/passwd", "ftp://paper.example/a.txt")
    added = newsbot("add", *links, "--json", "--db", tmp_path / "s.db")
    assert [row["status"] for row in added.rows] == ["refused"] * 4
    assert "port" in added.rows[0]["reason"]
    assert "private network" in added.rows[1]["reason"]
    assert all("begin with http:// or https://" in row["reason"] for row in added.rows[2:])
    assert not site.asked
