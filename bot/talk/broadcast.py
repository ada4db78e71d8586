"""/broadcast: word of the operator to everybody who wants it: preview, count, progress, cancel."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.locales import N_, _, ngettext
from bot.locales.numbers import spoken_number
from bot.newsroom import Newsroom
from bot.store import broadcasts as shelf
from bot.store.broadcasts import Broadcast, BroadcastState, Progress, key_of
from bot.store.outbox import withdraw_letters
from bot.store.settings import count_audience, find_audience
from bot.talk.desks import NOTHING_DUE, Desk, Job, Outgoing
from bot.talk.follow_book import parse_number
from bot.talk.languages import speaking_to
from bot.talk.replies import Block, BlockKind, Button, Incoming, Notice, Reply, Role, Urgency, told
from bot.talk.settings import SETTINGS

CAST = "cast"
EVERY_SECONDS = 3.0
AT_A_TIME = 100
"""Letters in the outbox at the same time: as many may still go out after a Cancel."""
LONGEST_CHARS = 3_500
FOOTER = N_("A note of this bot's operator, not news.")
USAGE = N_("What shall everybody read? /broadcast and the text; you see a preview first.")


def broadcast_desk(newsroom: Newsroom, clock: Callable[[], datetime], face: str) -> Desk:
    """The desk of the operator's notes."""
    desk = _Broadcasts(newsroom, clock, face)
    return Desk(
        commands={"broadcast": desk.command},
        buttons={CAST: desk.press},
        jobs=(Job("broadcast", EVERY_SECONDS, desk.work),),
    )


class _Broadcasts:
    def __init__(self, newsroom: Newsroom, clock: Callable[[], datetime], face: str) -> None:
        self._store = newsroom.store
        self._clock = clock
        self._face = face

    def command(self, incoming: Incoming, rest: str) -> Reply:
        """The preview of a note, with the count of those who would read it."""
        if not rest:
            return told(_(USAGE))
        if len(rest) > LONGEST_CHARS:
            words = _("That is too long: {n} characters at most.")
            return told(words.format(n=spoken_number(LONGEST_CHARS)))
        audience = count_audience(self._store, self._face)
        if not audience:
            return told(_("Nobody would read it: no chat can be reached that wants such notes."))
        number = shelf.put_broadcast(self._store, incoming.chat, rest, self._clock())
        preview = note_reply(rest)
        n = spoken_number(audience)
        words = ngettext(
            "Preview. It would go to {n} chat.", "Preview. It would go to {n} chats.", audience
        )
        lead = Block(BlockKind.LEAD, words.format(n=n))
        label = ngettext("Send to {n} chat", "Send to {n} chats", audience).format(n=n)
        buttons = (
            Button(label, f"{CAST}:send:{number}"),
            Button(_("Cancel"), f"{CAST}:drop:{number}"),
        )
        return Reply((lead, *preview.blocks), (buttons,))

    def press(self, incoming: Incoming, rest: str) -> Reply | None:
        """Sending, progress and cancelling."""
        act, __, number = rest.partition(":")
        it = shelf.look_up_broadcast(self._store, parse_number(number))
        if it is None or not incoming.role.may(Role.OWNER):
            return None
        if act == "drop":
            return replace(self._dropped(it), edits=True)
        if act == "send":
            return replace(self._begun(it), edits=True)
        if act == "stop":
            return replace(self._stopped(it), edits=True)
        return replace(self.progress(it), edits=True) if act == "show" else None

    def _dropped(self, it: Broadcast) -> Reply:
        with self._store.write() as connection:
            shelf.change_state(connection, it.id, BroadcastState.DRAFT, BroadcastState.STOPPED)
        return self.progress(shelf.look_up_broadcast(self._store, it.id) or it)

    def _begun(self, it: Broadcast) -> Reply:
        audience = count_audience(self._store, self._face)
        with self._store.write() as connection:
            shelf.change_state(
                connection,
                it.id,
                BroadcastState.DRAFT,
                BroadcastState.RUNNING,
                audience=audience,
            )
        return self.progress(shelf.look_up_broadcast(self._store, it.id) or it)

    def _stopped(self, it: Broadcast) -> Reply:
        with self._store.write() as connection:
            for state in (BroadcastState.RUNNING, BroadcastState.FILED):
                shelf.change_state(connection, it.id, state, BroadcastState.STOPPED)
            withdraw_letters(connection, key_of(it.id), self._clock())
        return self.progress(shelf.look_up_broadcast(self._store, it.id) or it)

    def progress(self, it: Broadcast) -> Reply:
        """How far a broadcast is."""
        done = shelf.get_progress(self._store, it.id)
        words = progress_words(it, done)
        if it.state in (BroadcastState.RUNNING, BroadcastState.FILED):
            buttons = (
                Button(_("Progress"), f"{CAST}:show:{it.id}"),
                Button(_("Cancel"), f"{CAST}:stop:{it.id}"),
            )
            return told(words, *buttons)
        return told(words)

    # ----------------------------------------------------------------------------- the job
    def work(self, now: datetime) -> Outgoing:
        """File the next letters of the oldest broadcast, or tell that it is done."""
        for it in shelf.find_unfinished(self._store):
            done = shelf.get_progress(self._store, it.id)
            if it.state is BroadcastState.FILED:
                if done.waiting:
                    continue
                return self._finished(it, done)
            if done.waiting < AT_A_TIME // 2:
                return self._next_letters(it)
        return NOTHING_DUE

    def _next_letters(self, it: Broadcast) -> Outgoing:
        chats = find_audience(self._store.read(), self._face, after=it.last, limit=AT_A_TIME)
        notices = tuple(self._letter(it, chat) for chat in chats)

        def settle(connection: sqlite3.Connection) -> list[str]:
            if not chats:
                shelf.change_state(connection, it.id, BroadcastState.RUNNING, BroadcastState.FILED)
                return []
            going = shelf.note_filed(connection, it.id, len(chats), chats[-1])
            return [] if going else [notice.key for notice in notices]

        return Outgoing(notices, settle)

    def _letter(self, it: Broadcast, chat: str) -> Notice:
        with speaking_to(self._store, chat):
            reply = note_reply(it.text)
        return Notice(chat, f"{key_of(it.id)}{chat}", reply, Urgency.BROADCAST, silent=True)

    def _finished(self, it: Broadcast, done: Progress) -> Outgoing:
        with speaking_to(self._store, it.chat):
            words = progress_words(replace(it, state=BroadcastState.DONE), done)
        notice = Notice(it.chat, f"castdone:{it.id}", told(words))

        def settle(connection: sqlite3.Connection) -> list[str]:
            ended = shelf.change_state(
                connection, it.id, BroadcastState.FILED, BroadcastState.DONE
            )
            return [] if ended else [notice.key]

        return Outgoing((notice,), settle)


def note_reply(text: str) -> Reply:
    """The note as everybody gets it, with the way not to get the next one."""
    blocks = (Block(BlockKind.TEXT, text), Block(BlockKind.FOOTER, _(FOOTER)))
    return Reply(blocks, ((Button(_("No more of these"), f"{SETTINGS}:mute::"),),))


def progress_words(it: Broadcast, done: Progress) -> str:
    """How far a broadcast is, in a sentence or two."""
    numbers = _("delivered to {sent} of {all}")
    if done.failed:
        numbers = _("delivered to {sent} of {all}, {failed} could not be reached")
    numbers = numbers.format(
        sent=spoken_number(done.sent),
        all=spoken_number(it.audience),
        failed=spoken_number(done.failed),
    )
    match it.state:
        case BroadcastState.DRAFT:
            return _("Not sent.")
        case BroadcastState.STOPPED:
            if not it.filed:
                return _("Cancelled. Nothing was sent.")
            return _("Cancelled: {numbers} or withdrawn.").format(numbers=numbers)
        case BroadcastState.DONE:
            words = _("Broadcast {number} is done: {numbers}.")
            return words.format(number=it.id, numbers=numbers)
    return _("Broadcast {number} is on its way: {numbers}, {waiting} in the outbox.").format(
        number=it.id, numbers=numbers, waiting=spoken_number(done.waiting)
    )
