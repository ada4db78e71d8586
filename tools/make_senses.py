"""Make the table of what words mean, bot/text/senses.npz, from general knowledge of English.

    python -m tools.make_senses --words WORDS.txt --model FOLDER --wordnet FOLDER \\
        --articles ARTICLES.jsonl … --cache CACHE.npz [--out bot/text/senses.npz]

WORDS.txt lists common words, a word a line, the most common first (the vocabulary of the GloVe
vectors is such a list); FOLDER of the model holds all-MiniLM-L6-v2 (tools/sentence_model.py), that
of WordNet its `data.noun`, `data.verb`, `data.adj` and `data.adv`; ARTICLES are JSON Lines with
a `text`. The model turns each word, each explanation and example of WordNet, and each sentence of
the articles into figures; the table's rows are fitted so that the sum of the rows of a text's
words points where the model says. No text remains in the table but single words. What the model
says takes half an hour on one core and is kept in CACHE.npz; the fit takes a minute.

Source: Tulkens & van Dongen 2024, "model2vec", from which the start is taken (each word put
through the model alone, rare ones heavier); the fit on whole texts is ours.
"""

from __future__ import annotations

import argparse
import json
import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import islice
from pathlib import Path

import numpy as np

import bot.text.senses as senses_file
from bot.text.sentences import find_sentences
from bot.text.words import STOP_TERMS, STOP_WORDS, term_of, terms_of
from tools.sentence_model import SentenceModel

WIDTH = 128  # figures of a row; 64 rank a little worse, 256 no better
WORDS = 50_000  # words that are put through the model alone
EXPLAINED_BY = 30_000  # an explanation counts if one of its words is among so many
EXPLANATIONS = 70_000
LONGEST_CHARS = 600
COMMON = 1e-3  # share of all words from which a word tells half as much as a rare one
MOST_OFTEN = 2  # times that a word counts in one text
ROUNDS, AT_ONCE, RATE = 8, 4096, 0.01
_PLAIN = re.compile(r"[a-z][a-z'.&]*")
_IN_BRACKETS = re.compile(r"\(.*\)")
_EXAMPLE = re.compile(r'"([^"]{8,160})"')
OUT = Path(senses_file.__file__).with_name(senses_file.TABLE)


# ------------------------------------------------------------------------------ the texts
def read_words(path: Path) -> list[str]:
    """The plain words of a list, in its order."""
    words = path.read_text(encoding="utf-8").split()
    return list(islice((w for w in words if _PLAIN.fullmatch(w)), WORDS))


def read_explanations(folder: Path, words: Sequence[str]) -> list[str]:
    """WordNet's explanations and examples, those of the most common words first."""
    rank = {word: place for place, word in enumerate(words[:EXPLAINED_BY])}
    found: list[tuple[int, str]] = []
    for part in ("noun", "verb", "adj", "adv"):
        for line in (folder / f"data.{part}").read_text(encoding="latin-1").splitlines():
            if line.startswith(" "):
                continue  # the licence, which stands at the top
            head, _bar, told = line.partition("|")
            fields = head.split()
            raw = fields[4 : 4 + 2 * int(fields[3], 16) : 2]
            names = [_IN_BRACKETS.sub("", name).replace("_", " ") for name in raw]
            best = min(rank.get(name.lower(), EXPLAINED_BY) for name in names)
            if best < EXPLAINED_BY:
                meaning = re.split(r';\s*"', told.strip())[0].strip()
                found.append((best, f"{', '.join(names[:3])}: {meaning}"[:160]))
                found += [(best, example) for example in _EXAMPLE.findall(told)[:2]]
    found.sort()
    return [text for _rank, text in found[:EXPLANATIONS]]


def read_sentences(paths: Sequence[Path]) -> Iterator[str]:
    """The sentences of the articles in JSON Lines files."""
    for path in paths:
        for line in path.read_text(encoding="utf-8").splitlines():
            text = json.loads(line)["text"]
            yield from (span.of(text)[:LONGEST_CHARS] for span in find_sentences(text))


# ------------------------------------------------------------------------------ the table
@dataclass(frozen=True, slots=True)
class Texts:
    """Texts as the numbers of their terms, one text after another."""

    terms: np.ndarray
    starts: np.ndarray
    """Where each text begins; one more at the end."""

    def __len__(self) -> int:
        return len(self.starts) - 1

    def some(self, chosen: np.ndarray) -> Texts:
        """The `chosen` texts."""
        sizes = self.starts[chosen + 1] - self.starts[chosen]
        ends = np.cumsum(sizes)
        places = np.arange(ends[-1]) + np.repeat(self.starts[chosen] - (ends - sizes), sizes)
        return Texts(self.terms[places], np.concatenate(([0], ends)))


def read_texts(texts: Sequence[str], places: dict[str, int]) -> tuple[Texts, np.ndarray]:
    """`texts` as numbers of terms, and which of them hold any."""
    numbers: list[int] = []
    starts = [0]
    filled: list[int] = []
    for n, text in enumerate(texts):
        often: dict[int, int] = {}
        for term in terms_of(text):
            place = places.get(term)
            if place is not None and often.get(place, 0) < MOST_OFTEN:
                often[place] = often.get(place, 0) + 1
                numbers.append(place)
        if len(numbers) > starts[-1]:
            starts.append(len(numbers))
            filled.append(n)
    return Texts(np.array(numbers), np.array(starts)), np.array(filled)


def group_words(words: Sequence[str]) -> dict[str, list[int]]:
    """The places of the words of each term, the terms that are used most first."""
    groups: dict[str, list[int]] = {}
    for place, word in enumerate(words):
        term = term_of(word)
        if len(term) > 1 and term not in STOP_TERMS and word not in STOP_WORDS:
            groups.setdefault(term, []).append(place)
    share = _shares(len(words))
    return dict(sorted(groups.items(), key=lambda pair: -sum(share[p] for p in pair[1])))


def _shares(count: int) -> np.ndarray:
    """How often each of `count` words is used, of all words, by its rank alone (Zipf)."""
    shares = 1 / np.arange(1, count + 1)
    out: np.ndarray = shares / shares.sum()
    return out


def _pointing(rows: np.ndarray) -> np.ndarray:
    out: np.ndarray = rows / np.maximum(np.linalg.norm(rows, axis=-1, keepdims=True), 1e-9)
    return out


def fit(texts: Texts, said: np.ndarray, start: np.ndarray) -> np.ndarray:
    """Rows whose sums over each of `texts` point where `said` does, begun at `start` (Adam)."""
    rows = start.copy()
    mean, spread = np.zeros_like(rows), np.zeros_like(rows)
    order = np.arange(len(texts))
    random = np.random.default_rng(0)
    step = 0
    for turn in range(ROUNDS):
        random.shuffle(order)
        off = 0.0
        for begin in range(0, len(order), AT_ONCE):
            chosen = order[begin : begin + AT_ONCE]
            some = texts.some(chosen)
            sums = np.add.reduceat(rows[some.terms], some.starts[:-1], axis=0)
            lengths = np.maximum(np.linalg.norm(sums, axis=1, keepdims=True), 1e-6)
            ways, wanted = sums / lengths, said[chosen]
            alike = (ways * wanted).sum(axis=1, keepdims=True)
            off += float((1 - alike).sum())
            pull = (ways * alike - wanted) / lengths
            gradient = np.zeros_like(rows)
            of_text = np.repeat(np.arange(len(chosen)), np.diff(some.starts))
            by_term = np.argsort(some.terms, kind="stable")
            touched, first = np.unique(some.terms[by_term], return_index=True)
            gradient[touched] = np.add.reduceat(pull[of_text[by_term]], first, axis=0)
            step += 1
            mean = 0.9 * mean + 0.1 * gradient
            spread = 0.98 * spread + 0.02 * gradient * gradient
            move = (mean / (1 - 0.9**step)) / (np.sqrt(spread / (1 - 0.98**step)) + TINY)
            rows -= RATE * (1 - turn / ROUNDS) * move
        print(f"round {turn + 1}: cosine {1 - off / len(texts):.3f}")
    return rows


TINY = 1e-4  # keeps rows that no text moves where they are


def make_rows(
    words: Sequence[str], alone: np.ndarray, texts: Sequence[str], said: np.ndarray
) -> tuple[list[str], np.ndarray]:
    """(terms, their rows): `alone` is what the model says of each word, `said` of each text."""
    middle = said.mean(axis=0)
    away = said - middle
    _sizes, axes = np.linalg.eigh(away.T @ away)
    axes = axes[:, ::-1][:, :WIDTH]
    groups = group_words(words)
    share = _shares(len(words))
    flat = _pointing((alone - middle) @ axes)
    start = np.array(
        [np.average(flat[places], axis=0, weights=share[places]) for places in groups.values()]
    )
    often = np.array([share[places].sum() for places in groups.values()])
    start = _pointing(start) * (COMMON / (COMMON + often))[:, None]
    places = {term: place for place, term in enumerate(groups)}
    read, filled = read_texts([*texts, *words], places)
    wanted = _pointing(np.vstack((away, alone - middle))[filled] @ axes)
    rows = fit(read, wanted.astype(np.float32), start.astype(np.float32))
    return list(groups), rows


def pack(terms: Sequence[str], rows: np.ndarray) -> dict[str, np.ndarray]:
    """The arrays that bot/text/senses.py reads: rows of length 1 in a byte a figure."""
    ways = _pointing(rows)
    steps = np.abs(ways).max(axis=1) / 127
    return {
        "terms": np.frombuffer("\n".join(terms).encode(), np.uint8),
        "rows": np.rint(ways / steps[:, None]).astype(np.int8),
        "steps": steps.astype(np.float16),
        "tells": np.linalg.norm(rows, axis=1).astype(np.float16),
    }


def main() -> None:
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    for name in ("words", "model", "wordnet", "cache"):
        parser.add_argument(f"--{name}", type=Path, required=True)
    parser.add_argument("--articles", type=Path, nargs="+", required=True)
    parser.add_argument("--out", type=Path, default=OUT)
    options = parser.parse_args()
    words = read_words(options.words)
    texts = read_explanations(options.wordnet, words)
    texts += read_sentences(options.articles)
    print(f"{len(words)} words, {len(texts)} texts")
    if options.cache.is_file():
        with np.load(options.cache) as kept:
            alone, said = kept["alone"], kept["said"]
    else:
        model = SentenceModel(options.model)
        alone, said = model.encode(words), model.encode(texts)
        np.savez(options.cache, alone=alone.astype(np.float16), said=said.astype(np.float16))
    if (len(alone), len(said)) != (len(words), len(texts)):
        raise SystemExit(f"{options.cache} is of other words and texts: delete it.")
    terms, rows = make_rows(words, alone.astype(np.float32), texts, said.astype(np.float32))
    np.savez_compressed(options.out, **pack(terms, rows))  # type: ignore[arg-type]
    print(f"{len(terms)} terms of {WIDTH} figures in {options.out}")


if __name__ == "__main__":
    main()
