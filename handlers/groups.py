"""What only groups have: being addressed, and the bot's name in the words."""

from __future__ import annotations

import re
from collections.abc import Collection
from dataclasses import dataclass

from telegram import Message, MessageEntity
from telegram.constants import ChatID


@dataclass(frozen=True, slots=True)
class Identity:
    """Who we are in Telegram, and the commands that are ours."""

    id: int
    username: str
    commands: Collection[str] = ()


def is_addressed(message: Message, me: Identity) -> bool:
    """Whether a group message speaks to us: by command, by a mention, or as a reply to us.

    A mention is told by its entity, never by its letters alone. A bare command counts when it is
    one of ours, since a group may hold several bots.
    """
    replied = message.reply_to_message
    if replied is not None and replied.from_user is not None and replied.from_user.id == me.id:
        return True
    words = _parsed(message, (MessageEntity.MENTION, MessageEntity.BOT_COMMAND))
    for kind, word in words:
        name, _, whose = word.lower().partition("@")
        if kind == MessageEntity.MENTION and whose == me.username.lower():
            return True
        if kind == MessageEntity.BOT_COMMAND and whose:
            return whose == me.username.lower()
        if kind == MessageEntity.BOT_COMMAND and name.removeprefix("/") in me.commands:
            return True
    entities = (*message.entities, *message.caption_entities)
    return any(
        e.type == MessageEntity.TEXT_MENTION and e.user is not None and e.user.id == me.id
        for e in entities
    )


def _parsed(message: Message, kinds: tuple[str, ...]) -> list[tuple[str, str]]:
    found = (
        message.parse_entities(list(kinds))
        if message.text is not None
        else message.parse_caption_entities(list(kinds))
        if message.caption is not None
        else {}
    )
    ordered = sorted(found.items(), key=lambda item: item[0].offset)
    return [(str(entity.type), word) for entity, word in ordered]


def without_name(text: str, me: Identity) -> str:
    """`text` as it would be in a private chat: our name taken out, "/cmd@us" made "/cmd"."""
    name = re.escape(me.username)
    bare = re.sub(rf"^(/\w+)@{name}\b", r"\1", text, flags=re.IGNORECASE)
    bare = re.sub(rf"(?<!\w)@{name}\b[,:]?[ \t]*", "", bare, flags=re.IGNORECASE)
    return bare.strip() if bare != text else text


def is_from_machine(message: Message) -> bool:
    """Whether no person wrote this: other bots, the linked channel's posts, channel posts.

    A group's anonymous admins write through a bot account of Telegram's; they are people.
    """
    if message.is_automatic_forward or message.from_user is None:
        return True
    anonymous = message.from_user.id == ChatID.ANONYMOUS_ADMIN
    return message.from_user.is_bot and not anonymous
