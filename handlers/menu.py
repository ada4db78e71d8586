"""What Telegram shows around the chat: the command menus and the bot's description."""

from __future__ import annotations

import asyncio
import logging
from collections.abc import Awaitable, Callable, Mapping
from functools import partial

from telegram import (
    Bot,
    BotCommand,
    BotCommandScopeAllGroupChats,
    BotCommandScopeChat,
    BotCommandScopeDefault,
)
from telegram.error import BadRequest, Forbidden, RetryAfter, TelegramError

from bot.locales import ENGLISH, LANGUAGES, N_, _, speaking
from bot.talk.commands import menu_for, summary_of
from bot.talk.replies import Role
from handlers.errors import retry_seconds

LOG = logging.getLogger(__name__)

MOST_IN_MENU = 12  # more than a phone shows without scrolling
MOST_SUMMARY_CHARS = 256
FIRST_WAIT_SECONDS = 1.0
LONGEST_WAIT_SECONDS = 60.0
DESCRIPTION = N_(
    "I answer questions about the news with the exact sentence from an article, who said it, "
    "when and where. I do not guess: if it is not in my articles, I say so."
)
SHORT_DESCRIPTION = N_("Questions about the news, answered with the exact source sentence.")


async def show_menus(
    bot: Bot, roles: Mapping[str, Role], chosen: Mapping[str, str] | None = None
) -> None:
    """Tell Telegram the menus and descriptions in each language, trying on until it takes each.

    `roles` are those of the team, by person, `chosen` the languages that they chose. Menus only
    show; who may do what is decided at each act.
    """
    for language in LANGUAGES:
        code = None if language == ENGLISH else language  # English is what all others see
        with speaking(language):
            readers = _menu(Role.READER)
            texts = _(DESCRIPTION), _(SHORT_DESCRIPTION)
        await _show(bot, code, readers, texts)
    for person, role in roles.items():
        await show_menu(bot, person, role, (chosen or {}).get(person))


async def _show(
    bot: Bot, code: str | None, readers: list[BotCommand], texts: tuple[str, str]
) -> None:
    """The readers' menu and the descriptions, for apps in the language with this code."""
    for scope in (BotCommandScopeDefault(), BotCommandScopeAllGroupChats()):
        await _done(partial(bot.set_my_commands, readers, scope, language_code=code))
    await _done(partial(bot.set_my_description, texts[0], language_code=code))
    await _done(partial(bot.set_my_short_description, texts[1], language_code=code))


async def show_menu(bot: Bot, chat: str, role: Role, chosen: str | None = None) -> None:
    """Tell Telegram the menu of one chat, trying on until it takes it.

    `chosen` is the language that was chosen there; without one the menu goes by the app's.
    """
    number = chat.removeprefix("tg:")
    if not number.removeprefix("-").isdigit():
        return  # somebody at a terminal
    scope = BotCommandScopeChat(int(number))
    is_as_everywhere = role is Role.READER and chosen is None
    for language in LANGUAGES:
        code = None if language == ENGLISH else language
        # Where a language was chosen, the menu without a code is for all apps.
        if is_as_everywhere or (chosen is not None and code is not None):
            await _done(partial(bot.delete_my_commands, scope, language_code=code))
            continue
        with speaking(chosen or language):
            menu = _menu(role)
        await _done(partial(bot.set_my_commands, menu, scope, language_code=code))


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
    return [BotCommand(c.name, summary_of(c)[:MOST_SUMMARY_CHARS]) for c in commands]
