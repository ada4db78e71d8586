"""What Telegram shows around the chat: the command menus and the bot's description."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Sequence

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.talk.commands import Command, commands_for
from bot.talk.replies import Role
from handlers.errors import retry_seconds

LOG = logging.getLogger(__name__)

MOST_IN_MENU = 12  # more than a phone shows without scrolling
MOST_SUMMARY_CHARS = 256
FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 60.0
DESCRIPTION = (
    "I answer questions about the news with the exact sentence from an article, who said it, "
    "when and where. I do not guess: if it is not in my articles, I say so."
)
SHORT_DESCRIPTION = "Questions about the news, answered with the exact source sentence."


async def show_menus(bot: Bot, admins: Sequence[int]) -> None:
    """Tell Telegram the menus and descriptions, trying on until it takes each.

    Menus only show; who may do what is decided at each act.
    """
    for step in _steps(bot, admins):
        wait = FIRST_WAIT_SECONDS
        while True:
            try:
                await step()
                break
            except RetryAfter as error:
                wait = retry_seconds(error)
            except (BadRequest, Forbidden) as error:
                LOG.info("a menu was refused: %s", error)  # an admin who has not started us yet
                break
            except TelegramError as error:
                LOG.debug("a menu must wait: %s", type(error).__name__)
            await asyncio.sleep(wait)
            wait = min(wait * 2, LONGEST_WAIT_SECONDS)


def _steps(bot: Bot, admins: Sequence[int]) -> list[Callable[[], Awaitable[bool]]]:
    readers = _menu(commands_for(Role.READER))
    editors = _menu(commands_for(Role.EDITOR))
    return [
        lambda: bot.set_my_commands(readers, BotCommandScopeDefault()),
        lambda: bot.set_my_commands(readers, BotCommandScopeAllGroupChats()),
        lambda: bot.set_my_description(DESCRIPTION),
        lambda: bot.set_my_short_description(SHORT_DESCRIPTION),
        *(
            lambda admin=admin: bot.set_my_commands(editors, BotCommandScopeChat(admin))
            for admin in admins
        ),
    ]


def _menu(commands: Sequence[Command]) -> list[BotCommand]:
    return [BotCommand(c.name, c.summary[:MOST_SUMMARY_CHARS]) for c in commands if c.menu][
        :MOST_IN_MENU
    ]
