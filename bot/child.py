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
from pathlib import Path
from typing import TYPE_CHECKING, Any

from bot.logs import Discretion

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

Work = Callable[..., object]
"""A function of a module (the child imports it) from a job's parts to what came of it."""

NEARLY = 0.9
WORN_SHARE = 0.75
"""A child that holds more of its memory than this after a job begins anew with the next one, which
shall not be refused for what the job before left behind."""
FACTOR_OF_ADDRESSES = 4  # of the memory, where a system does not tell what is in use


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
        prepare: Callable[[], object] = bool,
    ) -> None:
        """`prepare` loads in the child what its jobs need. `memory_bytes` limits what the child
        holds of the machine's memory. A child that is idle for `idle_seconds` ends by itself
        (None: never)."""
        self._given = (work, memory_bytes, niceness, idle_seconds, prepare)
        self._idle = idle_seconds
        self._used = 0.0
        self._name = name
        self._lock = threading.Lock()
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    @property
    def pid(self) -> int | None:
        """The number of the child process; None while there is none."""
        process = self._process
        return process.pid if process is not None else None

    def ask(self, *job: object, deadline_seconds: float) -> Any:
        """What the child's work makes of `job`; a Fault where that failed. Raises
        ChildLostError."""
        with self._lock:
            try:
                pipe = self._ready()
                pipe.send(job)
                if not pipe.poll(deadline_seconds):
                    raise ChildLostError
                answer, is_worn = pipe.recv()
                self._used = time.monotonic()
            except (ChildLostError, EOFError, OSError) as error:
                self._kill()
                raise ChildLostError from error
            if is_worn:
                self._kill()
            if isinstance(answer, _OutOfMemory):
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
    prepare: Callable[[], object],
) -> None:
    """The child's loop: do what comes through `pipe`, send back what came of it."""
    import os
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    prepare()
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
        _limit_memory(memory_bytes)
        try:
            answer = work(*job)
        except MemoryError:
            answer = _OutOfMemory()
        except Exception as error:
            answer = Fault(Discretion().trace(error))
        job = None
        held, _ = _memory()
        pipe.send((answer, isinstance(answer, _OutOfMemory) or held > WORN_SHARE * memory_bytes))


def _limit_memory(most: int) -> None:
    """Let this process hold `most` bytes of the machine's memory from now on; what needs more
    raises MemoryError.

    The system limits no such thing, but what a process asks for (RLIMIT_DATA). Of what it has
    asked for so far a part is not in use (tables of the matrix library); as long as that stays
    so, the one limit is the other. So it is set anew with each job.
    """
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limits
        import resource

        held, asked = _memory()
        if asked:
            kind, limit = resource.RLIMIT_DATA, asked + max(0, most - held)
        else:
            kind, limit = resource.RLIMIT_AS, FACTOR_OF_ADDRESSES * most
        resource.setrlimit(kind, (limit, resource.getrlimit(kind)[1]))


def _memory() -> tuple[int, int]:
    """The bytes of memory that this process holds, and those that it asked for; 0 where the
    system does not tell (other than Linux)."""
    try:
        lines = (
            Path("/proc/self/status").read_text(encoding="ascii", errors="replace").splitlines()
        )
        told = dict(line.split(":", 1) for line in lines if ":" in line)
        return _bytes_of(told["VmRSS"]), _bytes_of(told["VmData"])
    except (OSError, KeyError, ValueError):
        return 0, 0


def _bytes_of(kilobytes: str) -> int:
    """The bytes in words like "  1234 kB"."""
    return int(kilobytes.split()[0]) * 1024
