"""Reads agreements that a noun tells: a deal reached, sought, refused or told with its content."""

from __future__ import annotations

from collections.abc import Iterator, Sequence

from bot.extract.clauses import Mood, Word, mood_of, object_end
from bot.extract.fact_doubts import is_deal_at_large, is_made_adjective
from bot.extract.fact_words import HOLDING, REACH_VERBS, REACHED, REFUSE_VERBS, SEEK_VERBS
from bot.extract.reading_parts import (
    Range,
    Reading,
    after_between,
    after_by,
    after_with,
    word_after,
    word_before,
)
from bot.extract.subjects import shared_subject, subject_of
from bot.text.tables import word_set

_BETWEEN_ENDS = word_set("and or but by to that which with of for in from than if when as")
"""Words at which a verb and its deal are apart."""
_PLURALS = word_set("deals contracts agreements treaties accords pacts")


def read_agreement(words: Sequence[Word], i: int) -> Iterator[Reading]:
    """A deal that is reached, sought, refused or told with what it holds."""
    if _is_no_deal(words, i) or is_deal_at_large(words, i):
        return
    governor, at = None, i
    mood = Mood()
    for j in range(i - 1, max(-1, i - 9), -1):
        low = words[j].low
        if words[j].is_mark or (low in _BETWEEN_ENDS and not (low == "on" and j > 0)):
            break
        if low in REACH_VERBS or low in SEEK_VERBS or low in REFUSE_VERBS:
            if is_made_adjective(words, j, i):
                continue
            governor, at = low, j
            tense = "gerund" if low.endswith("ing") else "past" if low.endswith("d") else "base"
            mood = mood_of(words, j, "past" if tense == "past" else tense)
            break
    end = object_end(words, i)
    about = (i, end)
    no = any(w.low == "no" for w in words[max(0, i - 4) : i])
    subject = (subject_of(words, at) or shared_subject(words, at)) if governor else None
    parties: list[tuple[str, Range]] = [("agrees", subject)] if subject else []
    partner = after_with(words, i, end) or after_between(words, i, end)
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
        told = passive[1] if passive[:1] == [","] and len(passive) > 1 else (passive or [""])[0]
        if told in REACHED and not no and not words[i].low.endswith("ls"):
            status = "signed" if told == "signed" else "agreed"
            yield Reading(i, "agreement", status, tuple(parties), about, sureness=0.8)
        elif reached:
            undone = no or "not" in passive or "n't" in passive
            status = "signed" if "signed" in passive else "agreed"
            by = after_by(words, i, end)
            parties += [("agrees", by)] if by else []
            yield Reading(
                i, "agreement", "not_agreed" if undone else status, tuple(parties), about
            )
        elif no and (
            word_after(words, i) in ("on", "with", "between", "was", "yet")
            or (
                word_after(words, i) in ("", ".", ",")
                and "there" in [w.low for w in words[max(0, i - 6) : i]]
            )
        ):
            yield Reading(i, "agreement", "not_agreed", tuple(parties), about, sureness=0.8)
        elif _tells_what_it_holds(words, i):
            yield Reading(i, "agreement", "agreed", tuple(parties), about, sureness=0.6)
        return
    partnered = partner is not None or word_after(words, i) in ("to", "on", "that")
    if words[i].low in _PLURALS and not partnered and governor not in ("signed", "struck"):
        return
    custom = governor in REACH_VERBS and governor.endswith("ing") and not (mood.negated or no)
    if custom and word_before(words, at) not in ("after", "by", "on", "upon", "since", "of"):
        # "making deals" is a custom; "after reaching a deal" tells of one.
        return
    if governor in SEEK_VERBS:
        yield Reading(i, "agreement", "talks", tuple(parties), about, sureness=0.7)
    elif governor in REFUSE_VERBS:
        if not (mood.possible or mood.negated or mood.planned):
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


def _is_no_deal(words: Sequence[Word], i: int) -> bool:
    """Whether "deal" is a verb or a measure here ("to deal with", "a great deal")."""
    if words[i].low not in ("deal", "deals", "contract", "contracts", "compromise"):
        return False
    before = word_before(words, i)
    if before in ("great", "good", "big", "real", "raw"):
        return True
    if before in ("to", "will", "can", "must", "should", "would", "n't", "not", "could", "we"):
        return True
    return words[i].low == "deals" and word_after(words, i) in ("with", "in")


def _tells_what_it_holds(words: Sequence[Word], i: int) -> bool:
    """Whether a deal that no verb brings about is told with its content or its parties."""
    if words[i].low.endswith("s") and words[i].low != "consensus":
        return False
    if words[i].low == "contract":
        return False
    after = word_after(words, i)
    if any(w.low in ("no", "any", "if", "every") for w in words[max(0, i - 3) : i]):
        return False
    if after == ",":
        after = next(
            (
                words[j + 1].low
                for j in range(i + 2, min(i + 18, len(words) - 1))
                if words[j].low == ","
            ),
            "",
        )
    definite = any(
        w.low in ("a", "an", "the", "this", "that", "'s") for w in words[max(0, i - 4) : i]
    )
    if not definite:
        return False
    if after in HOLDING and i + 2 < len(words) and words[i + 2].low in ("not", "never"):
        return False
    if after == "to" or (after in HOLDING and after != "would"):
        return True
    if any(w.low == "under" for w in words[max(0, i - 4) : i]):
        return True
    return after in ("with", "between") and ("'s" in [w.low for w in words[max(0, i - 4) : i]])
