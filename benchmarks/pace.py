"""Whether Telegram's rates are kept towards everybody: `python -m benchmarks.pace [KILLS]`.

200 subscribers are due their digest, then the owner sends a note to all, over HTTP to the twin,
which refuses what comes faster than Telegram allows; the program is killed so often meanwhile.
"""

from __future__ import annotations

import sys
import tempfile
import time
from collections.abc import Callable
from pathlib import Path

from bot.newsroom import Newsroom
from bot.store.chats import ChatState, put_chat
from bot.store.store import Store
from handlers.rates import CHAT_GAP_SECONDS, MOST_PER_SECOND
from tests.support.botapi import Rates, running_twin
from tests.support.botapi.bots import BotProcess
from tests.support.crowd import make_article, make_crowd, now_utc

PEOPLE, TOPICS, ARTICLES = 200, 10, 40
OWNER = 7_400_000_001
NOTE = "We move to a new machine on Friday at noon."
LONGEST_SECONDS = 180.0


def main() -> None:
    kills = int(sys.argv[1]) if len(sys.argv) > 1 else 2
    environment = {"CROWD_PER_SECOND": str(MOST_PER_SECOND), "CROWD_GAP": str(CHAT_GAP_SECONDS)}
    with tempfile.TemporaryDirectory() as folder, running_twin(rates=Rates()) as thread:
        twin = thread.twin
        process = BotProcess(
            twin,
            Path(folder),
            admins=(OWNER,),
            arguments=("-m", "tests.support.crowd"),
            environment=environment,
        )
        owner = twin.person("Olga", id=OWNER)
        with Store(process.store_path) as store:
            crowd = make_crowd(store, PEOPLE, TOPICS, now_utc())
            people = [twin.person(f"P{n}", id=number) for n, number in enumerate(crowd.ids)]
            for person in people:
                put_chat(store, f"tg:{person.id}", ChatState())
            newsroom = Newsroom.over(store)
            for n in range(ARTICLES):
                newsroom.add(make_article(n, crowd.topics[n % TOPICS], now_utc()))

        def reached(words: str) -> int:
            return sum(any(words in seen.text for seen in twin.from_bot(p)) for p in people)

        def through(words: str) -> float:
            began = time.monotonic()
            for part in range(kills):
                enough = (part + 1) * PEOPLE // (kills + 2)
                _wait(lambda enough=enough: reached(words) > enough)  # type: ignore[misc]
                process.kill()
                process.start()
            _wait(lambda: reached(words) == PEOPLE)
            return time.monotonic() - began

        process.start()
        digests = through("ology")
        preview = owner.asks(f"/broadcast {NOTE}")
        owner.presses(f"Send to {PEOPLE} chats", on=preview)
        notes = through(NOTE)
        process.stop()
        calls = [call for call in twin.calls_of("sendMessage") if call.status is not None]
        refused = sum(call.status == 429 for call in calls)
    lines = [
        f"{PEOPLE} subscribers, {kills} kills: all digests after {digests:.1f} s",
        f"the owner's note to all, {kills} kills: after {notes:.1f} s",
        f"messages {len(calls) - refused}, refused for being too fast (429): {refused}",
    ]
    sys.stdout.write("\n".join(lines) + "\n")


def _wait(is_so: Callable[[], bool]) -> None:
    ends = time.monotonic() + LONGEST_SECONDS
    while not is_so():
        if time.monotonic() > ends:
            raise SystemExit("waited in vain")
        time.sleep(0.1)


if __name__ == "__main__":
    main()
