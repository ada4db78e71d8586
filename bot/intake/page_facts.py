"""What the markup of a page tells beside its text: address, time, section, headline."""

from __future__ import annotations

import json
import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from typing import Any, TypeAlias
from urllib.parse import urljoin

from bot.intake.records import parse_moment

HtmlElement: TypeAlias = Any
"""A node of lxml, which comes without types."""

_JSON_LD_CHARS = 200_000
"""A longer JSON-LD block is a catalogue of a site, not the facts of one article."""

_ARTICLE_TYPES = re.compile(r"Article|NewsArticle|BlogPosting|Report", re.IGNORECASE)
_PUBLISHED = (
    "article:published_time",
    "datepublished",
    "og:published_time",
    "parsely-pub-date",
    "dc.date.issued",
    "dcterms.created",
    "pubdate",
    "date",
)
_MODIFIED = ("article:modified_time", "datemodified", "og:updated_time", "last-modified")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}")
_MOST_FEEDS = 20
FEED_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/json+feed",
)
_SECTION = ("article:section", "parsely-section", "section")


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The facts of one page; None for what it does not tell."""

    canonical: str | None = None
    published: date | datetime | None = None
    modified: date | datetime | None = None
    section: str | None = None
    language: str | None = None
    """In small letters, as in "en" or "pt-br"."""
    feeds: tuple[str, ...] = ()
    """The addresses of the feeds that it names."""
    heading: str | None = None
    """Its first `h1`."""
    lines: tuple[str, ...] = ()
    """The short paragraphs and sub-headings that stand right after that heading."""


def find_page_facts(tree: HtmlElement, url: str | None = None) -> PageFacts:
    """The facts in the markup of the page `tree`; those of JSON-LD before those of meta tags.

    `url` is where it was found: relative addresses are made whole with it.
    """
    metas = _metas(tree)
    published: date | datetime | None = None
    modified: date | datetime | None = None
    section: str | None = None
    for item in _json_ld(tree):
        kind = item.get("@type")
        if not _ARTICLE_TYPES.search(kind if isinstance(kind, str) else json.dumps(kind)):
            continue
        published = published or _moment(item.get("datePublished"))
        modified = modified or _moment(item.get("dateModified"))
        section = section or _words(item.get("articleSection"))
    for name in _PUBLISHED:
        published = published or _moment(metas.get(name))
    for name in _MODIFIED:
        modified = modified or _moment(metas.get(name))
    for name in _SECTION:
        section = section or _words(metas.get(name))
    canonical: str | None = None
    feeds: list[str] = []
    for link in tree.iter("link"):
        goal = link.get("href")
        relations = (link.get("rel") or "").lower().split()
        if not goal:
            continue
        if "canonical" in relations:
            canonical = canonical or goal
        elif "alternate" in relations and (link.get("type") or "").strip().lower() in FEED_TYPES:
            feeds.append(_joined(url, goal))
    heading, lines = _top(tree)
    return PageFacts(
        canonical=canonical,
        published=published,
        modified=modified,
        section=section,
        language=_language(tree, metas),
        feeds=tuple(dict.fromkeys(feeds))[:_MOST_FEEDS],
        heading=heading,
        lines=lines,
    )


def _joined(base: str | None, goal: str) -> str:
    try:
        return urljoin(base or "", goal.strip())
    except ValueError:
        return goal.strip()


def _language(tree: HtmlElement, metas: dict[str, str]) -> str | None:
    """The language that the page says it is in."""
    root = next(tree.iter("html"), None)
    words = (root.get("lang") or root.get("xml:lang") or "") if root is not None else ""
    words = words or metas.get("og:locale") or metas.get("content-language") or ""
    tag = words.strip().lower().replace("_", "-")
    return tag if _LANGUAGE.fullmatch(tag) else None


def _metas(tree: HtmlElement) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        name = meta.get("property") or meta.get("name") or meta.get("itemprop")
        content = meta.get("content")
        if name and content:
            metas.setdefault(name.strip().lower(), content.strip())
    return metas


def _json_ld(tree: HtmlElement) -> Iterator[dict[str, object]]:
    """The objects of the JSON-LD blocks of a page, those in a graph as well."""
    for script in tree.iter("script"):
        content = script.text or ""
        if "ld+json" not in (script.get("type") or "") or len(content) > _JSON_LD_CHARS:
            continue
        try:
            value = json.loads(content)
        except (ValueError, RecursionError):
            continue
        queue = value if isinstance(value, list) else [value]
        for item in queue:
            if isinstance(item, dict):
                yield item
                graph = item.get("@graph")
                if isinstance(graph, list):
                    yield from (part for part in graph if isinstance(part, dict))


def _moment(value: object) -> date | datetime | None:
    return parse_moment(value.strip()) if isinstance(value, str) else None


def _words(value: object) -> str | None:
    if isinstance(value, list) and value:
        value = value[0]
    if not isinstance(value, str):
        return None
    return " ".join(value.split())[:80] or None


def _top(tree: HtmlElement) -> tuple[str | None, tuple[str, ...]]:
    """The first heading of a page with any words, and the lines right after it."""
    heading: str | None = None
    lines: list[str] = []
    for element in tree.iter("h1", "h2", "h3", "p", "div"):
        if element.tag == "h1" and heading is None:
            heading = _content(element) or None
        elif heading is not None:
            if element.tag == "div" and len(element):
                continue
            words = _content(element)
            if words:
                lines.append(words)
            if len(lines) >= 6:
                break
    return heading, tuple(lines)


def _content(element: HtmlElement) -> str:
    return " ".join("".join(element.itertext()).split())
