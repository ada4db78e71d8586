"""Lines of a text as they are drawn: where it breaks, and which letter stands where.

Nothing is added, cut or hyphenated: the lines joined are the text but for its blanks. Scripts that
run right to left are joined and ordered as the Unicode Bidirectional Algorithm asks (UAX #9), each
line with what stands before and after it in mind.
"""

from __future__ import annotations

import re
import unicodedata
from collections.abc import Callable, Iterator
from dataclasses import dataclass

from bot.pictures.letters import drawable

MOST_CHARS = 1_500
"""Of a text to be laid out; a card holds some 850."""

_UNSEEN = re.compile("[\u00ad\u200b\u2060\ufeff]")
"""What only says where a line may break: a soft hyphen, a blank of no width."""
_BLANKS = re.compile(r"[ \t\r\f\v\u1680\u2000-\u2006\u2008-\u200a\u205f\u3000]+")
_CLINGING = re.compile(r" (?=[»!?;:][.,]?(?: |\Z))|(?<=«) ")
"""A blank at which no line breaks: French sets one before such signs ("« une manœuvre »")."""
_BREAKS = re.compile(r"[\n\x1c-\x1e\x85\u2028\u2029]+")
_PARTS = re.compile(r"[^-/–—?&=._‐]*[-/–—?&=._‐]*")
"""Where a word that is wider than a line may break: behind such signs in an address."""
_MIRRORED = str.maketrans("()[]{}<>«»‹›", ")(][}{><»«›‹")
"""Brackets, which open towards the words they hold whichever way these run."""
_RIGHT_TO_LEFT = frozenset(("R", "AL"))
_STRONG = {"L": "\u200e", "R": "\u200f", "AL": "\u061c"}
"""The mark without a shape that a strong letter can be stood for by."""


class Undrawable(Exception):
    """This text cannot be drawn rightly; `reason` is what is in the way."""

    def __init__(self, reason: str) -> None:
        super().__init__(reason)
        self.reason = reason


@dataclass(frozen=True, slots=True)
class Line:
    """One line: its words in reading order, and its letters from left to right."""

    text: str
    shown: str


@dataclass(frozen=True, slots=True)
class Prepared:
    """A text ready to be set in lines: its paragraphs as words, and which way most of it runs."""

    paragraphs: tuple[tuple[str, ...], ...]
    is_right_to_left: bool = False
    is_mixed: bool = False
    """Whether some of it runs right to left, so that letters must be put in order."""


def prepare(text: str) -> Prepared:
    """`text` as words that can be drawn. Raises Undrawable where it cannot be.

    Letters and their marks are joined where one letter stands for both.
    """
    if len(text) > MOST_CHARS:
        raise Undrawable("length")
    whole = _UNSEEN.sub("", unicodedata.normalize("NFC", text))
    kinds = {unicodedata.bidirectional(character) for character in set(whole)}
    is_mixed = not kinds.isdisjoint(_RIGHT_TO_LEFT)
    paragraphs = [_BLANKS.sub(" ", p).strip(" ") for p in _BREAKS.split(whole)]
    paragraphs = [p for p in paragraphs if p]
    letters = {c for p in paragraphs for c in p}
    if not paragraphs or not letters <= drawable():
        raise Undrawable("script")
    if not is_mixed:
        return Prepared(tuple(tuple(_CLINGING.sub("\u00a0", p).split(" ")) for p in paragraphs))
    turned = {c for c in letters if unicodedata.mirrored(c)}
    if any(ord(c) not in _MIRRORED for c in turned):
        raise Undrawable("script")
    if "L" in kinds and (turned or any(c.isdigit() for c in letters)):
        # Figures and brackets between two directions belong to either: better not drawn.
        raise Undrawable("script")
    joined = [_joined(p) for p in paragraphs]
    if not {c for p in joined for c in p} <= drawable():
        raise Undrawable("script")
    strong = [k for c in whole if (k := unicodedata.bidirectional(c)) in _STRONG]
    most = 2 * sum(kind in _RIGHT_TO_LEFT for kind in strong) > len(strong)
    return Prepared(tuple(tuple(p.split(" ")) for p in joined), most, is_mixed=True)


def _joined(text: str) -> str:
    """Arabic letters in the forms that they take beside one another."""
    import arabic_reshaper

    return str(arabic_reshaper.reshape(text))


def set_lines(
    prepared: Prepared, width: float, measure: Callable[[str], float]
) -> list[Line] | None:
    """The lines of a text within `width`; None where some word finds no room in a line."""
    lines: list[str] = []
    blank = measure(" ")
    for paragraph in prepared.paragraphs:
        line, used = "", 0.0
        for word in paragraph:
            size = measure(word)
            if line and used + blank + size <= width:
                line, used = f"{line} {word}", used + blank + size
                continue
            if line:
                lines.append(line)
            *full, line = [word] if size <= width else list(_pieces(word, width, measure))
            lines += full
            used = measure(line)
            if used > width or any(measure(piece) > width for piece in full):
                return None
        lines.append(line)
    if not prepared.is_mixed:
        return [Line(line, line) for line in lines]
    return [_ordered(lines, n, prepared.is_right_to_left) for n in range(len(lines))]


def _pieces(word: str, width: float, measure: Callable[[str], float]) -> Iterator[str]:
    """A long address in pieces, each as long as fits a line."""
    piece = ""
    for match in _PARTS.finditer(word):
        part = match[0]
        if piece and measure(piece + part) > width:
            yield piece
            piece = ""
        piece += part
    yield piece


def _ordered(lines: list[str], number: int, is_right_to_left: bool) -> Line:
    """A line with its letters from left to right.

    Marks without a shape stand for the nearest strong letters of the lines around it: blanks,
    figures and signs at its ends take their direction from these.
    """
    from bidi import get_display

    line = lines[number]
    before = _strong_mark(reversed("".join(lines[:number])))
    after = _strong_mark(iter("".join(lines[number + 1 :])))
    shown = str(get_display(before + line + after, base_dir="R" if is_right_to_left else "L"))
    for mark in _STRONG.values():
        shown = shown.replace(mark, "")
    # Brackets are only drawn where all letters run right to left (see `prepare`).
    return Line(line, shown.translate(_MIRRORED))


def _strong_mark(letters: Iterator[str]) -> str:
    for letter in letters:
        if (kind := unicodedata.bidirectional(letter)) in _STRONG:
            return _STRONG[kind]
    return ""
