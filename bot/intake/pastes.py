"""Pasted pages, plain texts and Markdown as drafts of articles."""

from __future__ import annotations

import re
from datetime import date, datetime

from bot.errors import IntakeError
from bot.intake.limits import check_text
from bot.locales.said import Said, say
from bot.model import Draft, Span
from bot.text.head import find_head
from bot.text.stamps import NoSuchDayError, parse_stamp


def read_paste(text: str, *, name: str | None = None) -> Draft:
    """The article in a pasted page, plain text or Markdown.

    Lines of the page's head (date, section, byline, outlet) become fields and are left out; from
    the headline on the text is the paste as it came. `name` is that of the file, for messages.
    Raises IntakeError for a text that is no article and for a date that is none.
    """
    check_text(text)
    text = text.lstrip("\ufeff")
    matter, body = _split_front_matter(text)
    head = find_head(body)
    if head.bad_date and not matter.get("published"):
        raise IntakeError(_no_day(head.bad_date, name))
    published = _published(matter["published"], name) if "published" in matter else head.published
    title = head.title.of(body) if head.title else None
    standfirst = head.standfirst.of(body) if head.standfirst else None
    stored = _without(body, head.start, head.cut).strip()
    given = matter.get("title")
    if given and _plain(given) != _plain(title or ""):
        # The front matter names the headline; a first line that differs is body, but a heading.
        stored = "\n\n".join(filter(None, [given, matter.get("standfirst"), stored]))
        title, standfirst = given, matter.get("standfirst")
    if not stored:
        if name:
            raise IntakeError(say("The paste has a head but no text. (in {file})", file=name))
        raise IntakeError(say("The paste has a head but no text."))
    return Draft(
        text=stored,
        id=matter.get("id"),
        url=matter.get("url") or head.url,
        title=" ".join(title.split()) if title else None,
        source=matter.get("source") or head.source,
        author=matter.get("author") or head.author,
        published=published,
        section=matter.get("section") or head.section,
        standfirst=" ".join(standfirst.split()) if standfirst else None,
    )


def _without(text: str, start: int, lines: tuple[Span, ...]) -> str:
    """`text` from `start` without `lines`; of the gaps around what is left out the wider stays."""
    kept = ""
    at = start
    for line in lines:
        if line.start < start:
            continue
        before = text[at : line.start]
        kept = _joined(kept, before)
        at = line.end
    return _joined(kept, text[at:])


def _joined(one: str, other: str) -> str:
    head, tail = one.rstrip(), other.lstrip()
    if not head or head == one:
        return one + other
    gaps = one[len(head) :], other[: len(other) - len(tail)]
    return head + max(gaps, key=lambda gap: gap.count("\n")) + tail


def _plain(words: str) -> str:
    return " ".join(re.findall(r"\w+", words.lower()))


def _short(words: str) -> str:
    return repr(words if len(words) <= 40 else words[:39] + "…")


def _no_day(words: str, name: str | None) -> Said:
    if name:
        return say(
            "The date {words} cannot be read as a day. (in {file})", words=_short(words), file=name
        )
    return say("The date {words} cannot be read as a day.", words=_short(words))


# --------------------------------------------------------------------------- front matter
_KEYS = {
    "title": "title",
    "headline": "title",
    "date": "published",
    "published": "published",
    "pubdate": "published",
    "publish_date": "published",
    "author": "author",
    "authors": "author",
    "by": "author",
    "byline": "author",
    "source": "source",
    "outlet": "source",
    "publisher": "source",
    "site": "source",
    "sitename": "source",
    "url": "url",
    "link": "url",
    "canonical": "url",
    "canonical_url": "url",
    "section": "section",
    "category": "section",
    "categories": "section",
    "standfirst": "standfirst",
    "subtitle": "standfirst",
    "id": "id",
}
_FRONT_MATTER = re.compile(
    r"\s*---[ \t]*\r?\n(?P<inside>(?:[^\n]*\n){0,60}?)(?:---|\.\.\.)[ \t]*(?:\r?\n|$)"
)
_PAIR = re.compile(
    r"(?P<key>[A-Za-z_-]{1,30})[ \t]*:[ \t]+(?P<value>\S[^\n]*?)[ \t\r]*$", re.MULTILINE
)


def _split_front_matter(text: str) -> tuple[dict[str, str], str]:
    """The fields of the front matter of a Markdown text, by our names, and the text after it.

    Only simple `key: value` lines are read; values may be quoted, or a list in brackets.
    """
    found = _FRONT_MATTER.match(text)
    if not found or not _PAIR.search(found.group("inside")):
        return {}, text
    fields: dict[str, str] = {}
    for pair in _PAIR.finditer(found.group("inside")):
        key = _KEYS.get(pair.group("key").lower())
        value = _unquoted(pair.group("value"))
        if key and value and value.lower() not in ("null", "~"):
            fields.setdefault(key, value)
    return fields, text[found.end() :]


def _unquoted(value: str) -> str:
    if len(value) > 1 and value[0] == "[" and value[-1] == "]":
        items = (_unquoted(item.strip()) for item in value[1:-1].split(","))
        return ", ".join(filter(None, items))
    if len(value) > 1 and value[0] == value[-1] and value[0] in "\"'":
        return value[1:-1].strip()
    return value


def _published(words: str, name: str | None) -> date | datetime | None:
    try:
        stamp, used = parse_stamp(words)
    except NoSuchDayError as error:
        raise IntakeError(f"{error} (in {name})" if name else str(error)) from error
    if not used:
        raise IntakeError(_no_day(words, name))
    return stamp
