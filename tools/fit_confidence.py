"""Fit how the signs of an answer add up to a confidence, and where the three states begin.

    python -m tools.fit_confidence QUESTIONS:STORE:NOW … [--pull 1.0]

Takes what tools/fit_ranking.py takes. A question counts three times: as it is (right when its
first candidate is), with its right sentences taken away (then nothing answers it, though all
around is on the subject), and put to the other stores (then nothing is even near). Printed: the
weights, and for several thresholds how many answerable questions are not answered, and how many
that have no answer are.
"""

from __future__ import annotations

import argparse
import random
from collections.abc import Sequence
from dataclasses import dataclass
from datetime import datetime
from pathlib import Path

import numpy as np

from bot.answer.confidence import signs_of
from bot.answer.rank import Ranked
from bot.answer.retrieve import Query
from bot.answer.weights import CONFIDENCE
from tools.fit_ranking import replay

NAMES = list(CONFIDENCE)
STEPS = 4_000
RATE = 0.3
AGAINST = frozenset(
    "unknown no_speaker typed absent uncounted bare off_topic unuttered "
    "astray names_only unnamed unreported ageless".split()
)
"""Signs that may only lower the confidence; all others may only raise it, lest a few questions
turn a sign against its meaning."""
WEIGHTS = {"right": 1.0, "wrong": 0.4, "unanswerable": 3.0, "bereft": 0.35, "foreign": 0.3}


@dataclass
class Case:
    """The signs of one first candidate, and what kind of case it is."""

    kind: str
    signs: np.ndarray
    group: int


def read_cases(
    questions: Path, store_path: Path, now: datetime, group: int, *, foreign: bool
) -> list[Case]:
    """The questions of a file put to a store; `foreign`: it is not the store they are about."""
    cases: list[Case] = []

    def keep(kind: str, query: Query, ranked: Sequence[Ranked]) -> None:
        if ranked:
            signs = signs_of(query, ranked)
            cases.append(Case(kind, np.array([signs.get(name, 0.0) for name in NAMES]), group))

    for asked in replay(questions, store_path, now):
        if foreign:
            if not asked.raw.get("after"):
                keep("foreign", asked.query, asked.ranked)
        elif not asked.raw["gold"]:
            keep("unanswerable", asked.query, asked.ranked)
        else:
            keep("right" if asked.right[:1] == [True] else "wrong", asked.query, asked.ranked)
            others = zip(asked.ranked, asked.right, strict=True)
            keep("bereft", asked.query, [r for r, hit in others if not hit])
    return cases


def fit(cases: list[Case], pull: float) -> tuple[float, np.ndarray]:
    """(bias, weights) of a logistic regression with the kinds weighted as WEIGHTS says."""
    signs = np.array([c.signs for c in cases])
    label = np.array([c.kind == "right" for c in cases], dtype=float)
    worth = np.array([WEIGHTS[c.kind] for c in cases])
    direction = np.array([-1.0 if name in AGAINST else 1.0 for name in NAMES])
    bias, weights = 0.0, np.zeros(len(NAMES))
    for _ in range(STEPS):
        sure = 1 / (1 + np.exp(-(bias + signs @ weights)))
        error = worth * (label - sure)
        bias += RATE * error.sum() / worth.sum()
        weights += RATE * (signs.T @ error - pull * weights) / worth.sum()
        weights[weights * direction < 0] = 0.0
    return bias, weights


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("sets", nargs="+", metavar="QUESTIONS:STORE:NOW")
    parser.add_argument("--pull", type=float, default=1.0)
    options = parser.parse_args()
    named = [tuple(s.split(":", 2)) for s in options.sets]
    cases: list[Case] = []
    for group, (questions, store, now) in enumerate(named):
        moment = datetime.fromisoformat(now)
        cases += read_cases(Path(questions), Path(store), moment, group, foreign=False)
        for other, (_, elsewhere, _) in enumerate(named):
            if other != group:
                cases += read_cases(Path(questions), Path(elsewhere), moment, group, foreign=True)
    order = list(range(len(cases)))
    random.Random(7).shuffle(order)
    left_out = np.zeros(len(cases))
    for fold in range(5):
        test = order[fold::5]
        bias, weights = fit([cases[i] for i in order if i not in set(test)], options.pull)
        for i in test:
            left_out[i] = 1 / (1 + np.exp(-(bias + cases[i].signs @ weights)))
    bias, weights = fit(cases, options.pull)
    print(f"CONFIDENCE_BIAS = {bias:.2f}")
    for name, weight in zip(NAMES, weights, strict=True):
        print(f'    "{name}": {weight:.2f},')
    print("on cases left out (5-fold), share answered at a threshold:")
    kinds = list(WEIGHTS)
    print("  at    " + "".join(f"{k:>14}" for k in kinds))
    for at in np.arange(0.1, 0.8, 0.05):
        shares = [
            np.mean([left_out[i] >= at for i, c in enumerate(cases) if c.kind == kind] or [0])
            for kind in kinds
        ]
        print(f"  {at:.2f}  " + "".join(f"{100 * s:13.1f}%" for s in shares))


if __name__ == "__main__":
    main()
