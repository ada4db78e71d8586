"""Adding articles from within the conversation: a pasted text or a file, told what came of it."""

from __future__ import annotations

from typing import Any

from bot.answer.compose import spoken_day
from bot.errors import IntakeError
from bot.intake.pastes import read_paste
from bot.model import Draft, Findings, day_of
from bot.newsroom import Newsroom
from bot.talk.desks import Desk, look_up_pending, stop_waiting, wait_for
from bot.talk.lines import article_line
from bot.talk.replies import Block, BlockKind, Incoming, Reply, Role, told

PART_UTF16 = 3_900  # Telegram cuts at 4,096; a part this long is likely followed by another
ADDING = "adding"
ROWS_TOLD = 5  # refused rows that are listed one by one


def part_read(chars: int) -> str:
    """What is said of an article that is too long to be read to its end."""
    return (
        f"It is long: quotes, facts, dates and names come from its first {chars:,} characters; "
        "the rest is searched only."
    )


EDITORS_ONLY = "Only editors can add articles. You can ask me anything, though."


def adding_desk(newsroom: Newsroom) -> Desk:
    """The desk where editors hand articles in."""
    flow = AddingFlow(newsroom)
    return Desk(
        commands={"add": flow.add, "done": flow.done},
        inputs={ADDING: flow.go_on},
        file=flow.take_file,
    )


class AddingFlow:
    """What an editor hands in becomes an article, and the reply says what was understood."""

    def __init__(self, newsroom: Newsroom) -> None:
        self._newsroom = newsroom

    # ---------------------------------------------------------------------- the dialogue
    def add(self, incoming: Incoming, text: str) -> Reply:
        """The reply to "/add": the text after it, the message replied to, or a wait for more."""
        if text.strip():
            return self._take_part(incoming, [], text)
        if incoming.reply_to:
            return self._finish(incoming, incoming.reply_to)
        wait_for(self._newsroom.store, incoming, ADDING, {"parts": []})
        return told(
            "Send me the article: paste its text, or send a file (.txt .md .html .json "
            ".jsonl). /cancel stops."
        )

    def go_on(self, incoming: Incoming, pending: dict[str, Any]) -> Reply | None:
        """One more part of a pasted article; Telegram cuts long texts in several."""
        if not incoming.role.may(Role.EDITOR):  # an editor no longer
            return None
        return self._take_part(incoming, list(pending["parts"]), incoming.text or "")

    def done(self, incoming: Incoming, _: str) -> Reply:
        """What was pasted so far is the whole article."""
        pending = look_up_pending(self._newsroom.store, incoming)
        parts = pending["parts"] if pending and pending["for"] == ADDING else None
        if not parts:
            return told("There is nothing to complete. /add begins a new article.")
        return self._finish(incoming, self.joined(parts))

    def take_file(self, incoming: Incoming) -> Reply:
        """All articles of a file that an editor sent."""
        assert incoming.file is not None
        if not incoming.role.may(Role.EDITOR):
            return told(EDITORS_ONLY)
        reply = self.add_file(incoming.file.name, incoming.file.data)
        stop_waiting(self._newsroom.store, incoming)
        return reply

    def _take_part(self, incoming: Incoming, parts: list[str], text: str) -> Reply:
        parts = [*parts, text]
        if not self.was_cut(text):
            return self._finish(incoming, self.joined(parts))
        wait_for(self._newsroom.store, incoming, ADDING, {"parts": parts})
        return told(
            f"I have {sum(map(len, parts)):,} characters so far. Long texts arrive in parts: "
            "I am waiting for the next one. If that was all, send /done."
        )

    def _finish(self, incoming: Incoming, text: str) -> Reply:
        reply = self.add_text(text)
        stop_waiting(self._newsroom.store, incoming)
        return reply

    # ------------------------------------------------------------------------- the work

    @staticmethod
    def was_cut(text: str) -> bool:
        """Whether `text` is so long that its sender's client has probably cut it."""
        return len(text.encode("utf-16-le")) // 2 >= PART_UTF16

    @staticmethod
    def joined(parts: list[str]) -> str:
        """The parts of a cut text as one; clients cut at a line or a space, which they drop."""
        whole = ""
        for part in parts:
            if whole and not whole[-1].isspace() and not part[:1].isspace():
                # A cut after a full stop or mark falls between paragraphs more often than not.
                whole += "\n\n" if whole[-1] in ".!?\"'”’" else " "
            whole += part
        return whole

    def add_text(self, text: str) -> Reply:
        """Add a pasted text. Raises IntakeError."""
        if len(text.split()) == 1 and text.strip().startswith(("http://", "https://")):
            return self._add_link(text.strip())
        return self._told(read_paste(text))

    def _add_link(self, address: str) -> Reply:
        fetched = self._newsroom.fetch(address)
        if fetched.draft is None:
            raise IntakeError(
                f"{fetched.refusal} You can paste the article's text, or send it as a file."
            )
        return self._told(fetched.draft)

    def add_file(self, name: str, data: bytes) -> Reply:
        """Add all articles of a file. Raises IntakeError where the whole file is refused."""
        rows = list(self._newsroom.read_file(name, data))
        drafts = [row.draft for row in rows if row.draft is not None]
        faults = [row for row in rows if row.fault is not None]
        if len(rows) == 1:
            if rows[0].draft is None:
                raise IntakeError(rows[0].fault or "The file holds no article.")
            return self._told(rows[0].draft)
        counts: dict[str, int] = {}
        for draft in drafts:
            added = self._newsroom.add(draft)
            counts[added.status] = counts.get(added.status, 0) + 1
        told = ", ".join(f"{count} {status}" for status, count in counts.items()) or "none added"
        lines = [f"{name}: {told}" + (f", {len(faults)} refused" if faults else "") + "."]
        lines += [
            f"Line {row.line}: {row.fault}" if row.line else str(row.fault)
            for row in faults[:ROWS_TOLD]
        ]
        if len(faults) > ROWS_TOLD:
            lines.append(f"… and {len(faults) - ROWS_TOLD} more.")
        return Reply(tuple(Block(BlockKind.TEXT, line) for line in lines))

    def _told(self, draft: Draft) -> Reply:
        added = self._newsroom.add(draft)
        article = self._newsroom.get_article(added.article_id, removed=True)
        lead = {
            "added": "Added",
            "linked": "Added",
            "updated": f"Updated, now version {added.version}",
            "unchanged": "Nothing to do: this article is stored already, word for word",
        }[added.status]
        findings = self._newsroom.get_findings(article)
        blocks = [
            Block(BlockKind.LEAD, f"{lead}: {article.title or 'no headline found'}"),
            Block(BlockKind.TEXT, article_line(article)),
            Block(BlockKind.TEXT, self._counts(article.text, findings)),
        ]
        if added.status == "linked" and added.linked_to:
            blocks.append(Block(BlockKind.TEXT, self._copied(added.linked_to)))
        if findings.read_chars < len(article.text):
            blocks.append(Block(BlockKind.TEXT, part_read(findings.read_chars)))
        unsure = [
            words
            for missing, words in (
                (article.published is None, "no date of publication found"),
                (not article.title, "no headline found"),
                (not article.source, "no outlet found"),
            )
            if missing
        ]
        if given := day_of(article.published_given):
            unsure.append(
                f"it says it was published on {spoken_day(given)}, which is still to come, so it "
                "counts from the day it came in"
            )
        if unsure:
            blocks.append(Block(BlockKind.TEXT, f"Unsure: {', '.join(unsure)}."))
        blocks.append(
            Block(BlockKind.FOOTER, f"Its id is {article.id}. See /article {article.id}")
        )
        return Reply(tuple(blocks))

    def _copied(self, article_id: str) -> str:
        """Whose text this one repeats, in words."""
        other = self._newsroom.get_article(article_id)
        return (
            f"Its text is nearly that of another article that is stored, {article_line(other)}. "
            "Answers from one name the other as well."
        )

    @staticmethod
    def _counts(text: str, findings: Findings) -> str:
        """How much was found, in words."""

        def count(number: int, word: str) -> str:
            return f"{number:,} {word}{'' if number == 1 else 's'}"

        silent = sum(q.speaker is None for q in findings.quotes)
        quotes = count(len(findings.quotes), "quote")
        if silent:
            quotes += f" ({silent} without a speaker)"
        return ", ".join(
            (
                count(len(text.split()), "word"),
                quotes,
                count(len(findings.facts), "fact"),
                count(len(findings.dates), "date"),
            )
        )
