"""The book of follows: reading and changing them, each change with its way back."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.digest import Interest, InterestKind, dump_interest
from bot.digest.alerts import answer_keys
from bot.locales import _
from bot.newsroom import Newsroom
from bot.store import settings as places
from bot.store import subscriptions as shelf
from bot.store.subscriptions import Subscription, SubscriptionState
from bot.talk.follow_data import (
    ChatSettings,
    dump_settings,
    dump_subscription,
    interest_of,
    load_settings,
    load_subscription,
    next_due,
    rhythm_of,
)
from bot.talk.replies import Button

MOST_FOLLOWS = 50  # of one chat with its topics; a phone's list of more is read by nobody
WEEK = timedelta(days=7)
UNDO = "fundo"


class FollowBook:
    """The follows of all chats. Any thread may use it."""

    def __init__(self, newsroom: Newsroom, clock: Callable[[], datetime]) -> None:
        self.newsroom = newsroom
        self.store = newsroom.store
        self.clock = clock

    # ------------------------------------------------------------------------- reading
    def settings(self, chat: str) -> ChatSettings:
        return load_settings(self.store, chat)

    def look_up(self, number: int) -> Subscription | None:
        return shelf.look_up_subscription(self.store, number)

    def of_chat(self, chat: str) -> list[Subscription]:
        """What `chat` follows, paused or not."""
        return shelf.find_subscriptions(self.store, chat)

    def is_full(self, chat: str) -> bool:
        return len(shelf.find_of_place(self.store, chat)) >= MOST_FOLLOWS

    def same(self, chat: str, interest: Interest) -> Subscription | None:
        """The follow of `chat` that is for this very interest already."""
        return next((s for s in self.of_chat(chat) if interest_of(s) == interest), None)

    def count_this_week(self, subscriptions: Sequence[Subscription]) -> dict[int, int]:
        """How many items each brought in the last seven days."""
        since = self.clock() - WEEK
        return shelf.count_items(self.store, [s.id for s in subscriptions], since)

    def would_hold(self, interest: Interest) -> int:
        """How many items the last seven days would have brought."""
        digest = self.newsroom.preview(interest, self.clock())
        return len(digest.stories) + digest.left_out

    # ------------------------------------------------------------------------ changing
    def draft(self, chat: str, person: str, interest: Interest, **data: Any) -> Subscription:
        """A new follow, still to be set up; what is never set up goes after some days."""
        now = self.clock()
        it = Subscription(
            chat, person, {"interest": dump_interest(interest), **data}, since=now, made=now
        )
        with self.store.write() as connection:
            return replace(it, id=shelf.put_subscription(connection, it, now))

    def keep(self, it: Subscription) -> None:
        """Keep `it` as it is now, without a way back: a step of setting it up."""
        with self.store.write() as connection:
            shelf.put_subscription(connection, it, self.clock())

    def begun(self, it: Subscription) -> Subscription:
        """`it` as it is when it begins now: what is known already is no news."""
        now = self.clock()
        interest = interest_of(it)
        data = it.data
        if interest.kind is InterestKind.QUESTION and "answered" not in data:
            known = answer_keys(self.newsroom.answers_to(interest, now))
            data = {**data, "answered": list(known)}
        begun = replace(it, state=SubscriptionState.ACTIVE, data=data, since=now)
        return replace(begun, due=next_due(begun, self.settings(it.chat), now))

    def change(
        self, chat: str, before: Sequence[Subscription], after: Sequence[Subscription]
    ) -> int:
        """The number that undoes the change of these follows, which is done now."""
        now = self.clock()
        with self.store.write() as connection:
            for it in after:
                shelf.put_subscription(connection, it, now)
            data = {"follows": [dump_subscription(it) for it in before]}
            return places.put_undo(connection, places.place_of(chat), data, now)

    def set(self, chat: str, settings: ChatSettings) -> int:
        """The number that undoes the change of a chat's settings, which is done now; what is due
        moves with its time zone."""
        now = self.clock()
        old = self.settings(chat)
        with self.store.write() as connection:
            places.put_settings(connection, chat, dump_settings(settings))
            if old.zone != settings.zone:
                self._move_due(connection, chat, settings, now)
            data = {"settings": dump_settings(old)}
            return places.put_undo(connection, places.place_of(chat), data, now)

    def _move_due(self, connection: Any, chat: str, settings: ChatSettings, now: datetime) -> None:
        for it in shelf.find_of_place(self.store, chat):
            rhythm = rhythm_of(it)
            if rhythm is not None and not rhythm.at_once:
                moved = replace(it, due=next_due(it, settings, now))
                shelf.put_subscription(connection, moved, now)

    def undo(self, chat: str, number: int) -> list[Subscription] | None:
        """The follows as they were before the act with this number and are again; none where
        settings were changed back, and None where there is nothing to undo."""
        now = self.clock()
        with self.store.write() as connection:
            data = places.take_undo(connection, places.place_of(chat), number)
            if data is None:
                return None
            if "settings" in data:
                places.put_settings(connection, chat, data["settings"])
                self._move_due(connection, chat, self.settings(chat), now)
            restored = [load_subscription(raw) for raw in data.get("follows", ())]
            for n, it in enumerate(restored):
                if it.state is SubscriptionState.ACTIVE:
                    it = replace(it, due=next_due(it, self.settings(it.chat), now))
                shelf.put_subscription(connection, it, now)
                restored[n] = it
            return restored


def undo_button(chat: str, number: int) -> Button:
    """The button that undoes an act on what `chat` follows."""
    return Button(_("Undo"), f"{UNDO}:{number}:{places.place_of(chat)}")


def parse_number(text: str) -> int:
    """The number in a button's code; 0 for anything else."""
    return int(text) if text.isascii() and text.isdigit() and len(text) < 19 else 0
