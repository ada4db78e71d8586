"""The day that an article's relative dates count from."""

from __future__ import annotations

import re
from datetime import date
from typing import Final

from bot.text.dates.calendar_words import DAY, MONTH, YEAR, S, read_month
from bot.text.dates.values import make_day

DATELINE: Final = re.compile(
    rf"[ \t]*[A-Z][A-Z .,'/\u2019-]{{2,40}}?(?:,{S}[A-Z][A-Za-z. ]{{2,20}})?"
    rf"(?:,{S}|{S}[-\u2013\u2014]{S}|{S}\()"
    rf"(?:(?P<m>{MONTH}){S}(?P<d>{DAY})|(?P<d2>{DAY}){S}(?P<m2>{MONTH}))(?:,?{S}(?P<y>{YEAR}))?"
    rf"(?=\)?{S}?(?:\(|[-\u2010-\u2015:]|[A-Z]{{2}}))",
    re.IGNORECASE,
)
"""PARIS, May 3 (Reuters) -"""
DATELINE_LINES: Final = 12
"""Lines from the top in which a dateline is looked for."""
DATELINE_CHARS: Final = 120
DATELINE_AGE_DAYS: Final = 60
"""A dateline without a year lies at most so long before the day of publication."""
YEARS_OF_NEWS: Final = range(1500, 2500)
"""A day of publication outside these years is a fault; nothing is counted from it."""


CLOCK_SLACK_DAYS: Final = 1
"""A day ahead may be but another time zone's."""


def settle_published(published: date | None, first_seen: date) -> tuple[date | None, bool]:
    """The day of publication to believe, and whether it was in the future and had to be clamped.

    A feed's date that lies after the article was first seen cannot be; the day it was first seen
    stands for it then. No date stays none.
    """
    if published is not None and (published - first_seen).days > CLOCK_SLACK_DAYS:
        return first_seen, True
    return published, False


def find_anchor(text: str, published: date | None) -> date | None:
    """The day that relative dates count from: the dateline's, else the day of publication."""
    if published is not None and published.year not in YEARS_OF_NEWS:
        published = None
    position = 0
    for _ in range(DATELINE_LINES):
        match = DATELINE.match(text, position, position + DATELINE_CHARS)
        if match and match[0].strip()[:3].isupper() and (match["m"] or match["m2"])[0].isupper():
            return _dateline_day(match, published) or published
        position = text.find("\n", position) + 1
        if not position:
            break
    return published


def _dateline_day(match: re.Match[str], published: date | None) -> date | None:
    """The day of a dateline; without a year the last such day up to publication."""
    month = read_month(match["m"] or match["m2"])
    day = int((match["d"] or match["d2"]).rstrip("sthndrSTHNDR"))
    if match["y"]:
        return make_day(int(match["y"]), month, day)
    if published is None:
        return None
    years = (published.year - 1, published.year, published.year + 1)
    days = [d for y in years if (d := make_day(y, month, day)) and (d - published).days <= 1]
    if days and (published - max(days)).days <= DATELINE_AGE_DAYS:
        return max(days)
    return None
