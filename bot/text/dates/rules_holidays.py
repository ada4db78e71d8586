"""Rules for holidays and for days that became names."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from bot.model import Grain
from bot.text.dates.calendar_words import (
    YEAR,
    S,
)
from bot.text.dates.holidays import (
    HOLIDAYS,
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
    rf"{S}(?:part(?:y|ies)|messages?|speech|wreaths?|concerts?|stockings?|ornaments?|dishes|meals?|"
    r"traditions?|break|vacation|travel|travelers|island|trees?|tales?|carols?|eggs?|bunny|songs?|"
    r"cards?|jumpers?|movies?|films?|pudding|turkey|dinner|sales?|lights|gifts?|presents?|shopping|"
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
    if not scan.question and not m["h"][0].isupper():
        return None
    end = m.end()
    told = m["y"] or m["we"] or m["rel"]
    after = scan.right(end)
    if not told and HOLIDAY_NAMES.match(after) and not SENTENCE_GOES_ON.match(after):
        return None
    if name == "may day" and re.match(rf"{S}call", after):
        return None
    if name == "new year's" and NEW_YEARS_THING.match(after):
        return None
    if name == "independence day" and OTHER_INDEPENDENCE.search(scan.around(m.start(), end)):
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
    return Found(
        m.start(),
        end,
        found_day.isoformat(),
        Grain.DAY,
        how,
        year=year if m["y"] else None,
        month=found_day.month,
        day=found_day.day,
        printed_year=bool(m["y"]),
    )


def famous(scan: Scan, m: re.Match[str]) -> Found | None:
    """9/11."""
    if re.search(r"[\d/$-]$", scan.left(m.start(), 1)) or re.match(
        r"[ ]?(?:of|inch|p\.?m|a\.?m)", scan.right(m.end())
    ):
        return None
    day = date(2001, 9, 11) if m["nine"] else date(2005, 7, 7)
    if scan.anchor and scan.anchor < day:
        return None
    return Found(
        m.start(), m.end(), day.isoformat(), Grain.DAY, "a day known by name", printed_year=True
    )


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
