"""JSON files as articles: an object, a list of them, or JSON Lines, a row at a time."""

from __future__ import annotations

import io
import json
from collections.abc import Iterator
from typing import IO

from bot.errors import IntakeError
from bot.intake import limits
from bot.intake.encodings import decode, find_bom
from bot.intake.rows import Row, row_of
from bot.intake.streams import Recoded, buffered
from bot.locales.said import say

_CHUNK_BYTES = 1 << 20


def read_json(data: bytes) -> Iterator[Row]:
    """The articles of a .json file: one object, a list of them, or a list under "articles".

    Of a list one item at a time is made, so that it may be long.
    """
    try:
        text = decode(data).removeprefix("\ufeff").lstrip()
        if text.startswith("["):
            yield from _read_list(text)
            return
        if len(data) > limits.OBJECT_BYTES:
            raise IntakeError(
                say(
                    "A JSON object of more than {n} MB is refused; as a list, or as JSON Lines "
                    "(.jsonl), the file may be larger.",
                    n=limits.OBJECT_BYTES // 2**20,
                )
            )
        value = _parse(text)
    except IntakeError as error:
        if b"\n" in data.strip() and data.lstrip()[:1] == b"{" and b"}\n" in data:
            rows = list(read_rows(io.BytesIO(data)))
            if any(row.draft for row in rows):
                yield from rows
                return
        yield Row(None, fault=error.reason)
        return
    if isinstance(value, dict) and "text" not in value and isinstance(value.get("articles"), list):
        for number, item in enumerate(value["articles"], start=1):
            yield row_of(item, number)
        if not value["articles"]:
            yield Row(None, fault=say("The list holds no article."))
        return
    yield row_of(value, None)


def _read_list(text: str) -> Iterator[Row]:
    """The items of a JSON list; where it breaks, what came before has been read."""
    decoder = json.JSONDecoder()
    place = _past_space(text, 1)
    number = strange = 0
    while text[place : place + 1] != "]" or not number:
        if not number and text[place : place + 1] == "]":
            yield Row(None, fault=say("The list holds no article."))
            return
        try:
            item, place = decoder.raw_decode(text, place)
        except (ValueError, RecursionError):
            yield Row(
                number + 1,
                fault=say(
                    "This is no JSON from character {n} on; the rest is left out.", n=place + 1
                ),
            )
            return
        number += 1
        strange = 0 if isinstance(item, dict) else strange + 1
        yield row_of(item, number)
        if strange >= limits.STRANGE_ITEMS:
            yield Row(
                number, fault=say("These are no articles; the rest of the list is left out.")
            )
            return
        place = _past_space(text, place)
        if text[place : place + 1] == ",":
            place = _past_space(text, place + 1)
        elif text[place : place + 1] != "]":
            yield Row(number + 1, fault=say("The list breaks off here."))
            return
    if text[place + 1 :].strip():
        yield Row(number + 1, fault=say("What comes after the end of the list is left out."))


def _past_space(text: str, place: int) -> int:
    while text[place : place + 1] in (" ", "\n", "\t", "\r"):
        place += 1
    return place


def read_rows(stream: IO[bytes]) -> Iterator[Row]:
    """The articles of a .jsonl file, a line each; blank lines are passed over."""
    first = stream.readline(limits.ROW_BYTES + 1)
    bom = find_bom(first)
    if bom and bom != "utf-8-sig":
        stream.seek(0)
        stream = buffered(Recoded(stream, bom))
        first = stream.readline(limits.ROW_BYTES + 1)
    lines = _lines(first, stream)
    found = 0
    idle_bytes = 0
    for number, line in enumerate(lines, start=1):
        if isinstance(line, str):
            yield Row(number, fault=line)
            return
        if line is None:
            found += 1
            idle_bytes = 0
            yield Row(
                number, fault=say("The row is longer than {n} MB.", n=limits.ROW_BYTES // 2**20)
            )
            continue
        if not line.strip():
            idle_bytes += len(line)
            if idle_bytes > limits.ROW_BYTES:
                yield Row(
                    number, fault=say("There are only blank lines from here; they are left out.")
                )
                return
            continue
        idle_bytes = 0
        found += 1
        try:
            value = _parse(decode(line.strip()))
        except IntakeError as error:
            yield Row(number, fault=error.reason)
            continue
        yield row_of(value, number)
    if not found:
        yield Row(None, fault=say("The file is empty."))


def _lines(first: bytes, stream: IO[bytes]) -> Iterator[bytes | str | None]:
    """The lines of `stream`, of which `first` is read already; None for one that is too long, and
    a sentence where the rest is given up."""
    line = first
    while line:
        if len(line) <= limits.ROW_BYTES:
            yield line
        else:
            skipped = len(line)
            while line and not line.endswith(b"\n") and skipped <= limits.MEMBER_BYTES:
                line = stream.readline(_CHUNK_BYTES)
                skipped += len(line)
            if skipped > limits.MEMBER_BYTES:
                yield say("The row does not end; the rest of the file is left out.")
                return
            yield None
        line = stream.readline(limits.ROW_BYTES + 1)


def _parse(text: str) -> object:
    try:
        return json.loads(text.removeprefix("\ufeff"))
    except json.JSONDecodeError as error:
        raise IntakeError(
            say(
                "This is no JSON: {why} (character {place}).",
                why=error.msg,
                place=str(error.pos + 1),
            )
        ) from error
    except (ValueError, RecursionError) as error:
        raise IntakeError(
            say("This JSON cannot be read; it is nested or numbered too deep.")
        ) from error
