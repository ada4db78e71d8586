"""Streams around other streams: kept open, cut at a size, or recoded to UTF-8."""

from __future__ import annotations

import codecs
import io
import os
from typing import IO, Any

_CHUNK_BYTES = 1 << 20


class Within(io.RawIOBase):
    """Another stream, which stays open when this one closes, and ends after `most` bytes,
    whatever it says of its size."""

    def __init__(self, stream: IO[bytes], most: int | None = None) -> None:
        self._stream = stream
        self._most = most
        self._at = 0

    def readable(self) -> bool:
        return True

    def seekable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        size = len(buffer)
        if self._most is not None:
            size = min(size, max(0, self._most - self._at))
        data = self._stream.read(size)
        buffer[: len(data)] = data
        self._at += len(data)
        return len(data)

    def seek(self, offset: int, whence: int = os.SEEK_SET) -> int:
        if whence != os.SEEK_SET:
            raise io.UnsupportedOperation("only from the start")
        self._at = self._stream.seek(offset)
        return self._at

    def tell(self) -> int:
        return self._at


class Recoded(io.RawIOBase):
    """A text stream of another encoding as UTF-8; what is no text becomes a mark."""

    def __init__(self, stream: IO[bytes], encoding: str) -> None:
        self._stream = stream
        self._decoder = codecs.getincrementaldecoder(encoding)("replace")
        self._left = b""

    def readable(self) -> bool:
        return True

    def readinto(self, buffer: Any) -> int:
        while not self._left:
            data = self._stream.read(_CHUNK_BYTES)
            self._left = self._decoder.decode(data, final=not data).encode("utf-8", "replace")
            if not data:
                break
        size = min(len(buffer), len(self._left))
        buffer[:size] = self._left[:size]
        self._left = self._left[size:]
        return size


def buffered(stream: io.RawIOBase) -> IO[bytes]:
    """`stream`, to be read by lines and blocks."""
    return io.BufferedReader(stream)
