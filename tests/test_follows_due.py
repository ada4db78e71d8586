"""What comes due by itself: digests, alerts, changed answers; pauses, outages and restarts."""

from __future__ import annotations

from dataclasses import replace
from datetime import UTC, date, datetime, time, timedelta
from itertools import pairwise
from pathlib import Path

import pytest

from bot.model import Draft
from bot.newsroom import Newsroom
from bot.store import outbox
from bot.store.settings import count_as_untold, look_up_suspension, suspend
from bot.store.store import Store
from bot.store.subscriptions import find_subscriptions, find_told
from bot.talk.replies import Incoming, Urgency
from bot.talk.zones import get_zone
from tests.support.crowd import make_article, word
from tests.support.talks import Clock, Talk, newsroom_of
from tests.support.ticks import Ticks, story, text_of

NOON = datetime(2025, 3, 25, 12, 0, tzinfo=UTC)  # a Tuesday
HOUR, DAY = timedelta(hours=1), timedelta(days=1)


@pytest.fixture
def ticks() -> Ticks:
    running = Ticks(Newsroom.over(Store(None)), Clock(NOON))
    running.tick()
    return running


def follow(ticks: Ticks, words: str, chat: str = "tg:1", city: str = "Stockholm") -> Talk:
    """A talk in which `words` set up a follow."""
    talk = ticks.talk(chat)
    talk.say(words)
    if "Other city…" in talk.labels:
        talk.say(city)
        talk.press(talk.buttons[0].press or "")
    assert talk.last.blocks[0].text.startswith("Done"), talk.last.blocks
    return talk


def due_of(ticks: Ticks, chat: str = "tg:1") -> datetime | None:
    return find_subscriptions(ticks.newsroom.store, chat)[0].due


# --------------------------------------------------------------------------------- digests
def test_a_digest_comes_once_at_its_minute_with_what_is_new(ticks: Ticks) -> None:
    follow(ticks, "/follow bridges daily at 7:30")
    morning = datetime(2025, 3, 26, 6, 30, tzinfo=UTC)
    ticks.arrives(story(1, "bridges", NOON + HOUR), NOON + HOUR)
    assert ticks.at(morning - timedelta(seconds=1)) == []
    (notice,) = ticks.at(morning)
    assert text_of(notice).startswith("Bridges · ")
    assert "Balmarhaven" in text_of(notice)
    assert (notice.chat, notice.urgency, notice.silent) == ("tg:1", Urgency.DIGEST, False)
    labels = [b.label for row in notice.reply.buttons for b in row]
    assert labels[-3:] == ["Less like this", "Pause", "Unfollow"]
    assert ticks.at(morning + HOUR) == []
    assert ticks.at(morning + DAY) == []  # nothing new, and empty days are not told
    assert due_of(ticks) == morning + 2 * DAY


def test_an_empty_day_is_told_to_who_wants_it(ticks: Ticks) -> None:
    talk = follow(ticks, "/follow bridges daily at 7:30")
    talk.say("/settings")
    talk.press_label("Empty days: tell")
    (notice,) = ticks.at(datetime(2025, 3, 26, 6, 30, tzinfo=UTC))
    assert text_of(notice) == "Bridges: nothing new since Tue 25 Mar 13:00."


def test_what_one_follow_told_another_of_the_chat_does_not(ticks: Ticks) -> None:
    follow(ticks, "/follow bridges daily at 7:30")
    follow(ticks, "/follow Nordwire daily at 7:30")
    follow(ticks, "/follow bridges daily at 7:30", chat="tg:2")
    ticks.arrives(story(1, "bridges", NOON + HOUR), NOON + HOUR)
    morning = datetime(2025, 3, 26, 6, 30, tzinfo=UTC)
    told = ticks.at(morning)
    assert sorted(notice.chat for notice in told) == ["tg:1", "tg:2"]


def test_a_digest_within_quiet_hours_is_silent(ticks: Ticks) -> None:
    follow(ticks, "/follow bridges daily at 5:30")
    ticks.arrives(story(1, "bridges", NOON + HOUR), NOON + HOUR)
    (notice,) = ticks.at(datetime(2025, 3, 26, 4, 30, tzinfo=UTC))
    assert notice.silent


@pytest.mark.parametrize(
    "zone",
    [
        "Europe/Stockholm",
        "America/New_York",
        "Australia/Lord_Howe",
        "Asia/Kathmandu",
        "America/Santiago",
    ],
)
def test_over_a_leap_year_each_day_has_its_digest_at_its_local_minute(zone: str) -> None:
    """From due row to due row through the store, as the ticker goes."""
    start = datetime(2027, 12, 31, 12, tzinfo=UTC)
    ticks = Ticks(Newsroom.over(Store(None)), Clock(start))
    talk = follow(ticks, "/follow bridges daily at 2:30", city=zone)
    talk.say("/settings")
    talk.press_label("Empty days: tell")
    talk.say("/settings")
    talk.press_label("Quiet hours")
    talk.press_label("No quiet hours")
    told: list[datetime] = []
    while (due := due_of(ticks)) is not None and due < datetime(2029, 1, 1, 12, tzinfo=UTC):
        assert len(ticks.at(due)) == 1
        told.append(due.astimezone(get_zone(zone)))
    days = [moment.date() for moment in told if moment.year == 2028]
    assert days == [date(2028, 1, 1) + timedelta(days=n) for n in range(366)]
    moved = [moment for moment in told if moment.time() != time(2, 30)]
    assert len(moved) <= 1  # where the clock skips the minute
    assert all(moment.time() == time(3) for moment in moved)


# --------------------------------------------------------------------------------- at once
def test_an_alert_comes_when_something_has_come_in(ticks: Ticks) -> None:
    follow(ticks, "/follow bridges at once")
    assert ticks.tick() == []
    ticks.at(NOON + HOUR)
    ticks.arrives(story(1, "tunnels", ticks.clock.now))
    assert ticks.at(NOON + HOUR + timedelta(minutes=1)) == []
    ticks.arrives(story(2, "bridges", ticks.clock.now))
    (notice,) = ticks.at(NOON + HOUR + timedelta(minutes=2))
    assert notice.urgency is Urgency.ALERT
    assert "bridges" in text_of(notice)
    assert ticks.at(NOON + 2 * HOUR) == []


def test_alerts_keep_their_gap_and_their_daily_cap(ticks: Ticks) -> None:
    follow(ticks, "/follow bridges at once")
    told: list[datetime] = []
    for minute in range(0, 9 * 60, 10):  # to 22:00 in Stockholm, an article every ten minutes
        ticks.clock.now = NOON + timedelta(minutes=minute)
        ticks.arrives(story(minute // 10, "bridges", ticks.clock.now))
        told += [ticks.clock.now for _ in ticks.tick()]
    assert len(told) == 3
    assert min(b - a for a, b in pairwise(told)) >= timedelta(minutes=30)
    due = due_of(ticks)
    assert due is not None
    assert due.astimezone(get_zone("Europe/Stockholm")).isoformat()[:16] == "2025-03-26T00:00"
    assert ticks.at(due) == []  # quiet now
    assert due_of(ticks) == datetime(2025, 3, 26, 6, tzinfo=UTC)
    assert len(ticks.at(datetime(2025, 3, 26, 6, tzinfo=UTC))) == 1


def test_quiet_hours_hold_an_alert_or_make_it_silent(ticks: Ticks) -> None:
    follow(ticks, "/follow bridges at once")
    other = follow(ticks, "/follow bridges at once", chat="tg:2")
    other.say("/settings")
    other.press_label("Quiet hours")
    other.press_label("Without sound")
    night = datetime(2025, 3, 25, 22, tzinfo=UTC)
    ticks.clock.now = night
    ticks.arrives(story(1, "bridges", night))
    (notice,) = ticks.tick()
    assert (notice.chat, notice.silent) == ("tg:2", True)
    (held,) = ticks.at(datetime(2025, 3, 26, 6, tzinfo=UTC))
    assert (held.chat, held.silent) == ("tg:1", False)


def test_an_archive_that_is_put_in_makes_no_alert(ticks: Ticks) -> None:
    follow(ticks, "/follow bridges at once")
    ticks.clock.now = NOON + HOUR
    for number in range(5):
        ticks.arrives(story(number, "bridges", NOON - (number + 4) * DAY))
    assert ticks.tick() == []


def test_words_to_leave_out_leave_out(ticks: Ticks) -> None:
    follow(ticks, "/follow crowns without tunnels, at once")
    ticks.clock.now = NOON + HOUR
    ticks.arrives(story(1, "tunnels", ticks.clock.now))
    assert ticks.tick() == []
    ticks.arrives(story(2, "bridges", ticks.clock.now))
    assert len(ticks.at(NOON + 2 * HOUR)) == 1


def test_articles_that_another_process_adds_are_matched_after_a_restart(tmp_path: Path) -> None:
    path = tmp_path / "news.db"
    with Store(path) as store:
        ticks = Ticks(Newsroom.over(store), Clock(NOON))
        ticks.tick()
        follow(ticks, "/follow bridges at once")
        with Store(path) as other:
            elsewhere = Ticks(Newsroom.over(other), ticks.clock)
            elsewhere.arrives(story(1, "bridges", NOON + HOUR), NOON + HOUR)
        ticks.restart()
        assert len(ticks.at(NOON + 2 * HOUR)) == 1


def test_the_first_round_of_a_feed_makes_no_alert(ticks: Ticks) -> None:
    follow(ticks, "/follow bridges at once")
    ticks.clock.now = NOON + HOUR
    ticks.arrives(story(1, "bridges", ticks.clock.now))
    with ticks.newsroom.store.write() as connection:
        connection.execute(
            "INSERT INTO feeds (url, added, next_due, interval_seconds) "
            "VALUES ('https://x.example/feed', '2025', '2025', 60)"
        )
        connection.execute(
            "INSERT INTO feed_entries (feed, guid, fingerprint, content_hash, fresh, not_before, "
            "seen, article_id) VALUES (1, 'g', 'f', 'c', 0, '2025', '2025', 'bridges-1')"
        )
    assert ticks.tick() == []


def test_a_follow_that_cannot_be_read_stops_nobody(
    ticks: Ticks, caplog: pytest.LogCaptureFixture
) -> None:
    follow(ticks, "/follow bridges daily at 7:30")
    follow(ticks, "/follow bridges daily at 7:30", chat="tg:2")
    ticks.arrives(story(1, "bridges", NOON + HOUR), NOON + HOUR)
    with ticks.newsroom.store.write() as connection:
        connection.execute(
            "UPDATE subscriptions SET data = json_set(data, '$.rhythm', json('{\"times\": [7]}')) "
            "WHERE chat = 'tg:1'"
        )
    morning = datetime(2025, 3, 26, 6, 30, tzinfo=UTC)
    assert [notice.chat for notice in ticks.at(morning)] == ["tg:2"]
    assert "is set aside for a day" in caplog.text
    assert due_of(ticks) == morning + DAY


def test_a_long_digest_is_turned_page_by_page_with_its_buttons(ticks: Ticks) -> None:
    talk = follow(ticks, "/follow all news daily at 7:30")
    for number in range(5):
        topic = f"{word(number, 7)}ology"
        ticks.arrives(make_article(number, topic, NOON + HOUR), NOON + HOUR)
    (notice,) = ticks.at(datetime(2025, 3, 26, 6, 30, tzinfo=UTC))
    talk.seen.append(notice.reply)
    assert "2 more stories" in talk.labels
    assert "4. " in talk.press_label("2 more")
    assert talk.labels[-3:] == ["Less like this", "Pause", "Unfollow"]
    assert "All news: paused" in talk.press_label("Pause") + talk.press_label("A day")
    talk.seen.append(notice.reply)
    talk.press_label("Unfollow")
    assert not talk.last.edits  # the digest stays where it is


# -------------------------------------------------------------------------- saved questions
FINAL = Draft(
    id="final",
    title="Quito waits for its chess final",
    source="Valley Radio",
    text=(
        "Quito waits for its chess final\n\nThe chess final in Quito was won by Ana Belmonte on "
        "Tuesday, the federation said. “I could hardly move my hands,” Belmonte told reporters."
    ),
)


def test_a_question_is_told_of_when_its_answer_changes(ticks: Ticks) -> None:
    talk = ticks.talk()
    talk.say("who won the chess final in Quito?")
    talk.press_label("Tell me if that changes")
    talk.say("London")
    talk.press_label("London")
    ticks.clock.now = NOON + HOUR
    ticks.arrives(replace(FINAL, published=ticks.clock.now))
    (notice,) = ticks.tick()
    assert text_of(notice).startswith("New on your question “who won the chess final in Quito?”")
    assert "Ana Belmonte" in text_of(notice)
    # Another outlet with the same words changes nothing.
    ticks.clock.now = NOON + 3 * HOUR
    ticks.arrives(replace(FINAL, id="again", source="Nordwire", published=ticks.clock.now))
    assert ticks.tick() == []


# ---------------------------------------------------------------------- outages and pauses
def test_after_an_outage_one_digest_says_so(ticks: Ticks) -> None:
    follow(ticks, "/follow bridges daily at 7:30")
    ticks.arrives(story(1, "bridges", NOON + HOUR), NOON + HOUR)
    wednesday = datetime(2025, 3, 26, 6, 30, tzinfo=UTC)
    ticks.arrives(story(20, "bridges", wednesday + 5 * HOUR), wednesday + 5 * HOUR)
    ticks.restart()
    (notice,) = ticks.at(wednesday + 30 * HOUR)
    first = text_of(notice).splitlines()[0]
    assert first.startswith("Bridges · Wed–Thu (one was missed while I was down) · ")
    assert "Balmarhaven" in text_of(notice)
    assert "Dunvikhaven" in text_of(notice)
    assert due_of(ticks) == wednesday + 2 * DAY


def test_a_late_digest_says_since_when(ticks: Ticks) -> None:
    follow(ticks, "/follow bridges daily at 7:30")
    ticks.arrives(story(1, "bridges", NOON + HOUR), NOON + HOUR)
    (notice,) = ticks.at(datetime(2025, 3, 26, 9, tzinfo=UTC))
    assert "Wed (late: I was down at 07:30) · 1 story" in text_of(notice)


def test_what_is_older_than_two_days_is_offered_once_and_not_pushed(ticks: Ticks) -> None:
    talk = follow(ticks, "/follow bridges daily at 7:30")
    follow(ticks, "/follow tunnels daily at 18")
    for number, topic in enumerate(("bridges", "tunnels")):
        ticks.arrives(story(number, topic, NOON + HOUR), NOON + HOUR)
    ticks.clock.now = NOON + 5 * DAY
    (offer,) = ticks.tick()
    assert "Nothing came since Tue 25 Mar 13:00" in text_of(offer)
    one, skip = offer.reply.buttons[0]
    assert (one.label, skip.label) == ("One digest", "Skip")
    assert one.press is not None
    reply = ticks.conversation.handle(Incoming("tg:1", "tg:1", button=one.press))
    told = "\n".join(block.text for block in reply.blocks)
    assert told.startswith("Since Tue 25 Mar 13:00 · 2 stories")
    assert reply.settle is not None
    with ticks.newsroom.store.write() as connection:
        reply.settle(connection)
    assert find_told(ticks.newsroom.store, "tg:1")
    again = ticks.conversation.handle(Incoming("tg:1", "tg:1", button=one.press))
    assert again.blocks[0].text == "There was nothing that you follow."
    assert skip.press is not None
    assert "Skipped" in talk.press(skip.press)


@pytest.mark.parametrize(
    ("days", "words"),
    [(1, "due at 07:30"), (2, "missed while this chat was closed"), (5, "was last open on")],
)
def test_a_terminal_that_was_closed_was_not_down(days: int, words: str) -> None:
    clock = Clock(NOON)
    ticks = Ticks(newsroom_of(), clock, face="terminal")
    talk = Talk(ticks.conversation, chat="terminal", person="terminal")
    talk.say("/settings time zone Stockholm")
    talk.say("/follow bridges daily at 7:30")
    ticks.arrives(story(1, "bridges", NOON + HOUR), NOON + HOUR)
    (notice,) = ticks.at(NOON + days * DAY)
    assert words in text_of(notice)
    assert "down" not in text_of(notice)


def test_a_pause_ends_by_itself_and_loses_nothing(ticks: Ticks) -> None:
    talk = follow(ticks, "/follow bridges daily at 7:30")
    assert "paused until Fri 28 Mar 13:00" in talk.say("pause for 3 days")
    ticks.arrives(story(1, "bridges", NOON + HOUR), NOON + HOUR)
    assert ticks.at(NOON + 2 * DAY) == []
    assert ticks.at(NOON + 3 * DAY) == []  # the pause is over; 07:30 is tomorrow
    (notice,) = ticks.at(datetime(2025, 3, 29, 6, 30, tzinfo=UTC))
    assert "bridges" in text_of(notice)


def test_what_is_due_after_a_pause_comes_though_nobody_looked_in_between(ticks: Ticks) -> None:
    ticks.clock.now = datetime(2025, 3, 25, 6, 0, tzinfo=UTC)
    talk = follow(ticks, "/follow bridges daily at 7:30")
    talk.say("pause for a day")
    ticks.arrives(story(1, "bridges", NOON), NOON)
    (notice,) = ticks.at(datetime(2025, 3, 26, 6, 31, tzinfo=UTC))
    assert "bridges" in text_of(notice)


def test_what_changes_while_it_is_composed_is_not_sent(ticks: Ticks) -> None:
    talk = follow(ticks, "/follow bridges daily at 7:30")
    ticks.arrives(story(1, "bridges", NOON + HOUR), NOON + HOUR)
    ticks.clock.now = datetime(2025, 3, 26, 6, 30, tzinfo=UTC)
    (job,) = [job for job in ticks.conversation.jobs if job.name == "follows"]
    outgoing = job.work(ticks.clock.now)
    assert len(outgoing.notices) == 1
    talk.say("unfollow bridges")
    assert outgoing.settle is not None
    with ticks.newsroom.store.write() as connection:
        withdrawn = outgoing.settle(connection)
    assert withdrawn == [outgoing.notices[0].key]
    assert find_told(ticks.newsroom.store, "tg:1") == []


def test_send_now_moves_the_watermark(ticks: Ticks) -> None:
    talk = follow(ticks, "/follow bridges daily at 7:30")
    ticks.arrives(story(1, "bridges", NOON + HOUR), NOON + HOUR)
    ticks.clock.now = NOON + 2 * HOUR
    talk.say("/subs")
    talk.press_label("1")
    assert "bridges" in talk.press_label("Send now")
    assert talk.last.settle is not None
    with ticks.newsroom.store.write() as connection:
        talk.last.settle(connection)
    assert ticks.at(datetime(2025, 3, 26, 6, 30, tzinfo=UTC)) == []


# --------------------------------------------------------------------------- out of reach
def shut(ticks: Ticks, chat: str) -> None:
    with ticks.newsroom.store.write() as connection:
        suspend(connection, chat, ticks.clock.now)


def test_who_blocked_us_is_welcomed_back_with_what_came(ticks: Ticks) -> None:
    talk = follow(ticks, "/follow bridges daily at 7:30")
    follow(ticks, "/follow tunnels daily at 7:30")
    shut(ticks, "tg:1")
    ticks.arrives(story(1, "bridges", NOON + HOUR), NOON + HOUR)
    assert ticks.at(datetime(2025, 3, 26, 6, 30, tzinfo=UTC)) == []
    ticks.clock.now = NOON + 7 * DAY
    told = talk.say("/start")
    assert told == "Welcome back. Your 2 follows are kept. 1 item came meanwhile."
    assert talk.labels == ["One digest", "Skip"]
    assert "1 story" in talk.press_label("One digest")
    assert look_up_suspension(ticks.newsroom.store, "tg:1") is None
    assert "Welcome back" not in talk.say("/start")
    ticks.clock.now = datetime(2025, 4, 2, 5, 30, tzinfo=UTC)
    assert due_of(ticks) == ticks.clock.now


def test_who_comes_back_with_a_question_is_welcomed_beside_the_answer(ticks: Ticks) -> None:
    talk = follow(ticks, "/follow bridges daily at 7:30")
    shut(ticks, "tg:1")
    talk.say("who decided on bridges?")
    (notice,) = talk.last.notices
    assert "Nothing came meanwhile" in text_of(notice)


def test_two_messages_that_a_closed_chat_never_read_both_count_as_untold(ticks: Ticks) -> None:
    follow(ticks, "/follow bridges at once")
    store, times = ticks.newsroom.store, (NOON + HOUR, NOON + 3 * HOUR)
    for number, moment in enumerate(times):
        ticks.arrives(make_article(number, "bridges", moment), moment)
        (notice,) = ticks.at(moment)
        with store.write() as connection:
            letter = outbox.Letter(notice.key, "tg:1", "sendMessage", {})
            outbox.put_letters(connection, [letter], moment + timedelta(milliseconds=200))
    shut(ticks, "tg:1")
    assert find_told(store, "tg:1") == []


def test_a_message_given_up_after_a_later_one_was_read_is_told_again_alone(ticks: Ticks) -> None:
    follow(ticks, "/follow bridges at once")
    store, times = ticks.newsroom.store, (NOON + HOUR, NOON + 3 * HOUR)
    told: list[list[str]] = []
    for number, moment in enumerate(times):
        ticks.arrives(make_article(number, "bridges", moment), moment)
        (notice,) = ticks.at(moment)
        told.append(find_told(store, "tg:1"))
        with store.write() as connection:
            letter = outbox.Letter(notice.key, "tg:1", "sendMessage", {})
            outbox.put_letters(connection, [letter], moment + timedelta(milliseconds=200))
    first = store.read().execute("SELECT key FROM outbox ORDER BY id").fetchone()["key"]
    with store.write() as connection:
        count_as_untold(connection, first, ticks.clock.now)
    assert set(find_told(store, "tg:1")) == set(told[1]) - set(told[0]) != set()


def test_after_thirty_days_out_of_reach_all_is_dropped(ticks: Ticks) -> None:
    follow(ticks, "/follow bridges daily at 7:30")
    shut(ticks, "tg:1")
    ticks.at(NOON + 29 * DAY)
    assert len(find_subscriptions(ticks.newsroom.store, "tg:1")) == 1
    ticks.at(NOON + 31 * DAY)
    assert find_subscriptions(ticks.newsroom.store, "tg:1") == []


def test_a_group_that_becomes_a_supergroup_keeps_its_follows(ticks: Ticks) -> None:
    store = ticks.newsroom.store
    follow(ticks, "/follow bridges daily at 7:30", chat="tg:1")
    with store.write() as connection:
        connection.execute("UPDATE subscriptions SET chat = 'tg:-5:7'")
        connection.execute("UPDATE places SET chat = 'tg:-5'")
        outbox.move_chat(connection, "tg:-5", "tg:-1005")
        outbox.move_chat(connection, "tg:-5", "tg:-1005")
    ticks.arrives(story(1, "bridges", NOON + HOUR), NOON + HOUR)
    (notice,) = ticks.at(datetime(2025, 3, 26, 6, 30, tzinfo=UTC))
    assert notice.chat == "tg:-1005:7"


def test_a_message_that_was_given_up_is_told_again(ticks: Ticks) -> None:
    """Telegram was out of reach for so long that its letter is too old."""
    follow(ticks, "/follow bridges daily at 7:30")
    ticks.arrives(story(1, "bridges", NOON + HOUR), NOON + HOUR)
    morning = datetime(2025, 3, 26, 6, 30, tzinfo=UTC)
    (notice,) = ticks.at(morning)
    with ticks.newsroom.store.write() as connection:
        count_as_untold(connection, notice.key, morning)
        count_as_untold(connection, "update:17", morning)
    (again,) = ticks.at(morning + DAY)
    assert "Balmarhaven" in text_of(again)
    assert again.key != notice.key
