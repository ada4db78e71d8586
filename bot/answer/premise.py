"""What a question takes for granted ("when did Berg resign": that she did), or asks after ("did
Berg resign")."""

from __future__ import annotations

import re
from collections.abc import Iterable, Mapping, Sequence
from dataclasses import dataclass

from bot.answer.intents import is_saying
from bot.answer.question import PRONOUNS
from bot.answer.retrieve import Query
from bot.answer.wanted import Wanted
from bot.text.ordinary import ordinary_words
from bot.text.words import Word, find_words

_ASKED = re.compile(
    r"(?:(?:and|so|but) )?(?:(?:on|in|at|by|since) )?"
    r"(?:when|wen|whn|why|wy|y|where|how|(?:what|which) (?:day|date|year|month|week|time)) "
    r"(?P<auxiliary>did|was|were|has|had|have|is|are) ",
    re.IGNORECASE,
)
_WHETHER = re.compile(
    r"(?:(?:and|so|but|ok) )?(?P<auxiliary>did|was|were|has|had|have|is|are) "
    r"(?!(?:that|this|there|it true)\b)",
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
_DENYING = frozenset(
    "not never refused refuses declined declines failed fails without nor cannot".split()
)
CALL_REACH = 12  # "called on the Marland governor, Ada Berg, to resign"
_CALLS = frozenset(
    """
    call calls called calling demand demands demanded demanding urge urges urged urging want wants
    wanted ask asks asked refuse refuses refused pressure pressed
    """.split()
)
"""The same of wishes, which stand farther off."""
_PARTICLES = frozenset("off up down out over back away in on through aside".split())
"""What follows a verb and makes another of it: "called off" is not "called"."""
PARTICLE_REACH = 4  # "called the strike off"
_HOLDERS = frozenset(
    "the a an his her its their our my your this that these those all any some".split()
)
_ANYBODY = frozenset(
    "anyone anybody someone somebody everyone everybody nobody anything something people sides "
    "parties both".split()
)
"""Subjects that may be told by any name."""
_PARTICIPLES = frozenset(
    """
    begun bought broken brought built caught chosen cut done drawn driven fallen fed felt fought
    forbidden forgiven frozen hit hurt kept left lent lost met paid put ridden risen sacked sent
    set shot shown shut sold spent split spoken stolen struck stuck sunk sworn taken taught thrown
    torn won woken worn written born beaten bitten blown drunk eaten flown forgotten given gone
    hidden hung laid led made said seen sung torn withdrawn overturned undone
    """.split()
)
_PASTS = {
    "begin": "began", "break": "broke", "bring": "brought", "build": "built", "buy": "bought",
    "catch": "caught", "choose": "chose", "come": "came", "cut": "cut", "draw": "drew",
    "drink": "drank", "drive": "drove", "eat": "ate", "fall": "fell", "fight": "fought",
    "find": "found", "fly": "flew", "forget": "forgot", "give": "gave", "go": "went",
    "hide": "hid", "hit": "hit", "hold": "held", "hurt": "hurt", "keep": "kept", "lead": "led",
    "leave": "left", "lend": "lent", "lose": "lost", "make": "made", "meet": "met", "pay": "paid",
    "quit": "quit", "ride": "rode", "rise": "rose", "run": "ran", "sell": "sold", "send": "sent",
    "shoot": "shot", "shut": "shut", "sing": "sang", "sink": "sank", "spend": "spent",
    "split": "split", "stand": "stood", "steal": "stole", "strike": "struck", "swear": "swore",
    "take": "took", "throw": "threw", "wear": "wore", "win": "won", "withdraw": "withdrew",
    "write": "wrote",
}  # fmt: skip
_BROUGHT_ABOUT = frozenset("forced had managed made went helped began started".split())
"""After these "to do" was done."""
_MANIFOLD = frozenset("left leave leaves leaving step steps call calls called turn held".split())
"""These stand for another verb in one of their senses only: "left" for "resigned"."""
MOST_SUBJECT_WORDS = 4
_ENDS = frozenset(("first", "last"))
"""With these even a light verb tells: what was first made was made before."""
_TO_BE = frozenset("be been being is are was were am".split())
_AFTER = frozenset("after since by for of".split())
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
    particle: str | None = None
    """What follows the verb and belongs to it ("off" in "called off")."""
    is_asked: bool = False
    """Whether it is what the question asks ("did Ada Berg resign"), not what it takes for
    granted."""


def find_premise(query: Query) -> Premise | None:
    """What `query` takes for granted; None for a question of another shape."""
    text = query.question.text
    match = _ASKED.match(text)
    if match is None:
        return _find_asked(query)
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
        clause = _clause(subject, match["auxiliary"].lower(), word, text)
        reads_well = subject[:1].isupper() and not query.read_as and "?" not in clause
        return Premise(
            wanted, place, named, clause if reads_well and len(clause) <= CLAUSE_CHARS else ""
        )
    return None


def _find_asked(query: Query) -> Premise | None:
    """What a question asks after that is answered by yes or no ("was the strike called off");
    None for another, and where its verb cannot be told from its subject."""
    text = query.question.text
    match = _WHETHER.match(text)
    if match is None:
        return None
    auxiliary = match["auxiliary"].lower()
    asked = {w.position: (i, w) for i, w in enumerate(query.wanted) if not w.carried}
    words = [w for w in find_words(text) if w.span.start >= match.end()]
    # The subject and its verb stand together, up to what the verb governs.
    run: list[Word] = []
    for word in words:
        if word.folded in _HOLDERS and not run:
            continue
        if word.is_stop and word.folded not in ("been", "be", "being", "not"):
            if run or word.folded not in PRONOUNS:
                break
            return None
        run.append(word)
    named = 0
    for word in run:
        if word.span.start not in asked or not asked[word.span.start][1].is_name:
            break
        named += 1
    found = [(n, w) for n, w in enumerate(run) if n and _may_be_verb(w, auxiliary, asked)]
    if named and named < len(run) and run[named].span.start in asked and auxiliary == "did":
        found = [(named, run[named])]  # what follows a name is what it did
    if not found or found[-1][0] > MOST_SUBJECT_WORDS:
        return None
    n, word = found[-1]
    if any(w.folded in _ANYBODY for w in run[:n]):
        return None
    place, wanted = asked[word.span.start]
    following = next((w.folded for w in words if w.span.start > word.span.start), "")
    particle = following if following in _PARTICLES else None
    if (wanted.typed in _LIGHT or is_saying(wanted.typed)) and particle is None:
        return None
    if wanted.is_unknown and not wanted.is_ordinary:
        return None  # a slip that could not be read
    before = [asked[w.span.start][0] for w in run[:n] if w.span.start in asked]
    if not before:
        return None
    subject = text[match.end() : run[n - 1].span.end]
    subject = re.sub(r" (?:been|be|being|not)$", "", subject)
    clause = _clause(subject, auxiliary, word, text)
    if " been " in text[match.end() : word.span.start + 1]:
        clause = clause.replace(f" {auxiliary} ", f" {auxiliary} been ", 1)
    reads_well = not query.read_as and "?" not in clause and len(clause) <= CLAUSE_CHARS
    has_names = any(w.is_name and not w.is_ordinary for _, w in asked.values())
    reads_well = reads_well and (not has_names or text[:1].isupper() or subject[:1].isupper())
    return Premise(
        wanted, place, before[-1], clause if reads_well else "", particle, is_asked=True
    )


def _may_be_verb(word: Word, auxiliary: str, asked: Mapping[int, tuple[int, Wanted]]) -> bool:
    """Whether `word` may be the verb that goes with `auxiliary`."""
    place = asked.get(word.span.start)
    if place is None or place[1].is_name:
        return False
    if auxiliary == "did":
        return past_of(word.folded) is not None
    return word.folded.endswith("ed") or word.folded in _PARTICIPLES


def past_of(verb: str) -> str | None:
    """The past of the verb whose base is `verb`; None where news print none."""
    if verb in _PASTS:
        return _PASTS[verb]
    forms = (_regular_past(verb), verb + verb[-1:] + "ed")
    return next((form for form in forms if form in ordinary_words()), None)


def _regular_past(verb: str) -> str:
    if verb.endswith("e"):
        return f"{verb}d"
    return f"{verb[:-1]}ied" if verb.endswith("y") and verb[-2:-1] not in "aeiou" else f"{verb}ed"


def _clause(subject: str, auxiliary: str, verb: Word, text: str) -> str:
    """The subject and what it is said to have done, in the order of a statement."""
    rest = text[verb.span.start :].rstrip(" ?!.")
    if auxiliary == "did":
        past = past_of(verb.folded) or _regular_past(verb.folded)
        return f"{subject} {past}{rest[len(verb.folded) :]}"
    return f"{subject} {auxiliary} {rest}"


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
    if premise.is_asked and max(held[premise.named], near[premise.named]) < NEAR:
        return False
    if held[premise.place] >= HELD:
        sentences = [next(iter(sentences))]
        if of_others and not held[premise.named]:
            return False
    elif near[premise.place] < NEAR:
        return False
    return any(_happens(premise, sentence) for sentence in sentences)


def is_denied(premise: Premise, sentence: str, held: Sequence[float]) -> bool:
    """Whether `sentence` says of what is asked after that it did not happen ("she refused to sign
    it"): that answers, too."""
    if not premise.is_asked or min(held[premise.place], held[premise.named]) < HELD:
        return False
    words = find_words(sentence)
    return any(
        premise.verb.credits.get(word.term, 0.0) >= HELD
        and any(
            w.folded in _DENYING or w.folded.endswith("n't")
            for w in words[max(0, place - MODAL_REACH) : place]
        )
        for place, word in enumerate(words)
    )


def _happens(premise: Premise, sentence: str) -> bool:
    """Whether the verb of `premise` stands in `sentence` as something that happened."""
    verb = premise.verb
    words = find_words(sentence)
    for place, word in enumerate(words):
        is_itself = word.term == next(iter(verb.credits))
        credit = 1.0 if is_itself else verb.credits.get(word.term, 0.0)
        if premise.is_asked and credit < 1.0 and word.folded in _MANIFOLD:
            continue
        if credit >= HELD:
            modals = {w.folded for w in words[max(0, place - MODAL_REACH) : place]}
            calls = {w.folded for w in words[max(0, place - CALL_REACH) : place]}
            if word.folded.endswith("ed") and words[place - 1].folded not in _TO_BE:
                calls = set()  # "on a call she apologised": nobody called for it
            if premise.particle is not None and is_itself:
                after = {w.folded for w in words[place + 1 : place + 1 + PARTICLE_REACH]}
                if premise.particle not in after:
                    continue
            if premise.is_asked and (_is_aim(words, place) or _is_noun(words, place)):
                continue  # what is to happen, or is only spoken of, has not happened
            if modals.isdisjoint(_MODALS) and calls.isdisjoint(_CALLS):
                return True
    return False


def _is_aim(words: Sequence[Word], place: int) -> bool:
    """Whether the verb at `place` is an infinitive after a word that does not say it was done."""
    at = place
    while at > 1 and words[at - 1].folded in ("be", "been"):
        at -= 1
    if at < 2 or words[at - 1].folded != "to":
        return False
    done = at == place and words[place].folded.endswith(("ed", "ing", "s"))
    return not done and words[at - 2].folded not in _BROUGHT_ABOUT


def _is_noun(words: Sequence[Word], place: int) -> bool:
    """Whether the form of the verb at `place` that ends in -ing stands for itself: "repairing the
    bridge would take a year"."""
    before = words[place - 1].folded if place else ""
    return words[place].folded.endswith("ing") and before not in _TO_BE | _AFTER
