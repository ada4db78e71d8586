"""The conversation: what each message means, and what is said to it, whatever carries it."""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Sequence
from dataclasses import replace
from datetime import datetime, timedelta

from bot.errors import (
    ArticleNotFoundError,
    IntakeError,
    StoreRefusedError,
)
from bot.feeds.rhythm import FeedSettings
from bot.locales import N_, _, speaking
from bot.newsroom import Newsroom, now_utc
from bot.store.chats import ChatState, put_chat
from bot.store.inbox import look_up_abilities
from bot.talk.adding import AddingFlow
from bot.talk.amending import put_right
from bot.talk.article_findings import findings_desk
from bot.talk.asking import Asking
from bot.talk.auditing import auditing_desk
from bot.talk.broadcast import broadcast_desk
from bot.talk.buttons import PRESS_BYTES
from bot.talk.checking import checking_desk
from bot.talk.commands import BARE_COMMANDS, COMMANDS, EXAMPLES, MODEL_SAYING, is_allowed, refusal
from bot.talk.context import context_reply
from bot.talk.correction_pages import KEPT, corrections_desk
from bot.talk.desks import Act, Desk, Job, look_up_pending, stop_waiting
from bot.talk.digests import digest_desk
from bot.talk.examples import example_reply
from bot.talk.explaining import why_reply
from bot.talk.feeds import feeds_desk
from bot.talk.finding import article_reply, latest_reply, search_reply
from bot.talk.follow_book import FollowBook
from bot.talk.follow_desk import follow_desks
from bot.talk.follow_drafts import FollowDrafts
from bot.talk.follow_rights import is_private
from bot.talk.following_up import following_up_desk
from bot.talk.foreign import foreign_desk, foreign_words
from bot.talk.gate import gated
from bot.talk.guests import Guest
from bot.talk.history import History
from bot.talk.housekeeping import stale_words, with_stale_warning
from bot.talk.inline import InlineAnswers, InlineAsk, InlinePage
from bot.talk.languages import heard_language, with_questions_note
from bot.talk.limits import QuestionLimit
from bot.talk.links import linked_reply, read_timeline_link
from bot.talk.pages import (
    help_reply,
    privacy_reply,
    sources_reply,
    start_reply,
)
from bot.talk.people import people_desk
from bot.talk.personal import personal_desk
from bot.talk.phrasing import question_of
from bot.talk.publishing import Publishing
from bot.talk.quote_cards import quote_cards_desk
from bot.talk.replies import Button, Incoming, Notice, Reply, told
from bot.talk.reporting import Reporting
from bot.talk.saving import saving_desk
from bot.talk.shelving import Shelving
from bot.talk.small_talk import (
    SmallTalk,
    digest_time,
    is_offering,
    parse_small_talk,
    small_reply,
)
from bot.talk.statistics import statistics_desk
from bot.talk.team import INVITATION, Team, TeamOffice
from bot.talk.timelines import timelines_desk
from bot.talk.undoing import Undoing
from bot.talk.words_abroad import in_english
from bot.text.similar import nearest

CANCELS = frozenset({"cancel", "cancel.", "cancel!"})
ANSWERS = frozenset({"cancel", "yes", "no"})
RESULT_BUTTONS = ("res", "one", "bad", "again")
COMMAND_LIKE = 60.0  # similarity from which an unknown command is taken for a known one
NO_PLACE = N_("I use a location only to find your time zone. /settings sets it.")
_HALF = re.compile("[\ud800-\udfff]")
_SEARCH = re.compile(r"s_([A-Za-z0-9_-]{1,62})")  # what Telegram lets stand in a link


class Conversation:
    """Answers what people say, chat by chat. Any thread may call `handle`.

    The last exchange of each chat is kept in the store, so a restart forgets nothing.
    """

    def __init__(
        self,
        newsroom: Newsroom,
        *,
        questions_per_minute: int = 20,
        group_questions_per_minute: int = 15,
        clock: Callable[[], datetime] = now_utc,
        admins: Sequence[int] | None = None,
        arrived: Callable[[], datetime] = now_utc,
        stale_after: timedelta | None = None,
        feeds: FeedSettings | None = None,
        face: str = "tg",
        corrected_for: timedelta = KEPT,
    ) -> None:
        """`admins` are the accounts with a role by configuration, the owner first; without them
        the face says what somebody may do. `stale_after` is how long no article may come in
        before answers say so (None: never). `face` is how the names of its chats begin. `arrived`
        tells by the wall clock when a message came. `corrected_for` is how long after it was sent
        a message is put right when its article is corrected."""
        self._stale_after = stale_after
        self._newsroom = newsroom
        self._clock = clock
        self._team = Team(newsroom.store, admins)
        limit = QuestionLimit(questions_per_minute, clock)
        group_limit = QuestionLimit(group_questions_per_minute, clock)
        self._inline = InlineAnswers(newsroom, questions_per_minute, clock)
        self._guest = Guest(newsroom, limit, clock)
        shelving = Shelving(newsroom, clock)
        reporting = Reporting(newsroom, self._team, clock, shelving)
        self._asking = Asking(newsroom, limit, clock, reporting, group_limit)
        self._office = TeamOffice(self._team, newsroom.store, clock)
        self._adding = AddingFlow(newsroom, arrived)
        self._drafts = FollowDrafts(FollowBook(newsroom, clock))
        self._desks = (
            self._own_desk(),
            foreign_desk(newsroom, clock),
            people_desk(newsroom, self._asking.known_speakers),
            checking_desk(newsroom, self._asking),
            timelines_desk(newsroom, clock, self._asking.known_speakers),
            quote_cards_desk(newsroom, self._asking),
            following_up_desk(newsroom, clock),
            feeds_desk(newsroom, self._team, clock, feeds),  # before adding: it takes lists
            self._adding.desk(),
            Publishing(newsroom, clock).desk(),
            shelving.desk(),
            Undoing(newsroom, clock).desk(),
            History(newsroom, self._team).desk(),
            reporting.desk(),
            self._office.desk(),
            auditing_desk(self._team, newsroom.store),
            statistics_desk(newsroom, clock),
            digest_desk(newsroom, clock),
            *follow_desks(newsroom, clock, face),
            broadcast_desk(newsroom, clock, face),
            corrections_desk(newsroom, clock, face, corrected_for),
            findings_desk(newsroom),
            saving_desk(newsroom, clock),
            personal_desk(newsroom, clock),
        )
        self._commands: dict[str, Act] = {}
        self._buttons: dict[str, Act] = {}
        for desk in self._desks:
            self._commands |= desk.commands
            self._buttons |= desk.buttons
        self._inputs = {what: act for desk in self._desks for what, act in desk.inputs.items()}
        self._said: dict[SmallTalk, Callable[[Incoming], Reply | None]] = {
            SmallTalk.GREETING: self._start,
            SmallTalk.WHO: self._start,
            SmallTalk.LATEST: lambda incoming: latest_reply(newsroom, ""),
            SmallTalk.DIGEST: self._digest,
            SmallTalk.HELP: self._help,
            SmallTalk.FOLLOWS: lambda incoming: self._command(incoming, "subs", "/subs"),
            SmallTalk.MORE: self._asking.more,
            SmallTalk.WRONG: self._asking.wrong,
        }

    @property
    def jobs(self) -> tuple[Job, ...]:
        """What comes due without anybody asking."""
        return tuple(job for desk in self._desks for job in desk.jobs)

    def _own_desk(self) -> Desk:
        """Questions and pages: what everybody may always do."""
        newsroom = self._newsroom
        return Desk(
            commands={
                "start": self._start,
                "help": self._help,
                "ask": self._asking.ask,
                **{name: self._question_command(name) for name in EXAMPLES},
                "latest": lambda incoming, rest: latest_reply(newsroom, rest),
                "search": lambda incoming, rest: search_reply(newsroom, rest),
                "article": lambda incoming, rest: article_reply(newsroom, rest, incoming.role),
                "sources": lambda incoming, rest: sources_reply(newsroom),
                "why": lambda incoming, rest: self._why(incoming),
                "privacy": lambda incoming, rest: privacy_reply(incoming.role),
                "new": lambda incoming, rest: self._forget(incoming),
                "cancel": self._cancel,
            },
            buttons={
                "ask": lambda incoming, rest: (
                    self._asking.ask(incoming, rest) if rest.strip() else None
                ),
                "ctx": lambda incoming, rest: self._right(
                    context_reply(newsroom, rest, role=incoming.role)
                ),
                "par": lambda incoming, rest: self._right(
                    context_reply(newsroom, rest, paragraph=True)
                ),
                "cmd": self._press_command,
                **{kind: self._result_button(kind) for kind in RESULT_BUTTONS},
            },
        )

    def inline(self, ask: InlineAsk) -> InlinePage:
        """What to choose from for words typed after our name in any chat; nothing is kept.

        Raises StoreError when the store fails.
        """
        return self._inline.page(ask)

    def card(self, number: str, person: str, language: str | None) -> Reply | None:
        """What the card of this id shows in the chat into which `person` has put it.

        Raises StoreError when the store fails.
        """
        return self._inline.card(number, person, language)

    def guest(self, incoming: Incoming) -> Reply:
        """One short answer in a chat that we are no member of; nothing is kept.

        Raises StoreError when the store fails.
        """
        return self._guest.answer(_storable(incoming))

    def _right(self, reply: Reply | None) -> Reply | None:
        """`reply`, with what has been corrected since."""
        if reply is None:
            return None
        return put_right(self._newsroom.store, reply, self._clock().date())

    def handle(self, incoming: Incoming) -> Reply:
        """The reply to one message or button press. Every quoted sentence in it is checked
        against the store on its way out.

        Raises nothing that a person could cause; StoreError when the store fails.
        """
        with speaking(heard_language(self._newsroom.store, incoming)):
            try:
                settled = self._team.settled(_storable(incoming))
                reply = self._drafts.offered(settled, self._warned(self._answer(settled)))
                reply = with_questions_note(self._newsroom.store, settled.chat, reply)
                return gated(self._newsroom, self._welcomed(settled, reply))
            except (IntakeError, ArticleNotFoundError, StoreRefusedError) as error:
                return told(str(error))

    def _welcomed(self, incoming: Incoming, reply: Reply) -> Reply:
        """`reply`, and a greeting for whoever is back without having said /start."""
        if reply.asks_rights is not None:
            return reply
        greeting = self._first(desk.greet and desk.greet(incoming) for desk in self._desks)
        if greeting is None:
            return reply
        key = f"back:{incoming.chat}:{self._clock():%Y%m%dT%H%M%S}"
        return replace(reply, notices=(*reply.notices, Notice(incoming.chat, key, greeting)))

    def _warned(self, reply: Reply) -> Reply:
        """`reply`, with word that the news are old where they are."""
        if self._stale_after is None or reply.state is None:
            return reply
        words = stale_words(self._newsroom, self._clock(), self._stale_after)
        return with_stale_warning(reply, words)

    # ------------------------------------------------------------------------- routing
    def _answer(self, incoming: Incoming) -> Reply:
        if incoming.button is not None:
            return self._press(incoming)
        if incoming.file is not None:
            taken = self._first(desk.file and desk.file(incoming) for desk in self._desks)
            return taken or told(_("I cannot do anything with a file here."))
        if incoming.location is not None:
            return self._awaited(incoming) or told(_(NO_PLACE))
        text = (incoming.text or "").strip()
        if (english := in_english(text)) != text and self._is_said(incoming, english):
            incoming, text = replace(incoming, text=english), english
        if text.startswith("/"):
            name = text[1:].split(" ", 1)[0].split("\n", 1)[0]
            return self._command(incoming, name.partition("@")[0].lower(), text)
        if text.lower() in CANCELS and look_up_pending(self._newsroom.store, incoming):
            return self._cancel(incoming, "")
        taken = self._awaited(incoming)
        if incoming.reply_to:  # what it replies to says what it is about
            taken = taken or self._for_a_desk(incoming, text) or self._small_talk(incoming, text)
        else:
            taken = taken or self._small_talk(incoming, text) or self._for_a_desk(incoming, text)
        return taken or self._asking.ask(incoming, text)

    def _is_said(self, incoming: Incoming, english: str) -> bool:
        """Whether a few words in another language are meant for me as they would be in English:
        where the chat waits for something, "heute" is the day that was asked for."""
        waits = look_up_pending(self._newsroom.store, incoming) is not None
        return not incoming.forwarded and (not waits or english in ANSWERS)

    def _for_a_desk(self, incoming: Incoming, text: str) -> Reply | None:
        """The reply of the first desk that takes these words; None for a question."""
        return self._first(desk.words and desk.words(incoming, text) for desk in self._desks)

    @staticmethod
    def _first(replies: Iterable[Reply | None]) -> Reply | None:
        """The first of `replies` that is one; later ones are not asked for."""
        return next((reply for reply in replies if reply is not None), None)

    def _awaited(self, incoming: Incoming) -> Reply | None:
        """The reply to what the chat has waited for; None where it waits for nothing.

        What was put off as a question is none of that, whatever the chat waits for by now.
        """
        if incoming.in_turn:
            return None
        pending = look_up_pending(self._newsroom.store, incoming)
        act = self._inputs.get(str(pending.get("for"))) if pending is not None else None
        return act(incoming, pending) if act is not None and pending is not None else None

    def _small_talk(self, incoming: Incoming, text: str) -> Reply | None:
        """The reply to words that are no question; None for a question."""
        if (bare := text.lower()) in BARE_COMMANDS:
            command = next(c for c in COMMANDS if c.name == bare)
            return (
                self._command(incoming, bare, text) if is_allowed(command, incoming.role) else None
            )
        kind = parse_small_talk(text)
        if kind is None:
            return None
        act = self._said.get(kind)
        return act(incoming) if act is not None else self._small_reply(kind)

    def _small_reply(self, kind: SmallTalk) -> Reply | None:
        return small_reply(kind, self._asking.first_questions() if is_offering(kind) else ())

    def _digest(self, incoming: Incoming) -> Reply:
        return self._command(incoming, "digest", f"/digest {digest_time(incoming.text or '')}")

    def _command(self, incoming: Incoming, name: str, text: str) -> Reply:
        command = next((c for c in COMMANDS if c.name == name), None)
        if command is None:
            return self._unknown(name, _after_command(text).strip())
        if not is_allowed(command, incoming.role):
            return told(refusal(command))
        rest = _after_command(text)
        reply = self._commands[name](incoming, rest if name == "add" else rest.strip())
        return reply or told(
            _("/{name} has nothing to do here. See /help for all I can do.").format(name=name)
        )

    def _unknown(self, name: str, rest: str) -> Reply:
        names = [c.name for c in COMMANDS]
        near = nearest(name, names, limit=1, at_least=COMMAND_LIKE)
        code = f"cmd:/{near[0][0]} {rest}".strip() if near else ""
        buttons = (
            (Button(f"/{near[0][0]}", code),) if 0 < len(code.encode()) <= PRESS_BYTES else ()
        )
        words = _(
            "I do not know the command /{name}. Just type a question, or see /help for all I can "
            "do."
        )
        if near:
            words = _(
                "I do not know the command /{name}. Did you mean /{near}? Just type a question, "
                "or see /help for all I can do."
            )
        return told(words.format(name=name[:40], near=near[0][0] if near else ""), *buttons)

    def _press(self, incoming: Incoming) -> Reply:
        kind, _colon, rest = (incoming.button or "").partition(":")
        act = self._buttons.get(kind)
        reply = act(incoming, rest) if act is not None else None
        return reply or Reply(toast=_("This button no longer works. Please ask again."))

    def _result_button(self, kind: str) -> Act:
        """What a button of a kept answer does."""
        return lambda incoming, rest: self._asking.press(incoming, kind, rest)

    def _press_command(self, incoming: Incoming, typed: str) -> Reply | None:
        """What a button does that stands for a typed command."""
        if typed[:1] != "/" or not typed[1:2].isalpha():
            return None
        return self._command(incoming, typed[1:].split()[0].lower(), typed)

    # --------------------------------------------------------------------------- pages
    def _help(self, incoming: Incoming, rest: str = "") -> Reply:
        may = look_up_abilities(self._newsroom.store.read())
        return help_reply(incoming.role, rest, inline=may is not None and may.inline)

    def _start(self, incoming: Incoming, link: str = "") -> Reply:
        """The first page, or the quote, article, search or invitation that a link leads to."""
        if link.startswith(INVITATION):
            return self._office.accept(incoming, link.removeprefix(INVITATION))
        today = self._clock().date()
        if (linked := linked_reply(self._newsroom, link, today)) is not None:
            return linked
        if (words := read_timeline_link(link)) is not None:
            return self._command(incoming, "timeline", f"/timeline {words}")
        searched = _SEARCH.fullmatch(link)
        if searched is not None and (words := searched[1].strip("_-")):
            asked = words.replace("_", " ")
            return foreign_words(self._newsroom, asked, self._clock()) or self._asking.ask(
                incoming, asked
            )
        self._forget(incoming)
        greeting = self._first(desk.greet and desk.greet(incoming) for desk in self._desks)
        if greeting is not None:
            return greeting
        questions = self._asking.first_questions()
        alone = is_private(incoming.chat)
        return start_reply(self._newsroom, incoming.role, questions, in_group=not alone)

    def _why(self, incoming: Incoming) -> Reply:
        last = self._asking.look_up_last(incoming)
        if last is None:
            return told(_("You have not asked anything yet that I remember."))
        return why_reply(last, incoming.role)

    def _question_command(self, name: str) -> Callable[[Incoming, str], Reply]:
        """What a command does that stands for the beginning of a question."""

        def ask(incoming: Incoming, rest: str) -> Reply:
            question = question_of(name, rest)
            if not question and name in ("who", "said") and (incoming.reply_to or incoming.marked):
                question = "who said this"
            if not question:
                words = _("Please say more. For example: {example}")
                if name == "said":
                    return example_reply(words, name, self._asking.known_speakers(), MODEL_SAYING)
                return told(words.format(example=EXAMPLES[name]))
            # "/who resigned" says all that is asked; "/agreed" alone goes on from what was said.
            return self._asking.ask(incoming, question, afresh=bool(rest) and rest != "else")

        return ask

    def _forget(self, incoming: Incoming) -> Reply:
        put_chat(self._newsroom.store, incoming.chat, ChatState())
        return told(_("Done: a fresh start. What would you like to know?"))

    def _cancel(self, incoming: Incoming, rest: str) -> Reply:
        waits = look_up_pending(self._newsroom.store, incoming) is not None
        if not self._adding.cancel(incoming) and not waits:
            return told(_("There was nothing to stop."))
        self._drafts.give_up(incoming)
        stop_waiting(self._newsroom.store, incoming)
        return told(_("Stopped. Nothing was changed."))


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
