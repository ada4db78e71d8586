"""The twin in a thread of its own, for tests that are not asynchronous and for other processes."""

from __future__ import annotations

import asyncio
import contextlib
import threading
from collections.abc import Iterator
from typing import Any

from tests.support.botapi.twin import BotApi


class BotApiThread:
    """A running twin whose loop lives in another thread; `twin` may be used from any."""

    def __init__(self, twin: BotApi, loop: asyncio.AbstractEventLoop) -> None:
        self.twin = twin
        self._loop = loop

    def goes_down(self) -> None:
        asyncio.run_coroutine_threadsafe(self.twin.goes_down(), self._loop).result(10)

    def comes_up(self) -> None:
        asyncio.run_coroutine_threadsafe(self.twin.comes_up(), self._loop).result(10)


@contextlib.contextmanager
def running_twin(**options: Any) -> Iterator[BotApiThread]:
    """A twin that serves in a thread until the block ends."""
    ready = threading.Event()
    made: list[BotApiThread] = []
    stop: list[asyncio.Event] = []

    async def serve() -> None:
        ended = asyncio.Event()
        async with BotApi(**options) as twin:
            made.append(BotApiThread(twin, asyncio.get_running_loop()))
            stop.append(ended)
            ready.set()
            await ended.wait()

    thread = threading.Thread(target=asyncio.run, args=(serve(),), daemon=True)
    thread.start()
    assert ready.wait(10), "the twin did not start"
    try:
        yield made[0]
    finally:
        made[0]._loop.call_soon_threadsafe(stop[0].set)
        thread.join(10)
