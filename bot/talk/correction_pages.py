"""/corrections: what the store has had to put right, for everybody to read; and /correct, where
editors do it with a word to the readers."""

from __future__ import annotations

from collections import Counter
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime, timedelta
from typing import Any

from bot.link.fates import Fate, FateKind, Fates
from bot.locales import N_, _, ngettext
from bot.locales.days import spoken_day
from bot.locales.numbers import spoken_number
from bot.model import Article, Draft, Kept, Span
from bot.newsroom import Added, Newsroom
from bot.store import corrections as shelf
from bot.store.articles import FIELDS, get_versions, look_up_newest
from bot.store.audit import put_act
from bot.store.corrections import Correction, CorrectionKind
from bot.talk.amending import FateOf, amend
from bot.talk.corrections import CorrectionsTravel
from bot.talk.desks import Desk, stop_waiting, wait_for
from bot.talk.lines import article_line
from bot.talk.naming import Naming, is_version
from bot.talk.replies import (
    Block,
    BlockKind,
    Button,
    Evidence,
    Incoming,
    Reply,
    Role,
    told,
)
from bot.talk.team import act_by
from bot.text.words import find_words

CORRECTIONS = "corr"
CORRECT = "mend"
WAIT_NOTE, WAIT_TEXT = "correction note", "correction text"
PAGE = 3
SENTENCES = 2  # of one correction in the list; its own page shows all
LONGEST_NOTE_CHARS = 600
LEAST_KEPT = 0.2
"""Of the words of an article, what its corrected text must still hold: another text of its length
holds about so many; a question or a remark, typed while the text is waited for, hardly any."""
KEPT = timedelta(days=30)


def corrections_desk(
    newsroom: Newsroom, clock: Callable[[], datetime], face: str, kept: timedelta = KEPT
) -> Desk:
    """The desk of corrections. `kept` is how long after it was sent a message is put right."""
    pages, mending = CorrectionPages(newsroom), Mending(newsroom, clock)
    travel = CorrectionsTravel(newsroom, face, kept)
    return Desk(
        commands={"corrections": pages.command, "correct": mending.command},
        buttons={CORRECTIONS: pages.press, CORRECT: mending.press},
        inputs={WAIT_NOTE: mending.typed_note, WAIT_TEXT: mending.typed_text},
        jobs=(travel.job(),),
    )


class CorrectionPages:
    """What everybody may read of corrections."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom
        self._store = newsroom.store
        self._naming = Naming(newsroom)

    def command(self, incoming: Incoming, typed: str) -> Reply:
        """The corrections, newest first; of one article, where it is named."""
        if not typed and not incoming.reply_to:
            return self.page(None, 0)
        article = self._naming.named(incoming, typed, "corrections")
        return article if isinstance(article, Reply) else self.page(article, 0)

    def press(self, incoming: Incoming, code: str) -> Reply | None:
        """Another page: "PAGE" or "PAGE:ARTICLE"."""
        number, _colon, key = code.partition(":")
        article = self._naming.by_number(key) if key else None
        if not is_version(number) or (key and article is None):
            return None
        return replace(self.page(article, int(number)), edits=True)

    def page(self, article: Article | None, page: int) -> Reply:
        name = article.id if article is not None else None
        count = shelf.count_public(self._store, name)
        if not count:
            if article is None:
                return told(_("Nothing has had to be corrected so far."))
            return told(
                _("Nothing corrected so far: {article}.").format(article=article_line(article))
            )
        last = (count - 1) // PAGE
        page = min(page, last)
        lead = ngettext("{n} correction", "{n} corrections", count).format(n=spoken_number(count))
        if last:
            lead = _("{corrections}, page {page} of {pages}").format(
                corrections=lead, page=page + 1, pages=last + 1
            )
        blocks = [Block(BlockKind.LEAD, lead)]
        if article is not None:
            blocks.append(Block(BlockKind.TEXT, article_line(article)))
        found = shelf.find_public(self._store, article=name, offset=page * PAGE, limit=PAGE)
        for it in found:
            blocks += self._blocks(it)
        code = f":{article.key}" if article is not None else ""
        turns = []
        if page:
            turns.append(Button(_("Newer"), f"{CORRECTIONS}:{page - 1}{code}"))
        if page < last:
            turns.append(Button(_("Older"), f"{CORRECTIONS}:{page + 1}{code}"))
        return Reply(tuple(blocks), (tuple(turns),) if turns else ())

    def _blocks(self, it: Correction) -> list[Block]:
        """One correction, as far as its article may be quoted."""
        day = spoken_day(it.made.date())
        note = [Block(BlockKind.TEXT, _("Note: {note}").format(note=it.note))] if it.note else []
        if it.kind is CorrectionKind.PURGED:
            words = _("{day} · An article has been deleted for good.")
            return [Block(BlockKind.TEXT, words.format(day=day)), *note]
        newest = look_up_newest(self._store, it.article)
        if it.kind is CorrectionKind.REMOVED or newest is None or newest.removed is not None:
            words = _("{day} · An article has been taken out of the store.")
            return [Block(BlockKind.TEXT, words.format(day=day)), *note]
        line = article_line(newest)
        if it.kind is CorrectionKind.RESTORED:
            words = _("{day} · Back in the store: {article}")
            return [Block(BlockKind.TEXT, words.format(day=day, article=line)), *note]
        if it.kind is CorrectionKind.NOTE:
            words = _("{day} · {article}")
            return [Block(BlockKind.TEXT, words.format(day=day, article=line)), *note]
        return [*self._changed(it, line), *note]

    def _changed(self, it: Correction, line: str) -> list[Block]:
        keys = [key for key in (it.before, it.after) if key is not None]
        articles = get_versions(self._store, keys)
        old, new = (articles.get(key or 0) for key in (it.before, it.after))
        if old is None or new is None:
            return [Block(BlockKind.TEXT, line)]
        fates = Fates(self._store)
        blocks: list[Block] = []
        for start, end in it.data.get("places", ())[:SENTENCES]:
            place = Span(start, end)
            evidence = Evidence(old.key, place)
            fate = fates.between(old, new, place)
            if fate.kind is FateKind.SAME:
                continue
            quote = Block(BlockKind.QUOTE, place.of(old.text), evidence=evidence)
            source = Block(BlockKind.SOURCE, article_line(old), url=old.url)
            reply = Reply((quote, source))
            blocks += amend(reply, _always(fate), it.made.date()).reply.blocks
        more = len(it.data.get("places", ())) - SENTENCES
        if not blocks:
            words = _("{day} · Corrected: {article}")
            day = spoken_day(it.made.date())
            blocks.append(Block(BlockKind.TEXT, words.format(day=day, article=line)))
        elif more > 0:
            words = ngettext("… and {n} more place in it.", "… and {n} more places in it.", more)
            blocks.append(Block(BlockKind.TEXT, words.format(n=more)))
        return blocks


def _always(fate: Fate) -> FateOf:
    return lambda evidence: fate


def _kept_share(old: str, new: str) -> float:
    """The share of the words of `old` that `new` holds as well (0.0–1.0)."""
    before, after = (Counter(word.folded for word in find_words(text)) for text in (old, new))
    return (before & after).total() / max(before.total(), 1)


def _first_line(text: str) -> str:
    return text.strip().partition("\n")[0].strip()


class Mending:
    """Where editors put an article right, with a note for its readers."""

    def __init__(self, newsroom: Newsroom, clock: Callable[[], datetime]) -> None:
        self._newsroom = newsroom
        self._store = newsroom.store
        self._naming = Naming(newsroom)
        self._clock = clock

    def command(self, incoming: Incoming, typed: str) -> Reply:
        """What can be put right in an article; "/correct #12 NOTE" tells its readers at once."""
        number, _space, note = typed.partition(" ")
        if number.startswith("#") and note.strip():
            article = self._naming.named(incoming, number, "correct")
            if isinstance(article, Reply):
                return article
            return self._noted(incoming, article, note.strip())
        article = self._naming.named(incoming, typed, "correct")
        return article if isinstance(article, Reply) else self.card(article)

    def card(self, article: Article, lead: str = "") -> Reply:
        """What can be done, with a button for each."""
        blocks = [
            Block(BlockKind.LEAD, lead or _("Correct #{number}").format(number=article.key)),
            Block(BlockKind.TEXT, article_line(article)),
            Block(
                BlockKind.TEXT,
                _(
                    "Whoever was told a sentence of it that changes hears of it once, and my "
                    "messages are put right where they stand. A note goes with that."
                ),
            ),
        ]
        code = f"{CORRECT}:{article.key}"
        rows = (
            (
                Button(_("New text"), f"{code}:text"),
                Button(_("A field"), f"ed:{article.key}"),
                Button(_("Note for readers"), f"{code}:note"),
            ),
            (Button(_("Take it out"), f"rm:{article.key}"),),
        )
        return Reply(tuple(blocks), rows)

    def press(self, incoming: Incoming, code: str) -> Reply | None:
        """What the buttons of the card do."""
        if not incoming.role.may(Role.EDITOR):
            return Reply(toast=_("Only editors correct articles."))
        number, _colon, what = code.partition(":")
        article = self._naming.by_number(number)
        if article is None:
            return Reply(toast=_("That article is no longer in the store."))
        kept = {"article": article.id}
        if what == "text":
            wait_for(self._store, incoming, WAIT_TEXT, kept)
            words = _("Send me the whole text as it should be. The text before is kept.")
        elif what == "note":
            wait_for(self._store, incoming, WAIT_NOTE, kept)
            words = _("What shall readers know? One or two sentences; they read them as written.")
        else:
            stop_waiting(self._store, incoming)
            return replace(self.card(article), edits=True)
        back = Button(_("Back"), f"{CORRECT}:{article.key}:back")
        return replace(told(words, back), edits=True)

    def typed_note(self, incoming: Incoming, pending: dict[str, Any]) -> Reply | None:
        """The note that was typed, on its way to the readers."""
        article = self._awaited(incoming, pending)
        text = (incoming.text or "").strip()
        if article is None or not text:
            return None
        return self._noted(incoming, article, text)

    def typed_text(self, incoming: Incoming, pending: dict[str, Any]) -> Reply | None:
        """The article with the text that was typed, as a new version."""
        article = self._awaited(incoming, pending)
        text = (incoming.text or "").strip()
        if article is None or not text:
            return None
        if article.removed is not None:
            return told(
                _("#{number} is removed. Bring it back first: /restore #{number}").format(
                    number=article.key
                )
            )
        numbers: list[int] = []

        def note(connection: Any, added: Added) -> None:
            act = act_by(incoming, "edit", article.id)
            act = replace(act, before=article.version, after=added.version)
            renamed = ["title"] if fields["title"] != article.title else []
            act = replace(act, detail={"fields": [N_("text"), *renamed]})
            numbers.append(put_act(connection, act, self._clock()))

        if _kept_share(article.text, text) < LEAST_KEPT:
            wait_for(self._store, incoming, WAIT_TEXT, {"article": article.id})
            return told(
                _(
                    "That has hardly a word of the article, so nothing was changed. Send the "
                    "whole text as it should be, or /cancel."
                )
            )
        fields: dict[str, Any] = {name: getattr(article, name) for name in FIELDS}
        if article.title and article.title == _first_line(article.text):
            fields["title"] = _first_line(text)  # a headline is put right where it is printed
        draft = Draft(
            text=text,
            id=article.id,
            published_given=article.published_given,
            modified=article.modified,
            kept=Kept(0, edited=True),
            text_was_given=True,
            **fields,
        )
        added = self._newsroom.add(draft, note=note)
        if added.status == "unchanged":
            return told(_("That is its text already; nothing was changed."))
        changed = self._newsroom.get_article(added.article_id)
        count = len(added.changes.changes) if added.changes is not None else 0
        lead = ngettext(
            "Corrected: {n} change, now #{number}, version {version}",
            "Corrected: {n} changes, now #{number}, version {version}",
            count,
        ).format(n=count, number=changed.key, version=changed.version)
        words = _("It travels in two minutes. Undo takes it back before anybody hears of it.")
        code = f"{CORRECT}:{changed.key}"
        buttons = [
            Button(_("Note for readers"), f"{code}:note"),
            Button(_("What changed"), f"chg:{changed.key}:{changed.version}:0"),
        ]
        if numbers:
            buttons.append(Button(_("Undo"), f"undo:{numbers[-1]}"))
        blocks = (
            Block(BlockKind.LEAD, lead),
            Block(BlockKind.TEXT, article_line(changed)),
            Block(BlockKind.TEXT, words),
        )
        return Reply(blocks, (tuple(buttons),))

    def _awaited(self, incoming: Incoming, pending: dict[str, Any]) -> Article | None:
        stop_waiting(self._store, incoming)
        if not incoming.role.may(Role.EDITOR):
            return None
        return look_up_newest(self._store, str(pending["article"]))

    def _noted(self, incoming: Incoming, article: Article, text: str) -> Reply:
        """That a note for readers is kept: it goes with the change that waits, or by itself."""
        text = " ".join(text.split())
        if len(text) > LONGEST_NOTE_CHARS:
            return told(
                _("That is too long for a note: {most} characters are the most.").format(
                    most=LONGEST_NOTE_CHARS
                )
            )
        waiting = shelf.find_waiting(self._store, article.id)
        with self._store.write() as connection:
            if waiting is not None:
                shelf.put_note(connection, waiting.id, text)
            else:
                shelf.note_change(
                    connection, article.id, CorrectionKind.NOTE, self._clock(), note=text
                )
            put_act(connection, act_by(incoming, "note", article.id), self._clock())
        lead = _("Noted on #{number}").format(number=article.key)
        words = _("Whoever was told something of it reads your note: “{note}”").format(note=text)
        blocks = (
            Block(BlockKind.LEAD, lead),
            Block(BlockKind.TEXT, article_line(article)),
            Block(BlockKind.TEXT, words),
        )
        return Reply(blocks)
