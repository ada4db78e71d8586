"""Whether a backup from the middle of an import leads back to the same answers.

    python benchmarks/restoring.py ARTICLES.jsonl.gz QUESTIONS.jsonl [--now ISO]

An import runs as a process of its own; a third through it `newsbot backup` copies the store. The
copy is restored elsewhere, and the same import given to it again, which adds what it lacks. Then
both stores are asked all the questions: every answer must be the same, in text, place and score.
"""

from __future__ import annotations

import argparse
import json
import subprocess
import sys
import tempfile
import time
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
# In the place of this folder, whose telegram.py would be taken for the library of that name.
sys.path[0] = str(ROOT)

from bot.intake.files import read_path  # noqa: E402 - found by the line above

PART = 3
UNLIKE = ("elapsed_ms",)


def command(*arguments: str | Path) -> list[str]:
    return [sys.executable, "-m", "bot", *map(str, arguments)]


def answers(store: Path, questions: Path, now: str | None) -> list[dict[str, Any]]:
    """What the store says to each question, without what differs between any two runs."""
    clock = ("--now", now) if now else ()
    asked = command("ask", "--batch", questions, "--json", "--db", store, *clock)
    out = subprocess.run(asked, cwd=ROOT, check=True, capture_output=True, text=True).stdout
    rows = [json.loads(line) for line in out.splitlines()]
    return [{key: value for key, value in row.items() if key not in UNLIKE} for row in rows]


def main() -> int:
    """Print how many answers are the same; exit code 1 when one differs."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("questions", type=Path)
    parser.add_argument("--now")
    given = parser.parse_args()
    count = sum(1 for _ in read_path(given.articles))
    with tempfile.TemporaryDirectory() as name:
        folder = Path(name)
        path, copy, back = (folder / part for part in ("news.db", "copy.db", "back.db"))
        adding = subprocess.Popen(
            command("add", given.articles, "--json", "--db", path),
            cwd=ROOT,
            stdout=subprocess.PIPE,
            stderr=subprocess.DEVNULL,
        )
        assert adding.stdout is not None
        for _ in range(count // PART):
            adding.stdout.readline()
        began = time.monotonic()
        subprocess.run(command("backup", copy, "--db", path), cwd=ROOT, check=True)
        print(f"copied after {count // PART} of {count}, {time.monotonic() - began:.1f} s")
        adding.communicate()
        subprocess.run(command("restore", copy, "--db", back), cwd=ROOT, check=True)
        again = command("add", given.articles, "--db", back)
        subprocess.run(again, cwd=ROOT, check=False, capture_output=True)
        first, second = (answers(one, given.questions, given.now) for one in (path, back))
    same = sum(a == b for a, b in zip(first, second, strict=True))
    print(f"{same} of {len(first)} answers are the same")
    return 0 if same == len(first) else 1


if __name__ == "__main__":
    sys.exit(main())
