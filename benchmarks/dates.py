"""Measure the reader of dates beside dateparser's `search_dates`, on the same sentences.

    python benchmarks/dates.py [--corpus ARTICLES.jsonl.gz]

The sentences are those of the tests. With the corpus that tools/draw_dates.py drew from, the
mentions labelled in it are scored too, and the speed is taken on its articles, not on the tests'
sentences put together.

dateparser is scored kindly: a result is right when its day lies anywhere within the value asked
for. Ours must give the very value. For both, a sentence is right when each of its dates is and
nothing else was found; what cannot be known must be left without a value.
"""

from __future__ import annotations

import argparse
import gzip
import json
import time
from collections.abc import Callable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from dateparser.search import search_dates

from bot.model import Span
from bot.text.dates import bounds, find_dates, find_question_dates
from bot.text.sentences import find_sentences

DATA = Path(__file__).parent.parent / "tests" / "data"
ARTICLE_WORDS = 800
SLOW_SENTENCES = 120
"""dateparser takes milliseconds a sentence: its speed is taken on so many."""
CORPUS_ARTICLES = 250

Dates = list[tuple[int, int, str | None]]


def rows(name: str) -> list[dict[str, Any]]:
    """The rows of one of the tests' files."""
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def ours(text: str, published: date) -> Dates:
    """Our dates of one sentence."""
    found = find_dates(text, [Span(0, len(text))], published)
    return [(d.span.start, d.span.end, d.value) for d in found]


def theirs(text: str, published: date) -> Dates:
    """dateparser's dates of one sentence, as days."""
    base = datetime(published.year, published.month, published.day, 12)  # noqa: DTZ001 - its own way
    settings: Any = {"RELATIVE_BASE": base, "PREFER_DATES_FROM": "past"}
    out: Dates = []
    position = 0
    for words, moment in search_dates(text, languages=["en"], settings=settings) or []:
        start = max(text.find(words, position), 0)
        position = start + len(words)
        out.append((start, position, moment.date().isoformat()))
    return out


def is_right(gold: Dates, got: Dates, *, kindly: bool) -> bool:
    """Whether `got` is what `gold` asks for; kindly: a day within the value will do."""
    got = [item for item in got if item[2] is not None or not kindly]
    asked = [item for item in gold if item[2] is not None or not kindly]
    if len(got) != len(asked):
        return False
    for want, have in zip(asked, got, strict=True):
        if not (want[0] < have[1] and have[0] < want[1]):
            return False
        if kindly:
            days, day = bounds(want[2]), bounds(have[2])
            if days is not None and day is not None and not days[0] <= day[0] <= days[1]:
                return False
        elif want[2] != have[2]:
            return False
    return True


def score(name: str, read: Callable[[str, date], Dates], *, kindly: bool) -> tuple[int, int, int]:
    """How many sentences of a file are right, how many there are, how many traps were taken."""
    right = traps = 0
    data = rows(name)
    for row in data:
        gold = [(a, b, v) for a, b, v in row["dates"]]
        got = read(row["text"], date.fromisoformat(row["published"]))
        right += is_right(gold, got, kindly=kindly)
        traps += not gold and bool(got)
    return right, len(data), traps


def rate(read: Callable[[str, date], Dates], sentences: list[tuple[str, date]]) -> float:
    """Sentences a second, in seconds of this process alone."""
    started = time.process_time()
    for text, published in sentences:
        read(text, published)
    return len(sentences) / (time.process_time() - started)


def articles(corpus: Path) -> Iterator[dict[str, Any]]:
    """The articles of a corpus."""
    with gzip.open(corpus, "rt", encoding="utf-8") as lines:
        for line in lines:
            yield json.loads(line)


def score_corpus(corpus: Path) -> None:
    """Print how many of the mentions labelled in the corpus are right, and the speed on it."""
    labels = rows("dates_polnear.jsonl")
    wanted = {label["id"] for label in labels}
    texts = {row["id"]: row for row in articles(corpus) if row["id"] in wanted}
    found = {}
    for identity, row in texts.items():
        text, day = row["text"], date.fromisoformat(row["published"][:10])
        found[identity] = find_dates(text, find_sentences(text), day)
    right = 0
    for label in labels:
        place = Span(label["start"], label["end"])
        values = [d.value for d in found.get(label["id"], ()) if d.span.overlaps(place)]
        right += label["value"] in values if label["value"] else not any(values)
    print(f"labelled mentions of the corpus: ours {right} of {len(labels)} right")
    sample = [row for _, row in zip(range(CORPUS_ARTICLES), articles(corpus), strict=False)]
    split = [find_sentences(row["text"]) for row in sample]
    words = sum(len(row["text"].split()) for row in sample)
    started = time.process_time()
    for row, sentences in zip(sample, split, strict=True):
        find_dates(row["text"], sentences, date.fromisoformat(row["published"][:10]))
    spent = time.process_time() - started
    print(f"articles of {ARTICLE_WORDS} words a second: ours {words / ARTICLE_WORDS / spent:.0f}")


def main() -> None:
    """Print all figures."""
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--corpus", type=Path, help="the articles that the labels belong to")
    options = parser.parse_args()
    for name in ("dates_gold.jsonl", "dates_second_look.jsonl"):
        right, count, traps = score(name, ours, kindly=False)
        print(f"{name}: ours {right} of {count} sentences right, {traps} traps taken")
        right, count, traps = score(name, theirs, kindly=True)
        print(f"{name}: dateparser {right} of {count} sentences right, {traps} traps taken")
    data = rows("dates_questions.jsonl")
    right = 0
    for row in data:
        now = datetime.fromisoformat(row["now"])
        got = find_question_dates(row["question"], now)
        right += [[d.span.start, d.span.end, d.value] for d in got] == row["dates"]
    print(f"dates_questions.jsonl: ours {right} of {len(data)} questions right")
    sentences = [(r["text"], date.fromisoformat(r["published"])) for r in rows("dates_gold.jsonl")]
    fast = rate(ours, sentences * 5)
    slow = rate(theirs, sentences[:: len(sentences) // SLOW_SENTENCES])
    print(f"sentences a second: ours {fast:.0f}, dateparser {slow:.0f}: {fast / slow:.0f} times")
    if options.corpus:
        score_corpus(options.corpus)


if __name__ == "__main__":
    main()
