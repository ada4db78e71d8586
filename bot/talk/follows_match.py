"""Which follows a new article meets: those that are told at once come due by it."""

from __future__ import annotations

import logging
import sqlite3
from datetime import datetime, timedelta

from bot.digest import FollowIndex, match_follows
from bot.digest.window import LATE_DAYS
from bot.errors import VerbatimError
from bot.model import Article
from bot.store import subscriptions as shelf
from bot.store.articles import get_versions
from bot.store.findings import get_findings_of
from bot.store.meta import get_meta, put_meta
from bot.store.subscriptions import SubscriptionState
from bot.talk.desks import NOTHING_DUE, Outgoing
from bot.talk.follow_book import FollowBook
from bot.talk.follow_data import interest_of, rhythm_of

LOG = logging.getLogger(__name__)

POISON = (VerbatimError, ArithmeticError, AttributeError, LookupError, TypeError, ValueError)
"""What one broken row or article may raise; a store that fails is no fault of theirs."""
AT_A_TIME = 200  # articles; more would hold up the digests that wait


class FollowMatcher:
    """Looks at each article version once, in whatever process it came in."""

    def __init__(self, book: FollowBook, face: str) -> None:
        self._store = book.store
        self._face = face
        self._index: FollowIndex[int] = FollowIndex()
        self._revision = 0

    def work(self, now: datetime) -> Outgoing:
        """Have the follows told that new articles meet, and note that these were looked at."""
        self._learn()
        key = f"follows_seen:{self._face}"
        seen = get_meta(self._store, key)
        if seen is None:  # the first run: what is there already is no news
            newest = shelf.newest_version(self._store)
            return Outgoing(settle=lambda _: put_meta(self._store, key, str(newest)))
        versions = shelf.find_new_versions(self._store, after=int(seen), limit=AT_A_TIME)
        if not versions:
            return NOTHING_DUE
        met = self._match(versions)

        def settle(connection: sqlite3.Connection) -> None:
            put_meta(self._store, key, str(versions[-1]))
            shelf.make_due(connection, met, now)

        return Outgoing(settle=settle, more=len(versions) == AT_A_TIME)

    def _learn(self) -> None:
        """Take up what was followed, changed or ended since the last time."""
        revision = shelf.get_revision(self._store)
        if revision == self._revision:
            return
        for it in shelf.find_changed_at_once(self._store, self._face, after=self._revision):
            rhythm = rhythm_of(it)
            at_once = rhythm is not None and rhythm.at_once
            if at_once and it.state is SubscriptionState.ACTIVE:
                self._index.add(it.id, interest_of(it))
            else:
                self._index.remove(it.id)
        self._revision = revision

    def _match(self, versions: list[int]) -> list[int]:
        if not len(self._index):
            return []
        articles = get_versions(self._store, versions)
        findings = get_findings_of(self._store, versions)
        met: dict[int, None] = {}
        for version, article in articles.items():
            if is_archived(article):
                continue
            try:
                met.update(dict.fromkeys(match_follows(article, findings[version], self._index)))
            except POISON:
                LOG.exception("article version %d is matched with no follow", version)
        return list(met)


def is_archived(article: Article) -> bool:
    """Whether an article was old when it came in: a bulk import is no news."""
    day = article.day
    return day is not None and day < (article.added - timedelta(days=LATE_DAYS)).date()
