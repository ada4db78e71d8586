"""The conversation: what each message means, and what is said to it, whatever carries it."""

from __future__ import annotations

import re
import threading
from collections import deque
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta

from bot.answer.question import MAX_QUESTION_CHARS
from bot.errors import (
    ArticleNotFoundError,
    IntakeError,
    StoreRefusedError,
    VerbatimError,
)
from bot.newsroom import Newsroom, now_utc
from bot.store.chats import ChatState, get_chat, put_chat
from bot.talk.adding import AddingFlow
from bot.talk.answers import reply_to_question
from bot.talk.commands import COMMANDS, Command
from bot.talk.frames import dump_frame, load_frame
from bot.talk.pages import (
    article_reply,
    context_reply,
    help_reply,
    latest_reply,
    sources_reply,
    start_reply,
)
from bot.talk.replies import Block, BlockKind, Button, Incoming, Reply, Role
from bot.talk.suggestions import suggest_questions
from bot.text.similar import nearest

COMMAND_LIKE = 60.0  # similarity from which an unknown command is taken for a known one
MINUTE = timedelta(minutes=1)
_GREETING = re.compile(
    r"(?:hi|hey|hello|hallo|good (?:morning|evening|day)|thanks?(?: you)?|thx|ok(?:ay)?)[ !.]*",
    re.IGNORECASE,
)
PEOPLE_REMEMBERED = 10_000  # people whose last minute is kept for the limit


class Conversation:
    """Answers what people say, chat by chat. Any thread may call `handle`.

    The last exchange of each chat is kept in the store, so a restart forgets nothing.
    """

    def __init__(
        self,
        newsroom: Newsroom,
        *,
        questions_per_minute: int = 20,
        clock: Callable[[], datetime] = now_utc,
    ) -> None:
        self._newsroom = newsroom
        self._clock = clock
        self._limit = questions_per_minute
        self._asked: dict[str, deque[datetime]] = {}
        self._asked_lock = threading.Lock()
        self._adding = AddingFlow(newsroom)
        self._commands: dict[str, Callable[[Incoming, str], Reply]] = {
            "start": lambda incoming, _: self._start(incoming),
            "help": lambda incoming, _: help_reply(incoming.role),
            "ask": self._ask,
            "latest": lambda _, rest: latest_reply(newsroom, rest),
            "article": lambda _, rest: article_reply(newsroom, rest),
            "sources": lambda _, __: sources_reply(newsroom),
            "new": lambda incoming, _: self._forget(incoming),
            "add": self._add,
            "done": lambda incoming, _: self._done(incoming),
            "cancel": lambda incoming, _: self._cancel(incoming),
        }

    def handle(self, incoming: Incoming) -> Reply:
        """The reply to one message or button press. Every quoted sentence in it is checked
        against the store on its way out.

        Raises nothing that a person could cause; StoreError when the store fails.
        """
        try:
            return self._gated(self._answer(incoming))
        except (IntakeError, ArticleNotFoundError, StoreRefusedError) as error:
            return _told(str(error))

    def _gated(self, reply: Reply) -> Reply:
        """`reply`, when each sentence that it quotes is in the store, byte for byte.

        Raises VerbatimError.
        """
        for block in reply.blocks:
            if block.kind is not BlockKind.QUOTE:
                continue
            if block.evidence is None:
                raise VerbatimError("A sentence without a source was held back.")
            self._newsroom.verify(block.evidence.version, block.evidence.span, block.text)
        return reply

    # ------------------------------------------------------------------------- routing
    def _answer(self, incoming: Incoming) -> Reply:
        if incoming.button is not None:
            return self._press(incoming)
        if incoming.file is not None:
            return self._file(incoming)
        text = (incoming.text or "").strip()
        if text.startswith("/"):
            name = text[1:].split(maxsplit=1)[0] if len(text) > 1 else ""
            return self._command(incoming, name.partition("@")[0].lower(), text)
        pending = get_chat(self._newsroom.store, incoming.chat).pending
        if pending is not None and incoming.role is not Role.READER:
            return self._continue_adding(incoming, pending, incoming.text or "")
        if _GREETING.fullmatch(text):
            return self._start(incoming)
        if not text:
            return _told("Please send me a question in words.")
        return self._ask(incoming, text)

    def _command(self, incoming: Incoming, name: str, text: str) -> Reply:
        command = next((c for c in COMMANDS if c.name == name), None)
        if command is None:
            return self._unknown(name)
        if not _allowed(command, incoming.role):
            return _told("Only editors can add articles. You can ask me anything, though.")
        rest = _after_command(text)
        return self._commands[name](incoming, rest if name == "add" else rest.strip())

    def _unknown(self, name: str) -> Reply:
        names = [c.name for c in COMMANDS]
        near = nearest(name, names, limit=1, at_least=COMMAND_LIKE)
        guess = f" Did you mean /{near[0][0]}?" if near else ""
        return _told(
            f"I do not know the command /{name[:40]}.{guess} "
            "Just type a question, or see /help for all I can do."
        )

    def _press(self, incoming: Incoming) -> Reply:
        code = incoming.button or ""
        kind, _, rest = code.partition(":")
        if kind == "ask":
            return replace(self._ask(incoming, rest), edits=False)
        if kind == "ctx":
            reply = context_reply(self._newsroom, rest)
            if reply is not None:
                return reply
        return Reply(toast="This button no longer works. Please ask again.")

    # ----------------------------------------------------------------------- questions
    def _start(self, incoming: Incoming) -> Reply:
        self._forget(incoming)
        questions = suggest_questions(self._newsroom, self._clock())
        return start_reply(self._newsroom, incoming.role, questions)

    def _ask(self, incoming: Incoming, question: str) -> Reply:
        if not question.strip():
            return _told("What would you like to know? For example: /ask who resigned this week")
        wait = self._must_wait(incoming)
        if wait:
            return _told(
                f"That is more than {self._limit} questions a minute. "
                f"Please ask again in {wait} s."
            )
        if incoming.marked:
            question = f"{question} “{incoming.marked}”"
        state = get_chat(self._newsroom.store, incoming.chat)
        response = self._newsroom.ask(
            question[:MAX_QUESTION_CHARS], self._clock(), frame=load_frame(state.frame)
        )
        if response.frame is not None:
            put_chat(
                self._newsroom.store,
                incoming.chat,
                ChatState(dump_frame(response.frame), state.pending),
            )
        return reply_to_question(response)

    def _must_wait(self, incoming: Incoming) -> int:
        """How many seconds this person must wait before the next question; 0 for none."""
        if incoming.role is not Role.READER:
            return 0
        now = self._clock()
        with self._asked_lock:
            if len(self._asked) > PEOPLE_REMEMBERED:
                self._asked = {
                    person: times
                    for person, times in self._asked.items()
                    if times and now - times[-1] < MINUTE
                }
            times = self._asked.setdefault(incoming.person, deque())
            while times and now - times[0] >= MINUTE:
                times.popleft()
            if len(times) >= self._limit:
                return max(1, round((times[0] + MINUTE - now).total_seconds()))
            times.append(now)
        return 0

    def _forget(self, incoming: Incoming) -> Reply:
        put_chat(self._newsroom.store, incoming.chat, ChatState())
        return _told("Done: a fresh start. What would you like to know?")

    # -------------------------------------------------------------------------- adding
    def _add(self, incoming: Incoming, rest: str) -> Reply:
        if incoming.reply_to and not rest.strip():
            return self._finish(incoming, self._adding.add_text(incoming.reply_to))
        if not rest.strip():
            self._wait_for(incoming, {"adding": []})
            return _told(
                "Send me the article: paste its text, or send a file (.txt .md .html .json "
                ".jsonl). /cancel stops."
            )
        return self._continue_adding(incoming, {"adding": []}, rest)

    def _continue_adding(self, incoming: Incoming, pending: dict[str, object], text: str) -> Reply:
        """Take one more part of a pasted article; Telegram cuts long texts in several."""
        raw = pending.get("adding")
        parts = [*(str(p) for p in raw)] if isinstance(raw, list) else []
        parts.append(text)
        if self._adding.was_cut(text):
            self._wait_for(incoming, {"adding": parts})
            return _told(
                f"I have {sum(map(len, parts)):,} characters so far. Long texts arrive in parts: "
                "I am waiting for the next one. If that was all, send /done."
            )
        return self._finish(incoming, self._adding.add_text(self._adding.joined(parts)))

    def _done(self, incoming: Incoming) -> Reply:
        pending = get_chat(self._newsroom.store, incoming.chat).pending
        parts = pending.get("adding") if pending else None
        if not parts:
            return _told("There is nothing to complete. /add begins a new article.")
        return self._finish(incoming, self._adding.add_text(self._adding.joined(parts)))

    def _cancel(self, incoming: Incoming) -> Reply:
        pending = get_chat(self._newsroom.store, incoming.chat).pending
        self._wait_for(incoming, None)
        return _told("Stopped. Nothing was added." if pending else "There was nothing to stop.")

    def _file(self, incoming: Incoming) -> Reply:
        assert incoming.file is not None
        if incoming.role is Role.READER:
            return _told("Only editors can add articles. You can ask me anything, though.")
        return self._finish(
            incoming, self._adding.add_file(incoming.file.name, incoming.file.data)
        )

    def _finish(self, incoming: Incoming, reply: Reply) -> Reply:
        self._wait_for(incoming, None)
        return reply

    def _wait_for(self, incoming: Incoming, pending: dict[str, object] | None) -> None:
        state = get_chat(self._newsroom.store, incoming.chat)
        if state.pending != pending:
            put_chat(self._newsroom.store, incoming.chat, ChatState(state.frame, pending))


def _after_command(text: str) -> str:
    """What follows the command at the head of `text`, line breaks kept."""
    for place, character in enumerate(text):
        if character.isspace():
            return text[place + 1 :]
    return ""


def _allowed(command: Command, role: Role) -> bool:
    return command.role is Role.READER or role is not Role.READER


def _told(text: str, *buttons: Button) -> Reply:
    return Reply((Block(BlockKind.TEXT, text),), (buttons,) if buttons else ())
