"""Throws broken texts at the reader, or broken questions at the whole asking, for a set time.

    python -m tools.fuzz reader --seconds 60
    python -m tools.fuzz question --seconds 60

Where the library atheris is there (`pip install atheris`), it leads the changes by which lines of
code they reach; else they are made at random, over a seed that is told. Each input must be read
within two seconds, raise nothing, and give spans inside its text, in which each answer stands word
for word. The first one that does not is printed and kept in a file.
"""

from __future__ import annotations

import argparse
import random
import sys
import tempfile
import time
from collections.abc import Callable
from datetime import UTC, date, datetime
from pathlib import Path

from bot.intake.files import read_path
from bot.model import Span, moved
from bot.samples import sample_articles
from bot.store.store import Store

MOST_SECONDS = 2.0  # the longest that any text may hold up the bot
LONGEST = {"reader": 4_000, "question": 400}  # characters of an input
DAY = date(2025, 3, 18)
NOW = datetime(2025, 3, 27, tzinfo=UTC)
SPICE = (
    *"“”\"'«»「()—*%\\{éß…�\u200b\u202e\x00\ud800",
    *("😀", "\n\n", "NEAR(", " AND ", "; DROP TABLE articles; --", "(a+)+$", "Dr.", "U.S."),
    *("said", " he said, ", "not", "30 per cent", "on Tuesday", "31 February 2025"),
)


class Found(AssertionError):
    """An input that does harm."""


def check_reader(text: str) -> None:
    """Read `text` as an article; every span must lie within it."""
    from bot.reading import read_text

    def inside(span: Span) -> Span:
        if not 0 <= span.start <= span.end <= len(text):
            raise Found(f"{span} lies outside a text of {len(text)} characters")
        return span

    moved(read_text(text, DAY), inside)


class Asker:
    """Asks a store of the sample articles."""

    def __init__(self) -> None:
        from bot.newsroom import Newsroom

        self._newsroom = Newsroom.over(Store(None))
        for row in read_path(sample_articles()):
            if row.draft is not None:
                self._newsroom.add(row.draft)

    def check(self, question: str) -> None:
        """Ask `question`; each answer must stand in its article."""
        response = self._newsroom.ask(question, NOW)
        for answer in (*response.answers, *response.nearest):
            if answer.text != answer.span.of(answer.article.text):
                raise Found(f"{answer.text!r} is not in {answer.article.id}")


def seeds(what: str) -> list[str]:
    """What the changes begin with: the sample articles, or questions about them."""
    if what == "reader":
        return [row.draft.text for row in read_path(sample_articles()) if row.draft is not None]
    return [
        "what did Brandvold say about the observers?",
        "when is the rail strike",
        "how many people were evacuated in Orsval on 14 March 2025?",
        'who said "not a day later"',
        "and for how long?",
    ]


def changed(text: str, chance: random.Random, longest: int) -> str:
    """`text` with some of it cut, doubled, moved or spiced."""
    at = chance.randrange(max(len(text) - longest, 0) + 1)
    text = text[at : at + longest]
    for _ in range(chance.choice((1, 2, 4, 16))):
        start = chance.randrange(len(text) + 1)
        end = min(start + chance.choice((0, 1, 3, 30, 300)), len(text))
        piece = chance.choice(
            (
                chance.choice(SPICE),
                text[start:end] * chance.choice((0, 2, 9)),
                text[start:end][::-1],
            )
        )
        text = text[:start] + piece + text[end:]
    return text[: 2 * longest]


def at_random(
    check: Callable[[str], None], begin: list[str], longest: int, seconds: float, seed: int
) -> tuple[int, float]:
    """How many inputs were checked, and the longest time of one in seconds. Raises Found."""
    chance = random.Random(seed)
    ends, count, worst = time.monotonic() + seconds, 0, 0.0
    while time.monotonic() < ends:
        worst = max(worst, timed(check, changed(chance.choice(begin), chance, longest)))
        count += 1
    return count, worst


def timed(check: Callable[[str], None], text: str) -> float:
    """The seconds that `check` took. Raises Found, the text kept in a file."""
    began = time.process_time()
    try:
        check(text)
    except Exception as error:
        raise Found(f"{type(error).__name__}: {error}\n{kept(text)}") from error
    took = time.process_time() - began
    if took > MOST_SECONDS:
        raise Found(f"it took {took:.1f} s\n{kept(text)}")
    return took


def kept(text: str) -> str:
    """Where `text` was written to, and how it begins."""
    path = Path(tempfile.gettempdir()) / f"newsbot-fuzz-{abs(hash(text)):x}.txt"
    path.write_bytes(text.encode("utf-8", "surrogatepass"))
    return f"{path}: {text[:200]!r}"


def main() -> None:
    """Fuzz, and print how many inputs were tried; exit code 1 at the first that does harm."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("what", choices=LONGEST)
    parser.add_argument("--seconds", type=float, default=60.0)
    parser.add_argument("--seed", type=int, default=int(time.time()))
    parser.add_argument("--random", action="store_true", help="change at random in any case")
    options = parser.parse_args()
    longest = LONGEST[options.what]
    guided = None if options.random else _guide()
    check = check_reader if options.what == "reader" else Asker().check
    if guided is not None:
        _guided(guided, check, options.what, options.seconds)
        return
    print(f"{options.what}: at random, seed {options.seed}, {options.seconds:g} s")
    try:
        count, worst = at_random(
            check, seeds(options.what), longest, options.seconds, options.seed
        )
    except Found as found:
        sys.exit(f"FOUND: {found}")
    print(f"{count} inputs, no fault; the slowest took {worst:.2f} s")


def _guide() -> object | None:
    """The library that leads the changes, watching our own modules; None where it is not."""
    try:
        import atheris  # type: ignore[import-not-found, unused-ignore]
    except ImportError:
        return None
    with atheris.instrument_imports(include=["bot"]):
        import bot.newsroom  # noqa: F401 - imported here so that its lines are watched
    return atheris  # type: ignore[no-any-return, unused-ignore]


def _guided(atheris: object, check: Callable[[str], None], what: str, seconds: float) -> None:
    """Let atheris fuzz; it ends the process, with exit code 77 or 1 at a fault."""
    folder = Path(tempfile.mkdtemp(prefix="newsbot-fuzz-"))
    for number, text in enumerate(seeds(what)):
        (folder / str(number)).write_text(text[: LONGEST[what]], encoding="utf-8")

    def one(data: bytes) -> None:
        timed(check, data.decode("utf-8", "replace"))

    arguments = [f"-max_total_time={seconds:g}", f"-max_len={LONGEST[what]}", "-verbosity=1"]
    atheris.Setup([sys.argv[0], *arguments, str(folder)], one)  # type: ignore[attr-defined]
    atheris.Fuzz()  # type: ignore[attr-defined]


if __name__ == "__main__":
    main()
