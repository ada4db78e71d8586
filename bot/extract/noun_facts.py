"""Reads facts that a noun tells: a deal, a decision to close, talks on, a call for."""

from __future__ import annotations

from collections.abc import Iterator, Sequence
from itertools import pairwise

from bot.extract.clauses import DETERMINERS, Word, mood_of, object_end
from bot.extract.fact_doubts import (
    is_choice_at_large,
    is_vague_vote,
)
from bot.extract.fact_words import (
    NEEDS,
    NOUN_FACTS,
    TALKS_AHEAD,
    TALKS_OVER,
    VERBS,
)
from bot.extract.reading_parts import (
    Range,
    Reading,
    after_between,
    after_with,
    is_hypothetical,
    possessor_of,
    word_after,
    word_before,
)
from bot.extract.subjects import SUBJECT_PRONOUNS, shared_subject, subject_of
from bot.text.tables import word_set

ANNOUNCING = word_set(
    "announced announces announce confirmed confirm confirms unveiled outlined revealed has have "
    "had made make makes made rejected approved discussed presented proposed issued held hold "
    "continue resumed began begun start started abandoned dropped scrapped defended repeated "
    "renewed rejects drawing drew draws drawn"
)
"""Verbs whose subject is a party to the plan, promise or talks that they tell of."""


_TALK_LINKS = ("on", "about", "over", "concerning", "for", "to", "with", "between", "aimed")


_BEFORE_NOUN = word_set(
    "the a an his her its their our this that any no new final first key party-line 's of call "
    "with despite about amid for on peace "
    "strike floor unanimous majority voice confirmation roll-call public secret campaign"
)


def is_noun(words: Sequence[Word], i: int) -> bool:
    """Whether a word that may be a verb is a noun here: after an article or an adjective."""
    before = word_before(words, i)
    if before in ("to", "will", "would", "not", "n't", "can", "could", "should", "must", "may"):
        return False
    if words[i].low in VERBS:
        known = before in ANNOUNCING or before in _BEFORE_NOUN
        return known or before.isdigit() or before.endswith(("ic", "al"))
    return True


_CALLS = frozenset(("call", "calls"))
_CALLING_DAYS = frozenset(
    "monday tuesday wednesday thursday friday saturday sunday january february march april may "
    "june july august september october november december".split()
)


def is_call(words: Sequence[Word], i: int) -> bool:
    """Whether "call on" at `i` is a talk on a day, and no demand ("the call on Tuesday")."""
    if words[i].low not in _CALLS or word_after(words, i) != "on":
        return False
    before = word_before(words, i)
    is_day = i + 2 < len(words) and words[i + 2].low in _CALLING_DAYS
    return is_day or before in DETERMINERS or before in ("phone", "telephone")


_TAKING = frozenset(
    "reach reached reaching make made making take took taken taking announce announced "
    "issue issued come came".split()
)


def _read_taken(words: Sequence[Word], i: int) -> Iterator[Reading]:
    """A decision that is reached or not ("failed to reach a decision on the road")."""
    at = next((j for j in range(i - 1, max(-1, i - 5), -1) if words[j].low in _TAKING), None)
    if at is None or any(w.is_mark for w in words[at:i]):
        return
    low = words[at].low
    past = low not in ("reach", "make", "take", "announce", "issue", "come")
    tense = "gerund" if low.endswith("ing") else "past" if past else "base"
    mood = mood_of(words, at, tense)
    if mood.possible or is_hypothetical(words, i):
        return
    undone = mood.negated or mood.refused or "no" in [w.low for w in words[at:i]]
    if tense == "gerund" and not undone:
        return
    status = "not_agreed" if undone else "planned" if mood.planned else "agreed"
    end = object_end(words, i)
    subject = subject_of(words, at) or shared_subject(words, at)
    parties = (("decides", subject),) if subject else ()
    yield Reading(i, "decision", status, parties, (i + 1, end), sureness=0.9)


def read_noun(words: Sequence[Word], i: int) -> Iterator[Reading]:
    """A noun that tells a fact: "the decision to close", "a vote on", "the death of"."""
    low, after = words[i].low, word_after(words, i)
    kind, status = NOUN_FACTS[low]
    if is_call(words, i):
        return
    if low == "decision" and after in ("on", "about", "against", "over"):
        yield from _read_taken(words, i)
        return
    if low == "vote" and word_before(words, i) in ("a", "the") and _is_gotten(words, i):
        return
    if low == "vote" and _is_set(words, i):
        at = next(j for j in range(i - 1, -1, -1) if words[j].low in _SETTING)
        subject = subject_of(words, at)
        parties = (("votes", subject),) if subject else ()
        yield Reading(i, "vote", "planned", parties, (i + 1, object_end(words, i)), sureness=0.9)
        return
    if low in ("vote", "votes", "decision") and _is_forbidden(words, i):
        return
    if low in ("vote", "votes") and is_vague_vote(words, i, possessor_of(words, i)):
        return
    if (
        low == "decision"
        and words[i].capital
        and i + 1 < len(words)
        and words[i + 1].low == "making"
    ):
        return  # "the Journal of Decision Making": a title
    wanted = {
        "decision": ("to",),
        "vote": ("to", "on", "against"),
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
    if low in ("vote", "votes") and after in ("in", "for") and _is_own_vote(words, i):
        after = "to"
    if low == "insistence" and after != "on":
        return
    if low == "decision" and after == "not":
        after = "to"
    if low in ("exchange", "exchanges"):
        if after != "of" or word_before(words, i) not in (
            "scheduled",
            "planned",
            "announced",
            "for",
        ):
            return
    elif kind == "decision" and after.endswith("ing") and len(after) > 5:
        pass
    elif low in ("decision", "ruling", "verdict", "vote") and _is_due(words, i):
        status = "planned"
    elif (
        (low == "votes" and after == "to")
        or after not in wanted
        or (kind == "vote" and "of" in [w.low for w in words[i - 3 : i]])
    ):
        return
    if is_hypothetical(words, i):
        return
    end = object_end(words, i)
    possessor = possessor_of(words, i)
    if possessor and all(w.low in ("drawing", "up", "making") for w in words[slice(*possessor)]):
        possessor = None
    if low == "decision" and is_choice_at_large(words, i, possessor, end):
        return
    if possessor is None or words[possessor[0]].low == "their":
        possessor = _announcer(words, i) or possessor
    parts = {"decision": "decides", "vote": "votes", "plan": "plans", "promise": "promises"}
    part = parts.get(kind, "demands" if kind == "demand" else "of")
    parties = ((part, possessor),) if possessor else ()
    yield Reading(i, kind, status, parties, (i + 1, end), sureness=0.9)


def _is_own_vote(words: Sequence[Word], i: int) -> bool:
    """Whether the vote at `i` is told with who voted and what for ("her vote in favor of the
    tunnel", "the council's 8-1 vote for admitting the islands")."""
    if word_after(words, i) == "in" and word_after(words, i + 1) not in ("favor", "favour"):
        return False
    is_cast = any(w.low in ("cast", "casts", "casting") for w in words[max(0, i - 3) : i])
    return not is_cast and possessor_of(words, i) is not None  # a vote cast is told by its verb


_SETTING = frozenset(("scheduled", "set", "called", "schedules"))


def _is_set(words: Sequence[Word], i: int) -> bool:
    """Whether a vote is set for a day ("has scheduled a strike vote for Monday")."""
    before = words[max(0, i - 5) : i]
    marks = [n for n, w in enumerate(before) if w.is_mark]
    near = before[marks[-1] + 1 :] if marks else before
    is_set = any(w.low in _SETTING for w in near)
    return is_set and word_after(words, i) in ("for", "on", "to")


def _is_forbidden(words: Sequence[Word], i: int) -> bool:
    """Whether what follows says what must become of it ("a vote on it must not happen")."""
    for j in range(i + 1, min(i + 16, len(words))):
        if words[j].is_mark or words[j].low in ("which", "who", "that", "and", "but"):
            return False
        if words[j].low in ("must", "should"):
            return True
    return False


def _is_gotten(words: Sequence[Word], i: int) -> bool:
    """Whether somebody is only to be given a vote ("until they got a vote on the bill")."""
    return any(w.low in ("get", "got", "getting", "gets") for w in words[max(0, i - 3) : i])


def _is_due(words: Sequence[Word], i: int) -> bool:
    """Whether "is due", "is expected" or "will come" follows the noun at `i`."""
    following = [w.low for w in words[i + 1 : i + 7]]
    if "to" in following and "be" in following:
        return False
    if following[:1] in (["is"], ["was"], ["are"]):
        return bool({"due", "expected", "scheduled", "likely", "set"} & set(following[1:3]))
    return following[:2] in (["will", "come"], ["will", "be"], ["expected", "in"])


def _announcer(words: Sequence[Word], i: int) -> Range | None:
    """The subject of the verb that tells the noun at `i` ("both sides confirmed plans for")."""
    for j in range(i - 1, max(-1, i - 6), -1):
        low = words[j].low
        if words[j].is_mark:
            return None
        if low in ANNOUNCING:
            return subject_of(words, j)
    return None


def read_talks(words: Sequence[Word], i: int) -> Iterator[Reading]:
    """Talks with what they are about: held, to come, or broken off."""
    before = words[i - 1] if i else None
    if (
        words[i].low == "talks"
        and before is not None
        and (before.low in SUBJECT_PRONOUNS or before.low == "who" or word_after(words, i) == "to")
    ):
        return
    around = [w.low for w in words[max(0, i - 5) : i + 4]]
    behind = [w.low for w in words[i + 1 : i + 10]]
    if any(pair in (("is", "to"), ("are", "to")) for pair in pairwise(behind)):
        around += behind  # "talks on the trawlers are to begin"
    over = TALKS_OVER.intersection(around)
    link = next(
        (j for j in range(i + 1, min(i + 4, len(words))) if words[j].low in _TALK_LINKS), 0
    )
    if not link and not over:
        return
    if is_hypothetical(words, i):
        return
    status = "suspended" if over else "planned" if TALKS_AHEAD.intersection(around) else "talks"
    parties: list[tuple[str, Range]] = []
    end = object_end(words, i)
    partner = after_with(words, i, end) or after_between(words, i, end)
    announcer = possessor_of(words, i) or _announcer(words, i)
    parties += [("talks", r) for r in (announcer, partner) if r]
    first = link or i
    yield Reading(i, "talks", status, tuple(parties), (first, end), sureness=0.9)


def read_stressing(words: Sequence[Word], i: int) -> Iterator[Reading]:
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
