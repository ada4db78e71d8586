"""What the migrations share: how a script of theirs runs, and how the index cuts words."""

from __future__ import annotations

from sqlite_utils import Database

FTS5 = "tokenize = 'unicode61 remove_diacritics 0'"
"""The indexed columns hold terms that bot.text.words has folded and stemmed already."""


def run_script(db: Database, script: str) -> None:
    """Run each statement of `script` in the transaction that is open (sqlite3's own
    `executescript` would commit it first)."""
    for statement in script.split(";\n"):
        if statement.strip():
            db.execute(statement)
