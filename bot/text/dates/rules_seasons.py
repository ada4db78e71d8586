"""Rules for seasons, quarters and halves of a year."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from bot.model import Grain
from bot.text.dates.calendar_words import (
    SEASON,
    SEASONS,
    YEAR,
    S,
)
from bot.text.dates.nearest import (
    DIRECTION_NAMES,
    season_days,
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
)

WHICH_YEAR: Final = (
    rf"(?:(?:fiscal{S}(?:year{S})?)?(?P<y>{YEAR})|(?P<rel>last|this|next|the){S}year\b)"
)

SEASON_RULE = re.compile(
    rf"(?P<s>{SEASON})(?!\w)(?:,?{S}(?:of{S}(?:the{S}year{S})?)?"
    rf"(?:(?P<y>{YEAR})(?:[-\u2013/]\d\d(?:\d\d)?(?!\w))?"
    rf"|(?P<rel>last|this|next){S}year\b))?",
    re.IGNORECASE,
)

QUARTER = re.compile(
    rf"(?:(?P<n>first|second|third|fourth|final|last|1st|2nd|3rd|4th)(?:{S}|-)(?P<k>quarter|half)"
    rf"|(?P<k2>[qh])(?P<n2>[1-4]))(?!\w)(?:,?{S}(?:of{S}|in{S})?{WHICH_YEAR})?",
    re.IGNORECASE,
)

BUSINESS: Final = re.compile(
    r"\b(?:profits?|revenues?|sales|earnings|economy|economic|growth|gdp|gross domestic|shares|"
    r"income|inflation|output|"
    r"quarterly|exports|imports|deliveries|losses|budget|unemployment|orders|dividend)\b",
    re.IGNORECASE,
)

PLAY: Final = re.compile(
    r"\b(?:games?|match|goals?|goalless|scor(?:e|ed|ing)|touchdowns?|halftime|teams?|coach|yards?|"
    r"minutes|field|kickoff|quarterback|baskets?)\b"
)
"""Words of sport, where a quarter is a part of the game."""
BARE_SEASON: Final = re.compile(
    r"\b(?:(?:in|by|since|until|during|over|through|before|after)\sthe\s(?:early\s|late\s)?|"
    r"(?:by|since|until)\s(?:early\s|late\s|mid-)?)$"
)


SEASON_THING_AFTER: Final = re.compile(
    rf"-|{S}(?:season|olympics|games|camp|school|heat|break|months|holidays?)\b", re.IGNORECASE
)
FALL_AFTER: Final = re.compile(rf"{S}(?:of|in|from)\b")
AHEAD_BEFORE: Final = re.compile(r"\b(?:by|until)\s")
QUARTERS: Final = {
    word: number
    for number, words in enumerate(
        ("first 1st 1", "second 2nd 2", "third 3rd 3", "fourth 4th 4 final last"), start=1
    )
    for word in words.split()
}
RESULTS_AFTER: Final = re.compile(rf"{S}(?:earnings|results|reports?|figures|numbers|filings?)\b")
"""What is known of a quarter once it is over, whenever it is told."""
NO_ANCHOR: Final = "no day to count from"


def season(scan: Scan, m: re.Match[str]) -> Found | None:
    """Spring 2024; the summer of 2024; in the autumn."""
    word, anchor = m["s"].lower(), scan.anchor
    if m["y"]:
        year = int(m["y"])
        found = Found.at(m, interval(*season_days(word, year)), Grain.SEASON, "season and year")
        found.year, found.printed_year = year, True
        return found
    if not m["rel"] and not _bare_season_is_date(scan, m, word):
        return None
    if anchor is None:
        return Found.at(m, None, Grain.SEASON, NO_ANCHOR)
    if m["rel"]:
        year = anchor.year + ("last", "this", "next").index(m["rel"].lower()) - 1
        return Found.at(m, interval(*season_days(word, year)), Grain.SEASON, "season and year")
    direction = scan.direction(m.start(), m.end())
    if direction is Direction.UNKNOWN and AHEAD_BEFORE.search(scan.left(m.start(), 12)):
        direction = Direction.FUTURE
    days = [season_days(word, year) for year in range(anchor.year - 2, anchor.year + 3)]
    if direction is Direction.FUTURE:
        chosen = min(d for d in days if d[1] >= anchor)
    else:
        chosen = max(d for d in days if d[0] <= anchor)
    how = f"season, {DIRECTION_NAMES[direction]}"
    return Found.at(m, interval(*chosen), Grain.SEASON, how)


def _bare_season_is_date(scan: Scan, m: re.Match[str], word: str) -> bool:
    """Whether a season without a year is one: "in the fall", not "the fall of"."""
    if not (scan.question or m["s"].islower()) or SEASON_THING_AFTER.match(scan.right(m.end())):
        return False
    if word == "fall" and FALL_AFTER.match(scan.right(m.end())):
        return False
    return bool(BARE_SEASON.search(scan.left(m.start(), 24)))


def quarter(scan: Scan, m: re.Match[str]) -> Found | None:
    """The third quarter of 2024; Q3 2024; the first half of this year."""
    kind = (m["k"] or {"q": "quarter", "h": "half"}[m["k2"].lower()]).lower()
    word = (m["n"] or m["n2"]).lower()
    if m["k2"] and m["k2"].islower() and not scan.question:
        return None
    direction = scan.direction(m.start(), m.end())
    if not (m["y"] or m["rel"]) and not _bare_quarter_is_date(scan, m, kind, word, direction):
        return None
    number = QUARTERS[word]
    months, grain = (3, Grain.QUARTER) if kind == "quarter" else (6, Grain.INTERVAL)
    if kind == "half":
        number = 1 if number == 1 else 2
    first_month = (number - 1) * months + 1
    if m["y"]:
        year = int(m["y"])
    elif scan.anchor is None:
        return Found.at(m, None, grain, NO_ANCHOR)
    elif m["rel"]:
        year = scan.anchor.year + {"last": -1, "next": 1}.get(m["rel"].lower(), 0)
    else:
        month = scan.anchor.month
        over, begun = first_month + months - 1 < month, first_month <= month
        ahead = direction is Direction.FUTURE and not RESULTS_AFTER.match(scan.right(m.end()))
        year = scan.anchor.year + (1 if ahead and over else 0 if ahead or begun else -1)
    value = interval(date(year, first_month, 1), month_bounds(year, first_month + months - 1)[1])
    found = Found.at(m, value, grain, f"{kind} of a year")
    found.printed_year = bool(m["y"])
    return found


def _bare_quarter_is_date(
    scan: Scan, m: re.Match[str], kind: str, word: str, direction: Direction
) -> bool:
    """Whether a quarter without a year is one of business, not of a game."""
    if kind == "half" or word in ("final", "last"):
        return False
    around = scan.around(m.start(), m.end())
    if PLAY.search(around):
        return False
    return bool(BUSINESS.search(around) or m["k2"]) or direction is Direction.FUTURE


RULES: Final = (
    (("first", "second", "third", "fourth", "final", "last", "#", "q", "h"), QUARTER, quarter),
    (tuple(SEASONS), SEASON_RULE, season),
)
