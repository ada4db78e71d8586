"""Which addresses may be asked for: http(s) to the public network, and nothing inside one's own.

A name is looked up once, every answer is checked, and the connection goes to a checked answer:
what the name leads to a moment later does not matter.
"""

from __future__ import annotations

import ipaddress
import socket
import threading
from collections.abc import Callable, Sequence
from dataclasses import dataclass, field

import httpx

from bot.errors import FetchError
from bot.locales import N_
from bot.locales.said import say

URL_CHARS = 4_000
"""A longer address is none that a person or a feed means: servers refuse from 8,000 on."""

_PORTS = {"http": 80, "https": 443}

Address = ipaddress.IPv4Address | ipaddress.IPv6Address
Resolver = Callable[[str, int], Sequence[str]]
"""The addresses of a host name, as numbers; raises OSError where it has none."""

_NOT_PUBLIC = tuple(
    ipaddress.ip_network(network)
    for network in (
        # The registries of special addresses (RFC 6890 and later), whole: a Python of its own
        # year knows fewer.
        "0.0.0.0/8",
        "10.0.0.0/8",
        "100.64.0.0/10",
        "127.0.0.0/8",
        "169.254.0.0/16",
        "172.16.0.0/12",
        "192.0.0.0/24",
        "192.0.2.0/24",
        "192.31.196.0/24",
        "192.52.193.0/24",
        "192.88.99.0/24",
        "192.168.0.0/16",
        "192.175.48.0/24",
        "198.18.0.0/15",
        "198.51.100.0/24",
        "203.0.113.0/24",
        "224.0.0.0/4",
        "240.0.0.0/4",
        # A public number behind which a cloud keeps its machines' own data.
        "168.63.129.16/32",
        # Of IPv6 only what is given out as public: not 6to4 and Teredo, which carry an IPv4
        # address that could be any, nor documentation and benchmarks.
        "2001::/23",
        "2001:db8::/32",
        "2002::/16",
        "2620:4f:8000::/48",
        "3fff::/20",
    )
)
_PUBLIC_V6 = ipaddress.IPv6Network("2000::/3")
"""All else of IPv6 is private, local, multicast, reserved, or IPv4 in disguise (mapped, NAT64)."""

_NO_SERVER = N_("There is no server of that name, or it cannot be found.")
_INSIDE = N_(
    "This address leads into a private network or to this machine itself, so it is not fetched."
)


@dataclass(frozen=True, slots=True)
class Target:
    """An address that may be asked for, as far as its words tell; `url` has no fragment."""

    url: httpx.URL
    host: str
    """The host in ASCII: a name, or a number without brackets."""
    port: int


@dataclass(frozen=True, slots=True)
class AddressRules:
    """Who may be reached: `ports` beside 80 and 443, and this machine itself in tests."""

    ports: frozenset[int] = frozenset()
    allow_loopback: bool = False
    resolve: Resolver = field(default=lambda host, port: look_up_host(host, port))


def check_url(address: str, rules: AddressRules) -> Target:
    """Where `address` leads; no name is looked up. Raises FetchError for what is not allowed."""
    text = address.strip()
    if len(text) > URL_CHARS:
        raise FetchError(say("The address is longer than {n} characters.", n=URL_CHARS))
    try:
        url = httpx.URL(text).copy_with(fragment=None)
        host = url.raw_host.decode("ascii")
        port = url.port
    except (httpx.InvalidURL, UnicodeError, ValueError, TypeError) as error:
        raise FetchError(say("This is no address that can be read.")) from error
    if url.scheme not in _PORTS:
        raise FetchError(say("Only addresses that begin with http:// or https:// are fetched."))
    if url.userinfo:
        raise FetchError(
            say("The address holds a user name or password; leave that part out (up to the @).")
        )
    if not host or "%" in host:
        raise FetchError(say("The address names no server."))
    port = _PORTS[url.scheme] if port is None else port
    loops = rules.allow_loopback  # a port on this machine; where the host leads is checked later
    if port not in _PORTS.values() and port not in rules.ports and not loops:
        raise FetchError(
            say("The address asks for port {port}; only 80 and 443 are fetched.", port=str(port))
        )
    return Target(url, host, port)


def find_addresses(host: str, port: int, rules: AddressRules) -> list[Address]:
    """The addresses of `host`, each of them public. Raises FetchError if one of them is not."""
    number = _number(host)
    if number is not None:
        found: list[Address] = [number]
    else:
        try:
            answers = rules.resolve(host, port)
            found = [ipaddress.ip_address(answer.partition("%")[0]) for answer in answers]
        except (OSError, UnicodeError, ValueError) as error:
            raise FetchError(say(_NO_SERVER), unreached=True) from error
    if not found:
        raise FetchError(say(_NO_SERVER), unreached=True)
    for address in found:
        if not may_reach(address, port, rules):
            raise FetchError(say(_INSIDE))
    return list(dict.fromkeys(found))


def may_reach(address: Address, port: int, rules: AddressRules) -> bool:
    """Whether `address` is public, or this machine where the rules allow it."""
    if rules.allow_loopback and address.is_loopback:
        return True
    if rules.allow_loopback and port not in _PORTS.values() and port not in rules.ports:
        return False
    return is_public(address)


def is_public(address: Address) -> bool:
    """Whether anyone on the internet could reach `address`."""
    if isinstance(address, ipaddress.IPv6Address) and address not in _PUBLIC_V6:
        return False
    return not any(address in network for network in _NOT_PUBLIC)


def _number(host: str) -> Address | None:
    """The address that `host` is by itself, in any spelling that systems take ("127.1", "0x7f.1",
    "2130706433"); None for a name."""
    try:
        return ipaddress.ip_address(host)
    except ValueError:
        pass
    try:
        return ipaddress.IPv4Address(socket.inet_aton(host))
    except (OSError, ValueError):
        return None


def look_up_host(host: str, port: int) -> list[str]:
    """The addresses that this machine's name service gives for `host`. Raises OSError."""
    answers = socket.getaddrinfo(host, port, type=socket.SOCK_STREAM)
    return [str(answer[4][0]) for answer in answers]


def within(seconds: float, resolve: Resolver, host: str, port: int) -> Sequence[str]:
    """What `resolve` answers, if it does within `seconds`; else raises TimeoutError.

    A name service has no deadline of its own, so it is asked in a thread that may be left behind.
    """
    answer: list[Sequence[str]] = []
    fault: list[BaseException] = []

    def ask() -> None:
        try:
            answer.append(resolve(host, port))
        except BaseException as error:
            fault.append(error)

    thread = threading.Thread(target=ask, name="names", daemon=True)
    thread.start()
    thread.join(max(0.0, seconds))
    if fault:
        raise fault[0]
    if not answer:
        raise TimeoutError("the name service did not answer")
    return answer[0]
