"""Feeds as they come: each format, the usual mistakes, and what is none."""

from __future__ import annotations

import contextlib
from datetime import UTC, datetime

import pytest

from bot.errors import IntakeError
from bot.intake.feed_markup import read_markup
from bot.intake.feeds import FEED_BYTES, FEED_TAGS, MOST_ENTRIES, Entry, read_feed
from tests.support.papers import NOW, Paper, Story
from tests.support.sites import Site

URL = "https://news.example/feed.xml"


def rss(items: str, channel: str = "") -> bytes:
    return (
        f"<rss version='2.0'><channel><title>T</title>{channel}{items}</channel></rss>"
    ).encode()


def entry(items: str) -> Entry:
    (found,) = read_feed(rss(f"<item>{items}</item>"), url=URL).entries
    return found


@pytest.mark.parametrize("kind", ["rss", "rdf", "atom", "json_feed"])
def test_each_format_tells_the_same(kind: str) -> None:
    paper = Paper(Site(port=80))
    paper.stories = [Story("a", "Bridge & “gate” 1"), Story("b", "Bridge 2")]
    found = read_feed(getattr(paper, kind)().encode(), url=URL)
    assert found.title == "The Courier"
    assert str(found.site).endswith(".example/")
    assert [e.title for e in found.entries] == ["Bridge & “gate” 1", "Bridge 2"]
    assert [e.published for e in found.entries] == [NOW, NOW]
    assert [str(e.url).rpartition("/")[2] for e in found.entries] == ["a", "b"]
    assert found.entries[1].text == "The bridge at Bridge 2 was closed on Monday, the mayor " + (
        "Ines Roca said."
    )


USUAL_MISTAKES = {
    "bare ampersand": "<title>Fish & chips</title>",
    "unknown entity": "<title>Fish &amp;nbsp;&nbsp;chips</title>",
    "markup in a title": "<title>&lt;b&gt;Fish&lt;/b&gt; chips</title>",
    "cdata": "<title><![CDATA[Fish <i>chips</i>]]></title>",
    "unclosed": "<title>Fish chips</title><description>open",
    "space around": "<title>\n  Fish\n chips </title>",
}


@pytest.mark.parametrize("items", USUAL_MISTAKES.values(), ids=USUAL_MISTAKES.keys())
def test_usual_mistakes_are_forgiven(items: str) -> None:
    assert str(entry(items).title).replace("& ", "").split() == ["Fish", "chips"]


DAYS = {
    "rfc822": ("Mon, 03 Mar 2025 10:00:00 +0200", datetime(2025, 3, 3, 8, tzinfo=UTC)),
    "named zone": ("Mon, 03 Mar 2025 10:00:00 EST", datetime(2025, 3, 3, 15, tzinfo=UTC)),
    "no weekday": ("3 Mar 2025 10:00 GMT", datetime(2025, 3, 3, 10, tzinfo=UTC)),
    "iso": ("2025-03-03T10:00:00Z", datetime(2025, 3, 3, 10, tzinfo=UTC)),
    "day": ("2025-03-03", datetime(2025, 3, 3, tzinfo=UTC)),
    "words": ("March 3, 2025", datetime(2025, 3, 3, tzinfo=UTC)),
    "nonsense": ("yesterday-ish", None),
    "year 99999": ("Mon, 03 Mar 99999 10:00:00 GMT", None),
}


@pytest.mark.parametrize(("words", "moment"), DAYS.values(), ids=DAYS.keys())
def test_times_as_feeds_write_them(words: str, moment: datetime | None) -> None:
    assert entry(f"<title>a</title><pubDate>{words}</pubDate>").published == moment


LINKS = {
    "absolute": ("https://news.example/a?utm_source=rss", "https://news.example/a"),
    "relative": ("/a", "https://news.example/a"),
    "script": ("javascript:alert(1)", None),
    "file": ("file:///etc/passwd", None),
    "none": ("", None),
    "endless": ("https://news.example/" + "a" * 9_000, None),
}


@pytest.mark.parametrize(("link", "url"), LINKS.values(), ids=LINKS.keys())
def test_address_of_an_entry(link: str, url: str | None) -> None:
    assert entry(f"<title>a</title><link>{link}</link>").url == url


@pytest.mark.parametrize(
    ("text", "whole"),
    [
        ("A long story. " * 120, True),
        ("A long story. " * 120 + "Read more", False),
        ("A long story. " * 120 + "[…]", False),
        ("A long story. " * 120 + "<a href='/x'>Continue reading the story</a>", False),
        ("A short one.", False),
        ("", False),
    ],
)
def test_stub_is_told_from_the_whole(text: str, *, whole: bool) -> None:
    escaped = text.replace("<", "&lt;")
    assert entry(f"<title>a</title><description>{escaped}</description>").is_whole is whole


def test_longest_text_of_an_entry_is_taken() -> None:
    found = entry(
        "<title>a</title><description>Short.</description><content:encoded "
        "xmlns:content='http://purl.org/rss/1.0/modules/content/'>"
        "<![CDATA[<p>One.</p><script>bad()</script><p>Two<br>three.</p>]]></content:encoded>"
    )
    assert found.text == "One.\n\nTwo\n\nthree."


def test_entry_is_the_same_under_another_guid_and_another_with_another_day() -> None:
    same = "<title>Weather: “rain”</title><pubDate>{}</pubDate><guid>{}</guid>"
    one = entry(same.format("Mon, 03 Mar 2025 10:00:00 GMT", "1"))
    two = entry(same.format("Mon, 03 Mar 2025 10:00:00 GMT", "2"))
    later = entry(same.format("Tue, 04 Mar 2025 10:00:00 GMT", "1"))
    assert one.fingerprint == two.fingerprint != later.fingerprint
    assert one.guid != two.guid


@pytest.mark.parametrize(
    ("channel", "seconds"),
    [
        ("<ttl>30</ttl>", 1800),
        ("<ttl>soon</ttl>", 0),
        ("", 0),
        (
            "<u:updatePeriod xmlns:u='http://purl.org/rss/1.0/modules/syndication/'>daily"
            "</u:updatePeriod>",
            86400,
        ),
    ],
)
def test_rest_that_a_feed_asks_for(channel: str, seconds: float) -> None:
    assert read_feed(rss("", channel), url=URL).rest_seconds == seconds


NOT_FEEDS = {
    "empty": b"",
    "html": b"<html><body><p>Hello</p></body></html>",
    "text": b"Hello there",
    "path": b"/etc/passwd",
    "address": b"http://news.example/feed",
    "binary": b"\x89PNG\r\n\x1a\n\0\0",
    "json": b'{"hello": 1}',
    "json list": b"[1, 2]",
    "json cut": b'{"version": "https://jsonfeed.org/version/1", "items": [',
    "deep json": b'{"a":' * 100_000,
}


@pytest.mark.parametrize("body", NOT_FEEDS.values(), ids=NOT_FEEDS.keys())
def test_what_is_no_feed_is_told(body: bytes) -> None:
    with pytest.raises(IntakeError, match="no feed") as caught:
        read_feed(body, url=URL)
    assert caught.value.reason.endswith(".")


@pytest.mark.parametrize(
    ("body", "words"),
    [(b"<rss>" + b" " * FEED_BYTES, "over 3 MB"), (b"<a>" * (FEED_TAGS + 1), "50,000 tags")],
    ids=["bytes", "tags"],
)
def test_a_feed_that_would_hold_up_the_reader_is_refused(body: bytes, words: str) -> None:
    with pytest.raises(IntakeError, match=words):
        read_feed(body, url=URL)


MANY = 20_000
LONG_FEEDS = {
    "rss": ("<rss version='2.0'><channel><title>F</title>", "<item><title>T{}</title></item>", ""),
    "atom": (
        "<feed xmlns='http://www.w3.org/2005/Atom'><title>F</title>",
        "<entry><title>T{}</title><id>{}</id></entry>",
        "</feed>",
    ),
    "rdf": (
        "<r:RDF xmlns:r='http://www.w3.org/1999/02/22-rdf-syntax-ns#' "
        "xmlns='http://purl.org/rss/1.0/'><channel><title>F</title></channel>",
        "<item><title>T{}</title></item>",
        "</r:RDF>",
    ),
}


@pytest.mark.parametrize(("head", "item", "foot"), LONG_FEEDS.values(), ids=LONG_FEEDS.keys())
def test_of_a_long_feed_the_first_entries_are_read(head: str, item: str, foot: str) -> None:
    items = "".join(item.format(n, n) for n in range(MANY))
    found = read_feed(f"{head}{items}{foot or '</channel></rss>'}".encode(), url=URL)
    assert found.title == "F"
    assert [entry.title for entry in found.entries] == [f"T{n}" for n in range(MOST_ENTRIES)]


def test_of_markup_in_an_entry_the_words_are_kept() -> None:
    harm = "<p onclick='x'>One &amp; two.</p><script>three()</script><style>four</style>"
    assert entry(f"<description><![CDATA[{harm}]]></description>").text == "One & two."


HOSTILE = {
    "laughs": b"<?xml version='1.0'?><!DOCTYPE r [<!ENTITY a 'aaaaaaaaaa'>"
    + b"".join(b"<!ENTITY %c '%s'>" % (98 + n, (b"&%c;" % (97 + n)) * 10) for n in range(9))
    + b"]>"
    + rss("<item><title>&j;</title></item>"),
    "tags": rss("<item>" * 20_000),
    "open quotes": rss('<item a="' * 15_000),
    "cdata": rss("<![CDATA[" * 15_000),
    "entities": rss("<item><title>" + "&" * 140_000 + "</title></item>"),
    "markup": rss("<item><description>" + "&lt;div&gt;" * 13_000 + "</description></item>"),
    "comments": rss("<!--" * 35_000),
}


@pytest.mark.parametrize("body", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_feed_ends_in_entries_or_a_sentence(body: bytes) -> None:
    with contextlib.suppress(IntakeError):
        found = read_feed(body, url=URL)
        assert len(found.entries) <= MOST_ENTRIES
        assert all(len(e.title or "") < 10_000 for e in found.entries)


MARKUP = {
    "plain": ("One.\nTwo.", "One.\n\nTwo."),
    "paragraphs": ("<p>One <b>bold</b>.</p> <p>Two.</p>", "One bold.\n\nTwo."),
    "list": ("<ul><li>a<li>b</ul>end", "a\n\nb\n\nend"),
    "entities": ("Fish &amp; chips&nbsp;now", "Fish & chips now"),
    "script": ("a<script>x</script>b<style>y</style>c", "abc"),
    "comment": ("a<!-- hidden -->b", "ab"),
    "not closed": ("<p>One<p>Two <a href='x", "One\n\nTwo"),
    "less than": ("a < b and c", "a < b and c"),
    "nothing": ("", ""),
    "picture": ("<img src='x.png'/>", ""),
}


@pytest.mark.parametrize(("markup", "text"), MARKUP.values(), ids=MARKUP.keys())
def test_text_in_a_piece_of_markup(markup: str, text: str) -> None:
    assert read_markup(markup) == text
