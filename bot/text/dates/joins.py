"""Neighbouring dates that are one: "Tuesday, May 13", "3 p.m. on Friday", "May to July"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from bot.model import Grain
from bot.text.dates.nearest import nearest_day, nearest_month
from bot.text.dates.scan import Found, Scan
from bot.text.dates.tense import Direction
from bot.text.dates.values import bounds, interval, make_day

BESIDE: Final = re.compile(r"(?:,? | the |, the )\Z")
ON: Final = re.compile(r",? (?:\(?[A-Z]{2,4}\)? |local time )?(?:on |,)?(?: ?\()?\Z")
UP_TO: Final = re.compile(
    r",? (?:to|through|until|till|thru) (?:the )?"
    r"(?:(?:beginning|start|end|middle) of (?:the )?|early |late |mid-)?\Z| ?[-\u2013] ?\Z"
)
GAP_CHARS: Final = 30
BEFORE_WEEKDAY: Final = (", ", " ", " (")
RANGE_OPENING: Final = re.compile(r"\b(from|between) (?:the )?\Z")
AND: Final = re.compile(r" and (?:the )?\Z")
MOVED: Final = re.compile(
    r"\b(?:mov|postpon|delay|push|shift|reschedul|brought|bring|advanc|chang|rose|fell|grew|"
    r"up|down|compared)\w*\b"
)
TIMES_AFTER: Final = re.compile(
    r" (?:at|around|about|(?:shortly|just) (?:after|before)|by|before|after|from|until) \Z"
)


def join(scan: Scan, found: list[Found]) -> list[Found]:
    """`found` of one sentence with neighbours joined where they make one date.

    What stands side by side is joined first, so that the ends of a range are whole.
    """
    for pair in (_beside, _range_of):
        out: list[Found] = []
        for item in found:
            while out and (joined := pair(scan, out[-1], item)) is not None:
                out.pop()
                item = joined
            if out:
                _share_year(scan, out[-1], item)
            out.append(item)
        found = out
    return found


LIST: Final = re.compile(r"(?:,|,? and|,? or) (?:the )?\Z|/\Z")


def _share_year(scan: Scan, a: Found, b: Found) -> None:
    """Gives `a` the year that is printed at the end of its list ("May and June of 2023")."""
    if not (b.printed_year and b.year and a.month and b.month) or a.printed_year or a.weekday:
        return
    if a.grain is b.grain and LIST.match(scan.text[a.end : b.start][:12]):
        a.printed_year = True
        a.year = b.year - (a.month > b.month)
        _set(a, a.year)


def _beside(scan: Scan, a: Found, b: Found) -> Found | None:
    """One date of two side by side: a weekday and its day, a clock time and its day."""
    gap = scan.text[a.end : b.start]
    if len(gap) > GAP_CHARS:
        return None
    if a.weekday is not None and a.grain is Grain.DAY and b.month and b.day and BESIDE.match(gap):
        return _weekday_and_day(scan, a, b)
    if b.weekday is not None and b.month is None and a.month and a.day and gap in BEFORE_WEEKDAY:
        return _weekday_and_day(scan, b, a, swap=True)
    if a.clock and b.grain is Grain.DAY and b.value and ON.match(gap):
        return Found(a.start, b.end, f"{b.value}T{a.clock}", Grain.TIME, f"clock time, {b.how}")
    if b.clock and a.grain is Grain.DAY and a.value:
        if gap not in (", ", " ") and not TIMES_AFTER.match(gap):
            return None
        return Found(a.start, b.end, f"{a.value}T{b.clock}", Grain.TIME, f"clock time, {a.how}")
    if a.weekday is not None and gap in (" of ", " ") and b.grain is Grain.WEEK:
        week = bounds(b.value)
        day = (week[0] + timedelta(days=a.weekday)).isoformat() if week else None
        return Found(a.start, b.end, day, Grain.DAY, "weekday of a week", weekday=a.weekday)
    return None


def _range_of(scan: Scan, a: Found, b: Found) -> Found | None:
    """The interval of two dates with "to" or a dash between them, or "and" after "between"."""
    gap = scan.text[a.end : b.start]
    if len(gap) > GAP_CHARS:
        return None
    left = scan.left(a.start, 60)
    opening = RANGE_OPENING.search(left)
    between = opening is not None and opening[1] == "between"
    if not (AND if between else UP_TO).match(gap):
        return None
    if gap == " to " and MOVED.search(left):
        return None
    if (" - " in gap or " \u2013 " in gap) and not (a.month and b.month):
        return None
    joined = _range(scan, a, b)
    if joined and opening:
        joined.start = a.start - (len(left) - opening.start())
    return joined


def _weekday_and_day(
    scan: Scan, weekday: Found, day: Found, *, swap: bool = False
) -> Found | None:
    """One date of a weekday and a day beside it; the weekday helps to choose the year."""
    start, end = (day.start, weekday.end) if swap else (weekday.start, day.end)
    value = day.value
    how = f"weekday and {day.how}"
    if not day.printed_year and scan.anchor and day.month and day.day:
        near = [
            d
            for y in range(scan.anchor.year - 3, scan.anchor.year + 4)
            if (d := make_day(y, day.month, day.day)) and d.weekday() == weekday.weekday
        ]
        if near and value and "/" not in value:
            best = min(near, key=lambda d: abs((d - (scan.anchor or d)).days))
            if abs((best - scan.anchor).days) < 200:
                value = best.isoformat()
    return Found(
        start,
        end,
        value,
        day.grain,
        how,
        year=day.year,
        month=day.month,
        day=day.day,
        printed_year=day.printed_year,
    )


def _range(scan: Scan, a: Found, b: Found) -> Found | None:
    """The interval from `a` to `b`, a missing year taken from the other end."""
    if a.clock or b.clock or a.grain is Grain.INTERVAL:
        return None
    whole = Found(
        a.start,
        b.end,
        None,
        Grain.INTERVAL,
        "from to",
        printed_year=a.printed_year or b.printed_year,
    )
    if a.weekday is not None and b.weekday is not None and not a.month and not b.month:
        if a.value and b.value:
            first = date.fromisoformat(a.value)
            whole.value = interval(first, first + timedelta(days=(b.weekday - a.weekday) % 7))
        return whole
    if a.month and b.month:
        _month_range(scan, a, b)
    elif a.grain is not b.grain and not (a.value and b.value):
        return None
    first_days, last_days = bounds(a.value), bounds(b.value)
    if first_days is None or last_days is None:
        return whole if a.grain is b.grain else None
    if last_days[1] < first_days[0]:
        return None
    whole.value = interval(first_days[0], last_days[1])
    return whole


def _month_range(scan: Scan, a: Found, b: Found) -> None:
    """Settles the years of two ends with months."""
    if a.year and b.year:
        return
    wraps = ((a.month or 0), (a.day or 0)) > ((b.month or 0), (b.day or 31))
    if b.year:
        _set(a, b.year - wraps)
    elif a.year:
        _set(b, a.year + wraps)
    elif scan.anchor and a.month and b.month:
        direction = a.direction if a.direction is not Direction.UNKNOWN else b.direction
        if b.day:
            near = nearest_day(scan.anchor, b.month, b.day, direction)
            year = near.year if near else scan.anchor.year
        else:
            year = nearest_month(scan.anchor, b.month, direction)
        _set(b, year)
        _set(a, year - wraps)


def _set(found: Found, year: int) -> None:
    if found.month is None:
        return
    if found.day:
        day = make_day(year, found.month, found.day)
        found.value = day.isoformat() if day else None
    else:
        found.value = f"{year:04d}-{found.month:02d}"
