"""Digests: each thing is said once, word for word, and only what is new."""

from __future__ import annotations

from datetime import UTC, date, datetime, timedelta

import pytest

from bot.digest import Digest, Interest, InterestKind, Length, make_interest
from bot.digest.result import LIMITS
from bot.newsroom import Newsroom
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


def news(hours: float, text: str, outlet: str = "Nordwire", **fields: object) -> object:
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
        **fields,
    )


@pytest.fixture(scope="module")
def newsroom() -> Newsroom:
    return newsroom_of(
        news(8, FERRY_ONE),  # type: ignore[arg-type]
        news(9, FERRY_TWO, "Tarvin Post"),  # type: ignore[arg-type]
        news(10, TAX, "Brindle Courier"),  # type: ignore[arg-type]
        news(33, FERRY_NEXT_DAY, "Tarvin Post"),  # type: ignore[arg-type]
    )


def day(
    newsroom: Newsroom, number: int = 0, what: Interest = EVERYTHING, **more: object
) -> Digest:
    since = MONDAY + timedelta(days=number)
    return newsroom.digest(what, since, since + timedelta(days=1), **more)  # type: ignore[arg-type]


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
    room = newsroom_of(*(news(n / 4, text, f"Outlet {n}") for n, text in enumerate(texts)))  # type: ignore[arg-type]
    digest = day(room, length=length)
    limits = LIMITS[length]
    assert 0 < len(digest.stories) <= limits.stories
    assert len(digest.lines) <= limits.lines
    assert max(len(story.lines) for story in digest.stories) <= limits.lines_of_story
    assert digest.left_out > 0
