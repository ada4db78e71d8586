"""Digests: what is new for somebody who follows a person, a topic, a phrase or an outlet."""

from bot.digest.compose import Digests, compose_digest
from bot.digest.follows import FollowIndex, match_follows
from bot.digest.interest import (
    Interest,
    InterestKind,
    dump_interest,
    load_interest,
    make_interest,
)
from bot.digest.result import Digest, Length, Line, LineKind, Story

__all__ = [
    "Digest",
    "Digests",
    "FollowIndex",
    "Interest",
    "InterestKind",
    "Length",
    "Line",
    "LineKind",
    "Story",
    "compose_digest",
    "dump_interest",
    "load_interest",
    "make_interest",
    "match_follows",
]
