"""Reads plans that no verb of planning tells: "the council is to meet on Friday", "prisoners are
due to be exchanged"."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence

from bot.extract.clauses import Word, object_end
from bot.extract.reading_parts import Range, Reading
from bot.extract.subjects import subject_of
from bot.text.tables import word_set

DUE = re.compile(
    r"\b(?:is|are|was|were) (?:also |now |then |both |all )?(?:(?:due|set|scheduled|slated) )?to "
    r"[a-z]{2}"
)
"""Where such a plan may stand; a sentence without it is not read for one."""
_BE = frozenset(("is", "are", "was", "were"))
_BETWEEN = frozenset(("also", "now", "then", "both", "all", "due", "set", "scheduled", "slated"))
_NO_PLAN_SUBJECTS = word_set(
    "aim aims goal goals plan plans idea ideas job jobs point way ways purpose task tasks "
    "question questions role mission intent intention hope hopes dream duty step steps challenge "
    "strategy priority thing things need trick key best only worst reason answer option options "
    "choice objective alternative temptation what all it this that there who which effect message "
    "focus talks negotiations solution instinct tendency ability desire first"
)
"""Subjects of which "is to" tells what they are, and no plan."""
_NO_PLAN_VERBS = word_set(
    "blame be say see understand know believe assume suppose thank think make speak avoid ensure"
)
_PASSIVE_PLAN = re.compile(r"\w+(?:ed|en|wn|ught|ld|id|nt|ut)$")


def read_due(words: Sequence[Word]) -> Iterator[Reading]:
    """The plans that "is to" and "are due to" tell."""
    for i, word in enumerate(words[:-2]):
        if word.low not in _BE:
            continue
        j = i + 1
        while j < len(words) and words[j].low in _BETWEEN:
            j += 1
        if j + 1 >= len(words) or words[j].low != "to":
            continue
        verb = words[j + 1].low
        passive = verb == "be" and j + 2 < len(words) and _PASSIVE_PLAN.match(words[j + 2].low)
        if (verb in _NO_PLAN_VERBS and not passive) or not verb.isalpha():
            continue
        if any(w.low in ("if", "whether", "not", "never", "how", "what") for w in words[:j][-7:]):
            continue
        subject = subject_of(words, i)
        if subject is None or _NO_PLAN_SUBJECTS & {w.low for w in words[slice(*subject)]}:
            continue
        at = j + 2 if passive else j + 1
        end = object_end(words, at)
        parties: tuple[tuple[str, Range], ...] = () if passive else (("plans", subject),)
        about = (subject[0], end) if passive else (at, end)
        yield Reading(at, "plan", "planned", parties, about, sureness=0.9)
