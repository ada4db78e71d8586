"""Where sentences and paragraphs begin and end."""

from __future__ import annotations

import time

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.text.sentences import SENTENCE_CHARS, find_paragraphs, find_sentences

# `|` marks the border of two sentences; white space around it is none of theirs.
CASES = {
    "plain": "The ferry sailed at noon. | Nobody was on board.",
    "question": "Who pays for it? | The council does.",
    "exclamation": "It was late! | The crowd stayed.",
    "title": "Mr. Aldous Finch met Mrs. Ines Roca. | They talked for an hour.",
    "rank": "Lt. Col. Ada Brandt and Sgt. Roy Ames were there. | Gov. Lena Storm was not.",
    "member": "Rep. Carl Odum, D-Mass., voted no. | Sen. Ida Wren, R-Calif., voted yes.",
    "member_at_end": "The bill was written by Ida Wren, R-Calif. | She will vote yes.",
    "elect": "Gov.-elect Lena Storm spoke. | Then she left.",
    "initial": "Lena W. Storm won. | Carl J. K. Odum lost.",
    "initials_joined": "C.J. Odum lost. | W.E.B. Finch won.",
    "letter_at_end": "They fell back on Plan B. | It failed too.",
    "pronoun_at_end": "She is taller than I. | Nobody minds.",
    "country": "The U.S. Senate met. | The U.K. Treasury did not.",
    "country_at_end": "He flew back to the U.S. | The trip was short.",
    "country_possessive": "The U.S.'s offer stands. | The U.N.-backed plan fell.",
    "capital_at_end": "She lives in Washington, D.C. | Her office is in Bonn.",
    "month": "The vote is on Nov. 5 in Port Ellis. | It was moved from Sept. 30.",
    "month_at_end": "The vote was moved to Nov. | It had been set for May.",
    "number": "See No. 5 on the list. | He wears No. 10.",
    "no_as_answer": "Will he go? | No. | He will stay.",
    "clock": "It began at 9 a.m. on Monday. | It ended at 5 p.m. | The hall was dark by then.",
    "clock_zone": "The debate starts at 8 p.m. Eastern. | It ends at 10 p.m. ET.",
    "clock_day": "Polls close at 7 p.m. Tuesday in Port Ellis. | Counting starts at once.",
    "company": "Acme Corp. sued Bolt Inc. over it. | Crane & Co. Ltd. did not.",
    "company_at_end": "She runs Acme Corp. | It makes pumps.",
    "junior": "Carl Odum Jr. resigned. | Ed Finch Sr. stayed.",
    "saint": "The road to St. Louis is shut. | The one to Ft. Worth is open.",
    "street_at_end": "He lives on Main St. | The house is red.",
    "versus": "The case is Odum v. Storm. | It is like Roe vs. Wade.",
    "decimal": "Prices rose 3.5 percent. | They fell 0.2 percent in May.",
    "money": "It cost $2.5 million. | That was £1.1 more.",
    "begins_with_number": "Two died. | 14 were hurt.",
    "version": "Release 2.0.1 is out. | It works.",
    "latin": "Bring tools, e.g. a saw. | Leave drinks, i.e. beer, at home.",
    "et_cetera": "They sold pens, ink, etc. | The shop is shut.",
    "address": "Read www.port-ellis.example/a.b?c=d. | It has the list.",
    "mail": "Write to info@port.example. | She answers.",
    "name_with_mark": "Yahoo! Finance said so. | The market fell.",
    "name_with_mark_shown": "The Splash! pool is shut. | Splash! owner Carl Odum said so.",
    "ellipsis_in_quote": "“We … Ellis people … will stay,” she said. | He left.",
    "ellipsis_before_i": "“Well … I think so,” she said.",
    "ellipsis_attached": "He waited… | The door stayed shut.",
    "ellipsis_before_starter": "“It was bad. … | It was worse than ever,” he said.",
    "ellipsis_after_stop": "“It was bad. ... | I stayed,” he said.",
    "spaced_ellipsis": "“It was bad. . . . | She stayed,” he said.",
    "year_at_start": "1988. | The year was dry.",
    "secretary": "Sec. Lena Storm left. | She is well.",
    "four_dots": "“It was bad.... | We stayed,” he said.",
    "quote_two_sentences": '"We will go. | We will win," he said.',
    "quote_question": '"Will you go?" he asked. | She nodded.',
    "quote_question_name": "“Will you go?” Carl Odum asked. | She nodded.",
    "quote_question_title": "“Will you go?” the mayor of Port Ellis asked. | She nodded.",
    "quote_exclamation_pronoun": "“Go!” he shouted. | She went.",
    "quote_question_then_pronoun": "“Will you go?” | He said it twice.",
    "quote_question_then_other": "“Will you go?” | The hall was silent.",
    "quote_end": 'He called it "a gift." | She did not.',
    "quote_end_curly": "He called it “a gift.” | “We agree,” she said.",
    "quote_mixed_marks": 'They called it a "gesture of peace.” | More will follow.',
    "quote_single": "He called it ‘a gift.’ | She did not.",
    "quote_nested": "“She said, ‘We go.’ | Then she went,” he said.",
    "quote_of_title": 'He read "Who Goes There?" on the train. | It rained.',
    "bracket": "He left (nobody saw it). | She stayed.",
    "bracket_sentence": "He left. | (Nobody saw it.) | She stayed.",
    "bracket_with_mark": "The plan (really?) is new. | It may work.",
    "square_bracket": "“He [Odum] left. | [He] came back,” she said.",
    "lower_case_name": "He works there. | eBay did not comment.",
    "lower_case_after_stop": "The firm approx. doubled its sales. | Good.",
    "colon": "He had one rule: Never wait. | She had none.",
    "semicolon": "He left; she stayed. | It rained.",
    "missing_space": "The mayor left early, she said.|The council met without her.",
    "missing_space_before_quote": "The mayor left.|“We wait,” he said.",
    "missing_space_after_quote": "He said: “We wait.”|Nobody came.",
    "missing_space_before_straight_quote": 'The mayor left.|"We wait," he said.',
    "missing_space_after_straight_quote": 'He said: "We wait."|Nobody came.',
    "missing_space_before_name": "It was late.|Odum left. | He was tired.",
    "missing_space_after_year": "It was shut in 2019.|The mayor left.",
    "no_space_in_name": "He uses Node.Js and reads Ellis.Com daily. | Fine.",
    "mark_apart": 'He said "no. " | The hall was silent.',
    "caption_runs_on": "Boats in the harbour after the storm | The harbour reopened.",
    "caption_runs_on_to_name": "Boats in the harbour after the storm | A Bonn ferry sank.",
    "caption_ends_with_name": "The deputy Ines Roca | Ines Roca said that it held.",
    "name_with_article": "He told The Port Courier and The Hague Post so. | She did not.",
    "post": "Dam holds! pic.twitter.com/aB3 — Ines (@ines) March 3, 2025 | Odum was glad.",
    "picture_of_a_post": "So it held pic.twitter.com/aB3dE | Odum was glad.",
    "dateline": "PORT ELLIS, Calif. (AP) — The mayor left. | She is well.",
    "dateline_month": "BONN, Nov. 5 (Wire) — The mayor left. | She is well.",
    "stacked_marks": "He did what?! | Nobody knows!!",
    "numbered_line": "1. Build a dam.\n| 2. Clear the road.",
    "enumerated_inline": "Sec. 4 of the act applies. | Art. 12 does not.",
    "ordinal_abbreviation": "He is the No. 2 man of Gen. Ames. | Nobody asked.",
    "doctor_at_start": "Dr. Roca came. | Prof. Finch did not.",
    "phd": "Ines Roca, Ph.D., came. | She has an M.D. | Her son does not.",
    "abbreviated_state_before_name": "The Sacramento, Calif. Democrat said no. | He left.",
}


@pytest.mark.parametrize("marked", CASES.values(), ids=CASES.keys())
def test_sentence_ends_where_a_reader_would_end_it(marked: str) -> None:
    expected = [part.strip() for part in marked.split("|")]
    text = marked.replace(" | ", " ").replace("|", "")
    assert [span.of(text) for span in find_sentences(text)] == expected


PARAGRAPHS = {
    "blank_line": ("One thing.\n\nAnother thing.", ["One thing.", "Another thing."]),
    "single_line_end": ("Harbour reopens\nThe harbour reopened.", 2),
    "spaces_around": ("  One thing.  \n \n  Another.\n", ["One thing.", "Another."]),
    "wrapped": (
        "The harbour of Port Ellis reopened on Monday after a storm that had\n"
        "closed it for three days, and the ferries will run again from Tuesday\n"
        "morning.\n\nNobody was hurt.",
        2,
    ),
    "wrapped_list": (
        "- The harbour of Port Ellis reopened on Monday after the storm was\n"
        "- The ferries will run again from Tuesday morning on, they all said",
        2,
    ),
    "broken_line": (
        "The council of Port Ellis met on Monday in order to\nvote on the dam, which it did.",
        1,
    ),
    "empty": ("", []),
    "blank": (" \n\t\n ", []),
}


@pytest.mark.parametrize(("text", "expected"), PARAGRAPHS.values(), ids=PARAGRAPHS.keys())
def test_paragraph_is_a_line_unless_lines_are_wrapped(
    text: str, expected: list[str] | int
) -> None:
    found = [span.of(text) for span in find_paragraphs(text)]
    if isinstance(expected, int):
        assert len(found) == expected
    else:
        assert found == expected


def test_headline_without_stop_is_a_sentence() -> None:
    text = "Harbour Reopens After Storm\n\nThe harbour of Port Ellis reopened. All is well."
    assert len(find_sentences(text)) == 3


def test_unclosed_quote_ends_with_paragraph() -> None:
    text = "“We wait, she said\n\n“We go on waiting.”"
    assert [span.of(text) for span in find_sentences(text)] == text.split("\n\n")


def test_list_items_are_sentences_without_their_bullets() -> None:
    text = "The plan:\n\n• Build a dam\n- Clear the road. Then pave it.\n* Plant trees"
    assert [span.of(text) for span in find_sentences(text)] == [
        "The plan:",
        "Build a dam",
        "Clear the road.",
        "Then pave it.",
        "Plant trees",
    ]


def test_bullets_within_a_line_part_its_items() -> None:
    text = "The plan: • build a dam • clear the road • plant trees"
    assert [span.of(text) for span in find_sentences(text)] == text.split(" • ")


def test_line_without_a_word_is_no_sentence() -> None:
    assert find_sentences("___\n\n. \n\n* * *\n\n~~~") == []


def test_overlong_sentence_is_split_at_semicolons() -> None:
    clause = "the council of Port Ellis voted to keep the dam open for one more year"
    text = "; ".join([clause] * 12) + "."
    parts = find_sentences(text)
    assert len(parts) > 1
    assert all(80 <= len(part) <= SENTENCE_CHARS for part in parts)
    assert all(part.of(text)[-1] in ";." for part in parts)


def test_overlong_sentence_without_a_border_stays_whole() -> None:
    text = "The list names " + ", ".join(["Carl Odum"] * 120) + "."
    assert [span.of(text) for span in find_sentences(text)] == [text]


PIECES = (
    "The mayor|said|U.S.|Mr.|Nov.|5|.|. |?|! |“|”|\"|'|’|(|)|\n|\n\n| |…|...|a.m.|• |No.|;|—|I"
    "|St.|e.g.|x"
)
NEWSY = st.lists(st.sampled_from(PIECES.split("|")), max_size=60).map("".join)


@given(NEWSY | st.text(max_size=200))
def test_sentences_are_in_order_apart_trimmed_and_lose_no_word(text: str) -> None:
    at = 0
    for span in find_sentences(text):
        assert at <= span.start < span.end <= len(text)
        assert not any(char.isalnum() for char in text[at : span.start])
        assert span.of(text) == span.of(text).strip()
        at = span.end
    assert not any(char.isalnum() for char in text[at:])


@given(NEWSY)
def test_no_sentence_reaches_over_a_paragraph(text: str) -> None:
    paragraphs = find_paragraphs(text)
    for span in find_sentences(text):
        assert any(paragraph.covers(span) for paragraph in paragraphs)


HOSTILE = {
    "stops": "." * 150_000,
    "spaced_stops": ". " * 75_000,
    "quotes": '"' * 150_000,
    "stops_and_quotes": '."' * 75_000,
    "capitals": "A. " * 50_000,
    "open_brackets": "(" * 150_000,
    "spaces": " " * 150_000 + "x",
    "only_spaces": " " * 150_000,
    "spaced_newlines": " \n" * 75_000,
    "newlines": "\n" * 150_000,
    "one_word": "a" * 150_000,
    "semicolons": "a; " * 50_000,
    "marks": "?! " * 50_000,
    "joined": 'said.The "mayor."It ' * 7_000,
    "ellipses": " … A" * 37_000,
    "bullets": " • " * 50_000,
    "stop_spaces": "x." + " " * 150_000 + "Y",
    "lines": "word\n" * 30_000,
    "asked": "“Go?” " + "A. b " * 30_000,
    "names": "Aa! " * 37_000,
}


@pytest.mark.parametrize("text", HOSTILE.values(), ids=HOSTILE.keys())
def test_hostile_text_takes_linear_time(text: str) -> None:
    started = time.perf_counter()
    find_sentences(text)
    # Real text of this length takes about 10 ms; a quadratic rule takes minutes.
    assert time.perf_counter() - started < 2
