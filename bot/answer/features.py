"""What tells an answer from a sentence that merely holds the words: who speaks, and whether the
kind of thing that is asked for (a date, a figure, a reason, …) is there."""

from __future__ import annotations

import re
from collections.abc import Sequence
from itertools import pairwise

from bot.answer.answer_types import (
    AGE,
    ASKS_AGE,
    counted_thing,
    counts_it,
    has_date,
    has_figure,
    in_time,
)
from bot.answer.intents import Intent
from bot.answer.retrieve import Query, Wanted
from bot.answer.scene import Scene, Seen, held_by
from bot.answer.weights import TITLE_CREDIT
from bot.model import (
    Fact,
    Mention,
    NameKind,
    Quote,
    QuoteKind,
    Span,
)
from bot.text.names import fold_name
from bot.text.similar import overlap_similarity, part_similarity
from bot.text.words import fold, terms_of

SUMMARY_SENTENCES = 4  # the top of an article that tells the latest
LEAD_SENTENCES = 10
SHORT_WORDS = 5
LONG_CHARS = 300  # from here a sentence is a wall of text in which the answer drowns
POSSESSIVES = ("'s", "’s", "' ", "’ ")
PHRASE_AT = 82.0  # similarity from which a phrase counts as standing in a sentence
_ALSO = re.compile(r"\b(?:also|too|another|further|besides|in addition|as well|added)\b", re.I)
_REASON = re.compile(
    r"\b(?:because|due to|owing to|as a result|reasons?|caused?|blam(?:e|ed|ing)|so that|"
    r"in order to|thanks to|led to|therefore|prompted|sparked|stemmed|triggered|citing|since|"
    r"after (?:being|a|the|his|her|its|their)|in response to|so)\b",
    re.IGNORECASE,
)
_ASKS_NAME = re.compile(
    r"\bnames?$|^names? of\b|\bwhat(?:'s| is| was| are| were|s)? .*\b(?:name|called|named)$"
)
_VERB = re.compile(
    r"\b(?:is|are|was|were|be|been|has|have|had|will|would|can|could|may|might|must|do|does|did|"
    r"said|says|won|lost|made|took|came|went|got|began|rose|fell|told|\w{3,}ed)\b",
    re.IGNORECASE,
)
_TOPIC_BORDER = re.compile(
    r"\b(?:about|on|regarding|over|concerning|after|before|when|during|to the|in reaction)\b"
)
_SAYING_NOUN = re.compile(
    r"(?<=\w )(?:statements?|reactions?|response|quotes?|comments?|remarks?|tweets?|opinion|"
    r"views?|position|stance|reply)\b"
)
_ASKS_MIND = re.compile(r"\b(?:want|wish|think|thought|plan|believe|order|demand|position|view)")
_ASKS_DEMAND = re.compile(r"\b(?:want|demand|condition|require|insist|ask(?:s|ed)? for)")
DEMANDED = frozenset({"demand", "condition"})
SETTLED = frozenset({"agreed", "signed", "happened", "decided", "approved", "rejected"})
UNSPOKEN = frozenset({"wants", "plans", "thinks", "orders", "reports", "opposes", "endorses"})
"""Classes of cues with which something is meant or done, but not said."""
NAMESAKE_CREDIT = 0.2  # the worth of a speaker with the surname, but another given name
SURELY = 0.5  # speaker match from which the name need not stand in the sentence
UNSPOKEN_CREDIT = 0.4
DECIDED = frozenset(
    {"agreement", "deal", "decision", "vote", "ruling", "plan", "promise", "announcement"}
)


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
    quotes = [q for q in scene.findings.quotes if any(c.overlaps(row.span) for c in q.content)]
    names = [m for m in scene.findings.names if row.span.covers(m.span)]
    headline = _is_headline(scene)
    if intent is Intent.SAID_BY:
        _match_speaker(scene, seen, quotes)
    elif quotes:
        _match_content(scene, seen, quotes)
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
        features["role"] = _names_holder(query, names)
    if intent is Intent.WHEN:
        features["date"] = has_date(scene)
    elif intent is Intent.HOW_MANY:
        features["figure"] = has_figure(query, text)
        if ASKS_AGE.search(fold(query.question.text)):
            features["ageless"] = float(not AGE.search(text))
        if (counted := counted_thing(query)) is not None:
            features["counted"] = counts_it(counted, row.terms)
    elif intent is Intent.WHERE:
        features["place"] = _has_new_place(query, names)
    elif intent is Intent.WHY:
        features["reason"] = float(bool(_REASON.search(text)))
    elif intent is Intent.SAID_BY and _ASKS_DEMAND.search(fold(query.question.text)):
        features["demand"] = float(fact_here(scene, DEMANDED) is not None)
    elif intent is Intent.AGREED:
        features["fact"] = _has_fact(scene)
    elif intent in (Intent.LATEST, Intent.WHAT_HAPPENED) and not headline:
        kind = "summary" if intent is Intent.LATEST else "happened"
        features[kind] = max(0.0, 1 - row.n / SUMMARY_SENTENCES)
    if intent is Intent.LATEST and not _VERB.search(text):
        features["verbless"] = 1.0
    if query.question.dates:
        features["time"] = in_time(scene)
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
        same = scene.article.key == query.answered[0] and not turned
        features["repeat"] = query.lean * float(same)
    if query.answered is not None and scene.article.key == query.answered[0]:
        if not features.get("repeat"):
            features["beside"] = query.lean * _beside(scene, query.answered[1])
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


# ------------------------------------------------------------------------------- speakers
def speaker_name(quote: Quote, scene: Scene) -> str:
    """Who speaks: the resolved name, or the person named in the mention, or its words."""
    assert quote.speaker is not None
    if quote.speaker.name:
        return quote.speaker.name
    text = scene.article.text
    inside = [
        m
        for m in scene.findings.names
        if quote.speaker.span.covers(m.span)
        and not text.startswith(POSSESSIVES, m.span.end)  # "Northrail's head, Ada Holm"
    ]
    people = [m for m in inside if m.kind is NameKind.PERSON] or inside
    return people[0].name if people else quote.speaker.span.of(text)


def _topic_border(query: Query) -> int | None:
    """Where the question turns from who speaks to what about ("about", "on", or the word for what
    was said in "NAME statement TOPIC"); None: nowhere."""
    asked = fold(query.question.text)
    match = _TOPIC_BORDER.search(asked)
    said = _SAYING_NOUN.search(asked)
    return min((m.start() for m in (match, said) if m), default=None)


def _match_speaker(scene: Scene, seen: Seen, quotes: Sequence[Quote]) -> None:
    """Note which quote here is by the person asked about, and how sure that is."""
    ranked = [
        (_spoken(scene, q) * speaker_match(scene, q), _said(scene, q, topic_only=True), q)
        for q in quotes
    ]
    if not ranked:
        seen.features["no_speaker"] = 1.0
        return
    match, topic, quote = max(ranked, key=lambda r: (r[0], r[1]))
    seen.quote, seen.speaker_match = quote, match
    if match > 0:
        seen.features["speaker"] = match
        if match >= SURELY:
            seen.features["as_named"] = match * _left_unnamed(scene, quote)
        seen.features["topic"] = topic
        around = _topic_around(scene)
        seen.features["beyond"] = around * match
        seen.features["off_topic"] = 1 - around
        seen.features["unuttered"] = 1 - _spoken(scene, quote)
        seen.features["direct"] = float(quote.kind is not QuoteKind.INDIRECT)
    else:
        seen.features["no_speaker"] = 1.0


def _spoken(scene: Scene, quote: Quote) -> float:
    """What a quote is worth by its cue: less where nothing was uttered and the question does not
    ask for wishes, thoughts or plans either."""
    kind = quote.cue.cue_class if quote.cue else "says"
    if kind not in UNSPOKEN or _ASKS_MIND.search(fold(scene.query.question.text)):
        return 1.0
    return UNSPOKEN_CREDIT


def speaker_match(scene: Scene, quote: Quote) -> float:
    """How sure the speaker of `quote` is the one whom the question asks about, 0–1."""
    query = scene.query
    if quote.speaker is None:
        return 0.0
    name = speaker_name(quote, scene)
    key = fold_name(name)
    if query.people and any(key.split()[-1:] == p.split()[-1:] for p in query.people):
        return 0.9
    printed = quote.speaker.span.of(scene.article.text)
    described = set(terms_of(f"{name} {printed} {quote.speaker.role or ''}"))
    border = _topic_border(query)
    asked = [w for w in query.wanted if not w.carried]
    before = [w for w in asked if border is None or w.position < border] or asked
    surname_term = (terms_of(key) or [""])[-1]
    best = 0.0
    for place, wanted in enumerate(before):
        worth = wanted.credits.get(surname_term, 0.0)
        if not worth and not described.isdisjoint(wanted.credits):
            worth = 0.6 * max(c for t, c in wanted.credits.items() if t in described)
        if worth and place and _is_namesake(before[place - 1], wanted, key):
            worth *= NAMESAKE_CREDIT
        # Whoever is named first is the one who is asked about.
        best = max(best, worth * (1.0 if place < 3 else 0.7))
    return best


def _is_namesake(given: Wanted, surname: Wanted, key: str) -> bool:
    """Whether `key`, a folded full name with the surname asked for, has another given name than
    the one that stands before it in the question."""
    first, *others = terms_of(key)
    between = surname.position - given.position - len(given.typed)
    if not others or len(first) < 2 or not given.is_name or not 0 < between <= 2:
        return False
    return first not in given.credits and not any(t in given.credits for t in others[:-1])


def _match_content(scene: Scene, seen: Seen, quotes: Sequence[Quote]) -> None:
    """Note which quote here holds what was asked about, and how much of it."""
    said, quote = max(
        ((_said(scene, q, topic_only=False), q) for q in quotes), key=lambda pair: pair[0]
    )
    seen.quote = quote
    if scene.query.intent is not Intent.WHO_SAID:
        return
    seen.features["quote"] = 1.0 if quote.speaker is not None else 0.3
    seen.features["said"] = said
    seen.features["direct"] = float(quote.kind is not QuoteKind.INDIRECT)
    if quote.speaker is not None:
        role = f"{quote.speaker.role or ''} {quote.speaker.span.of(scene.article.text)}"
        described = set(terms_of(role))
        asked = [w for w in scene.query.wanted if not w.carried and held_by(w, described)]
        seen.features["role"] = min(1.0, len(asked) / 2)


def _said(scene: Scene, quote: Quote, *, topic_only: bool) -> float:
    """The share of the question's words that stand inside what is quoted."""
    terms = {t for span in quote.content for t in terms_of(span.of(scene.article.text))}
    topic = [w for w in scene.query.wanted if not (topic_only and w.is_name)]
    total = sum(w.weight for w in topic)
    return sum(w.weight * held_by(w, terms) for w in topic) / total if total else 0.0


def _left_unnamed(scene: Scene, quote: Quote) -> float:
    """The share of the question's weight in words of the speaker's name that the sentence does
    not print, since a pronoun stands for them or the name stands in a sentence before."""
    own = frozenset(scene.row.terms)
    said_by = frozenset(terms_of(speaker_name(quote, scene)))
    total = sum(w.weight for w in scene.query.wanted if not w.carried)
    unnamed = sum(
        w.weight * (1 - held_by(w, own))
        for w in scene.query.wanted
        if w.is_name and not w.carried and held_by(w, said_by)
    )
    return unnamed / total if total else 0.0


def _topic_around(scene: Scene) -> float:
    """The share of what is asked about that stands in the sentence, next to it or in the
    headline, names of speakers left out."""
    border = _topic_border(scene.query)
    title = frozenset(terms_of(scene.article.title or ""))
    topic = [
        (w, max(found, TITLE_CREDIT * held_by(w, title)))
        for w, found in zip(scene.query.wanted, scene.around, strict=True)
        if not w.carried and (w.position > border if border is not None else not w.is_name)
    ]
    total = sum(w.weight for w, _ in topic)
    return sum(w.weight * found for w, found in topic) / total if total else 1.0


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


def _names_holder(query: Query, names: Sequence[Mention]) -> float:
    """Whether somebody new is named here with a role that the question asks for ("which
    officer")."""
    for mention in names:
        if mention.role and _new(query, mention):
            described = set(terms_of(mention.role))
            if any(held_by(w, described) for w in query.wanted if not w.carried):
                return 1.0
    return 0.0


def _has_new_place(query: Query, names: Sequence[Mention]) -> float:
    kinds = {m.kind for m in names if _new(query, m)}
    if NameKind.PLACE in kinds:
        return 1.0
    return 0.4 if kinds else 0.0


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
