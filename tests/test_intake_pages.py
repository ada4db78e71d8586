"""HTML pages: what is the article in them, and what is none."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest

from bot.errors import IntakeError
from bot.intake.pages import read_page
from tests.support.texts import PARAGRAPHS, html_page

TITLE = "Harbour reopens after storm"
HEAD = """
<title>Harbour reopens after storm | The Port Courier</title>
<link rel="canonical" href="https://portcourier.example/news/harbour?utm_source=feed">
<meta property="og:site_name" content="The Port Courier">
<meta property="og:title" content="Harbour reopens after storm">
<meta property="article:published_time" content="2025-03-03T14:05:00+02:00">
<meta property="article:modified_time" content="2025-03-05T08:00:00+02:00">
<meta property="article:section" content="Local">
<meta name="author" content="Ines Roca">
"""


def test_page_becomes_headline_and_body_a_blank_line_apart() -> None:
    draft = read_page(html_page(head=HEAD))
    assert draft.text == "\n\n".join([TITLE, *PARAGRAPHS])
    assert draft.title == TITLE
    assert (draft.source, draft.author, draft.section) == (
        "The Port Courier",
        "Ines Roca",
        "Local",
    )
    assert draft.published == datetime(2025, 3, 3, 12, 5, tzinfo=UTC)
    assert draft.url == "https://portcourier.example/news/harbour"
    assert not draft.text_was_given


def test_standfirst_shown_below_the_headline_is_taken() -> None:
    words = "Ferries to run again from Tuesday, authority says"
    head = HEAD + f"<meta name='description' content='{words}'>"
    draft = read_page(html_page(head=head, below=f"<p class='standfirst'>{words}</p>"))
    assert draft.standfirst == words
    assert draft.text == "\n\n".join([TITLE, words, *PARAGRAPHS])


def test_description_that_no_reader_sees_is_no_standfirst() -> None:
    head = HEAD + "<meta name='description' content='All about the harbour of Port Ellis'>"
    draft = read_page(html_page(head=head))
    assert draft.standfirst is None
    assert draft.text == "\n\n".join([TITLE, *PARAGRAPHS])


def test_byline_date_line_and_links_to_other_pieces_are_left_out() -> None:
    draft = read_page(
        html_page(
            below="<p>By Ines Roca</p><p>3 March 2025</p>",
            paragraphs=(*PARAGRAPHS, "Read more: <a href='/y'>Storm shuts harbour</a>"),
        )
    )
    assert draft.text == "\n\n".join([TITLE, *PARAGRAPHS])
    assert draft.author == "Ines Roca"
    assert draft.published == date(2025, 3, 3)


def test_block_quotation_and_paragraph_in_quotes_stay() -> None:
    quoted = "“Nobody was lost, and that is what counts for all of us here,” the mayor wrote."
    block = (
        "<blockquote><p>It is ordered that the harbour be opened without delay.</p></blockquote>"
    )
    page = html_page(paragraphs=(*PARAGRAPHS[:2], quoted)).replace(
        "</article>", block + f"<p>{PARAGRAPHS[2]}</p></article>"
    )
    text = read_page(page).text
    assert quoted in text
    assert "It is ordered that the harbour be opened without delay." in text
    assert text.endswith(PARAGRAPHS[2])


def test_facts_of_json_ld_are_read() -> None:
    head = """<script type="application/ld+json">{"@graph": [{"@type": "WebSite"},
        {"@type": "NewsArticle", "datePublished": "2025-03-03T10:00:00Z",
         "dateModified": "2025-03-09T10:00:00Z", "articleSection": ["Harbours", "News"]}]}
        </script><script type="application/ld+json">{broken</script>"""
    draft = read_page(html_page(head=head))
    assert draft.published == datetime(2025, 3, 3, 10, tzinfo=UTC)
    assert draft.section == "Harbours"


def test_year_of_copyright_is_no_day() -> None:
    assert read_page(html_page()).published is None


ADDRESSES = {
    "given_alone": ("", "https://P.example/a?fbclid=1", "https://p.example/a"),
    "canonical_of_same_host": (
        "<link rel='canonical' href='https://p.example/story'>",
        "https://www.p.example/a",
        "https://p.example/story",
    ),
    "canonical_of_other_host": (
        "<link rel='canonical' href='https://elsewhere.example/story'>",
        "https://p.example/a",
        "https://p.example/a",
    ),
    "canonical_relative": (
        "<link rel='canonical' href='/story'>",
        "https://p.example/a",
        "https://p.example/story",
    ),
    "none": ("", None, None),
}


@pytest.mark.parametrize(("head", "url", "expected"), ADDRESSES.values(), ids=ADDRESSES.keys())
def test_address_of_the_page(head: str, url: str | None, expected: str | None) -> None:
    assert read_page(html_page(head=head), url=url).url == expected


ENCODED = {
    "utf8": "utf-8",
    "utf8_mark": "utf-8-sig",
    "utf16": "utf-16",
    "western": "cp1252",
}


@pytest.mark.parametrize("encoding", ENCODED.values(), ids=ENCODED.keys())
def test_page_is_read_in_its_encoding(encoding: str) -> None:
    page = html_page().replace("charset='utf-8'", f"charset='{encoding}'")
    assert "“We are glad" in read_page(page.encode(encoding)).text


REFUSED = {
    "empty": ("", "empty"),
    "blank": (" \n ", "empty"),
    "no_body": ("<html></html>", "no article"),
    "no_markup": ("x", "no article"),
    "login": (
        "<html><body><h1>Port Courier</h1><p>Please log in to read this article. Already a "
        "subscriber? Sign in.</p></body></html>",
        "log in",
    ),
    "cookies": (
        "<html><body><div><p>We and our partners use cookies to store data on a device. Accept "
        "all cookies or choose your cookie settings to go on to our site.</p></div></body></html>",
        "cookies",
    ),
    "script_needed": (
        "<html><body><noscript><p>Please enable JavaScript to go on.</p></noscript></body></html>",
        "no article|log in",
    ),
    "links_alone": (
        "<html><body><ul>" + "<li><a href='/a'>News</a></li>" * 40 + "</ul></body></html>",
        "no article",
    ),
    "binary": (b"\x89PNG\r\n\x1a\n\0\0\0", "binary"),
    "many_tags": ("<html><body>" + "<p>" * 200_000, "tags"),
    "deep": ("<html><body>" + "<div>" * 20_000, "no article"),
}


@pytest.mark.parametrize(("page", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_page_without_an_article_is_refused_with_a_sentence(page: str | bytes, words: str) -> None:
    with pytest.raises(IntakeError, match=words) as caught:
        read_page(page)
    assert caught.value.reason.endswith(".")
