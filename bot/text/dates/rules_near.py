"""Rules for weekdays and for today, yesterday, tomorrow."""

from __future__ import annotations

import re
from datetime import timedelta
from typing import Final

from bot.model import Grain
from bot.text.dates.calendar_words import (
    DAY,
    MONTH,
    PART_OF_DAY,
    WEEKDAY,
    WEEKDAY_ABBREVIATED,
    WEEKDAYS,
    S,
    read_weekday,
)
from bot.text.dates.nearest import DIRECTION_NAMES, TERM_AHEAD, weekend_of
from bot.text.dates.scan import (
    Found,
    Scan,
)
from bot.text.dates.tense import (
    Direction,
)
from bot.text.dates.traps import TODAY_NAME, TODAY_PROGRAMME, VAGUE_TODAY, weekday_is_name
from bot.text.dates.values import (
    interval,
    shift_days,
)

WEEKDAY_RULE = re.compile(
    rf"(?P<w>{WEEKDAY})(?!\w)(?:{S}(?P<part>{PART_OF_DAY})\b)?", re.IGNORECASE
)

NEAR_DAY = re.compile(
    rf"(?P<d>today|yesterday|tomorrow|tonight)(?!\w|-)(?:{S}(?P<part>{PART_OF_DAY})\b)?",
    re.IGNORECASE,
)


SHORT_WEEKDAY = re.compile(
    rf"(?P<w>{WEEKDAY_ABBREVIATED})(?=,?{S}(?:{MONTH}{S}{DAY}|{DAY}{S}{MONTH}))", re.IGNORECASE
)


def short_weekday(scan: Scan, m: re.Match[str]) -> Found | None:
    """Tues., May 13: an abbreviated weekday is one only beside its date."""
    if not (scan.question or m["w"][0].isupper()):
        return None
    return weekday_near(scan, m.start(), m.end(), read_weekday(m["w"]))


def weekday(scan: Scan, m: re.Match[str]) -> Found | None:
    """Tuesday; Tuesday evening, by the clause's tense, the day of publication included."""
    word = m["w"]
    if not scan.question and not word[0].isupper():
        return None
    if weekday_is_name(scan.left(m.start(), 24), scan.right(m.end("w"), 24)):
        return None
    return weekday_near(scan, m.start(), m.end(), read_weekday(word))


OWNED_PAST: Final = re.compile(
    rf"['\u2019]s{S}(?:[\w-]+{S}){{0,2}}?"
    r"(?:decision|ruling|verdict|attacks?|blasts?|explosions?|crash|"
    r"killings?|raids?|results?|announcement|resignation|defeat|loss|losses|victory|win|deaths?|"
    r"shootings?|strikes|earthquake|quake|storm|fire|arrests?|riots?|clashes|remarks|comments|"
    r"statement|speech|protests|bombings?|massacre|flood|floods)\b"
)
OWNED_AHEAD: Final = re.compile(
    rf"['\u2019]s{S}(?:[\w-]+{S}){{0,3}}?"
    r"(?:vote|election|elections|deadline|summit|primary|primaries|"
    r"caucuses|referendum|runoff|hearing|match|game|final|debate|contest|contests|poll)\b"
)
"""What a weekday owns: a verdict has been, a vote is yet to come unless the clause looks back."""
OPENS_AHEAD: Final = re.compile(r"\b(?:ahead of|by|until|till|starting|beginning|from|before)\s$")


def weekday_near(scan: Scan, start: int, end: int, number: int) -> Found:
    """The weekday that the tense asks for."""
    found = Found(start, end, None, Grain.DAY, "weekday, nothing to count from", weekday=number)
    if scan.anchor is None:
        return found
    found.direction = _weekday_direction(scan, start, end)
    back = (scan.anchor.weekday() - number) % 7
    ahead = (number - scan.anchor.weekday()) % 7
    day = shift_days(scan.anchor, ahead if found.direction is Direction.FUTURE else -back)
    found.value = day.isoformat() if day else None
    found.how = (
        "weekday, the next one" if found.direction is Direction.FUTURE else "weekday, the last one"
    )
    return found


def _weekday_direction(scan: Scan, start: int, end: int) -> Direction:
    """Which way a weekday lies, by what it owns, by the words before it, by the clause."""
    left, right = scan.left(start), scan.right(end, 60)
    if OWNED_PAST.match(right) or right.startswith(" that "):
        return Direction.PAST
    if TERM_AHEAD.search(left):
        return Direction.FUTURE
    direction = scan.direction(start, end)
    if direction is Direction.UNKNOWN and (OPENS_AHEAD.search(left) or OWNED_AHEAD.match(right)):
        return Direction.FUTURE
    return direction


WEEKEND = re.compile(r"weekend(?!\w|-)", re.IGNORECASE)
WEEKEND_BEFORE: Final = re.compile(r"\b(?:over|at|during|on|of|since|before|after|for)\sthe\s$")


def the_weekend(scan: Scan, m: re.Match[str]) -> Found | None:
    """Over the weekend: the last or the next by the clause's tense."""
    if not WEEKEND_BEFORE.search(scan.left(m.start(), 16)):
        return None
    start = m.start() - len("the ")
    if scan.anchor is None:
        return Found(start, m.end(), None, Grain.INTERVAL, "no day to count from")
    direction = scan.direction(start, m.end())
    sign = 0 if direction is Direction.FUTURE or scan.anchor.weekday() >= SATURDAY else -1
    saturday = weekend_of(scan.anchor, sign)
    how = f"weekend, {DIRECTION_NAMES[Direction.FUTURE if not sign else Direction.PAST]}"
    value = interval(saturday, saturday + timedelta(days=1))
    return Found(start, m.end(), value, Grain.INTERVAL, how)


SATURDAY: Final = 5
TITLE_BEFORE: Final = re.compile(r"[A-Z][a-z]+ \Z")
"""The first word of a programme's name ("Evening Tonight")."""
NOWADAYS: Final = re.compile(
    r"\AToday,(?:\s[\w'\u2019-]+){1,6}?\s(?:is|are|has|have)\s(?!(?:\w+ing|\w+ed|set|due|to)\b)"
)
"""A sentence in the present that "Today," opens speaks of these times, not of one day."""


def near_day(scan: Scan, m: re.Match[str]) -> Found | None:
    """Today, yesterday, tomorrow, tonight."""
    word = m["d"].lower()
    left, right = scan.left(m.start(), 24), scan.right(m.end(), 24)
    if (
        word == "today"
        and not scan.question
        and (
            TODAY_NAME.search(left)
            or TODAY_PROGRAMME.match(right)
            or VAGUE_TODAY.match(right.lower())
        )
    ):
        return None
    if (
        NOWADAYS.search(scan.text[scan.start : min(scan.end, m.end() + 60)])
        and word == "today"
        and scan.start == m.start()
        and not scan.question
    ):
        return Found(m.start(), m.end(), None, Grain.DAY, "today, meaning nowadays")
    if (
        word == "tonight"
        and m["d"][0].isupper()
        and TITLE_BEFORE.search(scan.text[max(scan.start, m.start() - 24) : m.start()])
    ):
        return None
    start, shift = m.start(), {"yesterday": -1, "tomorrow": 1}.get(word, 0)
    if left.endswith("the day before ") and word == "yesterday":
        start, shift = start - len("the day before "), -2
    elif left.endswith("the day after ") and word == "tomorrow":
        start, shift = start - len("the day after "), 2
    if scan.anchor is None:
        return Found(start, m.end(), None, Grain.DAY, "no day to count from")
    day = shift_days(scan.anchor, shift)
    return Found(start, m.end(), day.isoformat() if day else None, Grain.DAY, m["d"].lower())


RULES: Final = (
    (tuple(w for w in WEEKDAYS if not w.endswith("day")), SHORT_WEEKDAY, short_weekday),
    (("weekend",), WEEKEND, the_weekend),
    (tuple(w for w in WEEKDAYS if w.endswith("day")), WEEKDAY_RULE, weekday),
    (("today", "yesterday", "tomorrow", "tonight"), NEAR_DAY, near_day),
)
