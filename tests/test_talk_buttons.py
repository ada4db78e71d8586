"""The buttons under an answer: what is around it, further pages, reports; also after restarts."""

from __future__ import annotations

import json
from dataclasses import replace
from datetime import timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.model import Span
from bot.newsroom import Newsroom
from bot.store.outbox import move_chat
from bot.store.results import KEPT, find_results, forget_results
from bot.talk.buttons import (
    COPY_UTF16,
    PRESS_BYTES,
    REASONS,
    Place,
    copy_button,
    parse_page,
    parse_place,
)
from bot.talk.conversation import Conversation
from bot.talk.replies import BlockKind, Role
from tests.support.stores import draft
from tests.support.talks import NOW, Clock, Talk, newsroom_of

WORKS = draft(
    "Works at the pier\n\n"
    "The works began in March. A crane stood ready. “We begin with the roof,” said Livia Brandt. "
    "Rain fell all day. Nobody minded. The band played.\n\n"
    + "\n\n".join(f"“Part {n} is nearly built,” Livia Brandt said." for n in range(2, 9)),
    id="works",
    title="Works at the pier",
)
NEIGHBOURS = draft(
    "Noise at the pier\n\n“I cannot sleep,” said Ottilie Marsh. Her window faces the crane.",
    id="noise",
    title="Noise at the pier",
)
QUESTION = "what did Livia Brandt say?"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def newsroom() -> Newsroom:
    return newsroom_of(WORKS, NEIGHBOURS, draft())


@pytest.fixture
def reader(newsroom: Newsroom, clock: Clock) -> Talk:
    return Talk(Conversation(newsroom, questions_per_minute=100, clock=clock))


def restarted(talk: Talk, newsroom: Newsroom, clock: Clock) -> Talk:
    """The same person after a restart of the program."""
    return replace(talk, conversation=Conversation(newsroom, clock=clock), seen=[*talk.seen])


# ------------------------------------------------------------------------------- layout
@pytest.mark.parametrize(
    "question",
    [QUESTION, "who said “I cannot sleep”", "what did Ines Roca say", "who was unsafe?", "roof"],
)
def test_an_answer_has_two_short_rows_and_short_codes(question: str, reader: Talk) -> None:
    reader.say(question)
    assert reader.buttons
    assert len(reader.last.buttons) <= 2
    for row in reader.last.buttons:
        assert 0 < len(row) <= 4
        assert len(row) <= 3 or max(len(button.label) for button in row) <= 13
    for button in reader.buttons:
        assert len((button.press or "").encode()) <= PRESS_BYTES


@given(
    st.builds(
        Place,
        st.integers(1, 2**40),
        st.builds(Span, st.integers(0, 10**7), st.integers(0, 10**7)),
        st.integers(0, 2**40),
        st.integers(0, 99),
    )
)
def test_a_place_survives_its_code(place: Place) -> None:
    assert len(f"ctx:{place.code}".encode()) <= PRESS_BYTES
    expected = place if place.result else replace(place, page=0)
    assert parse_place(place.code) == expected


@given(st.text(st.sampled_from("0123456789:-²१ abcé"), max_size=40))
def test_no_code_breaks_the_reading_of_codes(code: str) -> None:
    place, page = parse_place(code), parse_page(code)
    assert place is None or place.span.start >= 0
    assert page is None or min(page[:2]) >= 0


def test_suggested_questions_are_answered_by_who_is_asked_about(reader: Talk) -> None:
    reader.say("when did the works begin?")
    suggested = [b for b in reader.buttons if (b.press or "").startswith("ask:")]
    assert [b.label for b in suggested] == ["What did Livia Brandt say?"]
    assert "Livia Brandt" in reader.press_label("What did")
    assert reader.lead.startswith("Livia Brandt")


# ------------------------------------------------------------------------------ context
def test_context_widens_in_place_and_leads_back(reader: Talk) -> None:
    answer = reader.say("who said “we begin with the roof”?")
    around = reader.press_label("Context")
    assert reader.last.edits
    assert "A crane stood ready. “We begin with the roof,”" in around
    assert "Nobody minded." in around
    assert "The band played." not in around
    (block,) = reader.quotes
    assert block.stressed is not None
    assert block.stressed.of(block.text) == "“We begin with the roof,” said Livia Brandt."
    paragraph = reader.press_label("Whole paragraph")
    assert reader.last.edits
    assert "A crane stood ready." in paragraph
    assert "The band played." in paragraph
    assert "We begin" in reader.press_label("Sentences around")
    assert reader.press_label("Back") == answer
    assert reader.last.edits


def test_a_paragraph_that_is_shown_already_has_no_button(reader: Talk) -> None:
    reader.say("what did Ottilie Marsh say?")
    reader.press_label("Context")
    assert "Whole paragraph" not in reader.labels


# ------------------------------------------------------------------------------- paging
def test_more_answers_page_by_page_without_a_repetition(reader: Talk) -> None:
    reader.say(QUESTION)
    texts = [block.text for block in reader.quotes]
    while any(label.endswith(" more") for label in reader.labels):
        (label,) = (label for label in reader.labels if label.endswith(" more"))
        left = int(label.split()[0])
        reader.press_label(label)
        assert reader.last.edits
        page = [block.text for block in reader.quotes]
        assert 0 < len(page) <= left
        texts += page
    assert len(texts) > 3
    assert len(texts) == len(set(texts))
    while "Previous" in reader.labels:
        reader.press_label("Previous")
    assert [block.text for block in reader.quotes] == texts[: len(reader.quotes)]


def test_pages_and_back_work_after_a_restart(
    reader: Talk, newsroom: Newsroom, clock: Clock
) -> None:
    first = reader.say(QUESTION)
    later = restarted(reader, newsroom, clock)
    later.press_label("Context 2")
    assert later.press_label("Back") == first
    newsroom.add(draft("Pier done\n\n“All is built,” said Livia Brandt.", id="done"))
    assert later.press(reader.button("Context 1").press or "").count("  | ")
    assert later.press_label("Back") == first


def test_a_page_is_only_for_the_chat_that_asked(reader: Talk) -> None:
    reader.say(QUESTION)
    other = replace(reader, person="tg:9", chat="tg:9")
    assert "expired" in other.press("res:1:0")
    assert other.last.toast


def test_buttons_move_with_a_group_that_became_a_supergroup(
    reader: Talk, newsroom: Newsroom
) -> None:
    first = reader.say(QUESTION)
    with newsroom.store.write() as connection:
        move_chat(connection, reader.chat, "tg:-100")
    assert "expired" in reader.press("res:1:0")
    assert replace(reader, chat="tg:-100").press("res:1:0") == first


@pytest.mark.parametrize(
    "code",
    [
        *("res:1", "res:99:0", "res::", "res:1:x", "res:²:0", f"res:{2**63}:0", "res:-1:0"),
        *("one:99:0", "bad:99:0", "bad:99:0:said", "again:99:0", "par:1:2", "par:9:0:4"),
        *("forget", "fix:1", "bad", "one:1:9"),
    ],
)
def test_a_button_that_leads_nowhere_says_so(code: str, reader: Talk) -> None:
    told = reader.press(code)
    assert told
    assert reader.last.toast or reader.labels


def test_an_old_list_expires_and_context_goes_on(
    reader: Talk, clock: Clock, newsroom: Newsroom
) -> None:
    reader.say(QUESTION)
    context = reader.button("Context").press or ""
    clock.now += KEPT + timedelta(days=1)
    with newsroom.store.write() as connection:
        forget_results(connection, clock.now)
    assert "Livia Brandt said" in reader.press(context)
    assert "expired" in reader.press_label("Back")


def test_a_list_whose_article_is_gone_offers_to_search_again(
    reader: Talk, newsroom: Newsroom
) -> None:
    reader.say(QUESTION)
    page = (reader.button("Wrong?").press or "").replace("bad:", "res:")
    (row,) = find_results(newsroom.store, reader.chat, limit=1)
    row.data["answers"][0]["at"][0] = 9_999  # as if that version had been taken out
    with newsroom.store.write() as connection:
        connection.execute("UPDATE results SET data = ?", (json.dumps(row.data),))
    assert "expired" in reader.press(page)
    assert "Livia Brandt" in reader.press_label("Search again")


# --------------------------------------------------------------------------------- copy
def test_copied_text_is_the_sentence_with_its_source(reader: Talk) -> None:
    reader.say("what did Ines Roca say?")
    assert reader.button("Copy").copy == (
        "“The sea has let us go,” said Ines Roca, the harbour master, on Monday. — Ines Roca, "
        "The Port Courier, 2025-03-18 https://portcourier.example/ferry"
    )


def test_a_link_that_does_not_fit_is_left_out_of_what_is_copied() -> None:
    far = f"https://portcourier.example/{'ferry-' * 40}"
    newsroom = newsroom_of(draft(url=far))
    answer = newsroom.ask("what did Ines Roca say?", NOW).answers[0]
    copied = copy_button(answer, "Copy")[0].copy
    assert copied is not None
    assert copied.endswith("The Port Courier, 2025-03-18")


def test_a_sentence_too_long_to_copy_whole_has_no_copy_button() -> None:
    newsroom = newsroom_of(draft("Pier\n\n“" + "It is long, " * 30 + "so long,” said Bo Lind."))
    talk = Talk(Conversation(newsroom, clock=Clock()))
    talk.say("what did Bo Lind say?")
    assert talk.quotes
    assert "Copy" not in " ".join(talk.labels)
    answer = newsroom.ask("what did Bo Lind say?", NOW).answers[0]
    assert len(answer.text) > COPY_UTF16
    assert copy_button(answer, "Copy") == []


# ------------------------------------------------------------------------------ reports
def test_a_wrong_answer_is_reported_and_settled(
    reader: Talk, newsroom: Newsroom, clock: Clock
) -> None:
    answer = reader.say("what did Ines Roca say?")
    assert "What is wrong" in reader.press_label("Wrong?")
    assert reader.last.edits
    assert reader.labels == [*REASONS.values(), "Back"]
    assert len(reader.last.buttons) == 2
    told = reader.press_label("Wrong person")
    assert told.startswith(answer)
    assert "Thank you, report 1: wrong person." in told
    editor = Talk(Conversation(newsroom, clock=clock), Role.EDITOR, "tg:2", "tg:2")
    page = editor.say("/reports")
    assert "1 report is open" in page
    assert "1 · Wrong person · “what did Ines Roca say?” · 27 Mar 2025" in page
    assert "The sea has let us go" in page
    assert editor.press_label("Open 1").startswith("Report 1: wrong person")
    assert "Settled: the answer was right." in editor.press_label("Answer was right")
    assert "no open report" in editor.say("/reports")
    editor.press("rep:1:right")
    assert editor.last.toast == "It was settled before."


def test_the_same_report_twice_is_one(reader: Talk) -> None:
    reader.say("what did Ines Roca say?")
    reader.press_label("Wrong?")
    code = reader.button("Old news").press or ""
    assert "report 1:" in reader.press(code)
    assert "report 1:" in reader.press(code)


def test_a_reader_settles_no_report(reader: Talk) -> None:
    reader.say("what did Ines Roca say?")
    reader.press_label("Wrong?")
    reader.press_label("Wrong date")
    reader.press("rep:1:right")
    assert reader.last.toast == "Only editors settle reports."
    editor = replace(reader, role=Role.EDITOR)
    assert "1 report is open" in editor.say("/reports")


# ------------------------------------------------------------------------------ privacy
def test_what_a_person_asked_is_deleted_when_they_say_so(reader: Talk, newsroom: Newsroom) -> None:
    other = replace(reader, person="tg:9", chat="tg:9", seen=[])
    other.say(QUESTION)
    reader.say(QUESTION)
    reader.say("what did Ines Roca say?")
    assert "about a year" in reader.say("/privacy")
    assert "Delete your questions" in reader.press_label("Delete my questions")
    assert len(find_results(newsroom.store, reader.chat, limit=9)) == 2
    assert "Deleted: 2 questions" in reader.press_label("Only questions")
    assert find_results(newsroom.store, reader.chat, limit=9) == []
    assert "Livia Brandt" in other.press_label("2 more" if "2 more" in other.labels else "Context")


# --------------------------------------------------------------------------------- limit
def test_a_wait_is_told_once(newsroom: Newsroom, clock: Clock) -> None:
    reader = Talk(Conversation(newsroom, questions_per_minute=1, clock=clock))
    reader.say(QUESTION)
    assert "again in 60 s" in reader.say(QUESTION)
    clock.now += timedelta(seconds=20)
    assert reader.say(QUESTION) == ""
    assert reader.last.blocks == ()
    assert "again in 40 s" in reader.press("ask:what did Ines Roca say?")
    assert reader.last.toast
    clock.now += timedelta(seconds=40)
    assert "Livia Brandt" in reader.say(QUESTION)
    assert "again in 60 s" in reader.say(QUESTION)


def test_every_button_of_every_page_leads_somewhere(reader: Talk) -> None:
    """Whatever is offered does something, three presses deep."""
    codes = set()
    for text in (QUESTION, "/start", "/latest", "/search pier", "/privacy", "/article works"):
        reader.say(text)
        codes |= {button.press for button in reader.buttons if button.press}
    seen: set[str] = set()
    for _ in range(3):
        fresh = codes - seen - {"forget:yes", "forget:all"}
        for code in sorted(fresh):
            reader.press(code)
            assert reader.last.blocks or code.startswith("save:"), code
            assert not any(
                b.kind is BlockKind.TEXT and "expired" in b.text for b in reader.last.blocks
            )
            codes |= {button.press for button in reader.buttons if button.press}
        seen |= fresh
    assert len(seen) > 30
