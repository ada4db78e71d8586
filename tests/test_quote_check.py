"""Whether words were said: found as printed or changed, with the speaker, or declined."""

from __future__ import annotations

import json
import time
from datetime import date
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.answer.asked_quotes import Asked, read_asked, read_claimed
from bot.answer.intents import Intent
from bot.answer.quote_check import check_quote
from bot.answer.result import MatchKind, State
from bot.model import Draft
from bot.newsroom import Newsroom
from bot.text.wording import DifferenceKind, find_wording, read_given
from tests.support.program import newsbot
from tests.support.talks import Talk, newsroom_of, talk_over

LOCK = (
    "Lock on the Tarn to close\n\n"
    "“We will close the lower lock on the first of May,” Runa Solberg, the water minister, told "
    "reporters in Orlin. “Not a day later. The walls are tired and so am I.”\n\n"
    "The skipper Otto Marsh said that the closure would cost each barge 4,000 crowns a week. "
    "Barges may still use the upper lock at night."
)
ECHO = (
    "Minister stands by lock date\n\n"
    "Runa Solberg admitted on Friday: “We shall close the lower lock on the first of May.”\n\n"
    "A heron was seen in the reeds."
)


def article(key: str, text: str, day: int, source: str) -> Draft:
    return Draft(
        text=text,
        id=key,
        title=text.split("\n", 1)[0],
        source=source,
        published=date(2025, 4, day),
        url=f"https://{key}.example/1",
    )


LOCK_ARTICLE = article("lock", LOCK, 2, "Nordwire")
ECHO_ARTICLE = article("echo", ECHO, 4, "Evening Echo")


@pytest.fixture(scope="module")
def newsroom() -> Newsroom:
    return newsroom_of(LOCK_ARTICLE, ECHO_ARTICLE)


# ------------------------------------------------------------------------------- the wording
@pytest.mark.parametrize(
    ("words", "text", "differences"),
    [
        ("the lock is shut", "Now THE lock – is “shut”.", []),
        ("we dont know it", "We don’t know it.", []),
        ("I wanted watchmen", "Then I wanted no watchmen at all.", [("dropped", "", "no")]),
        ("I wanted no real watchmen", "I wanted no watchmen.", [("added", "real", None)]),
        ("we will close it", "We shall close it.", [("changed", "will", "shall")]),
        ("it was Friday", "It was not Monday, they say.", [("changed", "Friday", "not Monday")]),
        ("we … close the lock", "We may yet close the lock.", [("omitted", "", "may yet")]),
        ("he said we close the lock", "We close the lock.", [("added", "he said", None)]),
    ],
    ids=["same", "apostrophe", "dropped", "added", "changed", "edge", "points", "before"],
)
def test_wording_is_found_with_its_differences(
    words: str, text: str, differences: list[tuple[str, str, str | None]]
) -> None:
    found = find_wording(read_given(words), text)
    assert found is not None
    told = [
        (d.kind.value, d.given, d.printed.of(text) if d.printed is not None else None)
        for d in found.differences
    ]
    assert told == differences


@given(st.text(max_size=80), st.text(max_size=200))
def test_wording_stays_within_both_texts(words: str, text: str) -> None:
    found = find_wording(read_given(words), text)
    if found is None:
        return
    assert 0 <= found.span.start < found.span.end <= len(text)
    assert 0 < found.share <= 1.0001
    for difference in found.differences:
        assert difference.given in words
        assert (difference.printed is None) == (difference.kind is DifferenceKind.ADDED)


def test_a_text_that_repeats_the_words_is_read_in_little_time() -> None:
    began = time.process_time()
    find_wording(read_given("lock the lock " * 200), "lock the lock and " * 8_000)
    read_asked("“" * 2_000 + "did he say " * 3_000)
    assert time.process_time() - began < 20  # quadratic, it would be minutes


# --------------------------------------------------------------------------- what is asked
@pytest.mark.parametrize(
    ("message", "asked"),
    [
        (
            "did Runa Solberg really say “we close the lock”?",
            ("we close the lock", "Runa Solberg"),
        ),
        ("did the minister say 'we close the lock'", ("we close the lock", "the minister")),
        ("“we close the lock” — Runa Solberg", ("we close the lock", "Runa Solberg")),
        ('"we close the lock," said Runa Solberg', ("we close the lock,", "Runa Solberg")),
        ("Runa Solberg: “we close the lock”", ("we close the lock", "Runa Solberg")),
        ('is it true that Solberg said "we close the lock"?', ("we close the lock", "Solberg")),
        ("“we close the lock” did Solberg say that?", ("we close the lock", "Solberg")),
        ("is this real: “we close the lock”", ("we close the lock", None)),
        ("“we close the lock” real?", ("we close the lock", None)),
        ("«we close the lock»", ("we close the lock", None)),
        ("did he say “we close the lock”", ("we close the lock", None)),
        ("who said “we close the lock”?", None),
        ("“we close the lock” who said", None),
        ("what did Solberg say about “the lower lock”?", None),
        ("where is “the lower lock at Orlin”", None),
        ("did Solberg close the lock?", None),
        ("“the lock”", None),
        ("what's new in Orlin's lock", None),
    ],
)
def test_words_to_check_are_told_from_a_question(
    message: str, asked: tuple[str, str | None] | None
) -> None:
    assert read_asked(message) == (Asked(*asked) if asked else None)


def test_whom_a_reply_asks_about() -> None:
    assert read_claimed("Did Runa Solberg really say that?") == "Runa Solberg"
    assert read_claimed("did she say that?") is None
    assert read_claimed("when did Solberg say that") is None


# --------------------------------------------------------------------------------- checks
@pytest.mark.parametrize(
    ("words", "kind", "speaker"),
    [
        ("NOT A DAY LATER", MatchKind.EXACT, "Runa Solberg"),
        ("the walls are tired and so am I", MatchKind.EXACT, "Runa Solberg"),
        ("close the lower lock on the first", MatchKind.PART, "Runa Solberg"),
        ("the first of May. Not a day later.", MatchKind.PART, "Runa Solberg"),
        ("We will never close the lower lock in May", MatchKind.CHANGED, "Runa Solberg"),
        ("closure would cost each barge 9,000 crowns a week", MatchKind.CHANGED, "Otto Marsh"),
        ("Barges may still use the upper lock at night", MatchKind.EXACT, None),
    ],
)
def test_words_are_found_with_their_speaker(
    words: str, kind: MatchKind, speaker: str | None, newsroom: Newsroom
) -> None:
    response = check_quote(words, newsroom.store)
    assert response.state is State.FOUND
    best = response.answers[0]
    assert best.match is not None
    assert best.match.kind is kind
    assert best.article.id == "lock"
    assert (best.speaker.name if best.speaker else None) == speaker
    assert best.text == best.span.of(best.article.text)


@pytest.mark.parametrize(
    "words",
    [
        "The moon is a lantern that somebody forgot",
        "We will open the new theatre on the last of June",
        "Herons eat frogs and nothing else all winter",
        "to be or not to be",
        "lock",
        "",
    ],
)
def test_other_words_are_declined(words: str, newsroom: Newsroom) -> None:
    response = check_quote(words, newsroom.store)
    assert response.state is State.NOTHING
    assert response.answers == ()


def test_first_appearance_comes_before_repeats(newsroom: Newsroom) -> None:
    response = check_quote("the lower lock on the first of May", newsroom.store)
    assert [a.article.id for a in response.answers] == ["lock", "echo"]
    assert [w.article_id for w in response.answers[0].also] == ["echo"]


def test_asking_whether_somebody_said_it_is_a_check(newsroom: Newsroom) -> None:
    response = newsroom.ask("did Otto Marsh say “the walls are tired”?", newsroom.clock())
    assert response.intent is Intent.QUOTE_CHECK
    assert response.claimed == "Otto Marsh"


# ---------------------------------------------------------------------------- as it is read
@pytest.fixture
def reader() -> Talk:
    return talk_over(LOCK_ARTICLE, ECHO_ARTICLE)


def test_a_quote_with_its_first_place_and_how_it_drifted(reader: Talk) -> None:
    said = reader.say("/check We will close the lower lock on the first of May")
    assert reader.lead == "Runa Solberg, water minister: word for word"
    assert "First in my articles: 2 Apr 2025, Nordwire. Elsewhere:" in said
    assert "Beside the first: “shall” for “will”; told with “admitted”, not “told”." in said
    assert reader.quotes[1].text.startswith("Runa Solberg admitted on Friday")
    reader.press_label("Context 2")
    assert "A heron was seen" in reader.quotes[0].text


@pytest.mark.parametrize(
    ("asked", "lead", "told"),
    [
        (
            "did Solberg say “the walls are tired”?",
            "Yes: Runa Solberg, water minister, said it, word for word",
            "as part of a longer sentence",
        ),
        (
            "did Otto Marsh say “the walls are tired and so am I”?",
            "Not Otto Marsh: Runa Solberg, water minister, said it, word for word",
            "Quoted so by Nordwire.",
        ),
        (
            "did the water minister say “we will not close the lower lock on the first of May”",
            "Not quite: Runa Solberg, water minister, said it, in other words",
            "– yours adds “not”\nThat turns the meaning: one of the two says “not”.",
        ),
        (
            "“closure would cost each barge 9,000 crowns a week”",
            "Otto Marsh: in other words",
            "– yours has “9,000” where it says “4,000”\nThe figures differ.",
        ),
        (
            "/check Barges may still use the upper lock",
            "Nobody is quoted with this: it is Nordwire’s own report, word for word",
            "The words are Nordwire’s own.",
        ),
        ("/check the moon is a lantern", "Not in my articles.", "Covers 2 articles"),
    ],
    ids=["theirs", "another's", "turned", "figure", "report", "nothing"],
)
def test_a_check_tells_who_and_how(asked: str, lead: str, told: str, reader: Talk) -> None:
    said = reader.say(asked)
    assert reader.lead == lead
    assert told in said


@pytest.mark.parametrize(
    ("asked", "beside"),
    [
        ("is this real?", {"reply_to": "Seen: “the walls are tired and so am I” lol"}),
        ("/check", {"reply_to": "Seen: “the walls are tired and so am I” lol"}),
        ("fake?", {"reply_to": "The walls are tired and so am I"}),
        ("did Solberg say that?", {"reply_to": "a post", "marked": "the walls are tired"}),
    ],
)
def test_a_message_that_is_answered_is_checked(
    asked: str, beside: dict[str, Any], reader: Talk
) -> None:
    reader.say(asked, **beside)
    assert "Runa Solberg" in reader.lead
    assert "The walls are tired" in reader.quotes[0].text


def test_check_without_words_waits_for_them(reader: Talk) -> None:
    assert "Please send the words" in reader.say("/check")
    reader.say("the walls are tired and so am I")
    assert reader.lead == "Runa Solberg, water minister: word for word"
    reader.say("what did Otto Marsh say?")
    assert "Otto Marsh" in reader.lead


def test_a_check_can_be_explained_and_reported(reader: Talk) -> None:
    reader.say("/check we will shut the lower lock on the first of May")
    told = reader.say("/why")
    assert "I read it as: whether somebody said these words." in told
    assert "of the words stand in Nordwire" in told
    reader.say("/check we will shut the lower lock on the first of May")
    reader.press_label("Wrong?")
    assert "yours has “shut” where it says “close”" in reader.press_label("Not what was said")


# ------------------------------------------------------------------------------ from outside
def test_the_command_line_checks_a_quote(tmp_path: Path) -> None:
    source = tmp_path / "lock.json"
    source.write_text(json.dumps({"id": "lock", "source": "Nordwire", "text": LOCK}), "utf-8")
    store = ["--db", str(tmp_path / "store.db")]
    assert newsbot("add", str(source), *store).code == 0
    words = "We will shut the lower lock"
    line = newsbot("ask", "--quote", words, "--json", *store).row
    assert (line["intent"], line["state"]) == ("quote_check", "found")
    (best,) = line["answers"]
    assert best["text"] == LOCK[best["start"] : best["end"]]
    assert best["speaker"]["name"] == "Runa Solberg"
    match = best["match"]
    assert match["kind"] == "changed"
    (differs,) = match["diff"]
    assert (differs["kind"], differs["given"], differs["printed"]) == ("changed", "shut", "close")
    assert LOCK[differs["start"] : differs["end"]] == "close"
    assert "yours has “shut” where it says “close”" in line["message"]
    assert newsbot("ask", "--quote", words, "and a question", *store).code == 2
