"""Bodies of replies, unpacked as they arrive and never beyond their cap."""

from __future__ import annotations

import zlib
from collections.abc import Iterable

from bot.errors import FetchError
from bot.locales import N_
from bot.locales.said import say

ENCODINGS = "gzip, deflate"
"""What we say that we can unpack; a server that packs otherwise all the same is refused."""

_GZIP = 16 + zlib.MAX_WBITS
_GZIP_MARK = b"\x1f\x8b"
_BROKEN = N_("The server's reply is packed, and broken.")
_KNOWN = ("gzip", "x-gzip", "deflate")


def read_body(chunks: Iterable[bytes], encoding: str, most_bytes: int) -> bytes:
    """The body that arrives in `chunks`, packed as `encoding` (the header's words) says.

    Raises FetchError as soon as more than `most_bytes` came or came out, and for a packing that
    is broken or not known.
    """
    packing = [word for word in encoding.lower().replace(",", " ").split() if word != "identity"]
    if not packing:
        return _joined(chunks, most_bytes)
    if len(packing) > 1 or packing[0] not in _KNOWN:
        raise FetchError(say("The server packed its reply in a way that cannot be read."))
    body = bytearray()
    came = 0
    unpacker = None
    parts = 0
    for chunk in chunks:
        came += len(chunk)
        if came > most_bytes:
            raise _too_large(most_bytes)
        data = chunk
        while data:
            if unpacker is None:
                if parts and not data.startswith(_GZIP_MARK):
                    break  # padding behind the last part
                unpacker = zlib.decompressobj(_bits(packing[0], data))
            try:
                body += unpacker.decompress(data, most_bytes + 1 - len(body))
            except zlib.error as error:
                raise FetchError(say(_BROKEN)) from error
            if len(body) > most_bytes:
                raise _too_large(most_bytes)
            data = unpacker.unconsumed_tail
            if unpacker.eof:  # another packed part may follow
                data = unpacker.unused_data
                unpacker = None
                parts += 1
    if unpacker is not None:
        raise FetchError(say(_BROKEN))
    return bytes(body)


def _bits(packing: str, data: bytes) -> int:
    """How zlib is to read `data`; some servers send "deflate" without the head it should have."""
    if packing != "deflate":
        return _GZIP
    return zlib.MAX_WBITS if data[0] & 0x0F == 8 else -zlib.MAX_WBITS


def _joined(chunks: Iterable[bytes], most_bytes: int) -> bytes:
    body = bytearray()
    for chunk in chunks:
        body += chunk
        if len(body) > most_bytes:
            raise _too_large(most_bytes)
    return bytes(body)


def _too_large(most_bytes: int) -> FetchError:
    return FetchError(
        say("What stands at this address is larger than {n} MB.", n=most_bytes // 2**20)
    )
