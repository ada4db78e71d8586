"""Pages as content systems make them: articles read right, and nothing stored that is none."""

from __future__ import annotations

from datetime import date, datetime

import pytest

from bot.intake.pages import PageReading, read_web_page
from bot.model import day_of
from tests.support.cms import HOST
from tests.support.cms_articles import Shown, article_pages
from tests.support.cms_others import other_pages
from tests.support.cms_second import second_articles, second_others

ARTICLES = {shown.id: shown for shown in (*article_pages(), *second_articles())}
OTHERS = {name: (markup, path, word) for name, markup, path, word in other_pages()}
OTHERS |= {name: (markup, path, "") for name, markup, path in second_others()}

CLUTTER = (
    "newsletter",
    "Read more",
    "harbourfan",
    "Bo Lind/The Port Courier",
    "Picture 3 of 6",
    "Share on",
    "two cats",
    "Advertisement",
    "partners use",
    "9 crowns a month",
    "video tag",
    "Pool shut",
    "Market hall",
    "All rights reserved",
)
"""Words of what stands around the articles and in none of them."""


def day(moment: date | datetime | None) -> str | None:
    found = day_of(moment)
    return found.isoformat() if found else None


def faults(shown: Shown, reading: PageReading) -> list[str]:
    """What was read wrong."""
    draft = reading.draft
    if draft is None:
        return [f"refused: {reading.refusal}"]
    wrong = []
    if draft.title != shown.news.title:
        wrong.append(f"title {draft.title!r}")
    if day(draft.published) != shown.published:
        wrong.append(f"published {draft.published!r}")
    body = draft.text.removeprefix(draft.title or "").lstrip()
    if not body.startswith(shown.begin):
        wrong.append(f"begins {body[:60]!r}")
    if not draft.text.endswith(shown.end):
        wrong.append(f"ends {draft.text[-60:]!r}")
    missing = [p[:40] for p in shown.news.paragraphs if p not in draft.text]
    wrong += [f"misses {words!r}" for words in missing]
    wrong += [f"holds {words!r}" for words in CLUTTER if words in draft.text]
    if shown.modified and day(reading.modified) != shown.modified:
        wrong.append(f"modified {reading.modified!r}")
    if shown.author and draft.author != shown.author:
        wrong.append(f"author {draft.author!r}")
    if shown.source and draft.source != shown.source:
        wrong.append(f"source {draft.source!r}")
    return wrong


@pytest.mark.parametrize("shown", ARTICLES.values(), ids=ARTICLES.keys())
def test_article_is_read_from_its_page(shown: Shown) -> None:
    reading = read_web_page(shown.html, url=shown.url)
    assert faults(shown, reading) == []
    assert reading.draft is not None
    assert reading.draft.url == f"{HOST}/local/2025/an-article"


@pytest.mark.parametrize(("markup", "path", "word"), OTHERS.values(), ids=OTHERS.keys())
def test_page_without_an_article_is_refused(markup: str, path: str, word: str) -> None:
    reading = read_web_page(markup, url=HOST + path)
    assert reading.draft is None
    assert word in str(reading.refusal).lower()
    assert str(reading.refusal).endswith(".")


def test_there_are_many_shapes() -> None:
    assert len(ARTICLES) >= 80
    assert len(OTHERS) >= 70
