"""Capitalised words of a text and the runs they form: the raw material of names."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache

from bot.extract.name_words import (
    BODIES_OF_MANY,
    DAYS_AND_MONTHS,
    MIXED_CASE_POSSESSIVES,
    NOT_NAMES,
)
from bot.model import Span
from bot.text.name_words import (
    EASTERN_SURNAMES,
    GENERATIONS,
    GIVEN_NAMES,
    PARTICLES,
    TITLE_ABBREVIATIONS,
)
from bot.text.names import fold_text
from bot.text.ordinary import ordinary_words
from bot.text.tables import word_set

LONGEST_TOKEN_CHARS = 60
"""A longer capitalised string is a link or noise."""
LONGEST_RUN_TOKENS = 12
"""A longer run of capitalised words is a heading or a list, cut into pieces."""
HEADLINE_CHARS = 220
"""Longer lines are body text, whatever their capitals."""
CAPITALS_SHARE = 0.7
"""Share of a line's words in capitals that makes it a headline in capitals."""
HEADLINE_WORDS_A_MISS = 6
"""Of so many longer words, prepositions aside, one may be in lower case in a Title Case Headline;
a body sentence has its verb there."""

_UPPER = "".join(chr(c) for c in range(0x530) if chr(c).isupper())
_ABBREVIATIONS = "|".join(sorted((w.capitalize() for w in TITLE_ABBREVIATIONS), key=len)[::-1])
_TOKEN = re.compile(
    rf"(?<![\w&@#/])(?:"
    rf"(?:[RDI]-)?(?:[A-Z]\.)+(?:[A-Z]\.|[A-Z]\b)"  # U.S., J.D., D-N.Y.
    rf"|(?:{_ABBREVIATIONS}|St|Ft|Mt|Jr|Sr|Inc|Corp|Ltd|Co|Bros)\.(?=[\s,’';)]|$)"
    rf"|[{_UPPER}]\.(?=[ \xa0][{_UPPER}])"  # an initial
    rf"|(?:(?:[ae]l|a[snrdz]|ash)-|[dlDL][’'])?[{_UPPER}][\w&]*"
    rf"(?:[-‑’'][\w&]+|\.(?=com\b|org\b|net\b)\w+)*"
    rf"|[ei][A-Z][a-z]+\w*"  # eBay, iPhone
    rf")"
)
_POSSESSIVE = re.compile(r"[’'][sS]$")
_CONTRACTION = re.compile(r"[’'](?:re|ve|ll|d|m|t)$", re.IGNORECASE)
_OPENING = frozenset("\"“‘'«([—–•*:…")
_HEADLINE_SMALL = word_set(
    "with from over after into than that amid upon about during before between against under "
    "without through among when while"
)
_INFLECTED = re.compile(r"[a-z]{3}(?:ing|ed|ses|es|tion|ments?)$")
_LINE = re.compile(r"[^\n]+")
_WORD = re.compile(r"[^\W\d_][\w’'-]*")
_JOINTS = frozenset(
    (" & ", "&", " of ", " of the ", " for ", " for the ", " and ", " the ", " v. ", " vs. ")
)
_SPACES = frozenset((" ", "\xa0"))


@dataclass(slots=True)
class Token:
    """A capitalised word: its place, its letters without possessive, and how it stands."""

    start: int
    end: int
    text: str
    key: str
    """The word folded, without possessive and full stop."""
    initial: bool
    """Whether a capital would stand here anyway."""
    possessive: bool
    gap: str = ""
    """What stands between this token and the one before it in the run."""


@dataclass(slots=True)
class Run:
    """Capitalised words that stand together and may hold one name or a title and a name."""

    tokens: list[Token]
    headline: bool = False

    @property
    def start(self) -> int:
        return self.tokens[0].start

    @property
    def end(self) -> int:
        return self.tokens[-1].end


def find_headlines(text: str) -> list[Span]:
    """Lines of `text` in capitals or Title Case, where a capital tells nothing of a name."""
    found = []
    for match in _LINE.finditer(text):
        start, end = match.span()
        if end - start > HEADLINE_CHARS:
            continue
        line = match.group()
        words = _WORD.findall(line)
        if len(words) < 3:
            continue
        if sum(map(str.isupper, words)) > CAPITALS_SHARE * len(words):
            found.append(Span(start, end))
            continue
        longer = [w for w in words if len(w) > 3 and w not in _HEADLINE_SMALL]
        capitalised = [w for w in longer if w[0].isupper()]
        missing = len(longer) - len(capitalised)
        if len(capitalised) < 3 or missing > len(longer) // HEADLINE_WORDS_A_MISS:
            continue
        # A short line that is mostly names ("Ann Lee and Bob Ray contributed") is none.
        ordinary = ordinary_words()
        common = sum(1 for w in capitalised[1:] if w.lower() in ordinary or _INFLECTED.search(w))
        if common >= 2 or (common and len(capitalised) == len(longer) > 4):
            found.append(Span(start, end))
    return found


def find_tokens(text: str, sentences: Sequence[Span]) -> list[Token]:
    """The capitalised words of `text`, in order."""
    starts = _first_letters(text, sentences)
    tokens: list[Token] = []
    for match in _TOKEN.finditer(text):
        start, end = match.span()
        if end - start > LONGEST_TOKEN_CHARS:
            continue
        word = match.group()
        initial = start in starts or start == 0 or text[start - 1] in _OPENING
        initial = initial or text[max(0, start - 2) : start] == ": "
        word, end, possessive = _without_ending(word, end)
        if "-" in word:
            word = _before_hyphen(word, tokens[-1] if tokens else None)
            end = min(end, start + len(word))
        tokens.append(Token(start, end, word, _key(word), initial, possessive))
    return tokens


def find_runs(text: str, sentences: Sequence[Span], headlines: Sequence[Span] = ()) -> list[Run]:
    """The runs of capitalised words in `text`, cut at sentence ends, possessives and dates.

    A lower-case particle ("van der"), "of", "of the", "for", "and" and "&" keep a run together;
    whoever reads the run decides whether they belong to a name.
    """
    runs: list[Run] = []
    current: list[Token] = []
    ends = _Within(sentences)
    lines = _Within(headlines)
    for token in find_tokens(text, sentences):
        if current:
            last = current[-1]
            gap = text[last.end : token.start] if token.start - last.end <= 16 else "\n"
            gap = gap.replace("\xa0", " ")
            if gap == ", " and token.key in GENERATIONS and token.text.endswith("."):
                gap = " "
            of_many = gap in ("' ", "’ ") and last.key[-1:] == "s" and token.key in BODIES_OF_MANY
            if of_many:
                gap = " "
            joined = (
                (of_many or not last.possessive)
                and not (token.initial and not _is_lone_initial(last))
                and _joins(gap)
                and len(current) < LONGEST_RUN_TOKENS
                and ends.index(last.start) == ends.index(token.start)
            )
            if joined and not _is_date_word(token, text) and not _is_date_word(last, text):
                token.gap = gap
                current.append(token)
                continue
            runs.append(Run(current, lines.index(current[0].start) is not None))
        current = [token]
    if current:
        runs.append(Run(current, lines.index(current[0].start) is not None))
    return runs


def _first_letters(text: str, sentences: Sequence[Span]) -> frozenset[int]:
    """Where the first word of each sentence and each line begins."""
    found = set()
    for sentence in sentences:
        match = _WORD.search(text, sentence.start, min(sentence.end, sentence.start + 40))
        if match:
            found.add(match.start())
    for match in _LINE.finditer(text):
        word = _WORD.search(text, match.start(), min(match.end(), match.start() + 40))
        if word:
            found.add(word.start())
    return frozenset(found)


def _without_ending(word: str, end: int) -> tuple[str, int, bool]:
    """`word` without its possessive, its new end, and whether there was one."""
    if word.lower().replace("’", "'") in MIXED_CASE_POSSESSIVES:
        return word, end, False
    match = _POSSESSIVE.search(word)
    if match is None:
        return word, end, False
    cut = len(word) - match.start()
    return word[:-cut], end - cut, True


def _before_hyphen(word: str, before: Token | None) -> str:
    """`word` without an ordinary tail ("Harlow-backed" gives "Harlow")."""
    head, _, tail = word.rpartition("-")
    if not head or not tail or tail[0].isupper() or tail[0].isdigit():
        return word
    if before is not None and before.key in EASTERN_SURNAMES and tail not in ("backed", "led"):
        return word
    # "Jong-un", "Ki-moon", "Coca-cola": only words of the language are tails.
    if len(tail) > 2 and (tail in ordinary_words() or tail.endswith(("ed", "ing"))):
        return _before_hyphen(head, before)
    return word


@lru_cache(maxsize=50_000)
def _key(word: str) -> str:
    folded = fold_text(word)
    return folded if folded.count(".") > 1 else folded.rstrip(".")


@lru_cache(maxsize=4096)
def _joins(gap: str) -> bool:
    """Whether two capitalised words with `gap` between them may be one name."""
    if gap in _SPACES or gap in _JOINTS:
        return True
    words = gap.split()
    if not words or gap[0] not in _SPACES or gap[-1] not in _SPACES:
        return False
    return all(word in PARTICLES for word in words)


def _is_lone_initial(token: Token) -> bool:
    return len(token.text) == 2 and token.text.endswith(".")


def _is_date_word(token: Token, text: str) -> bool:
    """Whether `token` is a day or month here, or a label that is no name ("May 3", "Photo")."""
    key = token.key
    if key not in NOT_NAMES:
        return False
    if key == "i":
        return text[max(0, token.start - 4) : token.start].lower() != "war "
    if key not in DAYS_AND_MONTHS:
        return key not in ("mr", "mrs", "ms", "dr", "sir", "miss", "mx", "prof")
    if key in GIVEN_NAMES or key in ("may", "march", "jan"):
        after = text[token.end : token.end + 2]
        before = text[max(0, token.start - 4) : token.start]
        named = after[:1] == " " and after[1:2].isupper()
        return not named and not (before[-1:] == " " and before[-2:-1].isalpha())
    return True


class _Within:
    """Tells which of some ordered spans holds a position; positions must come in order."""

    def __init__(self, spans: Sequence[Span]) -> None:
        self._spans = spans
        self._at = 0

    def index(self, position: int) -> int | None:
        spans = self._spans
        while self._at > 0 and spans[min(self._at, len(spans) - 1)].start > position:
            self._at -= 1
        while self._at < len(spans) and spans[self._at].end <= position:
            self._at += 1
        inside = self._at < len(spans) and spans[self._at].start <= position
        return self._at if inside else None


def phrase_of(tokens: Sequence[Token]) -> str:
    """The keys of `tokens` with the small words between them, as a phrase is looked up."""
    if len(tokens) == 1:
        return tokens[0].key
    parts = [tokens[0].key]
    for token in tokens[1:]:
        if token.gap not in _SPACES:
            parts += token.gap.split()
        parts.append(token.key)
    return " ".join(parts)


def is_contraction(token: Token) -> bool:
    """Whether `token` is a word such as "Don't" or "We've"."""
    return _CONTRACTION.search(token.text) is not None
