"""How many voted for, against or not at all, read from a sentence that tells the count."""

from __future__ import annotations

import re
from enum import Enum

from bot.locales import _
from bot.text.words import fold

LONGEST_CHARS = 2_000  # of a sentence that is read; what is longer is no sentence


class Side(Enum):
    """What a vote was cast for."""

    FOR = "for"
    AGAINST = "against"
    NEITHER = "neither"


_ASKS_BALLOT = re.compile(r"\b(?:vot(?:e|es|ed|ing)|ballots?|abst\w+|against|in favou?r)\b")
_SIDES = (
    (Side.NEITHER, re.compile(r"\babst\w+")),
    (Side.AGAINST, re.compile(r"\b(?:against|opposed?|oppos\w+|reject\w*|no votes?|voted no)\b")),
    (
        Side.FOR,
        re.compile(r"\b(?:for|in favou?r|favou?red|backed|support\w*|approv\w+|voted yes|yes)\b"),
    ),
)
_COUNT = (
    r"\d{1,3}(?:,\d{3})*|\d{1,6}|one|two|three|four|five|six|seven|eight|nine|ten|eleven|twelve|"
    r"thirteen|fourteen|fifteen|sixteen|seventeen|eighteen|nineteen|twenty|none|nobody"
)
_TALLY = re.compile(
    rf"\b(?P<first>{_COUNT})(?: votes?| ayes?)?(?: to | against |[-–])(?P<second>{_COUNT})\b"
    r"(?! (?:per ?cent|years?|days?|hours?|million|billion))",
    re.IGNORECASE,
)
_VOTING = re.compile(
    r"\b(?:vot(?:e|es|ed|ing)|ballot|pass(?:es|ed)|approv\w+|back(?:s|ed)|reject\w*|defeat\w*|"
    r"bill|motion|carried|cut)\b",
    re.IGNORECASE,
)
_LOST = re.compile(r"\b(?:reject\w*|defeat\w*|voted down|threw out|fail\w*)\b", re.IGNORECASE)
_WORDS = r"(?:[a-z'’-]+ ){0,9}?"
_OF_SIDE = {
    Side.AGAINST: re.compile(
        rf"\b(?P<n>{_COUNT}) {_WORDS}(?:against|opposed|no\b|nays?)", re.IGNORECASE
    ),
    Side.FOR: re.compile(
        rf"\b(?P<n>{_COUNT}) {_WORDS}(?:in favou?r|for\b|yes\b|backed|supported)", re.IGNORECASE
    ),
    Side.NEITHER: re.compile(
        rf"\b(?P<n>{_COUNT}) {_WORDS}(?:abstentions?|abstained|abstaining)", re.IGNORECASE
    ),
}


def side_asked(question: str) -> Side | None:
    """The side whose votes a question wants counted; None for another question."""
    plain = fold(question)
    return next((side for side, words in _SIDES if words.search(plain)), None)


def find_votes(side: Side, sentence: str) -> tuple[str, str] | None:
    """(count, the words that tell it) of the votes for `side` as `sentence` prints them."""
    text = sentence[:LONGEST_CHARS]
    tally = _TALLY.search(text) if _VOTING.search(text) else None
    if tally is not None and side is not Side.NEITHER:
        first_lost = _LOST.search(text) is not None
        wanted = "second" if (side is Side.AGAINST) != first_lost else "first"
        return tally[wanted], tally.group()
    told = _OF_SIDE[side].search(text)
    return (told["n"], told.group()) if told is not None else None


def ballot_line(question: str, sentence: str) -> str | None:
    """The votes that `question` wants counted, as `sentence` prints them; None where it asks for
    no votes or the sentence does not tell them."""
    if not _ASKS_BALLOT.search(fold(question)):
        return None
    side = side_asked(question)
    votes = find_votes(side, sentence) if side is not None else None
    if side is None or votes is None:
        return None
    words = {
        Side.FOR: _("{n} for"),
        Side.AGAINST: _("{n} against"),
        Side.NEITHER: _("{n} abstained"),
    }[side]
    line = words.format(n=votes[0])
    if votes[1] == votes[0]:
        return line
    return _("{day} (“{words}”)").format(day=line, words=votes[1])
