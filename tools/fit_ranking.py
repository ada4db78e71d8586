"""Fit the weights of the ranking to questions with known answers, and tell how well they hold.

    python tools/fit_ranking.py QUESTIONS:STORE:NOW … [--pull 6.0] [--write]

QUESTIONS is JSON Lines in the format of tests/data/sample_questions.jsonl, STORE an SQLite store
that holds their articles, NOW the moment at which they are asked. The weights maximise the
likelihood of a right sentence under a softmax over the candidates of each question, and are
pulled towards those in bot/answer/weights.py, so that a feature which the questions say little
about keeps its weight. Questions of the first set count `--first` times, since they are most like
what people ask. Printed: how often a right sentence comes first with today's weights, with the
fitted ones, and on questions left out of the fit (5-fold; pulled towards today's weights unless
`--afresh`, and those know all questions).
"""

from __future__ import annotations

import argparse
import json
import random
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path
from typing import Any

import numpy as np

import bot.answer.weights as weights_file
from bot.answer.compose import compose
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
WEIGHTS = Path(weights_file.__file__)
STEPS = 20
HALVINGS = 10
ENOUGH = 1e-3  # a gain in likelihood below which the fit has arrived
ROUNDS = 3  # times that the questions are dealt anew into folds
FAR_BELOW = -1e9
TINY = 1e-12
SHARPNESS = 3.0  # scores differ by tenths where questions are close; the softmax should see that


@dataclass
class Case:
    """A question's candidates: a row of features each, and which of them are right."""

    article: str
    """The article that answers; its questions are left out together."""
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
        vocabulary = load_vocabulary(store, None)
        rows = store.read().execute(
            "SELECT v.id, a.article_id FROM versions v JOIN articles a ON a.id = v.article"
        )
        ids = {row[0]: row[1] for row in rows}
        for line in questions.read_text(encoding="utf-8").splitlines():
            raw = json.loads(line)
            frame = frames.get(raw.get("after") or "")
            query = build_query(parse_question(raw["question"], now), frame, vocabulary)
            candidates = find_candidates(query, store, vocabulary)
            ranking = rank_candidates(query, candidates, store)
            frames[raw["id"]] = compose(raw["question"], query, ranking, limit=1).frame
            ranked = ranking.ranked
            right = [is_right(raw, ids[r.row.version], r.row.span) for r in ranked]
            yield Asked(raw, query, ranked, right)


def read_cases(questions: Path, store_path: Path, now: datetime) -> list[Case]:
    """The answerable questions of a file with the candidates that the store gives."""
    cases: list[Case] = []
    for asked in replay(questions, store_path, now):
        if asked.raw["gold"]:
            features = [[r.features.get(name, 0.0) for name in NAMES] for r in asked.ranked]
            table = np.array(features).reshape(-1, len(NAMES))
            cases.append(Case(asked.raw["gold"][0]["article"], table, np.array(asked.right)))
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


@dataclass(frozen=True, slots=True)
class Table:
    """The cases as one array: questions by candidates by features, padded."""

    features: np.ndarray
    padding: np.ndarray
    """0 for a candidate, very low for padding."""
    right: np.ndarray
    worth: np.ndarray
    """How much each question counts."""

    def rows(self, chosen: Sequence[int]) -> Table:
        """The table of the `chosen` questions."""
        return Table(
            self.features[chosen], self.padding[chosen], self.right[chosen], self.worth[chosen]
        )


def make_table(cases: Sequence[Case], worth: Sequence[float]) -> Table:
    """`cases` as a table; `worth` is how much each counts."""
    shape = len(cases), max(len(c.features) for c in cases)
    table = Table(
        np.zeros((*shape, len(NAMES)), np.float32),
        np.full(shape, FAR_BELOW, np.float32),
        np.zeros(shape, np.float32),
        np.array(worth, np.float32),
    )
    for i, case in enumerate(cases):
        count = len(case.features)
        table.features[i, :count] = case.features
        table.padding[i, :count] = 0.0
        table.right[i, :count] = case.right
    return table


def fit(table: Table, pull: float, prior: np.ndarray) -> np.ndarray:
    """The weights that make right sentences likely, pulled towards `prior` (Newton's method, each
    step halved until it gains)."""
    usable = table.rows(np.flatnonzero(table.right.sum(1)).tolist())
    features, worth = SHARPNESS * usable.features.astype(float), usable.worth.astype(float)

    def chances(weights: np.ndarray) -> tuple[np.ndarray, np.ndarray, float]:
        scores = features @ weights + usable.padding
        chance = np.exp(scores - scores.max(1, keepdims=True))
        chance /= chance.sum(1, keepdims=True)
        gold = chance * usable.right + TINY * usable.right
        away = float(((weights - prior) ** 2).sum())
        return chance, gold, float((worth * np.log(gold.sum(1))).sum()) - pull * away / 2

    weights: np.ndarray[Any, np.dtype[np.float64]] = prior.copy()
    chance, gold, reached = chances(weights)
    for _ in range(STEPS):
        gold = gold / gold.sum(1, keepdims=True)
        missed = (gold - chance) * worth[:, None]
        gradient = np.tensordot(missed, features, ([0, 1], [0, 1])) - pull * (weights - prior)
        mean = np.einsum("qc,qcf->qf", chance, features)
        likely = features * np.sqrt(chance * worth[:, None])[:, :, None]
        flat = likely.reshape(-1, len(prior))
        spread = flat.T @ flat
        spread -= (mean * worth[:, None]).T @ mean
        step = np.linalg.solve(spread + pull * np.eye(len(prior)), gradient)
        before = reached
        for _ in range(HALVINGS):
            chance, gold, reached = chances(weights + step)
            if reached > before:
                break
            step = step / 2
        if reached <= before:
            break
        weights = weights + step
        if reached - before < ENOUGH:
            break
    return weights


def hits(table: Table, weights: np.ndarray) -> np.ndarray:
    """Which questions have a right sentence first."""
    best = (table.features @ weights + table.padding).argmax(1)
    first = table.right[np.arange(len(best)), best]
    return np.asarray(first > 0)


def write(weights: np.ndarray) -> None:
    """Put `weights` into bot/answer/weights.py."""
    text = WEIGHTS.read_text(encoding="utf-8")
    for name, weight in zip(NAMES, weights, strict=True):
        line = re.compile(rf'^(    "{name}": )-?[\d.]+,', re.MULTILINE)
        text = line.sub(rf"\g<1>{round(float(weight), 2) + 0.0},", text, count=1)
    WEIGHTS.write_text(text, encoding="utf-8")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="+", metavar="QUESTIONS:STORE:NOW")
    parser.add_argument("--pull", type=float, default=6.0)
    parser.add_argument("--first", type=float, default=2.0, help="what the first set counts")
    parser.add_argument(
        "--afresh", action="store_true", help="pull towards 0: nothing of earlier fits is left"
    )
    parser.add_argument("--write", action="store_true", help="put them into weights.py")
    options = parser.parse_args()
    groups = []
    for named in options.sets:
        questions, store, now = named.split(":", 2)
        groups.append(read_cases(Path(questions), Path(store), datetime.fromisoformat(now)))
    where = np.array([n for n, group in enumerate(groups) for _ in group])
    worth = [1.0 if n else options.first for n in where]
    table = make_table([c for group in groups for c in group], worth)
    print(f"{len(where)} questions, {int((table.right.sum(1) > 0).sum())} with a right candidate")
    prior = np.zeros_like(PRIOR) if options.afresh else PRIOR
    weights = fit(table, options.pull, prior)
    today, fitted = hits(table, PRIOR), hits(table, weights)
    left_out = np.zeros(len(where))
    for seed in range(ROUNDS):
        articles = sorted({case.article for group in groups for case in group})
        random.Random(seed).shuffle(articles)
        deal = {article: place % 5 for place, article in enumerate(articles)}
        folds = np.array([deal[case.article] for group in groups for case in group])
        for fold in range(5):
            test = np.flatnonzero(folds == fold).tolist()
            rest = np.flatnonzero(folds != fold).tolist()
            left_out[test] += hits(table.rows(test), fit(table.rows(rest), options.pull, prior))
    for n, group in enumerate(groups):
        here = where == n
        print(
            f"set {n + 1}, {len(group)} questions: today {today[here].sum()}, fitted "
            f"{fitted[here].sum()}, left out (5-fold) {left_out[here].sum() / ROUNDS:.1f}"
        )
    for name, old, new in zip(NAMES, PRIOR, weights, strict=True):
        print(f'    "{name}": {new:.2f},  # was {old:.2f}')
    if options.write:
        write(weights)


if __name__ == "__main__":
    main()
