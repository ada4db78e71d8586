"""What each current article means as a whole: one row of figures, to find articles by meaning that
share no word with a question."""

from __future__ import annotations

import sqlite3
import threading
from dataclasses import dataclass, field
from itertools import chain
from typing import TYPE_CHECKING

from bot.store.packing import unpack_lines
from bot.text.senses import load_senses, pointing

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    from bot.store.store import Store

TITLE_WEIGHT = 3  # a word of the headline tells three times as much, as in full-text search
MOST_ARTICLES = 50_000  # the newest so many are kept in memory: 7 MB, read in 0.1 s
AT_ONCE = 8_192  # rows compared in one go
HIGHEST = 127  # of a figure in one byte


# ------------------------------------------------------------------------------ writing
def put_sense(connection: sqlite3.Connection, key: int) -> None:
    """Store what version `key` means; its terms are stored already."""
    title, body = connection.execute(
        "SELECT title, body FROM term_pages WHERE version = ?", (key,)
    ).fetchone()
    terms = (term for line in unpack_lines(body) for term in line.split())
    whole = load_senses().total(chain(terms, title.split() * TITLE_WEIGHT))
    top = float(abs(whole).max())
    row = (whole * (HIGHEST / top if top else 0.0)).round().astype("int8").tobytes()
    connection.execute("INSERT OR REPLACE INTO senses (version, row) VALUES (?, ?)", (key, row))


def drop_sense(connection: sqlite3.Connection, key: int) -> None:
    """Forget what version `key` means."""
    connection.execute("DELETE FROM senses WHERE version = ?", (key,))


def put_all_senses(connection: sqlite3.Connection) -> None:
    """Store anew what each current version means."""
    connection.execute("DELETE FROM senses")
    rows = connection.execute("SELECT current FROM articles WHERE current > 0 ORDER BY current")
    for row in rows.fetchall():
        put_sense(connection, row[0])


# ------------------------------------------------------------------------------ finding
@dataclass(slots=True)
class ArticleSenses:
    """What the articles of a store mean, kept while the program runs: only what came since is
    read again. What went is left out when it is found."""

    last: int = 0
    versions: list[int] = field(default_factory=list)
    blocks: list[NDArray[np.int8]] = field(default_factory=list)
    lock: threading.Lock = field(default_factory=threading.Lock)

    def nearest(self, store: Store, sense: NDArray[np.float32], *, limit: int) -> list[int]:
        """The current versions that mean most nearly what `sense` does, best first."""
        import numpy as np

        with self.lock:
            self._read_on(store)
            if not self.versions:
                return []
            asked = np.asarray(sense, np.float32)
            parts = [
                pointing(block[start : start + AT_ONCE].astype(np.float32)) @ asked
                for block in self.blocks
                for start in range(0, len(block), AT_ONCE)
            ]
            near = np.concatenate(parts)
            # Twice as many as asked for: some may be gone by now.
            best = np.argsort(-near, kind="stable")[: 2 * limit]
            found = [self.versions[place] for place in best if near[place] > 0]
        marks = ", ".join("?" * len(found))
        rows = store.read().execute(
            f"SELECT version FROM senses WHERE version IN ({marks})", found
        )
        here = {row[0] for row in rows}
        return list(dict.fromkeys(version for version in found if version in here))[:limit]

    def _read_on(self, store: Store) -> None:
        """Read what came since; of many, the newest."""
        import numpy as np

        rows = (
            store.read()
            .execute(
                "SELECT id, version, row FROM senses WHERE id > ? ORDER BY id DESC LIMIT ?",
                (self.last, MOST_ARTICLES),
            )
            .fetchall()
        )
        if not rows:
            return
        rows.reverse()
        self.last = rows[-1][0]
        self.versions += [row[1] for row in rows]
        block = np.frombuffer(b"".join(row[2] for row in rows), np.int8)
        self.blocks.append(block.reshape(len(rows), -1))
        if len(self.blocks) > 1:
            whole = np.concatenate(self.blocks)[-MOST_ARTICLES:]
            self.blocks = [whole]
            self.versions = self.versions[-MOST_ARTICLES:]
