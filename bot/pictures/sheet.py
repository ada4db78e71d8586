"""A picture laid out but not yet drawn: where each line of letters, box and mark goes, in which
ink. What cannot be told from it cannot go wrong in the drawing."""

from __future__ import annotations

from dataclasses import dataclass, field
from enum import StrEnum

from bot.pictures.letters import font_of, width_of
from bot.pictures.lines import Line, Undrawable, prepare, set_lines
from bot.pictures.recipes import Theme

WIDTH = 1_080
"""Pixels: what a phone shows across; text of 36 is read there like the text of a message."""
MOST_HEIGHT = 1_280
"""Telegram makes pictures smaller that are longer than this on a side."""
MARGIN = 72
ELLIPSIS = "…"


class Ink(StrEnum):
    """What a colour is for. All but FAINT carry meaning and stand out from the page."""

    TEXT = "text"
    MUTED = "muted"
    ACCENT = "accent"
    SECOND = "second"
    FAINT = "faint"


PAGE = {Theme.LIGHT: "#fbfaf7", Theme.DARK: "#14171a"}
COLOURS = {
    Theme.LIGHT: {
        Ink.TEXT: "#1a1a1a",
        Ink.MUTED: "#565656",
        Ink.ACCENT: "#0b5cad",
        Ink.SECOND: "#b3400a",
        Ink.FAINT: "#dcd9d2",
    },
    Theme.DARK: {
        Ink.TEXT: "#f2f2f0",
        Ink.MUTED: "#b6babe",
        Ink.ACCENT: "#6fb7f2",
        Ink.SECOND: "#ff9e5c",
        Ink.FAINT: "#3a3f45",
    },
}
"""Blue and vermilion are told apart with every kind of colour vision; all inks but the faint one
have a contrast of 4.5 to 1 or more with their page (tests/test_pictures.py computes it)."""


@dataclass(frozen=True, slots=True)
class Text:
    """A line of letters, `shown` as they stand from left to right; x and y are the upper left
    corner of its box, which is `width` by `height`."""

    shown: str
    x: float
    y: float
    width: float
    height: float
    size: int
    ink: Ink = Ink.TEXT
    bold: bool = False
    said: str = ""
    """The same in reading order."""

    @property
    def right(self) -> float:
        return self.x + self.width

    @property
    def bottom(self) -> float:
        return self.y + self.height


@dataclass(frozen=True, slots=True)
class Box:
    """A filled box."""

    x: float
    y: float
    width: float
    height: float
    ink: Ink


class Shape(StrEnum):
    CIRCLE = "circle"
    DIAMOND = "diamond"


@dataclass(frozen=True, slots=True)
class Mark:
    """A filled mark around a place."""

    x: float
    y: float
    radius: float
    shape: Shape
    ink: Ink


@dataclass(slots=True)
class Sheet:
    """A picture in the making: it is filled from the top, and cut to its height at the end."""

    theme: Theme
    width: int = WIDTH
    height: int = 0
    texts: list[Text] = field(default_factory=list)
    boxes: list[Box] = field(default_factory=list)
    marks: list[Mark] = field(default_factory=list)


@dataclass(frozen=True, slots=True)
class Style:
    """How a text is set: its size in pixels, its ink, and from line to line in sizes."""

    size: int
    ink: Ink = Ink.TEXT
    bold: bool = False
    leading: float = 1.32

    def measure(self, text: str) -> float:
        return width_of(text, self.size, bold=self.bold)

    @property
    def line(self) -> int:
        """From one line to the next, in pixels."""
        return round(self.size * self.leading)


def letters_height(style: Style) -> int:
    """From the top of the highest letter to the foot of the lowest."""
    ascent, descent = font_of(style.size, bold=style.bold).getmetrics()
    return ascent + descent


def placed(
    lines: list[Line], style: Style, x: float, y: float, *, width: float, to_right: bool = False
) -> list[Text]:
    """`lines` one below the other from (x, y); at the right end of `width` where asked for."""
    texts = []
    height = letters_height(style)
    for number, line in enumerate(lines):
        wide = style.measure(line.shown)
        left = x + width - wide if to_right else x
        top = y + number * style.line
        texts.append(
            Text(line.shown, left, top, wide, height, style.size, style.ink, style.bold, line.text)
        )
    return texts


def set_short(text: str, style: Style, width: float, *, most_lines: int = 1) -> list[Line]:
    """The lines of a text of ours, which may be shortened at a word; none where it cannot be
    drawn. Quotes are never set with this."""
    words = text.split()
    while words:
        try:
            lines = set_lines(prepare(" ".join(words)), width, style.measure)
        except Undrawable as fault:
            if fault.reason != "length":
                return []
            lines = None
        if lines is not None and len(lines) <= most_lines:
            return lines
        words = words[:-1] if words[-1] != ELLIPSIS else words[:-2]
        if len(words) > 4 * most_lines * width / style.size:  # far too long: no word by word
            words = words[: round(4 * most_lines * width / style.size)]
        words = [*words, ELLIPSIS] if words else []
        if words == [ELLIPSIS]:
            return []
    return []
