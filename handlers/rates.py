"""How fast we may send: Telegram's rates kept by ourselves, on a clock that is passed in."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

CHAT_GAP_SECONDS = 1.05  # "avoid sending more than one message per second" to a chat, and a bit
MOST_PER_SECOND = 25
"""Telegram says 30 in all. Evenly, some may arrive late by a busy machine or a slow line without
more than 30 in any second. 390 messages and edits on two cores with a load of 4 and some kills:
25 a second brought no refusals, 27 up to 4, 28 in bunches 117 to 164."""
MOST_AT_ONCE = 3  # after a quiet moment; with those of the second after, still under 30
MOST_PER_GROUP_MINUTE = 20
MINUTE_SECONDS = 60.5
FORGET_SECONDS = 120.0  # no rate looks back further


@dataclass(slots=True)
class _Chat:
    sent: deque[float] = field(default_factory=deque)
    held_until: float = 0.0


@dataclass(slots=True)
class _Pace:
    """Turns at even distances, but for a few at once after a quiet moment."""

    gap: float
    slack: float
    full_until: float = 0.0
    """When all turns taken so far would be used up, had each waited for its distance."""

    def wait_seconds(self, now: float) -> float:
        return self.full_until - self.slack - now

    def take(self, now: float) -> float:
        """How long until the turn that is taken hereby."""
        wait = max(self.wait_seconds(now), 0.0)
        self.full_until = max(self.full_until, now + wait) + self.gap
        return wait


class Rates:
    """When a chat may be sent to next. Groups and channels have negative ids.

    Every send, edit and "typing" counts. A hold (Telegram asked to wait) is for its chat alone.
    """

    def __init__(
        self, *, chat_gap_seconds: float = CHAT_GAP_SECONDS, per_second: int = MOST_PER_SECOND
    ) -> None:
        self._gap = chat_gap_seconds
        gap = 1.0 / per_second
        self._letters = _Pace(gap, (MOST_AT_ONCE - 1) * gap)
        self._calls = _Pace(gap, (MOST_AT_ONCE - 1) * gap)
        self._chats: dict[int, _Chat] = {}
        self._swept = 0.0

    def wait_seconds(self, chat_id: int, now: float) -> float:
        """How long until a message may set out for this chat; 0 or less: now."""
        waits = [0.0, self._letters.wait_seconds(now)]
        chat = self._chats.get(chat_id)
        if chat is not None:
            waits.append(chat.held_until - now)
            if chat.sent:
                waits.append(chat.sent[-1] + self._gap - now)
            if chat_id < 0 and len(chat.sent) >= MOST_PER_GROUP_MINUTE:
                waits.append(chat.sent[-MOST_PER_GROUP_MINUTE] + MINUTE_SECONDS - now)
        return max(waits)

    def note(self, chat_id: int, now: float) -> None:
        """Count a message that sets out at `now`, or did so in an earlier run."""
        self._sweep(now)
        self._letters.take(now)
        sent = self._chats.setdefault(chat_id, _Chat()).sent
        sent.append(now)
        if len(sent) > MOST_PER_GROUP_MINUTE:
            sent.popleft()

    def call(self, chat_id: int, now: float) -> float:
        """How long its call must wait still: what set out evenly may have been held up since, by
        the disk or a picture that was drawn, and would arrive in a bunch."""
        wait = self._calls.take(now)
        chat = self._chats.get(chat_id)
        if chat is not None and chat.sent:
            chat.sent[-1] = max(chat.sent[-1], now + wait)
        return wait

    def hold(self, chat_id: int, until: float) -> None:
        """Send nothing to this chat before `until`."""
        chat = self._chats.setdefault(chat_id, _Chat())
        chat.held_until = max(chat.held_until, until)

    def _sweep(self, now: float) -> None:
        if now - self._swept < FORGET_SECONDS:
            return
        self._swept = now
        self._chats = {
            number: chat
            for number, chat in self._chats.items()
            if chat.held_until > now or (chat.sent and now - chat.sent[-1] < FORGET_SECONDS)
        }
