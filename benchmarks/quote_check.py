"""How well and how fast the words of a quote are found, changed or not, and others declined.

    python benchmarks/quote_check.py [--data DIR] [--articles 10000] [--show]

DIR holds `dev.jsonl[.gz]`, articles with gold attributions ("attributions": source, cue and
content as spans), and `train.jsonl[.gz]`, others of the kind, whose quotes are in none of them.
Without it the sample articles stand in, with the quotes that are found in them; every fifth is
left out of the store, and its quotes are those to be declined.

Excerpts of 6 to 20 words are checked as they are, then with one word in six replaced by another
word of the articles. With --articles, times are taken in a store of so many, made by
benchmarks/stores.py. Times are of the processor, which other work on the machine changes little.
"""

from __future__ import annotations

import argparse
import gzip
import json
import random
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from itertools import pairwise
from pathlib import Path
from typing import Any

ROOT = Path(__file__).parents[1]
# In the place of this folder, whose telegram.py would be taken for the library of that name.
sys.path[0] = str(ROOT)

from benchmarks import stores  # noqa: E402 - found by the line above
from bot.answer.result import Response, State  # noqa: E402
from bot.intake.records import read_record  # noqa: E402
from bot.memory import calm_collector  # noqa: E402
from bot.model import Quote, Span  # noqa: E402
from bot.newsroom import Newsroom, read_text  # noqa: E402
from bot.store.articles import all_articles  # noqa: E402
from bot.store.store import Store  # noqa: E402
from bot.text.words import find_words  # noqa: E402

SAMPLES = ROOT / "bot" / "samples" / "articles.jsonl"
EXCERPTS, OTHERS = 500, 200
SHORTEST, LONGEST = 6, 20
CHANGED_FROM = 10  # words; shorter excerpts are not changed
ONE_IN = 6  # words is replaced
RUN = 5  # words in common make another article's quote the same
WARM_UP = 20
SEED = 20250318


@dataclass(frozen=True, slots=True)
class Gold:
    """A quote: the article that holds it, its words, and the name of who said them."""

    article: str
    text: str
    source: str


def read_jsonl(path: Path) -> list[dict[str, Any]]:
    opener = gzip.open if path.suffix == ".gz" else open
    with opener(path, "rt", encoding="utf-8") as lines:
        return [json.loads(line) for line in lines if line.strip()]


def one_of(folder: Path, name: str) -> Path:
    """`name`.jsonl in `folder`, or the same compressed."""
    plain = folder / f"{name}.jsonl"
    return plain if plain.exists() else folder / f"{name}.jsonl.gz"


def gold_of(rows: Sequence[dict[str, Any]]) -> Iterator[Gold]:
    """The quotes of articles with attributions."""
    for row in rows:
        text = row["text"]
        for item in row["attributions"]:
            content = " ".join(text[s:e] for s, e in item["content"])
            yield Gold(row["id"], content, " ".join(text[s:e] for s, e in item["source"]))


def found_of(rows: Sequence[dict[str, Any]]) -> Iterator[Gold]:
    """The quotes that the extractors find in articles without attributions."""
    for row in rows:
        text = row["text"]
        for quote in read_text(text, None).quotes:
            content = " ".join(s.of(text) for s in quote.content)
            yield Gold(row["id"], content, _speaker(quote, text))


def _speaker(quote: Quote, text: str) -> str:
    return quote.speaker.span.of(text) if quote.speaker is not None else ""


def excerpt(gold: Gold, chance: random.Random) -> Gold | None:
    """Some neighbouring words of a quote, as printed; None where it is too short."""
    words = find_words(gold.text)
    if len(words) < SHORTEST:
        return None
    count = chance.randint(SHORTEST, min(LONGEST, len(words)))
    start = chance.randint(0, len(words) - count)
    span = Span(words[start].span.start, words[start + count - 1].span.end)
    return Gold(gold.article, span.of(gold.text), gold.source)


def replaced(gold: Gold, vocabulary: Sequence[str], chance: random.Random) -> Gold:
    """`gold` with one word in six replaced by another one."""
    words = find_words(gold.text)
    struck = set(chance.sample(range(len(words)), max(1, len(words) // ONE_IN)))
    text = gold.text
    for n in sorted(struck, reverse=True):
        span = words[n].span
        text = text[: span.start] + chance.choice(vocabulary) + text[span.end :]
    return Gold(gold.article, text, gold.source)


def runs(text: str) -> set[tuple[str, ...]]:
    """The runs of five words in `text`."""
    words = [word.folded for word in find_words(text)]
    return {tuple(words[n : n + RUN]) for n in range(len(words) - RUN + 1)}


def has_name(source: str) -> bool:
    """Whether a source is named: two capitals in a row, or one after a title, and no "the …"."""
    words = [w for w in source.split() if w[:1].isalpha()]
    return any(a[:1].isupper() and b[:1].isupper() for a, b in pairwise(words)) or (
        len(words) == 1 and words[0][:1].isupper() and words[0].lower() not in _PRONOUNS
    )


_PRONOUNS = frozenset("he she they it i we you who that this officials people others some".split())


def is_speaker(response: Response, source: str) -> bool:
    """Whether the speaker that was found shares a name's word with the gold source."""
    if not response.answers or response.answers[0].speaker is None:
        return False
    found = response.answers[0].speaker
    mine = {w.folded.removesuffix("'s") for w in find_words(found.name)}
    return any(
        w.folded.removesuffix("'s") in mine and w.span.of(source)[:1].isupper()
        for w in find_words(source)
        if not w.is_stop
    )


def measure(newsroom: Newsroom, asked: Sequence[Gold], title: str, *, show: bool) -> None:
    """Print how many of `asked` lead to their article, and to their speaker where one is named."""
    right = said = named = 0
    for gold in asked:
        response = newsroom.check_quote(gold.text)
        ids = [a.article.id for a in response.answers[:1]]
        is_right = ids == [gold.article]
        right += is_right
        if has_name(gold.source):
            named += 1
            is_said = is_speaker(response, gold.source)
            said += is_said
            if show and not is_said:
                best = response.answers[0] if response.answers else None
                print("  speaker:", gold.source, "|", best and best.speaker, "|", gold.text)
        if show and not is_right:
            print("  article:", gold.article, ids, response.state.value, gold.text)
    share = 100 * right / max(1, len(asked))
    of_names = 100 * said / max(1, named)
    print(f"{title}: article right {share:.1f} % of {len(asked)}, ", end="")
    print(f"speaker right {of_names:.1f} % of {named} that name one")


def measure_others(newsroom: Newsroom, others: Sequence[str], *, show: bool) -> None:
    """Print how many quotes of other articles are declined."""
    declined = 0
    for text in others:
        response = newsroom.check_quote(text)
        declined += response.state is State.NOTHING
        if show and response.state is not State.NOTHING:
            best = response.answers[0]
            print("  not declined:", text, "|", best.text, best.match)
    share = 100 * declined / max(1, len(others))
    print(f"quotes of other articles: {share:.1f} % of {len(others)} declined")


def measure_speed(path: Path, chance: random.Random) -> None:
    """Print the times of checks of excerpts, some of them changed, in the store at `path`."""
    with Store(path) as store:
        newsroom = Newsroom.over(store)
        articles = list(all_articles(store))
        chance.shuffle(articles)
        asked: list[Gold] = []
        for article in articles:
            for quote in newsroom.get_findings(article).quotes:
                text = " ".join(s.of(article.text) for s in quote.content)
                gold = excerpt(Gold(article.id, text, ""), chance)
                if gold is not None and len(asked) % 3 == 2:
                    gold = replaced(
                        gold, [w for w in text.split() if w.isalpha()] or ["so"], chance
                    )
                asked += [gold] if gold is not None else []
            if len(asked) >= EXCERPTS:
                break
        calm_collector()
        taken = []
        for gold in asked[:EXCERPTS]:
            began = time.process_time()
            newsroom.check_quote(gold.text)
            taken.append(1000 * (time.process_time() - began))
    taken = sorted(taken[WARM_UP:])
    half, most = taken[len(taken) // 2], taken[int(0.95 * len(taken))]
    print(
        f"{len(articles):,} articles: p50 {half:.0f} ms, p95 {most:.0f} ms, "
        f"most {taken[-1]:.0f} ms"
    )


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--data", type=Path, help="a folder with dev.jsonl and train.jsonl")
    ap.add_argument("--articles", type=int, nargs="*", default=[], help="sizes to take times at")
    ap.add_argument("--store", type=Path, help="a store that is made already, to take times at")
    ap.add_argument("--show", action="store_true", help="print what goes wrong")
    o = ap.parse_args()
    chance = random.Random(SEED)
    if o.data:
        rows, rest = read_jsonl(one_of(o.data, "dev")), read_jsonl(one_of(o.data, "train"))
        quotes, others = list(gold_of(rows)), list(gold_of(rest))
    else:
        every = read_jsonl(SAMPLES)
        rows = [row for n, row in enumerate(every) if n % 5]
        quotes, others = list(found_of(rows)), list(found_of(every[::5]))
    held = set().union(*(runs(row["text"]) for row in rows))
    with tempfile.TemporaryDirectory() as folder, Store(Path(folder) / "quotes.db") as store:
        newsroom = Newsroom.over(store)
        for n, row in enumerate(rows, 1):
            newsroom.add(read_record(row, line=n))
        vocabulary = [w for row in rows for w in row["text"].split() if w.isalpha()]
        chance.shuffle(quotes)
        cut = [e for gold in quotes if (e := excerpt(gold, chance)) is not None][:EXCERPTS]
        calm_collector()
        measure(newsroom, cut, "excerpts", show=o.show)
        changed = [
            replaced(gold, vocabulary, chance)
            for gold in cut
            if len(find_words(gold.text)) >= CHANGED_FROM
        ]
        measure(newsroom, changed, "one word in six replaced", show=o.show)
        strange = [g.text for g in others if len(find_words(g.text)) >= SHORTEST]
        strange = [text for text in strange if not held & runs(text)]
        chance.shuffle(strange)
        measure_others(newsroom, strange[:OTHERS], show=o.show)
    for count in o.articles:
        measure_speed(stores.kept_store(SAMPLES, count), chance)
    if o.store:
        measure_speed(o.store, chance)


if __name__ == "__main__":
    main()
