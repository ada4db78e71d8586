"""Subjects mended: where a relative clause ended before the cue, its "who" is not the speaker."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.extract.quote_page import Page, Report
from bot.model import Span

__all__ = ["with_main_subject"]

SUBJECT_CHARS = 120
"""A subject before ", who" is looked for so far back."""

_COMMA_WHO = re.compile(r"[,—–-]\s?$")
_BORDER = re.compile(
    r"[,;:.!?“”\"()—–]\s|\b(?:that|but|and|or|when|while|because|as|if|after|before|where|said"
    r"|says|by|with|from|than)\s",
    re.IGNORECASE,
)
_ABBREVIATED = re.compile(r"(?:Mr|Mrs|Ms|Dr|Sen|Rep|Gov|Gen|St|Jr|Sr|Prof|Rev|Lt|Col|[A-Z])\.\s$")


def with_main_subject(page: Page, report: Report) -> Report:
    """`report` with the head noun as its source where that is a "who" whose clause has ended.

    "Ann Lee, who runs the port, said" is said by Ann Lee; in "Ann Lee, who said", "who" says it.
    """
    source, cue, text = report.source, report.cue, page.text
    if source is None or cue is None or source.end > cue.start:
        return report
    if (
        source.of(text).lower() not in ("who", "which", "that")
        or "," not in text[source.end : cue.start]
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
    return replace(report, source=Span(start, comma.start()))
