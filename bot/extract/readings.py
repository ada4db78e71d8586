"""Reads the words of one sentence for facts, trigger by trigger."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.extract.agreement_facts import read_agreement
from bot.extract.ballot_facts import read_cast, read_named, read_passing
from bot.extract.clauses import (
    Word,
)
from bot.extract.fact_words import (
    AGREEMENT_NOUNS,
    NOUN_FACTS,
    PASSING,
    PHRASE_VERBS,
    STRESSING,
    TALKS,
    VERBS,
    Verb,
)
from bot.extract.noun_facts import (
    is_call,
    is_noun,
    read_noun,
    read_stressing,
    read_talks,
)
from bot.extract.reading_parts import (
    Reading,
    word_after,
)
from bot.extract.verb_facts import read_verb


def read_triggers(words: Sequence[Word]) -> list[Reading]:
    """The facts that `words` tell, in order; each word tells one at most."""
    found: list[Reading] = []
    covered: set[int] = set()
    for i, word in enumerate(words):
        if i in covered:
            continue
        for reading in _read_at(words, i, word.low):
            found.append(reading)
            if word.low in NOUN_FACTS and reading.at == i:
                covered.update(range(i, i + 4))
            if reading.kind == "agreement" and reading.object:
                # "agreed on a deal to ..." is one agreement.
                covered.update(range(i, min(reading.object[1], i + 5)))
            break
    return found


def _read_at(words: Sequence[Word], i: int, low: str) -> Iterator[Reading]:
    if low in AGREEMENT_NOUNS:
        yield from read_agreement(words, i)
        return
    if low in ("called", "calling", "calls", "call") and word_after(words, i) == "off":
        verb = Verb("cancel", "decision", "suspended", "decides")
        tense = {"called": "past", "calling": "gerund", "calls": "present"}.get(low, "base")
        yield from read_verb(words, i, verb, tense, skip=1)
        return
    if low in PHRASE_VERBS and not is_call(words, i):
        follow, kind, status, part, object_part = PHRASE_VERBS[low]
        if word_after(words, i) in follow.split("|"):
            verb = Verb(low, kind, status, part, object_part)
            tense = "base" if low in ("step", "strike") else "past"
            yield from read_verb(words, i, verb, tense, skip=1)
            return
    if low == "cast":
        yield from read_cast(words, i)
        return
    if low in PASSING:
        yield from read_passing(words, i)
    elif low == "named":
        yield from read_named(words, i)
    elif low in TALKS:
        yield from read_talks(words, i)
    elif low in STRESSING:
        yield from read_stressing(words, i)
    elif low in NOUN_FACTS and is_noun(words, i):
        yield from read_noun(words, i)
    elif low in VERBS:
        verb, tense = VERBS[low]
        yield from read_verb(words, i, verb, tense)
