"""The first ranking: how much of the question each sentence covers, by its words alone."""

from __future__ import annotations

import math
from collections.abc import Iterable, Iterator, Mapping, Sequence
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
    title: frozenset[str]
    lengths: list[int]
    """How many terms each sentence has."""
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
    pages = [_find(version, page, terms) for version, page in candidates.pages.items()]
    for i, wanted in enumerate(query.wanted):
        if wanted.phrasal is not None:
            _find_whole(wanted.phrasal, i, next(iter(wanted.credits)), pages, candidates)
    relevance = _relevance(pages, candidates)
    rough = [r for page in pages for r in _cover(query, candidates, page, relevance)]
    rough.sort(key=lambda r: (-r.score, r.version, r.n))
    return rough


def _find(version: int, page: TermPage, terms: Mapping[str, Sequence[tuple[int, float]]]) -> _Page:
    counts = page.places(frozenset(terms))
    own: dict[int, dict[int, float]] = {}
    for n, here in counts.items():
        held = own[n] = {}
        for term in here:
            for i, credit in terms[term]:
                if credit > held.get(i, 0.0):
                    held[i] = credit
    # A space stands on each side of each term, and between two lines.
    lengths = [line.count(" ") - 1 if len(line) > len("  ") else 0 for line in page.lines()]
    return _Page(version, page.title, lengths, counts, own)


def _find_whole(
    phrasal: Phrasal, i: int, term: str, pages: Sequence[_Page], candidates: Candidates
) -> None:
    """Let word `i` of the query count in full where its small words stand with it ("took the firm
    over"), and a small word that stands alone only there."""
    for page in pages:
        at = [n for n, counts in page.counts.items() if term in counts]
        lines = candidates.pages[page.version].lines() if at else []
        for n in at:
            if phrasal.stands_in(term, lines[n]):
                page.own[n][i] = 1.0
            elif phrasal.is_alone and not any(t in page.counts[n] for t in phrasal.same):
                page.own[n].pop(i, None)


def _relevance(pages: Sequence[_Page], candidates: Candidates) -> dict[tuple[int, int], float]:
    """BM25 of the best sentences over the terms that were searched for, divided by the highest."""
    sentences = sum(len(page.lengths) for page in pages)
    words = sum(sum(page.lengths) + len(page.title) * len(page.lengths) for page in pages)
    average = words / max(sentences, 1) or 1.0
    scores: dict[tuple[int, int], float] = {}
    for page in pages:
        above = [term for term in candidates.rarity if term in page.title]
        for n, counts in page.counts.items():
            length = page.lengths[n] + len(page.title)
            slack = SATURATION * (1 - LENGTH_SHARE + LENGTH_SHARE * length / average)
            score = 0.0
            for term in {*counts, *above}:
                rarity = candidates.rarity.get(term)
                if rarity is not None:
                    often = counts.get(term, 0) + CONTEXT_WEIGHT * (term in page.title)
                    score += rarity * often * (SATURATION + 1) / (often + slack)
            scores[page.version, n] = score
    best = sorted(scores.items(), key=lambda item: (-item[1], item[0]))[:SENTENCES]
    top = best[0][1] if best else 0.0
    return {place: score / top for place, score in best} if top > 0 else {}


def _cover(
    query: Query,
    candidates: Candidates,
    page: _Page,
    relevance: Mapping[tuple[int, int], float],
) -> Iterator[Rough]:
    """The sentences of one article with their features."""
    wanted = query.wanted
    version, own = page.version, page.own
    weights = [w.weight for w in wanted]
    own_weights = [0.0 if w.carried else w.weight for w in wanted]
    total = sum(weights) or 1.0
    own_total = sum(own_weights) or 1.0
    has_own = any(not w.carried for w in wanted)
    # What each word finds elsewhere in the article counts for every sentence of it.
    titled = [
        max([c for t, c in w.credits.items() if t in page.title], default=0.0) for w in wanted
    ]
    elsewhere = [TITLE_CREDIT * credit for credit in titled]
    headed = sum([w * credit for w, credit in zip(own_weights, elsewhere, strict=True)])
    for held in own.values():
        for i, credit in held.items():
            elsewhere[i] = max(elsewhere[i], ARTICLE_CREDIT * credit)
    base = sum([weight * credit for weight, credit in zip(weights, elsewhere, strict=True)])
    absent = sum(w for w, credit in zip(own_weights, elsewhere, strict=True) if not credit)
    plain_weights = [0.0 if w.is_name else own_weights[i] for i, w in enumerate(wanted)]
    plain_total = sum(plain_weights)
    article = candidates.article_scores.get(version, 0.0)
    particular = _particular(plain_weights, page)
    particular_total = sum(particular)
    asked = sum([weight > 0 for weight in own_weights])
    leaning = query.leaning
    for n in _worth_a_look(query, candidates, page):
        here = own.get(n, _NOTHING)
        near: dict[int, float] = {}
        for step, share in _AROUND:
            beside = own.get(n + step)
            if beside is not None:
                for i, credit in beside.items():
                    if share * credit > near.get(i, 0.0):
                        near[i] = share * credit
        cover, own_cover, near_cover, plain = base, 0.0, 0.0, 0.0
        given = told = 0.0
        around = near.copy()
        for i, credit in here.items():
            worth = own_weights[i] * credit
            own_cover += worth
            given += worth * titled[i]
            told += particular[i] * credit
            if credit > around.get(i, 0.0):
                around[i] = credit
        for i, credit in near.items():
            near_cover += own_weights[i] * credit
        there = 0
        for i, best in around.items():
            plain += plain_weights[i] * best
            there += own_weights[i] > 0
            if best > elsewhere[i]:
                cover += weights[i] * (best - elsewhere[i])
        features = {
            "cover": cover / total,
            "own": own_cover / own_total if has_own else cover / total,
            "near": near_cover / own_total,
            "article": article,
            "bm25": relevance.get((version, n), 0.0),
        }
        if has_own:
            features["headed"] = headed / TITLE_CREDIT / own_total
            if absent:
                features["absent"] = absent / own_total
            features["given"] = given / own_total
            features["missed"] = 1 - there / asked
        if plain_total:
            features["plain"] = plain / plain_total
        if particular_total:
            features["particular"] = told / particular_total
        if query.lean and has_own:
            features["fresh"] = query.lean * own_cover / own_total
        if (version, n) in candidates.phrases:
            features["phrase"] = 1.0
        if version in query.frame_versions:
            features["frame"] = query.lean
            features["adrift"] = query.lean * (1 - own_total / total if has_own else 1.0)
            if query.answered is not None:
                features["home"] = leaning * (1.0 if version == query.answered[0] else BESIDE_HOME)
        yield Rough(version, n, weigh(features), features, here, near, own)


def _particular(weights: Sequence[float], page: _Page) -> list[float]:
    """`weights` by how few sentences of the article hold each word: what stands all over it does
    not tell one sentence from another."""
    spread = [0.0] * len(weights)
    for held in page.own.values():
        for i, credit in held.items():
            spread[i] += credit
    size = len(page.lengths)
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


def _worth_a_look(query: Query, candidates: Candidates, page: _Page) -> Iterable[int]:
    """The sentences with a word of the question in or near them. Where there is none, only what
    somebody said can be an answer, or any sentence where the newest or the last answer is."""
    if query.intent in (Intent.LATEST, Intent.WHAT_HAPPENED) or query.lean:
        return range(len(page.lengths))
    hot = {n + step for n in page.own for step in (0, *(step for step, _ in _AROUND))}
    hot |= {n for version, n in candidates.spoken if version == page.version}
    return sorted(n for n in hot if 0 <= n < len(page.lengths))
