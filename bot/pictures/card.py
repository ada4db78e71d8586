"""The quote card: a sentence as large as it fits, with who said it and where it stands."""

from __future__ import annotations

from bot.pictures.lines import Line, Prepared, Undrawable, prepare, set_lines
from bot.pictures.recipes import QuoteCard
from bot.pictures.sheet import (
    MARGIN,
    MOST_HEIGHT,
    WIDTH,
    Box,
    Ink,
    Sheet,
    Style,
    letters_height,
    placed,
    set_short,
)

SIZES = tuple(range(64, 30, -2))
"""Of a quote: the largest that fits. A phone shows 36 as its own messages; the smallest is what it
shows as small print, for the rare sentence of more than 600 characters."""
LEAST_HEIGHT = 640  # a short sentence keeps some air around it
BAR, INDENT = 10, 44  # the rule beside a quote, and how far the quote stands in
INNER = WIDTH - 2 * MARGIN
SOURCE = Style(38, Ink.ACCENT, bold=True)
SPEAKER = Style(42, bold=True)
ROLE = Style(36)
SMALL = Style(34, Ink.MUTED)
GAP, NEAR, BEFORE_SMALL = 44, 10, 30
MOST_NAME_LINES, MOST_SMALL_LINES = 2, 2


def lay_out_card(card: QuoteCard) -> Sheet:
    """The card. Raises Undrawable where the sentence cannot be shown whole and right."""
    quote = prepare(card.quote)
    head = _needed(card.source, SOURCE)
    name = _needed(card.speaker, SPEAKER)
    foot = [
        (name, SPEAKER, NEAR),
        (set_short(card.role, ROLE, INNER, most_lines=MOST_NAME_LINES), ROLE, NEAR),
        (set_short(card.headline, SMALL, INNER, most_lines=MOST_SMALL_LINES), SMALL, BEFORE_SMALL),
        (set_short(card.note, SMALL, INNER), SMALL, NEAR),
    ]
    foot = [part for part in foot if part[0]]
    head_height = len(head) * SOURCE.line + GAP if head else 0
    foot_height = sum(len(lines) * style.line + before for lines, style, before in foot)
    room = MOST_HEIGHT - 2 * MARGIN - head_height - foot_height - GAP
    style, lines = _fitted(quote, room)
    tall = _height(lines, style)
    sheet = Sheet(card.theme)
    air = max(0, LEAST_HEIGHT - (MOST_HEIGHT - room + tall)) // 2
    y = float(MARGIN)
    sheet.texts += placed(head, SOURCE, MARGIN, y, width=INNER)
    y += head_height + air
    right = quote.is_right_to_left
    x = MARGIN if right else MARGIN + INDENT
    sheet.texts += placed(lines, style, x, y, width=INNER - INDENT, to_right=right)
    bar = WIDTH - MARGIN - BAR if right else MARGIN
    sheet.boxes.append(Box(bar, y, BAR, tall, Ink.ACCENT))
    y += tall + GAP + air
    for part, style, before in foot:
        y += before
        sheet.texts += placed(part, style, MARGIN, y, width=INNER)
        y += len(part) * style.line
    sheet.height = round(y + MARGIN)
    return sheet


def _fitted(quote: Prepared, room: float) -> tuple[Style, list[Line]]:
    """The lines of a quote in the largest size in which they have room. Raises Undrawable."""
    low, high = 0, len(SIZES)  # the first size that fits lies from `low` to `high`
    best: tuple[Style, list[Line]] | None = None
    while low < high:
        middle = (low + high) // 2
        style = Style(SIZES[middle], leading=1.36)
        lines = set_lines(quote, INNER - INDENT, style.measure)
        if lines is not None and _height(lines, style) <= room:
            best, high = (style, lines), middle
        else:
            low = middle + 1
    if best is None:
        raise Undrawable("length")
    return best


def _height(lines: list[Line], style: Style) -> int:
    return (len(lines) - 1) * style.line + letters_height(style)


def _needed(text: str, style: Style) -> list[Line]:
    """The lines of what a card must not go without. Raises Undrawable."""
    if not text:
        return []
    lines = set_short(text, style, INNER, most_lines=MOST_NAME_LINES)
    if not lines:
        raise Undrawable("script")
    return lines
