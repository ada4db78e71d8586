"""Quotes by themselves, without a question: the newest ones, and the newest of some people."""

from __future__ import annotations

from collections.abc import Collection, Iterator, Sequence
from itertools import islice

from bot.answer.compose import LONGEST_ANSWER_CHARS, MOST_NEIGHBOURS
from bot.answer.question import PRONOUNS
from bot.answer.result import Answer, SpokenBy
from bot.model import Article, Findings, NameKind, Polarity, Quote, QuoteKind, Span
from bot.newsroom import Newsroom
from bot.store.lookups import find_spoken
from bot.talk.selecting import FindingsOf
from bot.text.names import fold_name
from bot.text.words import fold

ARTICLES_LOOKED_AT = 40  # the newest, for their quotes
QUOTES_OF_ONE_ARTICLE = 3  # of a person's; the rest is a tap on Context away
SURE = 0.6  # confidence of a quote that is shown to somebody who has not asked for it
SHORTEST_CHARS = 40  # a shorter sentence tells nothing by itself


def newest_quotes(newsroom: Newsroom, findings_of: FindingsOf, limit: int) -> list[Answer]:
    """At most so many quotes of the newest articles, the surest of each, newest first."""

    def found() -> Iterator[Answer]:
        for article in newsroom.latest(limit=ARTICLES_LOOKED_AT):
            findings = findings_of(article)
            people = {fold_name(m.name) for m in findings.names if m.kind is NameKind.PERSON}
            quotes = [
                answer
                for answer in _quotes(article, findings, people)
                if answer.score >= SURE
                and len(_name(answer).split()) > 1
                and len(answer.span) >= SHORTEST_CHARS
            ]
            if quotes:
                yield max(quotes, key=_telling)

    return list(islice(_distinct(found()), limit))


def _telling(answer: Answer) -> tuple[int, float, int]:
    """How well a quote can stand by itself: in the speaker's own words, and naming the speaker."""
    is_named = _name(answer).split()[-1] in fold_name(answer.text).split()
    own = answer.quote is not None and answer.quote.kind is not QuoteKind.INDIRECT
    return 2 * own + is_named, answer.score, -answer.span.start


def _name(answer: Answer) -> str:
    return fold_name(answer.speaker.name) if answer.speaker is not None else ""


def quotes_by(
    newsroom: Newsroom, speakers: Sequence[str], findings_of: FindingsOf, limit: int
) -> list[Answer]:
    """At most so many quotes of `speakers` (folded names), newest first."""
    wanted = frozenset(speakers)

    def found() -> Iterator[Answer]:
        for place in find_spoken(newsroom.store, speakers, limit=limit):
            article = newsroom.look_up_version(place.version)
            if article is not None:
                told = _quotes(article, findings_of(article), wanted)
                yield from islice(told, QUOTES_OF_ONE_ARTICLE)

    return list(islice(_distinct(found()), limit))


def _quotes(article: Article, findings: Findings, wanted: Collection[str]) -> Iterator[Answer]:
    """The quotes of an article whose speaker is one of `wanted` (folded names)."""
    shown: set[Span] = set()
    for quote in findings.quotes:
        if quote.speaker is None or quote.polarity is Polarity.HYPOTHETICAL:
            continue
        name = quote.speaker.name or quote.speaker.span.of(article.text)
        if fold(name) in PRONOUNS or fold_name(name) not in wanted:
            continue
        span = _sentences(quote, findings)
        if span is None or any(span.overlaps(other) for other in shown):
            continue
        shown.add(span)
        speaker = SpokenBy(name, quote.speaker.role)
        yield Answer(article, span, quote.confidence, speaker, quote)


def _sentences(quote: Quote, findings: Findings) -> Span | None:
    """The sentences that hold the quote and who says it; of a long one that with the verb of
    saying, else its first."""
    touched = [s for s in findings.sentences if s.overlaps(quote.span)]
    if not touched:
        return None
    wide = Span(touched[0].start, touched[-1].end)
    if len(touched) <= MOST_NEIGHBOURS and len(wide) <= LONGEST_ANSWER_CHARS:
        return wide
    cue = quote.cue.span if quote.cue is not None else quote.content[0]
    return next((s for s in touched if s.overlaps(cue)), touched[0])


def _distinct(answers: Iterator[Answer]) -> Iterator[Answer]:
    """`answers` without sentences that another outlet has printed before them."""
    known: set[str] = set()
    for answer in answers:
        folded = fold(answer.text)
        if folded not in known:
            known.add(folded)
            yield answer
