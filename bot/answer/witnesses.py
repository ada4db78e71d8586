"""The other articles that print the same sentence, where they are known as copies of one text."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import replace

from bot.answer.result import Answer, Witness
from bot.model import Article, Span
from bot.store.articles import get_versions
from bot.store.copies import find_witnesses
from bot.store.search import get_sentences
from bot.store.store import Store
from bot.text.words import fold


def with_witnesses(answers: Sequence[Answer], store: Store) -> tuple[Answer, ...]:
    """`answers`, each with the near copies of its article that hold the same words; an answer
    that one of those gives, too, is folded into the first."""
    copies = find_witnesses(store, dict.fromkeys(a.article.key for a in answers))
    keys = list(dict.fromkeys(key for others in copies.values() for key in others))
    if not keys:
        return tuple(answers)
    articles = get_versions(store, keys)
    sentences: dict[int, list[Span]] = {}
    for row in get_sentences(store, keys):
        sentences.setdefault(row.version, []).append(row.span)
    found: list[Answer] = []
    for answer in answers:
        seen: dict[str, Witness] = {}
        for key in copies.get(answer.article.key, ()):
            article = articles.get(key)
            if article and (span := _same_words(answer.text, article, sentences.get(key, []))):
                seen[article.id] = Witness(article.id, span, article.source)
        for witness in answer.also:
            seen.setdefault(witness.article_id, witness)
        found.append(replace(answer, also=tuple(seen.values())))
    return tuple(_folded(found))


def _same_words(words: str, article: Article, sentences: Sequence[Span]) -> Span | None:
    """Where `article` holds `words`, to the letter or but for marks and case."""
    start = article.text.find(words)
    if start >= 0:
        return Span(start, start + len(words))
    plain = fold(words)
    return next((span for span in sentences if fold(span.of(article.text)) == plain), None)


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
