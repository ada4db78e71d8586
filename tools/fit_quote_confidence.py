"""Fit the weights of bot/extract/quote_confidence.py on articles the tagger has not seen.

    python tools/fit_quote_confidence.py --train TRAIN.jsonl.gz

To be run with weights trained without the articles set aside (train_quotes.py without `--all`).
Prints the weights, and the precision by confidence on the articles themselves.
"""

from __future__ import annotations

import argparse
import re
from pathlib import Path
from typing import Any

import numpy as np
from quote_corpus import read_articles, split_aside

from bot.extract import quotes
from bot.extract.quote_confidence import signs_of
from bot.extract.quote_page import Page, Report, content_kind, read_page
from bot.text.sentences import find_sentences

RIDGE = 1.0
_WORD = re.compile(r"\w+")


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--train", type=Path, required=True)
    o = ap.parse_args()
    _, aside = split_aside(read_articles(o.train))
    rows: list[list[float]] = []
    right: list[bool] = []
    for article in aside:
        for signs, hit in judged(article):
            rows.append(signs)
            right.append(hit)
    weights = fit(np.array(rows), np.array(right, float))
    print("WEIGHTS =", tuple(round(float(w), 3) for w in weights))
    p = 1 / (1 + np.exp(-np.array(rows) @ weights))
    direct = np.array(rows)[:, 5] > 0
    for low in (0.5, 0.7, 0.8, 0.9, 0.95):
        for name, mask in (("all", p >= low), ("direct", (p >= low) & direct)):
            print(low, name, int(mask.sum()), round(float(np.array(right)[mask].mean()), 3))


def judged(article: dict[str, Any]) -> list[tuple[list[float], bool]]:
    """The signs of each quote found in an article, and whether content and speaker are right."""
    text = article["text"]
    page = read_page(text, find_sentences(text))
    tagger = quotes.load_tagger()
    assert tagger is not None
    found = [r for r in quotes.all_reports(page, tagger) if r.by == "tagger"]
    golds = [
        (touched(text, a["content"]), touched(text, a["source"])) for a in article["attributions"]
    ]
    pairs = []
    for i, report in enumerate(found):
        mine = touched(text, [[c.start, c.end] for c in report.contents])
        for j, (content, _) in enumerate(golds):
            both = len(mine & content)
            if both:
                pairs.append((2 * both / (len(mine) + len(content)), i, j))
    taken: dict[int, int] = {}
    used: set[int] = set()
    for score, i, j in sorted(pairs, reverse=True):
        if score >= 0.5 and i not in taken and j not in used:
            taken[i] = j
            used.add(j)
    out = []
    for i, report in enumerate(found):
        hit = False
        if i in taken:
            source = golds[taken[i]][1]
            place = report.source
            mine = touched(text, [[place.start, place.end]] if place else [])
            hit = bool(mine & source) if source else not mine
        out.append((signs(page, report), hit))
    return out


def signs(page: Page, report: Report) -> list[float]:
    return signs_of(page.text, report, content_kind(page, report.contents))


def touched(text: str, spans: list[list[int]]) -> set[int]:
    """The starts of the words that `spans` hold."""
    return {a + m.start() for a, b in spans for m in _WORD.finditer(text[a:b])}


def fit(rows: np.ndarray, right: np.ndarray) -> np.ndarray:
    """Logistic regression by Newton's method, with a ridge on all but the constant."""
    weights = np.zeros(rows.shape[1])
    ridge = np.eye(rows.shape[1]) * RIDGE
    ridge[0, 0] = 0
    for _ in range(30):
        p = 1 / (1 + np.exp(-rows @ weights))
        slope = rows.T @ (p - right) + ridge @ weights
        curve = (rows * (p * (1 - p))[:, None]).T @ rows + ridge
        weights = weights - np.linalg.solve(curve, slope)
    return weights


if __name__ == "__main__":
    main()
