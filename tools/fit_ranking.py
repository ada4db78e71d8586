"""Fit the weights of the ranking to questions with known answers, and tell how well they hold.

    python tools/fit_ranking.py QUESTIONS:STORE:NOW … [--pull 3.0] [--write]

QUESTIONS is JSON Lines in the format of tests/data/sample_questions.jsonl, STORE an SQLite store
that holds their articles, NOW the moment at which they are asked. The weights maximise the
likelihood of a right sentence under a softmax over the candidates of each question, and are
pulled towards those in bot/answer/weights.py, so that a feature which the questions say little
about keeps its weight. Printed: Hit@1 of today's weights, of the fitted ones, and of fitted ones
on questions left out (5-fold).
"""

from __future__ import annotations

import argparse
import json
import random
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

from bot.answer.compose import Answerer
from bot.answer.question import parse_question
from bot.answer.rank import Ranked, rank_candidates
from bot.answer.result import Frame
from bot.answer.retrieve import Query, build_query, find_candidates
from bot.answer.vocabulary import load_vocabulary
from bot.answer.weights import FEATURES
from bot.model import Span
from bot.store.store import Store

NAMES = list(FEATURES)
PRIOR = np.array([FEATURES[name] for name in NAMES])
STEPS = 600
RATE = 0.05
SHARPNESS = 3.0  # scores differ by tenths where questions are close; the softmax should see that


@dataclass
class Case:
    """A question's candidates: a row of features each, and which of them are right."""

    question: str
    features: np.ndarray
    right: np.ndarray


@dataclass
class Asked:
    """A question put to a store: as written in its file, as read, and what was found."""

    raw: dict[str, Any]
    query: Query
    ranked: tuple[Ranked, ...]
    right: list[bool]
    """For each of `ranked`, whether it is right."""


def replay(questions: Path, store_path: Path, now: datetime) -> Iterator[Asked]:
    """Each question of a file put to a store, follow-ups after the question that they name."""
    frames: dict[str, Frame | None] = {}
    with Store(store_path) as store:
        answerer = Answerer(store)
        vocabulary = load_vocabulary(store, None)
        rows = store.read().execute(
            "SELECT v.id, a.article_id FROM versions v JOIN articles a ON a.id = v.article"
        )
        ids = {row[0]: row[1] for row in rows}
        for line in questions.read_text(encoding="utf-8").splitlines():
            raw = json.loads(line)
            frame = frames.get(raw.get("after") or "")
            frames[raw["id"]] = answerer.answer(raw["question"], now, frame=frame).frame
            query = build_query(parse_question(raw["question"], now), frame, vocabulary)
            candidates = find_candidates(query, store, vocabulary)
            ranked = rank_candidates(query, candidates, store).ranked
            right = [is_right(raw, ids[r.row.version], r.row.span) for r in ranked]
            yield Asked(raw, query, ranked, right)


def read_cases(questions: Path, store_path: Path, now: datetime) -> list[Case]:
    """The answerable questions of a file with the candidates that the store gives."""
    cases: list[Case] = []
    for asked in replay(questions, store_path, now):
        if asked.raw["gold"]:
            features = [[r.features.get(name, 0.0) for name in NAMES] for r in asked.ranked]
            table = np.array(features).reshape(-1, len(NAMES))
            cases.append(Case(asked.raw["id"], table, np.array(asked.right)))
    return cases


def is_right(raw: dict[str, Any], article: str, span: Span) -> bool:
    """Whether `span` of `article` overlaps a gold sentence by half of the shorter one."""
    for gold in raw["gold"]:
        shared = min(span.end, gold["end"]) - max(span.start, gold["start"])
        if gold["article"] == article and shared >= 0.5 * min(
            len(span), gold["end"] - gold["start"]
        ):
            return True
    return False


def fit(cases: list[Case], pull: float) -> np.ndarray:
    """The weights that make right sentences likely, pulled towards the prior."""
    weights = PRIOR.copy()
    usable = [c for c in cases if c.right.any()]
    for step in range(STEPS):
        gradient = np.zeros_like(weights)
        for case in usable:
            scores = SHARPNESS * case.features @ weights
            scores -= scores.max()
            chance = np.exp(scores)
            chance /= chance.sum()
            gold = chance * case.right
            total = gold.sum()
            gold = gold / total if total > 1e-12 else case.right / case.right.sum()
            gradient += SHARPNESS * case.features.T @ (gold - chance)
        gradient -= pull * (weights - PRIOR)
        weights += RATE * gradient / len(usable) * (1 - step / STEPS)
    return weights


def hits(cases: list[Case], weights: np.ndarray) -> int:
    """How many questions have a right sentence first."""
    count = 0
    for case in cases:
        if len(case.right):
            count += bool(case.right[np.argmax(case.features @ weights)])
    return count


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="+", metavar="QUESTIONS:STORE:NOW")
    parser.add_argument("--pull", type=float, default=3.0)
    options = parser.parse_args()
    groups = []
    for named in options.sets:
        questions, store, now = named.split(":", 2)
        groups.append(read_cases(Path(questions), Path(store), datetime.fromisoformat(now)))
    cases = [c for group in groups for c in group]
    reachable = sum(bool(c.right.any()) for c in cases)
    print(f"{len(cases)} answerable questions, {reachable} with a right candidate")
    weights = fit(cases, options.pull)
    for number, group in enumerate(groups, 1):
        today, fitted = hits(group, PRIOR), hits(group, weights)
        print(f"set {number}: today {today}, fitted {fitted} of {len(group)}")
    order = list(range(len(cases)))
    random.Random(7).shuffle(order)
    left_out = 0
    by_group = [0] * len(groups)
    where = [n for n, group in enumerate(groups) for _ in group]
    for fold in range(5):
        test = set(order[fold::5])
        fold_weights = fit([cases[i] for i in order if i not in test], options.pull)
        for i in test:
            hit = hits([cases[i]], fold_weights)
            left_out += hit
            by_group[where[i]] += hit
    print(f"left out (5-fold): {left_out} of {len(cases)}, by set {by_group}")
    for name, old, new in zip(NAMES, PRIOR, weights, strict=True):
        print(f'    "{name}": {new:.2f},  # was {old:.2f}')


if __name__ == "__main__":
    main()
