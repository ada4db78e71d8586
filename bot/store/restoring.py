"""A backup back into its place: checked first, copied whole, what was there kept beside it."""

from __future__ import annotations

import os
import sqlite3
from contextlib import closing, suppress
from datetime import UTC, datetime
from pathlib import Path

from sqlite_utils import Database

from bot.errors import StoreRefusedError, StoreTooNewError, StoreUnavailableError
from bot.store.connections import explain
from bot.store.running import only_one
from bot.store.schema import migrations
from bot.store.store import known_migrations

_BESIDE = ("-wal", "-shm", "-journal")  # what SQLite keeps beside a file


def restore_store(backup: Path, target: Path, now: datetime, *, replace: bool) -> Path | None:
    """Where the store that was at `target` lies now, if there was one; `backup` is in its place.

    Until the last step nothing is changed, and the backup never is. Raises StoreRefusedError
    where a store is at `target` and not to be replaced, or a bot runs over it, and
    StoreUnavailableError for a backup that is damaged or none.
    """
    _check(backup)
    if target.exists() and target.samefile(backup):
        raise StoreRefusedError(f"{backup} is the store itself. Name a backup of it.")
    if not target.parent.is_dir():
        raise StoreUnavailableError(
            f"There is no folder {target.parent} for the store. Create it, or name another with "
            "--db."
        )
    if not replace and (articles := _count(target)) is not None:
        raise StoreRefusedError(
            f"{target} exists already and holds {articles:,} articles, the newest of "
            f"{_newest(target)}; the newest in the backup of {_newest(backup)}. Name another "
            "store with --db, or add --replace: the store that is there is kept beside it."
        )
    with only_one(target, patience_seconds=0.0):
        copy = target.with_name(f"{target.name}.restoring")
        _forget(copy)
        try:
            _copy(backup, copy)
            _check(copy)
            aside = _set_aside(target, now)
            copy.replace(target)
        except sqlite3.Error as error:
            raise explain(error, str(target)) from error
        except OSError as error:
            raise StoreUnavailableError(
                f"{target} cannot be written: {error.strerror or error}. Nothing was changed."
            ) from error
        finally:
            _forget(copy)
    return aside


def _check(path: Path) -> None:
    """Raise StoreUnavailableError unless `path` is a store that is whole, StoreTooNewError if it
    is a newer program's."""
    if not path.is_file():
        raise StoreUnavailableError(f"There is no file {path}.")
    wrong = StoreUnavailableError(
        f"{path} is no backup of a store, or damaged. Nothing was changed; try an older backup."
    )
    try:
        with closing(_open(path)) as connection:
            database = Database(connection, execute_plugins=False)
            if "articles" not in database.table_names():
                raise wrong
            applied = {migration.name for migration in migrations.applied(database)}
            if connection.execute("PRAGMA integrity_check(1)").fetchone()[0] != "ok":
                raise wrong
    except sqlite3.Error as error:
        raise wrong from error
    if strange := applied - known_migrations():
        raise StoreTooNewError(
            f"{path} was made by a newer version of newsbot (it has "
            f"{', '.join(sorted(strange))}). Update newsbot first."
        )


def _open(path: Path) -> sqlite3.Connection:
    """A connection that only reads; a store that lies with its log beside it is read whole."""
    return sqlite3.connect(f"{path.resolve().as_uri()}?mode=ro", uri=True)


def _count(target: Path) -> int | None:
    """How many articles the store at `target` holds; None where nothing is there."""
    if not target.exists() or not target.stat().st_size:
        return None
    try:
        with closing(_open(target)) as connection:
            return int(connection.execute("SELECT count(*) FROM articles").fetchone()[0])
    except sqlite3.Error:
        return 0


def _newest(path: Path) -> str:
    """When the newest article in the store at `path` came in, in words."""
    with suppress(sqlite3.Error, ValueError, TypeError), closing(_open(path)) as connection:
        added = connection.execute("SELECT max(added) FROM versions").fetchone()[0]
        return f"{datetime.fromisoformat(added).astimezone(UTC):%Y-%m-%d %H:%M} UTC"
    return "no known day"


def _copy(backup: Path, copy: Path) -> None:
    with closing(_open(backup)) as source, closing(sqlite3.connect(copy)) as into:
        source.backup(into)
    with copy.open("rb+") as file:
        os.fsync(file.fileno())


def _set_aside(target: Path, now: datetime) -> Path | None:
    """Where the file at `target` was moved, with what lies beside it."""
    if not target.exists():
        return None
    with suppress(sqlite3.Error), closing(sqlite3.connect(target)) as old:
        old.execute("PRAGMA wal_checkpoint(TRUNCATE)")
    stamp = now.astimezone(UTC).strftime("%Y%m%dT%H%M%SZ")
    aside = target.with_name(f"{target.name}.replaced-{stamp}")
    if aside.exists():
        raise StoreRefusedError(f"{aside} exists already. Move it away first.")
    for ending in _BESIDE:
        beside = target.with_name(target.name + ending)
        if beside.exists():
            beside.rename(aside.with_name(aside.name + ending))
    target.rename(aside)
    return aside


def _forget(copy: Path) -> None:
    for path in (copy, *(copy.with_name(copy.name + ending) for ending in _BESIDE)):
        with suppress(OSError):
            path.unlink()
