"""Asking the servers of feeds and pages, several at the same time; no store is touched here."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Callable, Iterable, Iterator, Sequence
from concurrent.futures import ThreadPoolExecutor, as_completed
from typing import TypeVar
from urllib.parse import urlsplit

from bot.errors import FetchError
from bot.feeds.drafts import needs_page
from bot.intake.fetch import Fetcher, Resource, check_status
from bot.intake.fetch_article import Fetched, fetch_article
from bot.store.feed_entries import EntryRow
from bot.store.feeds import Feed

T = TypeVar("T")
R = TypeVar("R")

THREADS = 6  # servers asked at the same time; one server is asked by one thread
_ACCEPT = (
    "application/rss+xml,application/atom+xml,application/feed+json,application/rdf+xml;q=0.9,"
    "application/xml;q=0.8,text/xml;q=0.8,*/*;q=0.1"
)
_HOST_STATUS = (429, 503)
"""What a server says of itself rather than of one feed."""


def ask_feed(feed: Feed, fetcher: Fetcher) -> Resource | FetchError:
    """What the server of a feed answers; only what is new, where it can tell."""
    conditions = []
    if feed.etag:
        conditions.append(("If-None-Match", feed.etag))
    if feed.last_modified:
        conditions.append(("If-Modified-Since", feed.last_modified))
    try:
        answer = fetcher.get(feed.url, accept=_ACCEPT, headers=conditions)
        if answer.status in _HOST_STATUS:
            check_status(answer)
    except FetchError as error:
        return error
    return answer


def page_of(row: EntryRow, fetcher: Fetcher) -> Fetched:
    """The page of an entry whose feed gives a stub; an empty one where it gives the whole."""
    if row.url is None or not needs_page(row.url, row.data):
        return Fetched(row.url or "")
    return fetch_article(row.url, fetcher)


def by_host(
    items: Sequence[T],
    address: Callable[[T], str],
    work: Callable[[T], R],
    ends: Callable[[R], bool],
) -> Iterator[tuple[T, R | None]]:
    """Each item with what `work` made of it, as it is done; items of one host one after another,
    several hosts at the same time.

    Where a result `ends` it for its host, the items after it come with None.
    """
    groups: dict[str, list[T]] = defaultdict(list)
    for item in items:
        groups[host_of(address(item))].append(item)
    if not groups:
        return

    def work_off(group: Iterable[T]) -> list[tuple[T, R | None]]:
        results: list[tuple[T, R | None]] = []
        ended = False
        for item in group:
            result = None if ended else work(item)
            ended = ended or (result is not None and ends(result))
            results.append((item, result))
        return results

    with ThreadPoolExecutor(min(THREADS, len(groups)), thread_name_prefix="feeds") as threads:
        for done in as_completed([threads.submit(work_off, g) for g in groups.values()]):
            yield from done.result()


def is_of_host(answer: object) -> bool:
    """Whether `answer` is an error that tells of the whole server."""
    return isinstance(answer, FetchError) and (answer.unreached or answer.status in _HOST_STATUS)


def host_of(url: str) -> str:
    return urlsplit(url).netloc.lower()


def max_age(answer: Resource) -> float:
    """The seconds for which the server calls its answer fresh."""
    for word in answer.headers.get("cache-control", "").lower().split(","):
        name, _, value = word.strip().partition("=")
        if name == "max-age" and value.isascii() and value.isdigit():
            return float(value[:9])
    return 0.0
