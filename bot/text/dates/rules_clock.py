"""Rules for clock times."""

from __future__ import annotations

import re
from typing import Final

from bot.model import Grain
from bot.text.dates.calendar_words import (
    S,
)
from bot.text.dates.scan import (
    Found,
    Scan,
)

TWELVE_HOURS = re.compile(
    r"(?P<h>1[0-2]|0?[1-9])(?:[:.](?P<min>[0-5]\d))?[ \u00a0\u202f-]?(?P<ap>[ap])(?:\.m\.|m\b\.?)",
    re.IGNORECASE,
)

TWENTYFOUR_HOURS = re.compile(
    rf"(?P<h>[01]\d|2[0-3]|\d):(?P<min>[0-5]\d)(?![\d:]|\.\d)(?P<hours>{S}hours\b)?"
    rf"(?P<zone>{S}\(?(?:GMT|UTC|BST|CET|CEST|EET|EST|EDT|ET|PT|PST|PDT|MSK|IST|local{S}time)\b)?"
)

ZONE: Final = (
    rf"{S}\(?(?:GMT|UTC|BST|CET|CEST|EET|EST|EDT|ET|PT|PST|PDT|MSK|IST|hours|local{S}time)\b"
)
BARE_HOURS = re.compile(rf"(?P<h>[01]\d|2[0-3])(?P<min>[0-5]\d){ZONE}")


def bare_hours(scan: Scan, m: re.Match[str]) -> Found | None:
    """1100 GMT."""
    if not AT_BEFORE.search(scan.left(m.start(), 12)) and scan.left(m.start(), 1) not in ("(", ""):
        return None
    return _clock(scan, m.start(), m.end(), f"{int(m['h']):02d}:{int(m['min']):02d}")


CLOCK_WORD = re.compile(r"(?P<w>noon|midday|midnight)(?!\w|-)", re.IGNORECASE)

AT_BEFORE: Final = re.compile(
    r"\b(?:at|by|before|after|until|till|from|around|about|since|to|at about|at around)\s$"
)


SCORE_AFTER: Final = re.compile(
    rf"{S}(?:left|remaining|into|minutes|lead|ratio|in{S}the{S}\w+{S}(?:half|quarter|period))"
)


def twelve_hours(scan: Scan, m: re.Match[str]) -> Found | None:
    """3 p.m.; 10:30 a.m."""
    if re.search(r"[\d$\u00a3.:]$", scan.left(m.start(), 1)):
        return None
    hour = int(m["h"]) % 12 + (12 if m["ap"].lower() == "p" else 0)
    return _clock(scan, m.start(), m.end(), f"{hour:02d}:{int(m['min'] or 0):02d}")


def twentyfour_hours(scan: Scan, m: re.Match[str]) -> Found | None:
    """15:00 GMT; at 15:00."""
    left = scan.left(m.start(), 12)
    if re.search(r"[\d$\u00a3.:/-]$", left):
        return None
    told = m["zone"] or m["hours"]
    if not told and (not AT_BEFORE.search(left) or len(m["h"]) == 1):
        return None
    if not told and SCORE_AFTER.match(scan.right(m.end())):
        return None
    return _clock(scan, m.start(), m.end(), f"{int(m['h']):02d}:{int(m['min']):02d}")


def clock_word(scan: Scan, m: re.Match[str]) -> Found | None:
    """Noon; midnight."""
    left = scan.left(m.start(), 14)
    if not m["w"].islower() and not scan.question:
        return None
    if not AT_BEFORE.search(left) and not re.match(rf"{S}on{S}", scan.right(m.end())):
        return None
    return _clock(scan, m.start(), m.end(), "00:00" if m["w"].lower() == "midnight" else "12:00")


def _clock(scan: Scan, start: int, end: int, clock: str) -> Found:
    return Found(start, end, f"T{clock}", Grain.TIME, "clock time", clock=clock)


RULES: Final = (
    (("#4",), BARE_HOURS, bare_hours),
    (("#",), TWELVE_HOURS, twelve_hours),
    (("#",), TWENTYFOUR_HOURS, twentyfour_hours),
    (("noon", "midday", "midnight"), CLOCK_WORD, clock_word),
)
