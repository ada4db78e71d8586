"""Who makes sense of what strangers' servers send: this process, or one that may be stopped."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass

from bot.intake.feeds import FeedReading, read_feed
from bot.intake.pages import PageReading, read_web_page

PageReader = Callable[[bytes, str | None, str | None], PageReading]
"""What a page tells, of its bytes, its address and its server's encoding. Raises IntakeError."""
FeedReader = Callable[[bytes, str, str], FeedReading]
"""The feed in a body, from this address and of this type. Raises IntakeError."""


def read_page_here(body: bytes, url: str | None, charset: str | None) -> PageReading:
    return read_web_page(body, url=url, charset=charset)


def read_feed_here(body: bytes, url: str, content_type: str) -> FeedReading:
    return read_feed(body, url=url, content_type=content_type)


@dataclass(frozen=True, slots=True)
class Readers:
    """The readers of pages and feeds; in this process unless others are named."""

    page: PageReader = read_page_here
    feed: FeedReader = read_feed_here
