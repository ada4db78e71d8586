"""The readers' tables: follows, what each chat was told, corrections and what people save."""

from __future__ import annotations

from sqlite_utils import Database

from bot.store.schema.scripts import run_script
from bot.store.senses import put_all_senses


def m0010_subscriptions(db: Database) -> None:
    """Who follows what and when it is due, how each chat wants it, and what it was told."""
    run_script(
        db,
        """
        CREATE TABLE places (
            chat TEXT PRIMARY KEY,
            data TEXT NOT NULL DEFAULT '{}',
            suspended TEXT
        );
        CREATE INDEX places_suspended ON places(suspended) WHERE suspended IS NOT NULL;
        CREATE TABLE subscriptions (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            chat TEXT NOT NULL,
            person TEXT,
            state TEXT NOT NULL,
            at_once INTEGER NOT NULL,
            data TEXT NOT NULL,
            due TEXT,
            since TEXT NOT NULL,
            paused_until TEXT,
            made TEXT NOT NULL,
            changed TEXT NOT NULL,
            revision INTEGER NOT NULL
        );
        CREATE INDEX subscriptions_chat ON subscriptions(chat, id);
        CREATE INDEX subscriptions_person ON subscriptions(person);
        CREATE INDEX subscriptions_due ON subscriptions(state, due);
        CREATE INDEX subscriptions_revision ON subscriptions(revision);
        CREATE TABLE told (
            chat TEXT NOT NULL,
            key TEXT NOT NULL,
            at TEXT NOT NULL,
            PRIMARY KEY (chat, key)
        ) WITHOUT ROWID;
        CREATE INDEX told_at ON told(at);
        CREATE TABLE deliveries (
            id INTEGER PRIMARY KEY,
            subscription INTEGER NOT NULL REFERENCES subscriptions(id) ON DELETE CASCADE,
            at TEXT NOT NULL,
            items INTEGER NOT NULL
        );
        CREATE INDEX deliveries_subscription ON deliveries(subscription, at);
        CREATE TABLE undos (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            chat TEXT NOT NULL,
            made TEXT NOT NULL,
            data TEXT NOT NULL
        );
        CREATE INDEX undos_chat ON undos(chat);
        CREATE TABLE broadcasts (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            chat TEXT NOT NULL,
            text TEXT NOT NULL,
            state TEXT NOT NULL,
            audience INTEGER NOT NULL DEFAULT 0,
            filed INTEGER NOT NULL DEFAULT 0,
            last TEXT NOT NULL DEFAULT '',
            made TEXT NOT NULL
        );
        """,
    )


def m0010a_told_by_follow(db: Database) -> None:
    """Which follow told what: what was in a message that did not arrive counts as not told."""
    run_script(db, "ALTER TABLE told ADD COLUMN subscription INTEGER")


def m0020_corrections(db: Database) -> None:
    """Which message of ours quotes which sentence, what has become of articles since, and what
    people have saved.

    `sent` keeps a message as it stands in its chat, so that it can be put right there; what was
    sent before this migration is not known, and stays as it is.
    """
    run_script(
        db,
        """
        CREATE TABLE sent (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            chat TEXT NOT NULL,
            message INTEGER NOT NULL,
            at TEXT NOT NULL,
            data TEXT NOT NULL,
            UNIQUE (chat, message)
        );
        CREATE INDEX sent_at ON sent(at);
        CREATE TABLE sent_evidence (
            version INTEGER NOT NULL,
            sent INTEGER NOT NULL REFERENCES sent(id) ON DELETE CASCADE,
            PRIMARY KEY (version, sent)
        ) WITHOUT ROWID;
        CREATE INDEX sent_evidence_sent ON sent_evidence(sent);
        CREATE TABLE corrections (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            article TEXT NOT NULL,
            kind TEXT NOT NULL,
            before INTEGER,
            after INTEGER,
            made TEXT NOT NULL,
            state TEXT NOT NULL DEFAULT 'new',
            reached_chat TEXT NOT NULL DEFAULT '',
            told INTEGER NOT NULL DEFAULT 0,
            edited INTEGER NOT NULL DEFAULT 0,
            is_public INTEGER NOT NULL DEFAULT 0,
            note TEXT,
            data TEXT NOT NULL DEFAULT '{}'
        );
        CREATE INDEX corrections_state ON corrections(state, id);
        CREATE INDEX corrections_article ON corrections(article, id);
        CREATE TABLE saved (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            chat TEXT NOT NULL,
            person TEXT NOT NULL,
            made TEXT NOT NULL,
            question TEXT,
            version INTEGER NOT NULL,
            start INTEGER NOT NULL,
            end INTEGER NOT NULL,
            told TEXT,
            UNIQUE (chat, person, version, start, end)
        );
        CREATE INDEX saved_version ON saved(version)
        """,
    )


def m0021_modified(db: Database) -> None:
    """When an outlet says that it changed an article last."""
    run_script(db, "ALTER TABLE versions ADD COLUMN modified TEXT")


def m0025_senses(db: Database) -> None:
    """What each current article means, as a row of figures. A new table of senses
    (bot/text/senses.npz) needs a step that fills this one anew."""
    run_script(
        db,
        """
        CREATE TABLE senses (
            id INTEGER PRIMARY KEY AUTOINCREMENT,
            version INTEGER NOT NULL UNIQUE,
            row BLOB NOT NULL
        )
        """,
    )
    put_all_senses(db.conn)
