"""Where quotation marks open and close: the quoted stretches of a text, and its paragraphs."""

from __future__ import annotations

import re
from bisect import bisect_right
from dataclasses import dataclass

from bot.model import Span
from bot.text.sentences import find_paragraphs

__all__ = ["Paragraphs", "Quoted", "find_quoted"]

MAX_NESTING = 4
"""Deeper nesting than this is a sign of broken marks, not of speech in speech in speech."""

SINGLE_REACH_CHARS = 600
"""How far a single mark looks for its partner; past that it was an apostrophe."""

_DOUBLE = re.compile(r"[“”\"„«»″]|''|``|’’|‘‘|´´")
_SINGLE = re.compile(r"[‘’']")
_OPENERS = frozenset(["“", "„", "«", "``", "‘‘"])
_CLOSERS = frozenset(["”", "»", "’’"])
_BEFORE_OPEN = frozenset("([{—–-/:;,‘'…") | frozenset('“"„«')
_AFTER_CLOSE = frozenset(".,;:!?)]}—–-/…’'”\"»")
_ENDS = frozenset(".!?…")
# Words that begin with an apostrophe: no single mark opens before them.
_ELISION = re.compile(
    r"(?:\d|em\b|til\b|tis\b|twas\b|cause\b|n\b|bout\b|round\b|cuz\b)", re.IGNORECASE
)


@dataclass(frozen=True, slots=True)
class Quoted:
    """One quoted stretch: `inner` without its marks, `outer` with them.

    `closed` is False when the text never closes it; then both spans end with the paragraph, or
    with the last sentence before the next opening mark. `continues` says that the next
    paragraph opens with a mark and goes on with the same quote.
    """

    inner: Span
    outer: Span
    depth: int = 1
    single: bool = False
    closed: bool = True
    continues: bool = False


@dataclass(frozen=True, slots=True)
class Paragraphs:
    """The paragraphs of a text, in order, with a look-up by position."""

    spans: tuple[Span, ...]
    starts: tuple[int, ...]

    @classmethod
    def of(cls, text: str) -> Paragraphs:
        spans = tuple(find_paragraphs(text))
        return cls(spans, tuple(s.start for s in spans))

    def at(self, position: int) -> int:
        """The number of the paragraph that holds `position` (0 before the first one)."""
        return max(0, bisect_right(self.starts, position) - 1)


def find_quoted(text: str, paragraphs: Paragraphs | None = None) -> list[Quoted]:
    """The quoted stretches of `text`, ordered by where they open, outer ones first.

    Knows curly, straight and angled double marks, `''` and backquotes, and single marks round
    two or more words. A mark of the wrong direction counts by what stands beside it. Works
    paragraph by paragraph, in linear time.
    """
    paragraphs = paragraphs or Paragraphs.of(text)
    out: list[Quoted] = []
    spans = paragraphs.spans
    for number, span in enumerate(spans):
        goes_on = number + 1 < len(spans) and _opens_paragraph(text, spans[number + 1])
        doubles = _doubles(text, span, goes_on=goes_on)
        out += doubles
        out += _singles(text, span, doubles)
    out.sort(key=lambda q: (q.outer.start, -q.outer.end))
    return out


def _opens_paragraph(text: str, span: Span) -> bool:
    """Whether a paragraph starts with a double mark that can open a quote."""
    found = _DOUBLE.match(text, span.start, span.end)
    return found is not None and found.group() not in _CLOSERS


def _direction(text: str, start: int, end: int, span: Span, *, is_open: bool) -> str:
    """ "open", "close" or "" (a stray mark) for the double mark at `[start, end)`."""
    mark = text[start:end]
    before = text[start - 1] if start > span.start else " "
    after = text[end] if end < span.end else " "
    room_before = before.isspace() or before in _BEFORE_OPEN
    room_after = after.isspace() or after in _AFTER_CLOSE
    if mark in _OPENERS:
        # Opening marks close too, in „German“ style or by mistake: then nothing is glued on.
        if is_open and not before.isspace() and room_after and not room_before:
            return "close"
        return "" if after.isspace() and not is_open and not before.isspace() else "open"
    if mark in _CLOSERS:
        if not is_open and before.isspace() and not after.isspace():
            return "open"
        return "close" if is_open else ""
    if is_open:
        if before.isspace() and not after.isspace() and after not in _AFTER_CLOSE:
            return "open"
        return "close"
    if room_after and not room_before:
        return ""
    if before.isdigit() and room_after:
        return ""
    return "open" if not after.isspace() else ""


def _doubles(text: str, span: Span, *, goes_on: bool) -> list[Quoted]:
    done: list[Quoted] = []
    stack: list[tuple[int, int]] = []  # (outer start, inner start)
    for found in _DOUBLE.finditer(text, span.start, span.end):
        start, end = found.span()
        way = _direction(text, start, end, span, is_open=bool(stack))
        if way == "open":
            same_way_only = found.group() in _OPENERS
            if stack and (not same_way_only or len(stack) >= MAX_NESTING):
                done.append(_unclosed(text, stack.pop(), start, depth=len(stack) + 1))
            stack.append((start, end))
        elif way == "close" and stack:
            outer, inner = stack.pop()
            if inner < start:
                done.append(Quoted(Span(inner, start), Span(outer, end), depth=len(stack) + 1))
    if not stack:
        return done
    if goes_on:
        # Left open at the end, and the next paragraph opens again: one quote runs through.
        outer, inner = stack[0]
        if inner < span.end:
            done.append(
                Quoted(Span(inner, span.end), Span(outer, span.end), closed=False, continues=True)
            )
        return done
    return _settle(text, span, stack, done)


def _settle(
    text: str, span: Span, stack: list[tuple[int, int]], done: list[Quoted]
) -> list[Quoted]:
    """The stretches of a paragraph in which the marks in `stack` never close.

    What seemed nested in an unclosed quote stands beside it: the unclosed one ends before it.
    """
    openings = [*sorted(q.outer.start for q in done), span.end]
    settled = [
        Quoted(q.inner, q.outer, depth=max(1, q.depth - _open_before(stack, q.outer.start)))
        for q in done
    ]
    for number, (outer, inner) in enumerate(stack):
        limit = openings[bisect_right(openings, outer)] if outer < span.end else span.end
        if number + 1 < len(stack):
            limit = min(limit, stack[number + 1][0])
        settled.append(_unclosed(text, (outer, inner), limit, depth=1, at_end=limit == span.end))
    return [q for q in settled if len(q.inner) > 0]


def _open_before(stack: list[tuple[int, int]], position: int) -> int:
    return sum(outer < position for outer, _ in stack)


def _unclosed(
    text: str, opened: tuple[int, int], limit: int, *, depth: int, at_end: bool = False
) -> Quoted:
    """The quote opened at `opened` that must end by `limit`: with a sentence, if one ends."""
    outer, inner = opened
    end = limit
    if not at_end:
        cut = max(text.rfind(mark, inner, limit) for mark in _ENDS)
        end = cut + 1 if cut > inner else limit
    while end > inner and text[end - 1].isspace():
        end -= 1
    return Quoted(Span(inner, max(inner, end)), Span(outer, max(inner, end)), depth, closed=False)


def _singles(text: str, span: Span, doubles: list[Quoted]) -> list[Quoted]:
    """Stretches in single marks of two or more words; apostrophes are not taken for marks."""
    marks = [m.start() for m in _SINGLE.finditer(text, span.start, span.end)]
    if len(marks) < 2:
        return []
    closers = [p for p in marks if _can_close(text, p, span)]
    out: list[Quoted] = []
    taken = -1
    for position in marks:
        if position < taken or not _can_open(text, position, span):
            continue
        partner = _partner(text, position, closers)
        if partner is None:
            continue
        inner = Span(position + 1, partner)
        if not any(c.isspace() for c in inner.of(text)):
            continue
        depth = 1 + sum(q.inner.covers(Span(position, partner + 1)) for q in doubles[:200])
        out.append(Quoted(inner, Span(position, partner + 1), depth=depth, single=True))
        taken = partner + 1
    return out


def _can_open(text: str, position: int, span: Span) -> bool:
    if text[position] == "’" and text[position - 1 : position].isalnum():
        return False
    before = text[position - 1] if position > span.start else " "
    after = text[position + 1] if position + 1 < span.end else " "
    if not (before.isspace() or before in '([{—–:“"„«'):
        return False
    if after.isspace() or after in _AFTER_CLOSE:
        return False
    return text[position] == "‘" or not _ELISION.match(text, position + 1)


def _can_close(text: str, position: int, span: Span) -> bool:
    if text[position] == "‘":
        return False
    before = text[position - 1] if position > span.start else " "
    after = text[position + 1] if position + 1 < span.end else " "
    return not before.isspace() and not after.isalnum()


def _partner(text: str, position: int, closers: list[int]) -> int | None:
    """The mark that closes a single quote opened at `position`.

    A mark after punctuation or after a letter other than "s" closes at once; one after an "s"
    may be a possessive, so it closes only where no better one follows.
    """
    fallback: int | None = None
    for closer in closers[bisect_right(closers, position + 1) :][:12]:
        if closer - position > SINGLE_REACH_CHARS:
            break
        if text[closer - 1] not in "sS":
            return closer
        fallback = fallback or closer
    return fallback
