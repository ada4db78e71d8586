"""Names of people as strings: taken apart, folded for comparison, compared by shape and sound."""

from __future__ import annotations

import re
import unicodedata
from dataclasses import dataclass
from functools import lru_cache

from bot.text.name_words import (
    EASTERN_SURNAMES,
    EITHERS_NAMES,
    GENERATIONS,
    GIVEN_NAMES,
    HONORIFICS,
    NICKNAMES,
    OFFICES,
    PARTICLES,
    SUFFIXES,
    TITLE_ABBREVIATIONS,
    WOMENS_NAMES,
)

_MENS_HONORIFICS = frozenset(("mr", "sir", "lord", "king", "prince", "monsieur", "herr"))
_WOMENS_HONORIFICS = frozenset(
    ("mrs", "ms", "miss", "dame", "lady", "queen", "princess", "madame", "frau")
)

LONGEST_NAME_CHARS = 200
"""Longer strings are no names; what lies behind is ignored, so that hostile input stays cheap."""
NAMES_KEPT = 20_000
"""How many parsed names the caches hold; a news day has fewer distinct ones."""

_UNDECOMPOSED = str.maketrans(
    {"ß": "ss", "ø": "o", "Ø": "o", "ł": "l", "Ł": "l", "đ": "d", "Đ": "d", "æ": "ae", "Æ": "ae"}
    | {"œ": "oe", "Œ": "oe", "ð": "d", "Ð": "d", "þ": "th", "Þ": "th", "ı": "i", "ħ": "h"}
    | {"’": "'", "‘": "'", "ʼ": "'", "‐": "-", "‑": "-", "–": "-", "\xa0": " ", "\xad": ""}
)
_POSSESSIVE = re.compile(r"'s?$", re.IGNORECASE)
_NO_WORD = re.compile(r"[^\w]+")
_AFTER_COMMA = re.compile(r",(?!\s*(?:jr|sr|ii|iii|iv)\b).*$", re.IGNORECASE | re.DOTALL)


@dataclass(frozen=True, slots=True)
class PersonName:
    """The parts of a person's name as printed; an absent part is empty."""

    title: str = ""
    given: str = ""
    surname: str = ""
    suffix: str = ""
    surname_first: bool = False
    """Whether the surname is printed in front ("Xi Jinping")."""

    @property
    def full(self) -> str:
        """Given name and surname in printed order, without title and suffix."""
        first, last = self.given, self.surname
        if self.surname_first:
            first, last = last, first
        return f"{first} {last}".strip()


def fold_text(text: str) -> str:
    """`text` in lower case without diacritics, its curly apostrophes and dashes plain."""
    if text.isascii():
        return text.lower()
    plain = unicodedata.normalize("NFKD", text.lower().translate(_UNDECOMPOSED))
    return "".join(c for c in plain if not unicodedata.combining(c)).lower()


@lru_cache(maxsize=NAMES_KEPT)
def fold_name(text: str) -> str:
    """`text` as a key for comparison: no case, diacritics, titles, possessive or punctuation.

    Hyphens become spaces and initials are joined ("J. D. Vance" and "JD Vance" are one key).
    A name that is nothing but a title keeps it.
    """
    name = parse_name(text)
    kept = f"{name.full} {name.suffix}".strip() or text[:LONGEST_NAME_CHARS]
    return _folded_words(kept)


@lru_cache(maxsize=NAMES_KEPT)
def surname(name: str) -> str:
    """The surname in `name` as printed, with its particles; a single word is its own."""
    return parse_name(name).surname


@lru_cache(maxsize=NAMES_KEPT)
def parse_name(text: str) -> PersonName:
    """The parts of the person's name in `text`, in any usual order of titles and particles.

    "Sen. Ann Lee, D-Mass." loses what follows the comma; Chinese and Korean names keep their
    surname in front; a particle belongs to the surname ("von der Leyen").
    """
    line = " ".join(text[:LONGEST_NAME_CHARS].replace("\xa0", " ").split())
    line = _AFTER_COMMA.sub("", line).strip(' ,;:."“”')
    words = [w.strip(',;:()"“”') for w in line.split(" ")]
    words = [w for w in words if w]
    if words:
        words[-1] = _POSSESSIVE.sub("", words[-1].replace("’", "'")) or words[-1]
    suffixes: list[str] = []
    while len(words) > 1 and _bare(words[-1]) in SUFFIXES:
        suffixes.insert(0, words.pop())
    titles: list[str] = []
    while len(words) > 1 and _is_title(words):
        titles.append(words.pop(0))
    if not words:
        return PersonName(title=" ".join(titles), suffix=" ".join(suffixes))
    cut = _surname_start(words)
    if cut == 0 and len(words) > 1 and _family_name_first(words):
        given, last = " ".join(words[1:]), words[0]
        return PersonName(" ".join(titles), given, last, " ".join(suffixes), surname_first=True)
    return PersonName(
        " ".join(titles), " ".join(words[:cut]), " ".join(words[cut:]), " ".join(suffixes)
    )


def short_forms(name: str) -> frozenset[str]:
    """The folded forms by which `name` may be called later: surname, its last word, given name.

    "Ursula von der Leyen" gives "von der leyen", "leyen" and "ursula".
    """
    parsed = parse_name(name)
    last = _folded_words(parsed.surname)
    forms = {last, _folded_words(parsed.full)}
    words = parsed.surname.split()
    forms.add(_folded_words(words[-1]) if words else "")
    given = parsed.given.split()
    if given:
        forms.add(_folded_words(given[0]))
        if len(given) > 1 and not _is_initial(given[-1]) and _bare(given[-1]) not in GIVEN_NAMES:
            # A Spanish or Portuguese first surname ("García" in "Ana García Ruiz").
            forms.add(_folded_words(f"{given[-1]} {parsed.surname}"))
    forms.discard("")
    return frozenset(forms)


def same_person_shape(a: str, b: str) -> bool:
    """Whether `a` and `b` may be spellings of one person's name, by their words alone.

    Surnames must be equal; given names must be equal, a nickname, an initial or absent; "Jr."
    and "Sr." must not contradict each other. A surname alone fits every bearer of it, so a
    caller who needs to be sure asks for more.
    """
    one, two = parse_name(a), parse_name(b)
    if _folded_words(one.surname) != _folded_words(two.surname):
        return False
    generations = generation(a), generation(b)
    if all(generations) and generations[0] != generations[1]:
        return False
    return same_given_name(one.given, two.given)


def generation(name: str) -> str:
    """ "jr", "sr", "ii", … when `name` has such a suffix, else an empty string."""
    for word in parse_name(name).suffix.split():
        if _bare(word) in GENERATIONS:
            return _bare(word)
    return ""


def same_given_name(a: str, b: str) -> bool:
    """Whether two given names may be one: equal, nickname, initial, or one of them absent."""
    first, second = _folded_words(a).split(), _folded_words(b).split()
    if not first or not second:
        return True
    x, y = first[0], second[0]
    if x == y or NICKNAMES.get(x, x) == NICKNAMES.get(y, y):
        return not _middle_names_differ(first, second)
    if len(x) == 1 or len(y) == 1:
        return x[0] == y[0]
    if len(x) == len(y) == 2 and _looks_like_initials(a) != _looks_like_initials(b):
        return False
    # "Marie-Agnes" beside "Agnes", or a middle name in use ("J. Edgar" beside "Edgar").
    return x in second or y in first


def fits_honorific(name: str, honorific: str) -> bool:
    """Whether someone called `name` may be "Mr.", "Mrs." or "Ms." (`honorific`, folded)."""
    given = _folded_words(parse_name(name).given).split()
    if not given or given[0] in EITHERS_NAMES:
        return True
    if honorific in _MENS_HONORIFICS:
        return given[0] not in WOMENS_NAMES
    if honorific in _WOMENS_HONORIFICS:
        return given[0] in WOMENS_NAMES or given[0] not in GIVEN_NAMES
    return True


@lru_cache(maxsize=NAMES_KEPT)
def sound_key(text: str) -> str:
    """A rough key of how a name sounds, equal for usual misspellings and transliterations.

    "Peskow" and "Peskov", "strak zimerman" and "Strack-Zimmermann" share one key. Vowels after
    the first letter of a word are kept as one class, so that short names stay apart.
    """
    return " ".join(_word_sound(word) for word in fold_name(text).split())


_SOUNDS = (
    (re.compile(r"^kh"), "k"),
    (re.compile(r"sch|sh|tch|cz|ch"), "x"),
    (re.compile(r"ck|q|c(?![eiy])"), "k"),
    (re.compile(r"ts|tz|z|c(?=[eiy])"), "s"),
    (re.compile(r"ph|ff"), "f"),
    (re.compile(r"w"), "v"),
    (re.compile(r"dh|th"), "t"),
    (re.compile(r"kh|gh|h"), ""),
    (re.compile(r"[yj]"), "i"),
    (re.compile(r"d$"), "t"),
    (re.compile(r"[eiou]+|(?<=.)a+"), "a"),
    (re.compile(r"(.)\1+"), r"\1"),
)


def _word_sound(word: str) -> str:
    for pattern, sound in _SOUNDS:
        word = pattern.sub(sound, word)
    return word


def _bare(word: str) -> str:
    """`word` folded, without full stops."""
    return fold_text(word).replace(".", "").strip("'\"")


@lru_cache(maxsize=NAMES_KEPT)
def _folded_words(text: str) -> str:
    folded = fold_text(text).replace(".", " ").replace("'", "")
    words = _NO_WORD.sub(" ", folded).split()
    joined: list[str] = []
    initials = 0
    for word in words:
        if len(word) == 1 and initials:
            joined[-1] += word
        else:
            joined.append(word)
        initials = initials + 1 if len(word) == 1 else 0
    return " ".join(joined)


def _is_title(words: list[str]) -> bool:
    """Whether the first of `words` is a title before the rest."""
    word = _bare(words[0])
    if word in TITLE_ABBREVIATIONS and (words[0].endswith(".") or word not in GIVEN_NAMES):
        return True
    if word not in HONORIFICS and word not in OFFICES:
        return False
    if word in GIVEN_NAMES or word in PARTICLES:
        # "Earl Sweet" and "Judge Reinhold" are names; "Prince" before two words is a title.
        return len(words) > 2
    return True


def _surname_start(words: list[str]) -> int:
    """Where the surname begins in the title-free `words`."""
    if len(words) == 1:
        return 0
    if _family_name_first(words):
        return 0
    for i in range(1 if _bare(words[0]) not in PARTICLES else 0, len(words) - 1):
        if _bare(words[i]) in PARTICLES and (words[i][0].islower() or i > 0):
            if words[i][0].isupper() and _bare(words[i]) in GIVEN_NAMES and i == 0:
                continue
            return i
    return len(words) - 1


def _family_name_first(words: list[str]) -> bool:
    """Whether `words` is a name such as "Xi Jinping" or "Ban Ki-moon"."""
    if not 2 <= len(words) <= 3 or _bare(words[0]) not in EASTERN_SURNAMES:
        return False
    rest = [_bare(word) for word in words[1:]]
    if len(words) == 2 and _bare(words[0]) in GIVEN_NAMES:
        # "Kim Jones" against "Kim Jong-un": a hyphen tells.
        return "-" in words[1]
    if len(words) == 3:
        return all(len(word) <= 6 and word not in GIVEN_NAMES for word in rest)
    return rest[0] not in GIVEN_NAMES and not _is_initial(words[1])


def _is_initial(word: str) -> bool:
    return len(_bare(word)) == 1


def _looks_like_initials(given: str) -> bool:
    words = given.replace(".", " ").split()
    return all(len(w) == 1 or (w.isupper() and len(w) <= 2) for w in words)


def _middle_names_differ(first: list[str], second: list[str]) -> bool:
    """Whether both have middle names and these contradict each other."""
    if len(first) < 2 or len(second) < 2:
        return False
    x, y = first[1], second[1]
    return x[0] != y[0] or (len(x) > 1 and len(y) > 1 and x != y)
