"""What a sentence is about, in terms that can be compared with another article's sentence."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import date
from functools import cache

from bot.link.counts import Count, find_counts
from bot.model import Article, Fact, Findings, NameKind, Quote, Span
from bot.store.articles import get_versions
from bot.store.findings import get_findings_of
from bot.store.search import search_articles
from bot.store.store import Store
from bot.text.ordinary import ordinary_words
from bot.text.tables import word_set
from bot.text.words import STOP_TERMS, term_of, terms_of

ORDINARY_WEIGHT = 0.5
"""What a word of everyday language weighs beside a name or a rare word."""
HEADLINE_WEIGHT = 0.5
"""What a word of the headline weighs that the sentence itself does not hold."""
ARTICLES = 30  # looked through for other tellings of one matter
MOST_TERMS = 14  # of a sentence and its headline, for the search, the rarest first
SHORTEST_TERM_CHARS = 3
HEAD_CHARS = 900  # of an article tell what it is about

_EMPTY = word_set(
    "said say says told tell ask year month week day today yesterday tomorrow monday tuesday "
    "wednesday thursday friday saturday sunday januari februari march april may june juli august "
    "septemb octob novemb decemb new will would promis pledg vow plan agre deal accord report "
    "spokesman spokeswoman news confer call first last one two three"
)
"""Terms that stand in sentences of any matter."""


@dataclass(frozen=True, slots=True)
class Telling:
    """One sentence of one article, with what was found in it."""

    article: Article
    span: Span
    terms: frozenset[str]
    headline: frozenset[str]
    facts: tuple[Fact, ...]
    story: frozenset[str]
    """The terms of the article's head, which tell what story it belongs to."""
    counts: tuple[Count, ...]
    names: frozenset[str]
    """The terms of the sentence that stand in a name, or in the role beside it."""
    others: tuple[Span, ...] = ()
    """Where in the text people are named who are not the one that says it; empty where nobody is
    quoted."""

    @property
    def day(self) -> date | None:
        return self.article.day

    @property
    def text(self) -> str:
        return self.span.of(self.article.text)

    @property
    def matter(self) -> frozenset[str]:
        """The terms of the sentence and of its headline."""
        return self.terms | self.headline


def telling_of(article: Article, findings: Findings, span: Span) -> Telling:
    """The sentence at `span`, ready to be compared."""
    return _tellings(article, findings, [span])[0]


def told_by(telling: Telling, quote: Quote | None, findings: Findings) -> Telling:
    """`telling` as the words of whom `quote` quotes."""
    if quote is None or quote.speaker is None:
        return telling
    text = telling.article.text
    speaker = quote.speaker.span
    own = {*terms_of(speaker.of(text)), *terms_of(quote.speaker.name or "")}
    others = tuple(
        Span(m.span.start - telling.span.start, m.span.end - telling.span.start)
        for m in findings.names
        if m.kind is NameKind.PERSON
        and telling.span.covers(m.span)
        and not own & {*terms_of(m.span.of(text)), *terms_of(m.name)}
    )
    return replace(telling, others=others)


def tellings_of(article: Article, findings: Findings) -> list[Telling]:
    """Every sentence of an article, in order."""
    return _tellings(article, findings, findings.sentences)


def _tellings(article: Article, findings: Findings, spans: Sequence[Span]) -> list[Telling]:
    # An agency's name in the date line is in all of its articles.
    outlet = set(terms_of(article.source or ""))
    headline = telling_terms(article.title or "") - outlet
    story = headline | (telling_terms(article.text[:HEAD_CHARS]) - outlet)
    counts = find_counts(article, findings)
    found = []
    for span in spans:
        held = [m for m in findings.names if span.covers(m.span)]
        names = " ".join(f"{m.span.of(article.text)} {m.role or ''}" for m in held)
        terms = telling_terms(span.of(article.text)) - outlet
        found.append(
            Telling(
                article,
                span,
                terms,
                headline,
                tuple(f for f in findings.facts if span.overlaps(f.span)),
                story | terms,
                tuple(c for c in counts if c.sentence.overlaps(span)),
                telling_terms(names),
            )
        )
    return found


def telling_terms(text: str) -> frozenset[str]:
    """The terms of `text` that tell what it is about."""
    return frozenset(
        t
        for t in terms_of(text)
        if len(t) >= SHORTEST_TERM_CHARS
        and t not in STOP_TERMS
        and t not in _EMPTY
        and not t[0].isdigit()
    )


@cache
def _ordinary_terms() -> frozenset[str]:
    return frozenset(term_of(word) for word in ordinary_words())


def weight_of(term: str) -> float:
    """How telling a term is: names and rare words more than everyday ones."""
    return ORDINARY_WEIGHT if term in _ordinary_terms() else 1.0


def shared(a: Telling, b: Telling) -> frozenset[str]:
    """The terms by which two sentences may be about one matter; in one of them at least the
    sentence itself holds the term."""
    return (a.terms & b.matter) | (b.terms & a.matter)


def agreement(a: Telling, b: Telling) -> float:
    """How much of what the shorter sentence tells the other tells, too, 0-1."""
    common = sum(
        weight_of(t) * (1.0 if t in a.terms and t in b.terms else HEADLINE_WEIGHT)
        for t in shared(a, b)
    )
    least = min(sum(map(weight_of, a.terms)), sum(map(weight_of, b.terms)))
    return min(1.0, common / least) if least else 0.0


def find_articles_on(
    store: Store, telling: Telling, *, limit: int = ARTICLES
) -> list[tuple[Article, Findings]]:
    """Other articles that hold words of this sentence, with their findings, best first."""
    terms = sorted(telling.terms, key=lambda t: (-weight_of(t), t))
    terms += sorted(telling.headline - telling.terms, key=lambda t: (-weight_of(t), t))
    hits = search_articles(store, terms[:MOST_TERMS], limit=limit)
    keys = [hit.row for hit in hits if hit.row != telling.article.key]
    return _with_findings(store, keys)


def _with_findings(store: Store, keys: Sequence[int]) -> list[tuple[Article, Findings]]:
    if not keys:
        return []
    articles = get_versions(store, list(keys))
    findings = get_findings_of(store, keys)
    return [(articles[k], findings[k]) for k in keys if k in articles]
