"""What is found in a text: every extractor over one article, in the one order that works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.extract.facts import find_facts
from bot.extract.mentions import find_mentions
from bot.extract.quotes import find_quotes
from bot.model import Findings, Span, moved
from bot.text.clutter import find_clutter
from bot.text.dates import find_dates
from bot.text.languages import ENGLISH, find_language, is_numeric_day
from bot.text.repairs import straighten
from bot.text.sentences import find_sentences, find_stretches, is_prose
from bot.text.view import View, make_view

EXTRACTOR_VERSION = 6
"""Raised whenever the extractors find something else; `reindex` then makes all findings anew."""

QUICK_EXTRACTOR = 0
"""What a quick reading counts as: older than any whole one, so that `reindex` makes it anew."""

READ_CHARS = 150_000  # findings come from this much of a text; the rest is searched only
MOST_LINES = 10_000
"""What has more of them in so many characters is a table: nothing is looked for in it."""
Reader = Callable[[str, date | None], Findings]


def read_text(text: str, published: date | None, *, quick: bool = False) -> Findings:
    """All that the extractors find in a stored text, spans in that text.

    Sentences cover the whole text, findings its first 150,000 characters; behind these nothing is
    repaired, so that the longest text takes little more than those. Of a text in another
    language than English, only what is sure in any language is found. A `quick` reading finds
    quotes by plain rules, in a fraction of the time.
    """
    view, sentences, end = _read_head(text)
    head = view.text[: sentences[-1].end] if end < len(text) and sentences else view.text
    language = find_language(head)
    dates = find_dates(head, sentences, published)
    if head.count("\n") > MOST_LINES:
        names, quotes, facts, dates = [], [], [], []
    elif language in (None, ENGLISH):
        names = find_mentions(head, sentences)
        quotes = find_quotes(head, sentences, names, with_tagger=not quick)
        facts = find_facts(head, sentences, dates, names, quotes)
    else:
        names, quotes, facts = [], [], []
        dates = [mention for mention in dates if is_numeric_day(mention.span.of(head))]
    found = Findings(tuple(sentences), tuple(quotes), tuple(facts), tuple(dates), tuple(names))
    found = replace(moved(found, view.place), read_chars=end, language=language)
    if end == len(text):
        return found
    return replace(found, sentences=found.sentences + _read_tail(text, end))


def _read_head(text: str) -> tuple[View, list[Span], int]:
    """The view of what is read of `text`, the whole sentences in it, and where the rest of the
    text begins."""
    view = make_view(text[:READ_CHARS])
    is_table = view.text.count("\n") > MOST_LINES
    sentences = find_stretches(view.text) if is_table else find_sentences(view.text)
    if len(text) <= READ_CHARS:
        return view, sentences, len(text)
    if len(sentences) < 2:
        return view, sentences, READ_CHARS
    return view, sentences[:-1], view.place(sentences[-1]).start  # the last one is cut off


def _read_tail(text: str, start: int) -> tuple[Span, ...]:
    """The sentences of `text` from `start` on, as they stand: whole lines that belong to the page
    are left out, and nothing is repaired. What is no prose comes in stretches."""
    tail = text[start:]
    plain = straighten(tail)
    clutter = [Span(first, last) for first, last, _ in find_clutter(plain)]
    sentences = find_sentences(plain) if is_prose(plain) else find_stretches(plain)
    kept: list[Span] = []
    at = 0
    for sentence in sentences:
        while at < len(clutter) and clutter[at].end <= sentence.start:
            at += 1
        if at == len(clutter) or not clutter[at].overlaps(sentence):
            kept.append(Span(sentence.start + start, sentence.end + start))
    return tuple(kept)
