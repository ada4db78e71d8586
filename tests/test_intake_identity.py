"""Which articles are the same article."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime

import pytest

from bot.intake.identity import canonical_url, identify
from bot.model import Draft

DRAFT = Draft(
    text="The dam held.",
    title="Dam holds",
    source="Port Courier",
    published=date(2025, 3, 3),
)

ADDRESSES = {
    "as_it_is": ("https://p.example/a", "https://p.example/a"),
    "host_in_capitals": ("HTTPS://P.Example/News/A", "https://p.example/News/A"),
    "fragment": ("https://p.example/a#part", "https://p.example/a"),
    "tracking": ("https://p.example/a?utm_source=x&fbclid=2&id=5", "https://p.example/a?id=5"),
    "order_of_parameters": ("https://p.example/a?b=2&a=1", "https://p.example/a?a=1&b=2"),
    "usual_port": ("https://p.example:443/a", "https://p.example/a"),
    "other_port": ("https://p.example:8443/a", "https://p.example:8443/a"),
    "password": ("https://ines:secret@p.example/a", "https://p.example/a"),
    "no_path": ("https://p.example", "https://p.example/"),
    "spaces": (" https://p.example/a\n", "https://p.example/a"),
    "no_address": ("harbour", "harbour"),
    "broken": ("http://[::1/a", "http://[::1/a"),
}


@pytest.mark.parametrize(("url", "expected"), ADDRESSES.values(), ids=ADDRESSES.keys())
def test_canonical_url_drops_what_does_not_tell_pages_apart(url: str, expected: str) -> None:
    assert canonical_url(url) == expected
    assert canonical_url(expected) == expected


def test_own_id_goes_first_then_address_then_hash() -> None:
    with_url = replace(DRAFT, url="https://P.example/a?utm_medium=x")
    assert identify(replace(with_url, id="mine")) == "mine"
    assert identify(with_url) == "https://p.example/a"
    # A hash that changes between releases would store every article anew.
    assert identify(DRAFT) == "c428e3bf876aa519"


SAME = {
    "text_changed": replace(DRAFT, text="The dam held. It was close."),
    "marks_changed": replace(DRAFT, title="“Dam  holds”"),
    "time_known": replace(DRAFT, published=datetime(2025, 3, 3, 14, tzinfo=UTC)),
    "section_known": replace(DRAFT, section="Local"),
}


@pytest.mark.parametrize("draft", SAME.values(), ids=SAME.keys())
def test_corrected_article_keeps_its_id(draft: Draft) -> None:
    assert identify(draft) == identify(DRAFT)


OTHER = {
    "title": replace(DRAFT, title="Dam breaks"),
    "day": replace(DRAFT, published=date(2025, 3, 4)),
    "no_day": replace(DRAFT, published=None),
    "outlet": replace(DRAFT, source="Bonn Echo"),
    "no_title": replace(DRAFT, title=None),
    "no_title_other_text": replace(DRAFT, title=None, text="The dam broke."),
}


def test_other_title_day_outlet_or_beginning_is_another_article() -> None:
    ids = {identify(draft) for draft in OTHER.values()} | {identify(DRAFT)}
    assert len(ids) == len(OTHER) + 1
