"""Checks the sample news and the questions over it; `--mend` finds moved gold sentences again.

    python tools/check_samples.py                  # every fault, a line each; exit code 1 if any
    python tools/check_samples.py --mend           # after an edit of an article: new offsets
    python tools/check_samples.py --against A B    # also: runs of words shared with other texts

A question's gold sentence is kept as `text` beside its offsets, so that an edit elsewhere in the
article shows as a fault here and can be mended, and never moves a span in silence.
"""

from __future__ import annotations

import argparse
import json
import re
import sys
from collections.abc import Iterable, Iterator
from datetime import date, datetime
from pathlib import Path
from typing import Any

from bot.samples import sample_articles

QUESTIONS = Path(__file__).parent.parent / "tests" / "data" / "sample_questions.jsonl"
ANSWERABLE = frozenset(
    (
        *("said_by", "who_said", "agreed", "when", "where", "who", "how_many", "why"),
        *("what_happened", "summary", "followup"),
    )
)
KINDS = ANSWERABLE | {"unanswerable"}
STYLES = frozenset(("clean", "typo", "telegraphic", "paraphrase"))
REQUIRED = ("id", "url", "title", "source", "published", "section", "text")
WORDS = range(250, 701)
"""How many words a sample article has: long enough to search in, short enough to read."""
SHARED_SENTENCE_WORDS = 5
"""Sentences from this length on must stand in one article only."""
SHARED_RUN_WORDS = 6
"""Longer runs of words than this, shared with somebody else's text, count as copied."""
GOLD_CHARS = 600
"""No longer than an answer may be."""

_STRAIGHT = str.maketrans({"‘": "'", "’": "'", "“": '"', "”": '"'})
_SENTENCE = re.compile(r"[^\n.!?]+[.!?]*")
_WORD = re.compile(r"\w+")


def read_rows(path: Path) -> list[dict[str, Any]]:
    """The objects in a JSON Lines file, in order."""
    return [json.loads(line) for line in path.read_text("utf-8").splitlines()]


def write_rows(path: Path, rows: Iterable[dict[str, Any]]) -> None:
    lines = (json.dumps(row, ensure_ascii=False) + "\n" for row in rows)
    path.write_text("".join(lines), encoding="utf-8")


def words(text: str) -> list[str]:
    """The words of `text` in lower case; an apostrophe does not part a word."""
    return _WORD.findall(text.translate(_STRAIGHT).replace("'", "").lower())


def is_moment(value: str) -> bool:
    """Whether `value` is an ISO day, or an ISO time in UTC that ends in Z."""
    try:
        if len(value) == len("2025-03-18"):
            date.fromisoformat(value)
        else:
            datetime.fromisoformat(value)
    except ValueError:
        return False
    return len(value) == len("2025-03-18") or value.endswith("Z")


def find_article_faults(articles: list[dict[str, Any]]) -> Iterator[str]:
    """What is wrong with the articles, one by one and together."""
    seen: dict[str, str] = {}
    ids: set[str] = set()
    moments: list[str] = []
    for row in articles:
        name = row.get("id", "an article without id")
        missing = [field for field in REQUIRED if not row.get(field)]
        if missing:
            yield f"{name}: missing {', '.join(missing)}"
            continue
        if name in ids or not re.fullmatch(r"[a-z0-9]+(-[a-z0-9]+)*", name):
            yield f"{name}: the id is taken, or no slug"
        ids.add(name)
        if not re.fullmatch(r"https://[a-z]+\.example/\S+", row["url"]):
            yield f"{name}: {row['url']} is no page of an invented outlet"
        if not is_moment(row["published"]):
            yield f"{name}: {row['published']} is no ISO day or UTC time"
        moments.append(row["published"])
        head = [row["title"], *filter(None, [row.get("standfirst")])]
        if not row["text"].startswith("".join(part + "\n\n" for part in head)):
            yield f"{name}: the text does not start with title and standfirst"
        if len(words(row["text"])) not in WORDS:
            yield f"{name}: {len(words(row['text']))} words"
        for match in _SENTENCE.finditer(row["text"]):
            sentence = " ".join(words(match.group()))
            if sentence.count(" ") + 1 < SHARED_SENTENCE_WORDS:
                continue
            if sentence in seen:
                yield f"{name}: shares a sentence with {seen[sentence]}: {sentence}"
            seen[sentence] = name
    if [m[:10] for m in moments] != sorted(m[:10] for m in moments):
        yield "the articles are not in order of their day"


def find_question_faults(
    questions: list[dict[str, Any]], articles: list[dict[str, Any]]
) -> Iterator[str]:
    """What is wrong with the questions, and with their gold spans in `articles`."""
    texts = {row["id"]: row["text"] for row in articles}
    asked: set[str] = set()
    for row in questions:
        name = row["id"]
        if name in asked:
            yield f"{name}: the id is taken"
        if row["kind"] not in KINDS or row["style"] not in STYLES:
            yield f"{name}: unknown kind or style"
        if row["after"] is not None and row["after"] not in asked:
            yield f"{name}: goes on from {row['after']}, which was not asked before"
        if row["kind"] == "followup" and row["after"] is None:
            yield f"{name}: a follow-up of nothing"
        if ("value" in row) != (row["kind"] == "when"):
            yield f"{name}: a value belongs to each question for a time, and to no other"
        asked.add(name)
        barren = row["kind"] not in ANSWERABLE
        if barren == bool(row["gold"]) or barren != (row["answer_regex"] is None):
            yield f"{name}: gold sentences and answer_regex belong to each answerable question"
        for gold in row["gold"]:
            yield from find_gold_faults(name, gold, texts)
        if row["answer_regex"]:
            pattern = re.compile(row["answer_regex"].translate(_STRAIGHT), re.IGNORECASE)
            for gold in row["gold"]:
                if not pattern.search(" ".join(gold["text"].translate(_STRAIGHT).split())):
                    yield f"{name}: answer_regex misses {gold['text']!r}"


def find_gold_faults(name: str, gold: dict[str, Any], texts: dict[str, str]) -> Iterator[str]:
    """What is wrong with one gold span of the question `name`."""
    text, start, end = texts.get(gold["article"]), gold["start"], gold["end"]
    if text is None:
        yield f"{name}: no article {gold['article']}"
    elif not 0 <= start < end <= len(text):
        yield f"{name}: [{start}, {end}) is out of bounds in {gold['article']}"
    elif text[start:end] != gold["text"]:
        yield f"{name}: {gold['article']}[{start}:{end}] is {text[start:end]!r}"
    elif gold["text"] != gold["text"].strip() or "\n" in gold["text"] or end - start > GOLD_CHARS:
        yield f"{name}: {gold['text']!r} is no one sentence"


def find_shared_runs(articles: list[dict[str, Any]], other: str) -> Iterator[str]:
    """The runs of words, longer than allowed, that an article shares with the text `other`."""
    length = SHARED_RUN_WORDS + 1
    theirs = words(other)
    runs = {tuple(theirs[i : i + length]) for i in range(len(theirs) - length + 1)}
    for row in articles:
        ours = words(row["text"])
        for i in range(len(ours) - length + 1):
            if tuple(ours[i : i + length]) in runs:
                yield f"{row['id']}: shared words: {' '.join(ours[i : i + length])}"


def mend(questions: list[dict[str, Any]], articles: list[dict[str, Any]]) -> int:
    """How many gold spans were moved to the only place where their sentence stands now."""
    texts = {row["id"]: row["text"] for row in articles}
    moved = 0
    for row in questions:
        for gold in row["gold"]:
            text = texts.get(gold["article"], "")
            if text[gold["start"] : gold["end"]] == gold["text"] or text.count(gold["text"]) != 1:
                continue
            gold["start"] = text.index(gold["text"])
            gold["end"] = gold["start"] + len(gold["text"])
            moved += 1
    return moved


def main() -> int:
    parser = argparse.ArgumentParser(
        description=__doc__, formatter_class=argparse.RawDescriptionHelpFormatter
    )
    parser.add_argument("--mend", action="store_true", help="find moved gold sentences again")
    parser.add_argument("--against", type=Path, nargs="+", default=[], metavar="FILE")
    options = parser.parse_args()
    articles, questions = read_rows(sample_articles()), read_rows(QUESTIONS)
    if options.mend and (moved := mend(questions, articles)):
        write_rows(QUESTIONS, questions)
        print(f"{moved} gold spans moved")
    faults = [*find_article_faults(articles), *find_question_faults(questions, articles)]
    for path in options.against:
        faults += find_shared_runs(articles, path.read_text("utf-8"))
    print("\n".join([*faults, f"{len(articles)} articles, {len(questions)} questions"]))
    return 1 if faults else 0


if __name__ == "__main__":
    sys.exit(main())
