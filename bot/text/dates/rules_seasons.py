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


def season(scan: Scan, m: re.Match[str]) -> Found | None:
    """Spring 2024; the summer of 2024; in the autumn."""
    word = m["s"].lower()
    left = scan.left(m.start(), 24)
    anchor = scan.anchor
    if m["y"]:
        year = int(m["y"])
        first, last = season_days(word, year)
        return Found(
            m.start(),
            m.end(),
            interval(first, last),
            Grain.SEASON,
            "season and year",
            year=year,
            printed_year=True,
        )
    if m["rel"]:
        if anchor is None:
            return Found(m.start(), m.end(), None, Grain.SEASON, "no day to count from")
        year = anchor.year + ("last", "this", "next").index(m["rel"].lower()) - 1
        return Found(
            m.start(), m.end(), interval(*season_days(word, year)), Grain.SEASON, "season and year"
        )
    if not (scan.question or m["s"].islower()) or not BARE_SEASON.search(left):
        return None
    if word in ("fall", "spring") and not re.search(
        r"the\s(?:early\s|late\s)?$|\b(?:by|since|until)\s(?:early\s|late\s)?$", left
    ):
        return None
    if word == "fall" and re.match(rf"{S}(?:of|in|from)\b", scan.right(m.end())):
        return None
    if re.match(
        rf"-|{S}(?:season|olympics|games|camp|school|heat|break|months|holidays?)\b",
        scan.right(m.end()).lower(),
    ):
        return None
    if anchor is None:
        return Found(m.start(), m.end(), None, Grain.SEASON, "no day to count from")
    direction = scan.direction(m.start(), m.end())
    days = [season_days(word, y) for y in range(anchor.year - 2, anchor.year + 3)]
    if direction is Direction.FUTURE or (
        direction is Direction.UNKNOWN and re.search(r"\b(?:by|until)\s", left[-12:])
    ):
        chosen = min(d for d in days if d[1] >= anchor)
    else:
        chosen = max(d for d in days if d[0] <= anchor)
    return Found(
        m.start(),
        m.end(),
        interval(*chosen),
        Grain.SEASON,
        f"season, {DIRECTION_NAMES[direction]}",
    )


def quarter(scan: Scan, m: re.Match[str]) -> Found | None:
    """The third quarter of 2024; Q3 2024; the first half of this year."""
    kind = (m["k"] or {"q": "quarter", "h": "half"}[m["k2"].lower()]).lower()
    word = (m["n"] or m["n2"]).lower()
    number = {
        "first": 1,
        "second": 2,
        "third": 3,
        "fourth": 4,
        "final": 4,
        "last": 4,
        "1": 1,
        "2": 2,
        "3": 3,
        "4": 4,
        "1st": 1,
        "2nd": 2,
        "3rd": 3,
        "4th": 4,
    }[word]
    if m["k2"] and not scan.question and m["k2"].islower():
        return None
    if kind == "half":
        if m["k2"] and not m["y"]:
            return None
        number = 2 if word in ("final", "last", "second", "2") else 1
    anchor = scan.anchor
    told = m["y"] or m["rel"]
    sentence = scan.around(m.start(), m.end())
    ahead = scan.direction(m.start(), m.end()) is Direction.FUTURE
    if not told and (kind == "half" or not (BUSINESS.search(sentence) or m["k2"] or ahead)):
        return None
    if not told and PLAY.search(sentence):
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
        if not ahead and (number - 1) * 3 + 1 > anchor.month:
            year -= 1
        elif ahead and number * 3 < anchor.month:
            year += 1
    first_month = (number - 1) * months + 1
    value = interval(date(year, first_month, 1), month_bounds(year, first_month + months - 1)[1])
    return Found(m.start(), m.end(), value, grain, f"{kind} of a year", printed_year=bool(m["y"]))


RULES: Final = (
    (("first", "second", "third", "fourth", "final", "last", "#", "q", "h"), QUARTER, quarter),
    (tuple(SEASONS), SEASON_RULE, season),
)
