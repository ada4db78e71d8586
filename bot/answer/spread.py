"""How a topic spreads over the days: how many articles tell of it, who is quoted when, and which
figures differ. It is what a picture of a timeline shows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass
from datetime import date, datetime, tzinfo

from bot.answer.accounts import Wanted
from bot.answer.families import relatives_of
from bot.answer.result import Account, Response
from bot.link.counts import Count, find_counts, find_differences
from bot.link.registry import find_people
from bot.model import Article, Findings, Quote
from bot.store.articles import find_published, get_versions
from bot.store.findings import get_findings_of
from bot.store.search import find_versions_with
from bot.store.store import Store
from bot.text.names import fold_name
from bot.text.words import STOP_TERMS, terms_of

MOST_READ = 150  # articles, the newest, of which the quotes and figures are looked at
MOST_VOICES = 5
MOST_FIGURES = 3
MOST_WORDS = 0.6  # of a topic, for an article that was found by other means
LONGEST_NAME_CHARS = 60  # what is longer is no name


@dataclass(frozen=True, slots=True)
class Voice:
    """Somebody who is quoted, or an outlet that quotes, and the day of each time."""

    name: str
    role: str | None
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Figure:
    """One of several figures for one thing, as it was printed first, and where on which days."""

    words: str
    outlets: tuple[str, ...]
    days: tuple[date, ...]


@dataclass(frozen=True, slots=True)
class Spread:
    """What a topic, or what somebody said on it, has by day.

    `days` holds the day of each article, the earliest first. Of a person `voices` are the outlets
    that quote them, and `turns` where their word turns: what is said now, and the day.
    """

    name: str
    topic: str = ""
    is_person: bool = False
    days: tuple[date, ...] = ()
    outlets: int = 0
    voices: tuple[Voice, ...] = ()
    figures: tuple[Figure, ...] = ()
    turns: tuple[tuple[str, date], ...] = ()


def spread_of(wanted: Wanted, response: Response, store: Store, zone: tzinfo) -> Spread | None:
    """What `wanted` has by day in a time zone; None where no article with a day tells of it.

    `response` is the timeline of the same.
    """
    account = response.accounts[0]
    quoting = _articles_quoting(wanted, account, store) if account.is_person else set()
    is_person = bool(quoting)  # of whom nothing is quoted may still be a topic
    words = wanted.topic if is_person else f"{wanted.who} {wanted.topic}"
    terms = [t for t in terms_of(words) if t not in STOP_TERMS]
    keys = find_versions_with(store, terms) if terms else set()
    if is_person:
        keys = keys & quoting if keys & quoting else quoting
    keys |= {
        entry.answer.article.key
        for entry in account.entries
        if is_person or entry.count is not None or _is_on(terms, entry.answer.article)
    }
    keys = keys or {answer.article.key for answer in response.answers}
    moments = find_published(store, keys)
    days = {key: day_in(moment, zone) for key, moment in moments.items()}
    if not days:
        return None
    newest = sorted(days, key=lambda key: (days[key], key))[-MOST_READ:]
    articles = get_versions(store, newest)
    findings = get_findings_of(store, list(articles))
    outlets = {a.source for a in articles.values() if a.source}
    if is_person:
        voices = _outlets_quoting(account.name, articles, findings, days)
    else:
        voices = _voices(articles, findings, days, frozenset(terms))
    return Spread(
        account.name if is_person else wanted.who,
        wanted.topic,
        is_person,
        tuple(sorted(days.values())),
        len(outlets),
        voices,
        () if is_person else _figures(articles, findings, days, terms),
        _turns(account, days) if is_person else (),
    )


def _turns(account: Account, days: Mapping[int, date]) -> tuple[tuple[str, date], ...]:
    """What is said where somebody's word turns, with its day."""
    return tuple(
        (entry.turn.later, days[key])
        for entry in account.entries
        if entry.turn is not None and (key := entry.answer.article.key) in days
    )


def day_in(moment: date | datetime, zone: tzinfo) -> date:
    """The day of a moment in a time zone; a day is that day everywhere."""
    return moment.astimezone(zone).date() if isinstance(moment, datetime) else moment


def _is_on(terms: Sequence[str], article: Article) -> bool:
    """Whether an article holds most words of a topic, or relatives of them."""
    held = set(terms_of(f"{article.title or ''} {article.text}"))
    found = [t for t in terms if t in held or not held.isdisjoint(relatives_of(t))]
    return bool(found) and len(found) >= MOST_WORDS * len(terms)


def _articles_quoting(wanted: Wanted, account: Account, store: Store) -> set[int]:
    """The articles that quote the person of `account`."""
    profiles = [p for p in find_people(store, wanted.who) if p.name == account.name]
    return {spoken.article.key for profile in profiles for spoken in profile.quotes}


# --------------------------------------------------------------------------------- voices
def _voices(
    articles: Mapping[int, Article],
    findings: Mapping[int, Findings],
    days: Mapping[int, date],
    terms: frozenset[str],
) -> tuple[Voice, ...]:
    """Who is quoted most on the topic, the one quoted first in front."""
    names: dict[str, Counter[str]] = defaultdict(Counter)
    roles: dict[str, Counter[str]] = defaultdict(Counter)
    said: dict[str, list[date]] = defaultdict(list)
    for key, article in articles.items():
        on_topic = not terms or bool(terms & set(terms_of(article.title or "")))
        for quote in findings[key].quotes:
            name = _speaker_name(quote)
            if name is None or not (on_topic or _is_near(quote, article, findings[key], terms)):
                continue
            who = fold_name(name)
            names[who][name] += 1
            said[who].append(days[key])
            if quote.speaker is not None and quote.speaker.role:
                roles[who][quote.speaker.role] += 1
    for who in [who for who in said if " " not in who]:  # a surname alone is whoever bears it
        bearers = [name for name in said if name.endswith(f" {who}")]
        if len(bearers) == 1:
            said[bearers[0]] += said.pop(who)
    most = sorted(said, key=lambda who: (-len(said[who]), min(said[who]), who))[:MOST_VOICES]
    voices = [
        Voice(
            names[who].most_common(1)[0][0],
            roles[who].most_common(1)[0][0] if roles[who] else None,
            tuple(sorted(said[who])),
        )
        for who in most
    ]
    return tuple(sorted(voices, key=lambda voice: (voice.days, voice.name)))


def _speaker_name(quote: Quote) -> str | None:
    """The name of somebody who is known by one ("the ministry" is nobody to draw)."""
    name = quote.speaker.name if quote.speaker is not None else None
    named = name and name[:1].isupper() and len(name) <= LONGEST_NAME_CHARS
    return name if named else None


def _is_near(quote: Quote, article: Article, findings: Findings, terms: frozenset[str]) -> bool:
    """Whether a word of the topic stands in the sentences of a quote, or in one beside them."""
    at = [n for n, s in enumerate(findings.sentences) if s.overlaps(quote.span)]
    if not at:
        return False
    beside = findings.sentences[max(at[0] - 1, 0) : at[-1] + 2]
    return any(terms & set(terms_of(s.of(article.text))) for s in beside)


def _outlets_quoting(
    name: str,
    articles: Mapping[int, Article],
    findings: Mapping[int, Findings],
    days: Mapping[int, date],
) -> tuple[Voice, ...]:
    """The outlets that quote somebody most, each with its days."""
    last = fold_name(name).split()[-1:]
    printed: dict[str, list[date]] = defaultdict(list)
    for key, article in articles.items():
        for quote in findings[key].quotes:
            speaker = _speaker_name(quote)
            if article.source and speaker and fold_name(speaker).split()[-1:] == last:
                printed[article.source].append(days[key])
    most = sorted(printed, key=lambda o: (-len(printed[o]), min(printed[o]), o))[:MOST_VOICES]
    return tuple(Voice(outlet, None, tuple(sorted(printed[outlet]))) for outlet in most)


# -------------------------------------------------------------------------------- figures
def _figures(
    articles: Mapping[int, Article],
    findings: Mapping[int, Findings],
    days: Mapping[int, date],
    terms: Sequence[str],
) -> tuple[Figure, ...]:
    """The figures of the one thing that the articles count differently, in order of their days;
    where there are several such things, the one with a word of the topic, else the most told."""
    counts = [c for key, article in articles.items() for c in find_counts(article, findings[key])]
    differing = find_differences(counts)
    if not differing:
        return ()
    asked = set(terms)

    def on_topic(told: Iterable[Count]) -> bool:
        return any(
            asked & set(terms_of(c.words)) or asked & set(terms_of(c.sentence.of(c.article.text)))
            for c in told
        )

    best = max(differing, key=lambda d: (on_topic(d.counts), len(d.counts)))
    told: dict[float, list[Count]] = defaultdict(list)
    for count in best.counts:
        told[count.value].append(count)
    figures = []
    for same in told.values():
        first = min(same, key=lambda c: (days[c.article.key], c.article.key))
        outlets = dict.fromkeys(c.article.source for c in same if c.article.source)
        when = sorted(days[c.article.key] for c in same)
        figures.append(Figure(first.words, tuple(outlets), tuple(when)))
    figures.sort(key=lambda figure: (-len(figure.days), figure.days))
    return tuple(sorted(figures[:MOST_FIGURES], key=lambda figure: figure.days))
