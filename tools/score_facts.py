"""Scores the facts "agreed, decided, voted" against labelled sentences.

    python -m tools.score_facts tests/data/facts_agreed.jsonl TRAIN.jsonl.gz [--show]

A label line is `{"article", "start", "end", "facts": [{"kind", "status"}], "open"?: [kinds]}`;
"kind" may name two that are both right ("decision|agreement"). Kinds in "open" are those that two
readers could settle either way: found or not, they count neither for nor against.
"""

from __future__ import annotations

from datetime import date

from bot.extract.facts import find_facts
from bot.extract.mentions import find_mentions
from bot.model import Fact
from bot.text.dates import find_dates
from bot.text.sentences import find_sentences
from tools.labelled import options_of, read_labelled_articles, read_labels

KINDS = ("agreement", "decision", "vote")


def read_facts(row: dict[str, str]) -> list[Fact]:
    """The facts of one article of the corpus."""
    text = row["text"]
    sentences = find_sentences(text)
    dates = find_dates(text, sentences, date.fromisoformat(row["published"]))
    return find_facts(text, sentences, dates, find_mentions(text, sentences))


def main() -> None:
    """Print precision, recall and the share of right statuses."""
    options = options_of(__doc__)
    labels = read_labels(options.labels)
    rows = read_labelled_articles(options.articles, labels)
    texts = {row["id"]: row["text"] for row in rows}
    found = {row["id"]: read_facts(row) for row in rows}
    right = wrong = missed = status_right = 0
    for label in labels:
        facts = [
            fact
            for fact in found[label["article"]]
            if fact.kind in KINDS
            and fact.span.start < label["end"]
            and label["start"] < fact.span.end
        ]
        words = " ".join(texts[label["article"]][label["start"] : label["end"]].split())
        open_kinds = label.get("open", [])
        left = list(label["facts"])
        for fact in facts:
            match = next((g for g in left if fact.kind in g["kind"].split("|")), None)
            again = any(fact.kind in g["kind"].split("|") for g in label["facts"])
            if match is not None:
                left.remove(match)
                right += 1
                status_right += fact.status in match["status"].split("|")
                if options.show and fact.status not in match["status"].split("|"):
                    print("STATUS", fact.kind, fact.status, match["status"], words[:300])
            elif fact.kind not in open_kinds and not again:
                wrong += 1
                if options.show:
                    print("WRONG ", fact.kind, fact.status, fact.object, "<<", words[:300])
        missed += len(left)
        if options.show and left:
            print("MISSED", left, words[:300])
    print(
        f"precision {right / max(1, right + wrong):.3f} ({right}/{right + wrong})  "
        f"recall {right / max(1, right + missed):.3f} ({right}/{right + missed})  "
        f"status {status_right / max(1, right):.3f}"
    )


if __name__ == "__main__":
    main()
