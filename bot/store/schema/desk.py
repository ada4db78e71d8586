"""The editors' tables: near copies, the team, drafts, the index of names, feeds."""

from __future__ import annotations

from sqlite_utils import Database

from bot.store.schema.scripts import run_script


def m0007_copies_and_removals(db: Database) -> None:
    """Fingerprints that find near copies, who copies whom, and articles taken out of search.

    A removed article has no current version; `shelved` is the one that it had.
    """
    run_script(
        db,
        """
        ALTER TABLE articles ADD COLUMN removed TEXT;
        ALTER TABLE articles ADD COLUMN shelved INTEGER;
        ALTER TABLE versions ADD COLUMN edited INTEGER NOT NULL DEFAULT 0;
        ALTER TABLE versions ADD COLUMN language TEXT;
        CREATE TABLE fingerprints (
            version INTEGER PRIMARY KEY REFERENCES versions(id) ON DELETE CASCADE,
            hashes BLOB NOT NULL
        );
        CREATE TABLE fingerprint_bands (
            band INTEGER NOT NULL,
            version INTEGER NOT NULL,
            PRIMARY KEY (band, version)
        ) WITHOUT ROWID;
        CREATE TABLE copies (
            article INTEGER PRIMARY KEY REFERENCES articles(id) ON DELETE CASCADE,
            original INTEGER NOT NULL REFERENCES articles(id) ON DELETE CASCADE,
            similarity REAL NOT NULL
        );
        CREATE INDEX copies_original ON copies(original)
        """,
    )


def m0008_team_and_drafts(db: Database) -> None:
    """Who may change the store, what they did, and the articles that are not public yet."""
    run_script(
        db,
        """
        CREATE TABLE roles (
            person TEXT PRIMARY KEY,
            role TEXT NOT NULL,
            name TEXT NOT NULL,
            since TEXT NOT NULL,
            given_by TEXT NOT NULL
        );
        CREATE TABLE invitations (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            token TEXT NOT NULL UNIQUE,
            role TEXT NOT NULL,
            given_by TEXT NOT NULL,
            chat TEXT NOT NULL,
            made TEXT NOT NULL,
            expires TEXT NOT NULL,
            used TEXT
        );
        CREATE TABLE audit (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at TEXT NOT NULL,
            person TEXT NOT NULL,
            name TEXT NOT NULL,
            chat TEXT NOT NULL,
            act TEXT NOT NULL,
            target TEXT NOT NULL,
            before INTEGER,
            after INTEGER,
            detail TEXT NOT NULL,
            undone TEXT
        );
        CREATE INDEX audit_person ON audit(person, id);
        CREATE INDEX audit_target ON audit(target);
        CREATE TABLE drafts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            chat TEXT NOT NULL,
            person TEXT NOT NULL,
            made TEXT NOT NULL,
            changed TEXT NOT NULL,
            state TEXT NOT NULL,
            data TEXT NOT NULL
        );
        CREATE INDEX drafts_state ON drafts(state, changed);
        CREATE INDEX drafts_chat ON drafts(chat, id);
        CREATE TABLE draft_rows (
            draft INTEGER NOT NULL REFERENCES drafts(id) ON DELETE CASCADE,
            n INTEGER NOT NULL,
            data TEXT,
            fault TEXT,
            outcome TEXT,
            PRIMARY KEY (draft, n)
        ) WITHOUT ROWID;
        ALTER TABLE reports ADD COLUMN outcome TEXT
        """,
    )


def m0011_versions_by_coming_in(db: Database) -> None:
    """A digest finds what came in since the last one without reading everything."""
    run_script(db, "CREATE INDEX versions_added ON versions(added)")


def m0006_index_of_names(db: Database) -> None:
    """Every person and body that the current articles name, by word, sound and article; m0014
    fills it."""
    run_script(
        db,
        """
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
            word TEXT NOT NULL, key TEXT NOT NULL, kind TEXT NOT NULL, sound TEXT NOT NULL,
            PRIMARY KEY (word, key, kind)
        ) WITHOUT ROWID;
        CREATE INDEX named_words_sound ON named_words(sound)
        """,
    )


def m0009_feeds(db: Database) -> None:
    """Feeds with their schedule, what each of their entries became, and how their hosts are."""
    run_script(
        db,
        """
        CREATE TABLE feeds (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            url TEXT NOT NULL UNIQUE,
            title TEXT,
            outlet TEXT,
            topic TEXT,
            site TEXT,
            state TEXT NOT NULL DEFAULT 'active',
            added TEXT NOT NULL,
            next_due TEXT NOT NULL,
            interval_seconds REAL NOT NULL,
            etag TEXT,
            last_modified TEXT,
            polled TEXT,
            succeeded TEXT,
            failures INTEGER NOT NULL DEFAULT 0,
            fault TEXT,
            told_failing INTEGER NOT NULL DEFAULT 0
        );
        CREATE INDEX feeds_due ON feeds(state, next_due);
        CREATE TABLE feed_entries (
            id INTEGER PRIMARY KEY,
            feed INTEGER NOT NULL REFERENCES feeds(id) ON DELETE CASCADE,
            guid TEXT NOT NULL,
            url TEXT,
            fingerprint TEXT NOT NULL,
            content_hash TEXT NOT NULL,
            updated TEXT,
            fresh INTEGER NOT NULL,
            state TEXT NOT NULL DEFAULT 'due',
            tries INTEGER NOT NULL DEFAULT 0,
            not_before TEXT NOT NULL,
            seen TEXT NOT NULL,
            article_id TEXT,
            fault TEXT,
            data TEXT,
            UNIQUE (feed, guid)
        );
        CREATE INDEX feed_entries_url ON feed_entries(url);
        CREATE INDEX feed_entries_fingerprint ON feed_entries(feed, fingerprint);
        CREATE INDEX feed_entries_due ON feed_entries(state, not_before);
        CREATE INDEX feed_entries_article ON feed_entries(article_id);
        CREATE TABLE feed_hosts (
            host TEXT PRIMARY KEY,
            not_before TEXT NOT NULL,
            failures INTEGER NOT NULL
        );
        CREATE TABLE feed_news (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            at TEXT NOT NULL,
            words TEXT NOT NULL,
            told INTEGER NOT NULL DEFAULT 0
        );
        CREATE TABLE feed_outlines (
            id INTEGER PRIMARY KEY,
            feed INTEGER REFERENCES feeds(id) ON DELETE CASCADE,
            folders TEXT NOT NULL,
            attributes TEXT NOT NULL
        );
        CREATE INDEX feed_outlines_feed ON feed_outlines(feed);
        """,
    )
