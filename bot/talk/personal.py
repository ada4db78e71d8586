"""/mydata, /forget and /export: what is kept of a person, to read, to take away and to delete."""

from __future__ import annotations

import json
from collections.abc import Callable
from dataclasses import replace
from datetime import datetime

from bot.locales import _, ngettext
from bot.locales.days import spoken_day
from bot.newsroom import Newsroom
from bot.store.personal import Forgotten, Personal, collect, forget_everything, forget_questions
from bot.store.subscriptions import SubscriptionState
from bot.talk.desks import Desk
from bot.talk.exporting import export_reply
from bot.talk.follow_rights import is_private
from bot.talk.replies import Block, BlockKind, Button, Document, Incoming, Reply, Role, told

FORGET, MINE = "forget", "mine"


def personal_desk(newsroom: Newsroom, clock: Callable[[], datetime]) -> Desk:
    """The desk of what is kept of people."""
    desk = _Personal(newsroom, clock)
    return Desk(
        commands={
            "mydata": lambda incoming, rest: desk.mine(incoming, rest),
            "forget": lambda incoming, rest: desk.ask(incoming),
            "export": lambda incoming, rest: export_reply(newsroom, incoming, clock()),
        },
        buttons={FORGET: desk.press, MINE: desk.press_mine},
    )


class _Personal:
    def __init__(self, newsroom: Newsroom, clock: Callable[[], datetime]) -> None:
        self._newsroom = newsroom
        self._store = newsroom.store
        self._clock = clock

    # ---------------------------------------------------------------------------- reading
    def mine(self, incoming: Incoming, typed: str = "") -> Reply:
        """What is kept of this person, in words; with "file" all of it as a file."""
        if not is_private(incoming.chat):
            return told(
                _("Ask me that in private: what I keep about you is nobody else’s to read.")
            )
        kept = collect(self._store, incoming.chat, incoming.person)
        if typed.strip().lower() in ("file", "json", "export"):
            return self._file(incoming, kept)
        lines = _lines(kept)
        blocks = [Block(BlockKind.LEAD, _("What I keep about you"))]
        blocks += [Block(BlockKind.TEXT, f"• {line}") for line in lines]
        blocks.append(
            Block(
                BlockKind.TEXT,
                _("/privacy says why and for how long. The file holds every word of it."),
            )
        )
        buttons = (
            Button(_("All of it as a file"), f"{MINE}:file"),
            Button(_("Delete…"), f"{FORGET}:ask"),
        )
        return Reply(tuple(blocks), (buttons,))

    def press_mine(self, incoming: Incoming, rest: str) -> Reply | None:
        """[All of it as a file]."""
        return self.mine(incoming, "file") if rest == "file" else None

    def _file(self, incoming: Incoming, kept: Personal) -> Reply:
        now = self._clock()
        whole = {"person": incoming.person, "made": now.isoformat(timespec="seconds"), **kept.kept}
        text = json.dumps(whole, ensure_ascii=False, indent=1)
        words = _("All that I keep about you, as it is stored.")
        return replace(told(words), document=Document(f"newsbot-mydata-{now:%Y-%m-%d}.json", text))

    # --------------------------------------------------------------------------- deleting
    def ask(self, incoming: Incoming) -> Reply:
        """What shall be deleted; each button does it at once."""
        words = _(
            "Delete your questions and my answers to them, or everything: questions, follows, "
            "settings, saved sentences and what your reports say? This cannot be undone."
        )
        if not is_private(incoming.chat):
            words = _("Delete your questions and my answers to them? This cannot be undone.")
        buttons = [Button(_("Only questions"), f"{FORGET}:yes")]
        if is_private(incoming.chat):
            buttons.insert(0, Button(_("Delete all"), f"{FORGET}:all"))
            buttons.append(Button(_("Export first"), f"{MINE}:file"))
        buttons.append(Button(_("Keep"), f"{FORGET}:no"))
        return Reply((Block(BlockKind.TEXT, words),), (tuple(buttons[:2]), tuple(buttons[2:])))

    def press(self, incoming: Incoming, rest: str) -> Reply | None:
        """What the buttons under that question do."""
        if rest == "no":
            return replace(told(_("Nothing was deleted.")), edits=True)
        if rest == "all" and is_private(incoming.chat):
            return replace(self._everything(incoming), edits=True)
        if rest != "yes":
            return self.ask(incoming)
        with self._store.write() as connection:
            count = forget_questions(connection, incoming.chat, incoming.person)
        words = ngettext(
            "Deleted: {n} question and what we talked of.",
            "Deleted: {n} questions and what we talked of.",
            count,
        ).format(n=count)
        return replace(told(words), edits=True)

    def _everything(self, incoming: Incoming) -> Reply:
        with self._store.write() as connection:
            gone = forget_everything(connection, incoming.chat, incoming.person)
        lines = [
            _("Deleted: {things}, your settings and what I kept of our messages.").format(
                things=", ".join(_counted(gone))
            ),
            _(
                "The messages in this chat are yours to delete in Telegram. Backups of the store "
                "hold what was deleted until newer ones take their place."
            ),
        ]
        if incoming.role is not Role.READER:
            lines.append(
                _(
                    "What you did to articles stays in the audit, with your role: whoever reads "
                    "the store must be able to tell who changed it."
                )
            )
        return Reply(tuple(Block(BlockKind.TEXT, line) for line in lines))


def _counted(gone: Forgotten) -> list[str]:
    """What was deleted by number, questions even where there were none."""
    counted = (
        (gone.questions, ngettext("{n} question", "{n} questions", gone.questions)),
        (gone.follows, ngettext("{n} follow", "{n} follows", gone.follows)),
        (gone.saved, ngettext("{n} saved sentence", "{n} saved sentences", gone.saved)),
        (
            gone.reports,
            ngettext("{n} report on an answer", "{n} reports on answers", gone.reports),
        ),
    )
    return [words.format(n=n) for at, (n, words) in enumerate(counted) if n or not at]


def _follows_line(kept: Personal) -> str:
    """The follows that /subs shows, and apart from them those that only wait to be deleted."""
    states = [row["state"] for row in kept.kept.get("follows", ())]
    idle = states.count(SubscriptionState.DRAFT) + states.count(SubscriptionState.ENDED)
    count = len(states) - idle
    lines = []
    if count:
        lines.append(ngettext("{n} follow", "{n} follows", count).format(n=count))
    if idle:
        words = ngettext(
            "{n} follow that was not set up or has ended; it goes after a week",
            "{n} follows that were not set up or have ended; they go after a week",
            idle,
        )
        lines.append(words.format(n=idle))
    return "\n• ".join(lines)


def _lines(kept: Personal) -> list[str]:
    """What is kept, a line a kind; what is not is left out."""
    first = kept.first("questions", "asked")
    since = spoken_day(datetime.fromisoformat(first).date()) if first else ""
    asked, saved = (kept.count(kind) for kind in ("questions", "saved"))
    digests = kept.count("digests")
    reports, quoting = kept.count("reports"), kept.count("my messages that quote")
    came, went = kept.count("messages received"), kept.count("messages sent")
    drafts, acts = kept.count("drafts"), kept.count("acts")
    lines = {
        "questions": ngettext(
            "{n} question with my answer, of {day}",
            "{n} questions with my answers, since {day}",
            asked,
        ).format(n=asked, day=since),
        "digests": ngettext(
            "{n} digest, for the buttons under it",
            "{n} digests, for the buttons under them",
            digests,
        ).format(n=digests),
        "saved": ngettext("{n} saved sentence", "{n} saved sentences", saved).format(n=saved),
        "follows": _follows_line(kept),
        "reports": ngettext("{n} report on an answer", "{n} reports on answers", reports).format(
            n=reports
        ),
        "settings": _("how you want to be told: time zone, quiet hours, language"),
        "talked of": _("what the last question here was about"),
        "my messages that quote": ngettext(
            "{n} message of mine that quotes, to put it right when its article changes",
            "{n} messages of mine that quote, to put them right when an article changes",
            quoting,
        ).format(n=quoting),
        "messages received": ngettext(
            "{n} message of yours as it came in, for two days",
            "{n} messages of yours as they came in, for two days",
            came,
        ).format(n=came),
        "messages sent": ngettext(
            "{n} message to you as it went out, for two days",
            "{n} messages to you as they went out, for two days",
            went,
        ).format(n=went),
        "drafts": ngettext("{n} draft of an article", "{n} drafts of articles", drafts).format(
            n=drafts
        ),
        "acts": ngettext("{n} act in the audit", "{n} acts in the audit", acts).format(n=acts),
        "role": _("your role in the team, and your name"),
    }
    held = [line for kind, line in lines.items() if kept.count(kind)]
    return held or [_("nothing at all")]
