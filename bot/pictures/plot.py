"""The plot of a topic over time: how many articles a day, and on which days who was quoted and
which figures were given."""

from __future__ import annotations

from bot.pictures.lines import Undrawable
from bot.pictures.recipes import Group, Plot
from bot.pictures.sheet import (
    MARGIN,
    WIDTH,
    Box,
    Ink,
    Mark,
    Shape,
    Sheet,
    Style,
    Text,
    letters_height,
    placed,
    set_short,
)

INNER = WIDTH - 2 * MARGIN
TITLE = Style(48, bold=True)
SUBTITLE = Style(36, Ink.MUTED)
COUNTED = Style(34, bold=True)
COUNT = Style(32)
TICK = Style(32, Ink.MUTED)
HEADING = Style(34, bold=True)
NAME = Style(34)
COLUMNS_HEIGHT = 190
WIDEST_COLUMN, FULL = 64, 0.72
"""A column takes this share of its place in time, and no more pixels than that."""
COUNT_GAP = 8  # between two counts; where there is less room, only the highest is told
TICK_GAP = 28  # between two labels of the axis
LANE_TRACK, MARK_RADIUS, TICK_HEIGHT = 32, 12, 18
GAP, NEAR = 28, 8
LINE = 3
MANY_LANES = 4  # leave the title no second line


def lay_out_plot(plot: Plot) -> Sheet:
    """The plot. Raises Undrawable where its title or a name cannot be shown."""
    if not plot.columns:
        raise Undrawable("length")
    sheet = Sheet(plot.theme)
    y = float(MARGIN)
    lanes = sum(len(group.lanes) for group in plot.groups)
    title = set_short(plot.title, TITLE, INNER, most_lines=1 if lanes > MANY_LANES else 2)
    if not title:
        raise Undrawable("script")
    sheet.texts += placed(title, TITLE, MARGIN, y, width=INNER)
    y += len(title) * TITLE.line + NEAR
    under = set_short(plot.subtitle, SUBTITLE, INNER, most_lines=2)
    sheet.texts += placed(under, SUBTITLE, MARGIN, y, width=INNER)
    y += len(under) * SUBTITLE.line + GAP
    counted = set_short(plot.counted, COUNTED, INNER)
    sheet.texts += placed(counted, COUNTED, MARGIN, y, width=INNER)
    y += COUNTED.line + NEAR
    y = _columns(sheet, plot, y)
    ticks = _ticks(sheet, plot, y)
    y += NEAR + TICK.line
    for group in plot.groups:
        y = _group(sheet, group, plot, y + GAP, ticks)
    sheet.height = round(y + MARGIN)
    return sheet


def centre_of(plot: Plot, column: int) -> float:
    """Where a column stands."""
    return MARGIN + INNER * (column + 0.5) / len(plot.columns)


def _columns(sheet: Sheet, plot: Plot, y: float) -> float:
    """The foot of the columns, which begin below their counts."""
    most = max(1, *(count for _, count in plot.columns))
    wide = min(WIDEST_COLUMN, FULL * INNER / len(plot.columns))
    foot = y + COUNT.line + COLUMNS_HEIGHT
    widest = max(COUNT.measure(_grouped(count)) for _, count in plot.columns)
    told = widest + COUNT_GAP <= INNER / len(plot.columns)
    seen_highest = False
    for number, (_, count) in enumerate(plot.columns):
        if not count:
            continue
        tall = max(COLUMNS_HEIGHT * count / most, LINE)
        x = centre_of(plot, number)
        sheet.boxes.append(Box(x - wide / 2, foot - tall, wide, tall, Ink.ACCENT))
        if told or (count == most and not seen_highest):
            seen_highest = seen_highest or count == most
            sheet.texts.append(_centred(_grouped(count), COUNT, x, foot - tall - COUNT.line))
    sheet.boxes.append(Box(MARGIN, foot, INNER, LINE, Ink.MUTED))
    return foot + LINE


def _grouped(count: int) -> str:
    """A number with narrow blanks between the thousands, which every language reads."""
    return f"{count:,}".replace(",", "\u202f")


def _ticks(sheet: Sheet, plot: Plot, y: float) -> list[float]:
    """Where the labelled columns stand: as many as have room, evenly apart, the first among
    them."""
    wide = max(TICK.measure(label) for label, _ in plot.columns) + TICK_GAP
    place = INNER / len(plot.columns)
    step = max(1, -(-int(wide) // max(1, int(place))))
    found = []
    for number in range(0, len(plot.columns), step):
        label, _ = plot.columns[number]
        x = centre_of(plot, number)
        sheet.texts.append(_centred(label, TICK, x, y + NEAR))
        found.append(x)
    return found


def _centred(text: str, style: Style, x: float, y: float) -> Text:
    """A short text in one line around `x`, moved to stay within the margins."""
    lines = set_short(text, style, INNER)
    if not lines:
        raise Undrawable("script")
    wide = style.measure(lines[0].shown)
    left = min(max(x - wide / 2, MARGIN / 2), WIDTH - MARGIN / 2 - wide)
    return placed(lines, style, left, y, width=wide)[0]


def _group(sheet: Sheet, group: Group, plot: Plot, y: float, ticks: list[float]) -> float:
    """The foot of a group of lanes; each track shows where the labelled columns stand."""
    ink = Ink.SECOND if group.stands_out else Ink.ACCENT
    shape = Shape.DIAMOND if group.stands_out else Shape.CIRCLE
    heading = set_short(group.title, HEADING, INNER)
    sheet.texts += placed(heading, HEADING, MARGIN, y, width=INNER)
    y += len(heading) * HEADING.line + NEAR
    for lane in group.lanes:
        name = set_short(lane.name, NAME, INNER)
        if not name:
            raise Undrawable("script")
        sheet.texts += placed(name, NAME, MARGIN, y, width=INNER)
        y += letters_height(NAME)
        middle = y + LANE_TRACK / 2
        sheet.boxes.append(Box(MARGIN, middle - LINE / 2, INNER, LINE, Ink.FAINT))
        sheet.boxes += [
            Box(x - LINE / 2, middle - TICK_HEIGHT / 2, LINE, TICK_HEIGHT, Ink.FAINT)
            for x in ticks
        ]
        for column in lane.at:
            x = centre_of(plot, column)
            radius = MARK_RADIUS + (2 if group.stands_out else 0)
            sheet.marks.append(Mark(x, middle, radius, shape, ink))
        y += LANE_TRACK + NEAR
    return y
