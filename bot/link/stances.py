"""Where somebody's word turns: from yes to no or back, taken back, or with another figure."""

from __future__ import annotations

import re
from dataclasses import dataclass
from enum import StrEnum

from bot.link.matters import Telling, shared, weight_of
from bot.model import Fact, Figure
from bot.text.words import STOP_TERMS, terms_of

FEWEST_SHARED = 2
"""Telling words that two sentences share, headlines counted, before one turns from the other;"""
LEAST_WEIGHT = 1.5
"""… and what these weigh at least, where a rare word weighs 1 and an everyday one 0.5."""


class Side(StrEnum):
    """Which way a sentence points."""

    YES = "yes"
    NO = "no"
    BACK = "taken back"


@dataclass(frozen=True, slots=True)
class Stance:
    """Which way a sentence points, and the words that say so."""

    side: Side
    words: str
    is_firm: bool = True
    """Whether the words are about the very question, not any verb's "would" or "do not"."""
    is_recalled: bool = False
    """Whether an earlier word is told again ("had told a committee that …")."""


@dataclass(frozen=True, slots=True)
class Turn:
    """How a later sentence differs in stance or figure from an earlier one: the words of each."""

    kind: Side | None
    """None: a figure."""
    earlier: str
    later: str


_BACK = re.compile(
    r"\b(?:i am sorry|i'm sorry|apologi[sz]e[sd]?|"
    r"(?:was|were|been) (?:wrong|misinformed|mistaken)|plead(?:ed|s)? guilty|"
    r"changed (?:my|his|her|their|its) minds?|that is not what (?:i|we) said|"
    r"(?:took|takes|taken) back|no longer (?:rules?|opposes?|denies|says?|insists?|wants?)|"
    r"reversed (?:him|her|it)?self|backed down|made a u-turn|climbed down)\b",
    re.IGNORECASE,
)
_NO = re.compile(
    r"\b(?:(?P<firm>(?:(?:will|would|shall) not|(?:wo|would|sha)n['’]t)"
    r"(?! (?:say|comment|give|be drawn|confirm|discuss))|"
    r"(?:rul(?:e|es|ed|ing)) (?:it |that |this )?out|refus(?:e|es|ed|al)|reject(?:s|ed)?|"
    r"oppos(?:e|es|ed|ing)|(?:vote[sd]?|is|are|was|were) against|den(?:y|ies|ied)|"
    r"dismiss(?:es|ed)?|(?:there (?:is|was) )?no such|no plans?|"
    r"never|says? no|said no|answer is no|unthinkable|out of the question|no closure|"
    r"withdr[ae]w[sn]?)|"
    r"(?:should|could|must|do|does|did|is|are|was|has|have|had) not|cannot|"
    r"(?:should|ca|could|must|do|does|did|is|are|was|has|have|had)n['’]t|"
    r"declin(?:e|es|ed)|there is no|nobody will)\b",
    re.IGNORECASE,
)
_YES = re.compile(
    r"\b(?:(?P<firm>conceivable|open to|ready to|willing to|supports?|supported|backs?|backed|"
    r"agree[sd]?|confirm(?:s|ed)?|admit(?:s|ted)?|acknowledge[sd]?|concede[sd]?|accept(?:s|ed)?|"
    r"approve[sd]?|in favou?r|vote[sd]? for|did exist|promise[sd]?|pledge[sd]?|vow(?:s|ed)?)|"
    r"will|would|shall|could|can|may|might|possible|welcome[sd]?)\b",
    re.IGNORECASE,
)
_RECALLS = re.compile(
    r"\b(?:had (?:\w+ly )?(?:said|told|promised|called|ruled|denied|refused|rejected|announced|"
    r"vowed|pledged|warned|insisted|waved)|which .{1,40} promised|"
    r"(?:i|we) said (?:that )?(?:i|we)|"
    r"(?:hours?|days?|weeks?|months?) (?:after|ago|earlier)|last (?:week|month|year)|repeated)\b",
    re.IGNORECASE,
)
RECALL_REACH_CHARS = 40
"""So near behind the words of a stance may stand that it is one of before ("ruled out last
week")."""


_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
_NUMBER = re.compile(
    r"(?<![\w.,])[$€£]?(?P<digits>\d{1,12}(?:,\d{3}){0,4}(?:\.\d{1,6})?)(?![\d,.]*\d)"
    r"(?:[ -](?P<scale>thousand|million|billion))?(?: ?%| ?\w{2,20})?"
)


def find_stance(text: str) -> Stance | None:
    """Which way a sentence points, by the first words in it that do; None where none does.

    What takes something back counts wherever it stands: it names what it takes back first.
    """
    if back := _BACK.search(text):
        return Stance(Side.BACK, back.group())
    no, yes = _NO.search(text), _YES.search(text)
    first = no if no is not None and (yes is None or no.start() <= yes.start()) else yes
    if first is None:
        return None
    side = Side.NO if first is no else Side.YES
    recall = _RECALLS.search(text)
    reach = first.end() + (RECALL_REACH_CHARS if side is Side.NO else 0)
    is_recalled = recall is not None and recall.start() <= reach
    return Stance(side, first.group(), bool(first["firm"]), is_recalled)


def find_turn(earlier: Telling, later: Telling) -> Turn | None:
    """How `later` turns from `earlier`, where both are about one matter; else None."""
    one, two = find_stance(earlier.text), find_stance(later.text)
    if one is not None and two is not None and is_turn(earlier, one, later, two):
        return Turn(two.side, one.words, two.words)
    return _changed_figure(earlier, later) if is_one_matter(earlier, later) else None


def is_turn(earlier: Telling, one: Stance, later: Telling, two: Stance) -> bool:
    """Whether stance `two` turns from stance `one`: they point different ways on one matter."""
    if one.side is two.side or one.side is Side.BACK or two.is_recalled:
        return False
    if two.side is Side.BACK:
        return one.is_firm and bool(earlier.matter & later.matter)
    if not (one.is_firm or two.is_firm) or not is_one_matter(earlier, later):
        return False
    own = earlier.terms & later.terms
    return (one.is_firm and two.is_firm) or bool(own - earlier.names - later.names)


def is_one_matter(a: Telling, b: Telling) -> bool:
    """Whether two sentences tell of one matter: by words that one of them holds and the other or
    its headline, too; names alone are no matter."""
    both = shared(a, b)
    if not both - a.names - b.names:
        return False
    return len(both) >= FEWEST_SHARED and sum(map(weight_of, both)) >= LEAST_WEIGHT


def _changed_figure(earlier: Telling, later: Telling) -> Turn | None:
    """The first figure that counts one thing in both, and differs."""
    for count in earlier.counts:
        for other in later.counts:
            if (count.matter, count.noun) == (other.matter, other.noun):
                if count.value == other.value:
                    return None
                return Turn(None, count.words, other.words)
    if not (earlier.terms & later.terms) - earlier.names - later.names:
        return None
    for fact in _figures(earlier):
        for other_fact in _figures(later):
            turn = _differs(fact, other_fact, earlier, later)
            if turn is not None:
                return turn
    return None


def _figures(telling: Telling) -> list[Fact]:
    return [f for f in telling.facts if f.figure is not None and telling.span.overlaps(f.span)]


def _differs(one: Fact, two: Fact, earlier: Telling, later: Telling) -> Turn | None:
    """How two figures of one unit differ that count the same, in the words of each."""
    if one.figure is None or two.figure is None or one.figure.value == two.figure.value:
        return None
    if one.figure.unit != two.figure.unit or not (_of(one) and _of(one) == _of(two)):
        return None
    words = _printed(one.figure, earlier), _printed(two.figure, later)
    return Turn(None, *words) if all(words) else None


def _of(fact: Fact) -> frozenset[str]:
    """The terms of what a figure counts."""
    of = fact.figure.of if fact.figure is not None else None
    return frozenset(t for t in terms_of(of or "") if t not in STOP_TERMS)


def _printed(figure: Figure, telling: Telling) -> str:
    """The number of a figure as its sentence prints it, in digits, with the word behind it; empty
    where it cannot be found."""
    for match in _NUMBER.finditer(telling.text):
        value = float(match["digits"].replace(",", "")) * _SCALES.get(match["scale"] or "", 1)
        if abs(value - figure.value) < 1e-6 * max(1.0, value):
            return " ".join(match.group().split())
    return ""
