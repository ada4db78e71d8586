"""Ranking: how well each candidate sentence answers the question, feature by feature."""

from __future__ import annotations

from collections.abc import Iterator, Mapping, Sequence
from dataclasses import dataclass
from datetime import date

from bot.answer.cover import LEAD_SENTENCES, Rough, rank_roughly, weigh
from bot.answer.features import look_closer
from bot.answer.intents import Intent
from bot.answer.likeness import find_likeness
from bot.answer.premise import HELD, find_premise, is_denied, is_reported
from bot.answer.retrieve import Candidates, Query
from bot.answer.scene import Scene, roles_in
from bot.model import Article, Findings, NameKind, Quote
from bot.store.articles import get_versions
from bot.store.findings import get_findings_within
from bot.store.search import SentenceRow
from bot.store.store import Store
from bot.text.dates import bounds

CLOSER_LOOK = 60  # sentences that are ranked with all features, best by their words
SPOKEN_LOOK = 60  # further ones that the person asked about says
ARTICLES_READ = 12  # articles whose findings are read for that; 16 found no more


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
    close = _closer_look(query, rank_roughly(query, candidates), candidates)
    sensed = [r.version for r in close if r.place in candidates.sensed]
    versions = list(dict.fromkeys(r.version for r in close))[:ARTICLES_READ]
    findings = get_findings_within(store, list(dict.fromkeys([*versions, *sensed])))
    articles = get_versions(store, list(findings))
    newer = _newness(articles) if query.intent is Intent.LATEST else {}
    words = range(len(query.wanted))
    ranking: list[Ranked] = []
    premise = find_premise(query)
    asks_people = query.intent in (Intent.SAID_BY, Intent.WHO_SAID, Intent.WHO)
    told = articles.items() if asks_people else ()
    roles = {version: roles_in(article, findings[version]) for version, article in told}
    last_day = _asked_later_than(query, articles)
    close = [rough for rough in close if rough.version in articles]
    for rough, alike in zip(close, find_likeness(query, close, candidates.pages), strict=True):
        article = articles[rough.version]
        found = findings[rough.version]
        terms = candidates.pages[rough.version].sentence(rough.n)
        row = SentenceRow(rough.version, rough.n, found.sentences[rough.n], terms)
        held = [rough.held.get(i, 0.0) for i in words]
        near = [rough.near.get(i, 0.0) for i in words]
        around = [max(pair) for pair in zip(held, near, strict=True)]
        scene = Scene(
            query,
            row,
            article,
            found,
            around,
            rough.left_behind(query),
            roles.get(rough.version, {}),
        )
        seen = look_closer(scene)
        features = rough.features | alike | seen.features
        if premise is not None:
            others = _names_people(scene)
            if is_denied(premise, scene.text, held):
                features["denied"] = 1.0
            elif not is_reported(premise, _around(scene), held, near, of_others=others):
                features["unreported"] = 1.0
            elif premise.is_asked and min(held[premise.place], held[premise.named]) >= HELD:
                features["reports"] = 1.0
        if last_day is not None and article.day is not None and article.day > last_day:
            features["later"] = query.lean * (0.3 if _tells_before(scene, last_day) else 1.0)
        if newer:
            features["newer"] = newer[rough.version]
        ranking.append(
            Ranked(
                row,
                weigh(features),
                features,
                seen.quote,
                seen.speaker_match,
                held,
                near,
            )
        )
    ranking.sort(key=lambda r: (-r.score, r.row.place))
    return Ranking(tuple(ranking), articles, findings)


def _around(scene: Scene) -> Iterator[str]:
    """The sentence, and those that are near it."""
    text, sentences = scene.article.text, scene.findings.sentences
    for step in (0, -1, 1, -2, 2):
        if 0 <= scene.row.n + step < len(sentences):
            yield sentences[scene.row.n + step].of(text)


def _names_people(scene: Scene) -> bool:
    names = scene.findings.names
    return any(m.kind is NameKind.PERSON and scene.row.span.covers(m.span) for m in names)


def _asked_later_than(query: Query, articles: Mapping[int, Article]) -> date | None:
    """The day of the article that answered last, where what came after it is asked for."""
    if query.answered is None or not query.question.asks_later:
        return None
    last = articles.get(query.answered[0])
    return last.day if last is not None else None


def _tells_before(scene: Scene, day: date) -> bool:
    """Whether the sentence names a day up to `day`: it tells again what was before."""
    named = [d.value for d in scene.findings.dates if scene.row.span.covers(d.span) and d.value]
    ends = [found for value in named if (found := bounds(value)) is not None]
    return any(last <= day for _first, last in ends)


def _newness(articles: dict[int, Article]) -> dict[int, float]:
    """How new each article is among these, 0–1; by their own days, never by the clock."""
    days = sorted({a.day for a in articles.values() if a.day is not None})
    if len(days) < 2:
        return dict.fromkeys(articles, 0.0)
    return {
        key: days.index(a.day) / (len(days) - 1) if a.day else 0.0 for key, a in articles.items()
    }


def _closer_look(query: Query, rough: list[Rough], candidates: Candidates) -> list[Rough]:
    """The best by their words, and the first sentences of the best articles where the latest
    on something is asked for."""
    close = rough[:CLOSER_LOOK]
    rest = rough[CLOSER_LOOK:]
    close += [r for r in rest if r.place in candidates.spoken][:SPOKEN_LOOK]
    close += [r for r in rest if r.place in candidates.sensed - candidates.spoken]
    chosen = {r.place for r in close}
    if query.intent in (Intent.LATEST, Intent.WHAT_HAPPENED):
        best = sorted(candidates.article_scores.items(), key=lambda pair: -pair[1])[:6]
        tops = {version for version, _ in best}
        close += [
            r for r in rest if r.version in tops and r.n < LEAD_SENTENCES and r.place not in chosen
        ]
    return close
