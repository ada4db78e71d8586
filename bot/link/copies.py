"""Tells where an article belongs whose text, or nearly, is stored already."""

from __future__ import annotations

import re
from dataclasses import dataclass, replace
from datetime import datetime
from urllib.parse import urlsplit

from bot.model import Article, Draft, day_of
from bot.store.articles import FIELDS, get_versions
from bot.store.copies import CopyOf, find_alike
from bot.store.store import Store
from bot.text.fingerprint import Fingerprint, body_words, fingerprint
from bot.text.similar import word_likeness
from bot.text.words import fold

NEAR_COPY = 90.0
"""Similarity (0–100, word by word, headline aside) from which two texts are copies of one."""
CUT_COPY = 97.0
"""So much of a shorter text stands in a longer one where an outlet printed only part of it."""
LEAST_PART = 0.6
"""The part of the longer text that such a shorter one has at least."""


@dataclass(frozen=True, slots=True)
class NearCopy:
    """A stored article that a text is a near copy of, and how alike they are, 0–100."""

    article: Article
    similarity: float
    is_same_text: bool = False
    """Whether they are the same word for word: marks, spaces and the headline may differ."""


@dataclass(frozen=True, slots=True)
class Place:
    """Where an article belongs: its id, itself as it is to be stored, its fingerprint, the copy
    that it is linked to, and all near copies found, the nearest first."""

    article_id: str
    draft: Draft
    prints: Fingerprint | None = None
    copy_of: CopyOf | None = None
    copies: tuple[NearCopy, ...] = ()


def find_place(store: Store, article_id: str, draft: Draft, *, is_known: bool) -> Place:
    """Where `draft` belongs, which `article_id` names by itself; `is_known` tells whether the
    store has an article of that id.

    A text that another outlet printed is an article of its own, linked to that one. Without an id
    of its own, one that comes again from the same outlet under another address or headline is the
    next version of what is stored.
    """
    words = body_words(draft.text, draft.title)
    prints = fingerprint(words)
    if prints is None:
        return Place(article_id, draft)
    copies = tuple(
        c for c in _near_copies(store, draft, words, prints) if c.article.id != article_id
    )
    if not copies:
        return Place(article_id, draft, prints)
    if not is_known and draft.id is None:
        for copy in copies:
            if _is_same_article(draft, copy):
                return Place(copy.article.id, _filled(draft, copy), prints, None, copies)
    nearest = copies[0]
    return Place(article_id, draft, prints, CopyOf(nearest.article.id, nearest.similarity), copies)


def _near_copies(
    store: Store, draft: Draft, words: list[str], prints: Fingerprint
) -> list[NearCopy]:
    """The stored near copies of a text, the nearest and then the oldest first."""
    keys = find_alike(store, prints)
    articles = get_versions(store, keys) if keys else {}
    found: list[NearCopy] = []
    for key in keys:
        if key not in articles:
            continue
        article = articles[key]
        others = body_words(article.text, article.title)
        like = word_likeness(words, others)
        similarity = like.whole
        shorter, longer = sorted((len(words), len(others)))
        if like.contained >= CUT_COPY and shorter >= LEAST_PART * longer:
            similarity = max(similarity, like.contained)
        if similarity >= NEAR_COPY:
            # What was cut at the end of what is compared counts by its length.
            same = (
                words == others
                and abs(len(draft.text) - len(article.text)) <= len(draft.text) / 10
            )
            found.append(NearCopy(article, round(similarity, 1), same))
    return sorted(found, key=lambda copy: (-copy.similarity, copy.article.key))


def _is_same_article(draft: Draft, copy: NearCopy) -> bool:
    """Whether `draft`, which has no id of its own, is the article that it copies come again."""
    article = copy.article
    days = day_of(draft.published), article.day
    if None not in days and days[0] != days[1]:
        return False
    outlets = _outlet(draft), _outlet(article)
    if None not in outlets and outlets[0] != outlets[1]:
        return False
    if copy.is_same_text:
        return True
    # Reports made by formula differ in their figures alone: under two headlines they are two.
    return bool(draft.title and article.title) and _plain(draft.title) == _plain(article.title)


def _outlet(of: Draft | Article) -> str | None:
    if of.source:
        return _plain(of.source)
    try:
        host = urlsplit(of.url or "").hostname
    except ValueError:
        return None
    return host.removeprefix("www.") if host else None


def _plain(words: str | None) -> str:
    return " ".join(re.findall(r"\w+", fold(words or "")))


def _filled(draft: Draft, copy: NearCopy) -> Draft:
    """`draft` with the fields that it lacks from the article that it is a version of; with its
    very text, too, where only marks and spaces differ."""
    article = copy.article
    known = {name: getattr(article, name) for name in FIELDS if getattr(draft, name) is None}
    if "published" in known or not isinstance(draft.published, datetime):
        known |= {"published": article.published, "published_given": article.published_given}
    if article.published is None:
        known |= {"published": draft.published, "published_given": draft.published_given}
    if copy.is_same_text and (not draft.title or _plain(draft.title) == _plain(article.title)):
        known |= {"text": article.text, "title": article.title, "url": article.url or draft.url}
    return replace(draft, **known)
