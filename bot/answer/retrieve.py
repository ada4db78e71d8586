"""From a question to candidate sentences: its words spelt as the store spells them, the articles
that hold them, and the sentences of those articles."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass

from bot.answer.families import relatives_of
from bot.answer.intents import Intent
from bot.answer.phrasals import Phrasal, find_phrasals
from bot.answer.question import Question
from bot.answer.result import Frame
from bot.answer.sensed import find_sensed
from bot.answer.vocabulary import Vocabulary
from bot.answer.wanted import Wanted, add_bearers, add_holders, add_surnames, rarity, temper
from bot.answer.weights import (
    BARE_VERB_CREDIT,
    FOLLOW_UP_WEIGHT,
    MISSPELLING_CREDIT,
    NAME_WEIGHT,
    PHASE_WEIGHT,
    PHRASAL_CREDIT,
    RELATIVE_CREDIT,
    SMALL_WORD_CREDIT,
    SPELLING_VARIANT_CREDIT,
    VERB_CREDIT,
)
from bot.model import NameKind, Span
from bot.store.lookups import find_spoken
from bot.store.packing import TermPage
from bot.store.search import find_places, get_pages, search_articles
from bot.store.store import Store
from bot.text.names import fits_honorific
from bot.text.ordinary import ordinary_words
from bot.text.words import Word, find_words, fold, term_of

ARTICLES = 20  # articles whose every sentence is looked at; 20 reach what 50 do (RealTimeQA)
MORE_ARTICLES = 26  # … and up to so many where no word of the question tells much
FLAT = 0.6  # the share of the best article's score from which the others are as likely
PHRASES = 20
PLACES = 100_000  # where the terms of one search may stand; reading more costs more than it finds
RELATIVE_PLACES = 5_000  # … and their relatives; 20,000 took longer and found no more
FEWEST_TERMS = 2
SPEAKERS = 60  # names that one question may mean
SPOKEN = 24  # articles in which they speak that are looked at, the newest first
MISSPELT_FROM_CHARS = 3  # shorter words are not corrected
ORDINARY_WEIGHT = 5.0  # a common word is not telling because a small store happens to lack it
HOLDERS = 2  # people that one role may mean; of more, none
NEXT_WORD_CHARS = 2  # between two words of one name
SOFT_LEAN = 0.5  # a short question without a name, after another one
SOFT_LEAN_WORDS = 3


# Asked when, these tell which end of a thing is meant, but not which thing.
_PHASES = frozenset(
    "begin begins began start starts started end ends ended finish finished open opens opened "
    "close closes closed reopen reopened due over come comes came "
    "run runs last lasts apply applies expire expires".split()
)
BARE_WORDS = 2
TOPIC_WORDS = 2  # so few words that ask nothing are a topic
LITTLE_OF_ITS_OWN = (1.0, 1.0, 0.6, 0.3, 0.0)
"""How much a follow-up depends on what came before, by how many words it has of its own."""
_ASKS = re.compile(
    r"(?:how|why|what|which|who|when|where|until|since|from|by|was|is|were|are|did|does|do|has|have|"
    r"will|would|can|could)\b"
)
_AND_ABOUT = re.compile(r"(?:and|but|so|ok)? ?(?:about|on|regarding)\b")
_WH_WORD = re.compile(r"\b(?:how|why|what|which|who|when|where)\b(?! (?:about|of)\b)")
_ABOUT = re.compile(r"\b(?:about|on|regarding|concerning|re|of|statement)\b")
_SHE = frozenset(("she", "her", "hers"))
_HE = frozenset(("he", "him", "his"))
_ON_TOPIC = re.compile(r"^[\w .'’-]{3,40}? (?=(?:on|about|re) )")


@dataclass(frozen=True, slots=True)
class Query:
    """A question, with its words as the store spells them."""

    question: Question
    intent: Intent
    wanted: tuple[Wanted, ...]
    read_as: tuple[tuple[str, str], ...]
    missing: tuple[str, ...]
    people: tuple[str, ...] = ()
    """Folded names of those whom a pronoun in the question may mean."""
    frame_versions: tuple[int, ...] = ()
    answered: tuple[int, Span] | None = None
    """The version and place that answered last, when this question leans on it."""
    lean: float = 0.0
    """How much it leans on the question before it, 0–1."""

    turned: bool = False
    """Whether it asks for another kind of thing than the question before it."""

    @property
    def is_of_person(self) -> bool:
        """Whether a pronoun in it stands for one person who is known."""
        return bool(self.people) and _of_person(self.question)

    @property
    def spelt(self) -> str:
        """The question with its slips put right; empty where it has none."""
        text = self.question.text
        slips = [w for w in self.wanted if w.read is not None and not w.carried]
        for word in sorted(slips, key=lambda w: -w.position):
            end = word.position + len(word.typed)
            if fold(text[word.position : end]) == word.typed:
                text = f"{text[: word.position]}{word.read}{text[end:]}"
        return text if slips else ""

    @property
    def leaning(self) -> float:
        """How little it can be understood by itself, 0–1: it leans on the question before it,
        names nobody, and has hardly a word of its own."""
        own = [w for w in self.wanted if not w.carried]
        elsewhere = self.question.asks_later or (self.people and self.intent is Intent.SAID_BY)
        if not self.lean or elsewhere or any(w.is_name for w in own):
            return 0.0
        words = len(own) + (self.intent is Intent.HOW_MANY)  # "how many observers" may be new
        return self.lean * LITTLE_OF_ITS_OWN[min(words, len(LITTLE_OF_ITS_OWN) - 1)]

    @property
    def asks_about(self) -> bool:
        """Whether it asks for words on a subject ("about the strike")."""
        return _ABOUT.search(fold(self.question.text)) is not None

    @property
    def phrases(self) -> tuple[str, ...]:
        return self.question.phrases


@dataclass(frozen=True, slots=True)
class Candidates:
    """The sentences that may hold the answer, by article version."""

    pages: dict[int, TermPage]
    article_scores: dict[int, float]
    terms: tuple[str, ...]
    """The terms that were searched for."""
    rarity: dict[str, float]
    """How much each of them tells."""
    phrases: frozenset[tuple[int, int]]
    """(version, number) of the sentences with the words in quotation marks."""
    spoken: frozenset[tuple[int, int]]
    """Those that hold something said by whoever the question names."""
    sensed: frozenset[tuple[int, int]] = frozenset()
    """Those that come near in meaning, whatever their words."""


def build_query(question: Question, frame: Frame | None, vocabulary: Vocabulary) -> Query:
    """`question` in the store's words; what it leaves open is taken from `frame`."""
    read_as: list[tuple[str, str]] = []
    missing: list[str] = []
    wanted: list[Wanted] = []
    vocabulary.look_up(t for w in question.words for t in (w.term, *relatives_of(w.term)))
    vocabulary.look_up(t for p in question.phrasals.values() for t in p.same)
    for word in question.words:
        typed = word.folded
        is_name = vocabulary.is_name(typed)
        term_credits = {word.term: 1.0}
        spellings: list[str] = []
        best: str | None = None
        common: str | None = None
        if (phrasal := question.phrasals.get(word.span.start)) is not None:
            is_name = False
            term_credits = _phrasal_credits(word, phrasal)
        elif vocabulary.uses(word.term):
            for other in relatives_of(word.term):
                term_credits.setdefault(other, RELATIVE_CREDIT)
            for spelling, similar in vocabulary.other_spellings(typed):
                term = term_of(spelling)
                spellings.append(spelling)
                term_credits[term] = max(
                    term_credits.get(term, 0), SPELLING_VARIANT_CREDIT * similar / 100
                )
        else:
            kin = sorted(t for t in relatives_of(word.term) if vocabulary.uses(t))
            if kin:  # a word of the language that this store happens not to use: no slip
                term_credits.update(dict.fromkeys(kin, RELATIVE_CREDIT))
            elif len(typed) >= MISSPELT_FROM_CHARS and not typed.isdigit():
                for spelling, similar in vocabulary.near(typed):
                    term = vocabulary.word(spelling)[0]
                    worth = MISSPELLING_CREDIT * similar / 100
                    term_credits[term] = max(term_credits.get(term, 0), worth)
                    best = best or spelling
                    spellings.append(spelling)
                if best is None and (common := vocabulary.common_word(typed)) is not None:
                    # "resining" where the articles only tell of a resignation
                    near = (term_of(common), *relatives_of(term_of(common)))
                    kin = sorted(t for t in near if vocabulary.uses(t))
                    term_credits.update(dict.fromkeys(kin, RELATIVE_CREDIT))
            if best is None and not kin:
                missing.append(word.span.of(question.text))
            else:
                spelt = term_of(best) if best else word.term
                for other in relatives_of(spelt):
                    term_credits.setdefault(other, RELATIVE_CREDIT * 0.9)
                if best is not None and vocabulary.named(best):
                    is_name = True
                    read_as.append((word.span.of(question.text), _printed(best, vocabulary)))
        uses = _uses(term_credits, vocabulary, word.term)
        if phrasal is not None:
            uses = max(vocabulary.uses(t) for t in phrasal.same) or uses
        weight = rarity(uses, vocabulary)
        if question.intent is Intent.WHEN and typed in _PHASES:
            weight *= PHASE_WEIGHT
        if not is_name and typed in ordinary_words():
            weight = min(weight, ORDINARY_WEIGHT)
        weight *= NAME_WEIGHT if is_name else 1.0
        temper(term_credits, weight, vocabulary)
        is_unknown = not vocabulary.uses(word.term) and len(term_credits) == 1
        wanted.append(
            Wanted(
                typed,
                weight,
                term_credits,
                word.span.start,
                is_name,
                is_unknown=is_unknown,
                is_capital=word.span.start > 0 and word.span.of(question.text).istitle(),
                is_ordinary=typed in ordinary_words(),
                spellings=tuple(spellings),
                read=best or common,
                phrasal=phrasal,
            )
        )
    add_surnames(wanted, vocabulary)
    add_holders(wanted, vocabulary)
    add_bearers(wanted, vocabulary)
    intent = _intent(question, wanted)
    lean = _lean(question, intent, wanted) if frame is not None else 0.0
    if frame is None or not lean:
        return Query(question, intent, tuple(wanted), tuple(read_as), tuple(missing))
    goes_on = _goes_on(question, frame)
    people: tuple[str, ...] = ()
    if question.has_pronoun or goes_on:
        people = _meant(question, frame.people)
    only_names = question.leans and all(w.is_name for w in wanted)  # "and Berg?"
    keeps_topic = only_names and any(_is_person(w, vocabulary) for w in wanted)
    known = {w.typed for w in wanted}
    surnames = [p.split()[-1] for p in people[:1] if p] if _of_person(question) else []
    words = " ".join((*frame.words, *(s for s in surnames if s not in frame.words)))
    carried = find_words(words)
    phrasals = find_phrasals(carried)
    for word in carried:
        phrasal = phrasals.get(word.span.start)
        if word.folded in known or (word.is_stop and phrasal is None):
            continue
        if not vocabulary.uses(word.term):
            continue
        is_name = vocabulary.is_name(word.folded) and phrasal is None
        share = 1.0 if keeps_topic and not is_name else FOLLOW_UP_WEIGHT
        weight = lean * share * rarity(vocabulary.uses(word.term), vocabulary)
        term_credits = _phrasal_credits(word, phrasal) if phrasal else {word.term: 1.0}
        for other in relatives_of(word.term) if phrasal is None else ():
            term_credits.setdefault(other, RELATIVE_CREDIT)
        wanted.append(
            Wanted(word.folded, weight, term_credits, -1, is_name, carried=True, phrasal=phrasal)
        )
    bare = not question.words or only_names
    if intent is Intent.OTHER and bare and not _WH_WORD.search(fold(question.text)):
        # A check of given words is no kind of question that could be asked on.
        intent = Intent.OTHER if frame.intent is Intent.QUOTE_CHECK else frame.intent
    if goes_on:
        intent = Intent.SAID_BY
    return Query(
        question,
        intent,
        tuple(wanted),
        tuple(read_as),
        tuple(missing),
        people=people,
        frame_versions=frame.versions,
        answered=frame.answered,
        lean=lean,
        turned=intent is not frame.intent,
    )


def _phrasal_credits(word: Word, phrasal: Phrasal) -> dict[str, float]:
    """What a word is found by that small words give its meaning: itself first."""
    own = BARE_VERB_CREDIT if phrasal.tells_little else VERB_CREDIT
    found = {word.term: SMALL_WORD_CREDIT if phrasal.is_alone else own}
    return found | {t: PHRASAL_CREDIT for t in phrasal.same if t != word.term}


def _meant(question: Question, people: Sequence[str]) -> tuple[str, ...]:
    """Those of `people` whom the pronouns of `question` may mean: "she" is nobody whose given
    name is a man's; all of them where none fits."""
    said = {w.folded for w in question.frame}
    honorific = "ms" if said & _SHE else "mr" if said & _HE else None
    if honorific is None:
        return tuple(people)
    fitting = tuple(p for p in people if fits_honorific(p, honorific))
    return fitting or tuple(people)


def _is_person(wanted: Wanted, vocabulary: Vocabulary) -> bool:
    """Whether somebody in the store has `wanted` as part of the name."""
    return any(k.kind is NameKind.PERSON for k in vocabulary.names(wanted.typed))


def _goes_on(question: Question, frame: Frame) -> bool:
    """Whether it asks what the one who spoke last said on something else ("and about pay?")."""
    asks = _AND_ABOUT.match(fold(question.text)) is not None
    return asks and frame.intent is Intent.SAID_BY and bool(frame.people)


def _of_person(question: Question) -> bool:
    """Whether a pronoun of `question` stands for one person."""
    return not (_SHE | _HE).isdisjoint(w.folded for w in question.frame)


def _intent(question: Question, wanted: Sequence[Wanted]) -> Intent:
    """The question's intent; "NAME on TOPIC" without a verb asks what NAME said."""
    if question.intent is Intent.OTHER and wanted and wanted[0].is_name:
        border = _ON_TOPIC.search(question.text.lower())
        if border is not None and wanted[0].position < border.end():
            return Intent.SAID_BY
    asks_nothing = not (question.frame or question.phrases or question.dates)
    if question.intent is Intent.OTHER and wanted and asks_nothing and not question.leans:
        # A topic alone ("water", "rail strike"): what is told of it. "Orsval flood" names a thing.
        is_topic = len(wanted) == 1 or not any(w.is_name for w in wanted)
        return Intent.LATEST if len(wanted) <= TOPIC_WORDS and is_topic else Intent.OTHER
    return question.intent


def _lean(question: Question, intent: Intent, wanted: Sequence[Wanted]) -> float:
    """How much `question` leans on the one before it, 0–1."""
    if question.phrases:
        return 0.0
    if question.leans:
        return 1.0
    if any(w.is_name for w in wanted):
        return 0.0
    if question.has_pronoun:
        return 1.0
    if intent is Intent.LATEST and wanted:
        return 0.0  # it names its subject
    if any(w.is_unknown for w in wanted):
        return 0.0  # "what is the price of gold" brings a subject of its own
    if len(wanted) <= BARE_WORDS and _ASKS.match(fold(question.text)):
        return 1.0  # "who takes over?" asks nothing by itself
    return SOFT_LEAN if len(wanted) <= SOFT_LEAN_WORDS else 0.0


def _printed(folded: str, vocabulary: Vocabulary) -> str:
    """The word `folded` as the store prints it in a name."""
    for known in vocabulary.names(folded):
        for word in find_words(known.name):
            if word.folded == folded:
                return word.span.of(known.name)
    return folded


def _uses(term_credits: dict[str, float], vocabulary: Vocabulary, term: str) -> int:
    """How often a word is used, or the best of the words that it was read as."""
    if uses := vocabulary.uses(term):
        return uses
    near = [t for t, credit in term_credits.items() if credit > RELATIVE_CREDIT]
    return max((vocabulary.uses(t) for t in near), default=0)


def _telling(uses: int, vocabulary: Vocabulary) -> float:
    """The same as full-text search counts it: nothing for what stands in every other sentence."""
    total = max(vocabulary.sentences, 1)
    return math.log(max((total - min(uses, total) + 0.5) / (uses + 0.5), 1.0)) + 1e-6


def _speaker_keys(query: Query, vocabulary: Vocabulary) -> list[str]:
    """The folded names that the question may mean, as they stand in the store."""
    keys = dict.fromkeys(query.people)
    for wanted in query.wanted:
        for word in (wanted.typed, *wanted.spellings):
            keys.update(dict.fromkeys(k.key for k in vocabulary.names(word)))
    return list(keys)[:SPEAKERS]


def _affordable(query: Query, vocabulary: Vocabulary) -> list[str]:
    """The terms to search for: the words asked for and then their relatives, each the rarest
    first, as long as all of them together stand in few enough places.

    A bare OR over common words reads most of the index; the rare ones find the same articles.
    """
    ranked = sorted(
        {
            (credit <= RELATIVE_CREDIT, uses, term)
            for wanted in query.wanted
            for term, credit in wanted.credits.items()
            if (uses := vocabulary.uses(term))
        }
    )
    chosen: list[str] = []
    places = of_relatives = 0
    for is_relative, uses, term in ranked:
        places += uses
        of_relatives += uses * is_relative
        if places > PLACES and len(chosen) >= FEWEST_TERMS:
            break
        if of_relatives > RELATIVE_PLACES:
            break
        chosen.append(term)
    return chosen


def find_candidates(query: Query, store: Store, vocabulary: Vocabulary) -> Candidates:
    """The sentences worth ranking: all those of the articles that fit best, of those in which the
    one asked about speaks, and of those that hold the words in quotation marks."""
    terms = _affordable(query, vocabulary)
    hits = search_articles(store, terms, limit=MORE_ARTICLES)
    scores = {
        hit.row: hit.score
        for place, hit in enumerate(hits)
        if place < ARTICLES or hit.score >= FLAT * hits[0].score
    }
    phrases = [
        place for phrase in query.phrases for place in find_places(store, phrase, limit=PHRASES)
    ]
    spoken: list[tuple[int, int]] = []
    if query.intent is Intent.SAID_BY and (keys := _speaker_keys(query, vocabulary)):
        for place in find_spoken(store, keys, limit=SPOKEN):
            spoken += ((place.version, n) for n in place.sentences)
    places = [*phrases, *spoken]
    versions = [*scores, *query.frame_versions, *(version for version, _ in places)]
    pages = get_pages(store, list(dict.fromkeys(versions)))
    sensed: list[tuple[int, int]] = []
    if not query.lean and not query.phrases:
        near, sensed = find_sensed(query.question.text, query.wanted, store, vocabulary, pages)
        pages = near | pages
    return Candidates(
        pages,
        _scaled(scores),
        tuple(terms),
        {term: _telling(vocabulary.uses(term), vocabulary) for term in terms},
        frozenset(phrases),
        frozenset(spoken),
        frozenset(sensed),
    )


def _scaled(scores: dict[int, float]) -> dict[int, float]:
    """`scores` divided by the highest, so that they lie in 0–1."""
    top = max(scores.values(), default=0.0)
    return {key: max(score / top, 0.0) for key, score in scores.items()} if top > 0 else {}
