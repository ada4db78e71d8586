"""ZIP archives as articles: their files one after another, within bounds that no bomb passes."""

from __future__ import annotations

import os
import struct
import zipfile
import zlib
from collections.abc import Callable, Iterator
from dataclasses import replace
from typing import IO

from bot.errors import IntakeError
from bot.intake import limits
from bot.intake.rows import Row
from bot.intake.streams import Within, buffered
from bot.locales.said import say

ReadMember = Callable[[str, IO[bytes]], Iterator[Row]]

_END = struct.Struct("<4s4H2LH")  # the record at the end of an archive
_END_MARK = b"PK\x05\x06"
_END_REACH = 1 << 17  # it stands before a comment of at most 64 KiB
_DIRECTORY_BYTES = 32 * 2**20  # the list of a hundred thousand files takes ten
_FAULTS = (zipfile.BadZipFile, zlib.error, EOFError, OSError, ValueError, struct.error)


def read_zip(stream: IO[bytes], read_member: ReadMember) -> Iterator[Row]:
    """The articles of each file in a ZIP archive, in its order; `member` names the file.

    Folders, hidden files and what macOS adds are passed over; an archive inside is not opened.
    """
    try:
        _check_directory(stream)
        archive = zipfile.ZipFile(stream)
    except IntakeError as error:
        yield Row(None, fault=error.reason)
        return
    except (*_FAULTS, NotImplementedError, RuntimeError):
        yield Row(None, fault=say("The archive is broken and cannot be opened."))
        return
    with archive:
        names = set(archive.namelist())
        if "[Content_Types].xml" in names:
            yield Row(None, fault=say("This is an Office file of a kind that cannot be read."))
            return
        found = 0
        left = limits.MEMBER_BYTES
        for info in archive.infolist():
            if info.is_dir() or is_hidden(info.filename):
                continue
            found += 1
            name = _shown(info.filename)
            if fault := _refusal(info):
                yield Row(None, fault=fault, member=name)
                continue
            most = min(left, info.file_size)
            left -= most
            try:
                with archive.open(info) as packed:
                    member = buffered(Within(packed, most))
                    for row in read_member(info.filename, member):
                        yield replace(row, member=name)
            except (NotImplementedError, RuntimeError):
                yield Row(
                    None, fault=say("The file is packed in a way that is not known."), member=name
                )
            except _FAULTS:
                yield Row(None, fault=say("The file is broken inside the archive."), member=name)
            if left <= 0:
                size = f"{limits.MEMBER_BYTES // 2**30} GB"
                yield Row(
                    None,
                    fault=say(
                        "The archive holds more than {size}; the rest is left out.", size=size
                    ),
                )
                return
        if not found:
            yield Row(None, fault=say("The archive holds no file."))


def is_hidden(path: str) -> bool:
    """Whether a file is one that a system keeps for itself: hidden, or beside the real ones."""
    parts = path.replace("\\", "/").split("/")
    return any(part.startswith(".") and part not in (".", "..") for part in parts) or (
        parts[0] == "__MACOSX" or parts[-1] in ("Thumbs.db", "desktop.ini")
    )


def _shown(name: str) -> str:
    return "".join(c if c.isprintable() else "\ufffd" for c in name)[:300]


def _refusal(info: zipfile.ZipInfo) -> str | None:
    if info.flag_bits & 1:
        return say("The file is protected by a password.")
    if info.filename.lower().endswith((".zip", ".jar", ".7z", ".rar", ".tar")):
        return say("An archive inside an archive is not opened.")
    if info.file_size > limits.RATIO_FROM_BYTES and info.file_size > limits.PACKED_RATIO * max(
        info.compress_size, 1
    ):
        return say("The file unpacks to far more than it should, so it is left out.")
    return None


def _check_directory(stream: IO[bytes]) -> None:
    """Raise IntakeError for an archive whose list of files would take too much to open."""
    size = stream.seek(0, os.SEEK_END)
    stream.seek(max(0, size - _END_REACH))
    tail = stream.read(_END_REACH)
    stream.seek(0)
    at = tail.rfind(_END_MARK)
    if at < 0 or len(tail) - at < _END.size:
        raise IntakeError(say("The archive is broken and cannot be opened."))
    _, _, _, _, count, length, _, _ = _END.unpack(tail[at : at + _END.size])
    if count == 0xFFFF or length == 0xFFFFFFFF:  # a larger archive tells it in a record before
        before = tail.rfind(b"PK\x06\x06", 0, at)
        if before >= 0 and at - before >= 48:
            count, length = struct.unpack("<QQ", tail[before + 32 : before + 48])
    if count > limits.MEMBERS or length > _DIRECTORY_BYTES:
        raise IntakeError(say("The archive holds more than {n} files.", n=limits.MEMBERS))
