"""Train the quote tagger and write its weights; needs the extra `training` (torch).

    python tools/train_quotes.py --train TRAIN.jsonl.gz --seed 2 --all --out model2.npz
    python tools/pack_quotes.py --out bot/extract/quote_tagger.npz model2.npz model3.npz

What ships are seeds 2 and 3 with the defaults and `--all` (12 epochs, about 12 minutes each on one
core). Nothing of the corpus's text goes into the weights file but single words that occur at least
three times.
"""

from __future__ import annotations

import argparse
import collections
import math
import random
import time
from pathlib import Path
from typing import Any

import numpy as np
import torch
from quote_corpus import Data, read_articles, split_aside
from torch import nn

from bot.extract.quote_features import NGRAM_BUCKETS, PLACES, SHAPES, ngrams_of, shape_of
from bot.extract.quote_labels import LABELS, decode

WORD_DIM, NGRAM_DIM, SMALL_DIM, HIDDEN = 64, 32, 8, 128
STATES = 9
LEXICON_DIM = 3
NAMES_SWAPPED = 0.12
"""Share of capitalised words replaced by others, so that no name is learned by heart."""
WORD_LOST = 0.6
"""A word seen n times is taken for unknown in WORD_LOST / (WORD_LOST + n) of its places."""
LABEL_ID = {label: i for i, label in enumerate(LABELS)}


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
                if rng and w and rng.random() < WORD_LOST / (WORD_LOST + self.count[w]):
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
    ap.add_argument("--rate", type=float, default=2.5e-3)
    ap.add_argument("--drop", type=float, default=0.3)
    ap.add_argument("--tokens", type=int, default=1200, help="tokens in a batch")
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
