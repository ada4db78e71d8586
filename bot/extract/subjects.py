"""Finds the subject of a verb among the words of its sentence."""

from __future__ import annotations

from collections.abc import Sequence

from bot.extract.clauses import CLAUSE_OPENERS, DETERMINERS, Word
from bot.extract.fact_words import (
    ADVERBS,
    AUXILIARIES,
    CONDITIONALS,
    FUTURES,
    GOVERNORS,
    MODALS,
    NEGATIONS,
    REPORTING,
    TIME_WORDS,
    VERBS,
)
from bot.text.tables import word_set

LONGEST_SUBJECT_WORDS = 14
SHARED_REACH_WORDS = 30
"""How far left a verb looks for the subject that it shares with an earlier one."""

SUBJECT_PRONOUNS = frozenset(("he", "she", "they", "it", "we", "i", "you"))
PREPOSITIONS = word_set(
    """
    in on at by to from with without for about over under against between among into through
    during per than via toward towards after before until since within amid despite
    """
)
_TRAILING = frozenset(("last", "first", "alone", "together", "today", "yesterday", "concluded"))
_LEADING = word_set("then so now also that because when as but and or if later instead meanwhile")
_FINITE = word_set(
    "was were has had have is are did said made spoke met sat came went left held began took gave "
    "stood fought ran won lost kept brought sent wrote told knew saw found rose fell flew drove"
)
_NOT_NOUNS = DETERMINERS | MODALS | FUTURES | CONDITIONALS | AUXILIARIES
_NOUNS_IN_LY = word_set(
    "assembly family italy supply reply rally july monopoly anomaly bully ally sicily"
)
_PERIODS = TIME_WORDS | word_set(
    "recent past weeks months years days hours decades years coming early late wake end time"
)


def subject_of(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """The half-open range of the words that are the subject of the verb at `at`, or None.

    A relative clause between commas is stepped over ("the panel, which met on Monday, voted"),
    and so is a phrase with a preposition ("Garrow in recent weeks has").
    """
    i = at - 1
    while i >= 0 and (_is_between(words[i].low) or _governs(words, i)):
        i -= 1
    if i >= 0 and words[i].low in (",", ")", "—", "–"):
        stepped = _step_over(words, i)
        if stepped is None:
            return None
        i = stepped
    if i < 0 or words[i].is_mark or words[i].low in ("and", "but", "or", "then"):
        return None
    if words[i].low in ("who", "that", "which"):
        i -= 1
        if i >= 0 and words[i].low == ",":
            i -= 1
    while i > 0 and words[i].low in _TRAILING:
        i -= 1
    if i < 0 or words[i].is_mark:
        return None
    end = i + 1
    start = _phrase_start(words, end)
    while start > 1 and words[start - 1].low in PREPOSITIONS | {"of"}:
        before = words[start - 2]
        if before.is_mark or before.low in CLAUSE_OPENERS or before.low in _NOT_NOUNS:
            break
        further = _phrase_start(words, start - 1)
        if further >= start - 1:
            break
        if words[start - 1].low != "of":
            end = start - 1
        start = further
    return _trimmed(words, start, end)


def _phrase_start(words: Sequence[Word], end: int) -> int:
    """Where the noun phrase begins that ends before `end`; "A and B" is one."""
    i = end - 1
    while i >= 0 and end - i <= LONGEST_SUBJECT_WORDS:
        word = words[i]
        if word.low in SUBJECT_PRONOUNS:
            return i if i == end - 1 else i + 1
        if i < end - 1 and _is_verb_here(words, i):
            break
        if word.is_mark or word.low in CLAUSE_OPENERS:
            listed = word.low == "and" or any(w.low == "and" for w in words[i + 1 : end])
            if word.low in ("and", ",") and listed and i > 0 and _is_list(words, i):
                i -= 1
                continue
            break
        if word.low in PREPOSITIONS or word.low == "of":
            break
        if word.low in MODALS or word.low in AUXILIARIES or word.low in FUTURES:
            break
        i -= 1
        if word.low in DETERMINERS and not (i >= 0 and words[i].low in DETERMINERS):
            break
    return i + 1


def _trimmed(words: Sequence[Word], start: int, end: int) -> tuple[int, int] | None:
    """The range without opening adverbs; None where nothing but words of time is left."""
    while start < end and (words[start].low in _LEADING or words[start].low in PREPOSITIONS):
        start += 1
    if all(w.low in _PERIODS or w.low.isdigit() or w.low in DETERMINERS for w in words[start:end]):
        return None
    return (start, end) if start < end else None


def shared_subject(words: Sequence[Word], at: int) -> tuple[int, int] | None:
    """The subject that the verb at `at` shares with an earlier verb ("concluded ... but agreed",
    "ended the call by urging"), or None."""
    i = at - 1
    while i >= 0 and (_is_between(words[i].low) or _governs(words, i)):
        i -= 1
    if i < 0 or words[i].low not in ("and", "but", "or", "by", ",", "after", "then", "without"):
        return None
    for j in range(i - 1, max(-1, i - SHARED_REACH_WORDS), -1):
        word = words[j]
        if word.low == ";":
            return None
        finite = word.low in _FINITE or (word.low.endswith("ed") and not word.capital)
        if finite or VERBS.get(word.low, (None, ""))[1] == "past":
            found = subject_of(words, j)
            if found is not None and not words[found[0]].low.endswith("ing"):
                return found
    return None


def _governs(words: Sequence[Word], i: int) -> bool:
    """Whether the word at `i` rules the infinitive after it ("managed to", "is expected to")."""
    low = words[i].low
    return words[i + 1].low == "to" and low in GOVERNORS


def _is_between(low: str) -> bool:
    """Whether a word may stand between a subject and its verb."""
    return (
        low in AUXILIARIES
        or low in ADVERBS
        or low in MODALS
        or low in FUTURES
        or low in NEGATIONS
        or (low.endswith("ly") and len(low) > 4 and low not in _NOUNS_IN_LY)
        or low in ("to", "did", "be")
    )


def _step_over(words: Sequence[Word], comma: int) -> int | None:
    """The index before the comma that opens the insertion ending at `comma`, or None."""
    opening = "(" if words[comma].low == ")" else words[comma].low
    for i in range(comma - 1, max(-1, comma - 16), -1):
        if words[i].low == opening:
            return i - 1 if i > 0 else None
    return None


def _is_list(words: Sequence[Word], at: int) -> bool:
    """Whether the "and" or comma at `at` joins two noun phrases of one subject."""
    before = words[at - 1]
    if before.is_mark:
        return False
    return before.low not in _NOT_NOUNS and not before.low.endswith(("ed", "ing"))


def _is_verb_here(words: Sequence[Word], i: int) -> bool:
    """Whether the word at `i` is a verb with its object after it, so that a subject ends here."""
    word, after = words[i], words[i + 1]
    if word.capital:
        return False
    if word.low in REPORTING:
        return True
    if not word.low.endswith(("ed", "ing")) and word.low not in VERBS:
        return False
    return after.capital or after.low in DETERMINERS or after.low in SUBJECT_PRONOUNS
