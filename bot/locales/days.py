"""Days, months and weekdays as people write them, in the language that is spoken.

English is worded here, since its form is ours; the others have theirs from the CLDR by way of
Babel ("18. März 2025", "18 mar 2025").
"""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, timedelta

from bot.locales import ENGLISH, _, spoken_language

DAY, DAY_AND_MONTH, MONTH, WEEKDAY, WEEKDAY_SHORT = range(5)
_PATTERNS = {
    "de": ("d. MMM y", "d. MMM", "MMM y", "EEEE", "EEE"),
    "es": ("d MMM y", "d MMM", "MMM y", "EEEE", "EEE"),
}
"""How each language writes a day, a day without its year, a month, and a weekday long and short,
in the letters of the CLDR."""
_A_MONDAY = date(2024, 1, 1)


def spoken_day(day: date) -> str:
    """A day as people write it ("18 Mar 2025")."""
    if spoken_language() == ENGLISH:
        return f"{day.day} {day:%b %Y}"
    return _written(day, DAY)


def spoken_day_and_month(day: date) -> str:
    """A day of a year that is known ("18 Mar")."""
    if spoken_language() == ENGLISH:
        return f"{day.day} {day:%b}"
    return _written(day, DAY_AND_MONTH)


def spoken_days(first: date, last: date) -> str:
    """From `first` to `last` as people write it."""
    if first == last:
        return spoken_day(first)
    if (first.year, first.month) == (last.year, last.month):
        return _("{first_day}–{last}").format(first_day=first.day, last=spoken_day(last))
    if first.year == last.year:
        return f"{spoken_day_and_month(first)} – {spoken_day(last)}"
    return f"{spoken_day(first)} – {spoken_day(last)}"


def spoken_month(day: date) -> str:
    """The month of a day ("Mar 2025")."""
    return f"{day:%b %Y}" if spoken_language() == ENGLISH else _written(day, MONTH)


def weekday(day: date | int, *, short: bool = False) -> str:
    """The weekday of a day, or with this number (0 is Monday): "Tuesday", short "Tue"."""
    when = _A_MONDAY + timedelta(days=day) if isinstance(day, int) else day
    if spoken_language() == ENGLISH:
        return f"{when:%a}" if short else f"{when:%A}"
    # CLDR's short German weekdays end with a stop, which no line of ours has room for.
    return _written(when, WEEKDAY_SHORT if short else WEEKDAY).rstrip(".")


def listed(parts: Sequence[str]) -> str:
    """The parts as a list in a sentence ("a, b and c")."""
    if len(parts) < 2:
        return "".join(parts)
    if spoken_language() == ENGLISH:
        return f"{', '.join(parts[:-1])} and {parts[-1]}"
    from babel.lists import format_list

    return format_list(list(parts), locale=spoken_language())


def _written(day: date, form: int) -> str:
    from babel.dates import format_date

    language = spoken_language()
    return format_date(day, _PATTERNS[language][form], locale=language)
