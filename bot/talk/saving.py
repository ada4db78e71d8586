"""/saved: sentences that somebody keeps, with their citations alive."""

from __future__ import annotations

from collections.abc import Callable, Sequence
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.link.fates import Fates
from bot.locales import _, ngettext
from bot.locales.days import spoken_day
from bot.model import Article, Span
from bot.newsroom import Newsroom
from bot.store import saved as shelf
from bot.store.results import find_results, look_up_result
from bot.store.saved import Saved
from bot.store.settings import put_undo, take_undo
from bot.talk.amending import amend, evidence_fates
from bot.talk.answers import pages_of
from bot.talk.buttons import Place, parse_page
from bot.talk.desks import Desk
from bot.talk.exporting import saved_document
from bot.talk.lines import article_line
from bot.talk.marked import find_in_message
from bot.talk.replies import Block, BlockKind, Button, Evidence, Incoming, Reply, told
from bot.talk.results import Result, load_result
from bot.text.words import fold

SAVE, SAVED = "save", "saved"
PAGE = 3
MOST_SAVED = 500  # of one person in one chat; a longer list is read by nobody
SEARCH_BYTES = 30  # of the words searched for that a button can carry


def saving_desk(newsroom: Newsroom, clock: Callable[[], datetime]) -> Desk:
    """The desk of what people save."""
    desk = _Saving(newsroom, clock)
    return Desk(
        commands={"saved": desk.command, "save": desk.save_last},
        buttons={SAVE: desk.press_save, SAVED: desk.press},
    )


class _Saving:
    def __init__(self, newsroom: Newsroom, clock: Callable[[], datetime]) -> None:
        self._newsroom = newsroom
        self._store = newsroom.store
        self._clock = clock

    # ---------------------------------------------------------------------------- saving
    def press_save(self, incoming: Incoming, code: str) -> Reply | None:
        """[Save] under an answer: what its page shows."""
        read = parse_page(code)
        row = look_up_result(self._store, read[0], incoming.chat) if read is not None else None
        result = load_result(self._newsroom, row.data) if row is not None else None
        if read is None or result is None:
            return Reply(toast=_("This answer is too old to be saved. Please ask again."))
        return Reply(toast=self._kept_page(incoming, result, read[1]))

    def save_last(self, incoming: Incoming, _typed: str) -> Reply:
        """/save: the last answer, or the sentence in the message that is replied to."""
        if incoming.reply_to:
            found = find_in_message(self._newsroom, incoming.reply_to)
            if found is None:
                return told(_("I find none of my sentences in that message."))
            return told(self._kept(incoming, None, [(found.article.key, found.sentence)]))
        rows = find_results(self._store, incoming.chat, limit=1)
        data = rows[0].data if rows else {}
        if not data.get("answers"):
            return told(_("There is no answer yet to be saved. Ask something first."))
        result = load_result(self._newsroom, data)
        if result is None:  # a digest, or an article that is gone
            version, start, end = data["answers"][0]["at"]
            places = [(version, Span(start, end))]
            return told(self._kept(incoming, str(data.get("question", "")), places))
        return told(self._kept_page(incoming, result, int(data.get("page", 0))))

    def _kept_page(self, incoming: Incoming, result: Result, page: int) -> str:
        """What is said once the sentences on a page of an answer are saved."""
        pages = pages_of(result.response, self._newsroom.get_findings)
        shown = pages[min(page, len(pages) - 1)]
        places = [(answer.article.key, answer.span) for answer in shown]
        return self._kept(incoming, result.response.question, places)

    def _kept(
        self, incoming: Incoming, question: str | None, places: Sequence[tuple[int, Span]]
    ) -> str:
        """What is said once these sentences are saved."""
        if not places:
            return _("There is nothing to save in it.")
        held = shelf.find_saved(self._store, incoming.chat, incoming.person)
        if len(held) + len(places) > MOST_SAVED:
            return _(
                "You have saved {most} sentences, which is the most. /saved shows them."
            ).format(most=MOST_SAVED)
        now, new = self._clock(), 0
        with self._store.write() as connection:
            for version, span in reversed(places):  # the newest comes first in the list
                new += shelf.put_saved(
                    connection, incoming.chat, incoming.person, question, version, span, now
                )
        if not new:
            return _("It is saved already: /saved")
        return ngettext(
            "Saved. /saved lists it; I tell you when it is corrected.",
            "{n} sentences saved. /saved lists them; I tell you when one is corrected.",
            new,
        ).format(n=new)

    # ---------------------------------------------------------------------------- the list
    def command(self, incoming: Incoming, typed: str) -> Reply:
        """What this person has saved here; with words, what holds them."""
        if fold(typed) in ("export", "file"):
            return self._exported(incoming)
        return self.page(incoming, typed, 0)

    def press(self, incoming: Incoming, code: str) -> Reply | None:
        """What the buttons of the list do: "ACT:NUMBER:WORDS"."""
        act, _colon, rest = code.partition(":")
        number, _colon, words = rest.partition(":")
        if act == "export":
            return self._exported(incoming)
        if not (number.isascii() and number.isdigit() and len(number) < 19):
            return None
        if act == "page":
            return replace(self.page(incoming, words, int(number)), edits=True)
        if act == "drop":
            return self._dropped(incoming, int(number), words)
        if act == "undo":
            return self._undone(incoming, int(number), words)
        return None

    def page(
        self, incoming: Incoming, words: str, page: int, *undo: Button, lead: str = ""
    ) -> Reply:
        """A page of what is saved, the newest first, each as it stands in its article now."""
        held = shelf.find_saved(self._store, incoming.chat, incoming.person)
        if not held:
            empty = _("You have saved nothing here. Tap Save under an answer.")
            return told(f"{lead} {empty}".strip(), *undo)
        found = [it for it in held if self._holds(it, words)] if words.strip() else held
        if not found:
            return told(_("Nothing that you saved holds “{words}”.").format(words=words[:60]))
        last = (len(found) - 1) // PAGE
        page = min(page, last)
        counted = ngettext("{n} sentence saved", "{n} sentences saved", len(found))
        head = counted.format(n=len(found))
        if last:
            head = _("{what}, page {page} of {pages}").format(
                what=head, page=page + 1, pages=last + 1
            )
        blocks = [Block(BlockKind.LEAD, head)]
        if lead:
            blocks.insert(0, Block(BlockKind.TEXT, lead))
        shown = found[page * PAGE : (page + 1) * PAGE]
        contexts: list[Button] = []
        for number, it in enumerate(shown, page * PAGE + 1):
            listed = self._blocks(it, number)
            blocks += listed
            contexts += _context(listed, number)
        code = words.encode()[:SEARCH_BYTES].decode("utf-8", "ignore")
        drops = tuple(
            Button(_("Remove {n}").format(n=n), f"{SAVED}:drop:{it.id}:{code}")
            for n, it in enumerate(shown, page * PAGE + 1)
        )
        turns = []
        if page:
            turns.append(Button(_("Newer"), f"{SAVED}:page:{page - 1}:{code}"))
        if page < last:
            turns.append(Button(_("Older"), f"{SAVED}:page:{page + 1}:{code}"))
        turns.append(Button(_("As a file"), f"{SAVED}:export:"))
        rows = (tuple(contexts), drops, (*turns, *undo))
        return Reply(tuple(blocks), tuple(row for row in rows if row))

    def _holds(self, it: Saved, words: str) -> bool:
        """Whether the sentence, its question or its source hold all the words."""
        article = self._newsroom.look_up_version(it.version)
        texts = [it.question or ""]
        if article is not None:
            texts += [it.span.of(article.text), article_line(article)]
        told_of = fold(" ".join(texts))
        return all(word in told_of for word in fold(words).split())

    def _blocks(self, it: Saved, number: int) -> list[Block]:
        """One saved sentence: its question, the sentence as it stands now, what has changed."""
        asked = _("“{words}”").format(words=it.question) + " · " if it.question else ""
        head = Block(BlockKind.TEXT, f"{number}. {asked}{spoken_day(it.made.date())}")
        article = self._newsroom.look_up_version(it.version)
        evidence = Evidence(it.version, it.span)
        text = it.span.of(article.text) if article is not None else "…"
        blocks = [Block(BlockKind.QUOTE, text, evidence=evidence), *_source(article)]
        fate_of = evidence_fates(Fates(self._store))
        return [head, *amend(Reply(tuple(blocks)), fate_of, self._clock().date()).reply.blocks]

    def _dropped(self, incoming: Incoming, number: int, words: str) -> Reply:
        with self._store.write() as connection:
            it = shelf.drop_saved(connection, number, incoming.chat, incoming.person)
            if it is None:
                return Reply(toast=_("It is no longer saved."))
            data = {"saved": _dumped(it)}
            undo = put_undo(connection, incoming.chat, data, self._clock())
        button = Button(_("Undo"), f"{SAVED}:undo:{undo}:{words}")
        reply = self.page(incoming, words, 0, button, lead=_("Removed."))
        return replace(reply, edits=True)

    def _undone(self, incoming: Incoming, number: int, words: str) -> Reply:
        with self._store.write() as connection:
            data = take_undo(connection, incoming.chat, number)
            if data is None or "saved" not in data:
                return Reply(toast=_("That is undone already."))
            raw = data["saved"]
            shelf.put_saved(
                connection,
                incoming.chat,
                raw["person"],  # whoever in the group pressed it
                raw["question"],
                raw["version"],
                Span(*raw["span"]),
                datetime.fromisoformat(raw["made"]),
            )
        if raw["person"] != incoming.person:
            return Reply(toast=_("It is saved again."))
        return replace(self.page(incoming, words, 0), edits=True, toast=_("It is saved again."))

    def _exported(self, incoming: Incoming) -> Reply:
        held = shelf.find_saved(self._store, incoming.chat, incoming.person)
        if not held:
            return told(_("You have saved nothing here. Tap Save under an answer."))
        counted = ngettext("{n} sentence saved", "{n} sentences saved", len(held))
        document = saved_document(self._newsroom, held, self._clock())
        return replace(told(counted.format(n=len(held))), document=document)


def _context(blocks: Sequence[Block], number: int) -> list[Button]:
    """The button to what stands around a saved sentence; none where it may not be quoted."""
    evidence = next((b.evidence for b in blocks if b.kind is BlockKind.QUOTE), None)
    if evidence is None:
        return []
    place = Place(evidence.version, evidence.span)
    return [Button(_("Context {n}").format(n=number), f"ctx:{place.code}")]


def _source(article: Article | None) -> list[Block]:
    if article is None:
        return []
    return [Block(BlockKind.SOURCE, article_line(article), url=article.url)]


def _dumped(it: Saved) -> dict[str, Any]:
    return {
        "person": it.person,
        "question": it.question,
        "version": it.version,
        "span": [it.span.start, it.span.end],
        "made": it.made.isoformat(),
    }
