"""What the buttons of a card do: publish, keep both, correct a field, look, discard; and files
published row by row."""

from __future__ import annotations

import sqlite3
import time
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.errors import IntakeError, StoreRefusedError
from bot.locales import N_, _
from bot.model import Draft
from bot.newsroom import Added, Newsroom
from bot.store import drafts
from bot.store.audit import Act, put_act
from bot.store.drafts import DONE, OPEN, PUBLISHING, SHOWING, DraftCard
from bot.store.traces import TAKEN_DOWN
from bot.talk.batches import draft_labels, refused_reply
from bot.talk.cards import (
    card_reply,
    changes_reply,
    fields_reply,
    look_up_article,
    prompt_reply,
    quotes_reply,
    summarise,
)
from bot.talk.desks import NOTHING_DUE, Desk, Job, Outgoing, stop_waiting, wait_for
from bot.talk.fields import INSIDE, LABELS, fields_of, parse_field, parse_given, spoken_field
from bot.talk.languages import speaking_to
from bot.talk.lines import article_line
from bot.talk.pages import article_page
from bot.talk.replies import Button, Incoming, Notice, Reply, Role, told
from bot.talk.team import act_by

FIELD = "draft field"
WORK_SECONDS = 1.0
CHUNK_SECONDS = 4.0
"""So long a file is published before its card tells how far it is; Telegram takes an edit in
three seconds."""
ROWS_AT_ONCE = 50  # looked up in one go
EXPIRED = N_("This card is too old: the draft was dropped. Please hand the article in again.")
DECIDED = N_("That is decided already.")


class Publishing:
    """The desk behind the cards."""

    def __init__(self, newsroom: Newsroom, clock: Callable[[], datetime]) -> None:
        self._newsroom = newsroom
        self._store = newsroom.store
        self._clock = clock

    def desk(self) -> Desk:
        """The desk where editors decide on what was handed in."""
        return Desk(
            buttons={"card": self.press},
            inputs={FIELD: self.take_field},
            words=self.take_words,
            jobs=(Job("publishing", WORK_SECONDS, self.work),),
        )

    # --------------------------------------------------------------------------- buttons
    def press(self, incoming: Incoming, code: str) -> Reply | None:
        """What a button of a card does."""
        if not incoming.role.may(Role.EDITOR):
            return Reply(toast=_("Only editors decide on articles."))
        number, __, rest = code.partition(":")
        what, __, more = rest.partition(":")
        card = self._look_up(incoming, number)
        if card is None:
            return Reply(toast=_(EXPIRED))
        page = int(more) if more.isascii() and more.isdigit() and len(more) < 9 else 0
        if what == "refused":
            rows = drafts.find_rows(self._store, card.id, refused=True)
            return refused_reply(card, rows, page) if rows else None
        if card.state == PUBLISHING and what == "stop":
            return self._stop(card)
        if card.state != OPEN:
            toast = None if what == "back" else _(DECIDED)
            return replace(card_reply(self._newsroom, card), edits=True, toast=toast)
        match what:
            case "publish":
                return self._publish(incoming, card)
            case "both":
                return self._keep_both(incoming, card)
            case "all":
                return self._begin_all(incoming, card)
            case "discard":
                return self._discard(incoming, card)
            case "edit":
                return self._fields(card)
            case "field" if more in LABELS:
                return self._prompt(incoming, card, more)
            case "quotes" if "summary" in card.data:
                return quotes_reply(card, page)
            case "changes" if "summary" in card.data:
                return changes_reply(card, page)
            case "open" if "summary" in card.data:
                article = look_up_article(self._newsroom, card.data["summary"]["article"])
                return article_page(self._newsroom, article, incoming.role) if article else None
            case "back":
                stop_waiting(self._store, incoming)
                return replace(card_reply(self._newsroom, card), edits=True)
        return None

    def _look_up(self, incoming: Incoming, number: str) -> DraftCard | None:
        if not (number.isascii() and number.isdigit() and len(number) < 19):
            return None
        card = drafts.look_up_card(self._store, int(number))
        return card if card is not None and card.chat == incoming.chat else None

    def _draft_of(self, card: DraftCard) -> Draft:
        (row,) = drafts.find_rows(self._store, card.id)
        assert row.draft is not None  # an open card of one article has it
        return row.draft

    # ------------------------------------------------------------------------- publishing
    def _publish(self, incoming: Incoming, card: DraftCard, draft: Draft | None = None) -> Reply:
        """The card once its article is stored: text, card and audit in one transaction."""
        if "summary" not in card.data:
            return self._begin_all(incoming, card)
        stop_waiting(self._store, incoming)
        draft = draft or self._draft_of(card)
        if TAKEN_DOWN in draft.text:
            raise StoreRefusedError(
                _(
                    "This text was deleted for good meanwhile. Discard the card; to publish it "
                    "all the same, hand it in again."
                )
            )
        settled: list[DraftCard] = []

        def note(connection: sqlite3.Connection, added: Added) -> None:
            if not drafts.move_card(connection, card.id, OPEN, DONE):
                raise StoreRefusedError(_(DECIDED))
            settled.append(self._noted(connection, act_by(incoming, "publish", ""), card, added))

        self._newsroom.add(draft, note=note)
        return replace(card_reply(self._newsroom, settled[-1]), edits=True)

    def _noted(
        self, connection: sqlite3.Connection, act: Act, card: DraftCard, added: Added
    ) -> DraftCard:
        """Note in the audit and on the card what became of its article."""
        outcome: dict[str, Any] = {"what": "unchanged", "key": added.key}
        if added.status != "unchanged":
            before = added.version - 1 if added.status == "updated" else None
            act = replace(act, target=added.article_id, before=before, after=added.version)
            outcome = {
                "what": "published",
                "key": added.key,
                "version": added.version,
                "line": self._line_of(added),
                "removed": added.removed is not None,
                "act": put_act(connection, act, self._clock()),
            }
        drafts.drop_texts(connection, card.id)
        done = replace(card, state=DONE, data={"outcome": outcome})
        return drafts.keep_card(connection, done, card.changed)

    def _line_of(self, added: Added) -> str:
        article = look_up_article(self._newsroom, added.article_id)
        return article_line(article) if article is not None else ""

    def _keep_both(self, incoming: Incoming, card: DraftCard) -> Reply:
        """Publish as an article of its own what would be a new version of another."""
        own = card.data["summary"]["article"]
        number = 2
        while look_up_article(self._newsroom, f"{own}-{number}") is not None:
            number += 1
        return self._publish(incoming, card, replace(self._draft_of(card), id=f"{own}-{number}"))

    def _discard(self, incoming: Incoming, card: DraftCard) -> Reply:
        stop_waiting(self._store, incoming)
        if card.data.get("done_rows"):  # stopped on the way: what is public can be undone
            with self._store.write() as connection:
                drafts.drop_texts(connection, card.id)
            return replace(card_reply(self._newsroom, self._finish_all(card, DONE)), edits=True)
        is_stored = card.data.get("summary", {}).get("status") == "unchanged"
        what = "closed" if is_stored else "discarded"
        with self._store.write() as connection:
            drafts.drop_texts(connection, card.id)
            done = replace(card, state=DONE, data={"outcome": {"what": what}})
            drafts.keep_card(connection, done, card.changed)
            if not is_stored:
                act = act_by(incoming, "discard", f"draft {card.id}")
                put_act(connection, act, self._clock())
        return replace(card_reply(self._newsroom, done), edits=True)

    # ----------------------------------------------------------------------------- fields
    def _fields(self, card: DraftCard) -> Reply:
        lead = _("Edit a field")
        prefix = f"card:{card.id}:field"
        fields = fields_of(self._draft_of(card))
        back = Button(_("Back"), f"card:{card.id}:back")
        return fields_reply(fields, lead=lead, prefix=prefix, back=back)

    def _prompt(self, incoming: Incoming, card: DraftCard, name: str) -> Reply:
        kept = {"draft": card.id, "field": name, "message": incoming.message}
        wait_for(self._store, incoming, FIELD, kept)
        value = fields_of(self._draft_of(card))[name]
        return prompt_reply(name, value, back=f"card:{card.id}:back")

    def take_field(self, incoming: Incoming, pending: dict[str, Any]) -> Reply | None:
        """The card with the value that was typed; a value that cannot be read is asked again."""
        card = drafts.look_up_card(self._store, int(pending["draft"]))
        if card is None or card.state != OPEN or not incoming.role.may(Role.EDITOR):
            stop_waiting(self._store, incoming)
            return None
        typed = incoming.text or ""
        reply = self._corrected(card, str(pending["field"]), typed, pending.get("message"))
        stop_waiting(self._store, incoming)
        return reply

    def take_words(self, incoming: Incoming, text: str) -> Reply | None:
        """The card after "date: 12 June 2025" in reply to it; None for other words."""
        if not incoming.reply_to or not incoming.role.may(Role.EDITOR):
            return None
        last = incoming.reply_to.rstrip().rpartition("\n")[2]
        label, __, number = last.rpartition(" ")
        given = parse_given(text)
        card = self._look_up(incoming, number) if f"{label} {number}" == last else None
        if card is None or last not in draft_labels(card.id):
            return None
        if card.state != OPEN or "summary" not in card.data:
            key = card.data.get("outcome", {}).get("key")
            words = _(DECIDED)
            if key is not None:
                words += " " + _("See /edit #{number}").format(number=key)
            return told(words) if card.state != OPEN else None
        if given is None:
            return told(
                _(
                    "To correct the draft, send the field and its value: “date: 12 June 2025”. "
                    "The fields are {names}."
                ).format(names=", ".join(_(label) for label in INSIDE.values()))
            )
        return self._corrected(card, *given, incoming.reply_to_message)

    def _corrected(self, card: DraftCard, name: str, typed: str, message: int | None) -> Reply:
        """The card with this field changed, in place of the message. Raises IntakeError."""
        value = parse_field(name, typed, self._newsroom.clock().date())
        change: dict[str, Any] = {name: value}
        draft = replace(self._draft_of(card), **change)
        summary = summarise(self._newsroom.preview_article(draft))
        data = {k: v for k, v in card.data.items() if k != "parts"} | {"summary": summary}
        with self._store.write() as connection:
            card = drafts.keep_card(connection, replace(card, data=data), card.changed)
            drafts.put_rows(connection, card.id, [drafts.DraftRow(0, draft)])
        news = _("{field} is now: {value}.").format(
            field=_(LABELS[name]), value=spoken_field(name, value)
        )
        return replace(card_reply(self._newsroom, card, news=news), replaces=message)

    # ----------------------------------------------------------------------------- a file
    def _begin_all(self, incoming: Incoming, card: DraftCard) -> Reply:
        """The card while its file is published; without a message to edit it is done at once."""
        if "batch" not in card.data:
            return self._publish(incoming, card)
        by = {"person": incoming.person, "name": incoming.name, "message": incoming.message}
        card = replace(card, state=PUBLISHING, data={**card.data, "by": by})
        with self._store.write() as connection:
            drafts.keep_card(connection, card, card.changed)
        if incoming.message is not None:
            return replace(card_reply(self._newsroom, card), edits=True)
        while card.state == PUBLISHING:
            card = self._chunk(card)
        return replace(card_reply(self._newsroom, card), edits=True)

    def _stop(self, card: DraftCard) -> Reply:
        card = self._keep_progress(card, float(card.data.get("seconds", 0.0)))
        with self._store.write() as connection:
            card = replace(card, state=OPEN)
            drafts.keep_card(connection, card, card.changed)
        reply = card_reply(self._newsroom, card)
        return replace(reply, edits=True, toast=_("Stopped. What is published stays."))

    def work(self, now: datetime) -> Outgoing:
        """How far one file is after some more of its rows, or what became of it."""
        for card in drafts.find_cards(self._store, SHOWING):
            if "outcome" in card.data:
                return self._told_all(card)
        for card in drafts.find_cards(self._store, PUBLISHING):
            card = self._chunk(card)
            if card.state == SHOWING:
                return self._told_all(card)
            if card.state == PUBLISHING:
                with speaking_to(self._store, card.chat):
                    reply = card_reply(self._newsroom, card)
                key = f"draft:{card.id}:rows:{card.data.get('done_rows')}"
                message = card.data.get("by", {}).get("message")
                notice = Notice(card.chat, key, replace(reply, replaces=message))
                return Outgoing((notice,), more=True)
        return NOTHING_DUE

    def _told_all(self, card: DraftCard) -> Outgoing:
        """The last word on a file; that it was said is noted with it."""
        message = card.data["outcome"].get("message")
        with speaking_to(self._store, card.chat):
            reply = replace(card_reply(self._newsroom, card), replaces=message)
        notice = Notice(card.chat, f"draft:{card.id}:rows:all", reply)

        def settle(connection: sqlite3.Connection) -> None:
            drafts.move_card(connection, card.id, SHOWING, DONE)

        return Outgoing((notice,), settle, more=True)

    def _chunk(self, card: DraftCard) -> DraftCard:
        """The card after some seconds of publishing rows, each in a transaction of its own."""
        began = time.monotonic()
        while time.monotonic() - began < CHUNK_SECONDS:
            rows = drafts.find_rows_to_do(self._store, card.id, limit=ROWS_AT_ONCE)
            if not rows:
                return self._finish_all(card)
            for row in rows:
                self._publish_row(card, row)
                if (drafts.look_up_card(self._store, card.id) or card).state != PUBLISHING:
                    return replace(card, state=OPEN)
                if time.monotonic() - began >= CHUNK_SECONDS:
                    break
        seconds = float(card.data.get("seconds", 0.0)) + time.monotonic() - began
        return self._keep_progress(card, seconds)

    def _publish_row(self, card: DraftCard, row: drafts.DraftRow) -> None:
        assert row.draft is not None

        def note(connection: sqlite3.Connection, added: Added) -> None:
            outcome = f"{added.status} {added.version} {added.article_id}"
            drafts.settle_row(connection, card.id, row.n, outcome=outcome)

        try:
            self._newsroom.add(row.draft, note=note)
        except IntakeError as error:
            with self._store.write() as connection:
                fault = _("Article {n}: {fault}").format(n=row.n + 1, fault=error)
                drafts.settle_row(connection, card.id, row.n, fault=fault)

    def _keep_progress(self, card: DraftCard, seconds: float) -> DraftCard:
        counts = drafts.count_rows(self._store, card.id)
        done = sum(n for what, n in counts.items() if what not in ("", "refused"))
        with self._store.write() as connection:
            now = drafts.look_up_card(self._store, card.id) or card
            data = {**now.data, "done_rows": done, "seconds": seconds}
            card = replace(now, data=data)
            drafts.keep_card(connection, card, card.changed)
        return card

    def _finish_all(self, card: DraftCard, state: str = "") -> DraftCard:
        """The card of a file of which no more will be published, with what became of it."""
        counts = drafts.count_rows(self._store, card.id)
        by = card.data.get("by", {})
        batch = {name: card.data["batch"][name] for name in ("name", "articles")}
        outcome: dict[str, Any] = {
            "what": "all",
            "counts": counts,
            "message": by.get("message"),
        }
        with self._store.write() as connection:
            if any(counts.get(what) for what in ("added", "linked", "updated")):
                act = Act(
                    by.get("person", card.person),
                    "import",
                    batch["name"],
                    card.chat,
                    by.get("name", ""),
                    detail={"draft": card.id, "counts": counts},
                )
                outcome["act"] = put_act(connection, act, self._clock())
            state = state or (DONE if by.get("message") is None else SHOWING)
            done = replace(card, state=state, data={"batch": batch, "outcome": outcome})
            return drafts.keep_card(connection, done, card.changed)
