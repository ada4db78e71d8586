"""Ranking: how well each candidate sentence answers the question, feature by feature."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field

from bot.answer.question import Intent
from bot.answer.retrieve import Candidates, Query, Wanted
from bot.answer.weights import ARTICLE_CREDIT, FEATURES, NEIGHBOUR_CREDIT, TITLE_CREDIT
from bot.model import Article, DateMention, Fact, Findings, Mention, NameKind, Quote, Span
from bot.store.articles import get_versions
from bot.store.findings import get_findings_of
from bot.store.search import SentenceRow
from bot.store.store import Store
from bot.text.names import fold_name
from bot.text.similar import part_similarity
from bot.text.words import STOP_TERMS, find_words, fold, terms_of

CLOSER_LOOK = 80  # sentences that are ranked with all features, best by their words
ARTICLES_READ = 14  # articles whose findings are read for that
LEAD_SENTENCES = 4
SHORT_WORDS = 5
PHRASE_AT = 82.0  # similarity from which a phrase counts as standing in a sentence
_FIGURE = re.compile(
    r"\d|\b(?:one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|dozen|hundred|"
    r"thousand|million|billion|half|third|quarter|twice|double)\b",
    re.IGNORECASE,
)
_DURATION = re.compile(
    r"\b(?:\d+|one|two|three|four|five|six|seven|eight|nine|ten|several|few)[- ]"
    r"(?:second|minute|hour|day|week|month|year|decade)s?\b",
    re.IGNORECASE,
)
_MONEY = re.compile(r"[$£€¥]\s?\d|\b(?:dollar|euro|pound|cent|pence)s?\b", re.IGNORECASE)
_REASON = re.compile(
    r"\b(?:because|since|due to|owing to|after|as a result|reasons?|caused?|blamed?|over|so that|"
    r"in order to|thanks to|led to|therefore|rejected|following)\b",
    re.IGNORECASE,
)
_DECIDED = frozenset(
    {"agreement", "deal", "decision", "vote", "ruling", "plan", "promise", "announcement"}
)


@dataclass(slots=True)
class Ranked:
    """A candidate sentence with its features and score."""

    row: SentenceRow
    score: float
    features: dict[str, float]
    quote: Quote | None = None
    speaker_match: float = 0.0
    held: dict[str, float] = field(default_factory=dict)
    """What each word of the question found in the sentence itself."""


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
    for ranked in close:
        article = articles[ranked.row.version]
        _look_closer(query, ranked, article, findings[ranked.row.version])
        ranked.score = sum(FEATURES[name] * value for name, value in ranked.features.items())
    close.sort(key=lambda r: (-r.score, r.row.row))
    return Ranking(tuple(close), articles, findings)


def _closer_look(query: Query, rough: list[Ranked], candidates: Candidates) -> list[Ranked]:
    """The best by their words, and the first sentences of the best articles where the latest
    on something is asked for."""
    close = rough[:CLOSER_LOOK]
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


def _held(wanted: Wanted, terms: frozenset[str] | set[str]) -> float:
    """What `wanted` finds among `terms`: 1.0 for the word itself, less for a relative, or 0."""
    if wanted.credits.keys().isdisjoint(terms):
        return 0.0
    return max(credit for term, credit in wanted.credits.items() if term in terms)


def _cover(
    query: Query, candidates: Candidates, version: int, rows: Sequence[SentenceRow]
) -> Iterable[Ranked]:
    """The sentences of one article with the features that need their words alone."""
    total = sum(w.weight for w in query.wanted) or 1.0
    sets = [frozenset(row.terms) for row in rows]
    own = [[_held(w, terms) for w in query.wanted] for terms in sets]
    title = candidates.titles.get(version, frozenset())
    in_title = [TITLE_CREDIT * _held(w, title) for w in query.wanted]
    in_article = [
        ARTICLE_CREDIT * max((held[i] for held in own), default=0.0)
        for i in range(len(query.wanted))
    ]
    article = candidates.article_scores.get(version, 0.0)
    for place, row in enumerate(rows):
        before = own[place - 1] if place else None
        after = own[place + 1] if place + 1 < len(rows) else None
        cover = own_cover = 0.0
        for i, wanted in enumerate(query.wanted):
            held = own[place][i]
            near = max(before[i] if before else 0.0, after[i] if after else 0.0)
            cover += wanted.weight * max(held, NEIGHBOUR_CREDIT * near, in_title[i], in_article[i])
            own_cover += wanted.weight * held
        features = {"cover": cover / total, "own": own_cover / total, "article": article}
        if row.row in candidates.phrase_rows:
            features["phrase"] = 1.0
        if version in query.frame_versions:
            features["frame"] = 1.0
        score = sum(FEATURES[name] * value for name, value in features.items())
        held_by = {w.typed: own[place][i] for i, w in enumerate(query.wanted)}
        yield Ranked(row, score, features, held=held_by)


def _look_closer(query: Query, ranked: Ranked, article: Article, findings: Findings) -> None:
    """Add the features that need the sentence's text and what was found in it."""
    row, features = ranked.row, ranked.features
    text = row.span.of(article.text)
    intent = query.intent
    features["pairs"] = _pairs(query, row.terms)
    if query.phrases and "phrase" not in features:
        best = max(part_similarity(fold(p), fold(text)) for p in query.phrases)
        if best >= PHRASE_AT:
            features["phrase"] = best / 100 - 0.1
    quotes = [q for q in findings.quotes if any(c.overlaps(row.span) for c in q.content)]
    dates = [d for d in findings.dates if row.span.covers(d.span)]
    names = [m for m in findings.names if row.span.covers(m.span)]
    facts = [f for f in findings.facts if f.span.overlaps(row.span)]
    headline = row.n == 0 and bool(article.title) and len(text) < 160 and _is_title(text, article)
    if intent is Intent.SAID_BY:
        _match_speaker(query, ranked, quotes, article)
    elif intent is Intent.WHO_SAID:
        _match_content(query, ranked, quotes, article)
    elif quotes:
        ranked.quote = max(quotes, key=lambda q: q.confidence)
    if intent is Intent.WHO:
        features["named"] = _names_someone_new(query, names)
    if intent is Intent.WHO_SAID:
        features["named"] = 0.5 * _names_someone_new(query, names)
    if intent is Intent.WHEN:
        features["date"] = _has_date(dates)
    if intent is Intent.HOW_MANY:
        features["figure"] = _has_figure(query, text)
    if intent is Intent.WHERE:
        features["place"] = float(any(m.kind is NameKind.PLACE for m in names))
    if intent is Intent.WHY:
        features["reason"] = float(bool(_REASON.search(text)))
    if intent is Intent.AGREED:
        features["fact"] = max((f.confidence for f in facts if f.kind in _DECIDED), default=0.0)
    if intent in (Intent.LATEST, Intent.WHAT_HAPPENED):
        weight = 1.0 if intent is Intent.LATEST else 0.4
        if not headline:
            features["summary"] = weight * max(0.0, 1 - row.n / LEAD_SENTENCES)
    features["lead"] = max(0.0, 1 - row.n / 10)
    if headline and intent is not Intent.LATEST:
        features["headline"] = 1.0
    if text.rstrip("\"'”’) ").endswith("?"):
        features["asks"] = 1.0
    if len(row.terms) < SHORT_WORDS:
        features["short"] = 1.0


def _is_title(text: str, article: Article) -> bool:
    return bool(article.title) and part_similarity(fold(text), fold(article.title or "")) > 90


def _pairs(query: Query, terms: Sequence[str]) -> float:
    """The share of the question's neighbouring word pairs that neighbour in the sentence."""
    asked = [w for w in query.wanted if not w.carried]
    pairs = list(zip(asked, asked[1:], strict=False))
    if not pairs:
        return 0.0
    following = set(zip(terms, terms[1:], strict=False))
    skipping = set(zip(terms, terms[2:], strict=False))
    found = sum(
        any((x, y) in following or (x, y) in skipping for x in a.credits for y in b.credits)
        for a, b in pairs
    )
    return found / len(pairs)


# ------------------------------------------------------------------------------- speakers
_TOPIC_BORDER = re.compile(
    r"\b(?:about|on|regarding|over|concerning|after|before|when|during|to the|in reaction)\b"
)


def _match_speaker(
    query: Query, ranked: Ranked, quotes: Sequence[Quote], article: Article
) -> None:
    """Note which quote here is by the person asked about, and how sure that is."""
    best, best_match = None, 0.0
    for quote in quotes:
        match = speaker_match(query, quote, article)
        if best is None or match > best_match:
            best, best_match = quote, match
    ranked.quote = best
    ranked.speaker_match = best_match
    if best is not None and best_match > 0:
        ranked.features["speaker"] = best_match
        ranked.features["said"] = 0.4 * _said(query, best, article.text, topic_only=True)
    else:
        ranked.features["no_speaker"] = 1.0


def speaker_match(query: Query, quote: Quote, article: Article) -> float:
    """How sure the speaker of `quote` is the one whom the question asks about, 0–1."""
    if quote.speaker is None:
        return 0.0
    printed = quote.speaker.span.of(article.text)
    key = fold_name(quote.speaker.name or printed)
    if query.people and any(key == p or key.split()[-1:] == p.split()[-1:] for p in query.people):
        return 0.9
    described = set(terms_of(f"{quote.speaker.name or ''} {printed} {quote.speaker.role or ''}"))
    border = _TOPIC_BORDER.search(fold(query.question.text))
    asked = [w for w in query.wanted if not w.carried]
    before = [w for w in asked if border is None or w.position < border.start()] or asked
    surname_term = (terms_of(key) or [""])[-1]
    best = 0.0
    for place, wanted in enumerate(before):
        worth = wanted.credits.get(surname_term, 0.0)
        if not worth and not described.isdisjoint(wanted.credits):
            worth = 0.6 * max(c for t, c in wanted.credits.items() if t in described)
        if worth:
            # Whoever is named first is the one who is asked about.
            best = max(best, worth * (1.0 if place < 3 else 0.7))
    if best and border is not None:
        return best
    return best


def _match_content(
    query: Query, ranked: Ranked, quotes: Sequence[Quote], article: Article
) -> None:
    """Note which quote here holds what was asked about, and how much of it."""
    if not quotes:
        return
    scored = [(_said(query, q, article.text, topic_only=False), q) for q in quotes]
    said, quote = max(scored, key=lambda pair: pair[0])
    ranked.quote = quote
    ranked.features["quote"] = 1.0 if quote.speaker is not None else 0.3
    ranked.features["said"] = said


def _said(query: Query, quote: Quote, text: str, *, topic_only: bool) -> float:
    """The share of the question's words that stand inside what is quoted."""
    terms = {t for span in quote.content for t in terms_of(span.of(text))}
    topic = [w for w in query.wanted if not (topic_only and w.is_name)]
    total = sum(w.weight for w in topic)
    return sum(w.weight * _held(w, terms) for w in topic) / total if total else 0.0


# ------------------------------------------------------------------------- kinds of answer
def _names_someone_new(query: Query, names: Sequence[Mention]) -> float:
    """Whether a person (or else a body) is named here whom the question does not name."""
    asked = {t for w in query.wanted for t in w.credits}
    kinds = {
        m.kind
        for m in names
        if set(terms_of(m.name)) - STOP_TERMS and asked.isdisjoint(terms_of(m.name))
    }
    if NameKind.PERSON in kinds:
        return 1.0
    return 0.5 if NameKind.ORGANISATION in kinds else 0.0


def _has_date(dates: Sequence[DateMention]) -> float:
    if any(d.value for d in dates):
        return 1.0
    return 0.4 if dates else 0.0


def _has_figure(query: Query, text: str) -> float:
    """Whether a figure of the kind asked for stands in `text`."""
    asked = fold(query.question.text)
    if re.search(r"\bhow long|\bdays?\b|\bweeks?\b|\byears?\b|\bmonths?\b", asked):
        return 1.0 if _DURATION.search(text) else 0.2 * bool(_FIGURE.search(text))
    if re.search(r"\bhow much|\bcost|\bprice|\bpay|\bpaid|\bworth|\bsell|\bsold", asked):
        return 1.0 if _MONEY.search(text) else 0.5 * bool(_FIGURE.search(text))
    return float(bool(_FIGURE.search(text)))


def fact_of(row: SentenceRow, findings: Findings) -> Fact | None:
    """The surest fact of a sentence."""
    facts = [f for f in findings.facts if f.span.overlaps(row.span)]
    return max(facts, key=lambda f: f.confidence, default=None)


def words_in(span: Span, article: Article) -> int:
    """How many words `span` of the article's text holds."""
    return len(find_words(span.of(article.text)))
