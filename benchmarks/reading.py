"""How fast an article is read as a whole, with the tagger and with rules only.

    python benchmarks/reading.py ARTICLES.jsonl[.gz] [--most 40]

Prints milliseconds for 800 words by step, and articles of 800 words a second, beside a baseline:
the splitting of the same texts at white space.
"""

from __future__ import annotations

import argparse
import os
import time
from itertools import pairwise
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from bot.extract.facts import find_facts
from bot.extract.mentions import find_mentions
from bot.extract.quotes import find_quotes
from bot.intake.files import read_path
from bot.model import Draft, day_of
from bot.text.dates import find_dates
from bot.text.sentences import find_sentences
from bot.text.view import make_view

ARTICLE_WORDS = 800


STEPS = ("view", "sentences", "names", "dates", "quotes", "facts")


def time_steps(drafts: list[Draft], *, with_tagger: bool) -> list[float]:
    """Seconds of processor time for each of STEPS over all of `drafts`."""
    seconds = [0.0] * len(STEPS)
    for draft in drafts:
        marks = [time.process_time()]
        text = make_view(draft.text).text
        marks.append(time.process_time())
        sentences = find_sentences(text)
        marks.append(time.process_time())
        names = find_mentions(text, sentences)
        marks.append(time.process_time())
        dates = find_dates(text, sentences, day_of(draft.published))
        marks.append(time.process_time())
        quotes = find_quotes(text, sentences, names, with_tagger=with_tagger)
        marks.append(time.process_time())
        find_facts(text, sentences, dates, names, quotes)
        marks.append(time.process_time())
        for step, (before, after) in enumerate(pairwise(marks)):
            seconds[step] += after - before
    return seconds


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path)
    parser.add_argument("--most", type=int, default=40)
    options = parser.parse_args()
    drafts = [row.draft for row in read_path(options.articles) if row.draft][: options.most]
    words = sum(len(draft.text.split()) for draft in drafts)
    began = time.process_time()
    for draft in drafts:
        draft.text.split()
    baseline = time.process_time() - began
    print(f"{len(drafts)} articles, {words:,} words; processor time for {ARTICLE_WORDS} words")
    for name, with_tagger in (("with the tagger", True), ("rules only", False)):
        time_steps(drafts[:1], with_tagger=with_tagger)  # tables and weights are loaded here
        seconds = time_steps(drafts, with_tagger=with_tagger)
        each = [1000 * s * ARTICLE_WORDS / words for s in seconds]
        told = ", ".join(f"{step} {ms:.1f} ms" for step, ms in zip(STEPS, each, strict=True))
        total = sum(each)
        print(f"{name}: {1000 / total:.1f} articles a second ({total:.1f} ms: {told})")
    print(f"baseline (splitting at white space): {1000 * baseline * ARTICLE_WORDS / words:.3f} ms")


if __name__ == "__main__":
    main()
