"""What of an entry is kept until its turn, and the draft that is made of it."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.intake.feeds import Entry
from bot.intake.fetch_article import Fetched
from bot.model import Draft
from bot.store.feed_entries import SeenEntry
from bot.store.feeds import Feed

_NEWS_DAYS = 3  # an entry that comes up later than this after its day is no news
_ENOUGH_CHARS = 400
"""A text of the feed as long as this stands for a page that cannot be had; a shorter one is a
teaser."""


def see_entries(
    entries: tuple[Entry, ...], *, first: bool, most_first: int, now: datetime
) -> list[SeenEntry]:
    """The entries as the store keeps them, newest first.

    Of a feed that is polled for the `first` time only the newest become articles, and none is
    news. An entry that its feed dates into the future is no older for it.
    """
    newest = sorted(entries, key=lambda e: e.published or now, reverse=True)
    seen = []
    for place, entry in enumerate(newest):
        is_old = entry.published is not None and now - entry.published > timedelta(days=_NEWS_DAYS)
        seen.append(
            SeenEntry(
                guid=entry.guid,
                url=entry.url,
                fingerprint=entry.fingerprint,
                content_hash=entry.content_hash,
                updated=entry.updated.isoformat() if entry.updated else None,
                data={
                    "title": entry.title,
                    "author": entry.author,
                    "published": entry.published.isoformat() if entry.published else None,
                    "text": entry.text,
                    "whole": entry.is_whole,
                    "modified": entry.updated.isoformat() if entry.updated else None,
                },
                fresh=not first and not is_old,
                wanted=not first or place < most_first,
            )
        )
    return seen


def make_draft(
    feed: Feed, url: str | None, data: Mapping[str, Any], page: Fetched | None
) -> Draft | None:
    """The article of an entry: that of its page where there is one, else the feed's own text
    where that is more than a teaser; None where neither is.

    What the feed knows fills what the page does not tell.
    """
    published = datetime.fromisoformat(data["published"]) if data.get("published") else None
    title, text = data.get("title"), data.get("text") or ""
    if page is not None and page.draft is not None:
        draft = page.draft
    elif len(text) >= _ENOUGH_CHARS or (data.get("whole") and text):
        body = text if title is None or text.startswith(title) else f"{title}\n\n{text}"
        draft = Draft(text=body, url=url, title=title)
    else:
        return None
    return replace(
        draft,
        title=draft.title or title,
        author=draft.author or data.get("author"),
        published=draft.published or published,
        source=feed.outlet or draft.source or feed.title,
        section=feed.topic or draft.section,
        modified=draft.modified or _later(data.get("modified"), draft.published or published),
    )


def _later(modified: str | None, published: date | None) -> datetime | None:
    """When an entry was changed, where that is later than it came out: many feeds give both as
    one."""
    moment = datetime.fromisoformat(modified) if modified else None
    if moment is None or published is None:
        return moment
    if isinstance(published, datetime):
        return moment if moment > published else None
    return moment if moment.date() > published else None


def needs_page(url: str | None, data: Mapping[str, Any]) -> bool:
    """Whether the page of an entry is to be fetched: its feed gives a stub."""
    return url is not None and not data.get("whole")
