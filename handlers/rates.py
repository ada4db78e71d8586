"""How fast we may send: Telegram's rates kept by ourselves, on a clock that is passed in."""

from __future__ import annotations

from collections import deque
from dataclasses import dataclass, field

CHAT_GAP_SECONDS = 1.05  # "avoid sending more than one message per second" to a chat, and a bit
MOST_PER_SECOND = 28  # Telegram says 30 in all; presses' answers need some room
MOST_PER_GROUP_MINUTE = 20
MINUTE_SECONDS = 60.5
FORGET_SECONDS = 120.0  # no rate looks back further


@dataclass(slots=True)
class _Chat:
    sent: deque[float] = field(default_factory=deque)
    held_until: float = 0.0


class Rates:
    """When a chat may be sent to next. Groups and channels have negative ids.

    Every send, edit and "typing" counts. A hold (Telegram asked to wait) is for its chat alone.
    """

    def __init__(
        self, *, chat_gap_seconds: float = CHAT_GAP_SECONDS, per_second: int = MOST_PER_SECOND
    ) -> None:
        self._gap = chat_gap_seconds
        self._per_second = per_second
        self._all: deque[float] = deque()
        self._chats: dict[int, _Chat] = {}
        self._swept = 0.0

    def wait_seconds(self, chat_id: int, now: float) -> float:
        """How long until a message may go to this chat; 0 or less: now."""
        waits = [0.0]
        while self._all and now - self._all[0] >= 1.0:
            self._all.popleft()
        if len(self._all) >= self._per_second:
            waits.append(self._all[0] + 1.0 - now)
        chat = self._chats.get(chat_id)
        if chat is not None:
            waits.append(chat.held_until - now)
            if chat.sent:
                waits.append(chat.sent[-1] + self._gap - now)
            if chat_id < 0 and len(chat.sent) >= MOST_PER_GROUP_MINUTE:
                waits.append(chat.sent[-MOST_PER_GROUP_MINUTE] + MINUTE_SECONDS - now)
        return max(waits)

    def note(self, chat_id: int, now: float) -> None:
        """Count a send that begins at `now`."""
        self._sweep(now)
        self._all.append(now)
        sent = self._chats.setdefault(chat_id, _Chat()).sent
        sent.append(now)
        if len(sent) > MOST_PER_GROUP_MINUTE:
            sent.popleft()

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
