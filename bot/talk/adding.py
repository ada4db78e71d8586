"""Handing articles in: a paste in parts, a reply, a forward, an album, a file or a link becomes a
card that is not public yet."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Sequence
from dataclasses import asdict, replace
from datetime import UTC, datetime, timedelta
from typing import Any

from bot.errors import IntakeError
from bot.intake.identity import is_address
from bot.locales import N_, _, ngettext
from bot.model import Draft
from bot.newsroom import Newsroom, now_utc
from bot.store import drafts
from bot.store.drafts import COLLECTING, DONE, OPEN, SHOWING, DraftCard, DraftRow
from bot.store.outbox import find_sent
from bot.talk.batches import summarise_rows
from bot.talk.cards import card_reply, summarise
from bot.talk.desks import (
    NOTHING_DUE,
    Desk,
    Job,
    Outgoing,
    stop_waiting,
    wait_for,
)
from bot.talk.fields import fields_of
from bot.talk.handed_in import TEASER_WORDS, links_in, look_up_linked, read_handed_in, read_page
from bot.talk.languages import speaking_to
from bot.talk.marked import find_in_message
from bot.talk.parts import LATE, by_message, joined, quiet_after, was_cut
from bot.talk.replies import Incoming, Notice, Origin, Reply, Role, told

ADDING = "adding"
EDITORS_ONLY = N_("Only editors can add articles. You can ask me anything, though.")
LOOK_SECONDS = 1.0
CLEAN_AFTER = timedelta(hours=1)
KEPT = timedelta(days=30)
"""A card that nobody decides is dropped after this."""
ARTICLE_WORDS = 150
"""No question has so many words: whoever sends them forgot the command."""
FEWEST_WORDS = 25
"""A forwarded post with fewer words and without a link is a question, not an article."""
HOW = N_(
    "Send me the article: paste its text, forward it, or send a link or a file (.txt .md .html "
    ".pdf .docx .json .jsonl .csv .zip). /cancel stops."
)


class AddingFlow:
    """What an editor hands in becomes a card with what was understood; nothing is stored yet."""

    def __init__(self, newsroom: Newsroom, arrived: Callable[[], datetime] = now_utc) -> None:
        """`arrived` tells when something comes in: the wall clock, since parts of one text are
        told by the pauses between them."""
        self._newsroom = newsroom
        self._store = newsroom.store
        self._arrived = arrived
        self._cleaned = datetime.min.replace(tzinfo=UTC)

    def desk(self) -> Desk:
        """The desk where editors hand articles in."""
        return Desk(
            commands={"add": self.add, "done": self.done},
            inputs={ADDING: self.go_on},
            buttons={"fetch": self.fetch_again},
            words=self.take_words,
            file=self.take_file,
            jobs=(Job("drafts", LOOK_SECONDS, self.work),),
        )

    # ---------------------------------------------------------------------- the dialogue
    def add(self, incoming: Incoming, text: str) -> Reply:
        """The reply to "/add": the text after it, the message replied to, or a wait for more."""
        if text.strip():
            return self._take(incoming, text)
        if incoming.reply_to or incoming.links:
            return self._finish(incoming, incoming.reply_to or "", incoming.links, incoming.origin)
        wait_for(self._store, incoming, ADDING, {})
        return told(_(HOW))

    def go_on(self, incoming: Incoming, __: dict[str, Any]) -> Reply | None:
        """What comes after a bare "/add"."""
        if not incoming.role.may(Role.EDITOR):  # an editor no longer
            return None
        return self._take(incoming, incoming.text or "")

    def done(self, incoming: Incoming, __: str) -> Reply:
        """What was pasted so far is the whole article."""
        card = self._collecting(incoming)
        if card is None:
            return told(_("There is nothing to complete. /add begins a new article."))
        return self._completed(card)

    def cancel(self, incoming: Incoming) -> bool:
        """Whether parts of a text were coming in, which are dropped."""
        card = self._collecting(incoming)
        if card is None:
            return False
        self._drop(card)
        return True

    def _drop(self, card: DraftCard) -> None:
        """Nothing of what came in as this draft is kept."""
        with self._store.write() as connection:
            drafts.keep_card(connection, replace(card, state=DONE, data={}), card.changed)
            drafts.drop_texts(connection, card.id)

    def take_words(self, incoming: Incoming, text: str) -> Reply | None:
        """A further part of what is coming in, or a forwarded article; None for all else."""
        if not incoming.role.may(Role.EDITOR):
            return None
        if self._awaits(incoming, text):
            return self._take(incoming, text)
        if not incoming.forwarded:
            return self._take(incoming, text) if _is_article(incoming, text) else None
        links = incoming.links or links_in(text)
        words = len(text.split())
        if words < FEWEST_WORDS and not links:
            return None
        if words < TEASER_WORDS and find_in_message(self._newsroom, text) is not None:
            return None  # words of an article here: the editor asks who said them
        return self._take(incoming, text)

    def take_file(self, incoming: Incoming) -> Reply:
        """The card of all articles of a file that an editor sent."""
        assert incoming.file is not None
        if not incoming.role.may(Role.EDITOR):
            return told(_(EDITORS_ONLY))
        stop_waiting(self._store, incoming)
        file = incoming.file
        rows = [
            DraftRow(0, row.draft, _fault(row.member or file.name, row.line, row.fault))
            for row in self._newsroom.read_file(file.name, file.data)
        ]
        if incoming.album is not None:
            return self._take_album_file(incoming, file.name, rows)
        return self._open_rows(incoming.chat, incoming.person, file.name, rows)

    def fetch_again(self, incoming: Incoming, code: str) -> Reply | None:
        """The card of a page that is stored already, as it is now."""
        if not incoming.role.may(Role.EDITOR) or not code.isdigit() or len(code) > 18:
            return None
        article = self._newsroom.look_up_version(int(code))
        if article is None or article.url is None:
            return None
        draft = read_page(self._newsroom, article.url)
        # What a page does not tell is no news: a date that came from elsewhere stays.
        known: dict[str, Any] = {
            name: value for name, value in fields_of(article).items() if not getattr(draft, name)
        }
        draft = replace(draft, **known)
        return replace(self._open(incoming.chat, incoming.person, draft), edits=True)

    # ----------------------------------------------------------------------------- parts
    def _take(self, incoming: Incoming, text: str) -> Reply:
        """A part of a text, or all of it."""
        stop_waiting(self._store, incoming)
        card = self._awaits(incoming, text)
        if card is None:
            if incoming.message is None or not (was_cut(text) or incoming.album):
                return self._finish(incoming, text, incoming.links, incoming.origin)
            data: dict[str, Any] = {"parts": [], "links": [], "album": incoming.album}
            with self._store.write() as connection:
                card = drafts.put_card(
                    connection,
                    incoming.chat,
                    incoming.person,
                    COLLECTING,
                    data,
                    self._arrived(),
                )
        self._add_part(card, incoming, text)
        return Reply()

    def _add_part(self, card: DraftCard, incoming: Incoming, text: str) -> None:
        data = dict(card.data)
        data["parts"] = [*data.get("parts", []), [incoming.message, text]]
        data["links"] = [*data.get("links", []), *incoming.links]
        if incoming.origin is not None and not data.get("origin"):
            data["origin"] = _dumped(incoming.origin)
        with self._store.write() as connection:
            changed = replace(card, state=COLLECTING, data=data)
            drafts.keep_card(connection, changed, self._arrived())

    def _take_album_file(self, incoming: Incoming, name: str, rows: Sequence[DraftRow]) -> Reply:
        """Nothing yet: the files of an album come one by one, and get one card."""
        card = self._collecting(incoming)
        now = self._arrived()
        with self._store.write() as connection:
            if card is None or card.data.get("album") != incoming.album:
                data: dict[str, Any] = {"album": incoming.album, "files": []}
                card = drafts.put_card(
                    connection, incoming.chat, incoming.person, COLLECTING, data, now
                )
            first = sum(drafts.count_rows(self._store, card.id).values())
            drafts.put_rows(connection, card.id, rows, first=first)
            data = {**card.data, "files": [*card.data.get("files", []), name]}
            drafts.keep_card(connection, replace(card, data=data), now)
        return Reply()

    def _collecting(self, incoming: Incoming) -> DraftCard | None:
        card = drafts.look_up_newest_card(self._store, incoming.chat, incoming.person)
        return card if card is not None and card.state == COLLECTING else None

    def _awaits(self, incoming: Incoming, text: str) -> DraftCard | None:
        """The draft that `text` is a part of; None where it begins something of its own."""
        if incoming.message is None or text.startswith("/"):
            return None
        card = drafts.look_up_newest_card(self._store, incoming.chat, incoming.person)
        if card is None or card.data.get("album") != incoming.album:
            return None
        if card.state in (COLLECTING, SHOWING):
            return card
        parts = card.data.get("parts")
        late = self._arrived() - card.changed > LATE
        if card.state != OPEN or not parts or late or text.rstrip().endswith("?"):
            return None
        number, last = max(parts, key=by_message)
        overtaken = was_cut(text) and incoming.message < number
        return card if was_cut(last) or overtaken else None

    def work(self, now: datetime) -> Outgoing:
        """The card of one draft whose parts have all come, if there is one."""
        if now - self._cleaned > CLEAN_AFTER:
            self._cleaned = now
            with self._store.write() as connection:
                drafts.forget_cards(connection, now - KEPT)
        for card in drafts.find_cards(self._store, SHOWING):
            if "outcome" not in card.data:  # made before a crash, and never filed
                return self._shown(card, card_reply(self._newsroom, card))
        for card in drafts.find_cards(self._store, COLLECTING):
            if now - card.changed < quiet_after(card):
                continue
            with speaking_to(self._store, card.chat):
                try:
                    reply = self._completed(card, SHOWING)
                except IntakeError as error:
                    reply = told(str(error))
                    self._drop(card)
            return self._shown(card, reply)
        return NOTHING_DUE

    def _shown(self, card: DraftCard, reply: Reply) -> Outgoing:
        """The card to be sent, in place of the one that was shown before its last part came."""
        parts = len(card.data.get("parts", []))
        before = find_sent(self._store.read(), f"draft:{card.id}:{card.data.get('shown')}")
        notice = Notice(
            card.chat,
            f"draft:{card.id}:{parts}",
            replace(reply, replaces=before[0] if before else None),
        )

        def settle(connection: sqlite3.Connection) -> None:
            drafts.move_card(connection, card.id, SHOWING, OPEN)

        return Outgoing((notice,), settle, more=True)

    def _completed(self, card: DraftCard, state: str = OPEN) -> Reply:
        """The card of a draft whose parts have all come. Raises IntakeError."""
        if card.data.get("files"):
            rows = drafts.find_rows(self._store, card.id)
            name = _files_name(card.data["files"])
            return self._open_rows(card.chat, card.person, name, rows, card, state)
        parts = sorted(card.data["parts"], key=by_message)
        text = joined([words for __, words in parts])
        links = card.data.get("links", ())
        if (stored := look_up_linked(self._newsroom, text, links)) is not None:
            self._drop(card)
            return stored
        draft, remark = read_handed_in(self._newsroom, text, links, _loaded(card.data))
        return self._open(card.chat, card.person, draft, remark, card, state)

    def _finish(
        self, incoming: Incoming, text: str, links: Sequence[str], origin: Origin | None
    ) -> Reply:
        if (stored := look_up_linked(self._newsroom, text, links)) is not None:
            return stored
        draft, remark = read_handed_in(self._newsroom, text, links, origin)
        parts = [] if incoming.message is None else [[incoming.message, text]]
        return self._open(incoming.chat, incoming.person, draft, remark, parts=parts)

    # ----------------------------------------------------------------------------- cards
    def _open(
        self,
        chat: str,
        person: str,
        draft: Draft,
        remark: str = "",
        card: DraftCard | None = None,
        state: str = OPEN,
        parts: Sequence[Any] = (),
    ) -> Reply:
        """The card of one article, which is kept from now on. Raises IntakeError."""
        summary = summarise(self._newsroom.preview_article(draft))
        data: dict[str, Any] = {"summary": summary, "remark": remark, "parts": list(parts)}
        return self._kept(chat, person, data, [DraftRow(0, draft)], card, state)

    def _open_rows(
        self,
        chat: str,
        person: str,
        name: str,
        rows: Sequence[DraftRow],
        card: DraftCard | None = None,
        state: str = OPEN,
    ) -> Reply:
        """The card of a file. Raises IntakeError where nothing in it can be read."""
        good = [row for row in rows if row.draft is not None]
        if not good and len(rows) == 1:
            raise IntakeError(rows[0].fault or _("The file holds no article."))
        if len(rows) == 1 and good[0].draft is not None:
            return self._open(chat, person, good[0].draft, "", card, state)
        if not rows:
            raise IntakeError(_("The file holds no article."))
        data: dict[str, Any] = {"batch": summarise_rows(name, rows)}
        return self._kept(chat, person, data, rows, card, state)

    def _kept(
        self,
        chat: str,
        person: str,
        data: dict[str, Any],
        rows: Sequence[DraftRow],
        card: DraftCard | None,
        state: str,
    ) -> Reply:
        now = self._arrived()
        with self._store.write() as connection:
            if card is None:
                card = drafts.put_card(connection, chat, person, state, data, now)
            else:
                for name in ("parts", "links", "origin"):
                    if name in card.data:
                        data[name] = card.data[name]
                data["shown"] = len(card.data.get("parts", []))
                card = replace(card, state=state, data=data)
                # The time of the last part stays: the rest of a cut one may come still.
                drafts.keep_card(connection, card, card.changed)
            drafts.put_rows(connection, card.id, rows)
        return card_reply(self._newsroom, card)


# ------------------------------------------------------------------------------- pieces


def _is_article(incoming: Incoming, text: str) -> bool:
    """Whether an editor's words are an article or its address rather than a question."""
    if incoming.reply_to or incoming.marked:
        return False
    words = text.split()
    if is_address(text):
        return True
    return len(words) >= ARTICLE_WORDS and "\n" in text.strip()


def _fault(name: str, line: int | None, fault: str | None) -> str | None:
    if fault is None:
        return None
    if not line:
        return f"{name}: {fault}"
    return _("{file}, row {n}: {fault}").format(file=name, n=line, fault=fault)


def _files_name(names: Sequence[str]) -> str:
    if len(names) == 1:
        return names[0]
    return ngettext("{n} file", "{n} files", len(names)).format(n=len(names))


def _dumped(origin: Origin) -> dict[str, Any]:
    values = asdict(origin)
    values["written"] = origin.written.isoformat() if origin.written else None
    return values


def _loaded(data: dict[str, Any]) -> Origin | None:
    values = data.get("origin")
    if not values:
        return None
    written = values.get("written")
    return Origin(**{**values, "written": datetime.fromisoformat(written) if written else None})
