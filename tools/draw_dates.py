"""Draws date-like expressions from a corpus of articles by a fixed seed, for labelling by hand.

The pattern is broader than the reader of dates on purpose, so that what the reader misses is
drawn too. Labels made so are in tests/data/dates_polnear.jsonl (ids, offsets and values only;
the texts are not ours): of the first 156 drawn the 6 that are no dates ("segregation tomorrow",
"Christmas gifts", lengths of time) were passed over.

Run: python tools/draw_dates.py CORPUS.jsonl.gz
"""

from __future__ import annotations

import gzip
import json
import random
import re
import sys
from pathlib import Path

SEED = 20250318
WANTED = 230
"""More than are labelled: what proves to be no date is passed over in the order drawn."""
BROAD = re.compile(
    r"\b(?:(?:Jan(?:uary)?|Feb(?:ruary)?|March|April|May|June|July|Aug(?:ust)?|Sept?(?:ember)?"
    r"|Oct(?:ober)?|Nov(?:ember)?|Dec(?:ember)?)\b|(?:Mon|Tues|Wednes|Thurs|Fri|Satur|Sun)day\b"
    r"|(?:1[5-9]|20)\d\d\b|(?:today|yesterday|tomorrow|tonight|Today|Yesterday)\b"
    r"|(?:last|next|this|past|earlier this|later this) (?:\w+ )?"
    r"(?:days?|weeks?|months?|years?|summer|fall|spring|winter|weekend|night|decade|quarter)\b"
    r"|\w+ (?:days|weeks|months|years|decades|day|week|month|year|decade) "
    r"(?:ago|later|earlier|before|after)\b"
    r"|(?:within|in|for) (?:\d+|two|three|four|five|six|seven|ten) "
    r"(?:hours|days|weeks|months|years)\b"
    r"|\d0s\b|(?:Christmas|Thanksgiving|Easter|Labor Day|Memorial Day|Election Day"
    r"|Super Tuesday)\b"
    r"|\d{1,2}(?::\d\d)? [ap]\.?m\b|\w+ (?:quarter|century)\b|9/11\b)"
)
BEFORE_CHARS, AFTER_CHARS = 170, 110


def draw(corpus: Path) -> list[tuple[str, int, int, str, str]]:
    """(article id, start, end, published, text) of each expression drawn, in the order drawn."""
    found = []
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            article = json.loads(line)
            identity, text, published = article["id"], article["text"], article["published"]
            found += [(identity, *m.span(), published, text) for m in BROAD.finditer(text)]
    found.sort(key=lambda item: item[:3])
    return random.Random(SEED).sample(found, WANTED)


if __name__ == "__main__":
    for n, (identity, start, end, published, text) in enumerate(draw(Path(sys.argv[1]))):
        before = text[max(0, start - BEFORE_CHARS) : start].replace("\n", " | ")
        after = text[end : end + AFTER_CHARS].replace("\n", " | ")
        print(f"#{n} {identity} {start} {published}\n{before}[[{text[start:end]}]]{after}\n")
