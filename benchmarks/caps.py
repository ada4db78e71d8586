"""The worst that any text can do: time and memory of each kind of hostile input.

    python benchmarks/caps.py [--articles 10000] [--only KIND …]

Each kind has a process of its own, which holds what the bot has loaded, works through its inputs
one by one and tells the longest of them and the most memory it had. What strangers send is worked
on in the bot's process ("talk") or in the reading process beside it ("reader"), as the bot has it;
both must keep within two seconds and 200 MB for each input. Times are of the processor. "Stopped"
are the inputs that the reader's own limits ended.
"""

from __future__ import annotations

import argparse
import io
import json
import os
import random
import resource
import shutil
import subprocess
import sys
import tempfile
import time
import zipfile
from collections.abc import Callable, Iterable, Iterator
from contextlib import closing, suppress
from datetime import UTC, date, datetime
from pathlib import Path

ROOT = Path(__file__).parents[1]
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")  # as the bot has it
# In the place of this folder, whose telegram.py would be taken for the library of that name.
sys.path[0] = str(ROOT)

from benchmarks import stores  # noqa: E402 - found by the line above
from benchmarks.ask import QUESTIONS, make_to_write  # noqa: E402
from bot.config import load_config  # noqa: E402
from bot.errors import BotError  # noqa: E402
from bot.intake.feeds import FEED_BYTES, FEED_TAGS  # noqa: E402
from bot.intake.files import read_source  # noqa: E402
from bot.intake.limits import check_text  # noqa: E402
from bot.intake.opml import parse_opml  # noqa: E402
from bot.intake.pages import PAGE_CHARS, PAGE_TAGS  # noqa: E402
from bot.model import Draft  # noqa: E402
from bot.newsroom import Newsroom  # noqa: E402
from bot.reading import READ_CHARS  # noqa: E402
from bot.store.store import Store  # noqa: E402
from bot.talk.commands import COMMANDS  # noqa: E402
from bot.talk.conversation import Conversation  # noqa: E402
from bot.talk.replies import Incoming, Role  # noqa: E402
from bot.text.words import STOP_WORDS  # noqa: E402
from bot.worker import ReadingWorker  # noqa: E402
from tests.support.documents import docx, pdf  # noqa: E402

WARMED = ("question", "command", "deep link", "paste", "question, attacked", "command, attacked")
"""What is loaded at the first question or article is no fault of the input's."""
MOST_SECONDS, MOST_MB = 2.0, 200.0
NOW = datetime(2025, 3, 27, 12, tzinfo=UTC)
DAY = date(2025, 3, 27)
QUESTION_CHARS = 10_000
ARTICLE_CHARS = 1_000_000  # the longest that is taken
PAGE_BYTES = 10 * 2**20  # what is fetched at most, as `web.megabytes` says
Inputs = Iterable[tuple[str, object]]
Work = Callable[[object], object]

SIGNS = ("“", "”", '"', "'", "«", "(", "[", "{", "*", "\\", "-", "–", "…", "/", "%", "^", "~", ":")
SIGNS += ("\n", "\u200b", "\u202e", "é́́́", "😀", "ß", "\ud800", "\x00", "漢")


# --------------------------------------------------------------------------------- the inputs
def texts(length: int) -> Iterator[tuple[str, str]]:
    """Texts of about `length` characters, each of one kind of harm, with its name."""
    chance = random.Random(4711)
    words = ["".join(chance.choices("aeioustrnlm", k=9)) for _ in range(4_000)]
    yield from ((f"sign {sign!r}", sign * (length // len(sign))) for sign in SIGNS)
    yield "one word", "a" * length
    yield "digits", "1" * length
    yield "stop words", " ".join(sorted(STOP_WORDS) * (length // 500))[:length]
    yield "strange words", " ".join(chance.choices(words, k=length // 10))
    yield "capitals", " ".join(chance.choices(words, k=length // 10)).title()
    yield (
        "names",
        " ".join(f"{a.title()} {b.title()} said" for a, b in _pairs(words, length // 25)),
    )
    yield "search signs", 'NEAR(a* OR "b" AND NOT c:d) ' * (length // 28)
    yield "regular expression", "(a+)+$ (x|x)*y [^a]{1,99} " * (length // 26)
    yield "questions", "who said what when? " * (length // 20)
    yield "open quotes", '“he said, "she said, ‘' * (length // 22)
    yield "quotes", "“We will not,” said Ada Berg, the mayor, on Tuesday. " * (length // 53)
    yield "days", "on 3 March 2025, from Monday to 12/04/2025, " * (length // 44)
    yield "figures", "1,234,567.89 per cent of $3.4bn (€5m), 17 people, " * (length // 50)
    yield "roles", "the former deputy vice president of the board of the " * (length // 52)
    yield "commas", "Berg, Lind, Halk, " * (length // 18)
    yield "short sentences", "He did. It is. " * (length // 15)
    yield "lines", "\n".join(["Mr. A. B. Berg Jr., Esq."] * (length // 24))
    yield "abbreviations", "U.S. St. Dr. No. e.g. a.m. " * (length // 27)
    yield "markup", "<b>&amp;<script>*_`[x](y)</b>" * (length // 29)
    yield "mojibake", "â€œâ€\x9dÃ©Ã¼â€™" * (length // 13)
    yield "deep", "(" * (length // 2) + ")" * (length // 2)
    yield "days and figures", "on 3 March 2025 17 people " * (length // 26)
    yield "compare", "compare A and B and C on D and E, " * (length // 34)


def _pairs(words: list[str], count: int) -> Iterator[tuple[str, str]]:
    for n in range(count):
        yield words[n % len(words)], words[(n * 7 + 3) % len(words)]


def commands(length: int) -> Inputs:
    for name in (command.name for command in COMMANDS):
        for kind, text in texts(length):
            if kind.startswith(("names", "strange", "deep", "open", "sign '“'", "days", "digits")):
                yield f"/{name} {kind}", f"/{name} {text}"


def presses() -> Inputs:
    """What the buttons carry, and what they never do."""
    heads = (
        "res one bad again ctx sub fol dig set add pub rep undo page per tl cmp chk feed".split()
    )
    for head in heads:
        for tail in ("", ":", ":1", ":999999999999999999999:0", ":-1:x:y", ":" * 60, ":😀" * 10):
            yield f"{head}{tail}"[:40], f"{head}{tail}"


def links() -> Inputs:
    for payload in (
        "s_" + "_".join(["rail"] * 12),
        "q_9_9_9",
        "a_" + "9" * 19,
        "x" * 64,
        "inv_" + "a" * 60,
    ):
        yield payload[:30], f"/start {payload}"


def page(body: str, head: str = "") -> bytes:
    whole = f"<html><head><title>T</title>{head}</head><body><h1>T</h1>{body}</body></html>"
    return whole.encode("utf-8", "surrogatepass")


def pages(length: int) -> Inputs:
    """Web pages of about `length` characters with as many tags as are taken, and larger ones."""
    few = PAGE_TAGS // 2 - 10
    room = (length - 1_000) // few
    yield "deep divs", page("<div>" * few + "x" + "</div>" * few)
    yield "open spans", page("<span><b><i>" * (2 * few // 3))
    said = "The mayor said on Monday that it is so. "
    yield "paragraphs", page(f"<p>{said}</p>" * few)
    yield "long paragraphs", page(f"<p>{(said * 9)[: room - 8]}</p>" * few)
    yield "links", page('<a href="/x">A link of words</a> ' * few)
    yield "table", page("<table>" + "<tr><td>a<td>b" * (few // 2) + "</table>")
    yield "lists", page("<ul><li>a" * few)
    yield "attributes", page("<p " + 'a="b" ' * (length // 6 - 99) + ">x</p>")
    some = 'a="b" ' * (room // 2 // 6)
    yield "tags with attributes", page(f"<p {some}>x</p>" * few)
    yield "entities", page("&amp;&#x41;&nbsp;" * (length // 17 - 99))
    yield "script", page(f"<p>{said}</p>", f"<script>{'x=1;' * (length // 5)}</script>")
    data = '{"@type": "NewsArticle", "articleBody": "' + "He said. " * (length // 10) + '"}'
    yield "data", page(f"<p>{said}</p>", f'<script type="application/ld+json">{data}</script>')
    nested = '{"a":' * (length // 30) + "1" + "}" * (length // 30)
    yield "deep data", page("<p>x</p>", f'<script type="application/ld+json">{nested}</script>')
    some = f'<script type="application/ld+json">{nested[:400_000]}</script>'
    yield "much deep data", page("<p>x</p>", some * 4)
    metas = "".join(f'<meta name="n{n}" content="2025-03-01">' for n in range(2 * few - 20))
    yield "metas", page("<p>x</p>", metas)
    yield "comments", page("<!--" * (PAGE_TAGS - 20))
    yield "no markup", b"a " * (length // 2 - 99)
    yield "brackets", b"<" * (PAGE_TAGS - 10)
    yield "large brackets", b"<" * PAGE_BYTES
    yield "large comments", page("<!--" * (PAGE_BYTES // 4))
    yield "large scripts", page("<script></script>" * (PAGE_BYTES // 17))
    yield "large open scripts", page("<script><svg><style>" * (PAGE_BYTES // 20))
    yield "large pictures", page("<img src='data:x'>" * few + f"'data:{'A' * PAGE_BYTES}")
    yield "large, of wide letters", page("<p>\U0001f600 " + "a " * (PAGE_BYTES // 2 - 99))


FEED_ITEM = (
    "<item><title>T</title><link>https://a.example/{}</link><description>D</description></item>"
)


def feeds(length: int) -> Inputs:
    """Feeds of about `length` bytes, or with as many tags as are taken."""
    few = FEED_TAGS // 8 - 10
    yield "deep, few", b"<rss><channel>" + b"<a>" * (4 * few) + b"</a>" * (4 * few)
    some = "".join(FEED_ITEM.format(n) for n in range(few))
    yield "items", f"<rss version='2.0'><channel><title>F</title>{some}</channel></rss>".encode()
    items = "".join(FEED_ITEM.format(n) for n in range(length // 99))
    yield (
        "many items",
        f"<rss version='2.0'><channel><title>F</title>{items}</channel></rss>".encode(),
    )
    text = "&lt;p&gt;word&lt;/p&gt;" * (length // 23)
    one = f"<item><title>T</title><description>{text}</description></item>"
    yield "one long item", f"<rss version='2.0'><channel>{one}</channel></rss>".encode()
    entities = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    bomb = f'<?xml version="1.0"?><!DOCTYPE r [<!ENTITY a0 "ha">{entities}]>'
    yield "billion laughs", f"{bomb}<rss><channel><title>&a11;</title></channel></rss>".encode()
    yield "deep", b"<rss><channel>" + b"<a>" * (length // 7) + b"</a>" * (length // 7)
    yield (
        "json",
        json.dumps(
            {
                "version": "https://jsonfeed.org/version/1.1",
                "items": [{"id": str(n), "content_text": "x"} for n in range(length // 40)],
            }
        ).encode(),
    )
    yield "brackets", b"<rss>" + b"<" * length
    yield "no feed", b"x" * length


def outlines(length: int) -> Inputs:
    one = '<outline text="T" type="rss" xmlUrl="https://a.example/{}"/>'
    many = "".join(one.format(n) for n in range(length // 58))
    yield "many", f"<opml><body>{many}</body></opml>".encode()
    yield "deep", b"<opml><body>" + b"<outline>" * (length // 9)
    yield "attributes", b"<opml><body><outline " + b'a="b" ' * (length // 6) + b"/></body></opml>"
    laughs = "".join(f'<!ENTITY a{n} "{f"&a{n - 1};" * 10}">' for n in range(1, 12))
    yield "billion laughs", f'<!DOCTYPE r [<!ENTITY a0 "h">{laughs}]><opml>&a11;</opml>'.encode()


def files() -> Inputs:
    """Tables, lists and archives, as somebody sends them."""
    rows = b"\n".join(b'{"text": "He said so on Monday."}' for _ in range(20_000))
    yield "rows.jsonl", rows
    yield "deep.json", b'{"text":' + b"[" * 5_000_000
    yield "empty lists.json", b"[" + b"[]," * 3_000_000 + b"[]]"
    yield "wide.csv", b"text," + b"a," * 1_000_000 + b"\n" + b"x," * 1_000_000
    yield "quotes.csv", b'text\n"' + b'""' * 2_000_000
    packed = io.BytesIO()
    with zipfile.ZipFile(packed, "w", zipfile.ZIP_DEFLATED) as archive:
        with archive.open("bomb.txt", "w") as member:
            for _ in range(200):
                member.write(b"0" * 1_000_000)
        for number in range(5_000):
            archive.writestr(f"{number}.txt", "He said so.")
    yield "bomb.zip", packed.getvalue()


def documents() -> Inputs:
    long = "The mayor said on Monday that the bridge stays shut. " * 20
    yield "pdf, 200 pages", ("pdf", pdf([[long] * 40] * 200))
    yield "pdf, broken", ("pdf", pdf([[long] * 40] * 20)[:-2_000] + b"%" * 1_000_000)
    yield "pdf, signs", ("pdf", b"%PDF-1.4\n" + b"1 0 obj << /A [" * 300_000)
    yield "docx, long", ("docx", docx([long] * 5_000))
    yield "docx, deep", ("docx", docx(["(" * 500_000]))


def configs() -> Inputs:
    yield (
        "laughs",
        "a: &a [x]\n"
        + "\n".join(
            f"b{n}: &b{n} [{', '.join([f'*b{n - 1}' if n else '*a'] * 9)}]" for n in range(9)
        ),
    )
    yield "deep", "{a: " * 5_000
    yield "many keys", "\n".join(f"k{n}: 1" for n in range(50_000))
    yield "long", "store: " + "x" * 5_000_000


# ----------------------------------------------------------------------------------- the kinds
def _talk(store: Store, **incoming: object) -> Callable[[object], object]:
    newsroom = Newsroom.over(store)
    talk = Conversation(newsroom, questions_per_minute=10_000, clock=lambda: NOW, admins=(1,))
    role = Role.OWNER

    def say(text: object) -> object:
        what = {"button": text} if incoming.get("press") else {"text": text}
        return talk.handle(Incoming("tg:1", "tg:1", role, **what))  # type: ignore[arg-type]

    return say


def _config(text: object) -> object:
    with tempfile.TemporaryDirectory() as folder:
        path = Path(folder) / "config.yaml"
        path.write_text(str(text), encoding="utf-8")
        return load_config(path, {})


def long_texts() -> Inputs:
    """Texts of the length of which all is read, and of the longest that is taken."""
    for length in (READ_CHARS - 100, ARTICLE_CHARS):
        yield from ((f"{name}, {length:,}", text) for name, text in texts(length))
    for first in ("stop words", "names", "sign '“'"):
        for rest in ("abbreviations", "mojibake"):
            both = _text(first)[:READ_CHARS] + _text(rest)
            yield f"{first}, then {rest}", both[:ARTICLE_CHARS]


def _text(name: str) -> str:
    """The longest text of one kind; they are not kept, since they count as ours."""
    return next(text for kind, text in texts(ARTICLE_CHARS) if kind == name)


def articles() -> Inputs:
    """The longest texts with what was found in them: what is stored of an article."""
    with closing(ReadingWorker()) as worker:
        for name, text in long_texts():
            with suppress(BotError):
                check_text(str(text))
                yield name, (text, worker.read(str(text), DAY))


def kinds(
    path: Path, reader: ReadingWorker
) -> dict[str, tuple[str, Callable[[], Inputs], Callable[[], Work]]]:
    """Name -> (where it is worked on, its inputs, what makes the work)."""

    def over() -> Store:
        return Store(path)

    def attacked() -> Store:
        """A copy of the store, with the worst articles in it."""
        copy = path.with_name("attacked.db")
        if not copy.exists():
            shutil.copy(path, copy)
            with Store(copy) as store:
                add = _storing(store)
                for _, given in articles():
                    add(given)
        return Store(copy)

    def plain(work: Work) -> Callable[[], Work]:
        return lambda: work

    return {
        "question": ("talk", lambda: texts(QUESTION_CHARS), lambda: _talk(over())),
        "command": ("talk", lambda: commands(QUESTION_CHARS), lambda: _talk(over())),
        "button": ("talk", presses, lambda: _talk(over(), press=True)),
        "deep link": ("talk", links, lambda: _talk(over())),
        "paste": ("talk", lambda: texts(ARTICLE_CHARS), plain(_paste)),
        "article": (
            "reader",
            long_texts,
            plain(lambda t: reader.read(str(t), DAY)),
        ),
        "storing": ("talk", articles, lambda: _storing(Store(_copied(path)))),
        "question, attacked": ("talk", lambda: texts(QUESTION_CHARS), lambda: _talk(attacked())),
        "command, attacked": ("talk", lambda: commands(QUESTION_CHARS), lambda: _talk(attacked())),
        "page": (
            "reader",
            lambda: pages(PAGE_CHARS),
            plain(lambda data: reader.page(data, "https://a.example/x", None)),  # type: ignore[arg-type]
        ),
        "document": ("reader", documents, plain(lambda given: reader.parse(*given))),  # type: ignore[misc]
        "table or archive": ("talk", files, plain(_file)),
        "feed": (
            "reader",
            lambda: feeds(FEED_BYTES - 1_000),
            plain(lambda data: reader.feed(data, "https://a.example/f", "")),  # type: ignore[arg-type]
        ),
        "feed list": ("talk", lambda: outlines(PAGE_BYTES), plain(lambda d: parse_opml(d))),  # type: ignore[arg-type]
        "configuration": ("talk", configs, plain(_config)),
    }


def _copied(path: Path) -> Path:
    copy = path.with_name("stored.db")
    shutil.copy(path, copy)
    return copy


def _storing(store: Store) -> Work:
    newsroom = Newsroom.over(store)

    def add(given: object) -> object:
        text, findings = given  # type: ignore[misc]
        return newsroom.add_read(Draft(text, id=f"caps-{time.time_ns()}"), findings)

    return add


def _paste(text: object) -> object:
    from bot.intake.pastes import read_paste

    return read_paste(str(text))


def _file(data: object) -> object:
    assert isinstance(data, bytes)
    return [sum(1 for _ in read_source(name, data)) for name in ("x.jsonl", "x.csv", "x.zip")]


def measure(kind: str, path: Path) -> None:
    """Print, as JSON, the slowest input of `kind` and the most memory."""
    with closing(ReadingWorker()) as reader:
        where, inputs, make_work = kinds(path, reader)[kind]
        work = make_work()
        if kind in WARMED:
            work("what did Ada Berg say on Monday?")
        if where == "reader":
            _load(reader)
        slowest: list[tuple[float, str]] = []
        largest: list[tuple[float, str]] = []
        stopped = 0
        for name, given in inputs():
            if where == "reader" and reader.pid is None:
                _load(reader)  # it was worn by the input before
            pid = (reader.pid if where == "reader" else None) or os.getpid()
            _begin_peak(pid)
            began = _cpu_seconds(pid)
            ended = ""
            try:
                work(given)
            except BotError as error:
                ended = str(error)
            stopped += "limits of time and memory" in ended
            slowest.append((_cpu_seconds(pid) - began, name))
            largest.append((_peak_mb(pid), name))
            if "-v" in sys.argv:
                told = f"{slowest[-1][0]:8.2f} s {largest[-1][0]:6.0f} MB  {name}  {ended[:60]}"
                print(told, file=sys.stderr, flush=True)
    found = {"count": len(slowest), "slowest": max(slowest), "largest": max(largest)}
    print(json.dumps(found | {"stopped": stopped}))


def _load(reader: ReadingWorker) -> None:
    """Have the reader load all that it ever does: that is no fault of an input's."""
    reader.read("“We go,” said Ada Berg on Monday.", DAY)
    with suppress(BotError):
        reader.page(page("<p>He said so.</p>"), None, None)
    with suppress(BotError):
        reader.feed(b"<rss><channel><item><title>T</title></item></channel></rss>", "", "")


def _begin_peak(pid: int) -> None:
    """Count the most memory of a process anew from here (Linux)."""
    Path(f"/proc/{pid}/clear_refs").write_text("5")


def _peak_mb(pid: int) -> float:
    """The most memory of a process since then, the input and the program's own with it; of one
    that has ended, the most of all that ended."""
    try:
        status = Path(f"/proc/{pid}/status").read_text()
        return int(status.partition("VmHWM:")[2].split()[0]) / 1024
    except (OSError, IndexError):
        return resource.getrusage(resource.RUSAGE_CHILDREN).ru_maxrss / 1024


def _cpu_seconds(pid: int) -> float:
    """The processor time of a process, and of our children that have ended."""
    ended = resource.getrusage(resource.RUSAGE_CHILDREN)
    seconds = ended.ru_utime + ended.ru_stime
    try:
        parts = Path(f"/proc/{pid}/stat").read_text().rpartition(") ")[2].split()
    except OSError:
        return seconds
    return seconds + (int(parts[11]) + int(parts[12])) / os.sysconf("SC_CLK_TCK")


def main() -> int:
    """Print a line a kind; exit code 1 where one exceeds the bounds."""
    parser = argparse.ArgumentParser(description=__doc__.partition("\n\n")[0])
    parser.add_argument("--articles", type=int, default=10_000, help="in the store that is asked")
    parser.add_argument(
        "--folder", type=Path, default=stores.KEPT, help="keeps the store, and takes the one in it"
    )
    parser.add_argument("--only", nargs="*", help="these kinds alone")
    parser.add_argument("--measure", nargs=2, help=argparse.SUPPRESS)
    parser.add_argument("-v", "--verbose", action="store_true", help="tell each input")
    given = parser.parse_args()
    if given.measure:
        measure(given.measure[0], Path(given.measure[1]))
        return 0
    given.source, given.questions, given.count = stores.SAMPLES, QUESTIONS, 150
    over = 0
    with tempfile.TemporaryDirectory() as folder:
        size = make_to_write(given.articles, given, Path(folder))
        print(
            f"{'kind':18} {'where':7} {'inputs':>6} {'stopped':>7} {'s':>6} {'MB':>6}  "
            "slowest / largest"
        )
        for kind, (where, _, _) in kinds(size.store, ReadingWorker()).items():
            if given.only and kind not in given.only:
                continue
            command = [sys.executable, __file__, "--measure", kind, str(size.store)]
            command += ["-v"] * given.verbose
            done = subprocess.run(command, stdout=subprocess.PIPE, text=True, check=True)
            told = json.loads(done.stdout)
            (seconds, slowest), (peak, largest) = told["slowest"], told["largest"]
            is_over = seconds > MOST_SECONDS or peak > MOST_MB
            over += is_over
            print(
                f"{kind:18} {where:7} {told['count']:6} {told['stopped']:7} {seconds:6.2f} "
                f"{peak:6.0f}  {slowest} / {largest}{'  OVER THE BOUNDS' * is_over}",
                flush=True,
            )
    return 1 if over else 0


if __name__ == "__main__":
    sys.exit(main())
