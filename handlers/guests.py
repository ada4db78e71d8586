"""Guest mode: one answer in a chat that we are no member of, filed and sent like any other.

Telegram hands over the message that names us, and takes one answer to it.
"""

from __future__ import annotations

from collections.abc import Sequence
from typing import Any

from telegram import Bot, InlineQueryResultArticle, InputTextMessageContent, LinkPreviewOptions
from telegram.constants import ParseMode
from telegram.error import BadRequest

from bot.store.outbox import Letter
from handlers.keyboards import markup_of
from handlers.places import GUEST
from handlers.render import Message, one_line

ANSWER_ID = "answer"
MOST_TITLE_CHARS = 120
NO_TITLE = "…"  # Telegram takes none that is empty


def guest_query_of(raw: Any) -> str | None:
    """The number of the guest query that an update brings, if it does."""
    message = raw.get("guest_message") if isinstance(raw, dict) else None
    number = message.get("guest_query_id") if isinstance(message, dict) else None
    return number if isinstance(number, str) else None


def guest_letters(
    key: str, chat: str, query_id: str | None, messages: Sequence[Message]
) -> list[Letter]:
    """The first of `messages` as the letter that answers the query; none where one is missing."""
    if not messages or query_id is None:
        return []
    payload = {"query": query_id, **messages[0].payload()}
    return [Letter(key, chat, GUEST, payload)]


async def answer_guest(bot: Bot, payload: dict[str, Any]) -> str:
    """What Telegram calls the message that is now in its chat. Raises TelegramError."""
    result = article(bot, ANSWER_ID, None, None, payload)
    return (await bot.answer_guest_query(payload["query"], result)).inline_message_id


def article(
    bot: Bot, number: str, title: str | None, description: str | None, payload: dict[str, Any]
) -> InlineQueryResultArticle:
    """A message as the outbox keeps it, as something to choose or to be put somewhere by us."""
    html = payload.get("html")
    first = payload["plain"].partition("\n")[0]
    return InlineQueryResultArticle(
        id=number,
        title=(one_line(title or first) or NO_TITLE)[:MOST_TITLE_CHARS],
        description=one_line(description) if description is not None else None,
        input_message_content=InputTextMessageContent(
            message_text=html if html is not None else payload["plain"],
            parse_mode=ParseMode.HTML if html is not None else None,
            link_preview_options=LinkPreviewOptions(
                url=payload["preview"], prefer_small_media=True, show_above_text=False
            )
            if payload.get("preview")
            else LinkPreviewOptions(is_disabled=True),
        ),
        reply_markup=markup_of(payload.get("keyboard") or [], bot),
    )


def is_over(error: BadRequest) -> bool:
    """Whether Telegram takes no answer to the query any more: it is too old, or has one."""
    words = error.message.lower()
    return "query is too old" in words or "query id is invalid" in words or "query_id" in words
