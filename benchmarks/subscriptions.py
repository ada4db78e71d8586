"""Whether what people follow reaches everybody, through faults and kills, and how fast.

    python benchmarks/subscriptions.py [--people 5000] [--topics 20] [--articles 1000]

The bot runs as a process of its own against the tests' twin of the Bot API, which answers one send
in twenty with 429, 502, a timeout, a cut connection (before or after it took the message) or 403.
Half of the follows are daily digests that are due when it starts, half are told at once while
another connection adds articles. The process is killed three times (SIGKILL) in the middle of
sending. Then everybody must have read all that they follow; whoever answered 403 says /start and
asks for one digest. Telegram's own pace (25 messages a second) is not kept, since it alone would
take 10,000 / 25 s: what is measured is ours.
"""

from __future__ import annotations

import argparse
import sys
import tempfile
import time
from collections import Counter
from pathlib import Path

ROOT = Path(__file__).parents[1]
sys.path[0] = str(ROOT)

from bot.newsroom import Newsroom  # noqa: E402 - found by the line above
from bot.store.store import Store  # noqa: E402
from tests.support.botapi import BotApi, Person, running_twin  # noqa: E402
from tests.support.botapi.bots import BotProcess  # noqa: E402
from tests.support.crowd import (  # noqa: E402
    IN_FLIGHT_SECONDS,
    Chance,
    Crowd,
    make_article,
    make_crowd,
    now_utc,
    times_read,
)

KILLS = 3
SLOW_SECONDS = 16.0  # the bot gives a send up after 15
LONGEST_SECONDS = 900.0


def main() -> int:
    parser = argparse.ArgumentParser(description=__doc__)
    parser.add_argument("--people", type=int, default=5_000)
    parser.add_argument("--topics", type=int, default=20)
    parser.add_argument("--articles", type=int, default=1_000)
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as folder, running_twin() as thread:
        return measure(thread.twin, Path(folder), given.people, given.topics, given.articles)


def measure(twin: BotApi, folder: Path, count: int, topics: int, articles: int) -> int:
    process = BotProcess(twin, folder, arguments=("-m", "tests.support.crowd"))
    with Store(process.store_path) as store:
        newsroom = Newsroom.over(store)
        crowd = make_crowd(store, count, topics, now_utc())
        people = [twin.person(f"P{n}", id=number) for n, number in enumerate(crowd.ids)]
        faults = twin.faults = Chance(slow_seconds=SLOW_SECONDS)
        early, late = parted(articles, topics)
        add(newsroom, crowd, early)
        kills: list[float] = []
        began = time.monotonic()
        for part in range(KILLS):
            process.start()
            before = len(twin.calls_of("sendMessage"))
            add(newsroom, crowd, late[part :: KILLS + 1])
            wait(lambda before=before: len(twin.calls_of("sendMessage")) > before + count // 5)
            process.kill()
            kills.append(time.monotonic())
        process.start()
        add(newsroom, crowd, late[KILLS :: KILLS + 1])
        wait(lambda: is_idle(store, twin))
        seconds = time.monotonic() - began
        shut = set(faults.shut)
        faults.open_all()
        come_back(twin, [p for p in people if p.id in shut])
        wait(lambda: is_idle(store, twin))
        code, stopping = process.stop()
        told = Counter(
            row[0] for row in store.read().execute("SELECT subscription FROM deliveries")
        )
    sends = [call for call in twin.calls_of("sendMessage") if call.status == 200]
    lost, doubled, unexplained = judge(twin, people, crowd, articles, faults, kills)
    print(f"{count:,} people, {2 * count:,} follows, {topics} topics, {articles:,} articles")
    print(f"faults: {dict(sorted(faults.taken.items()))}, kills: {KILLS}")
    print(f"messages: {len(sends):,} in {seconds:.0f} s, {len(told):,} follows told")
    print(f"people who miss a topic's news: {lost}")
    print(f"people who read something twice: {doubled}, of them unexplained: {unexplained}")
    print(f"stopped with {code} in {stopping:.1f} s")
    return 1 if lost or unexplained or code else 0


def parted(articles: int, topics: int) -> tuple[list[int], list[int]]:
    """The articles on topics of daily follows, and those on topics that are told at once."""
    numbers = range(articles)
    return (
        [n for n in numbers if n % topics < topics // 2],
        [n for n in numbers if n % topics >= topics // 2],
    )


def add(newsroom: Newsroom, crowd: Crowd, numbers: list[int]) -> None:
    for number in numbers:
        topic = crowd.topics[number % len(crowd.topics)]
        newsroom.add(make_article(number, topic, now_utc()))


def wait(what) -> None:  # type: ignore[no-untyped-def]
    ends = time.monotonic() + LONGEST_SECONDS
    while not what():
        if time.monotonic() > ends:
            raise SystemExit("nothing of the kind in time")
        time.sleep(0.2)


def is_idle(store: Store, twin: BotApi) -> bool:
    """Whether nothing is due and nothing waits in the outbox, twice in a row."""
    for _ in range(2):
        waiting = "SELECT count(*) FROM outbox WHERE state IN ('due', 'sending', 'unsure')"
        due = (
            "SELECT count(*) FROM subscriptions s WHERE due <= ? AND NOT EXISTS "
            "(SELECT 1 FROM places p WHERE p.chat = s.chat AND p.suspended IS NOT NULL)"
        )
        matched = (
            "SELECT (SELECT max(id) FROM versions) - (SELECT CAST(value AS INTEGER) FROM meta "
            "WHERE key = 'follows_seen:tg')"
        )
        reader = store.read()
        if (
            reader.execute(waiting).fetchone()[0]
            or reader.execute(due, (now_utc().isoformat(),)).fetchone()[0]
            or reader.execute(matched).fetchone()[0]
            or twin.world.updates
        ):
            return False
        time.sleep(1.5)
    return True


def come_back(twin: BotApi, people: list[Person]) -> None:
    for person in people:
        state = twin.world.chats[person.id]
        state.read = len(state.said)
        seen = person.asks("/start", timeout_seconds=60)
        while not seen.text.startswith("Welcome back"):
            seen = twin.wait_for_reply(person, timeout_seconds=60)
        if "One digest" in seen.labels:
            person.presses("One digest", on=seen)


def judge(
    twin: BotApi,
    people: list[Person],
    crowd: Crowd,
    articles: int,
    faults: Chance,
    kills: list[float],
) -> tuple[int, int, int]:
    """(people without a message on a topic of theirs, with one twice, without a reason for it)."""
    lost = doubled = unexplained = 0
    for n, person in enumerate(people):
        texts = [seen.text for seen in twin.from_bot(person)]
        read = "\n".join(texts)
        lost += any(topic not in read for topic in (crowd.daily(n), crowd.at_once(n)))
        twice = any(
            times_read(texts, number) > 1
            for number in range(articles)
            if crowd.topics[number % len(crowd.topics)] in (crowd.daily(n), crowd.at_once(n))
        )
        doubled += twice
        calls = twin.calls_of("sendMessage", person) if twice else []
        in_flight = any(0 <= k - c.at < IN_FLIGHT_SECONDS for k in kills for c in calls)
        unexplained += twice and not in_flight and person.id not in faults.unsure
    return lost, doubled, unexplained


if __name__ == "__main__":
    sys.exit(main())
