"""The articles of a window of time, and which of them belong to one story."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta

from bot.digest.interest import Seen
from bot.link.stories import WINDOW_DAYS, Sketch, group_stories, sketch
from bot.model import Article, Findings, NameKind
from bot.store.articles import find_added, find_window, get_versions
from bot.store.findings import get_findings_of
from bot.store.search import get_sentences
from bot.store.store import Store

LATE_DAYS = 2
"""What came in during the window counts as new when it was published at most so long before:
feeds deliver late, but an archive that is put in is no news."""
UPDATE_DAYS = 7
"""A new version of an article is news for so long after its publication."""
SKETCHES_KEPT = 4_000
"""Of so many articles it is remembered what they are about; a busy week has fewer."""


@dataclass(frozen=True, slots=True)
class Paper:
    """An article with all that a digest looks at."""

    article: Article
    findings: Findings
    seen: Seen


@dataclass(frozen=True, slots=True)
class Window:
    """The articles from some days before `since` up to `until`, and their stories."""

    articles: dict[int, Article]
    fresh: tuple[int, ...]
    """Those that are new since `since`, in order of publication."""
    stories: tuple[tuple[int, ...], ...]
    """The numbers of the articles of each story that has a new one, in order of publication."""
    since: datetime
    until: datetime


class WindowDesk:
    """Opens windows on one store; the last one stays open, for the next digest of that hour."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._sketches: dict[int, Sketch] = {}
        self._last: tuple[tuple[int, datetime, datetime], Window] | None = None

    def open(self, since: datetime, until: datetime) -> Window:
        """The window from `since` up to `until` (not included)."""
        asked = (self._store.change_count(), since, until)
        last = self._last
        if last is not None and last[0] == asked:
            return last[1]
        window = self._load(since, until)
        self._last = (asked, window)
        return window

    def _load(self, since: datetime, until: datetime) -> Window:
        begin = since.astimezone(UTC).date()
        keys = find_window(
            self._store, _days_before(begin, WINDOW_DAYS), until.astimezone(UTC).date()
        )
        late = find_added(self._store, since, until, not_before=_days_before(begin, UPDATE_DAYS))
        order = list(dict.fromkeys([*keys, *late]))
        held = get_versions(self._store, order)
        articles = {k: held[k] for k in order if k in held and not _is_after(held[k], until)}
        still_news = _days_before(begin, LATE_DAYS)
        came_in = {
            key
            for key in late
            if key in articles
            and (articles[key].version > 1 or (articles[key].day or begin) >= still_news)
        }
        inside = came_in.union(keys)
        articles = {key: a for key, a in articles.items() if key in inside}
        fresh = tuple(
            key
            for key, article in articles.items()
            if key in came_in or _is_in(article.published or article.added, since, until)
        )
        if not fresh:
            return Window(articles, (), (), since, until)
        number = {self._sketch(a).id: key for key, a in articles.items()}
        groups = group_stories([self._sketch(a) for a in articles.values()])
        new = set(fresh)
        stories = (tuple(number[i] for i in group) for group in groups)
        told = tuple(s for s in stories if new & set(s))
        return Window(articles, fresh, told, since, until)

    def _sketch(self, article: Article) -> Sketch:
        known = self._sketches.get(article.key)
        if known is None:
            if len(self._sketches) >= SKETCHES_KEPT:
                self._sketches.clear()
            known = sketch(str(article.key), article.day, article.title, article.text)
            self._sketches[article.key] = known
        return known


def read_papers(store: Store, articles: Sequence[Article]) -> dict[int, Paper]:
    """The articles with what was found in them, by their numbers."""
    keys = [article.key for article in articles]
    if not keys:
        return {}
    findings = get_findings_of(store, keys)
    terms: dict[int, list[tuple[str, ...]]] = {key: [] for key in keys}
    for row in get_sentences(store, keys):
        terms[row.version].append(row.terms)
    return {
        a.key: Paper(a, findings[a.key], see_stored(a, findings[a.key], terms[a.key]))
        for a in articles
    }


def see_stored(article: Article, findings: Findings, terms: Iterable[tuple[str, ...]]) -> Seen:
    """What `article` holds, with the terms of its sentences as the store has them."""
    people = [m.name for m in findings.names if m.kind is NameKind.PERSON]
    return Seen(article.source, article.title, [*terms], people)


def is_before(article: Article, moment: datetime) -> bool:
    """Whether an article was published before `moment`; of a day, whether all of it was."""
    published = article.published
    if published is None:
        return False
    if isinstance(published, datetime):
        return published < moment
    return datetime.combine(published, time(), UTC) + timedelta(days=1) <= moment


def _days_before(day: date, days: int) -> date:
    return day - timedelta(days=days) if day.toordinal() > days else day


def _is_in(moment: date | datetime, since: datetime, until: datetime) -> bool:
    """Whether `moment` lies in the window; a day without a time, whether a part of it does."""
    if isinstance(moment, datetime):
        return since <= moment < until
    begins = datetime.combine(moment, time(), UTC)
    return begins < until and since < begins + timedelta(days=1)


def _is_after(article: Article, until: datetime) -> bool:
    """Whether an article was published when the window had closed."""
    moment = article.published
    if isinstance(moment, datetime):
        return moment >= until
    return moment is not None and datetime.combine(moment, time(), UTC) >= until
