"""Groups articles that tell the same story, so that one event has several witnesses."""

from __future__ import annotations

import math
from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from bot.text.ordinary import ordinary_words
from bot.text.words import STOP_TERMS, term_of, terms_of

LEDE_CHARS = 900
"""How much of an article tells what it is about; later paragraphs bring background in."""
TITLE_WEIGHT = 2.0
"""What a word in the headline weighs beside one in the lede."""
ORDINARY_WEIGHT = 0.5
"""What a word of everyday language weighs beside a name or a rare word."""
WINDOW_DAYS = 5
"""Two articles of one story stand at most so many days apart; a story goes on through others."""
SAME_STORY = 0.36
"""Least similarity (cosine of weighted words, 0-1) of an article to a story's articles on average.
Of 3,500 pairs of two stories in the development store none known to be wrong reaches it."""
SAME_HEADLINE = 0.21
"""The same where the headlines share a name of the day; all pairs of one story but three reach
it."""
OF_THE_DAY = 0.6
"""A name is of the day when so many of the articles with it stand within the window: it came with
the story (a ship, a drug), while a candidate's name is there all year."""
SAME_STORY_OF_FEW = 0.45
"""SAME_STORY among fewer articles than FEWEST_ARTICLES, where it is not known which words are
common: the places of one region would bring its articles together."""
LEAST_SHARED = 3
"""Articles share at least so many telling words, whatever their similarity."""
COMMON_SHARE = 0.25
"""A word in more than this share of the articles brings no two of them together by itself."""
FEWEST_ARTICLES = 60
"""A store smaller than this has no telling word counts; it is treated as if it had so many."""


@dataclass(frozen=True, slots=True)
class Sketch:
    """What an article is about: its terms, each with a weight, and its day."""

    id: str
    day: date | None
    terms: dict[str, float]
    headline: frozenset[str] = frozenset()
    """The rarer terms of the headline: names and words that are not everyday language."""


def sketch(article_id: str, day: date | None, title: str | None, text: str) -> Sketch:
    """The sketch of an article by its headline and the beginning of its text."""
    weights: dict[str, float] = {}
    ordinary = _ordinary_terms()
    head = title or ""
    for words, weight in ((text[:LEDE_CHARS], 1.0), (head, TITLE_WEIGHT)):
        for term, count in Counter(terms_of(words)).items():
            if len(term) < 3 or term in STOP_TERMS:
                continue
            value = weight * (1 + math.log(count))
            if term in ordinary:
                value *= ORDINARY_WEIGHT
            weights[term] = max(weights.get(term, 0.0), value)
    rare = frozenset(t for t in terms_of(head) if t in weights and t not in ordinary)
    return Sketch(article_id, day, weights, rare)


@cache
def _ordinary_terms() -> frozenset[str]:
    return frozenset(term_of(word) for word in ordinary_words())


def group_stories(sketches: Sequence[Sketch]) -> list[tuple[str, ...]]:
    """The ids of the articles of each story, in order of their first article.

    An article joins the story to which it is most similar, when it is similar enough to the
    story as a whole; else it opens one of its own. Articles without a day join by words alone.
    """
    weigh = _Weights(sketches)
    vectors = [weigh.vector(s) for s in sketches]
    order = sorted(
        range(len(sketches)), key=lambda i: (sketches[i].day or date.max, sketches[i].id)
    )
    same_story = SAME_STORY if len(sketches) >= FEWEST_ARTICLES else SAME_STORY_OF_FEW
    stories: list[_Story] = []
    holders: dict[str, list[int]] = defaultdict(list)
    for i in order:
        vector = vectors[i]
        nearby = Counter(
            number for term in weigh.telling(vector) for number in holders.get(term, ())
        )
        best, number_of_best = 0.0, -1
        for number, shared in nearby.items():
            story = stories[number]
            if shared < LEAST_SHARED or not story.is_near(sketches[i].day):
                continue
            score = story.similarity(vector)
            anchor = weigh.anchors(sketches[i]) & story.headline
            if score >= (SAME_HEADLINE if anchor else same_story) and score > best:
                best, number_of_best = score, number
        if number_of_best < 0:
            number_of_best = len(stories)
            stories.append(_Story())
        story = stories[number_of_best]
        for term in weigh.telling(vector):
            if number_of_best not in holders[term]:
                holders[term].append(number_of_best)
        story.add(i, vector, sketches[i].day, weigh.anchors(sketches[i]))
    found = [tuple(sketches[i].id for i in story.members) for story in _merged(stories)]
    place = {s.id: n for n, s in enumerate(sketches)}
    return sorted(found, key=lambda ids: min(place[i] for i in ids))


def same_story(a: Sketch, b: Sketch, all_sketches: Iterable[Sketch]) -> float:
    """How similar two articles are among `all_sketches`, 0-1."""
    weigh = _Weights([*all_sketches])
    return _dot(weigh.vector(a), weigh.vector(b))


class _Weights:
    """How telling each word is among some articles."""

    def __init__(self, sketches: Sequence[Sketch]) -> None:
        self._count = Counter(term for s in sketches for term in s.terms)
        self._articles = max(len(sketches), FEWEST_ARTICLES)
        self._days: dict[str, list[date]] = defaultdict(list)
        for s in sketches:
            for term in s.headline:
                if s.day is not None:
                    self._days[term].append(s.day)

    def vector(self, item: Sketch) -> dict[str, float]:
        """The weighted terms of `item`, of length one."""
        raw = {
            term: weight * math.log(self._articles / self._count[term])
            for term, weight in item.terms.items()
            if self._count[term] > 1 and self._count[term] < self._articles
        }
        alone = sum(
            (weight * math.log(self._articles)) ** 2
            for term, weight in item.terms.items()
            if self._count[term] <= 1
        )
        # Words that no other article has lengthen the vector, but only by half: each outlet has
        # its own.
        length = math.sqrt(sum(v * v for v in raw.values()) + 0.25 * alone)
        return {term: value / length for term, value in raw.items()} if length else {}

    def anchors(self, item: Sketch) -> frozenset[str]:
        """The headline terms of `item` that few articles have, and those about its day."""
        most = COMMON_SHARE * self._articles
        return frozenset(
            t for t in item.headline if 1 < self._count[t] <= most and self._of_the_day(t, item)
        )

    def _of_the_day(self, term: str, item: Sketch) -> bool:
        if item.day is None:
            return False
        days = self._days[term]
        near = sum(1 for day in days if abs((day - item.day).days) <= WINDOW_DAYS)
        return near > 1 and near >= OF_THE_DAY * len(days)

    def telling(self, vector: dict[str, float]) -> list[str]:
        """The terms of `vector` that few articles have."""
        most = COMMON_SHARE * self._articles
        return [term for term in vector if self._count[term] <= most]


class _Story:
    """A story in the making: its articles and their average."""

    def __init__(self) -> None:
        self.members: list[int] = []
        self.sum: dict[str, float] = {}
        self.headline: frozenset[str] = frozenset()
        """The telling headline terms of the story's articles."""
        self.first: date | None = None
        self.last: date | None = None

    def add(
        self, i: int, vector: dict[str, float], day: date | None, headline: frozenset[str]
    ) -> None:
        self.members.append(i)
        self.headline |= headline
        for term, value in vector.items():
            self.sum[term] = self.sum.get(term, 0.0) + value
        if day is not None:
            self.first = min(self.first or day, day)
            self.last = max(self.last or day, day)

    def is_near(self, day: date | None) -> bool:
        """Whether an article of `day` may go on with this story."""
        if day is None or self.first is None or self.last is None:
            return True
        early = (self.first - day).days
        late = (day - self.last).days
        return early <= WINDOW_DAYS and late <= WINDOW_DAYS

    def similarity(self, vector: dict[str, float]) -> float:
        """The average similarity of `vector` to the articles of the story."""
        return _dot(vector, self.sum) / len(self.members)

    def similarity_to(self, other: _Story) -> float:
        """The average similarity of the articles of two stories."""
        return _dot(self.sum, other.sum) / (len(self.members) * len(other.members))

    def absorb(self, other: _Story) -> None:
        self.members += other.members
        self.headline |= other.headline
        for term, value in other.sum.items():
            self.sum[term] = self.sum.get(term, 0.0) + value
        days = [d for d in (self.first, other.first) if d]
        self.first = min(days) if days else None
        days = [d for d in (self.last, other.last) if d]
        self.last = max(days) if days else None


def _merged(stories: list[_Story]) -> list[_Story]:
    """`stories`, those joined that an early article had kept apart."""
    found: list[_Story] = []
    holders: dict[str, list[_Story]] = defaultdict(list)
    for story in sorted(stories, key=lambda s: -len(s.members)):
        rivals = [r for term in sorted(story.headline) for r in holders[term]]
        near = [r for r in rivals if r.is_near(story.first) or r.is_near(story.last)]
        best = max(near, key=story.similarity_to, default=None)
        if best is not None and story.similarity_to(best) >= SAME_HEADLINE:
            best.absorb(story)
            continue
        found.append(story)
        for term in story.headline:
            holders[term].append(story)
    return found


def _dot(a: dict[str, float], b: dict[str, float]) -> float:
    small, large = (a, b) if len(a) <= len(b) else (b, a)
    return sum(value * large.get(term, 0.0) for term, value in small.items())
