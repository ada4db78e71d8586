"""Choosing a time zone: zones to tap with what their clocks show, a typed city, a shared place."""

from __future__ import annotations

import re
from collections.abc import Mapping, Sequence
from datetime import datetime
from typing import Any

from bot.locales import N_, _
from bot.talk.replies import Block, BlockKind, Button, Reply
from bot.talk.zones import find_zones, get_zone, is_offset, spoken_zone

TYPE_CITY = N_(
    "Type your city, or the largest one near you; a country or a zone such as Europe/Stockholm "
    "will do, too. Or share your location."
)
NO_OFFSET = N_(
    "An offset knows no summer time. Type a city instead, such as Lisbon, or a zone such as "
    "Europe/Lisbon."
)
OFFERED = "offered"  # the key under which a chat waits for a word on the one zone it was offered
_YES = re.compile(
    r"(?:yes|yep|yeah|y|ok(?:ay)?|right|correct|sure|it is|that'?s it|ja|jawohl|jo|genau|stimmt|"
    r"richtig|sí|si|claro|correcto|exacto|vale)\b.{0,20}",
    re.I,
)
_NO = re.compile(
    r"(?:no|nope|n|wrong|other|another|nein|nö|falsch|andere|otra|otro)\b.{0,20}", re.I
)
TAPPED_FIRST = 2
ROW = 2  # a city and its clock are too wide for three


def ask_zone(zones: Sequence[str], code: str, now: datetime) -> Reply:
    """The question for the time zone, with the likeliest to tap. A button sends `code` and the
    zone; the zone is empty where another city is wanted."""
    lead = Block(BlockKind.LEAD, _("Which time zone?"))
    hint = Block(BlockKind.TEXT, _("Tap, type your city or country, or share your location."))
    buttons = [_button(zone, code, now) for zone in dict.fromkeys(zones)][:TAPPED_FIRST]
    return Reply((lead, hint), (tuple(buttons), (Button(_("Other city…"), code),)))


def offer_zones(zones: Sequence[str], code: str, now: datetime) -> Reply:
    """The zones that were found, each with its clock, for the reader to confirm one."""
    words = _("Is that your clock?") if len(zones) == 1 else _("Which one is your clock?")
    buttons = [*(_button(zone, code, now) for zone in zones), Button(_("Other city…"), code)]
    rows = tuple(tuple(buttons[n : n + ROW]) for n in range(0, len(buttons), ROW))
    return Reply((Block(BlockKind.TEXT, words),), rows)


def read_city(typed: str) -> tuple[list[str], str]:
    """(the zones that `typed` may mean, what to say where there is none)."""
    if is_offset(typed):
        return [], _(NO_OFFSET)
    zones = find_zones(typed)
    if zones:
        return zones, ""
    return [], _(
        "I do not know “{words}”. Type the largest city near you or your country, or share your "
        "location."
    ).format(words=typed[:60])


def offered_alone(zones: Sequence[str]) -> dict[str, str]:
    """What a chat keeps of the zones it was offered, so that a plain "yes" takes the only one."""
    return {OFFERED: zones[0]} if len(zones) == 1 else {}


def is_yes(typed: str) -> bool:
    """Whether somebody says yes to what was offered."""
    return _YES.fullmatch(typed.strip()) is not None


def read_confirmation(typed: str, pending: Mapping[str, Any]) -> str | None:
    """The zone that a "yes" to the one offered takes, "" for a "no", None for other words."""
    zone = pending.get(OFFERED)
    if not isinstance(zone, str):
        return None
    if is_yes(typed):
        return zone
    return "" if _NO.fullmatch(typed.strip()) else None


def _button(zone: str, code: str, now: datetime) -> Button:
    local = now.astimezone(get_zone(zone))
    label = _("{city} {time} now").format(city=spoken_zone(zone), time=f"{local:%H:%M}")
    return Button(label, f"{code}{zone}")
