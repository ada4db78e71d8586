"""Timelines and comparisons as replies: each saying word for word, and where a word turns."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answer.intents import Intent
from bot.answer.result import Account, Answer, Entry, Response, State
from bot.locales import _, ngettext
from bot.locales.days import listed, spoken_day, spoken_days
from bot.talk.answer_blocks import answer_blocks
from bot.talk.buttons import context_buttons, in_rows
from bot.talk.leads import shortened
from bot.talk.replies import Block, BlockKind, Reply, told
from bot.talk.selecting import FindingsOf
from bot.talk.turns import turn_line

LABEL_CHARS = 60


def account_reply(response: Response, findings_of: FindingsOf | None = None) -> Reply:
    """What was said by day, or by two side by side; in a sentence, where there is nothing."""
    if response.intent is Intent.COMPARE:
        return _comparison(response, findings_of)
    account = response.accounts[0]
    if not account.entries:
        return told(_no_sayings(account, response.topic))
    counted = _counted(account.entries)
    if response.topic:
        lead = _("{name} on {topic}: {counted}").format(
            name=account.name, topic=response.topic, counted=counted
        )
    else:
        lead = f"{account.name}: {counted}"
    blocks = [Block(BlockKind.LEAD, shortened(lead[:1].upper() + lead[1:]))]
    blocks += _entries(account, findings_of, 0)
    return _reply(blocks, response)


def _no_sayings(account: Account, topic: str) -> str:
    """That nothing is held that somebody said."""
    if account.is_person:
        words = _("I have nothing that {name} said on “{topic}”.")
        if not topic:
            words = _("I have nothing that {name} said.")
    else:
        words = _("I have no sayings of “{name}” on “{topic}”.")
        if not topic:
            words = _("I have no sayings of “{name}”.")
    return words.format(name=account.name[:LABEL_CHARS], topic=topic[:LABEL_CHARS])


def _comparison(response: Response, findings_of: FindingsOf | None) -> Reply:
    one, two = response.accounts
    topic = response.topic
    if not response.answers:
        words = _("I have nothing of “{one}” and “{two}” on {topic}.")
        if not topic:
            words = _("I have nothing of “{one}” and “{two}”.")
        names = (one.name[:LABEL_CHARS], two.name[:LABEL_CHARS])
        return told(words.format(one=names[0], two=names[1], topic=topic))
    lead = _("{one} and {two} on {topic}") if topic else _("{one} and {two}")
    lead = lead.format(one=one.name, two=two.name, topic=topic)
    blocks = [Block(BlockKind.LEAD, shortened(lead))]
    shown = 0
    for side in (one, two):
        if not side.entries:
            words = _("{name}: nothing on {topic} in my articles.")
            if not topic:
                words = _("{name}: nothing in my articles.")
            blocks.append(Block(BlockKind.TEXT, words.format(name=side.name, topic=topic)))
            continue
        blocks.append(Block(BlockKind.TEXT, f"{_titled(side)}:"))
        blocks += _entries(side, findings_of, shown)
        shown += len(side.entries)
    if (turn := response.difference) is not None:
        words = _("⇄ The figures differ: “{earlier}” ({one}), “{later}” ({two}).")
        if turn.kind is not None:
            words = _("⇄ They differ: “{earlier}” ({one}), “{later}” ({two}).")
        words = words.format(earlier=turn.earlier, one=one.name, later=turn.later, two=two.name)
        blocks.append(Block(BlockKind.TEXT, words))
    return _reply(blocks, response)


def _entries(account: Account, findings_of: FindingsOf | None, before: int) -> list[Block]:
    """The sayings of one side, numbered from `before` on, each turn below the one that turns."""
    blocks: list[Block] = []
    for number, entry in enumerate(account.entries, before + 1):
        blocks += answer_blocks(entry.answer, findings_of, number)
        if entry.turn is not None and entry.turned_from is not None:
            blocks.append(Block(BlockKind.TEXT, turn_line(entry.turn, entry.turned_from)))
    return blocks


def _reply(blocks: Sequence[Block], response: Response) -> Reply:
    answers: list[Answer] = list(response.answers)
    return Reply(tuple(blocks), in_rows(context_buttons(answers)), state=State.FOUND)


def _titled(side: Account) -> str:
    return side.name + (f", {side.role}" if side.role and side.is_person else "")


def _counted(entries: Sequence[Entry]) -> str:
    """How many entries there are, from when to when, and on which days something turns."""
    days = [day for e in entries if (day := e.answer.article.day) is not None]
    span = f", {spoken_days(days[0], days[-1])}" if days else ""
    turned = [
        spoken_day(day) for e in entries if e.turn and (day := e.answer.article.day) is not None
    ]
    counted = ngettext("{n} time", "{n} times", len(entries)).format(n=len(entries)) + span
    if not turned:
        return counted
    return _("{counted}; turns on {days}").format(
        counted=counted, days=listed(list(dict.fromkeys(turned)))
    )
