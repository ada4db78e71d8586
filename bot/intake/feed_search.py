"""The feed at an address: itself, named by the page there, or where sites tend to have one."""

from __future__ import annotations

import re
import time
from collections.abc import Iterator
from dataclasses import dataclass
from urllib.parse import urljoin

from bot.errors import FetchError, IntakeError
from bot.intake.feeds import FeedReading
from bot.intake.fetch import Fetcher, Resource, check_status
from bot.intake.readers import Readers
from bot.locales.said import say

_USUAL_PLACES = ("/feed/", "/rss.xml", "/feed.xml", "/atom.xml", "/rss", "/index.xml")
_MOST_TRIED = 6
_SEARCH_SECONDS = 30.0  # somebody waits for the answer
_FEED_LINK = re.compile(
    rb"""<a\b[^<>]{0,500}?\bhref=["']([^"'<>\s]{1,500}(?:rss|atom|feed)[^"'<>\s]{0,500})["']""",
    re.IGNORECASE,
)
_LINK_BYTES = 500_000


@dataclass(frozen=True, slots=True)
class FoundFeed:
    """A feed, read, and the reply that it came with."""

    url: str
    reading: FeedReading
    resource: Resource


def read_resource(found: Resource, readers: Readers) -> FoundFeed:
    """The feed in `found`. Raises IntakeError for what is no feed."""
    kind = found.headers.get("content-type", "")
    return FoundFeed(found.url, readers.feed(found.body, found.url, kind), found)


def find_feed(address: str, fetcher: Fetcher) -> FoundFeed:
    """The feed at `address`, or the first that the page there leads to.

    Raises IntakeError where there is none.
    """
    found = fetcher.get(address)
    check_status(found)
    try:
        return read_resource(found, fetcher.readers)
    except IntakeError as error:
        reason = error
    ends = time.monotonic() + _SEARCH_SECONDS
    for place in _places(found, fetcher.readers):
        if time.monotonic() > ends:
            break
        try:
            other = fetcher.get(place)
            check_status(other)
            return read_resource(other, fetcher.readers)
        except IntakeError:
            continue
    if found.kind not in ("text/html", "application/xhtml+xml", ""):
        raise reason
    raise FetchError(say("The page names no feed, and none is where sites tend to have one."))


def _places(found: Resource, readers: Readers) -> Iterator[str]:
    """The addresses where the feed of a page may be, likeliest first."""
    named = list(readers.page(found.body, found.url, None).feeds)
    named += [
        urljoin(found.url, match.group(1).decode("utf-8", "replace"))
        for match in _FEED_LINK.finditer(found.body[:_LINK_BYTES])
    ]
    # A feed of comments is none of articles; it is named beside the other.
    named.sort(key=lambda url: "comment" in url.lower())
    usual = [urljoin(found.url, place) for place in _USUAL_PLACES]
    yield from list(dict.fromkeys([*named[:3], *usual]))[:_MOST_TRIED]
