"""Sentences and paragraphs of a reading view, as spans.

The ideas behind the rules are those of the "golden rules" of pySBD (Sadvilkar & Neumann 2020,
"PySBD: Pragmatic Sentence Boundary Disambiguation"); we depart from it in that a sentence also
ends inside quotation marks, as readers of news take it, and in that places are exact.
"""

from __future__ import annotations

import re
from collections.abc import Iterator
from itertools import pairwise

from bot.model import Span
from bot.text.abbreviations import (
    AFTER_CLOCK,
    AFTER_NAMES,
    BEFORE_NUMBERS,
    CLOCK,
    NAMES_WITH_MARKS,
    REPORTING,
    STARTERS,
    TITLES,
)
from bot.text.walls import find_lost_ends

SENTENCE_CHARS = 600
"""A longer sentence is split at a semicolon where that can be done: an answer should be no longer
than this."""

LEAST_SENTENCE_CHARS = 25
"""A text of shorter ones on the whole is none of sentences: those of news have some 130."""

UNBROKEN_CHARS = 2_000
"""A longer one without a place to split it is no sentence but a list or a table; it is cut between
words, so that what is looked for within a sentence costs no more in a long one."""

_PART_CHARS = 80
"""The least length of a part when a long sentence is split, so that no scraps come about."""

# ------------------------------------------------------------------------------ paragraphs
_WRAP_CHARS = (40, 100)
"""Between these widths, lines that break where the next word would not fit are one paragraph."""

_BULLET = re.compile(r"(?:[•▪●◦‣·*–—-]|\(?(?:\d{1,2}|[a-z])[.)])[ ]+(?=\S)")
_LINE_BULLET = re.compile(r"[•▪●◦‣·*–-][ ]+(?=\S)")
_LINE = re.compile(r"\S[^\n]*")


def find_paragraphs(text: str) -> list[Span]:
    """The paragraphs of `text`, in order, trimmed of white space.

    A line is a paragraph, whether a blank line follows or not; only lines that were wrapped at a
    fixed width are taken together.
    """
    paragraphs: list[Span] = []
    block: list[Span] = []
    for match in _LINE.finditer(text):
        start, end = _trim(text, match.start(), match.end())
        if block and text.count("\n", block[-1].end, start) > 1:
            paragraphs += _unwrap(text, block)
            block = []
        block.append(Span(start, end))
    return paragraphs + _unwrap(text, block)


def _trim(text: str, start: int, end: int) -> tuple[int, int]:
    piece = text[start:end]
    lead = len(piece) - len(piece.lstrip())
    return start + lead, start + max(lead, len(piece.rstrip()))


def _unwrap(text: str, lines: list[Span]) -> list[Span]:
    """The paragraphs in a block of lines that no blank line parts."""
    if len(lines) < 2:
        return lines
    width = max(len(line) for line in lines)
    joined = [lines[0]]
    for before, line in pairwise(lines):
        if _goes_on(text, before, line, width) and not _BULLET.match(text, line.start):
            joined[-1] = Span(joined[-1].start, line.end)
        else:
            joined.append(line)
    return joined


def _goes_on(text: str, before: Span, line: Span, width: int) -> bool:
    """Whether `line` goes on with the sentence or paragraph of the line `before` it."""
    if len(before) >= _WRAP_CHARS[0] and text[line.start].islower():
        last = text[before.end - 1]
        if last == "," or last.isalnum():
            return True
    if not _WRAP_CHARS[0] <= width <= _WRAP_CHARS[1]:
        return False
    space = text.find(" ", line.start, line.end)
    word_chars = (space if space >= 0 else line.end) - line.start
    return len(before) + 1 + word_chars > width


# ------------------------------------------------------------------------------ stretches
def find_stretches(text: str) -> list[Span]:
    """The words of `text` in stretches of up to `SENTENCE_CHARS`, cut at the ends of lines and
    between words: what can be searched of a text that is no prose."""
    stretches: list[Span] = []
    for start, end in _cut_up(text, 0, len(text), SENTENCE_CHARS):
        _append(text, start, end, stretches)
    return stretches


def _cut_up(text: str, start: int, end: int, most: int) -> Iterator[tuple[int, int]]:
    """Pieces of `[start, end)` of up to `most` characters, cut at lines' ends and between words
    where there are any."""
    while end - start > most:
        cut = max(text.rfind(sign, start, start + most) for sign in "\n \t\u3000") + 1
        cut = cut or start + most
        yield start, cut
        start = cut
    yield start, end


def is_prose(text: str) -> bool:
    """Whether `text` has no more stops and lines than what people write has."""
    most = len(text) // LEAST_SENTENCE_CHARS
    lines = text.count("\n")
    return lines <= most and sum(1 for _ in _STOP.finditer(text)) + lines <= most


# ------------------------------------------------------------------------------- sentences
_SAYS_SOMETHING = re.compile(r"[^\W_]")
_OPENING = "\"'“‘([{«"
_STOP = re.compile(r"[.!?…]+(?:[\"'”’)\]}»]+|(?<=[.!?…])(?:\s\.(?!\.))+[\"'”’)\]]*)?")
# The stops of Chinese, Japanese, Hindi, Arabic and Urdu, with what closes after them.
_STOP_ELSEWHERE = re.compile(r"[。！？।॥؟۔]+[”’」』）》】\"')\]]*")
_TOKEN_END = re.compile(r"[^\s\"“”‘(\[{«—–/]{0,40}$")
_WORD = re.compile(r"[\w'’.-]*\w")
_NAMED_MARK = re.compile(r"\b([A-Z]\w{0,20}!) (?=[a-z]|[A-Z]\w* (?:said|is|was|has)\b)")
_INLINE_BULLET = re.compile(r"[ ][•▪●◦‣][ ]")
_UPPER_LATER = re.compile(r"[a-z]+[A-Z]")
_INITIAL = re.compile(r"(?:^|[.-])[^\W\d_]$")
_DOTTED = re.compile(r"[^\W\d_](?:\.[^\W\d_])+$")
_LETTERS_BEFORE = re.compile(r"(?:^|[\s\"“‘(,])(?:[^\W\d_]*[a-z]{3}|\d{1,4})$")
_DOMAIN_ENDS = frozenset({"com", "org", "net", "gov", "edu", "info", "co", "io", "js"})
_PARITY_CHARS = 5000
"""Marks are counted back to the paragraph's start only so far, which keeps hostile text linear."""
_SPEAKER_AFTER = re.compile(
    r"(?:the |a |an )?(?:[\w.'’-]+,? ){1,6}?(?P<verb>[a-z]+)\b(?![\"“])",
)


def find_sentences(text: str) -> list[Span]:
    """The sentences of `text`, in order, trimmed of white space and apart from each other.

    The end of a paragraph ends a sentence; a headline without a stop and an item of a list are
    sentences. Marks and brackets that close after a stop belong to the sentence that it ends.
    `"We go. We win," he said.` is two sentences, `"Will you go?" he asked.` one.
    """
    names = NAMES_WITH_MARKS
    if "!" in text:
        names = names | {match.group(1) for match in _NAMED_MARK.finditer(text)}
    add = _append_each if _STOP_ELSEWHERE.search(text) else _append
    sentences: list[Span] = []
    for paragraph in find_paragraphs(text):
        start = paragraph.start
        bullet = _LINE_BULLET.match(text, start, paragraph.end)
        if bullet:
            start = bullet.end()
        for cut, after in _find_cuts(text, start, paragraph.end, names):
            add(text, start, cut, sentences)
            start = after
        add(text, start, paragraph.end, sentences)
    return sentences


def _append_each(text: str, start: int, end: int, sentences: list[Span]) -> None:
    """Append the sentences between `start` and `end`, which stops of other scripts may part."""
    for stop in _STOP_ELSEWHERE.finditer(text, start, end):
        _append(text, start, stop.end(), sentences)
        start = stop.end()
    _append(text, start, end, sentences)


def _append(text: str, start: int, end: int, sentences: list[Span]) -> None:
    start, end = _trim(text, start, end)
    if not _SAYS_SOMETHING.search(text, start, end):
        return
    if end - start > SENTENCE_CHARS:
        for part in _split_long(text, start, end):
            for first, last in _cut_up(text, part.start, part.end, UNBROKEN_CHARS):
                first, last = _trim(text, first, last)
                if _SAYS_SOMETHING.search(text, first, last):
                    sentences.append(Span(first, last))
    else:
        sentences.append(Span(start, end))


def _split_long(text: str, start: int, end: int) -> Iterator[Span]:
    """Parts of an overlong sentence, cut after semicolons into stretches that fit."""
    cut = start
    for match in re.compile(r";[\"”’)]*\s+").finditer(text, start, end):
        if match.start() - start > SENTENCE_CHARS and cut > start:
            yield Span(*_trim(text, start, cut))
            start = cut
        if match.end() - start >= _PART_CHARS and end - match.end() >= _PART_CHARS:
            cut = match.end()
    if end - start > SENTENCE_CHARS and cut > start:
        yield Span(*_trim(text, start, cut))
        start = cut
    yield Span(*_trim(text, start, end))


def _find_cuts(
    text: str, start: int, end: int, names: frozenset[str]
) -> Iterator[tuple[int, int]]:
    """Where a sentence ends in the paragraph `[start, end)`, and where the next may begin."""
    items = len(_INLINE_BULLET.findall(text, start, end)) > 1
    cuts: list[tuple[int, int]] = []
    for stop in _STOP.finditer(text, start, end):
        cut = _cut(text, stop, start, end, names)
        if cut is not None:
            cuts.append((cut, cut))
    cuts += find_lost_ends(text, start, end)
    if items:
        cuts += [(m.start(), m.end()) for m in _INLINE_BULLET.finditer(text, start, end)]
    last = start
    for cut, after in sorted(cuts):
        if cut >= last:
            yield cut, after
            last = after


def _cut(
    text: str, stop: re.Match[str], start: int, end: int, names: frozenset[str]
) -> int | None:
    """Where a sentence ends at `stop` (the stop and the marks that close after it), if it does."""
    at = stop.end()
    if at >= end:
        return None  # the end of the paragraph is an end anyway
    if text.startswith(' " ', at) and not _opens(text, start, at + 1):
        return at + 2  # a closing mark that stands apart
    if not text[at].isspace():
        return _cut_without_space(text, stop, start, end)
    return at if _ends(text, stop, start, end, names) else None


def _ends(text: str, stop: re.Match[str], start: int, end: int, names: frozenset[str]) -> bool:
    """Whether a sentence ends with `stop`, which white space follows."""
    at = stop.end()
    follower = at
    while follower < end and (text[follower].isspace() or text[follower] in _OPENING):
        follower += 1
    if follower >= end:
        return False
    first = text[follower]
    word_match = _WORD.match(text, follower, min(end, follower + 40))
    word = word_match.group() if word_match else first
    if first.islower() and not _UPPER_LATER.match(word):
        return False
    mark = stop.group()
    token = _TOKEN_END.search(text, max(start, stop.start() - 41), stop.start())
    before = token.group() if token else ""
    if mark[0] in "!?":
        return _ends_after_mark(text, stop, before, word, follower, end, names)
    if mark[0] == "…" or mark.startswith(".."):
        return _ends_after_ellipsis(text, stop, start, word)
    if first.isalpha() or first.isdigit():
        return _ends_after_stop(text, stop, start, before, word)
    return first not in ",;:.…-–—&%)]"


_BEFORE_NAMES_TOO = frozenset({"al", "c", "ca", "p", "pp", "sec"})


def _begins(word: str) -> bool:
    return word.lower().replace("’", "'") in STARTERS


def _ends_after_stop(text: str, stop: re.Match[str], start: int, before: str, word: str) -> bool:
    """Whether a sentence ends with a full stop that follows `before` and precedes `word`."""
    key = before.lower().rstrip("'’”\"").lstrip("'’")
    if not key:
        return True
    closed = len(stop.group()) > 1
    if stop.start() - len(before) <= start and len(before) <= (2 if before.isdigit() else 1):
        return False  # "1. Item", "A. Item"
    starter = _begins(word)
    tail = key.rsplit("-", 1)[-1]
    if closed:
        return True
    if key in CLOCK:
        return word.lower() not in AFTER_CLOCK
    if key in TITLES or tail in TITLES:
        return starter and key == "st"
    if key in BEFORE_NUMBERS:
        return not word[0].isdigit() and (starter or key not in _BEFORE_NAMES_TOO)
    if key in AFTER_NAMES or tail in AFTER_NAMES:
        return starter or word[0].isdigit()
    if _DOTTED.match(key):
        return starter
    if _INITIAL.search(before) and before[-1].isupper() and word[0].isalpha():
        return starter or before == "I"
    return True


def _ends_after_mark(
    text: str,
    stop: re.Match[str],
    before: str,
    word: str,
    follower: int,
    end: int,
    names: frozenset[str],
) -> bool:
    """Whether a sentence ends with a question or exclamation mark before a capital."""
    if before + "!" in names and stop.group() == "!" and not _begins(word):
        return False
    if len(stop.group()) > 1 and not _begins(word) and stop.group()[-1] in "\"”'’":
        said = _SPEAKER_AFTER.match(text, follower, min(end, follower + 80))
        if said and said.group("verb") in REPORTING:
            return False
    return True


def _ends_after_ellipsis(text: str, stop: re.Match[str], start: int, word: str) -> bool:
    """Whether a sentence ends with an ellipsis before a capital.

    One that stands apart from the word before marks words left out, which need not be an end.
    """
    if stop.start() <= start:
        return False
    before = text[max(start, stop.start() - 4) : stop.start()].rstrip()[-1:]
    if before and before in ".!?":
        return True
    if word in ("I", "I'm", "I’m", "I've", "I’ve", "I'll", "I’ll"):
        return False
    if stop.group().startswith("...."):
        return True
    apart = text[stop.start() - 1].isspace()
    return not apart or _begins(word)


def _cut_without_space(text: str, stop: re.Match[str], start: int, end: int) -> int | None:
    """Where a sentence ends though no space follows ("said.The"); None where that is not sure."""
    at = stop.end()
    mark = stop.group()
    core = mark.rstrip("\"'”’)]")
    if len(core) > 1 or core == "…" or stop.start() < start + 3:
        return None
    before = _LETTERS_BEFORE.search(text, max(start, stop.start() - 20), stop.start())
    if text[at] == "“" and mark == core:
        return at if before else None
    word_match = _WORD.match(text, at, min(end, at + 40))
    if not word_match or not text[at].isupper():
        return None
    word = word_match.group()
    if mark[-1] in '”"':
        if mark == core + '"' and _opens(text, start, stop.end() - 1):
            return at - 1
        return at if word.isalpha() else None
    if mark != core or not before:
        return None
    follows = text[word_match.end() : word_match.end() + 1]
    if follows not in (" ", ",") or not (len(word) > 2 or _begins(word)):
        return None
    return at if word.lower() not in _DOMAIN_ENDS else None


def _opens(text: str, start: int, mark: int) -> bool:
    """Whether the straight mark at `mark` opens a quote, by those before it in its paragraph."""
    if mark - start > _PARITY_CHARS:
        return False
    return text.count('"', start, mark) % 2 == 0
