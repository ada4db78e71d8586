"""Bulk imports are resumable and keep their order; exports and backups come back whole."""

from __future__ import annotations

import gzip
import json
import sqlite3
from collections import Counter
from contextlib import closing
from datetime import date
from pathlib import Path

import pytest

from bot.newsroom import Newsroom
from bot.samples import sample_articles
from bot.store.removal import remove_article
from bot.store.store import Store
from tests.support.documents import ARTICLE, HEADLINE, PARAGRAPHS, archive, docx
from tests.support.program import finished, newsbot, start
from tests.support.stores import draft, find_faults, short_articles, write_rows


@pytest.fixture
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    monkeypatch.chdir(tmp_path)
    return tmp_path


def versions(path: Path) -> list[tuple[str, int, str]]:
    """(id, version, text) of every version in the store, in the order in which they came in."""
    with closing(sqlite3.connect(path)) as connection:
        return connection.execute(
            "SELECT article_id, version, text FROM versions v JOIN articles a ON a.id = v.article "
            "ORDER BY v.id"
        ).fetchall()


# ------------------------------------------------------------------------------- imports
def test_several_processes_read_and_the_order_is_kept(folder: Path) -> None:
    rows = [*short_articles(20), draft("First words.", id="x"), draft("Second words.", id="x")]
    write_rows(folder / "a.jsonl", rows)
    outcome = finished(start("add", "a.jsonl", "--json", "--workers", "2", folder=folder))
    assert outcome.code == 0, outcome.err
    told = [(row["id"], row["version"]) for row in outcome.rows]
    assert told == [(row.id, 1) for row in rows[:-1]] + [("x", 2)]
    assert [(i, v) for i, v, _ in versions(folder / "newsbot.db")] == told
    assert find_faults(folder / "newsbot.db") == []


def test_killed_import_by_processes_is_completed_without_doubles(folder: Path) -> None:
    articles = short_articles(60)
    write_rows(folder / "a.jsonl", articles)
    for _ in range(2):
        process = start("add", "a.jsonl", "--json", "--workers", "2", folder=folder)
        assert process.stdout is not None
        for _ in range(12):
            process.stdout.readline()
        process.kill()
        process.communicate()
        assert find_faults(folder / "newsbot.db") == []
    last = finished(start("add", "a.jsonl", "--json", "--workers", "1", folder=folder))
    assert [row["id"] for row in last.rows] == [article.id for article in articles]
    assert Counter(row["status"] for row in last.rows)["unchanged"] >= 12
    assert versions(folder / "newsbot.db") == [(a.id, 1, a.text) for a in articles]


def test_a_file_with_two_versions_changes_nothing_the_second_time(folder: Path) -> None:
    old, new = draft("Old words."), draft("New words.")
    write_rows(folder / "both.jsonl", [old, *short_articles(2), new])
    first = newsbot("add", "both.jsonl", "--json")
    assert [row["status"] for row in first.rows] == ["added", "added", "added", "updated"]
    for _ in range(2):
        again = newsbot("add", "both.jsonl", "--json")
        assert [row["status"] for row in again.rows] == ["unchanged"] * 4
    write_rows(folder / "old.jsonl", [old])
    back = newsbot("add", "old.jsonl", "--json")
    assert (back.row["status"], back.row["version"]) == ("updated", 3)


def test_folder_is_added_whole_and_the_refused_are_reported(folder: Path) -> None:
    (folder / "in" / "deep").mkdir(parents=True)
    (folder / "in" / "a.txt").write_text(ARTICLE)
    (folder / "in" / "b.docx").write_bytes(docx([HEADLINE + " anew", *PARAGRAPHS]))
    (folder / "in" / "deep" / "c.csv").write_text("id,text\n1,The mill turned.\n2,\n")
    members = {"d.json": json.dumps({"text": "It rains.", "id": "d"}).encode(), "e.pdf": b"%PDF-"}
    (folder / "in" / "f.zip").write_bytes(archive(members))
    (folder / "in" / "photo.png").write_bytes(b"\x89PNG")
    outcome = newsbot("add", "in", "", "--json", "--report", "refused.jsonl")
    assert outcome.code == 1
    assert [(row["source"], row.get("member"), row["status"]) for row in outcome.rows] == [
        ("in/a.txt", None, "added"),
        ("in/b.docx", None, "updated"),
        ("in/f.zip", "d.json", "added"),
        ("in/f.zip", "e.pdf", "refused"),
        ("in/photo.png", None, "refused"),
        ("in/deep/c.csv", None, "added"),
        ("in/deep/c.csv", None, "refused"),
        ("", None, "refused"),
    ]
    lines = (folder / "refused.jsonl").read_text().splitlines()
    refused = [row for row in outcome.rows if row["status"] == "refused"]
    assert [json.loads(line) for line in lines] == refused
    assert refused[-1]["reason"] == "The name of the file is empty."
    assert refused[2]["line"] == 3
    told = newsbot("add", "in/f.zip").out
    assert "refused    in/f.zip/e.pdf: The PDF is broken" in told


def test_quick_import_is_read_in_full_by_reindex(folder: Path) -> None:
    text = "The mill turned.\n\n“I let it go,” said Hanne Brodersen on Monday."
    write_rows(folder / "a.jsonl", [draft(text, id="mill")])
    done = finished(start("add", "a.jsonl", "--quick", "--workers", "1", folder=folder))
    assert done.code == 0, done.err
    assert "1 article read anew" in newsbot("reindex").err
    assert "up to date" in newsbot("reindex").err


def test_removed_article_that_comes_again_is_told(folder: Path) -> None:
    write_rows(folder / "a.jsonl", [draft()])
    newsbot("add", "a.jsonl")
    with Store(folder / "newsbot.db") as store:
        remove_article(store, "ferry", Newsroom.over(store).clock())
    assert newsbot("add", "a.jsonl", "--json").row["removed"] is True
    assert "it was removed" in newsbot("add", "a.jsonl").out


# ------------------------------------------------------------------------------- exports
def test_export_comes_back_byte_for_byte_with_every_version(folder: Path) -> None:
    newsbot("add", str(sample_articles()))
    with Store(folder / "newsbot.db") as store:
        newsroom = Newsroom.over(store)
        newsroom.add(draft("Gulls — “first” \u2028 edition.\r\n\r\nTabs\tstay. "))
        newsroom.add(draft("Second edition.", published=date(2031, 1, 1)))
        newsroom.edit_fields("ferry", title="By hand", published=date(2025, 3, 1))
        newsroom.add(draft("A sample.", id="sample"), sample=True)
        newsroom.add(draft("Not for all.", id="gone"))
        newsroom.remove("gone")
    assert newsbot("export", "one.jsonl").code == 0
    assert newsbot("add", "one.jsonl", "--db", "second.db").code == 0
    assert newsbot("export", "two.jsonl.gz", "--db", "second.db").code == 0
    one = (folder / "one.jsonl").read_bytes()
    assert gzip.decompress((folder / "two.jsonl.gz").read_bytes()) == one
    assert find_faults(folder / "second.db") == []
    again = newsbot("add", "one.jsonl", "--json", "--db", "second.db")
    assert {row["status"] for row in again.rows} == {"unchanged"}
    for question in ("what did the minister say?", "who agreed to the ceasefire?", "ferry"):
        answers = [
            newsbot("ask", question, "--json", "--db", db, "--now", "2025-03-27T12:00Z").row
            for db in ("newsbot.db", "second.db")
        ]
        for answer in answers:
            answer.pop("elapsed_ms")
        assert answers[0] == answers[1]
        assert "gone" not in str(answers)


@pytest.mark.parametrize(
    "strange",
    [
        {"version": 3},
        {"version": "2.1", "added": "2025-01-01T00:00:00Z"},
        {"version": True},
        {"version": -1, "added": "2025-01-01T00:00:00Z"},
        {"version": 2, "added": "soon"},
    ],
    ids=str,
)
def test_a_version_of_another_program_is_not_taken_for_ours(
    folder: Path, strange: dict[str, object]
) -> None:
    (folder / "a.jsonl").write_text(json.dumps({"id": "a", "text": "Gulls fly.", **strange}))
    assert newsbot("add", "a.jsonl", "--json").row["version"] == 1


# ------------------------------------------------------------------------------- backups
def test_backup_is_restored_and_the_store_kept_beside(folder: Path) -> None:
    write_rows(folder / "a.jsonl", [draft()])
    write_rows(folder / "b.jsonl", short_articles(3))
    newsbot("add", "a.jsonl")
    newsbot("backup", "copy.db")
    newsbot("add", "b.jsonl")
    refused = newsbot("restore", "copy.db")
    assert refused.code == 1
    assert "holds 4 articles" in refused.err
    done = newsbot("restore", "copy.db", "--replace")
    assert done.code == 0, done.err
    assert [i for i, *_ in versions(folder / "newsbot.db")] == ["ferry"]
    assert find_faults(folder / "newsbot.db") == []
    (aside,) = folder.glob("newsbot.db.replaced-*Z")
    assert len(versions(aside)) == 4
    assert newsbot("restore", "copy.db", "--db", "third.db").code == 0
    assert [i for i, *_ in versions(folder / "third.db")] == ["ferry"]
    assert not [*folder.glob("*.restoring*")]


def test_what_is_no_whole_backup_is_refused_and_changes_nothing(folder: Path) -> None:
    write_rows(folder / "a.jsonl", short_articles(40))
    newsbot("add", "a.jsonl")
    newsbot("backup", "copy.db")
    whole = (folder / "copy.db").read_bytes()
    before = versions(folder / "newsbot.db")
    with closing(sqlite3.connect(folder / "other.db")) as other:
        other.execute("CREATE TABLE mine (x)")
    (folder / "newer.db").write_bytes(whole)
    with closing(sqlite3.connect(folder / "newer.db")) as newer, newer:
        newer.execute(
            "INSERT INTO _sqlite_migrations (migration_set, name, applied_at) "
            "VALUES ('newsbot', 'm9999_later', '2030')"
        )
    (folder / "text.db").write_text("no store")
    (folder / "cut.db").write_bytes(whole[: len(whole) // 2])
    half = len(whole) // 2
    (folder / "noise.db").write_bytes(whole[:half] + b"\xa5" * (len(whole) - half))
    for name in ("none.db", "other.db", "newer.db", "text.db", "cut.db", "noise.db", "newsbot.db"):
        refused = newsbot("restore", name, "--replace")
        assert refused.code == 1, name
        assert refused.err.startswith("newsbot: "), name
    assert versions(folder / "newsbot.db") == before
    assert not [*folder.glob("*.replaced*"), *folder.glob("*.restoring*")]


# ------------------------------------------------------------------------- a mistyped store
def test_a_new_store_is_told_and_a_doctor_makes_none(folder: Path) -> None:
    asked = newsbot("ask", "who?", "--db", "mistyped.db")
    assert "mistyped.db is a new store, and empty." in asked.err
    assert "new store" not in newsbot("ask", "who?", "--db", "mistyped.db").err
    doctor = newsbot("doctor", "--db", "nowhere.db")
    assert doctor.code == 1
    assert "there is none at nowhere.db" in doctor.out
    assert not (folder / "nowhere.db").exists()
