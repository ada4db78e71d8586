"""Rules for counted time: "three days ago", "two weeks later", "for 30 days"."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from bot.model import Grain
from bot.text.dates.calendar_words import (
    NUMBER,
    SMALL_NUMBERS,
    TENS,
    UNIT,
    WEEKDAYS,
    S,
    read_number,
)
from bot.text.dates.nearest import (
    DAYS_OF,
    grained,
    last_day,
    last_year,
    length_from,
    shift,
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
)

COUNTED = re.compile(
    rf"(?P<n>{NUMBER})(?:{S}|-)(?P<half>and{S}a{S}half{S})?(?P<u>{UNIT})s?"
    rf"(?P<time>(?:'|\u2019){S}time|{S}time)?(?!\w|-)"
    rf"(?:{S}(?P<dir>ago|earlier|later|before|after|from{S}now|hence|from{S}today)\b)?",
    re.IGNORECASE,
)

ENDS_HERE: Final = re.compile(r"\s*(?:[.,;:!?)\u201d\"]|\Z)")
AGREEING: Final = re.compile(
    r"\b(?:agree(?:s|d|ing|ment)?|suspend\w*|halt\w*|paus\w+|cease-?fire|truce|extend\w*|freez\w+|"
    r"froze|stop\w*|ban(?:ned)?|barred|clos(?:e|ed|ing)|impos\w+|declar\w+|moratorium|lockdown|"
    r"curfew|blockade|postpon\w+|waive\w*|lift\w*|delay\w*)\b"
)
"""Words of an act that takes hold on its day: a length of time in its clause counts from there."""

JAIL: Final = re.compile(r"\b(?:jail|prison|sentenc|imprison|years? old|aged)\w*")

HEDGED: Final = re.compile(
    rf"\b(?:(?:more|longer|earlier){S}than|over|at{S}least|up{S}to|well{S}over)\s$"
)


GRAINS: Final = {
    "minute": Grain.TIME,
    "hour": Grain.TIME,
    "day": Grain.DAY,
    "week": Grain.WEEK,
    "fortnight": Grain.WEEK,
    "weekend": Grain.INTERVAL,
    "month": Grain.MONTH,
    "year": Grain.YEAR,
    "decade": Grain.YEAR,
    "century": Grain.YEAR,
}
"""How fine the day is that lies so many units away: "three years ago" is a year."""
PART_OF: Final = re.compile(r"\b(half|quarter of)\s\Z")
PART_YEARS: Final = {
    ("half", "century"): 50,
    ("half", "decade"): 5,
    ("quarter of", "century"): 25,
}
COUNTED_ON: Final = "counted from the date before it"


def counted(scan: Scan, m: re.Match[str]) -> Found | None:
    """Three days ago; two weeks later; within 24 hours; for 30 days; in ten days."""
    start, end = m.start(), m.end()
    number = read_number(m["n"])
    unit = m["u"].lower().replace("centurie", "century")
    direction = re.sub(r"\s+", " ", (m["dir"] or "").lower())
    left = scan.left(start, 40)
    if part := PART_OF.search(left):
        years = PART_YEARS.get((part[1], unit))
        if years is None or direction != "ago":
            return None
        return _ago(scan, start - len(part[0]), end, years, "year", hedged=False)
    if re.search(r"[\d$\u00a3\u20ac][.,:-]?$", left):
        return None
    if direction == "ago":
        return _ago(scan, start, end, number, unit, hedged=bool(HEDGED.search(left) or m["half"]))
    if direction in ("from now", "hence", "from today"):
        return _ahead(scan, start, end, number, unit)
    if direction in ("earlier", "later", "before", "after"):
        return _event(scan, m, number, unit, direction)
    if m["time"] and re.search(r"\bin\s$", left):
        return _ahead(scan, start - 3, end, number, unit)
    if m["dir"] or m["half"]:
        return None
    if within := re.search(r"\bwithin\s$", left):
        return _within(scan, start - len(within[0]), end, number, unit)
    single = m["n"].lower() in ("a", "an")
    if single and not ENDS_HERE.match(scan.right(end)):
        return None
    if re.search(r"\bin\s$", left) and unit not in ("minute", "hour"):
        if FIRST_IN.search(left) or AMOUNT_BEFORE.search(left):
            return None
        if scan.direction(start - 3, end) is Direction.FUTURE and scan.anchor:
            return _ahead(scan, start - 3, end, number, unit)
        return None
    if lasting := re.search(
        r"\b(?:for|of|lasting|lasts)\s(?:an additional |a further |another |up to |at least )?$",
        left,
    ):
        start -= len(lasting[0]) if lasting[0] == "for " else 0
        return _length(scan, start, end, number, unit)
    return None


def _ago(
    scan: Scan, start: int, end: int, number: int | None, unit: str, *, hedged: bool
) -> Found:
    """Three days ago; unresolved after "more than"."""
    if number is None or hedged:
        return Found(start, end, None, GRAINS[unit], "a number that is not told")
    return _anniversary(scan, start, end, number, unit) or _around(
        scan, start, end, -number, unit, f"{unit.replace('century', 'centurie')}s ago"
    )


ANNIVERSARY: Final = re.compile(
    rf"{S}(?:(?:on{S})?(?P<day>{'|'.join(WEEKDAYS)})|(?P<today>to(?:day|night))|this{S}(?P<month>month))\b",
    re.IGNORECASE,
)
YEARLY: Final = frozenset({"week", "month", "year", "decade", "century"})
NEAR_DAYS: Final = 3  # a weekday beside "ten years ago" is the one nearest to the anchor


def _anniversary(scan: Scan, start: int, end: int, number: int, unit: str) -> Found | None:
    """Ten years ago Sunday; 20 years ago today; a year ago this month: as far back, to the day."""
    match = ANNIVERSARY.match(scan.right(end)) if unit in YEARLY else None
    if match is None or scan.anchor is None:
        return None
    to = scan.anchor
    if match["day"]:
        away = (WEEKDAYS[match["day"].lower()] - to.weekday() + NEAR_DAYS) % 7 - NEAR_DAYS
        to += timedelta(days=away)
    day = shift(to, -number, unit)
    grain = Grain.MONTH if match["month"] else Grain.DAY
    if day is None:
        return None
    return Found(start, end + match.end(), grained(day, grain), grain, "an anniversary")


AMOUNT_BEFORE: Final = re.compile(r"\d|\b(?:million|billion|double|triple|half)\b")
"""An amount before "in seven years" makes it how long something takes."""
FIRST_IN: Final = re.compile(
    r"\b(?:times?|first|worst|best|only|most|least|once|twice|thrice|more|less|lows?|highs?|"
    r"\w+est)\b(?:\s\w+){0,4}?\sin\s$"
)
"""What makes "in ten years" a stretch that is over ("for the first time in ten years")."""


def _ahead(scan: Scan, start: int, end: int, number: int | None, unit: str) -> Found:
    """In three weeks; ten days from now."""
    if number is None:
        return Found(start, end, None, GRAINS[unit], "a number that is not told")
    return _around(scan, start, end, number, unit, f"{unit}s from now")


def _around(scan: Scan, start: int, end: int, number: int, unit: str, how: str) -> Found:
    """The day, week, month or year that lies `number` units from the anchor."""
    grain = GRAINS[unit]
    found = Found(start, end, None, grain, how)
    if scan.anchor is None or unit in ("minute", "hour"):
        found.how = "no day to count from" if scan.anchor is None else "hours without a clock time"
        return found
    day = shift(scan.anchor, number, unit)
    if day is None:
        return found
    found.value = grained(day, grain)
    return found


def _event(
    scan: Scan, m: re.Match[str], number: int | None, unit: str, direction: str
) -> Found | None:
    """Three days later: from the day named before it."""
    start, end = m.start(), m.end()
    after = scan.right(end)
    if re.match(rf"{S}than\b", after) or (
        direction in ("before", "after") and re.match(rf"{S}\w", after)
    ):
        return None
    if (
        direction in ("before", "after")
        and not re.search(r"\bthe\s$", scan.left(start, 5))
        and unit != "day"
    ):
        return None
    none = Found(start, end, None, GRAINS[unit], "no date before it to count from")
    if number is None or unit in ("minute", "hour"):
        return none
    sign = -1 if direction in ("earlier", "before") else 1
    if unit in ("year", "decade") and (year := last_year(scan)) is not None:
        moved = year + sign * number * (10 if unit == "decade" else 1)
        if not 1 <= moved <= 9999:
            return none
        return Found(start, end, f"{moved:04d}", Grain.YEAR, COUNTED_ON, year=moved)
    day = last_day(scan)
    if day is None:
        return none
    moved_day = shift(day, sign * number, unit)
    if moved_day is None:
        return none
    grain = Grain.DAY if unit in DAYS_OF else GRAINS[unit]
    return Found(start, end, grained(moved_day, grain), grain, COUNTED_ON)


def _within(scan: Scan, start: int, end: int, number: int | None, unit: str) -> Found:
    """Within 24 hours: from the day that the sentence names before it, else unresolved."""
    found = Found(start, end, None, Grain.INTERVAL, "a deadline, its first day not told")
    day = last_day(scan, sentence_only=True)
    if number is None or day is None or re.match(rf"{S}(?:of|after){S}", scan.right(end)):
        return found
    if unit == "hour":
        if number % 24:
            return found
        number, unit = number // 24, "day"
    last = shift(day, number, unit)
    if last:
        found.value, found.how = interval(day, last), "a deadline, from the day before it"
    return found


EVENT_DAYS: Final = 7
"""A day named earlier is the event's own while the article still is its news."""
DONE_LENGTH: Final = re.compile(
    r"\b(?:has|have|had)\s(?:\w+\s)?been\b|\blast(?:s|ed|ing)?\s\Z|"
    r"\b(?:was|were|is|are|remains?|remained|stayed|stays?)\s(?:[\w-]+\s){0,3}?\Z"
)
"""A state that lasts ("has been closed for three weeks"): it tells no first day."""


def _length(scan: Scan, start: int, end: int, number: int | None, unit: str) -> Found | None:
    """For 30 days: from the day of the act that the sentence tells of."""
    if number is None or unit in ("minute", "hour", "century", "weekend"):
        return None
    clause = scan.left(start, 200)
    if not AGREEING.search(clause) or JAIL.search(clause):
        return None
    day = last_day(scan, sentence_only=True)
    how = "a length, from the day before it"
    if day is None and (DONE_LENGTH.search(clause) or scan.found):
        return None
    if day is None:
        day = scan.anchor
        if scan.earlier_day and day and 0 <= (day - scan.earlier_day).days <= EVENT_DAYS:
            day = scan.earlier_day
        how = "a length, from the day of the event"
    if day is None:
        return Found(start, end, None, Grain.INTERVAL, "a length, its first day not told")
    span = length_from(day, number, unit)
    return Found(start, end, interval(*span) if span else None, Grain.INTERVAL, how)


RULES: Final = ((("#", "a", "an", "several", "few", *SMALL_NUMBERS, *TENS), COUNTED, counted),)
