"""The words of the calendar, and the pieces of pattern made from them."""

from __future__ import annotations

from typing import Final

MONTHS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("january", "jan"),
            ("february", "feb"),
            ("march", "mar"),
            ("april", "apr"),
            ("may",),
            ("june", "jun"),
            ("july", "jul"),
            ("august", "aug"),
            ("september", "sept", "sep"),
            ("october", "oct"),
            ("november", "nov"),
            ("december", "dec"),
        ),
        start=1,
    )
    for name in names
}
WEEKDAYS: Final = {
    name: number
    for number, names in enumerate(
        (
            ("monday", "mon"),
            ("tuesday", "tues", "tue"),
            ("wednesday", "wed"),
            ("thursday", "thurs", "thur", "thu"),
            ("friday", "fri"),
            ("saturday", "sat"),
            ("sunday", "sun"),
        )
    )
    for name in names
}
NAME_MONTHS: Final = frozenset({"april", "may", "june", "august", "jan", "march"})
"""Months that people are called by, first or last name."""

SMALL_NUMBERS: Final = {
    word: number
    for number, word in enumerate(
        "zero one two three four five six seven eight nine ten eleven twelve thirteen fourteen "
        "fifteen sixteen seventeen eighteen nineteen twenty".split()
    )
    if number
}
TENS: Final = {"twenty": 20, "thirty": 30, "forty": 40, "fifty": 50, "sixty": 60, "ninety": 90}
ORDINALS: Final = {
    word: number
    for number, word in enumerate(
        "first second third fourth fifth sixth seventh eighth ninth tenth eleventh twelfth "
        "thirteenth fourteenth fifteenth sixteenth seventeenth eighteenth nineteenth twentieth "
        "twenty-first".split(),
        start=1,
    )
}
SEASONS: Final = {"spring": 3, "summer": 6, "autumn": 9, "fall": 9, "winter": 12}
"""The month in which each season begins; three whole months, as the weather services count."""

# ------------------------------------------------------------------ pieces of pattern
S: Final = r"(?:[ \t\u00a0\u202f]{1,2})"
"""The space inside an expression, thin and unbreakable ones too; never a line end."""
DASH: Final = r"[-\u2010-\u2015]"
MONTH: Final = (
    r"(?:january|february|march|april|may|june|july|august|september|october|november|december"
    r"|(?:jan|feb|mar|apr|jun|jul|aug|sept?|oct|nov|dec)\b\.?)"
)
WEEKDAY: Final = r"(?:mon|tues|wednes|thurs|fri|satur|sun)day"
WEEKDAY_ABBREVIATED: Final = r"(?:mon|tues?|wed|thurs?|thu|fri|sat|sun)\b\.?"
DAY: Final = r"(?:0?[1-9]|[12]\d|3[01])(?:st|nd|rd|th)?(?![\w%])"
YEAR: Final = r"(?:1[4-9]|20)\d\d(?![\w%]|,\d{3}|\.\d)"
NUMBER: Final = (
    r"(?:\d{1,3}|(?:twenty|thirty|forty|fifty|sixty|ninety)(?:-(?:one|two|three|four|five|six"
    r"|seven|eight|nine))?|a(?:n|" + S + "(?:few|couple" + S + r"(?:of|more)))?|several|few|"
    r"one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|thirteen|fourteen|fifteen"
    r"|sixteen|seventeen|eighteen|nineteen)"
)
UNIT: Final = r"(?:minute|hour|day|fortnight|week|month|year|decade|centur(?:y|ie)|weekend)"
SEASON: Final = r"(?:spring|summer|autumn|fall|winter)"
PART_OF_DAY: Final = r"(?:morning|afternoon|evening|night|lunchtime)"


def read_month(word: str) -> int:
    """The number of the month that `word` names, whatever its case or full stop."""
    return MONTHS[word.rstrip(".").lower()]


def read_weekday(word: str) -> int:
    """The weekday that `word` names, Monday being 0."""
    return WEEKDAYS[word.rstrip(".").lower()]


def read_number(word: str) -> int | None:
    """The number that `word` spells, None for a vague one ("several")."""
    word = word.lower()
    if word.isdecimal():
        return int(word)
    if word in ("a", "an"):
        return 1
    if word in SMALL_NUMBERS:
        return SMALL_NUMBERS[word]
    tens, _, ones = word.partition("-")
    if tens in TENS:
        return TENS[tens] + SMALL_NUMBERS.get(ones, 0)
    return None
