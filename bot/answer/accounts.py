"""Sayings day by day and side by side: what a timeline and a comparison hold."""

from __future__ import annotations

import re
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, replace

from bot.answer.intents import Intent
from bot.answer.result import Account, Answer, Entry, Frame, Response, State
from bot.answer.timeline import (
    changed_count,
    counted_entries,
    entries_of,
    timeline_of,
    topic_terms,
    with_turns,
)
from bot.link.matters import find_articles_on, telling_of
from bot.link.registry import find_people
from bot.link.stances import Side, Turn, find_stance, is_one_matter
from bot.link.witnesses import find_witnesses
from bot.store.articles import find_sources, get_coverage
from bot.store.findings import get_findings
from bot.store.store import Store
from bot.text.names import fold_name
from bot.text.words import find_words, fold

OF_EACH = 2  # sayings of each side in a comparison
ANSWERS_READ = 30  # of a topic, for its timeline or an outlet's side of it
GOOD = 0.8
"""An answer of this share of the best one's score is on the topic; below stands what only shares
words with it."""
SURE = 0.3  # from this score of the best on, what an outlet has may be …
GOOD_OF_SURE = 0.6  # … so much worse and yet on the topic
READ_CHARS = 300  # of a message, to see whether it asks for one of these

Search = Callable[[str, int], Response]
"""The response to a question, with so many answers at most."""

_ABOUT = re.compile(r"\s+(?:about|on|regarding|concerning|over)\s+", re.I)
_AND = re.compile(r"\s+(?:and|vs\.?|versus|with|to|against)\s+|\s*,\s*", re.I)
_TIMELINE = re.compile(
    r"(?:(?:show|give) me (?:a |the )?)?timeline (?:of|for|on) (?P<of>.{2,120}?)[ ?!.]*|"
    r"(?:what|how) has (?P<who>.{2,60}?) (?:said|talked|spoken) (?:over time |so far )?"
    r"(?:about|on) (?P<what>.{2,80}?) (?:over time|so far|day by day)[ ?!.]*|"
    r"(?:how )?(?:did|has|have) (?P<turner>.{2,60}?)(?:['’]s)? (?:position |stance |mind |view |"
    r"views )?(?:ever )?change[sd]?(?: (?:his|her|their|its))?"
    r"(?: (?:position|stance|mind|views?))? (?:on|about|over) (?P<matter>.{2,80}?)[ ?!.]*",
    re.IGNORECASE,
)
_COMPARE = re.compile(
    r"(?:please )?compare (?P<both>.{3,160}?)[ ?!.]*|"
    r"(?P<versus>.{2,60}? (?:vs\.?|versus) .{2,120}?)[ ?!.]*",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Wanted:
    """What is to be set out: whose sayings (of a comparison, also `other`'s), and on what."""

    who: str
    topic: str = ""
    other: str | None = None


def read_wanted(text: str) -> Wanted | None:
    """What a question that asks for a timeline or a comparison wants; None for any other."""
    line = " ".join(text[:READ_CHARS].split())
    if (match := _TIMELINE.fullmatch(line)) is not None:
        wanted = split_topic(match["of"] or "")
        who = wanted.who or match["who"] or match["turner"]
        return Wanted(who, wanted.topic or match["what"] or match["matter"] or "")
    match = _COMPARE.fullmatch(line)
    return split_sides(match["both"] or match["versus"]) if match is not None else None


def split_topic(rest: str) -> Wanted:
    """The name and the topic of "A on T"."""
    who, *topic = _ABOUT.split(rest, maxsplit=1)
    return Wanted(who.strip(), topic[0].strip() if topic else "")


def split_sides(rest: str) -> Wanted | None:
    """The two names and the topic of "A and B on T"; None where there are not two names."""
    both = split_topic(rest)
    sides = [name for part in _AND.split(both.who) if (name := part.strip())]
    return Wanted(sides[0], both.topic, sides[1]) if len(sides) == 2 else None


def set_out(text: str, wanted: Wanted, store: Store, search: Search) -> Response:
    """The timeline or comparison that the question `text` wants: state `nothing` where the store
    has none of it. `search` asks for a topic or an outlet's articles."""
    began = time.perf_counter()
    if wanted.other is None:
        accounts: tuple[Account, ...] = (_account(wanted, store, search),)
    else:
        names = (wanted.who, wanted.other)
        accounts = tuple(_side(name, wanted.topic, store, search) for name in names)
    answers = tuple(entry.answer for account in accounts for entry in account.entries)
    coverage = get_coverage(store)
    return Response(
        question=text,
        intent=Intent.TIMELINE if wanted.other is None else Intent.COMPARE,
        state=State.FOUND if answers else State.NOTHING,
        answers=answers,
        frame=_frame(text, wanted, accounts),
        articles=coverage.articles,
        newest=coverage.newest,
        elapsed_ms=round((time.perf_counter() - began) * 1000, 1),
        topic=wanted.topic,
        accounts=accounts,
        difference=_difference(accounts) if wanted.other is not None else None,
    )


def _account(wanted: Wanted, store: Store, search: Search) -> Account:
    """What somebody said on a topic by day; of a topic alone, or of a name that never speaks (a
    bridge), what the articles tell of it."""
    someone = _speaker(wanted.who, wanted.topic, store)
    if someone is not None and (someone.entries or wanted.topic):
        return someone
    entries = _of_topic(f"{wanted.who} {wanted.topic}".strip(), store, search)
    if someone is not None and not entries:
        return someone
    return Account(wanted.who, tuple(entries))


def _of_topic(topic: str, store: Store, search: Search) -> list[Entry]:
    """What articles tell of a topic, one sentence of each, by day."""
    if not topic_terms(topic):
        return []
    response = search(topic, ANSWERS_READ)
    counted = counted_entries([*response.answers, *response.nearest], topic, store)
    if len(counted) > 1:
        return counted
    if response.state is not State.FOUND:
        return []
    best = response.answers[0]
    told = _reports_of(best, store)
    good = [a for a in response.answers if a.score >= GOOD * best.score]
    return entries_of([best, *told, *good], store)


def _reports_of(answer: Answer, store: Store) -> list[Answer]:
    """The other reports of what `answer` tells, in whatever words."""
    findings = get_findings(store, answer.article.key)
    witnesses = find_witnesses(store, answer.article, findings, answer.span)
    return [Answer(t.article, t.span, answer.score) for t in witnesses.tellings]


def _side(name: str, topic: str, store: Store, search: Search) -> Account:
    """What one side of a comparison, a person or an outlet, has on the topic."""
    outlet = next((o for o, _ in find_sources(store) if fold(o) == fold(name)), None)
    if outlet is not None:
        return Account(outlet, tuple(_of_outlet(outlet, topic or name, store, search)))
    someone = _speaker(name, topic, store)
    if someone is None:
        return Account(name)
    best = sorted(someone.entries, key=lambda e: (e.turn is None, -round(e.score, 2)))[:OF_EACH]
    kept = [replace(e, turn=None, turned_from=None) for e in someone.entries if e in best]
    return replace(someone, entries=tuple(with_turns(kept)))


def _of_outlet(outlet: str, topic: str, store: Store, search: Search) -> list[Entry]:
    """What an outlet has on a topic: the counts asked for; else what is found in its articles, or
    its report, in whatever words, of what is found first."""
    response = search(topic, ANSWERS_READ)
    own = _printed_by(outlet, response.answers)
    if counted := counted_entries(own, topic, store)[-OF_EACH:]:
        return counted
    found = [*response.answers, *response.nearest]
    if not found:
        return []
    best = found[0]
    told = _printed_by(outlet, _reports_of(best, store))
    same_story = _printed_by(outlet, _on_the_same(best, store))
    if counted := counted_entries([*told, *same_story], topic, store)[-OF_EACH:]:
        return counted
    share = GOOD_OF_SURE if best.score >= SURE else GOOD
    good = [a for a in own if a.score >= share * best.score]
    if response.state is not State.FOUND:
        return entries_of(good[:OF_EACH], store)
    return entries_of((good or told)[:OF_EACH], store)


def _on_the_same(answer: Answer, store: Store) -> list[Answer]:
    """The articles that may tell of the same matter, each with its first sentence."""
    findings = get_findings(store, answer.article.key)
    telling = telling_of(answer.article, findings, answer.span)
    return [
        Answer(article, found.sentences[0], answer.score)
        for article, found in find_articles_on(store, telling)
        if found.sentences
    ]


def _printed_by(outlet: str, answers: Iterable[Answer]) -> list[Answer]:
    return [a for a in answers if a.article.source == outlet]


def _speaker(name: str, topic: str, store: Store) -> Account | None:
    """What the one of this name said on the topic; of several, whoever said most on it."""
    accounts = [
        Account(who.name, tuple(timeline_of(who, topic, store)), who.role, is_person=True)
        for who in find_people(store, name)
    ]
    return max(accounts, key=lambda a: sum(e.score for e in a.entries), default=None)


def _difference(accounts: tuple[Account, ...]) -> Turn | None:
    """Where the two accounts point different ways, or give other figures."""
    mine, theirs = accounts[0].entries, accounts[1].entries
    for a in reversed(mine):
        for b in reversed(theirs):
            if (turn := changed_count(a, b)) is not None:
                return turn
            x, y = (
                find_stance(a.telling.text, a.telling.others),
                find_stance(b.telling.text, b.telling.others),
            )
            if x is None or y is None or {x.side, y.side} != {Side.YES, Side.NO}:
                continue
            if (x.is_firm or y.is_firm) and is_one_matter(a.telling, b.telling):
                return Turn(y.side, x.words, y.words)
    return None


def _frame(text: str, wanted: Wanted, accounts: tuple[Account, ...]) -> Frame:
    """What the next question may lean on: the newest saying, and the people."""
    newest = [account.entries[-1].answer for account in accounts if account.entries]
    people = [fold_name(account.name) for account in accounts if account.is_person]
    return Frame(
        intent=Intent.TIMELINE if wanted.other is None else Intent.COMPARE,
        words=tuple(word.folded for word in find_words(wanted.topic)),
        versions=tuple(dict.fromkeys(a.article.key for a in newest)),
        people=tuple(people),
        question=text,
        answered=(newest[0].article.key, newest[0].span) if newest else None,
    )
