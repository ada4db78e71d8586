"""The corpus that the quote tagger learns from, as rows of tokens and labels."""

from __future__ import annotations

import collections
import gzip
import json
import random
from bisect import bisect_left
from pathlib import Path
from typing import Any

from bot.extract.quote_features import place_of, shape_of, word_key
from bot.extract.quote_tokens import find_tokens, quote_states
from bot.model import Span
from bot.text.marks import Paragraphs, find_quoted
from bot.text.view import make_view

MIN_WORD_COUNT = 3
"""Rarer words are told by their letters alone; fewer names of the corpus are kept."""
SET_ASIDE_SEED, SET_ASIDE = 20240, 84
"""84 articles of the training set are kept for reading and for the confidences."""
MARKS_LOST = 0.03
"""Share of quotation marks left out in the copies that teach the tagger broken text."""
PARAGRAPH_TOKENS = 200
"""Longer paragraphs are cut for training; few are."""


def read_articles(path: Path) -> list[dict[str, Any]]:
    """The articles of a JSON Lines file: `text` as it is read, and `attributions` in it."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        return [as_read(json.loads(line)) for line in lines]


def as_read(article: dict[str, Any]) -> dict[str, Any]:
    """`article` with the reading view as its text, its spans moved into the view."""
    view = make_view(article["text"])
    origin = [view.place(Span(i, i + 1)).start for i in range(len(view.text))]

    def moved(spans: list[list[int]]) -> list[list[int]]:
        both = ((bisect_left(origin, a), bisect_left(origin, b)) for a, b in spans)
        return [[a, b] for a, b in both if a < b]

    found = [
        {**a, **{k: moved(a[k]) for k in ("source", "cue", "content")}}
        for a in article["attributions"]
    ]
    return {**article, "text": view.text, "attributions": [a for a in found if a["content"]]}


def split_aside(articles: list[dict[str, Any]]) -> tuple[list[Any], list[Any]]:
    """(the rest, the articles set aside), the same on every call."""
    aside = set(random.Random(SET_ASIDE_SEED).sample(sorted(a["id"] for a in articles), SET_ASIDE))
    rest = [a for a in articles if a["id"] not in aside]
    return rest, [a for a in articles if a["id"] in aside]


def encode(tokens: Any, attributions: list[dict[str, Any]], span: Span) -> list[str]:
    """The labels of one paragraph; inverse of `decode` as far as labels can tell."""
    labels = ["O"] * len(tokens)
    pieces: list[tuple[str, range]] = []
    todo = []
    for a in attributions:
        cue = [tokens.between(Span(*s)) for s in a["cue"] if span.covers(Span(*s))]
        if not cue or not len(cue[0]):
            continue
        contents = [tokens.between(Span(*s)) for s in a["content"] if span.overlaps(Span(*s))]
        source = [tokens.between(Span(*s)) for s in a["source"] if span.covers(Span(*s))]
        todo.append((source[0] if source and len(source[0]) else None, cue[0], contents))
    nearest: dict[range, range] = {}
    for source, cue, _ in todo:
        if source is None:
            continue
        old = nearest.get(source)
        gap = abs(source.start - cue.start)
        if old is None or gap < abs(source.start - old.start):
            nearest[source] = cue
    for _, cue, contents in todo:
        for content in contents:
            if len(content):
                pieces.append(("T>" if content.start < cue.start else "T<", content))
    for source, cue in nearest.items():
        pieces.append(("S>" if source.start < cue.start else "S<", source))
    for source, cue, _ in todo:
        part = "N" if source is None else "C" if nearest[source] == cue else "H"
        pieces.append((part, cue))
    for part, where in pieces:
        for k, i in enumerate(where):
            labels[i] = ("B-" if k == 0 else "I-") + part
    return labels


def with_marks_lost(article: dict[str, Any], rng: random.Random) -> dict[str, Any]:
    """A copy of `article` in which some quotation marks are missing."""
    text = article["text"]
    lost = [i for i, c in enumerate(text) if c in '“”"' and rng.random() < MARKS_LOST]
    gone = set(lost)
    kept = "".join(c for i, c in enumerate(text) if i not in gone)

    def moved(spans: list[list[int]]) -> list[list[int]]:
        both = ([a - bisect_left(lost, a), b - bisect_left(lost, b)] for a, b in spans)
        return [[a, b] for a, b in both if a < b]

    found = [
        {**a, **{k: moved(a[k]) for k in ("source", "cue", "content")}}
        for a in article["attributions"]
    ]
    places = [i - k for k, i in enumerate(lost)]
    found = [a for a in found if a["content"]]
    return {**article, "text": kept, "attributions": found, "lost": places}


class Data:
    """Paragraphs as rows of numbers."""

    def __init__(
        self,
        articles: list[dict[str, Any]],
        vocabulary: dict[str, int] | None,
        rng: random.Random | None = None,
    ) -> None:
        self.rows: list[dict[str, Any]] = []
        self._read(articles)
        self.vocabulary = vocabulary if vocabulary is not None else self._count()
        self.whole = len(self.rows)
        if rng:
            self._read([with_marks_lost(a, rng) for a in articles])
        self.names = [
            row["keys"][i]
            for row in self.rows
            for i in range(1, len(row["keys"]))
            if shape_of(row["words"][i]) == 8
        ]

    def _read(self, articles: list[dict[str, Any]]) -> None:
        for number, a in enumerate(articles):
            text = a["text"]
            paragraphs = Paragraphs.of(text)
            quoted = find_quoted(text, paragraphs)
            by: dict[int, list[Any]] = collections.defaultdict(list)
            for q in quoted:
                by[paragraphs.at(q.outer.start)].append(q)
            found: dict[int, list[Any]] = collections.defaultdict(list)
            for t in a["attributions"]:
                if t["cue"]:
                    found[paragraphs.at(t["cue"][0][0])].append(t)
            for n, span in enumerate(paragraphs.spans):
                tokens = find_tokens(text, span)
                if not len(tokens):
                    continue
                lost = a.get("lost")
                if lost is not None and bisect_left(lost, span.start) == bisect_left(
                    lost, span.end + 1
                ):
                    continue
                labels = encode(tokens, found[n], span)
                keys = [word_key(w) for w in tokens.words]
                self.rows.append(
                    {
                        "article": number,
                        "words": tokens.words[:PARAGRAPH_TOKENS],
                        "keys": keys[:PARAGRAPH_TOKENS],
                        "states": quote_states(tokens, by[n])[:PARAGRAPH_TOKENS],
                        "place": place_of(n, len(paragraphs.spans), tokens),
                        "labels": labels[:PARAGRAPH_TOKENS],
                    }
                )

    def _count(self) -> dict[str, int]:
        counts = collections.Counter(k for row in self.rows for k in row["keys"])
        kept = sorted(w for w, n in counts.items() if n >= MIN_WORD_COUNT)
        return {w: i + 1 for i, w in enumerate(kept)}
