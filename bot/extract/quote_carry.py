"""Quotations that stand alone in their paragraph: whose they are, told by the one before."""

from __future__ import annotations

import re
from bisect import bisect_left
from collections.abc import Sequence
from dataclasses import replace
from itertools import islice

from bot.extract.quote_page import Page, Report
from bot.model import Span
from bot.text.marks import Quoted

__all__ = ["Overlaps", "carry_over"]

CARRIED_WORDS = 5
"""Shorter quotations that stand alone are headings and titles more often than speech."""
_WORD = re.compile(r"\w+")


class Overlaps:
    """Spans, asked whether any of them overlaps another; each look-up is logarithmic."""

    def __init__(self, spans: Sequence[Span]) -> None:
        merged: list[Span] = []
        for span in sorted(spans):
            if merged and span.start < merged[-1].end:
                merged[-1] = Span(merged[-1].start, max(merged[-1].end, span.end))
            else:
                merged.append(span)
        self._merged = merged

    def any(self, span: Span) -> bool:
        i = bisect_left(self._merged, span.end, key=lambda s: s.start)
        return i > 0 and self._merged[i - 1].end > span.start


def carry_over(page: Page, reports: list[Report], open_cues: dict[int, Report]) -> list[Report]:
    """`reports`, with the quotations that stand alone added to or behind the ones before.

    `open_cues` holds by paragraph the last cue that found no content there ("he declared:").
    After a paragraph that ends with a colon a new report begins, by its last cue; else the
    quotation goes on with the last quoted content of the paragraph before. A colon without
    any cue before it leaves the speaker open.
    """
    out = sorted(reports, key=lambda r: r.contents[0])
    taken = Overlaps([c for r in out for c in r.contents])
    last_in: dict[int, int] = {}
    for i, report in enumerate(out):
        last_in[page.paragraphs.at(report.contents[-1].start)] = i
    for quoted in page.quoted:
        number = page.paragraphs.at(quoted.outer.start)
        if number == 0 or not _alone(page, quoted, number) or taken.any(quoted.inner):
            continue
        before = page.paragraphs.spans[number - 1]
        colon = page.text[before.end - 1] == ":"
        if colon and number - 1 in open_cues:
            cue = open_cues[number - 1]
            out.append(replace(cue, contents=(quoted.inner,), by="carried"))
        elif colon and number - 1 in last_in:
            old = out[last_in[number - 1]]
            out.append(replace(old, contents=(quoted.inner,), by="carried"))
        elif colon:
            out.append(Report((quoted.inner,), by="carried", content_sure=0.3))
        elif number - 1 in last_in and _speaks(page, out[last_in[number - 1]], number - 1):
            at = last_in[number - 1]
            old = out[at]
            out[at] = replace(old, contents=(*old.contents, quoted.inner))
            last_in[number] = at
            continue
        else:
            continue
        last_in[number] = len(out) - 1
    return out


def _alone(page: Page, quoted: Quoted, number: int) -> bool:
    """Whether a paragraph is nothing but this quotation."""
    span = page.paragraphs.spans[number]
    if len(span) - len(quoted.outer) > 3:
        return False
    words = _WORD.finditer(page.text, quoted.inner.start, quoted.inner.end)
    return sum(1 for _ in islice(words, CARRIED_WORDS)) == CARRIED_WORDS


def _speaks(page: Page, report: Report, number: int) -> bool:
    """Whether a report can go on: it has a speaker and its paragraph ends in or after a quote."""
    if report.source is None:
        return False
    span = page.paragraphs.spans[number]
    last = report.contents[-1]
    quoted = page.quoted_in(last)
    return bool(quoted) and last.end >= span.start
