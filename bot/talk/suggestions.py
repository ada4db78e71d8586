"""Questions to tap: on the first page, and under an answer; each is known to have an answer."""

from __future__ import annotations

import threading
from collections.abc import Iterator
from datetime import datetime

from bot.answer.result import Response, State
from bot.model import Article, Findings
from bot.newsroom import Newsroom
from bot.talk.buttons import MOST_SUGGESTED, PRESS_BYTES
from bot.talk.selecting import FindingsOf
from bot.text.names import fold_name

WANTED = 3
ARTICLES_LOOKED_AT = 12
NEXT_TRIED = 1  # each try is a search of its own
MOST_KEPT = 5_000  # questions of which it is kept whether they have an answer
SURE_SPEAKER = 0.6  # confidence of a quote whose speaker may be suggested


class Suggester:
    """Suggests questions over one store. Each is put to the store before it is suggested; what
    came of it is kept for as long as the articles do not change. Any thread may ask."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self._lock = threading.Lock()
        self._change = -1
        self._answered: dict[tuple[str, str], bool] = {}

    def first(self, now: datetime) -> list[str]:
        """At most three questions about the newest articles that the store answers."""
        return [_question(name) for name in self.speakers(now)]

    def speakers(self, now: datetime) -> list[str]:
        """At most three people of the newest articles whose words the store gives when asked."""
        chosen: list[str] = []
        known: set[str] = set()
        for article in self._newsroom.latest(limit=ARTICLES_LOOKED_AT):
            for name in _speakers(article, self._newsroom.get_findings(article)):
                folded, question = fold_name(name), _question(name)
                if folded in known or len(f"ask:{question}".encode()) > PRESS_BYTES:
                    continue
                if not self._is_answered(folded, question, now, in_haste=False):
                    continue
                known.add(folded)
                chosen.append(name)
                break  # one of each article
            if len(chosen) == WANTED:
                break
        return chosen

    def after(
        self, response: Response, findings_of: FindingsOf, now: datetime, *, in_haste: bool
    ) -> tuple[str, ...]:
        """At most one question about who else speaks in the article that answered best; in haste
        only where it is known already to have an answer."""
        if not response.answers:
            return ()
        best = response.answers[0]
        asked = fold_name(response.question).split()
        known = {fold_name(best.speaker.name)} if best.speaker is not None else set()
        chosen: list[str] = []
        tried = 0
        for speaker in _speakers(best.article, findings_of(best.article)):
            name, question = fold_name(speaker), _question(speaker)
            if name in known or name.split()[-1] in asked or tried == NEXT_TRIED:
                continue
            known.add(name)
            if len(f"ask:{question}".encode()) > PRESS_BYTES:
                continue
            tried += 1
            if self._is_answered(name, question, now, in_haste=in_haste):
                chosen.append(question)
                if len(chosen) == MOST_SUGGESTED:
                    break
        return tuple(chosen)

    def _is_answered(self, name: str, question: str, now: datetime, *, in_haste: bool) -> bool:
        """Whether `question` is answered by words of the person with this folded name."""
        change = self._newsroom.store.change_count()
        with self._lock:
            if self._change != change or len(self._answered) >= MOST_KEPT:
                self._change = change
                self._answered.clear()
            known = self._answered.get((name, question))
        if known is not None or in_haste:
            return known or False
        response = self._newsroom.ask(question, now, limit=1)
        spoken = response.answers[0].speaker if response.answers else None
        answered = spoken is not None and fold_name(spoken.name) == name
        answered = answered and response.state is State.FOUND
        with self._lock:
            if self._change == change:
                self._answered[name, question] = answered
        return answered


def _question(name: str) -> str:
    return f"What did {name} say?"


def _speakers(article: Article, findings: Findings) -> Iterator[str]:
    """The people whom an article quotes by more than one name, surest first."""
    for quote in sorted(findings.quotes, key=lambda q: -q.confidence):
        speaker = quote.speaker
        if speaker is None or not speaker.name or quote.confidence < SURE_SPEAKER:
            continue
        if len(speaker.name.split()) > 1:
            yield speaker.name
