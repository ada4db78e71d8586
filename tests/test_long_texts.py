"""Texts and pages of many times their usual length: what is read of them, and what of none."""

from __future__ import annotations

from datetime import date
from itertools import pairwise

import pytest

from bot.errors import IntakeError
from bot.intake.page_bulk import BULK_FROM_BYTES, without_bulk
from bot.intake.pages import PAGE_CHARS, PAGE_TAGS, read_page, read_web_page
from bot.model import Findings
from bot.reading import READ_CHARS, read_text
from bot.text.sentences import SENTENCE_CHARS, UNBROKEN_CHARS, find_sentences, find_stretches

DAY = date(2025, 3, 19)
SAID = "“We will mend pier {},” said Mayor Ada Holm on Tuesday. "
PARAGRAPHS = [SAID.format(n) * 4 for n in range(3_000)]
LINES = "\n\n".join(PARAGRAPHS)
"""About 600,000 characters of four sentences a paragraph."""


@pytest.fixture(scope="module")
def found() -> Findings:
    return read_text(LINES, DAY, quick=True)


def test_findings_end_with_a_whole_sentence_and_sentences_go_on_to_the_end(
    found: Findings,
) -> None:
    assert READ_CHARS - 200 < found.read_chars <= READ_CHARS
    assert max(q.content[-1].end for q in found.quotes) <= found.read_chars
    assert len(found.sentences) == 12_000
    assert found.sentences[0].of(LINES) == SAID.format(0).strip()
    assert found.sentences[-1].of(LINES) == SAID.format(2_999).strip()
    assert all(a.end <= b.start for a, b in pairwise(found.sentences))


def test_lines_of_the_page_far_down_are_no_sentences() -> None:
    text = LINES[:400_000] + "\n\nRead more: The pier in pictures\n\n" + LINES[400_000:]
    texts = {s.of(text) for s in read_text(text, DAY, quick=True).sentences}
    assert "Read more: The pier in pictures" not in texts
    assert len(texts) > 2_000


@pytest.mark.parametrize(
    "text",
    ["He did. " * 100_000, "a\n" * 400_000, "1.2.3.4! " * 90_000],
    ids=["stops", "lines", "signs"],
)
def test_a_text_that_is_no_prose_comes_in_stretches_behind_what_is_read(text: str) -> None:
    found = read_text(text, DAY, quick=True)
    behind = [s for s in found.sentences if s.start >= found.read_chars]
    assert behind
    assert sum(map(len, behind)) > 0.9 * len(text[found.read_chars :].rstrip())
    assert max(map(len, behind)) <= SENTENCE_CHARS
    assert len(behind) < 3_000


@pytest.mark.parametrize(
    "text", ["", " ", "word", "word " * 1_000, "漢" * 5_000, "a\n\n\nb" * 500, "-" * 2_000]
)
def test_stretches_hold_all_words_in_their_order(text: str) -> None:
    stretches = find_stretches(text)
    assert all(len(s) <= SENTENCE_CHARS for s in stretches)
    assert all(a.end <= b.start for a, b in pairwise(stretches))
    words = "".join("".join(s.of(text).split()) for s in stretches)
    assert words == ("" if "-" in text else "".join(text.split()))


def test_a_sentence_without_an_end_is_cut_between_words() -> None:
    text = "Berg, Lind and Halk " * 1_000
    sentences = find_sentences(text)
    assert max(map(len, sentences)) <= UNBROKEN_CHARS
    assert " ".join(s.of(text) for s in sentences) == text.strip()


# ---------------------------------------------------------------------------------- pages
BODY = "<p>The bridge is closed, the mayor Ada Holm said on Tuesday, and it stays closed.</p>"
DATA = '<script type="application/ld+json">{"@type": "NewsArticle", "headline": "Closed"}</script>'


def page(bulk: str, head: str = DATA) -> bytes:
    whole = f"<html><head>{head}</head><body><h1>Closed</h1>{BODY * 4}{bulk}{BODY}</body></html>"
    return whole.encode()


LONG = "x" * BULK_FROM_BYTES
BULK = {
    "script": f"<script>if (a<b) {{{LONG}}}</script>",
    "capitals": f"<SCRIPT src='a'>{LONG}</SCRIPT >",
    "style": f"<style>{LONG}</style>",
    "drawing": f"<svg><path d='{LONG}'/></svg>",
    "comment": f"<!-- {LONG} <p>not this</p> -->",
    "picture": f"<img src='data:image/png;base64,{LONG}'>",
    "site's data": f"<script type='application/ld+json'>{LONG}</script>",
}


@pytest.mark.parametrize("bulk", BULK.values(), ids=BULK.keys())
def test_a_page_is_read_whatever_its_scripts_and_pictures_weigh(bulk: str) -> None:
    small = without_bulk(page(bulk))
    assert len(small) < 3_000
    assert DATA.encode() in small
    small_reading, whole = read_web_page(page(bulk)), read_web_page(page(""))
    assert small_reading == whole
    assert whole.draft is not None


NO_BULK = {
    "element of the page's own": "<svg-icon></svg-icon>",
    "drawing closed at once": "<svg class='line' />",
}


@pytest.mark.parametrize("tag", NO_BULK.values(), ids=NO_BULK.keys())
def test_what_only_begins_like_bulk_takes_no_text_with_it(tag: str) -> None:
    kept = without_bulk(page(f"{BULK['script']}{tag}<p>Kept.</p><svg><path/></svg>"))
    assert b"<p>Kept.</p>" in kept
    assert b"<path" not in kept


def test_a_small_page_and_one_of_wide_signs_are_left_alone() -> None:
    small, wide = page("<script>x</script>"), page(BULK["script"]).decode().encode("utf-16")
    assert without_bulk(small) is small
    assert without_bulk(wide) is wide


HOSTILE = {
    "open": b"<script><svg><style>" * 100_000,
    "closed": b"<script></script>" * 100_000,
    "ends": b"</script>" * 200_000,
    "pictures": b"'data:" * 300_000,
    "tags": b"<svg " * 300_000,
}


@pytest.mark.parametrize("bulk", HOSTILE.values(), ids=HOSTILE.keys())
def test_bulk_without_end_is_left_in_or_out_in_one_go(bulk: bytes) -> None:
    assert BODY.encode() in without_bulk(bulk + BODY.encode())


TOO_LARGE = {
    "text": ("word " * (PAGE_CHARS // 5), "1,500,000 characters besides its scripts"),
    "tags": ("<i>a</i>" * (PAGE_TAGS // 2), "30,000 tags"),
}


@pytest.mark.parametrize(("bulk", "words"), TOO_LARGE.values(), ids=TOO_LARGE.keys())
def test_a_page_that_is_too_large_says_so(bulk: str, words: str) -> None:
    with pytest.raises(IntakeError, match=words):
        read_page(page(bulk))


def test_a_page_of_very_many_boxes_is_read_without_the_helpers() -> None:
    found = read_page(page("<aside>a</aside>" + "<p>Short words of it.</p>" * 4_000))
    assert found.text.count("Ada Holm") == 1
    assert found.text.count("Short words") == 4_000
