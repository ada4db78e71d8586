"""The bot as a process: killed behind its webhook, and killed by an update again and again."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path

import pytest

from tests.support.botapi import BotApi, Fault, Person, running_twin
from tests.support.botapi.bots import SECRET, BotProcess, free_port, webhook_on

KILLS = 4
PEOPLE_A_LIFE = 12
IN_FLIGHT_SECONDS = 1.0  # a send this shortly before a kill may not have been noted as done
ECHO = ("-m", "tests.support.deadly")


@pytest.fixture
def twin() -> Iterator[BotApi]:
    with running_twin() as running:
        yield running.twin


def behind_webhook(twin: BotApi, folder: Path, **options: tuple[str, ...]) -> BotProcess:
    hook = webhook_on(free_port())
    environment = {
        "NEWSBOT_TELEGRAM_WEBHOOK_URL": hook.url,
        "NEWSBOT_TELEGRAM_WEBHOOK_LISTEN": hook.listen,
        "NEWSBOT_TELEGRAM_WEBHOOK_SECRET": hook.secret.reveal(),
    }
    return BotProcess(twin, folder, environment=environment, **options)


def wait_for_start(twin: BotApi, started: int) -> None:
    """Returns when the bot has started more than `started` times."""
    twin.wait_for(lambda: len(twin.calls_of("setWebhook")) > started, timeout_seconds=20)


def rows(process: BotProcess, sql: str) -> list[tuple[object, ...]]:
    with closing(sqlite3.connect(process.store_path)) as connection:
        return connection.execute(sql).fetchall()


def test_nothing_is_lost_over_kills_behind_a_webhook(twin: BotApi, tmp_path: Path) -> None:
    outlive_kills(twin, tmp_path, KILLS)


def outlive_kills(twin: BotApi, tmp_path: Path, kill_count: int) -> tuple[int, int]:
    """How many asked while the process was killed so often, and how many were answered twice.

    Sends take a while, so that some are in flight at each kill. Raises AssertionError where one
    is lost, or doubled without need.
    """
    twin.faults.add(Fault("sendMessage", latency_seconds=0.05, times=None))
    chance = random.Random(4711)
    people: list[Person] = []
    kills: list[float] = []
    process = behind_webhook(twin, tmp_path, arguments=ECHO)
    for life in range(kill_count):
        process.start()
        wait_for_start(twin, life)
        for _ in range(PEOPLE_A_LIFE):
            person = twin.person(f"P{len(people)}")
            person.sends(f"question {len(people)}")
            people.append(person)
            time.sleep(chance.uniform(0.0, 0.04))
        time.sleep(chance.uniform(0.0, 0.3))
        process.kill()
        kills.append(time.monotonic())
    with process:
        wait_for_start(twin, kill_count)
        twin.wait_for(lambda: all(twin.from_bot(p) for p in people), timeout_seconds=30)
        assert process.stop()[0] == 0
    for number, person in enumerate(people):
        assert {seen.text for seen in twin.from_bot(person)} == {f"question {number}"}
    doubled = [person for person in people if len(twin.from_bot(person)) > 1]
    for person in doubled:
        first, *_ = twin.calls_of("sendMessage", person)
        assert any(0 <= kill - first.at < IN_FLIGHT_SECONDS for kill in kills)
    assert len(doubled) < len(people) / 2
    assert rows(process, "SELECT DISTINCT state FROM inbox") == [("done",)]
    assert rows(process, "SELECT DISTINCT state FROM outbox") == [("sent",)]
    assert SECRET not in process.log
    return len(people), len(doubled)


def test_an_update_that_kills_the_program_is_set_aside_and_told(
    twin: BotApi, tmp_path: Path
) -> None:
    """Whoever asked beside it is answered, and is not set aside for its sake."""
    process = BotProcess(twin, tmp_path, arguments=ECHO)
    ada, others = twin.person("Ada"), [twin.person(f"P{n}") for n in range(3)]
    for other in others:
        other.sends("slow")
    ada.sends("die")
    ada.sends("after")
    lives = 0
    while len(twin.from_bot(ada)) < 2 and lives < 10:
        lives += 1
        process.start()
        while not process.has_ended and len(twin.from_bot(ada)) < 2:
            time.sleep(0.05)
    twin.wait_for(lambda: len(twin.from_bot(ada)) == 2, timeout_seconds=20)
    assert process.stop()[0] == 0
    told, after = twin.from_bot(ada)
    assert told.text.startswith("Something broke on my side (ref ")
    assert after.text == "after"
    assert lives == 4
    for other in others:
        assert {seen.text for seen in twin.from_bot(other)} == {"slow"}
    states = rows(process, "SELECT state, count(*) FROM inbox GROUP BY state ORDER BY state")
    assert states == [("done", 4), ("poison", 1)]
    assert rows(process, "SELECT max(tries) FROM inbox WHERE state = 'done'") <= [(2,)]
