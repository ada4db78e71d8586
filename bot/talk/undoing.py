"""Taking back what editors did: the last act first, or the one whose button is tapped."""

from __future__ import annotations

import sqlite3
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.errors import StoreRefusedError
from bot.locales import _, ngettext
from bot.locales.numbers import spoken_number
from bot.model import Article, Draft, Kept
from bot.newsroom import Added, Newsroom
from bot.store import drafts
from bot.store.articles import FIELDS, look_up_newest
from bot.store.audit import (
    Act,
    find_acts,
    look_up_act,
    look_up_last_act,
    mark_undone,
    put_act,
)
from bot.talk.desks import Desk
from bot.talk.naming import is_version, told_article
from bot.talk.replies import Incoming, Reply, Role, told
from bot.talk.team import act_by

UNDO_BUTTON = timedelta(minutes=10)
UNDOABLE = ("publish", "edit", "remove", "restore", "import")
"""The acts that /undo takes back, the last one of whoever sends it first."""
LATER_ACTS = 1_000  # looked at of one article


class Undoing:
    """The desk where acts are taken back."""

    def __init__(self, newsroom: Newsroom, clock: Callable[[], datetime]) -> None:
        self._newsroom = newsroom
        self._store = newsroom.store
        self._clock = clock

    def desk(self) -> Desk:
        """Its command and button."""
        return Desk(commands={"undo": self.undo}, buttons={"undo": self.press_undo})

    def undo(self, incoming: Incoming, __: str) -> Reply:
        """The last act of this person, taken back."""
        while (act := look_up_last_act(self._store, incoming.person, UNDOABLE)) is not None:
            if act.act == "import" or look_up_newest(self._store, act.target) is not None:
                return self._undone(incoming, act)
            with self._store.write() as connection:  # its article was deleted for good
                mark_undone(connection, act.id, self._clock())
        return told(_("You have done nothing that I could take back."))

    def press_undo(self, incoming: Incoming, code: str) -> Reply | None:
        """The act under whose card the button stands, taken back within ten minutes."""
        number = int(code) if is_version(code) else 0
        act = look_up_act(self._store, number)
        if act is None or not incoming.role.may(Role.EDITOR):
            return None
        if act.person != incoming.person and not incoming.role.may(Role.OWNER):
            return Reply(toast=_("Only who did this can take it back here. See /history."))
        if act.undone:
            return Reply(toast=_("That is undone already."))
        assert act.at is not None
        if self._clock() - act.at > UNDO_BUTTON:
            return Reply(
                toast=_("The ten minutes of this button are over. /undo takes back your last act.")
            )
        return replace(self._undone(incoming, act), edits=True)

    def _undone(self, incoming: Incoming, act: Act) -> Reply:
        if act.act == "import":
            return self._undo_import(incoming, act)
        article = look_up_newest(self._store, act.target)
        if article is None:
            with self._store.write() as connection:
                mark_undone(connection, act.id, self._clock())
            return told(_("That article was deleted for good; there is nothing to take back."))
        if act.after is not None and article.version != act.after + self._made_by_undoing(act):
            return told(
                _(
                    "#{number} has changed since, to version {version}. See /history #{number}"
                ).format(number=article.key, version=article.version)
            )
        note = self._noting_undo(incoming, act)
        lead = self._take_back(act, article, note)
        shown = look_up_newest(self._store, act.target) or article
        then = "back" if shown.removed else "open"
        return told_article(_("Undone: {what}").format(what=lead), shown, then)

    def _made_by_undoing(self, act: Act) -> int:
        """How many versions came after `act` and were taken back since: each left two."""
        later = find_acts(self._store, limit=LATER_ACTS, target=act.target)
        return 2 * sum(a.id > act.id and a.undone and a.after is not None for a in later)

    def _noting_undo(
        self, incoming: Incoming, act: Act
    ) -> Callable[[sqlite3.Connection, Added | None], None]:
        """What notes that `act` is undone, in the transaction that undoes it."""

        def note(connection: sqlite3.Connection, __: Added | None) -> None:
            if not mark_undone(connection, act.id, self._clock()):
                raise StoreRefusedError(_("That is undone already."))
            entry = act_by(incoming, "undo", act.target)
            put_act(connection, replace(entry, detail={"act": act.act}), self._clock())

        return note

    def _take_back(
        self,
        act: Act,
        article: Article,
        note: Callable[[sqlite3.Connection, Added | None], None],
    ) -> str:
        """What is so now, in words."""
        if act.act in ("publish", "edit") and act.before is not None:
            self._bring_back(article, act.before, note)
            return _("#{number} is as in version {version}").format(
                number=article.key, version=act.before
            )
        with self._store.write() as connection:
            if act.act == "remove":
                self._newsroom.restore_article(article.id)
            else:  # what was published or brought back goes
                self._newsroom.remove(article.id)
            note(connection, None)
        words = _("#{number} is back") if act.act == "remove" else _("#{number} is removed")
        return words.format(number=article.key)

    def _bring_back(
        self,
        article: Article,
        version: int,
        note: Callable[[sqlite3.Connection, Added | None], None] | None = None,
    ) -> None:
        """Make the text and fields of an earlier version those of a new one."""
        versions = {v.version: v for v in self._newsroom.history(article.id)}
        old = versions[max(number for number in versions if number <= version)]
        fields: dict[str, Any] = {name: getattr(old, name) for name in FIELDS}
        draft = Draft(
            text=old.text,
            id=old.id,
            published_given=old.published_given,
            modified=old.modified,
            kept=Kept(0, edited=True),
            text_was_given=True,
            **fields,
        )
        self._newsroom.add(draft, note=note)

    def _undo_import(self, incoming: Incoming, act: Act) -> Reply:
        """What a file brought, taken out again; new versions go back to those before."""
        removed = reverted = 0
        for row in drafts.find_rows(self._store, int(act.detail["draft"]), refused=False):
            status, version, article_id = (*(row.outcome or "").split(" ", 2), "", "")[:3]
            article = look_up_newest(self._store, article_id) if article_id else None
            if article is None or str(article.version) != version:
                continue
            if status in ("added", "linked"):
                removed += self._newsroom.remove(article_id)
            elif status == "updated" and article.removed is None:
                self._bring_back(article, article.version - 1)
                reverted += 1
        with self._store.write() as connection:
            self._noting_undo(incoming, act)(connection, None)
        words = ngettext("Undone: {n} article removed.", "Undone: {n} articles removed.", removed)
        if reverted:
            words = ngettext(
                "Undone: {n} article removed, {reverted} as before.",
                "Undone: {n} articles removed, {reverted} as before.",
                removed,
            )
        words = words.format(n=spoken_number(removed), reverted=spoken_number(reverted))
        return told(f"{words} {_('What has changed since stays.')}")
