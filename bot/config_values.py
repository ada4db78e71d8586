"""The values of settings: what is read of YAML or the environment, and what is allowed."""

from __future__ import annotations

import re
from collections.abc import Callable
from dataclasses import field
from typing import Any

_WHOLE_NUMBER = re.compile(r"-?[0-9]{1,18}")
_DECIMAL = re.compile(r"[0-9]{1,9}(?:\.[0-9]{1,6})?")
_HEADER_SECRET = re.compile(r"[A-Za-z0-9_-]{1,256}")  # what Telegram sends in a header
_PORT = re.compile(r"[0-9]{1,5}")


class Secret:
    """A text that shows only when it is asked for with `reveal`."""

    __slots__ = ("_value",)

    def __init__(self, value: str) -> None:
        self._value = value

    def reveal(self) -> str:
        return self._value

    def __bool__(self) -> bool:
        return bool(self._value)

    def __eq__(self, other: object) -> bool:
        return isinstance(other, Secret) and other._value == self._value

    def __hash__(self) -> int:
        return hash(self._value)

    def __repr__(self) -> str:
        return "Secret(set)" if self._value else "Secret(not set)"

    __str__ = __repr__


class ValueFault(Exception):
    """A value cannot be read; the words say what is allowed."""


# ------------------------------------------------------------------------------- readers
def read_text(raw: object) -> str:
    """A text."""
    if not isinstance(raw, str):
        raise ValueFault("a text is needed")
    return raw


def read_secret(raw: object) -> Secret:
    """A secret, without the spaces around it."""
    if not isinstance(raw, str):
        raise ValueFault("a text in quotation marks is needed")
    return Secret(raw.strip())


def read_header_secret(raw: object) -> Secret:
    """A secret that can stand in a header."""
    secret = read_secret(raw)
    if secret and not _HEADER_SECRET.fullmatch(secret.reveal()):
        raise ValueFault("1 to 256 letters, digits, _ and - are needed, in quotation marks")
    return secret


def read_number(raw: object, low: int, high: int) -> int:
    """A whole number within bounds, also out of a text."""
    if isinstance(raw, str) and _WHOLE_NUMBER.fullmatch(raw.strip()):
        raw = int(raw)
    if isinstance(raw, bool) or not isinstance(raw, int) or not low <= raw <= high:
        raise ValueFault(f"a whole number from {low:,} to {high:,} is needed")
    return raw


def between(low: int, high: int) -> Callable[[object], int]:
    """A reader of whole numbers within bounds."""
    return lambda raw: read_number(raw, low, high)


def seconds_between(low: float, high: float) -> Callable[[object], float]:
    """A reader of seconds within bounds."""

    def read(raw: object) -> float:
        if isinstance(raw, str) and _DECIMAL.fullmatch(raw.strip()):
            raw = float(raw)
        if isinstance(raw, bool) or not isinstance(raw, int | float) or not low <= raw <= high:
            raise ValueFault(f"a number of seconds from {low:g} to {high:g} is needed")
        return float(raw)

    return read


def read_flag(raw: object) -> bool:
    """True or false, also in words."""
    if isinstance(raw, str):
        raw = {"true": True, "yes": True, "false": False, "no": False}.get(raw.strip().lower())
    if not isinstance(raw, bool):
        raise ValueFault("true or false is needed")
    return raw


def read_line(raw: object) -> str:
    """One line of plain signs."""
    text = read_text(raw).strip()
    if not text or len(text) > 200 or not text.isascii() or not text.isprintable():
        raise ValueFault("one line of up to 200 letters, digits and signs is needed")
    return text


def read_ports(raw: object) -> tuple[int, ...]:
    """Port numbers: one, a list, or a text with commas."""
    items = raw.split(",") if isinstance(raw, str) else raw
    if isinstance(items, int) and not isinstance(items, bool):
        items = [items]
    if not isinstance(items, list):
        raise ValueFault("port numbers are needed, such as [8080]")
    return tuple(read_number(i, 1, 65_535) for i in items if not isinstance(i, str) or i.strip())


def read_ids(raw: object) -> tuple[int, ...]:
    """Numeric ids of Telegram: one, a list, or a text with commas."""
    items = raw.split(",") if isinstance(raw, str) else raw
    if isinstance(items, int) and not isinstance(items, bool):
        items = [items]
    wrong = ValueFault("numeric Telegram ids are needed, such as [12345678]")
    if not isinstance(items, list):
        raise wrong
    try:
        return tuple(
            read_number(i, 1, 2**52) for i in items if not isinstance(i, str) or i.strip()
        )
    except ValueFault:
        raise wrong from None


def read_address(raw: object) -> str:
    """A web address, or nothing."""
    text = read_text(raw).strip()
    if text and not text.startswith(("http://", "https://")):
        raise ValueFault("an address that begins with http:// or https:// is needed")
    return text


def address_ending(ending: str) -> Callable[[object], str]:
    """A reader of web addresses that end so."""

    def read(raw: object) -> str:
        text = read_address(raw)
        if not text.endswith(ending):
            raise ValueFault(f"an address that ends in {ending} is needed")
        return text

    return read


def read_listen(raw: object) -> str:
    """A host and a port."""
    text = read_text(raw)
    host, _, port = text.rpartition(":")
    if not host or not _PORT.fullmatch(port) or not 0 < int(port) < 65536:
        raise ValueFault('a host and a port are needed, such as "127.0.0.1:8443"')
    return text


def one_of(*allowed: str) -> Callable[[object], str]:
    """A reader of one of these words."""

    def read(raw: object) -> str:
        if raw not in allowed:
            raise ValueFault(f"one of {', '.join(allowed)} is needed")
        return str(raw)

    return read


def read_listen_or_off(raw: object) -> str:
    """A host and a port, or nothing for "off"."""
    # YAML reads a bare "off" as false.
    return (
        "" if raw is False or read_text(raw).strip().lower() in ("", "off") else read_listen(raw)
    )


def setting(default: Any, read: Callable[[object], Any]) -> Any:
    """A field of a settings object, with its default and its reader."""
    return field(default=default, metadata={"read": read})
