"""The reply to an update as letters for the outbox."""

from __future__ import annotations

import json

from bot.store.inbox import InboxRow
from bot.store.outbox import Letter
from bot.talk.replies import Reply
from handlers.guests import guest_letters, guest_query_of
from handlers.notices import letters_of
from handlers.places import GUEST
from handlers.render import Message, render_reply


def answer_letters(
    row: InboxRow,
    reply: Reply,
    *,
    key: str = "",
    reply_to: int | None = None,
    replaces: tuple[int, ...] = (),
) -> list[Letter]:
    """The reply as letters; the first ones take the place of the messages in `replaces`."""
    key = key or f"update:{row.update_id}"
    messages: list[Message] = render_reply(reply)
    if row.chat.startswith(f"{GUEST}:"):
        return guest_letters(key, row.chat, guest_query_of(json.loads(row.raw)), messages)
    letters: list[Letter] = []
    for number, message in enumerate(messages):
        payload = message.payload()
        method = "send"
        if number < len(replaces):
            method = "edit"
            payload["message_id"] = replaces[number]
        elif number == 0 and reply_to is not None:
            payload["reply_to"] = reply_to
        name = f"{key}/{number + 1}" if number else key
        letters.append(Letter(name, row.chat, method, payload))
    for number in range(len(messages), len(replaces)) if messages else ():
        gone = {"message_id": replaces[number]}
        letters.append(Letter(f"{key}/{number + 1}", row.chat, "delete", gone))
    return [*letters, *letters_of(reply.notices)]
