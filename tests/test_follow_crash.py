"""200 subscribers, 20 topics, 50 new articles, faults in one call of twenty, and three kills."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Sequence
from pathlib import Path

from bot.newsroom import Newsroom
from bot.store.store import Store
from tests.support.botapi import BotApi, Person, running_twin
from tests.support.botapi.bots import BotProcess
from tests.support.crowd import (
    IN_FLIGHT_SECONDS,
    Chance,
    Crowd,
    make_article,
    make_crowd,
    marker,
    missing,
    now_utc,
    times_read,
)

PEOPLE, TOPICS, ARTICLES, KILLS = 200, 20, 50, 3
NUMBERS = range(ARTICLES)


def add(path: Path, crowd: Crowd, numbers: Sequence[int]) -> None:
    """Articles put in by another process's connection, one after another."""
    with Store(path) as store:
        newsroom = Newsroom.over(store)
        for number in numbers:
            newsroom.add(make_article(number, crowd.topics[number % TOPICS], now_utc()))


def read_by(twin: BotApi, person: Person) -> str:
    return "\n".join(seen.text for seen in twin.from_bot(person))


def test_nothing_followed_is_lost_over_faults_and_kills(tmp_path: Path) -> None:
    chance = random.Random(7)
    with running_twin() as thread:
        twin = thread.twin
        process = BotProcess(twin, tmp_path, arguments=("-m", "tests.support.crowd"))
        with Store(process.store_path) as store:
            Newsroom.over(store)
            crowd = make_crowd(store, PEOPLE, TOPICS, now_utc())
        people = [twin.person(f"P{n}", id=number) for n, number in enumerate(crowd.ids)]
        faults = twin.faults = Chance()
        # Half of the news is there when the daily digests come due, half comes in meanwhile.
        add(process.store_path, crowd, [n for n in NUMBERS if n % TOPICS < TOPICS // 2])
        later = [n for n in NUMBERS if n % TOPICS >= TOPICS // 2]
        kills: list[float] = []
        for part in range(KILLS):
            process.start()
            wait_until(process, "SELECT count(*) FROM meta WHERE key = 'follows_seen:tg'")
            before = len(twin.calls_of("sendMessage"))
            add(process.store_path, crowd, later[part :: KILLS + 1])
            enough = before + chance.randint(20, 60)
            twin.wait_for(
                lambda enough=enough: len(twin.calls_of("sendMessage")) > enough,  # type: ignore[misc]
                timeout_seconds=20,
            )
            process.kill()
            kills.append(time.monotonic())
        wanted = {
            person.id: [
                number
                for number in NUMBERS
                if crowd.topics[number % TOPICS] in (crowd.at_once(n), crowd.daily(n))
            ]
            for n, person in enumerate(people)
        }
        with process:
            add(process.store_path, crowd, later[KILLS :: KILLS + 1])
            reachable = [p for p in people if p.id not in faults.shut]
            twin.wait_for(
                lambda: all(
                    not missing(read_by(twin, p), wanted[p.id])
                    for p in reachable
                    if p.id not in faults.shut
                ),
                timeout_seconds=60,
            )
            shut = set(faults.shut)
            faults.open_all()
            for person in (p for p in people if p.id in shut):
                seen = person.asks("/start")
                while not seen.text.startswith("Welcome back"):
                    seen = twin.wait_for_reply(person)
                if "One digest" in seen.labels:
                    person.presses("One digest", on=seen)
                    twin.wait_for_reply(person)
            twin.wait_for(
                lambda: all(not missing(read_by(twin, p), wanted[p.id]) for p in people),
                timeout_seconds=20,
            )
            assert process.stop()[0] == 0
        assert len(faults.taken) == 5
        unexplained = [
            p for p in people if doubled(twin, p) and not explained(twin, p, faults, kills)
        ]
        assert unexplained == []
        assert process.log.count("Traceback") == 0


def wait_until(process: BotProcess, sql: str) -> None:
    for _ in range(200):
        connection = sqlite3.connect(process.store_path)
        try:
            if connection.execute(sql).fetchone()[0]:
                return
        finally:
            connection.close()
        time.sleep(0.05)
    raise AssertionError(process.log)


def doubled(twin: BotApi, person: Person) -> list[str]:
    """The articles of which this person has read more than once."""
    texts = [seen.text for seen in twin.from_bot(person)]
    return [marker(number) for number in NUMBERS if times_read(texts, number) > 1]


def explained(twin: BotApi, person: Person, faults: Chance, kills: list[float]) -> bool:
    """Whether a send's answer was lost here, or one was in flight when the program died."""
    if person.id in faults.unsure:
        return True
    calls = twin.calls_of("sendMessage", person)
    return any(0 <= kill - call.at < IN_FLIGHT_SECONDS for kill in kills for call in calls)
