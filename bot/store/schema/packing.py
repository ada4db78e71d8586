"""The findings in packed rows, and lookups that are counted as articles come and go."""

from __future__ import annotations

from sqlite_utils import Database

from bot.store.schema.scripts import FTS5, run_script


def m0013_packed_findings(db: Database) -> None:
    """What belongs to one version lies in one packed row."""
    from bot.store.repacking import repack  # it imports the store, which imports this

    run_script(
        db,
        """
        CREATE TABLE findings (
            version INTEGER PRIMARY KEY REFERENCES versions(id) ON DELETE CASCADE,
            data BLOB NOT NULL
        );
        CREATE TABLE term_pages (
            version INTEGER PRIMARY KEY REFERENCES versions(id) ON DELETE CASCADE,
            title TEXT NOT NULL,
            context TEXT NOT NULL,
            body BLOB NOT NULL
        );
        CREATE INDEX versions_published ON versions(published, id);
        CREATE INDEX articles_current ON articles(current)
        """,
    )
    repack(db)
    for table in ("sentences", "quotes", "facts", "dates", "names", "article_terms"):
        db.execute(f"DROP TABLE {table}")
    db.execute("DROP TABLE sentence_index")


def m0014_counted_lookups(db: Database) -> None:
    """What questions look up is counted as articles come and go. The index holds articles alone,
    and no second copy of their terms.

    All of it is made anew from what is packed. A migration that changes these tables again takes
    that step over from here, since it is done by the program of the day.
    """
    from bot.store.repacking import index_anew

    for table in (
        *("words", "name_words", "known_names", "known_roles", "speakers"),
        *("named", "named_in", "named_words", "article_index"),
    ):
        db.execute(f"DROP TABLE IF EXISTS {table}")
    run_script(
        db,
        f"""
        CREATE TABLE words (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            word TEXT NOT NULL UNIQUE,
            term TEXT NOT NULL,
            sentences INTEGER NOT NULL
        );
        CREATE INDEX words_term ON words(term, sentences);
        CREATE TABLE name_words (
            word TEXT PRIMARY KEY,
            sound TEXT NOT NULL,
            mentions INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX name_words_shape ON name_words(substr(word, 1, 1), length(word));
        CREATE INDEX name_words_sound ON name_words(sound);
        CREATE TABLE named (
            key TEXT NOT NULL, kind TEXT NOT NULL,
            name TEXT NOT NULL,
            mentions INTEGER NOT NULL, articles INTEGER NOT NULL,
            PRIMARY KEY (key, kind)
        ) WITHOUT ROWID;
        CREATE INDEX named_articles ON named(articles);
        CREATE TABLE named_in (
            key TEXT NOT NULL, kind TEXT NOT NULL, version INTEGER NOT NULL,
            PRIMARY KEY (key, kind, version)
        ) WITHOUT ROWID;
        CREATE TABLE named_words (
            word TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL,
            PRIMARY KEY (word, key, kind)
        ) WITHOUT ROWID;
        CREATE TABLE known_names (
            word TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL, name TEXT NOT NULL,
            mentions INTEGER NOT NULL,
            PRIMARY KEY (word, key, kind, name)
        ) WITHOUT ROWID;
        CREATE TABLE known_roles (
            term TEXT NOT NULL, surname TEXT NOT NULL,
            mentions INTEGER NOT NULL,
            PRIMARY KEY (term, surname)
        ) WITHOUT ROWID;
        CREATE TABLE speakers (
            key TEXT NOT NULL, day TEXT NOT NULL, version INTEGER NOT NULL,
            sentences TEXT NOT NULL,
            PRIMARY KEY (key, day DESC, version)
        ) WITHOUT ROWID;
        CREATE VIRTUAL TABLE article_index USING fts5(
            title, body, context, content = '', {FTS5}
        )
        """,
    )
    index_anew(db)
