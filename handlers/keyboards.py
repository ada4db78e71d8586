"""Buttons on their way out: as the outbox keeps them, and as Telegram takes them from this bot."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from telegram import Bot, InlineKeyboardMarkup

START = "start"
"""Of a button as the outbox keeps it: a deep link's payload; our name is put to it at sending."""
SHARE = "switch_inline_query_chosen_chat"


def markup_of(rows: Sequence[Sequence[dict[str, Any]]], bot: Bot) -> InlineKeyboardMarkup | None:
    """The keyboard of `rows` as the outbox keeps them; None for one without buttons."""
    sendable = sendable_rows(rows, bot.username, inline=bool(bot.supports_inline_queries))
    if not sendable:
        return None
    return InlineKeyboardMarkup.de_json({"inline_keyboard": sendable}, bot)


def sendable_rows(
    rows: Sequence[Sequence[dict[str, Any]]], username: str, *, inline: bool
) -> list[list[dict[str, Any]]]:
    """Buttons as the outbox keeps them, as Telegram takes them from the bot of this name; those
    that open `inline` mode are left out where it is off, since Telegram refuses them."""
    made: list[list[dict[str, Any]]] = []
    for row in rows:
        kept = [button for button in row if inline or SHARE not in button]
        if kept:
            made.append([_addressed(button, username) for button in kept])
    return made


def _addressed(button: dict[str, Any], username: str) -> dict[str, Any]:
    if START not in button:
        return button
    return {"text": button["text"], "url": f"https://t.me/{username}?start={button[START]}"}
