"""Whose a quote is, mended: "who" whose clause has ended, and quotations that go on."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.extract.quote_page import Page, Report
from bot.model import Span

__all__ = ["regrouped", "with_main_subject"]

SUBJECT_CHARS = 120
"""A subject before ", who" is looked for so far back."""

_COMMA_WHO = re.compile(r"[,—–-]\s?$")
_BORDER = re.compile(
    r"[,;:.!?“”\"()—–]\s|\b(?:that|but|and|or|when|while|because|as|if|after|before|where|said"
    r"|says|by|with|from|than)\s",
    re.IGNORECASE,
)
_STOP = re.compile(r"[.!?]\s")
_ABBREVIATED = re.compile(r"(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|St|Jr|Sr|Prof|Rev|Lt|Col|[A-Z])\.\s$")


def with_main_subject(page: Page, report: Report) -> Report:
    """`report` with the head noun as its source where that is a "who" whose clause has ended.

    "Ann Lee, who runs the port, said" is said by Ann Lee; in "Ann Lee, who said", "who" says it.
    """
    source, cue, text = report.source, report.cue, page.text
    if source is None or cue is None or source.end > cue.start:
        return report
    words = source.of(text).lower()
    whole_clause = words.startswith(("who ", "which "))
    if not whole_clause and (
        words not in ("who", "which", "that") or "," not in text[source.end : cue.start]
    ):
        return report
    comma = _COMMA_WHO.search(text, max(0, source.start - 2), source.start)
    if comma is None:
        return report
    sentence = page.sentence_at(source.start)
    start = max(sentence.start if sentence else 0, comma.start() - SUBJECT_CHARS)
    for border in _BORDER.finditer(text, start, comma.start()):
        if not _ABBREVIATED.search(text, max(0, border.end() - 6), border.end()):
            start = border.end()
    while start < comma.start() and not text[start].isalnum():
        start += 1
    if start >= comma.start():
        return report
    return replace(report, source=Span(start, source.end if whole_clause else comma.start()))


def regrouped(page: Page, reports: list[Report]) -> list[Report]:
    """`reports` of one paragraph, with a quotation that goes on given back to its opener.

    In `“A,” Lee said, asking for calm. “B.”` the second piece is Lee's, not the asking's: a
    quotation that opens a sentence goes on with the one that opened the sentence before.
    """
    out = sorted(reports, key=lambda r: r.contents[0])
    for i, report in enumerate(out):
        last = report.contents[-1]
        if report.cue is None or last.start < report.cue.end or not _opens_sentence(page, last):
            continue
        for k in range(i - 1, -1, -1):
            opener = out[k]
            if opener.cue is None or not _is_quotation(page, opener.contents[0]):
                continue
            between = page.text[opener.cue.end : report.cue.start]
            if opener.cue.end < report.cue.start and not _STOP.search(between):
                out[k] = replace(opener, contents=(*opener.contents, last))
                out[i] = replace(report, contents=report.contents[:-1])
            break
    return [r for r in out if r.contents]


def _opens_sentence(page: Page, content: Span) -> bool:
    before = page.text[max(0, content.start - 4) : content.start].rstrip(" “\"'`")
    return _is_quotation(page, content) and before.endswith((".", "?", "!"))


def _is_quotation(page: Page, content: Span) -> bool:
    """Whether `content` begins with its opening mark and is quoted to its end."""
    return any(
        q.outer.start <= content.start <= q.inner.start and content.end <= q.outer.end
        for q in page.quoted_in(content)
    )
