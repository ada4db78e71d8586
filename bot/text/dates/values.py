"""ISO values of dates: building them, and reading them back as first and last day."""

from __future__ import annotations

import calendar
import re
from datetime import date, timedelta

DAY_VALUE = re.compile(r"(\d{4})-(\d\d)-(\d\d)(?:T\d\d:\d\d(?::\d\d)?\S*)?\Z")
MONTH_VALUE = re.compile(r"(\d{4})-(\d\d)\Z")
YEAR_VALUE = re.compile(r"(\d{4})\Z")
OPEN = ".."
"""The unknown end of an interval ("../2025-03-17"), as ISO 8601-2 writes it."""


def make_day(year: int, month: int, day: int) -> date | None:
    """The day, or None where the calendar has none (30 February)."""
    try:
        return date(year, month, day)
    except ValueError:
        return None


def month_value(year: int, month: int) -> str:
    """ "2025-03" """
    return f"{year:04d}-{month:02d}"


def interval(first: date, last: date) -> str:
    """The value of `first` to `last`, both included."""
    return f"{first.isoformat()}/{last.isoformat()}"


def shift_days(day: date, days: int) -> date | None:
    """`day` moved by `days`, or None outside the calendar."""
    try:
        return day + timedelta(days=days)
    except OverflowError:
        return None


def shift_months(day: date, months: int) -> date | None:
    """`day` moved by whole months; the 31st becomes the last day of a shorter month."""
    index = day.year * 12 + day.month - 1 + months
    year, month = divmod(index, 12)
    if not 1 <= year <= 9999:
        return None
    return date(year, month + 1, min(day.day, calendar.monthrange(year, month + 1)[1]))


def month_bounds(year: int, month: int) -> tuple[date, date]:
    """First and last day of a month."""
    return date(year, month, 1), date(year, month, calendar.monthrange(year, month)[1])


def week_bounds(day: date) -> tuple[date, date]:
    """Monday and Sunday of the week that holds `day`."""
    monday = day - timedelta(days=day.weekday())
    return monday, monday + timedelta(days=6)


def bounds(value: str | None) -> tuple[date, date] | None:
    """First and last day (both included) of any value that the readers of dates produce.

    An open end is the first or last day there is. None for a clock time without a day, for no
    value, and for what is no value of ours.
    """
    if not value:
        return None
    first, slash, last = value.partition("/")
    try:
        begin = date.min if slash and first == OPEN else _ends(first)[0]
        end = date.max if slash and last == OPEN else _ends(last if slash else first)[1]
    except ValueError:
        return None
    return (begin, end) if begin <= end else None


def _ends(value: str) -> tuple[date, date]:
    """First and last day of a day, month or year; ValueError for anything else."""
    if match := DAY_VALUE.match(value):
        day = date(int(match[1]), int(match[2]), int(match[3]))
        return day, day
    if match := MONTH_VALUE.match(value):
        year, month = int(match[1]), int(match[2])
        if not (year >= 1 and 1 <= month <= 12):
            raise ValueError(value)
        return month_bounds(year, month)
    if match := YEAR_VALUE.match(value):
        year = int(match[1])
        return date(year, 1, 1), date(year, 12, 31)
    raise ValueError(value)
