"""Count which words report speech, and write bot/extract/cue_lexicon.json.

    python tools/count_cues.py --train TRAIN.jsonl.gz --out bot/extract/cue_lexicon.json

The file holds single words with counts, nothing else of the corpus: for each word how often it
was seen, and by what follows it how often it was seen and how often it was the head of a cue.
"""

from __future__ import annotations

import argparse
import collections
import gzip
import json
from pathlib import Path
from typing import Any

from bot.extract.quote_rules import following, look_up_form
from bot.extract.quote_tokens import OUTSIDE, find_tokens, quote_states
from bot.model import Span
from bot.text.marks import Paragraphs, find_quoted

MIN_HEADS = 3
"""A word seen less often as the head of a cue tells nothing sure."""
MIN_SHARE = 0.08
"""A word that heads a cue in a smaller share of its places only brings false cues."""


def main() -> None:
    ap = argparse.ArgumentParser(description=__doc__)
    ap.add_argument("--train", type=Path, required=True)
    ap.add_argument("--out", type=Path, required=True)
    o = ap.parse_args()
    with gzip.open(o.train, "rt", encoding="utf-8") as lines:
        articles = [json.loads(line) for line in lines]
    rows = [row for a in articles for row in read_rows(a)]
    seen = collections.Counter(w for words, _, _ in rows for w in words)
    in_cue = collections.Counter(
        w for words, cues, _ in rows for c in cues for w in pick(words, c)
    )
    heads: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    places: dict[str, collections.Counter[str]] = collections.defaultdict(collections.Counter)
    for words, cues, states in rows:
        for c in cues:
            head = max(c, key=lambda i: in_cue[words[i]] / (seen[words[i]] + 2))
            heads[words[head]][following(words, head)] += 1
        for i, word in enumerate(words):
            if states[i] == OUTSIDE:
                places[word][following(words, i)] += 1
    lexicon = {}
    for word, by in sorted(heads.items()):
        count, total = by.total(), places[word].total()
        if word[0].isalpha() and count >= MIN_HEADS and count >= MIN_SHARE * total:
            lexicon[word] = {k: [places[word][k], by[k]] for k in sorted(places[word])}
    o.out.write_text(json.dumps(lexicon, separators=(",", ":"), ensure_ascii=False) + "\n")
    print(len(lexicon), "words", o.out.stat().st_size, "bytes")


def pick(words: list[str], numbers: list[int]) -> set[str]:
    """The words at `numbers`."""
    return {words[i] for i in numbers}


def read_rows(article: dict[str, Any]) -> list[tuple[list[str], list[list[int]], list[int]]]:
    """For each paragraph its words, the token numbers of its cues, and the quote states."""
    text = article["text"]
    paragraphs = Paragraphs.of(text)
    quoted = find_quoted(text, paragraphs)
    out = []
    for span in paragraphs.spans:
        tokens = find_tokens(text, span)
        mine = [q for q in quoted if span.covers(q.outer)]
        cues = [
            list(tokens.between(Span(*a["cue"][0])))
            for a in article["attributions"]
            if a["cue"] and span.covers(Span(*a["cue"][0]))
        ]
        words = [look_up_form(w) for w in tokens.words]
        out.append((words, [c for c in cues if c], quote_states(tokens, mine)))
    return out


if __name__ == "__main__":
    main()
