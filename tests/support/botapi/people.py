"""The people and groups of the twin: what they write, press, send and forward."""

from __future__ import annotations

import time
from collections.abc import Sequence
from typing import TYPE_CHECKING, Any

from tests.support.botapi import entities as markup
from tests.support.botapi.abroad import MOST_QUERY_CHARS, NUMBERS, Summons, Typed
from tests.support.botapi.methods import MOST_CAPTION, MOST_TEXT
from tests.support.botapi.world import BOT_ID, ChatState, Json, Press, Seen

if TYPE_CHECKING:
    from tests.support.botapi.twin import BotApi

MEDIA: dict[str, Json] = {
    "voice": {"duration": 3, "file_id": "V1", "file_unique_id": "v1"},
    "sticker": {
        "type": "regular",
        "width": 512,
        "height": 512,
        "is_animated": False,
        "is_video": False,
        "file_id": "S1",
        "file_unique_id": "s1",
    },
    "location": {"latitude": 59.3, "longitude": 18.1},
    "contact": {"phone_number": "+4600000000", "first_name": "Ib"},
}

FOREIGN_CHAT = -1_003_000_000_001  # the number of a chat that the bot is no member of
PHOTO: list[Json] = [{"file_id": "P1", "file_unique_id": "p1", "width": 90, "height": 60}]


class Group:
    """A group or supergroup in which people and the bot are members."""

    def __init__(self, twin: BotApi, state: ChatState) -> None:
        self.twin = twin
        self.state = state

    @property
    def id(self) -> int:
        return self.state.id

    def topic(self, name: str, *, closed: bool = False) -> int:
        """The number of a new topic of this forum."""
        number = next(self.state.numbers)
        self.state.forum = True
        self.state.topics[number] = {"name": name, "closed": closed}
        return number

    def closes_topic(self, number: int) -> None:
        self.state.topics[number]["closed"] = True

    def removes_bot(self) -> None:
        """The bot is kicked: it gets a last update and may not write any more."""
        with self.twin.world.changes.lock:
            self.twin.add_membership(self.state, "kicked")
            self.state.shut = f"bot was kicked from the {self.state.kind} chat"

    def upgrades(self) -> Group:
        """The supergroup that this group now is, under its new id."""
        world = self.twin.world
        with world.changes.lock:
            group = self.twin.group(self.state.title, members=self.state.members)
            group.state.admins = set(self.state.admins)
            owner = world.people[min(self.state.members)]
            old = world.new_message(self.state, owner, migrate_to_chat_id=group.id)
            self.state.moved_to = group.id
            world.add_update("message", old)
            new = world.new_message(group.state, owner, migrate_from_chat_id=self.state.id)
            world.add_update("message", new)
            return group


class Person:
    """Somebody with a Telegram account; writes to the bot in private unless a chat is named."""

    def __init__(self, twin: BotApi, account: Json) -> None:
        self.twin = twin
        self.account = account

    @property
    def id(self) -> int:
        number: int = self.account["id"]
        return number

    # ------------------------------------------------------------------ writing
    def sends(
        self,
        text: str,
        *,
        chat: Group | None = None,
        topic: int | None = None,
        reply_to: int | Seen | None = None,
        quote: str | None = None,
        entities: list[markup.Entity] | None = None,
        **fields: Any,
    ) -> list[Json]:
        """The messages that now stand in the chat: more than one when Telegram cuts the text."""
        return [
            self._writes(
                chat,
                topic=topic,
                reply_to=reply_to,
                text=part,
                entities=entities if entities is not None else markup.found_entities(part),
                **(_quote(quote) | fields),
            )
            for part in cut_long(text)
        ]

    def asks(self, text: str, *, timeout_seconds: float = 10.0, **where: Any) -> Seen:
        """The bot's next message after this text."""
        self.sends(text, **where)
        chat = where.get("chat")
        return self.twin.wait_for_reply(chat or self, timeout_seconds=timeout_seconds)

    def edits(self, message: Json, text: str) -> None:
        """Changes an own message, which Telegram tells the bot."""
        world = self.twin.world
        with world.changes.lock:
            chat = world.chats[message["chat"]["id"]]
            stored = chat.messages[message["message_id"]]
            world.edit_message(chat, stored, text=text, entities=markup.found_entities(text))
            if self.twin.delivers(chat, stored):
                world.add_update("edited_message", stored)

    def sends_document(
        self,
        name: str,
        data: bytes,
        *,
        caption: str = "",
        chat: Group | None = None,
        mime: str = "text/plain",
        **fields: Any,
    ) -> Json:
        """A file in the chat; the bot may fetch its bytes."""
        document = {**self.twin.world.keep_file(name, data), "mime_type": mime}
        return self._writes(
            chat,
            document=document,
            caption=caption[:MOST_CAPTION] or None,
            caption_entities=markup.found_entities(caption),
            **fields,
        )

    def sends_media(self, kind: str, *, chat: Group | None = None, **fields: Any) -> Json:
        """A voice message, sticker, location or contact: nothing that the bot can read."""
        return self._writes(chat, **{kind: MEDIA[kind]}, **fields)

    def forwards(
        self,
        text: str,
        *,
        origin: str = "Harbour Post",
        links: dict[str, str] | None = None,
        **fields: Any,
    ) -> Json:
        """A post of a channel, forwarded; `links` hides addresses behind words of the text."""
        found = _with_links(text, links or {})
        return self._writes(
            None, text=text, entities=found, forward_origin=_from_channel(origin), **fields
        )

    def forwards_album(
        self, captions: Sequence[str], *, origin: str, links: dict[str, str] | None = None
    ) -> list[Json]:
        """A channel's post of several pictures, forwarded: a message for each, of one album."""
        came = _from_channel(origin)
        album = f"album-{next(self.twin.world.chats[self.id].numbers)}"
        return [
            self._writes(
                None,
                photo=PHOTO,
                caption=caption[:MOST_CAPTION] or None,
                caption_entities=_with_links(caption, links or {}) if caption else None,
                media_group_id=album,
                forward_origin=came,
            )
            for caption in captions
        ]

    def presses(self, label: str, *, on: Seen | None = None, expired: bool = False) -> Press:
        """The query of a button found by its words on the bot's last message (or `on`)."""
        return self.presses_in(self, label, on=on, expired=expired)

    def presses_in(
        self, chat: Group | Person, label: str, *, on: Seen | None = None, expired: bool = False
    ) -> Press:
        seen = on or self.twin.last_from_bot(chat)
        for row in seen.buttons:
            for button in row:
                if button["text"] == label or button.get("callback_data") == label:
                    data = button["callback_data"]
                    return self.presses_data(chat, seen.message_id, data, expired=expired)
        raise AssertionError(f"no button {label!r} among {seen.labels}")

    def presses_data(
        self, chat: Group | Person, message_id: int, data: str, *, expired: bool = False
    ) -> Press:
        """The query of a press that carries `data`, whether or not such a button stands there."""
        world = self.twin.world
        with world.changes.lock:
            state = world.chats[chat.id]
            press = world.new_press(state.id, self.id, expired=expired)
            query: Json = {
                "id": press.id,
                "from": self.account,
                "chat_instance": str(state.id),
                "data": data,
            }
            message = state.messages.get(message_id)
            gone = {"chat": world.chat_json(state), "message_id": message_id, "date": 0}
            query["message"] = message if message is not None else gone
            world.add_update("callback_query", query)
            return press

    # ------------------------------------------------------------------ in other chats
    def types(self, query: str, *, offset: str = "", expired: bool = False) -> Typed:
        """What is typed after the bot's name, in whatever chat; each letter is such a query."""
        world = self.twin.world
        with world.changes.lock:
            typed = Typed(
                str(next(NUMBERS)), self.id, query[:MOST_QUERY_CHARS], offset, time.monotonic()
            )
            typed.expired = expired
            world.typed[typed.id] = typed
            told: Json = {"id": typed.id, "from": self.account, "query": typed.query}
            world.add_update("inline_query", told | {"offset": offset, "chat_type": "group"})
            return typed

    def is_shown(self, typed: Typed, *, timeout_seconds: float = 10.0) -> Typed:
        """`typed`, once the bot has answered it."""
        self.twin.wait_for(lambda: typed.answered_at, timeout_seconds=timeout_seconds)
        return typed

    def looks_for(self, query: str, *, offset: str = "") -> Typed:
        """What is shown for a query."""
        return self.is_shown(self.types(query, offset=offset))

    def chooses(self, typed: Typed, number: int, *, chat: Group | Person | None = None) -> Json:
        """The message that the chosen result becomes in the chat; the bot hears of the choice."""
        result = typed.results[number]
        world = self.twin.world
        with world.changes.lock:
            chosen = {"result_id": result["id"], "from": self.account, "query": typed.query}
            if result["buttons"]:
                chosen["inline_message_id"] = world.put_abroad(result)
            world.add_update("chosen_inline_result", chosen)
            state = world.chats[(chat or self).id]
            message = world.new_message(
                state,
                self.account,
                text=result["text"],
                entities=result["entities"],
                via_bot=world.bot,
            )
            if self.twin.delivers(state, message) or state.kind != "private":
                world.add_update("message", message)  # in privacy mode, too: it came via the bot
            return message

    def summons(
        self, text: str, *, reply_to: Json | None = None, expired: bool = False, **fields: Any
    ) -> Summons:
        """A message that names the bot in a group that it is no member of."""
        world = self.twin.world
        with world.changes.lock:
            number = str(next(NUMBERS))
            message: Json = {
                "message_id": 77,
                "from": self.account,
                "chat": {"id": FOREIGN_CHAT, "type": "supergroup", "title": "Book club"},
                "date": int(time.time()),
                "text": text,
                "entities": markup.found_entities(text),
                "guest_query_id": number,
            } | fields
            if reply_to is not None:
                message["reply_to_message"] = reply_to
            summons = Summons(number, message, time.monotonic(), expired)
            world.summons[number] = summons
            summons.update_id = world.add_update("guest_message", message)
            return summons

    # ------------------------------------------------------------------ membership
    def blocks(self) -> None:
        """Stops the bot: it may not write here until `unblocks`."""
        state = self.twin.world.chats[self.id]
        state.shut = "bot was blocked by the user"
        self.twin.add_membership(state, "kicked", by=self.account)

    def unblocks(self) -> None:
        state = self.twin.world.chats[self.id]
        state.shut = None
        self.twin.add_membership(state, "member", by=self.account)

    def _writes(self, chat: Group | None, **fields: Any) -> Json:
        world = self.twin.world
        with world.changes.lock:
            state = chat.state if chat is not None else world.chats[self.id]
            reply_to = fields.pop("reply_to", None)
            number = reply_to.message_id if isinstance(reply_to, Seen) else reply_to
            message = world.new_message(state, self.account, reply_to=number, **fields)
            if self.twin.delivers(state, message):
                world.add_update("message", message)
            return message


def _from_channel(title: str) -> Json:
    source = {"id": -1_002_000_000_777, "type": "channel", "title": title}
    return {"type": "channel", "date": int(time.time()), "chat": source, "message_id": 42}


def _with_links(text: str, links: dict[str, str]) -> list[markup.Entity]:
    """The entities of `text`, with addresses hidden behind some of its words."""
    found = markup.found_entities(text)
    for words, url in links.items():
        if words in text:
            at = markup.utf16_length(text[: text.index(words)])
            length = markup.utf16_length(words)
            found.append({"type": "text_link", "offset": at, "length": length, "url": url})
    return found


def _quote(phrase: str | None) -> Json:
    return {} if phrase is None else {"quote": {"text": phrase, "position": 0, "is_manual": True}}


def cut_long(text: str) -> list[str]:
    """`text` in the pieces that a Telegram app sends when it is over the limit."""
    if markup.utf16_length(text) <= MOST_TEXT:
        return [text]
    parts: list[str] = []
    rest = text
    while rest:
        piece = rest[:MOST_TEXT]
        while markup.utf16_length(piece) > MOST_TEXT:
            piece = piece[:-1]
        if len(piece) < len(rest):
            space = max(piece.rfind("\n"), piece.rfind(" "))
            piece = piece[:space] if space > MOST_TEXT // 2 else piece
        parts.append(piece.strip())
        rest = rest[len(piece) :]
    return [part for part in parts if part]


def for_bot(message: Json, username: str) -> bool:
    """Whether a group message reaches a bot in privacy mode: command, mention or reply to it."""
    text = message.get("text") or message.get("caption") or ""
    found = message.get("entities") or message.get("caption_entities") or []
    for entity in found:
        words = markup.cut_utf16(text, entity["offset"], entity["length"]).lower()
        if entity["type"] == "bot_command":
            return "@" not in words or words.endswith(f"@{username.lower()}")
        if entity["type"] == "mention" and words == f"@{username.lower()}":
            return True
    original = message.get("reply_to_message") or {}
    return bool(original.get("from", {}).get("id") == BOT_ID)
