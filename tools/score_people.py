"""Scores the joining of people across articles against labelled pairs of one surname.

    python tools/score_people.py tests/data/people_pairs.jsonl TRAIN.jsonl.gz [--show]

A label line is `{"a", "name_a", "b", "name_b", "same"}`: two articles, a person's name in each,
and whether they are one person.
"""

from __future__ import annotations

import argparse
import gzip
import json
from datetime import date
from pathlib import Path

from bot.extract.mentions import find_mentions
from bot.link.people import Sighting, find_sightings, join_people
from bot.text.sentences import find_sentences


def read_sightings(path: Path) -> list[Sighting]:
    """All people of all articles of a corpus file."""
    found: list[Sighting] = []
    with gzip.open(path, "rt", encoding="utf-8") as lines:
        for line in lines:
            row = json.loads(line)
            mentions = find_mentions(row["text"], find_sentences(row["text"]))
            day = date.fromisoformat(row["published"])
            found += find_sightings(row["id"], day, row["text"], mentions)
    return found


def main() -> None:
    """Print the share of pairs decided right, and of wrong joins."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("pairs", type=Path)
    parser.add_argument("articles", type=Path)
    parser.add_argument("--show", action="store_true", help="print what is wrong")
    options = parser.parse_args()
    pairs = [json.loads(line) for line in options.pairs.read_text().splitlines()]
    people = join_people(read_sightings(options.articles))
    who = {(s.article, s.name): n for n, p in enumerate(people) for s in p.sightings}
    right = wrong_joins = gone = 0
    for pair in pairs:
        one = who.get((pair["a"], pair["name_a"]))
        two = who.get((pair["b"], pair["name_b"]))
        if one is None or two is None:
            gone += 1
            continue
        joined = one == two
        right += joined == pair["same"]
        wrong_joins += joined and not pair["same"]
        if options.show and joined != pair["same"]:
            print("wrong join" if joined else "missed", pair["name_a"], "|", pair["name_b"])
    scored = len(pairs) - gone
    print(
        f"right {right / scored:.3f} ({right}/{scored})  "
        f"wrong joins {wrong_joins / scored:.3f}  names gone {gone}"
    )


if __name__ == "__main__":
    main()
