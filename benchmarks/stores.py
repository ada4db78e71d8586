"""Make a store of any size out of a few articles, to measure speed with.

    python benchmarks/stores.py OUT.db --articles 10000 [--source ARTICLES.jsonl]

What other measurements make is kept in build/bench for the next time, until the source, the
reading or this maker changes; `make clean` removes it.

The articles of the source are read once. Then they go into the tables again and again, with what
was found in them and without being read anew. In each copy the names and the rarer words are
swapped for made-up words of the same length and case, so that every span stays right. All
articles of one round get the same swaps, so that a round is a small world of its own people; the
days of publication move from round to round.

Which word a rarer word becomes is drawn as words are in real text (a Pitman–Yor process): mostly
one that was drawn before, the oftener drawn the likelier, sometimes a new one. So the vocabulary
grows with the 0.65th power of the words drawn (Heaps' law), some words end up in many rounds and
most in few (Zipf's law). Names are drawn whole in the same way, so that the same people come back,
some of them in very many articles. Words of the language stay: stop words, the words of
the trade that the answers know, and what stands in every thirtieth article of the source.

Source: Pitman & Yor 1997; Heaps' exponent of news as in Gerlach & Altmann 2013.
"""

from __future__ import annotations

import argparse
import gzip
import hashlib
import itertools
import json
import random
import re
import sys
import time
from collections import Counter, defaultdict
from collections.abc import Callable, Iterator, Sequence
from dataclasses import asdict, dataclass, field, replace
from datetime import date, datetime, timedelta
from functools import cache, partial
from pathlib import Path
from typing import Any, Generic, TypeVar

ROOT = Path(__file__).parents[1]
# In the place of this folder, whose telegram.py would be taken for the library of that name.
sys.path[0] = str(ROOT)

from bot.answer.families import relatives_of  # noqa: E402 - found by the line above
from bot.intake.identity import identify  # noqa: E402
from bot.intake.records import read_record  # noqa: E402
from bot.model import Draft, Findings, day_of  # noqa: E402
from bot.newsroom import EXTRACTOR_VERSION, read_text  # noqa: E402
from bot.store.putting import put_article  # noqa: E402
from bot.store.store import Store, known_migrations  # noqa: E402
from bot.text.fingerprint import body_words, fingerprint  # noqa: E402
from bot.text.words import STOP_WORDS, fold, term_of  # noqa: E402

SAMPLES = ROOT / "bot" / "samples" / "articles.jsonl"
KEPT = ROOT / "build" / "bench"
GROWTH = 0.65  # the exponent with which the vocabulary grows
FIRST_WORDS = 40.0  # of each length
FIRST_NAMES = 10.0  # of each name in the source
KEPT_AT = 1 / 30  # a word in so many articles of the source belongs to the language
SHORTEST_SWAPPED_CHARS = 4
DAYS = 700  # over which the rounds are spread
AT_ONCE = 1_000  # articles in one transaction
TOLD_AFTER = 10  # transactions
SEED = 20250318

T = TypeVar("T")
CACHE_KIB = 512_000  # pages of the store that the maker keeps; its words lie all over the file

_LETTERS = re.compile(r"[^\W\d_]+")
_AT_LETTERS = re.compile(rf"({_LETTERS.pattern})")
_CONSONANTS, _VOWELS = "bdfghklmnprstvwz", "aeiou"


@dataclass(slots=True)
class Chain(Generic[T]):
    """Things drawn as words are in real text: the oftener drawn before, the likelier."""

    first: float
    """The larger, the more new things at first."""
    drawn: list[int] = field(default_factory=list)
    counts: list[int] = field(default_factory=list)
    things: list[T] = field(default_factory=list)

    def draw(self, chance: random.Random, make: Callable[[], T | None]) -> T:
        """One that was drawn before, or what `make` makes (None: there is no new one)."""
        total = len(self.drawn)
        if chance.random() < (self.first + GROWTH * len(self.things)) / (self.first + total):
            thing = make()
            if thing is not None:
                self.things.append(thing)
                self.counts.append(1)
                self.drawn.append(len(self.things) - 1)
                return thing
        while True:
            number = self.drawn[int(chance.random() * total)]
            count = self.counts[number]
            if count == 1 or chance.random() > GROWTH / count:
                break
        self.counts[number] += 1
        self.drawn.append(number)
        return self.things[number]


class Words:
    """Made-up words, in a chain for each length."""

    def __init__(self, taken: set[str]) -> None:
        self._taken = taken
        self._chains: dict[int, Chain[str]] = {}

    def draw(self, chance: random.Random, length: int) -> str:
        chain = self._chains.setdefault(length, Chain(FIRST_WORDS))
        return chain.draw(chance, lambda: self._made_up(chance, length))

    def _made_up(self, chance: random.Random, length: int) -> str | None:
        for _ in range(20):
            starts = chance.random() < 0.5
            letters = [
                chance.choice(_VOWELS if (n + starts) % 2 else _CONSONANTS) for n in range(length)
            ]
            word = "".join(letters)
            if word not in self._taken:
                self._taken.add(word)
                return word
        return None  # nearly every word of this length is taken


@dataclass(frozen=True, slots=True)
class Piece:
    """An article of the source, with what was found in it."""

    draft: Draft
    findings: Findings


def read_source(path: Path) -> list[Piece]:
    """The articles in a file of JSON Lines, read."""
    opened = gzip.open if path.suffix == ".gz" else open
    pieces = []
    with opened(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            draft = read_record(json.loads(line))
            draft = replace(draft, id=identify(draft))
            pieces.append(Piece(draft, read_text(draft.text, day_of(draft.published))))
    return pieces


@dataclass(frozen=True, slots=True)
class Swappable:
    """The words of a source that each round swaps, folded. It is kept beside a store, so that
    questions asked later are swapped as its articles were."""

    families: list[list[str]]
    """Those of names, with all names that share a word together."""
    others: list[str]
    taken: list[str]
    """Every word of the source: no made-up word is one of them."""
    articles: int
    """How many the source has."""

    @classmethod
    def of(cls, pieces: Sequence[Piece]) -> Swappable:
        families, others = _swappable(pieces)
        taken = {w for p in pieces for w in map(fold, _LETTERS.findall(p.draft.text))}
        return cls(families, others, sorted(taken), len(pieces))

    @classmethod
    def beside(cls, store: Path) -> Swappable:
        """What the store at this path was made with."""
        return cls(**json.loads(_swaps_beside(store).read_text("utf-8")))


def _swaps_beside(store: Path) -> Path:
    return store.with_suffix(".swaps.json")


class Rounds:
    """Draws the words of round after round."""

    def __init__(self, swappable: Swappable) -> None:
        self._chance = random.Random(SEED)
        self._families = [tuple(family) for family in swappable.families]
        self._others = swappable.others
        taken = set(swappable.taken)
        self._names, self._words = Words(taken), Words(taken)
        self._bearers: list[Chain[tuple[str, ...]]] = [Chain(FIRST_NAMES) for _ in self._families]

    def swaps(self) -> Iterator[tuple[int, Callable[[str], str]]]:
        """The number of each round, and what makes its text of a text of the source; the first
        round is the source itself."""
        yield 0, str
        for number in itertools.count(1):
            swaps: dict[str, str] = {}
            for family, chain in zip(self._families, self._bearers, strict=True):
                bearers = chain.draw(self._chance, partial(self._bearers_of, family))
                swaps |= zip(family, bearers, strict=True)
            for word in self._others:
                swaps[word] = self._words.draw(self._chance, len(word))
            yield number, _swapper(swaps)

    def _bearers_of(self, family: tuple[str, ...]) -> tuple[str, ...]:
        return tuple(self._names.draw(self._chance, len(word)) for word in family)


def copies(pieces: Sequence[Piece], swappable: Swappable, count: int) -> Iterator[Piece]:
    """So many articles, round after round of `pieces`."""
    made = 0
    for number, swap in Rounds(swappable).swaps():
        for piece in pieces:
            if made == count:
                return
            yield piece if number == 0 else _copy(piece, number, swap)
            made += 1


def _swappable(pieces: Sequence[Piece]) -> tuple[list[list[str]], list[str]]:
    """The words that each round swaps: those of names, in their families, and the others."""
    holders: Counter[str] = Counter()
    for piece in pieces:
        holders.update({fold(w) for w in _LETTERS.findall(piece.draft.text) if w.islower()})
    kept = {*STOP_WORDS, *(word for word in holders if relatives_of(term_of(word)))}
    kept |= {w for w, count in holders.items() if count >= max(2, KEPT_AT * len(pieces))}
    texts = {fold(w) for p in pieces for w in _LETTERS.findall(p.draft.text)}
    swapped = sorted(w for w in texts - kept if len(w) >= SHORTEST_SWAPPED_CHARS)
    family = {word: {word} for word in swapped}
    names: set[str] = set()
    for piece in pieces:
        for mention in piece.findings.names:
            words = [w for w in map(fold, _LETTERS.findall(mention.name)) if w in family]
            names.update(words)
            for word in words[1:]:
                if family[word] is not family[words[0]]:
                    family[words[0]] |= family[word]
                    for other in family[word]:
                        family[other] = family[words[0]]
    families = sorted({tuple(sorted(family[w])) for w in names})
    return [list(words) for words in families], [w for w in swapped if w not in names]


class _Printed(dict[str, str]):
    """What each word as printed becomes in one round, in its case; made when it is first met."""

    def __init__(self, swaps: dict[str, str]) -> None:
        super().__init__()
        self._swaps = swaps

    def __missing__(self, old: str) -> str:
        new = self._swaps.get(fold(old))
        if new is None or len(new) != len(old):
            new = old
        elif not old.islower():
            new = new.upper() if old.isupper() else new.capitalize()
        self[old] = new
        return new


def _swapper(swaps: dict[str, str]) -> Callable[[str], str]:
    """What puts each swapped word in its place, in the case of the old one."""
    printed = _Printed(swaps)
    return lambda text: "".join([printed[piece] for piece in _pieces(text)])


@cache
def _pieces(text: str) -> tuple[str, ...]:
    """The words of a text of the source, and what stands between them."""
    return tuple(_AT_LETTERS.split(text))


def _copy(piece: Piece, number: int, swap: Callable[[str], str]) -> Piece:
    draft = piece.draft
    shift = timedelta(days=number * 37 % DAYS)  # 37: the rounds lie scattered over the days
    published: date | datetime | None = draft.published
    if published is not None:
        published = published - shift
    copied = replace(
        draft,
        id=copy_id(draft.id or "", number),
        url=None,
        title=draft.title and swap(draft.title),
        standfirst=draft.standfirst and swap(draft.standfirst),
        text=swap(draft.text),
        published=published,
    )
    return Piece(copied, renamed(piece.findings, swap))


def renamed(findings: Findings, swap: Callable[[str], str]) -> Findings:
    """`findings` with the names and roles in them as `swap` makes them."""

    def words(text: str | None) -> str | None:
        return swap(text) if text else text

    quotes = tuple(
        replace(q, speaker=replace(s, name=words(s.name), role=words(s.role)))
        if (s := q.speaker)
        else q
        for q in findings.quotes
    )
    facts = tuple(
        replace(
            f,
            object=words(f.object),
            parties=tuple(replace(p, name=swap(p.name)) for p in f.parties),
        )
        for f in findings.facts
    )
    names = tuple(replace(m, name=swap(m.name), role=words(m.role)) for m in findings.names)
    return replace(findings, quotes=quotes, facts=facts, names=names)


def kept_store(source: Path, count: int, folder: Path = KEPT) -> Path:
    """A store of `count` articles made from `source`, in `folder`; made where it is not there yet,
    which is told on stderr with the time that it takes. Not to be written to."""
    folder.mkdir(parents=True, exist_ok=True)
    name = source.name.partition(".")[0]
    path = folder / f"{name}-{count}-{_made_of(source)}.db"
    if path.exists():
        return path
    for old in folder.glob(f"{name}-{count}-*"):
        old.unlink()
    making = folder / f"{name}-{count}-unfinished.db"
    print(f"Reading {source.name} …", file=sys.stderr, flush=True)
    fill(making, read_source(source), count, tell=True)
    _swaps_beside(making).rename(_swaps_beside(path))
    making.rename(path)
    return path


def _made_of(source: Path) -> str:
    """What a store is made of, in short: it changes when the store would."""
    schema = ",".join(sorted(known_migrations()))
    made = hashlib.sha256(f"{EXTRACTOR_VERSION} {schema}".encode())
    for file in (source, Path(__file__)):
        made.update(file.read_bytes())
    return made.hexdigest()[:10]


def fill(path: Path, pieces: Sequence[Piece], count: int, *, tell: bool = False) -> None:
    """Put `count` articles into a new store at `path`; `tell` says on stderr how far it is."""
    began, done = time.monotonic(), 0
    with Store(path) as store:
        swappable = Swappable.of(pieces)
        _swaps_beside(path).write_text(json.dumps(asdict(swappable)), "utf-8")
        waiting = copies(pieces, swappable, count)
        while batch := list(itertools.islice(waiting, AT_ONCE)):
            if tell and done % (TOLD_AFTER * AT_ONCE) == 0:
                print(_progress(done, count, began), file=sys.stderr, flush=True)
            done += len(batch)
            with store.write() as connection:
                connection.execute(f"PRAGMA cache_size = -{CACHE_KIB}")
                for piece in batch:
                    key = piece.draft.id or ""
                    put_article(
                        store,
                        key,
                        piece.draft,
                        piece.findings,
                        extractor=EXTRACTOR_VERSION,
                        prints=fingerprint(body_words(piece.draft.text, piece.draft.title)),
                    )


def _progress(done: int, count: int, began: float) -> str:
    """How far the making of a store is, in words."""
    if not done:
        return f"Making a store of {count:,} articles; it is kept for the next time."
    minutes = (time.monotonic() - began) * (count - done) / done / 60
    left = f"about {minutes:.0f} minutes" if minutes >= 1.5 else "about a minute"
    return f"  {done:,} of {count:,} articles are in; {left} to go."


def swapped_questions(
    swappable: Swappable, questions: Sequence[dict[str, Any]], count: int, most: int
) -> list[dict[str, Any]]:
    """At most so many questions over a store of `count` articles: those to the source, each put
    to rounds of the store chosen by chance, in the words of that round; so its gold sentences."""
    chance = random.Random(SEED + 1)
    alone = [q for q in questions if not q.get("after")]
    whole = max(count // swappable.articles, 1)  # rounds; the last one may be cut off
    chosen: dict[int, list[dict[str, Any]]] = defaultdict(list)
    for number in range(most):
        chosen[chance.randrange(whole)].append(alone[number % len(alone)])
    asked: list[dict[str, Any]] = []
    for number, swap in itertools.islice(Rounds(swappable).swaps(), whole):
        for question in chosen.get(number, ()):
            gold = [{**g, "article": copy_id(g["article"], number)} for g in question["gold"]]
            asked.append({**question, "question": swap(question["question"]), "gold": gold})
    chance.shuffle(asked)
    return asked


def copy_id(article_id: str, number: int) -> str:
    """The id of an article's copy in round `number`."""
    return f"{article_id}~{number}" if number else article_id


def main() -> None:
    """Make a store and tell how large it became."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("store", type=Path)
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--source", type=Path, default=SAMPLES, help="articles, JSON Lines")
    given = parser.parse_args()
    if given.store.exists():
        parser.error(f"{given.store} exists already")
    began = time.monotonic()
    fill(given.store, read_source(given.source), given.articles)
    size = given.store.stat().st_size / 1e6
    print(f"{given.articles} articles, {size:.0f} MB, in {time.monotonic() - began:.0f} s")


if __name__ == "__main__":
    main()
