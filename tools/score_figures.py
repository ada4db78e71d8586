"""Scores figures against labelled numbers: value, unit and what they count must all be right.

    python -m tools.score_figures tests/data/figures_gold.jsonl TRAIN.jsonl.gz [--show]

A label line is `{"article", "start", "end", "figure": {"value", "unit", "of": [words]} | null}`:
"of" lists the head words that are right (null: nothing is counted), a null figure is a number that
is none (an age, a label, a code).
"""

from __future__ import annotations

from datetime import date

from bot.extract.figures import FoundFigure, find_figures
from bot.text.dates import find_dates
from bot.text.sentences import find_sentences
from tools.labelled import options_of, read_labelled_articles, read_labels


def is_right(found: FoundFigure | None, gold: dict[str, object] | None) -> bool:
    """Whether value, unit and what is counted agree."""
    if found is None or gold is None:
        return found is None and gold is None
    if abs(found.figure.value - float(str(gold["value"]))) > 1e-6 * abs(found.figure.value):
        return False
    heads = gold["of"]
    assert isinstance(heads, list)
    of = found.figure.of
    counted = any(of is None if head is None else of and head in of for head in heads)
    return found.figure.unit == gold["unit"] and counted


def main() -> None:
    """Print the share of labelled numbers that are read right."""
    options = options_of(__doc__)
    labels = read_labels(options.labels)
    texts: dict[str, str] = {}
    found: dict[str, list[FoundFigure]] = {}
    for row in read_labelled_articles(options.articles, labels):
        text = row["text"]
        sentences = find_sentences(text)
        days = find_dates(text, sentences, date.fromisoformat(row["published"]))
        texts[row["id"]], found[row["id"]] = text, find_figures(text, sentences, days)
    right = 0
    for label in labels:
        start, end = label["start"], label["end"]
        here = [f for f in found[label["article"]] if f.span.start < end and start < f.span.end]
        figure = here[0] if here else None
        if is_right(figure, label["figure"]):
            right += 1
        elif options.show:
            around = texts[label["article"]][max(0, start - 40) : end + 50].replace("\n", " ")
            print(figure.figure if figure else None, "|", label["figure"], "<<", around)
    print(f"right {right / len(labels):.3f} ({right}/{len(labels)})")


if __name__ == "__main__":
    main()
