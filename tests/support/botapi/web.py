"""A small HTTP/1.1 server on asyncio streams, able to cut a connection on demand."""

from __future__ import annotations

import asyncio
import contextlib
import email.parser
import email.policy
import json
from collections.abc import Awaitable, Callable
from dataclasses import dataclass, field
from typing import Any
from urllib.parse import parse_qsl, unquote, urlsplit

import h11

READ_BYTES = 65_536
LARGEST_BODY_BYTES = 60_000_000  # uploads go to 50 MB on the public server


@dataclass(frozen=True, slots=True)
class Upload:
    """A file that came in a multipart request."""

    name: str
    data: bytes


@dataclass(frozen=True, slots=True)
class Request:
    """One request, its parameters joined from the query and the body."""

    method: str
    path: str
    headers: dict[str, str]
    parameters: dict[str, Any]
    files: dict[str, Upload] = field(default_factory=dict)
    body: bytes = b""


@dataclass(frozen=True, slots=True)
class Response:
    """What goes back; `cut` closes the connection without a byte of it."""

    status: int = 200
    body: bytes = b""
    content_type: str = "application/json"
    cut: bool = False
    headers: tuple[tuple[str, str], ...] = ()


Answerer = Callable[[Request], Awaitable[Response]]


class WebServer:
    """An HTTP server on 127.0.0.1 that hands each request to one function."""

    def __init__(self, answer: Answerer, *, port: int = 0) -> None:
        self.port = port
        self._answer = answer
        self._server: asyncio.Server | None = None
        self._connections: set[asyncio.Task[None]] = set()

    async def start(self) -> None:
        self._server = await asyncio.start_server(self._connected, "127.0.0.1", self.port)
        self.port = self._server.sockets[0].getsockname()[1]

    async def stop(self) -> None:
        """Refuses new connections and drops the open ones; `start` opens the same port again."""
        if self._server is None:
            return
        self._server.close()
        for task in list(self._connections):
            task.cancel()
        await asyncio.gather(*self._connections, return_exceptions=True)
        with contextlib.suppress(TimeoutError):
            await asyncio.wait_for(self._server.wait_closed(), 1)
        self._server = None

    async def _connected(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        task = asyncio.current_task()
        assert task is not None
        self._connections.add(task)
        try:
            await self._serve(reader, writer)
        except (ConnectionError, h11.RemoteProtocolError, h11.LocalProtocolError):
            pass  # the other side went away: nothing to answer
        except asyncio.CancelledError:
            pass  # the server is stopping
        finally:
            self._connections.discard(task)
            writer.close()
            with contextlib.suppress(ConnectionError, asyncio.CancelledError):
                await writer.wait_closed()

    async def _serve(self, reader: asyncio.StreamReader, writer: asyncio.StreamWriter) -> None:
        connection = h11.Connection(h11.SERVER)
        while True:
            request = await _read_request(connection, reader)
            if request is None:
                return
            response = await self._answer(request)
            if response.cut:
                return
            headers = [
                ("content-type", response.content_type),
                ("content-length", str(len(response.body))),
                *response.headers,
            ]
            writer.write(
                connection.send(
                    h11.Response(status_code=response.status, headers=headers, reason=b"")
                )
                or b""
            )
            writer.write(connection.send(h11.Data(data=response.body)) or b"")
            writer.write(connection.send(h11.EndOfMessage()) or b"")
            await writer.drain()
            if connection.our_state is not h11.DONE or connection.their_state is not h11.DONE:
                return
            connection.start_next_cycle()


async def _read_request(
    connection: h11.Connection, reader: asyncio.StreamReader
) -> Request | None:
    head: h11.Request | None = None
    body = bytearray()
    while True:
        event = connection.next_event()
        if event is h11.NEED_DATA:
            connection.receive_data(await reader.read(READ_BYTES))
        elif isinstance(event, h11.Request):
            head = event
        elif isinstance(event, h11.Data):
            body += event.data
            if len(body) > LARGEST_BODY_BYTES:
                return None
        elif isinstance(event, h11.EndOfMessage):
            return _request(head, bytes(body)) if head is not None else None
        else:
            return None  # closed


def _request(head: h11.Request, body: bytes) -> Request:
    target = urlsplit(head.target.decode("ascii", "replace"))
    headers = {
        name.decode("latin-1").lower(): value.decode("latin-1") for name, value in head.headers
    }
    parameters: dict[str, Any] = dict(parse_qsl(target.query, keep_blank_values=True))
    files: dict[str, Upload] = {}
    kind = headers.get("content-type", "")
    if kind.startswith("application/json"):
        with contextlib.suppress(ValueError):
            given = json.loads(body)
            parameters |= given if isinstance(given, dict) else {}
    elif kind.startswith("application/x-www-form-urlencoded"):
        parameters |= dict(parse_qsl(body.decode("utf-8"), keep_blank_values=True))
    elif kind.startswith("multipart/form-data"):
        fields, files = _multipart(kind, body)
        parameters |= fields
    return Request(
        method=head.method.decode("ascii"),
        path=unquote(target.path),
        headers=headers,
        parameters=parameters,
        files=files,
        body=body,
    )


def _multipart(kind: str, body: bytes) -> tuple[dict[str, str], dict[str, Upload]]:
    head = f"Content-Type: {kind}\r\n\r\n".encode("latin-1")
    message = email.parser.BytesParser(policy=email.policy.HTTP).parsebytes(head + body)
    fields: dict[str, str] = {}
    files: dict[str, Upload] = {}
    for part in message.iter_parts():
        name = part.get_param("name", header="content-disposition")
        data = part.get_payload(decode=True)
        if not isinstance(name, str) or not isinstance(data, bytes):
            continue
        filename = part.get_filename()
        if filename is None:
            fields[name] = data.decode("utf-8")
        else:
            files[name] = Upload(name=filename, data=data)
    return fields, files
