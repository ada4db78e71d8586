"""A statement put instead of a question ("Berg said she would send 400 boats"): whether what is
found tells of the same figures."""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass

from bot.answer.question import Question
from bot.link.counts import figures_in

CLAUSE_CHARS = 100  # of a statement that is said again to whoever made it
_STATEMENT = re.compile(
    r"(?!(?:and |so |but )?(?:who|whom|whose|what|when|where|why|which|how|did|does|do|is|was|are|"
    r"were|has|have|had|will|would|can|could|should|tell|show|give)\b)"
    r"[^?!:;\"“”„«»]{2,60}? (?:has |had |have )?(?:said|says|promised|promises|told|announced|"
    r"claimed|claims|pledged|vowed|warned|wrote|admitted|confirmed|insisted|stated|denied)\b[^?]+",
    re.IGNORECASE,
)


@dataclass(frozen=True, slots=True)
class Claim:
    """What somebody is said to have said, with the figures in it."""

    clause: str
    """The statement as it can be said again; empty where it was typed loosely."""
    figures: frozenset[float]

    def is_told_by(self, texts: Iterable[str]) -> bool:
        """Whether one of `texts` holds all the figures."""
        return any(self.figures <= figures_in(text) for text in texts)


def find_claim(question: Question) -> Claim | None:
    """The statement that `question` makes; None where it asks, or names no figure."""
    text = question.text
    if question.phrases or not _STATEMENT.fullmatch(text):
        return None
    plain = text
    for mention in question.dates:
        plain = _blank(plain, mention.span.start, mention.span.end)
    figures = figures_in(plain)
    if not figures:
        return None
    clause = text.rstrip(" .!")
    return Claim(clause if text[:1].isupper() and len(clause) <= CLAUSE_CHARS else "", figures)


def _blank(text: str, start: int, end: int) -> str:
    return text[:start] + " " * (end - start) + text[end:]
