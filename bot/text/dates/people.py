"""Month words that are people's names: Theresa May, April Jones, June Carter."""

from __future__ import annotations

import re
from typing import Final

from bot.text.dates.calendar_words import S

NAME_MONTH: Final = re.compile(r"\b(?:April|August|June|March|May)\b")
TITLE_BEFORE: Final = re.compile(
    r"\b(?:Theresa|Mrs\.?|Ms\.?|Mr\.?|Miss|Dr\.?|Prime Minister|Home Secretary|Brian|Elaine|"
    rf"Imelda|Lady|Sir|Sen\.|Rep\.){S}\Z"
)
SURNAME_AFTER: Final = re.compile(
    rf"{S}(?!Fool|Day|But|And|The|In|On|At|He|She|It|When|After|As|Mr|Mrs|President|Prime|Labo)"
    rf"[A-Z][a-z]+\b(?={S}(?:said|says|told|was|is|and|who|of)\b|,|['\u2019]s)"
)
FIRST_NAME_BEFORE: Final = re.compile(rf"\b(?P<name>[A-Z][a-z]{{2,}}){S}\Z")
DAY_OR_YEAR_AFTER: Final = re.compile(r"\.?,? ?\d")
NOT_FIRST_NAMES: Final = frozenset(
    "since until last next late early this the from and for but when after before while during "
    "between through throughout mid every each monday tuesday wednesday thursday friday "
    "saturday sunday april june".split()
)
"""Capitalised words before "May" that are no first names."""
LOOK_CHARS: Final = 24


def find_month_people(text: str) -> frozenset[str]:
    """The month words, lower case, that are people's names somewhere in `text`."""
    found = set()
    for match in NAME_MONTH.finditer(text):
        word = match[0].lower()
        if word in found:
            continue
        left = text[max(0, match.start() - LOOK_CHARS) : match.start()]
        right = text[match.end() : match.end() + LOOK_CHARS]
        if word != "march" and SURNAME_AFTER.match(right):
            found.add(word)
        elif DAY_OR_YEAR_AFTER.match(right):
            continue
        elif TITLE_BEFORE.search(left) or (word == "may" and _ends_with_first_name(left)):
            found.add(word)
    return frozenset(found)


def _ends_with_first_name(left: str) -> bool:
    """Whether a capitalised word that can be a first name ends `left`."""
    match = FIRST_NAME_BEFORE.search(left)
    return match is not None and match["name"].lower() not in NOT_FIRST_NAMES
