"""What is found in a text: every extractor over one article, in the one order that works."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import date

from bot.extract.facts import find_facts
from bot.extract.mentions import find_mentions
from bot.extract.quotes import find_quotes
from bot.model import Findings, Span, moved
from bot.text.dates import find_dates
from bot.text.languages import ENGLISH, find_language, is_numeric_day
from bot.text.sentences import find_sentences
from bot.text.view import make_view

EXTRACTOR_VERSION = 5
"""Raised whenever the extractors find something else; `reindex` then makes all findings anew."""

QUICK_EXTRACTOR = 0
"""What a quick reading counts as: older than any whole one, so that `reindex` makes it anew."""

READ_CHARS = 150_000  # findings come from this much of a text; the rest is searched only
Reader = Callable[[str, date | None], Findings]


def read_text(text: str, published: date | None, *, quick: bool = False) -> Findings:
    """All that the extractors find in a stored text, spans in that text.

    Sentences cover the whole text, findings its first 150,000 characters. Of a text in another
    language than English, only what is sure in any language is found. A `quick` reading finds
    quotes by plain rules, in a fraction of the time.
    """
    view = make_view(text)
    sentences = find_sentences(view.text)
    head, cut = view.text, sentences
    if len(view.text) > READ_CHARS:
        cut = [s for s in sentences if s.end <= READ_CHARS]
        head = view.text[: cut[-1].end if cut else READ_CHARS]
    language = find_language(head)
    dates = find_dates(head, cut, published)
    if language in (None, ENGLISH):
        names = find_mentions(head, cut)
        quotes = find_quotes(head, cut, names, with_tagger=not quick)
        facts = find_facts(head, cut, dates, names, quotes)
    else:
        names, quotes, facts = [], [], []
        dates = [mention for mention in dates if is_numeric_day(mention.span.of(head))]
    found = Findings(tuple(sentences), tuple(quotes), tuple(facts), tuple(dates), tuple(names))
    read_chars = len(text) if head is view.text else view.place(Span(0, len(head))).end
    return replace(moved(found, view.place), read_chars=read_chars, language=language)
