"""What goes into the conversation and what comes out, whatever carries it.

A face (Telegram, the terminal) turns what it received into an `Incoming`, hands it over, and
renders the `Reply` that comes back. No block holds markup: faces escape and decorate.
"""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import dataclass
from datetime import datetime
from enum import StrEnum

from bot.answer.result import State
from bot.model import Span
from bot.pictures import Recipe


class Role(StrEnum):
    """What a person may do; decided by the numeric id, at each act.

    A viewer reads what the editors read (reports, the audit) and changes nothing. Each may do
    what those before it may.
    """

    READER = "reader"
    VIEWER = "viewer"
    EDITOR = "editor"
    OWNER = "owner"

    def may(self, needed: Role) -> bool:
        """Whether somebody of this role may do what takes the role `needed`."""
        order = list(Role)
        return order.index(self) >= order.index(needed)


@dataclass(frozen=True, slots=True)
class IncomingFile:
    """A file that somebody sent: its name, and its bytes once fetched."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Origin:
    """Where a forwarded message was first: who wrote it, when, and its address if it has one."""

    name: str
    written: datetime | None = None
    url: str | None = None
    is_channel: bool = False


@dataclass(frozen=True, slots=True)
class Rights:
    """What somebody may do in a group or channel: whether they may change what it follows, and
    whether we may write there.

    `asked` is the chat as it was asked for ("@harbour"), `chat` its name here ("tg:-1001234"),
    empty where there is none or we are no member.
    """

    asked: str
    chat: str = ""
    title: str = ""
    manages: bool = False
    writes: bool = False


@dataclass(frozen=True, slots=True)
class Incoming:
    """One message or button press.

    `chat` names the conversation ("tg:-1001234", with a topic "tg:-1001234:7", "terminal");
    `person` names who speaks ("tg:4711"). Exactly one of text, button and file leads; `reply_to`
    is the text of the message that was replied to, `marked` the phrase marked in it.
    """

    chat: str
    person: str
    role: Role = Role.READER
    text: str | None = None
    button: str | None = None
    file: IncomingFile | None = None
    reply_to: str | None = None
    marked: str | None = None
    links: tuple[str, ...] = ()
    """Addresses hidden behind the words of the message (Telegram's text links)."""
    forwarded: bool = False
    """Whether the text is somebody else's, passed on to ask about it."""
    location: tuple[float, float] | None = None
    """A place on the map that was shared: degrees north and east."""
    language: str | None = None
    """The language of the person's app ("sv", "en-US")."""
    rights: Rights | None = None
    """What the face found out where the reply before asked for rights."""
    origin: Origin | None = None
    """Where the forwarded message, or the one that is replied to, came from."""
    message: int | None = None
    """The face's number of this message, or of the one that carries the button."""
    reply_to_message: int | None = None
    """The face's number of the message that was replied to."""
    album: str | None = None
    """What the messages of one album have in common; they come one by one."""
    name: str = ""
    """How the person is called in the face, for those who must know who did what."""
    in_turn: bool = False
    """Whether this was put off before (`Reply.later_seconds`), and has its turn now."""


class BlockKind(StrEnum):
    LEAD = "lead"
    """One bold line of extracted fields, first in the message."""
    QUOTE = "quote"
    """A source sentence, byte for byte; passed the gate."""
    SOURCE = "source"
    """Who said it, when, where: belongs to the quote block before it; `url` is its link."""
    TEXT = "text"
    """Plain words of ours."""
    STRUCK = "struck"
    """A sentence as it read before it was corrected: shown struck through, with evidence."""
    FOOTER = "footer"
    """Small print: what the store covers."""


@dataclass(frozen=True, slots=True)
class Evidence:
    """Where a quoted sentence stands: the article version's number in the store, and the span."""

    version: int
    span: Span


@dataclass(frozen=True, slots=True)
class Block:
    """One paragraph of a reply. A quote block has evidence, or it is not sent."""

    kind: BlockKind
    text: str
    url: str | None = None
    evidence: Evidence | None = None
    stressed: Span | None = None
    """The part of a quote that answers, where the rest is there to understand it."""


@dataclass(frozen=True, slots=True)
class Button:
    """Something to tap: its label, and either what comes back (at most 64 bytes) or a link.

    `start` leads into the private chat with us, as a deep link of that payload; `share` lets the
    person choose a chat and offers there what these words find. Faces without such things leave
    the button out.
    """

    label: str
    press: str | None = None
    url: str | None = None
    copy: str | None = None
    start: str | None = None
    share: str | None = None


class Urgency(StrEnum):
    """How soon a notice goes out: answers to people first, then alerts, digests, broadcasts."""

    ALERT = "alert"
    DIGEST = "digest"
    BROADCAST = "broadcast"


@dataclass(frozen=True, slots=True)
class Notice:
    """A message that nobody asked for just now: an alert, a digest, word on a report.

    One `key` is filed once, however often it is handed over; `silent` makes no sound.
    """

    chat: str
    key: str
    reply: Reply
    urgency: Urgency = Urgency.ALERT
    silent: bool = False
    answers: int | None = None
    """The number of the message of ours that it is about, to be shown as what it replies to."""


@dataclass(frozen=True, slots=True)
class Document:
    """A text that is handed over as a file: its name and what it holds."""

    name: str
    text: str


@dataclass(frozen=True, slots=True)
class Reply:
    """What the conversation answers: blocks in order, rows of buttons under them.

    `edits` says that the reply to a button replaces the message that carried it; `replaces` is
    the number of another message of ours, in whose place it stands; `amends` one that is changed
    where it still stands, and else left alone; one with a picture is deleted, and changed where
    Telegram deletes it no more.
    `toast` is a short notice for whoever tapped, shown beside the message. `notices` go to other
    chats, filed in one transaction with this reply. Of the persons in `new_roles` the role has
    changed: faces show them other menus.
    """

    blocks: tuple[Block, ...] = ()
    buttons: tuple[tuple[Button, ...], ...] = ()
    edits: bool = False
    toast: str | None = None
    notices: tuple[Notice, ...] = ()
    settle: Callable[[sqlite3.Connection], None] | None = None
    """Writes down that this was told, in the transaction that files the reply."""
    asks_rights: str | None = None
    """A group or channel: the face is to find out what this person may do there, and to hand the
    message in again with the answer. Nothing else is in such a reply."""
    state: State | None = None
    """How the question was answered, where this answers one."""
    replaces: int | None = None
    amends: int | None = None
    new_roles: tuple[str, ...] = ()
    picture: Recipe | None = None
    """What is drawn beside the blocks, which say all of it in words: they are its caption."""
    document: Document | None = None
    """A file that goes with the blocks."""
    appendix: Reply | None = None
    """A further message, sent after this one and without a sound."""
    is_wait: bool = False
    """It tells that too much was asked, and no more."""
    later_seconds: float | None = None
    """The message is not answered yet: the face is to hand it in again after so long, as one that
    is in turn. What else is in such a reply tells that."""
    new_menus: tuple[str, ...] = ()
    """Chats that are spoken to in another language now: their menus are, too."""


def told(text: str, *buttons: Button) -> Reply:
    """A reply of plain words, with a row of buttons."""
    return Reply((Block(BlockKind.TEXT, text),), (buttons,) if buttons else ())
