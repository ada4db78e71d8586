"""How fast questions are answered over stores of several sizes, beside plain full-text search.

    python benchmarks/ask.py [--articles 1000 10000] [--source ARTICLES.jsonl --questions Q.jsonl]

The stores are made by benchmarks/stores.py out of the source, and so are the questions to them;
they are kept in build/bench for the next time (100,000 articles take some 20 minutes, once). A
process of its own asks them, one after another, on one core; each is asked once, so nothing that
was kept helps. Times are of the processor, which other work on the machine changes little.

"plain" is what everyone begins with: an FTS5 table over all sentences, any word of the question,
`ORDER BY rank`. "without short cuts" is our engine reading everything: every article that holds
any word of the question, every quote of the person (--quality; slow).
"""

from __future__ import annotations

import argparse
import hashlib
import json
import re
import resource
import shutil
import sqlite3
import statistics
import subprocess
import sys
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, replace
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
# In the place of this folder, whose telegram.py would be taken for the library of that name.
sys.path[0] = str(ROOT)

from benchmarks import stores  # noqa: E402 - found by the line above
from bot.answer import cover, rank, retrieve  # noqa: E402
from bot.memory import calm_collector  # noqa: E402
from bot.model import Article, Draft  # noqa: E402
from bot.newsroom import EXTRACTOR_VERSION, Newsroom  # noqa: E402
from bot.store.articles import all_articles  # noqa: E402
from bot.store.findings import get_findings  # noqa: E402
from bot.store.putting import put_article  # noqa: E402
from bot.store.store import Store  # noqa: E402
from bot.text.words import STOP_WORDS, fold  # noqa: E402

QUESTIONS = ROOT / "tests" / "data" / "sample_questions.jsonl"
NOW = datetime(2025, 3, 27, 12, tzinfo=UTC)
WARM_UP = 20
ADDED = 40
FOUND = 10
SHORT_CUTS = {
    retrieve: {
        "PLACES": 10**9,
        "RELATIVE_PLACES": 10**9,
        "ARTICLES": 100,
        "MORE_ARTICLES": 100,
        "SPOKEN": 300,
    },
    cover: {"LOOKED_AT": 10**9},
    rank: {"ARTICLES_READ": 60, "CLOSER_LOOK": 400},
}
"""What bounds the engine's reading, and the values that bound nothing at these sizes."""


@dataclass(frozen=True, slots=True)
class Size:
    """A store with the questions to it."""

    store: Path
    questions: Path
    text_bytes: int

    @property
    def times_its_text(self) -> float:
        return self.store.stat().st_size / self.text_bytes


def make(count: int, given: Any) -> Size:
    """A store of `count` articles with the questions to it; those of an earlier run are taken."""
    path = stores.kept_store(given.source, count, given.folder)
    told = hashlib.sha256(given.questions.read_bytes()).hexdigest()[:10]
    questions = path.with_suffix(f".{given.count}-{told}.jsonl")
    if not questions.exists():
        swappable = stores.Swappable.beside(path)
        raw = [json.loads(line) for line in given.questions.read_text("utf-8").splitlines()]
        asked = stores.swapped_questions(swappable, raw, count, given.count + WARM_UP)
        questions.write_text("\n".join(map(json.dumps, asked)), "utf-8")
    with closing(sqlite3.connect(path)) as connection:
        (size,) = connection.execute(
            "SELECT sum(length(CAST(text AS BLOB))) FROM versions"
        ).fetchone()
    return Size(path, questions, size)


def make_to_write(count: int, given: Any, folder: Path) -> Size:
    """The same, with a copy of the store in `folder` that may be written to."""
    kept = make(count, given)
    copy = folder / f"{count}.db"
    shutil.copyfile(kept.store, copy)
    return replace(kept, store=copy)


# ------------------------------------------------------------------- in processes of their own
def ask_all(path: Path, questions: Path, *, unbound: bool) -> dict[str, Any]:
    """Times in milliseconds of each question, how many were answered right, and the memory."""
    if unbound:
        for module, values in SHORT_CUTS.items():
            for name, value in values.items():
                setattr(module, name, value)
    asked = [json.loads(line) for line in questions.read_text("utf-8").splitlines()]
    with Store(path) as store:
        newsroom = Newsroom.over(store)
        for question in asked[:WARM_UP]:
            newsroom.ask(question["question"], NOW)
        calm_collector()
        taken, waited, first, third, answerable = [], [], 0, 0, 0
        for question in asked[WARM_UP:]:
            began, began_by_clock = time.process_time(), time.perf_counter()
            response = newsroom.ask(question["question"], NOW)
            taken.append(1000 * (time.process_time() - began))
            waited.append(1000 * (time.perf_counter() - began_by_clock))
            if question["gold"]:
                right = [_is_right(a, question) for a in response.answers or response.nearest]
                answerable += 1
                first += any(right[:1])
                third += any(right[:3])
        memory = most_memory()
    adding = _add_some(path) if not unbound else []
    return {
        "taken": taken,
        "waited": waited,
        "first": 100 * first / max(answerable, 1),
        "third": 100 * third / max(answerable, 1),
        "memory": memory,
        "adding": adding,
    }


def most_memory() -> float:
    """The most memory that this program has held, in MB; where the system does not tell it of the
    program alone, what it took of the one that started it counts, too."""
    status = Path("/proc/self/status")
    if status.exists() and (found := re.search(r"VmHWM:\s+(\d+) kB", status.read_text("utf-8"))):
        return int(found[1]) / 1024
    return resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024


def _is_right(answer: Any, question: dict[str, Any]) -> bool:
    return any(
        gold["article"] == answer.article.id
        and gold["start"] < answer.span.end
        and answer.span.start < gold["end"]
        for gold in question["gold"]
    )


def _add_some(path: Path) -> list[float]:
    """How long some more articles took to store, each committed; in milliseconds.

    They go into a copy, so that nobody who asks the store afterwards meets them.
    """
    copy = path.with_suffix(".adding.db")
    shutil.copyfile(path, copy)
    try:
        with Store(copy) as store:
            return [_add_one(store, article, n) for n, article in enumerate(_some(store))]
    finally:
        for file in path.parent.glob(f"{copy.name}*"):
            file.unlink()


def _some(store: Store) -> list[Article]:
    return [article for article, _ in zip(all_articles(store), range(ADDED), strict=False)]


def _add_one(store: Store, article: Article, number: int) -> float:
    findings = get_findings(store, article.key)
    text = fold(article.text) if number % 2 else article.text.upper()
    draft = Draft(text, title=article.title, published=article.published)
    began = time.process_time()
    name = f"more-{time.time_ns()}"
    put_article(store, name, draft, findings, extractor=EXTRACTOR_VERSION)
    return 1000 * (time.process_time() - began)


def plain_index(path: Path) -> Path:
    """A plain FTS5 table over all sentences of the store at `path`, in a file beside it; made
    where it is not there yet."""
    plain = path.with_suffix(".plain.db")
    if plain.exists():
        return plain
    print("  Making the plain full-text index beside it …", file=sys.stderr, flush=True)
    making = path.with_suffix(".unfinished.db")
    making.unlink(missing_ok=True)
    with closing(sqlite3.connect(making)) as connection, Store(path) as store:
        connection.execute("CREATE VIRTUAL TABLE plain USING fts5(text, tokenize = 'porter')")
        newsroom = Newsroom.over(store)
        for article in all_articles(store):
            spans = newsroom.get_findings(article).sentences
            connection.executemany(
                "INSERT INTO plain (text) VALUES (?)", [(s.of(article.text),) for s in spans]
            )
        connection.commit()
    making.rename(plain)
    return plain


def search_plainly(path: Path, questions: Path) -> dict[str, Any]:
    """Times in milliseconds of each question put to a plain FTS5 table over all sentences."""
    asked = [json.loads(line)["question"] for line in questions.read_text("utf-8").splitlines()]
    taken = []
    with closing(sqlite3.connect(plain_index(path))) as connection:
        for number, question in enumerate(asked):
            words = [w for w in re.findall(r"\w+", fold(question)) if w not in STOP_WORDS]
            if not words:
                continue
            began = time.process_time()
            connection.execute(
                "SELECT rowid FROM plain WHERE plain MATCH ? ORDER BY rank LIMIT ?",
                (" OR ".join(f'"{word}"' for word in words), FOUND),
            ).fetchall()
            if number >= WARM_UP:
                taken.append(1000 * (time.process_time() - began))
    return {"taken": taken}


def measure(size: Size, what: str) -> dict[str, Any]:
    """What a fresh process measured."""
    done = subprocess.run(
        [sys.executable, __file__, "--measure", what, str(size.store), str(size.questions)],
        check=True,
        stdout=subprocess.PIPE,
        text=True,
    )
    told: dict[str, Any] = json.loads(done.stdout)
    return told


# ----------------------------------------------------------------------------- the figures
def percentile(taken: Sequence[float], share: float) -> float:
    return sorted(taken)[min(len(taken) - 1, round(share * len(taken)))]


def show(count: int, size: Size, given: Any) -> None:
    ours, plain = measure(size, "ours"), measure(size, "plain")
    p95, plain95 = percentile(ours["taken"], 0.95), percentile(plain["taken"], 0.95)
    print(
        f"{count:9,} {statistics.median(ours['taken']):7.1f} {p95:7.1f} "
        f"{percentile(ours['waited'], 0.95):7.1f} "
        f"{statistics.median(plain['taken']):8.1f} {plain95:8.1f} {plain95 / p95:6.1f} "
        f"{statistics.median(ours['adding']):7.1f} {ours['memory']:7.0f} "
        f"{size.times_its_text:6.2f}   {ours['first']:.1f} / {ours['third']:.1f}",
        flush=True,
    )
    if given.quality:
        unbound = measure(size, "unbound")
        print(
            f"{'':9} {statistics.median(unbound['taken']):7.1f} "
            f"{percentile(unbound['taken'], 0.95):7.1f} {'without short cuts':>57}   "
            f"{unbound['first']:.1f} / {unbound['third']:.1f}",
            flush=True,
        )


def main() -> None:
    """Print the figures, in milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--source", type=Path, default=stores.SAMPLES)
    parser.add_argument("--questions", type=Path, default=QUESTIONS, help="asked of the source")
    parser.add_argument("--count", type=int, default=300, help="questions at each size")
    parser.add_argument(
        "--folder", type=Path, default=stores.KEPT, help="keeps the stores, and takes those in it"
    )
    parser.add_argument("--quality", action="store_true", help="ask without short cuts, too")
    parser.add_argument("--measure", nargs=3, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.measure:
        what, path, questions = given.measure[0], *map(Path, given.measure[1:])
        if what == "plain":
            told = search_plainly(path, questions)
        else:
            told = ask_all(path, questions, unbound=what == "unbound")
        print(json.dumps(told))
        return
    sizes = [make(count, given) for count in given.articles]
    print(
        f"{given.count} questions each; milliseconds of processor time (wall95: by the clock), "
        "memory in MB"
    )
    print(
        f"{'articles':>9} {'p50':>7} {'p95':>7} {'wall95':>7} {'plain50':>8} {'plain95':>8} "
        f"{'ratio':>6} {'adding':>7} {'memory':>7} {'x text':>6}   Hit@1 / Hit@3"
    )
    for count, size in zip(given.articles, sizes, strict=True):
        show(count, size, given)


if __name__ == "__main__":
    main()
