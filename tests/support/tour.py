"""A tour of the conversation: what readers, editors and the owner say in a few days, each button
that they are offered, and what comes due by itself; with every word that is shown to them."""

from __future__ import annotations

import re
from collections.abc import Iterator, Sequence
from dataclasses import dataclass, field, replace
from datetime import UTC, datetime, timedelta

from bot.model import Draft
from bot.newsroom import Newsroom
from bot.store.store import Store
from bot.talk.conversation import Conversation
from bot.talk.replies import BlockKind, Incoming, IncomingFile, Reply, Rights, Role
from tests.support.talks import Clock
from tests.test_talk_ideal import NEWS

BEGINS = datetime(2025, 6, 13, 9, tzinfo=UTC)
READER, OWNER, COLLEAGUE, GROUP = "tg:1", "tg:7", "tg:9", "tg:-100"
MOST_PRESSES = 600  # of one tour; more would only show the same pages of other articles
FLOOD = (
    "Levee holds in Orsa\n\nOrsa, 13 June 2025. The levee of Orsa holds, said Mara Lindqvist, the "
    "energy minister, on Friday. “Nobody has to leave tonight,” Lindqvist told reporters. The "
    "county agreed to pay 300,000 crowns for new pumps by 1 July."
)
WIDER = "Some 1,500 people were evacuated in Orsa, the county now said. The river is falling."
ASKED = (
    "/start",
    "/help",
    "/help all",
    "hello",
    "thanks",
    "bye",
    "more",
    "???",
    "/sources",
    "/latest",
    "/latest Nordwire",
    "/latest quinces",
    "what did Lindqvist say about gas?",
    "who said this",
    "more",
    "/why",
    "who is Berg",
    "who is Mara Lindqvist",
    "how many were evacuated in Orsa?",
    "did it happen?",
    "when did Lindqvist resign",
    "what was agreed",
    "what happened in Atlantis",
    "warum ist der Zug in Orsa nicht gekommen",
    "warum tritt Lindqvist nicht zurück",
    "what did Berg say",
    "what did lindkwist say about gas",
    "/said Lindqvist about gas",
    "/agreed on the levee",
    "latest on Orsa",
    "did the flood aid happen?",
    "what will happen in June",
    "when is the end of gas imports",
    "tell me a joke",
    "how are you",
    "you are stupid",
    "what is the weather",
    "2 + 2",
    "Tomas Berg",
    "/timeline Lindqvist on gas",
    "/timeline",
    "/compare Lindqvist and Berg on gas",
    "/compare",
    "/check not a day later",
    "/check “no intention of staying before the review is finished”",
    "/check the whole world is made of cheese and wine",
    "/check one",
    "/check",
    "/cancel",
    "/search gas storage",
    "/search quinces",
    "/search",
    "/article flood",
    "/article nothing of the kind",
    "/article",
    "/person",
    "/person Quince",
    "/digest",
    "/digest gas this week",
    "/digest in seven moons",
    "/said",
    "/who",
    "/wat",
    "/subs",
    "/privacy",
    "/forget",
    "/settings",
    "/settings nonsense",
    "/language",
    "/language Klingon",
    "follow gas weekdays at 7",
    "Atlantis-on-Sea",
    "Stockholm",
    "yes",
    "/follow",
    "follow Lindqvist at once",
    "tell me when the answer to “when is the strike” changes",
    "/subs",
    "follow rail daily at 23:30",
    "follow trains",
    "on mondays",
    "noon or so",
    "9",
    "follow Orsa",
    "twice",
    "whenever you like, my friend of the news",
    "/follow",
    "the",
    "follow flood at once",
    "/subs",
    "pause everything until Friday",
    "resume everything",
    "pause rail",
    "unfollow quinces",
    "unfollow rail",
    "/subs gas",
    "/subs quinces",
    "/settings quiet 22-7",
    "/settings sound off",
    "/settings time zone Nowhereville",
    "/settings time zone UTC+3",
    "/saved",
    "/mydata",
    "/corrections",
    "/card",
    "/card 7",
    "/start q_1_20_30",
    "/start a_2",
    "/start inv_nothing",
    "unfollow gas",
    "/cancel",
    "/new",
    "/roles",
    "/add something",
    "that is wrong",
)
EDITED = (
    "/start",
    "/help all",
    "/add",
    "/cancel",
    f"/add {FLOOD}",
    "/add https://nowhere.example:9/page",
    "/done",
    "/undo",
    "/undo",
    "/edit flood",
    "/edit flood title: Waters over Orsa",
    "/edit flood day: some day",
    "/edit",
    "/remove bank",
    "/restore bank",
    "/restore",
    "/remove nothing",
    "/history flood",
    "/changes flood",
    "/history",
    "/reports",
    "/audit",
    "/stats",
    "/stats moon",
    "/feed",
    "/feed add nonsense",
    "/feed add https://feeds.example:9/rss",
    "/feed nonsense",
    "/invite",
    "/invite viewer",
    "/roles",
    "/purge rail",
    "/correct",
    "/correct flood",
    "/correct flood The figure is the county's own.",
    "/correct storage The gas is half full.",
    "/correct nothing of the kind",
    "/corrections",
    "/corrections flood",
    "/undo",
    "/roles",
    "/card",
    "/broadcast",
    "/broadcast Maintenance on Sunday.",
)


@dataclass
class Tour:
    """One conversation and all that was shown in it."""

    clock: Clock = field(default_factory=lambda: Clock(BEGINS))
    shown: list[tuple[str, Reply]] = field(default_factory=list)
    """What was said or pressed, and the reply to it."""

    def __post_init__(self) -> None:
        newsroom = Newsroom.over(Store(None))
        for article in NEWS:
            newsroom.add(article)
        self.newsroom = newsroom
        self.talk = Conversation(
            newsroom,
            questions_per_minute=10_000,
            clock=self.clock,
            arrived=self.clock,
            admins=[int(OWNER.removeprefix("tg:"))],
            stale_after=timedelta(days=3),
        )
        self._pressed: set[str] = set()

    def goes(self, language: str) -> None:
        """Everything there is, in chats that chose this language."""
        for chat in (READER, OWNER, COLLEAGUE, GROUP):
            self.says(chat, f"/language {language}")
        self.shown.clear()
        for text in ASKED:
            self.says(READER, text)
            self.presses(READER)
        answer = self.says(READER, "how many were evacuated in Orsa?")
        quoted = next(b.text for b in answer.blocks if b.kind is BlockKind.QUOTE)
        for message in ("who said this", "is this real", "/check"):
            self._handled(message, Incoming(READER, READER, text=message, reply_to=quoted))
            self._handled(
                message, Incoming(READER, READER, text=message, marked="not a day later")
            )
            self._handled(message, Incoming(READER, READER, text=message, marked="quinces"))
        self._handled(quoted, Incoming(READER, READER, text=quoted, forwarded=True))
        for code in ("res:1:0", "bad:1:0", "bad:1:0:date", "again:1:0", "ctx:99:1:2", "nothing"):
            self._handled(code, Incoming(READER, READER, button=code))
        for text in ("/settings", "/subs", "follow gas daily at 8", "/language"):
            self.says(GROUP, text, rights=Rights(GROUP, GROUP))
            self.says(GROUP, text)
        for text in EDITED:
            self.says(OWNER, text)
            self.presses(OWNER)
        self.joins()
        self.sends_file("orsa.txt", FLOOD.encode())
        self.sends_file("orsa.xyz", b"\x00\x01")
        self.sends_file("rows.csv", b"title,text\nOne,\nTwo,Some words of the second row.\n")
        flood = replace(NEWS[4], text=f"{NEWS[4].text}\n\n{WIDER}")
        self.newsroom.add(flood)
        self.newsroom.add(Draft(id="levee", text=FLOOD, source="Nordwire", published=BEGINS))
        for hours in (1, 24, 100, 101):
            self.clock.now = BEGINS + timedelta(hours=hours)
            self.works()
        self.says(READER, "what did Lindqvist say about gas?")

    def says(self, chat: str, text: str, rights: Rights | None = None) -> Reply:
        person = READER if chat == GROUP else chat
        rights = rights or (Rights(GROUP, GROUP, manages=True) if chat == GROUP else None)
        return self._handled(text, Incoming(chat, person, text=text, rights=rights))

    def joins(self) -> None:
        """Somebody takes an invitation, and is dismissed again."""
        link = re.search(r"start=(\S+)|/start (\S+)", words_in(self.says(OWNER, "/invite editor")))
        assert link is not None
        self.says(COLLEAGUE, f"/start {link[1] or link[2]}")
        self.says(COLLEAGUE, "/add")
        self.says(OWNER, "/roles")
        self.presses(OWNER)
        self.says(OWNER, "/audit")
        self.presses(OWNER)

    def sends_file(self, name: str, data: bytes) -> None:
        file = IncomingFile(name, data)
        self._handled(name, Incoming(OWNER, OWNER, Role.OWNER, file=file))
        self.presses(OWNER)

    def presses(self, chat: str, depth: int = 2) -> None:
        """Each button of the last reply that was not pressed before, and those that come up."""
        codes = [b.press for row in self.shown[-1][1].buttons for b in row if b.press is not None]
        for code in codes:
            new = code not in self._pressed and len(self._pressed) < MOST_PRESSES
            if not new or code.startswith(("lang:", "forget:all")):
                continue
            self._pressed.add(code)
            self._handled(code, Incoming(chat, chat, button=code))
            if depth > 1:
                self.presses(chat, depth - 1)

    def works(self) -> None:
        """Do what is due now; what it tells is shown."""
        for job in self.talk.jobs:
            outgoing = job.work(self.clock.now)
            if outgoing.settle is not None:
                with self.newsroom.store.write() as connection:
                    outgoing.settle(connection)
            self.shown += [(job.name, notice.reply) for notice in outgoing.notices]

    def _handled(self, what: str, incoming: Incoming) -> Reply:
        reply = self.talk.handle(incoming)
        self.shown.append((what, reply))
        self.shown += [(f"{what}, to others", notice.reply) for notice in reply.notices]
        if reply.settle is not None:
            with self.newsroom.store.write() as connection:
                reply.settle(connection)
        return reply


def words_of(reply: Reply) -> Iterator[str]:
    """The words of ours in a reply: all but the quoted sentences."""
    yield from (b.text for b in reply.blocks if b.kind is not BlockKind.QUOTE)
    yield from (button.label for row in reply.buttons for button in row)
    if reply.toast:
        yield reply.toast
    if reply.appendix is not None:
        yield from words_of(reply.appendix)


def words_in(reply: Reply) -> str:
    """All of a reply in one text."""
    return "\n".join([*(b.text for b in reply.blocks), *(words_of(reply))])


def corpus_of(articles: Sequence[Draft]) -> str:
    """All that stands in `articles`, in one text."""
    return "\n".join(f"{a.id} {a.text} {a.title} {a.source} {a.url}" for a in articles)
