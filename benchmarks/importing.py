"""Import many articles, killed again and again, while questions are asked; then count them.

    python benchmarks/importing.py SOURCE.jsonl[.gz] [--articles 5000] [--kills 5] [--quick]

The source's articles are copied until there are enough, each copy mangled: most with every fifth
word swapped for a made-up one, so that they are articles of their own; each tenth with few, so
that it is a near copy. `newsbot add` imports them in a process of its own, which is killed at
random moments and begun again, while this one asks questions of the same store.

Told are the articles a second (and the processor's time for each, which a busy machine does not
change), the rows a second of a run that finds all stored, what is missing or double, and the 95th
percentile of asking, during the import and after it.
"""

from __future__ import annotations

import argparse
import gzip
import json
import os
import random
import re
import resource
import subprocess
import sys
import tempfile
import time
from collections import Counter
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
sys.path[0] = str(ROOT)

from bot.newsroom import Newsroom  # noqa: E402 - found by the line above
from bot.store.articles import all_articles  # noqa: E402
from bot.store.store import Store  # noqa: E402

SEED = 20250318
SWAPPED, SWAPPED_IN_COPY = 0.2, 0.02
NEAR_COPY_EACH = 10
PAUSE_SECONDS = 0.5  # between two questions: somebody reads
QUESTIONS = (
    "what did the president say about trade?",
    "who won the election?",
    "when will the court decide?",
    "how many people were killed?",
    "what happened in the senate?",
    "latest news on immigration",
)
_WORD = re.compile(r"[^\W\d_]{4,}")
_SYLLABLES = ("ba", "do", "fe", "ga", "hin", "ju", "ka", "lor", "mi", "nu", "pre", "sol", "tan")


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("source", type=Path)
    parser.add_argument("--articles", type=int, default=5_000)
    parser.add_argument("--kills", type=int, default=5)
    parser.add_argument("--workers", type=int, default=1)
    parser.add_argument("--quick", action="store_true")
    options = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        rows = Path(folder, "rows.jsonl")
        texts = write_rows(options.source, rows, options.articles)
        measure(Path(folder, "news.db"), rows, texts, options)


def write_rows(source: Path, target: Path, count: int) -> dict[str, str]:
    """The texts, by id, of so many mangled articles, which are in `target` then."""
    opened = gzip.open if source.suffix == ".gz" else open
    with opened(source, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    chance = random.Random(SEED)
    texts: dict[str, str] = {}
    with target.open("w", encoding="utf-8") as out:
        for number in range(count):
            article = dict(articles[number % len(articles)])
            if number >= len(articles):
                near = number % NEAR_COPY_EACH == 0
                article["text"] = _mangled(article["text"], chance, near=near)
                article["title"] = _mangled(article.get("title") or "", chance, near=False)
                article["source"] = f"Outlet {number % 40}"
                article.pop("url", None)
            article["id"] = f"{article['id']}-{number}"
            texts[article["id"]] = article["text"]
            out.write(json.dumps(article, ensure_ascii=False) + "\n")
    return texts


def _mangled(text: str, chance: random.Random, *, near: bool) -> str:
    share = SWAPPED_IN_COPY if near else SWAPPED

    def swap(found: re.Match[str]) -> str:
        if chance.random() > share:
            return found.group()
        word = "".join(chance.choices(_SYLLABLES, k=3))
        return word.capitalize() if found.group()[0].isupper() else word

    return _WORD.sub(swap, text)


def measure(db: Path, rows: Path, texts: dict[str, str], options: Any) -> None:
    """Import `rows`, killed on the way, and print the figures."""
    command = [sys.executable, "-m", "bot", "add", str(rows), "--db", str(db), "--json"]
    command += ["--workers", str(options.workers)] + (["--quick"] if options.quick else [])
    chance = random.Random(SEED)
    stops = sorted(
        chance.sample(range(50, max(len(texts) - 50, 51 + options.kills)), options.kills)
    )
    during: list[float] = []
    seconds, new = 0.0, 0
    for stop in [*stops, None]:
        began = time.perf_counter()
        counts, asked = run(command, db, stop)
        seconds += time.perf_counter() - began
        new += counts["added"] + counts["linked"] + counts["updated"]
        during += asked
        print(f"killed at row {stop}" if stop else "finished", dict(counts), flush=True)
    used = resource.getrusage(resource.RUSAGE_CHILDREN)
    cpu = used.ru_utime + used.ru_stime
    began = time.perf_counter()
    counts, _ = run(command, db, None, asks=False)
    again = time.perf_counter() - began
    with Store(db) as store:
        stored = {article.id: article for article in all_articles(store)}
        newsroom = Newsroom.over(store)
        idle = [ask(newsroom, n) for n in range(max(len(during), 30))]
    wrong = sum(stored[i].text != text for i, text in texts.items() if i in stored)
    print(
        f"{len(texts)} articles: {len(texts) - len(stored)} missing or double, {wrong} changed, "
    )
    print(f"  {sum(a.version > 1 for a in stored.values())} with a second version")
    rate, each = new / seconds, 1000 * cpu / new
    print(f"{rate:.1f} articles a second, kills included; {each:.0f} ms of a core for each")
    print(f"all stored already: {len(texts) / again:.0f} rows a second, {dict(counts)}")
    print(
        f"asking, 95th percentile of {len(during)}: {p95(during):.0f} ms during, "
        f"{p95(idle):.0f} ms after; store {db.stat().st_size / 1e6:.0f} MB"
    )


def run(
    command: list[str], db: Path, stop: int | None, *, asks: bool = True
) -> tuple[Counter[str], list[float]]:
    """What became of the rows until the import ended or was killed, and how long asking took."""
    process = subprocess.Popen(
        command,
        stdout=subprocess.PIPE,
        stderr=subprocess.DEVNULL,
        text=True,
        cwd=ROOT,
        env={**os.environ, "OMP_NUM_THREADS": "1"},
    )
    assert process.stdout is not None
    counts: Counter[str] = Counter()
    asked: list[float] = []
    store: Store | None = None
    newsroom: Newsroom | None = None
    due = time.monotonic() + PAUSE_SECONDS
    for number, line in enumerate(process.stdout, 1):
        counts[json.loads(line)["status"]] += 1
        if stop is not None and number >= stop:
            process.kill()
            break
        if asks and time.monotonic() >= due and counts["added"] > 20:
            if newsroom is None:
                store = Store(db)
                newsroom = Newsroom.over(store)
                ask(newsroom, 0)  # what is loaded first is not the import's doing
            asked.append(ask(newsroom, len(asked)))
            due = time.monotonic() + PAUSE_SECONDS
    process.wait()
    if store is not None:
        store.close()
    return counts, asked


def ask(newsroom: Newsroom, number: int) -> float:
    """How many milliseconds a question took."""
    began = time.perf_counter()
    newsroom.ask(QUESTIONS[number % len(QUESTIONS)], datetime(2025, 1, 1, tzinfo=UTC))
    return 1000 * (time.perf_counter() - began)


def p95(values: list[float]) -> float:
    """The 95th percentile."""
    return sorted(values)[int(0.95 * (len(values) - 1))] if values else 0.0


if __name__ == "__main__":
    main()
