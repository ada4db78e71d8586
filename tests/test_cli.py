"""The commands keep what they promise to scripts: exit codes, streams, JSON lines, options."""

from __future__ import annotations

import gzip
import json
import re
from collections.abc import Iterator
from pathlib import Path
from typing import Any

import pytest

from bot.samples import sample_articles
from tests.support.program import Outcome, finished, newsbot, start
from tests.support.stores import TEXT, draft, short_articles, write_rows

INTENTS = frozenset(
    "said_by who_said agreed when who where how_many why what_happened latest list compare "
    "timeline quote_check other".split()
)
LINES_WITH_FAULTS = [
    '{"id": "a", "text": "The ferry sails on Monday, said Ines Roca."}',
    "",
    "{not json",
    '{"id": "b"}',
    '["a list"]',
    '{"id": "c", "text": "A second text.", "published": "yesterday-ish"}',
    '{"id": "d", "text": ""}',
    '{"id": "e", "text": 5}',
    '{"id": "f", "text": "half \\ud83d a character"}',
    "[" * 20_000,
    '{"id": "g", "text": "The last row is read, too."}',
]


@pytest.fixture(autouse=True)
def folder(tmp_path: Path, monkeypatch: pytest.MonkeyPatch) -> Path:
    """A working folder of its own, so that no configuration lies about."""
    monkeypatch.chdir(tmp_path)
    return tmp_path


@pytest.fixture(scope="module")
def samples(tmp_path_factory: pytest.TempPathFactory) -> Path:
    """A store that holds the sample news."""
    path = tmp_path_factory.mktemp("samples") / "samples.db"
    assert newsbot("add", sample_articles(), "--db", path).code == 0
    return path


def told(outcome: Outcome) -> str:
    """What a run that went wrong told: for people, so without a traceback."""
    assert "Traceback" not in outcome.err
    return outcome.err


# ---------------------------------------------------------------------------- exit codes
@pytest.mark.parametrize(
    ("arguments", "code"),
    [
        (["--help"], 0),
        (["--version"], 0),
        (["ask", "--version"], 0),
        (["add", "-h"], 0),
        (["ask", "who flew to Mars?"], 0),
        (["ask", "who flew to Mars?", "--json"], 0),
        (["ask", "\udce4\udcff?"], 0),
        (["doctor"], 0),
        (["reindex"], 0),
        ([], 2),
        (["fly"], 2),
        (["ask"], 2),
        (["ask", "who?", "--batch", "x.jsonl"], 2),
        (["ask", "--batch", "missing.jsonl"], 2),
        (["ask", "who?", "--limit", "0"], 2),
        (["ask", "who?", "--now", "tomorrow"], 2),
        (["ask", "who?", "--colour"], 2),
        (["ask", "who?", "--config", "missing.yaml"], 2),
        (["ask", "who?", "--db", "postgresql://host/news"], 2),
        (["add"], 2),
        (["run"], 2),
        (["add", "missing.txt"], 1),
        (["add", "."], 1),
        (["add", "x" * 5_000], 1),
        (["add", "http://127.0.0.1/ferry"], 1),
        (["add", "-"], 1),
        (["extract", "missing.txt", "--json"], 1),
        (["ask", "who?", "--db", "no/such/folder/news.db"], 1),
    ],
    ids=lambda value: " ".join(value)[:40] if isinstance(value, list) else str(value),
)
def test_exit_code_tells_done_failed_or_wrong_usage(arguments: list[str], code: int) -> None:
    outcome = newsbot(*arguments)
    assert outcome.code == code
    assert bool(told(outcome)) or code == 0
    if code:
        assert outcome.out == "" or arguments[0] == "add"


def test_the_module_is_the_same_program(folder: Path) -> None:
    outcome = finished(start("--version", folder=folder))
    assert (outcome.code, outcome.err) == (0, "")
    assert re.fullmatch(r"newsbot, version \d+\.\d+\.\d+\n", outcome.out)


def test_closed_pipe_ends_quietly(folder: Path) -> None:
    source = write_rows(folder / "reports.jsonl", short_articles(3))
    with start("extract", source, source, "--json", folder=folder) as process:
        assert process.stdout is not None
        assert process.stderr is not None
        process.stdout.close()
        assert process.stderr.read() == ""
    assert process.returncode == 1


# ------------------------------------------------------------------------------- options
@pytest.mark.parametrize(
    "arguments",
    [
        ["--db", "x.db", "--now", "2025-03-20T08:00:00Z", "ask", "who?", "--json"],
        ["ask", "who?", "--json", "--db", "x.db", "--now", "2025-03-20T08:00:00Z"],
        ["--db", "x.db", "ask", "--now", "2025-03-20", "--json", "who?"],
        ["--db", "y.db", "ask", "who?", "--json", "--db", "x.db"],
    ],
    ids=["before", "after", "both", "after goes over before"],
)
def test_global_options_stand_before_or_after(arguments: list[str], folder: Path) -> None:
    assert newsbot(*arguments).row["state"] == "nothing"
    assert [path.name for path in folder.glob("*.db")] == ["x.db"]


def test_option_over_environment_over_file_over_default(
    folder: Path, monkeypatch: pytest.MonkeyPatch
) -> None:
    def made(*arguments: str) -> set[str]:
        assert newsbot("ask", "who?", *arguments).code == 0
        names = {path.name for path in folder.glob("*.db")}
        for path in folder.glob("*.db*"):
            path.unlink()
        return names

    assert made() == {"newsbot.db"}
    (folder / "config.yaml").write_text("store: yaml.db")
    assert made() == {"yaml.db"}
    (folder / "other.yaml").write_text("store: other.db")
    monkeypatch.setenv("NEWSBOT_CONFIG", "other.yaml")
    assert made() == {"other.db"}
    assert made("--config", "config.yaml") == {"yaml.db"}
    monkeypatch.setenv("NEWSBOT_STORE", "environment.db")
    assert made() == {"environment.db"}
    assert made("--db", "option.db") == {"option.db"}


def test_configuration_faults_are_told_together(folder: Path) -> None:
    (folder / "config.yaml").write_text("colour: red\nlimits:\n  questions_per_minute: 0\n")
    outcome = newsbot("ask", "who?")
    assert outcome.code == 2
    assert "colour: there is no such setting" in told(outcome)
    assert "limits.questions_per_minute: a whole number" in told(outcome)


def test_secrets_are_never_shown(folder: Path, monkeypatch: pytest.MonkeyPatch) -> None:
    secret = "987654321:AAH-nobody_reads_this"
    (folder / "config.yaml").write_text(
        f"telegram:\n  token: '{secret}'\n  webhook:\n    url: https://bot.example/hook\n"
    )
    for arguments in (["doctor"], ["run"], ["-v", "run"], ["doctor", "-v"]):
        outcome = newsbot(*arguments)
        assert "nobody_reads" not in outcome.out + told(outcome)
    monkeypatch.setenv("NEWSBOT_TELEGRAM_TOKEN", f" {secret}")
    (folder / "config.yaml").write_text(f"telegram: {{token:{secret}}}\n")
    outcome = newsbot("doctor")
    assert outcome.code == 2
    assert "nobody_reads" not in outcome.out + told(outcome)


def test_each_subcommand_has_help_with_the_global_options() -> None:
    listed = newsbot("--help").out.partition("Commands:")[2]
    names = re.findall(r"^  (\w+) ", listed, re.MULTILINE)
    assert {"run", "chat", "ask", "add", "extract", "reindex", "backup", "doctor"} <= set(names)
    for name in names:
        shown = newsbot(name, "--help").out
        for option in ("--config", "--db", "--now", "--verbose", "--version"):
            assert option in shown


# ----------------------------------------------------------------------------------- add
def test_add_tells_a_json_line_an_article(folder: Path) -> None:
    write_rows(folder / "a.jsonl", short_articles(2))
    outcome = newsbot("add", "a.jsonl", "--json")
    assert outcome.code == 0
    assert outcome.rows == [
        {"source": "a.jsonl", "line": n, "status": "added", "id": f"report-{n - 1}", "version": 1}
        for n in (1, 2)
    ]
    again = newsbot("add", "a.jsonl", "--json")
    assert [row["status"] for row in again.rows] == ["unchanged", "unchanged"]
    write_rows(folder / "b.jsonl", [draft("The report was wrong.", id="report-0")])
    assert newsbot("add", "b.jsonl", "--json").row == {
        "source": "b.jsonl",
        "line": 1,
        "status": "updated",
        "id": "report-0",
        "version": 2,
    }


def test_bad_rows_are_refused_by_their_line_and_stop_nothing(folder: Path) -> None:
    (folder / "rows.jsonl").write_text("\n".join(LINES_WITH_FAULTS), encoding="utf-8")
    outcome = newsbot("add", "rows.jsonl", "--json")
    assert outcome.code == 1
    assert [(row["line"], row["status"]) for row in outcome.rows] == [
        (1, "added"),
        *((n, "refused") for n in range(3, 11)),
        (11, "added"),
    ]
    assert all(row["reason"].endswith(".") for row in outcome.rows if "reason" in row)
    spoken = newsbot("add", "rows.jsonl")
    assert "refused    rows.jsonl, line 3: " in spoken.out
    assert "2 unchanged, 8 refused" in spoken.err


def test_add_reads_standard_input(folder: Path) -> None:
    rows = write_rows(folder / "a.jsonl", short_articles(2)).read_bytes()
    outcome = newsbot("add", "-", "--json", stdin=rows)
    assert [(row["source"], row["line"]) for row in outcome.rows] == [("-", 1), ("-", 2)]


def test_add_takes_several_sources_of_any_kind(folder: Path) -> None:
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    (folder / "b.json").write_text('{"id": "b", "text": "The bridge is closed."}')
    (folder / "c.jsonl.gz").write_bytes(gzip.compress(b'{"id": "c", "text": "It rains."}\n'))
    outcome = newsbot("add", "a.txt", "b.json", "c.jsonl.gz", "none.txt", "--json")
    assert outcome.code == 1
    assert [row["status"] for row in outcome.rows] == ["added", "added", "added", "refused"]
    assert [row["source"] for row in outcome.rows] == ["a.txt", "b.json", "c.jsonl.gz", "none.txt"]


def test_export_is_taken_back_and_never_overwrites(folder: Path) -> None:
    rows = [*short_articles(3), draft()]
    write_rows(folder / "a.jsonl", rows)
    newsbot("add", "a.jsonl")
    assert newsbot("export", "out.jsonl").code == 0
    back = newsbot("add", "out.jsonl", "--json")
    assert [row["status"] for row in back.rows] == ["unchanged"] * 4
    elsewhere = newsbot("add", "out.jsonl", "--json", "--db", "second.db")
    assert [row["status"] for row in elsewhere.rows] == ["added"] * 4
    refused = newsbot("export", "out.jsonl")
    assert refused.code == 1
    assert "exists already" in told(refused)
    assert newsbot("export", "no/folder/out.jsonl").code == 1


def test_reindex_says_what_it_did(folder: Path) -> None:
    newsbot("add", write_rows(folder / "a.jsonl", short_articles(1)))
    assert "up to date" in newsbot("reindex").err


# ------------------------------------------------------------------------------- extract
def spans_in(value: Any) -> Iterator[tuple[int, int, str | None]]:
    """(start, end, text if told) for everything with a place in one line of `extract`."""
    if isinstance(value, dict):
        if "start" in value:
            yield value["start"], value["end"], value.get("text")
        for key, inner in value.items():
            if key in ("sentences", "content") and inner and isinstance(inner[0], list):
                yield from ((start, end, None) for start, end in inner)
            else:
                yield from spans_in(inner)
    elif isinstance(value, list):
        for inner in value:
            yield from spans_in(inner)


def test_extract_keeps_its_promised_shape_over_the_samples() -> None:
    outcome = newsbot("extract", sample_articles(), "--json")
    assert outcome.code == 0
    given_rows = [json.loads(line) for line in sample_articles().read_text("utf-8").splitlines()]
    assert [row["id"] for row in outcome.rows] == [row["id"] for row in given_rows]
    for row, given in zip(outcome.rows, given_rows, strict=True):
        text = given["text"]
        assert "text" not in row
        for start_at, end, words in spans_in(row):
            assert 0 <= start_at < end <= len(text)
            assert words is None or words == text[start_at:end]
        assert row["sentences"] == sorted(row["sentences"])
        check_quotes(row)
        check_facts(row)
        for found in row["dates"]:
            assert {"text", "start", "end", "value", "grain", "how"} <= set(found)
        for name in row["names"]:
            assert name["kind"] in ("person", "organisation", "place", "other")
            assert name["name"]
        for key in ("title", "source", "author", "published", "section"):
            assert row[key] == given.get(key)
    assert sum(len(row["quotes"]) for row in outcome.rows) > 50
    assert sum(len(row["facts"]) for row in outcome.rows) > 10


def check_quotes(row: dict[str, Any]) -> None:
    for quote in row["quotes"]:
        assert quote["kind"] in ("direct", "mixed", "indirect")
        assert quote["polarity"] in ("said", "denied", "declined", "hypothetical")
        assert quote["content"] == sorted(quote["content"])
        assert quote["content"]
        assert 0 <= quote["confidence"] <= 1
        assert quote["speaker"] is None or quote["speaker"]["text"]
        assert quote["cue"] is None or quote["cue"]["class"]
        inside = [row["sentences"][n] for n in quote["sentences"]]
        for start_at, end in quote["content"]:
            assert any(first < end and start_at < last for first, last in inside)


def check_facts(row: dict[str, Any]) -> None:
    for fact in row["facts"]:
        assert fact["kind"]
        assert fact["status"]
        assert all(party["name"] and party["part"] for party in fact["parties"])
        first, last = row["sentences"][fact["sentence"]]
        assert first < fact["end"]
        assert fact["start"] < last
        assert all(0 <= n < len(row["dates"]) for n in fact["dates"])
        assert 0 <= fact["confidence"] <= 1


def test_extract_returns_the_text_that_it_counts_in_where_none_was_given(folder: Path) -> None:
    (folder / "page.txt").write_text(f"18 March 2025\n\n{TEXT}", encoding="utf-8")
    row = newsbot("extract", "page.txt", "--json").row
    assert TEXT in row["text"]
    for start_at, end, words in spans_in(row):
        assert words is None or words == row["text"][start_at:end]


def test_extract_touches_no_store_and_goes_on_after_a_bad_row(folder: Path) -> None:
    (folder / "rows.jsonl").write_text("\n".join(LINES_WITH_FAULTS), encoding="utf-8")
    outcome = newsbot("extract", "rows.jsonl", "--json")
    assert outcome.code == 1
    assert [row["id"] for row in outcome.rows] == ["a", "g"]
    assert "rows.jsonl, line 3: " in told(outcome)
    assert list(folder.glob("*.db")) == []


def test_extract_for_people_prints_the_quote(folder: Path) -> None:
    (folder / "a.txt").write_text(TEXT, encoding="utf-8")
    assert "Ines Roca: The sea has let us go" in newsbot("extract", "a.txt").out


# ----------------------------------------------------------------------------------- ask
def check_response(row: dict[str, Any], texts: dict[str, str]) -> None:
    """Fail unless `row` is one line of `ask --json` as promised."""
    assert row["intent"] in INTENTS
    assert row["state"] in ("found", "close", "nothing")
    assert row["answered"] is (row["state"] == "found")
    assert bool(row["answers"]) is (row["state"] != "nothing")
    assert not row["nearest"] or row["state"] == "nothing"
    scores = [answer["score"] for answer in row["answers"]]
    assert scores == sorted(scores, reverse=True)
    for answer in row["answers"] + row["nearest"]:
        text = texts[answer["article_id"]]
        assert answer["text"] == text[answer["start"] : answer["end"]]
        assert 0 < len(answer["text"]) <= 600 or "\n" not in answer["text"].strip()
        assert 0 <= answer["score"] <= 1
        assert answer["version"] >= 1
        assert re.fullmatch("[0-9a-f]{64}", answer["sha256"])
        assert {"title", "source", "url", "published"} <= set(answer)
    assert row["message"].strip()
    assert row["covers"] == {"articles": len(texts), "newest": row["covers"]["newest"]}
    assert row["elapsed_ms"] >= 0


@pytest.fixture(scope="module")
def sample_texts() -> dict[str, str]:
    rows = map(json.loads, sample_articles().read_text("utf-8").splitlines())
    return {row["id"]: row["text"] for row in rows}


@pytest.mark.parametrize(
    "question",
    [
        "What did Brandvold say?",
        "who resigned?",
        "when is the strike",
        "how many were evacuated",
        "latest on the flood",
        "who won the chess championship?",
        "",
        " ",
        "?",
        "“",
        "'; DROP TABLE articles; --",
        "🌍",
        "what " * 2_000,
        "half \ud83d a character",
        "a\0b",
    ],
    ids=lambda question: ascii(question[:20]),
)
def test_ask_keeps_its_promised_shape(
    question: str, samples: Path, sample_texts: dict[str, str]
) -> None:
    outcome = newsbot("ask", question, "--json", "--db", samples)
    assert (outcome.code, outcome.err) == (0, "")
    assert outcome.row["question"] == question
    check_response(outcome.row, sample_texts)
    assert (
        len(newsbot("ask", question, "--json", "--db", samples, "--limit", "1").row["answers"])
        <= 1
    )


def test_ask_prints_what_a_person_would_read(samples: Path) -> None:
    message = newsbot("ask", "who resigned?", "--json", "--db", samples).row["message"]
    assert newsbot("ask", "who resigned?", "--db", samples).out == message + "\n"
    explained = newsbot("ask", "who resigned?", "--db", samples, "--explain")
    assert explained.out == message + "\n"


def test_no_score_depends_on_the_clock_without_words_of_time(samples: Path) -> None:
    def scores(now: str) -> list[float]:
        row = newsbot("ask", "who resigned?", "--json", "--db", samples, "--now", now).row
        return [answer["score"] for answer in row["answers"]]

    assert scores("2025-03-20") == scores("2031-01-01T12:00:00+02:00")


def write_lines(path: Path, *rows: object) -> Path:
    lines = (row if isinstance(row, str) else json.dumps(row) for row in rows)
    path.write_text("\n".join(lines) + "\n", encoding="utf-8")
    return path


def test_batch_answers_each_line_in_order_and_goes_on_after_another(
    samples: Path, sample_texts: dict[str, str], folder: Path
) -> None:
    batch = write_lines(
        folder / "questions.jsonl",
        {"id": "q1", "question": "What did Trump and Putin agree on?", "gold": [1, 2]},
        {"id": "q2", "question": "What did Brandvold say?"},
        {"id": "q3", "question": "and for how long?", "after": "q1"},
        {"id": "q4", "question": "and for how long?"},
        {"id": "q5", "question": "what happened yesterday?", "now": "2025-03-20T08:00:00Z"},
    )
    outcome = newsbot("ask", "--batch", batch, "--db", samples)
    assert (outcome.code, outcome.err) == (0, "")
    assert [row["id"] for row in outcome.rows] == ["q1", "q2", "q3", "q4", "q5"]
    for row in outcome.rows:
        check_response(row, sample_texts)
    followed, fresh = outcome.rows[2], outcome.rows[3]
    assert followed["answers"] != fresh["answers"]
    assert newsbot("ask", "--batch", batch, "--json", "--db", samples).code == 0


def test_batch_tells_bad_lines_and_answers_the_others(samples: Path, folder: Path) -> None:
    batch = write_lines(
        folder / "questions.jsonl",
        {"id": "q1", "question": "who resigned?"},
        "{not json",
        {"id": "q3"},
        {"id": "q4", "question": "who?", "now": "soon"},
        {"id": "q5", "question": "who?", "now": 5},
        "[" * 20_000,
        {"id": "q7", "question": "who?", "after": "q99"},
        {"question": "half \ud83d a character"},
    )
    outcome = newsbot("ask", "--batch", batch, "--db", samples)
    assert outcome.code == 1
    assert [row["id"] for row in outcome.rows] == ["q1", "q7", "8"]
    for line in (2, 3, 4, 5, 6, 7):
        assert f"questions.jsonl, line {line}: " in told(outcome)


# ---------------------------------------------------------------------------- run, doctor
def test_run_without_a_token_says_where_to_get_one() -> None:
    outcome = newsbot("run")
    assert outcome.code == 2
    assert "@BotFather" in told(outcome)
    assert "newsbot chat" in told(outcome)


def test_doctor_tells_what_is_wrong(folder: Path) -> None:
    assert "in order" in newsbot("doctor").out
    assert "pictures: can be drawn" in newsbot("doctor").out
    (folder / "bad.db").write_text("Dear diary, " * 100)
    outcome = newsbot("doctor", "--db", "bad.db")
    assert outcome.code == 1
    assert "damaged" in outcome.out
