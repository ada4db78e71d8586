"""Draws sentences for labelling facts: half by a wide pattern, half at random, by a seed.

    python tools/draw_facts.py TRAIN.jsonl.gz --seed 5 --count 200 > drawn.jsonl

Prints `{"article", "start", "end", "by"}` a line; the text itself stays outside the project.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from pathlib import Path

from bot.text.sentences import find_sentences

WIDE_PATTERN = re.compile(
    r"\b(?:agree|accord\b|deal\b|deals\b|pact|treat(?:y|ies)|truce|cease-?fire|settle(?:d|ment)"
    r"|compromise|decid|decision|opted|chose\b|chosen|approv|reject|veto|pass(?:ed|es)\b|sign(?:ed|s)\b"
    r"|vot(?:e|es|ed|ing)\b|ballot|ratif|adopt|ruled|ruling|ban(?:ned|s)\b|suspend|resol(?:ved|ution))",
    re.IGNORECASE,
)
"""Far wider than the extractor's own triggers, so that what it misses can be drawn."""


def main() -> None:
    """Print the drawn sentences as JSON Lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, default=200)
    options = parser.parse_args()
    wide: list[tuple[str, int, int]] = []
    rest: list[tuple[str, int, int]] = []
    with gzip.open(options.articles, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            for sentence in find_sentences(row["text"]):
                place = (row["id"], sentence.start, sentence.end)
                wide.append(place) if WIDE_PATTERN.search(sentence.of(row["text"])) else None
                rest.append(place)
    dice = random.Random(options.seed)
    half = options.count // 2
    drawn = [(*place, "pattern") for place in dice.sample(wide, half)]
    drawn += [(*place, "random") for place in dice.sample(rest, options.count - half)]
    for article, start, end, by in drawn:
        print(json.dumps({"article": article, "start": start, "end": end, "by": by}))


if __name__ == "__main__":
    main()
