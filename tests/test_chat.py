"""The conversation in a terminal and over a pipe: messages in, replies in order, buttons by
number."""

from __future__ import annotations

import os
import pty
import select
import subprocess
import sys
import time
from pathlib import Path

import pytest

from bot.cli.chat import DEMO_STORE
from bot.store import articles as shelf
from bot.store import removal
from bot.store.chats import get_chat
from bot.store.store import Store
from tests.support.program import ROOT, Outcome, newsbot, start
from tests.support.stores import TEXT, draft, short_articles, write_rows

FIRST_QUESTION = "What did Trump and Putin agree on?"
SECOND_QUESTION = "and for how long?"


@pytest.fixture(scope="module")
def demo_home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("demo")


@pytest.fixture
def demo(
    demo_home: Path, _clean_environment: None, monkeypatch: pytest.MonkeyPatch, tmp_path: Path
) -> Path:
    """The demo store's file; a chat without a store uses it."""
    monkeypatch.setenv("XDG_DATA_HOME", str(demo_home))
    monkeypatch.chdir(tmp_path)
    return demo_home / "newsbot" / DEMO_STORE


@pytest.fixture
def path(tmp_path: Path) -> Path:
    """A store with one article about a ferry."""
    path = tmp_path / "news.db"
    assert newsbot("add", write_rows(tmp_path / "a.jsonl", [draft()]), "--db", path).code == 0
    return path


def chat(path: Path, *messages: str, resume: bool = False) -> list[str]:
    """The replies to `messages`, sent through a pipe over the store at `path`."""
    options = ["--resume"] if resume else []
    outcome = newsbot("chat", "--db", path, *options, stdin="\n".join(messages) + "\n")
    return replies(outcome)


def replies(outcome: Outcome) -> list[str]:
    """What a chat over a pipe said, a reply each: an empty line ends one."""
    assert (outcome.code, outcome.err) == (0, "")
    return outcome.out.removesuffix("\n\n").split("\n\n")


def articles_in(path: Path) -> list[str]:
    with Store(path) as store:
        return [article.text for article in shelf.all_articles(store)]


# ---------------------------------------------------------------------------------- pipe
def test_each_line_is_answered_in_order(path: Path) -> None:
    first, second, third = chat(path, "what did Ines Roca say?", "", "who flew to Mars?", "/help")
    assert "  | “The sea has let us go,” said Ines Roca, the harbour master, on Monday." in first
    assert "I have nothing on that." in second
    assert "/latest" in third


def test_no_colour_and_no_prompt_reach_a_pipe(path: Path) -> None:
    outcome = newsbot("chat", "--db", path, stdin="what did Ines Roca say?\n")
    assert "\x1b" not in outcome.out
    assert "> " not in outcome.out


def test_replies_come_line_by_line(path: Path, tmp_path: Path) -> None:
    with start("chat", "--db", path, folder=tmp_path) as process:
        assert process.stdin is not None
        assert process.stdout is not None
        assert process.stderr is not None
        for question in ("what did Ines Roca say?", "what did Tomas Heller deny?"):
            process.stdin.write(question + "\n")
            process.stdin.flush()
            lines = list(iter(process.stdout.readline, "\n"))  # waits: the next is not sent yet
            assert any(line.startswith("  | ") for line in lines)
        process.stdin.close()
        assert process.stdout.read() == ""
        assert process.stderr.read() == ""
    assert process.returncode == 0


def test_quit_ends_the_talk(path: Path) -> None:
    assert len(chat(path, "/sources", "/quit", "/sources")) == 1


def test_bytes_that_are_no_text_are_a_question_like_any_other(path: Path) -> None:
    outcome = newsbot("chat", "--db", path, stdin=b"\xff\xfe what?\n/sources\n")
    assert replies(outcome)[1].startswith("Outlets")


@pytest.mark.parametrize(
    "message",
    [
        "/",
        "/nosuch",
        "²",
        "0",
        "999",
        "9" * 5_000,
        "\0",
        "🌍",
        "x" * 20_000,
        "/add ~nobody/x",
        "/ask",
    ],
    ids=lambda message: ascii(message[:12]),
)
def test_no_message_ends_the_talk(message: str, path: Path) -> None:
    said = chat(path, message, "/sources")
    assert len(said) == 2
    assert said[1].startswith("Outlets")


def test_channels_are_told_to_be_telegrams(path: Path) -> None:
    (told,) = chat(path, "/subs @harbour")
    assert "Channels are set up in Telegram" in told


# --------------------------------------------------------------------------------- buttons
def test_a_lone_number_presses_that_button_of_the_last_reply(path: Path) -> None:
    answer, context, page = chat(path, "what did Ines Roca say?", "1", "1")
    assert "\n[1] Context  " in answer
    assert "The town agreed to pay 40,000 crowns for a new ramp by 1 April." in context
    assert "\n[1] About this article" in context
    assert "Quoted here: " in page


def test_buttons_of_the_start_page_ask_their_question(demo: Path) -> None:
    page, answer = replies(newsbot("chat", stdin="/start\n1\n"))
    question = page.partition("[1] ")[2].splitlines()[0]
    assert question.startswith("What did ")
    assert "  | " in answer


# ------------------------------------------------------------------------------------ add
def test_add_reads_a_file_by_its_path(path: Path, tmp_path: Path) -> None:
    write_rows(tmp_path / "more.jsonl", short_articles(2))
    (tmp_path / "a page.txt").write_text("Bridge closed\n\nThe bridge is closed, Ann Lee said.")
    said = chat(
        path,
        f"/add {tmp_path}/more.jsonl",
        "1",
        f"/add {tmp_path}/a page.txt",
        "1",
        "what did Ann Lee say?",
    )
    assert said[0].startswith("Preview, not yet public: 2 articles in more.jsonl")
    assert "2 new" in said[1]
    assert said[2].startswith("Preview, not yet public: Bridge closed")
    assert said[3].startswith("Published as #")
    assert "  | The bridge is closed, Ann Lee said." in said[4]


@pytest.mark.parametrize(
    ("name", "words"),
    [("none.txt", "cannot be read"), ("./none", "cannot be read"), ("/", "is a folder")],
)
def test_add_tells_why_a_path_cannot_be_read(name: str, words: str, path: Path) -> None:
    (said,) = chat(path, f"/add {name}")
    assert words in said


def test_add_takes_the_lines_up_to_a_mark(path: Path) -> None:
    article = "Mill burns\n\nA mill burned on Monday.\n\n“It is gone,” said Bo Lind."
    lines = ("/add <<END", *article.split("\n"), "END")
    first, second, third = chat(path, *lines, "1", "what did Bo Lind say?")
    assert first.startswith("Preview, not yet public: Mill burns")
    assert second.startswith("Published as #")
    assert "  | “It is gone,” said Bo Lind." in third
    assert article in articles_in(path)


def test_add_without_the_closing_mark_takes_all_that_comes(path: Path) -> None:
    (said,) = chat(path, "/add <<END", "Mill burns", "", "A mill burned, said Bo Lind.")
    assert said.startswith("Preview, not yet public: Mill burns")


def test_add_takes_a_long_line_for_text(path: Path) -> None:
    line = "The mill that burned on Monday was " + "very " * 60 + "old, said Bo Lind."
    chat(path, f"/add {line}", "1")
    assert line in articles_in(path)


def test_add_in_two_steps_and_cancel(path: Path) -> None:
    said = chat(path, "/add", "A mill burned on Monday, said Bo Lind.", "/add", "/cancel", "/done")
    assert said[0].startswith("Send me the article")
    assert said[1].startswith("Preview, not yet public: ")
    assert said[3:] == [
        "Stopped. Nothing was changed.",
        "There is nothing to complete. /add begins a new article.",
    ]


# ------------------------------------------------------------------------- demo and resume
def test_without_a_store_it_answers_over_samples_marked_as_such(demo: Path) -> None:
    (said,) = replies(newsbot("chat", stdin=f"{FIRST_QUESTION}\n"))
    assert " · sample" in said
    with Store(demo) as store:
        assert shelf.get_coverage(store).articles >= 24
        assert all(article.sample for article in shelf.all_articles(store))


def test_second_start_reads_the_samples_no_more(demo: Path) -> None:
    newsbot("chat", stdin="/sources\n")
    with Store(demo) as store:
        before = store.change_count()
    newsbot("chat", stdin="/sources\n")
    with Store(demo) as store:
        assert store.change_count() == before


def test_samples_that_were_left_half_read_are_read_again(demo: Path) -> None:
    newsbot("chat", stdin="/sources\n")
    with Store(demo) as store, store.write() as connection:
        connection.execute("DELETE FROM meta WHERE key = 'samples'")
        removal.drop_samples(store)
    newsbot("chat", stdin="/sources\n")
    with Store(demo) as store:
        assert shelf.get_coverage(store).articles >= 24


def test_own_store_holds_no_sample(path: Path) -> None:
    newsbot("chat", "--db", path, stdin="/sources\n")
    assert articles_in(path) == [TEXT]


def test_resume_goes_on_with_the_last_talk(demo: Path) -> None:
    newsbot("chat", stdin=f"{FIRST_QUESTION}\n")
    resumed = newsbot("chat", "--resume", stdin=f"{SECOND_QUESTION}\n").out
    together = replies(newsbot("chat", stdin=f"{FIRST_QUESTION}\n{SECOND_QUESTION}\n"))
    assert resumed.strip() == together[1].strip()


def test_without_resume_the_last_talk_is_forgotten(path: Path) -> None:
    def remembered() -> bool:
        with Store(path) as store:
            return get_chat(store, "terminal").frame is not None

    chat(path, "what did Ines Roca say?")
    assert remembered()
    newsbot("chat", "--db", path, "--resume")
    assert remembered()
    newsbot("chat", "--db", path)
    assert not remembered()


# -------------------------------------------------------------------------------- terminal
def at_terminal(path: Path, *lines: str, **environment: str) -> str:
    """What a person sees who types `lines` at a terminal."""
    ours, theirs = pty.openpty()
    with subprocess.Popen(
        [sys.executable, "-m", "bot", "chat", "--db", str(path)],
        cwd=path.parent,
        env={**os.environ, "PYTHONPATH": str(ROOT), "TERM": "dumb", **environment},
        stdin=theirs,
        stdout=theirs,
        stderr=theirs,
        start_new_session=True,
    ) as process:
        os.close(theirs)
        seen = b""
        waiting = list(lines)
        give_up = time.monotonic() + 60
        while time.monotonic() < give_up:
            if not select.select([ours], [], [], 1)[0]:
                continue
            try:
                seen += os.read(ours, 65_536)
            except OSError:  # the other side is closed
                break
            if seen.endswith(b"> ") and waiting:
                os.write(ours, waiting.pop(0).encode() + b"\n")
        process.kill()
    os.close(ours)
    return seen.decode()


def test_terminal_greets_colours_and_remembers(path: Path) -> None:
    home = path.parent / "home"
    asked = "what did Ines Roca say?"
    seen = at_terminal(path, asked, "/quit", XDG_DATA_HOME=str(home))
    assert "/help" in seen.partition(asked)[0]
    assert "\x1b[36m  | “The sea has let us go,” said Ines Roca" in seen
    assert (home / "newsbot" / "history").read_text().splitlines() == [asked, "/quit"]


def test_terminal_without_colour_shows_none(path: Path) -> None:
    seen = at_terminal(path, "what did Ines Roca say?", "/quit", NO_COLOR="1")
    assert "  | “The sea has let us go,” said Ines Roca" in seen
    assert "\x1b[" not in seen


def test_end_of_input_ends_a_terminal_talk(path: Path) -> None:
    assert "Traceback" not in at_terminal(path, "\x04")
