"""HTML pages as drafts of articles, read with trafilatura."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date, datetime
from typing import Any
from urllib.parse import urljoin

from bot.errors import IntakeError
from bot.intake.encodings import decode, find_bom
from bot.intake.identity import canonical_url
from bot.intake.limits import check_text
from bot.intake.page_bulk import without_bulk
from bot.intake.page_facts import PageFacts, find_page_facts, host_of
from bot.intake.page_kinds import EMPTY, why_empty, why_no_article
from bot.intake.page_stamps import is_name, is_stamp
from bot.locales.said import say
from bot.model import Draft
from bot.text.clutter import find_clutter
from bot.text.head import Head, find_head

PAGE_CHARS = 1_500_000
"""A page with more besides its scripts and pictures is refused before it is parsed: parsing takes
some forty times its size. The longest article fits, with its markup."""

PAGE_TAGS = 30_000
"""Real pages have up to some ten thousand; the parser takes a second for so many."""

_MANY_BLOCKS = 3_000
"""With more boxes of text than this, the helpers of the parser are left out, one of which compares
each box with all others; a long article has some hundred."""

_BLOCKS = (
    "address article aside blockquote br caption center dd div dl dt fieldset figure footer form "
    "h1 h2 h3 h4 h5 h6 header hr li main nav ol option p pre section table tbody td textarea "
    "tfoot th thead tr ul"
).split()

_STANDFIRST_CHARS = 400

_SENTENCE_CHARS = 80
"""A page on which no paragraph is as long or ends in a stop is a list of links."""

_STOPPED = re.compile(r"\w[.!?…。！？؟][\"'”’»)」]*$")

_PARSER_ERRORS = (ValueError, TypeError, AttributeError, LookupError, RecursionError)
"""What a parser of a stranger's markup may stumble over."""

_OWN_SUFFIX = re.compile(r"\s+[|•–—·-]\s+(?P<outlet>[^|•–—·]{2,60})$")
_KICKER_CHARS = 40
"""So much may stand before or after the headline within its heading."""


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
        raise IntakeError(reading.refusal or say(EMPTY))
    return reading.draft


def read_web_page(
    html: str | bytes, *, url: str | None = None, charset: str | None = None
) -> PageReading:
    """All that an HTML page tells, its article as `read_page` gives it; never raises for what
    the page is. `charset` is the encoding that its server names."""
    try:
        text = html if isinstance(html, str) else _decode_page(without_bulk(html), charset)
        if len(text) > PAGE_CHARS:
            raise IntakeError(
                say(
                    "The page has more than {n} characters besides its scripts and pictures, "
                    "which is more than is read of one.",
                    n=PAGE_CHARS,
                )
            )
        if text.count("<") > PAGE_TAGS:
            raise IntakeError(
                say("The page has more than {n} tags, which is more than is read.", n=PAGE_TAGS)
            )
        if not text.strip():
            raise IntakeError(say("The page is empty."))
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
        draft = _read_article(text, tree, facts, url)
        return replace(reading, draft=replace(draft, modified=reading.modified))
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
                fast=sum(1 for _ in tree.iter(*_BLOCKS)) > _MANY_BLOCKS,
                # No guesses from a copyright line: the day would be the first of that year.
                date_extraction_params={"original_date": True, "extensive_search": False},
            )
        except _PARSER_ERRORS as error:
            raise IntakeError(say("The markup of the page cannot be read.")) from error
    if tree is None or found is None or not (found.text or "").strip():
        raise IntakeError(why_empty(tree))
    paragraphs = [line.strip() for line in found.text.splitlines() if line.strip()]
    outlet = facts.outlet or found.sitename or host_of(url) or None
    title = find_title(facts, found.title, outlet)
    heads = {_plain(line) for line in (title, *facts.above, *facts.headings)}
    byline: str | None = None
    while paragraphs and (_plain(paragraphs[0]) in heads or _is_of_head(paragraphs[0], facts)):
        line = paragraphs.pop(0)
        byline = line if is_name(line) and not _same(line, title) else byline
    if refusal := why_no_article(tree, facts, title, paragraphs, url):
        raise IntakeError(refusal)
    if not any(len(p) >= _SENTENCE_CHARS or _STOPPED.search(p) for p in paragraphs):
        raise IntakeError(why_empty(tree))
    standfirst = _standfirst(found.description, facts, title, paragraphs)
    if standfirst and paragraphs and _same(paragraphs[0], standfirst):
        standfirst = paragraphs.pop(0)
    if not paragraphs and not standfirst:
        raise IntakeError(say("The page has a headline but no article text."))
    stored, head = _without_furniture("\n\n".join(filter(None, [title, standfirst, *paragraphs])))
    check_text(stored)
    return Draft(
        text=stored,
        url=_address(facts.canonical or found.url, url),
        title=title,
        source=outlet,
        author=facts.author or byline or head.author or found.author or None,
        published=facts.published or head.published,
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


def _plain(words: str | None) -> str:
    return " ".join(re.findall(r"\w+", (words or "").lower()))


def _same(one: str | None, other: str | None) -> bool:
    return bool(one) and _plain(one) == _plain(other)


def _is_of_head(line: str, facts: PageFacts) -> bool:
    """Whether `line` stands below the headline and tells day or author rather than news."""
    return line in facts.lines and (is_stamp(line) or is_name(line))


def find_title(facts: PageFacts, guess: str | None, outlet: str | None) -> str | None:
    """The headline of a page: its heading, without the kicker that may stand in it.

    A heading that is the outlet's name is none. Without a heading it is what the page is called
    in its data, in networks or in its `title` (`guess`), without the outlet's name at its end.
    """
    told = [_without_outlet(t, outlet) for t in (facts.headline, facts.social_title, guess) if t]
    told = [t for t in told if not _same(t, outlet)]
    headings = [h for h in facts.headings if not _same(h, outlet)]
    chosen = next((h for h in headings if any(_same(h, t) for t in told)), None)
    if chosen is None and headings:
        chosen = headings[0]
        for words in told:
            rest = len(chosen) - len(words)
            if 0 < rest <= _KICKER_CHARS and chosen.endswith(words):
                return words
    return chosen or (told[0] if told else None)


def _without_outlet(title: str, outlet: str | None) -> str:
    title = " ".join(title.split())
    match = _OWN_SUFFIX.search(title)
    if match and outlet and _same(match.group("outlet"), outlet):
        return title[: match.start()]
    return title


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
    if own and (not host_of(own) or (given and host_of(own) != host_of(given))):
        own = None
    address = own or given
    return canonical_url(address) if address else None


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
