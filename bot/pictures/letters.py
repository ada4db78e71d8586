"""The letters that can be drawn, and how wide words are in them."""

from __future__ import annotations

from functools import cache
from importlib.resources import files
from importlib.util import find_spec
from io import BytesIO
from typing import TYPE_CHECKING

if TYPE_CHECKING:
    from PIL.ImageFont import FreeTypeFont

REGULAR, BOLD = "DejaVuSans.ttf", "DejaVuSans-Bold.ttf"
LIBRARIES = ("PIL", "bidi", "arabic_reshaper")
"""What the extra `pictures` installs."""


@cache
def is_available() -> bool:
    """Whether pictures can be drawn here: the extra `pictures` is installed."""
    return all(find_spec(name) is not None for name in LIBRARIES)


@cache
def _font_data(name: str) -> bytes:
    return (files("bot.pictures") / "fonts" / name).read_bytes()


@cache
def font_of(size: int, *, bold: bool = False) -> FreeTypeFont:
    """The font in a size in pixels.

    The plain layout is the same wherever it runs; what needs more than a row of letters is brought
    into such a row before (see `bot/pictures/lines.py`) or not drawn.
    """
    from PIL import ImageFont

    data = BytesIO(_font_data(BOLD if bold else REGULAR))
    return ImageFont.truetype(data, size, layout_engine=ImageFont.Layout.BASIC)


def width_of(text: str, size: int, *, bold: bool = False) -> float:
    """How wide a row of letters is, in pixels."""
    return font_of(size, bold=bold).getlength(text)


@cache
def drawable() -> frozenset[str]:
    """Every letter that both fonts have."""
    return frozenset.intersection(*(frozenset(_letters(_font_data(n))) for n in (REGULAR, BOLD)))


def _letters(data: bytes) -> list[str]:
    """The letters in a font file, as its own table (`cmap`, format 4) lists them.

    Source: the OpenType specification, "cmap – Character To Glyph Index Mapping Table".
    """

    def short(at: int) -> int:
        return int.from_bytes(data[at : at + 2], "big")

    def long(at: int) -> int:
        return int.from_bytes(data[at : at + 4], "big")

    tables = {data[at : at + 4]: long(at + 8) for at in range(12, 12 + 16 * short(4), 16)}
    start = tables[b"cmap"]
    encodings = [start + long(start + 8 + 8 * n) for n in range(short(start + 2))]
    table = next(at for at in encodings if short(at) == 4)
    size = short(table + 6)
    ends, starts = table + 14, table + 16 + size
    deltas, offsets = starts + size, starts + 2 * size
    found: list[str] = []
    for n in range(0, size, 2):
        for code in range(short(starts + n), min(short(ends + n), 0xFFFE) + 1):
            offset = short(offsets + n)
            place = offsets + n + offset + 2 * (code - short(starts + n))
            glyph = short(place) if offset else code + short(deltas + n)
            if glyph & 0xFFFF:
                found.append(chr(code))
    return found
