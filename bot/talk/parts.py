"""Parts of a text that Telegram cut, or of an album: how they join, and when all are there."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import timedelta
from typing import Any

from bot.store.drafts import DraftCard

PART_UTF16 = 3_900  # Telegram cuts at 4,096; a part this long is likely followed by another
QUIET = timedelta(seconds=2)
"""After the last part of a text or album has come, further ones follow within this time; an app
sends them in one go."""
QUIET_AFTER_CUT = timedelta(seconds=6)
"""After a part that was cut, when another must follow."""
LATE = timedelta(seconds=90)
"""So long after a part that was cut the rest is still taken as its rest, where the card is shown
already."""


def was_cut(text: str) -> bool:
    """Whether `text` is so long that its sender's client has probably cut it."""
    return len(text.encode("utf-16-le", "surrogatepass")) // 2 >= PART_UTF16


def joined(parts: Sequence[str]) -> str:
    """The parts of a cut text as one; clients cut at a line or a space, which they drop."""
    whole = ""
    for part in parts:
        if whole and not whole[-1].isspace() and not part[:1].isspace():
            # A cut after a full stop or mark falls between paragraphs more often than not.
            whole += "\n\n" if whole[-1] in ".!?\"'”’" else " "
        whole += part
    return whole


def by_message(part: Sequence[Any]) -> int:
    """Where a part belongs: its sender's client sent them in the order of their numbers."""
    return int(part[0] or 0)


def quiet_after(card: DraftCard) -> timedelta:
    """How long nothing more must come before what came is taken for all."""
    parts = card.data.get("parts")
    if not parts:
        return QUIET
    return QUIET_AFTER_CUT if was_cut(max(parts, key=by_message)[1]) else QUIET
