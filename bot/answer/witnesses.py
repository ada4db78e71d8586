"""The other articles that print the same sentence, where they are known as copies of one text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answer.result import Answer, Witness
from bot.model import Article, Span
from bot.store.articles import look_up_version
from bot.store.copies import find_witnesses
from bot.store.search import get_sentences
from bot.store.store import Store
from bot.text.words import fold


def with_witnesses(answers: Sequence[Answer], store: Store) -> tuple[Answer, ...]:
    """`answers`, each with the near copies of its article that hold the same words; an answer
    that one of those gives, too, is folded into the first."""
    copies = find_witnesses(store, dict.fromkeys(a.article.key for a in answers))
    if not copies:
        return tuple(answers)
    seen: list[dict[str, Witness]] = [{} for _ in answers]
    for key, others in copies.items():
        mine = [n for n, answer in enumerate(answers) if answer.article.key == key]
        for other in others:
            article = look_up_version(store, other)  # one at a time: each may be large
            if article is None:
                continue
            texts = [answers[n].text for n in mine]
            for n, span in zip(mine, _same_words(texts, article, store), strict=True):
                if span is not None:
                    seen[n][article.id] = Witness(article.id, span, article.source)
    found: list[Answer] = []
    for answer, others_by_id in zip(answers, seen, strict=True):
        for witness in answer.also:
            others_by_id.setdefault(witness.article_id, witness)
        found.append(replace(answer, also=tuple(others_by_id.values())))
    return tuple(_folded(found))


def _same_words(texts: Sequence[str], article: Article, store: Store) -> list[Span | None]:
    """Where `article` holds each of `texts`, to the letter or but for marks and case."""
    found: list[Span | None] = []
    sentences: dict[str, Span] | None = None
    for words in texts:
        start = article.text.find(words)
        if start >= 0:
            found.append(Span(start, start + len(words)))
            continue
        if sentences is None:
            sentences = {}
            for row in get_sentences(store, [article.key]):
                sentences.setdefault(fold(row.span.of(article.text)), row.span)
        found.append(sentences.get(fold(words)))
    return found


def _folded(answers: Sequence[Answer]) -> list[Answer]:
    """`answers` without those that an answer before them names as a witness."""
    told: dict[str, list[Span]] = {}
    kept: list[Answer] = []
    for answer in answers:
        if any(span.overlaps(answer.span) for span in told.get(answer.article.id, ())):
            continue
        kept.append(answer)
        for witness in answer.also:
            told.setdefault(witness.article_id, []).append(witness.span)
    return kept
