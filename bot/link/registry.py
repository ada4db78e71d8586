"""Who is in the news: finds a person or body by any spelling, and tells what the store has."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Mapping, Sequence
from dataclasses import dataclass, replace
from datetime import date

from bot.link.introductions import Introduction, find_introduction
from bot.link.people import Sighting, find_sightings, join_people
from bot.model import Article, Fact, Findings, Mention, NameKind, Quote, Span
from bot.store.articles import get_versions
from bot.store.findings import get_findings_of
from bot.store.named import (
    IndexedName,
    find_keys_sounding,
    find_keys_with,
    find_versions_naming,
    find_words_like,
    get_names,
)
from bot.store.search import find_versions_with
from bot.store.store import Store
from bot.text.names import fold_name, sound_key, surname
from bot.text.similar import nearest
from bot.text.words import terms_of

MOST_WORDS = 6  # of a name; what is longer is a sentence
SPELT_LIKE = 82.0  # similarity from which a word of a name is taken for the one typed
SPELLINGS_TRIED = 4  # for one word
SHORTEST_MISSPELT_CHARS = 4
"""Shorter names differ too often by a letter; one less beside another word of the name."""
NAMES_LOOKED_AT = 60  # that hold the words typed, the most mentioned first
ARTICLES_READ = 150
"""The newest articles that a page about somebody is made from: some 0.2 s; older ones are
counted, not read."""
MOST_PEOPLE = 6  # of one name that can be told apart on a screen

Key = tuple[str, NameKind]


@dataclass(frozen=True, slots=True)
class Seen:
    """Something printed of somebody: the words, how often, and the first and the last day."""

    words: str
    count: int
    first: date | None
    last: date | None


@dataclass(frozen=True, slots=True)
class Spoken:
    """A quote of theirs, with its article."""

    article: Article
    quote: Quote


@dataclass(frozen=True, slots=True)
class Done:
    """A fact that they take part in, with its article."""

    article: Article
    fact: Fact


@dataclass(frozen=True, slots=True)
class Profile:
    """What the store has of one person or body.

    `anchor` (an article version and the start of a mention in it) names them for good: two people
    of one name have two. Quotes and facts are of the newest articles, newest first.
    """

    name: str
    kind: NameKind
    anchor: tuple[int, int]
    articles: int
    mentions: int
    first: date | None
    last: date | None
    roles: tuple[Seen, ...]
    spellings: tuple[Seen, ...]
    introduction: Introduction | None
    quotes: tuple[Spoken, ...]
    facts: tuple[Done, ...]
    keys: tuple[str, ...]

    @property
    def role(self) -> str | None:
        """The role that is printed most of late."""
        return self.roles[0].words if self.roles else None


# ------------------------------------------------------------------------------- finding
def find_names(store: Store, typed: str) -> list[IndexedName]:
    """The names that `typed` may mean, most mentioned first: those that hold its very words, else
    words that sound like them, else words spelt like them."""
    words = fold_name(typed).split()
    if not 0 < len(words) <= MOST_WORDS:
        return []
    held: set[Key] | None = None
    for word in words:
        # Each word is read as exactly as it can be: "mara lindquist" has one slip, not two.
        found = find_keys_with(store, word)
        if not found or (held is not None and not held & found):
            found = found | _like(store, word, alone=len(words) == 1)
        held = found if held is None else held & found
    if not held and len(words) > 1:
        held = find_keys_with(store, " ".join(words))
    return get_names(store, sorted(held or ()))[:NAMES_LOOKED_AT]


def _like(store: Store, word: str, *, alone: bool) -> set[Key]:
    """The names with a word that sounds or is spelt like this one."""
    if len(word) < SHORTEST_MISSPELT_CHARS - (not alone):
        return set()
    near = nearest(word, find_words_like(store, word), limit=SPELLINGS_TRIED, at_least=SPELT_LIKE)
    spelt = {key for other, _ in near for key in find_keys_with(store, other)}
    return find_keys_sounding(store, word) | spelt


def find_people(store: Store, typed: str) -> list[Profile]:
    """Whom `typed` may mean, the one in most articles first; several where nothing tells them
    apart, empty where nobody is called so."""
    names = find_names(store, typed)
    words = fold_name(typed).split()
    if not names:
        body = _body(store, " ".join(words)) if 0 < len(words) <= MOST_WORDS else None
        return [body] if body is not None else []
    bodies = [n for n in names if n.kind is NameKind.ORGANISATION]
    people = [n for n in names if n.kind is NameKind.PERSON]
    # A single word means a surname before it means a given name.
    called = [n for n in people if _holds(fold_name(surname(n.name)), words[-1])]
    if people and len(words) == 1 and called:
        people = called
    whole = [n for n in bodies if n.key == " ".join(words)]
    bare = bool(people) and len(words) == 1 and all(n.key == words[0] for n in people)
    if bare and (whole or _is_body(store, words[0])):  # a company speaks, too
        people, whole = [], whole or people
    bodies = whole or ([] if people else bodies)
    profiles = _people(store, people, words) if people else []
    keys = dict.fromkeys(n.key for n in bodies)
    profiles += [p for key in [*keys][:MOST_PEOPLE] if (p := _body(store, key)) is not None]
    found = sorted(profiles, key=lambda p: (-p.articles, -p.mentions, p.name))
    exact = [p for p in found if p.name and fold_name(p.name) == " ".join(words)]
    if len(words) > 1 and exact:
        found = exact
    return found[:MOST_PEOPLE]


def look_up_person(store: Store, anchor: tuple[int, int]) -> Profile | None:
    """The one whom the mention at `anchor` means; None where it is gone."""
    version, start = anchor
    findings = get_findings_of(store, [version]).get(version)
    mention = (
        next((m for m in findings.names if m.span.start == start), None) if findings else None
    )
    if mention is None:
        return None
    key = (fold_name(mention.name), mention.kind)
    alone = " " not in key[0]
    if mention.kind is not NameKind.PERSON or (alone and _is_body(store, key[0])):
        return _body(store, key[0])
    for profile in find_people_called(store, mention.name):
        if profile.anchor == anchor or (key[0] in profile.keys and _is_seen_in(profile, version)):
            return profile
    return None


def find_people_called(store: Store, name: str) -> list[Profile]:
    """The people of this very name."""
    key = (fold_name(name), NameKind.PERSON)
    known = get_names(store, [key])
    return _people(store, known, key[0].split()) if known else []


def _is_seen_in(profile: Profile, version: int) -> bool:
    places = [profile.anchor[0], *(s.article.key for s in profile.quotes)]
    places += [d.article.key for d in profile.facts]
    if profile.introduction is not None:
        places.append(profile.introduction.article.key)
    return version in places


def _holds(whole: str, word: str) -> bool:
    words = whole.split()
    return word in words or sound_key(word) in {sound_key(w) for w in words}


# ------------------------------------------------------------------------------- profiles
@dataclass(slots=True)
class _Read:
    """Articles with their findings, and the mentions of each name in them."""

    articles: Mapping[int, Article]
    findings: Mapping[int, Findings]


def _read(store: Store, keys: Sequence[Key]) -> _Read:
    versions = find_versions_naming(store, keys, limit=ARTICLES_READ)
    if not versions:
        return _Read({}, {})
    articles = get_versions(store, versions)
    return _Read({v: articles[v] for v in versions}, get_findings_of(store, versions))


def _people(store: Store, names: Sequence[IndexedName], words: Sequence[str]) -> list[Profile]:
    """The people behind these names, joined with the other spellings of theirs by evidence."""
    sounds = {sound_key(word) for n in names for word in fold_name(surname(n.name)).split()[-1:]}
    family: set[Key] = {(n.key, n.kind) for n in names}
    for word in {fold_name(surname(n.name)).split()[-1] for n in names if surname(n.name)}:
        family |= {k for k in find_keys_sounding(store, word) if k[1] is NameKind.PERSON}
    read = _read(store, sorted(family))
    sightings: list[Sighting] = []
    for version, article in read.articles.items():
        for seen in find_sightings(
            str(version), article.day, article.text, read.findings[version].names
        ):
            if sound_key(surname(seen.name)).split()[-1:] and (
                sound_key(surname(seen.name)).split()[-1] in sounds
            ):
                sightings.append(seen)
    wanted = {n.key for n in names}
    joined = [
        (person.name, [*person.sightings])
        for person in join_people(sightings)
        if any(fold_name(s.name) in wanted for s in person.sightings)
    ]
    full = [pair for pair in joined if len(fold_name(pair[0]).split()) > 1]
    if full and len(words) == 1:
        joined = full  # a bare surname that joins nobody is nobody to choose
    counted = {n.key: n for n in names}
    return [_profile(name, seen, read, counted) for name, seen in joined[:MOST_PEOPLE]]


def _profile(
    name: str, sightings: Sequence[Sighting], read: _Read, counted: Mapping[str, IndexedName]
) -> Profile:
    keys_of: dict[int, set[str]] = defaultdict(set)
    for seen in sightings:
        keys_of[int(seen.article)].add(fold_name(seen.name))
    places = {
        version: [
            m
            for m in read.findings[version].names
            if m.kind is NameKind.PERSON and fold_name(m.name) in keys_of[version]
        ]
        for version in read.articles
        if version in keys_of
    }
    profile = _told(name, NameKind.PERSON, places, read)
    known = counted.get(fold_name(name))
    if known is not None and known.articles > profile.articles:
        older = known.articles >= ARTICLES_READ  # else the rest is somebody of the same name
        if older:
            profile = replace(profile, articles=known.articles, mentions=known.mentions)
    return profile


def _named_anyhow(store: Store, key: str) -> tuple[_Read, dict[int, list[Mention]]]:
    """The newest articles with this folded name, and where it stands in them, as whatever kind
    of name it was read."""
    kinds = [(key, kind) for kind in NameKind]
    versions = {*find_versions_naming(store, kinds, limit=ARTICLES_READ)}
    versions |= find_versions_with(store, terms_of(key))
    newest = sorted(versions, reverse=True)[:ARTICLES_READ]
    found = get_versions(store, newest)
    findings = get_findings_of(store, newest)
    days = {v: a.day or date.min for v, a in found.items()}
    read = _Read({v: found[v] for v in sorted(found, key=lambda v: (days[v], v))[::-1]}, findings)
    places = {
        version: named
        for version in read.articles
        if (named := [m for m in findings[version].names if fold_name(m.name) == key])
    }
    return read, places


def _is_body(store: Store, key: str) -> bool:
    """Whether half of the articles read this single word as no person: a bare surname is one in
    all of them."""
    named = [{m.kind for m in mentions} for mentions in _named_anyhow(store, key)[1].values()]
    people = sum(kinds == {NameKind.PERSON} for kinds in named)
    return 2 * people <= len(named)


def _body(store: Store, key: str) -> Profile | None:
    """What no person bears: a company, an office, a place; None where no article names it."""
    read, places = _named_anyhow(store, key)
    if not places:
        return None
    mentions = [m for named in places.values() for m in named]
    kinds = Counter(m.kind for m in mentions if m.kind not in (NameKind.PERSON, NameKind.OTHER))
    kind = max(kinds, key=lambda k: (kinds[k], k)) if kinds else NameKind.ORGANISATION
    name = next((m.name for m in mentions if not m.name.isupper()), mentions[0].name)
    profile = _told(name, kind, places, read)
    counted = get_names(store, [(key, k) for k in NameKind])
    articles = max((n.articles for n in counted), default=0)
    if articles > profile.articles:  # more than was read
        times = sum(n.mentions for n in counted)
        return replace(profile, articles=articles, mentions=max(times, profile.mentions))
    return profile


def _told(
    name: str, kind: NameKind, places: Mapping[int, Sequence[Mention]], read: _Read
) -> Profile:
    """What these mentions tell; `places` go from the newest article to the oldest."""
    days = [d for v in places if (d := read.articles[v].day) is not None]
    roles: dict[str, list[date | None]] = defaultdict(list)
    forms: dict[str, list[date | None]] = defaultdict(list)
    quotes: list[Spoken] = []
    facts: list[Done] = []
    keys: Counter[str] = Counter()
    for version, mentions in places.items():
        article, findings = read.articles[version], read.findings[version]
        own = {fold_name(m.name) for m in mentions}
        keys.update(fold_name(m.name) for m in mentions)
        for mention in mentions:
            forms[" ".join(mention.span.of(article.text).split())].append(article.day)
            if mention.role:
                roles[mention.role].append(article.day)
        quotes += [Spoken(article, q) for q in findings.quotes if _speaks(q, own, mentions)]
        facts += [Done(article, f) for f in findings.facts if _takes_part(f, own, mentions)]
    anchor = next(((v, m[0].span.start) for v, m in places.items() if m), (0, 0))
    return Profile(
        name=name,
        kind=kind,
        anchor=anchor,
        articles=len(places),
        mentions=sum(map(len, places.values())),
        first=min(days, default=None),
        last=max(days, default=None),
        roles=_seen(roles, by_day=True),
        spellings=_seen(forms),
        introduction=find_introduction(places, read.articles, read.findings),
        quotes=tuple(quotes),
        facts=tuple(facts),
        keys=tuple(key for key, _ in keys.most_common()),
    )


def _speaks(quote: Quote, own: set[str], mentions: Sequence[Mention]) -> bool:
    speaker = quote.speaker
    if speaker is None:
        return False
    if speaker.name:
        return fold_name(speaker.name) in own
    return any(m.span.overlaps(speaker.span) for m in mentions)


def _takes_part(fact: Fact, own: set[str], mentions: Sequence[Mention]) -> bool:
    return fact.kind != "figure" and any(
        fold_name(p.name) in own or (p.span is not None and _is_at(p.span, mentions))
        for p in fact.parties
    )


def _is_at(span: Span, mentions: Sequence[Mention]) -> bool:
    return any(span.covers(m.span) for m in mentions)


def _seen(found: Mapping[str, list[date | None]], *, by_day: bool = False) -> tuple[Seen, ...]:
    """What was printed, the most frequent first; with `by_day` that of the last days first."""
    told = []
    for words, days in found.items():
        known = [d for d in days if d is not None]
        told.append(Seen(words, len(days), min(known, default=None), max(known, default=None)))
    if by_day:
        return tuple(sorted(told, key=lambda s: (s.last or date.min, s.count), reverse=True))
    return tuple(sorted(told, key=lambda s: (-s.count, s.words)))
