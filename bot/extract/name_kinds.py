"""Decides what capitalised words name: a person, an organisation, a place or else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.extract.name_runs import (
    Token,
    phrase_of,
)
from bot.extract.name_words import (
    ACRONYM_OTHERS,
    COUNTRIES,
    DEMONYMS,
    EVENT_HEADS,
    FUNCTION_WORDS,
    KNOWN_OTHERS,
    NOT_NAMES,
    ORGANISATION_HEADS,
    ORGANISATION_STARTS,
    ORGANISATIONS,
    PLACE_HEADS,
    PLACE_STARTS,
    PLACES,
    US_STATES,
)
from bot.extract.role_words import (
    ROLE_NOUNS,
)
from bot.model import NameKind
from bot.text.name_words import (
    EASTERN_SURNAMES,
    GIVEN_NAMES,
    HONORIFICS,
    OFFICES,
    SUFFIXES,
    TITLE_ABBREVIATIONS,
)
from bot.text.ordinary import ordinary_words
from bot.text.people_words import (
    FAMOUS_SURNAMES,
    SURNAMES_IN_S,
    SURNAMES_LIKE_HEADS,
)

LONGEST_PERSON_TOKENS = 5


TITLES = (HONORIFICS | OFFICES | TITLE_ABBREVIATIONS | ROLE_NOUNS) - {"don", "st", "saint"}


_OFFICIAL = frozenset(("national", "federal", "international", "united"))
"""First words of organisations, never of people."""
_EVENT_STARTS = frozenset(("hurricane", "typhoon", "cyclone", "operation", "storm"))
_PARTIES = frozenset("republican republicans democrat democrats democratic".split())


_PLACE_ONLY = re.compile(r"\b(?:in|near|across|throughout|outside) $")


_SPEECH = (
    "said|says|told|tells|added|adds|wrote|writes|tweeted|argued|argues|asked|asks|insisted|noted|"
    "notes|replied|explained|explains|warned|suggested|stated|continued|answered|concluded|recalled"
)


_SPEAKS = re.compile(
    rf",?[ \xa0](?:{_SPEECH}|(?:has|had|also|then|later) (?:said|told|added|written)|went on to|"
    rf"put it|himself|herself|who)\b"
)


_SPOKEN_BY = re.compile(rf"[\"”’',][ \xa0](?:{_SPEECH})[ \xa0]$")


_APPOSED = re.compile(
    r", (?:the|a|an|its|one of the) (?:[^\W\d_][\w’'.-]* ){0,5}(?P<head>agency|company|firm|group|"
    r"organi[sz]ation|newspaper|website|site|network|party|union|magazine|think tank|bank|"
    r"charity|nonprofit|maker|retailer|broadcaster|platform|startup|airline|publisher|"
    r"(?P<place>city|town|village|region|province|capital|island|suburb|state|country))\b"
)


_ORGANISATION_AFTER = re.compile(
    r" (?:super PAC|PAC|newspaper|website|magazine|spokes(?:man|woman|person)|network|company|"
    r"chief executive|CEO|employees?|officials?|committee|subcommittee|panel)\b"
)


_BEFORE_STATE = re.compile(r", (?:[A-Z][a-z]{1,4}\.|(?:[A-Z]\.){2})(?=[ ,)]| [-–—])")


_NUMBERED = re.compile(r" \d+(?![\d%,.]*\d|%)\b(?! (?:percent|per|years|days|million))")
_GOVERNED = re.compile(r"\b(?:[Tt]he|of|on|at|for|to|in|from|with|by|and|near) $")
_ROLE_NEXT = re.compile(r" [a-z]+ [A-Z]")
_AGED = re.compile(r", \d{1,3}\b(?!,\d)")


_ACTS = re.compile(
    r"[’'][sS]\b|,? (?:is|was|has|had|will|would|did|does|who|and|also|then|later|still|could|"
    r"[a-z]{3,}(?:ed|es))\b"
)


def known_kind(key: str) -> NameKind | None:
    """The kind of a name that everyone knows, or None."""
    if key in ORGANISATIONS:
        return NameKind.ORGANISATION
    if key in PLACES:
        return NameKind.PLACE
    if key in KNOWN_OTHERS:
        return NameKind.OTHER
    return None


def kind_of(tokens: Sequence[Token], text: str) -> NameKind:
    """The kind of the name in `tokens` by its words and what stands around it."""
    key = phrase_of(tokens)
    first, last = tokens[0].key, tokens[-1].key
    start, end = tokens[0].start, tokens[-1].end
    before = text[max(0, start - 20) : start]
    if len(tokens) == 1:
        return _kind_of_one(tokens[0], before, text)
    if first in GIVEN_NAMES and is_person(tokens):
        return NameKind.PERSON
    if tokens[1].gap.strip() in ("of", "of the", "for", "for the"):
        if first in ORGANISATION_STARTS or first in ORGANISATION_HEADS:
            return NameKind.ORGANISATION
        if first in PLACE_STARTS:
            return NameKind.PLACE
    if last in ORGANISATION_HEADS or any(t.gap.strip() == "&" for t in tokens[1:]):
        return NameKind.ORGANISATION
    if last in EVENT_HEADS:
        return NameKind.OTHER
    if last in PLACE_HEADS or (first in PLACE_STARTS and len(tokens) <= 3):
        return NameKind.PLACE
    if any(
        t.key in ORGANISATION_STARTS and n.gap.startswith((" of", " for"))
        for t, n in pairwise(tokens)
    ):
        return NameKind.ORGANISATION
    known = known_kind(key)
    if known:
        return known
    if any(t.gap.strip() in ("v.", "vs.") for t in tokens[1:]):
        return NameKind.OTHER
    if is_person(tokens):
        return NameKind.PERSON
    if last.endswith("s") and known_kind(phrase_of(tokens[:-1])) is NameKind.PLACE:
        return NameKind.ORGANISATION
    hyphened = any(p in ORGANISATION_HEADS for p in last.split("-")[:-1])
    if _ORGANISATION_AFTER.match(text, end) or first in _OFFICIAL or hyphened:
        return NameKind.ORGANISATION
    if _SPEAKS.match(text, end):
        return NameKind.ORGANISATION if last in ordinary_words() else NameKind.PERSON
    if _PLACE_ONLY.search(before) and last not in ordinary_words():
        return NameKind.PLACE
    return NameKind.OTHER


def _kind_of_one(token: Token, before: str, text: str) -> NameKind:
    key = token.key
    known = known_kind(key)
    speaks = _SPEAKS.match(text, token.end) is not None and not _GOVERNED.search(before)
    if (
        known is NameKind.PLACE
        and may_be_person_here(token, text)
        and not _PLACE_ONLY.search(before)
    ):
        return NameKind.PERSON
    if known:
        return known
    if _BEFORE_STATE.match(text, token.end):
        return NameKind.PLACE
    if _NUMBERED.match(text, token.end):
        return NameKind.OTHER
    letters = token.text.replace(".", "").replace("-", "")
    if "-" in key and any(c.isdigit() for c in key):
        return NameKind.OTHER
    if letters.isupper() and len(letters) >= 2:
        return NameKind.OTHER if token.text in ACRONYM_OTHERS else NameKind.ORGANISATION
    if key in ORGANISATION_HEADS or key in ORGANISATION_STARTS:
        return NameKind.ORGANISATION
    apposed = _APPOSED.match(text, token.end)
    if apposed:
        return NameKind.PLACE if apposed.group("place") else NameKind.ORGANISATION
    if key in FAMOUS_SURNAMES:
        return NameKind.PERSON
    if _SPOKEN_BY.search(before):
        # "said Baker", but "said Orvel pollster Ann Lee"
        return NameKind.OTHER if _ROLE_NEXT.match(text, token.end) else NameKind.PERSON
    if _ORGANISATION_AFTER.match(text, token.end):
        return NameKind.ORGANISATION
    if key in GIVEN_NAMES or speaks or _AGED.match(text, token.end):
        return NameKind.PERSON
    if _PLACE_ONLY.search(before) and key not in ordinary_words():
        return NameKind.PLACE
    return NameKind.OTHER


def is_person(tokens: Sequence[Token]) -> bool:
    """Whether `tokens` look like given name and surname, or any unknown two or three words."""
    while tokens and tokens[-1].key in SUFFIXES:
        tokens = tokens[:-1]
    if not 2 <= len(tokens) <= LONGEST_PERSON_TOKENS:
        return False
    first, last = tokens[0].key, tokens[-1].key
    if any(t.gap.startswith((" of", " for", " and", " &", "&")) for t in tokens[1:]):
        return False
    if last in DEMONYMS and first in GIVEN_NAMES and len(tokens) == 2 and last not in _PARTIES:
        return True
    if last in DEMONYMS or last in NOT_NAMES or last in FUNCTION_WORDS:
        return False
    if first in _OFFICIAL or any(p in ORGANISATION_HEADS for p in last.split("-")[:-1]):
        return False
    inner = [t.key for t in tokens[1:-1]]
    if any(key in FUNCTION_WORDS for key in inner if len(key) > 1) or first in _EVENT_STARTS:
        return False
    if known_kind(last) is NameKind.ORGANISATION or last in ("house", "white"):
        return last in SURNAMES_LIKE_HEADS and len(tokens) == 2
    if first in PLACES and last.endswith("s") and last not in SURNAMES_IN_S:
        return False  # "Dallas Cowboys"
    initialed = len(first.replace(".", "")) <= 3 and tokens[0].text.endswith(".")
    initialed = initialed and tokens[0].text.isupper()
    if first in GIVEN_NAMES or (initialed and first not in PLACES):
        if last in ORGANISATION_HEADS or last in PLACE_HEADS or last in EVENT_HEADS:
            plain = not any(key in ordinary_words() or key in PLACES for key in inner)
            return last in SURNAMES_LIKE_HEADS and len(tokens) <= 3 and plain
        if len(tokens) <= 3 or any(len(t.key) == 1 or t.gap.strip() for t in tokens[1:]):
            return True
        return len(tokens) == 4 and not any(t.key in ordinary_words() for t in tokens)
    if last in ORGANISATION_HEADS or last in PLACE_HEADS or last in EVENT_HEADS:
        return False
    if first in EASTERN_SURNAMES:
        return len(tokens) <= 3
    ordinary = ordinary_words()
    if any(t.key in ordinary or t.key in DEMONYMS or known_kind(t.key) for t in tokens[:-1]):
        return False
    if last in ordinary and last not in SURNAMES_LIKE_HEADS:
        return False
    if any(t.text.isupper() and len(t.key) > 1 for t in tokens):
        return False
    return len(tokens) <= 3


def is_title_word(token: Token) -> bool:
    return token.key in TITLES or ("-" in token.key and token.key.rpartition("-")[2] in TITLES)


def may_be_surname(token: Token) -> bool:
    key = token.key
    if key in ORGANISATION_HEADS or key in DEMONYMS or key in EVENT_HEADS or key in NOT_NAMES:
        return False
    if known_kind(key) and key not in PLACES:
        return False
    return key not in ordinary_words() or key in SURNAMES_LIKE_HEADS


def is_demonym(key: str) -> bool:
    """Whether `key` is an adjective such as "Russian" or "Russian-American"."""
    return key in DEMONYMS or ("-" in key and all(part in DEMONYMS for part in key.split("-")))


def acts_here(token: Token, text: str) -> bool:
    """Whether an unknown word at a sentence's head does something, as names do."""
    if token.text.isupper() and len(token.text) > 1:
        return True
    return _ACTS.match(text, token.end) is not None or _SPEAKS.match(text, token.end) is not None


def may_be_person_here(token: Token, text: str) -> bool:
    """Whether a single known word may be a person's name here ("Ford said")."""
    if (
        token.key not in PLACES
        or token.key in COUNTRIES
        or token.key in US_STATES - {"washington"}
    ):
        return False
    before = text[max(0, token.start - 8) : token.start]
    if before.endswith(", ") or _GOVERNED.search(before):
        return False
    return _SPEAKS.match(text, token.end) is not None
