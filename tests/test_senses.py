"""Words of like meaning lie near one another, and articles are found by what they mean."""

from __future__ import annotations

import sqlite3
from collections.abc import Iterator
from contextlib import closing
from datetime import UTC, datetime
from pathlib import Path

import pytest

from bot.model import Draft
from bot.newsroom import Newsroom
from bot.store.senses import ArticleSenses
from bot.store.store import Store
from bot.text.senses import AT_ONCE, load_senses, pointing
from bot.text.words import term_of, terms_of

NOW = datetime(2025, 3, 27, 12, tzinfo=UTC)
ARTICLES = {
    "harbour": "The harbour master of Tarn stepped down on Monday after a row over fees.\n\n"
    "Ida Holm had run the port for nine years.",
    "bakery": "A bakery in Lund sells bread of acorns.\n\nNils Berg grinds the flour himself.",
    "flood": "Heavy rain drowned the fields around Osk.\n\nFarmers lost half of the wheat.",
}
OTHER_WORDS = {
    "harbour": "why did the docks boss quit her job",
    "bakery": "which shop bakes loaves from oak nuts",
    "flood": "which crops were ruined by the storm",
}


@pytest.fixture
def newsroom(tmp_path: Path) -> Iterator[Newsroom]:
    with Store(tmp_path / "news.db") as store:
        newsroom = Newsroom.over(store)
        for name, text in ARTICLES.items():
            newsroom.add(Draft(text, id=name, title=name.title(), published=NOW.date()))
        yield newsroom


def likeness(one: str, other: str) -> float:
    """How near the words of two texts come to one another."""
    senses = load_senses()
    return float(senses.total(terms_of(one)) @ senses.total(terms_of(other)))


# ------------------------------------------------------------------------------- the table
@pytest.mark.parametrize(
    ("word", "near", "far"),
    [
        ("quit", "resign", "rain"),
        ("doctor", "physician", "harbour"),
        ("car", "vehicle", "verdict"),
        ("kill", "murder", "harvest"),
        ("lawsuit", "sue", "bread"),
        ("cheap", "inexpensive", "angry"),
    ],
)
def test_a_word_is_nearer_to_one_of_like_meaning(word: str, near: str, far: str) -> None:
    assert likeness(word, near) > likeness(word, far) + 0.15


def test_whole_sentences_are_compared_by_what_they_mean() -> None:
    asked = "why did the senator resign"
    assert likeness(asked, "The lawmaker stepped down over a scandal.") > likeness(
        asked, "The bakery sells bread made of acorns."
    )


def test_lines_are_compared_alone_and_with_each_word() -> None:
    senses = load_senses()
    lines = [" ".join(terms_of(text)) for text in ("She quit.", "", "zzgrk", "It rained.")]
    compared = senses.compare(lines, [term_of("resign"), term_of("rain")])
    assert compared.sums.shape == (4, senses.width)
    assert compared.nearest[0, 0] > 0.3 > compared.nearest[3, 0]
    assert compared.nearest[3, 1] == pytest.approx(1, abs=0.02)
    assert not compared.sums[1:3].any()
    assert not compared.nearest[1:3].any()


def test_very_many_lines_mean_what_each_means_alone() -> None:
    senses = load_senses()
    lines = [" ".join(terms_of(text)) for text in ARTICLES.values()] + ["", "zzxq"]
    many = lines * (2 * AT_ONCE // sum(map(len, lines)) * 8)
    words = [term_of("bread"), term_of("harbour")]
    few, all_of_them = senses.compare(lines, words), senses.compare(many, words)
    assert len(all_of_them.sums) == len(many)
    assert all_of_them.sums[-len(lines) :] == pytest.approx(few.sums, abs=1e-4)
    assert all_of_them.nearest[-len(lines) :] == pytest.approx(few.nearest, abs=1e-4)


def test_a_text_of_very_many_terms_means_what_its_words_do() -> None:
    senses = load_senses()
    terms = terms_of(ARTICLES["flood"])
    whole = senses.total(terms * (2 * AT_ONCE // len(terms)))
    assert float(whole @ senses.total(terms)) == pytest.approx(1.0, abs=1e-3)


def test_what_no_table_knows_means_nothing() -> None:
    senses = load_senses()
    assert "zzgrk" not in senses
    assert not senses.total(["zzgrk", ""]).any()
    assert not pointing(senses.total([])).any()


# ---------------------------------------------------------------------------- the articles
@pytest.mark.parametrize("name", ARTICLES)
def test_an_article_is_found_by_a_question_in_other_words(newsroom: Newsroom, name: str) -> None:
    asked = OTHER_WORDS[name]
    response = newsroom.ask(asked, NOW)
    shown = response.answers or response.nearest
    assert shown
    assert shown[0].article.id == name
    assert shown[0].text in ARTICLES[name]


def found(store: Store, senses: ArticleSenses, text: str) -> list[int]:
    """The numbers of the versions that mean most nearly what `text` does."""
    return senses.nearest(store, load_senses().total(terms_of(text)), limit=3)


def test_what_comes_later_is_found_and_what_is_removed_is_not(newsroom: Newsroom) -> None:
    store, senses = newsroom.store, ArticleSenses()
    key = newsroom.get_article("flood").key
    assert found(store, senses, OTHER_WORDS["flood"])[0] == key
    newsroom.add(Draft("The storm ruined all barley crops of Vik.", id="late"))
    late = newsroom.get_article("late").key
    assert late in found(store, senses, OTHER_WORDS["flood"])
    newsroom.remove("flood")
    assert key not in found(store, senses, OTHER_WORDS["flood"])
    newsroom.restore_article("flood")
    assert key in found(store, senses, OTHER_WORDS["flood"])


def test_a_new_version_takes_the_place_of_the_old_one(newsroom: Newsroom) -> None:
    store, senses = newsroom.store, ArticleSenses()
    old = newsroom.get_article("bakery").key
    assert old in found(store, senses, OTHER_WORDS["bakery"])
    newsroom.add(Draft("The bakery in Lund is closed for good.", id="bakery"))
    keys = found(store, senses, OTHER_WORDS["bakery"])
    assert old not in keys
    assert newsroom.get_article("bakery").key in keys


def test_an_older_store_learns_what_its_articles_mean(tmp_path: Path, newsroom: Newsroom) -> None:
    def rows(path: Path) -> list[tuple[int, bytes]]:
        with closing(sqlite3.connect(path)) as connection:
            return list(connection.execute("SELECT version, row FROM senses ORDER BY version"))

    path = tmp_path / "older.db"
    newsroom.store.backup(path)
    whole = rows(path)
    with closing(sqlite3.connect(path)) as connection:
        connection.execute("DROP TABLE senses")
        connection.execute("DELETE FROM _sqlite_migrations WHERE name = 'm0025_senses'")
        connection.commit()
    with Store(path):
        pass
    assert len(whole) == len(ARTICLES)
    assert rows(path) == whole


def test_an_empty_store_is_near_to_nothing(tmp_path: Path) -> None:
    with Store(tmp_path / "empty.db") as store:
        assert found(store, ArticleSenses(), "why did she quit") == []
