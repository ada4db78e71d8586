"""Whether the bot stays as it is over a long time: memory, latency, nothing lost, kills survived.

    python benchmarks/soak.py [--minutes 60] [--rate 5] [--people 20] [--kills 0] [--upgrades 0]
                              [--store FILE]

The bot runs as a process of its own against the tests' twin of the Bot API, over a copy of the
sample news (or of the store given). People ask about it all the time, buttons are pressed, and an
article comes in every minute by another process. `--kills` ends the bot by SIGKILL so often,
evenly spread, and starts it again at once; `--upgrades` starts a second one beside it, then stops
the first in good order, as an upgrade without a gap does. The time is from the update to the
message at the twin. At the end each question and press must have been answered; twice only
around a kill.
"""

from __future__ import annotations

import argparse
import json
import random
import sqlite3
import statistics
import subprocess
import sys
import tempfile
import time
from collections.abc import Sequence
from contextlib import closing
from dataclasses import dataclass, field
from pathlib import Path

ROOT = Path(__file__).parents[1]
# In the place of this folder, whose telegram.py would be taken for the library of that name.
sys.path[0] = str(ROOT)

from bot.samples import sample_articles  # noqa: E402 - found by the line above
from tests.support.botapi import BotApi, Person, running_twin  # noqa: E402
from tests.support.botapi.bots import BotProcess  # noqa: E402
from tests.support.botapi.world import Press  # noqa: E402

LAST_ANSWERS_SECONDS = 60.0
SETTLING_SECONDS = 5.0  # answers that come doubled come by then
EVENTS = ("strike", "flood", "vote", "fair", "trial", "storm", "census", "opening")
BESIDE_SECONDS = 8.0  # from the start of a second bot to the stop of the first
PRESSES = 0.1  # so many of the answers have one of their buttons pressed
HARMLESS = ("Context", "more")  # a button of these words changes the answer, and nothing else
QUARTERS = 4


class Crowd:
    """People who ask and press, and how long each answer took."""

    def __init__(self, twin: BotApi, people: int, questions: list[str]) -> None:
        self._people = {p.id: p for p in (twin.person(f"P{n}") for n in range(people))}
        self._questions = questions
        self._chance = random.Random(4711)
        self._twin = twin
        self._open: dict[int, float] = {}
        self._calls = 0
        self._sent = 0
        self._presses: list[Press] = []
        self.asked = 0
        self.held_back = 0
        """Questions that nobody was free to ask."""
        self.taken: list[float] = []

    def ask(self) -> None:
        """One question of one person who is not waiting for an answer."""
        free = [p for number, p in self._people.items() if number not in self._open]
        if not free:
            self.held_back += 1
            return
        person = self._chance.choice(free)
        self._open[person.id] = time.monotonic()
        person.sends(self._chance.choice(self._questions))
        self.asked += 1

    def look(self) -> None:
        """Note the answers that came since the last look, by when the twin took them."""
        calls = self._twin.calls
        while self._calls < len(calls):
            call = calls[self._calls]
            self._calls += 1
            if call.method != "sendmessage" or call.status != 200 or call.chat is None:
                continue
            self._sent += 1
            asked = self._open.pop(call.chat, None)
            if asked is not None:
                self.taken.append(call.at - asked)
                if self._chance.random() < PRESSES:
                    self._press(self._people[call.chat])

    def _press(self, person: Person) -> None:
        seen = self._twin.last_from_bot(person)
        labels = [label for label in seen.labels if any(word in label for word in HARMLESS)]
        if labels:
            self._presses.append(person.presses(self._chance.choice(labels), on=seen))

    @property
    def waiting(self) -> int:
        return len(self._open)

    @property
    def pressed(self) -> int:
        return len(self._presses)

    @property
    def unanswered_presses(self) -> int:
        return sum(press.answered is None for press in self._presses)

    @property
    def doubled(self) -> int:
        """How many messages came beyond one for each question."""
        return self._sent - len(self.taken)


@dataclass
class Memory:
    """What the bot's processes hold of the machine's memory, over time."""

    process: BotProcess
    main_mb: list[float] = field(default_factory=list)

    def note(self) -> tuple[float, float]:
        """The program and its reading children at this moment, in MB."""
        own = _resident_mb(self.process.pid)
        children = sum(_resident_mb(pid) for pid in _children(self.process.pid))
        self.main_mb.append(own)
        return own, children


def _resident_mb(pid: int) -> float:
    try:
        status = Path(f"/proc/{pid}/status").read_text()
    except OSError:  # it has just ended
        return 0.0
    kib = (int(line.split()[1]) for line in status.splitlines() if line.startswith("VmRSS"))
    return next(kib, 0) / 1024


def _children(pid: int) -> list[int]:
    try:
        text = Path(f"/proc/{pid}/task/{pid}/children").read_text()
    except OSError:
        return []
    return [int(number) for number in text.split()]


def questions_of_samples() -> list[str]:
    """The questions that the tests ask about the samples."""
    path = ROOT / "tests" / "data" / "sample_questions.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row["question"] for row in rows]


def add(folder: Path, number: int) -> subprocess.Popen[bytes]:
    """One more article on its way in by another process."""
    event = EVENTS[number % len(EVENTS)]
    text = f"The {event} number {number} ended on Friday, said Ines Roca, the mayor."
    row = {"id": f"soak-{number}", "title": f"The {event} {number}", "text": text}
    path = folder / "article.jsonl"
    path.write_text(json.dumps(row), encoding="utf-8")
    command = [sys.executable, "-m", "bot", "add", str(path), "--db", str(folder / "news.db")]
    return subprocess.Popen(
        command, cwd=ROOT, stdout=subprocess.DEVNULL, stderr=subprocess.DEVNULL
    )


def main() -> int:
    """Print a line a minute; exit code 1 when a question was lost."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--rate", type=float, default=5.0, help="questions a second, of all")
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--kills", type=int, default=0)
    parser.add_argument("--upgrades", type=int, default=0)
    parser.add_argument("--store", type=Path, help="begin with a copy of this store")
    given = parser.parse_args()
    with tempfile.TemporaryDirectory() as name, running_twin() as running:
        folder, twin = Path(name), running.twin
        if given.store:
            with closing(sqlite3.connect(given.store)) as store:
                store.execute("VACUUM INTO ?", (str(folder / "news.db"),))
        else:
            command = [sys.executable, "-m", "bot", "add", str(sample_articles())]
            subprocess.run(
                [*command, "--db", str(folder / "news.db")],
                cwd=ROOT,
                check=True,
                capture_output=True,
            )
        limit = {"NEWSBOT_LIMITS_QUESTIONS_PER_MINUTE": "10000"}
        crowd = Crowd(twin, given.people, questions_of_samples())
        pair = [
            BotProcess(twin, folder, environment=limit, arguments=("-m", "bot", "run"))
            for _ in range(2)
        ]
        try:
            pair[0].start()
            twin.wait_for(lambda: twin.calls_of("setMyShortDescription"), timeout_seconds=60)
            return _soak(given, folder, pair, crowd)
        finally:
            for process in pair:
                process.__exit__()


def _soak(given: argparse.Namespace, folder: Path, pair: list[BotProcess], crowd: Crowd) -> int:
    process, other = pair
    print(
        f"{given.rate:g} questions a second from {given.people} people, {given.kills} kills, "
        f"{given.upgrades} upgrades"
    )
    print(f"{'minute':>6} {'asked':>7} {'p50 ms':>8} {'p95 ms':>8} {'MB':>7} {'reader':>7}")
    began = time.monotonic()
    length = 60 * given.minutes
    kills = [length * (n + 1) / (given.kills + 1) for n in range(given.kills)]
    upgrades = [length * (n + 0.5) / given.upgrades for n in range(given.upgrades)]
    started: float | None = None
    minute, told, asking = 1, 0, began
    memory, adding = Memory(process), []
    while (now := time.monotonic() - began) < length:
        if kills and now >= kills[0]:
            kills.pop(0)
            process.kill()
            process.start()
        if upgrades and now >= upgrades[0]:
            upgrades.pop(0)
            other.start()
            started = now
        if started is not None and now >= started + BESIDE_SECONDS:
            started = None
            process.ask_to_stop()
            process, other = other, process
            memory.process = process
        if time.monotonic() >= asking:
            crowd.ask()
            asking += 1 / given.rate
        crowd.look()
        if now >= 60 * minute:
            _show(minute, crowd, told, memory)
            told = len(crowd.taken)
            adding = [one for one in adding if one.poll() is None]
            adding.append(add(folder, minute))
            minute += 1
        time.sleep(0.005)
    _wait_for_the_last(crowd)
    _show(minute, crowd, told, memory)
    for one in adding:
        one.wait(60)
    code, seconds = process.stop()
    _sum_up(crowd, memory)
    print(f"stopped with {code} in {seconds:.1f} s")
    return 1 if crowd.waiting or crowd.unanswered_presses or code else 0


def _wait_for_the_last(crowd: Crowd) -> None:
    ends = time.monotonic() + LAST_ANSWERS_SECONDS
    while (crowd.waiting or crowd.unanswered_presses) and time.monotonic() < ends:
        crowd.look()
        time.sleep(0.05)
    time.sleep(SETTLING_SECONDS)
    crowd.look()


def _show(minute: int, crowd: Crowd, told: int, memory: Memory) -> None:
    main, reader = memory.note()
    times = (
        f"{_percentile(crowd.taken[told:], 50):8.0f} {_percentile(crowd.taken[told:], 95):8.0f}"
    )
    print(f"{minute:6} {crowd.asked:7} {times} {main:7.1f} {reader:7.1f}", flush=True)


def _sum_up(crowd: Crowd, memory: Memory) -> None:
    print(
        f"{crowd.asked} asked, {crowd.waiting} lost, {crowd.doubled} messages beyond one each; "
        f"{crowd.pressed} pressed, {crowd.unanswered_presses} without an answer; "
        f"{crowd.held_back} held back"
    )
    size = len(crowd.taken) / QUARTERS
    for quarter in range(QUARTERS):
        part = crowd.taken[round(quarter * size) : round((quarter + 1) * size)]
        print(
            f"quarter {quarter + 1}: median {statistics.median(part or [0.0]) * 1000:.0f} ms, "
            f"95 % within {_percentile(part, 95):.0f} ms, longest {max(part, default=0):.1f} s"
        )
    print(f"memory: {memory.main_mb[0]:.1f} MB at first, {memory.main_mb[-1]:.1f} MB at last")


def _percentile(seconds: Sequence[float], percent: int) -> float:
    """In milliseconds; 0 where there is nothing."""
    ordered = sorted(seconds)
    return 1000 * ordered[min(len(ordered) - 1, len(ordered) * percent // 100)] if ordered else 0.0


if __name__ == "__main__":
    sys.exit(main())
