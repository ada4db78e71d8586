"""An article that comes again is known: unchanged, a new version, or another outlet's copy."""

from __future__ import annotations

import random
from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from pathlib import Path
from typing import Any

import pytest

from bot.errors import ArticleNotFoundError, StoreRefusedError
from bot.model import Change, ChangeKind, Draft, Kept
from bot.newsroom import Newsroom
from bot.store.copies import find_witnesses, look_up_copy
from bot.store.store import Store
from bot.talk.lines import source_line
from bot.text.fingerprint import body_words, fingerprint
from bot.text.words import fold
from tests.support.stores import find_faults

NOW = datetime(2025, 3, 20, 9, tzinfo=UTC)
TITLE = "Lock gate at Varnby fails"
BODY = (
    "The old lock gate at Varnby gave way on Tuesday night, and 14 barges lie in the basin.\n\n"
    "“We heard it break from the office,” said Ulla Brandt, the lock keeper. "
    "“Nobody was near it, thank heaven.”\n\n"
    "The canal board will rebuild the gate for 3.2 million crowns. Work begins on 2 April, and "
    "grain will go by road until then. Farmers east of the canal expect to pay more for it.\n\n"
    "Paul Henner of the boatmen’s guild said that the gate had been patched in 2019."
)
TEXT = f"{TITLE}\n\n{BODY}"


@pytest.fixture
def path(tmp_path: Path) -> Path:
    return tmp_path / "news.db"


@pytest.fixture
def newsroom(path: Path) -> Iterator[Newsroom]:
    with Store(path) as store:
        yield Newsroom.over(store, clock=lambda: NOW)


def article(text: str = TEXT, **fields: Any) -> Draft:
    known: dict[str, Any] = {
        "title": TITLE,
        "source": "Canal Post",
        "published": date(2025, 3, 19),
    }
    return Draft(text, **(known | fields))


CASES: dict[str, tuple[Draft, Draft, str, bool]] = {
    # name: (stored, comes then, status, whether it goes by the id of the stored one)
    "the same again": (article(), article(), "unchanged", True),
    "pasted without outlet and day": (
        article(id="a1"),
        article(source=None, published=None),
        "unchanged",
        True,
    ),
    "other marks and spaces": (
        article(),
        article(TEXT.replace("“", '"').replace("”", '"').replace("\n\n", "\n"), url=None),
        "updated",
        True,
    ),
    "other address of the same outlet": (
        article(url="https://canal.example/a"),
        article(url="https://canal.example/amp/a"),
        "unchanged",
        True,
    ),
    "headline changed by the outlet": (
        article(),
        article(f"Varnby lock breaks\n\n{BODY}", title="Varnby lock breaks"),
        "updated",
        True,
    ),
    "corrected under another address": (
        article(url="https://canal.example/a"),
        article(TEXT.replace("14 barges", "16 barges"), url="https://canal.example/b"),
        "updated",
        True,
    ),
    "report by formula under another headline": (
        article(url="https://canal.example/a"),
        article(
            TEXT.replace("14 barges", "16 barges").replace(TITLE, "Lock gate at Holm fails"),
            title="Lock gate at Holm fails",
            url="https://canal.example/b",
        ),
        "linked",
        False,
    ),
    "the same text on another day": (
        article(),
        article(published=date(2025, 3, 26)),
        "linked",
        False,
    ),
    "another outlet's copy": (
        article(),
        article(source="Morning Ledger", title="Barges stuck", published=date(2025, 3, 20)),
        "linked",
        False,
    ),
    "another outlet's copy with its own headline": (
        article(),
        article(f"Barges stuck\n\n{BODY}", source="Morning Ledger", title="Barges stuck"),
        "linked",
        False,
    ),
    "another outlet prints the beginning": (
        article(),
        article(TEXT[: TEXT.index("Paul Henner")], source="Morning Ledger"),
        "linked",
        False,
    ),
    "a row with its own id": (article(id="a1"), article(id="a2"), "linked", False),
    "another text": (
        article(),
        article(" ".join(f"Word{n} of something else." for n in range(40)), title="Else"),
        "added",
        False,
    ),
    "too short to be anybody's": (
        article("Short notice of four words.", title=None),
        article("Short notice of four words.", title=None, source="Morning Ledger"),
        "added",
        False,
    ),
}


@pytest.mark.parametrize(("stored", "comes", "status", "is_same"), CASES.values(), ids=list(CASES))
def test_what_comes_again_finds_its_place(
    newsroom: Newsroom, path: Path, stored: Draft, comes: Draft, status: str, is_same: bool
) -> None:
    first = newsroom.add(stored)
    preview = newsroom.preview_article(comes)
    second = newsroom.add(comes)
    assert (second.status, second.article_id == first.article_id) == (status, is_same)
    assert (preview.status, preview.article_id) == (second.status, second.article_id)
    assert (second.linked_to == first.article_id) == (status == "linked")
    if status == "linked":
        assert second.similarity is not None
        assert second.similarity >= 90
        assert newsroom.get_article(second.article_id).text == comes.text
    again = newsroom.add(comes)
    assert (again.status, again.key) == ("unchanged", second.key)
    assert find_faults(path) == []


def test_copies_are_witnesses_of_one_another(newsroom: Newsroom) -> None:
    outlets = ["Canal Post", "Morning Ledger", "Eastern Star"]
    keys = [newsroom.add(article(source=name, id=name)).key for name in outlets]
    assert find_witnesses(newsroom.store, keys[:1]) == {keys[0]: keys[1:]}
    assert find_witnesses(newsroom.store, keys[2:]) == {keys[2]: keys[:2]}
    copy = look_up_copy(newsroom.store, "Eastern Star")
    assert copy is not None
    assert copy.article_id == "Canal Post"
    newsroom.remove("Morning Ledger")
    assert find_witnesses(newsroom.store, keys[:1]) == {keys[0]: [keys[2]]}
    newsroom.purge("Canal Post")
    newsroom.restore_article("Morning Ledger")
    assert find_witnesses(newsroom.store, keys[1:]) == {keys[1]: [keys[2]], keys[2]: [keys[1]]}


def test_an_answer_names_every_outlet_that_prints_it_and_tells_it_once(
    newsroom: Newsroom,
) -> None:
    outlets = ["Canal Post", "Morning Ledger", "Eastern Star"]
    for outlet in outlets:
        newsroom.add(article(source=outlet, id=outlet))
    curly = TEXT.replace("“", '"').replace("”", '"')
    newsroom.add(article(curly, source="Plain Dealer", id="Plain Dealer"))
    response = newsroom.ask("what did the lock keeper say about the gate?", NOW)
    best = response.answers[0]
    assert sorted([best.article.id, *(w.article_id for w in best.also)]) == sorted(
        [*outlets, "Plain Dealer"]
    )
    for witness in best.also:
        text = newsroom.get_article(witness.article_id).text
        assert fold(witness.span.of(text)) == fold(best.text)
    assert {witness.source for witness in best.also} <= {*outlets, "Plain Dealer"}
    others = [name for name in (*outlets, "Plain Dealer") if name != best.article.source]
    line = source_line(best)
    assert all(name in line.partition("also in ")[2] for name in others)
    told = [answer.text for answer in response.answers]
    assert len(told) == len(set(told))


def test_a_copy_that_is_rewritten_is_no_copy_any_more(newsroom: Newsroom) -> None:
    newsroom.add(article(id="a"))
    newsroom.add(article(id="b"))
    other = " ".join(f"The board answered question {n} of many." for n in range(30))
    added = newsroom.add(article(other, id="b"))
    assert (added.status, added.linked_to) == ("updated", None)
    assert look_up_copy(newsroom.store, "b") is None


def test_texts_that_differ_in_every_tenth_word_meet_and_others_do_not() -> None:
    chance = random.Random(7)
    words = [f"w{chance.randrange(4000)}" for _ in range(400)]
    met = 0
    for _ in range(50):
        other = [w if chance.random() > 0.08 else f"x{chance.randrange(4000)}" for w in words]
        one, two = fingerprint(words), fingerprint(other)
        assert one is not None
        assert two is not None
        met += bool(set(one.bands) & set(two.bands))
    assert met >= 47
    strangers = [f"w{chance.randrange(4000)}" for _ in range(400)]
    one, two = fingerprint(words), fingerprint(strangers)
    assert one is not None
    assert two is not None
    assert not set(one.bands) & set(two.bands)


def test_a_long_text_is_fingerprinted_by_its_beginning() -> None:
    words = body_words("word " * 200_000, None)
    assert len(words) == 8_000
    assert fingerprint(words) == fingerprint(words)
    assert fingerprint(words[:19]) is None


# ------------------------------------------------------------------------------ changes
def told(change: Change) -> tuple[str, tuple[str, ...], tuple[str, ...]]:
    return (change.field or change.kind.value, change.old, change.new)


CHANGED: dict[str, tuple[str, str, list[tuple[str, tuple[str, ...], tuple[str, ...]]]]] = {
    "figure": ("14 barges", "16 barges", [("figure", ("14",), ("16",))]),
    "money": ("3.2 million", "3.8 million", [("figure", ("3.2 million",), ("3.8 million",))]),
    "date": ("2 April", "9 April", [("date", ("2 April",), ("9 April",))]),
    "quote": (
        "break from the office",
        "burst from the yard",
        [
            (
                "quote",
                ("We heard it break from the office,",),
                ("We heard it burst from the yard,",),
            )
        ],
    ),
    "wording": (
        "Farmers east of the canal",
        "Growers east of the canal",
        [
            (
                "wording",
                ("Farmers east of the canal expect to pay more for it.",),
                ("Growers east of the canal expect to pay more for it.",),
            )
        ],
    ),
    "sentence added": (
        "until then.",
        "until then. Some 40 lorries are hired.",
        [("figure", (), ("40",))],
    ),
    "nothing": ("until then.", "until  then.", []),
}


@pytest.mark.parametrize(("old", "new", "expected"), CHANGED.values(), ids=list(CHANGED))
def test_a_new_version_tells_what_changed(
    newsroom: Newsroom,
    old: str,
    new: str,
    expected: list[tuple[str, tuple[str, ...], tuple[str, ...]]],
) -> None:
    newsroom.add(article(id="lock"))
    added = newsroom.add(article(TEXT.replace(old, new), id="lock"))
    assert added.changes is not None
    assert [told(change) for change in added.changes.changes] == expected
    texts = [a.text for a in newsroom.history("lock")]
    for change in added.changes.changes:
        for span, text, parts in (
            (change.old_span, texts[0], change.old),
            (change.new_span, texts[1], change.new),
        ):
            assert all(part in span.of(text) for part in parts) if span else not parts


# -------------------------------------------------------------------- corrected by hand
def test_a_corrected_date_moves_the_days_and_keeps_the_text(newsroom: Newsroom) -> None:
    newsroom.add(article(id="lock"))
    edited = newsroom.edit_fields("lock", published=date(2025, 3, 12), title=TITLE + " again")
    assert (edited.status, edited.version) == ("updated", 2)
    assert edited.changes is not None
    assert [told(c) for c in edited.changes.of_kind(ChangeKind.FIELD)] == [
        ("title", (TITLE,), (TITLE + " again",)),
        ("published", ("2025-03-19",), ("2025-03-12",)),
    ]
    old, new = newsroom.history("lock")
    assert (old.text, old.edited, new.text, new.edited) == (TEXT, False, TEXT, True)
    days = [
        {d.span.of(TEXT): d.value for d in newsroom.get_findings(version).dates}
        for version in (old, new)
    ]
    assert [found["Tuesday night"] for found in days] == ["2025-03-18", "2025-03-11"]
    with pytest.raises(StoreRefusedError, match="no field 'text'"):
        newsroom.edit_fields("lock", text="Other words.")
    with pytest.raises(ArticleNotFoundError):
        newsroom.edit_fields("nowhere", title="x")


def test_a_correction_stays_when_the_article_comes_again(newsroom: Newsroom) -> None:
    came = article(id="lock")
    newsroom.add(came)
    newsroom.edit_fields("lock", published=date(2025, 3, 12))
    newsroom.edit_fields("lock", author="Mia Sund")
    assert newsroom.add(came).status == "unchanged"
    grown = newsroom.add(replace(came, text=TEXT + " More is known.", section="Canals"))
    assert (grown.status, grown.version) == ("updated", 4)
    newest = newsroom.get_article("lock")
    assert (newest.published, newest.author) == (date(2025, 3, 12), "Mia Sund")
    assert (newest.section, newest.edited) == ("Canals", False)
    moved = newsroom.add(replace(came, text=newest.text, published=date(2025, 3, 18)))
    assert moved.status == "updated"
    assert newsroom.get_article("lock").published == date(2025, 3, 18)


def test_an_edit_that_changes_nothing_makes_no_version(newsroom: Newsroom) -> None:
    newsroom.add(article(id="lock"))
    assert newsroom.edit_fields("lock", title=TITLE).status == "unchanged"


def test_a_kept_version_keeps_its_number(newsroom: Newsroom, path: Path) -> None:
    when = datetime(2025, 1, 2, 3, 4, 5, tzinfo=UTC)
    for number in (2, 5, 3):
        kept = Kept(number, when, edited=number == 5)
        added = newsroom.add(article(f"{TEXT} Version {number}.", id="lock", kept=kept))
        assert added.version == number
    assert newsroom.get_article("lock").version == 5
    assert [(v.version, v.added) for v in newsroom.history("lock")] == [
        (2, when),
        (3, when),
        (5, when),
    ]
    again = article(f"{TEXT} Version 3.", id="lock", kept=Kept(3, when))
    assert newsroom.add(again).status == "unchanged"
    assert find_faults(path) == []
