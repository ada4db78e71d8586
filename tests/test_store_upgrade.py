"""Programs that open an old store at the same moment upgrade it once, and all of them get it."""

from __future__ import annotations

import sqlite3
import subprocess
import sys
from contextlib import closing
from pathlib import Path

import pytest

ROOT = Path(__file__).parents[1]
OPENS = """
import sys
from pathlib import Path
from bot.store.store import Store
print("ready", flush=True)
sys.stdin.readline()
Store(Path(sys.argv[1])).close()
"""
PROGRAMS = 3


@pytest.mark.parametrize("journal", ["DELETE", "WAL"])
def test_programs_that_meet_over_an_old_store_all_get_it(tmp_path: Path, journal: str) -> None:
    path = tmp_path / "news.db"
    dump = Path(__file__).with_name("data") / "oldest-schema.sql"
    with closing(sqlite3.connect(path)) as old:
        old.executescript(dump.read_text(encoding="utf-8"))
        old.execute(f"PRAGMA journal_mode = {journal}")
        schema = list(old.iterdump())
    programs = [
        subprocess.Popen(
            [sys.executable, "-c", OPENS, str(path)],
            cwd=ROOT,
            stdin=subprocess.PIPE,
            stdout=subprocess.PIPE,
            stderr=subprocess.PIPE,
            text=True,
        )
        for _ in range(PROGRAMS)
    ]
    for program in programs:
        assert program.stdout is not None
        assert program.stdout.readline() == "ready\n"
    for program in programs:
        assert program.stdin is not None
        program.stdin.write("\n")
        program.stdin.flush()
    faults = [program.communicate(timeout=30)[1] for program in programs]
    assert faults == [""] * PROGRAMS
    (copy,) = tmp_path.glob("*.before-*")
    with closing(sqlite3.connect(copy)) as before:
        assert list(before.iterdump()) == schema
