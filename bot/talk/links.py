"""Deep links into the conversation: what stands after `?start=`, and what it leads back to."""

from __future__ import annotations

import re

from bot.answer.result import Answer
from bot.model import Article, Span
from bot.newsroom import Newsroom
from bot.talk.buttons import MOST_NUMBER, place_link
from bot.talk.marked import Found
from bot.text.words import find_words

PAYLOAD_CHARS = 64  # of letters, digits, "_" and "-": what Telegram lets stand in a link
LONGEST_PLACE_CHARS = 600
"""A link shows whole sentences, of a longer place the first: nobody can clip a quote with one."""
ASK = "ask"
"""A payload that leads to nothing but the first page."""

_PLACE = re.compile(r"([qc])_([0-9]{1,19})_([0-9]{1,9})_([0-9]{1,9})")
_ARTICLE = re.compile(r"a_([0-9]{1,19})")


def quote_link(answer: Answer) -> str:
    """The payload that names the sentence of `answer`."""
    return place_link("q", answer.article.key, answer.span)


def context_link(answer: Answer) -> str:
    """The payload that leads to the sentences around `answer`."""
    return place_link("c", answer.article.key, answer.span)


def search_link(text: str) -> str:
    """The payload that asks `text`, as far as a link can carry its words."""
    words = [word.folded for word in find_words(text[:PAYLOAD_CHARS])]
    payload = "s"
    for word in words:
        if not (word.isascii() and word.isalnum()) or len(payload) + 1 + len(word) > PAYLOAD_CHARS:
            break
        payload += f"_{word}"
    return payload if payload != "s" else ASK


def find_linked(newsroom: Newsroom, link: str) -> Found | None:
    """The whole sentences that a link of `quote_link` names; None for another link, or where the
    article is gone."""
    match = _PLACE.fullmatch(link)
    if match is None or match[1] != "q":
        return None
    article = _version(newsroom, int(match[2]))
    place = Span(int(match[3]), int(match[4]))
    if article is None or not place.start < place.end <= len(article.text):
        return None
    touched = [s for s in newsroom.get_findings(article).sentences if s.overlaps(place)]
    if not touched:
        return None
    whole = Span(touched[0].start, touched[-1].end)
    return Found(article, whole if len(whole) <= LONGEST_PLACE_CHARS else touched[0], place)


def find_linked_now(newsroom: Newsroom, link: str) -> Found | None:
    """What `find_linked` gives, in the newest version of its article; None where the sentence is
    not in it any more: a text that was put right is not passed on as it was."""
    found = find_linked(newsroom, link)
    newest = newsroom.look_up_newest(found.article.id) if found is not None else None
    if found is None or newest is None or newest.removed is not None:
        return None
    if newest.key == found.article.key:
        return found
    start = newest.text.find(found.sentence.of(found.article.text))
    if start < 0:
        return None
    moved = Span(start, start + len(found.sentence))
    return Found(newest, moved, moved)


def read_context_link(link: str) -> str | None:
    """The place that a link of `context_link` names, as the Context button has it."""
    match = _PLACE.fullmatch(link)
    return f"{match[2]}:{match[3]}:{match[4]}" if match and match[1] == "c" else None


def find_linked_article(newsroom: Newsroom, link: str) -> Article | None:
    """The article that "a_KEY" names."""
    match = _ARTICLE.fullmatch(link)
    return _version(newsroom, int(match[1])) if match is not None else None


def _version(newsroom: Newsroom, key: int) -> Article | None:
    return newsroom.look_up_version(key) if key <= MOST_NUMBER else None
