"""What the twin of Telegram knows: people, chats, messages, waiting updates, uploaded files."""

from __future__ import annotations

import copy
import itertools
import threading
import time
from collections.abc import Callable
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.support.botapi.entities import Entity

if TYPE_CHECKING:
    from tests.support.botapi.abroad import Summons, Typed

Json = dict[str, Any]

BOT_ID = 7_100_000_001  # past 32 bits, as real ids are
LONG_WAIT_SECONDS = 10.0


class Refusal(Exception):
    """The server says no: its code, its words, and what it adds for programs."""

    def __init__(self, code: int, description: str, **parameters: int) -> None:
        super().__init__(description)
        self.code = code
        self.description = description
        self.parameters = parameters


def bad_request(words: str) -> Refusal:
    return Refusal(400, f"Bad Request: {words}")


@dataclass(frozen=True, slots=True)
class Seen:
    """A message as the people in the chat see it now."""

    message_id: int
    sender: str
    from_bot: bool
    text: str
    entities: tuple[Entity, ...] = ()
    buttons: tuple[tuple[Json, ...], ...] = ()
    reply_to: int | None = None
    topic: int | None = None
    edits: int = 0
    file_name: str | None = None
    photo: bytes | None = None
    """The picture, whose caption is the text."""

    @property
    def labels(self) -> list[str]:
        """The words on the buttons, row after row."""
        return [button["text"] for row in self.buttons for button in row]

    def marked(self, kind: str) -> list[str]:
        """The parts of the text that an entity of this kind covers."""
        data = self.text.encode("utf-16-le", "surrogatepass")
        return [
            data[2 * e["offset"] : 2 * (e["offset"] + e["length"])].decode("utf-16-le", "replace")
            for e in self.entities
            if e["type"] == kind
        ]


@dataclass(slots=True)
class ChatState:
    """A private chat, a group or a supergroup, with its messages by number."""

    id: int
    kind: str
    title: str
    members: set[int] = field(default_factory=set)
    username: str = ""
    admins: set[int] = field(default_factory=set)
    forum: bool = False
    topics: dict[int, Json] = field(default_factory=dict)
    messages: dict[int, Json] = field(default_factory=dict)
    edits: dict[int, int] = field(default_factory=dict)
    no_photos: bool = False
    """Whether its members may send no photos."""
    shut: str | None = None
    """Why the bot may not write here, in the server's words."""
    moved_to: int | None = None
    numbers: itertools.count[int] = field(default_factory=lambda: itertools.count(1))
    said: list[int] = field(default_factory=list)
    """Messages of the bot in the order in which they were sent or edited."""
    read: int = 0
    """How many of `said` a waiting test has taken."""


@dataclass(slots=True)
class Press:
    """A callback query: who pressed, whether it was answered, and with what."""

    id: str
    chat: int
    person: int
    made: float
    answered: Json | None = None
    expired: bool = False


class Changes:
    """Wakes whoever waits for the world to change, in whatever thread."""

    def __init__(self) -> None:
        self.lock = threading.RLock()
        self._changed = threading.Condition(self.lock)
        self._listeners: list[Callable[[], None]] = []

    def tell(self) -> None:
        with self._changed:
            self._changed.notify_all()
            listeners = list(self._listeners)
        for listener in listeners:
            listener()

    def listen(self, listener: Callable[[], None]) -> Callable[[], None]:
        """Calls `listener` at every change until the returned function is called."""
        with self.lock:
            self._listeners.append(listener)

        def stop() -> None:
            with self.lock:
                if listener in self._listeners:
                    self._listeners.remove(listener)

        return stop

    def wait_for(self, what: Callable[[], Any], timeout_seconds: float) -> Any:
        """The first true result of `what()`, or its last one when time is up."""
        with self._changed:
            return self._changed.wait_for(what, timeout_seconds)


class World:
    """The state of the twin; every change goes through here, under one lock."""

    def __init__(self, *, username: str, first_update_id: int) -> None:
        self.changes = Changes()
        self.bot: Json = {
            "id": BOT_ID,
            "is_bot": True,
            "first_name": "Newsbot",
            "username": username,
            "can_join_groups": True,
            "can_read_all_group_messages": False,
            "supports_inline_queries": False,
            "supports_guest_queries": False,
        }
        self.people: dict[int, Json] = {}
        self.chats: dict[int, ChatState] = {}
        self.presses: dict[str, Press] = {}
        self.typed: dict[str, Typed] = {}
        self.summons: dict[str, Summons] = {}
        self.abroad: dict[str, Json] = {}
        """The bot's messages in chats that are not its own, by their inline ids."""
        self.files: dict[str, tuple[str, bytes]] = {}
        self.updates: list[Json] = []
        self.settings: dict[str, Any] = {}
        self.privacy = True
        self._update_ids = itertools.count(first_update_id)
        self._ids = itertools.count(1)

    # ------------------------------------------------------------------ people and chats
    def add_person(self, person: Json) -> None:
        with self.changes.lock:
            self.people[person["id"]] = person
            self.chats.setdefault(
                person["id"],
                ChatState(person["id"], "private", person["first_name"], {person["id"]}),
            )

    def chat(self, chat_id: int) -> ChatState:
        """The chat, or the refusal that Telegram gives for it."""
        state = self.chats.get(chat_id)
        if state is None:
            raise bad_request("chat not found")
        if state.moved_to is not None:
            raise Refusal(
                400,
                "Bad Request: group chat was upgraded to a supergroup chat",
                migrate_to_chat_id=state.moved_to,
            )
        if state.shut is not None:
            raise Refusal(403, f"Forbidden: {state.shut}")
        return state

    def number_of(self, username: str) -> int:
        """The number of the channel with this name, or the refusal that Telegram gives."""
        for state in self.chats.values():
            if state.username and f"@{state.username}".lower() == username.lower():
                return state.id
        raise bad_request("chat not found")

    def chat_json(self, chat: ChatState) -> Json:
        if chat.kind == "private":
            person = self.people[chat.id]
            keys = ("first_name", "last_name", "username")
            names = {key: person[key] for key in keys if key in person}
            return {"id": chat.id, "type": "private", **names}
        forum = {"is_forum": True} if chat.forum else {}
        named = {"username": chat.username} if chat.username else {}
        return {"id": chat.id, "type": chat.kind, "title": chat.title, **named, **forum}

    # ------------------------------------------------------------------ messages
    def new_message(self, chat: ChatState, sender: Json, **fields: Any) -> Json:
        """A message now in the chat; `topic` and `reply_to` may be given as numbers."""
        topic = fields.pop("topic", None)
        reply_to = fields.pop("reply_to", None)
        message: Json = {
            "message_id": next(chat.numbers),
            "from": sender,
            "chat": self.chat_json(chat),
            "date": int(time.time()),
        }
        if topic is not None:
            message |= {"message_thread_id": topic, "is_topic_message": True}
        if reply_to is not None and reply_to in chat.messages:
            original = copy.deepcopy(chat.messages[reply_to])
            original.pop("reply_to_message", None)
            message["reply_to_message"] = original
        message |= {key: value for key, value in fields.items() if value not in (None, [])}
        chat.messages[message["message_id"]] = message
        if sender["id"] == self.bot["id"]:
            chat.said.append(message["message_id"])
        self.changes.tell()
        return message

    def edit_message(self, chat: ChatState, message: Json, **fields: Any) -> Json:
        number = message["message_id"]
        for key, value in fields.items():
            if value in (None, []):
                message.pop(key, None)
            else:
                message[key] = value
        message["edit_date"] = int(time.time())
        chat.edits[number] = chat.edits.get(number, 0) + 1
        if message["from"]["id"] == self.bot["id"]:
            chat.said.append(number)
        self.changes.tell()
        return message

    def seen(self, chat: ChatState, number: int) -> Seen:
        message = chat.messages[number]
        markup = message.get("reply_markup") or {}
        rows = markup.get("inline_keyboard") or []
        document = message.get("document") or {}
        photo = (message.get("photo") or [{}])[-1].get("file_id")
        entities = message.get("entities") or message.get("caption_entities") or []
        sender = message["from"]
        return Seen(
            message_id=number,
            sender=sender["first_name"],
            from_bot=sender["id"] == self.bot["id"],
            text=message.get("text") or message.get("caption") or "",
            entities=tuple(entities),
            buttons=tuple(tuple(row) for row in rows),
            reply_to=(message.get("reply_to_message") or {}).get("message_id"),
            topic=message.get("message_thread_id"),
            edits=chat.edits.get(number, 0),
            file_name=document.get("file_name"),
            photo=self.files[photo][1] if photo in self.files else None,
        )

    # ------------------------------------------------------------------ updates
    def add_update(self, kind: str, value: Json) -> int:
        """The id of a new update of this kind, which now waits to be fetched."""
        return self.add_raw_update({kind: copy.deepcopy(value)})

    def add_raw_update(self, update: Json) -> int:
        """The id under which `update` now waits, whatever it holds."""
        with self.changes.lock:
            number = update.get("update_id") or next(self._update_ids)
            self.updates.append({"update_id": number, **update})
            self.changes.tell()
            return int(number)

    def confirm(self, offset: int) -> None:
        """Forgets the updates before `offset`; a negative one keeps that many of the last."""
        before = len(self.updates)
        if offset < 0:
            self.updates = self.updates[offset:]
        elif offset:
            self.updates = [u for u in self.updates if u["update_id"] >= offset]
        if len(self.updates) != before:
            self.changes.tell()

    def put_abroad(self, message: Json) -> str:
        """The inline id of a message of the bot's, which can be changed by it from now on."""
        with self.changes.lock:
            name = f"AgAA-{next(self._ids)}_x"
            self.abroad[name] = message
            return name

    def keep_file(self, name: str, data: bytes) -> Json:
        """The file as Telegram describes it; its bytes can be fetched from now on."""
        number = next(self._ids)
        file_id = f"FILE{number:06d}"
        with self.changes.lock:
            self.files[file_id] = (f"documents/file_{number}.bin", data)
        return {
            "file_id": file_id,
            "file_unique_id": f"U{number:06d}",
            "file_name": name,
            "file_size": len(data),
        }

    def new_press(self, chat: int, person: int, *, expired: bool = False) -> Press:
        with self.changes.lock:
            press = Press(str(4_000_000_000_000 + next(self._ids)), chat, person, time.monotonic())
            press.expired = expired
            self.presses[press.id] = press
            return press
