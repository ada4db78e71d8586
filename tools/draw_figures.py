"""Draws numbers for labelling figures, by a seed; dates, times and years are left out.

    python tools/draw_figures.py TRAIN.jsonl.gz --seed 5 --count 150 > drawn.jsonl

Prints `{"article", "start", "end"}` a line, where the span holds the number alone.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import re
from datetime import date
from pathlib import Path

from bot.text.dates import find_dates
from bot.text.sentences import find_sentences

NUMBER = re.compile(
    r"(?<![\w.,/-])(?:\d[\d,]*(?:\.\d+)?|\b(?:two|three|four|five|six|seven|eight|nine|ten|eleven"
    r"|twelve|twenty|thirty|forty|fifty|hundred|thousand|million|billion|dozen)\b)(?![\w/-])",
    re.IGNORECASE,
)
YEAR = re.compile(r"(?:1[89]|20)\d\d$")


def main() -> None:
    """Print the drawn numbers as JSON Lines."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--seed", type=int, required=True)
    parser.add_argument("--count", type=int, default=150)
    options = parser.parse_args()
    places: list[tuple[str, int, int]] = []
    with gzip.open(options.articles, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            text = row["text"]
            sentences = find_sentences(text)
            days = find_dates(text, sentences, date.fromisoformat(row["published"]))
            taken = [d.span for d in days]
            for match in NUMBER.finditer(text):
                start, end = match.span()
                if YEAR.match(match.group()):
                    continue
                if any(s.start < end and start < s.end for s in taken):
                    continue
                places.append((row["id"], start, end))
    for article, start, end in random.Random(options.seed).sample(places, options.count):
        print(json.dumps({"article": article, "start": start, "end": end}))


if __name__ == "__main__":
    main()
