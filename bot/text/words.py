"""Words as the index and the ranking see them: folded, stemmed, with their place in the text."""

from __future__ import annotations

import re
import unicodedata
from collections import Counter
from dataclasses import dataclass
from functools import lru_cache

import Stemmer

from bot.model import Span

# Letters and digits, with what may stand inside one word: an apostrophe (O'Neill), a point or
# comma between digits (1,200.5), points between single letters (U.S.), an ampersand (AT&T).
WORD = re.compile(
    r"(?:[A-Za-z]\.){2,}[A-Za-z]?|\d+(?:[.,]\d+)*|[^\W\d_]+(?:['’&][^\W\d_]+)*\d*|\d+[^\W\d_]+"
)
# Chinese and Japanese put no spaces between words: there each character counts as one.
_EASTERN = r"\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff"
_HAS_EASTERN = re.compile(f"[{_EASTERN}]")
_WORD_BESIDE_EASTERN = re.compile(
    rf"[{_EASTERN}]|" + WORD.pattern.replace(r"[^\W\d_]", rf"[^\W\d_{_EASTERN}]")
)
# A letter or two, a hyphen, a number: one term ("EB-5", "F-16", "Covid-19").
_CODE = re.compile(r"\b([A-Za-z]{1,6})-(\d{1,4})\b")
_STEMMER_CACHE = 100_000  # words; a large store's common vocabulary

STOP_WORDS = frozenset(
    """
    a about above after again against all am an and any are aren't as at be because been before
    being below between both but by can can't cannot could couldn't did didn't do does doesn't
    doing don't down during each few for from further had hadn't has hasn't have haven't having
    he he'd he'll he's her here here's hers herself him himself his how how's i i'd i'll i'm i've
    if in into is isn't it it's its itself just let's me more most mustn't my myself no nor not now
    of off on once only or other ought our ours ourselves out over own same shan't she she'd she'll
    she's should shouldn't so some such than that that's the their theirs them themselves then
    there there's these they they'd they'll they're they've this those through to too under until
    up us very was wasn't we we'd we'll we're we've were weren't what what's when when's where
    where's which while who who's whom why why's will with won't would wouldn't you you'd you'll
    you're you've your yours yourself yourselves
    """.split()
)


@dataclass(frozen=True, slots=True)
class Word:
    """A word of a text: where it stands, folded, and its stem (the index's term)."""

    span: Span
    folded: str
    term: str

    @property
    def is_stop(self) -> bool:
        return self.term in STOP_TERMS


_FOLD_BLOCK = 10_000
"""Characters at once: each takes eighty bytes while it is looked at, of a long text 100 MB."""

_PLAIN = str.maketrans({"’": "'", "‘": "'", "“": '"', "”": '"', "–": "-", "—": "-", "ß": "ss"})


def fold(text: str) -> str:
    """`text` in lower case with diacritics removed and curly marks made plain."""
    if not text.isascii():
        text = text.translate(_PLAIN)
    if text.isascii():
        return text.lower()
    flat = unicodedata.normalize("NFKD", text)
    blocks = (flat[at : at + _FOLD_BLOCK] for at in range(0, len(flat), _FOLD_BLOCK))
    return "".join(map(_without_marks, blocks)).lower()


def _without_marks(text: str) -> str:
    return "".join(c for c in text if not unicodedata.combining(c))


@lru_cache(maxsize=_STEMMER_CACHE)
def term_of(word: str) -> str:
    """The index term of one word as printed: folded, possessive cut, stemmed.

    "U.S." and a capital "US" become `usa`, so that they do not meet the pronoun.
    Source: Snowball's English stemmer (Porter 2).
    """
    if word in ("U.S.", "US", "U.S", "USA", "U.S.A."):
        return "usa"
    folded = fold(word)
    if folded[:1].isdigit():
        return folded.replace(",", "").rstrip(".")
    if folded.endswith("'s"):
        folded = folded[:-2]
    folded = folded.replace("'", "").replace(".", "").replace("&", "")
    return str(_stemmer().stemWord(folded))


@lru_cache(maxsize=1)
def _stemmer() -> Stemmer.Stemmer:
    return Stemmer.Stemmer("english")


STOP_TERMS = frozenset(term_of(w) for w in STOP_WORDS)


def _pattern(text: str) -> re.Pattern[str]:
    """What finds the words of `text`."""
    if text.isascii() or not _HAS_EASTERN.search(text):
        return WORD
    return _WORD_BESIDE_EASTERN


def find_words(text: str) -> list[Word]:
    """The words of `text` in order, with spans, folded forms and terms."""
    joined = _CODE.sub(r"\1\2", text)
    if joined == text:
        return [
            Word(Span(m.start(), m.end()), fold(m.group()), term_of(m.group()))
            for m in _pattern(text).finditer(text)
        ]
    found: list[Word] = []
    last = 0
    for code in _CODE.finditer(text):
        found += _plain_words(text, last, code.start())
        term = fold(code.group(1) + code.group(2))
        found.append(Word(Span(code.start(), code.end()), term, term))
        last = code.end()
    return found + _plain_words(text, last, len(text))


def _plain_words(text: str, start: int, end: int) -> list[Word]:
    return [
        Word(Span(m.start(), m.end()), fold(m.group()), term_of(m.group()))
        for m in _pattern(text).finditer(text, start, end)
    ]


def find_printed(text: str) -> list[tuple[int, int, str]]:
    """Start, end and letters of each of the words that `find_words` finds, where no more of them
    is asked for: a code comes without its hyphen."""
    pattern, found, last = _pattern(text), list[tuple[int, int, str]](), 0
    for code in _CODE.finditer(text) if "-" in text else ():
        found += [
            (m.start(), m.end(), m.group()) for m in pattern.finditer(text, last, code.start())
        ]
        last = code.end()
        found.append((code.start(), last, code.group(1) + code.group(2)))
    return found + [(m.start(), m.end(), m.group()) for m in pattern.finditer(text, last)]


def count_words(text: str) -> Counter[tuple[str, str]]:
    """How often each word stands in `text`, by (folded form, term)."""
    joined = _CODE.sub(r"\1\2", text) if "-" in text else text
    counts: Counter[tuple[str, str]] = Counter()
    # One at a time: of a text of a million signs all together take 80 MB.
    words = (m.group() for m in _pattern(text).finditer(joined))
    for word, count in Counter(words).items():
        counts[fold(word), term_of(word)] += count
    return counts


def terms_of(text: str) -> list[str]:
    """The index terms of `text` in order, stop words included."""
    joined = _CODE.sub(r"\1\2", text) if "-" in text else text
    return [t for t in map(term_of, _pattern(text).findall(joined)) if t]
