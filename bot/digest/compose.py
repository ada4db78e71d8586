"""From articles of a window to a digest: stories of an interest, each thing said once."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Hashable, Sequence
from datetime import UTC, date, datetime, timedelta

from bot.digest.beside import add_differences, find_story_differences, find_story_promise
from bot.digest.choosing import PAPERS_READ, Brief, Memory, choose_lead, choose_more, find_fitting
from bot.digest.interest import (
    Condition,
    Interest,
    InterestKind,
    condition_of,
    fold_outlet,
    is_about,
    is_in_headline,
    meets,
    searched_terms,
)
from bot.digest.people import find_bearers
from bot.digest.result import LIMITS, Digest, Length, Line, Story, parse_told, told_key
from bot.digest.window import Paper, Window, WindowDesk, is_before, read_papers
from bot.errors import ArticleNotFoundError
from bot.model import Article, Span
from bot.store.articles import find_days, get_article, get_versions
from bot.store.findings import get_findings_of
from bot.store.search import find_versions_with
from bot.store.store import Store
from bot.text.names import fold_name

WHOLE_STORIES = (InterestKind.EVERYTHING, InterestKind.TOPIC, InterestKind.OUTLET)
"""Who follows a person, a phrase or a question wants just that, not what stands beside it."""
DAYS_PLOTTED, MOST_DAYS_PLOTTED = 7, 31
PROMISES_KEPT = 1_000
TOLD_LOADED = 600
"""So many told sentences are compared by their words, the latest; all others by their mark."""
FULL_CHARS = 2_000
"""An article of this length is full; a longer one is longer, not fuller."""
DAY_CHARS = 150
"""Characters that a day newer counts for: a week later the story is another one."""
WORTH_OF_FINDING = 40
"""Characters that one quote or sure fact counts for when articles are compared by fullness."""


class Digests:
    """Composes digests over one store; what several share is read once."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._desk = WindowDesk(store)
        self._promises: dict[tuple[Hashable, ...], Line | None] = {}

    def compose(
        self,
        what: Interest,
        since: datetime,
        until: datetime,
        *,
        length: Length = Length.MEDIUM,
        already: Collection[str] = (),
        answers: Sequence[tuple[int, Span]] = (),
    ) -> Digest:
        """What came from `since` up to `until` that meets the interest, most told story first.

        `already` are the told keys of earlier digests: nothing in them is told again. A saved
        question is met by its `answers`, as the answer room places them (version, place).
        """
        window = self._desk.open(since, until)
        condition = condition_of(what)
        papers = self._find_papers(window, condition, answers)
        people: set[tuple[int, str]] = set()
        if what.kind is InterestKind.PERSON and papers:
            people = find_bearers(self._store, what.text, [*papers.values()])
            papers = {k: p for k, p in papers.items() if any((k, n) in people for n in _names(p))}
        told = load_told(self._store, already)
        memory = Memory.of(frozenset(already), told)
        before = {article.id for article in told.values()}
        before |= self._learn_older(window, papers, memory, before)
        met = len(papers)
        papers = {key: p for key, p in papers.items() if key not in told}
        limits = LIMITS[length]
        stories: list[Story] = []
        left_out = lines = 0
        for group in _ordered(window, papers, condition):
            room = min(limits.lines_of_story, limits.lines - lines)
            if len(stories) >= limits.stories or room <= 0:
                left_out += 1
                continue
            members = _members(window, group)
            brief = Brief(
                group,
                condition,
                {name for key, name in people if key in {p.article.key for p in group}},
                answers,
                is_update=bool(before & {a.id for a in members}),
            )
            if chosen := self._lines(window, brief, members, memory, room):
                stories.append(_story(window, brief, members, chosen))
                lines += len(chosen)
        return Digest(
            what,
            since,
            until,
            tuple(stories),
            left_out,
            met,
            self._days(condition, since, until) if stories else (),
            _told_by(stories),
        )

    def _days(
        self, condition: Condition, since: datetime, until: datetime
    ) -> tuple[tuple[date, int], ...]:
        """How many articles with the words of `condition` each day of the window had, of a week
        at least and a month at most."""
        last = (until.astimezone(UTC) - timedelta(microseconds=1)).date()
        if condition.outlet or condition.fewest or last.toordinal() <= MOST_DAYS_PLOTTED:
            return ()
        wide = (last - since.astimezone(UTC).date()).days + 1
        count = min(max(wide, DAYS_PLOTTED), MOST_DAYS_PLOTTED)
        days = [last - timedelta(days=n) for n in reversed(range(count))]
        terms = searched_terms(condition)
        holding = find_versions_with(self._store, terms) if terms else None
        found = find_days(self._store, days[0], last)
        counts = Counter(day for day, key in found if holding is None or key in holding)
        return tuple((day, counts[day]) for day in days)

    def _learn_older(
        self, window: Window, papers: dict[int, Paper], memory: Memory, before: Collection[str]
    ) -> set[str]:
        """The ids of the articles of which only a new version is news; `memory` learns what the
        older one said."""
        found = set()
        for paper in papers.values():
            article = paper.article
            if article.version == 1:
                continue
            if article.id not in before and not is_before(article, window.since):
                continue
            try:
                older = get_article(self._store, article.id, article.version - 1)
            except ArticleNotFoundError:
                continue
            for sentence in get_findings_of(self._store, [older.key])[older.key].sentences:
                memory.add_words(sentence.of(older.text))
            found.add(article.id)
        return found

    def _lines(
        self,
        window: Window,
        brief: Brief,
        members: Sequence[Article],
        memory: Memory,
        room: int,
    ) -> list[Line]:
        """The lines of one story: its lead, what was promised of it, what is counted differently,
        and what else is new."""
        fitting = find_fitting(brief)
        lead = choose_lead(brief, fitting, memory)
        if lead is None:
            return []
        chosen = [lead]
        condition, group = brief.condition, brief.papers
        if condition.kind in WHOLE_STORIES:
            promise = self._promise(condition, group, lead) if room > 1 else None
            if promise is not None and not memory.holds(promise.text):
                chosen.append(promise)
                memory.add_words(promise.text)
            differences = find_story_differences(self._store, window, condition, group, members)
            add_differences(chosen, differences, memory, most=room)
        return [*chosen, *choose_more(brief, fitting, memory, chosen, most=room - len(chosen))]

    def _promise(self, condition: Condition, group: Sequence[Paper], lead: Line) -> Line | None:
        """What had been promised of a story, looked up once for all who read the same."""
        asked = (lead.key, *(p.article.key for p in group[:PAPERS_READ]), condition.without)
        if asked not in self._promises:
            if len(self._promises) >= PROMISES_KEPT:
                self._promises.clear()
            self._promises[asked] = find_story_promise(
                self._store, condition, group[:PAPERS_READ], lead
            )
        return self._promises[asked]

    def _find_papers(
        self, window: Window, condition: Condition, answers: Sequence[tuple[int, Span]]
    ) -> dict[int, Paper]:
        """The new articles that meet `condition`, by their numbers."""
        fresh = [window.articles[key] for key in window.fresh]
        if condition.kind is InterestKind.QUESTION:
            answering = {key for key, _ in answers}
            fresh = [a for a in fresh if a.key in answering]
        if condition.outlet:
            fresh = [a for a in fresh if fold_outlet(a.source or "") == condition.outlet]
        elif terms := searched_terms(condition):
            holding = find_versions_with(self._store, terms)
            fresh = [a for a in fresh if a.key in holding]
        papers = read_papers(self._store, fresh)
        if condition.kind is InterestKind.QUESTION:
            condition = Condition(condition.kind, without=condition.without)
        return {k: p for k, p in papers.items() if meets(condition, p.seen)}


def compose_digest(
    store: Store,
    what: Interest,
    since: datetime,
    until: datetime,
    *,
    length: Length = Length.MEDIUM,
    already: Collection[str] = (),
) -> Digest:
    """What came into `store` from `since` up to `until` that meets the interest.

    Composing many at one time goes quicker with `Digests`.
    """
    return Digests(store).compose(what, since, until, length=length, already=already)


def _names(paper: Paper) -> Sequence[str]:
    return [fold_name(name) for name in paper.seen.people]


def load_told(store: Store, already: Collection[str]) -> dict[int, Article]:
    """The articles of the told sentences, the latest of them."""
    parsed = [p for p in map(parse_told, already) if p is not None]
    versions = sorted({version for version, _, _ in parsed}, reverse=True)[:TOLD_LOADED]
    return get_versions(store, versions) if versions else {}


def _ordered(window: Window, papers: dict[int, Paper], condition: Condition) -> list[list[Paper]]:
    """The papers of each story, the fullest first; the story that most outlets tell first."""
    groups = [[papers[key] for key in story if key in papers] for story in window.stories]
    groups = [
        sorted(group, key=lambda p: (not is_about(condition, p.seen), -_leading(p)))
        for group in groups
        if group
    ]

    def weight(group: list[Paper]) -> tuple[bool, bool, int, int, str]:
        outlets = {p.article.source for p in group}
        newest = max((p.article.published or p.article.added).isoformat() for p in group)
        return (
            any(is_about(condition, p.seen) for p in group),
            any(is_in_headline(condition, p.seen) for p in group),
            len(outlets),
            len(group),
            newest,
        )

    return sorted(groups, key=weight, reverse=True)


def fullness(paper: Paper) -> float:
    """How much an article tells: its length, up to a point, and what was found in it."""
    found = len(paper.findings.quotes) + len(paper.findings.facts)
    return min(len(paper.article.text), FULL_CHARS) + WORTH_OF_FINDING * found


def _leading(paper: Paper) -> float:
    """How well an article leads its story: it is full, and the newer of two as full."""
    day = paper.article.day or paper.article.added.date()
    return fullness(paper) + DAY_CHARS * day.toordinal()


def _story(
    window: Window, brief: Brief, members: Sequence[Article], lines: Sequence[Line]
) -> Story:
    fresh = set(window.fresh)
    days = [a.day for a in members if a.day and a.key not in fresh]
    return Story(
        lines=tuple(lines),
        articles=tuple(p.article for p in brief.papers),
        is_update=brief.is_update,
        since=min(days, default=None),
    )


def _members(window: Window, group: Sequence[Paper]) -> list[Article]:
    """All articles of the story that `group` is a part of, older ones among them."""
    keys = {p.article.key for p in group}
    return [window.articles[k] for story in window.stories if keys & {*story} for k in story]


def _told_by(stories: Sequence[Story]) -> tuple[str, ...]:
    """The told keys of the lines, and of the articles that were told with them."""
    lines = [line.key for story in stories for line in story.lines]
    held = {line.article.key for story in stories for line in story.lines}
    others = [a.key for story in stories for a in story.articles if a.key not in held]
    return (*lines, *(told_key(key, Span(0, 0), "") for key in others))
