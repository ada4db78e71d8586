"""Scores tagged names against labels, and the named speakers of direct quotes that are found.

    python tools/score_names.py labels tests/data/names_gold.jsonl TRAIN.jsonl.gz [--show]
    python tools/score_names.py speakers DEV.jsonl.gz [--show]

A label line is `{"article", "start", "end", "kind"}`: the right span and kind at the place of a
name that was tagged when the labels were made (kind null: there is no name).
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

from bot.extract.mentions import find_mentions
from bot.extract.name_words import DEMONYMS, FUNCTION_WORDS
from bot.model import Mention, NameKind
from bot.text.ordinary import ordinary_words
from bot.text.sentences import find_sentences


def read_rows(path: Path) -> Iterator[dict[str, Any]]:
    """The articles of a corpus file."""
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def score_labels(labels_path: Path, articles: Path, *, show: bool) -> None:
    """Print the share of labelled places whose span and kind are right."""
    labels = [json.loads(line) for line in labels_path.read_text().splitlines()]
    wanted = {label["article"] for label in labels}
    found: dict[str, list[Mention]] = {}
    texts: dict[str, str] = {}
    for row in read_rows(articles):
        if row["id"] in wanted:
            texts[row["id"]] = row["text"]
            found[row["id"]] = find_mentions(row["text"], find_sentences(row["text"]))
    right = 0
    for label in labels:
        start, end = label["start"], label["end"]
        here = [m for m in found[label["article"]] if m.span.start < end and start < m.span.end]
        if label["kind"] is None:
            good = not here
        else:
            good = any(
                (m.span.start, m.span.end, m.kind.value) == (start, end, label["kind"])
                for m in here
            )
        right += good
        if show and not good:
            text = texts[label["article"]]
            print(label["kind"], text[start:end], [(m.span.of(text), m.kind.value) for m in here])
    print(f"span and kind right {right / len(labels):.3f} ({right}/{len(labels)})")


def score_speakers(articles: Path, *, show: bool) -> None:
    """Print the share of direct quotes' named speakers that hold a person or organisation."""
    common = ordinary_words() | FUNCTION_WORDS | DEMONYMS
    right = total = 0
    for row in read_rows(articles):
        text = row["text"]
        mentions = find_mentions(text, find_sentences(text))
        for quote in row["attributions"]:
            if quote["kind"] != "direct" or not quote["source"]:
                continue
            start, end = quote["source"][0][0], quote["source"][-1][1]
            words = re.findall(r"[\w’']+", text[start:end])
            if not any(w[0].isupper() and w.lower() not in common for w in words):
                continue
            total += 1
            good = any(
                m.kind in (NameKind.PERSON, NameKind.ORGANISATION)
                for m in mentions
                if m.span.start < end and start < m.span.end
            )
            right += good
            if show and not good:
                print(text[start:end])
    print(f"named speakers found {right / max(1, total):.3f} ({right}/{total})")


def main() -> None:
    """Print one of the two scores."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("what", choices=("labels", "speakers"))
    parser.add_argument("files", type=Path, nargs="+")
    parser.add_argument("--show", action="store_true", help="print what is wrong")
    options = parser.parse_args()
    if options.what == "labels":
        score_labels(options.files[0], options.files[1], show=options.show)
    else:
        score_speakers(options.files[0], show=options.show)


if __name__ == "__main__":
    main()
