"""Times, days and rhythms as people type them in German and Spanish, put into English words.

The dialogues read English times; whoever is spoken to in another language may answer in it.
Only words of time are changed, so a name or topic beside them stays as it was typed.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Mapping
from dataclasses import dataclass

from bot.locales import spoken_language

LONGEST_CHARS = 400  # of what is read as a time; what is longer is a paste


@dataclass(frozen=True, slots=True)
class _Abroad:
    """How a language tells times: patterns first, then words, each as it is in English."""

    patterns: tuple[tuple[re.Pattern[str], str | Callable[[re.Match[str]], str]], ...]
    words: Mapping[str, str]
    word: re.Pattern[str]


def _abroad(
    patterns: Mapping[str, str | Callable[[re.Match[str]], str]], words: Mapping[str, str]
) -> _Abroad:
    longest_first = sorted(words, key=len, reverse=True)
    return _Abroad(
        tuple((re.compile(pattern, re.IGNORECASE), goal) for pattern, goal in patterns.items()),
        words,
        re.compile(rf"\b(?:{'|'.join(map(re.escape, longest_first))})(?!\w)", re.IGNORECASE),
    )


def _half_before(match: re.Match[str]) -> str:
    """ "halb 8" is half past seven."""
    return f"{(int(match[1]) - 1) % 24}:30"


_TIMES = {"einmal": "once", "zweimal": "twice", "dreimal": "three times"}
_VECES = {"una vez": "once", "dos veces": "twice", "tres veces": "three times"}
_ABROAD = {
    "de": _abroad(
        {
            r"\b(\d{1,2})\s*uhr\s*([0-5]\d)\b": r"\1:\2",
            r"\bhalb\s+(\d{1,2})\b": _half_before,
            r"(\d)\s*uhr\b": r"\1",
            r"\bvon\s+(?=\d)": "from ",
            r"(\d)\s*bis\s*(?=\d)": r"\1 to ",
            r"\b(?:um|gegen)\s+(?=\d)": "at ",
            r"\b(?:höchstens|maximal|max\.?)\s+(\d{1,2})\s*(?:mal\s+)?(?:am|pro)\s+tag\b": (
                r"max \1 a day"
            ),
            r"\b([1-9])\s?(?:mal|x)\s+(?:am tag|pro tag|täglich)\b": r"\1 times a day",
        },
        {
            **{
                f"{german} {day}": f"{english} a day"
                for german, english in _TIMES.items()
                for day in ("am tag", "pro tag", "täglich")
            },
            "täglich": "daily",
            "jeden tag": "daily",
            "wöchentlich": "weekly",
            "jede woche": "weekly",
            "werktags": "weekdays",
            "an werktagen": "weekdays",
            "montag bis freitag": "weekdays",
            "montags bis freitags": "weekdays",
            "am wochenende": "weekends",
            "an wochenenden": "weekends",
            "wochenends": "weekends",
            **{
                f"{before}{german}{after}": english
                for german, english in (
                    ("montag", "mondays"),
                    ("dienstag", "tuesdays"),
                    ("mittwoch", "wednesdays"),
                    ("donnerstag", "thursdays"),
                    ("freitag", "fridays"),
                    ("samstag", "saturdays"),
                    ("sonnabend", "saturdays"),
                    ("sonntag", "sundays"),
                )
                for before, after in (("", ""), ("", "s"), ("jeden ", ""), ("am ", ""))
            },
            "jeden morgen": "mornings",
            "morgens": "mornings",
            "jeden abend": "evenings",
            "abends": "evenings",
            "mittags": "at noon",
            "um mitternacht": "at midnight",
            "sofort": "at once",
            "gleich": "at once",
        },
    ),
    "es": _abroad(
        {
            r"\b(\d{1,2})\s+y\s+media\b": r"\1:30",
            r"\b(\d{1,2})\s+y\s+cuarto\b": r"\1:15",
            r"\b(?:de|desde)\s+(?:las\s+)?(?=\d)": "from ",
            r"(\d)\s*(?:a|hasta)\s+(?:las\s+)?(?=\d)": r"\1 to ",
            r"\b(?:a|sobre)\s+las?\s+(?=\d)": "at ",
            r"\b(?:como )?(?:máximo|máx\.?|max\.?)\s+(\d{1,2})\s*(?:al|por)\s+día\b": (
                r"max \1 a day"
            ),
            r"\b([1-9])\s+veces\s+(?:al|por)\s+día\b": r"\1 times a day",
        },
        {
            **{
                f"{spanish} {day}": f"{english} a day"
                for spanish, english in _VECES.items()
                for day in ("al día", "por día", "al dia")
            },
            "cada día": "daily",
            "cada dia": "daily",
            "todos los días": "daily",
            "a diario": "daily",
            "diariamente": "daily",
            "cada semana": "weekly",
            "semanalmente": "weekly",
            "días laborables": "weekdays",
            "los días laborables": "weekdays",
            "laborables": "weekdays",
            "entre semana": "weekdays",
            "de lunes a viernes": "weekdays",
            "lunes a viernes": "weekdays",
            "fin de semana": "weekends",
            "fines de semana": "weekends",
            "los fines de semana": "weekends",
            **{
                f"{before}{spanish}": english
                for spanish, english in (
                    ("lunes", "mondays"),
                    ("martes", "tuesdays"),
                    ("miércoles", "wednesdays"),
                    ("miercoles", "wednesdays"),
                    ("jueves", "thursdays"),
                    ("viernes", "fridays"),
                    ("sábado", "saturdays"),
                    ("sabado", "saturdays"),
                    ("sábados", "saturdays"),
                    ("domingo", "sundays"),
                    ("domingos", "sundays"),
                )
                for before in ("", "los ", "el ", "cada ", "todos los ")
            },
            "por la mañana": "mornings",
            "cada mañana": "mornings",
            "por la tarde": "evenings",
            "por la noche": "evenings",
            "cada noche": "evenings",
            "a mediodía": "at noon",
            "al mediodía": "at noon",
            "a medianoche": "at midnight",
            "al momento": "at once",
            "enseguida": "at once",
            "de inmediato": "at once",
            "inmediatamente": "at once",
        },
    ),
}
_MONTHS = "January February March April May June July August September October November December"
_WEEKDAYS = "Monday Tuesday Wednesday Thursday Friday Saturday Sunday"
_DAYS_ABROAD = {
    "de": _abroad(
        {
            r"\b(?:seit|ab)\s+(?:dem\s+)?(?=\d)": "since ",
            r"\b(?:am|vom)\s+(?=\d)": "on ",
            r"\b(\d{1,2})\.\s*(?=[^\W\d_])": r"\1 ",
            r"\b(?:im|in diesem)\s+(?=[^\W\d_])": "in ",
            r"\bam\s+(?=(?:mon|diens|donners|frei|sams|sonn)tag\b|mittwoch\b)": "on ",
            r"\bseit\s+(?=[^\W\d_])": "since ",
        },
        {
            "heute": "today",
            "gestern": "yesterday",
            "diese woche": "this week",
            "dieser woche": "this week",
            **dict.fromkeys(("letzte woche", "letzter woche", "vorige woche"), "last week"),
            **dict.fromkeys(("diesen monat", "dieser monat"), "this month"),
            **dict.fromkeys(("letzten monat", "vorigen monat"), "last month"),
            **dict(
                zip(
                    "montag dienstag mittwoch donnerstag freitag samstag sonntag".split(),
                    _WEEKDAYS.split(),
                    strict=True,
                )
            ),
            **dict(
                zip(
                    "januar februar märz april mai juni juli august september oktober november "
                    "dezember".split(),
                    _MONTHS.split(),
                    strict=True,
                )
            ),
        },
    ),
    "es": _abroad(
        {
            r"\bdesde\s+(?:el\s+)?(?=\d|lunes|martes|mi[eé]rcoles|jueves|viernes)": "since ",
            r"\bdesde\s+(?:el\s+)?(?=s[aá]bado|domingo)": "since ",
            r"\b(?:el|del)\s+(?=\d|lunes|martes|mi[eé]rcoles|jueves|viernes)": "on ",
            r"\b(?:el|del)\s+(?=s[aá]bado|domingo)": "on ",
            r"(\d)\s+de\s+(?=[^\W\d_])": r"\1 ",
            r"([^\W\d_])\s+de\s+(?=20\d\d\b)": r"\1 ",
            r"\bdesde\s+(?=[^\W\d_])": "since ",
            r"\ben\s+(?=[^\W\d_])": "in ",
        },
        {
            "hoy": "today",
            "ayer": "yesterday",
            "esta semana": "this week",
            "la semana pasada": "last week",
            "este mes": "this month",
            "el mes pasado": "last month",
            **dict(
                zip(
                    "lunes martes miércoles jueves viernes sábado domingo".split(),
                    _WEEKDAYS.split(),
                    strict=True,
                )
            ),
            **{"miercoles": "Wednesday", "sabado": "Saturday"},
            **dict(
                zip(
                    "enero febrero marzo abril mayo junio julio agosto septiembre octubre "
                    "noviembre diciembre".split(),
                    _MONTHS.split(),
                    strict=True,
                )
            ),
        },
    ),
}
_JOINS = re.compile(
    r"(\d|days|weekends|mornings|evenings)\s*,?\s+(?:und|y|e)\s+"
    r"(?=\d|at \d|(?:mon|tues|wednes|thurs|fri|satur|sun|week)days\b|weekends)",
    re.IGNORECASE,
)


def timing_in_english(typed: str) -> str:
    """`typed` with its words of time in English, where another language is spoken."""
    words = _put(typed, _ABROAD)
    return words if words is typed else _JOINS.sub(r"\1 and ", words)


def days_in_english(typed: str) -> str:
    """`typed` with its days and months in English ("gas seit 1. März" -> "gas since 1 March"),
    where another language is spoken."""
    return _put(typed, _DAYS_ABROAD)


def _put(typed: str, languages: Mapping[str, _Abroad]) -> str:
    abroad = languages.get(spoken_language())
    if abroad is None or len(typed) > LONGEST_CHARS:
        return typed
    words = " ".join(typed.split())
    for pattern, goal in abroad.patterns:
        words = pattern.sub(goal, words)
    return abroad.word.sub(lambda match: abroad.words[match[0].lower()], words)
