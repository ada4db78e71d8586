"""Whatever happens to the program or the disk, the store holds whole articles and says so."""

from __future__ import annotations

import json
import os
import random
import sqlite3
import tempfile
import time
from collections.abc import Callable, Iterator
from contextlib import closing, contextmanager
from pathlib import Path
from subprocess import Popen

import pytest

from bot.store import articles as shelf
from bot.store.store import Store
from tests.support.program import Outcome, finished, newsbot, start, start_python
from tests.support.stores import draft, find_faults, put, short_articles, write_rows

NOBODY = 65534
SEEN_WITHIN_SECONDS = 2.0  # what is promised for an article that another process adds


def stored(path: Path) -> dict[str, tuple[int, str]]:
    """Version and text of each article in the store at `path`, by id."""
    with Store(path) as store:
        return {a.id: (a.version, a.text) for a in shelf.all_articles(store)}


def read_told(process: Popen[str], count: int) -> list[str]:
    """The ids of the first `count` articles that a running `newsbot add --json` tells of."""
    assert process.stdout is not None
    lines = [process.stdout.readline() for _ in range(count)]
    return [json.loads(line)["id"] for line in lines if line]


# ------------------------------------------------------------------------------ the kill
def test_killed_add_leaves_whole_articles_and_is_completed(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    articles = short_articles(500)
    source = write_rows(tmp_path / "reports.jsonl", articles)
    texts = {article.id: (1, article.text) for article in articles}
    chance = random.Random()  # any moment must do; a failure names the seed's outcome below
    told = 0
    for upper in (3, 90, 150):
        process = start("add", source, "--db", path, "--json", folder=tmp_path)
        ids = read_told(process, told + chance.randint(1, upper))
        time.sleep(chance.uniform(0, 0.05))
        process.kill()
        process.communicate()
        assert find_faults(path) == []
        kept = stored(path)
        assert set(ids) <= set(kept), "an article that was told of is lost"
        assert kept.items() <= texts.items()
        told = len(kept)
    assert told < len(articles), "the kills came too late to show anything"
    last = finished(start("add", source, "--db", path, "--json", folder=tmp_path))
    assert last.code == 0
    assert [row["status"] for row in last.rows].count("added") == len(articles) - told
    assert stored(path) == texts
    assert find_faults(path) == []


def test_kill_while_the_store_is_made_leaves_one_that_opens(tmp_path: Path) -> None:
    source = write_rows(tmp_path / "reports.jsonl", short_articles(1))
    for n, delay in enumerate((0.25, 0.35, 0.45)):
        path = tmp_path / f"news{n}.db"
        process = start("add", source, "--db", path, folder=tmp_path)
        time.sleep(delay)
        process.kill()
        process.communicate()
        assert newsbot("add", source, "--db", path).code == 0
        assert list(stored(path)) == ["report-0"]
        assert find_faults(path) == []


# --------------------------------------------------------------------------- side by side
def test_two_processes_add_at_once(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    articles = short_articles(40)
    sources = [
        write_rows(tmp_path / "one.jsonl", articles[:30]),
        write_rows(tmp_path / "two.jsonl", reversed(articles[10:])),
    ]
    running = [start("add", s, "--db", path, "--json", folder=tmp_path) for s in sources]
    outcomes = [finished(process) for process in running]
    assert [outcome.code for outcome in outcomes] == [0, 0]
    statuses = [row["status"] for outcome in outcomes for row in outcome.rows]
    assert (statuses.count("added"), statuses.count("unchanged")) == (40, 20)
    assert stored(path) == {a.id: (1, a.text) for a in articles}
    assert find_faults(path) == []


def test_an_article_from_another_process_is_answered_within_two_seconds(tmp_path: Path) -> None:
    """The other process has asked before, so whatever it keeps in memory must be let go."""
    path = tmp_path / "news.db"
    source = write_rows(tmp_path / "reports.jsonl", short_articles(3))
    assert newsbot("add", source, "--db", path).code == 0
    script = """
import sys, time
from pathlib import Path
from bot.newsroom import Newsroom, now_utc
from bot.store.store import Store
with Store(Path(sys.argv[1])) as store:
    newsroom = Newsroom.over(store)
    print(newsroom.ask("what about the walrus?", now_utc()).state, flush=True)
    while newsroom.ask("what about the walrus?", now_utc()).state == "nothing":
        time.sleep(0.02)
    print(time.time(), flush=True)
"""
    reader = start_python("-c", script, path, folder=tmp_path)
    assert reader.stdout is not None
    assert reader.stdout.readline() == "nothing\n"
    walrus = draft("A walrus came to Port Ellis on Monday.", id="walrus", title=None)
    assert newsbot("add", write_rows(tmp_path / "more.jsonl", [walrus]), "--db", path).code == 0
    added_at = time.time()
    seen_at = float(finished(reader).out)
    assert seen_at - added_at < SEEN_WITHIN_SECONDS


def test_backup_while_articles_are_added_is_whole(tmp_path: Path) -> None:
    path, copy = tmp_path / "news.db", tmp_path / "copy.db"
    source = write_rows(tmp_path / "reports.jsonl", short_articles(120))
    adding = start("add", source, "--db", path, "--json", folder=tmp_path)
    ids = read_told(adding, 20)
    assert newsbot("backup", copy, "--db", path).code == 0
    assert finished(adding).code == 0
    kept = stored(copy)
    assert set(ids) <= set(kept)
    assert kept.items() <= stored(path).items()
    assert find_faults(copy) == []
    assert newsbot("backup", copy, "--db", path).code == 1


# ------------------------------------------------------------------- what cannot be a store
def foreign(path: Path) -> None:
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("CREATE TABLE recipes (name TEXT)")


def newer(path: Path) -> None:
    with Store(path) as store, store.write() as connection:
        connection.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "VALUES ('newsbot', 'm9999_from_tomorrow', '2099-01-01')"
        )


def corrupt(path: Path) -> None:
    with Store(path) as store:
        for article in short_articles(20):
            put(store, article)
    data = path.read_bytes()
    path.write_bytes(data[:100] + b"\xa5" * (len(data) - 100))


def text_file(path: Path) -> None:
    path.write_text("Dear diary, " * 200)


def folder(path: Path) -> None:
    path.mkdir()


REFUSED = [
    (foreign, "another program"),
    (newer, "newer version"),
    (corrupt, "damaged"),
    (text_file, "damaged"),
    (folder, "cannot be opened"),
]


def one_sentence(outcome: Outcome) -> str:
    """What a failed run told, which must be one line for people, and nothing on stdout."""
    assert outcome.code == 1
    assert outcome.out == ""
    (line,) = outcome.err.splitlines()
    assert line.startswith("newsbot: ")
    return line


@pytest.mark.parametrize(("make", "words"), REFUSED, ids=[make.__name__ for make, _ in REFUSED])
def test_what_is_no_store_is_refused_and_left_as_it_is(
    make: Callable[[Path], None], words: str, tmp_path: Path
) -> None:
    path = tmp_path / "news.db"
    make(path)
    before = path.read_bytes() if path.is_file() else b""
    assert words in one_sentence(newsbot("ask", "who resigned?", "--db", path))
    assert before == (path.read_bytes() if path.is_file() else b"")


def test_missing_folder_is_told(tmp_path: Path) -> None:
    told = one_sentence(newsbot("ask", "who?", "--db", tmp_path / "no" / "news.db"))
    assert "There is no folder" in told


@contextmanager
def without_rights() -> Iterator[Path]:
    """A folder that anybody may enter, in the shoes of someone who is not root."""
    with tempfile.TemporaryDirectory() as name:
        place = Path(name)
        place.chmod(0o755)
        was_root = os.geteuid() == 0
        if was_root:
            os.seteuid(NOBODY)
        try:
            yield place
        finally:
            if was_root:
                os.seteuid(0)
            place.chmod(0o755)


def test_unwritable_folder_is_told(tmp_path: Path) -> None:
    newsbot("ask", "who?", "--db", tmp_path / "warm.db")  # imports are lazy: load them now
    with without_rights() as place:
        if os.stat(place).st_uid == os.geteuid():  # noqa: PTH116
            place.chmod(0o555)
        told = one_sentence(newsbot("ask", "who?", "--db", place / "news.db"))
    assert "cannot be opened" in told


def test_a_bot_in_an_unwritable_folder_is_told(
    tmp_path: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    monkeypatch.setenv("NEWSBOT_TELEGRAM_TOKEN", "7100000001:AAnot-used-here_0123456789-abcdefgh")
    missing = one_sentence(newsbot("run", "--db", tmp_path / "none" / "news.db"))
    assert "There is no folder" in missing  # and all that is imported late is there by now
    with without_rights() as place:
        if os.stat(place).st_uid == os.geteuid():  # noqa: PTH116
            place.chmod(0o555)
        told = one_sentence(newsbot("run", "--db", place / "news.db"))
    assert "Check the folder's rights" in told


def test_file_that_may_only_be_read_is_told(tmp_path: Path) -> None:
    source = write_rows(tmp_path / "reports.jsonl", short_articles(1))
    newsbot("add", source, "--db", tmp_path / "warm.db")
    rows = source.read_bytes()
    with without_rights() as place:
        path = place / "news.db"
        effective = os.geteuid()
        if effective != os.getuid():
            os.seteuid(os.getuid())
        with Store(path) as store:
            put(store, draft())
        path.chmod(0o444)
        os.seteuid(effective)
        told = one_sentence(newsbot("add", "-", "--db", path, stdin=rows))
        if effective == os.getuid():
            path.chmod(0o644)
    assert "may not be written" in told or "cannot be opened" in told


def test_disk_at_its_limit_is_told_and_loses_nothing(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    source = write_rows(tmp_path / "reports.jsonl", short_articles(80))
    script = (
        "import resource; resource.setrlimit(resource.RLIMIT_FSIZE, (3_000_000, 3_000_000)); "
        "from bot.__main__ import main; main()"
    )
    limited = start_python("-c", script, "add", source, "--db", path, "--json", folder=tmp_path)
    outcome = finished(limited)
    assert outcome.code == 1
    new, told = outcome.err.splitlines()
    assert new == f"{path} is a new store, and empty."
    assert told.startswith("newsbot: The store")
    assert 0 < len(outcome.rows) < 80
    assert {row["id"] for row in outcome.rows} == set(stored(path))
    assert find_faults(path) == []
    assert newsbot("add", source, "--db", path).code == 0
    assert len(stored(path)) == 80
