"""Telegram's updates as what the conversation takes: raw JSON -> `Incoming`, or why not."""

from __future__ import annotations

from collections.abc import Mapping
from dataclasses import dataclass, field, replace
from datetime import datetime
from typing import Any

from telegram import (
    Bot,
    CallbackQuery,
    ChatMember,
    ChatMemberUpdated,
    Document,
    Message,
    MessageEntity,
    MessageOriginChannel,
    MessageOriginChat,
    MessageOriginHiddenUser,
    MessageOriginUser,
    Update,
)
from telegram.constants import ChatID, ChatType, FileSizeLimit

from bot.locales import N_
from bot.talk.replies import Incoming, Origin, Role
from handlers.groups import Identity, is_addressed, is_from_machine, without_name
from handlers.places import GUEST

ALLOWED_UPDATES = (
    "message",
    "edited_message",
    "callback_query",
    "my_chat_member",
    "inline_query",
    "chosen_inline_result",
    "guest_message",
)
EDIT_SECONDS = 600  # an edit later than this changes no answer any more
NOT_READABLE = N_(
    "I can read text and files only. Please type your question, or send an article as text, link "
    "or file (.txt, .md, .html, .pdf, .docx, .json, .jsonl, .csv, .zip)."
)
TOO_LARGE = N_(
    "That file is over 20 MB, which is more than a bot may fetch. Please send it in parts."
)


@dataclass(frozen=True, slots=True)
class Ignored:
    """Nothing to do, and why."""

    why: str


@dataclass(frozen=True, slots=True)
class Said:
    """An answer that needs no thought: the same words for everybody, to be said in the language
    of the chat, or of the person's app where it is not known yet."""

    text: str
    reply_to: int | None = None
    language: str | None = None


@dataclass(frozen=True, slots=True)
class Moved:
    """A group became a supergroup: its chat has another name from now on."""

    old: str
    new: str


@dataclass(frozen=True, slots=True)
class Closed:
    """We may not write in this chat any more."""

    chat: str


@dataclass(frozen=True, slots=True)
class Opened:
    """We may write in this group or channel (again)."""

    chat: str


@dataclass(frozen=True, slots=True)
class Asked:
    """Something for the conversation, and how its answer goes back."""

    incoming: Incoming
    reply_to: int | None = None
    """The message to answer to; only in groups, where it is not plain whom we speak to."""
    file_id: str | None = None
    file_name: str = ""
    query_id: str | None = None
    """The button's press to answer."""
    pressed: int | None = None
    """The message that carries the button."""
    pressed_picture: bool = False
    """Whether that message is a picture: words take no picture's place."""
    edited: int | None = None
    """The message that was edited: its old answer is to be replaced."""


@dataclass(frozen=True, slots=True)
class Summoned:
    """Something asked in a chat that we are no member of, and the query to answer."""

    incoming: Incoming
    query_id: str
    asked: datetime


@dataclass(frozen=True, slots=True)
class Chosen:
    """Somebody has put an answer of ours into a chat: which, who, and what Telegram calls the
    message there."""

    card: str
    person: str
    language: str | None = None
    message: str | None = None


Work = Ignored | Said | Moved | Closed | Opened | Asked | Summoned | Chosen


def chat_of(raw: Any) -> str:
    """The chat (and topic) of an update as it came, whatever its shape: what keeps order."""
    if not isinstance(raw, dict):
        return "tg:?"
    world = GUEST if "guest_message" in raw else "tg"
    for value in raw.values():
        if not isinstance(value, dict):
            continue
        inner = value.get("message")
        message = inner if isinstance(inner, dict) and "chat" in inner else value
        chat = message.get("chat")
        if isinstance(chat, dict) and isinstance(chat.get("id"), int):
            topic = message.get("message_thread_id")
            in_topic = bool(message.get("is_topic_message")) and isinstance(topic, int)
            return f"{world}:{chat['id']}:{topic}" if in_topic else f"{world}:{chat['id']}"
        sender = value.get("from")
        if isinstance(sender, dict) and isinstance(sender.get("id"), int):
            return f"tg:{sender['id']}"
    return "tg:?"


def press_of(raw: Any) -> str | None:
    """The number of the button's press that an update brings, if it does."""
    query = raw.get("callback_query") if isinstance(raw, dict) else None
    number = query.get("id") if isinstance(query, dict) else None
    return number if isinstance(number, str) else None


@dataclass(frozen=True, slots=True)
class UpdateReader:
    """Reads updates for one bot account; `admins` are the ids that may change the store."""

    bot: Bot
    me: Identity
    admins: tuple[int, ...] = field(default=())
    team: Mapping[str, Role] = field(default_factory=dict)
    """The roles that were given in the conversation, as they are now."""

    def read(self, raw: dict[str, Any]) -> Work:
        """What an update asks for. Raises whatever a shape that Telegram never had calls for."""
        update = Update.de_json(raw, self.bot)
        chat = chat_of(raw)
        if update.callback_query is not None:
            return self._press(update.callback_query, chat)
        if update.my_chat_member is not None:
            return _membership(update.my_chat_member, chat)
        if update.message is not None:
            return self._message(update.message, chat)
        if update.edited_message is not None:
            return self._edit(update.edited_message, chat)
        if update.guest_message is not None:
            return self._summons(update.guest_message, chat)
        if update.chosen_inline_result is not None:
            chosen = update.chosen_inline_result
            sender = chosen.from_user
            return Chosen(
                chosen.result_id,
                f"tg:{sender.id}",
                sender.language_code,
                chosen.inline_message_id,
            )
        return Ignored("a kind of update that we did not ask for")

    def role(self, person_id: int) -> Role:
        """What this person may do: the first admin is the owner, the others are at least editors;
        everybody else is what they were made in the conversation."""
        given = self.team.get(f"tg:{person_id}", Role.READER)
        if person_id not in self.admins:
            return given
        fixed = Role.OWNER if person_id == self.admins[0] else Role.EDITOR
        return given if given.may(fixed) else fixed

    # -------------------------------------------------------------------------- messages
    def _message(self, message: Message, chat: str) -> Work:
        if message.migrate_to_chat_id is not None:
            return Moved(chat, f"tg:{message.migrate_to_chat_id}")
        if message.migrate_from_chat_id is not None:
            return Moved(f"tg:{message.migrate_from_chat_id}", chat)
        if is_from_machine(message):
            return Ignored("written by no person")
        if message.via_bot is not None and message.via_bot.id == self.me.id:
            return Ignored("an answer of ours that somebody has put here")
        private = message.chat.type == ChatType.PRIVATE
        if not private and not is_addressed(message, self.me):
            return Ignored("not said to us")
        reply_to = None if private else message.message_id
        incoming = self._incoming(message, chat, private=private)
        if message.media_group_id and incoming.text is None and message.document is None:
            return Ignored("a picture of an album; what it says stands under another one")
        document = _document(message, incoming.text or "")
        if document is not None:
            return self._file(document, incoming, reply_to)
        if incoming.text or incoming.location is not None:
            return Asked(incoming, reply_to)
        if not private and incoming.reply_to:
            # Only our name, under somebody's message: that message is the question.
            return Asked(replace(incoming, text=incoming.reply_to, reply_to=None), reply_to)
        if not private and message.text is not None:
            return Asked(replace(incoming, text="/start"), reply_to)
        if _is_service(message):
            return Ignored("a service message")
        return Said(NOT_READABLE, reply_to, incoming.language)

    def _incoming(self, message: Message, chat: str, *, private: bool) -> Incoming:
        text = message.text if message.text is not None else message.caption
        if (text is not None and not private) or (text is not None and text.startswith("/")):
            text = without_name(text, self.me)
        sender = message.from_user
        assert sender is not None  # settled in is_from_machine
        person = sender.id
        if person == ChatID.ANONYMOUS_ADMIN and message.sender_chat is not None:
            person = message.sender_chat.id  # an admin of that group, never one of ours
        replied = message.reply_to_message
        return Incoming(
            chat=chat,
            person=f"tg:{person}",
            role=self.role(person),
            text=text or None,
            reply_to=(replied.text or replied.caption) if replied is not None else None,
            marked=message.quote.text if message.quote and message.quote.is_manual else None,
            forwarded=message.forward_origin is not None,
            origin=_origin(message) or (_origin(replied) if replied is not None else None),
            album=message.media_group_id,
            message=message.message_id,
            reply_to_message=replied.message_id if replied is not None else None,
            name=sender.full_name if person == sender.id else "",
            links=_links(message) or (_links(replied) if replied is not None else ()),
            location=(message.location.latitude, message.location.longitude)
            if message.location is not None
            else None,
            language=sender.language_code,
        )

    def _summons(self, message: Message, chat: str) -> Work:
        """What is asked of us in a chat that we are no member of."""
        if not message.guest_query_id or is_from_machine(message):
            return Ignored("no question of a person's")
        incoming = self._incoming(message, chat, private=False)
        return Summoned(incoming, message.guest_query_id, message.date)

    def _file(self, document: Document, incoming: Incoming, reply_to: int | None) -> Work:
        if (document.file_size or 0) > FileSizeLimit.FILESIZE_DOWNLOAD:
            return Said(TOO_LARGE, reply_to, incoming.language)
        name = document.file_name or "file"
        return Asked(incoming, reply_to, file_id=document.file_id, file_name=name)

    def _edit(self, message: Message, chat: str) -> Work:
        edited = message.edit_date
        if edited is None or (edited - message.date).total_seconds() > EDIT_SECONDS:
            return Ignored("edited too late")
        work = self._message(message, chat)
        if not isinstance(work, Asked) or work.file_id or (work.incoming.text or "")[:1] == "/":
            return Ignored("an edit that asks nothing")
        return replace(work, edited=message.message_id)

    # --------------------------------------------------------------------------- buttons
    def _press(self, query: CallbackQuery, chat: str) -> Work:
        if not query.data:
            return Ignored("a press without data")
        person = query.from_user.id
        pressed = query.message.message_id if query.message is not None else None
        incoming = Incoming(
            chat=chat,
            person=f"tg:{person}",
            role=self.role(person),
            button=query.data,
            message=pressed,
            name=query.from_user.full_name,
            language=query.from_user.language_code,
        )
        picture = isinstance(query.message, Message) and bool(query.message.photo)
        return Asked(incoming, query_id=query.id, pressed=pressed, pressed_picture=picture)


def _membership(change: ChatMemberUpdated, chat: str) -> Work:
    gone = {ChatMember.BANNED, ChatMember.LEFT}
    if change.new_chat_member.status in gone:
        return Closed(chat)
    if change.chat.type != ChatType.PRIVATE:  # a person who comes back says /start
        return Opened(chat)
    return Ignored("we may write to this person")


def _document(message: Message, text: str) -> Document | None:
    """The file of the message, or of the one that it answers with "/add"."""
    if message.document is not None:
        return message.document
    replied = message.reply_to_message
    if replied is not None and text.partition(" ")[0].lower() == "/add":
        return replied.document
    return None


def _origin(message: Message) -> Origin | None:
    """Where a forwarded message was first; a hidden author has but a name."""
    match message.forward_origin:
        case MessageOriginChannel(chat=chat, message_id=number, date=written):
            url = f"https://t.me/{chat.username}/{number}" if chat.username else None
            return Origin(chat.title or "a channel", written, url, is_channel=True)
        case MessageOriginChat(sender_chat=chat, date=written):
            return Origin(chat.title or "a group", written)
        case MessageOriginUser(sender_user=user, date=written):
            return Origin(user.full_name, written)
        case MessageOriginHiddenUser(sender_user_name=name, date=written):
            return Origin(name, written)
    return None


def _links(message: Message) -> tuple[str, ...]:
    entities = (*message.entities, *message.caption_entities)
    return tuple(e.url for e in entities if e.type == MessageEntity.TEXT_LINK and e.url)


def _is_service(message: Message) -> bool:
    """Whether this tells of the chat itself (a new member, a pinned message, a topic, …)."""
    media = (
        message.photo,
        message.video,
        message.voice,
        message.audio,
        message.sticker,
        message.animation,
        message.video_note,
        message.location,
        message.contact,
        message.venue,
        message.poll,
        message.dice,
        message.story,
    )
    return not any(media)
