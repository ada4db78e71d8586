"""The fields of an article as people type them: which one is meant, and what its value is."""

from __future__ import annotations

import re
from collections.abc import Mapping
from datetime import UTC, date, datetime
from urllib.parse import urlsplit

from bot.errors import IntakeError
from bot.intake.page_stamps import parse_day
from bot.locales import N_, _
from bot.locales.days import spoken_day
from bot.locales.numbers import spoken_number
from bot.model import Article, Draft, Grain, Span, day_of
from bot.text.dates import find_dates
from bot.text.stamps import NoSuchDayError, parse_stamp

LABELS = {
    "title": N_("Headline"),
    "source": N_("Outlet"),
    "published": N_("Date"),
    "author": N_("Author"),
    "section": N_("Section"),
    "url": N_("Link"),
}
"""What can be corrected by hand: the field, and how it is called."""
INSIDE = {
    "title": N_("headline"),
    "source": N_("outlet"),
    "published": N_("date"),
    "author": N_("author"),
    "section": N_("section"),
    "url": N_("link"),
}
"""How each is called within a sentence."""
_ALONE = {
    "title": N_("the headline"),
    "source": N_("the outlet"),
    "author": N_("the author"),
    "section": N_("the section"),
    "url": N_("the link"),
}
_ALSO_CALLED = {"title": "title", "heading": "title", "source": "source", "day": "published"}
_ALSO_CALLED |= {"published": "published", "byline": "author", "url": "url", "address": "url"}
MOST_CHARS = {"title": 300, "source": 100, "author": 200, "section": 100, "url": 2_000}
NOTHING = frozenset("- – — none nothing empty keine keiner keines leer nada vacío ninguno".split())
"""What empties a field."""
_MOST_DATE_CHARS = 100
_ABROAD = {"heute": "today", "gestern": "yesterday", "hoy": "today", "ayer": "yesterday"}
_WORD = re.compile(r"\w+")
_AROUND_A_DAY = frozenset({"on", "the", "at", "it", "was", "published"})
_GIVEN = re.compile(r"\s*([^\W\d_]{3,12})\s*(?::|=|\bis\b)\s*(\S.{0,3000})\s*", re.DOTALL)


def parse_given(text: str) -> tuple[str, str] | None:
    """The field and the typed value in words such as "date: 12 June 2025"; None for others."""
    match = _GIVEN.fullmatch(text[:4_000])
    if match is None:
        return None
    word = match.group(1).lower()
    by_label = {label.lower(): name for name, label in LABELS.items()}
    by_label |= {_(label).lower(): name for name, label in LABELS.items()}
    name = by_label.get(word) or _ALSO_CALLED.get(word)
    return (name, match.group(2).strip()) if name else None


def parse_field(name: str, typed: str, today: date) -> str | date | datetime | None:
    """The value of the field `name` that somebody typed; None empties it.

    Raises IntakeError with a sentence that says what to send instead.
    """
    typed = " ".join(typed.split())
    if typed.lower() in NOTHING or not typed:
        return None
    if name == "published":
        return _parse_day(typed, today)
    if len(typed) > MOST_CHARS[name]:
        raise IntakeError(
            _("That is longer than {n} characters. Please send {field} alone.").format(
                n=spoken_number(MOST_CHARS[name]), field=_(_ALONE[name])
            )
        )
    if name == "url" and not _is_link(typed):
        raise IntakeError(_("That is no link. It should begin with https:// or http://."))
    return typed


def _parse_day(typed: str, today: date) -> date | datetime:
    """The day that `typed` names, or the moment where clock and zone stand in it."""
    unread = IntakeError(
        _(
            "I cannot read that as a day. Send it like “12 June 2025”, “12 June 2025 09:40 UTC” "
            "or “yesterday”."
        )
    )
    if len(typed) > _MOST_DATE_CHARS:
        raise unread
    typed = _ABROAD.get(typed.lower(), typed)
    if (abroad := parse_day(typed)) is not None:
        return _not_to_come(abroad, today)
    try:
        found, read_chars = parse_stamp(typed)
    except NoSuchDayError as error:
        raise IntakeError(
            _("There is no such day in the calendar. Please send it again.")
        ) from error
    if found is None or read_chars < len(typed):
        dates = find_dates(typed, [Span(0, len(typed))], today)
        values = {d.value for d in dates if d.grain in (Grain.DAY, Grain.TIME) and d.value}
        rest = typed
        for mention in reversed(dates):
            rest = rest[: mention.span.start] + rest[mention.span.end :]
        others = [word for word in _WORD.findall(rest.lower()) if word not in _AROUND_A_DAY]
        if others or len(values) != 1 or "/" in (value := values.pop()):
            raise unread
        found = date.fromisoformat(value[:10])
    day = day_of(found)
    assert day is not None
    _not_to_come(day, today)
    return found


def _not_to_come(day: date, today: date) -> date:
    if day > today:
        raise IntakeError(
            _(
                "{day} is still to come; an article is published before it is stored. Please send "
                "the day again."
            ).format(day=spoken_day(day))
        )
    return day


def _is_link(typed: str) -> bool:
    try:
        parts = urlsplit(typed)
    except ValueError:
        return False
    return parts.scheme in ("http", "https") and "." in parts.netloc and " " not in typed


def spoken_field(name: str, value: str | date | datetime | None) -> str:
    """A field's value as people read it."""
    if value is None or value == "":
        return _("none")
    if isinstance(value, datetime):
        return f"{spoken_day(value.date())}, {value.astimezone(UTC):%H:%M} UTC"
    if isinstance(value, date):
        return spoken_day(value)
    return _("“{words}”").format(words=value) if name == "title" else value


def fields_of(article: Draft | Article) -> Mapping[str, str | date | datetime | None]:
    """What can be corrected of an article, as it is."""
    return {name: getattr(article, name) for name in LABELS}
