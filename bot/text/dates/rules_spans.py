"""Rules for "last week", "next Tuesday", "that day", "the past three months"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from bot.model import Grain
from bot.text.dates.calendar_words import (
    MONTH,
    NUMBER,
    PART_OF_DAY,
    SEASON,
    UNIT,
    WEEKDAY,
    S,
    read_month,
    read_number,
    read_weekday,
)
from bot.text.dates.nearest import (
    last_day,
    last_year,
    length_from,
    season_days,
    weekend_of,
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
    month_bounds,
    month_value,
    shift_days,
    shift_months,
    week_bounds,
)

OPENERS: Final = "last next this past previous coming following preceding that same".split()

PERIOD = re.compile(
    rf"(?P<q>this{S}past|this{S}coming|{'|'.join(OPENERS)}){S}"
    rf"(?:(?P<n>{NUMBER}){S}(?P<units>{UNIT}s)|(?P<w>{WEEKDAY})(?:{S}{PART_OF_DAY})?"
    rf"|(?P<m>{MONTH})|(?P<s>{SEASON})|(?P<u>day|week|month|year|quarter|decade"
    r"|century|weekend|night|morning|afternoon|evening))(?!\w)",
    re.IGNORECASE,
)

TO_LAST: Final = re.compile(r"\b(?:to|will|would|could|may|might|can|should|not|'ll)\s$")
"""What makes "last" a verb ("expected to last three months")."""

POSSESSOR: Final = re.compile(
    r"\b(?:his|its|their|my|our|your|whose|(?:in|of|during|for|at|on|since|from|to|by)\sher)\s$"
)
"""An owner: "his last year in office" is not the year before."""


def period(scan: Scan, m: re.Match[str]) -> Found | None:
    """Last week; next Tuesday; this summer; the past three months; that day."""
    q = re.sub(r"\s+", " ", m["q"].lower())
    start, end, left = m.start(), m.end(), scan.left(m.start(), 30)
    if m["u"] and m["u"][0].isupper() and m["q"][0].isupper() and not scan.question:
        return None
    if q == "last" and m["n"] and TO_LAST.search(left):
        return None
    if q in ("last", "next") and POSSESSOR.search(left):
        return None
    if (
        q == "last"
        and m["u"]
        and m["u"].lower() in ("week", "month", "year", "decade")
        and re.search(r"\b(?:in|over|during|for|within|throughout|of)\sthe\s$", left)
    ):
        q = "past"
    if q in ("that", "same", "following", "previous", "preceding") or (
        q == "next" and m["u"] and re.search(r"\bthe\s$", left)
    ):
        return _from_before(scan, m, q)
    if q in ("past", "coming") and not re.search(r"\b(?:the|this|these)\s$", left):
        return None
    if re.match(rf"-|{S}of{S}(?!last|this|next|\d)", scan.right(end)):
        return None
    anchor = scan.anchor
    if m["n"]:
        return _window(scan, m, q)
    if m["u"] and m["u"].lower() == "day":
        return None
    if m["s"] and not (scan.question or m["s"].islower()):
        return None
    if m["m"] and not (scan.question or m["m"][0].isupper()):
        return None
    if m["w"] and not (scan.question or m["w"][0].isupper()):
        return None
    if anchor is None:
        return Found(start, end, None, Grain.INTERVAL, "no day to count from")
    sign = {"last": -1, "past": -1, "this past": -1, "next": 1, "coming": 1, "this coming": 1}.get(
        q, 0
    )
    how = f"{q} {(m['u'] or ('weekday' if m['w'] else 'month' if m['m'] else 'season')).lower()}"
    if m["w"]:
        return _that_weekday(start, end, anchor, read_weekday(m["w"]), sign, how, scan)
    if m["m"]:
        return _that_month(start, end, anchor, read_month(m["m"]), sign, how)
    if m["s"]:
        return _that_season(scan, start, end, anchor, m["s"].lower(), sign, how)
    unit = m["u"].lower()
    if unit == "weekend" and q == "this" and anchor.weekday() < SATURDAY:
        sign = -1 if scan.direction(start, end) is Direction.PAST else 0
    if q in ("past", "this past") and unit in ("week", "month", "year", "decade"):
        return _window_of(scan, start, end, -1, 1, unit)
    return _that_unit(start, end, anchor, unit, sign, how)


SATURDAY: Final = 5


def _that_weekday(
    start: int, end: int, anchor: date, number: int, sign: int, how: str, scan: Scan
) -> Found:
    back = (anchor.weekday() - number) % 7
    ahead = (number - anchor.weekday()) % 7
    if sign < 0:
        shift = -(back or 7)
    elif sign > 0:
        shift = ahead or 7
    else:
        monday, _ = week_bounds(anchor)
        shift = (monday - anchor).days + number
        if shift < 0 and scan.direction(start, end) is Direction.FUTURE:
            shift += 7
    day = shift_days(anchor, shift)
    return Found(start, end, day.isoformat() if day else None, Grain.DAY, how, weekday=number)


def _that_month(start: int, end: int, anchor: date, month: int, sign: int, how: str) -> Found:
    year = anchor.year
    if sign < 0 and month >= anchor.month:
        year -= 1
    elif sign > 0 and month <= anchor.month:
        year += 1
    return Found(start, end, month_value(year, month), Grain.MONTH, how, month=month, year=year)


def _that_season(
    scan: Scan, start: int, end: int, anchor: date, season: str, sign: int, how: str
) -> Found | None:
    days = [season_days(season, y) for y in range(anchor.year - 2, anchor.year + 3)]
    if sign < 0:
        chosen = max(d for d in days if d[1] < anchor)
    elif sign > 0:
        chosen = min(d for d in days if d[0] > anchor)
    else:
        chosen = min(
            days,
            key=lambda d: (
                0 if d[0] <= anchor <= d[1] else 1,
                abs((d[0] - anchor).days) if d[0] > anchor else abs((anchor - d[1]).days),
            ),
        )
        same = [d for d in days if d[0].year == anchor.year]
        if same and same[0][0] > anchor and scan.direction(start, end) is Direction.PAST:
            same = [max(d for d in days if d[1] < anchor)]
        if season != "winter" and same:
            chosen = same[0]
        elif season == "winter" and not chosen[0] <= anchor <= chosen[1]:
            if scan.direction(start, end) is Direction.PAST:
                chosen = max(d for d in days if d[1] < anchor)
            else:
                chosen = min(d for d in days if d[0] > anchor)
    return Found(start, end, interval(*chosen), Grain.SEASON, how)


def _that_unit(start: int, end: int, anchor: date, unit: str, sign: int, how: str) -> Found | None:
    if unit in ("night", "morning", "afternoon", "evening"):
        if sign > 0 or (sign < 0 and unit != "night"):
            return None
        day = shift_days(anchor, sign)
        return Found(start, end, day.isoformat() if day else None, Grain.DAY, how)
    if unit == "year":
        return Found(
            start, end, f"{anchor.year + sign:04d}", Grain.YEAR, how, year=anchor.year + sign
        )
    if unit == "month":
        moved = shift_months(anchor.replace(day=1), sign)
        if moved is None:
            return None
        return Found(start, end, month_value(moved.year, moved.month), Grain.MONTH, how)
    if unit == "week":
        monday, sunday = week_bounds(anchor + timedelta(days=7 * sign))
        return Found(start, end, interval(monday, sunday), Grain.WEEK, how)
    if unit == "weekend":
        saturday = weekend_of(anchor, sign)
        return Found(
            start, end, interval(saturday, saturday + timedelta(days=1)), Grain.INTERVAL, how
        )
    if unit == "quarter":
        first = shift_months(
            anchor.replace(month=(anchor.month - 1) // 3 * 3 + 1, day=1), 3 * sign
        )
        last = shift_months(first, 2) if first else None
        if first is None or last is None:
            return None
        return Found(
            start, end, interval(first, month_bounds(last.year, last.month)[1]), Grain.QUARTER, how
        )
    if unit in ("decade", "century"):
        if sign < 0 and unit == "decade":
            return None
        length = 10 if unit == "decade" else 100
        offset = 0 if unit == "decade" else 1
        first_year = (anchor.year - offset) // length * length + offset + sign * length
        return Found(
            start,
            end,
            interval(date(first_year, 1, 1), date(first_year + length - 1, 12, 31)),
            Grain.DECADE if unit == "decade" else Grain.CENTURY,
            how,
        )
    return None


def _from_before(scan: Scan, m: re.Match[str], q: str) -> Found | None:
    """That day; the same week; the following Monday: counted from the date named before it."""
    start, end = m.start(), m.end()
    left = scan.left(start, 8)
    unit = (m["u"] or "").lower()
    if q != "that" and not re.search(r"\bthe\s$", left):
        return None
    if q == "next" and unit in ("", "weekend"):
        return None
    if m["n"] or m["m"] or m["s"] or unit in ("century", "quarter", "decade"):
        return None
    grain = (
        Grain.DAY
        if unit in ("day", "night", "morning", "afternoon", "evening", "")
        else Grain.INTERVAL
    )
    none = Found(start, end, None, grain, "no date before it to count from")
    if unit == "year":
        year = last_year(scan)
        if year is None:
            return none
        year += {"following": 1, "next": 1, "previous": -1, "preceding": -1}.get(q, 0)
        return Found(start, end, f"{year:04d}", Grain.YEAR, "the year named before", year=year)
    day = last_day(scan)
    if day is None:
        return none
    sign = {"following": 1, "next": 1, "previous": -1, "preceding": -1}.get(q, 0)
    if m["w"]:
        return _that_weekday(
            start,
            end,
            day,
            read_weekday(m["w"]),
            sign or 1,
            "weekday after the day before it",
            scan,
        )
    if unit in ("day", "night", "morning", "afternoon", "evening"):
        moved = shift_days(day, sign)
        return Found(
            start,
            end,
            moved.isoformat() if moved else None,
            Grain.DAY,
            "counted from the date before it",
        )
    return _that_unit(start, end, day, unit, sign, "counted from the date before it")


def _window(scan: Scan, m: re.Match[str], q: str) -> Found | None:
    """The past three weeks; the next five days."""
    number = read_number(m["n"])
    unit = m["units"].lower().removesuffix("s")
    unit = "century" if unit == "centurie" else unit
    sign = 1 if q in ("next", "coming", "this coming") else -1
    if q == "this":
        return None
    if number is None:
        return Found(m.start(), m.end(), None, Grain.INTERVAL, "a number that is not told")
    return _window_of(scan, m.start(), m.end(), sign, number, unit)


def _window_of(
    scan: Scan, start: int, end: int, sign: int, number: int, unit: str
) -> Found | None:
    how = "the days up to now" if sign < 0 else "the days from now"
    if scan.anchor is None:
        return Found(start, end, None, Grain.INTERVAL, "no day to count from")
    if unit in ("minute", "hour"):
        if unit == "hour" and number % 24 == 0 and number:
            other = shift_days(scan.anchor, sign * number // 24)
            if other:
                return Found(
                    start, end, interval(*sorted((scan.anchor, other))), Grain.INTERVAL, how
                )
        return Found(start, end, None, Grain.INTERVAL, "hours without a clock time")
    if unit == "weekend":
        return None
    span = length_from(scan.anchor, number, unit, sign)
    if span is None:
        return None
    return Found(start, end, interval(*span), Grain.INTERVAL, how)


STRETCH_END = re.compile(
    rf"(?P<e>end|start|beginning|close|turn|middle){S}of{S}the{S}"
    r"(?P<u>year|month|week|decade|century)(?!\w)",
    re.IGNORECASE,
)


def stretch_end(scan: Scan, m: re.Match[str]) -> Found | None:
    """The end of the year: this one, where the clause does not look back at its end."""
    if not re.search(r"\bthe\s$", scan.left(m.start(), 5)):
        return None
    start, end = m.start() - 4, m.end()
    unit, which = m["u"].lower(), m["e"].lower()
    grain = {"year": Grain.YEAR, "month": Grain.MONTH, "week": Grain.WEEK}.get(
        unit, Grain.INTERVAL
    )
    direction = scan.direction(start, end)
    if direction is Direction.PAST:
        year = last_year(scan)
        if unit == "year" and year is not None and scan.anchor and year < scan.anchor.year:
            return Found(start, end, f"{year:04d}", Grain.YEAR, "the year named before")
        if which in ("end", "close", "turn"):
            return Found(start, end, None, grain, "an end that is past, its year not told")
    if which == "turn" or scan.anchor is None:
        return Found(start, end, None, grain, "no day to count from")
    return _that_unit(start, end, scan.anchor, unit, 0, f"the {unit} of publication")


YEAR_END = re.compile(rf"year(?:-end\b|['\u2019]s{S}end\b)", re.IGNORECASE)


def year_end(scan: Scan, m: re.Match[str]) -> Found | None:
    """By year-end."""
    if not re.search(r"\b(?:by|at|before|until|till)\s$", scan.left(m.start(), 8)):
        return None
    if scan.anchor is None or scan.direction(m.start(), m.end()) is Direction.PAST:
        return Found(
            m.start(), m.end(), None, Grain.YEAR, "an end that is past, its year not told"
        )
    return _that_unit(m.start(), m.end(), scan.anchor, "year", 0, "the year of publication")


RULES: Final = (
    (("year",), YEAR_END, year_end),
    (("end", "start", "beginning", "close", "turn", "middle"), STRETCH_END, stretch_end),
    (tuple(OPENERS), PERIOD, period),
)
