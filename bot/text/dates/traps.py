"""What looks like a date and is none: names and phrases, kept apart from the rules."""

from __future__ import annotations

import re
from typing import Final

from bot.text.dates.calendar_words import DASH, S

WEEKDAY_NAME_BEFORE: Final = frozenset(
    "ruby super bloody freaky giving taco sheffield joe man girl black casual gloomy manic blue "
    "throwback stormy orange cyber fat good ash palm easter maundy holy shrove whit".split()
)
"""Words that make a weekday a name ("Super Tuesday", "Sheffield Wednesday")."""
WEEKDAY_NAME_AFTER: Final = frozenset(
    "times telegraph mirror express mail herald sun mercury tribune post world independent "
    "business age star night live football addams people politics review island "
    "bridge group club society sport school".split()
)
"""Capitalised words that make the weekday before them a name ("Sunday Times"); "Night" alone
is a part of the day, so only "Night Live" and "Night Football" count."""
MARCH_NAMES: Final = re.compile(
    rf"{S}(?:on|for|against|of|to|madness|hare|route|past|through){S}?", re.IGNORECASE
)
CONFIDENCE_IN: Final = re.compile(
    r"\b(?:confidence|faith|trust|trusted|belief|believed?|interested|interest|hope|hopes)\s+in\s$"
)
TODAY_NAME: Final = re.compile(r"\b(?:usa|russia|psychology|history|india|radio 4's|bbc's)\s$")
TODAY_PROGRAMME: Final = re.compile(rf"{S}(?:show|programme|program|fm)\b", re.IGNORECASE)
VAGUE_TODAY: Final = re.compile(
    r"(?:'|\u2019)s\s(?:world|youth|society|standards|politics|voters|children|"
    r"young|generation|environment|economy|technology|money|dollars|prices|terms|culture)\b"
)
HABIT_BEFORE: Final = re.compile(r"\b(?:every|each|most|any)\s(?:other\s)?$")
COUNTED_AFTER_YEAR: Final = re.compile(
    rf"(?:{S}|{DASH})(?:(?:more|new|other|extra|additional|foreign|civilian|young|local){S})?"
    r"(?:people|troops|soldiers|dollars|euros|pounds|rubles|roubles|yen|yuan|metres|meters|"
    r"met(?:er|re)|feet|foot|miles?|km|kilomet(?:er|re)s?|kg|kilograms?|tons?|tonnes?|"
    r"liters?|litres?|votes|points?|homes|houses|jobs|workers|employees|staff|members|"
    r"students|pupils|patients|children|residents|men|women|prisoners|captives|migrants|"
    r"refugees|cases|deaths|dead|wounded|injured|signatures|copies|seats|acres|hectares|"
    r"hours|minutes|seconds|days|weeks|months|years|times|calories|rpm|mph|mb|gb|watts?|"
    r"volts|pages|words|steps|units|vehicles|cars|trucks|flights|drones|missiles|rounds|"
    r"shots|shares|stores|shops|schools|hospitals|companies|firms|police|officers|fans|"
    r"spectators|protesters|demonstrators|delegates|inmates|tickets|rooms|beds|apartments|"
    r"buildings|villages|towns|species|animals|birds|cattle|sheep|pigs|percent|per cent|"
    r"degrees|mhz|series|euro|dollar|pound|mile|acre|seat|page|man|strong|word|room|bed|ton|"
    r"tonne|person|year|square|hp|horsepower|registered|metre-|kilometre|kilometer)\b",
    re.IGNORECASE,
)
"""A plural that is counted: what stands before it is a number, not a year."""
NUMBERED_BEFORE: Final = re.compile(
    r"(?:\b(?:no|nos|number|room|page|pages|p|pp|article|section|chapter|version|flight|channel|"
    r"route|highway|model|building|apartment|apt|suite|box|lot|gate|bus|unit|line|class|windows|"
    r"office|resolution|bill|case|docket|ext|extension|code|pin|zip|area|sq|runner|studio|"
    r"peugeot|ipad|iphone|galaxy|playstation|fifa|nba|s\.r|h\.r)\.?\s|"
    r"[#$\u00a3\u20ac\u00a5@/\\_.,:+=&]|(?<!early)(?<!mid)(?<!late)-|"
    r"\d\s|\d[\u2013\u2014])$"
)
"""What makes the four digits after it a number and not a year."""
WEEKDAY_TITLE_BEFORE: Final = re.compile(
    r"\b(?:mr|mrs|ms|dr|judge|sir|lady)\.?\s$|\b(?:mail|independent|scotland|wales)\son\s$"
)
WEEKDAY_THING_AFTER: Final = re.compile(
    r"s\b|\s(?:night|morning|evening|afternoon)s\b|\.\w|-[a-z]|\s(?:schools?|roast|best)\b|"
    r"\s(?:Night|Morning)\s[A-Z]"
)
"""After a weekday: habits ("Sundays"), web addresses, "Sunday school", broadcasts."""


def weekday_is_name(left: str, right: str) -> bool:
    """Whether the weekday between `left` (lower case) and `right` is a name or a habit."""
    if WEEKDAY_TITLE_BEFORE.search(left) or HABIT_BEFORE.search(left):
        return True
    before = re.search(r"([\w']+)[\s-]$", left)
    if before and before[1] in WEEKDAY_NAME_BEFORE:
        return True
    if WEEKDAY_THING_AFTER.match(right):
        return True
    after = re.match(rf"{S}([A-Z][a-z]+)(?:{S}([A-Z][a-z]+))?", right)
    if after is not None and not left.strip():
        return True  # a sentence that opens with "Sunday Okafor"
    if after is None or after[1].lower() not in WEEKDAY_NAME_AFTER:
        return False
    return after[1] != "Night" or bool(after[2])
