"""What is set beside a story's lead: counts that differ, and the promise that it came of."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace
from datetime import date

from bot.digest.choosing import Memory
from bot.digest.interest import Condition, meets
from bot.digest.result import Line, LineKind
from bot.digest.sentences import body_start
from bot.digest.window import Paper, Window, read_papers
from bot.link.counts import Count, Difference, find_counts, find_differences, find_replaced
from bot.link.promises import Promise, find_announcement, find_promises
from bot.locales import _
from bot.locales.days import spoken_day_and_month
from bot.model import Article
from bot.store.store import Store
from bot.text.novelty import telling_terms

OLDER_READ = 10
"""Articles of a story from before the window, and others that may hold a corrected figure."""
VALUES_SHOWN = 3


def find_story_differences(
    store: Store,
    window: Window,
    condition: Condition,
    group: Sequence[Paper],
    members: Sequence[Article],
) -> list[Difference]:
    """What the articles of a story count differently, where the newest count is a new article's;
    among them the counts that it takes back."""
    new = {p.article.key for p in group}
    older = _readable(store, condition, [a for a in members if a.key not in new][-OLDER_READ:])
    counts = {p.article.key: _counts(p) for p in (*older, *group)}
    found = [
        d
        for d in find_differences(c for key in counts for c in counts[key])
        if d.counts[0].article.key in new
    ]
    for key in new:
        for count in counts[key]:
            if count.replaces and (taken := _taken_back(store, window, condition, count)):
                found = [d for d in found if d.matter != taken.matter]
                found.append(taken)
    return found


def find_story_promise(
    store: Store, condition: Condition, group: Sequence[Paper], lead: Line
) -> Line | None:
    """A line for what had been promised or announced of that which the new articles of a story
    tell, or its lead."""
    found: Promise | None = None
    for paper in group:
        found = next(iter(find_promises(store, paper.article, paper.findings)), None)
        if found is not None:
            break
    if found is None:
        paper = next(p for p in group if p.article.key == lead.article.key)
        found = find_announcement(store, paper.article, paper.findings, lead.span)
    if found is None or not _readable(store, condition, [found.article]):
        return None
    note = _("Promised") if found.is_vow else _("Announced")
    return Line(found.article, found.sentence, LineKind.PROMISE, found.speaker, note=note)


def add_differences(
    chosen: list[Line], differences: Sequence[Difference], memory: Memory, *, most: int
) -> None:
    """Put the counts that differ into `chosen`, each value once: as a note to a line that is
    there, as a line of its own while there is room, or as words in the note of the newest."""
    for difference in differences:
        by_value: dict[float, list[Count]] = {}
        for count in difference.counts:
            by_value.setdefault(count.value, []).append(count)
        shown: list[int] = []
        untold: list[Count] = []
        for value in list(by_value)[:VALUES_SHOWN]:
            count, *same = by_value[value]
            known = [c for c in by_value[value] if memory.knows_words(*_words(c))]
            at = _place(chosen, by_value[value])
            if at is not None:
                chosen[at] = replace(chosen[at], note=_noted(chosen[at], by_value[value]))
                shown.append(at)
            elif len(chosen) < most and not known:
                also = tuple(c.article for c in same)
                line = Line(count.article, count.sentence, LineKind.DIFFERS, also=also)
                chosen.append(replace(line, note=count.words))
                memory.add_words(_words(count)[0])
                shown.append(len(chosen) - 1)
            else:
                untold.append(known[0] if known else count)
        if shown and untold:
            told = "; ".join(f"{_outlet(c)}: {c.words}" for c in untold)
            first = chosen[shown[0]]
            chosen[shown[0]] = replace(first, note=f"{first.note}; {told}")


def _taken_back(
    store: Store, window: Window, condition: Condition, count: Count
) -> Difference | None:
    forms = [form for v in count.replaces for form in (f"{v:,.0f}", f"{v:.0f}")]
    holding = [
        article
        for article in window.articles.values()
        if article.key != count.article.key and any(form in article.text for form in forms)
    ]
    papers = _readable(store, condition, holding[-OLDER_READ:])
    return find_replaced(count, [(p.article, _counts(p)) for p in papers])


def _readable(store: Store, condition: Condition, articles: Sequence[Article]) -> list[Paper]:
    """The articles that hold none of the words to leave out."""
    bare = Condition(condition.kind, without=condition.without)
    return [p for p in read_papers(store, articles).values() if meets(bare, p.seen)]


def _counts(paper: Paper) -> list[Count]:
    """The counts in an article's body: a headline is no sentence to quote."""
    body = paper.findings.sentences[body_start(paper) :]
    first = body[0].start if body else 0
    return [c for c in find_counts(paper.article, paper.findings) if c.sentence.start >= first]


def _place(chosen: Sequence[Line], counts: Sequence[Count]) -> int | None:
    """Which line is one of these counts."""
    places = {(c.article.key, c.sentence) for c in counts}
    return next(
        (n for n, line in enumerate(chosen) if (line.article.key, line.span) in places), None
    )


def _noted(line: Line, counts: Sequence[Count]) -> str:
    count = next(c for c in counts if (c.article.key, c.sentence) == (line.article.key, line.span))
    return count.words


def _words(count: Count) -> tuple[str, frozenset[str]]:
    text = count.sentence.of(count.article.text)
    return text, telling_terms(text)


def _outlet(count: Count) -> str:
    """Outlet and day of a count ("Nordwire, 15 Mar")."""
    day: date | None = count.article.day
    outlet = count.article.source or _("another report")
    return f"{outlet}, {spoken_day_and_month(day)}" if day is not None else outlet
