"""Write the articles that tests/data/train_questions.jsonl asks about, from a corpus to a file.

    python -m tools.train_store [--fresh | --third | --fourth] TRAIN.jsonl[.gz] OUT.jsonl
    python -m tools.train_store --draw TRAIN.jsonl[.gz]

The first form writes the articles listed in tests/data/train_store_ids.txt as lines that
`newsbot add` reads; their texts are not ours and stay outside the project. The second prints the
ids as they were drawn, by a fixed seed, from all articles of the corpus: questions were written
on the first 100 of those long enough, and the others only stand beside them in the store. With
`--fresh` it is those of tests/data/fresh_questions.jsonl: 200 others, drawn later; with `--third`
and `--fourth` 120 more each, those of third_questions.jsonl and fourth_questions.jsonl.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
from pathlib import Path
from typing import Any

IDS = Path(__file__).parents[1] / "tests" / "data" / "train_store_ids.txt"
FRESH_IDS = IDS.with_name("fresh_store_ids.txt")
LATER_IDS = {
    "fresh": FRESH_IDS,
    "third": IDS.with_name("third_store_ids.txt"),
    "fourth": IDS.with_name("fourth_store_ids.txt"),
}
SEED, WANTED = 1840, 200
OUTLETS = {
    "breitbart": "Breitbart",
    "huff-post": "HuffPost",
    "nyt": "The New York Times",
    "politico": "Politico",
    "usa-today": "USA Today",
    "wash-post": "The Washington Post",
    "west-journal": "Western Journalism",
}
"""What the corpus calls a publisher, and what readers call it."""


def read_corpus(path: Path) -> dict[str, dict[str, Any]]:
    """The articles of a JSON Lines file, plain or packed, by id."""
    with (gzip.open if path.suffix == ".gz" else open)(path, "rt", encoding="utf-8") as lines:
        return {article["id"]: article for article in map(json.loads, lines)}


def draw_ids(corpus: dict[str, dict[str, Any]]) -> list[str]:
    """The ids of the store's articles, in the order drawn."""
    return random.Random(SEED).sample(sorted(corpus), WANTED)


def as_row(article: dict[str, Any]) -> dict[str, Any]:
    """`article` as `newsbot add` reads it; its text, and so each offset in it, stays as it is."""
    row = {key: article[key] for key in ("id", "title", "author", "published", "text")}
    return {**row, "source": OUTLETS.get(article["source"], article["source"])}


def main(argv: list[str] | None = None) -> int:
    """0 when the store was written; 1, with a sentence, when the corpus lacks an article."""
    parser = argparse.ArgumentParser(description=(__doc__ or "").partition("\n")[0])
    parser.add_argument("train", type=Path)
    parser.add_argument("out", type=Path, nargs="?")
    parser.add_argument("--draw", action="store_true", help="print the ids as they were drawn")
    which = parser.add_mutually_exclusive_group()
    for name in LATER_IDS:
        shown = f"the articles of {name}_questions.jsonl"
        which.add_argument(f"--{name}", dest="later", action="store_const", const=name, help=shown)
    options = parser.parse_args(argv)
    if options.draw == bool(options.out):
        parser.error("say where to write, or --draw")
    corpus = read_corpus(options.train)
    if options.draw:
        print("\n".join(draw_ids(corpus)))
        return 0
    ids = LATER_IDS.get(options.later, IDS).read_text(encoding="utf-8").split()
    missing = [identity for identity in ids if identity not in corpus]
    if missing:
        print(
            f"{options.train} lacks {len(missing)} of {len(ids)} articles, first {missing[0]}.",
            file=sys.stderr,
        )
        return 1
    rows = [json.dumps(as_row(corpus[i]), ensure_ascii=False) + "\n" for i in ids]
    options.out.write_text("".join(rows), encoding="utf-8")
    return 0


if __name__ == "__main__":
    sys.exit(main())
