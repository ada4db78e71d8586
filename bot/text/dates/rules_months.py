"""Rules for a month without day and year: whether it is one, and of which year."""

from __future__ import annotations

import re
from typing import Final

from bot.model import Grain
from bot.text.dates.calendar_words import (
    NAME_MONTHS,
    S,
)
from bot.text.dates.nearest import (
    DIRECTION_NAMES,
    direction_of,
    nearest_month,
)
from bot.text.dates.scan import (
    Found,
    Scan,
)
from bot.text.dates.tense import (
    Direction,
)
from bot.text.dates.traps import (
    CONFIDENCE_IN,
    MARCH_NAMES,
)
from bot.text.dates.values import (
    month_value,
)

EVENT_NOUNS: Final = re.compile(
    rf"{S}(?:\d+{S})?(?:presidential{S}|general{S}|parliamentary{S}|local{S}|snap{S}|midterm{S})?(?:election|"
    r"elections|vote|ballot|referendum|primary|primaries|summit|convention|deadline|midterms|runoff|caucus|caucuses)\b"
)

PREPOSITION_BEFORE: Final = re.compile(
    r"\b(?:in|since|until|till|by|during|from|between|of|through|to|before|after|for|around|and|last|next|late|"
    r"early|mid|mid-|back in|as of|throughout|beginning|starting)[\s-]$"
)

DETERMINER_BEFORE: Final = re.compile(
    r"(?:\b(?:the|a|an|his|her|its|their|this|that|our|s|first|second)|'s|\u2019s)\s$"
)

LOWER_NOUN_AFTER: Final = re.compile(rf"{S}(?P<noun>[a-z]{{3,}}|[A-Z]{{2,}}|\d+)")


def bare_month(scan: Scan, start: int, end: int, month: int) -> Found:
    """A month without a year, by the clause's tense."""
    if scan.anchor is None:
        return Found(
            start,
            end,
            None,
            Grain.MONTH,
            "month without a year, nothing to count from",
            month=month,
        )
    direction = direction_of(scan, start, end)
    if direction is Direction.PAST and EVENT_NOUNS.match(scan.right(end, 60)):
        after = scan.direction_after(end)
        direction = Direction.FUTURE if after is Direction.FUTURE else Direction.UNKNOWN
    if (
        re.search(r"\b(?:by|until|till)\s$", scan.left(start, 8))
        and direction is Direction.UNKNOWN
    ):
        direction = Direction.FUTURE
    year = nearest_month(scan.anchor, month, direction)
    if named := _sentence_year(scan, direction):
        year = named
    return Found(
        start,
        end,
        month_value(year, month),
        Grain.MONTH,
        f"month, {DIRECTION_NAMES[direction]}",
        month=month,
        direction=direction,
    )


def _sentence_year(scan: Scan, direction: Direction) -> int | None:
    """The past year that opened the sentence ("In 2016, he won in March")."""
    if not scan.found or direction is Direction.FUTURE or scan.anchor is None:
        return None
    first = scan.found[0]
    if (
        first.grain is Grain.YEAR
        and first.year
        and first.year < scan.anchor.year
        and not scan.left(first.start).strip(' "\u201c').removeprefix("in")
    ):
        return first.year
    return None


TITLE_BEFORE: Final = re.compile(r"\b(?:mr|mrs|ms|dr|sir|lady|judge|officer)\.?\s$")
FAMILY_AFTER: Final = re.compile(
    rf"{S}(?:family|brothers|sisters|household|estate|sisters|siblings)\b"
)


MONTH_LIST: Final = re.compile(r",? (?:and |or )\Z|, \Z|-to-\Z")
MARCH_GOES_ON: Final = frozenset(
    "was began from and had will has ended took which that organised organized drew passed".split()
)
"""Words after "the March" that show it to be people marching."""


def bare_month_is_date(scan: Scan, start: int, end: int, word: str) -> bool:
    """Whether a month word without day and year is the month here."""
    left, right = scan.left(start, 30), scan.right(end, 40)
    low = word.lower()
    if FAMILY_AFTER.match(right) or TITLE_BEFORE.search(left):
        return False
    if re.match(r"[-\u2019'\w]|\.\w", right) and not re.match(
        r"['\u2019]s\b|-(?!\w)|\u2013", right
    ):
        return False
    if scan.question:
        return bool(PREPOSITION_BEFORE.search(left)) or low not in NAME_MONTHS
    if low == "march" and (
        MARCH_NAMES.match(right) and not re.search(r"\b(?:in|since|last|until)\s$", left)
    ):
        return False
    person = low in scan.people
    possessive = right[:2] in ("'s", "\u2019s")
    if low == "may" and CONFIDENCE_IN.search(left):
        return False
    if PREPOSITION_BEFORE.search(left):
        if person:
            return (
                bool(
                    re.search(r"\b(?:in|during|last|next|since|until|early|late|mid)[\s-]$", left)
                )
                and not possessive
            )
        if (
            low in NAME_MONTHS
            and re.match(rf"{S}[A-Z][a-z]", right)
            and not re.search(r"\b(?:in|since|last|next)\s$", left)
        ):
            return False
        return not (
            low in NAME_MONTHS
            and possessive
            and not re.search(r"\b(?:in|since|last|next|after|before|during)\s$", left)
        )
    if (
        scan.found
        and scan.found[-1].grain is Grain.MONTH
        and MONTH_LIST.match(scan.text[scan.found[-1].end : start])
    ):
        return True
    if DETERMINER_BEFORE.search(left):
        noun = LOWER_NOUN_AFTER.match(right)
        return (
            bool(noun)
            and not person
            and not (low == "march" and noun is not None and noun["noun"] in MARCH_GOES_ON)
        )
    if possessive:
        return low not in NAME_MONTHS
    return low not in NAME_MONTHS and word[0].isupper()
