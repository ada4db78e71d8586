"""What people are told unasked, as letters; among it what the owner must know of faults."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from dataclasses import dataclass, replace

from telegram.error import BadRequest

from bot.locales import _
from bot.store.outbox import AMEND, Lane, Letter
from bot.talk.replies import Block, BlockKind, Notice, Reply, Urgency
from handlers.render import Message, render_reply

TOPIC_CLOSED = "topic_closed"
TOPIC_GONE = ("message thread not found", "topic_deleted", "topic_id_invalid")
UNASKED = ("sub:", "offer:", "cast:")
"""How the keys of what was not asked for just now begin."""
NO_RIGHTS = ("not enough rights", "have no rights to send", "chat_write_forbidden")


LANES = {
    Urgency.ALERT: Lane.ALERT,
    Urgency.DIGEST: Lane.DIGEST,
    Urgency.BROADCAST: Lane.BROADCAST,
}


def letters_of(notices: Iterable[Notice]) -> list[Letter]:
    """The notices as letters, their keys kept; further messages of one are "KEY/2", "KEY/3", …"""
    letters: list[Letter] = []
    for notice in notices:
        amends = notice.reply.amends
        for number, message in enumerate(_messages(notice.reply)):
            payload = message.payload()
            if notice.silent:
                payload["silent"] = True
            key = f"{notice.key}/{number + 1}" if number else notice.key
            method = "send"
            if notice.reply.replaces is not None and not number:
                method = "edit"
                payload["message_id"] = notice.reply.replaces
            elif amends is not None:
                method = AMEND if message.picture is None else "delete"
                payload["message_id"] = amends
            elif notice.answers is not None and not number:
                payload["reply_to"] = notice.answers
            letters.append(Letter(key, notice.chat, method, payload, LANES[notice.urgency]))
    return letters


def _messages(reply: Reply) -> list[Message]:
    """The messages of `reply`; of one that amends a message just that one, without what stood
    there before where there is no room for both."""
    messages = render_reply(reply)
    if reply.amends is None or len(messages) < 2:
        return messages
    kept = tuple(block for block in reply.blocks if block.kind is not BlockKind.STRUCK)
    shorter = render_reply(replace(reply, blocks=kept))
    return [replace(shorter[0], keyboard=shorter[-1].keyboard)]


@dataclass(frozen=True, slots=True)
class Owner:
    """The first of the admins hears of faults; nobody where there is none.

    Each notice has a key of its own, so the same thing is told once, however often it happens.
    """

    admins: Sequence[int] = ()

    @property
    def chat(self) -> str | None:
        """The owner's own chat; None where there is no owner."""
        return f"tg:{self.admins[0]}" if self.admins else None

    def hears_of_block(self, chat: str) -> list[Letter]:
        """The notice that an admin cannot be written to any more; none for anybody else."""
        number = chat.removeprefix("tg:")
        if number not in {str(admin) for admin in self.admins}:
            return []
        words = _(
            "The admin {number} has blocked me, or has never started me: nothing reaches that "
            "chat. Ask them to press Start, or take the id out of telegram.admins."
        ).format(number=number)
        return self._notice(f"blocked:{number}", words, about=chat)

    def hears_of_refusal(self, chat: str, error: BadRequest, key: str = "") -> list[Letter]:
        """The notice that a group or its topic takes no messages, or that Telegram refuses what
        somebody follows; none for other refusals."""
        reason = error.message.lower()
        _face, _colon, place = chat.partition(":")
        group, _colon, topic = place.partition(":")
        if TOPIC_CLOSED in reason:
            words = _(
                "The topic {topic} of the group {group} is closed: my message could not be sent. "
                "Open it, or let me manage topics there."
            )
        elif any(sign in reason for sign in TOPIC_GONE):
            words = _(
                "The topic {topic} of the group {group} is gone: my message could not be sent. "
                "What was meant for it is dropped."
            )
        elif any(sign in reason for sign in NO_RIGHTS):
            words = _(
                "I may not write in the chat {group}: my message could not be sent. Give me the "
                "right to send messages there, or remove me."
            )
        elif key.startswith(UNASKED):
            words = _(
                "Telegram refuses the message {key} to the chat {place}: {reason}. It is set "
                "aside; all others go on."
            ).format(key=key, place=place, reason=error.message)
            return self._notice(f"refused:{key}", words)
        else:
            return []
        words = words.format(topic=topic or _("General"), group=group)
        return self._notice(f"refused:{place}", words)

    def _notice(self, key: str, words: str, *, about: str = "") -> list[Letter]:
        if self.chat is None or about == self.chat:
            return []  # the owner cannot be told that the owner cannot be told
        (message,) = render_reply(Reply((Block(BlockKind.TEXT, words),)))
        return [Letter(f"notice:{key}", self.chat, "send", message.payload(), Lane.ALERT)]
