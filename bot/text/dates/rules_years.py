"""Rules for years, decades and centuries."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from bot.model import Grain
from bot.text.dates.calendar_words import (
    ORDINALS,
    YEAR,
    S,
)
from bot.text.dates.scan import (
    Found,
    Scan,
)
from bot.text.dates.traps import (
    COUNTED_AFTER_YEAR,
    NUMBERED_BEFORE,
)
from bot.text.dates.values import (
    interval,
)

YEAR_ALONE = re.compile(
    rf"(?P<y>{YEAR})(?:(?P<sep>[-\u2013/])(?P<y2>(?:(?:1[4-9]|20)\d\d|\d\d)(?![\w%,-]|\.\d)))?"
)

DECADE = re.compile(r"(?P<y>(?:1[4-9]|20)\d0)(?:'|\u2019)?s\b")

SHORT_DECADE = re.compile(r"(?P<y>[1-9]0)(?:'|\u2019)?s\b")

CENTURY_WORDS: Final = (
    "tenth eleventh twelfth thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth "
    "nineteenth twentieth twenty-first"
).split()

CENTURY = re.compile(
    rf"(?:(?P<n>1\d|2[0-2])(?:th|st|nd)|(?P<o>{'|'.join(CENTURY_WORDS)}))"
    rf"{S}(?:century|centuries)\b",
    re.IGNORECASE,
)

YEARS_OF_TALK: Final = range(1900, 2061)
"""Years that news speaks of without a preposition; it writes other numbers with a comma."""
SURE_BEFORE: Final = re.compile(
    r"\b(?:in|into|since|until|till|by|during|from|between|through|throughout|before|late|early|"
    r"mid|back in|circa|fiscal|year|fy|the|summer|spring|autumn|fall|winter|christmas|easter|"
    r"thanksgiving|day|eve|this|that|calendar|both|either|season|campaign)[\s(-]$|[(\[]$|\u2013$"
)
LOOSE_BEFORE: Final = re.compile(
    r"\b(?:of|to|after|for|around|and|or|with|not|versus|vs\.?|was|is|about|than)\s$"
)
"""Words that go before years and before numbers of things alike."""
NUMBER_BEFORE: Final = re.compile(r"\b(?:about|than)\s$")
TIME_BEFORE: Final = re.compile(r"\b(?:was|were|earlier|later|since|in|lower|higher)\b")
ARTICLE_BEFORE: Final = re.compile(
    r"(?:\b(?:an?|its|his|her|their|our|my)|[a-z]['\u2019]s|s['\u2019])\s$"
)
LETTER_BEFORE: Final = re.compile(r"[a-z]\s$")
WORD_AFTER: Final = re.compile(rf"{S}[a-zA-Z]")
PLURAL_AFTER: Final = re.compile(rf"{S}(?:[a-z]+{S})?(?P<noun>[a-z]{{3,}}s)\b")
OPENING_AFTER: Final = re.compile(
    rf"{S}(?:was|is|will|saw|has|had|marked|began|ended|brought)\b|,"
)
LIST_BEFORE: Final = re.compile(r"[,(]\s$")
LIST_AFTER: Final = re.compile(r",? (?:and |or )?(?:1[89]|20)\d\d\b")
LIST_GAP: Final = re.compile(r",? (?:and |or )?\Z")
TIME_PREPOSITION: Final = re.compile(r"\b(?:in|since|during|until)\s$")
MEASURE_AFTER: Final = re.compile(
    rf"(?:{S}|-)(?:dollars|euros|pounds|yen|yuan|rou?bles|met(?:er|re)s?|feet|miles?|km|kg|"
    r"kilomet(?:er|re)s?|tons|tonnes|lit(?:er|re)s|hectares|acres|words|pages|pieces|shares)\b"
)
"""After "in 2016" only a measure makes a number of it ("In 2016 police said" is a year)."""
CODE_AFTER: Final = re.compile(r"[-/]\d")
QUOTES_BEFORE, QUOTES_AFTER = "'\u2018\u201c\"", "'\u2019\u201d\""


def year_alone(scan: Scan, m: re.Match[str]) -> Found | None:
    """2022; 2019-20; 1939-45, where the words around make it a year."""
    start, end = m.start(), m.end()
    left, after = scan.left(start, 30), scan.right(end, 60)
    if NUMBERED_BEFORE.search(left):
        return None
    counted = MEASURE_AFTER if TIME_PREPOSITION.search(left) else COUNTED_AFTER_YEAR
    if counted.match(after):
        return None
    if not m["y2"] and CODE_AFTER.match(after):
        return None
    if left and left[-1] in QUOTES_BEFORE and after[:1] in QUOTES_AFTER and after:
        return None
    year = int(m["y"])
    if m["y2"]:
        last = int(m["y2"]) if len(m["y2"]) == 4 else year - year % 100 + int(m["y2"])
        if not year < last <= year + 200:
            return None
        value = interval(date(year, 1, 1), date(last, 12, 31))
        return Found(start, end, value, Grain.INTERVAL, "years from to", printed_year=True)
    if scan.question:
        if year not in YEARS_OF_TALK and not SURE_BEFORE.search(left):
            return None
    elif not _is_year(scan, start, left, after, year):
        return None
    return Found(start, end, f"{year:04d}", Grain.YEAR, "year", year=year, printed_year=True)


def _is_year(scan: Scan, position: int, left: str, after: str, year: int) -> bool:
    """Whether the words around a bare number of four digits make it a year."""
    if not left.strip():
        return bool(OPENING_AFTER.match(after)) or bool(YEAR_NOUN.match(after))
    if SURE_BEFORE.search(left):
        return True
    if _follows(scan, position, Grain.YEAR):
        return True
    if LOOSE_BEFORE.search(left):
        plural = PLURAL_AFTER.match(after)
        if plural and plural["noun"] not in YEAR_PLURALS:
            return False
        if not 1800 <= year < YEARS_OF_TALK.stop and not left.endswith(" of "):
            return False
        return not NUMBER_BEFORE.search(left) or bool(TIME_BEFORE.search(left))
    if year not in YEARS_OF_TALK:
        return False
    if LIST_BEFORE.search(left) and LIST_AFTER.match(after):
        return True
    if ARTICLE_BEFORE.search(left):
        return bool(WORD_AFTER.match(after))
    return bool(LETTER_BEFORE.search(left) and YEAR_NOUN.match(after))


def _follows(scan: Scan, position: int, grain: Grain) -> bool:
    """Whether the date before `position` in the sentence is of that grain, in one list with it."""
    if not scan.found or scan.found[-1].grain is not grain:
        return False
    return bool(LIST_GAP.match(scan.text[scan.found[-1].end : position]))


YEAR_NOUN: Final = re.compile(
    rf"(?:{S}[\w-]+){{0,2}}?{S}(?:campaigns?|elections?|primary|primaries|race|races|"
    r"conventions?|caucus(?:es)?|presidential|congressional|midterms?|gubernatorial|"
    r"republican|democratic|candidates?|nominee|budget|law|act|deal|accord|treaty|"
    r"agreement|pact|study|report|survey|poll|census|film|movie|book|novel|memoir|album|"
    r"song|play|speech|interview|debate|attacks?|bombings?|massacre|shootings?|war|"
    r"invasion|coup|revolution|uprising|protests?|crisis|crash|earthquake|flood|hurricane|"
    r"tsunami|olympics|games|championships?|season|final|title|referendum|vote|summit|"
    r"ruling|decision|verdict|trial|case|lawsuit|documentary|article|essay|paper|"
    r"recession|constitution|statute|rule|order|resolution|version|edition|model|levels?|"
    r"figures?|data|total|average|peak|forecast|target|bestseller|incident|scandal|merger|"
    r"takeover|acquisition|purchase|sale|bankruptcy|legislation|bill|plan|performance|"
    r"production|tour|graduate|class|draft|fiscal|tax|ban|ceasefire|truce|genocide|famine|"
    r"pandemic)\b"
)

YEAR_PLURALS: Final = frozenset(
    "was has this his its thus less plus across always does elections games olympics polls "
    "talks sanctions protests attacks riots bombings championships finals primaries floods "
    "fires wildfires shootings reforms results negotiations accords crisis".split()
)


def decade(scan: Scan, m: re.Match[str]) -> Found | None:
    """The 1990s; the 1800s are a century."""
    year = int(m["y"])
    last = year + (99 if year % 100 == 0 and year < 2000 else 9)
    if re.search(r"[\d$\u00a3\u20ac.,]$", scan.left(m.start(), 1)):
        return None
    grain = Grain.DECADE if last == year + 9 else Grain.CENTURY
    return Found(
        m.start(),
        m.end(),
        interval(date(year, 1, 1), date(last, 12, 31)),
        grain,
        str(grain),
        printed_year=True,
    )


DEGREES: Final = re.compile(
    r"temperature|degree|fahrenheit|celsius|\b(?:highs?|lows?|heat|sunny|humid|percent|per cent|"
    r"scor|polls?|ratings?|his|her|their|my)\b"
)
"""Words of weather, scores and ages: "the 90s" in their sentence may be no decade."""


DECADE_BEFORE: Final = re.compile(r"\b(?:in|from|since|of|during|back to|until|by)\sthe\s$")


FISCAL_YEAR = re.compile(rf"fy{S}?(?P<y>20\d\d|\d\d)(?![\w/.,]\d|\w)", re.IGNORECASE)


def fiscal_year(scan: Scan, m: re.Match[str]) -> Found | None:
    """FY2024; FY24."""
    if not m[0][:2].isupper():
        return None
    year = int(m["y"]) if len(m["y"]) == len("2024") else 2000 + int(m["y"])
    return Found(
        m.start(), m.end(), f"{year:04d}", Grain.YEAR, "fiscal year", year=year, printed_year=True
    )


def short_decade(scan: Scan, m: re.Match[str]) -> Found | None:
    """The '90s; the late 80s: with an apostrophe or a part of the decade before it."""
    left, start = scan.left(m.start(), 32), m.start()
    quoted = left[-1:] in "'\u2018\u2019" and bool(left)
    start -= quoted
    said = re.search(
        r"\bthe\s(?P<part>(?:early|late|mid)[\s-](?:to[\s-]late[\s-])?)?['\u2018\u2019]?$", left
    )
    listed = _follows(scan, start, Grain.DECADE)
    if said is None and not listed:
        return None
    if (
        said
        and not quoted
        and not said["part"]
        and (not DECADE_BEFORE.search(left) or int(m["y"]) < 20)
    ):
        return None
    if not (quoted or listed) and DEGREES.search(scan.around(m.start(), m.end())):
        return None
    year = 1900 + int(m["y"])
    return Found(
        start, m.end(), interval(date(year, 1, 1), date(year + 9, 12, 31)), Grain.DECADE, "decade"
    )


def century(scan: Scan, m: re.Match[str]) -> Found | None:
    """The 19th century (1801 to 1900)."""
    number = int(m["n"]) if m["n"] else ORDINALS[m["o"].lower()]
    return Found(
        m.start(),
        m.end(),
        interval(date(number * 100 - 99, 1, 1), date(number * 100, 12, 31)),
        Grain.CENTURY,
        "century",
        printed_year=True,
    )


RULES: Final = (
    (("fy",), FISCAL_YEAR, fiscal_year),
    (("#4",), DECADE, decade),
    (("#",), SHORT_DECADE, short_decade),
    (
        ("#", "twenty", *CENTURY_WORDS[:-1]),
        CENTURY,
        century,
    ),
    (("#4",), YEAR_ALONE, year_alone),
)
