"""People who talk with the bot in the tests: what they say and press, and what they read."""

from __future__ import annotations

from dataclasses import dataclass, field
from datetime import UTC, datetime

from bot.model import Draft
from bot.newsroom import Newsroom
from bot.store.store import Store
from bot.talk.conversation import Conversation
from bot.talk.plain import render_plain
from bot.talk.replies import Block, BlockKind, Button, Incoming, Reply, Role

NOW = datetime(2025, 3, 27, 8, tzinfo=UTC)


@dataclass
class Clock:
    """A clock that a test sets."""

    now: datetime = NOW

    def __call__(self) -> datetime:
        return self.now


@dataclass
class Talk:
    """One person's talk with the bot."""

    conversation: Conversation
    role: Role = Role.READER
    person: str = "tg:1"
    chat: str = "tg:1"
    seen: list[Reply] = field(default_factory=list)

    def say(self, text: str, **more: object) -> str:
        """The reply to a message, as plain text."""
        return self._handle(text=text, **more)

    def press(self, code: str) -> str:
        return self._handle(button=code)

    def press_label(self, label: str) -> str:
        """The reply to the press of the last reply's button whose label begins so."""
        code = self.button(label).press
        assert code is not None
        return self.press(code)

    def button(self, label: str) -> Button:
        return next(b for b in self.buttons if b.label.startswith(label))

    @property
    def last(self) -> Reply:
        return self.seen[-1]

    @property
    def buttons(self) -> list[Button]:
        return [button for row in self.last.buttons for button in row]

    @property
    def labels(self) -> list[str]:
        return [button.label for button in self.buttons]

    @property
    def lead(self) -> str:
        return next(b.text for b in self.last.blocks if b.kind is BlockKind.LEAD)

    @property
    def quotes(self) -> list[Block]:
        return [b for b in self.last.blocks if b.kind is BlockKind.QUOTE]

    def _handle(self, **what: object) -> str:
        incoming = Incoming(self.chat, self.person, self.role, **what)  # type: ignore[arg-type]
        self.seen.append(self.conversation.handle(incoming))
        return render_plain(self.last)


def newsroom_of(*articles: Draft) -> Newsroom:
    """A newsroom over a store in memory that holds `articles`."""
    newsroom = Newsroom.over(Store(None))
    for article in articles:
        newsroom.add(article)
    return newsroom


def talk_over(*articles: Draft, limit: int = 100) -> Talk:
    """A reader's talk over a store of `articles`."""
    clock = Clock()
    return Talk(Conversation(newsroom_of(*articles), questions_per_minute=limit, clock=clock))
