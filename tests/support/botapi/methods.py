"""The Bot API's methods over the twin's world, with the limits and words of the real server."""

from __future__ import annotations

import json
import time
from collections.abc import Callable
from typing import Any

from tests.support.botapi import entities as markup
from tests.support.botapi.abroad import AbroadMethods
from tests.support.botapi.web import Upload
from tests.support.botapi.world import ChatState, Json, Refusal, World, bad_request

MOST_TEXT = 4096
MOST_CAPTION = 1024
LARGEST_PHOTO_BYTES = 10 * 1024 * 1024
MOST_PHOTO_SIDES = 10_000  # width and height together
MOST_PHOTO_RATIO = 20
PNG_HEAD = b"\x89PNG\r\n\x1a\n"
MOST_RAW_BYTES = 32_768
MOST_BUTTONS = 100
MOST_BUTTONS_IN_ROW = 8
MOST_PRESS_BYTES = 64
MOST_COPY = 256
MOST_TOAST = 200
MOST_COMMANDS = 100
LARGEST_DOWNLOAD_BYTES = 20 * 1024 * 1024
QUERY_SECONDS = 15.0  # how long a press may wait for its answer


class Parameters:
    """The parameters of one call, read by type; nested ones may come as JSON in a string."""

    def __init__(self, given: dict[str, Any], files: dict[str, Upload]) -> None:
        self.given = given
        self.files = files

    def text(self, name: str, default: str = "") -> str:
        value = self.given.get(name)
        return default if value is None else str(value)

    def whole(self, name: str) -> int | None:
        value = self.given.get(name)
        if value is None or value == "":
            return None
        try:
            return int(value)
        except (TypeError, ValueError):
            raise bad_request(f'field "{name}" must be a Number') from None

    def flag(self, name: str) -> bool:
        return str(self.given.get(name, "")).lower() in {"true", "1"}

    def nested(self, name: str) -> Any:
        value = self.given.get(name)
        if not isinstance(value, str):
            return value
        try:
            return json.loads(value)
        except ValueError:
            raise bad_request(f"can't parse {name} JSON object") from None

    @property
    def chat_id(self) -> int | None:
        try:
            return self.whole("chat_id")
        except Refusal:
            return None


ADMIN_RIGHTS: Json = {
    **dict.fromkeys(
        (
            "can_be_edited",
            "is_anonymous",
            "can_manage_chat",
            "can_delete_messages",
            "can_manage_video_chats",
            "can_restrict_members",
            "can_promote_members",
            "can_change_info",
            "can_invite_users",
            "can_post_stories",
            "can_edit_stories",
            "can_delete_stories",
        ),
        False,
    ),
    "can_post_messages": True,
}
FULL_CHAT: Json = {
    "accent_color_id": 0,
    "max_reaction_count": 11,
    "accepted_gift_types": {
        "unlimited_gifts": False,
        "limited_gifts": False,
        "unique_gifts": False,
        "premium_subscription": False,
        "gifts_from_channels": False,
    },
}
"""What getChat tells of every chat."""


class Methods:
    """The methods by name in small letters, but for getUpdates, which waits."""

    def __init__(self, world: World) -> None:
        self.world = world
        self._abroad = abroad = AbroadMethods(world, self)
        self.by_name: dict[str, Callable[[Parameters], Any]] = {
            "getme": lambda _: world.bot,
            "logout": lambda _: True,
            "close": lambda _: True,
            "sendmessage": self.send_message,
            "senddocument": self.send_document,
            "sendphoto": self.send_photo,
            "editmessagemedia": self.edit_media,
            "editmessagetext": self.edit_text,
            "editmessagecaption": self.edit_caption,
            "editmessagereplymarkup": self.edit_buttons,
            "deletemessage": self.delete_message,
            "answercallbackquery": self.answer_press,
            "answerinlinequery": abroad.answer_inline,
            "answerguestquery": abroad.answer_guest,
            "sendchataction": self.chat_action,
            "getfile": self.get_file,
            "getchat": lambda p: FULL_CHAT | world.chat_json(self._chat(p)),
            "getchatmember": self.get_member,
            "getchatadministrators": self.get_admins,
            "leavechat": self.leave,
            "setmycommands": self.set_commands,
            "getmycommands": self.get_commands,
            "deletemycommands": self.delete_commands,
            "getwebhookinfo": self.webhook_info,
            "setwebhook": self.set_webhook,
            "deletewebhook": self.delete_webhook,
        }
        for subject, field, most in (
            ("description", "description", 512),
            ("shortdescription", "short_description", 120),
            ("name", "name", 64),
        ):
            self.by_name[f"setmy{subject}"] = self._setter(field, most)
            self.by_name[f"getmy{subject}"] = self._getter(field)

    # ------------------------------------------------------------------ sending
    def send_message(self, p: Parameters) -> Json:
        chat = self._writable(p)
        text, found = self._text(p, "text", "entities", MOST_TEXT)
        return self._sent(chat, p, text=text, entities=found)

    def send_document(self, p: Parameters) -> Json:
        chat = self._writable(p)
        name = p.text("document").removeprefix("attach://")
        upload = p.files.get(name) or p.files.get("document")
        if upload is None:
            raise bad_request("there is no document in the request")
        if not upload.data:
            raise bad_request("file must be non-empty")
        caption = ""
        found: list[markup.Entity] = []
        if p.text("caption"):
            caption, found = self._text(p, "caption", "caption_entities", MOST_CAPTION)
        document = self.world.keep_file(upload.name, upload.data)
        return self._sent(
            chat, p, document=document, caption=caption or None, caption_entities=found
        )

    def send_photo(self, p: Parameters) -> Json:
        chat = self._writable(p)
        if chat.no_photos:
            raise bad_request("not enough rights to send photos to the chat")
        sizes = self._photo(p, p.text("photo"))
        caption, found = self._caption(p)
        return self._sent(chat, p, photo=sizes, caption=caption or None, caption_entities=found)

    def _caption(self, p: Parameters) -> tuple[str, list[markup.Entity]]:
        if not p.text("caption"):
            return "", []
        return self._text(p, "caption", "caption_entities", MOST_CAPTION)

    def _photo(self, p: Parameters, given: str) -> list[Json]:
        """The photo in its sizes, as Telegram describes it; only new PNGs are taken here."""
        name = given.removeprefix("attach://")
        upload = p.files.get(name) or p.files.get("photo")
        if upload is None:
            raise bad_request("there is no photo in the request")
        data = upload.data
        if len(data) > LARGEST_PHOTO_BYTES:
            raise bad_request("file is too big")
        if data[:8] != PNG_HEAD or data[-8:-4] != b"IEND":
            raise bad_request("IMAGE_PROCESS_FAILED")
        width, height = (int.from_bytes(data[at : at + 4], "big") for at in (16, 20))
        low, high = sorted((width, height))
        if not low or width + height > MOST_PHOTO_SIDES or high > MOST_PHOTO_RATIO * low:
            raise bad_request("PHOTO_INVALID_DIMENSIONS")
        kept = self.world.keep_file(upload.name, data)
        del kept["file_name"]
        return [{**kept, "width": width, "height": height}]

    def _sent(self, chat: ChatState, p: Parameters, **content: Any) -> Json:
        reply = p.nested("reply_parameters") or {}
        number = reply.get("message_id") or p.whole("reply_to_message_id")
        if number is not None and number not in chat.messages:
            if not reply.get("allow_sending_without_reply"):
                raise bad_request("message to be replied not found")
            number = None
        wanted = reply.get("quote")
        if number is not None and wanted:
            original = chat.messages[number]
            if wanted not in (original.get("text") or original.get("caption") or ""):
                raise bad_request("QUOTE_TEXT_INVALID")
        return self.world.new_message(
            chat,
            self.world.bot,
            topic=self._topic(chat, p),
            reply_to=number,
            reply_markup=self._buttons(p),
            **content,
        )

    def _topic(self, chat: ChatState, p: Parameters) -> int | None:
        topic = p.whole("message_thread_id")
        if topic is None:
            return None
        if topic not in chat.topics:
            raise bad_request("message thread not found")
        if chat.topics[topic].get("closed"):
            raise bad_request("TOPIC_CLOSED")
        return topic

    def _chat(self, p: Parameters) -> ChatState:
        if p.text("chat_id") == "":
            raise bad_request("chat_id is empty")
        number = p.chat_id
        if number is None:
            number = self.world.number_of(p.text("chat_id"))
        return self.world.chat(number)

    def _writable(self, p: Parameters) -> ChatState:
        return self._chat(p)

    def _text(
        self, p: Parameters, name: str, entities_name: str, most: int
    ) -> tuple[str, list[markup.Entity]]:
        raw = p.text(name)
        if len(raw.encode("utf-8", "surrogatepass")) > MOST_RAW_BYTES:
            raise bad_request("text is too long")
        mode = p.text("parse_mode").lower()
        found: list[markup.Entity] = list(p.nested(entities_name) or [])
        text = raw
        if mode == "html":
            try:
                text, found = markup.parse_html(raw)
            except markup.ParseError as error:
                raise bad_request(f"can't parse entities: {error}") from None
        elif mode:
            raise bad_request("unsupported parse_mode")
        text, found = markup.trimmed(text, found)
        if not text:
            raise bad_request(f"{'message ' if name == 'text' else ''}{name} is empty")
        if markup.utf16_length(text) > most:
            long = "message is too long" if name == "text" else "message caption is too long"
            raise bad_request(long)
        covered = [(e["offset"], e["offset"] + e["length"]) for e in found]
        for entity in markup.found_entities(text):
            start, end = entity["offset"], entity["offset"] + entity["length"]
            if entity["type"] != "url" or not any(a < end and start < b for a, b in covered):
                found.append(entity)
        found.sort(key=lambda entity: (entity["offset"], -entity["length"]))
        return text, found[: markup.MOST_ENTITIES]

    def read_text(self, content: Json) -> tuple[str, list[markup.Entity]]:
        """The text and entities of the message that an inline result becomes."""
        given = Parameters({**content, "text": content.get("message_text")}, {})
        return self._text(given, "text", "entities", MOST_TEXT)

    def read_buttons(self, result: Json) -> Json | None:
        """The buttons of an inline result, checked like those of a message."""
        return self._buttons(Parameters(result, {}))

    def _buttons(self, p: Parameters) -> Json | None:
        keyboard = p.nested("reply_markup")
        if not keyboard:
            return None
        rows = keyboard.get("inline_keyboard")
        if rows is None:
            return None  # other keyboards are not shown in the chat
        if sum(len(row) for row in rows) > MOST_BUTTONS:
            raise bad_request("reply markup is too long")
        for button in (button for row in rows for button in row):
            if not str(button.get("text", "")).strip():
                raise bad_request("text buttons are unallowed in the inline keyboard")
            data = button.get("callback_data")
            if data is not None and not 1 <= len(data.encode()) <= MOST_PRESS_BYTES:
                raise bad_request("BUTTON_DATA_INVALID")
            copy = (button.get("copy_text") or {}).get("text")
            if copy is not None and not 1 <= len(copy) <= MOST_COPY:
                raise bad_request("BUTTON_COPY_TEXT_INVALID")
            url = button.get("url")
            if url is not None and "." not in url:
                raise bad_request(f"inline keyboard button URL '{url}' is invalid: Wrong HTTP URL")
            if "switch" in str(sorted(button)) and not self.world.bot["supports_inline_queries"]:
                raise bad_request("BUTTON_TYPE_INVALID")
            if data is None and copy is None and url is None and not _other_button(button):
                raise bad_request("text buttons are unallowed in the inline keyboard")
        if any(len(row) > MOST_BUTTONS_IN_ROW for row in rows):
            raise bad_request("BUTTON_ROW_TOO_LONG")
        kept = [row for row in rows if row]
        return {"inline_keyboard": kept} if kept else None

    # ------------------------------------------------------------------ changing
    def _own_message(self, p: Parameters, words: str) -> tuple[ChatState, Json]:
        chat = self._writable(p)
        message = chat.messages.get(p.whole("message_id") or 0)
        if message is None:
            raise bad_request(f"message to {words} not found")
        if message["from"]["id"] != self.world.bot["id"] and words == "edit":
            raise bad_request("message can't be edited")
        return chat, message

    def edit_text(self, p: Parameters) -> Json | bool:
        if p.text("inline_message_id"):
            return self._abroad.edit(p)
        chat, message = self._own_message(p, "edit")
        if "text" not in message:
            raise bad_request("there is no text in the message to edit")
        text, found = self._text(p, "text", "entities", MOST_TEXT)
        buttons = self._buttons(p)
        same = (
            message.get("text") == text
            and message.get("entities", []) == found
            and message.get("reply_markup") == buttons
        )
        if same:
            raise self._not_modified()
        return self.world.edit_message(
            chat, message, text=text, entities=found, reply_markup=buttons
        )

    def edit_caption(self, p: Parameters) -> Json:
        chat, message = self._own_message(p, "edit")
        if "photo" not in message and "document" not in message:
            raise bad_request("there is no caption in the message to edit")
        caption, found = self._caption(p)
        buttons = self._buttons(p)
        return self.world.edit_message(
            chat, message, caption=caption, caption_entities=found, reply_markup=buttons
        )

    def edit_media(self, p: Parameters) -> Json:
        chat, message = self._own_message(p, "edit")
        media = p.nested("media") or {}
        if media.get("type") != "photo":
            raise bad_request("unsupported media type")
        sizes = self._photo(p, str(media.get("media", "")))
        given = {name: media.get(name) for name in ("caption", "parse_mode", "caption_entities")}
        caption, found = self._caption(Parameters(given, {}))
        return self.world.edit_message(
            chat,
            message,
            photo=sizes,
            text=None,
            entities=None,
            caption=caption or None,
            caption_entities=found,
            reply_markup=self._buttons(p),
        )

    def edit_buttons(self, p: Parameters) -> Json:
        chat, message = self._own_message(p, "edit")
        buttons = self._buttons(p)
        if message.get("reply_markup") == buttons:
            raise self._not_modified()
        return self.world.edit_message(chat, message, reply_markup=buttons)

    @staticmethod
    def _not_modified() -> Refusal:
        return bad_request(
            "message is not modified: specified new message content and reply markup are exactly "
            "the same as a current content and reply markup of the message"
        )

    def delete_message(self, p: Parameters) -> bool:
        chat, message = self._own_message(p, "delete")
        del chat.messages[message["message_id"]]
        self.world.changes.tell()
        return True

    def answer_press(self, p: Parameters) -> bool:
        press = self.world.presses.get(p.text("callback_query_id"))
        old = press is None or press.expired or press.answered is not None
        if old or (press and time.monotonic() - press.made > QUERY_SECONDS):
            raise bad_request(
                "query is too old and response timeout expired or query ID is invalid"
            )
        if len(p.text("text")) > MOST_TOAST:
            raise bad_request("MESSAGE_TOO_LONG")
        assert press is not None
        press.answered = {"text": p.text("text"), "show_alert": p.flag("show_alert")}
        self.world.changes.tell()
        return True

    def chat_action(self, p: Parameters) -> bool:
        chat = self._writable(p)
        self._topic(chat, p)
        if not p.text("action"):
            raise bad_request("wrong parameter action in request")
        return True

    # ------------------------------------------------------------------ looking up
    def get_file(self, p: Parameters) -> Json:
        file_id = p.text("file_id")
        kept = self.world.files.get(file_id)
        if kept is None:
            raise bad_request("wrong file_id or the file is temporarily unavailable")
        path, data = kept
        if len(data) > LARGEST_DOWNLOAD_BYTES:
            raise bad_request("file is too big")
        unique = f"U{file_id.removeprefix('FILE')}"
        return {
            "file_id": file_id,
            "file_unique_id": unique,
            "file_size": len(data),
            "file_path": path,
        }

    def get_member(self, p: Parameters) -> Json:
        chat = self._chat(p)
        number = p.whole("user_id") or 0
        if number == self.world.bot["id"]:
            if chat.kind == "channel":
                return {"user": self.world.bot, "status": "administrator", **ADMIN_RIGHTS}
            return {"user": self.world.bot, "status": "member"}
        if number not in self.world.people:
            raise bad_request("user not found")
        return self._member(chat, number)

    def _member(self, chat: ChatState, number: int) -> Json:
        person = self.world.people[number]
        if number in chat.admins:
            return {"user": person, "status": "creator", "is_anonymous": False}
        return {"user": person, "status": "member" if number in chat.members else "left"}

    def get_admins(self, p: Parameters) -> list[Json]:
        chat = self._chat(p)
        if chat.kind == "private":
            raise bad_request("there are no administrators in the private chat")
        return [self._member(chat, number) for number in sorted(chat.admins)]

    def leave(self, p: Parameters) -> bool:
        self._chat(p).shut = "bot is not a member of the supergroup chat"
        return True

    # ------------------------------------------------------------------ settings
    def _scope(self, p: Parameters) -> str:
        scope = p.nested("scope") or {"type": "default"}
        return json.dumps([scope, p.text("language_code")], sort_keys=True)

    def set_commands(self, p: Parameters) -> bool:
        commands = p.nested("commands") or []
        if len(commands) > MOST_COMMANDS:
            raise bad_request("BOT_COMMANDS_TOO_MUCH")
        for command in commands:
            name = command.get("command", "").removeprefix("/")
            plain = name.isascii() and name.replace("_", "a").isalnum() and name.islower()
            if not plain or len(name) > 32:
                raise bad_request("BOT_COMMAND_INVALID")
            if not 1 <= len(command.get("description", "")) <= 256:
                raise bad_request("BOT_COMMAND_DESCRIPTION_INVALID")
        self.world.settings[f"commands {self._scope(p)}"] = commands
        return True

    def get_commands(self, p: Parameters) -> list[Json]:
        return list(self.world.settings.get(f"commands {self._scope(p)}", []))

    def delete_commands(self, p: Parameters) -> bool:
        self.world.settings.pop(f"commands {self._scope(p)}", None)
        return True

    def _setter(self, field: str, most: int) -> Callable[[Parameters], bool]:
        def set_text(p: Parameters) -> bool:
            if len(p.text(field)) > most:
                raise bad_request(f"{field} is too long")
            self.world.settings[f"{field} {p.text('language_code')}"] = p.text(field)
            return True

        return set_text

    def _getter(self, field: str) -> Callable[[Parameters], Json]:
        return lambda p: {field: self.world.settings.get(f"{field} {p.text('language_code')}", "")}

    # ------------------------------------------------------------------ webhook
    def webhook_info(self, _: Parameters) -> Json:
        hook = self.world.settings.get("webhook") or {}
        failure = self.world.settings.get("webhook_failure")
        return {
            "url": hook.get("url", ""),
            "has_custom_certificate": False,
            "pending_update_count": len(self.world.updates),
            **(
                {"last_error_message": failure, "last_error_date": int(time.time())}
                if failure
                else {}
            ),
        }

    def set_webhook(self, p: Parameters) -> bool:
        if p.flag("drop_pending_updates"):
            self.world.updates.clear()
        if not p.text("url"):
            self.world.settings.pop("webhook", None)
        else:
            self.world.settings["webhook"] = {
                "url": p.text("url"),
                "secret": p.text("secret_token"),
                "allowed": p.nested("allowed_updates"),
            }
        self.world.changes.tell()
        return True

    def delete_webhook(self, p: Parameters) -> bool:
        if p.flag("drop_pending_updates"):
            self.world.updates.clear()
        self.world.settings.pop("webhook", None)
        self.world.changes.tell()
        return True


def _other_button(button: Json) -> bool:
    kinds = ("switch_inline_query", "switch_inline_query_current_chat", "login_url", "web_app")
    return any(kind in button for kind in (*kinds, "switch_inline_query_chosen_chat"))
