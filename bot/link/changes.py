"""Tells what changed from one version of an article to another: quotes, figures, dates, fields."""

from __future__ import annotations

import re
from collections import Counter
from collections.abc import Iterator
from datetime import date

from bot.model import Article, Change, ChangeKind, Changes, Findings, Span
from bot.text.similar import Stretch, differing_stretches, similarity

SAME_SENTENCE = 50.0
"""Similarity (0–100) from which a sentence in an old one's place is that one reworded."""
MOST_PAIRED = 60
"""Sentences of one changed stretch that are compared with one another; more are a new text."""
_COMPARED_CHARS = 600

_FIELDS = ("title", "source", "author", "published", "url", "section", "standfirst")

_FIGURE = re.compile(
    r"(?<!\w)[$€£¥]?\d+(?:[.,:]\d+)*(?:[ \u00a0]?(?:%|percent\b|per cent\b))?"
    r"(?:[ \u00a0](?:thousand|million|billion|trillion)\b)?"
    r"|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen"
    r"|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|thirty|forty|fifty|sixty|seventy|eighty"
    r"|ninety|hundreds?|thousands?|millions?|billions?|dozens?|half|third|quarter|double)"
    r"(?:-(?:one|two|three|four|five|six|seven|eight|nine))?\b",
    re.IGNORECASE,
)


class _Side:
    """One version: its sentences as they are compared, and what each of them holds."""

    def __init__(self, article: Article, findings: Findings) -> None:
        self.text = article.text
        self.findings = findings
        self.sentences = list(findings.sentences)
        self.lines = [" ".join(s.of(self.text).split()) for s in self.sentences]

    def quotes(self, span: Span) -> tuple[str, ...]:
        """What is quoted in the sentence at `span`, as printed."""
        contents = (content for quote in self.findings.quotes for content in quote.content)
        return tuple(c.of(self.text) for c in sorted(contents) if span.covers(c))

    def dates(self, span: Span) -> tuple[str, ...]:
        """The dates in the sentence at `span`, as printed."""
        return tuple(d.span.of(self.text) for d in self.findings.dates if span.covers(d.span))

    def figures(self, span: Span) -> tuple[str, ...]:
        """The figures in the sentence at `span` that belong to no date, as printed."""
        dates = [d.span for d in self.findings.dates if d.span.overlaps(span)]
        return tuple(
            found.group()
            for found in _FIGURE.finditer(self.text, span.start, span.end)
            if not any(Span(*found.span()).overlaps(d) for d in dates)
        )


def compare_versions(
    old: Article, old_findings: Findings, new: Article, new_findings: Findings
) -> Changes:
    """What `new` tells differently from `old`, an older version of the same article."""
    before, after = _Side(old, old_findings), _Side(new, new_findings)
    changes = list(_changed_fields(old, new))
    for stretch in differing_stretches(before.lines, after.lines):
        for place, other in _pairs(before, after, stretch):
            changes += _changed_sentence(before, place, after, other)
    return Changes(old.id, old.version, new.version, tuple(changes))


def _changed_fields(old: Article, new: Article) -> Iterator[Change]:
    for name in _FIELDS:
        was, now = getattr(old, name), getattr(new, name)
        if was != now:
            yield Change(ChangeKind.FIELD, _told(was), _told(now), field=name)


def _told(value: str | date | None) -> tuple[str, ...]:
    if value is None:
        return ()
    return (value.isoformat() if isinstance(value, date) else value,)


def _pairs(
    before: _Side, after: _Side, stretch: Stretch
) -> Iterator[tuple[Span | None, Span | None]]:
    """The sentences of a changed stretch, each with the one it became, in order; None for one
    that is new or gone."""
    old = list(range(stretch.old_start, stretch.old_end))
    new = list(range(stretch.new_start, stretch.new_end))
    became: dict[int, int] = {}
    if len(old) <= MOST_PAIRED and len(new) <= MOST_PAIRED:
        scored = sorted(
            (
                -similarity(before.lines[i][:_COMPARED_CHARS], after.lines[j][:_COMPARED_CHARS]),
                i,
                j,
            )
            for i in old
            for j in new
        )
        taken: set[int] = set()
        for score, i, j in scored:
            if -score >= SAME_SENTENCE and i not in became and j not in taken:
                became[i] = j
                taken.add(j)
    reached = {j: i for i, j in became.items()}
    for i in old:
        if i not in became:
            yield before.sentences[i], None
    for j in new:
        i_or_none = reached.get(j)
        yield (before.sentences[i_or_none] if i_or_none is not None else None), after.sentences[j]


def _changed_sentence(
    before: _Side, place: Span | None, after: _Side, other: Span | None
) -> Iterator[Change]:
    """What a sentence and the one that it became tell differently; its wording, where nothing
    else changed."""
    found = False
    for kind, old_of, new_of in (
        (ChangeKind.QUOTE, before.quotes, after.quotes),
        (ChangeKind.FIGURE, before.figures, after.figures),
        (ChangeKind.DATE, before.dates, after.dates),
    ):
        was = old_of(place) if place else ()
        now = new_of(other) if other else ()
        gone, come = _without(was, now), _without(now, was)
        if gone or come:
            found = True
            yield Change(kind, gone, come, place, other)
    if not found:
        was = (place.of(before.text),) if place else ()
        now = (other.of(after.text),) if other else ()
        yield Change(ChangeKind.WORDING, was, now, place, other)


def _without(some: tuple[str, ...], others: tuple[str, ...]) -> tuple[str, ...]:
    """`some` less `others`, each as often as it stands there."""
    left = Counter(others)
    kept: list[str] = []
    for item in some:
        if left[item]:
            left[item] -= 1
        else:
            kept.append(item)
    return tuple(kept)
