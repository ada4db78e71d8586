"""Scoring answers over the sample news: what share of the questions is answered right."""

from __future__ import annotations

import json
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

from bot.answer.result import Answer, Frame, Response, State
from bot.newsroom import Newsroom

QUESTIONS = Path(__file__).parent.parent / "data" / "sample_questions.jsonl"


@dataclass(frozen=True, slots=True)
class Score:
    """Shares over a set of questions, 0–1."""

    hit_at_1: float
    """Answerable questions whose first answer is right."""
    hit_at_3: float
    declined: float
    """Unanswerable questions that were not answered."""
    unanswered: float
    """Answerable questions that were not answered."""
    follow_ups: float
    """Follow-ups whose first answer is right."""
    dates: float
    """Right dates among the dated questions."""


def read_questions() -> list[dict[str, Any]]:
    """The questions over the sample news, in order."""
    return [json.loads(line) for line in QUESTIONS.read_text(encoding="utf-8").splitlines()]


def ask_all(
    newsroom: Newsroom, questions: list[dict[str, Any]], now: datetime
) -> dict[str, Response]:
    """The response to each question by its id; follow-ups lean on the one that they name."""
    frames: dict[str, Frame | None] = {}
    responses: dict[str, Response] = {}
    for raw in questions:
        frame = frames.get(raw["after"]) if raw["after"] else None
        response = newsroom.ask(raw["question"], now, frame=frame)
        frames[raw["id"]] = response.frame
        responses[raw["id"]] = response
    return responses


def is_hit(raw: dict[str, Any], answer: Answer) -> bool:
    """Whether `answer` shares half of the shorter one with a gold sentence."""
    for gold in raw["gold"]:
        shorter = min(len(answer.span), gold["end"] - gold["start"])
        shared = min(answer.span.end, gold["end"]) - max(answer.span.start, gold["start"])
        if gold["article"] == answer.article.id and shared >= 0.5 * shorter:
            return True
    return False


def score(questions: list[dict[str, Any]], responses: dict[str, Response]) -> Score:
    """How well `responses` answer `questions`."""

    def share(count: int, total: int) -> float:
        return count / total if total else 0.0

    first, third, follow, silent, declined, dated = 0, 0, 0, 0, 0, 0
    for raw in questions:
        response = responses[raw["id"]]
        answers = response.answers if response.state is State.FOUND else ()
        hits = [is_hit(raw, a) for a in answers[:3]]
        if not raw["gold"]:
            declined += not answers
            continue
        silent += not answers
        first += bool(hits) and hits[0]
        third += any(hits)
        follow += raw["kind"] == "followup" and bool(hits) and hits[0]
        value = raw.get("value")
        if value and answers and (answers[0].when or "").startswith(value):
            dated += 1
    answerable = sum(bool(raw["gold"]) for raw in questions)
    return Score(
        hit_at_1=share(first, answerable),
        hit_at_3=share(third, answerable),
        declined=share(declined, len(questions) - answerable),
        unanswered=share(silent, answerable),
        follow_ups=share(follow, sum(raw["kind"] == "followup" for raw in questions)),
        dates=share(dated, sum(bool(raw.get("value")) for raw in questions)),
    )
