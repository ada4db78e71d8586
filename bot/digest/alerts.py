"""Whether the answer to a saved question has changed since it was told."""

from __future__ import annotations

from collections.abc import Collection, Sequence
from dataclasses import dataclass

from bot.digest.choosing import Memory
from bot.digest.result import told_key
from bot.model import Article, Span
from bot.text.novelty import telling_terms

GOOD_SHARE = 0.75
"""An answer counts when it scores at least so much of the best one, as it does in a reply: further
down stands what only shares the question's words."""


@dataclass(frozen=True, slots=True)
class Answered:
    """A sentence that answers a saved question, and how well (0-1)."""

    article: Article
    span: Span
    score: float

    @property
    def text(self) -> str:
        return self.span.of(self.article.text)

    @property
    def key(self) -> str:
        """What to remember of it."""
        return told_key(self.article.key, self.span, self.text)


def answer_keys(answers: Sequence[Answered]) -> tuple[str, ...]:
    """What to remember of the good ones among `answers`, best first."""
    return tuple(answer.key for answer in good_answers(answers))


def answer_changed(
    old: Collection[str], answers: Sequence[Answered], told: dict[int, Article]
) -> tuple[Answered, ...]:
    """The good answers that say something which those of `old` (told keys) did not; none where
    nothing changed.

    The same words in another outlet change nothing, another number in them does. `told` holds the
    articles of `old` by their version's number.
    """
    memory = Memory.of(frozenset(old), told)
    changes = []
    for answer in good_answers(answers):
        if not memory.knows_words(answer.text, telling_terms(answer.text)):
            changes.append(answer)
            memory.add_words(answer.text)
    return tuple(changes)


def good_answers(answers: Sequence[Answered]) -> list[Answered]:
    """Those of `answers` that score about as well as the best."""
    best = max((answer.score for answer in answers), default=0.0)
    return [answer for answer in answers if answer.score >= GOOD_SHARE * best]
