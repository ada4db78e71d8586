"""Sayings day by day and side by side: /timeline and /compare, and what came of promises."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answer.accounts import Wanted, read_wanted, split_sides, split_topic
from bot.answer.result import Entry, Response
from bot.link.matters import Telling
from bot.link.outcomes import is_plan
from bot.locales import _
from bot.newsroom import Clock, Newsroom
from bot.talk.account_pages import account_reply
from bot.talk.desks import Desk
from bot.talk.lines import article_line
from bot.talk.replies import Block, BlockKind, Evidence, Incoming, Reply, told

FOLLOWED = 2  # promises in a timeline whose outcome is looked for


def timelines_desk(newsroom: Newsroom, clock: Clock) -> Desk:
    """The desk that sets sayings side by side, in time and between people."""

    def timeline(_incoming: Incoming, rest: str) -> Reply:
        if not rest:
            return told(_("Whose? For example: /timeline Lindqvist on gas"))
        return set_out(split_topic(rest))

    def compare(_incoming: Incoming, rest: str) -> Reply:
        sides = split_sides(rest)
        if sides is None:
            return told(_("Whom, and on what? For example: /compare Lindqvist and Halkov on gas"))
        return set_out(sides)

    def words(_incoming: Incoming, text: str) -> Reply | None:
        wanted = read_wanted(text)
        response = newsroom.set_out(wanted, clock()) if wanted is not None else None
        if response is None or not all(account.is_known for account in response.accounts):
            return None
        return reply_of(response)

    def set_out(wanted: Wanted) -> Reply:
        return reply_of(newsroom.set_out(wanted, clock()))

    def reply_of(response: Response) -> Reply:
        reply = account_reply(response, newsroom.get_findings)
        if len(response.accounts) == 1 and response.accounts[0].is_person:
            outcomes = _outcomes(newsroom, response.accounts[0].entries)
            reply = replace(reply, blocks=(*reply.blocks, *outcomes))
        return reply

    return Desk(commands={"timeline": timeline, "compare": compare}, words=words)


def _outcomes(newsroom: Newsroom, entries: Sequence[Entry]) -> list[Block]:
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
    head = Block(BlockKind.TEXT, _("What came of it, as later articles tell:"))
    return [head, *blocks] if blocks else []


def _told(telling: Telling) -> list[Block]:
    evidence = Evidence(telling.article.key, telling.span)
    return [
        Block(BlockKind.QUOTE, telling.text, evidence=evidence),
        Block(BlockKind.SOURCE, article_line(telling.article), url=telling.article.url),
    ]
