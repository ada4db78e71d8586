"""Where letters go: chats of ours, chats where we are guests, and messages of ours elsewhere.

The number of a chat that we are no member of may be that of a chat of ours, so it has a name of
its own; a message that was put into such a chat is known by its own number alone.
"""

from __future__ import annotations

import re
from zlib import crc32

from bot.store.sent import ABROAD

GUEST = "guest"
"""How the names of chats begin where we are guests, and the method of letters that go there."""

_CHAT = re.compile(r"tg:-?[0-9]{1,18}(:[0-9]{1,18})?")
_GUEST_CHAT = re.compile(rf"{GUEST}:-?[0-9]{{1,18}}(:[0-9]{{1,18}})?")
_MESSAGE = re.compile(rf"{ABROAD}:[A-Za-z0-9_-]{{1,256}}")


def is_chat(chat: str) -> bool:
    """Whether this names a chat of ours that messages can go to."""
    return _CHAT.fullmatch(chat) is not None


def is_reachable(chat: str) -> bool:
    """Whether a letter can go there at all."""
    return any(pattern.fullmatch(chat) for pattern in (_CHAT, _GUEST_CHAT, _MESSAGE))


def target_of(chat: str) -> tuple[int, int | None]:
    """The chat's id at Telegram and its topic, from its name ("tg:-1001234:7")."""
    _, _, rest = chat.partition(":")
    number, _, topic = rest.partition(":")
    return int(number), int(topic) if topic else None


def pace_of(chat: str) -> int:
    """The number under which the pace of what goes there is kept; groups have negative ones."""
    if (elsewhere := message_elsewhere(chat)) is not None:
        return crc32(elsewhere.encode())
    return target_of(chat)[0]


def message_elsewhere(chat: str) -> str | None:
    """The number of the message of ours that stands in somebody else's chat; None for a chat."""
    return chat.partition(":")[2] if _MESSAGE.fullmatch(chat) else None


def other_name(chat: str) -> str | None:
    """The name under which a message of this supergroup may come as well, once to us as a member
    and once as a guest; None where the number tells no chat from another."""
    kind, _, rest = chat.partition(":")
    if not rest.startswith("-100"):
        return None
    return f"tg:{rest}" if kind == GUEST else f"{GUEST}:{rest}"
