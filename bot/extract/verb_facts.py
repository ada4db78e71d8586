"""Reads facts that a verb tells: who agreed, voted, ruled, resigned, promised."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.extract.clauses import DETERMINERS, Mood, Word, mood_of, object_end
from bot.extract.fact_doubts import (
    is_bare_agree,
    is_habit,
    is_opinion,
    is_shared_view,
)
from bot.extract.fact_words import (
    ADOPTED_THINGS,
    AGREEMENT_NOUNS,
    AUXILIARIES,
    BILLS,
    BODIES,
    COURTS,
    MODALS,
    PRONOUNS,
    SIGNED_THINGS,
    TIME_WORDS,
    Verb,
)
from bot.extract.reading_parts import (
    Range,
    Reading,
    after_by,
    after_with,
    noun_phrase,
    word_after,
    word_before,
)
from bot.extract.subjects import SUBJECT_PRONOUNS, shared_subject, subject_of

_CHILDREN = frozenset("who child children baby girl boy son daughter orphan orphans".split())
_WEAPONS = frozenset("gun guns shot shots weapon weapons bullet bullets missile missiles".split())
_OPENERS = frozenset(("to", "that", "not", "more", "new", "better", '"', "“", "him", "them", "$"))
QUANTIFIERS = frozenset(
    "enough more most their his her the of many electoral popular few these those some winning "
    "cast delegate and no".split()
)
"""Words before "votes" that make it a noun."""


NOT_STATUS = {
    "agreement": "not_agreed",
    "decision": "not_agreed",
    "plan": "denied",
    "promise": "denied",
    "demand": "denied",
}


def read_verb(
    words: Sequence[Word], i: int, verb: Verb, tense: str, *, skip: int = 0
) -> Iterator[Reading]:
    mood = mood_of(words, i, tense)
    end = object_end(words, i)
    after = word_after(words, i)
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
    if kind == "decision" and status == "planned" and verb.lemma not in ("decide", "approve"):
        kind = "plan"
    if verb.lemma == "reject" and AGREEMENT_NOUNS.intersection(
        w.low for w in words[i + 1 : i + 5]
    ):
        kind = "agreement"
    subject = None if tense == "gerund" else subject_of(words, i)
    subject = subject or shared_subject(words, i)
    parties: list[tuple[str, Range]] = []
    passive = mood.passive and verb.lemma not in ("agree", "vote", "decide", "die", "resign")
    is_reduced = tense == "past" and not skip and _reduced(words, i)
    if passive or (is_reduced and (verb.object_part or _is_undone(words, i, verb))):
        if subject and verb.object_part:
            parties.append((verb.object_part, subject))
        by = after_by(words, i, end)
        if by:
            parties.append((verb.part, by))
    else:
        if subject:
            parties.append((verb.part, subject))
        if verb.object_part and not (skip and after == "for"):
            target = noun_phrase(words, i + 1 + skip)
            if target:
                parties.append((verb.object_part, target))
        partner = after_with(words, i, end) if verb.kind == "agreement" else None
        if partner:
            parties.append((verb.part, partner))
    if kind == "demand":
        rejecter = _rejecter(words, end)
        if rejecter:
            status = "rejected"
            parties.append(("rejects", rejecter))
    elif status == "rejected":
        parties = [("rejects" if p == verb.part else p, r) for p, r in parties]
    first = (_partner_end(words, i) if verb.lemma == "agree" else 0) or i + 1 + skip
    if first < end and words[first].is_mark and words[first].low in (",", ";", ":"):
        end = first
    if first >= end and kind in ("promise", "demand", "plan"):
        return
    if first < end and words[first].low in ("is", "are", "was", "were"):
        end = first  # "what they agreed on is": a clause of its own
    yield Reading(i, kind, status, tuple(parties), (first, end) if first < end else None)


_TRANSITIVE = frozenset(
    "cancel suspend postpone scrap shelve approve reject veto repeal ban delay sign".split()
)


def _is_undone(words: Sequence[Word], i: int, verb: Verb) -> bool:
    """Whether the word before a participle is what the deed was done to ("trains cancelled on the
    first day"): a common noun in the plural."""
    before = words[i - 1] if i else None
    return (
        verb.lemma in _TRANSITIVE
        and before is not None
        and (not before.capital or i == 1)
        and (before.low.endswith("s") or before.is_mark)
        and before.low not in PRONOUNS
    )


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
    before = word_before(words, i)
    if verb.kind == "demand" and (before == "by" or before.endswith("ly")):
        return True
    if verb.kind in ("demand", "plan", "promise"):
        return before in ("is", "are", "was", "were", ",", "been", "'s", "'re")
    if verb.lemma == "decide":
        return word_after(words, i) in ("to", "not", "against") and before not in (
            "before",
            "when",
            "of",
            "while",
            "in",
        )
    if verb.lemma == "vote":
        if before == "," and shared_subject(words, i) is None:
            return False
        return before in ("by", "after", ",") and word_after(words, i) in (
            "to",
            "for",
            "against",
            "on",
        )
    is_act = verb.lemma in _TRANSITIVE and verb.kind == "decision"
    if is_act and before in ("is", "are", "was", "were", "'s", "'re"):
        return word_after(words, i) in DETERMINERS
    if verb.lemma in ("agree", "sign"):
        return before in ("after", ",", "by", "despite", "without", "before")
    if not word_after(words, i).isalnum():
        return False
    if before == "," and shared_subject(words, i) is None:
        return False  # "his plans, imposing order": nobody has done it
    return before in ("after", ",") and verb.kind in ("decision", "vote", "appointment")


def _verb_counts(
    words: Sequence[Word], i: int, verb: Verb, tense: str, mood: Mood, after: str
) -> bool:
    """Whether the verb tells a fact here, by what stands around it."""
    wanting = verb.kind in ("demand", "plan", "promise") or verb.lemma in ("agree", "vote")
    if tense == "base" and not (mood.planned or mood.negated or wanting):
        return False
    following = [w.low for w in words[i + 1 : i + 5]]
    if verb.lemma.startswith("authori") and after == "to":
        return False
    if {"get", "getting", "gets"}.intersection(w.low for w in words[max(0, i - 4) : i]):
        return False
    if _is_wondered(words, i) or _is_attribute(words, i, verb, tense):
        return False
    doer = subject_of(words, i)
    if is_habit(words, i, verb, tense, doer) or is_opinion(words, i, verb, object_end(words, i)):
        return False
    if verb.lemma == "agree":
        if tense in ("base", "present") and not mood.planned and after != "to":
            return False
        if is_shared_view(words, i, doer):
            return False
        if (
            tense == "base"
            and not (mood.planned or mood.negated)
            and is_bare_agree(words, i, doer)
        ):
            return False
        after = "to" if _partner_end(words, i) else _link_after(words, i)
        if after in ("to", "on", "upon"):
            subject = word_before(words, i)
            return not (subject in ("i", "we") and tense == "base")
        if after == "in" and "principle" in following:
            return True
        if after == "that":
            return any(w.low in ("should", "must", "would", "will") for w in words[i + 2 : i + 14])
        return mood.negated and after != "with" and tense != "base" and mood.refused
    if verb.lemma in ("sign", "ratify", "initial"):
        if words[i].low in ("sign", "signs", "initial", "initials") and not mood.planned:
            return False
        near = [w.low for w in words[i + 1 : i + 10]]
        if mood.passive or _reduced(words, i):
            near = [w.low for w in words[max(0, i - 10) : i]]
        return bool(SIGNED_THINGS.intersection(near)) or after in ("into", "off")
    if verb.lemma == "adopt":
        near = [w.low for w in words[max(0, i - 8) : i + 7]]
        if _CHILDREN.intersection(w.low for w in words[max(0, i - 5) : i]):
            return False
        if after == "by" and (mood.passive or mood.perfect):
            return True
        return bool(ADOPTED_THINGS.intersection(near)) and "child" not in near
    if verb.lemma in ("adopt", "enact", "approve", "veto", "repeal", "suspend", "reject"):
        return mood.passive or after not in ("up", "off", "") or verb.lemma == "veto"
    if tense in ("present", "base") and after in MODALS | AUXILIARIES:
        # "Walls and bans will not help": a noun.
        return False
    if verb.lemma == "choose":
        return after in ("to", "not") and (tense == "past" or mood.planned)
    if verb.lemma in ("decide", "opt", "resolve"):
        if tense == "base" and not mood.planned and not mood.negated:
            return False
        if tense == "present" and not any(w.capital for w in words[max(0, i - 3) : i]):
            return False
        after = _link_after(words, i)
        return after in ("to", "against", "on", "for", "that", "not", "upon") and not (
            after == "to" and "be" in following[:1]
        )
    if verb.lemma == "vote":
        return _vote_counts(words, i, tense, mood, after)
    if verb.lemma in ("rule", "uphold", "overturn"):
        if tense == "present" and word_before(words, i) in ("of", "the", "new", "by", "under"):
            return False
        nearby = {w.low.rstrip("s") for w in words[max(0, i - 10) : i]}
        courts = {c.rstrip("s") for c in COURTS}
        return bool(nearby & courts) or (verb.lemma == "rule" and after in ("that", "against"))
    if verb.kind == "death" and verb.lemma == "die":
        return tense in ("past", "present") or mood.planned
    if verb.lemma in ("plan", "intend"):
        return after in ("to", "on", "for") and not mood.passive
    if verb.kind == "promise" or verb.lemma in ("demand", "urge"):
        return tense != "base" and _opens_object(words, i)
    if verb.lemma in ("fire", "sack", "hire", "elect", "nominate", "charge"):
        if _WEAPONS.intersection(w.low for w in words[max(0, i - 5) : i + 5]):
            return False
        return mood.passive or _reduced(words, i) or _opens_object(words, i)
    if verb.lemma == "execute":
        return mood.passive
    if tense == "base":
        return mood.planned or mood.negated
    if tense == "present" and verb.kind == "decision":
        # "A party that rejects its own" tells no deed; a name must do it.
        doer = subject_of(words, i)
        return doer is not None and any(w.capital for w in words[slice(*doer)])
    return True


_OPEN = frozenset("know knows knew unclear clear see sure wonder wonders guess tell hard".split())
_WH = frozenset(("where", "how", "what", "who", "why", "when"))


def _is_wondered(words: Sequence[Word], i: int) -> bool:
    """Whether the verb stands in a question that is not asked ("hard to know where they will")."""
    for j in range(i - 1, max(-1, i - 9), -1):
        if words[j].is_mark:
            return False
        if words[j].low in _WH:
            return bool(_OPEN.intersection(w.low for w in words[max(0, j - 3) : j]))
    return False


def _is_attribute(words: Sequence[Word], i: int, verb: Verb, tense: str) -> bool:
    """Whether a participle stands before its noun ("312 cancelled trains")."""
    if tense != "past" or verb.kind != "decision" or i + 1 >= len(words):
        return False
    before, after = words[i - 1] if i else None, words[i + 1]
    if before is None or after.is_mark or after.low in DETERMINERS or not after.low.isalpha():
        return False
    counted = before.low.isdigit() or before.low in ("the", "a", "an", "recently", "newly")
    return counted and after.low not in ("to", "by", "in", "on", "at", "that", "for", "as")


def _partner_end(words: Sequence[Word], i: int) -> int:
    """Where "to" stands in "agreed with Chile to share"; 0 when it is not put so."""
    if word_after(words, i) != "with":
        return 0
    for j in range(i + 3, min(i + 8, len(words))):
        if words[j].is_mark:
            return 0
        if words[j].low in ("to", "on"):
            return j
    return 0


def _opens_object(words: Sequence[Word], i: int) -> bool:
    """Whether a noun phrase, a clause or a quote follows: "pledged a", not "pledged delegates"."""
    if i + 1 >= len(words):
        return False
    word = words[i + 1]
    if word.capital or word.low.isdigit() or word.low in DETERMINERS or word.low in _OPENERS:
        return True
    return word.low.endswith(("ly", "ing")) or word.low in SUBJECT_PRONOUNS


def _link_after(words: Sequence[Word], i: int) -> str:
    """The word that links the verb at `i` to what it is about, words of time stepped over."""
    for j in range(i + 1, min(i + 6, len(words))):
        low = words[j].low
        if low in ("to", "on") and (j == i + 1 or low == "to" or j + 1 >= len(words)):
            return low
        if low == "on" and words[j + 1].low not in TIME_WORDS:
            return low
        if low not in TIME_WORDS and not low.isdigit():
            return low if j == i + 1 else word_after(words, i)
    return word_after(words, i)


def _vote_counts(words: Sequence[Word], i: int, tense: str, mood: Mood, after: str) -> bool:
    """Whether "vote" tells of a vote: a past one, or one that a body is to hold."""
    if tense == "past" and not mood.planned:
        # Who has not voted is no fact, but for a body that put something off.
        return not mood.negated or is_of_body(words, i)
    if tense == "present":
        before = word_before(words, i)
        if after == "on" and i + 2 < len(words) and words[i + 2].low in TIME_WORDS:
            return False  # "Texas votes on March 1": a day, no deed
        if before.isdigit() or before in ("million", "billion", "thousand", "hundred"):
            return False
        return after in ("to", "on") and before not in QUANTIFIERS and not before.endswith("s")
    if tense == "gerund":
        return True
    return mood.planned and is_of_body(words, i)


def is_of_body(words: Sequence[Word], i: int) -> bool:
    """Whether the verb's subject is a body that votes as one, or somebody by name."""
    subject = subject_of(words, i)
    if subject is None:
        return False
    return any(w.low in BODIES for w in words[slice(*subject)])


_SEASONS = frozenset(
    "week month year spring summer autumn fall winter today this last monday tuesday wednesday "
    "thursday friday saturday sunday".split()
)


def _reduced(words: Sequence[Word], i: int) -> bool:
    """Whether the participle follows its noun ("the man arrested on Monday")."""
    after = word_after(words, i)
    if after in ("this", "last", "earlier") and word_before(words, i) == ",":
        return i + 2 < len(words) and words[i + 2].low in _SEASONS
    return after in ("by", "in", "on", "at", "as", "after", "for")
