"""The shape of an answer: the first line, the sentence, its source, and how much of one article
is shown."""

from __future__ import annotations

from datetime import date

import pytest

from bot.model import Draft
from bot.talk.agreements import asks_at_large
from bot.talk.fact_lines import LONGEST_LEAD_CHARS
from bot.talk.replies import BlockKind
from bot.talk.selecting import SENTENCES_OF_ONE_ARTICLE
from bot.text.sentences import find_sentences
from tests.support.stores import draft
from tests.support.talks import Talk, newsroom_of, talk_over

PIER = Draft(
    id="pier",
    url="https://portcourier.example/pier",
    title="Pier vote goes to the wire",
    source="The Port Courier",
    published=date(2025, 3, 20),
    text=(
        "Pier vote goes to the wire\n\n"
        "“The old pier has had its day,” Mayor Livia Brandt told reporters on Tuesday. "
        "Brandt said the repairs would cost 300,000 crowns. "
        "The engineer Otto Marsh called the plan “a castle in the sand” and left the room.\n\n"
        "The council will vote on Monday. The storm damaged 41 boats in the harbour. "
        "The council and the sailing club agreed on Wednesday to share the old boathouse.\n\n"
        "Visitors stayed away over the weekend. The café was shut."
    ),
)
TALLY = Draft(
    id="tally",
    url="https://nordwire.example/tally",
    title="Harbour counts the damage",
    source="Nordwire",
    published=date(2025, 3, 21),
    text=(
        "Harbour counts the damage\n\n"
        "The storm damaged 38 boats in the harbour of Port Ellis, the coast guard said. "
        "Insurers were on their way."
    ),
)


@pytest.fixture(scope="module")
def someone() -> Talk:
    return talk_over(PIER)


@pytest.mark.parametrize(
    ("question", "lead"),
    [
        ("what did Brandt say about the pier?", "Livia Brandt, Mayor, on the pier · 18 Mar 2025"),
        ("what did Brandt say about it", "Livia Brandt, Mayor · 18 Mar 2025"),
        ("who said “a castle in the sand”?", "Otto Marsh, engineer · 20 Mar 2025"),
        ("who said the old pier has had its day", "Livia Brandt, Mayor · 18 Mar 2025"),
        ("when will the council vote?", "24 Mar 2025 (“Monday”)"),
        ("how many boats were damaged?", "41 boats · The Port Courier · 20 Mar 2025"),
        ("where did visitors stay away?", "The Port Courier · 20 Mar 2025"),
    ],
)
def test_the_first_line_is_made_of_extracted_fields(
    question: str, lead: str, someone: Talk
) -> None:
    someone.say("/new")
    someone.say(question)
    assert someone.lead == lead


def test_a_figure_is_told_by_what_was_done() -> None:
    someone = talk_over(
        Draft(
            id="flood",
            title="Flood figures",
            source="The Port Courier",
            published=date(2025, 3, 19),
            text="Flood figures\n\nThe county has 1,150 people moved, 286 houses damaged.",
        )
    )
    someone.say("how many were damaged?")
    assert someone.lead == "286 houses · The Port Courier · 19 Mar 2025"


def test_an_agreement_tells_its_state_and_day_first(someone: Talk) -> None:
    someone.say("what did the council and the sailing club agree?")
    assert someone.lead.startswith("Agreed")
    assert "19 Mar 2025" in someone.lead


@pytest.mark.parametrize(
    ("question", "source"),
    [
        (
            "what did Brandt say about the pier?",
            "Livia Brandt, Mayor · said 18 Mar 2025 · published 20 Mar 2025 · The Port Courier, "
            "“Pier vote goes to the wire”",
        ),
        (
            "what did Brandt say about the cost of repairs?",
            "Livia Brandt, Mayor · reported speech · 20 Mar 2025 · The Port Courier, "
            "“Pier vote goes to the wire”",
        ),
        (
            "what did Marsh say about the plan?",
            "Otto Marsh, engineer · part quoted · 20 Mar 2025 · The Port Courier, "
            "“Pier vote goes to the wire”",
        ),
    ],
    ids=["day said", "reported", "part quoted"],
)
def test_the_source_tells_who_how_and_when(question: str, source: str, someone: Talk) -> None:
    someone.say("/new")
    someone.say(question)
    lines = [b.text for b in someone.last.blocks if b.kind is BlockKind.SOURCE]
    assert lines[0].replace(" [1]", "") == source


def test_outlets_that_differ_are_set_side_by_side() -> None:
    someone = talk_over(PIER, TALLY)
    someone.say("how many boats were damaged in the harbour?")
    assert someone.lead.startswith("Reports differ: ")
    assert "41 boats (The Port Courier, 20 Mar 2025)" in someone.lead
    assert "38 boats (Nordwire, 21 Mar 2025)" in someone.lead
    shown = " ".join(block.text for block in someone.quotes)
    assert "41 boats" in shown
    assert "38 boats" in shown


def test_several_sentences_are_numbered_like_their_buttons(someone: Talk) -> None:
    someone.say("what did Brandt say?")
    lines = [b.text for b in someone.last.blocks if b.kind is BlockKind.SOURCE]
    assert len(lines) > 1
    for number, line in enumerate(lines, 1):
        assert line.endswith(f"” [{number}]")
        assert f"Context {number}" in someone.labels


def test_a_name_that_was_read_otherwise_is_told(someone: Talk) -> None:
    assert "Read as: Brandt" in someone.say("what did Brant say about the pier?")


def test_no_first_line_is_longer_than_a_notification() -> None:
    role = "deputy chair of the standing committee on coastal works, bridges and public piers"
    long = draft(
        f"Pier\n\n“It is done,” said Livia Brandt, {role} of the lower harbour district council, "
        "to reporters in the old customs house of Port Ellis.",
        title="Pier",
    )
    someone = talk_over(long)
    someone.say("what did Livia Brandt say about the pier in the old customs house")
    assert len(someone.lead) <= LONGEST_LEAD_CHARS


def test_a_view_shows_at_most_five_sentences_of_one_article() -> None:
    said = " ".join(
        f"“Part {n} is built. It stands. It holds,” Livia Brandt said." for n in range(9)
    )
    someone = talk_over(draft(f"Pier\n\nLivia Brandt spoke.\n\n{said}", title="Pier"))
    someone.say("what did Livia Brandt say?")
    views = [someone.quotes]
    for label in [label for label in someone.labels if label.startswith("Context")]:
        someone.say("what did Livia Brandt say?")
        someone.press_label(label)
        views.append(someone.quotes)
        if "Whole paragraph" in someone.labels:
            someone.press_label("Whole paragraph")
            views.append(someone.quotes)
    for view in views:
        shown = sum(len(find_sentences(block.text)) for block in view)
        assert 0 < shown <= SENTENCES_OF_ONE_ARTICLE


def test_what_came_nearest_is_shown_only_where_it_shares_a_word(someone: Talk) -> None:
    told = someone.say("who won the chess championship in Quito?")
    assert told.startswith("I have nothing on that.")
    assert someone.quotes == []
    assert "Covers 1 article, newest 20 Mar 2025" in told


def test_a_command_line_answer_needs_no_store_of_answers() -> None:
    """`newsbot ask` shows the same without buttons that lead to a kept answer."""
    from bot.talk.answers import reply_to_question
    from tests.support.talks import NOW

    newsroom = newsroom_of(PIER)
    reply = reply_to_question(newsroom.ask("when will the council vote?", NOW))
    assert reply.blocks[0].text == "24 Mar 2025 (“Monday”)"
    presses = [b.press for row in reply.buttons for b in row if b.press]
    assert all(press.startswith("ctx:") for press in presses)


@pytest.mark.parametrize(
    ("said", "told"),
    [
        ("The club had agreed to share the boathouse, Otto Marsh said.", "reported speech"),
        ("Otto Marsh hopes that the pier will be saved.", "reported"),
    ],
)
def test_the_line_tells_how_words_were_reported(said: str, told: str) -> None:
    someone = talk_over(draft(f"Pier\n\n{said} Rain fell on Port Ellis.", id="p", title="Pier"))
    someone.say("what does Otto Marsh say about the pier and the club?")
    line = next(b.text for b in someone.last.blocks if b.kind is BlockKind.SOURCE)
    assert line.split(" · ")[1] == told


def test_who_votes_is_no_source_of_the_sentence() -> None:
    text = "Pier\n\nRain fell on Port Ellis. The sailing club voted against the new pier."
    someone = talk_over(draft(text, id="p", title="Pier"))
    said = someone.say("who voted against the pier?")
    assert "reported speech" not in said


HALVES = Draft(
    id="halves",
    url="https://nordwire.example/halves",
    title="Half a deal on the harbour",
    source="Nordwire",
    published=date(2025, 3, 21),
    text=(
        "Half a deal on the harbour\n\n"
        "Anna Berg and Carl Odum failed to reach an agreement on a new pier but agreed to suspend "
        "the harbour fees for 30 days.\n\n"
        "The harbour office said that the fees bring 900 crowns a day, what many were calling "
        "a scandal."
    ),
)


@pytest.mark.parametrize(
    ("question", "begins"),
    [
        ("what did Berg and Odum agree on?", "Agreed: "),
        ("did Berg and Odum agree on a new pier?", "Not agreed: "),
    ],
)
def test_of_two_outcomes_in_a_sentence_the_lead_tells_the_one_asked_for(
    question: str, begins: str
) -> None:
    phone = talk_over(HALVES)
    phone.say(question)
    assert phone.lead.startswith(begins)
    assert len(phone.lead) <= LONGEST_LEAD_CHARS
    assert "…" not in phone.lead


def test_many_and_an_office_are_nobody_to_name_or_follow() -> None:
    phone = talk_over(HALVES)
    assert "many ·" not in phone.say("what do the harbour fees bring?")
    assert not any("office" in label for label in phone.labels)


# ------------------------------------------------------------------------------ several
def pier(day: int, *sentences: str) -> Draft:
    """An article of this day in March whose sentences these are."""
    title = f"Pier on day {day}"
    return Draft(
        id=f"pier-{day}",
        title=title,
        source="The Port Courier",
        published=date(2025, 3, day),
        text=f"{title}\n\n{' '.join(sentences)}",
    )


@pytest.fixture(scope="module")
def council() -> Talk:
    return talk_over(
        pier(
            10,
            "“The pier will stay shut,” said Livia Brandt, the mayor of Port Ellis.",
            "The Port Board and the sailing club agreed to share the boathouse.",
        ),
        pier(
            12,
            "Livia Brandt, the mayor, came. “The pier may open in June,” Brandt said.",
            "Her office said that nothing was sure.",
            "“The pier is a ruin,” said Otto Marsh, the harbour minister.",
        ),
        pier(
            14,
            "The Port Board and the sailing club agreed to share the old boathouse.",
            "Tug crews and the Port Board agreed to raise pay by 3 percent.",
            "“The rail line comes first,” said Ada Holm, the transport minister.",
        ),
    )


def test_a_role_that_speaks_is_told_by_the_name_of_its_holder() -> None:
    someone = talk_over(
        pier(10, "Mayor Livia Brandt opened the fair."),
        pier(12, "Livia Brandt came to the pier. “It may open in June,” the mayor said."),
        pier(13, "“The crabs are back,” said the warden."),
    )
    told = someone.say("what did the mayor say about the pier?")
    assert someone.lead.startswith("Livia Brandt, Mayor")
    assert "Read as: Livia Brandt" in told
    someone.say("what did the warden say?")
    assert someone.lead.startswith("the warden")


def test_of_several_who_have_a_role_it_is_asked_which(council: Talk) -> None:
    council.say("/new")
    council.say("what did the minister say?")
    assert council.lead == "Several people may be meant: which one?"
    council.press_label("Ada Holm")
    assert "rail line comes first" in council.quotes[0].text


def test_what_somebody_said_comes_newest_first_and_of_nobody_else(council: Talk) -> None:
    council.say("/new")
    council.say("what did Livia Brandt say?")
    assert [q.text.count("June") for q in council.quotes] == [1, 0]
    assert council.lead == "Livia Brandt, mayor of Port Ellis · 10–12 Mar 2025"


def test_what_was_agreed_is_a_list_with_parties_and_days(council: Talk) -> None:
    council.say("/new")
    council.say("what was agreed?")
    assert council.lead == "2 reports · newest 14 Mar 2025"
    told = [b.text for b in council.last.blocks if b.kind is BlockKind.TEXT]
    assert told == [
        "Agreed · share the old boathouse · 14 Mar 2025",
        "Agreed · raise pay by 3 percent · 14 Mar 2025",
    ]


@pytest.mark.parametrize(
    ("question", "at_large"),
    [
        ("what was agreed", True),
        ("What has been decided recently?", True),
        ("which deals were signed", True),
        ("what was agreed on the pier", False),
        ("what did they agree", False),
    ],
)
def test_agreements_at_large_are_told_from_those_on_a_thing(question: str, at_large: bool) -> None:
    assert asks_at_large(question) is at_large


def test_what_happened_tells_each_thing_once() -> None:
    someone = talk_over(
        pier(10, "The ferry Ellida ran aground off Gull Island on Sunday."),
        pier(11, "The ferry Ellida had run aground off Gull Island on Sunday."),
        pier(12, "Divers towed the ferry Ellida off the rocks with 40 people on board."),
    )
    someone.say("what happened to the ferry Ellida?")
    assert len(someone.quotes) == 2
