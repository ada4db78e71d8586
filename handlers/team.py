"""The team as the Telegram face knows it: roles kept in memory, menus shown anew on a change."""

from __future__ import annotations

import asyncio
import contextlib
from collections.abc import Iterable, Sequence

from telegram import Bot

from bot.errors import StoreError
from bot.store.meta import set_meta
from bot.store.roles import find_members
from bot.talk.languages import chosen_language
from bot.talk.replies import Role
from bot.talk.team import USERNAME_KEY, roles_of
from handlers.context import StoreThread
from handlers.menu import show_menu, show_menus


class TeamMenus:
    """The roles of the team by person, and the menus that show what each may do."""

    def __init__(self, bot: Bot, store: StoreThread, admins: Sequence[int]) -> None:
        self.roles: dict[str, Role] = {}
        """Changed in place, so that whoever holds it sees what is so now."""
        self._bot = bot
        self._store = store
        self._admins = admins
        self._at_work: set[asyncio.Task[None]] = set()

    async def load(self) -> None:
        """Read the roles, and note under which name the bot goes in links. Raises StoreError."""
        username = self._bot.username
        await self._store.write(lambda c: set_meta(c, USERNAME_KEY, username))
        await self._read()

    async def _read(self) -> None:
        members = await self._store.write(find_members)
        roles = roles_of(self._admins, members)
        self.roles.clear()
        self.roles.update(roles)

    async def run(self) -> None:
        """Show all menus once."""
        await show_menus(self._bot, dict(self.roles), await self._chosen(self.roles))

    def renew(self, persons: Sequence[str]) -> None:
        """The roles of these persons have changed, or the languages of these chats: know it from
        now on, and show them their menus."""
        task = asyncio.create_task(self._renew(persons))
        self._at_work.add(task)
        task.add_done_callback(self._at_work.discard)

    async def _renew(self, persons: Sequence[str]) -> None:
        with contextlib.suppress(StoreError):
            await self._read()
        chosen = await self._chosen(persons)
        for person in persons:
            role = self.roles.get(person, Role.READER)
            await show_menu(self._bot, person, role, chosen.get(person))

    async def _chosen(self, chats: Iterable[str]) -> dict[str, str]:
        """The languages that were chosen in these chats, where any was."""
        with contextlib.suppress(StoreError):
            return await self._store.write(
                lambda c: {
                    chat: language
                    for chat in chats
                    if (language := chosen_language(c, chat)) is not None
                }
            )
        return {}
