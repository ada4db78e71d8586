"""What the markup of a page tells beside its text: address, times, outlet, author, headline."""

from __future__ import annotations

import re
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import date, datetime
from urllib.parse import urljoin, urlsplit

from bot.intake.page_data import (
    ARTICLE_TYPES,
    HtmlElement,
    Item,
    find_items,
    names_of,
    types_of,
    words_of,
)
from bot.intake.page_stamps import find_day
from bot.intake.records import parse_moment
from bot.text.head import find_head

_PUBLISHED = (
    "article:published_time",
    "og:article:published_time",
    "datepublished",
    "og:published_time",
    "parsely-pub-date",
    "sailthru.date",
    "article.published",
    "dc.date.issued",
    "dcterms.issued",
    "dcterms.created",
    "dc.date",
    "pubdate",
    "publishdate",
    "publish-date",
    "publish_date",
    "date.issued",
    "cxenseparse:recs:publishtime",
    "date",
)
_MODIFIED = (
    "article:modified_time",
    "og:updated_time",
    "datemodified",
    "dcterms.modified",
    "last-modified",
)
_SECTION = ("article:section", "parsely-section", "section")
_OUTLET = ("og:site_name", "application-name", "publisher", "dc.publisher", "cre")
_AUTHOR = ("author", "article:author", "parsely-author", "dc.creator", "byl", "sailthru.author")
_LANGUAGE = re.compile(r"[a-z]{2,3}(?:-[a-z0-9]{2,8}){0,3}")
_UPDATE = re.compile(r"updat|modif|edit|aktualis|actualiz|mise à jour|letzte", re.IGNORECASE)
_DAY_IN_PATH = re.compile(r"/(20\d\d|19\d\d)[/-](\d\d?)[/-](\d\d?)(?=[/-])")
_BYLINE_START = re.compile(r"^(?:by|von|par|por|di|door)\s+", re.IGNORECASE)
_MOST_FEEDS = 20
_LONG_CHARS = 100  # a piece of text as long as this is the body's beginning
_MOST_LINES = 30
_CONTENT_CHARS = 2_000
FEED_TYPES = (
    "application/rss+xml",
    "application/atom+xml",
    "application/rdf+xml",
    "application/feed+json",
    "application/json+feed",
)


@dataclass(frozen=True, slots=True)
class PageFacts:
    """The facts of one page; None for what it does not tell."""

    canonical: str | None = None
    published: date | datetime | None = None
    modified: date | datetime | None = None
    section: str | None = None
    author: str | None = None
    outlet: str | None = None
    language: str | None = None
    """In small letters, as in "en" or "pt-br"."""
    feeds: tuple[str, ...] = ()
    """The addresses of the feeds that it names."""
    headline: str | None = None
    """What its data call the headline."""
    social_title: str | None = None
    """What it is called in social networks (og:title)."""
    headings: tuple[str, ...] = ()
    """Its `h1`s with any words."""
    above: tuple[str, ...] = ()
    """The short lines that stand before the first of them."""
    lines: tuple[str, ...] = ()
    """The short lines that stand right after it."""
    types: frozenset[str] = frozenset()
    """The types of what it describes in its data."""
    og_type: str = ""
    is_free: bool | None = None
    """Whether its data say that anybody may read it."""
    is_dated: bool = False
    """Whether its data tell when it was published."""

    @property
    def is_article(self) -> bool:
        """Whether the page calls itself an article."""
        return bool(self.types & ARTICLE_TYPES) or self.og_type == "article" or self.is_dated


def find_page_facts(tree: HtmlElement, url: str | None = None) -> PageFacts:
    """The facts in the markup of the page `tree`; those of JSON-LD before those of meta tags,
    those before what is marked in the text, and that before what stands below the headline.

    `url` is where it was found: relative addresses are made whole with it.
    """
    metas = _metas(tree)
    items = find_items(tree)
    headings, above, lines = _top(tree)
    own = _own_item(items, headings)
    published = _moment(own.get("datePublished")) or _first(metas, _PUBLISHED)
    published = published or _marked(tree, "datepublished")
    modified = _moment(own.get("dateModified")) or _first(metas, _MODIFIED)
    modified = modified or _marked(tree, "datemodified")
    is_dated = published is not None
    published = published or _time_element(tree, headings) or _spoken(headings, lines)
    canonical, feeds = _links(tree, url)
    return PageFacts(
        canonical=canonical,
        published=published or _day_in(canonical) or _day_in(url),
        modified=modified,
        section=_section(own, metas),
        author=_author(own, metas) or _marked_author(tree),
        outlet=_outlet(own, items, metas),
        language=_language(tree, metas),
        feeds=feeds,
        headline=words_of(own.get("headline")) or words_of(own.get("name")),
        social_title=words_of(metas.get("og:title")) or words_of(metas.get("twitter:title")),
        headings=headings,
        above=above,
        lines=lines,
        types=frozenset(kind for item in items for kind in types_of(item)),
        og_type=metas.get("og:type", "").lower(),
        is_free=_is_free(own),
        is_dated=is_dated,
    )


# ---------------------------------------------------------------------------------- data
def _own_item(items: list[Item], headings: tuple[str, ...]) -> Item:
    """The article that the page is about: the one with its headline, else the first."""
    articles = [item for item in items if types_of(item) & ARTICLE_TYPES]
    heads = {_plain(heading) for heading in headings}
    for item in articles:
        if _plain(words_of(item.get("headline")) or "") in heads - {""}:
            return item
    return articles[0] if articles else {}


def _is_free(item: Item) -> bool | None:
    told = str(item.get("isAccessibleForFree", "")).strip().lower()
    return {"true": True, "yes": True, "false": False, "no": False}.get(told)


def _author(item: Item, metas: dict[str, str]) -> str | None:
    names = names_of(item.get("author")) or names_of(item.get("creator"))
    for name in _AUTHOR:
        names = names or names_of(metas.get(name))
    clean = [_BYLINE_START.sub("", name) for name in names]
    return ", ".join(dict.fromkeys(clean))[:200] or None


def _outlet(item: Item, items: list[Item], metas: dict[str, str]) -> str | None:
    names = names_of(item.get("publisher"))
    names = names or [n for key in _OUTLET[:1] for n in names_of(metas.get(key))]
    for other in items:
        if not names and types_of(other) & {"NewsMediaOrganization", "WebSite"}:
            names = names_of(other.get("name"))
    names = names or [n for key in _OUTLET[1:] for n in names_of(metas.get(key))]
    return names[0][:120] if names else None


def _section(item: Item, metas: dict[str, str]) -> str | None:
    told = words_of(item.get("articleSection"))
    for name in _SECTION:
        told = told or words_of(metas.get(name))
    return told[:80] if told else None


# --------------------------------------------------------------------------------- times
def _first(metas: dict[str, str], names: tuple[str, ...]) -> date | datetime | None:
    return next((m for name in names if (m := _moment(metas.get(name))) is not None), None)


def _moment(value: object) -> date | datetime | None:
    if isinstance(value, list) and value:
        value = value[0]
    return parse_moment(value.strip()[:100]) if isinstance(value, str) and value.strip() else None


def _marked(tree: HtmlElement, name: str) -> date | datetime | None:
    """The time that an element marks with the property `name` (microdata)."""
    for element in tree.xpath("//*[@itemprop]"):
        if name in (element.get("itemprop") or "").lower().split():
            told = element.get("datetime") or element.get("content") or _content(element)
            if moment := _moment(told):
                return moment
    return None


def _marked_author(tree: HtmlElement) -> str | None:
    for element in tree.xpath("//*[@itemprop='author'] | //a[@rel='author']"):
        names = element.xpath(".//*[@itemprop='name']")
        words = _content(names[0] if names else element)
        if words and len(words) <= 80:
            return _BYLINE_START.sub("", words)
    return None


def _time_element(tree: HtmlElement, headings: tuple[str, ...]) -> date | datetime | None:
    """The time in a `time` element near the headline: of publication rather than of an update."""
    near: list[tuple[date | datetime, str]] = []
    below = not headings
    for element in tree.iter("h1", "p", "time", "footer", "aside"):
        if element.tag == "h1":
            below = True
        elif element.tag == "time":
            if moment := _moment(element.get("datetime")):
                near.append((moment, _around(element)))
        elif below and (element.tag != "p" or len(_content(element)) >= _LONG_CHARS):
            break
    published = [moment for moment, words in near if not _UPDATE.search(words)]
    return next(iter([*published, *(moment for moment, _ in near)]), None)


def _around(element: HtmlElement) -> str:
    """What tells which time a `time` element gives: its class, the words before it and in it."""
    parent = element.getparent()
    before = (parent.text or "") if parent is not None and parent[0] is element else ""
    return f"{element.get('class') or ''} {before} {_content(element)}"


def _spoken(headings: tuple[str, ...], lines: tuple[str, ...]) -> date | datetime | None:
    """The day that one of the lines below the headline tells in words."""
    for line in lines if headings else ():
        if any(c.isdigit() for c in line) and len(line) < 2 * _LONG_CHARS:
            head = find_head(f"{headings[0]}\n\n{line}")
            if head.published is not None:
                return head.published
    return find_day(lines) if headings else None


def _day_in(url: str | None) -> date | None:
    """The day that an address holds as a folder."""
    match = _DAY_IN_PATH.search(url or "")
    if match is None:
        return None
    try:
        return date(*map(int, match.groups()))
    except ValueError:
        return None


# --------------------------------------------------------------------------------- markup
def _metas(tree: HtmlElement) -> dict[str, str]:
    metas: dict[str, str] = {}
    for meta in tree.iter("meta"):
        content = (meta.get("content") or "").strip()
        for key in ("property", "name", "itemprop", "http-equiv"):
            name = meta.get(key)
            if name and content:
                metas.setdefault(name.strip().lower(), content)
    return metas


def _links(tree: HtmlElement, url: str | None) -> tuple[str | None, tuple[str, ...]]:
    """The canonical address, and those of feeds."""
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
    return canonical, tuple(dict.fromkeys(feeds))[:_MOST_FEEDS]


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


def _top(tree: HtmlElement) -> tuple[tuple[str, ...], tuple[str, ...], tuple[str, ...]]:
    """The first-level headings of a page, the short lines before the first, and those after it
    up to the body."""
    found = [(element, _content(element)) for element in tree.iter("h1")]
    headings = [(element, words) for element, words in found if words]
    if not headings:
        return (), (), ()
    first = headings[0][0]
    above: list[str] = []
    lines: list[str] = []
    seen = False
    for element, words in _pieces(tree, first):
        if element is first:
            seen = True
        elif not seen:
            above = [*above[1 - _MOST_LINES :], words]
        elif len(words) >= _LONG_CHARS and len(lines) >= 1 and element.tag == "p":
            break
        else:
            lines.append(words)
            if len(lines) >= _MOST_LINES:
                break
    return tuple(words for _, words in headings), tuple(above), tuple(lines)


def _pieces(tree: HtmlElement, heading: HtmlElement) -> Iterator[tuple[HtmlElement, str]]:
    """The innermost blocks of a page with their words, in order; `heading` as one of them."""
    seen = False
    for element in tree.iter("h1", "h2", "h3", "h4", "p", "div", "span", "li", "time", "address"):
        if element is heading:
            seen = True
            yield element, ""
        elif len(element) and (not seen or element.tag in ("div", "span")):
            continue  # its pieces come by themselves; of those above only the innermost count
        elif words := _content(element):
            yield element, words


def _content(element: HtmlElement) -> str:
    """The words in `element`, as far as they could be a headline, a line or a byline."""
    pieces: list[str] = []
    size = 0
    for piece in element.itertext():
        pieces.append(piece)
        size += len(piece)
        if size > _CONTENT_CHARS:
            break
    return " ".join("".join(pieces).split())


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.lower()))


def host_of(url: str | None) -> str:
    """The host of `url` without "www."; "" for none."""
    try:
        return (urlsplit(url or "").hostname or "").removeprefix("www.")
    except ValueError:
        return ""
