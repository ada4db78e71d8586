"""Who speaks in a sentence, whether it is the one asked about, and how much of what is asked for
they say there."""

from __future__ import annotations

import re
from collections.abc import Sequence

from bot.answer.intents import Intent
from bot.answer.retrieve import Query
from bot.answer.scene import Scene, Seen, held_by
from bot.answer.wanted import Wanted
from bot.answer.weights import TITLE_CREDIT
from bot.model import NameKind, Quote, QuoteKind, Span
from bot.text.names import fold_name
from bot.text.words import fold, terms_of

_TOPIC_BORDER = re.compile(
    r"\b(?:about|on|regarding|over|concerning|after|before|when|during|to the|in reaction)\b"
)
_SAYING_NOUN = re.compile(
    r"(?<=\w )(?:statements?|reactions?|response|quotes?|comments?|remarks?|tweets?|opinion|"
    r"views?|position|stance|reply)\b"
)
_ASKS_SAID = re.compile(
    r"^(?:and |so |but )?w[ah]+a?t(?:'s| has| have| did| does| do|s)? .*\b(?:say|says|said|tell|"
    r"tells|told|tweet|tweeted|write|wrote|think|thinks|claim|claimed|promised?|pledged?|warn|warned)\b|"
    r"\b(?:statements?|comments?|remarks?|quotes?)\b"
)
_SAYING = (
    r"(?:sa(?:ys?|id|ying)|t(?:old|ells?)|wrote|spoke|(?:vow|pledg|promis|warn|claim|argu|insist|"
    r"tweet|call|den[yi]|announc|declar|statement|remark|comment|view|stance|position|critici[sz]|"
    r"prais|blam)\w*)\b"
)
_TELLING = re.compile(rf"\b{_SAYING}", re.IGNORECASE)
"""A word of saying: without one a sentence in which nobody speaks tells of no words at all."""
_THEY_SAID = re.compile(
    rf"\b(?:he|she|his|her|they|their) (?:\w+ ){{0,2}}{_SAYING}", re.IGNORECASE
)
_ASKS_MIND = re.compile(r"\b(?:want|wish|think|thought|plan|believe|order|demand|position|view)")
UNSPOKEN = frozenset({"wants", "plans", "thinks", "orders", "reports", "opposes", "endorses"})
"""Classes of cues with which something is meant or done, but not said."""
NAMESAKE_CREDIT = 0.2  # the worth of a speaker with the surname, but another given name
OFF_TOPIC_CREDIT = 0.6  # what quotation marks are worth around none of the words asked about
UNSPOKEN_CREDIT = 0.4
POSSESSIVES = ("'s", "’s", "' ", "’ ")
SURELY = 0.5  # speaker match from which the name need not stand in the sentence


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


def match_speaker(scene: Scene, seen: Seen, quotes: Sequence[Quote]) -> None:
    """Note which quote here is by the person asked about, and how sure that is."""
    ranked = [
        (_spoken(scene, q) * speaker_match(scene, q), _said(scene, q, topic_only=True), q)
        for q in quotes
    ]
    if not ranked:
        seen.features["no_speaker"] = 1.0
        seen.features["silent"] = float(_asks_words(scene) and not _TELLING.search(scene.text))
        return
    match, topic, quote = max(ranked, key=lambda r: (r[0], r[1]))
    seen.quote, seen.speaker_match = quote, match
    if match == 0:
        seen.features["no_speaker"] = 1.0
    else:
        seen.features["speaker"] = match
        if match >= SURELY:
            seen.features["as_named"] = match * _left_unnamed(scene, quote)
        seen.features["topic"] = topic
        around = _topic_around(scene)
        seen.features["beyond"] = around * match
        seen.features["off_topic"] = 1 - around
        seen.features["unuttered"] = 1 - _spoken(scene, quote)
        # In quotation marks, but on something else, it answers little better than other words.
        on_it = topic > 0 or all(w.is_name or w.carried for w in scene.query.wanted)
        is_direct = quote.kind is not QuoteKind.INDIRECT
        seen.features["direct"] = is_direct * (1.0 if on_it else OFF_TOPIC_CREDIT)
    if match <= NAMESAKE_CREDIT:
        silent = _asks_words(scene) and not _THEY_SAID.search(scene.text)
        seen.features["silent"] = float(silent)


def _asks_words(scene: Scene) -> bool:
    """Whether the words of somebody named are asked for: "what did Berg say", not "react"."""
    query = scene.query
    named = any(w.is_name and not w.carried for w in query.wanted)
    return named and not query.phrases and _ASKS_SAID.search(fold(query.question.text)) is not None


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
    if query.is_of_person and not any(w.is_name and not w.carried for w in query.wanted):
        return 0.0  # "what does she want": nobody else
    printed = quote.speaker.span.of(scene.article.text)
    described = set(terms_of(f"{name} {printed} {quote.speaker.role or ''}"))
    described |= scene.roles.get(name, frozenset())
    border = _topic_border(query)
    asked = [w for w in query.wanted if not w.carried]
    if not asked and query.question.has_pronoun:  # "what else did it ask for"
        asked = [w for w in query.wanted if w.is_name]
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


def match_content(scene: Scene, seen: Seen, quotes: Sequence[Quote]) -> None:
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
        described = set(terms_of(role)) | scene.roles.get(speaker_name(quote, scene), frozenset())
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


def quoted_share(span: Span, quotes: Sequence[Quote]) -> float:
    """The share of `span` that stands in quotation marks."""
    inside = [
        min(part.end, span.end) - max(part.start, span.start)
        for quote in quotes
        if quote.kind is not QuoteKind.INDIRECT
        for part in quote.content
        if part.overlaps(span)
    ]
    return min(1.0, sum(inside) / max(len(span), 1))


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
