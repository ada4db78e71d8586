"""The first ranking: how much of the question each sentence covers, by its words alone."""

from __future__ import annotations

import math
from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass

from bot.answer.intents import Intent
from bot.answer.phrasals import Phrasal
from bot.answer.retrieve import Candidates, Query
from bot.answer.wanted import Wanted
from bot.answer.weights import (
    ARTICLE_CREDIT,
    FEATURES,
    NEIGHBOUR_CREDIT,
    PARAGRAPH_CREDIT,
    TITLE_CREDIT,
)
from bot.store.packing import TermPage

LOOKED_AT = (
    200  # sentences that get features, those that promise most; twice as many rank the same
)
LEAD_SENTENCES = 4  # of each article, besides: they may tell the latest
SENTENCES = 60  # sentences that fit best by BM25 get a share for it
# BM25 as FTS5 has it.
SATURATION = 1.2
LENGTH_SHARE = 0.75
CONTEXT_WEIGHT = 0.3  # a word of the headline, for each sentence of its article
_AROUND = (
    (-1, NEIGHBOUR_CREDIT),
    (1, NEIGHBOUR_CREDIT),
    (-2, PARAGRAPH_CREDIT),
    (2, PARAGRAPH_CREDIT),
)
BESIDE_HOME = 0.7  # the worth of the other articles that answered last
BEFORE = (1, 2)  # how far back a pronoun's name stands
EVERYWHERE = 0.5  # added to how many sentences hold a word, so that one of all still tells little
_ABOUT_NEWS = (Intent.LATEST, Intent.WHAT_HAPPENED)
_NOTHING: Mapping[int, float] = {}


@dataclass(slots=True)
class Rough:
    """A sentence with the features that its words tell."""

    version: int
    n: int
    score: float
    features: dict[str, float]
    held: Mapping[int, float]
    """What words of the query, by their place in it, found in the sentence itself."""
    near: Mapping[int, float]
    """What they found in the sentences around it."""
    found: Mapping[int, Mapping[int, float]]
    """What they find in each sentence of the article."""

    def left_behind(self, query: Query) -> float:
        """The share of the question's weight in names that the sentence does not print, but one
        of the two before it: a pronoun here may stand for them."""
        total = sum(w.weight for w in query.wanted if not w.carried)
        return _left_behind(query.wanted, self.found, self.n) / total if total else 0.0

    @property
    def place(self) -> tuple[int, int]:
        return self.version, self.n


@dataclass(slots=True)
class _Page:
    """Where the words of a query stand in one article."""

    version: int
    terms: TermPage
    size: int
    """How many sentences it has."""
    counts: dict[int, dict[str, int]]
    """For the sentences that hold any: how often each term stands there."""
    own: dict[int, dict[int, float]]
    """For the same: what each word of the query finds there."""


def weigh(features: Mapping[str, float]) -> float:
    """The score of a candidate with these features; one without a weight is a sign for the
    confidence alone."""
    get = FEATURES.get
    return sum([get(name, 0.0) * value for name, value in features.items()])


def rank_roughly(query: Query, candidates: Candidates) -> list[Rough]:
    """The sentences of `candidates` that a word of `query` stands in or near, or that may answer
    it for another reason, best first; ties by age in the store."""
    terms: dict[str, list[tuple[int, float]]] = {}
    for i, wanted in enumerate(query.wanted):
        for term, credit in wanted.credits.items():
            terms.setdefault(term, []).append((i, credit))
    known = frozenset(terms)
    pages = [_find(version, page, terms, known) for version, page in candidates.pages.items()]
    for i, wanted in enumerate(query.wanted):
        if wanted.phrasal is not None:
            _find_whole(wanted.phrasal, i, next(iter(wanted.credits)), pages)
    relevance = _relevance(pages, candidates)
    covers = [_Cover(query, candidates, page, relevance) for page in pages]
    rough = [cover.look_at(n) for cover, n in _likeliest(query, covers, candidates)]
    rough.sort(key=lambda r: (-r.score, r.version, r.n))
    return rough


def _likeliest(
    query: Query, covers: Sequence[_Cover], candidates: Candidates
) -> Iterator[tuple[_Cover, int]]:
    """The sentences that promise most, and those whose place alone speaks for them: they hold the
    phrase asked for or words of whoever is asked about, stand in the article that answered last,
    or at the top where the latest is asked for."""
    special: dict[int, set[int]] = {}
    for version, n in candidates.phrases | candidates.spoken | candidates.sensed:
        special.setdefault(version, set()).add(n)
    leads = LEAD_SENTENCES if query.intent in _ABOUT_NEWS else 0
    promises = [cover.promises() for cover in covers]
    ranked = sorted([worth for found in promises for worth in found.values()], reverse=True)
    floor = ranked[LOOKED_AT] if len(ranked) > LOOKED_AT else -math.inf
    for cover, found in zip(covers, promises, strict=True):
        numbers = {n for n, worth in found.items() if worth >= floor}
        numbers.update(special.get(cover.version, ()))
        numbers.update(range(cover.size if cover.version in query.frame_versions else leads))
        for n in sorted(numbers):
            if n < cover.size:
                yield cover, n


def _find(
    version: int,
    page: TermPage,
    terms: Mapping[str, Sequence[tuple[int, float]]],
    known: frozenset[str],
) -> _Page:
    counts = page.places(known)
    own: dict[int, dict[int, float]] = {}
    for n, here in counts.items():
        held = own[n] = {}
        for term in here:
            for i, credit in terms[term]:
                if credit > held.get(i, 0.0):
                    held[i] = credit
    return _Page(version, page, len(page.lines), counts, own)


def _find_whole(phrasal: Phrasal, i: int, term: str, pages: Sequence[_Page]) -> None:
    """Let word `i` of the query count in full where its small words stand with it ("took the firm
    over"), and a small word that stands alone only there."""
    for page in pages:
        for n, counts in page.counts.items():
            if term not in counts:
                continue
            if phrasal.stands_in(term, page.terms.lines[n]):
                page.own[n][i] = 1.0
            elif phrasal.is_alone and not any(t in counts for t in phrasal.same):
                page.own[n].pop(i, None)


def _relevance(pages: Sequence[_Page], candidates: Candidates) -> dict[tuple[int, int], float]:
    """BM25 of the best sentences over the terms that were searched for, divided by the highest."""
    sentences = sum([page.size for page in pages])
    words = sum([page.terms.count() + len(page.terms.title) * page.size for page in pages])
    average = words / max(sentences, 1) or 1.0
    scores: dict[tuple[int, int], float] = {}
    for page in pages:
        title, lines = page.terms.title, page.terms.lines
        above = {term: CONTEXT_WEIGHT for term in candidates.rarity if term in title}
        for n, counts in page.counts.items():
            length = lines[n].count(" ") - 1 + len(title)  # a space stands around each term
            slack = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / average)
            score = 0.0
            for term in counts | above:
                rarity = candidates.rarity.get(term)
                if rarity is not None:
                    often = counts.get(term, 0) + above.get(term, 0.0)
                    score += rarity * often * (SATURATION + 1) / (often + slack)
            scores[page.version, n] = score
    best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:SENTENCES]
    top = best[0][1] if best else 0.0
    return {place: score / top for place, score in best} if top > 0 else {}


class _Cover:
    """What the words of a query find in the sentences of one article."""

    def __init__(
        self,
        query: Query,
        candidates: Candidates,
        page: _Page,
        relevance: Mapping[tuple[int, int], float],
    ) -> None:
        wanted, title = query.wanted, page.terms.title
        self._query, self._candidates, self._page = query, candidates, page
        self._relevance, self._leaning = relevance, query.leaning
        self._weights = [w.weight for w in wanted]
        self._own_weights = [0.0 if w.carried else w.weight for w in wanted]
        self._total = sum(self._weights) or 1.0
        self._own_total = sum(self._own_weights) or 1.0
        self._has_own = any(not w.carried for w in wanted)
        # What each word finds elsewhere in the article counts for every sentence of it.
        self._titled = [
            max([c for t, c in w.credits.items() if t in title], default=0.0) for w in wanted
        ]
        elsewhere = [TITLE_CREDIT * credit for credit in self._titled]
        self._headed = sum([w * c for w, c in zip(self._own_weights, elsewhere, strict=True)])
        for held in page.own.values():
            for i, credit in held.items():
                elsewhere[i] = max(elsewhere[i], ARTICLE_CREDIT * credit)
        self._elsewhere = elsewhere
        self._base = sum([w * c for w, c in zip(self._weights, elsewhere, strict=True)])
        self._absent = sum([w for w, c in zip(self._own_weights, elsewhere, strict=True) if not c])
        self._lacks_name = any(
            w.is_given_name and not c for w, c in zip(wanted, elsewhere, strict=True)
        )
        self._plain_weights = [
            0.0 if w.is_name else self._own_weights[i] for i, w in enumerate(wanted)
        ]
        self._plain_total = sum(self._plain_weights)
        self._article = candidates.article_scores.get(page.version, 0.0)
        self._particular = _particular(self._plain_weights, page)
        self._particular_total = sum(self._particular)
        self._asked = sum([weight > 0 for weight in self._own_weights])

    @property
    def version(self) -> int:
        return self._page.version

    @property
    def size(self) -> int:
        """How many sentences there are."""
        return self._page.size

    def promises(self) -> dict[int, float]:
        """How much each sentence promises that has a word of the question in or near it: what
        stands there, as near to its score as little work comes. Any sentence may tell the newest,
        or what follows the last answer."""
        own_share = (FEATURES["own"] + self._query.lean * FEATURES["fresh"]) / self._own_total
        near_share = FEATURES["near"] / self._own_total
        share = FEATURES["cover"] / self._total
        pairs = list(zip(self._weights, self._own_weights, strict=True))
        here = [share * weight + own_share * own for weight, own in pairs]
        near = [share * weight + near_share * own for weight, own in pairs]
        worth: dict[int, float] = {}
        for n, held in self._page.own.items():
            around = 0.0
            for i, credit in held.items():
                worth[n] = worth.get(n, 0.0) + here[i] * credit
                around += near[i] * credit
            for step, part in _AROUND:
                worth[n + step] = worth.get(n + step, 0.0) + part * around
        article = (
            FEATURES["cover"] * self._base / self._total
            + FEATURES["article"] * self._article
            + FEATURES["headed"] * self._headed / TITLE_CREDIT / self._own_total
        )
        if self._query.intent in _ABOUT_NEWS or self._query.lean:
            return {n: article + worth.get(n, 0.0) for n in range(self.size)}
        return {n: article + more for n, more in worth.items() if 0 <= n < self.size}

    def look_at(self, n: int) -> Rough:
        """Sentence `n` with its features."""
        query, version, own = self._query, self._page.version, self._page.own
        weights, own_weights, elsewhere = self._weights, self._own_weights, self._elsewhere
        own_total = self._own_total
        here = own.get(n, _NOTHING)
        near: dict[int, float] = {}
        for step, share in _AROUND:
            beside = own.get(n + step)
            if beside is not None:
                for i, credit in beside.items():
                    if share * credit > near.get(i, 0.0):
                        near[i] = share * credit
        cover, own_cover, near_cover, plain = self._base, 0.0, 0.0, 0.0
        given = told = 0.0
        around = near.copy()
        for i, credit in here.items():
            worth = own_weights[i] * credit
            own_cover += worth
            given += worth * self._titled[i]
            told += self._particular[i] * credit
            if credit > around.get(i, 0.0):
                around[i] = credit
        for i, credit in near.items():
            near_cover += own_weights[i] * credit
        there = 0
        for i, best in around.items():
            plain += self._plain_weights[i] * best
            there += own_weights[i] > 0
            if best > elsewhere[i]:
                cover += weights[i] * (best - elsewhere[i])
        features = {
            "cover": cover / self._total,
            "own": own_cover / own_total if self._has_own else cover / self._total,
            "near": near_cover / own_total,
            "article": self._article,
            "bm25": self._relevance.get((version, n), 0.0),
        }
        if self._has_own:
            features["headed"] = self._headed / TITLE_CREDIT / own_total
            if self._absent:
                features["absent"] = self._absent / own_total
            if self._lacks_name:
                features["nameless"] = 1.0
            features["given"] = given / own_total
            features["missed"] = 1 - there / self._asked
        if self._plain_total:
            features["plain"] = plain / self._plain_total
        if self._particular_total:
            features["particular"] = told / self._particular_total
        if query.lean and self._has_own:
            features["fresh"] = query.lean * own_cover / own_total
        if (version, n) in self._candidates.phrases:
            features["phrase"] = 1.0
        if version in query.frame_versions:
            features["frame"] = query.lean
            features["adrift"] = query.lean * (
                1 - own_total / self._total if self._has_own else 1.0
            )
            is_home = query.answered is None or version == query.answered[0]
            features["home"] = self._leaning * (1.0 if is_home else BESIDE_HOME)
        return Rough(version, n, weigh(features), features, here, near, own)


def _particular(weights: Sequence[float], page: _Page) -> list[float]:
    """`weights` by how few sentences of the article hold each word: what stands all over it does
    not tell one sentence from another."""
    spread = [0.0] * len(weights)
    for held in page.own.values():
        for i, credit in held.items():
            spread[i] += credit
    size = page.size
    return [
        weight * math.log(1 + size / (EVERYWHERE + found)) if found else 0.0
        for weight, found in zip(weights, spread, strict=True)
    ]


def _left_behind(
    wanted: Sequence[Wanted], own: Mapping[int, Mapping[int, float]], n: int
) -> float:
    """The weight in names that sentence `n` does not print, but one of the two before it."""
    here = own.get(n, _NOTHING)
    before: dict[int, float] = {}
    for step in BEFORE:
        for i, credit in own.get(n - step, _NOTHING).items():
            if i not in here and wanted[i].is_name and not wanted[i].carried:
                before[i] = max(before.get(i, 0.0), credit)
    return sum([wanted[i].weight * credit for i, credit in before.items()])
