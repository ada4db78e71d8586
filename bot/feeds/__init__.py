"""Feeds that are followed: polled when they are due, their entries made articles."""

from bot.feeds.exchange import Imported, export_opml, import_opml
from bot.feeds.rhythm import FeedSettings
from bot.feeds.rounds import FeedRounds, Round, resume_feed

__all__ = [
    "FeedRounds",
    "FeedSettings",
    "Imported",
    "Round",
    "export_opml",
    "import_opml",
    "resume_feed",
]
