"""Tells what an article would become in the store, and what is unsure about it."""

from __future__ import annotations

from dataclasses import dataclass
from enum import StrEnum

from bot.link.copies import NearCopy
from bot.model import Changes, Draft, Findings
from bot.store.putting import AddStatus


class Doubt(StrEnum):
    """Something about an article that a person should look at before it is stored."""

    NO_HEADLINE = "no headline"
    NO_DATE = "no date"
    DATE_TO_COME = "date to come"
    NO_OUTLET = "no outlet"
    SILENT_QUOTES = "quotes without a speaker"
    NOT_ENGLISH = "not in English"
    READ_IN_PART = "read in part"


@dataclass(frozen=True, slots=True)
class Preview:
    """What an article would become; nothing of it is stored.

    `draft` is the article as it would be stored, `findings` are in its text.
    """

    status: AddStatus
    article_id: str
    version: int
    draft: Draft
    findings: Findings
    doubts: tuple[Doubt, ...] = ()
    near: tuple[NearCopy, ...] = ()
    """Stored articles that it is a near copy of, the nearest first."""
    changes: Changes | None = None
    """What it changes, where it would be a new version."""

    @property
    def silent_quotes(self) -> int:
        """How many quotes have no speaker."""
        return sum(quote.speaker is None for quote in self.findings.quotes)


def find_doubts(draft: Draft, findings: Findings) -> tuple[Doubt, ...]:
    """What is unsure about an article as it would be stored."""
    doubts = (
        (Doubt.NO_HEADLINE, not draft.title),
        (Doubt.NO_DATE, draft.published is None),
        (Doubt.DATE_TO_COME, draft.published_given is not None),
        (Doubt.NO_OUTLET, not draft.source),
        (Doubt.SILENT_QUOTES, any(quote.speaker is None for quote in findings.quotes)),
        (Doubt.NOT_ENGLISH, findings.language not in (None, "en")),
        (Doubt.READ_IN_PART, findings.read_chars < len(draft.text)),
    )
    return tuple(doubt for doubt, holds in doubts if holds)
