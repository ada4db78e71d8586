"""Rules for dates that the calendar names: days, months, years, decades, centuries."""

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
    NAME_MONTHS,
    ORDINALS,
    S,
    YEAR,
    read_month,
)
from bot.text.dates.scan import Found, Scan
from bot.text.dates.tense import Direction
from bot.text.dates.traps import (
    CONFIDENCE_IN,
    COUNTED_AFTER_YEAR,
    MARCH_NAMES,
    NUMBERED_BEFORE,
)
from bot.text.dates.values import interval, make_day, month_bounds, month_value, shift_months

OTHER_YEAR: Final = rf"(?:,?{S}(?:of{S}|in{S})?(?P<rel>last|this|next|that|the same|the following){S}year\b)?"
RANGE: Final = rf"(?:{S}?{DASH}{S}?|{S}(?:to|through|until|till|thru){S})"
MONTH_FIRST = re.compile(
    rf"(?P<m>{MONTH})(?:{S}(?:the{S})?(?P<d>{DAY})(?![:.,]\d)"
    rf"(?:{RANGE}(?:the{S})?(?P<d2>{DAY})(?![:.,]\d)(?!{S}?{MONTH}))?"
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
    r"(?P<y>(?:1[4-9]|20)\d\d)-(?P<m>\d\d)-(?P<d>\d\d)(?:[T ](?P<h>[0-2]\d:[0-5]\d)(?::\d\d)?Z?)?(?![\w-])"
)
NUMERIC_DAY = re.compile(r"(?P<a>\d{1,2})(?P<sep>[/.])(?P<b>\d{1,2})(?P=sep)(?P<y>(?:19|20)\d\d)(?![\w/]|\.\d)")
YEAR_ALONE = re.compile(rf"(?P<y>{YEAR})(?:(?P<sep>[-\u2013/])(?P<y2>(?:(?:1[4-9]|20)\d\d|\d\d)(?![\w%,-]|\.\d)))?")
DECADE = re.compile(r"(?P<y>(?:1[4-9]|20)\d0)(?:'|\u2019)?s\b")
SHORT_DECADE = re.compile(r"(?P<y>[1-9]0)(?:'|\u2019)?s\b")
CENTURY = re.compile(
    rf"(?:(?P<n>1[0-9]|20|21)(?:th|st|st)|(?P<o>sixteenth|seventeenth|eighteenth|nineteenth|twentieth|twenty-first"
    rf"|fifteenth|fourteenth|thirteenth|twelfth|eleventh|tenth)){S}(?:century|centuries)\b",
    re.IGNORECASE,
)
NEAR_DAYS: Final = 45
"""A day this near to publication is meant even against the clause's tense ("announced exchanges
on March 19"): who means the one a year off prints the year."""
EVENT_NOUNS: Final = re.compile(
    rf"{S}(?:\d+{S})?(?:presidential{S}|general{S}|parliamentary{S}|local{S}|snap{S}|midterm{S})?(?:election|"
    r"elections|vote|ballot|referendum|primary|primaries|summit|convention|deadline|midterms|runoff|caucus|caucuses)\b"
)
PREPOSITION_BEFORE: Final = re.compile(
    r"\b(?:in|since|until|till|by|during|from|between|of|through|to|before|after|for|around|and|last|next|late|"
    r"early|mid|mid-|back in|as of|throughout|beginning|starting)[\s-]$"
)
DETERMINER_BEFORE: Final = re.compile(r"(?:\b(?:the|a|an|his|her|its|their|this|that|our|s|first|second)|'s|\u2019s)\s$")
LOWER_NOUN_AFTER: Final = re.compile(rf"{S}(?P<noun>[a-z]{{3,}}|\d+)")
YEAR_PREPOSITION: Final = re.compile(
    r"\b(?:in|since|until|till|by|during|from|between|of|through|throughout|to|before|after|for|around|and|late|"
    r"early|mid|back in|circa|about|than|fiscal|year|fy|the|summer|spring|autumn|fall|winter|christmas|easter|"
    r"thanksgiving|day|eve|this|that|calendar|or|season|a)[\s(-]$|[(\[]$|\u2013$"
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
        if not _bare_month_is_date(scan, m.start(), end, word):
            return None
        return _bare_month(scan, m.start(), end, month)
    if year is None:
        return Found(m.start(), end, None, Grain.MONTH, how, month=month)
    return Found(m.start(), end, month_value(year, month), Grain.MONTH, how or "month and year",
                 year=year, month=month, printed_year=True)


def day_first(scan: Scan, m: re.Match[str]) -> Found | None:
    """5 March; 5th of March 2024; 3-5 March."""
    if not scan.question and not m["m"][0].isupper():
        return None
    if re.search(r"[\d$\u00a3\u20ac][.,:/-]?$", scan.left(m.start(), 3)):
        return None
    year, how = _year_of(scan, m["y"], m["rel"])
    first = re.match(r"\d+", m["d"])
    end = m.end()
    if m["m"].endswith(".") and not m["y"] and m["m"].rstrip(".").lower() in MONTHS and len(m["m"]) > 5:
        end -= 1
    return _days(scan, m, read_month(m["m"]), int(first[0]) if first else 0, year, how, end)


def ordinal_first(scan: Scan, m: re.Match[str]) -> Found | None:
    """The first of March."""
    if not scan.question and not m["m"][0].isupper():
        return None
    year, how = _year_of(scan, m["y"], m["rel"])
    return one_day(scan, m.start(), m.end(), read_month(m["m"]), ORDINALS[m["o"].lower()], year, how)


def iso_day(scan: Scan, m: re.Match[str]) -> Found | None:
    """2025-03-18."""
    day = make_day(int(m["y"]), int(m["m"]), int(m["d"]))
    if day is None:
        return None
    value = day.isoformat() + (f"T{m['h']}" if m["h"] else "")
    return Found(m.start(), m.end(), value, Grain.TIME if m["h"] else Grain.DAY, "ISO date",
                 year=day.year, month=day.month, day=day.day, printed_year=True)


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
    return Found(m.start(), m.end(), day.isoformat(), Grain.DAY, "numeric date",
                 year=day.year, month=day.month, day=day.day, printed_year=True)


def year_alone(scan: Scan, m: re.Match[str]) -> Found | None:
    """2022; 2019-20; 1939-45, where the words around make it a year."""
    start, end = m.start(), m.end()
    left = scan.left(start, 30)
    year = int(m["y"])
    after = scan.right(end, 60)
    opens = not left.strip()
    if NUMBERED_BEFORE.search(left):
        return None
    if after[:1] in "'\u2019\u201d\"" and left[-1:] in "'\u2018\u201c\"" and left:
        return None
    if m["y2"]:
        last = int(m["y2"]) if len(m["y2"]) == 4 else year - year % 100 + int(m["y2"])
        if year < last <= year + 200 and not COUNTED_AFTER_YEAR.match(after):
            return Found(start, end, interval(date(year, 1, 1), date(last, 12, 31)), Grain.INTERVAL,
                         "years from to", printed_year=True)
        return None
    if COUNTED_AFTER_YEAR.match(after):
        return None
    if opens:
        if not re.match(rf"{S}(?:was|is|will|saw|has|had|marked|began|ended|brought)\b|,", after) \
                and not scan.question:
            return None
    elif not YEAR_PREPOSITION.search(left) and not (scan.question and 1900 <= year <= 2100):
        return None
    if re.search(r"\b(?:about|than|for|to|of|and|or|around|after|a)\s$", left) and not scan.question:
        plural = re.match(rf"{S}(?:[a-z]+{S})?(?P<n>[a-z]+s)\b", after)
        if plural and plural["n"] not in YEAR_PLURALS or not 1800 <= year <= 2060:
            return None
        if re.search(r"\b(?:about|than|a)\s$", left) and not re.search(r"\b(?:was|were|earlier|later|since|in)\b", left):
            return None
    return Found(start, end, f"{year:04d}", Grain.YEAR, "year", year=year, printed_year=True)


YEAR_PLURALS: Final = frozenset(
    "was is has elections games olympics polls talks sanctions protests has attacks riots "
    "bombings championships finals primaries floods fires wildfires shootings reforms results "
    "negotiations accords crisis".split()
)


def decade(scan: Scan, m: re.Match[str]) -> Found | None:
    """The 1990s; the 1800s are a century."""
    year = int(m["y"])
    last = year + (99 if year % 100 == 0 and year < 2000 else 9)
    if re.search(r"[\d$\u00a3\u20ac.,]$", scan.left(m.start(), 1)):
        return None
    grain = Grain.DECADE if last == year + 9 else Grain.CENTURY
    return Found(m.start(), m.end(), interval(date(year, 1, 1), date(last, 12, 31)), grain,
                 str(grain), printed_year=True)


def short_decade(scan: Scan, m: re.Match[str]) -> Found | None:
    """The '90s; the late 80s: with an apostrophe or a part of the decade before it."""
    left = scan.left(m.start(), 24)
    start = m.start()
    if re.search(r"\bthe\s['\u2018\u2019]$", left):
        start -= 1
    elif not re.search(r"\bthe\s(?:early|late|mid|mid-)[\s-](?:to[\s-]late[\s-])?['\u2018\u2019]?$", left):
        return None
    elif left[-1:] in "'\u2018\u2019":
        start -= 1
    if re.match(rf"{S}(?:fahrenheit|celsius|degrees|on{S})", scan.right(m.end()).lower()):
        return None
    if re.search(r"\b(?:his|her|their|my|our)\b", left) or "temperature" in scan.text[scan.start:scan.end].lower():
        return None
    year = 1900 + int(m["y"])
    return Found(start, m.end(), interval(date(year, 1, 1), date(year + 9, 12, 31)), Grain.DECADE, "decade")


def century(scan: Scan, m: re.Match[str]) -> Found | None:
    """The 19th century (1801 to 1900)."""
    number = int(m["n"]) if m["n"] else ORDINALS[m["o"].lower()]
    return Found(m.start(), m.end(), interval(date(number * 100 - 99, 1, 1), date(number * 100, 12, 31)),
                 Grain.CENTURY, "century", printed_year=True)


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


def last_year(scan: Scan) -> int | None:
    """The year of the last date before this one that has one."""
    for found in reversed(scan.before + scan.found):
        if found.value and re.match(r"\d{4}", found.value) and "/" not in found.value:
            return int(found.value[:4])
    return None


def _days(scan: Scan, m: re.Match[str], month: int, day: int, year: int | None, how: str, end: int) -> Found | None:
    start = m.start()
    second = re.match(r"\d+", m["d2"]) if m["d2"] else None
    first = one_day(scan, start, end, month, day, year, how)
    if first is None or not second:
        return first
    last_number = int(second[0])
    if last_number <= day:
        return first
    first.grain, first.how = Grain.INTERVAL, "days from to"
    if first.value:
        begin = date.fromisoformat(first.value)
        last = make_day(begin.year, month, last_number)
        if last is None:
            return None
        first.value = interval(begin, last)
    return first


def one_day(scan: Scan, start: int, end: int, month: int, day: int, year: int | None, how: str) -> Found | None:
    """The day `month`/`day`, its year printed, or the one that the clause's tense asks for."""
    if make_day(year or 2024, month, day) is None:
        return None
    found = Found(start, end, None, Grain.DAY, how or "day", year=year, month=month, day=day,
                  printed_year=year is not None)
    if year is not None:
        found.value = date(year, month, day).isoformat()
        return found
    if how:
        return found
    if scan.anchor is None:
        found.how = "day without a year, nothing to count from"
        return found
    found.direction = scan.direction(start, end)
    chosen = nearest_day(scan.anchor, month, day, found.direction)
    found.value = chosen.isoformat() if chosen else None
    found.how = f"day, {DIRECTION_NAMES[found.direction]}"
    return found


DIRECTION_NAMES: Final = {
    Direction.PAST: "the last one",
    Direction.FUTURE: "the next one",
    Direction.UNKNOWN: "the nearest one",
}


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


def _bare_month(scan: Scan, start: int, end: int, month: int) -> Found:
    """A month without a year, by the clause's tense."""
    if scan.anchor is None:
        return Found(start, end, None, Grain.MONTH, "month without a year, nothing to count from", month=month)
    direction = scan.direction(start, end)
    if EVENT_NOUNS.match(scan.right(end, 60)):
        direction = Direction.UNKNOWN
    if re.search(r"\b(?:by|until|till)\s$", scan.left(start, 8)) and direction is Direction.UNKNOWN:
        direction = Direction.FUTURE
    year = nearest_month(scan.anchor, month, direction)
    if named := _sentence_year(scan, direction):
        year = named
    return Found(start, end, month_value(year, month), Grain.MONTH, f"month, {DIRECTION_NAMES[direction]}",
                 month=month, direction=direction)


def _sentence_year(scan: Scan, direction: Direction) -> int | None:
    """The past year that opened the sentence ("In 2016, he won in March")."""
    if not scan.found or direction is Direction.FUTURE or scan.anchor is None:
        return None
    first = scan.found[0]
    if first.grain is Grain.YEAR and first.year and first.year < scan.anchor.year \
            and not scan.left(first.start).strip(" \"\u201c").removeprefix("in"):
        return first.year
    return None


def _bare_month_is_date(scan: Scan, start: int, end: int, word: str) -> bool:
    """Whether a month word without day and year is the month here."""
    left, right = scan.left(start, 30), scan.right(end, 40)
    low = word.lower()
    if re.match(r"[-\u2019'\w]", right) and not re.match(r"['\u2019]s\b|-(?!\w)|\u2013", right):
        return False
    if scan.question:
        return bool(PREPOSITION_BEFORE.search(left)) or low not in ("may", "march")
    if low == "march" and (MARCH_NAMES.match(right) and not re.search(r"\b(?:in|since|last|until)\s$", left)):
        return False
    person = low in scan.people
    possessive = right[:2] in ("'s", "\u2019s")
    if low == "may" and CONFIDENCE_IN.search(left):
        return False
    if PREPOSITION_BEFORE.search(left):
        if person:
            return bool(re.search(r"\b(?:in|during|last|next|since|until|early|late|mid)[\s-]$", left)) and not possessive
        if low in NAME_MONTHS and re.match(rf"{S}[A-Z][a-z]", right) and not re.search(r"\b(?:in|since|last|next)\s$", left):
            return False
        return not (low in NAME_MONTHS and possessive and not re.search(r"\b(?:in|since|last|next|after|before|during)\s$", left))
    if DETERMINER_BEFORE.search(left):
        noun = LOWER_NOUN_AFTER.match(right)
        return bool(noun) and not person and not (low == "march" and noun is not None and noun["noun"] in ("was", "began", "from", "and", "had", "will", "has", "ended", "took", "which", "that", "organised", "organized", "drew", "passed"))
    if possessive:
        return low not in NAME_MONTHS
    if low not in NAME_MONTHS and word[0].isupper():
        return True
    return False


def previous_year(day: date) -> date | None:
    """The same day a year before."""
    return shift_months(day, -12)


RULES: Final = (
    (tuple(MONTHS), MONTH_FIRST, month_first),
    (("#4",), ISO_DAY, iso_day),
    (("#",), NUMERIC_DAY, numeric_day),
    (("#",), DAY_FIRST, day_first),
    (tuple(ORDINALS), ORDINAL_FIRST, ordinal_first),
    (("#4",), DECADE, decade),
    (("#",), SHORT_DECADE, short_decade),
    (("#", "sixteenth", "seventeenth", "eighteenth", "nineteenth", "twentieth", "twenty",
      "fifteenth", "fourteenth", "thirteenth", "twelfth", "eleventh", "tenth"), CENTURY, century),
    (("#4",), YEAR_ALONE, year_alone),
)
