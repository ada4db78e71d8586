"""What questions look up is counted as articles come and go, and equals a count made anew."""

from __future__ import annotations

from collections.abc import Iterator
from dataclasses import replace
from datetime import UTC, date, datetime
from functools import cache
from pathlib import Path
from typing import Any

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from bot.answer.vocabulary import load_vocabulary
from bot.model import Findings, Mention, NameKind, Quote, QuoteKind, Span, Speaker
from bot.reading import read_text
from bot.store import articles as shelf
from bot.store import lookups
from bot.store.packing import pack_findings, pack_terms, unpack_findings, unpack_terms
from bot.store.removal import remove_article, restore_article
from bot.store.store import Store
from tests.support.stores import draft, findings_of_ferry, put

NOW = datetime(2025, 3, 20, tzinfo=UTC)
COUNTED = {
    "words": "word, term, sentences",
    "name_words": "word, sound, mentions",
    "known_names": "word, key, kind, name, mentions",
    "known_roles": "term, surname, mentions",
    "speakers": "key, day, sentences",
    "named": "key, kind, name, mentions, articles",
    "named_words": "word, key, kind",
}
TEXTS = (
    "“We sail on Monday,” said Ines Roca, the harbour master. Roca leaves in May.",
    "Ines Roca, the harbour master, denied it. Tomas Heller, a union leader, did not.",
    "Nobody spoke. The ramp was closed on 3 March 2025.",
)


@pytest.fixture
def store(tmp_path: Path) -> Iterator[Store]:
    with Store(tmp_path / "news.db") as opened:
        yield opened


def counts(store: Store) -> dict[str, list[tuple[Any, ...]]]:
    """All that is counted, without the numbers of rows."""
    tables = {
        table: sorted(map(tuple, store.read().execute(f"SELECT {columns} FROM {table}")))
        for table, columns in COUNTED.items()
    }
    totals = tuple(lookups.count_all(store, kind) for kind in ("articles", *lookups.KINDS))
    return tables | {"totals": [totals]}


@cache
def found_in(text: str) -> Findings:
    """What the extractors find in a text of 18 March."""
    return read_text(text, date(2025, 3, 18))


steps = st.lists(
    st.tuples(
        st.sampled_from(["one", "two", "three"]),
        st.sampled_from([*range(len(TEXTS)), "remove", "restore"]),
    ),
    max_size=8,
)


@settings(max_examples=40)  # two stores each
@given(steps=steps)
def test_counts_are_those_of_a_store_made_anew(steps: list[tuple[str, int | str]]) -> None:
    held: dict[str, int] = {}
    gone: set[str] = set()
    with Store(None) as store, Store(None) as fresh:
        for article_id, step in steps:
            if isinstance(step, int) and article_id not in gone:
                put(store, draft(TEXTS[step], id=article_id), found_in(TEXTS[step]))
                held[article_id] = step
            elif article_id in held and step == "remove":
                remove_article(store, article_id, NOW)
                gone.add(article_id)
            elif article_id in held and step == "restore":
                restore_article(store, article_id, NOW)
                gone.discard(article_id)
        for article_id, step in held.items():
            if article_id not in gone:
                put(fresh, draft(TEXTS[step], id=article_id), found_in(TEXTS[step]))
        assert counts(store) == counts(fresh)


# -------------------------------------------------------------------------------- packing
def test_findings_are_unpacked_as_they_were_packed() -> None:
    found = replace(findings_of_ferry(), read_chars=0)
    assert unpack_findings(pack_findings(found)) == found
    assert unpack_findings(pack_findings(Findings())) == Findings()


@given(sentences=st.lists(st.lists(st.sampled_from(["ferri", "ramp", "ß", "1.5"]))))
def test_terms_are_unpacked_sentence_by_sentence(sentences: list[list[str]]) -> None:
    page = unpack_terms("gull island", pack_terms(sentences))
    assert page.title == {"gull", "island"}
    for n, terms in enumerate(sentences):
        assert list(page.sentence(n)) == terms
    assert page.count() == sum(map(len, sentences))
    asked = frozenset({"ramp", "ß", "gone"})
    assert page.places(asked) == {
        n: counts
        for n, terms in enumerate(sentences)
        if (counts := {t: terms.count(t) for t in terms if t in asked})
    }


# -------------------------------------------------------------------------------- lookups
def named(*people: tuple[str, str | None]) -> tuple[str, Findings]:
    """A text of names, each a sentence, and what was found in it."""
    text = ". ".join(name for name, _ in people)
    names, place = [], 0
    for name, role in people:
        names.append(Mention(Span(place, place + len(name)), name, NameKind.PERSON, role))
        place += len(name) + 2
    return text, Findings((Span(0, len(text)),), names=tuple(names), read_chars=len(text))


def add(store: Store, article_id: str, *people: tuple[str, str | None]) -> None:
    text, findings = named(*people)
    put(store, draft(text, id=article_id, title=None), findings)


def test_names_with_a_word_come_most_mentioned_first(store: Store) -> None:
    add(store, "a", ("Ada Holm", None), ("Ada Holm", None), ("Per Holm", None))
    add(store, "b", ("Per Holm", None), ("Per Holm", None), ("Holm", None))
    found = lookups.find_names_with(store, "holm", limit=2)
    assert [(n.name, n.mentions) for n in found] == [("Per Holm", 3), ("Ada Holm", 2)]
    assert lookups.find_names_with(store, "nobody", limit=2) == []


def test_whoever_shares_both_words_of_a_role_is_found(store: Store) -> None:
    add(store, "a", ("Ada Holm", "attorney general"), ("Per Lind", "general manager"))
    vocabulary = load_vocabulary(store, None)
    assert vocabulary.shared_holders("attorney", "general") == ["holm"]
    assert vocabulary.shared_holders("general", "attorney") == ["holm"]
    assert vocabulary.shared_holders("manag", "attorney") == []


def test_speakers_come_newest_first_with_their_sentences(store: Store) -> None:
    text = "It rained. “No,” said Ada Holm. “Yes,” she said."
    sentences = (Span(0, 10), Span(11, 31), Span(32, 48))
    speaker = Speaker(Span(22, 30), "Ada Holm")
    quote = Quote(QuoteKind.DIRECT, (Span(12, 15),), speaker)
    other = Quote(QuoteKind.DIRECT, (Span(33, 37),), Speaker(Span(39, 42), "Ada Holm"))
    findings = Findings(sentences, (quote, other), read_chars=len(text))
    for article_id, day in (("a", date(2025, 1, 1)), ("b", date(2025, 2, 1)), ("c", None)):
        put(store, draft(text, id=article_id, published=day), findings)
    found = lookups.find_spoken(store, ["ada holm", "nobody"], limit=5)
    ids = [article.id for s in found if (article := shelf.look_up_version(store, s.version))]
    assert ids == ["b", "a", "c"]
    assert {s.sentences for s in found} == {(1, 2)}
    assert len(lookups.find_spoken(store, ["ada holm"], limit=2)) == 2


# ------------------------------------------------------------------------------ vocabulary
def test_words_that_come_later_are_known_as_spellings(store: Store) -> None:
    put(store, draft("The harbour is closed."))
    first = load_vocabulary(store, None)
    assert [word for word, _ in first.near("harbuor")] == ["harbour"]
    assert first.near("lighthuose") == []
    put(store, draft("The lighthouse is open.", id="other"))
    second = load_vocabulary(store, first)
    assert [word for word, _ in second.near("lighthuose")] == ["lighthouse"]
    assert load_vocabulary(store, second) is second


def test_words_that_went_are_no_spellings_any_more(store: Store) -> None:
    put(store, draft("The walrus sleeps."))
    vocabulary = load_vocabulary(store, None)
    assert [word for word, _ in vocabulary.near("walrsu")] == ["walrus"]
    put(store, draft("The heron sleeps."))
    assert load_vocabulary(store, vocabulary).near("walrsu") == []


def test_other_spellings_of_a_name_are_found_by_its_beginning(store: Store) -> None:
    add(store, "a", ("Brandvold", None), ("Brandvoldt", None), ("Grandvold", None))
    vocabulary = load_vocabulary(store, None)
    assert [word for word, _ in vocabulary.other_spellings("brandvold")] == ["brandvoldt"]
    assert vocabulary.is_name("brandvold")
    assert not vocabulary.is_name("ferry")
