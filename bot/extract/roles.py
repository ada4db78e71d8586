"""Reads the role that is printed beside a person's name, before it or after it."""

from __future__ import annotations

import re

from bot.extract.name_words import (
    DEMONYMS,
    FUNCTION_WORDS,
    ORGANISATION_HEADS,
)
from bot.extract.role_words import PERSON_ROLE_MODIFIERS, ROLE_NOUNS
from bot.model import Span
from bot.text.names import fold_text
from bot.text.ordinary import ordinary_words

REACH_CHARS = 90
"""How far before a name its role may begin."""
LONGEST_ROLE_CHARS = 110
"""A longer apposition is a clause, no role."""
LONGEST_ROLE_WORDS = 14

_MARKS = "\"“‘'(—"
_STOPS = (". ", "\n", ": ", "? ", "! ")
_LAST_WORDS = re.compile(r"[^\s,;:()\"“”]+")
_APPOSITION = re.compile(
    r",? (?:\(?\d{1,3}\)?, )?(?:(?:the|a|an|his|her|its|their|now|currently|once|then|also"
    r"|formerly|who (?:is|was) (?:the |an? |his |her )?|one of the) ?)*"
    rf"(?P<role>[^,;:()\n\"“”—–]{{2,{LONGEST_ROLE_CHARS}}})"
    r"(?P<stop>[,;:()\n\"“”—–]|$)"
)
_CLAUSE = re.compile(
    r"\b(?:who|whom|whose|which|that|where|when|said|says|told|is|was|were|are|has|had|will|would|"
    r"could|should|can|may|did|does|do|and then|added|asked|wrote|tweeted|argued|noted|warned|"
    r"because|if|while|but|as he|as she)\b"
)
_RELATIVE = re.compile(r" (?:who|whose|which|that|where|when)\b")
_HEAD_END = re.compile(r"\b(?:of|for|at|in|with|from|on|to|under|and|who|by)\b")


def role_before(text: str, start: int, sentence: Span, *, titled: bool) -> Span | None:
    """The span of the role words that end just before `start`, or None.

    With `titled`, the name has a title of its own at `start` ("President"), and only words that
    widen it are taken ("former"); else the last word must be a role ("campaign manager").
    """
    low = max(sentence.start, start - REACH_CHARS)
    before = text[low:start]
    if not before.endswith((" ", "\xa0")):
        return None
    stripped = before.rstrip(" \xa0")
    comma = stripped.endswith(",") and not titled
    if comma:
        stripped = stripped[:-1]
    words = list(_LAST_WORDS.finditer(stripped))
    taken: list[re.Match[str]] = []
    at = len(stripped)
    for match in reversed(words):
        if at - match.end() > (1 if taken else 0):
            break
        word = match.group()
        key = fold_text(word)
        if not taken and not titled and not _is_role_noun(key):
            break
        if key == "under" and not (taken and taken[-1].group().lower().startswith("secretar")):
            break  # "the agency under President Marlow"
        opens = text[low : low + match.start()].rstrip(_MARKS).endswith(_STOPS)
        if not _widens(word, key, opens or low + match.start() == sentence.start):
            break
        taken.append(match)
        at = match.start()
        if len(taken) >= 6:
            break
    while taken and not _may_open(taken[-1].group()):
        taken.pop()
    if not taken:
        return None
    if not titled and not _is_role_noun(fold_text(taken[0].group())):
        return None
    if comma and not _closed_before(stripped[: taken[-1].start()]):
        return None
    return Span(low + taken[-1].start(), low + taken[0].end())


def role_after(text: str, end: int, sentence: Span) -> Span | None:
    """The span of the apposition that tells the role after a name ending at `end`, or None.

    The article in front is left out: ", the energy minister," gives "energy minister".
    """
    if not text.startswith((", ", " (", ", who "), end):
        return None
    match = _APPOSITION.match(text, end, min(sentence.end, end + LONGEST_ROLE_CHARS + 30))
    if match is None:
        return None
    start = match.start("role")
    role = match.group("role")
    relative = _RELATIVE.search(role)
    if relative is not None:
        role = role[: relative.start()]
    elif match.group("stop") == "" and match.end() < sentence.end:
        return None
    role = role.rstrip(" .!?’”'")
    words = role.split()
    if not words or len(words) > LONGEST_ROLE_WORDS or _CLAUSE.search(role):
        return None
    head = _HEAD_END.split(role, maxsplit=1)[0].split()
    if not head or len(head) > 8:
        return None
    if not any(_is_role_noun(fold_text(w)) for w in head[-2:]):
        return None
    if head[0][0].isupper() and not _is_role_start(head):
        return None
    return Span(start, start + len(role))


def _is_role_noun(key: str) -> bool:
    if key in ROLE_NOUNS:
        return True
    tail = key.rpartition("-")[2]
    return tail in ROLE_NOUNS or (len(key) > 4 and key.endswith("s") and key[:-1] in ROLE_NOUNS)


def _is_role_start(head: list[str]) -> bool:
    """Whether capitalised apposition words are a role and not the next name of a list."""
    return any(
        fold_text(w) in ROLE_NOUNS or (w[0].islower() and _is_role_noun(w)) for w in head
    ) and not (len(head) == 2 and all(w[0].isupper() for w in head) and head[0] not in ("Vice",))


def _widens(word: str, key: str, opens_sentence: bool) -> bool:
    """Whether `word` may be part of a role in front of a name."""
    if key in PERSON_ROLE_MODIFIERS or _is_role_noun(key):
        return True
    if key in FUNCTION_WORDS or word.endswith(("'s", "’s", "s'", "s’")):
        return False
    if word[0].isupper():
        return not opens_sentence or key in DEMONYMS or key not in ordinary_words()
    if "-" in word:
        return True
    return key in ORGANISATION_HEADS or key.endswith(("ial", "ical", "ional", "ary"))


def _may_open(word: str) -> bool:
    return word[0].isalnum()


def _closed_before(text: str) -> bool:
    """Whether the words before a role with a comma close its noun phrase ("his wife, Ann")."""
    last = text.rstrip().rpartition(" ")[2].lower()
    return last in ("the", "his", "her", "its", "their", "a", "an", "my") or last.endswith(
        ("'s", "’s", "s'", "s’")
    )
