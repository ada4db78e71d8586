"""Tells words that only look like a fact: opinions, habits, generic deeds, deals not reached.

A fact that was none is worse than one overlooked: what two readers would not both take for a deed
is left out. Each check is for a manner of speaking, none for a subject.
"""

from __future__ import annotations

from collections.abc import Sequence
from itertools import pairwise

from bot.extract.clauses import DETERMINERS, Word
from bot.extract.fact_words import (
    AGREEMENT_NOUNS,
    BODIES,
    MODALS,
    REACH_VERBS,
    REFUSE_VERBS,
    SEEK_VERBS,
    TIME_WORDS,
    Verb,
)
from bot.extract.reading_parts import Range, word_after, word_before
from bot.text.tables import word_set

CAUSE_WORDS = 6
"""How far left of "passed" the verb stands that only wants it so ("get the bill passed")."""
HOLDING_WORDS = 6
"""How far left of "a vote" the verb stands that tells whether it was held."""
SHARED_VIEW_WORDS = 8
"""How far behind "agreed with Lee" a deal or plan stands that makes it more than a view."""

_SAYINGS = word_set(
    "claim claims notion notions accusation accusations attack attacks comment comments criticism "
    "criticisms characterization characterisation allegation allegations assertion assertions "
    "remark remarks charge charges suggestion suggestions argument arguments theory comparison "
    "comparisons view views label premise implication rhetoric insinuation insinuations"
)
"""What one rejects in words; what is turned down by it is no proposal."""
_JOINT = word_set("sides both leaders parties ministers governments countries they we and members")
_LASTING = frozenset(
    "approve adopt enact reject repeal impose ban suspend veto authorize postpone delay "
    "cancel".split()
)
"""Verbs that in the present tell a custom as often as a deed."""
_WHENEVER = frozenset(("once", "when", "whenever", "soon"))
_ONLOOKERS = word_set(
    "all many few he she i everyone everybody voters analysts experts economists "
    "critics observers scholars respondents percent people americans"
)
"""Whose "agreed that it would" is what they expect, and no promise."""
_USUALLY = word_set("always often usually generally typically regularly routinely sometimes")
_BROADLY = word_set("broadly generally largely mostly widely")
_RELATIVES = frozenset(("who", "that", "which"))
_CAUSING = word_set(
    "get gets getting got want wants wanted need needs needed see seeing have help"
)
_HELD = word_set(
    "held hold holds after following during in by before since won lost took schedule scheduled "
    "delayed postponed called cast with until against despite ahead of over from"
)
_WANTING = word_set(
    "refusal refuse refused refuses refusing seek sought seeking demand demanded demanding "
    "secure attempt attempted force forced forcing motion block blocked blocking deny denied "
    "avoid allow allowed give given bring wants want wanted without no never n't not push pushed "
    "deserve deserves need needs"
)
_OPINION_MEASURES = word_set(
    "little much some broad general widespread wide growing there there's"
)
_KINDS_OF = word_set(
    "plan bill proposal measure candidate language offer version package activity activities "
    "construction building expansion policy talks conference"
)
"""Words after "compromise" or "settlement" that make another thing of it."""
_FARES = word_set("be pass work fail happen collapse stand succeed survive die go fall hold")
"""What may become of a deal; it is not what the deal holds."""
_ANYBODY = word_set("a an any each every no someone's anyone's")
_LEFT_TO = word_set("up made left at with purely entirely solely theirs yours hers his ours to")
"""Words after "the decision is" that tell who may take it, and not that it was taken."""
_MADE_ADJECTIVES = frozenset("negotiated arranged proposed brokered sealed secured".split())
_COUNTED = BODIES | word_set("hundreds thousands dozens millions majority he she they i most half")
_CROWDS = DETERMINERS | word_set("voters people americans citizens residents men women those in")
_INDEFINITE = frozenset(("a", "an", "any", "some"))


def is_opinion(words: Sequence[Word], i: int, verb: Verb, end: int) -> bool:
    """Whether the verb at `i` tells what one thinks of a thing and not what becomes of it:
    "rejected the claim that", "approved of her"."""
    if verb.lemma == "approve":
        return word_after(words, i) == "of"
    if verb.lemma != "reject":
        return False
    reach = [w.low for w in words[i + 1 : min(end + 1, i + 9)]]
    if word_after(words, i) in ("by", "as", "out", ""):
        reach += [w.low for w in words[max(0, i - 4) : i]]  # "a claim rejected by all"
    if not _SAYINGS.isdisjoint(reach):
        return True
    return any(first in ("idea", "that") and then == "that" for first, then in pairwise(reach))


def is_habit(words: Sequence[Word], i: int, verb: Verb, tense: str, doer: Range | None) -> bool:
    """Whether a verb in the present tells what one does time and again ("the agency that
    approves visas", "does not always reject")."""
    if not _USUALLY.isdisjoint((word_before(words, i), word_before(words, i - 1))):
        return True
    if tense != "present" or verb.lemma not in _LASTING:
        return False
    if word_before(words, i) in _RELATIVES:
        return True
    if not _WHENEVER.isdisjoint(w.low for w in words[max(0, i - 4) : i]):
        return True
    return doer is None or not any(
        w.capital and w.low not in DETERMINERS for w in words[slice(*doer)]
    )


def is_shared_view(words: Sequence[Word], i: int, doer: Range | None) -> bool:
    """Whether "agreed" at `i` tells a view that two share: "agreed that it should", said of one;
    "agrees with Lee on the issue"."""
    after = word_after(words, i)
    if word_before(words, i) in _BROADLY and after != "to":
        return True
    if after == "with":
        near = [w.low for w in words[i + 2 : i + 2 + SHARED_VIEW_WORDS]]
        if "to" in near[:5] or not AGREEMENT_NOUNS.isdisjoint(near):
            return False
        return "plan" not in near
    if after == "that":
        phrase = {w.low for w in words[slice(*doer)]} if doer else set()
        clause = [w.low for w in words[i + 2 : i + 14]]
        if "will" in clause or "would" in clause:
            joint = word_before(words, i) in ("both", "and")
            return not (phrase or joint) or not _ONLOOKERS.isdisjoint(phrase)
        return _JOINT.isdisjoint(phrase)
    return False


def is_bare_agree(words: Sequence[Word], i: int, doer: Range | None) -> bool:
    """Whether "agree" at `i` tells no deed: not joint, or joined to a verb that may be ("should
    be glad and even agree to")."""
    j = i - 1
    while j > 0 and (words[j].low in ("even", "also", "then") or words[j].low.endswith("ly")):
        j -= 1
    if j >= 0 and words[j].low in ("and", "or", "but"):
        return True
    if any(w.low in MODALS for w in words[max(0, i - 8) : i]):
        return True
    return doer is None


def is_wanted_only(words: Sequence[Word], i: int) -> bool:
    """Whether somebody wants the verb at `i` done ("cannot get a budget passed")."""
    for j in range(i - 1, max(-1, i - 1 - CAUSE_WORDS), -1):
        if words[j].is_mark or words[j].low in _RELATIVES:
            return False
        if words[j].low in _CAUSING and j < i - 1:
            return True
    return False


def is_vague_vote(words: Sequence[Word], i: int, possessor: Range | None) -> bool:
    """Whether "vote" at `i` is a ballot in general or one that is only wanted: "a vote for her is
    a vote for change", "refused to hold a vote on it", "states that vote on Friday"."""
    near = words[max(0, i - HOLDING_WORDS) : i]
    marks = [n for n, w in enumerate(near) if w.low in (",", ";", "—", "–")]
    left = [w.low for w in (near[marks[-1] + 1 :] if marks else near)]
    following = words[i + 2].low if i + 2 < len(words) else ""
    if word_after(words, i) == "on" and (
        (following in TIME_WORDS and following != "the") or following.isdigit()
    ):
        return True
    if not _WANTING.isdisjoint(left):
        return True
    if possessor is not None:
        return False
    if words[i].low == "votes":
        return any(low.isdigit() for low in left[-2:])  # "60 votes on it"
    return any(low in ("a", "an") for low in left[-3:]) and _HELD.isdisjoint(left)


def is_ballot_at_large(words: Sequence[Word], i: int, doer: Range | None) -> bool:
    """Whether "cast" at `i` tells what people do with a ballot, and no vote that was held: the
    word has one form for all tenses, so that a doer by name or number must tell it."""
    left = [w.low for w in words[max(0, i - 3) : i]]
    if {"has", "have", "had", "'ve", "'s", "n't", "not", "will"}.intersection(left):
        return False
    if word_before(words, i) in ("and", "or", "then", "actually", "mistakenly", "who"):
        return True
    if doer is None:
        return True
    phrase = words[slice(*doer)]
    return not any(
        w.low[:1].isdigit() or w.low in _COUNTED or (w.capital and w.low not in _CROWDS)
        for w in phrase
    )


def is_deal_at_large(words: Sequence[Word], i: int) -> bool:
    """Whether the deal at `i` is one to come, a view ("little agreement with the sentiment") or a
    name ("Ann Deal")."""
    word, before = words[i], words[i - 1] if i else None
    if word.low in ("compromise", "settlement") and word_after(words, i) in _KINDS_OF:
        return True
    if word_after(words, i) == "to" and i + 2 < len(words) and words[i + 2].low in _FARES:
        return True
    if word.low == "deal" and word.capital and before is not None and before.capital:
        return True
    left = [w.low for w in words[max(0, i - 4) : i]]
    if word.low in ("agreement", "consensus") and not _OPINION_MEASURES.isdisjoint(left):
        return word.low == "consensus" or word_after(words, i) in ("with", "that", "among")
    if word.low == "consensus" and "no" in left:
        return True
    return _follows_unknown_infinitive(words, i)


def _follows_unknown_infinitive(words: Sequence[Word], i: int) -> bool:
    """Whether the noun at `i` is what somebody is "to" or "-ing" by a verb that we do not know:
    "try to cobble together a deal", "made obtaining a deal a priority"."""
    known = REACH_VERBS | SEEK_VERBS | REFUSE_VERBS
    opener = None
    for j in range(i - 1, max(-1, i - 7), -1):
        low = words[j].low
        if words[j].is_mark or low in known:
            return False
        if low in DETERMINERS or low in ("'s", "its", "their"):
            opener = j
        elif opener == j + 1 and low.endswith("ing") and len(low) > 5:
            return low not in ("including", "following", "regarding", "concerning", "during")
        elif low == "to" and opener is not None:
            return opener - j > 1  # "to a deal" tells a way to it; "to cobble together a deal"
    return False


def is_made_adjective(words: Sequence[Word], at: int, i: int) -> bool:
    """Whether the participle at `at` stands before its deal ("a signed contract would help
    the town"), so that it tells no deed."""
    return (
        words[at].low in _MADE_ADJECTIVES and i - at <= 2 and word_before(words, at) in _INDEFINITE
    )


def is_choice_at_large(words: Sequence[Word], i: int, possessor: Range | None, end: int) -> bool:
    """Whether "decision" at `i` is one that anybody may take: "an owner's decision to sell", "the
    decision to sell or not is up to them"."""
    if possessor is not None and word_before(words, possessor[0]) in _ANYBODY:
        return not any(w.capital for w in words[slice(*possessor)])
    reach = [w.low for w in words[i + 1 : min(end, i + 14)]]
    pairs = set(pairwise(reach))
    if ("his", "or") in pairs or ("or", "not") in pairs or ("his", "her") in pairs:
        return True
    return possessor is None and any(
        first in ("is", "rests", "lies", "belongs", "remains", "stays") and then in _LEFT_TO
        for first, then in pairs
    )
