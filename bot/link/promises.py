"""Links what a report looks back at ("three days after the date that he named himself"), and what
came on the day that had been named for it, to the sentence in which it was promised."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date
from functools import cache

from bot.link.matters import agreement, find_articles_on, telling_of, tellings_of
from bot.link.outcomes import choose_outcomes, is_plan
from bot.model import Article, Findings, Grain, NameKind, Span
from bot.store.articles import get_versions
from bot.store.findings import get_findings_of
from bot.store.search import get_sentences, search_articles
from bot.store.store import Store
from bot.text.dates import bounds
from bot.text.dates.calendar_words import MONTHS, WEEKDAYS
from bot.text.names import fold_name, surname
from bot.text.novelty import telling_terms
from bot.text.ordinary import ordinary_words
from bot.text.words import STOP_TERMS, term_of

PROMISE_DAYS = 90
"""A promise older than this is history, not news."""
SURE_FACT = 0.6
SHARED_TERMS = 5
"""So many telling terms a promise and what looks back at it share, if they name one person, body
or place;"""
SHARED_BESIDE_DATE = 3
"""so many, days and months aside, where both name the same day."""
LEAST_RARE = 1
"""Of the shared terms, names aside, so many are no words of everyday language, or are numbers."""
ARTICLES_FOUND = 40
ARTICLES_READ = 15
LOOKED_FROM = 3
"""Sentences of one article from which a promise is looked for."""
TERMS_SEARCHED = 14
SAME_MATTER = 0.6
"""Least agreement (0-1) of what was announced with what came."""
SAME_DEED = 0.7
"""Least share of the announcement's words besides names that stand in what came: one court decides
many cases."""
ANNOUNCED_IN = 8
"""Articles that are looked through for what was announced, the nearest in words."""
NEAR_DAYS = 3
"""What came may be so many days early or late."""

COPY_SHARE = 0.8
"""A promise that shares more of its terms with what looks back is the same boilerplate."""

_LOOKS_BACK = re.compile(
    r"\b(?:had (?:promised|pledged|vowed|undertaken|set|named)|deadline|as (?:promised|planned)"
    r"|(?:kept|broke|keeps|breaks|broken) (?:his|her|its|their|a|the) (?:word|promise|pledge)"
    r"|named (?:him|her|it)self|(?:ahead of|behind) schedule|overdue|(?:in|on) time)\b",
    re.IGNORECASE,
)
"""Words that look back at a promise by themselves."""
_MAY_LOOK_BACK = re.compile(r"\b(?:promised|pledged|vowed|due)\b", re.IGNORECASE)
"""Words that do so once the day that had been named has come."""
_PROMISES = re.compile(
    r"\b(?:promis\w{1,4}|pledg\w{1,4}|vow(?:s|ed|ing)?|guarantee\w{0,2}|will|would|shall|is to"
    r"|are to|by)\b",
    re.IGNORECASE,
)


_VOWS = re.compile(r"\b(?:promis|pledg|vow|guarante)\w{0,5}\b", re.IGNORECASE)


@dataclass(frozen=True, slots=True)
class Promise:
    """A sentence in which something was promised or set for a day, and the later one that looks
    back at it."""

    article: Article
    sentence: Span
    looked_back: Span
    """The sentence of the later article."""
    speaker: str | None = None
    """Who makes the promise, where that is told."""

    @property
    def is_vow(self) -> bool:
        """Whether somebody gave their word; else it was announced."""
        return _VOWS.search(self.sentence.of(self.article.text)) is not None


def looks_back(text: str) -> bool:
    """Whether a sentence speaks of what had been promised or set."""
    return bool(_LOOKS_BACK.search(text) or _MAY_LOOK_BACK.search(text))


def find_promises(store: Store, article: Article, findings: Findings) -> list[Promise]:
    """The promises that `article` looks back at, as earlier articles reported them; of each the
    earliest report, in the order in which this article comes to them."""
    if article.day is None:
        return []
    found: list[Promise] = []
    looking = [s for s in findings.sentences if looks_back(s.of(article.text))]
    for sentence in looking[:LOOKED_FROM]:
        promise = _look_up(store, article, findings, sentence)
        if promise is not None and all(
            (p.article.key, p.sentence) != (promise.article.key, promise.sentence) for p in found
        ):
            found.append(promise)
    return found


def find_announcement(
    store: Store, article: Article, findings: Findings, span: Span
) -> Promise | None:
    """The earlier sentence that named a day for what `span` now tells, where that day has come;
    None where there is none, or it may be another matter's."""
    day = article.day
    if day is None:
        return None
    outcome = telling_of(article, findings, span)
    best: tuple[float, Promise] | None = None
    for other, found in find_articles_on(store, outcome, limit=ANNOUNCED_IN):
        if not _is_before(other, article):
            continue
        for telling in tellings_of(other, found):
            named = _days(telling.span, other, found, ahead=True)
            near = [d for d in named if abs((date.fromisoformat(d) - day).days) <= NEAR_DAYS]
            alike = agreement(telling, outcome)
            deed = telling.terms - telling.names
            if not near or alike < SAME_MATTER or not is_plan(telling):
                continue
            if len(deed & outcome.matter) < SAME_DEED * len(deed):
                continue
            if _is_headline(telling.span, other):
                continue
            if (best is None or alike > best[0]) and choose_outcomes(telling, [outcome]):
                speaker = _speaker(telling.span, found)
                best = alike, Promise(other, telling.span, span, speaker)
    return best[1] if best is not None else None


def _look_up(store: Store, article: Article, findings: Findings, sentence: Span) -> Promise | None:
    terms = telling_terms(sentence.of(article.text))
    names = _names(sentence, article, findings)
    days = _days(sentence, article, findings, ahead=False)
    hits = search_articles(store, sorted(terms)[:TERMS_SEARCHED], limit=ARTICLES_FOUND)
    versions = [hit.row for hit in hits]
    earlier = {
        key: other
        for key, other in get_versions(store, versions).items()
        if _is_before(other, article)
    }
    if not earlier:
        return None
    keys = sorted(earlier, key=versions.index)[:ARTICLES_READ]
    known = get_findings_of(store, keys)
    found: list[tuple[int, str, Promise]] = []
    is_plain = _LOOKS_BACK.search(sentence.of(article.text)) is not None
    for row in get_sentences(store, keys):
        other = earlier[row.version]
        if not _is_promise(row.span, other, known[other.key]):
            continue
        shared = terms & frozenset(row.terms)
        speakers = _names(row.span, other, known[other.key])
        ahead = _days(row.span, other, known[other.key], ahead=True)
        has_come = bool(ahead) and min(ahead) <= (article.day or date.max).isoformat()
        held = days & ahead
        if not is_plain and not has_come:
            continue
        if len(shared) > COPY_SHARE * len(telling_terms(row.span.of(other.text))):
            continue
        share_name = bool(names & speakers)
        telling = {t for t in shared if t in _rare(shared) and t not in names}
        enough = (share_name and len(shared) >= SHARED_TERMS) or (
            bool(held) and len(shared - _calendar()) >= SHARED_BESIDE_DATE
        )
        if not enough or (len(telling) < LEAST_RARE and not held):
            continue
        moment = (other.published or other.added).isoformat()
        speaker = _speaker(row.span, known[other.key])
        found.append((-len(shared), moment, Promise(other, row.span, sentence, speaker)))
    return min(found, key=lambda item: item[:2])[2] if found else None


def _is_before(other: Article, article: Article) -> bool:
    if other.day is None or article.day is None or other.id == article.id:
        return False
    return 0 < (article.day - other.day).days <= PROMISE_DAYS


def _is_headline(sentence: Span, article: Article) -> bool:
    return sentence.of(article.text).strip() == (article.title or "").strip()


def _is_promise(sentence: Span, article: Article, findings: Findings) -> bool:
    """Whether something is promised in a sentence, or set for a day to come."""
    if any(
        f.kind in ("promise", "plan") and f.status == "planned" and f.confidence >= SURE_FACT
        for f in findings.facts
        if sentence.covers(f.span)
    ):
        return True
    if not _PROMISES.search(sentence.of(article.text)):
        return False
    return bool(_days(sentence, article, findings, ahead=True))


def _days(sentence: Span, article: Article, findings: Findings, *, ahead: bool) -> set[str]:
    """The days that a sentence names; only those to come, where `ahead`."""
    found: set[str] = set()
    for mention in findings.dates:
        if not sentence.covers(mention.span) or mention.grain not in (Grain.DAY, Grain.TIME):
            continue
        ends = bounds(mention.value)
        if ends is not None and (not ahead or article.day is None or ends[0] > article.day):
            found.add(ends[0].isoformat())
    return found


def _names(sentence: Span, article: Article, findings: Findings) -> set[str]:
    """The last words of the names in a sentence, and of whoever speaks in it."""
    found = {
        fold_name(surname(m.name) if m.kind is NameKind.PERSON else m.name)
        for m in findings.names
        if sentence.covers(m.span)
    }
    if speaker := _speaker(sentence, findings):
        found.add(fold_name(surname(speaker)))
    return found


def _speaker(sentence: Span, findings: Findings) -> str | None:
    """The name of whoever speaks in a sentence."""
    for quote in findings.quotes:
        name = quote.speaker.name if quote.speaker is not None else None
        if name and any(sentence.overlaps(content) for content in quote.content):
            return name
    return None


def _rare(terms: Sequence[str] | frozenset[str]) -> set[str]:
    return {t for t in terms if t[0].isdigit() or (t not in _ordinary() and t not in STOP_TERMS)}


@cache
def _calendar() -> frozenset[str]:
    return frozenset(term_of(word) for word in (*MONTHS, *WEEKDAYS))


@cache
def _ordinary() -> frozenset[str]:
    return frozenset(term_of(word) for word in ordinary_words())
