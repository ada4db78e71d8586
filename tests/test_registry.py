"""The index of names: who is found by which spelling, what is told of them, and how the index
keeps up with articles that come and go."""

from __future__ import annotations

from datetime import date

import pytest

from bot.link.registry import find_names, find_people, look_up_person
from bot.model import Draft, NameKind
from bot.newsroom import Newsroom
from tests.support.stores import draft
from tests.support.talks import newsroom_of

HARBOUR = draft(
    "Ramp to be rebuilt\n\n"
    "Lena-Marie Holst-Zimmermann, the harbour minister, promised a new ramp on Monday. "
    "“It will be wide enough for lorries,” Holst-Zimmermann said. "
    "Dmitri Halkov, a palace spokesman, welcomed the plan of the Harbour Council.",
    id="ramp",
    title="Ramp to be rebuilt",
)
PALACE = draft(
    "Palace on the ramp\n\n"
    "Palace spokesman Dimitri Halkow said that the ramp was “a gift to the isles”. "
    "The Harbour Council had asked Lena-Marie Holst-Zimmermann for it.",
    id="palace",
    title="Palace on the ramp",
    source="Isle Gazette",
    published=date(2025, 3, 20),
)
BAKER = draft(
    "Bread prize\n\nAnna Bergson, a baker, won the bread prize. Bergson thanked her sons.",
    id="baker",
    title="Bread prize",
)
BANKER = draft(
    "Rates rise\n\nTomas Bergson, a central banker, raised rates. “It hurts,” Bergson said.",
    id="banker",
    title="Rates rise",
)


@pytest.fixture(scope="module")
def newsroom() -> Newsroom:
    return newsroom_of(HARBOUR, PALACE, BAKER, BANKER)


@pytest.mark.parametrize(
    ("typed", "name"),
    [
        ("Holst-Zimmermann", "Lena-Marie Holst-Zimmermann"),
        ("holst zimerman", "Lena-Marie Holst-Zimmermann"),
        ("lena marie holst", "Lena-Marie Holst-Zimmermann"),
        ("minister Holst-Zimmermann", "Lena-Marie Holst-Zimmermann"),
        ("HALKOV", "Dimitri Halkow"),
        ("halkow", "Dimitri Halkow"),
        ("halkof", "Dimitri Halkow"),
        ("harbour council", "Harbour Council"),
        ("anna bergsen", "Anna Bergson"),
    ],
)
def test_a_name_is_found_in_any_spelling(newsroom: Newsroom, typed: str, name: str) -> None:
    found = find_people(newsroom.store, typed)
    assert [p.name for p in found] in ([name], [name.replace("Dimitri Halkow", "Dmitri Halkov")])


@pytest.mark.parametrize("typed", ["", "?!", "Quorraz", "the", "a b c d e f g h", "x" * 5000])
def test_what_nobody_is_called_finds_nobody(newsroom: Newsroom, typed: str) -> None:
    assert find_people(newsroom.store, typed) == []


def test_two_of_one_surname_stay_two(newsroom: Newsroom) -> None:
    found = find_people(newsroom.store, "bergson")
    assert {(p.name, p.role) for p in found} == {
        ("Anna Bergson", "baker"),
        ("Tomas Bergson", "central banker"),
    }
    assert all(p.mentions == 2 for p in found)


def test_one_person_has_one_page_of_both_spellings(newsroom: Newsroom) -> None:
    (person,) = find_people(newsroom.store, "halkov")
    assert {s.words for s in person.spellings} == {"Dmitri Halkov", "Dimitri Halkow"}
    assert (person.articles, person.mentions) == (2, 2)
    assert (person.first, person.last) == (date(2025, 3, 18), date(2025, 3, 20))


def test_the_sentence_with_name_and_role_introduces(newsroom: Newsroom) -> None:
    (person,) = find_people(newsroom.store, "holst-zimmermann")
    assert person.introduction is not None
    words = person.introduction.sentence.of(person.introduction.article.text)
    assert words.startswith("Lena-Marie Holst-Zimmermann, the harbour minister,")
    assert person.role == "harbour minister"


def test_an_anchor_leads_back_to_the_same_person(newsroom: Newsroom) -> None:
    for typed in ("anna bergson", "tomas bergson", "harbour council", "halkov"):
        (person,) = find_people(newsroom.store, typed)
        again = look_up_person(newsroom.store, person.anchor)
        assert again is not None
        assert (again.name, again.anchor) == (person.name, person.anchor)


def test_an_anchor_in_the_void_leads_nowhere(newsroom: Newsroom) -> None:
    assert look_up_person(newsroom.store, (99, 0)) is None
    assert look_up_person(newsroom.store, (1, 10**9)) is None


# ------------------------------------------------------------------------------- coming, going
def index_of(newsroom: Newsroom) -> list[tuple[str, ...]]:
    read = newsroom.store.read()
    tables = ("named", "named_in", "named_words")
    return [tuple(map(str, row)) for t in tables for row in read.execute(f"SELECT * FROM {t}")]


def test_names_go_with_their_article() -> None:
    newsroom = newsroom_of(HARBOUR)
    before = index_of(newsroom)
    newsroom.add(BAKER)
    assert find_names(newsroom.store, "bergson")
    newsroom.remove("baker")
    assert find_names(newsroom.store, "bergson") == []
    assert index_of(newsroom) == before
    newsroom.restore_article("baker")
    assert [n.mentions for n in find_names(newsroom.store, "anna")] == [2]


def test_a_new_version_takes_the_place_of_the_old_one() -> None:
    newsroom = newsroom_of(BAKER)
    newsroom.add(draft("Bread prize\n\nAnna Bergson won.", id="baker", title="Bread prize"))
    (name,) = find_names(newsroom.store, "bergson")
    assert (name.kind, name.mentions, name.articles) == (NameKind.PERSON, 1, 1)


def test_reading_anew_counts_nothing_twice() -> None:
    newsroom = newsroom_of(HARBOUR, PALACE, BAKER)
    before = index_of(newsroom)
    with newsroom.store.write() as connection:
        connection.execute("UPDATE versions SET extractor = 0")
    assert list(newsroom.reindex())[-1] == (3, 3)
    assert index_of(newsroom) == before


def test_a_name_in_capitals_gives_way() -> None:
    shouted = draft("ANNA BERGSON WINS\n\nANNA BERGSON won again.", id="loud", title="X")
    newsroom = newsroom_of(shouted, BAKER)
    assert [n.name for n in find_names(newsroom.store, "anna")] == ["Anna Bergson"]


def test_many_articles_are_counted_not_read() -> None:
    """Beyond what a page reads, the counts are the index's."""

    def note(n: int) -> Draft:
        body = f"Anna Bergson, a baker, sold loaf {n} of {n * 7} at stall {n % 9}."
        return draft(f"Loaf {n}\n\n{body}", id=f"n{n}", title=f"Loaf {n}", url=None)

    newsroom = newsroom_of(*(note(n) for n in range(170)))
    (person,) = find_people(newsroom.store, "bergson")
    assert person.articles == 170
