"""The tagger of quotes: a small recurrent network over each paragraph, run with numpy alone.

The network (two layers of LSTM in both directions under a linear-chain CRF; Huang, Xu & Yu 2015,
"Bidirectional LSTM-CRF Models for Sequence Tagging") is trained by tools/train_quotes.py. Its
weights are figures learned from the training part of PolNeAR 1.0 (Newell, Margolin & Ruths 2018);
no text of that corpus is in them but single words.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from typing import TYPE_CHECKING, Any

from bot.extract.quote_features import ngrams_of, shape_of, word_key
from bot.extract.quote_labels import LABELS

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

__all__ = ["Row", "Tagged", "Tagger", "load_tagger"]

WEIGHTS = "quote_tagger.npz"

TOKENS_AT_ONCE = 2000
"""Tokens in one go, about two articles: memory stays bounded on long texts. With twice as many it
is a tenth faster, and takes 30 MB more."""

FORMS_KEPT = 50_000
"""Word forms whose input vector is kept; a vector is under 500 bytes."""


@dataclass(frozen=True, slots=True)
class Row:
    """One paragraph as the tagger takes it."""

    words: list[str]
    states: list[int]
    place: int


@dataclass(frozen=True, slots=True)
class Tagged:
    """The labels of one paragraph, and for each token how probable its label is."""

    labels: list[str]
    probabilities: list[float]


@lru_cache(maxsize=1)
def load_tagger() -> Tagger | None:
    """The tagger with the weights that came with the package; None when there are none.

    Numpy is kept to one thread where it was not loaded before: the products are small, and
    threads that wait for one another made a busy machine several times slower.
    """
    if "numpy" not in sys.modules:
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    try:
        import numpy as np
    except ImportError:
        return None
    file = resources.files("bot.extract").joinpath(WEIGHTS)
    if not file.is_file():
        return None
    with file.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
        return Tagger({name: arrays[name] for name in arrays.files})


class Tagger:
    """One network, or several whose scores are averaged, sharing one vocabulary."""

    def __init__(self, arrays: dict[str, Any]) -> None:
        import numpy as np

        self._np = np
        count = int(arrays["models"]) if "models" in arrays else 1
        words = str(arrays["vocabulary"]).split("\n")
        self._vocabulary = {word: i + 1 for i, word in enumerate(words)}
        self._networks = [
            _Network({k[3:]: v for k, v in arrays.items() if k.startswith(f"m{n}_")}, arrays)
            for n in range(count)
        ]
        self._trans = np.mean([n.trans for n in self._networks], 0)
        self._begin = np.mean([n.begin for n in self._networks], 0)
        self._forms: dict[str, Any] = {}

    def tag(self, rows: Sequence[Row]) -> list[Tagged]:
        """The labels of each row, in the order given; empty rows get none."""
        out = [Tagged([], [])] * len(rows)
        order = sorted(
            (i for i, r in enumerate(rows) if r.words), key=lambda i: len(rows[i].words)
        )
        group: list[int] = []
        tokens = 0
        for i in reversed(order):
            # Longest first, so that the rows still running are always the first ones.
            group.append(i)
            tokens += len(rows[i].words)
            if tokens >= TOKENS_AT_ONCE or i == order[0]:
                for k, tagged in zip(group, self._tag([rows[k] for k in group]), strict=True):
                    out[k] = tagged
                group, tokens = [], 0
        return out

    def _tag(self, rows: list[Row]) -> list[Tagged]:
        np = self._np
        lengths = np.array([len(r.words) for r in rows])
        total: Floats | None = None
        forms, ids = self._forms_of(rows)
        for n, network in enumerate(self._networks):
            scores = network.emissions(rows, [f[n] for f in forms], ids, lengths)
            total = scores if total is None else total + scores
        assert total is not None
        return self._best(total * np.float32(1 / len(self._networks)), lengths)

    def _forms_of(self, rows: list[Row]) -> tuple[list[tuple[Any, ...]], list[list[int]]]:
        """The vectors of the distinct words of `rows`, and each row's words as numbers of them."""
        if len(self._forms) > FORMS_KEPT:
            self._forms.clear()
        known = self._forms
        numbers: dict[str, int] = {}
        vectors: list[tuple[Any, ...]] = []
        ids: list[list[int]] = []
        for row in rows:
            mine = []
            for word in row.words:
                number = numbers.get(word)
                if number is None:
                    number = numbers[word] = len(vectors)
                    vector = known.get(word)
                    if vector is None:
                        vector = known[word] = self._vectors(word)
                    vectors.append(vector)
                mine.append(number)
            ids.append(mine)
        return vectors, ids

    def _vectors(self, word: str) -> tuple[Any, ...]:
        key = word_key(word)
        row, ngrams, shape = self._vocabulary.get(key, 0), ngrams_of(key), shape_of(word)
        return tuple(n.word_vector(row, ngrams, shape) for n in self._networks)

    def _best(self, scores: Floats, lengths: Any) -> list[Tagged]:
        """The best labels by Viterbi's algorithm, and their probabilities (forward-backward).

        `scores` is steps by rows by labels, rows by falling length.
        """
        np = self._np
        steps, rows, labels = scores.shape
        running = [int((lengths > t).sum()) for t in range(steps)]
        trans = self._trans
        weights = np.exp(trans)
        best = np.zeros_like(scores)
        came = np.zeros((steps, rows, labels), np.int8)
        forward = np.zeros_like(scores)
        best[0] = self._begin + scores[0]
        forward[0] = _normed(np, best[0])
        for t in range(1, steps):
            k = running[t]
            step = best[t - 1, :k, :, None] + trans
            came[t, :k] = step.argmax(1)
            best[t, :k] = step.max(1) + scores[t, :k]
            forward[t, :k] = _normed(
                np, np.log(np.exp(forward[t - 1, :k]) @ weights + 1e-30) + scores[t, :k]
            )
        backward = np.zeros_like(scores)
        for t in range(steps - 2, -1, -1):
            k = running[t + 1]
            ahead = np.exp(_normed(np, backward[t + 1, :k] + scores[t + 1, :k]))
            backward[t, :k] = np.log(ahead @ weights.T + 1e-30)
        marginal = forward + backward
        out = []
        for i, length in enumerate(lengths.tolist()):
            label = int(best[length - 1, i].argmax())
            path = [label]
            for t in range(length - 1, 0, -1):
                label = int(came[t, i, label])
                path.append(label)
            path.reverse()
            m = np.exp(_normed(np, marginal[:length, i]))
            m /= m.sum(-1, keepdims=True)
            probabilities = m[np.arange(length), path].tolist()
            out.append(Tagged([LABELS[k] for k in path], probabilities))
        return out


def _normed(np: Any, scores: Floats) -> Floats:
    return scores - scores.max(-1, keepdims=True)  # type: ignore[no-any-return]


class _Network:
    """The weights of one network, ready to run."""

    def __init__(self, own: dict[str, Any], shared: dict[str, Any]) -> None:
        import numpy as np

        self._np = np

        def table(name: str) -> Any:
            values = own[name]
            if values.dtype == np.int8:
                return values, own[f"{name}_scale"].astype(np.float32)
            return values, None

        def full(name: str) -> Any:
            values, scale = table(name)
            values = values.astype(np.float32)
            return values if scale is None else values * scale[:, None]

        self._word, self._word_scale = table("word_weight")
        self._ngram, self._ngram_scale = table("ngram_weight")
        self._lexicon = shared["lexicon"].astype(np.float32)
        if shared["lexicon"].dtype == np.int8:
            self._lexicon *= float(shared["lexicon_scale"])
        self._shape = full("shape_weight")
        self._state = full("state_weight")
        self._place = full("place_weight")
        self._layers = []
        for n in (1, 2):
            parts = [(f"f{n}", f"b{n}")]
            w_in = [full(f"{d}_weight_ih_l0").T for d in parts[0]]
            w_own = np.stack([full(f"{d}_weight_hh_l0").T for d in parts[0]])
            bias = [
                own[f"{d}_bias_ih_l0"].astype(np.float32)
                + own[f"{d}_bias_hh_l0"].astype(np.float32)
                for d in parts[0]
            ]
            self._layers.append((np.concatenate(w_in, 1), np.concatenate(bias), w_own))
        self._out = full("out_weight").T
        self._out_bias = own["out_bias"].astype(np.float32)
        self.trans = own["trans"].astype(np.float32)
        self.begin = own["begin"].astype(np.float32)

    def word_vector(self, row: int, ngrams: list[int], shape: int) -> Floats:
        """What does not depend on the place of a word: word, letters, shape, counts."""
        np = self._np
        word = self._word[row].astype(np.float32)
        if self._word_scale is not None:
            word = word * self._word_scale[row]
        letters = self._ngram[ngrams].astype(np.float32)
        if self._ngram_scale is not None:
            letters = letters * self._ngram_scale[ngrams][:, None]
        return np.concatenate(  # type: ignore[no-any-return]
            [word, letters.mean(0), self._shape[shape], self._lexicon[row]], dtype=np.float32
        )

    def emissions(
        self, rows: list[Row], forms: list[Floats], ids: list[list[int]], lengths: Any
    ) -> Floats:
        """Scores, steps by rows by labels; rows come by falling length."""
        np = self._np
        vectors = np.stack(forms)
        count, steps = len(rows), int(lengths[0])
        running = [int((lengths > t).sum()) for t in range(steps)]
        # All tokens in one table, step by step: row i's token t stands at first[t] + i.
        first = np.concatenate([[0], np.cumsum(running)])
        at = np.concatenate([first[: len(r.words)] + i for i, r in enumerate(rows)])
        form = np.empty(len(at), np.int64)
        form[at] = np.concatenate(ids)
        state = np.empty(len(at), np.int64)
        state[at] = np.concatenate([r.states for r in rows])
        place = np.empty(len(at), np.int64)
        place[at] = np.repeat([r.place for r in rows], lengths)
        v = vectors[form]
        cut = self._word.shape[1] + self._ngram.shape[1] + self._shape.shape[1]
        x = np.concatenate([v[:, :cut], self._state[state], self._place[place], v[:, cut:]], 1)
        # Where the mirror image of each token stands: token t of n goes to n - 1 - t.
        mirror = np.empty(len(at), np.int64)
        mirror[at] = np.concatenate(
            [first[len(r.words) - 1 :: -1][: len(r.words)] + i for i, r in enumerate(rows)]
        )
        for w_in, bias, w_own in self._layers:
            x = self._layer(x, w_in, bias, w_own, running, first, mirror)
        scores = x @ self._out + self._out_bias
        out: Floats = np.zeros((steps, count, scores.shape[1]), np.float32)
        for t, k in enumerate(running):
            out[t, :k] = scores[first[t] : first[t] + k]
        return out

    def _layer(
        self,
        x: Floats,
        w_in: Floats,
        bias: Floats,
        w_own: Floats,
        running: Any,
        first: Any,
        mirror: Any,
    ) -> Floats:
        """One layer of LSTM, both directions side by side."""
        np = self._np
        hidden = w_own.shape[1]
        gates_in = x @ w_in + bias
        half = 4 * hidden
        gates_in[:, half:] = gates_in[mirror, half:]
        both = np.stack([gates_in[:, :half], gates_in[:, half:]])
        out = np.empty((2, len(x), hidden), np.float32)
        h = np.zeros((2, running[0], hidden), np.float32)
        c = np.zeros_like(h)
        for t, k in enumerate(running):
            g = both[:, first[t] : first[t] + k]
            if t:
                g = g + h[:, :k] @ w_own
            # Gates stand as torch has them: in, forget, new, out.
            sig = _sigmoid(np, g)
            new = np.tanh(g[..., 2 * hidden : 3 * hidden])
            c = sig[..., hidden : 2 * hidden] * c[:, :k] + sig[..., :hidden] * new
            h = sig[..., 3 * hidden :] * np.tanh(c)
            out[:, first[t] : first[t] + k] = h
        return np.concatenate([out[0], out[1][mirror]], 1)  # type: ignore[no-any-return]


def _sigmoid(np: Any, x: Floats) -> Floats:
    """The logistic function, by way of tanh, which numpy has fast."""
    out = np.tanh(x * np.float32(0.5))
    out *= np.float32(0.5)
    out += np.float32(0.5)
    return out  # type: ignore[no-any-return]
