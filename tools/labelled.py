"""Labels of our own (ids, offsets, values) beside the articles of the corpus that they are on."""

from __future__ import annotations

import argparse
import gzip
import json
from pathlib import Path
from typing import Any


def options_of(description: str | None) -> argparse.Namespace:
    """The command line of a scorer: labels, articles, and whether to show what went wrong."""
    parser = argparse.ArgumentParser(description=description)
    parser.add_argument("labels", type=Path)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--show", action="store_true", help="print what was missed or wrong")
    return parser.parse_args()


def read_labels(path: Path) -> list[dict[str, Any]]:
    """The labels in a JSON Lines file, in order."""
    return [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]


def read_labelled_articles(path: Path, labels: list[dict[str, Any]]) -> list[dict[str, Any]]:
    """The articles of a packed JSON Lines file that `labels` speak of."""
    wanted = {label["article"] for label in labels}
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        rows = [json.loads(line) for line in lines]
    return [row for row in rows if row["id"] in wanted]
