"""Dates in news text and in people's questions, read to ISO values.

`find_dates` reads an article, `find_question_dates` a question, and `bounds` turns any value of
theirs into its first and last day. docs/dates.md lists the rules with an example each.
"""

from __future__ import annotations

from bot.text.dates.anchor import find_anchor, settle_published
from bot.text.dates.finder import find_dates
from bot.text.dates.questions import find_question_dates
from bot.text.dates.values import bounds

__all__ = ["bounds", "find_anchor", "find_dates", "find_question_dates", "settle_published"]
