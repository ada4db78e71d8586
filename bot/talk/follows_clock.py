"""Follows that a clock which ran ahead has left in the future, and how they should be."""

from __future__ import annotations

from dataclasses import replace
from datetime import datetime, timedelta

from bot.store import subscriptions as shelf
from bot.store.subscriptions import Subscription
from bot.talk.follow_book import FollowBook
from bot.talk.follow_data import next_due
from bot.talk.follows_match import POISON

LOOKED_AT = timedelta(hours=26)
"""What is due later than this is looked at: a daily digest over a clock change is due before."""
SLACK = timedelta(hours=1)


def find_ahead(book: FollowBook, face: str, now: datetime) -> list[Subscription]:
    """The active follows whose time or watermark a right clock would not have set, as they should
    be; those of a weekly rhythm are due when they should and left alone."""
    found = []
    for it in shelf.find_due_after(book.store, face, now + LOOKED_AT, now + SLACK):
        try:
            due = next_due(it, book.settings(it.chat), now)
        except POISON:  # what cannot be read is told of where it is due
            continue
        # What waits for news is due at the end of its gap or its quiet hours, within a day.
        if it.due is not None and it.due > (due or now + LOOKED_AT) + SLACK:
            it = replace(it, due=due or now)
        elif it.since <= now + SLACK:
            continue
        found.append(replace(it, since=min(it.since, now)))
    return found
