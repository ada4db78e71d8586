"""Cities and countries as people call them, in the language that is spoken.

English names are those of the time zone tables; the others come from the CLDR by way of Babel.
"""

from __future__ import annotations

from collections.abc import Mapping
from functools import cache

from bot.locales import ENGLISH, spoken_language


def spoken_city(zone: str, english: str) -> str:
    """The city of a time zone ("Europe/Vienna" -> "Wien"); `english` is what the tables say."""
    return english if spoken_language() == ENGLISH else _city(zone, spoken_language())


def spoken_countries() -> Mapping[str, str]:
    """The countries by their code ("AT"), each as it is called; empty where English is spoken."""
    return {} if spoken_language() == ENGLISH else _countries(spoken_language())


@cache
def _city(zone: str, language: str) -> str:
    from babel.dates import get_timezone_location

    # "Argentina/Cordoba": what the CLDR does not name keeps the path of the zone.
    return get_timezone_location(zone, locale=language, return_city=True).rpartition("/")[2]


@cache
def _countries(language: str) -> Mapping[str, str]:
    from babel import Locale

    named = Locale(language).territories.items()
    return {code: str(name) for code, name in named if len(code) == 2 and code.isalpha()}
