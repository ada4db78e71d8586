"""Verbs that a small word gives their meaning ("take over", "call off", "is over").

phrasals.txt holds one a line, with words that say the same. Looked for by its verb alone such a
question finds whoever takes anything, and by its small word it finds nearly every sentence.
"""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources

from bot.text.words import Word, term_of

OBJECT_WORDS = 3  # at most between a verb and its small word ("call the strike off")
SUBJECT_WORDS = 3  # at most between "is" and its small word ("is the strike over")
_TO_BE = frozenset("is was are were be been being".split())
_ALONE = "is"
_BE = ("|".join(dict.fromkeys(term_of(word) for word in sorted(_TO_BE))),)
_BASES = {
    form: base
    for base, forms in {
        "take": "took taken", "go": "went gone", "give": "gave given", "break": "broke broken",
        "come": "came", "stand": "stood", "fall": "fell fallen", "hold": "held", "keep": "kept",
        "make": "made", "get": "got", "find": "found", "pay": "paid", "run": "ran",
        "sell": "sold", "send": "sent", "bring": "brought", "buy": "bought",
        "blow": "blew blown", "tear": "tore torn", "throw": "threw thrown",
        "drive": "drove driven", "speak": "spoke spoken", "wind": "wound",
        "write": "wrote written", "win": "won", "let": "letting", "set": "setting",
        "put": "putting", "shut": "shutting", "cut": "cutting",
    }.items()
    for form in forms.split()
}  # fmt: skip
_LIGHT = frozenset(map(term_of, "take go give come get make put set keep bring turn let".split()))
_IT = ("it", "this", "that", "which", "all", "now")
_MOVING = frozenset(("go", "come", "get", "move", "run", "look"))
"""Behind these "on", "in", "over" lead to a place or a thing as often as not."""
_LEADING = frozenset(("on", "in", "over", "off", "under", "out"))
_AFTERWARDS = frozenset("yet now already soon again then today by in on at for and".split())
"""What may follow a small word that ends its clause."""


@dataclass(frozen=True, slots=True)
class Phrasal:
    """What a word of a question means with the small words that belong to it."""

    same: tuple[str, ...]
    """The terms that say the same."""
    particles: tuple[str, ...]
    """The terms of the small words behind it; of a small word that stands alone, of the verb
    before it ("is" in "is over")."""
    is_alone: bool = False
    """Whether it is itself the small word."""
    subject: str = ""
    """Of a small word that stands alone: the term of what it is asked of."""
    tells_little: bool = True
    """Whether the word tells little without its small words ("take", "go")."""

    @property
    def before(self) -> tuple[str, ...]:
        """What stands before the word in question: a form of "be" before a small word."""
        return ("is",) if self.is_alone and self.particles else ()

    @property
    def after(self) -> tuple[str, ...]:
        return () if self.is_alone else self.particles

    def stands_in(self, term: str, line: str) -> bool:
        """Whether `line`, the terms of a sentence with a space around each, has it as a whole."""
        small = " ".join(self.particles)
        if not self.is_alone:
            found = re.search(rf" {re.escape(term)}(?: \S+){{0,{OBJECT_WORDS}}} {small} ", line)
            return found is not None
        of = "|".join((*_IT, re.escape(self.subject)) if self.subject else _IT)
        asked = rf" (?:{of}) (?:{small}|{small} \S+|\S+ {small}) {re.escape(term)} "
        return bool(small) and re.search(asked, line) is not None


@lru_cache(maxsize=1)
def _table() -> dict[tuple[str, str], tuple[str, ...]]:
    """The terms that say the same, by the term of the verb and the small words; a small word that
    stands alone has no verb."""
    table = resources.files("bot.answer").joinpath("phrasals.txt")
    found: dict[tuple[str, str], tuple[str, ...]] = {}
    for line in table.read_text(encoding="utf-8").splitlines():
        if line.startswith("#"):
            continue
        phrase, _, same = line.partition(": ")
        verb, _, small = phrase.rpartition(" ") if phrase.count(" ") < 2 else phrase.partition(" ")
        key = (verb if verb in ("", _ALONE) else term_of(verb), small)
        found[key] = tuple(dict.fromkeys(term_of(word) for word in same.split()))
    return found


def find_phrasals(words: Sequence[Word]) -> Mapping[int, Phrasal]:
    """The words of a question that have their meaning from a small word behind them, or are such
    a word, by where they start."""
    table = _table()
    found: dict[int, Phrasal] = {}
    taken: set[int] = set()
    last = len(words) - 1
    for place, word in enumerate(words):
        if word.folded in _TO_BE:
            continue
        base = term_of(_BASES.get(word.folded, word.folded))
        reaches = place < last <= place + 1 + OBJECT_WORDS and not word.is_stop
        for at in (place + 1, last if reaches else place + 1):
            small = next(
                (
                    [w.folded for w in words[at : at + many]]
                    for many in (2, 1)
                    if (base, " ".join(w.folded for w in words[at : at + many])) in table
                ),
                None,
            )
            if small is None or (at == place + 1 and _leads_on(base, words, at)):
                continue
            found[word.span.start] = Phrasal(
                table[base, " ".join(small)],
                tuple(map(term_of, small)),
                tells_little=base in _LIGHT,
            )
            taken.update(range(at, at + len(small)))
            break
    for place, word in enumerate(words):
        if word.folded not in _TO_BE:
            continue
        for at in range(place + 1, min(place + 2 + SUBJECT_WORDS, len(words))):
            same = table.get((_ALONE, words[at].folded))
            if same is not None and at not in taken and _ends_clause(words, at):
                found[words[at].span.start] = Phrasal(
                    same, _BE, is_alone=True, subject=_subject(words, place, at)
                )
    if words and (same := table.get(("", words[last].folded))) is not None:
        found.setdefault(words[last].span.start, Phrasal(same, (), is_alone=True))
    return found


def _subject(words: Sequence[Word], verb: int, particle: int) -> str:
    """The term of what a small word behind a form of "be" is said or asked of."""
    between = [w.term for w in words[verb + 1 : particle] if not w.is_stop]
    before = [w.term for w in words[max(0, verb - SUBJECT_WORDS) : verb] if not w.is_stop]
    return next(reversed(between), next(reversed(before), ""))


def _ends_clause(words: Sequence[Word], at: int) -> bool:
    return at + 1 == len(words) or words[at + 1].folded in _AFTERWARDS


def _leads_on(base: str, words: Sequence[Word], at: int) -> bool:
    """Whether the small word at `at` leads on to a place or thing: "go on strike"."""
    if base not in _MOVING or words[at].folded not in _LEADING:
        return False
    return not _ends_clause(words, at)
