"""The SQLite file: opening, checking and migrating it, one writer, a reader for each thread."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from sqlite_utils import Database

from bot.errors import StoreRefusedError, StoreTooNewError, StoreUnavailableError
from bot.store.schema import migrations

OLDEST_SQLITE = (3, 40, 0)
BUSY_TIMEOUT_SECONDS = 10.0  # how long we wait for another process that writes
CACHE_KIB = 16_384  # page cache of a reading connection


class Store:
    """An open store. Any thread may read at any time; writes go one after another.

    One connection writes, guarded by a lock; each thread that reads has a connection of its own.
    The journal is a write-ahead log and each commit is synced, so what was committed survives a
    kill and a power cut.
    """

    def __init__(self, path: Path | None) -> None:
        """Open the store at `path`, creating and migrating it; None keeps it in memory.

        Raises StoreUnavailableError and StoreTooNewError.
        """
        check_sqlite()
        self.path = path
        self._local = threading.local()
        self._write_lock = threading.RLock()
        self._depth = 0
        self._readers: list[sqlite3.Connection] = []
        if path is not None and not path.parent.is_dir():
            raise StoreUnavailableError(
                f"The folder {path.parent} for the store does not exist. Create it, or name "
                "another place with --db."
            )
        try:
            self._writer = self._connect()
            if path is not None:
                self._writer.execute("PRAGMA journal_mode = WAL")
            self._writer.execute("PRAGMA synchronous = FULL")
            self._migrate()
        except sqlite3.Error as error:
            raise self._explained(error) from error

    # -------------------------------------------------------------------------- opening
    def _connect(self) -> sqlite3.Connection:
        target = ":memory:" if self.path is None else str(self.path)
        connection = sqlite3.connect(
            target,
            timeout=BUSY_TIMEOUT_SECONDS,
            isolation_level=None,
            check_same_thread=False,
        )
        connection.row_factory = sqlite3.Row
        connection.execute("PRAGMA foreign_keys = ON")
        connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
        return connection

    def _migrate(self) -> None:
        """Bring the schema up to date; another process may be doing the same."""
        database = Database(self._writer, execute_plugins=False)
        known = {m.name for m in migrations.pending(Database(memory=True))}
        applied = {m.name for m in migrations.applied(database)}
        if strange := applied - known:
            raise StoreTooNewError(
                f"The store {self.path} was made by a newer version of newsbot (it has "
                f"{', '.join(sorted(strange))}). Update newsbot, or use another store."
            )
        if applied == known:
            return
        if not applied and set(database.table_names()) - {migrations.migrations_table}:
            raise StoreUnavailableError(
                f"{self.path} is an SQLite file of another program. Name another file with --db."
            )
        self._writer.execute("BEGIN IMMEDIATE")  # a second process waits here
        try:
            migrations.apply(database)
            self._writer.execute("COMMIT")
        except BaseException:
            self._writer.execute("ROLLBACK")
            raise

    def close(self) -> None:
        """Close every connection; the store cannot be used afterwards."""
        with self._write_lock:
            for connection in [*self._readers, self._writer]:
                connection.close()
            self._readers.clear()

    def __enter__(self) -> Store:
        return self

    def __exit__(self, *_: object) -> None:
        self.close()

    # ----------------------------------------------------------------- reading, writing
    def read(self) -> sqlite3.Connection:
        """This thread's connection for reading; within a write, the writing one, so that what
        was just written is seen."""
        if self.path is None or self._writes_here():
            return self._writer
        connection: sqlite3.Connection | None = getattr(self._local, "reader", None)
        if connection is None:
            connection = self._connect()
            connection.execute("PRAGMA query_only = ON")
            self._local.reader = connection
            self._readers.append(connection)
        return connection

    def _writes_here(self) -> bool:
        return getattr(self._local, "writing", False)

    @contextmanager
    def write(self) -> Iterator[sqlite3.Connection]:
        """One transaction on the writing connection: all of it is stored, or nothing.

        Nested calls join the outer transaction. Raises StoreUnavailableError.
        """
        with self._write_lock:
            if self._depth:
                yield self._writer
                return
            try:
                self._writer.execute("BEGIN IMMEDIATE")
                self._depth = 1
                self._local.writing = True
                try:
                    yield self._writer
                except BaseException:
                    if self._writer.in_transaction:
                        self._writer.execute("ROLLBACK")
                    raise
                self._writer.execute("COMMIT")
            except sqlite3.Error as error:
                if self._writer.in_transaction:
                    self._writer.execute("ROLLBACK")
                raise self._explained(error) from error
            finally:
                self._depth = 0
                self._local.writing = False

    def change_count(self) -> int:
        """A number that changes when anyone, in any process, has written to the store."""
        row = self.read().execute("PRAGMA data_version").fetchone()
        return int(row[0]) * 1_000_000_007 + self._writer.total_changes

    def backup(self, target: Path) -> None:
        """Copy the whole store to `target` while it is in use. Raises StoreUnavailableError."""
        if target.exists():
            raise StoreRefusedError(
                f"{target} exists already. Name a new file, so that no backup is lost."
            )
        try:
            with sqlite3.connect(target) as copy:
                self.read().backup(copy)
            copy.close()
        except sqlite3.Error as error:
            raise StoreUnavailableError(f"The backup to {target} failed: {error}.") from error

    def check(self) -> str:
        """What is wrong inside the file, in SQLite's words; empty when it is sound."""
        found = [row[0] for row in self.read().execute("PRAGMA quick_check(5)")]
        return "" if found == ["ok"] else "; ".join(found)

    def _explained(self, error: sqlite3.Error) -> StoreUnavailableError:
        """`error` as a sentence that says what to do."""
        words = str(error).lower()
        where = self.path or "in memory"
        if "full" in words:
            advice = "The disk is full. Free some space; nothing already stored is lost."
        elif "readonly" in words or "read-only" in words:
            advice = "It may not be written. Check the rights of the file and its folder."
        elif "unable to open" in words:
            advice = "It cannot be opened. Check that the path is a file and its rights."
        elif "not a database" in words or "malformed" in words or "corrupt" in words:
            advice = (
                "It is damaged or no store at all. Keep the file, and restore the newest backup."
            )
        elif "locked" in words or "busy" in words:
            advice = "Another program has held it for too long. Try again."
        else:
            advice = f"SQLite says: {error}."
        return StoreUnavailableError(f"The store {where} cannot be used. {advice}")


def check_sqlite() -> None:
    """Raise StoreUnavailableError when Python's SQLite is too old or lacks full-text search."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StoreUnavailableError(
            f"newsbot needs SQLite {'.'.join(map(str, OLDEST_SQLITE))} or newer; this Python has "
            f"{sqlite3.sqlite_version}. Use a newer Python."
        )
    with sqlite3.connect(":memory:") as probe:
        options = {row[0] for row in probe.execute("PRAGMA compile_options")}
    probe.close()
    if "ENABLE_FTS5" not in options:
        raise StoreUnavailableError(
            "newsbot needs SQLite with full-text search (FTS5), which this Python's lacks."
        )
