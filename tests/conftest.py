"""What holds for each test: a clean environment, a home of its own, and no network.

Any socket beyond this machine fails the test that opened it, even where the code under test
swallows the error.
"""

from __future__ import annotations

import ipaddress
import os
import socket
from collections.abc import Callable, Iterator
from pathlib import Path
from typing import Any

import pytest
from hypothesis import settings

# As the front door sets it; numpy reads it when it is imported.
os.environ.setdefault("OPENBLAS_NUM_THREADS", "1")

# Machines that run the tests differ in speed; an example may take as long as it takes.
settings.register_profile("newsbot", deadline=None)
settings.load_profile("newsbot")

_BREACHES: list[str] = []


class NetworkUsedError(OSError):
    """A test wanted to leave this machine."""


def forget_breaches() -> list[str]:
    """Where this test wanted to go so far; it no longer fails for that."""
    told = list(_BREACHES)
    _BREACHES.clear()
    return told


def _is_here(address: object) -> bool:
    """Whether `address`, as a socket takes it, is on this machine."""
    if not isinstance(address, tuple):
        return True  # a Unix socket
    host = address[0]
    if host in ("", "localhost", None):
        return True
    try:
        return ipaddress.ip_address(str(host).partition("%")[0]).is_loopback
    except ValueError:
        return False


def _guarded(real: Callable[..., Any], address_at: int) -> Callable[..., Any]:
    """`real`, refused where its argument number `address_at` (-1: the last) leads elsewhere."""

    def guard(*args: Any, **options: Any) -> Any:
        if not _is_here(args[address_at]):
            _BREACHES.append(str(args[address_at]))
            raise NetworkUsedError(f"a test wanted to reach {args[address_at]}")
        return real(*args, **options)

    return guard


def _guarded_lookup(real: Callable[..., Any]) -> Callable[..., Any]:
    def guard(host: Any, *args: Any, **options: Any) -> Any:
        name = host.decode() if isinstance(host, bytes) else host
        if not _is_here((name,)):
            _BREACHES.append(str(name))
            raise NetworkUsedError(f"a test wanted to look up {name}")
        return real(host, *args, **options)

    return guard


@pytest.fixture(scope="session", autouse=True)
def _only_this_machine() -> Iterator[None]:
    with pytest.MonkeyPatch.context() as patch:
        for name, address_at in (("connect", 1), ("connect_ex", 1), ("sendto", -1)):
            patch.setattr(socket.socket, name, _guarded(getattr(socket.socket, name), address_at))
        patch.setattr(socket, "getaddrinfo", _guarded_lookup(socket.getaddrinfo))
        yield


@pytest.fixture(scope="session")
def _home(tmp_path_factory: pytest.TempPathFactory) -> Path:
    return tmp_path_factory.mktemp("home")


@pytest.fixture(autouse=True)
def _clean_environment(_home: Path) -> Iterator[None]:
    """No setting of the person who runs the tests reaches them, nor do they touch her files."""
    before = dict(os.environ)
    for name in before:
        if name.startswith("NEWSBOT_"):
            del os.environ[name]
    os.environ |= {"HOME": str(_home), "XDG_DATA_HOME": str(_home / "data")}
    _BREACHES.clear()
    yield
    os.environ.clear()
    os.environ |= before
    if _BREACHES:
        pytest.fail(f"the network was used: {', '.join(_BREACHES)}")
