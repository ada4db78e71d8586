"""Following over HTTP against the twin: what people get, and who may change what."""

from __future__ import annotations

import contextlib
from collections.abc import Iterator
from dataclasses import dataclass
from datetime import UTC, datetime, timedelta

import pytest

from bot.newsroom import Newsroom
from bot.store.store import Store
from bot.store.subscriptions import find_subscriptions
from bot.talk.conversation import Conversation
from bot.talk.desks import Job
from handlers.rates import Rates
from tests.support.botapi import BotApi, Fault, Group, Person, running_twin
from tests.support.botapi.bots import bot_in_thread
from tests.support.talks import Clock
from tests.support.ticks import Ticks, story
from tests.test_talk_ideal import NEWS

OWNER = 6_000_000_009
NOON = datetime(2025, 3, 24, 13, 7, tzinfo=UTC)  # a Monday
ANONYMOUS = {
    "id": 1087968824,
    "is_bot": True,
    "first_name": "Group",
    "username": "GroupAnonymousBot",
}


@dataclass
class Running:
    """The bot at work, with a clock that a test sets."""

    twin: BotApi
    store: Store
    clock: Clock
    desk: Ticks

    def arrives(self, number: int, topic: str) -> None:
        self.desk.arrives(story(number, topic, self.clock.now), self.clock.now)

    def jump(self, moment: datetime) -> None:
        self.clock.now = moment


@contextlib.contextmanager
def bot_over(store: Store, clock: Clock, twin: BotApi) -> Iterator[Running]:
    newsroom = Newsroom.over(store)
    talk = Conversation(newsroom, questions_per_minute=1_000, clock=clock)
    jobs = [
        Job(job.name, 0.05, lambda _, job=job: job.work(clock()))  # type: ignore[misc]
        for job in talk.jobs
        if job.name != "feeds"
    ]
    rates = Rates(chat_gap_seconds=0.01)
    with bot_in_thread(twin, talk, store, admins=[OWNER], rates=rates, jobs=jobs):
        yield Running(twin, store, clock, Ticks(newsroom, clock))


@pytest.fixture
def running() -> Iterator[Running]:
    with running_twin() as thread, Store(None) as store:
        newsroom = Newsroom.over(store)
        for article in NEWS:
            newsroom.add(article)
        thread.twin.person("Olga", id=OWNER)
        with bot_over(store, Clock(NOON), thread.twin) as bot:
            yield bot


@pytest.fixture
def ada(running: Running) -> Person:
    return running.twin.person("Ada", language="sv")


def follow(running: Running, person: Person, words: str, **where: Group) -> None:
    """Set up a follow in Stockholm."""
    chat = where.get("chat", person)
    seen = person.asks(words, **where)
    if "Other city…" in seen.labels:
        label = next(label for label in seen.labels if label.startswith("Stockholm"))
        person.presses_in(chat, label)
        seen = running.twin.wait_for_reply(chat)
    assert seen.text.startswith("Done"), seen.text


def test_a_follow_is_set_up_from_an_answer_as_the_ideal_conversation_has_it(
    running: Running, ada: Person
) -> None:
    twin = running.twin
    ada.asks("what did lindqvist say about pipeline gas")
    ada.presses("Follow Lindqvist")
    asked = twin.wait_for_reply(ada)
    assert asked.labels == ["At once, max 3 a day", "Daily digest", "Mondays"]
    ada.presses("Daily digest")
    zone = twin.wait_for_reply(ada)
    assert zone.message_id == asked.message_id
    assert zone.labels[0] == "Stockholm 14:07 now"
    ada.presses("Stockholm 14:07 now")
    assert twin.wait_for_reply(ada).labels == ["Yes, 07:30", "18:00", "Other…"]
    ada.presses("Yes, 07:30")
    done = twin.wait_for_reply(ada)
    assert done.text.startswith("Done: Mara Lindqvist, daily at 07:30, Stockholm.")
    assert "Next: Tue 25 Mar 07:30, Wed 26 Mar 07:30, Thu 27 Mar 07:30." in done.text
    assert done.labels == ["Preview now", "Undo", "Change"]
    ada.presses("Undo")
    assert "is not followed" in twin.wait_for_reply(ada).text


def test_after_thirty_hours_down_one_digest_says_so(running: Running, ada: Person) -> None:
    follow(running, ada, "/follow bridges daily at 7:30")
    for number in range(2):
        running.arrives(number, "bridges")
    running.jump(datetime(2025, 3, 26, 6, 30, tzinfo=UTC))
    digest = running.twin.wait_for_reply(ada)
    assert digest.marked("bold")[0].startswith(
        "Bridges · Tue–Wed (one was missed while I was down)"
    )
    assert digest.marked("blockquote")
    assert digest.labels[-3:] == ["Less like this", "Pause", "Unfollow"]
    ada.presses("Pause")
    assert "Pause Bridges for how long?" in running.twin.wait_for_reply(ada).text
    ada.presses("Until I return")
    assert "paused until you resume it" in running.twin.wait_for_reply(ada).text


def test_a_shared_location_finds_the_clock(running: Running, ada: Person) -> None:
    ada.asks("/follow bridges at once")
    ada.sends_media("location")
    assert running.twin.wait_for_reply(ada).labels[0] == "Stockholm 14:07 now"


def test_who_blocks_the_bot_is_kept_and_welcomed_back(running: Running, ada: Person) -> None:
    follow(running, ada, "/follow bridges daily at 7:30")
    follow(running, ada, "/follow tunnels daily at 7:30")
    # Blocked without an update: the first digest that does not arrive tells.
    running.twin.world.chats[ada.id].shut = "bot was blocked by the user"
    running.arrives(1, "bridges")
    running.jump(datetime(2025, 3, 25, 6, 30, tzinfo=UTC))
    running.twin.wait_for(
        lambda: [c for c in running.twin.calls_of("sendMessage", ada) if c.status == 403]
    )
    running.jump(datetime(2025, 3, 31, 12, 0, tzinfo=UTC))
    ada.unblocks()
    seen = ada.asks("/start")
    assert seen.text == "Welcome back. Your 2 follows are kept. 1 item came meanwhile."
    ada.presses("One digest")
    assert "bridges" in running.twin.wait_for_reply(ada).text


def test_one_digest_that_telegram_refuses_is_told_to_the_owner_and_stops_nobody(
    running: Running, ada: Person
) -> None:
    bo = running.twin.person("Bo", language="sv")
    olga = Person(running.twin, running.twin.world.people[OWNER])
    for person in (ada, bo):
        follow(running, person, "/follow bridges daily at 7:30")
    running.arrives(1, "bridges")
    words = "Bad Request: message text is strange"
    running.twin.faults.add(Fault("sendMessage", chat=ada.id, status=400, description=words))
    running.jump(datetime(2025, 3, 25, 6, 30, tzinfo=UTC))
    assert "bridges" in running.twin.wait_for_reply(bo).text
    told = running.twin.wait_for_reply(olga).text
    assert f"to the chat {ada.id}" in told
    assert "set aside" in told
    running.arrives(20, "bridges")
    running.jump(datetime(2025, 3, 26, 6, 30, tzinfo=UTC))
    assert "bridges" in running.twin.wait_for_reply(ada).text


# ---------------------------------------------------------------------- groups and channels
def test_in_a_group_admins_decide_and_the_topic_gets_the_digest(running: Running) -> None:
    twin = running.twin
    boss, member = twin.person("Boss", language="sv"), twin.person("Mia", language="sv")
    group = twin.group(members=[boss, member], admins=[boss])
    topic = group.topic("Works")
    refused = member.asks("/follow bridges daily at 7:30", chat=group, topic=topic)
    assert refused.text.startswith("Only the admins of this group can change that here.")
    asked = boss.asks("/follow bridges daily at 7:30", chat=group, topic=topic)
    assert asked.topic == topic
    press = member.presses_in(group, "Stockholm 14:07 now")
    assert "Only the admins of this group" in twin.wait_for_answer(press)["text"]
    boss.presses_in(group, "Stockholm 14:07 now")
    assert twin.wait_for_reply(group).text.startswith("Done")
    assert len(twin.calls_of("getChatMember")) == 2  # one a person, remembered
    running.arrives(1, "bridges")
    running.jump(datetime(2025, 3, 25, 6, 30, tzinfo=UTC))
    assert twin.wait_for_reply(group).topic == topic


def test_an_anonymous_admin_speaks_for_the_own_group_alone(running: Running) -> None:
    twin = running.twin
    boss = twin.person("Boss")
    group, other = twin.group(members=[boss]), twin.group(members=[boss])
    for sender, words in ((group, "Which time zone?"), (other, "Only the admins of this group")):
        masked = Person(twin, ANONYMOUS)
        masked.sends(
            "/follow bridges daily at 7:30",
            chat=group,
            sender_chat={"id": sender.id, "type": "supergroup", "title": "x"},
        )
        assert words in twin.wait_for_reply(group).text


def test_a_channel_is_set_up_in_private_and_posted_to(running: Running, ada: Person) -> None:
    twin = running.twin
    channel = twin.group("Harbour", admins=[ada], kind="channel", username="harbour_news")
    other = twin.person("Bo", language="sv")
    refused = other.asks("/follow bridges in @harbour_news daily at 7:30")
    assert refused.text == "Only admins of @harbour_news can change what it follows."
    assert "I cannot see @nowhere_at_all" in ada.asks("/follow x in @nowhere_at_all").text
    follow(running, ada, "/follow bridges in @harbour_news daily at 7:30")
    running.arrives(1, "bridges")
    running.jump(datetime(2025, 3, 25, 6, 30, tzinfo=UTC))
    assert "bridges" in twin.wait_for_reply(channel).text
    assert "1. Bridges" in ada.asks("/subs @harbour_news").text


def test_a_group_that_threw_us_out_goes_on_where_it_was_when_we_are_back(
    running: Running,
) -> None:
    twin = running.twin
    boss = twin.person("Boss", language="sv")
    group = twin.group(members=[boss], admins=[boss])
    follow(running, boss, "/follow bridges daily at 7:30", chat=group)
    group.removes_bot()
    twin.wait_for(lambda: running.store.read().execute(SUSPENDED).fetchone()[0])
    running.arrives(1, "bridges")
    running.jump(datetime(2025, 3, 25, 12, 0, tzinfo=UTC))
    group.state.shut = None
    twin.add_membership(group.state, "member")
    assert "bridges" in twin.wait_for_reply(group).text


SUSPENDED = "SELECT count(*) FROM places WHERE suspended IS NOT NULL"


# ------------------------------------------------------------------------------- broadcasts
def test_a_broadcast_is_previewed_counted_sent_and_can_be_declined(
    running: Running, ada: Person
) -> None:
    twin = running.twin
    olga = Person(twin, twin.world.people[OWNER])
    people = [ada, *(twin.person(f"P{n}") for n in range(3))]
    for person in people:
        person.asks("/start")
    olga.asks("/start")
    assert "Only" in ada.asks("/broadcast Hello").text
    preview = olga.asks("/broadcast We move <on> Friday.")
    assert "It would go to 5 chats." in preview.text
    assert "We move <on> Friday." in preview.text
    olga.presses("Send to 5 chats")
    assert "on its way" in twin.wait_for_reply(olga).text
    for person in people:
        assert twin.wait_for_reply(person).text.startswith("We move <on> Friday.")
    twin.wait_for(lambda: any("is done" in s.text for s in twin.from_bot(olga)))
    last = next(s for s in twin.from_bot(olga) if "is done" in s.text)
    state = twin.world.chats[OWNER]
    state.read = len(state.said)
    assert "delivered to 5 of 5" in last.text
    ada.presses("No more of these")
    twin.wait_for(lambda: _declined(running))
    assert "It would go to 4 chats." in olga.asks("/broadcast Again").text
    olga.presses("Cancel")
    assert "Nothing was sent." in twin.wait_for_reply(olga).text


def _declined(running: Running) -> bool:
    sql = "SELECT count(*) FROM places WHERE NOT json_extract(data, '$.broadcasts')"
    return bool(running.store.read().execute(sql).fetchone()[0])


# ------------------------------------------------------------------------------- new account
def test_another_token_keeps_what_people_follow() -> None:
    with Store(None) as store:
        clock = Clock(NOON)
        with running_twin() as thread, bot_over(store, clock, thread.twin) as bot:
            ada = thread.twin.person("Ada", id=5_000_000_777, language="sv")
            follow(bot, ada, "/follow bridges daily at 7:30")
            bot.arrives(1, "bridges")
        with running_twin(token="7100000002:AAanother-token-of-another-bot00000") as thread:
            ada = thread.twin.person("Ada", id=5_000_000_777, language="sv")
            clock.now = datetime(2025, 3, 25, 6, 30, tzinfo=UTC)
            with bot_over(store, clock, thread.twin):
                assert "bridges" in thread.twin.wait_for_reply(ada).text
        assert find_subscriptions(store, f"tg:{ada.id}")[0].due == clock.now + timedelta(days=1)
