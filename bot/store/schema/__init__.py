"""The tables of the store, as numbered migrations that are never edited after a release."""

from __future__ import annotations

from sqlite_utils import Migrations

from bot.store.schema import beginnings, desk, packing, readers

__all__ = ["migrations"]

migrations = Migrations("newsbot")

STEPS = (
    beginnings.m0001_articles_and_findings,
    beginnings.m0002_conversation,
    beginnings.m0003_results_and_reports,
    beginnings.m0004_inbox_by_chat,
    beginnings.m0005_dates_in_the_future,
    desk.m0007_copies_and_removals,
    desk.m0008_team_and_drafts,
    desk.m0011_versions_by_coming_in,
    desk.m0006_index_of_names,
    desk.m0009_feeds,
    packing.m0013_packed_findings,
    packing.m0014_counted_lookups,
    readers.m0010_subscriptions,
    readers.m0010a_told_by_follow,
    readers.m0020_corrections,
    readers.m0021_modified,
    readers.m0025_senses,
)
"""Each migration, in the order in which stores have gone through them: a new one comes last."""

for step in STEPS:
    migrations()(step)
