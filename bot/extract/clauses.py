"""The words of a sentence and how they hang together: negation, tense, subject, object."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.extract.fact_words import (
    ADVERBS,
    AUXILIARIES,
    BREAKS,
    CONDITIONALS,
    FUTURES,
    GOVERNORS,
    MANAGING,
    MODALS,
    NEGATIONS,
    PLANNING,
    REFUSALS,
    TIME_WORDS,
    VERBS,
)
from bot.model import Span
from bot.text.tables import word_set

LONGEST_SENTENCE_WORDS = 150
"""Longer "sentences" are lists and tables; their head is read only."""
REACH_WORDS = 7
"""How far left of a verb its helpers, negation and governor stand."""
LONGEST_OBJECT_WORDS = 30

_WORD = re.compile(
    r"\d+(?:[.,]\d+)*(?:st|nd|rd|th)?|[A-Za-z]+n[’']t\b|[’'](?:s|re|ve|ll|d|m)\b"
    r"|(?:[A-Za-z]\.){2,}|[^\W_]+(?:[-‑][^\W_]+)*"
    r"|[,;:—–()\"“”]"
)
CLAUSE_OPENERS = word_set(
    "who whom whose which that while whereas because although though when where after before "
    "until unless if but and or as since so amid despite following"
)
_OBJECT_ENDS = word_set(
    "which who while whereas although though but because whose despite amid saying when where"
)
DETERMINERS = word_set(
    "the a an this that these those his her its their our my your both all some many most several "
    "each every no two three four five six seven eight nine ten few another other any"
)
_QUOTE_MARKS = frozenset(('"', "“", "”"))
_CONTRASTS = frozenset(("but", "while", "although", "though", "whereas"))
_RELATIVES = frozenset(("who", "which", "whose"))
_HEADS = frozenset(("he", "she", "they", "it", "we", "i"))
_TO = frozenset(("to", "that", "by", "he", "she", "they", "it"))


@dataclass(frozen=True, slots=True)
class Word:
    """A word or mark of a sentence: its place, its lower-case form, whether it has a capital."""

    start: int
    end: int
    low: str
    capital: bool = False

    @property
    def is_mark(self) -> bool:
        return self.low in BREAKS


@dataclass(frozen=True, slots=True)
class Mood:
    """How a verb is meant: done, to come, or only thought of."""

    negated: bool = False
    refused: bool = False
    """Whether its subject refuses or denies it, so that it is more than undone."""
    planned: bool = False
    possible: bool = False
    """Whether it stands under "would", "if", a question or a bare infinitive."""
    passive: bool = False
    perfect: bool = False
    done: bool = False
    """Whether an infinitive tells a deed all the same ("managed to agree")."""


def words_in(text: str, sentence: Span) -> list[Word]:
    """The words and clause marks of `sentence`, in order."""
    found = []
    for match in _WORD.finditer(text, sentence.start, sentence.end):
        printed = match.group()
        low = printed.lower().replace("’", "'")
        if low.endswith("n't") and len(low) > 3:
            low = "n't"
        found.append(Word(match.start(), match.end(), low, printed[0].isupper()))
        if len(found) >= LONGEST_SENTENCE_WORDS:
            break
    return found


def mood_of(words: Sequence[Word], at: int, tense: str) -> Mood:
    """How the verb at index `at` is meant, by the words to its left."""
    negated = refused = planned = possible = passive = perfect = present = False
    infinitive = tense == "base" and follows_to(words, at)
    if tense == "past" and follows_to_be(words, at):
        # "needs to be signed" and "asks for it to be banned" tell no deed.
        infinitive = True
    i = at - 1
    seen = 0
    while i >= 0 and seen < REACH_WORDS:
        low = words[i].low
        if words[i].is_mark or (low in CLAUSE_OPENERS and low not in CONDITIONALS):
            if low in ("and", "or") and seen < 2 and i > 0 and words[i - 1].low in VERBS:
                # "might be signed and ratified": the second verb is meant as the first.
                earlier = VERBS[words[i - 1].low][1]
                if (earlier == tense) and not (infinitive or negated or possible):
                    return mood_of(words, i - 1, tense)
            break
        if low in NEGATIONS and not (low == "no" and seen > 3):
            # "no power to suspend" undoes the power; "decided not to" undoes the deed.
            negated = negated or not infinitive or seen <= 1 or words[i + 1].low in GOVERNORS
        elif low in REFUSALS and (infinitive or tense == "gerund" or seen <= 1):
            negated = True
            refused = low.startswith(("refus", "declin", "den", "unwill"))
        elif low in FUTURES:
            planned = True
        elif low in MODALS or low in CONDITIONALS:
            possible = True
        elif infinitive and low in PLANNING:
            if i > 0 and words[i - 1].low in ("to", "not", "n't", "never", "no"):
                possible = True
            planned = True
        elif low in ("was", "were", "been", "is", "are", "be", "being") and tense == "past":
            passive = passive or seen <= 2
            present = present or low in ("is", "are")
        elif low in ("has", "have", "had", "'ve"):
            perfect = True
        elif low not in ADVERBS and low not in AUXILIARIES and low not in ("to", "be"):
            if low.endswith("ly"):
                pass
            elif infinitive and low in MANAGING and seen == 1:
                return Mood(negated=negated, refused=refused, done=True)
            elif not infinitive:
                break
        i -= 1
        seen += 1
    if infinitive and (not (planned or negated) or _is_purpose(words, at)):
        possible = True
    if not possible and _is_conditional(words, at, tense):
        possible = True
    if passive and present and not perfect and not planned:
        # "Users are suspended" tells a custom, no deed.
        possible = True
    return Mood(negated, refused, planned, possible, passive, perfect)


def _is_purpose(words: Sequence[Word], at: int) -> bool:
    """Whether the infinitive at `at` tells only what for ("so as not to impose")."""
    lows = [w.low for w in words[max(0, at - 4) : at]]
    return lows[-3:] == ["as", "not", "to"] or lows[-4:] == ["in", "order", "not", "to"]


def follows_to_be(words: Sequence[Word], at: int) -> bool:
    """Whether "to be" stands before the participle at `at`, adverbs aside."""
    i = at - 1
    while i > 0 and words[i].low.endswith("ly"):
        i -= 1
    return i > 0 and words[i].low == "be" and words[i - 1].low == "to"


def follows_to(words: Sequence[Word], at: int) -> bool:
    """Whether the verb at `at` is an infinitive, an adverb between aside ("to fully suspend")."""
    i = at - 1
    while i > 0 and (words[i].low.endswith("ly") or words[i].low == "and"):
        i -= 1
    return i >= 0 and words[i].low == "to"


def _is_conditional(words: Sequence[Word], at: int, tense: str) -> bool:
    """Whether the clause of the word at `at` opens with "if" or "whether"; with "until" when the
    verb is not past ("until it agrees" tells no deed, "until they agreed" does)."""
    for i in range(at - 1, max(-1, at - 12), -1):
        if words[i].low in CONDITIONALS:
            return True
        if words[i].low == "long" and i > 0 and words[i - 1].low == "as":
            return True
        if words[i].low == "until" and tense != "past" and not _is_time_after(words, i):
            return True
        if words[i].low == "event" and i > 2 and "in" in (words[i - 2].low, words[i - 3].low):
            return True  # "in the event", "in the unlikely event"
        if words[i].is_mark and (i == 0 or words[i - 1].low not in CONDITIONALS):
            return False
    return False


def _is_time_after(words: Sequence[Word], until: int) -> bool:
    """Whether a day or an hour follows "until", so that no clause hangs on it."""
    after = words[until + 1].low if until + 1 < len(words) else ""
    return (after in TIME_WORDS and after != "the") or after.isdigit()


def object_end(words: Sequence[Word], at: int) -> int:
    """The index behind the last word of what follows the verb or noun at `at` in its clause."""
    i = at + 1
    while i < len(words) and i - at <= LONGEST_OBJECT_WORDS:
        low = words[i].low
        if low in (";", ":", "—", "–", "(", ")"):
            break
        if low in _QUOTE_MARKS and words[i - 1].low in (",", ".") and i > at + 1:
            break
        if low == "," and not _goes_on(words, i):
            break
        relative = low in _RELATIVES and words[i - 1].low != ","
        if low in _OBJECT_ENDS and (i > at + 1 or low in _CONTRASTS) and not relative:
            break
        if low == "and" and _opens_verb_phrase(words, i + 1):
            break
        i += 1
    while i > at + 1 and words[i - 1].low in (",", "and", "or", "as", "that", *_QUOTE_MARKS):
        i -= 1
    return i


def _opens_verb_phrase(words: Sequence[Word], i: int) -> bool:
    """Whether a second verb with its object begins at `i` ("and concluded the call")."""
    if i + 1 >= len(words):
        return False
    past = words[i].low.endswith("ed") or words[i].low in ("said", "told", "was", "were", "had")
    return past and not words[i].capital and words[i + 1].low in DETERMINERS | _TO


def _opens_clause(words: Sequence[Word], i: int) -> bool:
    """Whether a clause with a subject of its own begins at `i` ("and the council will decide")."""
    if i >= len(words) or words[i].low not in DETERMINERS | _HEADS:
        return False
    for word in words[i + 1 : i + 6]:
        if word.is_mark:
            return False
        if word.low in FUTURES or word.low in MODALS or word.low in AUXILIARIES:
            return word.low not in ("'s", "’s")
    return False


def _goes_on(words: Sequence[Word], comma: int) -> bool:
    """Whether the comma at `comma` stands inside a list or a date, not at a clause's end."""
    after = words[comma + 1].low if comma + 1 < len(words) else ""
    if after in ("and", "or", "particularly", "especially", "including", "notably"):
        return not (_opens_verb_phrase(words, comma + 2) or _opens_clause(words, comma + 2))
    if after.isdigit() and len(after) == 4:
        return True
    following = [w.low for w in words[comma + 1 : comma + 6]]
    return "and" in following and not any(w in CLAUSE_OPENERS - {"and", "or"} for w in following)
