"""Following: from a wish in words or a tap to a follow that is set up, step by step.

Each step's state is a draft in the store, so buttons and typed answers work after a restart.
"""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, time
from typing import Any

from bot.digest import Interest, InterestKind, make_interest
from bot.errors import InterestError
from bot.locales import N_, _, pgettext
from bot.store.results import look_up_result
from bot.store.settings import find_used_zones
from bot.store.subscriptions import Subscription, SubscriptionState
from bot.talk.desks import stop_waiting, wait_for
from bot.talk.digest_pages import digest_reply
from bot.talk.digests import keep_digest
from bot.talk.follow_book import MOST_FOLLOWS, FollowBook, parse_number, undo_button
from bot.talk.follow_data import (
    ChatSettings,
    count_line,
    interest_of,
    next_line,
    quiet_line,
    rhythm_of,
    titled,
    when_line,
    with_rhythm,
    within_quiet,
)
from bot.talk.follow_rights import find_channel, is_private, refuse
from bot.talk.follow_words import (
    Wish,
    WishKind,
    is_own_message,
    is_place_like,
    is_question,
    parse_follow,
    parse_wish,
)
from bot.talk.interests import read_interest
from bot.talk.replies import Block, BlockKind, Button, Incoming, Reply, told
from bot.talk.results import load_result
from bot.talk.rhythm import AT_ONCE, MOST_AT_ONCE, make_rhythm
from bot.talk.rhythm_words import (
    DEFAULT_TIME,
    RhythmWords,
    find_rhythm,
    parse_times,
    speaks_of_time,
)
from bot.talk.subjects import subject_of
from bot.talk.time_abroad import timing_in_english
from bot.talk.zone_pages import (
    TYPE_CITY,
    ask_zone,
    is_yes,
    offer_zones,
    offered_alone,
    read_city,
    read_confirmation,
)
from bot.talk.zones import likely_zones, look_up_zone, nearest_zones

FOLLOW = "fol"
STEPS = WAIT_RHYTHM, WAIT_CITY, WAIT_TIME = "follow-rhythm", "follow-city", "follow-time"
LATE_TIME = time(18)
EXPIRED = N_("This is no longer there. /subs shows what this chat follows.")
USAGE = N_(
    "What shall I follow? A person, a topic, an outlet, a phrase in quotation marks or a "
    "question. For example: /follow Lindqvist on gas, without football, weekdays at 7:30"
)


class Follows:
    """Sets up follows."""

    def __init__(self, book: FollowBook) -> None:
        self._book = book
        self._newsroom = book.newsroom

    # ----------------------------------------------------------------------- beginning
    def command(self, incoming: Incoming, rest: str) -> Reply:
        """/follow: what is to be followed, when, and where."""
        if not rest.strip():
            return told(_(USAGE))
        return self.begin(incoming, parse_follow(rest))

    def begin(self, incoming: Incoming, wish: Wish) -> Reply:
        """The first step of a wish to follow something."""
        chat = incoming.chat
        if wish.target:
            channel = find_channel(incoming, wish.target)
            if isinstance(channel, Reply):
                return channel
            chat = channel[0]
        elif (refusal := refuse(incoming, chat)) is not None:
            return refusal
        if not wish.what:
            return told(_(USAGE))
        try:
            if wish.question or is_question(wish.what):
                interest = make_interest(InterestKind.QUESTION, wish.what)
            else:
                interest = read_interest(self._newsroom, wish.what)
        except InterestError as error:
            return told(str(error))
        return self.follow(incoming, interest, chat=chat, when=wish.when)

    def follow(
        self,
        incoming: Incoming,
        interest: Interest,
        *,
        chat: str | None = None,
        when: RhythmWords | None = None,
        **data: Any,
    ) -> Reply:
        """The first step of following `interest`, or that it is followed already."""
        chat = chat or incoming.chat
        if (known := self._book.same(chat, interest)) is not None:
            settings = self._book.settings(chat)
            words = _("You follow this already: {what}, {when}.").format(
                what=titled(known), when=when_line(known, settings)
            )
            return told(words, Button(_("Change"), f"subs:show:{known.id}"))
        if self._book.is_full(chat):
            return told(
                _(
                    "This chat follows {n} things, which is the most. /subs shows them; unfollow "
                    "one first."
                ).format(n=MOST_FOLLOWS)
            )
        draft = self._book.draft(chat, incoming.person, interest, **data)
        if when is not None:
            draft = self._with_rhythm(draft, when)
        return self._next(incoming, draft)

    def press_subject(self, incoming: Incoming, rest: str) -> Reply | None:
        """The button [Follow NAME] under an answer."""
        return self._from_result(incoming, rest, question=False)

    def press_question(self, incoming: Incoming, rest: str) -> Reply | None:
        """The button [Tell me if that changes] under an answer."""
        return self._from_result(incoming, rest, question=True)

    def _from_result(self, incoming: Incoming, rest: str, *, question: bool) -> Reply | None:
        if (refusal := refuse(incoming, incoming.chat)) is not None:
            return refusal
        row = look_up_result(self._book.store, parse_number(rest), incoming.chat)
        result = load_result(self._newsroom, row.data) if row is not None else None
        if result is None:
            return None
        try:
            if question:
                interest = make_interest(InterestKind.QUESTION, result.response.question)
                once = RhythmWords(AT_ONCE, has_time=True, rest="")
                return self.follow(incoming, interest, when=once)
            subject = subject_of(result.response, self._newsroom.get_findings)
            return self.follow(incoming, subject) if subject is not None else None
        except InterestError as error:
            return Reply(toast=str(error))

    # --------------------------------------------------------------------------- steps
    def press(self, incoming: Incoming, rest: str) -> Reply | None:
        """A step of setting up: "STEP:NUMBER:CHOICE"."""
        step, __, rest = rest.partition(":")
        number, __, choice = rest.partition(":")
        it = self._book.look_up(parse_number(number))
        if it is None or (it.state is SubscriptionState.ENDED and step != "go"):
            return Reply(toast=_(EXPIRED))
        if (refusal := refuse(incoming, it.chat)) is not None:
            return refusal
        if step == "when":
            reply = self._choose_rhythm(incoming, it, choice)
        elif step == "zone":
            reply = self._choose_zone(incoming, it, choice)
        elif step == "time":
            reply = self._choose_time(incoming, it, choice)
        elif step == "change":
            reply = self._ask_rhythm(incoming, it)
        elif step == "seen":
            return self.preview(incoming, it)
        elif step in ("go", "drop"):
            return self._finish(incoming, it, step)
        else:
            return None
        return replace(reply, edits=True)

    def _finish(self, incoming: Incoming, it: Subscription, step: str) -> Reply:
        """A follow that was begun earlier: its next question, or that it is given up."""
        if it.state is SubscriptionState.ENDED:  # given up, and wanted after all
            it = replace(it, state=SubscriptionState.DRAFT)
            self._book.keep(it)
        if it.state is not SubscriptionState.DRAFT:
            return Reply(toast=_("This is followed already."))
        if step == "go":
            return self._next(incoming, it)
        stop_waiting(self._book.store, incoming)
        ended = replace(it, state=SubscriptionState.ENDED)
        number = self._book.change(it.chat, [it], [ended])
        words = _("Dropped: {what} is not followed.").format(what=titled(it))
        return told(words, undo_button(it.chat, number))

    def typed_rhythm(self, incoming: Incoming, pending: dict[str, Any]) -> Reply | None:
        """What was typed where it was asked when to tell."""
        return self._typed(incoming, pending, self._read_rhythm)

    def typed_city(self, incoming: Incoming, pending: dict[str, Any]) -> Reply | None:
        """What was typed where it was asked for the time zone."""
        return self._typed(incoming, pending, self._read_city)

    def typed_time(self, incoming: Incoming, pending: dict[str, Any]) -> Reply | None:
        """What was typed where it was asked for the minute."""
        return self._typed(incoming, pending, self._read_time)

    def _typed(
        self,
        incoming: Incoming,
        pending: dict[str, Any],
        read: Callable[[Incoming, Subscription, str], Reply | None],
    ) -> Reply | None:
        it = self._book.look_up(int(pending.get("follow", 0)))
        if it is not None and incoming.location is not None:
            zones = nearest_zones(*incoming.location)
            return refuse(incoming, it.chat) or self._offer_zones(it, zones, incoming)
        text = (incoming.text or "").strip()
        ended = it is None or it.state is SubscriptionState.ENDED
        is_own = is_own_message(timing_in_english(text)) or _is_other_wish(text)
        if it is None or ended or is_own:
            stop_waiting(self._book.store, incoming)
            return None
        word = read_confirmation(text, pending)
        if word is not None:
            return refuse(incoming, it.chat) or self._choose_zone(incoming, it, word)
        reply = refuse(incoming, it.chat) or read(incoming, it, text)
        if reply is None:
            stop_waiting(self._book.store, incoming)
        return reply

    def _next(self, incoming: Incoming, it: Subscription) -> Reply:
        """The next question that is open, or that all is set up."""
        if rhythm_of(it) is None:
            return self._ask_rhythm(incoming, it)
        if not self._book.settings(it.chat).zone:
            return self._ask_zone(incoming, it)
        if it.data.get("asks_time"):
            return self._ask_time(incoming, it)
        return self._done(incoming, it)

    # ------------------------------------------------------------------------ the rhythm
    def _ask_rhythm(self, incoming: Incoming, it: Subscription) -> Reply:
        wait_for(self._book.store, incoming, WAIT_RHYTHM, {"follow": it.id})
        words = _("{what}: when shall I tell you?").format(what=titled(it))
        lead = Block(BlockKind.LEAD, words)
        hint = Block(BlockKind.TEXT, _("Or write it, such as: weekdays at 7 and 18:30."))
        code = f"{FOLLOW}:when:{it.id}"
        buttons = (
            Button(_("At once, max {n} a day").format(n=MOST_AT_ONCE), f"{code}:once"),
            Button(_("Daily digest"), f"{code}:daily"),
            Button(pgettext("button", "Mondays"), f"{code}:weekly"),
        )
        return Reply((lead, hint), (buttons,))

    def _choose_rhythm(self, incoming: Incoming, it: Subscription, choice: str) -> Reply:
        chosen = {
            "once": RhythmWords(AT_ONCE, has_time=True, rest=""),
            "daily": RhythmWords(make_rhythm([DEFAULT_TIME]), has_time=False, rest=""),
            "weekly": RhythmWords(make_rhythm([DEFAULT_TIME], (0,)), has_time=False, rest=""),
        }.get(choice)
        if chosen is None:
            return self._ask_rhythm(incoming, it)
        return self._next(incoming, self._with_rhythm(it, chosen))

    def _read_rhythm(self, incoming: Incoming, it: Subscription, text: str) -> Reply | None:
        text = timing_in_english(text)
        found = find_rhythm(text)
        if found is None and (times := parse_times(text)):
            found = RhythmWords(make_rhythm(times), has_time=True, rest="")
        if found is None:
            if not speaks_of_time(text):
                return None
            return told(
                _(
                    "I do not understand that as times. Write for example: daily at 7:30, "
                    "Mondays and Thursdays at 18, twice a day, at once. /cancel stops."
                )
            )
        return self._next(incoming, self._with_rhythm(it, found))

    def _with_rhythm(self, it: Subscription, found: RhythmWords) -> Subscription:
        """`it` in this rhythm; a follow that is at work stays so until the last step."""
        now, settings = self._book.clock(), self._book.settings(it.chat)
        changed = with_rhythm(it, found.rhythm, settings, now)
        data = {**changed.data, "asks_time": not found.has_time}
        if it.state is not SubscriptionState.DRAFT:
            data["before"] = it.data.get("before", it.data.get("rhythm"))
        changed = replace(changed, data=data)
        self._book.keep(changed)
        return changed

    # ---------------------------------------------------------------------- the time zone
    def _ask_zone(self, incoming: Incoming, it: Subscription) -> Reply:
        wait_for(self._book.store, incoming, WAIT_CITY, {"follow": it.id})
        own = self._book.settings(incoming.chat).zone
        used = find_used_zones(self._book.store, limit=2)
        zones = [*([own] if own else []), *likely_zones(incoming.language, used)]
        return ask_zone(zones, f"{FOLLOW}:zone:{it.id}:", self._book.clock())

    def _choose_zone(self, incoming: Incoming, it: Subscription, choice: str) -> Reply:
        zone = look_up_zone(choice) if choice else None
        if zone is None:
            wait_for(self._book.store, incoming, WAIT_CITY, {"follow": it.id})
            return told(_(TYPE_CITY))
        settings = replace(self._book.settings(it.chat), zone=zone.key)
        self._book.set(it.chat, settings)
        rhythm = rhythm_of(it)
        if rhythm is not None:
            it = with_rhythm(it, rhythm, settings, self._book.clock())
            self._book.keep(it)
        return self._next(incoming, it)

    def _read_city(self, incoming: Incoming, it: Subscription, text: str) -> Reply | None:
        zones, fault = read_city(text)
        if zones:
            return self._offer_zones(it, zones, incoming)
        if not is_place_like(text):
            return None
        return replace(self._ask_zone(incoming, it), blocks=told(fault).blocks)

    def _offer_zones(self, it: Subscription, zones: list[str], incoming: Incoming) -> Reply:
        offered = {"follow": it.id, **offered_alone(zones)}
        wait_for(self._book.store, incoming, WAIT_CITY, offered)
        return offer_zones(zones, f"{FOLLOW}:zone:{it.id}:", self._book.clock())

    # -------------------------------------------------------------------------- the minute
    def _ask_time(self, incoming: Incoming, it: Subscription) -> Reply:
        wait_for(self._book.store, incoming, WAIT_TIME, {"follow": it.id})
        code = f"{FOLLOW}:time:{it.id}"
        usual = f"{DEFAULT_TIME:%H:%M}"
        lead = Block(BlockKind.LEAD, _("At {time}?").format(time=usual))
        hint = Block(BlockKind.TEXT, _("Any minute will do; several, too: 7:15 and 18."))
        buttons = (
            Button(_("Yes, {time}").format(time=usual), f"{code}:{DEFAULT_TIME:%H-%M}"),
            Button(f"{LATE_TIME:%H:%M}", f"{code}:{LATE_TIME:%H-%M}"),
            Button(pgettext("time", "Other…"), f"{code}:"),
        )
        return Reply((lead, hint), (buttons,))

    def _choose_time(self, incoming: Incoming, it: Subscription, choice: str) -> Reply:
        times = parse_times(choice.replace("-", ":")) if choice else None
        if times is None:
            wait_for(self._book.store, incoming, WAIT_TIME, {"follow": it.id})
            return told(_("At what time? For example: 6:45, or 7 and 18:30."))
        return self._at_times(incoming, it, times)

    def _read_time(self, incoming: Incoming, it: Subscription, text: str) -> Reply | None:
        text = timing_in_english(text)
        times = [DEFAULT_TIME] if is_yes(text) else parse_times(text)
        if times is None:
            if find_rhythm(text) is not None:
                return self._read_rhythm(incoming, it, text)
            if not speaks_of_time(text):
                return None
            return told(_("I do not understand that as a time of day. For example: 6:45, or 18."))
        return self._at_times(incoming, it, times)

    def _at_times(self, incoming: Incoming, it: Subscription, times: list[time]) -> Reply:
        rhythm = rhythm_of(it) or make_rhythm(times)
        words = RhythmWords(make_rhythm(times, rhythm.days), has_time=True, rest="")
        return self._next(incoming, self._with_rhythm(it, words))

    # ---------------------------------------------------------------------------- done
    def _done(self, incoming: Incoming, it: Subscription) -> Reply:
        stop_waiting(self._book.store, incoming)
        old = it.data.get("before")
        data = {k: v for k, v in it.data.items() if k not in ("asks_time", "before")}
        after = replace(it, data=data)
        if it.state is SubscriptionState.DRAFT:
            if self._book.is_full(it.chat):
                return told(
                    _("This chat follows {n} things already, which is the most.").format(
                        n=MOST_FOLLOWS
                    )
                )
            before = replace(after, state=SubscriptionState.ENDED)
            after = self._book.begun(after)
        else:
            before = replace(after, data={**data, "rhythm": old} if old else data)
        number = self._book.change(it.chat, [before], [after])
        return self.confirmation(incoming, after, number)

    def confirmation(self, incoming: Incoming, it: Subscription, undo: int) -> Reply:
        """That something is followed: when, the next times, and what it would have held."""
        now, settings = self._book.clock(), self._book.settings(it.chat)
        done = _("Done: {what}, {when}.").format(what=titled(it), when=when_line(it, settings))
        lead = Block(BlockKind.LEAD, done)
        interest = interest_of(it)
        lines = [self._clock_line(it, settings, now)]
        if interest.kind is not InterestKind.QUESTION:
            lines.append(count_line(self._book.would_hold(interest)))
        buttons = (
            Button(_("Preview now"), f"{FOLLOW}:seen:{it.id}"),
            undo_button(it.chat, undo),
            Button(_("Change"), f"subs:show:{it.id}"),
        )
        blocks = [lead, *(Block(BlockKind.TEXT, line) for line in lines if line)]
        if not is_private(it.chat) and it.chat != incoming.chat:
            blocks.append(Block(BlockKind.FOOTER, _("It will be posted in the channel.")))
        return Reply(tuple(blocks), (buttons,))

    def _clock_line(self, it: Subscription, settings: ChatSettings, now: datetime) -> str:
        rhythm = rhythm_of(it)
        quiet = quiet_line(settings)
        if rhythm is not None and rhythm.at_once:
            clock = _("The clock is that of {city}.").format(city=settings.city)
            return f"{quiet} {clock}".strip()
        parts = (within_quiet(it, settings) or quiet, next_line(it, settings, now))
        return " ".join(part for part in parts if part)

    def preview(self, incoming: Incoming, it: Subscription) -> Reply:
        """What the follow would have brought in the last seven days."""
        interest = interest_of(it)
        now = self._book.clock()
        digest = self._newsroom.preview(interest, now)
        if digest.is_empty:
            return told(_("In the last seven days there was nothing that it would have held."))
        number = keep_digest(self._newsroom, digest, incoming.chat, incoming.person, now)
        return digest_reply(digest, number=number, page=0)


def _is_other_wish(text: str) -> bool:
    """Whether a message is about what is followed already: "pause for a week" sets no time."""
    wish = parse_wish(text)
    return wish is not None and wish.kind is not WishKind.FOLLOW
