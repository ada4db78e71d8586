"""Stored articles kept right: corrected, removed, brought back, undone, looked at, deleted."""

from __future__ import annotations

import contextlib
from dataclasses import replace
from datetime import date, datetime, timedelta
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import IntakeError
from bot.locales import speaking
from bot.model import Draft
from bot.newsroom import Newsroom
from bot.store.store import Store
from bot.talk.conversation import Conversation
from bot.talk.fields import parse_field, parse_given
from bot.talk.replies import Role
from bot.talk.undoing import UNDO_BUTTON
from tests.support.stores import draft
from tests.support.talks import Clock, Talk

TODAY = date(2025, 7, 1)
MILL = (
    "Mill burns in Velm\n\nA mill burned in Velm on Monday, said Bo Lind. Forty people lost their "
    "work, and the owner, Kaja Moen, wants 3 million crowns from the insurer."
)


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def newsroom(tmp_path: Path) -> Newsroom:
    room = Newsroom.over(Store(tmp_path / "news.db"))
    room.add(draft())
    return room


@pytest.fixture
def owner(newsroom: Newsroom, clock: Clock) -> Talk:
    return Talk(Conversation(newsroom, clock=clock), Role.OWNER)


def publish(talk: Talk, text: str = MILL) -> str:
    """The number of an article that is published from a paste."""
    talk.say(f"/add {text}")
    told = talk.press_label("Publish")
    assert told.startswith("Published as #")
    return told.partition("as ")[2].split()[0].rstrip(",")


def test_a_removed_article_is_named_by_its_headline(owner: Talk) -> None:
    number = publish(owner)
    owner.say(f"/remove {number}")
    assert "Mill burns in Velm" in owner.say("/history mill velm")
    assert number in owner.say("/restore")
    assert "is back" in owner.say("/restore mill burns")
    assert "Which article?" in owner.say("/restore")


def test_of_several_articles_each_has_a_button_for_what_was_asked(owner: Talk) -> None:
    later = "Mill to rise again in Velm\n\nThe council of Velm gave leave to build on Friday."
    numbers = [publish(owner), publish(owner, later)]
    assert "Which one?" in owner.say("/history mill velm")
    assert sorted(owner.labels) == sorted(numbers)
    assert f"{numbers[0]}, 1 version" in owner.press_label(numbers[0])


# -------------------------------------------------------------------------------- fields
@pytest.mark.parametrize(
    ("typed", "value"),
    [
        ("12 June 2025", date(2025, 6, 12)),
        ("the 12th of June 2025", date(2025, 6, 12)),
        ("yesterday", date(2025, 6, 30)),
        ("last Tuesday", date(2025, 6, 24)),
        ("2025-06-12", date(2025, 6, 12)),
        ("12.06.2025", date(2025, 6, 12)),
        ("12. Juni 2025", date(2025, 6, 12)),
        ("12 de junio de 2025", date(2025, 6, 12)),
        ("gestern", date(2025, 6, 30)),
        ("-", None),
        ("keine", None),
        ("none", None),
    ],
)
def test_a_day_is_read_as_people_type_it(typed: str, value: date | None) -> None:
    assert parse_field("published", typed, TODAY) == value


def test_a_time_needs_its_zone() -> None:
    moment = parse_field("published", "12 June 2025 09:40 BST", TODAY)
    assert isinstance(moment, datetime)
    assert moment.isoformat() == "2025-06-12T08:40:00+00:00"
    assert parse_field("published", "12 June 2025 09:40", TODAY) == date(2025, 6, 12)


@pytest.mark.parametrize(
    ("name", "typed", "words"),
    [
        ("published", "03/04/2025", "cannot read that as a day"),
        ("published", "31 February 2025", "no such day"),
        ("published", "June 2025", "cannot read that as a day"),
        ("published", "12 and 13 June 2025", "cannot read that as a day"),
        ("published", "yesterday or so", "cannot read that as a day"),
        ("published", "3 July 2025", "still to come"),
        ("published", "x" * 5_000, "cannot read that as a day"),
        ("url", "harbour post", "no link"),
        ("url", "ftp://a.example/b", "no link"),
        ("url", "http://[::1", "no link"),
        ("title", "x" * 301, "300 characters"),
    ],
)
def test_what_cannot_be_a_fields_value_is_asked_again(name: str, typed: str, words: str) -> None:
    with pytest.raises(IntakeError, match=words):
        parse_field(name, typed, TODAY)


@given(st.sampled_from(["title", "source", "published", "author", "section", "url"]), st.text())
def test_no_typed_value_breaks_a_field(name: str, typed: str) -> None:
    with contextlib.suppress(IntakeError):
        value = parse_field(name, typed, TODAY)
        assert value is None or isinstance(value, date) or value == " ".join(typed.split())


@pytest.mark.parametrize(
    ("words", "given"),
    [
        ("Date: 12 June 2025", ("published", "12 June 2025")),
        ("headline = Mill burns", ("title", "Mill burns")),
        ("outlet is Nordwire", ("source", "Nordwire")),
        ("link: https://a.example/b", ("url", "https://a.example/b")),
        ("who said this?", None),
        ("date", None),
    ],
)
def test_a_field_with_its_value_is_told_from_other_words(
    words: str, given: tuple[str, str] | None
) -> None:
    assert parse_given(words) == given


def test_a_field_is_named_in_the_language_spoken() -> None:
    with speaking("de"):
        assert parse_given("Überschrift: Mill burns") == ("title", "Mill burns")
        assert parse_given("headline: Mill burns") == ("title", "Mill burns")
    with speaking("es"):
        assert parse_given("fecha: 12 de junio de 2025") == ("published", "12 de junio de 2025")


# ---------------------------------------------------------------------------- correcting
def test_a_field_is_corrected_by_name_by_button_and_in_reply(owner: Talk) -> None:
    number = publish(owner)
    assert "Outlet is now: Nordwire" in owner.say(f"/edit {number} outlet: Nordwire")
    owner.say(f"/edit {number}")
    assert "Send me the new author" in owner.press_label("Author")
    assert "Author is now: Ann Lee" in owner.say("Ann Lee")
    answer = owner.say("what did Bo Lind say?")
    assert "Section is now: Region" in owner.say("/edit section: Region", reply_to=answer)
    assert "version 4" in owner.lead
    assert "Link is now: https://a.example/b" in owner.say(
        "link: https://a.example/b", reply_to=f"Published as {number}"
    )
    assert "Section was that already" in owner.say(f"/edit {number} section: Region")
    assert "Done" in owner.labels


def test_a_value_that_cannot_be_read_is_asked_again(owner: Talk, newsroom: Newsroom) -> None:
    number = publish(owner)
    owner.say(f"/edit {number}")
    owner.press_label("Date")
    assert "cannot read that as a day" in owner.say("soon")
    assert "Date is now: 3 Mar 2025" in owner.say("3 March 2025")
    assert newsroom.latest(limit=9)[-1].day == date(2025, 3, 3)


def test_a_removed_article_is_not_corrected(owner: Talk) -> None:
    number = publish(owner)
    owner.say(f"/remove {number}")
    assert "once it is back" in owner.say(f"/edit {number} outlet: Nordwire")
    assert "once it is back" in owner.say("/correct mill burns")
    assert "is back" in owner.press_label("Bring it back")
    assert owner.say("/correct mill burns").startswith("Correct #")


# ------------------------------------------------------------------ removing and undoing
def test_a_removed_article_answers_nothing_until_it_is_back(owner: Talk) -> None:
    number = publish(owner)
    assert owner.say(f"/remove {number}").startswith(f"Removed {number}")
    assert "mill burned" not in owner.say("what did Bo Lind say?")
    assert "removed already" in owner.say(f"/remove {number}")
    owner.press_label("Bring it back")
    assert "A mill burned" in owner.say("what did Bo Lind say?")
    assert "was not removed" in owner.say(f"/restore {number}")


@pytest.mark.parametrize(
    ("act", "undone"),
    [
        ("/remove {}", "is back"),
        ("/edit {} outlet: Nordwire", "is as in version 1"),
    ],
    ids=["remove", "edit"],
)
def test_undo_takes_back_the_last_act_then_the_one_before(
    act: str, undone: str, owner: Talk
) -> None:
    number = publish(owner)
    owner.say(act.format(number))
    assert undone in owner.say("/undo")
    assert "is removed" in owner.say("/undo")
    assert owner.say("/undo") == "You have done nothing that I could take back."


def test_the_undo_button_works_for_ten_minutes_and_the_command_later(
    owner: Talk, clock: Clock
) -> None:
    publish(owner)
    code = owner.button("Undo").press or ""
    clock.now += UNDO_BUTTON + timedelta(seconds=1)
    owner.press(code)
    assert owner.last.toast is not None
    assert "/undo takes back" in owner.last.toast
    assert "is removed" in owner.say("/undo")
    owner.press(code)
    assert owner.last.toast == "That is undone already."
    assert owner.say("/undo") == "You have done nothing that I could take back."


def test_a_new_version_that_is_undone_gives_the_words_of_the_old_one(
    owner: Talk, newsroom: Newsroom
) -> None:
    publish(owner)
    owner.say(f"/add {MILL.replace('3 million', '4 million')}")
    assert owner.labels[:3] == ["Publish version 2", "Keep both", "What changes"]
    assert "3 million → 4 million" in owner.press_label("What changes").replace("crowns", "")
    owner.press_label("Back")
    assert "version 2" in owner.press_label("Publish version 2")
    assert "is as in version 1" in owner.press_label("Undo")
    texts = [version.text for version in newsroom.history(newsroom.latest(limit=9)[-1].id)]
    assert [text.count("3 million") for text in texts] == [1, 0, 1]


def test_what_has_changed_since_is_not_undone(owner: Talk) -> None:
    number = publish(owner)
    code = owner.button("Undo").press or ""
    owner.say(f"/edit {number} outlet: Nordwire")
    assert "has changed since, to version 2" in owner.press(code)


def test_an_editor_undoes_only_what_is_theirs(owner: Talk) -> None:
    publish(owner)
    code = owner.button("Undo").press or ""
    other = Talk(owner.conversation, Role.EDITOR, "tg:9", "tg:1")
    other.press(code)
    assert other.last.toast == "Only who did this can take it back here. See /history."
    assert other.say("/undo") == "You have done nothing that I could take back."


# -------------------------------------------------------------------------------- history
def test_history_tells_versions_and_acts_and_changes_quote_them(owner: Talk) -> None:
    number = publish(owner)
    owner.say(f"/add {MILL.replace('Forty', 'Fifty')}")
    owner.press_label("Publish version 2")
    told = owner.say(f"/history {number}")
    assert "2 versions" in told
    assert "published it, version 2" in told
    changed = owner.press_label("What 2 changed")
    assert "Forty → Fifty" in changed
    assert owner.quotes[0].text.startswith("Fifty people lost their work")
    assert changed == owner.say(f"/changes {number}")
    assert "no version 9" in owner.say(f"/changes {number} 9")
    assert "one version only" in owner.say("/changes ferry")


def test_an_article_page_shows_the_team_what_it_may_do(owner: Talk) -> None:
    owner.say("/article ferry")
    assert owner.labels[-3:] == ["Edit", "History", "Remove"]
    for role, labels in ((Role.READER, []), (Role.VIEWER, ["History"])):
        person = replace(owner, role=role, seen=[])
        person.say("/article ferry")
        assert person.labels[3:] == labels


# ---------------------------------------------------------------------------------- purge
def test_a_purge_leaves_no_word_in_the_file(owner: Talk, newsroom: Newsroom) -> None:
    number = publish(owner)
    owner.say("what did Bo Lind say?")
    owner.say(f"/add {MILL.replace('Velm', 'Tarvin')} It was insured.")  # stays a draft
    owner.say(f"/purge {number}")
    assert owner.press_label("Keep it") == f"{number} is kept."
    assert "deleted for good" in owner.say(f"/purge {number} yes")
    assert owner.say("/undo") == "You have done nothing that I could take back."
    assert f"deleted {number} for good" in owner.say("/audit")
    path = newsroom.store.path
    assert path is not None
    newsroom.store.close()
    held = b"".join(file.read_bytes() for file in path.parent.iterdir())
    assert b"Kaja Moen" not in held
    assert b"Gull Island" in held


def test_a_card_with_words_that_were_deleted_publishes_nothing(owner: Talk) -> None:
    number = publish(owner)
    owner.say(f"/add {MILL} It was insured.")
    code = owner.buttons[0].press or ""
    owner.say(f"/purge {number} yes")
    assert "deleted for good meanwhile" in owner.press(code)
    assert "Nothing was stored" in owner.press(code.replace("publish", "discard"))


def test_only_the_owner_deletes_for_good(owner: Talk) -> None:
    number = publish(owner)
    editor = replace(owner, role=Role.EDITOR, seen=[])
    assert editor.say(f"/purge {number}").startswith("Only the owner")
    editor.press(f"purge:{number[1:]}:yes")
    assert editor.last.toast == "Only the owner deletes for good."
    assert "A mill burned" in owner.say("what did Bo Lind say?")


# --------------------------------------------------------------------------------- rights
CODES = ("1", "1:title", "1:2:0", "1:yes", "1:publish", "1:all", "0", "", "x:y", "9" * 40, "²:1:1")
KINDS = ("card", "ed", "rm", "back", "hist", "chg", "undo", "purge", "rep", "aud", "role", "inv")


@pytest.mark.parametrize("kind", KINDS)
@pytest.mark.parametrize("role", [Role.READER, Role.VIEWER])
def test_who_may_not_change_the_store_changes_nothing_by_any_code(
    kind: str, role: Role, newsroom: Newsroom, owner: Talk
) -> None:
    publish(owner)
    owner.say(f"/add {MILL.replace('Velm', 'Tarvin')} It was insured.")
    before = newsroom.store.change_count()
    person = Talk(owner.conversation, role, "tg:7", "tg:1")
    for code in CODES:
        person.press(f"{kind}:{code}")
    assert newsroom.store.change_count() == before


@pytest.mark.parametrize("kind", KINDS)
def test_no_code_breaks_the_talk(kind: str, owner: Talk) -> None:
    publish(owner)
    for code in CODES:
        owner.press(f"{kind}:{code}")
        assert owner.last.blocks or owner.last.toast


def test_an_articles_id_may_be_anything(owner: Talk, newsroom: Newsroom) -> None:
    for article_id in ("#1", "a b", "x" * 300, "12", "https://a.example/?q=1"):
        text = f"Note {article_id[:20]}\n\nThe note on {article_id[:20]} is short, Kim Dahl said."
        newsroom.add(Draft(id=article_id, text=text, title=f"Note {article_id[:20]}"))
        assert owner.say(f"/history {article_id}").startswith("#")
