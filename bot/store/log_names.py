"""What people and chats are called in the log: the store's key to it, and the way back."""

from __future__ import annotations

import secrets

from bot.store.meta import get_meta
from bot.store.store import Store

KEY = "log_key"
KEY_BYTES = 16
_WHERE = (
    "inbox.chat",
    "outbox.chat",
    "chats.chat",
    "results.chat",
    "results.person",
    "places.chat",
    "subscriptions.chat",
    "subscriptions.person",
    "roles.person",
)


def get_log_key(store: Store) -> str:
    """The key that makes names for the log out of people's numbers, made when first needed.

    Raises StoreUnavailableError.
    """
    if key := get_meta(store, KEY):
        return key
    with store.write() as connection:
        connection.execute(
            "INSERT OR IGNORE INTO meta (key, value) VALUES (?, ?)",
            (KEY, secrets.token_hex(KEY_BYTES)),
        )
    key = get_meta(store, KEY)
    assert key is not None
    return key


def find_numbers(store: Store) -> set[str]:
    """The numbers of all people and chats that the store knows."""
    found: set[str] = set()
    for place in _WHERE:
        table, column = place.split(".")
        rows = store.read().execute(f"SELECT DISTINCT {column} FROM {table}")
        found.update(row[0].split(":")[1] for row in rows if row[0] and row[0].startswith("tg:"))
    return found
