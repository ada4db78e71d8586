"""Texts made fit for a message: without what none can carry, and cut to a length.

UTF-16 is counted only here.
"""

from __future__ import annotations

import re

SMALLEST_PIECE = 0.5  # a cut at a border is taken when this share of the room is filled
_BORDERS = (re.compile(r"\n\s*\n"), re.compile(r"\n"), re.compile(r"[.!?…][\"'”’»)]*\s"))
_SPACE = re.compile(r"\s")
_JOINING = re.compile("[\u0300-\u036f\u200d\ufe0e\ufe0f\u20e3\U0001f3fb-\U0001f3ff]")
"""Characters that belong to the one before them: no cut falls in front of one."""
_FRAME_CONTROLS = re.compile("[\u00ad\u200b\u200e\u200f\u202a-\u202e\u2060-\u2069\ufeff]")
"""Invisible characters that could turn our own words around; a quote keeps them."""
UNSENDABLE = re.compile("[\x00-\x08\x0b\x0c\x0e-\x1f\ud800-\udfff]")
"""Control characters and lone surrogates: no message can carry them."""


def clean(text: str) -> str:
    """Words of ours without what no message can carry or what could turn them around."""
    return UNSENDABLE.sub("\ufffd", _FRAME_CONTROLS.sub("", text))


def utf16_length(text: str) -> int:
    """How many UTF-16 units `text` takes: what Telegram counts in."""
    return len(text) + sum(character > "\uffff" for character in text)


def cut_text(text: str, most_utf16: int) -> list[str]:
    """`text` in parts of at most `most_utf16` units, which joined are `text` again.

    Cuts fall after a paragraph, line, sentence or word where one ends late enough, and never
    before a character that belongs to the one before it.
    """
    parts: list[str] = []
    start = 0
    while start < len(text):
        room = _room(text, start, most_utf16)
        end = len(text) if start + room >= len(text) else _border(text, start, start + room)
        parts.append(text[start:end])
        start = end
    return parts


def _room(text: str, start: int, most_utf16: int) -> int:
    """How many characters from `start` take at most `most_utf16` units."""
    window = text[start : start + most_utf16]
    units = utf16_length(window)
    while units > most_utf16:
        over = -(-(units - most_utf16) // 2)
        units -= utf16_length(window[len(window) - over :])
        window = window[: len(window) - over]
    return max(len(window), 1)


def _border(text: str, start: int, end: int) -> int:
    """The best place to cut between `start` and `end`."""
    earliest = start + int((end - start) * SMALLEST_PIECE)
    for pattern in (*_BORDERS, _SPACE):
        if ends := [match.end() for match in pattern.finditer(text, earliest, end)]:
            return ends[-1]
    cut = end
    while cut > earliest and _JOINING.match(text[cut]):
        cut -= 1
    if cut > earliest and text[cut - 1] == "\u200d":
        cut -= 1
    return cut if cut > earliest else end
