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
from bot.text.dates.calendar_words import DAY, MONTH, YEAR, S, read_month
from bot.text.dates.joins import join
from bot.text.dates.scan import Found, Scan
from bot.text.dates.values import make_day

Rule = tuple[re.Pattern[str], Callable[[Scan, re.Match[str]], Found | None]]
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
SMALL_NUMBER_RULES: Final = DISPATCH["#"]
YEAR_RULES: Final = DISPATCH["#4"]
PEOPLE: Final = re.compile(
    r"\b(?:Theresa|Mrs\.?|Ms\.?|Mr\.?|Miss|Dr\.?|Prime Minister|Home Secretary|Brian|Elaine|Imelda|Lady|Sir|Sen\.|Rep\.)"
    rf" (?P<last>May|March|June|August|April)\b(?!{S}\d)|\b(?P<first>April|June|May|August|Augusta)"
    r" (?!Fool|Day|Day's|But|And|The|In|On|At|He|She|It|When|After|As|Mr|Mrs|President|Prime|Labo)[A-Z][a-z]+(?:son|ford|er|ton|ez|man|ley|s)?\b(?= (?:said|says|told|was|is|and|who|of)|,|'s|’s)"
)
DATELINE: Final = re.compile(
    rf"[ \t]*[A-Z][A-Z .,'/\u2019-]{{2,40}}?(?:,{S}[A-Z][A-Za-z. ]{{2,20}})?(?:,{S}|{S}[-\u2013\u2014]{S}|{S}\()"
    rf"(?:(?P<m>{MONTH}){S}(?P<d>{DAY})|(?P<d2>{DAY}){S}(?P<m2>{MONTH}))(?:,?{S}(?P<y>{YEAR}))?"
    rf"(?=\)?{S}?(?:\(|[-\u2010-\u2015:]|[A-Z]{{2}}))",
    re.IGNORECASE,
)
DATELINE_LINES: Final = 12
"""Lines from the top in which a dateline is looked for."""
EARLIER_PART: Final = re.compile(
    r"(?P<the>\bthe (?:very )?(?:end|start|beginning|middle|close|turn) of (?:the )?)$|"
    r"(?P<mod>\b(?:early|late|mid|earlier|later)(?: in| on)?[ -])$|(?P<art>\bthe )$"
)
RELATIVE_OPENERS: Final = frozenset(
    "past next coming last following previous preceding same".split()
)
ORDINAL_OPENERS: Final = frozenset("first second third fourth".split())


def find_dates(text: str, sentences: Sequence[Span], published: date | None) -> list[DateMention]:
    """The dates of `text`, in order, none overlapping another.

    Relative dates count from the dateline's day where the text has one, else from `published`;
    with neither they have no value. What cannot be known has the value None, never a guess.
    """
    scan = Scan(text=text, anchor=find_anchor(text, published), people=_people(text))
    return _run(scan, sentences)


def _run(scan: Scan, sentences: Sequence[Span]) -> list[DateMention]:
    mentions: list[DateMention] = []
    for sentence in sentences:
        scan.enter(sentence.start, sentence.end)
        _read_sentence(scan)
        joined = join(scan, scan.found)
        _clock_days(scan, joined)
        scan.found = joined
        for found in joined:
            if found.grain is Grain.DAY and found.value:
                scan.earlier_day = date.fromisoformat(found.value)
            start, end = _stretched(scan, found)
            if mentions and start < mentions[-1].span.end:
                start = max(found.start, mentions[-1].span.end)
            mentions.append(DateMention(Span(start, end), found.value, found.grain, found.how))
    return mentions


def _read_sentence(scan: Scan) -> None:
    text, end, position = scan.text, scan.end, scan.start
    get = DISPATCH.get
    for word in WORD.finditer(text, scan.start, end):
        start = word.start()
        if start < position:
            continue
        token = word[0]
        if token[0].isdecimal():
            rules = (
                YEAR_RULES if len(token) == 4 else SMALL_NUMBER_RULES if len(token) < 4 else None
            )
            if start and text[start - 1].isalnum():
                continue
        else:
            rules = get(token.lower())
        if not rules:
            continue
        for pattern, reader in rules:
            match = pattern.match(text, start, end)
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


def _stretched(scan: Scan, found: Found) -> tuple[int, int]:
    """The span with the words before it that belong to it ("early 2024", "the 1990s")."""
    start = found.start
    match = EARLIER_PART.search(scan.left(start, 32))
    if match is None:
        return start, found.end
    if match["the"]:
        return start - len(match["the"]), found.end
    if match["mod"]:
        if "in " in match["mod"] or "on " in match["mod"]:
            return start, found.end
        start -= len(match["mod"])
        if scan.left(start, 4).endswith("the ") and found.grain in (
            Grain.DECADE,
            Grain.SEASON,
            Grain.CENTURY,
        ):
            start -= 4
        return start, found.end
    word = re.match(r"[a-z]+", scan.text[start : start + 10].lower())
    if found.grain in (Grain.DECADE, Grain.CENTURY, Grain.SEASON, Grain.QUARTER) or (
        word
        and (
            word[0] in RELATIVE_OPENERS
            or (word[0] in ORDINAL_OPENERS and found.grain is not Grain.DAY)
        )
    ):
        return start - len(match["art"]), found.end
    return start, found.end


SURNAME_MAY: Final = re.compile(r"\b(?P<first>[A-Z][a-z]{2,}) May\b(?!\.?,? ?\d)")
NOT_FIRST_NAMES: Final = frozenset(
    "since until last next late early this the from and for but when after before while during "
    "between through through throughout mid every each monday tuesday wednesday thursday friday "
    "saturday sunday april june in on by of to if".split()
)


def _people(text: str) -> frozenset[str]:
    """The month words that are people's names in `text`."""
    if "May" in text and any(
        m["first"].lower() not in NOT_FIRST_NAMES for m in SURNAME_MAY.finditer(text)
    ):
        return frozenset({"may"}) | _other_people(text)
    return _other_people(text)


def _other_people(text: str) -> frozenset[str]:
    return frozenset((m["last"] or m["first"]).lower() for m in PEOPLE.finditer(text))


def find_anchor(text: str, published: date | None) -> date | None:
    """The day that relative dates count from: the dateline's, else the day of publication."""
    position = 0
    for _ in range(DATELINE_LINES):
        match = DATELINE.match(text, position, position + 120)
        if match and match[0].strip()[:3].isupper() and (match["m"] or match["m2"])[0].isupper():
            month = read_month(match["m"] or match["m2"])
            number = re.match(r"\d+", match["d"] or match["d2"])
            day = int(number[0]) if number else 0
            if match["y"]:
                return make_day(int(match["y"]), month, day) or published
            if published is not None:
                days = [
                    d
                    for y in (published.year - 1, published.year, published.year + 1)
                    if (d := make_day(y, month, day)) and (d - published).days <= 1
                ]
                if days and (published - max(days)).days <= 60:
                    return max(days)
            return published
        position = text.find("\n", position)
        if position < 0:
            break
        position += 1
    return published
