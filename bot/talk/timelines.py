"""Sayings day by day and side by side: /timeline and /compare, and what came of promises."""

from __future__ import annotations

import re
from collections.abc import Sequence
from dataclasses import replace

from bot.answer.accounts import Wanted, read_wanted, split_sides, split_topic
from bot.answer.result import Entry, Response
from bot.link.matters import Telling
from bot.link.outcomes import is_plan
from bot.locales import _
from bot.newsroom import Clock, Newsroom
from bot.store.chats import get_chat, put_chat
from bot.store.store import Store
from bot.talk.account_pages import account_reply
from bot.talk.buttons import ROW
from bot.talk.desks import Desk
from bot.talk.examples import Names, example_of_two, example_reply
from bot.talk.follow_data import load_settings
from bot.talk.lines import article_line
from bot.talk.plot_pages import PLOT_BUTTON, plot_reply, with_plot_button
from bot.talk.replies import Block, BlockKind, Button, Evidence, Incoming, Reply

LINE_CHARS = 300  # of a message, to see whether it asks for a picture
SHARED_CHARS = 120  # of the words that Share types into another chat
FOLLOWED = 2  # promises in a timeline whose outcome is looked for

_PLOT = re.compile(r"(?:plot|picture|chart)\s+(?:of\s+)?(?P<of>.+)", re.IGNORECASE | re.DOTALL)
_PLOT_WORDS = re.compile(
    r"(?:(?:show|give) me )?(?:a |the )?(?:plot|picture|chart|timeline) (?:of|for|on) "
    r"(?P<of>.{2,120}?)(?: as a (?:plot|picture|chart)| over time)[ ?!.]*",
    re.IGNORECASE,
)

_THAT_PICTURED = re.compile(
    r"(?:(?:can|could|may) (?:i|you) )?(?:please )?"
    r"(?:(?:make|give|show|send|have|see|draw|plot|turn|put)\b ?)?(?:me )?"
    r"(?:(?:it|this|that|(?:the|this|that) timeline) ?)?"
    r"(?:(?:as|into|in|on) )?(?:(?:an?|the) )?"
    r"(?:picture|plot|chart|graph|image)(?: (?:of|for|from) (?:it|this|that))?"
    r"(?:,? please)?[ ?!.]*"
    r"|(?:please )?(?:plot|draw) (?:it|this|that)(?:,? please)?[ ?!.]*",
    re.IGNORECASE,
)
"""“as a picture”, “show me that as a chart”, “plot it”: of the timeline that was shown last."""
SHOWN = "timeline"
"""Under this name a chat's last exchange keeps the timeline shown; the next question ends it."""


def timelines_desk(newsroom: Newsroom, clock: Clock, names: Names) -> Desk:
    """The desk that sets sayings side by side, in time and between people; `names` are for its
    examples."""

    def timeline(incoming: Incoming, rest: str) -> Reply:
        if not rest:
            wanted = _(
                "Of whom, or of what? A name, a topic, or “NAME on TOPIC”. For example: {example}"
            )
            return example_reply(wanted, "timeline", names(), "Lindqvist on gas")
        if (match := _PLOT.fullmatch(rest)) is not None:
            return picture(incoming, match["of"])
        return shown(incoming, set_out(split_topic(rest)), rest)

    def shown(incoming: Incoming, reply: Reply, words: str) -> Reply:
        """A timeline that was asked for by `words`, which "as a picture" then draws."""
        if reply.buttons:
            _keep_shown(newsroom.store, incoming.chat, reply, words)
        return _shared(with_plot_button(reply, words), words)

    def picture(incoming: Incoming, words: str) -> Reply:
        wanted = split_topic(words)
        zone = load_settings(newsroom.store, incoming.chat).clock
        spread = newsroom.spread(wanted, clock(), zone)
        if spread is None:
            return set_out(wanted)
        return plot_reply(newsroom, incoming, spread, words)

    def compare(_incoming: Incoming, rest: str) -> Reply:
        sides = split_sides(rest)
        if sides is None:
            wanted = _(
                "Whom? Two names, with “on” and a topic if you like. For example: {example}"
            )
            return example_of_two(wanted, "compare", names(), "Lindqvist and Halkov on gas")
        return set_out(sides)

    def words(incoming: Incoming, text: str) -> Reply | None:
        line = " ".join(text[:LINE_CHARS].split())
        if (match := _PLOT_WORDS.fullmatch(line)) is not None:
            return picture(incoming, match["of"])
        if _THAT_PICTURED.fullmatch(line) is not None:
            last = _shown_last(newsroom.store, incoming)
            return picture(incoming, last) if last is not None else None
        wanted = read_wanted(text)
        if wanted is None:
            return None
        response = newsroom.set_out(wanted, clock())
        if not all(account.is_known for account in response.accounts):
            return None
        reply = reply_of(response)
        whole = f"{wanted.who} on {wanted.topic}" if wanted.topic else wanted.who
        return reply if wanted.other else shown(incoming, reply, whole)

    def set_out(wanted: Wanted) -> Reply:
        return reply_of(newsroom.set_out(wanted, clock()))

    def reply_of(response: Response) -> Reply:
        reply = account_reply(response, newsroom.get_findings)
        if len(response.accounts) == 1 and response.accounts[0].is_person:
            outcomes = _outcomes(newsroom, response.accounts[0].entries)
            reply = replace(reply, blocks=(*reply.blocks, *outcomes))
        return reply

    return Desk(
        commands={"timeline": timeline, "compare": compare},
        buttons={PLOT_BUTTON: picture},
        words=words,
    )


def _keep_shown(store: Store, chat: str, reply: Reply, words: str) -> None:
    """Keep that this timeline is what the chat was shown last, with the line it begins with."""
    state = get_chat(store, chat)
    kept = {"words": words[:LINE_CHARS], "lead": reply.blocks[0].text}
    put_chat(store, chat, replace(state, frame={**(state.frame or {}), SHOWN: kept}))


def _shown_last(store: Store, incoming: Incoming) -> str | None:
    """What the timeline that is meant was asked by: the last one; None where another message is
    replied to, or where something was asked since."""
    kept = (get_chat(store, incoming.chat).frame or {}).get(SHOWN)
    if kept is None or incoming.marked:
        return None
    if incoming.reply_to and not incoming.reply_to.startswith(kept["lead"]):
        return None
    return str(kept["words"])


def _shared(reply: Reply, words: str) -> Reply:
    """A timeline with a button that offers its sayings for a chat of one's choice."""
    if not reply.buttons:
        return reply
    *rows, last = reply.buttons
    share = Button(_("Share"), share=f"timeline {words}"[:SHARED_CHARS])
    grown = ((*last, share),) if len(last) < ROW else (last, (share,))
    return replace(reply, buttons=(*rows, *grown))


def _outcomes(newsroom: Newsroom, entries: Sequence[Entry]) -> list[Block]:
    """What later articles tell of the promises among `entries`."""
    blocks: list[Block] = []
    shown = {(e.answer.article.key, e.answer.span.start) for e in entries}
    plans = [e.answer for e in entries if is_plan(e.telling)]
    for plan in plans[:FOLLOWED]:
        for outcome in newsroom.follow_up(plan.article, plan.span).outcomes:
            place = (outcome.article.key, outcome.span.start)
            if place not in shown:
                shown.add(place)
                blocks += _told(outcome)
    head = Block(BlockKind.TEXT, _("What came of it, as later articles tell:"))
    return [head, *blocks] if blocks else []


def _told(telling: Telling) -> list[Block]:
    evidence = Evidence(telling.article.key, telling.span)
    return [
        Block(BlockKind.QUOTE, telling.text, evidence=evidence),
        Block(BlockKind.SOURCE, article_line(telling.article), url=telling.article.url),
    ]
