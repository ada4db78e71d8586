"""The twin of Telegram's Bot API: methods over HTTP, recorded calls, people."""

from __future__ import annotations

import asyncio
import contextlib
import json
import time
from collections.abc import Callable, Iterable
from dataclasses import dataclass, field
from typing import Any

import httpx

from tests.support.botapi.faults import Fault, Faults, Rates
from tests.support.botapi.methods import Methods, Parameters
from tests.support.botapi.people import Group, Person, for_bot
from tests.support.botapi.web import Request, Response, Upload, WebServer
from tests.support.botapi.world import (
    LONG_WAIT_SECONDS,
    ChatState,
    Json,
    Press,
    Refusal,
    Seen,
    World,
)

TOKEN = "7100000001:AAtwin-of-telegram_for-the-tests-only0"
MOST_UPDATES = 100
LONGEST_POLL_SECONDS = 50
COUNTED = {
    *("sendmessage", "senddocument", "sendphoto"),
    *("editmessagetext", "editmessagecaption", "editmessagemedia", "editmessagereplymarkup"),
}
WEBHOOK_PAUSE_SECONDS = 0.2


@dataclass(frozen=True, slots=True)
class Call:
    """One call of the bot: when (monotonic seconds), what, and how it was answered."""

    at: float
    method: str
    parameters: dict[str, Any]
    status: int | None
    """None when the connection was cut."""
    description: str = ""
    files: dict[str, Upload] = field(default_factory=dict)

    @property
    def chat(self) -> int | None:
        return Parameters(self.parameters, {}).chat_id


class BotApi:
    """A Bot API server on 127.0.0.1 with one bot, as an asynchronous context manager."""

    def __init__(
        self,
        *,
        token: str = TOKEN,
        port: int = 0,
        username: str = "newsbot_test_bot",
        rates: Rates | None = None,
        first_update_id: int = 800_000_001,
    ) -> None:
        self.token = token
        self.world = World(username=username, first_update_id=first_update_id)
        self.faults = Faults()
        self.rates = rates
        self.calls: list[Call] = []
        self._methods = Methods(self.world)
        self._web = WebServer(self._answer, port=port)
        self._poll: asyncio.Event | None = None
        self._polls = 0
        self._hook: asyncio.Task[None] | None = None
        self._next_person = 5_000_000_001
        self._next_group = -1_002_000_000_001

    # ------------------------------------------------------------------ serving
    async def __aenter__(self) -> BotApi:
        await self._web.start()
        self._hook = asyncio.create_task(self._feed_webhook())
        return self

    async def __aexit__(self, *_: object) -> None:
        if self._hook is not None:
            self._hook.cancel()
            with contextlib.suppress(asyncio.CancelledError):
                await self._hook
        await self._web.stop()

    async def goes_down(self) -> None:
        """Refuses connections until `comes_up`."""
        await self._web.stop()

    async def comes_up(self) -> None:
        await self._web.start()

    @property
    def base_url(self) -> str:
        return f"http://127.0.0.1:{self._web.port}/bot"

    @property
    def base_file_url(self) -> str:
        return f"http://127.0.0.1:{self._web.port}/file/bot"

    async def _answer(self, request: Request) -> Response:
        if request.path.startswith("/file/bot"):
            return self._download(request.path.removeprefix("/file/bot"))
        token, _, method = request.path.removeprefix("/bot").partition("/")
        if token != self.token:
            formed = ":" in token and token.partition(":")[0].isdigit()
            return _refused(Refusal(401, "Unauthorized") if formed else Refusal(404, "Not Found"))
        return await self._call(method.lower(), Parameters(request.parameters, request.files))

    async def _call(self, method: str, p: Parameters) -> Response:
        at = time.monotonic()
        fault = self.faults.take(method, p.chat_id)
        if fault is not None and fault.latency_seconds:
            await asyncio.sleep(fault.latency_seconds)
        cut = fault.cut if fault is not None else None
        response = Response(cut=True) if cut == "before" else _scripted(fault)
        if response is None:
            response = await self._carried_out(method, p, at)
            if cut == "after":
                response = Response(cut=True)
        self._record(at, method, p, response)
        return response

    async def _carried_out(self, method: str, p: Parameters, at: float) -> Response:
        try:
            if method == "getupdates":
                return _granted(await self._get_updates(p))
            run = self._methods.by_name.get(method)
            if run is None:
                raise Refusal(404, "Not Found")
            with self.world.changes.lock:
                if self.rates is not None and method in COUNTED and p.chat_id is not None:
                    self.rates.check(p.chat_id, at)
                return _granted(run(p))
        except Refusal as refusal:
            return _refused(refusal)

    def _record(self, at: float, method: str, p: Parameters, response: Response) -> None:
        status = None if response.cut else response.status
        words = ""
        if status is not None and status >= 400:
            with contextlib.suppress(ValueError):
                words = json.loads(response.body).get("description", "")
        with self.world.changes.lock:
            self.calls.append(Call(at, method, dict(p.given), status, words, p.files))
            self.world.changes.tell()

    async def _get_updates(self, p: Parameters) -> list[Json]:
        if self.world.settings.get("webhook"):
            raise Refusal(
                409,
                "Conflict: can't use getUpdates method while webhook is active; "
                "use deleteWebhook to delete the webhook first",
            )
        if self._poll is not None:
            self._poll.set()  # the older of two polls is the one that is sent away
        mine = self._poll = asyncio.Event()
        self._polls += 1
        try:
            return await self._wait_for_updates(p, mine)
        finally:
            if self._poll is mine:
                self._poll = None

    async def _wait_for_updates(self, p: Parameters, sent_away: asyncio.Event) -> list[Json]:
        with self.world.changes.lock:
            self.world.confirm(p.whole("offset") or 0)
        most = min(max(p.whole("limit") or MOST_UPDATES, 1), MOST_UPDATES)
        ends = time.monotonic() + min(p.whole("timeout") or 0, LONGEST_POLL_SECONDS)
        changed = asyncio.Event()
        loop = asyncio.get_running_loop()

        def wake() -> None:
            with contextlib.suppress(RuntimeError):  # the loop has ended
                loop.call_soon_threadsafe(changed.set)

        stop = self.world.changes.listen(wake)
        try:
            while not sent_away.is_set():
                changed.clear()
                waiting = self._fitting(p.nested("allowed_updates"))[:most]
                left = ends - time.monotonic()
                if waiting or left <= 0:
                    return waiting
                waits = [asyncio.ensure_future(e.wait()) for e in (changed, sent_away)]
                await asyncio.wait(waits, timeout=left, return_when=asyncio.FIRST_COMPLETED)
                for wait in waits:
                    wait.cancel()
        finally:
            stop()
        raise Refusal(
            409,
            "Conflict: terminated by other getUpdates request; "
            "make sure that only one bot instance is running",
        )

    def _fitting(self, allowed: list[str] | None) -> list[Json]:
        with self.world.changes.lock:
            if not allowed:
                return list(self.world.updates)
            known = {"update_id", *allowed}
            return [u for u in self.world.updates if known & (u.keys() - {"update_id"})]

    def _download(self, path: str) -> Response:
        token, _, file_path = path.partition("/")
        if token != self.token:
            return _refused(Refusal(401, "Unauthorized"))
        fault = self.faults.take("download", None)
        scripted = Response(cut=True) if fault and fault.cut else _scripted(fault)
        if scripted is not None:
            return scripted
        for kept_path, data in self.world.files.values():
            if kept_path == file_path:
                return Response(200, data, "application/octet-stream")
        return _refused(Refusal(404, "Not Found"))

    async def _feed_webhook(self) -> None:
        async with httpx.AsyncClient(timeout=10) as client:
            while True:
                hook = self.world.settings.get("webhook")
                updates = self._fitting(hook["allowed"]) if hook else []
                if hook is None or not updates:
                    await asyncio.sleep(0.02)
                    continue
                if not await self._hand_over(client, hook, updates[0]):
                    await asyncio.sleep(WEBHOOK_PAUSE_SECONDS)

    async def _hand_over(self, client: httpx.AsyncClient, hook: Json, update: Json) -> bool:
        secret = {"X-Telegram-Bot-Api-Secret-Token": hook["secret"]} if hook["secret"] else {}
        failure = None
        try:
            answer = await client.post(hook["url"], json=update, headers=secret)
            if not answer.is_success:
                failure = f"Wrong response from the webhook: {answer.status_code}"
        except httpx.HTTPError as error:
            failure = f"Connection failed: {type(error).__name__}"
        with self.world.changes.lock:
            if failure is None:
                number = update["update_id"]
                kept = [u for u in self.world.updates if u["update_id"] != number]
                self.world.updates = kept
            else:
                self.world.settings["webhook_failure"] = failure
            self.world.changes.tell()
        return failure is None

    def goes_abroad(self) -> None:
        """Inline and guest mode are switched on, as the owner does at BotFather."""
        self.world.bot |= {"supports_inline_queries": True, "supports_guest_queries": True}

    # ------------------------------------------------------------------ people and chats
    def person(
        self,
        name: str = "Ada",
        *,
        id: int | None = None,
        username: str | None = None,
        language: str = "en",
    ) -> Person:
        """A person with an id of their own (or the given one)."""
        if id is None:
            id = self._next_person
            self._next_person += 1
        account: Json = {
            "id": id,
            "is_bot": False,
            "first_name": name,
            "language_code": language,
        }
        if username is not None:
            account["username"] = username
        self.world.add_person(account)
        return Person(self, account)

    def group(
        self,
        title: str = "Harbour news",
        *,
        members: Iterable[Person | int] = (),
        admins: Iterable[Person] = (),
        kind: str = "supergroup",
        username: str = "",
    ) -> Group:
        """A group (or channel) with the bot and these people in it."""
        number = self._next_group
        self._next_group -= 1
        ids = {m if isinstance(m, int) else m.id for m in members}
        state = ChatState(number, kind, title, ids, username=username)
        state.admins = {a.id for a in admins}
        with self.world.changes.lock:
            self.world.chats[number] = state
        return Group(self, state)

    def delivers(self, chat: ChatState, message: Json) -> bool:
        """Whether the bot gets this message at all (privacy mode, being a member)."""
        if chat.kind == "private":
            return True
        if chat.shut is not None:
            return False
        return not self.world.privacy or for_bot(message, self.world.bot["username"])

    def add_membership(self, chat: ChatState, status: str, *, by: Json | None = None) -> None:
        """Tells the bot that its own membership changed."""
        actor = by or self.world.people[min(chat.members)]
        gone = {"until_date": 0} if status == "kicked" else {}
        self.world.add_update(
            "my_chat_member",
            {
                "chat": self.world.chat_json(chat),
                "from": actor,
                "date": int(time.time()),
                "old_chat_member": {"user": self.world.bot, "status": "member"},
                "new_chat_member": {"user": self.world.bot, "status": status, **gone},
            },
        )

    # ------------------------------------------------------------------ what a test sees
    def transcript(self, chat: Person | Group) -> list[Seen]:
        """The messages of a chat as they stand now, oldest first."""
        with self.world.changes.lock:
            state = self.world.chats[chat.id]
            return [self.world.seen(state, number) for number in sorted(state.messages)]

    def from_bot(self, chat: Person | Group) -> list[Seen]:
        """Only the bot's messages of a chat, oldest first."""
        return [seen for seen in self.transcript(chat) if seen.from_bot]

    def last_from_bot(self, chat: Person | Group) -> Seen:
        sent = self.from_bot(chat)
        assert sent, "the bot has not written in this chat"
        return sent[-1]

    def calls_of(self, method: str, chat: Person | Group | None = None) -> list[Call]:
        """The calls of one method, in one chat when it is given."""
        with self.world.changes.lock:
            return [
                call
                for call in self.calls
                if call.method == method.lower() and (chat is None or call.chat == chat.id)
            ]

    def _next_said(self, chat: Person | Group) -> Seen | None:
        state = self.world.chats[chat.id]
        while state.read < len(state.said):
            number = state.said[state.read]
            state.read += 1
            if number in state.messages:
                return self.world.seen(state, number)
        return None

    def wait_for(
        self, what: Callable[[], Any], *, timeout_seconds: float = LONG_WAIT_SECONDS
    ) -> Any:
        """The first true result of `what`, asked anew at each change; fails when time is up.

        For tests in another thread than the twin's; within its loop use `until`.
        """
        result = self.world.changes.wait_for(what, timeout_seconds)
        assert result, f"nothing of the kind within {timeout_seconds} s"
        return result

    def wait_for_reply(
        self, chat: Person | Group, *, timeout_seconds: float = LONG_WAIT_SECONDS
    ) -> Seen:
        """The bot's next message (or edit) in the chat that no earlier wait has taken."""
        seen = self.world.changes.wait_for(lambda: self._next_said(chat), timeout_seconds)
        assert isinstance(seen, Seen), f"no reply in {chat.id} within {timeout_seconds} s"
        return seen

    async def until(
        self, what: Callable[[], Any], *, timeout_seconds: float = LONG_WAIT_SECONDS
    ) -> Any:
        """`wait_for` that leaves the loop free."""
        return await asyncio.to_thread(self.wait_for, what, timeout_seconds=timeout_seconds)

    async def reply_in(
        self, chat: Person | Group, *, timeout_seconds: float = LONG_WAIT_SECONDS
    ) -> Seen:
        """`wait_for_reply` that leaves the loop free."""
        return await asyncio.to_thread(self.wait_for_reply, chat, timeout_seconds=timeout_seconds)

    def wait_for_answer(self, press: Press, *, timeout_seconds: float = LONG_WAIT_SECONDS) -> Json:
        """What the press of a button was answered with."""
        answered: Json = self.wait_for(lambda: press.answered, timeout_seconds=timeout_seconds)
        return answered


def _scripted(fault: Fault | None) -> Response | None:
    if fault is None:
        return None
    if fault.garbage is not None:
        return Response(fault.status or 200, fault.garbage)
    if fault.retry_after is not None:
        words = fault.description or f"Too Many Requests: retry after {fault.retry_after}"
        return _refused(Refusal(429, words, retry_after=fault.retry_after))
    if fault.migrate_to is not None:
        words = "Bad Request: group chat was upgraded to a supergroup chat"
        return _refused(Refusal(400, words, migrate_to_chat_id=fault.migrate_to))
    if fault.status is None:
        return None
    if fault.status >= 500 and not fault.description:
        page = f"<html><h1>{fault.status} Bad Gateway</h1></html>".encode()
        return Response(fault.status, page, "text/html")
    return _refused(Refusal(fault.status, fault.description or "Bad Request: scripted"))


def _granted(result: Any) -> Response:
    return Response(200, json.dumps({"ok": True, "result": result}).encode())


def _refused(refusal: Refusal) -> Response:
    body: Json = {
        "ok": False,
        "error_code": refusal.code,
        "description": refusal.description,
    }
    if refusal.parameters:
        body["parameters"] = refusal.parameters
    return Response(refusal.code, json.dumps(body).encode())
