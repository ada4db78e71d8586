"""Texts as Telegram documents."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from telegram import Bot, InputFile


async def send_document(
    bot: Bot, chat_id: int, document: Mapping[str, str], *, text: str, **content: Any
) -> int:
    """The number of the new message with the file, which has `text` as its caption."""
    data = document["text"].encode("utf-8", "replace")
    del content["link_preview_options"]  # a caption has none
    sent = await bot.send_document(
        chat_id, InputFile(data, filename=document["name"]), caption=text or None, **content
    )
    return sent.message_id
