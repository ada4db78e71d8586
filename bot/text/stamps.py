"""Stamps: the day and time of publication as pages print them, on a line of their own."""

from __future__ import annotations

import re
from datetime import UTC, date, datetime, timedelta, timezone, tzinfo
from zoneinfo import ZoneInfo

from bot.locales.said import say

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "january jan",
            "february feb",
            "march mar",
            "april apr",
            "may",
            "june jun",
            "july jul",
            "august aug",
            "september sept sep",
            "october oct",
            "november nov",
            "december dec",
        ),
        start=1,
    )
    for name in names.split()
}

_OFFSETS = {
    "z": 0,
    "gmt": 0,
    "utc": 0,
    "wet": 0,
    "bst": 60,
    "cet": 60,
    "west": 60,
    "cest": 120,
    "eet": 120,
    "sast": 120,
    "eest": 180,
    "msk": 180,
    "gst": 240,
    "pkt": 300,
    "ist": 330,
    "sgt": 480,
    "hkt": 480,
    "jst": 540,
    "kst": 540,
    "aest": 600,
    "aedt": 660,
    "nzst": 720,
    "nzdt": 780,
    "edt": -240,
    "est": -300,
    "cdt": -300,
    "cst": -360,
    "mdt": -360,
    "mst": -420,
    "pdt": -420,
    "pst": -480,
}
"""Minutes east of Greenwich. Of two zones with one name the one that news prints more."""

_ZONES = {
    "et": "America/New_York",
    "ct": "America/Chicago",
    "mt": "America/Denver",
    "pt": "America/Los_Angeles",
    "eastern": "America/New_York",
    "central": "America/Chicago",
    "mountain": "America/Denver",
    "pacific": "America/Los_Angeles",
}

_MONTH = "(?P<month>" + "|".join(sorted(_MONTHS, key=len, reverse=True)) + r")\.?"
_MONTH_2 = _MONTH.replace("<month>", "<month2>")
_DAY = r"(?:(?:mon|tues?|wed(?:nes)?|thur?s?|fri|sat(?:ur)?|sun)(?:day)?\.?,?\s+)?"
_DATE = (
    rf"(?:{_DAY}(?:"
    r"(?P<iso>\d{4})[-/.](?P<iso_month>\d{1,2})[-/.](?P<iso_day>\d{1,2})(?![\d])"
    rf"|(?P<day>\d{{1,2}})(?:st|nd|rd|th)?\s*(?:of\s+)?[-\s]?\s*{_MONTH}[,\s-]+(?P<year>\d{{4}})"
    rf"|{_MONTH_2}\s+(?P<day2>\d{{1,2}})(?:st|nd|rd|th)?,?\s+(?P<year2>\d{{4}})"
    r"|(?P<first>\d{1,2})(?P<sign>[./-])(?P<second>\d{1,2})(?P=sign)(?P<year3>\d{4})"
    r"))"
)
_ZONE = (
    r"(?P<zone>[+-]\d{2}:?\d{2}|"
    + "|".join(sorted([*_OFFSETS, *_ZONES], key=len, reverse=True))
    + r")(?:\s+time)?\b"
)
_CLOCK = (
    r"(?P<hour>\d{1,2})(?:[:.](?P<minute>\d{2}))?(?:[:.](?P<second_of>\d{2})(?:[.,]\d{1,9})?)?"
    rf"\s*(?P<half>[ap]\.?\s?m\b\.?)?\s*(?:hrs\b\s*)?\(?(?:{_ZONE})?\)?"
)
_CLOCK_AFTER = re.compile(rf"(?:t|[,\s|·•–—-]+(?:at\s+)?){_CLOCK}", re.IGNORECASE)
_DATE_ONLY = re.compile(_DATE, re.IGNORECASE)
_CLOCK_BEFORE = re.compile(rf"(?:at\s+)?{_CLOCK}[,\s|·•–—-]+(?:on\s+)?", re.IGNORECASE)


class NoSuchDayError(ValueError):
    """The words have the shape of a date, but the calendar has no such day."""


def parse_stamp(words: str) -> tuple[date | datetime | None, int]:
    """The day or time that `words` begin with, and how many characters it takes.

    An aware UTC time where clock and zone are printed, else the day alone (a clock without a
    zone is no moment). `(None, 0)` where `words` begin with no date; `(None, n)` where they do,
    but day and month cannot be told apart ("03/04/2025"). Raises NoSuchDayError for a day that
    the calendar does not have.
    """
    start = 0
    clock = None
    found = _DATE_ONLY.match(words)
    if not found:
        clock = _CLOCK_BEFORE.match(words)
        if clock:
            start = clock.end()
            found = _DATE_ONLY.match(words, start)
        if not found:
            return None, 0
    day = _day(found)
    end = found.end()
    if clock is None:
        clock = _CLOCK_AFTER.match(words, end)
        if clock and not (clock.group("minute") or clock.group("half")):
            clock = None
        end = clock.end() if clock else end
    elif not (clock.group("minute") or clock.group("half")):
        return None, 0
    if day is None or clock is None:
        return day, end
    return _moment(day, clock) or day, end


def _day(found: re.Match[str]) -> date | None:
    if found.group("iso"):
        parts = ("iso", "iso_month", "iso_day")
        year, month, day = (int(found.group(part)) for part in parts)
    elif found.group("month") or found.group("month2"):
        name = found.group("month") or found.group("month2")
        month = _MONTHS[name.lower()]
        day = int(found.group("day") or found.group("day2"))
        year = int(found.group("year") or found.group("year2"))
    else:
        first, second = int(found.group("first")), int(found.group("second"))
        year = int(found.group("year3"))
        if found.group("sign") == "." or first > 12:
            day, month = first, second
        elif second > 12 or first == second:
            month, day = first, second
        else:
            return None
    try:
        return date(year, month, day)
    except ValueError as error:
        raise NoSuchDayError(
            say("The calendar has no day {words}.", words=repr(found.group().strip()))
        ) from error


def _moment(day: date, clock: re.Match[str]) -> datetime | None:
    """The moment of `clock` on `day`, or None where zone or hour are not known."""
    zone = _zone(clock.group("zone"))
    if zone is None:
        return None
    hour, minute = int(clock.group("hour")), int(clock.group("minute") or 0)
    half = (clock.group("half") or "").lower()
    if half:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if half.startswith("p") else 0)
    if hour > 23 or minute > 59:
        return None
    try:
        local = datetime(day.year, day.month, day.day, hour, minute, tzinfo=zone)
        return local.astimezone(UTC)
    except (ValueError, OverflowError):
        return None


def _zone(name: str | None) -> tzinfo | None:
    if not name:
        return None
    name = name.lower()
    if name[0] in "+-":
        minutes = int(name[1:3]) * 60 + int(name[-2:])
        if minutes >= 24 * 60:
            return None
        return timezone(timedelta(minutes=-minutes if name[0] == "-" else minutes))
    if name in _ZONES:
        return ZoneInfo(_ZONES[name])
    return timezone(timedelta(minutes=_OFFSETS[name]))
