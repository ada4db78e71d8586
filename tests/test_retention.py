"""What is kept of people, and for how long: the running bot drops it by itself."""

from __future__ import annotations

import time
from collections.abc import Iterator
from datetime import datetime, timedelta

import pytest

from bot.newsroom import Newsroom
from bot.store.store import Store
from bot.talk.conversation import Conversation
from bot.talk.replies import Incoming, Reply
from tests.support.botapi import BotApi, running_twin
from tests.support.botapi.bots import bot_in_thread

MARK = "zyxomatic"
"""A word that only the person says."""


class Sometimes:
    """The real conversation; at the word "break" it breaks, with what was said in the error."""

    def __init__(self, store: Store) -> None:
        self._talk = Conversation(Newsroom.over(store))

    def handle(self, incoming: Incoming) -> Reply:
        if incoming.text and "break" in incoming.text:
            raise ValueError(incoming.text)
        return self._talk.handle(incoming)


@pytest.fixture
def twin() -> Iterator[BotApi]:
    with running_twin() as running:
        yield running.twin


def words_in(store: Store) -> set[str]:
    """The tables that hold the person's word somewhere."""
    connection = store.read()
    tables = connection.execute("SELECT name FROM sqlite_master WHERE type = 'table'")
    found = set()
    for (table,) in tables.fetchall():
        for row in connection.execute(f'SELECT * FROM "{table}"'):
            if any(MARK in str(value).lower() for value in row):
                found.add(table)
    return found


def grow_older(store: Store, days: int) -> None:
    """Let everything have happened so many days earlier."""
    moved = {"inbox": ("received", "finished"), "outbox": ("created", "finished")}
    moved["results"] = ("asked",)
    moved["sent"] = ("at",)
    with store.write() as connection:
        for table, columns in moved.items():
            for key, *values in connection.execute(
                f"SELECT rowid, {', '.join(columns)} FROM {table}"
            ).fetchall():
                for column, value in zip(columns, values, strict=True):
                    if value is not None:
                        then = datetime.fromisoformat(value) - timedelta(days=days)
                        connection.execute(
                            f"UPDATE {table} SET {column} = ? WHERE rowid = ?",
                            (then.isoformat(timespec="seconds"), key),
                        )


def runs_a_while(twin: BotApi, store: Store) -> None:
    """The bot runs until it has cleaned up."""
    with store.write() as connection:
        connection.execute(
            "INSERT INTO inbox (update_id, chat, received, raw, state, finished) "
            "VALUES (1, 'tg:1', '2020-01-01', 'old', 'done', '2020-01-01T00:00:00+00:00')"
        )
    with bot_in_thread(twin, Sometimes(store), store):
        ends = time.monotonic() + 10
        gone = "SELECT count(*) FROM inbox WHERE update_id = 1"
        while store.read().execute(gone).fetchone()[0] and time.monotonic() < ends:
            time.sleep(0.02)
        time.sleep(0.1)


def test_what_people_wrote_goes_by_itself_in_its_time(twin: BotApi) -> None:
    ada = twin.person("Ada")
    with Store(None) as store:
        with bot_in_thread(twin, Sometimes(store), store):
            assert ada.asks(f"what did {MARK} say?").text
            assert "ref" in ada.asks(f"break {MARK}").text
        assert {"inbox", "results"} <= words_in(store)
        grow_older(store, 1)
        runs_a_while(twin, store)
        assert "inbox" in words_in(store)
        grow_older(store, 2)
        runs_a_while(twin, store)
        assert words_in(store) <= {"results", "chats"}
        faults = "SELECT fault FROM inbox WHERE fault IS NOT NULL"
        assert [row[0] for row in store.read().execute(faults)] == ["ValueError"]
        grow_older(store, 400)
        runs_a_while(twin, store)
        assert words_in(store) <= {"chats"}
        assert store.read().execute("SELECT count(*) FROM inbox").fetchone()[0] == 0
        ada.sends("/new")
        with bot_in_thread(twin, Sometimes(store), store):
            assert twin.wait_for_reply(ada).text
        assert words_in(store) == set()
