"""Articles given as JSON objects."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime

from bot.errors import IntakeError
from bot.intake.limits import check_text
from bot.locales.said import Said, say
from bot.model import Draft, Kept
from bot.text.stamps import NoSuchDayError, parse_stamp

_FIELD_CHARS = 5_000
"""The longest headline, outlet, address … that is taken; a longer one is a text gone astray."""

_MOST_VERSION = 1_000_000

_ISO_TIME = re.compile(r"\d{4}-\d\d-\d\d[T ]")


def read_record(row: Mapping[str, object], *, line: int | None = None) -> Draft:
    """The article of a JSON object; its text is taken as given.

    A day stays a day, a time becomes one in UTC (a time without a zone is taken as UTC). `null`
    and blank values are like missing ones; unknown keys are ignored. Raises IntakeError with
    `line` for a wrong type, a missing text, a date that is none, and a text that cannot be kept.
    """
    text = row.get("text")
    if text is None:
        raise IntakeError(say('The article has no "text".'), line=line)
    if not isinstance(text, str):
        raise IntakeError(
            say('"{key}" must be a string, not {kind}.', key="text", kind=_kind(text)), line=line
        )
    check_text(text, line=line)
    return Draft(
        text=text,
        id=_field(row, "id", line),
        url=_field(row, "url", line),
        title=_field(row, "title", line),
        source=_field(row, "source", line),
        author=_field(row, "author", line),
        published=_published(row.get("published"), line),
        section=_field(row, "section", line),
        standfirst=_field(row, "standfirst", line),
        text_was_given=True,
        published_given=_kept_moment(row.get("published_given")),
        modified=_kept_moment(row.get("modified")),
        kept=_kept(row),
    )


def _kept(row: Mapping[str, object]) -> Kept | None:
    """What an export tells of the store that it came from; None for any other row."""
    version, added = row.get("version"), _kept_time(row.get("added"))
    if not isinstance(version, int) or isinstance(version, bool) or version < 1 or added is None:
        return None
    return Kept(
        min(version, _MOST_VERSION),
        added,
        edited=row.get("edited") is True,
        sample=row.get("sample") is True,
        removed=_kept_time(row.get("removed")),
    )


def _kept_moment(value: object) -> date | datetime | None:
    return parse_moment(value) if isinstance(value, str) else None


def _kept_time(value: object) -> datetime | None:
    moment = _kept_moment(value)
    return moment if isinstance(moment, datetime) else None


def _field(row: Mapping[str, object], key: str, line: int | None) -> str | None:
    value = row.get(key)
    if key == "id" and isinstance(value, int) and not isinstance(value, bool):
        value = str(value)
    if key == "author" and isinstance(value, list) and all(isinstance(v, str) for v in value):
        value = ", ".join(value)
    if value is None:
        return None
    if not isinstance(value, str):
        raise IntakeError(
            say('"{key}" must be a string, not {kind}.', key=key, kind=_kind(value)), line=line
        )
    if len(value) > _FIELD_CHARS:
        raise IntakeError(
            say('"{key}" is longer than {n} characters.', key=key, n=_FIELD_CHARS), line=line
        )
    if "\0" in value or any("\ud800" <= char <= "\udfff" for char in value):
        raise IntakeError(
            say('"{key}" holds characters that cannot be stored.', key=key), line=line
        )
    return value.strip() or None


def _published(value: object, line: int | None) -> date | datetime | None:
    if value is None or value == "":
        return None
    if not isinstance(value, str):
        raise IntakeError(
            say('"{key}" must be a string, not {kind}.', key="published", kind=_kind(value)),
            line=line,
        )
    words = value.strip()
    moment = parse_moment(words)
    if moment is None and words:
        shown = words if len(words) <= 40 else words[:39] + "…"
        raise IntakeError(
            say('"published" is no date in ISO 8601: {words}.', words=repr(shown)), line=line
        )
    return moment


def parse_moment(words: str) -> date | datetime | None:
    """The day or UTC time that `words` tell in ISO 8601 or as pages print it; None if neither."""
    try:
        if len(words) <= 10:
            return date.fromisoformat(words)
        moment = datetime.fromisoformat(words)
        aware = moment if moment.tzinfo else moment.replace(tzinfo=UTC)
        return aware.astimezone(UTC)
    except (ValueError, OverflowError):
        pass
    try:
        stamp, used = parse_stamp(words)
    except NoSuchDayError:
        return None
    if used != len(words) or (_ISO_TIME.match(words) and not isinstance(stamp, datetime)):
        return None
    return stamp


def _kind(value: object) -> Said:
    """What JSON calls the type of `value`."""
    if isinstance(value, bool):
        return say("true or false")
    if isinstance(value, int | float):
        return say("a number")
    return say("a list") if isinstance(value, list) else say("an object")
