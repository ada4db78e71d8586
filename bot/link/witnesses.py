"""Every report of one event: who tells it, when, and with which figures."""

from __future__ import annotations

from collections.abc import Iterable
from dataclasses import dataclass

from bot.link.events import EVENT_DAYS, Report, is_one_event
from bot.link.matters import (
    Telling,
    find_articles_on,
    shared,
    telling_of,
    tellings_of,
    weight_of,
)
from bot.model import Article, Fact, Findings, Span
from bot.store.store import Store
from bot.text.tables import word_set
from bot.text.words import find_words

WITNESS_DAYS = 7
"""Reports of one event stand at most so many days apart: figures are corrected for some days."""
SAME_EVENT = 0.5
"""Least share (0-1) of the shorter sentence's telling words that both hold, to tell one event."""
FEWEST_TERMS = 3
"""Telling words that both sentences hold themselves, besides names and roles."""
SAME_FOUND = 0.35
"""The share that is enough where a finding says that it is one event;"""
FEWEST_FOUND = 2
"""… and the words besides names."""
SAME_COUNTED = 0.25
"""The share that is enough where both count one thing that not everything is counted in."""
FEWEST_RARE = 3
"""Names and rare words of both articles' heads: so many make it one story, so that what both count
(the dead, the moved) is one thing."""
MOST_WITNESSES = 12

_COUNTED_OFTEN = word_set(
    "peopl person man men woman women crown dollar euro pound rubl cent percent per million "
    "billion day hour week month year time vote member"
)


@dataclass(frozen=True, slots=True)
class Told:
    """A figure that an event is told with, as printed, and who tells it so, newest first."""

    value: float
    words: str
    by: tuple[Telling, ...]


@dataclass(frozen=True, slots=True)
class Witnesses:
    """All reports of one event, the newest first, with the figures that they give."""

    tellings: tuple[Telling, ...]
    figures: tuple[Told, ...]

    @property
    def outlets(self) -> int:
        """How many outlets tell it."""
        return len({t.article.source for t in self.tellings if t.article.source})

    @property
    def differ(self) -> bool:
        """Whether the reports give different figures for one thing."""
        return len(self.figures) > 1


def find_witnesses(store: Store, article: Article, findings: Findings, span: Span) -> Witnesses:
    """Every report of what the sentence at `span` tells, that one included."""
    first = telling_of(article, findings, span)
    found = [first]
    for other, its_findings in find_articles_on(store, first):
        if not _near(article, other):
            continue
        alike = [(how_alike(first, t), t) for t in tellings_of(other, its_findings)]
        score, best = max(alike, key=lambda pair: pair[0], default=(0.0, first))
        if score > 0:
            found.append(best)
    chosen = found[:MOST_WITNESSES]
    newest = sorted(chosen, key=lambda t: _moment(t.article), reverse=True)
    return Witnesses(tuple(newest), _figures(first, newest))


def is_reported_widely(first: Telling, others: Iterable[Telling]) -> bool:
    """Whether any of `others` tells what `first` tells."""
    return any(how_alike(first, other) > 0 for other in others)


def how_alike(a: Telling, b: Telling) -> float:
    """How surely two sentences of two articles tell one event; 0 where it is not sure.

    Names alone make no event: who is in the news says many things in a week.
    """
    if a.article.key == b.article.key or not _near(a.article, b.article):
        return 0.0
    both = a.terms & b.terms
    deeds = both - a.names - b.names - _COUNTED_OFTEN
    least = min(sum(map(weight_of, a.terms)), sum(map(weight_of, b.terms)))
    if not least:
        return 0.0
    alike = sum(map(weight_of, both)) / least
    rare = len(_rare(a, b))
    if _one_count(a, b) and is_one_story(a, b):
        return 1.0 + alike
    if counted := counted_alike(a, b) - _COUNTED_OFTEN:
        # The headline tells what a short sentence with a figure leaves out.
        enough = rare and len(shared(a, b)) >= FEWEST_TERMS and alike >= SAME_COUNTED
        if enough and deeds - counted:
            return 1.0 + alike
    if len(deeds) >= FEWEST_FOUND and alike >= SAME_FOUND and _one_finding(a, b):
        return 1.0 + alike
    return alike if len(deeds) >= FEWEST_TERMS and alike >= SAME_EVENT else 0.0


def may_be_one_event(a: Telling, b: Telling) -> bool:
    """Whether two sentences that answer one question may speak of one event: they say much the
    same, or their articles are one story."""
    return _near(a.article, b.article) and (
        len(a.terms & b.terms) >= FEWEST_TERMS or is_one_story(a, b)
    )


def is_one_story(a: Telling, b: Telling) -> bool:
    """Whether two sentences belong to one story: by names and rare words of both articles' heads,
    of which one is enough in the sentences of articles that come right after one another."""
    rare, told = _rare(a, b), shared(a, b)
    if not _near(a.article, b.article):
        return False
    if len(rare) >= FEWEST_RARE or (len(rare) > 1 and len(told) >= FEWEST_TERMS):
        return True
    return bool(rare & told) and _near(a.article, b.article, EVENT_DAYS)


def _rare(a: Telling, b: Telling) -> frozenset[str]:
    return frozenset(t for t in a.story & b.story if weight_of(t) == 1.0)


def _one_count(a: Telling, b: Telling) -> bool:
    """Whether both count one thing, by the words that say what happened to it."""
    return any(x.matter == y.matter and x.noun == y.noun for x in a.counts for y in b.counts)


def counted_alike(a: Telling, b: Telling) -> frozenset[str]:
    """The terms of what both sentences count."""
    return frozenset(
        term
        for x in a.facts
        if x.kind == "figure"
        for y in b.facts
        if y.kind == "figure"
        for term in _counts_same(x, y)
    )


def _counts_same(x: Fact, y: Fact) -> frozenset[str]:
    """The terms of what both figures count; empty where they count different things."""
    if x.figure is None or y.figure is None or x.figure.unit != y.figure.unit:
        return frozenset()
    return _counted(x) & _counted(y)


def _counted(fact: Fact) -> frozenset[str]:
    words = find_words(fact.figure.of or "") if fact.figure is not None else []
    return frozenset(w.term for w in words if not w.is_stop)


def _one_finding(a: Telling, b: Telling) -> bool:
    return any(
        is_one_event(_report(a, x), _report(b, y))
        for x in a.facts
        if x.kind != "figure"
        for y in b.facts
        if y.kind != "figure" and y.kind == x.kind
    )


def _report(telling: Telling, fact: Fact) -> Report:
    return Report(telling.article.id, telling.article.source, telling.day, fact)


def _figures(first: Telling, tellings: Iterable[Telling]) -> tuple[Told, ...]:
    """The figures that count what the first sentence counts, newest first; equal ones are one."""
    told: dict[float, list[Telling]] = {}
    words: dict[float, str] = {}
    for telling in tellings:
        value, printed = _count_in(telling, first) or _figure_in(telling, first) or (0.0, "")
        if printed:
            told.setdefault(value, []).append(telling)
            words.setdefault(value, printed)
    return tuple(Told(value, words[value], tuple(by)) for value, by in told.items())


def _count_in(telling: Telling, first: Telling) -> tuple[float, str] | None:
    keys = {(c.matter, c.noun) for c in first.counts}
    return next(
        ((c.value, c.words) for c in telling.counts if (c.matter, c.noun) in keys),
        None,
    )


def _figure_in(telling: Telling, first: Telling) -> tuple[float, str] | None:
    if first.counts:
        return None
    for fact in telling.facts:
        if fact.kind == "figure" and fact.figure is not None and fact.object:
            for own in first.facts:
                if own.kind == "figure" and _counts_same(fact, own) - _COUNTED_OFTEN:
                    return fact.figure.value, fact.object
    return None


def _near(a: Article, b: Article, days: int = WITNESS_DAYS) -> bool:
    return a.day is None or b.day is None or abs((a.day - b.day).days) <= days


def _moment(article: Article) -> str:
    return article.published.isoformat() if article.published is not None else ""
