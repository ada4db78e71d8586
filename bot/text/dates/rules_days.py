"""Rules for days that the calendar names: "March 5", "the first Monday in May", "2025-03-18"."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from bot.model import Grain
from bot.text.dates.calendar_words import (
    DASH,
    DAY,
    MONTH,
    MONTHS,
    ORDINALS,
    WEEKDAY,
    YEAR,
    S,
    read_month,
    read_weekday,
)
from bot.text.dates.holidays import (
    nth_weekday,
)
from bot.text.dates.nearest import (
    DIRECTION_NAMES,
    NEAR_DAYS,
    direction_of,
    last_year,
    nearest_day,
    nearest_month,
)
from bot.text.dates.rules_months import (
    bare_month,
    bare_month_is_date,
)
from bot.text.dates.scan import (
    Found,
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
    shift_months,
)

OTHER_YEAR: Final = (
    rf"(?:,?{S}(?:of{S}|in{S})?(?P<rel>last|this|next|that|the same|the following){S}year\b)?"
)

RANGE: Final = rf"(?:{S}?{DASH}{S}?|{S}(?:to|through|until|till|thru){S})"

MONTH_FIRST = re.compile(
    rf"(?P<m>{MONTH})(?:{S}(?:the{S})?(?P<d>{DAY})(?![:.,]\d)"
    rf"(?:(?:{RANGE}(?:the{S})?|(?P<and>{S}and{S}))(?P<d2>{DAY})(?![:.,]\d)(?!{S}?{MONTH})"
    rf"(?(and)(?=[.,;)]|{S}(?:in|at|near|after|when|as|for|to|by)\b|\Z)))?"
    rf"(?:{S}?,?{S}(?P<y>{YEAR}))?"
    rf"|,?{S}(?:of{S})?(?P<my>{YEAR})|{DASH}(?P<dy>{YEAR}))?{OTHER_YEAR}",
    re.IGNORECASE,
)

DAY_FIRST = re.compile(
    rf"(?P<d>{DAY})(?:(?:{RANGE}|{S}and{S})(?P<d2>{DAY}))?{S}(?:of{S})?(?P<m>{MONTH})(?!\w)"
    rf"(?:,?{S}(?P<y>{YEAR}))?{OTHER_YEAR}",
    re.IGNORECASE,
)

ORDINAL_FIRST = re.compile(
    rf"(?P<o>{'|'.join(sorted(ORDINALS, key=len, reverse=True))}){S}of{S}(?P<m>{MONTH})(?!\w)"
    rf"(?:,?{S}(?P<y>{YEAR}))?{OTHER_YEAR}",
    re.IGNORECASE,
)

ISO_DAY = re.compile(
    r"(?P<y>(?:1[4-9]|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)"
    r"(?:[T ](?P<h>[0-2]\d:[0-5]\d)(?::\d\d)?Z?)?(?![\w-])"
)

NUMERIC_DAY = re.compile(
    r"(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)(?![\w/]|-[a-z]|\.\d)"
)

NTH_WEEKDAY = re.compile(
    rf"(?P<n>first|second|third|fourth|last){S}(?P<w>{WEEKDAY}){S}(?:of|in){S}(?P<m>{MONTH})(?!\w)"
    rf"(?:,?{S}(?P<y>{YEAR}))?{OTHER_YEAR}",
    re.IGNORECASE,
)


DAY_OF_MONTH = re.compile(
    rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th){S}of{S}(?P<q>this|last|next){S}month\b", re.IGNORECASE
)

EDGE_DAY = re.compile(
    rf"(?P<e>first|last){S}day{S}of{S}(?P<m>{MONTH})(?!\w)(?:,?{S}(?P<y>{YEAR}))?{OTHER_YEAR}",
    re.IGNORECASE,
)


SHORT_ONLY: Final = frozenset({"jan", "mar", "apr", "jun", "sep", "dec"})
"""Short months that stand alone only with a day or year, being names or words otherwise."""
MONEY_OR_NUMBER_BEFORE: Final = re.compile(r"[\d$\u00a3\u20ac][.,:/-]?$")
NUMBER_BEFORE: Final = re.compile(r"[\d./$-]$")
DIGITS: Final = re.compile(r"\d+")
NTH: Final = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}
NO_ANCHOR: Final = "no day to count from"


def month_first(scan: Scan, m: re.Match[str]) -> Found | None:
    """March 5; Sept. 5, 2024; March 3-5; May 2024; May; May last year."""
    word = m["m"]
    if not _is_month(scan, m):
        return None
    month = read_month(word)
    year, how = _year_of(scan, m["y"] or m["my"] or m["dy"], m["rel"])
    if m["d"]:
        return _days(scan, m, month, year, how)
    if year is not None:
        value = month_value(year, month)
        found = Found.at(m, value, Grain.MONTH, how or "month and year")
        found.year, found.month, found.printed_year = year, month, True
        return found
    if m["rel"]:
        found = Found.at(m, None, Grain.MONTH, how)
        found.month = month
        return found
    end = m.start() + len(word)
    if word.lower().rstrip(".") in SHORT_ONLY or word.endswith("."):
        return None
    if not bare_month_is_date(scan, m.start(), end, word):
        return None
    return bare_month(scan, m.start(), end, month)


def _is_month(scan: Scan, m: re.Match[str]) -> bool:
    """Whether the month word of `m` has the capital that articles give it."""
    return scan.question or m["m"][0].isupper()


def day_first(scan: Scan, m: re.Match[str]) -> Found | None:
    """5 March; 5th of March 2024; 3-5 March."""
    if not _is_month(scan, m) or MONEY_OR_NUMBER_BEFORE.search(scan.left(m.start(), 3)):
        return None
    year, how = _year_of(scan, m["y"], m["rel"])
    return _days(scan, m, read_month(m["m"]), year, how)


def ordinal_first(scan: Scan, m: re.Match[str]) -> Found | None:
    """The first of March."""
    if not _is_month(scan, m):
        return None
    year, how = _year_of(scan, m["y"], m["rel"])
    day = ORDINALS[m["o"].lower()]
    return one_day(scan, m.start(), m.end(), read_month(m["m"]), day, year, how)


def iso_day(scan: Scan, m: re.Match[str]) -> Found | None:
    """2025-03-18; 2025-03-18T15:00."""
    day = make_day(int(m["y"]), int(m["m"]), int(m["d"]))
    if day is None:
        return None
    found = Found.on(m, day, "ISO date", printed_year=True)
    if m["h"]:
        found.value, found.grain = f"{day.isoformat()}T{m['h']}", Grain.TIME
    return found


def numeric_day(scan: Scan, m: re.Match[str]) -> Found | None:
    """18.03.2025; 18/3/2025; unresolved where day and month could change places."""
    if NUMBER_BEFORE.search(scan.left(m.start(), 1)):
        return None
    a, b, year = int(m["a"]), int(m["b"]), int(m["y"])
    readings = {make_day(year, b, a)}
    if m["sep"] == "/":  # with dots the day comes first everywhere
        readings.add(make_day(year, a, b))
    days = [day for day in readings if day]
    if not days:
        return None
    if len(days) > 1:
        return Found.at(m, None, Grain.DAY, "day and month could change places")
    return Found.on(m, days[0], "numeric date", printed_year=True)


def nth_weekday_of_month(scan: Scan, m: re.Match[str]) -> Found | None:
    """The first Monday in May."""
    year, how = _year_or_nearest(scan, m)
    if year is None:
        return Found.at(m, None, Grain.DAY, how)
    day = nth_weekday(year, read_month(m["m"]), read_weekday(m["w"]), NTH[m["n"].lower()])
    return Found.on(m, day, "weekday of a month", printed_year=bool(m["y"]))


def edge_day(scan: Scan, m: re.Match[str]) -> Found | None:
    """The last day of March."""
    if not _is_month(scan, m):
        return None
    year, how = _year_or_nearest(scan, m)
    if year is None:
        return Found.at(m, None, Grain.DAY, how)
    first, last = month_bounds(year, read_month(m["m"]))
    day = first if m["e"].lower() == "first" else last
    return Found.on(m, day, "day of a month", printed_year=bool(m["y"]))


def day_of_month(scan: Scan, m: re.Match[str]) -> Found | None:
    """The 24th of this month."""
    if scan.anchor is None:
        return Found.at(m, None, Grain.DAY, NO_ANCHOR)
    shift = ("last", "this", "next").index(m["q"].lower()) - 1
    month = shift_months(scan.anchor.replace(day=1), shift)
    day = make_day(month.year, month.month, int(m["d"])) if month else None
    return Found.on(m, day, "day of a month", printed_year=False) if day else None


def _year_or_nearest(scan: Scan, m: re.Match[str]) -> tuple[int | None, str]:
    """The year told with a month, else the one that the clause asks for; and why there is none."""
    year, how = _year_of(scan, m["y"], m["rel"])
    if year is None and not how and scan.anchor is not None:
        direction = direction_of(scan, m.start(), m.end())
        year = nearest_month(scan.anchor, read_month(m["m"]), direction)
    return year, how or NO_ANCHOR


def _days(scan: Scan, m: re.Match[str], month: int, year: int | None, how: str) -> Found | None:
    """The day of `m`, or the days from the first to the second that it has."""
    numbers = [int(n[0]) for part in (m["d"], m["d2"]) if part and (n := DIGITS.match(part))]
    found = one_day(scan, m.start(), m.end(), month, numbers[0], year, how)
    if found is None or len(numbers) == 1 or numbers[1] <= numbers[0]:
        return found
    if "and" in m.re.groupindex and m["and"] and numbers[1] != numbers[0] + 1:
        found.end = m.end("d")
        return found
    found.grain, found.how = Grain.INTERVAL, DAY_RANGE
    if found.value:
        begin = date.fromisoformat(found.value)
        last = make_day(begin.year, month, numbers[1])
        if last is None:
            return None
        found.value = interval(begin, last)
    return found


def one_day(
    scan: Scan, start: int, end: int, month: int, day: int, year: int | None, how: str
) -> Found | None:
    """The day `month`/`day`, its year printed, or the one that the clause's tense asks for."""
    if make_day(year or 2024, month, day) is None:
        return None
    found = Found(
        start,
        end,
        None,
        Grain.DAY,
        how or "full date",
        year=year,
        month=month,
        day=day,
        printed_year=year is not None,
    )
    if year is not None:
        found.value = date(year, month, day).isoformat()
        return found
    if how:
        return found
    if scan.anchor is None:
        found.how = "day without a year, nothing to count from"
        return found
    found.direction = direction_of(scan, start, end)
    chosen = nearest_day(scan.anchor, month, day, found.direction)
    told = _told_year(scan, month, day, chosen, found.direction)
    if told is not None:
        found.value, found.how = told.isoformat(), "day, in the year told before it"
        return found
    found.value = chosen.isoformat() if chosen else None
    found.how = f"day, {DIRECTION_NAMES[found.direction]}"
    return found


DAY_RANGE: Final = "days from to"
STORY_DAYS: Final = 120
"""How far a tale of a past year goes on by days without a year ("On March 2, 2015, ... On
March 25, ...")."""


def _told_year(
    scan: Scan, month: int, day: int, chosen: date | None, direction: Direction
) -> date | None:
    """The day in the past year that the date before it printed, where the tale goes on in it."""
    if scan.anchor is None or direction is Direction.FUTURE:
        return None
    if chosen is not None and abs((scan.anchor - chosen).days) <= NEAR_DAYS * 2:
        return None
    for before in scan.recent:
        if before.printed_year and before.month and before.year and before.year < scan.anchor.year:
            told = make_day(before.year, month, day)
            first = make_day(before.year, before.month, before.day or 1)
            if told and first and 0 < (told - first).days <= STORY_DAYS:
                return told
            return None
    return None


def _year_of(scan: Scan, word: str | None, relative: str | None) -> tuple[int | None, str]:
    """The year printed or meant by "last year", and the rule's name."""
    if word:
        return int(word), ""
    if not relative:
        return None, ""
    relative = relative.lower()
    if relative in ("last", "this", "next"):
        if scan.anchor is None:
            return None, "no day to count from"
        return scan.anchor.year + ("last", "this", "next").index(relative) - 1, f"{relative} year"
    year = last_year(scan)
    if year is None:
        return None, "no year before it"
    return year + (relative == "the following"), "the year named before"


RULES: Final = (
    (("first", "last"), EDGE_DAY, edge_day),
    (("#",), DAY_OF_MONTH, day_of_month),
    (("first", "second", "third", "fourth", "last"), NTH_WEEKDAY, nth_weekday_of_month),
    (tuple(MONTHS), MONTH_FIRST, month_first),
    (("#4",), ISO_DAY, iso_day),
    (("#",), NUMERIC_DAY, numeric_day),
    (("#",), DAY_FIRST, day_first),
    (tuple(ORDINALS), ORDINAL_FIRST, ordinal_first),
)
