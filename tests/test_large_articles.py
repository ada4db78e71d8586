"""Of articles of hostile size a question reads as many as there is room for, of others all."""

from __future__ import annotations

from collections.abc import Iterator

import pytest

from bot.link.people import MOST_COMPANIONS, find_sightings
from bot.model import DateMention, Draft, Findings, Grain, Mention, NameKind, Span
from bot.store.findings import SMALL_BYTES, get_findings, get_findings_within
from bot.store.packing import TermPage, pack_findings, pack_terms, size_of_findings, unpack_terms
from bot.store.putting import put_article
from bot.store.search import find_places, get_pages, get_sentences, search_phrase
from bot.store.store import Store

LARGE_WORDS = 30_000  # more than `SMALL_BYTES` of terms, and of dates
SMALL = "The ferry to Halm is late."


@pytest.fixture(scope="module")
def store(tmp_path_factory: pytest.TempPathFactory) -> Iterator[Store]:
    """Three large articles and a small one behind them, numbered from 1."""
    with Store(tmp_path_factory.mktemp("large") / "news.db") as opened:
        for number in range(3):
            text = f"kelp{number} " * LARGE_WORDS + "ferry to Halm"
            days = [DateMention(Span(n, n + 4), None, Grain.DAY, "day") for n in range(9_000)]
            _put(opened, f"large-{number}", text, tuple(days))
        _put(opened, "small", SMALL, ())
        yield opened


def _put(store: Store, name: str, text: str, days: tuple[DateMention, ...]) -> None:
    found = Findings(sentences=(Span(0, len(text)),), dates=days)
    put_article(store, name, Draft(text, id=name), found, extractor=1)


@pytest.mark.parametrize(
    ("asked", "room", "read"),
    [
        ((1, 2, 3, 4), 900_000, [1, 2, 3, 4]),
        ((1, 2, 3, 4), 500_000, [1, 2, 4]),
        ((3, 1, 2, 4), 300_000, [3, 4]),
        ((4, 2, 1, 3), 0, [4]),
        ((), 900_000, []),
    ],
    ids=["room for all", "for two", "the first first", "for none", "nothing asked"],
)
def test_of_large_articles_as_many_are_read_as_room_is_for(
    store: Store, asked: tuple[int, ...], room: int, read: list[int]
) -> None:
    pages = get_pages(store, asked, most_bytes=room)
    assert [*pages] == sorted(read)
    assert all(page.count() for page in pages.values())


@pytest.mark.parametrize(
    ("asked", "large", "read"),
    [
        ((1, 2, 3, 4), 3, [1, 2, 3, 4]),
        ((3, 1, 4, 2), 2, [3, 1, 4]),
        ((2, 4), 0, [4]),
        ((), 3, []),
    ],
    ids=["room for all", "the first first", "for none", "nothing asked"],
)
def test_findings_of_long_articles_are_read_while_there_is_room(
    store: Store, asked: tuple[int, ...], large: int, read: list[int]
) -> None:
    of_one = size_of_findings(pack_findings(get_findings(store, 1)))
    assert of_one > SMALL_BYTES
    found = get_findings_within(store, asked, most_bytes=large * of_one)
    assert sorted(found) == sorted(read)
    assert all(found[key] == get_findings(store, key) for key in found)


def test_a_phrase_is_found_in_large_and_small_articles(store: Store) -> None:
    assert find_places(store, "ferry to Halm", limit=9) == [(4, 0), (1, 0), (2, 0), (3, 0)]
    (first,) = search_phrase(store, "ferry to Halm", limit=1)
    assert first.span == Span(0, len(SMALL))


def test_sentences_come_one_article_after_another(store: Store) -> None:
    rows = get_sentences(store, [4, 1])
    assert next(rows).version == 1
    assert [row.span.of(SMALL) for row in rows] == [SMALL]


LINES: dict[str, tuple[list[list[str]], dict[int, dict[str, int]], int]] = {
    # name: (the terms of each sentence, where "ferri" and "late" stand, terms in all)
    "one": ([["the", "ferri", "is", "late"]], {0: {"ferri": 1, "late": 1}}, 4),
    "twice": ([["ferri", "a", "ferri"]], {0: {"ferri": 2}}, 3),
    "in the second": ([["a", "b"], ["late"]], {1: {"late": 1}}, 3),
    "behind an empty one": ([["late"], [], ["ferri", "x"]], {0: {"late": 1}, 2: {"ferri": 1}}, 3),
    "nowhere": ([["ferris", "slate"]], {}, 2),
    "no terms": ([[]], {}, 0),
}


@pytest.mark.parametrize(("sentences", "places", "count"), LINES.values(), ids=LINES)
def test_a_page_tells_where_terms_stand(
    sentences: list[list[str]], places: dict[int, dict[str, int]], count: int
) -> None:
    page: TermPage = unpack_terms("", pack_terms(sentences))
    assert page.places(frozenset(("ferri", "late"))) == places
    assert page.count() == count
    assert [page.sentence(n) for n in range(len(sentences))] == [*map(tuple, sentences)]


def test_those_beyond_the_company_that_is_kept_share_it() -> None:
    names = [f"Ada K{'aeiou'[n % 5]}{'m' * (n // 5 + 1)}" for n in range(2 * MOST_COMPANIONS)]
    seen = find_sightings(
        "x", None, "A", [Mention(Span(0, 1), name, NameKind.PERSON, None) for name in names]
    )
    kept = {id(sighting.companions) for sighting in seen}
    assert len(seen) == len(names)
    assert len(kept) == MOST_COMPANIONS + 1
