"""What words mean, as a table of figures: words of like meaning have rows that point alike.

The table is made by tools/make_senses.py from general knowledge of English words; where from, and
under which terms, docs/decisions/0015-senses-of-words.md tells. It is read with plain arithmetic.
"""

from __future__ import annotations

import os
import sys
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from functools import lru_cache
from importlib import resources
from itertools import chain, islice, repeat
from typing import TYPE_CHECKING, Any

if TYPE_CHECKING:
    import numpy as np
    from numpy.typing import NDArray

    Floats = NDArray[np.float32]

__all__ = ["Compared", "Senses", "load_senses"]

TABLE = "senses.npz"
AT_ONCE = 20_000  # terms whose rows are laid out together; a question has some 7,000
LEAST = 1e-9  # a length below which a row points nowhere


@dataclass(frozen=True, slots=True)
class Compared:
    """Lines of terms beside the words that they were compared with."""

    sums: Floats
    """For each line, the sum of its terms' rows, each by how much its term tells."""
    nearest: Floats
    """For each line and word, how near the nearest term comes to the word, at most 1."""


class Senses:
    """Rows of figures for terms. What a term tells by being rare is in the length of its row."""

    def __init__(self, arrays: dict[str, Any]) -> None:
        terms = bytes(arrays["terms"]).decode().split("\n")
        self._places = dict(zip(terms, range(len(terms)), strict=True))
        self._rows = arrays["rows"]  # whole numbers of a byte
        self._steps: Floats = arrays["steps"].astype("float32")  # what one of them is worth
        self._tells: Floats = arrays["tells"].astype("float32")

    def __contains__(self, term: str) -> bool:
        return term in self._places

    @property
    def width(self) -> int:
        """How many figures a row has."""
        return int(self._rows.shape[1])

    def total(self, terms: Iterable[str]) -> Floats:
        """The sum of the rows of `terms`, scaled to length 1; zeros where none is known."""
        known = (p for t in terms if (p := self._places.get(t)) is not None)
        whole = self._weighed([*islice(known, AT_ONCE)]).sum(axis=0)
        while places := [*islice(known, AT_ONCE)]:
            whole += self._weighed(places).sum(axis=0)
        return pointing(whole)

    def compare(self, lines: Sequence[str], words: Sequence[str]) -> Compared:
        """`lines`, each of terms with space between, beside `words`, terms that are known."""
        import numpy as np

        batches = [self._compare(batch, words) for batch in _batches(lines)]
        if len(batches) == 1:
            return batches[0]
        return Compared(
            np.concatenate([batch.sums for batch in batches]),
            np.concatenate([batch.nearest for batch in batches]),
        )

    def _compare(self, lines: Sequence[str], words: Sequence[str]) -> Compared:
        import numpy as np

        terms = [line.split() for line in lines]
        known = list(map(self._places.get, chain.from_iterable(terms), repeat(-1)))
        all_places = np.array(known, np.int32)
        of_line = np.repeat(np.arange(len(lines)), [len(line) for line in terms])
        places = all_places[all_places >= 0]
        filled, starts = np.unique(of_line[all_places >= 0], return_index=True)
        sums = np.zeros((len(lines), self.width), np.float32)
        nearest = np.zeros((len(lines), len(words)), np.float32)
        if len(filled):
            alone = self._alone(places)
            sums[filled] = np.add.reduceat(alone * self._tells[places, None], starts, axis=0)
            if words:
                asked = self._alone([self._places[word] for word in words])
                nearest[filled] = np.maximum.reduceat(alone @ asked.T, starts, axis=0)
        return Compared(sums, nearest)

    def _alone(self, places: Sequence[int] | NDArray[np.int32]) -> Floats:
        """The rows at `places`, each of length 1."""
        rows: Floats = self._rows[places] * self._steps[places, None]
        return rows

    def _weighed(self, places: Sequence[int]) -> Floats:
        rows: Floats = self._alone(places) * self._tells[places, None]
        return rows


def _batches(lines: Sequence[str]) -> list[Sequence[str]]:
    """`lines` in runs of about `AT_ONCE` terms at most, so that a hostile text of a million takes
    no more memory; at least one run, which may be empty."""
    found: list[Sequence[str]] = []
    start = held = 0
    for n, line in enumerate(lines):
        size = line.count(" ") + 1
        if held + size > AT_ONCE and n > start:
            found.append(lines[start:n])
            start, held = n, 0
        held += size
    return [*found, lines[start:]]


def pointing(rows: Floats) -> Floats:
    """`rows`, or one row, scaled to length 1; zeros stay zeros."""
    import numpy as np

    lengths = np.sqrt((rows * rows).sum(axis=-1, keepdims=True))
    scaled: Floats = rows / np.maximum(lengths, LEAST)
    return scaled


@lru_cache(maxsize=1)
def load_senses() -> Senses:
    """The table that came with the package."""
    if "numpy" not in sys.modules:  # small products: threads would wait for one another
        os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")
    import numpy as np

    file = resources.files("bot.text").joinpath(TABLE)
    with file.open("rb") as stream, np.load(stream, allow_pickle=False) as arrays:
        return Senses({name: arrays[name] for name in arrays.files})
