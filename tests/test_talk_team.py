"""Roles: who may do what, invitations that work once, and the audit of it."""

from __future__ import annotations

from datetime import timedelta

import pytest

from bot.newsroom import Newsroom
from bot.store.meta import put_meta
from bot.talk.commands import COMMANDS
from bot.talk.conversation import Conversation
from bot.talk.replies import Role
from bot.talk.team import INVITATION_LASTS, USERNAME_KEY
from tests.support.stores import draft
from tests.support.talks import Clock, Talk, newsroom_of

OWNER = "tg:1"


@pytest.fixture
def clock() -> Clock:
    return Clock()


@pytest.fixture
def newsroom() -> Newsroom:
    room = newsroom_of(draft())
    put_meta(room.store, USERNAME_KEY, "newsbot_test_bot")
    return room


@pytest.fixture
def conversation(newsroom: Newsroom, clock: Clock) -> Conversation:
    return Conversation(newsroom, clock=clock, admins=[1, 2])


@pytest.fixture
def owner(conversation: Conversation) -> Talk:
    return Talk(conversation)


def somebody(talk: Talk, number: int) -> Talk:
    return Talk(talk.conversation, person=f"tg:{number}", chat=f"tg:{number}")


def link_of(owner: Talk, role: str) -> str:
    """What whoever opens the link of a new invitation sends."""
    owner.say(f"/invite {role}")
    link = owner.button("Copy the link").copy or ""
    assert link.startswith("https://t.me/newsbot_test_bot?start=i_")
    payload = link.partition("start=")[2]
    assert len(payload) <= 64
    return f"/start {payload}"


def test_an_invitation_makes_one_person_an_editor(owner: Talk) -> None:
    mia, ole = somebody(owner, 7), somebody(owner, 8)
    assert mia.say("/add") == "Only editors can use /add. You can ask me anything, though."
    start = link_of(owner, "editor")
    assert mia.say(start, name="Mia").startswith("Welcome: you are an editor now.")
    assert mia.last.new_roles == ("tg:7",)
    (notice,) = mia.last.notices
    assert (notice.chat, "Mia has taken invitation 1" in notice.reply.blocks[0].text) == (
        OWNER,
        True,
    )
    assert mia.say("/add").startswith("Send me the article")
    assert "used or expired" in ole.say(start)
    assert ole.say("/add").startswith("Only editors")


def test_an_invitation_expires_and_can_be_taken_back(owner: Talk, clock: Clock) -> None:
    first, second = link_of(owner, "editor"), link_of(owner, "viewer")
    assert "Invitation 2 is taken back" in owner.press_label("Take it back")
    assert "used or expired" in somebody(owner, 7).say(second)
    clock.now += INVITATION_LASTS + timedelta(seconds=1)
    assert "used or expired" in somebody(owner, 7).say(first)


def test_the_link_is_told_in_private_and_kept_as_a_hash(owner: Talk, newsroom: Newsroom) -> None:
    group = Talk(owner.conversation, chat="tg:-5")
    assert "private chat" in group.say("/invite editor")
    payload = link_of(owner, "editor").partition("i_")[2]
    rows = newsroom.store.read().execute("SELECT * FROM invitations").fetchall()
    assert all(payload not in str(tuple(row)) for row in rows)


def test_who_has_a_higher_role_uses_no_invitation(owner: Talk) -> None:
    start = link_of(owner, "editor")
    assert "already; the invitation is not used" in somebody(owner, 2).say(start)
    assert "Welcome" in somebody(owner, 7).say(start)


def test_a_role_is_changed_and_taken_away_with_a_button(owner: Talk) -> None:
    mia = somebody(owner, 7)
    mia.say(link_of(owner, "editor"), name="Mia")
    listed = owner.say("/roles")
    assert "1. Mia · editor since 27 Mar 2025" in listed
    assert "2 · editor, set in the configuration" in listed
    owner.press_label("Make Mia viewer")
    assert owner.last.toast == "Mia is a viewer now."
    assert owner.last.new_roles == ("tg:7",)
    assert owner.last.notices[0].chat == "tg:7"
    assert mia.say("/add").startswith("Only editors")
    assert "no open report" in mia.say("/reports")
    owner.press_label("Take Mia out")
    assert owner.last.toast == "Mia may only ask now."
    assert mia.say("/reports").startswith("Only the team")
    owner.press("role:editor:7")
    assert owner.last.toast == "They have no role any more."


def test_nobody_but_the_owner_changes_roles(owner: Talk) -> None:
    mia = somebody(owner, 7)
    mia.say(link_of(owner, "editor"))
    for code in ("role:none:7", "role:editor:7", "inv:editor", "inv:back:1"):
        assert "no longer works" in mia.press(code)
    for words in ("/invite editor", "/roles"):
        assert mia.say(words).startswith("Only the owner")


@pytest.mark.parametrize("role", list(Role))
def test_a_role_may_do_what_those_before_it_may(role: Role, newsroom: Newsroom) -> None:
    person = Talk(Conversation(newsroom), role)
    for command in COMMANDS:
        allowed = list(Role).index(role) >= list(Role).index(command.role)
        assert person.say(f"/{command.name}").startswith("Only ") != allowed, command.name


def test_the_audit_tells_who_did_what_page_by_page(owner: Talk) -> None:
    assert owner.say("/audit") == "Nobody has changed anything yet."
    for number in range(13):
        owner.say("/invite viewer", name="Olga")
        somebody(owner, 20 + number)
    assert "Audit: 13 acts, page 1 of 2" in owner.say("/audit")
    assert "27 Mar 2025 08:00 · Olga · invited: viewer, invitation 13" in owner.say("/audit")
    assert "invitation 1" in owner.press_label("Older").splitlines()[-1]
    assert owner.labels == ["Newer"]
    assert owner.press("aud:99999999").startswith("Audit: 13 acts, page 2 of 2")
    assert "no longer works" in somebody(owner, 9).press("aud:0")


@pytest.mark.parametrize(
    "payload", ["i_", "i_x", "i_" + "\ud800", "i_" + "A" * 62, "i_'; DROP TABLE roles;--"]
)
def test_a_strange_invitation_gives_nothing(payload: str, owner: Talk) -> None:
    assert "used or expired" in somebody(owner, 7).say(f"/start {payload}")
