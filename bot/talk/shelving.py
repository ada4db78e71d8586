"""What editors do with stored articles: correct, remove, bring back, look at their history, undo;
and what the owner does: delete for good."""

from __future__ import annotations

import re
import sqlite3
from collections.abc import Callable, Mapping
from dataclasses import replace
from datetime import date, datetime, timedelta
from typing import Any

from bot.answer.compose import spoken_day
from bot.errors import StoreRefusedError
from bot.model import Article, Change, Draft, Kept
from bot.newsroom import Added, Newsroom
from bot.store import drafts
from bot.store.articles import FIELDS, look_up_id, look_up_newest
from bot.store.audit import (
    Act,
    find_acts,
    look_up_act,
    look_up_last_act,
    mark_undone,
    put_act,
)
from bot.talk.auditing import act_line
from bot.talk.batches import plural
from bot.talk.buttons import MOST_NUMBER
from bot.talk.cards import change_line, fields_reply, prompt_reply
from bot.talk.desks import Desk, stop_waiting, wait_for
from bot.talk.fields import LABELS, fields_of, parse_field, parse_given, spoken_field
from bot.talk.finding import ARTICLES_SHOWN, find_named
from bot.talk.lines import article_line
from bot.talk.marked import find_in_message
from bot.talk.replies import Block, BlockKind, Button, Evidence, Incoming, Reply, Role, told
from bot.talk.team import Team, act_by

FIELD = "article field"
UNDO_BUTTON = timedelta(minutes=10)
UNDOABLE = ("publish", "edit", "remove", "restore", "import")
"""The acts that /undo takes back, the last one of whoever sends it first."""
VERSIONS_SHOWN = 10
ACTS_SHOWN = 6
LATER_ACTS = 1_000
CHANGES_A_PAGE = 5
_NUMBER_IN = re.compile(r"#([0-9]{1,18})\b")


class Shelving:
    """The desk where stored articles are kept right."""

    def __init__(self, newsroom: Newsroom, team: Team, clock: Callable[[], datetime]) -> None:
        self._newsroom = newsroom
        self._store = newsroom.store
        self._team = team
        self._clock = clock

    def desk(self) -> Desk:
        """Its commands and buttons."""
        return Desk(
            commands={
                "edit": self.edit,
                "remove": self.remove,
                "restore": self.restore,
                "history": self.history,
                "changes": self.changes,
                "undo": self.undo,
                "purge": self.purge,
            },
            buttons={
                "ed": self.press_edit,
                "rm": self._on_article(Role.EDITOR, self._remove),
                "back": self._on_article(Role.EDITOR, self._restore),
                "hist": self._on_article(Role.VIEWER, self._history),
                "chg": self.press_changes,
                "undo": self.press_undo,
                "purge": self.press_purge,
            },
            inputs={FIELD: self.take_field},
            words=self.take_words,
        )

    # ----------------------------------------------------------------- which article
    def _named(self, incoming: Incoming, typed: str, command: str) -> Article | Reply:
        """The article that is meant, by what was typed or by the message replied to; or what is
        said where there is none, or several."""
        if not typed and incoming.reply_to:
            number = _NUMBER_IN.search(incoming.reply_to)
            if number and (article := self._by_number(number.group(1))) is not None:
                return article
            if (found := find_in_message(self._newsroom, incoming.reply_to)) is not None:
                return found.article
        if not typed:
            return told(
                f"Which article? Send /{command} with its number, its link or words of its "
                f"headline (“/{command} #12”), or send /{command} in reply to an answer from it."
            )
        found_ones = find_named(self._newsroom, typed)
        if not found_ones:
            return told(
                f"I have no article with the number, id, link or headline “{typed[:60]}”. "
                "/search WORDS looks into the texts."
            )
        if len(found_ones) == 1:
            return found_ones[0]
        lines = [f"#{a.key} · {article_line(a)}" for a in found_ones[:ARTICLES_SHOWN]]
        return told(f"Which one? Send /{command} with its number.\n" + "\n".join(lines))

    def _by_number(self, number: str) -> Article | None:
        """The article, as it is now, of the version with this number in the store."""
        if not (number.isascii() and number.isdigit()) or int(number) > MOST_NUMBER:
            return None
        article_id = look_up_id(self._store, int(number))
        return look_up_newest(self._store, article_id) if article_id else None

    def _on_article(
        self, role: Role, act: Callable[[Incoming, Article], Reply]
    ) -> Callable[[Incoming, str], Reply | None]:
        """What a button does whose code names an article by a version's number."""

        def press(incoming: Incoming, code: str) -> Reply | None:
            if not incoming.role.may(role):
                return Reply(toast="You may not do that any more.")
            article = self._by_number(code)
            if article is None:
                return Reply(toast="That article is no longer in the store.")
            return replace(act(incoming, article), edits=True)

        return press

    # ------------------------------------------------------------------- remove, restore
    def remove(self, incoming: Incoming, typed: str) -> Reply:
        """An article out of search and answers, which is kept whole."""
        article = self._named(incoming, typed, "remove")
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
            return self._told_article(f"#{article.key} is removed already", article, "back")
        words = "It is neither searched nor answered from any more, but kept whole."
        return self._told_article(
            f"Removed #{article.key}", article, "purge", words=words, undo=number
        )

    def restore(self, incoming: Incoming, typed: str) -> Reply:
        """A removed article back in search and answers."""
        article = self._named(incoming, typed, "restore")
        return article if isinstance(article, Reply) else self._restore(incoming, article)

    def _restore(self, incoming: Incoming, article: Article) -> Reply:
        with self._store.write() as connection:
            if not self._newsroom.restore_article(article.id):
                return self._told_article(f"#{article.key} was not removed", article, "open")
            number = self._put(connection, incoming, "restore", article)
        lead = f"#{article.key} is back"
        return self._told_article(lead, article, "open", undo=number)

    def _told_article(
        self,
        lead: str,
        article: Article,
        then: str,
        *,
        words: str = "",
        undo: int | None = None,
    ) -> Reply:
        """What was done to an article, with the buttons that make sense then."""
        blocks = [Block(BlockKind.LEAD, lead), Block(BlockKind.TEXT, article_line(article))]
        if words:
            blocks.append(Block(BlockKind.TEXT, words))
        buttons = [Button("Undo", f"undo:{undo}")] if undo is not None else []
        buttons += {
            "open": [Button("Open it", f"ctx:{article.key}:0:0")],
            "back": [Button("Bring it back", f"back:{article.key}")],
            "purge": [],
        }[then]
        return Reply(tuple(blocks), (tuple(buttons),) if buttons else ())

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
        number, _, rest = typed.partition(" ")
        given = parse_given(rest) if number.startswith("#") else None
        whole = typed if given is None else number
        if given is None and incoming.reply_to:
            given = parse_given(typed)
            whole = typed if given is None else ""
        article = self._named(incoming, whole, "edit")
        if isinstance(article, Reply):
            return article
        if given is not None:
            return self._corrected(incoming, article, *given, None)
        return self.fields(article)

    def fields(self, article: Article, lead: str = "", undo: int | None = None) -> Reply:
        """The fields of a stored article, with a button for each."""
        prefix = f"ed:{article.key}"
        lead = lead or f"Correct #{article.key}"
        done = Button("Done", f"{prefix}:done")
        reply = fields_reply(fields_of(article), lead=lead, prefix=prefix, back=done)
        if undo is not None:
            last = (*reply.buttons[-1], Button("Undo", f"undo:{undo}"))
            reply = replace(reply, buttons=(*reply.buttons[:-1], last))
        return reply

    def press_edit(self, incoming: Incoming, code: str) -> Reply | None:
        """What the buttons of the fields do."""
        if not incoming.role.may(Role.EDITOR):
            return Reply(toast="Only editors correct articles.")
        number, _, name = code.partition(":")
        article = self._by_number(number)
        if article is None:
            return Reply(toast="That article is no longer in the store.")
        if name == "done":
            stop_waiting(self._store, incoming)
            return replace(self._told_article(f"#{article.key}", article, "open"), edits=True)
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
        number = _NUMBER_IN.search(incoming.reply_to or "")
        if number is None or not incoming.role.may(Role.EDITOR):
            return None
        given, article = parse_given(text), self._by_number(number.group(1))
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
            act = replace(act, detail={"fields": [LABELS[name].lower()]})
            numbers.append(put_act(connection, act, self._clock()))

        if article.removed is not None:
            raise StoreRefusedError(
                f"#{article.key} is removed. Bring it back first: /restore #{article.key}"
            )
        added = self._newsroom.edit_fields(article.id, note=note, **_one(name, value))
        changed = self._newsroom.get_article(added.article_id)
        shown = spoken_field(name, value)
        if not numbers:
            lead = f"{LABELS[name]} was that already: {shown}"
            return replace(self.fields(changed, lead), edits=False, replaces=message)
        lead = f"{LABELS[name]} is now: {shown} (#{changed.key}, version {changed.version})"
        reply = self.fields(changed, lead, numbers[0])
        return replace(reply, edits=False, replaces=message)

    # --------------------------------------------------------------------------- history
    def history(self, incoming: Incoming, typed: str) -> Reply:
        """The versions of an article, newest first, and who did what to it."""
        article = self._named(incoming, typed, "history")
        return article if isinstance(article, Reply) else self._history(incoming, article)

    def _history(self, _: Incoming, article: Article) -> Reply:
        versions = self._newsroom.history(article.id)[::-1]
        removed = " · removed" if article.removed else ""
        blocks = [
            Block(BlockKind.LEAD, f"#{article.key}, {plural(len(versions), 'version')}{removed}"),
            Block(BlockKind.TEXT, article_line(article)),
        ]
        buttons: list[Button] = []
        for version in versions[:VERSIONS_SHOWN]:
            by_hand = " · corrected by hand" if version.edited else ""
            came = f"{spoken_day(version.added.date())} {version.added:%H:%M}"
            line = f"Version {version.version} · {came} · #{version.key}{by_hand}"
            blocks.append(Block(BlockKind.TEXT, line))
            if version.version > 1 and len(buttons) < ACTS_SHOWN:
                code = f"chg:{article.key}:{version.version}:0"
                buttons.append(Button(f"What {version.version} changed", code))
        if len(versions) > VERSIONS_SHOWN:
            blocks.append(Block(BlockKind.TEXT, f"… and {len(versions) - VERSIONS_SHOWN} older."))
        acts = find_acts(self._store, limit=ACTS_SHOWN, target=article.id)
        blocks += [Block(BlockKind.TEXT, act_line(self._team, act, short=True)) for act in acts]
        rows = [tuple(buttons[at : at + 3]) for at in range(0, len(buttons), 3)]
        return Reply(tuple(blocks), tuple(rows))

    def changes(self, incoming: Incoming, typed: str) -> Reply:
        """What the newest version of an article changed, or the one that is named after it."""
        words = typed.split()
        version = int(words.pop()) if len(words) > 1 and _is_version(words[-1]) else None
        article = self._named(incoming, " ".join(words), "changes")
        if isinstance(article, Reply):
            return article
        return self._changes(article, version or article.version, 0)

    def press_changes(self, incoming: Incoming, code: str) -> Reply | None:
        """A page of what one version changed."""
        parts = code.split(":")
        if len(parts) != 3 or not all(_is_version(part) for part in parts[1:]):
            return None
        if not incoming.role.may(Role.VIEWER) or (article := self._by_number(parts[0])) is None:
            return None
        return replace(self._changes(article, int(parts[1]), int(parts[2])), edits=True)

    def _changes(self, article: Article, version: int, page: int) -> Reply:
        back = (Button("History", f"hist:{article.key}"),)
        versions = {v.version: v for v in self._newsroom.history(article.id)}
        if version not in versions:
            return told(f"#{article.key} has no version {version}.", *back)
        earlier = [number for number in versions if number < version]
        if not earlier:
            return told(f"#{article.key} has one version only; nothing has changed.", *back)
        old, new = versions[max(earlier)], versions[version]
        changes = self._newsroom.changes(article.id, old.version, new.version).changes
        last = max((len(changes) - 1) // CHANGES_A_PAGE, 0)
        page = min(page, last)
        lead = f"#{article.key}: what version {version} changed ({len(changes)})"
        blocks = [Block(BlockKind.LEAD, lead)]
        for change in changes[page * CHANGES_A_PAGE : (page + 1) * CHANGES_A_PAGE]:
            blocks += _change_blocks(change, old, new, removed=article.removed is not None)
        code = f"chg:{article.key}:{version}"
        turn = [Button("Earlier", f"{code}:{page - 1}")] if page else []
        turn += [Button("More", f"{code}:{page + 1}")] if page < last else []
        return Reply(tuple(blocks), ((*turn, *back),))

    # ------------------------------------------------------------------------------ undo
    def undo(self, incoming: Incoming, _: str) -> Reply:
        """The last act of this person, taken back."""
        while (act := look_up_last_act(self._store, incoming.person, UNDOABLE)) is not None:
            if act.act == "import" or look_up_newest(self._store, act.target) is not None:
                return self._undone(incoming, act)
            with self._store.write() as connection:  # its article was deleted for good
                mark_undone(connection, act.id, self._clock())
        return told("You have done nothing that I could take back.")

    def press_undo(self, incoming: Incoming, code: str) -> Reply | None:
        """The act under whose card the button stands, taken back within ten minutes."""
        number = int(code) if _is_version(code) else 0
        act = look_up_act(self._store, number)
        if act is None or not incoming.role.may(Role.EDITOR):
            return None
        if act.person != incoming.person and not incoming.role.may(Role.OWNER):
            return Reply(toast="Only who did this can take it back here. See /history.")
        if act.undone:
            return Reply(toast="That is undone already.")
        assert act.at is not None
        if self._clock() - act.at > UNDO_BUTTON:
            return Reply(
                toast="The ten minutes of this button are over. /undo takes back your last act."
            )
        return replace(self._undone(incoming, act), edits=True)

    def _undone(self, incoming: Incoming, act: Act) -> Reply:
        if act.act == "import":
            return self._undo_import(incoming, act)
        article = look_up_newest(self._store, act.target)
        if article is None:
            with self._store.write() as connection:
                mark_undone(connection, act.id, self._clock())
            return told("That article was deleted for good; there is nothing to take back.")
        if act.after is not None and article.version != act.after + self._made_by_undoing(act):
            return told(
                f"#{article.key} has changed since, to version {article.version}. "
                f"See /history #{article.key}"
            )
        note = self._noting_undo(incoming, act)
        lead = self._take_back(act, article, note)
        shown = look_up_newest(self._store, act.target) or article
        then = "back" if shown.removed else "open"
        return self._told_article(f"Undone: {lead}", shown, then)

    def _made_by_undoing(self, act: Act) -> int:
        """How many versions came after `act` and were taken back since: each left two."""
        later = find_acts(self._store, limit=LATER_ACTS, target=act.target)
        return 2 * sum(a.id > act.id and a.undone and a.after is not None for a in later)

    def _noting_undo(
        self, incoming: Incoming, act: Act
    ) -> Callable[[sqlite3.Connection, Added | None], None]:
        """What notes that `act` is undone, in the transaction that undoes it."""

        def note(connection: sqlite3.Connection, _: Added | None) -> None:
            if not mark_undone(connection, act.id, self._clock()):
                raise StoreRefusedError("That is undone already.")
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
            return f"#{article.key} is as in version {act.before}"
        with self._store.write() as connection:
            if act.act == "remove":
                self._newsroom.restore_article(article.id)
            else:  # what was published or brought back goes
                self._newsroom.remove(article.id)
            note(connection, None)
        return f"#{article.key} is {'back' if act.act == 'remove' else 'removed'}"

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
        words = f"Undone: {plural(removed, 'article')} removed"
        words += f", {reverted:,} as before" if reverted else ""
        return told(f"{words}. What has changed since stays.")

    # ----------------------------------------------------------------------------- purge
    def purge(self, incoming: Incoming, typed: str) -> Reply:
        """Ask once more before an article is deleted for good."""
        bare, _, last = typed.rpartition(" ")
        sure = last.lower() == "yes" and bool(bare)
        article = self._named(incoming, bare if sure else typed, "purge")
        if isinstance(article, Reply):
            return article
        if sure:
            return self._purge(incoming, article)
        versions = plural(len(self._newsroom.history(article.id)), "version")
        blocks = (
            Block(BlockKind.LEAD, f"Delete #{article.key} for good?"),
            Block(BlockKind.TEXT, article_line(article)),
            Block(
                BlockKind.TEXT,
                f"Its {versions}, all that was found in it, and the answers and messages that "
                "hold its words go, here and in every chat's buttons. This cannot be undone. "
                "Backups that were made before still hold it. /remove only takes it out of "
                "search.",
            ),
        )
        yes = Button("Yes, delete it for good", f"purge:{article.key}:yes")
        return Reply(blocks, ((yes, Button("Keep it", f"purge:{article.key}:no")),))

    def press_purge(self, incoming: Incoming, code: str) -> Reply | None:
        """What the buttons under that question do."""
        if not incoming.role.may(Role.OWNER):
            return Reply(toast="Only the owner deletes for good.")
        number, _, answer = code.partition(":")
        article = self._by_number(number)
        if article is None:
            return replace(told("It is no longer in the store."), edits=True)
        if answer != "yes":
            return replace(told(f"#{article.key} is kept."), edits=True)
        return replace(self._purge(incoming, article), edits=True)

    def _purge(self, incoming: Incoming, article: Article) -> Reply:
        with self._store.write() as connection:
            # By number: its address, which may be its id, goes as well.
            act = act_by(incoming, "purge", f"#{article.key}")
            put_act(connection, act, self._clock())
        purged = self._newsroom.purge(article.id)
        lines = [
            f"{plural(purged.versions, 'version')} gone. Its words are blanked in "
            f"{plural(purged.traces, 'other record')} (messages, drafts, reports).",
        ]
        if purged.copies:
            near = (look_up_newest(self._store, copy) for copy in purged.copies)
            others = ", ".join(f"#{a.key}" for a in near if a is not None)
            lines.append(f"Near copies in other articles stay: {others}.")
        if not purged.rewritten:
            lines.append(
                "The file could not be rewritten just now; /purge is complete with the next one."
            )
        blocks = [Block(BlockKind.LEAD, f"#{article.key} is deleted for good")]
        blocks += [Block(BlockKind.TEXT, line) for line in lines]
        return Reply(tuple(blocks))


def _change_blocks(change: Change, old: Article, new: Article, *, removed: bool) -> list[Block]:
    """One change: what it is, and the sentence as it stands now (or stood, where it is gone)."""
    blocks = [Block(BlockKind.TEXT, change_line(change))]
    version, span = (new, change.new_span) if change.new_span else (old, change.old_span)
    if span is not None and not removed:  # a removed article is quoted to nobody
        quoted = span.of(version.text)
        blocks.append(Block(BlockKind.QUOTE, quoted, evidence=Evidence(version.key, span)))
    return blocks


def _one(name: str, value: str | date | datetime | None) -> Mapping[str, Any]:
    return {name: value}


def _is_version(text: str) -> bool:
    return text.isascii() and text.isdigit() and len(text) < 10
