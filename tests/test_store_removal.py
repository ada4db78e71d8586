"""A removed article is out of every answer and comes back whole; a purged one leaves no trace."""

from __future__ import annotations

import json
import threading
from collections.abc import Iterator
from datetime import UTC, date, datetime
from pathlib import Path

import pytest

from bot.answer.result import State
from bot.errors import ArticleNotFoundError, VerbatimError
from bot.model import Draft, Span
from bot.newsroom import Newsroom
from bot.store.chats import ChatState, get_chat, put_chat
from bot.store.inbox import InboxRow, put_updates
from bot.store.outbox import Letter, put_letters
from bot.store.reports import find_open_reports, put_report
from bot.store.results import find_results, put_result
from bot.store.store import Store
from bot.store.traces import TAKEN_DOWN
from tests.support.stores import draft, find_faults

NOW = datetime(2025, 3, 20, 9, tzinfo=UTC)
SECRET = "The zyrkonite vault below Grauwacke Hill was opened by Wenzeslaus Quabbe at night."
TEXT = (
    f"Zyrkonite vault opened\n\n{SECRET} “I had the key all along and told nobody of it,” "
    "Quabbe said on Monday."
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.db"


@pytest.fixture
def newsroom(path: Path) -> Iterator[Newsroom]:
    with Store(path) as store:
        hall = Newsroom.over(store, clock=lambda: NOW)
        hall.add(draft())
        hall.add(vault())
        yield hall


def vault(text: str = TEXT) -> Draft:
    return Draft(
        text,
        id="vault",
        url="https://hill.example/zyrkonite-vault",
        title="Zyrkonite vault opened",
        source="Hill Herald",
        published=date(2025, 3, 18),
    )


def answers(newsroom: Newsroom) -> list[str]:
    response = newsroom.ask("who opened the zyrkonite vault?", NOW)
    found = response.answers if response.state is State.FOUND else ()
    return list(dict.fromkeys(answer.article.id for answer in found))


def test_removed_article_is_not_answered_and_comes_back(newsroom: Newsroom, path: Path) -> None:
    key = newsroom.get_article("vault").key
    assert answers(newsroom) == ["vault"]
    assert newsroom.remove("vault")
    assert not newsroom.remove("vault")
    assert answers(newsroom) == []
    assert newsroom.look_up_version(key) is None
    with pytest.raises(ArticleNotFoundError):
        newsroom.get_article("vault")
    with pytest.raises(VerbatimError):
        newsroom.verify(key, Span(0, 22), TEXT[:22])
    assert newsroom.coverage().articles == 1
    assert [a.removed for a in newsroom.history("vault")] == [NOW]
    assert find_faults(path) == []
    assert newsroom.restore_article("vault")
    assert not newsroom.restore_article("vault")
    assert answers(newsroom) == ["vault"]
    assert newsroom.history("vault")[0].removed is None
    assert find_faults(path) == []


def test_what_comes_for_a_removed_article_is_kept_and_stays_out(
    newsroom: Newsroom, path: Path
) -> None:
    newsroom.remove("vault")
    again = newsroom.add(vault())
    assert (again.status, again.removed) == ("unchanged", NOW)
    grown = newsroom.add(vault(TEXT + " It was empty."))
    assert (grown.status, grown.version, grown.removed) == ("updated", 2, NOW)
    assert answers(newsroom) == []
    assert find_faults(path) == []
    newsroom.restore_article("vault")
    assert newsroom.get_article("vault").version == 2
    assert answers(newsroom) == ["vault"]


def test_an_article_that_never_was_can_be_neither_removed_nor_purged(newsroom: Newsroom) -> None:
    for act in (newsroom.remove, newsroom.restore_article, newsroom.purge):
        with pytest.raises(ArticleNotFoundError):
            act("nowhere")


def traces_in(path: Path) -> list[str]:
    """The words of the vault's article that any file of the store still holds, stems and all."""
    held = []
    for file in path.parent.glob(path.name + "*"):
        data = file.read_bytes().lower()
        held += [
            f"{file.name}: {word}"
            for word in ("zyrkonit", "grauwack", "wenzeslaus", "quabb", "had the key all")
            if word.encode() in data
        ]
    return held


def test_purged_article_leaves_no_byte_in_the_file(newsroom: Newsroom, path: Path) -> None:
    store = newsroom.store
    newsroom.add(vault(TEXT.replace("at night", "at dawn")))
    key = newsroom.get_article("vault").key
    other = newsroom.get_article("ferry").key
    for number, shown in ((1, key), (2, other)):
        place = {"at": [shown, 24, 60], "score": 1.0}
        put_result(store, "tg:1", "7", {"answers": [place], "frame": {"versions": [shown]}}, NOW)
        put_chat(store, f"tg:{number}", ChatState({"versions": [shown], "answered": None}))
    put_chat(store, "tg:3", ChatState(None, {"name": "adding", "parts": [TEXT[:90], "and more"]}))
    put_report(store, "tg:1", "7", "wrong", {"shown": [[key, 1, 2]], "note": SECRET[4:70]}, NOW)
    marked = SECRET.replace("vault", "<b>vault</b>").replace(" Hill", "&nbsp;Hill")
    with store.write() as connection:
        put_letters(
            connection,
            [
                Letter("a", "tg:1", "sendMessage", {"chat_id": 1, "text": f"Found: {marked}"}),
                Letter("b", "tg:1", "sendMessage", {"chat_id": 1, "text": "The ferry sails."}),
            ],
            NOW,
        )
        raw = json.dumps({"update_id": 5, "message": {"message_id": 3, "text": TEXT}})
        put_updates(connection, [InboxRow(5, "tg:1", raw)], NOW)
        connection.execute("CREATE TABLE later (name TEXT PRIMARY KEY, words BLOB) WITHOUT ROWID")
        connection.execute("INSERT INTO later VALUES ('x', ?)", (SECRET.encode(),))
    assert traces_in(path)
    purged = newsroom.purge("vault")
    assert (purged.versions, purged.copies, purged.rewritten) == (2, (), True)
    assert purged.traces == 5
    assert traces_in(path) == []
    assert find_faults(path) == []
    with pytest.raises(ArticleNotFoundError):
        newsroom.history("vault")
    assert answers(newsroom) == []
    assert [r.data["answers"][0]["at"][0] for r in find_results(store, "tg:1", limit=9)] == [other]
    assert get_chat(store, "tg:1").frame is None
    assert get_chat(store, "tg:2").frame is not None
    assert get_chat(store, "tg:3").pending == {"name": "adding", "parts": [TAKEN_DOWN, "and more"]}
    assert find_open_reports(store, limit=9)[0].data["note"] == TAKEN_DOWN
    rows = store.read().execute("SELECT payload FROM outbox ORDER BY key")
    assert [json.loads(row[0])["text"] for row in rows] == [TAKEN_DOWN, "The ferry sails."]
    (row,) = store.read().execute("SELECT raw FROM inbox").fetchall()
    assert json.loads(row[0]) == {
        "update_id": 5,
        "message": {"message_id": 3, "text": TAKEN_DOWN},
    }


def test_no_later_version_comes_by_the_number_of_a_purged_one(newsroom: Newsroom) -> None:
    key = newsroom.get_article("vault").key
    newsroom.purge("vault")
    assert newsroom.add(vault()).key > key


def test_purge_names_the_copies_that_stay(newsroom: Newsroom) -> None:
    long = TEXT + " The town clerk and two masons looked on while the door was lifted away."
    newsroom.add(vault(long))
    for outlet in ("Vale News", "Plain Dealer"):
        newsroom.add(Draft(long, id=outlet, source=outlet, title="Zyrkonite vault opened"))
    assert newsroom.purge("vault").copies == ("Vale News", "Plain Dealer")
    assert newsroom.purge("Plain Dealer").copies == ("Vale News",)
    assert newsroom.purge("Vale News").copies == ()


def test_purge_while_somebody_reads_says_that_the_file_waits(
    newsroom: Newsroom, path: Path
) -> None:
    begun, done = threading.Event(), threading.Event()

    def read() -> None:
        connection = newsroom.store.read()
        connection.execute("BEGIN")
        connection.execute("SELECT count(*) FROM versions").fetchone()
        begun.set()
        done.wait(10)
        connection.execute("ROLLBACK")

    reader = threading.Thread(target=read)
    reader.start()
    try:
        begun.wait(10)
        with newsroom.store.write() as connection:
            connection.execute("PRAGMA busy_timeout = 100")
        assert not newsroom.purge("vault").rewritten
    finally:
        done.set()
        reader.join()
    assert newsroom.store.rewrite()
    assert traces_in(path) == []
