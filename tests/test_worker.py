"""The reading process: the same findings as in ours, and limits that hold."""

from __future__ import annotations

import re
import threading
import time
from collections.abc import Iterator
from contextlib import closing
from datetime import date

import pytest

from bot.errors import IntakeError
from bot.intake.readers import Readers
from bot.locales import speaking
from bot.reading import read_text
from bot.worker import ReadingWorker

TEXT = "“We will mend the bridge by Friday,” said Mayor Ada Holm. She left on Tuesday."
DAY = date(2025, 3, 19)


@pytest.fixture(scope="module")
def worker() -> Iterator[ReadingWorker]:
    with closing(ReadingWorker()) as worker:
        yield worker


def test_worker_finds_what_reading_here_finds(worker: ReadingWorker) -> None:
    assert worker.read(TEXT, DAY) == read_text(TEXT, DAY)


PAGE = (
    b"<html><body><h1>The bridge</h1><p>It is mended, said the mayor on Friday.</p></body></html>"
)
FEED = b"""<rss version="2.0"><channel><title>F</title>
<item><title>T</title><link>https://news.example/a</link></item></channel></rss>"""
URL = "https://news.example/feed"


def test_worker_reads_pages_and_feeds_as_they_are_read_here(worker: ReadingWorker) -> None:
    here = Readers()
    assert worker.page(PAGE, URL, None) == here.page(PAGE, URL, None)
    assert worker.feed(FEED, URL, "") == here.feed(FEED, URL, "")
    with pytest.raises(IntakeError, match="no feed"):
        worker.feed(PAGE, URL, "text/html")


def test_worker_refuses_in_the_language_that_is_spoken(worker: ReadingWorker) -> None:
    with speaking("de"), pytest.raises(IntakeError, match="Das ist kein Feed"):
        worker.feed(PAGE, URL, "text/html")
    with pytest.raises(IntakeError, match="This is no feed"):
        worker.feed(PAGE, URL, "text/html")


def test_a_reading_that_breaks_is_told_with_a_number_that_is_in_the_log(
    worker: ReadingWorker, caplog: pytest.LogCaptureFixture
) -> None:
    with pytest.raises(IntakeError) as told:
        worker.feed({"the words": 1}, URL, "")  # type: ignore[arg-type]
    found = re.search(r"\(ref ([0-9A-F]{6})\)", told.value.reason)
    assert found
    assert f"reading failed (ref {found[1]})" in caplog.text
    assert "feeds.py" in caplog.text
    assert "the words" not in caplog.text
    assert worker.page(PAGE, URL, None)


def test_an_article_that_takes_too_long_is_refused_and_the_next_one_read() -> None:
    with closing(ReadingWorker(deadline_seconds=0.0)) as impatient:
        with pytest.raises(IntakeError, match="limits of time"):
            impatient.read(TEXT, DAY)
        impatient._deadline = 60.0
        assert impatient.read(TEXT, DAY).quotes


def test_an_article_that_takes_too_much_memory_is_refused() -> None:
    with (
        closing(ReadingWorker(memory_bytes=50_000_000)) as narrow,
        pytest.raises(IntakeError, match="memory"),
    ):
        narrow.read(TEXT * 10_000, DAY)


def test_a_reader_that_holds_much_after_a_job_begins_anew_with_the_next() -> None:
    with closing(ReadingWorker(memory_bytes=110_000_000)) as worn:
        assert worn.read(TEXT, DAY).quotes
        assert worn.pid is not None
        assert len(worn.read(TEXT * 1_500, DAY).quotes) > 1_000
        assert worn.pid is None
        assert worn.read(TEXT, DAY).quotes


def test_worker_comes_back_after_it_was_killed(worker: ReadingWorker) -> None:
    assert worker.read(TEXT, DAY).quotes
    assert worker._child._process is not None
    worker._child._process.kill()
    worker._child._process.join()
    assert worker.read(TEXT, DAY).quotes


def test_closing_does_not_wait_for_an_article_that_is_being_read() -> None:
    worker = ReadingWorker()
    worker.read(TEXT, DAY)
    refused: list[IntakeError] = []

    def read_long() -> None:
        try:
            worker.read(TEXT * 3_000, DAY)  # some seconds of reading
        except IntakeError as error:
            refused.append(error)

    thread = threading.Thread(target=read_long)
    thread.start()
    while not worker._child._lock.locked():
        time.sleep(0.01)
    time.sleep(0.1)
    worker.close()
    thread.join(timeout=30)
    assert not thread.is_alive()
    assert refused
