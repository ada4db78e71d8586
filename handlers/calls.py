"""A letter as calls of the Bot API, each refusal that can be mended mended at once."""

from __future__ import annotations

import contextlib
import logging
from collections.abc import Awaitable, Callable
from typing import Any

from telegram import Bot, LinkPreviewOptions, ReplyParameters
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.store.outbox import AMEND
from handlers.documents import send_document
from handlers.guests import answer_guest, is_over
from handlers.keyboards import markup_of
from handlers.photos import send_photo, show_caption, show_photo
from handlers.places import GUEST, message_elsewhere, target_of

LOG = logging.getLogger(__name__)

CAPTION = "edit_caption"
"""The way in which a message with a picture is changed, found out when it is tried."""


async def call(
    bot: Bot,
    chat: str,
    method: str,
    payload: dict[str, Any],
    drawn: bytes | None = None,
    turn: Callable[[], Awaitable[None]] | None = None,
) -> int | str | None:
    """The number of the message that the letter became; of one in somebody else's chat, where it
    is known by itself alone, what Telegram calls it. Each call waits for its `turn`.
    Raises TelegramError.

    Where Telegram refuses a part of it that can be done without (the markup, the message that it
    answers to, the message that it changes, the picture `drawn`), it goes out without that part.
    """
    left = dict(payload)
    for _ in range(6):  # the five parts below, and the plain case
        if turn is not None:
            await turn()
        try:
            return await _call_once(bot, chat, method, left, drawn)
        except BadRequest as error:
            words = error.message.lower()
            if "not modified" in words:
                return int(left["message_id"]) if "message_id" in left else None
            if "can't parse entities" in words and left.get("html") is not None:
                LOG.warning("our markup was refused, sent as plain text: %s", error)
                left["html"] = None
            elif left.get("reply_to") is not None and ("repl" in words or "quote" in words):
                left["reply_to"] = None
            elif method == AMEND and "no text in the message" in words:
                method = CAPTION
            elif method in (AMEND, CAPTION) and _is_gone(words):
                return None  # whoever deleted it wants no other in its place
            elif method == "edit" and "no text in the message" in words:
                with contextlib.suppress(BadRequest):  # words take the place of a picture
                    await _call_once(bot, chat, "delete", left, None)
                method = "send"
            elif method == "edit" and ("to edit" in words or "can't be edited" in words):
                method = "send"
            elif method == "delete" and left.get("plain") and "be deleted" in words:
                method = AMEND  # it is older than 48 hours
            elif method == "delete" or (method == GUEST and is_over(error)):
                return None
            elif drawn is not None:  # a group may take no photos
                LOG.warning("a picture was refused, its text sent alone: %s", error)
                drawn = None
            else:
                raise
    return None


async def _call_once(
    bot: Bot, chat: str, method: str, payload: dict[str, Any], drawn: bytes | None
) -> int | str | None:
    if method == GUEST:
        return await answer_guest(bot, payload)
    elsewhere = message_elsewhere(chat)
    if method == "delete" and elsewhere is None:
        await bot.delete_message(target_of(chat)[0], payload["message_id"])
        return None
    html = payload.get("html")
    content: dict[str, Any] = {
        "text": html if html is not None else payload["plain"],
        "parse_mode": ParseMode.HTML if html is not None else None,
        "reply_markup": markup_of(payload.get("keyboard") or [], bot),
        "link_preview_options": LinkPreviewOptions(
            url=payload["preview"], prefer_small_media=True, show_above_text=False
        )
        if payload.get("preview")
        else LinkPreviewOptions(is_disabled=True),
    }
    if elsewhere is not None:
        await bot.edit_message_text(inline_message_id=elsewhere, **content)
        return int(payload["message_id"])
    chat_id, topic = target_of(chat)
    if method == CAPTION:
        number = int(payload["message_id"])
        await show_caption(bot, chat_id, number, **content)
        return number
    if method in ("edit", AMEND):
        number = int(payload["message_id"])
        if drawn is not None:
            await show_photo(bot, chat_id, number, drawn, **content)
        else:
            await bot.edit_message_text(chat_id=chat_id, message_id=number, **content)
        return number
    reply_to = payload.get("reply_to")
    content |= {
        "message_thread_id": topic,
        "disable_notification": bool(payload.get("silent")),
        "reply_parameters": ReplyParameters(reply_to, allow_sending_without_reply=True)
        if reply_to is not None
        else None,
    }
    if payload.get("document"):
        return await send_document(bot, chat_id, payload["document"], **content)
    if drawn is not None:
        return await send_photo(bot, chat_id, drawn, **content)
    message = await bot.send_message(chat_id, **content)
    return message.message_id


def _is_gone(words: str) -> bool:
    """Whether Telegram says that the message to change is not there any more."""
    return any(w in words for w in ("to edit", "can't be edited", "message_id_invalid"))
