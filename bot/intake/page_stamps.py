"""The lines below a headline that tell day and author, in the languages of Europe."""

from __future__ import annotations

import re
from collections.abc import Sequence
from datetime import date

_MONTHS = {
    name: number
    for number, names in enumerate(
        (
            "januar janvier enero gennaio janeiro januari jan january stycznia",
            "februar février fevrier febrero febbraio fevereiro februari feb february lutego",
            "märz mars marzo março maart mar march marca",
            "april avril abril aprile apr kwietnia",
            "mai mayo maggio maio mei maj may maja",
            "juni juin junio giugno junho jun june czerwca",
            "juli juillet julio luglio julho jul july lipca",
            "august août aout agosto augustus augusti aug sierpnia",
            "september septembre septiembre settembre setembro sep sept września",
            "oktober octobre octubre ottobre outubro okt oct october października",
            "november novembre noviembre novembro nov listopada",
            "dezember décembre decembre diciembre dicembre dezembro december dec dez grudnia",
        ),
        start=1,
    )
    for name in names.split()
}
_IN_WORDS = re.compile(
    r"\b(\d{1,2})(?:\.|º|er)? (?:de )?([^\W\d_]{3,12})\.?,? (?:de )?((?:19|20)\d\d)\b"
)
_IN_NUMBERS = re.compile(r"\b(\d{1,2})\.(\d{1,2})\.((?:19|20)\d\d)\b")
"""Day and month with full stops; with strokes nobody could tell which is which."""
_UPDATE = re.compile(
    r"updat|modif|edited|stand:|stand |aktualis|actualiz|mis à jour|aggiornat|bijgewerkt"
    r"|atualizad",
    re.IGNORECASE,
)
_LINE_CHARS = 120
_NAME = re.compile(r"(?:[^\W\d_][\w.’'-]{0,20} ){1,3}[^\W\d_][\w’'-]{0,25}")
_NAME_CHARS = 40
_BYLINE = frozenset("by von par por di door".split())


def find_day(lines: Sequence[str]) -> date | None:
    """The day of publication that one of the short `lines` tells; that of an update if no other
    is told, and None for none."""
    days = []
    for line in lines:
        if len(line) > _LINE_CHARS:
            continue
        for place, day in _days_in(line):
            before = line[:place]
            days.append((bool(_UPDATE.search(before[before.rfind("-") + 1 :])), day))
    return next(iter([day for late, day in days if not late] + [day for _, day in days]), None)


def parse_day(words: str) -> date | None:
    """The day that `words` are and nothing else ("12. Juni 2025", "12 de junio de 2025")."""
    words = words.strip()
    match = _IN_WORDS.fullmatch(words) or _IN_NUMBERS.fullmatch(words)
    return next((day for _, day in _days_in(words)), None) if match else None


def _days_in(line: str) -> list[tuple[int, date]]:
    found = []
    for match in (*_IN_WORDS.finditer(line), *_IN_NUMBERS.finditer(line)):
        day, month, year = match.groups()
        number = int(month) if month.isdigit() else _MONTHS.get(month.lower(), 0)
        try:
            found.append((match.start(), date(int(year), number, int(day))))
        except ValueError:
            continue
    return sorted(found)


def is_stamp(line: str) -> bool:
    """Whether `line` tells a day and hardly anything else."""
    if len(line) > _LINE_CHARS or not _days_in(line):
        return False
    rest = _IN_NUMBERS.sub("", _IN_WORDS.sub("", line))
    return len(re.findall(r"[^\W\d_]{2,}", rest)) <= 8


def is_name(line: str) -> bool:
    """Whether `line` is a person's name and no more: two to four words with capitals."""
    if len(line) > _NAME_CHARS or not _NAME.fullmatch(line):
        return False
    words = line.split()
    return words[0].lower() not in _BYLINE and all(word[0].isupper() for word in words)
