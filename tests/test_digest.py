"""Digests: each thing is said once, word for word, and only what is new."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, timedelta

import pytest

from bot.digest import Digest, Interest, InterestKind, Length, LineKind, make_interest
from bot.digest.alerts import answer_keys
from bot.digest.result import LIMITS
from bot.model import Draft
from bot.newsroom import Newsroom
from bot.talk.digest_pages import digest_reply, pages_of
from handlers.render import render_reply
from tests.support.hostile import hostile_articles
from tests.support.stores import draft
from tests.support.talks import newsroom_of

EVERYTHING = make_interest(InterestKind.EVERYTHING)
MONDAY = datetime(2025, 3, 17, tzinfo=UTC)

FERRY_ONE = (
    "Ferry Orvel sinks off Tarvin\n\n"
    "The ferry Orvel sank off Tarvin on Monday after its hull struck a reef. "
    "Divers pulled twelve passengers from the water within an hour.\n\n"
    "“We heard a bang and then the lights went out,” said Mona Ferrin, a nurse from Brindle. "
    "The harbour master opened an inquiry that is to report by 1 May."
)
FERRY_TWO = (
    "Twelve rescued as Orvel goes down off Tarvin\n\n"
    "The ferry Orvel struck a reef and sank off Tarvin on Monday, and divers pulled twelve "
    "passengers from the water.\n\n"
    "“The reef is on every chart,” said Arno Pell, who leads the pilots' union of Tarvin."
)
FERRY_NEXT_DAY = (
    "Captain of sunken ferry Orvel arrested in Tarvin\n\n"
    "Police in Tarvin on Tuesday arrested the captain of the ferry Orvel, which had sunk off the "
    "reef. "
    "The ferry Orvel sank off Tarvin on Monday after its hull struck a reef."
)
TAX = (
    "Council of Brindle approves sugar levy\n\n"
    "The council of Brindle approved a levy on sugar on Monday by 14 votes to 9. "
    "Bakers said that they would sue before the end of April."
)


def news(hours: float, text: str, outlet: str = "Nordwire") -> Draft:
    """An article that came out so many hours after the Monday began."""
    title = text.partition("\n")[0]
    return draft(
        text,
        id=f"{outlet}-{hours}",
        url=None,
        title=title,
        source=outlet,
        published=MONDAY + timedelta(hours=hours),
        author=None,
        section=None,
    )


@pytest.fixture(scope="module")
def newsroom() -> Newsroom:
    return newsroom_of(
        news(8, FERRY_ONE),
        news(9, FERRY_TWO, "Tarvin Post"),
        news(10, TAX, "Brindle Courier"),
        news(33, FERRY_NEXT_DAY, "Tarvin Post"),
    )


def day(
    newsroom: Newsroom, number: int = 0, what: Interest = EVERYTHING, **more: object
) -> Digest:
    since = MONDAY + timedelta(days=number)
    return newsroom.digest(what, since, since + timedelta(days=1), **more)


def test_each_line_is_a_stretch_of_its_article(newsroom: Newsroom) -> None:
    digest = day(newsroom)
    assert digest.lines
    for line in digest.lines:
        newsroom.verify(line.article.key, line.span, line.text)


def test_articles_of_one_event_are_one_story_told_once(newsroom: Newsroom) -> None:
    ferry, tax = day(newsroom, length=Length.LONG).stories
    assert ferry.outlets == ("Nordwire", "Tarvin Post")
    assert tax.outlets == ("Brindle Courier",)
    rescues = [line for line in ferry.lines if "twelve" in line.text]
    assert len(rescues) == 1
    assert {line.speaker for line in ferry.lines} >= {"Mona Ferrin", "Arno Pell"}


def test_the_next_day_tells_only_what_is_new(newsroom: Newsroom) -> None:
    first = day(newsroom)
    second = day(newsroom, 1, already=first.told)
    (story,) = second.stories
    assert story.is_update
    assert story.since == date(2025, 3, 17)
    assert [line.text.partition(",")[0] for line in story.lines] == [
        "Police in Tarvin on Tuesday arrested the captain of the ferry Orvel"
    ]


def test_nothing_is_told_twice(newsroom: Newsroom) -> None:
    first = day(newsroom, length=Length.LONG)
    again = day(newsroom, length=Length.LONG, already=first.told)
    assert not {line.text for line in first.lines} & {line.text for line in again.lines}
    third = day(newsroom, length=Length.LONG, already=[*first.told, *again.told])
    assert third.is_empty


def test_a_day_without_news_is_empty(newsroom: Newsroom) -> None:
    digest = day(newsroom, 5)
    assert digest.is_empty
    assert digest.told == ()
    assert digest.articles == 0


@pytest.mark.parametrize("length", list(Length), ids=str)
def test_a_digest_never_outgrows_its_length(length: Length) -> None:
    texts = [
        TAX.replace("sugar", f"good{n}").replace("Brindle", f"Town{n}x").replace("14", f"{n + 20}")
        for n in range(40)
    ]
    room = newsroom_of(*(news(n / 4, text, f"Outlet {n}") for n, text in enumerate(texts)))
    digest = day(room, length=length)
    limits = LIMITS[length]
    assert 0 < len(digest.stories) <= limits.stories
    assert len(digest.lines) <= limits.lines
    assert max(len(story.lines) for story in digest.stories) <= limits.lines_of_story
    assert digest.left_out > 0


# ------------------------------------------------------------- what stands beside the lead
FLOOD = (
    "Flood drives 1,200 from homes in Orsa\n\n"
    "About 1,200 people were evacuated when the river Malva flooded the lower part of Orsa, the "
    "county of Orsa said. Water stood in Mill Lane."
)
FLOOD_RADIO = (
    "Malva floods Orsa\n\n"
    "Some 900 people had left their homes in the lower part of Orsa when the river Malva flooded "
    "it. Water stood in Mill Lane by morning."
)
FLOOD_CORRECTED = (
    "County corrects its count of the evacuated of Orsa\n\n"
    "The county of Orsa put the number of the evacuated at 1,150 and withdrew its earlier figure "
    "of 1,200. Fifty people had been counted in two schools."
)


def test_counts_that_differ_stand_side_by_side_with_outlet_and_time() -> None:
    room = newsroom_of(news(8, FLOOD), news(6, FLOOD_RADIO, "Valley Radio"))
    (story,) = day(room).stories
    noted = {line.article.source: line.note for line in story.lines if line.note}
    assert noted == {"Nordwire": "About 1,200 people", "Valley Radio": "Some 900 people"}


def test_a_correction_names_the_count_that_was_told_before() -> None:
    room = newsroom_of(news(8, FLOOD), news(30, FLOOD_CORRECTED, "Orsa Post"))
    first = day(room)
    (story,) = day(room, 1, already=first.told).stories
    assert story.lines[0].note == "1,150; Nordwire, 17 Mar: About 1,200 people"
    assert not any("About 1,200" in line.text for line in story.lines)


def test_what_was_promised_stands_below_what_came_of_it() -> None:
    promise = (
        "Ferry to Gull Island to sail by Tuesday\n\n"
        "The ferry to Gull Island will sail again by Tuesday, harbour master Ines Roca promised."
    )
    outcome = (
        "Ferry still in port\n\n"
        "The ferry to Gull Island still lies in port, a day after the deadline that harbour "
        "master Ines Roca had set. A pump is missing."
    )
    room = newsroom_of(news(8, promise), news(60, outcome, "Island Echo"))
    (story,) = day(room, 2).stories
    assert [line.kind for line in story.lines[:2]] == [LineKind.LEAD, LineKind.PROMISE]
    assert story.lines[1].text.startswith("The ferry to Gull Island will sail again by Tuesday")
    assert story.lines[1].note == "Promised"


# --------------------------------------------------------------------- interests, windows
def test_words_to_leave_out_leave_the_article_out(newsroom: Newsroom) -> None:
    what = make_interest(InterestKind.EVERYTHING, without=["ferry Orvel"])
    assert [story.outlets for story in day(newsroom, what=what).stories] == [("Brindle Courier",)]


@pytest.mark.parametrize(
    ("what", "begins"),
    [
        (make_interest(InterestKind.PERSON, "Arno Pell"), ["“The reef is on every chart,”"]),
        (make_interest(InterestKind.PERSON, "Pell"), ["“The reef is on every chart,”"]),
        (make_interest(InterestKind.PERSON, "Ivo Pell"), []),
        (make_interest(InterestKind.PHRASE, "before the end of April"), ["Bakers said that"]),
        (make_interest(InterestKind.OUTLET, "Brindle Courier"), ["The council of", "Bakers said"]),
        (make_interest(InterestKind.TOPIC, "sugar"), ["The council of", "Bakers said"]),
        (make_interest(InterestKind.TOPIC, "opera"), []),
        (make_interest(InterestKind.QUESTION, "Who leads the pilots of Tarvin?"), ["“The reef"]),
    ],
    ids=lambda value: value.title if isinstance(value, Interest) else "",
)
def test_a_digest_holds_what_meets_the_interest(
    newsroom: Newsroom, what: Interest, begins: list[str]
) -> None:
    lines = day(newsroom, what=what).lines
    assert len(lines) == len(begins)
    for line, words in zip(lines, begins, strict=True):
        assert line.text.startswith(words)


def test_a_namesake_is_not_taken_for_the_person_who_is_followed() -> None:
    mayor = "Mill opens\n\nThe mill of Orsa opened, said Marit Halden, the mayor of Orsa."
    union = "Talks fail\n\nTalks on pay failed in Tarvin, said Tobias Halden, the union's leader."
    bare = (
        "Talks fail again\n\nTalks on pay failed again in Tarvin, said Halden, the union's leader."
    )
    room = newsroom_of(news(1, mayor), news(2, union, "Echo"), news(3, bare, "Post"))
    digest = day(room, what=make_interest(InterestKind.PERSON, "Marit Halden"))
    assert [line.speaker for line in digest.lines] == ["Marit Halden"]


@pytest.mark.parametrize(
    ("published", "since", "is_in"),
    [
        (date(2024, 2, 29), datetime(2024, 2, 29, tzinfo=UTC), True),
        (date(2024, 2, 29), datetime(2024, 2, 28, tzinfo=UTC), False),
        (date(2024, 2, 29), datetime(2024, 3, 1, tzinfo=UTC), False),
        (date(2024, 2, 29), datetime(2024, 2, 28, 7, 30, tzinfo=UTC), True),
        (datetime(2024, 2, 29, 23, 59, tzinfo=UTC), datetime(2024, 2, 29, tzinfo=UTC), True),
        (datetime(2024, 3, 1, tzinfo=UTC), datetime(2024, 2, 29, tzinfo=UTC), False),
        (datetime(2024, 2, 29, tzinfo=UTC), datetime(2024, 2, 29, tzinfo=UTC), True),
    ],
    ids=str,
)
def test_a_window_holds_its_begin_and_not_its_end(
    published: date | datetime, since: datetime, *, is_in: bool
) -> None:
    room = newsroom_of(draft(TAX, title="Tax", published=published))
    assert room.digest(EVERYTHING, since, since + timedelta(days=1)).is_empty is not is_in


def test_articles_of_many_days_are_not_news_on_the_day_they_are_put_in() -> None:
    room = newsroom_of(news(8, TAX))
    now = datetime.now(UTC)
    digest = room.digest(EVERYTHING, now - timedelta(hours=1), now + timedelta(hours=1))
    assert digest.is_empty


def test_what_came_in_late_is_told_in_the_next_digest() -> None:
    now = datetime.now(UTC)
    room = newsroom_of(draft(TAX, title="Tax", published=now - timedelta(hours=30)))
    digest = room.digest(EVERYTHING, now - timedelta(hours=1), now + timedelta(hours=1))
    assert not digest.is_empty


def test_of_a_new_version_only_what_changed_is_told() -> None:
    now = datetime.now(UTC)
    first = draft(TAX, id="tax", title="Tax", source="Echo", published=now - timedelta(days=4))
    room = newsroom_of(first)
    more = f"{TAX} The mayor of Brindle vetoed the levy on Friday night."
    room.add(replace(first, text=more))
    what, until = EVERYTHING, now + timedelta(hours=1)
    (story,) = room.digest(what, now - timedelta(hours=1), until, length=Length.LONG).stories
    assert story.is_update
    assert [line.text for line in story.lines] == [
        "The mayor of Brindle vetoed the levy on Friday night."
    ]


def test_a_new_version_that_says_the_same_is_no_news() -> None:
    now = datetime.now(UTC)
    first = draft(TAX, id="tax", title="Tax", source="Echo", published=now - timedelta(days=4))
    room = newsroom_of(first)
    room.add(replace(first, text=TAX.replace("on Monday", "on  Monday")))
    assert room.digest(EVERYTHING, now - timedelta(hours=1), now + timedelta(hours=1)).is_empty


def test_a_removed_article_is_in_no_digest() -> None:
    room = newsroom_of(news(8, TAX))
    room.remove("Nordwire-8")
    assert day(room).is_empty


def test_hostile_articles_make_a_digest_that_fits() -> None:
    room = newsroom_of(*hostile_articles(18))
    digest = room.digest(
        EVERYTHING,
        datetime(2025, 1, 1, tzinfo=UTC),
        datetime(2025, 2, 1, tzinfo=UTC),
        length=Length.LONG,
    )
    for line in digest.lines:
        room.verify(line.article.key, line.span, line.text)
    for number, stories in enumerate(pages_of(digest)):
        messages = render_reply(digest_reply(digest, number=1, page=number))
        assert len(messages) == 1 or len(stories) == 1


# ------------------------------------------------------------------------- answer alerts
def test_a_saved_question_reports_only_what_changes_its_answer() -> None:
    room = newsroom_of(news(8, FLOOD))
    question = make_interest(InterestKind.QUESTION, "How many people were evacuated in Orsa?")
    now = MONDAY + timedelta(days=3)
    first = answer_keys(room.answers_to(question, now))
    assert first
    assert room.changed_answers(question, now, first) == ()
    room.add(news(10, FLOOD, "Copy"))
    assert room.changed_answers(question, now, first) == ()
    fewer = "Fewer evacuated\n\nOnly 1,150 people were evacuated in Orsa, the county of Orsa said."
    room.add(news(30, fewer, "Orsa Post"))
    changed = room.changed_answers(question, now, first)
    assert any("1,150" in answer.text for answer in changed)
