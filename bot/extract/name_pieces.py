"""Cuts runs of capitalised words into names and the titles before them."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.extract.name_kinds import (
    LONGEST_PERSON_TOKENS,
    TITLES,
    acts_here,
    is_demonym,
    is_person,
    is_title_word,
    kind_of,
    known_kind,
    may_be_person_here,
    may_be_surname,
)
from bot.extract.name_runs import (
    Run,
    Token,
    is_contraction,
    phrase_of,
)
from bot.extract.name_words import (
    AGENCIES,
    DEMONYMS,
    EVENT_HEADS,
    FUNCTION_WORDS,
    NOT_NAMES,
    ORGANISATION_HEADS,
    ORGANISATION_STARTS,
    ORGANISATION_TAILS,
    PAGE_LABELS,
    PLACE_HEADS,
    PLACE_STARTS,
    PLACES,
    STATE_ABBREVIATIONS,
)
from bot.model import NameKind
from bot.text.name_words import (
    GIVEN_NAMES,
    HONORIFICS,
    SUFFIXES,
    TITLE_ABBREVIATIONS,
)
from bot.text.ordinary import ordinary_words
from bot.text.people_words import (
    FAMOUS_SURNAMES,
    SURNAMES_IN_S,
    SURNAMES_LIKE_HEADS,
)

_GENERIC = frozenset(("pac", "pacs", "super pac", "super pacs", "super", "supreme"))


_MODIFIERS = frozenset(("former", "acting", "ex", "vice", "deputy", "first", "then"))


_POLITE = frozenset(("mr", "mrs", "ms", "dr", "mx", "sir", "lady", "dame"))


_PARTY_AND_STATE = re.compile(r"[RDI]-[A-Z][\w.]*")


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
    key: str = field(init=False)
    """The words as a phrase is looked up."""

    def __post_init__(self) -> None:
        self.key = phrase_of(self.tokens)

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end


def pieces_of(run: Run, text: str, article: Article) -> list[Piece]:
    """The names in `run` with their titles, in order."""
    if run.headline or _is_shouted(run):
        return []
    found = []
    for chunk in _chunks(run.tokens):
        tokens = _without_opening(chunk, text, article)
        if tokens:
            found += _read(tokens, text, article)
    return found


def _is_shouted(run: Run) -> bool:
    """Whether `run` is a heading in capitals that stands in its paragraph's first line."""
    if len(run.tokens) < 3 or not all(t.text.isupper() for t in run.tokens):
        return False
    ordinary = ordinary_words()
    return any(t.key in ordinary for t in run.tokens)


def _chunks(tokens: list[Token]) -> list[list[Token]]:
    """`tokens` cut where the small words between them join two names, not one."""
    whole = phrase_of(tokens)
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
    if len(left) > 1 and left[0].key == "the":
        left = left[1:]
    last = left[-1].key
    following = [right[0]]
    for token in right[1:]:
        if token.gap.strip(" \xa0"):
            break
        following.append(token)
    phrase = " ".join([phrase_of(left), *gap.split(), phrase_of(following)])
    if known_kind(phrase):
        return True
    if gap == "the":
        return False
    if gap in ("v.", "vs."):
        return True
    if gap.startswith("of"):
        if last in TITLES:
            return True
        if len(left) == 1 and left[0].initial and last not in PLACE_STARTS:
            return last in ORGANISATION_STARTS and right[0].key not in GIVEN_NAMES
        return last in ORGANISATION_STARTS or last in EVENT_HEADS or last in PLACE_STARTS
    if gap.startswith("for"):
        return last in ORGANISATION_STARTS or last in ("center", "centre", "council", "alliance")
    if gap == "and":
        opened = any(t.gap.startswith((" of", " for")) for t in left[1:])
        if opened and following[-1].key in ORGANISATION_TAILS and last in ordinary_words():
            return left[0].key not in GIVEN_NAMES
        if following[-1].key not in ORGANISATION_HEADS or left[0].key in GIVEN_NAMES:
            return any(t.gap.startswith(" of") for t in left[1:]) and (
                left[0].key in ("department", "ministry", "office")
                and right[0].key in ordinary_words()
            )
        return len(left) == 1 and last in ordinary_words() and last not in ORGANISATION_HEADS
    return True


def _without_opening(tokens: list[Token], text: str, article: Article) -> list[Token]:
    """`tokens` without the ordinary word that opens a sentence, and without function words."""
    ordinary = ordinary_words()
    if _is_quoted_work(tokens, text):
        return tokens
    while tokens:
        first = tokens[0]
        key = first.key
        if key in NOT_NAMES and key not in HONORIFICS and key not in TITLE_ABBREVIATIONS:
            if not (key in GIVEN_NAMES and len(tokens) > 1):
                tokens = tokens[1:]
                continue
            return tokens
        whole = phrase_of(tokens)
        if known_kind(whole) and (not first.initial or len(tokens) > 1 or key not in ordinary):
            return tokens
        if first.initial and key in PAGE_LABELS and len(tokens) < 3:
            tokens = tokens[1:]
            continue
        if key == "the" and not first.initial and len(tokens) > 1:
            return tokens if known_kind(whole) else tokens[1:]
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
            if attested or key in GIVEN_NAMES or key in FAMOUS_SURNAMES or known_kind(key):
                return tokens
            return tokens if acts_here(first, text) else []
        if key not in ordinary or _opens_name(tokens, whole, article):
            return tokens
        tokens = tokens[1:]
    return tokens


def _is_quoted_work(tokens: Sequence[Token], text: str) -> bool:
    """Whether `tokens` fill a pair of quotation marks, as the title of a work does."""
    start, end = tokens[0].start, tokens[-1].end
    if len(tokens) < 2 or start == 0 or text[start - 1] not in '“‘"':
        return False
    return text.startswith(("”", "’", '"', ",”", ',"', ",’"), end)


def _stays(first: Token, tokens: list[Token], article: Article) -> bool:
    """Whether a word such as "Will" or "All" belongs to the name that it opens."""
    if first.key == "will" and len(tokens) > 1 and tokens[1].key not in article.lower:
        return not first.initial
    phrase = phrase_of(tokens)
    return not first.initial and len(tokens) > 1 and phrase in article.inside_phrases


def _opens_name(tokens: list[Token], whole: str, article: Article) -> bool:
    """Whether an ordinary word at the head of a sentence is part of the name after it."""
    key, rest = tokens[0].key, tokens[1:]
    if whole in article.inside_phrases:
        return True
    if key in DEMONYMS or key in GIVEN_NAMES:
        return True
    if known_kind(phrase_of(rest)):
        return False
    if key in _MODIFIERS:
        return any(is_title_word(t) for t in rest)
    if key in TITLES:
        return True
    if key in PLACE_STARTS or key in ORGANISATION_STARTS:
        return True
    last = rest[-1].key
    if last in ORGANISATION_HEADS or last in EVENT_HEADS or last in PLACE_HEADS:
        return not (len(rest) > 1 and rest[0].key not in ordinary_words())
    return False


def _read(tokens: list[Token], text: str, article: Article) -> list[Piece]:
    """The name in `tokens` with its title; several where a place or people stands in front."""
    key = phrase_of(tokens)
    kind = known_kind(key)
    if len(tokens) == 1 and _is_party_and_state(tokens[0], text):
        return []
    if key in _GENERIC or key in SUFFIXES or (len(tokens) == 1 and _is_heading(tokens[0])):
        return []
    if key == "state" and text[max(0, tokens[0].start - 4) : tokens[0].start] == " of ":
        return []
    if kind is None and _is_quoted_work(tokens, text) and not is_person(tokens):
        return [Piece(tokens, [], NameKind.OTHER)]
    if kind is not None and not (len(tokens) == 1 and may_be_person_here(tokens[0], text)):
        return [Piece(tokens, [], kind)]
    cut = _title_end(tokens)
    if cut:
        name = tokens[cut:]
        while name and name[0].key in DEMONYMS and len(name) > 2:
            name = name[1:]
        return [Piece(name, tokens[:cut], NameKind.PERSON)]
    # "Republican Ann Lee", "Texan Bob Ray"
    while len(tokens) > 2 and tokens[0].key in DEMONYMS:
        if not is_person(tokens[1:]) and known_kind(phrase_of(tokens[1:])) is None:
            break
        tokens = tokens[1:]
    if all(is_demonym(t.key) for t in tokens):
        return []
    if all(_is_bare_word(t) for t in tokens):
        # "Baker said": a name only if the article has someone of that name.
        return [Piece(tokens, [], None)] if len(tokens) == 1 and not tokens[0].initial else []
    if len(tokens) > 1 and tokens[-1].key in STATE_ABBREVIATIONS:
        tokens = tokens[:-1]
    while len(tokens) > 1 and is_demonym(tokens[-1].key):
        # "a Florida Republican", but "Log Cabin Republicans"
        if known_kind(phrase_of(tokens[:-1])) is None:
            break
        tokens = tokens[:-1]
    tokens = _without_verb(_without_labels(tokens))
    if not tokens:
        return []
    cut = _person_start(tokens)
    if cut:
        return [Piece(tokens[cut:], tokens[:cut], NameKind.PERSON)]
    if len(tokens) > 2:
        split = _apart(tokens)
        if split:
            first, second = split
            return [*_read(first, text, article), *_read(second, text, article)]
    own: NameKind | None = kind_of(tokens, text)
    if own is NameKind.OTHER and len(tokens) == 1 and tokens[0].key in ordinary_words():
        own = None  # "the View": a capital for style, unless the article has such a name
    return [Piece(tokens, [], own)]


def _without_labels(tokens: list[Token]) -> list[Token]:
    """`tokens` without a page's labels at either end ("Ann Lee Read", "REUTERS Image")."""
    while len(tokens) > 1 and not tokens[-1].gap.strip():
        last = tokens[-1].key
        stray = last in FUNCTION_WORDS and last != "i" and tokens[-2].key not in GIVEN_NAMES
        if last not in PAGE_LABELS and not stray:
            break
        tokens = tokens[:-1]
    while len(tokens) > 1 and tokens[0].key in AGENCIES and tokens[0].text.isupper():
        tokens = tokens[1:]
        if all(t.key in ordinary_words() for t in tokens):
            return []
    return tokens


def _person_start(tokens: list[Token]) -> int:
    """Where a given name begins after words that are no name of their own; 0 when nowhere."""
    if len(tokens) < 3 or is_person(tokens) or tokens[0].key in GIVEN_NAMES:
        return 0
    for cut in range(1, len(tokens) - 1):
        rest = tokens[cut:]
        if rest[0].gap.strip() or rest[0].key not in GIVEN_NAMES or rest[0].key in PLACES:
            continue
        return cut if is_person(rest) else 0
    return 0


def _without_verb(tokens: list[Token]) -> list[Token]:
    """`tokens` without the verb that a headline capitalises after a name ("Ann Lee Defends")."""
    if len(tokens) != 3 or tokens[0].key not in GIVEN_NAMES or tokens[2].gap.strip():
        return tokens
    last = tokens[2].key
    if not last.endswith("s") or last in SURNAMES_IN_S or last in SURNAMES_LIKE_HEADS:
        return tokens
    return tokens[:2] if last[:-1] in ordinary_words() and is_person(tokens[:2]) else tokens


def _apart(tokens: list[Token]) -> tuple[list[Token], list[Token]] | None:
    """`tokens` as a known name and the rest ("Fox News Ann Lee"), or None."""
    for cut in range(len(tokens) - 1, 0, -1):
        if tokens[cut].gap.strip(" \xa0"):
            continue
        rest = tokens[cut:]
        named = rest[0].key in GIVEN_NAMES and is_person(rest)
        if not named and not (len(rest) == 1 and rest[0].key in FAMOUS_SURNAMES):
            continue
        if known_kind(phrase_of(tokens[:cut])):
            return tokens[:cut], rest
    if len(tokens) == 3 and tokens[0].key in GIVEN_NAMES and tokens[2].key in PLACES:
        # A caption that runs on: "Ann Lee Seattle police".
        return tokens[:2], tokens[2:]
    return None


def _is_bare_word(token: Token) -> bool:
    return token.key in FUNCTION_WORDS or token.key in NOT_NAMES or token.key in TITLES


def _is_party_and_state(token: Token, text: str) -> bool:
    """Whether `token` is from "(R-Tex.)" or "(Tex.)" beside a name."""
    if _PARTY_AND_STATE.fullmatch(token.text):
        return True
    if f"{token.key}." not in STATE_ABBREVIATIONS or text[token.end : token.end + 1] != ".":
        return False
    return text[max(0, token.start - 2) : token.start].endswith(("(", "-", "–", ", "))


def _is_heading(token: Token) -> bool:
    """Whether `token` is an ordinary word in capitals, as headings have ("ABSTRACT.")."""
    return token.text.isupper() and len(token.key) >= 4 and token.key in ordinary_words()


def _title_end(tokens: list[Token]) -> int:
    """How many of `tokens` are a title before a person's name; 0 when there is none."""
    for at in range(len(tokens) - 2):
        # "Secretary of State Ann Lee", "RNC Chief of Staff Ann Lee"
        if not is_title_word(tokens[at]) or not tokens[at + 1].gap.startswith(" of"):
            continue
        for i in range(at + 2, min(at + 4, len(tokens))):
            rest = tokens[i:]
            if not rest[0].gap.strip() and (rest[0].key in GIVEN_NAMES and is_person(rest)):
                return i
    for i in range(len(tokens) - 1, 0, -1):
        word = tokens[i - 1]
        given = word.key in GIVEN_NAMES and (i > 1 or len(tokens) == 2)
        if not is_title_word(word) or given:  # "Chief Justice Earl Lee"
            continue
        if tokens[i].gap.strip(" \xa0") not in ("",) and not tokens[i].gap.strip().islower():
            continue
        if tokens[i].gap.startswith((" of", " and", " for")):
            continue
        rest = tokens[i:]
        if word.key in _POLITE and len(rest) <= LONGEST_PERSON_TOKENS:
            return i
        if rest[0].key in SUFFIXES or rest[0].key in TITLES:
            return 0
        if i > 1 and tokens[0].key in GIVEN_NAMES and word.key in SURNAMES_LIKE_HEADS:
            return 0
        if is_person(rest) or (len(rest) == 1 and may_be_surname(rest[0])):
            return i
    return 0
