"""How long a picture takes and how much memory: five hundred cards of all kinds, and plots.

    python benchmarks/pictures.py [--count 500]

The sentences are those of the tests: long ones, other scripts, addresses, what no card can show.
Each is laid out and, where it can be, drawn in the process of its own that the bot draws in, and
the time from asking to having the PNG is taken. The memory is the peak of that process.
"""

from __future__ import annotations

import argparse
import statistics
import sys
import time
from collections import Counter
from collections.abc import Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
# In the place of this folder, whose telegram.py would be taken for the library of that name.
sys.path[0] = str(ROOT)

from bot.pictures import Group, Lane, Plot, QuoteCard, Theme, dump_recipe, find_fault  # noqa: E402
from bot.pictures.studio import Studio  # noqa: E402
from tests.support.picture_quotes import sentences  # noqa: E402

LIMIT_MS, LIMIT_MB = 1_000, 200


def main() -> None:
    """Draw, print the figures, exit 1 where one is over its limit."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--count", type=int, default=500)
    count = arguments.parse_args().count
    studio = Studio()
    began = time.perf_counter()
    assert studio.draw(dump_recipe(QuoteCard("First.", "Harbour Post")))
    print(f"the first one, with its process: {1_000 * (time.perf_counter() - began):.0f} ms")
    faults: Counter[str] = Counter()
    layout, cards, sizes = [], [], []
    for number, sentence in enumerate(sentences(count)):
        theme = Theme.DARK if number % 2 else Theme.LIGHT
        card = QuoteCard(sentence.text, "Harbour Post · 12 Mar 2025", "Ada Holm", theme=theme)
        began = time.perf_counter()
        fault = find_fault(card)
        layout.append(1_000 * (time.perf_counter() - began))
        if fault is not None:
            faults[fault] += 1
            continue
        began = time.perf_counter()
        png = studio.draw(dump_recipe(card))
        cards.append(1_000 * (time.perf_counter() - began))
        assert png is not None
        sizes.append(len(png) / 1_000)
    plots = []
    for number in range(max(count // 10, 1)):
        began = time.perf_counter()
        assert studio.draw(dump_recipe(_plot(number)))
        plots.append(1_000 * (time.perf_counter() - began))
    print(f"{count} sentences: {len(cards)} drawn, left to words: {dict(faults)}")
    for what, taken in (("layout", layout), ("card", cards), ("plot", plots)):
        print(f"{what:7}{_told(taken)} ms")
    print(f"bytes  {_told(sizes)} kB")
    peak = _peak_mb(studio)
    print(f"memory of the process that draws, at most: {peak:.0f} MB")
    studio.close()
    sys.exit(max(*cards, *plots) > LIMIT_MS or peak > LIMIT_MB)


def _plot(number: int) -> Plot:
    columns = tuple((f"{day + 1} Mar", (day * number) % 9) for day in range(5 + number % 27))
    lanes = tuple(Lane(f"Ada Holm, mayor of Orsa · {n}×", (n % 5,)) for n in range(3))
    groups = (Group("Who was quoted", lanes), Group("Figures differ", lanes, stands_out=True))
    return Plot("Flood in Orsa", "March 2025 · 40 articles", "Articles a day", columns, groups)


def _told(values: Sequence[float]) -> str:
    ordered = sorted(values)
    late = ordered[int(0.95 * (len(ordered) - 1))]
    return f"p50 {statistics.median(ordered):6.1f}  p95 {late:6.1f}  most {ordered[-1]:6.1f}"


def _peak_mb(studio: Studio) -> float:
    """The peak of the resident memory of the process that draws (Linux tells it)."""
    process = studio._child._process
    assert process is not None
    status = Path(f"/proc/{process.pid}/status").read_text(encoding="ascii")
    (line,) = [line for line in status.splitlines() if line.startswith("VmHWM")]
    return int(line.split()[1]) / 1_000


if __name__ == "__main__":
    main()
