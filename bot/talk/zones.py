"""Time zones by name, by city, by country or by place on the map, from tzdata's own tables.

The tables name some 450 cities, and large_cities.py those besides in which many people live; a
reader confirms the one that was taken.
"""

from __future__ import annotations

import math
import re
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta
from functools import cache
from importlib.resources import files
from zoneinfo import ZoneInfo, ZoneInfoNotFoundError, available_timezones

from bot.locales import ENGLISH, speaking, spoken_language
from bot.locales.places import spoken_city, spoken_countries
from bot.talk.large_cities import LARGE_CITIES
from bot.text.similar import nearest
from bot.text.words import fold

CITY_LIKE = 82.0  # similarity from which a city is taken for the one that was typed
MOST_FOUND = 3
MOST_OF_COUNTRY = 6
LONGEST_CHARS = 60
EARTH_KM = 6371.0
_PLACE = re.compile(r"([+-])(\d{2})(\d{2})(\d{2})?([+-])(\d{3})(\d{2})(\d{2})?")
_REGIONS = frozenset(
    "Africa America Antarctica Arctic Asia Atlantic Australia Europe Indian Pacific".split()
)
_LANGUAGE_COUNTRY = {
    "ar": "EG", "bn": "BD", "cs": "CZ", "da": "DK", "de": "DE", "el": "GR", "en": "GB",
    "es": "ES", "et": "EE", "fa": "IR", "fi": "FI", "fr": "FR", "he": "IL", "hi": "IN",
    "hu": "HU", "id": "ID", "it": "IT", "ja": "JP", "ko": "KR", "lt": "LT", "lv": "LV",
    "nb": "NO", "nl": "NL", "no": "NO", "pl": "PL", "pt": "PT", "ro": "RO", "ru": "RU",
    "sk": "SK", "sr": "RS", "sv": "SE", "th": "TH", "tr": "TR", "uk": "UA", "vi": "VN",
    "zh": "CN",
}  # fmt: skip
"""Where most speakers of an app's language live; only a first guess to tap."""
_OFTEN = ("Europe/London", "America/New_York", "Europe/Berlin")
"""Offered where nothing is known."""
_ALIASES = {
    **dict.fromkeys(("us", "usa", "america"), "United States"),
    **dict.fromkeys(("amerika", "eeuu", "ee. uu.", "ee.uu."), "United States"),
    **dict.fromkeys(("uk", "britain", "great britain", "united kingdom"), "Britain (UK)"),
    **dict.fromkeys(("england", "scotland", "wales"), "Britain (UK)"),
    **dict.fromkeys(("grossbritannien", "schottland", "gran bretana"), "Britain (UK)"),
    **dict.fromkeys(("inglaterra", "escocia"), "Britain (UK)"),
    "holland": "Netherlands",
}
_OFFSET = re.compile(r"(?:utc|gmt)\s*[+-]\s*\d{1,2}(?::?\d{2})?|[+-]\d{1,2}(?::?\d{2})?", re.I)


@dataclass(frozen=True, slots=True)
class City:
    """A city of the tables: its name, zone, country and place in degrees."""

    name: str
    zone: str
    country: str
    latitude: float
    longitude: float
    note: str = ""


@cache
def cities() -> tuple[City, ...]:
    """The cities of tzdata's zone.tab, in its order (the larger part of a country first)."""
    countries = dict(_rows("iso3166.tab", 2))
    found: list[City] = []
    for code, place, zone, *note in _rows("zone.tab", 3):
        match = _PLACE.fullmatch(place)
        if match is None:
            continue
        parts = match.groups()
        latitude, longitude = _degrees(*parts[:4]), _degrees(*parts[4:])
        country = countries.get(code, code)
        comment = note[0] if note else ""
        found.append(City(city_name(zone), zone, country, latitude, longitude, comment))
    return tuple(found)


def _rows(name: str, fewest: int) -> list[list[str]]:
    text = (files("tzdata.zoneinfo") / name).read_text(encoding="utf-8")
    lines = (line.split("\t") for line in text.splitlines() if not line.startswith("#"))
    return [line for line in lines if len(line) >= fewest]


def _degrees(sign: str, degrees: str, minutes: str, seconds: str | None) -> float:
    value = int(degrees) + int(minutes) / 60 + int(seconds or 0) / 3600
    return -value if sign == "-" else value


def city_name(zone: str) -> str:
    """The city that a zone is named for ("America/New_York" -> "New York")."""
    return zone.rpartition("/")[2].replace("_", " ")


def spoken_zone(zone: str) -> str:
    """The city that a zone is named for, as it is called in the language that is spoken."""
    return spoken_city(zone, city_name(zone))


@cache
def _abroad(language: str) -> dict[str, list[str]]:
    """The zones by what cities and countries are called in a language, folded."""
    found: dict[str, list[str]] = {}
    if language == ENGLISH:
        return found
    codes = dict(_rows("iso3166.tab", 2))
    with speaking(language):
        for code, name in spoken_countries().items():
            if of_country := _by_country().get(fold(codes.get(code, ""))):
                found[fold(name)] = [city.zone for city in of_country[:MOST_OF_COUNTRY]]
        for city in cities():
            found[fold(spoken_zone(city.zone))] = [city.zone]
    return found


@cache
def _by_country() -> dict[str, list[City]]:
    """The cities of each country, one for each clock in use there, those of most areas first."""
    found: dict[str, list[City]] = {}
    for city in sorted(cities(), key=lambda c: "most" not in c.note):
        others = found.setdefault(fold(city.country), [])
        if all(_clock(city.zone) != _clock(other.zone) for other in others):
            others.append(city)
    for alias, country in _ALIASES.items():
        found[alias] = found.get(fold(country), [])
    return found


@cache
def _clock(zone: str) -> tuple[timedelta | None, ...]:
    """The distances from UTC around a year: zones of one clock differ in the past alone."""
    at = (datetime(2025, month, 15, tzinfo=UTC) for month in (1, 4, 7, 10))
    return tuple(moment.astimezone(get_zone(zone)).utcoffset() for moment in at)


@cache
def _zones_by_name() -> dict[str, str]:
    """Every name of a zone, folded, also the older ones ("us/pacific")."""
    return {fold(zone): zone for zone in available_timezones()}


@cache
def _zones_by_city() -> dict[str, list[str]]:
    """The zones by the city at their end, older spellings behind those of today, and by the large
    cities that name none."""
    listed = {city.zone for city in cities()}
    found: dict[str, list[str]] = {}
    for zone in [c.zone for c in cities()] + sorted(available_timezones() - listed):
        region, _, _ = zone.partition("/")
        if region not in _REGIONS:
            continue  # "US/Pacific" names no city
        found.setdefault(fold(city_name(zone)), []).append(zone)
    for name, zone in LARGE_CITIES:
        found.setdefault(fold(name), []).append(zone)
    return found


def look_up_zone(name: str) -> ZoneInfo | None:
    """The zone of this IANA name, in any case; None where there is none."""
    wanted = fold(" ".join(name.split())).replace(" ", "_")[:LONGEST_CHARS]
    zone = _zones_by_name().get(wanted) or _zones_by_name().get(wanted.replace("_", "-"))
    if zone is None or (zone.startswith("Etc/") and zone not in ("Etc/UTC", "Etc/GMT")):
        return None  # Etc/GMT+5 is five hours *behind*: nobody means that
    return get_zone(zone)


def get_zone(name: str) -> ZoneInfo:
    """The zone of this name; UTC for one that this machine does not know any more."""
    try:
        return ZoneInfo(name)
    except (ZoneInfoNotFoundError, ValueError, OSError):
        return ZoneInfo("UTC")


def is_offset(typed: str) -> bool:
    """Whether a distance from UTC was typed ("UTC+2"), which knows no clock changes."""
    return _OFFSET.fullmatch(typed.strip()) is not None


def find_zones(typed: str) -> list[str]:
    """The few zone names that `typed` may mean, likeliest first: a zone's own name, a city,
    a country, a part of a country ("Pacific"), a city with slips of the pen."""
    words = " ".join(typed.split())
    if not words or len(words) > LONGEST_CHARS:
        return []
    zone = look_up_zone(words) if "/" in words or fold(words) in ("utc", "gmt") else None
    if zone is not None:
        return [zone.key]
    wanted = fold(words.partition(",")[0]).removesuffix(" time").strip()
    exact = _zones_by_city().get(wanted)
    if exact:
        return _unique(exact)
    if abroad := _abroad(spoken_language()).get(wanted):
        return abroad
    country = _by_country().get(wanted) or _by_country().get(wanted.removeprefix("the "))
    if country:
        return [city.zone for city in country[:MOST_OF_COUNTRY]]
    noted = [c.zone for c in cities() if wanted in _note_words(c.note) and len(wanted) > 3]
    if noted:
        return _unique(noted)
    near = nearest(wanted, list(_zones_by_city()), limit=MOST_FOUND, at_least=CITY_LIKE)
    if near:
        return _unique([_zones_by_city()[name][0] for name, _ in near])
    near = nearest(wanted, list(_abroad(spoken_language())), limit=1, at_least=CITY_LIKE)
    if near:
        return _abroad(spoken_language())[near[0][0]]
    near = nearest(wanted, list(_by_country()), limit=1, at_least=CITY_LIKE)
    if near:
        return [city.zone for city in _by_country()[near[0][0]][:MOST_OF_COUNTRY]]
    return [zone.key] if (zone := look_up_zone(words)) is not None else []


def _note_words(note: str) -> set[str]:
    return set(re.findall(r"\w+", fold(note)))


def _unique(zones: list[str]) -> list[str]:
    return list(dict.fromkeys(zones))[:MOST_FOUND]


def nearest_zones(latitude: float, longitude: float) -> list[str]:
    """The zones of the three listed cities that lie nearest to a place on the map."""
    by_distance = sorted(cities(), key=lambda c: _distance_km(c, latitude, longitude))
    return [city.zone for city in by_distance[:MOST_FOUND]]


def _distance_km(city: City, latitude: float, longitude: float) -> float:
    """Along the great circle. Source: the haversine formula, Sinnott 1984."""
    lat1, lat2 = math.radians(city.latitude), math.radians(latitude)
    half_lat = (lat2 - lat1) / 2
    half_lon = math.radians(longitude - city.longitude) / 2
    root = math.sin(half_lat) ** 2 + math.cos(lat1) * math.cos(lat2) * math.sin(half_lon) ** 2
    return 2 * EARTH_KM * math.asin(min(1.0, math.sqrt(root)))


def likely_zones(language: str | None, used: list[str]) -> list[str]:
    """At most two zones to tap first: of the app's language, then those that others here use."""
    code, _, region = (language or "").lower().replace("_", "-").partition("-")
    country = region.upper() if len(region) == 2 else _LANGUAGE_COUNTRY.get(code, "")
    codes = dict(_rows("iso3166.tab", 2))
    local = _by_country().get(fold(codes.get(country, "")), [])
    own = [city.zone for city in local[:1]] if code != "en" or region else []
    return list(dict.fromkeys([*own, *used, *_OFTEN]))[:2]
