"""The real bot against the twin: in a thread of this process, or as a process of its own."""

from __future__ import annotations

import asyncio
import contextlib
import os
import signal
import socket
import subprocess
import sys
import threading
import time
from collections.abc import Iterator, Mapping, Sequence
from pathlib import Path

from bot.config import Config, HealthConfig, Secret, TelegramConfig, WebhookConfig
from bot.store.store import Store
from bot.talk.desks import Job
from handlers.answering import Talk
from handlers.app import serve
from handlers.rates import Rates
from tests.support.botapi.twin import BotApi
from tests.support.program import ROOT

STOP_SECONDS = 10  # what a stop may take at most
SECRET = "a-secret_of-the-tests-0123456789"


def free_port() -> int:
    """A port of this machine that nobody listens on."""
    with socket.create_server(("127.0.0.1", 0)) as server:
        port: int = server.getsockname()[1]
        return port


def webhook_on(port: int) -> WebhookConfig:
    """The settings of a webhook that the twin can reach."""
    return WebhookConfig(f"http://127.0.0.1:{port}/hook", f"127.0.0.1:{port}", Secret(SECRET))


def config_for(
    twin: BotApi,
    *,
    admins: Sequence[int] = (),
    token: str | None = None,
    webhook: WebhookConfig | None = None,
    health: str = "",
) -> Config:
    """The configuration of a bot that talks to this twin; `health` is where it tells how it is."""
    return Config(
        health=HealthConfig(health),
        telegram=TelegramConfig(
            token=Secret(token or twin.token),
            admins=tuple(admins),
            base_url=twin.base_url,
            base_file_url=twin.base_file_url,
            webhook=webhook or WebhookConfig(),
        ),
    )


@contextlib.contextmanager
def bot_in_thread(
    twin: BotApi,
    talk: Talk,
    store: Store,
    *,
    admins: Sequence[int] = (),
    rates: Rates | None = None,
    webhook: WebhookConfig | None = None,
    health: str = "",
    jobs: Sequence[Job] = (),
) -> Iterator[None]:
    """A bot that serves until the block ends; what it raises is raised there."""
    config = config_for(twin, admins=admins, webhook=webhook, health=health)
    os.environ.setdefault("PTB_TIMEDELTA", "1")  # as `serve` does, but before tests look at it
    started = threading.Event()
    loops: list[tuple[asyncio.AbstractEventLoop, asyncio.Event]] = []
    faults: list[BaseException] = []

    async def main() -> None:
        stop = asyncio.Event()
        loops.append((asyncio.get_running_loop(), stop))
        started.set()
        await serve(config, talk, store, stop, rates, jobs)

    def work() -> None:
        try:
            asyncio.run(main())
        except BaseException as error:
            faults.append(error)

    thread = threading.Thread(target=work, name="bot", daemon=True)
    thread.start()
    assert started.wait(5), "the bot's loop did not start"
    try:
        yield
    finally:
        loop, stop = loops[0]
        with contextlib.suppress(RuntimeError):  # it has ended already
            loop.call_soon_threadsafe(stop.set)
        thread.join(STOP_SECONDS)
    assert not thread.is_alive(), f"the bot did not stop within {STOP_SECONDS} s"
    if faults:
        raise faults[0]


class BotProcess:
    """`newsbot run` as a process, to be stopped, killed and started again."""

    def __init__(
        self,
        twin: BotApi,
        folder: Path,
        *,
        admins: Sequence[int] = (),
        token: str | None = None,
        environment: Mapping[str, str] | None = None,
        arguments: Sequence[str] = ("-m", "bot", "-v", "run"),
    ) -> None:
        """`arguments` are Python's."""
        self._environment = {
            **os.environ,
            "NEWSBOT_STORE": str(folder / "news.db"),
            "NEWSBOT_HEALTH_LISTEN": "off",
            "NEWSBOT_TELEGRAM_TOKEN": token or twin.token,
            "NEWSBOT_TELEGRAM_BASE_URL": twin.base_url,
            "NEWSBOT_TELEGRAM_BASE_FILE_URL": twin.base_file_url,
            "NEWSBOT_TELEGRAM_ADMINS": ",".join(map(str, admins)),
            "PYTHONPATH": str(ROOT),
            **(environment or {}),
        }
        self._arguments = arguments
        self._folder = folder
        self._process: subprocess.Popen[bytes] | None = None

    @property
    def store_path(self) -> Path:
        return self._folder / "news.db"

    @property
    def log(self) -> str:
        """All that the process has written to stderr, over all its lives."""
        path = self._folder / "stderr.txt"
        return path.read_text(errors="replace") if path.exists() else ""

    def start(self) -> None:
        with (self._folder / "stderr.txt").open("ab") as log:
            self._process = subprocess.Popen(
                [sys.executable, *self._arguments],
                cwd=self._folder,
                env=self._environment,
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def kill(self) -> None:
        """SIGKILL: nothing of the program runs after this."""
        assert self._process is not None
        self._process.kill()
        self._process.wait(10)

    def ask_to_stop(self) -> None:
        """SIGTERM, without waiting for what comes of it."""
        assert self._process is not None
        self._process.send_signal(signal.SIGTERM)

    def stop(self) -> tuple[int, float]:
        """The exit code after SIGTERM, and how many seconds it took."""
        assert self._process is not None
        began = time.monotonic()
        self._process.send_signal(signal.SIGTERM)
        return self._process.wait(30), time.monotonic() - began

    @property
    def pid(self) -> int:
        """The process's number."""
        assert self._process is not None
        return self._process.pid

    @property
    def has_ended(self) -> bool:
        assert self._process is not None
        return self._process.poll() is not None

    def wait(self, seconds: float) -> int:
        """The exit code of a process that ends by itself."""
        assert self._process is not None
        return self._process.wait(seconds)

    def __enter__(self) -> BotProcess:
        self.start()
        return self

    def __exit__(self, *_: object) -> None:
        if self._process is not None and self._process.poll() is None:
            self._process.kill()
            self._process.wait(10)
