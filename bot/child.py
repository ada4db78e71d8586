"""Work in a process of its own, with a deadline and a memory limit, so that what is hostile can
stall or crash nothing but itself."""

from __future__ import annotations

import contextlib
import multiprocessing
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING, Any

from bot.logs import Discretion

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

Work = Callable[..., object]
"""A function of a module (the child imports it) from a job's parts to what came of it."""

NEARLY = 0.9


@dataclass(frozen=True, slots=True)
class Fault:
    """What the child says of work that failed by a fault of ours; the parent has the log."""

    trace: str


class ChildLostError(Exception):
    """The child took too long or too much memory, or ended."""


class Child:
    """Does jobs one at a time in a child process, which is started when first needed and again
    after it was killed. Any thread may call `ask`."""

    def __init__(
        self,
        work: Work,
        *,
        name: str,
        memory_bytes: int,
        niceness: int = 0,
        idle_seconds: float | None = None,
    ) -> None:
        """`memory_bytes` limits the address space. A child that is idle for `idle_seconds` ends
        by itself (None: never)."""
        self._given = (work, memory_bytes, niceness, idle_seconds)
        self._idle = idle_seconds
        self._used = 0.0
        self._name = name
        self._lock = threading.Lock()
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def ask(self, *job: object, deadline_seconds: float) -> Any:
        """What the child's work makes of `job`; a Fault where that failed. Raises
        ChildLostError."""
        with self._lock:
            try:
                pipe = self._ready()
                pipe.send(job)
                if not pipe.poll(deadline_seconds):
                    raise ChildLostError
                answer = pipe.recv()
                self._used = time.monotonic()
            except (ChildLostError, EOFError, OSError) as error:
                self._kill()
                raise ChildLostError from error
            if isinstance(answer, _OutOfMemory):
                self._kill()
                raise ChildLostError
            return answer

    def close(self) -> None:
        """End the child process, even at work: whoever waits for it gets an error."""
        if self._process is not None:
            self._process.kill()
        with self._lock:
            self._kill()

    def _ready(self) -> Connection:
        # One that may be about to end by itself is not given any more work.
        idle = self._idle is not None and time.monotonic() - self._used > NEARLY * self._idle
        alive = self._process is not None and self._process.is_alive()
        if alive and not idle and self._pipe is not None:
            return self._pipe
        self._kill()
        context = multiprocessing.get_context("spawn")
        ours, theirs = context.Pipe()
        process = context.Process(
            target=_serve, args=(theirs, *self._given), name=self._name, daemon=True
        )
        process.start()
        theirs.close()
        self._pipe, self._process = ours, process
        return self._pipe

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None


class _OutOfMemory:
    """What the child says where the limit was too low for the job."""


def _serve(
    pipe: Connection,
    work: Work,
    memory_bytes: int,
    niceness: int,
    idle_seconds: float | None,
) -> None:
    """The child's loop: do what comes through `pipe`, send back what came of it."""
    import os
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    with contextlib.suppress(AttributeError, OSError):
        os.nice(niceness)
    while True:
        try:
            if idle_seconds is not None and not pipe.poll(idle_seconds):
                return
            job = pipe.recv()
        except (EOFError, OSError):
            return
        answer: object
        try:
            answer = work(*job)
        except MemoryError:
            answer = _OutOfMemory()
        except Exception as error:
            answer = Fault(Discretion().trace(error))
        job = None
        pipe.send(answer)
