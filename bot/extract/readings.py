"""Reads the words of one sentence for facts: which trigger tells what, of whom, with what end."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from dataclasses import dataclass

from bot.extract.clauses import Mood, Word, mood_of, object_end, shared_subject, subject_of
from bot.extract.fact_words import (
    AGREEMENT_NOUNS,
    BILLS,
    BODIES,
    COURTS,
    HOLDING,
    NEEDS,
    NOUN_FACTS,
    PASSING,
    PHRASE_VERBS,
    REACH_VERBS,
    REACHED,
    REFUSE_VERBS,
    SEEK_VERBS,
    SIGNED_THINGS,
    STRESSING,
    TALKS,
    TALKS_AHEAD,
    TALKS_OVER,
    VERBS,
    Verb,
)

QUANTIFIERS = frozenset(
    "enough more most their his her the of many electoral popular few these those some winning "
    "cast delegate and no".split()
)
"""Words before "votes" that make it a noun."""

ANNOUNCING = frozenset(
    "announced announces announce confirmed confirm confirms unveiled outlined revealed has have "
    "had made make makes made rejected approved discussed presented proposed issued held hold "
    "continue resumed began begun start started abandoned dropped scrapped defended repeated "
    "renewed rejects".split()
)
"""Verbs whose subject is a party to the plan, promise or talks that they tell of."""

Range = tuple[int, int]
"""A half-open range of word indices."""


@dataclass(frozen=True, slots=True)
class Reading:
    """A fact as the words of one sentence tell it; places are word indices."""

    at: int
    kind: str
    status: str
    parties: tuple[tuple[str, Range], ...] = ()
    object: Range | None = None
    sureness: float = 1.0


NOT_STATUS = {
    "agreement": "not_agreed",
    "decision": "not_agreed",
    "plan": "denied",
    "promise": "denied",
    "demand": "denied",
}


def read_triggers(words: Sequence[Word]) -> list[Reading]:
    """The facts that `words` tell, in order; each word tells one at most."""
    found: list[Reading] = []
    covered: set[int] = set()
    for i, word in enumerate(words):
        if i in covered:
            continue
        for reading in _read_at(words, i, word.low):
            found.append(reading)
            if reading.kind == "agreement" and reading.object:
                # "agreed on a deal to ..." is one agreement.
                covered.update(range(i, min(reading.object[1], i + 5)))
            break
    return found


def _read_at(words: Sequence[Word], i: int, low: str) -> Iterator[Reading]:
    if low in AGREEMENT_NOUNS:
        yield from _agreement_noun(words, i)
        return
    if low in PHRASE_VERBS:
        follow, kind, status, part, object_part = PHRASE_VERBS[low]
        if _after(words, i) in follow.split("|"):
            verb = Verb(low, kind, status, part, object_part)
            yield from _verb(words, i, verb, "past", skip=1)
            return
    if low == "cast" and any(
        w.low in ("vote", "votes", "ballot", "ballots") for w in words[i : i + 6]
    ):
        free = _before(words, i) in ("to", "will", "would", "can", "could", "n't", "not")
        verb = Verb("cast", "vote", "happened", "votes")
        yield from _verb(words, i, verb, "base" if free else "past")
        return
    if low in PASSING:
        yield from _passing(words, i)
    elif low == "named":
        yield from _named(words, i)
    elif low in TALKS:
        yield from _talks(words, i)
    elif low in STRESSING:
        yield from _stressing(words, i)
    elif low in NOUN_FACTS and _is_noun(words, i):
        yield from _noun(words, i)
    elif low in VERBS:
        verb, tense = VERBS[low]
        yield from _verb(words, i, verb, tense)


def _after(words: Sequence[Word], i: int) -> str:
    return words[i + 1].low if i + 1 < len(words) else ""


def _before(words: Sequence[Word], i: int) -> str:
    return words[i - 1].low if i > 0 else ""


def _is_noun(words: Sequence[Word], i: int) -> bool:
    """Whether a word that may be a verb is a noun here: after an article or an adjective."""
    before = _before(words, i)
    if before in ("to", "will", "would", "not", "n't", "can", "could", "should", "must", "may"):
        return False
    if words[i].low in VERBS:
        return (
            before in ANNOUNCING
            or before
            in (
                "the a an his her its their our this that any no new final first key party-line 's of"
            ).split()
            or before.endswith(("ic", "al"))
        )
    return True


def _verb(
    words: Sequence[Word], i: int, verb: Verb, tense: str, *, skip: int = 0
) -> Iterator[Reading]:
    mood = mood_of(words, i, tense)
    end = object_end(words, i)
    after = _after(words, i)
    if mood.done:
        tense = "past"
    if mood.possible or (tense == "gerund" and not _gerund_counts(words, i, verb)):
        return
    if not _verb_counts(words, i, verb, tense, mood, after):
        return
    status = _status(verb, mood)
    kind = verb.kind
    if verb.lemma in ("sign", "initial") and BILLS.difference(("treaty", "deal")).intersection(
        w.low for w in words[max(0, i - 6) : i + 7]
    ):
        kind = "decision"
    subject = None if tense == "gerund" else subject_of(words, i)
    subject = subject or shared_subject(words, i)
    parties: list[tuple[str, Range]] = []
    passive = mood.passive and verb.lemma not in ("agree", "vote", "decide", "die", "resign")
    if passive or (tense == "past" and _reduced(words, i) and verb.object_part):
        if subject and verb.object_part:
            parties.append((verb.object_part, subject))
        by = _by(words, i, end)
        if by:
            parties.append((verb.part, by))
    else:
        if subject:
            parties.append((verb.part, subject))
        if verb.object_part:
            target = _noun_phrase(words, i + 1 + skip)
            if target:
                parties.append((verb.object_part, target))
        partner = _with(words, i, end) if verb.kind == "agreement" else None
        if partner:
            parties.append((verb.part, partner))
    if kind == "demand":
        rejecter = _rejecter(words, end)
        if rejecter:
            status = "rejected"
            parties.append(("rejects", rejecter))
    elif status == "rejected":
        parties = [("rejects" if p == verb.part else p, r) for p, r in parties]
    first = i + 1 + skip
    yield Reading(i, kind, status, tuple(parties), (first, end) if first < end else None)


def _rejecter(words: Sequence[Word], end: int) -> Range | None:
    """Who turns a demand down in the clause behind it (", which the council has rejected")."""
    if end + 1 >= len(words) or words[end].low != "," or words[end + 1].low != "which":
        return None
    for j in range(end + 2, min(end + 9, len(words))):
        if words[j].low in ("rejected", "refused", "dismissed", "denied", "declined"):
            return subject_of(words, j)
    return None


def _status(verb: Verb, mood: Mood) -> str:
    if mood.refused:
        return "rejected" if verb.kind in ("agreement", "decision") else "denied"
    if mood.negated:
        return NOT_STATUS.get(verb.kind, "not_happened")
    if mood.planned and verb.kind not in ("demand", "promise", "plan"):
        return "planned"
    return verb.status


def _gerund_counts(words: Sequence[Word], i: int, verb: Verb) -> bool:
    """Whether an "-ing" form tells a fact: after "is" or as the clause of a deed."""
    before = _before(words, i)
    if verb.kind == "demand" and (before == "by" or before.endswith("ly")):
        return True
    if verb.kind in ("demand", "plan", "promise"):
        return before in ("is", "are", "was", "were", ",", "been", "'s", "'re")
    if verb.lemma == "decide":
        return _after(words, i) in ("to", "not", "against") and before not in (
            "before",
            "when",
            "of",
            "while",
            "in",
        )
    if verb.lemma == "vote":
        return before in ("by", "after", ",") and _after(words, i) in (
            "to",
            "for",
            "against",
            "on",
        )
    if verb.lemma in ("agree", "sign"):
        return before in ("after", ",", "by", "despite", "without", "before")
    return before in ("after", ",") and verb.kind in ("decision", "vote", "appointment")


def _verb_counts(
    words: Sequence[Word], i: int, verb: Verb, tense: str, mood: Mood, after: str
) -> bool:
    """Whether the verb tells a fact here, by what stands around it."""
    following = [w.low for w in words[i + 1 : i + 5]]
    if verb.lemma == "agree":
        if tense in ("base", "present") and not mood.planned and after != "to":
            return False
        if after in ("to", "on", "upon"):
            subject = _before(words, i)
            return not (subject in ("i", "we") and tense == "base")
        if after == "in" and "principle" in following:
            return True
        if after == "that":
            return any(w.low in ("should", "must", "would", "will") for w in words[i + 2 : i + 14])
        return mood.negated and after != "with" and tense != "base" and mood.refused
    if verb.lemma in ("sign", "ratify", "initial"):
        if words[i].low in ("sign", "signs", "initial", "initials") and not mood.planned:
            return False
        near = following if not mood.passive else [w.low for w in words[max(0, i - 10) : i]]
        near = near + [w.low for w in words[i + 5 : i + 8]]
        return bool(SIGNED_THINGS.intersection(near)) or after in ("into", "off")
    if verb.lemma == "adopt":
        near = [w.low for w in words[max(0, i - 8) : i + 7]]
        return bool(BILLS.intersection(near)) and "child" not in near
    if verb.lemma in ("adopt", "enact", "approve", "veto", "repeal", "suspend", "reject"):
        return after not in ("up", "off", "") or verb.lemma == "veto"
    if verb.lemma in ("decide", "opt", "resolve"):
        if tense == "base" and not mood.planned and not mood.negated:
            return False
        wanted = ("to", "against", "on", "for", "that", "not", "in", "upon", "unanimously")
        return after in wanted and not (after == "to" and "be" in following[:1])
    if verb.lemma == "vote":
        return _vote_counts(words, i, tense, mood, after)
    if verb.lemma in ("rule", "uphold", "overturn"):
        nearby = {w.low.rstrip("s") for w in words[max(0, i - 10) : i]}
        courts = {c.rstrip("s") for c in COURTS}
        return bool(nearby & courts) or (verb.lemma == "rule" and after in ("that", "against"))
    if verb.kind == "death" and verb.lemma == "die":
        return tense in ("past", "present") or mood.planned
    if verb.lemma in ("plan", "intend"):
        return after in ("to", "on", "for") and not mood.passive
    if verb.kind == "promise":
        return tense != "base"
    if verb.lemma in ("fire", "sack", "hire", "elect", "nominate", "charge"):
        return tense in ("past", "present") and after not in ("on", "at", "up", "back")
    if tense == "base":
        return mood.planned or mood.negated
    if tense == "present" and verb.kind == "decision":
        # "A party that rejects its own" tells no deed; a name must do it.
        subject = subject_of(words, i)
        return subject is not None and any(w.capital for w in words[slice(*subject)])
    return True


def _vote_counts(words: Sequence[Word], i: int, tense: str, mood: Mood, after: str) -> bool:
    """Whether "vote" tells of a vote: a past one, or one that a body is to hold."""
    if tense == "past" and not mood.planned:
        return True
    if tense == "present":
        return after in ("to", "on", "against") and _before(words, i) not in QUANTIFIERS
    if tense == "gerund":
        return True
    subject = subject_of(words, i)
    if not mood.planned or subject is None:
        return False
    return any(w.low in BODIES for w in words[subject[0] : subject[1]])


def _reduced(words: Sequence[Word], i: int) -> bool:
    """Whether the participle follows its noun ("the man arrested on Monday")."""
    return _after(words, i) in ("by", "in", "on", "at", "as", "after", "for")


def _by(words: Sequence[Word], i: int, end: int) -> Range | None:
    for j in range(i + 1, min(end, i + 16)):
        if words[j].low == "by":
            return _noun_phrase(words, j + 1)
    return None


def _with(words: Sequence[Word], i: int, end: int) -> Range | None:
    for j in range(i + 1, min(end, i + 14)):
        if words[j].low == "with":
            return _noun_phrase(words, j + 1)
    return None


_PHRASE_ENDS = frozenset(
    "to for on in of at by with from that which who as into over under after before until and or "
    "but is are was were has have had will would not because if when while".split()
)


def _noun_phrase(words: Sequence[Word], start: int) -> Range | None:
    """The range of the noun phrase that begins at `start`; "A and B" is one phrase."""
    i = start
    while i < len(words) and i - start < 8:
        word = words[i]
        if word.is_mark:
            break
        if word.low in _PHRASE_ENDS and not (
            word.low == "and" and i > start and i + 1 < len(words) and not words[i + 1].is_mark
        ):
            break
        i += 1
    return (start, i) if i > start else None


def _passing(words: Sequence[Word], i: int) -> Iterator[Reading]:
    """ "The House passed a bill", "a measure that passed 52-48"."""
    end = object_end(words, i)
    tense = "past" if words[i].low == "passed" else "base"
    mood = mood_of(words, i, tense)
    if mood.possible or (tense == "base" and not mood.planned and words[i].low != "passes"):
        return
    following = {w.low for w in words[i + 1 : i + 7]}
    before = {w.low for w in words[max(0, i - 5) : i]}
    subject = subject_of(words, i)
    status = "not_agreed" if mood.negated else "planned" if mood.planned else "agreed"
    if following & BILLS and _after(words, i) not in (
        "away",
        "through",
        "on",
        "out",
        "up",
        "over",
    ):
        by = _by(words, i, end)
        part: tuple[tuple[str, Range], ...] = (("decides", subject),) if subject else ()
        if mood.passive:
            part = (("decides", by),) if by else ()
        yield Reading(i, "decision", status, part, (i + 1, end))
    elif before & BILLS and subject and _after(words, i) in ("", "the", "in", "by", "with", ","):
        yield Reading(i, "decision", status, (), subject)


def _named(words: Sequence[Word], i: int) -> Iterator[Reading]:
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
    elif subject and (mood.perfect or _after(words, i) not in ("after", "for")):
        target = _noun_phrase(words, i + 1)
        parties: list[tuple[str, Range]] = [("appoints", subject)]
        if target:
            parties.append(("appointed", target))
        yield Reading(i, "appointment", "happened", tuple(parties), (i + 1, end), sureness=0.9)


def _noun(words: Sequence[Word], i: int) -> Iterator[Reading]:
    """A noun that tells a fact: "the decision to close", "a vote on", "the death of"."""
    low, after = words[i].low, _after(words, i)
    kind, status = NOUN_FACTS[low]
    wanted = {
        "decision": ("to",),
        "vote": ("to", "on", "against", "of"),
        "ruling": ("that", "on", "in", "against"),
        "resignation": ("of",),
        "appointment": ("of",),
        "arrest": ("of",),
        "death": ("of",),
        "plan": ("to", "for"),
        "promise": ("to", "of", "that"),
        "demand": ("for", "that", "to", "on"),
        "condition": ("that",),
    }[kind]
    if low in ("exchange", "exchanges"):
        if after != "of" or _before(words, i) not in ("scheduled", "planned", "announced", "for"):
            return
    elif after not in wanted or (kind == "vote" and "of" in [w.low for w in words[i - 3 : i]]):
        return
    if _is_hypothetical(words, i):
        return
    end = object_end(words, i)
    possessor = _possessor(words, i)
    if possessor is None or words[possessor[0]].low == "their":
        possessor = _announcer(words, i) or possessor
    parts = {"decision": "decides", "vote": "votes", "plan": "plans", "promise": "promises"}
    part = parts.get(kind, "demands" if kind == "demand" else "of")
    parties = ((part, possessor),) if possessor else ()
    yield Reading(i, kind, status, parties, (i + 1, end), sureness=0.9)


def _announcer(words: Sequence[Word], i: int) -> Range | None:
    """The subject of the verb that tells the noun at `i` ("both sides confirmed plans for")."""
    for j in range(i - 1, max(-1, i - 6), -1):
        low = words[j].low
        if words[j].is_mark:
            return None
        if low in ANNOUNCING:
            return subject_of(words, j)
    return None


_TALK_LINKS = ("on", "about", "over", "concerning", "for", "to", "with", "between", "aimed")


def _talks(words: Sequence[Word], i: int) -> Iterator[Reading]:
    """Talks with what they are about: held, to come, or broken off."""
    around = [w.low for w in words[max(0, i - 5) : i + 4]]
    over = TALKS_OVER.intersection(around)
    link = next(
        (j for j in range(i + 1, min(i + 4, len(words))) if words[j].low in _TALK_LINKS), 0
    )
    if not link and not over:
        return
    if _is_hypothetical(words, i):
        return
    status = "suspended" if over else "planned" if TALKS_AHEAD.intersection(around) else "talks"
    parties: list[tuple[str, Range]] = []
    end = object_end(words, i)
    partner = _with(words, i, end) or _between(words, i, end)
    announcer = _possessor(words, i) or _announcer(words, i)
    parties += [("talks", r) for r in (announcer, partner) if r]
    first = link or i
    yield Reading(i, "talks", status, tuple(parties), (first, end), sureness=0.9)


def _stressing(words: Sequence[Word], i: int) -> Iterator[Reading]:
    """ "They stressed the need for a pause", "she stipulated conditions: an end of ..."."""
    need = next((j for j in range(i + 1, min(i + 6, len(words))) if words[j].low in NEEDS), None)
    mood = mood_of(words, i, "past")
    if mood.possible or mood.negated:
        return
    if need is None and not words[i].low.startswith("stipulat"):
        return
    at = i if need is None else need
    if at + 1 < len(words) and words[at + 1].low == ":":
        at += 1
    end = object_end(words, at)
    subject = subject_of(words, i)
    parties = (("demands", subject),) if subject else ()
    if at + 1 < end:
        yield Reading(i, "demand", "demanded", parties, (at + 1, end), sureness=0.9)


def _is_hypothetical(words: Sequence[Word], i: int) -> bool:
    before = [w.low for w in words[max(0, i - 6) : i]]
    return bool({"if", "would", "could", "should", "whether", "might", "no", "any"} & set(before))


def _possessor(words: Sequence[Word], i: int) -> Range | None:
    """The range of "Ann Lee" in "Ann Lee's decision"."""
    for j in range(i - 1, max(-1, i - 4), -1):
        if words[j].low in ("'s", "'") and j > 0:
            start = j - 1
            while start > 0 and j - start < 4 and not words[start - 1].is_mark:
                if words[start - 1].low in _PHRASE_ENDS or words[start - 1].low in ("the", "a"):
                    break
                start -= 1
            return (start, j)
        if words[j].low in ("his", "her", "their", "its"):
            return (j, j + 1)
    return None


def _agreement_noun(words: Sequence[Word], i: int) -> Iterator[Reading]:
    """A deal that is reached, sought, refused or told with what it holds."""
    governor, at = None, i
    mood = Mood()
    for j in range(i - 1, max(-1, i - 9), -1):
        low = words[j].low
        if words[j].is_mark:
            break
        if low in REACH_VERBS or low in SEEK_VERBS or low in REFUSE_VERBS:
            governor, at = low, j
            tense = "gerund" if low.endswith("ing") else "past" if low.endswith("d") else "base"
            mood = mood_of(words, j, "past" if tense == "past" else tense)
            break
    end = object_end(words, i)
    about = (i, end)
    no = any(w.low == "no" for w in words[max(0, i - 4) : i])
    subject = (subject_of(words, at) or shared_subject(words, at)) if governor else None
    parties: list[tuple[str, Range]] = [("agrees", subject)] if subject else []
    partner = _with(words, i, end) or _between(words, i, end)
    if partner:
        parties.append(("agrees", partner))
    if any(
        w.low in ("once", "until", "unless", "if", "whether") for w in words[max(0, i - 8) : i]
    ):
        return
    if governor is None:
        passive = [w.low for w in words[i + 1 : i + 7]]
        reached = any(w in REACHED for w in passive) and any(
            w in ("was", "were", "been", "is") for w in passive
        )
        if reached:
            undone = no or "not" in passive or "n't" in passive
            yield Reading(
                i, "agreement", "not_agreed" if undone else "agreed", tuple(parties), about
            )
        elif no and _after(words, i) in ("", ".", "on", "with", "between", ",", "was", "yet"):
            yield Reading(i, "agreement", "not_agreed", tuple(parties), about, sureness=0.8)
        elif _tells_what_it_holds(words, i):
            yield Reading(i, "agreement", "agreed", tuple(parties), about, sureness=0.6)
        return
    if governor in SEEK_VERBS:
        yield Reading(i, "agreement", "talks", tuple(parties), about, sureness=0.7)
    elif governor in REFUSE_VERBS:
        if not mood.possible and not mood.negated:
            status = "rejected"
            parties = [("rejects", r) if p == "agrees" else (p, r) for p, r in parties]
            yield Reading(i, "agreement", status, tuple(parties), about, sureness=0.8)
    elif mood.negated or no or mood.refused:
        yield Reading(i, "agreement", "not_agreed", tuple(parties), about)
    elif mood.planned:
        yield Reading(i, "agreement", "planned", tuple(parties), about, sureness=0.8)
    elif not mood.possible:
        signed = governor.startswith(("sign", "ink"))
        status = "signed" if signed else "agreed"
        yield Reading(i, "agreement", status, tuple(parties), about)


def _tells_what_it_holds(words: Sequence[Word], i: int) -> bool:
    """Whether a deal that no verb brings about is told with its content or its parties."""
    if words[i].low.endswith("s") and words[i].low != "consensus":
        return False
    after = _after(words, i)
    if any(w.low in ("no", "any", "if", "every") for w in words[max(0, i - 3) : i]):
        return False
    definite = any(
        w.low in ("a", "an", "the", "this", "that", "'s") for w in words[max(0, i - 4) : i]
    )
    if not definite:
        return False
    if after == "to" or (after in HOLDING and after != "would"):
        return True
    if any(w.low == "under" for w in words[max(0, i - 4) : i]):
        return True
    return after in ("with", "between") and ("'s" in [w.low for w in words[max(0, i - 4) : i]])


def _between(words: Sequence[Word], i: int, end: int) -> Range | None:
    for j in range(i + 1, min(end, i + 8)):
        if words[j].low == "between":
            return _noun_phrase(words, j + 1)
    return None
