"""The first tables: articles with their findings, what chats were about, the inbox and the outbox,
answers and reports."""

from __future__ import annotations

from sqlite_utils import Database

from bot.store.schema.scripts import FTS5, run_script


def m0001_articles_and_findings(db: Database) -> None:
    """Articles with every version, their findings, and the full-text index over them."""
    run_script(
        db,
        f"""
        CREATE TABLE articles (
            id INTEGER PRIMARY KEY,
            article_id TEXT NOT NULL UNIQUE,
            current INTEGER,
            fingerprint TEXT,
            added TEXT NOT NULL,
            sample INTEGER NOT NULL DEFAULT 0
        );
        CREATE TABLE versions (
            id INTEGER PRIMARY KEY,
            article INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
            version INTEGER NOT NULL,
            sha256 TEXT NOT NULL,
            text TEXT NOT NULL,
            url TEXT, title TEXT, source TEXT, author TEXT,
            published TEXT, day TEXT, section TEXT, standfirst TEXT,
            added TEXT NOT NULL,
            extractor INTEGER NOT NULL,
            read_chars INTEGER NOT NULL,
            UNIQUE (article, version)
        );
        CREATE INDEX versions_day ON versions(day);
        CREATE TABLE sentences (
            id INTEGER PRIMARY KEY,
            version INTEGER NOT NULL REFERENCES versions(id) ON DELETE CASCADE,
            n INTEGER NOT NULL,
            start INTEGER NOT NULL, end INTEGER NOT NULL,
            terms TEXT NOT NULL,
            context TEXT NOT NULL,
            UNIQUE (version, n)
        );
        CREATE TABLE quotes (
            id INTEGER PRIMARY KEY,
            version INTEGER NOT NULL REFERENCES versions(id) ON DELETE CASCADE,
            start INTEGER NOT NULL, end INTEGER NOT NULL,
            kind TEXT NOT NULL, polarity TEXT NOT NULL,
            speaker TEXT, speaker_key TEXT, role TEXT, cue_class TEXT,
            confidence REAL NOT NULL,
            data TEXT NOT NULL
        );
        CREATE INDEX quotes_version ON quotes(version);
        CREATE INDEX quotes_speaker ON quotes(speaker_key);
        CREATE TABLE facts (
            id INTEGER PRIMARY KEY,
            version INTEGER NOT NULL REFERENCES versions(id) ON DELETE CASCADE,
            start INTEGER NOT NULL, end INTEGER NOT NULL,
            kind TEXT NOT NULL, status TEXT NOT NULL,
            made TEXT, effective TEXT,
            confidence REAL NOT NULL,
            data TEXT NOT NULL
        );
        CREATE INDEX facts_version ON facts(version);
        CREATE INDEX facts_kind ON facts(kind, status);
        CREATE TABLE dates (
            id INTEGER PRIMARY KEY,
            version INTEGER NOT NULL REFERENCES versions(id) ON DELETE CASCADE,
            start INTEGER NOT NULL, end INTEGER NOT NULL,
            value TEXT, grain TEXT NOT NULL, how TEXT NOT NULL
        );
        CREATE INDEX dates_version ON dates(version);
        CREATE TABLE names (
            id INTEGER PRIMARY KEY,
            version INTEGER NOT NULL REFERENCES versions(id) ON DELETE CASCADE,
            start INTEGER NOT NULL, end INTEGER NOT NULL,
            name TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL, role TEXT
        );
        CREATE INDEX names_version ON names(version);
        CREATE INDEX names_key ON names(key);
        CREATE TABLE words (
            word TEXT PRIMARY KEY,
            term TEXT NOT NULL,
            sentences INTEGER NOT NULL
        ) WITHOUT ROWID;
        CREATE INDEX words_term ON words(term);
        CREATE VIRTUAL TABLE sentence_index USING fts5(
            terms, context, content = 'sentences', content_rowid = 'id', {FTS5}
        );
        CREATE TABLE article_terms (
            id INTEGER PRIMARY KEY REFERENCES versions(id) ON DELETE CASCADE,
            title TEXT NOT NULL,
            body TEXT NOT NULL
        );
        CREATE VIRTUAL TABLE article_index USING fts5(
            title, body, content = 'article_terms', content_rowid = 'id', {FTS5}
        );
        """,
    )


def m0002_conversation(db: Database) -> None:
    """What a chat was about, the updates that came in and the messages that go out."""
    run_script(
        db,
        """
        CREATE TABLE chats (
            chat TEXT PRIMARY KEY,
            frame TEXT,
            pending TEXT,
            updated TEXT NOT NULL
        );
        CREATE TABLE inbox (
            update_id INTEGER PRIMARY KEY,
            chat TEXT NOT NULL,
            received TEXT NOT NULL,
            raw TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'new',
            tries INTEGER NOT NULL DEFAULT 0,
            finished TEXT,
            fault TEXT
        );
        CREATE INDEX inbox_state ON inbox(state, update_id);
        CREATE TABLE outbox (
            id INTEGER PRIMARY KEY,
            key TEXT UNIQUE NOT NULL,
            chat TEXT NOT NULL,
            lane INTEGER NOT NULL,
            created TEXT NOT NULL,
            method TEXT NOT NULL,
            payload TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'due',
            tries INTEGER NOT NULL DEFAULT 0,
            not_before TEXT,
            message_id INTEGER,
            fault TEXT,
            finished TEXT
        );
        CREATE INDEX outbox_state ON outbox(state, lane, id);
        CREATE TABLE meta (key TEXT PRIMARY KEY, value TEXT NOT NULL);
        """,
    )


def m0003_results_and_reports(db: Database) -> None:
    """What was answered, for the buttons under it; and what people report as wrong."""
    run_script(
        db,
        """
        CREATE TABLE results (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            chat TEXT NOT NULL,
            person TEXT NOT NULL,
            asked TEXT NOT NULL,
            data TEXT NOT NULL
        );
        CREATE INDEX results_chat ON results(chat, id);
        CREATE INDEX results_person ON results(person);
        CREATE INDEX results_asked ON results(asked);
        CREATE TABLE reports (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            chat TEXT NOT NULL,
            person TEXT,
            made TEXT NOT NULL,
            reason TEXT NOT NULL,
            data TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'open'
        );
        CREATE INDEX reports_state ON reports(state, id);
        CREATE INDEX reports_person ON reports(person);
        """,
    )


def m0004_inbox_by_chat(db: Database) -> None:
    """A chat's newest updates are found without reading everybody's: an edit looks for one."""
    run_script(db, "CREATE INDEX inbox_chat ON inbox(chat, received)")


def m0005_dates_in_the_future(db: Database) -> None:
    """What an article gave as its time of publication where that lay in the future."""
    run_script(db, "ALTER TABLE versions ADD COLUMN published_given TEXT")
