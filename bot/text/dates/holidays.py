"""The days that holidays fall on, worked out for any year."""

from __future__ import annotations

from collections.abc import Callable
from datetime import date, timedelta
from typing import Final

MON, TUE, WED, THU, FRI, SAT, SUN = range(7)


def easter(year: int) -> date:
    """Easter Sunday in the Gregorian calendar (the anonymous algorithm, Meeus 1991)."""
    golden = year % 19
    century, rest = divmod(year, 100)
    leap, odd = divmod(century, 4)
    shift = (century + 8) // 25
    moon = (19 * golden + century - leap - (century - shift + 1) // 3 + 15) % 30
    quad, left = divmod(rest, 4)
    to_sunday = (32 + 2 * odd + 2 * quad - moon - left) % 7
    fix = (golden + 11 * moon + 22 * to_sunday) // 451
    month, day = divmod(moon + to_sunday - 7 * fix + 114, 31)
    return date(year, month, day + 1)


def orthodox_easter(year: int) -> date:
    """Easter Sunday of the Orthodox churches, as a Gregorian day (right for 1900 to 2099)."""
    moon = (19 * (year % 19) + 15) % 30
    to_sunday = (2 * (year % 4) + 4 * (year % 7) - moon + 34) % 7
    month, day = divmod(moon + to_sunday + 114, 31)
    return date(year, month, day + 1) + timedelta(days=13)


HEBREW_EPOCH: Final = -1_373_427
"""The day before the first of the Hebrew calendar, counted as `date.toordinal` counts."""


def _hebrew_days(year: int) -> int:
    """Days from the epoch to the new year of a Hebrew year, before its lengths are settled."""
    months = (235 * year - 234) // 19
    days = 29 * months + (12_084 + 13_753 * months) // 25_920
    return days + (3 * (days + 1) % 7 < 3)


def rosh_hashanah(year: int) -> date:
    """The Jewish new year in the autumn of `year` (Reingold & Dershowitz 2018, chapter 8)."""
    hebrew = year + 3761
    before, own, after = (_hebrew_days(hebrew + n) for n in (-1, 0, 1))
    fix = 2 if after - own == 356 else 1 if own - before == 382 else 0
    return date.fromordinal(HEBREW_EPOCH + own + fix)


def hanukkah(year: int) -> date:
    """The first full day of Hanukkah in `year`."""
    own = rosh_hashanah(year)
    length = (rosh_hashanah(year + 1) - own).days
    return own + timedelta(days=84 if length in (355, 385) else 83)


def passover(year: int) -> date:
    """The first full day of Passover in `year`."""
    return rosh_hashanah(year) - timedelta(days=163)


LUNAR_NEW_YEARS: Final = (
    "0205 0124 0212 0201 0122 0209 0129 0218 0207 0126 0214 0203 0123 0210 0131 0219 0208 0128 "
    "0216 0205 0125 0212 0201 0122 0210 0129 0217 0206 0126 0213 0203"
).split()
"""Month and day of the lunar new year, 2000 to 2030."""
FIRST_LUNAR: Final = 2000


def lunar_new_year(year: int) -> date:
    """The lunar new year of `year`; ValueError for a year that is not in the table."""
    if not 0 <= year - FIRST_LUNAR < len(LUNAR_NEW_YEARS):
        raise ValueError(year)
    word = LUNAR_NEW_YEARS[year - FIRST_LUNAR]
    return date(year, int(word[:2]), int(word[2:]))


def nth_weekday(year: int, month: int, weekday: int, nth: int) -> date:
    """The `nth` such weekday of a month, counted from its end when negative."""
    if nth > 0:
        first = date(year, month, 1)
        return first + timedelta(days=(weekday - first.weekday()) % 7 + 7 * (nth - 1))
    after = date(year + month // 12, month % 12 + 1, 1)
    back = (after.weekday() - 1 - weekday) % 7 + 1
    return after - timedelta(days=back + 7 * (-nth - 1))


def _on(month: int, day: int) -> Callable[[int], date]:
    return lambda year: date(year, month, day)


def _nth(month: int, weekday: int, nth: int, *, plus: int = 0) -> Callable[[int], date]:
    return lambda year: nth_weekday(year, month, weekday, nth) + timedelta(days=plus)


def _easter(days: int) -> Callable[[int], date]:
    return lambda year: easter(year) + timedelta(days=days)


HOLIDAYS: Final[dict[str, Callable[[int], date]]] = {
    "new year's day": _on(1, 1),
    "new year's eve": _on(12, 31),
    "new year's": _on(1, 1),
    "epiphany": _on(1, 6),
    "martin luther king jr. day": _nth(1, MON, 3),
    "martin luther king day": _nth(1, MON, 3),
    "mlk day": _nth(1, MON, 3),
    "australia day": _on(1, 26),
    "groundhog day": _on(2, 2),
    "valentine's day": _on(2, 14),
    "presidents' day": _nth(2, MON, 3),
    "presidents day": _nth(2, MON, 3),
    "international women's day": _on(3, 8),
    "st. patrick's day": _on(3, 17),
    "st patrick's day": _on(3, 17),
    "shrove tuesday": _easter(-47),
    "mardi gras": _easter(-47),
    "fat tuesday": _easter(-47),
    "ash wednesday": _easter(-46),
    "palm sunday": _easter(-7),
    "maundy thursday": _easter(-3),
    "holy thursday": _easter(-3),
    "good friday": _easter(-2),
    "holy saturday": _easter(-1),
    "easter sunday": _easter(0),
    "easter monday": _easter(1),
    "easter": _easter(0),
    "orthodox easter": orthodox_easter,
    "ascension day": _easter(39),
    "pentecost": _easter(49),
    "april fools' day": _on(4, 1),
    "april fool's day": _on(4, 1),
    "earth day": _on(4, 22),
    "anzac day": _on(4, 25),
    "may day": _on(5, 1),
    "cinco de mayo": _on(5, 5),
    "mother's day": _nth(5, SUN, 2),
    "memorial day": _nth(5, MON, -1),
    "father's day": _nth(6, SUN, 3),
    "juneteenth": _on(6, 19),
    "canada day": _on(7, 1),
    "independence day": _on(7, 4),
    "fourth of july": _on(7, 4),
    "july fourth": _on(7, 4),
    "bastille day": _on(7, 14),
    "labor day": _nth(9, MON, 1),
    "labour day": _on(5, 1),
    "columbus day": _nth(10, MON, 2),
    "indigenous peoples' day": _nth(10, MON, 2),
    "halloween": _on(10, 31),
    "all saints' day": _on(11, 1),
    "bonfire night": _on(11, 5),
    "guy fawkes night": _on(11, 5),
    "election day": _nth(11, MON, 1, plus=1),
    "armistice day": _on(11, 11),
    "veterans day": _on(11, 11),
    "remembrance day": _on(11, 11),
    "remembrance sunday": _nth(11, SUN, 2),
    "thanksgiving day": _nth(11, THU, 4),
    "thanksgiving": _nth(11, THU, 4),
    "black friday": _nth(11, THU, 4, plus=1),
    "cyber monday": _nth(11, THU, 4, plus=4),
    "rosh hashanah": rosh_hashanah,
    "yom kippur": lambda year: rosh_hashanah(year) + timedelta(days=9),
    "hanukkah": hanukkah,
    "passover": passover,
    "purim": lambda year: passover(year) - timedelta(days=30),
    "lunar new year": lunar_new_year,
    "chinese new year": lunar_new_year,
    "christmas eve": _on(12, 24),
    "christmas day": _on(12, 25),
    "christmas": _on(12, 25),
    "boxing day": _on(12, 26),
}
"""Lower case with a straight apostrophe -> the day in a year.

"Independence Day" is the American one and "Labour Day" the first of May; the finder asks first
whether the sentence speaks of another country's.
"""


def holiday(name: str, year: int) -> date | None:
    """The day of the holiday `name` in `year`; None for an unknown name or a year out of range."""
    rule = HOLIDAYS.get(name.lower().replace("\u2019", "'").replace("\u00a0", " "))
    if rule is None or not 1583 <= year <= 9998:
        return None
    try:
        return rule(year)
    except ValueError:
        return None
