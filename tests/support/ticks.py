"""The jobs of a conversation run at moments that a test chooses, as the ticker runs them."""

from __future__ import annotations

from collections.abc import Iterator
from contextlib import contextmanager
from dataclasses import dataclass, field, replace
from datetime import datetime

from bot.model import Draft
from bot.newsroom import Newsroom
from bot.store.settings import stamp
from bot.talk.conversation import Conversation
from bot.talk.replies import Notice
from tests.support.talks import Clock, Talk


@dataclass
class Ticks:
    """A conversation over a store, with a clock; what came due is kept in `told`."""

    newsroom: Newsroom
    clock: Clock
    conversation: Conversation = field(init=False)
    told: list[Notice] = field(default_factory=list)
    face: str = "tg"

    def __post_init__(self) -> None:
        self.restart()

    def restart(self) -> None:
        """Forget all that is not in the store."""
        self.conversation = Conversation(
            self.newsroom, questions_per_minute=1_000, clock=self.clock, face=self.face
        )

    def talk(self, chat: str = "tg:1") -> Talk:
        return Talk(self.conversation, chat=chat, person=chat)

    def arrives(self, article: Draft, at: datetime | None = None) -> None:
        """Put `article` into the store as if it had come in at this moment (now)."""
        added = self.newsroom.add(article)
        with self.newsroom.store.write() as connection:
            connection.execute(
                "UPDATE versions SET added = ? WHERE id = ?",
                (stamp(at or self.clock.now), added.key),
            )

    def at(self, moment: datetime) -> list[Notice]:
        """The notices that are filed at `moment`."""
        self.clock.now = moment
        return self.tick()

    def tick(self) -> list[Notice]:
        """The notices that are filed now, whose subscriptions are still as they were."""
        filed: list[Notice] = []
        for job in self.conversation.jobs:
            if job.name.startswith(("matching", "follows", "upkeep of follows", "broadcast")):
                more = True
                while more:
                    with self.working(job.work(self.clock.now)) as kept:
                        filed += kept
                        more = self._more
        self.told += filed
        return filed

    @contextmanager
    def working(self, outgoing: object) -> Iterator[list[Notice]]:
        from bot.talk.desks import Outgoing

        assert isinstance(outgoing, Outgoing)
        withdrawn: object = None
        if outgoing.settle is not None:
            with self.newsroom.store.write() as connection:
                withdrawn = outgoing.settle(connection)
        keys = set(withdrawn) if isinstance(withdrawn, list) else set()
        known = {notice.key for notice in self.told}
        self._more = outgoing.more
        yield [n for n in outgoing.notices if n.key not in keys and n.key not in known]


def text_of(notice: Notice) -> str:
    """What a person reads."""
    return "\n".join(block.text for block in notice.reply.blocks)


def story(number: int, topic: str, moment: datetime, **fields: object) -> Draft:
    """An article on a topic, with words that no other number has."""
    name = NAMES[number % len(NAMES)]
    town = f"{name}haven"
    text = (
        f"{town} decides on {topic}\n\n{town}, the {name} council, agreed on Tuesday to spend "
        f"{number + 11} million crowns on {topic} in the {name} valley. “We waited {number + 3} "
        f"years for the {topic} in {town},” said Mayor Ola {name}son of {town}."
    )
    known: dict[str, object] = {
        "id": f"{topic}-{number}",
        "title": f"{town} decides on {topic}",
        "source": "Nordwire",
        "published": moment,
    }
    return replace(Draft(text=text), **(known | fields))  # type: ignore[arg-type]


NAMES = tuple(
    f"{first}{last}"
    for first in ("Bal", "Cor", "Dun", "Eld", "Fen", "Gor", "Hal", "Ist", "Jor", "Kel")
    for last in ("dor", "mar", "nes", "ring", "stav", "tun", "vik")
)
