"""What each chat was about last and what it waits for, kept so that a restart forgets nothing."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import UTC, datetime
from typing import Any

from bot.store.store import Store


@dataclass(frozen=True, slots=True)
class ChatState:
    """The last exchange of a chat (`frame`) and the input it waits for (`pending`)."""

    frame: dict[str, Any] | None = None
    pending: dict[str, Any] | None = None


def get_chat(store: Store, chat: str) -> ChatState:
    """The state of `chat`; empty for one that never spoke."""
    row = (
        store.read().execute("SELECT frame, pending FROM chats WHERE chat = ?", (chat,)).fetchone()
    )
    if row is None:
        return ChatState()
    return ChatState(_loaded(row["frame"]), _loaded(row["pending"]))


def put_chat(store: Store, chat: str, state: ChatState) -> None:
    """Keep `state` for `chat`."""
    now = datetime.now(UTC).isoformat(timespec="seconds")
    with store.write() as connection:
        connection.execute(
            "INSERT INTO chats (chat, frame, pending, updated) VALUES (?, ?, ?, ?) "
            "ON CONFLICT (chat) DO UPDATE SET frame = excluded.frame, "
            "pending = excluded.pending, updated = excluded.updated",
            (chat, _dumped(state.frame), _dumped(state.pending), now),
        )


def _loaded(text: str | None) -> dict[str, Any] | None:
    return json.loads(text) if text else None


def _dumped(value: dict[str, Any] | None) -> str | None:
    return json.dumps(value, ensure_ascii=False) if value else None
