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
    rf"(?:{S}?,?{S}(?P<y>{YEAR}))?|,?{S}(?:of{S})?(?P<my>{YEAR})|{DASH}(?P<dy>{YEAR}))?{OTHER_YEAR}",
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
    r"(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)(?![\w/]|\.\d)"
)

NTH_WEEKDAY = re.compile(
    rf"(?P<n>first|second|third|fourth|last){S}(?P<w>{WEEKDAY}){S}(?:of|in){S}(?P<m>{MONTH})(?!\w)"
    rf"(?:,?{S}(?P<y>{YEAR}))?{OTHER_YEAR}",
    re.IGNORECASE,
)


def month_first(scan: Scan, m: re.Match[str]) -> Found | None:
    """March 5; Sept. 5, 2024; March 3-5; May 2024; May; May last year."""
    word = m["m"]
    if not scan.question and not word[0].isupper():
        return None
    month = read_month(word)
    year_word = m["y"] or m["my"] or m["dy"]
    year, how = _year_of(scan, year_word, m["rel"])
    end = m.end()
    if m["d"]:
        return _days(scan, m, month, int(re.match(r"\d+", m["d"])[0]), year, how, end)  # type: ignore[index]
    if word.lower().rstrip(".") in ("jan", "mar", "dec", "sep", "jun", "apr") and not year_word:
        return None
    if year is None and not m["rel"]:
        if word.endswith("."):
            return None
        end = m.start() + len(word)
        if not bare_month_is_date(scan, m.start(), end, word):
            return None
        return bare_month(scan, m.start(), end, month)
    if year is None:
        return Found(m.start(), end, None, Grain.MONTH, how, month=month)
    return Found(
        m.start(),
        end,
        month_value(year, month),
        Grain.MONTH,
        how or "month and year",
        year=year,
        month=month,
        printed_year=True,
    )


def day_first(scan: Scan, m: re.Match[str]) -> Found | None:
    """5 March; 5th of March 2024; 3-5 March."""
    if not scan.question and not m["m"][0].isupper():
        return None
    if re.search(r"[\d$\u00a3\u20ac][.,:/-]?$", scan.left(m.start(), 3)):
        return None
    year, how = _year_of(scan, m["y"], m["rel"])
    first = re.match(r"\d+", m["d"])
    end = m.end()
    if (
        m["m"].endswith(".")
        and not m["y"]
        and m["m"].rstrip(".").lower() in MONTHS
        and len(m["m"]) > 5
    ):
        end -= 1
    return _days(scan, m, read_month(m["m"]), int(first[0]) if first else 0, year, how, end)


def ordinal_first(scan: Scan, m: re.Match[str]) -> Found | None:
    """The first of March."""
    if not scan.question and not m["m"][0].isupper():
        return None
    year, how = _year_of(scan, m["y"], m["rel"])
    return one_day(
        scan, m.start(), m.end(), read_month(m["m"]), ORDINALS[m["o"].lower()], year, how
    )


def iso_day(scan: Scan, m: re.Match[str]) -> Found | None:
    """2025-03-18."""
    day = make_day(int(m["y"]), int(m["m"]), int(m["d"]))
    if day is None:
        return None
    value = day.isoformat() + (f"T{m['h']}" if m["h"] else "")
    return Found(
        m.start(),
        m.end(),
        value,
        Grain.TIME if m["h"] else Grain.DAY,
        "ISO date",
        year=day.year,
        month=day.month,
        day=day.day,
        printed_year=True,
    )


def numeric_day(scan: Scan, m: re.Match[str]) -> Found | None:
    """18.03.2025; 18/3/2025; unresolved where day and month could change places."""
    a, b, year = int(m["a"]), int(m["b"]), int(m["y"])
    if re.search(r"[\d./$-]$", scan.left(m.start(), 1)):
        return None
    readings = {d for d in (make_day(year, b, a), make_day(year, a, b)) if d}
    if m["sep"] == ".":
        readings = {d for d in (make_day(year, b, a),) if d}
    if not readings:
        return None
    if len(readings) > 1:
        return Found(m.start(), m.end(), None, Grain.DAY, "day and month could change places")
    day = readings.pop()
    return Found(
        m.start(),
        m.end(),
        day.isoformat(),
        Grain.DAY,
        "numeric date",
        year=day.year,
        month=day.month,
        day=day.day,
        printed_year=True,
    )


def nth_weekday_of_month(scan: Scan, m: re.Match[str]) -> Found | None:
    """The first Monday in May."""
    month = read_month(m["m"])
    year, how = _year_of(scan, m["y"], m["rel"])
    if year is None and not how and scan.anchor is not None:
        year = nearest_month(scan.anchor, month, scan.direction(m.start(), m.end()))
    if year is None:
        return Found(m.start(), m.end(), None, Grain.DAY, how or "no day to count from")
    nth = {"first": 1, "second": 2, "third": 3, "fourth": 4, "last": -1}[m["n"].lower()]
    day = nth_weekday(year, month, read_weekday(m["w"]), nth)
    return Found(
        m.start(),
        m.end(),
        day.isoformat(),
        Grain.DAY,
        "weekday of a month",
        year=day.year,
        month=month,
        day=day.day,
        printed_year=bool(m["y"]),
    )


def _days(
    scan: Scan, m: re.Match[str], month: int, day: int, year: int | None, how: str, end: int
) -> Found | None:
    start = m.start()
    second = re.match(r"\d+", m["d2"]) if m["d2"] else None
    first = one_day(scan, start, end, month, day, year, how)
    if first is None or not second:
        return first
    last_number = int(second[0])
    if last_number <= day:
        return first
    if m.re is MONTH_FIRST and m["and"] and last_number != day + 1:
        first.end = m.end("d")
        return first
    first.grain, first.how = Grain.INTERVAL, DAY_RANGE
    if first.value:
        begin = date.fromisoformat(first.value)
        last = make_day(begin.year, month, last_number)
        if last is None:
            return None
        first.value = interval(begin, last)
    return first


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


DAY_OF_MONTH = re.compile(
    rf"(?P<d>\d{{1,2}})(?:st|nd|rd|th){S}of{S}(?P<q>this|last|next){S}month\b", re.IGNORECASE
)


def day_of_month(scan: Scan, m: re.Match[str]) -> Found | None:
    """The 24th of this month."""
    if scan.anchor is None:
        return Found(m.start(), m.end(), None, Grain.DAY, "no day to count from")
    shift = ("last", "this", "next").index(m["q"].lower()) - 1
    month = shift_months(scan.anchor.replace(day=1), shift)
    day = make_day(month.year, month.month, int(m["d"])) if month else None
    if day is None:
        return None
    return Found(
        m.start(),
        m.end(),
        day.isoformat(),
        Grain.DAY,
        "day of a month",
        month=day.month,
        day=day.day,
    )


EDGE_DAY = re.compile(
    rf"(?P<e>first|last){S}day{S}of{S}(?P<m>{MONTH})(?!\w)(?:,?{S}(?P<y>{YEAR}))?{OTHER_YEAR}",
    re.IGNORECASE,
)


def edge_day(scan: Scan, m: re.Match[str]) -> Found | None:
    """The last day of March."""
    if not (scan.question or m["m"][0].isupper()):
        return None
    month = read_month(m["m"])
    year, how = _year_of(scan, m["y"], m["rel"])
    if year is None and not how and scan.anchor is not None:
        year = nearest_month(scan.anchor, month, direction_of(scan, m.start(), m.end()))
    if year is None:
        return Found(m.start(), m.end(), None, Grain.DAY, how or "no day to count from")
    day = month_bounds(year, month)[m["e"].lower() == "last"]
    return Found(
        m.start(),
        m.end(),
        day.isoformat(),
        Grain.DAY,
        "day of a month",
        month=month,
        day=day.day,
        year=year,
        printed_year=bool(m["y"]),
    )


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
