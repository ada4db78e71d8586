"""Facts: what was agreed, decided, voted, ruled, demanded, planned, and by whom."""

from __future__ import annotations

import time
from datetime import date

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.extract.facts import find_facts
from bot.extract.mentions import find_mentions
from bot.model import Fact, Quote, QuoteKind, Span, Speaker
from bot.text.dates import find_dates
from bot.text.sentences import find_sentences

TODAY = date(2025, 3, 18)


def facts(text: str) -> list[Fact]:
    sentences = find_sentences(text)
    names = find_mentions(text, sentences)
    return find_facts(text, sentences, find_dates(text, sentences, TODAY), names)


def told(text: str) -> list[tuple[str, str]]:
    return [(f.kind, f.status) for f in facts(text) if f.kind != "figure"]


STATUS = [
    ("The two towns agreed to share the river.", [("agreement", "agreed")]),
    ("Norway and Chile reached a deal on fishing rights.", [("agreement", "agreed")]),
    ("Norway and Chile did not reach an agreement on fishing.", [("agreement", "not_agreed")]),
    ("The talks failed, without an accord.", [("talks", "suspended")]),
    ("Both left without reaching an agreement.", [("agreement", "not_agreed")]),
    ("The unions failed to reach a deal with the port.", [("agreement", "not_agreed")]),
    ("Norway hasn’t signed the treaty.", [("agreement", "not_agreed")]),
    ("The unions didn't agree to the plan.", [("agreement", "not_agreed")]),
    ("No deal was reached on Friday.", [("agreement", "not_agreed")]),
    ("Norway signed a treaty with Chile.", [("agreement", "signed")]),
    ("The treaty was signed by Norway in May.", [("agreement", "signed")]),
    ("The port rejected the deal.", [("agreement", "rejected")]),
    ("They are negotiating an agreement on fishing.", [("agreement", "talks")]),
    ("They reached no truce but agreed to keep talking.",
     [("agreement", "not_agreed"), ("agreement", "agreed")]),
    ("They managed to agree on halting the strikes.", [("agreement", "agreed")]),
    ("The council decided to close the pool.", [("decision", "agreed")]),
    ("The council decided not to close the pool.", [("decision", "agreed")]),
    ("The council approved the budget.", [("decision", "agreed")]),
    ("The council passed a bill on parking.", [("decision", "agreed")]),
    ("The governor vetoed the bill.", [("decision", "rejected")]),
    ("Garrow suspended the programme on Monday.", [("decision", "suspended")]),
    ("The senate voted to end the ban.", [("vote", "happened")]),
    ("The senate will vote on the ban on Friday.", [("vote", "planned")]),
    ("Garrow cast her vote for the ban.", [("vote", "happened")]),
    ("A judge ruled that the wall must go.", [("ruling", "happened")]),
    ("The court upheld the fine.", [("ruling", "happened")]),
    ("Wilma Garrow was appointed minister.", [("appointment", "happened")]),
    ("Wilma Garrow resigned on Monday.", [("resignation", "happened")]),
    ("Wilma Garrow stepped down on Monday.", [("resignation", "happened")]),
    ("Police arrested Arno Pell in Oslo.", [("arrest", "happened")]),
    ("Arno Pell died on Monday.", [("death", "happened")]),
    ("The storm killed six people.", [("death", "happened")]),
    ("The firm unveiled a new ferry.", [("launch", "happened")]),
    ("The firm plans to build a ferry.", [("plan", "planned")]),
    ("Garrow promised to build a ferry.", [("promise", "planned")]),
    ("Garrow demanded an end to the strikes.", [("demand", "demanded")]),
    ("Garrow called on Oslo to pay.", [("demand", "demanded")]),
    ("Garrow insisted on a clear guarantee.", [("demand", "demanded")]),
    ("Further talks will follow on the harbour.", [("talks", "planned")]),
    ("The port called off the strike.", [("decision", "suspended")]),
    ("The court failed to reach a decision on the wall.", [("decision", "not_agreed")]),
    ("The council reached a decision on the wall.", [("decision", "agreed")]),
    ("A law, signed this spring, bars the nets.", [("decision", "signed")]),
    ("The union has scheduled a strike vote for Monday.", [("vote", "planned")]),
    ("Both were suspending their campaigns last night.", [("decision", "suspended")]),
    ("Wilma Garrow rejected the request for a review.", [("decision", "rejected")]),
    ("The two ministers agreed that talks should follow.", [("agreement", "agreed")]),
    ("Garrow called her vote in favor of the tunnel a mistake.", [("vote", "happened")]),
    ("In the council's 8-1 vote for admitting the islands one seat was empty.",
     [("vote", "happened")]),
    ("The port established a pact with the islands in May.", [("agreement", "agreed")]),
    ("Both agreed that the grain would move by rail.", [("agreement", "agreed")]),
    ("Oslo council approves the budget.", [("decision", "agreed")]),
    ("Parliament rejects a ban on nets.", [("decision", "rejected")]),
    ("Hundreds cast their votes for Arno Pell.", [("vote", "happened")]),
    ("The council held a vote on the wall.", [("vote", "happened")]),
    ("The port was closed until Garrow signed the treaty.", [("agreement", "signed")]),
    ("The council is to meet on 24 March.", [("plan", "planned")]),
    ("Two hundred men are due to be exchanged on Friday.", [("plan", "planned")]),
]  # fmt: skip


@pytest.mark.parametrize(("text", "expected"), STATUS, ids=[case[0] for case in STATUS])
def test_a_sentence_tells_kind_and_status(text: str, expected: list[tuple[str, str]]) -> None:
    assert told(text) == expected


@pytest.mark.parametrize(
    "text",
    [
        "I agree with you.",
        "They might reach a deal next year.",
        "If the council approves the plan, work starts.",
        "Would they sign the treaty?",
        "There were signs of trouble.",
        "He had to deal with angry fans.",
        "It is no big deal.",
        "She wants people to vote.",
        "Users are suspended for spam.",
        "It rained all day.",
        "The bans will not help.",
        "It is hard to know where they will decide to live.",
        "Chile votes on March 1.",
        "They stay until they get a vote on the wall.",
        "The count ends as soon as all voters have cast their ballots.",
        "A vote on the wall must not happen.",
        "He courts those who have not voted for him.",
        "The call on Tuesday lasted an hour.",
        "The report counts 312 cancelled trains.",
        "The aim is to win by Friday.",
        "Nobody is to blame for Monday.",
        "The council is to meet.",
    ],
)
def test_what_is_only_thought_of_is_no_fact(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The minister rejected the claim that the dam leaks.",
        "The charge that she lied was an allegation rejected by the mayor.",
        "Half of the town approved of Wilma Garrow.",
        "Many anglers agreed with Wilma Garrow on the matter.",
        "He agreed that the wall should go.",
        "All agreed that the toll would hurt trade.",
        "The neighbours broadly agreed on the value of the park.",
        "There's little agreement with that view in Oslo.",
        "There is no consensus on what dried the lake.",
    ],
)
def test_an_opinion_is_no_fact(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The agency that approves fishing permits is short of staff.",
        "The port does not always reject late claims.",
        "As soon as the harbour suspends one permit, two more are sought.",
        "Few anglers cast their ballots for one party all their lives.",
        "An owner's decision to sell his or her boat is private.",
        "The decision to sell or not is theirs.",
        "Chile is one of the states that vote on March 1.",
        "The Journal of Decision Making appears in Oslo.",
    ],
)
def test_a_habit_or_a_free_choice_is_no_fact(text: str) -> None:
    assert told(text) == []


@pytest.mark.parametrize(
    "text",
    [
        "The treaty needs to be ratified by the islands.",
        "Anglers asked for trawlers to be banned.",
        "The toll was doubled so as not to impose new fees.",
        "The mayor could not get a budget passed.",
        "They try to cobble together a deal to share the river.",
        "She made obtaining a treaty a priority of hers.",
        "The envoy would not allow the accord to pass.",
        "The treaty will not take effect this year.",
        "The speaker refused to hold a vote on the wall.",
        "A vote against Garrow, he said, is a vote for chaos.",
        "Some go by bus — a vote to replace the chair requires two thirds.",
        "The house wanted 60 votes on the wall.",
        "The port will stay shut until it agrees to share the quay.",
        "Norway should be glad and even agree to pay for it.",
        "The plan speaks of order, imposing silence and calm.",
        '"No thanks to Rosa Deal," he added.',
        "The council sought a compromise plan.",
    ],
)
def test_what_is_only_wanted_or_to_come_is_no_fact(text: str) -> None:
    assert told(text) == []


def parties(text: str) -> set[tuple[str, str]]:
    return {(p.name, p.part) for f in facts(text) for p in f.parties}


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Wilma Garrow and Arno Pell agreed to meet.",
         {("Wilma Garrow", "agrees"), ("Arno Pell", "agrees")}),
        ("The Assembly approved the bill.", {("Assembly", "decides")}),
        ("Norway reached a deal with Chile.", {("Norway", "agrees"), ("Chile", "agrees")}),
        ("Norway agreed with Chile to share it.", {("Norway", "agrees"), ("Chile", "agrees")}),
        ("The plan was approved by the council.", {("the council", "decides")}),
        ("Wilma Garrow came. She decided to stay.", {("Wilma Garrow", "decides")}),
        ("Police arrested Arno Pell.", {("Police", "arrests"), ("Arno Pell", "arrested")}),
        ("Wilma Garrow, who flew in on Monday, resigned.", {("Wilma Garrow", "resigns")}),
        ("Wilma Garrow met Arno Pell and Eva Marsh. Pell’s decision to resign hurt.",
         {("Arno Pell", "decides")}),
        ("Garrow called on Chile to pay.", {("Garrow", "demands"), ("Chile", "of")}),
    ],
)  # fmt: skip
def test_parties_have_their_part(text: str, expected: set[tuple[str, str]]) -> None:
    assert parties(text) >= expected


@pytest.mark.parametrize(
    ("text", "expected"),
    [
        ("Forty trains were cancelled by Friday.", set()),
        ("Trains cancelled on the first day ran again.", set()),
        ("Norway and Chile are to swap land on Friday.",
         {("Norway", "plans"), ("Chile", "plans")}),
    ],
)  # fmt: skip
def test_what_is_no_party_has_no_part(text: str, expected: set[tuple[str, str]]) -> None:
    assert parties(text) == expected


def test_the_object_begins_behind_words_of_time() -> None:
    fact = facts("The towns agreed on Tuesday that plants should not be attacked.")[0]
    assert fact.object == "plants should not be attacked"


def test_both_leaders_means_the_pair_that_was_named() -> None:
    text = "Wilma Garrow and Arno Pell spoke for hours. Both leaders agreed to halt the strikes."
    assert parties(text) == {("Wilma Garrow", "agrees"), ("Arno Pell", "agrees")}


def test_a_demand_can_be_turned_down_in_the_same_sentence() -> None:
    text = "Garrow urged Chile to leave the pact, which Chile has firmly rejected."
    fact = facts(text)[0]
    assert (fact.kind, fact.status) == ("demand", "rejected")
    assert ("Chile", "rejects") in {(p.name, p.part) for p in fact.parties}


def test_the_object_is_printed_words_of_the_sentence() -> None:
    text = "The two towns agreed to suspend night flights for 30 days."
    fact = facts(text)[0]
    assert fact.object == "suspend night flights for 30 days"
    assert fact.figure is not None
    assert (fact.figure.value, fact.figure.unit) == (30, "day")


def test_dates_tell_when_it_was_made_and_when_it_takes_effect() -> None:
    made = facts("The towns agreed on 17 March to share the river.")[0]
    assert (made.made, made.effective) == ("2025-03-17", None)
    plan = facts("The towns plan to swap land on 19 March.")[0]
    assert plan.effective == "2025-03-19"


def test_according_to_names_the_source() -> None:
    text = "The council approved the plan, according to Wilma Garrow."
    assert facts(text)[0].source == "Wilma Garrow"


def test_a_quote_names_the_source() -> None:
    text = "“The council approved the plan,” Wilma Garrow said."
    quote = Quote(
        QuoteKind.DIRECT, (Span(1, 31),), Speaker(Span(33, 45), "Wilma Garrow"), confidence=1.0
    )
    sentences = find_sentences(text)
    found = find_facts(text, sentences, [], find_mentions(text, sentences), [quote])
    assert found[0].source == "Wilma Garrow"


def test_a_fact_spans_its_sentence() -> None:
    text = "It rained. The council decided to close the pool. It rained again."
    assert facts(text)[0].span.of(text) == "The council decided to close the pool."


def test_figures_stand_as_facts_of_their_own() -> None:
    text = "The fair drew about 1,200 visitors."
    fact = facts(text)[0]
    assert fact.kind == "figure"
    assert fact.figure is not None
    assert (fact.figure.value, fact.figure.of, fact.figure.hedge) == (1200, "visitors", "about")


@given(
    st.lists(
        st.sampled_from(
            "the council Garrow agreed to on not no deal voted if will , . and 's with by".split()
        ),
        max_size=40,
    )
)
def test_any_words_can_be_read(words: list[str]) -> None:
    text = " ".join(words)
    for fact in facts(text):
        assert 0 <= fact.span.start < fact.span.end <= len(text)
        assert 0 < fact.confidence <= 1


@pytest.mark.parametrize(
    "piece", ["agreed to ", "deal, ", "not ", "and voted ", "plan's ", "(deal) "]
)
def test_hostile_text_stays_linear(piece: str) -> None:
    text = piece * (60_000 // len(piece))
    started = time.perf_counter()
    find_facts(text, [Span(0, len(text))], [], [])
    assert time.perf_counter() - started < 3
