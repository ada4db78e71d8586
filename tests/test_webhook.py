"""The bot behind a webhook: what is delivered is stored before Telegram hears that we have it."""

from __future__ import annotations

import asyncio
import contextlib
import json
import logging
import socket
import time
from collections.abc import Iterator
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

import httpx
import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.config import WebhookConfig
from bot.store import inbox
from bot.store.store import Store
from bot.talk.replies import Block, BlockKind, Incoming, Reply
from handlers import arrivals, health, server, webhook
from handlers.app import serve
from handlers.arrivals import row_of
from handlers.rates import Rates
from handlers.server import CannotListenError
from handlers.updates import ALLOWED_UPDATES
from handlers.webhook import WebhookRefusedError
from tests.support.botapi import BotApi, Fault, running_twin
from tests.support.botapi.bots import SECRET, bot_in_thread, config_for, free_port, webhook_on
from tests.support.program import newsbot

NOW = datetime(2025, 3, 18, 12, 0, tzinfo=UTC)
HEADER = "X-Telegram-Bot-Api-Secret-Token"
TRUSTED = {HEADER: SECRET}


class Echo:
    """A conversation that says everything back."""

    def handle(self, incoming: Incoming) -> Reply:
        return Reply((Block(BlockKind.TEXT, incoming.text or ""),))


@pytest.fixture(scope="module")
def hook() -> WebhookConfig:
    return webhook_on(free_port())


@pytest.fixture(scope="module")
def store() -> Iterator[Store]:
    with Store(None) as opened:
        yield opened


@pytest.fixture(scope="module")
def twin(hook: WebhookConfig, store: Store) -> Iterator[BotApi]:
    """A twin that delivers to the bot; each test talks to it as somebody of its own."""
    with pytest.MonkeyPatch.context() as patch, running_twin() as running:
        patch.setattr(webhook, "LOOK_SECONDS", 0.2)
        patch.setattr(server, "HEAD_SECONDS", 0.5)
        patch.setattr(server, "BODY_SECONDS", 0.5)
        rates = Rates(chat_gap_seconds=0.02)
        with bot_in_thread(running.twin, Echo(), store, rates=rates, webhook=hook):
            running.twin.wait_for(lambda: running.twin.world.settings.get("webhook"))
            yield running.twin


@pytest.fixture
def url(twin: BotApi, hook: WebhookConfig) -> str:
    return hook.url.removesuffix("/hook")


def update(number: int, person: int, text: str) -> dict[str, Any]:
    return {
        "update_id": number,
        "message": {
            "message_id": number,
            "date": 1_742_000_000,
            "chat": {"id": person, "type": "private", "first_name": "Ada"},
            "from": {"id": person, "is_bot": False, "first_name": "Ada"},
            "text": text,
        },
    }


def stored(store: Store, number: int) -> str | None:
    """The state of the update in the inbox, None if it is not there."""
    with store.write() as connection:
        row = connection.execute(
            "SELECT state FROM inbox WHERE update_id = ?", (number,)
        ).fetchone()
    return None if row is None else str(row[0])


def spoken(url: str, data: bytes, seconds: float = 3.0) -> bytes:
    """All that the server says to raw bytes until it closes; fails if it does not close."""
    host, _, port = url.removeprefix("http://").partition(":")
    with socket.create_connection((host, int(port)), timeout=seconds) as client:
        with contextlib.suppress(OSError):
            client.sendall(data)
        said = b""
        with contextlib.suppress(ConnectionResetError):
            while part := client.recv(65_536):
                said += part
        return said


# ----------------------------------------------------------------------------- delivering
def test_the_webhook_is_set_with_the_secret_and_the_kinds_of_updates(
    twin: BotApi, hook: WebhookConfig
) -> None:
    first = twin.calls_of("setWebhook")[0].parameters
    assert (first["url"], first["secret_token"]) == (hook.url, SECRET)
    assert json.loads(first["allowed_updates"]) == list(ALLOWED_UPDATES)
    assert first.get("drop_pending_updates") in {None, "false"}
    assert twin.calls_of("getUpdates") == []


def test_questions_are_answered_in_their_order(twin: BotApi) -> None:
    ada = twin.person("Ada")
    for number in range(5):
        ada.sends(f"question {number}")
    twin.wait_for(lambda: len(twin.from_bot(ada)) == 5)
    assert [seen.text for seen in twin.from_bot(ada)] == [f"question {n}" for n in range(5)]


def test_an_update_is_stored_before_telegram_hears_that_we_have_it(
    url: str, twin: BotApi, store: Store
) -> None:
    ada = twin.person("Ada")
    answer = httpx.post(f"{url}/any/path", json=update(91_001, ada.id, "hello"), headers=TRUSTED)
    assert (answer.status_code, stored(store, 91_001)) in {(200, "new"), (200, "done")}
    assert twin.wait_for_reply(ada).text == "hello"


def test_an_update_that_comes_again_is_answered_once(url: str, twin: BotApi) -> None:
    ada = twin.person("Ada")
    with httpx.Client(headers=TRUSTED) as client:
        for number in (92_001, 92_001, 92_002, 92_001, 92_002):
            assert client.post(url, json=update(number, ada.id, str(number))).status_code == 200
    twin.wait_for(lambda: len(twin.from_bot(ada)) >= 2)
    time.sleep(0.2)
    assert [seen.text for seen in twin.from_bot(ada)] == ["92001", "92002"]


def test_a_store_that_is_full_leaves_the_update_with_telegram(
    twin: BotApi, store: Store, caplog: pytest.LogCaptureFixture
) -> None:
    ada = twin.person("Ada")
    with store.write() as connection:
        connection.execute("PRAGMA max_page_count = 1")  # no more than there are
    try:
        for number in range(20):
            ada.sends(f"{number} " + "long " * 700)
        twin.wait_for(lambda: "500" in twin.world.settings.get("webhook_failure", ""))
    finally:
        with store.write() as connection:
            connection.execute("PRAGMA max_page_count = 1000000")
    twin.wait_for(lambda: len(twin.from_bot(ada)) == 20, timeout_seconds=20)
    assert [int(seen.text.split()[0]) for seen in twin.from_bot(ada)] == list(range(20))
    assert "stays with Telegram" in caplog.text


def test_more_than_can_be_worked_on_stays_with_telegram(
    url: str, twin: BotApi, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(arrivals, "MOST_UNFINISHED", -1)
    answer = httpx.post(url, json=update(93_001, 5, "x"), headers=TRUSTED)
    assert (answer.status_code, stored(store, 93_001)) == (503, None)


def test_a_webhook_that_somebody_took_away_is_set_again(
    twin: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    ada = twin.person("Ada")
    with twin.world.changes.lock:
        twin.world.settings.pop("webhook")
    assert ada.asks("still there?").text == "still there?"
    assert "took the webhook away" in caplog.text


def test_what_hinders_delivering_is_told_once(
    twin: BotApi, caplog: pytest.LogCaptureFixture
) -> None:
    twin.world.settings["webhook_failure"] = "Connection timed out"
    looks = len(twin.calls_of("getWebhookInfo"))
    twin.wait_for(lambda: len(twin.calls_of("getWebhookInfo")) >= looks + 12)
    twin.world.settings.pop("webhook_failure")
    assert caplog.text.count("could not deliver to us: Connection timed out") == 1


# ------------------------------------------------------------------------------ strangers
@pytest.mark.parametrize(
    "headers",
    [
        pytest.param({}, id="no-secret"),
        pytest.param({HEADER: ""}, id="empty-secret"),
        pytest.param({HEADER: SECRET[:-1]}, id="part-of-the-secret"),
        pytest.param({HEADER: SECRET.upper()}, id="other-case"),
        pytest.param({HEADER: "\xe9" * 30}, id="not-ascii"),
    ],
)
def test_without_the_secret_nothing_is_taken(
    url: str, store: Store, headers: dict[str, str]
) -> None:
    raw = {name.encode(): value.encode("latin-1") for name, value in headers.items()}
    answer = httpx.post(f"{url}/hook", json=update(94_001, 5, "x"), headers=raw)
    assert (answer.status_code, stored(store, 94_001)) == (403, None)
    assert answer.headers["connection"] == "close"


@pytest.mark.parametrize(
    "body",
    [
        pytest.param(b"", id="empty"),
        pytest.param(b"{", id="broken"),
        pytest.param(b"[" * 100_000, id="deep"),
        pytest.param(b'{"update_id": ' + b"9" * 5_000 + b"}", id="huge-number"),
        pytest.param(b'{"update_id": 99999999999999999999}', id="number-past-the-store"),
        pytest.param(b'{"update_id": true}', id="no-number"),
        pytest.param(b"[1]", id="a-list"),
        pytest.param(b'"\xff"', id="no-utf-8"),
    ],
)
def test_what_is_no_update_is_refused(url: str, body: bytes) -> None:
    assert httpx.post(url, content=body, headers=TRUSTED).status_code == 400


def test_half_a_character_is_stored_and_stops_nobody(url: str, twin: BotApi, store: Store) -> None:
    ada = twin.person("Ada")
    body = json.dumps(update(95_001, ada.id, "odd \ud83d end")).encode()
    assert httpx.post(url, content=body, headers=TRUSTED).status_code == 200
    assert twin.wait_for_reply(ada).text.startswith("odd ")
    assert ada.asks("and on").text == "and on"


@pytest.mark.parametrize("told", [True, False], ids=["length-told", "in-chunks"])
def test_a_body_over_the_limit_is_refused(url: str, told: bool) -> None:
    data = b" " * (server.LARGEST_BODY_BYTES + 1)
    content = data if told else iter([data[:500_000], data[500_000:]])
    assert httpx.post(url, content=content, headers=TRUSTED).status_code == 413


@pytest.mark.parametrize(
    ("sent", "status"),
    [
        pytest.param(b"", b"", id="silence"),
        pytest.param(b"POST / HTTP/1.1\r\nHost: x\r\n", b"", id="half-a-head"),
        pytest.param(b"\x16\x03\x01 hello\r\n\r\n", b"400", id="no-http"),
        pytest.param(b"GET / HTTP/1.1\r\nX: " + b"y" * 40_000, b"431", id="long-head"),
        pytest.param(b"GET /hook HTTP/1.1\r\nHost: x\r\n\r\n", b"403", id="a-browser"),
        pytest.param(
            b"POST /hook HTTP/1.1\r\nHost: x\r\nContent-Length: 900000\r\n\r\nabc",
            b"403",
            id="a-stranger-with-a-body",
        ),
        pytest.param(
            f"POST / HTTP/1.1\r\nHost: x\r\n{HEADER}: {SECRET}\r\n"
            "Content-Length: 9\r\n\r\nabc".encode(),
            b"",
            id="a-body-that-stops",
        ),
        pytest.param(
            f"GET / HTTP/1.1\r\nHost: x\r\n{HEADER}: {SECRET}\r\n\r\n".encode(),
            b"405",
            id="not-posted",
        ),
        pytest.param(b"POST /healthz HTTP/1.1\r\nHost: x\r\n\r\n", b"405", id="posted-health"),
    ],
)
def test_slow_and_strange_clients_are_dropped(
    url: str, twin: BotApi, sent: bytes, status: bytes
) -> None:
    said = spoken(url, sent, seconds=8.0)
    assert said.partition(b"\r\n")[0].split()[1:2] == ([status] if status else [])


def test_many_silent_clients_do_not_keep_telegram_out(url: str, twin: BotApi) -> None:
    host, _, port = url.removeprefix("http://").partition(":")
    ada = twin.person("Ada")
    with contextlib.ExitStack() as clients:
        for _ in range(server.MOST_CONNECTIONS + 20):
            clients.enter_context(socket.create_connection((host, int(port)), timeout=3))
        assert ada.asks("room for me?").text == "room for me?"


def test_a_connection_that_is_trusted_stays_open(url: str) -> None:
    ports: set[int] = set()
    with httpx.Client(headers=TRUSTED) as client:
        for number in range(3):
            with client.stream("POST", url, json=update(96_000 + number, 5, "")) as answer:
                assert answer.status_code == 200
                stream = answer.extensions["network_stream"]
                ports.add(stream.get_extra_info("client_addr")[1])
                answer.read()
    assert len(ports) == 1
    with httpx.Client() as client:
        assert client.get(f"{url}/healthz").headers["connection"] == "close"


@given(
    st.recursive(
        st.none() | st.integers() | st.text(),
        lambda x: (
            st.lists(x)
            | st.dictionaries(st.sampled_from(["update_id", "message", "chat", "id", "from"]), x)
        ),
        max_leaves=8,
    )
)
def test_a_row_is_made_of_whatever_has_a_number(raw: Any) -> None:
    row = row_of(raw)
    if row is not None:
        assert json.loads(row.raw) == raw
        row.raw.encode()
        with Store(None) as empty, empty.write() as connection:
            assert inbox.put_updates(connection, [row], NOW) == [row]


# --------------------------------------------------------------------------------- health
def test_health_tells_loop_store_and_when_telegram_was_heard(url: str, twin: BotApi) -> None:
    twin.person("Ada").asks("hello")
    answer = httpx.get(f"{url}/healthz")
    report = answer.json()
    assert (answer.status_code, report["ok"], report["store"]) == (200, True, "ok")
    assert 0 <= report["loop_lag_ms"] < health.WORST_LAG_SECONDS * 1000
    assert 0 <= report["last_update_seconds"] < 30
    assert 0 <= report["last_contact_seconds"] < 30
    assert httpx.head(f"{url}/healthz").status_code == 200


def test_a_store_that_cannot_be_written_is_ill_health(
    url: str, twin: BotApi, store: Store, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setattr(health, "STORE_SECONDS", 0.2)
    monkeypatch.setattr(health, "FRESH_SECONDS", 0.0)
    with store.write():  # somebody else is at it, for long
        answer = httpx.get(f"{url}/healthz")
    assert (answer.status_code, answer.json()["store"]) == (503, "too slow")
    assert httpx.get(f"{url}/healthz").json()["ok"]


# --------------------------------------------------------------------- starting, switching
async def test_a_webhook_that_telegram_refuses_ends_the_program() -> None:
    async with BotApi() as twin:
        twin.faults.add(Fault("setWebhook", status=502))
        twin.faults.add(
            Fault("setWebhook", status=400, description="Bad Request: bad webhook: IP is reserved")
        )
        config = config_for(twin, webhook=webhook_on(free_port()))
        with Store(None) as store, pytest.raises(WebhookRefusedError, match=r"(?i)ip is reserved"):
            await serve(config, Echo(), store, asyncio.Event())
        assert len(twin.calls_of("setWebhook")) == 2


async def test_an_address_that_is_taken_ends_the_program() -> None:
    async with BotApi() as twin:
        with socket.create_server(("127.0.0.1", 0)) as other, Store(None) as store:
            config = config_for(twin, webhook=webhook_on(other.getsockname()[1]))
            with pytest.raises(CannotListenError, match="cannot be listened on"):
                await serve(config, Echo(), store, asyncio.Event())


def test_a_webhook_without_a_secret_is_a_fault_of_the_configuration(tmp_path: Path) -> None:
    path = tmp_path / "config.yaml"
    path.write_text(
        "telegram:\n  token: '1:x'\n  webhook:\n    url: https://bot.example/hook\n"
        f"store: {tmp_path / 'news.db'}\n"
    )
    outcome = newsbot("run", "--config", path)
    assert (outcome.code, outcome.out) == (2, "")
    assert "telegram.webhook.secret: a webhook needs one" in outcome.err
    path.write_text("telegram:\n  webhook:\n    secret: 'with spaces'\n")
    outcome = newsbot("run", "--config", path)
    assert outcome.code == 2
    assert "letters, digits, _ and -" in outcome.err
    assert "with spaces" not in outcome.err


def test_switching_between_polling_and_webhook_loses_nothing() -> None:
    with running_twin() as running, Store(None) as store:
        twin = running.twin
        ada = twin.person("Ada")
        asked: list[str] = []
        for kind in ("polls", "hook", "polls", "hook", "polls"):
            asked.append(f"before {len(asked)}")
            ada.sends(asked[-1])
            setting = webhook_on(free_port()) if kind == "hook" else None
            rates = Rates(chat_gap_seconds=0.02)
            with bot_in_thread(twin, Echo(), store, rates=rates, webhook=setting):
                asked.append(f"while {len(asked)}")
                ada.sends(asked[-1])
                twin.wait_for(lambda: len(twin.from_bot(ada)) == len(asked))
                assert bool(twin.world.settings.get("webhook")) == (kind == "hook")
        assert [seen.text for seen in twin.from_bot(ada)] == asked


def test_the_secret_is_in_no_log(twin: BotApi, url: str, caplog: pytest.LogCaptureFixture) -> None:
    with caplog.at_level(logging.DEBUG):
        httpx.post(url, content=b"no update", headers=TRUSTED)
        with twin.world.changes.lock:
            twin.world.settings.pop("webhook")
        twin.person("Ada").asks("hello")
    assert SECRET not in caplog.text
    assert twin.token not in caplog.text
