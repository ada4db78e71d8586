"""What somebody may do in a group or channel, asked of Telegram and remembered for a while."""

from __future__ import annotations

import logging
import time
from collections import OrderedDict
from collections.abc import Callable

from telegram import Bot, ChatMember, ChatMemberAdministrator, ChatMemberRestricted
from telegram.error import BadRequest, Forbidden

from bot.talk.replies import Incoming, Rights

LOG = logging.getLogger(__name__)

KEPT_SECONDS = 120.0
"""Somebody who stops being an admin can act on for so long; a menu is tapped through within it."""
MOST_KEPT = 2_000
_MANAGERS = (ChatMember.ADMINISTRATOR, ChatMember.OWNER)


class RightsDesk:
    """Finds the rights of people in groups and channels."""

    def __init__(self, bot: Bot, clock: Callable[[], float] = time.monotonic) -> None:
        self._bot = bot
        self._clock = clock
        self._known: OrderedDict[tuple[str, str], tuple[float, Rights]] = OrderedDict()

    async def find(self, asked: str, incoming: Incoming) -> Rights:
        """The rights of whoever sent `incoming` in the chat `asked` ("tg:-1001234", "@harbour").

        Nothing is allowed in a chat that we cannot see. Raises TelegramError where Telegram
        cannot be reached.
        """
        key = (asked, incoming.person)
        known = self._known.get(key)
        if known is not None and self._clock() - known[0] < KEPT_SECONDS:
            return known[1]
        try:
            rights = await self._ask(asked, incoming)
        except (BadRequest, Forbidden) as error:
            LOG.info("rights in a chat cannot be told: %s", error)
            rights = Rights(asked)
        self._known[key] = (self._clock(), rights)
        self._known.move_to_end(key)
        while len(self._known) > MOST_KEPT:
            self._known.popitem(last=False)
        return rights

    async def _ask(self, asked: str, incoming: Incoming) -> Rights:
        person = int(incoming.person.removeprefix("tg:"))
        if asked == incoming.person:  # a group's admin who writes in its name
            return Rights(asked, asked, manages=True, writes=True)
        if not asked.startswith("@"):
            number = int(asked.removeprefix("tg:"))
            return Rights(asked, asked, "", await self._manages(number, person), writes=True)
        chat = await self._bot.get_chat(asked)
        manages = await self._manages(chat.id, person)
        ours = await self._bot.get_chat_member(chat.id, self._bot.id)
        return Rights(asked, f"tg:{chat.id}", chat.title or asked, manages, _may_write(ours))

    async def _manages(self, chat_id: int, person: int) -> bool:
        if person < 0:  # a channel, or another group, in whose name somebody writes
            return False
        return (await self._bot.get_chat_member(chat_id, person)).status in _MANAGERS


def _may_write(ours: ChatMember) -> bool:
    if isinstance(ours, ChatMemberAdministrator):
        return ours.can_post_messages is not False
    if isinstance(ours, ChatMemberRestricted):
        return bool(ours.can_send_messages)
    return ours.status in (*_MANAGERS, ChatMember.MEMBER)
