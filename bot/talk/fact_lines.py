"""A fact in one line: what became of it, between whom, about what and when."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answer.compose import spoken_value
from bot.answer.question import PRONOUNS
from bot.answer.result import Answer
from bot.locales import N_, _
from bot.locales.days import spoken_day
from bot.model import Fact, Findings, Polarity
from bot.talk.lines import day_said, named
from bot.text.words import find_words, fold, terms_of

LONGEST_LEAD_CHARS = 120  # what a notification shows
LONGEST_OBJECT_CHARS = 60
MOST_PARTIES = 4
_NO_THING = re.compile(r"(?:by|is|are|was|were|and|or|but|of|had|has|have|that|which|who)\b", re.I)
"""How the object of a fact begins that tells nothing by itself ("is a timer")."""
AGREEING = frozenset(
    terms_of("agree agreed agreement agreements deal deals accord decide decided lately recently")
)
"""Words of a question that ask for agreements, but not for which."""
_STATUS = {
    ("agreement", "agreed"): N_("Agreed"),
    ("agreement", "signed"): N_("Signed"),
    ("agreement", "not_agreed"): N_("Not agreed"),
    ("decision", "agreed"): N_("Decided"),
    ("decision", "rejected"): N_("Rejected"),
    ("decision", "suspended"): N_("Suspended"),
    ("vote", "happened"): N_("Voted"),
    ("promise", "planned"): N_("Promised"),
    ("plan", "planned"): N_("Planned"),
    ("demand", "demanded"): N_("Demanded"),
}
_DONE = _STATUS | {
    ("resignation", "happened"): N_("Resigned"),
    ("appointment", "happened"): N_("Appointed"),
    ("arrest", "happened"): N_("Arrested"),
    ("launch", "happened"): N_("Launched"),
}
"""What became of it, for a question whether it happened."""
_VERBS = {
    "agreement": "agree accept sign settle deal accord",
    "decision": "decide approve adopt ban reject veto suspend postpone cancel scrap halt "
    "stop delay",
    "vote": "vote",
    "promise": "promise pledge vow",
    "plan": "plan",
    "demand": "demand",
    "resignation": "resign quit step",
    "appointment": "appoint elect hire nominate name",
    "arrest": "arrest detain jail charge",
    "launch": "launch unveil",
}
_KIND_TERMS = {kind: frozenset(terms_of(verbs)) for kind, verbs in _VERBS.items()}


def agreed_line(question: str, best: Answer, findings: Findings) -> str | None:
    """What became of it, between whom and when, by the fact of the sentence that the question
    names; else by what was agreed rather than what was not, and by the surest."""
    facts = [
        f for f in findings.facts if (f.kind, f.status) in _STATUS and best.span.overlaps(f.span)
    ]
    if not facts:
        return None
    asked = {w.term for w in find_words(question) if not w.is_stop} - AGREEING

    def closeness(fact: Fact) -> tuple[bool, int, bool, float]:
        named = {w.term for w in find_words(fact.object or "")}
        settled = fact.status != "not_agreed"
        return fact.kind == "agreement", len(asked & named), settled, fact.confidence

    return fact_line(max(facts, key=closeness), best)


def whether_line(question: str, best: Answer, findings: Findings) -> str | None:
    """What became of the thing that is asked after, by the fact of the sentence that has its
    verb; that it is denied, where the sentence denies it."""
    quote = best.quote
    if quote is not None and quote.polarity is Polarity.DENIED and best.speaker is not None:
        denied = _("Denied by {name}").format(name=named(best))
        day = day_said(best, findings) or best.article.day
        return f"{denied} · {spoken_day(day)}" if day is not None else denied
    asked = set(terms_of(question))
    for fact in findings.facts:
        told = (fact.kind, fact.status) in _DONE and best.span.overlaps(fact.span)
        if told and asked & _KIND_TERMS.get(fact.kind, frozenset()):
            return fact_line(fact, best)
    return None


def has_line(fact: Fact) -> bool:
    """Whether what became of it can be said in a word."""
    return (fact.kind, fact.status) in _DONE


def fact_line(fact: Fact, best: Answer) -> str:
    """What became of it, who took part, what it is about, and the day; empty for what is not
    settled yet (an agreement that is only planned)."""
    if (fact.kind, fact.status) not in _DONE:
        return ""
    text = _(_DONE[fact.kind, fact.status])
    parties = _parties(fact)
    if len(parties) > 1 or (parties and fact.kind != "agreement"):
        # Of an agreement one party alone would hide with whom it was made.
        text += f": {', '.join(parties[:MOST_PARTIES])}"
    more = []
    if thing := _thing(fact, best):
        more.append(thing)
    if fact.made:
        more.append(spoken_value(fact.made))
    elif best.article.day is not None:
        more.append(spoken_day(best.article.day))
    if fact.effective and fact.effective != fact.made:
        more.append(_("for {day}").format(day=spoken_value(fact.effective)))
    for part in more:  # one that does not fit is left out whole
        if len(text) + len(part) + len(" · ") <= LONGEST_LEAD_CHARS:
            text += f" · {part}"
    return text


def settled_fact(best: Answer, findings: Findings) -> Fact | None:
    """The agreement or decision that the sentence tells of, with something said of it; None for
    none."""
    for fact in findings.facts:
        settled = fact.kind in ("agreement", "decision") and fact.status != "not_agreed"
        if settled and best.span.overlaps(fact.span) and is_telling(fact, best):
            return fact
    return None


def is_telling(fact: Fact, answer: Answer) -> bool:
    """Whether a line on the fact says between whom it is, or what about."""
    return bool(_thing(fact, answer)) or len(_parties(fact)) > 1


def _thing(fact: Fact, best: Answer) -> str:
    """What a fact is about, as the sentence prints it; empty where it would not be understood."""
    thing = fact.object or ""
    if thing not in best.text or _NO_THING.match(thing):
        return ""
    if len(thing) <= LONGEST_OBJECT_CHARS:
        return thing
    return thing[:LONGEST_OBJECT_CHARS].rpartition(" ")[0].rstrip(" ,;:") + "…"


def _parties(fact: Fact) -> Sequence[str]:
    names = (p.name for p in fact.parties if p.name[:1].isupper() and fold(p.name) not in PRONOUNS)
    return list(dict.fromkeys(names))
