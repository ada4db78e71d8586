"""Train the quote tagger and write its weights; needs the extra `training` (torch).

    python tools/train_quotes.py --train TRAIN.jsonl.gz --seed 1 --out model.npz

The training data is a corpus of attributions in news (one article a line, see `read_articles`).
Nothing of its text goes into the weights file but single words that occur at least
`MIN_WORD_COUNT` times.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
import math
import random
import time
from bisect import bisect_left
from pathlib import Path
from typing import Any

import numpy as np
import torch
from torch import nn

from bot.extract.quote_features import (
    NGRAM_BUCKETS,
    PLACES,
    SHAPES,
    ngrams_of,
    place_of,
    shape_of,
    word_key,
)
from bot.extract.quote_labels import LABELS, decode
from bot.extract.quote_tokens import find_tokens, quote_states
from bot.model import Span
from bot.text.marks import Paragraphs, find_quoted
from bot.text.view import make_view

MIN_WORD_COUNT = 3
WORD_DIM, NGRAM_DIM, SMALL_DIM, HIDDEN = 64, 32, 8, 128
STATES = 9
LEXICON_DIM = 3
SET_ASIDE_SEED, SET_ASIDE = 20240, 84
"""84 articles of the training set are kept for reading and for the confidences."""
MARKS_LOST = 0.03
"""Share of quotation marks left out in the copies that teach the tagger broken text."""
NAMES_SWAPPED = 0.12
"""Share of capitalised words replaced by others, so that no name is learned by heart."""
PARAGRAPH_TOKENS = 200
"""Longer paragraphs are cut for training; few are."""
LABEL_ID = {label: i for i, label in enumerate(LABELS)}


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


def counted_parts(data: Data) -> tuple[np.ndarray, dict[int, np.ndarray]]:
    """How often each word is cue, source, content: in all, and by article."""
    size = len(data.vocabulary) + 1
    total = np.zeros((size, 4))
    own: dict[int, dict[int, np.ndarray]] = collections.defaultdict(dict)
    for row in data.rows[: data.whole]:
        mine = own[row["article"]]
        for key, label in zip(row["keys"], row["labels"], strict=True):
            w = data.vocabulary.get(key, 0)
            where = 3 if label == "O" else {"S": 1, "T": 2}.get(label[2], 0)
            total[w, where] += 1
            if w not in mine:
                mine[w] = np.zeros(4)
            mine[w][where] += 1
    return total, own  # type: ignore[return-value]


PRIOR = np.array([0.05, 0.06, 0.45])


def lexicon_rows(counts: np.ndarray) -> np.ndarray:
    """Smoothed log odds of being cue, source, content; three numbers a word, near [-1, 1]."""
    n = counts.sum(-1, keepdims=True)
    p = (counts[..., :3] + 4 * PRIOR) / (n + 4)
    p = np.clip(p, 1e-4, 1 - 1e-4)
    return (np.log(p / (1 - p)) - np.log(PRIOR / (1 - PRIOR))) / 4


class Net(nn.Module):
    """Word, letters, shape and quote state; two layers of LSTM in both directions; a CRF."""

    def __init__(self, words: int) -> None:
        super().__init__()
        self.word = nn.Embedding(words, WORD_DIM)
        self.ngram = nn.EmbeddingBag(NGRAM_BUCKETS, NGRAM_DIM, mode="mean")
        self.shape = nn.Embedding(SHAPES, SMALL_DIM)
        self.state = nn.Embedding(STATES, SMALL_DIM)
        self.place = nn.Embedding(PLACES, SMALL_DIM // 2)
        size = WORD_DIM + NGRAM_DIM + 2 * SMALL_DIM + SMALL_DIM // 2 + LEXICON_DIM
        self.f1 = nn.LSTM(size, HIDDEN, batch_first=True)
        self.b1 = nn.LSTM(size, HIDDEN, batch_first=True)
        self.f2 = nn.LSTM(2 * HIDDEN, HIDDEN, batch_first=True)
        self.b2 = nn.LSTM(2 * HIDDEN, HIDDEN, batch_first=True)
        self.out = nn.Linear(2 * HIDDEN, len(LABELS))
        self.trans = nn.Parameter(torch.zeros(len(LABELS), len(LABELS)))
        self.begin = nn.Parameter(torch.zeros(len(LABELS)))
        for e in (self.word, self.ngram, self.shape, self.state, self.place):
            nn.init.normal_(e.weight, std=0.3)

    def emissions(self, b: dict[str, torch.Tensor], drop: float) -> torch.Tensor:
        letters = self.ngram(b["ngrams"], b["offsets"])[b["form"]]
        x = torch.cat(
            [
                self.word(b["word"]),
                letters,
                self.shape(b["shape"]),
                self.state(b["state"]),
                self.place(b["place"])[:, None, :].expand(-1, b["word"].shape[1], -1),
                b["lexicon"],
            ],
            -1,
        )
        x = locked(x, drop)
        back = b["back"]
        for f, g in ((self.f1, self.b1), (self.f2, self.b2)):
            forward, _ = f(x)
            backward, _ = g(turned(x, back))
            x = locked(torch.cat([forward, turned(backward, back)], -1), drop)
        return self.out(x)

    def loss(self, e: torch.Tensor, gold: torch.Tensor, mask: torch.Tensor) -> torch.Tensor:
        score = self.begin + e[:, 0]
        rows = torch.arange(len(e))
        path = score[rows, gold[:, 0]]
        for t in range(1, e.shape[1]):
            step = torch.logsumexp(score[:, :, None] + self.trans, 1) + e[:, t]
            on = mask[:, t]
            score = torch.where(on[:, None], step, score)
            path = path + on * (self.trans[gold[:, t - 1], gold[:, t]] + e[rows, t, gold[:, t]])
        return (torch.logsumexp(score, 1) - path).sum()


def turned(x: torch.Tensor, back: torch.Tensor) -> torch.Tensor:
    """`x` with each row's own tokens in reverse, its padding left behind them."""
    return torch.gather(x, 1, back[:, :, None].expand_as(x))


def locked(x: torch.Tensor, drop: float) -> torch.Tensor:
    """Dropout with one mask for all steps of a row."""
    if drop == 0:
        return x
    keep = torch.bernoulli(torch.full((x.shape[0], 1, x.shape[2]), 1 - drop)) / (1 - drop)
    return x * keep


def batches(rows: list[Any], tokens: int, rng: random.Random | None) -> list[list[Any]]:
    """Rows of like length together, about `tokens` in a batch."""
    key = (lambda r: len(r["words"]) + rng.random() * 6) if rng else (lambda r: len(r["words"]))
    out: list[list[Any]] = []
    group: list[Any] = []
    for row in sorted(rows, key=key):
        longest = max([len(row["words"]), *(len(r["words"]) for r in group[-1:])])
        if group and longest * (len(group) + 1) > tokens:
            out.append(group)
            group = []
        group.append(row)
    out.append(group)
    if rng:
        rng.shuffle(out)
    return out


class Batcher:
    """Rows to tensors; keeps what it knows of each word form."""

    def __init__(self, data: Data, total: np.ndarray, own: Any) -> None:
        self.vocabulary, self.names = data.vocabulary, data.names
        self.total, self.own = total, own
        self.count = total.sum(1)
        self.letters: dict[str, list[int]] = {}

    def __call__(self, rows: list[Any], rng: random.Random | None) -> dict[str, torch.Tensor]:
        width = max(len(r["words"]) for r in rows)
        size = (len(rows), width)
        b = {k: np.zeros(size, np.int64) for k in ("word", "shape", "state", "form", "gold")}
        b["back"] = np.tile(np.arange(width), (len(rows), 1))
        mask = np.zeros(size, bool)
        lexicon = np.zeros((*size, 4))
        forms: dict[str, int] = {}
        for i, r in enumerate(rows):
            n = len(r["words"])
            mine = self.own.get(r["article"], {}) if rng else {}
            b["back"][i, :n] = np.arange(n)[::-1]
            mask[i, :n] = True
            b["state"][i, :n] = r["states"]
            b["gold"][i, :n] = [LABEL_ID[x] for x in r["labels"]]
            for j, (word, key) in enumerate(zip(r["words"], r["keys"], strict=True)):
                if rng and shape_of(word) == 8 and rng.random() < NAMES_SWAPPED:
                    key = rng.choice(self.names)
                w = self.vocabulary.get(key, 0)
                counts = self.total[w]
                if w in mine:
                    counts = counts - mine[w]
                if rng and w and rng.random() < 0.6 / (0.6 + self.count[w]):
                    w = 0
                    counts = self.total[0]
                b["word"][i, j] = w
                lexicon[i, j] = counts
                b["shape"][i, j] = shape_of(word)
                b["form"][i, j] = forms.setdefault(key, len(forms))
        ngrams: list[int] = []
        offsets = []
        for key in forms:
            if key not in self.letters:
                self.letters[key] = ngrams_of(key)
            offsets.append(len(ngrams))
            ngrams += self.letters[key]
        out = {k: torch.from_numpy(v) for k, v in b.items()}
        out["place"] = torch.tensor([r["place"] for r in rows])
        out["mask"] = torch.from_numpy(mask)
        out["ngrams"], out["offsets"] = torch.tensor(ngrams), torch.tensor(offsets)
        out["lexicon"] = torch.from_numpy(lexicon_rows(lexicon).astype(np.float32))
        return out


def viterbi(e: np.ndarray, trans: np.ndarray, begin: np.ndarray) -> list[int]:
    """The best row of labels for the emissions of one paragraph."""
    score, back = begin + e[0], []
    for t in range(1, len(e)):
        step = score[:, None] + trans
        back.append(step.argmax(0))
        score = step.max(0) + e[t]
    best = [int(score.argmax())]
    for b in reversed(back):
        best.append(int(b[best[-1]]))
    return best[::-1]


def check(net: Net, data: Data, batcher: Batcher) -> str:
    """Exact F1 of attributions (cue, source, contents) on `data`, for watching the training."""
    net.eval()
    hits = gold_n = found_n = tokens = right = 0
    with torch.no_grad():
        trans, begin = net.trans.numpy(), net.begin.numpy()
        for rows in batches(data.rows, 4000, None):
            b = batcher(rows, None)
            e = net.emissions(b, 0).numpy()
            for i, r in enumerate(rows):
                labels = [LABELS[k] for k in viterbi(e[i, : len(r["words"])], trans, begin)]
                tokens += len(labels)
                right += sum(x == y for x, y in zip(labels, r["labels"], strict=True))
                gold, found = set(decode(r["labels"])), set(decode(labels))
                gold, found = ({a for a in x if a.contents} for x in (gold, found))
                hits += len(gold & found)
                gold_n += len(gold)
                found_n += len(found)
    return f"tokens {right / tokens:.4f} attributions exact F1 {2 * hits / (gold_n + found_n):.4f}"


def word_vectors(data: Data, dim: int) -> np.ndarray:
    """Vectors of the words from what stands beside them (positive PMI, truncated SVD)."""
    v = data.vocabulary
    counts = collections.Counter(k for r in data.rows for k in r["keys"])
    contexts = {w: i for i, (w, _) in enumerate(counts.most_common(2000))}
    table = np.zeros((len(v) + 1, len(contexts) * 2), np.float32)
    for r in data.rows:
        keys = r["keys"]
        for i, key in enumerate(keys):
            w = v.get(key, 0)
            for side, near in ((0, keys[max(0, i - 2) : i]), (1, keys[i + 1 : i + 3])):
                for c in near:
                    if c in contexts:
                        table[w, 2 * contexts[c] + side] += 1
    rows, columns = table.sum(1, keepdims=True) + 1, table.sum(0, keepdims=True) + 1
    pmi = np.log(np.maximum(table * table.sum() / rows / columns, 1e-9))
    pmi = torch.from_numpy(np.maximum(pmi, 0).astype(np.float32))
    u, s, _ = torch.svd_lowrank(pmi, q=dim, niter=3)
    vectors = (u * s.sqrt()).numpy()
    return vectors / (vectors.std() + 1e-9) * 0.3


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--train", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    ap.add_argument("--seed", type=int, default=1)
    ap.add_argument("--epochs", type=int, default=12)
    ap.add_argument("--all", action="store_true", help="train on the articles set aside too")
    ap.add_argument("--rate", type=float, default=3e-3)
    ap.add_argument("--drop", type=float, default=0.35)
    ap.add_argument("--tokens", type=int, default=2500, help="tokens in a batch")
    o = ap.parse_args()
    torch.set_num_threads(1)
    torch.manual_seed(o.seed)
    rng = random.Random(o.seed)
    articles = read_articles(o.train)
    rest, aside = split_aside(articles)
    data = Data(articles if o.all else rest, None, rng)
    watch = Data(aside, data.vocabulary)
    total, own = counted_parts(data)
    batcher = Batcher(data, total, own)
    net = Net(len(data.vocabulary) + 1)
    with torch.no_grad():
        net.word.weight.copy_(torch.from_numpy(word_vectors(data, WORD_DIM)))
    print(
        f"{len(data.rows)} paragraphs, {len(data.vocabulary)} words, "
        f"{sum(p.numel() for p in net.parameters())} weights",
        flush=True,
    )
    adam = torch.optim.AdamW(net.parameters(), lr=o.rate, betas=(0.9, 0.98), weight_decay=0.01)
    steps = o.epochs * len(batches(data.rows, o.tokens, rng))
    mean = {k: v.detach().clone() for k, v in net.state_dict().items()}
    step, started = 0, time.time()
    for epoch in range(o.epochs):
        net.train()
        lost = seen = 0.0
        for rows in batches(data.rows, o.tokens, rng):
            b = batcher(rows, rng)
            warm = min(1.0, (step + 1) / 200)
            for g in adam.param_groups:
                g["lr"] = o.rate * warm * (0.5 + 0.5 * math.cos(math.pi * min(1, step / steps)))
            loss = net.loss(net.emissions(b, o.drop), b["gold"], b["mask"])
            adam.zero_grad()
            (loss / b["mask"].sum() * 20).backward()
            nn.utils.clip_grad_norm_(net.parameters(), 5.0)
            adam.step()
            step += 1
            lost += loss.item()
            seen += int(b["mask"].sum())
            keep = min(0.997, 1 - 1 / (step / 5 + 1))
            with torch.no_grad():
                for k, v in net.state_dict().items():
                    mean[k].mul_(keep).add_(v, alpha=1 - keep)
        live = {k: v.detach().clone() for k, v in net.state_dict().items()}
        net.load_state_dict(mean)
        print(
            f"epoch {epoch + 1} loss {lost / seen:.4f} {check(net, watch, batcher)} "
            f"{time.time() - started:.0f} s",
            flush=True,
        )
        words = sorted(data.vocabulary, key=data.vocabulary.__getitem__)
        np.savez(
            o.out,
            vocabulary=np.array("\n".join(words)),
            lexicon=lexicon_rows(total).astype(np.float32),
            **{k.replace(".", "_"): v.numpy() for k, v in net.state_dict().items()},
        )
        net.load_state_dict(live)


if __name__ == "__main__":
    main()
