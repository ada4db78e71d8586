"""From ranked sentences to a response: spans, who said it, when, and which of three states."""

from __future__ import annotations

import re
import time
from collections.abc import Sequence
from dataclasses import replace
from datetime import date, datetime

from bot.answer.alone import is_elsewhere, is_taken_alone, may_stand_alone
from bot.answer.answer_types import answering_dates, fits_date
from bot.answer.claim import find_claim
from bot.answer.confidence import confidence, signs_of, state_of
from bot.answer.holders import Holders, joined, read_roles
from bot.answer.intents import Intent
from bot.answer.premise import NEAR, find_premise
from bot.answer.question import PRONOUNS, parse_question
from bot.answer.rank import Ranked, Ranking, rank_candidates
from bot.answer.result import Answer, Frame, Response, SpokenBy, State, Witness
from bot.answer.retrieve import (
    MISSPELT_FROM_CHARS,
    Query,
    build_query,
    find_candidates,
)
from bot.answer.scene import Scene
from bot.answer.sequel import with_sequel
from bot.answer.speakers import speaker_name
from bot.answer.vocabulary import Vocabulary, load_vocabulary
from bot.answer.weights import FEATURES
from bot.answer.witnesses import with_witnesses
from bot.link.people import Sighting, find_sightings, join_people
from bot.locales import _
from bot.locales.days import spoken_day, spoken_month
from bot.locales.numbers import spoken_share
from bot.model import Article, DateMention, Findings, NameKind, Quote, Span
from bot.store.store import Store
from bot.text.dates import bounds
from bot.text.names import fold_name, sound_key, surname
from bot.text.similar import overlap_similarity
from bot.text.words import STOP_TERMS, find_words, fold, term_of, terms_of

LONGEST_ANSWER_CHARS = 300  # a wider answer hides the sentence that was asked for
MOST_NEIGHBOURS = 3  # sentences of one answer
SAME_SENTENCE_AT = 92.0  # similarity from which two sentences of different articles are one
NEAREST_SHOWN = 3
FEWEST_LATEST = 3  # sentences on a topic: where few articles tell of it, some have more than one
MOST_ABSENT = 0.4  # of a question's weight, for an article that may be what the talk is about
FRAME_WORDS = 12
LONG_WAY = 200  # characters that a date which fits badly counts as farther off

_CALLED_BY = re.compile(
    r"\b(?:termed|called|described|dubbed|labell?ed|branded|hailed|condemned|denounced|praised|"
    r"criticised|criticized|characteri[sz]ed|presented|portrayed|dismissed|welcomed) by "
    r"(?:the |its |his |her )?",
    re.IGNORECASE,
)
_THE_WORDS = re.compile(r",?(?: as)?(?: an?| the)? [\"“„«‘']")
_QUOTATION = re.compile(r"\"([^\"]{8,300})\"|(?<!\w)'([^'\"]{8,300})'(?!\w)")
_NOBODY = PRONOUNS | frozenset(
    "i we you us me many some others several few most all both one those these who which "
    "everybody everyone somebody someone people".split()
)
"""Words that stand where a speaker does and name none ("what many were calling")."""


class Answerer:
    """Answers questions over one store; keeps the store's vocabulary between questions."""

    def __init__(self, store: Store) -> None:
        self._store = store
        self._vocabulary: Vocabulary | None = None

    def answer(
        self, text: str, now: datetime, *, frame: Frame | None = None, limit: int = 10
    ) -> Response:
        """What the store says to the question `text`; `frame` is what was asked before it."""
        began = time.perf_counter()
        self._vocabulary = load_vocabulary(self._store, self._vocabulary)
        question = parse_question(text, now)
        words = {w.folded for w in question.words}
        if frame is not None and words and words == {*frame.words} and not question.has_pronoun:
            frame = None  # asked once more, it is no surer by what came of it
        query = build_query(question, frame, self._vocabulary)
        response = self._answered(text, query, self._vocabulary, limit)
        elsewhere = is_elsewhere(query, self._store)
        if elsewhere or may_stand_alone(query):
            alone = self._answered(
                text, build_query(question, None, self._vocabulary), self._vocabulary, limit
            )
            if elsewhere or is_taken_alone(query, response, alone, self._store):
                response = alone
        response = _with(response, answers=with_witnesses(response.answers, self._store))
        response = with_sequel(response, self._store)
        coverage = self._vocabulary.coverage
        return _with(
            response,
            articles=coverage.articles,
            newest=coverage.newest,
            elapsed_ms=round((time.perf_counter() - began) * 1000, 1),
        )

    def respelt(self, word: str) -> str | None:
        """The store's word that `word` is most likely a slip for; None where the store knows it
        or nothing comes near."""
        self._vocabulary = load_vocabulary(self._store, self._vocabulary)
        if len(word) < MISSPELT_FROM_CHARS or self._vocabulary.uses(term_of(word)):
            return None
        near = self._vocabulary.near(fold(word))
        return near[0][0] if near else None

    def _answered(self, text: str, query: Query, vocabulary: Vocabulary, limit: int) -> Response:
        candidates = find_candidates(query, self._store, vocabulary)
        return compose(text, query, rank_candidates(query, candidates, self._store), limit=limit)


def _with(response: Response, **changes: object) -> Response:
    return replace(response, **changes)  # type: ignore[arg-type]


def compose(text: str, query: Query, ranking: Ranking, *, limit: int) -> Response:
    """The response to `query`: answers best first, near copies folded into witnesses."""
    chosen: list[Answer] = []
    folds: list[str] = []
    further: list[tuple[Ranked, Span]] = []
    roles: tuple[tuple[str, str], ...] = ()
    articles = ((a, ranking.findings[key]) for key, a in ranking.articles.items())
    holders = Holders(articles if query.intent in (Intent.SAID_BY, Intent.WHO_SAID) else ())
    of_words = query.intent in (Intent.SAID_BY, Intent.WHO_SAID)
    sure = confidence(query, ranking.ranked)
    top = ranking.ranked[0].score if ranking.ranked else 0.0
    for ranked in _nearest_first(query, ranking)[: 4 * limit]:
        article = ranking.articles[ranked.row.version]
        findings = ranking.findings[ranked.row.version]
        span = _span(ranked, findings)
        beside = [other for other in chosen if other.article.key == article.key]
        if any(other.span.overlaps(span) for other in beside):
            continue
        if beside and "headline" in ranked.features:
            continue  # the article itself answers already
        if query.intent is Intent.LATEST and beside:
            further.append((ranked, span))
            continue  # the latest is told by one sentence of each article
        folded = fold(span.of(article.text))
        twin = next(
            (
                i
                for i, o in enumerate(chosen)
                if _same_words(article, folded, o, folds[i])
                or (of_words and _same_quotation(article, folded, o, folds[i]))
            ),
            None,
        )
        if twin is not None:
            witness = Witness(article.id, span, article.source)
            chosen[twin] = replace(chosen[twin], also=(*chosen[twin].also, witness))
            continue
        if len(chosen) == limit:
            continue
        score = _score(sure, top, ranked, chosen)
        answer = _answer(query, ranked, article, findings, span, score)
        if answer.speaker is not None:
            by_name = joined(answer.speaker, article, holders)
            if not chosen:
                roles = read_roles(query.question.text, answer.speaker.name, by_name.name)
            answer = replace(answer, speaker=by_name)
        chosen.append(answer)
        folds.append(folded)
    for ranked, span in further[: max(0, min(FEWEST_LATEST, limit) - len(chosen))]:
        version, score = ranked.row.version, _score(sure, top, ranked, chosen)
        article, findings = ranking.articles[version], ranking.findings[version]
        chosen.append(_answer(query, ranked, article, findings, span, score))
    if query.intent in (Intent.SAID_BY, Intent.WHO_SAID):
        chosen = _with_people(chosen, ranking)
    state = state_of(sure)
    claim = find_claim(query.question) if state is State.FOUND else None
    denied = claim is not None and not claim.is_told_by(a.text for a in chosen[:NEAREST_SHOWN])
    if denied:
        state = State.CLOSE
    frame = _frame(query, chosen, ranking)
    base = Response(
        question=text,
        intent=query.intent,
        state=state,
        read_as=(*query.read_as, *roles),
        missing=query.missing,
        premise=claim.clause if claim and denied else _unreported(query, ranking, state),
        spelt=query.spelt,
        speechless=_speechless(query, ranking, chosen) if state is not State.FOUND else None,
        reports=bool(ranking.ranked and ranking.ranked[0].features.get("reports")),
        frame=frame,
        explanation=explain(query, ranking),
    )
    if state is State.NOTHING:
        # What merely came nearest is not what the talk is about, unless it tells of all of it.
        told = bool(chosen) and ranking.ranked[0].features.get("absent", 0.0) <= MOST_ABSENT
        versions = (chosen[0].article.key,) if told else ()
        frame = replace(frame, versions=versions, answered=None)
        return _with(base, frame=frame, nearest=tuple(chosen[:NEAREST_SHOWN]))
    return _with(base, answers=tuple(chosen), lead=_lead(query, chosen[0]))


def _score(sure: float, top: float, ranked: Ranked, chosen: Sequence[Answer]) -> float:
    """How sure an answer is: what comes later as sure as the first, less the distance between
    their scores, and no surer than those before it."""
    score = sure * max(0.0, 1 - (top - ranked.score) / top) if top > 0 else 0.0
    return min([score, *(a.score for a in chosen)])


def _speechless(query: Query, ranking: Ranking, chosen: Sequence[Answer]) -> str | None:
    """Whose words the question asks for, where what was found first is no word of theirs, or none
    on what it asks about; None where the name cannot be told."""
    if query.intent is not Intent.SAID_BY or not ranking.ranked or query.question.phrases:
        return None
    signs = signs_of(query, ranking.ranked)
    if signs.get("astray") and chosen and chosen[0].speaker is not None:
        return chosen[0].speaker.name
    if not signs.get("silent"):
        return None
    named = [w for w in query.wanted if w.is_name and not w.carried]
    if not named or any(w.read is not None for w in named[:2]):
        return None
    last = named[0]
    for word in named[1:]:
        if word.position - last.position - len(last.typed) != 1:
            break
        last = word
    name = query.question.text[named[0].position : last.position + len(last.typed)]
    return name if name[:1].isupper() else None


def _unreported(query: Query, ranking: Ranking, state: State) -> str | None:
    """What the question takes for granted, or asks after, where the first sentence does not
    report it."""
    premise = find_premise(query)
    if premise is None or not ranking.ranked or state is State.FOUND:
        return None
    if premise.is_asked and state is State.NOTHING:
        return premise.clause
    return premise.clause if ranking.ranked[0].features.get("unreported") else None


def _nearest_first(query: Query, ranking: Ranking) -> Sequence[Ranked]:
    """The candidates in order; where the first does not report what is asked after, those that
    are about its subject come first."""
    ranked = ranking.ranked
    premise = find_premise(query)
    if premise is None or not ranked or not ranked[0].features.get("unreported"):
        return ranked
    return sorted(ranked, key=lambda r: max(r.held[premise.named], r.near[premise.named]) < NEAR)


# -------------------------------------------------------------------------------- answers
def _answer(
    query: Query,
    ranked: Ranked,
    article: Article,
    findings: Findings,
    span: Span,
    score: float,
) -> Answer:
    scene = Scene(query, ranked.row, article, findings)
    quote = ranked.quote
    speaker = None
    if quote is not None and quote.speaker is not None:
        name = speaker_name(quote, scene)
        if fold(name) not in _NOBODY:
            speaker = SpokenBy(name, quote.speaker.role)
    if query.intent is Intent.WHO_SAID:
        speaker = _agent(span, scene, quote) or speaker
    when, words = _when(query, span, scene)
    return Answer(
        article=article,
        span=span,
        score=round(score, 4),
        speaker=speaker,
        quote=quote,
        when=when,
        when_words=words,
    )


def _agent(span: Span, scene: Scene, quote: Quote | None) -> SpokenBy | None:
    """Who is printed to have called something so, in the passive ("termed by Kelby as …"), right
    before the words; None where it is nobody, or somebody else may have said them."""
    text = scene.article.text
    for match in _CALLED_BY.finditer(text, span.start, span.end):
        for mention in scene.findings.names:
            if mention.span.start != match.end() or mention.span.end > span.end:
                continue
            if _THE_WORDS.match(text, mention.span.end) or quote is None or quote.speaker is None:
                return SpokenBy(mention.name, mention.role)
    return None


def _with_people(answers: Sequence[Answer], ranking: Ranking) -> list[Answer]:
    """`answers` with the fullest name of each speaker in the articles at hand, where more than
    one of them tells of the same person."""
    sounds = {sound_key(surname(a.speaker.name)) for a in answers if a.speaker is not None}
    sightings: list[Sighting] = []
    for key, article in ranking.articles.items() if sounds else ():
        names = ranking.findings[key].names
        seen_there = find_sightings(article.id, article.day, article.text, names)
        sightings += [s for s in seen_there if sound_key(surname(s.name)) in sounds]
    people = {
        (seen.article, fold_name(seen.name)): person.name
        for person in join_people(sightings)
        if len(person.sightings) > 1
        for seen in person.sightings
    }
    return [
        replace(a, speaker=replace(a.speaker, person=full))
        if a.speaker and (full := people.get((a.article.id, fold_name(a.speaker.name))))
        else a
        for a in answers
    ]


def _span(ranked: Ranked, findings: Findings) -> Span:
    """The sentence, widened to its neighbours where one direct quote runs over them."""
    span, quote = ranked.row.span, ranked.quote
    if quote is None or quote.speaker is None:
        return span
    for content in quote.content:
        if not content.overlaps(span):
            continue
        touched = [s for s in findings.sentences if s.overlaps(content) or s.overlaps(span)]
        if quote.cue is not None:
            touched += [s for s in findings.sentences if s.covers(quote.cue.span)]
        wide = Span(min(s.start for s in touched), max(s.end for s in touched))
        inside = [s for s in findings.sentences if wide.covers(s)]
        if len(inside) <= MOST_NEIGHBOURS and len(wide) <= LONGEST_ANSWER_CHARS:
            return wide
    return span


def _when(query: Query, span: Span, scene: Scene) -> tuple[str | None, str | None]:
    """The date in `span` that answers a question for it, with its words: the one that stands
    nearest to the words of the question; a dateline's only where there is no other."""
    if query.intent is not Intent.WHEN:
        return None, None
    dates = answering_dates(scene, span)
    if not dates:
        return None, None
    article = scene.article
    held = {t for w in query.wanted if not w.is_name for t in w.credits}
    places = [
        span.start + w.span.start for w in find_words(span.of(article.text)) if w.term in held
    ]

    def distance(mention: DateMention) -> float:
        near = sum(sorted(abs(mention.span.start - p) for p in places)[:2])
        return near + LONG_WAY * (1 - fits_date(query, mention, article))

    best = min(dates, key=distance)
    return best.value, best.span.of(article.text)


def _same_words(article: Article, folded: str, other: Answer, other_folded: str) -> bool:
    """Whether `other` is of another article and nearly word for word the sentence `folded`."""
    if article.key == other.article.key:
        return False
    shorter, longer = sorted((len(folded), len(other_folded)))
    if shorter < 0.6 * longer:
        return False
    return overlap_similarity(folded, other_folded) >= SAME_SENTENCE_AT


def _same_quotation(article: Article, folded: str, other: Answer, other_folded: str) -> bool:
    """Whether two articles print the same words between quotation marks, one of them perhaps more
    of them."""
    if article.key == other.article.key:
        return False
    return any(
        f" {a} " in f" {b} " or f" {b} " in f" {a} "
        for a in _quotations(folded)
        for b in _quotations(other_folded)
    )


def _quotations(folded: str) -> list[str]:
    """What stands between quotation marks in a folded text, as terms; single common words tell
    nothing."""
    parts = (match[1] or match[2] for match in _QUOTATION.finditer(folded))
    found = (terms_of(part) for part in parts)
    return [" ".join(t) for t in found if len({*t} - STOP_TERMS) > 1]


# ---------------------------------------------------------------------------- lead, frame
def _lead(query: Query, best: Answer) -> str | None:
    """One line of extracted fields: who, what day, what outlet."""
    parts: list[str] = []
    if query.intent is Intent.WHEN and best.when:
        parts.append(spoken_value(best.when))
    elif best.speaker is not None and query.intent in (Intent.SAID_BY, Intent.WHO_SAID):
        parts.append(best.speaker.name + (f", {best.speaker.role}" if best.speaker.role else ""))
    if not parts:
        return None
    if best.article.day is not None and query.intent is not Intent.WHEN:
        parts.append(spoken_day(best.article.day))
    return " · ".join(parts)


def spoken_value(value: str) -> str:
    """A date's value as people write it ("18 Mar 2025", "Mar 2025", "18 Mar – 16 Apr 2025")."""
    if "T" in value:
        return value.replace("T", " ")
    if len(value) == 7 and value[5:].isdigit():
        return spoken_month(date(int(value[:4]), int(value[5:]), 1))
    if len(value) == 4:
        return value
    ends = bounds(value)
    if ends is None:
        return value
    first, last = ends
    return spoken_day(first) if first == last else f"{spoken_day(first)} – {spoken_day(last)}"


def _frame(query: Query, chosen: Sequence[Answer], ranking: Ranking) -> Frame:
    """What the next question may lean on."""
    people: list[str] = []
    if chosen:
        best = chosen[0]
        if best.speaker is not None and query.intent is not Intent.WHO:
            people.append(fold_name(best.speaker.name))
        findings = ranking.findings[best.article.key]
        for mention in findings.names:
            if mention.kind is NameKind.PERSON and best.span.covers(mention.span):
                people.append(fold_name(mention.name))
    # Where another article answers, the talk has moved on: what was carried along is left behind.
    stays = bool(chosen) and chosen[0].article.key in query.frame_versions
    found = ranking.ranked[0].found(query) if ranking.ranked else {}
    words = [
        w.whole
        for w in query.wanted
        if not w.carried or (stays and max(found.get(w.typed, (0.0, 0.0))) > 0)
    ][:FRAME_WORDS]
    return Frame(
        intent=query.intent,
        words=tuple(words),
        versions=tuple(dict.fromkeys(a.article.key for a in chosen[:3])),
        people=tuple(dict.fromkeys(people))[:5],
        question=query.question.text,
        answered=(chosen[0].article.key, chosen[0].span) if chosen else None,
    )


def explain(query: Query, ranking: Ranking) -> tuple[str, ...]:
    """How the first answers were found, in plain words, with the features and their weights."""
    searched = [
        _("{word} (read as {spellings})").format(word=w.typed, spellings=", ".join(w.spellings))
        if w.spellings
        else w.typed
        for w in query.wanted
    ]
    sure = spoken_share(confidence(query, ranking.ranked))
    lines = [
        _("Read as a question of the kind “{kind}”.").format(kind=query.intent),
        _("Searched for: {words}.").format(words=", ".join(searched))
        if searched
        else _("Searched for: nothing in particular."),
        _("Sure to {share} that the first sentence answers.").format(share=sure),
    ]
    for place, ranked in enumerate(ranking.ranked[:3], 1):
        worth = {name: FEATURES.get(name, 0.0) * value for name, value in ranked.features.items()}
        told = sorted((n for n in worth if round(worth[n], 2)), key=lambda n: -abs(worth[n]))
        parts = ", ".join(f"{name} {worth[name]:+.2f}" for name in told)
        scored = _("{place}. scores {score}: {parts}")
        lines.append(scored.format(place=place, score=f"{ranked.score:.2f}", parts=parts))
    return tuple(lines)
