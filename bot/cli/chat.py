"""`newsbot chat`: the conversation in a terminal, or line by line from a pipe."""

from __future__ import annotations

import io
import os
import re
import sys
from collections.abc import Callable, Collection, Iterator
from datetime import datetime
from pathlib import Path
from typing import TYPE_CHECKING

import click

from bot.cli.options import Globals, global_options, tell, web_settings
from bot.errors import BotError
from bot.locales import N_, _
from bot.model import Span
from bot.talk.replies import (
    Block,
    BlockKind,
    Button,
    Document,
    Incoming,
    IncomingFile,
    Reply,
    Role,
)

if TYPE_CHECKING:
    from bot.pictures import Recipe
    from bot.store.store import Store
    from bot.talk.conversation import Conversation

CHAT = "terminal"
PERSON = "terminal"
DEMO_STORE = "demo.db"
HISTORY_LINES = 1_000
MOST_ROUNDS = 100  # of a job that has more to do, before the next message is answered
LONGEST_PATH_CHARS = 1_000
NO_CHANNELS = N_("Channels are set up in Telegram: write to the bot there.")
FILE_ENDINGS = (
    *(".txt", ".md", ".html", ".htm", ".pdf", ".docx"),
    *(".json", ".jsonl", ".csv", ".zip", ".gz"),
)
_LONE_NUMBER = re.compile(r"[0-9]{1,3}")


@click.command()
@click.option("--resume", is_flag=True, help="Go on with the talk of last time.")
@global_options
@click.pass_obj
def chat(shared: Globals, *, resume: bool) -> None:
    """Talk in the terminal. Without a store of your own it answers over sample news.

    From a pipe each line is one message. /add PATH reads a file, /add <<END takes the lines up
    to END. A lone number presses that button of the last reply.
    """
    from bot.cli.feeds import feed_settings
    from bot.newsroom import Newsroom
    from bot.store.store import Store
    from bot.talk.conversation import Conversation

    config = shared.load()
    path = Path(config.store) if config.store_was_set else _data_folder() / DEMO_STORE
    with Store(path) as store:
        newsroom = Newsroom.over(store, web=web_settings(config))
        if not config.store_was_set:
            fill_with_samples(newsroom)
        conversation = Conversation(
            newsroom, clock=shared.clock(), feeds=feed_settings(config), face=CHAT
        )
        terminal = _Terminal(conversation, store, shared.clock())
        if not resume:
            terminal.forget()
        terminal.run()


def _data_folder() -> Path:
    """Where a person's own files of the chat live; created when missing."""
    base = os.environ.get("XDG_DATA_HOME") or Path.home() / ".local" / "share"
    folder = Path(base) / "newsbot"
    folder.mkdir(parents=True, exist_ok=True)
    return folder


def fill_with_samples(newsroom: object) -> None:
    """Put the sample articles into the demo store, once for each version of samples and
    extractors."""
    from bot.intake.files import read_path
    from bot.model import text_hash
    from bot.newsroom import EXTRACTOR_VERSION, SAMPLES_KEY, Newsroom
    from bot.samples import sample_articles
    from bot.store.meta import get_meta, put_meta
    from bot.store.removal import drop_samples

    assert isinstance(newsroom, Newsroom)
    source = sample_articles()
    made_from = f"{EXTRACTOR_VERSION}:{text_hash(source.read_text(encoding='utf-8'))}"
    if get_meta(newsroom.store, SAMPLES_KEY) == made_from:
        return
    if sys.stderr.isatty():
        tell("Reading the sample news, once …")
    drop_samples(newsroom.store)
    for row in read_path(source):
        if row.draft is not None:
            newsroom.add(row.draft, sample=True)
    put_meta(newsroom.store, SAMPLES_KEY, made_from)


class _Terminal:
    """One talk at a terminal or over a pipe: reads messages, shows replies."""

    def __init__(
        self, conversation: Conversation, store: Store, clock: Callable[[], datetime]
    ) -> None:
        self._conversation = conversation
        self._store = store
        self._clock = clock
        self._buttons: list[Button] = []
        self._is_person = sys.stdin.isatty()
        self._coloured = sys.stdout.isatty() and "NO_COLOR" not in os.environ

    def forget(self) -> None:
        self._conversation.handle(_incoming(text="/new"))

    def run(self) -> None:
        """Answer until the input ends."""
        from bot.talk.languages import speaking_to

        if self._is_person:
            self._show(self._conversation.handle(_incoming(text="/start")))
        for message in self._messages():
            if not message.strip():
                continue
            if message.strip() in ("/quit", "/exit", "/q"):
                break
            try:
                self._tell_due()
                with speaking_to(self._store, CHAT):
                    self._tell(self._answer(message))
            except BotError as error:
                click.echo(str(error))
            if not self._is_person:
                click.echo()

    def _tell(self, reply: Reply) -> None:
        """Show `reply` and what it brings besides, and note that it was told."""
        if reply.settle is not None:
            with self._store.write() as connection:
                reply.settle(connection)
        for notice in reply.notices:
            if notice.chat == CHAT:
                self._show(notice.reply)
        self._show(reply)

    def _tell_due(self) -> None:
        """Show what has come due by itself since the last message."""
        for job in (job for job in self._conversation.jobs if job.quick):
            for _round in range(MOST_ROUNDS):
                outgoing = job.work(self._clock())
                withdrawn: Collection[str] | None = None
                if outgoing.settle is not None:
                    with self._store.write() as connection:
                        withdrawn = outgoing.settle(connection)
                for notice in outgoing.notices:
                    if notice.chat == CHAT and notice.key not in (withdrawn or ()):
                        self._show(notice.reply)
                        click.echo()
                if not outgoing.more:
                    break

    def _messages(self) -> Iterator[str]:
        """What is typed or piped in, a message at a time; `/add <<END` takes several lines."""
        lines = self._typed_lines() if self._is_person else _piped_lines()
        for line in lines:
            command, _sign, mark = line.partition("<<")
            if command.strip() != "/add" or not mark.strip():
                yield line
                continue
            body: list[str] = []
            for more in lines:
                if more.strip() == mark.strip():
                    break
                body.append(more)
            yield "/add " + "\n".join(body)

    def _typed_lines(self) -> Iterator[str]:
        import contextlib

        with contextlib.suppress(ImportError):
            import atexit
            import readline

            history = _data_folder() / "history"
            with contextlib.suppress(OSError):
                readline.read_history_file(history)
            readline.set_history_length(HISTORY_LINES)

            def keep() -> None:
                with contextlib.suppress(OSError):
                    readline.write_history_file(history)

            atexit.register(keep)
        while True:
            try:
                yield input("> ")
            except EOFError:
                click.echo()
                return
            except KeyboardInterrupt:
                click.echo()
                return

    def _answer(self, message: str) -> Reply:
        text = message.strip()
        if _LONE_NUMBER.fullmatch(text) and not 1 <= int(text) <= len(self._buttons):
            words = _("There is no button {n} now. Type a question instead.")
            return Reply(toast=words.format(n=text))
        if _LONE_NUMBER.fullmatch(text):
            button = self._buttons[int(text) - 1]
            if button.press is None:
                return Reply(toast=button.url or button.copy or button.label)
            return self._conversation.handle(_incoming(button=button.press))
        command, _blank, rest = text.partition(" ")
        if command == "/add" and rest and "\n" not in rest and _looks_like_path(rest):
            path = _path(rest)
            try:
                data = path.read_bytes()
            except IsADirectoryError:
                return Reply(toast=_("{path} is a folder. Name a file.").format(path=path))
            except (OSError, ValueError) as error:
                reason = getattr(error, "strerror", None) or error
                words = _("{path} cannot be read: {why}.")
                return Reply(toast=words.format(path=path, why=reason))
            return self._conversation.handle(_incoming(file=IncomingFile(path.name, data)))
        reply = self._conversation.handle(_incoming(text=message))
        return Reply(toast=_(NO_CHANNELS)) if reply.asks_rights is not None else reply

    def _show(self, reply: Reply) -> None:
        """Print `reply`; its buttons are numbered, for the next message to press."""
        self._buttons = [b for row in reply.buttons for b in row if b.share is None] or (
            [] if reply.blocks else self._buttons
        )
        for block in reply.blocks:
            if block.kind is BlockKind.QUOTE:
                for line in self._quoted(block):
                    click.echo(line)
            elif block.kind is BlockKind.STRUCK:
                for line in block.text.splitlines():
                    click.echo(self._styled(f"  - {line}", dim=True))
            elif block.kind is BlockKind.SOURCE:
                link = f" · {block.url}" if block.url else ""
                click.echo(self._styled(f"    {block.text}{link}", dim=True))
            elif block.kind is BlockKind.LEAD:
                click.echo(self._styled(block.text, bold=True))
            elif block.kind is BlockKind.FOOTER:
                click.echo(self._styled(block.text, dim=True))
            else:
                click.echo(block.text)
        if reply.picture is not None:
            click.echo(_painted(reply.picture))
        if reply.document is not None:
            click.echo(_put_down(reply.document))
        if reply.toast:
            click.echo(reply.toast)
        if self._buttons and reply.blocks:
            labels = "  ".join(f"[{n}] {b.label}" for n, b in enumerate(self._buttons, 1))
            click.echo(self._styled(labels, dim=True))

    def _quoted(self, block: Block) -> Iterator[str]:
        """The lines of a quote; where there are colours, what answers in it has one."""
        stressed = block.stressed or Span(0, len(block.text))
        at = 0
        for line in block.text.splitlines(keepends=True):
            bare = line.splitlines()[0]
            start = min(max(stressed.start - at, 0), len(bare))
            end = min(max(stressed.end - at, start), len(bare))
            at += len(line)
            head, inner, tail = f"  | {bare[:start]}", bare[start:end], bare[end:]
            if head == "  | ":  # the bar has the colour of what follows it
                head, inner = "", head + inner
            yield f"{head}{self._styled(inner, fg='cyan')}{tail}"

    def _styled(self, text: str, **style: object) -> str:
        return click.style(text, **style) if self._coloured else text  # type: ignore[arg-type]


def _painted(recipe: Recipe) -> str:
    """Where the picture lies now, in a sentence; its name is the same for the same picture."""
    import hashlib

    from bot.pictures import draw

    png = draw(recipe)
    folder = _data_folder() / "pictures"
    path = folder / f"{hashlib.sha256(png).hexdigest()[:12]}.png"
    try:
        folder.mkdir(exist_ok=True)
        path.write_bytes(png)
    except OSError as error:
        return _("The picture cannot be written: {reason}.").format(reason=error.strerror)
    return _("The picture is in {path}").format(path=path)


def _put_down(document: Document) -> str:
    """Where the file lies now, in a sentence."""
    path = _data_folder() / document.name
    try:
        path.write_text(document.text, encoding="utf-8", errors="replace")
    except OSError as error:
        return _("The file cannot be written: {reason}.").format(reason=error.strerror)
    return _("The file is {path}").format(path=path)


def _piped_lines() -> Iterator[str]:
    if isinstance(sys.stdin, io.TextIOWrapper):
        sys.stdin.reconfigure(encoding="utf-8", errors="replace")
    for line in sys.stdin:
        yield line.rstrip("\n")


def _looks_like_path(rest: str) -> bool:
    """Whether what follows /add names a file rather than being the text of an article."""
    words = rest.strip()
    if len(words) >= LONGEST_PATH_CHARS:
        return False
    if words.endswith(FILE_ENDINGS):
        return True
    if words.startswith(("/", "./", "../", "~/")):
        return True
    try:
        return _path(words).exists()
    except (OSError, ValueError):  # too long for a file's name, say
        return False


def _path(words: str) -> Path:
    path = Path(words.strip())
    try:
        return path.expanduser()
    except RuntimeError:  # there is no such person here
        return path


def _incoming(
    *, text: str | None = None, button: str | None = None, file: IncomingFile | None = None
) -> Incoming:
    return Incoming(CHAT, PERSON, Role.OWNER, text=text, button=button, file=file)
