"""Follows: what they name, which articles they meet, and finding them among very many."""

from __future__ import annotations

from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.digest import (
    FollowIndex,
    Interest,
    InterestKind,
    dump_interest,
    load_interest,
    make_interest,
    match_follows,
)
from bot.digest.interest import Seen, condition_of, meets, see
from bot.errors import InterestError
from bot.model import Article, Findings, Span
from bot.reading import read_text
from bot.text.words import terms_of

EVERYTHING = InterestKind.EVERYTHING
PERSON = InterestKind.PERSON
TOPIC = InterestKind.TOPIC
PHRASE = InterestKind.PHRASE
OUTLET = InterestKind.OUTLET
QUESTION = InterestKind.QUESTION

TEXT = (
    "Tarvin votes to keep its ferries\n\n"
    "The harbour council of Tarvin voted on Monday to keep all four ferries running. "
    "“We will not let an island starve,” said Wilma Garrow, the mayor.\n\n"
    "Garrow said that the price of diesel had doubled in a year. "
    "A football match was moved because of the debate."
)


def article(text: str = TEXT, source: str | None = "The Tarvin Post") -> Article:
    title = text.partition("\n")[0]
    return Article(
        key=1,
        id="a",
        version=1,
        sha256="",
        text=text,
        url=None,
        title=title,
        source=source,
        author=None,
        published=date(2025, 3, 18),
        section=None,
        standfirst=None,
        added=None,  # type: ignore[arg-type]
    )


@pytest.fixture(scope="module")
def findings() -> Findings:
    return read_text(TEXT, date(2025, 3, 18))


@pytest.mark.parametrize(
    ("interest", "expected"),
    [
        (make_interest(EVERYTHING), True),
        (make_interest(TOPIC, "ferry"), True),
        (make_interest(TOPIC, "diesel prices"), True),
        (make_interest(TOPIC, "football diesel"), False),
        (make_interest(TOPIC, "the harbour's council"), True),
        (make_interest(PHRASE, "let an island starve"), True),
        (make_interest(PHRASE, "island let starve"), False),
        (make_interest(PERSON, "Wilma Garrow"), True),
        (make_interest(PERSON, "Garrow"), True),
        (make_interest(PERSON, "Arno Garrow"), False),
        (make_interest(PERSON, "Garrow", about="diesel"), True),
        (make_interest(PERSON, "Garrow", about="football pitch"), False),
        (make_interest(OUTLET, "Tarvin Post"), True),
        (make_interest(OUTLET, "the tarvin post"), True),
        (make_interest(OUTLET, "Tarvin"), False),
        (make_interest(OUTLET, "Tarvin Post", about="ferries"), True),
        (make_interest(OUTLET, "Tarvin Post", about="opera"), False),
        (make_interest(QUESTION, "What did Garrow say about the ferries?"), True),
        (make_interest(QUESTION, "When does the opera in Welkin open?"), False),
        (make_interest(TOPIC, "ferry", without=["football"]), False),
        (make_interest(TOPIC, "ferry", without=["football club"]), True),
        (make_interest(EVERYTHING, without=["harbour council"]), False),
        (make_interest(PERSON, "Garrow", without=["diesel"]), False),
    ],
    ids=lambda value: value.title if isinstance(value, Interest) else str(value),
)
def test_an_article_meets_what_it_tells_of(
    interest: Interest, expected: bool, findings: Findings
) -> None:
    assert meets(condition_of(interest), see(article(), findings)) is expected
    index = FollowIndex([("mine", interest)])
    assert match_follows(article(), findings, index) == (["mine"] if expected else [])


@pytest.mark.parametrize(
    ("kind", "text", "more", "words"),
    [
        (TOPIC, "", {}, "Give a name"),
        (TOPIC, "?!", {}, "names nothing"),
        (TOPIC, "the of and", {}, "names nothing"),
        (QUESTION, "what did he say?", {}, "names nothing"),
        (PERSON, "   ", {}, "Give a name"),
        (OUTLET, "?!", {}, "names nothing"),
        (PHRASE, "…", {}, "names nothing"),
        (TOPIC, "x" * 201, {}, "too long"),
        (TOPIC, "gas", {"about": "!!"}, "no topic"),
        (TOPIC, "gas", {"without": ["!!"]}, "no word"),
        (TOPIC, "gas", {"without": [f"w{n}" for n in range(21)]}, "At most 20"),
    ],
    ids=lambda value: str(value)[:20],
)
def test_what_names_nothing_is_refused_with_a_sentence(
    kind: InterestKind, text: str, more: dict[str, object], words: str
) -> None:
    with pytest.raises(InterestError, match=words):
        make_interest(kind, text, **more)  # type: ignore[arg-type]


@pytest.mark.parametrize(
    ("interest", "title"),
    [
        (make_interest(EVERYTHING), "All news"),
        (make_interest(PERSON, "Garrow", about="gas"), "Garrow on gas"),
        (make_interest(PHRASE, " “not a day  later” "), "“not a day later”"),
        (make_interest(TOPIC, "gas", without=["oil", "", "oil"]), "gas, without “oil”"),
    ],
    ids=lambda value: str(value)[:30],
)
def test_an_interest_has_a_title(interest: Interest, title: str) -> None:
    assert interest.title == title


def test_an_interest_is_loaded_as_it_was_dumped() -> None:
    interest = make_interest(PERSON, "Wilma Garrow", about="gas", without=["oil", "sea ice"])
    assert load_interest(dump_interest(interest)) == interest


@pytest.mark.parametrize(
    "raw", [{}, {"kind": "star"}, {"kind": "topic"}, {"kind": "topic", "text": "x", "without": 3}]
)
def test_a_damaged_interest_is_refused(raw: dict[str, object]) -> None:
    with pytest.raises(InterestError):
        load_interest(raw)


WORDS = ["ferry", "gas", "council", "opera", "Garrow", "Pell", "storm", "vote", "the", "red"]


@given(
    st.lists(
        st.tuples(
            st.sampled_from(list(InterestKind)),
            st.lists(st.sampled_from(WORDS), min_size=1, max_size=4),
            st.lists(st.sampled_from(WORDS), max_size=2),
        ),
        max_size=25,
    ),
    st.lists(st.lists(st.sampled_from(WORDS), max_size=6), max_size=5),
    st.lists(st.sampled_from(["Wilma Garrow", "Arno Pell", "Pell"]), max_size=2),
)
def test_the_index_finds_just_what_a_loop_over_all_follows_would(
    follows: list[tuple[InterestKind, list[str], list[str]]],
    sentences: list[list[str]],
    people: list[str],
) -> None:
    interests = []
    for kind, words, without in follows:
        try:
            interests.append(make_interest(kind, " ".join(words), without=without))
        except InterestError:
            continue
    seen = Seen("Gas Council", "Storm", [terms_of(" ".join(s)) for s in sentences], people)
    index = FollowIndex(enumerate(interests))
    expected = {n for n, i in enumerate(interests) if meets(condition_of(i), seen)}
    assert set(index.match(seen)) == expected
    for n in range(0, len(interests), 2):
        index.remove(n)
    assert set(index.match(seen)) == {n for n in expected if n % 2}


def test_a_follow_that_is_added_again_replaces_the_old_one(findings: Findings) -> None:
    index = FollowIndex([(7, make_interest(TOPIC, "ferry"))])
    index.add(7, make_interest(TOPIC, "opera"))
    assert len(index) == 1
    assert index.interest(7) == make_interest(TOPIC, "opera")
    assert match_follows(article(), findings, index) == []
    index.remove(7)
    index.remove(8)
    assert len(index) == 0


@pytest.mark.parametrize(
    ("text", "expected"),
    [("a " * 75_000, []), ("(" * 150_000, []), ("Garrow, " * 19_000, [2])],
    ids=["one word", "brackets", "a name"],
)
def test_hostile_articles_are_matched_all_the_same(text: str, expected: list[int]) -> None:
    index = FollowIndex(
        [
            (1, make_interest(PHRASE, "a a a a b")),
            (2, make_interest(TOPIC, "garrow", without=["garrow garrow x"])),
        ]
    )
    whole = Findings(sentences=(Span(0, len(text)),))
    assert match_follows(article(text), whole, index) == expected
