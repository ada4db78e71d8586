"""Buttons on their way out: as the outbox keeps them, without those that Telegram would refuse,
and as Telegram takes them from this bot."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace
from typing import Any
from urllib.parse import urlsplit

from telegram import Bot, InlineKeyboardMarkup

from bot.talk.replies import Button
from handlers.texts import clean, utf16_length

START = "start"
"""Of a button as the outbox keeps it: a deep link's payload; our name is put to it at sending."""
SHARE = "switch_inline_query_chosen_chat"
MOST_LINK_CHARS = 1024  # longer addresses are shown by no client as a link worth having
MOST_PRESS_BYTES = 64
MOST_COPY_CHARS = 256
MOST_QUERY_CHARS = 256  # after our name in any chat
MOST_LABEL_CHARS = 64  # clients cut earlier
MOST_ROW = 8
MOST_BUTTONS = 100
_PAYLOAD = re.compile(r"[A-Za-z0-9_-]{1,64}")


def is_link(url: str) -> bool:
    """Whether `url` is an address that a message can link to."""
    if len(url) > MOST_LINK_CHARS or re.search(r"[\s\x00-\x1f]", url):
        return False
    try:
        parts = urlsplit(url)
    except ValueError:
        return False
    return parts.scheme in {"http", "https"} and "." in parts.netloc


def sendable_buttons(rows: Sequence[Sequence[Button]]) -> tuple[tuple[Button, ...], ...]:
    """The rows with what Telegram would refuse left out, and rows that are too long broken."""
    kept: list[tuple[Button, ...]] = []
    room = MOST_BUTTONS
    for row in rows:
        good = [_labelled(button) for button in row if _is_sendable(button)][:room]
        room -= len(good)
        kept += [tuple(good[at : at + MOST_ROW]) for at in range(0, len(good), MOST_ROW)]
    return tuple(kept)


def _labelled(button: Button) -> Button:
    label = clean(button.label).strip()
    if len(label) > MOST_LABEL_CHARS:
        label = label[: MOST_LABEL_CHARS - 1].rstrip() + "…"
    return replace(button, label=label)


def _is_sendable(button: Button) -> bool:
    if not clean(button.label).strip():
        return False
    if button.press is not None:
        return 1 <= len(button.press.encode("utf-8", "replace")) <= MOST_PRESS_BYTES
    if button.url is not None:
        return is_link(button.url)
    if button.start is not None:
        return _PAYLOAD.fullmatch(button.start) is not None
    if button.share is not None:
        return 0 < len(button.share) <= MOST_QUERY_CHARS
    # A copied quote that was cut would not be the quote any more: then there is no button.
    return button.copy is not None and 1 <= utf16_length(button.copy) <= MOST_COPY_CHARS


def kept_button(button: Button) -> dict[str, Any]:
    """`button` as the outbox keeps it."""
    if button.press is not None:
        return {"text": button.label, "callback_data": button.press}
    if button.url is not None:
        return {"text": button.label, "url": button.url}
    if button.start is not None:
        return {"text": button.label, START: button.start}
    if button.share is not None:
        chats = dict.fromkeys(("user", "group", "channel"), True)
        chosen = {f"allow_{kind}_chats": allowed for kind, allowed in chats.items()}
        return {"text": button.label, SHARE: {"query": button.share, **chosen}}
    return {"text": button.label, "copy_text": {"text": button.copy}}


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
