"""Where somebody's word turns: from yes to no or back, taken back, or with another figure."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum

from bot.link.matters import Telling, shared, telling_terms, weight_of
from bot.model import Fact, Figure, Span
from bot.text.words import STOP_TERMS, terms_of

FEWEST_SHARED = 2
"""Telling words that two sentences share, headlines counted, before one turns from the other;"""
LEAST_WEIGHT = 1.5
"""… and what these weigh at least, where a rare word weighs 1 and an everyday one 0.5."""


FEWEST_SHARED_LOOSELY = 2
"""Of the words that both stances are taken to, where one of them is any verb's "would"."""
OBJECT_SHARE = 0.5  # of the shorter object, that the other has to hold, too
BACK_WEIGHT = 2.0  # of what two sentences share, before one takes the other back
SCOPE_CHARS = 120
SUBJECT_CHARS = 40  # between a name and what its bearer does, at most


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
    scope: frozenset[str] = frozenset()
    """The terms of what it is taken to: the rest of the clause, or what goes before where nothing
    tells more."""


@dataclass(frozen=True, slots=True)
class Turn:
    """How a later sentence differs in stance or figure from an earlier one: the words of each."""

    kind: Side | None
    """None: a figure."""
    earlier: str
    later: str


_BACK = re.compile(
    r"\b(?:i am sorry|i'm sorry|apologi[sz]e[sd]?|"
    r"(?:i|he|she|we|they)(?: was| were| had been|['’]d been) (?:wrong|misinformed|mistaken)|"
    r"plead(?:ed|s)? guilty|"
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
    r"says? no|said no|answer is no|unthinkable|out of the question|no closure|"
    r"withdr[ae]w[sn]?)|"
    r"(?:should|could|must|do|does|did|is|are|was|has|have|had) not|cannot|never|"
    r"(?:should|ca|could|must|do|does|did|is|are|was|has|have|had)n['’]t|"
    r"declin(?:e|es|ed)|there is no|nobody will)\b",
    re.IGNORECASE,
)
_YES = re.compile(
    r"\b(?:(?P<firm>conceivable|open to|ready to|willing to|supports?|supported|"
    r"(?:backs|backed)(?! (?:off|out|down|up|into|away|from))|"
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


_CLAUSE_ENDS = re.compile(r"[.;:!?“”\"—–]|, (?:but|and|while|although|though|which|who|or)\b")


_SUBJECT_ENDS = re.compile(
    r"[.;:!?“”\"—–]|,[^,]*$|\b(?:i|we|he|she|they|it|that|who|and|but|for|to)\b", re.IGNORECASE
)
_SCALES = {"thousand": 1e3, "million": 1e6, "billion": 1e9}
_NUMBER = re.compile(
    r"(?<![\w.,])[$€£]?(?P<digits>\d{1,12}(?:,\d{3}){0,4}(?:\.\d{1,6})?)(?![\d,.]*\d)"
    r"(?:[ -](?P<scale>thousand|million|billion))?(?: ?%| ?\w{2,20})?"
)


def find_stance(text: str, others: Sequence[Span] = ()) -> Stance | None:
    """Which way a sentence points, by the first words in it that do; None where none does.

    What one of the `others`, who are named at these places, does in it does not count. What takes
    something back counts wherever it stands: it names what it takes back first.
    """
    if (back := _first(_BACK, text, others)) is not None:
        return Stance(Side.BACK, back.group(), scope=_scope(text, back))
    no, yes = _first(_NO, text, others), _first(_YES, text, others)
    first = no if no is not None and (yes is None or no.start() <= yes.start()) else yes
    if first is None:
        return None
    side = Side.NO if first is no else Side.YES
    recall = _RECALLS.search(text)
    reach = first.end() + (RECALL_REACH_CHARS if side is Side.NO else 0)
    is_recalled = recall is not None and recall.start() <= reach
    return Stance(side, first.group(), bool(first["firm"]), is_recalled, _scope(text, first))


def _first(pattern: re.Pattern[str], text: str, others: Sequence[Span]) -> re.Match[str] | None:
    """The first match that is not what somebody else does."""
    for match in pattern.finditer(text):
        if not any(_does(text, other, match.start()) for other in others):
            return match
    return None


def _does(text: str, who: Span, verb: int) -> bool:
    """Whether the one who is named at `who` seems to be the subject of the verb that begins at
    `verb`: nobody else and no clause's end stands between."""
    between = text[who.end : verb]
    return 0 <= len(between) <= SUBJECT_CHARS and _SUBJECT_ENDS.search(between) is None


def _scope(text: str, stance: re.Match[str]) -> frozenset[str]:
    """The telling terms of the clause after the words of a stance; with those before it, where
    they are few ("a sale is out of the question")."""
    after = text[stance.end() : stance.end() + SCOPE_CHARS]
    end = _CLAUSE_ENDS.search(after)
    terms = telling_terms(after[: end.start()] if end is not None else after)
    if len(terms) >= FEWEST_SHARED:
        return terms
    before = _CLAUSE_ENDS.split(text[max(0, stance.start() - SCOPE_CHARS) : stance.start()])[-1]
    return terms | telling_terms(before)


def find_turn(earlier: Telling, later: Telling) -> Turn | None:
    """How `later` turns from `earlier`, where both are about one matter; else None."""
    one, two = find_stance(earlier.text, earlier.others), find_stance(later.text, later.others)
    if one is not None and two is not None and is_turn(earlier, one, later, two):
        return Turn(two.side, one.words, two.words)
    return _changed_figure(earlier, later) if is_one_matter(earlier, later) else None


def is_turn(earlier: Telling, one: Stance, later: Telling, two: Stance) -> bool:
    """Whether stance `two` turns from stance `one`: they point different ways on one matter.

    The same words in two sentences make no turn by themselves, since people say yes and no to a
    hundred things a day: what is agreed to or refused has to be the same, too.
    """
    if one.side is two.side or one.side is Side.BACK or two.is_recalled:
        return False
    if not is_one_matter(earlier, later):
        return False
    if two.side is Side.BACK:
        both = shared(earlier, later)
        return one.is_firm and sum(map(weight_of, both)) >= BACK_WEIGHT
    if not (one.is_firm or two.is_firm):
        return False
    return _is_one_object(earlier, one, later, two)


def _is_one_object(earlier: Telling, one: Stance, later: Telling, two: Stance) -> bool:
    """Whether two stances are taken to the same thing: most of its words are the same, or it is
    what both articles are about."""
    names = earlier.names | later.names
    both = one.scope & two.scope
    fewest = FEWEST_SHARED if one.is_firm and two.is_firm else FEWEST_SHARED_LOOSELY
    if len(both) < min(fewest, len(one.scope), len(two.scope)) or not both - names:
        return False
    if (both - names) & earlier.headline & later.headline:
        return True
    return sum(map(weight_of, both)) >= OBJECT_SHARE * min(
        sum(map(weight_of, one.scope)), sum(map(weight_of, two.scope))
    )


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
