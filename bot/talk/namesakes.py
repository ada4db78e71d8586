"""Two people of one surname: whom a question may mean, and the question for one of them."""

from __future__ import annotations

from bot.answer.result import Response, SpokenBy, State
from bot.model import NameKind
from bot.talk.leads import FindingsOf
from bot.text.names import parse_name, same_person_shape, surname
from bot.text.words import find_words, fold

AS_GOOD = 0.7
"""Somebody is a second choice while the best sentence about them scores this share of the first's:
below, the words of the question have told the two apart."""
MOST_PEOPLE = 4


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
    return f"{question} {person.name}"
