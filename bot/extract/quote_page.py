"""A text laid out for the quote finders: rows of tokens, quoted stretches, and what was found."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from dataclasses import dataclass
from typing import Literal

from bot.extract.quote_features import place_of
from bot.extract.quote_tokens import Tokens, find_tokens, quote_states
from bot.model import QuoteKind, Span
from bot.text.marks import Paragraphs, Quoted, find_quoted

__all__ = [
    "Finder",
    "Page",
    "Report",
    "RowOfText",
    "content_kind",
    "read_page",
    "trimmed",
    "without_marks",
]

ROW_TOKENS = 200
"""A longer paragraph is read in rows of whole sentences, up to this many tokens each."""

_WORD = re.compile(r"\w+")
_EDGE = " \t\n\r\f\v\u00a0,;:–—"
_MARKS = "“”\"„«»‘’'`″´"


@dataclass(frozen=True, slots=True)
class RowOfText:
    """A paragraph, or a part of a long one: its place, tokens and the states of those."""

    span: Span
    paragraph: int
    tokens: Tokens
    states: list[int]
    place: int


@dataclass(frozen=True, slots=True)
class Page:
    """A text with its sentences, paragraphs, outermost quoted stretches and rows."""

    text: str
    sentences: tuple[Span, ...]
    paragraphs: Paragraphs
    quoted: tuple[Quoted, ...]
    rows: tuple[RowOfText, ...]

    def quoted_in(self, span: Span) -> list[Quoted]:
        """The outermost quoted stretches that touch `span`."""
        first = max(0, bisect_left(self.quoted, span.start, key=lambda q: q.outer.start) - 2)
        last = bisect_left(self.quoted, span.end, key=lambda q: q.outer.start)
        return [q for q in self.quoted[first:last] if q.outer.overlaps(span)]

    def sentence_at(self, position: int) -> Span | None:
        """The sentence that holds `position`, or the last one before it."""
        i = bisect_right(self.sentences, position, key=lambda s: s.start) - 1
        return self.sentences[i] if i >= 0 else None


Finder = Literal["tagger", "rules", "form", "carried", "relay"]


@dataclass(frozen=True, slots=True)
class Report:
    """A quote as it was found, before it is told who the speaker is."""

    contents: tuple[Span, ...]
    source: Span | None = None
    cue: Span | None = None
    shared: bool = False
    """Whether the source is taken over from another cue or quote."""
    content_sure: float = 0.5
    """How probable the tokens of the content are, on average (0 to 1)."""
    content_least: float = 0.5
    """The same of the least probable token."""
    source_sure: float = 0.5
    cue_sure: float = 0.5
    by: Finder = "tagger"
    verbatim: bool = False
    """Whether layout tells that these are the very words, without any marks (transcripts)."""
    relay: Span | None = None
    """Who passed it on, when that is another than the source."""


def read_page(text: str, sentences: Sequence[Span]) -> Page:
    """`text` laid out; works in linear time whatever the text."""
    paragraphs = Paragraphs.of(text)
    quoted = find_quoted(text, paragraphs)
    rows: list[RowOfText] = []
    at = 0
    for number, span in enumerate(paragraphs.spans):
        tokens = find_tokens(text, span)
        mine: list[Quoted] = []
        while at < len(quoted) and quoted[at].outer.start < span.end:
            mine.append(quoted[at])
            at += 1
        states = quote_states(tokens, mine)
        place = place_of(number, len(paragraphs.spans), tokens)
        for first, last in _cuts(tokens, sentences):
            part = Tokens(
                tokens.words[first:last], tokens.starts[first:last], tokens.ends[first:last]
            )
            where = Span(part.starts[0], part.ends[-1])
            rows.append(RowOfText(where, number, part, states[first:last], place))
    outer = tuple(q for q in quoted if q.depth == 1)
    return Page(text, tuple(sentences), paragraphs, outer, tuple(rows))


def _cuts(tokens: Tokens, sentences: Sequence[Span]) -> list[tuple[int, int]]:
    """Where the rows of one paragraph begin and end, in token numbers."""
    count = len(tokens)
    if count <= ROW_TOKENS:
        return [(0, count)] if count else []
    out = []
    first = 0
    while count - first > ROW_TOKENS:
        limit = tokens.starts[first + ROW_TOKENS]
        i = bisect_right(sentences, limit, key=lambda s: s.start) - 1
        last = first + ROW_TOKENS
        if i >= 0 and sentences[i].start > tokens.starts[first]:
            last = bisect_left(tokens.starts, sentences[i].start)
        out.append((first, last))
        first = last
    out.append((first, count))
    return out


def trimmed(text: str, span: Span) -> Span:
    """`span` without white space, commas and dashes at its edges."""
    start, end = span.start, span.end
    while start < end and text[start] in _EDGE:
        start += 1
    while end > start and text[end - 1] in _EDGE:
        end -= 1
    return Span(start, end)


def without_stray_marks(text: str, span: Span) -> Span:
    """`span` without commas at its end and without a quotation mark that it holds one side of."""
    span = trimmed(text, span)
    start, end = span.start, span.end
    if text.startswith("''", start):
        start += 2
    elif text[start] == "”" or (text[start] == '"' and text.count('"', start, end) % 2):
        start += 1
    if end > start and text[end - 1] in "“‘":
        end -= 1
    inner = trimmed(text, Span(start, max(start, end)))
    return inner if len(inner) else span


def content_kind(page: Page, contents: Sequence[Span]) -> QuoteKind:
    """Direct when every word is quoted, mixed when some are, indirect when none is."""
    inside = outside = False
    for content in contents:
        quoted = page.quoted_in(content)
        at = 0
        for word in _WORD.finditer(page.text, content.start, content.end):
            while at < len(quoted) and quoted[at].inner.end <= word.start():
                at += 1
            if at < len(quoted) and quoted[at].inner.start <= word.start():
                inside = True
            else:
                outside = True
            if inside and outside:
                return QuoteKind.MIXED
    return QuoteKind.DIRECT if inside else QuoteKind.INDIRECT


def without_marks(page: Page, content: Span) -> Span:
    """`content` cut to what stands in its outer marks, when those marks are its edges."""
    start, end = content.start, content.end
    quoted = page.quoted_in(content)
    for q in quoted:
        if q.outer.start <= start < q.inner.start:
            start = q.inner.start
        if q.inner.end < end <= q.outer.end:
            end = q.inner.end
    return Span(start, end) if start < end else content
