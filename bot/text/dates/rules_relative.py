"""Rules for dates that count from another day: weekdays, "last week", "three days later"."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from bot.model import Grain
from bot.text.dates.calendar_words import (
    MONTH,
    NUMBER,
    PART_OF_DAY,
    S,
    SEASON,
    SEASONS,
    SMALL_NUMBERS,
    TENS,
    UNIT,
    WEEKDAY,
    WEEKDAYS,
    read_month,
    read_number,
    read_weekday,
)
from bot.text.dates.rules_calendar import last_year
from bot.text.dates.scan import Found, Scan
from bot.text.dates.tense import Direction
from bot.text.dates.traps import (
    HABIT_BEFORE,
    TODAY_NAME,
    TODAY_PROGRAMME,
    VAGUE_TODAY,
    WEEKDAY_NAME_AFTER,
    WEEKDAY_NAME_BEFORE,
)
from bot.text.dates.values import (
    interval,
    month_bounds,
    month_value,
    shift_days,
    shift_months,
    week_bounds,
)

WEEKDAY_RULE = re.compile(rf"(?P<w>{WEEKDAY})(?!\w)(?:{S}(?P<part>{PART_OF_DAY})\b)?", re.IGNORECASE)
NEAR_DAY = re.compile(rf"(?P<d>today|yesterday|tomorrow|tonight)(?!\w|-)(?:{S}(?P<part>{PART_OF_DAY})\b)?", re.IGNORECASE)
PERIOD = re.compile(
    rf"(?P<q>this{S}past|this{S}coming|last|next|this|past|previous|coming|following|preceding|the{S}same|that|same){S}"
    rf"(?:(?P<n>{NUMBER}){S}(?P<units>{UNIT}s)|(?P<w>{WEEKDAY})(?:{S}{PART_OF_DAY})?|(?P<m>{MONTH})|(?P<s>{SEASON})"
    rf"|(?P<u>day|week|month|year|quarter|decade|century|weekend|night|morning|afternoon|evening))(?!\w)",
    re.IGNORECASE,
)
COUNTED = re.compile(
    rf"(?P<n>{NUMBER})(?:{S}|-)(?P<half>and{S}a{S}half{S})?(?P<u>{UNIT})s?(?P<time>(?:'|\u2019){S}time|{S}time)?(?!\w|-)"
    rf"(?:{S}(?P<dir>ago|earlier|later|before|after|from{S}now|hence|from{S}today)\b)?",
    re.IGNORECASE,
)
AGREEING: Final = re.compile(
    r"\b(?:agree|agrees|agreed|agreeing|agreement|suspend\w*|halt\w*|paus\w+|cease-?fire|truce|extend\w*|freez\w+|froze|stop\w*|"
    r"ban(?:ned)?|barred|clos(?:e|ed|ing)|impos\w+|declar\w+|moratorium|lockdown|curfew|blockade|postpon\w+|waive\w*|"
    r"lift\w*|delay\w*)\b"
)
"""Words of an act that takes hold on its day: a length of time in its clause counts from there."""
JAIL: Final = re.compile(r"\b(?:jail|prison|sentenc|imprison|years? old|aged)\w*")
HEDGED: Final = re.compile(
    rf"\b(?:nearly|almost|(?:more|less|fewer|longer){S}than|over|at{S}least|under|up{S}to|just{S}over|just{S}under)\s$"
)


def weekday(scan: Scan, m: re.Match[str]) -> Found | None:
    """Tuesday; Tuesday evening, by the clause's tense, the day of publication included."""
    word = m["w"]
    if not scan.question and not word[0].isupper():
        return None
    left, right = scan.left(m.start(), 24), scan.right(m.end(), 24)
    before = re.search(r"([\w']+)[\s-]$", left)
    after = re.match(rf"{S}([A-Z][a-z]+)(?:{S}([A-Z][a-z]+))?", right)
    if before and before[1] in WEEKDAY_NAME_BEFORE:
        return None
    if HABIT_BEFORE.search(left) or right[:1] == "s":
        return None
    if after and after[1].lower() in WEEKDAY_NAME_AFTER and not (after[1] == "Night" and not after[2]):
        return None
    if re.match(r"\s(?:Night|Morning)\s[A-Z]|-[a-z]", right):
        return None
    found = weekday_near(scan, m.start(), m.end(), read_weekday(word))
    if m["part"] and re.match(r"\s(?:Live|Football|Fever|Lights|Massacre|Magazine)", right):
        return None
    return found


def weekday_near(scan: Scan, start: int, end: int, number: int) -> Found:
    """The weekday that the tense asks for."""
    found = Found(start, end, None, Grain.DAY, "weekday, nothing to count from", weekday=number)
    if scan.anchor is None:
        return found
    found.direction = scan.direction(start, end)
    if found.direction is Direction.UNKNOWN and re.search(
        r"\b(?:ahead of|by|until|till|starting|beginning|from|before)\s$", scan.left(start, 14)
    ):
        found.direction = Direction.FUTURE
    back = (scan.anchor.weekday() - number) % 7
    ahead = (number - scan.anchor.weekday()) % 7
    day = shift_days(scan.anchor, ahead if found.direction is Direction.FUTURE else -back)
    found.value = day.isoformat() if day else None
    found.how = "weekday, the next one" if found.direction is Direction.FUTURE else "weekday, the last one"
    return found


def near_day(scan: Scan, m: re.Match[str]) -> Found | None:
    """Today, yesterday, tomorrow, tonight."""
    word = m["d"].lower()
    left, right = scan.left(m.start(), 24), scan.right(m.end(), 24)
    if word == "today" and not scan.question and (
        TODAY_NAME.search(left) or TODAY_PROGRAMME.match(right) or VAGUE_TODAY.match(right.lower())
    ):
        return None
    start, shift = m.start(), {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    if left.endswith("the day before ") and word == "yesterday":
        start, shift = start - len("the day before "), -2
    elif left.endswith("the day after ") and word == "tomorrow":
        start, shift = start - len("the day after "), 2
    if scan.anchor is None:
        return Found(start, m.end(), None, Grain.DAY, "no day to count from")
    day = shift_days(scan.anchor, shift)
    return Found(start, m.end(), day.isoformat() if day else None, Grain.DAY, m["d"].lower())


def period(scan: Scan, m: re.Match[str]) -> Found | None:
    """Last week; next Tuesday; this summer; the past three months; that day."""
    q = re.sub(r"\s+", " ", m["q"].lower())
    start, end, left = m.start(), m.end(), scan.left(m.start(), 30)
    if q in ("that", "same", "the same", "following", "previous", "preceding") or (
        m["u"] and m["u"].lower() == "day" and q in ("next", "past")
    ):
        return _from_before(scan, m, q)
    if (q in ("past", "coming") and not re.search(r"\b(?:the|this|these)\s$", left)) or re.match(
        rf"-|{S}(?:of|in){S}(?!last|this|next|\d)", scan.right(end)
    ):
        if not re.match(rf"{S}in{S}", scan.right(end)):
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
    sign = {"last": -1, "past": -1, "this past": -1, "next": 1, "coming": 1, "this coming": 1}.get(q, 0)
    how = f"{q} {(m['u'] or ('weekday' if m['w'] else 'month' if m['m'] else 'season')).lower()}"
    if m["w"]:
        return _that_weekday(start, end, anchor, read_weekday(m["w"]), sign, how, scan)
    if m["m"]:
        return _that_month(start, end, anchor, read_month(m["m"]), sign, how)
    if m["s"]:
        return _that_season(scan, start, end, anchor, m["s"].lower(), sign, how)
    unit = m["u"].lower()
    if q in ("past", "this past") and unit in ("week", "month", "year", "decade"):
        return _window_of(scan, start, end, -1, 1, unit)
    return _that_unit(start, end, anchor, unit, sign, how)


def _that_weekday(start: int, end: int, anchor: date, number: int, sign: int, how: str, scan: Scan) -> Found:
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


def season_days(season: str, year: int) -> tuple[date, date]:
    """First and last day of the season that begins in `year`."""
    month = SEASONS[season]
    first = date(year, month, 1)
    last = shift_months(first, 2) or first
    return first, month_bounds(last.year, last.month)[1]


def _that_season(scan: Scan, start: int, end: int, anchor: date, season: str, sign: int, how: str) -> Found | None:
    days = [season_days(season, y) for y in range(anchor.year - 2, anchor.year + 3)]
    if sign < 0:
        chosen = max(d for d in days if d[1] < anchor)
    elif sign > 0:
        chosen = min(d for d in days if d[0] > anchor)
    else:
        chosen = min(days, key=lambda d: (0 if d[0] <= anchor <= d[1] else 1, abs((d[0] - anchor).days)
                                          if d[0] > anchor else abs((anchor - d[1]).days)))
        same = [d for d in days if d[0].year == anchor.year]
        if season != "winter" and same:
            chosen = same[0]
    return Found(start, end, interval(*chosen), Grain.SEASON, how)


def _that_unit(start: int, end: int, anchor: date, unit: str, sign: int, how: str) -> Found | None:
    if unit in ("night", "morning", "afternoon", "evening"):
        if sign > 0 or (sign < 0 and unit != "night"):
            return None
        day = shift_days(anchor, sign)
        return Found(start, end, day.isoformat() if day else None, Grain.DAY, how)
    if unit == "year":
        return Found(start, end, f"{anchor.year + sign:04d}", Grain.YEAR, how, year=anchor.year + sign)
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
        return Found(start, end, interval(saturday, saturday + timedelta(days=1)), Grain.INTERVAL, how)
    if unit == "quarter":
        first = shift_months(anchor.replace(month=(anchor.month - 1) // 3 * 3 + 1, day=1), 3 * sign)
        last = shift_months(first, 2) if first else None
        if first is None or last is None:
            return None
        return Found(start, end, interval(first, month_bounds(last.year, last.month)[1]), Grain.QUARTER, how)
    if unit in ("decade", "century"):
        if sign < 0 and unit == "decade":
            return None
        length = 10 if unit == "decade" else 100
        offset = 0 if unit == "decade" else 1
        first_year = (anchor.year - offset) // length * length + offset + sign * length
        return Found(start, end, interval(date(first_year, 1, 1), date(first_year + length - 1, 12, 31)),
                     Grain.DECADE if unit == "decade" else Grain.CENTURY, how)
    return None


def weekend_of(anchor: date, sign: int) -> date:
    """The Saturday of the last, this or the next weekend."""
    monday, _ = week_bounds(anchor)
    saturday = monday + timedelta(days=5)
    if sign < 0:
        return saturday - timedelta(days=7)
    if sign > 0:
        return saturday + timedelta(days=7)
    return saturday


def _from_before(scan: Scan, m: re.Match[str], q: str) -> Found | None:
    """That day; the same week; the following Monday: counted from the date named before it."""
    start, end = m.start(), m.end()
    left = scan.left(start, 8)
    unit = (m["u"] or "").lower()
    if q in ("that", "same") and not re.search(r"\bthe\s$", left) and q == "same":
        return None
    if q in ("following", "previous", "preceding", "next") and not re.search(r"\bthe\s$", left):
        return None
    if q == "past":
        return None
    if m["n"] or m["m"] or m["s"] or unit in ("century", "quarter", "decade"):
        return None
    if q == "that" and unit in ("", "week", "month", "year", "weekend") and re.match(rf"{S}[a-z]+s?\b(?<!was)(?<!were)", "") :
        return None
    grain = Grain.DAY if unit in ("day", "night", "morning", "afternoon", "evening", "") else Grain.INTERVAL
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
        return _that_weekday(start, end, day, read_weekday(m["w"]), sign or 1, "weekday after the day before it", scan)
    if unit in ("day", "night", "morning", "afternoon", "evening"):
        moved = shift_days(day, sign)
        return Found(start, end, moved.isoformat() if moved else None, Grain.DAY, "counted from the date before it")
    found = _that_unit(start, end, day, unit, sign, "counted from the date before it")
    return found


def last_day(scan: Scan) -> date | None:
    """The last whole day named before, in this sentence or the one before it."""
    for found in reversed(scan.before + scan.found):
        if found.value and found.grain in (Grain.DAY, Grain.TIME) and found.value[:1].isdigit():
            return date.fromisoformat(found.value[:10])
    return None


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


def _window_of(scan: Scan, start: int, end: int, sign: int, number: int, unit: str) -> Found | None:
    how = "the days up to now" if sign < 0 else "the days from now"
    if scan.anchor is None:
        return Found(start, end, None, Grain.INTERVAL, "no day to count from")
    if unit in ("minute", "hour"):
        if unit == "hour" and number % 24 == 0 and number:
            other = shift_days(scan.anchor, sign * number // 24)
            if other:
                return Found(start, end, interval(*sorted((scan.anchor, other))), Grain.INTERVAL, how)
        return Found(start, end, None, Grain.INTERVAL, "hours without a clock time")
    if unit == "weekend":
        return None
    span = length_from(scan.anchor, number, unit, sign)
    if span is None:
        return None
    return Found(start, end, interval(*span), Grain.INTERVAL, how)


def length_from(day: date, number: int, unit: str, sign: int = 1) -> tuple[date, date] | None:
    """The `number` units that begin with `day` (or end with it), both ends included."""
    other = shift(day, number * sign, unit)
    if other is None:
        return None
    other = shift_days(other, -sign)
    if other is None:
        return None
    return (day, other) if sign > 0 else (other, day)


def shift(day: date, number: int, unit: str) -> date | None:
    """`day` moved by `number` days, weeks, months, years, decades or centuries."""
    if unit in ("day", "week"):
        return shift_days(day, number * (7 if unit == "week" else 1))
    months = {"month": 1, "year": 12, "decade": 120, "century": 1200}.get(unit)
    return shift_months(day, number * months) if months else None


def counted(scan: Scan, m: re.Match[str]) -> Found | None:
    """Three days ago; two weeks later; within 24 hours; for 30 days; in ten days."""
    start, end = m.start(), m.end()
    number = read_number(m["n"])
    unit = re.sub("centurie$", "century", m["u"].lower())
    direction = re.sub(r"\s+", " ", (m["dir"] or "").lower())
    left = scan.left(start, 40)
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
    if re.search(r"\bin\s$", left) and m["n"].lower() not in ("a", "an") and unit != "minute":
        if scan.direction(start - 3, end) is Direction.FUTURE and scan.anchor:
            return _ahead(scan, start - 3, end, number, unit)
        return None
    if lasting := re.search(r"\b(?:for|of|lasting|lasts)\s(?:an additional |a further |another |up to |at least )?$", left):
        return _length(scan, start - len(lasting[0]) if lasting[0].strip() == "for" else start, end, number, unit)
    return None


def _ago(scan: Scan, start: int, end: int, number: int | None, unit: str, *, hedged: bool) -> Found:
    grain = {"day": Grain.DAY, "week": Grain.WEEK, "month": Grain.MONTH, "year": Grain.YEAR, "decade": Grain.YEAR}.get(
        unit, Grain.TIME)
    if number is None or hedged:
        return Found(start, end, None, grain, "a number that is not told")
    return _around(scan, start, end, -number, unit, grain, f"{unit}s ago")


def _ahead(scan: Scan, start: int, end: int, number: int | None, unit: str) -> Found:
    grain = {"day": Grain.DAY, "week": Grain.WEEK, "month": Grain.MONTH, "year": Grain.YEAR, "decade": Grain.YEAR}.get(
        unit, Grain.TIME)
    if number is None:
        return Found(start, end, None, grain, "a number that is not told")
    return _around(scan, start, end, number, unit, grain, f"{unit}s from now")


def _around(scan: Scan, start: int, end: int, number: int, unit: str, grain: Grain, how: str) -> Found:
    """The day, week, month or year that lies `number` units from the anchor."""
    found = Found(start, end, None, grain, how)
    if scan.anchor is None or unit in ("minute", "hour"):
        found.how = "no day to count from" if scan.anchor is None else "hours without a clock time"
        return found
    day = shift(scan.anchor, number, unit)
    if day is None:
        return found
    found.value = grained(day, grain)
    return found


def grained(day: date, grain: Grain) -> str:
    """The value of the day, week, month or year that holds `day`."""
    if grain is Grain.WEEK:
        return interval(*week_bounds(day))
    if grain is Grain.MONTH:
        return month_value(day.year, day.month)
    if grain is Grain.YEAR:
        return f"{day.year:04d}"
    return day.isoformat()


def _event(scan: Scan, m: re.Match[str], number: int | None, unit: str, direction: str) -> Found | None:
    """Three days later: from the day named before it."""
    start, end = m.start(), m.end()
    if direction in ("before", "after") and re.match(rf"{S}\w", scan.right(end)):
        return None
    if direction in ("before", "after") and not re.search(r"\bthe\s$", scan.left(start, 5)) and unit != "day":
        return None
    grain = {"day": Grain.DAY, "week": Grain.WEEK, "month": Grain.MONTH, "year": Grain.YEAR}.get(unit, Grain.TIME)
    none = Found(start, end, None, grain, "no date before it to count from")
    if number is None or unit in ("minute", "hour"):
        return none
    sign = -1 if direction in ("earlier", "before") else 1
    if unit in ("year", "decade") and (year := last_year(scan)) is not None:
        moved = year + sign * number * (10 if unit == "decade" else 1)
        return Found(start, end, f"{moved:04d}", Grain.YEAR, "counted from the date before it", year=moved)
    day = last_day(scan)
    if day is None:
        return none
    moved_day = shift(day, sign * number, unit)
    if moved_day is None:
        return none
    value = moved_day.isoformat() if unit in ("day", "week") else grained(moved_day, grain)
    return Found(start, end, value, Grain.DAY if unit in ("day", "week") else grain, "counted from the date before it")


def _within(scan: Scan, start: int, end: int, number: int | None, unit: str) -> Found:
    """Within 24 hours: from the day that the sentence names before it, else unresolved."""
    found = Found(start, end, None, Grain.INTERVAL, "a deadline, its first day not told")
    days = [f for f in scan.found if f.value and f.grain is Grain.DAY]
    if number is None or not days or re.match(rf"{S}(?:of|after){S}", scan.right(end)):
        return found
    day = date.fromisoformat((days[-1].value or "")[:10])
    if unit == "hour":
        if number % 24:
            return found
        number, unit = number // 24, "day"
    last = shift(day, number, unit)
    if last:
        found.value, found.how = interval(day, last), "a deadline, from the day before it"
    return found


def _length(scan: Scan, start: int, end: int, number: int | None, unit: str) -> Found | None:
    """For 30 days: from the day of the act that the sentence tells of."""
    if number is None or unit in ("minute", "hour", "century", "weekend"):
        return None
    clause = scan.left(start, 200)
    if not AGREEING.search(clause) or JAIL.search(clause):
        return None
    day = next((date.fromisoformat(f.value[:10]) for f in reversed(scan.found)
                if f.value and f.grain in (Grain.DAY, Grain.TIME) and f.value[:1].isdigit()), None)
    how = "a length, from the day before it"
    if day is None:
        day = scan.earlier_day if scan.earlier_day and scan.anchor and \
            0 <= (scan.anchor - scan.earlier_day).days <= 7 else scan.anchor
        how = "a length, from the day of the event"
    if day is None:
        return Found(start, end, None, Grain.INTERVAL, "a length, its first day not told")
    span = length_from(day, number, unit)
    return Found(start, end, interval(*span) if span else None, Grain.INTERVAL, how)


RULES: Final = (
    (tuple(w for w in WEEKDAYS if w.endswith("day")), WEEKDAY_RULE, weekday),
    (("today", "yesterday", "tomorrow", "tonight"), NEAR_DAY, near_day),
    (("last", "next", "this", "past", "previous", "coming", "following", "preceding", "that", "same"), PERIOD, period),
    (("#", "a", "an", "several", "few", *SMALL_NUMBERS, *TENS), COUNTED, counted),
)
