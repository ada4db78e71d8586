"""Inline and guest mode of the twin: queries, their answers, and what is chosen of them."""

from __future__ import annotations

import itertools
import time
from dataclasses import dataclass, field
from typing import TYPE_CHECKING, Any

from tests.support.botapi.world import Json, Refusal, World, bad_request

if TYPE_CHECKING:
    from tests.support.botapi.methods import Methods, Parameters

MOST_RESULTS = 50
MOST_ID_BYTES = 64
MOST_OFFSET_BYTES = 64
MOST_START_CHARS = 64
MOST_QUERY_CHARS = 256
QUERY_SECONDS = 10.0  # how long a query takes an answer
SUMMONS_SECONDS = 60.0  # the same for a message to a guest; how long it really is, nobody tells
TOO_OLD = "query is too old and response timeout expired or query ID is invalid"


@dataclass(slots=True)
class Typed:
    """What somebody has typed after the bot's name, and what they were shown for it."""

    id: str
    person: int
    query: str
    offset: str
    made: float
    expired: bool = False
    answered_at: float | None = None
    """On the monotonic clock, like `made`."""
    results: list[Json] = field(default_factory=list)
    """Each with the message that it becomes: "text", "entities" and "buttons"."""
    button: Json | None = None
    next_offset: str = ""
    cache_time: int = 300
    is_personal: bool = False

    @property
    def titles(self) -> list[str]:
        return [result["title"] for result in self.results]


@dataclass(slots=True)
class Summons:
    """A message in a foreign chat that names the bot, and the answer that was put under it."""

    id: str
    message: Json
    made: float
    expired: bool = False
    update_id: int = 0
    answer: Json | None = None
    """The message of the bot, with "text", "entities" and "buttons"."""


class AbroadMethods:
    """answerInlineQuery and answerGuestQuery, with the limits and words of the real server."""

    def __init__(self, world: World, methods: Methods) -> None:
        self._world = world
        self._methods = methods

    def answer_inline(self, p: Parameters) -> bool:
        if not self._world.bot.get("supports_inline_queries"):
            raise bad_request("BOT_INLINE_DISABLED")
        typed = self._world.typed.get(p.text("inline_query_id"))
        if typed is None or _is_old(typed.made, typed.expired) or typed.answered_at is not None:
            raise bad_request(TOO_OLD)
        results = p.nested("results")
        if not isinstance(results, list):
            raise bad_request("can't parse inline query results JSON object")
        if len(results) > MOST_RESULTS:
            raise bad_request("RESULTS_TOO_MUCH")
        ids = [str(result.get("id", "")) for result in results]
        if len(set(ids)) < len(ids):
            raise bad_request("RESULT_ID_DUPLICATE")
        offset = p.text("next_offset")
        if len(offset.encode()) > MOST_OFFSET_BYTES:
            raise bad_request("NEXT_OFFSET_INVALID")
        button = p.nested("button")
        _check_button(button)
        typed.results = [self._result(result) for result in results]
        typed.button, typed.next_offset = button, offset
        cache_time = p.whole("cache_time")
        typed.cache_time = 300 if cache_time is None else cache_time
        typed.is_personal = p.flag("is_personal")
        typed.answered_at = time.monotonic()
        self._world.changes.tell()
        return True

    def answer_guest(self, p: Parameters) -> Json:
        if not self._world.bot.get("supports_guest_queries"):
            raise bad_request("BOT_GUESTCHAT_DISABLED")
        summons = self._world.summons.get(p.text("guest_query_id"))
        old = summons is None or _is_old(summons.made, summons.expired, SUMMONS_SECONDS)
        if summons is None or old or summons.answer is not None:
            raise bad_request(TOO_OLD)
        result = p.nested("result")
        if not isinstance(result, dict):
            raise bad_request("can't parse inline query result JSON object")
        summons.answer = self._result(result)
        self._world.changes.tell()
        name = self._world.put_abroad(summons.answer)
        return {"inline_message_id": name}

    def edit(self, p: Parameters) -> bool:
        """editMessageText of a message that is known by its inline id."""
        message = self._world.abroad.get(p.text("inline_message_id"))
        if message is None:
            raise bad_request("MESSAGE_ID_INVALID")
        text, entities = self._methods.read_text({**p.given, "message_text": p.text("text")})
        markup = self._methods.read_buttons(p.given)
        message |= {
            "text": text,
            "entities": entities,
            "buttons": (markup or {}).get("inline_keyboard", []),
            "edits": message.get("edits", 0) + 1,
        }
        self._world.changes.tell()
        return True

    def _result(self, result: Json) -> Json:
        number = str(result.get("id", ""))
        if not 1 <= len(number.encode()) <= MOST_ID_BYTES:
            raise bad_request("RESULT_ID_INVALID")
        if result.get("type") != "article":
            raise bad_request("can't parse inline query result: type must be supported")
        if not str(result.get("title", "")).strip():
            raise bad_request("RESULT_TITLE_EMPTY")
        content = result.get("input_message_content")
        if not isinstance(content, dict):
            raise bad_request("can't parse inline query result: message content is empty")
        text, entities = self._methods.read_text(content)
        markup = self._methods.read_buttons(result)
        rows: list[list[Json]] = (markup or {}).get("inline_keyboard", [])
        return {**result, "text": text, "entities": entities, "buttons": rows}


def _is_old(made: float, expired: bool, seconds: float = QUERY_SECONDS) -> bool:
    return expired or time.monotonic() - made > seconds


def _check_button(button: Any) -> None:
    if button is None:
        return
    if not str(button.get("text", "")).strip():
        raise bad_request("BUTTON_TEXT_EMPTY")
    start = button.get("start_parameter")
    plain = isinstance(start, str) and start.replace("_", "").replace("-", "")
    if not (plain and plain.isascii() and plain.isalnum() and len(start) <= MOST_START_CHARS):
        raise Refusal(400, "Bad Request: START_PARAM_INVALID")


NUMBERS = itertools.count(6_000_000_000_001)
