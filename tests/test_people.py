"""People across articles: who is joined, who stays apart."""

from __future__ import annotations

from datetime import date, timedelta

import pytest

from bot.extract.mentions import find_mentions
from bot.link.people import MOST_COMPANIONS, Sighting, find_sightings, join_people, may_join
from bot.model import Mention, NameKind, Span
from bot.text.names import sound_key
from bot.text.sentences import find_sentences

DAY = date(2025, 3, 18)


def seen(
    name: str,
    *,
    days: int = 0,
    roles: str = "",
    beside: str = "",
) -> Sighting:
    return Sighting(
        f"{name}/{days}",
        name,
        DAY + timedelta(days=days),
        frozenset(roles.split()),
        frozenset(beside.split()),
        1,
        (name,),
    )


@pytest.mark.parametrize(
    ("a", "b", "joined"),
    [
        (seen("Wilma Garrow"), seen("Wilma Garrow", days=300), True),
        (seen("Wilma Garrow"), seen("Wilma R. Garrow", days=9), True),
        (seen("Wilma Garrow"), seen("Odell Garrow"), False),
        (seen("Bill Garrow", roles="mayor"), seen("William Garrow", roles="mayor"), True),
        (seen("Bill Garrow"), seen("William Garrow"), True),
        (seen("Bill Smith"), seen("William Smith"), False),
        (seen("B. Garrow"), seen("William Garrow"), False),
        (seen("Wilma Garrow"), seen("Garrow"), False),
        (seen("Wilma Garrow", beside="a b c"), seen("Garrow", beside="a b c"), True),
        (seen("Arno Pell"), seen("Arno Pell Jr."), False),
        (seen("Arno Pell", roles="senat"), seen("Arno Pell Jr.", roles="senat"), True),
        (seen("John Smith"), seen("John Smith", days=500), False),
        (seen("John Smith", roles="baker"), seen("John Smith", days=500, roles="baker"), True),
        (seen("Putin"), seen("Vladimir Putin", days=900), True),
        (seen("Trump"), seen("Ivana Trump"), False),
        (seen("Wilma Garrow"), seen("Wilma Marlow"), False),
    ],
)
def test_joining_needs_evidence(a: Sighting, b: Sighting, joined: bool) -> None:
    assert may_join(a, b) is joined
    assert may_join(b, a) is joined


def test_one_person_keeps_every_spelling() -> None:
    people = join_people([seen("Garrow", beside="a b c"), seen("Wilma Garrow", beside="a b c")])
    assert [p.name for p in people] == ["Wilma Garrow"]
    assert set(people[0].spellings) == {"Wilma Garrow", "Garrow"}


def test_a_bare_surname_between_two_bearers_stays_apart() -> None:
    people = join_people(
        [
            seen("Wilma Garrow", beside="a b c"),
            seen("Odell Garrow", beside="a b c"),
            seen("Garrow", beside="a b c"),
        ]
    )
    assert len(people) == 3


def test_a_misspelt_name_finds_its_person() -> None:
    person = join_people([seen("Lena-Marie Holst-Zimmermann")])[0]
    assert sound_key("holst zimerman") in person.sound_keys


def test_sightings_hold_roles_company_and_spellings() -> None:
    text = (
        "Energy minister Wilma Garrow met Arno Pell at the Harbour Council. "
        "Garrow left early, and Pell stayed."
    )
    found = find_sightings("x", DAY, text, find_mentions(text, find_sentences(text)))
    garrow = next(s for s in found if s.name == "Wilma Garrow")
    assert "minist" in garrow.roles
    assert garrow.companions == {"arno pell", "harbour council"}
    assert garrow.spellings == ("Wilma Garrow", "Garrow")
    assert garrow.count == 2


def spelt(name: str, article: str, day: int, *roles: str) -> Sighting:
    return Sighting(article, name, date(2025, 3, day), frozenset(roles))


def test_two_transcriptions_of_a_name_with_one_role_are_one_person() -> None:
    seen = [
        spelt("Dmitri Halkov", "a", 17, "palace", "spokesman"),
        spelt("Dimitri Halkow", "b", 19, "palace", "spokesman"),
    ]
    assert [len(p.sightings) for p in join_people(seen)] == [2]


def test_two_transcriptions_without_a_common_role_stay_apart() -> None:
    seen = [
        spelt("Dmitri Halkov", "a", 17, "palace", "spokesman"),
        spelt("Dimitri Halkow", "b", 19, "baker"),
    ]
    assert [len(p.sightings) for p in join_people(seen)] == [1, 1]


def test_a_list_of_names_is_not_kept_once_for_each_name_in_it() -> None:
    names = [f"Ada {chr(65 + n % 26)}{'aeiou'[n % 5] * (n // 26 + 1)}n" for n in range(1_000)]
    mentions = [Mention(Span(0, 1), name, NameKind.PERSON, None) for name in names]
    found = find_sightings("x", DAY, "A", mentions)
    assert len(found) == len(set(names))
    assert {len(s.companions) for s in found} <= {MOST_COMPANIONS, MOST_COMPANIONS - 1}
