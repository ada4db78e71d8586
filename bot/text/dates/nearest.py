"""Which of several days, months or years a clause means, and counting on from one."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from bot.model import Grain
from bot.text.dates.calendar_words import (
    SEASONS,
)
from bot.text.dates.scan import (
    Scan,
)
from bot.text.dates.tense import (
    Direction,
)
from bot.text.dates.values import (
    interval,
    make_day,
    month_bounds,
    month_value,
    shift_days,
    shift_months,
    week_bounds,
)

NEAR_DAYS: Final = 45
"""A day this near to publication is meant even against the clause's tense ("announced exchanges
on March 19"): who means the one a year off prints the year."""

DIRECTION_NAMES: Final = {
    Direction.PAST: "the last one",
    Direction.FUTURE: "the next one",
    Direction.UNKNOWN: "the nearest one",
}


PERIOD_UP_TO: Final = re.compile(
    r"\b(?:months|weeks|quarter|year|half|period)\s(?:to|ended|ending|through)\s$"
)
TERM_AHEAD: Final = re.compile(
    r"\b(?:has|have|had|having|gives?|gave|given|deadline|extended)\b"
    r"(?:\s\w+){0,3}?\s(?:until|till)\s$"
)
"""A term that someone has ("until Thursday to reply") lies ahead whatever the tense."""
FIRST_PLANNED: Final = re.compile(r"\b(?:originally|initially|previously)\b[\w\s]{0,24}$")


def direction_of(scan: Scan, start: int, end: int) -> Direction:
    """Which way a day or month lies: a period up to it is over, a first plan may be past."""
    left = scan.left(start)
    if PERIOD_UP_TO.search(left):
        return Direction.PAST
    if TERM_AHEAD.search(left):
        return Direction.FUTURE
    if FIRST_PLANNED.search(left):
        return Direction.UNKNOWN
    return scan.direction(start, end)


def nearest_day(anchor: date, month: int, day: int, direction: Direction) -> date | None:
    """The day of that name that `direction` asks for, counted from `anchor`, which counts too."""
    days = [d for y in range(anchor.year - 4, anchor.year + 5) if (d := make_day(y, month, day))]
    if not days:
        return None
    near = min(days, key=lambda d: abs((d - anchor).days))
    if direction is Direction.UNKNOWN or abs((near - anchor).days) <= NEAR_DAYS:
        return near
    if direction is Direction.PAST:
        return max((d for d in days if d <= anchor), default=None)
    return min((d for d in days if d >= anchor), default=None)


def nearest_month(anchor: date, month: int, direction: Direction) -> int:
    """The year of that month that `direction` asks for, the month of `anchor` included."""
    year = anchor.year
    distance = month - anchor.month
    if direction is Direction.PAST:
        return year - (distance > 0)
    if direction is Direction.FUTURE:
        return year + (distance < 0)
    return year + (distance < -6) - (distance > 6)


def last_year(scan: Scan) -> int | None:
    """The year of the last date before this one that has one."""
    for found in scan.recent:
        if found.value and re.match(r"\d{4}", found.value) and "/" not in found.value:
            return int(found.value[:4])
    return None


def last_day(scan: Scan, *, sentence_only: bool = False) -> date | None:
    """The last whole day named before, in this sentence or else in the one before it."""
    for found in scan.found[:-13:-1] if sentence_only else scan.recent:
        if found.value and found.grain in (Grain.DAY, Grain.TIME) and found.value[0].isdigit():
            return date.fromisoformat(found.value[:10])
    return None


def length_from(day: date, number: int, unit: str, sign: int = 1) -> tuple[date, date] | None:
    """The `number` units that begin with `day` (or end with it), both ends included."""
    other = shift(day, number * sign, unit)
    if other is None:
        return None
    other = shift_days(other, -sign)
    if other is None:
        return None
    return (day, other) if sign > 0 else (other, day)


DAYS_OF: Final = {"day": 1, "week": 7, "fortnight": 14}


def shift(day: date, number: int, unit: str) -> date | None:
    """`day` moved by `number` days, weeks, months, years, decades or centuries."""
    if unit in DAYS_OF:
        return shift_days(day, number * DAYS_OF[unit])
    months = {"month": 1, "year": 12, "decade": 120, "century": 1200}.get(unit)
    return shift_months(day, number * months) if months else None


def grained(day: date, grain: Grain) -> str:
    """The value of the day, week, month or year that holds `day`."""
    if grain is Grain.WEEK:
        return interval(*week_bounds(day))
    if grain is Grain.MONTH:
        return month_value(day.year, day.month)
    if grain is Grain.YEAR:
        return f"{day.year:04d}"
    return day.isoformat()


def season_days(season: str, year: int) -> tuple[date, date]:
    """First and last day of the season that begins in `year`."""
    month = SEASONS[season]
    first = date(year, month, 1)
    last = shift_months(first, 2) or first
    return first, month_bounds(last.year, last.month)[1]


def weekend_of(anchor: date, sign: int) -> date:
    """The Saturday of the last, this or the next weekend."""
    monday, _ = week_bounds(anchor)
    saturday = monday + timedelta(days=5)
    if sign < 0:
        return saturday - timedelta(days=7)
    if sign > 0:
        return saturday + timedelta(days=7)
    return saturday
