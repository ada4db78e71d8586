"""Decides what a run of capitalised words names: a person, an organisation, a place or else."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field
from itertools import pairwise

from bot.extract.name_runs import Run, Token, is_contraction, words_of
from bot.extract.name_words import (
    ACRONYM_OTHERS,
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
    STATE_ABBREVIATIONS,
    ordinary_words,
)
from bot.extract.role_words import ROLE_NOUNS
from bot.model import NameKind
from bot.text.name_words import (
    EASTERN_SURNAMES,
    GIVEN_NAMES,
    HONORIFICS,
    OFFICES,
    SUFFIXES,
    TITLE_ABBREVIATIONS,
)

LONGEST_PERSON_TOKENS = 5

_TITLES = (HONORIFICS | OFFICES | TITLE_ABBREVIATIONS | ROLE_NOUNS) - {"don", "st", "saint"}
_SURNAMES_LIKE_HEADS = frozenset(
    [
        "church",
        "post",
        "crown",
        "house",
        "power",
        "press",
        "store",
        "court",
        "watch",
        "banks",
        "parks",
        "rivers",
        "forest",
        "hill",
        "park",
        "bond",
        "union",
        "day",
        "law",
        "lane",
        "west",
        "north",
        "field",
        "fields",
        "woods",
        "bridge",
        "brooks",
        "ford",
        "guard",
        "price",
        "bush",
        "street",
        "springs",
        "snow",
        "frost",
        "summer",
        "winter",
        "march",
        "case",
        "wood",
        "love",
        "berry",
        "rice",
        "cook",
        "king",
        "young",
        "may",
        "hope",
        "grant",
        "page",
        "walker",
        "hunter",
        "fisher",
        "marsh",
        "glass",
        "stone",
        "black",
        "white",
        "brown",
        "green",
        "gray",
        "grey",
        "major",
        "bishop",
        "pope",
        "knight",
        "judge",
        "dean",
        "chambers",
        "field",
        "sanders",
        "mills",
        "waters",
        "wells",
        "rush",
    ]
)
"""Words that end places and organisations but are surnames after a given name."""
_IN_PLACE = re.compile(r"\b(?:in|near|across|throughout|outside|around|at|from|to|into|of) $")
_PLACE_ONLY = re.compile(r"\b(?:in|near|across|throughout|outside) $")
_SPEAKS = re.compile(
    r",? (?:said|says|told|tells|added|wrote|tweeted|argued|asked|insisted|noted|replied|explained|"
    r"warned|suggested|has said|had said|also said|himself|herself|who)\b"
)
_AGED = re.compile(r", \d{1,3}\b(?!,\d)")


@dataclass(slots=True)
class Article:
    """What a whole article tells about its words."""

    lower: frozenset[str]
    """Words that occur in lower case."""
    inside: set[str] = field(default_factory=set)
    """Words that occur with a capital inside a sentence."""
    inside_phrases: set[str] = field(default_factory=set)
    """Runs, as phrases, that occur inside a sentence."""


@dataclass(slots=True)
class Piece:
    """One name in a run: its words, the title words before it, its kind when already sure."""

    tokens: list[Token]
    title: list[Token]
    kind: NameKind | None
    headline: bool = False

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end

    @property
    def key(self) -> str:
        return " ".join(words_of(self.tokens))


def pieces_of(run: Run, text: str, article: Article) -> list[Piece]:
    """The names in `run` with their titles, in order."""
    if run.headline:
        return []
    found = []
    for chunk in _chunks(run.tokens):
        tokens = _without_opening(chunk, article)
        if tokens:
            found += _read(tokens, text, article)
    return found


def known_kind(key: str) -> NameKind | None:
    """The kind of a name that everyone knows, or None."""
    if key in ORGANISATIONS:
        return NameKind.ORGANISATION
    if key in PLACES:
        return NameKind.PLACE
    if key in KNOWN_OTHERS:
        return NameKind.OTHER
    return None


def _chunks(tokens: list[Token]) -> list[list[Token]]:
    """`tokens` cut where the small words between them join two names, not one."""
    whole = " ".join(words_of(tokens))
    if known_kind(whole):
        return [tokens]
    chunks: list[list[Token]] = [[tokens[0]]]
    for i, token in enumerate(tokens[1:], 1):
        gap = token.gap.strip(" \xa0")
        chunk = chunks[-1]
        if gap in ("", "&") or _keeps(gap, chunk, tokens[i:]):
            chunk.append(token)
        else:
            chunks.append([token])
    return chunks


def _keeps(gap: str, left: list[Token], right: list[Token]) -> bool:
    """Whether `gap` ("of", "for", "and", a particle) is part of one name."""
    last = left[-1].key
    following = [right[0]]
    for token in right[1:]:
        if token.gap.strip(" \xa0"):
            break
        following.append(token)
    phrase = " ".join([*words_of(left), *gap.split(), *words_of(following)])
    if known_kind(phrase):
        return True
    if gap.startswith("of"):
        if last in _TITLES:
            return True
        return last in ORGANISATION_STARTS or last in EVENT_HEADS or last in PLACE_STARTS
    if gap.startswith("for"):
        return last in ORGANISATION_STARTS or last in ("center", "centre", "council", "alliance")
    if gap == "and":
        if following[-1].key not in ORGANISATION_HEADS or left[0].key in GIVEN_NAMES:
            return any(t.gap.startswith(" of") for t in left[1:]) and (
                left[0].key in ("department", "ministry", "office")
                and right[0].key in ordinary_words()
            )
        if any(t.gap.startswith((" of", " for")) for t in left[1:]):
            return True
        return len(left) == 1 and last in ordinary_words() and last not in ORGANISATION_HEADS
    return True


def _without_opening(tokens: list[Token], article: Article) -> list[Token]:
    """`tokens` without the ordinary word that opens a sentence, and without function words."""
    ordinary = ordinary_words()
    while tokens:
        first = tokens[0]
        key = first.key
        if key in NOT_NAMES and key not in HONORIFICS and key not in TITLE_ABBREVIATIONS:
            if not (key in GIVEN_NAMES and len(tokens) > 1):
                tokens = tokens[1:]
                continue
            return tokens
        whole = " ".join(words_of(tokens))
        if known_kind(whole) and (not first.initial or len(tokens) > 1 or key not in ordinary):
            return tokens
        if key in FUNCTION_WORDS or is_contraction(first):
            if not _stays(first, tokens, article):
                tokens = tokens[1:]
                continue
            return tokens
        if not first.initial:
            return tokens
        if len(tokens) == 1:
            attested = key in article.inside and key not in article.lower
            if key in ordinary and not attested:
                return []
            if key in article.lower and not attested:
                return []
            if not attested and _is_inflected(key) and not known_kind(key):
                return []
            return tokens
        if key not in ordinary or _opens_name(tokens, whole, article):
            return tokens
        tokens = tokens[1:]
    return tokens


def _stays(first: Token, tokens: list[Token], article: Article) -> bool:
    """Whether a word such as "Will" or "All" belongs to the name that it opens."""
    if first.key == "will" and len(tokens) > 1 and tokens[1].key not in article.lower:
        return not first.initial
    phrase = " ".join(words_of(tokens))
    return not first.initial and len(tokens) > 1 and phrase in article.inside_phrases


def _opens_name(tokens: list[Token], whole: str, article: Article) -> bool:
    """Whether an ordinary word at the head of a sentence is part of the name after it."""
    key, rest = tokens[0].key, tokens[1:]
    if whole in article.inside_phrases:
        return True
    if key in _TITLES or key in DEMONYMS or key in GIVEN_NAMES:
        return True
    if known_kind(" ".join(words_of(rest))):
        return False
    if key in PLACE_STARTS or key in ORGANISATION_STARTS:
        return True
    last = rest[-1].key
    if last in ORGANISATION_HEADS or last in EVENT_HEADS or last in PLACE_HEADS:
        return not (len(rest) > 1 and rest[0].key not in ordinary_words())
    return False


_INFLECTED = re.compile(r"(?:ing|ed|ly|tion|ness|ment|less|able|ible|ously|ism|ity|ence|ance)s?$")


def _is_inflected(key: str) -> bool:
    return len(key) > 5 and _INFLECTED.search(key) is not None


def _read(tokens: list[Token], text: str, article: Article) -> list[Piece]:
    """The name in `tokens` with its title; several where a place or people stands in front."""
    key = " ".join(words_of(tokens))
    kind = known_kind(key)
    if kind is not None and not (len(tokens) == 1 and _ambiguous(tokens[0], text)):
        return [Piece(tokens, [], kind)]
    cut = _title_end(tokens, article)
    if cut:
        name = tokens[cut:]
        while name and name[0].key in DEMONYMS and len(name) > 2:
            name = name[1:]
        return [Piece(name, tokens[:cut], NameKind.PERSON)]
    # "Republican Ann Lee", "Texan Bob Ray"
    while len(tokens) > 2 and tokens[0].key in DEMONYMS and _is_person(tokens[1:]):
        tokens = tokens[1:]
    if all(_is_demonym(t.key) for t in tokens) or all(_is_bare_word(t) for t in tokens):
        return []
    if len(tokens) > 1 and tokens[-1].key in STATE_ABBREVIATIONS:
        tokens = tokens[:-1]
    if len(tokens) > 3:
        split = _apart(tokens)
        if split:
            first, second = split
            return [*_read(first, text, article), *_read(second, text, article)]
    return [Piece(tokens, [], kind_of(tokens, text, article))]


def _apart(tokens: list[Token]) -> tuple[list[Token], list[Token]] | None:
    """`tokens` as a known name and the rest, where both stand side by side ("Fox News Ann Lee")."""
    for cut in range(len(tokens) - 2, 0, -1):
        head = " ".join(words_of(tokens[:cut]))
        if tokens[cut].gap.strip(" \xa0"):
            continue
        if known_kind(head) and tokens[cut].key in GIVEN_NAMES and _is_person(tokens[cut:]):
            return tokens[:cut], tokens[cut:]
    return None


def _ambiguous(token: Token, text: str) -> bool:
    """Whether a single known word may be a person's name here ("Ford said")."""
    return token.key in PLACES and _SPEAKS.match(text, token.end) is not None


def _is_demonym(key: str) -> bool:
    """Whether `key` is an adjective such as "Russian" or "Russian-American"."""
    return key in DEMONYMS or ("-" in key and all(part in DEMONYMS for part in key.split("-")))


def _is_bare_word(token: Token) -> bool:
    return token.key in FUNCTION_WORDS or token.key in NOT_NAMES or token.key in _TITLES


def _title_end(tokens: list[Token], article: Article) -> int:
    """How many of `tokens` are a title before a person's name; 0 when there is none."""
    for i in range(len(tokens) - 1, 0, -1):
        word = tokens[i - 1]
        if word.key not in _TITLES or (word.key in GIVEN_NAMES and i == 1 and len(tokens) == 2):
            continue
        if tokens[i].gap.strip(" \xa0") not in ("",) and not tokens[i].gap.strip().islower():
            continue
        if tokens[i].gap.startswith((" of", " and", " for")):
            continue
        rest = tokens[i:]
        if rest[0].key in SUFFIXES or rest[0].key in _TITLES:
            return 0
        if i > 1 and tokens[0].key in GIVEN_NAMES and word.key in _SURNAMES_LIKE_HEADS:
            return 0
        if _is_person(rest) or (len(rest) == 1 and _may_be_surname(rest[0], article)):
            return i
    return 0


def _may_be_surname(token: Token, article: Article) -> bool:
    key = token.key
    if key in ORGANISATION_HEADS or key in DEMONYMS or key in EVENT_HEADS or key in NOT_NAMES:
        return False
    if known_kind(key) and key not in PLACES:
        return False
    return key not in ordinary_words() or key in _SURNAMES_LIKE_HEADS


def _is_person(tokens: Sequence[Token]) -> bool:
    """Whether `tokens` look like given name and surname, or any unknown two or three words."""
    while tokens and tokens[-1].key in SUFFIXES:
        tokens = tokens[:-1]
    if not 2 <= len(tokens) <= LONGEST_PERSON_TOKENS:
        return False
    first, last = tokens[0].key, tokens[-1].key
    if any(t.gap.startswith((" of", " for", " and", " &", "&")) for t in tokens[1:]):
        return False
    if last in DEMONYMS or last in NOT_NAMES or last in FUNCTION_WORDS:
        return False
    initialed = len(first) <= 3 and tokens[0].text.isupper() and tokens[0].text.endswith(".")
    if first in GIVEN_NAMES or (initialed and first not in PLACES):
        if last in ORGANISATION_HEADS or last in PLACE_HEADS or last in EVENT_HEADS:
            return last in _SURNAMES_LIKE_HEADS and len(tokens) == 2
        return len(tokens) <= 3 or any(len(t.key) == 1 or t.gap.strip() for t in tokens[1:])
    if last in ORGANISATION_HEADS or last in PLACE_HEADS or last in EVENT_HEADS:
        return False
    if first in EASTERN_SURNAMES:
        return len(tokens) <= 3
    ordinary = ordinary_words()
    if any(t.key in ordinary or t.key in DEMONYMS or t.key in PLACES for t in tokens[:-1]):
        return False
    if last in ordinary and last not in _SURNAMES_LIKE_HEADS:
        return False
    if any(t.text.isupper() and len(t.key) > 1 for t in tokens):
        return False
    return len(tokens) <= 3


def kind_of(tokens: Sequence[Token], text: str, article: Article) -> NameKind:
    """The kind of the name in `tokens` by its words and what stands around it."""
    key = " ".join(words_of(tokens))
    first, last = tokens[0].key, tokens[-1].key
    start, end = tokens[0].start, tokens[-1].end
    before = text[max(0, start - 14) : start]
    if len(tokens) == 1:
        return _kind_of_one(tokens[0], before, text)
    if first in GIVEN_NAMES and _is_person(tokens):
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
    if _is_person(tokens):
        return NameKind.PERSON
    if _SPEAKS.match(text, end):
        return NameKind.ORGANISATION if last in ordinary_words() else NameKind.PERSON
    if _PLACE_ONLY.search(before) and last not in ordinary_words():
        return NameKind.PLACE
    return NameKind.OTHER


def _kind_of_one(token: Token, before: str, text: str) -> NameKind:
    key = token.key
    known = known_kind(key)
    speaks = _SPEAKS.match(text, token.end) is not None
    if known is NameKind.PLACE and speaks and not _PLACE_ONLY.search(before):
        return NameKind.PLACE if key.replace(".", "") in ("us", "uk") else NameKind.PERSON
    if known:
        return known
    letters = token.text.replace(".", "").replace("-", "")
    if letters.isupper() and len(letters) >= 2:
        return NameKind.OTHER if token.text in ACRONYM_OTHERS else NameKind.ORGANISATION
    if key in ORGANISATION_HEADS or key in ORGANISATION_STARTS:
        return NameKind.ORGANISATION
    if key in GIVEN_NAMES or speaks or _AGED.match(text, token.end):
        return NameKind.PERSON
    if _PLACE_ONLY.search(before) and key not in ordinary_words():
        return NameKind.PLACE
    return NameKind.OTHER
