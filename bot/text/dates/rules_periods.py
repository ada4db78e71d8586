"""Rules for seasons, quarters, halves of a year, holidays, days known by name, clock times."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from bot.model import Grain
from bot.text.dates.calendar_words import DASH, S, SEASON, SEASONS, YEAR
from bot.text.dates.holidays import HOLIDAYS, holiday
from bot.text.dates.rules_calendar import DIRECTION_NAMES, NEAR_DAYS
from bot.text.dates.rules_relative import season_days
from bot.text.dates.scan import Found, Scan
from bot.text.dates.tense import Direction
from bot.text.dates.values import interval, make_day, month_bounds

WHICH_YEAR: Final = rf"(?:(?:fiscal{S}(?:year{S})?)?(?P<y>{YEAR})|(?P<rel>last|this|next|the){S}year\b)"
SEASON_RULE = re.compile(
    rf"(?P<s>{SEASON})(?!\w)(?:,?{S}(?:of{S}(?:the{S}year{S})?)?(?:(?P<y>{YEAR})(?:[-\u2013/](?P<y2>\d\d(?:\d\d)?)(?!\w))?"
    rf"|(?P<rel>last|this|next){S}year\b))?",
    re.IGNORECASE,
)
QUARTER = re.compile(
    rf"(?:(?P<n>first|second|third|fourth|final|last|1st|2nd|3rd|4th)(?:{S}|-)(?P<k>quarter|half)"
    rf"|(?P<k2>[qh])(?P<n2>[1-4]))(?!\w)(?:,?{S}(?:of{S}|in{S})?{WHICH_YEAR})?",
    re.IGNORECASE,
)
BUSINESS: Final = re.compile(
    r"\b(?:profits?|revenues?|sales|earnings|economy|economic|growth|gdp|gross domestic|shares|income|inflation|output|"
    r"quarterly|exports|imports|deliveries|losses|budget|unemployment|orders|dividend)\b",
    re.IGNORECASE,
)
BARE_SEASON: Final = re.compile(
    r"\b(?:(?:in|by|since|until|during|over|through|before|after)\sthe\s(?:early\s|late\s)?|(?:by|since|until)\s(?:early\s|late\s|mid-)?)$"
)
HOLIDAY_RULE = re.compile(
    "(?P<h>"
    + "|".join(
        re.escape(name).replace("'", "['\u2019]").replace(r"\ ", S)
        for name in sorted(HOLIDAYS, key=len, reverse=True)
    )
    + rf")(?!\w)(?:(?P<we>{S}weekend)\b)?(?:,?{S}(?:of{S}|in{S})?(?:(?P<y>{YEAR})|(?P<rel>last|this|next){S}year\b))?",
    re.IGNORECASE,
)
HOLIDAY_NAMES: Final = re.compile(
    rf"{S}(?:island|tree|trees|tale|carol|carols|eggs?|bunny|song|songs|card|cards|jumpers?|movie|movies|film|pudding|"
    r"turkey|dinner|sale|sales|lights|gift|gifts|present|presents|present|shopping|massacre|rising|decorations?|cheer|"
    r"spirit|parade\sfloat|candy|costumes?|market|markets|bonus|[A-Z][a-z]+)\b"
)
FAMOUS = re.compile(rf"(?P<nine>9[/-]11)(?![\w/-]|\.\d)|(?P<seven>7/7)(?=\s(?:attacks?|bombings?))")
FAMOUS_DAYS: Final = (
    (9, 11, 2001, re.compile(rf"(?:{S}(?:\w+{S})?(?:attacks?|hijackers?|terror\w*|memorial|commission|victims|bombers))\b")),
    (1, 6, 2021, re.compile(rf"(?:{S}(?:\w+{S})?(?:attack|riots?|rioters?|insurrection|committee|defendants|siege|mob))\b")),
    (10, 7, 2023, re.compile(rf"(?:{S}(?:\w+{S})?(?:attacks?|massacre|assault|hostages))\b")),
)
"""Days that became names: "the Sept. 11 attacks" are those of 2001, whatever the clause's tense."""
TWELVE_HOURS = re.compile(
    r"(?P<h>1[0-2]|0?[1-9])(?:[:.](?P<min>[0-5]\d))?[ \u00a0\u202f-]?(?P<ap>[ap])(?:\.m\.|m\b\.?)", re.IGNORECASE
)
TWENTYFOUR_HOURS = re.compile(
    rf"(?P<h>[01]\d|2[0-3]|\d):(?P<min>[0-5]\d)(?![\d:]|\.\d)(?P<hours>{S}hours\b)?"
    rf"(?P<zone>{S}\(?(?:GMT|UTC|BST|CET|CEST|EET|EST|EDT|ET|PT|PST|PDT|MSK|IST|local{S}time)\b)?"
)
CLOCK_WORD = re.compile(r"(?P<w>noon|midday|midnight)(?!\w|-)", re.IGNORECASE)
AT_BEFORE: Final = re.compile(r"\b(?:at|by|before|after|until|till|from|around|about|since|to|at about|at around)\s$")


def season(scan: Scan, m: re.Match[str]) -> Found | None:
    """Spring 2024; the summer of 2024; in the autumn."""
    word = m["s"].lower()
    left = scan.left(m.start(), 24)
    anchor = scan.anchor
    if m["y"]:
        year = int(m["y"])
        first, last = season_days(word, year)
        return Found(m.start(), m.end(), interval(first, last), Grain.SEASON, "season and year", year=year, printed_year=True)
    if m["rel"]:
        if anchor is None:
            return Found(m.start(), m.end(), None, Grain.SEASON, "no day to count from")
        year = anchor.year + ("last", "this", "next").index(m["rel"].lower()) - 1
        return Found(m.start(), m.end(), interval(*season_days(word, year)), Grain.SEASON, "season and year")
    if not (scan.question or m["s"].islower()) or not BARE_SEASON.search(left):
        return None
    if word in ("fall", "spring") and not re.search(r"the\s(?:early\s|late\s)?$|\b(?:by|since|until)\s(?:early\s|late\s)?$", left):
        return None
    if word == "fall" and re.match(rf"{S}(?:of|in|from)\b", scan.right(m.end())):
        return None
    if re.match(rf"-|{S}(?:season|olympics|games|camp|school|heat|break|months|holidays?)\b", scan.right(m.end()).lower()):
        return None
    if anchor is None:
        return Found(m.start(), m.end(), None, Grain.SEASON, "no day to count from")
    direction = scan.direction(m.start(), m.end())
    days = [season_days(word, y) for y in range(anchor.year - 2, anchor.year + 3)]
    if direction is Direction.FUTURE or (direction is Direction.UNKNOWN and re.search(r"\b(?:by|until)\s", left[-12:])):
        chosen = min(d for d in days if d[1] >= anchor)
    else:
        chosen = max(d for d in days if d[0] <= anchor)
    return Found(m.start(), m.end(), interval(*chosen), Grain.SEASON, f"season, {DIRECTION_NAMES[direction]}")


def quarter(scan: Scan, m: re.Match[str]) -> Found | None:
    """The third quarter of 2024; Q3 2024; the first half of this year."""
    kind = (m["k"] or {"q": "quarter", "h": "half"}[m["k2"].lower()]).lower()
    word = (m["n"] or m["n2"]).lower()
    number = {"first": 1, "second": 2, "third": 3, "fourth": 4, "final": 4, "last": 4, "1": 1, "2": 2, "3": 3, "4": 4,
              "1st": 1, "2nd": 2, "3rd": 3, "4th": 4}[word]
    if m["k2"] and not scan.question and m["k2"].islower():
        return None
    if kind == "half":
        if m["k2"] and not m["y"]:
            return None
        number = 2 if word in ("final", "last", "second", "2") else 1
    anchor = scan.anchor
    told = m["y"] or m["rel"]
    sentence = scan.text[scan.start : scan.end]
    if not told and (kind == "half" or not (BUSINESS.search(sentence) or m["k2"])):
        return None
    if not told and word in ("final", "last"):
        return None
    months = 3 if kind == "quarter" else 6
    grain = Grain.QUARTER if kind == "quarter" else Grain.INTERVAL
    if m["y"]:
        year = int(m["y"])
    elif anchor is None:
        return Found(m.start(), m.end(), None, grain, "no day to count from")
    elif m["rel"]:
        year = anchor.year + {"last": -1, "next": 1}.get(m["rel"].lower(), 0)
    else:
        year = anchor.year
        ahead = scan.direction(m.start(), m.end()) is Direction.FUTURE
        if not ahead and (number - 1) * 3 + 1 > anchor.month:
            year -= 1
        elif ahead and number * 3 < anchor.month:
            year += 1
    first_month = (number - 1) * months + 1
    value = interval(date(year, first_month, 1), month_bounds(year, first_month + months - 1)[1])
    return Found(m.start(), m.end(), value, grain, f"{kind} of a year", printed_year=bool(m["y"]))


def holiday_rule(scan: Scan, m: re.Match[str]) -> Found | None:
    """Christmas; Labor Day weekend; Easter 2024."""
    name = " ".join(m["h"].lower().replace("\u2019", "'").split())
    if not scan.question and not m["h"][0].isupper():
        return None
    end = m.end()
    if not m["y"] and not m["we"] and not m["rel"] and HOLIDAY_NAMES.match(scan.right(end)):
        if not re.match(rf"{S}(?:In|On|At|The|Mr|Mrs|President)\b", scan.right(end)):
            return None
    if name == "may day" and re.match(rf"{S}call", scan.right(end)):
        return None
    if m["h"].endswith(("'s", "\u2019s")) and name == "new year's" and re.match(rf"{S}(?:resolution|honou?rs|message|speech|address)", scan.right(end)):
        return None
    lowered = scan.text[scan.start : scan.end].lower()
    if name == "independence day" and re.search(
        r"\b(?:ukrain|indian?\b|pakistan|polish|poland|finnish|finland|israel|mexic|brazil|kenya|nigeria|ghana|kosovo|"
        r"latvia|lithuania|estonia|georgia|moldova|croatia|greek|greece|bangladesh|south sudan|malaysia|indonesia)", lowered
    ):
        return None
    year = int(m["y"]) if m["y"] else None
    anchor = scan.anchor
    if year is None and anchor is None:
        return Found(m.start(), end, None, Grain.DAY, "holiday, no year to be sure of")
    how = "holiday and year"
    if year is None and anchor is not None:
        rel = (m["rel"] or "").lower()
        left = scan.left(m.start(), 12)
        if rel:
            year = anchor.year + {"last": -1, "next": 1}.get(rel, 0)
        else:
            days = [d for y in range(anchor.year - 2, anchor.year + 3) if (d := holiday(name, y))]
            direction = scan.direction(m.start(), end)
            if re.search(r"\b(?:last|past)\s$", left):
                day = max(d for d in days if d < anchor)
            elif re.search(r"\b(?:next|coming)\s$", left):
                day = min(d for d in days if d > anchor)
            elif re.search(r"\bthis\s$", left):
                day = next(d for d in days if d.year == anchor.year)
            else:
                near = min(days, key=lambda d: abs((d - anchor).days))
                day = near
                if abs((near - anchor).days) > NEAR_DAYS:
                    if direction is Direction.PAST:
                        day = max(d for d in days if d <= anchor)
                    elif direction is Direction.FUTURE:
                        day = min(d for d in days if d >= anchor)
            year, how = day.year, "holiday, by the clause's tense"
    found_day = holiday(name, year) if year else None
    if found_day is None:
        return None
    if m["we"]:
        monday_off = (found_day.weekday() - 5) % 7
        saturday = date.fromordinal(found_day.toordinal() - monday_off)
        last = date.fromordinal(max(saturday.toordinal() + 1, found_day.toordinal()))
        return Found(m.start(), end, interval(saturday, last), Grain.INTERVAL, "holiday weekend")
    return Found(m.start(), end, found_day.isoformat(), Grain.DAY, how, year=year if m["y"] else None,
                 month=found_day.month, day=found_day.day, printed_year=bool(m["y"]))


def famous(scan: Scan, m: re.Match[str]) -> Found | None:
    """9/11."""
    if re.search(r"[\d/$-]$", scan.left(m.start(), 1)) or re.match(r"[ ]?(?:of|inch|p\.?m|a\.?m)", scan.right(m.end())):
        return None
    day = date(2001, 9, 11) if m["nine"] else date(2005, 7, 7)
    if scan.anchor and scan.anchor < day:
        return None
    return Found(m.start(), m.end(), day.isoformat(), Grain.DAY, "a day known by name", printed_year=True)


def named_day(scan: Scan, found: Found) -> None:
    """Sets the year of a day that became a name ("the Sept. 11 attacks")."""
    if found.printed_year or found.grain is not Grain.DAY:
        return
    for month, day, year, after in FAMOUS_DAYS:
        if (found.month, found.day) == (month, day) and after.match(scan.right(found.end, 60)):
            known = date(year, month, day)
            if scan.anchor is None or (scan.anchor - known).days > 366:
                found.value, found.how = known.isoformat(), "a day known by name"
            return


def twelve_hours(scan: Scan, m: re.Match[str]) -> Found | None:
    """3 p.m.; 10:30 a.m."""
    if re.search(r"[\d$\u00a3.:]$", scan.left(m.start(), 1)):
        return None
    hour = int(m["h"]) % 12 + (12 if m["ap"].lower() == "p" else 0)
    return _clock(scan, m.start(), m.end(), f"{hour:02d}:{m['min'] or '00'}")


def twentyfour_hours(scan: Scan, m: re.Match[str]) -> Found | None:
    """15:00 GMT; at 15:00."""
    left = scan.left(m.start(), 12)
    if re.search(r"[\d$\u00a3.:/-]$", left):
        return None
    if not m["zone"] and not m["hours"] and not AT_BEFORE.search(left):
        return None
    if not m["zone"] and not m["hours"] and (len(m["h"]) < 2 or re.match(rf"{S}(?:left|remaining|into|minutes|lead|ratio|in{S}the{S}\w+{S}(?:half|quarter|period))", scan.right(m.end()))):
        return None
    return _clock(scan, m.start(), m.end(), f"{int(m['h']):02d}:{m['min']}")


def clock_word(scan: Scan, m: re.Match[str]) -> Found | None:
    """Noon; midnight."""
    left = scan.left(m.start(), 14)
    if not m["w"].islower() and not scan.question:
        return None
    if not AT_BEFORE.search(left) and not re.match(rf"{S}on{S}", scan.right(m.end())):
        return None
    return _clock(scan, m.start(), m.end(), "00:00" if m["w"].lower() == "midnight" else "12:00")


def _clock(scan: Scan, start: int, end: int, clock: str) -> Found:
    return Found(start, end, f"T{clock}", Grain.TIME, "clock time", clock=clock)


def decide_year(year: int, month: int, day: int) -> date | None:
    """The day, or None where there is none."""
    return make_day(year, month, day)


RULES: Final = (
    (("#",), FAMOUS, famous),
    (("#",), TWELVE_HOURS, twelve_hours),
    (("#",), TWENTYFOUR_HOURS, twentyfour_hours),
    (("noon", "midday", "midnight"), CLOCK_WORD, clock_word),
    (tuple({re.match(r"\w+", name)[0] for name in HOLIDAYS}), HOLIDAY_RULE, holiday_rule),  # type: ignore[index]
    (("first", "second", "third", "fourth", "final", "last", "#", "q", "h"), QUARTER, quarter),
    (tuple(SEASONS), SEASON_RULE, season),
)
_ = DASH
