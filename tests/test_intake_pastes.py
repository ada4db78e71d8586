"""Pasted pages, plain texts and Markdown: which lines become fields, and where the text starts."""

from __future__ import annotations

from datetime import UTC, date, datetime

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import IntakeError
from bot.intake.pastes import read_paste

TITLE = "Harbour Of Port Ellis Reopens After Storm"
STANDFIRST = "Ferries to run again from Tuesday as cranes are repaired."
BODY = (
    "The harbour of Port Ellis reopened on Monday after a storm that had closed it for three "
    "days, the port authority said.\n\n“We are glad to see the boats again,” said Ines Roca, who "
    "leads the authority."
)
ARTICLE = f"{TITLE}\n\n{STANDFIRST}\n\n{BODY}"
DAY = date(2025, 3, 3)


def test_head_becomes_fields_and_text_starts_at_headline() -> None:
    draft = read_paste(f"Today : Mar 4, 2025\nLocal\n3 March 2025\n\n{ARTICLE}\n")
    assert draft.text == ARTICLE
    assert (draft.title, draft.standfirst) == (TITLE, STANDFIRST)
    assert (draft.published, draft.section) == (DAY, "Local")
    assert not draft.text_was_given


DATE_LINES = {
    "day_month_year": ("3 March 2025", DAY),
    "month_day_year": ("March 3, 2025", DAY),
    "short_month": ("Mar. 3, 2025", DAY),
    "iso": ("2025-03-03", DAY),
    "dots": ("03.03.2025", DAY),
    "slashes_day_first": ("31/03/2025", date(2025, 3, 31)),
    "slashes_month_first": ("03/31/2025", date(2025, 3, 31)),
    "slashes_unclear": ("03/04/2025", None),
    "ordinal": ("3rd of March 2025", DAY),
    "weekday": ("Monday, 3 March 2025", DAY),
    "time_and_zone": ("Mon 3 Mar 2025 14:05 GMT", datetime(2025, 3, 3, 14, 5, tzinfo=UTC)),
    "summer_time": ("1 July 2025, 10.30 BST", datetime(2025, 7, 1, 9, 30, tzinfo=UTC)),
    "half_day": ("March 3, 2025 at 2:05 PM ET", datetime(2025, 3, 3, 19, 5, tzinfo=UTC)),
    "time_first": ("10:05 AM EST, Mon March 3, 2025", datetime(2025, 3, 3, 15, 5, tzinfo=UTC)),
    "iso_time": ("2025-03-03T14:05:00+02:00", datetime(2025, 3, 3, 12, 5, tzinfo=UTC)),
    "time_without_zone": ("3 March 2025 14:05", DAY),
    "published": ("Published: 3 March 2025", DAY),
    "published_on": ("Published on Monday 3 March 2025", DAY),
    "posted": ("Posted March 3, 2025", DAY),
    "published_before_updated": ("Published 3 March 2025 | Updated 5 March 2025", DAY),
    "updated_first": ("Updated 5 March 2025\nPublished 3 March 2025", DAY),
    "updated_alone": ("Last updated: 5 March 2025", None),
    "published_beats_unnamed": ("5 March 2025\nFirst published: 3 March 2025", DAY),
    "date_label": ("Date: 2025-03-03", DAY),
}


@pytest.mark.parametrize(("line", "published"), DATE_LINES.values(), ids=DATE_LINES.keys())
def test_date_line_is_the_day_of_publication(line: str, published: date | datetime | None) -> None:
    draft = read_paste(f"{line}\n\n{ARTICLE}")
    assert draft.published == published
    assert type(draft.published) is type(published)
    assert draft.text == ARTICLE


def test_headline_ends_before_a_byline_right_below_it() -> None:
    lede = "The ferry to Lower Quay stops on 1 April, the harbour office said on Friday."
    draft = read_paste(
        f"Ferry to Lower Quay stops\nBy Tilda Marsh\n14 March 2025\nThe Pier Gazette\n\n{lede}\n"
    )
    assert draft.title == "Ferry to Lower Quay stops"
    assert (draft.author, draft.source) == ("Tilda Marsh", "The Pier Gazette")
    assert draft.published == date(2025, 3, 14)
    assert draft.text == f"Ferry to Lower Quay stops\n\n{lede}"


HEADS = {
    "byline": ("By Ines Roca", {"author": "Ines Roca"}),
    "byline_of_two": ("By Ines Roca and Carl Odum", {"author": "Ines Roca and Carl Odum"}),
    "byline_capitals": ("BY INES ROCA", {"author": "INES ROCA"}),
    "byline_with_outlet": (
        "By Ines Roca, The Port Courier",
        {"author": "Ines Roca", "source": "The Port Courier"},
    ),
    "byline_with_date": (
        "By Ines Roca | March 3, 2025",
        {"author": "Ines Roca", "published": DAY},
    ),
    "outlet": ("The Port Courier", {"source": "The Port Courier"}),
    "section_and_outlet": (
        "Politics | The Port Courier",
        {"section": "Politics", "source": "The Port Courier"},
    ),
    "outlet_and_section": (
        "The Port Courier – POLITICS",
        {"section": "Politics", "source": "The Port Courier"},
    ),
    "section_outlet_and_day": (
        "World · Port Courier · 3 March 2025",
        {"section": "World", "source": "Port Courier", "published": DAY},
    ),
    "domain": ("portcourier.example", {"source": "portcourier.example"}),
    "section_capitals": ("POLITICS", {"section": "Politics"}),
    "breadcrumbs": ("Home > News > Politics", {"section": "Politics"}),
    "address": (
        "https://portcourier.example/harbour",
        {"url": "https://portcourier.example/harbour"},
    ),
    "labels": (
        "Source: Port Courier\nAuthor: Ines Roca\nSection: Local\nURL: https://p.example/a",
        {
            "source": "Port Courier",
            "author": "Ines Roca",
            "section": "Local",
            "url": "https://p.example/a",
        },
    ),
    "furniture": ("Share\n5 min read\nSave\n12 comments\nListen to this article", {}),
    "many": (
        "The Port Courier\nWorld\n\nBy Ines Roca\nPublished: 3 March 2025\n3 min read",
        {
            "source": "The Port Courier",
            "section": "World",
            "author": "Ines Roca",
            "published": DAY,
        },
    ),
}


@pytest.mark.parametrize(("head", "fields"), HEADS.values(), ids=HEADS.keys())
def test_line_before_headline_becomes_a_field(head: str, fields: dict[str, object]) -> None:
    draft = read_paste(f"{head}\n\n{ARTICLE}")
    assert draft.text == ARTICLE
    assert draft.title == TITLE
    assert {name: getattr(draft, name) for name in fields} == fields


def test_byline_and_date_after_headline_are_left_out_of_the_text() -> None:
    draft = read_paste(f"{TITLE}\n\n{STANDFIRST}\n\nBy Ines Roca\n3 March 2025\n\n{BODY}")
    assert draft.text == ARTICLE
    assert (draft.title, draft.standfirst) == (TITLE, STANDFIRST)
    assert (draft.author, draft.published) == ("Ines Roca", DAY)


def test_title_label_names_the_headline() -> None:
    draft = read_paste(f"Title: {TITLE}\nDate: 2025-03-03\nSource: Port Courier\n\n{BODY}")
    assert draft.title == TITLE
    assert draft.text == f"{TITLE}\n\n{BODY}"
    assert (draft.published, draft.source) == (DAY, "Port Courier")


TITLES = {
    "headline": (f"Dam holds, mayor says\n\n{BODY}", "Dam holds, mayor says"),
    "question": (f"Will the dam hold?\n\n{BODY}", "Will the dam hold?"),
    "abbreviation_at_end": (
        f"Storm crosses into the U.S.\n\n{BODY}",
        "Storm crosses into the U.S.",
    ),
    "next_line": (f"Dam holds, mayor says\n{BODY}", "Dam holds, mayor says"),
    "stop_below_head": (f"3 March 2025\nThe dam will hold.\n\n{BODY}", "The dam will hold."),
    "stop_in_title_case": (f"Dam Will Hold For Years.\n\n{BODY}", "Dam Will Hold For Years."),
    "running_text": (BODY, None),
    "dateline": (f"PORT ELLIS (AP) — The dam held\n\n{BODY}", None),
    "long": ("word " * 60 + f"\n\n{BODY}", None),
    "wrapped_text": (
        "The harbour of Port Ellis reopened on Monday after a storm that had\n"
        "closed it for three days, the port authority said on the same day.",
        None,
    ),
    "two_sentences_and_more": ("One. Two. Three\n\nBody of it.", None),
}


@pytest.mark.parametrize(("text", "title"), TITLES.values(), ids=TITLES.keys())
def test_first_line_is_the_title_if_it_looks_like_one(text: str, title: str | None) -> None:
    draft = read_paste(text)
    assert draft.title == title
    if title is None:
        assert draft.text == text.strip()


def test_ordinary_lede_is_no_standfirst() -> None:
    lede = "The harbour of Port Ellis reopened on Monday after a storm, the authority said."
    draft = read_paste(f"{TITLE}\n\n{lede}\n\nFerries will run on Tuesday.\n\nNobody was hurt.")
    assert draft.standfirst is None


def test_text_is_the_paste_byte_for_byte_to_its_end() -> None:
    body = "It  held.\r\n\r\n“Quite”\u00a0so â€” \ttruly.\n\n\n\nRead more: Elsewhere"
    assert read_paste(f"{TITLE}\r\n\r\n{body}\n\n").text == f"{TITLE}\r\n\r\n{body}"


MARKDOWN = f"""---
title: "{TITLE}"
date: 2025-03-03
authors: [Ines Roca, Carl Odum]
source: Port Courier
url: https://portcourier.example/harbour
category: Local
draft: false
---

"""


@pytest.mark.parametrize("heading", [f"# {TITLE}\n\n", f"{TITLE}\n\n", ""], ids=str)
def test_front_matter_becomes_fields(heading: str) -> None:
    draft = read_paste(MARKDOWN + heading + BODY)
    assert draft.text == f"{TITLE}\n\n{BODY}"
    assert (draft.title, draft.published, draft.section) == (TITLE, DAY, "Local")
    assert (draft.author, draft.source) == ("Ines Roca, Carl Odum", "Port Courier")
    assert draft.url == "https://portcourier.example/harbour"


def test_markdown_heading_is_the_title_without_its_sign() -> None:
    draft = read_paste(f"# {TITLE}\n\n{BODY}")
    assert (draft.title, draft.text) == (TITLE, f"{TITLE}\n\n{BODY}")


REFUSED = {
    "empty": ("", "no text"),
    "blank": (" \n\u00a0\n", "no text"),
    "no_word": ("---\n***\n", "no word"),
    "too_long": ("word " * 200_001, "1,000,000"),
    "nul": ("A\0b", "NUL"),
    "surrogate": ("A \ud800 b", "surrogate"),
    "no_such_day": (f"Published: 32 March 2025\n\n{ARTICLE}", "32 March 2025"),
    "no_date": (f"Published: soon enough\n\n{ARTICLE}", "soon enough"),
    "front_matter_date": (f"---\ntitle: A\ndate: some day\n---\n{BODY}", "some day"),
    "head_alone": ("---\ndate: 2025-03-03\n---\n", "no text"),
}


@pytest.mark.parametrize(("text", "words"), REFUSED.values(), ids=REFUSED.keys())
def test_paste_that_is_no_article_is_refused_with_a_sentence(text: str, words: str) -> None:
    with pytest.raises(IntakeError, match=words) as caught:
        read_paste(text)
    assert caught.value.reason.endswith((".", ")"))


def test_relative_stamp_is_no_day_but_no_text_either() -> None:
    draft = read_paste(f"2 hours ago\n\n{ARTICLE}")
    assert (draft.text, draft.published) == (ARTICLE, None)


PIECES = (
    "Politics|By Ines Roca|3 March 2025|32 March 2025|Share|Dam Holds|The dam held.|Title: A|---"
    "|# |date: x|title: y|\n|\n\n|\r\n| |https://a.example/b|Published:|Today : |x|."
)


@given(st.lists(st.sampled_from(PIECES.split("|")), max_size=25).map("".join) | st.text())
def test_any_paste_is_read_or_refused(text: str) -> None:
    try:
        draft = read_paste(text)
    except IntakeError:
        return
    assert draft.text == draft.text.strip()
    assert draft.text
    if draft.title and "title" not in text.lower():
        assert draft.text.startswith(draft.title.split()[0])
