"""Rules for weekdays and for today, yesterday, tomorrow."""

from __future__ import annotations

import re
from typing import Final

from bot.model import Grain
from bot.text.dates.calendar_words import (
    PART_OF_DAY,
    WEEKDAY,
    WEEKDAYS,
    S,
    read_weekday,
)
from bot.text.dates.scan import (
    Found,
    Scan,
)
from bot.text.dates.tense import (
    Direction,
)
from bot.text.dates.traps import (
    HABIT_BEFORE,
    TODAY_NAME,
    TODAY_PROGRAMME,
    VAGUE_TODAY,
    WEEKDAY_NAME_AFTER,
    WEEKDAY_NAME_BEFORE,
)
from bot.text.dates.values import (
    shift_days,
)

WEEKDAY_RULE = re.compile(
    rf"(?P<w>{WEEKDAY})(?!\w)(?:{S}(?P<part>{PART_OF_DAY})\b)?", re.IGNORECASE
)

NEAR_DAY = re.compile(
    rf"(?P<d>today|yesterday|tomorrow|tonight)(?!\w|-)(?:{S}(?P<part>{PART_OF_DAY})\b)?",
    re.IGNORECASE,
)


def weekday(scan: Scan, m: re.Match[str]) -> Found | None:
    """Tuesday; Tuesday evening, by the clause's tense, the day of publication included."""
    word = m["w"]
    if not scan.question and not word[0].isupper():
        return None
    left, right = scan.left(m.start(), 24), scan.right(m.end(), 24)
    before = re.search(r"([\w']+)[\s-]$", left)
    after = re.match(rf"{S}([A-Z][a-z]+)(?:{S}([A-Z][a-z]+))?", right)
    if re.search(r"\b(?:mr|mrs|ms|dr|judge|sir|lady)\.?\s$", left):
        return None
    if before and before[1] in WEEKDAY_NAME_BEFORE:
        return None
    if re.search(r"\b(?:mail|independent|scotland|wales)\son\s$", left):
        return None
    if HABIT_BEFORE.search(left) or re.match(
        r"s\b|\s(?:night|morning|evening|afternoon)s\b", right
    ):
        return None
    if re.match(r"\.\w", right):
        return None
    if (
        after
        and after[1].lower() in WEEKDAY_NAME_AFTER
        and not (after[1] == "Night" and not after[2])
    ):
        return None
    if re.match(r"\s(?:Night|Morning)\s[A-Z]|-[a-z]", right):
        return None
    found = weekday_near(scan, m.start(), m.end(), read_weekday(word))
    if m["part"] and re.match(r"\s(?:Live|Football|Fever|Lights|Massacre|Magazine)", right):
        return None
    return found


def weekday_near(scan: Scan, start: int, end: int, number: int) -> Found:
    """The weekday that the tense asks for."""
    found = Found(start, end, None, Grain.DAY, "weekday, nothing to count from", weekday=number)
    if scan.anchor is None:
        return found
    found.direction = scan.direction(start, end)
    if found.direction is Direction.UNKNOWN and re.search(
        r"\b(?:ahead of|by|until|till|starting|beginning|from|before)\s$", scan.left(start, 14)
    ):
        found.direction = Direction.FUTURE
    back = (scan.anchor.weekday() - number) % 7
    ahead = (number - scan.anchor.weekday()) % 7
    day = shift_days(scan.anchor, ahead if found.direction is Direction.FUTURE else -back)
    found.value = day.isoformat() if day else None
    found.how = (
        "weekday, the next one" if found.direction is Direction.FUTURE else "weekday, the last one"
    )
    return found


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
    (tuple(w for w in WEEKDAYS if w.endswith("day")), WEEKDAY_RULE, weekday),
    (("today", "yesterday", "tomorrow", "tonight"), NEAR_DAY, near_day),
)
