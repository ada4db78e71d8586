"""Answers that people report as wrong, and the editors' list of them."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.answer.compose import spoken_day
from bot.model import Span
from bot.newsroom import Newsroom
from bot.store.reports import (
    Report,
    count_open_reports,
    find_open_reports,
    put_report,
    settle_report,
)
from bot.talk.answers import pages_of
from bot.talk.buttons import REASONS, reason_buttons
from bot.talk.desks import Desk
from bot.talk.replies import Block, BlockKind, Button, Evidence, Incoming, Reply, Role
from bot.talk.results import Result

REPORTS_SHOWN = 3
LONGEST_QUESTION_CHARS = 200


def reporting_desk(newsroom: Newsroom) -> Desk:
    """The desk where editors settle what readers report."""

    def settle(incoming: Incoming, code: str) -> Reply | None:
        return None if incoming.role is Role.READER else settle_reply(newsroom, code)

    return Desk(
        commands={"reports": lambda _, __: reports_reply(newsroom)}, buttons={"fix": settle}
    )


def ask_reason(answered: Reply, number: int, page: int) -> Reply:
    """The answer once more, with the question what is wrong with it."""
    asked = Block(BlockKind.TEXT, "What is wrong with it?")
    return Reply((*answered.blocks, asked), reason_buttons(number, page), edits=True)


def take_report(
    newsroom: Newsroom,
    incoming: Incoming,
    result: Result,
    page: int,
    reason: str,
    answered: Reply,
    now: datetime,
) -> Reply:
    """The answer once more, with thanks and the report's number; the report is stored."""
    pages = pages_of(result.response, newsroom.get_findings)
    shown = pages[min(page, len(pages) - 1)]
    data: dict[str, Any] = {
        "question": result.response.question[:LONGEST_QUESTION_CHARS],
        "shown": [[a.article.key, a.span.start, a.span.end] for a in shown],
    }
    number = put_report(newsroom.store, incoming.chat, incoming.person, reason, data, now)
    thanks = f"Thank you, report {number}: {REASONS[reason].lower()}. An editor will look at it."
    block = Block(BlockKind.TEXT, thanks)
    return replace(answered, blocks=(*answered.blocks, block), edits=True, toast="Thank you.")


def reports_reply(newsroom: Newsroom) -> Reply:
    """The reports that nobody has settled, oldest first, each with a button that settles it."""
    reports = find_open_reports(newsroom.store, limit=REPORTS_SHOWN)
    if not reports:
        return Reply((Block(BlockKind.TEXT, "There is no open report."),))
    count = count_open_reports(newsroom.store)
    are = "reports are" if count > 1 else "report is"
    blocks = [Block(BlockKind.LEAD, f"{count} {are} open")]
    for report in reports:
        blocks += _report_blocks(newsroom, report)
    settle = tuple(Button(f"Settle {r.id}", f"fix:{r.id}") for r in reports)
    return Reply(tuple(blocks), (settle,))


def settle_reply(newsroom: Newsroom, code: str) -> Reply:
    """The reports that are left once the one that the code names is settled."""
    number = int(code) if code.isascii() and code.isdigit() and len(code) < 19 else 0
    done = settle_report(newsroom.store, number)
    toast = f"Report {number} is settled." if done else "That report was settled before."
    return replace(reports_reply(newsroom), edits=True, toast=toast)


def _report_blocks(newsroom: Newsroom, report: Report) -> list[Block]:
    reason = REASONS.get(report.reason, report.reason)
    when = spoken_day(report.made.date())
    question = report.data["question"]
    blocks = [Block(BlockKind.TEXT, f"{report.id} · {reason} · “{question}” · {when}")]
    for key, start, end in report.data["shown"][:1]:
        article = newsroom.look_up_version(key)
        if article is None:
            blocks.append(Block(BlockKind.TEXT, "Its article is no longer in the store."))
            continue
        span = Span(start, end)
        blocks.append(Block(BlockKind.QUOTE, span.of(article.text), evidence=Evidence(key, span)))
    return blocks
