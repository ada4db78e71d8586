"""Finds the figures in a text: counts, money, shares, with unit, hedge and what they count."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.extract.figure_words import (
    COUNT_ENDS,
    CURRENCIES,
    CURRENCY_SIGNS,
    DOLLARS_OF,
    HEDGES_AFTER,
    HEDGES_BEFORE,
    IRREGULAR_PLURALS,
    NUMBER_WORDS,
    SCALES,
    UNITS,
)
from bot.model import DateMention, Figure, Span

LONGEST_COUNTED_WORDS = 6
"""What a figure counts is a short noun phrase; longer ones are clauses."""
HEDGE_REACH_CHARS = 24

_SMALL = "|".join(sorted(NUMBER_WORDS, key=len, reverse=True))
_SIGNS = "".join(re.escape(s) for s in CURRENCY_SIGNS if len(s) == 1)
_SCALE = "|".join(sorted((w for w in SCALES if len(w) > 1), key=len, reverse=True))
_NUMBER = re.compile(
    rf"(?<![\w.,/:&@#-])(?P<sign>(?:US|A|C|AU|CA|NZ|HK|R)?[{_SIGNS}] ?)?"
    rf"(?:(?P<digits>\d{{1,3}}(?:,\d{{3}})+(?:\.\d+)?|\d{{1,12}}(?:\.\d+)?)"
    rf"|(?P<words>\b(?:half )?an? (?=dozen|hundred|thousand|million|billion)"
    rf"|\b(?:{_SMALL})(?:[ -](?:and )?(?:{_SMALL}))*))"
    rf"(?:[ \xa0-]?(?P<scale>{_SCALE})\b\.?|(?P<letter>[KkMmBb]n?)(?![\w]))?"
    rf"(?![\w/])(?![.,]\d)",
    re.IGNORECASE,
)
_PERCENT = re.compile(
    r"[ \xa0-]?(?:%|percent\b|per cent\b|pct\b|(?P<points>percentage[ -]points?\b))", re.IGNORECASE
)
_WORD_AFTER = re.compile(r"[ \xa0-]((?:U\.S\.|[^\W\d_][\w’'-]*))")
_OF_AFTER = re.compile(r"[ \xa0](of|in|for|worth of)[ \xa0]")
_DATE_TAIL = re.compile(
    r"[ \xa0]?(?:a\.m\.|p\.m\.|am\b|pm\b|o[’']clock|E[SD]T\b|GMT\b|BST\b|B\.?C\.|A\.?D\.)"
)
_YEAR = re.compile(r"(?:1[5-9]|20)\d\d$")
_RANGE = re.compile(
    r"(?:[-–]|[ \xa0](?:to|or)[ \xa0])[$€£]?\d[\d,]*(?:\.\d+)?"
    r"(?:[ \xa0](?:million|billion|trillion))?(?![\w%]|[.,]\d)"
)
_STRAIGHT = re.compile(
    r"[ \xa0](?:straight|consecutive|full|whole|more|long|short|additional)(?= )"
)
_NO_PURPOSE = re.compile(
    r"(?:the|a|an|this|that|its|his|her|their|each|all|every|just|only)\b|\d|[A-Z]"
)
_OF_A_NUMBER = re.compile(r" of (?:(?:the |its |their )?\d|them\b|those\b|these\b|us\b)")
_A_PERIOD = re.compile(r"[ \xa0](?:a|an|per|each|every)[ \xa0]")
_DOLLARS = re.compile(
    r" (?:New |Hong )?(Canadian|Australian|Zealand|Kong|U\.S\.|US|American) dollars?\b",
    re.IGNORECASE,
)
_SCORE = re.compile(
    r"[-–]\d{1,2}(?!\d)(?: (?:lead|deficit|win|loss|victory|defeat|tie|draw|decision|ruling|vote|"
    r"majority|advantage|record|series|in|on|to|against|over|after|before)\b|[,.;)])"
)
_LIST_NUMBER = re.compile(r"(?:^|\n)[ \t]*$")
_LABELS = re.compile(
    r"(?:\b(?:No|Nos|Fortune|Forbes|S&P|Chapter|Article|Section|Title|Page|Part|Flight|Route|Room|Apollo|Windows|iPhone|"
    r"Boeing|Airbus|Channel|Level|Class|Phase|Act|Game|Grade|Point|Week|Day|Version|Rule|Proposition|"
    r"Amendment|Highway|Interstate|Season|Episode|Line|Type|Area|Election)\.?"
    r"|\b[Aa]ged?|#)[ \xa0]?$"
)
_AGE_BEFORE = re.compile(r"[A-Z][\w’.-]+,? ?(?:\()?$")
_AGE_AFTER = re.compile(r"(?:,|\)|-year-old\b| years? old\b| years? of age\b)")


@dataclass(frozen=True, slots=True)
class FoundFigure:
    """A figure and where its words stand, hedge and unit included."""

    span: Span
    figure: Figure
    sentence: int


def find_figures(
    text: str, sentences: Sequence[Span], dates: Sequence[DateMention] = ()
) -> list[FoundFigure]:
    """The figures in `text`, in order; numbers that are dates, times, labels or ages in
    brackets are none.

    `unit` is "percent", "percentage points", an ISO currency code, a unit of measure or None for
    a count of things; `of` is what is counted, as printed.
    """
    found: list[FoundFigure] = []
    taken = iter(sorted((d.span for d in dates), key=lambda s: s.start))
    date = next(taken, None)
    for number, sentence in enumerate(sentences):
        for match in _NUMBER.finditer(text, sentence.start, sentence.end):
            start, end = match.span()
            while date is not None and date.end <= start:
                date = next(taken, None)
            in_date = date is not None and date.start < end and start < date.end
            if (
                in_date
                and date is not None
                and text[date.start : date.start + 4].lower() == "for "
            ):
                in_date = False  # "for 30 days" is a length of time as well as an interval
            figure = _read(text, match, sentence, in_date=in_date)
            if figure is not None:
                span, value = figure
                found.append(FoundFigure(span, value, number))
    return found


def parse_number(words: str) -> float | None:
    """The value of `words` such as "1,200", "3.5", "twenty-five", "two hundred"; None if none."""
    plain = words.replace(",", "").strip()
    if plain.lower() in ("a", "an"):
        return 1.0
    if plain.lower() in ("half a", "half an"):
        return 0.5
    try:
        return float(plain)
    except ValueError:
        pass
    total = current = 0.0
    for word in re.split(r"[ \xa0-]+", words.lower()):
        if word in ("and", ""):
            continue
        value = NUMBER_WORDS.get(word)
        if value is None:
            return None
        if value >= 1000:
            total += (current or 1) * value
            current = 0
        elif value == 100:
            current = (current or 1) * 100
        else:
            current += value
    return total + current


def _read(
    text: str, match: re.Match[str], sentence: Span, *, in_date: bool
) -> tuple[Span, Figure] | None:
    digits, words, sign = match.group("digits"), match.group("words"), match.group("sign")
    start, end = match.span()
    if words and not sign and not _is_spelled_figure(text, match):
        return None
    value = parse_number(digits or words)
    if value is None:
        return None
    scale = match.group("scale") or match.group("letter")
    if scale:
        factor = SCALES.get(scale.lower())
        if factor is None:
            return None
        if match.group("letter") and not sign:
            return None if scale != "m" else _metres(text, match, sentence, value)
        value *= factor
    own_end, end = end, _range_end(text, end, sentence)
    ranged = end > own_end
    unit: str | None = None
    percent = _PERCENT.match(text, end, min(sentence.end, end + 20))
    before = text[max(sentence.start, start - HEDGE_REACH_CHARS) : start]
    if percent:
        unit = "percentage points" if percent.group("points") else "percent"
        end = percent.end()
    elif sign:
        unit = CURRENCY_SIGNS.get(sign.strip().lower(), CURRENCY_SIGNS.get(sign.strip()[-1]))
    elif _is_no_figure(text, match, before, in_date=in_date):
        return None
    of = None
    skipped = _STRAIGHT.match(text, end, sentence.end)
    word = _WORD_AFTER.match(text, skipped.end() if skipped else end, sentence.end)
    if unit is None and word:
        low = word.group(1).lower().strip("-")
        head = low.split("-")[0]
        dollars = _DOLLARS.match(text, end, sentence.end)
        if dollars:
            unit, end = DOLLARS_OF[dollars.group(1).lower()], dollars.end()
        elif head in CURRENCIES:
            unit, end = CURRENCIES[head], word.end()
        elif low in ("square", "cubic"):
            after = _WORD_AFTER.match(text, word.end(), sentence.end)
            if after and after.group(1).lower() in UNITS:
                unit, end = f"{low} {UNITS[after.group(1).lower()]}", after.end()
        elif head in UNITS:
            if in_date and UNITS[head] in ("day", "week", "month", "year"):
                return None
            unit = UNITS[head]
            end = word.start(1) + len(head)
    if unit is None and in_date:
        return None
    if unit is None and word is None and not digits:
        return None
    of = _counted(text, end, sentence, unit)
    if unit is None and of is None and not scale and value < 1000:
        share = before.endswith("out of ") or _OF_A_NUMBER.match(text, end)
        if not share:
            return None
    hedge, start = _hedge(before, start, text, end, sentence)
    return Span(start, own_end if ranged else end), Figure(value, unit, of, hedge)


def _metres(
    text: str, match: re.Match[str], sentence: Span, value: float
) -> tuple[Span, Figure] | None:
    """ "40m" without a currency: millions before a plural ("40m people"), else metres."""
    word = _WORD_AFTER.match(text, match.end(), sentence.end)
    span = Span(match.start(), match.end())
    if word is not None and _is_plural(word.group(1)):
        of = _phrase(text, match.end(), sentence)
        return span, Figure(value * 1e6, None, of)
    return span, Figure(value, "metre", _phrase(text, match.end(), sentence))


def _range_end(text: str, end: int, sentence: Span) -> int:
    """Where the second number of "10 to 15" ends, or `end`: unit and noun follow that one."""
    match = _RANGE.match(text, end, sentence.end)
    if match is None:
        return end
    after = _WORD_AFTER.match(text, match.end(), sentence.end)
    return match.end() if after or _PERCENT.match(text, match.end()) else end


def _is_spelled_figure(text: str, match: re.Match[str]) -> bool:
    """Whether a spelled number is a figure: "one" alone is not, "two million" is."""
    words = match.group("words").lower().strip()
    if words in ("a", "an", "half a", "half an"):
        return bool(match.group("scale"))
    if words in ("one", "a", "hundred", "thousand", "million", "billion", "half"):
        return bool(match.group("scale")) and words not in ("a",)
    after = text[match.end() : match.end() + 1]
    return after in (" ", "\xa0", "-", "%")


def _is_no_figure(text: str, match: re.Match[str], before: str, *, in_date: bool) -> bool:
    """Whether the number is a time, a year, a label, an age in commas or part of a code."""
    digits, start, end = match.group("digits"), match.start(), match.end()
    if _DATE_TAIL.match(text, end) or _LABELS.search(before):
        return True
    after = _WORD_AFTER.match(text, end)
    if digits and _SCORE.match(text, end) and len(digits) < 3:
        return True
    if digits and _LIST_NUMBER.search(before) and after and after.group(1)[0].isupper():
        return True
    if digits and _YEAR.match(digits) and not match.group("scale"):
        if after is None or in_date or not after.group(1).lower().endswith("s"):
            return True
        if re.search(r"\b(?:in|since|of|by|until|from|the|during|for|after|before) $", before):
            return True
    if digits and _AGE_BEFORE.search(before) and _AGE_AFTER.match(text, end):
        return True
    if _AGE_AFTER.match(text, end) and not text.startswith((",", ")"), end):
        return False
    return text[max(0, start - 1) : start] in ("’", "'") and bool(digits)


def _hedge(before: str, start: int, text: str, end: int, sentence: Span) -> tuple[str | None, int]:
    """The hedge of a figure and where the figure with it begins."""
    low = before.lower()
    for hedge in HEDGES_BEFORE:
        if low.endswith(hedge + " "):
            head = len(low) - len(hedge) - 1
            if head == 0 or not low[head - 1].isalnum():
                return hedge, start - len(hedge) - 1
    after = text[end : min(sentence.end, end + 12)].lower()
    for hedge in HEDGES_AFTER:
        if after.startswith(" " + hedge):
            return hedge, start
    return None, start


def _counted(text: str, end: int, sentence: Span, unit: str | None) -> str | None:
    """What a figure counts: the noun phrase after it, or after "of" for shares and money."""
    at = end
    link = _OF_AFTER.match(text, end, sentence.end)
    if unit is not None:
        if _A_PERIOD.match(text, end):
            return None
        if link is None:
            return (
                None if unit in ("percent", "percentage points") else _phrase(text, at, sentence)
            )
        if link.group(1) in ("in", "for") and _NO_PURPOSE.match(text, link.end()):
            return None
        at = link.end() - 1
    elif link is not None:
        if link.group(1) not in ("of", "worth of"):
            return None
        at = link.end() - 1
    return _phrase(text, at, sentence)


def _phrase(text: str, at: int, sentence: Span) -> str | None:
    """The noun phrase that begins with the word after `at`, without its article."""
    words: list[str] = []
    start = at
    first = -1
    while len(words) < LONGEST_COUNTED_WORDS:
        match = _WORD_AFTER.match(text, start, sentence.end)
        if match is None:
            break
        word = match.group(1)
        low = word.lower()
        if low in ("the", "a", "an", "his", "her", "its", "their", "our", "all", "other", "those"):
            if words:
                break
            start = match.end()
            continue
        following = _WORD_AFTER.match(text, match.end(), sentence.end)
        plural_next = following is not None and _is_plural(following.group(1))
        clause = not words and low.endswith("ing") and len(low) > 5 and not plural_next
        if low in COUNT_ENDS or clause:
            break
        if low.endswith("ed") and len(low) > 4 and not plural_next:
            break
        first = match.start(1) if first < 0 else first
        words.append(word)
        start = match.end()
        if _is_plural(word) and not (word[0].isupper() and plural_next):
            break
    if not words or first < 0:
        return None
    return text[first:start]


def _is_plural(word: str) -> bool:
    """Whether `word` looks like a plural noun: the head of what is counted."""
    low = word.lower()
    if low in COUNT_ENDS or low.endswith(("ss", "ous", "us", "’s", "'s", "is", "seas")):
        return False
    return low.endswith("s") or low in IRREGULAR_PLURALS
