"""The SQLite file: opening, checking and migrating it, one writer, a reader for each thread."""

from __future__ import annotations

import logging
import sqlite3
import threading
import time
from collections.abc import Iterator
from contextlib import closing, contextmanager, suppress
from functools import cache
from glob import escape as glob_escape
from pathlib import Path

from sqlite_utils import Database

from bot.errors import StoreRefusedError, StoreTooNewError, StoreUnavailableError
from bot.store.connections import BUSY_TIMEOUT_SECONDS, Connection, connect, explain
from bot.store.meta import ARTICLE_CHANGES
from bot.store.schema import migrations

LOG = logging.getLogger(__name__)

OLDEST_SQLITE = (3, 40, 0)
PAGE_BYTES = 8_192  # an article's rows take some kilobytes: a tenth less space than with 4,096
UPGRADE_PATIENCE_SECONDS = 600.0  # copying takes a second or two for each gigabyte
LOOK_SECONDS = 0.05  # for a lock that SQLite does not wait for by itself, as of the journal
PRIMARY_CODE = 0xFF  # of an SQLite error's code; the rest tells the kind of it
BEFORE = ".before-"
"""What the name of a copy from before an upgrade goes on with; the number is the new schema's."""


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
        self._readers: list[Connection] = []
        if path is not None and not _is_folder(path.parent):
            raise StoreUnavailableError(
                f"There is no folder {path.parent} for the store, or it may not be entered. "
                "Create it, or name another place with --db."
            )
        try:
            self._writer = connect(path)
        except sqlite3.Error as error:
            raise explain(error, self._where) from error
        try:
            applied = self._refuse_strange()
            if path is not None:
                self._writer.execute(f"PRAGMA page_size = {PAGE_BYTES}")  # of a new file only
                self._insist("PRAGMA journal_mode = WAL", BUSY_TIMEOUT_SECONDS)
            self._writer.execute("PRAGMA synchronous = FULL")
            if applied != known_migrations():
                self._upgrade()
        except sqlite3.Error as error:
            self._writer.close()
            raise explain(error, self._where) from error
        except BaseException:
            self._writer.close()
            raise

    # -------------------------------------------------------------------------- opening
    @property
    def _where(self) -> str:
        return "in memory" if self.path is None else str(self.path)

    def _refuse_strange(self) -> frozenset[str]:
        """The names of the migrations that the file has had.

        Raises StoreTooNewError for a newer store, and StoreUnavailableError for the file of
        another program, neither of which has been changed.
        """
        database = Database(self._writer, execute_plugins=False)
        tables = set(database.table_names())  # first: another process may be making them
        applied = frozenset(m.name for m in migrations.applied(database))
        if strange := applied - known_migrations():
            raise StoreTooNewError(
                f"The store {self.path} was made by a newer version of newsbot (it has "
                f"{', '.join(sorted(strange))}). Update newsbot, or use another store."
            )
        if not applied and tables - {migrations.migrations_table}:
            raise StoreUnavailableError(
                f"{self.path} is an SQLite file of another program. Name another file with --db."
            )
        return applied

    def _upgrade(self) -> None:
        """Bring the schema up to date, after a copy of the store as it is.

        Of two processes one does it, and the other finds it done: the lock is the store's own, so
        it ends with whoever holds it. Raises StoreUnavailableError.
        """
        self._insist("BEGIN IMMEDIATE", UPGRADE_PATIENCE_SECONDS)
        try:
            applied = self._refuse_strange()
            if applied and applied != known_migrations() and self.path is not None:
                self._back_up_before_migrating(self.path)
            migrations.apply(Database(self._writer, execute_plugins=False))
            self._writer.execute("COMMIT")
        except BaseException:
            if self._writer.in_transaction:
                self._writer.execute("ROLLBACK")
            raise

    def _insist(self, sql: str, seconds: float) -> None:
        """Execute `sql`, again and again for so long while another process is in the way."""
        ends, told = time.monotonic() + seconds, False
        while True:
            try:
                self._writer.execute(sql)
                return
            except sqlite3.OperationalError as error:
                is_busy = error.sqlite_errorcode & PRIMARY_CODE == sqlite3.SQLITE_BUSY
                if not is_busy or time.monotonic() > ends:
                    raise
                if not told:
                    LOG.info("another program holds the store, perhaps to upgrade it; waiting")
                told = True
                time.sleep(LOOK_SECONDS)

    def _back_up_before_migrating(self, path: Path) -> None:
        """Copy the store as it is beside it, once for each schema; older such copies go.

        Raises StoreUnavailableError where there is no room: better no start than no way back.
        """
        target = path.with_name(f"{path.name}{BEFORE}{len(known_migrations()):04}")
        if target.exists():
            return  # of an upgrade that was broken off
        making = target.with_name(target.name + ".part")
        making.unlink(missing_ok=True)
        self.backup(making)
        making.replace(target)
        for old in path.parent.glob(f"{glob_escape(path.name)}{BEFORE}*"):
            if old != target:
                old.unlink(missing_ok=True)

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
            try:
                connection = connect(self.path, reads=True)
            except sqlite3.Error as error:
                raise explain(error, self._where) from error
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
                raise explain(error, self._where) from error
            finally:
                self._depth = 0
                self._local.writing = False

    def change_count(self) -> int:
        """A number that grows when anyone, in any process, has changed what can be searched."""
        row = (
            self.read().execute("SELECT value FROM meta WHERE key = ?", (ARTICLE_CHANGES,))
        ).fetchone()
        return int(row[0]) if row else 0

    def backup(self, target: Path) -> None:
        """Copy the whole store to `target` while it is in use. Raises StoreUnavailableError."""
        if target.exists():
            raise StoreRefusedError(
                f"{target} exists already. Name a new file, so that no backup is lost."
            )
        try:
            with closing(sqlite3.connect(target)) as copy:
                self.read().backup(copy)
        except sqlite3.Error as error:
            with suppress(OSError):
                target.unlink(missing_ok=True)  # half a backup would be taken for a whole one
            raise StoreUnavailableError(f"The backup to {target} failed: {error}.") from error

    def rewrite(self) -> bool:
        """Whether the file was written anew, so that nothing deleted is left in its pages.

        Takes as much free space as the store; where that lacks, or somebody reads all the while,
        the pages are merely free to be overwritten.
        """
        if self.path is None:
            return True
        with self._write_lock:
            try:
                self._writer.execute("VACUUM")
                busy = self._writer.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
            except sqlite3.Error:
                return False
        return not busy

    def check(self) -> str:
        """What is wrong inside the file, in SQLite's words; empty when it is sound."""
        found = [row[0] for row in self.read().execute("PRAGMA quick_check(5)")]
        return "" if found == ["ok"] else "; ".join(found)


@cache
def known_migrations() -> frozenset[str]:
    """The names of the migrations that this program knows."""
    with closing(sqlite3.connect(":memory:")) as empty:
        pending = migrations.pending(Database(empty, execute_plugins=False))
        return frozenset(migration.name for migration in pending)


def _is_folder(path: Path) -> bool:
    try:
        return path.is_dir()
    except OSError:
        return False


def check_sqlite() -> None:
    """Raise StoreUnavailableError when Python's SQLite is too old or lacks full-text search."""
    if sqlite3.sqlite_version_info < OLDEST_SQLITE:
        raise StoreUnavailableError(
            f"newsbot needs SQLite {'.'.join(map(str, OLDEST_SQLITE))} or newer; this Python has "
            f"{sqlite3.sqlite_version}. Use a newer Python."
        )
    with closing(sqlite3.connect(":memory:")) as probe:
        options = {row[0] for row in probe.execute("PRAGMA compile_options")}
    if "ENABLE_FTS5" not in options:
        raise StoreUnavailableError(
            "newsbot needs SQLite with full-text search (FTS5), which this Python's lacks."
        )
