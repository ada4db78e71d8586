"""PDF and Word documents, tables, archives and folders are read; hostile files get a sentence."""

from __future__ import annotations

import gzip
import json
import subprocess
import sys
from datetime import date
from pathlib import Path

import pytest

from bot.intake.files import Row, find_files, read_path, read_source
from bot.intake.pdfs import join_pages
from tests.support.documents import ARTICLE, HEADLINE, PARAGRAPHS, archive, docx, locked, pdf
from tests.support.program import ROOT
from tests.support.texts import html_page


def article_of(name: str, data: bytes) -> str:
    (row,) = read_source(name, data)
    assert row.fault is None
    assert row.draft is not None
    return row.draft.text


def wrapped(text: str, width: int = 74) -> list[str]:
    """`text` as lines that are as full as a printed column's."""
    lines = [""]
    for word in text.split():
        if len(lines[-1]) + len(word) >= width:
            lines.append("")
        lines[-1] = f"{lines[-1]} {word}".strip()
    return lines


# ----------------------------------------------------------------------------------- PDF
LINES = [HEADLINE, ""] + [line for p in PARAGRAPHS for line in wrapped(p)]


@pytest.mark.parametrize("name", ["mill.pdf", "mill.PDF", "mill.pdf.gz", "mill.txt", "-"])
def test_pdf_is_read_by_its_paragraphs(name: str) -> None:
    data = pdf([LINES])
    assert article_of(name, gzip.compress(data) if name.endswith(".gz") else data) == ARTICLE


def test_pdf_fields_come_from_its_head() -> None:
    lines = [HEADLINE, "By Ulf Anders", "12 March 2025", "", *LINES[2:]]
    (row,) = read_source("a.pdf", pdf([lines]))
    assert row.draft is not None
    assert (row.draft.title, row.draft.author, row.draft.published) == (
        HEADLINE,
        "Ulf Anders",
        date(2025, 3, 12),
    )


PAGES = {
    "words that a line divides": (
        ["The govern-\nment of the well-\nknown harbour spoke of self-\ndefence."],
        "The government of the well-known harbour spoke of self-defence.",
    ),
    "soft hyphen": (
        ["The minis\xad\nter left early that day."],
        "The minister left early that day.",
    ),
    "paragraph over two pages": (
        ["A long line that fills the column of this page to its end and\n1", "goes on.\n2"],
        "A long line that fills the column of this page to its end and goes on.",
    ),
    "running heads and page numbers": (
        [
            f"Harbour Post {n}\nThe {word} line is about as long as all the others.\nPage {n} of 4"
            for n, word in enumerate(("first", "second", "third", "last"), 1)
        ],
        " ".join(
            f"The {word} line is about as long as all the others."
            for word in ("first", "second", "third", "last")
        ),
    ),
    "headline and short last line": (
        ["Mill turns\nIt turned on Saturday, and people came to look\nall day.\nThen rain."],
        "Mill turns\n\nIt turned on Saturday, and people came to look all day.\n\nThen rain.",
    ),
    "nothing": (["", " \n"], ""),
}


@pytest.mark.parametrize(("pages", "text"), PAGES.values(), ids=list(PAGES))
def test_printed_lines_are_joined(pages: list[str], text: str) -> None:
    assert join_pages(pages) == text


# ---------------------------------------------------------------------------------- Word
@pytest.mark.parametrize("name", ["mill.docx", "mill.docx.gz", "mill.txt", "mill.zip", "-"])
def test_word_document_is_read_whatever_it_is_called(name: str) -> None:
    data = docx([HEADLINE, *PARAGRAPHS])
    assert article_of(name, gzip.compress(data) if name.endswith(".gz") else data) == ARTICLE


def test_deleted_words_and_fallbacks_are_left_out_and_breaks_kept() -> None:
    box = "<w:txbxContent><w:p><w:r><w:t>In a box.</w:t></w:r></w:p></w:txbxContent>"
    raw = (
        "<w:p><w:r><w:t>One</w:t><w:tab/><w:t>two</w:t><w:br/><w:t>three</w:t></w:r>"
        "<w:del><w:r><w:delText>gone</w:delText></w:r></w:del>"
        "<w:ins><w:r><w:t> four.</w:t></w:r></w:ins></w:p>"
        f"<w:p><w:r><mc:AlternateContent><mc:Choice>{box}</mc:Choice>"
        f"<mc:Fallback>{box}</mc:Fallback></mc:AlternateContent><w:t>After it.</w:t></w:r></w:p>"
        "<w:tbl><w:tr><w:tc><w:p><w:r><w:t>In a cell.</w:t></w:r></w:p></w:tc></w:tr></w:tbl>"
    )
    text = article_of("a.docx", docx([HEADLINE], raw=raw))
    assert text.split("\n\n") == [
        HEADLINE,
        "One\ttwo\nthree four.",
        "In a box.",
        "After it.",
        "In a cell.",
    ]


# --------------------------------------------------------------------------------- tables
TABLES = {
    "commas": 'id,title,text,published\na,Mill,"The mill, they say, turns.",2025-03-03\n',
    "semicolons": "ID;Headline;Body;Date\na;Mill;The mill, they say, turns.;2025-03-03\n",
    "tabs": "id\ttitle\tcontent\tpublished_at\na\tMill\tThe mill, they say, turns.\t2025-03-03\n",
    "quoted head": '"id","title","full text","pub date"\n'
    '"a","Mill","The mill, they say, turns.","2025-03-03"\n',
    "blank lines": "\nid,title,text,date\n\n"
    'a,Mill,"The mill, they say, turns.",3 March 2025\n,,,\n',
}


@pytest.mark.parametrize("table", TABLES.values(), ids=list(TABLES))
@pytest.mark.parametrize("encoding", ["utf-8", "utf-8-sig", "utf-16", "cp1252"])
def test_table_is_read_by_the_names_in_its_first_line(table: str, encoding: str) -> None:
    (row,) = read_source("a.csv", table.encode(encoding))
    assert row.draft is not None
    assert (row.draft.id, row.draft.title, row.draft.text, row.draft.published) == (
        "a",
        "Mill",
        "The mill, they say, turns.",
        date(2025, 3, 3),
    )


def test_bad_rows_of_a_table_are_told_by_line() -> None:
    table = b'text,published\n"Two\nlines.",2025-03-03\n,2025-03-03\n'
    table += b"Three.,soon\nFour \xff\xfe.,\nFive.\n"
    rows = list(read_source("a.csv", "é".encode() * 40_000 + b"\n" + table))
    assert [row.line for row in rows] == [None]
    rows = list(read_source("a.csv", table.replace(b"\xff\xfe", "é".encode())))
    assert [(row.line, bool(row.draft)) for row in rows] == [
        (2, True),
        (4, False),
        (5, False),
        (6, True),
        (7, True),
    ]


def test_a_byte_that_is_no_text_spoils_its_row_alone() -> None:
    good = "text\n" + "The café opens.\n" * 6_000
    rows = list(read_source("a.csv", good.encode() + b"Bad \xff byte.\nLast row.\n"))
    assert sum(row.draft is not None for row in rows) == 6_001
    assert [row.line for row in rows if row.fault] == [6_002]


# ------------------------------------------------------------------- archives and folders
def test_archive_gives_each_file_by_name() -> None:
    row = json.dumps({"text": "A row."}).encode()
    data = archive(
        {
            "news/a.txt": ARTICLE.encode(),
            "news/b.pdf": pdf([LINES]),
            "news/c.docx": docx([HEADLINE, *PARAGRAPHS]),
            "news/d.html": html_page().encode(),
            "news/e.jsonl.gz": gzip.compress(row + b"\nno JSON\n" + row),
            "news/photo.png": b"\x89PNG",
            "inner.zip": archive({"x.txt": b"x"}),
            "__MACOSX/news/._a.txt": b"\0",
            "news/.DS_Store": b"\0",
            "news/": b"",
        }
    )
    rows = list(read_source("news.zip", data))
    assert [(row.member, row.line, bool(row.draft)) for row in rows] == [
        ("news/a.txt", None, True),
        ("news/b.pdf", None, True),
        ("news/c.docx", None, True),
        ("news/d.html", None, True),
        ("news/e.jsonl.gz", 1, True),
        ("news/e.jsonl.gz", 2, False),
        ("news/e.jsonl.gz", 3, True),
        ("news/photo.png", None, False),
        ("inner.zip", None, False),
    ]
    assert list(read_source("news.zip.gz", gzip.compress(data))) == rows


def test_a_locked_file_does_not_stop_the_archive() -> None:
    rows = list(read_source("a.zip", locked(archive({"a.txt": b"x"}))))
    assert rows == [Row(None, fault="The file is protected by a password.", member="a.txt")]


def test_folder_gives_its_files_in_order_without_hidden_ones(tmp_path: Path) -> None:
    for name in ("b/2.txt", "b/10.txt", "a.txt", ".hidden/x.txt", "b/.x.txt", "c/__MACOSX"):
        path = tmp_path / name
        path.parent.mkdir(exist_ok=True)
        path.write_text("One.")
    (tmp_path / "link.txt").symlink_to(tmp_path / "a.txt")
    (tmp_path / "loop").symlink_to(tmp_path)
    found = [str(path.relative_to(tmp_path)) for path in find_files(tmp_path)]
    assert found == ["a.txt", "b/10.txt", "b/2.txt"]


# -------------------------------------------------------------------------------- hostile
_READ_ALL = """
import json, re, resource
from pathlib import Path
from contextlib import closing
from bot.intake.files import read_source
from bot.worker import ReadingWorker
from tests.support.documents import hostile_files

def main():
    with closing(ReadingWorker()) as worker:
        for name, data in hostile_files():
            told, articles, faults = set(), 0, 0
            for row in read_source(name, data, worker.parse):
                articles += row.draft is not None
                faults += row.fault is not None
                if len(told) < 9 and row.fault:
                    told.add(row.fault)
            print(json.dumps([name, articles, faults, sorted(told)]))
    # Our own peak from the system: getrusage counts the tests from which this program began.
    status = Path("/proc/self/status").read_text()
    own = int(re.search(r"VmHWM:\\s+([0-9]+)", status)[1])
    print(json.dumps([own, resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss]))

if __name__ == "__main__":
    main()
"""


@pytest.fixture(scope="module")
def hostile(tmp_path_factory: pytest.TempPathFactory) -> tuple[list[list[object]], list[int]]:
    """What each hostile file gave, and the memory (KiB) of the two processes that read them."""
    script = tmp_path_factory.mktemp("hostile") / "read_all.py"
    script.write_text(_READ_ALL)
    done = subprocess.run(
        [sys.executable, str(script)],
        cwd=ROOT,
        env={"PYTHONPATH": str(ROOT), "OMP_NUM_THREADS": "1", "PATH": "/usr/bin"},
        capture_output=True,
        text=True,
        check=False,
    )
    assert done.returncode == 0, done.stderr
    *files, memory = [json.loads(line) for line in done.stdout.splitlines()]
    return files, memory


def test_two_hundred_hostile_files_each_get_a_plain_sentence(
    hostile: tuple[list[list[object]], list[int]],
) -> None:
    files, _ = hostile
    assert len(files) == 200
    for name, articles, faults, told in files:
        assert articles or faults, name
        for sentence in told:  # type: ignore[attr-defined]
            assert sentence.endswith("."), (name, sentence)
            assert len(sentence) < 300, (name, sentence)
            assert "Traceback" not in sentence
            assert "Error" not in sentence
    broken = {"cut", "scrambled", "liar"}
    whole = [name for name, articles, *_ in files if articles]
    whole = [name for name in whole if not str(name).startswith(tuple(broken))]
    assert whole == []


def test_hostile_files_take_little_memory(
    hostile: tuple[list[list[object]], list[int]],
) -> None:
    _, memory = hostile
    assert sum(memory) < 400 * 1024, memory


def test_what_a_broken_document_does_not_reach_outside_the_reading_process(
    tmp_path: Path,
) -> None:
    def parse(kind: str, data: bytes) -> object:
        raise AssertionError("a text is read here")

    path = tmp_path / "a.txt"
    path.write_text(ARTICLE)
    (row,) = read_path(path, parse)  # type: ignore[arg-type]
    assert row.draft is not None
