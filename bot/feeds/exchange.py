"""Lists of feeds from other readers and for them."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime

from bot.errors import FetchError
from bot.feeds.rounds import FIRST_INTERVAL_SECONDS
from bot.intake.addresses import AddressRules, check_url
from bot.intake.opml import OWN, FeedList, Outline, parse_opml, write_opml
from bot.newsroom import Newsroom
from bot.store import feeds
from bot.store.feeds import Feed, FeedState, Placing
from bot.store.meta import get_meta, put_meta

_HEAD_KEY = "opml_head"
_OWN_HEAD = (("title", "Feeds that newsbot follows"),)


@dataclass(frozen=True, slots=True)
class Imported:
    """What came of a list: how many feeds are new, how many were followed already, and the
    addresses that were refused, each with the reason."""

    added: int
    known: int
    refused: tuple[tuple[str, str], ...]


def import_opml(newsroom: Newsroom, data: bytes, now: datetime) -> Imported:
    """Follow the feeds of a list, all or none; nothing is fetched yet.

    Folders, order and attributes that we do not know are kept for the next export. Raises
    IntakeError for what is no list.
    """
    listed = parse_opml(data)
    settings = newsroom.web().settings
    rules = AddressRules(frozenset(settings.ports), settings.allow_loopback)
    added = known = 0
    refused: list[tuple[str, str]] = []
    placings: list[Placing] = []
    numbers: set[int] = set()
    with newsroom.store.write():
        for outline in listed.outlines:
            number: int | None = None
            if outline.url is not None:
                try:
                    check_url(outline.url, rules)
                except FetchError as error:
                    refused.append((outline.url, error.reason))
                    continue
                feed = feeds.look_up_feed(newsroom.store, outline.url)
                if feed is None:
                    feed = _follow(newsroom, outline, now)
                    added += 1
                elif feed.id not in numbers:
                    known += 1
                number = feed.id
                numbers.add(number)
            placings.append(Placing(number, outline.folders, outline.attributes))
        feeds.put_placings(newsroom.store, placings)
        if get_meta(newsroom.store, _HEAD_KEY) is None and listed.head:
            put_meta(newsroom.store, _HEAD_KEY, json.dumps(listed.head, ensure_ascii=False))
    return Imported(added, known, tuple(refused))


def _follow(newsroom: Newsroom, outline: Outline, now: datetime) -> Feed:
    assert outline.url is not None
    return feeds.add_feed(
        newsroom.store,
        outline.url,
        now=now,
        interval_seconds=FIRST_INTERVAL_SECONDS,
        title=outline.title,
        outlet=outline.own("outlet"),
        topic=outline.own("topic"),
        site=outline.site,
        paused=outline.own("state") == FeedState.PAUSED,
    )


def export_opml(newsroom: Newsroom) -> bytes:
    """All feeds as a list that any reader takes, in the order and folders that they came in."""
    known = {feed.id: feed for feed in feeds.find_feeds(newsroom.store)}
    outlines = []
    for placing in feeds.find_placings(newsroom.store):
        attributes = dict(placing.attributes)
        if placing.feed is not None:
            attributes = _attributes(known[placing.feed], attributes)
        outlines.append(Outline(attributes, tuple(placing.folders)))
    head = get_meta(newsroom.store, _HEAD_KEY)
    told = tuple((name, text) for name, text in json.loads(head)) if head else _OWN_HEAD
    return write_opml(FeedList(tuple(outlines), told))


def _attributes(feed: Feed, given: dict[str, str]) -> dict[str, str]:
    """What an outline says of `feed`: what it said when it came, where that still holds."""
    attributes = dict(given)
    if not attributes:
        attributes = {"text": feed.name, "title": feed.name, "type": "rss"}
    key = next((name for name in attributes if name.lower() == "xmlurl"), "xmlUrl")
    attributes[key] = feed.url
    if not given and feed.site:
        attributes["htmlUrl"] = feed.site
    paused = FeedState.PAUSED.value if feed.state is FeedState.PAUSED else None
    for name, value in (("outlet", feed.outlet), ("topic", feed.topic), ("state", paused)):
        attributes.pop(f"{{{OWN}}}{name}", None)
        if value:
            attributes[f"{{{OWN}}}{name}"] = value
    return attributes
