"""Small values that the store keeps about itself."""

from __future__ import annotations

from bot.store.store import Store


def get_meta(store: Store, key: str) -> str | None:
    """The value kept under `key`."""
    row = store.read().execute("SELECT value FROM meta WHERE key = ?", (key,)).fetchone()
    return row["value"] if row else None


def put_meta(store: Store, key: str, value: str) -> None:
    """Keep `value` under `key`."""
    with store.write() as connection:
        connection.execute(
            "INSERT INTO meta (key, value) VALUES (?, ?) "
            "ON CONFLICT (key) DO UPDATE SET value = excluded.value",
            (key, value),
        )
