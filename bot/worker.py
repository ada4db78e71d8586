"""Reading in a process of its own, with a deadline and a memory limit, so that a hostile article
can stall or crash nothing but itself."""

from __future__ import annotations

import contextlib
import multiprocessing
import threading
from datetime import date
from multiprocessing.connection import Connection
from typing import TYPE_CHECKING

from bot.errors import IntakeError
from bot.model import Findings
from bot.newsroom import read_text

if TYPE_CHECKING:
    from multiprocessing.context import SpawnProcess

DEADLINE_SECONDS = 60.0  # an article of 150,000 characters takes a few seconds
MEMORY_BYTES = 1_500_000_000  # address space; reading the largest article takes some 300 MB

_TOO_MUCH = (
    "This article could not be read within the limits of time and memory, so it was not stored. "
    "Send it in parts, or without the pages around it."
)


class ReadingWorker:
    """Reads articles one at a time in a child process, which is started when first needed and
    again after it was killed. Any thread may call `read`."""

    def __init__(
        self, *, deadline_seconds: float = DEADLINE_SECONDS, memory_bytes: int = MEMORY_BYTES
    ) -> None:
        self._deadline = deadline_seconds
        self._memory = memory_bytes
        self._lock = threading.Lock()
        self._process: SpawnProcess | None = None
        self._pipe: Connection | None = None

    def read(self, text: str, published: date | None) -> Findings:
        """All that the extractors find in `text`. Raises IntakeError when it takes too much."""
        with self._lock:
            pipe = self._ready()
            try:
                pipe.send((text, published))
                if not pipe.poll(self._deadline):
                    raise IntakeError(_TOO_MUCH)
                answer = pipe.recv()
            except (IntakeError, EOFError, OSError) as error:
                self._kill()
                raise IntakeError(_TOO_MUCH) from error
            if isinstance(answer, Findings):
                return answer
            if answer == "memory":
                self._kill()
                raise IntakeError(_TOO_MUCH)
            raise IntakeError("This article could not be read; the reason is in the log.")

    def close(self) -> None:
        """End the child process, even while it reads: whoever waits for it gets an error."""
        if self._process is not None:
            self._process.kill()
        with self._lock:
            self._kill()

    def _ready(self) -> Connection:
        if self._process is not None and self._process.is_alive() and self._pipe is not None:
            return self._pipe
        context = multiprocessing.get_context("spawn")
        self._pipe, theirs = context.Pipe()
        self._process = context.Process(
            target=_serve, args=(theirs, self._memory), name="newsbot-reader", daemon=True
        )
        self._process.start()
        theirs.close()
        return self._pipe

    def _kill(self) -> None:
        if self._process is not None:
            self._process.kill()
            self._process.join()
        if self._pipe is not None:
            self._pipe.close()
        self._process = self._pipe = None


def _serve(pipe: Connection, memory_bytes: int) -> None:
    """The child's loop: read what comes through `pipe`, send back what was found."""
    import logging
    import signal

    signal.signal(signal.SIGINT, signal.SIG_IGN)  # Ctrl-C is for the parent, which ends us
    with contextlib.suppress(ImportError, ValueError, OSError):  # Windows has no such limits
        import resource

        resource.setrlimit(resource.RLIMIT_AS, (memory_bytes, memory_bytes))
    while True:
        try:
            text, published = pipe.recv()
        except (EOFError, OSError):
            return
        try:
            answer: Findings | str = read_text(text, published)
        except MemoryError:
            answer = "memory"
        except Exception:
            logging.getLogger(__name__).exception("reading an article failed")
            answer = "fault"
        pipe.send(answer)
