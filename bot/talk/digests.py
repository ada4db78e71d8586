"""/digest: what is new for whatever is named, over the time that is named; and the buttons under
any digest."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta

from bot.digest import Digest
from bot.errors import InterestError
from bot.locales import N_, _
from bot.locales.days import spoken_day
from bot.newsroom import Newsroom
from bot.store.results import look_up_result, put_result
from bot.talk.buttons import PRESS_BYTES
from bot.talk.context import context_reply
from bot.talk.desks import Desk
from bot.talk.digest_pages import (
    CONTEXT_BUTTON,
    PAGE_BUTTON,
    digest_reply,
    dump_digest,
    lead_place,
    load_digest,
    nothing_new,
)
from bot.talk.interests import read_interest
from bot.talk.plot_pages import with_digest_plot
from bot.talk.replies import Button, Incoming, Reply, told
from bot.talk.time_abroad import days_in_english
from bot.text.dates import bounds, find_question_dates

DAY = timedelta(days=1)
WEEK = timedelta(days=7)
MOST_WORDS_CHARS = 300  # of what is typed after the command
_LEADS_IN = re.compile(r"(?:^|\s)(?:on|in|of|for|from|during)\s*\Z", re.IGNORECASE)
"""A word before a day that belongs to it: “railway in March” is a digest of the railway."""
_SINCE = re.compile(r"(?:^|\s)(?:since|seit|desde)(?=\s|\Z)([^“”\"]*)\Z", re.IGNORECASE)
_DAY_LIKE = re.compile(r"(?:^|\s)(\d{4}[-./]\d{1,2}[-./]\d{1,2}|\d{1,2}[-./]\d{1,2}[-./]\d{4})")
"""What is written like a day: left over, it is none ("9999-99-99", "30.2.2025")."""
EXPIRED = N_("This digest has expired. /digest makes a new one.")


def digest_desk(newsroom: Newsroom, clock: Callable[[], datetime]) -> Desk:
    """The desk of digests on demand."""
    desk = _Digests(newsroom, clock)
    return Desk(
        commands={"digest": desk.command},
        buttons={PAGE_BUTTON: desk.turn, CONTEXT_BUTTON: desk.context},
    )


def keep_digest(newsroom: Newsroom, digest: Digest, chat: str, person: str, now: datetime) -> int:
    """The number under which the store keeps `digest` for its buttons in `chat`."""
    return put_result(newsroom.store, chat, person, dump_digest(digest), now)


class _Digests:
    def __init__(self, newsroom: Newsroom, clock: Callable[[], datetime]) -> None:
        self._newsroom = newsroom
        self._clock = clock

    def command(self, incoming: Incoming, rest: str) -> Reply:
        """The digest of what is named: of the last day, or of the time in `rest`."""
        now = self._clock()
        typed = days_in_english(rest[:MOST_WORDS_CHARS])
        if (fault := day_fault(typed, now)) is not None:
            return told(fault)
        words, since, until = read_window(typed, now)
        try:
            what = read_interest(self._newsroom, words)
        except InterestError as error:
            return told(str(error))
        digest = self._newsroom.digest(what, since, until)
        if digest.is_empty:
            return self._empty(digest, words)
        number = keep_digest(self._newsroom, digest, incoming.chat, incoming.person, now)
        reply = digest_reply(digest, number=number, page=0)
        return with_digest_plot(reply, digest, self._newsroom.store, incoming.chat)

    def _empty(self, digest: Digest, words: str) -> Reply:
        """That there is nothing, and where something would be."""
        newest = self._newsroom.coverage().newest
        if newest is None:
            return told(_("There is no article yet."))
        last = newest.date() if isinstance(newest, datetime) else newest
        wider = min(digest.since.date(), last - timedelta(days=6))
        buttons = []
        if wider < digest.since.date():
            code = " ".join(f"cmd:/digest {words} since {wider.isoformat()}".split())
            buttons.append(Button(_("Since {when}").format(when=spoken_day(wider)), code))
        if words:
            buttons.append(Button(_("Search all articles"), f"cmd:/search {words}"))
        fitting = [b for b in buttons if len((b.press or "").encode()) <= PRESS_BYTES]
        return told(nothing_new(digest), *fitting)

    def turn(self, incoming: Incoming, code: str) -> Reply:
        """Another page of a digest, in the place of the one that is shown."""
        numbers = _numbers(code, 2)
        digest = self._look_up(numbers[0], incoming) if numbers else None
        if numbers is None or digest is None:
            return Reply(toast=_(EXPIRED))
        return replace(digest_reply(digest, number=numbers[0], page=numbers[1]), edits=True)

    def context(self, incoming: Incoming, code: str) -> Reply:
        """What stands around the lead of a story, with the way back."""
        numbers = _numbers(code, 3)
        digest = self._look_up(numbers[0], incoming) if numbers else None
        place = lead_place(digest, numbers[2]) if numbers and digest else None
        reply = context_reply(self._newsroom, place.code) if place is not None else None
        if reply is None or numbers is None:
            return Reply(toast=_(EXPIRED))
        back = Button(_("Back"), f"{PAGE_BUTTON}:{numbers[0]}:{numbers[1]}")
        return replace(reply, buttons=(*reply.buttons, (back,)))

    def _look_up(self, number: int, incoming: Incoming) -> Digest | None:
        row = look_up_result(self._newsroom.store, number, incoming.chat)
        return load_digest(self._newsroom, row.data) if row is not None else None


def read_window(words: str, now: datetime) -> tuple[str, datetime, datetime]:
    """What is left of `words` without those of time, and the window that these name; the last day
    where they name none."""
    until = now
    since = now - DAY
    found = [d for d in find_question_dates(words, now) if bounds(d.value)]
    if found:
        mention = found[-1]
        first, last = bounds(mention.value) or (now.date(), now.date())
        since, until = _begin(max(first, date(1, 1, 2))), _end(last, now)
        before = _LEADS_IN.sub("", words[: mention.span.start])
        words = f"{before} {words[mention.span.end :]}"
    elif words.lower().strip(" .!").endswith("this week"):
        since = now - WEEK
    return " ".join(words.split()), min(since, until), until


def day_fault(words: str, now: datetime) -> str | None:
    """What is wrong with the day in `words`, in a sentence; None where nothing is."""
    found = [d for d in find_question_dates(words, now) if bounds(d.value)]
    first, __ = (found and bounds(found[-1].value)) or (now.date(), now.date())
    if first > now.date():
        return _(
            "{day} is still to come: a digest tells what has come in. Name an earlier day, such "
            "as yesterday or Monday."
        ).format(day=spoken_day(first))
    left, __, __ = read_window(words, now)
    odd = _SINCE.search(words) if _SINCE.search(left) else _DAY_LIKE.search(left)
    if odd is None:
        return None
    return _(
        "I cannot read “{words}” as a day. Write it like 2025-03-12, 12 March 2025, Monday or "
        "last week."
    ).format(words=odd[1].strip() or odd[0].strip())


def _begin(day: date) -> datetime:
    return datetime.combine(day, time(), UTC)


def _end(day: date, now: datetime) -> datetime:
    """The end of `day`, which is now at the latest."""
    return min(_begin(day) + DAY, now) if day < date.max else now


def _numbers(code: str, count: int) -> list[int] | None:
    parts = code.split(":")
    if len(parts) != count or not all(
        part.isascii() and part.isdigit() and len(part) <= 18 for part in parts
    ):
        return None
    return [int(part) for part in parts]


__all__ = ["digest_desk", "keep_digest", "read_window"]
