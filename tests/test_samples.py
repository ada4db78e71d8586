"""The sample news is well-formed, and the questions over it point at whole sentences of it."""

from __future__ import annotations

from collections import Counter
from typing import Any

import pytest

from bot.samples import sample_articles
from tools.check_samples import (
    QUESTIONS,
    find_article_faults,
    find_question_faults,
    find_shared_runs,
    mend,
    read_rows,
)

ARTICLES = read_rows(sample_articles())
ASKED = read_rows(QUESTIONS)

Row = dict[str, Any]


def article(**changes: Any) -> Row:
    """A well-formed article, with `changes`."""
    body = "The ferry to Gull Island sails again. " + "It blew its horn twice " * 60
    row = {
        "id": "ferry-sails-again",
        "url": "https://harbourpost.example/ferry",
        "title": "Ferry sails again",
        "source": "The Harbour Post",
        "published": "2025-03-20",
        "section": "Marland",
        "text": f"Ferry sails again\n\n{body}",
    }
    return row | changes


def question(**changes: Any) -> Row:
    """A well-formed question over `article()`, with `changes`."""
    sentence = "The ferry to Gull Island sails again."
    row = {
        "id": "f1",
        "question": "does the ferry sail?",
        "kind": "what_happened",
        "gold": [gold(sentence)],
        "answer_regex": "sails again",
        "note": "",
        "after": None,
        "style": "clean",
    }
    return row | changes


def gold(sentence: str, shift: int = 0) -> Row:
    start = str(article()["text"]).index(sentence) + shift
    return {
        "article": "ferry-sails-again",
        "start": start,
        "end": start + len(sentence),
        "text": sentence,
    }


def test_articles_are_well_formed() -> None:
    assert list(find_article_faults(ARTICLES)) == []


def test_questions_point_at_their_sentences() -> None:
    assert list(find_question_faults(ASKED, ARTICLES)) == []


def test_there_is_enough_to_talk_about() -> None:
    kinds = Counter(row["kind"] for row in ASKED)
    styles = Counter(row["style"] for row in ASKED)
    assert len(ARTICLES) >= 24
    assert len({row["source"] for row in ARTICLES}) >= 6
    assert len(ASKED) >= 120
    assert kinds["unanswerable"] >= 20
    assert kinds["followup"] >= 20
    assert min(styles[style] for style in ("clean", "typo", "telegraphic", "paraphrase")) >= 20


def test_each_article_is_asked_about() -> None:
    asked = {spot["article"] for row in ASKED for spot in row["gold"]}
    assert asked == {row["id"] for row in ARTICLES}


def test_no_question_is_asked_twice() -> None:
    counts = Counter(
        (row["question"].lower(), row["after"]) for row in ASKED if row["after"] is None
    )
    assert [text for (text, _), count in counts.items() if count > 1] == []


@pytest.mark.parametrize(
    ("first", "second"),
    [
        pytest.param("Peskov", "Peskow", id="a name in two spellings"),
        pytest.param("Marit Halden", "Tobias Halden", id="two people with one surname"),
        pytest.param("1,200 people", "1,150 people", id="a corrected count"),
        pytest.param("will not send anyone", "conceivable", id="a change of position"),
        pytest.param("no such plan", "Such a plan did exist", id="a denial that did not last"),
        pytest.param("will be open again", "She has kept her word", id="a promise met"),
        pytest.param("by Friday, the", "Not a single payment", id="a promise broken"),
    ],
)
def test_samples_hold_what_a_reader_may_compare(first: str, second: str) -> None:
    texts = [row["text"] for row in ARTICLES]
    assert any(first in text for text in texts)
    assert any(second in text for text in texts)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        pytest.param({"id": "Ferry Again"}, "slug", id="id"),
        pytest.param({"url": "https://harbourpost.test/ferry"}, "invented", id="outlet"),
        pytest.param({"published": "20 March"}, "ISO", id="day"),
        pytest.param({"published": "2025-03-20T10:00:00"}, "ISO", id="time without zone"),
        pytest.param({"title": "Ferry back"}, "start with title", id="headline"),
        pytest.param({"standfirst": "At last."}, "start with title", id="standfirst"),
        pytest.param({"text": "Ferry sails again\n\nIt does."}, "words", id="length"),
        pytest.param({"section": ""}, "missing section", id="field"),
    ],
)
def test_faulty_article_is_told(changes: Row, fault: str) -> None:
    faults = list(find_article_faults([article(**changes)]))
    assert len(faults) == 1
    assert fault in faults[0]


def test_sentence_in_two_articles_is_told() -> None:
    faults = list(find_article_faults([article(), article(id="ferry-again")]))
    assert any("shares a sentence with ferry-sails-again" in fault for fault in faults)


@pytest.mark.parametrize(
    ("changes", "fault"),
    [
        pytest.param({"kind": "riddle", "gold": [], "answer_regex": None}, "kind", id="kind"),
        pytest.param({"after": "f0"}, "f0", id="goes on from nothing"),
        pytest.param({"kind": "followup"}, "follow-up", id="follow-up of nothing"),
        pytest.param({"kind": "when"}, "value", id="time without value"),
        pytest.param({"gold": []}, "gold", id="no gold"),
        pytest.param({"answer_regex": "sinks"}, "misses", id="regex"),
    ],
)
def test_faulty_question_is_told(changes: Row, fault: str) -> None:
    faults = list(find_question_faults([question(**changes)], [article()]))
    assert len(faults) == 1
    assert fault in faults[0]


@pytest.mark.parametrize(
    "spot",
    [
        pytest.param(gold("The ferry to Gull Island sails again.", shift=1), id="moved"),
        pytest.param(gold("The ferry to Gull Island sails again. "), id="blank at the end"),
        pytest.param(
            gold("The ferry to Gull Island sails again.") | {"end": 10**6}, id="out of bounds"
        ),
        pytest.param(
            gold("The ferry to Gull Island sails again.") | {"article": "boat"}, id="no article"
        ),
    ],
)
def test_faulty_gold_span_is_told(spot: Row) -> None:
    assert len(list(find_question_faults([question(gold=[spot])], [article()]))) == 1


@pytest.mark.parametrize("shift", [-7, 1, 40])
def test_mending_finds_a_moved_sentence(shift: int) -> None:
    row = question(gold=[gold("The ferry to Gull Island sails again.", shift=shift)])
    assert mend([row], [article()]) == 1
    assert row["gold"] == question()["gold"]


@pytest.mark.parametrize(
    ("other", "shared"),
    [
        pytest.param("They say the ferry to Gull Island sails again now.", 1, id="seven words"),
        pytest.param("They say the ferry to Gull Island sails on.", 0, id="six words"),
        pytest.param("THE FERRY, to “Gull” Island: sails again!", 1, id="marks do not hide it"),
    ],
)
def test_copied_words_are_told(other: str, shared: int) -> None:
    assert len(list(find_shared_runs([article()], other))) == shared
