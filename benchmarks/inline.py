"""People who type questions letter by letter into other chats, answered while they type.

    python benchmarks/inline.py [--articles 10000] [--people 5] [--rate 20] [--seconds 30]

The bot is a process of its own over a store of benchmarks/stores.py; the twin of Telegram hands it
each letter as a query, at a fixed rate in all. "newest only" is newsbot. "every letter" is what
everyone begins with: each query is worked on in its turn. "all at once" gives newsbot the letters
of whole questions in one moment, as an app does that was out of reach.

Times are from the letter to its answer at the twin, of the queries that were answered; "p95 end"
of the last letters alone. "worked" is how many queries cost any work, "p95 CPU" what that took of
the processor, "CPU each" what the bot's process took for each letter that was typed, in all.
"""

from __future__ import annotations

import argparse
import dataclasses
import itertools
import json
import logging
import os
import random
import statistics
import sys
import tempfile
import time
from collections.abc import Iterator, Sequence
from dataclasses import dataclass
from pathlib import Path

ROOT = Path(__file__).parents[1]
# In the place of this folder, whose telegram.py would be taken for the library of that name.
sys.path[0] = str(ROOT)

from benchmarks import stores  # noqa: E402 - found by the line above
from benchmarks.ask import make_to_write  # noqa: E402
from benchmarks.serving import bot_process  # noqa: E402
from bot.config import Config, load_config  # noqa: E402
from bot.memory import calm_collector  # noqa: E402
from bot.newsroom import Newsroom  # noqa: E402
from bot.store.inbox import InboxRow  # noqa: E402
from bot.store.store import Store  # noqa: E402
from bot.talk.conversation import Conversation  # noqa: E402
from bot.talk.inline import InlineAsk, InlinePage  # noqa: E402
from bot.talk.replies import Incoming, Reply  # noqa: E402
from handlers import inline  # noqa: E402
from handlers.app import run  # noqa: E402
from tests.support.botapi import running_twin  # noqa: E402
from tests.support.botapi.abroad import Typed  # noqa: E402

QUESTIONS = ROOT / "tests" / "data" / "sample_questions.jsonl"
WARM_UP = 3  # questions typed before the time begins
PAUSE_SECONDS = 1.0  # before somebody types the next question
PATIENCE_SECONDS = 12.0  # for the last answers; no later one is taken


# -------------------------------------------------------------------------- the bot's side
def serve(kind: str) -> int:
    """The bot of this run, with the settings in the environment; prints what it took."""
    logging.basicConfig(level=logging.ERROR, stream=sys.stderr)
    config: Config = load_config(None)
    if kind == "every":
        inline.read_query = _as_a_person_of_its_own
    with Store(Path(config.store)) as store:
        talk = Timed(Conversation(Newsroom.over(store), questions_per_minute=100_000))
        calm_collector()
        code = run(config, talk, store)
    sys.stdout.write(json.dumps(talk.worked))
    return code


class Timed:
    """The conversation, noting how long it works on each query, in seconds of the processor."""

    def __init__(self, conversation: Conversation) -> None:
        self._conversation = conversation
        self.worked: list[float] = []

    def handle(self, incoming: Incoming) -> Reply:
        return self._conversation.handle(incoming)

    def guest(self, incoming: Incoming) -> Reply:
        return self._conversation.guest(incoming)

    def card(self, number: str, person: str, language: str | None) -> Reply | None:
        return self._conversation.card(number, person, language)

    def inline(self, ask: InlineAsk) -> InlinePage:
        began = time.thread_time()
        try:
            return self._conversation.inline(ask)
        finally:
            self.worked.append(time.thread_time() - began)


_read_query = inline.read_query
_numbers = itertools.count()


def _as_a_person_of_its_own(row: InboxRow) -> inline.Query | None:
    """The query as if nobody had typed one before it: then none takes the place of another."""
    query = _read_query(row)
    if query is None:
        return None
    ask = dataclasses.replace(query.ask, person=f"{query.ask.person}/{next(_numbers)}")
    return dataclasses.replace(query, ask=ask)


# ------------------------------------------------------------------------ the people's side
@dataclass(frozen=True, slots=True)
class Outcome:
    """What one run showed: all that was typed, the last letters of questions among it, and what
    the bot's process took of the processor."""

    typed: Sequence[Typed]
    last: Sequence[Typed]
    cpu: float
    worked: Sequence[float]
    """How long each query that was worked on took of the processor."""

    def taken(self, of: Sequence[Typed]) -> list[float]:
        return sorted(t.answered_at - t.made for t in of if t.answered_at is not None)


def type_on(
    path: Path, kind: str, questions: Sequence[str], *, people: int, rate: float, seconds: float
) -> Outcome:
    """Let `people` type questions, `rate` letters a second in all, for so long."""
    with running_twin() as running, bot_process(__file__, running.twin, path, kind) as process:
        twin = running.twin
        twin.goes_abroad()
        writers = [twin.person(f"P{number}") for number in range(people)]
        waiting = iter(questions)
        for question in itertools.islice(waiting, WARM_UP):
            writers[0].is_shown(writers[0].types(question), timeout_seconds=60)
        before = _cpu_of(process.pid)
        typed: list[Typed] = []
        last: list[Typed] = []
        hands = [_letters(next(waiting)) for _ in writers]
        free = [0.0] * people
        began = time.monotonic()
        for turn in range(int(rate * seconds)):
            time.sleep(max(began + turn / rate - time.monotonic(), 0.0))
            at = turn % people
            if time.monotonic() < free[at]:
                continue
            text, is_last = next(hands[at])
            query = writers[at].types(text)
            typed.append(query)
            if is_last:
                last.append(query)
                hands[at] = _letters(next(waiting))
                free[at] = time.monotonic() + PAUSE_SECONDS
        _wait_for_answers(typed, last, kind)
        cpu = _cpu_of(process.pid) - before
        process.terminate()
        worked = json.loads(process.communicate()[0])[WARM_UP:]
    return Outcome(typed, last, cpu, sorted(worked))


def type_at_once(path: Path, questions: Sequence[str], *, people: int) -> Outcome:
    """Let everybody's letters of a whole question arrive in one moment."""
    with running_twin() as running, bot_process(__file__, running.twin, path, "newest") as process:
        twin = running.twin
        twin.goes_abroad()
        writers = [twin.person(f"P{number}") for number in range(people)]
        for question in questions[:WARM_UP]:
            writers[0].is_shown(writers[0].types(question), timeout_seconds=60)
        before = _cpu_of(process.pid)
        typed: list[Typed] = []
        last: list[Typed] = []
        for writer, question in zip(writers, questions[WARM_UP:], strict=False):
            typed += [writer.types(text) for text, _last in _letters(question)]
            last.append(typed[-1])
        _wait_for_answers(typed, last, "newest")
        cpu = _cpu_of(process.pid) - before
        process.terminate()
        worked = json.loads(process.communicate()[0])[WARM_UP:]
    return Outcome(typed, last, cpu, sorted(worked))


def _letters(question: str) -> Iterator[tuple[str, bool]]:
    """The question as it grows, and whether it is whole."""
    for end in range(1, len(question) + 1):
        yield question[:end], end == len(question)


def _wait_for_answers(typed: Sequence[Typed], last: Sequence[Typed], kind: str) -> None:
    """Returns when nothing more is to come: each last letter, or with "every" each, answered."""
    wanted = typed if kind == "every" else last
    ends = time.monotonic() + PATIENCE_SECONDS
    while time.monotonic() < ends and not all(t.answered_at for t in wanted):
        time.sleep(0.05)
    time.sleep(0.5)  # for what should not come any more


def _cpu_of(pid: int) -> float:
    """Seconds of the processor that the process has taken so far."""
    fields = Path(f"/proc/{pid}/stat").read_text("ascii").rpartition(")")[2].split()
    return (int(fields[11]) + int(fields[12])) / os.sysconf("SC_CLK_TCK")


def show(name: str, outcome: Outcome) -> None:
    taken, last = outcome.taken(outcome.typed), outcome.taken(outcome.last)
    letters = len(outcome.typed)
    print(
        f"{name:14} {letters:8,} {len(taken):9,} {letters - len(taken):8,} "
        f"{_ms(statistics.median(taken))} {_ms(_at(taken, 0.95))} {_ms(taken[-1])} "
        f"{_ms(_at(last, 0.95)) if last else '':>7} "
        f"{len(outcome.worked):7,} {_ms(_at(outcome.worked, 0.95))} "
        f"{1000 * outcome.cpu / letters:8.1f}   {len(last)}/{len(outcome.last)}",
        flush=True,
    )


def _at(taken: Sequence[float], share: float) -> float:
    return taken[min(len(taken) - 1, round(share * len(taken)))]


def _ms(seconds: float) -> str:
    return f"{1000 * seconds:7.0f}"


def main() -> int:
    """Print the figures, in milliseconds."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n")[0])
    parser.add_argument("--articles", type=int, default=10_000)
    parser.add_argument("--source", type=Path, default=stores.SAMPLES)
    parser.add_argument("--questions", type=Path, default=QUESTIONS, help="asked of the source")
    parser.add_argument("--people", type=int, default=5)
    parser.add_argument("--rate", type=float, default=20.0, help="letters a second, of all")
    parser.add_argument("--seconds", type=float, default=30.0)
    parser.add_argument(
        "--folder", type=Path, default=stores.KEPT, help="keeps the store, and takes that in it"
    )
    parser.add_argument("--serve", choices=["newest", "every"], help=argparse.SUPPRESS)
    given = parser.parse_args()
    if given.serve:
        return serve(given.serve)
    given.count = 400
    with tempfile.TemporaryDirectory() as folder:
        size = make_to_write(given.articles, given, Path(folder))
        asked = size.questions.read_text("utf-8").splitlines()
        questions = [json.loads(line)["question"] for line in asked]
        random.Random(4711).shuffle(questions)
        load = {"people": given.people, "rate": given.rate, "seconds": given.seconds}
        print(f"{given.rate:g} letters a second from {given.people} people, {given.seconds:g} s,")
        print(f"{given.articles:,} articles, {os.cpu_count()} processors, load ", end="")
        print(f"{os.getloadavg()[0]:.1f} before")
        print(
            f"{'':14} {'letters':>8} {'answered':>9} {'dropped':>8} {'p50':>7} {'p95':>7} "
            f"{'worst':>7} {'p95 end':>7} {'worked':>7} "
            f"{'p95 CPU':>7} {'CPU each':>8}   whole questions"
        )
        show("newest only", type_on(size.store, "newest", questions, **load))
        show("every letter", type_on(size.store, "every", questions, **load))
        show("all at once", type_at_once(size.store, questions, people=given.people))
    return 0


if __name__ == "__main__":
    sys.exit(main())
