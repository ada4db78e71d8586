"""Scores the grouping of articles into stories, pair by pair.

    python tools/score_stories.py STORE.jsonl.gz STORIES.jsonl [--show] [--window DAYS]

With `--window` the store is grouped as a digest of so many days sees it, from each of its days:
those days and the five before; only pairs with an article of these days count.

A label line is `{"article", "story"}`; a null story is unknown, but none of the named ones.
"""

from __future__ import annotations

import argparse
import gzip
import json
from collections.abc import Iterator
from datetime import date, timedelta
from itertools import combinations
from pathlib import Path

from bot.link.stories import WINDOW_DAYS, Sketch, group_stories, same_story, sketch


def read_sketches(path: Path) -> list[Sketch]:
    """The sketches of a store file's articles."""
    found = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            day = date.fromisoformat(row["published"][:10]) if row.get("published") else None
            found.append(sketch(row["id"], day, row.get("title"), row["text"]))
    return found


def windows_of(sketches: list[Sketch], days: int) -> Iterator[tuple[list[Sketch], set[str]]]:
    """What a digest of so many days looks at from each day of the store, and the ids of what is
    new in it."""
    for first in sorted({s.day for s in sketches if s.day is not None}):
        end = first + timedelta(days=days)
        held = [
            s for s in sketches if s.day and first - timedelta(days=WINDOW_DAYS) <= s.day < end
        ]
        yield held, {s.id for s in held if s.day and s.day >= first}


def main() -> None:
    """Print pairwise precision and recall."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("store", type=Path)
    parser.add_argument("stories", type=Path)
    parser.add_argument("--show", action="store_true", help="print the pairs that are wrong")
    parser.add_argument("--window", type=int, metavar="DAYS", help="as digests see it")
    options = parser.parse_args()
    labels = [json.loads(line) for line in options.stories.read_text().splitlines()]
    gold = {label["article"]: label["story"] for label in labels}
    sketches = read_sketches(options.store)
    windows = [(sketches, set(gold))]
    if options.window:
        windows = [*windows_of(sketches, options.window)]
    right = wrong = missed = 0
    for held, new in windows:
        by_id = {s.id: s for s in held}
        group = {i: n for n, ids in enumerate(group_stories(held)) for i in ids}
        for a, b in combinations(sorted(gold.keys() & by_id.keys()), 2):
            together = group[a] == group[b]
            if not {a, b} & new:
                continue
            if gold[a] is None and gold[b] is None:
                if together and options.show:
                    print("unknown pair", a, b, round(same_story(by_id[a], by_id[b], held), 2))
                continue
            same = gold[a] == gold[b]
            right += together and same
            wrong += together and not same
            missed += same and not together
            if options.show and together != same:
                score = same_story(by_id[a], by_id[b], held)
                print("wrong" if together else "missed", a, b, round(score, 2))
    print(
        f"precision {right / max(1, right + wrong):.3f} ({right}/{right + wrong})  "
        f"recall {right / max(1, right + missed):.3f} ({right}/{right + missed})"
    )


if __name__ == "__main__":
    main()
