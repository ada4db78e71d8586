"""What each sentence of an article tells: quotes, facts, figures and dates, and how well it stands
alone."""

from __future__ import annotations

from collections.abc import Hashable
from dataclasses import dataclass

from bot.digest.window import Paper
from bot.model import DateMention, Fact, Grain, Polarity, Quote, Span
from bot.text.names import fold_name
from bot.text.novelty import telling_terms
from bot.text.tables import word_set
from bot.text.words import find_words, fold, terms_of

SURE_FACT = 0.6
"""Confidence from which a fact is taken as one; below, most labelled ones were none."""
SURE_QUOTE = 0.4
SENTENCES_READ = 60
"""Of an article; what is new in it stands before its background."""
HEAD_SENTENCES = 6
"""Headline and standfirst are at most so many sentences."""
FEWEST_WORDS = 6
"""A sentence of fewer words says nothing without those around it."""
MOST_CHARS = 420
"""A longer sentence is a paragraph, or a list that was taken for one."""

WORTH_OF_FACT = {
    "agreement": 1.0,
    "decision": 0.9,
    "vote": 0.9,
    "ruling": 0.9,
    "death": 1.0,
    "resignation": 0.9,
    "appointment": 0.7,
    "arrest": 0.8,
    "launch": 0.6,
    "promise": 0.7,
    "plan": 0.7,
    "demand": 0.6,
    "condition": 0.5,
    "talks": 0.6,
    "denial": 0.7,
}
"""How much a fact of this kind adds to what a reader knows; what is not here counts as OTHER."""
WORTH_OF_OTHER_FACT = 0.4
WORTH_OF_QUOTE = 0.6
FULL_QUOTE_TERMS = 7
"""Telling terms of a quote that says something; fewer are a sigh ("I can't put it into words")."""
UNNAMED_QUOTE = 0.6
MIDDLE_OF_QUOTE = 0.5
WORTH_OF_FIGURE = 0.35
WORTH_OF_DATE = 0.3
WORTH_OF_NUMBER = 0.25
"""A number of which no figure was made; most count something all the same."""
HANDFUL = 10
LEANING = 0.4
UNBALANCED = 0.6
"""A sentence that is a part of a longer quote."""

_LEANING = word_set(
    "it its he she they them his her their this that these those but and so such there then "
    "both another others one meanwhile instead also however still yet or nor here"
)
"""A sentence that begins so leans on the one before it."""
_DAYS = (Grain.DAY, Grain.TIME, Grain.INTERVAL, Grain.MONTH)
_CLOSES = ".!?…\"'”’)»"


@dataclass(frozen=True, slots=True)
class Told:
    """A sentence as a digest may tell it."""

    paper: Paper
    n: int
    span: Span
    terms: frozenset[str]
    """Its telling terms."""
    news: frozenset[Hashable]
    """What it tells: facts, figures, dates and words of somebody, each as a key."""
    worth: float
    alone: float
    """How well it stands where nobody says who speaks, 0-1."""
    quote: Quote | None = None
    fact: Fact | None = None
    figure: Fact | None = None
    date: DateMention | None = None

    @property
    def text(self) -> str:
        return self.span.of(self.paper.article.text)


def read_sentences(paper: Paper) -> list[Told]:
    """The sentences of an article's body that may stand in a digest, in order."""
    article, findings = paper.article, paper.findings
    body = body_start(paper)
    found = []
    for n, span in enumerate(findings.sentences[:SENTENCES_READ]):
        if n < body or not stands_whole(span.of(article.text)):
            continue
        found.append(_read(paper, n, span))
    return found


def body_start(paper: Paper) -> int:
    """The number of the first sentence behind headline and standfirst."""
    article = paper.article
    head = [_bare(words) for words in (article.title, article.standfirst) if words]
    for n, span in enumerate(paper.findings.sentences[:HEAD_SENTENCES]):
        words = _bare(span.of(article.text))
        if words and not any(words in line for line in head):
            return n
    return 0


def _bare(words: str) -> str:
    """`words` for comparing: folded, without the marks at the ends."""
    return fold(" ".join(words.split())).strip(" .,:;!?…\"'“”‘’")


def stands_whole(text: str) -> bool:
    """Whether a sentence has an end, is no scrap and no list."""
    text = text.strip()
    return (
        len(text) <= MOST_CHARS
        and text[-1:] in _CLOSES
        and len(text.split()) >= FEWEST_WORDS
        and "\n" not in text
    )


def _read(paper: Paper, n: int, span: Span) -> Told:
    text = paper.article.text
    findings = paper.findings
    quote = max(
        (q for q in findings.quotes if _is_of(q, span) and q.confidence >= SURE_QUOTE),
        key=lambda q: (bool(q.speaker and q.speaker.name), q.confidence),
        default=None,
    )
    facts = [f for f in findings.facts if span.covers(f.span) and f.confidence >= SURE_FACT]
    figures = [f for f in facts if f.kind == "figure" and _counts_much(f)]
    facts = [f for f in facts if f.kind != "figure"]
    dates = [d for d in findings.dates if span.covers(d.span) and _tells(d, paper)]
    terms = telling_terms(span.of(text))
    news: set[Hashable] = set()
    worth = 0.0
    if quote is not None and quote.speaker is not None:
        news.add(("said", fold_name(quote.speaker.name or quote.speaker.span.of(text)), n))
        worth += WORTH_OF_QUOTE * _weight_of_quote(quote, span, terms)
    best = max(facts, key=_worth_of_fact, default=None)
    for fact in facts:
        news.add((fact.kind, fact.status, " ".join(sorted(telling_terms(fact.object or "")))))
    if best is not None:
        worth += _worth_of_fact(best)
    for fact in figures:
        if (figure := fact.figure) is not None:
            news.add(("figure", figure.value, figure.unit, counted(figure.of)))
    numbers = _bare_numbers(span, paper) if not figures else set()
    news |= {("number", number) for number in numbers}
    worth += WORTH_OF_NUMBER * bool(numbers)
    worth += WORTH_OF_FIGURE * min(len(figures), 2) + WORTH_OF_DATE * bool(dates)
    for mention in dates:
        news.add(("date", mention.value))
    alone = _standing(text[span.start : span.end])
    is_told_whose = quote is not None and quote.speaker is not None and bool(quote.speaker.name)
    standing = alone if not is_told_whose else max(alone, UNBALANCED)
    return Told(
        paper,
        n,
        span,
        terms,
        frozenset(news),
        worth * standing,
        alone,
        quote,
        best,
        figures[0] if figures else None,
        dates[0] if dates else None,
    )


def _bare_numbers(span: Span, paper: Paper) -> set[str]:
    """The numbers of a sentence that stand in no date."""
    dates = [d.span for d in paper.findings.dates if span.covers(d.span)]
    return {
        word.term
        for word in find_words(span.of(paper.article.text))
        if word.term[0].isdigit()
        and not any(
            d.overlaps(Span(span.start + word.span.start, span.start + word.span.end))
            for d in dates
        )
    }


def _counts_much(fact: Fact) -> bool:
    """Whether a figure is worth telling: a unit, or more than a handful ("three empty boxes")."""
    return fact.figure is not None and (
        fact.figure.unit is not None or abs(fact.figure.value) >= HANDFUL
    )


def _is_of(quote: Quote, span: Span) -> bool:
    """Whether a quote is said in this sentence, not only in the next."""
    return quote.polarity is not Polarity.HYPOTHETICAL and any(
        span.overlaps(content) for content in quote.content
    )


def _weight_of_quote(quote: Quote, span: Span, terms: frozenset[str]) -> float:
    """How much a quote says by itself, 0-1: a named speaker, enough words, and not the middle of
    a longer one."""
    assert quote.speaker is not None
    weight = min(1.0, len(terms) / FULL_QUOTE_TERMS)
    if not quote.speaker.name:
        weight *= UNNAMED_QUOTE
    if not span.overlaps(quote.speaker.span):
        weight *= MIDDLE_OF_QUOTE
    return weight


def _worth_of_fact(fact: Fact) -> float:
    return WORTH_OF_FACT.get(fact.kind, WORTH_OF_OTHER_FACT) * fact.confidence


def _tells(mention: DateMention, paper: Paper) -> bool:
    """Whether a date is more than the day of the report."""
    if mention.value is None or mention.grain not in _DAYS or mention.how == "dateline":
        return False
    day = paper.article.day
    return day is None or mention.value[:10] != day.isoformat()


def counted(of: str | None) -> str:
    """What a figure counts, as one term ("cancelled trains" is "train")."""
    return " ".join(terms_of(of or "")[-1:])


def _standing(text: str) -> float:
    """How well a sentence stands alone, 0-1."""
    words = fold(text[:60]).split()
    first = words[0].strip("\"'“”‘’(,") if words else ""
    if first in _LEANING:
        return LEANING
    if text.count("“") != text.count("”") or text.count('"') % 2:
        return UNBALANCED
    return 1.0
