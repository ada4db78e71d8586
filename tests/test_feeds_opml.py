"""Lists of feeds: another reader's comes out as it went in, and what is none is told."""

from __future__ import annotations

from collections.abc import Iterator
from pathlib import Path

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import IntakeError
from bot.feeds.exchange import export_opml, import_opml
from bot.intake.opml import FeedList, Outline, parse_opml, write_opml
from bot.newsroom import Newsroom
from bot.store import feeds
from bot.store.feeds import FeedState
from bot.store.store import Store
from tests.support.papers import NOW

OTHERS = (Path(__file__).parent / "data" / "reader.opml").read_bytes()


@pytest.fixture
def newsroom() -> Iterator[Newsroom]:
    with Store(None) as store:
        yield Newsroom.over(store)


def test_list_of_another_reader_comes_out_as_it_went_in(newsroom: Newsroom) -> None:
    imported = import_opml(newsroom, OTHERS, NOW)
    assert (imported.added, imported.known, imported.refused) == (4, 0, ())
    assert export_opml(newsroom) == OTHERS
    again = import_opml(newsroom, OTHERS, NOW)
    assert (again.added, again.known) == (0, 4)
    assert export_opml(newsroom) == OTHERS


def test_imported_feeds_are_due_and_keep_their_titles(newsroom: Newsroom) -> None:
    import_opml(newsroom, OTHERS, NOW)
    due = feeds.find_due_feeds(newsroom.store, NOW, limit=9)
    assert [feed.title for feed in due] == [
        "The Port Courier",
        "Hill Gazette",
        "Lake Post – “Ufer”",
        "Bücher",
    ]


def test_own_list_carries_what_editors_set(newsroom: Newsroom) -> None:
    feed = feeds.add_feed(
        newsroom.store,
        "https://portcourier.example/feed",
        now=NOW,
        interval_seconds=3600,
        title="Courier",
        outlet="The Port Courier",
        topic="Harbour",
    )
    feeds.change_feed(newsroom.store, feed.id, state=FeedState.PAUSED)
    with Store(None) as other:
        second = Newsroom.over(other)
        import_opml(second, export_opml(newsroom), NOW)
        (taken,) = feeds.find_feeds(other)
        assert (taken.outlet, taken.topic, taken.state) == (
            "The Port Courier",
            "Harbour",
            FeedState.PAUSED,
        )
        assert export_opml(second) == export_opml(newsroom)


def test_moved_feed_is_exported_at_its_new_address(newsroom: Newsroom) -> None:
    import_opml(newsroom, OTHERS, NOW)
    feeds.change_feed(newsroom.store, 2, url="https://hillgazette.example/new")
    document = export_opml(newsroom).decode()
    assert document.count("https://hillgazette.example/new") == 2
    assert 'readerPriority="7"' in document


def test_removed_feed_leaves_the_list(newsroom: Newsroom) -> None:
    import_opml(newsroom, OTHERS, NOW)
    feeds.remove_feed(newsroom.store, 2)
    document = export_opml(newsroom).decode()
    assert "hillgazette" not in document
    assert "Lake Post" in document


def test_addresses_that_may_not_be_asked_for_are_told(newsroom: Newsroom) -> None:
    listed = FeedList(
        tuple(
            Outline({"text": "x", "xmlUrl": url})
            for url in ("file:///etc/passwd", "https://ann:hush@a.example/", "https://b.example/")
        )
    )
    imported = import_opml(newsroom, write_opml(listed), NOW)
    assert imported.added == 1
    assert [words.partition(" ")[0] for _, words in imported.refused] == ["Only", "The"]


NOT_LISTS = {
    "empty": b"",
    "no markup": b"hello",
    "html": b"<html><body><outline xmlUrl='x'/></body></html>",
    "no body": b"<opml version='2.0'><head/></opml>",
    "binary": b"\x89PNG\r\n\0\0",
    "too large": b"<opml><body>" + b" " * 6_000_000 + b"</body></opml>",
    "deep": b"<opml><body>" + b"<outline text='a'>" * 60 + b"<outline xmlUrl='x'/>",
    "many": b"<opml><body>" + b"<outline xmlUrl='https://a.example/'/>" * 10_002,
}


@pytest.mark.parametrize("data", NOT_LISTS.values(), ids=NOT_LISTS.keys())
def test_what_is_no_list_is_told(newsroom: Newsroom, data: bytes) -> None:
    with pytest.raises(IntakeError, match="list") as caught:
        import_opml(newsroom, data, NOW)
    assert caught.value.reason.endswith(".")
    assert feeds.find_feeds(newsroom.store) == []


def test_entities_are_not_resolved() -> None:
    secret = Path(__file__).parent / "data" / "reader.opml"
    document = (
        f'<!DOCTYPE opml [<!ENTITY x SYSTEM "{secret.as_uri()}"><!ENTITY a "aaaaaaaaaa">'
        '<!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;&a;&a;">]><opml><head><title>&x;&b;</title></head>'
        "<body><outline xmlUrl='https://a.example/' text='t'/></body></opml>"
    )
    listed = parse_opml(document.encode())
    assert "Ann" not in str(listed)
    assert "aaaa" not in str(listed)


def test_broken_list_is_read_as_far_as_it_goes() -> None:
    listed = parse_opml(b"<opml><body><outline xmlUrl='https://a.example/' text='A & B'/><outline")
    assert [outline.url for outline in listed.outlines] == ["https://a.example/"]


_TEXT = st.text(st.characters(exclude_categories=["Cs", "Cc", "Cn", "Co"]), max_size=20)
_KEYS = st.sampled_from(["text", "title", "type", "category", "x-any", "colour"])
_ATTRIBUTES = st.dictionaries(_KEYS, _TEXT, min_size=1)


@given(
    st.lists(
        st.builds(
            lambda attributes, folders, number: Outline(
                {**attributes, "xmlUrl": f"https://a.example/{number}"}, tuple(folders)
            ),
            _ATTRIBUTES,
            st.lists(_ATTRIBUTES, max_size=3),
            st.integers(0, 99),
        ),
        max_size=6,
    )
)
def test_any_list_round_trips(outlines: list[Outline]) -> None:
    listed = FeedList(tuple(outlines), (("title", "x"),))
    assert parse_opml(write_opml(listed)) == listed
