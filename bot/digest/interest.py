"""What somebody follows: a person, a topic, a phrase, an outlet or a question, with words to leave
out; and whether an article meets it."""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import cached_property
from typing import Any

from bot.errors import InterestError
from bot.locales import _
from bot.locales.numbers import spoken_number
from bot.model import Article, Findings, NameKind
from bot.text.names import fold_name, parse_name, same_given_name, surname
from bot.text.words import STOP_TERMS, fold, terms_of

LONGEST_CHARS = 200
"""Of what is followed; nobody types a longer name or topic, and a paste is none."""
MOST_WITHOUT = 20
"""Words or phrases to leave out of one interest."""
MOST_TERMS = 12
"""Words of a topic; an article that held more of them in one sentence would be that sentence."""
HEAD_SENTENCES = 3
"""Headline, standfirst and first sentence tell together what an article is about."""
SHARE_OF_QUESTION = 0.6
"""An article may answer a saved question when it holds this share of its telling words; whether
it does is for the answer room to say."""
_ASKING = frozenset(
    terms_of(
        "who what when where why how which whom whose did does do say said says tell told news "
        "latest new update updates about on regarding happen happened many much long ever also"
    )
)


class InterestKind(StrEnum):
    EVERYTHING = "everything"
    PERSON = "person"
    TOPIC = "topic"
    PHRASE = "phrase"
    OUTLET = "outlet"
    QUESTION = "question"


@dataclass(frozen=True, slots=True)
class Interest:
    """What is followed, and the words with which an article is left out.

    `about` narrows a person or an outlet to a topic ("Peskov" about "gas"). Built by
    `make_interest`, so that it always has something to look for.
    """

    kind: InterestKind
    text: str = ""
    about: str = ""
    without: tuple[str, ...] = ()

    @property
    def title(self) -> str:
        """The interest as a heading ("Ilse Brandvold on observers, without “football”")."""
        match self.kind:
            case InterestKind.EVERYTHING:
                name = _("All news")
            case InterestKind.PHRASE:
                name = _("“{words}”").format(words=self.text)
            case InterestKind():
                name = self.text
        if self.about:
            name = _("{who} on {topic}").format(who=name, topic=self.about)
        if self.without:
            words = ", ".join(_("“{words}”").format(words=word) for word in self.without)
            name = _("{what}, without {words}").format(what=name, words=words)
        return name


def make_interest(
    kind: InterestKind, text: str = "", *, about: str = "", without: Sequence[str] = ()
) -> Interest:
    """The interest that these words name, tidied. Raises InterestError where they name nothing."""
    text, about = _tidied(text), _tidied(about)
    without = tuple(dict.fromkeys(w for w in map(_tidied, without) if w))
    for words in (text, about, *without):
        if len(words) > LONGEST_CHARS:
            raise InterestError(
                _("That is too long to follow ({n} characters, {most} at most).").format(
                    n=spoken_number(len(words)), most=LONGEST_CHARS
                )
            )
    if len(without) > MOST_WITHOUT:
        raise InterestError(
            _("At most {most} words or phrases can be left out.").format(most=MOST_WITHOUT)
        )
    interest = Interest(kind, text, about, without)
    if kind is not InterestKind.EVERYTHING and not _has_something(interest):
        raise InterestError(
            _(
                "“{words}” names nothing that I could look for. Give a name or a telling word."
            ).format(words=text)
            if text
            else _("Give a name, an outlet, a topic or a phrase to follow.")
        )
    if about and not _telling(about):
        raise InterestError(_("“{words}” is no topic that I could look for.").format(words=about))
    for words in without:
        if not terms_of(words):
            raise InterestError(
                _("“{words}” is no word that could be left out.").format(words=words)
            )
    return interest


def dump_interest(interest: Interest) -> dict[str, Any]:
    """`interest` as JSON values."""
    return {
        "kind": interest.kind.value,
        "text": interest.text,
        "about": interest.about,
        "without": list(interest.without),
    }


def load_interest(raw: Mapping[str, Any]) -> Interest:
    """What `dump_interest` gave. Raises InterestError where it cannot be read."""
    try:
        return make_interest(
            InterestKind(raw["kind"]),
            str(raw.get("text", "")),
            about=str(raw.get("about", "")),
            without=[str(word) for word in raw.get("without", ())],
        )
    except (KeyError, TypeError, ValueError) as error:
        raise InterestError(_("This interest cannot be read.")) from error


def _tidied(words: str) -> str:
    return " ".join(words.split()).strip(" “”\"'‘’")


def _telling(words: str) -> tuple[str, ...]:
    """The terms of `words` that tell something, each once; all of them where none does."""
    terms = tuple(dict.fromkeys(terms_of(words)))
    return tuple(t for t in terms if t not in STOP_TERMS)[:MOST_TERMS]


def _has_something(interest: Interest) -> bool:
    match interest.kind:
        case InterestKind.PERSON:
            return bool(fold_name(interest.text))
        case InterestKind.OUTLET:
            return bool(fold_outlet(interest.text))
        case InterestKind.PHRASE:
            return bool(terms_of(interest.text))
        case InterestKind.QUESTION:
            return bool(question_terms(interest.text))
    return bool(_telling(interest.text))


def question_terms(text: str) -> tuple[str, ...]:
    """The terms of a question that name people and topic."""
    return tuple(t for t in _telling(text) if t not in _ASKING)


def fold_outlet(name: str) -> str:
    """An outlet's name as a key: folded, without an article."""
    return " ".join(terms_of(fold(name).removeprefix("the ")))


# ---------------------------------------------------------------------- what articles hold
class Seen:
    """What an article holds, as interests look at it: terms by sentence, people, outlet."""

    def __init__(
        self,
        outlet: str | None,
        title: str | None,
        sentences: Sequence[Sequence[str]],
        people: Sequence[str],
    ) -> None:
        """`sentences` are the terms of each sentence, in order; `people` the full names."""
        self.outlet = fold_outlet(outlet or "")
        self.title = tuple(terms_of(title or ""))
        self.sentences = sentences
        self.people = tuple(dict.fromkeys(people))

    @cached_property
    def places(self) -> dict[str, set[int]]:
        """The numbers of the sentences that hold each term; -1 stands for the headline."""
        found: dict[str, set[int]] = {}
        for term in self.title:
            found.setdefault(term, set()).add(-1)
        for n, terms in enumerate(self.sentences):
            for term in terms:
                found.setdefault(term, set()).add(n)
        return found

    @cached_property
    def head(self) -> frozenset[str]:
        """The terms of headline and first sentences."""
        first = self.sentences[:HEAD_SENTENCES]
        return frozenset([*self.title, *(term for terms in first for term in terms)])

    @cached_property
    def surnames(self) -> dict[str, list[str]]:
        """The people by the last word of their folded surname."""
        found: dict[str, list[str]] = {}
        for name in self.people:
            found.setdefault(surname_key(name), []).append(name)
        return found

    def sentences_with(self, terms: Sequence[str]) -> set[int]:
        """The numbers of the sentences that hold all of `terms`."""
        held = [self.places.get(term, set()) for term in terms]
        return set.intersection(*held) if held else set()

    def holds(self, phrase: Sequence[str]) -> bool:
        """Whether `phrase` stands somewhere without a gap."""
        if not all(term in self.places for term in phrase):
            return False
        return len(phrase) == 1 or bool(self.sentences_with_phrase(phrase))

    def sentences_with_phrase(self, terms: Sequence[str]) -> set[int]:
        """The numbers of the sentences that hold `terms` one after another."""
        near = self.sentences_with(list(dict.fromkeys(terms)))
        return {
            n for n in near if holds_run(self.title if n < 0 else self.sentences[n], list(terms))
        }


def see(article: Article, findings: Findings) -> Seen:
    """What `article` holds, as interests look at it."""
    people = [m.name for m in findings.names if m.kind is NameKind.PERSON]
    sentences = [terms_of(s.of(article.text)) for s in findings.sentences]
    return Seen(article.source, article.title, sentences, people)


def holds_run(terms: Sequence[str], run: Sequence[str]) -> bool:
    """Whether `run` stands in `terms` without a gap."""
    run, width = tuple(run), len(run)
    return any(
        terms[i] == run[0] and tuple(terms[i : i + width]) == run
        for i in range(len(terms) - width + 1)
    )


def surname_key(name: str) -> str:
    """The last word of the folded surname, by which a person is looked for."""
    words = fold_name(surname(name) or name).split()
    return words[-1] if words else ""


def may_be(followed: str, name: str) -> bool:
    """Whether somebody called `name` may be the person followed, by the names alone.

    A surname alone fits every bearer of it, on either side.
    """
    one, two = parse_name(followed), parse_name(name)
    if fold_name(one.surname or followed) != fold_name(two.surname or name):
        return surname_key(followed) == fold_name(name) and not two.given
    return not one.given or not two.given or same_given_name(one.given, two.given)


# ------------------------------------------------------------------------------ conditions
@dataclass(frozen=True, slots=True)
class Condition:
    """What an article must hold to meet an interest, taken apart once."""

    kind: InterestKind
    person: str = ""
    outlet: str = ""
    terms: tuple[str, ...] = ()
    """Terms that must stand together: in one sentence, or in the head."""
    phrase: tuple[str, ...] = ()
    without: tuple[tuple[str, ...], ...] = ()
    fewest: int = 0
    """How many of `terms` are enough, anywhere; 0: all of them, together."""

    @property
    def is_one_word(self) -> bool:
        """Whether an article that holds the one term meets it."""
        return (
            len(self.terms) == 1
            and not self.without
            and not (self.person or self.outlet or self.phrase)
        )


def condition_of(interest: Interest) -> Condition:
    """The condition that `interest` makes."""
    without = tuple(tuple(terms_of(words)) for words in interest.without)
    about = _telling(interest.about)
    match interest.kind:
        case InterestKind.PERSON:
            return Condition(interest.kind, person=interest.text, terms=about, without=without)
        case InterestKind.OUTLET:
            outlet = fold_outlet(interest.text)
            return Condition(interest.kind, outlet=outlet, terms=about, without=without)
        case InterestKind.PHRASE:
            phrase = tuple(terms_of(interest.text))
            return Condition(interest.kind, phrase=phrase, terms=about, without=without)
        case InterestKind.QUESTION:
            terms = question_terms(interest.text)
            fewest = max(1, round(SHARE_OF_QUESTION * len(terms)))
            return Condition(interest.kind, terms=terms, without=without, fewest=fewest)
        case InterestKind.TOPIC:
            terms = tuple(dict.fromkeys((*_telling(interest.text), *about)))
            return Condition(interest.kind, terms=terms, without=without)
    return Condition(interest.kind, terms=about, without=without)


def searched_terms(condition: Condition) -> tuple[str, ...]:
    """The terms that each article which meets `condition` holds somewhere."""
    if condition.fewest:
        return ()
    last = terms_of(surname_key(condition.person)) if condition.person else []
    return tuple(dict.fromkeys((*last, *condition.phrase, *condition.terms)))


def meets(condition: Condition, seen: Seen) -> bool:
    """Whether an article meets `condition`, negatives included."""
    if condition.outlet and condition.outlet != seen.outlet:
        return False
    if condition.person and not any(
        may_be(condition.person, name)
        for name in seen.surnames.get(surname_key(condition.person), ())
    ):
        return False
    if condition.fewest:
        if sum(term in seen.places for term in condition.terms) < condition.fewest:
            return False
    elif condition.terms and not _stand_together(condition.terms, seen):
        return False
    if condition.phrase and not seen.holds(condition.phrase):
        return False
    return not any(map(seen.holds, condition.without))


def _stand_together(terms: Sequence[str], seen: Seen) -> bool:
    """Whether `terms` stand in one sentence, or all in the head."""
    held = []
    for term in terms:
        places = seen.places.get(term)
        if places is None:
            return False
        held.append(places)
    return len(held) == 1 or seen.head.issuperset(terms) or bool(set.intersection(*held))


def is_about(condition: Condition, seen: Seen) -> bool:
    """Whether an article as a whole is about it, going by its headline and first sentences."""
    if condition.person and not seen.head.issuperset(terms_of(surname_key(condition.person))):
        return False
    if condition.phrase:
        first = {-1, *range(HEAD_SENTENCES)}
        return bool(seen.sentences_with_phrase(condition.phrase) & first)
    return not condition.terms or seen.head.issuperset(condition.terms)


def is_in_headline(condition: Condition, seen: Seen) -> bool:
    """Whether the headline itself says what is looked for."""
    terms = searched_terms(condition)
    return bool(terms) and set(seen.title).issuperset(terms)


__all__ = [
    "Condition",
    "Interest",
    "InterestKind",
    "Seen",
    "condition_of",
    "dump_interest",
    "is_about",
    "load_interest",
    "make_interest",
    "may_be",
    "meets",
    "question_terms",
    "see",
]
