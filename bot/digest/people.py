"""Which people in some articles are the one who is followed."""

from __future__ import annotations

from collections.abc import Sequence

from bot.digest.interest import may_be, surname_key
from bot.digest.window import Paper, read_papers
from bot.link.people import Person, find_sightings, join_people
from bot.store.articles import get_versions
from bot.store.search import search_articles
from bot.store.store import Store
from bot.text.names import fold_name, parse_name
from bot.text.words import terms_of

EVIDENCE_ARTICLES = 30
"""Other articles with the surname that are read for evidence who its bearers are."""


def find_bearers(store: Store, followed: str, papers: Sequence[Paper]) -> set[tuple[int, str]]:
    """(article number, folded full name) wherever `papers` tell of the person followed.

    A full name fits by itself. A bare surname fits where articles show that it means that person,
    or where nobody else in them bears it: a wrong person is worse than a missed one.
    """
    last = surname_key(followed)
    hits = search_articles(store, terms_of(last), limit=EVIDENCE_ARTICLES)
    known = {p.article.key for p in papers}
    others = [hit.row for hit in hits if hit.row not in known]
    evidence = read_papers(store, [*get_versions(store, others).values()]) if others else {}
    sightings = [
        sighting
        for paper in [*papers, *evidence.values()]
        for sighting in find_sightings(
            str(paper.article.key), paper.article.day, paper.article.text, paper.findings.names
        )
        if surname_key(sighting.name) == last
    ]
    people = join_people(sightings)
    meant = [p for p in people if _is_meant(followed, p)]
    if not any(parse_name(p.name).given and p not in meant for p in people):
        meant = [p for p in people if may_be(followed, p.name)]
    return {
        (int(seen.article), fold_name(seen.name))
        for person in meant
        for seen in person.sightings
        if int(seen.article) in known
    }


def _is_meant(followed: str, person: Person) -> bool:
    """Whether a person is the one followed, by a name as full as what was typed."""
    if not parse_name(followed).given:
        return may_be(followed, person.name)
    return bool(parse_name(person.name).given) and may_be(followed, person.name)
