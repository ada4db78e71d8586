"""Catching up: whoever comes back after blocking us, after a long outage, or wants it now."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.digest import Digest, InterestKind, Length
from bot.locales import _, ngettext
from bot.store import subscriptions as shelf
from bot.store.results import look_up_result
from bot.store.settings import follow_key, look_up_suspension, place_of, restore
from bot.store.subscriptions import Delivered, Subscription, SubscriptionState
from bot.talk.digest_pages import digest_reply, load_digest, stories_count
from bot.talk.follow_book import FollowBook, parse_number
from bot.talk.follow_data import interest_of, length_of, next_due, titled
from bot.talk.follow_rights import refuse
from bot.talk.follow_texts import (
    alert_reply,
    follow_digest_reply,
    joined_reply,
    late_buttons,
    with_follow,
)
from bot.talk.follows import EXPIRED
from bot.talk.languages import speaking_to
from bot.talk.replies import Incoming, Notice, Reply, Urgency, told
from bot.talk.rhythm import spoken_time

Settle = Callable[[sqlite3.Connection], None]
LONGEST_AWAY = timedelta(days=30)
FOLLOWS_CAUGHT_UP = 20
"""Of one chat in one message; a person who follows more gets the others at their times."""
STORIES_IN_FULL = 6  # of more than these one sentence each is told
STORIES_CAUGHT_UP = 12  # more than a message holds is read by nobody


class CatchingUp:
    """What came meanwhile, in one message."""

    def __init__(self, book: FollowBook) -> None:
        self._book = book

    # ------------------------------------------------------------------- coming back
    def greet(self, incoming: Incoming) -> Reply | None:
        """The welcome for whoever could not be reached; None for everybody else."""
        store, now = self._book.store, self._book.clock()
        since = look_up_suspension(store, incoming.chat)
        if since is None:
            return None
        follows = shelf.find_of_place(store, incoming.chat)
        with store.write() as connection:
            restore(connection, incoming.chat)
            for it in follows:
                due = next_due(it, self._book.settings(it.chat), now)
                paused = it.state is SubscriptionState.PAUSED
                back = replace(it, since=now, due=None if paused else due)
                shelf.put_subscription(connection, back, now)
        if not follows:
            return None
        active = [it for it in follows if it.state is SubscriptionState.ACTIVE]
        count = sum(len(d.stories) + d.left_out for __, d in self._missed(active, since, now))
        kept = ngettext(
            "Welcome back. Your follow is kept.",
            "Welcome back. Your {n} follows are kept.",
            len(follows),
        ).format(n=len(follows))
        if not count:
            return told(f"{kept} {_('Nothing came meanwhile.')}")
        came = ngettext("{n} item came meanwhile.", "{n} items came meanwhile.", count)
        return told(f"{kept} {came.format(n=count)}", *late_buttons(since))

    def press_late(self, incoming: Incoming, rest: str) -> Reply | None:
        """[One digest] or [Skip] under the offer to catch up since a moment."""
        act, __, stamp = rest.partition(":")
        if (refusal := refuse(incoming, incoming.chat)) is not None:
            return refusal
        if act == "skip":
            return replace(told(_("Skipped. From now on all comes at its time.")), edits=True)
        now = self._book.clock()
        seconds = parse_number(stamp)
        earliest = now - LONGEST_AWAY
        since = datetime.fromtimestamp(min(seconds, int(now.timestamp())), UTC)
        if act != "one":
            return None
        follows = self._book.of_chat(incoming.chat)
        active = [it for it in follows if it.state is SubscriptionState.ACTIVE]
        missed = self._missed(active, max(since, earliest), now)
        if not missed:
            return told(_("There was nothing that you follow."))
        zone = self._book.settings(incoming.chat).clock
        count = sum(len(digest.stories) for __, digest in missed)
        lead = _("Since {when}").format(when=spoken_time(since, zone, now=now))
        replies = [digest_reply(digest, heading=titled(it)) for it, digest in missed]
        joined = joined_reply(replies, f"{lead} · {stories_count(count)}")
        delivered = [Delivered(it.id, now, len(d.stories), d.told) for it, d in missed]
        return replace(joined, settle=_noting(delivered, place_of(incoming.chat)))

    def _missed(
        self, follows: Sequence[Subscription], since: datetime, now: datetime
    ) -> list[tuple[Subscription, Digest]]:
        """What each follow has to tell since then, nothing twice."""
        found = self._composed(follows, since, now, None)
        if sum(len(digest.stories) for __, digest in found) > STORIES_IN_FULL:
            found = self._composed(follows, since, now, Length.SHORT)
        return found

    def _composed(
        self,
        follows: Sequence[Subscription],
        since: datetime,
        now: datetime,
        length: Length | None,
    ) -> list[tuple[Subscription, Digest]]:
        """The digests of as many follows as a message has room for; each in its own length where
        none is given."""
        found: list[tuple[Subscription, Digest]] = []
        already = shelf.find_told(self._book.store, follows[0].chat) if follows else []
        room = STORIES_CAUGHT_UP
        for it in follows[:FOLLOWS_CAUGHT_UP]:
            own = length or length_of(it, self._book.settings(it.chat))
            digest = self._book.newsroom.digest(
                interest_of(it), since, now, length=own, already=already
            )
            if not digest.is_empty and room > 0:
                found.append((it, digest))
                already += digest.told
                room -= len(digest.stories)
        return found

    # ------------------------------------------------------------------------ right now
    def send_now(self, incoming: Incoming, it: Subscription) -> Reply:
        """What a follow has to tell since the last time, at once; the next digest goes on from
        here."""
        now, store = self._book.clock(), self._book.store
        settings = self._book.settings(it.chat)
        interest = interest_of(it)
        zone = settings.clock
        nothing = _("{what}: nothing new since {when}.").format(
            what=titled(it), when=spoken_time(it.since, zone, now=now)
        )
        if interest.kind is InterestKind.QUESTION:
            known = [str(key) for key in it.data.get("answered", ())]
            changed = self._book.newsroom.changed_answers(interest, now, known)
            if not changed:
                return told(nothing)
            data = {**it.data, "answered": [*known, *(a.key for a in changed)]}
            with speaking_to(store, it.chat):
                reply = alert_reply(it, changed)
            delivered = Delivered(it.id, now, len(changed), tuple(a.key for a in changed))
            return self._handed_over(incoming, it, reply, _moving(it, now, delivered, data))
        already = shelf.find_told(store, it.chat)
        length = length_of(it, settings)
        digest = self._book.newsroom.digest(
            interest, it.since, now, length=length, already=already
        )
        if digest.is_empty:
            return told(nothing)
        with speaking_to(store, it.chat):  # a channel's may be another than that of this talk
            reply = follow_digest_reply(self._book.newsroom, it, digest, now)
        delivered = Delivered(it.id, now, len(digest.stories), digest.told)
        return self._handed_over(incoming, it, reply, _moving(it, now, delivered, it.data))

    def _handed_over(
        self, incoming: Incoming, it: Subscription, reply: Reply, settle: Settle
    ) -> Reply:
        """`reply` where it belongs: here, or in the channel whose follow it is."""
        if it.chat == incoming.chat:
            return replace(reply, settle=settle)
        key = follow_key(it.id, it.since, self._book.clock())
        notice = Notice(it.chat, key, reply, Urgency.DIGEST)
        return replace(told(_("It is on its way there.")), notices=(notice,), settle=settle)

    def turn(self, incoming: Incoming, rest: str) -> Reply | None:
        """Another page of a follow's digest."""
        number, __, rest = rest.partition(":")
        kept, __, page = rest.partition(":")
        row = look_up_result(self._book.store, parse_number(kept), incoming.chat)
        digest = load_digest(self._book.newsroom, row.data) if row is not None else None
        if digest is None:
            return Reply(toast=_(EXPIRED))
        reply = digest_reply(digest, number=parse_number(kept), page=parse_number(page))
        return replace(with_follow(reply, parse_number(number)), edits=True)


def _noting(delivered: Sequence[Delivered], chat: str) -> Settle:
    def settle(connection: sqlite3.Connection) -> None:
        for it in delivered:
            shelf.note_delivery(connection, it, chat)

    return settle


def _moving(it: Subscription, now: datetime, delivered: Delivered, data: dict[str, Any]) -> Settle:
    def settle(connection: sqlite3.Connection) -> None:
        shelf.keep_data(connection, it.id, data)
        shelf.move_watermark(connection, it.id, now)
        shelf.note_delivery(connection, delivered, it.chat)

    return settle
