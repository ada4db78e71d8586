"""The questions on articles that are not ours are whole, and their store can be written."""

from __future__ import annotations

import json
import re
from collections import Counter
from datetime import datetime
from pathlib import Path
from typing import Any

import pytest

from tools import train_store

DATA = Path(__file__).parent / "data"
KEYS = {"id", "question", "kind", "gold", "answer_regex", "note", "after", "style"}
STYLES = {"clean", "typo", "telegraphic", "paraphrase"}
LONGEST_NOTE_WORDS = 12
"""Notes are ours too; a longer one would be a place for other people's sentences."""


SETS = {"train_questions.jsonl": train_store.IDS} | {
    f"{name}_questions.jsonl": ids for name, ids in train_store.LATER_IDS.items()
}
STORED = {"train_questions.jsonl": 200, "fresh_questions.jsonl": 200}
"""Articles in the store of a set, where they are not 120."""


@pytest.fixture(scope="module", params=SETS)
def name(request: pytest.FixtureRequest) -> str:
    return str(request.param)


@pytest.fixture(scope="module")
def questions(name: str) -> list[dict[str, Any]]:
    lines = (DATA / name).read_text(encoding="utf-8").splitlines()
    return [json.loads(line) for line in lines]


def test_questions_have_the_fields_of_the_scorer(questions: list[dict[str, Any]]) -> None:
    for question in questions:
        assert set(question) - {"value"} == KEYS, question["id"]
        assert question["style"] in STYLES, question["id"]
        assert len(question["note"].split()) <= LONGEST_NOTE_WORDS, question["id"]
        for gold in question["gold"]:
            assert set(gold) == {"article", "start", "end"}, question["id"]
            assert 0 <= gold["start"] < gold["end"], question["id"]


def test_every_question_stands_once(questions: list[dict[str, Any]]) -> None:
    assert len({q["id"] for q in questions}) == len(questions)
    twice = Counter((q["question"].lower(), q["after"]) for q in questions)
    assert twice.most_common(1)[0][1] == 1


def test_only_the_unanswerable_have_no_gold(questions: list[dict[str, Any]]) -> None:
    for question in questions:
        assert bool(question["gold"]) == (question["kind"] != "unanswerable"), question["id"]
        assert bool(question["answer_regex"]) == bool(question["gold"]), question["id"]
        re.compile(question["answer_regex"] or "")


def test_a_follow_up_names_a_question_before_it(questions: list[dict[str, Any]]) -> None:
    seen: set[str] = set()
    for question in questions:
        assert (question["after"] in seen) == (question["kind"] == "followup"), question["id"]
        seen.add(question["id"])


def test_days_are_days_of_when_questions(questions: list[dict[str, Any]]) -> None:
    for question in questions:
        assert ("value" in question) == (question["kind"] == "when"), question["id"]
        if value := question.get("value"):
            datetime.strptime(f"{value}-01-01"[:10], "%Y-%m-%d")  # noqa: DTZ007 -- a day has no zone


def test_gold_stands_in_the_listed_articles(name: str, questions: list[dict[str, Any]]) -> None:
    ids = SETS[name].read_text(encoding="utf-8").split()
    assert len(set(ids)) == len(ids) == STORED.get(name, 120)
    assert {g["article"] for q in questions for g in q["gold"]} <= set(ids)


def test_each_set_has_articles_of_its_own() -> None:
    stores = [path.read_text(encoding="utf-8").split() for path in SETS.values()]
    assert len(set().union(*stores)) == sum(len(ids) for ids in stores)


def write_corpus(path: Path, ids: list[str]) -> Path:
    """A corpus of made-up articles under `ids`."""
    article = {"title": "Ferry late", "source": "nyt", "author": "Ida Holm"}
    article |= {"published": "2016-05-01", "text": "Ferry late.\r\n\r\nIt rained\u00a0."}
    rows = [json.dumps({**article, "id": i, "attributions": []}) + "\n" for i in ids]
    path.write_text("".join(rows), encoding="utf-8")
    return path


def test_store_holds_the_listed_articles_with_their_text(tmp_path: Path) -> None:
    ids = train_store.IDS.read_text(encoding="utf-8").split()
    corpus = write_corpus(tmp_path / "train.jsonl", [*ids, "one-more"])
    assert train_store.main([str(corpus), str(tmp_path / "store.jsonl")]) == 0
    lines = (tmp_path / "store.jsonl").read_text(encoding="utf-8").splitlines()
    rows = [json.loads(line) for line in lines]
    assert [row["id"] for row in rows] == ids
    assert rows[0]["text"] == "Ferry late.\r\n\r\nIt rained\u00a0."
    assert rows[0]["source"] == "The New York Times"


def test_the_fresh_articles_are_written_when_asked_for(tmp_path: Path) -> None:
    ids = train_store.FRESH_IDS.read_text(encoding="utf-8").split()
    corpus = write_corpus(tmp_path / "train.jsonl", ids)
    assert train_store.main(["--fresh", str(corpus), str(tmp_path / "store.jsonl")]) == 0
    lines = (tmp_path / "store.jsonl").read_text(encoding="utf-8").splitlines()
    assert [json.loads(line)["id"] for line in lines] == ids


def test_corpus_that_lacks_an_article_is_told(
    tmp_path: Path, capsys: pytest.CaptureFixture[str]
) -> None:
    corpus = write_corpus(tmp_path / "train.jsonl", ["one-more"])
    assert train_store.main([str(corpus), str(tmp_path / "store.jsonl")]) == 1
    assert "lacks 200 of 200 articles" in capsys.readouterr().err
    assert not (tmp_path / "store.jsonl").exists()
