"""Files: told by their ending or content, and a bad row never stops the rest."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
import tracemalloc
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.intake import limits
from bot.intake.files import Row, read_path, read_source
from tests.support.texts import PARAGRAPHS, html_page

TEXT = "Dam holds, mayor says\n\nThe dam held, the mayor said. Nobody was hurt."
JSON = json.dumps({"id": "a", "text": TEXT, "published": "2025-03-03"})
PAGE = html_page()

FILES = {
    "text": ("a.txt", TEXT.encode()),
    "markdown": ("a.md", f"# {TEXT}".encode()),
    "capitals": ("A.TXT", TEXT.encode()),
    "packed": ("a.txt.gz", gzip.compress(TEXT.encode())),
    "json": ("a.json", JSON.encode()),
    "json_packed": ("a.json.gz", gzip.compress(JSON.encode())),
    "rows": ("a.jsonl", JSON.encode()),
    "rows_packed": ("a.jsonl.gz", gzip.compress(JSON.encode() + b"\n")),
    "no_ending_text": ("-", TEXT.encode()),
    "no_ending_json": ("-", JSON.encode()),
    "no_ending_json_pretty": ("-", json.dumps(json.loads(JSON), indent=1).encode()),
    "no_ending_list": ("-", f"[{JSON}]".encode()),
    "no_ending_packed": ("-", gzip.compress(TEXT.encode())),
    "unknown_ending": ("harbour.2025", TEXT.encode()),
    "mark": ("a.txt", TEXT.encode("utf-8-sig")),
    "utf16": ("a.txt", TEXT.encode("utf-16")),
    "utf16_rows": ("a.jsonl", (JSON + "\n").encode("utf-16")),
    "mark_rows": ("a.jsonl", JSON.encode("utf-8-sig")),
    "rows_named_json": ("a.json", f"{JSON}\n".encode()),
    "articles_key": ("a.json", f'{{"articles": [{JSON}]}}'.encode()),
}


@pytest.mark.parametrize(("name", "data"), FILES.values(), ids=FILES.keys())
def test_article_is_read_whatever_the_file(name: str, data: bytes) -> None:
    (row,) = read_source(name, data)
    assert row.fault is None
    assert row.draft is not None
    assert row.draft.text == TEXT


@pytest.mark.parametrize("name", ["a.html", "a.htm", "a.html.gz", "-"])
def test_page_is_read(name: str) -> None:
    data = PAGE.encode()
    (row,) = read_source(name, gzip.compress(data) if name.endswith(".gz") else data)
    assert row.draft is not None
    assert row.draft.text.endswith(PARAGRAPHS[-1])


def test_western_encoding_is_read_without_a_word() -> None:
    text = "Café reopens\n\nIt is “open” again – at last, said Zoë."
    (row,) = read_source("a.txt", text.encode("cp1252"))
    assert row.draft is not None
    assert row.draft.text == text


FAULTS = {
    "empty": ("a.txt", b"", "empty"),
    "blank": ("a.txt", b" \n", "empty|no text"),
    "empty_rows": ("a.jsonl", b"\n\n", "empty"),
    "empty_packed": ("a.jsonl.gz", gzip.compress(b""), "empty"),
    "empty_list": ("a.json", b"[]", "no article"),
    "binary": ("a.txt", b"\x89PNG\r\n\x1a\n\0\0\0\rIHDR", "binary"),
    "binary_rows": ("a.jsonl", bytes(range(256)), "binary"),
    "binary_inside": ("-", b"\x7fELF\x02\x01\x01\0", "binary"),
    "kind": ("a.rar", b"Rar!", ".rar"),
    "broken_pdf": ("a.pdf", b"%PDF-1.7", "broken"),
    "other_alphabet": ("a.txt", "Пристань открыта снова".encode("koi8-r"), "encoding"),
    "broken_utf16": ("a.txt", b"\xff\xfeA", "UTF-16"),
    "no_gzip": ("a.txt.gz", TEXT.encode(), "no gzip"),
    "broken_gzip": ("a.txt.gz", gzip.compress(TEXT.encode() * 99)[:-9], "broken"),
    "no_json": ("a.json", b'{"text": "x', "no JSON"),
    "no_object": ("a.json", b'"x"', "object"),
    "deep_json": ("a.json", b"[" * 200_000, "JSON"),
    "large_text": ("a.txt", b"word " * 1_000_000, "1,000,000"),
}


@pytest.mark.parametrize(("name", "data", "words"), FAULTS.values(), ids=FAULTS.keys())
def test_file_that_is_no_article_gets_a_sentence(name: str, data: bytes, words: str) -> None:
    (row,) = read_source(name, data)
    assert row.draft is None
    assert row.fault is not None
    assert any(word in row.fault for word in words.split("|"))
    assert row.fault.endswith(".")


def test_bad_rows_are_told_by_line_and_the_rest_is_read() -> None:
    lines = [
        '{"text": "One."}',
        "no JSON",
        "",
        '{"text": null}',
        '{"text": "Two.", "published": "2025-02-30"}',
        "[1]",
        '{"text": "caf\u00e9 closed"}',
        "[" * 100_000,
        '{"text": "Three."}',
    ]
    data = "\n".join(lines).encode("cp1252")
    rows = list(read_source("a.jsonl", data))
    assert [row.line for row in rows] == [1, 2, 4, 5, 6, 7, 8, 9]
    read = [(row.line, row.draft.text) for row in rows if row.draft]
    assert read == [(1, "One."), (7, "café closed"), (9, "Three.")]
    assert all(row.fault for row in rows if not row.draft)


def test_items_of_a_list_are_counted() -> None:
    rows = list(read_source("a.json", b'[{"text": "One."}, 5, {"text": "Two."}]'))
    assert [(row.line, bool(row.draft)) for row in rows] == [(1, True), (2, False), (3, True)]


def test_rows_before_a_break_in_a_packed_file_are_read() -> None:
    packed = gzip.compress(b"".join(b'{"text": "Row %d"}\n' % n for n in range(20_000)))
    rows = list(read_source("a.jsonl.gz", packed[: len(packed) // 2]))
    assert sum(row.draft is not None for row in rows) > 1000
    assert rows[-1].fault is not None
    assert "broken" in rows[-1].fault


def test_overlong_row_is_skipped_and_the_next_is_read() -> None:
    long = b'{"text": "' + b"x" * limits.ROW_BYTES + b'"}'
    rows = list(read_source("a.jsonl", b'{"text": "One."}\n' + long + b'\n{"text": "Two."}\n'))
    assert [row.line for row in rows] == [1, 2, 3]
    assert [bool(row.draft) for row in rows] == [True, False, True]
    assert "5 MB" in (rows[1].fault or "")


@pytest.mark.parametrize("name", ["a.txt.gz", "a.html.gz", "a.json.gz", "a.jsonl.gz"])
@pytest.mark.parametrize("fill", [b" ", b"\n", b"a"], ids=["spaces", "lines", "letters"])
def test_decompression_bomb_is_refused(
    name: str, fill: bytes, monkeypatch: pytest.MonkeyPatch
) -> None:
    for bound in ("PAGE_BYTES", "JSON_BYTES", "MEMBER_BYTES"):
        monkeypatch.setattr(f"bot.intake.limits.{bound}", 8_000_000)
    rows = list(read_source(name, gzip.compress(fill * 20_000_000, 1)))
    assert rows
    assert all(row.draft is None and row.fault for row in rows)


def test_rows_are_read_one_at_a_time(tmp_path: Path) -> None:
    path = tmp_path / "many.jsonl"
    row = json.dumps({"text": "The dam held. " * 500})
    with path.open("w") as file:
        for _ in range(4_000):
            file.write(row + "\n")
    assert path.stat().st_size > 25_000_000
    tracemalloc.start()
    try:
        rows = read_path(path)
        for _ in range(300):
            assert next(rows).draft
        assert tracemalloc.get_traced_memory()[1] < 2_000_000
    finally:
        tracemalloc.stop()


def test_missing_file_and_folder_get_a_sentence(tmp_path: Path) -> None:
    assert list(read_path(tmp_path / "none.txt")) == [Row(None, fault="There is no such file.")]
    assert list(read_path(tmp_path)) == [Row(None, fault="This is a folder, not a file.")]
    (row,) = read_path(Path("a\0b"))
    assert row.fault


def test_path_and_bytes_are_read_alike(tmp_path: Path) -> None:
    for name, data in FILES.values():
        path = tmp_path / name
        path.write_bytes(data)
        assert list(read_path(path)) == list(read_source(name, data))


@given(
    st.binary(max_size=200),
    st.sampled_from(["a.txt", "a.html", "a.json", "a.jsonl", "a.txt.gz", "-"]),
)
def test_any_bytes_are_read_or_told_what_is_wrong(data: bytes, name: str) -> None:
    rows = list(read_source(name, data))
    assert rows
    assert all((row.draft is None) != (row.fault is None) for row in rows)


def test_importing_the_intake_loads_no_heavy_library() -> None:
    code = (
        "import sys, bot.intake; heavy = {'trafilatura', 'courlan', 'lxml', 'ftfy', 'htmldate'};"
        "sys.exit(repr(heavy & set(sys.modules)) if heavy & set(sys.modules) else 0)"
    )
    done = subprocess.run(
        [sys.executable, "-c", code], capture_output=True, text=True, check=False
    )
    assert done.returncode == 0, done.stderr
