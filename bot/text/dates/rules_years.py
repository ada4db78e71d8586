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
    rf"(?:(?P<n>1\d|2[0-2])(?:th|st|nd)|(?P<o>{'|'.join(CENTURY_WORDS)})){S}(?:century|centuries)\b",
    re.IGNORECASE,
)

YEAR_PREPOSITION: Final = re.compile(
    r"\b(?:in|since|until|till|by|during|from|between|of|through|throughout|to|before|"
    r"after|for|around|and|both|either|late|early|mid|back in|circa|about|than|fiscal|"
    r"year|fy|the|summer|spring|autumn|fall|winter|christmas|easter|thanksgiving|day|eve|"
    r"this|that|calendar|or|season|a)[\s(-]$|[(\[]$|\u2013$"
)


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
            return Found(
                start,
                end,
                interval(date(year, 1, 1), date(last, 12, 31)),
                Grain.INTERVAL,
                "years from to",
                printed_year=True,
            )
        return None
    if COUNTED_AFTER_YEAR.match(after):
        return None
    if opens:
        if (
            not re.match(rf"{S}(?:was|is|will|saw|has|had|marked|began|ended|brought)\b|,", after)
            and not scan.question
        ):
            return None
    elif (
        not YEAR_PREPOSITION.search(left)
        and not (scan.question and 1900 <= year <= 2100)
        and not _year_by_neighbours(scan, start, left, after, year)
    ):
        return None
    if (
        re.search(r"\b(?:about|than|for|to|of|and|or|around|after|a)\s$", left)
        and not scan.question
    ):
        plural = re.match(rf"{S}(?:[a-z]+{S})?(?P<n>[a-z]+s)\b", after)
        if plural and plural["n"] not in YEAR_PLURALS:
            return None
        if not 1800 <= year <= 2060 and not re.search(r"\bof\s$", left):
            return None
        if re.search(r"\b(?:about|than|a)\s$", left) and not re.search(
            r"\b(?:was|were|earlier|later|since|in)\b", left
        ):
            return None
    return Found(start, end, f"{year:04d}", Grain.YEAR, "year", year=year, printed_year=True)


def _year_by_neighbours(scan: Scan, position: int, left: str, after: str, year: int) -> bool:
    """Whether a listed year beside it, an owner before or a noun after makes `year` a year."""
    if scan.found and scan.found[-1].grain is Grain.YEAR and scan.found[-1].printed_year:
        gap = scan.text[scan.found[-1].end : position]
        if re.match(r",? (?:and |or )?\Z", gap):
            return True
    if not 1900 <= year <= 2060:
        return False
    if re.match(r",? (?:and |or )?(?:1[89]|20)\d\d\b", after) and re.search(r"[,(]\s$", left):
        return True
    if re.search(r"(?:[a-z]['\u2019]s?|[a-z])\s$", left) and YEAR_NOUN.match(after):
        return True
    return bool(
        re.search(r"[a-z](?:['\u2019]s|s['\u2019])\s$", left) and re.match(rf"{S}[a-zA-Z]", after)
    )


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


def short_decade(scan: Scan, m: re.Match[str]) -> Found | None:
    """The '90s; the late 80s: with an apostrophe or a part of the decade before it."""
    left, start = scan.left(m.start(), 32), m.start()
    quoted = left[-1:] in "'\u2018\u2019" and bool(left)
    start -= quoted
    said = re.search(
        r"\bthe\s(?P<part>(?:early|late|mid)[\s-](?:to[\s-]late[\s-])?)?['\u2018\u2019]?$", left
    )
    if said is None:
        return None
    if not quoted and not said["part"] and (not DECADE_BEFORE.search(left) or int(m["y"]) < 20):
        return None
    sentence = scan.around(m.start(), m.end())
    if DEGREES.search(sentence) and not quoted:
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
    (("#4",), DECADE, decade),
    (("#",), SHORT_DECADE, short_decade),
    (
        ("#", "twenty", *CENTURY_WORDS[:-1]),
        CENTURY,
        century,
    ),
    (("#4",), YEAR_ALONE, year_alone),
)
