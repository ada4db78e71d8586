"""Reads ballots cast, bills passed and people named to an office."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.extract.clauses import Word, follows_to, mood_of, object_end
from bot.extract.fact_doubts import is_ballot_at_large, is_wanted_only
from bot.extract.fact_words import BILLS, Verb
from bot.extract.reading_parts import (
    Range,
    Reading,
    after_by,
    noun_phrase,
    word_after,
    word_before,
)
from bot.extract.subjects import subject_of
from bot.extract.verb_facts import is_of_body, read_verb

_VOTES = frozenset(("vote", "votes", "ballot", "ballots"))


def read_cast(words: Sequence[Word], i: int) -> Iterator[Reading]:
    """Votes that are cast: "she cast her vote for", "the votes were cast"."""
    verb = Verb("cast", "vote", "happened", "votes")
    before = word_before(words, i)
    left = {w.low for w in words[max(0, i - 5) : i]}
    if before in ("were", "was") and _VOTES & left:
        yield Reading(i, "vote", "happened", (), None, sureness=0.8)
        return
    if not _VOTES.intersection(w.low for w in words[i + 1 : i + 6]):
        return
    if is_ballot_at_large(words, i, subject_of(words, i)):
        return
    if mood_of(words, i, "past").negated and not is_of_body(words, i):
        return  # who has cast no ballot tells no vote
    left_words = " ".join(w.low for w in words[max(0, i - 10) : i])
    if "as soon as" in left_words or "until" in left_words.split():
        return
    free = follows_to(words, i) or before in ("will", "would", "can", "could", "n't", "not")
    yield from read_verb(words, i, verb, "base" if free else "past")


_AFTER_PASSED = frozenset(
    (
        "",
        "the",
        "in",
        "by",
        "with",
        ",",
        ")",
        "when",
        "last",
        "this",
        "after",
        "on",
        "overwhelmingly",
    )
)


def read_passing(words: Sequence[Word], i: int) -> Iterator[Reading]:
    """ "The House passed a bill", "a measure that passed 52-48"."""
    end = object_end(words, i)
    tense = "past" if words[i].low == "passed" else "base"
    mood = mood_of(words, i, tense)
    if mood.possible or (tense == "base" and not mood.planned and words[i].low != "passes"):
        return
    if is_wanted_only(words, i):
        return
    following = {w.low for w in words[i + 1 : i + 7]}
    reach = 9 if word_before(words, i) in ("which", "that") else 5
    before = {w.low for w in words[max(0, i - reach) : i]}
    subject = subject_of(words, i)
    status = "not_agreed" if mood.negated else "planned" if mood.planned else "agreed"
    if following & BILLS and word_after(words, i) not in (
        "away",
        "through",
        "on",
        "out",
        "up",
        "over",
    ):
        by = after_by(words, i, end)
        part: tuple[tuple[str, Range], ...] = (("decides", subject),) if subject else ()
        if mood.passive:
            part = (("decides", by),) if by else ()
        yield Reading(i, "decision", status, part, (i + 1, end))
    elif before & BILLS and subject and word_after(words, i) in _AFTER_PASSED:
        yield Reading(i, "decision", status, (), subject)


def read_named(words: Sequence[Word], i: int) -> Iterator[Reading]:
    """ "She was named as ambassador", "they named Ann Lee chief executive"."""
    mood = mood_of(words, i, "past")
    end = object_end(words, i)
    offices = {"chairman", "chairwoman", "chair", "director", "head", "president", "secretary"}
    offices |= {"chief", "ambassador", "minister", "editor", "manager", "leader", "coach", "to"}
    following = {w.low for w in words[i + 1 : i + 8]}
    if mood.possible or not following & offices or mood.negated:
        return
    subject = subject_of(words, i)
    if mood.passive and subject:
        yield Reading(
            i, "appointment", "happened", (("appointed", subject),), (i + 1, end), sureness=0.9
        )
    elif subject and (mood.perfect or word_after(words, i) not in ("after", "for")):
        target = noun_phrase(words, i + 1)
        parties: list[tuple[str, Range]] = [("appoints", subject)]
        if target:
            parties.append(("appointed", target))
        yield Reading(i, "appointment", "happened", tuple(parties), (i + 1, end), sureness=0.9)
