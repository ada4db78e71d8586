"""Health, readiness and metrics of the running bot; and that only one runs over a store."""

from __future__ import annotations

import socket
from collections.abc import Iterator
from pathlib import Path

import httpx
import pytest

from bot.answer.result import State
from bot.errors import StoreRefusedError
from bot.store.running import only_one
from bot.store.store import Store
from bot.talk.replies import Block, BlockKind, Incoming, Reply
from tests.support.botapi import BotApi, Fault, running_twin
from tests.support.botapi.bots import BotProcess, bot_in_thread, free_port


class Sure:
    """A conversation that has found everything."""

    def handle(self, incoming: Incoming) -> Reply:
        return Reply((Block(BlockKind.TEXT, "Yes."),), state=State.FOUND)


@pytest.fixture
def twin() -> Iterator[BotApi]:
    with running_twin() as running:
        yield running.twin


def test_a_polling_bot_tells_its_health_and_its_numbers(twin: BotApi) -> None:
    address = f"127.0.0.1:{free_port()}"
    twin.faults.add(Fault("sendMessage", status=429, retry_after=1))
    person = twin.person("Ann")
    with (
        Store(None) as store,
        bot_in_thread(twin, Sure(), store, health=address),
        httpx.Client(base_url=f"http://{address}", trust_env=False) as client,
    ):
        person.asks("will it rain?")
        ready = client.get("/readyz")
        assert (ready.status_code, ready.json()["ok"], ready.json()["ready"]) == (200, True, True)
        assert client.get("/healthz").json()["store"] == "ok"
        text = client.get("/metrics").text
        assert client.get("/secret").status_code == 404
        assert client.post("/metrics").status_code == 405
    lines = set(text.splitlines())
    assert 'newsbot_answers_total{state="found"} 1.0' in lines
    assert 'newsbot_telegram_faults_total{kind="RetryAfter"} 1.0' in lines
    assert 'newsbot_step_seconds_count{step="door"} 1.0' in lines
    assert "newsbot_articles 0.0" in lines
    assert "newsbot_ready 1.0" in lines
    assert "Ann" not in text
    assert "rain" not in text


def test_a_taken_address_stops_no_bot(twin: BotApi, caplog: pytest.LogCaptureFixture) -> None:
    person = twin.person("Ann")
    with socket.create_server(("127.0.0.1", 0)) as taken:
        address = f"127.0.0.1:{taken.getsockname()[1]}"
        with Store(None) as store, bot_in_thread(twin, Sure(), store, health=address):
            person.asks("still there?")
    assert "there are no health checks and metrics" in caplog.text


def test_only_one_bot_runs_over_a_store(tmp_path: Path) -> None:
    store = tmp_path / "news.db"
    with only_one(store):
        with pytest.raises(StoreRefusedError, match="runs over the store"), only_one(store, 0):
            pass
        with only_one(tmp_path / "other.db", 0):
            pass
    with only_one(store, 0):
        pass


def test_a_killed_bot_gives_up_its_place(twin: BotApi, tmp_path: Path) -> None:
    process = BotProcess(twin, tmp_path)
    with process:
        twin.wait_for(lambda: twin.calls_of("getMe"))
        with pytest.raises(StoreRefusedError), only_one(process.store_path, 0):
            pass
        process.kill()
        with only_one(process.store_path, 0):
            pass
