"""What the conversation is made of: desks, each with the commands and buttons of one subject."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Collection, Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from bot.store.chats import get_chat, put_chat
from bot.store.store import Store
from bot.talk.replies import Incoming, Notice, Reply

Act = Callable[[Incoming, str], Reply | None]
"""What a command, a button or free words do; None: these words are not for this desk."""
Input = Callable[[Incoming, dict[str, Any]], Reply | None]
"""What the next message does where a chat waits for it, given what was kept meanwhile."""


@dataclass(frozen=True, slots=True)
class Outgoing:
    """What a job has to say, and what is noted with it.

    `settle` writes down that it was said, in the transaction that files the notices: both happen
    or neither does. It may give back the keys of notices that are not to be sent after all,
    because what they rest on has changed meanwhile. `more` asks to be run again at once.
    """

    notices: tuple[Notice, ...] = ()
    settle: Callable[[sqlite3.Connection], Collection[str] | None] | None = None
    more: bool = False


NOTHING_DUE = Outgoing()


@dataclass(frozen=True, slots=True)
class Job:
    """Work that comes due by itself: `work(now)` is run every so many seconds, in a thread.

    What is due lives in the store, never in memory, so that a restart forgets nothing.
    """

    name: str
    every_seconds: float
    work: Callable[[datetime], Outgoing]
    quick: bool = False
    """Whether it may run between two messages in a terminal: it waits for nothing and nobody."""


@dataclass(frozen=True, slots=True)
class Desk:
    """One subject of the conversation.

    `commands` go by their name, `buttons` by the first word of their code (what follows the colon
    is handed on), `inputs` by what a chat waits for (see `wait_for`). `words` is asked about each
    message that is no command before it counts as a question, `greet` about each /start before the
    first page is shown, `location` about a shared place.
    """

    commands: Mapping[str, Act] = field(default_factory=dict)
    buttons: Mapping[str, Act] = field(default_factory=dict)
    inputs: Mapping[str, Input] = field(default_factory=dict)
    words: Act | None = None
    file: Callable[[Incoming], Reply | None] | None = None
    location: Callable[[Incoming], Reply | None] | None = None
    greet: Callable[[Incoming], Reply | None] | None = None
    jobs: tuple[Job, ...] = ()


def wait_for(store: Store, incoming: Incoming, what: str, kept: Mapping[str, Any]) -> None:
    """From now on the next message of this person in this chat goes to the input `what`."""
    pending = {**kept, "for": what, "person": incoming.person}
    state = get_chat(store, incoming.chat)
    if state.pending != pending:
        put_chat(store, incoming.chat, replace(state, pending=pending))


def stop_waiting(store: Store, incoming: Incoming) -> None:
    """The chat waits for nothing any more."""
    state = get_chat(store, incoming.chat)
    if state.pending is not None:
        put_chat(store, incoming.chat, replace(state, pending=None))


def look_up_pending(store: Store, incoming: Incoming) -> dict[str, Any] | None:
    """What this person's next message is waited for, with what was kept ("for" names it)."""
    pending = get_chat(store, incoming.chat).pending
    if pending is None or pending.get("person", incoming.person) != incoming.person:
        return None
    return pending
