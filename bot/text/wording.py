"""Finds given words in a text, be they kept or changed, and tells where the two differ.

Capitals, marks and the form of an apostrophe do not count; each word does.
"""

from __future__ import annotations

import re
from collections import Counter, defaultdict
from collections.abc import Sequence
from dataclasses import dataclass
from enum import StrEnum
from functools import lru_cache
from itertools import pairwise

from bot.model import Span
from bot.text.similar import Stretch, differing_stretches
from bot.text.words import Word, find_printed, find_words, fold

STOP_WEIGHT = 0.35
"""What a word like "the" weighs in a comparison, where a telling one weighs 1: of one it is
unlikely that it stands there by chance, of the other it is not."""
MOST_WORDS = 400
"""Words of what is given that are compared; more is an article, no quote."""
PLACES_OF_ONE_WORD = 6  # in what is given; a word that comes more often tells no place
KEYS_KEPT = 50_000  # words; a large store's common ones
PLACES_TRIED = 3  # in one text, the likeliest first
SLACK_WORDS = 8  # more or fewer than given, that a changed wording may have
SLACK_SHARE = 0.5  # the same as a share of the words given
STRAY_GAP = 3  # words between a few that agree by chance and the rest of the wording
STRAY_WEIGHT = 0.2
"""What words weigh for each word of such a gap, if they agree by chance; two telling words in a
row reach over "said the minister, who had come from Orlin"."""
_OMITTED = re.compile(r"…|\.\s?\.\s?\.|\[\s?\.\.\.?\s?\]")


class DifferenceKind(StrEnum):
    """How what is given differs at one place from what is printed."""

    DROPPED = "dropped"
    ADDED = "added"
    CHANGED = "changed"
    OMITTED = "omitted"
    """Left out, and marked so by points."""


@dataclass(frozen=True, slots=True)
class Difference:
    """One place where the words differ: as given (empty where dropped), and as printed (None
    where added)."""

    kind: DifferenceKind
    given: str
    printed: Span | None


@dataclass(frozen=True, slots=True)
class Wording:
    """Where given words stand in a text, how much of them (0-1), and where they differ.

    `words` are the printed words in `span` as numbers of words of the text, `[first, end)`.
    """

    span: Span
    share: float
    run: int
    """The longest run of words that are the same one after another."""
    differences: tuple[Difference, ...]
    words: tuple[int, int]


@dataclass(frozen=True, slots=True)
class Given:
    """Words to look for, ready to be compared with many texts."""

    text: str
    words: tuple[Word, ...]
    keys: tuple[str, ...]
    weight: float

    def weigh(self, start: int, end: int) -> float:
        """What the words `[start, end)` weigh."""
        return sum(_weight(word) for word in self.words[start:end])


Printed = tuple[int, int, str]
"""Where a word of the text starts and ends, and its letters."""


def _weight(word: Word) -> float:
    return STOP_WEIGHT if word.is_stop else 1.0


@lru_cache(maxsize=KEYS_KEPT)
def _key_of(printed: str) -> str:
    """What a word is compared by."""
    return fold(printed).replace("'", "").replace(".", "")


def read_given(text: str) -> Given:
    """The words of `text`, the first 400."""
    words = tuple(find_words(text)[:MOST_WORDS])
    keys = tuple(word.folded.replace("'", "").replace(".", "") for word in words)
    return Given(text, words, keys, sum(map(_weight, words)))


def find_wording(given: Given, text: str) -> Wording | None:
    """Where `text` holds the words given, or most of them; None where it holds none that tell
    anything. Of several places the one with most of them, then the first."""
    words = find_printed(text)
    keys = [_key_of(word[2]) for word in words]
    found = [
        wording
        for place in _likely_places(given, keys)
        if (wording := _aligned(given, text, words, keys, place)) is not None
    ]
    return max(found, key=lambda w: (w.share, -len(w.differences), -w.span.start), default=None)


def _likely_places(given: Given, keys: Sequence[str]) -> list[int]:
    """Numbers of words of the text where what is given may begin, the likeliest first: each word
    that both hold, and each pair of neighbours, speaks for one."""
    ones: dict[str, list[int]] = defaultdict(list)
    twos: dict[tuple[str, str], list[int]] = defaultdict(list)
    for n, (key, word) in enumerate(zip(given.keys, given.words, strict=True)):
        if not word.is_stop and len(ones[key]) < PLACES_OF_ONE_WORD:
            ones[key].append(n)
    for n, pair in enumerate(pairwise(given.keys)):
        if len(twos[pair]) < PLACES_OF_ONE_WORD:
            twos[pair].append(n)
    wide = max(SLACK_WORDS, len(given.keys) // 4)
    votes: Counter[int] = Counter()
    before = ""
    for place, key in enumerate(keys):
        for n in ones.get(key, ()):
            votes[(place - n) // wide] += 1
        for n in twos.get((before, key), ()):
            votes[(place - 1 - n) // wide] += 1
        before = key
    # What begins at the edge of one stretch is told half by it and half by its neighbour.
    joined = {at: n + votes.get(at + 1, 0) for at, n in votes.items()}
    best = sorted(joined, key=lambda at: (-joined[at], at))[:PLACES_TRIED]
    return [at * wide for at in best]


def _aligned(
    given: Given, text: str, words: Sequence[Printed], keys: Sequence[str], place: int
) -> Wording | None:
    """What is given beside the words of the text from about `place` on."""
    count = len(given.keys)
    slack = max(SLACK_WORDS, int(count * SLACK_SHARE))
    low = max(0, place - slack)
    high = min(len(keys), place + max(SLACK_WORDS, count // 4) + count + slack)
    near = keys[low:high]
    blocks = _gathered(_without_strays(given, _blocks(given.keys, near)), given.keys, near)
    if not blocks:
        return None
    held = sum(given.weigh(a, a + n) for a, _, n in blocks)
    first, last = blocks[0], blocks[-1]
    start, end = low + first[1], low + last[1] + last[2]
    edges = (
        _beside(text, words, range(start - 1, -1, -1), first[0]),
        _beside(text, words, range(end, len(words)), count - last[0] - last[2]),
    )
    start, end = start - edges[0], end + edges[1]
    return Wording(
        Span(words[start][0], words[end - 1][1]),
        held / given.weight if given.weight else 0.0,
        max(n for _, _, n in blocks),
        tuple(_differences(given, words, low, blocks, edges)),
        (start, end),
    )


def _beside(text: str, words: Sequence[Printed], numbers: range, given: int) -> int:
    """How many of the next words of the text (in the order of `numbers`) stand in the place of
    `given` others at an edge: all up to the next mark if these are few, else as many."""
    if not given:
        return 0
    most, count = 2 * given + 1, 0
    for number in numbers[: most + 1]:
        one, two = sorted((number, number - numbers.step))
        between = text[words[one][1] : words[two][0]]
        if not between.isspace() and between != "-":
            return count
        count += 1
    return min(count, given)


Block = tuple[int, int, int]
"""Where a run of equal words begins in what is given and in the text, and how long it is."""


def _blocks(given: Sequence[str], printed: Sequence[str]) -> list[Block]:
    """The runs of words that both have, in order."""
    found: list[Block] = []
    a = b = 0
    ends = Stretch(len(given), len(given), len(printed), len(printed))
    for gap in (*differing_stretches(given, printed), ends):
        if gap.old_start > a:
            found.append((a, b, gap.old_start - a))
        a, b = gap.old_end, gap.new_end
    return found


def _without_strays(given: Given, blocks: list[Block]) -> list[Block]:
    """`blocks` less what agrees by chance at either end: a word or two, far from the rest."""
    while len(blocks) > 1 and _is_stray(given, blocks[0], _gap(blocks[0], blocks[1])):
        blocks = blocks[1:]
    while len(blocks) > 1 and _is_stray(given, blocks[-1], _gap(blocks[-2], blocks[-1])):
        blocks = blocks[:-1]
    return blocks


def _gathered(
    blocks: Sequence[Block], given: Sequence[str], printed: Sequence[str]
) -> list[Block]:
    """`blocks` with each word beside the longer run where it might stand beside either, and with
    the words before and after that agree, too."""
    found: list[Block] = []
    for block in blocks:
        a, b, n = block
        while found:
            c, d, m = found[-1]
            is_tied = c + m == a and m <= n and printed[b - 1] == given[a - 1] and d + m < b
            if not is_tied:
                break
            a, b, n = a - 1, b - 1, n + 1
            found[-1] = (c, d, m - 1)
            if m == 1:
                found.pop()
        found.append((a, b, n))
    if found:
        a, b, n = found[0]
        while a and b and given[a - 1] == printed[b - 1]:
            a, b, n = a - 1, b - 1, n + 1
        found[0] = (a, b, n)
        a, b, n = found[-1]
        while a + n < len(given) and b + n < len(printed) and given[a + n] == printed[b + n]:
            n += 1
        found[-1] = (a, b, n)
    return found


def _gap(one: Block, two: Block) -> tuple[int, int]:
    """How many words lie between two runs, in what is given and in the text."""
    return two[0] - one[0] - one[2], two[1] - one[1] - one[2]


def _is_stray(given: Given, block: Block, gap: tuple[int, int]) -> bool:
    wide = gap[1] - gap[0]
    held = given.weigh(block[0], block[0] + block[2])
    return wide > STRAY_GAP and held < wide * STRAY_WEIGHT


def _differences(
    given: Given,
    printed: Sequence[Printed],
    low: int,
    blocks: Sequence[Block],
    edges: tuple[int, int],
) -> list[Difference]:
    """Where the words differ from those printed from number `low` on, in order; `edges` is how
    many printed words before the first run and behind the last stand for words given there."""
    found: list[Difference] = []
    (a, b, _), (c, d, n) = blocks[0], blocks[-1]
    gaps = [(0, a, b - edges[0], b)]
    gaps += [(a + n, c, b + n, d) for (a, b, n), (c, d, _) in pairwise(blocks)]
    gaps.append((c + n, len(given.words), d + n, d + n + edges[1]))
    for start, end, first, after in gaps:
        mine = _slice(given.text, given.words, start, end) if end > start else ""
        if after <= first:
            if mine:
                found.append(Difference(DifferenceKind.ADDED, mine, None))
            continue
        theirs = Span(printed[low + first][0], printed[low + after - 1][1])
        if mine:
            found.append(Difference(DifferenceKind.CHANGED, mine, theirs))
        else:
            between = given.text[given.words[start - 1].span.end : given.words[start].span.start]
            marked = bool(_OMITTED.search(between))
            kind = DifferenceKind.OMITTED if marked else DifferenceKind.DROPPED
            found.append(Difference(kind, "", theirs))
    return found


def _slice(text: str, words: Sequence[Word], start: int, end: int) -> str:
    return text[words[start].span.start : words[end - 1].span.end]
