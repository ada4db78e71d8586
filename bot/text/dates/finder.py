"""The reader of dates: asks the rules at each word, joins neighbours, hands out mentions."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date
from typing import Final

from bot.model import DateMention, Grain, Span
from bot.text.dates import (
    rules_clock,
    rules_counted,
    rules_days,
    rules_holidays,
    rules_near,
    rules_seasons,
    rules_spans,
    rules_years,
)
from bot.text.dates.anchor import find_anchor
from bot.text.dates.joins import RANGE_OPENING, join
from bot.text.dates.people import find_month_people
from bot.text.dates.rules_days import DAY_RANGE
from bot.text.dates.scan import Found, Scan
from bot.text.dates.trigger import compile_trigger
from bot.text.dates.values import interval, week_bounds

Rule = tuple[re.Pattern[str], Callable[[Scan, re.Match[str]], Found | None]]
"""A rule's pattern, and what makes a date of its match, or None where it is none."""
WORD: Final = re.compile(r"[^\W\d_]+|\d+")


def _dispatch() -> dict[str, tuple[Rule, ...]]:
    """The rules to ask at each first word; "#" for digits, "#4" for four of them."""
    table: dict[str, list[Rule]] = {}
    for rules in (
        rules_holidays.RULES,
        rules_clock.RULES,
        rules_seasons.RULES,
        rules_days.RULES,
        rules_years.RULES,
        rules_near.RULES,
        rules_spans.RULES,
        rules_counted.RULES,
    ):
        for starters, pattern, reader in rules:
            for starter in starters:
                table.setdefault(starter, []).append((pattern, reader))
    return {word: tuple(rules) for word, rules in table.items()}


DISPATCH: Final = _dispatch()
TRIGGER: Final = compile_trigger(word for word in DISPATCH if not word.startswith("#"))
YEAR_DIGITS: Final = 4
"""Four digits can be a year; more are no date."""
WEEK_OF: Final = re.compile(r"\bweek (?:of|beginning|starting) \Z")
EARLIER_PART: Final = re.compile(
    r"(?P<the>\bthe (?:very )?(?:end|start|beginning|middle|close|turn) of (?:the )?)$|"
    r"(?P<mod>\b(?:early|late|mid|earlier|later)[ -])$|(?P<art>\bthe )$"
)
RELATIVE_OPENERS: Final = frozenset(
    "past next coming last following previous preceding same week".split()
)
ORDINAL_OPENERS: Final = frozenset("first second third fourth".split())
STRETCHES: Final = frozenset({Grain.DECADE, Grain.CENTURY, Grain.SEASON, Grain.QUARTER})
"""What "the" belongs to, as in "the 1990s"."""


def find_dates(text: str, sentences: Sequence[Span], published: date | None) -> list[DateMention]:
    """The dates of `text`, in order, none overlapping another.

    Relative dates count from the dateline's day where the text has one, else from `published`;
    with neither they have no value. What cannot be known has the value None, never a guess.
    """
    scan = Scan(text=text, anchor=find_anchor(text, published), people=find_month_people(text))
    return read_dates(scan, sentences)


def read_dates(scan: Scan, sentences: Sequence[Span]) -> list[DateMention]:
    """The dates of the sentences of `scan.text`, in order."""
    mentions: list[DateMention] = []
    for sentence in sentences:
        scan.enter(sentence.start, sentence.end)
        _read_sentence(scan)
        if not scan.found:
            continue
        joined = join(scan, scan.found)
        _clock_days(scan, joined)
        scan.found = joined
        for found in joined:
            if found.grain is Grain.DAY and found.value:
                scan.earlier_day = date.fromisoformat(found.value)
            _week_of(scan, found)
            start, end = _stretched(scan, found)
            if mentions and start < mentions[-1].span.end:
                start = max(found.start, mentions[-1].span.end)
            mentions.append(DateMention(Span(start, end), found.value, found.grain, found.how))
    return mentions


def _read_sentence(scan: Scan) -> None:
    """Puts the dates of the sentence into `scan.found`, each as the first rule to know it says."""
    end, position = scan.end, scan.start
    for trigger in TRIGGER.finditer(scan.lower, position, end):
        start = trigger.start()
        if start < position:
            continue
        word = trigger[0]
        if word[0].isdecimal():
            if len(word) > YEAR_DIGITS:
                continue
            word = "#4" if len(word) == YEAR_DIGITS else "#"
        for pattern, reader in DISPATCH[word]:
            match = pattern.match(scan.text, start, end)
            if match is not None and (found := reader(scan, match)) is not None:
                rules_holidays.named_day(scan, found)
                scan.found.append(found)
                position = found.end
                break


def _clock_days(scan: Scan, found: list[Found]) -> None:
    """A clock time takes the day of its sentence where there is one alone."""
    if len(found) == 1 and found[0].clock and scan.anchor and not found[0].day:
        alone = not WORD.search(scan.text, scan.start, found[0].start)
        alone = alone and not WORD.search(scan.text, found[0].end, scan.end)
        if alone and found[0].value == f"T{found[0].clock}":
            found[0].value = f"{scan.anchor.isoformat()}T{found[0].clock}"
            found[0].how = "clock time on a line of its own"
            return
    days = {
        f.value[:10]
        for f in found
        if f.grain in (Grain.DAY, Grain.TIME) and f.value and f.value[0].isdigit()
    }
    if len(days) != 1:
        return
    day = days.pop()
    for item in found:
        if item.clock and item.value and item.value.startswith("T"):
            item.value, item.how = f"{day}T{item.clock}", "clock time, the day of its sentence"


def _week_of(scan: Scan, found: Found) -> None:
    """Makes the week of a day that "the week of" goes before."""
    before = WEEK_OF.search(scan.left(found.start, 20))
    if before is not None and found.grain is Grain.DAY and found.value:
        found.value = interval(*week_bounds(date.fromisoformat(found.value)))
        found.start -= len(before[0])
        found.grain, found.how = Grain.WEEK, f"week of a day, {found.how}"


def _stretched(scan: Scan, found: Found) -> tuple[int, int]:
    """The span with the words before it that belong to it ("early 2024", "the 1990s")."""
    start = found.start
    if found.how == DAY_RANGE and (opening := RANGE_OPENING.search(scan.left(start, 10))):
        return start - len(opening[0]), found.end
    match = EARLIER_PART.search(scan.left(start, 32))
    if match is None:
        return start, found.end
    if match["the"] or match["mod"]:
        start -= len(match[0])
        if match["mod"] and found.grain in STRETCHES and scan.left(start, 4).endswith("the "):
            start -= len("the ")
        return start, found.end
    opener = re.match(r"[a-z]*", scan.lower[start : start + 10])
    word = opener[0] if opener else ""
    named = word in ORDINAL_OPENERS and found.grain is not Grain.DAY
    if found.grain in STRETCHES or named or word in RELATIVE_OPENERS:
        start -= len(match["art"])
    return start, found.end
