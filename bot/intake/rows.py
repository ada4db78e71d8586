"""What reading a file gives: its articles one by one, each with its place, or why it is none."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import dataclass
from typing import Literal

from bot.errors import IntakeError
from bot.intake.records import read_record
from bot.locales.said import say
from bot.model import Draft

Kind = Literal["page", "pdf", "docx"]
Parser = Callable[[Kind, bytes], Draft]
"""Makes an article of a whole file of a kind that strangers' parsers read; raises IntakeError.
Where a stranger's file may come from, it works in a process of its own."""


@dataclass(frozen=True, slots=True)
class Row:
    """One article of a file, or why it could not be read.

    `line` counts from 1, in lines for .jsonl and .csv and in items for a list in .json; it is
    None where the file is one article. `member` is the file within an archive.
    """

    line: int | None
    draft: Draft | None = None
    fault: str | None = None
    member: str | None = None


def row_of(value: object, line: int | None) -> Row:
    """The article that a JSON value holds."""
    if not isinstance(value, dict):
        return Row(line, fault=say("An article must be a JSON object."))
    try:
        return Row(line, read_record(value, line=line))
    except IntakeError as error:
        return Row(line, fault=error.reason)
