"""When subscriptions are due: a year of clock in five zones, quiet hours, words for rhythms."""

from __future__ import annotations

from datetime import UTC, date, datetime, time, timedelta

import pytest
from hypothesis import given
from hypothesis import strategies as st

from bot.locales import speaking
from bot.talk.large_cities import LARGE_CITIES
from bot.talk.rhythm import (
    ALL_DAYS,
    AT_ONCE,
    DEFAULT_QUIET,
    WEEKDAYS,
    QuietHours,
    Rhythm,
    day_start,
    dump_rhythm,
    load_rhythm,
    make_rhythm,
    missed_times,
    next_day_start,
    next_time,
    next_times,
    quiet_until,
    spoken_time,
    to_utc,
)
from bot.talk.rhythm_words import find_rhythm, parse_pause, parse_quiet, parse_times
from bot.talk.time_abroad import days_in_english, timing_in_english
from bot.talk.zones import (
    find_zones,
    get_zone,
    is_offset,
    likely_zones,
    look_up_zone,
    nearest_zones,
    spoken_zone,
)

TWO_DAYS = "Mondays and Thursdays at 18:15"
ZONES = (
    "Europe/Stockholm",
    "America/New_York",
    "Australia/Lord_Howe",  # half an hour of summer time
    "Asia/Kathmandu",  # 05:45, no summer time
    "America/Santiago",  # changes at midnight, in the southern summer
)
LEAP_YEAR = 2028


@pytest.mark.parametrize("name", ZONES)
@pytest.mark.parametrize("minute", [time(0, 0), time(2, 30), time(7, 31)], ids=str)
def test_each_day_of_a_leap_year_has_one_digest_at_its_local_minute(
    name: str, minute: time
) -> None:
    """Driven as the ticker does: each due time is computed from the one before."""
    zone = get_zone(name)
    rhythm = make_rhythm([minute])
    moment = datetime(LEAP_YEAR - 1, 12, 30, tzinfo=UTC)
    local_days: list[date] = []
    while True:
        due = next_time(rhythm, zone, moment)
        assert due is not None
        assert due > moment
        moment = due
        local = due.astimezone(zone)
        if local.year > LEAP_YEAR:
            break
        if local.year < LEAP_YEAR:
            continue
        local_days.append(local.date())
        if local.time() == minute:
            assert local.fold == 0  # of a doubled minute the first
        else:  # the minute was skipped: right after the gap, not a minute later
            before = (due - timedelta(seconds=1)).astimezone(zone)
            assert before.utcoffset() != local.utcoffset()
            wanted = datetime.combine(local, minute, tzinfo=UTC)  # compared as clocks show it
            assert before.replace(tzinfo=UTC) < wanted < local.replace(tzinfo=UTC)
    assert date(LEAP_YEAR, 2, 29) in local_days
    first = date(LEAP_YEAR, 1, 1)
    assert local_days == [first + timedelta(days=n) for n in range(366)]


@pytest.mark.parametrize(
    ("zone", "day", "minute", "moment"),
    [
        ("Europe/Stockholm", date(2025, 3, 30), time(2, 30), "2025-03-30T01:00:00+00:00"),
        ("Europe/Stockholm", date(2025, 10, 26), time(2, 30), "2025-10-26T00:30:00+00:00"),
        ("America/New_York", date(2025, 3, 9), time(2, 15), "2025-03-09T07:00:00+00:00"),
        ("Australia/Lord_Howe", date(2025, 10, 5), time(2, 10), "2025-10-04T15:30:00+00:00"),
        ("Pacific/Apia", date(2011, 12, 30), time(7, 0), "2011-12-30T10:00:00+00:00"),
    ],
    ids=["skipped", "doubled", "skipped-west", "half-hour", "skipped-day"],
)
def test_a_clock_change_moves_a_minute_right_after_the_gap(
    zone: str, day: date, minute: time, moment: str
) -> None:
    assert to_utc(day, minute, get_zone(zone)).isoformat() == moment


def test_two_times_that_a_change_makes_one_come_once() -> None:
    zone = get_zone("Europe/Stockholm")
    rhythm = make_rhythm([time(2, 30), time(3)])
    found = next_times(rhythm, zone, datetime(2025, 3, 29, 12, tzinfo=UTC), 2)
    assert [m.isoformat() for m in found] == [
        "2025-03-30T01:00:00+00:00",
        "2025-03-31T00:30:00+00:00",
    ]


def test_chosen_days_are_days_of_the_reader() -> None:
    """Monday in Auckland begins on Sunday in UTC."""
    zone = get_zone("Pacific/Auckland")
    due = next_time(make_rhythm([time(6)], (0,)), zone, datetime(2025, 3, 16, 0, tzinfo=UTC))
    assert due is not None
    assert due.isoformat() == "2025-03-16T17:00:00+00:00"
    assert due.astimezone(zone).strftime("%A") == "Monday"


def test_missed_times_are_counted_up_to_now() -> None:
    zone = get_zone("Europe/Stockholm")
    first = datetime(2025, 3, 25, 6, 30, tzinfo=UTC)
    missed = missed_times(make_rhythm([time(7, 30)]), zone, first, first + timedelta(hours=30))
    assert [m.day for m in missed] == [26]
    assert missed_times(AT_ONCE, zone, first, first + timedelta(days=9)) == []
    assert len(missed_times(make_rhythm([time(7)]), zone, first, first.replace(year=2030))) == 100


@pytest.mark.parametrize(
    ("now", "ends"),
    [
        ("2025-03-29T20:59", None),
        ("2025-03-29T21:00", "2025-03-30T05:00"),  # the night that loses an hour
        ("2025-03-30T04:59", "2025-03-30T05:00"),
        ("2025-03-30T05:00", None),
        ("2025-10-25T20:00", "2025-10-26T06:00"),
    ],
)
def test_quiet_hours_follow_the_readers_clock(now: str, ends: str | None) -> None:
    zone = get_zone("Europe/Stockholm")
    moment = datetime.fromisoformat(now).replace(tzinfo=UTC)
    expected = datetime.fromisoformat(ends).replace(tzinfo=UTC) if ends else None
    assert quiet_until(DEFAULT_QUIET, zone, moment) == expected


def test_quiet_hours_within_a_day_and_none() -> None:
    zone = get_zone("UTC")
    noon = datetime(2025, 3, 1, 12, 30, tzinfo=UTC)
    assert quiet_until(QuietHours(time(12), time(13)), zone, noon) == noon.replace(
        minute=0, hour=13
    )
    assert quiet_until(QuietHours(time(9), time(9)), zone, noon) is None
    assert quiet_until(None, zone, noon) is None


def test_a_local_day_begins_where_the_reader_is() -> None:
    zone = get_zone("America/Santiago")
    moment = datetime(2025, 9, 7, 12, tzinfo=UTC)  # this day has no midnight there
    assert day_start(moment, zone).isoformat() == "2025-09-07T04:00:00+00:00"
    assert next_day_start(moment, zone).isoformat() == "2025-09-08T03:00:00+00:00"
    assert spoken_time(moment, zone) == "Sun 7 Sep 09:00"


@given(
    st.sampled_from(ZONES),
    st.sets(st.times(), min_size=1, max_size=4),
    st.sets(st.integers(0, 6), min_size=1),
    st.integers(946_684_800, 2_114_380_800),  # of the years 2000 to 2036
)
def test_due_times_go_forward_and_a_rhythm_survives_the_store(
    name: str, times: set[time], days: set[int], after: int
) -> None:
    rhythm = make_rhythm(list(times), tuple(days))
    assert load_rhythm(dump_rhythm(rhythm)) == rhythm
    start = datetime.fromtimestamp(after, UTC)
    found = next_times(rhythm, get_zone(name), start, 5)
    assert len(found) == 5
    assert [start, *found] == sorted({start, *found})


# ----------------------------------------------------------------------------------- words
@pytest.mark.parametrize(
    ("text", "title", "named", "rest"),
    [
        ("news on gas every morning at 7", "daily at 07:00", True, "news on gas"),
        ("weekdays at 7 and 18:30", "weekdays at 07:00 and 18:30", True, ""),
        ("on Mondays and Thursdays at 6 pm", "Mondays and Thursdays at 18:00", True, ""),
        ("every evening at 7", "daily at 19:00", True, ""),
        ("twice a day", "daily at 07:30 and 18:00", True, ""),
        ("gas daily", "daily at 07:30", False, "gas"),
        ("weekly", "Mondays at 07:30", False, ""),
        ("weekends at noon", "weekends at 12:00", True, ""),
        ("strike, at once", "at once, at most 3 a day", True, "strike"),
        ("gas at once, at most 5 a day", "at once, at most 5 a day", True, "gas"),
        ("gas, max 99 a day", "at once, at most 24 a day", True, "gas"),
        ("Lindqvist at 7", "daily at 07:00", True, "Lindqvist"),
    ],
)
def test_a_rhythm_is_read_from_words(text: str, title: str, named: bool, rest: str) -> None:
    found = find_rhythm(text)
    assert found is not None
    assert (found.rhythm.title, found.has_time, found.rest) == (title, named, rest)


@pytest.mark.parametrize(
    ("language", "text", "title", "rest"),
    [
        ("de", "werktags um 7 und 18:30", "weekdays at 07:00 and 18:30", ""),
        ("de", "jeden Montag um halb 8", "Mondays at 07:30", ""),
        ("de", "gas montags und donnerstags um 18 Uhr 15", TWO_DAYS, "gas"),
        ("de", "zweimal am Tag", "daily at 07:30 and 18:00", ""),
        ("de", "sofort, höchstens 5 am Tag", "at once, at most 5 a day", ""),
        ("es", "de lunes a viernes a las 7 y 18:30", "weekdays at 07:00 and 18:30", ""),
        ("es", "los lunes a las 7 y media", "Mondays at 07:30", ""),
        ("es", "gas lunes y jueves a las 18:15", TWO_DAYS, "gas"),
        ("es", "dos veces al día", "daily at 07:30 and 18:00", ""),
        ("es", "al momento, máximo 5 al día", "at once, at most 5 a day", ""),
        ("en", "gas mondays and thursdays at 18:15", TWO_DAYS, "gas"),
    ],
)
def test_a_rhythm_is_read_in_the_language_spoken(
    language: str, text: str, title: str, rest: str
) -> None:
    with speaking(language):
        found = find_rhythm(timing_in_english(text))
    assert found is not None
    assert (found.rhythm.title, found.rest) == (title, rest)


@pytest.mark.parametrize(
    ("language", "text"),
    [("de", "von 22 Uhr bis 7 Uhr"), ("es", "de las 22 a las 7"), ("en", "22-7")],
)
def test_quiet_hours_are_read_in_the_language_spoken(language: str, text: str) -> None:
    with speaking(language):
        assert parse_quiet(timing_in_english(text)) == QuietHours(time(22), time(7))


@pytest.mark.parametrize(
    ("language", "typed", "english"),
    [
        ("de", "gas seit 1. März", "gas since 1 March"),
        ("de", "gas am 3. Mai 2025", "gas on 3 May 2025"),
        ("de", "Halden gestern", "Halden yesterday"),
        ("de", "letzte Woche", "last week"),
        ("es", "gas desde el 1 de marzo", "gas since 1 March"),
        ("es", "gas el 3 de mayo de 2025", "gas on 3 May 2025"),
        ("es", "la semana pasada", "last week"),
        ("en", "gas since 1 March", "gas since 1 March"),
        ("de", "gas seit Montag", "gas since Monday"),
        ("de", "Gas am Freitag", "Gas on Friday"),
        ("es", "gas desde el lunes", "gas since Monday"),
        ("es", "desde el sabado", "since Saturday"),
    ],
)
def test_days_are_read_in_the_language_spoken(language: str, typed: str, english: str) -> None:
    with speaking(language):
        assert days_in_english(typed) == english


def test_words_that_are_none_of_time_stay_as_typed() -> None:
    with speaking("de"):
        assert timing_in_english("Um Gas und Öl, Herr Freitagsheim") == (
            "Um Gas und Öl, Herr Freitagsheim"
        )
        assert timing_in_english("um " * 60_000) == "um " * 60_000


@pytest.mark.parametrize(
    "text",
    [
        "the meeting at 10 Downing Street",
        "a Monday meeting",
        "every prime minister",
        "night shift",
    ],
)
def test_a_topic_is_no_rhythm(text: str) -> None:
    assert find_rhythm(text) is None


@pytest.mark.parametrize(
    ("text", "times"),
    [
        ("7", [time(7)]),
        ("7:30 and 18", [time(7, 30), time(18)]),
        ("at 12 am", [time(0)]),
        ("19h30", [time(19, 30)]),
        ("25", None),
        ("7:75", None),
        ("13 pm", None),
        ("seven", None),
    ],
)
def test_times_of_day_are_read(text: str, times: list[time] | None) -> None:
    assert parse_times(text) == times


def test_quiet_hours_and_pauses_are_read() -> None:
    assert parse_quiet("from 22:30 to 7") == QuietHours(time(22, 30), time(7))
    assert parse_quiet("7 to 7") is None
    assert parse_quiet("always") is None
    assert parse_pause("for 3 days") == timedelta(days=3)
    assert parse_pause("a week") == timedelta(weeks=1)
    assert parse_pause("for ever") is None


def test_a_title_tells_days_and_times() -> None:
    assert Rhythm((time(9), time(18)), (0, 3, 4)).title == (
        "Mondays, Thursdays and Fridays at 09:00 and 18:00"
    )
    assert make_rhythm([time(9)], WEEKDAYS).title == "weekdays at 09:00"
    assert make_rhythm([time(9)], ()).days == ALL_DAYS


# ----------------------------------------------------------------------------------- zones
@pytest.mark.parametrize(
    ("typed", "first"),
    [
        ("Stockholm", "Europe/Stockholm"),
        ("stokholm", "Europe/Stockholm"),
        ("new york", "America/New_York"),
        ("Sao Paulo", "America/Sao_Paulo"),
        ("Paris, France", "Europe/Paris"),
        ("Munich", "Europe/Berlin"),
        ("barcelna", "Europe/Madrid"),
        ("San Francisco, CA", "America/Los_Angeles"),
        ("Germany", "Europe/Berlin"),
        ("UK", "Europe/London"),
        ("pacific time", "America/Los_Angeles"),
        ("europe/berlin", "Europe/Berlin"),
        ("America/Argentina/Buenos_Aires", "America/Argentina/Buenos_Aires"),
        ("UTC", "UTC"),
    ],
)
def test_a_zone_is_found_by_what_people_type(typed: str, first: str) -> None:
    assert find_zones(typed)[0] == first


@pytest.mark.parametrize(
    ("language", "typed", "zone", "city"),
    [
        ("de", "Wien", "Europe/Vienna", "Wien"),
        ("de", "Österreich", "Europe/Vienna", "Wien"),
        ("de", "Östereich", "Europe/Vienna", "Wien"),
        ("es", "Nueva York", "America/New_York", "Nueva York"),
        ("es", "Argentina", "America/Argentina/Cordoba", "Cordoba"),
        ("en", "Vienna", "Europe/Vienna", "Vienna"),
    ],
)
def test_a_place_goes_by_its_name_in_the_language_spoken(
    language: str, typed: str, zone: str, city: str
) -> None:
    with speaking(language):
        assert find_zones(typed)[0] == zone
        assert spoken_zone(zone) == city


@pytest.mark.parametrize("typed", ["", "Gondolin", "UTC+2", "x" * 5000, "/", "../etc/passwd"])
def test_what_names_no_place_finds_none(typed: str) -> None:
    assert find_zones(typed) == []


def test_every_large_city_has_a_zone_that_this_machine_knows() -> None:
    assert [name for name, zone in LARGE_CITIES if zone not in find_zones(name)] == []


def test_an_offset_is_told_from_a_zone() -> None:
    assert is_offset("UTC+2")
    assert is_offset("+05:30")
    assert not is_offset("Etc/UTC")
    assert look_up_zone("Etc/GMT+5") is None  # its sign means the opposite of what people mean
    assert get_zone("Nowhere/Land").key == "UTC"


def test_a_place_on_the_map_finds_cities_near_it() -> None:
    assert nearest_zones(59.33, 18.06)[0] == "Europe/Stockholm"
    assert "Europe/Stockholm" in nearest_zones(57.7, 11.97)
    assert nearest_zones(-17.8, 179.9)[0] == "Pacific/Fiji"  # beside the line of dates


def test_likely_zones_come_from_the_language_and_from_others() -> None:
    assert likely_zones("sv", []) == ["Europe/Stockholm", "Europe/London"]
    assert likely_zones("en-US", [])[0] == "America/New_York"
    assert likely_zones(None, ["Asia/Tokyo"])[0] == "Asia/Tokyo"
