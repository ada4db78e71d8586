"""Draws what was laid out: the one place that puts letters into pixels."""

from __future__ import annotations

from functools import cache
from io import BytesIO
from typing import TYPE_CHECKING

from bot.pictures.card import lay_out_card
from bot.pictures.letters import font_of
from bot.pictures.lines import Undrawable
from bot.pictures.plot import lay_out_plot
from bot.pictures.recipes import QuoteCard, Recipe, Theme, Withdrawn
from bot.pictures.sheet import COLOURS, PAGE, Ink, Mark, Shape, Sheet

if TYPE_CHECKING:
    from PIL.Image import Image

TONES = 8
"""Steps from the page to each ink, at the edges of letters. A picture of so few colours is a third
the size of one with all, and no eye can tell."""
SMOOTH = 4  # a mark is drawn so many times larger first


def lay_out(recipe: Recipe) -> Sheet:
    """The picture of `recipe`, not yet drawn. Raises Undrawable."""
    match recipe:
        case QuoteCard():
            return lay_out_card(recipe)
        case Withdrawn():
            return lay_out_card(QuoteCard(recipe.words, source="", theme=recipe.theme))
    return lay_out_plot(recipe)


def find_fault(recipe: Recipe) -> str | None:
    """Why there is no picture of `recipe`: "script" (letters that cannot be shown rightly) or
    "length"; None where there is one."""
    try:
        lay_out(recipe)
    except Undrawable as fault:
        return fault.reason
    return None


def draw(recipe: Recipe) -> bytes:
    """A PNG of `recipe`; the same recipe gives the same bytes. Raises Undrawable."""
    return draw_sheet(lay_out(recipe))


def _stamp(mark: Mark) -> Image:
    """The shape of a mark with smooth edges: drawn large, then made smaller."""
    from PIL import Image, ImageDraw

    side = round(2 * mark.radius) + 2
    large = Image.new("L", (side * SMOOTH, side * SMOOTH))
    pen = ImageDraw.Draw(large)
    low, middle, high = SMOOTH, side * SMOOTH / 2, (side - 1) * SMOOTH
    if mark.shape is Shape.CIRCLE:
        pen.ellipse((low, low, high, high), fill=255)
    else:
        pen.polygon(((middle, low), (high, middle), (middle, high), (low, middle)), fill=255)
    return large.resize((side, side), Image.Resampling.BOX)


@cache
def _palette(theme: Theme) -> Image:
    """The colours of a theme: its page, its inks, and the steps between them."""
    from PIL import Image, ImageColor

    page = ImageColor.getrgb(PAGE[theme])
    colours: list[tuple[int, ...]] = [tuple(page)]
    for ink, colour in COLOURS[theme].items():
        to = ImageColor.getrgb(colour)
        # Nothing with edges is drawn in the faint ink, and its steps would stain the page.
        for step in range(TONES if ink is Ink.FAINT else 1, TONES + 1):
            parts = zip(page, to, strict=True)
            colours.append(tuple(a + (b - a) * step // TONES for a, b in parts))
    palette = Image.new("P", (1, 1))
    palette.putpalette([part for colour in colours for part in colour])
    return palette


def draw_sheet(sheet: Sheet) -> bytes:
    """A PNG of a picture that was laid out."""
    from PIL import Image, ImageDraw

    inks = COLOURS[sheet.theme]
    image = Image.new("RGB", (sheet.width, sheet.height), PAGE[sheet.theme])
    pen = ImageDraw.Draw(image)
    for box in sheet.boxes:
        corner = (box.x + box.width - 1, box.y + box.height - 1)
        pen.rectangle(((box.x, box.y), corner), fill=inks[box.ink])
    for mark in sheet.marks:
        stamp = _stamp(mark)
        corner = (round(mark.x) - stamp.width // 2, round(mark.y) - stamp.height // 2)
        image.paste(inks[mark.ink], corner, stamp)
    for text in sheet.texts:
        font = font_of(text.size, bold=text.bold)
        pen.text((text.x, text.y), text.shown, fill=inks[text.ink], font=font)
    few = image.quantize(palette=_palette(sheet.theme), dither=Image.Dither.NONE)
    out = BytesIO()
    few.save(out, "PNG", optimize=True)
    return out.getvalue()
