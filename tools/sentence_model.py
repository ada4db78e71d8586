"""A small network that turns a sentence into figures (all-MiniLM-L6-v2), run with numpy alone.

Only to make tables from; the bot never runs it. Source of the network: Reimers & Gurevych 2019,
"Sentence-BERT"; Wang et al. 2020, "MiniLM". Its weights are read from the files it is given out
with: `model.safetensors` and `vocab.txt`.
"""

from __future__ import annotations

import json
import math
import re
import struct
import unicodedata
from collections.abc import Iterator, Sequence
from pathlib import Path
from typing import Any

import numpy as np

LAYERS, HEADS = 6, 12
MOST_PIECES = 96  # of one text, its ends included
AT_ONCE = 128  # texts of one length
START, END, UNKNOWN = 101, 102, 100
NUMBERS = {"F32": np.float32, "F16": np.float16, "I64": np.int64}
_WORD = re.compile(r"[^\W_]+|[^\w\s]|_")


class SentenceModel:
    """The network and its pieces of words, read from a folder."""

    def __init__(self, folder: Path) -> None:
        self._weights = dict(read_tensors(folder / "model.safetensors"))
        lines = (folder / "vocab.txt").read_text(encoding="utf-8").splitlines()
        self._pieces = {piece: number for number, piece in enumerate(lines)}
        self._known: dict[str, list[int]] = {}

    @property
    def width(self) -> int:
        """How many figures a text is turned into."""
        return int(self._weights["embeddings.word_embeddings.weight"].shape[1])

    def encode(self, texts: Sequence[str]) -> np.ndarray:
        """A row of length 1 for each of `texts`; texts of like meaning have rows that point
        alike."""
        pieces = [self._cut(text) for text in texts]
        by_length: dict[int, list[int]] = {}
        for place, numbers in enumerate(pieces):
            by_length.setdefault(len(numbers), []).append(place)
        rows = np.zeros((len(texts), self.width), np.float32)
        for places in by_length.values():
            for start in range(0, len(places), AT_ONCE):
                some = places[start : start + AT_ONCE]
                means = self._run(np.array([pieces[place] for place in some])).mean(axis=1)
                rows[some] = means / np.linalg.norm(means, axis=1, keepdims=True)
        return rows

    def _cut(self, text: str) -> list[int]:
        """The numbers of the pieces of `text`, longest first within each word (WordPiece)."""
        flat = unicodedata.normalize("NFD", text.lower())
        flat = "".join(c for c in flat if unicodedata.category(c) != "Mn")
        numbers = [number for word in _WORD.findall(flat) for number in self._cut_word(word)]
        return [START, *numbers[: MOST_PIECES - 2], END]

    def _cut_word(self, word: str) -> list[int]:
        if word not in self._known:
            found: list[int] = []
            start = 0
            while start < len(word):
                end = len(word)
                while end > start and self._piece(word, start, end) not in self._pieces:
                    end -= 1
                if end == start:
                    found = [UNKNOWN]
                    break
                found.append(self._pieces[self._piece(word, start, end)])
                start = end
            self._known[word] = found
        return self._known[word]

    @staticmethod
    def _piece(word: str, start: int, end: int) -> str:
        return ("##" if start else "") + word[start:end]

    def _run(self, numbers: np.ndarray) -> np.ndarray:
        """The last layer for texts of one length: texts by pieces by figures."""
        weights = self._weights
        rows = weights["embeddings.word_embeddings.weight"][numbers]
        rows = rows + weights["embeddings.position_embeddings.weight"][: numbers.shape[1]]
        rows = rows + weights["embeddings.token_type_embeddings.weight"][0]
        rows = self._normal(rows, "embeddings.LayerNorm")
        for layer in range(LAYERS):
            name = f"encoder.layer.{layer}."
            looked = self._look(rows, name + "attention.")
            rows = self._normal(rows + looked, name + "attention.output.LayerNorm")
            wide = _gelu(self._apply(rows, name + "intermediate.dense"))
            wide = self._apply(wide, name + "output.dense")
            rows = self._normal(rows + wide, name + "output.LayerNorm")
        return rows

    def _look(self, rows: np.ndarray, name: str) -> np.ndarray:
        """What each piece takes from the others of its text."""
        texts, pieces, width = rows.shape

        def by_head(part: str) -> np.ndarray:
            flat = self._apply(rows, f"{name}self.{part}")
            return flat.reshape(texts, pieces, HEADS, width // HEADS).transpose(0, 2, 1, 3)

        query, key, value = by_head("query"), by_head("key"), by_head("value")
        share = query @ key.transpose(0, 1, 3, 2) / math.sqrt(width // HEADS)
        share = np.exp(share - share.max(axis=-1, keepdims=True))
        share /= share.sum(axis=-1, keepdims=True)
        taken = (share @ value).transpose(0, 2, 1, 3).reshape(texts, pieces, width)
        return self._apply(taken, name + "output.dense")

    def _apply(self, rows: np.ndarray, name: str) -> np.ndarray:
        out: np.ndarray = rows @ self._weights[name + ".weight"].T + self._weights[name + ".bias"]
        return out

    def _normal(self, rows: np.ndarray, name: str) -> np.ndarray:
        rows = rows - rows.mean(axis=-1, keepdims=True)
        rows = rows / np.sqrt((rows * rows).mean(axis=-1, keepdims=True) + 1e-12)
        out: np.ndarray = rows * self._weights[name + ".weight"] + self._weights[name + ".bias"]
        return out


def read_tensors(path: Path) -> Iterator[tuple[str, np.ndarray]]:
    """The arrays of a safetensors file, by name."""
    data = path.read_bytes()
    (size,) = struct.unpack("<Q", data[:8])
    heads: dict[str, Any] = json.loads(data[8 : 8 + size])
    for name, head in heads.items():
        if name != "__metadata__":
            start, end = head["data_offsets"]
            part = data[8 + size + start : 8 + size + end]
            yield name, np.frombuffer(part, NUMBERS[head["dtype"]]).reshape(head["shape"])


def _gelu(rows: np.ndarray) -> np.ndarray:
    """Gaussian error linear units, the error function by Abramowitz & Stegun 7.1.26."""
    x = np.abs(rows) / math.sqrt(2)
    t = 1 / (1 + 0.3275911 * x)
    tail = 1.061405429 * t - 1.453152027
    for figure in (1.421413741, -0.284496736, 0.254829592):
        tail = tail * t + figure
    error = np.sign(rows) * (1 - tail * t * np.exp(-x * x))
    out: np.ndarray = (rows * 0.5 * (1 + error)).astype(np.float32)
    return out
