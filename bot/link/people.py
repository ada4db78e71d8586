"""Joins the people of single articles into people across articles, where evidence allows."""

from __future__ import annotations

from collections import Counter, defaultdict
from collections.abc import Iterable, Sequence
from dataclasses import dataclass, field, replace
from datetime import date

from bot.model import Mention, NameKind
from bot.text.name_words import NICKNAMES
from bot.text.names import fold_name, generation, parse_name, same_given_name, sound_key, surname
from bot.text.people_words import COMMON_SURNAMES, FAMOUS_GIVEN_NAMES
from bot.text.tables import word_set
from bot.text.words import STOP_TERMS, term_of

SAME_NAME_DAYS = 1000
"""Within so many days one full name in the news is one person, if nothing speaks against it."""
NEAR_DAYS = 60
"""The same for a full name that many people bear."""
BARE_DAYS = 400
"""How far a bare surname may lie from the full name that it joins."""
COMPANIONS_FOR_SURNAME = 3
"""A bare surname joins a full name only beside so many names that both articles share."""
COMPANIONS_FOR_INITIAL = 2
"""The same for a nickname, an initial or a given name that one of the two leaves out."""

MOST_COMPANIONS = 200
"""Of an article that names more than this many, so many are kept of each one's company: a list of
names would else be kept once for each name in it."""

COMMON_COMPANION = 0.05
"""Who stands in more than this share of the articles is company that tells nothing."""
FEWEST_ARTICLES = 40
"""In fewer articles nobody is common."""

_EMPTY_ROLE_WORDS = word_set("former late new old mr mrs ms the of for and a an in at then")


@dataclass(frozen=True, slots=True)
class Sighting:
    """A person as one article tells of them."""

    article: str
    name: str
    """The full form in that article."""
    day: date | None = None
    roles: frozenset[str] = frozenset()
    """The terms of the roles printed beside the name."""
    companions: frozenset[str] = frozenset()
    """The folded names of others in the article."""
    count: int = 1
    spellings: tuple[str, ...] = ()


@dataclass(slots=True)
class Person:
    """One person across articles: the fullest name, every spelling, every article."""

    name: str
    sightings: list[Sighting] = field(default_factory=list)

    @property
    def spellings(self) -> tuple[str, ...]:
        """Every printed form, the most frequent articles' first, no one twice."""
        return tuple(dict.fromkeys(s for seen in self.sightings for s in seen.spellings))

    @property
    def sound_keys(self) -> frozenset[str]:
        """How the name and its surname sound, for finding it misspelt."""
        return frozenset({sound_key(self.name), sound_key(surname(self.name))})


def find_sightings(
    article: str, day: date | None, text: str, mentions: Sequence[Mention]
) -> list[Sighting]:
    """The people of one article, in order of their first mention."""
    roles: dict[str, set[str]] = defaultdict(set)
    printed: dict[str, list[str]] = defaultdict(list)
    others: set[str] = set()
    for mention in mentions:
        if mention.kind is not NameKind.PERSON:
            if mention.kind is not NameKind.PLACE:
                others.add(fold_name(mention.name))
            continue
        printed[mention.name].append(mention.span.of(text))
        if mention.role:
            roles[mention.name].update(_role_terms(mention.role))
    others |= {fold_name(name) for name in printed}
    everyone = frozenset(sorted(others)[:MOST_COMPANIONS])
    return [
        Sighting(
            article,
            name,
            day,
            frozenset(roles[name]),
            _without(everyone, fold_name(name)),
            len(forms),
            tuple(dict.fromkeys([name, *forms])),
        )
        for name, forms in printed.items()
    ]


def _without(names: frozenset[str], name: str) -> frozenset[str]:
    """`names` without `name`: the very same where it is not among them, so that a list of
    thousands of names does not keep its company once for each (a question took 150 MB)."""
    return names - {name} if name in names else names


def may_join(a: Sighting, b: Sighting) -> bool:
    """Whether `a` and `b` are one person by name and evidence.

    Equal full names join when roles, company or time agree; a nickname or initial needs more of
    it, and a bare surname most, unless everyone knows its bearer. A wrong join is worse than a
    missed one.
    """
    one, two = parse_name(a.name), parse_name(b.name)
    last = fold_name(one.surname)
    shared = len(a.companions & b.companions)
    alike = bool(a.roles & b.roles)
    near = _days_apart(a, b) <= NEAR_DAYS
    is_spelt_alike = last == fold_name(two.surname) and same_given_name(one.given, two.given)
    if one.given and two.given and not is_spelt_alike and _sounds_alike(a.name, b.name):
        # Two transcriptions of one name ("Dmitri Peskov", "Dimitri Peskow") are one person only
        # where the role or the company says so, too.
        return near and (alike or shared >= COMPANIONS_FOR_INITIAL)
    if last != fold_name(two.surname):
        return False
    if not one.given or not two.given:
        return _may_join_bare(a, b, last, shared=shared, alike=alike, near=near)
    if generation(a.name) != generation(b.name) and not alike:
        return False
    if not same_given_name(one.given, two.given):
        return False
    if _first(one.given) == _first(two.given):
        if last in COMMON_SURNAMES:
            return near or alike or shared > 0
        return _days_apart(a, b) <= SAME_NAME_DAYS or alike or shared > 0
    nick = {NICKNAMES.get(g, g) for g in (_first(one.given), _first(two.given))}
    if len(nick) == 1 and last not in COMMON_SURNAMES:
        return _days_apart(a, b) <= SAME_NAME_DAYS
    if any({_first(one.given), _first(two.given)} <= {*p.split()} for p in _famous(last)):
        return True
    return alike or shared >= COMPANIONS_FOR_INITIAL


def _sounds_alike(a: str, b: str) -> bool:
    """Whether two full names have the same consonants by sound, and surnames that sound alike."""
    if sound_key(surname(a)) != sound_key(surname(b)):
        return False
    return sound_key(a).replace("a", "") == sound_key(b).replace("a", "")


def join_people(sightings: Iterable[Sighting]) -> list[Person]:
    """The people of many articles, the one seen most first.

    A sighting joins the person with whom it agrees best; where two people of one name agree
    about as well, it stays apart.
    """
    by_surname: dict[str, list[Person]] = defaultdict(list)
    sightings = _with_telling_company([*sightings])
    # Full names first, so that bare surnames find someone to join.
    order = sorted(sightings, key=lambda s: (not parse_name(s.name).given, s.day or date.max))
    for seen in order:
        bearers = by_surname[sound_key(surname(seen.name))]
        fitting = [
            p
            for p in bearers
            if any(may_join(s, seen) for s in p.sightings) and not _contradicts(p, seen)
        ]
        bare = not parse_name(seen.name).given
        if len(fitting) > 1 and bare:
            fitting = []
        if fitting:
            best = max(fitting, key=lambda p: _agreement(p, seen))
            best.sightings.append(seen)
            for other in fitting:
                if other is not best and fold_name(other.name) == fold_name(best.name):
                    # This sighting is the evidence that had been missing between the two.
                    best.sightings += other.sightings
                    bearers.remove(other)
            if len(seen.name) > len(best.name) and _is_fuller(seen.name, best.name):
                best.name = seen.name
        else:
            bearers.append(Person(seen.name, [seen]))
    people = [p for bearers in by_surname.values() for p in bearers]
    return sorted(people, key=lambda p: (-len(p.sightings), p.name))


def _contradicts(person: Person, seen: Sighting) -> bool:
    """Whether somebody who was joined already cannot be `seen`: "George Bush" may be George W. and
    George H. W. Bush, but these two are not each other."""
    two = parse_name(seen.name)
    for name in {s.name for s in person.sightings}:
        one = parse_name(name)
        if not one.given or not two.given or _sounds_alike(name, seen.name):
            continue
        if not same_given_name(one.given, two.given) and _first(one.given) == _first(two.given):
            return True
    return False


def _with_telling_company(sightings: list[Sighting]) -> list[Sighting]:
    """`sightings` without the companions whom every second article names."""
    company: dict[str, set[str]] = defaultdict(set)
    for seen in sightings:
        company[seen.article] |= seen.companions
    if len(company) < FEWEST_ARTICLES:
        return sightings
    counts = Counter(name for names in company.values() for name in names)
    common = {name for name, n in counts.items() if n > COMMON_COMPANION * len(company)}
    telling = {names: names - common for names in {s.companions for s in sightings}}
    return [replace(s, companions=telling[s.companions]) for s in sightings]


def _may_join_bare(
    a: Sighting, b: Sighting, last: str, *, shared: int, alike: bool, near: bool
) -> bool:
    famous = _famous(last)
    known = [g for g in (_first(parse_name(s.name).given) for s in (a, b)) if g]
    if famous:
        # "Trump" alone is the one whom everyone knows, never a relative.
        if known and not any(known[0] in person.split() for person in famous):
            return False
        return len(famous) == 1 or (bool(known) and near and shared >= COMPANIONS_FOR_SURNAME)
    if not known:
        return near and shared >= COMPANIONS_FOR_SURNAME
    if alike and shared > 1 and _days_apart(a, b) <= BARE_DAYS:
        return True
    return near and (shared >= COMPANIONS_FOR_SURNAME or (alike and shared > 0))


def _famous(last: str) -> tuple[str, ...]:
    return FAMOUS_GIVEN_NAMES.get(last, ())


def _agreement(person: Person, seen: Sighting) -> tuple[int, int, int]:
    """How well a sighting fits a person: shared roles, shared company, nearness."""
    return (
        max(len(s.roles & seen.roles) for s in person.sightings),
        max(len(s.companions & seen.companions) for s in person.sightings),
        -min(_days_apart(s, seen) for s in person.sightings),
    )


def _days_apart(a: Sighting, b: Sighting) -> int:
    if a.day is None or b.day is None:
        return 0
    return abs((a.day - b.day).days)


def _is_fuller(name: str, than: str) -> bool:
    return len(parse_name(name).full.split()) > len(parse_name(than).full.split()) == 1


def _first(given: str) -> str:
    words = fold_name(given).split()
    return words[0] if words else ""


def _role_terms(role: str) -> set[str]:
    terms = {term_of(word) for word in role.replace("-", " ").split()}
    return {t for t in terms if t not in STOP_TERMS and t not in _EMPTY_ROLE_WORDS}
