"""Pictures of time: what a topic has by day, the picture of it and its words, and the days of a
digest."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta
from zoneinfo import ZoneInfo

import pytest

from bot.answer.accounts import split_topic
from bot.answer.spread import Spread, Voice
from bot.model import Draft
from bot.newsroom import Newsroom
from bot.pictures import Plot, QuoteCard, Theme
from bot.store.store import Store
from bot.talk.conversation import Conversation
from bot.talk.plots import MOST_COLUMNS, MOST_LANES, timeline_plot
from bot.talk.replies import Role
from handlers.rates import Rates
from tests.support.botapi import running_twin
from tests.support.botapi.bots import bot_in_thread
from tests.support.talks import Clock, Talk, newsroom_of

NOW = datetime(2025, 4, 20, 12, tzinfo=UTC)


def told(text: str, day: int, source: str, title: str = "Flood in Orsa") -> Draft:
    return Draft(
        text=f"{title}\n\n{text}",
        id=f"{source}-{day}",
        title=title,
        source=source,
        published=date(2025, 4, day),
    )


FLOOD = (
    told("Some 900 people were evacuated. “It rises,” said Mayor Ada Holm.", 3, "Valley Radio"),
    told("About 1,200 people were evacuated in Orsa. “It fell,” said Mayor Ada Holm.", 5, "Wire"),
    told(
        "About 1,200 people were evacuated, the county said. “We wait,” said Tomas Berg, the "
        "chief of the rescue service.",
        5,
        "Harbour Post",
    ),
    replace(
        told("“All are home,” said Mayor Ada Holm. “It is over,” Holm added.", 9, "Wire"),
        published=datetime(2025, 4, 9, 23, 30, tzinfo=UTC),
    ),
)
FERRY = (
    told("“We will not sell the Tarn ferry,” the mayor Ida Quist said.", 2, "Wire", "Ferry"),
    told(
        "The mayor Ida Quist said that she was open to a sale of the Tarn ferry.",
        9,
        "Post",
        "Ferry",
    ),
)


@pytest.fixture(scope="module")
def newsroom() -> Newsroom:
    return newsroom_of(*FLOOD, *FERRY)


@pytest.fixture
def reader(newsroom: Newsroom) -> Talk:
    return Talk(Conversation(newsroom, questions_per_minute=100, clock=Clock(NOW)))


def plot_of(talk: Talk) -> Plot:
    assert isinstance(talk.last.picture, Plot)
    return talk.last.picture


# ---------------------------------------------------------------------------------- spread
def test_a_topic_has_its_articles_voices_and_figures_by_day(newsroom: Newsroom) -> None:
    spread = newsroom.spread(split_topic("flood in Orsa"), NOW, UTC)
    assert spread is not None
    assert [day.day for day in spread.days] == [3, 5, 5, 9]
    assert spread.outlets == 3
    voices = {voice.name: [day.day for day in voice.days] for voice in spread.voices}
    assert voices == {"Ada Holm": [3, 5, 9, 9], "Tomas Berg": [5]}
    figures = [(f.words, f.outlets, [day.day for day in f.days]) for f in spread.figures]
    assert figures == [
        ("Some 900 people", ("Valley Radio",), [3]),
        ("About 1,200 people", ("Wire", "Harbour Post"), [5, 5]),
    ]


def test_days_are_those_of_the_readers_zone(newsroom: Newsroom) -> None:
    spread = newsroom.spread(split_topic("flood in Orsa"), NOW, ZoneInfo("Asia/Tokyo"))
    assert spread is not None
    assert [day.day for day in spread.days] == [3, 5, 5, 10], "a day alone is that day everywhere"


def test_a_person_has_the_outlets_that_print_them_and_where_the_word_turns(
    newsroom: Newsroom,
) -> None:
    spread = newsroom.spread(split_topic("Ida Quist on the ferry"), NOW, UTC)
    assert spread is not None
    assert spread.is_person
    assert {voice.name: voice.days[0].day for voice in spread.voices} == {"Post": 9, "Wire": 2}
    assert [(words, day.day) for words, day in spread.turns] == [("open to", 9)]
    assert not spread.figures


def test_a_name_that_is_never_quoted_is_a_topic() -> None:
    flood = told("The Orsa Rescue Service was busy. Ada Holm thanked it, she said.", 4, "Wire")
    newsroom = newsroom_of(flood)
    assert newsroom.find_people("Orsa Rescue Service")
    spread = newsroom.spread(split_topic("Orsa Rescue Service"), NOW, UTC)
    assert spread is not None
    assert not spread.is_person
    assert len(spread.days) == 1


def test_what_nobody_tells_has_no_days(newsroom: Newsroom) -> None:
    assert newsroom.spread(split_topic("the chess title"), NOW, UTC) is None


# --------------------------------------------------------------------------------- columns
@pytest.mark.parametrize(
    ("days", "counted", "count", "label"),
    [
        pytest.param(0, "Articles a day", 1, "1 Jan", id="one-day"),
        pytest.param(30, "Articles a day", 31, "1 Jan", id="a-month"),
        pytest.param(31, "Articles a week", 5, "30 Dec", id="weeks"),
        pytest.param(300, "Articles a month", 10, "Jan 2025", id="months"),
        pytest.param(2_000, "Articles a year", 6, "2025", id="years"),
        pytest.param(20_000, "Articles a year", MOST_COLUMNS, "2049", id="a-lifetime"),
    ],
)
def test_columns_are_as_fine_as_a_phone_has_room_for(
    days: int, counted: str, count: int, label: str
) -> None:
    first = date(2025, 1, 1)
    last = first + timedelta(days=days)
    spread = Spread("Gas", days=(first, last), outlets=1, voices=(Voice("Ada", None, (last,)),))
    plot = timeline_plot(spread, Theme.LIGHT)
    assert (plot.counted, len(plot.columns), plot.columns[0][0]) == (counted, count, label)
    assert plot.groups[0].lanes[0].at == (count - 1,)
    assert plot.columns[-1][1] >= 1


def test_no_more_lanes_than_there_is_room_for(newsroom: Newsroom) -> None:
    day = date(2025, 1, 1)
    voices = tuple(Voice(f"Speaker {n}", None, (day,)) for n in range(5))
    spread = newsroom.spread(split_topic("flood in Orsa"), NOW, UTC)
    assert spread is not None
    crowded = replace(spread, voices=voices, figures=spread.figures * 2, days=(day, *spread.days))
    plot = timeline_plot(crowded, Theme.LIGHT)
    assert sum(len(group.lanes) for group in plot.groups) == MOST_LANES
    assert len(plot.groups[1].lanes) == 4, "figures that differ go first"


# ---------------------------------------------------------------------------------- in talk
def test_timeline_with_plot_is_a_picture_with_all_of_it_in_words(reader: Talk) -> None:
    words = reader.say("/timeline plot flood in Orsa")
    plot = plot_of(reader)
    assert plot.title == "Flood in Orsa"
    assert plot.columns[0] == ("3 Apr", 1)
    assert [group.title for group in plot.groups] == ["Who was quoted", "Figures differ"]
    assert "3–9 Apr 2025 · 4 articles · 3 outlets" in words
    assert "Articles a day: 3 Apr 1, 5 Apr 2, 9 Apr 1" in words
    assert "Ada Holm, Mayor · 4× (3 Apr, 5 Apr, 9 Apr)" in words
    assert "Figures differ: Some 900 people · Valley Radio (3 Apr)" in words


@pytest.mark.parametrize("asked", ["/timeline Ida Quist on the ferry", "timeline of the flood"])
def test_the_button_under_a_timeline_makes_the_picture(reader: Talk, asked: str) -> None:
    reader.say(asked)
    reader.press_label("Picture")
    assert plot_of(reader).columns
    reader.press_label("What was said")
    assert reader.quotes


def test_words_ask_for_the_picture_too(reader: Talk) -> None:
    reader.say("show me a plot of the flood in Orsa over time")
    asked = plot_of(reader)
    assert asked.title == "The flood in Orsa"
    reader.say("timeline of the flood in Orsa as a picture")
    assert plot_of(reader) == asked


@pytest.mark.parametrize(
    "words", ["as a picture", "Can I have that as a chart, please?", "plot it", "picture"]
)
def test_a_picture_right_after_a_timeline_is_of_that_timeline(words: str, reader: Talk) -> None:
    reader.say("what did Ada Holm say")
    reader.say("/timeline flood in Orsa")
    reader.say(words)
    assert plot_of(reader).title == "Flood in Orsa"


def test_a_picture_after_the_next_question_is_of_its_answer(reader: Talk) -> None:
    reader.say("/timeline flood in Orsa")
    reader.say("what did Ada Holm say")
    reader.say("as a picture")
    assert isinstance(reader.last.picture, QuoteCard)


def test_a_picture_in_reply_is_of_the_message_that_is_replied_to(reader: Talk) -> None:
    answered = reader.say("what did Ada Holm say")
    timeline = reader.say("/timeline flood in Orsa")
    reader.say("as a picture", reply_to=answered)
    assert isinstance(reader.last.picture, QuoteCard)
    reader.say("as a picture", reply_to=timeline)
    assert plot_of(reader).title == "Flood in Orsa"


@pytest.mark.parametrize("typed", ["/timeline plot chess title", "/timeline plot " + "x" * 5_000])
def test_a_picture_of_nothing_is_a_sentence(reader: Talk, typed: str) -> None:
    assert "no sayings" in reader.say(typed)
    assert reader.last.picture is None


# ------------------------------------------------------------------------------ the digest
def test_a_digest_of_several_days_brings_a_picture_until_it_is_turned_off(reader: Talk) -> None:
    reader.say("/digest since 1 April")
    appendix = reader.last.appendix
    assert appendix is not None
    assert isinstance(appendix.picture, Plot)
    assert "Articles a day" in appendix.blocks[0].text
    reader.say("/settings")
    reader.press_label("Digests: no pictures")
    assert "not sent" in " ".join(block.text for block in reader.last.blocks)
    reader.say("/digest since 1 April")
    assert reader.last.appendix is None


def test_a_digest_of_a_day_brings_none(newsroom: Newsroom) -> None:
    reader = Talk(
        Conversation(newsroom, clock=Clock(datetime(2025, 4, 5, 12, tzinfo=UTC))), chat="tg:2"
    )
    reader.say("/digest")
    assert reader.quotes
    assert reader.last.appendix is None


def test_the_terminal_shows_bars_and_gets_no_further_message(newsroom: Newsroom) -> None:
    terminal = Talk(
        Conversation(newsroom, clock=Clock(NOW), face="terminal"),
        role=Role.OWNER,
        person="terminal",
        chat="terminal",
    )
    assert "3 Apr ▅▁█▁▁▁▅ 9 Apr" in terminal.say("/timeline plot flood in Orsa")
    terminal.say("/digest since 1 April")
    assert terminal.last.appendix is None


@pytest.mark.parametrize(
    ("typed", "line"),
    [
        ("/settings pictures off", "not sent"),
        ("/settings pictures on", "days: sent"),
        ("/settings pictures dark", "Pictures: dark"),
        ("/settings pictures: light", "Pictures: light"),
    ],
)
def test_settings_understand_pictures(reader: Talk, typed: str, line: str) -> None:
    assert line in reader.say(typed)


# --------------------------------------------------------------------------------- over HTTP
def test_a_digests_picture_comes_after_it_as_a_silent_photo() -> None:
    store = Store(None)
    newsroom = Newsroom.over(store)
    for article in FLOOD:
        newsroom.add(article)
    talk = Conversation(newsroom, questions_per_minute=100, clock=Clock(NOW))
    rates = Rates(chat_gap_seconds=0.02)
    with running_twin() as running, bot_in_thread(running.twin, talk, store, rates=rates):
        ada = running.twin.person("Ada")
        seen = ada.asks("/digest since 1 April")
        assert seen.photo is None
        picture = running.twin.wait_for_reply(ada)
        assert picture.photo is not None
        assert picture.text.startswith("Articles a day: ")
        (call,) = running.twin.wait_for(lambda: running.twin.calls_of("sendPhoto", ada))
        assert str(call.parameters["disable_notification"]).lower() == "true"
    store.close()
