"""When a subscription is due: its days and minutes in a time zone, and its quiet hours.

Values in, values out: local times of a reader become moments in UTC here and nowhere else.
"""

from __future__ import annotations

from collections.abc import Iterator, Mapping
from dataclasses import dataclass
from datetime import UTC, date, datetime, time, timedelta
from itertools import islice
from typing import Any
from zoneinfo import ZoneInfo

from bot.locales import N_, _
from bot.locales.days import listed, spoken_day, spoken_day_and_month, weekday

ALL_DAYS = tuple(range(7))
WEEKDAYS = tuple(range(5))
WEEKEND = (5, 6)
DAY_NAMES = (
    N_("Mondays"),
    N_("Tuesdays"),
    N_("Wednesdays"),
    N_("Thursdays"),
    N_("Fridays"),
    N_("Saturdays"),
    N_("Sundays"),
)
MOST_TIMES = 12  # a day; who wants more wants to be told at once
MOST_AT_ONCE = 3  # messages a day, unless the reader says otherwise
GAP_MINUTES = 30
"""Between two messages at once of one subscription: what comes meanwhile goes into the second."""
DAYS_LOOKED_AT = 9  # a week, a day that a zone skipped, and the day before
MOST_MISSED = 100  # slots that are counted; more than that is "many"


@dataclass(frozen=True, slots=True)
class Rhythm:
    """Local times on days of the week (0 is Monday); without times: at once.

    `most` is how many messages a day come at once, `gap_minutes` how far apart they are at least.
    """

    times: tuple[time, ...] = ()
    days: tuple[int, ...] = ALL_DAYS
    most: int = MOST_AT_ONCE
    gap_minutes: int = GAP_MINUTES

    @property
    def at_once(self) -> bool:
        return not self.times

    @property
    def title(self) -> str:
        """The rhythm in words ("daily at 07:30", "Mondays at 09:00 and 18:00")."""
        if self.at_once:
            return _("at once, at most {most} a day").format(most=self.most)
        times = listed([f"{t:%H:%M}" for t in self.times])
        return _("{days} at {times}").format(days=_days_title(self.days), times=times)


AT_ONCE = Rhythm()


def make_rhythm(times: Iterator[time] | list[time], days: tuple[int, ...] = ALL_DAYS) -> Rhythm:
    """A rhythm of these local times, in order and each once."""
    ordered = sorted({t.replace(second=0, microsecond=0) for t in times})[:MOST_TIMES]
    return Rhythm(tuple(ordered), tuple(sorted(set(days))) or ALL_DAYS)


def dump_rhythm(rhythm: Rhythm) -> dict[str, Any]:
    """`rhythm` as JSON values."""
    return {
        "times": [f"{t:%H:%M}" for t in rhythm.times],
        "days": list(rhythm.days),
        "most": rhythm.most,
        "gap": rhythm.gap_minutes,
    }


def load_rhythm(raw: Mapping[str, Any]) -> Rhythm:
    """What `dump_rhythm` gave."""
    return Rhythm(
        tuple(time.fromisoformat(t) for t in raw["times"]),
        tuple(raw["days"]),
        int(raw.get("most", MOST_AT_ONCE)),
        int(raw.get("gap", GAP_MINUTES)),
    )


def _days_title(days: tuple[int, ...]) -> str:
    named = {ALL_DAYS: _("daily"), WEEKDAYS: _("weekdays"), WEEKEND: _("weekends")}
    return named.get(days) or listed([_(DAY_NAMES[d]) for d in days])


# ------------------------------------------------------------------------------ due times
def next_times(rhythm: Rhythm, zone: ZoneInfo, after: datetime, count: int) -> list[datetime]:
    """The next so many moments (UTC) after `after`; none for a rhythm at once.

    A minute that a clock change skips comes right after the gap, one that it doubles comes once.
    """
    return list(islice(_times_after(rhythm, zone, after), count))


def next_time(rhythm: Rhythm, zone: ZoneInfo, after: datetime) -> datetime | None:
    """The next moment (UTC) after `after`; None for a rhythm at once."""
    return next(_times_after(rhythm, zone, after), None)


def missed_times(rhythm: Rhythm, zone: ZoneInfo, first: datetime, now: datetime) -> list[datetime]:
    """The moments after `first` and up to `now`, at most a hundred."""
    missed: list[datetime] = []
    for moment in _times_after(rhythm, zone, first):
        if moment > now or len(missed) == MOST_MISSED:
            break
        missed.append(moment)
    return missed


def _times_after(rhythm: Rhythm, zone: ZoneInfo, after: datetime) -> Iterator[datetime]:
    if rhythm.at_once:
        return
    last = after
    day = after.astimezone(zone).date() - timedelta(days=1)
    while day < date.max - timedelta(days=DAYS_LOOKED_AT):
        if day.weekday() in rhythm.days:
            for local in rhythm.times:
                moment = to_utc(day, local, zone)
                if moment > last:  # a skipped minute may fall together with the next one
                    last = moment
                    yield moment
        day += timedelta(days=1)


def to_utc(day: date, local: time, zone: ZoneInfo) -> datetime:
    """The moment of a local minute: the first of two where the clock goes back, the first after
    the gap where it goes forward."""
    wanted = datetime.combine(day, local)
    first = wanted.replace(tzinfo=zone, fold=0).astimezone(UTC)
    if first.astimezone(zone).replace(tzinfo=None) == wanted:
        return first
    # In a gap the two readings stand around the moment of the change.
    before = wanted.replace(tzinfo=zone, fold=1).astimezone(UTC)
    offset = first.astimezone(zone).utcoffset()
    while first - before > timedelta(seconds=1):
        middle = before + (first - before) / 2
        middle = middle.replace(microsecond=0)
        if middle.astimezone(zone).utcoffset() == offset:
            first = middle
        else:
            before = middle
    return first


def day_start(moment: datetime, zone: ZoneInfo) -> datetime:
    """The moment (UTC) at which the local day of `moment` began."""
    return to_utc(moment.astimezone(zone).date(), time(0), zone)


def next_day_start(moment: datetime, zone: ZoneInfo) -> datetime:
    """The moment (UTC) at which the local day after that of `moment` begins."""
    return to_utc(moment.astimezone(zone).date() + timedelta(days=1), time(0), zone)


# ----------------------------------------------------------------------------- quiet hours
@dataclass(frozen=True, slots=True)
class QuietHours:
    """From one local minute to another, which may be on the next day."""

    start: time
    end: time

    @property
    def title(self) -> str:
        return f"{self.start:%H:%M}–{self.end:%H:%M}"


DEFAULT_QUIET = QuietHours(time(22), time(7))


def quiet_until(quiet: QuietHours | None, zone: ZoneInfo, now: datetime) -> datetime | None:
    """When the quiet hours that hold at `now` end (UTC); None where none hold."""
    if quiet is None or quiet.start == quiet.end:
        return None
    local = now.astimezone(zone)
    minute = local.time()
    over_midnight = quiet.start > quiet.end
    inside = (
        minute >= quiet.start or minute < quiet.end
        if over_midnight
        else quiet.start <= minute < quiet.end
    )
    if not inside:
        return None
    ends_tomorrow = over_midnight and minute >= quiet.start
    end = to_utc(local.date() + timedelta(days=int(ends_tomorrow)), quiet.end, zone)
    return end if end > now else None


def spoken_time(moment: datetime, zone: ZoneInfo, *, now: datetime | None = None) -> str:
    """A moment as the reader's clock shows it ("Tue 25 Mar 07:30"); the year where it is another
    than that of `now`."""
    local = moment.astimezone(zone)
    is_far = now is not None and now.astimezone(zone).year != local.year
    day = spoken_day(local) if is_far else spoken_day_and_month(local)
    return f"{weekday(local, short=True)} {day} {local:%H:%M}"
