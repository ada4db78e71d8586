"""What editors do with stored articles: correct, remove, bring back; and the owner: delete for
good."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime
from typing import Any

from bot.errors import StoreRefusedError
from bot.locales import _, ngettext
from bot.locales.numbers import spoken_number
from bot.model import Article
from bot.newsroom import Added, Newsroom
from bot.store.articles import look_up_newest
from bot.store.audit import put_act
from bot.talk.cards import fields_reply, prompt_reply
from bot.talk.desks import Desk, stop_waiting, wait_for
from bot.talk.fields import INSIDE, LABELS, fields_of, parse_field, parse_given, spoken_field
from bot.talk.history import versions_count
from bot.talk.lines import article_line
from bot.talk.naming import NUMBER_IN, Naming, told_article
from bot.talk.replies import Block, BlockKind, Button, Incoming, Reply, Role, told
from bot.talk.team import act_by

FIELD = "article field"
YES = frozenset({"yes", "ja", "sí", "si"})
"""What somebody says who means it, in the languages that the bot speaks."""


class Shelving:
    """The desk where stored articles are kept right."""

    def __init__(self, newsroom: Newsroom, clock: Callable[[], datetime]) -> None:
        self._newsroom = newsroom
        self._store = newsroom.store
        self._naming = Naming(newsroom)
        self._clock = clock

    def desk(self) -> Desk:
        """Its commands and buttons."""
        return Desk(
            commands={
                "edit": self.edit,
                "remove": self.remove,
                "restore": self.restore,
                "purge": self.purge,
            },
            buttons={
                "ed": self.press_edit,
                "rm": self._naming.on_article(Role.EDITOR, self._remove),
                "back": self._naming.on_article(Role.EDITOR, self._restore),
                "purge": self.press_purge,
            },
            inputs={FIELD: self.take_field},
            words=self.take_words,
        )

    # ------------------------------------------------------------------- remove, restore
    def remove(self, incoming: Incoming, typed: str) -> Reply:
        """An article out of search and answers, which is kept whole."""
        article = self._naming.named(incoming, typed, "remove")
        return article if isinstance(article, Reply) else self._remove(incoming, article)

    def take_out(self, incoming: Incoming, article: Article) -> int | None:
        """The number of the act that removes the article; None where it is removed already."""
        with self._store.write() as connection:
            if not self._newsroom.remove(article.id):
                return None
            return self._put(connection, incoming, "remove", article)

    def _remove(self, incoming: Incoming, article: Article) -> Reply:
        number = self.take_out(incoming, article)
        if number is None:
            lead = _("#{number} is removed already").format(number=article.key)
            return told_article(lead, article, "back")
        words = _("It is neither searched nor answered from any more, but kept whole.")
        lead = _("Removed #{number}").format(number=article.key)
        return told_article(lead, article, "purge", words=words, undo=number)

    def restore(self, incoming: Incoming, typed: str) -> Reply:
        """A removed article back in search and answers."""
        article = self._naming.named(incoming, typed, "restore")
        return article if isinstance(article, Reply) else self._restore(incoming, article)

    def _restore(self, incoming: Incoming, article: Article) -> Reply:
        with self._store.write() as connection:
            if not self._newsroom.restore_article(article.id):
                lead = _("#{number} was not removed").format(number=article.key)
                return told_article(lead, article, "open")
            number = self._put(connection, incoming, "restore", article)
        lead = _("#{number} is back").format(number=article.key)
        return told_article(lead, article, "open", undo=number)

    def _put(
        self,
        connection: sqlite3.Connection,
        incoming: Incoming,
        act: str,
        article: Article,
        **detail: Any,
    ) -> int:
        entry = act_by(incoming, act, article.id)
        return put_act(connection, replace(entry, detail=detail), self._clock())

    # ------------------------------------------------------------------------------ edit
    def edit(self, incoming: Incoming, typed: str) -> Reply:
        """The fields of a stored article to choose from, or "/edit #12 date: 12 June 2025"."""
        number, __, rest = typed.partition(" ")
        given = parse_given(rest) if number.startswith("#") else None
        whole = typed if given is None else number
        if given is None and incoming.reply_to:
            given = parse_given(typed)
            whole = typed if given is None else ""
        article = self._naming.named(incoming, whole, "edit")
        if isinstance(article, Reply):
            return article
        if given is not None:
            return self._corrected(incoming, article, *given, None)
        return self.fields(article)

    def fields(self, article: Article, lead: str = "", undo: int | None = None) -> Reply:
        """The fields of a stored article, with a button for each."""
        prefix = f"ed:{article.key}"
        lead = lead or _("Correct #{number}").format(number=article.key)
        done = Button(_("Done"), f"{prefix}:done")
        reply = fields_reply(fields_of(article), lead=lead, prefix=prefix, back=done)
        if undo is not None:
            last = (*reply.buttons[-1], Button(_("Undo"), f"undo:{undo}"))
            reply = replace(reply, buttons=(*reply.buttons[:-1], last))
        return reply

    def press_edit(self, incoming: Incoming, code: str) -> Reply | None:
        """What the buttons of the fields do."""
        if not incoming.role.may(Role.EDITOR):
            return Reply(toast=_("Only editors correct articles."))
        number, __, name = code.partition(":")
        article = self._naming.by_number(number)
        if article is None:
            return Reply(toast=_("That article is no longer in the store."))
        if name == "done":
            stop_waiting(self._store, incoming)
            return replace(told_article(f"#{article.key}", article, "open"), edits=True)
        if name not in LABELS:
            stop_waiting(self._store, incoming)
            return self.fields(article)
        kept = {"article": article.id, "field": name, "message": incoming.message}
        wait_for(self._store, incoming, FIELD, kept)
        return prompt_reply(name, fields_of(article)[name], back=f"ed:{article.key}:back")

    def take_field(self, incoming: Incoming, pending: dict[str, Any]) -> Reply | None:
        """The article with the value that was typed; one that cannot be read is asked again."""
        article = look_up_newest(self._store, str(pending["article"]))
        if article is None or not incoming.role.may(Role.EDITOR):
            stop_waiting(self._store, incoming)
            return None
        name, message = str(pending["field"]), pending.get("message")
        reply = self._corrected(incoming, article, name, incoming.text or "", message)
        stop_waiting(self._store, incoming)
        return reply

    def take_words(self, incoming: Incoming, text: str) -> Reply | None:
        """What "date: 12 June 2025" does in reply to a message that names an article by number;
        None for other words."""
        number = NUMBER_IN.search(incoming.reply_to or "")
        if number is None or not incoming.role.may(Role.EDITOR):
            return None
        given, article = parse_given(text), self._naming.by_number(number.group(1))
        if given is None or article is None:
            return None
        return self._corrected(incoming, article, *given, None)

    def _corrected(
        self, incoming: Incoming, article: Article, name: str, typed: str, message: int | None
    ) -> Reply:
        """The fields with this one changed, as a new version. Raises IntakeError."""
        value = parse_field(name, typed, self._newsroom.clock().date())
        numbers: list[int] = []

        def note(connection: sqlite3.Connection, added: Added) -> None:
            act = act_by(incoming, "edit", article.id)
            act = replace(act, before=article.version, after=added.version)
            act = replace(act, detail={"fields": [INSIDE[name]]})
            numbers.append(put_act(connection, act, self._clock()))

        if article.removed is not None:
            raise StoreRefusedError(
                _("#{number} is removed. Bring it back first: /restore #{number}").format(
                    number=article.key
                )
            )
        added = self._newsroom.edit_fields(article.id, note=note, **_one(name, value))
        changed = self._newsroom.get_article(added.article_id)
        shown = spoken_field(name, value)
        if not numbers:
            lead = _("{field} was that already: {value}").format(
                field=_(LABELS[name]), value=shown
            )
            return replace(self.fields(changed, lead), edits=False, replaces=message)
        lead = _("{field} is now: {value} (#{number}, version {version})").format(
            field=_(LABELS[name]), value=shown, number=changed.key, version=changed.version
        )
        reply = self.fields(changed, lead, numbers[0])
        return replace(reply, edits=False, replaces=message)

    # ----------------------------------------------------------------------------- purge
    def purge(self, incoming: Incoming, typed: str) -> Reply:
        """Ask once more before an article is deleted for good."""
        bare, __, last = typed.rpartition(" ")
        sure = last.lower() in YES and bool(bare)
        article = self._naming.named(incoming, bare if sure else typed, "purge")
        if isinstance(article, Reply):
            return article
        if sure:
            return self._purge(incoming, article)
        versions = versions_count(len(self._newsroom.history(article.id)))
        blocks = (
            Block(BlockKind.LEAD, _("Delete #{number} for good?").format(number=article.key)),
            Block(BlockKind.TEXT, article_line(article)),
            Block(
                BlockKind.TEXT,
                _(
                    "Its {versions}, all that was found in it, and the answers and messages that "
                    "hold its words go, here and in every chat's buttons. This cannot be undone. "
                    "Backups that were made before still hold it. /remove only takes it out of "
                    "search."
                ).format(versions=versions),
            ),
        )
        yes = Button(_("Yes, delete it for good"), f"purge:{article.key}:yes")
        return Reply(blocks, ((yes, Button(_("Keep it"), f"purge:{article.key}:no")),))

    def press_purge(self, incoming: Incoming, code: str) -> Reply | None:
        """What the buttons under that question do."""
        if not incoming.role.may(Role.OWNER):
            return Reply(toast=_("Only the owner deletes for good."))
        number, __, answer = code.partition(":")
        article = self._naming.by_number(number)
        if article is None:
            return replace(told(_("It is no longer in the store.")), edits=True)
        if answer != "yes":
            kept = _("#{number} is kept.").format(number=article.key)
            return replace(told(kept), edits=True)
        return replace(self._purge(incoming, article), edits=True)

    def _purge(self, incoming: Incoming, article: Article) -> Reply:
        with self._store.write() as connection:
            # By number: its address, which may be its id, goes as well.
            act = act_by(incoming, "purge", f"#{article.key}")
            put_act(connection, act, self._clock())
        purged = self._newsroom.purge(article.id)
        records = ngettext(
            "Its words are blanked in {n} other record (messages, drafts, reports).",
            "Its words are blanked in {n} other records (messages, drafts, reports).",
            purged.traces,
        ).format(n=spoken_number(purged.traces))
        gone = ngettext("{n} version gone.", "{n} versions gone.", purged.versions)
        lines = [f"{gone.format(n=spoken_number(purged.versions))} {records}"]
        if purged.copies:
            near = (look_up_newest(self._store, copy) for copy in purged.copies)
            others = ", ".join(f"#{a.key}" for a in near if a is not None)
            lines.append(_("Near copies in other articles stay: {others}.").format(others=others))
        if not purged.rewritten:
            lines.append(
                _(
                    "The file could not be rewritten just now; /purge is complete with the next "
                    "one."
                )
            )
        lead = _("#{number} is deleted for good").format(number=article.key)
        blocks = [Block(BlockKind.LEAD, lead)]
        blocks += [Block(BlockKind.TEXT, line) for line in lines]
        return Reply(tuple(blocks))


def _one(name: str, value: str | date | datetime | None) -> Mapping[str, Any]:
    return {name: value}
