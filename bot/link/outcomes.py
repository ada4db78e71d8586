"""From a promise or plan to the later sentences that tell whether it came true."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from itertools import pairwise

from bot.link.events import OUTCOME_DAYS, OUTCOMES
from bot.link.matters import (
    Telling,
    agreement,
    find_articles_on,
    telling_of,
    tellings_of,
    weight_of,
)
from bot.model import Article, Findings, Span
from bot.store.store import Store
from bot.text.tables import word_set
from bot.text.words import find_words, term_of

SAME_MATTER = 0.3
"""Least agreement (0-1) of an outcome with its promise; an outcome in other words is missed
sooner than another matter's is taken for it."""
FEWEST_TERMS = 2
"""Telling words that both sentences hold themselves."""
LEAST_WEIGHT = 1.5
"""What these weigh at least, where a rare word weighs 1 and an everyday one 0.5."""
MOST_OUTCOMES = 3
VERB_CREDIT = 0.15  # the promise's own verb, in the past ("to transfer" … "transferred")
FACT_CREDIT = 0.2  # a finding of the kind that ends a matter
MOST_DAYS_EARLY = 0  # an outcome is told on the promise's day at the earliest

PLANS = word_set("planned")
"""Statuses of what is still to come."""
_PLAN = re.compile(
    r"\b(?:will|shall|(?:is|are|was|were) (?:to|due|set|expected|scheduled|supposed|meant|going) |"
    r"(?:plan|promise|pledge|vow|intend|propose|schedule|announce|agree)(?:s|d|ed|ned)?\b|"
    r"planning|promising|deadline|(?:by|before|until|not later than) (?:the end|next|monday|"
    r"tuesday|wednesday|thursday|friday|saturday|sunday|january|february|march|april|may|june|"
    r"july|august|september|october|november|december|tomorrow|noon|easter|christmas|"
    r"\d{4}\b|\d{1,2}(?:[:.]\d\d|st|nd|rd|th| ?[ap]\.?m\b| o['’]clock|"
    r" (?:jan|feb|mar|apr|may|jun|jul|aug|sep|oct|nov|dec)))\b)",
    re.IGNORECASE,
)
_ENDED = re.compile(
    r"\b(?:carried out|went ahead|gone ahead|took place|taken place|came true|come true|"
    r"came into (?:force|effect)|took effect|in force|on time|on schedule|"
    r"ahead of (?:time|schedule|plan)|(?:an?|\w+) (?:hour|day|week|month|year)s? (?:early|late)|"
    r"behind schedule|too late|overdue|postponed|put off|shelved|cancell?ed|called off|scrapped|"
    r"abandoned|collapsed|fell through|fallen through|failed|broken?|breach(?:ed)?|"
    r"violat(?:ed|ions?)|miss(?:ed|es)|kept|keeps|honou?red|fulfilled|delivered|completed|"
    r"implemented|handed over|reopened|re-opened|is (?:open|shut|closed|over|back|ready)|"
    r"still (?:waiting|waits?|closed|missing|unpaid)|not yet|so far|no sign of|not one|"
    r"not a single|as promised|as planned|as agreed|(?:has|have) yet to|"
    r"(?:in spite of|despite) (?:the|his|her|their|its) promise)\b",
    re.IGNORECASE,
)
"""Words that tell how something ended, whatever it was."""
_PERHAPS = re.compile(
    r"\b(?:(?:has|have|had|did|was|were|is|are) (?:not|never|no)|no|none|nothing|never|"
    r"(?:hasn|haven|hadn|didn|wasn|weren|isn|aren)['’]t|has|have|had|was|were|\w+ed|built|paid|"
    r"met|began|begun|sent|gave|given|got|came|went|freed|left|held|put|made)\b",
    re.IGNORECASE,
)
"""Words that tell it where the promise's own verb stands beside them ("to pay" … "has paid")."""
_AHEAD = re.compile(
    r"\b(?:will|shall|would|(?:is|are) (?:to|due|set|expected|scheduled)|plans? to|hopes? to|"
    r"if|unless|whether|until|should|could|may|might|must|promis\w+|pledg\w+|vow\w+)\b",
    re.IGNORECASE,
)
_PAST_OF = {
    term_of(forms.split()[0]): frozenset(term_of(form) for form in forms.split()[1:])
    for forms in (
        "pay paid, build built, rebuild rebuilt, send sent, meet met, hold held, give gave given, "
        "begin began begun, go went gone, come came, take took taken, leave left, bring brought, "
        "buy bought, sell sold, make made, lay laid, draw drew drawn, write wrote written, "
        "lend lent, win won, lose lost, get got gotten, find found, keep kept, lead led, run ran, "
        "fly flew flown, drive drove driven, speak spoke spoken, swear swore sworn, see saw seen, "
        "grow grew grown, rise rose risen, fall fell fallen, feed fed, stand stood, fight fought"
    ).split(", ")
}


@dataclass(frozen=True, slots=True)
class Followed:
    """A promise or plan, and the later sentences that tell what came of it, oldest first."""

    promise: Telling
    outcomes: tuple[Telling, ...]


def is_plan(telling: Telling) -> bool:
    """Whether a sentence tells of something still to come at its time."""
    return any(f.status in PLANS for f in telling.facts) or bool(_PLAN.search(telling.text))


def follow_up(store: Store, article: Article, findings: Findings, span: Span) -> Followed:
    """What became of the promise at `span`, as later articles tell."""
    promise = telling_of(article, findings, span)
    later = [
        telling
        for other, found in find_articles_on(store, promise)
        if _is_later(article, other)
        for telling in tellings_of(other, found)
    ]
    return Followed(promise, choose_outcomes(promise, later))


def choose_outcomes(promise: Telling, later: Iterable[Telling]) -> tuple[Telling, ...]:
    """The sentences among `later` that tell how `promise` ended, at most one of each article and
    the best three, oldest first."""
    verbs = _own_verbs(promise)
    best: dict[int, tuple[float, Telling]] = {}
    for telling in later:
        score = _score(promise, telling, verbs)
        held = best.get(telling.article.key)
        if score > 0 and (held is None or score > held[0]):
            best[telling.article.key] = score, telling
    chosen = sorted(best.values(), key=lambda pair: -pair[0])[:MOST_OUTCOMES]
    return tuple(t for _, t in sorted(chosen, key=lambda pair: _moment(pair[1].article)))


def _score(promise: Telling, telling: Telling, verbs: frozenset[str]) -> float:
    """How surely a sentence tells what came of the promise; 0 where it does not."""
    settled = any(f.status in OUTCOMES and f.kind != "figure" for f in telling.facts)
    own = bool(verbs & telling.terms)
    ended = bool(_ENDED.search(telling.text))
    if not (ended or settled or (own and _PERHAPS.search(telling.text))):
        return 0.0
    both = promise.terms & telling.terms
    if len(both) < FEWEST_TERMS or sum(map(weight_of, both)) < LEAST_WEIGHT:
        return 0.0
    alike = agreement(promise, telling)
    if _AHEAD.search(telling.text) and not settled:
        if not ended:
            return 0.0  # it tells of the promise once more
        alike -= VERB_CREDIT
    if not own and not ended:
        alike -= VERB_CREDIT  # something ended, but perhaps not this
    if alike < SAME_MATTER:
        return 0.0
    return alike + (VERB_CREDIT if own else 0.0) + (FACT_CREDIT if settled else 0.0)


def _own_verbs(promise: Telling) -> frozenset[str]:
    """The terms right behind "to" and "will" in a promise, and their irregular past: what is to
    be done, and that it was."""
    words = find_words(promise.text)
    after = {
        b.term
        for a, b in pairwise(words)
        if a.folded in ("to", "will", "shall", "be") and not b.is_stop
    }
    return frozenset(after) | {past for verb in after for past in _PAST_OF.get(verb, ())}


def _is_later(first: Article, other: Article) -> bool:
    if first.day is None or other.day is None or other.key == first.key:
        return False
    days = (other.day - first.day).days
    if not MOST_DAYS_EARLY <= days <= OUTCOME_DAYS:
        return False
    return days > 0 or _moment(other) > _moment(first)


def _moment(article: Article) -> str:
    """When an article was published, as text that sorts: a day before the times of that day."""
    return article.published.isoformat() if article.published is not None else ""
