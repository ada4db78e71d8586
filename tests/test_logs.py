"""The log leads an operator to each fault, and holds nobody's words, numbers or secrets."""

from __future__ import annotations

import logging
import re
import sqlite3
import time
from collections.abc import Iterator
from contextlib import closing
from pathlib import Path
from urllib.parse import quote

import pytest
from hypothesis import assume, given
from hypothesis import strategies as st

from bot.errors import StoreUnavailableError
from bot.logs import Discretion, discreet_logs, pseudonym
from bot.store.log_names import get_log_key
from bot.store.store import Store
from tests.support.botapi import TOKEN, BotApi, Fault, Group, Person, running_twin
from tests.support.botapi.bots import BotProcess
from tests.support.program import newsbot

MARK = "zyxomatic"
"""A word that stands in everything that people say here, and nowhere else."""
NUMBER = 5_812_345_678


@pytest.fixture
def twin() -> Iterator[BotApi]:
    with running_twin() as running:
        yield running.twin


# --------------------------------------------------------------------------- what is cleaned
@pytest.mark.parametrize(
    ("text", "shown"),
    [
        (f"GET https://api.example/bot{TOKEN}/getMe", "GET https://api.example/bot[token]/getMe"),
        (f"token {quote(TOKEN, safe='')} refused", "token [token] refused"),
        ("POST /bot6123456789:AAabcdefghijklmnopqrstuvwxyz_-12345/x", "POST /bot[token]/x"),
        ("the secret s3cret-of-hook came", "the secret [token] came"),
        ("https://ann:pass@feeds.example/a?key=1#x", "https://feeds.example/a?…"),
        ("http://feeds.example:8080/rss.", "http://feeds.example:8080/rss."),
        ("password=hunter2 and Token=abc", "password=[password] and Token=[password]"),
        ("letter update:800000001 was refused", "letter update:AF0801 was refused"),
        ("3 of 150,000 in 0.1234567 s", "3 of 150,000 in 0.1234567 s"),
        ("/var/newsbot-20261122T101500Z.db", "/var/newsbot-20261122T101500Z.db"),
    ],
    ids=lambda text: text[:24],
)
def test_secrets_are_left_out_of_the_log(text: str, shown: str) -> None:
    assert Discretion((TOKEN, "s3cret-of-hook"), "key").clean(text) == shown


@pytest.mark.parametrize(
    "text",
    [
        "tg:{}",
        "t.me/c/{}/5",
        "the admin {} is gone",
        "tg:{}:7 is closed",
        "id={}",
        "Chat {}.",
        "({})",
    ],
)
@pytest.mark.parametrize("number", [str(NUMBER), "-1002345678901"])
def test_a_person_has_one_name_in_the_log(text: str, number: str) -> None:
    shown = Discretion((), "key").clean(text.format(number))
    assert shown == text.format(pseudonym("key", number))
    assert pseudonym("key", number) == pseudonym("key", f"tg:{number}")
    assert pseudonym("other", number) != pseudonym("key", number)


def test_short_numbers_are_people_only_where_they_stand_for_a_chat() -> None:
    shown = Discretion((), "key").clean("12 letters to tg:12")
    assert shown == f"12 letters to tg:{pseudonym('key', 12)}"


@given(st.text(max_size=40), st.text(max_size=40))
def test_no_words_around_a_secret_or_a_number_let_it_through(before: str, after: str) -> None:
    shown = Discretion((TOKEN, "s3cret-of-hook"), "key").clean(f"{before}{TOKEN}{after}")
    assert TOKEN.partition(":")[2] not in shown
    assume(not before[-1:].isdigit() and not after[:1].isdigit() and not before.endswith("."))
    assert str(NUMBER) not in Discretion((), "key").clean(f"{before}{NUMBER}{after}")


def test_a_hostile_text_is_cleaned_at_once() -> None:
    for text in ("1" * 150_000, "http://" * 20_000, "token=" * 20_000, "tg:-" * 40_000):
        assert len(Discretion((TOKEN,), "key").clean(text)) <= 15 * len(text)


# ------------------------------------------------------------------------------- the records
def test_records_are_cleaned_when_they_are_made(caplog: pytest.LogCaptureFixture) -> None:
    ours, theirs = logging.getLogger("handlers.x"), logging.getLogger("some.library")
    caplog.set_level(logging.DEBUG)
    with discreet_logs((TOKEN,), "key"):
        ours.info("GET https://api.example/bot%s/getMe", TOKEN)
        ours.info("%d of a wrong format: ", TOKEN, TOKEN)
        theirs.warning("I read %s", MARK)
        theirs.warning(f"I read {MARK}")
        try:
            raise ValueError(MARK)
        except ValueError:
            ours.exception("failed for tg:%d", NUMBER)
            theirs.exception(MARK)
    shown = [logging.Formatter().format(record) for record in caplog.records]
    assert len(shown) == 6
    for hidden in (TOKEN, MARK, str(NUMBER)):
        assert hidden not in "\n".join(shown)
    assert shown[0] == "GET https://api.example/bot[token]/getMe"
    assert re.search(r"ValueError: .*left out", shown[4])
    assert "in test_records_are_cleaned_when_they_are_made" in shown[4]


def test_what_the_system_says_of_a_fault_stays() -> None:
    try:
        try:
            raise OSError(28, "No space left on device")
        except OSError as error:
            raise StoreUnavailableError("The store cannot be used.") from error
    except StoreUnavailableError as error:
        trace = Discretion().trace(error)
    assert "No space left on device" in trace
    assert trace.endswith("StoreUnavailableError: The store cannot be used.")


# -------------------------------------------------------------------------------- a real bot
def everything(twin: BotApi) -> tuple[list[Person], list[Group]]:
    """People and groups, once all of them have done everything that Telegram tells us of."""
    ada = twin.person(f"Ada{MARK}", id=NUMBER)
    owner = twin.person(f"Own{MARK}", id=NUMBER + 1)
    ben = twin.person(f"Ben{MARK}", id=NUMBER + 2)
    group = twin.group(f"G{MARK}", members=[ada, ben], admins=[ada])
    topic = group.topic(f"T{MARK}")
    (first,) = ada.sends(f"what did {MARK} say?")
    ada.edits(first, f"what did {MARK} say on {MARK}?")
    for text in (f"/person {MARK}", f"/follow {MARK}", f"/start s_{MARK}", f"/{MARK}", "/privacy"):
        ada.sends(text)
    ada.sends(f"@newsbot_test_bot where is {MARK}?", chat=group, topic=topic)
    ada.presses_data(ada, first["message_id"], f"res:{MARK}"[:64])
    ada.sends_media("voice")
    ada.sends_media("contact")
    ada.forwards(f"“{MARK} is {MARK}”, said {MARK}.", origin=MARK)
    owner.sends(f"/add http://127.0.0.1:9/{MARK}?pass={MARK}")
    owner.sends(f"/feed add https://{MARK}:{MARK}@127.0.0.1:9/{MARK}")
    owner.sends_document(f"{MARK}.pdf", f"%PDF-1.4 {MARK}".encode(), caption=MARK)
    owner.sends_document(f"{MARK}.json", f'{{"text": {MARK}'.encode())
    owner.forwards_album([MARK, MARK], origin=MARK)
    twin.world.add_update("message", {"message_id": 1, "text": MARK, "chat": {"id": NUMBER + 3}})
    twin.world.add_update("callback_query", {"id": MARK, "from": {"id": NUMBER}, "data": 7})
    ben.types(f"what of {MARK}")
    ben.summons(f"@newsbot_test_bot what of {MARK}?")
    ben.blocks()
    ben.unblocks()
    moved = group.upgrades()
    moved.removes_bot()
    return [ada, owner, ben], [group, moved]


def is_all_done(process: BotProcess) -> bool:
    """Whether no update waits any more, of the many that came."""
    with closing(sqlite3.connect(process.store_path)) as store:
        states = dict(store.execute("SELECT state, count(*) FROM inbox GROUP BY state"))
    return states.get("done", 0) > 20 and "new" not in states


def test_a_bot_that_tells_all_tells_nothing_of_anybody(twin: BotApi, tmp_path: Path) -> None:
    with BotProcess(twin, tmp_path, admins=[NUMBER + 1]) as process:
        for fault in (
            Fault("sendMessage", status=400, description="Bad Request: too long", skip=2),
            Fault("sendMessage", status=403, description="Forbidden: bot was blocked", skip=2),
            Fault("sendMessage", status=429, retry_after=1, skip=2),
            Fault("sendMessage", garbage=MARK.encode(), skip=2),
            Fault("getFile", status=400, description="Bad Request: file is too big"),
        ):
            twin.faults.add(fault)
        twin.wait_for(lambda: twin.calls_of("getMe"), timeout_seconds=20)
        people, groups = everything(twin)
        ends = time.monotonic() + 20
        while not is_all_done(process) and time.monotonic() < ends:
            time.sleep(0.05)
        assert is_all_done(process)
        assert process.stop()[0] == 0
    log = process.log
    assert "was refused: Too long" in log
    assert "is set aside" in log
    for hidden in (MARK, MARK.capitalize(), twin.token, twin.token.partition(":")[2]):
        assert hidden not in log
    for one in (*people, *groups):
        assert str(abs(one.id)) not in log


def test_each_failure_that_somebody_sees_is_found_by_its_number(
    twin: BotApi, tmp_path: Path
) -> None:
    ada = twin.person("Ada", id=NUMBER)
    module = ("-m", "tests.support.breaking")
    with BotProcess(twin, tmp_path, arguments=module) as process:
        told = ada.asks(f"what of {MARK}?", timeout_seconds=20).text
        process.stop()
    found = re.search(r"\(ref ([0-9A-F]{6,})\)", told)
    assert found
    assert f"(ref {found[1]})" in process.log
    assert re.search(r"breaking\.py\", line \d+, in handle", process.log)
    assert MARK not in process.log
    with Store(process.store_path) as store:
        name = pseudonym(get_log_key(store), NUMBER)
    assert f"an update from tg:{name} is set aside" in process.log
    number = newsbot("stats", "--who", str(NUMBER), "--db", process.store_path)
    assert number.out == f"In the log of this store {NUMBER} is {name}.\n"
    back = newsbot("stats", "--who", name, "--db", process.store_path)
    assert back.out == f"In the log of this store {name} is {NUMBER}.\n"
    nobody = newsbot("stats", "--who", "id-0000000000", "--db", process.store_path)
    assert (nobody.code, nobody.out) == (1, "")
