"""Web servers on loopback that behave as told, and fetchers that find them by any name."""

from __future__ import annotations

import contextlib
import socket
import threading
from collections.abc import Callable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field, replace
from typing import Any

from bot.intake.fetch import Fetcher
from bot.intake.web_settings import WebSettings

SETTINGS = WebSettings(allow_loopback=True, host_seconds=0, seconds=10)


@dataclass(frozen=True, slots=True)
class Asked:
    """One request that arrived: its path with the query, its headers in small letters."""

    path: str
    headers: Mapping[str, str]


@dataclass(frozen=True, slots=True)
class Answer:
    """What a path answers. `raw` is written as it is, in pieces with a wait between them."""

    body: bytes | str = b""
    status: int = 200
    headers: Mapping[str, str] = field(default_factory=dict)
    raw: Callable[[], Iterator[bytes]] | None = None


@dataclass(slots=True)
class Site:
    """A server on 127.0.0.1. What is put into `pages` under a path is answered there; a function
    is asked with the request. Anything else is 404."""

    pages: dict[str, Answer | Callable[[Asked], Answer]] = field(default_factory=dict)
    asked: list[Asked] = field(default_factory=list)
    port: int = 0

    def url(self, path: str = "/", host: str = "news.example") -> str:
        return f"http://{host}:{self.port}{path}"

    def paths(self) -> list[str]:
        """The paths that were asked for, in order, robots.txt left out."""
        return [request.path for request in self.asked if request.path != "/robots.txt"]

    def answer(self, asked: Asked) -> Answer:
        self.asked.append(asked)
        page = self.pages.get(asked.path) or self.pages.get(asked.path.partition("?")[0])
        if page is None:
            return Answer("<html><body><h1>Not found</h1></body></html>", 404)
        return page if isinstance(page, Answer) else page(asked)


@contextlib.contextmanager
def serving(pages: Mapping[str, Any] | None = None) -> Iterator[Site]:
    """A site that serves until the end of the block."""
    site = Site(dict(pages or {}))
    listener = socket.create_server(("127.0.0.1", 0), backlog=64)
    site.port = listener.getsockname()[1]
    ended = threading.Event()

    def accept() -> None:
        while not ended.is_set():
            try:
                connection, _ = listener.accept()
            except OSError:
                return
            threading.Thread(target=_serve, args=(site, connection, ended), daemon=True).start()

    thread = threading.Thread(target=accept, daemon=True)
    thread.start()
    try:
        yield site
    finally:
        ended.set()
        with contextlib.suppress(OSError):
            listener.shutdown(socket.SHUT_RDWR)
        listener.close()
        thread.join(timeout=5)


def _serve(site: Site, connection: socket.socket, ended: threading.Event) -> None:
    with connection, contextlib.suppress(OSError):
        connection.settimeout(10)
        head = b""
        while b"\r\n\r\n" not in head:
            chunk = connection.recv(65536)
            if not chunk:
                return
            head += chunk
        lines = head.decode("latin-1").split("\r\n")
        headers = {}
        for line in lines[1:]:
            name, colon, value = line.partition(":")
            if colon:
                headers[name.lower()] = value.strip()
        answer = site.answer(Asked(lines[0].split(" ")[1], headers))
        if answer.raw is not None:
            for piece in answer.raw():
                if ended.is_set():
                    return
                connection.sendall(piece)
            return
        body = answer.body.encode() if isinstance(answer.body, str) else answer.body
        told = {"Content-Type": "text/html; charset=utf-8", "Content-Length": str(len(body))}
        told |= answer.headers
        reply = f"HTTP/1.1 {answer.status} Told\r\n"
        reply += "".join(f"{name}: {value}\r\n" for name, value in told.items())
        connection.sendall(reply.encode("latin-1") + b"\r\n" + body)


def redirect(goal: str, status: int = 302) -> Answer:
    """An answer that leads on to `goal`."""
    return Answer(status=status, headers={"Location": goal})


def fetcher(
    *,
    names: Mapping[str, Sequence[str]] | None = None,
    clock: Callable[[], float] | None = None,
    sleep: Callable[[float], None] | None = None,
    **settings: Any,
) -> Fetcher:
    """A fetcher that may reach loopback, where every name leads unless `names` says else."""
    known = names or {}

    def resolve(host: str, port: int) -> Sequence[str]:
        if host.startswith("nowhere."):
            raise OSError("no such name")
        return known.get(host, ["127.0.0.1"])

    times: dict[str, Any] = {}
    times |= {"clock": clock} if clock else {}
    times |= {"sleep": sleep} if sleep else {}
    return Fetcher(replace(SETTINGS, **settings), resolve=resolve, **times)
