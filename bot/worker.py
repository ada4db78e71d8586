"""Reading in a process of its own, with a deadline and a memory limit, so that a hostile article
can stall or crash nothing but itself."""

from __future__ import annotations

import logging
from collections.abc import Callable
from concurrent.futures import Future, ThreadPoolExecutor
from dataclasses import dataclass
from datetime import date
from queue import SimpleQueue
from secrets import token_hex
from typing import Any, TypeVar

from bot.child import Child, ChildLostError, Fault
from bot.errors import IntakeError
from bot.intake.feeds import FeedReading
from bot.intake.files import parse_whole
from bot.intake.pages import PageReading
from bot.intake.readers import read_feed_here, read_page_here
from bot.intake.rows import Kind
from bot.locales import N_, speaking, spoken_language
from bot.locales.said import say
from bot.model import Draft, Findings
from bot.reading import read_text

LOG = logging.getLogger(__name__)

REFERENCE_BYTES = 3  # of the code that leads from what somebody is told to the log
DEADLINE_SECONDS = 30.0  # the worst article takes two seconds of a free core
MEMORY_BYTES = 200_000_000  # 85 MB at rest, 180 for the worst that is read

IMPORT_NICENESS = 10  # an import waits where a question is asked meanwhile
FILE_DEADLINE_SECONDS = 45.0  # a PDF of two hundred pages takes some ten seconds
FILE_TOO_MUCH = N_(
    "This file could not be read within the limits of time and memory. Paste its "
    "text, or send it in parts."
)
PAGE_DEADLINE_SECONDS = 15.0  # the largest real pages and feeds take one or two
PAGE_TOO_MUCH = N_("The page could not be read within the limits of time and memory.")
FEED_TOO_MUCH = N_("The feed could not be read within the limits of time and memory.")
_TOO_MUCH = N_(
    "This article could not be read within the limits of time and memory, so it was "
    "not stored. Send it in parts, or without the pages around it."
)


T = TypeVar("T")


class ReadingWorker:
    """Reads articles and files one at a time in a child process, which is started when first
    needed and again after it was killed. Any thread may call `read` and `parse`."""

    def __init__(
        self,
        *,
        deadline_seconds: float = DEADLINE_SECONDS,
        memory_bytes: int = MEMORY_BYTES,
        niceness: int = 0,
    ) -> None:
        self._deadline = deadline_seconds
        self._child = Child(
            _work,
            name="newsbot-reader",
            memory_bytes=memory_bytes,
            niceness=niceness,
            prepare=_prepare,
        )

    @property
    def pid(self) -> int | None:
        """The number of the child process; None while there is none."""
        return self._child.pid

    def read(self, text: str, published: date | None, *, quick: bool = False) -> Findings:
        """All that the extractors find in `text`. Raises IntakeError when it takes too much."""
        return self._ask(Findings, self._deadline, say(_TOO_MUCH), "read", text, published, quick)

    def parse(self, kind: Kind, data: bytes) -> Draft:
        """The article in a page, PDF or Word document. Raises IntakeError where there is none, or
        when it takes too much."""
        deadline = min(self._deadline, FILE_DEADLINE_SECONDS)
        return self._ask(Draft, deadline, say(FILE_TOO_MUCH), "parse", kind, data)

    def page(self, body: bytes, url: str | None, charset: str | None) -> PageReading:
        """What a web page tells. Raises IntakeError when it takes too much."""
        deadline = min(self._deadline, PAGE_DEADLINE_SECONDS)
        return self._ask(PageReading, deadline, say(PAGE_TOO_MUCH), "page", body, url, charset)

    def feed(self, body: bytes, url: str, content_type: str) -> FeedReading:
        """The feed in `body`. Raises IntakeError where there is none, or it takes too much."""
        deadline = min(self._deadline, PAGE_DEADLINE_SECONDS)
        too_much = say(FEED_TOO_MUCH)
        return self._ask(FeedReading, deadline, too_much, "feed", body, url, content_type)

    def _ask(self, kind: type[T], deadline: float, too_much: str, *job: object) -> T:
        """What the child makes of `job`, which is a `kind`."""
        try:
            answer = self._child.ask(spoken_language(), *job, deadline_seconds=deadline)
        except ChildLostError as error:
            raise IntakeError(too_much) from error
        if isinstance(answer, kind):
            return answer
        if isinstance(answer, _Refused):
            raise IntakeError(answer.reason)
        code = token_hex(REFERENCE_BYTES).upper()
        trace = answer.trace if isinstance(answer, Fault) else repr(type(answer))
        LOG.error("reading failed (ref %s)\n%s", code, trace)
        raise IntakeError(
            say("This could not be read (ref {code}). Whoever runs the bot finds why.", code=code)
        )

    def close(self) -> None:
        """End the child process, even while it reads: whoever waits for it gets an error."""
        self._child.close()


@dataclass(frozen=True, slots=True)
class _Refused:
    """What the child says of a file that holds no article."""

    reason: str


_JOBS: dict[str, Callable[..., object]] = {
    "read": lambda text, published, quick: read_text(text, published, quick=quick),
    "parse": parse_whole,
    "page": read_page_here,
    "feed": read_feed_here,
}


def _prepare() -> None:
    """Load the weights, and the tables that go with them."""
    read_text("“We go,” she said.", None)


def _work(language: str, what: str, *job: Any) -> object:
    """What the child does, one of its jobs; what is refused is refused in words."""
    with speaking(language):
        try:
            return _JOBS[what](*job)
        except IntakeError as error:
            return _Refused(error.reason)


class ReadingCrew:
    """Several reading processes for a large import; they give way to whoever answers questions."""

    def __init__(self, size: int, *, quick: bool = False) -> None:
        self.size = size
        self.quick = quick
        self._workers = [ReadingWorker(niceness=IMPORT_NICENESS) for _n in range(size)]
        self._free: SimpleQueue[ReadingWorker] = SimpleQueue()
        for worker in self._workers:
            self._free.put(worker)
        self._threads = ThreadPoolExecutor(size, thread_name_prefix="newsbot-import")

    def read(self, text: str, published: date | None) -> Future[Findings]:
        """The findings of `text`, as soon as a process is free and has read it."""
        return self._threads.submit(self._read, text, published)

    def _read(self, text: str, published: date | None) -> Findings:
        worker = self._free.get()
        try:
            return worker.read(text, published, quick=self.quick)
        finally:
            self._free.put(worker)

    def parse(self, kind: Kind, data: bytes) -> Draft:
        """The article in a whole file. Raises IntakeError."""
        worker = self._free.get()
        try:
            return worker.parse(kind, data)
        finally:
            self._free.put(worker)

    def close(self) -> None:
        """End the processes; what they still read is given up."""
        self._threads.shutdown(wait=False, cancel_futures=True)
        for worker in self._workers:
            worker.close()
