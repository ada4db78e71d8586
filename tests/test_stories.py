"""Stories: articles of one event belong together, others stay apart."""

from __future__ import annotations

import random
from datetime import date, timedelta

from hypothesis import given
from hypothesis import strategies as st

from bot.link.stories import Sketch, group_stories, same_story, sketch

DAY = date(2025, 3, 18)

FERRY = [
    (
        "Orvel ferry sinks off Tarvin",
        "The ferry Orvel sank off Tarvin on Monday after its hull struck a reef. Divers pulled "
        "twelve passengers from the water and the harbour master opened an inquiry.",
    ),
    (
        "Twelve rescued as Orvel goes down",
        "Divers saved twelve passengers when the Orvel, a ferry bound for Tarvin, struck a reef "
        "and sank. The harbour master said an inquiry would follow.",
    ),
    (
        "Inquiry opens into loss of ferry Orvel",
        "An inquiry into the sinking of the Orvel began in Tarvin, where the ferry struck a reef "
        "and passengers had to be pulled out by divers.",
    ),
]
TAX = [
    (
        "Garrow tax on sugar clears council",
        "The Brindle council approved the sugar levy that Wilma Garrow had put forward. Bakers "
        "marched outside with empty trays and promised to sue.",
    ),
    (
        "Bakers vow to sue over Brindle sugar levy",
        "Bakers with empty trays marched in Brindle after the council approved a levy on sugar, "
        "the plan of Wilma Garrow, and said they would sue.",
    ),
]
OTHER = [
    ("Storm closes mountain road", "Snow closed the pass above Hallin and drivers slept in vans."),
    ("Museum buys a lost portrait", "A portrait by Eva Marsh, lost for decades, was bought."),
    ("Team wins after extra time", "A late goal by Arno Pell took the cup back to Welkin."),
]


def sketches(rows: list[tuple[str, str]], name: str, day: date = DAY) -> list[Sketch]:
    return [sketch(f"{name}{n}", day, title, text) for n, (title, text) in enumerate(rows)]


def everything() -> list[Sketch]:
    return [*sketches(FERRY, "ferry"), *sketches(TAX, "tax"), *sketches(OTHER, "other")]


def test_articles_of_one_event_are_one_story() -> None:
    groups = {frozenset(ids) for ids in group_stories(everything())}
    assert frozenset({"ferry0", "ferry1", "ferry2"}) in groups
    assert frozenset({"tax0", "tax1"}) in groups


def test_unrelated_articles_stay_alone() -> None:
    groups = group_stories(everything())
    assert [ids for ids in groups if ids[0].startswith("other")] == [
        ("other0",),
        ("other1",),
        ("other2",),
    ]


def test_the_same_words_months_later_are_another_story() -> None:
    later = sketches(FERRY[1:], "later", DAY + timedelta(days=120))
    groups = group_stories([*sketches(FERRY[:1], "ferry"), *later, *sketches(OTHER, "other")])
    assert ("ferry0",) in groups


def test_articles_without_a_day_join_by_words() -> None:
    rows = [sketch("a", None, *FERRY[0]), sketch("b", None, FERRY[0][0], FERRY[0][1] + " More.")]
    assert group_stories([*rows, *sketches(OTHER, "other")])[0] == ("a", "b")


def test_similarity_tells_one_story_from_two() -> None:
    rows = everything()
    assert same_story(rows[0], rows[1], rows) > same_story(rows[0], rows[3], rows)


def test_order_of_input_does_not_change_the_stories() -> None:
    rows = everything()
    shuffled = rows[:]
    random.Random(3).shuffle(shuffled)
    assert {frozenset(g) for g in group_stories(rows)} == {
        frozenset(g) for g in group_stories(shuffled)
    }


def test_no_articles_make_no_stories() -> None:
    assert group_stories([]) == []
    assert group_stories([sketch("a", None, None, "")]) == [("a",)]


@given(st.lists(st.tuples(st.text(max_size=30), st.text(max_size=60)), max_size=12))
def test_each_article_is_in_one_story(rows: list[tuple[str, str]]) -> None:
    found = group_stories(sketches(rows, "x"))
    assert sorted(i for ids in found for i in ids) == sorted(f"x{n}" for n in range(len(rows)))
