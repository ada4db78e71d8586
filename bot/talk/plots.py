"""Pictures of time: a topic over its days, and the days of a digest, each with its words."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable, Sequence
from dataclasses import dataclass
from datetime import date, timedelta

from bot.answer.spread import Spread, Voice
from bot.digest import Digest
from bot.locales import _, ngettext
from bot.locales.days import listed, spoken_day_and_month, spoken_days, spoken_month
from bot.locales.numbers import spoken_number
from bot.pictures import Group, Lane, Plot, Theme
from bot.talk.digest_pages import drawn_bars
from bot.talk.replies import Block, BlockKind

MOST_COLUMNS = 31  # side by side on a phone
MOST_TOLD = 12  # columns that the caption counts; of more, the highest
MOST_LANES, MOST_TURNS = 6, 2
"""Below the columns; with more a phone would have to show the picture smaller."""
TITLE_CHARS = 80


@dataclass(frozen=True, slots=True)
class _Unit:
    """What one column stands for: the first day of its time, the next one's, and its label."""

    first: Callable[[date], date]
    next: Callable[[date], date]
    label: Callable[[date], str]
    counted: Callable[[], str]


def _month(day: date) -> date:
    return day.replace(day=1)


def _after_month(day: date) -> date:
    return _month(_month(day) + timedelta(days=32))


UNITS = (
    _Unit(
        lambda day: day,
        lambda day: day + timedelta(days=1),
        spoken_day_and_month,
        lambda: _("Articles a day"),
    ),
    _Unit(
        lambda day: day - timedelta(days=day.weekday()),
        lambda day: day + timedelta(days=7),
        spoken_day_and_month,
        lambda: _("Articles a week"),
    ),
    _Unit(_month, _after_month, spoken_month, lambda: _("Articles a month")),
    _Unit(
        lambda day: date(day.year, 1, 1),
        lambda day: date(day.year + 1, 1, 1),
        lambda day: str(day.year),
        lambda: _("Articles a year"),
    ),
)
"""From the finest to the coarsest."""


@dataclass(frozen=True, slots=True)
class _Axis:
    """The columns of a time: the unit, and the first day of each."""

    unit: _Unit
    starts: tuple[date, ...]

    def column(self, day: date) -> int:
        return self.starts.index(self.unit.first(day))

    def label(self, day: date) -> str:
        return self.unit.label(self.unit.first(day))


def _axis(first: date, last: date) -> _Axis:
    """The finest columns from `first` to `last` that have room; the last years where none do."""
    for unit in UNITS:
        starts = [unit.first(first)]
        while starts[-1] < unit.first(last) and len(starts) <= MOST_COLUMNS:
            starts.append(unit.next(starts[-1]))
        if len(starts) <= MOST_COLUMNS:
            return _Axis(unit, tuple(starts))
    years = range(max(last.year - MOST_COLUMNS + 1, 1), last.year + 1)
    return _Axis(UNITS[-1], tuple(date(year, 1, 1) for year in years))


# ------------------------------------------------------------------------------- timeline
def timeline_plot(spread: Spread, theme: Theme) -> Plot:
    """The picture of a topic, or of somebody's word on it, over time."""
    axis = _axis(spread.days[0], spread.days[-1])
    return Plot(
        title=_title(spread),
        subtitle=_extent(spread),
        counted=axis.unit.counted(),
        columns=_columns(axis, spread.days),
        groups=tuple(group for group in _groups(spread, axis) if group.lanes),
        theme=theme,
    )


def timeline_words(spread: Spread) -> list[Block]:
    """All that the picture shows, in words: its caption, and what is read aloud."""
    axis = _axis(spread.days[0], spread.days[-1])
    blocks = [Block(BlockKind.LEAD, f"{_title(spread)} · {_extent(spread)}")]
    counted = axis.unit.counted()
    blocks.append(Block(BlockKind.TEXT, f"{counted}: {_told(_columns(axis, spread.days))}"))
    for group in _groups(spread, axis):
        lanes = "; ".join(
            f"{lane.name} ({', '.join(axis.unit.label(axis.starts[n]) for n in lane.at)})"
            for lane in group.lanes
        )
        if lanes:
            blocks.append(Block(BlockKind.TEXT, f"{group.title}: {lanes}"))
    return blocks


def _title(spread: Spread) -> str:
    name = spread.name[:1].upper() + spread.name[1:]
    if spread.topic:
        name = _("{name} on {topic}").format(name=name, topic=spread.topic)
    return name if len(name) <= TITLE_CHARS else name[: TITLE_CHARS - 1] + "…"


def _extent(spread: Spread) -> str:
    """The days, and how many articles of how many outlets there are."""
    count, outlets = len(spread.days), spread.outlets
    return " · ".join(
        (
            spoken_days(spread.days[0], spread.days[-1]),
            ngettext("{n} article", "{n} articles", count).format(n=spoken_number(count)),
            ngettext("{n} outlet", "{n} outlets", outlets).format(n=spoken_number(outlets)),
        )
    )


def _groups(spread: Spread, axis: _Axis) -> list[Group]:
    room = MOST_LANES - len(spread.figures) - len(spread.turns[:MOST_TURNS])
    most = sorted(spread.voices, key=lambda voice: -len(voice.days))[:room]
    voices = tuple(
        Lane(_voiced(voice), _at(axis, voice.days)) for voice in spread.voices if voice in most
    )
    figures = tuple(
        Lane(" · ".join((figure.words, *figure.outlets[:2])), _at(axis, figure.days))
        for figure in spread.figures
    )
    turns = tuple(
        Lane(_("“{words}”").format(words=words), _at(axis, (day,)))
        for words, day in spread.turns[:MOST_TURNS]
    )
    return [
        Group(_("Printed by") if spread.is_person else _("Who was quoted"), voices),
        Group(_("Figures differ"), figures, stands_out=True),
        Group(_("Where the word turns"), turns, stands_out=True),
    ]


def _voiced(voice: Voice) -> str:
    """The name with its role, and how often."""
    words = voice.name + (f", {voice.role}" if voice.role else "")
    return f"{words} · {len(voice.days)}×" if len(voice.days) > 1 else words


def _at(axis: _Axis, days: Sequence[date]) -> tuple[int, ...]:
    shown = [day for day in days if axis.unit.first(day) >= axis.starts[0]]
    return tuple(dict.fromkeys(axis.column(day) for day in shown))


def _columns(axis: _Axis, days: Sequence[date]) -> tuple[tuple[str, int], ...]:
    counts = Counter(axis.unit.first(day) for day in days)
    return tuple((axis.unit.label(start), counts[start]) for start in axis.starts)


def _told(columns: Sequence[tuple[str, int]]) -> str:
    """The counts in words; of many the highest, which is said."""
    held = [(label, count) for label, count in columns if count]
    if len(held) <= MOST_TOLD:
        return ", ".join(f"{label} {spoken_number(count)}" for label, count in held)
    most = max(count for _label, count in held)
    days = [label for label, count in held if count == most]
    return _("at most {count} ({days})").format(count=spoken_number(most), days=listed(days[:3]))


def timeline_bars(spread: Spread) -> Block:
    """The columns drawn with letters, where no picture can be shown."""
    axis = _axis(spread.days[0], spread.days[-1])
    columns = _columns(axis, spread.days)
    bars = drawn_bars([count for _label, count in columns])
    return Block(BlockKind.TEXT, f"{columns[0][0]} {bars} {columns[-1][0]}")


# --------------------------------------------------------------------------------- digest
def digest_plot(digest: Digest, theme: Theme) -> Plot:
    """The picture of the days that a digest counts."""
    title = digest.interest.title
    return Plot(
        title=title[:1].upper() + title[1:],
        subtitle=spoken_days(digest.days[0][0], digest.days[-1][0]),
        counted=_("Articles a day"),
        columns=tuple((spoken_day_and_month(day), count) for day, count in digest.days),
        theme=theme,
    )


def digest_words(digest: Digest) -> Block:
    """What that picture shows, in words."""
    columns = [(spoken_day_and_month(day), count) for day, count in digest.days]
    return Block(BlockKind.FOOTER, f"{_('Articles a day')}: {_told(columns)}")
