"""Bytes of a file as text, whatever encoding they came in."""

from __future__ import annotations

import codecs
import re

from bot.errors import IntakeError
from bot.locales.said import say

_BOMS = (
    (codecs.BOM_UTF8, "utf-8-sig"),
    (codecs.BOM_UTF32_LE, "utf-32"),
    (codecs.BOM_UTF32_BE, "utf-32"),
    (codecs.BOM_UTF16_LE, "utf-16"),
    (codecs.BOM_UTF16_BE, "utf-16"),
)

_LOOK_BYTES = 8192
"""So much of a file tells whether it is binary."""

_ODD_SHARE = 0.3
"""Above this share of bytes beyond ASCII, a file that is not Unicode is taken for another
alphabet's: Western European text stays below a tenth."""

_CONTROLS = re.compile(rb"[\x00-\x08\x0e-\x1a\x1c-\x1f]")


def find_bom(data: bytes) -> str | None:
    """The encoding that a byte order mark at the start of `data` names."""
    return next((name for bom, name in _BOMS if data.startswith(bom)), None)


def is_binary(data: bytes) -> bool:
    """Whether `data` holds bytes that no text has; with a byte order mark it is text."""
    return find_bom(data) is None and bool(_CONTROLS.search(data[:_LOOK_BYTES]))


def decode(data: bytes) -> str:
    """The text in `data`: UTF-8, or what its byte order mark says, or Windows-1252.

    Raises IntakeError where it is binary or no encoding fits.
    """
    bom = find_bom(data)
    try:
        if bom:
            return data.decode(bom)
        if is_binary(data):
            raise IntakeError(say("This is a binary file, not text."))
        return data.decode("utf-8")
    except UnicodeDecodeError as error:
        if bom:
            raise IntakeError(
                say("The file says that it is {encoding}, but it is not.", encoding=bom.upper())
            ) from error
        return _decode_western(data)


def _decode_western(data: bytes) -> str:
    odd = len(data) - len(data.translate(None, bytes(range(0x80, 0x100))))
    try:
        if odd <= _ODD_SHARE * len(data):
            return data.decode("cp1252")
    except UnicodeDecodeError:
        pass
    raise IntakeError(say("The file's encoding cannot be told; save it as UTF-8."))
