"""/stats: the operator's numbers in words, with what to add next."""

from __future__ import annotations

import re
from collections.abc import Callable
from datetime import datetime, timedelta

from bot.locales import _, ngettext
from bot.locales.days import spoken_day
from bot.locales.numbers import spoken_number, spoken_share
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

    def stats(_incoming: Incoming, typed: str) -> Reply:
        days = parse_days(typed)
        if days is None:
            return told(_("Of how many days? For example: /stats 30, or /stats week."))
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
    first = ngettext(
        "{questions} in the last day", "{questions} in the last {n} days", days
    ).format(questions=_questions(asked), n=days)
    if asked:
        share = spoken_share(found.questions.get("found", 0) / asked)
        first = _("{asked}, {share} answered").format(asked=first, share=share)
    numbers = {
        state: spoken_number(found.questions.get(state, 0))
        for state in ("found", "close", "nothing")
    }
    people = ngettext("{n} person", "{n} people", found.people)
    lines = [
        first,
        _("Answers: {found} found, {close} close, {nothing} nothing; asked by {people}.").format(
            **numbers, people=people.format(n=spoken_number(found.people))
        ),
        _store_line(found),
    ]
    if found.newest_added is not None:
        when = f"{spoken_day(found.newest_added.date())} {found.newest_added:%H:%M} UTC"
        lines.append(_("The last article came in on {time}.").format(time=when))
    waiting = sum(found.letters.get(state, 0) for state in ("due", "sending", "unsure"))
    aside = found.updates.get("poison", 0)
    lines.append(
        _("Telegram: {messages} waiting, {failed} given up; {updates} set aside.").format(
            messages=_counted(ngettext("{n} message", "{n} messages", waiting), waiting),
            failed=spoken_number(found.letters.get("failed", 0)),
            updates=_counted(ngettext("{n} update", "{n} updates", aside), aside),
        )
    )
    if chosen := found.chosen:
        words = ngettext(
            "{n} answer was put into another chat.",
            "{n} answers were put into other chats.",
            chosen,
        )
        lines.append(_counted(words, chosen))
    if reports := found.open_reports:
        words = ngettext("{n} report open: /reports", "{n} reports open: /reports", reports)
        lines.append(_counted(words, reports))
    if found.unanswered:
        lines.append(_("What found nothing, and may be worth adding:"))
        for one in found.unanswered:
            times = ""
            if one.times > 1:
                times = f" ({_counted(ngettext('{n} time', '{n} times', one.times), one.times)})"
            lines.append(f"• {_shortened(one.question)}{times}, {spoken_day(one.last.date())}")
    return lines


def _store_line(found: Statistics) -> str:
    """What the store holds, and how much came in."""
    quotes, facts = found.rows["quotes"], found.rows["facts"]
    sentences = found.rows["sentences"]
    return _(
        "Store: {articles} of {outlets}, {added} came in; {quotes}, {facts}, {sentences}; "
        "{megabytes} MB."
    ).format(
        articles=_counted(ngettext("{n} article", "{n} articles", found.articles), found.articles),
        outlets=_counted(ngettext("{n} outlet", "{n} outlets", found.outlets), found.outlets),
        added=spoken_number(found.added),
        quotes=_counted(ngettext("{n} quote", "{n} quotes", quotes), quotes),
        facts=_counted(ngettext("{n} fact", "{n} facts", facts), facts),
        sentences=_counted(ngettext("{n} sentence", "{n} sentences", sentences), sentences),
        megabytes=spoken_number(round(found.bytes / 1e6)),
    )


def _questions(asked: int) -> str:
    return _counted(ngettext("{n} question", "{n} questions", asked), asked)


def _counted(words: str, number: int) -> str:
    return words.format(n=spoken_number(number))


def _shortened(text: str) -> str:
    text = " ".join(text.split())
    if len(text) <= LONGEST_QUESTION_CHARS:
        return text
    return text[: LONGEST_QUESTION_CHARS - 1] + "…"
