"""What comes due by itself: each job at its time, what it has to say through the outbox."""

from __future__ import annotations

import asyncio
import logging
import sqlite3
from collections.abc import Callable, Sequence
from datetime import UTC, datetime

from bot.errors import StoreError
from bot.store import outbox
from bot.talk.desks import Job, Outgoing
from handlers.context import DaemonThreads, StoreThread
from handlers.notices import letters_of

LOG = logging.getLogger(__name__)

THREADS = 4  # jobs at work at the same time: those that wait for the web hold up no digest


class Ticker:
    """Runs jobs until it is cancelled. One that fails is logged, and runs again at its time."""

    def __init__(self, jobs: Sequence[Job], store: StoreThread, wake: Callable[[], None]) -> None:
        """`wake` is called when there is something to send."""
        self._jobs = jobs
        self._store = store
        self._wake = wake
        self._threads = DaemonThreads(THREADS, "jobs")

    async def run(self) -> None:
        """Run each job now and then at its pace, never twice at the same time."""
        try:
            await asyncio.gather(*(self._repeat(job) for job in self._jobs))
        finally:
            self._threads.shutdown()

    async def _repeat(self, job: Job) -> None:
        while True:
            if not await self._once(job):
                await asyncio.sleep(job.every_seconds)

    async def _once(self, job: Job) -> bool:
        """Whether the job has more to do at once."""
        now = datetime.now(UTC)
        try:
            outgoing = await self._threads.run(lambda: job.work(now))
            if outgoing.notices or outgoing.settle is not None:
                await self._file(outgoing, now)
        except StoreError as error:
            LOG.error("The store cannot be used; %s waits: %s", job.name, error)
            return False
        except Exception:
            LOG.exception("%s failed; it is tried again in %g s", job.name, job.every_seconds)
            return False
        return outgoing.more

    async def _file(self, outgoing: Outgoing, now: datetime) -> None:
        """Put the notices into the outbox and note that it was done, both or neither."""

        def write(connection: sqlite3.Connection) -> None:
            withdrawn = outgoing.settle(connection) if outgoing.settle is not None else None
            kept = [n for n in outgoing.notices if n.key not in (withdrawn or ())]
            outbox.put_letters(connection, letters_of(kept), now)

        await self._store.write(write)
        if outgoing.notices:
            self._wake()
