"""An answer that stands in many chats and is corrected while the program dies now and then."""

from __future__ import annotations

import random
import sqlite3
import time
from collections.abc import Callable
from contextlib import closing
from dataclasses import dataclass, field
from datetime import UTC, date, datetime
from pathlib import Path

from bot.model import Draft
from bot.newsroom import Newsroom
from bot.store import outbox
from bot.store.outbox import Letter
from bot.store.store import Store
from bot.talk.conversation import Conversation
from bot.talk.replies import Incoming
from handlers.rates import CHAT_GAP_SECONDS, MOST_PER_SECOND
from handlers.render import render_reply
from tests.support.botapi import BotApi, Group, Person, Rates, running_twin
from tests.support.botapi.bots import BotProcess
from tests.support.crowd import IN_FLIGHT_SECONDS
from tests.support.stores import with_text

FIRST_ID = 7_300_000_001
TOLD = "Corrected: the article now says 61"
ASKED = "how many passengers were taken off the ferry Halvard"
FERRY = Draft(
    id="ferry",
    url="https://portcourier.example/ferry",
    title="Ferry drill ends early",
    source="Port Courier",
    published=date(2025, 3, 18),
    text=(
        "Ferry drill ends early\n\n"
        "Rescuers took 88 passengers off the ferry Halvard on Monday, the harbour office said. "
        "“We will repeat the drill in May,” said Ines Roca, the harbour master.\n\n"
        "The ramp on Gull Island was closed for two hours."
    ),
)


@dataclass(frozen=True)
class Travelled:
    """How a correction reached everybody: seconds, calls, who read it twice and why not."""

    seconds: float
    edits: int
    notices: int
    refused: int
    group_messages: int
    tracebacks: int
    doubled: list[int] = field(default_factory=list)
    """Who was told twice though no send was in flight when the program died."""
    in_flight: int = 0
    """Who was told twice because one was."""


def changed(old: str, new: str, article: Draft = FERRY) -> Draft:
    """The article with other words in it."""
    assert old in article.text
    return with_text(article, article.text.replace(old, new))


def until(is_so: Callable[[], bool], *, seconds: float = 10.0, pace: float = 0.02) -> None:
    """Wait for what nobody tells us of."""
    ends = time.monotonic() + seconds
    while not is_so():
        assert time.monotonic() < ends, "waited in vain"
        time.sleep(pace)


def travel(
    folder: Path, *, people: int, groups: int, kills: int, real_rates: bool = False
) -> Travelled:
    """Send the same answer to so many chats, correct its article, and kill the program meanwhile;
    with `real_rates` at Telegram's pace, which the twin then enforces."""
    chance = random.Random(11)
    environment = {"CROWD_PER_SECOND": "300", "CROWD_GAP": "0.01"}
    if real_rates:
        environment = {
            "CROWD_PER_SECOND": str(MOST_PER_SECOND),
            "CROWD_GAP": str(CHAT_GAP_SECONDS),
        }
    with running_twin(rates=Rates() if real_rates else None) as thread:
        twin = thread.twin
        arguments = ("-m", "tests.support.crowd")
        process = BotProcess(twin, folder, arguments=arguments, environment=environment)
        persons = [twin.person(f"P{n}", id=FIRST_ID + n) for n in range(people)]
        chats: list[Person | Group] = [*persons, *(twin.group(f"G{n}") for n in range(groups))]
        with Store(process.store_path) as store:
            Newsroom.over(store).add(FERRY)
            _answer_everybody(store, [chat.id for chat in chats])
        process.start()
        until(lambda: _known(process.store_path) == len(chats), seconds=60, pace=0.1)
        began = time.monotonic()
        _correct(process.store_path)
        died: list[float] = []
        for part in range(kills):
            enough = (part + 1) * len(chats) // (kills + 2) + chance.randint(0, 5)
            until(lambda enough=enough: _edits(twin) > enough, seconds=60)  # type: ignore[misc]
            process.kill()
            died.append(time.monotonic())
            process.start()
        until(
            lambda: (
                all(_is_right(twin, c) for c in chats) and all(_told(twin, p) for p in persons)
            ),
            seconds=120,
            pace=0.3,
        )
        seconds = time.monotonic() - began
        process.stop()
        twice = [p for p in persons if _told(twin, p) > 1]
        flying = [p for p in twice if _in_flight(twin, p, died)]
        calls = [*twin.calls_of("sendMessage"), *twin.calls_of("editMessageText")]
        return Travelled(
            seconds,
            _edits(twin),
            sum(_told(twin, p) for p in persons),
            sum(call.status == 429 for call in calls),
            sum(len(twin.from_bot(chat)) for chat in chats[people:]),
            process.log.count("Traceback"),
            [p.id for p in twice if p not in flying],
            len(flying),
        )


def _answer_everybody(store: Store, chats: list[int]) -> None:
    """The same answer on its way to all these chats."""
    talk = Conversation(Newsroom.over(store))
    (message,) = render_reply(talk.handle(Incoming("tg:1", "tg:1", text=ASKED)))
    letters = [
        Letter(f"update:{n}", f"tg:{chat}", "send", message.payload())
        for n, chat in enumerate(chats)
    ]
    with store.write() as connection:
        outbox.put_letters(connection, letters, datetime.now(UTC))


def _correct(path: Path) -> None:
    """A new version from another process's connection, which has rested long enough."""
    with Store(path) as store:
        Newsroom.over(store).add(changed("88 passengers", "61 passengers"))
        with store.write() as connection:
            connection.execute("UPDATE corrections SET made = '2025-01-01T00:00:00+00:00'")


def _known(path: Path) -> int:
    """How many messages the store knows to stand in chats."""
    with closing(sqlite3.connect(path)) as connection:
        return int(connection.execute("SELECT count(*) FROM sent").fetchone()[0])


def _edits(twin: BotApi) -> int:
    return len(twin.calls_of("editMessageText"))


def _told(twin: BotApi, person: Person) -> int:
    return sum(seen.text.startswith(TOLD) for seen in twin.from_bot(person))


def _is_right(twin: BotApi, chat: Person | Group) -> bool:
    return any(s.edits and "61, before 88" in s.text for s in twin.from_bot(chat))


def _in_flight(twin: BotApi, person: Person, died: list[float]) -> bool:
    """Whether a send was in flight here when the program died."""
    calls = twin.calls_of("sendMessage", person)
    return any(0 <= death - call.at < IN_FLIGHT_SECONDS for death in died for call in calls)
