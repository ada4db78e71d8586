"""/settings: the time zone, quiet hours, sound, length and empty days of a chat."""

from __future__ import annotations

import re
from dataclasses import replace
from typing import Any

from bot.digest import Length
from bot.locales import LANGUAGES, N_, _
from bot.pictures import is_available
from bot.store.settings import find_used_zones
from bot.talk.desks import Desk, stop_waiting, wait_for
from bot.talk.follow_book import FollowBook, undo_button
from bot.talk.follow_data import ChatSettings, spoken_length
from bot.talk.follow_rights import find_channel, is_private, refuse
from bot.talk.follow_words import is_own_message, is_place_like, parse_wish
from bot.talk.languages import LANGUAGE_BUTTON
from bot.talk.replies import Block, BlockKind, Button, Incoming, Reply, told
from bot.talk.rhythm import DEFAULT_QUIET
from bot.talk.rhythm_words import parse_quiet, speaks_of_time
from bot.talk.time_abroad import timing_in_english
from bot.talk.words_abroad import setting_in_english
from bot.talk.zone_pages import (
    TYPE_CITY,
    ask_zone,
    offer_zones,
    offered_alone,
    read_city,
    read_confirmation,
)
from bot.talk.zones import likely_zones, look_up_zone, nearest_zones

SETTINGS = "set"
EXAMPLES = N_("time zone Tokyo, quiet 22-7, sound off, length short, pictures dark")
_VALUE = r"(?:[ :=]+(?:to )?(?P<value>.{1,60}))?"
_ZONE = re.compile(rf"(?:my )?(?:time ?zone|zone|city|clock){_VALUE}", re.IGNORECASE)
_QUIET = re.compile(rf"(?:quiet(?: hours)?|do not disturb){_VALUE}", re.IGNORECASE)
_SOUND = re.compile(r"sound[ :=]+(?P<value>on|off|none|no|never)", re.IGNORECASE)
_LENGTH = re.compile(
    r"(?:length|digests?)[ :=]+(?:to )?(?P<value>short|medium|long)", re.IGNORECASE
)
_PICTURES = re.compile(r"pictures?[ :=]+(?P<value>on|off|none|no|never|light|dark)", re.IGNORECASE)
_OFF = re.compile(r"off|none|no|never", re.IGNORECASE)
WAIT_CITY, WAIT_QUIET = "settings-city", "settings-quiet"
_NEXT_LENGTH = {
    Length.SHORT: Length.MEDIUM,
    Length.MEDIUM: Length.LONG,
    Length.LONG: Length.SHORT,
}


def settings_desk(book: FollowBook) -> Desk:
    """The desk where a chat says how it wants to be told."""
    desk = _Settings(book)
    return Desk(
        commands={"settings": desk.command},
        buttons={SETTINGS: desk.press},
        inputs={WAIT_CITY: desk.typed_city, WAIT_QUIET: desk.typed_quiet},
    )


class _Settings:
    def __init__(self, book: FollowBook) -> None:
        self._book = book

    def command(self, incoming: Incoming, rest: str) -> Reply:
        """The settings of this chat, or of the channel that is named."""
        chat = incoming.chat
        if rest.startswith("@"):
            channel = find_channel(incoming, rest.split()[0])
            if isinstance(channel, Reply):
                return channel
            chat, rest = channel[0], rest.partition(" ")[2]
        elif (refusal := refuse(incoming, chat)) is not None:
            return refusal
        typed = rest.strip(" .!")
        return self._typed(incoming, chat, typed) if typed else self.page(incoming, chat)

    def _typed(self, incoming: Incoming, chat: str, typed: str) -> Reply:
        """What is set by words after the command ("time zone Tokyo", "quiet 22-7", "sound off");
        all settings where they name none of them."""
        typed = setting_in_english(typed)
        if match := _ZONE.fullmatch(typed):
            return self._typed_zone(incoming, chat, match["value"] or "")
        it = self._book.settings(chat)
        if match := _QUIET.fullmatch(typed):
            value = match["value"] or ""
            quiet = None if _OFF.fullmatch(value) else parse_quiet(value)
            if quiet is None and not _OFF.fullmatch(value):
                return self._ask_quiet(incoming, chat, it)
            return self._set(incoming, chat, replace(it, quiet=quiet))
        if match := _SOUND.fullmatch(typed):
            silent = _OFF.fullmatch(match["value"]) is not None
            return self._set(incoming, chat, replace(it, silent=silent))
        if match := _PICTURES.fullmatch(typed):
            value = match["value"].lower()
            if value in ("light", "dark"):
                return self._set(incoming, chat, replace(it, dark=value == "dark"))
            return self._set(incoming, chat, replace(it, pictures=not _OFF.fullmatch(value)))
        if match := _LENGTH.fullmatch(typed):
            return self._set(incoming, chat, replace(it, length=Length(match["value"].lower())))
        page = self.page(incoming, chat)
        words = _(
            "I do not know the setting “{typed}”. Tap one, or write for example: {examples}."
        ).format(typed=typed[:60], examples=_(EXAMPLES))
        return replace(page, blocks=(Block(BlockKind.TEXT, words), *page.blocks))

    def _typed_zone(self, incoming: Incoming, chat: str, typed: str) -> Reply:
        if not typed:
            return self._choose_zone(incoming, chat, "")
        zones, fault = read_city(typed)
        if len(zones) == 1:
            return self._choose_zone(incoming, chat, zones[0])
        if not zones:
            return self._unknown_city(incoming, chat, fault)
        wait_for(self._book.store, incoming, WAIT_CITY, {"chat": chat})
        return offer_zones(zones, self._code(incoming, chat), self._book.clock())

    def _unknown_city(self, incoming: Incoming, chat: str, fault: str) -> Reply:
        """Why a city was not taken, with the likeliest zones to tap."""
        page = self._choose_zone(incoming, chat, "")
        return replace(page, blocks=told(fault).blocks, edits=False)

    def _set(self, incoming: Incoming, chat: str, settings: ChatSettings) -> Reply:
        """All settings once these are kept, with the way back."""
        number = self._book.set(chat, settings)
        page = self.page(incoming, chat)
        return replace(page, buttons=(*page.buttons, (undo_button(chat, number),)))

    def page(self, incoming: Incoming, chat: str) -> Reply:
        """All settings, with a button for each."""
        it = self._book.settings(chat)
        now = self._book.clock()
        local = now.astimezone(it.clock)
        zone = _("Time zone: not set (UTC)")
        if it.zone:
            zone = _("Time zone: {city}, {time} now").format(city=it.city, time=f"{local:%H:%M}")
        quiet = _("Quiet hours: none")
        if it.quiet is not None:
            quiet = _("Quiet hours: {hours}, sent without sound")
            if it.holds:
                quiet = _("Quiet hours: {hours}, held back until they end")
            quiet = quiet.format(hours=it.quiet.title)
        lines = [
            zone,
            quiet,
            _("Sound: off") if it.silent else _("Sound: on"),
            _("Length of digests: {length}").format(length=spoken_length(it.length)),
            _("Days without news: told") if it.tells_empty else _("Days without news: not told"),
            _("Language: {language}").format(language=LANGUAGES[it.spoken]),
        ]
        place = "" if chat == incoming.chat else chat
        code = f"{SETTINGS}:%s:{place}:"
        rows = [
            (
                Button(_("Time zone"), code % "zone"),
                Button(_("Quiet hours"), code % "quiet"),
                Button(_("Sound on") if it.silent else _("Sound off"), code % "sound"),
            ),
            (
                Button(
                    _("Length: {length}").format(length=spoken_length(_NEXT_LENGTH[it.length])),
                    code % "length",
                ),
                Button(
                    _("Empty days: skip") if it.tells_empty else _("Empty days: tell"),
                    code % "empty",
                ),
            ),
        ]
        if is_available():
            lines.append(
                _("Pictures with digests of several days: sent")
                if it.pictures
                else _("Pictures with digests of several days: not sent")
            )
            lines.append(_("Pictures: dark") if it.dark else _("Pictures: light"))
            rows.append(
                (
                    Button(
                        _("Digests: no pictures") if it.pictures else _("Digests: pictures"),
                        code % "pictures",
                    ),
                    Button(_("Light pictures") if it.dark else _("Dark pictures"), code % "dark"),
                )
            )
        rows.append((Button(_("Language"), f"{LANGUAGE_BUTTON}:{place}:"),))
        if is_private(chat):
            lines.append(
                _("Notes from the operator: on")
                if it.broadcasts
                else _("Notes from the operator: off")
            )
            label = _("Operator's notes off") if it.broadcasts else _("Operator's notes on")
            rows[-1] += (Button(label, code % "notes"),)
        blocks = [
            Block(BlockKind.LEAD, _("Settings of this chat") if not place else _("Settings"))
        ]
        blocks += [Block(BlockKind.TEXT, line) for line in lines]
        return Reply(tuple(blocks), tuple(rows))

    # ------------------------------------------------------------------------- presses
    def press(self, incoming: Incoming, rest: str) -> Reply | None:
        """What a button does: "ACT:CHAT:CHOICE", where the chat's name may hold colons."""
        act, _colon, rest = rest.partition(":")
        place, _colon, choice = rest.rpartition(":")
        chat = place or incoming.chat
        if (refusal := refuse(incoming, chat)) is not None:
            return refusal
        it = self._book.settings(chat)
        changes: dict[str, dict[str, Any]] = {
            "sound": {"silent": not it.silent},
            "length": {"length": _NEXT_LENGTH[it.length]},
            "empty": {"tells_empty": not it.tells_empty},
            "notes": {"broadcasts": not it.broadcasts},
            "mute": {"broadcasts": False},
            "pictures": {"pictures": not it.pictures},
            "dark": {"dark": not it.dark},
            "hold": {"holds": True, "quiet": it.quiet or DEFAULT_QUIET},
            "soft": {"holds": False, "quiet": it.quiet or DEFAULT_QUIET},
            "loud": {"quiet": None},
        }
        if act in changes:
            self._book.set(chat, replace(it, **changes[act]))
            if act == "mute":
                return Reply(toast=_("You get no more of these. /settings turns them on again."))
            return replace(self.page(incoming, chat), edits=True)
        if act == "zone":
            reply = self._choose_zone(incoming, chat, choice)
        elif act == "quiet":
            reply = self._ask_quiet(incoming, chat, it)
        else:
            return None
        return replace(reply, edits=True)

    # --------------------------------------------------------------------------- zone
    def _code(self, incoming: Incoming, chat: str) -> str:
        return f"{SETTINGS}:zone:{'' if chat == incoming.chat else chat}:"

    def _choose_zone(self, incoming: Incoming, chat: str, choice: str) -> Reply:
        if choice and (zone := look_up_zone(choice)) is not None:
            stop_waiting(self._book.store, incoming)
            old = self._book.settings(chat)
            number = self._book.set(chat, replace(old, zone=zone.key))
            local = self._book.clock().astimezone(zone)
            city = self._book.settings(chat).city
            words = _("The clock here is that of {city} now: {time}.").format(
                city=city, time=f"{local:%H:%M}"
            )
            return told(words, undo_button(chat, number), *_back(incoming, chat))
        wait_for(self._book.store, incoming, WAIT_CITY, {"chat": chat})
        used = find_used_zones(self._book.store, limit=2)
        zones = likely_zones(incoming.language, used)
        asked = ask_zone(zones, self._code(incoming, chat), self._book.clock())
        return Reply((asked.blocks[0], Block(BlockKind.TEXT, _(TYPE_CITY))), asked.buttons[:1])

    def typed_city(self, incoming: Incoming, pending: dict[str, Any]) -> Reply | None:
        """The zones of a typed city, to be confirmed."""
        chat = str(pending.get("chat", incoming.chat))
        text = (incoming.text or "").strip()
        if (word := read_confirmation(text, pending)) is not None:
            return refuse(incoming, chat) or self._choose_zone(incoming, chat, word)
        if incoming.location is not None:
            zones, fault = nearest_zones(*incoming.location), ""
        else:
            zones, fault = ([], "") if is_own_message(text) else read_city(text)
            if not zones and (not fault or not is_place_like(text)):
                stop_waiting(self._book.store, incoming)
                return None
        if (refusal := refuse(incoming, chat)) is not None:
            return refusal
        if not zones:
            return self._unknown_city(incoming, chat, fault)
        wait_for(self._book.store, incoming, WAIT_CITY, {"chat": chat, **offered_alone(zones)})
        return offer_zones(zones, self._code(incoming, chat), self._book.clock())

    # ---------------------------------------------------------------------- quiet hours
    def _ask_quiet(self, incoming: Incoming, chat: str, it: ChatSettings) -> Reply:
        wait_for(self._book.store, incoming, WAIT_QUIET, {"chat": chat})
        place = "" if chat == incoming.chat else chat
        code = f"{SETTINGS}:%s:{place}:"
        words = _(
            "When shall it be quiet? Type it, such as 22-7. A digest that you asked for at a "
            "minute within these hours comes then, without sound."
        )
        buttons = (
            Button(_("Hold back"), code % "hold"),
            Button(_("Without sound"), code % "soft"),
            Button(_("No quiet hours"), code % "loud"),
        )
        return Reply((Block(BlockKind.TEXT, words),), (buttons,))

    def typed_quiet(self, incoming: Incoming, pending: dict[str, Any]) -> Reply | None:
        """The quiet hours as typed."""
        chat = str(pending.get("chat", incoming.chat))
        text = (incoming.text or "").strip()
        text = timing_in_english(text)
        quiet = parse_quiet(text)
        wishes = parse_wish(text) is not None  # "follow gas weekdays at 7" sets no quiet hours
        if wishes or (quiet is None and (is_own_message(text) or not speaks_of_time(text))):
            stop_waiting(self._book.store, incoming)
            return None
        if (refusal := refuse(incoming, chat)) is not None:
            return refusal
        if quiet is None:
            return told(_("I do not understand that as hours. For example: 22-7, or 23:30 to 6."))
        stop_waiting(self._book.store, incoming)
        number = self._book.set(chat, replace(self._book.settings(chat), quiet=quiet))
        return told(
            _("Quiet hours: {title}.").format(title=quiet.title),
            undo_button(chat, number),
            *_back(incoming, chat),
        )


def _back(incoming: Incoming, chat: str) -> tuple[Button, ...]:
    """The button to all settings of this chat; none for a channel, whose name it does not know."""
    return (Button(_("Settings"), "cmd:/settings"),) if chat == incoming.chat else ()
