"""Corrections travel: what was told from an article that has changed is put right where it stands,
and whoever it was told to hears of it once."""

from __future__ import annotations

import logging
import sqlite3
from collections.abc import Sequence
from dataclasses import dataclass, field, replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.link.fates import Fate, FateKind, Fates, is_material
from bot.locales import _
from bot.locales.days import spoken_day
from bot.model import Article, Change, ChangeKind, Span, text_hash
from bot.newsroom import Newsroom
from bot.pictures import Theme, Withdrawn
from bot.store import corrections as shelf
from bot.store.articles import get_versions
from bot.store.corrections import Correction, CorrectionKind
from bot.store.saved import find_saved_of, note_told
from bot.store.sent import (
    ABROAD,
    SentMessage,
    find_chats_quoting,
    find_quoting,
    forget_sent,
    note_sent,
)
from bot.store.settings import look_up_suspension
from bot.talk.amending import TAKEN_OUT, FateOf, amend, evidence_fates, fate_words
from bot.talk.desks import NOTHING_DUE, Job, Outgoing
from bot.talk.follow_data import load_settings
from bot.talk.follow_rights import is_private
from bot.talk.gate import gated
from bot.talk.languages import speaking_to
from bot.talk.lines import article_line
from bot.talk.replies import Block, BlockKind, Button, Evidence, Notice, Reply
from bot.talk.rhythm import quiet_until
from bot.talk.shown import CARD, dump_shown, load_shown, versions_in

LOG = logging.getLogger(__name__)

LOOK_SECONDS = 5.0
WAIT = timedelta(minutes=2)
"""So long a change rests before it travels: who takes it back meanwhile has disturbed nobody.
What is deleted for good does not wait."""
CHATS_AT_ONCE = 20  # in one transaction
MESSAGES_OF_CHAT = 100  # of one article; older ones are read by nobody any more
CLEAN_EVERY = timedelta(hours=1)
TOLD_SENTENCES = 3
LISTED_CHANGES = 10
TELEGRAM = "tg"
"""The face whose messages can be changed after they were sent."""


@dataclass(slots=True)
class _Round:
    """What one step of a correction's way has to write and to say."""

    notices: list[Notice] = field(default_factory=list)
    kept: list[tuple[SentMessage, Reply]] = field(default_factory=list)
    saved: list[tuple[int, str]] = field(default_factory=list)
    """What was saved, and what its owner is told of it now."""
    told: int = 0
    edited: int = 0


@dataclass(frozen=True, slots=True)
class _Listed:
    """What a change is kept as for /corrections, and whether everybody may read of it."""

    data: dict[str, Any] = field(default_factory=dict)
    is_public: bool = False


class CorrectionsTravel:
    """The job that brings corrections to the chats of one face."""

    def __init__(
        self, newsroom: Newsroom, face: str, kept: timedelta, wait: timedelta = WAIT
    ) -> None:
        """`kept` is how long after it was sent a message is still put right."""
        self._newsroom = newsroom
        self._store = newsroom.store
        self._face = face
        self._kept = kept
        self._wait = wait
        self._cleaned: datetime | None = None

    def job(self) -> Job:
        """Where messages can be changed, the job that does it; elsewhere one that finds out what
        each change is, so that /corrections tells of it, and leaves the rest to the bot."""
        if self._face == TELEGRAM:
            return Job("corrections", LOOK_SECONDS, self.work)
        return Job("list of corrections", LOOK_SECONDS, self.read, quick=True)

    def read(self, _now: datetime) -> Outgoing:
        """What some changes are, for everybody to read."""
        unread = shelf.find_unread(self._store, limit=CHATS_AT_ONCE)
        if not unread:
            return NOTHING_DUE
        fates = Fates(self._store)
        found = [(it.id, self._listed(it, fates)) for it in unread]

        def settle(connection: sqlite3.Connection) -> None:
            for number, listed in found:
                data = {"places": [], **listed.data}
                shelf.put_findings_of(connection, number, data, is_public=listed.is_public)

        return Outgoing(settle=settle, more=True)

    def work(self, now: datetime) -> Outgoing:
        """Bring the oldest correction to some more chats."""
        it = shelf.find_next(self._store, now - self._wait)
        if it is None:
            return self._clean(now)
        later = shelf.find_later(self._store, it) if not it.reached_chat else None
        if later is not None and it.kind is not CorrectionKind.NOTE:
            return Outgoing(
                settle=lambda connection: shelf.merge_into(connection, it, later), more=True
            )
        return self._travel(it, now)

    def _clean(self, now: datetime) -> Outgoing:
        if self._cleaned is not None and timedelta() <= now - self._cleaned < CLEAN_EVERY:
            return NOTHING_DUE
        self._cleaned = now
        return Outgoing(settle=lambda connection: forget_sent(connection, now - self._kept))

    def _travel(self, it: Correction, now: datetime) -> Outgoing:
        versions = list(it.data.get("versions", ())) or shelf.find_version_keys(
            self._store, it.article
        )
        fates = Fates(self._store)
        found = None if it.reached_chat else self._listed(it, fates)
        chats = find_chats_quoting(
            self._store, versions, after=it.reached_chat, limit=CHATS_AT_ONCE
        )
        if not chats:
            return Outgoing(settle=lambda connection: _finish(connection, it, found))
        done, fate_of = _Round(), evidence_fates(fates)
        for chat in chats:
            if chat.startswith((f"{self._face}:", f"{ABROAD}:")):
                with speaking_to(self._store, chat):
                    self._bring(it, chat, versions, fate_of, now, done)
        keys = [notice.key for notice in done.notices]

        def settle(connection: sqlite3.Connection) -> list[str]:
            if not shelf.move_on(
                connection, it, chat=chats[-1], told=done.told, edited=done.edited
            ):
                return keys  # somebody else has brought it there
            if found is not None:
                shelf.put_findings_of(connection, it.id, found.data, is_public=found.is_public)
            for message, reply in done.kept:
                shown = dump_shown(reply.blocks, reply.buttons)
                note_sent(
                    connection, message.chat, message.message, shown, versions_in(shown), now
                )
            for number, words in done.saved:
                note_told(connection, number, words)
            return []

        return Outgoing(tuple(done.notices), settle, more=True)

    # -------------------------------------------------------------------------- one chat
    def _bring(
        self,
        it: Correction,
        chat: str,
        versions: Sequence[int],
        fate_of: FateOf,
        now: datetime,
        done: _Round,
    ) -> None:
        if look_up_suspension(self._store, chat) is not None:
            return  # nobody there can be written to
        settings = load_settings(self._store, chat)
        today = now.astimezone(settings.clock).date()
        fates: dict[tuple[FateKind, Span], Fate] = {}
        newest: int | None = None
        for message in find_quoting(self._store, chat, versions, limit=MESSAGES_OF_CHAT):
            reply = load_shown(message.data)
            amended = amend(reply, fate_of, today)
            is_new = amended.is_new or it.kind is CorrectionKind.NOTE
            right = amended.reply
            if is_new and it.note is not None:
                right = _with_note(right, it.note, today)
            if right != reply:
                done.kept.append((message, right))
            if not is_new:
                continue
            key = f"corr:{it.id}:{chat}:{message.message}"
            amends = gated(self._newsroom, replace(right, amends=message.message))
            if message.data.get(CARD):  # a picture cannot be put right: it goes
                amends = replace(amends, picture=_withdrawn(dark=settings.dark))
            else:
                newest = newest or message.message
            done.notices.append(Notice(chat, key, amends))
            done.edited += 1
            for fate in amended.fates:
                fates.setdefault((fate.kind, fate.place), fate)
        if not is_private(chat):
            return
        for saved in find_saved_of(self._store, chat, versions):
            fate = fate_of(Evidence(saved.version, saved.span))
            words = told_key(fate)
            if words != (saved.told or told_key(None)):
                done.saved.append((saved.id, words))
                fates.setdefault((fate.kind, fate.place), fate)
        if not fates and (newest is None or it.note is None):
            return
        quiet = quiet_until(settings.quiet, settings.clock, now) is not None
        done.notices.append(
            Notice(
                chat,
                f"corr:{it.id}:{chat}",
                gated(self._newsroom, told_reply(tuple(fates.values()), it.note)),
                silent=quiet or settings.silent,
                answers=newest,
            )
        )
        done.told += 1

    # ------------------------------------------------------------------------ for all
    def _listed(self, it: Correction, fates: Fates) -> _Listed:
        """What a change is kept as for /corrections, and whether everybody may read of it."""
        if it.kind is CorrectionKind.PURGED:
            return _Listed(dict(it.data), is_public=True)
        if it.kind in (CorrectionKind.REMOVED, CorrectionKind.NOTE):
            return _Listed(is_public=True)
        if it.kind is CorrectionKind.RESTORED:
            return _Listed(
                is_public=it.before is None
            )  # with it, it was taken out and back before anybody saw
        if it.kind is CorrectionKind.LATE or it.before is None or it.after is None:
            return _Listed()
        articles = get_versions(self._store, [it.before, it.after])
        old, new = articles.get(it.before), articles.get(it.after)
        if old is None or new is None:
            return _Listed(is_public=it.note is not None)
        changes = fates.compared(old, new)[0].changes
        places = list(dict.fromkeys(_places(changes)))
        sure = [c for c in changes if c.kind is not ChangeKind.WORDING and _is_other(c, new)]
        listed = {"places": [[p.start, p.end] for p in places[:LISTED_CHANGES]]}
        return _Listed(listed, is_public=bool(sure) or it.note is not None)


def _withdrawn(*, dark: bool) -> Withdrawn:
    """What takes the place of a card that is too old to be deleted."""
    words = _("This card has been taken back. What became of the sentence stands below.")
    return Withdrawn(words, Theme.DARK if dark else Theme.LIGHT)


def told_key(fate: Fate | None) -> str:
    """What tells one thing that became of a sentence from another."""
    if fate is None or fate.kind is FateKind.SAME:
        return FateKind.SAME.value
    words = fate.span.of(fate.new.text) if fate.span is not None and fate.new is not None else ""
    return f"{fate.kind.value}:{text_hash(words)[:16]}"


def told_reply(fates: Sequence[Fate], note: str | None = None) -> Reply:
    """Word to whoever was told a sentence: what has become of it, as it reads now and read
    before."""
    out = [fate for fate in fates if fate.kind in TAKEN_OUT]
    shown = [*[fate for fate in fates if fate not in out], *out[:1]][:TOLD_SENTENCES]
    gone = bool(shown) and all(fate.kind in TAKEN_OUT for fate in shown)
    lead = _("Something that I told you has been corrected")
    if gone:
        lead = _("An article that I quoted to you has been taken out")
    elif shown and all(fate.kind is FateKind.SAME for fate in shown):
        lead = _("An article that I quoted to you is back")
    elif not shown:
        lead = _("The editors have a note on something that I told you")
    if len(shown) == 1 and shown[0].kind in (FateKind.CHANGED, FateKind.GONE, FateKind.CITED):
        # The first line is all that a notification shows.
        lead = _("Corrected: {what}").format(what=fate_words(shown[0]))
        blocks = [Block(BlockKind.LEAD, lead), *_told_blocks(shown[0])[1:]]
    else:
        blocks = [Block(BlockKind.LEAD, lead)]
        for fate in shown:
            blocks += _told_blocks(fate)
    if note:
        blocks.append(Block(BlockKind.TEXT, _("Note of the editors: {note}").format(note=note)))
    codes = [f"ctx:{f.new.key}:{f.span.start}:{f.span.end}" for f in shown if f.new and f.span]
    buttons = [Button(_("Context"), codes[0])] if codes else []
    buttons.append(Button(_("All corrections"), "cmd:/corrections"))
    return Reply(tuple(blocks), (tuple(buttons),))


def _told_blocks(fate: Fate) -> list[Block]:
    """What became of one sentence."""
    words = fate_words(fate)
    blocks = [Block(BlockKind.TEXT, f"{words[:1].upper()}{words[1:]}")]
    if fate.kind in TAKEN_OUT:
        text = _("Please do not rely on it. My message of it is changed.")
        return [*blocks, Block(BlockKind.TEXT, text)]
    if fate.span is not None and fate.new is not None:
        now = Evidence(fate.new.key, fate.span)
        blocks.append(Block(BlockKind.QUOTE, fate.span.of(fate.new.text), evidence=now))
    told = fate.new or fate.old
    if told is not None:
        blocks.append(Block(BlockKind.SOURCE, article_line(told), url=told.url))
    if fate.old is not None and fate.kind in (FateKind.CHANGED, FateKind.GONE):
        was = Evidence(fate.old.key, fate.place)
        blocks.append(Block(BlockKind.TEXT, _("It read before:")))
        blocks.append(Block(BlockKind.STRUCK, fate.place.of(fate.old.text), evidence=was))
    return blocks


def _with_note(reply: Reply, note: str, today: date) -> Reply:
    """A message with a note of the editors under what it quotes."""
    words = _("Note of the editors {day}: {note}").format(day=spoken_day(today), note=note)
    mark = Block(BlockKind.TEXT, words)
    return reply if mark in reply.blocks else replace(reply, blocks=(*reply.blocks, mark))


def _places(changes: Sequence[Change]) -> list[Span]:
    return [c.old_span for c in changes if c.old_span is not None and is_material(c)]


def _is_other(change: Change, new: Article) -> bool:
    """Whether a change takes back something that was told: not what is only added."""
    if change.kind is ChangeKind.FIELD:
        return new.edited and is_material(change)
    return bool(change.old) and is_material(change)


def _finish(
    connection: sqlite3.Connection,
    it: Correction,
    found: _Listed | None,
) -> None:
    if found is not None:
        shelf.put_findings_of(connection, it.id, found.data, is_public=found.is_public)
    shelf.finish(connection, it.id)
