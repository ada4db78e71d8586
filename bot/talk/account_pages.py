"""Timelines and comparisons as replies: each saying word for word, and where a word turns."""

from __future__ import annotations

from collections.abc import Sequence

from bot.answer.intents import Intent
from bot.answer.result import Account, Answer, Entry, Response, State
from bot.locales.days import spoken_day
from bot.talk.answer_blocks import answer_blocks
from bot.talk.buttons import context_buttons, in_rows
from bot.talk.leads import FindingsOf, shortened
from bot.talk.replies import Block, BlockKind, Reply, told
from bot.talk.turns import turn_line

LABEL_CHARS = 60


def account_reply(response: Response, findings_of: FindingsOf | None = None) -> Reply:
    """What was said by day, or by two side by side; in a sentence, where there is nothing."""
    if response.intent is Intent.COMPARE:
        return _comparison(response, findings_of)
    account = response.accounts[0]
    if not account.entries:
        about = f" on “{response.topic[:LABEL_CHARS]}”" if response.topic else ""
        if account.is_person:
            return told(f"I have nothing that {account.name} said{about}.")
        return told(f"I have no sayings of “{account.name[:LABEL_CHARS]}”{about}.")
    about = f" on {response.topic}" if response.topic else ""
    lead = f"{account.name}{about}: {_counted(account.entries)}"
    blocks = [Block(BlockKind.LEAD, shortened(lead))]
    blocks += _entries(account, findings_of, 0)
    return _reply(blocks, response)


def _comparison(response: Response, findings_of: FindingsOf | None) -> Reply:
    about = f" on {response.topic}" if response.topic else ""
    one, two = response.accounts
    if not response.answers:
        names = " and ".join(f"“{side.name[:LABEL_CHARS]}”" for side in (one, two))
        return told(f"I have nothing of {names}{about}.")
    blocks = [Block(BlockKind.LEAD, shortened(f"{_titled(one)} and {_titled(two)}{about}"))]
    shown = 0
    for side in (one, two):
        if not side.entries:
            blocks.append(Block(BlockKind.TEXT, f"{side.name}: nothing{about} in my articles."))
            continue
        blocks.append(Block(BlockKind.TEXT, f"{_titled(side)}:"))
        blocks += _entries(side, findings_of, shown)
        shown += len(side.entries)
    if (turn := response.difference) is not None:
        what = "They differ" if turn.kind is not None else "The figures differ"
        words = f"⇄ {what}: “{turn.earlier}” ({one.name}), “{turn.later}” ({two.name})."
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
    span = ""
    if days:
        first, last = spoken_day(days[0]), spoken_day(days[-1])
        span = f", {first}" if first == last else f", {first} – {last}"
    turned = [
        spoken_day(day) for e in entries if e.turn and (day := e.answer.article.day) is not None
    ]
    turns = f"; turns on {' and '.join(dict.fromkeys(turned))}" if turned else ""
    return f"{len(entries)} time{'s' if len(entries) != 1 else ''}{span}{turns}"
