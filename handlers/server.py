"""A small HTTP server for strangers: every size and every wait has its limit.

It speaks HTTP/1.1 by h11, without TLS; that is for the proxy in front of it.
"""

from __future__ import annotations

import asyncio
import contextlib
import logging
from collections.abc import AsyncIterator, Awaitable, Callable
from dataclasses import dataclass

import h11

LOG = logging.getLogger(__name__)

LARGEST_BODY_BYTES = (
    1_000_000  # an update is some kilobytes; its texts go to some 30,000 characters
)
LARGEST_HEAD_BYTES = 16_384
READ_BYTES = 65_536
HEAD_SECONDS = 5.0  # a stranger must have said what it wants by then
BODY_SECONDS = 10.0
ANSWER_SECONDS = 20.0  # Telegram waits longer; what fails here is delivered again
WRITE_SECONDS = 5.0
IDLE_SECONDS = 75.0  # between the requests of somebody who is trusted
MOST_CONNECTIONS = 256  # Telegram opens at most 100, the proxy about as many


class CannotListenError(Exception):
    """The address cannot be listened on."""


@dataclass(frozen=True, slots=True)
class Head:
    """What a request begins with; header names are in small letters."""

    method: str
    path: str
    headers: dict[str, str]


@dataclass(frozen=True, slots=True)
class Response:
    """What goes back. `trusted` lets the connection stay open for more."""

    status: int
    body: bytes = b""
    content_type: str = "text/plain; charset=utf-8"
    trusted: bool = False


Decide = Callable[[Head], Response | None]
Answer = Callable[[Head, bytes], Awaitable[Response]]


class _BodyTooLargeError(Exception):
    pass


class HttpServer:
    """A server that decides by the head alone whether it wants a request's body."""

    def __init__(self, listen: str, decide: Decide, answer: Answer) -> None:
        """`decide` gives the response to a head that needs no reading on, or None."""
        host, _, port = listen.rpartition(":")
        self._host = host.removeprefix("[").removesuffix("]")
        self._port = int(port)
        self._decide = decide
        self._answer = answer
        self._connections: set[asyncio.Task[None]] = set()

    @contextlib.asynccontextmanager
    async def listening(self) -> AsyncIterator[None]:
        """Serve while the block runs. Raises CannotListenError.

        At its end whoever is in the middle of a request has a moment to finish it.
        """
        try:
            server = await asyncio.start_server(
                self._connected, self._host, self._port, limit=READ_BYTES
            )
        except OSError as error:
            where = f"{self._host}:{self._port}"
            raise CannotListenError(f"{where} cannot be listened on: {error.strerror}") from error
        try:
            yield
        finally:
            server.close()
            if self._connections:
                await asyncio.wait(self._connections, timeout=0.5)
            for task in self._connections:
                task.cancel()
            await asyncio.gather(*self._connections, return_exceptions=True)

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            if len(self._connections) <= MOST_CONNECTIONS:
                await _Connection(reader, writer).serve(self._decide, self._answer)
        except (OSError, TimeoutError, h11.ProtocolError):
            pass  # gone, too slow, or no HTTP: nobody is owed an answer
        except asyncio.CancelledError:
            pass  # the server ends
        except Exception:
            LOG.exception("a request failed")
        finally:
            self._connections.discard(task)
            writer.transport.abort()  # whoever does not read what we wrote must not hold us


class _Connection:
    """One client's requests, one after another."""

    def __init__(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        self._reader = reader
        self._writer = writer
        self._http = h11.Connection(h11.SERVER, max_incomplete_event_size=LARGEST_HEAD_BYTES)

    async def serve(self, decide: Decide, answer: Answer) -> None:
        patience = HEAD_SECONDS
        while True:
            head = await self._head(patience)
            if head is None:
                return
            response = decide(head) or await self._answered(head, answer)
            await self._send(head, response)
            if not response.trusted or self._http.our_state is not h11.DONE:
                return
            if self._http.their_state is not h11.DONE:
                return
            self._http.start_next_cycle()
            patience = IDLE_SECONDS

    async def _head(self, seconds: float) -> Head | None:
        """The head of the next request; None when the client has closed."""
        async with asyncio.timeout(seconds):
            while True:
                try:
                    event = self._http.next_event()
                except h11.RemoteProtocolError as error:
                    await self._send(None, Response(error.error_status_hint))
                    return None
                if event is h11.NEED_DATA:
                    self._http.receive_data(await self._reader.read(READ_BYTES))
                elif isinstance(event, h11.Request):
                    path = event.target.decode("ascii", "replace").partition("?")[0]
                    headers = {
                        name.decode("latin-1"): value.decode("latin-1")
                        for name, value in event.headers
                    }
                    return Head(event.method.decode("ascii", "replace"), path, headers)
                else:
                    return None

    async def _answered(self, head: Head, answer: Answer) -> Response:
        try:
            async with asyncio.timeout(BODY_SECONDS):
                body = await self._body()
        except _BodyTooLargeError:
            return Response(413)
        except h11.RemoteProtocolError:
            return Response(400)
        try:
            async with asyncio.timeout(ANSWER_SECONDS):
                return await answer(head, body)
        except TimeoutError:
            return Response(500)

    async def _body(self) -> bytes:
        body = bytearray()
        if self._http.they_are_waiting_for_100_continue:
            go_on = h11.InformationalResponse(status_code=100, headers=[])
            self._writer.write(self._http.send(go_on) or b"")
        while True:
            event = self._http.next_event()
            if event is h11.NEED_DATA:
                self._http.receive_data(await self._reader.read(READ_BYTES))
            elif isinstance(event, h11.Data):
                body += event.data
                if len(body) > LARGEST_BODY_BYTES:
                    raise _BodyTooLargeError
            elif isinstance(event, h11.EndOfMessage):
                return bytes(body)
            else:
                raise ConnectionResetError

    async def _send(self, head: Head | None, response: Response) -> None:
        headers = [
            ("content-type", response.content_type),
            ("content-length", str(len(response.body))),
        ]
        if not response.trusted:
            headers.append(("connection", "close"))
        parts = [
            self._http.send(h11.Response(status_code=response.status, headers=headers)),
            self._http.send(h11.Data(data=response.body)) if _has_body(head) else None,
            self._http.send(h11.EndOfMessage()),
        ]
        async with asyncio.timeout(WRITE_SECONDS):
            self._writer.write(b"".join(part for part in parts if part))
            await self._writer.drain()
            if not response.trusted:
                await self._let_go()

    async def _let_go(self) -> None:
        """End our side and read on for a moment: to close on unread data would take the answer
        away from the client before it has read it."""
        self._writer.write_eof()
        left = LARGEST_BODY_BYTES
        while left > 0 and (data := await self._reader.read(READ_BYTES)):
            left -= len(data)


def _has_body(head: Head | None) -> bool:
    return head is None or head.method != "HEAD"
