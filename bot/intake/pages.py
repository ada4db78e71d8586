"""HTML pages as drafts of articles, read with trafilatura."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urljoin, urlsplit

from bot.errors import IntakeError
from bot.intake.encodings import decode, find_bom
from bot.intake.identity import canonical_url
from bot.intake.limits import check_text
from bot.intake.page_facts import PageFacts, find_page_facts
from bot.intake.records import parse_moment
from bot.model import Draft
from bot.text.clutter import find_clutter
from bot.text.head import Head, find_head

_PAGE_CHARS = 20_000_000
"""A longer page is refused before it is parsed: parsing takes some ten times its size."""

_PAGE_TAGS = 100_000
"""Real pages have up to some ten thousand; the parser takes seconds for a hundred thousand."""

_WALL_CHARS = 700
"""A text as short as this that speaks of logging in or of cookies is a wall, not an article."""

_STANDFIRST_CHARS = 400

_SENTENCE_CHARS = 80
"""A page on which no paragraph is as long or ends in a stop is a list of links."""

_STOPPED = re.compile(r"\w[.!?…][\"'”’)]*$")

_PARSER_ERRORS = (ValueError, TypeError, AttributeError, LookupError, RecursionError)
"""What a parser of a stranger's markup may stumble over."""

_WALL_REASON = "The page asks to log in, subscribe or accept cookies; it shows no article."

_WALL = re.compile(
    r"\b(?:(?:log|sign) ?in (?:to|or)|subscribe to (?:continue|read|keep)"
    r"|(?:register|subscribe) (?:now|to)|already (?:a|have an?) (?:subscriber|account|member)"
    r"|subscribers? only|enable (?:javascript|cookies)|(?:accept|use|uses|our) (?:all )?cookies"
    r"|cookie (?:policy|settings|preferences)|are you a (?:robot|human)"
    r"|verify (?:that )?you are (?:a )?human|access (?:denied|to this page)"
    r"|unusual (?:traffic|activity)|page (?:not found|you requested)|just a moment"
    r"|checking your browser|turn off your ad ?blocker)\b",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class PageReading:
    """What a page tells: its article as a draft, or why it has none, and what stands beside."""

    draft: Draft | None = None
    refusal: str | None = None
    modified: date | datetime | None = None
    """When it was changed, where it says so and that is not its publication."""
    language: str | None = None
    feeds: tuple[str, ...] = ()
    """The addresses of the feeds that it names."""


def read_page(html: str | bytes, *, url: str | None = None) -> Draft:
    """The article of an HTML page; its text is headline, standfirst and body, a blank line apart.

    `url` is where the page came from; the page's own canonical address goes before it where both
    are of one host. Raises IntakeError for a page without an article: empty, a login or cookie
    wall, a list of links.
    """
    reading = read_web_page(html, url=url)
    if reading.draft is None:
        raise IntakeError(reading.refusal or "The page shows no article text.")
    return reading.draft


def read_web_page(
    html: str | bytes, *, url: str | None = None, charset: str | None = None
) -> PageReading:
    """All that an HTML page tells, its article as `read_page` gives it; never raises for what
    the page is. `charset` is the encoding that its server names."""
    try:
        text = html if isinstance(html, str) else _decode_page(html, charset)
        if len(text) > _PAGE_CHARS:
            raise IntakeError(f"The page is longer than {_PAGE_CHARS:,} characters.")
        if text.count("<") > _PAGE_TAGS:
            raise IntakeError(f"The page has more than {_PAGE_TAGS:,} tags.")
        if not text.strip():
            raise IntakeError("The page is empty.")
    except IntakeError as error:
        return PageReading(refusal=error.reason)
    from trafilatura.utils import load_html

    tree = load_html(text)
    facts = find_page_facts(tree, url) if tree is not None else PageFacts()
    reading = PageReading(
        modified=facts.modified if facts.modified != facts.published else None,
        language=facts.language,
        feeds=facts.feeds,
    )
    try:
        return replace(reading, draft=_read_article(text, tree, facts, url))
    except IntakeError as error:
        return replace(reading, refusal=error.reason)


def _read_article(text: str, tree: Any, facts: PageFacts, url: str | None) -> Draft:
    """The article in a page. Raises IntakeError where there is none."""
    import trafilatura

    found: Any = None
    if tree is not None:
        try:
            found = trafilatura.bare_extraction(
                text,
                url=url,
                with_metadata=True,
                include_comments=False,
                include_tables=False,
                # No guesses from a copyright line: the day would be the first of that year.
                date_extraction_params={"original_date": True, "extensive_search": False},
            )
        except _PARSER_ERRORS as error:
            raise IntakeError("The markup of the page cannot be read.") from error
    if tree is None or found is None or not (found.text or "").strip():
        raise IntakeError(_why_empty(tree))
    paragraphs = [line.strip() for line in found.text.splitlines() if line.strip()]
    body = "\n\n".join(paragraphs)
    if len(body) < _WALL_CHARS and _WALL.search(body):
        raise IntakeError(_WALL_REASON)
    if not any(len(p) >= _SENTENCE_CHARS or _STOPPED.search(p) for p in paragraphs):
        raise IntakeError(_why_empty(tree))
    title = _title(found.title, facts, found.sitename)
    standfirst = _standfirst(found.description, facts, title, paragraphs)
    while paragraphs and _same(paragraphs[0], title):
        paragraphs.pop(0)
    if standfirst and paragraphs and _same(paragraphs[0], standfirst):
        standfirst = paragraphs.pop(0)
    if not paragraphs and not standfirst:
        raise IntakeError("The page has a headline but no article text.")
    stored, head = _without_furniture("\n\n".join(filter(None, [title, standfirst, *paragraphs])))
    check_text(stored)
    return Draft(
        text=stored,
        url=_address(facts.canonical or found.url, url),
        title=title,
        source=found.sitename or None,
        author=found.author or head.author,
        published=facts.published or _day_found(found.date) or head.published,
        section=facts.section or head.section,
        standfirst=standfirst,
    )


def _decode_page(data: bytes, charset: str | None) -> str:
    """The markup in `data`, by its byte order mark, its server's or its own word, or its looks."""
    if find_bom(data) is None:
        declared = _CHARSET.search(data[:2048])
        own = declared.group(1).decode("ascii") if declared else None
        for name in filter(None, (charset, own)):
            try:
                return data.decode(name)
            except (LookupError, UnicodeError):
                pass
    return decode(data)


_CHARSET = re.compile(rb"""<meta[^<>]{0,200}?charset=["']?([\w-]{1,40})""", re.IGNORECASE)


def _why_empty(tree: Any) -> str:
    words = " ".join(tree.itertext()) if tree is not None else ""
    return _WALL_REASON if _WALL.search(words[:5000]) else "The page shows no article text."


def _plain(words: str | None) -> str:
    return " ".join(re.findall(r"\w+", (words or "").lower()))


def _same(one: str | None, other: str | None) -> bool:
    return bool(one) and _plain(one) == _plain(other)


def _title(found: str | None, facts: PageFacts, outlet: str | None) -> str | None:
    """The headline: the page's heading where the title in its markup begins with it, else that
    title without the outlet's name at its end."""
    title = " ".join((found or "").split())
    if facts.heading and (not title or _plain(title).startswith(_plain(facts.heading))):
        return facts.heading
    if outlet:
        title = re.sub(rf"\s+[|•–—-]\s+{re.escape(outlet)}$", "", title, flags=re.IGNORECASE)
    return title or None


def _standfirst(
    description: str | None, facts: PageFacts, title: str | None, paragraphs: Sequence[str]
) -> str | None:
    """The description in the markup where the page shows it right below its headline.

    One that only search engines see, or that is cut from the body, is none of the text.
    """
    words = " ".join((description or "").split())
    if not words or len(words) > _STANDFIRST_CHARS or _same(words, title):
        return None
    shown = next((line for line in facts.lines if _same(line, words)), None)
    if shown is None:
        return None
    return shown if not any(_same(shown, p) for p in paragraphs[2:]) else None


def _address(own: str | None, given: str | None) -> str | None:
    """The canonical address of the page, whose `own` word counts where the host agrees."""
    try:
        own = urljoin(given or "", own) if own else None
    except ValueError:
        own = None
    if own and (not _host(own) or (given and _host(own) != _host(given))):
        own = None
    address = own or given
    return canonical_url(address) if address else None


def _host(url: str) -> str:
    try:
        return (urlsplit(url).hostname or "").removeprefix("www.")
    except ValueError:
        return ""


def _day_found(words: str | None) -> date | datetime | None:
    return parse_moment(words) if words else None


def _without_furniture(text: str) -> tuple[str, Head]:
    """`text` without bylines, date lines and links to other pieces, and what the former told."""
    head = find_head(text)
    left_out = [(line.start, line.end) for line in head.cut]
    left_out += [(start, end) for start, end, _ in find_clutter(text)]
    kept: list[str] = []
    at = 0
    for start, end in sorted(left_out):
        kept.append(text[at:start])
        at = max(at, end)
    kept.append(text[at:])
    return re.sub(r"\n{3,}", "\n\n", "".join(kept)).strip(), head
