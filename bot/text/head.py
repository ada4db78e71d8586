"""The head of a pasted page: what stands before and right after the headline, as fields.

A page is pasted with lines that are no article text: today's date, the section, the date line, a
byline, the outlet, share bars. They are found line by line from the top; the first line that is
none of them is the headline.
"""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import dataclass, replace
from datetime import date, datetime

from bot.model import Span
from bot.text.head_words import OUTLET_ENDS, SECTIONS
from bot.text.sentences import find_paragraphs, find_sentences
from bot.text.stamps import NoSuchDayError, parse_stamp

_HEAD_LINES = 16
"""So many lines are looked at on either side of the headline; real heads have up to some ten."""

_HEAD_CHARS = 6000
"""The head is sought within so many characters; headline and standfirst have to fit as well."""

_LINE_CHARS = 160
"""A longer line is article text, whatever it begins with."""

_TITLE_WORDS = 32
_TITLE_CHARS = 220
"""The longest headline taken for one; those of the news papers we saw end well below."""

_STOPPED_TITLE_WORDS = 18
"""A headline may end in a full stop only below a page's head, and then is no longer than this."""

_STANDFIRST_CHARS = 220


@dataclass(frozen=True, slots=True)
class Head:
    """What the top of a page says about its article; spans are in the text of the page."""

    title: Span | None = None
    standfirst: Span | None = None
    start: int = 0
    """Where the article's own text starts: its headline, or its body where it has none."""
    cut: tuple[Span, ...] = ()
    """The lines that are no article text, in order; some may stand after the headline."""
    published: date | datetime | None = None
    bad_date: str | None = None
    """The words of a date line that names a day which the calendar does not have."""
    author: str | None = None
    source: str | None = None
    section: str | None = None
    url: str | None = None


def find_head(text: str) -> Head:
    """The head of the page `text`; `Head()` with no cuts where nothing but article text is found.

    The day of publication is that of a "published" line before that of an unnamed one; a day
    marked as updated or as today's is none.
    """
    top = text[:_HEAD_CHARS]
    lines = [Span(m.start(), m.end()) for m in _LINE.finditer(top)]
    if lines and lines[-1].end == _HEAD_CHARS:
        lines.pop()
    reader = _HeadReader(top)
    for i, line in enumerate(lines):
        if i < _HEAD_LINES and reader.read(line, before_title=True):
            continue
        return _with_title(text, reader, lines[i:])
    return Head(start=len(text) - len(text.lstrip()))


_LINE = re.compile(r"[^\s][^\n]*(?<!\s)|[^\s]")


def _with_title(text: str, reader: _HeadReader, lines: list[Span]) -> Head:
    """The head whose first line of article text is the first of `lines`."""
    title = reader.named_title or _title(text, lines, after_head=bool(reader.cut))
    if title is None:
        return reader.head(start=lines[0].start)
    standfirst = None
    meta_after = False
    cut_before = len(reader.cut)
    rest = [line for line in lines if line.start >= title.end][:_HEAD_LINES]
    while rest:
        line = rest.pop(0)
        # An outlet's name below the headline is one only among other lines of a head.
        if reader.read(line, before_title=len(reader.cut) > cut_before):
            meta_after = meta_after or standfirst is not None
            continue
        if standfirst is None and _may_be_standfirst(text, line):
            standfirst = line
            continue
        break
    if standfirst and not (meta_after or _is_standfirst(text, standfirst)):
        standfirst = None
    head = reader.head(start=title.start)
    return replace(head, title=title, standfirst=standfirst)


def _title(text: str, lines: list[Span], *, after_head: bool) -> Span | None:
    """The headline that starts with the first of `lines`, or None where that is running text.

    It may run over several lines, but not into a byline or date right below it.
    """
    line = lines[0]
    block = text.find("\n\n", line.start)
    block_end = min(len(text) if block < 0 else block, line.start + 2 * _TITLE_CHARS)
    below = (other for other in lines[1:_HEAD_LINES] if other.start < block_end)
    block_end = next((other.start for other in below if _is_of_head(text, other)), block_end)
    first = find_paragraphs(text[line.start : block_end])[0]
    marks = re.match(r"#{1,6}\s+", line.of(text))
    span = Span(line.start + (marks.end() if marks else 0), line.start + first.end)
    words = span.of(text)
    count = len(words.split())
    if not words or len(words) > _TITLE_CHARS or count > _TITLE_WORDS:
        return None
    if marks:
        return span
    if _DATELINE.match(words) or words[-1] in ",;:" or _BODY_START.match(words):
        return None
    if words[-1] == "." and not (
        count <= _STOPPED_TITLE_WORDS
        and (after_head or _is_in_title_case(words) or _ABBREVIATION_END.search(words))
    ):
        return None
    return span if len(find_sentences(words)) <= 2 else None


def _is_of_head(text: str, line: Span) -> bool:
    """Whether `line`, right below a headline, is a byline, a date or the like."""
    return _HeadReader(text).read(line, before_title=False)


_DATELINE = re.compile(r"[A-Z][\w.' ]{1,40}(?:,[\w.' ]{2,30})?\s*(?:\([\w/ ]{2,20}\)\s*)?[—–]\s")
_ABBREVIATION_END = re.compile(r"(?:\b[A-Z]\.){2,}$|\.\.\.$")
_BODY_START = re.compile(r"[•*]\s|\d+[.)]\s|>")
_PRONOUN_START = re.compile(r"[\"“'‘]|(?:he|she|it|they|we|i)\b", re.IGNORECASE)


def _is_in_title_case(words: str) -> bool:
    """Whether most of the longer words begin with a capital, as in an American headline."""
    longer = [word for word in words.split() if len(word) > 3]
    return len(longer) >= 3 and sum(not w[0].islower() for w in longer) >= 0.9 * len(longer)


def _may_be_standfirst(text: str, line: Span) -> bool:
    words = line.of(text)
    return (
        len(words) <= _STANDFIRST_CHARS
        and not _DATELINE.match(words)
        and not _PRONOUN_START.match(words)
        and not _BODY_START.match(words)
        and not words.startswith("#")
        and len(find_sentences(words)) == 1
        and bool(text[line.end :].strip())
    )


def _is_standfirst(text: str, line: Span) -> bool:
    """Whether the one sentence after the headline is a standfirst rather than the lede.

    A lede is as long as other paragraphs; a standfirst is short beside what follows, or has no
    full stop.
    """
    after = re.compile(r"\S[^\n]*").search(text, line.end)
    if after is None:
        return False
    following_chars = min(after.end() - after.start(), 1000)
    return line.of(text)[-1] not in '.!?"”' or following_chars >= 2 * len(line)


# --------------------------------------------------------------------------- lines of a head
_LABEL = re.compile(
    r"(?P<label>today|date|published|first published|posted|publication date|updated|last updated"
    r"|modified|last modified|title|headline|source|outlet|publisher|author|byline|written by|by"
    r"|section|category|url|link|standfirst)\s*(?P<colon>:)?\s*(?:on\s+)?(?P<value>\S.*)?$",
    re.IGNORECASE,
)
_UPDATED = re.compile(
    r"(?:last\s+)?(?:updated|modified|edited)(?:\s+(?:on|at|:))?\b", re.IGNORECASE
)
_URL = re.compile(r"https?://\S+$")
_FURNITURE = re.compile(
    r"(?:\d{1,3}\s*-?\s*min(?:ute)?s?(?:\s+read)?|reading time\b.{0,30}"
    r"|listen to (?:this|the) (?:article|story).{0,30}"
    r"|share(?: this.{0,20})?|save|print|e-?mail|tweet|comments?(?: \(\d+\))?"
    r"|\d+ comments?|(?:add|set) .{3,40} (?:google|favou?rites?)|advertisement|breaking(?: news)?"
    r"|exclusive|live|menu|search|sign in|log in|subscribe(?: now)?|home|yesterday|today|by"
    r"|skip to (?:main )?content|facebook|twitter|whatsapp|copy link|[|·•]+|[-=_*~]{3,}"
    r"|\d{1,2} (?:hours?|minutes?|days?) ago)[.:]?$",
    re.IGNORECASE,
)
_NAME = r"[A-Z][\w.'’-]*(?:[ ](?:[A-Z][\w.'’-]*|de|da|van|von|der|den|bin|al|la|le|di))*"
_BYLINE = re.compile(
    rf"(?:by|BY|By|Written by)[ ]"
    rf"(?P<names>{_NAME}(?:(?:,[ ]and[ ]|,[ ]|[ ]and[ ]|[ ]&[ ]){_NAME})*)"
    r"(?P<rest>(?:[ ]?[,|·•–—-][ ]?|[ ]in[ ]|[ ]for[ ])[^.!?]{2,60})?$"
)
_OUTLET = re.compile(r"(?:The |the )?(?:[A-Z][\w'’&.-]*[ ]?){1,5}$")
_DOMAIN = re.compile(
    r"(?:www\.)?[\w-]+(?:\.[\w-]+)*\.(?:com|org|net|co\.uk|news|info|example|[a-z]{2})$"
)
_AGENCY = re.compile(
    r"\(?(?:AP|AFP|Reuters|Associated Press|The Associated Press|UPI|Bloomberg)\)?$"
)
_POST = re.compile(r"\b(?:correspondent|editor|reporter|writer|staff|analyst|columnist)$", re.I)
_BESIDE = re.compile(r"[ \t]+[|·•–—-][ \t]+|[ \t]*[|•][ \t]*")
_CRUMBS = re.compile(r"\s*[>»›/|]\s*")


class _HeadReader:
    """Reads the lines of one head, gathering fields as it goes."""

    def __init__(self, text: str) -> None:
        self.text = text
        self.cut: list[Span] = []
        self.named_title: Span | None = None
        self._published: date | datetime | None = None
        self._unnamed: date | datetime | None = None
        self._bad_date: str | None = None
        self._author: str | None = None
        self._source: str | None = None
        self._section: str | None = None
        self._url: str | None = None

    def head(self, *, start: int) -> Head:
        return Head(
            start=start,
            cut=tuple(self.cut),
            published=self._published or self._unnamed,
            bad_date=self._bad_date,
            author=self._author,
            source=self._source,
            section=self._section,
            url=self._url,
        )

    def read(self, line: Span, *, before_title: bool) -> bool:
        """Whether `line` is a line of the head; its fields are then taken, the line is cut."""
        words = line.of(self.text)
        if len(words) > _LINE_CHARS or (self.named_title and line.covers(self.named_title)):
            return False
        steps: list[Callable[[str, Span], bool]] = [
            self._read_furniture,
            self._read_date,
            self._read_byline,
            self._read_label,
            self._read_url,
            self._read_strip,
            self._read_section,
        ]
        if before_title:
            steps.append(self._read_outlet)
        if not any(step(words, line) for step in steps):
            return False
        if self.named_title is None or not line.covers(self.named_title):
            self.cut.append(line)
            return True
        return False

    def _read_furniture(self, words: str, line: Span) -> bool:
        return bool(_FURNITURE.match(words))

    def _read_date(self, words: str, line: Span) -> bool:
        """A line that is a date and no more: "Published: 18 March 2025 | Updated 2 hours ago"."""
        label = re.match(
            r"(?P<label>today|date|published|first published|posted|publication date"
            r"|(?:last )?(?:updated|modified))\b\s*:?\s*(?:on\s+|at\s+)?",
            words,
            re.IGNORECASE,
        )
        name = label.group("label").lower() if label else ""
        rest = words[label.end() :] if label else words
        try:
            stamp, used = parse_stamp(rest)
        except NoSuchDayError:
            if name in ("", "today") or "updated" in name or "modified" in name:
                return False
            self._bad_date = rest
            return True
        if not used:
            return False
        tail = rest[used:].strip(" ,.;|·•–—-()")
        if tail and not self._read_date_tail(tail):
            return False
        if name == "" and stamp is not None:
            self._unnamed = self._unnamed or stamp
        elif name in ("date", "published", "first published", "posted", "publication date"):
            self._published = self._published or stamp
        return True

    def _read_date_tail(self, tail: str) -> bool:
        """What may follow a date in its line: an update, a byline, a section, a reading time."""
        if _UPDATED.match(tail) or _FURNITURE.match(tail) or _AGENCY.match(tail):
            return True
        nowhere = Span(0, 0)
        return self._read_byline(tail, nowhere) or self._read_section(tail, nowhere)

    def _read_byline(self, words: str, line: Span) -> bool:
        found = _BYLINE.match(words)
        if not found:
            return False
        names, outlet = _split_byline(found.group("names"))
        if len(names) > 100 or (len(names.split()) < 2 and not found.group("rest")):
            return False
        self._source = self._source or outlet
        rest = (found.group("rest") or "").strip(" ,|·•–—-")
        if rest:
            try:
                stamp, used = parse_stamp(rest)
            except NoSuchDayError:
                stamp, used = None, 0
            if used:
                self._unnamed = self._unnamed or stamp
            elif _is_outlet(rest):
                self._source = self._source or rest
        self._author = self._author or names
        return True

    def _read_label(self, words: str, line: Span) -> bool:
        found = _LABEL.match(words)
        if not found or not found.group("colon"):
            return False
        label = found.group("label").lower()
        value = (found.group("value") or "").strip()
        if label in ("title", "headline") and value and self.named_title is None:
            start = line.start + found.start("value")
            self.named_title = Span(start, start + len(value))
        elif label in ("source", "outlet", "publisher"):
            self._source = self._source or value or None
        elif label in ("author", "byline", "written by", "by"):
            self._author = self._author or value or None
        elif label in ("section", "category"):
            self._section = self._section or value or None
        elif label in ("url", "link") and _URL.match(value):
            self._url = self._url or value
        elif label in ("updated", "last updated", "modified", "last modified", "today"):
            return len(value) <= 40
        elif label in ("date", "published", "first published", "posted", "publication date"):
            if len(value) > 60:
                return False
            self._bad_date = self._bad_date or value or None
        else:
            return False
        return True

    def _read_url(self, words: str, line: Span) -> bool:
        if not _URL.match(words):
            return False
        self._url = self._url or words
        return True

    def _read_strip(self, words: str, line: Span) -> bool:
        """A line of short parts side by side: "Politics | The Harbour Times | 3 March 2025".

        Each part must be a section, an outlet or a date, and one of them an outlet.
        """
        parts = [part.strip() for part in _BESIDE.split(words)]
        if not 2 <= len(parts) <= 4:
            return False
        stamps: list[date | datetime] = []
        sections: list[str] = []
        outlets: list[str] = []
        for part in parts:
            try:
                stamp, used = parse_stamp(part)
            except NoSuchDayError:
                return False
            if used == len(part) and stamp is not None:
                stamps.append(stamp)
            elif part.lower() in SECTIONS:
                sections.append(part)
            elif _is_outlet(part) or _AGENCY.match(part):
                outlets.append(part.strip("()"))
            else:
                return False
        if len(outlets) != 1 or len(stamps) > 1:
            return False
        self._source = self._source or outlets[0]
        self._unnamed = self._unnamed or next(iter(stamps), None)
        if sections:
            self._section = self._section or _cased(sections[-1])
        return True

    def _read_section(self, words: str, line: Span) -> bool:
        crumbs = [crumb for crumb in _CRUMBS.split(words.strip(" >»›/|[]#")) if crumb]
        if not 1 <= len(crumbs) <= 5:
            return False
        known = [crumb for crumb in crumbs if crumb.lower() in SECTIONS]
        if len(crumbs) == 1 and not known:
            return False
        homely = {"home", "news", "home page", "homepage"}
        if not all(c.lower() in SECTIONS or c.lower() in homely for c in crumbs[:-1]):
            return False
        last = crumbs[-1]
        if last not in known and (not known and crumbs[0].lower() not in homely):
            return False
        if len(last) > 40:
            return False
        self._section = self._section or _cased(last)
        return True

    def _read_outlet(self, words: str, line: Span) -> bool:
        if not (_is_outlet(words) or _AGENCY.match(words)):
            return False
        self._source = self._source or words.strip("()")
        return True


def _cased(words: str) -> str:
    """`words`, in small letters where a page prints them in capitals."""
    return words.title() if words.isupper() and len(words) > 4 else words


def _split_byline(words: str) -> tuple[str, str | None]:
    """The names of a byline, and the outlet that stands after them; a post is left out."""
    parts = words.split(", ")
    outlet = None
    while len(parts) > 1:
        if _is_outlet(parts[-1]) or _AGENCY.match(parts[-1]):
            outlet = parts.pop()
        elif _POST.search(parts[-1]):
            parts.pop()
        else:
            break
    return ", ".join(parts), outlet


def _is_outlet(words: str) -> bool:
    """Whether `words` are the name of an outlet: a domain, or a name that ends like one."""
    if _DOMAIN.match(words):
        return True
    parts = words.split()
    return (
        2 <= len(parts) <= 5
        and parts[-1].lower().strip(".") in OUTLET_ENDS
        and bool(_OUTLET.match(words))
        and (len(parts) <= 3 or parts[0].lower() == "the")
    )
