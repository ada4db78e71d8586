"""Rules for holidays and for days that became names."""

from __future__ import annotations

import re
from datetime import date, timedelta
from typing import Final

from bot.model import Grain
from bot.text.dates.calendar_words import (
    YEAR,
    S,
)
from bot.text.dates.holidays import (
    HOLIDAYS,
    SAT,
    SUN,
    WED,
    holiday,
)
from bot.text.dates.nearest import (
    NEAR_DAYS,
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

HOLIDAY_RULE = re.compile(
    "(?P<h>"
    + "|".join(
        re.escape(name).replace("'", "['\u2019]").replace(r"\ ", S)
        for name in sorted(HOLIDAYS, key=len, reverse=True)
    )
    + rf")(?!\w)(?:(?P<we>{S}weekend)\b)?"
    + rf"(?:,?{S}(?:of{S}|in{S})?(?:(?P<y>{YEAR})|(?P<rel>last|this|next){S}year\b))?",
    re.IGNORECASE,
)

HOLIDAY_NAMES: Final = re.compile(
    rf"{S}(?:part(?:y|ies)|messages?|speech|wreaths?|concerts?|stockings?|ornaments?|dishes|"
    r"meals?|traditions?|break|vacation|travel|travelers|island|trees?|tales?|carols?|eggs?|"
    r"bunny|songs?|"
    r"cards?|jumpers?|movies?|films?|pudding|turkey|dinner|sales?|lights|gifts?|presents?|"
    r"shopping|"
    r"massacre|rising|decorations?|cheer|spirit|candy|costumes?|markets?|bonus|[A-Z][a-z]+)\b"
)
"""What makes the holiday before it a kind of thing ("Christmas tree") or a name."""
SENTENCE_GOES_ON: Final = re.compile(rf"{S}(?:In|On|At|The|Mr|Mrs|President)\b")
OTHER_INDEPENDENCE: Final = re.compile(
    r"\b(?:ukrain|indian?\b|pakistan|polish|poland|finnish|finland|israel|mexic|brazil|kenya|"
    r"nigeria|ghana|kosovo|latvia|lithuania|estonia|georgia|moldova|croatia|greek|greece|"
    r"bangladesh|south sudan|malaysia|indonesia)"
)
"""Countries whose Independence Day is not the fourth of July."""
NEW_YEARS_THING: Final = re.compile(rf"{S}(?:resolution|honou?rs|message|speech|address)")

FAMOUS = re.compile(r"(?P<nine>9/11)(?![\w/-]|\.\d)|(?P<seven>7/7)(?=\s(?:attacks?|bombings?))")

FAMOUS_DAYS: Final = (
    (date(2001, 9, 11), "attacks? hijackers? terror\\w* memorial commission victims bombers"),
    (date(2021, 1, 6), "attack riots? rioters? insurrection committee defendants siege mob"),
    (date(2023, 10, 7), "attacks? massacre assault hostages"),
)
"""Days that became names, and the words after them that tell so: "the Sept. 11 attacks" are
those of 2001, whatever the clause's tense."""
FAMOUS_AFTER: Final = {
    (day.month, day.day): (day, re.compile(rf"{S}(?:\w+{S})?(?:{words.replace(' ', '|')})\b"))
    for day, words in FAMOUS_DAYS
}


def holiday_rule(scan: Scan, m: re.Match[str]) -> Found | None:
    """Christmas; Labor Day weekend; Easter 2024."""
    name = " ".join(m["h"].lower().replace("\u2019", "'").split())
    if not (scan.question or m["h"][0].isupper()) or _is_thing(scan, m, name):
        return None
    if m["y"]:
        day, how = holiday(name, int(m["y"])), "holiday and year"
    elif scan.anchor is None:
        return Found.at(m, None, Grain.DAY, "holiday without a year")
    elif m["rel"]:
        year = scan.anchor.year + ("last", "this", "next").index(m["rel"].lower()) - 1
        day, how = holiday(name, year), "holiday and year"
    else:
        day, how = _nearest_holiday(scan, m, name), "holiday, by the clause's tense"
    if day is None:
        return Found.at(m, None, Grain.DAY, "holiday, its day not known")
    if m["we"]:
        return Found.at(m, _weekend_with(day), Grain.INTERVAL, "holiday weekend")
    return Found.on(m, day, how, printed_year=bool(m["y"]))


def _weekend_with(day: date) -> str | None:
    """The Saturday and Sunday nearest to a holiday, made longer by it; None for a Wednesday."""
    number = day.weekday()
    if number == WED:
        return None
    if number > WED:
        return interval(min(day, _plus(day, SAT - number)), _plus(day, SUN - number))
    return interval(_plus(day, -2 - number), day)


def _plus(day: date, days: int) -> date:
    return day + timedelta(days=days)


def _is_thing(scan: Scan, m: re.Match[str], name: str) -> bool:
    """Whether the holiday's name is part of another name, or the holiday of another country."""
    after = scan.right(m.end())
    told = m["y"] or m["we"] or m["rel"]
    if not told and HOLIDAY_NAMES.match(after) and not SENTENCE_GOES_ON.match(after):
        return True
    if name == "may day":
        return bool(re.match(rf"{S}call", after))
    if name == "new year's":
        return bool(NEW_YEARS_THING.match(after))
    if name == "independence day":
        return bool(OTHER_INDEPENDENCE.search(scan.around(m.start(), m.end())))
    return False


def _nearest_holiday(scan: Scan, m: re.Match[str], name: str) -> date | None:
    """The day of the holiday that the words before it or the clause's tense ask for."""
    anchor = scan.anchor
    if anchor is None:
        return None
    years = range(anchor.year - 2, anchor.year + 3)
    days = [day for year in years if (day := holiday(name, year))]
    past, ahead = [d for d in days if d <= anchor], [d for d in days if d >= anchor]
    before = WHICH_BEFORE.search(scan.left(m.start(), 12))
    if before and before[1] == "this":
        return holiday(name, anchor.year)
    near = min(days, key=lambda day: abs((day - anchor).days), default=None)
    if before is None and near and abs((near - anchor).days) <= NEAR_DAYS:
        return near
    direction = scan.direction(m.start(), m.end())
    if before:
        direction = Direction.PAST if before[1] in ("last", "past") else Direction.FUTURE
    if direction is Direction.UNKNOWN:
        return near
    if direction is Direction.PAST:
        return max(past, default=None)
    return min(ahead, default=None)


WHICH_BEFORE: Final = re.compile(r"\b(last|past|next|coming|this)\s$")


def famous(scan: Scan, m: re.Match[str]) -> Found | None:
    """9/11."""
    if re.search(r"[\d/$-]$|\bfahrenheit\s$", scan.left(m.start(), 12)) or re.match(
        r"[ ]?(?:of|inch|p\.?m|a\.?m)", scan.right(m.end())
    ):
        return None
    day = date(2001, 9, 11) if m["nine"] else date(2005, 7, 7)
    if scan.anchor and scan.anchor < day:
        return None
    return Found.on(m, day, "a day known by name", printed_year=True)


def named_day(scan: Scan, found: Found) -> None:
    """Sets the year of a day that became a name ("the Sept. 11 attacks")."""
    if found.printed_year or found.grain is not Grain.DAY:
        return
    known, after = FAMOUS_AFTER.get((found.month or 0, found.day or 0), (None, None))
    if known is None or after is None or not after.match(scan.right(found.end, 60)):
        return
    if scan.anchor is None or (scan.anchor - known).days > YEAR_AFTER_DAYS:
        found.value, found.how = known.isoformat(), "a day known by name"


YEAR_AFTER_DAYS: Final = 366
"""Within its first year a famous day still is one of the calendar."""
RULES: Final = (
    (("#",), FAMOUS, famous),
    (tuple({re.split(r"\W", name)[0] for name in HOLIDAYS}), HOLIDAY_RULE, holiday_rule),
)
