"""Joins the facts of several articles into events with witnesses, and promises with outcomes."""

from __future__ import annotations

from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import date

from bot.model import Fact, Figure
from bot.text.names import fold_name, surname
from bot.text.tables import word_set
from bot.text.words import STOP_TERMS, terms_of

SAME_OBJECT = 0.5
"""Share of the shorter object's telling terms that both objects must hold to be one matter."""
SAME_OBJECT_BESIDE_PARTY = 0.34
"""The same where both facts name one party."""
FEWEST_TERMS = 2
"""Objects with fewer telling terms in common are never one matter by their words."""
EVENT_DAYS = 3
"""Reports of one event stand at most so many days apart."""
OUTCOME_DAYS = 400
"""How long after a promise its outcome is looked for."""

OUTCOMES = word_set("agreed signed happened rejected suspended not_agreed not_happened denied")
"""Statuses that tell how a plan or promise ended."""

_FAMILIES = {
    "promise": "plan",
    "talks": "agreement",
    "condition": "demand",
}
"""Kinds that reports of one event use for each other."""
_EMPTY_TERMS = word_set("deal agreement accord plan new would will say said year week month day")


@dataclass(frozen=True, slots=True)
class Report:
    """A fact as one article reports it."""

    article: str
    outlet: str | None
    day: date | None
    fact: Fact


@dataclass(frozen=True, slots=True)
class Reading:
    """One figure that an event is told with, and who tells it so."""

    figure: Figure
    reports: tuple[Report, ...]


@dataclass(frozen=True, slots=True)
class Event:
    """One event and its witnesses, in order of day."""

    kind: str
    reports: tuple[Report, ...]

    @property
    def outlets(self) -> tuple[str, ...]:
        """The outlets that report it, each once, the earliest first."""
        return tuple(dict.fromkeys(r.outlet for r in self.reports if r.outlet))

    @property
    def figures(self) -> tuple[Reading, ...]:
        """The figures of the event; values that differ stay apart, with who tells them."""
        found: dict[tuple[float, str | None, str], list[Report]] = defaultdict(list)
        shown: dict[tuple[float, str | None, str], Figure] = {}
        for report in self.reports:
            figure = report.fact.figure
            if figure is None:
                continue
            key = (figure.value, figure.unit, " ".join(terms_of(figure.of or "")[-1:]))
            found[key].append(report)
            shown.setdefault(key, figure)
        return tuple(Reading(shown[key], tuple(reports)) for key, reports in found.items())


@dataclass(frozen=True, slots=True)
class Outcome:
    """A promise or plan, and the later report that tells how it ended."""

    promise: Report
    report: Report


def group_events(reports: Sequence[Report]) -> list[Event]:
    """The events that `reports` tell, in order of their first report.

    Two reports are one event when kind, day and matter agree: they share a party and part of
    the object, or most of the object. Within one article nothing is joined: what an outlet tells
    twice it tells as two things.
    """
    order = sorted(reports, key=lambda r: (r.day or date.max, r.article, r.fact.span))
    groups: list[list[Report]] = []
    by_family: dict[str, list[list[Report]]] = defaultdict(list)
    for report in order:
        family = _family(report.fact.kind)
        home = next((g for g in by_family[family] if _belongs(report, g)), None)
        if home is None:
            home = []
            groups.append(home)
            by_family[family].append(home)
        home.append(report)
    return [Event(group[0].fact.kind, tuple(group)) for group in groups]


def find_outcomes(reports: Sequence[Report]) -> list[Outcome]:
    """Each plan or promise with the first later report on the same matter that settles it.

    Both name one party and agree in what it is about; the settling report is of a later day and
    has a status that ends the matter.
    """
    order = sorted(
        (r for r in reports if r.day is not None), key=lambda r: (r.day or date.max, r.fact.span)
    )
    found = []
    for n, promise in enumerate(order):
        if promise.fact.status != "planned":
            continue
        for later in order[n + 1 :]:
            if later.fact.status not in OUTCOMES or not _follows(promise, later):
                continue
            if (
                _parties(promise.fact) & _parties(later.fact)
                and _shared(promise.fact, later.fact) >= SAME_OBJECT
            ):
                found.append(Outcome(promise, later))
                break
    return found


def _belongs(report: Report, group: Sequence[Report]) -> bool:
    if any(r.article == report.article for r in group):
        return False
    return any(is_one_event(report, other) for other in group)


def is_one_event(a: Report, b: Report) -> bool:
    """Whether two reports tell one event: kind, day and matter agree enough."""
    if a.day is not None and b.day is not None and abs((a.day - b.day).days) > EVENT_DAYS:
        return False
    if a.fact.status != b.fact.status:
        # A deal and its denial are two things told of one matter.
        return False
    shared = _shared(a.fact, b.fact)
    if _parties(a.fact) & _parties(b.fact):
        return shared >= SAME_OBJECT_BESIDE_PARTY
    return shared >= SAME_OBJECT


def _follows(promise: Report, later: Report) -> bool:
    if promise.day is None or later.day is None or later.article == promise.article:
        return False
    return 0 < (later.day - promise.day).days <= OUTCOME_DAYS


def _shared(a: Fact, b: Fact) -> float:
    """How much of the shorter object both facts hold, 0-1."""
    one, two = _matter(a), _matter(b)
    common = one & two
    if len(common) < FEWEST_TERMS:
        return 0.0
    return len(common) / min(len(one), len(two))


def _matter(fact: Fact) -> set[str]:
    """The telling terms of what a fact is about."""
    terms = terms_of(fact.object or "")
    return {t for t in terms if t not in STOP_TERMS and t not in _EMPTY_TERMS and len(t) > 2}


def _parties(fact: Fact) -> set[str]:
    """The parties of a fact by their folded surnames, or whole names of bodies."""
    return {fold_name(surname(p.name)) for p in fact.parties if p.name}


def _family(kind: str) -> str:
    return _FAMILIES.get(kind, kind)
