"""The first ranking: how much of the question each sentence covers, by its words alone."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass

from bot.answer.intents import Intent
from bot.answer.retrieve import Candidates, Query
from bot.answer.weights import (
    ARTICLE_CREDIT,
    FEATURES,
    NEIGHBOUR_CREDIT,
    PARAGRAPH_CREDIT,
    TITLE_CREDIT,
)
from bot.store.packing import TermPage

SENTENCES = 60  # sentences that fit best by BM25 get a share for it
NEIGHBOURS = 2  # sentences on each side whose words count
# BM25 as FTS5 has it.
SATURATION = 1.2
LENGTH_SHARE = 0.75
CONTEXT_WEIGHT = 0.3  # a word of the headline, for each sentence of its article


@dataclass(slots=True)
class Rough:
    """A sentence with the features that its words tell."""

    version: int
    n: int
    score: float
    features: dict[str, float]
    held: list[float]
    """What each word of the query found in the sentence itself, in the query's order."""
    near: list[float]
    """What each found in the sentences around it."""

    @property
    def place(self) -> tuple[int, int]:
        return self.version, self.n


@dataclass(slots=True)
class _Page:
    """Where the words of a query stand in one article."""

    version: int
    page: TermPage
    own: dict[int, list[float]]
    """For the sentences that hold any: what each word of the query finds there."""
    counts: dict[int, dict[str, int]]
    """For the same: how often each term that was searched for stands there."""


def weigh(features: Mapping[str, float]) -> float:
    """The score of a candidate with these features."""
    return sum([FEATURES[name] * value for name, value in features.items()])


def rank_roughly(query: Query, candidates: Candidates) -> list[Rough]:
    """The sentences of `candidates` that a word of `query` stands in or near, or that may answer
    it for another reason, best first; ties by age in the store."""
    terms: dict[str, list[tuple[int, float]]] = {}
    for i, wanted in enumerate(query.wanted):
        for term, credit in wanted.credits.items():
            terms.setdefault(term, []).append((i, credit))
    pages = [
        _find(version, page, terms, len(query.wanted))
        for version, page in candidates.pages.items()
    ]
    relevance = _relevance(pages, candidates)
    rough = [r for page in pages for r in _cover(query, candidates, page, relevance)]
    rough.sort(key=lambda r: (-r.score, r.version, r.n))
    return rough


def _find(
    version: int, page: TermPage, terms: Mapping[str, list[tuple[int, float]]], width: int
) -> _Page:
    found = _Page(version, page, {}, {})
    starts, n = page.starts, 0
    for place, word in [(p, w) for p, w in enumerate(page.words) if w in terms]:
        while starts[n + 1] <= place:
            n += 1
        own = found.own.get(n)
        if own is None:
            own = found.own[n] = [0.0] * width
            found.counts[n] = {}
        for i, credit in terms[word]:
            if credit > own[i]:
                own[i] = credit
        counts = found.counts[n]
        counts[word] = counts.get(word, 0) + 1
    return found


def _relevance(pages: Iterable[_Page], candidates: Candidates) -> dict[tuple[int, int], float]:
    """BM25 of the best sentences over the terms that were searched for, divided by the highest."""
    total = sum(len(p.page.words) + len(p.page.title) * (len(p.page.starts) - 1) for p in pages)
    average = total / max(sum(len(p.page.starts) - 1 for p in pages), 1) or 1.0
    scores: dict[tuple[int, int], float] = {}
    for found in pages:
        above = [term for term in candidates.rarity if term in found.page.title]
        starts = found.page.starts
        for n, counts in found.counts.items():
            length = starts[n + 1] - starts[n] + len(found.page.title)
            slack = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / average)
            score = 0.0
            for term in {*counts, *above}:
                rarity = candidates.rarity.get(term)
                if rarity is not None:
                    often = counts.get(term, 0) + CONTEXT_WEIGHT * (term in found.page.title)
                    score += rarity * often * (SATURATION + 1) / (often + slack)
            scores[found.version, n] = score
    best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:SENTENCES]
    top = best[0][1] if best else 0.0
    return {place: score / top for place, score in best} if top > 0 else {}


def _cover(
    query: Query,
    candidates: Candidates,
    found: _Page,
    relevance: Mapping[tuple[int, int], float],
) -> Iterator[Rough]:
    """The sentences of one article with their features."""
    wanted = query.wanted
    version, own = found.version, found.own
    words = range(len(wanted))
    weights = [w.weight for w in wanted]
    total = sum(weights) or 1.0
    mine = [w.weight for w in wanted if not w.carried]
    own_total = sum(mine) or 1.0
    title = found.page.title
    in_title = [
        TITLE_CREDIT * max([c for t, c in w.credits.items() if t in title], default=0.0)
        for w in wanted
    ]
    in_article = [
        ARTICLE_CREDIT * max([held[i] for held in own.values()], default=0.0) for i in words
    ]
    elsewhere = [max(pair) for pair in zip(in_title, in_article, strict=True)]
    article = candidates.article_scores.get(version, 0.0)
    nothing = [0.0] * len(wanted)
    for n in _worth_a_look(query, candidates, found):
        here = own.get(n, nothing)
        before, after = own.get(n - 1, nothing), own.get(n + 1, nothing)
        far_before, far_after = own.get(n - 2, nothing), own.get(n + 2, nothing)
        cover = own_cover = near_cover = 0.0
        nears: list[float] = []
        for i in words:
            near = max(
                NEIGHBOUR_CREDIT * before[i],
                NEIGHBOUR_CREDIT * after[i],
                PARAGRAPH_CREDIT * far_before[i],
                PARAGRAPH_CREDIT * far_after[i],
            )
            nears.append(near)
            weight = weights[i]
            cover += weight * max(here[i], near, elsewhere[i])
            if not wanted[i].carried:
                own_cover += weight * here[i]
                near_cover += weight * near
        features = {
            "cover": cover / total,
            "own": own_cover / own_total if mine else cover / total,
            "near": near_cover / own_total,
            "article": article,
            "bm25": relevance.get((version, n), 0.0),
        }
        if query.lean and mine:
            features["fresh"] = query.lean * own_cover / own_total
        if (version, n) in candidates.phrases:
            features["phrase"] = 1.0
        if version in query.frame_versions:
            features["frame"] = query.lean
        yield Rough(version, n, weigh(features), features, here, nears)


def _worth_a_look(query: Query, candidates: Candidates, found: _Page) -> Iterable[int]:
    """The sentences with a word of the question in or near them. Where there is none, only what
    somebody said can be an answer, or any sentence where the newest or the last answer is."""
    count = len(found.page.starts) - 1
    if query.intent in (Intent.LATEST, Intent.WHAT_HAPPENED) or query.lean:
        return range(count)
    hot = {n + step for n in found.own for step in range(-NEIGHBOURS, NEIGHBOURS + 1)}
    hot |= {n for version, n in candidates.spoken if version == found.version}
    return sorted(n for n in hot if 0 <= n < count)
