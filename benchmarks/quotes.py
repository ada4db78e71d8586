"""Measure the quote extraction: speed, and who the speakers are.

    python benchmarks/quotes.py ARTICLES.jsonl[.gz] [--who tests/data/quotes_who.jsonl]

Articles are one JSON object a line with `id` and `text`. Speed is given for the tagger, for the
rules alone, and for a plain regular expression as the floor, in articles of 800 words a second.
Scores against gold attributions are made by a scorer that stands outside the project.
"""

from __future__ import annotations

import argparse
import gzip
import json
import re
import resource
import time
from collections import Counter
from collections.abc import Callable
from pathlib import Path
from typing import Any

from bot.extract.mentions import find_mentions
from bot.extract.quote_page import read_page
from bot.extract.quote_tagger import load_tagger
from bot.extract.quotes import all_reports, find_quotes
from bot.extract.speakers import SpeakerFinder
from bot.model import Span
from bot.text.names import same_person_shape
from bot.text.sentences import find_sentences
from bot.text.view import make_view

ARTICLE_WORDS = 800
_PLAIN = re.compile(r"[“\"]([^”\"\n]{8,600})[”\"][^.\n]{0,80}?\b(?:said|says|told|added|wrote)\b")


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def measure_speed(articles: list[dict[str, Any]]) -> None:
    """Print articles of 800 words per second of processor time, for each way."""
    views = [make_view(a["text"]) for a in articles]
    inputs = [(v.text, find_sentences(v.text)) for v in views]
    names = [find_mentions(text, sentences) for text, sentences in inputs]
    size = sum(len(text.split()) for text, _ in inputs) / ARTICLE_WORDS
    find_quotes(*inputs[0])
    ways: dict[str, Callable[[int], object]] = {
        "tagger": lambda i: find_quotes(*inputs[i], names[i]),
        "rules": lambda i: find_quotes(*inputs[i], names[i], with_tagger=False),
        "plain regex": lambda i: _PLAIN.findall(inputs[i][0]),
    }
    for name, way in ways.items():
        started = time.process_time()
        for i in range(len(inputs)):
            way(i)
        print(f"{name}: {size / (time.process_time() - started):.1f} articles of 800 words/s")
    memory = resource.getrusage(resource.RUSAGE_SELF).ru_maxrss / 1024
    print(f"memory at most: {memory:.0f} MB")


def measure_who(articles: list[dict[str, Any]], gold: list[dict[str, Any]], *, show: bool) -> None:
    """Print how many labelled mentions are resolved right, wrongly, or left open."""
    texts = {a["id"]: a["text"] for a in articles}
    counts: Counter[str] = Counter()
    tagger = load_tagger()
    for item in gold:
        view = make_view(texts[item["id"]])
        sentences = find_sentences(view.text)
        page = read_page(view.text, sentences)
        speakers = SpeakerFinder(page, find_mentions(view.text, sentences))
        wanted = Span(item["start"], item["end"])
        sources = {r.source for r in all_reports(page, tagger) if r.source}
        here = [s for s in sources if view.place(s).overlaps(wanted)]
        sources -= set(here)
        span = here[0] if here else place_back(view, wanted)
        found = None
        for source in sorted([*sources, span]):
            speaker = speakers.resolve(source)
            if source == span:
                found = speaker.name
                break
        state = "open" if found is None else "right" if same(found, item["who"]) else "wrong"
        counts[state] += 1
        if show and state != "right":
            print(state, item, span.of(view.text), "->", found)
    total = sum(counts.values())
    print(", ".join(f"{k} {n} ({100 * n / total:.1f} %)" for k, n in counts.most_common()))


def place_back(view: Any, wanted: Span) -> Span:
    """The span of the view that stands for `wanted` of the stored text."""
    low = next(
        i for i in range(len(view.text)) if view.place(Span(i, i + 1)).start >= wanted.start
    )
    return Span(low, low + len(wanted))


def same(found: str, who: str) -> bool:
    """Whether two names can be one person's, nicknames and middle names allowed for."""
    return same_person_shape(found, who)


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("articles", type=Path)
    ap.add_argument("--who", type=Path)
    ap.add_argument("--show", action="store_true", help="print what was not resolved right")
    o = ap.parse_args()
    articles = read_jsonl(o.articles)
    if o.who:
        measure_who(articles, read_jsonl(o.who), show=o.show)
    else:
        measure_speed(articles)


if __name__ == "__main__":
    main()
