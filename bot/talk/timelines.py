"""Sayings day by day and side by side: /timeline and /compare, and where somebody's word turns."""

from __future__ import annotations

import re
from dataclasses import replace

from bot.answer.compose import spoken_day
from bot.answer.result import Answer, State
from bot.answer.timeline import (
    Entry,
    changed_count,
    counted_entries,
    entries_of,
    timeline_of,
    topic_terms,
    with_turns,
)
from bot.link.matters import Telling
from bot.link.outcomes import is_plan
from bot.link.registry import Profile
from bot.link.stances import Side, find_stance, is_one_matter
from bot.newsroom import Clock, Newsroom
from bot.talk.answers import answer_blocks
from bot.talk.buttons import context_buttons, in_rows
from bot.talk.desks import Desk
from bot.talk.leads import shortened
from bot.talk.lines import article_line
from bot.talk.replies import Block, BlockKind, Evidence, Incoming, Reply, told
from bot.talk.turns import turn_line
from bot.text.words import fold

OF_EACH = 2  # sayings of each side in a comparison
ANSWERS_READ = 30  # of a topic, for its timeline or an outlet's side of it
FOLLOWED = 2  # promises in a timeline whose outcome is looked for
GOOD = 0.8
"""An answer of this share of the best one's score is on the topic; below stands what only shares
words with it."""
LABEL_CHARS = 60

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


def timelines_desk(newsroom: Newsroom, clock: Clock) -> Desk:
    """The desk that sets sayings side by side, in time and between people."""

    def timeline(_: Incoming, rest: str) -> Reply:
        if not rest:
            return told("Whose? For example: /timeline Lindqvist on gas")
        who, *topic = _ABOUT.split(rest, maxsplit=1)
        return timeline_reply(newsroom, clock, who, topic[0] if topic else "") or told(
            f"I have no sayings of “{rest[:LABEL_CHARS]}”."
        )

    def compare(_: Incoming, rest: str) -> Reply:
        sides = _sides(rest)
        if sides is None:
            return told("Whom, and on what? For example: /compare Lindqvist and Halkov on gas")
        return compare_reply(newsroom, clock, *sides)

    def words(_: Incoming, text: str) -> Reply | None:
        line = " ".join(text[:300].split())
        if (match := _TIMELINE.fullmatch(line)) is not None:
            who, *topic = _ABOUT.split(match["of"] or "", maxsplit=1)
            who = who or match["who"] or match["turner"]
            about = topic[0] if topic else match["what"] or match["matter"] or ""
            return timeline_reply(newsroom, clock, who, about)
        match = _COMPARE.fullmatch(line)
        sides = _sides(match["both"] or match["versus"]) if match is not None else None
        if sides is None or not all(newsroom.find_people(name) for name in sides[:2]):
            return None
        return compare_reply(newsroom, clock, *sides)

    return Desk(commands={"timeline": timeline, "compare": compare}, words=words)


def _sides(rest: str) -> tuple[str, str, str] | None:
    """The two names and the topic of "A and B on T"; None where there are not two names."""
    names, *topic = _ABOUT.split(rest, maxsplit=1)
    sides = [name for part in _AND.split(names) if (name := part.strip())]
    if len(sides) != 2:
        return None
    return sides[0], sides[1], topic[0].strip() if topic else ""


# ------------------------------------------------------------------------------- timeline
def timeline_reply(newsroom: Newsroom, clock: Clock, who: str, topic: str) -> Reply | None:
    """What somebody said on a topic by day; of a topic alone, what the articles tell of it by
    day. None where there is neither."""
    people = newsroom.find_people(who)
    entries = timeline_of(people[0], topic, newsroom.store) if people else []
    if people and not entries:
        about = f" on “{topic[:LABEL_CHARS]}”" if topic else ""
        return told(f"I have nothing that {people[0].name} said{about}.")
    name = people[0].name if people else who.strip()
    if not people:
        entries = _of_topic(newsroom, clock, f"{who} {topic}".strip())
    if not entries:
        return None
    about = f" on {topic}" if topic else ""
    blocks = [Block(BlockKind.LEAD, shortened(f"{name}{about}: {_counted(entries)}"))]
    for number, entry in enumerate(entries, 1):
        blocks += answer_blocks(entry.answer, newsroom.get_findings, number)
        if entry.turn is not None and entry.turned_from is not None:
            blocks.append(Block(BlockKind.TEXT, turn_line(entry.turn, entry.turned_from)))
    if people:
        blocks += _outcomes(newsroom, entries)
    buttons = context_buttons([e.answer for e in entries])
    return Reply(tuple(blocks), in_rows(buttons), state=State.FOUND)


def _of_topic(newsroom: Newsroom, clock: Clock, topic: str) -> list[Entry]:
    """What articles tell of a topic, one sentence of each, by day."""
    if not topic_terms(topic):
        return []
    response = newsroom.ask(topic, clock(), limit=ANSWERS_READ)
    counted = counted_entries([*response.answers, *response.nearest], topic, newsroom.store)
    if len(counted) > 1:
        return counted
    if response.state is not State.FOUND:
        return []
    best = response.answers[0]
    witnesses = newsroom.find_witnesses(best.article, best.span)
    told = [Answer(t.article, t.span, best.score) for t in witnesses.tellings]
    good = [a for a in response.answers if a.score >= GOOD * best.score]
    return entries_of([best, *told, *good], newsroom.store)


def _counted(entries: list[Entry]) -> str:
    """How many entries there are, from when to when, and on which days something turns."""
    days = [day for e in entries if (day := e.answer.article.day) is not None]
    span = ""
    if days:
        first, last = spoken_day(days[0]), spoken_day(days[-1])
        span = f", {first}" if first == last else f", {first} – {last}"
    turned = [
        spoken_day(day) for e in entries if e.turn and (day := e.answer.article.day) is not None
    ]
    turns = f"; turns on {' and '.join(dict.fromkeys(turned))}" if turned else ""
    return f"{len(entries)} time{'s' if len(entries) != 1 else ''}{span}{turns}"


def _outcomes(newsroom: Newsroom, entries: list[Entry]) -> list[Block]:
    """What later articles tell of the promises among `entries`."""
    blocks: list[Block] = []
    shown = {(e.answer.article.key, e.answer.span.start) for e in entries}
    plans = [e.answer for e in entries if is_plan(e.telling)]
    for plan in plans[:FOLLOWED]:
        for outcome in newsroom.follow_up(plan.article, plan.span).outcomes:
            place = (outcome.article.key, outcome.span.start)
            if place not in shown:
                shown.add(place)
                blocks += _told(outcome)
    head = Block(BlockKind.TEXT, "What came of it, as later articles tell:")
    return [head, *blocks] if blocks else []


def _told(telling: Telling) -> list[Block]:
    evidence = Evidence(telling.article.key, telling.span)
    return [
        Block(BlockKind.QUOTE, telling.text, evidence=evidence),
        Block(BlockKind.SOURCE, article_line(telling.article), url=telling.article.url),
    ]


# -------------------------------------------------------------------------------- compare
def compare_reply(newsroom: Newsroom, clock: Clock, one: str, two: str, topic: str) -> Reply:
    """What two people, or two outlets, have on a topic, one below the other."""
    sides = [_side(newsroom, clock, name, topic) for name in (one, two)]
    about = f" on {topic}" if topic else ""
    if not any(entries for _, entries in sides):
        names = " and ".join(f"“{name[:LABEL_CHARS]}”" for name in (one, two))
        return told(f"I have nothing of {names}{about}.")
    lead = f"{sides[0][0]} and {sides[1][0]}{about}"
    blocks = [Block(BlockKind.LEAD, shortened(lead))]
    shown: list[Answer] = []
    for name, entries in sides:
        if not entries:
            blocks.append(Block(BlockKind.TEXT, f"{name}: nothing{about} in my articles."))
            continue
        blocks.append(Block(BlockKind.TEXT, f"{name}:"))
        for entry in entries:
            shown.append(entry.answer)
            blocks += answer_blocks(entry.answer, newsroom.get_findings, len(shown))
            if entry.turn is not None and entry.turned_from is not None:
                blocks.append(Block(BlockKind.TEXT, turn_line(entry.turn, entry.turned_from)))
    if difference := _difference(sides):
        blocks.append(Block(BlockKind.TEXT, difference))
    return Reply(tuple(blocks), in_rows(context_buttons(shown)), state=State.FOUND)


Named = tuple[str, list[Entry]]
"""A side of a comparison: whose it is, and what they have."""


def _side(newsroom: Newsroom, clock: Clock, name: str, topic: str) -> Named:
    people: list[Profile] = newsroom.find_people(name)
    outlet = next((o for o, _ in newsroom.sources() if fold(o) == fold(name)), None)
    if outlet is not None:
        response = newsroom.ask(topic or name, clock(), limit=ANSWERS_READ)
        own = [a for a in response.answers if a.article.source == outlet]
        counted = counted_entries(own, topic, newsroom.store)
        if counted:
            return outlet, counted[-OF_EACH:]
        return outlet, entries_of(own[:OF_EACH], newsroom.store)
    if not people:
        return name, []
    entries = timeline_of(people[0], topic, newsroom.store)
    best = sorted(entries, key=lambda e: (e.turn is None, -round(e.score, 2)))[:OF_EACH]
    kept = [replace(e, turn=None, turned_from=None) for e in entries if e in best]
    role = people[0].role
    return people[0].name + (f", {role}" if role else ""), with_turns(kept)


def _difference(sides: list[Named]) -> str:
    """In words, where the two sides point different ways or give other figures."""
    (one, mine), (two, theirs) = sides
    for a in reversed(mine):
        for b in reversed(theirs):
            if (turn := changed_count(a, b)) is not None:
                return (
                    f"⇄ The figures differ: “{turn.earlier}” ({_short(one)}), "
                    f"“{turn.later}” ({_short(two)})."
                )
            x, y = find_stance(a.telling.text), find_stance(b.telling.text)
            if x is None or y is None or {x.side, y.side} != {Side.YES, Side.NO}:
                continue
            if (x.is_firm or y.is_firm) and is_one_matter(a.telling, b.telling):
                return f"⇄ They differ: “{x.words}” ({_short(one)}), “{y.words}” ({_short(two)})."
    return ""


def _short(name: str) -> str:
    return name.split(",")[0]
