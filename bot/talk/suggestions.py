"""Questions to tap on the first page: made from the newest articles, each known to have an
answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.answer.result import State
from bot.model import Article, Findings
from bot.newsroom import Newsroom
from bot.talk.pages import PRESS_BYTES
from bot.text.names import fold_name

WANTED = 3
ARTICLES_LOOKED_AT = 12
SURE_SPEAKER = 0.6  # confidence of a quote whose speaker may be suggested


def suggest_questions(newsroom: Newsroom, now: datetime) -> list[str]:
    """At most three questions about the newest articles that the store answers."""
    chosen: list[str] = []
    speakers: set[str] = set()
    for article in newsroom.latest(limit=ARTICLES_LOOKED_AT):
        for name, question in _questions(article, newsroom.get_findings(article)):
            if name in speakers or len(f"ask:{question}".encode()) > PRESS_BYTES:
                continue
            response = newsroom.ask(question, now, limit=1)
            spoken = response.answers[0].speaker if response.answers else None
            if response.state is not State.FOUND or spoken is None:
                continue
            if fold_name(spoken.name) != name:
                continue
            speakers.add(name)
            chosen.append(question)
            break  # one of each article
        if len(chosen) == WANTED:
            break
    return chosen


def _questions(article: Article, findings: Findings) -> Iterator[tuple[str, str]]:
    """(folded name, question) for the people whom an article quotes, surest first."""
    for quote in sorted(findings.quotes, key=lambda q: -q.confidence):
        speaker = quote.speaker
        if speaker is None or not speaker.name or quote.confidence < SURE_SPEAKER:
            continue
        if len(speaker.name.split()) > 1:
            yield fold_name(speaker.name), f"What did {speaker.name} say?"
