"""Ranking: how well each candidate sentence answers the question, feature by feature."""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.answer.features import Scene, held_by, look_closer
from bot.answer.intents import Intent
from bot.answer.retrieve import Candidates, Query
from bot.answer.weights import (
    ARTICLE_CREDIT,
    FEATURES,
    NEIGHBOUR_CREDIT,
    PARAGRAPH_CREDIT,
    TITLE_CREDIT,
)
from bot.model import Article, Findings, Quote
from bot.store.articles import get_versions
from bot.store.findings import get_findings_of
from bot.store.search import SentenceRow
from bot.store.store import Store

CLOSER_LOOK = 80  # sentences that are ranked with all features, best by their words
SPOKEN_LOOK = 60  # further ones that the person asked about says
ARTICLES_READ = 16  # articles whose findings are read for that
LEAD_SENTENCES = 4


@dataclass(slots=True)
class Ranked:
    """A candidate sentence with its features and score."""

    row: SentenceRow
    score: float
    features: dict[str, float]
    quote: Quote | None = None
    speaker_match: float = 0.0
    held: Sequence[float] = ()
    """What each word of the query found in the sentence itself, in the query's order."""
    near: Sequence[float] = ()
    """What each found in the sentences around it."""

    def found(self, query: Query) -> dict[str, tuple[float, float]]:
        """(in the sentence, around it) for each word of `query`, by how it was typed."""
        pairs = zip(self.held, self.near, strict=True)
        return {w.typed: pair for w, pair in zip(query.wanted, pairs, strict=True)}


@dataclass(frozen=True, slots=True)
class Ranking:
    """The candidates best first, with the articles and findings that were read for them."""

    ranked: tuple[Ranked, ...]
    articles: dict[int, Article]
    findings: dict[int, Findings]


def rank_candidates(query: Query, candidates: Candidates, store: Store) -> Ranking:
    """`candidates` by how well they answer `query`, best first; ties by age in the store."""
    rough: list[Ranked] = []
    for version, rows in candidates.versions.items():
        rough += _cover(query, candidates, version, rows)
    rough.sort(key=lambda r: (-r.score, r.row.row))
    close = _closer_look(query, rough, candidates)
    versions = list(dict.fromkeys(r.row.version for r in close))[:ARTICLES_READ]
    articles = get_versions(store, versions)
    findings = get_findings_of(store, versions)
    close = [r for r in close if r.row.version in articles]
    newer = _newness(articles) if query.intent is Intent.LATEST else {}
    for ranked in close:
        article = articles[ranked.row.version]
        seen = look_closer(Scene(query, ranked.row, article, findings[ranked.row.version]))
        ranked.features |= seen.features
        if newer:
            ranked.features["newer"] = newer[ranked.row.version]
        ranked.quote, ranked.speaker_match = seen.quote, seen.speaker_match
        ranked.score = weigh(ranked.features)
    close.sort(key=lambda r: (-r.score, r.row.row))
    return Ranking(tuple(close), articles, findings)


def _newness(articles: dict[int, Article]) -> dict[int, float]:
    """How new each article is among these, 0–1; by their own days, never by the clock."""
    days = sorted({a.day for a in articles.values() if a.day is not None})
    if len(days) < 2:
        return dict.fromkeys(articles, 0.0)
    return {
        key: days.index(a.day) / (len(days) - 1) if a.day else 0.0 for key, a in articles.items()
    }


def _closer_look(query: Query, rough: list[Ranked], candidates: Candidates) -> list[Ranked]:
    """The best by their words, and the first sentences of the best articles where the latest
    on something is asked for."""
    close = rough[:CLOSER_LOOK]
    rest = rough[CLOSER_LOOK:]
    close += [r for r in rest if r.row.row in candidates.spoken_rows][:SPOKEN_LOOK]
    chosen = {r.row.row for r in close}
    if query.intent in (Intent.LATEST, Intent.WHAT_HAPPENED):
        best = sorted(candidates.article_scores.items(), key=lambda pair: -pair[1])[:6]
        tops = {version for version, _ in best}
        close += [
            r
            for r in rough[CLOSER_LOOK:]
            if r.row.version in tops and r.row.n < LEAD_SENTENCES and r.row.row not in chosen
        ]
    return close


def weigh(features: Mapping[str, float]) -> float:
    """The score of a candidate with these features."""
    return sum([FEATURES[name] * value for name, value in features.items()])


def _cover(
    query: Query, candidates: Candidates, version: int, rows: Sequence[SentenceRow]
) -> Iterable[Ranked]:
    """The sentences of one article with the features that need their words alone."""
    total = sum(w.weight for w in query.wanted) or 1.0
    has_own = any(not w.carried for w in query.wanted)
    own_total = sum(w.weight for w in query.wanted if not w.carried) or 1.0
    sets = [frozenset(row.terms) for row in rows]
    own = [[held_by(w, terms) for w in query.wanted] for terms in sets]
    title = candidates.titles.get(version, frozenset())
    words = range(len(query.wanted))
    in_title = [TITLE_CREDIT * held_by(w, title) for w in query.wanted]
    in_article = [ARTICLE_CREDIT * max((held[i] for held in own), default=0.0) for i in words]
    article = candidates.article_scores.get(version, 0.0)
    nothing = [0.0] * len(query.wanted)
    padded = [nothing, nothing, *own, nothing, nothing]
    keeps_all = query.intent in (Intent.LATEST, Intent.WHAT_HAPPENED) or bool(query.lean)
    hot = [False, False, *(any(held) for held in own), False, False]
    for place, row in enumerate(rows):
        # Where no word of the question is near, only what somebody said can be an answer.
        if not (keeps_all or any(hot[place : place + 5]) or row.row in candidates.spoken_rows):
            continue
        cover = own_cover = near_cover = 0.0
        nears: list[float] = []
        for i, wanted in enumerate(query.wanted):
            here = own[place][i]
            near = max(
                NEIGHBOUR_CREDIT * max(padded[place + 1][i], padded[place + 3][i]),
                PARAGRAPH_CREDIT * max(padded[place][i], padded[place + 4][i]),
            )
            nears.append(near)
            cover += wanted.weight * max(here, near, in_title[i], in_article[i])
            if not wanted.carried:
                own_cover += wanted.weight * here
                near_cover += wanted.weight * near
        features = {
            "cover": cover / total,
            "own": own_cover / own_total if has_own else cover / total,
            "near": near_cover / own_total,
            "article": article,
            "bm25": candidates.sentence_scores.get(row.row, 0.0),
        }
        if query.lean and has_own:
            features["fresh"] = query.lean * own_cover / own_total
        if row.row in candidates.phrase_rows:
            features["phrase"] = 1.0
        if version in query.frame_versions:
            features["frame"] = query.lean
        score = weigh(features)
        yield Ranked(row, score, features, held=own[place], near=nears)
