"""Questions to tap: on the first page, and under an answer; each is known to have an answer."""

from __future__ import annotations

from collections.abc import Iterator
from datetime import datetime

from bot.answer.result import Response, State
from bot.model import Article, Findings
from bot.newsroom import Newsroom
from bot.talk.buttons import MOST_SUGGESTED, PRESS_BYTES
from bot.text.names import fold_name

WANTED = 3
ARTICLES_LOOKED_AT = 12
NEXT_TRIED = 1  # each try is a search of its own
SURE_SPEAKER = 0.6  # confidence of a quote whose speaker may be suggested


def suggest_questions(newsroom: Newsroom, now: datetime) -> list[str]:
    """At most three questions about the newest articles that the store answers."""
    chosen: list[str] = []
    speakers: set[str] = set()
    for article in newsroom.latest(limit=ARTICLES_LOOKED_AT):
        for name, question in _questions(article, newsroom.get_findings(article)):
            if name in speakers or len(f"ask:{question}".encode()) > PRESS_BYTES:
                continue
            if not _is_answered(newsroom, name, question, now):
                continue
            speakers.add(name)
            chosen.append(question)
            break  # one of each article
        if len(chosen) == WANTED:
            break
    return chosen


def suggest_next(newsroom: Newsroom, response: Response, now: datetime) -> tuple[str, ...]:
    """At most one question about who else speaks in the article that answered best."""
    if not response.answers:
        return ()
    best = response.answers[0]
    asked = fold_name(response.question).split()
    known = {fold_name(best.speaker.name)} if best.speaker is not None else set()
    chosen: list[str] = []
    tried = 0
    for name, question in _questions(best.article, newsroom.get_findings(best.article)):
        if name in known or name.split()[-1] in asked or tried == NEXT_TRIED:
            continue
        known.add(name)
        if len(f"ask:{question}".encode()) > PRESS_BYTES:
            continue
        tried += 1
        if _is_answered(newsroom, name, question, now):
            chosen.append(question)
            if len(chosen) == MOST_SUGGESTED:
                break
    return tuple(chosen)


def _is_answered(newsroom: Newsroom, name: str, question: str, now: datetime) -> bool:
    """Whether `question` is answered by words of the person with this folded name."""
    response = newsroom.ask(question, now, limit=1)
    spoken = response.answers[0].speaker if response.answers else None
    return response.state is State.FOUND and spoken is not None and fold_name(spoken.name) == name


def _questions(article: Article, findings: Findings) -> Iterator[tuple[str, str]]:
    """(folded name, question) for the people whom an article quotes, surest first."""
    for quote in sorted(findings.quotes, key=lambda q: -q.confidence):
        speaker = quote.speaker
        if speaker is None or not speaker.name or quote.confidence < SURE_SPEAKER:
            continue
        if len(speaker.name.split()) > 1:
            yield fold_name(speaker.name), f"What did {speaker.name} say?"
