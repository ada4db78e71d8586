"""The conversation: what each message means, and what is said to it, whatever carries it."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.errors import (
    ArticleNotFoundError,
    IntakeError,
    StoreRefusedError,
    VerbatimError,
)
from bot.model import Span
from bot.newsroom import Newsroom, now_utc
from bot.store.chats import ChatState, get_chat, put_chat
from bot.store.results import forget_person
from bot.talk.adding import AddingFlow
from bot.talk.asking import Asking
from bot.talk.buttons import MOST_NUMBER, PRESS_BYTES
from bot.talk.commands import COMMANDS, EXAMPLES, is_allowed
from bot.talk.context import context_reply
from bot.talk.explaining import why_reply
from bot.talk.finding import article_reply, latest_reply, search_reply
from bot.talk.limits import QuestionLimit
from bot.talk.marked import Found, quote_page
from bot.talk.pages import (
    article_page,
    help_reply,
    privacy_reply,
    sources_reply,
    start_reply,
)
from bot.talk.phrasing import question_of
from bot.talk.replies import BlockKind, Button, Incoming, Reply, Role, told
from bot.talk.reporting import reports_reply, settle_reply
from bot.talk.suggestions import suggest_questions
from bot.text.similar import nearest

COMMAND_LIKE = 60.0  # similarity from which an unknown command is taken for a known one
_LATEST = re.compile(
    r"(?:the )?(?:latest|newest|news|headlines)(?: news| articles| headlines)?[ ?!.]*|"
    r"(?:what'?s|what is|anything|any) (?:new|news)[ ?!.]*",
    re.IGNORECASE,
)
_HALF = re.compile("[\ud800-\udfff]")
_HELP = re.compile(r"help[ !.]*|\?+|what can (?:you|i) do\??|how does (?:this|it) work\??", re.I)
_LINK = re.compile(r"(?:q_(?=\d+_\d+_\d)|a_(?=\d+$))(\d{1,19})(?:_(\d{1,9})_(\d{1,9}))?")
_GREETING = re.compile(r"(?:hi|hey|hello|hallo|good (?:morning|evening|day))[ !.]*", re.IGNORECASE)
_THANKS = re.compile(
    r"(?:many )?(?:thanks?(?: you)?(?: very much| a lot)?|thx|ok(?:ay)?)[ !.]*", re.I
)


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
        limit = QuestionLimit(questions_per_minute, clock)
        self._asking = Asking(newsroom, limit, clock)
        self._adding = AddingFlow(newsroom)
        self._commands: dict[str, Callable[[Incoming, str], Reply]] = {
            "start": self._start,
            "help": lambda incoming, _: help_reply(incoming.role),
            "ask": self._asking.ask,
            **{name: self._question_command(name) for name in EXAMPLES},
            "latest": lambda _, rest: latest_reply(newsroom, rest),
            "search": lambda _, rest: search_reply(newsroom, rest),
            "article": lambda _, rest: article_reply(newsroom, rest),
            "sources": lambda _, __: sources_reply(newsroom),
            "why": lambda incoming, _: self._why(incoming),
            "privacy": lambda incoming, _: privacy_reply(incoming.role),
            "reports": lambda _, __: reports_reply(newsroom),
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
            return self._gated(self._answer(_storable(incoming)))
        except (IntakeError, ArticleNotFoundError, StoreRefusedError) as error:
            return told(str(error))

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
            name = text[1:].split(" ", 1)[0].split("\n", 1)[0]
            return self._command(incoming, name.partition("@")[0].lower(), text)
        pending = get_chat(self._newsroom.store, incoming.chat).pending
        if pending is not None and incoming.role is not Role.READER:
            return self._continue_adding(incoming, pending, incoming.text or "")
        if _GREETING.fullmatch(text):
            return self._start(incoming)
        if _THANKS.fullmatch(text):
            return told("You are welcome. Ask on whenever you like.")
        if _LATEST.fullmatch(text):
            return latest_reply(self._newsroom, "")
        if _HELP.fullmatch(text):
            return help_reply(incoming.role)
        if not any(character.isalnum() for character in text):
            return told("Please send me a question in words.")
        return self._asking.ask(incoming, text)

    def _command(self, incoming: Incoming, name: str, text: str) -> Reply:
        command = next((c for c in COMMANDS if c.name == name), None)
        if command is None:
            return self._unknown(name, _after_command(text).strip())
        if not is_allowed(command, incoming.role):
            return told(f"Only editors can use /{name}. You can ask me anything, though.")
        rest = _after_command(text)
        return self._commands[name](incoming, rest if name == "add" else rest.strip())

    def _unknown(self, name: str, rest: str) -> Reply:
        names = [c.name for c in COMMANDS]
        near = nearest(name, names, limit=1, at_least=COMMAND_LIKE)
        guess = f" Did you mean /{near[0][0]}?" if near else ""
        code = f"cmd:/{near[0][0]} {rest}".strip() if near else ""
        buttons = (
            (Button(f"/{near[0][0]}", code),) if 0 < len(code.encode()) <= PRESS_BYTES else ()
        )
        return told(
            f"I do not know the command /{name[:40]}.{guess} "
            "Just type a question, or see /help for all I can do.",
            *buttons,
        )

    def _press(self, incoming: Incoming) -> Reply:
        kind, _, rest = (incoming.button or "").partition(":")
        reply: Reply | None = None
        match kind:
            case "ask" if rest.strip():
                reply = self._asking.ask(incoming, rest)
            case "ctx":
                reply = context_reply(self._newsroom, rest)
            case "par":
                reply = context_reply(self._newsroom, rest, paragraph=True)
            case "res" | "one" | "bad" | "again":
                reply = self._asking.press(incoming, kind, rest)
            case "cmd" if rest[:1] == "/" and rest[1:2].isalpha():
                reply = self._command(incoming, rest[1:].split()[0].lower(), rest)
            case "forget":
                reply = self._forget_person(incoming, rest)
            case "fix" if incoming.role is not Role.READER:
                reply = settle_reply(self._newsroom, rest)
        return reply or Reply(toast="This button no longer works. Please ask again.")

    # --------------------------------------------------------------------------- pages
    def _start(self, incoming: Incoming, link: str = "") -> Reply:
        """The first page, or the quote or article that a link leads to."""
        if (linked := self._linked(link)) is not None:
            return linked
        self._forget(incoming)
        questions = suggest_questions(self._newsroom, self._clock())
        return start_reply(self._newsroom, incoming.role, questions)

    def _linked(self, link: str) -> Reply | None:
        """What "q_KEY_START_END" (a quote) or "a_KEY" (an article) names; None for another."""
        match = _LINK.fullmatch(link)
        if match is None:
            return None
        key, start, end = (int(part or 0) for part in match.groups())
        article = self._newsroom.look_up_version(key) if key <= MOST_NUMBER else None
        if article is None:
            return None
        if not end:
            return article_page(self._newsroom, article)
        place = Span(start, end)
        sentences = self._newsroom.get_findings(article).sentences
        sentence = next((s for s in sentences if s.overlaps(place)), None)
        if sentence is None:
            return None
        return quote_page(self._newsroom, Found(article, sentence, place))

    def _why(self, incoming: Incoming) -> Reply:
        last = self._asking.look_up_last(incoming)
        if last is None:
            return told("You have not asked anything yet that I remember.")
        return why_reply(last)

    def _question_command(self, name: str) -> Callable[[Incoming, str], Reply]:
        """What a command does that stands for the beginning of a question."""

        def ask(incoming: Incoming, rest: str) -> Reply:
            question = question_of(name, rest)
            if not question and name in ("who", "said") and (incoming.reply_to or incoming.marked):
                question = "who said this"
            if not question:
                return told(f"Please say more. For example: {EXAMPLES[name]}")
            return self._asking.ask(incoming, question)

        return ask

    def _forget(self, incoming: Incoming) -> Reply:
        put_chat(self._newsroom.store, incoming.chat, ChatState())
        return told("Done: a fresh start. What would you like to know?")

    def _forget_person(self, incoming: Incoming, rest: str) -> Reply:
        """Ask once more, then delete what this person asked."""
        if rest != "yes":
            sure = Button("Yes, delete them", "forget:yes")
            words = (
                "Delete your questions and my answers to them? Their buttons will stop working."
            )
            return told(words, sure)
        count = forget_person(self._newsroom.store, incoming.person)
        put_chat(self._newsroom.store, incoming.chat, ChatState())
        plural = "s" if count != 1 else ""
        return replace(
            told(f"Deleted: {count} question{plural} and what we talked of."), edits=True
        )

    # -------------------------------------------------------------------------- adding
    def _add(self, incoming: Incoming, rest: str) -> Reply:
        if incoming.reply_to and not rest.strip():
            return self._finish(incoming, self._adding.add_text(incoming.reply_to))
        if not rest.strip():
            self._wait_for(incoming, {"adding": []})
            return told(
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
            return told(
                f"I have {sum(map(len, parts)):,} characters so far. Long texts arrive in parts: "
                "I am waiting for the next one. If that was all, send /done."
            )
        return self._finish(incoming, self._adding.add_text(self._adding.joined(parts)))

    def _done(self, incoming: Incoming) -> Reply:
        pending = get_chat(self._newsroom.store, incoming.chat).pending
        parts = pending.get("adding") if pending else None
        if not parts:
            return told("There is nothing to complete. /add begins a new article.")
        return self._finish(incoming, self._adding.add_text(self._adding.joined(parts)))

    def _cancel(self, incoming: Incoming) -> Reply:
        pending = get_chat(self._newsroom.store, incoming.chat).pending
        self._wait_for(incoming, None)
        return told("Stopped. Nothing was added." if pending else "There was nothing to stop.")

    def _file(self, incoming: Incoming) -> Reply:
        assert incoming.file is not None
        if incoming.role is Role.READER:
            return told("Only editors can add articles. You can ask me anything, though.")
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


def _storable(incoming: Incoming) -> Incoming:
    """`incoming` without half characters (lone surrogates), which no store and no face can keep;
    a mark stands in their place."""
    words = (incoming.text, incoming.button, incoming.reply_to, incoming.marked)
    if not any(word and _HALF.search(word) for word in words):
        return incoming
    text, button, reply_to, marked = (w and _HALF.sub("\ufffd", w) for w in words)
    return replace(incoming, text=text, button=button, reply_to=reply_to, marked=marked)


def _after_command(text: str) -> str:
    """What follows the command at the head of `text`, line breaks kept."""
    for place, character in enumerate(text):
        if character.isspace():
            return text[place + 1 :]
    return ""
