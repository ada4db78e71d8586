"""Pictures as Telegram photos: drawn off the event loop when their letter goes out."""

from __future__ import annotations

import json
import logging
from collections import OrderedDict
from collections.abc import Callable, Mapping
from typing import Any

from telegram import Bot, InputFile, InputMediaPhoto

from bot.pictures.studio import Studio
from handlers.context import DaemonThreads

LOG = logging.getLogger(__name__)

MOST_KEPT = 32  # drawn pictures in memory, some 30 kB each
FILE_NAME = "picture.png"


class Easel:
    """Draws the pictures of letters; the event loop goes on meanwhile.

    Those that somebody waits for and those that nobody does are drawn in a process each, so that
    the pictures of a morning's digests hold up no card. Many of these are one picture: the last
    ones drawn are kept.
    """

    def __init__(self, studio: Callable[[], Studio] = Studio) -> None:
        self._desks = {
            urgent: (studio(), DaemonThreads(1, "pictures")) for urgent in (True, False)
        }
        self._kept: OrderedDict[str, bytes] = OrderedDict()

    async def draw(self, payload: Mapping[str, Any], *, urgent: bool = True) -> bytes | None:
        """The picture of a letter as a PNG; None where it has none, or none can be drawn."""
        recipe = payload.get("picture")
        if not isinstance(recipe, dict):
            return None
        key = json.dumps(recipe, sort_keys=True)
        if key in self._kept:
            return self._kept[key]
        studio, threads = self._desks[urgent]
        try:
            png = await threads.run(lambda: studio.draw(recipe))
        except Exception:  # whatever went wrong, the words go out
            LOG.exception("a picture cannot be drawn")
            return None
        if png is not None:
            self._kept[key] = png
            while len(self._kept) > MOST_KEPT:
                self._kept.popitem(last=False)
        return png

    def close(self) -> None:
        """End the processes that draw."""
        for studio, threads in self._desks.values():
            threads.shutdown()
            studio.close()


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
