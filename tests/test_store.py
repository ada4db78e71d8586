"""The store keeps what it was given, whole, in each version, and finds the current one."""

from __future__ import annotations

import sqlite3
import threading
from collections.abc import Iterator
from contextlib import closing
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.errors import ArticleNotFoundError, BotError, StoreUnavailableError
from bot.model import Draft, Findings, Span, text_hash
from bot.newsroom import Newsroom
from bot.store import articles as shelf
from bot.store import putting, removal
from bot.store.chats import ChatState, get_chat, put_chat
from bot.store.findings import get_findings
from bot.store.lookups import look_up_word
from bot.store.meta import get_meta, put_meta
from bot.store.search import search_articles, search_phrase
from bot.store.store import Store
from bot.text.words import terms_of
from tests.support.stores import (
    TEXT,
    draft,
    find_faults,
    findings_of_ferry,
    plain_findings,
    put,
    short_articles,
    with_text,
)


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.db"


@pytest.fixture
def store(path: Path) -> Iterator[Store]:
    with Store(path) as opened:
        yield opened


def found(store: Store, words: str) -> list[str]:
    """The articles that hold one of `words`, by id, best first."""
    hits = search_articles(store, terms_of(words), limit=10)
    articles = [shelf.look_up_version(store, hit.row) for hit in hits]
    return [article.id for article in articles if article]


# ------------------------------------------------------------------------- round trip
def test_article_comes_back_with_every_field(store: Store) -> None:
    given_draft = draft(standfirst="After three days the horn is heard.")
    added = put(store, given_draft)
    article = shelf.get_article(store, "ferry")
    for field in ("text", "id", "url", "title", "source", "author", "published", "section"):
        assert getattr(article, field) == getattr(given_draft, field)
    assert article.standfirst == "After three days the horn is heard."
    assert (article.version, article.key, article.sample) == (1, added.key, False)
    assert article.sha256 == text_hash(TEXT)
    assert article.added.tzinfo is not None


def test_findings_come_back_as_they_were_made(store: Store) -> None:
    added = put(store, draft(), findings_of_ferry())
    assert get_findings(store, added.key) == findings_of_ferry()


@pytest.mark.parametrize(
    ("published", "stored"),
    [
        (None, None),
        (date(2025, 3, 18), date(2025, 3, 18)),
        (datetime(2025, 3, 18, 9, 30, tzinfo=UTC), datetime(2025, 3, 18, 9, 30, tzinfo=UTC)),
        (
            datetime.fromisoformat("2025-03-18T23:30:00-02:00"),
            datetime(2025, 3, 19, 1, 30, tzinfo=UTC),
        ),
    ],
    ids=["unknown", "day", "time", "time elsewhere"],
)
def test_day_stays_a_day_and_time_becomes_utc(store: Store, published: Any, stored: Any) -> None:
    put(store, draft(published=published))
    assert shelf.get_article(store, "ferry").published == stored
    assert put(store, draft(published=published)).status == "unchanged"


texts = st.text(
    alphabet=st.one_of(
        st.characters(exclude_categories=["Cs"], exclude_characters="\0"),
        st.sampled_from("aé“”‘’ \n\r\t\u00a0\u200b\u0301🌍"),
    ),
    min_size=1,
    max_size=200,
)


@given(text=texts, title=st.none() | texts, again=texts)
def test_adding_again_changes_nothing_and_keeps_the_text(
    text: str, title: str | None, again: str
) -> None:
    with Store(None) as store:
        article = draft(text, title=title)
        first = put(store, article)
        second = put(store, article)
        assert (first.status, second.status) == ("added", "unchanged")
        assert (second.version, second.key) == (1, first.key)
        changed = put(store, with_text(article, again))
        assert changed.status == ("unchanged" if again == text else "updated")
        kept = shelf.get_article(store, "ferry", 1)
        assert (kept.text, kept.sha256) == (text, text_hash(text))
        assert shelf.get_article(store, "ferry").text == again
        assert shelf.get_coverage(store).articles == 1


@given(
    st.lists(
        st.tuples(st.sampled_from(["one", "two", "three"]), st.sampled_from(["gull", "pier"])),
        max_size=8,
    )
)
def test_index_and_vocabulary_follow_any_order_of_updates(steps: list[tuple[str, str]]) -> None:
    with Store(None) as store:
        last: dict[str, str] = {}
        for article_id, word in steps:
            put(store, draft(f"A {word} was seen.", id=article_id, title=None))
            last[article_id] = word
        for word in ("gull", "pier"):
            holders = [i for i, w in last.items() if w == word]
            assert sorted(found(store, word)) == sorted(holders)
            assert (look_up_word(store, word) or ("", 0))[1] == len(holders)
        with store.write() as connection:
            connection.execute(
                "INSERT INTO article_index (article_index) VALUES ('integrity-check')"
            )


# --------------------------------------------------------------------------- versions
def test_older_versions_stay_with_their_findings(store: Store) -> None:
    first = put(store, draft(), findings_of_ferry())
    second = put(store, draft("The ferry stays in port."))
    assert (second.status, second.version) == ("updated", 2)
    old, new = shelf.look_up_version(store, first.key), shelf.look_up_version(store, second.key)
    assert old is not None
    assert new is not None
    assert (old.text, old.version) == (TEXT, 1)
    assert (new.text, new.version) == ("The ferry stays in port.", 2)
    assert get_findings(store, first.key) == findings_of_ferry()
    assert shelf.get_article(store, "ferry").version == 2
    assert shelf.get_article(store, "ferry", 1).text == TEXT


def test_returning_to_an_older_text_is_a_version_of_its_own(store: Store) -> None:
    for text in ("It opens.", "It closes.", "It opens."):
        put(store, draft(text))
    assert shelf.get_article(store, "ferry").version == 3


def test_a_new_headline_is_a_new_version(store: Store) -> None:
    put(store, draft())
    assert put(store, draft(title="Ferry sails")).status == "updated"


def test_search_finds_the_new_version_only(store: Store) -> None:
    put(store, draft("The walrus sleeps."))
    put(store, draft("The heron sleeps."))
    assert found(store, "walrus") == []
    assert found(store, "heron") == ["ferry"]
    assert search_articles(store, terms_of("walrus"), limit=5) == []
    assert look_up_word(store, "walrus") is None


def test_articles_are_found_by_headline_outlet_and_day(store: Store) -> None:
    put(store, draft("It was closed for three days."))
    for words in ("gull island", "courier", "march 2025"):
        assert found(store, words) == ["ferry"]


def test_phrase_is_found_in_its_order_only(store: Store) -> None:
    put(store, draft("The old ramp had been unsafe."))
    assert len(search_phrase(store, "old ramp", limit=5)) == 1
    assert search_phrase(store, "ramp old", limit=5) == []


@pytest.mark.parametrize(
    "typed", ['"', "a OR", "NEAR(", "terms:x", "*", "-", "'; DROP TABLE articles; --", "\0", "🌍"]
)
def test_no_words_break_the_search(store: Store, typed: str) -> None:
    put(store, draft())
    for terms in ([typed], terms_of(typed)):
        search_articles(store, terms, limit=3)
    search_phrase(store, typed, limit=3)
    assert shelf.get_coverage(store).articles == 1


def test_missing_article_is_told_by_its_id(store: Store) -> None:
    put(store, draft())
    for article_id, version in (("nobody", None), ("ferry", 2)):
        with pytest.raises(ArticleNotFoundError) as caught:
            shelf.get_article(store, article_id, version)
        assert caught.value.article_id == article_id
    assert shelf.look_up_version(store, 999) is None


def test_latest_outlets_and_coverage(store: Store) -> None:
    put(store, draft(id="a", published=date(2025, 3, 1)))
    put(store, draft(id="b", published=datetime(2025, 3, 2, 8, tzinfo=UTC), source="Nordwire"))
    put(store, draft(id="c", published=None, source="Nordwire"))
    assert [a.id for a in shelf.find_latest(store, limit=9)] == ["b", "a", "c"]
    assert [a.id for a in shelf.find_latest(store, limit=9, source="nordwire")] == ["b", "c"]
    assert shelf.find_sources(store) == [("Nordwire", 2), ("The Port Courier", 1)]
    cover = shelf.get_coverage(store)
    assert (cover.articles, cover.newest) == (3, datetime(2025, 3, 2, 8, tzinfo=UTC))


def test_samples_can_be_taken_out_again(store: Store, path: Path) -> None:
    put(store, draft())
    newsroom = Newsroom.over(store, reader=lambda text, _: plain_findings(text))
    newsroom.add(draft("A sample about walruses.", id="sample"), sample=True)
    removal.drop_samples(store)
    assert [a.id for a in shelf.all_articles(store)] == ["ferry"]
    assert found(store, "walruses") == []
    assert find_faults(path) == []


# -------------------------------------------------------------------------- new findings
def test_new_findings_replace_the_old_ones(store: Store, path: Path) -> None:
    put(store, draft(), findings_of_ferry())
    article = shelf.get_article(store, "ferry")
    fewer = Findings(sentences=(Span(0, len(TEXT)),), read_chars=len(TEXT))
    putting.replace_findings(store, article, fewer, 2)
    assert get_findings(store, article.key) == fewer
    assert found(store, "gull") == ["ferry"]
    assert list(shelf.find_outdated(store, 2)) == []
    assert find_faults(path) == []


def test_findings_of_a_version_that_was_overtaken_are_left_alone(store: Store, path: Path) -> None:
    put(store, draft())
    overtaken = shelf.get_article(store, "ferry")
    put(store, draft("The heron sleeps."))
    putting.replace_findings(store, overtaken, plain_findings(TEXT), 2)
    assert found(store, "ramp") == []
    assert find_faults(path) == []


def test_reindex_goes_on_where_it_was_stopped(store: Store) -> None:
    read: list[str] = []

    def reader(text: str, _: date | None) -> Findings:
        read.append(text)
        return plain_findings(text)

    newsroom = Newsroom.over(store, reader)
    for article in short_articles(5):
        putting.put_article(
            store, article.id or "", article, plain_findings(article.text), extractor=0
        )
    steps = newsroom.reindex()
    assert [next(steps), next(steps)] == [(1, 5), (2, 5)]
    steps.close()  # type: ignore[attr-defined]
    assert list(newsroom.reindex()) == [(1, 3), (2, 3), (3, 3)]
    assert list(newsroom.reindex()) == []
    assert len(read) == len(set(read)) == 5


# ----------------------------------------------------------------------- all or nothing
class Interrupted(BotError):
    """Stands for anything that ends a transaction half way."""


def test_a_write_that_fails_leaves_nothing(store: Store, path: Path) -> None:
    put(store, draft())

    def change_and_fail() -> None:
        with store.write():
            put(store, draft("Half a change.", id="half"))
            put(store, draft("The ferry stays in port."))
            raise Interrupted

    with pytest.raises(Interrupted):
        change_and_fail()
    assert [a.version for a in shelf.all_articles(store)] == [1]
    assert found(store, "ramp") == ["ferry"]
    assert find_faults(path) == []


def test_within_a_write_its_own_changes_are_seen(store: Store) -> None:
    with store.write():
        put(store, draft())
        assert shelf.get_article(store, "ferry").text == TEXT
    assert shelf.get_article(store, "ferry").text == TEXT


def test_readers_see_whole_articles_while_one_writes(store: Store) -> None:
    stop = threading.Event()
    seen: list[tuple[int, int]] = []

    def read() -> None:
        while not stop.is_set():
            seen.append(
                store.read()
                .execute("SELECT (SELECT count(*) FROM articles), (SELECT count(*) FROM findings)")
                .fetchone()
            )

    readers = [threading.Thread(target=read) for _ in range(3)]
    for reader in readers:
        reader.start()
    try:
        for article in short_articles(30):
            put(store, article)
    finally:
        stop.set()
        for reader in readers:
            reader.join()
    assert seen
    assert all(articles == versions for articles, versions in seen)


def test_threads_write_one_after_another(store: Store, path: Path) -> None:
    articles = short_articles(24)

    def write(part: list[Draft]) -> None:
        for article in part:
            put(store, article)

    writers = [threading.Thread(target=write, args=(articles[n::4],)) for n in range(4)]
    for writer in writers:
        writer.start()
    for writer in writers:
        writer.join()
    assert shelf.get_coverage(store).articles == 24
    assert find_faults(path) == []


def test_change_count_grows_with_articles_and_not_with_talk(store: Store) -> None:
    counts = [store.change_count()]
    put(store, draft())
    counts.append(store.change_count())
    put(store, draft("The heron sleeps."))
    counts.append(store.change_count())
    assert len(set(counts)) == 3
    put(store, draft("The heron sleeps."))
    put_chat(store, "tg:1", ChatState({"words": []}))
    assert store.change_count() == counts[-1]


def test_change_count_is_the_same_in_each_thread(store: Store) -> None:
    put(store, draft())
    counts = [store.change_count()]
    thread = threading.Thread(target=lambda: counts.append(store.change_count()))
    thread.start()
    thread.join()
    assert counts[0] == counts[1]


# --------------------------------------------------------------------------- small values
def test_chat_state_is_kept_and_replaced(store: Store) -> None:
    assert get_chat(store, "tg:1") == ChatState()
    put_chat(store, "tg:1", ChatState({"words": ["ferry"]}, {"adding": ["“part”"]}))
    put_chat(store, "tg:2", ChatState({"words": ["ramp"]}))
    assert get_chat(store, "tg:1") == ChatState({"words": ["ferry"]}, {"adding": ["“part”"]})
    put_chat(store, "tg:1", ChatState())
    assert get_chat(store, "tg:1") == ChatState()


def test_meta_values_are_kept_and_replaced(store: Store) -> None:
    assert get_meta(store, "samples") is None
    put_meta(store, "samples", "1")
    put_meta(store, "samples", "2")
    assert get_meta(store, "samples") == "2"


# ----------------------------------------------------------------------------- the file
def test_second_opening_finds_everything(path: Path) -> None:
    with Store(path) as first:
        put(first, draft(), findings_of_ferry())
    with Store(path) as second:
        key = shelf.get_article(second, "ferry").key
        assert get_findings(second, key) == findings_of_ferry()


def test_commits_are_synced_and_logged_ahead(store: Store) -> None:
    with store.write() as connection:
        assert connection.execute("PRAGMA journal_mode").fetchone()[0] == "wal"
        assert connection.execute("PRAGMA synchronous").fetchone()[0] == 2
        assert connection.execute("PRAGMA foreign_keys").fetchone()[0] == 1


def test_reading_connection_cannot_write(store: Store) -> None:
    with pytest.raises(StoreUnavailableError):
        store.read().execute("DELETE FROM articles")


def test_oldest_schema_is_brought_up_to_date_and_keeps_its_article(path: Path) -> None:
    """The dump is of the first schema; a migration that comes later must not lose it."""
    dump = Path(__file__).with_name("data") / "oldest-schema.sql"
    with closing(sqlite3.connect(path)) as old:
        old.executescript(dump.read_text(encoding="utf-8"))
    with Store(path) as store:
        article = shelf.get_article(store, "ferry")
        assert (article.text, article.published) == (TEXT, date(2025, 3, 18))
        assert get_findings(store, article.key) == findings_of_ferry()
        assert found(store, "ramp") == ["ferry"]
        assert shelf.get_article(store, "ferry", 1).text == "The ferry stays in port."
        put(store, draft("The heron sleeps."))
        assert found(store, "ramp") == []
        with Store(None) as fresh:
            assert _tables(store) == _tables(fresh)
    assert find_faults(path) == []


def test_an_upgrade_leaves_a_copy_from_before(path: Path) -> None:
    dump = Path(__file__).with_name("data") / "oldest-schema.sql"
    with closing(sqlite3.connect(path)) as old:
        old.executescript(dump.read_text(encoding="utf-8"))
        schema = list(old.iterdump())
    (stale := path.with_name(path.name + ".before-0001")).touch()
    for _ in range(2):
        Store(path).close()
    (copy,) = path.parent.glob("*.before-*")
    assert not stale.exists()
    with closing(sqlite3.connect(copy)) as before:
        assert list(before.iterdump()) == schema


def test_a_new_store_leaves_no_copy(path: Path) -> None:
    Store(path).close()
    assert list(path.parent.glob("*.before-*")) == []


def _tables(store: Store) -> list[str]:
    sql = "SELECT name FROM sqlite_master WHERE name NOT LIKE 'sqlite_%' ORDER BY name"
    return [row[0] for row in store.read().execute(sql)]


def test_backup_holds_what_was_stored_and_opens(store: Store, tmp_path: Path) -> None:
    put(store, draft(), findings_of_ferry())
    store.backup(tmp_path / "copy.db")
    put(store, draft("The heron sleeps."))
    with Store(tmp_path / "copy.db") as copy:
        assert shelf.get_article(copy, "ferry").text == TEXT
        assert get_findings(copy, 1) == findings_of_ferry()
    assert find_faults(tmp_path / "copy.db") == []


def test_backup_never_overwrites(store: Store, tmp_path: Path) -> None:
    (tmp_path / "copy.db").write_text("precious")
    with pytest.raises(BotError, match="exists already"):
        store.backup(tmp_path / "copy.db")
    assert (tmp_path / "copy.db").read_text() == "precious"


def test_backup_into_a_missing_folder_is_told(store: Store, tmp_path: Path) -> None:
    with pytest.raises(StoreUnavailableError, match="backup"):
        store.backup(tmp_path / "nowhere" / "copy.db")


def test_full_disk_refuses_the_article_and_keeps_the_rest(store: Store, path: Path) -> None:
    put(store, draft())
    with store.write() as connection:
        pages = connection.execute("PRAGMA page_count").fetchone()[0]
        connection.execute(f"PRAGMA max_page_count = {pages}")
    long = " ".join(f"word{n}" for n in range(20_000))
    with pytest.raises(StoreUnavailableError, match="disk is full"):
        put(store, draft(long, id="long"))
    assert [a.id for a in shelf.all_articles(store)] == ["ferry"]
    with store.write() as connection:
        connection.execute(f"PRAGMA max_page_count = {pages + 10_000}")
    assert put(store, draft(long, id="long")).status == "added"
    assert find_faults(path) == []


def test_damage_that_shows_late_is_told_in_a_sentence(path: Path) -> None:
    with Store(path) as store:
        for article in short_articles(200):
            put(store, replace(article, text=article.text + " filler" * 400))
    data = path.read_bytes()
    sound = len(data) // 2  # the schema lies in the first pages
    path.write_bytes(data[:sound] + b"\xa5" * (len(data) - sound))
    with Store(path) as store:
        assert store.check()
        with pytest.raises(StoreUnavailableError, match="damaged"):
            list(shelf.all_articles(store))


def test_a_day_still_to_come_counts_as_the_day_the_article_came_in(store: Store) -> None:
    newsroom = Newsroom.over(
        store,
        reader=lambda text, _: plain_findings(text),
        clock=lambda: datetime(2025, 3, 20, 9, tzinfo=UTC),
    )
    told = draft(id="early", published=date(2031, 5, 3))
    added = newsroom.add(told)
    stored = newsroom.get_article(added.article_id)
    assert stored.published == date(2025, 3, 20)
    assert stored.published_given == date(2031, 5, 3)
    later = replace(newsroom, clock=lambda: datetime(2025, 3, 25, 9, tzinfo=UTC))
    assert later.add(told).status == "unchanged"
