"""Which of several sentences on one subject comes first."""

from __future__ import annotations

from datetime import date

import pytest

from bot.answer.question import parse_question
from bot.answer.rank import rank_candidates
from bot.answer.retrieve import build_query, find_candidates
from bot.answer.vocabulary import load_vocabulary
from bot.model import Draft
from bot.newsroom import Newsroom
from tests.support.talks import NOW, newsroom_of

LIGHTHOUSE = Draft(
    id="lighthouse",
    url="https://portcourier.example/lighthouse",
    title="Keeper Runa Solberg leaves the Hollow Point lighthouse",
    source="The Port Courier",
    published=date(2025, 3, 20),
    text=(
        "Keeper Runa Solberg leaves the Hollow Point lighthouse\n\n"
        "The Hollow Point lighthouse loses its keeper, Runa Solberg, after a long quarrel about "
        "the lamp of the lighthouse. "
        "Runa Solberg, a former tram driver, kept the lighthouse for nine years. "
        "The council wants to run the lighthouse from afar. "
        "Solberg came to the island by accident, with 14 clocks. "
        "She learned to mend the lamp in Bergvik, where her uncle built clocks.\n\n"
        "Anders Moe, a painter who spends his summers on the island, was surprised. "
        "“A lamp without a hand to trim it is a mere machine,” Moe said. "
        "The organist Ludvig Falk will play at her farewell."
    ),
)
TRAMS = Draft(
    id="trams",
    url="https://portcourier.example/trams",
    title="Tram drivers ask for longer breaks",
    source="The Port Courier",
    published=date(2025, 3, 19),
    text=(
        "Tram drivers ask for longer breaks\n\n"
        "Tram drivers in Bergvik asked for breaks of twenty minutes. "
        "Solberg, the owner of the trams, gave no answer."
    ),
)


@pytest.fixture(scope="module")
def newsroom() -> Newsroom:
    return newsroom_of(LIGHTHOUSE, TRAMS)


def look_at(newsroom: Newsroom, question: str) -> dict[str, dict[str, float]]:
    """The features of each candidate for `question`, by how its sentence begins."""
    vocabulary = load_vocabulary(newsroom.store, None)
    query = build_query(parse_question(question, NOW), None, vocabulary)
    candidates = find_candidates(query, newsroom.store, vocabulary)
    ranking = rank_candidates(query, candidates, newsroom.store)
    return {
        r.row.span.of(ranking.articles[r.row.version].text)[:12]: r.features
        for r in ranking.ranked
    }


@pytest.mark.parametrize(
    ("feature", "question", "more", "less"),
    [
        ("referred", "where did Runa Solberg learn to mend lamps", "She learned ", "The council "),
        ("role", "which painter said a lamp is a machine", "“A lamp with", "The organist"),
        ("particular", "lighthouse tram keeper", "Runa Solberg", "The council "),
        ("given", "lighthouse council", "The Hollow P", "Solberg came"),
        ("missed", "lamp uncle tram", "Tram drivers", "She learned "),
        ("at_place", "where did she learn to mend the lamp", "She learned ", "Solberg came"),
        ("digits", "how many years did Solberg keep it", "Solberg came", "Runa Solberg"),
    ],
    ids=[
        "a pronoun for the name asked for",
        "a role told a sentence before",
        "the rarer word of the article",
        "words of the headline",
        "words that stand nowhere near",
        "a place behind “in”",
        "a number in digits",
    ],
)
def test_a_candidate_shows_the_sign(
    newsroom: Newsroom, feature: str, question: str, more: str, less: str
) -> None:
    seen = look_at(newsroom, question)
    assert seen[more].get(feature, 0.0) > seen[less].get(feature, 0.0)


@pytest.mark.parametrize(
    ("question", "answer"),
    [
        ("where did Runa Solberg learn to mend the lamp?", "She learned"),
        ("which painter said a lamp is a mere machine?", "A lamp without"),
    ],
    ids=["a pronoun", "a role"],
)
def test_the_sentence_that_answers_comes_first(
    newsroom: Newsroom, question: str, answer: str
) -> None:
    assert answer in newsroom.ask(question, NOW).answers[0].text


@pytest.mark.parametrize(
    ("question", "found"),
    [
        ("what did runa leave?", True),
        ("what did solberg leave?", False),
        ("what did runa falk leave?", False),
    ],
    ids=["alone", "a surname", "another name behind it"],
)
def test_a_given_name_alone_finds_the_surname_of_whoever_bears_it(
    newsroom: Newsroom, question: str, found: bool
) -> None:
    vocabulary = load_vocabulary(newsroom.store, None)
    wanted = build_query(parse_question(question, NOW), None, vocabulary).wanted
    beside = {term for term, credit in wanted[0].credits.items() if credit < 1}
    assert ("solberg" in beside) == found


@pytest.mark.parametrize(
    "question",
    ["where was the keeper from city", "tram strike town", "were did the keeper learn"],
)
def test_a_town_asked_for_in_passing_is_a_place(newsroom: Newsroom, question: str) -> None:
    assert parse_question(question, NOW).intent == "where"


@pytest.mark.parametrize(
    ("typed", "read"),
    [("sulborg", "solberg"), ("bergvick", "bergvik"), ("lmp", "lamp"), ("cold", None)],
    ids=["a name with two slips", "one slip", "a letter too few", "another short word"],
)
def test_a_slip_is_read_for_what_was_meant(
    newsroom: Newsroom, typed: str, read: str | None
) -> None:
    near = load_vocabulary(newsroom.store, None).near(typed)
    assert (near[0][0] if near else None) == read


def test_a_common_word_typed_wrong_finds_its_relatives(newsroom: Newsroom) -> None:
    vocabulary = load_vocabulary(newsroom.store, None)
    wanted = build_query(parse_question("quarel about the tram", NOW), None, vocabulary).wanted
    assert "quarrel" in wanted[0].credits
    wanted = build_query(parse_question("disputte on the tram", NOW), None, vocabulary).wanted
    assert "quarrel" in wanted[0].credits
