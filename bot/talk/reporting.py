"""Answers that people report as wrong: to the editors as a card, and the outcome back to whoever
reported."""

from __future__ import annotations

from collections.abc import Callable
from dataclasses import replace
from datetime import datetime
from typing import Any

from bot.locales import N_, _, ngettext, spoken_language
from bot.locales.days import spoken_day
from bot.model import Article, Span
from bot.newsroom import Newsroom
from bot.store.articles import look_up_newest
from bot.store.audit import put_act
from bot.store.reports import (
    Report,
    count_open_reports,
    find_open_reports,
    look_up_report,
    put_report,
    settle_report,
)
from bot.talk.answers import pages_of
from bot.talk.buttons import PRESS_BYTES, REASONS, reason_buttons
from bot.talk.desks import Desk
from bot.talk.languages import speaking_to
from bot.talk.lines import article_line
from bot.talk.replies import (
    Block,
    BlockKind,
    Button,
    Evidence,
    Incoming,
    Notice,
    Reply,
    Role,
    told,
)
from bot.talk.results import Result
from bot.talk.shelving import Shelving
from bot.talk.team import Team, act_by

REPORTS_SHOWN = 3
LONGEST_QUESTION_CHARS = 200
RIGHT, FINE, OUT = "right", "fine", "out"
OUTCOMES = {
    RIGHT: N_("the report was right, it is corrected"),
    FINE: N_("the answer was right"),
    OUT: N_("the report was right, the article is removed"),
}
"""How a report can be settled, in the team's words."""
TOLD = {
    RIGHT: N_("Report {id} (“{question}”): you were right, and it is corrected. Thank you."),
    FINE: N_(
        "Report {id} (“{question}”): an editor has looked at it. The answer is what the article "
        "says. Thank you for asking."
    ),
    OUT: N_(
        "Report {id} (“{question}”): you were right, and the article is taken out. Thank you."
    ),
}
"""What whoever reported is told of it."""


def ask_reason(answered: Reply, number: int, page: int) -> Reply:
    """The answer once more, with the question what is wrong with it."""
    asked = Block(BlockKind.TEXT, _("What is wrong with it?"))
    return Reply((*answered.blocks, asked), reason_buttons(number, page), edits=True)


class Reporting:
    """Reports, from the reader who makes one to the editor who settles it."""

    def __init__(
        self,
        newsroom: Newsroom,
        team: Team,
        clock: Callable[[], datetime],
        shelving: Shelving,
    ) -> None:
        self._newsroom = newsroom
        self._shelving = shelving
        self._team = team
        self._clock = clock

    def desk(self) -> Desk:
        """The desk where editors settle what readers report."""
        return Desk(
            commands={"reports": lambda incoming, _rest: self.listed(incoming)},
            buttons={"rep": self.press},
        )

    # ------------------------------------------------------------------------ a reader's
    def take(
        self, incoming: Incoming, result: Result, page: int, reason: str, answered: Reply
    ) -> Reply:
        """The answer once more, with thanks and the report's number; it is stored, and the
        editors are told at once."""
        pages = pages_of(result.response, self._newsroom.get_findings)
        shown = pages[min(page, len(pages) - 1)]
        data: dict[str, Any] = {
            "question": result.response.question[:LONGEST_QUESTION_CHARS],
            "shown": [[a.article.key, a.span.start, a.span.end] for a in shown],
        }
        store = self._newsroom.store
        number = put_report(store, incoming.chat, incoming.person, reason, data, self._clock())
        thanks = _(
            "Thank you, report {number}: {reason}. An editor will look at it; I will tell you "
            "what comes of it."
        ).format(number=number, reason=_uncapped(_(REASONS[reason])))
        block = Block(BlockKind.TEXT, thanks)
        kept = replace(
            answered, blocks=(*answered.blocks, block), edits=True, toast=_("Thank you.")
        )
        report = look_up_report(store, number)
        assert report is not None
        notices = []
        for editor in self._team.editors():
            with speaking_to(store, editor):
                notices.append(Notice(editor, f"report:{number}:{editor}", self.card(report)))
        return replace(kept, notices=tuple(notices))

    # ----------------------------------------------------------------------- the editors'
    def listed(self, incoming: Incoming) -> Reply:
        """The reports that nobody has settled, oldest first, with a button that opens each."""
        store = self._newsroom.store
        reports = find_open_reports(store, limit=REPORTS_SHOWN)
        if not reports:
            return told(_("There is no open report."))
        count = count_open_reports(store)
        words = ngettext("{n} report is open", "{n} reports are open", count)
        blocks = [Block(BlockKind.LEAD, words.format(n=count))]
        for report in reports:
            blocks += self._blocks(report)
        if not incoming.role.may(Role.EDITOR):
            return Reply(tuple(blocks))
        opened = tuple(Button(_("Open {id}").format(id=r.id), f"rep:{r.id}") for r in reports)
        return Reply(tuple(blocks), (opened,))

    def card(self, report: Report) -> Reply:
        """One report with what can be done about it, or how it was settled."""
        blocks = self._blocks(report, lead=True)
        if report.outcome is not None:
            words = _("Settled: {outcome}.").format(
                outcome=_(OUTCOMES.get(report.outcome, report.outcome))
            )
            return Reply((*blocks, Block(BlockKind.TEXT, words)))
        settle = (
            Button(_("Right, corrected"), f"rep:{report.id}:{RIGHT}"),
            Button(_("Answer was right"), f"rep:{report.id}:{FINE}"),
        )
        if self.article_of(report) is None:
            return Reply(tuple(blocks), (settle,))
        article = (
            Button(_("Edit article"), f"rep:{report.id}:edit"),
            Button(_("Remove article"), f"rep:{report.id}:{OUT}"),
        )
        return Reply(tuple(blocks), (settle, article))

    def press(self, incoming: Incoming, rest: str) -> Reply | None:
        """What the buttons of a report do."""
        if not incoming.role.may(Role.EDITOR):
            return Reply(toast=_("Only editors settle reports."))
        code, _colon, what = rest.partition(":")
        number = int(code) if code.isascii() and code.isdigit() and len(code) < 19 else 0
        report = look_up_report(self._newsroom.store, number)
        if report is None:
            return None
        if report.outcome is not None:
            return replace(self.card(report), edits=True, toast=_("It was settled before."))
        article = self.article_of(report)
        if what in ("edit", OUT) and article is None:
            return replace(self.card(report), edits=True, toast=_("The article is gone already."))
        if what == "edit" and article is not None:
            # A message of its own: the report's card stays, to be settled afterwards.
            newest = look_up_newest(self._newsroom.store, article.id) or article
            return replace(self._shelving.fields(newest), edits=False)
        if what == OUT and article is not None:
            self._shelving.take_out(incoming, article)
        if what in OUTCOMES:
            return self.settle(incoming, report, what)
        return replace(self.card(report), edits=True)

    def settle(self, incoming: Incoming, report: Report, outcome: str) -> Reply:
        """The card of a report that is settled with this; whoever made it is told."""
        with self._newsroom.store.write() as connection:
            if settle_report(connection, report.id, outcome):
                act = act_by(incoming, "report", f"report {report.id}")
                detail = {"outcome": OUTCOMES[outcome]}
                put_act(connection, replace(act, detail=detail), self._clock())
        card = self.card(replace(report, outcome=outcome))
        notices = (
            () if report.chat is None else (self._word_to_reader(report.chat, report, outcome),)
        )
        toast = _("Settled.")
        if report.chat is not None:
            toast = _("Settled; whoever reported it is told.")
        return replace(card, edits=True, toast=toast, notices=notices)

    def _word_to_reader(self, chat: str, report: Report, outcome: str) -> Notice:
        question = report.data["question"]
        again = f"ask:{question}"
        fits = len(again.encode()) <= PRESS_BYTES
        with speaking_to(self._newsroom.store, chat):
            words = _(TOLD[outcome]).format(id=report.id, question=question)
            buttons = (Button(_("Ask again"), again),) if fits and outcome == RIGHT else ()
            return Notice(chat, f"outcome:{report.id}", told(words, *buttons))

    # ------------------------------------------------------------------------- one report
    def article_of(self, report: Report) -> Article | None:
        """The article version that the report's answer came from, while it is in the store."""
        for key, _start, _end in report.data["shown"][:1]:
            return self._newsroom.look_up_version(key)
        return None

    def _blocks(self, report: Report, *, lead: bool = False) -> list[Block]:
        reason = _(REASONS.get(report.reason, report.reason))
        when = spoken_day(report.made.date())
        question = report.data["question"]
        if lead:
            blocks = [
                Block(
                    BlockKind.LEAD,
                    _("Report {id}: {reason}").format(id=report.id, reason=_uncapped(reason)),
                ),
                Block(
                    BlockKind.TEXT,
                    _("Asked: “{question}” · {when}").format(question=question, when=when),
                ),
            ]
        else:
            line = _("{id} · {reason} · “{question}” · {when}").format(
                id=report.id, reason=reason, question=question, when=when
            )
            blocks = [Block(BlockKind.TEXT, line)]
        if not report.data["shown"]:
            blocks.append(Block(BlockKind.TEXT, _("I had no answer to it.")))
        for key, start, end in report.data["shown"][:1]:
            article = self._newsroom.look_up_version(key)
            if article is None:
                blocks.append(Block(BlockKind.TEXT, _("Its article is no longer in the store.")))
                continue
            span = Span(start, end)
            quoted = span.of(article.text)
            blocks.append(Block(BlockKind.QUOTE, quoted, evidence=Evidence(key, span)))
            if lead:
                line = f"{article_line(article)} · #{article.key}"
                blocks.append(Block(BlockKind.SOURCE, line, url=article.url))
        return blocks


def _uncapped(words: str) -> str:
    """A label within a sentence; German nouns keep their capitals."""
    return words if spoken_language() == "de" else words[:1].lower() + words[1:]
