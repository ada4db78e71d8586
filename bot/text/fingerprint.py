"""Fingerprints of texts, by which near copies are found among many without reading them all."""

from __future__ import annotations

import re
import zlib
from collections.abc import Sequence
from dataclasses import dataclass
from functools import cache
from itertools import islice, pairwise

import numpy as np

from bot.text.words import fold

HASHES = 64
"""Values of a fingerprint; each is the smallest hash of the text's word pairs, one way of many."""
BANDS = 16
"""Groups of four values: two texts are compared when one group is the same in both. Of texts that
differ in every tenth word 97 % meet so, of unrelated ones 1 in 80,000."""
FEWEST_WORDS = 20
"""A shorter text is all formula: a notice, a headline, a result."""
MOST_WORDS = 8_000
"""So much of a text is fingerprinted and compared; the longest of news have half as many."""
_BLOCK = 2_048  # word pairs hashed at a time, so that memory stays below 2 MB

# Chinese and Japanese put no spaces between words: there each character counts as one.
_WORD = re.compile(
    r"[\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]|[^\W\u3040-\u30ff\u3400-\u4dbf\u4e00-\u9fff]+"
)


@dataclass(frozen=True, slots=True)
class Fingerprint:
    """What tells near copies of a text: its smallest hashes, and the keys of its bands."""

    hashes: bytes
    bands: tuple[int, ...]


def body_words(text: str, title: str | None) -> list[str]:
    """The words of a text by which copies are compared: folded, without the headline, which each
    outlet writes for itself."""
    if title and text.startswith(title):
        text = text[len(title) :]
    return [found.group() for found in islice(_WORD.finditer(fold(text)), MOST_WORDS)]


def fingerprint(words: Sequence[str]) -> Fingerprint | None:
    """The fingerprint of a text, given as its words; None where there are too few.

    Source: Broder 1997, "On the resemblance and containment of documents" (MinHash); the bands
    are those of Indyk & Motwani 1998.
    """
    if len(words) < FEWEST_WORDS:
        return None
    coded = [word.encode("utf-8", "surrogatepass") for word in words]
    crcs = [zlib.crc32(b"%b %b" % pair) for pair in pairwise(coded)]
    pairs = np.array(crcs, dtype=np.uint64)
    factors, terms = _ways()
    least = np.full(HASHES, np.iinfo(np.uint64).max, dtype=np.uint64)
    for start in range(0, len(pairs), _BLOCK):
        block = pairs[start : start + _BLOCK, None] * factors + terms
        least = np.minimum(least, block.min(axis=0))
    hashes = (least >> np.uint64(32)).astype("<u4").tobytes()
    return Fingerprint(hashes, bands_of(hashes))


def bands_of(hashes: bytes) -> tuple[int, ...]:
    """The keys of the bands of a fingerprint, each of which holds its number."""
    width = len(hashes) // BANDS
    return tuple(
        (number << 32) | zlib.crc32(hashes[number * width : (number + 1) * width])
        for number in range(BANDS)
    )


@cache
def _ways() -> tuple[np.ndarray, np.ndarray]:
    """The factors and terms of the hash functions, the same in every run: multiply and shift."""
    chance = np.random.Generator(np.random.PCG64(20_250_318))
    factors = chance.integers(0, 2**64, HASHES, dtype=np.uint64) | np.uint64(1)
    return factors, chance.integers(0, 2**64, HASHES, dtype=np.uint64)
