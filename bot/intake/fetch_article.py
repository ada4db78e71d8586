"""The article at a link: fetched, read, and refused with a sentence where there is none."""

from __future__ import annotations

import gzip
import hashlib
import re
from dataclasses import dataclass, replace
from datetime import date, datetime
from pathlib import Path

import httpx

from bot.errors import FetchError, IntakeError
from bot.intake.encodings import decode, is_binary
from bot.intake.fetch import Fetcher, Resource, check_status
from bot.intake.identity import canonical_url
from bot.intake.page_kinds import EMPTY, LIST, LITTLE
from bot.intake.pastes import read_paste
from bot.locales.said import Said, say
from bot.model import Draft

_ACCEPT = "text/html,application/xhtml+xml;q=0.9,text/plain;q=0.5,*/*;q=0.1"
_PAGES = ("text/html", "application/xhtml+xml", "")
_FEEDS = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
)
_FEED_ROOT = re.compile(rb"<(?:rss|feed|rdf:RDF)[\s>/]", re.IGNORECASE)
_LEADS_ON = re.compile(
    rb"""<meta[^<>]{0,80}http-equiv=["']?refresh["']?[^<>]{0,80}?content=["']?\s*\d{1,3}\s*[;,]"""
    rb"""\s*(?:url\s*=\s*)?["']?([^"'<>\s]{1,2000})""",
    re.IGNORECASE,
)
_STUB_BYTES = 20_000
"""A page that only leads on is short; one that renews itself now and then is not."""


@dataclass(frozen=True, slots=True)
class Fetched:
    """What came of a link: a draft, or a refusal, which is a sentence for whoever gave it."""

    url: str
    """Where it was found after all redirects; as given where nothing was found."""
    draft: Draft | None = None
    refusal: str | None = None
    modified: date | datetime | None = None
    """When the page says that it was changed, where that is not its publication."""
    language: str | None = None
    """As the page says, such as "en" or "pt-br"."""
    feeds: tuple[str, ...] = ()
    """The addresses of feeds that the page names."""
    is_passing: bool = False
    """Whether the refusal may pass: the server was not reached, or has trouble of its own."""
    retry_seconds: float | None = None
    """How long the server asks to wait."""


def fetch_article(address: str, fetcher: Fetcher) -> Fetched:
    """The article at `address`, or the sentence that says why there is none. Never raises for
    what the address or the page is."""
    url = address.strip()
    feeds: tuple[str, ...] = ()
    try:
        found = _fetch(url, fetcher)
        url = found.url
        if found.kind in _PAGES or b"<html" in found.body[:2000].lower():
            reading = fetcher.readers.page(found.body, url, _charset(found))
            feeds = reading.feeds
            if reading.draft is None:
                raise IntakeError(_with_feed(reading.refusal or EMPTY, feeds))
            _archive(fetcher.settings.archive, found)
            return Fetched(url, reading.draft, None, reading.modified, reading.language, feeds)
        return Fetched(url, _other_kind(found))
    except FetchError as error:
        passing = error.unreached or error.status == 429 or (error.status or 0) >= 500
        return Fetched(
            url,
            refusal=error.reason,
            is_passing=passing,
            retry_seconds=error.retry_seconds,
        )
    except IntakeError as error:
        return Fetched(url, refusal=error.reason, feeds=feeds)


def _with_feed(refusal: str, feeds: tuple[str, ...]) -> str:
    """`refusal`, with the feed that a page without an article names."""
    may_be_of_feed = isinstance(refusal, Said) and refusal.message in (LIST, LITTLE, EMPTY)
    if may_be_of_feed and feeds:
        return say("{refusal} It names the feed {address}", refusal=refusal, address=feeds[0])
    return refusal


def _fetch(url: str, fetcher: Fetcher) -> Resource:
    """The page at `url`, one step beyond it where it only leads on. Raises FetchError."""
    found = fetcher.get(url, accept=_ACCEPT)
    check_status(found)
    leads_on = _LEADS_ON.search(found.body) if len(found.body) < _STUB_BYTES else None
    if leads_on and b"<p" not in found.body.lower():
        try:
            goal = httpx.URL(found.url).join(leads_on.group(1).decode("utf-8", "replace"))
        except (httpx.InvalidURL, ValueError, UnicodeError) as error:
            raise FetchError(say("The page leads on to no address that can be read.")) from error
        found = fetcher.get(str(goal), accept=_ACCEPT)
        check_status(found)
    return found


def _other_kind(found: Resource) -> Draft:
    """The article in what is no page: plain text. Raises IntakeError for all else."""
    if found.kind in _FEEDS or _FEED_ROOT.search(found.body[:500]):
        raise IntakeError(
            say("This is a feed, not an article. An editor can follow it: /feed add.")
        )
    if found.kind != "text/plain":
        name = (
            found.kind if re.fullmatch(r"[\w.+-]{1,60}/[\w.+-]{1,60}", found.kind) else "unknown"
        )
        raise IntakeError(
            say("This address holds no page but something else ({kind}).", kind=name)
        )
    if is_binary(found.body[:8192]):
        raise IntakeError(say("This address holds a binary file, not a page."))
    return replace(read_paste(decode(found.body)), url=canonical_url(found.url))


def _charset(found: Resource) -> str | None:
    """The encoding that the server names."""
    match = re.search(
        r"charset\s*=\s*[\"']?([\w.:-]{1,40})", found.headers.get("content-type", "")
    )
    return match.group(1) if match else None


def _archive(folder: str, found: Resource) -> None:
    """Keep the markup as it came, under the hash of its bytes, once."""
    if not folder:
        return
    name = hashlib.sha256(found.body).hexdigest()
    path = Path(folder) / name[:2] / f"{name}.html.gz"
    if not path.exists():
        try:
            path.parent.mkdir(parents=True, exist_ok=True)
            part = path.with_suffix(".part")
            part.write_bytes(gzip.compress(found.body, mtime=0))
            part.replace(path)
        except OSError as error:
            raise IntakeError(
                say(
                    "The page cannot be kept in the archive {folder} ({why}).",
                    folder=folder,
                    why=error.strerror,
                )
            ) from error
