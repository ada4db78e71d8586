"""From a question to candidate sentences: its words spelt as the store spells them, the articles
that hold them, and the sentences of those articles."""

from __future__ import annotations

import math
import re
from collections.abc import Sequence
from dataclasses import dataclass, field

from bot.answer.families import relatives_of
from bot.answer.intents import Intent
from bot.answer.question import Question
from bot.answer.result import Frame
from bot.answer.weights import (
    DATE_WORD_WEIGHT,
    FOLLOW_UP_WEIGHT,
    HOLDER_CREDIT,
    MISSPELLING_CREDIT,
    NAME_WEIGHT,
    PHASE_WEIGHT,
    RELATIVE_CREDIT,
    SPELLING_VARIANT_CREDIT,
)
from bot.model import NameKind, Span
from bot.store.findings import (
    KnownName,
    find_known_names,
    find_known_roles,
    find_quotes_by,
)
from bot.store.search import (
    Hit,
    SentenceRow,
    count_sentences,
    count_uses,
    get_sentences,
    get_titles,
    get_vocabulary,
    search_articles,
    search_phrase,
    search_sentences,
    versions_of_sentences,
)
from bot.store.store import Store
from bot.text.ordinary import ordinary_words
from bot.text.similar import nearest
from bot.text.words import STOP_TERMS, find_words, term_of, terms_of

ARTICLES = 20  # articles whose every sentence is looked at; 20 reach what 50 do (RealTimeQA)
SENTENCES = 60  # sentences found on their own, for answers in articles about something else
PHRASES = 20
SPEAKERS = 60  # names that one question may mean
SPOKEN = 300  # quotes of theirs that are looked at
MISSPELT_FROM_CHARS = 3  # shorter words are not corrected
MISSPELT_AT = 79.0  # similarity from which a word of the store is taken for the one typed
VARIANT_AT = 85.0  # similarity from which two names are taken for spellings of one
ORDINARY_WEIGHT = 5.0  # a common word is not telling because a small store happens to lack it
HOLDERS = 2  # people that one role may mean; of more, none
SOFT_LEAN = 0.5  # a short question without a name, after another one
SOFT_LEAN_WORDS = 3
SPELLINGS = 3  # corrections tried for one word


# Asked when, these tell which end of a thing is meant, but not which thing.
_PHASES = frozenset(
    "begin begins began start starts started end ends ended finish finished open opens opened "
    "close closes closed reopen reopened due over come comes came".split()
)
_ON_TOPIC = re.compile(r"^[\w .'’-]{3,40}? (?:on|about|re) ")


@dataclass(slots=True)
class Vocabulary:
    """The store's words and names, kept until the store changes."""

    change: int
    sentences: int
    words: dict[str, tuple[str, int]]
    choices: dict[int, list[str]] = field(default_factory=dict)
    names: dict[str, list[KnownName]] = field(default_factory=dict)
    """Known names by each word of theirs."""
    roles: dict[str, dict[str, int]] = field(default_factory=dict)
    """For each term of a role ("spokesman"), the surnames of those who have it, how often."""

    def is_name(self, word: str) -> bool:
        """Whether `word` is used as part of a name at least as often as not."""
        mentions = sum(known.mentions for known in self.names.get(word, ()))
        return 2 * mentions >= self.words.get(word, ("", 0))[1] > 0

    def is_person(self, word: str) -> bool:
        """Whether `word` belongs to the name of a person more than to other names."""
        known = self.names.get(word, ())
        people = sum(k.mentions for k in known if k.kind is NameKind.PERSON)
        return 2 * people >= sum(k.mentions for k in known) > 0

    def near(self, typed: str) -> list[tuple[str, float]]:
        """Words of the store that `typed` may be a slip for, best first."""
        found: list[tuple[str, float]] = []
        for length in range(len(typed) - 2, len(typed) + 3):
            found += nearest(
                typed, self.choices.get(length, []), limit=SPELLINGS, at_least=MISSPELT_AT
            )

        # A name is typed wrong more often than a common word is, and the first letter seldom.
        def rank(pair: tuple[str, float]) -> float:
            word, similar = pair
            return similar + (4 if word in self.names else 0) + (3 if word[0] == typed[0] else 0)

        return sorted(found, key=lambda pair: (-rank(pair), pair[0]))[:SPELLINGS]

    def other_spellings(self, typed: str) -> list[tuple[str, float]]:
        """Words of names that are most likely `typed` in another spelling."""
        if len(typed) < 5 or typed not in self.names:
            return []
        choices = [w for w in self.names if w[0] == typed[0] and abs(len(w) - len(typed)) <= 1]
        found = nearest(typed, choices, limit=SPELLINGS + 1, at_least=VARIANT_AT)
        return [(word, similar) for word, similar in found if word != typed]


def load_vocabulary(store: Store, kept: Vocabulary | None) -> Vocabulary:
    """The store's vocabulary as it is now; `kept` again while nothing has changed."""
    change = store.change_count()
    if kept is not None and kept.change == change:
        return kept
    fresh = Vocabulary(change, count_sentences(store), get_vocabulary(store))
    for word in fresh.words:
        if not word[0].isdigit():
            fresh.choices.setdefault(len(word), []).append(word)
    for known in find_known_names(store):
        for word in known.key.split():
            fresh.names.setdefault(word, []).append(known)
    for known_role in find_known_roles(store):
        surname = term_of(known_role.key.split()[-1]) if known_role.key else ""
        for term in terms_of(known_role.role):
            if term not in STOP_TERMS and surname:
                holders = fresh.roles.setdefault(term, {})
                holders[surname] = holders.get(surname, 0) + known_role.mentions
    return fresh


@dataclass(frozen=True, slots=True)
class Wanted:
    """A word that the answer should hold: its weight, and what each term of the index is worth
    for it (1.0 for the word itself, less for relatives and corrections)."""

    typed: str
    weight: float
    credits: dict[str, float]
    position: int
    is_name: bool = False
    carried: bool = False
    is_unknown: bool = False
    """Whether no article holds it, nor a word that it may be a slip for."""
    is_ordinary: bool = False
    """Whether it is a common word of English."""
    is_person: bool = False
    """Whether it is part of a person's name."""
    spellings: tuple[str, ...] = ()
    """Words of the store that were read for it."""


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

    @property
    def phrases(self) -> tuple[str, ...]:
        return self.question.phrases


@dataclass(frozen=True, slots=True)
class Candidates:
    """The sentences that may hold the answer, by article version."""

    versions: dict[int, list[SentenceRow]]
    article_scores: dict[int, float]
    sentence_scores: dict[int, float]
    phrase_rows: frozenset[int]
    spoken_rows: frozenset[int]
    """Sentences that hold something said by whoever the question names."""
    titles: dict[int, frozenset[str]]


def build_query(
    question: Question, frame: Frame | None, store: Store, vocabulary: Vocabulary
) -> Query:
    """`question` in the store's words; what it leaves open is taken from `frame`."""
    read_as: list[tuple[str, str]] = []
    missing: list[str] = []
    wanted: list[Wanted] = []
    uses = count_uses(store, [w.term for w in question.words])
    for word in question.words:
        typed = word.folded
        is_name = vocabulary.is_name(typed)
        term_credits = {word.term: 1.0}
        spellings: list[str] = []
        if uses[word.term]:
            for other in relatives_of(word.term):
                term_credits.setdefault(other, RELATIVE_CREDIT)
            for spelling, similar in vocabulary.other_spellings(typed):
                term = term_of(spelling)
                spellings.append(spelling)
                term_credits[term] = max(
                    term_credits.get(term, 0), SPELLING_VARIANT_CREDIT * similar / 100
                )
        else:
            best: str | None = None
            kin = [t for t, n in count_uses(store, relatives_of(word.term)).items() if n]
            if kin:  # a word of the language that this store happens not to use: no slip
                term_credits.update(dict.fromkeys(kin, RELATIVE_CREDIT))
            elif len(typed) >= MISSPELT_FROM_CHARS and not typed.isdigit():
                for spelling, similar in vocabulary.near(typed):
                    term = vocabulary.words[spelling][0]
                    worth = MISSPELLING_CREDIT * similar / 100
                    term_credits[term] = max(term_credits.get(term, 0), worth)
                    best = best or spelling
                    spellings.append(spelling)
            if best is None and not kin:
                missing.append(word.span.of(question.text))
            else:
                spelt = term_of(best) if best else word.term
                for other in relatives_of(spelt):
                    term_credits.setdefault(other, RELATIVE_CREDIT * 0.9)
                if best is not None and best in vocabulary.names:
                    is_name = True
                    read_as.append((word.span.of(question.text), _printed(best, vocabulary)))
        weight = _rarity(_uses(store, term_credits, uses, word.term), vocabulary)
        if any(d.span.covers(word.span) for d in question.dates):
            weight *= DATE_WORD_WEIGHT
        if question.intent is Intent.WHEN and typed in _PHASES:
            weight *= PHASE_WEIGHT
        if not is_name and typed in ordinary_words():
            weight = min(weight, ORDINARY_WEIGHT)
        weight *= NAME_WEIGHT if is_name else 1.0
        is_unknown = not uses[word.term] and len(term_credits) == 1
        wanted.append(
            Wanted(typed, weight, term_credits, word.span.start, is_name, is_unknown=is_unknown)
        )
    _add_holders(wanted, vocabulary)
    intent = _intent(question, wanted)
    lean = _lean(question, wanted) if frame is not None else 0.0
    if frame is None or not lean:
        return Query(question, intent, tuple(wanted), tuple(read_as), tuple(missing))
    known = {w.typed for w in wanted}
    carried = [w for w in find_words(" ".join(frame.words)) if w.folded not in known]
    counts = count_uses(store, [w.term for w in carried])
    for word in carried:
        if not counts[word.term]:
            continue
        weight = lean * FOLLOW_UP_WEIGHT * _rarity(counts[word.term], vocabulary)
        term_credits = {word.term: 1.0}
        for other in relatives_of(word.term):
            term_credits.setdefault(other, RELATIVE_CREDIT)
        is_name = vocabulary.is_name(word.folded)
        wanted.append(Wanted(word.folded, weight, term_credits, -1, is_name, carried=True))
    if intent is Intent.OTHER and not question.words:
        intent = frame.intent
    return Query(
        question,
        intent,
        tuple(wanted),
        tuple(read_as),
        tuple(missing),
        people=frame.people if question.has_pronoun else (),
        frame_versions=frame.versions,
        answered=frame.answered,
        lean=lean,
    )


def _add_holders(wanted: Sequence[Wanted], vocabulary: Vocabulary) -> None:
    """Let words that name a role find those who have it: "the attorney general" is whoever the
    articles print with both words, "the mayor" whoever is the only one or two."""
    held = [{} if w.is_name else vocabulary.roles.get(next(iter(w.credits)), {}) for w in wanted]
    for place, holders in enumerate(held):
        if not holders:
            continue
        beside = [h for h in held[max(0, place - 2) : place + 3] if h and h is not holders]
        both = [name for name in holders if any(name in other for other in beside)]
        if not 0 < len(both) <= HOLDERS:
            continue
        for name in both:
            wanted[place].credits.setdefault(name, HOLDER_CREDIT)


def _intent(question: Question, wanted: Sequence[Wanted]) -> Intent:
    """The question's intent; "NAME on TOPIC" without a verb asks what NAME said."""
    if question.intent is Intent.OTHER and wanted and wanted[0].is_name:
        border = _ON_TOPIC.search(question.text.lower())
        if border is not None and wanted[0].position < border.start():
            return Intent.SAID_BY
    return question.intent


def _lean(question: Question, wanted: Sequence[Wanted]) -> float:
    """How much `question` leans on the one before it, 0–1."""
    if question.phrases:
        return 0.0
    if question.leans:
        return 1.0
    if any(w.is_name for w in wanted):
        return 0.0
    if question.has_pronoun:
        return 1.0
    return SOFT_LEAN if len(wanted) <= SOFT_LEAN_WORDS else 0.0


def _printed(folded: str, vocabulary: Vocabulary) -> str:
    """The word `folded` as the store prints it in a name."""
    for known in vocabulary.names.get(folded, ()):
        for word in find_words(known.name):
            if word.folded == folded:
                return word.span.of(known.name)
    return folded


def _uses(store: Store, term_credits: dict[str, float], uses: dict[str, int], term: str) -> int:
    """How often a word is used, or the best of the words that it was read as."""
    if uses[term]:
        return uses[term]
    near = [t for t, credit in term_credits.items() if credit > RELATIVE_CREDIT]
    counts = count_uses(store, near)
    return max(counts.values(), default=0)


def _rarity(uses: int, vocabulary: Vocabulary) -> float:
    """How much a word tells: its inverse document frequency over sentences, as in BM25."""
    total = max(vocabulary.sentences, 1)
    return math.log(1 + (total - min(uses, total) + 0.5) / (uses + 0.5))


def _speaker_keys(query: Query, vocabulary: Vocabulary) -> list[str]:
    """The folded names that the question may mean, as they stand in the store."""
    keys = dict.fromkeys(query.people)
    for wanted in query.wanted:
        for word in (wanted.typed, *wanted.spellings):
            keys.update(dict.fromkeys(k.key for k in vocabulary.names.get(word, ())))
    return list(keys)[:SPEAKERS]


def find_candidates(query: Query, store: Store, vocabulary: Vocabulary) -> Candidates:
    """The sentences worth ranking: all those of the articles that fit best, and single ones
    elsewhere."""
    terms: list[str] = []
    for wanted in query.wanted:
        terms += wanted.credits
    articles = search_articles(store, terms, limit=ARTICLES)
    sentences = search_sentences(store, terms, limit=SENTENCES)
    phrases: list[Hit] = []
    for phrase in query.phrases:
        phrases += search_phrase(store, phrase, limit=PHRASES)
    spoken: list[tuple[int, Span]] = []
    if query.intent is Intent.SAID_BY and (keys := _speaker_keys(query, vocabulary)):
        spoken = find_quotes_by(store, keys, limit=SPOKEN)
    scores = {hit.row: hit.score for hit in articles}
    rows = [hit.row for hit in [*sentences, *phrases]]
    homes = versions_of_sentences(store, rows) if rows else {}
    spoken_in = [version for version, _ in spoken]
    versions = list(dict.fromkeys([*scores, *homes.values(), *query.frame_versions, *spoken_in]))
    by_version: dict[int, list[SentenceRow]] = {}
    for row in get_sentences(store, versions):
        by_version.setdefault(row.version, []).append(row)
    spoken_rows = {
        row.row
        for version, place in spoken
        for row in by_version.get(version, ())
        if row.span.overlaps(place)
    }
    return Candidates(
        by_version,
        _scaled(scores),
        _scaled({hit.row: hit.score for hit in sentences}),
        frozenset(hit.row for hit in phrases),
        frozenset(spoken_rows),
        get_titles(store, versions),
    )


def _scaled(scores: dict[int, float]) -> dict[int, float]:
    """`scores` divided by the highest, so that they lie in 0–1."""
    top = max(scores.values(), default=0.0)
    return {key: max(score / top, 0.0) for key, score in scores.items()} if top > 0 else {}


def versions_in(rows: Sequence[SentenceRow]) -> list[int]:
    """The versions of `rows`, each once, in order."""
    return list(dict.fromkeys(row.version for row in rows))
