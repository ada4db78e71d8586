"""Every measurement that `make bench` makes, one after another, and how long it took.

    python benchmarks/every.py [--articles 1000 10000 100000]

One that fails is told at the end and stops none of the others.
"""

from __future__ import annotations

import argparse
import subprocess
import sys
import time
from collections.abc import Sequence
from pathlib import Path

HERE = Path(__file__).parent
SIZES = (1_000, 10_000, 100_000)
SMALL = "1000"  # articles of what is not measured at several sizes
WORST = ("--only", "question", "command", "button", "deep link")  # articles: hostile.py
SAMPLES = str(HERE.parent / "bot" / "samples" / "articles.jsonl")


def measurements(sizes: Sequence[int]) -> list[tuple[str, list[str]]]:
    """(what is measured, the tool and its arguments) for stores of `sizes` articles."""
    articles = [str(size) for size in sizes]
    return [
        ("asking, beside plain full-text search", ["ask.py", "--articles", *articles]),
        ("checking quotes", ["quote_check.py", "--articles", *articles]),
        ("starting", ["start.py"]),
        ("questions a second", ["throughput.py", "--articles", SMALL, "--seconds", "3"]),
        ("a crowd in Telegram", ["telegram.py", "--articles", SMALL, "--seconds", "10"]),
        ("hostile articles", ["hostile.py", "--articles", "200"]),
        ("the worst that can be typed or tapped", ["caps.py", "--articles", SMALL, *WORST]),
        ("kills", ["kills.py"]),
        ("reading dates", ["dates.py"]),
        ("reading quotes", ["quotes.py", SAMPLES]),
        ("reading articles", ["reading.py", SAMPLES]),
        ("alerts", ["follows.py"]),
        ("subscriptions", ["subscriptions.py"]),
        ("feeds", ["feeds.py"]),
        ("pictures", ["pictures.py"]),
    ]


def main() -> int:
    """The exit code: 1 where one of the measurements failed."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, nargs="+", default=SIZES)
    given = parser.parse_args()
    began = time.monotonic()
    failed: list[str] = []
    for what, (tool, *arguments) in measurements(given.articles):
        print(f"\n== {what} (benchmarks/{tool})", flush=True)
        if subprocess.run([sys.executable, HERE / tool, *arguments]).returncode:
            failed.append(f"benchmarks/{tool}")
    print(f"\nAll in {(time.monotonic() - began) / 60:.0f} minutes.", flush=True)
    if failed:
        print(f"Failed or over their limits: {', '.join(failed)}.", file=sys.stderr)
    return 1 if failed else 0


if __name__ == "__main__":
    sys.exit(main())
