"""Connections that go only where they may, and end when their time is over.

The host is looked up and checked here, where the connection is made, and the connection goes to
the checked number; the server's name for TLS and the Host header stay those of the address.
"""

from __future__ import annotations

import ssl
import time
from collections.abc import Iterable
from dataclasses import dataclass, replace
from typing import Any

import httpcore

from bot.errors import FetchError
from bot.intake.addresses import AddressRules, find_addresses, within
from bot.locales.said import say

_CONNECT_SECONDS = 6.0  # one of several addresses of a host that is dead leaves time for the next
_MOST_ADDRESSES = 4


@dataclass(frozen=True, slots=True)
class Deadline:
    """A moment of the monotonic clock by which all must be done, `seconds` after the start."""

    at: float
    seconds: float

    @classmethod
    def after(cls, seconds: float) -> Deadline:
        """The deadline in so many seconds."""
        return cls(time.monotonic() + seconds, seconds)

    def left(self) -> float:
        """How many seconds are left. Raises FetchError when there are none."""
        left = self.at - time.monotonic()
        if left <= 0:
            raise self.passed()
        return left

    def passed(self) -> FetchError:
        """What is said of a server that took too long."""
        return FetchError(
            say(
                "The server is too slow: it did not send everything within {n} seconds.",
                n=max(1, round(self.seconds)),
            ),
            unreached=True,
        )


class CheckedNetwork(httpcore.NetworkBackend):
    """Connects to public addresses alone, until the deadline."""

    def __init__(self, rules: AddressRules, deadline: Deadline) -> None:
        self._rules = rules
        self._deadline = deadline
        self._plain = httpcore.SyncBackend()

    def connect_tcp(
        self,
        host: str,
        port: int,
        timeout: float | None = None,
        local_address: str | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """A connection to one of the addresses of `host`. Raises FetchError if one is not public,
        and what httpcore raises."""
        resolve = self._rules.resolve
        bounded = replace(
            self._rules, resolve=lambda h, p: within(self._deadline.left(), resolve, h, p)
        )
        addresses = find_addresses(host, port, bounded)[:_MOST_ADDRESSES]
        for number, address in enumerate(addresses, start=1):
            try:
                stream = self._plain.connect_tcp(
                    str(address),
                    port,
                    timeout=min(_CONNECT_SECONDS, self._deadline.left()),
                    socket_options=socket_options,
                )
            except (httpcore.ConnectError, httpcore.ConnectTimeout):
                if number == len(addresses):
                    raise
                continue
            return _TimedStream(stream, self._deadline)
        raise httpcore.ConnectError("no address")

    def connect_unix_socket(
        self,
        path: str,
        timeout: float | None = None,
        socket_options: Iterable[Any] | None = None,
    ) -> httpcore.NetworkStream:
        """Never: raises httpcore.ConnectError."""
        raise httpcore.ConnectError("no local sockets")

    def sleep(self, seconds: float) -> None:
        time.sleep(min(seconds, self._deadline.left()))


class _TimedStream(httpcore.NetworkStream):
    """A connection on which nothing waits beyond the deadline: a server that sends a byte now and
    then keeps within each single timeout for ever."""

    def __init__(self, inner: httpcore.NetworkStream, deadline: Deadline) -> None:
        self._inner = inner
        self._deadline = deadline

    def read(self, max_bytes: int, timeout: float | None = None) -> bytes:
        return self._inner.read(max_bytes, timeout=self._deadline.left())

    def write(self, buffer: bytes, timeout: float | None = None) -> None:
        self._inner.write(buffer, timeout=self._deadline.left())

    def close(self) -> None:
        self._inner.close()

    def start_tls(
        self,
        ssl_context: ssl.SSLContext,
        server_hostname: str | None = None,
        timeout: float | None = None,
    ) -> httpcore.NetworkStream:
        stream = self._inner.start_tls(ssl_context, server_hostname, self._deadline.left())
        return _TimedStream(stream, self._deadline)

    def get_extra_info(self, info: str) -> Any:
        return self._inner.get_extra_info(info)
