"""The sentence that introduces somebody: full name and role side by side, as an article has it."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from bot.model import Article, Findings, Mention, NameKind, Span

LONGEST_CHARS = 400  # a longer sentence buries the role
SHORT_CHARS = 220  # up to here length tells nothing

_SAID_AFTER = re.compile(
    r"(?:,| \() ?(?:which|the|an?|one of|[a-z]+(?:'s|’s)) |,? (?:is|was) (?:the|an?|one of) "
)
_SAID_BEFORE = re.compile(
    r"\b(?:operator|company|railways?|airline|bank|agency|network|union|group|firm|newspaper|paper|"
    r"magazine|website|broadcaster|party|maker|\w+maker|producer|developer|association|federation|"
    r"council|watchdog|retailer|chain|giant|charity|club|insurer|carrier|lender|utility|builder|"
    r"brewer|start-?up|conglomerate|think tank|city|town|village|capital|port|province|region|"
    r"state|island|river|lake|valley)(?: of)?,? (?:the )?$"
)
"""What stands beside a body's name and says what it is: "the state operator Orsa Rail"."""
BESIDE_CHARS = 40
LATE_CHARS = 30  # who stands so much later in the sentence is less what it is about


@dataclass(frozen=True, slots=True)
class Introduction:
    """Where somebody is introduced: the article, the sentence, and the role where it has one."""

    article: Article
    sentence: Span
    role: str | None


def find_introduction(
    places: Mapping[int, Sequence[Mention]],
    articles: Mapping[int, Article],
    findings: Mapping[int, Findings],
) -> Introduction | None:
    """The sentence that tells best who the one of these mentions is.

    A role beside the whole name goes before a role beside a part of it, and that before the first
    sentence with the name; of a body, one goes first that says beside the name what it is. Among
    equals the fuller role, then the newer article (`places` are in order of age, the newest
    first). Of equal roles the one near the beginning of its sentence.
    """
    best: tuple[tuple[float, ...], Introduction] | None = None
    for age, (version, mentions) in enumerate(places.items()):
        article = articles[version]
        for order, mention in enumerate(mentions):
            sentence = _sentence_of(mention, findings[version].sentences)
            if sentence is None or len(sentence) > LONGEST_CHARS:
                continue
            words = len(mention.span.of(article.text).split())
            is_headline = sentence.start == 0
            rank = (
                1.0 if mention.role and not is_headline else 0.0,
                1.0 if not is_headline and _is_described(mention, article.text) else 0.0,
                1.0 if words > 1 else 0.0,
                0.0 if is_headline else 1.0,
                -float(order > 0),
                -max(0.0, len(sentence) - SHORT_CHARS),
                float(min(len((mention.role or "").split()), 3)),
                -float((mention.span.start - sentence.start) // LATE_CHARS),
                -float(age),
            )
            if best is None or rank > best[0]:
                best = rank, Introduction(article, sentence, mention.role)
    return best[1] if best is not None else None


def _sentence_of(mention: Mention, sentences: Sequence[Span]) -> Span | None:
    return next((s for s in sentences if s.covers(mention.span)), None)


def _is_described(mention: Mention, text: str) -> bool:
    """Whether the words beside the name of a body say what it is."""
    if mention.kind is NameKind.PERSON and " " in mention.name:
        return False
    start, end = mention.span.start, mention.span.end
    before = text[max(0, start - BESIDE_CHARS) : start]
    return bool(_SAID_AFTER.match(text, end) or _SAID_BEFORE.search(before))
