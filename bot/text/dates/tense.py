"""Whether the clause around a date looks back or ahead."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from enum import StrEnum
from typing import Final, NamedTuple

from bot.text.dates.calendar_words import MONTHS, WEEKDAYS
from bot.text.dates.verbs import (
    ADJECTIVES_IN_ED,
    BARE_MODALS,
    BARE_PARTICIPLES,
    CALLED_EVENTS,
    CALLING_VERBS,
    FORWARD_WORDS,
    LEADING_VERBS,
    MODALS,
    NOT_AFTER_TO,
    NOT_BEFORE_VERB,
    OWNED_OUTCOMES,
    PASSIVE_HELPERS,
    PAST_FORMS,
    PRESENT_AUXILIARIES,
    PUT_OFF_VERBS,
    SCHEDULE_VERBS,
    SET_FOR,
    TRANSPARENT_HEADS,
    VERBS_IN_S_OR_ING,
)

TOKEN = re.compile(
    r"[^\W\d_]+(?:['\u2019-][^\W\d_]+)*|\d+(?:[:.,]\d+)*|[,;:\u2014\u2013()\"\u201c\u201d]"
)
CLAUSE_ENDS: Final = frozenset(";:\u2014()")
NOT_VERBS: Final = NOT_AFTER_TO | frozenset(MONTHS) | frozenset(WEEKDAYS)
"""What shows the "to" before it to be a preposition."""
REACH_TOKENS: Final = 30
"""How far from a date its verb is looked for."""


class Direction(StrEnum):
    PAST = "past"
    FUTURE = "future"
    UNKNOWN = "unknown"


class Token(NamedTuple):
    """A word or mark of a clause; a tuple, for there are many."""

    start: int
    end: int
    word: str
    capital: bool


def tokenize(text: str, start: int, end: int) -> list[Token]:
    """The words and clause marks of `text[start:end]` with their words lower case, in order."""
    return [
        Token(m.start(), m.end(), m[0].lower().replace("\u2019", "'"), m[0][0].isupper())
        for m in TOKEN.finditer(text, start, end)
    ]


def find_direction(tokens: list[Token], start: int, end: int) -> Direction:
    """Which way the clause around `[start, end)` looks.

    The nearest verb before the date in its clause decides; where there is none (the date opens
    its clause), the first one after it does; a list after a colon goes with what it lists.
    """
    stop = bisect_right(tokens, start, key=lambda token: token.end)
    left = range(max(0, stop - REACH_TOKENS), stop)
    before = " ".join(tokens[i].word for i in left[-2:])
    if before == "ahead of" or before.endswith("due"):
        return Direction.FUTURE
    if _is_called_for(tokens, left) or _is_put_off(tokens, left):
        return Direction.FUTURE
    if left and (found := _look_left(tokens, left)) is not Direction.UNKNOWN:
        return found
    if (found := find_direction_after(tokens, end)) is not Direction.UNKNOWN:
        return found
    return _look_left(tokens, left[: _colon_before(tokens, left)])


def _colon_before(tokens: list[Token], left: range) -> int:
    """How many of the words before the date stand before the colon that opens its list ("wages
    rise in two steps: 2 percent on May 1 and ..."): without a verb of its own it has theirs."""
    ends = (n for n in reversed(range(len(left))) if tokens[left[n]].word in CLAUSE_ENDS)
    last = next(ends, 0)
    return last if left and tokens[left[last]].word == ":" else 0


def find_direction_after(tokens: list[Token], end: int) -> Direction:
    """Which way the words after `end` look."""
    first = bisect_left(tokens, end, key=lambda token: token.start)
    return _look_right(tokens, range(first, min(len(tokens), first + REACH_TOKENS)))


def _look_left(tokens: list[Token], places: range) -> Direction:
    passive = False
    for i in reversed(places):
        token = tokens[i]
        word = token.word
        if word in CLAUSE_ENDS:
            return Direction.UNKNOWN
        if word == "since" and not passive:
            return Direction.PAST
        if word == "ahead" and tokens[i + 1].word == "of" and not _is_leading(tokens, i):
            return Direction.FUTURE
        if word in OWNED_OUTCOMES and _is_owned(tokens, i):
            return Direction.PAST
        found = _mark(tokens, i, passive=passive)
        if found == "participle":
            passive = True
            continue
        if isinstance(found, Direction):
            return found
    return Direction.PAST if passive else Direction.UNKNOWN


def _look_right(tokens: list[Token], places: range) -> Direction:
    for n, i in enumerate(places):
        token = tokens[i]
        if token.word in CLAUSE_ENDS and n:
            return Direction.UNKNOWN
        if token.word in BARE_PARTICIPLES and i + 1 < len(tokens):
            after = tokens[i + 1].word
            before = tokens[i - 1].word if i else ""
            if after in ("of", "by", "as", "for", "in", "with") and before not in PASSIVE_HELPERS:
                continue
        found = _mark(tokens, i, passive=False, rightward=True)
        if isinstance(found, Direction):
            return found
        if found == "participle":
            return Direction.PAST
    return Direction.UNKNOWN


def _mark(
    tokens: list[Token], i: int, *, passive: bool, rightward: bool = False
) -> Direction | str | None:
    """What token `i` tells: a direction, "participle" (ask the helper before it), or nothing."""
    token = tokens[i]
    word = token.word
    after = tokens[i + 1].word if i + 1 < len(tokens) else ""
    before = tokens[i - 1].word if i else ""
    if word.endswith(("'ll", "won't")) or word in MODALS:
        if word == "may" and token.capital:
            return None
        later = [t.word for t in tokens[i + 1 : i + 4]]
        if "have" in later and word not in ("will", "shall"):
            return Direction.PAST
        return Direction.FUTURE
    if word in FORWARD_WORDS and not token.capital:
        if before == "been" and i > 1 and tokens[i - 2].word == "had":
            return Direction.PAST
        return Direction.FUTURE
    if word in PRESENT_AUXILIARIES:
        if word in ("has", "have", "having", "hasn't", "haven't"):
            return Direction.FUTURE if after == "to" else Direction.PAST
        if after in ("to", "going", "due", "set", "scheduled", "expected", "on"):
            return Direction.FUTURE
        if after.endswith("ing") and len(after) > 5:
            return Direction.FUTURE
        if passive:
            return Direction.FUTURE
        if rightward and after.endswith("ed"):
            return Direction.UNKNOWN
        return None
    if word == "to" and after and not token.capital:
        return _infinitive(tokens, i)
    if word == "set":
        return Direction.FUTURE if after in ("for", "to") else Direction.PAST
    if word in SCHEDULE_VERBS and not token.capital and _is_schedule(word, before):
        return Direction.FUTURE
    if token.capital and i:
        return None
    if word in PAST_FORMS and any(t.word in BARE_MODALS for t in tokens[max(0, i - 3) : i]):
        return Direction.FUTURE
    if word in ("was", "were", "had", "did", "wasn't", "weren't", "hadn't", "didn't"):
        if after == "to" or (after == "due" and word != "had"):
            return Direction.FUTURE if word in ("was", "were") else Direction.PAST
        return Direction.PAST
    if word in PAST_FORMS:
        return Direction.PAST
    if word.endswith("ed") and len(word) > 3 and word not in ADJECTIVES_IN_ED:
        if before in PASSIVE_HELPERS or (i > 1 and tokens[i - 2].word in PASSIVE_HELPERS):
            return "participle"
        return Direction.PAST
    return None


def _is_called_for(tokens: list[Token], left: range) -> bool:
    """Whether the date belongs to an event that is yet called for ("urged a strike on Monday")."""
    if len(left) < 3 or tokens[left[-1]].word not in ("on", "for"):
        return False
    if tokens[left[-1]].word == "for" and tokens[left[-2]].word in SET_FOR:
        return True
    if tokens[left[-2]].word not in CALLED_EVENTS:
        return False
    return any(tokens[i].word in CALLING_VERBS for i in left[-9:-2])


def _is_put_off(tokens: list[Token], left: range) -> bool:
    """Whether the date is one that something was put off or moved to."""
    if not left or tokens[left[-1]].word not in ("to", "until", "till", "from", "for"):
        return False
    return any(tokens[i].word in PUT_OFF_VERBS for i in left[-PUT_OFF_REACH:])


PUT_OFF_REACH: Final = 8
"""How many words before a date may hold the verb that moved something to it."""


def _is_owned(tokens: list[Token], i: int) -> bool:
    """Whether someone's name or pronoun owns token `i` ("his victory")."""
    owners = [t.word for t in tokens[max(0, i - 2) : i]]
    return any(w in ("his", "her", "its", "their") or w.endswith("'s") for w in owners)


def _is_leading(tokens: list[Token], i: int) -> bool:
    """Whether "ahead of" compares ("is ahead of his rival") instead of telling time."""
    return i > 0 and tokens[i - 1].word in LEADING_VERBS


def _is_schedule(word: str, before: str) -> bool:
    """Whether the present form `word` is the verb of a timetable ("talks resume"), not a noun."""
    if before == ",":
        return word.endswith("s")
    if not before or not before[0].isalpha() or before in NOT_BEFORE_VERB:
        return False
    plural = before.endswith("s") and not before.endswith(("'s", "ss", "ous"))
    return not plural if word.endswith("s") else plural


def _infinitive(tokens: list[Token], i: int) -> Direction | None:
    """The direction of "to" + verb, by the word that it hangs on; None for a preposition."""
    after = tokens[i + 1]
    word = after.word
    if after.capital or not word[0].isalpha() or word in NOT_VERBS:
        return None
    if (
        word.endswith(("s", "ed", "ing"))
        and not word.endswith("ss")
        and word not in VERBS_IN_S_OR_ING
    ):
        return None
    for j in range(i - 1, max(-1, i - 5), -1):
        head = tokens[j].word
        if head in TRANSPARENT_HEADS:
            return Direction.PAST
        if head in CLAUSE_ENDS or head == ",":
            break
    return Direction.FUTURE
