"""The frame of the last exchange, to and from what the store keeps for a chat."""

from __future__ import annotations

from typing import Any

from bot.answer.intents import Intent
from bot.answer.result import Frame
from bot.model import Span


def dump_frame(frame: Frame | None) -> dict[str, Any] | None:
    """`frame` as JSON values."""
    if frame is None:
        return None
    return {
        "intent": frame.intent.value,
        "words": list(frame.words),
        "versions": list(frame.versions),
        "people": list(frame.people),
        "question": frame.question,
        "answered": [frame.answered[0], frame.answered[1].start, frame.answered[1].end]
        if frame.answered
        else None,
    }


def load_frame(raw: dict[str, Any] | None) -> Frame | None:
    """The frame that `dump_frame` gave; None for none, or for one that cannot be read."""
    if not raw:
        return None
    try:
        answered = raw.get("answered")
        return Frame(
            Intent(raw["intent"]),
            tuple(raw["words"]),
            tuple(raw["versions"]),
            tuple(raw["people"]),
            raw.get("question", ""),
            (answered[0], Span(answered[1], answered[2])) if answered else None,
        )
    except (KeyError, IndexError, TypeError, ValueError):
        return None
