"""Whether the bot stays as it is over a long time: memory, latency, nothing lost, kills survived.

    python benchmarks/soak.py [--minutes 60] [--rate 5] [--people 20] [--kills 0] [--store FILE]

The bot runs as a process of its own against the tests' twin of the Bot API, over a copy of the
sample news (or of the store given). People ask about it all the time, buttons are pressed, and an
article comes in every minute by another process. `--kills` ends the bot by SIGKILL so often,
evenly spread, and starts it again at once. The time is from the update to the message at the twin.
At the end each question must have been answered; twice only around a kill.
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
from contextlib import closing
from pathlib import Path

ROOT = Path(__file__).parents[1]
# In the place of this folder, whose telegram.py would be taken for the library of that name.
sys.path[0] = str(ROOT)

from bot.samples import sample_articles  # noqa: E402 - found by the line above
from tests.support.botapi import BotApi, Person, running_twin  # noqa: E402
from tests.support.botapi.bots import BotProcess  # noqa: E402

LAST_ANSWERS_SECONDS = 60.0
EVENTS = ("strike", "flood", "vote", "fair", "trial", "storm", "census", "opening")


class Crowd:
    """People who ask, and how long each answer took."""

    def __init__(self, twin: BotApi, people: int, questions: list[str]) -> None:
        self._people = [twin.person(f"P{number}") for number in range(people)]
        self._questions = questions
        self._chance = random.Random(4711)
        self._twin = twin
        self._open: dict[int, list[float]] = {p.id: [] for p in self._people}
        self._seen: dict[int, int] = {p.id: 0 for p in self._people}
        self.asked = 0
        self.taken: list[float] = []

    def ask(self) -> None:
        """One question of one person who is not waiting for an answer."""
        free = [p for p in self._people if not self._open[p.id]]
        if not free:
            return
        person = self._chance.choice(free)
        self._open[person.id].append(time.monotonic())
        person.sends(self._chance.choice(self._questions))
        self.asked += 1

    def look(self) -> None:
        """Note the answers that came since the last look."""
        for person in self._people:
            messages = len(self._twin.from_bot(person))
            if messages > self._seen[person.id]:
                self._seen[person.id] = messages
                if self._open[person.id]:
                    self.taken.append(time.monotonic() - self._open[person.id].pop(0))

    @property
    def waiting(self) -> int:
        return sum(map(len, self._open.values()))

    @property
    def doubled(self) -> int:
        """How many messages came beyond one for each question."""
        return sum(self._seen.values()) - len(self.taken)

    @property
    def people(self) -> list[Person]:
        return self._people


def questions_of_samples() -> list[str]:
    """The questions that the tests ask about the samples."""
    path = ROOT / "tests" / "data" / "sample_questions.jsonl"
    rows = [json.loads(line) for line in path.read_text(encoding="utf-8").splitlines()]
    return [row["question"] for row in rows]


def add(folder: Path, number: int) -> None:
    """Put in one more article by another process."""
    event = EVENTS[number % len(EVENTS)]
    text = f"The {event} number {number} ended on Friday, said Ines Roca, the mayor."
    row = {"id": f"soak-{number}", "title": f"The {event} {number}", "text": text}
    command = [sys.executable, "-m", "bot", "add", "-", "--db", str(folder / "news.db")]
    subprocess.run(
        command, input=json.dumps(row), text=True, cwd=ROOT, check=True, capture_output=True
    )


def memory_mb(process: BotProcess) -> float:
    """What the bot's process holds of the machine's memory, without its reading child."""
    status = Path(f"/proc/{process.pid}/status").read_text()
    return next(
        int(line.split()[1]) / 1024 for line in status.splitlines() if line.startswith("VmRSS")
    )


def main() -> int:
    """Print a line a minute; exit code 1 when a question was lost."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--minutes", type=float, default=60.0)
    parser.add_argument("--rate", type=float, default=5.0, help="questions a second, of all")
    parser.add_argument("--people", type=int, default=20)
    parser.add_argument("--kills", type=int, default=0)
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
        with BotProcess(twin, folder, environment=limit) as process:
            twin.wait_for(lambda: twin.calls_of("setMyShortDescription"), timeout_seconds=60)
            return _soak(given, folder, process, crowd)


def _soak(given: argparse.Namespace, folder: Path, process: BotProcess, crowd: Crowd) -> int:
    print(f"{given.rate:g} questions a second from {given.people} people, {given.kills} kills")
    print(f"{'minute':>6} {'asked':>7} {'p50 ms':>8} {'p95 ms':>8} {'MB':>7}")
    began = time.monotonic()
    length = 60 * given.minutes
    kills = [length * (n + 1) / (given.kills + 1) for n in range(given.kills)]
    minute, told, asking = 1, 0, began
    while (now := time.monotonic() - began) < length:
        if kills and now >= kills[0]:
            kills.pop(0)
            process.kill()
            process.start()
        if time.monotonic() >= asking:
            crowd.ask()
            asking += 1 / given.rate
        crowd.look()
        if now >= 60 * minute:
            _show(minute, crowd, told, memory_mb(process))
            told = len(crowd.taken)
            add(folder, minute)
            minute += 1
        time.sleep(0.01)
    ends = time.monotonic() + LAST_ANSWERS_SECONDS
    while crowd.waiting and time.monotonic() < ends:
        crowd.look()
        time.sleep(0.05)
    code, seconds = process.stop()
    print(f"{crowd.asked} asked, {crowd.waiting} lost, {crowd.doubled} messages beyond one each")
    print(f"stopped with {code} in {seconds:.1f} s")
    return 1 if crowd.waiting or code else 0


def _show(minute: int, crowd: Crowd, told: int, megabytes: float) -> None:
    taken = sorted(1000 * seconds for seconds in crowd.taken[told:]) or [0.0]
    p95 = taken[min(len(taken) - 1, round(0.95 * len(taken)))]
    print(
        f"{minute:6} {crowd.asked:7} {statistics.median(taken):8.0f} {p95:8.0f} {megabytes:7.1f}",
        flush=True,
    )


if __name__ == "__main__":
    sys.exit(main())
