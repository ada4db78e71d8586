"""What Telegram shows around the chat: the command menus and the bot's description."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.talk.commands import menu_for
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


async def show_menus(bot: Bot, roles: Mapping[str, Role]) -> None:
    """Tell Telegram the menus and descriptions, trying on until it takes each.

    `roles` are those of the team, by person. Menus only show; who may do what is decided at each
    act.
    """
    readers = _menu(Role.READER)
    await _done(lambda: bot.set_my_commands(readers, BotCommandScopeDefault()))
    await _done(lambda: bot.set_my_commands(readers, BotCommandScopeAllGroupChats()))
    await _done(lambda: bot.set_my_description(DESCRIPTION))
    await _done(lambda: bot.set_my_short_description(SHORT_DESCRIPTION))
    for person, role in roles.items():
        await show_menu(bot, person, role)


async def show_menu(bot: Bot, person: str, role: Role) -> None:
    """Tell Telegram the menu of one person's private chat, trying on until it takes it."""
    number = person.removeprefix("tg:")
    if not number.isdigit():
        return  # somebody at a terminal
    scope = BotCommandScopeChat(int(number))
    if role is Role.READER:
        await _done(lambda: bot.delete_my_commands(scope))
    else:
        await _done(lambda: bot.set_my_commands(_menu(role), scope))


async def _done(step: Callable[[], Awaitable[bool]]) -> None:
    wait = FIRST_WAIT_SECONDS
    while True:
        try:
            await step()
            return
        except RetryAfter as error:
            wait = retry_seconds(error)
        except (BadRequest, Forbidden) as error:
            LOG.info("a menu was refused: %s", error)  # somebody who has not started us yet
            return
        except TelegramError as error:
            LOG.debug("a menu must wait: %s", type(error).__name__)
        await asyncio.sleep(wait)
        wait = min(wait * 2, LONGEST_WAIT_SECONDS)


def _menu(role: Role) -> list[BotCommand]:
    commands = menu_for(role)[:MOST_IN_MENU]
    return [BotCommand(c.name, c.summary[:MOST_SUMMARY_CHARS]) for c in commands]
