"""Feeds as entries: RSS, RDF and Atom read with feedparser, JSON Feed by ourselves."""

from __future__ import annotations

import calendar
import hashlib
import io
import json
import re
from collections import Counter
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from bot.errors import IntakeError
from bot.intake.feed_markup import plain_words, read_markup
from bot.intake.identity import canonical_url
from bot.intake.records import parse_moment
from bot.locales import N_
from bot.locales.said import say

FEED_BYTES = 3 * 2**20
"""The largest of news have some hundred kilobytes; this much takes the parser up to a second."""

FEED_TAGS = 50_000
"""Five hundred entries have some ten thousand; so many take the parser a second."""

MOST_ENTRIES = 500
"""The newest of a feed; real ones have up to some hundred."""

_FIELD_CHARS = 2_000
_WHOLE_CHARS = 1_500
"""An entry's text as long as this is the article; below it the page is asked."""

_NOT_A_FEED = N_("This is no feed: neither RSS nor Atom nor JSON Feed.")
_JSON_FEED = "https://jsonfeed.org/version/"
_JSON_ROOT = re.compile(rb"\s*(?:\xef\xbb\xbf)?\s*\{")
_ENTRY_END = re.compile(rb"</(?:[\w.-]{1,20}:)?(?:item|entry)\s{0,9}>", re.IGNORECASE)
_CUT = re.compile(
    r"(?:\[?(?:…|\.\.\.)\]?|\b(?:read (?:more|on|the (?:rest|full (?:article|story)))"
    r"|continue reading(?: .{1,80})?|full story)\b ?[.…»→>]*)\s*$",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Entry:
    """One entry of a feed. `guid` is its own name for itself, else its address or words."""

    guid: str
    url: str | None
    title: str | None
    author: str | None
    published: datetime | None
    updated: datetime | None
    text: str
    """Its paragraphs, a blank line apart; "" where it has none."""
    fingerprint: str
    """The same for an entry that comes again under another guid and address."""
    content_hash: str
    """Another one where its headline or words have changed."""

    @property
    def is_whole(self) -> bool:
        """Whether the text is the article rather than a stub that leads to it."""
        return len(self.text) >= _WHOLE_CHARS and not _CUT.search(self.text[-200:])


@dataclass(frozen=True, slots=True)
class FeedReading:
    """What a feed says of itself, and its entries in its order."""

    title: str | None
    site: str | None
    entries: tuple[Entry, ...]
    rest_seconds: float = 0.0
    """How long it asks to be left alone between two polls."""


def read_feed(body: bytes, *, url: str, content_type: str = "") -> FeedReading:
    """The feed in `body`, which came from `url`. Raises IntakeError for what is no feed.

    Of more than 500 entries the first are read; whatever their number, they come in a second.
    """
    is_json = bool(_JSON_ROOT.match(body[:64]))
    body = body if is_json else _first_entries(body)
    if len(body) > FEED_BYTES:
        raise IntakeError(
            say(
                "The feed is over {megabytes} MB, which is more than is read of one.",
                megabytes=FEED_BYTES // 2**20,
            )
        )
    if is_json:
        return _read_json_feed(body, url)
    if body.count(b"<") > FEED_TAGS:
        raise IntakeError(
            say(
                "The feed has more than {count} tags, which is more than is read of one.",
                count=FEED_TAGS,
            )
        )
    import feedparser

    headers = {"content-location": url, "content-type": content_type or "application/xml"}
    try:
        # A stream, always: given bytes or text, feedparser takes them for a path or an address.
        # Of markup within entries only the words are kept, by us: it need not be made harmless.
        found: Any = feedparser.parse(
            io.BytesIO(body),
            response_headers=headers,
            resolve_relative_uris=False,
            sanitize_html=False,
        )
    except (ValueError, TypeError, AttributeError, LookupError, RecursionError) as error:
        raise IntakeError(say("The feed's markup cannot be read.")) from error
    if not found.get("version") and not found.get("entries"):
        raise IntakeError(say(_NOT_A_FEED))
    entries = []
    for raw in found.entries[:MOST_ENTRIES]:
        contents = [c.get("value", "") for c in raw.get("content", ())]
        contents.append(raw.get("summary", ""))
        entries.append(
            _entry(
                guid=raw.get("id"),
                url=_joined(url, raw.get("link")),
                title=_words(raw.get("title")),
                author=_words(raw.get("author")),
                published=_moment(raw, "published") or _moment(raw, "created"),
                updated=_moment(raw, "updated"),
                text=read_markup(max(contents, key=len)),
            )
        )
    return FeedReading(
        _words(found.feed.get("title")),
        _joined(url, found.feed.get("link")),
        _told_apart(entries),
        _rest(found.feed),
    )


def _first_entries(body: bytes) -> bytes:
    """`body` without its entries beyond as many as are read."""
    ends = [match.end() for match in _ENTRY_END.finditer(body)]
    if len(ends) <= MOST_ENTRIES:
        return body
    return body[: ends[MOST_ENTRIES - 1]] + body[ends[-1] :]


def _read_json_feed(body: bytes, url: str) -> FeedReading:
    try:
        found = json.loads(body.decode("utf-8-sig"))
    except (ValueError, RecursionError) as error:
        raise IntakeError(say(_NOT_A_FEED)) from error
    items = found.get("items") if isinstance(found, dict) else None
    if not isinstance(items, list) or not str(found.get("version", "")).startswith(_JSON_FEED):
        raise IntakeError(say(_NOT_A_FEED))
    entries = []
    for raw in items[:MOST_ENTRIES]:
        if not isinstance(raw, dict):
            continue
        told = {k: v for k, v in raw.items() if isinstance(v, str)}
        html, plain = told.get("content_html", ""), told.get("content_text", "")
        authors = raw.get("authors")
        names = [raw.get("author"), *(authors if isinstance(authors, list) else [])]
        entries.append(
            _entry(
                guid=str(raw["id"]) if isinstance(raw.get("id"), str | int) else None,
                url=_joined(url, told.get("url") or told.get("external_url")),
                title=_words(told.get("title")),
                author=next((_words(n.get("name")) for n in names if isinstance(n, dict)), None),
                published=_time(told.get("date_published")),
                updated=_time(told.get("date_modified")),
                text=read_markup(html or plain or told.get("summary", ""), is_html=bool(html)),
            )
        )
    site = found.get("home_page_url")
    return FeedReading(_words(found.get("title")), _joined(url, site), _told_apart(entries))


def _entry(
    *,
    guid: object,
    url: str | None,
    title: str | None,
    author: str | None,
    published: datetime | None,
    updated: datetime | None,
    text: str,
) -> Entry:
    published = published or updated
    words = plain_words(title), plain_words(text[:2000])
    fingerprint = _hash(words[0], published.isoformat() if published and words[0] else words[1])
    own = str(guid).strip()[:_FIELD_CHARS] if guid else ""
    return Entry(
        guid=own or url or fingerprint,
        url=url,
        title=title,
        author=author,
        published=published,
        updated=updated,
        text=text,
        fingerprint=fingerprint,
        content_hash=_hash(words[0], plain_words(text)),
    )


def _told_apart(entries: Sequence[Entry]) -> tuple[Entry, ...]:
    """`entries`, each with a guid of its own: some feeds give all of them the site's address."""
    guids = Counter(entry.guid for entry in entries)
    urls = Counter(entry.url for entry in entries)
    apart: dict[str, Entry] = {}
    for entry in entries:
        url = entry.url if urls[entry.url] == 1 else None
        guid = entry.guid if guids[entry.guid] == 1 else (url or entry.fingerprint)
        apart.setdefault(guid, replace(entry, url=url, guid=guid))
    return tuple(apart.values())


def _hash(*parts: str) -> str:
    return hashlib.sha256("\n".join(parts).encode("utf-8", "surrogatepass")).hexdigest()[:32]


def _words(value: object) -> str | None:
    """The words of a title or name, which may hold markup."""
    if not isinstance(value, str):
        return None
    words = " ".join(read_markup(value[:_FIELD_CHARS]).split())
    return words or None


def _joined(base: str, goal: object) -> str | None:
    """The address that `goal` is, seen from `base`; None for none of the web."""
    if not isinstance(goal, str) or not goal.strip():
        return None
    try:
        whole = urljoin(base, goal.strip())
        if urlsplit(whole).scheme not in ("http", "https") or len(whole) > _FIELD_CHARS:
            return None
    except ValueError:
        return None
    return canonical_url(whole)


def _moment(raw: Mapping[str, Any], name: str) -> datetime | None:
    if name not in raw:  # asked for an update that is not told, feedparser gives the other time
        return None
    parsed = raw.get(f"{name}_parsed")
    if parsed is not None:
        try:
            return datetime.fromtimestamp(calendar.timegm(parsed), UTC)
        except (ValueError, OverflowError, OSError):
            return None
    return _time(raw.get(name))


def _time(words: object) -> datetime | None:
    """The time that `words` tell; the start of a day where they tell that alone."""
    moment = parse_moment(words.strip()[:100]) if isinstance(words, str) and words else None
    if moment is None or isinstance(moment, datetime):
        return moment
    return datetime(moment.year, moment.month, moment.day, tzinfo=UTC)


def _rest(feed: Mapping[str, Any]) -> float:
    """The seconds between polls that a feed asks for (`ttl`, `sy:updatePeriod`)."""
    ttl = str(feed.get("ttl", ""))
    if ttl.isascii() and ttl.isdigit() and len(ttl) < 8:
        return float(ttl) * 60
    periods = {"hourly": 3600.0, "daily": 86400.0, "weekly": 7 * 86400.0}
    period = periods.get(str(feed.get("sy_updateperiod", "")).strip().lower(), 0.0)
    often = str(feed.get("sy_updatefrequency", "1")).strip()
    return period / max(1, int(often)) if often.isascii() and often.isdigit() else period
