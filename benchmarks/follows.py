"""How long it takes to find which of very many follows new articles meet.

    python benchmarks/follows.py [ARTICLES.jsonl[.gz]] [--follows 100000] [--most 1000]

Follows are drawn by a seed from the words and names of the articles and of everyday language:
people and topics most of all, then phrases, outlets and saved questions, some with words to leave
out. The articles are repeated until there are enough of them; reading them is not timed. Beside it
stands what a loop over all follows takes, reckoned from a hundred of them.
"""

from __future__ import annotations

import argparse
import os
import random
import time
from pathlib import Path

os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

from bot.digest import FollowIndex, Interest, InterestKind, make_interest, match_follows
from bot.digest.interest import condition_of, meets, see
from bot.errors import InterestError
from bot.intake.files import read_path
from bot.model import Article, Findings, NameKind, day_of
from bot.newsroom import now_utc, read_text
from bot.text.name_words import GIVEN_NAMES
from bot.text.ordinary import ordinary_words
from bot.text.words import STOP_WORDS, find_words

SAMPLES = Path(__file__).parents[1] / "bot" / "samples" / "articles.jsonl"
LIMIT_SECONDS = 10.0


def read_articles(path: Path, most: int) -> list[tuple[Article, Findings]]:
    """So many articles with their findings, those of the file again and again."""
    drafts = [row.draft for row in read_path(path) if row.draft][:most]
    found = [(d, read_text(d.text, day_of(d.published))) for d in drafts]
    return [
        (
            Article(
                key=n,
                id=f"a{n}",
                version=1,
                sha256="",
                text=draft.text,
                url=draft.url,
                title=draft.title,
                source=draft.source,
                author=draft.author,
                published=draft.published,
                section=None,
                standfirst=None,
                added=now_utc(),
            ),
            findings,
        )
        for n in range(most)
        for draft, findings in [found[n % len(found)]]
    ]


def draw_follows(articles: list[tuple[Article, Findings]], count: int) -> list[Interest]:
    """So many follows, most of them distinct."""
    chance = random.Random(4711)
    texts = list(dict.fromkeys(a.text for a, _ in articles))
    words = sorted({w.folded for text in texts for w in find_words(text)} - STOP_WORDS)
    words += sorted(ordinary_words() - STOP_WORDS)
    people = sorted(
        {m.name for _, f in articles[: len(texts)] for m in f.names if m.kind is NameKind.PERSON}
    )
    surnames = sorted({name.split()[-1] for name in people} | {w.title() for w in words[::7]})
    given = sorted(name.title() for name in GIVEN_NAMES)
    outlets = sorted({a.source for a, _ in articles if a.source})
    follows: list[Interest] = []
    while len(follows) < count:
        kind = chance.choices(
            [InterestKind.PERSON, InterestKind.TOPIC, InterestKind.PHRASE, InterestKind.QUESTION],
            [4, 5, 1, 1],
        )[0]
        if kind is InterestKind.PERSON:
            known = chance.random() < 0.2
            name = (
                chance.choice(people)
                if known
                else f"{chance.choice(given)} {chance.choice(surnames)}"
            )
            text, about = name, chance.choice(words) if chance.random() < 0.3 else ""
        else:
            text, about = " ".join(chance.choices(words, k=chance.choice((1, 2, 2, 3)))), ""
        if chance.random() < 0.01:
            kind, text = InterestKind.OUTLET, chance.choice(outlets)
        without = chance.choices(words, k=chance.choice((0, 0, 0, 1, 2)))
        try:
            follows.append(make_interest(kind, text, about=about, without=without))
        except InterestError:
            continue
    return follows


def main() -> None:
    parser = argparse.ArgumentParser(description=__doc__.splitlines()[0])
    parser.add_argument("articles", type=Path, nargs="?", default=SAMPLES)
    parser.add_argument("--follows", type=int, default=100_000)
    parser.add_argument("--most", type=int, default=1_000)
    options = parser.parse_args()
    articles = read_articles(options.articles, options.most)
    follows = draw_follows(articles, options.follows)
    began = time.process_time()
    index = FollowIndex(enumerate(follows))
    built = time.process_time() - began
    began = time.process_time()
    met = sum(len(match_follows(a, f, index)) for a, f in articles)
    took = time.process_time() - began
    print(f"{len(follows):,} follows, {len(set(follows)):,} distinct; indexed in {built:.1f} s")
    print(f"{len(articles):,} articles matched in {took:.1f} s: {met:,} follows met")
    few = [(see(a, f), n) for n, (a, f) in enumerate(articles[:10])]
    conditions = [condition_of(interest) for interest in follows[:100]]
    began = time.process_time()
    for seen, _ in few:
        for condition in conditions:
            meets(condition, seen)
    loop = (time.process_time() - began) / (len(few) * len(conditions))
    print(f"a loop over all of them would take {loop * len(follows) * len(articles):,.0f} s")
    if took > LIMIT_SECONDS:
        raise SystemExit(f"slower than {LIMIT_SECONDS:.0f} s")


if __name__ == "__main__":
    main()
