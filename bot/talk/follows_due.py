"""What comes due by itself: digests at their minutes, alerts when something has come in.

Everything is decided from the store at one moment and written down in one transaction with the
messages, so a restart forgets nothing and tells nothing twice.
"""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, replace
from datetime import datetime, timedelta

from bot.digest import Digest, InterestKind
from bot.errors import VerbatimError
from bot.locales import spoken_language
from bot.model import Article
from bot.store import subscriptions as shelf
from bot.store.settings import follow_key, forget_suspended, place_of
from bot.store.subscriptions import Delivered, Subscription
from bot.talk.desks import NOTHING_DUE, Job, Outgoing
from bot.talk.follow_book import FollowBook
from bot.talk.follow_data import (
    ChatSettings,
    interest_of,
    is_silent,
    length_of,
    next_due,
    resumed,
    rhythm_of,
    titled,
)
from bot.talk.follow_texts import (
    alert_reply,
    empty_reply,
    follow_digest_reply,
    late_heading,
    offer_reply,
)
from bot.talk.follows_clock import find_ahead
from bot.talk.follows_match import POISON, FollowMatcher, is_archived
from bot.talk.gate import gated
from bot.talk.languages import speaking_to
from bot.talk.replies import Notice, Reply, Urgency
from bot.talk.rhythm import (
    AT_ONCE,
    day_start,
    missed_times,
    next_day_start,
    quiet_until,
)

LOG = logging.getLogger(__name__)

TICK_SECONDS = 15.0
CLEAN_SECONDS = 3_600.0
AT_A_TIME = 50  # due subscriptions in one transaction
LATE = timedelta(minutes=10)  # a digest later than this says so
OFFERED_AFTER = timedelta(hours=48)  # what is older is offered, not pushed
OVERLAP = timedelta(minutes=2)
"""An article is stamped before it is committed; what was told already is told by its keys."""
AHEAD = timedelta(days=1)
"""Some outlets' clocks run ahead: what has come in is told, whatever hour it bears."""
LONGEST_LOOK_BACK = timedelta(days=8)
"""A digest reaches back to the last one, but no further than a weekly one does."""
SET_ASIDE = timedelta(days=1)
COMPOSED_FOR = timedelta(minutes=1)
DRAFTS_KEPT = timedelta(days=7)
"""A follow that was begun can be finished so long, and one that was ended come back by Undo."""
TOLD_KEPT = timedelta(days=60)
SUSPENDED_KEPT = timedelta(days=30)
TERMINAL = "terminal"
"""The face that is open only while somebody sits before it."""


@dataclass(frozen=True, slots=True)
class _Step:
    """What becomes of one due subscription."""

    it: Subscription
    due: datetime | None
    since: datetime
    notice: Notice | None = None
    delivered: Delivered | None = None
    answered: tuple[str, ...] = ()
    digest: Digest | None = None
    heading: str | None = None
    """Of a digest that becomes a notice once it is kept for its buttons."""


def due_jobs(book: FollowBook, face: str) -> tuple[Job, ...]:
    """The jobs of follows in the chats of this face ("tg", "terminal")."""
    matcher = FollowMatcher(book, face)
    deliveries = _Deliveries(book, face)
    return (
        Job("matching of follows", TICK_SECONDS, matcher.work, quick=True),
        Job("follows", TICK_SECONDS, deliveries.work, quick=True),
        Job("upkeep of follows", CLEAN_SECONDS, _Upkeep(book, face).work, quick=True),
    )


class _Deliveries:
    def __init__(self, book: FollowBook, face: str) -> None:
        self._book = book
        self._newsroom = book.newsroom
        self._face = face
        self._is_terminal = face == TERMINAL
        self._composed_for: tuple[int, datetime] | None = None
        self._digests: dict[object, Digest] = {}
        """What was composed a moment ago: many follow the same, and are told in several rounds."""

    def work(self, now: datetime) -> Outgoing:
        """Tell what is due, some at a time; before it let the pauses end that are over."""
        if over := shelf.find_paused_over(self._book.store, now, limit=AT_A_TIME):
            return self._resumed(over, now)
        due = shelf.find_due(self._book.store, self._face, now, limit=AT_A_TIME)
        if not due:
            return NOTHING_DUE
        told: dict[str, list[str]] = {}
        self._forget_digests(now)
        steps: list[_Step] = []
        for it in due:
            place = place_of(it.chat)
            if place not in told:
                told[place] = shelf.find_told(self._book.store, place)
            with speaking_to(self._book.store, it.chat):
                step = self._step(it, now, told[place])
            if step.delivered is not None:
                told[place] += step.delivered.keys
            steps.append(step)
        steps = self._kept(steps, now)
        notices = tuple(step.notice for step in steps if step.notice is not None)
        return Outgoing(
            _one_offer_a_place(notices),
            lambda connection: _settle(connection, steps),
            more=len(due) == AT_A_TIME,
        )

    def _resumed(self, over: Sequence[Subscription], now: datetime) -> Outgoing:
        """Pauses end at their minute, however late we look: what was due since then is due."""
        back = [resumed(it, self._book.settings(it.chat), it.paused_until or now) for it in over]

        def settle(connection: sqlite3.Connection) -> None:
            for it in back:
                shelf.put_subscription(connection, it, now)

        return Outgoing(settle=settle, more=True)

    def _forget_digests(self, now: datetime) -> None:
        """Compose anew when articles have changed, or a minute has passed."""
        changes = self._book.store.change_count()
        last = self._composed_for
        if last is None or last[0] != changes or not timedelta() <= now - last[1] < COMPOSED_FOR:
            self._composed_for = (changes, now)
            self._digests = {}

    def _kept(self, steps: list[_Step], now: datetime) -> list[_Step]:
        """The steps with their digests as messages; all are kept for their buttons at once."""
        with self._book.store.write():
            return [self._with_notice(step, now) for step in steps]

    def _with_notice(self, step: _Step, now: datetime) -> _Step:
        digest, it = step.digest, step.it
        if digest is None:
            return step
        try:
            with speaking_to(self._book.store, it.chat):
                reply = gated(
                    self._newsroom,
                    follow_digest_reply(self._newsroom, it, digest, now, heading=step.heading),
                )
        except VerbatimError as error:
            LOG.error("subscription %d is set aside for a day: %s", it.id, error)
            return _Step(it, now + SET_ASIDE, it.since)
        return replace(step, notice=self._notice(it, now, step.due, reply))

    def _step(self, it: Subscription, now: datetime, told: list[str]) -> _Step:
        try:
            settings = self._book.settings(it.chat)
            rhythm = rhythm_of(it) or AT_ONCE
            if not rhythm.at_once:
                return self._scheduled(it, settings, now, told)
            wait = self._wait(it, settings, now)
            if wait is not None:
                return _Step(it, wait, it.since)
            if interest_of(it).kind is InterestKind.QUESTION:
                return self._changed_answer(it, now, None)
            return self._composed(it, settings, now, None, told)
        except POISON:
            # One that cannot be composed must stop nobody else.
            LOG.exception("subscription %d is set aside for a day", it.id)
            return _Step(it, now + SET_ASIDE, it.since)

    # ------------------------------------------------------------------------- at once
    def _wait(self, it: Subscription, settings: ChatSettings, now: datetime) -> datetime | None:
        """Until when an alert waits: for the gap, the daily cap, the quiet hours; None: not."""
        rhythm = rhythm_of(it) or AT_ONCE
        count, last = shelf.count_deliveries(
            self._book.store, it.id, day_start(now, settings.clock), now
        )
        gap = timedelta(minutes=rhythm.gap_minutes)
        if last is not None and now - last < gap:
            return last + gap
        if count >= rhythm.most:
            return next_day_start(now, settings.clock)
        if settings.holds:
            return quiet_until(settings.quiet, settings.clock, now)
        return None

    def _changed_answer(self, it: Subscription, now: datetime, due: datetime | None) -> _Step:
        """A saved question is told of only when a new sentence changes its answer."""
        interest = interest_of(it)
        known = [str(key) for key in it.data.get("answered", ())]
        changed = self._newsroom.changed_answers(interest, now, known)
        fresh = [a for a in changed if is_fresh(a.article, it.since)]
        keys = tuple(answer.key for answer in changed)
        if not fresh:
            return _Step(it, due, now, answered=keys)
        reply = alert_reply(it, fresh)
        step = self._told(it, now, due, reply, [answer.key for answer in fresh])
        return replace(step, answered=keys)

    # -------------------------------------------------------------------------- digests
    def _scheduled(
        self,
        it: Subscription,
        settings: ChatSettings,
        now: datetime,
        told: list[str],
    ) -> _Step:
        first = it.due or now
        due = next_due(it, settings, now)
        if now - first > OFFERED_AFTER:
            return self._offered(it, now, due)
        if interest_of(it).kind is InterestKind.QUESTION:
            return self._changed_answer(it, now, due)
        return self._composed(it, settings, now, due, told)

    def _offered(self, it: Subscription, now: datetime, due: datetime | None) -> _Step:
        """What was missed long ago is offered, once for all that a chat follows."""
        settings = self._book.settings(it.chat)
        reply = offer_reply(it.since, settings, now, is_terminal=self._is_terminal)
        key = f"offer:{it.chat}:{now:%Y%m%d}"
        return _Step(it, due, now, Notice(it.chat, key, reply, Urgency.DIGEST, silent=True))

    def _composed(
        self,
        it: Subscription,
        settings: ChatSettings,
        now: datetime,
        due: datetime | None,
        told: list[str],
    ) -> _Step:
        since, until = max(it.since, now - LONGEST_LOOK_BACK) - OVERLAP, now + AHEAD
        interest, length = interest_of(it), length_of(it, settings)
        asked = (spoken_language(), interest, since, length, tuple(told))
        digest = self._digests.get(asked)
        if digest is None:
            digest = self._newsroom.digest(interest, since, until, length=length, already=told)
            self._digests[asked] = digest = replace(digest, since=since + OVERLAP, until=now)
        if digest.is_empty:
            if due is None or not settings.tells_empty:
                return _Step(it, due, now)
            return self._told(it, now, due, empty_reply(it, settings), ())
        delivered = Delivered(it.id, now, len(digest.stories), digest.told)
        heading = self._heading(it, settings, now, digest)
        return _Step(it, due, now, delivered=delivered, digest=digest, heading=heading)

    def _heading(
        self, it: Subscription, settings: ChatSettings, now: datetime, digest: Digest
    ) -> str | None:
        """The first line of a digest that comes late; None for one in time."""
        rhythm = rhythm_of(it) or AT_ONCE
        if rhythm.at_once or it.due is None or now - it.due < LATE:
            return None
        missed = len(missed_times(rhythm, settings.clock, it.due, now))
        stories, closed = len(digest.stories), self._is_terminal
        return late_heading(titled(it), it.due, now, missed, settings, stories, is_terminal=closed)

    def _told(
        self,
        it: Subscription,
        now: datetime,
        due: datetime | None,
        reply: Reply,
        keys: Sequence[str],
    ) -> _Step:
        notice = self._notice(it, now, due, gated(self._newsroom, reply))
        return _Step(it, due, now, notice, Delivered(it.id, now, len(keys), tuple(keys)))

    def _notice(
        self, it: Subscription, now: datetime, due: datetime | None, reply: Reply
    ) -> Notice:
        settings = self._book.settings(it.chat)
        quiet = quiet_until(settings.quiet, settings.clock, now) is not None
        key = follow_key(it.id, it.since, it.due or now)
        urgency = Urgency.ALERT if due is None else Urgency.DIGEST
        return Notice(it.chat, key, reply, urgency, silent=quiet or is_silent(it, settings))


def is_fresh(article: Article, since: datetime) -> bool:
    """Whether an article is news to whoever knows all up to `since`, and not from an archive."""
    return article.added >= since - OVERLAP and not is_archived(article)


def _one_offer_a_place(notices: tuple[Notice, ...]) -> tuple[Notice, ...]:
    return tuple({(n.chat, n.key): n for n in notices}.values())


def _settle(connection: sqlite3.Connection, steps: Sequence[_Step]) -> list[str]:
    """The keys of notices whose subscription was changed meanwhile; all others are noted."""
    withdrawn = []
    for step in steps:
        if not shelf.move_on(connection, step.it, due=step.due, since=step.since):
            if step.notice is not None:
                withdrawn.append(step.notice.key)
            continue
        if step.answered:
            known = list(dict.fromkeys([*step.it.data.get("answered", ()), *step.answered]))
            shelf.keep_data(connection, step.it.id, {**step.it.data, "answered": known})
        if step.delivered is not None:
            shelf.note_delivery(connection, step.delivered, step.it.chat)
    return withdrawn


class _Upkeep:
    """Drops what need not be kept, and brings back what a clock that ran ahead has left in the
    future; once an hour however often it is asked."""

    def __init__(self, book: FollowBook, face: str) -> None:
        self._book = book
        self._face = face
        self._last: datetime | None = None

    def work(self, now: datetime) -> Outgoing:
        hour = timedelta(seconds=CLEAN_SECONDS)
        if self._last is not None and timedelta() <= now - self._last < hour:
            return NOTHING_DUE
        self._last = now
        ahead = find_ahead(self._book, self._face, now)
        if ahead:
            LOG.warning("the clock was set back: %d follows are due anew", len(ahead))

        def settle(connection: sqlite3.Connection) -> None:
            for it in ahead:
                shelf.put_subscription(connection, it, now)
            shelf.forget_old(connection, now, drafts=DRAFTS_KEPT, told=TOLD_KEPT)
            forget_suspended(connection, now - SUSPENDED_KEPT)

        return Outgoing(settle=settle)
