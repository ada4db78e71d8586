"""Dates in people's questions: lower case, typed in haste, counted from now."""

from __future__ import annotations

import re
from datetime import date, datetime
from typing import Final

from bot.model import DateMention, Grain, Span
from bot.text.dates.calendar_words import MONTHS, WEEKDAYS
from bot.text.dates.finder import read_dates
from bot.text.dates.scan import Scan
from bot.text.dates.values import OPEN, bounds, shift_days

KNOWN: Final = tuple(
    word for word in (*MONTHS, *WEEKDAYS, "yesterday", "tomorrow", "tonight") if len(word) >= 6
)
WORD: Final = re.compile(r"[a-z]{5,}", re.IGNORECASE)
NOT_TYPOS: Final = frozenset(
    "august monday sunday friday mayor marched marches marching decent member members remember "
    "number numbers tomorrows yesterdays augusta sundays mondays fridays tuesdays januarys".split()
)
BOUND_BEFORE: Final = re.compile(
    r"\b(since|after|before|until|till|up to|prior to)\s+(?:the\s+)?$"
)


def find_question_dates(question: str, now: datetime) -> list[DateMention]:
    """The dates of a question, in order, with spans in `question`.

    "since" and "after" reach to today; "before" and "until" begin at the unknown
    ("../2025-02-28"). "since the call" has no value here: the event is another room's to find.
    """
    fixed, places = repair(question)
    today = now.date()
    scan = Scan(text=fixed, anchor=today, question=True)
    mentions = []
    for mention in read_dates(scan, [Span(0, len(fixed))]):
        mention = _bounded(fixed, mention, today)
        span = Span(places[mention.span.start], places[mention.span.end])
        mentions.append(DateMention(span, mention.value, mention.grain, mention.how))
    return mentions


def _bounded(text: str, mention: DateMention, today: date) -> DateMention:
    """`mention` as the stretch of time that "since" or "before" makes of it."""
    before = BOUND_BEFORE.search(text[: mention.span.start].lower())
    days = bounds(mention.value)
    if before is None or days is None:
        return mention
    word = before[1]
    span = Span(before.start(), mention.span.end)
    first, last = days
    if word == "since" and first <= today:
        value: str | None = f"{first.isoformat()}/{today.isoformat()}"
    elif word == "after" and last < today:
        follows = shift_days(last, 1)
        value = f"{follows.isoformat()}/{today.isoformat()}" if follows else None
    elif word in ("before", "prior to"):
        ends = shift_days(first, -1)
        value = f"{OPEN}/{ends.isoformat()}" if ends else None
    elif word in ("until", "till", "up to"):
        value = f"{OPEN}/{last.isoformat()}"
    else:
        return mention
    return DateMention(span, value, Grain.INTERVAL, f"{word}, {mention.how}")


def repair(question: str) -> tuple[str, list[int]]:
    """`question` with misspelt months and weekdays mended, and where each character came from."""
    out: list[str] = []
    places: list[int] = []
    position = 0
    for match in WORD.finditer(question):
        word = match[0].lower()
        if word in MONTHS or word in WEEKDAYS or word in NOT_TYPOS:
            continue
        meant = _meant(word)
        if meant is None:
            continue
        out.append(question[position : match.start()])
        places.extend(range(position, match.start()))
        out.append(meant)
        places.extend([match.start()] * len(meant))
        position = match.end()
    out.append(question[position:])
    places.extend(range(position, len(question) + 1))
    return "".join(out), places


def _meant(word: str) -> str | None:
    """The month, weekday or near day that `word` misspells: same first letter, few letters off."""
    for known in KNOWN:
        if word == known:
            return None
        allowed = 2 if len(known) >= 7 else 1
        if (
            known[0] == word[0]
            and abs(len(known) - len(word)) <= allowed
            and _distance(word, known) <= allowed
        ):
            return known
    return None


def _distance(a: str, b: str) -> int:
    """Letters to change, add, drop or swap with a neighbour (Damerau 1964, optimal alignment)."""
    rows = [list(range(len(b) + 1))]
    for i, x in enumerate(a, 1):
        row = [i]
        for j, y in enumerate(b, 1):
            cost = min(rows[i - 1][j] + 1, row[j - 1] + 1, rows[i - 1][j - 1] + (x != y))
            if i > 1 and j > 1 and x == b[j - 2] and a[i - 2] == y:
                cost = min(cost, rows[i - 2][j - 2] + 1)
            row.append(cost)
        rows.append(row)
    return rows[-1][-1]
