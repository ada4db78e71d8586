"""A crowd of subscribers: who follows what, articles that each say something of their own, faults
by chance, and what everybody must have read in the end.

`python -m tests.support.crowd` is the bot over such a store, its jobs at a quick pace; settings
come from the environment as for `newsbot run`.
"""

from __future__ import annotations

import logging
import os
import random
import sys
import threading
from collections.abc import Iterable
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta
from pathlib import Path

from bot.config import load_config
from bot.digest import InterestKind, make_interest
from bot.model import Draft
from bot.newsroom import Newsroom
from bot.store.settings import put_settings
from bot.store.store import Store
from bot.store.subscriptions import Subscription, SubscriptionState, put_subscription
from bot.talk.conversation import Conversation
from bot.talk.follow_data import ChatSettings, dump_settings
from bot.talk.rhythm import AT_ONCE, dump_rhythm, make_rhythm
from handlers.app import run
from handlers.rates import Rates
from tests.support.botapi.faults import Fault, Faults

PACE_SECONDS = 0.1
FIRST_ID = 7_200_000_001
IN_FLIGHT_SECONDS = 1.5  # a send this shortly before a kill may not have been noted as done
_SYLLABLES = "ba de fi go ku la me ni po ru sa te vi wo zu bra dre fli gro klu".split()


@dataclass(frozen=True)
class Crowd:
    """Who follows which topics: by day at a minute that is past, and at once."""

    ids: tuple[int, ...]
    topics: tuple[str, ...]

    def daily(self, person: int) -> str:
        return self.topics[person % (len(self.topics) // 2)]

    def at_once(self, person: int) -> str:
        half = len(self.topics) // 2
        return self.topics[half + person % (len(self.topics) - half)]


def word(number: int, salt: int) -> str:
    """A word that no other number and salt has."""
    value, parts = number * 31 + salt + 8_000, []
    while value:
        value, rest = divmod(value, len(_SYLLABLES))
        parts.append(_SYLLABLES[rest])
    return "".join(parts)


def make_crowd(store: Store, people: int, topics: int, now: datetime) -> Crowd:
    """`people` subscribers in `store`, each with a daily follow that is due and one at once."""
    crowd = Crowd(
        tuple(FIRST_ID + n for n in range(people)),
        tuple(f"{word(n, 90_000)}ology" for n in range(topics)),
    )
    minute = (now - timedelta(minutes=1)).time()
    daily = dump_rhythm(make_rhythm([minute]))
    at_once = dump_rhythm(replace(AT_ONCE, most=1_000, gap_minutes=0))
    settings = dump_settings(ChatSettings(zone="UTC", quiet=None))
    since = now - timedelta(hours=20)
    with store.write() as connection:
        for n, number in enumerate(crowd.ids):
            chat = f"tg:{number}"
            put_settings(connection, chat, settings)
            for topic, rhythm in ((crowd.daily(n), daily), (crowd.at_once(n), at_once)):
                interest = make_interest(InterestKind.TOPIC, topic)
                data = {
                    "interest": {"kind": "topic", "text": interest.text},
                    "rhythm": rhythm,
                    "length": "long",
                }
                due = now - timedelta(minutes=1) if rhythm is daily else None
                it = Subscription(chat, chat, data, since, since, SubscriptionState.ACTIVE, due)
                put_subscription(connection, it, now)
    return crowd


def make_article(number: int, topic: str, moment: datetime) -> Draft:
    """An article on `topic` whose every other word is its own; `marker` stands in its lead."""
    own = [word(number, salt) for salt in range(1, 13)]
    text = (
        f"{marker(number)} opens {own[0]} {own[1]} on {topic}\n\n"
        f"The {topic} board of {marker(number)} opened a {own[0]} {own[1]} for {own[2]} "
        f"{own[3]} in {own[4]}, {own[5]} {own[6]}. “The {topic} {own[7]} has {own[8]} {own[9]} "
        f"and {own[10]} {own[11]},” said Ola {marker(number)}, its director."
    )
    return Draft(
        id=f"crowd-{number}",
        title=f"{marker(number)} opens {own[0]} {own[1]} on {topic}",
        source="Nordwire",
        published=moment,
        text=text,
    )


def marker(number: int) -> str:
    """The name that only this article holds."""
    return f"{word(number, 500_000).capitalize()}borg"


@dataclass
class Chance(Faults):
    """Faults that hit a share of all sends, by chance."""

    share: float = 0.05
    seed: int = 4711
    slow_seconds: float = 0.0
    """How long a send takes that the bot gives up waiting for; 0: there are none."""
    shut: set[int] = field(default_factory=set)
    """Chats that have answered 403 and do so until `open_all`."""
    unsure: set[int] = field(default_factory=set)
    """Chats for which a send's answer was lost."""
    taken: dict[str, int] = field(default_factory=dict)

    def __post_init__(self) -> None:
        super().__init__()
        self._random = random.Random(self.seed)
        self._guard = threading.Lock()

    def take(self, method: str, chat: int | None) -> Fault | None:
        if method != "sendmessage" or chat is None:
            return super().take(method, chat)
        with self._guard:
            if chat in self.shut:
                return self._forbidden()
            if self._random.random() >= self.share:
                return Fault(latency_seconds=0.01)
            kinds = ["429", "502", "cut before", "cut after", "403"]
            kind = self._random.choice(kinds + (["slow"] if self.slow_seconds else []))
            self.taken[kind] = self.taken.get(kind, 0) + 1
            if kind == "403":
                self.shut.add(chat)
                return self._forbidden()
            if kind in ("cut after", "slow"):
                self.unsure.add(chat)
        return {
            "429": Fault(status=429, retry_after=1, description="Too Many Requests"),
            "502": Fault(status=502, description="Bad Gateway"),
            "cut before": Fault(cut="before"),
            "cut after": Fault(cut="after"),
            "slow": Fault(latency_seconds=self.slow_seconds),
        }[kind]

    def open_all(self) -> None:
        with self._guard:
            self.shut.clear()
            self.share = 0.0

    @staticmethod
    def _forbidden() -> Fault:
        return Fault(status=403, description="Forbidden: bot was blocked by the user")


def missing(read: str, wanted: Iterable[int]) -> list[int]:
    """The articles of `wanted` that somebody who read all this has not read of."""
    return [number for number in wanted if marker(number) not in read]


def times_read(texts: Iterable[str], number: int) -> int:
    """How often somebody has read the same sentence of this article."""
    name = marker(number)
    sentences = (f"board of {name} opened a", f"said Ola {name}, its")
    return max(sum(text.count(sentence) for text in texts) for sentence in sentences)


def main() -> int:
    logging.basicConfig(level=logging.INFO, stream=sys.stderr)
    config = load_config(None)
    rates = Rates(
        chat_gap_seconds=float(os.environ.get("CROWD_GAP", "0.01")),
        per_second=int(os.environ.get("CROWD_PER_SECOND", "400")),
    )
    with Store(Path(config.store)) as store:
        talk = Conversation(Newsroom.over(store), questions_per_minute=1_000)
        jobs = [
            replace(job, every_seconds=PACE_SECONDS)
            for job in talk.jobs
            if job.quick or job.name in ("corrections", "broadcast")
        ]
        return run(config, talk, store, rates, jobs)


def now_utc() -> datetime:
    """The present moment, to the second."""
    return datetime.now(UTC).replace(microsecond=0)


if __name__ == "__main__":
    sys.exit(main())
