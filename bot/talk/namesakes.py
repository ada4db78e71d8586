"""Two people of one surname or one role: whom a question may mean, and the question for one."""

from __future__ import annotations

import re

from bot.answer.intents import Intent
from bot.answer.result import Response, SpokenBy, State
from bot.model import NameKind
from bot.talk.selecting import FindingsOf
from bot.text.names import parse_name, same_person_shape, surname
from bot.text.words import STOP_TERMS, find_words, fold, terms_of

AS_GOOD = 0.7
"""Somebody is a second choice while the best sentence about them scores this share of the first's:
below, the words of the question have told the two apart."""
MOST_PEOPLE = 4
_ROLE = re.compile(
    r"\b(?:the|our|a) ((?:[\w-]+ ){0,3}?[\w-]+)(?= (?:say|said|says|think|want|promise|tell|told|"
    r"warn|deny|claim|announce|admit|answer|demand|call|ask|react|respond|comment)\b)",
    re.IGNORECASE,
)


def find_namesakes(response: Response, findings_of: FindingsOf) -> tuple[SpokenBy, ...]:
    """The people whom a bare surname of the question may mean, where the answers are about
    several; empty where there is no doubt. Best answered first."""
    if response.state is State.NOTHING or not response.answers:
        return ()
    asked = {word.folded for word in find_words(response.question)}
    floor = AS_GOOD * response.answers[0].score
    people: list[SpokenBy] = []
    for answer in response.answers:
        if answer.score < floor:
            break
        inside = [
            SpokenBy(mention.name, mention.role)
            for mention in findings_of(answer.article).names
            if mention.kind is NameKind.PERSON and answer.span.covers(mention.span)
        ]
        speaker = [answer.speaker] if answer.speaker is not None else []
        meant = next((p for p in (*speaker, *inside) if _is_meant(p.name, asked)), None)
        if meant is None or any(same_person_shape(meant.name, p.name) for p in people):
            continue
        people.append(meant)
    first = people[0] if people else None
    same = [p for p in people if first and fold(surname(p.name)) == fold(surname(first.name))]
    return tuple(same[:MOST_PEOPLE]) if len(same) > 1 else ()


def find_office_holders(response: Response) -> tuple[SpokenBy, ...]:
    """The people who have the role that a question asks about without a name ("what did the
    minister say"), where several of them speak; best answered first."""
    role = _role_asked(response.question)
    if role is None or response.intent is not Intent.SAID_BY or not response.answers:
        return ()
    wanted = {t for t in terms_of(role[1]) if t not in STOP_TERMS}
    floor = AS_GOOD * response.answers[0].score
    people: list[SpokenBy] = []
    for answer in response.answers:
        who = answer.speaker
        if answer.score < floor or who is None or not who.role or " " not in who.name:
            continue
        if wanted <= set(terms_of(who.role)) and parse_name(who.name).given:
            same = next((p for p in people if same_person_shape(p.name, who.name)), None)
            people += [who] if same is None else []
    is_named = {w.folded for w in find_words(response.question)}
    if any(is_named & {fold(w) for w in person.name.split()} for person in people):
        return ()
    return tuple(people[:MOST_PEOPLE]) if len(people) > 1 else ()


def _role_asked(question: str) -> re.Match[str] | None:
    """The words of a question between "the" and a verb of saying, with "the"."""
    return _ROLE.search(question)


def _is_meant(name: str, asked: set[str]) -> bool:
    """Whether the question holds this person's surname, and no given name beside it."""
    person = parse_name(name)
    if not person.given or not person.surname:
        return False
    last = {word.folded for word in find_words(person.surname)}
    given = {word.folded for word in find_words(person.given)}
    return last <= asked and not given & asked


def question_about(question: str, person: SpokenBy) -> str:
    """`question` with the surname in it made the whole name of `person`."""
    last = {fold(word) for word in parse_name(person.name).surname.split()}
    for word in find_words(question):
        if word.folded in last:
            whole = parse_name(person.name).full
            return question[: word.span.start] + whole + question[word.span.end :]
    if (role := _role_asked(question)) is not None:
        return question[: role.start()] + person.name + question[role.end() :]
    return f"{question} {person.name}"
