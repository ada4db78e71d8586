"""/stats: the operator's numbers in words, with what to add next."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.locales.days import spoken_day
from bot.newsroom import Newsroom
from bot.store.stats import Statistics, collect
from bot.talk.desks import Desk
from bot.talk.replies import Block, BlockKind, Incoming, Reply, told

DAYS = 7
MOST_DAYS = 366
UNANSWERED_SHOWN = 10
LONGEST_QUESTION_CHARS = 120
_UNITS = {"day": 1, "week": 7, "month": 30, "year": 365}
_DAYS = re.compile(r"(?:the )?(?:last |past )?([0-9]{1,6})? ?(days?|weeks?|months?|years?)?")


def statistics_desk(newsroom: Newsroom, clock: Callable[[], datetime]) -> Desk:
    """The desk that tells editors the numbers."""

    def stats(_: Incoming, typed: str) -> Reply:
        days = parse_days(typed)
        if days is None:
            return told("Of how many days? For example: /stats 30, or /stats week.")
        found = collect(
            newsroom.store, clock() - timedelta(days=days), unanswered=UNANSWERED_SHOWN
        )
        first, *others = statistics_lines(found, days)
        return Reply(
            (
                Block(BlockKind.LEAD, first),
                *(Block(BlockKind.TEXT, line) for line in others if line),
            )
        )

    return Desk(commands={"stats": stats})


def parse_days(typed: str) -> int | None:
    """Of how many days somebody wants the numbers ("30", "2 weeks", "month"; none: a week); None
    for what names no time."""
    match = _DAYS.fullmatch(typed.strip().lower())
    if match is None:
        return None
    if not match[1] and not match[2]:
        return DAYS
    days = int(match[1] or 1) * _UNITS.get((match[2] or "day").rstrip("s"), 1)
    return min(max(days, 1), MOST_DAYS)


def statistics_lines(found: Statistics, days: int) -> list[str]:
    """The numbers, a line a subject; the first one is what matters most."""
    asked = found.asked
    share = f", {found.questions.get('found', 0) / asked:.0%} answered" if asked else ""
    span = "day" if days == 1 else f"{days} days"
    lines = [
        f"{_count(asked, 'question')} in the last {span}{share}",
        f"Answers: {found.questions.get('found', 0):,} found, "
        f"{found.questions.get('close', 0):,} close, {found.questions.get('nothing', 0):,} "
        f"nothing; asked by {_count(found.people, 'person', 'people')}.",
        f"Store: {_count(found.articles, 'article')} of {_count(found.outlets, 'outlet')}, "
        f"{found.added:,} came in; {_count(found.rows['quotes'], 'quote')}, "
        f"{_count(found.rows['facts'], 'fact')}, {_count(found.rows['sentences'], 'sentence')}; "
        f"{found.bytes / 1e6:,.0f} MB.",
    ]
    if found.newest_added is not None:
        when = f"{spoken_day(found.newest_added.date())} {found.newest_added:%H:%M} UTC"
        lines.append(f"The last article came in on {when}.")
    waiting = sum(found.letters.get(state, 0) for state in ("due", "sending", "unsure"))
    lines.append(
        f"Telegram: {_count(waiting, 'message')} waiting, {found.letters.get('failed', 0):,} "
        f"given up; {_count(found.updates.get('poison', 0), 'update')} set aside."
    )
    if found.open_reports:
        lines.append(f"{_count(found.open_reports, 'report')} open: /reports")
    if found.unanswered:
        lines.append("What found nothing, and may be worth adding:")
        for one in found.unanswered:
            times = f" ({one.times} times)" if one.times > 1 else ""
            lines.append(f"• {_shortened(one.question)}{times}, {spoken_day(one.last.date())}")
    return lines


def _count(number: int, word: str, words: str = "") -> str:
    return f"{number:,} {word if number == 1 else words or word + 's'}"


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    if len(text) <= LONGEST_QUESTION_CHARS:
        return text
    return text[: LONGEST_QUESTION_CHARS - 1] + "…"
