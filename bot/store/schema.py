"""The tables of the store, as numbered migrations that are never edited after a release."""

from __future__ import annotations

from sqlite_utils import Database, Migrations

migrations = Migrations("newsbot")

FTS5 = "tokenize = 'unicode61 remove_diacritics 0'"
"""The indexed columns hold terms that bot.text.words has folded and stemmed already."""


def _run(db: Database, script: str) -> None:
    """Run each statement of `script` in the transaction that is open (sqlite3's own
    `executescript` would commit it first)."""
    for statement in script.split(";\n"):
        if statement.strip():
            db.execute(statement)


@migrations()
def m0001_articles_and_findings(db: Database) -> None:
    """Articles with every version, their findings, and the full-text index over them."""
    _run(
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


@migrations()
def m0002_conversation(db: Database) -> None:
    """What a chat was about, the updates that came in and the messages that go out."""
    _run(
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


@migrations()
def m0003_results_and_reports(db: Database) -> None:
    """What was answered, for the buttons under it; and what people report as wrong."""
    _run(
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


@migrations()
def m0004_inbox_by_chat(db: Database) -> None:
    """A chat's newest updates are found without reading everybody's: an edit looks for one."""
    _run(db, "CREATE INDEX inbox_chat ON inbox(chat, received)")


@migrations()
def m0005_dates_in_the_future(db: Database) -> None:
    """What an article gave as its time of publication where that lay in the future."""
    _run(db, "ALTER TABLE versions ADD COLUMN published_given TEXT")


@migrations()
def m0007_copies_and_removals(db: Database) -> None:
    """Fingerprints that find near copies, who copies whom, and articles taken out of search.

    A removed article has no current version; `shelved` is the one that it had.
    """
    _run(
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


@migrations()
def m0008_team_and_drafts(db: Database) -> None:
    """Who may change the store, what they did, and the articles that are not public yet."""
    _run(
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


@migrations()
def m0011_versions_by_coming_in(db: Database) -> None:
    """A digest finds what came in since the last one without reading everything."""
    _run(db, "CREATE INDEX versions_added ON versions(added)")


@migrations()
def m0006_index_of_names(db: Database) -> None:
    """Every person and body that the current articles name, by word, sound and article; m0014
    fills it."""
    _run(
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


@migrations()
def m0009_feeds(db: Database) -> None:
    """Feeds with their schedule, what each of their entries became, and how their hosts are."""
    _run(
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


@migrations()
def m0013_packed_findings(db: Database) -> None:
    """What belongs to one version lies in one packed row."""
    from bot.store.repacking import repack  # it imports the store, which imports this

    _run(
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


@migrations()
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
    _run(
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


@migrations()
def m0010_subscriptions(db: Database) -> None:
    """Who follows what and when it is due, how each chat wants it, and what it was told."""
    _run(
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


@migrations()
def m0010a_told_by_follow(db: Database) -> None:
    """Which follow told what: what was in a message that did not arrive counts as not told."""
    _run(db, "ALTER TABLE told ADD COLUMN subscription INTEGER")


@migrations()
def m0020_corrections(db: Database) -> None:
    """Which message of ours quotes which sentence, what has become of articles since, and what
    people have saved.

    `sent` keeps a message as it stands in its chat, so that it can be put right there; what was
    sent before this migration is not known, and stays as it is.
    """
    _run(
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


@migrations()
def m0021_modified(db: Database) -> None:
    """When an outlet says that it changed an article last."""
    _run(db, "ALTER TABLE versions ADD COLUMN modified TEXT")
