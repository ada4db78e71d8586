"""Choosing a time zone: zones to tap with what their clocks show, a typed city, a shared place."""

from __future__ import annotations

from collections.abc import Sequence
from datetime import datetime

from bot.talk.replies import Block, BlockKind, Button, Reply
from bot.talk.zones import city_name, find_zones, get_zone, is_offset

TYPE_CITY = (
    "Type your city, or the largest one near you; a country or a zone such as Europe/Stockholm "
    "will do, too. Or share your location."
)
NO_OFFSET = (
    "An offset knows no summer time. Type a city instead, such as Lisbon, or a zone such as "
    "Europe/Lisbon."
)
TAPPED_FIRST = 2
ROW = 2  # a city and its clock are too wide for three


def ask_zone(zones: Sequence[str], code: str, now: datetime) -> Reply:
    """The question for the time zone, with the likeliest to tap. A button sends `code` and the
    zone; the zone is empty where another city is wanted."""
    lead = Block(BlockKind.LEAD, "Which time zone?")
    hint = Block(BlockKind.TEXT, "Tap, type your city or country, or share your location.")
    buttons = [_button(zone, code, now) for zone in dict.fromkeys(zones)][:TAPPED_FIRST]
    return Reply((lead, hint), (tuple(buttons), (Button("Other city…", code),)))


def offer_zones(zones: Sequence[str], code: str, now: datetime) -> Reply:
    """The zones that were found, each with its clock, for the reader to confirm one."""
    words = "Is that your clock?" if len(zones) == 1 else "Which one is your clock?"
    buttons = [*(_button(zone, code, now) for zone in zones), Button("Other city…", code)]
    rows = tuple(tuple(buttons[n : n + ROW]) for n in range(0, len(buttons), ROW))
    return Reply((Block(BlockKind.TEXT, words),), rows)


def read_city(typed: str) -> tuple[list[str], str]:
    """(the zones that `typed` may mean, what to say where there is none)."""
    if is_offset(typed):
        return [], NO_OFFSET
    zones = find_zones(typed)
    if zones:
        return zones, ""
    return [], (
        f"I do not know “{typed[:60]}”: of each time zone I know a city or two. Type the largest "
        "city near you or your country, or share your location."
    )


def _button(zone: str, code: str, now: datetime) -> Button:
    local = now.astimezone(get_zone(zone))
    return Button(f"{city_name(zone)} {local:%H:%M} now", f"{code}{zone}")
