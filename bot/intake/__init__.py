"""Anything that may hold an article, as drafts: pastes, pages, JSON records, files."""

from bot.intake.files import Row, read_path, read_source
from bot.intake.identity import canonical_url, identify
from bot.intake.pages import read_page
from bot.intake.pastes import read_paste
from bot.intake.records import read_record

__all__ = [
    "Row",
    "canonical_url",
    "identify",
    "read_page",
    "read_paste",
    "read_path",
    "read_record",
    "read_source",
]
