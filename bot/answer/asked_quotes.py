"""Tells a message that wants certain words checked from a question: the words, and whose they are
said to be."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.answer.question import PRONOUNS
from bot.text.words import find_words, fold

LONGEST_CHARS = 4_000
FEWEST_WORDS = 3
LONGEST_NAME_CHARS = 60
LONGEST_BESIDE_CHARS = 160  # before and after the quotation; more is a text of its own

_OPENING, _CLOSING = '“”"«»„', '“”"«»'
_SINGLE = re.compile(r"(?<!\w)['‘](?P<words>.+)['’](?!\w)", re.DOTALL)
_SAY = (
    r"(?:say|said|says|tell|told|tells|claim|claimed|claims|write|wrote|writes|tweet|tweeted|"
    r"state|stated|states|post|posted|announce|announced|declare|declared|promise|promised|"
    r"admit|admitted|deny|denied|warn|warned)"
)
_OBJECT = (
    r"(?: (?:that|this|it|so|these words|the words|something like(?: that)?|reporters|us|"
    r"parliament|the press))*"
)
_WHO = r"(?P<who>[^?!:;,]{2,60}?)"
_REALLY = r"(?:(?:really|actually|ever|in fact|truly|once) )*"
_IS_REAL = (
    r"(?:(?:please )?(?:fact[ -]?)?check(?: this| it)?(?: quote)?(?: please)?|"
    r"(?:is|was) (?:this|that|it|the quote|this quote|that quote|the following)"
    r"(?: (?:quote|really|actually|quotation))* (?:real|true|genuine|right|correct|accurate|fake|"
    r"false|made up|authentic|legit|a fake|an? (?:real|genuine|fake) quote)(?: or (?:not|fake))?|"
    r"real(?: or fake)?|fake|true|quote|is (?:this|that|it) what was said|verify(?: this)?)"
)
_LEAD_IN = r"(?:(?:so|and|but|hey|hi),? )*"
_BEFORE = tuple(
    re.compile(rf"{_LEAD_IN}{said}[ :,?.–—-]*", re.IGNORECASE)
    for said in (
        "",
        _IS_REAL,
        rf"(?:did|has|have|had|does) {_WHO} {_REALLY}{_SAY}{_OBJECT}",
        rf"is it (?:true|right|correct) that {_WHO} {_REALLY}{_SAY}{_OBJECT}",
        rf"{_WHO} {_REALLY}{_SAY}{_OBJECT}",
    )
)
"""What may stand before the words, with who is said to have said them."""
_NAMED_BEFORE = re.compile(rf"{_LEAD_IN}{_WHO}[ ,]*[:–—-]", re.IGNORECASE)
_AFTER = tuple(
    re.compile(rf"[ ,.:;?!]*{said}[ .?!]*", re.IGNORECASE)
    for said in (
        "",
        _IS_REAL,
        rf"(?:did|has|have) {_WHO} {_REALLY}{_SAY}{_OBJECT}",
        rf"[-–—~] ?{_WHO}",
        rf"{_SAY} {_WHO}",
        rf"{_WHO} {_SAY}",
    )
)
"""What may stand after them."""
_ASKS = re.compile(
    r"(?:(?:so|and|but) )*(?:who|whom|whose|what|which|when|where|why|how|hwo|are|do|can)\b", re.I
)
IS_THIS_REAL = re.compile(
    rf"(?:so |and |but )?(?:{_IS_REAL}|(?:did|has) (?:he|she|they|anyone|anybody|somebody|"
    rf"someone) {_REALLY}{_SAY}{_OBJECT})[ ?!.]*",
    re.IGNORECASE,
)
"""Asks about the words of another message: the one that is answered, or what is marked in it."""
_DID_SAY_THIS = re.compile(
    rf"(?:so |and |but )?(?:did|has) {_WHO} {_REALLY}{_SAY} "
    r"(?:this|that|it|so|these words)[ ?!.]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Asked:
    """Words to be checked, and whom the message takes for their speaker."""

    words: str
    claimed: str | None = None


def read_asked(text: str) -> Asked | None:
    """What `text` wants checked; None for a question, or for anything else.

    It holds one quotation, and around that nothing but who is said to have said it and whether
    that is so: “did Ines Roca say ‘…’”, “…” — Ines Roca, is this real: “…”.
    """
    text = text[:LONGEST_CHARS].strip()
    place = _quoted(text)
    if place is None:
        return None
    start, end = place
    words = text[start + 1 : end].strip()
    before = " ".join(text[:start].split())
    after = " ".join(text[end + 1 :].split())
    if max(len(before), len(after)) > LONGEST_BESIDE_CHARS:
        return None
    if len(find_words(words)) < FEWEST_WORDS:
        return None
    if _ASKS.match(before) or _ASKS.match(after.lstrip(" ,.:;?!-–—")):
        return None
    head = _matching((*_BEFORE, _NAMED_BEFORE), before)
    tail = _matching(_AFTER, after)
    if head is None or tail is None:
        return None
    return Asked(words, _claimed(head) or _claimed(tail))


def _matching(patterns: Iterable[re.Pattern[str]], text: str) -> re.Match[str] | None:
    """How the first of `patterns` that fits reads the whole of `text`."""
    return next((match for p in patterns if (match := p.fullmatch(text)) is not None), None)


def _claimed(match: re.Match[str]) -> str | None:
    return _name(match.groupdict().get("who"))


def read_claimed(text: str) -> str | None:
    """Whom “did X say that?” asks about; None for another question."""
    match = _DID_SAY_THIS.fullmatch(" ".join(text[: LONGEST_NAME_CHARS * 2].split()))
    return _claimed(match) if match is not None else None


def _quoted(text: str) -> tuple[int, int] | None:
    """Where the marks around the one quotation of `text` stand."""
    opening = next((n for n, c in enumerate(text) if c in _OPENING), None)
    if opening is not None:
        closing = next((n for n in range(len(text) - 1, opening, -1) if text[n] in _CLOSING), None)
        return (opening, closing) if closing is not None else None
    match = _SINGLE.search(text)
    return (match.start("words") - 1, match.end("words")) if match is not None else None


def _name(words: str | None) -> str | None:
    """`words` as the name or role of a speaker; None for a pronoun or for none."""
    name = (words or "").strip(" ,.-–—")
    if not name or len(name) > LONGEST_NAME_CHARS or fold(name) in {*PRONOUNS, *_ANYBODY}:
        return None
    return name


_ANYBODY = frozenset(["anyone", "anybody", "someone", "somebody", "quote", "this", "that"])
