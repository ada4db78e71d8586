"""How long `newsbot` takes to start, and to answer the questions over the sample news.

Starting is measured beside a Python that does nothing, which is what any program in it costs.
"""

from __future__ import annotations

import json
import statistics
import subprocess
import sys
import tempfile
import time
from pathlib import Path

ROOT = Path(__file__).parents[1]
QUESTIONS = ROOT / "tests" / "data" / "sample_questions.jsonl"
STARTS = 9


def main() -> None:
    """Print the figures, in milliseconds."""
    with tempfile.TemporaryDirectory() as folder:
        store = Path(folder) / "samples.db"
        run("-m", "bot", "add", ROOT / "bot" / "samples" / "articles.jsonl", "--db", store)
        ask = ("-m", "bot", "ask", "who resigned?", "--json", "--db", store)
        print(f"{'started as':32} {'median':>8} {'worst':>8}   ms, of {STARTS}")
        show("python -c pass", starts("-c", "pass"))
        show("newsbot --version", starts("-m", "bot", "--version"))
        show('newsbot ask "who resigned?"', starts(*ask))
        lines = run("-m", "bot", "ask", "--batch", QUESTIONS, "--db", store).splitlines()
    taken = sorted(json.loads(line)["elapsed_ms"] for line in lines)
    print()
    print(f"{'answered, own time':32} {'p50':>8} {'p95':>8}   ms, of {len(taken)}")
    p95 = taken[min(len(taken) - 1, round(0.95 * len(taken)))]
    print(f"{'questions over the samples':32} {statistics.median(taken):8.1f} {p95:8.1f}")


def starts(*arguments: str | Path) -> list[float]:
    """How long Python ran with these arguments, in milliseconds, each time."""
    run(*arguments)  # once for the disk's sake
    taken = []
    for _ in range(STARTS):
        before = time.perf_counter()
        run(*arguments)
        taken.append(1000 * (time.perf_counter() - before))
    return taken


def run(*arguments: str | Path) -> str:
    """What Python prints with these arguments."""
    done = subprocess.run(
        [sys.executable, *map(str, arguments)],
        cwd=ROOT,
        capture_output=True,
        text=True,
        check=True,
    )
    return done.stdout


def show(name: str, taken: list[float]) -> None:
    print(f"{name:32} {statistics.median(taken):8.1f} {max(taken):8.1f}")


if __name__ == "__main__":
    main()
