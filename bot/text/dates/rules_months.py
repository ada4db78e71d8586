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
    rf"{S}(?:\d+{S})?(?:(?:presidential|general|parliamentary|local|snap|midterm){S})?"
    r"(?:elections?|vote|ballot|referendum|primary|primaries|summit|convention|deadline|midterms|"
    r"runoff|caucus|caucuses)\b"
)

PREPOSITION_BEFORE: Final = re.compile(
    r"\b(?:in|since|until|till|by|during|from|between|of|through|to|before|after|for|around|and|"
    r"last|next|late|early|mid|mid-|back in|as of|throughout|beginning|starting)[\s-]$"
)

DETERMINER_BEFORE: Final = re.compile(
    r"(?:\b(?:the|a|an|his|her|its|their|this|that|our|s|first|second)|'s|\u2019s)\s$"
)

LOWER_NOUN_AFTER: Final = re.compile(rf"{S}(?P<noun>[a-z]{{3,}}|[A-Z]{{2,}}|\d+)")


UP_TO_MONTH: Final = re.compile(r"\b(?:by|until|till)\s$")


def bare_month(scan: Scan, start: int, end: int, month: int) -> Found:
    """A month without a year, by the clause's tense."""
    found = Found(start, end, None, Grain.MONTH, "month without a year", month=month)
    if scan.anchor is None:
        return found
    direction = direction_of(scan, start, end)
    if direction is Direction.PAST and EVENT_NOUNS.match(scan.right(end, 60)):
        ahead = scan.direction_after(end) is Direction.FUTURE
        direction = Direction.FUTURE if ahead else Direction.UNKNOWN
    elif direction is Direction.UNKNOWN and UP_TO_MONTH.search(scan.left(start, 8)):
        direction = Direction.FUTURE
    year = _sentence_year(scan, direction) or nearest_month(scan.anchor, month, direction)
    found.value, found.direction = month_value(year, month), direction
    found.how = f"month, {DIRECTION_NAMES[direction]}"
    return found


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
FAMILY_AFTER: Final = re.compile(rf"{S}(?:family|brothers|sisters|siblings|household|estate)\b")
CAPITAL_AFTER: Final = re.compile(rf"{S}[A-Z][a-z]")
PART_OF_WORD_AFTER: Final = re.compile(r"(?!['\u2019]s\b|-(?!\w))(?:[-\u2019'\w]|\.\w)")
SURE_BEFORE: Final = re.compile(r"\b(?:in|during|last|next|since|until|early|late|mid)[\s-]$")
"""Words after which even the name of a person in the text is the month."""
OWNED_BEFORE: Final = re.compile(r"\b(?:after|before)\s$")
MONTH_LIST: Final = re.compile(r",? (?:and |or )\Z|, \Z|-to-\Z")
MARCH_GOES_ON: Final = frozenset(
    "was began from and had will has ended took which that organised organized drew passed".split()
)
"""Words after "the March" that show it to be people marching."""


def bare_month_is_date(scan: Scan, start: int, end: int, word: str) -> bool:
    """Whether a month word without day and year is the month here."""
    left, right = scan.left(start, 30), scan.right(end, 40)
    low = word.lower()
    if FAMILY_AFTER.match(right) or TITLE_BEFORE.search(left) or PART_OF_WORD_AFTER.match(right):
        return False
    if scan.question:
        return bool(PREPOSITION_BEFORE.search(left)) or low not in NAME_MONTHS
    sure = bool(SURE_BEFORE.search(left))
    owner = right[:2] in ("'s", "\u2019s")
    if low == "may" and CONFIDENCE_IN.search(left):
        return False
    if low == "march" and not sure and MARCH_NAMES.match(right):
        return False
    if PREPOSITION_BEFORE.search(left):
        if low in scan.people:
            return sure and not owner
        if low in NAME_MONTHS and not sure:
            owned = owner and not OWNED_BEFORE.search(left)
            return not owned and not CAPITAL_AFTER.match(right)
        return True
    if _goes_on_list(scan, start):
        return True
    if DETERMINER_BEFORE.search(left):
        noun = LOWER_NOUN_AFTER.match(right)
        if noun is None or low in scan.people:
            return False
        return low != "march" or noun["noun"] not in MARCH_GOES_ON
    return low not in NAME_MONTHS and (owner or word[0].isupper())


def _goes_on_list(scan: Scan, start: int) -> bool:
    """Whether a month stands before `start` in the same list ("in May, June or July")."""
    if not scan.found or scan.found[-1].grain is not Grain.MONTH:
        return False
    return bool(MONTH_LIST.match(scan.text[scan.found[-1].end : start]))
