"""That only one bot runs over a store: two would answer everybody twice."""

from __future__ import annotations

import os
import time
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from bot.errors import StoreRefusedError, StoreUnavailableError

PATIENCE_SECONDS = 15.0  # a bot that is being stopped takes up to ten to end
LOOK_SECONDS = 0.25


@contextmanager
def only_one(store: Path, patience_seconds: float = PATIENCE_SECONDS) -> Iterator[None]:
    """Holds the place of the one bot over `store` while the block runs.

    The lock is the system's own and ends with the process, however that ends; the file
    "STORE.running" beside the store stays. Raises StoreRefusedError where another bot holds it for
    longer than `patience_seconds`. Where a system has no such locks nothing is held.
    """
    try:
        import fcntl
    except ImportError:  # pragma: no cover - not on the systems that we test on
        yield
        return
    if not store.parent.is_dir():
        yield  # the store cannot be opened there, and says so itself
        return
    path = store.with_name(store.name + ".running")
    try:
        lock = os.open(path, os.O_RDWR | os.O_CREAT | os.O_CLOEXEC, 0o600)
    except OSError as error:
        raise StoreUnavailableError(
            f"{path} cannot be written: {error.strerror or error}. Check the folder's rights."
        ) from error
    try:
        ends = time.monotonic() + patience_seconds
        while True:
            try:
                fcntl.flock(lock, fcntl.LOCK_EX | fcntl.LOCK_NB)
                break
            except OSError:
                if time.monotonic() >= ends:
                    raise StoreRefusedError(
                        f"Another newsbot runs over the store {store} already. Stop that one "
                        "first, or give this one a store of its own with --db."
                    ) from None
                time.sleep(LOOK_SECONDS)
        yield
    finally:
        os.close(lock)
