"""`newsbot run` as a process: started, killed, cut off and stopped; nothing is lost or leaked."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Iterator
from pathlib import Path

import pytest

from tests.support.botapi import BotApi, BotApiThread, Fault, Person, running_twin
from tests.support.botapi.bots import BotProcess

KILLS = 4
PEOPLE_A_LIFE = 12
IN_FLIGHT_SECONDS = 1.0  # a send this shortly before a kill may not have been noted as done


@pytest.fixture
def running() -> Iterator[BotApiThread]:
    with running_twin() as thread:
        yield thread


@pytest.fixture
def twin(running: BotApiThread) -> BotApi:
    return running.twin


def wait_until_polling(twin: BotApi) -> None:
    """Returns when the bot polls again, counted from now."""
    before = len(twin.calls_of("getMe"))
    twin.wait_for(lambda: len(twin.calls_of("getMe")) > before, timeout_seconds=20)


def rows(process: BotProcess, sql: str) -> list[tuple[object, ...]]:
    connection = sqlite3.connect(process.store_path)
    try:
        return connection.execute(sql).fetchall()
    finally:
        connection.close()


def test_nothing_is_lost_over_kills_at_any_moment(twin: BotApi, tmp_path: Path) -> None:
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
    process = BotProcess(twin, tmp_path)
    for _ in range(kill_count):
        process.start()
        wait_until_polling(twin)
        for _ in range(PEOPLE_A_LIFE):
            person = twin.person(f"P{len(people)}")
            person.sends("/sources")
            people.append(person)
            time.sleep(chance.uniform(0.0, 0.04))
        time.sleep(chance.uniform(0.0, 0.3))
        process.kill()
        kills.append(time.monotonic())
    with process:
        wait_until_polling(twin)
        twin.wait_for(lambda: all(twin.from_bot(p) for p in people), timeout_seconds=20)
        assert process.stop()[0] == 0
    doubled = [person for person in people if len(twin.from_bot(person)) > 1]
    for person in doubled:
        first, *_ = twin.calls_of("sendMessage", person)
        assert any(0 <= kill - first.at < IN_FLIGHT_SECONDS for kill in kills)
    assert len(doubled) < len(people) / 2
    assert rows(process, "SELECT DISTINCT state FROM inbox") == [("done",)]
    assert rows(process, "SELECT DISTINCT state FROM outbox") == [("sent",)]
    return len(people), len(doubled)


def test_an_answer_that_was_not_sent_before_the_kill_is_sent_after_it(
    twin: BotApi, tmp_path: Path
) -> None:
    twin.goes_abroad()
    ada = twin.person("Ada")
    faults = [
        twin.faults.add(Fault(method, status=502, times=None))
        for method in ("sendMessage", "answerGuestQuery")
    ]
    with BotProcess(twin, tmp_path) as process:
        ada.sends("/sources")
        summons = ada.summons("@newsbot_test_bot who won?")
        twin.wait_for(lambda: all(fault.hits for fault in faults), timeout_seconds=20)
        process.kill()
        twin.faults.clear()
        process.start()
        assert twin.wait_for_reply(ada, timeout_seconds=20).text
        assert twin.wait_for(lambda: summons.answer, timeout_seconds=20)["text"]
        assert len(twin.from_bot(ada)) == 1


@pytest.mark.parametrize("token", ["7100000001:AAnot-the-token", "nonsense-token"])
def test_a_token_that_telegram_refuses_ends_the_program(
    twin: BotApi, tmp_path: Path, token: str
) -> None:
    with BotProcess(twin, tmp_path, token=token) as process:
        assert process.wait(20) == 1
        assert "Telegram refuses the bot token." in process.log
        assert "Traceback" not in process.log
        assert token not in process.log


def test_a_token_that_is_withdrawn_ends_the_program(twin: BotApi, tmp_path: Path) -> None:
    with BotProcess(twin, tmp_path) as process:
        wait_until_polling(twin)
        twin.faults.add(Fault("getUpdates", status=401, description="Unauthorized"))
        twin.person("Ada").sends("/sources")
        assert process.wait(20) == 1
        assert "Telegram refuses the bot token." in process.log


def test_the_start_lives_through_an_outage_and_the_stop_ends_in_one(
    running: BotApiThread, tmp_path: Path
) -> None:
    """Also: each fault's log line comes once, and none holds the token."""
    twin = running.twin
    for fault in (
        Fault("getMe", status=502),
        Fault("getMe", garbage=b"<html>"),
        Fault("setMyCommands", status=502),
        Fault("getUpdates", status=502, times=2),
        Fault("sendMessage", garbage=b"{"),
    ):
        twin.faults.add(fault)
    ada = twin.person("Ada")
    ada.sends("/sources")
    with BotProcess(twin, tmp_path) as process:
        assert twin.wait_for_reply(ada, timeout_seconds=30).text
        twin.wait_for(lambda: len(twin.world.settings) >= 3, timeout_seconds=20)
        running.goes_down()
        time.sleep(1)
        code, seconds = process.stop()
        assert code == 0
        assert seconds < 10
        assert process.log.count("trying on") == 3  # the start, the first polls, the outage
        assert twin.token not in process.log
        assert "Traceback" not in process.log


def test_a_webhook_is_removed_and_another_poller_is_named(twin: BotApi, tmp_path: Path) -> None:
    twin.world.settings["webhook"] = {"url": "https://x.example/h", "secret": "", "allowed": []}
    ada = twin.person("Ada")
    rival = Fault(
        "getUpdates", status=409, description="Conflict: terminated by other getUpdates request"
    )
    with BotProcess(twin, tmp_path) as process:
        twin.wait_for(lambda: not twin.world.settings.get("webhook"), timeout_seconds=20)
        assert ada.asks("/sources").text
        twin.faults.add(rival)
        ada.sends("/help")
        twin.wait_for(lambda: "Another program polls" in process.log or None, timeout_seconds=5)
        polls = len(twin.calls_of("getUpdates"))
        time.sleep(1)
        assert len(twin.calls_of("getUpdates")) - polls <= 1
        assert process.log.count("Another program polls") == 1
