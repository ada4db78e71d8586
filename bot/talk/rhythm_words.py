"""Rhythms, times of day and pauses as people write them ("weekdays at 7 and 18:30")."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import time, timedelta

from bot.talk.rhythm import (
    ALL_DAYS,
    AT_ONCE,
    WEEKDAYS,
    WEEKEND,
    QuietHours,
    Rhythm,
    make_rhythm,
)
from bot.text.words import fold

MOST_A_DAY = 24  # messages at once; who wants more reads the feed itself
LONGEST_CHARS = 400
"""Of a message that is read as a wish; what is longer is a paste."""

_CLOCK = (
    r"(?:(?:[01]?\d|2[0-3])(?:[:.h][0-5]\d)?(?:\s?(?:am|pm|a\.m\.|p\.m\.)(?!\w)|\s?o.?clock)?"
    r"|noon|midday|midnight)(?![\w:.]?\d)"
)
_DAY = (
    r"(?:mon(?:day)?|tue(?:s(?:day)?)?|wed(?:nesday)?|thu(?:r(?:s(?:day)?)?)?|fri(?:day)?"
    r"|sat(?:urday)?|sun(?:day)?|weekday|week-?end|workday|working day|business day|day|morning"
    r"|noon|afternoon|evening|night|week)s?"
)
_AND = r"(?:\s*(?:,\s*and|,|and|&|\+|/)\s*)"
_DAYS = rf"{_DAY}(?:{_AND}(?:(?:on|every|each)\s+)?{_DAY})*"
_BARE = r"(?:(?:mon|tues|wednes|thurs|fri|satur|sun)days|weekdays|week-?ends|mornings|evenings)"
_PARTS = re.compile(
    rf"\b(?P<once>(?:at once|immediately|right away|instantly|as it happens|straight away))\b"
    rf"|\b(?P<often>(?:once|twice|three times|[1-9] times) (?:a|per) day)\b"
    rf"|\b(?P<word>daily|weekly|every day|each day)\b"
    rf"|\b(?:every|each|on)\s+(?P<days>{_DAYS})\b(?!\s+(?:minister|time))"
    rf"|\b(?P<bare>{_BARE}(?:{_AND}{_BARE})*)\b"
    rf"|\b(?:at|around|by)\s+(?P<times>{_CLOCK}(?:{_AND}(?:at\s+)?{_CLOCK})*)",
)
_MOST = re.compile(
    r"[,;]?\s*\b(?:max(?:imum)?|at most|up to|no more than)\.?\s+(\d{1,2})"
    r"(?:\s+(?:times|messages|alerts))?\s+(?:a|per)\s+day\b"
)
_ONE_CLOCK = re.compile(
    r"(?P<word>noon|midday|midnight)|(?P<hour>\d{1,2})(?:[:.h](?P<minute>\d\d))?\s?"
    r"(?P<half>a\.?m|p\.?m)?"
)
_DAY_WORD = re.compile(_DAY)
_FIRST = {"mon": 0, "tue": 1, "wed": 2, "thu": 3, "fri": 4, "sat": 5, "sun": 6}
_PART_TIMES = {
    "morning": time(7, 30),
    "noon": time(12),
    "afternoon": time(15),
    "evening": time(18),
    "night": time(21),
}
OFTEN_TIMES = {
    1: (time(7, 30),),
    2: (time(7, 30), time(18)),
    3: (time(7, 30), time(12, 30), time(18)),
    4: (time(7), time(11), time(15), time(19)),
}
DEFAULT_TIME = time(7, 30)


@dataclass(frozen=True, slots=True)
class RhythmWords:
    """What was said of when: a rhythm, whether its minute was named too, and the other words."""

    rhythm: Rhythm
    has_time: bool
    rest: str
    recurs: bool = True
    """Whether it surely means more than once: "on Monday" may be the last one, or the next."""


def find_rhythm(text: str) -> RhythmWords | None:
    """The rhythm in `text`, wherever it stands; None where there is none.

    A lone "at 7" counts at the end only: elsewhere it is a part of the topic.
    """
    if len(text) > LONGEST_CHARS:
        return None
    folded = _same_length_fold(text)
    days: set[int] = set()
    times: list[time] = []
    parts: set[str] = set()
    once = False
    cuts: list[tuple[int, int]] = []
    most = _MOST.search(folded)
    if most is not None:
        cuts.append(most.span())
        folded = folded[: most.start()] + " " * len(most[0]) + folded[most.end() :]
    found = list(_PARTS.finditer(folded))
    for match in found:
        if match["once"]:
            once = True
        elif match["often"]:
            times += OFTEN_TIMES.get(_how_often(match["often"]), OFTEN_TIMES[4])
        elif match["word"]:
            if match["word"] == "weekly":
                parts.add("week")
        elif match["days"] or match["bare"]:
            for word in _DAY_WORD.findall(match["days"] or match["bare"]):
                days |= _days_of(word)
                parts.add(_singular(word))
        else:
            alone = len(found) == 1 and folded[match.end() :].strip(" .!") != ""
            if alone:
                continue
            times += [t for t in map(_time_of, _clocks(match["times"])) if t is not None]
        cuts.append(match.span())
    if not cuts:
        return None
    rest = _without(text, sorted(cuts))
    if (once or (most is not None and not found)) and not times and not days:
        count = min(max(int(most[1]), 1), MOST_A_DAY) if most is not None else AT_ONCE.most
        return RhythmWords(replace(AT_ONCE, most=count), has_time=True, rest=rest)
    if "week" in parts and not days:
        days = {0}
    named = bool(times) or any(part in _PART_TIMES for part in parts)
    if parts & {"afternoon", "evening", "night"}:
        times = [t.replace(hour=t.hour + 12) if t.hour < 12 else t for t in times]
    if not times:
        times = [_PART_TIMES[part] for part in parts if part in _PART_TIMES] or [DEFAULT_TIME]
    rhythm = make_rhythm(times, tuple(sorted(days)) or ALL_DAYS)
    recurs = any(not _is_one_day(match) for match in found)
    return RhythmWords(rhythm, named, rest, recurs)


def parse_times(text: str) -> list[time] | None:
    """The times of day in a message that is nothing else ("7", "07:30 and 18", "7 pm")."""
    words = _same_length_fold(text[:LONGEST_CHARS]).strip(" .!").removeprefix("at ").strip()
    if not re.fullmatch(rf"{_CLOCK}(?:{_AND}(?:at\s+)?{_CLOCK})*", words):
        return None
    times = [_time_of(clock) for clock in _clocks(words)]
    return [t for t in times if t is not None] if all(t is not None for t in times) else None


_OF_TIME = re.compile(
    r"\d|\b(?:days?|weeks?|weekly|months?|hours?|hourly|minutes?|every|each|daily|mornings?|"
    r"evenings?|nights?|noon|midnight|once|twice|o.?clock|am|pm|now|later|soon)\b"
)


def speaks_of_time(text: str) -> bool:
    """Whether words that could not be read as a time were meant as one."""
    return _OF_TIME.search(_same_length_fold(text[:LONGEST_CHARS])) is not None


def parse_quiet(text: str) -> QuietHours | None:
    """Quiet hours ("22-7", "from 22:00 to 7:00"); None for anything else."""
    words = _same_length_fold(text[:LONGEST_CHARS]).strip(" .!")
    match = re.fullmatch(
        rf"(?:from |between )?({_CLOCK})\s*(?:-|–|to|until|till|and)\s*({_CLOCK})", words
    )
    if match is None:
        return None
    start, end = _time_of(match[1]), _time_of(match[2])
    return QuietHours(start, end) if start and end is not None and start != end else None


_PAUSE = re.compile(
    r"(?:for )?(?:(?P<number>\d{1,3}|an?|one|two|three|four) )?(?P<unit>day|week|month)s?"
)
_NUMBERS = {"a": 1, "an": 1, "one": 1, "two": 2, "three": 3, "four": 4}
_UNITS = {"day": timedelta(days=1), "week": timedelta(weeks=1), "month": timedelta(days=30)}


def parse_pause(text: str) -> timedelta | None:
    """How long a pause lasts ("for 3 days", "a week"); None for anything else."""
    match = _PAUSE.fullmatch(fold(text[:LONGEST_CHARS]).strip(" .!"))
    if match is None:
        return None
    number = match["number"] or "1"
    return _UNITS[match["unit"]] * (_NUMBERS.get(number) or int(number))


# ----------------------------------------------------------------------------------- parts
def _same_length_fold(text: str) -> str:
    """`text` in small letters, place for place, so that what is found can be cut out of it."""
    return "".join(c.lower() if len(c.lower()) == 1 else c for c in text)


def _without(text: str, cuts: list[tuple[int, int]]) -> str:
    kept, at = [], 0
    for start, end in cuts:
        kept.append(text[at:start])
        at = end
    return " ".join(" ".join([*kept, text[at:]]).split()).strip(" ,;")


def _clocks(words: str) -> list[str]:
    return re.findall(_CLOCK, words)


def _time_of(clock: str) -> time | None:
    match = _ONE_CLOCK.match(clock)
    if match is None:
        return None
    if match["word"]:
        return time(0) if match["word"] == "midnight" else time(12)
    hour, minute = int(match["hour"]), int(match["minute"] or 0)
    if match["half"]:
        if not 1 <= hour <= 12:
            return None
        hour = hour % 12 + (12 if match["half"].startswith("p") else 0)
    return time(hour, minute)


def _how_often(words: str) -> int:
    first = words.split()[0]
    return {"once": 1, "twice": 2, "three": 3}.get(first) or int(first)


def _is_one_day(match: re.Match[str]) -> bool:
    """Whether a part of a rhythm may mean one day alone ("on Monday", "at 7")."""
    return bool(match["times"]) or (
        bool(match["days"]) and match[0].startswith("on ") and not match[0].endswith("s")
    )


def _singular(word: str) -> str:
    return word.replace("-", "").removesuffix("s")


def _days_of(word: str) -> set[int]:
    if (first := _FIRST.get(word[:3])) is not None and word[:3] != "mor":
        return {first}
    bare = _singular(word)
    if bare in ("weekday", "workday", "working day", "business day"):
        return set(WEEKDAYS)
    return set(WEEKEND) if bare == "weekend" else set()
