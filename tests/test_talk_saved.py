"""What people save, with its citations alive; and what is kept of them, to read and to delete."""

from __future__ import annotations

import json
import sqlite3
from contextlib import closing
from dataclasses import replace
from pathlib import Path

import pytest

from bot.newsroom import Newsroom
from bot.store.store import Store
from bot.talk.conversation import Conversation
from bot.talk.replies import Incoming, Rights, Role
from tests.support.corrected import ASKED, FERRY, changed
from tests.support.talks import Clock, Talk

QUOTED = "what did Ines Roca say about the drill"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.db"


@pytest.fixture
def newsroom(path: Path) -> Newsroom:
    room = Newsroom.over(Store(path))
    room.add(FERRY)
    return room


@pytest.fixture
def ada(newsroom: Newsroom) -> Talk:
    return Talk(Conversation(newsroom, questions_per_minute=100, clock=Clock()))


def save(ada: Talk, question: str) -> None:
    ada.say(question)
    ada.press_label("Save")
    assert ada.last.toast is not None
    assert ada.last.toast.startswith("Saved.")


def test_what_is_saved_is_listed_with_its_source(ada: Talk) -> None:
    save(ada, ASKED)
    save(ada, QUOTED)
    listed = ada.say("/saved")
    assert listed.startswith("2 sentences saved")
    assert f"2. “{ASKED}”" in listed
    assert len(ada.quotes) == 2
    assert "Port Courier" in listed
    assert "1 sentence saved" in ada.say("/saved HALVARD passengers")
    assert "Nothing that you saved" in ada.say("/saved zeppelin")
    ada.say(QUOTED)
    assert "saved already" in ada.press_label("Save")


def test_the_command_saves_what_the_button_saves_in_the_same_order(newsroom: Newsroom) -> None:
    said = "“The ramp at {n} Quay is safe,” said Ines Roca, the harbour master, on Monday."
    for n in ("North", "South", "East"):
        text = f"Ramp at {n} Quay\n\n{said.format(n=n)}"
        newsroom.add(replace(FERRY, text=text, id=f"ramp-{n}", url=None, title=f"Ramp {n}"))
    for number, act in enumerate(
        (lambda ada: ada.press_label("Save"), lambda ada: ada.say("/save"))
    ):
        talk = Talk(Conversation(newsroom, clock=Clock()), chat=f"tg:{number}")
        talk.say("what did Ines Roca say about the ramp")
        shown = [quote.text for quote in talk.quotes]
        assert len(shown) > 1
        act(talk)
        talk.say("/saved")
        assert [quote.text for quote in talk.quotes] == shown


def test_a_saved_sentence_is_removed_and_comes_back(ada: Talk) -> None:
    save(ada, ASKED)
    ada.say("/saved")
    assert "You have saved nothing" in ada.press_label("Remove 1")
    assert "88 passengers" in ada.press_label("Undo")


def test_a_long_list_is_turned(ada: Talk, newsroom: Newsroom) -> None:
    for n in range(4):
        newsroom.add(replace(changed("Halvard", f"Ship{n}"), id=f"ferry-{n}", url=None))
        ada.say(f"what happened on the ferry Ship{n}")
        ada.press_label("Save")
    assert "page 1 of 2" in ada.say("/saved")
    assert "page 2 of 2" in ada.press_label("Older")
    assert "page 1 of 2" in ada.press_label("Newer")


def test_what_was_corrected_since_is_marked(ada: Talk, newsroom: Newsroom) -> None:
    save(ada, ASKED)
    newsroom.add(changed("88 passengers", "61 passengers"))
    listed = ada.say("/saved")
    assert "the article now says 61, before 88" in listed
    assert "Rescuers took 61 passengers" in listed
    newsroom.remove("ferry")
    listed = ada.say("/saved")
    assert "no longer in my store" in listed
    assert "passengers off" not in listed


def test_the_last_answer_or_the_one_replied_to_is_saved_by_command(ada: Talk) -> None:
    assert "no answer yet" in ada.say("/save")
    ada.say(ASKED)
    assert ada.say("/save").startswith("Saved.")
    quote = "“We will repeat the drill in May,” said Ines Roca, the harbour master."
    assert ada.say("/save", reply_to=quote).startswith("Saved.")
    assert ada.say("/saved").startswith("2 sentences")


def test_saved_sentences_and_the_talk_are_taken_away_as_files(ada: Talk) -> None:
    save(ada, ASKED)
    ada.say("who is the zeppelin captain")
    ada.say("/saved export")
    assert ada.last.document is not None
    assert "> Rescuers took 88 passengers off the ferry Halvard" in ada.last.document.text
    ada.say("/export")
    assert ada.last.document is not None
    text = ada.last.document.text
    assert f"## {ASKED} · " in text
    assert "> Rescuers took 88 passengers" in text
    assert "https://portcourier.example/ferry" in text
    assert "kept for about a year" in text


def test_a_group_is_exported_by_its_admins_alone(ada: Talk) -> None:
    group = Talk(ada.conversation, chat="tg:-100", person="tg:1")
    group.say(f"/ask {ASKED}")
    group.say("/export")
    assert group.last.asks_rights == "tg:-100"
    member = Rights("tg:-100", "tg:-100", manages=False, writes=True)
    assert "Only group admins can export" in group.say("/export", rights=member)
    group.say("/export", rights=replace(member, manages=True))
    assert group.last.document is not None


# ------------------------------------------------------------------------- what is kept
def test_all_that_is_kept_is_told_and_handed_over(ada: Talk) -> None:
    save(ada, ASKED)
    ada.say("/follow rail at once")
    told = ada.say("/mydata")
    assert "• 1 question with my answer" in told
    assert "• 1 saved sentence" in told
    ada.press_label("All of it as a file")
    assert ada.last.document is not None
    whole = json.loads(ada.last.document.text)
    assert whole["questions"][0]["data"]["question"] == ASKED
    assert whole["saved"][0]["question"] == ASKED
    assert "in private" in Talk(ada.conversation, chat="tg:-100", person="tg:1").say("/mydata")


def test_a_digest_is_no_question(ada: Talk) -> None:
    ada.say(ASKED)
    ada.say("/digest since January 2025")
    kept = ada.say("/mydata")
    assert "1 question with my answer" in kept
    assert "1 digest, for the buttons under it" in kept
    assert ada.say("/export").startswith("1 question with its answer")
    ada.say("/forget")
    assert ada.press_label("Only questions").startswith("Deleted: 1 question")
    assert "digest" not in ada.say("/mydata")


def test_forgetting_asks_and_deletes_the_questions_alone(ada: Talk) -> None:
    save(ada, ASKED)
    ada.say("/forget")
    assert ada.labels == ["Delete all", "Only questions", "Export first", "Keep"]
    assert ada.press_label("Keep") == "Nothing was deleted."
    ada.say("/forget")
    assert ada.press_label("Only questions").startswith("Deleted: 1 question")
    assert "88 passengers" in ada.say("/saved")
    assert "question with my answer" not in ada.say("/mydata")


def test_forgetting_everything_leaves_no_word_in_the_store(ada: Talk, path: Path) -> None:
    other = Talk(ada.conversation, chat="tg:2", person="tg:2")
    save(other, QUOTED)
    for talk in (ada, Talk(ada.conversation, chat="tg:-100", person="tg:1")):
        talk.say("how many passengers did xylophonists rescue from the Halvard")
        talk.press_label("Save")
        talk.say("/saved")
        talk.press_label("Remove 1")
        talk.press_label("Undo")
        talk.say("/saved")
        talk.press_label("Remove 1")
        talk.say("/save")
    ada.say("is the zuckergussian drill over")
    ada.press_label("Wrong?")
    ada.press_label("Not what was said")
    ada.say("/follow rail at once")
    ada.say("/settings time zone Tokyo")
    assert b"xylophonists" in rows_of(path)
    ada.say("/forget")
    told = ada.press_label("Delete all")
    assert "2 saved sentences" in told
    left = rows_of(path)
    assert b"xylophonists" not in left
    assert b"zuckergussian" not in left
    assert b"Tokyo" not in left
    assert ada.say("/mydata").count("•") <= 2
    assert other.say("/saved").startswith("1 sentence saved")


def rows_of(path: Path) -> bytes:
    """Every value in the store, as text."""
    found: list[str] = []
    with closing(sqlite3.connect(path)) as connection:
        tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
        for (table,) in tables.fetchall():
            found += map(str, connection.execute(f'SELECT * FROM "{table}"').fetchall())
    return "\n".join(found).encode()


def test_the_team_is_told_why_its_acts_stay(ada: Talk) -> None:
    editor = Talk(ada.conversation, Role.EDITOR)
    editor.say("/remove ferry drill")
    editor.say("/forget")
    assert "stays in the audit" in editor.press_label("Delete all")


@pytest.mark.parametrize(
    "code",
    [
        "saved:drop:999:",
        "saved:page:x:",
        "saved:undo:5:",
        "saved::",
        "save:9:9",
        "save:x",
        "mine:x",
    ],
)
def test_odd_buttons_are_answered(ada: Talk, code: str) -> None:
    ada.press(code)
    assert ada.last.toast or ada.last.blocks


def test_messages_of_the_last_days_are_blanked(ada: Talk, newsroom: Newsroom) -> None:
    from datetime import UTC, datetime

    from bot.store import inbox, outbox

    now = datetime.now(UTC)
    mine = json.dumps({"message": {"from": {"id": 1}, "text": "xylophonists ask"}})
    rows = [
        inbox.InboxRow(1, "tg:1", mine),
        inbox.InboxRow(2, "tg:-100", mine),
        inbox.InboxRow(3, "tg:2", mine.replace('"id": 1', '"id": 2')),
    ]
    letter = outbox.Letter("update:1", "tg:1", "send", {"html": None, "plain": "xylophonists"})
    with newsroom.store.write() as connection:
        inbox.put_updates(connection, rows, now)
        for number in (1, 2, 3):
            inbox.mark_done(connection, number, now)
        outbox.put_letters(connection, [letter], now)
    ada.conversation.handle(Incoming("tg:1", "tg:1", button="forget:all"))
    with newsroom.store.write() as connection:
        kept = connection.execute("SELECT raw FROM inbox ORDER BY update_id").fetchall()
        assert [bool(row[0]) for row in kept] == [False, False, True]
        assert outbox.find_due(connection) == []


def test_a_follow_that_was_not_set_up_is_told_apart(ada: Talk) -> None:
    ada.say("/follow the ferry")
    assert "1 follow that was not set up" in ada.say("/mydata")
    assert "• 1 follow\n" not in ada.say("/mydata")
