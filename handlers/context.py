"""The ways off the event loop: threads for slow work, and the one thread that writes the store.

All threads are daemons: work that hangs (a name server that does not answer, say) must not keep
the program from ending in time. What they were doing is in the inbox or outbox and is taken up
at the next start.
"""

from __future__ import annotations

import asyncio
import queue
import sqlite3
import threading
import time
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from typing import Any, TypeVar

from bot.store.store import Store
from handlers.metrics import Metrics

T = TypeVar("T")

MOST_JOBS_IN_COMMIT = 64  # each commit waits for the disk; together they wait once


class DaemonThreads(ThreadPoolExecutor):
    """An executor whose threads do not outlive the program."""

    def __init__(self, most: int, name: str) -> None:
        super().__init__(max_workers=most, thread_name_prefix=name)
        self._most = most
        self._name = name
        self._jobs: queue.SimpleQueue[tuple[Future[Any], Callable[[], Any]] | None]
        self._jobs = queue.SimpleQueue()
        self._started = 0
        self._busy = 0
        self._guard = threading.Lock()

    def submit(self, fn: Callable[..., T], /, *args: Any, **kwargs: Any) -> Future[T]:
        future: Future[T] = Future()
        with self._guard:
            self._busy += 1
            if self._started < min(self._busy, self._most):
                self._started += 1
                name = f"{self._name}-{self._started}"
                threading.Thread(target=self._work, name=name, daemon=True).start()
        self._jobs.put((future, lambda: fn(*args, **kwargs)))
        return future

    def _work(self) -> None:
        while (job := self._jobs.get()) is not None:
            future, run = job
            if future.set_running_or_notify_cancel():
                try:
                    future.set_result(run())
                except BaseException as error:
                    future.set_exception(error)
            with self._guard:
                self._busy -= 1

    def shutdown(self, wait: bool = True, *, cancel_futures: bool = False) -> None:
        """Let idle threads end; it never waits for busy ones."""
        for _ in range(self._started):
            self._jobs.put(None)

    async def run(self, work: Callable[[], T]) -> T:
        """What `work` returns, run in one of the threads."""
        return await asyncio.wrap_future(self.submit(work))


class StoreThread:
    """The handlers' way to the store: jobs run one after another in a thread of its own.

    Jobs that wait at the same time share one commit. Each is undone alone if it fails.
    """

    def __init__(self, store: Store, metrics: Metrics | None = None) -> None:
        self._store = store
        self._metrics = metrics or Metrics()
        self._jobs: queue.SimpleQueue[tuple[Future[Any], Callable[[Any], Any]] | None]
        self._jobs = queue.SimpleQueue()
        self._thread = threading.Thread(target=self._work, name="inbox-outbox", daemon=True)
        self._thread.start()

    async def write(self, job: Callable[[sqlite3.Connection], T]) -> T:
        """What `job` returns, once its changes are on disk.

        Raises StoreUnavailableError, and whatever `job` raises.
        """
        future: Future[T] = Future()
        self._jobs.put((future, job))
        return await asyncio.wrap_future(future)

    def close(self) -> None:
        """Let the thread end after the jobs that wait already."""
        self._jobs.put(None)
        self._thread.join(timeout=1)

    def _work(self) -> None:
        while (first := self._jobs.get()) is not None:
            batch = [first]
            ended = False
            while len(batch) < MOST_JOBS_IN_COMMIT and not self._jobs.empty():
                job = self._jobs.get()
                if job is None:
                    ended = True
                    break
                batch.append(job)
            self._commit([job for job in batch if job[0].set_running_or_notify_cancel()])
            if ended:
                return

    def _commit(self, batch: list[tuple[Future[Any], Callable[[Any], Any]]]) -> None:
        outcomes: list[tuple[Future[Any], Any, Exception | None]] = []
        began = time.monotonic()
        try:
            with self._store.write() as connection:
                for future, job in batch:
                    outcomes.append((future, *_undone_alone(connection, job)))
        except Exception as error:  # the commit itself failed: nothing of the batch is stored
            for future, _ in batch:
                future.set_exception(error)
            return
        self._metrics.note_seconds("write", time.monotonic() - began)
        for future, result, fault in outcomes:
            if fault is None:
                future.set_result(result)
            else:
                future.set_exception(fault)


def _undone_alone(
    connection: sqlite3.Connection, job: Callable[[Any], Any]
) -> tuple[Any, Exception | None]:
    connection.execute("SAVEPOINT job")
    try:
        result = job(connection)
    except Exception as error:
        if not connection.in_transaction:  # SQLite has undone all: the disk is full, say
            raise
        connection.execute("ROLLBACK TO job")
        connection.execute("RELEASE job")
        return None, error
    connection.execute("RELEASE job")
    return result, None
