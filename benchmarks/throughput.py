"""How many questions one process answers in a second, without Telegram and its rates.

    python benchmarks/throughput.py [--articles 1000 10000] [--threads 1 2 4] [--seconds 8]

The stores and questions are those of benchmarks/ask.py. "engine" finds the answer; "reply" is what
the running bot does for each message: the conversation with its buttons, its suggestions left out
while others wait, and what it notes in the store, synced. Threads share one interpreter, so they
hide waiting for the disk and win nothing else; `--processes` asks the engine from several programs
at once over one store. A second is one of the clock, so other work on the machine lowers the
figures; "ms each" is the processor time, which it does not.
"""

from __future__ import annotations

import argparse
import itertools
import json
import subprocess
import sys
import tempfile
import threading
import time
from collections.abc import Callable, Sequence
from pathlib import Path

ROOT = Path(__file__).parents[1]
# In the place of this folder, whose telegram.py would be taken for the library of that name.
sys.path[0] = str(ROOT)

from benchmarks import stores  # noqa: E402 - found by the line above
from benchmarks.ask import NOW, QUESTIONS, WARM_UP, make_to_write  # noqa: E402
from bot.memory import calm_collector  # noqa: E402
from bot.newsroom import Newsroom  # noqa: E402
from bot.store.store import Store  # noqa: E402
from bot.talk.conversation import Conversation  # noqa: E402
from bot.talk.replies import Incoming  # noqa: E402

Work = Callable[[int, str], object]
"""Answers one question; the number tells which one it is."""


def answered(
    work: Work, questions: Sequence[str], threads: int, seconds: float
) -> tuple[int, float]:
    """How many questions so many threads answered in `seconds`, and the processor's seconds."""
    turns = itertools.count()
    counts = [0] * threads
    ends = time.monotonic() + seconds
    began = time.process_time()

    def ask(thread: int) -> None:
        while time.monotonic() < ends:
            turn = next(turns)
            work(turn, questions[turn % len(questions)])
            counts[thread] += 1

    workers = [threading.Thread(target=ask, args=(n,)) for n in range(threads)]
    for worker in workers:
        worker.start()
    for worker in workers:
        worker.join()
    return sum(counts), time.process_time() - began


def works(store: Store) -> dict[str, Work]:
    """The engine alone, and the whole reply."""
    newsroom = Newsroom.over(store)
    talk = Conversation(newsroom, questions_per_minute=10_000, clock=lambda: NOW)

    def reply(turn: int, question: str) -> object:
        who = f"tg:{turn % 1_000 + 1}"
        return talk.handle(Incoming(who, who, text=question))

    return {"engine": lambda _, question: newsroom.ask(question, NOW), "reply": reply}


def measure(path: Path, asked: Path, given: argparse.Namespace) -> None:
    """Print a line for each kind of work and number of threads."""
    questions = [json.loads(line)["question"] for line in asked.read_text("utf-8").splitlines()]
    with Store(path) as store:
        for name, work in works(store).items():
            for turn, question in enumerate(questions[:WARM_UP]):
                work(turn, question)
            calm_collector()
            for threads in given.threads:
                count, spent = answered(work, questions, threads, given.seconds)
                rate = count / given.seconds
                print(
                    f"{name:>22} {threads:8} {rate:8.1f} {1000 * spent / count:8.1f}", flush=True
                )


def measure_processes(path: Path, asked: Path, given: argparse.Namespace) -> None:
    """Print what several processes answer over one store, all told."""
    command = [sys.executable, __file__, "--alone", str(path), str(asked)]
    command += ["--seconds", str(given.seconds)]
    for processes in given.processes:
        running = [
            subprocess.Popen(command, stdout=subprocess.PIPE, text=True) for _ in range(processes)
        ]
        told = [json.loads(process.communicate()[0]) for process in running]
        count, spent = sum(row[0] for row in told), sum(row[1] for row in told)
        print(
            f"{'engine, processes':>22} {processes:8} {count / given.seconds:8.1f} "
            f"{1000 * spent / max(count, 1):8.1f}",
            flush=True,
        )


def measure_alone(path: Path, asked: Path, seconds: float) -> None:
    """Print, as JSON, how many questions this process answered, and its seconds."""
    questions = [json.loads(line)["question"] for line in asked.read_text("utf-8").splitlines()]
    with Store(path) as store:
        work = works(store)["engine"]
        for turn, question in enumerate(questions[:WARM_UP]):
            work(turn, question)
        print(json.dumps(answered(work, questions, 1, seconds)))


def main() -> None:
    """Print the figures."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--articles", type=int, nargs="+", default=[1_000, 10_000])
    parser.add_argument("--threads", type=int, nargs="+", default=[1, 2, 4, 8])
    parser.add_argument("--processes", type=int, nargs="*", default=[1, 2])
    parser.add_argument("--seconds", type=float, default=8.0, help="for each line")
    parser.add_argument("--source", type=Path, default=stores.SAMPLES)
    parser.add_argument("--questions", type=Path, default=QUESTIONS, help="asked of the source")
    parser.add_argument(
        "--folder", type=Path, default=stores.KEPT, help="keeps the stores, and takes those in it"
    )
    parser.add_argument("--alone", type=Path, nargs=2, help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.alone:
        measure_alone(given.alone[0], given.alone[1], given.seconds)
        return
    given.count = 150
    with tempfile.TemporaryDirectory() as folder:
        for count in given.articles:
            size = make_to_write(count, given, Path(folder))
            print(f"{count:,} articles {'':>7} {'at once':>8} {'a second':>8} {'ms each':>8}")
            measure(size.store, size.questions, given)
            measure_processes(size.store, size.questions, given)


if __name__ == "__main__":
    main()
