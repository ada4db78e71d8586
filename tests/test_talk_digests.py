"""/digest in the conversation: what it understands, what it shows, and its buttons."""

from __future__ import annotations

from datetime import UTC, datetime, timedelta

import pytest

from bot.digest import Digest, Interest, InterestKind, make_interest
from bot.errors import InterestError
from bot.model import Draft
from bot.newsroom import Newsroom
from bot.talk.conversation import Conversation
from bot.talk.digest_pages import plotted
from bot.talk.digests import read_window
from bot.talk.interests import read_interest
from bot.talk.replies import BlockKind
from handlers.render import render_reply
from tests.support.stores import draft
from tests.support.talks import NOW, Clock, Talk, newsroom_of

STORIES = (
    "Brindle puts a levy on sugar\n\n"
    "The council of Brindle approved a levy on sugar by 14 votes to 9 on Wednesday. Bakers "
    "marched.\n\n“A bun is no luxury,” said Wilma Garrow, a baker in Mill Lane.",
    "Harbour crane of Tarvin goes to a museum\n\n"
    "Tarvin sold its last steam crane to a shipping museum for 90,000 crowns. It had stood idle "
    "since 1988.\n\n“She still turns,” said Arno Pell, her driver for thirty years.",
    "Night buses in Welkin to end in June\n\n"
    "Welkin will stop all night buses on 1 June because drivers are missing. Students said that "
    "they would cycle.\n\n“I cannot conjure drivers up,” said Mona Ferrin, who plans the routes.",
    "Storm tears the roof off the opera in Orsa\n\n"
    "A gust took half of the copper roof off the opera house in Orsa before dawn.\n\n"
    "“We shall sing under a tarpaulin,” said Ivo Lund, the conductor.",
    "Pupils in Hallin get free milk\n\n"
    "All 2,300 pupils in Hallin get a glass of milk a day from Monday, paid for by a dairy. "
    "Parents had asked for years.\n\n“Milk is not homework,” said Edda Roos, a head teacher.",
)


def story(n: int) -> Draft:
    return draft(
        STORIES[n],
        id=f"story-{n}",
        url=f"https://nordwire.example/{n}",
        title=STORIES[n].partition("\n")[0],
        source="Nordwire",
        published=NOW - timedelta(hours=n + 2),
    )


@pytest.fixture(scope="module")
def newsroom() -> Newsroom:
    return newsroom_of(*(story(n) for n in range(5)))


@pytest.fixture
def reader(newsroom: Newsroom) -> Talk:
    return Talk(Conversation(newsroom, clock=Clock()))


def test_the_digest_of_the_day_goes_story_by_story(reader: Talk) -> None:
    said = reader.say("/digest")
    assert said.startswith("All news · 26–27 Mar 2025 · 5 stories")
    assert reader.labels == ["Context 1", "Context 2", "Context 3", "2 more stories"]
    assert "4. " not in said
    said = reader.press_label("2 more")
    assert reader.last.edits
    assert "4. " in said
    assert "5. " in said
    assert reader.labels == ["Context 4", "Context 5", "Previous"]
    assert reader.press_label("Previous").startswith("All news")


def test_what_stands_around_a_lead_has_a_way_back(reader: Talk) -> None:
    first = reader.say("/digest")
    lead = reader.quotes[0].text
    around = reader.press_label("Context 1")
    assert lead in around
    assert len(around) > len(lead)
    assert reader.press_label("Back") == first


def test_buttons_of_a_digest_outlive_a_restart(reader: Talk, newsroom: Newsroom) -> None:
    reader.say("/digest")
    later = Talk(Conversation(newsroom, clock=Clock()))
    assert "4. " in later.press(reader.button("2 more").press or "")


def test_a_digest_belongs_to_its_chat(reader: Talk, newsroom: Newsroom) -> None:
    reader.say("/digest")
    other = Talk(Conversation(newsroom, clock=Clock()), chat="tg:2", person="tg:2")
    assert "expired" in other.press(reader.button("2 more").press or "")


@pytest.mark.parametrize(
    "code", ["dig:1", "dig:x:1", "dig:99999:0", "dgc:1:0:77", "dgc:1", "dig:"]
)
def test_a_code_that_leads_nowhere_is_told_so(reader: Talk, code: str) -> None:
    reader.say("/digest")
    reader.press(code)
    assert "expired" in (reader.last.toast or "")


def test_each_quoted_line_has_its_source_below(reader: Talk) -> None:
    reader.say("/digest")
    kinds = [block.kind for block in reader.last.blocks]
    quotes = [n for n, kind in enumerate(kinds) if kind is BlockKind.QUOTE]
    assert quotes
    assert all(kinds[n + 1] is BlockKind.SOURCE for n in quotes)


def test_a_page_is_one_telegram_message(reader: Talk) -> None:
    reader.say("/digest")
    assert len(render_reply(reader.last)) == 1


def test_nothing_new_is_said_with_a_way_to_older_news(newsroom: Newsroom) -> None:
    clock = Clock(NOW + timedelta(days=30))
    reader = Talk(Conversation(newsroom, clock=clock))
    assert reader.say("/digest") == "All news: nothing new, 25–26 Apr 2025."
    assert reader.labels == ["Since 21 Mar 2025"]
    assert "5 stories" in reader.press_label("Since")


def test_an_empty_store_is_said_to_be_empty() -> None:
    reader = Talk(Conversation(newsroom_of(), clock=Clock()))
    assert reader.say("/digest") == "There is no article yet."


@pytest.mark.parametrize(
    ("words", "interest"),
    [
        ("", make_interest(InterestKind.EVERYTHING)),
        ("all the news", make_interest(InterestKind.EVERYTHING)),
        ("garrow", make_interest(InterestKind.PERSON, "Garrow")),
        ("wilma garrow", make_interest(InterestKind.PERSON, "Wilma Garrow")),
        ("wilma garow", make_interest(InterestKind.PERSON, "Wilma Garrow")),
        ("ferin", make_interest(InterestKind.PERSON, "Ferrin")),
        (
            "what did Garrow say?",
            make_interest(InterestKind.QUESTION, "what did Garrow say?"),
        ),
        ("Garrow on sugar", make_interest(InterestKind.PERSON, "Garrow", about="sugar")),
        ("nordwire", make_interest(InterestKind.OUTLET, "Nordwire")),
        ("nordwire on milk", make_interest(InterestKind.OUTLET, "Nordwire", about="milk")),
        ("“free milk”", make_interest(InterestKind.PHRASE, "free milk")),
        ("news about the night buses", make_interest(InterestKind.TOPIC, "the night buses")),
        ("tax on sugar", make_interest(InterestKind.TOPIC, "tax on sugar")),
        (
            "milk without sugar, “copper roof” and opera",
            make_interest(InterestKind.TOPIC, "milk", without=["copper roof", "sugar", "opera"]),
        ),
    ],
    ids=lambda value: value.title if isinstance(value, Interest) else value or "nothing",
)
def test_words_name_an_interest(newsroom: Newsroom, words: str, interest: Interest) -> None:
    assert read_interest(newsroom, words) == interest


@pytest.mark.parametrize("words", ["?!", "the", "x" * 5_000, "milk " * 30_000, "“" * 1_000])
def test_words_that_name_nothing_get_a_sentence(newsroom: Newsroom, words: str) -> None:
    with pytest.raises(InterestError):
        read_interest(newsroom, words)


@pytest.mark.parametrize(
    ("words", "left", "since", "until"),
    [
        ("gas", "gas", NOW - timedelta(days=1), NOW),
        (
            "gas yesterday",
            "gas",
            datetime(2025, 3, 26, tzinfo=UTC),
            datetime(2025, 3, 27, tzinfo=UTC),
        ),
        ("gas today", "gas", datetime(2025, 3, 27, tzinfo=UTC), NOW),
        ("since 3 March 2025", "", datetime(2025, 3, 3, tzinfo=UTC), NOW),
        ("gas in March", "gas", datetime(2025, 3, 1, tzinfo=UTC), NOW),
        (
            "29 February 2024",
            "",
            datetime(2024, 2, 29, tzinfo=UTC),
            datetime(2024, 3, 1, tzinfo=UTC),
        ),
    ],
    ids=lambda value: value if isinstance(value, str) else "",
)
def test_words_of_time_make_the_window(
    words: str, left: str, since: datetime, until: datetime
) -> None:
    assert read_window(words, NOW) == (left, since, until)


@pytest.mark.parametrize(
    ("words", "odd"),
    [
        ("since 9999-99-99", "9999-99-99"),
        ("gas since 31 February", "31 February"),
        ("gas since 2025-02-30", "2025-02-30"),
        ("gas since the beginning of all", "the beginning of all"),
        ("gas 30.2.2025", "30.2.2025"),
        ("gas since", "since"),
    ],
)
def test_a_day_that_is_none_is_told(reader: Talk, words: str, odd: str) -> None:
    assert f"I cannot read “{odd}” as a day." in reader.say(f"/digest {words}")


@pytest.mark.parametrize(
    ("words", "day"), [("gas since 2099-01-01", "1 Jan 2099"), ("tomorrow", "28 Mar 2025")]
)
def test_a_day_to_come_is_told(reader: Talk, words: str, day: str) -> None:
    assert reader.say(f"/digest {words}").startswith(f"{day} is still to come")


def test_a_word_like_since_within_a_phrase_is_no_day(reader: Talk) -> None:
    assert "as a day" not in reader.say("/digest “ever since the flood”")


def test_why_still_tells_of_the_last_answer(reader: Talk) -> None:
    reader.say("What did Wilma Garrow say?")
    reader.say("/digest")
    assert "You have not asked" not in reader.say("/why")


def test_a_person_who_is_forgotten_leaves_no_digest(newsroom: Newsroom) -> None:
    reader = Talk(Conversation(newsroom, clock=Clock()), person="tg:9", chat="tg:9")
    reader.say("/digest")
    code = reader.button("2 more").press or ""
    reader.press("forget:yes")
    reader.press(code)
    assert "expired" in (reader.last.toast or "")


@pytest.mark.parametrize(
    ("counts", "plot"),
    [
        ([0, 0, 1, 2, 4, 0, 8], "Articles a day, 21–27 Mar 2025: ▁▁▂▃▅▁█ (8 at most)"),
        ([1, 1, 1, 1, 1, 1, 1], "Articles a day, 21–27 Mar 2025: ███████ (1 at most)"),
        ([0, 0, 0, 0, 0, 3, 9], ""),
        ([0] * 7, ""),
        ([], ""),
    ],
    ids=["a week", "every day the same", "two days", "nothing", "unknown"],
)
def test_the_week_is_plotted_where_there_is_something_to_see(counts: list[int], plot: str) -> None:
    first = NOW.date() - timedelta(days=6)
    days = tuple((first + timedelta(days=n), count) for n, count in enumerate(counts))
    what = make_interest(InterestKind.EVERYTHING)
    assert plotted(Digest(what, NOW - timedelta(days=1), NOW, days=days)) == plot
