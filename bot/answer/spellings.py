"""Every word of a store, and those of them that a misspelt one may be a slip for."""

from __future__ import annotations

import threading
from collections import defaultdict
from collections.abc import Sequence
from dataclasses import dataclass, field

import numpy as np
import numpy.typing as npt

from bot.store.lookups import find_words_after
from bot.store.store import Store
from bot.text.similar import most_edits, nearest

REACH_CHARS = 2  # letters that a word may be longer or shorter than what was typed
_KINDS = 32  # of letters that a mask tells apart: all of English, others fall together
_TWICE = np.uint64(_KINDS)

Masks = npt.NDArray[np.uint64]


@dataclass(slots=True)
class _OfLength:
    """The words of one length, and the letters of the first of them."""

    words: list[str] = field(default_factory=list)
    masks: Masks = field(default_factory=lambda: np.zeros(0, np.uint64))


@dataclass(slots=True)
class Spellings:
    """Every word of a store, kept while the program runs: only what came since is read again.
    Words that went are found missing when they are looked up."""

    last: int = 0
    lock: threading.Lock = field(default_factory=threading.Lock)
    _lengths: dict[int, _OfLength] = field(default_factory=lambda: defaultdict(_OfLength))

    def alike(
        self, store: Store, typed: str, *, limit: int, at_least: float
    ) -> list[tuple[str, float]]:
        """The words so similar to `typed`, of each length the best few, with their similarity.

        Their letters are compared first, many thousand words at once: so many slips change no
        more letters than that. What is left is compared letter by letter.
        """
        found: list[tuple[str, float]] = []
        mask = letters_of([typed])[0]
        with self.lock:
            self._read_new(store)
            for chars in range(len(typed) - REACH_CHARS, len(typed) + REACH_CHARS + 1):
                if (kept := self._lengths.get(chars)) is None:
                    continue
                edits = most_edits(max(chars, len(typed)), at_least)
                lost = np.bitwise_count(mask & ~kept.masks) <= edits
                gained = np.bitwise_count(kept.masks & ~mask) <= edits
                words = [kept.words[n] for n in np.flatnonzero(lost & gained)]
                found += nearest(typed, words, limit=limit, at_least=at_least)
        return found

    def _read_new(self, store: Store) -> None:
        new: dict[int, list[str]] = defaultdict(list)
        for number, word in find_words_after(store, self.last):
            new[len(word)].append(word)
            self.last = number
        for chars, words in new.items():
            kept = self._lengths[chars]
            kept.masks = np.concatenate((kept.masks, letters_of(words)))
            kept.words += words


def letters_of(words: Sequence[str]) -> Masks:
    """For each of `words`, all of one length, which letters it holds, and which of them twice: a
    bit for each."""
    text = "".join(words).encode("utf-32-le", "surrogatepass")
    codes = np.frombuffer(text, np.uint32).reshape(len(words), -1)
    once = np.zeros(len(words), np.uint64)
    twice = np.zeros(len(words), np.uint64)
    for letter in np.uint64(1) << (codes % _KINDS).astype(np.uint64).T:
        twice |= once & letter
        once |= letter
    return once | (twice << _TWICE)
