"""What a question takes for granted: "when did Berg resign" that she did."""

from __future__ import annotations

import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass

from bot.answer.intents import is_saying
from bot.answer.retrieve import Query, Wanted
from bot.text.words import find_words

_ASKED = re.compile(
    r"(?:(?:and|so|but) )?(?:(?:on|in|at|by|since) )?"
    r"(?:when|wen|whn|why|wy|y|where|how|(?:what|which) (?:day|date|year|month|week|time)) "
    r"(?P<auxiliary>did|was|were|has|had|have|is|are) ",
    re.IGNORECASE,
)
# Verbs that tell too little for their absence to tell anything, and those of answering, which news
# prints without one.
_LIGHT = frozenset(
    """
    come go get give make take put keep have see look feel try start begin become stay remain like
    need use end do find hold lead run bring seem answer reply respond react coming going getting
    giving making taking putting keeping having doing becoming trying made took taken gave given
    went gone kept held came got seen found led done
    """.split()
)
HELD = 0.5  # a common relative is worth less: "replace" for "sack" is not the same report
NEAR = 0.35  # two sentences away, the word may be about another
CLAUSE_CHARS = 90  # of a longer question the words are not said again
MODAL_REACH = 3
_MODALS = frozenset("should would could may might must if not never whether without".split())
"""Shortly before a verb these tell that it was thought of or denied, not that it happened."""
CALL_REACH = 12  # "called on the Marland governor, Ada Berg, to resign"
_CALLS = frozenset(
    """
    call calls called calling demand demands demanded demanding urge urges urged urging want wants
    wanted ask asks asked refuse refuses refused pressure pressed
    """.split()
)
"""The same of wishes, which stand farther off."""
_ENDS = frozenset(("first", "last"))
"""With these even a light verb tells: what was first made was made before."""
_ADVERBS = frozenset("first last finally ever again also once just really".split())


@dataclass(frozen=True, slots=True)
class Premise:
    """That somebody named did something, or that it was done to him.

    `clause` says so in the question's own words ("Ada Berg did resign"); it is empty where they
    were typed so loosely that it would not read well.
    """

    verb: Wanted
    place: int
    """Where the verb stands among the words of the query."""
    named: int
    """Likewise the last word of the name before it."""
    clause: str


def find_premise(query: Query) -> Premise | None:
    """What `query` takes for granted; None for a question of another shape."""
    text = query.question.text
    match = _ASKED.match(text)
    if match is None:
        return None
    asked = {w.position: (i, w) for i, w in enumerate(query.wanted) if not w.carried}
    named, subject, told = -1, "", False
    for word in find_words(text):
        if word.span.start < match.end():
            continue
        place, wanted = asked.get(word.span.start, (0, None))
        if wanted is not None and wanted.is_name:
            named, subject = place, text[match.end() : word.span.end]
            continue
        if word.folded in _ADVERBS:
            told = told or word.folded in _ENDS
            continue
        if named < 0 or wanted is None or is_saying(wanted.typed):
            return None
        if wanted.typed in _LIGHT and not told:
            return None
        rest = text[word.span.start :].rstrip(" ?!.")
        clause = f"{subject} {match['auxiliary'].lower()} {rest}"
        reads_well = subject[:1].isupper() and not query.read_as and "?" not in clause
        return Premise(
            wanted, place, named, clause if reads_well and len(clause) <= CLAUSE_CHARS else ""
        )
    return None


def is_reported(
    premise: Premise,
    sentences: Iterable[str],
    held: Sequence[float],
    near: Sequence[float],
    *,
    of_others: bool,
) -> bool:
    """Whether a sentence reports what the question takes for granted.

    It is the first of `sentences`; those around it follow. Each word of the query found `held` in
    it and `near` around it; `of_others`: people are named in it.
    """
    if max(held[premise.place], near[premise.place]) < NEAR:
        return False
    if held[premise.place] >= HELD:
        sentences = [next(iter(sentences))]
        if of_others and not held[premise.named]:
            return False
    elif near[premise.place] < NEAR:
        return False
    return any(_happens(premise.verb, sentence) for sentence in sentences)


def _happens(verb: Wanted, sentence: str) -> bool:
    """Whether `verb` stands in `sentence` as something that happened."""
    words = find_words(sentence)
    for place, word in enumerate(words):
        if verb.credits.get(word.term, 0.0) >= HELD:
            modals = {w.folded for w in words[max(0, place - MODAL_REACH) : place]}
            calls = {w.folded for w in words[max(0, place - CALL_REACH) : place]}
            if modals.isdisjoint(_MODALS) and calls.isdisjoint(_CALLS):
                return True
    return False
