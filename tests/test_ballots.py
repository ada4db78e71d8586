"""Votes for and against, read from the sentence that tells the count."""

from __future__ import annotations

import pytest

from bot.talk.ballots import Side, ballot_line, find_votes
from tests.support.stores import draft
from tests.support.talks import talk_over


@pytest.mark.parametrize(
    ("sentence", "side", "count"),
    [
        ("The council voted by 14 to 9, with two abstentions, to build.", Side.FOR, "14"),
        ("The council voted by 14 to 9, with two abstentions, to build.", Side.AGAINST, "9"),
        ("The council voted by 14 to 9, with two abstentions, to build.", Side.NEITHER, "two"),
        ("Deputies rejected the bill by 61 votes to 39.", Side.AGAINST, "61"),
        ("Deputies rejected the bill by 61 votes to 39.", Side.FOR, "39"),
        ("The bill passed 52-48 on Monday.", Side.AGAINST, "48"),
        ("In the end 61 deputies voted against the bill and 88 in favour.", Side.AGAINST, "61"),
        ("In the end 61 deputies voted against the bill and 88 in favour.", Side.FOR, "88"),
        ("The board cut the figure by a vote of seven to four.", Side.AGAINST, "four"),
        ("One Liberal abstained.", Side.NEITHER, "One"),
        ("Two of the three deputies of the Coast List abstained.", Side.NEITHER, "Two"),
        ("The ferry sails from 9 to 5.", Side.AGAINST, None),
        ("The vote drew 40 people.", Side.AGAINST, None),
    ],
)
def test_the_votes_of_a_side_are_read(sentence: str, side: Side, count: str | None) -> None:
    found = find_votes(side, sentence)
    assert (found[0] if found else None) == count
    assert found is None or found[1] in sentence


@pytest.mark.parametrize(
    ("question", "line"),
    [
        ("how many voted against?", "9 against (“14 to 9”)"),
        ("how many votes were in favour", "14 for (“14 to 9”)"),
        ("how many people came", None),
    ],
)
def test_a_line_is_made_where_votes_are_asked_for(question: str, line: str | None) -> None:
    assert ballot_line(question, "The council voted by 14 to 9 to build the pier.") == line


def test_the_first_line_tells_the_side_that_is_asked_for() -> None:
    someone = talk_over(
        draft(
            "Pier vote\n\nThe council voted by 14 to 9, with two abstentions, to build the pier.",
            title="Pier vote",
        )
    )
    someone.say("how many voted for the pier?")
    assert someone.lead.startswith("14 for")
    someone.say("and how many voted against?")
    assert someone.lead.startswith("9 against")


def test_a_long_sentence_is_read_in_time() -> None:
    assert find_votes(Side.AGAINST, "one two three a b c " * 30_000) is None
