"""Whether a store is whole inside: its pages, its keys, its index, and what it counts."""

from __future__ import annotations

import sqlite3

from bot.errors import StoreUnavailableError
from bot.store.store import Store

_INSIDE = {
    "keys that lead nowhere": 'SELECT "table" FROM pragma_foreign_key_check LIMIT 3',
    "articles that the index does not hold": "SELECT count(*) FROM article_index_docsize "
    "HAVING count(*) != (SELECT count(*) FROM articles WHERE removed IS NULL)",
    "articles whose text is gone": "SELECT a.id FROM articles a LEFT JOIN versions v "
    "ON v.id = a.current AND v.article = a.id WHERE v.id IS NULL AND a.removed IS NULL LIMIT 3",
    "versions without findings": "SELECT v.id FROM versions v LEFT JOIN findings f "
    "ON f.version = v.id WHERE f.version IS NULL LIMIT 3",
}
_INDEX_CHECK = "INSERT INTO article_index (article_index, rank) VALUES ('integrity-check', 0)"


def find_damage(store: Store) -> list[str]:
    """What is not whole in `store`, in words; nothing where it is sound.

    Raises StoreUnavailableError where it cannot even be read.
    """
    found = store.check()
    if found:
        return [f"the file is damaged ({found})"]
    damage = []
    for what, sql in _INSIDE.items():
        if rows := store.read().execute(sql).fetchall():
            damage.append(f"{what} ({', '.join(str(row[0]) for row in rows)})")
    try:
        with store.write() as connection:
            connection.execute(_INDEX_CHECK)
    except StoreUnavailableError as error:
        if isinstance(error.__cause__, sqlite3.DatabaseError) and "malformed" in str(
            error.__cause__
        ):
            damage.append("the full-text index is damaged")
    return damage
