"""What tells an answer from a sentence that merely holds the words: who speaks, and whether the
kind of thing that is asked for (a date, a figure, a reason, …) is there."""

from __future__ import annotations

import re
from bisect import bisect_left, bisect_right
from collections.abc import Sequence
from itertools import pairwise

from bot.answer.answer_types import (
    AGE,
    ASKS_AGE,
    asks_length,
    counted_thing,
    counts_it,
    has_date,
    has_figure,
    in_time,
    lacks_sum,
    lasts_for,
    without_days,
)
from bot.answer.intents import Intent
from bot.answer.retrieve import Query
from bot.answer.scene import Scene, Seen, held_by
from bot.answer.speakers import SURELY, match_content, match_speaker, quoted_share
from bot.model import (
    Fact,
    Mention,
    NameKind,
    Quote,
    Span,
)
from bot.text.names import fold_name
from bot.text.similar import overlap_similarity, part_similarity
from bot.text.words import find_words, fold, terms_of

SUMMARY_SENTENCES = 4  # the top of an article that tells the latest
LEAD_SENTENCES = 10
SHORT_WORDS = 5
LONG_CHARS = 300  # from here a sentence is a wall of text in which the answer drowns
PHRASE_AT = 82.0  # similarity from which a phrase counts as standing in a sentence
_ALSO = re.compile(r"\b(?:also|too|another|further|besides|in addition|as well|added)\b", re.I)
_REASON = re.compile(
    r"\b(?:because|due to|owing to|as a result|reasons?|caused?|blam(?:e|ed|ing)|so that|"
    r"in order to|thanks to|led to|therefore|prompted|sparked|stemmed|triggered|citing|"
    r"(?:after|for|of|by) being|in response to|for (?:fear|lack|want|failing|poor|not)|"
    r"over (?:concerns?|fears?|worries|claims|allegations)|amid|concern(?:s|ed)?|"
    r"since (?:[\w’'.]+ ){1,3}(?:is|are|was|were|has|have|had|will|would|can|could|do|does|did)|"
    r"worr(?:y|ies|ied)|(?<!than )fear(?:s|ed)?|too \w+ to|"
    r"(?:that|which)(?:'s|’s| is| was) why)\b",
    re.IGNORECASE,
)
_ASKS_NAME = re.compile(
    r"\bnames?$|^names? of\b|\bthe names? of\b|"
    r"\bwhat(?:'s| is| was| are| were|s)? .*\b(?:name|called|named)$"
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|must|do|does|did|"
    r"said|says|won|lost|made|took|came|went|got|began|rose|fell|told|\w{3,}ed)\b",
    re.IGNORECASE,
)
_PRONOUN = re.compile(r"\b(?:he|she|his|her|him|they|them|their|it|its|who)\b", re.IGNORECASE)
_AT = re.compile(r"\b(?:in|at|near|outside|inside|to|from|around) (?:the )?$", re.IGNORECASE)
NEAR_NAME_CHARS = 80
AT_CHARS = len("outside the ")
_ASKS_DEMAND = re.compile(r"\b(?:want|demand|condition|require|insist|ask(?:s|ed)? for)")
_DEMANDS = re.compile(
    r"\b(?:conditions?|demand|insist|require|urge|want|press(?:es|ed) |"
    r"call(?:s|ed|ing)? (?:for|on)|ask(?:s|ed|ing)? (?:for|that))",
    re.IGNORECASE,
)
DEMAND_WORD = 0.8  # what a word of demanding is worth where no fact of that kind was found
DEMANDED = frozenset({"demand", "condition"})
SETTLED = frozenset({"agreed", "signed", "happened", "decided", "approved", "rejected"})
DECIDED = frozenset(
    {"agreement", "deal", "decision", "vote", "ruling", "plan", "promise", "announcement"}
)
OTHER_COUNT = 0.7  # a number that does not count what is asked for


def look_closer(scene: Scene) -> Seen:
    """The features of a sentence that need its text and what was found in it."""
    query, row, text = scene.query, scene.row, scene.text
    intent = query.intent
    seen = Seen()
    features = seen.features
    features["pairs"] = _pairs(query, row.terms)
    features["fuzzy"] = overlap_similarity(fold(query.question.text), fold(text)) / 100
    if query.phrases:
        best = max(part_similarity(fold(p), fold(text)) for p in query.phrases)
        if best >= PHRASE_AT:
            features["phrase"] = best / 100
    start, end = row.span.start, row.span.end
    quotes = [
        q
        for q in scene.findings.quotes
        if q.content
        and q.content[0].start < end
        and start < q.content[-1].end
        and any(c.start < end and start < c.end for c in q.content)
    ]
    names = [m for m in scene.findings.names if start <= m.span.start and m.span.end <= end]
    headline = _is_headline(scene)
    if intent is Intent.SAID_BY:
        match_speaker(scene, seen, quotes)
    elif quotes:
        match_content(scene, seen, quotes)
    if query.question.cue_classes and intent in (Intent.SAID_BY, Intent.WHO_SAID, Intent.OTHER):
        classes = {q.cue.cue_class for q in quotes if q.cue is not None}
        features["cue"] = float(not classes.isdisjoint(query.question.cue_classes))
    if intent in (Intent.WHO, Intent.WHO_SAID):
        told = [m for m in names if not any(_tells(q, m) for q in quotes)]
        features["named"] = _names_someone_new(query, names if intent is Intent.WHO_SAID else told)
    if _ASKS_NAME.search(fold(query.question.text)):
        told = [m for m in names if not any(_tells(q, m) for q in quotes)]
        features["unnamed"] = float(not any(_new(query, m) for m in told))
    if intent is Intent.WHO:
        features["role"] = _names_holder(scene, names)
        features["who_near"] = _words_near_somebody(scene, names)
    if intent is Intent.WHEN:
        features["date"] = has_date(scene)
    elif intent is Intent.HOW_MANY:
        features["figure"] = has_figure(scene)
        features["digits"] = float(any(c.isdigit() for c in without_days(scene)))
        features["unpriced"] = float(lacks_sum(fold(query.question.text), text))
        if ASKS_AGE.search(fold(query.question.text)):
            features["ageless"] = float(not AGE.search(text))
        if (counted := counted_thing(query)) is not None:
            features["counted"] = counts_it(counted, terms_of(without_days(scene)))
            if not features["counted"]:
                features["figure"] *= OTHER_COUNT
    elif intent is Intent.WHERE:
        features["place"] = _has_new_place(query, names)
        features["at_place"] = float(_stands_at_place(scene, names))
    elif intent is Intent.WHY:
        features["reason"] = float(bool(_REASON.search(text)))
    elif intent is Intent.SAID_BY and _ASKS_DEMAND.search(fold(query.question.text)):
        is_fact = fact_here(scene, DEMANDED) is not None
        features["demand"] = 1.0 if is_fact else DEMAND_WORD * bool(_DEMANDS.search(text))
    elif intent is Intent.AGREED:
        features["fact"] = _has_fact(scene)
    elif intent in (Intent.LATEST, Intent.WHAT_HAPPENED) and not headline:
        kind = "summary" if intent is Intent.LATEST else "happened"
        features[kind] = max(0.0, 1 - row.n / SUMMARY_SENTENCES)
    if intent is Intent.LATEST and not _VERB.search(text):
        features["verbless"] = 1.0
    if query.question.dates:
        features["time"] = in_time(scene)
    if scene.left_behind and _PRONOUN.search(text):
        features["referred"] = scene.left_behind
    features["quoted"] = quoted_share(row.span, quotes)
    features["lead"] = max(0.0, 1 - row.n / LEAD_SENTENCES)
    if headline and intent is not Intent.LATEST:
        features["headline"] = 1.0
    if text.rstrip("\"'”’) ").endswith("?"):
        features["asks"] = 1.0
    if len(row.terms) < SHORT_WORDS:
        features["short"] = 1.0
    if len(text) > LONG_CHARS:
        features["long"] = min(1.0, (len(text) - LONG_CHARS) / LONG_CHARS)
    if query.answered is not None and row.span.overlaps(query.answered[1]):
        again = features.get("date" if intent is Intent.WHEN else "place", 0.0) >= SURELY
        turned = query.turned and intent in (Intent.WHEN, Intent.WHERE) and again
        if intent is Intent.HOW_MANY and features.get("counted", 0.0) >= SURELY:
            turned = True  # "and how many houses?": one sentence counts more things than one
        elif intent is Intent.HOW_MANY and query.turned and all(w.carried for w in query.wanted):
            turned = features.get("figure", 0.0) >= SURELY  # "by how much?"
        elif intent is Intent.HOW_MANY and query.turned and asks_length(query):
            turned = lasts_for(text)  # "and for how long?"
        same = scene.article.key == query.answered[0] and not turned
        features["repeat"] = query.lean * float(same)
    if query.answered is not None and scene.article.key == query.answered[0]:
        if not features.get("repeat"):
            beside = _beside(scene, query.answered[1])
            if row.span.overlaps(query.answered[1]) and all(w.carried for w in query.wanted):
                beside = 1.0  # "when was that?"
            features["beside"] = query.lean * beside
        if "else" in fold(query.question.text).split():
            features["also"] = float(bool(_ALSO.search(text)))
    if query.people:
        features["person"] = _holds_person(scene, seen, names)
    return seen


def _beside(scene: Scene, last: Span) -> float:
    """How near the sentence stands to the last answer, 1.0 for the next one, not itself."""
    places = [n for n, s in enumerate(scene.findings.sentences) if s.overlaps(last)]
    if not places:
        return 0.0
    distance = min(abs(scene.row.n - n) for n in places)
    return 1 / distance if distance else 0.5


def _is_headline(scene: Scene) -> bool:
    title = scene.article.title
    if scene.row.n or not title or len(scene.text) > len(title) + 20:
        return False
    return part_similarity(fold(scene.text), fold(title)) > 90


def _pairs(query: Query, terms: Sequence[str]) -> float:
    """The share of the question's neighbouring word pairs that neighbour in the sentence."""
    asked = [w for w in query.wanted if not w.carried]
    pairs = list(pairwise(asked))
    if not pairs:
        return 0.0
    following = {*pairwise(terms), *zip(terms, terms[2:], strict=False)}
    found = sum(any((x, y) in following for x in a.credits for y in b.credits) for a, b in pairs)
    return found / len(pairs)


def _holds_person(scene: Scene, seen: Seen, names: Sequence[Mention]) -> float:
    """Whether those whom a pronoun of the question may mean are named here, or speak."""
    if seen.speaker_match:
        return 1.0
    surnames = {p.split()[-1] for p in scene.query.people if p}
    return float(
        any(
            fold_name(m.name).split()[-1:] and fold_name(m.name).split()[-1] in surnames
            for m in names
        )
    )


# ------------------------------------------------------------------------- kinds of answer
def _new(query: Query, mention: Mention) -> bool:
    """Whether a name stands here that the question does not hold."""
    terms = terms_of(mention.name)
    return bool(terms) and not any(t in w.credits for t in terms for w in query.wanted)


def _tells(quote: Quote, mention: Mention) -> bool:
    """Whether `mention` is only whoever says what the sentence tells."""
    return quote.speaker is not None and quote.speaker.span.overlaps(mention.span)


def _names_someone_new(query: Query, names: Sequence[Mention]) -> float:
    kinds = {m.kind for m in names if _new(query, m)}
    if NameKind.PERSON in kinds:
        return 1.0
    return 0.5 if NameKind.ORGANISATION in kinds else 0.0


def _words_near_somebody(scene: Scene, names: Sequence[Mention]) -> float:
    """The largest share of the question's weight that stands near one new person's name."""
    query, start = scene.query, scene.row.span.start
    people = [m.span for m in names if m.kind is NameKind.PERSON and _new(query, m)]
    asked = [w for w in query.wanted if not w.carried]
    total = sum(w.weight for w in asked)
    if not people or not total:
        return 0.0
    words = find_words(scene.text)
    places = [start + w.span.start for w in words]
    best = 0.0
    for person in people:
        first = bisect_left(places, person.start - NEAR_NAME_CHARS)
        last = bisect_right(places, person.end + NEAR_NAME_CHARS)
        around = {w.term for w in words[first:last]}
        best = max(best, sum(w.weight * held_by(w, around) for w in asked))
    return best / total


def _names_holder(scene: Scene, names: Sequence[Mention]) -> float:
    """Whether somebody new is named here who has a role that the question asks for ("which
    officer"), printed here or elsewhere in the article."""
    query = scene.query
    for mention in names:
        described = scene.roles.get(mention.name, frozenset())
        asked = any(held_by(w, described) for w in query.wanted if not w.carried)
        if asked and _new(query, mention):
            return 1.0
    return 0.0


def _has_new_place(query: Query, names: Sequence[Mention]) -> float:
    kinds = {m.kind for m in names if _new(query, m)}
    if NameKind.PLACE in kinds:
        return 1.0
    return 0.4 if kinds else 0.0


def _stands_at_place(scene: Scene, names: Sequence[Mention]) -> bool:
    """Whether a place or a body that the question does not name stands here behind "in", "at"."""
    text = scene.article.text
    return any(
        m.kind in (NameKind.PLACE, NameKind.ORGANISATION)
        and _new(scene.query, m)
        and _AT.search(text, max(0, m.span.start - AT_CHARS), m.span.start) is not None
        for m in names
    )


def _has_fact(scene: Scene) -> float:
    """Whether something agreed or decided is reported here; less where it is planned or failed."""
    fact = fact_here(scene, DECIDED)
    if fact is None:
        return 0.0
    return 1.0 if fact.status in SETTLED else 0.5


def fact_here(scene: Scene, kinds: frozenset[str]) -> Fact | None:
    """The surest fact of one of `kinds` in the sentence."""
    facts = [
        f for f in scene.findings.facts if f.kind in kinds and f.span.overlaps(scene.row.span)
    ]
    return max(facts, key=lambda f: f.confidence, default=None)
