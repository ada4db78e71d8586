"""Deep links into the conversation: what stands after `?start=`, and what it leads back to."""

from __future__ import annotations

import re
from dataclasses import replace
from datetime import date

from bot.answer.result import Answer
from bot.link.fates import Fates
from bot.model import Article, Span
from bot.newsroom import Newsroom
from bot.talk.amending import amend, evidence_fates
from bot.talk.buttons import ASK, MOST_NUMBER, place_link
from bot.talk.context import context_reply
from bot.talk.marked import Found, quote_page
from bot.talk.pages import article_page
from bot.talk.replies import Evidence, Reply
from bot.text.words import find_words

PAYLOAD_CHARS = 64  # of letters, digits, "_" and "-": what Telegram lets stand in a link
LONGEST_PLACE_CHARS = 600
"""A link shows whole sentences, of a longer place the first: nobody can clip a quote with one."""

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
    return _worded("s", text)


def timeline_link(text: str) -> str:
    """The payload that leads to the timeline of `text`."""
    return _worded("t", text)


def _worded(payload: str, text: str) -> str:
    words = [word.folded for word in find_words(text[:PAYLOAD_CHARS])]
    bare = payload
    for word in words:
        if not (word.isascii() and word.isalnum()) or len(payload) + 1 + len(word) > PAYLOAD_CHARS:
            break
        payload += f"_{word}"
    return payload if payload != bare else ASK


def read_timeline_link(link: str) -> str | None:
    """The words of a link of `timeline_link`."""
    words = link.removeprefix("t_").replace("_", " ").strip()
    return words if link.startswith("t_") and words else None


def find_linked(newsroom: Newsroom, link: str) -> Found | None:
    """The whole sentences that a link of `quote_link` names; None for another link, or where the
    article is gone."""
    return _look_up(newsroom, link) if link.startswith("q_") else None


def _look_up(newsroom: Newsroom, link: str) -> Found | None:
    match = _PLACE.fullmatch(link)
    if match is None:
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


def linked_reply(newsroom: Newsroom, link: str, today: date) -> Reply | None:
    """What a link to a quote, to its context or to an article leads to, as it stands today; None
    for another link, or where there is nothing left to show."""
    article = _ARTICLE.fullmatch(link)
    if article is not None:
        version = _version(newsroom, int(article[1]))
        return article_page(newsroom, version) if version is not None else None
    found = _look_up(newsroom, link)
    if found is None:
        return None
    fates = evidence_fates(Fates(newsroom.store))
    if link.startswith("c_"):
        fate = fates(Evidence(found.article.key, found.sentence))
        if fate.new is not None and fate.span is not None:
            place = f"{fate.new.key}:{fate.span.start}:{fate.span.end}"
            around = context_reply(newsroom, place)
            return replace(around, edits=False) if around is not None else None
    return amend(quote_page(newsroom, found), fates, today).reply


def _version(newsroom: Newsroom, key: int) -> Article | None:
    return newsroom.look_up_version(key) if key <= MOST_NUMBER else None
