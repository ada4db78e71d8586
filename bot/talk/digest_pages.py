"""Digests as replies: stories with their sentences and sources, a few to a page, and what the
store keeps of one so that its buttons go on working."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import date, datetime, timedelta
from typing import Any

from bot.digest import Digest, Line, LineKind, Story, dump_interest, load_interest
from bot.errors import InterestError
from bot.locales import _, ngettext
from bot.locales.days import spoken_day, spoken_days
from bot.locales.numbers import spoken_number
from bot.model import Article, Span
from bot.newsroom import Newsroom
from bot.talk.buttons import Place
from bot.talk.replies import Block, BlockKind, Button, Evidence, Reply

STORIES_OF_PAGE = 3  # three Context buttons stand in a row
PAGE_CHARS = 2_400
"""A longer page is more than a phone shows at a time; one story is a page, however long."""
OUTLETS_SHOWN = 4
HEADLINE_CHARS = 160
SPEAKERS_SHOWN = 10
BARS = "▁▂▃▄▅▆▇█"  # the lowest is a day without any
FEWEST_DAYS_PLOTTED = 3
FEWEST_SPEAKERS = 3  # fewer are seen at a glance
PAGE_BUTTON = "dig"
CONTEXT_BUTTON = "dgc"


def digest_reply(
    digest: Digest, *, number: int = 0, page: int | None = None, heading: str | None = None
) -> Reply:
    """What a person reads for `digest`: the page of that number, or with None all of it.

    A digest that the store keeps as `number` has buttons to its further pages and to what stands
    around its leads. `heading` takes the place of the first line.
    """
    if digest.is_empty:
        return Reply((Block(BlockKind.TEXT, nothing_new(digest)),))
    pages = pages_of(digest)
    if page is None:
        shown, before = list(digest.stories), 0
    else:
        page = min(page, len(pages) - 1)
        shown, before = pages[page], sum(map(len, pages[:page]))
    blocks: list[Block] = []
    if not page:
        blocks.append(Block(BlockKind.LEAD, heading or digest_heading(digest)))
    for place, story in enumerate(shown, before + 1):
        blocks += story_blocks(story, place if len(digest.stories) > 1 else 0)
    is_last = page is None or page == len(pages) - 1
    if is_last and len(digest.speakers) >= FEWEST_SPEAKERS:
        named = ", ".join(digest.speakers[:SPEAKERS_SHOWN])
        rest = len(digest.speakers) - SPEAKERS_SHOWN
        if rest > 0:
            named = _("{names} and {n} more").format(names=named, n=rest)
        blocks.append(Block(BlockKind.FOOTER, _("Quoted here: {names}.").format(names=named)))
    if is_last and (plot := plotted(digest)):
        blocks.append(Block(BlockKind.FOOTER, plot))
    if is_last and digest.left_out:
        more = ngettext(
            "{n} more story found no room in this length.",
            "{n} more stories found no room in this length.",
            digest.left_out,
        )
        blocks.append(Block(BlockKind.FOOTER, more.format(n=digest.left_out)))
    return Reply(tuple(blocks), _buttons(digest, pages, number, page))


def digest_heading(digest: Digest) -> str:
    """Interest, days and count in one line ("Rail strike · 17–18 Mar 2025 · 3 stories")."""
    title = digest.interest.title
    stories = stories_count(len(digest.stories))
    return f"{title[:1].upper()}{title[1:]} · {spoken_window(digest)} · {stories}"


def stories_count(count: int) -> str:
    """So many stories, in words ("3 stories")."""
    return ngettext("{n} story", "{n} stories", count).format(n=count)


def plotted(digest: Digest) -> str:
    """How many articles each day of the week had, drawn in a line; empty where a plot would show
    nothing."""
    counts = [count for __, count in digest.days]
    most = max(counts, default=0)
    if sum(count > 0 for count in counts) < FEWEST_DAYS_PLOTTED:
        return ""
    bars = drawn_bars(counts)
    days = spoken_days(digest.days[0][0], digest.days[-1][0])
    return _("Articles a day, {days}: {bars} ({most} at most)").format(
        days=days, bars=bars, most=spoken_number(most)
    )


def drawn_bars(counts: Sequence[int]) -> str:
    """A bar for each count, the highest one for the most."""
    most = max(*counts, 1)
    return "".join(BARS[-(-count * (len(BARS) - 1) // most)] for count in counts)


def nothing_new(digest: Digest) -> str:
    """That there is nothing, and over which time."""
    return _("{what}: nothing new, {days}.").format(
        what=digest.interest.title, days=spoken_window(digest)
    )


def spoken_window(digest: Digest) -> str:
    """The days of a digest ("18 Mar 2025", "12–27 Mar 2025", "28 Feb – 1 Mar 2025")."""
    first = digest.since.date()
    last = (digest.until - timedelta(microseconds=1)).date()
    return spoken_days(first, max(first, last))


# --------------------------------------------------------------------------------- blocks
def story_blocks(story: Story, place: int = 0) -> list[Block]:
    """A story: its headline with who tells it, then each sentence with its source."""
    first = story.lines[0].article
    headline = _cut(first.title or first.source or _("(no headline)"))
    blocks = [Block(BlockKind.LEAD, f"{place}. {headline}" if place else headline)]
    if told := _told_of(story):
        blocks.append(Block(BlockKind.TEXT, told))
    linked: set[int] = set()
    for line in story.lines:
        blocks.append(
            Block(BlockKind.QUOTE, line.text, evidence=Evidence(line.article.key, line.span))
        )
        link = line.article.url if line.article.key not in linked else None
        linked.add(line.article.key)
        blocks.append(Block(BlockKind.SOURCE, line_source(line), url=link))
    return blocks


def _cut(headline: str) -> str:
    """A headline for the head of a story: a line of ours, so it may be shortened."""
    words = " ".join(headline.split())
    return words if len(words) <= HEADLINE_CHARS else words[: HEADLINE_CHARS - 1] + "…"


def _told_of(story: Story) -> str:
    """Whether it is an update, since when it goes on, and which outlets tell it."""
    parts = []
    if story.is_update:
        parts.append(_("Update"))
    if story.since is not None:
        since = _("story since {day}") if parts else _("Story since {day}")
        parts.append(since.format(day=spoken_day(story.since)))
    if len(story.outlets) > 1:
        named = ", ".join(story.outlets[:OUTLETS_SHOWN])
        if (rest := len(story.outlets) - OUTLETS_SHOWN) > 0:
            named = _("{names} and {n} more").format(names=named, n=rest)
        parts.append(named)
    return " · ".join(parts)


def line_source(line: Line) -> str:
    """Note, speaker and role, day and outlet of a line, and who else tells it."""
    parts = [line.note] if line.note else []
    if line.speaker and line.kind is not LineKind.DIFFERS:
        parts.append(line.speaker + (f", {line.role}" if line.role else ""))
    parts.append(_when(line.article.published, with_time=line.kind is LineKind.DIFFERS))
    parts.append(line.article.source or _("outlet unknown"))
    others = [n for n in dict.fromkeys(a.source for a in line.also) if n != line.article.source]
    if names := [name for name in others if name]:
        parts.append(_("also {outlets}").format(outlets=", ".join(names[:OUTLETS_SHOWN])))
    if line.article.sample:
        parts.append(_("sample"))
    return " · ".join(parts)


def _when(moment: date | datetime | None, *, with_time: bool) -> str:
    """The day; the hour with it where it matters which report is the newer one."""
    if moment is None:
        return _("day unknown")
    if not isinstance(moment, datetime):
        return spoken_day(moment)
    return spoken_day(moment.date()) + (f" {moment:%H:%M} UTC" if with_time else "")


# ---------------------------------------------------------------------------------- pages
def pages_of(digest: Digest) -> list[list[Story]]:
    """The stories page by page, in order."""
    pages: list[list[Story]] = [[]]
    size = 0
    for story in digest.stories:
        chars = sum(len(block.text) for block in story_blocks(story))
        is_full = len(pages[-1]) == STORIES_OF_PAGE or size + chars > PAGE_CHARS
        if pages[-1] and is_full:
            pages.append([])
            size = 0
        pages[-1].append(story)
        size += chars
    return pages


def _buttons(
    digest: Digest, pages: Sequence[Sequence[Story]], number: int, page: int | None
) -> tuple[tuple[Button, ...], ...]:
    if not number or page is None:
        return ()
    before = sum(map(len, pages[:page]))
    several = len(digest.stories) > 1
    contexts = [
        Button(
            _("Context {n}").format(n=place) if several else _("Context"),
            f"{CONTEXT_BUTTON}:{number}:{page}:{place - 1}",
        )
        for place in range(before + 1, before + len(pages[page]) + 1)
    ]
    onward = []
    if page:
        onward.append(Button(_("Previous"), f"{PAGE_BUTTON}:{number}:{page - 1}"))
    if rest := pages[page + 1 :]:
        count = sum(map(len, rest))
        label = ngettext("Next story", "{n} more stories", count).format(n=count)
        onward.append(Button(label, f"{PAGE_BUTTON}:{number}:{page + 1}"))
    return (tuple(contexts), tuple(onward)) if onward else (tuple(contexts),)


def lead_place(digest: Digest, place: int) -> Place | None:
    """Where the lead of the story with this number (from 0) stands."""
    if not 0 <= place < len(digest.stories):
        return None
    line = digest.stories[place].lines[0]
    return Place(line.article.key, line.span)


# ------------------------------------------------------------------------------- keeping
def dump_digest(digest: Digest) -> dict[str, Any]:
    """`digest` as JSON values; the sentences themselves stay in their articles."""
    return {
        "digest": {
            "interest": dump_interest(digest.interest),
            "since": digest.since.isoformat(),
            "until": digest.until.isoformat(),
            "left_out": digest.left_out,
            "articles": digest.articles,
            "days": [[day.isoformat(), count] for day, count in digest.days],
            "stories": [
                {
                    "lines": [_dumped(line) for line in story.lines],
                    "articles": [article.key for article in story.articles],
                    "update": story.is_update,
                    "since": story.since.isoformat() if story.since else None,
                }
                for story in digest.stories
            ],
        }
    }


def load_digest(newsroom: Newsroom, raw: dict[str, Any]) -> Digest | None:
    """What `dump_digest` gave; None where an article is gone or it cannot be read."""
    try:
        kept = raw["digest"]
        stories = tuple(_loaded_story(newsroom, story) for story in kept["stories"])
        return Digest(
            load_interest(kept["interest"]),
            datetime.fromisoformat(kept["since"]),
            datetime.fromisoformat(kept["until"]),
            stories,
            kept["left_out"],
            kept["articles"],
            tuple((date.fromisoformat(day), count) for day, count in kept.get("days", ())),
            tuple(line.key for story in stories for line in story.lines),
        )
    except (KeyError, IndexError, TypeError, ValueError, InterestError):
        return None


def _dumped(line: Line) -> dict[str, Any]:
    return {
        "at": [line.article.key, line.span.start, line.span.end],
        "kind": line.kind.value,
        "speaker": line.speaker,
        "role": line.role,
        "note": line.note,
        "also": [article.key for article in line.also],
    }


def _loaded_story(newsroom: Newsroom, raw: dict[str, Any]) -> Story:
    return Story(
        lines=tuple(_loaded_line(newsroom, line) for line in raw["lines"]),
        articles=tuple(_article(newsroom, key) for key in raw["articles"]),
        is_update=bool(raw["update"]),
        since=date.fromisoformat(raw["since"]) if raw["since"] else None,
    )


def _loaded_line(newsroom: Newsroom, raw: dict[str, Any]) -> Line:
    key, start, end = raw["at"]
    return Line(
        _article(newsroom, key),
        Span(start, end),
        LineKind(raw["kind"]),
        raw["speaker"],
        raw["role"],
        raw["note"],
        tuple(_article(newsroom, other) for other in raw["also"]),
    )


def _article(newsroom: Newsroom, key: int) -> Article:
    article = newsroom.look_up_version(key)
    if article is None:
        raise KeyError(key)
    return article
