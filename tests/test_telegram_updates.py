"""Telegram's updates as what the conversation takes: origins, albums, roles."""

from __future__ import annotations

from datetime import UTC, datetime
from typing import Any

import pytest
from telegram import Bot

from bot.talk.replies import Origin, Role
from handlers.groups import Identity
from handlers.updates import Asked, Ignored, UpdateReader

WRITTEN = 1_742_400_000
AT = datetime.fromtimestamp(WRITTEN, UTC)
READER = UpdateReader(
    Bot("7100000001:AAnever-used-on-any-network-at-all0000"),
    Identity(7_100_000_001, "newsbot_test_bot"),
    admins=(11, 12),
    team={"tg:12": Role.VIEWER, "tg:13": Role.EDITOR, "tg:14": Role.VIEWER},
)


def message(**fields: Any) -> dict[str, Any]:
    """A private message of Ada's as Telegram sends it."""
    ada = {"id": 15, "is_bot": False, "first_name": "Ada", "last_name": "Lund"}
    return {
        "update_id": 1,
        "message": {
            "message_id": 5,
            "date": WRITTEN,
            "chat": {"id": 15, "type": "private", "first_name": "Ada"},
            "from": ada,
            **fields,
        },
    }


@pytest.mark.parametrize(
    ("origin", "read"),
    [
        (
            {
                "type": "channel",
                "chat": {"id": -100, "type": "channel", "title": "Velm Post", "username": "velm"},
                "message_id": 42,
            },
            Origin("Velm Post", AT, "https://t.me/velm/42", is_channel=True),
        ),
        (
            {
                "type": "channel",
                "chat": {"id": -100, "type": "channel", "title": "Closed"},
                "message_id": 42,
            },
            Origin("Closed", AT, None, is_channel=True),
        ),
        (
            {"type": "chat", "sender_chat": {"id": -5, "type": "group", "title": "Desk"}},
            Origin("Desk", AT),
        ),
        (
            {"type": "user", "sender_user": {"id": 9, "is_bot": False, "first_name": "Bo"}},
            Origin("Bo", AT),
        ),
        ({"type": "hidden_user", "sender_user_name": "Someone"}, Origin("Someone", AT)),
    ],
    ids=["channel", "closed channel", "group", "person", "hidden"],
)
def test_a_forwarded_message_tells_where_it_was_first(
    origin: dict[str, Any], read: Origin
) -> None:
    work = READER.read(message(text="News.", forward_origin={**origin, "date": WRITTEN}))
    assert isinstance(work, Asked)
    assert work.incoming.forwarded
    assert work.incoming.origin == read


def test_a_message_has_its_number_and_the_name_of_whoever_sent_it() -> None:
    work = READER.read(message(text="Hello", media_group_id="a1"))
    assert isinstance(work, Asked)
    told = work.incoming
    assert (told.message, told.name, told.album) == (5, "Ada Lund", "a1")


PHOTO = [{"file_id": "P", "file_unique_id": "p", "width": 90, "height": 60}]


def test_the_pictures_of_an_album_are_passed_over_and_its_words_read() -> None:
    silent = READER.read(message(photo=PHOTO, media_group_id="a1"))
    assert isinstance(silent, Ignored)
    spoken = READER.read(
        message(
            photo=PHOTO,
            media_group_id="a1",
            caption="Read more",
            caption_entities=[
                {"type": "text_link", "offset": 0, "length": 9, "url": "https://a.example/b"}
            ],
        )
    )
    assert isinstance(spoken, Asked)
    assert spoken.incoming.links == ("https://a.example/b",)


@pytest.mark.parametrize(
    ("person", "role"),
    [
        (11, Role.OWNER),
        (12, Role.EDITOR),  # the configuration's word stands
        (13, Role.EDITOR),
        (14, Role.VIEWER),
        (15, Role.READER),
        (-100, Role.READER),
    ],
)
def test_a_role_is_told_by_the_number_of_the_account(person: int, role: Role) -> None:
    assert READER.role(person) is role
