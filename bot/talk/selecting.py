"""Which answers stand together in one reply, and in which order."""

from __future__ import annotations

import re
from collections.abc import Callable, Sequence
from datetime import date

from bot.answer.intents import Intent, is_saying
from bot.answer.result import Answer, Response, SpokenBy
from bot.model import Article, Findings
from bot.talk.fact_lines import settled_fact
from bot.text.names import fold_name, surname
from bot.text.novelty import Told, telling_terms
from bot.text.sentences import find_sentences
from bot.text.words import find_words, terms_of

FindingsOf = Callable[[Article], Findings]

GOOD_SECOND = 0.75  # a further answer is shown while its score is this share of the first's
ANSWERS_SHOWN = 3  # sentences in one reply; the rest is a tap away
SENTENCES_OF_ONE_ARTICLE = 5  # in one view; more would be reading the article here
_SEVERAL = frozenset({Intent.SAID_BY, Intent.AGREED, Intent.LATEST, Intent.LIST})
_HAPPENING = re.compile(r"hap+en|going on|went on|took place|became|what about", re.IGNORECASE)
_OF_ITSELF = re.compile(r"(?:\d{1,2}[:.]\d\d\s*[–—-]+\s*)?(?:We|I|Our|Stay|You)\b")
"""An outlet that tells of itself ("05:10 – We are on air") tells nothing that happened."""
TOLD_BEFORE = 0.6
"""A sentence adds nothing whose telling words stand by this share in one that is shown."""


def good_answers(response: Response, findings_of: FindingsOf | None = None) -> list[Answer]:
    """The answers that stand beside the first, for a question that wants several.

    What somebody said at large and the latest come newest first; of the latest and of what
    happened, nothing that only says again what another does.
    """
    floor = GOOD_SECOND * response.answers[0].score
    good: list[Answer] = []
    for answer in response.answers:
        told = {a.article.key for a in good}
        repeats_headline = answer.article.key in told and answer.span.start == 0
        if answer.score >= floor and not repeats_headline:
            good.append(answer)
    match response.intent:
        case Intent.SAID_BY:
            spoken = _of_one_speaker(good, response.question)
            return spoken if _has_topic(response) else newest_first(spoken)
        case Intent.LATEST:
            return newest_first(adding(good))
        case Intent.WHAT_HAPPENED:
            return adding([a for a in good if not _OF_ITSELF.match(a.text)] or good)
        case Intent.AGREED if findings_of is not None:
            settled = [a for a in good if settled_fact(a, findings_of(a.article)) is not None]
            first = [a for a in good[:1] if a not in settled]
            return [*first, *settled] if settled else good
    return good


def first_page(response: Response, findings_of: FindingsOf | None = None) -> list[Answer]:
    """The answers that are shown at once to a question that wants several; what somebody said
    comes newest first."""
    page = fitting(good_answers(response, findings_of), ANSWERS_SHOWN)
    return newest_first(page) if response.intent is Intent.SAID_BY else page


def wants_several(response: Response) -> bool:
    """Whether the answer may be more than one sentence."""
    if response.intent is Intent.WHAT_HAPPENED:
        return _HAPPENING.search(response.question) is not None
    return response.intent in _SEVERAL


def fitting(answers: Sequence[Answer], most: int) -> list[Answer]:
    """At most so many of `answers`, in order, and few enough of each article."""
    chosen: list[Answer] = []
    held: dict[int, int] = {}
    for answer in answers:
        sentences = max(1, len(find_sentences(answer.text)))
        key = answer.article.key
        if held.get(key, 0) + sentences > SENTENCES_OF_ONE_ARTICLE and chosen:
            continue
        held[key] = held.get(key, 0) + sentences
        chosen.append(answer)
        if len(chosen) == most:
            break
    return chosen


def newest_first(answers: Sequence[Answer]) -> list[Answer]:
    """`answers` by the day of their articles; what has no day comes last."""
    return sorted(answers, key=lambda a: a.article.day or date.min, reverse=True)


def adding(answers: Sequence[Answer]) -> list[Answer]:
    """Those of `answers` that tell something new, in order.

    Source: maximal marginal relevance (Carbonell & Goldstein 1998), with a border instead of a
    weight: what is left out here is a tap away.
    """
    told = Told()
    chosen: list[Answer] = []
    for answer in answers:
        terms = telling_terms(answer.text)
        if chosen and told.share(terms) >= TOLD_BEFORE and not told.has_new_number(terms):
            continue
        told.add(terms)
        chosen.append(answer)
    return chosen


def _of_one_speaker(answers: Sequence[Answer], question: str) -> list[Answer]:
    """Those of `answers` in which whoever speaks in the first does, or somebody of the surname or
    the role that the question names; all where nobody speaks in the first."""
    first = answers[0].speaker
    if first is None:
        return list(answers)
    asked = {w.term for w in find_words(question) if not w.is_stop}
    role = asked.intersection(terms_of(first.role or ""))

    def is_meant(other: SpokenBy | None) -> bool:
        if other is None:
            return False
        if role and role <= set(terms_of(other.role or "")):
            return True
        return bool(first.person and first.person == other.person) or (
            fold_name(surname(first.name) or first.name)
            == fold_name(surname(other.name) or other.name)
        )

    return [a for a in answers if is_meant(a.speaker)]


def _has_topic(response: Response) -> bool:
    """Whether a question what somebody said names something else than who speaks."""
    speaker = response.answers[0].speaker
    named = f"{speaker.name} {speaker.role or ''} {speaker.person or ''}" if speaker else ""
    read = " ".join(name for _, name in response.read_as)
    known = {*terms_of(named), *terms_of(read)} | {
        t for typed, _ in response.read_as for t in terms_of(typed)
    }
    asked = [w for w in find_words(response.question) if not w.is_stop]
    return any(w.term not in known and not is_saying(w.folded) for w in asked)
