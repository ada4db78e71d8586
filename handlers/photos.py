"""Pictures as Telegram photos: drawn off the event loop when their letter goes out."""

from __future__ import annotations

import logging
from collections.abc import Mapping
from typing import Any

from telegram import Bot, InputFile, InputMediaPhoto

from bot.pictures.studio import Studio
from handlers.context import DaemonThreads

LOG = logging.getLogger(__name__)

FILE_NAME = "picture.png"


class Easel:
    """Draws the pictures of letters, one at a time; the event loop goes on meanwhile."""

    def __init__(self, studio: Studio | None = None) -> None:
        self._studio = studio or Studio()
        self._threads = DaemonThreads(1, "pictures")

    async def draw(self, payload: Mapping[str, Any]) -> bytes | None:
        """The picture of a letter as a PNG; None where it has none, or none can be drawn."""
        recipe = payload.get("picture")
        if not isinstance(recipe, dict):
            return None
        try:
            return await self._threads.run(lambda: self._studio.draw(recipe))
        except Exception:  # whatever went wrong, the words go out
            LOG.exception("a picture cannot be drawn")
            return None

    def close(self) -> None:
        """End the process that draws."""
        self._threads.shutdown()
        self._studio.close()


async def send_photo(bot: Bot, chat_id: int, png: bytes, *, text: str, **content: Any) -> int:
    """The number of the new message with the picture, which has `text` as its caption."""
    photo = InputFile(png, filename=FILE_NAME)
    del content["link_preview_options"]  # a caption has none
    sent = await bot.send_photo(chat_id, photo, caption=text, **content)
    return sent.message_id


async def show_photo(
    bot: Bot, chat_id: int, message_id: int, png: bytes, *, text: str, **content: Any
) -> None:
    """Put another picture in the place of the one in that message."""
    media = InputMediaPhoto(
        png, caption=text, parse_mode=content["parse_mode"], filename=FILE_NAME
    )
    await bot.edit_message_media(
        media, chat_id=chat_id, message_id=message_id, reply_markup=content["reply_markup"]
    )


async def show_caption(
    bot: Bot, chat_id: int, message_id: int, *, text: str, **content: Any
) -> None:
    """Put another caption under the picture in that message."""
    del content["link_preview_options"]
    await bot.edit_message_caption(chat_id, message_id, caption=text, **content)
