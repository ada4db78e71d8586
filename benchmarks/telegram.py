"""How fast the Telegram bot answers a crowd, and whether each is answered once and in order.

    python benchmarks/telegram.py [--articles 1000 10000] [--seconds 30] [--people 50] [--rate 20]

The bot runs as a process of its own against the tests' twin of the Bot API, over stores of
made-up articles whose findings are put in directly. The time is from the update to the limiter's
door: from the moment at which the twin has the message to the first moment at which the sender
would send the answer, were it not for Telegram's rates. Beside it stands, in the same run, the
same crowd before a conversation that only says back what it heard: what the machine, the twin and
the queues cost. "CPU each" is what the bot's process needs for one question in all, which does not
depend on what else the machine does.
"""

from __future__ import annotations

import argparse
import contextlib
import itertools
import json
import logging
import os
import random
import sqlite3
import statistics
import sys
import tempfile
import time
from bisect import bisect_left
from collections import defaultdict
from dataclasses import dataclass, field
from datetime import date, datetime, timedelta
from pathlib import Path

ROOT = Path(__file__).parents[1]
# In the place of this folder, whose file of this name would be taken for the library.
sys.path[0] = str(ROOT)

from benchmarks.serving import bot_process  # noqa: E402 - found by the line above
from bot.config import Config, load_config  # noqa: E402
from bot.memory import calm_collector  # noqa: E402
from bot.model import (  # noqa: E402
    Cue,
    Draft,
    Findings,
    Mention,
    NameKind,
    Quote,
    QuoteKind,
    Span,
    Speaker,
)
from bot.newsroom import Newsroom  # noqa: E402
from bot.store.putting import put_article  # noqa: E402
from bot.store.store import Store  # noqa: E402
from bot.talk.conversation import Conversation  # noqa: E402
from bot.talk.replies import Block, BlockKind, Incoming, Reply  # noqa: E402
from handlers.app import run  # noqa: E402
from handlers.rates import Rates  # noqa: E402
from tests.support.botapi import running_twin  # noqa: E402

FIRST = (
    "Ada Bela Cara Dario Edda Falk Greta Hanno Iris Jonas Katja Lars Mira Nils Olga Per".split()
)
ROLES = "mayor|minister|director|union leader|harbour master|judge|spokeswoman|professor".split(
    "|"
)
DEEDS = "agreed opened closed refused repaired sold built searched cleared flooded named".split()
OUTLETS = ("Port Courier", "Valley Radio", "Northwire", "Harbour Post", "Lund Gazette")
SYLLABLES = "ba den fol gri ha jor kel lum mar nos pel rit sta tur vik wen zol cha dro fen".split()
WORDS = 8_000  # in the made-up language of the articles
MOST_WAIT_SECONDS = 60.0  # for the last answers, when all is asked


@dataclass(frozen=True, slots=True)
class Story:
    """A made-up article with what was found in it, and questions to it."""

    draft: Draft
    findings: Findings
    questions: tuple[str, ...]


@dataclass(frozen=True, slots=True)
class Language:
    """Made-up words, as often as real ones are: the n-th most frequent one n times as rare."""

    words: tuple[str, ...]
    weights: tuple[float, ...]

    @classmethod
    def made_by(cls, chance: random.Random) -> Language:
        words: dict[str, None] = {}
        while len(words) < WORDS:
            words["".join(chance.choices(SYLLABLES, k=chance.choice((2, 2, 3, 3, 4))))] = None
        ordered = sorted(words, key=len)
        return cls(tuple(ordered), tuple(itertools.accumulate(1 / n for n in range(1, WORDS + 1))))

    def some(self, chance: random.Random, count: int) -> str:
        return " ".join(chance.choices(self.words, cum_weights=self.weights, k=count))

    def name(self, chance: random.Random) -> str:
        """One of some hundreds: people and places come back, as in real news."""
        return chance.choice(self.words[1_000:1_600]).capitalize()


def story(number: int, language: Language, chance: random.Random) -> Story:
    """One of many articles that share people, places and words as real ones do."""
    last, place, other = (language.name(chance) for _ in range(3))
    who, role = f"{chance.choice(FIRST)} {last}", chance.choice(ROLES)
    topic, deed = language.some(chance, 2), chance.choice(DEEDS)
    day = date(2025, 1, 1) + timedelta(days=number % 300)
    before = day - timedelta(days=40)
    words = f"{language.some(chance, 6)} the {topic} {language.some(chance, 5)},"
    said = f"“{words.capitalize()}” said {who}, the {role}."
    count = chance.randrange(20, 9_000)
    sentences = [
        f"{place} and the {topic}",
        f"In {place} {language.some(chance, 9)} on {day:%A} {language.some(chance, 6)}.",
        said,
        f"{last} {language.some(chance, 5)} {count:,} people {deed} {language.some(chance, 4)}.",
        f"The {topic} was {deed} on {before:%d %B} by {other} {language.some(chance, 6)}.",
        f"{language.some(chance, 16).capitalize()}.",
    ]
    text = f"{sentences[0]}\n\n" + " ".join(sentences[1:4]) + "\n\n" + " ".join(sentences[4:])
    start = place_of(text, said).start
    content = Span(start + 1, text.index("”", start))
    named = place_of(text, who)
    quote = Quote(
        QuoteKind.DIRECT,
        (content,),
        Speaker(named, who, role),
        Cue(Span(content.end + 2, content.end + 6), "says"),
        confidence=0.9,
    )
    findings = Findings(
        sentences=tuple(place_of(text, sentence) for sentence in sentences),
        quotes=(quote,),
        names=(Mention(named, who, NameKind.PERSON, role),),
        read_chars=len(text),
    )
    draft = Draft(
        id=f"story-{number}",
        title=sentences[0],
        source=chance.choice(OUTLETS),
        published=day,
        text=text,
    )
    questions = (
        f"what did {last} say about the {topic}?",
        f"what did {who} say?",
        f"who said {' '.join(words.split()[:4])}?",
        f"how many people {deed} in {place}?",
        f"when was the {topic} {deed}?",
        f"what happened in {place}?",
    )
    return Story(draft, findings, questions)


def place_of(text: str, words: str) -> Span:
    start = text.index(words)
    return Span(start, start + len(words))


def fill(path: Path, count: int) -> list[str]:
    """Questions to the stories that are now in the store at `path`."""
    chance = random.Random(count)
    language = Language.made_by(chance)
    questions: list[str] = []
    with Store(path) as store, store.write():
        for number in range(count):
            made = story(number, language, chance)
            assert made.draft.id is not None
            put_article(store, made.draft.id, made.draft, made.findings, extractor=1)
            questions += made.questions
    return questions


# -------------------------------------------------------------------------- the bot's side
class DoorRates(Rates):
    """The limiter, noting when the sender asked it about each chat."""

    def __init__(self) -> None:
        super().__init__()
        self.asked: dict[int, list[float]] = defaultdict(list)

    def wait_seconds(self, chat_id: int, now: float) -> float:
        self.asked[chat_id].append(now)
        return super().wait_seconds(chat_id, now)


class Echo:
    """A conversation that only says back what it heard."""

    def handle(self, incoming: Incoming) -> Reply:
        return Reply((Block(BlockKind.TEXT, incoming.text or ""),))


def serve(kind: str) -> int:
    """The bot of this run, with the settings in the environment; prints the doors at its end."""
    logging.basicConfig(level=logging.WARNING, stream=sys.stderr)
    config: Config = load_config(None)
    rates = DoorRates()
    began = time.process_time()
    with Store(Path(config.store)) as store:
        talk = (
            Echo()
            if kind == "echo"
            else Conversation(Newsroom.over(store), questions_per_minute=10_000)
        )
        calm_collector()
        code = run(config, talk, store, rates)
        doors = _doors(store, rates)
    sys.stdout.write(json.dumps({"doors": doors, "cpu": time.process_time() - began}))
    return code


def _doors(store: Store, rates: DoorRates) -> dict[int, list[float]]:
    """For each chat when its answers came to the limiter, on the monotonic clock, in the order of
    the updates: the first time it was asked after the answer had been written."""
    ahead = time.monotonic() - time.time()
    doors: dict[int, list[float]] = defaultdict(list)
    letters = store.read().execute(
        "SELECT chat, created FROM outbox WHERE key LIKE 'update:%' AND key NOT LIKE '%/%' "
        "ORDER BY id"
    )
    for chat, created in letters:
        number = int(chat.removeprefix("tg:"))
        written = datetime.fromisoformat(created).timestamp() + ahead
        asked = rates.asked[number]
        doors[number].append(asked[min(bisect_left(asked, written), len(asked) - 1)])
    return doors


# ------------------------------------------------------------------------- the crowd's side
@dataclass(slots=True)
class Outcome:
    """What one run showed; times in seconds."""

    doors: list[float] = field(default_factory=list)
    asked: int = 0
    answered: int = 0
    cpu: float = 0.0
    """What the bot's process took of the processor, in all."""
    faults: list[str] = field(default_factory=list)


def crowd(
    path: Path, kind: str, questions: list[str], *, people: int, rate: float, seconds: float
) -> Outcome:
    """Let `people` ask `rate` questions a second for so long, and wait for the answers."""
    chance = random.Random(4711)
    outcome = Outcome()
    asked: dict[int, list[float]] = defaultdict(list)
    with running_twin() as running, bot_process(__file__, running.twin, path, kind) as process:
        twin = running.twin
        twin.wait_for(lambda: twin.calls_of("setMyShortDescription"), timeout_seconds=60)
        crowd = [twin.person(f"P{number}") for number in range(people)]
        crowd[0].asks(questions[0], timeout_seconds=60)  # what is loaded at first use is loaded
        began, turn = time.monotonic(), []
        for number in range(int(rate * seconds)):
            turn = turn or chance.sample(crowd[1:], people - 1)
            time.sleep(max(began + number / rate - time.monotonic(), 0.0))
            person = turn.pop()
            asked[person.id].append(time.monotonic())
            person.sends(chance.choice(questions))
        outcome.asked = sum(map(len, asked.values()))
        ends = time.monotonic() + MOST_WAIT_SECONDS
        while time.monotonic() < ends:
            outcome.answered = sum(bool(n) for n in _answers(path).values())
            if outcome.answered > outcome.asked:
                break
            time.sleep(0.2)
        time.sleep(0.5)  # for what should not come any more
        process.terminate()
        told = json.loads(process.communicate()[0])
        said = {person.id: len(twin.from_bot(person)) for person in crowd}
    outcome.answered -= 1  # the one before the time began
    outcome.cpu = told["cpu"]
    doors = {int(chat): times for chat, times in told["doors"].items()}
    for chat, moments in asked.items():
        if len(doors.get(chat, ())) != len(moments):
            outcome.faults.append(f"{chat}: {len(moments)} asked, {len(doors.get(chat, ()))} sent")
        outcome.doors += [
            door - at for at, door in zip(moments, doors.get(chat, ()), strict=False)
        ]
    outcome.faults += _find_faults(path, said)
    return outcome


def _answers(path: Path) -> dict[str, int]:
    """How many letters were sent for each update."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        rows = connection.execute("SELECT key FROM outbox WHERE state = 'sent'").fetchall()
    counts: dict[str, int] = defaultdict(int)
    for (key,) in rows:
        counts[key.partition("/")[0]] += 1
    return counts


def _find_faults(path: Path, said: dict[int, int]) -> list[str]:
    """Updates without an answer, answers out of order, messages that no letter explains."""
    with contextlib.closing(sqlite3.connect(path)) as connection:
        faults = [
            f"update {row[0]} is {row[1]}"
            for row in connection.execute(
                "SELECT update_id, state FROM inbox WHERE state != 'done'"
            )
        ]
        sent = connection.execute(
            "SELECT chat, key, message_id FROM outbox WHERE state = 'sent' ORDER BY message_id"
        ).fetchall()
    by_chat: dict[str, list[int]] = defaultdict(list)
    for chat, key, _ in sent:
        by_chat[chat].append(int(key.partition(":")[2].partition("/")[0]))
    for chat, updates in by_chat.items():
        if updates != sorted(updates):
            faults.append(f"{chat}: answers out of order")
        if said[int(chat.removeprefix("tg:"))] != len(updates):
            faults.append(f"{chat}: {len(updates)} letters, another number of messages")
    return faults


def show(name: str, outcome: Outcome) -> None:
    taken = sorted(1000 * seconds for seconds in outcome.doors)
    p95 = taken[min(len(taken) - 1, round(0.95 * len(taken)))]
    print(
        f"{name:28} {statistics.median(taken):8.0f} {p95:8.0f} {taken[-1]:8.0f} "
        f"{1000 * outcome.cpu / max(outcome.asked, 1):8.0f}   "
        f"{outcome.answered}/{outcome.asked} answered, {len(outcome.faults)} faults"
    )
    for fault in outcome.faults[:5]:
        print(f"    {fault}")


def main() -> int:
    """Print the figures, in milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--people", type=int, default=50)
    parser.add_argument("--rate", type=float, default=20.0, help="questions a second, of all")
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument("--serve", choices=["echo", "news"], help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        return serve(given.serve)
    load = {"people": given.people, "rate": given.rate, "seconds": given.seconds}
    print(f"{given.rate:g} questions a second from {given.people} people for {given.seconds:g} s")
    print(f"on {os.cpu_count()} processors, whose load is {os.getloadavg()[0]:.1f} before")
    print(f"{'update to limiter, ms':28} {'p50':>8} {'p95':>8} {'worst':>8} {'CPU each':>8}")
    with tempfile.TemporaryDirectory() as folder:
        for count in given.articles:
            path = Path(folder) / f"{count}.db"
            questions = fill(path, count)
            with contextlib.closing(sqlite3.connect(path)) as connection:
                connection.execute("VACUUM INTO ?", (str(path.with_suffix(".echo.db")),))
            echo = path.with_suffix(".echo.db")
            show(f"echo, {count} articles", crowd(echo, "echo", questions, **load))
            show(f"answers, {count} articles", crowd(path, "news", questions, **load))
    return 0


if __name__ == "__main__":
    sys.exit(main())
